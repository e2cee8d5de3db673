//! The contract of a plan.

use super::course::{WorkFile, work};
use super::funnel::{FunnelFile, funnel};
use super::kpis::{KpisFile, kpis};
use super::need::{NeedFile, need_file};
use super::pursuit::{PursuitFile, pursuit};
use super::routing::{RoutingFile, routing};
use super::staffing::{StaffingFile, staffing};
use super::text;
use super::verdicts::{VerdictFile, verdicts};
use crate::plan::Plan;
use crate::report::Coverage;
use crate::report::figures::rounded;
use crate::report::plan::wages;
use crate::roster::{Proof, Roster};
use crate::scenario::Scenario;
use crate::strain::{Bands, Strain, model};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct PlanFile<'a> {
    schema: &'static str,
    name: &'a str,
    first: String,
    days: usize,
    status: &'static str,
    seed: u64,
    input_hash: &'a str,
    version: &'static str,
    levels: Vec<LevelFile<'a>>,
    cost: f64,
    currency: &'a str,
    paid_hours: f64,
    breaches: usize,
    verdicts: Vec<VerdictFile<'a>>,
    pursuit: PursuitFile<'a>,
    shortfall_minutes: f64,
    needed_minutes: f64,
    kpis: KpisFile<'a>,
    strain: Option<Bands>,
    strain_by_tier: BTreeMap<&'a str, Bands>,
    strain_components: Option<Vec<ComponentFile>>,
    strain_bands: BandStartsFile,
    strain_companions: Option<CompanionsFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    funnel: Option<FunnelFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    work: Option<WorkFile<'a>>,
    staffing: StaffingFile<'a>,
    need: NeedFile<'a>,
    routing: RoutingFile<'a>,
    roster: Vec<LineFile<'a>>,
}

#[derive(Serialize)]
struct LevelFile<'a> {
    aim: &'a str,
    unit: &'a str,
    value: f64,
    bound: f64,
    gap: f64,
    certified: bool,
}

#[derive(Serialize)]
struct ComponentFile {
    name: &'static str,
    unit: &'static str,
    mean: f64,
    points: f64,
    green: f64,
    amber: f64,
    red: f64,
    weight: f64,
    source: &'static str,
}

#[derive(Serialize)]
struct CompanionsFile<'a> {
    overload_hours: f64,
    peer_cover: Option<f64>,
    mentor_cover: Option<f64>,
    permanent_nights: bool,
    spread: Vec<SpreadFile<'a>>,
}

#[derive(Serialize)]
struct SpreadFile<'a> {
    tier: Option<&'a str>,
    people: usize,
    range: f64,
    mean_deviation: f64,
}

#[derive(Serialize)]
struct BandStartsFile {
    amber: f64,
    red: f64,
}

#[derive(Serialize)]
struct LineFile<'a> {
    agent: &'a str,
    tier: &'a str,
    duties: Vec<Vec<BlockFile<'a>>>,
}

#[derive(Serialize)]
struct BlockFile<'a> {
    start: String,
    end: String,
    activity: &'static str,
    paid: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
}

/// The contract of a plan, `evenkeel.plan/1`, with need, routing and roster.
#[must_use]
pub fn plan(plan: &Plan, scenario: &Scenario) -> String {
    let roster = &plan.assigned.roster;
    let coverage = Coverage::of(&plan.requirement, roster, scenario);
    text(&PlanFile {
        schema: "evenkeel.plan/1",
        name: &scenario.name,
        first: scenario.first().to_string(),
        days: scenario.calendar.days(),
        status: status(plan.assigned.proof),
        seed: scenario.seed,
        input_hash: &scenario.input_hash,
        version: env!("CARGO_PKG_VERSION"),
        levels: plan.assigned.levels.iter().map(LevelFile::of).collect(),
        cost: rounded(wages(roster, scenario).decimal()),
        currency: &scenario.currency,
        paid_hours: rounded(roster.paid().in_hours()),
        breaches: plan.compliance.hard(),
        verdicts: verdicts(&plan.kpis, scenario),
        pursuit: pursuit(plan, scenario),
        shortfall_minutes: rounded(coverage.shortfall_minutes),
        needed_minutes: rounded(coverage.needed_minutes),
        kpis: kpis(&plan.kpis, scenario),
        strain: plan.strain.team,
        strain_by_tier: by_tier(&plan.strain, scenario),
        strain_components: components(&plan.strain),
        strain_companions: companions(&plan.strain, scenario),
        strain_bands: BandStartsFile { amber: model().bands.amber, red: model().bands.red },
        funnel: funnel(&plan.demand, plan.triage.as_ref(), scenario),
        work: work(&plan.kpis, &plan.workload, scenario),
        staffing: staffing(&plan.workload.day_spread, &plan.forecast, scenario),
        need: need_file(&plan.requirement, scenario),
        routing: routing(&plan.routing, scenario),
        roster: roster_file(roster, scenario),
    })
}

impl LevelFile<'_> {
    fn of(level: &crate::roster::Level) -> LevelFile<'_> {
        LevelFile {
            aim: &level.aim,
            unit: &level.unit,
            value: rounded(level.value),
            bound: rounded(level.bound),
            gap: rounded(level.gap),
            certified: level.certified,
        }
    }
}

fn status(proof: Proof) -> &'static str {
    match proof {
        Proof::Optimal => "optimal",
        Proof::WithinGap(_) => "within_gap",
        Proof::Stopped => "stopped",
    }
}

fn by_tier<'a>(strain: &Strain, scenario: &'a Scenario) -> BTreeMap<&'a str, Bands> {
    strain.tiers.iter().map(|(tier, bands)| (scenario.names.tiers.of(*tier), *bands)).collect()
}

fn components(strain: &Strain) -> Option<Vec<ComponentFile>> {
    let file = |part: &crate::strain::Component| ComponentFile {
        name: part.name,
        unit: part.unit,
        mean: rounded(part.mean),
        points: rounded(part.points),
        green: part.green,
        amber: part.amber,
        red: part.red,
        weight: part.weight,
        source: part.source,
    };
    strain.components.as_ref().map(|all| all.iter().map(file).collect())
}

fn roster_file<'a>(roster: &'a Roster, scenario: &'a Scenario) -> Vec<LineFile<'a>> {
    let calendar = &scenario.calendar;
    let block = |block: &'a crate::duty::Block| BlockFile {
        start: calendar.stamp(block.span.start),
        end: calendar.stamp(block.span.end),
        activity: block.activity.name(),
        paid: block.paid,
        detail: &block.detail,
    };
    let line = |line: &'a crate::duty::Line| LineFile {
        agent: scenario.names.agents.of(line.agent),
        tier: scenario.names.tiers.of(scenario.agent(line.agent).tier),
        duties: line.duties.iter().map(|duty| duty.blocks.iter().map(block).collect()).collect(),
    };
    roster.lines.iter().map(line).collect()
}

fn companions<'a>(strain: &Strain, scenario: &'a Scenario) -> Option<CompanionsFile<'a>> {
    let own = strain.companions.as_ref()?;
    let spread = own.spread.iter().map(|spread| SpreadFile {
        tier: spread.tier.map(|tier| scenario.names.tiers.of(tier)),
        people: spread.people,
        range: rounded(spread.range),
        mean_deviation: rounded(spread.mean_deviation),
    });
    Some(CompanionsFile {
        overload_hours: rounded(own.overload_hours),
        peer_cover: own.peer_cover.map(rounded),
        mentor_cover: own.mentor_cover.map(rounded),
        permanent_nights: own.has_permanent_nights,
        spread: spread.collect(),
    })
}
