//! Late duties and weekends shared over the weeks: among people whose lines are interchangeable, those who had
//! most of them before get the lines with fewest now. Cover, cost and every other aim stay as they are.

use super::search::State;
use super::team::{Placed, Team};
use crate::calendar::{ClockTime, Weekday};
use crate::duty::{Duty, Line};
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::units::Minutes;

/// A duty that ends after this, or on another day, is late. *Assumption*, as in reports.
const LATE: ClockTime = ClockTime(20 * 60);
/// By how much a swap of lines must even things out, in squared duties an hour.
const BETTER: f64 = 1e-9;

/// Give lines to people of one kind so that late duties and weekends, those of published weeks included, are
/// even by contract hours. Does nothing where nothing was published.
pub(super) fn share(team: &Team, state: &mut State) {
    if team.scenario.published.days_before == 0 {
        return;
    }
    for kind in &team.kinds {
        while let Some((one, other)) = best_swap(team, &kind.agents, &state.lines) {
            let [first, second] = swapped(team, &state.lines, one, other);
            state.lines[one.index()] = first;
            state.lines[other.index()] = second;
        }
    }
}

/// The two people whose lines, swapped, even things out most.
fn best_swap(team: &Team, agents: &[AgentId], lines: &[Placed]) -> Option<(AgentId, AgentId)> {
    let load = |agent: AgentId, line: &Line| {
        let scenario = team.scenario;
        let before = scenario.published.around(agent).map_or(0.0, |line| unsocial(line, scenario));
        let hours = scenario.agent(agent).contract.in_hours().max(1.0);
        (before + unsocial(line, scenario)) / hours
    };
    let mut best: Option<(f64, AgentId, AgentId)> = None;
    for (place, &one) in agents.iter().enumerate() {
        for &other in &agents[place + 1..] {
            let (mine, theirs) = (&lines[one.index()].line, &lines[other.index()].line);
            let squares = |a: f64, b: f64| a * a + b * b;
            let before = squares(load(one, mine), load(other, theirs));
            let gain = before - squares(load(one, theirs), load(other, mine));
            if gain > best.map_or(BETTER, |(gain, ..)| gain) {
                let legal = swapped(team, lines, one, other);
                if legal.iter().all(|placed| team.is_legal_line(&placed.line)) {
                    best = Some((gain, one, other));
                }
            }
        }
    }
    best.map(|(_, one, other)| (one, other))
}

fn swapped(team: &Team, lines: &[Placed], one: AgentId, other: AgentId) -> [Placed; 2] {
    [team.named(&lines[other.index()], one), team.named(&lines[one.index()], other)]
}

/// Late duties and duties at weekends; a late duty at a weekend counts twice.
fn unsocial(line: &Line, scenario: &Scenario) -> f64 {
    let calendar = &scenario.calendar;
    let weekend = ["sat", "sun"].map(Weekday::parse);
    let count = |duty: &Duty| {
        let (start, end) = (calendar.local(duty.start()), calendar.local(duty.end()));
        let is_late = end.date > start.date || end.clock > LATE;
        let is_weekend = weekend.contains(&Some(start.date.weekday()));
        f64::from(u8::from(is_late) + u8::from(is_weekend))
    };
    line.duties.iter().filter(|duty| duty.span().length() > Minutes(0)).map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_sound, shift, team, wanted};
    use super::super::{Unwatched, assign};
    use super::*;
    use crate::duty::{Activity, Block};
    use crate::scenario::Published;
    use crate::units::{Moment, Span};

    #[test]
    fn whoever_worked_late_before_works_late_least_now() {
        let mut scenario = team("2026-11-30", 7, 30, 4);
        scenario.shifts = vec![shift("mon-sun 08:00-14:00", 6 * 60, 510)];
        let requirement = wanted(&scenario, 1.4, "mon-sun 10:00-22:00");
        let mut around: Vec<Line> = scenario.names.agents.ids().map(Line::empty).collect();
        around[2].duties = (-7..-2)
            .map(|day| {
                let start = Moment(day * 1440 + 14 * 60);
                let span = Span::new(start, start + Minutes(480));
                let block =
                    Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() };
                Duty { blocks: vec![block] }
            })
            .collect();
        scenario.published = Published { days_before: 7, days_after: 0, around, within: None };
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        assert_sound(&assigned, &scenario);
        let late: Vec<f64> =
            assigned.roster.lines.iter().map(|line| unsocial(line, &scenario)).collect();
        let (least, most) = late
            .iter()
            .fold((f64::MAX, 0.0_f64), |(low, high), &own| (low.min(own), high.max(own)));
        assert_eq!(late[2], least, "{late:?}");
        assert!(most > least, "{late:?} is even, so that the test shows nothing");
    }
}
