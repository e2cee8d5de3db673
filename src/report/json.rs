//! The versioned contracts that other programs lean on: names stay, keys stand in a fixed order, figures are
//! rounded to six decimals, and the same plan gives the same bytes.

use serde::Serialize;
use std::collections::BTreeMap;

use super::figures::{rounded, verdict_name};
use super::need::{half_hours, peak, ticket_minutes_of_day};
use super::{Coverage, plan as plan_report};
use crate::compliance::{Compliance, Severity};
use crate::id::{AgentId, Id, Names};
use crate::kpi::{Estimate, Judgement, Kpis};
use crate::plan::Plan;
use crate::roster::{Proof, Roster};
use crate::routing::Routing;
use crate::scenario::{Measure, Period, Scenario};
use crate::staffing::Requirement;
use crate::staffing::size::Sized;
use crate::strain::{Bands, Strain, model};

/// Any value as text, two spaces deep, ending in a line break.
pub(crate) fn text<T: Serialize>(value: &T) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("no key here but text, no figure but finite");
    text.push('\n');
    text
}

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
    shortfall_minutes: f64,
    needed_minutes: f64,
    strain: Option<Bands>,
    strain_by_tier: BTreeMap<&'a str, Bands>,
    strain_components: Option<Vec<ComponentFile>>,
    strain_bands: BandStartsFile,
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
struct VerdictFile<'a> {
    target: String,
    measure: &'static str,
    period: &'static str,
    queue: &'a str,
    verdict: &'static str,
    estimate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    goal: f64,
    periods: usize,
    periods_kept: usize,
    periods_missed: usize,
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
struct BandStartsFile {
    amber: f64,
    red: f64,
}

#[derive(Serialize)]
struct NeedFile<'a> {
    half_hours: Vec<HalfHourFile<'a>>,
    tickets: Vec<TicketDayFile>,
}

#[derive(Serialize)]
struct HalfHourFile<'a> {
    start: String,
    queues: Vec<&'a str>,
    people: f64,
    load: f64,
}

#[derive(Serialize)]
struct TicketDayFile {
    date: String,
    stream: String,
    arrived_minutes: f64,
    due_minutes: f64,
}

#[derive(Serialize)]
struct RoutingFile<'a> {
    flows: Vec<FlowFile<'a>>,
    gaps: Vec<GapFile>,
    unserved_contacts: f64,
}

#[derive(Serialize)]
struct FlowFile<'a> {
    stream: String,
    tier: &'a str,
    contacts: f64,
}

#[derive(Serialize)]
struct GapFile {
    stream: String,
    start: String,
    end: String,
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
        cost: rounded(plan_report::wages(roster, scenario).decimal()),
        currency: &scenario.currency,
        paid_hours: rounded(roster.paid().in_hours()),
        breaches: plan.compliance.hard(),
        verdicts: verdicts(&plan.kpis, scenario),
        shortfall_minutes: rounded(coverage.shortfall_minutes),
        needed_minutes: rounded(coverage.needed_minutes),
        strain: plan.strain.team,
        strain_by_tier: by_tier(&plan.strain, scenario),
        strain_components: components(&plan.strain),
        strain_bands: BandStartsFile { amber: model().bands.amber, red: model().bands.red },
        need: need_file(&plan.requirement, scenario),
        routing: routing(&plan.routing, scenario),
        roster: roster_file(roster, scenario),
    })
}

/// The contract of needs, `evenkeel.need/1`.
#[must_use]
pub fn need(requirement: &Requirement, scenario: &Scenario) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        input_hash: &'a str,
        #[serde(flatten)]
        need: NeedFile<'a>,
    }
    let need = need_file(requirement, scenario);
    text(&File { schema: "evenkeel.need/1", input_hash: &scenario.input_hash, need })
}

/// The contract of an audit, `evenkeel.audit/1`.
#[must_use]
pub fn audit(compliance: &Compliance, scenario: &Scenario) -> String {
    audit_of(compliance, &scenario.names.agents)
}

/// The same for a roster judged on its own.
#[must_use]
pub fn audit_of(compliance: &Compliance, names: &Names<AgentId>) -> String {
    #[derive(Serialize)]
    struct BreachFile<'a> {
        rule: &'a str,
        kind: &'a str,
        severity: Severity,
        agent: &'a str,
        date: String,
        by_minutes: i64,
        source: &'a str,
        repair: &'a str,
    }
    #[derive(Serialize)]
    struct DueFile<'a> {
        agent: &'a str,
        date: String,
        kind: &'a str,
        due: i64,
        planned: i64,
    }
    #[derive(Serialize)]
    struct PremiumFile<'a> {
        agent: &'a str,
        date: String,
        kind: &'a str,
        hours: f64,
        rate: f64,
    }
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        breaches: Vec<BreachFile<'a>>,
        dues: Vec<DueFile<'a>>,
        premiums: Vec<PremiumFile<'a>>,
        not_judged: &'a [String],
    }
    let name = |agent| names.of(agent);
    let breaches = compliance.breaches.iter().map(|breach| BreachFile {
        rule: &breach.rule,
        kind: &breach.kind,
        severity: breach.severity,
        agent: name(breach.agent),
        date: breach.date.to_string(),
        by_minutes: breach.by_minutes.0,
        source: &breach.source,
        repair: &breach.repair,
    });
    let dues = compliance.dues.iter().map(|due| DueFile {
        agent: name(due.agent),
        date: due.date.to_string(),
        kind: &due.kind,
        due: due.due.0,
        planned: due.planned.0,
    });
    let premiums = compliance.premiums.iter().map(|premium| PremiumFile {
        agent: name(premium.agent),
        date: premium.date.to_string(),
        kind: &premium.kind,
        hours: rounded(premium.hours),
        rate: rounded(premium.rate),
    });
    text(&File {
        schema: "evenkeel.audit/1",
        breaches: breaches.collect(),
        dues: dues.collect(),
        premiums: premiums.collect(),
        not_judged: &compliance.not_judged,
    })
}

/// The contract of a play, `evenkeel.simulation/1`; the caller has measured the time.
#[must_use]
pub fn simulation(kpis: &Kpis, strain: &Strain, scenario: &Scenario, cpu_seconds: f64) -> String {
    #[derive(Serialize)]
    struct QueueFile<'a> {
        queue: &'a str,
        offered: EstimateFile,
        service_level: Option<EstimateFile>,
        abandonment: Option<EstimateFile>,
        mean_wait_minutes: Option<EstimateFile>,
        first_response_minutes: Option<EstimateFile>,
        first_response_business_minutes: Option<EstimateFile>,
        backlog: EstimateFile,
    }
    #[derive(Serialize)]
    struct TierFile<'a> {
        tier: &'a str,
        people: usize,
        occupancy: Option<EstimateFile>,
        utilisation: Option<EstimateFile>,
        share_of_contacts: Option<EstimateFile>,
        strain: Option<Bands>,
    }
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        seed: u64,
        input_hash: &'a str,
        replications: usize,
        verdicts: Vec<VerdictFile<'a>>,
        by_queue: Vec<QueueFile<'a>>,
        by_tier: Vec<TierFile<'a>>,
        contacts: u64,
        cpu_seconds: f64,
    }
    let queues = kpis.queues.iter().map(|own| QueueFile {
        queue: scenario.names.queues.of(own.queue),
        offered: EstimateFile::of(own.offered),
        service_level: own.service_level.map(EstimateFile::of),
        abandonment: own.abandonment.map(EstimateFile::of),
        mean_wait_minutes: own.mean_wait.map(EstimateFile::of),
        first_response_minutes: own.first_response.map(EstimateFile::of),
        first_response_business_minutes: own.first_response_business.map(EstimateFile::of),
        backlog: EstimateFile::of(own.backlog),
    });
    let strain_of =
        |tier| strain.tiers.iter().find(|(own, _)| *own == tier).map(|(_, bands)| *bands);
    let tiers = kpis.tiers.iter().map(|own| TierFile {
        tier: scenario.names.tiers.of(own.tier),
        people: own.people,
        occupancy: own.live_occupancy.map(EstimateFile::of),
        utilisation: own.utilisation.map(EstimateFile::of),
        share_of_contacts: own.share_of_contacts.map(EstimateFile::of),
        strain: strain_of(own.tier),
    });
    text(&File {
        schema: "evenkeel.simulation/1",
        seed: scenario.seed,
        input_hash: &scenario.input_hash,
        replications: kpis.replications,
        verdicts: verdicts(kpis, scenario),
        by_queue: queues.collect(),
        by_tier: tiers.collect(),
        contacts: kpis.contacts,
        cpu_seconds: rounded(cpu_seconds),
    })
}

/// The contract of a sizing, `evenkeel.size/1`.
#[must_use]
pub fn size(sized: &Sized) -> String {
    text(&super::size::file(sized))
}

#[derive(Serialize)]
struct EstimateFile {
    value: f64,
    low: f64,
    high: f64,
}

impl EstimateFile {
    fn of(estimate: Estimate) -> EstimateFile {
        EstimateFile {
            value: rounded(estimate.value),
            low: rounded(estimate.low),
            high: rounded(estimate.high),
        }
    }
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

fn verdicts<'a>(kpis: &Kpis, scenario: &'a Scenario) -> Vec<VerdictFile<'a>> {
    let file = |verdict: &crate::kpi::Verdict| {
        let target = super::words::target_of(verdict, scenario)?;
        let count =
            |judgement| verdict.periods.iter().filter(|own| own.judgement == judgement).count();
        let part = |of: fn(&Estimate) -> f64| verdict.estimate.as_ref().map(of).map(rounded);
        Some(VerdictFile {
            target: super::words::target(target),
            measure: match target.measure {
                Measure::ServiceLevel { .. } => "service_level",
                Measure::Abandonment { .. } => "abandonment",
                Measure::FirstResponse { .. } => "first_response",
            },
            period: match target.period {
                Period::Interval => "interval",
                Period::Day => "day",
                Period::Week => "week",
            },
            queue: scenario.names.queues.of(verdict.queue),
            verdict: verdict_name(verdict.judgement),
            estimate: part(|estimate| estimate.value),
            low: part(|estimate| estimate.low),
            high: part(|estimate| estimate.high),
            goal: rounded(verdict.goal),
            periods: verdict.periods.iter().filter(|own| own.estimate.is_some()).count(),
            periods_kept: count(Judgement::Kept),
            periods_missed: count(Judgement::Missed),
        })
    };
    kpis.verdicts.iter().filter_map(file).collect()
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

fn need_file<'a>(requirement: &Requirement, scenario: &'a Scenario) -> NeedFile<'a> {
    let calendar = &scenario.calendar;
    let mut halves = Vec::new();
    for (span, intervals) in half_hours(calendar) {
        for row in &requirement.live {
            let people = peak(&row.people, &intervals);
            if people > 0.0 {
                halves.push(HalfHourFile {
                    start: calendar.stamp(span.start),
                    queues: row
                        .queues
                        .iter()
                        .map(|&queue| scenario.names.queues.of(queue))
                        .collect(),
                    people: rounded(people),
                    load: rounded(peak(&row.load, &intervals)),
                });
            }
        }
    }
    let mut tickets = Vec::new();
    for row in &requirement.tickets {
        for day in 0..calendar.days() {
            let (arrived, due) = ticket_minutes_of_day(row, calendar, day);
            if arrived > 0.0 || due > 0.0 {
                tickets.push(TicketDayFile {
                    date: calendar.date(day).to_string(),
                    stream: scenario.stream_title(row.stream),
                    arrived_minutes: rounded(arrived),
                    due_minutes: rounded(due),
                });
            }
        }
    }
    NeedFile { half_hours: halves, tickets }
}

fn routing<'a>(routing: &Routing, scenario: &'a Scenario) -> RoutingFile<'a> {
    let calendar = &scenario.calendar;
    let mut flows: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for flow in &routing.flows {
        let tier = scenario.pool(flow.pool).tier.index();
        let contacts: f64 = flow.contacts.iter().map(|contacts| contacts.0).sum();
        *flows.entry((flow.stream.index(), tier)).or_default() += contacts;
    }
    let flows = flows.into_iter().map(|((stream, tier), contacts)| FlowFile {
        stream: scenario.stream_title(crate::id::StreamId::at(stream)),
        tier: scenario.names.tiers.of(crate::id::TierId::at(tier)),
        contacts: rounded(contacts),
    });
    let inside =
        routing.gaps.iter().filter(|gap| gap.from < gap.to && gap.to <= calendar.intervals());
    let gaps = inside.map(|gap| GapFile {
        stream: scenario.stream_title(gap.stream),
        start: calendar.stamp(calendar.interval(gap.from).start),
        end: calendar.stamp(calendar.interval(gap.to - 1).end),
    });
    let unserved: f64 = routing.unserved.iter().flatten().map(|contacts| contacts.0).sum();
    RoutingFile {
        flows: flows.collect(),
        gaps: gaps.collect(),
        unserved_contacts: rounded(unserved),
    }
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
