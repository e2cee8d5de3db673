//! Looks at recoveries that a roster fixes: each is as long as the law asks after the event it follows.

use super::found::{Found, Owed};
use super::timeline::{Timeline, alike};
use crate::rules::{EventBreak, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, event: &EventBreak, time: &Timeline<'_>, found: &mut Found) {
    for spell in &time.spells {
        let recoveries = alike(spell.clone(), |minute| time.is_recovery(minute).then_some(()));
        for recovery in recoveries {
            let length = i64::try_from(recovery.len()).expect("minutes are few");
            let missing = event.min.0 - length;
            let owed = Owed::minutes(event.min, Minutes(length));
            found.owe(time, "recovery", recovery.start, 1, owed);
            if missing > 0 {
                let repair = format!(
                    "let the recovery from {} last {missing} min longer",
                    time.wall.shown(recovery.start)
                );
                found.breach(rule, time, time.wall.date(recovery.start), missing, repair);
            }
        }
    }
}
