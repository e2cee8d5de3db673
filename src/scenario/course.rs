//! The course a contact runs beyond one answer: touches and replies, callbacks, escalation, what interrupts it.

use crate::id::{ComplexityId, TierId};
use crate::units::{Contacts, HandleMinutes, Minutes, Share};

/// How the contacts of a queue run from the first answer to the last; by default one answer settles them.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Mean touches until a case is settled, 1 or more; the number of touches is geometric (assumption).
    pub touches: f64,
    /// Mean minutes until a customer replies, exponential (assumption).
    pub reply_minutes: f64,
    /// Cases that wait for their customer when the horizon starts.
    pub awaiting_reply: Contacts,
    /// Minutes of reading into a case: with every touch, and once more where another person takes it over.
    pub context_switch: HandleMinutes,
    /// Who answers a customer's reply.
    pub ownership: Ownership,
    /// Whether callers may be called back instead of waiting.
    pub callback: Option<Callback>,
    /// To whom cases go on.
    pub escalation: Vec<Escalation>,
    /// Whether difficult contacts go on to the next step of the escalation path, whatever its share.
    pub is_difficult_escalated: bool,
    /// Whether agents may end a difficult contact.
    pub ending: Option<Ending>,
    /// Share of handle time that is administration (tagging, sorting, logging), which automation can take over.
    pub admin: Share,
    /// Minutes lost in switching between tools, with every touch, on top of handle time.
    pub tool_friction: HandleMinutes,
    /// Whether only people who may take sensitive work take it.
    pub is_sensitive: bool,
    /// How much a problem hurts, where said.
    pub impact: Option<Level>,
    /// How soon it hurts, where said.
    pub urgency: Option<Level>,
}

impl Default for Course {
    fn default() -> Course {
        Course {
            touches: 1.0,
            reply_minutes: 0.0,
            awaiting_reply: Contacts(0.0),
            context_switch: HandleMinutes(0.0),
            ownership: Ownership::Pool,
            callback: None,
            escalation: Vec::new(),
            is_difficult_escalated: false,
            ending: None,
            admin: Share::NONE,
            tool_friction: HandleMinutes(0.0),
            is_sensitive: false,
            impact: None,
            urgency: None,
        }
    }
}

impl Course {
    /// Chance that a customer replies to an answer, so that the case comes back.
    #[must_use]
    pub fn chance_of_reply(&self) -> f64 {
        if self.touches > 1.0 { 1.0 - 1.0 / self.touches } else { 0.0 }
    }

    /// Whether a contact may take more than one answer by one person.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        self.touches <= 1.0
            && self.awaiting_reply.0 <= 0.0
            && self.callback.is_none()
            && self.escalation.is_empty()
            && self.ending.is_none()
    }
}

/// Who answers a customer's reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ownership {
    /// Whoever answered first, when they are next on queue.
    Owner,
    /// Whoever is free first.
    Pool,
}

/// Callers who would have to wait may be called back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callback {
    /// Share of callers who accept where it is offered.
    pub share: Share,
    /// They are called within so many minutes of opening hours.
    pub within: Minutes,
    /// It is offered where the expected wait is longer than so many minutes; 0: to all who would wait.
    pub offered_after: f64,
}

/// A step of the escalation path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Escalation {
    /// The tier that hands the case on.
    pub from: TierId,
    /// The tier that gets it.
    pub to: TierId,
    /// Share of the cases `from` works that go on.
    pub share: Share,
    /// Only cases of this class; none: all.
    pub complexity: Option<ComplexityId>,
}

/// Agents may end a difficult contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ending {
    /// Share of difficult contacts that are ended.
    pub share: Share,
    /// Part of the handle time they take until then.
    pub handle_share: Share,
}

/// Low, medium or high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}
