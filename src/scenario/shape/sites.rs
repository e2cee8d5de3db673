//! Sites: where people work, on whose clock and under which law.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place of work. Availability, shifts, time off and working-time rules of its people are read on its own clock.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct SiteShape {
    /// Its name, as `site` in agents.csv writes it.
    #[schemars(length(min = 1, max = 100))]
    pub id: String,
    /// Its IANA time zone; by default that of the horizon.
    pub time_zone: Option<String>,
    /// Law packs in force there; by default those of the team.
    #[serde(default)]
    pub law: Vec<String>,
    /// Whether the authority lets people work there on Sundays and public holidays.
    #[serde(default)]
    pub sunday_permit: bool,
    /// Dates of its public holidays with their names; by default those of the horizon.
    #[serde(default)]
    pub holidays: BTreeMap<String, String>,
}
