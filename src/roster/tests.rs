//! Small teams by hand, and what must hold for each roster made for them.
#![expect(clippy::cast_precision_loss, reason = "the counts of a test are small")]

mod changed;
mod presence;
mod round_the_clock;
mod tiny;

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
        takes_sensitive: true,
        number: 0,
        tier: TierId::at(0),
        pool: PoolId::at(0),
        site: String::new(),
        is_remote: false,
        open_cases: Share::ALL,
        contract: Minutes::hours(40),
        week: (Minutes::hours(36), Minutes::hours(40)),
        weeks: vec![(Minutes::hours(36), Minutes::hours(40)); calendar.weeks().len()],
        usual: wide.clone(),
        available: wide,
        time_off: Vec::new(),
        locks: Vec::new(),
        wishes: Vec::new(),
        ramp: 1.0,
        mentor: None,
        person: Person::default(),
        presence: Share::ALL,
        off_queue: Vec::new(),
    };
    let pool = Pool {
        takes_sensitive: true,
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
            only_escalated: false,
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
        minimum_presence: Vec::new(),
        law: Law::default(),
        packs: Vec::new(),
        flows: Vec::new(),
        staffing: crate::scenario::Sizing::default(),
        routing: crate::scenario::RoutingPolicy::default(),
        what_if: crate::scenario::WhatIf::default(),
        demand: Demand::Volumes(Vec::new()),
        drivers: crate::scenario::Drivers::default(),
        funnel: crate::scenario::Funnel::default(),
        recovery: Minutes(5),
        switching_efficiency: Share::try_from(0.9).unwrap(),
        utilisation: Share::try_from(0.95).unwrap(),
        kpis: crate::scenario::KpiSet::default(),
        quality: crate::scenario::Quality::default(),
        notice_days: 14,
        aims: Aims {
            preset: "people-first".to_owned(),
            order: vec![Aim::NoRed, Aim::Service, Aim::Strain, Aim::Fairness, Aim::Cost],
            counts_strain: true,
        },
        seed: 7,
        budget: Budget { rounds: 20, nodes: 40, replications: 1, most_replications: 1 },
        names,
        published: crate::scenario::Published::default(),
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
        busy: row.iter().map(|people| *people * 0.7).collect(),
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

/// Every line of at most one duty a day from the given starts, as sets of (start, end) in minutes.
fn every_line(scenario: &Scenario, starts: &[i64], length: i64, duties: usize) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    for day in 0..scenario.calendar.days() {
        let from = scenario.calendar.day(day).start;
        let mut longer = lines.clone();
        for line in lines.iter().filter(|line| line.len() < duties) {
            for &start in starts {
                let begins = from + Minutes(start);
                let mut line = line.clone();
                line.push(Span::new(begins, begins + Minutes(length)));
                longer.push(line);
            }
        }
        lines = longer;
    }
    lines.retain(|line| line.len() == duties);
    lines
}

#[test]
fn a_tiny_week_is_as_good_as_trying_everything() {
    // Two people, three days, two duties of six hours each, five starts: 75 lines a person.
    let starts = [480, 540, 600, 660, 720];
    for shape in 0..6 {
        let mut scenario = team("2026-11-30", 3, 60, 2);
        scenario.shifts = vec![shift("mon-sun 08:00-12:00", 360, 360)];
        scenario.shifts[0].start_step = Minutes(60);
        scenario.breaks = vec![BreakPlan { from: Minutes(0), pauses: Vec::new(), meal: None }];
        scenario.longest_stretch = Minutes(600);
        for agent in &mut scenario.agents {
            agent.weeks = vec![(Minutes(12 * 60), Minutes(12 * 60))];
        }
        let mut requirement = wanted(&scenario, 0.0, "always");
        for t in 0..scenario.calendar.intervals() {
            let wave = ((t * 7 + shape * 5) % 11) as f64 / 4.0;
            let is_open = (8..18).contains(&(t % 24));
            requirement.live[0].people[t] = Fte(if is_open { wave } else { 0.0 });
            requirement.live[0].busy[t] = Fte(0.0);
        }
        let lines: Vec<Vec<f64>> = every_line(&scenario, &starts, 360, 2)
            .iter()
            .map(|line| {
                (0..scenario.calendar.intervals())
                    .map(|t| {
                        line.iter()
                            .map(|duty| duty.overlap(scenario.calendar.interval(t)).real())
                            .sum()
                    })
                    .collect()
            })
            .collect();
        let people = &requirement.live[0].people;
        let short = |one: &[f64], other: &[f64]| -> f64 {
            people.iter().enumerate().map(|(t, p)| (60.0 * p.0 - one[t] - other[t]).max(0.0)).sum()
        };
        let best = lines
            .iter()
            .flat_map(|one| lines.iter().map(move |other| short(one, other)))
            .fold(f64::INFINITY, f64::min);
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        assert_sound(&assigned, &scenario);
        assert!((service(&assigned) - best).abs() < 1e-6, "{} is not {best}", service(&assigned));
    }
}

#[test]
fn one_more_person_never_adds_to_what_is_short() {
    let mut last = f64::INFINITY;
    for people in 1..=4 {
        let scenario = team("2026-11-30", 7, 30, people);
        let requirement = wanted(&scenario, 2.4, "mon-fri 08:00-18:00");
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        assert_sound(&assigned, &scenario);
        assert!(service(&assigned) <= last + 1e-6);
        last = service(&assigned);
    }
}

#[test]
fn twelve_people_on_one_shift_rest_in_time_and_leave_eight_on_duty() {
    // The case of pyworkforce's own documentation: one shift of 34 quarter hours, 15 + 30 + 15 minutes of
    // breaks, eight people wanted throughout; its break scheduler leaves 240 to 390 minutes unbroken.
    let mut scenario = team("2026-11-30", 1, 15, 12);
    scenario.shifts = vec![shift("mon 08:00-08:30", 510, 510)];
    scenario.shifts[0].start_step = Minutes(60);
    let requirement = wanted(&scenario, 8.0, "mon 08:00-16:30");
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    assert_eq!(service(&assigned), 0.0);
}

#[test]
fn nights_over_both_clock_changes_are_rostered_at_their_real_length() {
    for first in ["2026-03-23", "2026-10-19"] {
        let mut scenario = team(first, 7, 30, 4);
        scenario.shifts = vec![shift("mon-sun 21:00-23:00", 420, 540)];
        scenario.law = Law::of(&["ie".to_owned()]).unwrap();
        let requirement = wanted(&scenario, 2.0, "mon-sun 22:00-06:00");
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        assert_sound(&assigned, &scenario);
        for line in &assigned.roster.lines {
            let paid = line.paid();
            assert!(Minutes::hours(36) <= paid && paid <= Minutes::hours(40), "{paid}");
            for two in line.duties.windows(2) {
                assert!(two[1].start().since(two[0].end()) >= Minutes::hours(11));
            }
        }
    }
}

#[test]
fn off_queue_work_owed_each_week_is_in_every_line_once() {
    let mut scenario = team("2026-11-30", 14, 30, 3);
    for agent in &mut scenario.agents {
        agent.off_queue = vec![("coaching".to_owned(), Minutes(60))];
    }
    let requirement = wanted(&scenario, 2.0, "mon-fri 08:00-18:00");
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    for line in &assigned.roster.lines {
        for week in [0, 7] {
            let from = scenario.calendar.day(week).start;
            let to = scenario.calendar.day(week + 6).end;
            let coaching = line
                .blocks()
                .filter(|block| block.activity == Activity::OffQueue)
                .filter(|block| Span::new(from, to).covers(block.span));
            let lengths: Vec<Minutes> = coaching.map(|block| block.span.length()).collect();
            assert_eq!(lengths, [Minutes(60)]);
        }
    }
}

#[test]
fn tickets_are_done_between_live_contacts_and_by_their_deadline() {
    let mut scenario = team("2026-11-30", 7, 30, 3);
    scenario.budget.nodes = 20;
    let mut requirement = wanted(&scenario, 1.0, "mon-fri 08:00-18:00");
    let intervals = scenario.calendar.intervals();
    // Ten hours of work come in on Monday morning and are due by Tuesday evening.
    let curve = |from: usize| -> Vec<crate::units::AgentMinutes> {
        (0..intervals)
            .map(|t| crate::units::AgentMinutes(if t >= from { 600.0 } else { 0.0 }))
            .collect()
    };
    requirement.tickets = vec![crate::staffing::TicketNeed {
        stream: StreamId::at(0),
        pools: vec![(PoolId::at(0), 12.0)],
        arrived: curve(16),
        due: curve(48 + 36),
    }];
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    assert_eq!(service(&assigned), 0.0);
    // What is due before anyone can be there stays late, and says so.
    requirement.tickets[0].due = curve(16);
    let late = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert!(service(&late) > 500.0);
}

#[test]
fn time_off_is_kept_free_and_shown() {
    let mut scenario = team("2026-11-30", 7, 30, 2);
    let off = Span::new(scenario.calendar.day(2).start, scenario.calendar.day(4).end);
    scenario.agents[0].time_off = vec![TimeOff { span: off, reason: "annual_leave".to_owned() }];
    scenario.agents[0].available = vec![
        Span::new(Moment(-1440), off.start),
        Span::new(off.end, scenario.calendar.horizon().end + Minutes(1440)),
    ];
    scenario.agents[0].wishes = vec![Wish::Off(1)];
    let requirement = wanted(&scenario, 1.0, "mon-fri 08:00-18:00");
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    let line = &assigned.roster.lines[0];
    assert_eq!(line.absences.len(), 1);
    assert!(line.duties.iter().all(|duty| duty.span().overlap(off) == Minutes(0)));
}

#[test]
fn someone_without_a_legal_line_is_named_with_what_is_in_the_way() {
    let mut scenario = team("2026-11-30", 7, 30, 3);
    scenario.agents[1].available =
        scenario.calendar.spans(&Weekly::parse("mon 08:00-18:00").unwrap());
    scenario.agents[1].usual = scenario.agents[1].available.clone();
    let requirement = wanted(&scenario, 1.0, "mon-fri 08:00-18:00");
    let refused = assign(&requirement, &scenario, &Unwatched).unwrap_err();
    assert_eq!(refused.conflicts.len(), 1);
    let conflict = &refused.conflicts[0];
    assert_eq!(conflict.agent, Some(AgentId::at(1)));
    let kinds: Vec<&str> = conflict.rules.iter().map(|rule| rule.kind.as_str()).collect();
    assert_eq!(kinds, ["fewest_hours", "availability"]);
    assert_eq!(
        conflict.cause,
        "at most 8:00 can be planned in the week of 2026-11-30, 28:00 short of 36:00"
    );
    assert!(conflict.is_proved);
    assert_eq!(conflict.fix, "plan 28:00 less that week: contract hours whose fewest are 8:00");
    assert_eq!(conflict.ways.len(), 2);
    // With the meals in them.
    assert_eq!(conflict.ways[1].minutes, Some(Minutes::hours(30)));
    // The fix is true: with it there is a plan.
    scenario.agents[1].weeks[0].0 = Minutes::hours(8);
    assert!(assign(&requirement, &scenario, &Unwatched).is_ok());
}

#[test]
fn the_audit_finds_nothing_in_a_roster_made_under_a_law() {
    let mut scenario = team("2026-11-30", 7, 30, 4);
    scenario.law = Law::of(&["ie".to_owned()]).unwrap();
    scenario.packs = vec!["ie".to_owned()];
    let requirement = wanted(&scenario, 3.0, "mon-fri 08:00-18:00");
    let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
    assert_sound(&assigned, &scenario);
    let found = crate::compliance::audit(&assigned.roster, &scenario);
    assert_eq!(found.hard(), 0, "{:?}", found.breaches);
}

struct Impatient;

impl Watch for Impatient {
    fn step(&self, _: &str, _: f64) {}
    fn is_stopped(&self) -> bool {
        true
    }
}

#[test]
fn a_stopped_search_gives_a_legal_roster_and_says_so() {
    let mut scenario = team("2026-11-30", 7, 30, 4);
    scenario.law = Law::of(&["ie".to_owned()]).unwrap();
    let requirement = wanted(&scenario, 3.0, "mon-fri 08:00-18:00");
    let assigned = assign(&requirement, &scenario, &Impatient).unwrap();
    assert_sound(&assigned, &scenario);
    assert_eq!(assigned.proof, Proof::Stopped);
}
