//! What happens next, in order of time; equal times in order of kind, then of entry.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What happens. At one moment duties change before work ends, so that nobody whose time is up starts on
/// another contact; then contacts come in, then spill over, and only then hang up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    /// A person's stretch of duty ends or starts.
    Duty,
    /// A person is done with what is in hand, unless the stamp is out of date.
    Done,
    /// A contact of a stream comes in.
    Arrival,
    /// A customer replies.
    Reply,
    /// A promised call may go to anyone.
    Call,
    /// A contact has waited long enough to be taken by pools kept for harder work.
    Spill,
    /// A contact hangs up, where it still waits.
    GiveUp,
}

/// Something to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    /// Time, as the bits of a number that is not negative, which sort as the number does.
    bits: u64,
    pub(super) happening: Happening,
    entry: u32,
    pub(super) subject: u32,
    pub(super) stamp: u32,
}

impl Event {
    pub(super) fn at(self) -> f64 {
        f64::from_bits(self.bits)
    }
}

/// All that is to come within the horizon.
#[derive(Debug)]
pub(super) struct Agenda {
    events: BinaryHeap<Reverse<Event>>,
    entries: u32,
    end: f64,
}

impl Agenda {
    pub(super) fn until(end: f64) -> Agenda {
        Agenda { events: BinaryHeap::new(), entries: 0, end }
    }

    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.entries = 0;
    }

    /// Note an event; one past the horizon, or at no time at all, never happens.
    #[inline]
    pub(super) fn note(&mut self, at: f64, happening: Happening, subject: u32, stamp: u32) {
        if at < self.end {
            let bits = at.max(0.0).to_bits();
            self.entries = self.entries.wrapping_add(1);
            let entry = self.entries;
            self.events.push(Reverse(Event { bits, happening, entry, subject, stamp }));
        }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Event> {
        self.events.pop().map(|Reverse(event)| event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_one_moment_duties_change_before_work_ends_before_contacts_come_in() {
        let mut agenda = Agenda::until(10.0);
        agenda.note(2.0, Happening::Arrival, 0, 0);
        agenda.note(2.0, Happening::Done, 1, 0);
        agenda.note(2.0, Happening::Duty, 5, 0);
        agenda.note(1.0, Happening::GiveUp, 2, 0);
        agenda.note(10.0, Happening::Done, 3, 0);
        agenda.note(f64::NAN, Happening::Done, 4, 0);
        let order: Vec<u32> = std::iter::from_fn(|| agenda.next()).map(|e| e.subject).collect();
        assert_eq!(order, [2, 5, 1, 0]);
    }
}
