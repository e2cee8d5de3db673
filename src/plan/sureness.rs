//! What each point of certainty costs: the same week sized so that targets hold on more and more days.

use rayon::prelude::*;
use serde::Serialize;

use crate::scenario::Scenario;
use crate::staffing;
use crate::units::Share;
use crate::workload::Workload;

/// What it takes for targets to hold on a share of days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sureness {
    /// The share of days; none: days as they are expected.
    pub days: Option<f64>,
    /// Hours of people needed over the horizon.
    pub hours: f64,
    /// Hours that one more day in a hundred costs from the row before to this one; none in the first two.
    pub hours_a_point: Option<f64>,
}

/// Shares of days that are priced.
const SURE: [f64; 7] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// Size the same week for days as expected and for each share of days; empty where no volume is unsure.
#[must_use]
pub fn price_of_sureness(workload: &Workload, scenario: &Scenario) -> Vec<Sureness> {
    if workload.day_spread.iter().all(|&spread| spread <= 0.0) {
        return Vec::new();
    }
    let all: Vec<Option<f64>> = std::iter::once(None).chain(SURE.map(Some)).collect();
    let hours: Vec<f64> = all
        .par_iter()
        .map(|sure| {
            let mut other = scenario.clone();
            other.staffing.sure = sure.map(Share::clamped);
            staffing::require(workload, &other).hours(&other.calendar)
        })
        .collect();
    let price = |place: usize| {
        let (days, before) = (all[place]?, all[place.checked_sub(1)?]?);
        Some((hours[place] - hours[place - 1]) / (100.0 * (days - before)))
    };
    let row =
        |place| Sureness { days: all[place], hours: hours[place], hours_a_point: price(place) };
    (0..all.len()).map(row).collect()
}
