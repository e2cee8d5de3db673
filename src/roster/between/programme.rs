//! The programme of minimum presence alone: how many minutes of people are missing at least, whatever else is given up.
//!
//! Lines may be mixed there, and need keep only the rules that the search for lines keeps exactly, so that what is
//! missing in it is missing in every roster. The bound is worked out from prices cut to small fractions, whose sums
//! are exact, and not taken from the solver ([`super::super::bound`]).

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::attendance::CELL;
use super::super::bound::{self, Costs};
use super::super::breaks::{Taste, Worth};
use super::super::chain::{self, Bounds};
use super::super::master::Master;
use super::super::people::{self, Kind};
use super::super::team::{Placed, Team};
use crate::duty::{Duty, Line};
use crate::linear::{Method, Options, Solution};
use crate::units::{Moment, Span};

/// Rounds of pricing at most.
const ROUNDS: usize = 60;
/// Lines of each kind a round at most.
const A_ROUND: usize = 3;
/// Prices are whole multiples of this part of one, so that sums of them are exact.
const PARTS: f64 = 1024.0;
/// Minutes of people below which nothing is missing.
const NOTHING: f64 = 1e-6;
/// How breaks are laid: on the clock of duties, only worth counts.
const PLAIN: Taste = Taste { step: CELL, evenness: 0.0 };
const PRIMAL: Options = Options { method: Method::Primal, presolve: false, ..Options::DEFAULT };

/// What the programme came to.
pub(super) struct Answer {
    /// Minutes of people that every roster misses at least; above 0: proved.
    pub(super) bound: f64,
    /// People missing in the programme: rule, first minute of a piece, how many.
    pub(super) absent: Vec<(usize, i64, f64)>,
    /// Prices that prove the bound, or the last ones.
    pub(super) prices: Vec<f64>,
    /// Lines that the programme gives people, by kind, the most first.
    pub(super) shares: Vec<Vec<(f64, Placed)>>,
    pub(super) master: Master,
}

impl Answer {
    /// Whether no roster keeps every rule.
    pub(super) fn is_impossible(&self) -> bool {
        self.bound > NOTHING
    }
}

/// Solve the programme of a team without other needs; none where somebody has no line or the solver gave up.
pub(super) fn solve(team: &Team) -> Option<Answer> {
    let edges = edges(team);
    let splits =
        |rule: usize, cell: i64| team.need.attendance.rules[rule].on_queue || edges.contains(&cell);
    let mut master = Master::of_presence(team, &splits).ok()?;
    // To begin with, what everyone would work if nobody else did.
    let nobody = team.need.nobody();
    for (place, kind) in team.kinds.iter().enumerate() {
        let everywhere = team.worth(kind, &nobody);
        let lines = best_lines(team, kind, &everywhere, f64::INFINITY);
        if lines.is_empty() {
            return None;
        }
        for placed in &lines {
            master.add(place, placed, team).ok()?;
        }
    }
    let mut bound = 0.0_f64;
    let mut last: Option<(Solution, Vec<f64>)> = None;
    for _ in 0..ROUNDS {
        let solution = master.open.solve(&PRIMAL).ok()?;
        let prices: Vec<f64> =
            solution.prices.iter().map(|it| (it * PARTS).round() / PARTS).collect();
        let is_met = solution.objective <= NOTHING;
        if !is_met {
            let found = bound::lagrange(&master, team, &prices, Costs::Nothing);
            bound = found.unwrap_or(0.0).max(0.0);
        }
        let is_new = !is_met && bound <= NOTHING && price_in(team, &mut master, &solution.prices);
        last = Some((solution, prices));
        if !is_new {
            break;
        }
    }
    let (solution, prices) = last?;
    let mut shares: Vec<Vec<(f64, Placed)>> = vec![Vec::new(); team.kinds.len()];
    for (kind, column, placed) in &master.lines {
        let many = solution.values.get(column.index()).copied().unwrap_or(0.0);
        if many > NOTHING {
            shares[*kind].push((many, placed.clone()));
        }
    }
    for lines in &mut shares {
        lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    }
    let absent = master.attendance.absent(&team.need.attendance, &solution.values);
    Some(Answer { bound, absent, prices, shares, master })
}

/// Minutes at which some duty starts or ends.
fn edges(team: &Team) -> BTreeSet<i64> {
    let frames = team.kinds.iter().flat_map(|kind| kind.days.iter().flatten());
    frames.flat_map(|frame| [frame.start, frame.end]).collect()
}

/// Add the lines of each kind that are worth most at these prices; whether any was new.
fn price_in(team: &Team, master: &mut Master, prices: &[f64]) -> bool {
    let found: Vec<Vec<Placed>> = master
        .worths(team, prices)
        .par_iter()
        .zip(&team.kinds)
        .zip(&master.people)
        .map(|((worth, kind), row)| best_lines(team, kind, worth, prices[row.index()] - NOTHING))
        .collect();
    master.add_all(&found, team)
}

/// Lines of a kind that are worth most.
fn best_lines(team: &Team, kind: &Kind, worth: &Worth, cutoff: f64) -> Vec<Placed> {
    let bounds = Bounds { owed: false, cutoff, ..Bounds::best(A_ROUND) };
    let priced = team.prices(kind, worth, PLAIN, false);
    let chains = chain::cheapest(kind, &priced, bounds).found;
    chains.iter().filter_map(|chain| unchecked(team, kind, chain, worth)).collect()
}

/// A line as the search for lines sees it, whatever else the law has against it.
fn unchecked(team: &Team, kind: &Kind, chain: &chain::Chain, worth: &Worth) -> Option<Placed> {
    let duties: Option<Vec<Duty>> = chain
        .duties
        .iter()
        .map(|&(day, place, block)| {
            let frame = kind.days[day][place];
            let span = Span::new(Moment(frame.start), Moment(frame.end));
            let off_queue = block.map(|block| (kind.owed[block].0.as_str(), kind.owed[block].1));
            people::build_duty(&kind.plans[frame.plan], span, worth, PLAIN, off_queue)
        })
        .collect();
    let line = Line { duties: duties?, ..Line::empty(kind.agents[0]) };
    Some(Placed { cost: 0.0, ..team.placed(line) })
}

/// The most that a line of a kind is worth; none where the search for it was cut short.
pub(super) fn most_worth(team: &Team, kind: &Kind, worth: &Worth) -> Option<f64> {
    let priced = team.prices(kind, worth, PLAIN, false);
    let chains = chain::cheapest(kind, &priced, Bounds { owed: false, ..Bounds::best(1) });
    chains.found.first().filter(|_| chains.is_exact).map(|chain| -chain.cost)
}
