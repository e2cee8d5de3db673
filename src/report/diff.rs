//! What changed between two rosters: duties moved, added and taken away, and what that does to cover and cost.

use super::effect::{self, Sides};
use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table, plan, words};
use crate::duty::Duty;
use crate::id::AgentId;
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::staffing::Requirement;

/// What became of one person's duties of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub agent: AgentId,
    /// The day of the horizon that the duties start on.
    pub day: usize,
    /// The duties before.
    pub before: Vec<Duty>,
    /// The duties after.
    pub after: Vec<Duty>,
}

impl Change {
    /// Whether only breaks and off-queue work moved, the duty's start and end staying.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        let spans = |duties: &[Duty]| duties.iter().map(Duty::span).collect::<Vec<_>>();
        spans(&self.before) == spans(&self.after)
    }
}

/// Every person and day whose duties differ, in the order of days and people.
#[must_use]
pub fn changes(before: &Roster, after: &Roster, scenario: &Scenario) -> Vec<Change> {
    let duties = |roster: &Roster, agent: AgentId, day: usize| -> Vec<Duty> {
        let own =
            roster.lines.iter().filter(|line| line.agent == agent).flat_map(|line| &line.duties);
        own.filter(|duty| scenario.calendar.day_at(duty.start()) == Some(day)).cloned().collect()
    };
    let mut all = Vec::new();
    for day in 0..scenario.calendar.days() {
        for agent in scenario.names.agents.ids() {
            let (before, after) = (duties(before, agent, day), duties(after, agent, day));
            if before != after {
                all.push(Change { agent, day, before, after });
            }
        }
    }
    all
}

/// The changes by person and date, and their effect.
#[must_use]
pub fn diff(
    before: &Roster,
    after: &Roster,
    requirement: &Requirement,
    scenario: &Scenario,
) -> Report {
    let changes = changes(before, after, scenario);
    let said = |duties: &[Duty]| {
        let each: Vec<String> =
            duties.iter().map(|duty| plan::duty_in_words(duty, scenario)).collect();
        if each.is_empty() { Cell::text(say("no-duty")) } else { Cell::text(each.join("; ")) }
    };
    let rows = changes.iter().map(|change| {
        let what = match (change.before.is_empty(), change.after.is_empty()) {
            (true, _) => say("change-added"),
            (_, true) => say("change-removed"),
            _ if change.is_inside() => say("change-breaks"),
            _ => say("change-moved"),
        };
        vec![
            Cell::text(words::day(&scenario.calendar, scenario.calendar.day(change.day).start)),
            Cell::text(scenario.names.agents.of(change.agent)),
            Cell::text(what),
            said(&change.before),
            said(&change.after),
        ]
    });
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("agent", say("column-person")),
        Column::words("change", say("column-change")),
        Column::words("before", say("column-before")),
        Column::words("after", say("column-after")),
    ];
    let mut people: Vec<AgentId> = changes.iter().map(|change| change.agent).collect();
    people.sort_unstable();
    people.dedup();
    let lead = if changes.is_empty() {
        say("diff-nothing")
    } else {
        say_with(
            "diff-changes",
            &[("count", changes.len().into()), ("people", people.len().into())],
        )
    };
    let moved = Section {
        key: "changes",
        title: say("section-changes"),
        sentences: vec![lead],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    };
    let sections = vec![moved, effect(before, after, requirement, scenario)];
    Report { schema: "evenkeel.diff/1", title: plan::title(scenario), sections }
}

fn effect(
    before: &Roster,
    after: &Roster,
    requirement: &Requirement,
    scenario: &Scenario,
) -> Section {
    let sides = Sides { rosters: [before, after], needs: [requirement; 2], scenario };
    let with_difference = |[before, after]: [f64; 2]| [before, after, after - before];
    let [wages_before, wages_after] = sides.wages();
    let wages = [wages_before, wages_after, wages_after - wages_before];
    let rows = vec![
        effect::in_hours("effect-shortfall", &with_difference(sides.shortfall())),
        effect::in_money("effect-cost", &wages, scenario),
        effect::in_hours("effect-paid", &with_difference(sides.paid())),
    ];
    let columns = [
        ("before", "column-before"),
        ("after", "column-after"),
        ("difference", "column-difference"),
    ];
    effect::section(&columns, rows)
}
