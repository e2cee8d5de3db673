//! The multi-activity benchmark of Qu & Curtois (2020): demand by the quarter hour and task, shifts of six to ten
//! hours with at least an hour on a task, fourteen hours of rest, at most five working days in a row.
//!
//! Hard: everything about one person, and the fewest people wanted on each task. Soft: people above the most
//! wanted, squared.

mod bound;
mod check;
mod cover;
mod lines;
mod read;
mod search;
mod terms;
#[cfg(test)]
mod tests;

pub use check::{Block, Judged, judge};
pub(super) use read::TASKS;
pub use terms::{Instance, Person};

use std::collections::BTreeMap;

use super::{NoOutcome, Outcome, Schedule};
use crate::roster::columns::{Budget, Clock, Effort};
use bound::Proof;
use terms::{DAY, Line, OPENING, SLOT_MINUTES};

impl Instance {
    /// Find a good roster and a bound.
    ///
    /// # Errors
    /// [`NoOutcome`] where somebody has no line to work.
    pub fn solve(&self, budget: &Budget, clock: &dyn Clock) -> Result<Outcome, NoOutcome> {
        let mut proof = Proof::by_counting(self);
        let found = search::search(self, &mut proof, budget, clock)
            .map_err(|person| NoOutcome::NoLine(self.people[person].name.clone()))?;
        let roster: BTreeMap<String, Vec<Block>> = self
            .people
            .iter()
            .zip(&found.lines)
            .map(|(person, line)| (person.name.clone(), blocks(line)))
            .collect();
        let judged = judge(self, &roster);
        if !judged.breaks.is_empty() {
            return Err(NoOutcome::Refused(judged.breaks));
        }
        let written =
            |blocks: Vec<Block>| Schedule::Blocks(blocks.into_iter().map(Block::written).collect());
        let proved = judged.missing == 0 && judged.excess <= proof.bound;
        Ok(Outcome {
            format: "multi_activity",
            cost: judged.excess,
            bound: proof.bound,
            proved,
            floor: Some(proof.floor),
            missing: Some(judged.missing),
            complete: found.is_complete,
            effort: Effort {
                pricing: found.bounded,
                rounds: found.rounds,
                lines: found.priced,
                ..Effort::default()
            },
            roster: roster.into_iter().map(|(person, line)| (person, written(line))).collect(),
        })
    }
}

/// A line as stretches of work on one task.
fn blocks(line: &Line) -> Vec<Block> {
    let mut blocks = Vec::new();
    for shift in line {
        let mut at = shift.start + OPENING;
        for stretch in shift.tasks.chunk_by(|one, next| one == next) {
            let minutes = |slot: usize| small(slot % DAY * SLOT_MINUTES);
            blocks.push(Block {
                day: small((at - at % DAY).div_euclid(DAY) + 1),
                start: minutes(at),
                end: minutes(at + stretch.len()),
                task: u32::from(stretch[0]) + 1,
            });
            at += stretch.len();
        }
    }
    blocks
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
