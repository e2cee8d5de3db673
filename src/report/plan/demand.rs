//! People needed and people on queue, half hour by half hour.

use crate::plan::Plan;
use crate::report::figures::fixed;
use crate::report::messages::say;
use crate::report::picture::{CoveragePanel, hour_marks, hours_of};
use crate::report::{Cell, Column, Coverage, Picture, Section, Table, words};
use crate::scenario::Scenario;
use crate::units::Span;
use std::collections::BTreeMap;

pub(in crate::report) fn demand(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let media = coverage.media(&plan.requirement, scenario);
    let mut panels = Vec::new();
    let mut rows: BTreeMap<(usize, String), Vec<Cell>> = BTreeMap::new();
    for (place, medium) in media.iter().enumerate() {
        let most = |row: &[f64]| row.iter().copied().fold(0.0, f64::max);
        let top = most(&medium.needed).max(most(&medium.on_queue)).max(1.0);
        for day in 0..calendar.days() {
            let span = calendar.day(day);
            let mut steps = Vec::new();
            for interval in 0..calendar.intervals() {
                let slot = calendar.interval(interval);
                let (needed, there) = (medium.needed[interval], medium.on_queue[interval]);
                if !span.holds(slot.start) || (needed <= 0.0 && there <= 0.0) {
                    continue;
                }
                let hour = hours_of(Span::new(span.start, slot.start));
                steps.push((hour, needed, there, medium.is_short[interval]));
                let time = words::clock(calendar, slot.start);
                let row = rows
                    .entry((place, time))
                    .or_insert_with(|| vec![Cell::Nothing; calendar.days()]);
                let mark = if medium.is_short[interval] { "!" } else { "" };
                row[day] = Cell::text(format!("{} / {}{mark}", fixed(needed, 1), fixed(there, 1)));
            }
            panels.push(CoveragePanel {
                medium: words::medium(medium.channel),
                day: words::day(calendar, span.start),
                hours: (0.0, 24.0),
                marks: Vec::new(),
                steps,
                step: calendar.grid().in_hours(),
                top,
            });
        }
    }
    let from = panels.iter().filter_map(|p| p.steps.first()).map(|s| s.0).fold(24.0, f64::min);
    let to = panels.iter().filter_map(|p| p.steps.last()).map(|s| s.0).fold(0.0, f64::max);
    for (place, panel) in panels.iter_mut().enumerate() {
        panel.hours = (from.floor().min(23.0), (to + panel.step).ceil().max(from.floor() + 1.0));
        let midnight = calendar.day(place % calendar.days()).start;
        panel.marks = hour_marks(calendar, midnight, panel.hours, 4);
    }
    let mut columns = vec![
        Column::words("medium", say("column-medium")),
        Column::words("time", say("column-time")),
    ];
    let days = (0..calendar.days()).map(|day| {
        Column::figures(
            calendar.date(day).to_string(),
            words::day(calendar, calendar.day(day).start),
        )
    });
    columns.extend(days);
    let rows = rows.into_iter().map(|((place, time), cells)| {
        let medium = words::medium(media[place].channel);
        [Cell::text(medium), Cell::text(time)].into_iter().chain(cells).collect()
    });
    Section {
        key: "demand",
        title: say("section-demand"),
        sentences: vec![say("demand-how-to-read")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Coverage(panels)),
    }
}
