//! How people were sized, as other programs read it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::simulation::EstimateFile;
use crate::forecast::Forecast;
use crate::plan::ladder::{Climbed, Reason};
use crate::report::figures::rounded;
use crate::scenario::{OverTime, Scenario};

/// By what method people were sized, and for which days.
#[derive(Serialize)]
pub(super) struct StaffingFile<'a> {
    method: OverTime,
    sure: Option<f64>,
    day_spread: BTreeMap<&'a str, f64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    day_spread_range: BTreeMap<&'a str, (f64, f64)>,
}

pub(super) fn staffing<'a>(
    day_spread: &[f64],
    forecast: &Forecast,
    scenario: &'a Scenario,
) -> StaffingFile<'a> {
    let queues = &scenario.names.queues;
    let named = queues.ids().map(|queue| queues.of(queue)).zip(day_spread);
    let ranges = queues.ids().map(|queue| queues.of(queue)).zip(&forecast.spreads);
    let ranges = ranges.filter_map(|(name, spread)| {
        let (low, high) = spread.day_range?;
        Some((name, (rounded(low), rounded(high))))
    });
    StaffingFile {
        method: scenario.staffing.method,
        sure: scenario.staffing.sure.map(|sure| rounded(sure.value())),
        day_spread: named.map(|(name, &spread)| (name, rounded(spread))).collect(),
        day_spread_range: ranges.collect(),
    }
}

/// What every model says of one queue's service in one interval.
#[derive(Serialize)]
pub(super) struct RungFile<'a> {
    start: String,
    queue: &'a str,
    goal: f64,
    contacts: f64,
    people: f64,
    per_interval: f64,
    offered_load: f64,
    exact: Option<f64>,
    unsure_days: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    played: Option<EstimateFile>,
    reason: Option<Reason>,
}

pub(super) fn rungs<'a>(climbed: &[Climbed], scenario: &'a Scenario) -> Vec<RungFile<'a>> {
    let calendar = &scenario.calendar;
    let file = |own: &Climbed| RungFile {
        start: calendar.stamp(calendar.interval(own.rungs.interval).start),
        queue: scenario.names.queues.of(own.queue),
        goal: rounded(own.goal),
        contacts: rounded(own.rungs.contacts),
        people: rounded(own.rungs.people),
        per_interval: rounded(own.rungs.per_interval),
        offered_load: rounded(own.rungs.offered_load),
        exact: own.rungs.exact.map(rounded),
        unsure_days: own.rungs.unsure.map(rounded),
        played: own.played.map(EstimateFile::of),
        reason: own.reason,
    };
    climbed.iter().map(file).collect()
}
