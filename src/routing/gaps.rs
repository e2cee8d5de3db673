//! Open streams that nobody rostered can take.
//!
//! A live stream has a gap wherever its queue is open and nobody who may take it is on queue; work with
//! deadlines wherever contacts come in and nobody who may take them is on queue from then until they are due.

use crate::id::{Id, PoolId, StreamId};
use crate::scenario::Scenario;
use crate::simulation::open_clock::due;
use crate::units::Minutes;

use super::RouteGap;
use super::work::Work;

/// Every gap, intervals that follow one another made one.
pub(super) fn find(work: &Work, scenario: &Scenario) -> Vec<RouteGap> {
    (0..work.streams.len()).flat_map(|stream| gaps_of(stream, work, scenario)).collect()
}

fn gaps_of(stream: usize, work: &Work, scenario: &Scenario) -> Vec<RouteGap> {
    let its = &work.streams[stream];
    let staffed: Vec<bool> =
        (0..work.lengths.len()).map(|interval| work.is_staffed(stream, interval)).collect();
    let is_gap = |interval: usize| {
        if its.is_live {
            !staffed[interval]
                && (is_open(stream, interval, scenario) || its.arrivals[interval] > 0.0)
        } else {
            its.arrivals[interval] > 0.0 && !is_reached(stream, interval, &staffed, work, scenario)
        }
    };
    let mut gaps: Vec<RouteGap> = Vec::new();
    for interval in (0..work.lengths.len()).filter(|&interval| is_gap(interval)) {
        match gaps.last_mut() {
            Some(last) if last.to == interval => last.to = interval + 1,
            _ => gaps.push(RouteGap {
                stream: StreamId::at(stream),
                from: interval,
                to: interval + 1,
                could: its.pools.iter().copied().map(PoolId::at).collect(),
            }),
        }
    }
    gaps
}

fn is_open(stream: usize, interval: usize, scenario: &Scenario) -> bool {
    let queue = scenario.queue(scenario.streams[stream].queue);
    let span = scenario.calendar.interval(interval);
    queue.open.iter().any(|open| open.overlap(span) > Minutes(0))
}

/// Whether someone is on queue between a contact's arrival and its deadline, or the horizon ends before that.
fn is_reached(
    stream: usize,
    interval: usize,
    staffed: &[bool],
    work: &Work,
    scenario: &Scenario,
) -> bool {
    let its = &work.streams[stream];
    let start = scenario.calendar.interval(interval).start.since(scenario.calendar.horizon().start);
    let dues =
        its.deadlines.iter().map(|&(clock, within)| due(clock, &its.hours, start.real(), within));
    let due = dues.fold(f64::INFINITY, f64::min);
    if due > scenario.calendar.horizon().length().real() {
        return !its.pools.is_empty();
    }
    (interval..staffed.len()).any(|later| {
        let slot = scenario.calendar.interval(later);
        slot.start.since(scenario.calendar.horizon().start).real() < due && staffed[later]
    })
}
