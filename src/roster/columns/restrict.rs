//! The whole-number programme over the lines that cost least beyond the bound.

use super::Lines;
use super::improve::Find;
use super::near::Near;
use super::pool::Pool;
use super::search::Search;
use super::whole::Effort;

/// Lines in it at most.
const MOST_LINES: usize = 1500;
/// Share of the time left for it where it holds every known line that may win, and where it cannot.
const SHARE: f64 = 0.2;
const SHARE_OF_MANY: f64 = 0.05;
/// Nodes of its search.
const NODES: i32 = 200;

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
        let share = if hopeful.len() <= MOST_LINES { SHARE } else { SHARE_OF_MANY };
        let effort = Effort { nodes: NODES, share, stand_in: None, whole_slacks: true };
        let whole = self.solve_whole(&pool, &Near::everybody(self.task), &effort).roster;
        self.share(vec![Find { whole, ..Find::nothing("restricted") }]);
    }
}
