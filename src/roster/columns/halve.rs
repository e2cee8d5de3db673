//! A better bound by cases: the units missing in all cells together are a whole number, which the programme is
//! free to break. Each case is a programme of its own; no roster costs less than the least of the cases.

use super::bound::{Within, lagrange_within, rounded_up};
use super::dive::Lane;
use super::master::{Master, Since, nearest, whole, whole_prices_within};
use super::pool::Pool;
use super::root::{NEGATIVE, price_all, reduced};
use super::search::Search;
use super::{Fixing, Lines, News, Prices, UNIT, is_over};

/// Cases at most.
const CASES: usize = 16;
/// Rounds of pricing in a case.
const ROUNDS: usize = 60;
/// Lines of each class a round.
const A_ROUND: usize = 4;
/// This near to a whole number is whole.
const NEARLY: f64 = 1e-4;

/// A case with what is known of it.
struct Case {
    bound: i64,
    within: Within,
    missing: f64,
}

impl<S: Lines> Search<'_, S> {
    /// Split by the units missing, worst case first, until the worst case is whole.
    pub(super) fn halve(&mut self, missing: f64) {
        let mut cases = vec![Case { bound: self.bound, within: Within::default(), missing }];
        let mut solved = 0;
        while solved < CASES && self.effort.nodes < self.budget.nodes && !self.is_done() {
            let Some(worst) = (0..cases.len()).min_by_key(|&case| cases[case].bound) else {
                return;
            };
            let case = cases.swap_remove(worst);
            let floor = nearest((case.missing + NEARLY).floor());
            if case.missing - whole(floor) < NEARLY {
                return;
            }
            let fewer = Within { high: Some(floor), ..case.within };
            let more = Within { low: Some(floor + 1), ..case.within };
            for within in [fewer, more] {
                solved += 1;
                self.effort.nodes += 1;
                let (bound, missing) = self.case(&within).unwrap_or((case.bound, 0.0));
                cases.push(Case { bound: bound.max(case.bound), within, missing });
            }
            // Cases that no better roster can lie in need no splitting.
            if let Some(least) = cases.iter().map(|case| case.bound).min() {
                self.prove(least);
            }
        }
        self.clock.news(News::Bound(self.bound));
    }

    /// The bound of one case, and the units missing in its programme.
    fn case(&mut self, within: &Within) -> Option<(i64, f64)> {
        let mut pool = Pool::new(self.task.classes.len());
        let hopeful = self.hopeful();
        for line in self.best.lines.iter().flatten().copied().chain(hopeful.iter().map(|it| it.1)) {
            pool.add(self.pool.class[line], &self.pool.columns[line]);
        }
        let counts: Vec<usize> = self.task.classes.iter().map(|class| class.count).collect();
        let (nobody, every) = (vec![0; self.task.cells.len()], vec![true; self.task.cells.len()]);
        let mut master = Master::open(self.task, &nobody, &every, &counts, self.scale).ok()?;
        for line in 0..pool.len() {
            master.add(&pool, line);
        }
        master
            .hold(within, (2.0 * whole(self.best.cost.abs()) + 1.0).min(5e5 * self.scale))
            .ok()?;
        let mut lane = Lane { pool, master };
        let classes: Vec<usize> = (0..self.task.classes.len()).collect();
        let mut best = i64::MIN;
        let mut missing = 0.0;
        for _ in 0..ROUNDS {
            if is_over(self.clock) {
                break;
            }
            let Some(solved) = lane.master.solve(Since::Added, self.clock) else { break };
            missing = solved.missing;
            let worth = nearest(solved.worth);
            let cells = whole_prices_within(self.task, &solved.cell_prices, worth);
            let offered = price_all(self.source, &classes, &cells, |_| Fixing::default(), A_ROUND);
            let least: Vec<Option<i64>> = offered.iter().map(|offered| offered.least).collect();
            let prices = Prices { cells: &cells, unit: UNIT };
            if let Some(sum) = lagrange_within(self.task, &prices, &least, within, worth) {
                best = best.max(rounded_up(sum, UNIT, self.task.multiple));
            }
            if best >= self.best.cost {
                break;
            }
            let mut is_new = false;
            for (class, offered) in offered.iter().enumerate() {
                for column in &offered.found {
                    if reduced(column, &solved, class) < NEGATIVE {
                        let (place, _) = lane.pool.add(class, column);
                        is_new |= lane.master.add(&lane.pool, place);
                    }
                }
            }
            if !is_new {
                break;
            }
        }
        Some((best, missing))
    }
}
