//! How many people are needed: Erlang A and C as real numbers, occupancy, deadlines, chat.

pub mod busyness;
mod callback;
pub mod chat;
pub mod erlang_a;
pub mod erlang_b;
pub mod erlang_c;
pub mod general_service;
pub mod ladder;
pub mod lagged;
mod live;
mod normal;
pub mod offered_load;
pub mod patience;
pub mod patience_fit;
pub mod priority;
mod quadrature;
mod route;
mod series;
pub mod size;
pub mod sizing;
pub mod square_root;
#[cfg(test)]
mod tests;
pub mod tickets;
mod total;
pub mod transient;
mod unsure;

pub use total::together;

use serde::Serialize;

use crate::id::{PoolId, QueueId, StreamId};
use crate::scenario::Scenario;
use crate::units::{AgentMinutes, Fte};
use crate::workload::Workload;

/// What must be there, as rows of a linear programme over the people on queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Requirement {
    /// Live work that someone waits for.
    pub live: Vec<LiveNeed>,
    /// Work with deadlines.
    pub tickets: Vec<TicketNeed>,
}

/// People needed on queue for a set of live queues of one medium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LiveNeed {
    /// The queues.
    pub queues: Vec<QueueId>,
    /// The streams of these queues that the row speaks of.
    pub streams: Vec<StreamId>,
    /// Every pool that may take any of the streams.
    pub pools: Vec<PoolId>,
    /// People needed by interval so that waiting stays within the targets, recovery and occupancy included.
    pub people: Vec<Fte>,
    /// Of these, what the occupancy cap alone asks for.
    pub for_occupancy: Vec<Fte>,
    /// Offered load by interval in people.
    pub load: Vec<Fte>,
    /// People whom live contacts keep from other work by interval: conversations are spread over everyone
    /// present before anyone holds two.
    pub busy: Vec<Fte>,
}

/// Work with a deadline: it may be done in any interval between its arrival and when it is due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TicketNeed {
    /// The stream.
    pub stream: StreamId,
    /// Pools that may take it, with the minutes one of its tickets takes there.
    pub pools: Vec<(PoolId, f64)>,
    /// Minutes of work, at the pace of the first pool, that have arrived by the end of each interval.
    pub arrived: Vec<AgentMinutes>,
    /// Minutes of work, at the pace of the first pool, due by the end of each interval, margin included.
    pub due: Vec<AgentMinutes>,
}

/// Turn work into people needed.
///
/// Rows are in people present and on queue: breaks, absence and presence are the reader's to apply. Live rows
/// follow modified offered load, so that people lag behind contacts as they do, or what `[staffing]` names
/// instead; each is the larger of what its targets ask and what the occupancy cap of its pools asks. Where
/// targets are to hold on a share of days, rows are for a day as busy as that.
#[must_use]
pub fn require(workload: &Workload, scenario: &Scenario) -> Requirement {
    Requirement {
        live: route::keep_staffed(live::needs(workload, scenario), scenario),
        tickets: tickets::needs(workload, scenario),
    }
}

/// Conversations of a queue that an agent ends at the best level while one alone would end one; 1 on the phone.
#[must_use]
pub fn speed_up(queue: QueueId, scenario: &Scenario) -> f64 {
    live::concurrency(queue, scenario).speed_up()
}

impl LiveNeed {
    /// What decides in an interval.
    #[must_use]
    pub fn binding(&self, interval: usize) -> Binding {
        let (people, cap) = (self.people[interval].0, self.for_occupancy[interval].0);
        if people <= 0.0 {
            Binding::Nothing
        } else if cap >= people {
            Binding::Occupancy
        } else {
            Binding::Service
        }
    }
}

/// Why so many people are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// No contacts come in.
    Nothing,
    /// So that waiting stays within the targets.
    Service,
    /// So that nobody is busier than the cap.
    Occupancy,
}
