//! Differences between two plans that were played over the same weeks.

use super::estimate::{Counted, SURE, mean, ratio, share, student};
use super::{Estimate, Tally};
use crate::id::{Id, QueueId, TierId};

/// A figure of played weeks that two plans can be compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Share of a queue's contacts that meet its target of this number.
    Target(QueueId, usize),
    /// Share of a queue's contacts that hang up.
    Abandonment(QueueId),
    /// Mean wait for an answer of those answered, minutes.
    MeanWait(QueueId),
    /// Mean time to first response in opening hours, minutes.
    FirstResponse(QueueId),
    /// Contacts still waiting or open at the end.
    Backlog(QueueId),
    /// Share of a tier's on-queue time on live contacts.
    LiveOccupancy(TierId),
    /// Share of a tier's on-queue time on any work, recovery included.
    Utilisation(TierId),
}

impl Measured {
    fn of(self, week: &Tally) -> Counted {
        let queue = |queue: QueueId| week.queues.get(queue.index()).copied().unwrap_or_default();
        let tier = |tier: TierId| week.tiers.get(tier.index()).copied().unwrap_or_default();
        match self {
            Measured::Target(queue, target) => {
                let mut sum = Counted::default();
                let periods =
                    week.targets.get(queue.index()).and_then(|targets| targets.get(target));
                for period in periods.into_iter().flatten() {
                    sum.add(period.met, period.of);
                }
                sum
            }
            Measured::Abandonment(of) => queue(of).abandoned,
            Measured::MeanWait(of) => queue(of).waits,
            Measured::FirstResponse(of) => queue(of).responses_in_hours,
            Measured::Backlog(of) => Counted { met: queue(of).backlog, of: 1.0 },
            Measured::LiveOccupancy(of) => Counted { met: tier(of).live, of: tier(of).on_queue },
            Measured::Utilisation(of) => Counted { met: tier(of).busy, of: tier(of).on_queue },
        }
    }

    fn is_share(self) -> bool {
        matches!(self, Measured::Target(..) | Measured::Abandonment(_))
    }

    /// The figure over weeks, with its interval; none where nothing came in.
    #[must_use]
    pub fn over(self, weeks: &[Tally]) -> Option<Estimate> {
        let sums: Vec<Counted> = weeks.iter().map(|week| self.of(week)).collect();
        match self {
            Measured::Backlog(_) => Some(mean(sums.iter().map(|sum| sum.met), SURE)),
            _ if self.is_share() => share(sums.iter().copied(), SURE),
            _ => ratio(sums.iter().copied(), SURE),
        }
    }
}

/// How much larger a figure is in one plan than in another, both played over the same weeks; none where one of
/// them has none.
///
/// ```text
/// D = R' - R,   z = (x' - R' y') / mean y' - (x - R y) / mean y,   var D = sum z^2 / (n (n - 1))
/// ```
///
/// with `x` over `y` the figure of one week and `R` that of all (delta method on pairs), and a Student quantile of
/// n - 1 degrees of freedom. Weeks are paired by their seed: what chance does to both cancels, so that the interval
/// is as wide as the difference is uncertain and no wider (common random numbers; Law 2015, section 11.2).
#[must_use]
pub fn difference(from: (&[Tally], Measured), to: (&[Tally], Measured)) -> Option<Estimate> {
    let pairs: Vec<(Counted, Counted)> =
        from.0.iter().zip(to.0).map(|(one, other)| (from.1.of(one), to.1.of(other))).collect();
    paired(&pairs)
}

fn paired(pairs: &[(Counted, Counted)]) -> Option<Estimate> {
    let n: f64 = pairs.iter().map(|_| 1.0).sum();
    let sum = |part: fn(&(Counted, Counted)) -> f64| pairs.iter().map(part).sum::<f64>();
    let (of, other_of) = (sum(|pair| pair.0.of), sum(|pair| pair.1.of));
    if of <= 0.0 || other_of <= 0.0 {
        return None;
    }
    let (rate, other_rate) = (sum(|pair| pair.0.met) / of, sum(|pair| pair.1.met) / other_of);
    let value = other_rate - rate;
    if n < 2.0 {
        return Some(Estimate { value, low: f64::NEG_INFINITY, high: f64::INFINITY });
    }
    let squares: f64 = pairs
        .iter()
        .map(|(one, other)| {
            let residual = n * (other.met - other_rate * other.of) / other_of
                - n * (one.met - rate * one.of) / of;
            residual * residual
        })
        .sum();
    let reach = student(0.5 + 0.5 * SURE, n - 1.0) * (squares / (n * (n - 1.0))).sqrt();
    Some(Estimate { value, low: value - reach, high: value + reach })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(one: &[(f64, f64)], other: &[(f64, f64)]) -> Vec<(Counted, Counted)> {
        let counted = |&(met, of): &(f64, f64)| Counted { met, of };
        one.iter().zip(other).map(|(one, other)| (counted(one), counted(other))).collect()
    }

    #[test]
    fn the_interval_of_a_difference_of_pairs_is_students() {
        // Differences -0.1, -0.2, -0.3, -0.2: mean -0.2, standard error sqrt(0.02 / 12), t(0.975; 3) = 3.182.
        let one = [4.0, 5.0, 6.0, 3.0].map(|met| (met, 10.0));
        let other = [3.0, 3.0, 3.0, 1.0].map(|met| (met, 10.0));
        let found = paired(&pairs(&one, &other)).unwrap();
        assert!((found.value + 0.2).abs() < 1e-12, "{found:?}");
        let reach = 3.182 * (0.02_f64 / 12.0).sqrt();
        assert!((found.high - found.value - reach).abs() < 0.01 * reach, "{found:?}");
    }

    #[test]
    fn a_plan_differs_from_itself_by_nothing_for_certain() {
        let weeks: Vec<(f64, f64)> =
            (1..9).map(|met| (f64::from(met), 10.0 + f64::from(met))).collect();
        let found = paired(&pairs(&weeks, &weeks)).unwrap();
        assert_eq!((found.value, found.low, found.high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn nothing_that_came_in_gives_no_difference() {
        assert_eq!(paired(&pairs(&[(0.0, 0.0); 3], &[(1.0, 2.0); 3])), None);
        assert_eq!(paired(&[]), None);
    }
}
