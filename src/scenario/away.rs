//! A scenario in which someone turns out to be away.

use super::{Scenario, TimeOff};
use crate::id::{AgentId, Id};
use crate::units::Span;

impl Scenario {
    /// The same with a person away for a stretch of time.
    #[must_use]
    pub fn with_away(mut self, agent: AgentId, span: Span, reason: &str) -> Scenario {
        let Some(person) = self.agents.get_mut(agent.index()) else { return self };
        person.time_off.push(TimeOff { span, reason: reason.to_owned() });
        person.time_off.sort_by_key(|off| off.span);
        let left = person.available.iter().flat_map(|free| {
            let before = Span::new(free.start, free.end.min(span.start));
            let after = Span::new(free.start.max(span.end), free.end);
            [before, after].into_iter().filter(|part| part.start < part.end)
        });
        let mut left: Vec<Span> = left.collect();
        left.dedup();
        person.available = left;
        self
    }
}
