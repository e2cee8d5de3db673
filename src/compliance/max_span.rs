//! Counts the minutes from the first of a duty to its last.

use super::found::Found;
use super::timeline::Timeline;
use crate::rules::{MaxSpan, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, span: &MaxSpan, time: &Timeline<'_>, found: &mut Found) {
    for duty in &time.spells {
        let spread = i64::try_from(duty.len()).expect("minutes are few");
        let over = spread - span.limit_min.0;
        if over > 0 {
            let latest = duty.end - usize::try_from(over).unwrap_or(0);
            let repair = format!(
                "end by {}: the day is spread over {} and {} are allowed",
                time.wall.shown(latest),
                Minutes(spread),
                span.limit_min
            );
            found.breach(rule, time, time.wall.date(duty.start), over, repair);
        }
    }
}
