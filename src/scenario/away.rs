//! A scenario in which someone turns out to be away.

use super::{Scenario, TimeOff};
use crate::id::{AgentId, Id};
use crate::units::Span;

impl Scenario {
    /// The same with a person away for a stretch of time. Time off that is known already keeps its reason.
    #[must_use]
    pub fn with_away(mut self, agent: AgentId, span: Span, reason: &str) -> Scenario {
        let Some(person) = self.agents.get_mut(agent.index()) else { return self };
        let known: Vec<Span> = person.time_off.iter().map(|off| off.span).collect();
        let new = Span::without(vec![span], &known);
        let new = new.into_iter().map(|span| TimeOff { span, reason: reason.to_owned() });
        person.time_off.extend(new);
        person.time_off.sort_by_key(|off| off.span);
        person.available = Span::without(std::mem::take(&mut person.available), &[span]);
        self
    }
}
