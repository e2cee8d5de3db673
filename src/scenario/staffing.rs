//! How the need for people is worked out: how it follows contacts over time, and how sure it is to be enough.

use serde::Serialize;

use crate::units::Share;

/// How people are sized.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sizing {
    /// How people busy follow contacts over time.
    pub method: OverTime,
    /// Share of days on which targets are to hold; none: on days as they are expected.
    pub sure: Option<Share>,
    /// Coefficient of variation of a day's volume around what is expected; none: as past forecasts erred, and
    /// none at all for volumes that are given.
    pub day_spread: Option<f64>,
}

/// How people busy follow contacts over time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OverTime {
    /// Sized on the contacts being served if none had to wait, which lag behind arrivals as people do.
    #[default]
    OfferedLoad,
    /// Sized on the contacts that came a handle time earlier.
    Lagged,
    /// Sized on each interval's own contacts, as if they had come in for ever.
    PerInterval,
}
