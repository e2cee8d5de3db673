//! Adds up work over every reference period in the file, days of leave left out.

use super::found::Found;
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{MaxAverage, Rule};
use crate::units::Minutes;

/// A period over its ceiling, by the week.
struct Over {
    by: i64,
    from: Date,
    counted: i64,
    total: i64,
}

pub(super) fn judge(rule: &Rule, average: &MaxAverage, time: &Timeline<'_>, found: &mut Found) {
    let calendar = &time.wall.calendar;
    let dates: Vec<Date> = (0..calendar.days()).map(|day| calendar.date(day)).collect();
    let worked: Vec<i64> =
        dates.iter().map(|&date| time.work(time.wall.between(date, date.plus(1)))).collect();
    let is_leave: Vec<bool> = dates
        .iter()
        .zip(&worked)
        .map(|(&date, &work)| {
            let on_date = time.absences.iter().filter(|(absent, _)| *absent == date);
            work == 0 && on_date.into_iter().any(|(_, reason)| average.excludes(reason))
        })
        .collect();
    let period = average.period_days().min(dates.len());
    let mut worst: Option<Over> = None;
    for (from, &opens) in dates.iter().enumerate().take(dates.len() - period + 1) {
        if !time.wall.is_judged(opens, i64::try_from(period).expect("days are few")) {
            continue;
        }
        let mut until = from + period;
        if average.makes_up_leave {
            // Days of leave are made up for by as many days after the period, as far as they are known.
            let worked_days =
                |until: usize| is_leave[from..until].iter().filter(|leave| !**leave).count();
            while until < dates.len() && worked_days(until) < period {
                until += 1;
            }
        }
        let days = from..until;
        let total: i64 = worked[days.clone()].iter().sum();
        let counted = is_leave[days].iter().filter(|&&leave| !leave).count().max(7);
        let counted = i64::try_from(counted).expect("days are few");
        let mut by = 0;
        while (average.limit_min_per_week.0 + by) * counted < total * 7 {
            by += (total * 7 - (average.limit_min_per_week.0 + by) * counted)
                .div_euclid(counted)
                .max(1);
        }
        if by > worst.as_ref().map_or(0, |worst| worst.by) {
            worst = Some(Over { by, from: opens, counted, total });
        }
    }
    if let Some(Over { by, from, counted, total }) = worst {
        let repair = format!(
            "work {by} min a week less: {} in {counted} days are above {} a week",
            Minutes(total),
            average.limit_min_per_week
        );
        found.breach(rule, time, from, by, repair);
    }
}
