//! How tiring the planned work is: named exposures of the plan, never a score of a person shown to others.

//!
//! Eight components, each a convex piecewise-linear function of one exposure, weighted and summed; thresholds,
//! weights and sources are data in `strain.toml` and printed with every report. [`mod@line`] holds what one
//! person's line alone decides, which the search for rosters prices with the same figures.

mod companions;
mod fatigue;
mod groups;
pub mod line;
mod model;
mod notice;
mod played;
mod work;

use serde::Serialize;

use crate::duty::Line;
use crate::id::TierId;
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::Scenario;

pub use companions::{Companions, OVERLOAD, Spread};
pub use fatigue::{Stint, duty_risks};
pub use line::line_cost;
pub use model::{BandStarts, Emotional, Model, Threshold, model};
pub(crate) use notice::short_notice;

pub use played::{
    LONGEST_RUN, PlayedFigures, PlayedStrain, REST_WITHIN, burden, entropy, from_play,
};

use work::WorkOfPools;

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
    /// How the timing of duties tires, over those who work; none for a small team.
    pub timing: Option<Timing>,
    /// Mean of each component over those who work, with its unit; none for a small team.
    pub components: Option<Vec<Component>>,
    /// What stands beside the index; none for a small team.
    pub companions: Option<Companions>,
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

/// How the timing of everyone's duties tires: each person's figure is the mean risk of their duties, 1 being the mean
/// of a rota of two days, two nights and four days of rest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timing {
    /// The highest that anybody is planned into; whose is not said.
    pub highest: f64,
    /// The mean over people.
    pub mean: f64,
}

/// A component over the team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    /// Its short name, such as `occupancy`.
    pub name: &'static str,
    /// Unit of the exposure.
    pub unit: &'static str,
    /// What is measured, in words.
    pub what: &'static str,
    /// Mean exposure of those who work.
    pub mean: f64,
    /// Mean points it adds to the index.
    pub points: f64,
    /// No strain up to here.
    pub green: f64,
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
    /// Share of live work on emotional queues, which moves the thresholds of occupancy.
    pub emotional: f64,
    /// The index, 0 to 100 and more.
    pub index: f64,
    /// The band.
    pub band: Band,
}

/// Assess the strain of a plan.
///
/// Each person's exposures come from their own line, from the planned work of their pool while they are on
/// queue, and from the notice the plan gives; only figures of five people and more are handed on.
#[must_use]
pub fn assess(roster: &Roster, routing: &Routing, scenario: &Scenario) -> Strain {
    let work = WorkOfPools::of(roster, routing, scenario);
    let persons: Vec<PersonStrain> =
        roster.lines.iter().map(|line| person(line, &work, scenario)).collect();
    let everyone: Vec<(TierId, Band)> = roster
        .lines
        .iter()
        .zip(&persons)
        .map(|(line, person)| (scenario.agent(line.agent).tier, person.band))
        .collect();
    let working: Vec<&PersonStrain> = roster
        .lines
        .iter()
        .zip(&persons)
        .filter(|(line, _)| !line.duties.is_empty())
        .map(|(_, person)| person)
        .collect();
    Strain {
        team: groups::team(&everyone),
        tiers: groups::tiers(&everyone, scenario.tiers.len()),
        companions: companions::of(roster, &persons, &work, scenario),
        timing: (working.len() >= SMALLEST_GROUP).then(|| timing(&working)),
        components: (working.len() >= SMALLEST_GROUP).then(|| components(&working)),
        persons,
    }
}

/// Tiers whose figures may be shown: of five people and more, and none that the others give away.
#[must_use]
pub fn tiers_shown(scenario: &Scenario) -> Vec<TierId> {
    let everyone: Vec<(TierId, Band)> =
        scenario.agents.iter().map(|agent| (agent.tier, Band::Green)).collect();
    groups::tiers(&everyone, scenario.tiers.len()).into_iter().map(|(tier, _)| tier).collect()
}

fn person(line: &Line, work: &WorkOfPools<'_>, scenario: &Scenario) -> PersonStrain {
    let own = line::on_own_wall(line, scenario);
    let exposures = vec![
        work.occupancy(line),
        own.hours,
        own.timing,
        own.quick_returns,
        own.stretch,
        work.difficult(line),
        short_notice(line, scenario),
        own.resources,
    ];
    let emotional = work.emotional(line);
    PersonStrain {
        index: model().index_among(&exposures, emotional),
        band: model().band_among(&exposures, emotional),
        exposures,
        emotional,
    }
}

/// The place of timing among the components.
const TIMING: usize = 2;

fn timing(working: &[&PersonStrain]) -> Timing {
    let risks = || working.iter().map(|who| who.exposures[TIMING]);
    let people: f64 = risks().map(|_| 1.0).sum();
    Timing { highest: risks().fold(0.0, f64::max), mean: risks().sum::<f64>() / people.max(1.0) }
}

fn components(working: &[&PersonStrain]) -> Vec<Component> {
    let people: f64 = working.iter().map(|_| 1.0).sum();
    let mean =
        |of: &dyn Fn(&PersonStrain) -> f64| working.iter().map(|who| of(who)).sum::<f64>() / people;
    let component = |(place, part): (usize, &'static Threshold)| Component {
        name: &part.name,
        unit: &part.unit,
        what: &part.what,
        mean: mean(&|who| who.exposures[place]),
        points: mean(&|who| {
            let mut strains = model().strains(&who.exposures, who.emotional);
            part.weight * strains.nth(place).unwrap_or(0.0)
        }),
        green: part.green,
        amber: part.amber,
        red: part.red,
        weight: part.weight,
        source: &part.source,
    };
    model().components.iter().enumerate().map(component).collect()
}
