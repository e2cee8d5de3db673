//! Lines priced into the programme round by round until none would better it (column generation,
//! Gilmore & Gomory 1961), and a first whole roster rounded from it.

use rayon::prelude::*;

use super::bound::{self, Costs, StrainBound};
use super::breaks::{Taste, Worth};
use super::chain::{self, Bounds};
use super::master::Master;
use super::search::State;
use super::team::{Placed, Team};
use super::whole::Corner;
use super::{Assigned, Watch};
use crate::id::AgentId;
use crate::linear::{Method, Options, Proof, Solution};

/// Lines of each kind a round at most, where kinds are few.
const A_ROUND: usize = 24;
/// Lines of all kinds a round, about: the programme grows by these.
const IN_ALL: usize = 600;
/// Rounds in which a line that nobody works stays in the programme.
const PATIENCE: usize = 3;
/// Rounds end when the programme is within this share of the bound.
const CLOSE: f64 = 2e-3;
/// Rounds end when so many in a row lower the programme by less than this share each.
const TAILING: (usize, f64) = (2, 3e-3);

/// Parts of the way from the prices of the best bound to new ones that are gone one after the other, while it rises.
const PARTS: [f64; 3] = [0.25, 0.5, 1.0];
/// How the programme is solved between rounds: inner points give prices that settle soon.
const BETWEEN: Options = Options { method: Method::Ipm { crossover: false }, ..Options::DEFAULT };

/// What the rounds came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Generated {
    /// No roster's scaled sum is below.
    pub(super) bound: Option<f64>,
    /// No roster leaves fewer minutes short.
    pub(super) service: Option<f64>,
    /// What strain no roster is below.
    pub(super) strain: Option<StrainBound>,
    /// Lines with how many people work them, by kind, the most first.
    pub(super) shares: Vec<Vec<(f64, Placed)>>,
    /// What minutes are worth to each kind at the prices of the programme.
    pub(super) worths: Vec<Worth>,
    /// Rounds done.
    pub(super) rounds: usize,
    /// Lines priced in.
    pub(super) lines: usize,
}

impl Generated {
    /// What was proved for an earlier roster of this scaled sum holds for every other one.
    pub(super) fn proved(from: &Assigned, total: f64) -> Generated {
        let bound = match from.proof {
            super::Proof::Optimal => Some(total),
            super::Proof::WithinGap(gap) => Some(total * (1.0 - gap)),
            super::Proof::Stopped => None,
        };
        let of = |aim: &str| from.levels.iter().find(|level| level.aim == aim);
        let certified = |aim: &str| of(aim).filter(|level| level.certified);
        let service = certified("service").map(|level| level.bound);
        let strain = certified("strain").zip(of("service"));
        let strain = strain.map(|(own, short)| StrainBound::earlier(own.bound, short.value));
        Generated { bound, service, strain, ..Generated::default() }
    }
}

/// Price lines in, starting from those of a roster; gives what came of it and the programme at its corner.
pub(super) fn generate(
    team: &Team,
    start: &State,
    rounds: usize,
    watch: &dyn Watch,
) -> (Generated, Option<Corner>) {
    let mut generated = Generated { bound: Some(0.0), service: Some(0.0), ..Generated::default() };
    let Ok(mut master) = Master::of(team) else { return (generated, None) };
    for placed in &start.lines {
        let kind = team.kind_of[crate::id::Id::index(placed.line.agent)];
        if master.add(kind, placed, team).is_err() {
            return (generated, None);
        }
    }
    let mut proved = Proved::plainly(&master, team);
    let mut last: Option<Solution> = None;
    let mut tailing = 0;
    for round in 0..rounds {
        if watch.is_stopped() {
            break;
        }
        watch.step("pricing lines", 0.3 + 0.2 * share(round, rounds));
        let Ok(solution) = master.open.solve(&BETWEEN) else { break };
        generated.rounds = round + 1;
        let lowered =
            last.as_ref().map_or(f64::INFINITY, |last| last.objective - solution.objective);
        tailing = if lowered < TAILING.1 * solution.objective.abs() { tailing + 1 } else { 0 };
        let is_last = tailing >= TAILING.0 || round + 1 == rounds;
        let is_close = solution.objective - proved.bound <= CLOSE * solution.objective.abs();
        let is_new = !is_close && !is_last && price_in(team, &mut master, &solution.prices);
        master.forget_idle(&solution.values, PATIENCE);
        last = Some(solution);
        if !is_new {
            break;
        }
    }
    generated.lines = master.lines.len();
    if watch.is_stopped() {
        generated.bound = Some(proved.bound.max(0.0));
        return (generated, None);
    }
    let corner = last.map(|inner| {
        proved.towards(&inner, &master, team);
        // A corner has few people on many lines, so that rounding it changes less.
        let corner = Options { method: Method::Ipm { crossover: true }, ..BETWEEN };
        let solution = master.open.solve(&corner).unwrap_or(inner);
        proved.towards(&solution, &master, team);
        generated.shares = shares(team, &master, &solution);
        generated.worths = master.worths(team, &solution.prices);
        let service = bound::lagrange(&master, team, &solution.prices, Costs::Nothing);
        proved.serve(service, team);
        solution
    });
    if proved.prices.iter().any(|price| *price != 0.0) {
        let service = bound::lagrange(&master, team, &proved.prices, Costs::Nothing);
        proved.serve(service, team);
    }
    generated.bound = Some(proved.bound.max(0.0));
    generated.service = Some(proved.service);
    generated.strain = StrainBound::of(&master, team, &proved.prices);
    (generated, corner.map(|solution| Corner { master, solution }))
}

/// The best bound so far.
struct Proved {
    bound: f64,
    /// Prices of the rows that gave it.
    prices: Vec<f64>,
    /// Minutes short that no roster leaves less of.
    service: f64,
}

impl Proved {
    /// What holds at prices of 0: everyone on the cheapest line of all, whatever it covers.
    fn plainly(master: &Master, team: &Team) -> Proved {
        let prices = vec![0.0; master.open.model().rows().len()];
        let bound = bound::lagrange(master, team, &prices, Costs::Scaled).unwrap_or(0.0);
        Proved { bound, prices, service: 0.0 }
    }

    /// Try prices some part of the way from the best so far to those of a solution; whether they prove more.
    fn at(&mut self, solution: &Solution, part: f64, master: &Master, team: &Team) -> bool {
        if solution.proof != Proof::Optimal {
            return false;
        }
        let mixed = |(best, new): (&f64, &f64)| best + part * (new - best);
        let prices: Vec<f64> = self.prices.iter().zip(&solution.prices).map(mixed).collect();
        let found = bound::lagrange(master, team, &prices, Costs::Scaled);
        let is_better = found.is_some_and(|found| found > self.bound);
        if let Some(found) = found.filter(|_| is_better) {
            (self.bound, self.prices) = (found, prices);
        }
        is_better
    }

    /// Go from the best prices so far towards those of a solution. What prices prove is concave in them: it rises up to
    /// the best between two and falls after it. A bound costs as much as a round of prices.
    fn towards(&mut self, solution: &Solution, master: &Master, team: &Team) {
        for part in PARTS {
            if !self.at(solution, part, master, team) {
                break;
            }
        }
    }

    fn serve(&mut self, bound: Option<f64>, team: &Team) {
        let minutes = bound.map_or(0.0, |bound| bound / team.weights.service);
        self.service = self.service.max(minutes);
    }
}

/// Add the cheapest lines of each kind at these prices; whether any was new.
fn price_in(team: &Team, master: &mut Master, prices: &[f64]) -> bool {
    let worths: Vec<(Worth, f64)> = master
        .worths(team, prices)
        .into_iter()
        .zip(master.people.iter().map(|row| prices[row.index()]))
        .collect();
    let count = IN_ALL.div_ceil(team.kinds.len().max(1)).clamp(2, A_ROUND);
    let found: Vec<Vec<Placed>> = worths
        .par_iter()
        .enumerate()
        .map(|(place, (worth, limit))| {
            let kind = &team.kinds[place];
            let taste = Taste { evenness: 0.0, ..team.taste(kind) };
            let (by_duty, always) = team.strained_prices(kind, worth, taste);
            let bounds = Bounds { count, cutoff: limit - always, ..team.bounds[place] };
            let chains = chain::cheapest(kind, &by_duty, bounds);
            let agent: AgentId = kind.agents[0];
            chains.found.iter().filter_map(|chain| team.build(agent, chain, worth)).collect()
        })
        .collect();
    master.add_all(&found, team)
}

fn shares(team: &Team, master: &Master, solution: &Solution) -> Vec<Vec<(f64, Placed)>> {
    let mut shares: Vec<Vec<(f64, Placed)>> = vec![Vec::new(); team.kinds.len()];
    for (kind, column, placed) in &master.lines {
        // Lines priced in after the last solution are worked by nobody in it.
        let many = solution.values.get(column.index()).copied().unwrap_or(0.0);
        if many > 1e-6 {
            shares[*kind].push((many, placed.clone()));
        }
    }
    for lines in &mut shares {
        lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    }
    shares
}

#[expect(clippy::cast_precision_loss, reason = "rounds are few")]
fn share(round: usize, rounds: usize) -> f64 {
    round as f64 / rounds.max(1) as f64
}
