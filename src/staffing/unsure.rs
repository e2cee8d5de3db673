//! How many times the contacts expected people are sized for, so that targets hold on a share of days.
//!
//! A queue's day is busier or quieter than expected by a factor of its own ([`super::busyness`]). Over several queues
//! at once, with loads `a_q` and coefficients of variation `v_q`, factors even out:
//!
//! ```text
//! v^2 = sum (v_q a_q)^2 / (sum a_q)^2
//! ```
//!
//! and the day is sized at the quantile of a Gamma factor of that variation, which is exact for one queue.

use super::busyness::Busyness;
use crate::scenario::Scenario;

/// The factor of each day of the horizon, from how much each queue's work adds to it.
///
/// One wherever nothing is asked for, or nothing varies.
pub(super) fn factors(shares: &[(f64, Vec<f64>)], scenario: &Scenario) -> Vec<f64> {
    let calendar = &scenario.calendar;
    let Some(sure) = scenario.staffing.sure else { return vec![1.0; calendar.days()] };
    let mut seen: Vec<(u64, f64)> = Vec::new();
    (0..calendar.days())
        .map(|day| {
            let variation = together(shares.iter().map(|(own, days)| (*own, days[day])));
            // Days of one mix are alike, and each quantile is an integral.
            if let Some((_, factor)) = seen.iter().find(|(bits, _)| *bits == variation.to_bits()) {
                return *factor;
            }
            let busyness = Busyness::varying(variation);
            let factor = busyness.map_or(1.0, |busyness| busyness.quantile(sure.value()));
            seen.push((variation.to_bits(), factor));
            factor
        })
        .collect()
}

/// Coefficient of variation of a sum, from the variation and the mean of each part.
fn together(parts: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut squares, mut sum) = (0.0, 0.0);
    for (variation, mean) in parts {
        squares += (variation * mean).powi(2);
        sum += mean;
    }
    // To six digits, so that a rounding of the sums makes no new day.
    if sum > 0.0 { (squares.sqrt() / sum * 1e6).round() / 1e6 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_queues_of_the_same_size_are_less_unsure_together() {
        let one = together([(0.2, 10.0)].into_iter());
        let two = together([(0.2, 10.0), (0.2, 10.0)].into_iter());
        assert!((one - 0.2).abs() < 1e-9 && (two - 0.2 / 2f64.sqrt()).abs() < 1e-6);
        assert_eq!(together([(0.2, 0.0)].into_iter()), 0.0);
    }
}
