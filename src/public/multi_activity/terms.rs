//! What the benchmark speaks of: its days, shifts, people and demand.

/// Minutes of a slot, the grid of everything here.
pub(super) const SLOT_MINUTES: usize = 15;
/// Slots of a day.
pub(super) const DAY: usize = 96;
/// Slots from midnight to 06:00, where the horizon begins.
pub(super) const OPENING: usize = 24;
/// Slots of the shortest shift: six hours.
pub(super) const SHORTEST: usize = 24;
/// Slots of the longest shift: ten hours.
pub(super) const LONGEST: usize = 40;
/// Slots of the shortest stretch on one task: an hour.
pub(super) const STRETCH: usize = 4;
/// Slots of rest between two shifts: fourteen hours.
pub(super) const REST: usize = 56;
/// Most working days in a row.
pub(super) const RUN: usize = 5;

/// One instance: people, and who is wanted when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance {
    /// Days, each from 06:00 to 06:00.
    pub days: usize,
    /// Number of tasks.
    pub tasks: usize,
    /// The people, in the order of the file.
    pub people: Vec<Person>,
    /// Fewest people wanted, task by task, in each quarter hour from 06:00 of the first day.
    pub least: Vec<u16>,
    /// Most people wanted, in the same order.
    pub most: Vec<u16>,
}

/// Someone and how much they work over the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Fewest quarter hours.
    pub least: usize,
    /// Most quarter hours.
    pub most: usize,
}

/// One shift: where it starts, and the task of each of its quarter hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift {
    /// First quarter hour, counted from 06:00 of the first day.
    pub(super) start: usize,
    /// Task of each quarter hour.
    pub(super) tasks: Vec<u8>,
}

/// One person's shifts in order of time.
pub(super) type Line = Vec<Shift>;

impl Shift {
    /// First quarter hour after it.
    pub(super) fn end(&self) -> usize {
        self.start + self.tasks.len()
    }

    /// Calendar day of its start, the first being 0.
    pub(super) fn day(&self) -> usize {
        (self.start + OPENING).div_euclid(DAY)
    }
}

impl Instance {
    /// Quarter hours of the horizon.
    pub(super) fn slots(&self) -> usize {
        self.days * DAY
    }
}
