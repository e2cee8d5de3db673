//! A bound where lines are too long to be priced exactly again and again: the prices of the cells and of everyone's
//! own limits climb together by the volume algorithm (Barahona & Anbil 2000). With the limits priced, a person's
//! least line is a short path, quickly found.
//!
//! Every step gives a valid bound, in whole numbers; how far prices have climbed only says how good it is.

use rayon::prelude::*;

use super::bound::{lagrange, rounded_up};
use super::crew::fill;
use super::master::{nearest, whole, whole_prices};
use super::search::Search;
use super::{Below, Cell, Class, Lines, News, Prices, UNIT, is_over};

/// Even prices to begin with, in shares of what the first missing unit costs.
const EVEN: [f64; 6] = [0.0, 1.0, 0.6, 0.2, 0.8, 0.4];
/// Share of the way to the best roster's cost that the first steps take, and the most.
const STRIDE: f64 = 0.1;
const LONGEST: f64 = 2.0;
/// Steps in vain after which they are shortened.
const IN_VAIN: usize = 10;
/// Most that the latest lines count in the mean.
const NEWEST: f64 = 0.1;
/// People bounded between two looks at the clock.
const AT_ONCE: usize = 32;

/// Prices on their way up.
#[derive(Default)]
pub(super) struct Climb {
    /// What is known of the best prices so far; none before the first step.
    best: Option<Tried>,
    /// What the lines met so far leave short and go beyond, on the mean.
    mean: Vec<f64>,
    stride: f64,
    in_vain: usize,
}

/// What some prices came to.
struct Tried {
    /// Prices of the cells.
    cells: Vec<i64>,
    /// Prices of each class's own limits.
    own: Vec<Vec<i64>>,
    /// The bound, in units of price.
    bound: i128,
    /// Units missing in each cell and behind them limits gone beyond; below 0 what is over and kept.
    short: Vec<f64>,
}

impl Tried {
    /// All prices, as numbers that can be moved.
    fn prices(&self) -> Vec<f64> {
        self.cells.iter().chain(self.own.iter().flatten()).map(|&price| whole(price)).collect()
    }
}

impl<S: Lines> Search<'_, S> {
    /// Climb so many steps.
    pub(super) fn climb(&mut self, climb: &mut Climb, steps: usize) {
        let before = self.bound;
        for _ in 0..steps {
            if self.is_done() || self.effort.pricing >= self.budget.pricing {
                break;
            }
            self.effort.pricing += 1;
            if self.step(climb).is_none() {
                break;
            }
            if let Some(best) = &climb.best {
                self.prove(rounded_up(best.bound, UNIT, self.task.multiple));
            }
        }
        if self.bound > before {
            self.clock.news(News::Bound(self.bound));
        }
    }

    /// One step from the best prices towards what the mean lines leave short; none where there is no further one.
    #[expect(clippy::cast_precision_loss, reason = "the length of a step")]
    fn step(&self, climb: &mut Climb) -> Option<()> {
        let Some(best) = &climb.best else {
            // As many as there is time for.
            let even = EVEN.iter().map_while(|&share| self.even(share));
            let first = even.max_by_key(|tried| tried.bound)?;
            climb.mean.clone_from(&first.short);
            climb.stride = STRIDE;
            climb.best = Some(first);
            return Some(());
        };
        let old = best.prices();
        let short = self.free(&old, &climb.mean);
        let way = whole(self.best.cost) * whole(UNIT) - best.bound as f64;
        let long = climb.stride * way / dot(&short, &short).max(1.0);
        let moved: Vec<f64> =
            old.iter().zip(&short).map(|(price, short)| price + long * short).collect();
        let (cells, mut rest) = moved.split_at(best.cells.len());
        let of_class = |own: &Vec<i64>| {
            let (some, others) = rest.split_at(own.len());
            rest = others;
            some.iter().map(|&price| nearest(price.max(0.0))).collect()
        };
        let own = best.own.iter().map(of_class).collect();
        let tried = self.tried(whole_prices(self.task, cells), own)?;
        let newest = self.free(&old, &tried.short);
        let is_better = tried.bound > best.bound;
        // The newest lines count in the mean as much as leaves least short, within bounds.
        let apart: Vec<f64> = short.iter().zip(&newest).map(|(short, new)| short - new).collect();
        let share = dot(&short, &apart) / dot(&apart, &apart).max(1e-9);
        let share = share.clamp(0.1 * NEWEST, NEWEST);
        for (mean, new) in climb.mean.iter_mut().zip(&tried.short) {
            *mean += share * (new - *mean);
        }
        if is_better {
            climb.in_vain = 0;
            if dot(&short, &newest) >= 0.0 {
                climb.stride = (1.1 * climb.stride).min(LONGEST);
            }
            climb.best = Some(tried);
        } else {
            climb.in_vain += 1;
            if climb.in_vain >= IN_VAIN {
                climb.stride *= 0.8;
                climb.in_vain = 0;
            }
        }
        Some(())
    }

    /// What comes of the same share of what a missing unit costs in all cells.
    fn even(&self, share: f64) -> Option<Tried> {
        let dearest = |cell: &Cell| cell.under.first().map_or(0.0, |step| whole(step.each));
        let cells: Vec<f64> =
            self.task.cells.iter().map(|cell| share * dearest(cell) * whole(UNIT)).collect();
        let cells = whole_prices(self.task, &cells);
        let asked = Prices { cells: &cells, unit: UNIT };
        let own = self.of_everyone(|class| self.source.own_prices(class, &asked))?;
        self.tried(cells, own)
    }

    /// What is asked of everyone, a few at the same time; none where time is up, or somebody has none.
    fn of_everyone<T: Send>(&self, of: impl Fn(usize) -> Option<T> + Sync) -> Option<Vec<T>> {
        let classes: Vec<usize> = (0..self.task.classes.len()).collect();
        let mut found = Vec::with_capacity(classes.len());
        for some in classes.chunks(AT_ONCE) {
            if is_over(self.clock) {
                return None;
            }
            let some: Option<Vec<T>> = some.par_iter().map(|&class| of(class)).collect();
            found.extend(some?);
        }
        Some(found)
    }

    /// The bound at these prices of cells and of everyone's limits; none where time is up, or nobody can tell.
    fn tried(&self, cells: Vec<i64>, own: Vec<Vec<i64>>) -> Option<Tried> {
        let task = self.task;
        let asked = Prices { cells: &cells, unit: UNIT };
        let below: Vec<Below> =
            self.of_everyone(|class| self.source.below(class, &asked, &own[class]))?;
        let least: Vec<Option<i64>> = below.iter().map(|below| Some(below.least)).collect();
        let mut filled = vec![0; cells.len()];
        for (below, Class { count }) in below.iter().zip(&task.classes) {
            fill(&mut filled, &below.fills, i64::try_from(*count).ok()?);
        }
        let missing = task.cells.iter().zip(&cells).zip(&filled);
        let missing = missing.map(|((cell, &price), &units)| whole(wanted_at(cell, price) - units));
        let short = missing.chain(below.iter().flat_map(|below| below.beyond.iter().copied()));
        let (bound, short) = (lagrange(task, &asked, &least)?, short.collect());
        Some(Tried { cells, own, bound, short })
    }

    /// What is short, where prices can follow it: those of cells to what cells can pay, those of limits to nothing.
    fn free(&self, prices: &[f64], short: &[f64]) -> Vec<f64> {
        let of = |(place, (&price, &short)): (usize, (&f64, &f64))| {
            let end = |steps: &[super::Step]| {
                steps.last().map_or(0.0, |step| whole(step.each) * whole(UNIT))
            };
            let cell = self.task.cells.get(place);
            let (low, high) =
                cell.map_or((0.0, f64::INFINITY), |cell| (-end(&cell.over), end(&cell.under)));
            let is_stuck = (price >= high && short > 0.0) || (price <= low && short < 0.0);
            if is_stuck { 0.0 } else { short }
        };
        prices.iter().zip(short).enumerate().map(of).collect()
    }
}

/// The count at which a cell costs least where each unit has this price, in units of price.
fn wanted_at(cell: &Cell, price: i64) -> i64 {
    let beyond = |steps: &[super::Step], price: i64| -> i64 {
        let dear = steps.iter().take_while(|step| step.each.saturating_mul(UNIT) < price);
        dear.filter_map(|step| step.units).sum()
    };
    (cell.wanted - beyond(&cell.under, price) + beyond(&cell.over, -price)).max(0)
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
