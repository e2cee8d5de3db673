//! From slots of a past day's clock to intervals of the horizon.
//!
//! A slot's contacts are spread evenly over the minutes of the slot in which the queue is open on that day,
//! so coarser grids sum and finer ones split evenly. A slot that the clock skips brings nothing; one it
//! shows twice is split between both.

use super::WhileClosed;
use crate::calendar::Calendar;
use crate::units::{Contacts, Minutes, Moment, Span};

/// Offsets, grids and intervals all change on multiples of so many minutes.
const PIECE: Minutes = Minutes(5);

/// A piece of a day: where it falls, and how long the queue is open in it.
struct Piece {
    slot: usize,
    interval: usize,
    span: Span,
    open: f64,
}

/// Contacts by interval, from contacts by day of the horizon and slot of its clock.
pub(super) fn onto(
    calendar: &Calendar,
    grid: Minutes,
    days: &[Vec<f64>],
    open: &[Span],
    closed: WhileClosed,
) -> Vec<Contacts> {
    let mut contacts = vec![Contacts(0.0); calendar.intervals()];
    for (day, slots) in days.iter().enumerate() {
        let pieces = pieces_of(calendar, day, grid, slots.len(), open);
        let mut opened = vec![0.0; slots.len()];
        let mut length = vec![0.0; slots.len()];
        for piece in &pieces {
            opened[piece.slot] += piece.open;
            length[piece.slot] += piece.span.length().real();
        }
        for piece in &pieces {
            let slot = piece.slot;
            if opened[slot] > 0.0 {
                contacts[piece.interval] += Contacts(slots[slot] * piece.open / opened[slot]);
            } else if closed == WhileClosed::Wait
                && slots[slot] > 0.0
                && let Some(interval) = next_opening(calendar, open, piece.span.start)
            {
                let share = piece.span.length().real() / length[slot];
                contacts[interval] += Contacts(slots[slot] * share);
            }
        }
    }
    contacts
}

fn pieces_of(
    calendar: &Calendar,
    day: usize,
    grid: Minutes,
    slots: usize,
    open: &[Span],
) -> Vec<Piece> {
    let whole = calendar.day(day);
    let open = &open[open.partition_point(|span| span.end <= whole.start)..];
    let mut pieces = Vec::new();
    let mut start = whole.start;
    while start < whole.end {
        let span = Span::new(start, (start + PIECE).min(whole.end));
        let clock = i64::from(calendar.local(start).clock.0);
        let slot = usize::try_from(clock.div_euclid(grid.0)).unwrap_or(0).min(slots - 1);
        let near = open.iter().take_while(|opening| opening.start < span.end);
        let minutes: Minutes = near.map(|opening| opening.overlap(span)).sum();
        if let Some(interval) = calendar.interval_at(start) {
            pieces.push(Piece { slot, interval, span, open: minutes.real() });
        }
        start = span.end;
    }
    pieces
}

/// The interval in which the queue next opens, where it still does.
fn next_opening(calendar: &Calendar, open: &[Span], moment: Moment) -> Option<usize> {
    let next = open.get(open.partition_point(|span| span.end <= moment))?;
    calendar.interval_at(next.start.max(moment))
}
