//! The order in which the search sees people and needs, which is that of their names and not of the files, so that
//! ties fall alike however rows and sections are arranged.

use super::{Assigned, NoPlan, Roster};
use crate::duty::Line;
use crate::id::{AgentId, Id, Names, natural};
use crate::scenario::Scenario;
use crate::staffing::Requirement;

/// People by name.
pub(super) struct Order {
    /// Place in the scenario of each person, in the order of names.
    old: Vec<usize>,
    /// Place among names of each person, in the order of the scenario.
    new: Vec<usize>,
}

impl Order {
    /// Of the people of a scenario; as they stand where they have no names.
    pub(super) fn of(scenario: &Scenario) -> Order {
        let names = &scenario.names.agents;
        let mut old: Vec<usize> = (0..scenario.agents.len()).collect();
        if names.ids().count() == old.len() {
            old.sort_by_cached_key(|&place| natural(names.of(AgentId::at(place))));
        }
        let mut new = vec![0; old.len()];
        old.iter().enumerate().for_each(|(place, &before)| new[before] = place);
        Order { old, new }
    }

    fn moved(&self, agent: AgentId) -> AgentId {
        self.new.get(agent.index()).map_or(agent, |&place| AgentId::at(place))
    }

    fn back(&self, agent: AgentId) -> AgentId {
        self.old.get(agent.index()).map_or(agent, |&place| AgentId::at(place))
    }

    /// Things that stand in the order of people, in the order of names.
    pub(super) fn sorted<T: Clone>(&self, of_people: &[T]) -> Vec<T> {
        self.old.iter().filter_map(|&place| of_people.get(place).cloned()).collect()
    }

    fn lines(&self, lines: &[Line]) -> Vec<Line> {
        let mut lines: Vec<Line> = lines.iter().map(|line| self.line(line)).collect();
        lines.sort_by_key(|line| line.agent);
        lines
    }

    /// A line of a person under their new number.
    pub(super) fn line(&self, line: &Line) -> Line {
        Line { agent: self.moved(line.agent), ..line.clone() }
    }

    /// A roster with people under their new numbers.
    pub(super) fn roster(&self, roster: &Roster) -> Roster {
        Roster { lines: self.lines(&roster.lines) }
    }

    /// The scenario with people under their new numbers.
    pub(super) fn scenario(&self, scenario: &Scenario) -> Scenario {
        let mut moved = scenario.clone();
        moved.agents = self.sorted(&scenario.agents);
        for agent in &mut moved.agents {
            agent.mentor = agent.mentor.map(|mentor| self.moved(mentor));
            agent.off_queue.sort();
        }
        for pool in &mut moved.pools {
            pool.agents.iter_mut().for_each(|agent| *agent = self.moved(*agent));
            pool.agents.sort_unstable();
        }
        for rule in &mut moved.minimum_presence {
            rule.who.iter_mut().for_each(|agent| *agent = self.moved(*agent));
            rule.who.sort_unstable();
        }
        moved.minimum_presence.sort_by(|one, other| one.id.cmp(&other.id));
        moved.published.around = self.lines(&scenario.published.around);
        if let Some(within) = &mut moved.published.within {
            within.lines = self.lines(&within.lines);
            let changed = std::mem::take(&mut within.changed).into_iter();
            within.changed =
                changed.map(|((agent, date), told)| ((self.moved(agent), date), told)).collect();
        }
        let mut names = Names::default();
        for &place in &self.old {
            if scenario.names.agents.ids().count() > place {
                // Names of a scenario differ, so each is new here as well.
                let _ = names.add(scenario.names.agents.of(AgentId::at(place)));
            }
        }
        moved.names.agents = names;
        moved
    }

    /// A requirement with its rows by the names of queues, and to a millionth of a person or minute: sums of queues
    /// in another order differ in their last digits, and ties must not hang on these.
    pub(super) fn requirement(requirement: &Requirement, scenario: &Scenario) -> Requirement {
        let mut sorted = requirement.clone();
        let queues = &scenario.names.queues;
        if queues.ids().count() == scenario.queues.len() {
            sorted.live.sort_by_cached_key(|need| {
                let mut names: Vec<&str> =
                    need.queues.iter().map(|&queue| queues.of(queue)).collect();
                names.sort_unstable();
                (need.pools.clone(), names.join(","))
            });
            sorted.tickets.sort_by_cached_key(|need| {
                let stream = scenario.stream(need.stream);
                (queues.of(stream.queue).to_owned(), stream.complexity, stream.escalated_to)
            });
        }
        let live = sorted.live.iter_mut();
        let people = live.flat_map(|need| need.people.iter_mut().chain(&mut need.busy));
        people.for_each(|people| people.0 = on_the_grid(people.0));
        let tickets = sorted.tickets.iter_mut();
        let minutes = tickets.flat_map(|need| need.arrived.iter_mut().chain(&mut need.due));
        minutes.for_each(|minutes| minutes.0 = on_the_grid(minutes.0));
        sorted
    }

    /// What the search came to, people under their own numbers.
    pub(super) fn assigned(&self, assigned: Assigned) -> Assigned {
        let mut lines = assigned.roster.lines;
        for line in &mut lines {
            line.agent = self.back(line.agent);
        }
        lines.sort_by_key(|line| line.agent);
        Assigned { roster: Roster { lines }, ..assigned }
    }

    /// Why there is no plan, people under their own numbers.
    pub(super) fn no_plan(&self, mut no_plan: NoPlan) -> NoPlan {
        for conflict in &mut no_plan.conflicts {
            let rules = conflict.rules.iter_mut().map(|rule| &mut rule.agent);
            let ways = conflict.ways.iter_mut().map(|way| &mut way.agent);
            for agent in rules.chain(ways).chain([&mut conflict.agent]) {
                *agent = agent.map(|agent| self.back(agent));
            }
        }
        no_plan
    }
}

/// To a whole multiple of a small power of two, sums of which are exact.
fn on_the_grid(value: f64) -> f64 {
    const PARTS: f64 = 1_048_576.0;
    let rounded = (value * PARTS).round() / PARTS;
    if rounded.is_finite() { rounded } else { value }
}
