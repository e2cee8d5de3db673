//! The whole: from a scenario to a staffed, routed, played and audited week.

pub mod ladder;
mod pursuit;
mod repair;
mod sureness;
mod triage;

use std::ops::Range;

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
use repair::Repaired;

pub use pursuit::{Optimism, Pursuit, Unkept, Why};
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
    /// The played weeks.
    pub weeks: Vec<kpi::Tally>,
    /// Figures of the played weeks.
    pub kpis: Kpis,
    /// How targets were pursued.
    pub pursuit: Pursuit,
    /// Strain of the plan.
    pub strain: Strain,
    /// The audit.
    pub compliance: Compliance,
}

/// Plan, route, play and audit a week.
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all, or rules between people cannot all be kept.
pub fn make(scenario: &Scenario, watch: &dyn Watch) -> Result<Plan, NoPlan> {
    let ground = Ground::of(scenario);
    let Ground { demand, workload, requirement, .. } = &ground;
    let assigned = roster::assign(requirement, scenario, watch)?;
    let repaired = repair::until_kept(assigned, demand, workload, requirement, scenario, watch);
    Ok(whole(ground, repaired, scenario, watch))
}

/// The same from where an earlier roster stands, in the order of agents; see [`roster::assign_from`].
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all, or rules between people cannot all be kept.
pub fn make_from(
    start: &[Option<Line>],
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Result<Plan, NoPlan> {
    let ground = Ground::of(scenario);
    let Ground { demand, workload, requirement, .. } = &ground;
    let assigned = roster::assign_from(requirement, scenario, start, watch)?;
    let repaired = repair::until_kept(assigned, demand, workload, requirement, scenario, watch);
    Ok(whole(ground, repaired, scenario, watch))
}

/// The same for a roster that is there already: nothing is searched, and so nothing is vouched for.
#[must_use]
pub fn of_roster(roster: Roster, scenario: &Scenario, watch: &dyn Watch) -> Plan {
    let (levels, proof) = (Vec::new(), roster::Proof::Stopped);
    let assigned = Assigned { roster, levels, proof, effort: roster::Effort::default() };
    let repaired = Repaired { assigned, pursuit: Pursuit::default() };
    whole(Ground::of(scenario), repaired, scenario, watch)
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
fn whole(ground: Ground, repaired: Repaired, scenario: &Scenario, watch: &dyn Watch) -> Plan {
    let Ground { forecast, demand, triage, workload, requirement } = ground;
    let Repaired { assigned, pursuit } = repaired;
    let roster = &assigned.roster;
    let routing = routing::allocate(&workload, roster, scenario);
    let weeks = weeks(scenario, &demand, &workload, roster, &routing, scenario.seed, watch);
    let kpis = kpi::score(&weeks, scenario);
    let unkept = pursuit::unkept(&kpis, &workload, scenario);
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
        weeks,
        pursuit: Pursuit { unkept, ..pursuit },
        kpis,
        strain,
        compliance,
    }
}

/// Weeks that are played even where somebody asked to stop, so that figures have an interval.
const FEWEST_WEEKS: usize = 20;

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
///
/// As many as the budget says, then as many more as it takes until every period of every target is decided or known
/// to one point, up to the most that the budget lets.
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
    let played = |weeks: Range<usize>| -> Vec<kpi::Tally> {
        weeks
            .into_par_iter()
            .filter(|&week| week < FEWEST_WEEKS || !watch.is_stopped())
            .map(|week| {
                let seed = Seed { seed, replication: week as u64 };
                let log = simulation::play(scenario, demand, workload, roster, routing, seed);
                kpi::tally(&log, scenario)
            })
            .collect()
    };
    let budget = scenario.budget;
    let mut weeks = played(0..budget.replications);
    if budget.most_replications > budget.replications && weeks.len() == budget.replications {
        watch.step("playing on where targets are close", 0.95);
        weeks.extend(played(weeks.len()..kpi::weeks_to_decide(&weeks, scenario)));
    }
    weeks
}
