//! One week's records, summed by class of complexity in each group: the team, each queue, each tier.

use crate::id::{ComplexityId, Id, QueueId, StreamId, TierId};
use crate::scenario::{Clock, Measure, Queue, Scenario};
use crate::simulation::ContactRecord;
use crate::simulation::open_clock::OpenClock;

use super::estimate::Counted;

/// Whose contacts are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Everyone's.
    Team,
    /// A queue's.
    Queue(QueueId),
    /// Those a tier took.
    Tier(TierId),
}

/// What a group's contacts of one class came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ClassSums {
    /// Handle time, at its mean given the class and who took the contact: the play draws around it, and what it
    /// draws says nothing more.
    pub(super) handle: Counted,
    /// The same beyond [`usual_handle`], so that a class handled as usual has exactly its usual time.
    pub(super) handle_beyond: Counted,
    /// Minutes to the first response on the calendar.
    pub(super) response: Counted,
    /// Minutes to the first response in opening hours.
    pub(super) response_in_hours: Counted,
    /// Minutes until settled.
    pub(super) resolution: Counted,
    /// Those within their queue's first promise of an answer.
    pub(super) in_time: Counted,
    /// Times that the wait for the first response doubled the promise: `log2(1 + wait / promise)`.
    pub(super) doublings: Counted,
    /// Difficult ones among those answered.
    pub(super) difficult: Counted,
}

/// Sums of one week by group and class.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ByClass {
    cells: Vec<ClassSums>,
    /// Mean handle minutes by stream and pool, as far as looked up.
    handle: Vec<f64>,
    usual: Vec<Option<f64>>,
}

impl ByClass {
    pub(super) fn new(scenario: &Scenario) -> ByClass {
        let groups = std::iter::once(Group::Team)
            .chain((0..scenario.tiers.len()).map(|tier| Group::Tier(TierId::at(tier))));
        let classes = || (0..scenario.complexities.len()).map(ComplexityId::at);
        let of_groups: Vec<Option<f64>> = groups
            .flat_map(|group| classes().map(move |class| usual_handle(group, class, scenario)))
            .collect();
        let of_streams = scenario
            .streams
            .iter()
            .map(|own| usual_handle(Group::Queue(own.queue), own.complexity, scenario));
        let usual: Vec<Option<f64>> = of_groups.into_iter().chain(of_streams).collect();
        ByClass {
            cells: vec![ClassSums::default(); usual.len()],
            handle: vec![f64::NAN; scenario.streams.len() * scenario.pools.len()],
            usual,
        }
    }

    /// Count a contact in each group it belongs to.
    pub(super) fn count(&mut self, seen: &Classed<'_>, scenario: &Scenario) {
        let stream = seen.contact.stream;
        let class = scenario.stream(stream).complexity;
        self.add(class.index(), seen, scenario);
        self.add(first_of_streams(scenario) + stream.index(), seen, scenario);
        if let Some(agent) = seen.contact.agent {
            let tier = scenario.agent(agent).tier;
            self.add(place_in_tier(tier, class, scenario), seen, scenario);
        }
    }

    /// A group's sums of a class; none where the class is not the group's.
    pub(super) fn of(
        &self,
        group: Group,
        class: ComplexityId,
        scenario: &Scenario,
    ) -> Option<&ClassSums> {
        let place = match group {
            Group::Team => class.index(),
            Group::Tier(tier) => place_in_tier(tier, class, scenario),
            Group::Queue(queue) => {
                let is_it =
                    |it: &crate::scenario::Stream| (it.queue, it.complexity) == (queue, class);
                first_of_streams(scenario) + scenario.streams.iter().position(is_it)?
            }
        };
        self.cells.get(place)
    }

    fn add(&mut self, place: usize, seen: &Classed<'_>, scenario: &Scenario) {
        let contact = seen.contact;
        if let Some(agent) = contact.agent {
            let pool = scenario.agent(agent).pool;
            let known =
                &mut self.handle[contact.stream.index() * scenario.pools.len() + pool.index()];
            if known.is_nan() {
                *known = scenario.handle(contact.stream, pool).0;
            }
            let handle = *known;
            let usual = self.usual[place].unwrap_or(0.0);
            self.cells[place].handle.add(handle, 1.0);
            self.cells[place].handle_beyond.add(handle - usual, 1.0);
        }
        let cell = &mut self.cells[place];
        if let Some(response) = contact.responded {
            let minutes = response - contact.arrived;
            let in_hours = seen.clock.between(contact.arrived, response);
            cell.response.add(minutes, 1.0);
            cell.response_in_hours.add(in_hours, 1.0);
            let (promise, clock) = seen.promise;
            let waited = if clock == Clock::Business { in_hours } else { minutes };
            cell.doublings.add((1.0 + waited.max(0.0) / promise).log2(), 1.0);
            cell.difficult.add(f64::from(u8::from(contact.is_difficult)), 1.0);
        }
        if let Some(resolved) = contact.resolved {
            cell.resolution.add(resolved - contact.arrived, 1.0);
        }
        if let Some((met, of)) = seen.in_time {
            cell.in_time.add(met, of);
        }
    }
}

/// A contact with what its queue promises.
pub(super) struct Classed<'a> {
    pub(super) contact: &'a ContactRecord,
    pub(super) clock: &'a OpenClock,
    /// Whether it met its queue's first promise of an answer, and whether it counts.
    pub(super) in_time: Option<(f64, f64)>,
    pub(super) promise: (f64, Clock),
}

/// Minutes that a wait is held against where a queue promises nothing: one live, four hours written.
/// *Assumption.*
const USUAL_PROMISE: (f64, f64) = (1.0, 240.0);

/// The first promise of an answer that a queue makes: which target.
pub(super) fn promised(queue: &Queue) -> Option<usize> {
    let is_promise = |measure: Measure| {
        matches!(measure, Measure::ServiceLevel { .. } | Measure::FirstResponse { .. })
    };
    queue.targets.iter().position(|target| is_promise(target.measure))
}

/// How soon a queue promises an answer, in minutes and by which clock.
pub(super) fn promise(queue: &Queue) -> (f64, Clock) {
    /// A promise of no wait at all is held against a second.
    const LEAST: f64 = 1.0 / 60.0;
    match promised(queue).map(|place| queue.targets[place].measure) {
        Some(Measure::ServiceLevel { within, .. }) => {
            (within.in_minutes().max(LEAST), Clock::Calendar)
        }
        Some(Measure::FirstResponse { within, clock, .. }) => (within.real().max(LEAST), clock),
        _ if queue.channel.is_live() => (USUAL_PROMISE.0, Clock::Calendar),
        _ => (USUAL_PROMISE.1, Clock::Business),
    }
}

/// Minutes that a contact of a class usually takes in a group, whether any comes in or not: by the scenario's
/// times at the lowest tier that takes it (or at the group's own tier), the plain mean of the queues that have a
/// time for it, people who still learn left out. None where no queue has.
pub(super) fn usual_handle(group: Group, class: ComplexityId, scenario: &Scenario) -> Option<f64> {
    let tier = match group {
        Group::Tier(tier) => Some(tier),
        Group::Team | Group::Queue(_) => (0..scenario.tiers.len()).map(TierId::at).find(|&tier| {
            scenario.tier(tier).takes.contains(&class)
                && scenario.pools.iter().any(|pool| pool.tier == tier)
        }),
    }?;
    if !scenario.tier(tier).takes.contains(&class) {
        return None;
    }
    let of_queue = |queue: &Queue| {
        let talk = match queue.handle_by_tier.get(&(tier, class)) {
            Some(&own) => own,
            None => *queue.handle.get(&class)? * scenario.tier(tier).pace,
        };
        Some((talk + queue.wrap_up).0)
    };
    match group {
        Group::Queue(queue) => of_queue(scenario.queue(queue)),
        Group::Team | Group::Tier(_) => {
            mean(&scenario.queues.iter().filter_map(of_queue).collect::<Vec<f64>>())
        }
    }
}

/// The mean, which of equal figures is that very figure.
fn mean(figures: &[f64]) -> Option<f64> {
    let first = *figures.first()?;
    let count: f64 = figures.iter().map(|_| 1.0).sum();
    Some(first + figures.iter().map(|figure| figure - first).sum::<f64>() / count)
}

fn place_in_tier(tier: TierId, class: ComplexityId, scenario: &Scenario) -> usize {
    (1 + tier.index()) * scenario.complexities.len() + class.index()
}

fn first_of_streams(scenario: &Scenario) -> usize {
    (1 + scenario.tiers.len()) * scenario.complexities.len()
}

/// Streams of a scenario.
pub(super) fn streams(scenario: &Scenario) -> impl Iterator<Item = StreamId> {
    (0..scenario.streams.len()).map(StreamId::at)
}
