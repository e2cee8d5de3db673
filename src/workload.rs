//! Agent minutes and offered load by interval, stream and pool.

use serde::Serialize;

use crate::forecast::Forecast;
use crate::scenario::Scenario;
use crate::units::{Contacts, Erlangs, HandleMinutes};

/// How much work the contacts are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Workload {
    /// Contacts by stream and interval.
    pub arrivals: Vec<Vec<Contacts>>,
    /// Time of one contact by stream and pool, wrap-up included; none where the pool may not take it.
    pub handle: Vec<Vec<Option<HandleMinutes>>>,
    /// Rest owed after a contact, on average, by stream.
    pub recovery: Vec<HandleMinutes>,
    /// Offered load by stream and interval at the pace of the tier the work is meant for (the lowest that
    /// may take it), recovery included.
    pub load: Vec<Vec<Erlangs>>,
}

/// Measure the work in a forecast.
#[must_use]
pub fn measure(forecast: &Forecast, scenario: &Scenario) -> Workload {
    let _ = (forecast, scenario);
    todo!()
}
