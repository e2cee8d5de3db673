//! A roster that holds already, changed as little as what happened asks for: first the fewest people, then the
//! fewest minutes, then the usual aims.
//!
//! What a published roster left short anyway is forgiven, so that only what has opened since is repaired; minimum
//! presence is not, since no roster may miss it. People are added to the change one at a time, from several
//! beginnings at once (a beam search, Lowerre 1976); each gets the line that repairs most against everyone else's,
//! the duties that may not change held in place. A person is only changed where that repairs enough minutes to be
//! worth it.

mod desk;
mod measure;
mod search;

use std::collections::{BTreeMap, BTreeSet};

use self::search::Search;
use super::need::Cover;
use super::{Roster, Watch};
use crate::duty::{Block, Line};
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::units::{Minutes, Moment};

pub use self::measure::Measure;

/// Minutes short that a change of one person must repair to be worth asking for. *Assumption.*
pub const WORTH_A_PERSON: f64 = 30.0;

/// What a roster is held against, and what of it may change.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// Everyone's line as it stands, the absent taken out.
    pub roster: &'a Roster,
    /// The roster as it was meant, before anything happened.
    pub meant: &'a Roster,
    /// What it was meant to cover.
    pub expected: &'a Requirement,
    /// Duties that start before stay as they are, and no new one starts before.
    pub from: Moment,
    /// The same for people whose duties stay until later than that.
    pub told_from: BTreeMap<AgentId, Moment>,
    /// People who are left alone.
    pub left_alone: BTreeSet<AgentId>,
    /// People who have been changed already and may be again at no further cost.
    pub changed: BTreeSet<AgentId>,
}

impl Standing<'_> {
    /// From when a person's duties may change.
    fn start_for(&self, agent: AgentId) -> Moment {
        self.told_from.get(&agent).map_or(self.from, |told| self.from.max(*told))
    }
}

/// A roster changed as little as possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Everyone's line.
    pub roster: Roster,
    /// Minutes short that had opened beyond what the roster was meant to leave.
    pub opened: f64,
    /// Minutes of them that are left.
    pub left: f64,
    /// People-minutes by which minimum presence is missed from `from` on.
    pub missing: f64,
    /// Minutes of written work done late: as it was meant, with nothing changed, as changed.
    pub late: [f64; 3],
    /// Whose lines changed.
    pub changed: Vec<AgentId>,
}

/// Change a roster so that it covers what it was meant to cover, by the fewest people.
///
/// Gives it back as it stands where nothing has opened that is worth changing anyone for.
#[must_use]
pub fn keep(
    requirement: &Requirement,
    scenario: &Scenario,
    standing: &Standing<'_>,
    watch: &dyn Watch,
) -> Kept {
    let search = Search::of(requirement, scenario, standing);
    let start = search.start();
    let (opened, bare) = search.gaps(&start.cover);
    let late = |cover: &Cover| search.whole.shortfall(cover).late;
    let late_before = late(&start.cover);
    let is_kept = opened < WORTH_A_PERSON && bare <= 0.0;
    let best = if is_kept { start } else { search.run(start, opened, watch) };
    let (left, missing) = search.gaps(&best.cover);
    let late = [search.late, late_before, late(&best.cover)];
    let mut roster = standing.roster.clone();
    for placed in best.changed.values() {
        if let Some(line) = roster.lines.iter_mut().find(|line| line.agent == placed.line.agent) {
            *line = placed.line.clone();
        }
    }
    let changed = best.changed.keys().map(|&agent| AgentId::at(agent)).collect();
    Kept { roster, opened, left, missing, late, changed }
}

/// Whether the law has nothing against a line, the days published beside it included.
#[must_use]
pub fn is_legal(line: &Line, scenario: &Scenario) -> bool {
    let published = &scenario.published;
    let person = &scenario.agent(line.agent).person;
    let days = (published.days_before, published.days_after);
    let past = published.around(line.agent).and_then(|around| {
        crate::rules::Past::of(around, days, &scenario.law, person, &scenario.calendar)
    });
    match past {
        Some(past) => scenario.law.objections_among(&past, line, person).is_empty(),
        None => scenario.law.objections(line, person, &scenario.calendar).is_empty(),
    }
}

/// Minutes of which a person does something else than before.
#[must_use]
pub fn changed_minutes(before: &Line, after: &Line) -> Minutes {
    let all = |line: &Line| line.blocks().map(|block| block.span.length()).sum::<Minutes>();
    let same = |one: &Block| {
        let alike = after.blocks().filter(|other| other.activity == one.activity);
        alike.map(|other| other.span.overlap(one.span)).sum::<Minutes>()
    };
    let kept: Minutes = before.blocks().map(same).sum();
    let moved = before.blocks().map(|one| {
        let busy = after.blocks().filter(|other| other.activity != one.activity);
        busy.map(|other| other.span.overlap(one.span)).sum::<Minutes>()
    });
    // A minute that goes from one activity to another is one, not two.
    all(before) + all(after) - kept - kept - moved.sum()
}

#[cfg(test)]
mod tests;
