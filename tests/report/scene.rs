//! A team of forty and a week of theirs, made without the stages, so that every figure of a report is known.

#[path = "../support/teams.rs"]
mod teams;

use evenkeel::calendar::{ClockTime, Date};
use evenkeel::compliance::{Breach, Compliance, Due, Severity};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::forecast::Forecast;
use evenkeel::funnel::HumanDemand;
use evenkeel::id::{AgentId, Id, PoolId, QueueId, StreamId, TierId};
use evenkeel::kpi::{self, Estimate, Judgement, Kpis, PeriodVerdict, QueueKpis, TierKpis, Verdict};
use evenkeel::plan::{Ground, Plan, Pursuit};
use evenkeel::roster::{Assigned, Effort, Level, Proof, Roster};
use evenkeel::routing::{Flow, RouteGap, Routing};
use evenkeel::scenario::Scenario;
use evenkeel::staffing::{LiveNeed, Requirement, TicketNeed};
use evenkeel::strain;
use evenkeel::units::{AgentMinutes, Contacts, Fte, Minutes, Span};
use evenkeel::workload::Workload;

const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Harbour Support"
currency = "EUR"
law = []
seed = 7

[horizon]
start = "2026-11-30"
days = 7
grid_minutes = 30
time_zone = "Europe/Dublin"

[[breaks]]
from_hours = 4.5
pauses_minutes = [15]

[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple", "moderate"]
wage_per_hour = 19.5

[[tiers]]
id = "css2"
title = "CSS2"
takes = ["simple", "moderate"]
wage_per_hour = 23

[[tiers]]
id = "senior"
title = "Senior CSS"
takes = ["simple", "moderate", "complex"]
wage_per_hour = 27

[[tiers]]
id = "engineer"
title = "Support engineer"
takes = ["moderate", "complex"]
wage_per_hour = 34

[[shifts]]
id = "any"
starts = "mon-sun 07:00-14:00"
hours = [6, 8.5]

[[queues]]
id = "phone"
title = "Phone"
channel = "voice"
topic = "billing"
hours = "mon-sun 07:00-22:00"
mix = { simple = 0.6, moderate = 0.4 }
difficult = 0.08
handle_minutes = { simple = 5, moderate = 9 }
patience_minutes = 4
contacts_per_hour = 60
targets = [
  { measure = "service_level", share = 0.8, within_seconds = 20, period = "day" },
  { measure = "abandonment", at_most = 0.05, period = "week" },
]

[[queues]]
id = "chat"
title = "Chat"
channel = "chat"
topic = "technical"
hours = "mon-sun 07:00-22:00"
mix = { moderate = 0.7, complex = 0.3 }
difficult = 0.04
handle_minutes = { moderate = 12, complex = 20 }
patience_minutes = 6
contacts_per_hour = 20
targets = [{ measure = "service_level", share = 0.75, within_seconds = 60, period = "day" }]

[[queues]]
id = "mail"
title = "E-mail"
channel = "email"
topic = "everything"
hours = "mon-sun 07:00-22:00"
mix = { simple = 0.5, complex = 0.5 }
handle_minutes = { simple = 5, complex = 15 }
contacts_per_hour = 12
targets = [{ measure = "first_response", share = 0.9, within_hours = 4, period = "day" }]
"#;

/// Sizes of the four tiers.
pub(crate) const SIZES: [(&str, usize); 4] =
    [("css1", 20), ("css2", 11), ("senior", 6), ("engineer", 3)];

const NAMES: [&str; 40] = [
    "Aoife", "Ben", "Cara", "Daniel", "Eimear", "Fionn", "Grace", "Hugo", "Isolde", "Jack",
    "Kasia", "Liam", "Maeve", "Niall", "Orla", "Pawel", "Quentin", "Roisin", "Sean", "Tara",
    "Ultan", "Vera", "Wiktor", "Xenia", "Yusuf", "Zofia", "Aidan", "Brigid", "Conor", "Dearbhla",
    "Emil", "Fatima", "Gustav", "Hanna", "Ivo", "Joanna", "Kevin", "Lena", "Marta", "Noel",
];

/// The team.
pub(crate) fn team() -> Scenario {
    let mut people = String::from("id,tier,site,contract_hours,skills\n");
    let tiers = SIZES.iter().flat_map(|(tier, size)| std::iter::repeat_n(tier, *size));
    for (name, tier) in NAMES.iter().zip(tiers) {
        people.extend([*name, ",", tier, ",Dublin,37.5,\n"]);
    }
    teams::team(&[("scenario.toml", TEAM), ("agents.csv", &people)])
}

/// Five duties a person, early, day and late, a week with breaks, meals and coaching.
pub(crate) fn roster(team: &Scenario) -> Roster {
    let line = |agent: AgentId| {
        let place = agent.index();
        let worked = (0..5).map(|nth: usize| (nth + place).rem_euclid(7));
        let mut days: Vec<usize> = worked.collect();
        days.sort_unstable();
        let duties = days.iter().map(|&day| {
            duty(team, day, 7 + 2 * (place + day.div_euclid(5)).rem_euclid(4), day == 2)
        });
        Line { duties: duties.collect(), ..Line::empty(agent) }
    };
    Roster { lines: team.names.agents.ids().map(line).collect() }
}

/// Eight and a half hours from this clock hour.
pub(crate) fn duty(team: &Scenario, day: usize, hour: usize, has_coaching: bool) -> Duty {
    use Activity::{Break, Meal, OffQueue, OnQueue};
    let middle = if has_coaching { OffQueue } else { OnQueue };
    let parts = [
        (OnQueue, 105),
        (Break, 15),
        (OnQueue, 90),
        (middle, 30),
        (Meal, 30),
        (OnQueue, 105),
        (Break, 15),
        (OnQueue, 120),
    ];
    let clock = ClockTime(u16::try_from(hour * 60).unwrap());
    let mut at = team.calendar.at(team.calendar.date(day), clock);
    let block = |(activity, length): (Activity, i64)| {
        let span = Span::new(at, at + Minutes(length));
        at = span.end;
        let detail = if activity == OffQueue { "coaching".to_owned() } else { String::new() };
        Block { span, activity, paid: activity != Meal, detail }
    };
    Duty { blocks: parts.into_iter().map(block).collect() }
}

/// A wave through the open hours: low, high at eleven and at four, low.
fn wave(team: &Scenario, interval: usize, top: f64) -> f64 {
    let clock =
        f64::from(team.calendar.local(team.calendar.interval(interval).start).clock.0) / 60.0;
    if !(7.0..22.0).contains(&clock) {
        return 0.0;
    }
    let bump = |at: f64, wide: f64| (-((clock - at) / wide).powi(2)).exp();
    top * (0.2 + 0.8 * bump(11.0, 2.2).max(0.85 * bump(16.5, 2.6)))
}

fn requirement(team: &Scenario) -> Requirement {
    let row = |queue: usize, top: f64| {
        let queues = vec![QueueId::at(queue)];
        let streams: Vec<StreamId> = (0..team.streams.len())
            .map(StreamId::at)
            .filter(|&stream| team.stream(stream).queue == queues[0])
            .collect();
        let mut pools: Vec<PoolId> =
            streams.iter().flat_map(|&stream| team.pools_for(stream)).collect();
        pools.sort_unstable();
        pools.dedup();
        let people: Vec<Fte> =
            (0..team.calendar.intervals()).map(|interval| Fte(wave(team, interval, top))).collect();
        let load: Vec<Fte> = people.iter().map(|people| Fte(0.8 * people.0)).collect();
        let busy = load.clone();
        let for_occupancy = people.iter().map(|people| Fte(0.9 * people.0)).collect();
        LiveNeed { queues, streams, pools, people, for_occupancy, load, busy }
    };
    let mail = (0..team.streams.len())
        .map(StreamId::at)
        .find(|&stream| team.stream(stream).queue == QueueId::at(2))
        .expect("mail has a stream");
    let mut sum = 0.0;
    let arrived: Vec<AgentMinutes> = (0..team.calendar.intervals())
        .map(|interval| {
            sum += 10.0 * wave(team, interval, 1.0);
            AgentMinutes(sum)
        })
        .collect();
    let due = std::iter::repeat_n(AgentMinutes(0.0), 8)
        .chain(arrived.iter().copied())
        .take(arrived.len());
    let tickets =
        TicketNeed { stream: mail, pools: vec![(PoolId::at(0), 5.0)], due: due.collect(), arrived };
    Requirement { live: vec![row(0, 17.0), row(1, 7.0)], tickets: vec![tickets] }
}

fn routing(team: &Scenario, roster: &Roster) -> Routing {
    let people = roster.on_queue(team);
    let intervals = team.calendar.intervals();
    let occupancy = (0..team.pools.len()).map(|pool| {
        let busy = |interval: usize| {
            let there = people[pool][interval];
            (there > 0.0)
                .then(|| (wave(team, interval, 1.0) * [0.95, 0.9, 0.8, 0.6][pool.min(3)]).min(0.97))
        };
        (0..intervals).map(busy).collect()
    });
    let flow = |pool: usize| Flow {
        stream: StreamId::at(0),
        pool: PoolId::at(pool),
        contacts: people[pool].iter().map(|people| Contacts(3.0 * people)).collect(),
    };
    Routing {
        flows: (0..2).map(flow).collect(),
        occupancy: occupancy.collect(),
        gaps: vec![RouteGap {
            kind: evenkeel::routing::GapKind::Nobody,
            stream: StreamId::at(3),
            from: 40,
            to: 43,
            could: vec![PoolId::at(3)],
        }],
        unserved: vec![vec![Contacts(0.0); intervals]; team.streams.len()],
    }
}

fn near(value: f64, by: f64) -> Estimate {
    Estimate { value, low: value - by, high: value + by }
}

fn kpis(team: &Scenario) -> Kpis {
    let found = [
        (0, 0, 0.834, 0.012, 0.80, Judgement::Kept),
        (0, 1, 0.049, 0.004, 0.05, Judgement::Undecided),
        (1, 0, 0.688, 0.021, 0.75, Judgement::Missed),
        (2, 0, 0.973, 0.006, 0.90, Judgement::Kept),
    ];
    let verdict =
        |(queue, target, value, by, goal, judgement): (usize, usize, f64, f64, f64, Judgement)| {
            let estimate = Some(near(value, by));
            let periods = (0..7).map(|day| PeriodVerdict {
                from: 48 * day,
                to: 48 * (day + 1),
                judgement: if day == 0 { judgement } else { Judgement::Kept },
                estimate,
            });
            Verdict {
                queue: QueueId::at(queue),
                target,
                judgement,
                estimate,
                goal,
                periods: periods.collect(),
            }
        };
    let queue = |place: usize| QueueKpis {
        queue: QueueId::at(place),
        offered: near(1234.5, 20.0),
        service_level: (place < 2).then(|| near(0.8, 0.02)),
        abandonment: (place < 2).then(|| near(0.04, 0.01)),
        mean_wait: Some(near(0.7, 0.1)),
        first_response: Some(near(55.0, 5.0)),
        first_response_business: Some(near(50.0, 5.0)),
        backlog: near(3.0, 1.0),
    };
    let tier = |place: usize| TierKpis {
        tier: TierId::at(place),
        people: SIZES[place].1,
        live_occupancy: Some(near(0.71, 0.01)),
        utilisation: Some(near(0.83, 0.01)),
        share_of_contacts: Some(near(0.25, 0.01)),
    };
    Kpis {
        queues: (0..3).map(queue).collect(),
        tiers: (0..4).map(tier).collect(),
        occupancy: vec![vec![None; team.calendar.intervals()]; team.pools.len()],
        verdicts: found.into_iter().map(verdict).collect(),
        raw_and_fair: kpi::RawAndFair::default(),
        courses: Vec::new(),
        played: strain::PlayedStrain::default(),
        replications: 100,
        contacts: 412_345,
    }
}

fn compliance() -> Compliance {
    let date = Date::parse("2026-12-01").unwrap();
    let due = |kind: &str, due: i64, planned: i64| Due {
        agent: AgentId::at(3),
        date,
        kind: kind.to_owned(),
        due: Minutes(due),
        planned: Minutes(planned),
        taken: None,
        times: None,
    };
    let breach = Breach {
        rule: "house.stretch".to_owned(),
        kind: "screen_break".to_owned(),
        severity: Severity::Soft,
        agent: Some(AgentId::at(3)),
        date,
        by_minutes: Minutes(10),
        source: "house rules".to_owned(),
        repair: "move the second break 10 minutes earlier".to_owned(),
    };
    Compliance {
        breaches: vec![breach],
        dues: vec![due("break", 30, 30), due("meal", 30, 30), due("screen", 15, 0)],
        premiums: Vec::new(),
        not_judged: vec![
            "weekly rest of the last week: fewer than five days in the plan".to_owned(),
        ],
    }
}

/// A whole plan for the team.
pub(crate) fn plan(team: &Scenario) -> Plan {
    let roster = roster(team);
    let routing = routing(team, &roster);
    let level = |aim: &str, unit: &str, value: f64, bound: f64| Level {
        aim: aim.to_owned(),
        unit: unit.to_owned(),
        value,
        bound,
        gap: (value - bound) / value,
        certified: true,
    };
    Plan {
        forecast: Forecast::default(),
        demand: HumanDemand::default(),
        triage: None,
        workload: Workload {
            again: Vec::new(),
            arrivals: Vec::new(),
            handle: Vec::new(),
            recovery: Vec::new(),
            load: Vec::new(),
            day_spread: Vec::new(),
        },
        weeks: Vec::new(),
        pursuit: Pursuit::default(),
        requirement: requirement(team),
        strain: strain::assess(&roster, &routing, team),
        kpis: kpis(team),
        compliance: compliance(),
        routing,
        assigned: Assigned {
            roster,
            levels: vec![
                level("service", "people-minutes short", 5210.0, 5188.5),
                level("strain", "points", 612.0, 598.4),
                level("cost", "EUR", 34_210.5, 33_900.0),
            ],
            proof: Proof::WithinGap(0.0091),
            effort: Effort { rounds: 42, lines: 18_230, nodes: 12 },
        },
    }
}

/// What the plan stands on.
pub(crate) fn ground(plan: &Plan) -> Ground {
    Ground {
        forecast: plan.forecast.clone(),
        demand: plan.demand.clone(),
        triage: plan.triage,
        workload: plan.workload.clone(),
        requirement: plan.requirement.clone(),
    }
}
