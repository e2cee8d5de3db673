//! Whether people have room for all the cases that stay open at once.
//!
//! Little's law: cases that wait for their customers are on average as many as replies come in a minute times
//! the minutes a customer takes, `lambda (m - 1) r`. Where cases are owned, people own at most their cap of
//! them, fewer while they learn or after a hard incident; where the former exceeds the latter, new cases wait for old ones to be
//! settled, however many people are free.

use serde::Serialize;

use crate::id::{Id, StreamId};
use crate::scenario::{Ownership, Scenario};

use super::Workload;

/// Owned cases of one stream against the room people have for them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OpenCases {
    /// The stream.
    pub stream: StreamId,
    /// Cases that wait for their customers at once, on average.
    pub cases: f64,
    /// Cases that everyone who may take them may own together.
    pub room: f64,
}

impl OpenCases {
    /// Whether more cases stay open than people may own.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.cases > self.room
    }
}

/// Every stream whose cases are owned and capped.
#[must_use]
pub fn open_cases(workload: &Workload, scenario: &Scenario) -> Vec<OpenCases> {
    let horizon = scenario.calendar.horizon().length().real();
    let of = |stream: StreamId| {
        let its = scenario.stream(stream);
        let course = &scenario.queue(its.queue).course;
        let cap = scenario.complexities[its.complexity.index()].open_cases?;
        if course.ownership != Ownership::Owner || course.touches <= 1.0 {
            return None;
        }
        let came: f64 = workload.arrivals[stream.index()].iter().map(|contacts| contacts.0).sum();
        let replies = came * (course.touches - 1.0) * (1.0 - scenario.ended(stream)) / horizon;
        let agents = scenario.pools_for(stream).flat_map(|pool| &scenario.pool(pool).agents);
        let room = agents.map(|&agent| (cap * scenario.agent(agent).part_of_cases()).max(1.0));
        Some(OpenCases { stream, cases: replies * course.reply_minutes, room: room.sum() })
    };
    (0..scenario.streams.len()).map(StreamId::at).filter_map(of).collect()
}
