//! Figures from records: service, first response, abandonment, backlog, occupancy, and verdicts on targets.

use serde::Serialize;

use crate::id::{PoolId, QueueId, TierId};
use crate::scenario::Scenario;
use crate::simulation::Log;

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
    /// The interval holds the goal.
    Undecided,
}

/// The verdict on one target over its periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The queue.
    pub queue: QueueId,
    /// Which of the queue's targets.
    pub target: usize,
    /// The verdict on all periods: kept where all are kept, missed where one is.
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
    /// Its estimate; none where nothing came in.
    pub estimate: Option<Estimate>,
}

/// Sums over one played week that scores are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Placeholder for the sums by queue, period and pool.
    pub pools: Vec<PoolId>,
}

/// Sum one week's records.
#[must_use]
pub fn tally(log: &Log, scenario: &Scenario) -> Tally {
    let _ = (log, scenario);
    todo!()
}

/// Score played weeks.
#[must_use]
pub fn score(weeks: &[Tally], scenario: &Scenario) -> Kpis {
    let _ = (weeks, scenario);
    todo!()
}
