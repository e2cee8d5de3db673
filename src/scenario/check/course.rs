//! How contacts run beyond one answer: keys fit the channel, escalation leads somewhere, promises are in order.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::problem::{
    CALLBACK_NEEDS_VOICE, ESCALATION_LOOP, ESCALATION_NOBODY, ESCALATION_TOO_MUCH,
    ESCALATION_UNKNOWN, Found, ONLY_ESCALATED_IDLE, PROMISE_OUT_OF_ORDER, REPLY_MISSING,
    TOUCHES_NEED_WRITING, found,
};
use super::super::shape::{ChannelShape, QueueShape};
use crate::id::{ComplexityId, Names, TierId};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        callbacks_are_for_voice,
        touches_are_for_writing,
        replies_take_a_time,
        escalation_names_what_exists,
        escalation_never_returns,
        escalation_shares_fit,
        escalation_reaches_someone,
        only_escalated_tiers_are_reached,
        urgent_classes_promise_more,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

fn path(queue: &QueueShape, key: &str) -> String {
    format!("queues.{}.{key}", queue.id)
}

fn callbacks_are_for_voice(draft: &Draft) -> Vec<Found> {
    let wrong = draft.queues().iter().filter(|queue| queue.channel != ChannelShape::Voice);
    wrong
        .filter(|queue| queue.callback.is_some())
        .map(|queue| {
            let channel = super::super::build::channel(queue.channel).name();
            let cause = format!("a callback on {channel}");
            found(CALLBACK_NEEDS_VOICE, draft.places.at(&path(queue, "callback")), cause)
        })
        .collect()
}

fn touches_are_for_writing(draft: &Draft) -> Vec<Found> {
    let is_live =
        |queue: &&QueueShape| matches!(queue.channel, ChannelShape::Voice | ChannelShape::Chat);
    let mut wrong = Vec::new();
    for queue in draft.queues().iter().filter(is_live) {
        let keys = [
            ("touches", queue.touches.is_some_and(|touches| touches > 1.0)),
            ("re_entry_hours", queue.re_entry_hours.is_some()),
            ("awaiting_reply", queue.awaiting_reply.is_some_and(|cases| cases > 0.0)),
            ("ownership", queue.ownership.is_some()),
        ];
        for (key, _) in keys.into_iter().filter(|(_, is_set)| *is_set) {
            let channel = super::super::build::channel(queue.channel).name();
            let cause = format!("{key} on {channel}");
            wrong.push(found(TOUCHES_NEED_WRITING, draft.places.at(&path(queue, key)), cause));
        }
    }
    wrong
}

fn replies_take_a_time(draft: &Draft) -> Vec<Found> {
    let comes_back = |queue: &&QueueShape| {
        queue.touches.is_some_and(|touches| touches > 1.0)
            || queue.awaiting_reply.is_some_and(|cases| cases > 0.0)
    };
    let wrong = draft.queues().iter().filter(comes_back).filter(|q| q.re_entry_hours.is_none());
    wrong
        .map(|queue| {
            let place = draft.places.at(&path(queue, "touches"));
            found(REPLY_MISSING, place, "cases come back, but when is not said")
        })
        .collect()
}

fn tiers(draft: &Draft) -> Names<TierId> {
    draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id))
}

fn escalation_names_what_exists(draft: &Draft) -> Vec<Found> {
    let tiers = tiers(draft);
    let classes: Names<ComplexityId> =
        draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id));
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        for (place, step) in queue.escalation.iter().enumerate() {
            let named = [&step.from, &step.to].map(|tier| tiers.find(tier).err());
            let class = step.complexity.as_ref().and_then(|class| classes.find(class).err());
            let place = draft.places.at(&path(queue, &format!("escalation[{}]", place + 1)));
            let causes = named.into_iter().flatten().chain(class);
            wrong.extend(causes.map(|cause| found(ESCALATION_UNKNOWN, place.clone(), cause)));
        }
    }
    wrong
}

/// Following the path from any tier never leads back to it.
fn escalation_never_returns(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let mut leads: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for step in &queue.escalation {
            leads.entry(&step.from).or_default().insert(&step.to);
        }
        let looped = leads.keys().find(|&&tier| reached(&leads, tier).contains(tier));
        if let Some(tier) = looped {
            let cause = format!("a case at `{tier}` can come back to `{tier}`");
            wrong.push(found(ESCALATION_LOOP, draft.places.at(&path(queue, "escalation")), cause));
        }
    }
    wrong
}

/// Every tier that can be reached from one.
fn reached<'a>(leads: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = leads.get(from).into_iter().flatten().copied().collect();
    while let Some(tier) = next.pop() {
        if seen.insert(tier) {
            next.extend(leads.get(tier).into_iter().flatten());
        }
    }
    seen
}

/// What goes on from a tier is no more than all it works.
fn escalation_shares_fit(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let mut sums: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for step in &queue.escalation {
            for class in queue.mix.keys() {
                if step.complexity.as_ref().is_none_or(|only| only == class) {
                    *sums.entry((&step.from, class)).or_default() += step.share;
                }
            }
        }
        let most = sums.into_iter().find(|&(_, sum)| sum > 1.0 + 1e-9);
        wrong.extend(most.map(|((from, class), sum)| {
            let place = draft.places.at(&path(queue, "escalation"));
            let cause = format!("`{from}` hands on {sum:.3} of its `{class}` cases");
            found(ESCALATION_TOO_MUCH, place, cause)
        }));
    }
    wrong
}

/// Whoever is escalated to exists, takes the class, and may take what is sensitive.
fn escalation_reaches_someone(draft: &Draft) -> Vec<Found> {
    let is_read = draft.people.ghosts.is_empty() && !draft.people.rows.is_empty();
    if !is_read || !draft.is_whole("tiers") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let mut told = BTreeSet::new();
        for (place, step) in queue.escalation.iter().enumerate() {
            let Some(tier) = draft.file.tiers.iter().find(|tier| tier.id == step.to) else {
                continue;
            };
            for (class, _) in queue.mix.iter().filter(|(_, share)| share.0 > 0.0) {
                let concerns = step.complexity.as_ref().is_none_or(|only| only == class);
                let takes = tier.takes.contains(class);
                let is_there = draft.people.rows.iter().any(|person| {
                    person.tier == tier.id
                        && queue.skill.as_ref().is_none_or(|skill| person.skills.contains(skill))
                        && (person.takes_sensitive || !queue.sensitive)
                });
                if concerns && !(takes && is_there) && told.insert((&tier.id, class)) {
                    let key = format!("escalation[{}]", place + 1);
                    let place = draft.places.at(&path(queue, &key));
                    let cause = if takes {
                        format!("no agent of the tier `{}` may take it", tier.id)
                    } else {
                        format!("the tier `{}` does not take `{class}`", tier.id)
                    };
                    wrong.push(found(ESCALATION_NOBODY, place, cause));
                }
            }
        }
    }
    wrong
}

/// A tier that takes only what is escalated to it is escalated to.
fn only_escalated_tiers_are_reached(draft: &Draft) -> Vec<Found> {
    let is_reached = |tier: &str| {
        let steps = draft.queues().iter().flat_map(|queue| &queue.escalation);
        steps.into_iter().any(|step| step.to == tier)
    };
    let idle = draft.file.tiers.iter().filter(|tier| tier.only_escalated && !is_reached(&tier.id));
    idle.map(|tier| {
        let place = draft.places.at(&format!("tiers.{}.only_escalated", tier.id));
        found(ONLY_ESCALATED_IDLE, place, format!("nothing is escalated to `{}`", tier.id))
    })
    .collect()
}

/// Each priority promises at least what the next one does.
fn urgent_classes_promise_more(draft: &Draft) -> Vec<Found> {
    let classes = super::super::build::service_classes(&draft.file);
    let mut wrong = Vec::new();
    for pair in classes.windows(2) {
        let (one, next) = (&pair[0], &pair[1]);
        let settled = |hours: Option<f64>| hours.unwrap_or(f64::INFINITY);
        let figures = [
            ("answer_seconds", one.answer_seconds, next.answer_seconds),
            ("first_response_hours", one.first_response_hours, next.first_response_hours),
            ("resolution_hours", settled(one.resolution_hours), settled(next.resolution_hours)),
        ];
        for (key, sooner, later) in figures.into_iter().filter(|(_, one, next)| one > next) {
            let cause = format!(
                "{key} is {sooner} for priority {} and {later} for priority {}",
                one.priority, next.priority
            );
            wrong.push(found(PROMISE_OUT_OF_ORDER, draft.places.at("service_classes"), cause));
        }
    }
    wrong
}
