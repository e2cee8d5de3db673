//! One week's records, summed.

use crate::calendar::Calendar;
use crate::id::Id;
use crate::scenario::{Clock, Definition, Measure, Scenario};
use crate::simulation::open_clock::{OpenClock, due};
use crate::simulation::{ContactRecord, Log};
use crate::strain::{self, PlayedStrain};
use crate::units::Moment;

use super::classes::{self, ByClass, Classed};
use super::course::CourseSums;
use super::estimate::Counted;
use super::periods::places;

/// Sums over one played week that scores are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    pub(super) queues: Vec<QueueSums>,
    /// By queue, target and period.
    pub(super) targets: Vec<Vec<Vec<Counted>>>,
    /// Live minutes of on-queue minutes, by pool and interval.
    pub(super) occupancy: Vec<Vec<Counted>>,
    pub(super) tiers: Vec<TierSums>,
    pub(super) by_class: ByClass,
    /// By queue.
    pub(super) courses: Vec<CourseSums>,
    pub(super) played: PlayedStrain,
    /// Contacts that came in.
    pub(super) contacts: u64,
}

/// A queue's sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct QueueSums {
    pub(super) offered: f64,
    pub(super) abandoned: Counted,
    pub(super) waits: Counted,
    pub(super) responses: Counted,
    pub(super) responses_in_hours: Counted,
    pub(super) backlog: f64,
}

/// A tier's sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct TierSums {
    pub(super) live: f64,
    pub(super) busy: f64,
    pub(super) on_queue: f64,
    pub(super) contacts: f64,
}

/// Sum one week's records.
#[must_use]
pub fn tally(log: &Log, scenario: &Scenario) -> Tally {
    let calendar = &scenario.calendar;
    let clocks: Vec<OpenClock> = scenario.queues.iter().map(|q| OpenClock::of(&q.open)).collect();
    let placed: Vec<Vec<(Vec<usize>, usize)>> = scenario
        .queues
        .iter()
        .map(|queue| queue.targets.iter().map(|target| places(target.period, calendar)).collect())
        .collect();
    let empty_periods = |(_, periods): &(Vec<usize>, usize)| vec![Counted::default(); *periods];
    let mut tally = Tally {
        queues: vec![QueueSums::default(); scenario.queues.len()],
        targets: placed.iter().map(|targets| targets.iter().map(empty_periods).collect()).collect(),
        occupancy: vec![vec![Counted::default(); calendar.intervals()]; scenario.pools.len()],
        tiers: vec![TierSums::default(); scenario.tiers.len()],
        by_class: ByClass::new(scenario),
        courses: vec![CourseSums::new(scenario); scenario.queues.len()],
        played: strain::from_play(log, scenario),
        contacts: log.contacts.len() as u64,
    };
    let promises: Vec<(f64, Clock)> = scenario.queues.iter().map(classes::promise).collect();
    let end = calendar.horizon().length().real();
    for contact in &log.contacts {
        let place = scenario.stream(contact.stream).queue.index();
        let (queue, clock) = (&scenario.queues[place], &clocks[place]);
        tally.queues[place].count(contact, clock);
        if !queue.course.is_simple() {
            tally.courses[place].count(contact, end);
        }
        let interval = interval_of(contact.arrived, calendar);
        for (number, target) in queue.targets.iter().enumerate() {
            let period = placed[place][number].0[interval];
            let seen = Seen { contact, clock, end };
            if let Some((met, of)) = seen.counts(target.measure) {
                tally.targets[place][number][period].add(met, of);
            }
        }
        let answer = classes::promised(queue).map(|place| queue.targets[place].measure);
        let seen = Seen { contact, clock, end };
        let in_time = answer.and_then(|measure| seen.counts(measure));
        let classed = Classed { contact, clock, in_time, promise: promises[place] };
        tally.by_class.count(&classed, scenario);
        if let Some(agent) = contact.agent {
            tally.tiers[scenario.agent(agent).tier.index()].contacts += 1.0;
        }
    }
    tally.add_people(log, scenario);
    tally
}

impl Tally {
    fn add_people(&mut self, log: &Log, scenario: &Scenario) {
        for (agent, person) in scenario.agents.iter().zip(&log.people) {
            let tier = &mut self.tiers[agent.tier.index()];
            let intervals = self.occupancy[agent.pool.index()].iter_mut();
            let minutes = person.live.iter().zip(&person.tickets).zip(&person.recovery);
            for ((counted, ((live, tickets), recovery)), on_queue) in
                intervals.zip(minutes).zip(&person.on_queue)
            {
                counted.add(*live, *on_queue);
                tier.live += live;
                tier.busy += live + tickets + recovery;
                tier.on_queue += on_queue;
            }
        }
    }
}

impl QueueSums {
    fn count(&mut self, contact: &ContactRecord, clock: &OpenClock) {
        self.offered += 1.0;
        if contact.answered.is_some() || contact.ended.is_some() {
            self.abandoned.add(one(contact.answered.is_none()), 1.0);
        }
        if let Some(answered) = contact.answered {
            self.waits.add(answered - contact.arrived, 1.0);
        }
        if let Some(response) = contact.responded {
            self.responses.add(response - contact.arrived, 1.0);
            self.responses_in_hours.add(clock.between(contact.arrived, response), 1.0);
        }
        self.backlog += one(contact.ended.is_none());
    }
}

/// A contact as its targets see it.
struct Seen<'a> {
    contact: &'a ContactRecord,
    clock: &'a OpenClock,
    end: f64,
}

impl Seen<'_> {
    /// Whether the contact meets the target and whether it counts; none where nobody can know, because it
    /// still waits at the end of the horizon and is not due before.
    fn counts(&self, measure: Measure) -> Option<(f64, f64)> {
        let contact = self.contact;
        let gave_up = contact.answered.is_none() && contact.ended.is_some();
        match measure {
            Measure::ServiceLevel { within, definition, .. } => {
                // Whoever agreed to be called back does not wait on the line: the promise is what counts.
                let due = match contact.called_back {
                    Some(call) => call.due + HAIR,
                    None => contact.arrived + within.in_minutes() + HAIR,
                };
                let until = contact.answered.or(contact.ended);
                if until.is_none() && due > self.end {
                    return None;
                }
                let in_time = until.is_some_and(|until| until <= due);
                let answered_in_time = in_time && contact.answered.is_some();
                Some(match definition {
                    Definition::Offered => (one(answered_in_time), 1.0),
                    Definition::Answered => {
                        (one(answered_in_time), one(contact.answered.is_some()))
                    }
                    Definition::WithoutShortAbandons => {
                        (one(answered_in_time), one(!(gave_up && in_time)))
                    }
                    Definition::Waited => (one(in_time), 1.0),
                })
            }
            Measure::Abandonment { .. } => {
                let is_known = contact.answered.is_some() || gave_up;
                is_known.then(|| (one(gave_up), 1.0))
            }
            Measure::FirstResponse { within, clock, .. } => {
                self.done_within(contact.responded, within.real(), clock)
            }
            Measure::Resolution { within, clock, .. } => {
                self.done_within(contact.resolved, within.real(), clock)
            }
        }
    }

    fn done_within(&self, done: Option<f64>, within: f64, clock: Clock) -> Option<(f64, f64)> {
        let due = due(clock, self.clock, self.contact.arrived, within) + HAIR;
        let met = match done {
            Some(done) => Some(done <= due),
            None => (due <= self.end).then_some(false),
        };
        met.map(|met| (one(met), 1.0))
    }
}

/// Minutes that rounding may make a wait of exactly its limit longer.
const HAIR: f64 = 1e-9;

fn one(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// The interval a time lies in; times of records lie in the horizon.
#[expect(clippy::cast_possible_truncation, reason = "times of records lie in the horizon")]
fn interval_of(at: f64, calendar: &Calendar) -> usize {
    calendar.interval_at(Moment(at as i64)).unwrap_or(calendar.intervals() - 1)
}
