//! Numbers of a table: four bytes where costs allow, eight where they are large.

use std::cell::RefCell;

/// A number of the table.
pub(super) trait Value:
    Copy + Ord + std::ops::Add<Output = Self> + std::ops::Sub<Output = Self> + Send
{
    /// Above every path.
    const NEVER: Self;
    fn of(value: i64) -> Self;
    fn wide(self) -> i64;
    /// Whether a path has it; sums of [`Self::NEVER`] drift by less than a quarter of it.
    fn is_reached(self) -> bool;
    /// A table that this thread used before; making one anew costs more than filling it.
    fn table() -> Vec<Self>;
    /// Put it back for the next one.
    fn put_back(table: Vec<Self>);
}

thread_local! {
    static NARROW: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    static WIDE: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

impl Value for i32 {
    const NEVER: i32 = 1 << 30;
    #[expect(clippy::cast_possible_truncation, reason = "chosen where all sums fit")]
    fn of(value: i64) -> i32 {
        value as i32
    }
    fn wide(self) -> i64 {
        i64::from(self)
    }
    fn is_reached(self) -> bool {
        self < Self::NEVER >> 1
    }
    fn table() -> Vec<i32> {
        NARROW.take()
    }
    fn put_back(table: Vec<i32>) {
        NARROW.set(table);
    }
}

impl Value for i64 {
    const NEVER: i64 = 1 << 62;
    fn of(value: i64) -> i64 {
        value
    }
    fn wide(self) -> i64 {
        self
    }
    fn is_reached(self) -> bool {
        self < Self::NEVER >> 1
    }
    fn table() -> Vec<i64> {
        WIDE.take()
    }
    fn put_back(table: Vec<i64>) {
        WIDE.set(table);
    }
}
