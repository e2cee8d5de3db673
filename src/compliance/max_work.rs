//! Counts minutes of work in duties, 24 hours and weeks.

use std::ops::Range;

use super::found::Found;
use super::free_block::first_known;
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{MaxWork, Per, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, work: &MaxWork, time: &Timeline<'_>, found: &mut Found) {
    let stretches: Vec<(Date, Range<usize>)> = match work.per {
        Per::Duty => from_starts(time, Range::clone),
        Per::Day24 => {
            from_starts(time, |duty| duty.start..(duty.start + 24 * 60).min(time.wall.len()))
        }
        Per::Date => time
            .dates()
            .into_iter()
            .map(|date| (date, time.wall.between(date, date.plus(1))))
            .collect(),
        Per::Year => years(time),
        Per::Week => {
            let weeks = time.wall.weeks(rule.week_start).into_iter();
            weeks
                .map(|week| (first_known(time, week), time.wall.between(week, week.plus(7))))
                .collect()
        }
    };
    for (date, stretch) in stretches {
        let worked = if work.counts_breaks { time.counted(stretch) } else { time.work(stretch) };
        let over = worked - work.limit_min.0;
        if over > 0 {
            let repair = format!(
                "work {over} min less: {} are planned and {} allowed",
                Minutes(worked),
                work.limit_min
            );
            found.breach(rule, time, date, over, repair);
        }
    }
}

/// From the first date of duty in each calendar year to the last.
fn years(time: &Timeline<'_>) -> Vec<(Date, Range<usize>)> {
    let mut years: Vec<(Date, Range<usize>)> = Vec::new();
    for date in time.dates() {
        let day = time.wall.between(date, date.plus(1));
        match years.last_mut() {
            Some((first, year)) if first.year() == date.year() => year.end = day.end,
            _ => years.push((date, day)),
        }
    }
    years
}

fn from_starts(
    time: &Timeline<'_>,
    stretch: impl Fn(&Range<usize>) -> Range<usize>,
) -> Vec<(Date, Range<usize>)> {
    time.spells.iter().map(|duty| (time.wall.date(duty.start), stretch(duty))).collect()
}
