//! What there is to do and who is there to do it, as plain numbers.

use crate::id::{Id, StreamId};
use crate::roster::Roster;
use crate::scenario::{Channel, Clock, Scenario};
use crate::simulation::open_clock::OpenClock;
use crate::staffing::chat::Concurrency;
use crate::workload::Workload;

/// Streams, pools and the minutes of people, interval by interval.
pub(super) struct Work {
    pub(super) streams: Vec<Stream>,
    /// Minutes of people on queue and likely there, by pool and interval.
    pub(super) there: Vec<Vec<f64>>,
    /// Minutes of each interval.
    pub(super) lengths: Vec<f64>,
    /// Wage of a minute, by pool.
    pub(super) wages: Vec<f64>,
    /// Share of time that live work may fill, by pool.
    pub(super) caps: Vec<f64>,
}

/// A stream to split.
pub(super) struct Stream {
    pub(super) is_live: bool,
    /// Contacts by interval, finite and not negative.
    pub(super) arrivals: Vec<f64>,
    /// Minutes of a person's time for one contact, by pool; nothing where the pool may not take it.
    pub(super) handle: Vec<f64>,
    /// Minutes of rest owed for one contact, on average.
    pub(super) recovery: f64,
    /// Pools that may take it, cheapest first.
    pub(super) pools: Vec<usize>,
    pub(super) priority: u8,
    /// Contacts waiting at the start.
    pub(super) backlog: f64,
    pub(super) deadlines: Vec<(Clock, f64)>,
    pub(super) hours: OpenClock,
}

impl Work {
    pub(super) fn of(workload: &Workload, roster: &Roster, scenario: &Scenario) -> Work {
        let calendar = &scenario.calendar;
        let lengths: Vec<f64> = (0..calendar.intervals())
            .map(|interval| calendar.interval(interval).length().real())
            .collect();
        let on_queue = roster.on_queue(scenario);
        let there = on_queue.iter().zip(&scenario.pools).map(|(people, pool)| {
            let presence: f64 =
                pool.agents.iter().map(|&agent| scenario.agent(agent).presence.value()).sum();
            let members = f64::from(u32::try_from(pool.agents.len().max(1)).unwrap_or(u32::MAX));
            people.iter().zip(&lengths).map(|(n, length)| n * length * presence / members).collect()
        });
        let tier = |pool: &crate::scenario::Pool| scenario.tier(pool.tier).clone();
        Work {
            there: there.collect(),
            wages: scenario.pools.iter().map(|p| tier(p).wage_per_hour.decimal() / 60.0).collect(),
            caps: scenario.pools.iter().map(|p| tier(p).occupancy.value()).collect(),
            streams: (0..scenario.streams.len())
                .map(|stream| Stream::of(StreamId::at(stream), workload, scenario))
                .collect(),
            lengths,
        }
    }

    /// Whether anyone who may take a stream is on queue in an interval.
    pub(super) fn is_staffed(&self, stream: usize, interval: usize) -> bool {
        self.streams[stream].pools.iter().any(|&pool| self.there[pool][interval] > 1e-9)
    }
}

impl Stream {
    fn of(stream: StreamId, workload: &Workload, scenario: &Scenario) -> Stream {
        let its = scenario.stream(stream);
        let queue = scenario.queue(its.queue);
        let speed_up = match queue.channel {
            Channel::Chat | Channel::Messaging => Concurrency::new(&queue.rate_by_level).speed_up(),
            Channel::Voice | Channel::Email => 1.0,
        };
        let mut pools: Vec<usize> = scenario.pools_for(stream).map(Id::index).collect();
        pools.sort_by_key(|&pool| (scenario.tier(scenario.pools[pool].tier).wage_per_hour, pool));
        let handle = workload.handle[stream.index()].iter();
        let sane = |number: f64| if number.is_finite() { number.max(0.0) } else { 0.0 };
        let touches = queue.touch_deadlines(scenario.calendar.horizon().length());
        Stream {
            is_live: queue.channel.is_live(),
            arrivals: workload.touches(stream).iter().map(|n| sane(n.0)).collect(),
            handle: handle.map(|time| time.map_or(0.0, |time| sane(time.0 / speed_up))).collect(),
            recovery: sane(workload.recovery[stream.index()].0),
            pools,
            priority: queue.priority,
            backlog: sane(queue.backlog.0 * its.share.value()),
            deadlines: touches.iter().map(|touch| (touch.clock, touch.within.real())).collect(),
            hours: OpenClock::of(&queue.open),
        }
    }
}
