//! Whether targets are kept, by confidence interval.

use crate::id::{Id, QueueId};
use crate::scenario::{Measure, Scenario, Target};

use super::estimate::{Counted, SURE, share};
use super::periods::periods;
use super::{Estimate, Judgement, PeriodVerdict, Tally, Verdict};

/// The verdicts on all targets of a queue.
pub(super) fn of_queue(queue: QueueId, weeks: &[Tally], scenario: &Scenario) -> Vec<Verdict> {
    let targets = scenario.queue(queue).targets.iter().enumerate();
    targets.map(|(place, target)| verdict(queue, place, target, weeks, scenario)).collect()
}

/// A queue's service level over the horizon, by its first target that asks for one.
pub(super) fn service_level(
    queue: QueueId,
    weeks: &[Tally],
    scenario: &Scenario,
) -> Option<Estimate> {
    let is_level = |target: &Target| matches!(target.measure, Measure::ServiceLevel { .. });
    let target = scenario.queue(queue).targets.iter().position(is_level)?;
    over_horizon(queue, target, weeks)
}

fn over_horizon(queue: QueueId, target: usize, weeks: &[Tally]) -> Option<Estimate> {
    let in_all = |week: &Tally| {
        let mut sum = Counted::default();
        for counted in &week.targets[queue.index()][target] {
            sum.add(counted.met, counted.of);
        }
        sum
    };
    let sums: Vec<Counted> = weeks.iter().map(in_all).collect();
    share(sums.iter().copied(), SURE)
}

fn verdict(
    queue: QueueId,
    place: usize,
    target: &Target,
    weeks: &[Tally],
    scenario: &Scenario,
) -> Verdict {
    let counted =
        |period: usize| weeks.iter().map(move |week| week.targets[queue.index()][place][period]);
    let ranges = periods(target.period, &scenario.calendar);
    let judged = (0..ranges.len()).filter(|&period| counted(period).any(|week| week.of > 0.0));
    let sure =
        1.0 - (1.0 - SURE) / f64::from(u32::try_from(judged.count().max(1)).unwrap_or(u32::MAX));
    let goal = goal(target.measure);
    let verdicts: Vec<PeriodVerdict> = ranges
        .into_iter()
        .enumerate()
        .map(|(period, range)| {
            let estimate = share(counted(period), sure);
            PeriodVerdict {
                from: range.start,
                to: range.end,
                judgement: estimate.map_or(Judgement::Undecided, |e| judge(e, target.measure)),
                estimate,
            }
        })
        .collect();
    Verdict {
        queue,
        target: place,
        judgement: together(&verdicts),
        estimate: over_horizon(queue, place, weeks),
        goal,
        periods: verdicts,
    }
}

fn goal(measure: Measure) -> f64 {
    match measure {
        Measure::ServiceLevel { share, .. }
        | Measure::FirstResponse { share, .. }
        | Measure::Resolution { share, .. } => share.value(),
        Measure::Abandonment { at_most } => at_most.value(),
    }
}

fn judge(estimate: Estimate, measure: Measure) -> Judgement {
    let goal = goal(measure);
    let (is_kept, is_missed) = match measure {
        Measure::ServiceLevel { .. }
        | Measure::FirstResponse { .. }
        | Measure::Resolution { .. } => (estimate.low >= goal, estimate.high < goal),
        Measure::Abandonment { .. } => (estimate.high <= goal, estimate.low > goal),
    };
    match (is_kept, is_missed) {
        (true, _) => Judgement::Kept,
        (_, true) => Judgement::Missed,
        _ => Judgement::Undecided,
    }
}

/// Periods in which nothing came in say nothing.
fn together(periods: &[PeriodVerdict]) -> Judgement {
    let mut judged =
        periods.iter().filter(|p| p.estimate.is_some()).map(|p| p.judgement).peekable();
    if judged.peek().is_none() {
        return Judgement::Undecided;
    }
    judged.fold(Judgement::Kept, |all, next| match (all, next) {
        (Judgement::Missed, _) | (_, Judgement::Missed) => Judgement::Missed,
        (Judgement::Undecided, _) | (_, Judgement::Undecided) => Judgement::Undecided,
        _ => Judgement::Kept,
    })
}
