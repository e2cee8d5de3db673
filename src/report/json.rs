//! The versioned contracts that other programs lean on: names stay, keys stand in a fixed order, figures are
//! rounded to six decimals, and the same plan gives the same bytes.

mod audit;
mod compare;
mod course;
mod funnel;
mod kpis;
mod need;
mod no_plan;
mod plan;
mod pursuit;
mod replan;
mod routing;
mod simulation;
mod staffing;
mod verdicts;

pub use audit::{audit, audit_of};
pub use compare::compare;
pub use need::need;
pub use no_plan::no_plan;
pub use plan::plan;
pub use replan::{absent, replan, swap};
pub use simulation::simulation;

use crate::pools::{PoolsQuestion, PoolsSized};
use crate::staffing::size::Sized;
use serde::Serialize;

/// Any value as text, two spaces deep, ending in a line break.
pub(crate) fn text<T: Serialize>(value: &T) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("no key here but text, no figure but finite");
    text.push('\n');
    text
}

/// The contract of a sizing, `evenkeel.size/1`.
#[must_use]
pub fn size(sized: &Sized) -> String {
    text(&super::size::file(sized))
}

/// The contract of a mix of skills, `evenkeel.size_pools/1`.
#[must_use]
pub fn pools(sized: &PoolsSized, question: &PoolsQuestion) -> String {
    text(&super::pools::file(sized, question))
}
