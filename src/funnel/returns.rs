//! When a customer who was turned away is back.
//!
//! After the lag, but never in the interval in which they were turned away, and in an interval in which their
//! queue is open: nobody can phone a closed queue, and what is written to one waits. (Forecast contacts of a
//! closed live queue are lost; these customers still need an answer, so they try again when it opens.)

use crate::id::QueueId;
use crate::scenario::Scenario;
use crate::units::Minutes;

/// For each interval, the one in which those turned away in it are back; none after the horizon.
pub(super) fn landings(queue: QueueId, scenario: &Scenario) -> Vec<Option<usize>> {
    let calendar = &scenario.calendar;
    let count = calendar.intervals();
    let next_open = next_open(queue, scenario);
    (0..count)
        .map(|interval| {
            let back = calendar.interval(interval).start + scenario.funnel.returns_after;
            let wanted = calendar.interval_at(back)?.max(interval + 1);
            next_open.get(wanted).copied().flatten()
        })
        .collect()
}

/// The first open interval from each on.
fn next_open(queue: QueueId, scenario: &Scenario) -> Vec<Option<usize>> {
    let calendar = &scenario.calendar;
    let open = &scenario.queue(queue).open;
    let mut next = vec![None; calendar.intervals()];
    let mut later = None;
    for interval in (0..next.len()).rev() {
        let slot = calendar.interval(interval);
        let near = &open[open.partition_point(|span| span.end <= slot.start)..];
        if near.first().is_some_and(|span| span.overlap(slot) > Minutes(0)) {
            later = Some(interval);
        }
        next[interval] = later;
    }
    next
}
