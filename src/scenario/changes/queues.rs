//! Queues that open at other hours, or promise something else.

use super::super::draft::Draft;
use super::super::problem::{CHANGE_QUEUE_UNKNOWN, Found, found};
use super::super::shape::{
    CallbackShape, ChannelShape, MeasureShape, PeriodShape, QueueShape, TargetShape,
};
use super::super::sources::queue_names;
use super::{Goal, Variant};
use crate::id::Id;

/// The queue of this name, as it was read.
pub(super) fn find<'d>(
    name: &str,
    key: &str,
    variant: &Variant,
    draft: &'d mut Draft,
    wrong: &mut Vec<Found>,
) -> Option<&'d mut QueueShape> {
    match queue_names(draft).find(name) {
        // A queue that could not be read has problems of its own.
        Ok(queue) => draft.file.queues.as_mut()?.get_mut(queue.index()),
        Err(cause) => {
            wrong.push(found(CHANGE_QUEUE_UNKNOWN, variant.at(key), cause));
            None
        }
    }
}

pub(super) fn open(
    queue: &str,
    hours: &str,
    variant: &Variant,
    draft: &mut Draft,
    wrong: &mut Vec<Found>,
) {
    if let Some(queue) = find(queue, "hours", variant, draft, wrong) {
        hours.clone_into(&mut queue.hours);
    }
}

/// Promise a share within a time: the target of that measure says so from now on, or a new one does.
pub(super) fn promise(
    queue: &str,
    goal: Goal,
    variant: &Variant,
    draft: &mut Draft,
    wrong: &mut Vec<Found>,
) {
    let Some(queue) = find(queue, "target", variant, draft, wrong) else { return };
    let measure = match queue.channel {
        ChannelShape::Voice | ChannelShape::Chat => MeasureShape::ServiceLevel,
        ChannelShape::Messaging | ChannelShape::Email => MeasureShape::FirstResponse,
    };
    if queue.targets.iter().all(|target| target.measure != measure) {
        queue.targets.push(TargetShape {
            measure,
            share: None,
            within_seconds: None,
            within_hours: None,
            at_most: None,
            definition: None,
            clock: None,
            period: PeriodShape::Day,
            source: Some("what-if".to_owned()),
        });
    }
    for target in queue.targets.iter_mut().filter(|target| target.measure == measure) {
        target.share = Some(goal.share);
        match measure {
            MeasureShape::FirstResponse => target.within_hours = Some(goal.within_minutes / 60.0),
            _ => target.within_seconds = Some(goal.within_minutes * 60.0),
        }
    }
}

/// Hours within which those called back are called, where a lever offers it. *Assumption.*
const CALLED_WITHIN_HOURS: f64 = 2.0;

/// Let machines do a part of all administration.
pub(super) fn administer(factor: f64, draft: &mut Draft) {
    for queue in draft.file.queues.iter_mut().flatten() {
        queue.wrap_up_minutes *= factor;
        let left = 1.0 - queue.admin_share * (1.0 - factor);
        let own = queue.handle_minutes_by_tier.values_mut().flat_map(|own| own.values_mut());
        queue.handle_minutes.values_mut().chain(own).for_each(|talk| talk.0 *= left);
    }
}

/// Offer a callback to everyone who would wait on the phone.
pub(super) fn call_back(
    queue: &str,
    share: f64,
    variant: &Variant,
    draft: &mut Draft,
    wrong: &mut Vec<Found>,
) {
    if let Some(queue) = find(queue, "callback", variant, draft, wrong) {
        queue.callback = Some(CallbackShape {
            share,
            within_hours: CALLED_WITHIN_HOURS,
            offer_after_seconds: 0.0,
        });
    }
}
