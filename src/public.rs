//! Public roster benchmarks, read in their own text formats and solved by the same engine of whole lines as a
//! support week: so that anyone can hold our rosters against published ones.
//!
//! Every answer is judged by a checker that shares nothing with the search before it is given.

pub mod multi_activity;
mod sections;
pub mod shift_scheduling;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::roster::columns::{Budget, Clock, Effort, Latest};
use crate::scenario::Problem;

use self::sections::Sections;

/// An instance of a public benchmark, its format told from the file's sections.
#[derive(Debug, Clone, PartialEq)]
pub enum Benchmark {
    /// Shifts of fixed times over weeks (Curtois & Qu 2014).
    ShiftScheduling(shift_scheduling::Instance),
    /// Tasks by the quarter hour (Qu & Curtois 2020).
    MultiActivity(multi_activity::Instance),
}

/// A roster of a benchmark with what is proved of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Which format: `shift_scheduling` or `multi_activity`.
    pub format: &'static str,
    /// What the roster costs, by our own checker.
    pub cost: i64,
    /// No roster costs less.
    pub bound: i64,
    /// Whether cost and bound meet.
    pub proved: bool,
    /// A bound that counting alone gives, where the benchmark has one.
    pub floor: Option<i64>,
    /// People missing below hard minimum cover, summed over its cells, where the benchmark has one; the cost holds
    /// for a roster of the benchmark only where nobody is missing.
    pub missing: Option<i64>,
    /// Whether the budget was worked off or the proof found, and no clock cut the search short.
    pub complete: bool,
    /// What the search did.
    pub effort: Effort,
    /// Everyone's roster.
    pub roster: BTreeMap<String, Schedule>,
}

/// What a search has found so far, for whoever cannot wait until a step of it has ended.
#[derive(Debug, Default)]
pub struct SoFar {
    shifts: Latest<shift_scheduling::Line>,
}

/// What one person works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Schedule {
    /// Shift by day, empty on days off.
    Shifts(Vec<String>),
    /// Blocks of work: day from 1, start and end as `HH:MM`, task.
    Blocks(Vec<(u32, String, String, u32)>),
}

/// Why a benchmark has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoOutcome {
    /// Nobody can work by these rules, said of a person by name.
    NoLine(String),
    /// The solver refused the numbers.
    Solver(String),
    /// Our own checker refuses the roster: a mistake of ours, and no roster is given.
    Refused(Vec<String>),
}

/// Problems that a benchmark's file can have: code, what is wrong, what to do.
pub const PROBLEMS: &[(&str, &str, &str)] = &[
    ("S900", "a benchmark's file is not text", "give the instance file as it was published"),
    ("S901", "a section is unknown", "name the sections as the benchmark does"),
    ("S902", "a section is missing, or there twice", "give each section once"),
    ("S903", "a field is missing", "fill in the field"),
    (
        "S904",
        "a number cannot be read or is outside its range",
        "write a whole number in the range",
    ),
    (
        "S905",
        "a row names a person, shift or day that does not exist",
        "name one that the file lists",
    ),
    ("S906", "something is there twice", "delete one of the two rows"),
    ("S907", "limits contradict each other", "make the least no more than the most"),
    (
        "S908",
        "a time is not a quarter hour of the horizon",
        "write it as 06:00-06:15, from 06:00 of day 1 to 06:00 after the last day",
    ),
    ("S909", "there are more problems than are listed", "mend those listed and look again"),
];

/// Read a benchmark from a file's bytes.
///
/// # Errors
/// Every problem of the file at once.
pub fn read(bytes: &[u8]) -> Result<Benchmark, Vec<Problem>> {
    let text = sections::text(bytes)?;
    let sections = Sections::of(&text);
    if sections.has(multi_activity::TASKS) {
        return multi_activity::Instance::read(&sections).map(Benchmark::MultiActivity);
    }
    shift_scheduling::Instance::read(&sections).map(Benchmark::ShiftScheduling)
}

impl Benchmark {
    /// Find a good roster and a bound.
    ///
    /// # Errors
    /// [`NoOutcome`] where somebody has no line to work.
    pub fn solve(&self, budget: &Budget, clock: &dyn Clock) -> Result<Outcome, NoOutcome> {
        match self {
            Benchmark::ShiftScheduling(instance) => instance.solve(budget, clock),
            Benchmark::MultiActivity(instance) => instance.solve(budget, clock),
        }
    }

    /// The same, with the best roster so far kept where others find it meanwhile.
    ///
    /// # Errors
    /// As [`Benchmark::solve`].
    pub fn solve_keeping(
        &self,
        budget: &Budget,
        clock: &dyn Clock,
        so_far: &SoFar,
    ) -> Result<Outcome, NoOutcome> {
        match self {
            Benchmark::ShiftScheduling(instance) => {
                instance.solve_keeping(budget, clock, &so_far.shifts)
            }
            // Its steps are short: whoever waits waits for the end.
            Benchmark::MultiActivity(instance) => instance.solve(budget, clock),
        }
    }

    /// The best roster so far; none before there is a first one.
    #[must_use]
    pub fn outcome_so_far(&self, so_far: &SoFar) -> Option<Result<Outcome, NoOutcome>> {
        match self {
            Benchmark::ShiftScheduling(instance) => {
                so_far.shifts.get().map(|filled| instance.outcome(&filled))
            }
            Benchmark::MultiActivity(_) => None,
        }
    }
}
