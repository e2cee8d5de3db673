//! What drives volumes besides their past: how many customers there are, and dated events.
//!
//! ```text
//! contacts[q, t] = usual[q, t] * growth[q] * product over events e of q of (1 + (factor_e - 1) * covered_e[t])
//! ```
//!
//! `growth` is customers over customers when volumes were measured, times how much better customers are
//! onboarded (volume is linear in customers; Intercom's reading is "growth means more customers means more
//! requests"). `covered` is the share of the interval that the event lasts. Events that overlap multiply, as a
//! campaign during an incident meets more customers in trouble (assumption). Contacts that came while their
//! queue was closed count when it opens, so an event changes them where it lasts until then.

use crate::id::Id;
use crate::scenario::{Event, Scenario};
use crate::units::Contacts;

/// Volumes as customers and events change them; untouched ones stay as they are to the bit.
pub(super) fn apply(scenario: &Scenario, mut streams: Vec<Vec<Contacts>>) -> Vec<Vec<Contacts>> {
    for (place, &growth) in scenario.drivers.growth.iter().enumerate() {
        if growth != 1.0 {
            multiply(scenario, &mut streams, place, |_| growth);
        }
    }
    for event in scenario.drivers.events.iter().filter(|event| event.factor != 1.0) {
        for queue in &event.queues {
            multiply(scenario, &mut streams, queue.index(), |interval| {
                1.0 + (event.factor - 1.0) * covered(scenario, event, interval)
            });
        }
    }
    streams
}

fn multiply(
    scenario: &Scenario,
    streams: &mut [Vec<Contacts>],
    queue: usize,
    factor: impl Fn(usize) -> f64,
) {
    let own = scenario.streams.iter().zip(streams);
    for (_, row) in own.filter(|(stream, _)| stream.queue.index() == queue) {
        for (interval, contacts) in row.iter_mut().enumerate() {
            *contacts = *contacts * factor(interval);
        }
    }
}

/// The share of an interval that an event lasts.
fn covered(scenario: &Scenario, event: &Event, interval: usize) -> f64 {
    let slot = scenario.calendar.interval(interval);
    event.span.overlap(slot).real() / slot.length().real()
}
