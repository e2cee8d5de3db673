//! Quantiles of a count from its mean and variance.
//!
//! Gamma-mixed Poisson, that is negative binomial, by its recursion from the mode outwards, so that nothing
//! overflows; Poisson where the variance is no more than the mean:
//!
//! ```text
//! p(k+1) / p(k) = (k + r) / (k + 1) * m / (r + m),    r = m^2 / (v - m)
//! ```
//!
//! Above [`LARGE`] whole contacts no longer matter, and the gamma distribution of the same mean and variance
//! is used by the cube-root approximation (Wilson and Hilferty 1931, PNAS 17:684-688).

/// From this mean on, counts are taken as continuous.
const LARGE: f64 = 2000.0;
/// Chances this far below the mode's are left out.
const NEGLIGIBLE: f64 = 1e-17;

/// For ascending shares, the least count that at least such a share of outcomes does not exceed.
pub(super) fn quantiles<const N: usize>(mean: f64, variance: f64, shares: [f64; N]) -> [f64; N] {
    if mean <= 0.0 {
        return [0.0; N];
    }
    if mean > LARGE {
        return shares.map(|share| continuous(mean, variance, share));
    }
    let rises = rise(mean, variance);
    let mode = mode(&rises);
    let (first, chances) = around(mode, &rises);
    let whole: f64 = chances.iter().sum();
    let mut answers = [first; N];
    for (answer, share) in answers.iter_mut().zip(shares) {
        let mut below = 0.0;
        let mut count = first;
        for chance in &chances {
            *answer = count;
            below += chance;
            // A hair of slack, so that rounding does not move a count that meets the share exactly.
            if below >= share * whole * (1.0 - 1e-14) {
                break;
            }
            count += 1.0;
        }
    }
    answers
}

/// The chance of one more contact over the chance of so many.
fn rise(mean: f64, variance: f64) -> impl Fn(f64) -> f64 {
    let beyond = variance - mean;
    let gamma = (beyond > 1e-9 * mean).then(|| {
        let shape = mean * mean / beyond;
        (shape, mean / (shape + mean))
    });
    move |count: f64| match gamma {
        Some((shape, factor)) => (count + shape) / (count + 1.0) * factor,
        None => mean / (count + 1.0),
    }
}

/// The likeliest count.
fn mode(rises: &impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 2.0 * LARGE);
    // The rise falls with the count where there is a mode above 0, so halving finds it.
    while low < high {
        let middle = f64::floor(f64::midpoint(low, high));
        if rises(middle) > 1.0 { low = middle + 1.0 } else { high = middle }
    }
    low
}

/// The first count that matters and the chances from there on, relative to the mode's.
fn around(mode: f64, rises: &impl Fn(f64) -> f64) -> (f64, Vec<f64>) {
    let mut below = Vec::new();
    let (mut count, mut chance) = (mode, 1.0);
    while count > 0.0 {
        chance /= rises(count - 1.0);
        if chance < NEGLIGIBLE {
            break;
        }
        count -= 1.0;
        below.push(chance);
    }
    let first = count;
    below.reverse();
    below.push(1.0);
    (count, chance) = (mode, 1.0);
    while chance >= NEGLIGIBLE {
        chance *= rises(count);
        count += 1.0;
        below.push(chance);
    }
    (first, below)
}

fn continuous(mean: f64, variance: f64, share: f64) -> f64 {
    let part = variance / (9.0 * mean * mean);
    mean * (1.0 - part + normal_quantile(share) * part.sqrt()).max(0.0).powi(3)
}

/// The standard normal quantile, to 4.5e-4 (Abramowitz and Stegun 26.2.23).
fn normal_quantile(share: f64) -> f64 {
    let tail = share.min(1.0 - share).max(1e-300);
    let t = (-2.0 * tail.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let size = t - above / below;
    if share < 0.5 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_quantiles_are_those_of_the_tables() {
        // By adding up exp(-m + k ln m - ln k!) in a program of its own.
        for (mean, expected) in [
            (0.05, [0.0, 0.0, 0.0]),
            (3.0, [1.0, 3.0, 5.0]),
            (35.0, [28.0, 35.0, 43.0]),
            (1157.0, [1114.0, 1157.0, 1201.0]),
        ] {
            assert_eq!(quantiles(mean, mean, [0.1, 0.5, 0.9]), expected, "mean {mean}");
        }
    }

    #[test]
    fn gamma_poisson_quantiles_are_those_of_the_negative_binomial() {
        // By adding up exact probabilities through log-gamma, v = 1.2 m + (0.2 m)^2.
        for (mean, expected) in
            [(4.0, [1.0, 4.0, 8.0]), (60.0, [38.0, 59.0, 86.0]), (900.0, [621.0, 888.0, 1220.0])]
        {
            let variance = 1.2 * mean + (0.2 * mean) * (0.2 * mean);
            assert_eq!(quantiles(mean, variance, [0.05, 0.5, 0.95]), expected, "mean {mean}");
        }
    }

    #[test]
    fn large_means_join_on_smoothly() {
        for share in [0.05, 0.1, 0.5, 0.9, 0.95] {
            let variance = |mean: f64| mean + (0.1 * mean).powi(2);
            let [exact] = quantiles(LARGE, variance(LARGE), [share]);
            let near = continuous(LARGE, variance(LARGE), share);
            assert!((exact - near).abs() <= 0.001 * LARGE, "{share}: {exact} against {near}");
        }
    }

    proptest::proptest! {
        #[test]
        fn quantiles_ascend_and_stay_finite(mean in 0.0..1e7f64, over in 0.0..50.0f64, day in 0.0..2.0f64) {
            let variance = mean * (1.0 + over) + (day * mean).powi(2);
            let all = quantiles(mean, variance, [0.05, 0.5, 0.95]);
            assert!(all.iter().all(|quantile| quantile.is_finite() && *quantile >= 0.0));
            assert!(all[0] <= all[1] && all[1] <= all[2]);
        }
    }
}
