//! Counts minutes of work on Sundays and holidays, from midnight to midnight on the wall.

use super::found::Found;
use super::timeline::Timeline;
use crate::rules::{BanDay, Rule};

pub(super) fn judge(rule: &Rule, ban: &BanDay, time: &Timeline<'_>, found: &mut Found) {
    for date in time.dates() {
        let holiday = time.wall.calendar.holiday(date);
        let worked = time.work(time.wall.between(date, date.plus(1)));
        if worked > 0 && (holiday.is_some() || ban.names(date)) {
            let day = holiday.map_or_else(|| date.weekday().to_string(), str::to_owned);
            let repair = format!(
                "free {date} ({day}), or name {} among the waivers where the site has a permit",
                rule.id
            );
            found.breach(rule, time, date, worked, repair);
        }
    }
}
