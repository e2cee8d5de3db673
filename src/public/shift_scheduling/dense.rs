//! The cheapest rosters of one person by dynamic programming over a whole table: day by day, over the shift and
//! run so far, weekends worked and time worked.
//!
//! Exact. Limits on types of shifts are rare, so their counters join the table only once a cheapest path breaks
//! them (state-space relaxation; Righini & Salani 2008). All values are whole, and no path pointers are kept:
//! a path is found again by looking for the value it came from.

mod every;
mod value;

use self::value::Value;
use super::levels::Levels;
use super::lines::{DayCosts, Limits, Path};

/// The cheapest paths.
pub(super) struct Cheapest {
    /// The least cost of any; none where there is no path.
    pub(super) least: Option<i64>,
    /// Paths, the best first, all different.
    pub(super) paths: Vec<Path>,
}

/// Cells of a table at most; four bytes each, on every thread, and eight where costs are large.
const MOST_CELLS: usize = 24_000_000;

/// The cheapest paths of a person at these costs, up to so many; none where the table would be too large.
pub(super) fn cheapest(limits: &Limits, costs: &DayCosts, wanted: usize) -> Option<Cheapest> {
    if is_narrow(costs) {
        solve::<i32, _>(limits, costs, |table| table.paths(wanted))
    } else {
        solve::<i64, _>(limits, costs, |table| table.paths(wanted))
    }
}

/// Every path that costs no more than `most`; none where there are more than `limit`, or the table would be too
/// large.
pub(super) fn every(
    limits: &Limits,
    costs: &DayCosts,
    most: i64,
    limit: usize,
) -> Option<Vec<Path>> {
    if is_narrow(costs) {
        solve::<i32, _>(limits, costs, |table| table.every(most, limit))?
    } else {
        solve::<i64, _>(limits, costs, |table| table.every(most, limit))?
    }
}

/// Whether all sums fit the narrow numbers.
fn is_narrow(costs: &DayCosts) -> bool {
    let size =
        |day: &Vec<Option<i64>>| day.iter().flatten().map(|cost| cost.abs()).max().unwrap_or(0);
    let drift: i64 = costs.iter().map(size).fold(0, i64::saturating_add);
    drift < i64::from(i32::NEVER) >> 2
}

/// What is asked of the table of these costs, types of shifts counted as the answer has it: it names a shift whose
/// limit must be counted too. None where the table would be too large.
fn solve<V: Value, R>(
    limits: &Limits,
    costs: &DayCosts,
    ask: impl Fn(&Table<V>) -> Result<R, usize>,
) -> Option<R> {
    let mut counted: Vec<usize> = Vec::new();
    loop {
        let counts =
            counted.iter().map(|&shift| limits.most_of[shift] + 1).fold(1, usize::saturating_mul);
        let cells = Levels::of(limits)
            .nodes()
            .saturating_mul((limits.most_weekends + 1) * (limits.most_steps + 1) * limits.days)
            .saturating_mul(counts);
        if cells > MOST_CELLS {
            return None;
        }
        let table = Table::<V>::fill(limits, costs, &counted);
        let answer = ask(&table);
        V::put_back(table.cells);
        match answer {
            Ok(answer) => return Some(answer),
            Err(shift) => counted.push(shift),
        }
    }
}

/// Costs by day, node, weekends, counted shifts and time.
struct Table<'a, V> {
    limits: &'a Limits,
    costs: &'a DayCosts,
    levels: Levels,
    /// Weekends 0 to the most.
    weekends: usize,
    /// Combinations of counted shifts.
    counts: usize,
    /// For each shift, what one more adds to the combination, and its limit; 0 where not counted.
    counted: Vec<(usize, usize)>,
    /// Steps of time 0 to the most.
    width: usize,
    /// Steps of time that may still lead to enough, by day, from and up to below.
    useful: Vec<(usize, usize)>,
    /// All days' cells; those of nodes that no path reaches hold old figures.
    cells: Vec<V>,
    /// Nodes that paths reach, by day.
    reached: Vec<Vec<bool>>,
}

/// A cell of one day's table.
#[derive(Clone, Copy)]
struct At {
    node: usize,
    weekends: usize,
    count: usize,
    time: usize,
}

impl<'a, V: Value> Table<'a, V> {
    fn fill(limits: &'a Limits, costs: &'a DayCosts, counting: &[usize]) -> Table<'a, V> {
        let mut counted = vec![(0, 0); limits.shifts.len()];
        let mut counts = 1;
        for &shift in counting {
            counted[shift] = (counts, limits.most_of[shift]);
            counts *= limits.most_of[shift] + 1;
        }
        let levels = Levels::of(limits);
        let (weekends, width) = (limits.most_weekends + 1, limits.most_steps + 1);
        let nodes = levels.nodes();
        let mut table = Table {
            limits,
            costs,
            levels,
            weekends,
            counts,
            counted,
            width,
            useful: limits.useful_steps(),
            cells: V::table(),
            reached: vec![vec![false; nodes]; limits.days],
        };
        let size = nodes * table.node_size();
        table.cells.resize(table.cells.len().max(limits.days * size), V::NEVER);
        let mut cells = std::mem::take(&mut table.cells);
        table.first_day(&mut cells[..size]);
        let mut least = vec![V::NEVER; table.node_size()];
        for day in 1..limits.days {
            let (done, rest) = cells.split_at_mut(day * size);
            table.next_day(day, &done[(day - 1) * size..], &mut rest[..size], &mut least);
        }
        table.cells = cells;
        table
    }

    /// A place within a day.
    fn place(&self, at: At) -> usize {
        ((at.node * self.weekends + at.weekends) * self.counts + at.count) * self.width + at.time
    }

    /// What a cell of a day holds.
    fn value(&self, day: usize, at: At) -> V {
        if self.reached[day][at.node] {
            self.cells[day * self.levels.nodes() * self.node_size() + self.place(at)]
        } else {
            V::NEVER
        }
    }

    /// Cells of one node.
    fn node_size(&self) -> usize {
        self.weekends * self.counts * self.width
    }

    fn first_day(&mut self, table: &mut [V]) {
        for (shift, cost) in self.costs[0].iter().enumerate() {
            let Some(cost) = cost else { continue };
            let at = if shift < self.limits.shifts.len() {
                if self.limits.steps[shift] >= self.width || self.limits.most_run == 0 {
                    continue;
                }
                At {
                    node: self.levels.work(self.levels.start(), shift),
                    weekends: 0,
                    count: self.counted[shift].0,
                    time: self.limits.steps[shift],
                }
            } else {
                let node = self.levels.rest(self.limits.least_rest);
                At { node, weekends: 0, count: 0, time: 0 }
            };
            self.node(0, at.node, table);
            table[self.place(at)] = V::of(*cost);
        }
    }

    /// The cells of a node that is reached from now on.
    fn node<'t>(&mut self, day: usize, node: usize, table: &'t mut [V]) -> &'t mut [V] {
        let size = self.node_size();
        let cells = &mut table[node * size..(node + 1) * size];
        if !std::mem::replace(&mut self.reached[day][node], true) {
            cells.fill(V::NEVER);
        }
        cells
    }

    fn next_day(&mut self, day: usize, before: &[V], table: &mut [V], least: &mut [V]) {
        let size = self.node_size();
        if let Some(cost) = self.costs[day][self.limits.shifts.len()] {
            self.rests(day, before, table, least, V::of(cost));
        }
        self.starts_run(day, before, table);
        // Shifts that the same shifts may come before share one search for the cheapest of them.
        let limits = self.limits;
        for level in 0..self.levels.count() {
            let Some(next) = self.levels.next(level) else { continue };
            for group in &limits.groups {
                if group.shifts.iter().all(|&shift| self.costs[day][shift].is_none()) {
                    continue;
                }
                let from = group.before.iter().map(|&shift| self.levels.work(level, shift));
                let from: Vec<usize> = from.filter(|&node| self.reached[day - 1][node]).collect();
                let Some((&one, others)) = from.split_first() else { continue };
                least.copy_from_slice(&before[one * size..(one + 1) * size]);
                for &node in others {
                    lower(least, &before[node * size..(node + 1) * size]);
                }
                for &shift in &group.shifts {
                    if let Some(cost) = self.costs[day][shift] {
                        // A weekend counts once: on Sunday only after a Saturday off.
                        let adds = usize::from(day % 7 == 5);
                        let node = self.levels.work(next, shift);
                        self.work(day, least, node, table, shift, V::of(cost), adds);
                    }
                }
            }
        }
    }

    fn rests(&mut self, day: usize, before: &[V], table: &mut [V], least: &mut [V], cost: V) {
        let size = self.node_size();
        let most = self.limits.least_rest;
        let ends = (0..self.levels.count()).filter(|&level| self.levels.may_end(level));
        let ends = ends
            .flat_map(|level| (0..self.limits.shifts.len()).map(move |shift| (level, shift)))
            .map(|(level, shift)| self.levels.work(level, shift))
            .filter(|&node| self.reached[day - 1][node]);
        let ends: Vec<usize> = ends.collect();
        if let Some((&one, others)) = ends.split_first() {
            least.copy_from_slice(&before[one * size..(one + 1) * size]);
            for &node in others {
                lower(least, &before[node * size..(node + 1) * size]);
            }
            lower_by(self.node(day, self.levels.rest(1), table), least, cost);
        }
        for days in 1..=most {
            let from = self.levels.rest(days);
            if self.reached[day - 1][from] {
                let to = self.levels.rest((days + 1).min(most));
                lower_by(self.node(day, to, table), &before[from * size..(from + 1) * size], cost);
            }
        }
    }

    fn starts_run(&mut self, day: usize, before: &[V], table: &mut [V]) {
        let size = self.node_size();
        let from = self.levels.rest(self.limits.least_rest);
        if self.limits.most_run == 0 || !self.reached[day - 1][from] {
            return;
        }
        let adds = usize::from(day % 7 == 5 || day % 7 == 6);
        for shift in 0..self.limits.shifts.len() {
            if let Some(cost) = self.costs[day][shift] {
                let from = &before[from * size..(from + 1) * size];
                self.work(day, from, self.levels.work(0, shift), table, shift, V::of(cost), adds);
            }
        }
    }

    /// Lower a node's cells by one more shift after another node's.
    #[expect(clippy::too_many_arguments, reason = "the inner step of the whole search")]
    fn work(
        &mut self,
        day: usize,
        from: &[V],
        node: usize,
        table: &mut [V],
        shift: usize,
        cost: V,
        adds: usize,
    ) {
        let (add, most) = self.counted[shift];
        let steps = self.limits.steps[shift];
        let (low, high) = self.useful[day];
        let low = low.max(steps);
        if low >= high || adds >= self.weekends {
            return;
        }
        let to = self.node(day, node, table);
        for weekends in 0..self.weekends - adds {
            for count in 0..self.counts {
                if add > 0 && worked(count, add, most) >= most {
                    continue;
                }
                let from_row = (weekends * self.counts + count) * self.width;
                let to_row = ((weekends + adds) * self.counts + count + add) * self.width;
                let from = &from[from_row + low - steps..from_row + high - steps];
                lower_by(&mut to[to_row + low..to_row + high], from, cost);
            }
        }
    }

    /// The best paths; the shift whose limit the very best breaks, if it does.
    fn paths(&self, wanted: usize) -> Result<Cheapest, usize> {
        let ends = self.ends(8 * wanted.max(1));
        let mut paths: Vec<Path> = Vec::new();
        for (rank, &(_, at)) in ends.iter().enumerate() {
            let path = self.path(at);
            match self.broken(&path) {
                Some(shift) if rank == 0 => return Err(shift),
                Some(_) => {}
                None if paths.iter().any(|known| known.days == path.days) => {}
                None => paths.push(path),
            }
            if paths.len() >= wanted {
                break;
            }
        }
        Ok(Cheapest { least: ends.first().map(|end| end.0.wide()), paths })
    }

    /// The cheapest cells of the last day, up to so many.
    fn ends(&self, most: usize) -> Vec<(V, At)> {
        let size = self.levels.nodes() * self.node_size();
        let last = &self.cells[(self.limits.days - 1) * size..self.limits.days * size];
        let mut ends: Vec<(V, usize)> = Vec::new();
        let mut bar = V::NEVER;
        for (row, values) in last.chunks(self.width).enumerate() {
            if !self.reached[self.limits.days - 1][self.at(row * self.width).node] {
                continue;
            }
            let from = self.limits.least_steps.min(values.len());
            for (time, &value) in values.iter().enumerate().skip(from) {
                if value.is_reached() && value < bar {
                    ends.push((value, row * self.width + time));
                    if ends.len() >= 4 * most {
                        ends.sort_unstable();
                        ends.truncate(most);
                        bar = ends[most - 1].0;
                    }
                }
            }
        }
        ends.sort_unstable();
        ends.truncate(most);
        ends.into_iter().map(|(value, place)| (value, self.at(place))).collect()
    }

    #[expect(clippy::integer_division, reason = "the parts of a place")]
    fn at(&self, place: usize) -> At {
        let (row, time) = (place / self.width, place % self.width);
        let (row, count) = (row / self.counts, row % self.counts);
        At { node: row / self.weekends, weekends: row % self.weekends, count, time }
    }

    /// The shift whose limit a path breaks.
    fn broken(&self, path: &Path) -> Option<usize> {
        let worked = |shift: usize| path.days.iter().filter(|&&it| it == shift).count();
        (0..self.limits.shifts.len()).find(|&shift| worked(shift) > self.limits.most_of[shift])
    }

    /// The path to a cell of the last day.
    fn path(&self, end: At) -> Path {
        let mut days = vec![0; self.limits.days];
        let mut at = end;
        for day in (0..self.limits.days).rev() {
            let shift = self.shift_of(at.node);
            days[day] = shift;
            if day > 0 {
                at = self.came_from(day, at, shift);
            }
        }
        Path { days }
    }

    fn shift_of(&self, node: usize) -> usize {
        let works = self.levels.count() * self.levels.shifts;
        if node < works { node % self.levels.shifts } else { self.levels.shifts }
    }

    /// The cell of the day before whose value leads to this one.
    fn came_from(&self, day: usize, at: At, shift: usize) -> At {
        let cost = V::of(self.costs[day][shift].unwrap_or(0));
        let wanted = self.value(day, at) - cost;
        let fits = |from: &At| self.value(day - 1, *from) == wanted;
        self.sources(day, at, shift)
            .into_iter()
            .find(fits)
            .expect("a reached value came from one of its sources")
    }

    #[expect(clippy::integer_division, reason = "a node's level")]
    fn sources(&self, day: usize, at: At, shift: usize) -> Vec<At> {
        let levels = &self.levels;
        let mut sources = Vec::new();
        if shift == levels.shifts {
            let days = at.node - levels.rest(1) + 1;
            if days == 1 {
                let ends = (0..levels.count()).filter(|&level| levels.may_end(level));
                for level in ends {
                    let from = |shift| At { node: levels.work(level, shift), ..at };
                    sources.extend((0..levels.shifts).map(from));
                }
            } else {
                sources.push(At { node: levels.rest(days - 1), ..at });
            }
            if days == levels.least_rest {
                sources.push(at);
            }
            return sources;
        }
        let level = at.node / levels.shifts;
        let time = at.time - self.limits.steps[shift];
        let count = at.count - self.counted[shift].0;
        let less = |adds: usize| at.weekends.checked_sub(adds);
        if level == 0
            && let Some(weekends) = less(usize::from(day % 7 == 5 || day % 7 == 6))
        {
            sources.push(At { node: levels.rest(levels.least_rest), weekends, count, time });
        }
        if let Some(weekends) = less(usize::from(day % 7 == 5)) {
            for from in (0..levels.count()).filter(|&from| levels.next(from) == Some(level)) {
                let before = (0..levels.shifts).filter(|&it| self.limits.may_follow[it][shift]);
                sources.extend(before.map(|it| At {
                    node: levels.work(from, it),
                    weekends,
                    count,
                    time,
                }));
            }
        }
        sources
    }
}

fn lower<V: Value>(to: &mut [V], from: &[V]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = (*to).min(from);
    }
}

fn lower_by<V: Value>(to: &mut [V], from: &[V], cost: V) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = (*to).min(from + cost);
    }
}

/// How many of a counted shift a combination holds.
#[expect(clippy::integer_division, reason = "digits of a number in a mixed base")]
fn worked(count: usize, add: usize, most: usize) -> usize {
    (count / add) % (most + 1)
}
