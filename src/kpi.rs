//! Figures from records: service, first response, resolution, abandonment, backlog, occupancy, raw and fair,
//! and verdicts on targets.

mod classes;
mod course;
mod estimate;
pub mod fair;
mod groups;
pub mod paired;
mod periods;
pub mod provenance;
pub mod quality;
pub mod satisfaction;
mod sums;
mod verdicts;

use serde::Serialize;

use crate::id::{Id, QueueId, TierId};
use crate::scenario::Scenario;
use crate::strain::PlayedStrain;
use estimate::{Counted, SURE, mean, ratio, share};
use sums::QueueSums;
use verdicts::Surety;

pub use course::{CourseKpis, Fate};
pub use groups::{Figure, GroupKpis, RawAndFair, RawFair};
pub use sums::{Tally, tally};

/// An estimate with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// All figures of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kpis {
    /// By queue, in the scenario's order.
    pub queues: Vec<QueueKpis>,
    /// By tier, in the scenario's order.
    pub tiers: Vec<TierKpis>,
    /// Played live occupancy by pool and interval; none where nobody was on queue.
    pub occupancy: Vec<Vec<Option<f64>>>,
    /// One verdict a target.
    pub verdicts: Vec<Verdict>,
    /// Figures of groups, as they are and over a mix of contacts that is the same for all.
    pub raw_and_fair: RawAndFair,
    /// How contacts ran beyond one answer, by queue, where any do.
    pub courses: Vec<CourseKpis>,
    /// What the played weeks asked of people.
    #[serde(skip)]
    pub played: PlayedStrain,
    /// Weeks played.
    pub replications: usize,
    /// Contacts played.
    pub contacts: u64,
}

/// Figures of one queue; nothing divided by nothing is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueKpis {
    /// The queue.
    pub queue: QueueId,
    /// Contacts offered in a week.
    pub offered: Estimate,
    /// Share answered within its service-level target, by that target's definition.
    pub service_level: Option<Estimate>,
    /// Share that hung up.
    pub abandonment: Option<Estimate>,
    /// Mean wait for an answer of those answered, minutes.
    pub mean_wait: Option<Estimate>,
    /// Mean time to first response on the calendar, minutes.
    pub first_response: Option<Estimate>,
    /// Mean time to first response in opening hours, minutes.
    pub first_response_business: Option<Estimate>,
    /// Contacts still waiting or open at the end.
    pub backlog: Estimate,
}

/// Figures of one tier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TierKpis {
    /// The tier.
    pub tier: TierId,
    /// People in it.
    pub people: usize,
    /// Share of on-queue time on live contacts.
    pub live_occupancy: Option<Estimate>,
    /// Share of on-queue time on any work, recovery included.
    pub utilisation: Option<Estimate>,
    /// Share of contacts that it took.
    pub share_of_contacts: Option<Estimate>,
}

/// Whether a target is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// The whole interval is on the right side.
    Kept,
    /// The whole interval is on the wrong side.
    Missed,
    /// The interval holds the goal, or nothing came in that could be judged.
    Undecided,
}

/// The verdict on one target over its periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The queue.
    pub queue: QueueId,
    /// Which of the queue's targets.
    pub target: usize,
    /// The verdict on all periods: kept where all in which
    /// anything came in are kept, missed where one is.
    pub judgement: Judgement,
    /// Estimate over the horizon.
    pub estimate: Option<Estimate>,
    /// The figure to reach, or not to pass for abandonment.
    pub goal: f64,
    /// Each period's own.
    pub periods: Vec<PeriodVerdict>,
}

/// The verdict on one period of a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodVerdict {
    /// The period's first interval.
    pub from: usize,
    /// First interval after.
    pub to: usize,
    /// Its verdict.
    pub judgement: Judgement,
    /// Its estimate, surer than 95 % so that all periods of all targets hold together (Bonferroni); none
    /// where nothing came in.
    pub estimate: Option<Estimate>,
}

/// Verdicts as sure as it takes to find what to repair: each target's periods hold together, the targets do not.
#[must_use]
pub fn rehearse(weeks: &[Tally], scenario: &Scenario) -> Vec<Verdict> {
    verdicts::of_all(weeks, scenario, Surety::OfOneTarget)
}

/// Weeks it takes until every period of every target is decided or known to one point, and no more than the budget
/// lets; as many as were played where all is well.
#[must_use]
pub fn weeks_to_decide(weeks: &[Tally], scenario: &Scenario) -> usize {
    let verdicts = verdicts::of_all(weeks, scenario, Surety::OfAll);
    let most = scenario.budget.most_replications.max(weeks.len());
    verdicts::weeks_to_decide(&verdicts, weeks.len()).clamp(weeks.len(), most)
}

/// Score played weeks.
#[must_use]
pub fn score(weeks: &[Tally], scenario: &Scenario) -> Kpis {
    let queues = (0..scenario.queues.len()).map(QueueId::at);
    let tiers = (0..scenario.tiers.len()).map(TierId::at);
    Kpis {
        queues: queues.clone().map(|queue| queue_kpis(queue, weeks, scenario)).collect(),
        tiers: tiers.map(|tier| tier_kpis(tier, weeks, scenario)).collect(),
        occupancy: occupancy(weeks, scenario),
        verdicts: verdicts::of_all(weeks, scenario, Surety::OfAll),
        raw_and_fair: groups::raw_and_fair(weeks, scenario),
        courses: course::score(weeks, scenario),
        played: PlayedStrain::of_weeks(weeks.iter().map(|week| &week.played)),
        replications: weeks.len(),
        contacts: weeks.iter().map(|week| week.contacts).sum(),
    }
}

fn queue_kpis(queue: QueueId, weeks: &[Tally], scenario: &Scenario) -> QueueKpis {
    let sums = || weeks.iter().map(|week| &week.queues[queue.index()]);
    let mean_of = |part: fn(&QueueSums) -> Counted| ratio(sums().map(part), SURE);
    QueueKpis {
        queue,
        offered: mean(sums().map(|week| week.offered), SURE),
        service_level: verdicts::service_level(queue, weeks, scenario),
        abandonment: share(sums().map(|week| week.abandoned), SURE),
        mean_wait: mean_of(|week| week.waits),
        first_response: mean_of(|week| week.responses),
        first_response_business: mean_of(|week| week.responses_in_hours),
        backlog: mean(sums().map(|week| week.backlog), SURE),
    }
}

fn tier_kpis(tier: TierId, weeks: &[Tally], scenario: &Scenario) -> TierKpis {
    let sums = || weeks.iter().map(|week| &week.tiers[tier.index()]);
    let all = |week: &Tally| week.tiers.iter().map(|tier| tier.contacts).sum::<f64>();
    let taken =
        weeks.iter().map(|week| Counted { met: week.tiers[tier.index()].contacts, of: all(week) });
    TierKpis {
        tier,
        people: scenario.agents.iter().filter(|agent| agent.tier == tier).count(),
        live_occupancy: ratio(
            sums().map(|sums| Counted { met: sums.live, of: sums.on_queue }),
            SURE,
        ),
        utilisation: ratio(sums().map(|sums| Counted { met: sums.busy, of: sums.on_queue }), SURE),
        share_of_contacts: ratio(taken, SURE),
    }
}

fn occupancy(weeks: &[Tally], scenario: &Scenario) -> Vec<Vec<Option<f64>>> {
    let cell = |pool: usize, interval: usize| {
        let mut sum = Counted::default();
        for week in weeks {
            let Counted { met, of } = week.occupancy[pool][interval];
            sum.add(met, of);
        }
        (sum.of > 0.0).then(|| sum.met / sum.of)
    };
    let row = |pool| (0..scenario.calendar.intervals()).map(|t| cell(pool, t)).collect();
    (0..scenario.pools.len()).map(row).collect()
}
