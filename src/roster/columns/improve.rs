//! From the programme's shares of lines to whole rosters, better and better.

use rayon::prelude::*;

use super::dive::{Boldness, Dive, Lane, Whole};
use super::master::{Master, Solved};
use super::search::Search;
use super::{Lines, is_over};

/// Dives at the same time; a fixed number, so that threads do not change the outcome.
const LANES: usize = 2;

impl<S: Lines> Search<'_, S> {
    /// Search for better rosters until one is proved best, the budget is worked off or time is up.
    pub(super) fn improve(&mut self, master: Master, solved: &Solved) {
        let mut lanes = self.lanes(master);
        let people: usize = self.task.classes.iter().map(|class| class.count).sum();
        let part = |share: usize| people.div_ceil(share).max(1);
        let plans = [
            [(0.75, usize::MAX), (0.6, part(5))],
            [(0.75, part(5)), (0.6, part(20))],
            [(0.75, part(20)), (0.7, part(10))],
        ];
        for (round, plan) in plans.iter().cycle().enumerate() {
            if self.is_done() || self.effort.rounds >= self.budget.rounds {
                break;
            }
            self.effort.rounds += 1;
            self.dive_together(&mut lanes, plan, round as u64);
        }
        let _ = solved;
    }

    /// Models and pools to dive in.
    fn lanes(&self, master: Master) -> Vec<Lane<S::Line>> {
        let counts: Vec<usize> = self.task.classes.iter().map(|class| class.count).collect();
        let nobody = vec![0; self.task.cells.len()];
        let mut lanes = vec![Lane { pool: self.pool.clone(), master }];
        while lanes.len() < LANES {
            let Ok(mut master) = Master::open(self.task, &nobody, &counts, self.scale) else {
                break;
            };
            let open: Vec<usize> = lanes[0].master.open_lines().collect();
            for line in open {
                master.add(&self.pool, line);
            }
            lanes.push(Lane { pool: self.pool.clone(), master });
        }
        lanes
    }

    /// One dive a lane; what they found is shared afterwards.
    fn dive_together(&mut self, lanes: &mut [Lane<S::Line>], plan: &[(f64, usize)], round: u64) {
        let limit = self.best.cost;
        let (task, source, clock) = (self.task, self.source, self.clock);
        let seed = self.budget.seed.wrapping_add(round);
        let known = self.pool.len();
        let found: Vec<Option<Whole<S::Line>>> = lanes
            .par_iter_mut()
            .zip(plan.par_iter())
            .map(|(lane, &(threshold, at_once))| {
                let boldness = Boldness { threshold, at_once, seed };
                Dive { task, source, clock, limit, boldness }.run(lane)
            })
            .collect();
        for whole in found.into_iter().flatten() {
            self.take(&whole, "dive");
        }
        if is_over(self.clock) {
            return;
        }
        for lane in lanes.iter() {
            for line in known.min(lane.pool.len())..lane.pool.len() {
                self.pool.add(lane.pool.class[line], &lane.pool.columns[line]);
            }
        }
        for lane in lanes.iter_mut() {
            for line in 0..self.pool.len() {
                let (place, is_new) =
                    lane.pool.add(self.pool.class[line], &self.pool.columns[line]);
                if is_new {
                    lane.master.add(&lane.pool, place);
                }
            }
            lane.master.keep_only(|_| true);
        }
    }
}
