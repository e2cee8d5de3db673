//! What happens next, in order of time; equal times in order of kind, then of entry.
//!
//! Whoever can have but one event of a kind to come has a slot for it: a person for the end of what is in
//! hand, a stream for its next contact. A slot is overwritten or emptied where the event no longer holds, so
//! that nothing of theirs that is out of date is ever sorted.

mod slots;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use slots::{NEVER, Slots};

/// What happens. At one moment duties change before work ends, so that nobody whose time is up starts on
/// another contact; then contacts come in, then spill over, and only then hang up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    /// A person's stretch of duty ends or starts.
    Duty,
    /// A person is done with what is in hand.
    Done,
    /// A contact of a stream comes in.
    Arrival,
    /// A customer replies.
    Reply,
    /// A promised call may go to anyone.
    Call,
    /// A contact has waited long enough to be taken by pools kept for harder work.
    Spill,
    /// A contact hangs up.
    GiveUp,
}

/// Something that happens now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) at: f64,
    pub(super) happening: Happening,
    pub(super) subject: u32,
}

/// Something to come that has no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Other {
    /// Time, as the bits of a number that is not negative, which sort as the number does.
    bits: u64,
    happening: Happening,
    entry: u32,
    subject: u32,
}

/// All that is to come within the horizon.
#[derive(Debug)]
pub(super) struct Agenda {
    /// When each person is done, and when each stream's next contact comes in.
    dones: Slots,
    arrivals: Slots,
    /// The entry of whoever is done now.
    under_way: u32,
    /// Everything else, which is little.
    others: BinaryHeap<Reverse<Other>>,
    /// When the first of them is, and whether it is a duty's.
    soonest_other: u64,
    is_duty_next: bool,
    entries: u32,
    end: f64,
}

impl Agenda {
    /// Of so many people and streams, until the end of the horizon.
    pub(super) fn new(people: usize, streams: usize, end: f64) -> Agenda {
        Agenda {
            dones: Slots::new(people),
            arrivals: Slots::new(streams),
            under_way: 0,
            others: BinaryHeap::new(),
            soonest_other: NEVER,
            is_duty_next: false,
            entries: 0,
            end,
        }
    }

    pub(super) fn clear(&mut self) {
        self.dones.clear();
        self.arrivals.clear();
        self.others.clear();
        self.look_at_others();
        self.entries = 0;
    }

    /// Note when a person is done; what was noted of them before no longer holds.
    #[inline]
    pub(super) fn note_done(&mut self, at: f64, person: u32) {
        let (entry, bits) = (self.entry(), self.bits(at));
        self.dones.set(person, bits.unwrap_or(NEVER), entry);
    }

    /// A person is done with nothing.
    #[inline]
    pub(super) fn drop_done(&mut self, person: u32) {
        self.dones.empty(person);
    }

    /// A person's event has been dealt with: unless that noted another, there is none.
    #[inline]
    pub(super) fn settle_done(&mut self, person: u32) {
        if self.dones.holds(person, self.under_way) {
            self.dones.empty(person);
        }
    }

    /// Note when the next contact of a stream comes in, after the one before.
    #[inline]
    pub(super) fn note_arrival(&mut self, at: f64, stream: u32) {
        let (entry, bits) = (self.entry(), self.bits(at));
        self.arrivals.set(stream, bits.unwrap_or(NEVER), entry);
    }

    /// Note an event that nothing takes back; one past the horizon, or at no time at all, never happens.
    #[inline]
    pub(super) fn note(&mut self, at: f64, happening: Happening, subject: u32) {
        let entry = self.entry();
        if let Some(bits) = self.bits(at) {
            self.others.push(Reverse(Other { bits, happening, entry, subject }));
            self.look_at_others();
        }
    }

    /// What happens next. A person done is to be settled, a stream's next arrival noted, before the next.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Event> {
        let (done, arrival) = (self.dones.soonest(), self.arrivals.soonest());
        let other = self.soonest_other;
        let first = done.min(arrival).min(other);
        if first == NEVER {
            return None;
        }
        let is_other = other == first && (self.is_duty_next || (done != first && arrival != first));
        let (happening, subject) = if is_other {
            self.pop_other()?
        } else if done == first {
            self.under_way = self.dones.entry();
            (Happening::Done, self.dones.whose())
        } else {
            (Happening::Arrival, self.arrivals.whose())
        };
        Some(Event { at: f64::from_bits(first), happening, subject })
    }

    fn pop_other(&mut self) -> Option<(Happening, u32)> {
        let Reverse(other) = self.others.pop()?;
        self.look_at_others();
        Some((other.happening, other.subject))
    }

    fn look_at_others(&mut self) {
        let first = self.others.peek().map(|Reverse(other)| (other.bits, other.happening));
        self.soonest_other = first.map_or(NEVER, |(bits, _)| bits);
        self.is_duty_next = first.is_some_and(|(_, happening)| happening == Happening::Duty);
    }

    #[inline]
    fn entry(&mut self) -> u32 {
        self.entries = self.entries.wrapping_add(1);
        self.entries
    }

    /// A time within the horizon, as bits that sort as it does.
    #[inline]
    fn bits(&self, at: f64) -> Option<u64> {
        (at < self.end).then(|| at.max(0.0).to_bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(agenda: &mut Agenda) -> Vec<(Happening, u32)> {
        let mut order = Vec::new();
        while let Some(event) = agenda.next() {
            order.push((event.happening, event.subject));
            match event.happening {
                Happening::Done => agenda.settle_done(event.subject),
                Happening::Arrival => agenda.note_arrival(f64::INFINITY, event.subject),
                _ => {}
            }
        }
        order
    }

    #[test]
    fn at_one_moment_duties_change_before_work_ends_before_contacts_come_in() {
        let mut agenda = Agenda::new(5, 2, 10.0);
        agenda.note(2.0, Happening::GiveUp, 9);
        agenda.note(1.0, Happening::GiveUp, 2);
        agenda.note_arrival(2.0, 0);
        agenda.note_done(2.0, 1);
        agenda.note(2.0, Happening::Spill, 7);
        agenda.note(2.0, Happening::Duty, 5);
        agenda.note_done(10.0, 3);
        agenda.note_done(f64::NAN, 4);
        let expected = [
            (Happening::GiveUp, 2),
            (Happening::Duty, 5),
            (Happening::Done, 1),
            (Happening::Arrival, 0),
            (Happening::Spill, 7),
            (Happening::GiveUp, 9),
        ];
        assert_eq!(order(&mut agenda), expected);
    }

    #[test]
    fn of_two_people_done_at_one_moment_the_one_noted_first_is_first() {
        let mut agenda = Agenda::new(4, 1, 10.0);
        for person in [3, 0, 2] {
            agenda.note_done(4.0, person);
        }
        agenda.note_done(4.0, 3);
        let people: Vec<u32> = order(&mut agenda).into_iter().map(|(_, person)| person).collect();
        assert_eq!(people, [0, 2, 3]);
    }
}
