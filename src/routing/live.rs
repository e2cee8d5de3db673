//! Live work, interval by interval: a small linear programme each.
//!
//! Minimise wages of the minutes used, plus the price of crowding, of passing the occupancy cap and, far
//! above, of leaving contacts to nobody:
//!
//! ```text
//! sum_p y[k,p] + none[k] = arrivals[k]
//! sum_k handle[k,p] y[k,p] <= steps of occupancy up to the cap, each dearer, and past it at a price
//! sum_k (handle + recovery)[k,p] y[k,p] <= minutes there[p]
//! ```
//!
//! A minute of people who are spared for their tickets costs more. Cheap tiers fill first, and those who alone can take hard work stay free for it, because a contact left
//! to nobody costs more than any wage.

use rayon::prelude::*;

use crate::linear::{ColumnId, Model, Options};

use super::Split;
use super::work::Work;

/// Steps of occupancy, as shares of the cap, and what a minute in the step costs on top of the wage, in mean
/// wages (assumption): an even load strains less than one pool full beside an empty one.
const STEPS: [(f64, f64); 3] = [(0.6, 0.0), (0.25, 0.15), (0.15, 0.4)];

/// What a minute past the cap costs, and a minute of work that nobody does, in mean wages.
const PAST_CAP: f64 = 5.0;
const UNSERVED: f64 = 100.0;

/// Who takes which live work.
pub(super) struct LiveSplit {
    pub(super) contacts: Split,
    /// Contacts nobody has time for, by stream and interval.
    pub(super) unserved: Vec<Vec<f64>>,
    /// Minutes on live contacts, and these with the rest owed for them, by pool and interval.
    pub(super) minutes: Vec<Vec<f64>>,
    pub(super) minutes_and_rest: Vec<Vec<f64>>,
}

impl LiveSplit {
    /// Contacts that nobody has time for.
    pub(super) fn dropped(&self) -> f64 {
        self.unserved.iter().flatten().sum()
    }
}

/// Split live work; `spared` is what a minute costs on top, by pool and interval, in mean wages.
pub(super) fn split(work: &Work, spared: &[Vec<f64>]) -> LiveSplit {
    let intervals = work.lengths.len();
    let solved: Vec<Vec<Vec<f64>>> = (0..intervals)
        .into_par_iter()
        .map(|interval| split_interval(work, spared, interval))
        .collect();
    let (streams, pools) = (work.streams.len(), work.there.len());
    let mut split = LiveSplit {
        contacts: vec![vec![vec![0.0; intervals]; pools]; streams],
        unserved: vec![vec![0.0; intervals]; streams],
        minutes: vec![vec![0.0; intervals]; pools],
        minutes_and_rest: vec![vec![0.0; intervals]; pools],
    };
    for (interval, taken) in solved.iter().enumerate() {
        for (stream, its) in work.streams.iter().enumerate().filter(|(_, its)| its.is_live) {
            let mut left = its.arrivals[interval];
            for &pool in &its.pools {
                let contacts = taken[stream][pool];
                left -= contacts;
                split.contacts[stream][pool][interval] = contacts;
                split.minutes[pool][interval] += contacts * its.handle[pool];
                split.minutes_and_rest[pool][interval] +=
                    contacts * (its.handle[pool] + its.recovery);
            }
            split.unserved[stream][interval] = if left > 1e-9 { left } else { 0.0 };
        }
    }
    split
}

/// Contacts by stream and pool in one interval.
fn split_interval(work: &Work, spared: &[Vec<f64>], interval: usize) -> Vec<Vec<f64>> {
    let pools = work.there.len();
    let mut taken = vec![vec![0.0; pools]; work.streams.len()];
    let wage = work.wages.iter().copied().fold(1e-3, f64::max);
    let mut model = Model::default();
    let mut chosen: Vec<(usize, usize, ColumnId)> = Vec::new();
    let mut loads: Vec<Vec<(ColumnId, f64)>> = vec![Vec::new(); pools];
    let mut loads_and_rest: Vec<Vec<(ColumnId, f64)>> = vec![Vec::new(); pools];

    for (stream, its) in work.streams.iter().enumerate() {
        let arrivals = its.arrivals[interval];
        if !its.is_live || arrivals <= 0.0 || !work.is_staffed(stream, interval) {
            continue;
        }
        let dearest = its.pools.iter().map(|&pool| its.handle[pool]).fold(1e-3, f64::max);
        let none = model.column(
            format!("none[{stream}]"),
            0.0,
            arrivals,
            UNSERVED * wage * dearest / f64::from(its.priority.max(1)).sqrt(),
        );
        let mut terms = vec![(none, 1.0)];
        for &pool in its.pools.iter().filter(|&&pool| work.there[pool][interval] > 1e-9) {
            let handle = its.handle[pool];
            let name = format!("takes[{stream},{pool}]");
            let minute = work.wages[pool] + spared[pool][interval] * wage;
            let column = model.column(name, 0.0, arrivals, handle * minute);
            terms.push((column, 1.0));
            loads[pool].push((column, handle));
            loads_and_rest[pool].push((column, handle + its.recovery));
            chosen.push((stream, pool, column));
        }
        model.exactly(format!("all[{stream}]"), &terms, arrivals);
    }
    if chosen.is_empty() {
        return taken;
    }
    for pool in 0..pools {
        if loads[pool].is_empty() {
            continue;
        }
        let there = work.there[pool][interval];
        let room = there * work.caps[pool];
        for (step, (share, price)) in STEPS.into_iter().enumerate() {
            let name = format!("step[{pool},{step}]");
            let column = model.column(name, 0.0, share * room, price * wage);
            loads[pool].push((column, -1.0));
        }
        let past = (there - room).max(0.0);
        let column = model.column(format!("past[{pool}]"), 0.0, past, PAST_CAP * wage);
        loads[pool].push((column, -1.0));
        model.at_most(format!("live[{pool}]"), &loads[pool], 0.0);
        model.at_most(format!("there[{pool}]"), &loads_and_rest[pool], there);
    }
    // Leaving everything to nobody satisfies every row, so only numbers no solver takes can fail here.
    if let Ok(solution) = model.solve(&Options::default()) {
        for (stream, pool, column) in chosen {
            taken[stream][pool] = solution.value(column).max(0.0);
        }
    }
    taken
}
