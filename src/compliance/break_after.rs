//! Walks each duty minute by minute: what was worked, which pauses count, how long it went on without one.

use std::ops::Range;

use super::found::{Found, Owed};
use super::timeline::{Timeline, alike};
use crate::rules::{Bounds, BreakAfter, Kind, Rule, Take};
use crate::units::Minutes;

/// A pause that is long enough, and how far it lies from where it should.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    minutes: Range<usize>,
    /// What it counts as.
    worth: i64,
    off_by: i64,
}

/// What the breaks of one duty come to.
struct Tally {
    /// Minutes of break in their place.
    counted: i64,
    /// Minutes missing, or how far off their place they lie.
    missing: i64,
    /// Whether there are enough of them, somewhere.
    is_misplaced: bool,
}

pub(super) fn judge(
    rule: &Rule,
    breaks: &BreakAfter,
    peers: &[&Rule],
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let is_waived = rule.is_waived_by(time.person);
    for spell in &time.spells {
        if !(is_waived && is_waiver_good(breaks, peers, spell, time)) {
            judge_with(rule, breaks, peers, spell.clone(), time, found);
        }
    }
}

/// One duty by a rule that names no other.
pub(super) fn judge_spell(
    rule: &Rule,
    breaks: &BreakAfter,
    spell: Range<usize>,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    judge_with(rule, breaks, &[], spell, time, found);
}

fn judge_with(
    rule: &Rule,
    breaks: &BreakAfter,
    peers: &[&Rule],
    spell: Range<usize>,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let Some((_, last_work)) = time.edges(&spell) else { return };
    if !is_owed(breaks, &spell, time) {
        return;
    }
    let tally = tally(breaks, peers, &spell, time);
    owe(breaks, &tally, spell.start, time, found);
    let date = time.wall.date(spell.start);
    let (stretch, since) = longest_stretch(breaks, &spell, time);
    let over = breaks.max_continuous_min.map_or(0, |longest| stretch - longest.0);
    let latest = breaks
        .max_continuous_min
        .map(|longest| since + usize::try_from(longest.0).unwrap_or(0))
        .filter(|_| over > 0);
    if tally.missing > 0 {
        let repair = if tally.is_misplaced {
            moved(breaks, &spell, time)
        } else {
            let starts_by = bounds(breaks, &spell).start_latest.map(|after| {
                let after = usize::try_from(after.0.max(0)).unwrap_or(0);
                time.wall.shown(spell.start.saturating_add(after).min(time.wall.len() - 1))
            });
            let when = match starts_by {
                Some(clock) => format!("starting by {clock}"),
                None => format!("before {}", time.wall.shown(latest.unwrap_or(last_work))),
            };
            added(breaks, tally.missing, &when)
        };
        found.breach(rule, time, date, tally.missing, repair);
        if breaks.missed_hour {
            let kind = if breaks.is_meal { "missed_meal" } else { "missed_rest" };
            found.pay_missed_hour(rule, time, date, kind);
        }
    } else if let Some(latest) = latest {
        let by = time.wall.shown(latest);
        let repair = format!(
            "start a break of at least {} min by {by}; {stretch} min without one are {over} too many",
            breaks.piece_min.0
        );
        found.breach(rule, time, date, over, repair);
    }
}

fn owe(breaks: &BreakAfter, tally: &Tally, start: usize, time: &Timeline<'_>, found: &mut Found) {
    let (due, nth) = (breaks.total_min, breaks.nth.unwrap_or(1));
    if breaks.is_meal {
        let planned = i64::from(tally.missing == 0);
        found.owe(time, "meal", start, nth, Owed::pieces(due, 1, planned));
    } else if let Some(each) = breaks.piece_counts_min.filter(|each| each.0 > 0) {
        let pieces = |minutes: i64| minutes.div_euclid(each.0);
        let owed = Owed::pieces(each, pieces(due.0), pieces(tally.counted));
        found.owe(time, "break", start, nth, owed);
    } else {
        found.owe(time, "break", start, nth, Owed::minutes(due, Minutes(tally.counted)));
    }
}

fn added(breaks: &BreakAfter, missing: i64, when: &str) -> String {
    let what = if breaks.is_meal { "meal" } else { "break" };
    let piece = breaks.piece_min.0;
    let is_one = breaks.is_meal && piece >= breaks.total_min.0;
    let pieces = if piece > 1 && !is_one {
        format!(" in pieces of at least {piece} min")
    } else {
        String::new()
    };
    format!("add {missing} min of {what} {when}{pieces}")
}

/// Where a break that lies wrong belongs.
fn moved(breaks: &BreakAfter, spell: &Range<usize>, time: &Timeline<'_>) -> String {
    let bounds = bounds(breaks, spell);
    let at = |after: Minutes| {
        let after = usize::try_from(after.0.max(0)).unwrap_or(0);
        time.wall.shown(spell.start.saturating_add(after).min(time.wall.len() - 1))
    };
    let mut ways = Vec::new();
    ways.extend(bounds.start_earliest.map(|after| format!("start at {} or later", at(after))));
    ways.extend(bounds.start_latest.map(|after| format!("start by {}", at(after))));
    ways.extend(bounds.end_latest.map(|after| format!("end by {}", at(after))));
    let what = if breaks.is_meal { "the meal" } else { "each break" };
    format!("move {what} so that it can {}", ways.join(" and "))
}

fn is_owed(breaks: &BreakAfter, spell: &Range<usize>, time: &Timeline<'_>) -> bool {
    let work = if breaks.counted { time.counted(spell.clone()) } else { time.work(spell.clone()) };
    breaks.is_owed(Minutes(work))
}

/// Whether a waiver holds in this duty.
fn is_waiver_good(
    breaks: &BreakAfter,
    peers: &[&Rule],
    spell: &Range<usize>,
    time: &Timeline<'_>,
) -> bool {
    let on_the_clock = time.counted(spell.clone());
    if breaks.waiver_up_to_min.is_some_and(|most| on_the_clock > most.0) {
        return false;
    }
    let Some(id) = &breaks.waiver_if_taken else { return true };
    let named = peer(peers, id);
    named.is_some_and(|other| tally(other, peers, spell, time).missing == 0)
}

fn peer<'a>(peers: &[&'a Rule], id: &str) -> Option<&'a BreakAfter> {
    let rule = peers.iter().find(|rule| rule.id == id)?;
    if let Kind::BreakAfter(breaks) = &rule.kind { Some(breaks) } else { None }
}

fn tally(breaks: &BreakAfter, peers: &[&Rule], spell: &Range<usize>, time: &Timeline<'_>) -> Tally {
    let pieces = pieces(breaks, peers, spell, time);
    let (good, mut wrong): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().partition(|piece| piece.off_by == 0);
    let counted: i64 = good.iter().map(|piece| piece.worth).sum();
    let missing = (breaks.total_min.0 - counted).max(0);
    wrong.sort_by_key(|piece| (piece.off_by, piece.worth));
    let (mut made_up, mut off_by) = (0, 0);
    for piece in &wrong {
        if made_up < missing {
            made_up += piece.worth;
            off_by += piece.off_by;
        }
    }
    let is_misplaced = missing > 0 && made_up >= missing;
    Tally { counted, missing: if is_misplaced { off_by } else { missing }, is_misplaced }
}

/// Pauses long enough, in order, those left out that end or begin the duty or serve another rule.
fn pieces(
    breaks: &BreakAfter,
    peers: &[&Rule],
    spell: &Range<usize>,
    time: &Timeline<'_>,
) -> Vec<Piece> {
    let Some((first, last)) = time.edges(spell) else { return Vec::new() };
    let what = |minute: usize| match breaks.take {
        Take::Any => (!time.is_work(minute)).then_some('p'),
        Take::Break => time.is_break(minute).then_some('b'),
        Take::Either if time.is_break(minute) => Some('b'),
        Take::Either if time.is_meal(minute) => Some('m'),
        Take::Either => time.is_gap(minute).then_some('g'),
    };
    let bounds = bounds(breaks, spell);
    let mut pieces: Vec<Piece> = Vec::new();
    for minutes in alike(spell.clone(), what) {
        let length = length(&minutes);
        let opens = minutes.end <= first;
        let closes = minutes.start > last;
        if length < breaks.piece_min.0 || (opens && breaks.not_first) || (closes && breaks.not_last)
        {
            continue;
        }
        let worth = breaks.piece_counts_min.map_or(length, |most| length.min(most.0));
        pieces.push(Piece { off_by: off_by(bounds, &minutes, spell.start), worth, minutes });
    }
    if let Some(other) = breaks.separate_from.as_ref().and_then(|id| peer(peers, id)) {
        let used = used(other, peers, spell, time);
        pieces.retain(|piece| !used.contains(&piece.minutes));
    }
    if let Some(nth) = breaks.nth {
        pieces = pieces.into_iter().nth(nth.saturating_sub(1)).into_iter().collect();
    }
    pieces
}

/// The pauses that another rule needs: those in place first, then the shortest.
fn used(
    other: &BreakAfter,
    peers: &[&Rule],
    spell: &Range<usize>,
    time: &Timeline<'_>,
) -> Vec<Range<usize>> {
    if !is_owed(other, spell, time) {
        return Vec::new();
    }
    let mut pieces = pieces(other, peers, spell, time);
    pieces.sort_by_key(|piece| (piece.off_by, piece.minutes.len(), piece.minutes.start));
    let mut got = 0;
    let mut used = Vec::new();
    for piece in pieces {
        if got >= other.total_min.0 {
            break;
        }
        got += piece.worth;
        used.push(piece.minutes);
    }
    used
}

fn bounds(breaks: &BreakAfter, spell: &Range<usize>) -> Bounds {
    breaks.bounds(Minutes(length(spell)))
}

/// Minutes too early, too late or too long of a pause in a duty from `begin`.
fn off_by(bounds: Bounds, piece: &Range<usize>, begin: usize) -> i64 {
    let after = |minute: usize| i64::try_from(minute - begin).expect("minutes are few");
    let (start, end) = (after(piece.start), after(piece.end));
    let mut off = 0;
    if let Some(earliest) = bounds.start_earliest {
        off = off.max(earliest.0 - start);
    }
    if let Some(latest) = bounds.start_latest {
        off = off.max(start - latest.0);
    }
    if let Some(latest) = bounds.end_latest {
        off = off.max(end - latest.0);
    }
    off
}

/// Longest way from the first minute of work after a break to the last before the next, and where it starts.
fn longest_stretch(breaks: &BreakAfter, spell: &Range<usize>, time: &Timeline<'_>) -> (i64, usize) {
    let (mut longest, mut since) = (0, spell.start);
    let (mut pause, mut from) = (0, None);
    for minute in spell.clone() {
        if !time.is_work(minute) {
            pause += 1;
            continue;
        }
        if pause >= breaks.piece_min.0.max(1) || from.is_none() {
            from = Some(minute);
        }
        pause = 0;
        let begin = from.unwrap_or(minute);
        let length = length(&(begin..minute + 1));
        if length > longest {
            (longest, since) = (length, begin);
        }
    }
    (longest, since)
}

fn length(minutes: &Range<usize>) -> i64 {
    i64::try_from(minutes.len()).expect("minutes are few")
}
