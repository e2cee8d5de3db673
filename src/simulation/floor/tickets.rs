//! Work with deadlines: begun by earliest due, paused for live contacts and breaks, resumed by the same
//! person, handed back where their duty ends.
//!
//! A stretch that a live contact cuts off is worth only the scenario's switching efficiency, once for each
//! interruption; one that ends by itself, or with a rostered break, is worth its whole length.

use crate::simulation::standby::{ON_TICKET, small};

use super::people::Doing;
use super::who::Scope;
use super::{Floor, NONE, State};

impl Floor<'_> {
    /// The ticket a person begins next: of streams the plan gives their pool first, then by earliest due.
    pub(super) fn next_ticket(&mut self, person: usize, now: f64) -> Option<u32> {
        let own = self.people[person].own.front().map(|&own| self.contacts[own as usize].due);
        let common =
            if self.waiting_deferred > 0 { self.next_common(person, own, now) } else { None };
        common.or_else(|| self.people[person].own.pop_front())
    }

    /// The ticket of everyone's that a person begins next, unless one of their own is due sooner.
    fn next_common(&mut self, person: usize, own: Option<f64>, now: f64) -> Option<u32> {
        let setting = self.setting;
        let pool = setting.people[person].pool;
        let mut best: Option<(bool, f64, u8, usize)> = None;
        for &stream in &setting.pools[pool].deferred {
            let most = setting.streams[stream].most_open;
            if self.front(stream, now).is_none() || !self.may_own(person, most) {
                continue;
            }
            let Some(&front) = self.queues[stream].front() else { continue };
            let due = self.contacts[front as usize].due;
            let is_last = self.is_kept(stream, pool) || self.is_spared(person, stream);
            let rank = (is_last, due, setting.streams[stream].priority, stream);
            if best.is_none_or(|best| comes_before(rank, best)) {
                best = Some(rank);
            }
        }
        let (is_last, due, _, stream) = best?;
        if own.is_some_and(|own| is_last || own <= due) {
            return None;
        }
        self.waiting_deferred -= 1;
        self.queues[stream].pop_front()
    }

    pub(super) fn begin_ticket(&mut self, contact: u32, person: usize, now: f64) {
        let its = &mut self.contacts[contact as usize];
        let stream = its.stream as usize;
        let is_answered = its.answered.is_nan();
        if is_answered {
            its.answered = now;
        }
        let is_new =
            if its.case == NONE { is_answered } else { self.take_up(contact, person, now) };
        if is_new {
            self.count(stream, self.setting.people[person].pool);
        }
        let its = &mut self.contacts[contact as usize];
        (its.person, its.state) = (small(person), State::InHand);
        self.people[person].ticket = contact;
        self.resume_ticket(person, now);
    }

    pub(super) fn resume_ticket(&mut self, person: usize, now: f64) {
        let pool = self.setting.people[person].pool;
        let who = &mut self.people[person];
        let contact = &self.contacts[who.ticket as usize];
        let needs = contact.left * self.setting.streams[contact.stream as usize].handle[pool];
        who.reckoned = now;
        self.turn(person, Doing::Ticket, now);
        self.agenda.note_done(now + needs, small(person));
        self.standby.join(person, pool, ON_TICKET);
    }

    /// Lay the ticket aside; each minute since it was taken up counts for so much.
    pub(super) fn pause_ticket(&mut self, person: usize, now: f64, worth: f64) {
        let pool = self.setting.people[person].pool;
        let who = &mut self.people[person];
        let contact = &mut self.contacts[who.ticket as usize];
        let handle = self.setting.streams[contact.stream as usize].handle[pool];
        if handle > 0.0 {
            contact.left = (contact.left - (now - who.reckoned) * worth / handle).max(0.0);
        }
        self.agenda.drop_done(small(person));
        self.standby.leave(person);
    }

    pub(super) fn end_ticket(&mut self, person: usize, now: f64) {
        let ticket = std::mem::replace(&mut self.people[person].ticket, NONE);
        self.finish(ticket, person, now);
        self.standby.leave(person);
        self.turn(person, Doing::Idle, now);
        self.release(person, now);
    }

    /// Give an unfinished ticket back to everyone at the end of a duty.
    pub(super) fn hand_back(&mut self, person: usize, now: f64) {
        let ticket = std::mem::replace(&mut self.people[person].ticket, NONE);
        if ticket == NONE {
            return;
        }
        let its = &mut self.contacts[ticket as usize];
        its.state = State::Waiting;
        if its.case != NONE
            && let Some(owner) = self.sole_owner(ticket)
        {
            self.keep_for(ticket, owner);
            return;
        }
        let its = &self.contacts[ticket as usize];
        let (due, stream) = (its.due, its.stream as usize);
        if self.seat(ticket, now, Scope::Anyone) {
            return;
        }
        let contacts = &self.contacts;
        let queue = &mut self.queues[stream];
        let place = queue.iter().position(|&other| contacts[other as usize].due > due);
        queue.insert(place.unwrap_or(queue.len()), ticket);
        self.waiting_deferred += 1;
    }
}

fn comes_before(one: (bool, f64, u8, usize), other: (bool, f64, u8, usize)) -> bool {
    let by_due = || one.1.total_cmp(&other.1);
    let order = one.0.cmp(&other.0).then_with(by_due).then_with(|| one.2.cmp(&other.2));
    order.is_lt()
}
