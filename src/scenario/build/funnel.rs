//! Layers by queue, triggers, events, and how volumes grow with customers.

use std::collections::BTreeMap;

use super::super::draft::Draft;
use super::super::events::EventRow;
use super::super::shape::{
    BotShape, ChannelShape, DriversShape, FunnelShape, OrderShape, PerShape, QueueShape,
    ShareShape, TopicShape, TriageShape, TriggerShape,
};
use super::super::{
    Bot, Deflection, Drivers, Event, Funnel, Layers, NameBook, Outreach, Per, Takes, Triage,
    Trigger,
};
use super::nearest_minutes;
use crate::id::QueueId;
use crate::units::{Minutes, Seconds, Share, Span};

/// What stands between customers and people.
pub(super) fn funnel(draft: &Draft, names: &NameBook) -> Funnel {
    let Some(shape) = &draft.file.funnel else { return Funnel::default() };
    let queues: Vec<Layers> =
        draft.queues().iter().map(|queue| layers(queue, shape, names)).collect();
    Funnel {
        queues,
        triggers: shape.triggers.iter().map(trigger).collect(),
        returns_after: nearest_minutes(shape.returns_after_hours),
        most_rounds: shape.most_rounds,
        most_of_a_class: Share::clamped(shape.most_of_a_class),
    }
}

/// What drives volumes besides what is forecast.
pub(super) fn drivers(draft: &Draft, names: &NameBook) -> Drivers {
    let shape = draft.file.drivers.as_ref();
    Drivers {
        growth: shape.map_or_else(Vec::new, |shape| {
            draft.queues().iter().map(|queue| growth(queue, shape)).collect()
        }),
        events: draft.events.iter().map(|row| event(row, draft, names)).collect(),
    }
}

/// What a queue is about, as it is named in files: its topic, or its id where it has none.
pub(in super::super) fn topic(queue: &QueueShape) -> &str {
    if queue.topic.is_empty() { &queue.id } else { &queue.topic }
}

/// The topic's layer where it has one, else the layer for all.
fn layers(queue: &QueueShape, shape: &FunnelShape, names: &NameBook) -> Layers {
    let own = shape.topics.get(topic(queue));
    let none = TopicShape::default();
    let own = own.unwrap_or(&none);
    let proactive = own.proactive.as_ref().or(shape.proactive.as_ref());
    let self_service = own.self_service.as_ref().or(shape.self_service.as_ref());
    let bot = own.bot.as_ref().or(shape.bot.as_ref());
    let triage = own.triage.as_ref().or(shape.triage.as_ref());
    Layers {
        proactive: proactive.map(|layer| Deflection {
            takes: takes(layer.share, &layer.by_class, layer.order, names),
            quality: Share::clamped(1.0),
        }),
        self_service: self_service.map(|layer| Deflection {
            takes: takes(layer.share, &layer.by_class, layer.order, names),
            quality: Share::clamped(layer.quality),
        }),
        bot: bot.filter(|bot| answers(&bot.channels, queue)).map(|layer| resolving(layer, names)),
        triage: triage.filter(|triage| answers(&triage.channels, queue)).map(sorting),
    }
}

fn resolving(shape: &BotShape, names: &NameBook) -> Bot {
    Bot {
        reach: Share::clamped(shape.reach),
        resolves: Deflection {
            takes: takes(shape.share, &shape.by_class, shape.order, names),
            quality: Share::clamped(shape.quality),
        },
    }
}

fn sorting(shape: &TriageShape) -> Triage {
    let [from, to] = shape.saves_seconds;
    Triage { share: Share::clamped(shape.share), saves: (Seconds(from), Seconds(to)) }
}

fn answers(channels: &[ChannelShape], queue: &QueueShape) -> bool {
    channels.is_empty() || channels.contains(&queue.channel)
}

fn takes(
    share: Option<f64>,
    by_class: &BTreeMap<String, ShareShape>,
    order: OrderShape,
    names: &NameBook,
) -> Takes {
    match (share, order) {
        (Some(share), OrderShape::SimpleFirst) => Takes::SimpleFirst(Share::clamped(share)),
        (Some(share), OrderShape::Even) => Takes::Evenly(Share::clamped(share)),
        (None, _) => Takes::ByClass(
            by_class
                .iter()
                .filter_map(|(class, share)| {
                    Some((names.complexities.find(class).ok()?, Share::clamped(share.0)))
                })
                .collect(),
        ),
    }
}

fn trigger((name, shape): (&String, &TriggerShape)) -> Trigger {
    Trigger {
        name: name.clone(),
        topic: shape.topic.clone(),
        contacts: shape.contacts,
        per: match shape.per {
            PerShape::Interval => Per::Interval,
            PerShape::Day => Per::Day,
        },
        prevents: Share::clamped(shape.prevents),
        after: Minutes(shape.after_minutes),
        lasts: nearest_minutes(shape.lasts_hours),
    }
}

fn event(row: &EventRow, draft: &Draft, names: &NameBook) -> Event {
    let of_queue = |queue: &QueueShape| names.queues.find(&queue.id).ok();
    Event {
        title: row.title.clone(),
        kind: row.kind,
        span: Span::new(row.start, row.end),
        queues: whose(row, draft).filter_map(of_queue).collect::<Vec<QueueId>>(),
        factor: row.factor,
        outreach: row
            .outreach_at
            .map(|at| Outreach { at, prevents: Share::clamped(row.prevents()) }),
    }
}

/// The queues that a row of events.csv speaks of: one, those of a topic, or all.
pub(in super::super) fn whose<'d>(
    row: &'d EventRow,
    draft: &'d Draft,
) -> impl Iterator<Item = &'d QueueShape> {
    draft.queues().iter().filter(move |queue| {
        row.queue.as_ref().is_none_or(|id| *id == queue.id)
            && row.topic.as_ref().is_none_or(|name| name == topic(queue))
    })
}

/// How much more of a queue's contacts come than its volumes say. Contacts by customer have the customers in
/// them already.
fn growth(queue: &QueueShape, shape: &DriversShape) -> f64 {
    let customers = match (shape.customers, shape.customers_before) {
        (Some(now), Some(before)) if queue.contacts_per_customer_per_week.is_none() => now / before,
        _ => 1.0,
    };
    customers * onboarding(shape)
}

/// Contacts of a customer against when volumes were measured, by how many were helped to start well:
/// `(1 - saves * onboarded) / (1 - saves * onboarded before)`.
fn onboarding(shape: &DriversShape) -> f64 {
    match (shape.onboarded, shape.onboarded_before) {
        (Some(now), Some(before)) => {
            let rate = |onboarded: f64| 1.0 - shape.onboarding_saves * onboarded;
            rate(now) / rate(before)
        }
        _ => 1.0,
    }
}
