//! How many people are needed: each half hour, each set of live queues, each day's tickets, and when it is hardest.

use std::collections::BTreeSet;

use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table, words};
use crate::calendar::Calendar;
use crate::id::ComplexityId;
use crate::plan::{Ground, NeedChecks};
use crate::scenario::Scenario;
use crate::staffing::{LiveNeed, Requirement, TicketNeed};
use crate::units::Span;

/// Hardest stretches listed.
const HARDEST: usize = 8;

/// People needed before anyone is rostered.
#[must_use]
pub fn need(ground: &Ground, checks: &NeedChecks, scenario: &Scenario) -> Report {
    let requirement = &ground.requirement;
    let funnel = super::funnel::funnel(&ground.demand, ground.triage.as_ref(), scenario);
    let mut sections: Vec<Section> = funnel.into_iter().collect();
    let mut hardest = hardest(requirement, scenario);
    hardest.sentences.extend(super::staffing::method(&ground.workload, scenario));
    sections.push(hardest);
    sections.extend(super::staffing::checks(checks, ground, scenario));
    sections.push(by_half_hour(requirement, scenario));
    sections.extend(tickets(requirement, scenario));
    Report { schema: "evenkeel.need/1", title: super::plan::title(scenario), sections }
}

/// The queues a need speaks of, by name; with the classes of complexity where it leaves some out.
pub(super) fn queues(row: &LiveNeed, scenario: &Scenario) -> String {
    let names: Vec<&str> =
        row.queues.iter().map(|&queue| scenario.names.queues.of(queue)).collect();
    let names = names.join(" + ");
    let all = scenario.streams.iter().filter(|stream| row.queues.contains(&stream.queue)).count();
    if row.streams.len() >= all {
        return names;
    }
    let classes: BTreeSet<ComplexityId> =
        row.streams.iter().map(|&stream| scenario.stream(stream).complexity).collect();
    let classes: Vec<&str> =
        classes.into_iter().map(|class| scenario.names.complexities.of(class)).collect();
    format!("{names} ({})", classes.join(", "))
}

/// Half hours of the horizon: each with its intervals, cut at midnight.
pub(super) fn half_hours(calendar: &Calendar) -> Vec<(Span, Vec<usize>)> {
    let mut all: Vec<(Span, Vec<usize>)> = Vec::new();
    for interval in 0..calendar.intervals() {
        let slot = calendar.interval(interval);
        let starts_half_hour = calendar.local(slot.start).clock.0.is_multiple_of(30);
        match all.last_mut() {
            Some((span, intervals)) if !starts_half_hour => {
                span.end = slot.end;
                intervals.push(interval);
            }
            _ => all.push((slot, vec![interval])),
        }
    }
    all
}

/// The most people needed in any of these intervals.
pub(super) fn peak(row: &[crate::units::Fte], intervals: &[usize]) -> f64 {
    intervals
        .iter()
        .filter_map(|&interval| row.get(interval))
        .map(|people| people.0)
        .fold(0.0, f64::max)
}

fn by_half_hour(requirement: &Requirement, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let mut rows = Vec::new();
    for (span, intervals) in half_hours(calendar) {
        for need in &requirement.live {
            let people = peak(&need.people, &intervals);
            if people <= 0.0 {
                continue;
            }
            rows.push(vec![
                Cell::text(words::day(calendar, span.start)),
                Cell::text(words::clock(calendar, span.start)),
                Cell::text(queues(need, scenario)),
                Cell::Figure(people, 1),
                Cell::Figure(peak(&need.load, &intervals), 1),
                Cell::text(if peak(&need.for_occupancy, &intervals) >= people - 1e-6 {
                    say("binds-occupancy")
                } else {
                    say("binds-waiting")
                }),
            ]);
        }
    }
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("time", say("column-time")),
        Column::words("queues", say("column-queues")),
        Column::figures("people", say("column-people-needed")),
        Column::figures("load", say("column-load")),
        Column::words("binding", say("column-decided-by")),
    ];
    Section {
        key: "live",
        title: say("section-need-live"),
        sentences: vec![say("need-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: None,
    }
}

fn hardest(requirement: &Requirement, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let mut all: Vec<(f64, usize, &LiveNeed)> = Vec::new();
    for need in &requirement.live {
        for day in 0..calendar.days() {
            let of_day = (0..calendar.intervals())
                .filter(|&interval| calendar.day(day).holds(calendar.interval(interval).start))
                .map(|interval| {
                    (need.people.get(interval).map_or(0.0, |people| people.0), interval)
                });
            let most = of_day.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            all.extend(
                most.filter(|(people, _)| *people > 0.0).map(|(people, at)| (people, at, need)),
            );
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let rows = all.iter().take(HARDEST).map(|&(people, interval, need)| {
        vec![
            Cell::text(calendar.label(calendar.interval(interval).start)),
            Cell::text(queues(need, scenario)),
            Cell::Figure(people, 1),
            Cell::Count(need.pools.iter().map(|&pool| scenario.pool(pool).agents.len()).sum()),
        ]
    });
    let columns = vec![
        Column::words("when", say("column-when")),
        Column::words("queues", say("column-queues")),
        Column::figures("people", say("column-people-needed")),
        Column::figures("could", say("column-people-who-could")),
    ];
    Section {
        key: "hardest",
        title: say("section-need-hardest"),
        sentences: vec![say_with("need-hardest", &[("count", all.len().min(HARDEST).into())])],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

fn tickets(requirement: &Requirement, scenario: &Scenario) -> Option<Section> {
    let calendar = &scenario.calendar;
    let mut rows = Vec::new();
    for need in &requirement.tickets {
        for day in 0..calendar.days() {
            let (arrived, due) = ticket_minutes_of_day(need, calendar, day);
            if arrived > 0.0 || due > 0.0 {
                rows.push(vec![
                    Cell::text(words::day(calendar, calendar.day(day).start)),
                    Cell::text(scenario.stream_title(need.stream)),
                    Cell::Figure(arrived / 60.0, 1),
                    Cell::Figure(due / 60.0, 1),
                ]);
            }
        }
    }
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("stream", say("column-stream")),
        Column::figures("arrived_hours", say("column-arrived")),
        Column::figures("due_hours", say("column-due-hours")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "tickets",
        title: say("section-need-tickets"),
        sentences: vec![say("need-tickets")],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

/// Minutes of ticket work that arrive and fall due on one day.
pub(super) fn ticket_minutes_of_day(
    need: &TicketNeed,
    calendar: &Calendar,
    day: usize,
) -> (f64, f64) {
    let span = calendar.day(day);
    let of_day: Vec<usize> = (0..calendar.intervals())
        .filter(|&interval| span.holds(calendar.interval(interval).start))
        .collect();
    let (Some(&first), Some(&last)) = (of_day.first(), of_day.last()) else { return (0.0, 0.0) };
    let grown = |row: &[crate::units::AgentMinutes]| {
        let at = |interval: usize| row.get(interval).map_or(0.0, |minutes| minutes.0);
        let before = if first > 0 { at(first - 1) } else { 0.0 };
        (at(last) - before).max(0.0)
    };
    (grown(&need.arrived), grown(&need.due))
}
