//! The audit: every rule judged minute by minute on a finished roster, by code that shares nothing with the
//! engine but the rules' parameters.

use serde::Serialize;

use crate::calendar::Date;
use crate::id::AgentId;
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Minutes;

pub use crate::rules::Severity;

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Compliance {
    /// Rules broken.
    pub breaches: Vec<Breach>,
    /// Breaks, meals and rests owed, and planned.
    pub dues: Vec<Due>,
    /// Hours that earn a premium.
    pub premiums: Vec<Premium>,
    /// What could not be judged, and why.
    pub not_judged: Vec<String>,
}

/// One breach of one rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Breach {
    /// The rule's id.
    pub rule: String,
    /// The kind of rule, such as `break_after`.
    pub kind: String,
    /// `hard`, `soft` or `info`.
    pub severity: Severity,
    /// Whose.
    pub agent: AgentId,
    /// The local date it belongs to.
    pub date: Date,
    /// Missing minutes of a minimum, overrun of a maximum.
    pub by_minutes: Minutes,
    /// Where the rule comes from.
    pub source: String,
    /// The smallest change that mends it.
    pub repair: String,
}

/// Something owed to a person on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Due {
    /// Whose.
    pub agent: AgentId,
    /// The local date.
    pub date: Date,
    /// `break`, `meal`, `screen`, `rest` or `recovery`.
    pub kind: String,
    /// Minutes owed.
    pub due: Minutes,
    /// Minutes planned.
    pub planned: Minutes,
}

/// Hours that earn a premium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Premium {
    /// Whose.
    pub agent: AgentId,
    /// The local date.
    pub date: Date,
    /// The kind, such as `overtime`.
    pub kind: String,
    /// Hours.
    pub hours: f64,
    /// Pay as a multiple.
    pub rate: f64,
}

/// Audit a roster against a scenario: the law, contracts, availability, skills and the rules of the house.
#[must_use]
pub fn audit(roster: &Roster, scenario: &Scenario) -> Compliance {
    let _ = (roster, scenario);
    todo!()
}

impl Compliance {
    /// Hard rules broken.
    #[must_use]
    pub fn hard(&self) -> usize {
        self.breaches.iter().filter(|breach| breach.severity == Severity::Hard).count()
    }
}
