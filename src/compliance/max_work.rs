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
        Per::Week => {
            let weeks = time.wall.weeks(rule.week_start).into_iter();
            weeks
                .map(|week| (first_known(time, week), time.wall.between(week, week.plus(7))))
                .collect()
        }
    };
    for (date, stretch) in stretches {
        let worked = if work.counts_breaks { time.busy(stretch) } else { time.work(stretch) };
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

fn from_starts(
    time: &Timeline<'_>,
    stretch: impl Fn(&Range<usize>) -> Range<usize>,
) -> Vec<(Date, Range<usize>)> {
    time.spells.iter().map(|duty| (time.wall.date(duty.start), stretch(duty))).collect()
}
