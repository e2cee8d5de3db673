//! actuals.csv: the contacts that came in so far, and who turned out to be away.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{
    self, ACTUALS_OUTSIDE, ACTUALS_STRANGER, ACTUALS_TWICE, ACTUALS_UNCLEAR, Found, NOT_TEXT, Place,
};
use super::table::{self, Kind, Row};
use super::{Problem, Scenario};
use crate::calendar::{ClockTime, Date};
use crate::history;
use crate::id::{AgentId, QueueId};
use crate::units::{Contacts, Minutes, Moment, Span};

/// A row is either contacts of a queue or the absence of an agent.
const ACTUALS: Kind = Kind {
    file: "actuals.csv",
    rank: 0,
    required: &["start"],
    optional: &["queue", "contacts", "agent", "end"],
};

/// What happened so far in the horizon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actuals {
    /// Contacts that came in, by queue and start of the row.
    pub contacts: BTreeMap<(QueueId, Moment), Contacts>,
    /// Who turned out to be away, and when.
    pub away: Vec<(AgentId, Span)>,
}

impl Actuals {
    /// The length of a row of a queue: the shortest distance between two starts, the grid at most.
    #[must_use]
    pub fn step(&self, queue: QueueId, grid: Minutes) -> Minutes {
        let starts: Vec<Moment> = self.of(queue).map(|(start, _)| start).collect();
        let gaps = starts.windows(2).map(|pair| pair[1].since(pair[0]));
        gaps.min().map_or(grid, |gap| gap.min(grid))
    }

    /// Rows of a queue in order of time.
    pub fn of(&self, queue: QueueId) -> impl Iterator<Item = (Moment, Contacts)> + '_ {
        let own = self.contacts.iter().filter(move |((other, _), _)| *other == queue);
        own.map(|((_, start), contacts)| (*start, *contacts))
    }

    /// When the last row ends; none without contacts.
    #[must_use]
    pub fn until(&self, grid: Minutes) -> Option<Moment> {
        let end = |(queue, start): &(QueueId, Moment)| *start + self.step(*queue, grid);
        self.contacts.keys().map(end).max()
    }
}

/// Read what happened so far; `name` is the file's, for messages.
///
/// # Errors
/// Every problem in it.
pub fn actuals(bytes: &[u8], name: &str, scenario: &Scenario) -> Result<Actuals, Vec<Problem>> {
    let mut found = Vec::new();
    let mut actuals = Actuals::default();
    if let Some(text) = history::decoded(bytes) {
        let table = table::read(&text, ACTUALS, &mut found);
        let mut seen = BTreeSet::new();
        for row in table.iter().flat_map(table::Table::rows) {
            take(&row, scenario, &mut actuals, &mut seen, &mut found);
        }
    } else {
        let place = Place { file: 0, line: 0, text: ACTUALS.file.to_owned() };
        let cause = "its bytes are no text in UTF-8, UTF-16 or Windows-1252";
        found.push(problem::found(NOT_TEXT, place, cause));
    }
    if found.is_empty() {
        return Ok(actuals);
    }
    let named = found.into_iter().map(|wrong| wrong.within(ACTUALS.file, name));
    Err(problem::in_order(named.collect()))
}

fn take<'t>(
    row: &Row<'t>,
    scenario: &Scenario,
    actuals: &mut Actuals,
    seen: &mut BTreeSet<(&'t str, Moment)>,
    found: &mut Vec<Found>,
) {
    match (row.text("queue"), row.text("agent")) {
        ("", "") => {
            let cause = "the row names neither a queue nor an agent";
            found.push(problem::found(ACTUALS_UNCLEAR, row.at("queue"), cause));
        }
        (_, "") => take_contacts(row, scenario, actuals, found),
        ("", name) => take_absence(row, name, scenario, actuals, seen, found),
        _ => {
            let cause = "the row names a queue and an agent";
            found.push(problem::found(ACTUALS_UNCLEAR, row.at("agent"), cause));
        }
    }
}

fn take_contacts(
    row: &Row<'_>,
    scenario: &Scenario,
    actuals: &mut Actuals,
    found: &mut Vec<Found>,
) {
    let queue = scenario.names.queues.find(row.text("queue")).map_err(|cause| {
        found.push(problem::found(ACTUALS_STRANGER, row.at("queue"), cause));
    });
    let contacts = row.must("contacts", |text| row.number(text, 0.0, 1e7), found);
    let start = row.must("start", |text| scenario.calendar.read_stamp(text), found);
    let (Ok(queue), Some(contacts), Some(start)) = (queue, contacts, start) else { return };
    if !scenario.calendar.horizon().holds(start) {
        found.push(outside(row, scenario));
    } else if actuals.contacts.insert((queue, start), Contacts(contacts)).is_some() {
        let cause = format!("`{}` at {} is there already", row.text("queue"), row.text("start"));
        found.push(problem::found(ACTUALS_TWICE, row.at("start"), cause));
    }
}

fn take_absence<'t>(
    row: &Row<'t>,
    name: &'t str,
    scenario: &Scenario,
    actuals: &mut Actuals,
    seen: &mut BTreeSet<(&'t str, Moment)>,
    found: &mut Vec<Found>,
) {
    let agent = scenario.names.agents.find(name).map_err(|cause| {
        found.push(problem::found(ACTUALS_STRANGER, row.at("agent"), cause));
    });
    let calendar = &scenario.calendar;
    let start = row.must("start", |text| calendar.read_stamp(text), found);
    let end = row.may("end", |text| end(text, scenario), found);
    let (Ok(agent), Some(start)) = (agent, start) else { return };
    let tomorrow = calendar.at(calendar.local(start).date.plus(1), ClockTime(0));
    let span = Span::new(start, end.unwrap_or(tomorrow));
    if span.start >= span.end || span.overlap(calendar.horizon()) <= Minutes(0) {
        found.push(outside(row, scenario));
    } else if seen.insert((name, start)) {
        actuals.away.push((agent, span));
    } else {
        let cause = format!("`{name}` is away from {} already", row.text("start"));
        found.push(problem::found(ACTUALS_TWICE, row.at("start"), cause));
    }
}

/// A date as an end is away to its last minute.
fn end(text: &str, scenario: &Scenario) -> Result<Moment, String> {
    match Date::parse(text) {
        Ok(date) => Ok(scenario.calendar.at(date.plus(1), ClockTime(0))),
        Err(_) => scenario.calendar.read_stamp(text),
    }
}

fn outside(row: &Row<'_>, scenario: &Scenario) -> Found {
    let (first, days) = (scenario.first(), scenario.calendar.days());
    let cause = format!("{} is not within the {days} days from {first}", row.text("start"));
    problem::found(ACTUALS_OUTSIDE, row.at("start"), cause)
}
