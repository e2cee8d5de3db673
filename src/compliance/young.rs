//! Judges every date on which a person is under age.

use std::ops::Range;

use super::found::Found;
use super::free_block::first_known;
use super::timeline::Timeline;
use super::{break_after, rest_between};
use crate::calendar::Date;
use crate::rules::{Rule, Young};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, young: &Young, time: &Timeline<'_>, found: &mut Found) {
    let Some(born) = time.person.born else { return };
    let is_young = |date: Date| young.is_young(born, date);
    if !is_young(time.wall.calendar.first().plus(-1)) {
        return;
    }
    for (place, duty) in time.spells.iter().enumerate() {
        let date = time.wall.date(duty.start);
        if !is_young(date) {
            continue;
        }
        for breaks in &young.breaks {
            break_after::judge_spell(rule, breaks, duty.clone(), time, found);
        }
        let over = young.span_max_min.map_or(0, |most| length(duty) - most.0);
        if over > 0 {
            let repair = format!("end the duty {over} min earlier, or start it later");
            found.breach(rule, time, date, over, repair);
        }
        if is_young(time.wall.date(duty.end - 1)) {
            rest_between::judge_after(rule, &young.rest(), place, time, found);
        }
        let (from, to) = (young.ban.from.0, young.ban.to.0);
        let is_banned = |clock: u16| {
            if from < to { from <= clock && clock < to } else { clock >= from || clock < to }
        };
        let banned = duty.clone().filter(|&minute| {
            time.is_work(minute)
                && is_banned(time.wall.clock(minute))
                && is_young(time.wall.date(minute))
        });
        let banned = i64::try_from(banned.count()).expect("minutes are few");
        if banned > 0 {
            let repair = format!(
                "move {banned} min of work out of the hours from {} to {}",
                young.ban.from, young.ban.to
            );
            found.breach(rule, time, date, banned, repair);
        }
    }
    judge_dates(rule, young, born, time, found);
    judge_weeks(rule, young, born, time, found);
}

fn length(minutes: &Range<usize>) -> i64 {
    i64::try_from(minutes.len()).expect("minutes are few")
}

fn judge_dates(rule: &Rule, young: &Young, born: Date, time: &Timeline<'_>, found: &mut Found) {
    let (Some(first), Some(last)) = (time.spells.first(), time.spells.last()) else { return };
    let (mut date, last) = (time.wall.date(first.start), time.wall.date(last.end - 1));
    while date <= last {
        let over = time.work(time.wall.between(date, date.plus(1))) - young.day_max_min.0;
        if over > 0 && young.is_young(born, date) {
            let repair = format!("work {over} min less, {} a day at most", young.day_max_min);
            found.breach(rule, time, date, over, repair);
        }
        date = date.plus(1);
    }
}

fn judge_weeks(rule: &Rule, young: &Young, born: Date, time: &Timeline<'_>, found: &mut Found) {
    for opens in time.wall.weeks(rule.week_start) {
        let dates: Vec<Date> =
            (0..7).map(|day| opens.plus(day)).filter(|&date| young.is_young(born, date)).collect();
        let minutes = |date: &Date| time.wall.between(*date, date.plus(1));
        let work: i64 = dates.iter().map(|date| time.work(minutes(date))).sum();
        let over = work - young.week_max_min.0;
        let date = first_known(time, opens);
        if over > 0 {
            let repair = format!("work {over} min less, {} a week at most", young.week_max_min);
            found.breach(rule, time, date, over, repair);
        }
        let free = dates.iter().filter(|date| time.busy(minutes(date)) == 0).count();
        let is_whole = dates.len() == 7 && time.wall.known_days(opens) >= 5;
        if is_whole && free < young.free_days {
            let missing = young.free_days - free;
            let by = Minutes::hours(24).0 * i64::try_from(missing).expect("days are few");
            let repair =
                format!("free {missing} more of the week's days, {} in all", young.free_days);
            found.breach(rule, time, date, by, repair);
        }
    }
}
