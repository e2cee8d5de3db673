//! Goals from the bound upwards: is there a roster that costs no more than this? Any line in such a roster costs at
//! most the goal less the bound beyond the cheapest of its class (Baldacci, Christofides & Mingozzi 2008). Where
//! those lines are few enough to list, a whole-number programme over all of them either finds the roster, which is
//! then the best there is, or refutes the goal, and the bound rises to the next.

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::near::Near;
use super::pool::Pool;
use super::search::Search;
use super::whole::Effort;
use super::{Column, Fixing, Lines, News, Prices, UNIT};

/// Lines of all people together that are searched to the end.
const MOST_LINES: usize = 12_000;
/// Nodes of the search for one goal.
const NODES: i32 = 2000;
/// Share of the time left for one goal.
const SHARE: f64 = 0.15;

impl<S: Lines> Search<'_, S> {
    /// Refute goals from the bound up, or reach one; until there are too many lines or a search does not end.
    pub(super) fn goals(&mut self) {
        while !self.is_done() && self.effort.nodes < self.budget.nodes {
            let goal = self.bound;
            let Some(pool) = self.within(goal) else { return };
            self.effort.nodes += 1;
            let stand_in = Some(goal + self.task.multiple);
            let effort = Effort { nodes: NODES, share: SHARE, stand_in, whole_slacks: true };
            let found = self.solve_whole(&pool, &Near::everybody(self.task), &effort);
            if let Some(roster) = &found.roster {
                // It reaches the goal, or costs no more than what stands in: then the goal is refuted all the same.
                self.take(roster, "every line");
            }
            if !found.is_exhausted {
                return;
            }
            self.prove(goal + self.task.multiple);
            self.clock.news(News::Bound(self.bound));
        }
    }

    /// All lines that a roster of this cost may hold; none where they are too many.
    fn within(&self, goal: i64) -> Option<Pool<S::Line>> {
        let room = i128::from(goal) * i128::from(UNIT) - self.lagrangian;
        let room = i64::try_from(room).ok()?;
        let prices = Prices { cells: &self.prices, unit: UNIT };
        let classes: Vec<usize> = (0..self.task.classes.len()).collect();
        let every = |&class: &usize| {
            let most = self.least[class].checked_add(room)?;
            self.source.every(class, &prices, &Fixing::default(), most, MOST_LINES)
        };
        let all: Option<Vec<Vec<Column<S::Line>>>> = classes.par_iter().map(every).collect();
        let all = all.filter(|all| all.iter().map(Vec::len).sum::<usize>() <= MOST_LINES)?;
        let mut pool = Pool::new(classes.len());
        for (class, column) in
            classes.iter().zip(&all).flat_map(|(class, of)| of.iter().map(move |it| (*class, it)))
        {
            pool.add(class, column);
        }
        Some(pool)
    }
}
