//! Keys of how the need for people is worked out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the need for people is worked out.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::scenario) struct StaffingShape {
    /// How people busy follow contacts over time.
    pub method: MethodShape,
    /// Share of days on which targets are to hold, such as 0.9; by default people are sized for days as they are
    /// expected, which busier days miss.
    #[schemars(range(min = 0.5, max = 0.999))]
    pub sure: Option<f64>,
    /// How much a day's volume varies around what is expected, as its standard deviation over its mean; by default
    /// as past forecasts erred, and not at all for volumes that are given. Play draws its days by it too.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub day_spread: Option<f64>,
}

/// How people busy follow contacts over time.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::scenario) enum MethodShape {
    /// By the contacts being served if none had to wait, which lag behind arrivals as people do.
    #[default]
    OfferedLoad,
    /// By the contacts that came a handle time earlier.
    Lagged,
    /// By each interval's own contacts, as if they had come in for ever: what most planners do, and often too few
    /// people in the hour after a peak.
    PerInterval,
}
