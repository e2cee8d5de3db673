//! Small whole-number programmes: over the lines that cost least beyond the bound, and over all lines of a few
//! people beside the others (neighbourhoods).

use rayon::prelude::*;

use super::crew::fill;
use super::dive::{Lane, mixed};
use super::improve::Find;
use super::master::{Master, Since, Solved, nearest, whole, whole_prices};
use super::pool::Pool;
use super::root::{NEGATIVE, price_all, reduced};
use super::search::Search;
use super::whole::Effort;
use super::{Column, Fixing, Lines, Prices, Task, UNIT, is_over};

/// Lines in the programme over everybody.
const MOST_LINES: usize = 1500;
/// Lines in the programme of a neighbourhood.
const MOST_NEAR: usize = 1200;
/// Nodes of the search over everybody.
const NODES: i32 = 200;
/// Nodes of the search of a neighbourhood.
const NODES_NEAR: i32 = 40;
/// People in a neighbourhood at first.
const FEW: usize = 6;
/// Rounds of pricing in a neighbourhood.
const ROUNDS: usize = 40;
/// Lines of each class a round of pricing.
const A_ROUND: usize = 6;
/// Lines of one person that are all looked at in a neighbourhood.
const EVERY: usize = 4000;
/// Beyond what there is room for, in units of price, for figures rounded.
const SLACK: f64 = 16.0;
/// Where everybody's stretch is searched and not some people's lines, this share of the lines is.
const SPREAD: usize = 3;
/// Neighbourhoods in vain after which they grow.
const IN_VAIN: u64 = 16;

/// How large neighbourhoods are, and for how long in vain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outlook {
    size: usize,
    people: usize,
    in_vain: u64,
}

impl Outlook {
    /// A few of so many people.
    pub(super) fn of(people: usize) -> Outlook {
        Outlook { size: FEW.min(people), people, in_vain: 0 }
    }
}

/// Some people's seats: how many of each class, what they must keep, and what the others fill.
pub(super) struct Near {
    pub(super) counts: Vec<usize>,
    pub(super) classes: Vec<usize>,
    pub(super) fixings: Vec<Fixing>,
    pub(super) filled: Vec<i64>,
    /// Own cost of the others.
    pub(super) others: i64,
}

impl Near {
    /// Everybody, nothing kept.
    pub(super) fn everybody(task: &Task) -> Near {
        let counts: Vec<usize> = task.classes.iter().map(|class| class.count).collect();
        Near {
            classes: (0..counts.len()).collect(),
            fixings: vec![Fixing::default(); counts.len()],
            filled: vec![0; task.cells.len()],
            others: 0,
            counts,
        }
    }
}

impl<S: Lines> Search<'_, S> {
    /// The best roster of the lines that cost least beyond the bound.
    pub(super) fn restricted(&mut self) {
        if self.is_done() {
            return;
        }
        let mut pool = Pool::new(self.task.classes.len());
        let hopeful = self.hopeful();
        let near = self.best.lines.iter().flatten().copied();
        for line in near.chain(hopeful.iter().take(MOST_LINES).map(|line| line.1)) {
            pool.add(self.pool.class[line], &self.pool.columns[line]);
        }
        let effort = Effort { nodes: NODES, share: 0.12, stand_in: None };
        let whole = self.solve_whole(&pool, &Near::everybody(self.task), &effort).roster;
        self.share(vec![Find { whole, lines: Vec::new(), found_by: "restricted" }]);
    }

    /// Search the neighbourhoods of some people, a few at the same time.
    pub(super) fn neighbours(&mut self, outlook: &mut Outlook, round: u64, together: u64) {
        let size = outlook.size;
        let search: &Search<S> = self;
        let finds: Vec<Find<S::Line>> = (0..together)
            .into_par_iter()
            .map(|place| search.neighbourhood(size, mixed(search.budget.seed, round, place)))
            .collect();
        if self.share(finds) {
            outlook.in_vain = 0;
        } else {
            outlook.in_vain += together;
            if outlook.in_vain >= IN_VAIN {
                outlook.size = (outlook.size + 2).min(outlook.people);
                outlook.in_vain = 0;
            }
        }
    }

    /// Take some people out and find the best lines for them beside the others.
    fn neighbourhood(&self, size: usize, seed: u64) -> Find<S::Line> {
        let mut find = Find { whole: None, lines: Vec::new(), found_by: "neighbourhood" };
        let (near, kept) = self.pick(size, seed);
        let Some((lane, solved, known)) = self.price_near(&near, &kept) else { return find };
        let new = known..lane.pool.len();
        let lines = new.map(|line| (lane.pool.class[line], lane.pool.columns[line].clone()));
        find.lines = lines.collect();
        // The neighbourhood's own programme bounds what can be won here.
        let gap = whole(self.best.cost - self.task.multiple) - solved.cost - whole(near.others);
        if gap < -1e-6 {
            return find;
        }
        let pool = self.hopeful_near(&near, &lane.pool, &solved, gap * whole(UNIT) + SLACK);
        let effort = Effort { nodes: NODES_NEAR, share: 0.1, stand_in: None };
        find.whole = self.solve_whole(&pool, &near, &effort).roster.map(|mut part| {
            for (class, lines) in part.iter_mut().enumerate() {
                lines.extend(kept[class].iter().map(|&line| self.pool.columns[line].clone()));
            }
            part
        });
        find
    }

    /// The lines of these people that cost no more than `room` beyond the programme: all of them where they are not
    /// too many, else those known.
    fn hopeful_near(
        &self,
        near: &Near,
        known: &Pool<S::Line>,
        solved: &Solved,
        room: f64,
    ) -> Pool<S::Line> {
        let cells = whole_prices(self.task, &solved.cell_prices);
        let prices = Prices { cells: &cells, unit: UNIT };
        let every = |&class: &usize| {
            let most = nearest(solved.class_prices[class] + room);
            self.source.every(class, &prices, &near.fixings[class], most, EVERY)
        };
        let mut pool = known.clone();
        let all: Vec<Option<Vec<Column<S::Line>>>> = near.classes.par_iter().map(every).collect();
        for (&class, all) in near.classes.iter().zip(&all) {
            for column in all.iter().flatten() {
                pool.add(class, column);
            }
        }
        let mut ranked: Vec<(f64, usize)> = (0..pool.len())
            .map(|line| (reduced(&pool.columns[line], solved, pool.class[line]), line))
            .filter(|line| line.0 <= room)
            .collect();
        ranked.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut hopeful = Pool::new(self.task.classes.len());
        for (_, line) in ranked.into_iter().take(MOST_NEAR) {
            hopeful.add(pool.class[line], &pool.columns[line]);
        }
        hopeful
    }

    /// Some people, half of the time around a cell that is short or over; and the lines of the others.
    fn pick(&self, size: usize, seed: u64) -> (Near, Vec<Vec<usize>>) {
        let people = self.people();
        // As many choices as `size` people have: whole lines of so many, or a stretch of everybody's.
        let is_stretch = mixed(seed, 3, 0).is_multiple_of(3)
            && self.task.classes.iter().all(|class| class.count == 1);
        let size = if is_stretch { (size * SPREAD).min(people) } else { size };
        let filled = self.best.filled(self.task, &self.pool);
        let sore: Vec<usize> = (0..filled.len())
            .filter(|&cell| self.task.cells[cell].cost(filled[cell]) > 0)
            .collect();
        let mut seats: Vec<(u64, usize, usize)> = Vec::new();
        let around = (seed.is_multiple_of(2) && !sore.is_empty())
            .then(|| sore[usize::try_from(mixed(seed, 1, 0) >> 1).unwrap_or(0) % sore.len()]);
        for (class, lines) in self.best.lines.iter().enumerate() {
            let is_near = around.is_none_or(|cell| self.may_fill(class, cell));
            for seat in 0..lines.len() {
                let luck = mixed(seed, class as u64, seat as u64 + 2) >> 1;
                // Those who cannot fill the cell come last.
                seats.push((luck + (u64::from(!is_near) << 63), class, seat));
            }
        }
        seats.sort_unstable();
        let mut near = Near {
            counts: vec![0; self.task.classes.len()],
            classes: Vec::new(),
            fixings: vec![Fixing::default(); self.task.classes.len()],
            filled,
            others: 0,
        };
        let mut kept: Vec<Vec<usize>> = self.best.lines.clone();
        let share = mixed(seed, 4, 0);
        for &(_, class, _) in seats.iter().take(size) {
            near.counts[class] += 1;
            if let Some(line) = kept[class].pop() {
                fill(&mut near.filled, &self.pool.columns[line].fills, -1);
                if is_stretch {
                    near.fixings[class] = self.outside(line, share);
                }
            }
        }
        near.classes = (0..near.counts.len()).filter(|&class| near.counts[class] > 0).collect();
        near.others = kept.iter().flatten().map(|&line| self.pool.columns[line].cost).sum();
        (near, kept)
    }

    /// A line's choices outside a stretch of them, the same stretch for the same luck.
    #[expect(clippy::integer_division, reason = "a share of the choices")]
    fn outside(&self, line: usize, luck: u64) -> Fixing {
        let choices = &self.pool.columns[line].choices;
        let long = (choices.len() / SPREAD).max(1);
        let places = (choices.len() - long.min(choices.len())) as u64 + 1;
        let from = usize::try_from(luck % places).unwrap_or(0);
        let outside = choices[..from].iter().chain(&choices[(from + long).min(choices.len())..]);
        Fixing { forced: outside.copied().collect(), forbidden: Vec::new() }
    }

    /// Whether any known line of a class fills a cell.
    fn may_fill(&self, class: usize, cell: usize) -> bool {
        let fills = |&line: &usize| {
            let fills = &self.pool.columns[line].fills;
            fills.binary_search_by_key(&cell, |fill| fill.0 as usize).is_ok()
        };
        self.pool.of_class[class].iter().take(200).any(fills)
    }

    /// Price lines for these people beside the others; the pool, the last solution, and how many were known.
    fn price_near(
        &self,
        near: &Near,
        kept: &[Vec<usize>],
    ) -> Option<(Lane<S::Line>, Solved, usize)> {
        let mut pool = Pool::new(self.task.classes.len());
        let mut master = Master::open(self.task, &near.filled, &near.counts, self.scale).ok()?;
        for &class in &near.classes {
            let own = &self.best.lines[class][kept[class].len()..];
            let known = self.pool.of_class[class].iter().rev().take(200);
            let admits =
                |line: &&usize| near.fixings[class].admits(&self.pool.columns[**line].choices);
            for &line in own.iter().chain(known).filter(admits) {
                pool.add(class, &self.pool.columns[line]);
            }
        }
        for line in 0..pool.len() {
            master.add(&pool, line);
        }
        let known = pool.len();
        let mut solved = master.solve(Since::Added, self.clock)?;
        for _ in 0..ROUNDS {
            if is_over(self.clock) {
                return None;
            }
            let cells = whole_prices(self.task, &solved.cell_prices);
            let fixing = |class: usize| near.fixings[class].clone();
            let offered = price_all(self.source, &near.classes, &cells, fixing, A_ROUND);
            let mut is_new = false;
            for (&class, offered) in near.classes.iter().zip(&offered) {
                for column in &offered.found {
                    if reduced(column, &solved, class) < NEGATIVE {
                        let (line, _) = pool.add(class, column);
                        is_new |= master.add(&pool, line);
                    }
                }
            }
            if !is_new {
                break;
            }
            solved = master.solve(Since::Added, self.clock)?;
        }
        Some((Lane { pool, master }, solved, known))
    }
}
