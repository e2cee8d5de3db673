//! A bound that no roster betters, in whole numbers and from prices alone.
//!
//! For any prices, each person's cheapest line at them plus each cell's cheapest count at them is never more than
//! a roster costs (Lagrange; Geoffrion 1974). Prices come from the solver and may be wrong in the last digits; the
//! sum is ours and exact, so a wrong price weakens the bound and never breaks it.

use super::{Cell, Prices, Task};

/// The least cost of any roster, in units of price, from the least line of each class.
///
/// None where a cell's prices pay for units without end, or a class has no line.
pub(super) fn lagrange(task: &Task, prices: &Prices, least: &[Option<i64>]) -> Option<i128> {
    lagrange_within(task, prices, least, &Within::default(), 0)
}

/// A range for the units missing in all cells together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Within {
    /// At least so many.
    pub(super) low: Option<i64>,
    /// At most so many.
    pub(super) high: Option<i64>,
}

/// The least cost of any roster whose missing units lie within a range, `worth` being the price of one more of
/// them: above 0 for the low end, below for the high one.
pub(super) fn lagrange_within(
    task: &Task,
    prices: &Prices,
    least: &[Option<i64>],
    within: &Within,
    worth: i64,
) -> Option<i128> {
    let worth = match within {
        Within { low: Some(_), .. } if worth > 0 => worth,
        Within { high: Some(_), .. } if worth < 0 => worth,
        _ => 0,
    };
    let end = if worth > 0 { within.low } else { within.high };
    let mut sum = i128::from(worth) * i128::from(end.unwrap_or(0));
    for (class, least) in task.classes.iter().zip(least) {
        sum += i128::try_from(class.count).ok()? * i128::from((*least)?);
    }
    for (cell, &price) in task.cells.iter().zip(prices.cells) {
        sum += cheapest_count(cell, price, prices.unit, worth)?;
    }
    Some(sum)
}

/// The bound in units of cost, rounded up to what a cost can be.
pub(super) fn rounded_up(sum: i128, unit: i64, multiple: i64) -> i64 {
    let step = i128::from(unit) * i128::from(multiple.max(1));
    let whole = sum.div_euclid(step) + i128::from(sum.rem_euclid(step) != 0);
    i64::try_from(whole * i128::from(multiple.max(1))).unwrap_or(i64::MIN)
}

/// The least of the cell's cost plus its price, over all counts from 0 on.
///
/// Each unit missing costs `worth` less than it does.
pub(super) fn cheapest_count(cell: &Cell, price: i64, unit: i64, worth: i64) -> Option<i128> {
    let at = |count: i64| {
        let missing = (cell.wanted - count).max(0);
        i128::from(cell.cost(count)) * i128::from(unit) + i128::from(count) * i128::from(price)
            - i128::from(missing) * i128::from(worth)
    };
    // Straight between the counts where the slope changes, so that the least lies at one of them, or at the end.
    let last_over = cell.over.iter().find(|step| step.units.is_none()).map_or(0, |step| step.each);
    if i128::from(last_over) * i128::from(unit) + i128::from(price) < 0 {
        return None;
    }
    let mut least = at(0).min(at(cell.wanted.max(0)));
    let mut count = cell.wanted;
    for step in &cell.under {
        count -= step.units.unwrap_or(count.max(0));
        least = least.min(at(count.max(0)));
    }
    let mut count = cell.wanted;
    for step in &cell.over {
        count += step.units.unwrap_or(0);
        least = least.min(at(count.max(0)));
    }
    Some(least)
}

/// Prices cut to what a cell can pay: no more than its dearest missing unit, no less than its dearest extra one.
pub(super) fn clipped(cell: &Cell, price: i64, unit: i64, worth: i64) -> i64 {
    let dearest =
        |steps: &[super::Step]| steps.last().map_or(0, |step| step.each.saturating_mul(unit));
    price.clamp(-dearest(&cell.over), (dearest(&cell.under) - worth).max(-dearest(&cell.over)))
}
