//! Small teams by hand, and what must hold for each roster made for them.

use std::collections::BTreeMap;

use super::*;
use crate::calendar::{Calendar, Date, Weekly};
use crate::duty::Activity;
use crate::id::{Id, PoolId, QueueId, StreamId, TierId};
use crate::rules::{Law, Person};
use crate::scenario::{
    Agent, Aim, Aims, BreakPlan, Budget, Demand, NameBook, Pool, Shift, Tier, TimeOff, Wish,
};
use crate::staffing::{LiveNeed, Requirement};
use crate::units::{Fte, Minutes, Moment, Money, Share, Span};

/// A team of one tier and pool in Dublin, open to be changed.
pub(super) fn team(first: &str, days: usize, grid: i64, people: usize) -> Scenario {
    let calendar =
        Calendar::new("Europe/Dublin", Date::parse(first).unwrap(), days, Minutes(grid)).unwrap();
    let mut names = NameBook::default();
    for place in 0..people {
        names.agents.add(&format!("agent-{place}")).unwrap();
    }
    names.tiers.add("css1").unwrap();
    let wide = calendar.spans(&Weekly::parse("always").unwrap());
    let agent = Agent {
        tier: TierId::at(0),
        pool: PoolId::at(0),
        site: String::new(),
        is_remote: false,
        contract: Minutes::hours(40),
        week: (Minutes::hours(36), Minutes::hours(40)),
        available: wide,
        time_off: Vec::new(),
        wishes: Vec::new(),
        ramp: 1.0,
        mentor: None,
        person: Person::default(),
        presence: Share::ALL,
        off_queue: Vec::new(),
    };
    let pool = Pool {
        tier: TierId::at(0),
        skills: Vec::new(),
        ramp: 1.0,
        agents: (0..people).map(AgentId::at).collect(),
        title: "css1".to_owned(),
        streams: vec![StreamId::at(0)],
    };
    Scenario {
        name: "a team".to_owned(),
        calendar,
        currency: "EUR".to_owned(),
        complexities: Vec::new(),
        tiers: vec![Tier {
            title: "CSS1".to_owned(),
            takes: Vec::new(),
            wage_per_hour: Money(2000),
            pace: 1.0,
            occupancy: Share::try_from(0.85).unwrap(),
        }],
        queues: Vec::new(),
        streams: Vec::new(),
        pools: vec![pool],
        shifts: vec![shift("mon-fri 08:00-10:00", 6 * 60, 510)],
        breaks: vec![
            BreakPlan { from: Minutes(270), pauses: vec![Minutes(15)], meal: None },
            BreakPlan {
                from: Minutes(360),
                pauses: vec![Minutes(15), Minutes(15)],
                meal: Some(Minutes(30)),
            },
        ],
        longest_stretch: Minutes(135),
        off_queue: Vec::new(),
        agents: vec![agent; people],
        law: Law::default(),
        packs: Vec::new(),
        demand: Demand::Volumes(Vec::new()),
        recovery: Minutes(5),
        switching_efficiency: Share::try_from(0.9).unwrap(),
        utilisation: Share::try_from(0.95).unwrap(),
        notice_days: 14,
        aims: Aims {
            preset: "people-first".to_owned(),
            order: vec![Aim::NoRed, Aim::Service, Aim::Strain, Aim::Fairness, Aim::Cost],
        },
        seed: 7,
        budget: Budget { rounds: 20, nodes: 40, replications: 1 },
        names,
        input_hash: String::new(),
    }
}

pub(super) fn shift(starts: &str, shortest: i64, longest: i64) -> Shift {
    Shift {
        starts: Weekly::parse(starts).unwrap(),
        start_step: Minutes(30),
        shortest: Minutes(shortest),
        longest: Minutes(longest),
        length_step: Minutes(30),
        tiers: Vec::new(),
    }
}

/// People wanted in the first pool during weekly hours.
pub(super) fn wanted(scenario: &Scenario, people: f64, hours: &str) -> Requirement {
    let calendar = &scenario.calendar;
    let open = calendar.spans(&Weekly::parse(hours).unwrap());
    let row: Vec<Fte> = (0..calendar.intervals())
        .map(|t| {
            let slot = calendar.interval(t);
            let is_open = open.iter().any(|span| span.covers(slot));
            Fte(if is_open { people } else { 0.0 })
        })
        .collect();
    let live = LiveNeed {
        queues: vec![QueueId::at(0)],
        streams: vec![StreamId::at(0)],
        pools: vec![PoolId::at(0)],
        for_occupancy: row.clone(),
        load: row.iter().map(|people| *people * 0.7).collect(),
        people: row,
    };
    Requirement { live: vec![live], tickets: Vec::new() }
}

/// What every roster must keep, told by code of its own.
pub(super) fn assert_sound(assigned: &Assigned, scenario: &Scenario) {
    assert_eq!(assigned.roster.lines.len(), scenario.agents.len());
    for (place, line) in assigned.roster.lines.iter().enumerate() {
        assert_eq!(line.agent.index(), place);
        let agent = scenario.agent(line.agent);
        for duty in &line.duties {
            assert!(agent.available.iter().any(|free| free.covers(duty.span())), "available");
            let touching = duty.blocks.windows(2).all(|two| two[0].span.end == two[1].span.start);
            assert!(touching, "blocks touch");
            assert!(duty.blocks.iter().all(|block| block.span.length().0 > 0));
            let mut worked = 0;
            for block in &duty.blocks {
                worked = if block.activity.is_pause() { 0 } else { worked + block.span.length().0 };
                assert!(worked <= scenario.longest_stretch.0, "{worked} minutes without a break");
            }
        }
        for two in line.duties.windows(2) {
            assert!(two[0].end() <= two[1].start(), "duties do not overlap");
        }
        assert!(scenario.law.objections(line, &agent.person, &scenario.calendar).is_empty());
    }
    let service = assigned.levels.iter().find(|level| level.aim == "service").unwrap();
    assert!(service.bound <= service.value + 1e-6, "{service:?}");
}

fn service(assigned: &Assigned) -> f64 {
    assigned.levels.iter().find(|level| level.aim == "service").unwrap().value
}

#[test]
fn enough_people_leave_nothing_short() {
    let scenario = team("2026-11-30", 7, 30, 6);
    let requirement = wanted(&scenario, 3.0, "mon-fri 09:00-17:00");
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    assert_eq!(service(&assigned), 0.0);
}

#[test]
fn the_same_input_gives_the_same_roster() {
    let scenario = team("2026-11-30", 7, 30, 5);
    let requirement = wanted(&scenario, 4.5, "mon-fri 08:00-18:00");
    let one = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&one, &scenario);
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let other = single.install(|| assign(&requirement, &scenario, &Unwatched).unwrap());
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
}
