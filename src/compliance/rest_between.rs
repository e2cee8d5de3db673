//! Looks at the minutes between duties, and at the 24 hours from the start of each.

use std::ops::Range;

use super::found::{Found, Owed};
use super::timeline::Timeline;
use crate::rules::{AfterNight, RestBetween, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, rest: &RestBetween, time: &Timeline<'_>, found: &mut Found) {
    let mut shortened: Option<usize> = None;
    for (place, duty) in time.spells.iter().enumerate() {
        if let Some(reducible) = rest.reducible {
            let apart = usize::try_from(reducible.once_in_days * 24 * 60).unwrap_or(usize::MAX);
            let is_free = shortened.is_none_or(|before| duty.end - before >= apart);
            let lacking = missing_after(rest, place, time);
            let missing = lacking.as_ref().map_or(0, |missing| missing.by);
            // Rest after night work is never shortened.
            let is_night = lacking.is_some_and(|missing| missing.is_night);
            if missing > 0 && !is_night && is_free && missing <= rest.min.0 - reducible.to_min.0 {
                shortened = Some(duty.end);
                owe(rest.min, place, time, found);
                continue;
            }
        }
        judge_after(rule, rest, place, time, found);
    }
}

/// The rest after one duty.
pub(super) fn judge_after(
    rule: &Rule,
    rest: &RestBetween,
    place: usize,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    owe(rest.min, place, time, found);
    let Some(Missing { by, start_later, .. }) = missing_after(rest, place, time) else { return };
    let duty = &time.spells[place];
    if start_later {
        let next = time.spells.get(place + 1).map_or(duty.end, |next| next.start);
        let later = next + usize::try_from(by).unwrap_or(0);
        let repair = format!("start {by} min later, at {}", time.wall.shown(later));
        found.breach(rule, time, time.wall.date(next), by, repair);
    } else {
        let repair = format!(
            "end {by} min earlier; {} hold {} of rest in a row",
            "no 24 hours from the start", rest.min
        );
        found.breach(rule, time, time.wall.date(duty.start), by, repair);
    }
}

fn owe(least: Minutes, place: usize, time: &Timeline<'_>, found: &mut Found) {
    if let Some(next) = time.spells.get(place + 1) {
        let free = i64::try_from(next.start - time.spells[place].end).expect("minutes are few");
        found.owe(time, "rest", next.start, 0, Owed::minutes(least, Minutes(free)));
    }
}

/// How much rest is missing after a duty, and whether starting the next one later mends it.
struct Missing {
    by: i64,
    start_later: bool,
    /// Whether the longer rest after a late night is missing, whatever else.
    is_night: bool,
}

fn missing_after(rest: &RestBetween, place: usize, time: &Timeline<'_>) -> Option<Missing> {
    let duty = &time.spells[place];
    let (mut too_soon, mut is_night) = (0, false);
    if let Some(next) = time.spells.get(place + 1) {
        let free = i64::try_from(next.start - duty.end).expect("minutes are few");
        let both = time.work(duty.clone()) + time.work(next.clone());
        let is_asked = rest.unless_work_up_to_min.is_none_or(|most| both > most.0);
        if is_asked && !rest.only_within {
            too_soon = rest.min.0 - free;
        }
        if let Some(night) = rest.after_night.filter(|night| is_late_night(*night, duty, time)) {
            is_night = night.min.0 > free;
            too_soon = too_soon.max(night.min.0 - free);
        }
    }
    let too_long =
        rest.within_min.map_or(0, |within| rest.min.0 - longest_within(time, place, within));
    let by = too_soon.max(too_long);
    (by > 0).then_some(Missing { by, start_later: too_soon >= too_long, is_night })
}

/// Whether a duty has enough of the night in it, and goes on in it after the hour named.
fn is_late_night(night: AfterNight, duty: &Range<usize>, time: &Timeline<'_>) -> bool {
    let is_in = |from: u16, to: u16, clock: u16| {
        if from < to { from <= clock && clock < to } else { clock >= from || clock < to }
    };
    let (mut dark, mut late) = (0, 0);
    for minute in duty.clone().filter(|&minute| time.is_work(minute)) {
        let clock = time.wall.clock(minute);
        dark += i64::from(is_in(night.window.from.0, night.window.to.0, clock));
        late += i64::from(is_in(night.ends_after.0, night.window.to.0, clock));
    }
    dark > night.touch_over_min.0 && late > 0
}

/// The longest run of minutes off duty within so long of a duty's start.
fn longest_within(time: &Timeline<'_>, place: usize, within: Minutes) -> i64 {
    let start = time.spells[place].start;
    let end = start + usize::try_from(within.0).unwrap_or(0);
    let (mut longest, mut run) = (0, 0);
    for minute in start..end {
        run = if time.is_busy(minute) { 0 } else { run + 1 };
        longest = longest.max(run);
    }
    longest
}
