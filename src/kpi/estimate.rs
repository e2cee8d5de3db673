//! Estimates from played weeks: means, and ratios of sums, with confidence intervals.

use super::Estimate;

/// What was met, of what counts, in one week.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Counted {
    /// Sum above the line.
    pub(super) met: f64,
    /// Sum below the line.
    pub(super) of: f64,
}

impl Counted {
    pub(super) fn add(&mut self, met: f64, of: f64) {
        self.met += met;
        self.of += of;
    }
}

/// How sure an interval is where nothing else is said.
pub(super) const SURE: f64 = 0.95;

/// The mean of a figure over weeks.
pub(super) fn mean(weeks: impl Iterator<Item = f64>, sure: f64) -> Estimate {
    let pairs: Vec<Counted> = weeks.map(|met| Counted { met, of: 1.0 }).collect();
    ratio(pairs.iter().copied(), sure).unwrap_or(Estimate {
        value: 0.0,
        low: 0.0,
        high: f64::INFINITY,
    })
}

/// A ratio of expectations, sum of `met` over sum of `of`, which no mean of weekly ratios is; none where
/// nothing counts.
///
/// ```text
/// R = sum x / sum y,    var R = n / (n - 1) sum (x - R y)^2 / (sum y)^2     (delta method)
/// ```
///
/// with a Student quantile of n - 1 degrees of freedom; weeks are independent, contacts in a week need not be.
pub(super) fn ratio(weeks: impl Iterator<Item = Counted> + Clone, sure: f64) -> Option<Estimate> {
    let (mut n, mut met, mut of) = (0.0, 0.0, 0.0);
    for week in weeks.clone() {
        n += 1.0;
        met += week.met;
        of += week.of;
    }
    if of <= 0.0 || !(met / of).is_finite() {
        return None;
    }
    let value = met / of;
    if n < 2.0 {
        return Some(Estimate { value, low: 0.0, high: f64::INFINITY });
    }
    let squares: f64 = weeks.map(|week| (week.met - value * week.of).powi(2)).sum();
    let error = (squares * n / (n - 1.0)).sqrt() / of;
    let reach = student(0.5 + 0.5 * sure, n - 1.0) * error;
    Some(Estimate { value, low: (value - reach).max(0.0), high: value + reach })
}

/// A ratio that is a share of contacts: never above 1, and never surer than so many independent contacts
/// would make it (Wilson 1927), so that three answered of three prove little.
pub(super) fn share(weeks: impl Iterator<Item = Counted> + Clone, sure: f64) -> Option<Estimate> {
    let of: f64 = weeks.clone().map(|week| week.of).sum();
    Some(no_surer(ratio(weeks, sure)?, of, sure))
}

/// A share's interval, never narrower than so many independent contacts would make it.
fn no_surer(share: Estimate, contacts: f64, sure: f64) -> Estimate {
    let Estimate { value, low, high } = share;
    let z2 = normal(0.5 + 0.5 * sure).powi(2);
    let middle = (value + 0.5 * z2 / contacts) / (1.0 + z2 / contacts);
    let spread = value * (1.0 - value) / contacts + 0.25 * z2 / (contacts * contacts);
    let reach = (z2 * spread).max(0.0).sqrt() / (1.0 + z2 / contacts);
    Estimate {
        value,
        low: low.min(middle - reach).max(0.0),
        high: high.max(middle + reach).min(1.0),
    }
}

/// One figure of several, each a ratio of sums over the same weeks, as parts of a weighted sum.
///
/// ```text
/// R = sum_k w_k R_k,   var R = n / (n - 1) sum_i (sum_k w_k (x_ik - R_k y_ik) / sum_i y_ik)^2
/// ```
///
/// The weights are taken as they are. None where a part with a weight counts nothing.
pub(super) fn weighted(parts: &[(f64, Vec<Counted>)], sure: f64) -> Option<Estimate> {
    let ratios: Option<Vec<(f64, f64)>> = parts
        .iter()
        .map(|(_, weeks)| {
            let (met, of) = weeks.iter().fold((0.0, 0.0), |(m, o), w| (m + w.met, o + w.of));
            (of > 0.0 && (met / of).is_finite()).then(|| (met / of, of))
        })
        .collect();
    let ratios = ratios.filter(|ratios| !ratios.is_empty())?;
    let value = parts.iter().zip(&ratios).map(|((weight, _), (ratio, _))| weight * ratio).sum();
    let count = parts.iter().map(|(_, weeks)| weeks.len()).min().unwrap_or(0);
    let n = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if n < 2.0 {
        return Some(Estimate { value, low: 0.0, high: f64::INFINITY });
    }
    let pull = |week: usize| -> f64 {
        let of_part = |((weight, weeks), (ratio, of)): (&(f64, Vec<Counted>), &(f64, f64))| {
            weight * (weeks[week].met - ratio * weeks[week].of) / of
        };
        parts.iter().zip(&ratios).map(of_part).sum()
    };
    let squares: f64 = (0..count).map(|week| pull(week).powi(2)).sum();
    let reach = student(0.5 + 0.5 * sure, n - 1.0) * (squares * n / (n - 1.0)).sqrt();
    Some(Estimate { value, low: (value - reach).max(0.0), high: value + reach })
}

/// The same where every part is a share: never above 1, and never surer than contacts as many as the weights
/// leave of them would make it, `1 / sum_k (w_k^2 / n_k)` (Kish 1965).
pub(super) fn weighted_share(parts: &[(f64, Vec<Counted>)], sure: f64) -> Option<Estimate> {
    let of = |weeks: &[Counted]| weeks.iter().map(|week| week.of).sum::<f64>();
    let thinned: f64 = parts.iter().map(|(weight, weeks)| weight * weight / of(weeks)).sum();
    Some(no_surer(weighted(parts, sure)?, 1.0 / thinned, sure))
}

/// Quantile of Student's distribution: exact for one and two degrees of freedom, else by the expansion of
/// Cornish and Fisher (Abramowitz and Stegun 26.7.5), within 1 % from three on.
pub(super) fn student(p: f64, degrees: f64) -> f64 {
    if degrees < 1.5 {
        return (std::f64::consts::PI * (p - 0.5)).tan();
    }
    if degrees < 2.5 {
        return (2.0 * p - 1.0) * (0.5 / (p * (1.0 - p))).sqrt();
    }
    let z = normal(p);
    let z2 = z * z;
    let g1 = z * (z2 + 1.0) / 4.0;
    let g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let g4 = z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
    z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees
}

/// Quantile of the normal distribution, to a relative error of 1.2e-9 (Acklam's rational functions).
pub(super) fn normal(p: f64) -> f64 {
    const CENTRE: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const CENTRE_BELOW: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const TAIL: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const TAIL_BELOW: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let tail = |p: f64| {
        let q = (-2.0 * p.ln()).sqrt();
        polynomial(&TAIL, q) / polynomial(&TAIL_BELOW, q)
    };
    if p < 0.02425 {
        tail(p)
    } else if p > 1.0 - 0.02425 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        q * polynomial(&CENTRE, q * q) / polynomial(&CENTRE_BELOW, q * q)
    }
}

fn polynomial(falling: &[f64], x: f64) -> f64 {
    falling.iter().fold(0.0, |sum, factor| sum * x + factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn counted(pairs: &[(f64, f64)]) -> Vec<Counted> {
        pairs.iter().map(|&(met, of)| Counted { met, of }).collect()
    }

    #[test]
    fn quantiles_match_printed_tables() {
        for (p, z) in [(0.975, 1.959_963_985), (0.995, 2.575_829_304), (0.6, 0.253_347_103)] {
            assert!((normal(p) - z).abs() < 1e-7 && (normal(1.0 - p) + z).abs() < 1e-7);
        }
        let tables = [(1.0, 12.706), (2.0, 4.303), (4.0, 2.776), (9.0, 2.262), (199.0, 1.972)];
        for (degrees, t) in tables {
            assert!((student(0.975, degrees) / t - 1.0).abs() < 2e-3, "{degrees}");
        }
        assert!((student(0.975, 3.0) / 3.182 - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_ratio_of_sums_is_no_mean_of_ratios() {
        let weeks = counted(&[(1.0, 1.0), (0.0, 99.0)]);
        assert_eq!(ratio(weeks.iter().copied(), SURE).unwrap().value, 0.01);
    }

    #[test]
    fn the_interval_of_a_mean_is_students() {
        // Five numbers of mean 3 and variance 2.5: 3 +- 2.776 sqrt(2.5 / 5).
        let estimate = mean([1.0, 2.0, 3.0, 4.0, 5.0].into_iter(), SURE);
        assert!((estimate.low - (3.0 - 1.963)).abs() < 3e-3 && estimate.value == 3.0);
    }

    #[test]
    fn one_part_of_weight_one_is_the_ratio_itself() {
        let weeks = counted(&[(3.0, 5.0), (4.0, 9.0), (8.0, 11.0)]);
        let alone = ratio(weeks.iter().copied(), SURE).unwrap();
        let part = weighted(&[(1.0, weeks.clone())], SURE).unwrap();
        assert_eq!(alone.value, part.value);
        assert!((alone.high - part.high).abs() < 1e-12);
        assert_eq!(weighted(&[(0.5, weeks), (0.5, counted(&[(0.0, 0.0); 3]))], SURE), None);
    }

    #[test]
    fn intervals_of_weighted_sums_hold_the_truth_as_often_as_they_say() {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(8);
        let held = (0..2000).filter(|_| {
            let mut weeks = |chance: f64| -> Vec<Counted> {
                let week = |_| {
                    let of = 20.0 + 40.0 * source.random::<f64>();
                    Counted { met: (chance + 0.2 * (source.random::<f64>() - 0.5)) * of, of }
                };
                (0..12).map(week).collect()
            };
            let parts = [(0.7, weeks(0.8)), (0.3, weeks(0.5))];
            let estimate = weighted(&parts, SURE).unwrap();
            estimate.low <= 0.71 && 0.71 <= estimate.high
        });
        let held = held.count();
        assert!((1865..=1935).contains(&held), "{held} of 2000");
    }

    #[test]
    fn nothing_of_nothing_is_no_estimate() {
        assert_eq!(share(counted(&[(0.0, 0.0); 3]).iter().copied(), SURE), None);
    }

    #[test]
    fn three_of_three_prove_little() {
        let estimate = share(counted(&[(1.0, 1.0); 3]).iter().copied(), SURE).unwrap();
        assert!((estimate.low - 3.0 / (3.0 + 3.8415)).abs() < 1e-4 && estimate.high == 1.0);
    }

    #[test]
    fn one_week_decides_nothing() {
        let estimate = share(counted(&[(700.0, 1000.0)]).iter().copied(), SURE).unwrap();
        assert_eq!((estimate.value, estimate.low, estimate.high), (0.7, 0.0, 1.0));
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut week = || {
            let chance = 0.7 + 0.2 * source.random::<f64>();
            let of = 20.0 + 40.0 * source.random::<f64>();
            Counted { met: chance * of, of }
        };
        let held = (0..4000).filter(|_| {
            let weeks: Vec<Counted> = (0..12).map(|_| week()).collect();
            let estimate = ratio(weeks.iter().copied(), SURE).unwrap();
            estimate.low <= 0.8 && 0.8 <= estimate.high
        });
        let held = held.count();
        assert!((3760..=3840).contains(&held), "{held} of 4000");
    }
}
