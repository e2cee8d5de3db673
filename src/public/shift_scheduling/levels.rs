//! Where a run of shifts or of days off stands.
//!
//! Runs of shifts have levels: 1 to the most, then those that began on the first day and are still too short
//! elsewhere. A node is a shift at a level, or a count of days off.

use super::lines::Limits;

/// The levels of one person.
pub(super) struct Levels {
    pub(super) shifts: usize,
    most_run: usize,
    least_run: usize,
    pub(super) least_rest: usize,
    first: usize,
}

impl Levels {
    pub(super) fn of(limits: &Limits) -> Levels {
        let first = (limits.least_run - 1).min(limits.most_run);
        let (most_run, least_run) = (limits.most_run, limits.least_run);
        let (shifts, least_rest) = (limits.shifts.len(), limits.least_rest);
        Levels { shifts, most_run, least_run, least_rest, first }
    }

    pub(super) fn count(&self) -> usize {
        self.most_run + self.first
    }

    pub(super) fn nodes(&self) -> usize {
        self.count() * self.shifts + self.least_rest
    }

    pub(super) fn work(&self, level: usize, shift: usize) -> usize {
        level * self.shifts + shift
    }

    pub(super) fn rest(&self, days: usize) -> usize {
        self.count() * self.shifts + days - 1
    }

    /// Shifts in a row at a level.
    pub(super) fn length(&self, level: usize) -> usize {
        if level < self.most_run { level + 1 } else { level - self.most_run + 1 }
    }

    pub(super) fn is_first(&self, level: usize) -> bool {
        level >= self.most_run
    }

    /// The level on the first day.
    pub(super) fn start(&self) -> usize {
        if self.first > 0 { self.most_run } else { 0 }
    }

    /// The level after one more shift.
    pub(super) fn next(&self, level: usize) -> Option<usize> {
        let length = self.length(level) + 1;
        if length > self.most_run {
            None
        } else if self.is_first(level) && length <= self.first {
            Some(self.most_run + length - 1)
        } else {
            Some(length - 1)
        }
    }

    /// Whether a day off may follow.
    pub(super) fn may_end(&self, level: usize) -> bool {
        self.is_first(level) || self.length(level) >= self.least_run
    }
}
