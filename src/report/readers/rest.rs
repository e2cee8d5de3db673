//! Daily and weekly rest: the shortest, by how much, and how many fall short.

use super::{Review, against};
use crate::report::messages::say;
use crate::report::{Cell, Column, Section, Table};
use crate::review::Facts;
use crate::review::facts::Rest;
use crate::rules::Kind;
use crate::scenario::Scenario;
use crate::strain::line::QUICK_RETURN;
use crate::units::Minutes;

/// The longest daily rest that a rule in force asks for.
pub(super) fn daily_minimum(scenario: &Scenario) -> Option<Minutes> {
    let asked = scenario.law.rules.iter().filter_map(|rule| match &rule.kind {
        Kind::RestBetween(rest) => Some(rest.min),
        _ => None,
    });
    asked.max()
}

/// The longest weekly rest that a rule in force asks for.
fn weekly_minimum(scenario: &Scenario) -> Option<Minutes> {
    let asked = scenario.law.rules.iter().filter_map(|rule| match &rule.kind {
        Kind::FreeBlock(free) => Some(free.min),
        _ => None,
    });
    asked.max()
}

/// The shortest rest between two duties of anyone.
pub(super) fn shortest(facts: &[Facts]) -> Option<Rest> {
    facts.iter().flat_map(|own| &own.rests).min_by_key(|rest| rest.length).copied()
}

/// Rests of everybody together, planned and, where there is a record, as they were.
pub(super) fn rest(review: &Review<'_>, planned: &[Facts]) -> Section {
    let scenario = review.scenario;
    let calendar = &review.period.calendar;
    let worked = review.worked.map(|(roster, _)| {
        crate::review::facts(roster, calendar, review.period.covered(), scenario)
    });
    let mut rows = Vec::new();
    // A week that the record does not reach the end of tells nothing of its rest.
    let recorded = review.worked.map(|(roster, _)| {
        let ends = roster.lines.iter().flat_map(|line| &line.duties).map(crate::duty::Duty::end);
        ends.max().map_or(calendar.first(), |end| calendar.local(end).date.plus(1))
    });
    let of =
        [(say("as-planned"), Some(planned), None), (say("as-worked"), worked.as_deref(), recorded)];
    for (what, facts, known_until) in of {
        let Some(facts) = facts else { continue };
        let daily: Vec<Rest> = facts.iter().flat_map(|own| own.rests.clone()).collect();
        rows.push(row(&say("rest-daily"), &what, &daily, daily_minimum(scenario), QUICK_RETURN));
        let weekly: Vec<Rest> = facts
            .iter()
            .flat_map(|own| own.week_rests.clone())
            .filter(|rest| known_until.is_none_or(|until| rest.date.plus(7) <= until))
            .collect();
        if weekly.is_empty() && known_until.is_some() {
            continue;
        }
        rows.push(row(
            &say("rest-weekly"),
            &what,
            &weekly,
            weekly_minimum(scenario),
            Minutes::hours(35),
        ));
    }
    let columns = vec![
        Column::words("rest", say("column-rest")),
        Column::words("basis", say("column-basis")),
        Column::figures("count", say("column-rests")),
        Column::figures("shortest", say("column-shortest")),
        Column::words("against", say("column-against-law")),
        Column::figures("asked", say("column-law-asks")),
        Column::figures("short", say("column-below-law")),
        Column::figures("near", say("column-within-an-hour")),
    ];
    Section {
        key: "rest",
        title: say("section-rest"),
        sentences: vec![say("rest-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: None,
    }
}

/// `usual` stands in for the law where no pack is in force.
fn row(
    what: &str,
    basis: &str,
    rests: &[Rest],
    asked: Option<Minutes>,
    usual: Minutes,
) -> Vec<Cell> {
    let least = asked.unwrap_or(usual);
    let shortest = rests.iter().map(|rest| rest.length).min();
    let below = rests.iter().filter(|rest| rest.length < least).count();
    let hour = Minutes::hours(1);
    let near =
        rests.iter().filter(|rest| rest.length >= least && rest.length < least + hour).count();
    vec![
        Cell::text(what),
        Cell::text(basis),
        Cell::Count(rests.len()),
        shortest.map_or(Cell::Nothing, Cell::Length),
        Cell::text(shortest.map_or_else(String::new, |length| against(length, asked))),
        asked.map_or(Cell::Nothing, Cell::Length),
        Cell::Count(below),
        Cell::Count(near),
    ]
}
