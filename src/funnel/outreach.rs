//! Messages that keep contacts from coming about: about events, and set off by many contacts on one topic.
//!
//! A message prevents a share of a topic's contacts from when it is sent until the event ends, or for as long
//! as a trigger works, alike in all classes. A trigger counts what would come in without it: an interval's
//! contacts, or those of the day so far; what is known at the end of an interval works from then on, after the
//! time it takes to write. Several messages at once each prevent their share of what the others leave.

use serde::Serialize;

use crate::forecast::Forecast;
use crate::id::Id;
use crate::scenario::{Per, Scenario, Trigger};
use crate::units::{Contacts, Span};

/// A trigger that went off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fired {
    /// The trigger's name.
    pub name: String,
    /// Its topic.
    pub topic: String,
    /// The interval at whose end the count was reached.
    pub interval: usize,
    /// The contacts it counted.
    pub contacts: Contacts,
    /// When it works.
    #[serde(skip)]
    pub works: Span,
}

/// Share of contacts prevented by messages, by queue and interval, and the triggers that went off.
pub(super) fn prevented(forecast: &Forecast, scenario: &Scenario) -> (Vec<Vec<f64>>, Vec<Fired>) {
    let intervals = scenario.calendar.intervals();
    let mut kept = vec![vec![1.0; intervals]; scenario.queues.len()];
    for event in &scenario.drivers.events {
        let Some(outreach) = event.outreach else { continue };
        let works = Span::new(outreach.at.max(event.span.start), event.span.end);
        for queue in &event.queues {
            keep(&mut kept[queue.index()], works, outreach.prevents.value(), scenario);
        }
    }
    let mut fired: Vec<Fired> = scenario
        .funnel
        .triggers
        .iter()
        .flat_map(|trigger| firings(trigger, forecast, scenario))
        .collect();
    fired.sort_by(|one, other| {
        one.interval.cmp(&other.interval).then_with(|| one.name.cmp(&other.name))
    });
    for one in &fired {
        let trigger = scenario.funnel.triggers.iter().find(|trigger| trigger.name == one.name);
        let prevents = trigger.map_or(0.0, |trigger| trigger.prevents.value());
        for (place, row) in kept.iter_mut().enumerate() {
            if scenario.topic(Id::at(place)) == one.topic {
                keep(row, one.works, prevents, scenario);
            }
        }
    }
    let told = |row: Vec<f64>| row.into_iter().map(|kept| 1.0 - kept).collect();
    (kept.into_iter().map(told).collect(), fired)
}

/// Take a share off what is kept while a message works.
fn keep(row: &mut [f64], works: Span, prevents: f64, scenario: &Scenario) {
    if works.start >= works.end {
        return;
    }
    for (interval, kept) in row.iter_mut().enumerate() {
        let slot = scenario.calendar.interval(interval);
        *kept *= 1.0 - prevents * works.overlap(slot).real() / slot.length().real();
    }
}

/// When a trigger goes off: once reached, it stays quiet for as long as it works.
fn firings(trigger: &Trigger, forecast: &Forecast, scenario: &Scenario) -> Vec<Fired> {
    let calendar = &scenario.calendar;
    let contacts = of_topic(&trigger.topic, forecast, scenario);
    let mut fired: Vec<Fired> = Vec::new();
    let (mut day, mut so_far) = (None, 0.0);
    for (interval, &count) in contacts.iter().enumerate() {
        let slot = calendar.interval(interval);
        let today = calendar.day_at(slot.start);
        if trigger.per == Per::Interval || today != day {
            so_far = 0.0;
        }
        day = today;
        so_far += count;
        let is_quiet = fired.last().is_some_and(|last| slot.start < last.works.end);
        if count > 0.0 && so_far >= trigger.contacts && !is_quiet {
            let start = slot.end + trigger.after;
            fired.push(Fired {
                name: trigger.name.clone(),
                topic: trigger.topic.clone(),
                interval,
                contacts: Contacts(so_far),
                works: Span::new(start, start + trigger.lasts),
            });
        }
    }
    fired
}

/// Contacts about a topic that would come in, by interval.
fn of_topic(topic: &str, forecast: &Forecast, scenario: &Scenario) -> Vec<f64> {
    let mut sum = vec![0.0; scenario.calendar.intervals()];
    for (stream, row) in scenario.streams.iter().zip(&forecast.streams) {
        if scenario.topic(stream.queue) == topic {
            for (total, contacts) in sum.iter_mut().zip(row) {
                *total += contacts.0;
            }
        }
    }
    sum
}
