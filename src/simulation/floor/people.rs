//! What people do: take contacts, finish them, rest, take breaks as rostered, go home.
//!
//! The contact in hand is finished before a break, a meeting or the way home; a break then starts late and
//! keeps its length as far as the duty reaches, a meeting ends when it ends. Recovery is taken right after a
//! difficult contact, before anything else but the way home, where rest begins anyway; other conversations in
//! hand are finished first, and pause where that takes long.

use std::collections::VecDeque;

use crate::simulation::Stay;
use crate::simulation::agenda::Happening;
use crate::simulation::draws::{Key, Purpose};
use crate::simulation::setting::StretchKind;
use crate::simulation::standby::{IDLE, ONE_CHAT, small};

use super::course::Calls;
use super::{Floor, NONE, Spent, State};

/// Minutes that other conversations in hand may hold up the rest after a difficult one. *Assumption.*
const LONGEST_WITHOUT_REST: f64 = 10.0;

/// What fills a person's time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::simulation) enum Doing {
    /// Not on queue.
    #[default]
    Nothing,
    /// On queue, free.
    Idle,
    /// With live contacts.
    Live,
    /// With a ticket.
    Ticket,
    /// Resting after a difficult contact.
    Recovering,
}

/// A person in play.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub(super) doing: Doing,
    /// Since when, since when at work or at rest alike, and up to when work in hand is reckoned.
    since: f64,
    stay_since: f64,
    pub(super) reckoned: f64,
    /// Live contacts in hand, and how many at most beside one another.
    pub(super) held: Vec<u32>,
    pub(super) room: usize,
    /// Replies to cases they own, by due, and how many cases they own.
    pub(super) own: VecDeque<u32>,
    pub(super) open: f64,
    /// The ticket begun, if any; it pauses while anything else is done.
    pub(super) ticket: u32,
    /// What is finished next; nothing where a rest comes first.
    finishing: u32,
    /// Minutes of recovery owed, and since when.
    owed: f64,
    owed_since: f64,
    /// Whether the stretch on queue is over once hands are free.
    is_leaving: bool,
    /// When the last break ended, difficult contacts in a row, and in the present duty.
    break_ended: f64,
    pub(super) in_a_row: u32,
    pub(super) difficult_today: u32,
    /// The next stretch, and the duty of the present one with its end.
    next: usize,
    duty: usize,
    duty_ends: f64,
    /// By day of the horizon, whether there.
    pub(super) present: Vec<bool>,
}

/// Where a person's time at work changed its nature.
#[derive(Debug, Clone, Default)]
pub(in crate::simulation) struct Stays {
    /// When difficult contacts were over.
    pub(in crate::simulation) difficult: Vec<f64>,
    /// Rests after difficult contacts.
    pub(in crate::simulation) rests: Vec<Stay>,
    /// Stretches on queue between rests and pauses.
    pub(in crate::simulation) stretches: Vec<Stay>,
}

impl Doing {
    /// How many there are.
    const KINDS: usize = 5;

    /// Whether both are work, both rest, or both neither.
    fn is_of_a_kind_with(self, other: Doing) -> bool {
        let is_work = |doing| matches!(doing, Doing::Idle | Doing::Live | Doing::Ticket);
        self == other || is_work(self) && is_work(other)
    }
}

impl Stays {
    pub(super) fn clear(&mut self) {
        self.difficult.clear();
        self.rests.clear();
        self.stretches.clear();
    }

    /// Note that this was done for so long; what follows at once is part of the same stay.
    fn note(&mut self, doing: Doing, from: f64, to: f64) {
        let stays = match doing {
            Doing::Nothing => return,
            Doing::Recovering => &mut self.rests,
            Doing::Idle | Doing::Live | Doing::Ticket => &mut self.stretches,
        };
        match stays.last_mut() {
            Some(last) if last.to >= from => last.to = to,
            _ if to > from => stays.push(Stay { from, to }),
            _ => {}
        }
    }
}

impl Person {
    pub(super) fn clear(&mut self) {
        let (mut held, mut present) =
            (std::mem::take(&mut self.held), std::mem::take(&mut self.present));
        held.clear();
        present.clear();
        *self = Person {
            held,
            present,
            room: usize::MAX,
            ticket: NONE,
            finishing: NONE,
            ..Person::default()
        };
    }

    /// Minutes since the last break; none while what began as waiting for work has become one.
    pub(super) fn since_break(&self, now: f64, idle_break: f64) -> f64 {
        let is_on_break = self.doing == Doing::Idle && now - self.since >= idle_break;
        if is_on_break { 0.0 } else { now - self.break_ended }
    }

    /// When rest owed since then is over: with the duty at the latest, for the rest at home follows it.
    fn rested(&self, since: f64) -> f64 {
        (since + self.owed).min(self.duty_ends)
    }
}

impl Floor<'_> {
    /// Who is there on which day.
    pub(super) fn draw_presence(&mut self, person: usize) {
        let setting = self.setting;
        let its = &setting.people[person];
        let days = setting.days.last().map_or(0, |last| last + 1);
        let present = &mut self.people[person].present;
        present.resize(days, false);
        for stretch in &its.stretches {
            if let Some(there) = present.get_mut(stretch.day) {
                let mut source =
                    Key::of(self.seed).source(Purpose::Presence, its.number, stretch.day);
                *there = source.happens(its.presence);
            }
        }
    }

    /// Whether a person came on a day they were rostered.
    pub(in crate::simulation) fn present(&self, person: usize) -> &[bool] {
        &self.people[person].present
    }

    /// When a person rested and worked.
    pub(in crate::simulation) fn stays(&self, person: usize) -> &Stays {
        &self.stays[person]
    }

    /// Start the next stretch of duty that is not over yet.
    pub(super) fn next_stretch(&mut self, person: usize, now: f64) {
        let its = &self.setting.people[person];
        loop {
            let Some(stretch) = its.stretches.get(self.people[person].next) else {
                self.hand_back(person, now);
                return;
            };
            let is_there = self.people[person].present.get(stretch.day).copied().unwrap_or(false);
            if !is_there {
                self.people[person].next += 1;
                continue;
            }
            if self.people[person].duty != stretch.duty {
                self.hand_back(person, now);
                self.people[person].difficult_today = 0;
            }
            if stretch.start > now {
                self.agenda.note(stretch.start, Happening::Duty, small(person));
                return;
            }
            let who = &mut self.people[person];
            who.next += 1;
            (who.duty, who.duty_ends) = (stretch.duty, stretch.duty_ends);
            let until = match stretch.kind {
                StretchKind::Pause => (now + stretch.end - stretch.start).min(stretch.duty_ends),
                StretchKind::OnQueue | StretchKind::Meeting => stretch.end,
            };
            if until <= now {
                continue;
            }
            self.agenda.note(until, Happening::Duty, small(person));
            if stretch.kind == StretchKind::OnQueue {
                (who.break_ended, who.in_a_row) = (now, 0);
                self.turn(person, Doing::Idle, now);
                self.find_work(person, now);
            }
            return;
        }
    }

    /// A stretch of duty is over, or the next one starts.
    pub(super) fn change_duty(&mut self, person: usize, now: f64) {
        let who = &mut self.people[person];
        match who.doing {
            Doing::Nothing => self.next_stretch(person, now),
            Doing::Recovering if now >= who.duty_ends => {
                who.owed = 0.0;
                self.agenda.drop_done(small(person));
                if who.held.is_empty() {
                    self.leave_queue(person, now);
                } else {
                    who.is_leaving = true;
                    self.resume_live(person, now);
                }
            }
            Doing::Recovering => {
                who.is_leaving = true;
                let until = who.rested(who.since);
                self.agenda.note_done(until, small(person));
            }
            Doing::Live => {
                who.is_leaving = true;
                self.standby.leave(person);
            }
            Doing::Idle | Doing::Ticket => self.leave_queue(person, now),
        }
    }

    /// Start on a live contact, pausing any ticket.
    pub(super) fn begin_live(&mut self, contact: u32, person: usize, now: f64) {
        let setting = self.setting;
        if self.people[person].doing == Doing::Ticket {
            self.pause_ticket(person, now, setting.switching);
        }
        self.reckon(person, now);
        let its = &mut self.contacts[contact as usize];
        if its.answered.is_nan() {
            (its.answered, its.hangs_up) = (now, f64::INFINITY);
        }
        (its.person, its.state) = (small(person), State::InHand);
        let stream = its.stream as usize;
        if its.case != NONE {
            self.take_up(contact, person, now);
        }
        let who = &mut self.people[person];
        who.held.push(contact);
        who.room = who.room.min(setting.streams[stream].most_at_once);
        if setting.shares.is_some() {
            self.count(stream, setting.people[person].pool);
        }
        self.turn(person, Doing::Live, now);
        self.note_next_done(person, now);
        self.make_room_known(person);
    }

    /// What a person was at is done.
    pub(super) fn done(&mut self, person: usize, now: f64) {
        let who = &mut self.people[person];
        match who.doing {
            Doing::Live if who.finishing == NONE => self.rest_amid(person, now),
            Doing::Live => self.end_live(person, now),
            Doing::Ticket => self.end_ticket(person, now),
            Doing::Recovering if !who.held.is_empty() => self.resume_live(person, now),
            Doing::Recovering => {
                who.owed = 0.0;
                self.turn(person, Doing::Idle, now);
                self.release(person, now);
            }
            Doing::Nothing | Doing::Idle => {}
        }
    }

    fn end_live(&mut self, person: usize, now: f64) {
        if self.people[person].held.len() > 1 {
            self.reckon(person, now);
        }
        let finished = self.people[person].finishing;
        self.finish(finished, person, now);
        let setting = self.setting;
        let contacts = &self.contacts;
        let who = &mut self.people[person];
        who.held.retain(|&contact| contact != finished);
        let most = |&contact: &u32| {
            setting.streams[contacts[contact as usize].stream as usize].most_at_once
        };
        who.room = who.held.iter().map(most).min().unwrap_or(usize::MAX);
        if who.held.is_empty() {
            self.release(person, now);
        } else {
            self.note_next_done(person, now);
            self.fill_up(person, now);
            self.make_room_known(person);
        }
    }

    /// Close a contact, and owe rest for it where it was hard.
    pub(super) fn finish(&mut self, contact: u32, person: usize, now: f64) {
        let name = contact;
        let contact = &mut self.contacts[contact as usize];
        let case = contact.case;
        contact.left = 0.0;
        if case == NONE {
            (contact.state, contact.ended) = (State::Done, now);
        }
        let who = &mut self.people[person];
        if contact.is_difficult {
            who.in_a_row += 1;
            who.difficult_today += 1;
            if who.owed <= 0.0 {
                who.owed_since = now;
            }
            who.owed += self.setting.recovery;
            self.stays[person].difficult.push(now);
        } else {
            who.in_a_row = 0;
        }
        if case != NONE {
            self.close_touch(name, person, now);
        }
    }

    /// With free hands: rest where owed, leave where it is time, else look for work.
    pub(super) fn release(&mut self, person: usize, now: f64) {
        let who = &mut self.people[person];
        if who.owed > 0.0 && now < who.duty_ends {
            let until = if who.is_leaving { who.rested(now) } else { now + who.owed };
            self.agenda.note_done(until, small(person));
            self.turn(person, Doing::Recovering, now);
            return;
        }
        who.owed = 0.0;
        if who.is_leaving {
            self.leave_queue(person, now);
        } else {
            self.find_work(person, now);
        }
    }

    /// Rest although conversations are open: they pause, for rest does not wait for all of them to end.
    fn rest_amid(&mut self, person: usize, now: f64) {
        self.reckon(person, now);
        let until = self.people[person].rested(now);
        self.agenda.note_done(until, small(person));
        self.turn(person, Doing::Recovering, now);
    }

    /// Go on with the conversations that paused.
    fn resume_live(&mut self, person: usize, now: f64) {
        let who = &mut self.people[person];
        (who.owed, who.reckoned) = (0.0, now);
        self.turn(person, Doing::Live, now);
        self.note_next_done(person, now);
        self.fill_up(person, now);
        self.make_room_known(person);
    }

    fn find_work(&mut self, person: usize, now: f64) {
        if self.waiting_callbacks > 0
            && let Some(contact) = self.next_call(person, now, Calls::Late)
        {
            self.begin_live(contact, person, now);
            return;
        }
        if self.waiting_live > 0
            && let Some(contact) = self.next_live(person, now)
        {
            self.begin_live(contact, person, now);
            self.fill_up(person, now);
            return;
        }
        if self.waiting_callbacks > 0
            && let Some(contact) = self.next_call(person, now, Calls::Any)
        {
            self.begin_live(contact, person, now);
        } else if self.people[person].ticket != NONE {
            self.resume_ticket(person, now);
        } else if let Some(ticket) = self.next_ticket(person, now) {
            self.begin_ticket(ticket, person, now);
        } else {
            self.turn(person, Doing::Idle, now);
            self.standby.join(person, self.setting.people[person].pool, IDLE);
        }
    }

    /// Take waiting chats as long as there is room for them.
    fn fill_up(&mut self, person: usize, now: f64) {
        while self.waiting_live > 0 && self.takes_more(person) {
            let Some(contact) = self.next_live(person, now) else { break };
            self.begin_live(contact, person, now);
        }
    }

    fn takes_more(&self, person: usize) -> bool {
        let who = &self.people[person];
        !who.is_leaving && who.owed <= 0.0 && who.held.len() < who.room
    }

    fn make_room_known(&mut self, person: usize) {
        if self.takes_more(person) {
            let post = ONE_CHAT + self.people[person].held.len() - 1;
            self.standby.join(person, self.setting.people[person].pool, post);
        } else {
            self.standby.leave(person);
        }
    }

    fn leave_queue(&mut self, person: usize, now: f64) {
        self.standby.leave(person);
        if self.people[person].doing == Doing::Ticket {
            self.pause_ticket(person, now, 1.0);
        }
        self.people[person].is_leaving = false;
        self.turn(person, Doing::Nothing, now);
        self.next_stretch(person, now);
    }

    /// Bring the work left of all that is in hand up to date.
    fn reckon(&mut self, person: usize, now: f64) {
        let setting = self.setting;
        let who = &mut self.people[person];
        let elapsed = now - who.reckoned;
        who.reckoned = now;
        let pool = setting.people[person].pool;
        for &contact in &who.held {
            let contact = &mut self.contacts[contact as usize];
            let its = &setting.streams[contact.stream as usize];
            let worth = elapsed * its.rate(who.held.len()) / its.handle[pool];
            contact.left = (contact.left - worth).max(0.0);
        }
    }

    fn note_next_done(&mut self, person: usize, now: f64) {
        let setting = self.setting;
        let who = &mut self.people[person];
        let pool = setting.people[person].pool;
        let (mut soonest, mut finishing) = (f64::INFINITY, NONE);
        for &name in &who.held {
            let contact = &self.contacts[name as usize];
            let its = &setting.streams[contact.stream as usize];
            let alone = contact.left * its.handle[pool];
            let needs = match who.held.len() {
                1 => alone,
                several => alone / its.rate(several),
            };
            if needs < soonest {
                (soonest, finishing) = (needs, name);
            }
        }
        // Whoever may go home does: rest at home follows.
        let rest_by = (who.owed_since + LONGEST_WITHOUT_REST).max(now);
        let is_rest_next = who.owed > 0.0 && now + soonest > rest_by && rest_by < who.duty_ends;
        let (next, finishing) =
            if is_rest_next { (rest_by, NONE) } else { (now + soonest, finishing) };
        who.finishing = finishing;
        self.agenda.note_done(next, small(person));
    }

    /// Put the time since the last turn down to what was done, and turn to something else.
    pub(super) fn turn(&mut self, person: usize, to: Doing, now: f64) {
        let who = &mut self.people[person];
        let doing = std::mem::replace(&mut who.doing, to);
        let from = std::mem::replace(&mut who.since, now);
        if doing == Doing::Recovering
            || doing == Doing::Idle && now - from >= self.setting.manner.idle_break
        {
            who.break_ended = now;
        }
        if let Some(ratios) = &mut self.ratios {
            let pool = self.setting.people[person].pool;
            match (doing == Doing::Nothing, to == Doing::Nothing) {
                (true, false) => ratios.comes(pool),
                (false, true) => ratios.goes(pool),
                _ => {}
            }
        }
        if !doing.is_of_a_kind_with(to) {
            let stay_since = std::mem::replace(&mut who.stay_since, now);
            self.stays[person].note(doing, stay_since, now);
        }
        if doing != Doing::Nothing {
            self.spend(person, doing, from, now);
        }
    }

    /// Put time down to what was done in it, interval by interval.
    #[inline]
    fn spend(&mut self, person: usize, doing: Doing, from: f64, to: f64) {
        let setting = self.setting;
        let of_person = person * setting.days.len();
        if from >= self.interval_starts {
            put_down(&mut self.spent[of_person + self.interval], doing, to - from);
            return;
        }
        let mut from = from;
        for interval in setting.interval_of(from)..setting.days.len() {
            if from >= to {
                break;
            }
            let until = to.min(setting.interval_end(interval));
            put_down(&mut self.spent[of_person + interval], doing, until - from);
            from = until;
        }
    }
}

/// Put minutes down to what was done in them and, whatever it was, to time on queue. Without a branch: what
/// comes next cannot be foretold.
#[inline]
fn put_down(spent: &mut Spent, doing: Doing, minutes: f64) {
    const BUSY: [f64; Doing::KINDS] = [0.0, 0.0, 1.0, 1.0, 1.0];
    const COLUMN: [usize; Doing::KINDS] = [0, 0, 0, 1, 2];
    let doing = doing as usize;
    spent[COLUMN[doing]] += BUSY[doing] * minutes;
    spent[3] += minutes;
}
