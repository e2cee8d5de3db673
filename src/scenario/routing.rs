//! Who is handed which contact, in play.

use crate::units::Minutes;

/// How contacts find people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoutingPolicy {
    /// Which pool takes a contact, and which contact a person takes next.
    pub policy: Policy,
    /// Who takes it of the people in a pool who are free.
    pub people: FreePeople,
    /// Difficult contacts in a row after which a person is spared topics that are often difficult; none: nobody is.
    pub difficult_in_a_row: Option<u32>,
}

/// Which pool takes a contact, and which contact a person takes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Policy {
    /// Pools get the shares of the plan; people take by priority, then by waiting time.
    #[default]
    Shares,
    /// The cheapest pool that can; people take by priority, then by waiting time.
    Priority,
    /// The cheapest pool that can; people take by waiting time alone.
    LongestWait,
    /// Ratios of idle people and of queues are kept (Gurvich and Whitt 2009).
    QueueAndIdlenessRatio,
}

/// Who takes a contact of the people in a pool who are free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FreePeople {
    /// Whoever has been free longest.
    #[default]
    LongestIdle,
    /// Whoever had a break most recently; so long without work is a break (Sun and Whitt 2017).
    TimeSinceBreak(Minutes),
    /// Of topics that may be difficult, whoever has had the fewest difficult contacts in this duty.
    FewestDifficult,
}
