//! Incidents, campaigns and holidays that raise or lower volumes, and messages about them: rows of events.csv
//! and events of scenario.toml.

use std::collections::BTreeMap;

use super::problem::{self, Found, Place, UNREADABLE_TEXT};
use super::shape::{EventKindShape, EventShape, outreach_prevents};
use super::table::{self, Kind, Row};
use super::walk::Places;
use crate::calendar::{Calendar, ClockTime, Date};
use crate::units::Moment;

use super::EventKind;

/// Dated changes of volumes.
pub(super) const EVENTS: Kind = Kind {
    file: "events.csv",
    rank: 5,
    required: &["start", "end"],
    optional: &["title", "kind", "queue", "topic", "factor", "outreach_at", "outreach_prevents"],
};

/// An event as written.
#[derive(Debug, Clone)]
pub(super) struct EventRow {
    /// Its line in events.csv, or its name in scenario.toml.
    pub written: Written,
    pub title: String,
    pub kind: EventKind,
    pub start: Moment,
    pub end: Moment,
    pub queue: Option<String>,
    pub topic: Option<String>,
    pub factor: f64,
    pub outreach_at: Option<Moment>,
    /// Share prevented, where the row says so.
    pub prevents: Option<f64>,
}

/// Where an event is written.
#[derive(Debug, Clone)]
pub(super) enum Written {
    /// A line of events.csv.
    Line(usize),
    /// A name under `events` in scenario.toml.
    Name(String),
}

impl EventRow {
    /// The place of one of its figures.
    pub(super) fn at(&self, column: &str, places: &Places) -> Place {
        match &self.written {
            Written::Line(line) => EVENTS.at(*line, column),
            Written::Name(name) => places.at(&format!("events.{name}.{column}")),
        }
    }

    /// Share of contacts that a message prevents.
    pub(super) fn prevents(&self) -> f64 {
        self.prevents.unwrap_or_else(outreach_prevents)
    }
}

/// Read events.csv. A date alone means the whole day; the last day is included.
pub(super) fn read(text: &str, calendar: &Calendar, found: &mut Vec<Found>) -> Vec<EventRow> {
    let table = table::read(text, EVENTS, found);
    let rows = table.iter().flat_map(table::Table::rows);
    rows.filter_map(|row| event(&row, calendar, found)).collect()
}

fn event(row: &Row<'_>, calendar: &Calendar, found: &mut Vec<Found>) -> Option<EventRow> {
    let start = row.must("start", |text| moment(text, 0, calendar), found);
    let end = row.must("end", |text| moment(text, 1, calendar), found);
    let word = |text: &str| Ok(text.to_owned());
    let title = row.may("title", word, found).unwrap_or_default();
    let kind = row.may("kind", kind, found).unwrap_or(EventKind::Other);
    let queue = row.may("queue", word, found);
    let topic = row.may("topic", word, found);
    let is_readable = |column: &str| row.text(column).is_empty();
    let factor = row.may("factor", |text| factor(row, text), found);
    let outreach_at = row.may("outreach_at", |text| moment(text, 0, calendar), found);
    let prevents = row.may("outreach_prevents", |text| row.number(text, 0.0, 1.0), found);
    Some(EventRow {
        written: Written::Line(row.line),
        title: if title.is_empty() { kind.name().to_owned() } else { title },
        kind,
        start: start?,
        end: end?,
        queue,
        topic,
        factor: if is_readable("factor") { 1.0 } else { factor? },
        outreach_at,
        prevents,
    })
}

/// Events of scenario.toml.
pub(super) fn named(
    events: &BTreeMap<String, EventShape>,
    calendar: &Calendar,
    places: &Places,
    found: &mut Vec<Found>,
) -> Vec<EventRow> {
    let mut rows = Vec::new();
    for (name, shape) in events {
        let mut read = |key: &str, text: &str, days_on: i64| {
            let refused = |cause| {
                let place = places.at(&format!("events.{name}.{key}"));
                found.push(problem::found(UNREADABLE_TEXT, place, cause));
            };
            moment(text, days_on, calendar).map_err(refused).ok()
        };
        let start = read("start", &shape.start, 0);
        let end = read("end", &shape.end, 1);
        let told = shape.outreach_at.as_ref().map(|text| read("outreach_at", text, 0));
        let (Some(start), Some(end), outreach_at) = (start, end, told.flatten()) else { continue };
        rows.push(EventRow {
            written: Written::Name(name.clone()),
            title: shape.title.clone().unwrap_or_else(|| name.clone()),
            kind: match shape.kind {
                EventKindShape::Incident => EventKind::Incident,
                EventKindShape::Campaign => EventKind::Campaign,
                EventKindShape::Holiday => EventKind::Holiday,
                EventKindShape::Other => EventKind::Other,
            },
            start,
            end,
            queue: shape.queue.clone(),
            topic: shape.topic.clone(),
            factor: shape.factor,
            outreach_at,
            prevents: shape.outreach_prevents,
        });
    }
    rows
}

/// A time stamp, or a date for the whole day: its midnight, or the one so many days on.
fn moment(text: &str, days_on: i64, calendar: &Calendar) -> Result<Moment, String> {
    match Date::parse(text) {
        Ok(date) => Ok(calendar.at(date.plus(days_on), ClockTime(0))),
        Err(_) => calendar.read_stamp(text),
    }
}

fn kind(text: &str) -> Result<EventKind, String> {
    let known = [EventKind::Incident, EventKind::Campaign, EventKind::Holiday, EventKind::Other];
    let word = text.to_lowercase();
    known.into_iter().find(|kind| kind.name() == word).ok_or_else(|| {
        let start: String = text.chars().take(60).collect();
        format!("`{start}` is no kind of event; write incident, campaign, holiday or other")
    })
}

/// A multiple of the usual: `1.24`, `10x`, `+24 %`.
fn factor(row: &Row<'_>, text: &str) -> Result<f64, String> {
    let plain = text.trim();
    if let Some(percent) = plain.strip_suffix('%') {
        let signed = percent.trim();
        let more = row.number(signed.strip_prefix('+').unwrap_or(signed), -100.0, 9900.0)?;
        return Ok(1.0 + more / 100.0);
    }
    let times = plain.strip_suffix(['x', 'X', '×']).unwrap_or(plain);
    row.number(times.trim(), 0.0, 100.0)
}
