//! Past contacts, read from interval files.

use crate::calendar::Date;
use crate::units::{Contacts, Minutes};

/// Past contacts of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// One series a queue of the scenario, in its order.
    pub series: Vec<Series>,
}

/// Past contacts of one queue: whole local days on a grid of clock times.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Clock minutes between two slots of a day.
    pub grid: Minutes,
    /// Days in order, gaps left out.
    pub days: Vec<PastDay>,
}

/// One past day.
#[derive(Debug, Clone, PartialEq)]
pub struct PastDay {
    /// Its date.
    pub date: Date,
    /// Contacts by slot of the day.
    pub contacts: Vec<Contacts>,
}
