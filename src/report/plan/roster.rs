//! Who works when, a picture a day.

use crate::duty::{Activity, Duty};
use crate::id::TierId;
use crate::report::messages::{say, say_with};
use crate::report::picture::{DayChart, DayRow, hour_marks, hours_of};
use crate::report::{Cell, Column, Picture, Section, Table, words};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Span;

pub(in crate::report) fn roster(roster: &Roster, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let by_day = |line: &crate::duty::Line| -> Vec<Vec<Duty>> {
        let mut days = vec![Vec::new(); calendar.days()];
        for duty in &line.duties {
            if let Some(day) = calendar.day_at(duty.start()) {
                days[day].push(duty.clone());
            }
        }
        days
    };
    let mut lines: Vec<(TierId, &str, Vec<Vec<Duty>>)> = roster
        .lines
        .iter()
        .map(|line| {
            let name = scenario.names.agents.of(line.agent);
            (scenario.agent(line.agent).tier, name, by_day(line))
        })
        .collect();
    lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let charts = (0..calendar.days()).map(|day| day_chart(day, &lines, scenario)).collect();
    let mut columns = vec![
        Column::words("person", say("column-person")),
        Column::words("tier", say("column-tier")),
    ];
    let days = (0..calendar.days()).map(|day| {
        Column::words(calendar.date(day).to_string(), words::day(calendar, calendar.day(day).start))
    });
    columns.extend(days);
    let rows = lines.iter().map(|(tier, name, days)| {
        let cell = |duties: &Vec<Duty>| {
            let said: Vec<String> =
                duties.iter().map(|duty| duty_in_words(duty, scenario)).collect();
            if said.is_empty() { Cell::Nothing } else { Cell::text(said.join("; ")) }
        };
        [Cell::text(*name), Cell::text(scenario.tier(*tier).title.as_str())]
            .into_iter()
            .chain(days.iter().map(cell))
            .collect()
    });
    Section {
        key: "roster",
        title: say("section-roster"),
        sentences: vec![if scenario.agents.iter().any(|agent| agent.person.place.is_some()) {
            say_with("roster-how-to-read-zone", &[("zone", scenario.calendar.zone().into())])
        } else {
            say("roster-how-to-read")
        }],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Days(charts)),
    }
}

/// A duty with its breaks, `09:00 to 17:30, break 10:30, meal 13:00`.
pub(in crate::report) fn duty_in_words(duty: &Duty, scenario: &Scenario) -> String {
    let calendar = &scenario.calendar;
    let mut said = vec![words::clocks(calendar, duty.span())];
    for block in duty.blocks.iter().filter(|block| block.activity != Activity::OnQueue) {
        let what =
            if block.detail.is_empty() { activity(block.activity) } else { block.detail.clone() };
        said.push(format!("{what} {}", words::clock(calendar, block.span.start)));
    }
    said.join(", ")
}

/// An activity as people call it.
pub(in crate::report) fn activity(activity: Activity) -> String {
    match activity {
        Activity::OnQueue => say("activity-on-queue"),
        Activity::Break => say("activity-break"),
        Activity::Meal => say("activity-meal"),
        Activity::Recovery => say("activity-recovery"),
        Activity::OffQueue => say("activity-off-queue"),
        Activity::Absent => say("activity-absent"),
    }
}

fn day_chart(
    day: usize,
    lines: &[(TierId, &str, Vec<Vec<Duty>>)],
    scenario: &Scenario,
) -> DayChart {
    let calendar = &scenario.calendar;
    let midnight = calendar.day(day).start;
    let mut groups: Vec<(String, Vec<DayRow>)> = Vec::new();
    let (mut from, mut to, mut off): (f64, f64, usize) = (24.0, 0.0, 0);
    let mut last = None;
    for (tier, name, days) in lines {
        off += usize::from(days[day].is_empty());
        for duty in &days[day] {
            if last != Some(*tier) {
                groups.push((scenario.tier(*tier).title.clone(), Vec::new()));
                last = Some(*tier);
            }
            let hour = |moment| hours_of(Span::new(midnight, moment));
            from = from.min(hour(duty.start()));
            to = to.max(hour(duty.end()));
            let blocks = duty.blocks.iter().map(|block| {
                (hour(block.span.start), hour(block.span.end), block.activity, block.detail.clone())
            });
            let row = DayRow {
                name: (*name).to_owned(),
                when: words::clocks(calendar, duty.span()),
                blocks: blocks.collect(),
            };
            groups.last_mut().expect("pushed just before").1.push(row);
        }
    }
    let hours = (from.floor(), to.ceil());
    // About sixteen marks fit.
    let every = if hours.1 - hours.0 > 16.0 { 2 } else { 1 };
    let marks = hour_marks(calendar, midnight, hours, every);
    DayChart { day: words::day(calendar, midnight), hours, marks, groups, off }
}
