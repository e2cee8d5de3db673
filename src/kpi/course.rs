//! How contacts ran beyond one answer: touches, hand-offs, promised calls, escalation, open cases.

use serde::Serialize;

use crate::id::{Id, QueueId, TierId};
use crate::scenario::Scenario;
use crate::simulation::{ContactRecord, Outcome};

use super::estimate::{Counted, SURE, mean, ratio, share};
use super::{Estimate, Tally};

/// How the contacts of one queue ran; only queues whose contacts run beyond one answer have any.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CourseKpis {
    /// The queue.
    pub queue: QueueId,
    /// Touches of a settled contact. Within a horizon short cases settle first, so it is below the mean asked
    /// for where customers take days to reply.
    pub touches: Option<Estimate>,
    /// Hand-offs a contact that was answered, escalations included.
    pub hand_offs: Option<Estimate>,
    /// Share of contacts that were promised a call.
    pub promised: Option<Estimate>,
    /// Share of promised calls due within the horizon that were made in time.
    pub promises_kept: Option<Estimate>,
    /// Share of answered contacts that an agent ended.
    pub ended_by_agent: Option<Estimate>,
    /// Share of answered contacts by the highest tier they were escalated to.
    pub escalated: Vec<(TierId, Estimate)>,
    /// Open cases at once, on average over the horizon.
    pub open_cases: Estimate,
    /// Contacts of a week by what became of them, in the order of [`Fate::ALL`].
    pub came_out: [f64; 5],
}

/// What became of a contact, as pictures part it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Settled by whoever began it.
    SettledByOne,
    /// Settled after it went on to another person.
    SettledByMore,
    /// Ended by the agent.
    EndedByAgent,
    /// The customer hung up.
    GaveUp,
    /// Open at the end of the horizon.
    Open,
}

impl Fate {
    /// All of them.
    pub const ALL: [Fate; 5] =
        [Fate::SettledByOne, Fate::SettledByMore, Fate::EndedByAgent, Fate::GaveUp, Fate::Open];

    fn of(contact: &ContactRecord) -> Fate {
        match contact.outcome {
            Outcome::Resolved if contact.hand_offs == 0 => Fate::SettledByOne,
            Outcome::Resolved => Fate::SettledByMore,
            Outcome::EndedByAgent => Fate::EndedByAgent,
            Outcome::GaveUp => Fate::GaveUp,
            Outcome::Open => Fate::Open,
        }
    }
}

/// A queue's sums over one week.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CourseSums {
    offered: f64,
    answered: f64,
    settled: Counted,
    hand_offs: f64,
    promised: f64,
    kept: Counted,
    ended: f64,
    escalated: Vec<f64>,
    open_minutes: f64,
    came_out: [f64; 5],
}

impl CourseSums {
    pub(super) fn new(scenario: &Scenario) -> CourseSums {
        CourseSums { escalated: vec![0.0; scenario.tiers.len()], ..CourseSums::default() }
    }

    /// Count a contact of a horizon that ends then.
    pub(super) fn count(&mut self, contact: &ContactRecord, end: f64) {
        self.offered += 1.0;
        self.came_out[Fate::of(contact) as usize] += 1.0;
        self.open_minutes += (contact.ended.unwrap_or(end).min(end) - contact.arrived).max(0.0);
        if let Some(call) = contact.called_back {
            self.promised += 1.0;
            if call.due <= end {
                let is_kept = call.called.is_some_and(|called| called <= call.due + 1e-9);
                self.kept.add(f64::from(u8::from(is_kept)), 1.0);
            }
        }
        if contact.answered.is_none() {
            return;
        }
        self.answered += 1.0;
        self.hand_offs += f64::from(contact.hand_offs);
        match contact.outcome {
            Outcome::Resolved => self.settled.add(f64::from(contact.touches), 1.0),
            Outcome::EndedByAgent => self.ended += 1.0,
            Outcome::Open | Outcome::GaveUp => {}
        }
        if let Some(to) = contact.escalated_to.and_then(|tier| self.escalated.get_mut(tier.index()))
        {
            *to += 1.0;
        }
    }
}

/// Figures of every queue whose contacts run beyond one answer.
pub(super) fn score(weeks: &[Tally], scenario: &Scenario) -> Vec<CourseKpis> {
    let queues = (0..scenario.queues.len()).map(QueueId::at);
    queues
        .filter(|&queue| !scenario.queue(queue).course.is_simple())
        .map(|queue| of_queue(queue, weeks, scenario))
        .collect()
}

fn of_queue(queue: QueueId, weeks: &[Tally], scenario: &Scenario) -> CourseKpis {
    let sums = || weeks.iter().map(|week| &week.courses[queue.index()]);
    let of_answered = |part: fn(&CourseSums) -> f64| {
        ratio(sums().map(|week| Counted { met: part(week), of: week.answered }), SURE)
    };
    let course = &scenario.queue(queue).course;
    let horizon = scenario.calendar.horizon().length().real();
    let tiers = (0..scenario.tiers.len()).map(TierId::at);
    let escalated = tiers
        .filter(|&tier| course.escalation.iter().any(|step| step.to == tier))
        .filter_map(|tier| {
            let counted = |week: &CourseSums| Counted {
                met: week.escalated[tier.index()],
                of: week.answered,
            };
            Some((tier, share(sums().map(counted), SURE)?))
        });
    let is_offered = course.callback.is_some();
    let promised =
        || share(sums().map(|week| Counted { met: week.promised, of: week.offered }), SURE);
    CourseKpis {
        queue,
        touches: ratio(sums().map(|week| week.settled), SURE),
        hand_offs: of_answered(|week| week.hand_offs),
        promised: is_offered.then(promised).flatten(),
        promises_kept: share(sums().map(|week| week.kept), SURE),
        ended_by_agent: course.ending.and_then(|_| of_answered(|week| week.ended)),
        escalated: escalated.collect(),
        came_out: Fate::ALL
            .map(|fate| mean(sums().map(|week| week.came_out[fate as usize]), SURE).value),
        open_cases: mean(sums().map(|week| week.open_minutes / horizon), SURE),
    }
}
