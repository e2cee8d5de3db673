//! Contacts that grow, shrink, stay away or come another way.

use std::collections::BTreeSet;

use super::super::draft::{Draft, Flow};
use super::super::problem::{
    CHANGE_QUEUE_UNKNOWN, CLOSE_ALL, Found, MOVE_CLOSED, MOVE_NO_HANDLE, found,
};
use super::super::shape::{ChannelShape, QueueShape};
use super::super::sources::queue_names;
use super::{Change, Variant};
use crate::calendar::Weekly;

/// Note a change of volumes; it is made once contacts are projected.
pub(super) fn make(change: &Change, variant: &Variant, draft: &mut Draft, wrong: &mut Vec<Found>) {
    let mut known = |key: &str, queue: &str| match queue_names(draft).find(queue) {
        Ok(_) => true,
        Err(cause) => {
            wrong.push(found(CHANGE_QUEUE_UNKNOWN, variant.at(key), cause));
            false
        }
    };
    match change {
        Change::Volume { queue, factor } => {
            if queue.as_deref().is_none_or(|queue| known("volume", queue)) {
                draft.flows.push(Flow::Scale { queue: queue.clone(), factor: *factor });
            }
        }
        Change::Close { queue } => {
            if known("close", queue) {
                draft.closed.insert(queue.clone());
            }
        }
        Change::Move { queue, to, share } => {
            let (is_from, is_to) = (known("move", queue), known("move", to));
            if is_from && is_to {
                let (queue, to) = (queue.clone(), to.clone());
                draft.flows.push(Flow::Move { queue, to, share: *share });
            }
        }
        Change::Hire { .. }
        | Change::Cut { .. }
        | Change::Hours { .. }
        | Change::Administration { .. }
        | Change::Callback { .. }
        | Change::Target { .. } => {}
    }
}

/// What is wrong with where contacts go, all changes seen together.
pub(super) fn check(variant: &Variant, draft: &mut Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    if !draft.closed.is_empty()
        && draft.queues().iter().all(|queue| draft.closed.contains(&queue.id))
    {
        let cause = match draft.queues() {
            [only] => format!("`{}` is the only queue", only.id),
            _ => "every queue is closed".to_owned(),
        };
        wrong.push(found(CLOSE_ALL, variant.at("close"), cause));
    }
    let mut moved = BTreeSet::new();
    for flow in &draft.flows {
        let Flow::Move { queue, to, .. } = flow else { continue };
        let find = |id: &str| draft.queues().iter().find(|queue| queue.id == id);
        if let (Some(from), Some(to)) = (find(queue), find(to)) {
            wrong.extend(misfits(from, to, variant, draft));
            let classes = classes(from, draft);
            moved.extend(classes.into_iter().map(|class| (to.id.clone(), class)));
        }
    }
    draft.moved_in = moved;
    wrong
}

/// Classes in which contacts of a queue come.
fn classes(queue: &QueueShape, draft: &Draft) -> BTreeSet<String> {
    let own = queue.mix.iter().filter(|(_, share)| share.0 > 0.0).map(|(class, _)| class.clone());
    let moved =
        draft.moved_in.iter().filter(|(to, _)| *to == queue.id).map(|(_, class)| class.clone());
    own.chain(moved).collect()
}

fn misfits(from: &QueueShape, to: &QueueShape, variant: &Variant, draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    if from.id == to.id || draft.closed.contains(&to.id) {
        let cause = format!(
            "contacts of `{}` cannot move to `{}`, which is closed or the same",
            from.id, to.id
        );
        wrong.push(found(MOVE_CLOSED, variant.at("move"), cause));
        return wrong;
    }
    for class in classes(from, draft) {
        let is_known = to.handle_minutes.contains_key(&class)
            || to.handle_minutes_by_tier.values().any(|own| own.contains_key(&class));
        if !is_known {
            let cause = format!(
                "`{}` has no handle time for `{class}`, which comes from `{}`",
                to.id, from.id
            );
            wrong.push(found(MOVE_NO_HANDLE, variant.at("move"), cause));
        }
    }
    let waits = matches!(to.channel, ChannelShape::Messaging | ChannelShape::Email);
    if let (false, Some(calendar)) = (waits, &draft.calendar) {
        let spans =
            |queue: &QueueShape| calendar.spans(&Weekly::parse(&queue.hours).unwrap_or_default());
        let open = spans(to);
        let is_shut = |span: &crate::units::Span| {
            let inside = calendar.horizon().overlap(*span);
            open.iter().map(|other| other.overlap(*span)).sum::<crate::units::Minutes>() < inside
        };
        if spans(from).iter().any(is_shut) {
            let cause =
                format!("`{}` is closed at times when contacts of `{}` come", to.id, from.id);
            wrong.push(found(MOVE_CLOSED, variant.at("move"), cause));
        }
    }
    wrong
}
