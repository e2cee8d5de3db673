//! From the programme's shares of lines to whole rosters, better and better.

use rayon::prelude::*;

use super::dive::{Boldness, Dive, Lane, Whole};
use super::master::{Kept, Master};
use super::near::Outlook;
use super::pool::Pool;
use super::search::Search;
use super::{Clock, Column, Lines, Part};
use crate::roster::draw::mixed;

/// Lines that a dive starts with at most, for each person.
const A_PERSON: usize = 60;
/// Rounds of dives before neighbourhoods are searched.
const DIVES: u64 = 3;
/// Rounds of neighbourhoods between two rounds of dives.
const BETWEEN: u64 = 12;
/// Share of the time that a round of dives through longer lines takes at most, the first one and the others.
const FIRST: f64 = 0.35;
const OTHERS: f64 = 0.15;
/// Share of all the time for such dives at the start, and of the time so far for those later on.
const DIVING: (f64, f64) = (0.25, 0.3);
/// Choices of a line that as many are fixed at once for; more of longer lines.
const MONTH: usize = 28;

/// Who searches in a round: what they found, and lines that may be of use to others.
pub(super) struct Find<L> {
    pub(super) whole: Option<Whole<L>>,
    pub(super) lines: Vec<(usize, Column<L>)>,
    pub(super) found_by: &'static str,
}

impl<L> Find<L> {
    /// Nothing yet.
    pub(super) fn nothing(found_by: &'static str) -> Find<L> {
        Find { whole: None, lines: Vec::new(), found_by }
    }
}

/// How long dives took, by the clock.
struct Diving {
    /// Seconds there were.
    all: Option<f64>,
    spent: f64,
}

impl Diving {
    fn from(clock: &dyn Clock) -> Diving {
        Diving { all: clock.seconds_left(), spent: 0.0 }
    }

    /// Whether dives have not had their share yet, at the start and later on.
    fn may(&self, clock: &dyn Clock, is_start: bool) -> bool {
        self.all.zip(clock.seconds_left()).is_none_or(|(all, left)| {
            let share = if is_start { DIVING.0 * all } else { DIVING.1 * (all - left) };
            self.spent <= share
        })
    }

    fn took(&mut self, before: Option<f64>, clock: &dyn Clock) {
        self.spent += before.zip(clock.seconds_left()).map_or(0.0, |(before, now)| before - now);
    }
}

impl<S: Lines> Search<'_, S> {
    /// Search for better rosters until one is proved best, the budget is worked off or time is up.
    pub(super) fn improve(&mut self, kept: &Kept, missing: f64) {
        let mut outlook = Outlook::of(self.people());
        let mut diving = Diving::from(self.clock);
        let mut round = 0;
        while !self.is_done() && self.effort.rounds < self.budget.rounds {
            self.effort.rounds += 1;
            if round < DIVES || (round - DIVES) % (BETWEEN + 1) == BETWEEN {
                if self.months() == 1 || diving.may(self.clock, round < DIVES) {
                    let before = self.clock.seconds_left();
                    self.dive_round(kept, round);
                    diving.took(before, self.clock);
                }
                if round == 0 {
                    self.halve(missing);
                }
                if round + 1 >= DIVES {
                    self.restricted();
                }
                if round == DIVES + BETWEEN {
                    self.goals();
                }
            } else {
                self.neighbours(&mut outlook, round);
            }
            round += 1;
        }
    }

    /// How many people there are.
    pub(super) fn people(&self) -> usize {
        self.task.classes.iter().map(|class| class.count).sum()
    }

    /// Months of choices that the longest line has.
    fn months(&self) -> usize {
        let choices = |line: &usize| self.pool.columns[*line].choices.len();
        let longest = self.best.lines.iter().flatten().map(choices).max().unwrap_or(0);
        longest.div_ceil(MONTH).max(1)
    }

    /// Two dives at the same time, from bold to careful.
    fn dive_round(&mut self, kept: &Kept, round: u64) {
        let months = self.months();
        let part = |share: usize| (months * self.people()).div_ceil(share).max(1);
        // Dives through a month end in time, and a dive cut short finds nothing.
        let share = match (months, round) {
            (1, _) => 1.0,
            (_, 0) => FIRST,
            _ => OTHERS,
        };
        let clock = Part::of(self.clock, share);
        let plan = match round {
            0 => [(0.75, usize::MAX), (0.6, part(5))],
            1 => [(0.75, part(5)), (0.6, part(20))],
            2 => [(0.75, part(20)), (0.7, part(10))],
            _ => [0, 1].map(|lane| {
                let luck = mixed(self.budget.seed, round, lane);
                let threshold = [0.55, 0.65, 0.75, 0.85][(luck % 4) as usize];
                (threshold, part([5, 10, 20, 40][((luck >> 2) % 4) as usize]))
            }),
        };
        let seed = mixed(self.budget.seed, round, 7);
        let search: &Search<S> = self;
        let finds: Vec<Find<S::Line>> = plan
            .par_iter()
            .map(|&(threshold, at_once)| {
                search.dive(kept, Boldness { threshold, at_once, seed }, &clock)
            })
            .collect();
        self.share(finds);
    }

    /// One dive from the programme's own solution.
    fn dive(&self, kept: &Kept, boldness: Boldness, clock: &dyn Clock) -> Find<S::Line> {
        let nothing = Find::nothing("dive");
        let mut wanted: Vec<usize> = kept.basic.clone();
        wanted.extend(self.best.lines.iter().flatten());
        let hopeful = self.hopeful();
        wanted.extend(hopeful.iter().take(A_PERSON * self.people()).map(|line| line.1));
        let mut pool = Pool::new(self.task.classes.len());
        let mut from = Vec::new();
        for line in wanted {
            if pool.add(self.pool.class[line], &self.pool.columns[line]).1 {
                from.push(line);
            }
        }
        let counts: Vec<usize> = self.task.classes.iter().map(|class| class.count).collect();
        let (nobody, every) = (vec![0; self.task.cells.len()], vec![true; self.task.cells.len()]);
        let Ok(mut master) = Master::open(self.task, &nobody, &every, &counts, self.scale) else {
            return nothing;
        };
        for line in 0..pool.len() {
            master.add(&pool, line);
        }
        master.go_on(kept, |line| from.get(line).copied());
        let mut lane = Lane { pool, master };
        let (task, source, limit) = (self.task, self.source, self.best.cost);
        let whole = Dive { task, source, clock, limit, boldness }.run(&mut lane);
        let new = from.len()..lane.pool.len();
        let lines = new.map(|line| (lane.pool.class[line], lane.pool.columns[line].clone()));
        Find { whole, lines: lines.collect(), ..nothing }
    }

    /// Take what was found, in a fixed order; whether anything was better.
    ///
    /// All started from the same roster: what a later one changed is also tried on top of what an earlier one did.
    pub(super) fn share(&mut self, finds: Vec<Find<S::Line>>) -> bool {
        let before = self.best.lines.clone();
        let mut is_better = false;
        for find in finds {
            if let Some(whole) = &find.whole {
                if is_better {
                    let both = self.on_top(whole, &before);
                    self.take(&both, find.found_by);
                }
                is_better |= self.take(whole, find.found_by);
            }
            for (class, column) in &find.lines {
                self.pool.add(*class, column);
            }
        }
        is_better
    }

    /// The best roster with the classes' lines that differ from those before.
    fn on_top(&self, whole: &Whole<S::Line>, before: &[Vec<usize>]) -> Whole<S::Line> {
        let column = |&line: &usize| &self.pool.columns[line];
        let put = |(class, lines): (usize, &Vec<Column<S::Line>>)| {
            let old = || before[class].iter().map(column);
            let is_same = lines.len() == before[class].len()
                && lines.iter().all(|line| old().any(|old| old == line));
            if is_same {
                self.best.lines[class].iter().map(column).cloned().collect()
            } else {
                lines.clone()
            }
        };
        whole.iter().enumerate().map(put).collect()
    }
}
