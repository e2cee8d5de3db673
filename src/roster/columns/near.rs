//! Neighbourhoods: some people are taken out, lines are priced for them beside the others, and where their own
//! programme leaves room a whole-number programme chooses among all the lines that may win.

use rayon::prelude::*;

use super::bound::cheapest_count;
use super::crew::fill;
use super::dive::{Boldness, Dive, Lane};
use super::improve::Find;
use super::master::{Master, Since, Solved, nearest, whole, whole_prices};
use super::pool::Pool;
use super::root::{NEGATIVE, price_all, reduced};
use super::search::Search;
use super::whole::Effort;
use super::{Column, Fixing, Lines, Prices, Task, UNIT, is_over};
use crate::roster::draw::mixed;
use crate::roster::turns::{self, TOGETHER, Turns};

/// Lines in the programme of a neighbourhood.
const MOST_NEAR: usize = 1200;
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
/// Rounds of neighbourhoods of which one is of stretches.
const STRETCH_EVERY: u64 = 4;
/// Neighbourhoods in vain after which they grow.
const IN_VAIN: u64 = 16;

/// How large neighbourhoods of one kind are, and for how many in vain.
#[derive(Debug, Clone, Copy)]
struct Reach {
    size: usize,
    in_vain: u64,
}

/// How large neighbourhoods are: some people's whole lines, and a stretch of many people's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outlook {
    lines: Reach,
    stretches: Reach,
    people: usize,
}

impl Outlook {
    /// A few of so many people.
    pub(super) fn of(people: usize) -> Outlook {
        let few = Reach { size: FEW.min(people), in_vain: 0 };
        Outlook { lines: few, stretches: few, people }
    }
}

impl Reach {
    /// Larger where so many more were in vain.
    fn tried(&mut self, many: u64, is_better: bool, people: usize) {
        self.in_vain = if is_better { 0 } else { self.in_vain + many };
        if self.in_vain >= IN_VAIN {
            self.size = (self.size + 2).min(people);
            self.in_vain = 0;
        }
    }
}

/// A neighbourhood: as many choices as so many people have, theirs or a stretch of everybody's.
#[derive(Debug, Clone, Copy)]
struct Choice {
    size: usize,
    /// One in how many of their choices; 1: whole lines.
    one_in: usize,
    seed: u64,
}

/// Some people's seats: how many of each class, what they must keep, and what the others fill.
pub(super) struct Near {
    pub(super) counts: Vec<usize>,
    pub(super) classes: Vec<usize>,
    pub(super) fixings: Vec<Fixing>,
    pub(super) filled: Vec<i64>,
    /// Cells that they may fill otherwise.
    pub(super) is_open: Vec<bool>,
    /// Own cost of the others, and cost of the cells that are not open.
    pub(super) others: i64,
}

/// How whole lines are chosen.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    /// By a whole-number programme over all lines that may win.
    Programme,
    /// By one over the lines that were priced, which is quicker where people have many.
    Priced,
    /// By a dive, which is quick where much is to be won.
    Dive(Boldness),
}

/// Lines priced for people taken out.
struct PricedNear<L> {
    lane: Lane<L>,
    solved: Solved,
    /// Lines known before.
    known: usize,
    /// Whether prices show that nothing is to be won.
    is_hopeless: bool,
}

impl Near {
    /// Everybody, nothing kept.
    pub(super) fn everybody(task: &Task) -> Near {
        let counts: Vec<usize> = task.classes.iter().map(|class| class.count).collect();
        Near {
            classes: (0..counts.len()).collect(),
            fixings: vec![Fixing::default(); counts.len()],
            filled: vec![0; task.cells.len()],
            is_open: vec![true; task.cells.len()],
            others: 0,
            counts,
        }
    }
}

/// People taken out, lines of the others, and how new ones are chosen.
pub(super) struct Out {
    pub(super) near: Near,
    pub(super) kept: Vec<Vec<usize>>,
    pub(super) how: How,
    pub(super) found_by: &'static str,
}

impl<S: Lines> Turns for Search<'_, S> {
    type Turn = Out;
    type Found = Find<S::Line>;
    type Room = ();

    fn look(&self, out: &Out, (): &mut ()) -> Option<Find<S::Line>> {
        Some(self.search_near(out))
    }

    fn take(&mut self, found: Vec<Option<Find<S::Line>>>) -> bool {
        self.share(found.into_iter().flatten().collect())
    }
}

impl<S: Lines> Search<'_, S> {
    /// Search a few neighbourhoods at the same time, of one kind and then of the other.
    pub(super) fn neighbours(&mut self, outlook: &mut Outlook, round: u64) {
        let is_alone = self.task.classes.iter().all(|class| class.count == 1);
        let is_stretch = is_alone && round.is_multiple_of(STRETCH_EVERY);
        let reach = if is_stretch { &mut outlook.stretches } else { &mut outlook.lines };
        let size = reach.size;
        let choice = |place: usize| {
            let seed = mixed(self.budget.seed, round, place as u64);
            let one_in =
                if is_stretch { [2, 3, 4, 6][(mixed(seed, 3, 0) % 4) as usize] } else { 1 };
            let (near, kept) = self.pick(Choice { size, one_in, seed });
            let how = if one_in == 1 { How::Priced } else { How::Programme };
            Out { near, kept, how, found_by: "neighbourhood" }
        };
        let out: [Out; TOGETHER] = std::array::from_fn(choice);
        let is_better = turns::together(self, &out, &mut [(); TOGETHER]);
        reach.tried(TOGETHER as u64, is_better, outlook.people);
    }

    /// Find the best lines for people taken out beside the others.
    fn search_near(&self, out: &Out) -> Find<S::Line> {
        let Out { ref near, ref kept, how, found_by } = *out;
        let mut find = Find::nothing(found_by);
        let Some(priced) = self.price_near(near, kept) else { return find };
        let PricedNear { mut lane, solved, known, is_hopeless } = priced;
        if !matches!(how, How::Dive(_)) {
            let new = known..lane.pool.len();
            let lines = new.map(|line| (lane.pool.class[line], lane.pool.columns[line].clone()));
            find.lines = lines.collect();
        }
        if is_hopeless {
            return find;
        }
        // The neighbourhood's own programme bounds what can be won here.
        let gap = whole(self.best.cost - self.task.multiple) - solved.cost - whole(near.others);
        if gap < -1e-6 {
            return find;
        }
        let part = match how {
            How::Dive(boldness) => {
                let (task, source, clock) = (self.task, self.source, self.clock);
                let limit = self.best.cost - near.others;
                let is_done: Vec<bool> = near.counts.iter().map(|&count| count == 0).collect();
                let dive = Dive { task, source, clock, limit, boldness };
                dive.run_from(&mut lane, near.fixings.clone(), is_done)
            }
            How::Programme | How::Priced => {
                let lists = matches!(how, How::Programme);
                let room = gap * whole(UNIT) + SLACK;
                let pool = self.hopeful_near(near, &lane.pool, &solved, room, lists);
                let effort =
                    Effort { nodes: NODES_NEAR, share: 0.1, stand_in: None, whole_slacks: lists };
                self.solve_whole(&pool, near, &effort).roster
            }
        };
        find.whole = part.map(|mut part| {
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
        lists: bool,
    ) -> Pool<S::Line> {
        let cells = whole_prices(self.task, &solved.cell_prices);
        let prices = Prices { cells: &cells, unit: UNIT };
        let every = |&class: &usize| {
            let most = nearest(solved.class_prices[class] + room);
            self.source.every(class, &prices, &near.fixings[class], most, EVERY)
        };
        let mut pool = known.clone();
        let all: Vec<Option<Vec<Column<S::Line>>>> =
            if lists { near.classes.par_iter().map(every).collect() } else { Vec::new() };
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
    fn pick(&self, Choice { size, one_in, seed }: Choice) -> (Near, Vec<Vec<usize>>) {
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
        let place = around.map(|cell| (cell, self.task.cells.len()));
        let taken = seats.iter().take(size * one_in).map(|&(_, class, _)| class);
        self.take_out(taken, |line| self.outside(line, one_in, place, mixed(seed, 4, 0)))
    }

    /// Take a person of each of these classes out of the best roster; `keeping` says what each must keep of their
    /// line.
    pub(super) fn take_out(
        &self,
        classes: impl Iterator<Item = usize>,
        keeping: impl Fn(usize) -> Fixing,
    ) -> (Near, Vec<Vec<usize>>) {
        let mut near = Near {
            counts: vec![0; self.task.classes.len()],
            classes: Vec::new(),
            fixings: vec![Fixing::default(); self.task.classes.len()],
            filled: self.best.filled(self.task, &self.pool),
            is_open: Vec::new(),
            others: 0,
        };
        let whole = near.filled.clone();
        let mut kept: Vec<Vec<usize>> = self.best.lines.clone();
        for class in classes {
            near.counts[class] += 1;
            if let Some(line) = kept[class].pop() {
                fill(&mut near.filled, &self.pool.columns[line].fills, -1);
                near.fixings[class] = keeping(line);
            }
        }
        near.classes = (0..near.counts.len()).filter(|&class| near.counts[class] > 0).collect();
        near.others = kept.iter().flatten().map(|&line| self.pool.columns[line].cost).sum();
        near.is_open = self.open_cells(&near);
        let cells = self.task.cells.iter().zip(&whole).zip(&near.is_open);
        near.others += cells
            .filter(|(_, is_open)| !**is_open)
            .map(|((cell, &units), _)| cell.cost(units))
            .sum::<i64>();
        (near, kept)
    }

    /// Cells that people taken out may fill otherwise.
    fn open_cells(&self, near: &Near) -> Vec<bool> {
        let mut is_open = vec![false; self.task.cells.len()];
        for &class in &near.classes {
            match self.source.open_cells(class, &near.fixings[class]) {
                Some(cells) => cells.iter().for_each(|&cell| is_open[cell as usize] = true),
                None => return vec![true; self.task.cells.len()],
            }
        }
        is_open
    }

    /// A line's choices outside a stretch of one in so many: the same stretch for the same luck, and where a cell is
    /// named, one about as far on as the cell is among the cells.
    #[expect(clippy::integer_division, reason = "a share of the choices")]
    fn outside(
        &self,
        line: usize,
        one_in: usize,
        cell: Option<(usize, usize)>,
        luck: u64,
    ) -> Fixing {
        let choices = &self.pool.columns[line].choices;
        if one_in == 1 {
            return Fixing::default();
        }
        let long = (choices.len() / one_in).clamp(choices.len().min(1), choices.len());
        let luck = |many: usize| usize::try_from(luck % (many as u64 + 1)).unwrap_or(0);
        let from = match cell {
            Some((cell, of)) => (choices.len() * cell / of.max(1)).saturating_sub(luck(long)),
            None => luck(choices.len() - long),
        };
        let from = from.min(choices.len() - long);
        let outside = choices[..from].iter().chain(&choices[from + long..]);
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

    /// Whether nothing better can be found here, as prices and the least lines of these people at them show.
    fn is_hopeless(&self, near: &Near, cells: &[i64], least: i128) -> bool {
        let task = self.task;
        let sum = task.cells.iter().zip(cells).zip(&near.filled).try_fold(
            least,
            |sum, ((cell, &price), &others)| {
                let cheapest = cheapest_count(cell, price, UNIT, 0)?;
                Some(sum + cheapest - i128::from(others) * i128::from(price))
            },
        );
        let goal = i128::from(self.best.cost - task.multiple - near.others) * i128::from(UNIT);
        sum.is_some_and(|sum| sum > goal)
    }

    /// Price lines for these people beside the others.
    fn price_near(&self, near: &Near, kept: &[Vec<usize>]) -> Option<PricedNear<S::Line>> {
        let mut pool = Pool::new(self.task.classes.len());
        let mut master =
            Master::open(self.task, &near.filled, &near.is_open, &near.counts, self.scale).ok()?;
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
        let mut is_hopeless = false;
        let mut solved = master.solve(Since::Added, self.clock)?;
        for _ in 0..ROUNDS {
            if is_over(self.clock) {
                return None;
            }
            let cells = whole_prices(self.task, &solved.cell_prices);
            let fixing = |class: usize| near.fixings[class].clone();
            let offered = price_all(self.source, &near.classes, &cells, fixing, A_ROUND);
            let least = |(class, offered): (&usize, &super::Priced<S::Line>)| {
                Some(i128::from(offered.least?) * i128::try_from(near.counts[*class]).ok()?)
            };
            let least = near.classes.iter().zip(&offered).map(least).sum::<Option<i128>>();
            if least.is_some_and(|least| self.is_hopeless(near, &cells, least)) {
                is_hopeless = true;
                break;
            }
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
        Some(PricedNear { lane: Lane { pool, master }, solved, known, is_hopeless })
    }
}
