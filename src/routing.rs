//! Which tier and pool takes which work.

mod gaps;
mod live;
mod work;
mod written;

use serde::Serialize;

use crate::id::{Id, PoolId, StreamId};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Contacts;
use crate::workload::Workload;

/// The split of each stream over pools.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Routing {
    /// Contacts by stream, pool and interval (work with deadlines: where it is done, not where it came in).
    pub flows: Vec<Flow>,
    /// Planned occupancy of live work by pool and interval; none where nobody is on queue.
    pub occupancy: Vec<Vec<Option<f64>>>,
    /// Open streams that no rostered person can take in some interval, by name.
    pub gaps: Vec<RouteGap>,
    /// Contacts that nobody has time for, by stream and interval.
    pub unserved: Vec<Vec<Contacts>>,
}

/// Contacts of one stream that one pool takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// The stream.
    pub stream: StreamId,
    /// The pool.
    pub pool: PoolId,
    /// Contacts by interval.
    pub contacts: Vec<Contacts>,
}

/// An open stream without a staffed human route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RouteGap {
    /// The stream.
    pub stream: StreamId,
    /// Intervals of the horizon, from and to (past the end).
    pub from: usize,
    /// First interval after.
    pub to: usize,
    /// Pools that could take it if they were rostered.
    pub could: Vec<PoolId>,
    /// What is missing.
    pub kind: GapKind,
}

/// What a stream lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// Nobody who may take it is there.
    Nobody,
    /// Nobody to whom it may be escalated is there.
    NoEscalation,
    /// It is sensitive, and no escalation path leads on from it.
    NoPath,
}

/// Split the work over the people rostered, so that the most is served at the least strain and cost.
///
/// Live work first, interval by interval, within the occupancy each tier may carry; then work with deadlines,
/// earliest due first, in the time that live work leaves. People count as far as they are likely to be there.
#[must_use]
pub fn allocate(workload: &Workload, roster: &Roster, scenario: &Scenario) -> Routing {
    let work = work::Work::of(workload, roster, scenario);
    let (live, written) = split(&work, scenario);
    Routing {
        flows: flows(&work, &[&live.contacts, &written.contacts]),
        occupancy: occupancy(&work, &live.minutes),
        gaps: gaps::find(&work, scenario),
        unserved: (0..work.streams.len())
            .map(|stream| {
                let pairs = live.unserved[stream].iter().zip(&written.unserved[stream]);
                pairs.map(|(now, later)| Contacts(now + later)).collect()
            })
            .collect(),
    }
}

/// Live and written work, and once more with live work asked to spare those in whose time written work is left
/// undone, kept where less is.
///
/// Live work cannot see what it takes from tickets that only its dearer people may do; what the first split leaves
/// undone shows it, as a price on their minutes from when the tickets came in until they were due.
fn split(work: &work::Work, scenario: &Scenario) -> (live::LiveSplit, written::WrittenSplit) {
    let mut spared = vec![vec![0.0; work.lengths.len()]; work.there.len()];
    let live = live::split(work, &spared);
    let written = written::spread(work, &live, scenario);
    let undone =
        |written: &written::WrittenSplit| written.undone.iter().map(|one| one.minutes).sum();
    let (before, mut best): (f64, _) = (undone(&written), (live, written));
    let mut least = before;
    for _ in 0..SPARINGS {
        if least <= 1e-6 {
            break;
        }
        for left in &best.1.undone {
            for &pool in &work.streams[left.stream].pools {
                spared[pool][left.from..left.to].fill(SPARED);
            }
        }
        let live = live::split(work, &spared);
        let written = written::spread(work, &live, scenario);
        let (now, dropped) = (undone(&written), live.dropped() - best.0.dropped());
        if now >= least - 1e-6 || dropped > 1e-6 {
            break;
        }
        (least, best) = (now, (live, written));
    }
    best
}

/// Times that live work is split anew so that tickets get done.
const SPARINGS: usize = 3;

/// Price of a live minute of someone whose tickets are left undone, in mean wages: dearer than filling others up
/// to their cap, cheaper than passing it (assumption).
const SPARED: f64 = 2.0;

/// Contacts by stream, pool and interval.
type Split = Vec<Vec<Vec<f64>>>;

fn flows(work: &work::Work, splits: &[&Split]) -> Vec<Flow> {
    let mut flows = Vec::new();
    for (stream, its) in work.streams.iter().enumerate() {
        for &pool in &its.pools {
            let sum =
                |interval: usize| splits.iter().map(|split| split[stream][pool][interval]).sum();
            let contacts: Vec<Contacts> =
                (0..work.lengths.len()).map(|t| Contacts(sum(t))).collect();
            if contacts.iter().any(|contacts| contacts.0 > 0.0) {
                flows.push(Flow { stream: StreamId::at(stream), pool: PoolId::at(pool), contacts });
            }
        }
    }
    flows
}

fn occupancy(work: &work::Work, live: &[Vec<f64>]) -> Vec<Vec<Option<f64>>> {
    let share = |(busy, there): (&f64, &f64)| (*there > 0.0).then(|| busy / there);
    live.iter()
        .zip(&work.there)
        .map(|(busy, there)| busy.iter().zip(there).map(share).collect())
        .collect()
}

#[cfg(test)]
mod tests;
