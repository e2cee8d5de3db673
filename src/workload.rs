//! Agent minutes and offered load by interval, stream and pool.

mod again;
mod open_cases;

use serde::Serialize;

use crate::funnel::HumanDemand;
use crate::id::{Id, PoolId, StreamId};
use crate::scenario::Scenario;
use crate::units::{Contacts, Erlangs, HandleMinutes};

pub use open_cases::{OpenCases, open_cases};

/// How much work the contacts are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Workload {
    /// Contacts by stream and interval, as they first come in.
    pub arrivals: Vec<Vec<Contacts>>,
    /// Work on top of these by stream and interval: customers' replies, and cases escalated to it.
    pub again: Vec<Vec<Contacts>>,
    /// Time of one touch by stream and pool, wrap-up included; none where the pool may not take it.
    /// Of a chat or message it is the length of the conversation when it is the agent's only one.
    pub handle: Vec<Vec<Option<HandleMinutes>>>,
    /// Rest owed after a contact, on average, by stream.
    pub recovery: Vec<HandleMinutes>,
    /// Offered load by stream and interval at the pace of the tier the work is meant for (the lowest that
    /// may take it), recovery included. It is zero where no pool may take the stream.
    ///
    /// Chats and messages count as if held one at a time: how many an agent holds at once is a matter of
    /// staffing, see [`crate::staffing::chat`].
    pub load: Vec<Vec<Erlangs>>,
    /// Coefficient of variation of a day's volume around these means, by queue.
    pub day_spread: Vec<f64>,
}

/// Measure the work in the contacts that reach people.
///
/// A demand shorter than the horizon counts as no contacts where it is silent.
#[must_use]
pub fn measure(demand: &HumanDemand, scenario: &Scenario) -> Workload {
    let streams = || (0..scenario.streams.len()).map(StreamId::at);
    let pools = || (0..scenario.pools.len()).map(PoolId::at);
    let intervals = scenario.calendar.intervals();

    let arrivals: Vec<Vec<Contacts>> = streams()
        .map(|stream| {
            let mut row = demand.streams.get(stream.index()).cloned().unwrap_or_default();
            row.resize(intervals, Contacts(0.0));
            row
        })
        .collect();
    let again = again::of(&arrivals, scenario);
    let time = |stream: StreamId, pool: PoolId| {
        let takes = scenario.pool(pool).streams.contains(&stream);
        takes.then(|| scenario.handle(stream, pool))
    };
    let handle: Vec<Vec<Option<HandleMinutes>>> =
        streams().map(|stream| pools().map(|pool| time(stream, pool)).collect()).collect();
    let recovery: Vec<HandleMinutes> =
        streams().map(|stream| scenario.recovery_owed(scenario.stream(stream).queue)).collect();
    let load = streams()
        .map(|stream| {
            let row = arrivals[stream.index()].iter().zip(&again[stream.index()]);
            let Some(pool) = meant_for(stream, scenario) else {
                return vec![Erlangs(0.0); intervals];
            };
            let each = scenario.handle(stream, pool) + recovery[stream.index()];
            let slots = (0..intervals).map(|slot| scenario.calendar.interval(slot).length());
            row.zip(slots).map(|((&first, &more), length)| (first + more) * each / length).collect()
        })
        .collect();
    Workload { arrivals, again, handle, recovery, load, day_spread: demand.day_spread.clone() }
}

impl Workload {
    /// Touches of a stream by interval: what comes in, replies, and what is escalated to it.
    #[must_use]
    pub fn touches(&self, stream: StreamId) -> Vec<Contacts> {
        let pairs = self.arrivals[stream.index()].iter().zip(&self.again[stream.index()]);
        pairs.map(|(&first, &more)| first + more).collect()
    }
}

/// The pool a stream is meant for: of the lowest tier that may take it, and there the fastest, so that
/// nobody's learning counts as the tier's pace. None where no pool may take it.
#[must_use]
pub fn meant_for(stream: StreamId, scenario: &Scenario) -> Option<PoolId> {
    scenario.pools_for(stream).min_by(|&one, &other| {
        let tiers = scenario.pool(one).tier.cmp(&scenario.pool(other).tier);
        let paces = scenario.handle(stream, one).0.total_cmp(&scenario.handle(stream, other).0);
        tiers.then(paces).then(one.cmp(&other))
    })
}
