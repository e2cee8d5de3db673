//! Breaks, meals and rests: due, planned and taken; the ones missed; and when they fall.

use std::collections::BTreeMap;

use super::Review;
use crate::compliance::{Compliance, Due};
use crate::report::audit::kind_of_due;
use crate::report::messages::{say, say_with};
use crate::report::picture::{BreakClock, BreakStep};
use crate::report::records::{self, Taken};
use crate::report::{Cell, Column, Picture, Section, Table};
use crate::review::causes::breaks_by_clock;
use crate::units::Minutes;

/// How many were due, and how many were not given in full.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) all: usize,
    pub(super) missed: usize,
}

impl Count {
    pub(super) fn of(compliance: &Compliance) -> Count {
        let owed = || compliance.dues.iter().filter(|due| due.due > Minutes(0));
        Count { all: owed().count(), missed: owed().filter(|due| due.is_missed()).count() }
    }
}

fn in_fact<'a>(review: &'a Review<'_>) -> &'a Compliance {
    review.worked.map_or(review.planned, |(_, worked)| worked)
}

/// Until when what was worked is on record.
pub(super) fn record(review: &Review<'_>) -> Option<String> {
    let (worked, _) = review.worked?;
    let calendar = &review.period.calendar;
    let ends = worked.lines.iter().flat_map(|line| &line.duties).map(crate::duty::Duty::end);
    let inside = ends.filter(|end| *end <= calendar.horizon().end + Minutes::hours(24));
    Some(inside.max().map_or_else(
        || say("hr-record-empty"),
        |end| say_with("hr-record", &[("until", calendar.label(end).into())]),
    ))
}

/// Sums by kind, for everybody together.
pub(super) fn by_kind(review: &Review<'_>) -> Section {
    let compliance = in_fact(review);
    let is_recorded = review.worked.is_some();
    let mut kinds: BTreeMap<&str, Vec<&Due>> = BTreeMap::new();
    for due in compliance.dues.iter().filter(|due| due.due > Minutes(0)) {
        kinds.entry(&due.kind).or_default().push(due);
    }
    let rows = kinds.into_iter().map(|(kind, dues)| {
        let sum = |of: fn(&Due) -> Minutes| Cell::Length(dues.iter().map(|due| of(due)).sum());
        let mut row = vec![
            Cell::text(kind_of_due(kind)),
            Cell::Count(dues.len()),
            sum(|due| due.due),
            sum(|due| due.planned),
            Cell::Count(dues.iter().filter(|due| due.planned < due.due).count()),
        ];
        if is_recorded {
            let known = || dues.iter().filter(|due| due.taken.is_some());
            row.push(Cell::Count(known().count()));
            row.push(Cell::Length(known().map(|due| due.planned).sum()));
            row.push(Cell::Length(known().map(|due| due.given()).sum()));
            row.push(Cell::Count(known().filter(|due| due.is_missed()).count()));
        }
        row
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let mut columns = vec![
        Column::words("kind", say("column-kind")),
        Column::figures("times", say("column-times")),
        Column::figures("due", say("column-due")),
        Column::figures("planned", say("column-planned")),
        Column::figures("not_planned", say("column-not-planned")),
    ];
    if is_recorded {
        columns.push(Column::figures("recorded", say("column-recorded")));
        columns.push(Column::figures("recorded_planned", say("column-planned-of-these")));
        columns.push(Column::figures("taken", say("column-taken")));
        columns.push(Column::figures("not_taken", say("column-not-taken")));
    }
    let count = Count::of(compliance);
    let counts = [("all", count.all.into()), ("missed", count.missed.into())];
    let sentence = match (count.all, count.missed) {
        (0, _) => say("breaks-none-due"),
        (_, 0) => say_with("breaks-all-kept", &counts),
        _ => say_with("breaks-missed", &counts),
    };
    Section {
        key: "breaks",
        title: say("section-breaks"),
        sentences: vec![sentence],
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// The breaks missed, which the law asks to keep record of; without any figure of strain.
pub(super) fn missed(review: &Review<'_>) -> Option<Section> {
    let names = &review.scenario.names.agents;
    let unmet = in_fact(review).dues.iter().filter(|due| due.is_missed());
    let table = records::dues(unmet, Some(names), Taken::Shown);
    (!table.rows.is_empty()).then(|| Section {
        key: "breaks_missed",
        title: say("section-breaks-missed"),
        sentences: vec![say("breaks-missed-why")],
        table: Some(table),
        picture: None,
    })
}

/// Half hours of the clock in which breaks fall, all days together.
const STEP: Minutes = Minutes(30);

/// When breaks fall.
pub(super) fn times(review: &Review<'_>) -> Option<Section> {
    let calendar = &review.period.calendar;
    let planned = breaks_by_clock(&review.period.roster, calendar, STEP);
    let taken = review.worked.map(|(worked, _)| breaks_by_clock(worked, calendar, STEP));
    let is_any = |place: usize| {
        planned[place] > 0.0 || taken.as_ref().is_some_and(|taken| taken[place] > 0.0)
    };
    let first = (0..planned.len()).find(|&place| is_any(place))?;
    let last = (0..planned.len()).rfind(|&place| is_any(place))?;
    let clock = |place: usize| {
        let minutes = place * 30;
        format!("{:02}:{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
    };
    let rows = (first..=last).map(|place| {
        let mut row = vec![Cell::text(clock(place)), Cell::Figure(planned[place], 0)];
        row.extend(taken.as_ref().map(|taken| Cell::Figure(taken[place], 0)));
        row
    });
    let mut columns = vec![
        Column::words("time", say("column-time")),
        Column::figures("planned", say("column-planned-minutes")),
    ];
    columns.extend(taken.as_ref().map(|_| Column::figures("taken", say("column-taken-minutes"))));
    let steps = (first..=last).map(|place| BreakStep {
        clock: clock(place),
        planned: planned[place],
        taken: taken.as_ref().map(|taken| taken[place]),
    });
    let mut sentences = vec![say("break-times-how-to-read")];
    if taken.is_some() {
        sentences.push(say("break-times-taken"));
    }
    Some(Section {
        key: "break_times",
        title: say("section-break-times"),
        sentences,
        picture: Some(Picture::Breaks(BreakClock { steps: steps.collect() })),
        table: Some(Table { columns, rows: rows.collect() }),
    })
}
