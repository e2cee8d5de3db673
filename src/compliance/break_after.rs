//! Walks each duty minute by minute: what was worked, which pauses count, how long it went on without one.

use std::ops::Range;

use super::found::Found;
use super::timeline::Timeline;
use crate::rules::{BreakAfter, Rule};
use crate::units::Minutes;

/// What a walk through one duty saw.
struct Walk {
    work: i64,
    counted: i64,
    /// Longest way from the first minute of work after a break to the last before the next.
    longest: i64,
    longest_from: usize,
    last_work: usize,
}

pub(super) fn judge(rule: &Rule, breaks: &BreakAfter, time: &Timeline<'_>, found: &mut Found) {
    for spell in &time.spells {
        judge_spell(rule, breaks, spell.clone(), time, found);
    }
}

pub(super) fn judge_spell(
    rule: &Rule,
    breaks: &BreakAfter,
    spell: Range<usize>,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let walk = walk(breaks, spell.clone(), time);
    if !breaks.is_owed(Minutes(walk.work)) {
        return;
    }
    found.owe(time, "break", spell.start, breaks.total_min, Minutes(walk.counted));
    let missing = breaks.total_min.0 - walk.counted;
    let over = breaks.max_continuous_min.map_or(0, |longest| walk.longest - longest.0);
    let latest = breaks
        .max_continuous_min
        .map(|longest| walk.longest_from + usize::try_from(longest.0).unwrap_or(0))
        .filter(|_| over > 0);
    let date = time.wall.date(spell.start);
    if missing > 0 {
        let before = time.wall.shown(latest.unwrap_or(walk.last_work));
        let piece = breaks.piece_min.0;
        let pieces =
            if piece > 1 { format!(" in pieces of at least {piece} min") } else { String::new() };
        let repair = format!("add {missing} min of break before {before}{pieces}");
        found.breach(rule, time, date, missing, repair);
    } else if let Some(latest) = latest {
        let by = time.wall.shown(latest);
        let repair = format!(
            "start a break of at least {} min by {by}; {} min without one are {over} too many",
            breaks.piece_min.0, walk.longest
        );
        found.breach(rule, time, date, over, repair);
    }
}

fn walk(breaks: &BreakAfter, spell: Range<usize>, time: &Timeline<'_>) -> Walk {
    let working: Vec<bool> = spell.clone().map(|minute| time.is_work(minute)).collect();
    let last = working.iter().rposition(|&works| works).unwrap_or(0);
    let mut walk = Walk {
        work: if breaks.counted { time.busy(spell.clone()) } else { time.work(spell.clone()) },
        counted: 0,
        longest: 0,
        longest_from: spell.start,
        last_work: spell.start + last,
    };
    let mut pause = 0;
    let mut stretch_from = None;
    for minute in 0..=working.len() {
        match working.get(minute) {
            Some(false) => pause += 1,
            ends => {
                let is_piece = pause > 0 && pause >= breaks.piece_min.0;
                let closes_duty = ends.is_none();
                if is_piece && !(closes_duty && breaks.not_last) {
                    let after = i64::try_from(minute).expect("minutes are few") - pause;
                    let is_early = breaks.start_earliest_min.is_some_and(|from| after < from.0);
                    let is_late = breaks.start_latest_min.is_some_and(|to| after > to.0);
                    walk.counted += if is_early || is_late { 0 } else { pause };
                }
                if closes_duty {
                    break;
                }
                if is_piece || stretch_from.is_none() {
                    stretch_from = Some(minute);
                }
                let from = stretch_from.unwrap_or(minute);
                let length = i64::try_from(minute + 1 - from).expect("minutes are few");
                if length > walk.longest {
                    walk.longest = length;
                    walk.longest_from = spell.start + from;
                }
                pause = 0;
            }
        }
    }
    walk
}
