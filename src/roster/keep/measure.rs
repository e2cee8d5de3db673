//! Minutes short of a roster as people in it change.

use super::Standing;
use super::search::Search;
use crate::duty::Line;
use crate::id::{AgentId, Id};
use crate::roster::need::Cover;
use crate::roster::team::Placed;
use crate::scenario::Scenario;
use crate::staffing::Requirement;

/// Minutes short of a roster, beyond those it was meant to leave, as people in it change.
pub struct Measure<'a> {
    search: Search<'a>,
    cover: Cover,
}

impl<'a> Measure<'a> {
    /// The measure of a roster as it stands.
    #[must_use]
    pub fn of(
        requirement: &Requirement,
        scenario: &'a Scenario,
        standing: &'a Standing<'a>,
    ) -> Measure<'a> {
        let search = Search::closed(requirement, scenario, standing);
        let cover = search.team.cover_of(&search.lines);
        Measure { search, cover }
    }

    /// Minutes short beyond those it was meant to leave.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.search.gap(&self.cover)
    }

    /// The same with another line of one person.
    #[must_use]
    pub fn gap_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.gap(&self.with(agent, line).1)
    }

    /// People-minutes that minimum presence misses, with another line of one person.
    #[must_use]
    pub fn missing_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.gaps(&self.with(agent, line).1).1
    }

    /// People-minutes that minimum presence misses.
    #[must_use]
    pub fn missing(&self) -> f64 {
        self.search.gaps(&self.cover).1
    }

    /// All minutes short, forgiven or not.
    #[must_use]
    pub fn short(&self) -> f64 {
        self.search.whole.shortfall(&self.cover).total()
    }

    /// The same with another line of one person.
    #[must_use]
    pub fn short_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.whole.shortfall(&self.with(agent, line).1).total()
    }

    /// The same with other lines of several people.
    #[must_use]
    pub fn short_with_all(&self, lines: &[(AgentId, &Line)]) -> f64 {
        let mut cover = self.cover.clone();
        for &(agent, line) in lines {
            self.search.team.cover(&self.search.lines[agent.index()], &mut cover, -1.0);
            self.search.team.cover(&self.search.team.placed(line.clone()), &mut cover, 1.0);
        }
        self.search.whole.shortfall(&cover).total()
    }

    /// Let a person work another line.
    pub fn take(&mut self, agent: AgentId, line: &Line) {
        let (placed, cover) = self.with(agent, line);
        self.search.lines[agent.index()] = placed;
        self.cover = cover;
    }

    fn with(&self, agent: AgentId, line: &Line) -> (Placed, Cover) {
        let placed = self.search.team.placed(line.clone());
        let mut cover = self.cover.clone();
        self.search.team.cover(&self.search.lines[agent.index()], &mut cover, -1.0);
        self.search.team.cover(&placed, &mut cover, 1.0);
        (placed, cover)
    }
}
