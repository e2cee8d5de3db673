//! People needed for one queue, in a line of figures.

use serde::Serialize;

use super::figures::rounded;
use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table};
use crate::scenario::Definition;

/// How many people one queue needs in one interval, and what they would achieve.
#[derive(Debug, Clone, PartialEq)]
pub struct Sized {
    /// People needed on queue, as an average.
    pub agents: f64,
    /// Whole people needed on queue.
    pub headcount: u32,
    /// Service level with whole people, by each definition.
    pub service_level: Vec<(Definition, f64)>,
    /// Share that hang up.
    pub abandonment: f64,
    /// Share of time people are busy.
    pub occupancy: f64,
    /// Mean wait of all who call, seconds.
    pub mean_wait: f64,
}

/// The same for people.
#[must_use]
pub fn size(sized: &Sized) -> Report {
    let mut rows = vec![
        vec![Cell::text(say("size-agents")), Cell::Figure(sized.agents, 2)],
        vec![Cell::text(say("size-headcount")), Cell::Count(sized.headcount as usize)],
    ];
    for (definition, share) in &sized.service_level {
        rows.push(vec![Cell::text(words(*definition)), Cell::Share(*share)]);
    }
    rows.push(vec![Cell::text(say("size-abandonment")), Cell::Share(sized.abandonment)]);
    rows.push(vec![Cell::text(say("size-occupancy")), Cell::Share(sized.occupancy)]);
    rows.push(vec![Cell::text(say("size-mean-wait")), Cell::Figure(sized.mean_wait, 1)]);
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("value", say("column-value")),
    ];
    let section =
        Section { key: "size", table: Some(Table { columns, rows }), ..Section::default() };
    let title = say_with("size-title", &[("count", (sized.headcount as usize).into())]);
    Report { schema: "evenkeel.size_report/1", title, sections: vec![section] }
}

fn words(definition: Definition) -> String {
    match definition {
        Definition::Offered => say("service-offered"),
        Definition::Answered => say("service-answered"),
        Definition::WithoutShortAbandons => say("service-without-short"),
        Definition::Waited => say("service-waited"),
    }
}

/// The contract in JSON.
#[derive(Debug, Serialize)]
pub(super) struct SizeFile {
    schema: &'static str,
    agents: f64,
    headcount: u32,
    service_level: std::collections::BTreeMap<&'static str, f64>,
    abandonment: f64,
    occupancy: f64,
    mean_wait: f64,
}

impl SizeFile {
    pub(super) fn of(sized: &Sized) -> SizeFile {
        let levels = sized.service_level.iter();
        SizeFile {
            schema: "evenkeel.size/1",
            agents: rounded(sized.agents),
            headcount: sized.headcount,
            service_level: levels
                .map(|(definition, share)| (name(*definition), rounded(*share)))
                .collect(),
            abandonment: rounded(sized.abandonment),
            occupancy: rounded(sized.occupancy),
            mean_wait: rounded(sized.mean_wait),
        }
    }
}

/// A definition's name in files.
pub(super) fn name(definition: Definition) -> &'static str {
    match definition {
        Definition::Offered => "offered",
        Definition::Answered => "answered",
        Definition::WithoutShortAbandons => "without_short_abandons",
        Definition::Waited => "waited",
    }
}
