//! A bound that no roster betters, worked out here from the solver's prices and not taken from it.
//!
//! For any prices of the rows, cost less priced rows is never more than a roster's cost where every row keeps
//! (Lagrange; Geoffrion 1974). Prices of the wrong sign are cut to 0, each column takes the better end of its
//! bounds, each person the cheapest line by exact search; so wrong prices weaken the bound and never break it.

use rayon::prelude::*;

use super::breaks::{Taste, Worth};
use super::chain::{self, Bounds, Prices};
use super::fatigue::{self, Timing};
use super::least;
use super::master::{Master, real};
use super::people::Kind;
use super::team::Team;

/// What is taken off a bound for the rounding of sums, as a share.
const ROUNDING: f64 = 1e-9;

/// What the lines cost in a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Costs {
    /// All that the scaled sum holds of them.
    Scaled,
    /// Their strain alone.
    Strain,
    /// Nothing: service alone is bounded.
    Nothing,
}

/// A bound on the scaled sum (or on its service part), none where the search for lines was cut short.
pub(super) fn lagrange(master: &Master, team: &Team, prices: &[f64], costs: Costs) -> Option<f64> {
    let model = master.open.model();
    let mut prices: Vec<f64> = prices.to_vec();
    for (price, row) in prices.iter_mut().zip(model.rows()) {
        // A row with only a lower end has a price of at least 0, with only an upper end at most 0.
        if !price.is_finite() {
            *price = 0.0;
        }
        if !row.low.is_finite() {
            *price = price.min(0.0);
        }
        if !row.high.is_finite() {
            *price = price.max(0.0);
        }
    }
    // The rows that count people are kept by the search for lines itself.
    master.people.iter().for_each(|row| prices[row.index()] = 0.0);

    let mut is_line = vec![false; model.columns().len()];
    master.lines.iter().for_each(|(_, column, _)| is_line[column.index()] = true);
    let mut reduced: Vec<f64> = model.columns().iter().map(|column| column.cost).collect();
    let mut bound = 0.0;
    let mut size = 0.0;
    for (row, &price) in model.rows().iter().zip(&prices) {
        if price == 0.0 {
            continue;
        }
        let part = price * if price > 0.0 { row.low } else { row.high };
        bound += part;
        size += part.abs();
        for &(column, weight) in &row.terms {
            reduced[column.index()] -= price * weight;
        }
    }
    for (place, column) in model.columns().iter().enumerate().filter(|(place, _)| !is_line[*place])
    {
        let part = reduced[place] * if reduced[place] > 0.0 { column.low } else { column.high };
        bound += part;
        size += part.abs();
    }
    let worths: Vec<Worth> = master.worths(team, &prices);
    let lines: Vec<Option<f64>> = worths
        .par_iter()
        .enumerate()
        .map(|(place, worth)| cheapest(team, place, worth, costs))
        .collect();
    for (kind, cheapest) in team.kinds.iter().zip(lines) {
        let part = real(kind.agents.len()) * cheapest?;
        bound += part;
        size += part.abs();
    }
    Some(bound - ROUNDING * size)
}

/// Open days up to which lines are searched once for each number of duties they may hold.
const COUNTED: usize = 7;

/// The least any line of a kind costs at these prices, never more than it really does; none where there is no line,
/// or the search for it was cut short.
fn cheapest(team: &Team, place: usize, worth: &Worth, costs: Costs) -> Option<f64> {
    let kind = &team.kinds[place];
    let taste = Taste { step: 5, evenness: 0.0 };
    let mut prices = team.prices(kind, worth, taste, costs == Costs::Scaled);
    let bounds = Bounds { owed: team.bounds[place].owed, ..Bounds::best(1) };
    let found = if costs == Costs::Nothing {
        least(kind, &prices, bounds)
    } else {
        prices.quick_return = team.quick_return();
        let counts = fatigue::counts_of_duties(kind);
        // Where so many duties may start that each is priced alone, counting them as well takes too long.
        let is_alone = Timing::bounded(fatigue::BOUNDED[0], kind, &team.weights).is_some()
            && !fatigue::is_carried(kind);
        if *counts.end() > COUNTED || is_alone {
            strained(team, kind, prices, bounds, costs)
        } else {
            // What strain adds to each duty depends on how many a line holds.
            let each = counts.map(|duties| {
                let bounds = Bounds { duties: Some(duties), ..bounds };
                strained(team, kind, prices.clone(), bounds, costs)
            });
            each.reduce(Least::or).unwrap_or(Least::Unknown)
        }
    };
    match found {
        Least::Costs(least) => Some(least),
        Least::NoLine | Least::Unknown => None,
    }
}

/// What a search for the cheapest line came to.
#[derive(Debug, Clone, Copy)]
enum Least {
    Costs(f64),
    NoLine,
    /// The search was cut short.
    Unknown,
}

impl Least {
    /// The cheaper line of two searches that look at different ones.
    fn or(self, other: Least) -> Least {
        match (self, other) {
            (Least::Costs(one), Least::Costs(other)) => Least::Costs(one.min(other)),
            (Least::Unknown, _) | (_, Least::Unknown) => Least::Unknown,
            (Least::NoLine, known) | (known, Least::NoLine) => known,
        }
    }

    /// The higher of two estimates of the same, each below it.
    fn raised_by(self, other: Least) -> Least {
        match (self, other) {
            (Least::Costs(one), Least::Costs(other)) => Least::Costs(one.max(other)),
            (Least::Unknown, known) | (known, Least::Unknown | Least::NoLine) => known,
            (Least::NoLine, _) => Least::NoLine,
        }
    }
}

/// The same with strain, and lines of so many duties as the bounds say.
fn strained(team: &Team, kind: &Kind, mut prices: Prices, bounds: Bounds, costs: Costs) -> Least {
    let duties = bounds.duties.map_or(fatigue::most_duties(kind), real);
    let always = least::add_strain(&mut prices, kind, team, duties);
    let mut weights = team.weights;
    if costs == Costs::Strain {
        weights.pull = 0.0;
    }
    let touching = || fatigue::BOUNDED.iter().filter_map(|&at| Timing::bounded(at, kind, &weights));
    let with = |put: &dyn Fn(&mut Prices)| {
        let mut prices = prices.clone();
        put(&mut prices);
        least(kind, &prices, bounds)
    };
    let carried = touching().map(|timing| with(&|prices| timing.enter(prices, kind)));
    let mut best = carried.reduce(Least::raised_by).unwrap_or_else(|| with(&|_| ()));
    if matches!(best, Least::Unknown) {
        let alone = touching().map(|timing| with(&|prices| timing.add_to(prices, kind)));
        best = alone.reduce(Least::raised_by).unwrap_or(Least::Unknown);
    }
    match best {
        Least::Costs(cost) => Least::Costs(cost + always),
        other => other,
    }
}

fn least(kind: &Kind, prices: &Prices, bounds: Bounds) -> Least {
    let chains = chain::cheapest(kind, prices, bounds);
    match chains.found.first() {
        _ if !chains.is_exact => Least::Unknown,
        Some(chain) => Least::Costs(chain.cost),
        None => Least::NoLine,
    }
}

/// What no roster's strain is below, as far as is proved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StrainBound {
    /// Points, whatever is short, up to `until`.
    alone: f64,
    /// Minutes short up to which the points hold.
    until: f64,
    /// What minutes short and points come to together in the scaled sum.
    together: f64,
}

impl StrainBound {
    /// Of the programme at these prices; none where the search for lines was cut short.
    pub(super) fn of(master: &Master, team: &Team, prices: &[f64]) -> Option<StrainBound> {
        if team.weights.strain <= 0.0 {
            return None;
        }
        let free = vec![0.0; prices.len()];
        let plain = lagrange(master, team, &free, Costs::Strain)?;
        let together = if prices.iter().all(|price| *price == 0.0) {
            plain
        } else {
            lagrange(master, team, prices, Costs::Strain)?
        };
        Some(StrainBound { alone: plain / team.weights.strain, until: f64::INFINITY, together })
    }

    /// What an earlier roster that left so many minutes short proved.
    pub(super) fn earlier(points: f64, short: f64) -> StrainBound {
        StrainBound { alone: points, until: short, together: f64::NEG_INFINITY }
    }

    /// Points that no roster is below that leaves no more minutes short.
    pub(super) fn at(self, short: f64, team: &Team) -> Option<f64> {
        let weights = &team.weights;
        let together = (self.together - weights.service * short) / weights.strain;
        (short <= self.until + 1e-6).then(|| self.alone.max(together).max(0.0))
    }
}
