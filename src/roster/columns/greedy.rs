//! A first whole roster: everyone takes the line that is best for what the others leave, and then takes it anew
//! while that helps.

use super::crew::{Crew, cells_cost, fill};
use super::pool::Pool;
use super::{Clock, Column, Fixing, Lines, NoLines, Prices, Task, UNIT, is_over};
use crate::roster::turns::{self, Turns};

/// Lines tried for one person.
const TRIED: usize = 4;
/// Share of the clock in which people are given a line with care; the others get one in haste.
const WITH_CARE: f64 = 0.2;

/// Give everyone a line.
pub(super) fn construct<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
    clock: &dyn Clock,
) -> Result<Crew, NoLines> {
    let hurry = clock.seconds_left().map(|left| (1.0 - WITH_CARE) * left);
    let lines = vec![Vec::new(); task.classes.len()];
    let filled = vec![0; task.cells.len()];
    let seats = Seats { task, source, pool, lines, filled, clock };
    let mut empty = Empty { seats, hurry, without: None };
    let classes = task.classes.iter().enumerate();
    let turns: Vec<usize> =
        classes.flat_map(|(class, of)| std::iter::repeat_n(class, of.count)).collect();
    turns::once(&mut empty, &turns);
    empty.without.map_or_else(|| Ok(empty.seats.crew()), |class| Err(NoLines::Class(class)))
}

/// Let everyone in turn take their line anew until nobody alone can do better.
pub(super) fn polish<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
    crew: &Crew,
    clock: &dyn Clock,
) -> Crew {
    let (lines, filled) = (crew.lines.clone(), crew.filled(task, pool));
    let seats = |(class, lines): (usize, &Vec<usize>)| (0..lines.len()).map(move |at| (class, at));
    let turns: Vec<(usize, usize)> = lines.iter().enumerate().flat_map(seats).collect();
    let mut seats = Seats { task, source, pool, lines, filled, clock };
    turns::in_turn(&mut seats, &turns, usize::MAX, &|seats| is_over(seats.clock));
    seats.crew()
}

/// Everyone's seat, and what those with a line fill.
struct Seats<'a, S: Lines> {
    task: &'a Task,
    source: &'a S,
    pool: &'a mut Pool<S::Line>,
    /// Lines by class.
    lines: Vec<Vec<usize>>,
    filled: Vec<i64>,
    clock: &'a dyn Clock,
}

impl<S: Lines> Seats<'_, S> {
    fn crew(self) -> Crew {
        Crew::of(self.lines, self.task, self.pool)
    }
}

impl<S: Lines> Turns for Seats<'_, S> {
    /// A class, and a seat of it.
    type Turn = (usize, usize);
    type Found = ((usize, usize), Vec<Column<S::Line>>);
    type Room = ();

    fn look(&self, &(class, seat): &(usize, usize), (): &mut ()) -> Option<Self::Found> {
        let mut others = self.filled.clone();
        fill(&mut others, &self.pool.columns[self.lines[class][seat]].fills, -1);
        Some(((class, seat), for_the_rest(self.task, self.source, class, &others)))
    }

    /// Each line is weighed again against what those before took.
    fn take(&mut self, found: Vec<Option<Self::Found>>) -> bool {
        let mut is_better = false;
        for ((class, seat), found) in found.into_iter().flatten() {
            let old = self.lines[class][seat];
            let before = cells_cost(&self.task.cells, &self.filled) + self.pool.columns[old].cost;
            fill(&mut self.filled, &self.pool.columns[old].fills, -1);
            let better = best(self.task, &found, &self.filled).filter(|(_, cost)| *cost < before);
            let line = better.map_or(old, |(column, _)| self.pool.add(class, column).0);
            fill(&mut self.filled, &self.pool.columns[line].fills, 1);
            is_better |= line != old;
            self.lines[class][seat] = line;
        }
        is_better
    }
}

/// Seats that nobody has yet.
struct Empty<'a, S: Lines> {
    seats: Seats<'a, S>,
    /// Seconds left from which on people get a line in haste.
    hurry: Option<f64>,
    /// A class without any line.
    without: Option<usize>,
}

impl<S: Lines> Turns for Empty<'_, S> {
    /// A class.
    type Turn = usize;
    type Found = (usize, Vec<Column<S::Line>>);
    type Room = ();

    fn look(&self, &class: &usize, (): &mut ()) -> Option<Self::Found> {
        let Empty { seats, hurry, .. } = self;
        let left = seats.clock.seconds_left();
        let is_late = hurry.zip(left).is_some_and(|(hurry, left)| left <= hurry);
        // When time is short, people still need a line each.
        let in_haste =
            is_late.then(|| hasty_for_the_rest(seats.task, seats.source, class, &seats.filled));
        let mut found = in_haste.flatten().map_or_else(
            || for_the_rest(seats.task, seats.source, class, &seats.filled),
            |line| vec![line],
        );
        if found.is_empty() {
            // Prices may lead away from the few lines that somebody has.
            let nothing = Prices { cells: &vec![0; seats.task.cells.len()], unit: UNIT };
            found.extend(seats.source.hasty(class, &nothing));
        }
        Some((class, found))
    }

    fn take(&mut self, found: Vec<Option<Self::Found>>) -> bool {
        let Empty { seats, without, .. } = self;
        for (class, found) in found.into_iter().flatten() {
            let Some((column, _)) = best(seats.task, &found, &seats.filled) else {
                *without = without.or(Some(class));
                continue;
            };
            fill(&mut seats.filled, &column.fills, 1);
            seats.lines[class].push(seats.pool.add(class, column).0);
            for column in &found {
                seats.pool.add(class, column);
            }
        }
        true
    }
}

/// What one more unit in each cell saves.
fn saved(task: &Task, others: &[i64]) -> Vec<i64> {
    let saved =
        |(cell, &units): (&super::Cell, &i64)| (cell.cost(units) - cell.cost(units + 1)) * UNIT;
    task.cells.iter().zip(others).map(saved).collect()
}

/// A line of a class found in haste beside the others.
fn hasty_for_the_rest<S: Lines>(
    task: &Task,
    source: &S,
    class: usize,
    others: &[i64],
) -> Option<Column<S::Line>> {
    source.hasty(class, &Prices { cells: &saved(task, others), unit: UNIT })
}

/// Lines of a class that are good beside the others: each cell priced at what one more unit there saves.
fn for_the_rest<S: Lines>(
    task: &Task,
    source: &S,
    class: usize,
    others: &[i64],
) -> Vec<Column<S::Line>> {
    let cells = saved(task, others);
    source.price(class, &Prices { cells: &cells, unit: UNIT }, &Fixing::default(), TRIED).found
}

/// The best of some lines beside the others, and what it and all cells then cost.
fn best<'a, L>(
    task: &Task,
    found: &'a [Column<L>],
    others: &[i64],
) -> Option<(&'a Column<L>, i64)> {
    let weighed = found.iter().map(|column| {
        let mut with = others.to_vec();
        fill(&mut with, &column.fills, 1);
        (column, cells_cost(&task.cells, &with) + column.cost)
    });
    weighed.min_by_key(|weighed| weighed.1)
}
