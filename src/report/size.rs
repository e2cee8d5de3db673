//! People needed for one queue, in a line of figures.

use serde_json::{Value, json};

use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table};
use crate::scenario::Definition;
use crate::staffing::size::Sized;

const DEFINITIONS: [Definition; 4] = [
    Definition::Offered,
    Definition::Answered,
    Definition::WithoutShortAbandons,
    Definition::Waited,
];

/// The same for people.
#[must_use]
pub fn size(sized: &Sized) -> Report {
    let headcount = whole(sized.headcount);
    let mut rows = vec![
        vec![Cell::text(say("size-agents")), Cell::Figure(sized.agents, 2)],
        vec![Cell::text(say("size-headcount")), Cell::Count(headcount)],
    ];
    for definition in DEFINITIONS {
        let share = sized.service_level.by(definition);
        rows.push(vec![Cell::text(words(definition)), Cell::Share(share)]);
    }
    rows.push(vec![Cell::text(say("size-abandonment")), Cell::Share(sized.abandonment)]);
    rows.push(vec![Cell::text(say("size-occupancy")), Cell::Share(sized.occupancy)]);
    rows.push(vec![Cell::text(say("size-mean-wait")), Cell::Figure(sized.mean_wait_seconds, 1)]);
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("value", say("column-value")),
    ];
    let section =
        Section { key: "size", table: Some(Table { columns, rows }), ..Section::default() };
    let mut sections = vec![section];
    sections.extend(price_of_sureness(sized));
    let title = say_with("size-title", &[("count", headcount.into())]);
    Report { schema: "evenkeel.size_report/1", title, sections }
}

/// What each share of days costs in people, where volumes are unsure.
fn price_of_sureness(sized: &Sized) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = sized
        .price_of_sureness
        .iter()
        .map(|price| vec![Cell::Share(price.days), Cell::Figure(price.agents, 2)])
        .collect();
    let columns = vec![
        Column::figures("days", say("column-sure-days")),
        Column::figures("agents", say("size-agents")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "price_of_sureness",
        title: say("price-of-sureness"),
        table: Some(Table { columns, rows }),
        ..Section::default()
    })
}

fn words(definition: Definition) -> String {
    match definition {
        Definition::Offered => say("service-offered"),
        Definition::Answered => say("service-answered"),
        Definition::WithoutShortAbandons => say("service-without-short"),
        Definition::Waited => say("service-waited"),
    }
}

/// The contract in JSON; a wait that never ends is null.
pub(super) fn file(sized: &Sized) -> Value {
    let levels: serde_json::Map<String, Value> = DEFINITIONS
        .into_iter()
        .map(|definition| (name(definition).to_owned(), json!(sized.service_level.by(definition))))
        .collect();
    let mean_wait = sized.mean_wait_seconds.is_finite().then_some(sized.mean_wait_seconds);
    json!({
        "schema": "evenkeel.size/1",
        "agents": sized.agents,
        "headcount": whole(sized.headcount),
        "service_level": levels,
        "abandonment": sized.abandonment,
        "occupancy": sized.occupancy,
        "mean_wait": mean_wait,
        "load": sized.load.0,
        "binding": sized.binding,
        "price_of_sureness": sized.price_of_sureness,
    })
}

/// A definition's name in files.
fn name(definition: Definition) -> &'static str {
    match definition {
        Definition::Offered => "offered",
        Definition::Answered => "answered",
        Definition::WithoutShortAbandons => "without_short_abandons",
        Definition::Waited => "waited",
    }
}

/// A whole real number as a count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a headcount is whole, positive and far below 2^52"
)]
fn whole(headcount: f64) -> usize {
    headcount as usize
}
