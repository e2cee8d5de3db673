//! Work that comes on top of what first comes in: customers reply, and cases go on to other tiers.
//!
//! After each touch a customer replies with the chance `p = 1 - 1/m`, so that a case that is not handed on
//! takes `m` touches on average, and does so after an exponential time. Of the first touches at a tier a share
//! `e` goes on to another tier instead, and of those that came in by themselves a share `c` is ended by the
//! agent. With `first(t)` the cases whose first touch at a tier falls in interval `t`, `out(t)` those that wait
//! for their customer, and `q` the chance that a customer has not replied by the end of an interval,
//!
//! ```text
//! replies(t) = (1 - q) out(t)
//! out(t+1)   = q out(t) + p ((1 - c)(1 - e) first(t) + replies(t))
//! ```
//!
//! What comes in while a written queue is closed is first answered when it opens. The time until an answer is
//! left out, so replies are planned for a little before they come.

use crate::calendar::Calendar;
use crate::id::{Id, StreamId, TierId};
use crate::scenario::{Escalation, Queue, Scenario};
use crate::units::{Contacts, Minutes};

/// Replies and escalated cases by stream and interval.
pub(super) fn of(arrivals: &[Vec<Contacts>], scenario: &Scenario) -> Vec<Vec<Contacts>> {
    let intervals = scenario.calendar.intervals();
    let mut again = vec![vec![Contacts(0.0); intervals]; arrivals.len()];
    if scenario.queues.iter().all(|queue| queue.course.is_simple()) {
        return again;
    }
    for stream in downwards(scenario) {
        let queue = scenario.queue(scenario.stream(stream).queue);
        if queue.course.is_simple() {
            continue;
        }
        let steps = steps(stream, scenario);
        let entering: Vec<f64> = arrivals[stream.index()]
            .iter()
            .zip(&again[stream.index()])
            .map(|(came, sent)| (came.0 + sent.0).max(0.0))
            .collect();
        let passed = pass(stream, &entering, steps.share, scenario);
        for (sent_to, share) in &steps.to {
            for (cases, first) in again[sent_to.index()].iter_mut().zip(&passed.first) {
                *cases += Contacts(first * share);
            }
        }
        for (cases, replies) in again[stream.index()].iter_mut().zip(passed.replies) {
            *cases += Contacts(replies);
        }
    }
    again
}

/// Streams in the order cases pass through them.
fn downwards(scenario: &Scenario) -> Vec<StreamId> {
    let mut order: Vec<StreamId> = Vec::with_capacity(scenario.streams.len());
    let mut waits: Vec<usize> = vec![0; scenario.streams.len()];
    let streams = || (0..scenario.streams.len()).map(StreamId::at);
    let onwards = |stream: StreamId| steps(stream, scenario).to;
    for stream in streams() {
        for (next, _) in onwards(stream) {
            waits[next.index()] += 1;
        }
    }
    let mut ready: Vec<StreamId> = streams().filter(|s| waits[s.index()] == 0).collect();
    while let Some(stream) = ready.pop() {
        order.push(stream);
        for (next, _) in onwards(stream) {
            waits[next.index()] -= 1;
            if waits[next.index()] == 0 {
                ready.push(next);
            }
        }
    }
    order
}

/// Where the cases of a stream go on to.
struct Steps {
    /// Share that goes on at all.
    share: f64,
    /// Streams with their shares of all that is not ended by the agent.
    to: Vec<(StreamId, f64)>,
}

/// Steps out of a stream: from the tier it was escalated to, else from the one it is meant for.
fn steps(stream: StreamId, scenario: &Scenario) -> Steps {
    let its = scenario.stream(stream);
    let queue = scenario.queue(its.queue);
    let tier = its
        .escalated_to
        .or_else(|| super::meant_for(stream, scenario).map(|pool| scenario.pool(pool).tier));
    let Some(tier) = tier.filter(|_| !queue.course.escalation.is_empty()) else {
        return Steps { share: 0.0, to: Vec::new() };
    };
    let steps: Vec<&Escalation> = queue
        .course
        .escalation
        .iter()
        .filter(|step| step.from == tier && step.complexity.is_none_or(|c| c == its.complexity))
        .collect();
    let written: f64 = steps.iter().map(|step| step.share.value()).sum();
    let share = share_of_difficult(queue, its.escalated_to, written, steps.is_empty());
    let even = 1.0 / f64::from(u32::try_from(steps.len().max(1)).unwrap_or(u32::MAX));
    let to = steps.iter().filter_map(|step| {
        let next = (0..scenario.streams.len()).find(|&place| {
            let next = &scenario.streams[place];
            next.queue == its.queue
                && next.complexity == its.complexity
                && next.escalated_to == Some(step.to)
        })?;
        let part = if written > 0.0 { step.share.value() / written } else { even };
        Some((StreamId::at(next), share * part))
    });
    Steps { share, to: to.collect() }
}

/// What goes on where difficult contacts do, too: of those not ended by the agent, the difficult ones and the
/// written share of the others.
fn share_of_difficult(queue: &Queue, level: Option<TierId>, written: f64, is_end: bool) -> f64 {
    if is_end || level.is_some() || !queue.course.is_difficult_escalated {
        return written.min(1.0);
    }
    let difficult = queue.difficult.value();
    let ended = match queue.course.ending {
        Some(ending) => difficult * ending.share.value(),
        None => 0.0,
    };
    let left = if ended < 1.0 { (difficult - ended) / (1.0 - ended) } else { 0.0 };
    left + (1.0 - left) * written.min(1.0)
}

/// Cases on their way through one stream.
struct Passed {
    /// First touches that the agent does not end, by interval.
    first: Vec<f64>,
    /// Replies by interval.
    replies: Vec<f64>,
}

fn pass(stream: StreamId, entering: &[f64], handed_on: f64, scenario: &Scenario) -> Passed {
    let its = scenario.stream(stream);
    let queue = scenario.queue(its.queue);
    let calendar = &scenario.calendar;
    let comes_back = queue.course.chance_of_reply();
    let kept = 1.0 - scenario.ended(stream);
    let is_first_line = its.escalated_to.is_none();
    let own_part = |cases: f64| if is_first_line { cases * its.share.value() } else { 0.0 };
    let mut waiting = own_part(queue.backlog.0);
    let mut out = own_part(queue.course.awaiting_reply.0);
    let mut waiting_again = 0.0;
    let mut passed = Passed { first: Vec::new(), replies: Vec::new() };
    for (interval, cases) in entering.iter().enumerate() {
        let length = calendar.interval(interval).length().real();
        let not_yet = if queue.course.reply_minutes > 0.0 {
            (-length / queue.course.reply_minutes).exp()
        } else {
            0.0
        };
        let replies = out * (1.0 - not_yet);
        out *= not_yet;
        waiting += cases;
        waiting_again += replies;
        let mut first = 0.0;
        if queue.channel.is_live() || is_open(queue, interval, calendar) {
            first = kept * std::mem::take(&mut waiting);
            let again = std::mem::take(&mut waiting_again);
            out += comes_back * ((1.0 - handed_on) * first + again);
        }
        passed.first.push(first);
        passed.replies.push(replies);
    }
    passed
}

fn is_open(queue: &Queue, interval: usize, calendar: &Calendar) -> bool {
    let slot = calendar.interval(interval);
    queue.open.iter().any(|open| open.overlap(slot) > Minutes(0))
}
