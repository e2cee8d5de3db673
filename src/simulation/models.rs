//! Published models, played by the same floor as any scenario: what the simulator is held against, and how
//! fast it is.
//!
//! `MMC`, `MMCAb` and `SimpleMSK` are examples of `ContactCenters`, `CallCenter` of SSJ (both Université de Montréal,
//! Apache-2.0), each with printed results; `A` is a one-pool model on which other simulators were timed.

use rayon::prelude::*;

use super::Seed;
use super::draws::Length;
use super::floor::{Contact, Floor, State};
use super::open_clock::OpenClock;
use super::setting::{
    Manner, Medium, PersonSetting, Setting, StreamSetting, Stretch, StretchKind, pool_settings,
};
use super::standby::small;

/// A model that can be played any number of days.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its name where it was published.
    pub name: &'static str,
    setting: Setting,
    /// Minutes within which an answer is in time, by stream.
    thresholds: Vec<f64>,
    /// Contacts that come in before are not counted, so that the start from empty is forgotten.
    counted_from: f64,
    /// Contacts that come in later are not counted.
    counted_until: f64,
}

/// What one stream came to on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StreamDay {
    /// Contacts that came in.
    pub offered: f64,
    /// Of these, answered or given up within the threshold.
    pub waited_in_time: f64,
    /// Of these, answered within the threshold.
    pub answered_in_time: f64,
    /// Of these, not answered at once.
    pub delayed: f64,
    /// Of these, given up.
    pub abandoned: f64,
    /// Minutes of waiting of all.
    pub waiting: f64,
    /// Minutes of waiting of those answered.
    pub waiting_of_answered: f64,
}

impl Model {
    /// Play so many days, and say how many contacts came in.
    #[must_use]
    pub fn run(&self, days: u64, seed: u64) -> u64 {
        let mut floor = Floor::new(&self.setting);
        let play = |replication| {
            floor.play(Seed { seed, replication });
            floor.contacts.len() as u64
        };
        (0..days).map(play).sum()
    }

    /// A floor to play it on, for what days do not show.
    #[cfg(test)]
    pub(super) fn floor(&self) -> Floor<'_> {
        Floor::new(&self.setting)
    }

    #[cfg(test)]
    pub(super) fn count_between(&mut self, from: f64, until: f64) {
        (self.counted_from, self.counted_until) = (from, until);
    }

    /// Play so many days: a row a day, a figure a stream.
    #[must_use]
    pub fn days(&self, days: u64, seed: u64) -> Vec<Vec<StreamDay>> {
        self.days_from(0, days, seed)
    }

    /// Play so many days from a first one on, side by side; the same at any number of threads.
    #[must_use]
    pub fn days_from(&self, first: u64, days: u64, seed: u64) -> Vec<Vec<StreamDay>> {
        let floor = || Floor::new(&self.setting);
        let play = |floor: &mut Floor<'_>, replication| {
            floor.play(Seed { seed, replication });
            let mut streams = vec![StreamDay::default(); self.setting.streams.len()];
            let counted = self.counted_from..self.counted_until;
            for contact in floor.contacts.iter().filter(|c| counted.contains(&c.arrived)) {
                let stream = contact.stream as usize;
                streams[stream].count(contact, self.thresholds[stream]);
            }
            streams
        };
        (first..first + days).into_par_iter().map_init(floor, play).collect()
    }
}

impl StreamDay {
    fn count(&mut self, contact: &Contact, threshold: f64) {
        let gave_up = contact.state == State::GaveUp;
        let ended = if gave_up { contact.ended } else { contact.answered };
        let wait = ended - contact.arrived;
        let one = |holds: bool| f64::from(u8::from(holds));
        self.offered += 1.0;
        self.waited_in_time += one(wait <= threshold);
        self.answered_in_time += one(!gave_up && wait <= threshold);
        self.delayed += one(gave_up || wait > 0.0);
        self.abandoned += one(gave_up);
        self.waiting += wait;
        self.waiting_of_answered += if gave_up { 0.0 } else { wait };
    }
}

/// Every model that speed is measured on.
#[must_use]
pub fn all() -> Vec<Model> {
    vec![mmc(), mmc_with_abandonment(), call_center(400.0), simple_msk(), one_pool()]
}

/// `MMC`: 4.2 calls a minute for eight hours from empty, 12 people, 2 minutes a call, nobody hangs up.
#[must_use]
pub fn mmc() -> Model {
    let stream = voice(2.0, None, vec![4.2, 0.0, 0.0]);
    Model { name: "MMC", ..model(vec![stream], &[12], 480.0, 1.0 / 3.0) }
}

/// `MMCAb`: the same with callers who wait a minute on average.
#[must_use]
pub fn mmc_with_abandonment() -> Model {
    let stream = voice(2.0, Some(1.0), vec![4.2, 0.0, 0.0]);
    Model { name: "MMCAb", ..model(vec![stream], &[12], 480.0, 1.0 / 3.0) }
}

/// SSJ's `CallCenter`: a day of 13 hours with its own rate and staff each, scaled by a gamma factor of this
/// shape; one caller in ten hangs up at once if not answered at once.
#[must_use]
pub fn call_center(shape: f64) -> Model {
    const CALLS: [f64; 13] =
        [100.0, 150.0, 150.0, 180.0, 200.0, 150.0, 150.0, 150.0, 120.0, 100.0, 80.0, 70.0, 60.0];
    const PEOPLE: [usize; 13] = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4];
    let mut rates: Vec<f64> = CALLS.iter().map(|calls| calls / 60.0).collect();
    // Calls that wait at closing time are still answered.
    rates.extend([0.0; 11]);
    let mut stream = voice(100.0 / 60.0, Some(1000.0 / 60.0), rates);
    stream.balking = 0.1;
    stream.day_factor = (0, shape.recip().sqrt());
    Model { name: "CallCenter", ..staffed(stream, &PEOPLE, 60.0) }
}

/// A stream and so many people by interval, who finish what they have in hand when their time is up.
pub(super) fn staffed(stream: StreamSetting, people: &[usize], grid: f64) -> Model {
    let (intervals, most) = (stream.rates.len(), people.iter().copied().max().unwrap_or(0));
    let mut model = model(vec![stream], &[most], grid, 1.0 / 3.0);
    let person = |person| by_interval(person, people, intervals, grid);
    model.setting.people = (0..most).map(person).collect();
    model
}

/// `SimpleMSK`: three types of call and two groups over three periods of two hours, all rates scaled by one
/// gamma factor a day; the middle type goes to the first group, then the second, and whoever is free takes who
/// has waited longest. How long calls take and callers wait goes by the period they came in, so that each type
/// and period is a stream of its own, period by period.
#[must_use]
pub fn simple_msk() -> Model {
    const CALLS: [[f64; 3]; 3] = [[4.2, 5.3, 3.2], [5.1, 4.3, 4.8], [6.3, 5.2, 4.8]];
    const GROUPS: [&[usize]; 3] = [&[0], &[0, 1], &[1]];
    const DONE: [f64; 3] = [0.5, 0.6, 0.4];
    const GIVING_UP: [f64; 3] = [0.3, 0.4, 0.2];
    const PEOPLE: [[usize; 3]; 2] = [[12, 18, 9], [15, 20, 11]];
    let stream = |period: usize, kind: usize| {
        // Calls that wait at closing time are still answered.
        let mut rates = vec![0.0; 6];
        rates[period] = CALLS[kind][period];
        let mut stream = voice(1.0, Some(GIVING_UP[period].recip()), rates);
        stream.handle = vec![DONE[period].recip(); 2];
        stream.pools = GROUPS[kind].to_vec();
        stream.day_factor = (0, f64::sqrt(28.7).recip());
        stream
    };
    let streams = (0..3).flat_map(|period| (0..3).map(move |kind| (period, kind)));
    let streams = streams.map(|(period, kind)| stream(period, kind)).collect();
    let mut model = model(streams, &[18, 20], 120.0, 1.0 / 3.0);
    let group = |pool: usize| {
        let people = PEOPLE[pool];
        let most = people.into_iter().max().unwrap_or(0);
        (0..most).map(move |p| PersonSetting { pool, ..by_interval(p, &people, 6, 120.0) })
    };
    model.setting.people = (0..2).flat_map(group).collect();
    Model { name: "SimpleMSK", ..model }
}

/// Model `A`: three classes of calls to one pool of 32, first come first served.
#[must_use]
pub fn one_pool() -> Model {
    let class = |arrivals, done, giving_up: f64| {
        voice(f64::recip(done), Some(giving_up.recip()), vec![arrivals; 2])
    };
    let streams = vec![class(5.3, 0.6, 0.4), class(4.3, 0.5, 0.3), class(5.2, 0.4, 0.2)];
    let mut model = model(streams, &[32], 1440.0, 1.0 / 3.0);
    (model.counted_from, model.counted_until) = (200.0, 2800.0);
    Model { name: "A", ..model }
}

/// Streams and pools of so many people, always there.
pub(super) fn model(
    streams: Vec<StreamSetting>,
    pools: &[usize],
    grid: f64,
    threshold: f64,
) -> Model {
    let intervals = streams.first().map_or(0, |stream| stream.rates.len());
    let end = grid * f64::from(small(intervals));
    let on_queue =
        Stretch { start: 0.0, end, kind: StretchKind::OnQueue, duty: 0, day: 0, duty_ends: end };
    let person = |pool| PersonSetting {
        pool,
        presence: 1.0,
        stretches: vec![on_queue],
        ..PersonSetting::default()
    };
    let people = pools.iter().enumerate().flat_map(|(pool, &people)| vec![person(pool); people]);
    let setting = Setting {
        end,
        grid,
        days: vec![0; intervals],
        pools: pool_settings(&streams, pools.len()),
        people: people.collect(),
        shares: None,
        manner: Manner::plain(),
        recovery: 0.0,
        switching: 1.0,
        streams,
    };
    let (counted_from, counted_until) = (0.0, f64::INFINITY);
    let thresholds = vec![threshold; setting.streams.len()];
    Model { name: "", setting, thresholds, counted_from, counted_until }
}

/// A queue of calls that several pools may answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PooledQueue {
    /// Calls a minute.
    pub arrivals: f64,
    /// Mean minutes until somebody hangs up; none: nobody does.
    pub patience: Option<f64>,
    /// Mean minutes a call takes, by pool.
    pub handle: Vec<f64>,
    /// The pools that may answer, first choice first.
    pub pools: Vec<usize>,
    /// 1 is answered first; of equals whoever has waited longest.
    pub priority: u8,
    /// Minutes within which an answer is in time.
    pub within: f64,
}

/// Queues and pools of people who are always there, in steady state: `warm_up` minutes are played before
/// `counted` minutes are.
#[must_use]
pub fn pooled(queues: &[PooledQueue], people: &[u32], warm_up: f64, counted: f64) -> Model {
    let streams = queues
        .iter()
        .map(|queue| StreamSetting {
            priority: queue.priority,
            pools: queue.pools.clone(),
            handle: queue.handle.clone(),
            ..voice(1.0, queue.patience, vec![queue.arrivals; 2])
        })
        .collect();
    let people: Vec<usize> = people.iter().map(|&people| people as usize).collect();
    // Who calls last is still followed to the end of the call.
    let cool_down = 0.5 * warm_up;
    let model = model(streams, &people, 0.5 * (warm_up + counted + cool_down), 0.0);
    Model {
        thresholds: queues.iter().map(|queue| queue.within).collect(),
        counted_from: warm_up,
        counted_until: warm_up + counted,
        ..model
    }
}

/// Calls of exponential length to the first pool, at rates by interval.
pub(super) fn voice(handle: f64, patience: Option<f64>, rates: Vec<f64>) -> StreamSetting {
    StreamSetting {
        medium: Medium::Voice,
        priority: 1,
        rates,
        day_factor: (0, 0.0),
        length: Length::Exponential,
        patience,
        balking: 0.0,
        difficult: 0.0,
        rate_by_level: vec![1.0],
        most_at_once: 1,
        spill_after: 0.0,
        handle: vec![handle],
        pools: vec![0],
        deadlines: Vec::new(),
        hours: OpenClock::of(&[]),
        backlog: 0,
        most_open: f64::INFINITY,
        course: None,
    }
}

/// Someone on queue in every interval that asks for more people than come before them, the last one's staff
/// staying to the end.
fn by_interval(person: usize, needed: &[usize], intervals: usize, grid: f64) -> PersonSetting {
    let mut stretches: Vec<Stretch> = Vec::new();
    for interval in 0..intervals {
        let people = needed.get(interval).or(needed.last()).copied().unwrap_or(0);
        if person >= people {
            continue;
        }
        let start = grid * f64::from(small(interval));
        let end = grid * f64::from(small(interval + 1));
        match stretches.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => stretches.push(Stretch {
                start,
                end,
                kind: StretchKind::OnQueue,
                duty: 0,
                day: 0,
                duty_ends: grid * f64::from(small(intervals)),
            }),
        }
    }
    PersonSetting { presence: 1.0, stretches, ..PersonSetting::default() }
}
