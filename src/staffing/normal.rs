//! The standard normal distribution, to the last digits a number holds.

use std::f64::consts::PI;

/// Beyond here the tail is a continued fraction, before it one half less a series.
const FAR: f64 = 2.5;

/// Density at `x`.
pub(super) fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * PI).sqrt()
}

/// Chance of more than `x`.
pub(super) fn tail(x: f64) -> f64 {
    if x < 0.0 {
        1.0 - tail(-x)
    } else if x < FAR {
        0.5 - density(x) * middle(x)
    } else {
        density(x) / fraction(x)
    }
}

/// Density over tail: how soon it ends, having come so far.
pub(super) fn hazard(x: f64) -> f64 {
    if x < FAR { density(x) / tail(x) } else { fraction(x) }
}

/// What a share is below.
pub(super) fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-38.0, 38.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if 1.0 - tail(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// `x + x^3/3 + x^5/(3 5) + ...` (Abramowitz and Stegun 26.2.11).
fn middle(x: f64) -> f64 {
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term > 1e-18 * sum {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    sum
}

/// `x + 1/(x + 2/(x + 3/(x + ...)))` (Laplace), from its end.
fn fraction(x: f64) -> f64 {
    (1..=120).rev().fold(x, |rest, place| x + f64::from(place) / rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_the_tables() {
        // Computed at 30 digits.
        let known = [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_05),
            (1.959_963_984_540_054, 0.025),
            (2.5, 0.006_209_665_325_776_132),
            (5.0, 2.866_515_718_791_939e-7),
            (-1.0, 0.841_344_746_068_542_9),
        ];
        for (x, expected) in known {
            assert!((tail(x) / expected - 1.0).abs() < 1e-13, "{x}: {}", tail(x));
        }
    }

    #[test]
    fn series_and_fraction_meet() {
        let (before, after) = (hazard(FAR - 1e-12), hazard(FAR));
        assert!((before / after - 1.0).abs() < 1e-11);
    }
}
