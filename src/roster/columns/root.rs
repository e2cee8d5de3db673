//! Lines priced in until none would better the programme, and the bound that comes of it.
//!
//! Prices are smoothed towards those of the best bound so far (Wentges 1997): they swing less, and fewer rounds
//! are needed. Only where smoothed prices find nothing are the programme's own asked.

use rayon::prelude::*;

use super::bound::{lagrange, rounded_up};
use super::master::{Since, Solved, whole_prices};
use super::search::Search;
use super::{Fixing, Lines, News, Priced, Prices, UNIT, is_over};
use crate::roster::columns::master::Master;

/// Share of the old prices in the smoothed ones.
const SMOOTHING: f64 = 0.6;
/// Lines of each class a round.
const A_ROUND: usize = 4;
/// Rounds of not being wanted after which a line is closed.
const PATIENCE: u32 = 8;
/// A line is new to the programme from this much below its price on, in units of price.
pub(super) const NEGATIVE: f64 = -2.0;

/// Price all classes at once.
pub(super) fn price_all<S: Lines>(
    source: &S,
    classes: &[usize],
    cells: &[i64],
    fixing: impl Fn(usize) -> Fixing + Sync,
    wanted: usize,
) -> Vec<Priced<S::Line>> {
    let prices = Prices { cells, unit: UNIT };
    classes.par_iter().map(|&class| source.price(class, &prices, &fixing(class), wanted)).collect()
}

impl<S: Lines> Search<'_, S> {
    /// Price lines in until the programme is solved, the rounds are used up or time is up.
    pub(super) fn root(&mut self, master: &mut Master) -> Option<Solved> {
        let classes: Vec<usize> = (0..self.task.classes.len()).collect();
        let mut centre: Option<Vec<f64>> = None;
        let mut best: Option<i128> = None;
        let mut latest = None;
        for _ in 0..self.budget.pricing {
            let Some(solved) = master.solve(Since::Added, self.clock) else { break };
            self.effort.pricing += 1;
            let own = &solved.cell_prices;
            let mut is_new = false;
            for smoothing in [SMOOTHING, 0.0] {
                let prices = match &centre {
                    Some(centre) if smoothing > 0.0 => blend(centre, own, smoothing),
                    None if smoothing > 0.0 => continue,
                    _ => own.clone(),
                };
                let cells = whole_prices(self.task, &prices);
                let offered =
                    price_all(self.source, &classes, &cells, |_| Fixing::default(), A_ROUND);
                let least: Vec<Option<i64>> = offered.iter().map(|class| class.least).collect();
                let bound = lagrange(self.task, &Prices { cells: &cells, unit: UNIT }, &least);
                if bound.is_some() && bound > best {
                    best = bound;
                    self.prices.clone_from(&cells);
                    self.least = least.iter().map(|least| least.unwrap_or(0)).collect();
                    centre = Some(prices);
                }
                if centre.is_none() {
                    centre = Some(own.clone());
                }
                is_new = self.put_in(master, &offered, &solved);
                if is_new || is_over(self.clock) {
                    break;
                }
            }
            if let Some(bound) = best {
                self.prove(rounded_up(bound, UNIT, self.task.multiple));
                self.lagrangian = self.lagrangian.max(bound);
            }
            latest = Some(solved);
            if !is_new || self.is_proved() {
                break;
            }
            master.purge(PATIENCE);
        }
        self.clock.news(News::Bound(self.bound));
        latest
    }

    /// Put lines in that the programme's own prices want; whether any was new.
    fn put_in(
        &mut self,
        master: &mut Master,
        offered: &[Priced<S::Line>],
        solved: &Solved,
    ) -> bool {
        let mut is_new = false;
        for (class, offered) in offered.iter().enumerate() {
            for column in &offered.found {
                if reduced(column, solved, class) < NEGATIVE {
                    let (line, _) = self.pool.add(class, column);
                    is_new |= master.add(&self.pool, line);
                }
            }
        }
        is_new
    }
}

/// What a line costs beyond its price, in units of price.
#[expect(clippy::cast_precision_loss, reason = "prices are compared with a tolerance")]
pub(super) fn reduced<L>(column: &super::Column<L>, solved: &Solved, class: usize) -> f64 {
    let worth: f64 = column
        .fills
        .iter()
        .map(|&(cell, units)| solved.cell_prices[cell as usize] * f64::from(units))
        .sum();
    (column.cost * UNIT) as f64 - worth - solved.class_prices[class]
}

fn blend(old: &[f64], new: &[f64], share: f64) -> Vec<f64> {
    old.iter().zip(new).map(|(old, new)| share * old + (1.0 - share) * new).collect()
}
