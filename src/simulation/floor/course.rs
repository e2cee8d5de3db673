//! What a contact goes through beyond one answer: replies, hand-offs, escalation, being called back, being
//! ended by the agent.
//!
//! Each draw comes from the contact's own number in its stream and the touch it follows, never from who did it.
//! Replies to an owned case wait for its owner, who takes them by earliest due among everything else; an owner
//! who is not there again in the horizon leaves them open, so that nobody else ever touches the case. Whoever
//! is promised a call back is called as soon as a person is free and no caller waits, and before callers who
//! wait once the promise would else be broken. Callers who are put through to another tier stay on the line
//! (assumption).

use crate::simulation::agenda::Happening;
use crate::simulation::draws::{Key, Purpose, Source};
use crate::simulation::setting::{CourseSetting, Medium};
use crate::simulation::standby::small;

use super::people::Doing;
use super::who::Scope;
use super::{Floor, NONE, State};

/// A contact whose queue runs a course.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Case {
    /// The stream it came in by, and its place there.
    pub(in crate::simulation) stream: u32,
    number: u32,
    pub(in crate::simulation) touches: u32,
    pub(in crate::simulation) hand_offs: u32,
    /// Who took it first, who owns it at this tier, and who touched it last.
    pub(in crate::simulation) first: u32,
    owner: u32,
    last: u32,
    /// When the first touch was done.
    pub(in crate::simulation) responded: f64,
    /// The stream it was escalated to last.
    pub(in crate::simulation) escalated: u32,
    /// When a call back was promised, when it is due, and when it was made.
    pub(in crate::simulation) agreed: f64,
    pub(in crate::simulation) call_due: f64,
    pub(in crate::simulation) called: f64,
    /// Whether the tier it is at has touched it.
    is_known_here: bool,
    /// Whether the agent ends it.
    pub(in crate::simulation) is_ended: bool,
    /// Whether it was answered before the horizon, and only replies to it come.
    pub(in crate::simulation) is_old: bool,
}

impl Floor<'_> {
    /// Start a case for a contact of a stream with a course.
    pub(super) fn start_case(&mut self, contact: u32, stream: usize) {
        let setting = self.setting;
        let Some(course) = &setting.streams[stream].course else { return };
        let number = self.numbers[stream];
        self.numbers[stream] += 1;
        let whose = (small(stream), number);
        let mut source = Floor::source(self.seed_key(), whose, 0, Decides::Ending);
        let its = &mut self.contacts[contact as usize];
        its.case = small(self.cases.len());
        let is_ended = its.is_difficult && source.happens(course.ending);
        if is_ended {
            its.left *= course.ended_length;
        }
        self.cases.push(Case {
            stream: small(stream),
            number,
            touches: 0,
            hand_offs: 0,
            first: NONE,
            owner: NONE,
            last: NONE,
            responded: f64::NAN,
            escalated: NONE,
            agreed: f64::NAN,
            call_due: f64::NAN,
            called: f64::NAN,
            is_known_here: false,
            is_ended,
            is_old: false,
        });
    }

    /// Cases that were answered before the horizon, and whose customers are yet to reply.
    pub(super) fn open_old_cases(&mut self, stream: usize) {
        let setting = self.setting;
        let Some(course) = &setting.streams[stream].course else { return };
        for _ in 0..course.awaiting {
            let drawn = self.arrivals_drawn(stream);
            let contact = self.enter(stream, drawn, 0.0);
            let its = &mut self.contacts[contact as usize];
            (its.answered, its.state) = (0.0, State::WithCustomer);
            let case = &mut self.cases[its.case as usize];
            (case.is_old, case.is_known_here, case.is_ended) = (true, true, false);
            self.await_reply(contact, course, 0.0);
        }
    }

    /// Someone starts on a touch: whether the case is new to the tier.
    pub(super) fn take_up(&mut self, contact: u32, person: usize, now: f64) -> bool {
        let setting = self.setting;
        let its = &mut self.contacts[contact as usize];
        let case = &mut self.cases[its.case as usize];
        let stream = &setting.streams[its.stream as usize];
        let name = small(person);
        if case.first == NONE && !case.is_old {
            case.first = name;
        }
        if case.last != NONE && case.last != name {
            case.hand_offs += 1;
            let handle = stream.handle[setting.people[person].pool];
            if let (Some(course), true) = (&stream.course, handle > 0.0) {
                its.left += course.switch / handle;
            }
        }
        case.last = name;
        if case.agreed.is_finite() && case.called.is_nan() {
            case.called = now;
        }
        if case.owner == NONE {
            case.owner = name;
            self.people[person].open += 1.0;
            return true;
        }
        false
    }

    /// A touch is done: the case goes on, waits for its customer, or is over.
    pub(super) fn close_touch(&mut self, contact: u32, person: usize, now: f64) {
        let setting = self.setting;
        let key = self.seed_key();
        let its = self.contacts[contact as usize];
        let case = &mut self.cases[its.case as usize];
        let Some(course) = &setting.streams[its.stream as usize].course else { return };
        case.touches += 1;
        if case.responded.is_nan() {
            case.responded = now;
        }
        let is_new_here = !std::mem::replace(&mut case.is_known_here, true);
        let mut source =
            Floor::source(key, (case.stream, case.number), case.touches, Decides::Next);
        if !case.is_ended {
            let goes_on = is_new_here
                .then(|| {
                    let chance = source.share();
                    course.step(setting.people[person].tier, chance, its.is_difficult)
                })
                .flatten();
            if let Some(to) = goes_on {
                self.escalate(contact, to, now);
                return;
            }
            if source.happens(course.reply) {
                self.contacts[contact as usize].state = State::WithCustomer;
                self.await_reply(contact, course, now);
                return;
            }
        }
        let its = &mut self.contacts[contact as usize];
        (its.state, its.ended) = (State::Done, now);
        self.disown(contact);
    }

    /// A customer has replied.
    pub(super) fn come_back(&mut self, contact: u32, now: f64) {
        let setting = self.setting;
        let its = &mut self.contacts[contact as usize];
        let stream = &setting.streams[its.stream as usize];
        its.state = State::Waiting;
        its.due = stream.due(now);
        let case = &self.cases[its.case as usize];
        let whose = (case.stream, case.number);
        let mut source = Floor::source(self.seed_key(), whose, case.touches, Decides::Length);
        let its = &mut self.contacts[contact as usize];
        its.left = stream.length.draw(&mut source);
        let is_owned = stream.course.as_ref().is_some_and(|course| course.is_owned);
        match self.cases[its.case as usize].owner {
            owner if is_owned && owner != NONE => self.hand_to(contact, owner as usize, now),
            _ => {
                if !self.seat(contact, now, Scope::Anyone) {
                    self.wait(contact);
                }
            }
        }
    }

    /// Give a case to its owner: at once where they are free, else to find when they are.
    fn hand_to(&mut self, contact: u32, owner: usize, now: f64) {
        if self.people[owner].doing == Doing::Idle {
            self.begin_ticket(contact, owner, now);
            return;
        }
        self.keep_for(contact, owner);
    }

    /// Put a case with those its owner has to answer, by due.
    pub(super) fn keep_for(&mut self, contact: u32, owner: usize) {
        let contacts = &self.contacts;
        let due = contacts[contact as usize].due;
        let own = &mut self.people[owner].own;
        let place = own.iter().position(|&other| contacts[other as usize].due > due);
        own.insert(place.unwrap_or(own.len()), contact);
    }

    /// The owner of a case that nobody else may touch.
    pub(super) fn sole_owner(&self, contact: u32) -> Option<usize> {
        let its = &self.contacts[contact as usize];
        let course = self.setting.streams[its.stream as usize].course.as_ref()?;
        let owner = self.cases.get(its.case as usize)?.owner;
        (course.is_owned && owner != NONE).then_some(owner as usize)
    }

    /// Whether a person may own one more case of a stream.
    pub(super) fn may_own(&self, person: usize, most: f64) -> bool {
        if most.is_infinite() {
            return true;
        }
        let most = (most * self.setting.people[person].part_of_cases).max(1.0);
        self.people[person].open + 1.0 <= most + 1e-9
    }

    /// Promise a caller who would wait to call back, where it is offered and accepted.
    pub(super) fn promises_call(&mut self, contact: u32, now: f64) -> bool {
        let setting = self.setting;
        let its = self.contacts[contact as usize];
        let stream = &setting.streams[its.stream as usize];
        let Some(offer) = stream.course.as_ref().and_then(|course| course.callback) else {
            return false;
        };
        let case = self.cases[its.case as usize];
        let mut source =
            Floor::source(self.seed_key(), (case.stream, case.number), 0, Decides::Callback);
        let due = stream.hours.after(now, offer.within);
        if !source.happens(offer.share)
            || !due.is_finite()
            || (offer.offered_after > 0.0
                && self.expected_wait(its.stream as usize, now) <= offer.offered_after)
        {
            return false;
        }
        let case = &mut self.cases[its.case as usize];
        (case.agreed, case.call_due) = (now, due);
        self.callbacks[its.stream as usize].push_back(contact);
        self.waiting_callbacks += 1;
        self.agenda.note(now + stream.spill_after, Happening::Call, contact);
        self.agenda.note((due - self.lead(its.stream as usize)).max(now), Happening::Call, contact);
        true
    }

    /// A promised call is due soon, or may go to people kept for other work.
    pub(super) fn call(&mut self, contact: u32, now: f64) {
        let its = &self.contacts[contact as usize];
        let is_promised = self.cases[its.case as usize].called.is_nan();
        if is_promised && its.state == State::Waiting && self.seat(contact, now, Scope::Anyone) {
            self.waiting_callbacks -= 1;
        }
    }

    /// The promised call a person makes next: any, or only one that would else come too late.
    pub(super) fn next_call(&mut self, person: usize, now: f64, calls: Calls) -> Option<u32> {
        let setting = self.setting;
        let mut best: Option<(f64, usize)> = None;
        for &stream in &setting.pools[setting.people[person].pool].live {
            let (contacts, cases) = (&self.contacts, &self.cases);
            let queue = &mut self.callbacks[stream];
            // Whoever was called meanwhile is dropped here, even where they wait for another tier by now.
            let is_called =
                |front: u32| !cases[contacts[front as usize].case as usize].called.is_nan();
            while queue.front().is_some_and(|&front| is_called(front)) {
                queue.pop_front();
            }
            let Some(&front) = queue.front() else { continue };
            let due = cases[contacts[front as usize].case as usize].call_due;
            let is_late = now >= due - self.lead(stream) - 1e-9;
            if (is_late || calls == Calls::Any) && best.is_none_or(|(soonest, _)| due < soonest) {
                best = Some((due, stream));
            }
        }
        let (_, stream) = best?;
        self.waiting_callbacks -= 1;
        self.callbacks[stream].pop_front()
    }

    /// Minutes before it is due that a promised call comes before callers who wait: two calls' length.
    fn lead(&self, stream: usize) -> f64 {
        let its = &self.setting.streams[stream];
        2.0 * its.pools.first().map_or(0.0, |&pool| its.handle[pool])
    }

    /// Minutes a caller can expect to wait: calls ahead by how long they keep everyone on queue busy.
    fn expected_wait(&self, stream: usize, now: f64) -> f64 {
        let its = &self.setting.streams[stream];
        let is_waiting = |contact: &&u32| self.contacts[**contact as usize].waits(now);
        let ahead = self.queues[stream].iter().filter(is_waiting).count() + 1;
        let serves =
            |(who, setting): &(&super::Person, &crate::simulation::setting::PersonSetting)| {
                who.doing != Doing::Nothing && its.pools.contains(&setting.pool)
            };
        let there = self.people.iter().zip(&self.setting.people).filter(serves).count();
        let handle = its.pools.first().map_or(0.0, |&pool| its.handle[pool]);
        f64::from(small(ahead)) * handle / f64::from(small(there)).max(0.1)
    }

    fn escalate(&mut self, contact: u32, to: usize, now: f64) {
        self.disown(contact);
        let setting = self.setting;
        let stream = &setting.streams[to];
        let key = self.seed_key();
        let its = &mut self.contacts[contact as usize];
        let case = &mut self.cases[its.case as usize];
        (case.owner, case.last, case.is_known_here) = (NONE, NONE, false);
        case.hand_offs += 1;
        case.escalated = small(to);
        let whose = (case.stream, case.number);
        let mut source = Floor::source(key, whose, case.touches, Decides::Length);
        its.left = stream.length.draw(&mut source);
        (its.stream, its.state) = (small(to), State::Waiting);
        if stream.medium == Medium::Deferred {
            its.due = stream.due(now);
        }
        let scope = if stream.medium == Medium::Deferred { Scope::Anyone } else { Scope::Planned };
        if self.seat(contact, now, scope) {
            return;
        }
        self.wait(contact);
        if stream.medium != Medium::Deferred {
            self.note_spill(contact, to, now);
        }
    }

    fn await_reply(&mut self, contact: u32, course: &CourseSetting, now: f64) {
        let case = &self.cases[self.contacts[contact as usize].case as usize];
        let whose = (case.stream, case.number);
        let mut source = Floor::source(self.seed_key(), whose, case.touches, Decides::Reply);
        let back = now + course.reply_minutes * source.exponential();
        self.agenda.note(back, Happening::Reply, contact);
    }

    /// The case is no longer anyone's.
    fn disown(&mut self, contact: u32) {
        let case = &mut self.cases[self.contacts[contact as usize].case as usize];
        if let Some(owner) = self.people.get_mut(case.owner as usize) {
            owner.open -= 1.0;
        }
    }

    fn seed_key(&self) -> Key {
        Key::of(self.seed)
    }

    /// The draws of a case, by stream and number, that decide something after so many touches.
    fn source(key: Key, (stream, number): (u32, u32), touches: u32, decides: Decides) -> Source {
        key.and(u64::from(touches)).and(decides as u64).source(
            Purpose::Course,
            stream as usize,
            number as usize,
        )
    }
}

/// Which promised calls are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    /// Those that would else come too late.
    Late,
    /// Any.
    Any,
}

/// What a draw of a case decides.
#[derive(Debug, Clone, Copy)]
enum Decides {
    Ending = 1,
    Callback = 2,
    Next = 3,
    Reply = 4,
    Length = 5,
}
