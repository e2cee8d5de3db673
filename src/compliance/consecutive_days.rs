//! Counts dates on which a duty starts, one after the other.

use super::found::Found;
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{ConsecutiveDays, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, days: &ConsecutiveDays, time: &Timeline<'_>, found: &mut Found) {
    if days.per_week {
        judge_weeks(rule, days, time, found);
        return;
    }
    let mut run: Vec<Date> = Vec::new();
    let dates = time.start_dates();
    for &date in &dates {
        run.push(date);
        if !dates.contains(&date.plus(1)) {
            if run.len() > days.most {
                let over = run.len() - days.most;
                let by = Minutes::hours(24).0 * i64::try_from(over).expect("days are few");
                let repair = format!(
                    "free one of the {} days from {}, {} in a row at most",
                    run.len(),
                    run[0],
                    days.most
                );
                found.breach(rule, time, run[days.most], by, repair);
            }
            run.clear();
        }
    }
}

/// Each calendar week by itself.
fn judge_weeks(rule: &Rule, days: &ConsecutiveDays, time: &Timeline<'_>, found: &mut Found) {
    for opens in time.wall.weeks(rule.week_start) {
        let is_in = |date: &Date| (0..7).contains(&date.days_since(opens));
        let worked: Vec<(Date, i64)> = time
            .days()
            .into_iter()
            .filter(|(date, _)| is_in(date))
            .map(|(date, spells)| (date, spells.into_iter().map(|spell| time.work(spell)).sum()))
            .collect();
        let heaviest = worked.iter().map(|(_, work)| *work).max().unwrap_or(0);
        let is_light = days.unless_day_up_to_min.is_some_and(|most| heaviest <= most.0);
        if worked.len() > days.most && !is_light {
            let over = worked.len() - days.most;
            let by = Minutes::hours(24).0 * i64::try_from(over).expect("days are few");
            let repair = format!(
                "free one of the {} days of the week from {opens}, {} at most",
                worked.len(),
                days.most
            );
            found.breach(rule, time, worked[days.most].0, by, repair);
        }
    }
}
