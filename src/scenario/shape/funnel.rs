//! Keys of the funnel and of what drives demand.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ChannelShape, ShareShape};

/// What drives volumes: customers, and how many of them were helped to start well.
///
/// Volumes of history.csv, volume.csv and `contacts_per_hour` are multiplied by `customers / customers_before`
/// and by how much better customers are onboarded now than then.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct DriversShape {
    /// Active customers in the days to plan.
    #[schemars(range(min = 0.0, max = 1e10))]
    pub customers: Option<f64>,
    /// Active customers when the volumes were measured.
    #[schemars(range(min = 1.0, max = 1e10))]
    pub customers_before: Option<f64>,
    /// Share of customers onboarded in the days to plan.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub onboarded: Option<f64>,
    /// Share of customers onboarded when the volumes were measured.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub onboarded_before: Option<f64>,
    /// How much less often a customer who was onboarded makes contact (assumption).
    #[serde(default = "onboarding_saves")]
    #[schemars(range(min = 0.0, max = 0.95))]
    pub onboarding_saves: f64,
}

/// What stands between customers and people. Layers given here hold for every topic; a topic of its own under
/// `topics` replaces them layer by layer. Without any layer everything reaches people.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct FunnelShape {
    /// Contacts that never come about, as customers were told before they asked.
    pub proactive: Option<ProactiveShape>,
    /// Contacts answered by articles, community and help inside the product.
    pub self_service: Option<SelfServiceShape>,
    /// Contacts that a bot resolves.
    pub bot: Option<BotShape>,
    /// Admin work that a bot takes off a person, without taking the contact.
    pub triage: Option<TriageShape>,
    /// Layers of one topic, by its name (a queue without a topic: by the queue's id).
    pub topics: BTreeMap<String, TopicShape>,
    /// Messages and articles that many contacts about one topic set off, by a name of yours.
    pub triggers: BTreeMap<String, TriggerShape>,
    /// Hours until a customer who was turned away without an answer is back (assumption).
    #[schemars(range(min = 0.0, max = 8784.0))]
    pub returns_after_hours: f64,
    /// How often self-service or a bot may turn the same customer away before a person answers (assumption).
    #[schemars(range(min = 1, max = 10))]
    pub most_rounds: usize,
    /// Most of one class of complexity that a share for all classes takes out before it turns to the next
    /// harder class (assumption).
    #[schemars(range(min = 0.0, max = 0.999))]
    pub most_of_a_class: f64,
}

/// The layers of one topic.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct TopicShape {
    /// Instead of the layer for all topics.
    pub proactive: Option<ProactiveShape>,
    /// Instead of the layer for all topics.
    pub self_service: Option<SelfServiceShape>,
    /// Instead of the layer for all topics.
    pub bot: Option<BotShape>,
    /// Instead of the layer for all topics.
    pub triage: Option<TriageShape>,
}

/// Contacts that never come about.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ProactiveShape {
    /// Share of contacts prevented.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// Share prevented by class of complexity, instead of `share`.
    #[serde(default)]
    pub by_class: BTreeMap<String, ShareShape>,
    /// How `share` falls on classes of complexity.
    #[serde(default)]
    pub order: OrderShape,
}

/// Contacts answered without anybody.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct SelfServiceShape {
    /// Share of contacts that end here.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// Share that ends here by class of complexity, instead of `share`.
    #[serde(default)]
    pub by_class: BTreeMap<String, ShareShape>,
    /// Share of those that are really answered; the others come back (assumption).
    #[serde(default = "quality")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub quality: f64,
    /// How `share` falls on classes of complexity.
    #[serde(default)]
    pub order: OrderShape,
}

/// Contacts that a bot resolves; those it does not resolve go to a person at once.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct BotShape {
    /// Share of contacts that meet the bot.
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reach: f64,
    /// Share it resolves of those.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// Share it resolves of those by class of complexity, instead of `share`.
    #[serde(default)]
    pub by_class: BTreeMap<String, ShareShape>,
    /// Share of those that are really resolved; the others come back (assumption).
    #[serde(default = "quality")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub quality: f64,
    /// How `share` falls on classes of complexity.
    #[serde(default)]
    pub order: OrderShape,
    /// Channels it answers on; empty: all.
    #[serde(default)]
    pub channels: Vec<ChannelShape>,
}

/// Admin work that a bot takes off a person: it sorts the contact and asks what the person would have to ask.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct TriageShape {
    /// Share of the contacts that reach a person it has sorted.
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Seconds of admin work it takes off each, from and to. The plan takes the middle and reports the range
    /// (assumption: in the example `bot-triage` it frees 5 to 10 % of the staff, as one firm said of itself).
    #[serde(default = "triage_saves")]
    #[schemars(inner(range(min = 0.0, max = 7200.0)))]
    pub saves_seconds: [f64; 2],
    /// Channels it sorts; empty: all.
    #[serde(default)]
    pub channels: Vec<ChannelShape>,
}

/// Many contacts about one topic set off a message or an article.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct TriggerShape {
    /// The topic.
    pub topic: String,
    /// Contacts that set it off.
    #[schemars(range(min = 0.01, max = 1e9))]
    pub contacts: f64,
    /// Counted over what.
    #[serde(default)]
    pub per: PerShape,
    /// Share of the topic's contacts prevented afterwards (assumption: as far below teams without such
    /// messages as teams with them stayed in a survey of 400, 1 - 1.38/1.72; they said so themselves).
    #[serde(default = "outreach_prevents")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub prevents: f64,
    /// Minutes until it works (assumption).
    #[serde(default = "after_minutes")]
    #[schemars(range(min = 0, max = 100_000))]
    pub after_minutes: i64,
    /// Hours it works (assumption).
    #[serde(default = "lasts_hours")]
    #[schemars(range(min = 0.0, max = 8784.0))]
    pub lasts_hours: f64,
}

/// A dated change of volumes, and a message about it; the columns of events.csv mean the same.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct EventShape {
    /// When it starts, such as `2026-11-30 09:00`; a date alone means its midnight.
    pub start: String,
    /// When it ends; a date alone is included.
    pub end: String,
    /// What it is, for reports; by default its name here.
    pub title: Option<String>,
    /// Why volumes change.
    #[serde(default)]
    pub kind: EventKindShape,
    /// Whose volumes change; by default all queues'.
    pub queue: Option<String>,
    /// The topic whose volumes change; by default all topics.
    pub topic: Option<String>,
    /// Volume as a multiple of the usual: 1.24 is 24 % more.
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub factor: f64,
    /// When customers are told before they ask; by default they are not.
    pub outreach_at: Option<String>,
    /// Share of contacts that this prevents until the event ends; by default 1 - 1.38/1.72, about a fifth
    /// (assumption: a survey of 400 managers, who said so themselves).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outreach_prevents: Option<f64>,
}

/// Why volumes change.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in super::super) enum EventKindShape {
    /// Something broke.
    Incident,
    /// Something was offered.
    Campaign,
    /// A holiday.
    Holiday,
    /// Anything else.
    #[default]
    Other,
}

/// What a trigger counts contacts over.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum PerShape {
    /// One interval of the grid.
    #[default]
    Interval,
    /// The day so far.
    Day,
}

/// How a share falls on classes of complexity.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum OrderShape {
    /// The easiest class first, so that what remains is harder.
    #[default]
    SimpleFirst,
    /// The same share of every class.
    Even,
}

impl Default for FunnelShape {
    fn default() -> FunnelShape {
        FunnelShape {
            proactive: None,
            self_service: None,
            bot: None,
            triage: None,
            topics: BTreeMap::new(),
            triggers: BTreeMap::new(),
            returns_after_hours: 24.0,
            most_rounds: 2,
            most_of_a_class: 0.9,
        }
    }
}

/// Share of an event's contacts that a message prevents: teams with proactive messages reported volumes up by
/// 38 % in the surge of 2020, teams without by 72 % (a survey of 400 managers; self-reported, not causal).
pub(in super::super) fn outreach_prevents() -> f64 {
    1.0 - 1.38 / 1.72
}

fn onboarding_saves() -> f64 {
    0.2
}
fn quality() -> f64 {
    0.9
}
fn whole() -> f64 {
    1.0
}
fn triage_saves() -> [f64; 2] {
    [30.0, 50.0]
}
fn after_minutes() -> i64 {
    60
}
fn lasts_hours() -> f64 {
    24.0
}
