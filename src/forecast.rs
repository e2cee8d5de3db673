//! Contacts to come, by interval, queue and complexity, with quantiles.

use serde::Serialize;

use crate::scenario::Scenario;
use crate::units::Contacts;

/// What is expected to come in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Mean contacts by stream and interval.
    pub streams: Vec<Vec<Contacts>>,
    /// Quantiles of contacts by queue and interval; empty rows where volumes are given as certain.
    pub quantiles: Vec<Vec<Quantiles>>,
    /// Spread of a day's volume about its forecast (coefficient of variation of the day factor), by queue.
    pub day_spread: Vec<f64>,
}

/// Quantiles of the contacts of one interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Quantiles {
    /// One in ten is below.
    pub p10: f64,
    /// Half are below.
    pub p50: f64,
    /// Nine in ten are below.
    pub p90: f64,
}

/// Project the horizon's contacts: given volumes as they are, or history by day-of-week profile times level.
#[must_use]
pub fn project(scenario: &Scenario) -> Forecast {
    let _ = scenario;
    todo!()
}
