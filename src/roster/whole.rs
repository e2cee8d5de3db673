//! Whole people on the programme's lines: whoever has a whole line at its corner keeps it, and the solver's search for
//! whole numbers chooses lines for the others among those that may win (a restricted master, as for the public
//! benchmarks).

use super::columns::choose;
use super::master::Master;
use super::team::{Placed, Team};
use crate::linear::{OpenModel, Options, Solution};

/// What a line may cost beyond the programme, in its scaled sum, to be chosen.
const BEYOND: f64 = 1.0;
/// The search ends within this share of the best; the programme is no finer than that beside the plain count.
const GAP: f64 = 0.02;
/// Rows of a programme that is searched; a larger one takes longer than it wins.
const MOST_ROWS: usize = 12_000;
/// What counts as a whole number of people.
const WHOLE: f64 = 1e-6;

/// The programme at a corner.
pub(super) struct Corner {
    pub(super) master: Master,
    pub(super) solution: Solution,
}

impl Corner {
    /// A line of the programme for everybody, in the order of agents; none where the programme is not below `total`,
    /// so that nothing is to be won, or no such lines were found.
    pub(super) fn lines(self, team: &Team, total: f64) -> Option<Vec<Placed>> {
        let Corner { master, solution } = &self;
        let mut model = master.open.model().clone();
        if solution.objective >= total || model.rows().len() > MOST_ROWS {
            return None;
        }
        let mut columns = Vec::with_capacity(master.lines.len());
        for &(_, line, _) in &master.lines {
            // Lines priced in after the last solution have no value in it.
            let many = solution.values.get(line.index()).copied().unwrap_or(0.0);
            let beyond = solution.reduced_costs.get(line.index()).copied().unwrap_or(f64::INFINITY);
            let column = model.column_mut(line);
            column.is_whole = true;
            if many < WHOLE && beyond > BEYOND {
                column.high = 0.0;
            }
            column.low = (many + WHOLE).floor().min(column.high);
            columns.push(line);
        }
        let mut open = OpenModel::open(model).ok()?;
        let options = Options { gap: GAP, nodes: Some(1), ..Options::DEFAULT };
        let chosen = choose(&mut open, &columns, &options)?;
        let mut seats: Vec<Vec<_>> =
            team.kinds.iter().map(|kind| kind.agents.iter().rev().copied().collect()).collect();
        let mut lines = Vec::with_capacity(team.kind_of.len());
        for ((kind, _, placed), &people) in master.lines.iter().zip(&chosen.people) {
            for _ in 0..people {
                let named = team.named(placed, seats[*kind].pop()?);
                if !team.is_legal_line(&named.line) {
                    return None;
                }
                lines.push(named);
            }
        }
        let is_full = seats.iter().all(Vec::is_empty);
        lines.sort_by_key(|placed| placed.line.agent);
        is_full.then_some(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::super::generate::generate;
    use super::super::need::Need;
    use super::super::search::{State, construct};
    use super::super::tests::{shift, team, wanted};
    use super::super::{Unwatched, legal};
    use super::*;
    use crate::id::Id;
    use crate::scenario::Scenario;

    fn small() -> Scenario {
        let mut scenario = team("2026-11-30", 7, 30, 6);
        scenario.shifts = vec![shift("mon-fri 08:00-12:00", 360, 510)];
        scenario.budget.nodes = 5;
        scenario
    }

    /// The lines chosen, and how far what they come to is above the programme.
    fn chosen(scenario: &Scenario, total: f64) -> Option<(Vec<Placed>, f64)> {
        let requirement = wanted(scenario, 2.5, "mon-fri 09:00-17:00");
        let mut team = Team::of(Need::of(&requirement, scenario), scenario);
        let safe = legal::safe_lines(&mut team).unwrap();
        let first = construct(&team, &safe, &[], &Unwatched);
        let corner = generate(&team, &first, 6, &Unwatched).1.unwrap();
        let least = corner.solution.objective;
        let lines = corner.lines(&team, total)?;
        assert!(lines.iter().all(|placed| team.is_legal_line(&placed.line)));
        let above = State::of(lines.clone(), &team).total - least;
        Some((lines, above))
    }

    #[test]
    fn everybody_gets_one_line_and_no_cheaper_than_the_programme() {
        let (lines, above) = chosen(&small(), f64::INFINITY).unwrap();
        let agents: Vec<usize> = lines.iter().map(|placed| placed.line.agent.index()).collect();
        assert_eq!(agents, [0, 1, 2, 3, 4, 5]);
        assert!(above >= -1e-6, "{above}");
    }

    #[test]
    fn a_roster_as_good_as_the_programme_is_left_alone() {
        assert!(chosen(&small(), 0.0).is_none());
    }
}
