//! Small whole-number programmes: over the lines that cost least beyond the bound, and over all lines of a few
//! people beside the others (neighbourhoods).

use rayon::prelude::*;

use super::crew::fill;
use super::dive::{Lane, Whole, mixed};
use super::improve::Find;
use super::master::{Master, Since, Solved, real, whole, whole_prices};
use super::pool::Pool;
use super::root::{NEGATIVE, price_all, reduced};
use super::search::Search;
use super::{Column, Fixing, Lines, UNIT, is_over};
use crate::linear::{Model, OpenModel, Options};

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

/// Some people's seats: how many of each class, and what the others fill.
struct Near {
    counts: Vec<usize>,
    classes: Vec<usize>,
    filled: Vec<i64>,
    /// Own cost of the others.
    others: i64,
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
        let counts: Vec<usize> = self.task.classes.iter().map(|class| class.count).collect();
        let filled = vec![0; self.task.cells.len()];
        let classes = (0..counts.len()).collect();
        let near = Near { counts, classes, filled, others: 0 };
        let whole = self.solve_whole(&pool, &near, NODES, 0.12);
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
        let gap = whole(self.best.cost) - solved.cost - whole(near.others);
        if gap < whole(self.task.multiple) - 1e-6 {
            return find;
        }
        let room = gap * whole(UNIT);
        let mut pool = Pool::new(self.task.classes.len());
        let mut ranked: Vec<(f64, usize)> = (0..lane.pool.len())
            .map(|line| {
                let class = lane.pool.class[line];
                (reduced(&lane.pool.columns[line], &solved, class), line)
            })
            .filter(|line| line.0 <= room)
            .collect();
        ranked.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for (_, line) in ranked.into_iter().take(MOST_NEAR) {
            pool.add(lane.pool.class[line], &lane.pool.columns[line]);
        }
        find.whole = self.solve_whole(&pool, &near, NODES_NEAR, 0.1).map(|mut part| {
            for (class, lines) in part.iter_mut().enumerate() {
                lines.extend(kept[class].iter().map(|&line| self.pool.columns[line].clone()));
            }
            part
        });
        find
    }

    /// Some people, half of the time around a cell that is short or over; and the lines of the others.
    fn pick(&self, size: usize, seed: u64) -> (Near, Vec<Vec<usize>>) {
        let filled = self.best.filled(self.task, &self.pool);
        let sore: Vec<usize> = (0..filled.len())
            .filter(|&cell| self.task.cells[cell].cost(filled[cell]) > 0)
            .collect();
        let mut seats: Vec<(u64, usize, usize)> = Vec::new();
        let around = (seed.is_multiple_of(2) && !sore.is_empty())
            .then(|| sore[usize::try_from(mixed(seed, 1, 0)).unwrap_or(0) % sore.len()]);
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
            filled,
            others: 0,
        };
        let mut kept: Vec<Vec<usize>> = self.best.lines.clone();
        for &(_, class, _) in seats.iter().take(size) {
            near.counts[class] += 1;
            if let Some(line) = kept[class].pop() {
                fill(&mut near.filled, &self.pool.columns[line].fills, -1);
            }
        }
        near.classes = (0..near.counts.len()).filter(|&class| near.counts[class] > 0).collect();
        near.others = kept.iter().flatten().map(|&line| self.pool.columns[line].cost).sum();
        (near, kept)
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
            for &line in own.iter().chain(self.pool.of_class[class].iter().rev().take(200)) {
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
            let free = |_| Fixing::default();
            let offered = price_all(self.source, &near.classes, &cells, free, A_ROUND);
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

    /// The best whole roster of these people from these lines, where it betters the best; `share` of the time that
    /// is left at most.
    fn solve_whole(
        &self,
        pool: &Pool<S::Line>,
        near: &Near,
        nodes: i32,
        share: f64,
    ) -> Option<Whole<S::Line>> {
        let mut model = Model::default();
        let mut values = Vec::new();
        let classes: Vec<_> =
            near.counts.iter().map(|&count| model.exactly("class", &[], real(count))).collect();
        let mut cells = Vec::new();
        let filled = self.best.filled(self.task, &self.pool);
        for (place, cell) in self.task.cells.iter().enumerate() {
            let row = model.exactly("cell", &[], whole(cell.wanted - near.filled[place]));
            let missing = (cell.wanted - filled[place]).max(0);
            let extra = (filled[place] - cell.wanted).max(0);
            for (steps, weight, many) in [(&cell.under, 1.0, missing), (&cell.over, -1.0, extra)] {
                let mut left = many;
                for step in steps {
                    let most = step.units.map_or(f64::INFINITY, whole);
                    let slack = model.column("slack", 0.0, most, whole(step.each) / self.scale);
                    model.add_term(row, slack, weight);
                    let taken = step.units.map_or(left, |units| units.min(left));
                    values.push(whole(taken));
                    left -= taken;
                }
            }
            cells.push(row);
        }
        let mut worked: Vec<Vec<S::Line>> = self.best_of(near);
        let first = model.columns().len();
        for line in 0..pool.len() {
            let (class, column) = (pool.class[line], &pool.columns[line]);
            let cost = whole(column.cost) / self.scale;
            let works = model.whole_column("line", 0.0, real(near.counts[class]), cost);
            model.add_term(classes[class], works, 1.0);
            for &(cell, units) in &column.fills {
                model.add_term(cells[cell as usize], works, f64::from(units));
            }
            let before = worked[class].len();
            worked[class].retain(|line| *line != column.line);
            values.push(real(before - worked[class].len()));
        }
        let seconds = self.clock.seconds_left().map(|left| (share * left).max(0.05));
        let options = Options {
            gap: 0.0,
            gap_of_cost: 0.99 * whole(self.task.multiple) / self.scale,
            nodes: Some(nodes),
            seconds,
            ..Options::default()
        };
        let mut open = OpenModel::open(model).ok()?;
        if worked.iter().all(Vec::is_empty) {
            open.propose(&values);
        }
        let solution = open.solve(&options).ok()?;
        let mut roster: Vec<Vec<Column<S::Line>>> = vec![Vec::new(); near.counts.len()];
        for line in 0..pool.len() {
            for _ in 0..people(solution.values[first + line]) {
                roster[pool.class[line]].push(pool.columns[line].clone());
            }
        }
        let is_full = roster.iter().zip(&near.counts).all(|(lines, &count)| lines.len() == count);
        is_full.then_some(roster)
    }

    /// Lines of these people in the best roster.
    fn best_of(&self, near: &Near) -> Vec<Vec<S::Line>> {
        let of = |(lines, &count): (&Vec<usize>, &usize)| {
            let lines = lines.iter().rev().take(count);
            lines.map(|&line| self.pool.columns[line].line.clone()).collect()
        };
        self.best.lines.iter().zip(&near.counts).map(of).collect()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people are few")]
fn people(value: f64) -> usize {
    value.round().max(0.0) as usize
}
