//! How tiring the planned work is: named exposures of the plan, never a score of a person shown to others.

use serde::Serialize;

use crate::id::{Id, TierId};
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::Scenario;

/// Fewest people a figure of strain may speak of.
pub const SMALLEST_GROUP: usize = 5;

/// A band of strain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below every warning.
    Green,
    /// Watch.
    Amber,
    /// Change the plan.
    Red,
}

/// Strain of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strain {
    /// People in each band; none where the team is smaller than [`SMALLEST_GROUP`].
    pub team: Option<Bands>,
    /// By tier of at least [`SMALLEST_GROUP`] people, others left out together with the smallest shown
    /// where they could be worked out by difference.
    pub tiers: Vec<(TierId, Bands)>,
    /// Mean of each component over the team, with its unit; none for a small team.
    pub components: Option<Vec<Component>>,
    /// Each person's own, for that person alone (`my-data`) and for the search; never reported.
    #[serde(skip)]
    pub persons: Vec<PersonStrain>,
}

/// People in each band.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Bands {
    /// People in green.
    pub green: usize,
    /// People in amber.
    pub amber: usize,
    /// People in red.
    pub red: usize,
}

/// A component over the team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    /// Its short name, such as `occupancy`.
    pub name: &'static str,
    /// Unit of the exposure.
    pub unit: &'static str,
    /// Mean exposure.
    pub mean: f64,
    /// Where amber starts.
    pub amber: f64,
    /// Where red starts.
    pub red: f64,
    /// Weight in the index.
    pub weight: f64,
    /// Where the figures come from.
    pub source: &'static str,
}

/// One person's exposures and index.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonStrain {
    /// Exposure by component, in the order of [`Strain::components`].
    pub exposures: Vec<f64>,
    /// The index, 0 to 100 and more.
    pub index: f64,
    /// The band.
    pub band: Band,
}

/// Assess the strain of a plan.
#[must_use]
pub fn assess(roster: &Roster, routing: &Routing, scenario: &Scenario) -> Strain {
    let _ = (roster, routing, scenario, TierId::at(0));
    todo!()
}
