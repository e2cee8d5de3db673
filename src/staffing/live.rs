//! Rows for work that someone waits for: which sets of streams, which pools, how many people.
//!
//! A row says that all people in the pools that may take a set of streams are enough for these streams. Rows
//! are kept for each queue, for everything of one medium, and for the *closed* sets: for the pools that may
//! take some stream, and for unions of such, all streams that none but these pools may take. Each row is
//! necessary, since it grants the set its fastest pools, its loosest target and full sharing; all of them
//! together are not sufficient (hard work starves where easy work overflows into specialists), which play
//! repairs. A row over voice and chat together counts every person once, since a person on chat takes no
//! voice, and sizes all as if it could be held as chats are.
//!
//! Counted in a row: contacts that come while nobody new arrives are finished by those who have them, so an
//! interval without arrivals needs nobody. People are people present: whoever reads a row applies presence.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::LiveNeed;
use super::callback;
use super::chat::{self, Concurrency};
use super::erlang_a::Station;
use super::sizing::Goal;
use super::{lagged, offered_load, unsure};
use crate::id::{Id, PoolId, QueueId, StreamId};
use crate::scenario::{Channel, OverTime, Scenario};
use crate::units::Fte;
use crate::workload::Workload;

/// Closed sets kept for one medium, besides each queue's row and the whole.
const MOST_CLOSED: usize = 24;
/// Closed sets kept over voice and chat together.
const MOST_SHARED: usize = 8;

/// The streams and pools of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    streams: Vec<StreamId>,
    pools: BTreeSet<PoolId>,
}

/// Every row of live work.
pub(super) fn needs(workload: &Workload, scenario: &Scenario) -> Vec<LiveNeed> {
    let sets = sets(scenario);
    let targets = goals(scenario);
    sets.par_iter().map(|set| need(set, &targets, workload, scenario)).collect()
}

fn sets(scenario: &Scenario) -> Vec<Set> {
    let eligible = eligible(scenario);
    let of = |medium: Channel| -> BTreeMap<StreamId, BTreeSet<PoolId>> {
        let is_of = |stream: &StreamId| channel(*stream, scenario) == medium;
        eligible.iter().filter(|(stream, _)| is_of(stream)).map(|(&s, p)| (s, p.clone())).collect()
    };
    let (voice, chat) = (of(Channel::Voice), of(Channel::Chat));
    let mut kept: Vec<Set> = Vec::new();
    for medium in [&voice, &chat] {
        keep(&mut kept, queue_sets(medium, scenario));
        keep(&mut kept, closed_sets(medium, MOST_CLOSED));
    }
    let mixes = |set: &Set| {
        let of = |medium| set.streams.iter().any(|&stream| channel(stream, scenario) == medium);
        of(Channel::Voice) && of(Channel::Chat)
    };
    keep(&mut kept, closed_sets(&eligible, MOST_SHARED).into_iter().filter(mixes).collect());
    kept
}

fn channel(stream: StreamId, scenario: &Scenario) -> Channel {
    scenario.queue(scenario.stream(stream).queue).channel
}

/// Pools by live stream; streams that nobody may take have no row, and are reported as gaps of routing.
fn eligible(scenario: &Scenario) -> BTreeMap<StreamId, BTreeSet<PoolId>> {
    (0..scenario.streams.len())
        .map(StreamId::at)
        .filter(|&stream| channel(stream, scenario).is_live())
        .map(|stream| (stream, scenario.pools_for(stream).collect::<BTreeSet<PoolId>>()))
        .filter(|(_, pools)| !pools.is_empty())
        .collect()
}

fn keep(kept: &mut Vec<Set>, sets: Vec<Set>) {
    for set in sets {
        if !set.streams.is_empty() && !kept.contains(&set) {
            kept.push(set);
        }
    }
}

fn queue_sets(eligible: &BTreeMap<StreamId, BTreeSet<PoolId>>, scenario: &Scenario) -> Vec<Set> {
    let mut by_queue: BTreeMap<QueueId, Set> = BTreeMap::new();
    for (&stream, pools) in eligible {
        let queue = scenario.stream(stream).queue;
        let set = by_queue
            .entry(queue)
            .or_insert_with(|| Set { streams: Vec::new(), pools: BTreeSet::new() });
        set.streams.push(stream);
        set.pools.extend(pools);
    }
    by_queue.into_values().collect()
}

/// The whole, each stream's own pools, then unions of these, fewest pools first, up to a number.
fn closed_sets(eligible: &BTreeMap<StreamId, BTreeSet<PoolId>>, most: usize) -> Vec<Set> {
    let singles: BTreeSet<BTreeSet<PoolId>> = eligible.values().cloned().collect();
    let whole: BTreeSet<PoolId> = eligible.values().flatten().copied().collect();
    let mut unions: Vec<BTreeSet<PoolId>> = Vec::new();
    let add = |pools: BTreeSet<PoolId>, unions: &mut Vec<BTreeSet<PoolId>>| {
        if unions.len() < most && !unions.contains(&pools) {
            unions.push(pools);
        }
    };
    add(whole, &mut unions);
    let mut smallest_first: Vec<BTreeSet<PoolId>> = singles.into_iter().collect();
    smallest_first.sort_by_key(BTreeSet::len);
    for pools in smallest_first {
        add(pools, &mut unions);
    }
    let mut place = 1;
    while place < unions.len() && unions.len() < most {
        for other in 1..place {
            add(unions[place].union(&unions[other]).copied().collect(), &mut unions);
        }
        place += 1;
    }
    let closed = |pools: BTreeSet<PoolId>| Set {
        streams: eligible
            .iter()
            .filter(|(_, own)| own.is_subset(&pools))
            .map(|(&s, _)| s)
            .collect(),
        pools,
    };
    unions.into_iter().map(closed).collect()
}

/// What each queue's live targets ask; empty for a queue without any.
fn goals(scenario: &Scenario) -> Vec<Vec<Goal>> {
    let of = |targets: &[crate::scenario::Target]| {
        targets.iter().filter_map(|target| Goal::of(&target.measure)).collect()
    };
    scenario.queues.iter().map(|queue| of(&queue.targets)).collect()
}

/// One stream of a row at its fastest.
#[derive(Clone)]
struct Part {
    queue: QueueId,
    /// Contacts a minute by interval as service sees them, behind arrivals by the time they stay.
    rate: Vec<f64>,
    /// Whether contacts arrive, by interval.
    arrives: Vec<bool>,
    /// Agent minutes a contact takes, rest owed included.
    work: f64,
    /// The same without rest.
    contact: f64,
    /// The same, rest included, where each conversation has a person of its own.
    apart: f64,
    /// Rate of hanging up.
    theta: f64,
}

fn part(
    stream: StreamId,
    pools: &BTreeSet<PoolId>,
    workload: &Workload,
    scenario: &Scenario,
) -> Part {
    let queue = scenario.stream(stream).queue;
    let times = &workload.handle[stream.index()];
    let own = pools.iter().filter_map(|pool| times[pool.index()]).map(|time| time.0);
    let alone = own.fold(f64::INFINITY, f64::min);
    let held = concurrency(queue, scenario);
    let rest = workload.recovery[stream.index()].0;
    let stay = alone * held.stretch() + rest;
    let contacts: Vec<f64> = workload.touches(stream).iter().map(|c| c.0.max(0.0)).collect();
    let lengths: Vec<f64> =
        (0..contacts.len()).map(|slot| scenario.calendar.interval(slot).length().real()).collect();
    let busy = match scenario.staffing.method {
        OverTime::OfferedLoad => offered_load::busy(&contacts, &lengths, stay),
        OverTime::Lagged => lagged::busy(&contacts, &lengths, stay),
        OverTime::PerInterval => {
            let load = |(contacts, length): (&f64, &f64)| contacts / length * stay;
            contacts.iter().zip(&lengths).map(load).collect()
        }
    };
    let rate = |mean: f64| if stay > 0.0 { mean / stay } else { 0.0 };
    let contact = alone / held.speed_up();
    Part {
        queue,
        rate: busy.into_iter().map(rate).collect(),
        arrives: contacts.iter().map(|&contacts| contacts > 0.0).collect(),
        work: contact + rest,
        contact,
        apart: alone + rest,
        theta: match scenario.queue(queue).patience {
            Some(minutes) => 1.0 / minutes.max(1e-6),
            None => 0.0,
        },
    }
}

/// Size for days as busy as the team wants to be sure of.
fn be_sure(
    parts: &mut [Part],
    queues: &BTreeSet<QueueId>,
    workload: &Workload,
    scenario: &Scenario,
) {
    let calendar = &scenario.calendar;
    let day: Vec<usize> = (0..calendar.intervals())
        .map(|slot| calendar.day_at(calendar.interval(slot).start).unwrap_or(0))
        .collect();
    let work = |queue: QueueId| {
        let mut days = vec![0.0; calendar.days()];
        for part in parts.iter().filter(|part| part.queue == queue) {
            part.rate.iter().zip(&day).for_each(|(rate, &day)| days[day] += rate * part.work);
        }
        (workload.day_spread.get(queue.index()).copied().unwrap_or(0.0), days)
    };
    let shares: Vec<(f64, Vec<f64>)> = queues.iter().map(|&queue| work(queue)).collect();
    let factors = unsure::factors(&shares, scenario);
    for part in parts {
        part.rate.iter_mut().zip(&day).for_each(|(rate, &day)| *rate *= factors[day]);
    }
}

/// How many conversations of a queue one agent holds.
pub(super) fn concurrency(queue: QueueId, scenario: &Scenario) -> Concurrency {
    let queue = scenario.queue(queue);
    match queue.channel {
        Channel::Chat | Channel::Messaging => Concurrency::new(&queue.rate_by_level),
        Channel::Voice | Channel::Email => Concurrency::alone(),
    }
}

/// Several streams as one: contacts and people's minutes add up, patience is everyone's mean rate of
/// hanging up.
#[derive(Clone, Copy, Default)]
struct Merged {
    rate: f64,
    load: f64,
    contact_load: f64,
    apart_load: f64,
    hanging_up: f64,
}

impl Merged {
    fn of<'a>(parts: impl Iterator<Item = &'a Part>, slot: usize) -> Merged {
        let mut merged = Merged::default();
        for part in parts {
            let rate = part.rate[slot];
            merged.rate += rate;
            merged.load += rate * part.work;
            merged.contact_load += rate * part.contact;
            merged.apart_load += rate * part.apart;
            merged.hanging_up += rate * part.theta;
        }
        merged
    }

    /// As one pool, in which a contact alone takes as long as makes the load right at the best level.
    fn station(&self, held: &Concurrency) -> Station {
        let theta = self.hanging_up / self.rate;
        Station {
            arrivals: self.rate,
            handle: self.load / self.rate * held.speed_up(),
            patience: (theta > 0.0).then(|| 1.0 / theta),
        }
    }

    /// The share of time that contacts and rest may fill together where contacts alone may fill `cap`.
    fn cap_with_rest(&self, cap: f64) -> f64 {
        if self.contact_load > 0.0 { cap * self.load / self.contact_load } else { 1.0 }
    }
}

fn need(set: &Set, targets: &[Vec<Goal>], workload: &Workload, scenario: &Scenario) -> LiveNeed {
    let mut parts: Vec<Part> =
        set.streams.iter().map(|&stream| part(stream, &set.pools, workload, scenario)).collect();
    let queues: BTreeSet<QueueId> = parts.iter().map(|part| part.queue).collect();
    be_sure(&mut parts, &queues, workload, scenario);
    // The table that gains most is the loosest for all.
    let held = queues
        .iter()
        .map(|&queue| concurrency(queue, scenario))
        .reduce(|best, next| if next.speed_up() > best.speed_up() { next } else { best })
        .unwrap_or_else(Concurrency::alone);
    let tier_cap = |pool: &PoolId| scenario.tier(scenario.pool(*pool).tier).occupancy.value();
    let row = Row {
        cap: set.pools.iter().map(tier_cap).fold(0.0, f64::max).max(0.01),
        parts: &parts,
        targets,
        held,
    };
    let mut slots: Vec<Sizing> =
        (0..scenario.calendar.intervals()).map(|slot| row.size(slot)).collect();
    call_back(&row, &mut slots, scenario);
    LiveNeed {
        queues: queues.into_iter().collect(),
        streams: set.streams.clone(),
        pools: set.pools.iter().copied().collect(),
        people: slots.iter().map(|sizing| Fte(sizing.people)).collect(),
        for_occupancy: slots.iter().map(|sizing| Fte(sizing.for_occupancy)).collect(),
        load: slots.iter().map(|sizing| Fte(sizing.load)).collect(),
        busy: slots.iter().map(|sizing| Fte(sizing.busy)).collect(),
    }
}

/// Take the calls of those who accept to be called back out of the peaks they come in.
fn call_back(row: &Row<'_>, slots: &mut [Sizing], scenario: &Scenario) {
    let offer = |part: &Part| {
        let callback = scenario.queue(part.queue).course.callback;
        callback.filter(|callback| callback.offered_after <= 0.0)
    };
    let offers = || row.parts.iter().filter_map(offer);
    let Some(within) = offers().map(|offer| offer.within.real()).reduce(f64::min) else { return };
    let live: Vec<Part> = row
        .parts
        .iter()
        .map(|part| {
            let accept = offer(part).map_or(0.0, |offer| offer.share.value());
            let rate = part.rate.iter().map(|rate| rate * (1.0 - accept)).collect();
            Part { rate, ..part.clone() }
        })
        .collect();
    let eased = Row { parts: &live, held: row.held.clone(), ..*row };
    let sized: Vec<Sizing> = (0..slots.len()).map(|slot| eased.size(slot)).collect();
    let of =
        |part: fn(&Sizing) -> f64, from: &[Sizing]| from.iter().map(part).collect::<Vec<f64>>();
    let live_people =
        slots.iter().zip(&sized).map(|(without, with)| with.people.min(without.people));
    let calls = slots.iter().zip(&sized).map(|(without, with)| (without.load - with.load).max(0.0));
    let people = callback::Ask {
        without: &of(|sizing| sizing.people, slots),
        live: &live_people.collect::<Vec<f64>>(),
        calls: &calls.collect::<Vec<f64>>(),
        lengths: &(0..slots.len())
            .map(|slot| scenario.calendar.interval(slot).length().real())
            .collect::<Vec<f64>>(),
        within,
        cap: row.cap,
    }
    .people();
    for (sizing, people) in slots.iter_mut().zip(people) {
        sizing.people = people;
        sizing.for_occupancy = sizing.for_occupancy.min(people);
    }
}

/// A row while its intervals are sized.
struct Row<'a> {
    parts: &'a [Part],
    targets: &'a [Vec<Goal>],
    held: Concurrency,
    /// The loosest occupancy cap of its pools.
    cap: f64,
}

#[derive(Clone, Copy, Default)]
struct Sizing {
    people: f64,
    for_occupancy: f64,
    load: f64,
    busy: f64,
}

impl Row<'_> {
    fn size(&self, slot: usize) -> Sizing {
        if !self.parts.iter().any(|part| part.arrives[slot]) {
            return Sizing::default();
        }
        let all = Merged::of(self.parts.iter(), slot);
        if !all.load.is_finite() || all.load <= 0.0 {
            return Sizing::default();
        }
        let has_target = |part: &&Part| !self.targets[part.queue.index()].is_empty();
        let aimed = Merged::of(self.parts.iter().filter(has_target), slot);
        let for_service = if aimed.load > 0.0 { self.for_service(&aimed, slot) } else { 0.0 };
        let for_occupancy = self.for_occupancy(&aimed, &all);
        let people = for_service.max(for_occupancy);
        Sizing { people, for_occupancy, load: all.load, busy: all.apart_load }
    }

    /// The fewest people with whom one of the queues that someone contacts now keeps its targets, if all
    /// is shared: the loosest.
    fn for_service(&self, aimed: &Merged, slot: usize) -> f64 {
        let station = aimed.station(&self.held);
        let mut asked: Vec<&Vec<Goal>> = Vec::new();
        for part in self.parts.iter().filter(|part| part.arrives[slot]) {
            let goals = &self.targets[part.queue.index()];
            if !goals.is_empty() && !asked.contains(&goals) {
                asked.push(goals);
            }
        }
        let sizes = asked.iter().map(|goals| {
            chat::agents(&station, &self.held, goals).map_or(aimed.load, |agents| agents.0)
        });
        sizes.reduce(f64::min).unwrap_or(0.0)
    }

    /// People for the occupancy cap. Who hangs up is not served where a target bounds how many do; a queue
    /// without any target is owed all of its work.
    fn for_occupancy(&self, aimed: &Merged, all: &Merged) -> f64 {
        let unaimed = (all.load - aimed.load).max(0.0) / all.cap_with_rest(self.cap).min(1.0);
        let cap = aimed.cap_with_rest(self.cap);
        if aimed.load <= 0.0 || cap >= 1.0 {
            return unaimed;
        }
        let goal = [Goal::Occupancy(cap)];
        let own = chat::agents(&aimed.station(&self.held), &self.held, &goal);
        unaimed + own.map_or(aimed.load / cap, |agents| agents.0)
    }
}
