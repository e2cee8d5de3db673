//! Lines of an earlier roster that still stand, to start a search from.

use super::Watch;
use super::search::{self, State};
use super::team::{Placed, Team};
use crate::duty::{Activity, Line};
use crate::id::{AgentId, Id};

impl Team<'_> {
    /// Whether someone may work a line as it is: every duty one that may be planned for them, with its breaks, and
    /// weeks and off-queue work as they owe them.
    pub(super) fn stands(&self, line: &Line) -> bool {
        let place = self.kind_of[line.agent.index()];
        let kind = &self.kinds[place];
        let is_known = |duty: &crate::duty::Duty| {
            let span = duty.span();
            let pauses = |activity: Activity| {
                let mut lengths: Vec<i64> =
                    duty.blocks_of(activity).map(|block| block.span.length().0).collect();
                lengths.sort_unstable();
                lengths
            };
            kind.days.iter().flatten().any(|frame| {
                let planned = |is_meal: bool| {
                    let pieces = kind.plans[frame.plan].pieces.iter();
                    let mut lengths: Vec<i64> = pieces
                        .filter(|piece| piece.is_meal == is_meal)
                        .map(|piece| piece.length)
                        .collect();
                    lengths.sort_unstable();
                    lengths
                };
                (frame.start, frame.end, frame.paid) == (span.start.0, span.end.0, duty.paid().0)
                    && planned(false) == pauses(Activity::Break)
                    && planned(true) == pauses(Activity::Meal)
            })
        };
        let weeks_fit = kind.weeks.iter().all(|week| {
            let inside = || line.duties.iter().filter(|duty| week.span.holds(duty.start()));
            let paid: i64 = inside().map(|duty| duty.paid().0).sum();
            let mut done: Vec<(String, i64)> = inside()
                .flat_map(|duty| duty.blocks_of(Activity::OffQueue))
                .map(|block| (block.detail.clone(), block.span.length().0))
                .collect();
            let mut owed = if self.bounds[place].owed { kind.owed.clone() } else { done.clone() };
            done.sort();
            owed.sort();
            (week.fewest..=week.most).contains(&paid) && done == owed
        });
        let works = |day: usize| {
            line.duties.iter().any(|duty| self.scenario.calendar.day_at(duty.start()) == Some(day))
        };
        let is_there = kind.must.iter().enumerate().all(|(day, &must)| !must || works(day));
        weeks_fit && is_there && line.duties.iter().all(is_known) && self.is_legal_line(line)
    }
}

/// A roster of the lines that stand, and new ones for everyone else.
pub(super) fn start(
    team: &Team,
    safe: &[Placed],
    given: &[Option<Line>],
    watch: &dyn Watch,
) -> State {
    let own = |agent: usize| {
        let line = given.get(agent)?.as_ref()?;
        let absences = team.absences(AgentId::at(agent));
        let line = Line { agent: AgentId::at(agent), duties: line.duties.clone(), absences };
        team.stands(&line).then(|| team.placed(line))
    };
    let kept: Vec<Option<Placed>> = (0..safe.len()).map(own).collect();
    search::construct(team, safe, &kept, watch)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_sound, shift, team, wanted};
    use super::super::{Unwatched, assign, assign_from, legal};
    use super::*;
    use crate::roster::need::Need;
    use crate::units::Minutes;

    #[test]
    fn a_roster_started_from_itself_keeps_every_line_and_is_never_worse() {
        let mut scenario = team("2026-11-30", 7, 30, 6);
        scenario.shifts = vec![shift("mon-fri 08:00-12:00", 360, 510)];
        scenario.budget.nodes = 5;
        let requirement = wanted(&scenario, 3.0, "mon-fri 09:00-17:00");
        let first = assign(&requirement, &scenario, &Unwatched).unwrap();
        let mut searched = Team::of(Need::of(&requirement, &scenario), &scenario);
        let safe = legal::safe_lines(&mut searched).unwrap();
        let given: Vec<Option<Line>> = first.roster.lines.iter().cloned().map(Some).collect();
        assert!(first.roster.lines.iter().all(|line| searched.stands(line)));
        let state = start(&searched, &safe, &given, &Unwatched);
        assert!(
            state.lines.iter().zip(&first.roster.lines).all(|(placed, line)| placed.line == *line)
        );

        let again = assign_from(&requirement, &scenario, &given, &Unwatched).unwrap();
        assert_sound(&again, &scenario);
        let cost = |levels: &[crate::roster::Level]| {
            levels.iter().map(|level| level.value).collect::<Vec<_>>()
        };
        assert!(cost(&again.levels)[1] <= cost(&first.levels)[1] + 1e-6);
    }

    #[test]
    fn a_line_of_more_hours_than_are_owed_does_not_stand() {
        let mut scenario = team("2026-11-30", 7, 30, 2);
        scenario.shifts = vec![shift("mon-fri 08:00-12:00", 360, 510)];
        scenario.budget.nodes = 5;
        let requirement = wanted(&scenario, 1.0, "mon-fri 09:00-17:00");
        let lines = assign(&requirement, &scenario, &Unwatched).unwrap().roster.lines;
        for agent in &mut scenario.agents {
            agent.week = (Minutes(600), Minutes(900));
            agent.weeks = vec![agent.week];
        }
        let mut searched = Team::of(Need::of(&requirement, &scenario), &scenario);
        legal::safe_lines(&mut searched).unwrap();
        assert!(lines.iter().all(|line| !searched.stands(line)));
    }
}
