//! Several queues and pools, no people: the cheapest mix of skills that keeps every target in play.
//!
//! A mix is tried where every set of queues has people enough by Erlang's formulas for the most it could
//! have, a flexible agent's minute spent once; whether it keeps the targets the play decides, with the same
//! callers for every mix, until each target is decided. Since more people never serve worse, a mix that
//! misses rules out all below it, and what one more person would have added there rules out others; the
//! search ends when nothing cheaper is left, and says so, or when its budget of plays is spent. What is
//! printed was played with callers the search never saw.

mod bounds;
mod question;
mod rows;
mod search;
mod trial;

use serde::Serialize;

pub use question::{PoolQueue, PoolsQuestion, SkillPool, read};
pub use trial::{Judged, Measured};

/// The cheapest mix found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PoolsSized {
    /// People by pool.
    pub headcount: Vec<u32>,
    /// What they cost, in the unit of the pools' costs.
    pub cost: f64,
    /// What each queue gets, with callers the search never saw.
    pub queues: Vec<Measured>,
    /// Whether no cheaper mix keeps every target, as far as the plays can tell.
    pub is_cheapest: bool,
    /// The cheapest of the mixes that cost less and miss by so little that the play cannot tell.
    pub close: Option<Close>,
    /// Mixes played.
    pub plays: usize,
}

/// A mix that misses by what was measured, where its interval still holds the goal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Close {
    /// People by pool.
    pub headcount: Vec<u32>,
    /// What they cost.
    pub cost: f64,
    /// Share points that the queue furthest below its goal lacks.
    pub lacks: f64,
}

/// The cheapest mix of skills.
///
/// # Errors
/// A sentence where no mix within reach keeps every target.
pub fn size(question: &PoolsQuestion, seed: u64) -> Result<PoolsSized, String> {
    search::cheapest(question, seed)
}

#[cfg(test)]
mod tests;
