//! Looks at the minutes between duties, and at the 24 hours from the start of each.

use super::found::Found;
use super::timeline::Timeline;
use crate::rules::{RestBetween, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, rest: &RestBetween, time: &Timeline<'_>, found: &mut Found) {
    for place in 0..time.spells.len() {
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
    let duty = &time.spells[place];
    let between = time.spells.get(place + 1).map(|next| (next.start, next.start - duty.end));
    let mut too_soon = 0;
    if let Some((next, free)) = between {
        let free = i64::try_from(free).expect("minutes are few");
        found.owe(time, "rest", next, rest.min, Minutes(free));
        too_soon = rest.min.0 - free;
    }
    let too_long =
        rest.within_min.map_or(0, |within| rest.min.0 - longest_within(time, place, within));
    if too_soon > 0 && too_soon >= too_long {
        let next = between.map_or(duty.end, |(next, _)| next);
        let later = next + usize::try_from(too_soon).unwrap_or(0);
        let repair = format!("start {too_soon} min later, at {}", time.wall.shown(later));
        found.breach(rule, time, time.wall.date(next), too_soon, repair);
    } else if too_long > 0 {
        let repair = format!(
            "end {too_long} min earlier; {} hold {} of rest in a row",
            "no 24 hours from the start", rest.min
        );
        found.breach(rule, time, time.wall.date(duty.start), too_long, repair);
    }
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
