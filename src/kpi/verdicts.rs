//! Whether targets are kept, by confidence interval.

use crate::id::{Id, QueueId};
use crate::scenario::{Measure, Scenario, Target};

use super::estimate::{Counted, SURE, share};
use super::periods::periods;
use super::{Estimate, Judgement, PeriodVerdict, Tally, Verdict};

/// How sure the interval of one period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surety {
    /// All periods of one target hold together: enough to find what to repair.
    OfOneTarget,
    /// All periods of all targets hold together, however many times somebody looks: enough to judge.
    OfAll,
}

/// Times that weeks are looked at before a verdict stands: once, and once more after playing on.
const LOOKS: f64 = 2.0;

/// The verdicts on all targets of all queues.
///
/// With `m` periods judged and `k` looks, each period's interval is at `1 - 0.05/(m k)` (Bonferroni), so that in 95
/// of 100 plans no verdict is wrong.
pub(super) fn of_all(weeks: &[Tally], scenario: &Scenario, surety: Surety) -> Vec<Verdict> {
    let targets: Vec<(QueueId, usize, &Target)> = (0..scenario.queues.len())
        .map(QueueId::at)
        .flat_map(|queue| {
            let own = scenario.queue(queue).targets.iter().enumerate();
            own.map(move |(place, target)| (queue, place, target))
        })
        .collect();
    let judged: Vec<usize> =
        targets.iter().map(|&(queue, place, _)| judged(queue, place, weeks)).collect();
    let looks =
        if scenario.budget.most_replications > scenario.budget.replications { LOOKS } else { 1.0 };
    let all = count(judged.iter().sum()) * looks;
    let pairs = targets.iter().zip(&judged);
    pairs
        .map(|(&(queue, place, target), &own)| {
            let family = match surety {
                Surety::OfOneTarget => count(own),
                Surety::OfAll => all,
            };
            let sure = 1.0 - (1.0 - SURE) / family.max(1.0);
            verdict(queue, place, target, weeks, scenario, sure)
        })
        .collect()
}

/// Periods of a target in which something came in.
fn judged(queue: QueueId, place: usize, weeks: &[Tally]) -> usize {
    let periods = weeks.first().map_or(0, |week| week.targets[queue.index()][place].len());
    let is_judged = |&period: &usize| {
        weeks.iter().any(|week| week.targets[queue.index()][place][period].of > 0.0)
    };
    (0..periods).filter(is_judged).count()
}

fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

/// Half the width of an interval at which a share is known well enough, whatever side of its goal it is on.
const POINT: f64 = 0.01;
/// What is played more than the estimate of what is needed, since that is an estimate.
const SPARE: f64 = 1.1;

/// Weeks it takes until every period is decided or known to one point, by how much weeks vary so far; as many as
/// there are where all is well.
///
/// An interval narrows with the root of the weeks, so half a width `h` becomes `w` after `(h/w)^2` times as many
/// (the two stages of Stein 1945, Annals of Mathematical Statistics 16:243-258).
pub(super) fn weeks_to_decide(verdicts: &[Verdict], weeks: usize) -> usize {
    let open = verdicts.iter().flat_map(|verdict| {
        let undecided = |period: &&PeriodVerdict| period.judgement == Judgement::Undecided;
        let periods = verdict.periods.iter().filter(undecided);
        periods.filter_map(|period| Some((verdict.goal, period.estimate?)))
    });
    let times = open
        .map(|(goal, Estimate { value, low, high })| {
            let reach = 0.5 * (high - low);
            let wanted = (value - goal).abs().max(POINT);
            if reach > POINT { (reach / wanted).powi(2) * SPARE } else { 1.0 }
        })
        .fold(1.0, f64::max);
    whole((times * count(weeks)).min(f64::from(u32::MAX)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by the caller, and weeks are counted from 0"
)]
fn whole(weeks: f64) -> usize {
    weeks.ceil() as usize
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
    sure: f64,
) -> Verdict {
    let counted =
        |period: usize| weeks.iter().map(move |week| week.targets[queue.index()][place][period]);
    let ranges = periods(target.period, &scenario.calendar);
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
