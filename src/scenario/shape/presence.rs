//! Minimum presence: how many of some people are on duty at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A hard rule between people: never fewer than `at_least` of them on duty in these hours. Whom it means is told by
/// `tiers`, `skills`, `site` and `people`, all of which must fit; what is left out means everyone. People count as
/// rostered; the chance that someone falls ill is no part of it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct MinimumPresenceShape {
    /// Its name in this folder's files, such as `two-seniors`.
    #[schemars(extend("format" = "id"))]
    pub id: String,
    /// When, on the clock of the horizon or of the site named, such as `mon-fri 08:00-20:00`. Hours over midnight
    /// belong to the day they start on. Where no roster is published for the days before, the first day counts from
    /// the first start of a shift.
    #[schemars(extend("format" = "weekly-hours"))]
    pub hours: String,
    /// How many of them at every minute.
    #[schemars(range(min = 1, max = 10_000))]
    pub at_least: usize,
    /// Counts only those at work on queue: not on a break or meal, not in off-queue work.
    #[serde(default)]
    pub on_queue: bool,
    /// Tiers, any of these.
    #[serde(default)]
    pub tiers: Vec<String>,
    /// Skills, any of these.
    #[serde(default)]
    pub skills: Vec<String>,
    /// People of this site, on whose clock the hours are then read.
    pub site: Option<String>,
    /// People by id, any of these.
    #[serde(default)]
    pub people: Vec<String>,
}
