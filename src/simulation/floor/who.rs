//! Who takes which contact: of a contact that comes in, and of a person who becomes free.
//!
//! A contact goes to whoever is idle, then to whoever can pause a ticket, then, where it is a chat, to
//! whoever holds fewest; among pools to the one furthest below the share that the plan gives it, among people
//! to the one who has waited longest. A person takes by priority, then by waiting time. Pools that the plan
//! keeps for other work help out once a contact has waited for half of its threshold: without that the hard
//! work that only they can do starves when easy work overflows to them.

use crate::scenario::FreePeople;
use crate::simulation::setting::{Medium, Order, StreamSetting};
use crate::simulation::standby::{IDLE, ON_TICKET, ONE_CHAT, small};

use super::{Floor, State};

/// Which pools may take a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those the plan gives a share.
    Planned,
    /// All that can.
    Anyone,
}

/// A contact that someone is sought for.
struct Sought<'s> {
    stream: usize,
    its: &'s StreamSetting,
    scope: Scope,
    now: f64,
}

impl Floor<'_> {
    /// Give a contact to someone who can start on it now; whether there was one.
    pub(super) fn seat(&mut self, contact: u32, now: f64, scope: Scope) -> bool {
        let setting = self.setting;
        let stream = self.contacts[contact as usize].stream as usize;
        let its = &setting.streams[stream];
        let sought = Sought { stream, its, scope, now };
        let idle = self.pick(IDLE, &sought);
        if its.medium == Medium::Deferred {
            if let Some(person) = idle {
                self.begin_ticket(contact, person, now);
            }
            return idle.is_some();
        }
        let mut found = idle.or_else(|| self.pick(ON_TICKET, &sought));
        if its.medium == Medium::Chat {
            let levels = ONE_CHAT..ONE_CHAT + its.most_at_once - 1;
            found = found.or_else(|| levels.into_iter().find_map(|post| self.pick(post, &sought)));
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
        let order = setting.manner.order;
        let mut best: Option<(f64, f64, usize)> = None;
        for &stream in &setting.pools[pool].live {
            let its = &setting.streams[stream];
            let priority = f64::from(its.priority);
            if order == Order::Priority && best.is_some_and(|(first, ..)| priority > first) {
                break;
            }
            if in_hand > 0 && (its.medium != Medium::Chat || in_hand >= its.most_at_once) {
                continue;
            }
            let Some(arrived) = self.front(stream, now) else { continue };
            let is_left = self.is_kept(stream, pool) || self.is_spared(person, stream);
            if is_left && now - arrived < its.spill_after - 1e-9 {
                continue;
            }
            let rank = match order {
                Order::Priority => priority,
                Order::LongestWait => 0.0,
                Order::Ratio => {
                    self.ratios.as_ref().map_or(0.0, |r| -r.queue_above_its_part(stream))
                }
            };
            let is_before = |(first, earlier, _): (f64, f64, usize)| {
                rank < first || (rank <= first && arrived < earlier)
            };
            if best.is_none_or(is_before) {
                best = Some((rank, arrived, stream));
            }
        }
        let (_, _, stream) = best?;
        self.waits_no_longer(stream);
        self.queues[stream].pop_front()
    }

    /// When the contact at the front of a stream's queue came in.
    pub(super) fn front(&mut self, stream: usize, now: f64) -> Option<f64> {
        let queue = &mut self.queues[stream];
        while let Some(&contact) = queue.front() {
            let contact = &mut self.contacts[contact as usize];
            // Whoever was answered meanwhile may wait for another tier by now.
            if contact.state == State::Waiting && contact.stream as usize == stream {
                if contact.waits(now) {
                    return Some(contact.arrived);
                }
                contact.give_up();
                self.waiting_live -= 1;
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

    /// Whether a person is spared a stream, after difficult contacts in a row.
    #[inline]
    pub(super) fn is_spared(&self, person: usize, stream: usize) -> bool {
        let pool = self.setting.people[person].pool;
        self.setting.manner.is_spared(self.people[person].in_a_row, stream, pool)
    }

    /// Who of a pool's post takes a contact.
    #[inline]
    fn chosen(&self, pool: usize, post: usize, sought: &Sought<'_>) -> Option<usize> {
        let is_anyone = self.setting.manner.takes_whoever_is_free();
        if is_anyone && sought.its.most_open.is_infinite() {
            return self.standby.longest(pool, post);
        }
        self.choose(pool, post, sought)
    }

    fn choose(&self, pool: usize, post: usize, sought: &Sought<'_>) -> Option<usize> {
        let &Sought { stream, its, scope, now } = sought;
        let manner = &self.setting.manner;
        let may = |person: usize| {
            self.may_own(person, its.most_open)
                && (scope == Scope::Anyone || !self.is_spared(person, stream))
        };
        match manner.people {
            FreePeople::TimeSinceBreak(_) => self.standby.least(pool, post, |person| {
                may(person).then(|| self.people[person].since_break(now, manner.idle_break))
            }),
            FreePeople::FewestDifficult if its.difficult > 0.0 => {
                self.standby.least(pool, post, |person| {
                    may(person).then(|| f64::from(self.people[person].difficult_today))
                })
            }
            FreePeople::FewestDifficult | FreePeople::LongestIdle => {
                self.standby.find(pool, post, may)
            }
        }
    }

    fn pick(&self, post: usize, sought: &Sought<'_>) -> Option<usize> {
        let &Sought { stream, its, scope, .. } = sought;
        if let Some(shares) = &self.setting.shares {
            let next = f64::from(self.taken_in_all[stream]) + 1.0;
            let behind = |pool: usize| {
                let is_kept = scope == Scope::Planned && shares.is_kept(self.part, stream, pool);
                let taken = f64::from(self.taken[stream * self.setting.pools.len() + pool]);
                (!is_kept).then(|| shares.of_pool(self.part, stream, pool) * next - taken)
            };
            return self.of_most(post, sought, behind);
        }
        if let Some(ratios) = &self.ratios {
            let idle = |pool: usize| small(self.standby.people(pool, post).count());
            return self.of_most(post, sought, |pool| Some(ratios.idle_above_its_part(pool, idle)));
        }
        its.pools.iter().find_map(|&pool| self.chosen(pool, post, sought))
    }

    /// Whoever is chosen in the pool with the largest figure, of pools that have both.
    fn of_most(
        &self,
        post: usize,
        sought: &Sought<'_>,
        figure: impl Fn(usize) -> Option<f64>,
    ) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for &pool in &sought.its.pools {
            let Some(person) = self.chosen(pool, post, sought) else { continue };
            let Some(figure) = figure(pool) else { continue };
            if best.is_none_or(|(most, _)| figure > most) {
                best = Some((figure, person));
            }
        }
        best.map(|(_, person)| person)
    }
}
