//! Duties of some days exchanged between two people of a kind: cover and wages stay as they are, and whoever's
//! duties tire most gets easier ones from those whose tire less.
//!
//! Run where nights are worked, after the search for whole lines, which takes people out one after the other and
//! so leaves the hardest duties to the last.

use std::ops::Range;

use super::search::State;
use super::team::{Placed, Team};
use super::weights::LineScore;
use crate::duty::{Duty, Line};
use crate::id::Id;

/// By how much a pair of lines must get better.
const BETTER: f64 = 1e-7;
/// Exchanges looked at that a node of the budget pays for.
const LOOKS_A_NODE: usize = 400;
/// Most days exchanged at once.
const MOST_DAYS: usize = 7;

/// Exchange duties while that lowers what two lines cost together, the costliest lines first. Does nothing where
/// nobody may work by night.
pub(super) fn even_out(team: &Team, state: &mut State) {
    if team.weights.pull <= 0.0 {
        return;
    }
    let mut looks = team.scenario.budget.nodes.saturating_mul(LOOKS_A_NODE);
    let mut is_better = true;
    while is_better && looks > 0 {
        is_better = false;
        let mut order: Vec<usize> = (0..state.lines.len()).collect();
        let pull = |agent: usize| state.lines[agent].score.pull;
        order.sort_by(|&one, &other| pull(other).total_cmp(&pull(one)).then(one.cmp(&other)));
        for one in order {
            while let Some((other, lines)) = best(team, &state.lines, one, &mut looks) {
                let [first, second] = lines;
                state.lines[one] = first;
                state.lines[other] = second;
                is_better = true;
            }
        }
    }
    *state = State::of(std::mem::take(&mut state.lines), team);
}

/// The exchange with anyone that betters a person's line and the other one together most.
fn best(
    team: &Team,
    lines: &[Placed],
    one: usize,
    looks: &mut usize,
) -> Option<(usize, [Placed; 2])> {
    let mut best: Option<(f64, usize, [Line; 2])> = None;
    let kind = &team.kinds[team.kind_of[one]];
    for other in kind.agents.iter().map(|agent| agent.index()).filter(|&other| other != one) {
        let before = lines[one].cost + lines[other].cost;
        for days in windows(team.scenario.calendar.days()) {
            if *looks == 0 {
                break;
            }
            let Some(pair) = exchanged(team, &lines[one].line, &lines[other].line, &days) else {
                continue;
            };
            *looks -= 1;
            let cost = |line: &Line| team.weights.line(LineScore::of(line, team.scenario));
            let gain = before - pair.iter().map(cost).sum::<f64>();
            if gain > best.as_ref().map_or(BETTER, |(gain, ..)| *gain)
                && pair.iter().all(|line| team.stands(line))
            {
                best = Some((gain, other, pair));
            }
        }
    }
    let (_, other, pair) = best?;
    Some((other, pair.map(|line| team.placed(line))))
}

fn windows(days: usize) -> impl Iterator<Item = Range<usize>> {
    (0..days).flat_map(move |first| {
        (first + 1..=days.min(first + MOST_DAYS)).map(move |last| first..last)
    })
}

/// Two lines with the duties of some days exchanged; none where the first or the last of these days is the same in
/// both, as fewer days then do the same.
fn exchanged(team: &Team, one: &Line, other: &Line, days: &Range<usize>) -> Option<[Line; 2]> {
    let calendar = &team.scenario.calendar;
    let inside = |duty: &Duty| {
        let day = calendar.day_at(duty.start());
        day.is_some_and(|day| days.contains(&day))
    };
    let on = |line: &Line, day: usize| -> Vec<(i64, i64)> {
        let own = line.duties.iter().filter(|duty| calendar.day_at(duty.start()) == Some(day));
        own.map(|duty| (duty.start().0, duty.end().0)).collect()
    };
    if [days.start, days.end - 1].iter().any(|&day| on(one, day) == on(other, day)) {
        return None;
    }
    let with = |keeps: &Line, gets: &Line| {
        let kept = keeps.duties.iter().filter(|duty| !inside(duty));
        let mut duties: Vec<Duty> =
            kept.chain(gets.duties.iter().filter(|duty| inside(duty))).cloned().collect();
        duties.sort_by_key(Duty::start);
        Line { agent: keeps.agent, duties, absences: keeps.absences.clone() }
    };
    Some([with(one, other), with(other, one)])
}
