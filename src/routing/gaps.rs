//! Open streams that nobody rostered can take, or to whose escalation nobody answers.
//!
//! A live stream has a gap wherever its queue is open and nobody who may take it is on queue; work with
//! deadlines wherever contacts come in and nobody who may take them is on queue from then until they are due.
//! Whom live or sensitive work may be escalated to must be there whenever its queue is open; a sensitive stream
//! must have such a path from every tier that may take it.

use crate::id::{Id, PoolId, StreamId};
use crate::scenario::Scenario;
use crate::simulation::open_clock::due;
use crate::units::Minutes;

use super::work::Work;
use super::{GapKind, RouteGap};

/// Every gap, intervals that follow one another made one.
pub(super) fn find(work: &Work, scenario: &Scenario) -> Vec<RouteGap> {
    (0..work.streams.len()).flat_map(|stream| gaps_of(stream, work, scenario)).collect()
}

fn gaps_of(stream: usize, work: &Work, scenario: &Scenario) -> Vec<RouteGap> {
    let its = &work.streams[stream];
    let staffed: Vec<bool> =
        (0..work.lengths.len()).map(|interval| work.is_staffed(stream, interval)).collect();
    if lacks_path(stream, scenario) {
        return vec![RouteGap {
            stream: StreamId::at(stream),
            from: 0,
            to: work.lengths.len(),
            could: Vec::new(),
            kind: GapKind::NoPath,
        }];
    }
    let is_escalated = scenario.streams[stream].escalated_to.is_some();
    let queue = scenario.queue(scenario.streams[stream].queue);
    let is_always = its.is_live || (is_escalated && queue.course.is_sensitive);
    let kind = if is_escalated { GapKind::NoEscalation } else { GapKind::Nobody };
    let is_gap = |interval: usize| {
        if is_always {
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
                kind,
            }),
        }
    }
    gaps
}

/// Whether a sensitive stream has no step of escalation from any tier that may take it.
fn lacks_path(stream: usize, scenario: &Scenario) -> bool {
    let its = &scenario.streams[stream];
    let course = &scenario.queue(its.queue).course;
    if !course.is_sensitive || its.escalated_to.is_some() {
        return false;
    }
    let leads_on = |pool: PoolId| {
        course.escalation.iter().any(|step| {
            step.from == scenario.pool(pool).tier
                && step.complexity.is_none_or(|class| class == its.complexity)
        })
    };
    !scenario.pools_for(StreamId::at(stream)).any(leads_on)
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
