//! The shift-scheduling benchmark of Curtois & Qu (2014): people, shifts of fixed length, weeks of days, wishes and
//! cover by day and shift.
//!
//! Hard: one shift a day; forbidden successions; most shifts of a type; least and most minutes; most and least
//! shifts in a row; least days off in a row; most weekends; days off. A run that touches an end of the horizon may
//! be shorter than the least. Soft: wishes missed, and cover above or below what is wanted.

mod check;
mod dense;
mod labels;
mod levels;
mod lines;
mod priced;
mod read;
#[cfg(test)]
mod tests;
mod window;

use std::collections::BTreeMap;

pub use check::{Judged, judge};

pub use lines::Line;

use super::{NoOutcome, Outcome, Schedule};
use crate::roster::columns::{self, Budget, Clock, Filled, Latest, NoLines};

/// One instance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance {
    /// Days; the first is a Monday.
    pub days: usize,
    /// The shifts.
    pub shifts: Vec<Shift>,
    /// The people.
    pub people: Vec<Person>,
    /// Cover wanted, each day and shift once.
    pub cover: Vec<Cover>,
}

/// A type of shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its name.
    pub name: String,
    /// Its length.
    pub minutes: i64,
    /// Shifts that nobody may work on the day after.
    pub forbidden_next: Vec<usize>,
}

/// Someone with their limits and wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Most shifts of each type.
    pub most_of: Vec<i64>,
    /// Most minutes over the horizon.
    pub most_minutes: i64,
    /// Least minutes over the horizon.
    pub least_minutes: i64,
    /// Most shifts in a row.
    pub most_run: usize,
    /// Least shifts in a row.
    pub least_run: usize,
    /// Least days off in a row.
    pub least_rest: usize,
    /// Most weekends with a shift.
    pub most_weekends: usize,
    /// Days they cannot work.
    pub days_off: Vec<usize>,
    /// Weight lost where a day's shift is not worked.
    pub wishes_on: BTreeMap<(usize, usize), i64>,
    /// Weight lost where a day's shift is worked.
    pub wishes_off: BTreeMap<(usize, usize), i64>,
}

/// How many are wanted on a day's shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// The day, from 0.
    pub day: usize,
    /// The shift.
    pub shift: usize,
    /// How many.
    pub wanted: i64,
    /// Weight of each one missing.
    pub under: i64,
    /// Weight of each one too many.
    pub over: i64,
}

/// A person's shift on each day; none on days off.
pub type Days = Vec<Option<usize>>;

impl Instance {
    /// Find a good roster and a bound.
    ///
    /// # Errors
    /// [`NoOutcome`] where somebody has no line to work.
    pub fn solve(&self, budget: &Budget, clock: &dyn Clock) -> Result<Outcome, NoOutcome> {
        self.solve_keeping(budget, clock, &Latest::default())
    }

    /// The same, with the best roster so far kept where others find it meanwhile.
    ///
    /// # Errors
    /// As [`Instance::solve`].
    pub fn solve_keeping(
        &self,
        budget: &Budget,
        clock: &dyn Clock,
        latest: &Latest<Line>,
    ) -> Result<Outcome, NoOutcome> {
        let lines = lines::PersonLines::of(self);
        let filled = columns::fill_keeping(&lines.task(), &lines, budget, clock, latest);
        self.outcome(&filled.map_err(|none| match none {
            NoLines::Class(class) => NoOutcome::NoLine(self.people[class].name.clone()),
            NoLines::Solver(cause) => NoOutcome::Solver(cause),
        })?)
    }

    /// A roster found, judged.
    ///
    /// # Errors
    /// [`NoOutcome::Refused`] where the checker refuses it.
    pub fn outcome(&self, filled: &Filled<Line>) -> Result<Outcome, NoOutcome> {
        let roster: Vec<Days> =
            filled.lines.iter().flatten().map(lines::PersonLines::days_of).collect();
        let judged = judge(self, &roster);
        if !judged.breaks.is_empty() {
            return Err(NoOutcome::Refused(judged.breaks));
        }
        let name = |shift: Option<usize>| {
            shift.map_or_else(String::new, |it| self.shifts[it].name.clone())
        };
        let named = self.people.iter().zip(&roster).map(|(person, days)| {
            (person.name.clone(), Schedule::Shifts(days.iter().map(|&shift| name(shift)).collect()))
        });
        Ok(Outcome {
            format: "shift_scheduling",
            cost: judged.cost,
            bound: filled.bound,
            proved: filled.bound >= judged.cost,
            floor: None,
            missing: None,
            complete: filled.is_complete,
            effort: filled.effort,
            roster: named.collect(),
        })
    }
}
