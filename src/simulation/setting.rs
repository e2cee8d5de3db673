//! What a play is set up with: streams, pools and people as plain numbers, the same for a scenario and for
//! the published models the play is held against.

mod course;
mod manner;

use crate::duty::{Activity, Duty, Line};
use crate::funnel::HumanDemand;
use crate::id::{Id, StreamId};
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::{Channel, Clock, Measure, Policy, Queue, Scenario};
use crate::staffing::chat::Concurrency;
use crate::workload::Workload;

pub(super) use course::CourseSetting;
pub(super) use manner::{Manner, Order};

use super::draws::Length;
use super::open_clock::{OpenClock, due, real};
use super::shares::Shares;
use super::standby::small;

/// Where a stream has no service level of its own, specialists kept for harder work take its contacts
/// after half of this many minutes (20 seconds, the commonest threshold; assumption).
const USUAL_THRESHOLD: f64 = 1.0 / 3.0;

/// How a contact is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// Now, one at a time.
    Voice,
    /// Now, several at a time.
    Chat,
    /// By a deadline, pausing for live contacts.
    Deferred,
}

/// A play, before any chance.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// Minutes of the horizon.
    pub(crate) end: f64,
    /// Minutes of an interval.
    pub(crate) grid: f64,
    /// The day of each interval.
    pub(crate) days: Vec<usize>,
    pub(crate) streams: Vec<StreamSetting>,
    pub(crate) pools: Vec<PoolSetting>,
    pub(crate) people: Vec<PersonSetting>,
    /// The plan's split of each stream; none: pools in their order, or by ratios.
    pub(crate) shares: Option<Shares>,
    /// Who is handed which contact.
    pub(crate) manner: Manner,
    /// Minutes of rest after a difficult contact.
    pub(crate) recovery: f64,
    /// What a minute on a ticket is worth in a stretch that a live contact cuts off.
    pub(crate) switching: f64,
}

/// A stream, as the play sees it.
#[derive(Debug, Clone)]
pub(crate) struct StreamSetting {
    pub(crate) medium: Medium,
    /// 1 is answered first.
    pub(crate) priority: u8,
    /// Contacts a minute, by interval.
    pub(crate) rates: Vec<f64>,
    /// Whose day factor scales the rates, and its coefficient of variation.
    pub(crate) day_factor: (usize, f64),
    pub(crate) length: Length,
    /// Mean minutes until a waiting contact hangs up.
    pub(crate) patience: Option<f64>,
    /// Share of contacts that do not wait at all.
    pub(crate) balking: f64,
    pub(crate) difficult: f64,
    /// Rate of each conversation by how many one person holds.
    pub(crate) rate_by_level: Vec<f64>,
    /// Most conversations at once.
    pub(crate) most_at_once: usize,
    /// Minutes of waiting after which pools kept for harder work help out.
    pub(crate) spill_after: f64,
    /// Mean minutes of a contact, by pool, alone.
    pub(crate) handle: Vec<f64>,
    /// Pools that may take it, cheapest first.
    pub(crate) pools: Vec<usize>,
    /// Minutes and clocks that its first response is due by.
    pub(crate) deadlines: Vec<(Clock, f64)>,
    pub(crate) hours: OpenClock,
    /// Contacts waiting at the start.
    pub(crate) backlog: usize,
    /// Most cases of it that one person owns at once.
    pub(crate) most_open: f64,
    /// What its contacts go through beyond one answer, if anything.
    pub(crate) course: Option<Box<CourseSetting>>,
}

/// A pool, as the play sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct PoolSetting {
    /// Live streams it may take, those answered first ahead.
    pub(crate) live: Vec<usize>,
    /// Deferred streams it may take.
    pub(crate) deferred: Vec<usize>,
}

/// A person, as the play sees them.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonSetting {
    pub(crate) pool: usize,
    /// What draws of presence are keyed by.
    pub(crate) number: usize,
    pub(crate) tier: usize,
    /// Part of the usual cap on open cases that they may own.
    pub(crate) part_of_cases: f64,
    /// Chance of being there on a day.
    pub(crate) presence: f64,
    pub(crate) stretches: Vec<Stretch>,
}

/// What a person does for a stretch of duty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) kind: StretchKind,
    /// Which duty, the day it belongs to, and when it ends.
    pub(crate) duty: usize,
    pub(crate) day: usize,
    pub(crate) duty_ends: f64,
}

/// The kinds of stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StretchKind {
    /// Takes contacts.
    OnQueue,
    /// A break that keeps its length when it starts late.
    Pause,
    /// A meeting that ends when it ends.
    Meeting,
}

impl StreamSetting {
    /// When a touch that comes in now is due; never where no target asks for one.
    pub(super) fn due(&self, arrived: f64) -> f64 {
        let dues = self
            .deadlines
            .iter()
            .map(|&(clock, minutes)| due(clock, &self.hours, arrived, minutes));
        dues.fold(f64::INFINITY, f64::min)
    }

    /// Rate of each conversation where one person holds so many.
    #[inline]
    pub(super) fn rate(&self, at_once: usize) -> f64 {
        let level = at_once.clamp(1, self.rate_by_level.len().max(1)) - 1;
        self.rate_by_level.get(level).copied().unwrap_or(1.0).max(1e-9)
    }
}

impl Setting {
    /// Set up a play of a roster.
    pub(crate) fn of(
        scenario: &Scenario,
        demand: &HumanDemand,
        workload: &Workload,
        roster: &Roster,
        routing: &Routing,
    ) -> Setting {
        let calendar = &scenario.calendar;
        let day_of = |interval| calendar.day_at(calendar.interval(interval).start);
        let days = (0..calendar.intervals()).map(|interval| day_of(interval).unwrap_or(0));
        let streams: Vec<StreamSetting> = (0..scenario.streams.len())
            .map(|stream| stream_setting(StreamId::at(stream), scenario, demand, workload))
            .collect();
        Setting {
            end: real(calendar.horizon().end.0),
            grid: calendar.grid().real(),
            days: days.collect(),
            pools: pool_settings(&streams, scenario.pools.len()),
            people: people(scenario, roster),
            shares: (scenario.routing.policy == Policy::Shares)
                .then(|| Shares::of(routing, &streams, scenario)),
            manner: Manner::of(scenario.routing, &streams, scenario.pools.len()),
            recovery: scenario.recovery.real(),
            switching: scenario.switching_efficiency.value(),
            streams,
        }
    }

    /// When an interval ends.
    #[inline]
    pub(super) fn interval_end(&self, interval: usize) -> f64 {
        (self.grid * f64::from(small(interval + 1))).min(self.end)
    }

    /// The interval a time lies in; the last for any later.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times are not negative"
    )]
    pub(super) fn interval_of(&self, at: f64) -> usize {
        ((at / self.grid) as usize).min(self.days.len().saturating_sub(1))
    }

    /// Most chats anyone holds at once.
    pub(super) fn most_chats(&self) -> usize {
        self.streams.iter().map(|stream| stream.most_at_once).max().unwrap_or(1)
    }
}

/// What each pool may take, from what each stream may be taken by.
pub(crate) fn pool_settings(streams: &[StreamSetting], pools: usize) -> Vec<PoolSetting> {
    let mut settings = vec![PoolSetting::default(); pools];
    for (stream, setting) in streams.iter().enumerate() {
        for &pool in &setting.pools {
            match setting.medium {
                Medium::Deferred => settings[pool].deferred.push(stream),
                Medium::Voice | Medium::Chat => settings[pool].live.push(stream),
            }
        }
    }
    for setting in &mut settings {
        setting.live.sort_by_key(|&stream| (streams[stream].priority, stream));
    }
    settings
}

fn stream_setting(
    stream: StreamId,
    scenario: &Scenario,
    demand: &HumanDemand,
    workload: &Workload,
) -> StreamSetting {
    let share = scenario.stream(stream).share.value();
    let queue_id = scenario.stream(stream).queue;
    let queue = scenario.queue(queue_id);
    let mut pools: Vec<usize> = scenario.pools_for(stream).map(Id::index).collect();
    pools.sort_by_key(|&pool| (scenario.tier(scenario.pools[pool].tier).wage_per_hour, pool));
    let mut handle = vec![f64::INFINITY; scenario.pools.len()];
    let concurrency = Concurrency::new(&queue.rate_by_level);
    for &pool in &pools {
        // Messaging may pause at any time, so its conversations are worked side by side as one.
        let at_once =
            if queue.channel == Channel::Messaging { concurrency.speed_up() } else { 1.0 };
        handle[pool] = scenario.touch(stream, Id::at(pool)).0 / at_once;
    }
    let lengths = (0..scenario.calendar.intervals())
        .map(|interval| scenario.calendar.interval(interval).length().real());
    let arrivals = &workload.arrivals[stream.index()];
    StreamSetting {
        medium: match queue.channel {
            Channel::Voice => Medium::Voice,
            Channel::Chat => Medium::Chat,
            Channel::Messaging | Channel::Email => Medium::Deferred,
        },
        priority: queue.priority,
        rates: arrivals
            .iter()
            .zip(lengths)
            .map(|(contacts, length)| {
                let rate = contacts.0 / length;
                if rate.is_finite() { rate.max(0.0) } else { 0.0 }
            })
            .collect(),
        day_factor: (
            queue_id.index(),
            demand.day_spread.get(queue_id.index()).copied().unwrap_or(0.0),
        ),
        length: Length::of_variability(queue.handle_variability),
        patience: queue.patience,
        balking: 0.0,
        difficult: queue.difficult.value(),
        rate_by_level: queue.rate_by_level.clone(),
        most_at_once: if queue.channel == Channel::Chat { concurrency.best_level() } else { 1 },
        spill_after: 0.5 * threshold(queue),
        handle,
        pools,
        deadlines: deadlines(queue, scenario),
        hours: OpenClock::of(&queue.open),
        backlog: whole(queue.backlog.0 * share),
        most_open: course::most_open(stream, scenario),
        course: course::of(stream, scenario).map(Box::new),
    }
}

/// The tightest wait a service level allows, in minutes.
fn threshold(queue: &Queue) -> f64 {
    let waits = queue.targets.iter().filter_map(|target| match target.measure {
        Measure::ServiceLevel { within, .. } => Some(within.in_minutes()),
        _ => None,
    });
    waits.fold(f64::INFINITY, f64::min).min(if has_service_level(queue) {
        f64::INFINITY
    } else {
        USUAL_THRESHOLD
    })
}

fn has_service_level(queue: &Queue) -> bool {
    let is_one = |measure| matches!(measure, Measure::ServiceLevel { .. });
    queue.targets.iter().any(|target| is_one(target.measure))
}

fn deadlines(queue: &Queue, scenario: &Scenario) -> Vec<(Clock, f64)> {
    let touches = queue.touch_deadlines(scenario.calendar.horizon().length());
    touches.iter().map(|touch| (touch.clock, touch.within.real())).collect()
}

fn people(scenario: &Scenario, roster: &Roster) -> Vec<PersonSetting> {
    let mut people: Vec<PersonSetting> = scenario
        .agents
        .iter()
        .map(|agent| PersonSetting {
            pool: agent.pool.index(),
            tier: agent.tier.index(),
            part_of_cases: agent.part_of_cases(),
            number: agent.number,
            presence: agent.presence.value(),
            stretches: Vec::new(),
        })
        .collect();
    // Whoever is still at work when the horizon starts comes first, so that a person's stretches are in order.
    let reaching_in: Vec<Line> = scenario.published.reaching_in().collect();
    for line in reaching_in.iter().chain(&roster.lines) {
        let Some(person) = people.get_mut(line.agent.index()) else { continue };
        let known = person.stretches.last().map_or(0, |stretch| stretch.duty + 1);
        for (place, duty) in (known..).zip(&line.duties) {
            if !duty.blocks.is_empty() {
                let day = scenario.calendar.day_at(duty.start()).unwrap_or(0);
                person.stretches.extend(stretches(duty, place, day));
            }
        }
    }
    people
}

/// A duty's stretches, on-queue blocks that touch made one.
fn stretches(duty: &Duty, place: usize, day: usize) -> Vec<Stretch> {
    let duty_ends = real(duty.end().0);
    let mut stretches: Vec<Stretch> = Vec::with_capacity(duty.blocks.len());
    for block in &duty.blocks {
        let (start, end) = (real(block.span.start.0).max(0.0), real(block.span.end.0));
        let kind = match block.activity {
            Activity::OnQueue => StretchKind::OnQueue,
            Activity::Break | Activity::Meal | Activity::Recovery => StretchKind::Pause,
            Activity::OffQueue | Activity::Absent => StretchKind::Meeting,
        };
        match stretches.last_mut() {
            Some(last) if last.kind == kind && last.end >= start => last.end = last.end.max(end),
            _ if end > start => {
                stretches.push(Stretch { start, end, kind, duty: place, day, duty_ends });
            }
            _ => {}
        }
    }
    stretches
}

/// A number of contacts given as a real number, to the nearest whole one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to range before")]
pub(super) fn whole(contacts: f64) -> usize {
    contacts.clamp(0.0, 1e7).round() as usize
}
