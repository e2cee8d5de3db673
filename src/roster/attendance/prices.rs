//! Prices of cells of minimum presence: what a minute of one more person there is worth.

use super::super::breaks::Worth;
use super::{Attendance, CELL};
use crate::id::AgentId;
use crate::units::Minutes;

/// Prices are whole multiples of this part of one, so that sums of them are exact.
const PARTS: f64 = 1_048_576.0;

/// A price a minute of each cell of each rule, never below 0 nor above 1: a missing minute counts once.
#[derive(Debug, Clone)]
pub(in super::super) struct CellPrices(Vec<Vec<f64>>);

impl CellPrices {
    /// One in every cell where somebody is asked for.
    pub(in super::super) fn even(attendance: &Attendance) -> CellPrices {
        CellPrices::by(attendance, |_, _| 1.0)
    }

    /// One in one cell of a rule, by its place.
    pub(in super::super) fn of_cell(
        attendance: &Attendance,
        rule: usize,
        cell: usize,
    ) -> CellPrices {
        CellPrices::by(attendance, |place, at| if (place, at) == (rule, cell) { 1.0 } else { 0.0 })
    }

    /// From a price by rule and cell, cut to small fractions.
    pub(super) fn by(attendance: &Attendance, price: impl Fn(usize, usize) -> f64) -> CellPrices {
        let cut = |price: f64| (price.clamp(0.0, 1.0) * PARTS).round() / PARTS;
        let rules = attendance.rules.iter().enumerate();
        let of = |(place, cells): (usize, usize)| {
            (0..cells).map(|cell| cut(price(place, cell))).collect()
        };
        CellPrices(rules.map(|(place, rule)| (place, rule.cells.len())).map(of).collect())
    }

    /// From prices of the cells of each rule.
    pub(in super::super) fn of_rules(rules: Vec<Vec<f64>>) -> CellPrices {
        CellPrices(rules)
    }

    /// Prices of the cells of each rule.
    pub(in super::super) fn by_rule(&self) -> &[Vec<f64>] {
        &self.0
    }

    /// This share of the way from other prices to these.
    pub(in super::super) fn towards(
        &self,
        attendance: &Attendance,
        from: &CellPrices,
        share: f64,
    ) -> CellPrices {
        let mixed = |from: f64, to: f64| from + share * (to - from);
        CellPrices::by(attendance, |rule, cell| mixed(from.0[rule][cell], self.0[rule][cell]))
    }

    /// What all that is asked for is worth, less what is there already.
    pub(in super::super) fn asked(&self, attendance: &Attendance) -> f64 {
        let rules = attendance.rules.iter().zip(&self.0);
        let cells = rules.flat_map(|(rule, prices)| {
            prices.iter().zip(&rule.before).map(|(price, before)| price * (rule.at_least - before))
        });
        Minutes(CELL).real() * cells.sum::<f64>()
    }

    /// Make minutes worth what they are at these prices to someone.
    pub(in super::super) fn raise(
        &self,
        attendance: &Attendance,
        agent: AgentId,
        worth: &mut Worth,
    ) {
        for (rule, prices) in attendance.rules.iter().zip(&self.0) {
            if rule.is_for(agent) {
                let cells = rule.cells.iter().zip(prices).filter(|(_, price)| **price > 0.0);
                let spans = cells.map(|(&cell, &price)| (cell, cell + CELL, price));
                worth.raise(rule.on_queue, spans);
            }
        }
    }
}
