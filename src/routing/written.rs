//! Work with deadlines, in the time that live work leaves: earliest due first, cheapest pool first.
//!
//! A pool's time for it in an interval is the least of what switching between live contacts leaves,
//! `efficiency (there - live - rest)`, and what the cap on all work leaves, `utilisation there - live - rest`.

use std::collections::VecDeque;

use crate::scenario::Scenario;
use crate::simulation::open_clock::due;

use super::Split;
use super::live::LiveSplit;
use super::work::{Stream, Work};

/// Who does which work with deadlines, and when.
pub(super) struct WrittenSplit {
    pub(super) contacts: Split,
    /// Contacts still undone at the end though due before, by stream and interval of arrival.
    pub(super) unserved: Vec<Vec<f64>>,
    /// The same with when they could have been done.
    pub(super) undone: Vec<Undone>,
}

/// Work left undone though due.
pub(super) struct Undone {
    pub(super) stream: usize,
    /// Intervals in which it could have been done, and as many before in which earlier work was in its way, from and
    /// to (past the end).
    pub(super) from: usize,
    pub(super) to: usize,
    /// Minutes it takes the pool that is first in line.
    pub(super) minutes: f64,
}

/// Contacts of one interval that are not done yet.
struct Batch {
    due: f64,
    arrived: usize,
    contacts: f64,
}

/// Spread work with deadlines over the horizon.
pub(super) fn spread(work: &Work, live: &LiveSplit, scenario: &Scenario) -> WrittenSplit {
    let intervals = work.lengths.len();
    let (streams, pools) = (work.streams.len(), work.there.len());
    let mut split = WrittenSplit {
        contacts: vec![vec![vec![0.0; intervals]; pools]; streams],
        unserved: vec![vec![0.0; intervals]; streams],
        undone: Vec::new(),
    };
    let mut waiting: Vec<VecDeque<Batch>> = (0..streams).map(|_| VecDeque::new()).collect();
    for (stream, its) in written(work) {
        waiting[stream].extend(batch(its, 0.0, 0, its.backlog));
    }
    let mut start = 0.0;
    for (interval, length) in work.lengths.iter().enumerate() {
        for (stream, its) in written(work) {
            waiting[stream].extend(batch(its, start, interval, its.arrivals[interval]));
        }
        let mut room: Vec<f64> =
            (0..pools).map(|pool| room(work, live, pool, interval, scenario)).collect();
        work_off(work, &mut waiting, &mut room, |stream, pool, contacts| {
            split.contacts[stream][pool][interval] += contacts;
        });
        start += length;
    }
    for (stream, batches) in waiting.iter().enumerate() {
        for batch in batches.iter().filter(|batch| batch.due <= start) {
            split.unserved[stream][batch.arrived] += batch.contacts;
            split.undone.push(undone(work, stream, batch));
        }
    }
    split
}

fn undone(work: &Work, stream: usize, batch: &Batch) -> Undone {
    let its = &work.streams[stream];
    let each = its.pools.first().map_or(0.0, |&pool| its.handle[pool] + its.recovery);
    let mut ends = 0.0;
    let before_due = work.lengths.iter().take_while(|&length| {
        ends += length;
        ends <= batch.due + length
    });
    let to = before_due.count().max(batch.arrived);
    let from = batch.arrived.saturating_sub(to - batch.arrived);
    Undone { stream, from, to, minutes: batch.contacts * each }
}

fn written(work: &Work) -> impl Iterator<Item = (usize, &Stream)> {
    work.streams.iter().enumerate().filter(|(_, its)| !its.is_live)
}

fn batch(its: &Stream, arrived_at: f64, arrived: usize, contacts: f64) -> Option<Batch> {
    let dues =
        its.deadlines.iter().map(|&(clock, within)| due(clock, &its.hours, arrived_at, within));
    let due = dues.fold(f64::INFINITY, f64::min);
    (contacts > 0.0).then_some(Batch { due, arrived, contacts })
}

fn room(work: &Work, live: &LiveSplit, pool: usize, interval: usize, scenario: &Scenario) -> f64 {
    let there = work.there[pool][interval];
    let taken = live.minutes_and_rest[pool][interval];
    let between = scenario.switching_efficiency.value() * (there - taken);
    between.min(scenario.utilisation.value() * there - taken).max(0.0)
}

/// Fill the room with what is due first, until the room or the work runs out.
fn work_off(
    work: &Work,
    waiting: &mut [VecDeque<Batch>],
    room: &mut [f64],
    mut done: impl FnMut(usize, usize, f64),
) {
    let mut is_stuck: Vec<bool> = waiting.iter().map(VecDeque::is_empty).collect();
    loop {
        let front = |stream: usize| waiting[stream].front().map_or(f64::INFINITY, |b| b.due);
        let next = (0..waiting.len()).filter(|&stream| !is_stuck[stream]).min_by(|&one, &other| {
            let priority = |stream: usize| work.streams[stream].priority;
            front(one).total_cmp(&front(other)).then(priority(one).cmp(&priority(other)))
        });
        let Some(stream) = next else { return };
        let its = &work.streams[stream];
        let Some(batch) = waiting[stream].front_mut() else {
            is_stuck[stream] = true;
            continue;
        };
        for &pool in &its.pools {
            let each = its.handle[pool] + its.recovery;
            let contacts =
                if each > 0.0 { batch.contacts.min(room[pool] / each) } else { batch.contacts };
            if contacts > 0.0 {
                room[pool] = (room[pool] - contacts * each).max(0.0);
                batch.contacts -= contacts;
                done(stream, pool, contacts);
            }
        }
        if batch.contacts > 1e-9 {
            is_stuck[stream] = true;
        } else {
            waiting[stream].pop_front();
        }
    }
}
