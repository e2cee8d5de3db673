//! Who takes which contact: of a contact that comes in, and of a person who becomes free.
//!
//! A contact goes to whoever is idle, then to whoever can pause a ticket, then, where it is a chat, to
//! whoever holds fewest; among pools to the one furthest below the share that the plan gives it, among people
//! to the one who has waited longest. A person takes by priority, then by waiting time. Pools that the plan
//! keeps for other work help out once a contact has waited for half of its threshold: without that the hard
//! work that only they can do starves when easy work overflows to them.

use crate::simulation::setting::{Medium, StreamSetting};
use crate::simulation::standby::{IDLE, ON_TICKET, ONE_CHAT};

use super::{Floor, State};

/// Which pools may take a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those the plan gives a share.
    Planned,
    /// All that can.
    Anyone,
}

impl Floor<'_> {
    /// Give a contact to someone who can start on it now; whether there was one.
    pub(super) fn seat(&mut self, contact: u32, now: f64, scope: Scope) -> bool {
        let setting = self.setting;
        let stream = self.contacts[contact as usize].stream as usize;
        let its = &setting.streams[stream];
        let idle = self.pick(stream, its, IDLE, scope);
        if its.medium == Medium::Deferred {
            if let Some(person) = idle {
                self.begin_ticket(contact, person, now);
            }
            return idle.is_some();
        }
        let mut found = idle.or_else(|| self.pick(stream, its, ON_TICKET, scope));
        if its.medium == Medium::Chat {
            let levels = ONE_CHAT..ONE_CHAT + its.most_at_once - 1;
            found = found.or_else(|| {
                levels.into_iter().find_map(|post| self.pick(stream, its, post, scope))
            });
        }
        if let Some(person) = found {
            self.begin_live(contact, person, now);
        }
        found.is_some()
    }

    /// The next live contact a person may take beside what is in hand, taken out of its queue.
    pub(super) fn next_live(&mut self, person: usize, now: f64) -> Option<u32> {
        let setting = self.setting;
        let pool = setting.people[person].pool;
        let in_hand = self.people[person].held.len();
        if in_hand >= self.people[person].room {
            return None;
        }
        let mut best: Option<(u8, f64, usize)> = None;
        for &stream in &setting.pools[pool].live {
            let its = &setting.streams[stream];
            if best.is_some_and(|(priority, ..)| its.priority > priority) {
                break;
            }
            if in_hand > 0 && (its.medium != Medium::Chat || in_hand >= its.most_at_once) {
                continue;
            }
            let Some(arrived) = self.front(stream) else { continue };
            let is_kept = self.is_kept(stream, pool) && now - arrived < its.spill_after - 1e-9;
            if !is_kept && best.is_none_or(|(_, earlier, _)| arrived < earlier) {
                best = Some((its.priority, arrived, stream));
            }
        }
        let (_, _, stream) = best?;
        self.waiting_live -= 1;
        self.queues[stream].pop_front()
    }

    /// When the contact at the front of a stream's queue came in.
    pub(super) fn front(&mut self, stream: usize) -> Option<f64> {
        let queue = &mut self.queues[stream];
        while let Some(&contact) = queue.front() {
            let contact = &self.contacts[contact as usize];
            // Whoever was answered meanwhile may wait for another tier by now.
            if contact.state == State::Waiting && contact.stream as usize == stream {
                return Some(contact.arrived);
            }
            queue.pop_front();
        }
        None
    }

    /// Whether the plan keeps a pool for other work than this stream.
    pub(super) fn is_kept(&self, stream: usize, pool: usize) -> bool {
        let shares = self.setting.shares.as_ref();
        shares.is_some_and(|shares| shares.is_kept(self.part, stream, pool))
    }

    /// Count that a pool took a contact of a stream.
    pub(super) fn count(&mut self, stream: usize, pool: usize) {
        self.taken[stream * self.setting.pools.len() + pool] += 1;
        self.taken_in_all[stream] += 1;
    }

    /// Who has been longest in a pool's post and may own one more case.
    fn longest(&self, pool: usize, post: usize, its: &StreamSetting) -> Option<usize> {
        if its.most_open.is_infinite() {
            return self.standby.longest(pool, post);
        }
        self.standby.find(pool, post, |person| self.may_own(person, its.most_open))
    }

    fn pick(&self, stream: usize, its: &StreamSetting, post: usize, scope: Scope) -> Option<usize> {
        let Some(shares) = &self.setting.shares else {
            return its.pools.iter().find_map(|&pool| self.longest(pool, post, its));
        };
        let next = f64::from(self.taken_in_all[stream]) + 1.0;
        let mut best: Option<(f64, usize)> = None;
        for &pool in &its.pools {
            let Some(person) = self.longest(pool, post, its) else { continue };
            if scope == Scope::Planned && shares.is_kept(self.part, stream, pool) {
                continue;
            }
            let taken = f64::from(self.taken[stream * self.setting.pools.len() + pool]);
            let behind = shares.of_pool(self.part, stream, pool) * next - taken;
            if best.is_none_or(|(most, _)| behind > most) {
                best = Some((behind, person));
            }
        }
        best.map(|(_, person)| person)
    }
}
