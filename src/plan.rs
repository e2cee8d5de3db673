//! The whole: from a scenario to a staffed, routed, played and audited week.

pub mod ladder;
mod repair;
mod sureness;
mod triage;

use crate::compliance::{self, Compliance};
use crate::duty::Line;
use crate::forecast::{self, Forecast};
use crate::funnel::{self, HumanDemand};
use crate::kpi::{self, Kpis};
use crate::roster::{self, Assigned, NoPlan, Roster, Watch};
use crate::routing::{self, Routing};
use crate::scenario::Scenario;
use crate::simulation::{self, Seed};
use crate::staffing::{self, Requirement};
use crate::strain::{self, Strain};
use crate::workload::{self, Workload};
use rayon::prelude::*;

pub use sureness::{Sureness, price_of_sureness};
pub use triage::{TriageSaving, triage_saving};

/// A plan with everything that was worked out on the way.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Contacts to come.
    pub forecast: Forecast,
    /// Those of them that reach people.
    pub demand: HumanDemand,
    /// What triage saves, where there is any.
    pub triage: Option<TriageSaving>,
    /// The work they are.
    pub workload: Workload,
    /// The people needed.
    pub requirement: Requirement,
    /// The roster and what the search vouches for.
    pub assigned: Assigned,
    /// Who takes what.
    pub routing: Routing,
    /// Figures of the played weeks.
    pub kpis: Kpis,
    /// Strain of the plan.
    pub strain: Strain,
    /// The audit.
    pub compliance: Compliance,
}

/// Plan, route, play and audit a week.
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all.
pub fn make(scenario: &Scenario, watch: &dyn Watch) -> Result<Plan, NoPlan> {
    let ground = Ground::of(scenario);
    let Ground { demand, workload, requirement, .. } = &ground;
    let assigned = roster::assign(requirement, scenario, watch)?;
    let assigned = repair::until_kept(assigned, demand, workload, requirement, scenario, watch);
    Ok(whole(ground, assigned, scenario, watch))
}

/// The same from where an earlier roster stands, in the order of agents; see [`roster::assign_from`].
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all.
pub fn make_from(
    start: &[Option<Line>],
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Result<Plan, NoPlan> {
    let ground = Ground::of(scenario);
    let Ground { demand, workload, requirement, .. } = &ground;
    let assigned = roster::assign_from(requirement, scenario, start, watch)?;
    let assigned = repair::until_kept(assigned, demand, workload, requirement, scenario, watch);
    Ok(whole(ground, assigned, scenario, watch))
}

/// The same for a roster that is there already: nothing is searched, and so nothing is vouched for.
#[must_use]
pub fn of_roster(roster: Roster, scenario: &Scenario, watch: &dyn Watch) -> Plan {
    let (levels, proof) = (Vec::new(), roster::Proof::Stopped);
    let assigned = Assigned { roster, levels, proof, effort: roster::Effort::default() };
    whole(Ground::of(scenario), assigned, scenario, watch)
}

/// Who is needed, before anyone is rostered.
#[must_use]
pub fn need(scenario: &Scenario) -> Requirement {
    Ground::of(scenario).requirement
}

/// What was checked about a need.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeedChecks {
    /// What it takes for targets to hold on more days; empty where no volume is unsure.
    pub price_of_sureness: Vec<Sureness>,
    /// What models say of each voice queue with the people it needs.
    pub followed: Vec<ladder::Climbed>,
}

impl NeedChecks {
    /// Price certainty, and follow each voice queue exactly.
    #[must_use]
    pub fn of(ground: &Ground, scenario: &Scenario) -> NeedChecks {
        NeedChecks {
            price_of_sureness: price_of_sureness(&ground.workload, scenario),
            followed: ladder::of_need(ground, scenario),
        }
    }
}

/// What stands before anyone is rostered.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Contacts to come.
    pub forecast: Forecast,
    /// Those of them that reach people.
    pub demand: HumanDemand,
    /// What triage saves, where there is any.
    pub triage: Option<TriageSaving>,
    /// The work they are.
    pub workload: Workload,
    /// The people needed.
    pub requirement: Requirement,
}

impl Ground {
    /// From contacts to the people needed.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Ground {
        let forecast = forecast::project(scenario);
        let demand = funnel::deflect(&forecast, scenario);
        let workload = workload::measure(&demand, scenario);
        let requirement = staffing::require(&workload, scenario);
        let triage = triage_saving(&demand, scenario);
        Ground { forecast, demand, triage, workload, requirement }
    }
}

/// What a roster comes to.
fn whole(ground: Ground, assigned: Assigned, scenario: &Scenario, watch: &dyn Watch) -> Plan {
    let Ground { forecast, demand, triage, workload, requirement } = ground;
    let roster = &assigned.roster;
    let routing = routing::allocate(&workload, roster, scenario);
    let kpis = play(scenario, &demand, &workload, roster, &routing, scenario.seed, watch);
    let strain = strain::assess(roster, &routing, scenario);
    let compliance = compliance::audit(roster, scenario);
    Plan {
        forecast,
        demand,
        triage,
        workload,
        requirement,
        assigned,
        routing,
        kpis,
        strain,
        compliance,
    }
}

/// Weeks that are played even where somebody asked to stop, so that figures have an interval.
const FEWEST_WEEKS: u64 = 20;

/// Play a roster as many weeks as the budget says, and score them; the same at any number of threads.
/// Whoever watches may stop it early.
#[must_use]
pub fn play(
    scenario: &Scenario,
    demand: &HumanDemand,
    workload: &Workload,
    roster: &Roster,
    routing: &Routing,
    seed: u64,
    watch: &dyn Watch,
) -> Kpis {
    kpi::score(&weeks(scenario, demand, workload, roster, routing, seed, watch), scenario)
}

/// The same week by week: the same weeks meet every roster that is played from the same seed.
#[must_use]
pub fn weeks(
    scenario: &Scenario,
    demand: &HumanDemand,
    workload: &Workload,
    roster: &Roster,
    routing: &Routing,
    seed: u64,
    watch: &dyn Watch,
) -> Vec<kpi::Tally> {
    watch.step("playing the plan against chance", 0.9);
    (0..scenario.budget.replications as u64)
        .into_par_iter()
        .filter(|&replication| replication < FEWEST_WEEKS || !watch.is_stopped())
        .map(|replication| {
            let seed = Seed { seed, replication };
            let log = simulation::play(scenario, demand, workload, roster, routing, seed);
            kpi::tally(&log, scenario)
        })
        .collect()
}
