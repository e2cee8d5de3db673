//! What the contacts of a stream go through beyond one answer, as plain numbers.

use crate::id::{Id, StreamId};
use crate::scenario::{Ownership, Scenario};

use super::whole;

/// A queue's course, as the play sees it.
#[derive(Debug, Clone)]
pub(crate) struct CourseSetting {
    /// Chance that a customer replies to an answer, and after how many minutes on average.
    pub(crate) reply: f64,
    pub(crate) reply_minutes: f64,
    /// Cases that wait for their customer at the start.
    pub(crate) awaiting: usize,
    /// Whether replies go to whoever answered first.
    pub(crate) is_owned: bool,
    /// Minutes of reading into a case that another person began.
    pub(crate) switch: f64,
    /// Chance that a difficult contact is ended by the agent, and the part of its time until then.
    pub(crate) ending: f64,
    pub(crate) ended_length: f64,
    /// Calling back, where offered.
    pub(crate) callback: Option<CallbackSetting>,
    /// Whether difficult contacts take the next step.
    is_difficult_escalated: bool,
    steps: Vec<Step>,
}

/// Calling back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallbackSetting {
    /// Share who accept.
    pub(crate) share: f64,
    /// Within so many open minutes.
    pub(crate) within: f64,
    /// Offered where the expected wait is longer.
    pub(crate) offered_after: f64,
}

/// A step of escalation.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: usize,
    share: f64,
    to: usize,
}

impl CourseSetting {
    /// The stream a case goes on to, for a draw from 0 to 1, from whoever of this tier has touched it.
    pub(crate) fn step(&self, tier: usize, draw: f64, is_difficult: bool) -> Option<usize> {
        let steps = || self.steps.iter().filter(|step| step.from == tier);
        let all: f64 = steps().map(|step| step.share).sum();
        // A difficult contact takes one of the steps for certain, in the proportions written.
        let is_certain = is_difficult && self.is_difficult_escalated;
        if is_certain && all <= 0.0 {
            return steps().next().map(|step| step.to);
        }
        let scale = if is_certain { all } else { 1.0 };
        let mut below = 0.0;
        let mut last = None;
        for step in steps() {
            below += step.share;
            last = Some(step.to);
            if draw * scale < below {
                return last;
            }
        }
        if is_certain { last } else { None }
    }
}

/// The course of a stream, where its queue has one.
pub(super) fn of(stream: StreamId, scenario: &Scenario) -> Option<CourseSetting> {
    let its = scenario.stream(stream);
    let course = &scenario.queue(its.queue).course;
    if course.is_simple() {
        return None;
    }
    let stream_at = |tier| {
        scenario.streams.iter().position(|other| {
            other.queue == its.queue
                && other.complexity == its.complexity
                && other.escalated_to == Some(tier)
        })
    };
    let steps = course
        .escalation
        .iter()
        .filter(|step| step.complexity.is_none_or(|class| class == its.complexity))
        .filter_map(|step| {
            let to = stream_at(step.to)?;
            Some(Step { from: step.from.index(), share: step.share.value(), to })
        });
    Some(CourseSetting {
        reply: course.chance_of_reply(),
        reply_minutes: course.reply_minutes,
        awaiting: whole(course.awaiting_reply.0 * its.share.value()),
        is_owned: course.ownership == Ownership::Owner,
        switch: course.context_switch.0,
        ending: course.ending.map_or(0.0, |ending| ending.share.value()),
        ended_length: course.ending.map_or(1.0, |ending| ending.handle_share.value()),
        callback: course.callback.map(|callback| CallbackSetting {
            share: callback.share.value(),
            within: callback.within.real(),
            offered_after: callback.offered_after,
        }),
        is_difficult_escalated: course.is_difficult_escalated && its.escalated_to.is_none(),
        steps: steps.collect(),
    })
}

/// Most cases of a stream that one person owns; no cap where nobody owns any.
pub(super) fn most_open(stream: StreamId, scenario: &Scenario) -> f64 {
    let its = scenario.stream(stream);
    let course = &scenario.queue(its.queue).course;
    let is_owned = course.ownership == Ownership::Owner && course.touches > 1.0;
    let cap = scenario.complexities[its.complexity.index()].open_cases;
    cap.filter(|_| is_owned).unwrap_or(f64::INFINITY)
}
