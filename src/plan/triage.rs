//! What triage saves, as a range: one firm puts it at 5 to 10 % of its headcount, by its own estimate, so a mean
//! alone would say more than anybody knows.

use serde::Serialize;

use crate::funnel::HumanDemand;
use crate::scenario::Scenario;
use crate::{staffing, workload};

/// Share of the people needed that triage frees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TriageSaving {
    /// Hours of people needed without triage.
    pub hours_without: f64,
    /// The same as planned, in the middle of the range.
    pub hours: f64,
    /// Share freed where triage saves the fewer seconds.
    pub from: f64,
    /// Share freed where it saves the more.
    pub to: f64,
}

impl TriageSaving {
    /// Share freed as planned.
    #[must_use]
    pub fn planned(&self) -> f64 {
        freed(self.hours, self.hours_without)
    }
}

/// Size the same week without triage, and at both ends of what it saves; none without triage.
#[must_use]
pub fn triage_saving(demand: &HumanDemand, scenario: &Scenario) -> Option<TriageSaving> {
    let sorts = scenario.funnel.queues.iter().any(|layers| layers.triage.is_some());
    sorts.then(|| {
        // Of the range, 0 is its lower end and 1 its upper.
        let hours_at = |place: Option<f64>| {
            let mut other = scenario.clone();
            for layers in &mut other.funnel.queues {
                layers.triage = layers.triage.zip(place).map(|(mut triage, place)| {
                    let (from, to) = triage.saves;
                    let seconds = from + (to - from) * place;
                    triage.saves = (seconds, seconds);
                    triage
                });
            }
            let workload = workload::measure(demand, &other);
            staffing::require(&workload, &other).hours(&other.calendar)
        };
        let hours_without = hours_at(None);
        TriageSaving {
            hours_without,
            hours: hours_at(Some(0.5)),
            from: freed(hours_at(Some(0.0)), hours_without),
            to: freed(hours_at(Some(1.0)), hours_without),
        }
    })
}

fn freed(hours: f64, without: f64) -> f64 {
    if without > 0.0 { 1.0 - hours / without } else { 0.0 }
}
