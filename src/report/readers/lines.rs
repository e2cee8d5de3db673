//! The lines of a plan that make it hard, and what would ease them.

use super::Review;
use crate::calendar::Calendar;
use crate::plan::Plan;
use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table, words};
use crate::review::{Cause, causes};
use crate::scenario::Scenario;
use crate::units::{Minutes, Moment};

/// Most places shown of each component.
const MOST: usize = 7;

/// Lines of a reviewed period.
pub(super) fn lines(review: &Review<'_>) -> Section {
    let period = review.period;
    // What the work adds is known of the week at hand, and shown where that is all there is.
    let routed = review
        .week
        .filter(|_| period.weeks.len() == 1)
        .map(|plan| (&plan.routing, review.scenario));
    section(&causes(&period.roster, &period.calendar, routed), &period.calendar)
}

/// Lines of the week at hand.
pub(super) fn of_plan(plan: &Plan, scenario: &Scenario) -> Section {
    let found = causes(&plan.assigned.roster, &scenario.calendar, Some((&plan.routing, scenario)));
    section(&found, &scenario.calendar)
}

fn section(causes: &[Cause], calendar: &Calendar) -> Section {
    let mut rows = Vec::new();
    let mut of_component: Option<(&str, usize)> = None;
    for cause in causes {
        let shown = match of_component {
            Some((component, shown)) if component == cause.component => shown + 1,
            _ => 1,
        };
        of_component = Some((cause.component, shown));
        if shown > MOST {
            continue;
        }
        rows.push(vec![
            Cell::text(words::component(cause.component)),
            Cell::text(place(cause, calendar)),
            Cell::text(what(cause)),
            Cell::text(worst(cause)),
            Cell::text(ease(cause.component)),
        ]);
    }
    let columns = vec![
        Column::words("component", say("column-component")),
        Column::words("where", say("column-where")),
        Column::words("what", say("column-found")),
        Column::words("worst", say("column-worst-figure")),
        Column::words("ease", say("column-ease")),
    ];
    let sentences = vec![if rows.is_empty() {
        say("lines-none")
    } else {
        say_with("lines-how-to-read", &[("most", MOST.into())])
    }];
    Section {
        key: "strain_lines",
        title: say("section-strain-lines"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// `Tue 1 Dec to Wed 2 Dec`, or hours of one day, and whose work it is about.
pub(in crate::report) fn place(cause: &Cause, calendar: &Calendar) -> String {
    let day = |moment: Moment| words::day(calendar, moment);
    let (from, to) = (day(cause.from), day(cause.to));
    let when = if !cause.is_days {
        let span = crate::units::Span::new(cause.from, cause.to.max(cause.from + Minutes(1)));
        format!("{from}, {}", words::clocks(calendar, span))
    } else if from == to {
        from
    } else {
        say_with("from-to", &[("from", from.into()), ("to", to.into())])
    };
    match &cause.about {
        Some(about) => format!("{when}, {about}"),
        None => when,
    }
}

/// What makes it hard, and how often.
pub(in crate::report) fn what(cause: &Cause) -> String {
    let count = [("count", cause.count.into())];
    match cause.component {
        "quick_returns" => say_with("cause-quick-returns", &count),
        "stretch" => say_with("cause-stretch", &count),
        "timing" => say_with("cause-timing", &count),
        "occupancy" => say_with("cause-occupancy", &count),
        "difficult" => say_with("cause-difficult", &count),
        other => other.to_owned(),
    }
}

/// The worst figure there.
pub(in crate::report) fn worst(cause: &Cause) -> String {
    match cause.component {
        "quick_returns" => say_with("worst-rest", &[("hours", fixed(cause.worst, 1).into())]),
        "stretch" => say_with("worst-stretch", &[("minutes", fixed(cause.worst, 0).into())]),
        "timing" => fixed(cause.worst, 2),
        "occupancy" => percent(cause.worst),
        _ => String::new(),
    }
}

fn ease(component: &str) -> String {
    match component {
        "quick_returns" => say("ease-quick-returns"),
        "stretch" => say("ease-stretch"),
        "timing" => say("ease-timing"),
        "occupancy" => say("ease-occupancy"),
        "difficult" => say("ease-difficult"),
        other => other.to_owned(),
    }
}
