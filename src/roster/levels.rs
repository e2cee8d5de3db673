//! What each aim came to, counted anew from the finished roster, beside what no roster can better.

use super::generate::Generated;
use super::search::State;
use super::team::Team;
use super::{Assigned, Effort, Level, Proof, Roster};
use crate::id::Id;
use crate::scenario::Aim;

/// Say what a roster is worth.
pub(super) fn vouch(
    team: &Team,
    state: &State,
    generated: &Generated,
    effort: Effort,
    is_stopped: bool,
) -> Assigned {
    let order = team.scenario.aims.order.iter();
    let levels: Vec<Level> = order.map(|&aim| level(aim, team, state, generated)).collect();
    let bound = generated.bound.unwrap_or(0.0);
    let gap = if state.total > bound + 1e-6 { (state.total - bound) / state.total } else { 0.0 };
    let proof = if is_stopped {
        Proof::Stopped
    } else if gap <= 1e-6 {
        Proof::Optimal
    } else {
        Proof::WithinGap(gap)
    };
    let roster = Roster { lines: state.lines.iter().map(|placed| placed.line.clone()).collect() };
    Assigned { roster, levels, proof, effort }
}

fn level(aim: Aim, team: &Team, state: &State, generated: &Generated) -> Level {
    let short = team.need.shortfall(&team.cover_of(&state.lines)).total();
    let strain = generated.strain.and_then(|bound| bound.at(short, team));
    let scores = || state.lines.iter().map(|placed| placed.score);
    let (name, unit, value, bound) = match aim {
        Aim::NoRed => ("no_red", "people in red by their line", scores().map(|s| s.red).sum(), 0.0),
        Aim::Service => {
            ("service", "people-minutes short", short, generated.service.unwrap_or(0.0).max(0.0))
        }
        Aim::Strain => {
            let points = scores().map(|s| s.strain).sum();
            ("strain", "points of the index", points, strain.unwrap_or(0.0))
        }
        Aim::Fairness => ("fairness", "wishes missed", scores().map(|s| s.wishes).sum(), 0.0),
        Aim::Cost => {
            let currency = "currency of the scenario";
            ("cost", currency, scores().map(|s| s.cents).sum::<f64>() / 100.0, least_wages(team))
        }
    };
    let value: f64 = value;
    let gap = if value > bound + 1e-9 { (value - bound) / value } else { 0.0 };
    let certified = match aim {
        Aim::Service => generated.service.is_some(),
        Aim::Strain => strain.is_some(),
        Aim::NoRed | Aim::Fairness | Aim::Cost => false,
    };
    Level { aim: name.to_owned(), unit: unit.to_owned(), value, bound, gap, certified }
}

/// Wages of everyone's fewest hours, which no roster undercuts.
fn least_wages(team: &Team) -> f64 {
    let wages = team.kinds.iter().flat_map(|kind| {
        let fewest: i64 = kind.weeks.iter().map(|week| week.fewest).sum();
        kind.agents.iter().map(move |agent| {
            let tier = team.scenario.agents[agent.index()].tier;
            let wage = team.scenario.tier(tier).wage_per_hour.decimal();
            crate::units::Minutes(fewest).in_hours() * wage
        })
    });
    wages.sum()
}
