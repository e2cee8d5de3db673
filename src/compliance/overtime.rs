//! Adds up what the law pays more for: overtime by day, week and seventh day, and work at some hours.

use std::ops::Range;

use super::found::Found;
use super::timeline::{Timeline, alike};
use crate::calendar::Date;
use crate::rules::{HoursPremium, Overtime, Rule, Step};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, overtime: &Overtime, time: &Timeline<'_>, found: &mut Found) {
    // A duty over midnight belongs to the day it starts on.
    let worked = |spells: &[Range<usize>]| -> i64 {
        let minutes = |spell: &Range<usize>| {
            if overtime.counted { time.counted(spell.clone()) } else { time.work(spell.clone()) }
        };
        spells.iter().map(minutes).sum()
    };
    let days: Vec<(Date, i64)> =
        time.days().iter().map(|(date, spells)| (*date, worked(spells))).collect();
    let is_same_week = |one: Date, other: Date| opens(rule, one) == opens(rule, other);
    for week in days.chunk_by(|one, other| is_same_week(one.0, other.0)) {
        judge_week(rule, overtime, week, time, found);
    }
}

fn opens(rule: &Rule, date: Date) -> Date {
    let mut opens = date;
    while opens.weekday() != rule.week_start {
        opens = opens.plus(-1);
    }
    opens
}

fn judge_week(
    rule: &Rule,
    overtime: &Overtime,
    week: &[(Date, i64)],
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let is_whole = week.iter().filter(|(_, worked)| *worked > 0).count() == 7;
    // Minutes that no day has paid more for yet count for the week.
    let mut plain = 0;
    for (place, &(date, worked)) in week.iter().enumerate() {
        let is_seventh = is_whole && place == 6 && !overtime.seventh_day.is_empty();
        let steps = if is_seventh { &overtime.seventh_day } else { &overtime.daily };
        pay(rule, steps, (0, worked), date, time, found);
        let straight = steps.first().map_or(worked, |(from, _)| worked.min(from.0));
        pay(rule, &overtime.weekly, (plain, plain + straight), date, time, found);
        plain += straight;
    }
}

/// Pay the minutes from one count to another by their steps.
fn pay(
    rule: &Rule,
    steps: &[Step],
    (from, to): (i64, i64),
    date: Date,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    for (place, &(above, rate)) in steps.iter().enumerate() {
        let until = steps.get(place + 1).map_or(i64::MAX, |next| next.0.0);
        let minutes = to.min(until) - from.max(above.0);
        if minutes > 0 {
            found.pay(rule, time, date, "overtime", Minutes(minutes).real(), rate);
        }
    }
}

/// Work at the hours and on the days named, by the date it lies on.
pub(super) fn judge_hours(
    rule: &Rule,
    premium: &HoursPremium,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let is_paid = |minute: usize| {
        let is_in = premium.window.is_none_or(|window| {
            let (from, to, clock) = (window.from.0, window.to.0, time.wall.clock(minute));
            if from < to { from <= clock && clock < to } else { clock >= from || clock < to }
        });
        let weekday = time.wall.date(minute).weekday();
        let is_day =
            premium.weekdays.is_empty() || premium.weekdays.iter().any(|day| day.0 == weekday);
        is_in && is_day && (time.is_work(minute) || time.is_break(minute))
    };
    for spell in &time.spells {
        let date_of = |minute: usize| is_paid(minute).then(|| time.wall.date(minute));
        for run in alike(spell.clone(), date_of) {
            let minutes = Minutes(i64::try_from(run.len()).expect("minutes are few")).real();
            // Where an hour of this work is a shorter one, the same minutes hold more hours.
            let hour = premium.hour_seconds.map_or(3600.0, |seconds| Minutes(seconds).real());
            let (date, minutes) = (time.wall.date(run.start), minutes * 3600.0 / hour);
            found.pay(rule, time, date, &premium.title, minutes, premium.rate);
        }
    }
}
