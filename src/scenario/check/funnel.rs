//! The funnel, what drives demand, and events: nobody is shut out, every name exists, every figure fits.

use std::collections::{BTreeMap, BTreeSet};

use super::super::build::{topic, whose};
use super::super::draft::Draft;
use super::super::events::EventRow;
use super::super::problem::{
    DRIVERS_INCOMPLETE, EVENT_BACKWARDS, EVENT_NOBODYS, EVENTS_EXPLODE, FUNNEL_CLASS_UNKNOWN,
    FUNNEL_CLOSES_ROUTE, FUNNEL_SHARE_UNCLEAR, FUNNEL_TOPIC_UNKNOWN, Found, OUTREACH_MISPLACED,
    TRIAGE_IMPOSSIBLE, found,
};
use super::super::shape::{FunnelShape, QueueShape, ShareShape, TriageShape};
use crate::id::{ComplexityId, Names, nearest};

/// Most that events which overlap may multiply a queue's volume by together.
const MOST_TOGETHER: f64 = 100.0;
/// Triage takes no more than this share of a contact's time: it gathers, it does not answer.
const MOST_OF_A_CONTACT: f64 = 0.5;

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        topics_exist,
        shares_are_said_once,
        classes_exist,
        everyone_can_reach_a_person,
        triage_leaves_the_answer,
        drivers_come_in_pairs,
        events_are_somebodys,
        events_end_after_they_start,
        messages_belong_to_their_event,
        events_stay_within_reason,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

/// A layer that takes contacts out, with its path.
struct Layer<'d> {
    path: String,
    share: Option<f64>,
    by_class: &'d BTreeMap<String, ShareShape>,
    /// Share of contacts that meet it.
    reach: f64,
}

fn funnel(draft: &Draft) -> Option<&FunnelShape> {
    draft.file.funnel.as_ref()
}

fn layers(draft: &Draft) -> Vec<Layer<'_>> {
    let Some(shape) = funnel(draft) else { return Vec::new() };
    let all = ("funnel".to_owned(), &shape.proactive, &shape.self_service, &shape.bot);
    let own = shape.topics.iter().map(|(name, own)| {
        (format!("funnel.topics.{name}"), &own.proactive, &own.self_service, &own.bot)
    });
    let mut layers = Vec::new();
    for (path, proactive, self_service, bot) in std::iter::once(all).chain(own) {
        layers.extend(proactive.as_ref().map(|layer| Layer {
            path: format!("{path}.proactive"),
            share: layer.share,
            by_class: &layer.by_class,
            reach: 1.0,
        }));
        layers.extend(self_service.as_ref().map(|layer| Layer {
            path: format!("{path}.self_service"),
            share: layer.share,
            by_class: &layer.by_class,
            reach: 1.0,
        }));
        layers.extend(bot.as_ref().map(|layer| Layer {
            path: format!("{path}.bot"),
            share: layer.share,
            by_class: &layer.by_class,
            reach: layer.reach,
        }));
    }
    layers
}

fn known_topics(draft: &Draft) -> BTreeSet<&str> {
    draft.queues().iter().map(topic).collect()
}

fn unknown_topic(name: &str, known: &BTreeSet<&str>) -> (String, String) {
    let names: Vec<&str> = known.iter().copied().collect();
    let fix = match nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("topics of queues here are {}", super::super::words(&names)),
    };
    let start: String = name.chars().filter(|letter| !letter.is_control()).take(60).collect();
    (format!("no queue is about `{start}`"), fix)
}

/// Topics of layers and triggers are those of queues.
fn topics_exist(draft: &Draft) -> Vec<Found> {
    let (Some(shape), true) = (funnel(draft), draft.is_whole("queues")) else { return Vec::new() };
    let known = known_topics(draft);
    let of_layers = shape.topics.keys().map(|name| (name, format!("funnel.topics.{name}")));
    let of_triggers = shape
        .triggers
        .iter()
        .map(|(name, trigger)| (&trigger.topic, format!("funnel.triggers.{name}.topic")));
    let all = of_layers.chain(of_triggers).filter(|(name, _)| !known.contains(name.as_str()));
    all.map(|(name, path)| {
        let (cause, fix) = unknown_topic(name, &known);
        found(FUNNEL_TOPIC_UNKNOWN, draft.places.at(&path), cause).fix(fix)
    })
    .collect()
}

/// A layer has a share, or shares by class.
fn shares_are_said_once(draft: &Draft) -> Vec<Found> {
    let unclear = layers(draft).into_iter().filter_map(|layer| {
        // What is written and wrong is a problem of its own.
        let is_written = |key: &str| draft.places.has(&format!("{}.{key}", layer.path));
        let cause = match (layer.share.is_some(), layer.by_class.is_empty()) {
            (true, false) => "it has both `share` and `by_class`",
            (false, true) if !is_written("share") && !is_written("by_class") => {
                "it has neither `share` nor `by_class`"
            }
            _ => return None,
        };
        Some(found(FUNNEL_SHARE_UNCLEAR, draft.places.at(&layer.path), cause))
    });
    unclear.collect()
}

fn classes_exist(draft: &Draft) -> Vec<Found> {
    let known: Names<ComplexityId> =
        draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id));
    let mut wrong = Vec::new();
    for layer in layers(draft) {
        for class in layer.by_class.keys() {
            if let Err(cause) = known.find(class) {
                let place = draft.places.at(&format!("{}.by_class.{class}", layer.path));
                wrong.push(found(FUNNEL_CLASS_UNKNOWN, place, cause));
            }
        }
    }
    wrong
}

/// No layer, trigger or message takes out everything: somebody always gets through to a person.
fn everyone_can_reach_a_person(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    let mut shut = |path: String, share: f64| {
        if share >= 1.0 {
            let cause = "it takes out every contact, so nobody gets through to a person";
            wrong.push(found(FUNNEL_CLOSES_ROUTE, draft.places.at(&path), cause));
        }
    };
    for layer in layers(draft) {
        shut(format!("{}.share", layer.path), layer.share.unwrap_or(0.0) * layer.reach);
        for (class, share) in layer.by_class {
            shut(format!("{}.by_class.{class}", layer.path), share.0 * layer.reach);
        }
    }
    for (name, trigger) in funnel(draft).into_iter().flat_map(|shape| &shape.triggers) {
        shut(format!("funnel.triggers.{name}.prevents"), trigger.prevents);
    }
    let rows = draft.events.iter();
    let total = rows.filter(|row| row.outreach_at.is_some() && row.prevents() >= 1.0);
    wrong.extend(total.map(|row| {
        let cause = "the message prevents every contact, so nobody gets through to a person";
        found(FUNNEL_CLOSES_ROUTE, row.at("outreach_prevents", &draft.places), cause)
    }));
    wrong
}

/// Triage saves from less to more seconds, and leaves most of each contact to the person.
fn triage_leaves_the_answer(draft: &Draft) -> Vec<Found> {
    let Some(shape) = funnel(draft) else { return Vec::new() };
    let own = shape.topics.iter().map(|(name, own)| (format!("funnel.topics.{name}"), &own.triage));
    let all = std::iter::once(("funnel".to_owned(), &shape.triage)).chain(own);
    let mut wrong = Vec::new();
    for (path, triage) in all {
        let Some(triage) = triage else { continue };
        let place = || draft.places.at(&format!("{path}.triage.saves_seconds"));
        let [from, to] = triage.saves_seconds;
        if from > to {
            let cause = format!("from {from} to {to} seconds runs backwards");
            wrong.push(found(TRIAGE_IMPOSSIBLE, place(), cause).fix("write the smaller first"));
        }
        let sorted = draft.queues().iter().filter(|queue| is_sorted(queue, &path, triage, shape));
        let shortest = sorted.filter_map(|queue| Some((shortest_seconds(queue)?, queue)));
        let shortest = shortest.min_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((seconds, queue)) = shortest
            && from.max(to) > MOST_OF_A_CONTACT * seconds
        {
            let cause = format!(
                "{} seconds are more than half of the shortest contact of `{}`, {} seconds",
                from.max(to),
                queue.id,
                seconds.round()
            );
            wrong.push(found(TRIAGE_IMPOSSIBLE, place(), cause));
        }
    }
    wrong
}

/// Whether a triage layer at this path is the one that sorts a queue.
fn is_sorted(queue: &QueueShape, path: &str, triage: &TriageShape, shape: &FunnelShape) -> bool {
    let has_own = shape.topics.get(topic(queue)).is_some_and(|own| own.triage.is_some());
    let is_here =
        if has_own { path == format!("funnel.topics.{}", topic(queue)) } else { path == "funnel" };
    is_here && (triage.channels.is_empty() || triage.channels.contains(&queue.channel))
}

/// The shortest contact that occurs in a queue, work after it included.
fn shortest_seconds(queue: &QueueShape) -> Option<f64> {
    let occurs = |class: &&String| queue.mix.get(*class).is_some_and(|share| share.0 > 0.0);
    let own = queue.handle_minutes.iter().filter(|(class, _)| occurs(class));
    let by_tier = queue.handle_minutes_by_tier.values().flatten();
    let all = own.chain(by_tier.filter(|(class, _)| occurs(class)));
    let talk = all.map(|(_, talk)| talk.0).min_by(f64::total_cmp)?;
    Some(60.0 * (talk + queue.wrap_up_minutes))
}

/// Customers and onboarding are known now and for when volumes were measured.
fn drivers_come_in_pairs(draft: &Draft) -> Vec<Found> {
    let shape = draft.file.drivers.clone().unwrap_or_default();
    let by_customer = draft.queues().iter().filter(|q| q.contacts_per_customer_per_week.is_some());
    let mut wrong: Vec<Found> = by_customer
        .clone()
        .filter(|_| shape.customers.is_none())
        .map(|queue| {
            let path = format!("queues.{}.contacts_per_customer_per_week", queue.id);
            let cause = "nothing says how many customers there are";
            found(DRIVERS_INCOMPLETE, draft.places.at(&path), cause)
                .fix("add customers under [drivers]")
        })
        .collect();
    let others = by_customer.count() < draft.queues().len();
    let pairs = [
        ("customers", shape.customers, "customers_before", shape.customers_before, others),
        ("onboarded", shape.onboarded, "onboarded_before", shape.onboarded_before, true),
    ];
    for (now, is_now, before, is_before, matters) in pairs {
        let (here, lacks) = match (is_now, is_before) {
            (Some(_), None) if matters => (now, before),
            (None, Some(_)) => (before, now),
            _ => continue,
        };
        let place = draft.places.at(&format!("drivers.{here}"));
        let cause = format!("`{here}` means nothing without `{lacks}`");
        wrong.push(found(DRIVERS_INCOMPLETE, place, cause).fix(format!("add `{lacks}`")));
    }
    wrong
}

fn rows(draft: &Draft) -> impl Iterator<Item = &EventRow> {
    draft.events.iter()
}

/// Every event changes some queue's volumes.
fn events_are_somebodys(draft: &Draft) -> Vec<Found> {
    if !draft.is_whole("queues") {
        return Vec::new();
    }
    let ids: Vec<&str> = draft.queues().iter().map(|queue| queue.id.as_str()).collect();
    let topics = known_topics(draft);
    let mut wrong = Vec::new();
    for row in rows(draft) {
        let unknown_queue = row.queue.as_deref().filter(|id| !ids.contains(id));
        let unknown = row.topic.as_deref().filter(|name| !topics.contains(name));
        if let Some(id) = unknown_queue {
            let start: String = id.chars().take(60).collect();
            let fix = match nearest(id, &ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("queues here are {}", super::super::words(&ids)),
            };
            let place = row.at("queue", &draft.places);
            wrong.push(
                found(EVENT_NOBODYS, place, format!("no queue is called `{start}`")).fix(fix),
            );
        }
        if let Some(name) = unknown {
            let (cause, fix) = unknown_topic(name, &topics);
            wrong.push(found(EVENT_NOBODYS, row.at("topic", &draft.places), cause).fix(fix));
        }
        if unknown_queue.is_none() && unknown.is_none() && whose(row, draft).next().is_none() {
            let cause = "the queue is not about the topic";
            wrong.push(found(EVENT_NOBODYS, row.at("topic", &draft.places), cause));
        }
    }
    wrong
}

fn events_end_after_they_start(draft: &Draft) -> Vec<Found> {
    let backwards = rows(draft).filter(|row| row.end <= row.start);
    backwards
        .map(|row| {
            let cause = "the event ends before it starts, or at once";
            found(EVENT_BACKWARDS, row.at("end", &draft.places), cause)
        })
        .collect()
}

/// A message has a time before its event's end; figures of a message need one.
fn messages_belong_to_their_event(draft: &Draft) -> Vec<Found> {
    let misplaced = rows(draft).filter_map(|row| {
        let (column, cause) = match (row.outreach_at, row.prevents) {
            (None, Some(_)) => ("outreach_prevents", "nothing says when customers are told"),
            (Some(at), _) if at >= row.end => {
                ("outreach_at", "customers are told when the event is over")
            }
            _ => return None,
        };
        Some(found(OUTREACH_MISPLACED, row.at(column, &draft.places), cause))
    });
    misplaced.collect()
}

/// Events that overlap multiply; together they stay within reason.
fn events_stay_within_reason(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let mut own: Vec<&EventRow> = rows(draft)
            .filter(|row| row.factor > 1.0 && row.end > row.start)
            .filter(|row| whose(row, draft).any(|one| one.id == queue.id))
            .collect();
        own.sort_by_key(|row| row.start);
        let mut running: Vec<&EventRow> = Vec::new();
        for row in own {
            running.retain(|earlier: &&EventRow| earlier.end > row.start);
            running.push(row);
            let together: f64 = running.iter().map(|row| row.factor).product();
            if together > MOST_TOGETHER {
                let cause = format!(
                    "{} events on `{}` overlap here and multiply its volume by more than {MOST_TOGETHER}",
                    running.len(),
                    queue.id
                );
                wrong.push(found(EVENTS_EXPLODE, row.at("factor", &draft.places), cause));
                break;
            }
        }
    }
    wrong
}
