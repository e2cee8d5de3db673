//! A forecast on any grid, with quantiles: intervals put together by the clock, days from midnight to midnight.

use super::backtest::SHARES;
use super::spread::Spread;
use crate::calendar::{Calendar, ClockTime, Date};
use crate::units::{Contacts, Minutes, Moment};

/// Contacts to expect in one stretch of the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot {
    /// The date.
    pub date: Date,
    /// The clock time it starts at.
    pub clock: ClockTime,
    /// The same as a moment of the calendar.
    pub start: Moment,
    /// How many to expect.
    pub mean: f64,
    /// Quantiles for the shares 0.05, 0.1, 0.25, 0.5, 0.75, 0.9 and 0.95.
    pub quantiles: [f64; SHARES.len()],
}

/// Put the means of a calendar's intervals together into stretches of `grid` clock minutes, 1440 for days.
///
/// Means add up. The day's factor is common to a stretch and the noise of its intervals is not, so quantiles are those
/// of the sum. A stretch that the clock shows twice is shown twice.
#[must_use]
pub fn slots(calendar: &Calendar, means: &[Contacts], spread: Spread, grid: Minutes) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut shown: Option<(Date, i64, Minutes)> = None;
    for (interval, mean) in means.iter().enumerate() {
        let start = calendar.interval(interval).start;
        let local = calendar.local(start);
        let place = i64::from(local.clock.0).div_euclid(grid.0.max(1));
        // A day has one offset for its name, whatever the clock does in between.
        let offset = if grid.0 >= 24 * 60 { Minutes(0) } else { local.offset };
        let stretch = Some((local.date, place, offset));
        match slots.last_mut() {
            Some(last) if shown == stretch => last.mean += mean.0,
            _ => slots.push(Slot {
                date: local.date,
                clock: local.clock,
                start,
                mean: mean.0,
                quantiles: [0.0; SHARES.len()],
            }),
        }
        shown = stretch;
    }
    for slot in &mut slots {
        slot.quantiles = spread.quantiles(slot.mean, SHARES);
    }
    slots
}
