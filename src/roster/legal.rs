//! Whether everyone has a legal line at all, and which rules clash where somebody has none.

use rayon::prelude::*;

use super::breaks::Worth;
use super::chain::{self, Bounds, Prices};
use super::people::{self, Kind, Waived};
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
        let shared: &Team = team;
        let conflicts: Vec<Vec<Conflict>> =
            stuck.into_par_iter().map(|place| conflicts(shared, place)).collect();
        return Err(NoPlan { conflicts: conflicts.into_iter().flatten().collect() });
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
    let idle = Worth::of(&[], &[], 0);
    let prices = team.prices(kind, &idle, team.taste(kind), true);
    let owed = [true, false];
    let ways = owed.iter().flat_map(|&owed| (0..=3).map(move |caution| (owed, caution)));
    ways.into_iter().find_map(|(owed, caution)| {
        let bounds = Bounds { owed, caution, ..Bounds::best(TRIED) };
        let chains = chain::cheapest(kind, &prices, bounds);
        let built = chains.found.iter().find_map(|chain| team.build(agent, chain, &idle));
        built.map(|placed| (bounds, placed))
    })
}

/// Where time off or the ends of the horizon leave too few days for the fewest hours, the week is as short as
/// it must be.
fn shorten_weeks(team: &mut Team) {
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
    let longer = |minutes: i64| -Minutes(minutes).real();
    let prices = Prices {
        frames: kind
            .days
            .iter()
            .map(|frames| frames.iter().map(|frame| Some(longer(frame.paid))).collect())
            .collect(),
        off_queue: kind
            .days
            .iter()
            .map(|frames| frames.iter().map(|_| vec![Some(0.0); kind.owed.len()]).collect())
            .collect(),
        ..Prices::default()
    };
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

/// What stands in the way of a kind without a line: each rule that alone, left out, frees one.
fn conflicts(team: &Team, place: usize) -> Vec<Conflict> {
    let kind = &team.kinds[place];
    let scenario = team.scenario;
    let agent = kind.agents[0];
    let contract = scenario.agent(agent).week.0;
    let most: Minutes = Minutes(most_minutes(kind).into_iter().max().unwrap_or(0));
    let rebuilt = |waived: Waived| {
        let rebuilt = people::kind(vec![agent], scenario, &team.weights, waived);
        Kind { edge: kind.edge, ..rebuilt }
    };
    let has_line = |kind: &Kind, bounds: Bounds| {
        let idle = Worth::of(&[], &[], 0);
        let prices = team.prices(kind, &idle, team.taste(kind), true);
        !chain::cheapest(kind, &prices, bounds).found.is_empty()
    };
    let plain = Bounds { owed: false, ..Bounds::best(1) };
    let is_in_frames = kind.days.iter().all(Vec::is_empty);

    let mut rules = vec![format!("fewest hours a week ({contract})")];
    let mut fix = String::new();
    if has_line(&rebuilt(Waived { availability: true, law: false }), plain) {
        rules.push("availability and time off".to_owned());
        fix = match most.0 {
            0 => "give more availability, or a shift that fits it".to_owned(),
            _ => format!("plan at most {most} a week, or give more availability"),
        };
    }
    if has_line(kind, Bounds { rest: false, ..plain }) {
        rules.push("rest between duties and in the week, days in a row".to_owned());
    }
    if !scenario.law.rules.is_empty()
        && has_line(
            &rebuilt(Waived { availability: false, law: true }),
            Bounds { rest: false, ..plain },
        )
        && !has_line(kind, Bounds { rest: false, ..plain })
    {
        rules.push(format!("working-time law ({})", scenario.packs.join(", ")));
    }
    if rules.len() == 1 {
        rules.push("the shapes of shift".to_owned());
    }
    if fix.is_empty() {
        fix = match most.0 {
            0 => "add a shape of shift this person may work".to_owned(),
            _ => format!("plan at most {most} a week, or allow longer or more shifts"),
        };
    }
    let cause = if is_in_frames {
        "no duty at all fits the availability, the shapes of shift and the breaks".to_owned()
    } else if most < contract {
        format!("at most {most} can be planned in a week, {} short of {contract}", contract - most)
    } else {
        format!(
            "no line reaches {contract} within every rule; a line of {most} exists without the fewest hours"
        )
    };
    let each = |&agent: &AgentId| Conflict {
        agent: Some(agent),
        rules: rules.clone(),
        cause: cause.clone(),
        fix: fix.clone(),
    };
    kind.agents.iter().map(each).collect()
}
