//! A first whole roster: everyone in turn takes the line that is best for what the others leave, and then takes
//! it anew while that helps.

use super::crew::{Crew, cells_cost, fill};
use super::pool::Pool;
use super::{Clock, Fixing, Lines, NoLines, Prices, Task, UNIT, is_over};

/// Lines tried for one person.
const TRIED: usize = 4;

/// Give everyone a line, those first who were asked for first in `order`.
pub(super) fn construct<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
) -> Result<Crew, NoLines> {
    let mut filled = vec![0; task.cells.len()];
    let mut lines = vec![Vec::new(); task.classes.len()];
    for (class, of) in task.classes.iter().enumerate() {
        for _ in 0..of.count {
            let (line, _) =
                take(task, source, pool, class, &filled).ok_or(NoLines::Class(class))?;
            fill(&mut filled, &pool.columns[line].fills, 1);
            lines[class].push(line);
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
    for &(class, seat) in seats.iter().cycle() {
        if since >= seats.len() || is_over(clock) {
            break;
        }
        since += 1;
        let old = crew.lines[class][seat];
        let before = cells_cost(&task.cells, &filled) + pool.columns[old].cost;
        fill(&mut filled, &pool.columns[old].fills, -1);
        let found = take(task, source, pool, class, &filled).filter(|found| found.1 < before);
        let line = found.map_or(old, |found| found.0);
        fill(&mut filled, &pool.columns[line].fills, 1);
        if line != old {
            crew.lines[class][seat] = line;
            since = 0;
        }
    }
    Crew::of(crew.lines, task, pool)
}

/// The line of a class that costs least beside the others, and what cells and line then cost.
fn take<S: Lines>(
    task: &Task,
    source: &S,
    pool: &mut Pool<S::Line>,
    class: usize,
    filled: &[i64],
) -> Option<(usize, i64)> {
    let saved =
        |(cell, &units): (&super::Cell, &i64)| (cell.cost(units) - cell.cost(units + 1)) * UNIT;
    let cells: Vec<i64> = task.cells.iter().zip(filled).map(saved).collect();
    let priced =
        source.price(class, &Prices { cells: &cells, unit: UNIT }, &Fixing::default(), TRIED);
    let mut best: Option<(usize, i64)> = None;
    for column in &priced.found {
        let mut with = filled.to_vec();
        fill(&mut with, &column.fills, 1);
        let cost = cells_cost(&task.cells, &with) + column.cost;
        let (line, _) = pool.add(class, column);
        if best.is_none_or(|(_, known)| cost < known) {
            best = Some((line, cost));
        }
    }
    best
}
