//! Ways out of a conflict between people, each tried by solving again, the cheapest first.

use rayon::prelude::*;

use super::super::Change;
use super::super::clash::{self, Asked, Item, Relaxed, Way};
use super::super::people::Frame;
use super::super::team::{Placed, Team};
use super::cause::Found;
use super::table::{Given, Part, Stretch, Table};
use super::{Kept, TURNS_OF_A_TRY};
use crate::id::AgentId;
use crate::units::Minutes;

/// What a minute of presence weighs that is no longer asked for, beside the minutes of `clash`. *Assumption.*
const A_MINUTE_OF_PRESENCE: i64 = 5;

/// A way out.
pub(super) struct Between {
    pub(super) change: Change,
    /// What is given up with it.
    pub(super) given: Given,
    weight: i64,
}

/// Ways out that are told of a conflict at most.
const MOST_WAYS: usize = 4;
/// Ways tried side by side.
const AT_ONCE: usize = 4;

/// Ways out by one part of a conflict, the cheapest first.
pub(super) fn ways(table: &Table, found: &Found, given: &Given) -> Vec<Between> {
    // What cannot weigh less than others are known to weigh is not tried.
    let mut parts: Vec<(i64, Part)> =
        found.parts.iter().map(|&part| (least_weight(table, found, part), part)).collect();
    parts.sort();
    let Some(near) = Near::of(table, found, given) else { return Vec::new() };
    let mut ways: Vec<Between> = Vec::new();
    for some in parts.chunks(AT_ONCE) {
        // Ways are tried side by side, and told as if one after the other.
        let tried: Vec<Option<Between>> = some
            .par_iter()
            .map(|&(_, part)| match part {
                Part::Presence(stretch) => fewer(&near, stretch),
                Part::Own(agent, item) => own(&near, agent, item),
            })
            .collect();
        for (&(least, _), way) in some.iter().zip(tried) {
            if ways.iter().filter(|way| way.weight <= least).count() < MOST_WAYS {
                ways.extend(way);
            }
        }
        let last = some.last().map_or(0, |&(least, _)| least);
        if ways.iter().filter(|way| way.weight <= last).count() >= MOST_WAYS {
            break;
        }
    }
    ways.sort_by_key(|way| way.weight);
    ways.truncate(MOST_WAYS);
    ways
}

/// What giving way in a part weighs at least; 0 where that is a matter of hours.
fn least_weight(table: &Table, found: &Found, part: Part) -> i64 {
    match part {
        Part::Presence(stretch) => {
            let missing = found.most.get(&stretch).copied().unwrap_or(1).max(1);
            let people = i64::try_from(missing).unwrap_or(i64::MAX);
            let minutes = table.span(stretch).length().0.saturating_mul(people);
            A_MINUTE_OF_PRESENCE.saturating_mul(minutes)
        }
        Part::Own(agent, item @ (Item::Lock(_) | Item::TimeOff(_) | Item::Law(_))) => {
            let whole = clash::whole(&table.benches[&agent], item);
            whole.map_or(0, |way| way.weight)
        }
        Part::Own(..) => 0,
    }
}

/// A conflict, with lines that come near to what it asks for.
struct Near<'a> {
    table: &'a Table<'a>,
    found: &'a Found,
    /// What is given up already.
    given: &'a Given,
    /// Everyone's line then.
    lines: Vec<Placed>,
}

impl<'a> Near<'a> {
    /// None where somebody has no line.
    fn of(table: &'a Table, found: &'a Found, given: &'a Given) -> Option<Near<'a>> {
        let near = Near { table, found, given, lines: table.safe.to_vec() };
        let lines = near.with(given, &Given::default(), super::nearer)?;
        Some(Near { lines, ..near })
    }

    /// Whether a roster keeps the stretches once this much is given up.
    fn frees(&self, given: &Given) -> bool {
        let kept = |team: &Team, lines: &[Placed]| {
            let stretches: Vec<Stretch> = self.found.stretches().collect();
            let known = self.table.known(&self.found.known, &stretches, given);
            super::kept(team, lines, known.as_ref(), TURNS_OF_A_TRY)
        };
        matches!(self.with(given, self.given, kept), Some(Kept::Met(_)))
    }

    /// Ask of the team in which this much is given up, with any line for those of whom other things were given up before.
    fn with<T>(
        &self,
        given: &Given,
        before: &Given,
        ask: impl FnOnce(&Team, &[Placed]) -> T,
    ) -> Option<T> {
        let stretches: Vec<Stretch> = self.found.stretches().collect();
        self.table.with_lines(&stretches, given, (before, &self.lines), ask)
    }
}

/// Ask for as many as can be there.
fn fewer(near: &Near, stretch: Stretch) -> Option<Between> {
    let Near { table, found, given, .. } = *near;
    let asked = table.asked(stretch, given);
    let missing = found.most.get(&stretch).copied().unwrap_or(1).clamp(1, asked.max(1));
    let with = |less: usize| {
        let mut given = given.clone();
        given.fewer.insert(stretch, asked.saturating_sub(less));
        given
    };
    let is_enough = |less: usize| near.frees(&with(less));
    // Mostly as many less as are missing are enough; else ever larger steps, then the middle between two.
    let (mut low, mut less, mut step) = (missing, missing, 1);
    while !is_enough(less) {
        if less == asked {
            return None;
        }
        low = less + 1;
        less = (less + step).min(asked);
        step *= 2;
    }
    while low < less {
        let middle = (low + less).div_euclid(2);
        if is_enough(middle) { less = middle } else { low = middle + 1 }
    }
    let (least, given) = (asked - less, with(less));
    let span = table.span(stretch);
    let date = table.scenario.calendar.local(span.start).date;
    let id = &table.scenario.minimum_presence[stretch.0].id;
    let says = match least {
        0 => format!("do without `{id}` on {date}"),
        people => format!("ask for {people} instead of {asked} in `{id}` on {date}"),
    };
    let people = i64::try_from(asked - least).unwrap_or(i64::MAX);
    let minutes = span.length().0.saturating_mul(people);
    Some(Between {
        change: Change {
            kind: "minimum_presence".to_owned(),
            dates: vec![date],
            minutes: Some(Minutes(minutes)),
            says,
            agent: None,
        },
        given,
        weight: A_MINUTE_OF_PRESENCE.saturating_mul(minutes),
    })
}

/// The mildest change of somebody's restriction that is enough.
fn own(near: &Near, agent: AgentId, item: Item) -> Option<Between> {
    let Near { table, found, given, .. } = *near;
    let bench = &table.benches[&agent];
    let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
    let with = |milder: &Relaxed| {
        let mut given = given.clone();
        given.relaxed.insert(agent, before.and(milder));
        given
    };
    let is_enough = |milder: &Relaxed| near.frees(&with(milder));
    let spans: Vec<_> = found.stretches().map(|stretch| table.span(stretch)).collect();
    // A minute of presence is worth more than any minute outside availability.
    let wanted = |frame: &Frame| {
        let duty = crate::units::Span::new(
            crate::units::Moment(frame.start),
            crate::units::Moment(frame.end),
        );
        let inside: Minutes = spans.iter().map(|span| span.overlap(duty)).sum();
        10.0 * inside.real()
    };
    let asked = Asked { is_enough: &is_enough, wanted: &wanted };
    let way = clash::mildest(bench, &before, item, &asked).or_else(|| {
        let whole: Way = clash::whole(bench, item)?;
        is_enough(&whole.relaxed).then_some(whole)
    })?;
    Some(Between {
        given: with(&way.relaxed),
        change: Change { agent: Some(agent), ..way.change },
        weight: way.weight,
    })
}
