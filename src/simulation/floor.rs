//! The floor of the contact centre in play: what happens next, one event after the other.

mod course;
mod people;
mod ratios;
mod tickets;
mod who;

use std::collections::VecDeque;

use super::Seed;
use super::agenda::{Agenda, Happening};
use super::arrivals::{Arrivals, Drawn};
use super::setting::{Medium, Order, Setting};
use super::shares::Shares;
use super::standby::{Standby, small};
pub(super) use course::Case;
use people::{Person, Stays};
use ratios::Ratios;
use who::Scope;

/// A contact in play; times that have not come are not numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contact {
    pub(super) arrived: f64,
    pub(super) answered: f64,
    pub(super) ended: f64,
    pub(super) due: f64,
    /// When they hang up unless someone answers first.
    hangs_up: f64,
    /// Work left, as a multiple of the mean work of whoever holds it.
    left: f64,
    pub(super) stream: u32,
    pub(super) person: u32,
    /// Its case, where its queue runs a course.
    pub(super) case: u32,
    pub(super) state: State,
    pub(super) is_difficult: bool,
}

/// Where a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Waits for anyone.
    Waiting,
    /// With someone, who may have paused it.
    InHand,
    /// Answered; the customer has yet to reply.
    WithCustomer,
    /// Over and done.
    Done,
    /// Hung up.
    GaveUp,
}

impl Contact {
    /// Whether it waits for anyone, the customer still there.
    #[inline]
    fn waits(&self, now: f64) -> bool {
        self.state == State::Waiting && self.hangs_up >= now
    }

    fn give_up(&mut self) {
        (self.state, self.ended) = (State::GaveUp, self.hangs_up);
    }
}

/// Nobody, or nothing.
pub(super) const NONE: u32 = u32::MAX;

/// Minutes of a person in an interval: live, tickets, recovery, on queue.
pub(super) type Spent = [f64; 4];

/// A play under way, or over.
#[derive(Debug)]
pub(super) struct Floor<'s> {
    setting: &'s Setting,
    seed: Seed,
    agenda: Agenda,
    arrivals: Vec<Arrivals>,
    pub(super) contacts: Vec<Contact>,
    /// What contacts of queues with a course went through, and how many each stream has had.
    pub(super) cases: Vec<Case>,
    numbers: Vec<u32>,
    /// Calls promised by stream, in order of due, and how many wait.
    callbacks: Vec<VecDeque<u32>>,
    waiting_callbacks: usize,
    /// Waiting contacts by stream, in order; whoever hung up is noticed on coming to the front.
    queues: Vec<VecDeque<u32>>,
    /// Live contacts that wait, those included whom nobody has yet noticed to be gone; and deferred ones.
    waiting_live: usize,
    waiting_deferred: usize,
    people: Vec<Person>,
    /// By person, rests taken and stretches worked.
    stays: Vec<Stays>,
    standby: Standby,
    /// Queues and idle people, where the policy goes by them.
    ratios: Option<Ratios>,
    /// The interval it is, and when it started.
    interval: usize,
    interval_starts: f64,
    /// When the interval or the part of the day is over.
    ticks: f64,
    /// The part of the day, when it ends, and what each stream gave each pool in it.
    part: usize,
    part_ends: f64,
    taken: Vec<u32>,
    taken_in_all: Vec<u32>,
    /// Minutes by person and interval.
    spent: Vec<Spent>,
}

impl<'s> Floor<'s> {
    pub(super) fn new(setting: &'s Setting) -> Floor<'s> {
        let (streams, pools) = (setting.streams.len(), setting.pools.len());
        Floor {
            setting,
            seed: Seed { seed: 0, replication: 0 },
            agenda: Agenda::new(setting.people.len(), streams, setting.end),
            arrivals: Vec::with_capacity(streams),
            contacts: Vec::new(),
            cases: Vec::new(),
            numbers: vec![0; streams],
            callbacks: vec![VecDeque::new(); streams],
            waiting_callbacks: 0,
            queues: vec![VecDeque::new(); streams],
            waiting_live: 0,
            waiting_deferred: 0,
            people: vec![Person::default(); setting.people.len()],
            stays: vec![Stays::default(); setting.people.len()],
            standby: Standby::new(pools, setting.most_chats(), setting.people.len()),
            ratios: (setting.manner.order == Order::Ratio).then(|| Ratios::new(setting)),
            interval: 0,
            interval_starts: 0.0,
            ticks: 0.0,
            part: 0,
            part_ends: f64::INFINITY,
            taken: vec![0; streams * pools],
            taken_in_all: vec![0; streams],
            spent: vec![[0.0; 4]; setting.people.len() * setting.days.len()],
        }
    }

    /// Play from the start to the end of the horizon.
    pub(super) fn play(&mut self, seed: Seed) {
        self.clear(seed);
        self.open();
        while let Some(event) = self.agenda.next() {
            let (now, subject) = (event.at, event.subject as usize);
            if now >= self.ticks {
                self.tick(now);
            }
            match event.happening {
                Happening::Arrival => self.arrive(subject, now),
                Happening::Done => {
                    self.done(subject, now);
                    self.agenda.settle_done(event.subject);
                }
                Happening::GiveUp => self.give_up(subject, now),
                Happening::Spill => self.spill(event.subject, now),
                Happening::Reply => self.come_back(event.subject, now),
                Happening::Call => self.call(event.subject, now),
                Happening::Duty => self.change_duty(subject, now),
            }
        }
        self.close();
    }

    /// Minutes of a person, by interval.
    pub(super) fn spent_by(&self, person: usize) -> &[Spent] {
        let intervals = self.setting.days.len();
        &self.spent[person * intervals..(person + 1) * intervals]
    }

    fn clear(&mut self, seed: Seed) {
        self.seed = seed;
        self.agenda.clear();
        self.arrivals.clear();
        self.contacts.clear();
        self.cases.clear();
        self.numbers.fill(0);
        self.callbacks.iter_mut().for_each(VecDeque::clear);
        self.waiting_callbacks = 0;
        self.queues.iter_mut().for_each(VecDeque::clear);
        (self.waiting_live, self.waiting_deferred) = (0, 0);
        self.people.iter_mut().for_each(Person::clear);
        self.stays.iter_mut().for_each(Stays::clear);
        self.standby.clear();
        if let Some(ratios) = &mut self.ratios {
            ratios.clear();
        }
        (self.interval, self.interval_starts, self.part_ends) = (0, 0.0, 0.0);
        self.tick(0.0);
        self.spent.fill([0.0; 4]);
    }

    fn open(&mut self) {
        let setting = self.setting;
        for (stream, its) in setting.streams.iter().enumerate() {
            let mut arrivals = Arrivals::new(self.seed, stream, setting);
            for _ in 0..its.backlog {
                let drawn = arrivals.backlog(its);
                let contact = self.enter(stream, drawn, 0.0);
                self.wait(contact);
            }
            self.arrivals.push(arrivals);
            self.open_old_cases(stream);
            let arrivals = &mut self.arrivals[stream];
            arrivals.open(setting);
            let first = arrivals.next(setting);
            self.agenda.note_arrival(first, small(stream));
        }
        for person in 0..setting.people.len() {
            self.draw_presence(person);
            self.next_stretch(person, 0.0);
        }
    }

    /// Keep up with the interval and the part of the day.
    fn tick(&mut self, now: f64) {
        let setting = self.setting;
        while now >= setting.interval_end(self.interval) && self.interval + 1 < setting.days.len() {
            self.interval_starts = setting.interval_end(self.interval);
            self.interval += 1;
        }
        if now >= self.part_ends {
            self.start_part(now);
        }
        if let Some(ratios) = &mut self.ratios {
            ratios.start(self.interval, setting);
        }
        self.ticks = self.part_ends.min(setting.interval_end(self.interval));
    }

    fn start_part(&mut self, now: f64) {
        self.part_ends = f64::INFINITY;
        if let Some(shares) = &self.setting.shares {
            self.part = shares.part(now);
            self.part_ends = Shares::ends(self.part);
            if self.part_ends <= now {
                self.part_ends = f64::INFINITY;
            }
            self.taken.fill(0);
            self.taken_in_all.fill(0);
        }
    }

    fn arrive(&mut self, stream: usize, now: f64) {
        let setting = self.setting;
        let its = &setting.streams[stream];
        let drawn = self.arrivals[stream].contact(its);
        let next = self.arrivals[stream].next(setting);
        self.agenda.note_arrival(next, small(stream));

        let contact = self.enter(stream, drawn, now);
        if its.medium == Medium::Deferred {
            if !self.seat(contact, now, Scope::Anyone) {
                self.wait(contact);
            }
            return;
        }
        if self.seat(contact, now, Scope::Planned) {
            return;
        }
        if drawn.patience <= 0.0 {
            let contact = &mut self.contacts[contact as usize];
            (contact.state, contact.ended) = (State::GaveUp, now);
            return;
        }
        if its.course.is_some() && self.promises_call(contact, now) {
            return;
        }
        self.wait(contact);
        self.note_patience(contact, now + drawn.patience);
        self.note_spill(contact, stream, now);
    }

    /// Note when a contact hangs up. Most are answered first and few are missed before their turn comes, so
    /// that it is looked up then; only queues that are counted at every moment need the event.
    fn note_patience(&mut self, contact: u32, hangs_up: f64) {
        self.contacts[contact as usize].hangs_up = hangs_up;
        if self.ratios.is_some() {
            self.agenda.note(hangs_up, Happening::GiveUp, contact);
        }
    }

    /// Note when whoever was not to take a waiting contact at once may help.
    fn note_spill(&mut self, contact: u32, stream: usize, now: f64) {
        let its = &self.setting.streams[stream];
        let is_kept_somewhere = self.setting.shares.is_some() && its.pools.len() > 1;
        if is_kept_somewhere || self.setting.manner.spares(stream) {
            self.agenda.note(now + its.spill_after, Happening::Spill, contact);
        }
    }

    fn enter(&mut self, stream: usize, drawn: Drawn, now: f64) -> u32 {
        let its = &self.setting.streams[stream];
        let name = small(self.contacts.len());
        self.contacts.push(Contact {
            arrived: now,
            answered: f64::NAN,
            ended: f64::NAN,
            due: if its.medium == Medium::Deferred { its.due(now) } else { f64::INFINITY },
            hangs_up: f64::INFINITY,
            left: drawn.length,
            stream: small(stream),
            person: NONE,
            case: NONE,
            state: State::Waiting,
            is_difficult: drawn.is_difficult,
        });
        if its.course.is_some() {
            self.start_case(name, stream);
        }
        name
    }

    /// What a contact of before the horizon is like.
    fn arrivals_drawn(&mut self, stream: usize) -> Drawn {
        self.arrivals[stream].backlog(&self.setting.streams[stream])
    }

    fn wait(&mut self, contact: u32) {
        let stream = self.contacts[contact as usize].stream as usize;
        self.queues[stream].push_back(contact);
        match self.setting.streams[stream].medium {
            Medium::Deferred => self.waiting_deferred += 1,
            Medium::Voice | Medium::Chat => {
                self.waiting_live += 1;
                if let Some(ratios) = &mut self.ratios {
                    ratios.one_more_waits(stream);
                }
            }
        }
    }

    /// A live contact waits no longer.
    fn waits_no_longer(&mut self, stream: usize) {
        self.waiting_live -= 1;
        if let Some(ratios) = &mut self.ratios {
            ratios.one_less_waits(stream);
        }
    }

    fn give_up(&mut self, contact: usize, now: f64) {
        let contact = &mut self.contacts[contact];
        if contact.state == State::Waiting && contact.hangs_up <= now {
            contact.give_up();
            let stream = contact.stream as usize;
            self.waits_no_longer(stream);
        }
    }

    fn spill(&mut self, contact: u32, now: f64) {
        if self.contacts[contact as usize].waits(now) && self.seat(contact, now, Scope::Anyone) {
            self.waits_no_longer(self.contacts[contact as usize].stream as usize);
        }
    }

    fn close(&mut self) {
        self.tick(self.setting.end);
        for &contact in self.queues.iter().flatten() {
            let contact = &mut self.contacts[contact as usize];
            if contact.state == State::Waiting && contact.hangs_up < self.setting.end {
                contact.give_up();
            }
        }
        for person in 0..self.people.len() {
            self.turn(person, people::Doing::Nothing, self.setting.end);
        }
    }
}
