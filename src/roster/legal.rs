//! Whether everyone has a legal line at all, and which rules clash where somebody has none.

use rayon::prelude::*;

use super::breaks::Worth;
use super::chain::{self, Bounds, Prices};
use super::clash;
use super::people::{self, Frame, Kind};
use super::team::{Placed, Team};
use super::{Conflict, NoPlan};
use crate::id::{AgentId, Id};
use crate::units::Minutes;

/// Lines looked at before the search for a legal one grows stricter.
const TRIED: usize = 24;

/// A legal line for everyone, and the bounds each kind's lines are found under.
///
/// # Errors
/// Named conflicts where somebody has no legal line.
pub(super) fn safe_lines(team: &mut Team) -> Result<Vec<Placed>, NoPlan> {
    shorten_weeks(team);
    let found: Vec<Option<(Bounds, Placed)>> = (0..team.kinds.len())
        .into_par_iter()
        .map(|place| safe_line(team, place, team.kinds[place].agents[0]))
        .collect();
    let stuck: Vec<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, line)| line.is_none())
        .map(|(place, _)| place)
        .collect();
    if !stuck.is_empty() {
        return Err(no_plan(team, &stuck));
    }
    let mut lines: Vec<Option<Placed>> = vec![None; team.scenario.agents.len()];
    for (place, found) in found.into_iter().enumerate() {
        let (bounds, placed) = found.expect("nobody is stuck");
        team.bounds[place] = bounds;
        for &agent in &team.kinds[place].agents {
            let same = team.named(&placed, agent);
            // What others worked before may differ where it matters to few lines.
            let own =
                if team.is_legal_line(&same.line) { None } else { safe_line(team, place, agent) };
            lines[agent.index()] = Some(own.map_or(same, |(_, own)| own));
        }
    }
    Ok(lines.into_iter().map(|line| line.expect("every agent is of some kind")).collect())
}

/// The mildest bounds under which a legal line is found, with the line.
fn safe_line(team: &Team, place: usize, agent: AgentId) -> Option<(Bounds, Placed)> {
    let kind = &team.kinds[place];
    if has_none(kind) {
        return None;
    }
    let idle = Worth::of(&[], &[], 0);
    let (prices, _) = team.strained_prices(kind, &idle, team.taste(kind));
    first_line(team, place, agent, &prices, &idle).or_else(|| any_line(team, place, agent))
}

/// Some line, whatever it costs.
pub(super) fn any_line(team: &Team, place: usize, agent: AgentId) -> Option<(Bounds, Placed)> {
    let kind = &team.kinds[place];
    // Owed work makes a search longer, and may be left out in the end.
    if !kind.owed.is_empty() && has_none(kind) {
        return None;
    }
    let idle = Worth::of(&[], &[], 0);
    let found = |prices: &Prices| first_line(team, place, agent, prices, &idle);
    let near = |clock: i64| move |frame: &Frame| Minutes(from_clock(frame.start, clock)).real();
    match search(team, place, agent, &flat(kind, |_| 0.0), &idle) {
        Searched::Line(bounds, placed) => Some((bounds, placed)),
        Searched::Objected => {
            USUAL_STARTS.iter().find_map(|&clock| found(&flat(kind, near(clock))))
        }
        Searched::Stuck => None,
    }
}

/// Some line that the law allows and that costs little, searched for again with duties that start alike from day to day
/// where the cheapest ones are not allowed.
pub(super) fn cheap_line(
    team: &Team,
    place: usize,
    agent: AgentId,
    prices: &Prices,
    worth: &Worth,
) -> Option<Placed> {
    let kind = &team.kinds[place];
    let leaning = |&clock: &i64| {
        let prices = leaning(kind, prices, clock);
        first_line(team, place, agent, &prices, worth)
    };
    let found = first_line(team, place, agent, prices, worth);
    found.or_else(|| USUAL_STARTS.iter().find_map(leaning)).map(|(_, placed)| placed)
}

/// Prices at which duties cost more the further they start from a clock time, all of a line together less than the
/// dearest or most wanted duty.
fn leaning(kind: &Kind, prices: &Prices, clock: i64) -> Prices {
    let costs = prices.frames.iter().flatten().flatten();
    let most = costs.fold(0.0, |most: f64, cost| most.max(cost.abs()));
    let days = i64::try_from(kind.days.len()).expect("days are few");
    let a_minute = most / Minutes(DAY * days).real();
    let frames = kind.days.iter().zip(&prices.frames).map(|(frames, costs)| {
        let lean = |frame: &Frame| a_minute * Minutes(from_clock(frame.start, clock)).real();
        let costs = frames.iter().zip(costs);
        costs.map(|(frame, cost)| cost.map(|cost| cost + lean(frame))).collect()
    });
    Prices { frames: frames.collect(), ..prices.clone() }
}

/// Starts, in minutes of a day, near which lines are searched where the first ones break a rule that the search does
/// not know: duties that start alike from day to day keep most rules of rest and of hours a day.
const USUAL_STARTS: [i64; 3] = [8 * 60, 14 * 60, 22 * 60];

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Minutes between a moment and the nearest one at a clock time.
fn from_clock(moment: i64, clock: i64) -> i64 {
    let after = (moment - clock).rem_euclid(DAY);
    after.min(DAY - after)
}

/// Whether the rules that the search keeps exactly leave no line.
pub(super) fn has_none(kind: &Kind) -> bool {
    let plain = Bounds { owed: false, ..Bounds::best(1) };
    let chains = chain::cheapest(kind, &flat(kind, |_| 0.0), plain);
    chains.found.is_empty() && chains.is_exact
}

/// Prices that do not ask where breaks lie.
pub(super) fn flat(kind: &Kind, price: impl Fn(&Frame) -> f64) -> Prices {
    let days = || kind.days.iter();
    Prices {
        frames: days()
            .map(|frames| frames.iter().map(|frame| Some(price(frame))).collect())
            .collect(),
        off_queue: days()
            .map(|frames| frames.iter().map(|_| vec![Some(0.0); kind.owed.len()]).collect())
            .collect(),
        ..Prices::default()
    }
}

/// The first of the cheapest lines at these prices that the law has nothing against, searched for ever more strictly;
/// breaks lie where minutes are worth least.
pub(super) fn first_line(
    team: &Team,
    place: usize,
    agent: AgentId,
    prices: &Prices,
    worth: &Worth,
) -> Option<(Bounds, Placed)> {
    match search(team, place, agent, prices, worth) {
        Searched::Line(bounds, placed) => Some((bounds, placed)),
        Searched::Objected | Searched::Stuck => None,
    }
}

/// What a search for a legal line came to.
enum Searched {
    Line(Bounds, Placed),
    /// The law has something against every line that was looked at.
    Objected,
    /// The rules that the search keeps exactly leave none, with owed work or without.
    Stuck,
}

fn search(team: &Team, place: usize, agent: AgentId, prices: &Prices, worth: &Worth) -> Searched {
    let kind = &team.kinds[place];
    // Where nothing is owed, both are one search.
    let owed: &[bool] = if kind.owed.is_empty() { &[true] } else { &[true, false] };
    let mut is_stuck = false;
    for &owed in owed {
        for bounds in (Bounds { owed, ..Bounds::best(TRIED) }).ever_stricter(kind) {
            let chains = chain::cheapest(kind, prices, bounds);
            let built = chains.found.iter().find_map(|chain| team.build(agent, chain, worth));
            if let Some(placed) = built {
                return Searched::Line(bounds, placed);
            }
            // Greater caution leaves no more.
            is_stuck = bounds.is_plain() && chains.found.is_empty() && chains.is_exact;
            if is_stuck {
                break;
            }
        }
    }
    if is_stuck { Searched::Stuck } else { Searched::Objected }
}

/// Where time off or the ends of the horizon leave too few days for the fewest hours, the week is as short as
/// it must be.
pub(super) fn shorten_weeks(team: &mut Team) {
    let scenario = team.scenario;
    for kind in &mut team.kinds {
        let agent = scenario.agent(kind.agents[0]);
        let is_short = |week: &people::Week| {
            !week.is_whole || agent.time_off.iter().any(|off| off.span.overlap(week.span).0 > 0)
        };
        if !kind.weeks.iter().any(is_short) {
            continue;
        }
        let most = most_minutes(kind);
        for (week, most) in kind.weeks.iter_mut().zip(most) {
            let is_off = agent.time_off.iter().any(|off| off.span.overlap(week.span).0 > 0);
            if !week.is_whole || is_off {
                week.fewest = week.fewest.min(most);
            }
        }
    }
}

/// Paid minutes by week of the longest line there is.
fn most_minutes(kind: &Kind) -> Vec<i64> {
    let prices = flat(kind, |frame| -Minutes(frame.paid).real());
    let bounds = Bounds { fewest: false, owed: false, ..Bounds::best(1) };
    let longest = chain::cheapest(kind, &prices, bounds).found.into_iter().next();
    let duties = longest.map(|chain| chain.duties).unwrap_or_default();
    kind.weeks
        .iter()
        .map(|week| {
            let inside = duties.iter().filter(|(day, _, _)| (week.first..week.last).contains(day));
            inside.map(|&(day, place, _)| kind.days[day][place].paid).sum()
        })
        .collect()
}

/// The conflicts of everyone of the kinds without a line.
fn no_plan(team: &Team, stuck: &[usize]) -> NoPlan {
    let scenario = clash::bare(team.scenario);
    let of_kind = |&place: &usize| {
        let agents = &team.kinds[place].agents;
        let first = clash::conflicts(&scenario, agents[0]);
        let named = |&agent: &AgentId| {
            first.iter().map(move |conflict| Conflict { agent: Some(agent), ..conflict.clone() })
        };
        agents.iter().flat_map(named).collect::<Vec<Conflict>>()
    };
    let conflicts: Vec<Vec<Conflict>> = stuck.par_iter().map(of_kind).collect();
    NoPlan {
        conflicts: conflicts.into_iter().flatten().collect(),
        // Rules between people are looked at once everyone has a line.
        may_be_more: !scenario.minimum_presence.is_empty(),
    }
}
