//! Small phrases that several reports share.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use crate::calendar::Calendar;
use crate::kpi::{Estimate, Judgement, Verdict};
use crate::scenario::{Channel, Clock, Measure, Period, Scenario, Target};
use crate::units::{Moment, Span};

/// `kept`, `missed` or `undecided`, as people read it.
pub(crate) fn verdict(judgement: Judgement) -> String {
    match judgement {
        Judgement::Kept => say("verdict-kept"),
        Judgement::Missed => say("verdict-missed"),
        Judgement::Undecided => say("verdict-undecided"),
    }
}

/// What a target asks for, such as `80 % answered within 20 s`.
pub(crate) fn target(target: &Target) -> String {
    match target.measure {
        Measure::ServiceLevel { share, within, .. } => say_with(
            "target-service-level",
            &[
                ("share", whole_percent(share.value()).into()),
                ("within", fixed(within.0, 0).into()),
            ],
        ),
        Measure::Abandonment { at_most } => {
            say_with("target-abandonment", &[("share", whole_percent(at_most.value()).into())])
        }
        Measure::FirstResponse { share, within, clock } => {
            let mentions = [
                ("share", whole_percent(share.value()).into()),
                ("within", within.to_string().into()),
            ];
            match clock {
                Clock::Business => say_with("target-first-response-business", &mentions),
                Clock::Calendar => say_with("target-first-response", &mentions),
            }
        }
        Measure::Resolution { share, within, clock } => {
            let mentions = [
                ("share", whole_percent(share.value()).into()),
                ("within", within.to_string().into()),
            ];
            match clock {
                Clock::Business => say_with("target-resolution-business", &mentions),
                Clock::Calendar => say_with("target-resolution", &mentions),
            }
        }
    }
}

/// A share as per cent without decimals where it has none.
pub(crate) fn whole_percent(share: f64) -> String {
    let percent = 100.0 * share;
    let decimals = usize::from((percent - percent.round()).abs() > 1e-9);
    format!("{} %", fixed(percent, decimals))
}

/// The period a target must hold over.
pub(crate) fn period(period: Period) -> String {
    match period {
        Period::Interval => say("period-interval"),
        Period::Day => say("period-day"),
        Period::Week => say("period-week"),
    }
}

/// Whether a target's figure may be at most its goal.
pub(crate) fn is_ceiling(target: &Target) -> bool {
    matches!(target.measure, Measure::Abandonment { .. })
}

/// The goal, `at least 80 %`.
pub(crate) fn goal(target: &Target, goal: f64) -> String {
    let share = [("share", whole_percent(goal).into())];
    if is_ceiling(target) {
        say_with("goal-at-most", &share)
    } else {
        say_with("goal-at-least", &share)
    }
}

/// The target a verdict speaks of, where the scenario has it.
pub(crate) fn target_of<'a>(verdict: &Verdict, scenario: &'a Scenario) -> Option<&'a Target> {
    scenario.queue(verdict.queue).targets.get(verdict.target)
}

/// A medium.
pub(crate) fn medium(channel: Channel) -> String {
    match channel {
        Channel::Voice => say("medium-voice"),
        Channel::Chat => say("medium-chat"),
        Channel::Messaging => say("medium-messaging"),
        Channel::Email => say("medium-email"),
    }
}

/// The date of a moment, `Mon 30 Nov`.
pub(crate) fn day(calendar: &Calendar, moment: Moment) -> String {
    let label = calendar.label(moment);
    label.rsplit_once(' ').map_or(label.clone(), |(day, _)| day.to_owned())
}

/// The clock at a moment, `09:00`.
pub(crate) fn clock(calendar: &Calendar, moment: Moment) -> String {
    calendar.local(moment).clock.to_string()
}

/// A stretch, `09:00 to 11:30`.
pub(crate) fn clocks(calendar: &Calendar, span: Span) -> String {
    let (from, to) = (clock(calendar, span.start), clock(calendar, span.end));
    say_with("from-to", &[("from", from.into()), ("to", to.into())])
}

/// The horizon, `Mon 30 Nov to Sun 6 Dec`.
pub(crate) fn horizon(scenario: &Scenario) -> String {
    let calendar = &scenario.calendar;
    let (first, last) = (calendar.day(0).start, calendar.day(calendar.days() - 1).start);
    if calendar.days() == 1 {
        return day(calendar, first);
    }
    say_with(
        "from-to",
        &[("from", day(calendar, first).into()), ("to", day(calendar, last).into())],
    )
}

/// An estimated share with its interval, or a dash.
pub(crate) fn estimate(estimate: Option<Estimate>) -> String {
    super::Cell::estimated(estimate).shown()
}

/// Words one after the other, `a, b and c`.
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => say_with(
            "list-and",
            &[("most", most.join(", ").into()), ("last", last.as_str().into())],
        ),
    }
}

/// An aim of the search.
pub(crate) fn aim(name: &str) -> String {
    match name {
        "no_red" => say("aim-no-red"),
        "service" => say("aim-service"),
        "strain" => say("aim-strain"),
        "fairness" => say("aim-fairness"),
        "cost" => say("aim-cost"),
        other => other.to_owned(),
    }
}

/// A component of strain.
pub(crate) fn component(name: &str) -> String {
    match name {
        "occupancy" => say("component-occupancy"),
        "hours" => say("component-hours"),
        "timing" => say("component-timing"),
        "quick_returns" => say("component-quick-returns"),
        "stretch" => say("component-stretch"),
        "difficult" => say("component-difficult"),
        "short_notice" => say("component-short-notice"),
        "resources" => say("component-resources"),
        other => other.to_owned(),
    }
}

/// An exposure with its unit.
pub(crate) fn exposure(name: &str, unit: &str, figure: f64) -> String {
    match name {
        "occupancy" => percent(figure),
        "stretch" => format!("{} {unit}", fixed(figure, 0)),
        "timing" | "quick_returns" => format!("{} {unit}", fixed(figure, 2)),
        _ => format!("{} {unit}", fixed(figure, 1)),
    }
}
