//! A whole roster as lines of the pool, and its cost.

use super::pool::Pool;
use super::{Cell, Task};

/// Everyone's line, as places in the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Crew {
    /// Lines by class, as many as it counts.
    pub(super) lines: Vec<Vec<usize>>,
    /// What it costs, cells included.
    pub(super) cost: i64,
}

impl Crew {
    /// A roster of these lines.
    pub(super) fn of<L: Clone + Ord>(lines: Vec<Vec<usize>>, task: &Task, pool: &Pool<L>) -> Crew {
        let mut crew = Crew { lines, cost: 0 };
        let own: i64 = crew.lines.iter().flatten().map(|&line| pool.columns[line].cost).sum();
        let filled = crew.filled(task, pool);
        crew.cost = own + cells_cost(&task.cells, &filled);
        crew
    }

    /// Units in each cell.
    pub(super) fn filled<L: Clone + Ord>(&self, task: &Task, pool: &Pool<L>) -> Vec<i64> {
        let mut filled = vec![0; task.cells.len()];
        for &line in self.lines.iter().flatten() {
            fill(&mut filled, &pool.columns[line].fills, 1);
        }
        filled
    }
}

/// Add a line's units to the cells, so many times.
pub(super) fn fill(filled: &mut [i64], fills: &[(u32, i32)], times: i64) {
    for &(cell, units) in fills {
        filled[cell as usize] += i64::from(units) * times;
    }
}

/// What cells filled so cost.
pub(super) fn cells_cost(cells: &[Cell], filled: &[i64]) -> i64 {
    cells.iter().zip(filled).map(|(cell, &units)| cell.cost(units)).sum()
}
