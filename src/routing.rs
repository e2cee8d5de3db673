//! Which tier and pool takes which work.

use serde::Serialize;

use crate::id::{PoolId, StreamId};
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
}

/// Split the work over the people rostered, so that the most is served at the least strain and cost.
#[must_use]
pub fn allocate(workload: &Workload, roster: &Roster, scenario: &Scenario) -> Routing {
    let _ = (workload, roster, scenario);
    todo!()
}
