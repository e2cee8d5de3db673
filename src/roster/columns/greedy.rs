//! A first whole roster: everyone takes the line that is best for what the others leave, and then takes it anew
//! while that helps.
//!
//! A few people are priced at the same time against the same roster; each of their lines is weighed again
//! against what those before took.

use rayon::prelude::*;

use super::crew::{Crew, cells_cost, fill};
use super::pool::Pool;
use super::{Clock, Column, Fixing, Lines, NoLines, Prices, Task, UNIT, is_over};

/// Lines tried for one person.
const TRIED: usize = 4;
/// People priced at the same time; a fixed number, so that threads do not change the outcome.
const TOGETHER: usize = 4;
/// Share of the clock in which people are given a line with care; the others get one in haste.
const WITH_CARE: f64 = 0.2;

/// Give everyone a line.
pub(super) fn construct<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
    clock: &dyn Clock,
) -> Result<Crew, NoLines> {
    let mut filled = vec![0; task.cells.len()];
    let mut lines = vec![Vec::new(); task.classes.len()];
    let seats: Vec<usize> = task
        .classes
        .iter()
        .enumerate()
        .flat_map(|(class, of)| std::iter::repeat_n(class, of.count))
        .collect();
    let hurry = clock.seconds_left().map(|left| (1.0 - WITH_CARE) * left);
    for seats in seats.chunks(TOGETHER) {
        let is_late = hurry.zip(clock.seconds_left()).is_some_and(|(hurry, left)| left <= hurry);
        let find = |&class: &usize| {
            // When time is short, people still need a line each.
            let in_haste = is_late.then(|| hasty_for_the_rest(task, source, class, &filled));
            let found = in_haste
                .flatten()
                .map_or_else(|| for_the_rest(task, source, class, &filled), |line| vec![line]);
            if !found.is_empty() {
                return found;
            }
            // Prices may lead away from the few lines that somebody has.
            let nothing = Prices { cells: &vec![0; task.cells.len()], unit: UNIT };
            source.hasty(class, &nothing).into_iter().collect()
        };
        let found: Vec<Vec<Column<S::Line>>> = seats.par_iter().map(find).collect();
        for (&class, found) in seats.iter().zip(&found) {
            let (column, _) = best(task, found, &filled).ok_or(NoLines::Class(class))?;
            fill(&mut filled, &column.fills, 1);
            lines[class].push(pool.add(class, column).0);
            for column in found {
                pool.add(class, column);
            }
        }
    }
    Ok(Crew::of(lines, task, pool))
}

/// Let everyone in turn take their line anew until nobody alone can do better.
pub(super) fn polish<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
    crew: &Crew,
    clock: &dyn Clock,
) -> Crew {
    let seats: Vec<(usize, usize)> = crew
        .lines
        .iter()
        .enumerate()
        .flat_map(|(class, lines)| (0..lines.len()).map(move |seat| (class, seat)))
        .collect();
    let mut crew = crew.clone();
    let mut filled = crew.filled(task, pool);
    let mut since = 0;
    for seats_now in seats.chunks(TOGETHER).cycle() {
        if since >= seats.len() || is_over(clock) {
            break;
        }
        let known: &Pool<S::Line> = pool;
        let found: Vec<Vec<Column<S::Line>>> = seats_now
            .par_iter()
            .map(|&(class, seat)| {
                let mut others = filled.clone();
                fill(&mut others, &known.columns[crew.lines[class][seat]].fills, -1);
                for_the_rest(task, source, class, &others)
            })
            .collect();
        since += seats_now.len();
        for (&(class, seat), found) in seats_now.iter().zip(&found) {
            let old = crew.lines[class][seat];
            let before = cells_cost(&task.cells, &filled) + pool.columns[old].cost;
            fill(&mut filled, &pool.columns[old].fills, -1);
            let better = best(task, found, &filled).filter(|(_, cost)| *cost < before);
            let line = better.map_or(old, |(column, _)| pool.add(class, column).0);
            fill(&mut filled, &pool.columns[line].fills, 1);
            if line != old {
                crew.lines[class][seat] = line;
                since = 0;
            }
        }
    }
    Crew::of(crew.lines, task, pool)
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
