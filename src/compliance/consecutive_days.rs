//! Counts dates on which a duty starts, one after the other.

use super::found::Found;
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{ConsecutiveDays, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, days: &ConsecutiveDays, time: &Timeline<'_>, found: &mut Found) {
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
