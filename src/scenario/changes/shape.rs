//! The shape of a variant's file, key by key; reading walks by its JSON Schema, as it does for `scenario.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A what-if: changes to a team, told apart from what the team's folder says. `[scenario]` besides holds any
/// keys of scenario.toml, laid over the team's own: tables key by key, lists whose entries have an `id` entry by
/// entry, all else replaced.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Evenkeel variant")]
pub(super) struct VariantShape {
    /// What you call it, for reports.
    #[schemars(required, length(min = 1, max = 200))]
    pub title: Option<String>,
    /// What it shows.
    #[schemars(length(max = 2000))]
    pub says: Option<String>,
    /// People to hire by tier: how many, or a table.
    pub hire: BTreeMap<String, HireShape>,
    /// Weeks that those hired have been there: 0 is their first week.
    #[schemars(range(min = 0, max = 260))]
    pub weeks_in: i64,
    /// Places to cut: `"10%"` or a number of the whole team, or such by tier. Who goes is never said.
    pub cut: Option<CutShape>,
    /// More or fewer contacts: `"+24%"` of all queues, or such by queue.
    pub volume: Option<VolumeShape>,
    /// Queues to close; their contacts stay away unless `move` says where they go.
    #[schemars(length(max = 500))]
    pub close: Vec<String>,
    /// Queues whose contacts come another way: `phone = "chat"`, or `"chat 50%"` for half of them.
    pub r#move: BTreeMap<String, String>,
    /// Opening hours by queue.
    pub hours: BTreeMap<String, String>,
    /// Goals by queue, such as `"80/30s"` or `"90/8h"`.
    pub target: BTreeMap<String, String>,
}

/// People to hire of one tier.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum HireShape {
    /// So many, like the places there are.
    Count(#[schemars(range(min = 1, max = 10_000))] u32),
    /// So many, as said.
    Place(PlaceShape),
}

/// Places to fill.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceShape {
    /// How many.
    #[schemars(range(min = 1, max = 10_000))]
    pub count: u32,
    /// Their skills; by default those of the places there are.
    pub skills: Option<Vec<String>>,
    /// Where they work; by default as the places there are.
    pub site: Option<String>,
    /// Hours of their contracts; by default those of the places there are.
    #[schemars(range(min = 0.5, max = 100.0))]
    pub contract_hours: Option<f64>,
}

/// Places to cut.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum CutShape {
    /// Of the whole team.
    Count(#[schemars(range(min = 1, max = 100_000))] u32),
    /// Of the whole team.
    Part(String),
    /// By tier.
    ByTier(BTreeMap<String, TierCutShape>),
}

/// Places of one tier to cut.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum TierCutShape {
    /// So many.
    Count(#[schemars(range(min = 1, max = 100_000))] u32),
    /// Such a part.
    Part(String),
}

/// More or fewer contacts.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum VolumeShape {
    /// Of all queues.
    All(String),
    /// By queue.
    ByQueue(BTreeMap<String, String>),
}

/// The JSON Schema of a variant's file.
pub(super) fn schema() -> Json {
    schemars::schema_for!(VariantShape).to_value()
}
