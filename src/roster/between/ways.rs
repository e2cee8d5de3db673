//! Ways out of a conflict between people, each tried by solving again, the cheapest first.

mod fewer;
mod own;

use rayon::prelude::*;

use self::fewer::Fewer;
use self::own::Own;
use super::super::team::{Placed, Team};
use super::super::{Change, Unwatched};
use super::cause::Found;
use super::programme::{self, Lines};
use super::table::{Given, Part, Stretch, Table};
use super::{FOR_A_WAY, Kept};

/// A way out.
pub(super) struct Between {
    pub(super) change: Change,
    /// What is given up with it.
    pub(super) given: Given,
    weight: i64,
    /// The part that gives way.
    part: Part,
}

/// Ways out that are told of a conflict at most.
const MOST_WAYS: usize = 4;
/// Ways tried side by side.
const AT_ONCE: usize = 4;
/// The same where one way is all that is told.
const AT_ONCE_FOR_ONE: usize = 2;

/// Ways out by one part of a conflict, the cheapest first.
pub(super) fn ways(table: &Table, found: &Found, given: &Given) -> Vec<Between> {
    let mut left: Vec<Open> = Open::all(table, found, given);
    let Some(near) = Near::of(table, found, given) else { return Vec::new() };
    let mut ways: Vec<Between> = Vec::new();
    // What cannot weigh less than others are known to weigh is not tried.
    let is_open = |ways: &[Between], open: &Open| {
        let most = if table.is_spent() { 1 } else { MOST_WAYS };
        ways.iter().filter(|way| way.weight <= open.least).count() < most
    };
    while left.first().is_some_and(|open| is_open(&ways, open)) {
        // Ways are tried side by side, and told as if one after the other.
        let some = taken(&mut left, if table.is_spent() { AT_ONCE_FOR_ONE } else { AT_ONCE });
        let tried: Vec<Tried> = some.par_iter().map(|open| open.tried(&near)).collect();
        for (open, tried) in some.iter().zip(tried) {
            match tried {
                Tried::Way(way) => {
                    // Others alike give way by as much.
                    for other in left.iter_mut().filter(|other| other.is_like(open)) {
                        other.least = other.least.max(way.weight);
                    }
                    ways.push(way);
                }
                Tried::Further(further) => left.push(Open::fewer(further, table)),
                // Where somebody cannot give way, nor can others alike.
                Tried::Never => left.retain(|other| !other.is_like(open)),
            }
        }
        left.sort_by_key(Open::order);
    }
    ways.sort_by_key(|way| (way.weight, way.part));
    ways.truncate(MOST_WAYS);
    ways
}

/// A part of a conflict that may give way.
struct Open {
    /// What that weighs at least.
    least: i64,
    gives: Gives,
}

/// How a part may give way.
enum Gives {
    /// Somebody's restriction.
    Own(Own),
    /// A stretch that asks for fewer.
    Fewer(Fewer),
}

/// What became of a try.
enum Tried {
    Way(Between),
    /// More has to be given up.
    Further(Fewer),
    Never,
}

impl Open {
    /// Every part of a conflict that can give way, the lightest first.
    fn all(table: &Table, found: &Found, given: &Given) -> Vec<Open> {
        let stretches: Vec<Stretch> = found.stretches().collect();
        let scenario = table.with(&stretches, given);
        let team = table.team_of(&scenario, &table.everyone(given));
        let prices = table.known(&found.known, &stretches, given);
        let proof = prices.and_then(|prices| programme::proved_at(&team, &prices));
        let of = |&part: &Part| match part {
            Part::Presence(stretch) => {
                Some(Open::fewer(Fewer::first(table, found, given, stretch)?, table))
            }
            Part::Own(agent, item) => {
                let least = own::least_weight(&table.benches[&agent], item)?;
                let own = Own::of(table, &team, given, agent, item);
                let may_free = proof.as_ref().is_none_or(|proof| own.may_free(&team, proof));
                may_free.then_some(Open { least, gives: Gives::Own(own) })
            }
        };
        let mut all: Vec<Open> = found.parts.par_iter().filter_map(of).collect();
        all.sort_by_key(Open::order);
        all
    }

    fn fewer(fewer: Fewer, table: &Table) -> Open {
        Open { least: fewer.least_weight(table), gives: Gives::Fewer(fewer) }
    }

    /// The lightest first; of as light ones, as their parts stand.
    fn order(&self) -> (i64, Part) {
        let part = match &self.gives {
            Gives::Own(own) => own.part(),
            Gives::Fewer(fewer) => fewer.part(),
        };
        (self.least, part)
    }

    fn tried(&self, near: &Near) -> Tried {
        match &self.gives {
            Gives::Own(own) => own.way(near).map_or(Tried::Never, Tried::Way),
            Gives::Fewer(fewer) => fewer.tried(near),
        }
    }

    /// Whether both are restrictions of people who differ in name alone.
    fn is_like(&self, other: &Open) -> bool {
        match (&self.gives, &other.gives) {
            (Gives::Own(own), Gives::Own(others)) => own.is_like(others),
            _ => false,
        }
    }
}

/// The first few that are not alike.
fn taken(left: &mut Vec<Open>, most: usize) -> Vec<Open> {
    let mut some: Vec<Open> = Vec::new();
    let mut place = 0;
    while place < left.len() && some.len() < most {
        if some.iter().any(|other| other.is_like(&left[place])) {
            place += 1;
        } else {
            some.push(left.remove(place));
        }
    }
    some
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

    /// Whether a roster keeps the stretches once this much is given up, from lines on that may do so together.
    fn frees(&self, given: &Given, together: &mut Lines) -> bool {
        let kept = |team: &Team, lines: &[Placed]| {
            let stretches: Vec<Stretch> = self.found.stretches().collect();
            let prices = self.table.known(&self.found.known, &stretches, given);
            let before = together.effort;
            let kept = super::kept(team, lines, prices.as_ref(), together, FOR_A_WAY, &Unwatched);
            self.table.spend(programme::effort(team) + together.effort - before);
            kept
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
