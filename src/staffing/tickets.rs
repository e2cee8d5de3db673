//! Work with a deadline: what has come in, and what must be done, by the end of each interval.
//!
//! A ticket that comes in at `a` with `T` of the clock to answer is due at `due(a) = B^-1(B(a) + T)`, `B` the
//! business minutes so far (or all minutes). Work due by `t` is then all that came in up to the last `a` with
//! `B(a) + T <= B(t)`. Named assumptions:
//!
//! - contacts of an interval come in evenly over it, replies like first contacts; where cases are to be settled in
//!   time, each touch has its part of that time ([`Queue::touch_deadlines`]);
//! - where a target lets a share be late, the rest is due by the end of the second business day (or by the
//!   target, if that is later); so is all work of a queue without a target;
//! - the opening backlog came in evenly over the time the target gives, so it is due evenly over that time
//!   from the start on, before anything newer; without a target, by the end of the first business day;
//! - chance asks for a margin of [`MARGIN`] standard deviations of the work due, `sqrt(Lambda E[S^2])`
//!   (compound Poisson), never more than what has come in; streams that the same people may take share one
//!   margin, each by its part of the variance;
//! - where a team wants to be sure of a share of days, the margin is that share's quantile of the normal law, and
//!   each day's work varies as a whole besides, `(v E[work])^2`, `v` its coefficient of variation;
//! - what falls due after the horizon is not due.

use super::live::concurrency;
use super::{TicketNeed, normal};
use crate::id::{Id, PoolId, QueueId, StreamId};
use crate::scenario::{Clock, Queue, Scenario};
use crate::units::{AgentMinutes, Contacts, Fte, Minutes, Moment, Span};
use crate::workload::{Workload, meant_for};

/// Standard deviations of margin: nineteen days in twenty the work due is within it.
pub const MARGIN: f64 = 1.645;

/// A clock that runs in some stretches of time only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessClock {
    /// Stretches in which it runs, in order and apart, with its reading at the start of each.
    runs: Vec<(Span, Minutes)>,
}

impl BusinessClock {
    /// A clock that runs in these stretches, in order and apart.
    #[must_use]
    pub fn new(open: &[Span]) -> BusinessClock {
        let mut reading = Minutes(0);
        let mut runs = Vec::with_capacity(open.len());
        for &span in open.iter().filter(|span| span.start < span.end) {
            runs.push((span, reading));
            reading += span.length();
        }
        BusinessClock { runs }
    }

    /// What it shows: `B`.
    #[must_use]
    pub fn reading(&self, moment: Moment) -> Minutes {
        let after = self.runs.partition_point(|(span, _)| span.start <= moment);
        match after.checked_sub(1).map(|place| self.runs[place]) {
            Some((span, reading)) => reading + moment.since(span.start).min(span.length()),
            None => Minutes(0),
        }
    }

    /// When it first shows a reading; none where it never does.
    #[must_use]
    pub fn first(&self, reading: Minutes) -> Option<Moment> {
        let runs = self.runs.iter();
        let mut reached = runs.filter(|(span, start)| *start + span.length() >= reading);
        reached.next().map(|(span, start)| span.start + (reading - *start).max(Minutes(0)))
    }

    /// The last moment at which it does not show more: it stands still until the next opening.
    fn last(&self, reading: Minutes) -> Moment {
        let runs = self.runs.iter();
        let mut beyond = runs.filter(|(span, start)| *start + span.length() > reading);
        match beyond.next() {
            Some((span, start)) => span.start + (reading - *start).max(Minutes(0)),
            None => Moment(i64::MAX),
        }
    }

    /// When a ticket is due that comes in at a moment with so long to answer; none where the clock stops
    /// for good before.
    #[must_use]
    pub fn due(&self, arrived: Moment, within: Minutes) -> Option<Moment> {
        self.first(self.reading(arrived) + within)
    }
}

/// Every stream with deadlines.
pub(super) fn needs(workload: &Workload, scenario: &Scenario) -> Vec<TicketNeed> {
    let flows: Vec<Flow> = (0..scenario.streams.len())
        .map(StreamId::at)
        .filter(|&stream| !scenario.queue(scenario.stream(stream).queue).channel.is_live())
        .filter_map(|stream| Flow::of(stream, workload, scenario))
        .collect();
    let meet = |one: &Flow, other: &Flow| {
        one.pools.iter().any(|(pool, _)| other.pools.iter().any(|(own, _)| own == pool))
    };
    let margin = scenario.staffing.sure.map_or(MARGIN, |sure| normal::quantile(sure.value()));
    flows
        .iter()
        .map(|flow| {
            let shared: Vec<&Flow> = flows.iter().filter(|other| meet(flow, other)).collect();
            flow.need(&shared, margin)
        })
        .collect()
}

/// A stream's work in minutes, at the pace of its first pool, by the end of each interval.
struct Flow {
    stream: StreamId,
    pools: Vec<(PoolId, f64)>,
    arrived: Vec<f64>,
    /// Mean of the work due.
    due: Vec<f64>,
    /// Its variance.
    variance: Vec<f64>,
}

impl Flow {
    /// None where nobody may take the stream.
    fn of(stream: StreamId, workload: &Workload, scenario: &Scenario) -> Option<Flow> {
        let queue_id = scenario.stream(stream).queue;
        let queue = scenario.queue(queue_id);
        let held = concurrency(queue_id, scenario);
        let rest = workload.recovery[stream.index()].0;
        let minutes = |pool: PoolId| {
            let time = workload.handle[stream.index()][pool.index()];
            time.map(|time| (pool, time.0 / held.speed_up() + rest))
        };
        let first = meant_for(stream, scenario)?;
        let others = scenario.pools_for(stream).filter(|&pool| pool != first);
        let pools: Vec<(PoolId, f64)> =
            std::iter::once(first).chain(others).filter_map(minutes).collect();
        let each = pools.first()?.1;

        let intervals = 0..scenario.calendar.intervals();
        let ends: Vec<Moment> =
            intervals.map(|slot| scenario.calendar.interval(slot).end).collect();
        let inflow = Inflow::new(&workload.touches(stream), &ends);
        let backlog = queue.backlog.0.max(0.0) * scenario.stream(stream).share.value();
        let deadlines = Deadlines::of(queue, scenario);
        let variability = queue.handle_variability;

        let mut flow = Flow {
            stream,
            pools,
            arrived: inflow.so_far.iter().map(|came| (came + backlog) * each).collect(),
            due: Vec::new(),
            variance: Vec::new(),
        };
        let mut days = Days::of(queue_id, workload, scenario);
        for (slot, &end) in ends.iter().enumerate() {
            let (old, new) = deadlines.due_by(end, backlog, &inflow);
            flow.due.push((old + new) * each);
            // The backlog's number is known, only its work is not.
            let chance = new * (1.0 + variability) + old * variability;
            flow.variance.push(each * each * (chance + days.variance(slot, new)));
        }
        Some(flow)
    }

    /// The row, with its part of the margin that all streams on the same people need together: chance
    /// evens out between them.
    fn need(&self, shared: &[&Flow], margin: f64) -> TicketNeed {
        let mut asked = 0.0;
        let due = (0..self.due.len()).map(|slot| {
            let together: f64 = shared.iter().map(|flow| flow.variance[slot]).sum();
            let own = self.variance[slot];
            let margin = if own > 0.0 { margin * own / together.sqrt() } else { 0.0 };
            // Never below what was asked before, and never above what has come in.
            asked = (self.due[slot] + margin).min(self.arrived[slot]).max(asked);
            AgentMinutes(asked)
        });
        TicketNeed {
            stream: self.stream,
            pools: self.pools.clone(),
            due: due.collect(),
            arrived: self.arrived.iter().copied().map(AgentMinutes).collect(),
        }
    }
}

/// How much the contacts due vary because whole days are busier or quieter.
struct Days<'a> {
    scenario: &'a Scenario,
    /// Coefficient of variation of a day; none where the team sizes for days as they are expected.
    spread: f64,
    day: usize,
    /// Of the days that are over.
    over: f64,
    /// Contacts due when the day began.
    before: f64,
    last: f64,
}

impl<'a> Days<'a> {
    fn of(queue: QueueId, workload: &Workload, scenario: &'a Scenario) -> Days<'a> {
        let spread = workload.day_spread.get(queue.index()).copied().unwrap_or(0.0);
        let spread = scenario.staffing.sure.map_or(0.0, |_| spread);
        Days { scenario, spread, day: 0, over: 0.0, before: 0.0, last: 0.0 }
    }

    /// Variance of the contacts due by the end of an interval; intervals are told in order.
    fn variance(&mut self, slot: usize, due: f64) -> f64 {
        let calendar = &self.scenario.calendar;
        let day = calendar.day_at(calendar.interval(slot).start).unwrap_or(self.day);
        if day != self.day {
            self.over += (self.spread * (self.last - self.before)).powi(2);
            (self.day, self.before) = (day, self.last);
        }
        self.last = due;
        self.over + (self.spread * (due - self.before)).powi(2)
    }
}

/// Contacts so far, at any moment.
struct Inflow<'a> {
    ends: &'a [Moment],
    so_far: Vec<f64>,
}

impl<'a> Inflow<'a> {
    fn new(contacts: &[Contacts], ends: &'a [Moment]) -> Inflow<'a> {
        let mut sum = 0.0;
        let so_far = contacts.iter().map(|contacts| {
            sum += contacts.0.max(0.0);
            sum
        });
        Inflow { ends, so_far: so_far.collect() }
    }

    fn until(&self, moment: Moment) -> f64 {
        if moment <= Moment(0) {
            return 0.0;
        }
        let slot = self.ends.partition_point(|&end| end <= moment);
        let (before, start) = match slot.checked_sub(1) {
            Some(last) => (self.so_far[last], self.ends[last]),
            None => (0.0, Moment(0)),
        };
        match self.ends.get(slot) {
            Some(&end) => {
                let part = moment.since(start).real() / end.since(start).real();
                before + (self.so_far[slot] - before) * part
            }
            None => before,
        }
    }
}

/// When the contacts of a queue are due.
struct Deadlines {
    /// Each target: time, clock, share.
    targets: Vec<(Minutes, Clock, f64)>,
    clock: BusinessClock,
    /// When each business day of the horizon closes.
    closes: Vec<Moment>,
}

impl Deadlines {
    fn of(queue: &Queue, scenario: &Scenario) -> Deadlines {
        let calendar = &scenario.calendar;
        let last_open = |day: usize| {
            let day = calendar.day(day);
            let open = queue.open.iter().filter(|span| span.overlap(day) > Minutes(0));
            open.map(|span| span.end.min(day.end)).max()
        };
        let targets = queue.touch_deadlines(calendar.horizon().length());
        let targets = targets.iter().map(|touch| (touch.within, touch.clock, touch.share));
        Deadlines {
            targets: targets.collect(),
            clock: BusinessClock::new(&queue.open),
            closes: (0..calendar.days()).filter_map(last_open).collect(),
        }
    }

    /// Contacts of the backlog, and newer ones, due by a moment.
    fn due_by(&self, moment: Moment, backlog: f64, inflow: &Inflow) -> (f64, f64) {
        let late =
            (self.old_part_by_second_day(moment) * backlog, self.new_by_second_day(moment, inflow));
        let mut most = if self.targets.is_empty() { late } else { (0.0, 0.0) };
        for &(within, clock, share) in &self.targets {
            let (old, new) = match clock {
                Clock::Business => (
                    part(self.clock.reading(moment) - self.clock.reading(Moment(0)), within),
                    self.clock.last(self.clock.reading(moment) - within).min(moment),
                ),
                Clock::Calendar => (part(moment.since(Moment(0)), within), moment - within),
            };
            let (old, new) = (old * backlog, inflow.until(new));
            let old = share * old + (1.0 - share) * old.min(late.0);
            let new = share * new + (1.0 - share) * new.min(late.1);
            most = (most.0.max(old), most.1.max(new));
        }
        most
    }

    fn closed_by(&self, moment: Moment) -> usize {
        self.closes.partition_point(|&close| close <= moment)
    }

    /// What came in before a business day closed is due when the next one closes.
    fn new_by_second_day(&self, moment: Moment, inflow: &Inflow) -> f64 {
        match self.closed_by(moment).checked_sub(2) {
            Some(day) => inflow.until(self.closes[day]),
            None => 0.0,
        }
    }

    fn old_part_by_second_day(&self, moment: Moment) -> f64 {
        if self.closed_by(moment) > 0 { 1.0 } else { 0.0 }
    }
}

/// How much of a time has gone by.
fn part(gone: Minutes, of: Minutes) -> f64 {
    if of.0 <= 0 { 1.0 } else { (gone.real() / of.real()).clamp(0.0, 1.0) }
}

/// The fewest people, the same in every open minute, with whom all work is done by its deadline.
///
/// The most that any window asks for: work that comes in at or after its start and is due by its end, over
/// its open time. `work` is when, and how many agent minutes; what is due after `end` is due at `end`. With
/// a second moment of a contact's minutes, a margin of [`MARGIN`] deviations of the window's work is added.
/// Independent of the programme that plans tickets, and a check on it.
#[must_use]
pub fn least_constant_staff(
    work: &[(Moment, AgentMinutes)],
    clock: &BusinessClock,
    within: Minutes,
    end: Moment,
    chance: Option<Chance>,
) -> Fte {
    let due = |arrived: Moment| clock.due(arrived, within).map_or(end, |due| due.min(end));
    let mut starts: Vec<Moment> = work.iter().map(|&(arrived, _)| arrived).collect();
    let mut ends: Vec<Moment> = work.iter().map(|&(arrived, _)| due(arrived)).collect();
    starts.sort_unstable();
    starts.dedup();
    ends.sort_unstable();
    ends.dedup();
    let mut most = 0.0f64;
    for &start in &starts {
        let mut inside: Vec<(Moment, f64)> = work
            .iter()
            .filter(|(arrived, _)| *arrived >= start)
            .map(|&(arrived, minutes)| (due(arrived), minutes.0))
            .collect();
        inside.sort_by_key(|&(due, _)| due);
        let mut asked = inside.iter().peekable();
        let mut sum = 0.0;
        for &stop in ends.iter().filter(|&&stop| stop > start) {
            while let Some((_, minutes)) = asked.next_if(|(due, _)| *due <= stop) {
                sum += minutes;
            }
            let open = (clock.reading(stop) - clock.reading(start)).real();
            if sum > 0.0 && open > 0.0 {
                most = most.max((sum + chance.map_or(0.0, |chance| chance.margin(sum))) / open);
            }
        }
    }
    Fte(most)
}

/// How a contact's work varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Mean minutes of a contact.
    pub mean: f64,
    /// Squared coefficient of variation.
    pub variability: f64,
}

impl Chance {
    /// Minutes to add to a mean of work: [`MARGIN`] times `sqrt(Lambda E[S^2])`.
    #[must_use]
    pub fn margin(self, work: f64) -> f64 {
        let contacts = work / self.mean;
        MARGIN * self.mean * (contacts * (1.0 + self.variability)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Open from nine to five on so many days from moment zero.
    fn office(days: i64) -> BusinessClock {
        let day = |day: i64| {
            let midnight = Moment(0) + Minutes::hours(24 * day);
            Span::new(midnight + Minutes::hours(9), midnight + Minutes::hours(17))
        };
        BusinessClock::new(&(0..days).map(day).collect::<Vec<_>>())
    }

    fn at(day: i64, hour: i64) -> Moment {
        Moment(0) + Minutes::hours(24 * day + hour)
    }

    #[test]
    fn a_ticket_of_the_evening_is_due_the_next_morning() {
        assert_eq!(office(3).due(at(0, 20), Minutes::hours(2)), Some(at(1, 11)));
        assert_eq!(office(3).due(at(0, 16), Minutes::hours(4)), Some(at(1, 12)));
        assert_eq!(office(3).due(at(0, 16), Minutes::hours(1)), Some(at(0, 17)));
        assert_eq!(office(3).due(at(2, 16), Minutes::hours(4)), None);
    }

    #[test]
    fn ten_tickets_an_hour_round_the_clock_take_34_people_for_an_hour_s_promise() {
        // Ten tickets of 12 minutes an hour, open from nine to five: the night's backlog sizes a short
        // promise, and the mean load a long one. 112 hours come in, up to an hour before the last close.
        let work: Vec<(Moment, AgentMinutes)> =
            (0..112).map(|hour| (at(0, hour), AgentMinutes(120.0))).collect();
        for (hours, expected) in [(1, 34.0), (2, 17.0), (4, 8.5), (8, 5.9375)] {
            let staff =
                least_constant_staff(&work, &office(5), Minutes::hours(hours), at(4, 17), None);
            assert!((staff.0 - expected).abs() < 1e-9, "{hours} hours: {}", staff.0);
        }
    }

    #[test]
    fn chance_asks_for_a_margin() {
        let work = [(at(0, 9), AgentMinutes(480.0))];
        let chance = Chance { mean: 12.0, variability: 1.0 };
        let staff =
            least_constant_staff(&work, &office(1), Minutes::hours(8), at(0, 17), Some(chance));
        assert!((staff.0 - (1.0 + 1.645 * 12.0 * 80f64.sqrt() / 480.0)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_clock_reads_back(minute in 0i64..5 * 1440) {
            let clock = office(5);
            let reading = clock.reading(Moment(minute));
            prop_assert!(clock.first(reading).unwrap() <= Moment(minute).max(at(0, 9)));
            prop_assert!(clock.last(reading) >= Moment(minute));
            prop_assert_eq!(clock.reading(clock.first(reading).unwrap()), reading);
        }

        #[test]
        fn a_longer_promise_never_needs_more(minutes in prop::collection::vec(0.0..300.0f64, 1..72), hours in 1i64..8) {
            let work: Vec<(Moment, AgentMinutes)> =
                minutes.iter().zip(0..).map(|(&m, hour)| (at(0, hour), AgentMinutes(m))).collect();
            let staff = |hours| least_constant_staff(&work, &office(4), Minutes::hours(hours), at(3, 17), None).0;
            prop_assert!(staff(hours + 1) <= staff(hours) + 1e-9);
        }
    }
}
