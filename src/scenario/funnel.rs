//! What stands between customers and people, and what drives how many customers call: the funnel's layers,
//! dated events, and customers.

use crate::id::{ComplexityId, QueueId};
use crate::units::{HandleMinutes, Minutes, Moment, Seconds, Share, Span};

use super::{Queue, Scenario};

/// Layers between a customer and a person, by queue: proactive messages, self-service, a bot that resolves,
/// and a bot that only sorts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    /// Layers of each queue, in the order of queues; empty where the scenario has none at all.
    pub queues: Vec<Layers>,
    /// Messages and articles that many contacts about one topic set off.
    pub triggers: Vec<Trigger>,
    /// Time until a customer who was turned away without an answer is back.
    pub returns_after: Minutes,
    /// How often self-service or a bot may turn the same customer away before a person answers.
    pub most_rounds: usize,
    /// Most of one class that the simple-first rule may take out before it turns to the next.
    pub most_of_a_class: Share,
}

/// The layers of one queue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layers {
    /// Contacts that never come about, as customers were told before they asked.
    pub proactive: Option<Deflection>,
    /// Contacts answered by articles, community and help inside the product.
    pub self_service: Option<Deflection>,
    /// Contacts that a bot resolves.
    pub bot: Option<Bot>,
    /// Admin work that a bot takes off a person, without taking the contact.
    pub triage: Option<Triage>,
}

/// A layer that takes contacts out.
#[derive(Debug, Clone, PartialEq)]
pub struct Deflection {
    /// How much it takes out of what.
    pub takes: Takes,
    /// Share of what it takes out that is really answered; the rest comes back.
    pub quality: Share,
}

/// How a layer's share falls on classes of complexity.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// A share of all contacts, the easiest classes first.
    SimpleFirst(Share),
    /// The same share of each class.
    Evenly(Share),
    /// A share of each class named here, nothing of the others.
    ByClass(Vec<(ComplexityId, Share)>),
}

/// A bot that resolves contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bot {
    /// Share of contacts that meet it.
    pub reach: Share,
    /// What it resolves of those.
    pub resolves: Deflection,
}

/// A bot that sorts contacts and gathers what a person would have to ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triage {
    /// Share of the contacts that reach a person it has sorted.
    pub share: Share,
    /// Admin work it takes off each, from and to: planned in the middle, reported as a range.
    pub saves: (Seconds, Seconds),
}

impl Triage {
    /// Minutes it saves on an average contact, in the middle of the range.
    #[must_use]
    pub fn saved(&self) -> HandleMinutes {
        let middle = f64::midpoint(self.saves.0.in_minutes(), self.saves.1.in_minutes());
        HandleMinutes(middle * self.share.value())
    }
}

/// Many contacts about one topic set off a message or an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The topic.
    pub topic: String,
    /// Contacts that set it off.
    pub contacts: f64,
    /// Counted by interval, or over the day so far.
    pub per: Per,
    /// Share of the topic's contacts prevented afterwards.
    pub prevents: Share,
    /// Time until it works.
    pub after: Minutes,
    /// How long it works.
    pub lasts: Minutes,
}

/// What a trigger counts contacts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// One interval.
    Interval,
    /// The local day so far.
    Day,
}

/// Why volumes differ from usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Something broke.
    Incident,
    /// Something was offered.
    Campaign,
    /// A holiday.
    Holiday,
    /// Anything else.
    Other,
}

/// A dated change of volumes.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What it is, for reports.
    pub title: String,
    /// Why.
    pub kind: EventKind,
    /// When; it may lie outside the horizon, and then changes nothing.
    pub span: Span,
    /// Whose volumes.
    pub queues: Vec<QueueId>,
    /// Volume as a multiple of the usual.
    pub factor: f64,
    /// Telling customers before they ask.
    pub outreach: Option<Outreach>,
}

/// Customers are told about an event before they ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outreach {
    /// When they are told.
    pub at: Moment,
    /// Share of the contacts after that, until the event ends, that do not come.
    pub prevents: Share,
}

/// What drives volumes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drivers {
    /// Volume of each queue as a multiple of what history and given volumes say, by queue; empty: as they say.
    pub growth: Vec<f64>,
    /// Events, in the order of their file.
    pub events: Vec<Event>,
}

impl EventKind {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Incident => "incident",
            EventKind::Campaign => "campaign",
            EventKind::Holiday => "holiday",
            EventKind::Other => "other",
        }
    }
}

impl Layers {
    /// Whether any layer takes contacts out.
    #[must_use]
    pub fn takes_contacts(&self) -> bool {
        self.proactive.is_some() || self.self_service.is_some() || self.bot.is_some()
    }
}

impl Funnel {
    /// The layers of a queue, if any.
    #[must_use]
    pub fn layers(&self, queue: QueueId) -> Option<&Layers> {
        use crate::id::Id;
        self.queues.get(queue.index())
    }

    /// Minutes that triage takes off an average contact of a queue.
    #[must_use]
    pub fn triage_saves(&self, queue: QueueId) -> HandleMinutes {
        let triage = self.layers(queue).and_then(|layers| layers.triage);
        triage.map_or(HandleMinutes(0.0), |triage| triage.saved())
    }
}

impl Scenario {
    /// What a queue is about: its topic, or its own name where it has none.
    #[must_use]
    pub fn topic(&self, queue: QueueId) -> &str {
        topic_of(self.queue(queue), self.names.queues.of(queue))
    }

    /// Whether anything stands between customers and people: a layer, a trigger, or a message about an event.
    #[must_use]
    pub fn has_funnel(&self) -> bool {
        let has_layers = |layers: &Layers| layers.takes_contacts() || layers.triage.is_some();
        self.funnel.queues.iter().any(has_layers)
            || !self.funnel.triggers.is_empty()
            || self.drivers.events.iter().any(|event| event.outreach.is_some())
    }

    /// Whether the funnel may keep contacts of a queue from people.
    #[must_use]
    pub fn is_deflected(&self, queue: QueueId) -> bool {
        let topic = self.topic(queue);
        self.funnel.layers(queue).is_some_and(Layers::takes_contacts)
            || self.funnel.triggers.iter().any(|trigger| trigger.topic == topic)
            || self
                .drivers
                .events
                .iter()
                .any(|event| event.outreach.is_some() && event.queues.contains(&queue))
    }
}

fn topic_of<'a>(queue: &'a Queue, id: &'a str) -> &'a str {
    if queue.topic.is_empty() { id } else { &queue.topic }
}
