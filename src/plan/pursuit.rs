//! How targets were pursued: rounds of repair, what the plan looked like on the weeks it was repaired on, and why
//! some target is not kept.

use serde::Serialize;

use crate::id::{Id, PoolId, QueueId, StreamId};
use crate::kpi::{Judgement, Kpis, Verdict};
use crate::scenario::{Channel, Measure, Scenario};
use crate::staffing::ladder::{OnQueue, OnePool, Pace};
use crate::units::Minutes;
use crate::workload::Workload;

/// How targets were pursued.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pursuit {
    /// Rounds of repair.
    pub rounds: u64,
    /// Verdicts on the weeks the plan was repaired on, which flatter it.
    pub rehearsed: Vec<Verdict>,
    /// Targets that the judged plan does not keep, and why as far as can be shown.
    pub unkept: Vec<Unkept>,
}

/// A target that is not kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unkept {
    /// The queue.
    pub queue: QueueId,
    /// Which of its targets.
    pub target: usize,
    /// Why.
    pub why: Why,
}

/// Why a target is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Why {
    /// Shown impossible: even with everybody who may take it on queue at every minute they are available, the
    /// period that begins here would have this service.
    EvenWithEveryone {
        /// First interval of the period.
        from: usize,
        /// The service there would be.
        service: f64,
    },
    /// Shown impossible: the share of the work that the target asks for takes more hours than contracts give.
    TooFewHours {
        /// Hours of work to be done.
        needed: f64,
        /// Hours of everyone who may do it, overtime and presence counted.
        there: f64,
    },
    /// Repair ended before it was kept; nothing shows that it cannot be.
    NotFound,
    /// The plan keeps it as far as can be told, but its interval holds the goal.
    Close,
}

impl Why {
    /// Whether it was shown that this team cannot keep the target.
    #[must_use]
    pub fn is_impossible(self) -> bool {
        matches!(self, Why::EvenWithEveryone { .. } | Why::TooFewHours { .. })
    }
}

/// How much better a plan looked on the weeks it was repaired on than on fresh ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Optimism {
    /// In share points, as a mean over targets; below 0 where fresh weeks went better.
    pub mean: f64,
    /// Of the target that differs most.
    pub most: f64,
    /// Its queue.
    #[serde(skip)]
    pub queue: QueueId,
}

impl Pursuit {
    /// Whether every period of every target was kept on the weeks a plan is repaired on, before any repair.
    #[must_use]
    pub fn was_kept_at_once(&self) -> bool {
        let mut periods = self.rehearsed.iter().flat_map(|verdict| &verdict.periods);
        self.rounds == 0
            && periods
                .all(|period| period.estimate.is_none() || period.judgement == Judgement::Kept)
    }

    /// Rehearsed less judged estimates; none without a target that both have.
    #[must_use]
    pub fn optimism(&self, judged: &Kpis, scenario: &Scenario) -> Option<Optimism> {
        let pairs = self.rehearsed.iter().filter_map(|before| {
            let after = judged
                .verdicts
                .iter()
                .find(|after| (after.queue, after.target) == (before.queue, before.target))?;
            let gain = before.estimate?.value - after.estimate?.value;
            let gain = if is_ceiling(before, scenario) { -gain } else { gain };
            Some((before.queue, gain))
        });
        let pairs: Vec<(QueueId, f64)> = pairs.collect();
        let count = f64::from(u32::try_from(pairs.len()).unwrap_or(u32::MAX));
        let most = pairs.iter().max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))?;
        Some(Optimism {
            mean: pairs.iter().map(|pair| pair.1).sum::<f64>() / count,
            most: most.1,
            queue: most.0,
        })
    }
}

fn is_ceiling(verdict: &Verdict, scenario: &Scenario) -> bool {
    let target = scenario.queue(verdict.queue).targets.get(verdict.target);
    target.is_some_and(|target| matches!(target.measure, Measure::Abandonment { .. }))
}

/// Why targets are not kept.
pub(super) fn unkept(kpis: &Kpis, workload: &Workload, scenario: &Scenario) -> Vec<Unkept> {
    let open = kpis
        .verdicts
        .iter()
        .filter(|verdict| verdict.judgement != Judgement::Kept && verdict.estimate.is_some());
    open.map(|verdict| Unkept {
        queue: verdict.queue,
        target: verdict.target,
        why: why(verdict, workload, scenario),
    })
    .collect()
}

fn why(verdict: &Verdict, workload: &Workload, scenario: &Scenario) -> Why {
    if let Some(shown) = impossible(verdict, workload, scenario) {
        shown
    } else if verdict.judgement == Judgement::Missed {
        Why::NotFound
    } else {
        Why::Close
    }
}

/// What shows that a target cannot be kept by this team, if anything does.
pub(super) fn impossible(
    verdict: &Verdict,
    workload: &Workload,
    scenario: &Scenario,
) -> Option<Why> {
    let mut pools: Vec<PoolId> =
        scenario.streams_of(verdict.queue).flat_map(|stream| scenario.pools_for(stream)).collect();
    pools.sort_unstable();
    pools.dedup();
    too_few_hours(verdict, &pools, workload, scenario)
        .or_else(|| even_with_everyone(verdict, &pools, workload, scenario))
}

/// Work to be done at its fastest against hours of contracts.
fn too_few_hours(
    verdict: &Verdict,
    pools: &[PoolId],
    workload: &Workload,
    scenario: &Scenario,
) -> Option<Why> {
    let owed = match scenario.queue(verdict.queue).targets.get(verdict.target)?.measure {
        Measure::ServiceLevel { share, .. }
        | Measure::FirstResponse { share, .. }
        | Measure::Resolution { share, .. } => share.value(),
        Measure::Abandonment { at_most } => 1.0 - at_most.value(),
    };
    let speed_up = crate::staffing::speed_up(verdict.queue, scenario);
    let work = |stream: StreamId| {
        let times = &workload.handle[stream.index()];
        let fastest = pools.iter().filter_map(|pool| times[pool.index()]).map(|time| time.0);
        let each = fastest.reduce(f64::min).unwrap_or(0.0) / speed_up;
        workload.arrivals[stream.index()].iter().map(|came| came.0.max(0.0) * each).sum::<f64>()
    };
    let needed = owed * scenario.streams_of(verdict.queue).map(work).sum::<f64>() / 60.0;
    let there: f64 = pools
        .iter()
        .flat_map(|&pool| &scenario.pool(pool).agents)
        .map(|&agent| {
            let agent = scenario.agent(agent);
            let most: Minutes = agent.weeks.iter().map(|week| week.1).sum();
            agent.presence.value() * most.in_hours()
        })
        .sum();
    (needed > there).then_some(Why::TooFewHours { needed, there })
}

/// The service of each judged period with everybody there, by the fastest pace and the model of one pool.
fn even_with_everyone(
    verdict: &Verdict,
    pools: &[PoolId],
    workload: &Workload,
    scenario: &Scenario,
) -> Option<Why> {
    let calendar = &scenario.calendar;
    let mut people = vec![OnQueue { mean: 0.0, variance: 0.0 }; calendar.intervals()];
    for &agent in pools.iter().flat_map(|&pool| &scenario.pool(pool).agents) {
        let agent = scenario.agent(agent);
        for (interval, people) in people.iter_mut().enumerate() {
            let slot = calendar.interval(interval);
            let free: f64 = agent.available.iter().map(|span| span.overlap(slot).real()).sum();
            people.mean += agent.presence.value() * (free / slot.length().real().max(1.0)).min(1.0);
        }
    }
    let queue = verdict.queue;
    if scenario.queue(queue).channel != Channel::Voice {
        return None;
    }
    let in_time = super::ladder::in_time(scenario.queue(queue).targets.get(verdict.target)?)?.1;
    let pool = OnePool::of(&[queue], pools, Pace::Fastest, workload, scenario)?;
    let level = pool.climb(&people, in_time);
    let open = verdict.periods.iter().filter(|period| period.judgement != Judgement::Kept);
    let worst = open.filter_map(|period| {
        let (mut met, mut of) = (0.0, 0.0);
        for rungs in level.iter().filter(|own| (period.from..period.to).contains(&own.interval)) {
            met += rungs.contacts * rungs.offered_load.max(rungs.exact.unwrap_or(0.0));
            of += rungs.contacts;
        }
        let service = met / of;
        (of > 0.0 && service < verdict.goal - super::ladder::AGREES)
            .then_some((period.from, service))
    });
    let (from, service) = worst.min_by(|one, other| one.1.total_cmp(&other.1))?;
    Some(Why::EvenWithEveryone { from, service })
}

/// Whether every open period of every target is one that cannot be kept.
pub(super) fn nothing_can_help(
    verdicts: &[Verdict],
    workload: &Workload,
    scenario: &Scenario,
) -> bool {
    let mut open = verdicts
        .iter()
        .filter(|verdict| verdict.judgement != Judgement::Kept && verdict.estimate.is_some())
        .peekable();
    open.peek().is_some() && open.all(|verdict| impossible(verdict, workload, scenario).is_some())
}
