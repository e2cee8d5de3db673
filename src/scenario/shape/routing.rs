//! Keys of who is handed which contact.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who is handed which contact, in play.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::scenario) struct RoutingShape {
    /// Which pool takes a contact, and which contact a person takes next.
    pub policy: PolicyShape,
    /// Who takes it of the people in a pool who are free.
    pub people: PeopleShape,
    /// Minutes without work that are as good as a break, for `time_since_break` (assumption).
    #[schemars(range(min = 1, max = 60))]
    pub idle_break_minutes: i64,
    /// Difficult contacts after which a person takes no more of topics that are often difficult until they had
    /// another contact or a pause, as long as others can; by default nobody is spared so.
    #[schemars(range(min = 1, max = 20))]
    pub difficult_in_a_row: Option<u32>,
}

/// Which pool takes a contact, and which contact a person takes next.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::scenario) enum PolicyShape {
    /// Pools get the shares of the plan, and those it keeps for harder work help late; people take by priority,
    /// then whoever has waited longest.
    #[default]
    Shares,
    /// Any pool that can, the cheapest first; people take by priority, then whoever has waited longest.
    Priority,
    /// Any pool that can, the cheapest first; people take whoever has waited longest, whatever the priority.
    LongestWait,
    /// The pool whose idle people most exceed its part of everyone there; people take from the queue that most
    /// exceeds its part of all who wait, parts being contacts a minute times the wait that is in time.
    QueueAndIdlenessRatio,
}

/// Who takes a contact of the people in a pool who are free.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::scenario) enum PeopleShape {
    /// Whoever has been free longest.
    #[default]
    LongestIdle,
    /// Whoever had a break most recently, so that who has worked longest is left alone until that is a break.
    TimeSinceBreak,
    /// Of contacts on topics that may be difficult, whoever has had the fewest difficult ones in this duty.
    FewestDifficult,
}

impl Default for RoutingShape {
    fn default() -> RoutingShape {
        RoutingShape {
            policy: PolicyShape::Shares,
            people: PeopleShape::LongestIdle,
            idle_break_minutes: 5,
            difficult_in_a_row: None,
        }
    }
}
