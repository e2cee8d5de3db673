//! The same days in other words, and days made easier: what must then hold of every answer, whatever the search did.
//!
//! An easier question has no worse an answer (Chen, Cheung & Yiu 1998 call such tests metamorphic): its bound is
//! never above what the harder one found, and where it is solved to the end its answer is no worse either.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::super::need::Need;
use super::super::team::Team;
use super::super::{Assigned, Proof, Unwatched, assign, legal};
use super::shift;
use super::tiny::{counted_out, tiny, total};
use crate::calendar::Calendar;
use crate::compliance::audit_between;
use crate::duty::{Block, Duty, Line};
use crate::id::{AgentId, Id, Names, PoolId};
use crate::rules::{Law, Place};
use crate::scenario::{Agent, Lock, MinimumPresence, Scenario, TimeOff};
use crate::staffing::Requirement;
use crate::units::{Minutes, Moment, Span};

/// What counts as the same.
const SAME: f64 = 1e-6;

/// Days of tiny teams with rules of every kind that a change below loosens.
fn ruled(seed: u64) -> (Scenario, Requirement) {
    let (mut scenario, requirement) = tiny(seed);
    let mut draw = StdRng::seed_from_u64(seed.wrapping_add(500_000));
    scenario.law = law(900 + 60 * draw.random_range(0..6), draw.random_range(1..=3));
    let days = scenario.calendar.days();
    let day = scenario.calendar.day(draw.random_range(0..days));
    let from = day.start + Minutes(60 * [8, 9, 12][draw.random_range(0..3)]);
    scenario.minimum_presence = vec![MinimumPresence {
        id: "somebody".to_owned(),
        who: (0..scenario.agents.len()).map(AgentId::at).collect(),
        at_least: 1,
        stretches: vec![Span::new(from, from + Minutes(60 * draw.random_range(1..=3)))],
        on_queue: draw.random_bool(0.5),
    }];
    if scenario.agents.len() > 1 {
        // The last person is of a pool that the need does not take.
        scenario.pools.push(scenario.pools[0].clone());
        let last = scenario.pools[0].agents.pop().unwrap();
        scenario.pools[1].agents = vec![last];
        scenario.agents[last.index()].pool = PoolId::at(1);
    }
    let agent = &mut scenario.agents[0];
    agent.locks = match draw.random_range(0..3) {
        0 => vec![Lock::Off(draw.random_range(0..days))],
        1 => vec![Lock::Work(draw.random_range(0..days))],
        _ => Vec::new(),
    };
    let last = scenario.agents.last_mut().unwrap();
    if draw.random_bool(0.5) {
        let away = scenario.calendar.day(draw.random_range(0..days));
        last.time_off = vec![TimeOff { span: away, reason: "annual_leave".to_owned() }];
        last.available = without(&last.available, away);
    }
    if draw.random_bool(0.5) {
        last.week.0 = Minutes::hours(4);
        last.weeks = vec![last.week; last.weeks.len()];
    }
    (scenario, requirement)
}

/// Rest between duties, and days of work in a row; whoever likes may waive the first.
fn law(rest: i64, days: i64) -> Law {
    let rule = |id: &str, kind: &str, limit: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nkind = \"{kind}\"\n{limit}\nwaivable = {}\nsource = \"a test\"\n\
             certainty = \"V1\"\nseverity = \"hard\"\n",
            id == "rest"
        )
    };
    let rules = [
        rule("rest", "min_rest_between", &format!("min = {rest}")),
        rule("days", "max_consecutive_days", &format!("most = {days}")),
    ];
    let head =
        "id = \"small\"\ntitle = \"Small\"\nverified_on = \"2026-11-22\"\nweek_start = \"mon\"\n";
    Law::read(&(head.to_owned() + &rules.concat())).unwrap()
}

fn without(free: &[Span], away: Span) -> Vec<Span> {
    let parts = free.iter().flat_map(|span| {
        [
            Span::new(span.start, span.end.min(away.start)),
            Span::new(span.start.max(away.end), span.end),
        ]
    });
    parts.filter(|span| span.start < span.end).collect()
}

/// An answer, what it comes to in the scaled sum, and what nothing comes to less than.
struct Answer {
    assigned: Assigned,
    total: f64,
    bound: f64,
    /// Whether nothing is better: by proof, or by all rosters counted out.
    is_best: bool,
    /// Minutes that each person must work, as far as the days left to them hold so many.
    owed: Vec<i64>,
}

fn answer(scenario: &Scenario, requirement: &Requirement) -> Option<Answer> {
    let assigned = assign(requirement, scenario, &Unwatched).ok()?;
    assert_eq!(audit_between(&assigned.roster, scenario), [], "presence is kept");
    for line in &assigned.roster.lines {
        let person = &scenario.agent(line.agent).person;
        assert!(scenario.law.objections(line, person, &scenario.calendar).is_empty());
    }
    let mut team = Team::of(Need::of(requirement, scenario), scenario);
    legal::safe_lines(&mut team).unwrap();
    let owed = |&kind: &usize| team.kinds[kind].weeks.iter().map(|week| week.fewest.max(0)).sum();
    let owed = team.kind_of.iter().map(owed).collect();
    let total = total(&team, &assigned);
    let bound = match assigned.proof {
        Proof::Optimal => total,
        Proof::WithinGap(gap) => total * (1.0 - gap),
        Proof::Stopped => 0.0,
    };
    let is_best = assigned.proof == Proof::Optimal
        || counted_out(&team).is_some_and(|(best, _)| total <= best + SAME);
    Some(Answer { assigned, total, bound, is_best, owed })
}

/// A change that makes a question easier, or says it in other words.
type Change = (&'static str, fn(&mut Scenario, &mut Requirement));

const EASIER: [Change; 17] = [
    ("another person", |scenario, _| {
        let last = AgentId::at(scenario.agents.len());
        scenario.names.agents.add("zoe").unwrap();
        let pool = &mut scenario.pools[0];
        pool.agents.push(last);
        let mut another = scenario.agents[0].clone();
        another.pool = PoolId::at(0);
        another.locks.clear();
        another.wishes.clear();
        another.week.0 = Minutes(0);
        another.weeks = vec![another.week; another.weeks.len()];
        scenario.agents.push(another);
        scenario.minimum_presence[0].who.push(last);
    }),
    ("less of everything wanted", |_, requirement| {
        requirement.live[0].people.iter_mut().for_each(|people| people.0 *= 0.5);
    }),
    ("one hour not wanted", |_, requirement| {
        let people = &mut requirement.live[0].people;
        if let Some(first) = people.iter_mut().find(|people| people.0 > 0.0) {
            first.0 = 0.0;
        }
    }),
    ("the other pool too", |scenario, requirement| {
        requirement.live[0].pools = (0..scenario.pools.len()).map(PoolId::at).collect();
    }),
    ("more hours at most", |scenario, _| {
        each(scenario, |agent| agent.week.1 = Minutes::hours(30));
    }),
    ("no hours at least", |scenario, _| each(scenario, |agent| agent.week.0 = Minutes(0))),
    ("further starts", |scenario, _| scenario.shifts[0].start_step = Minutes(120)),
    ("longer duties", |scenario, _| scenario.shifts[0].longest = Minutes(480)),
    ("shorter duties", |scenario, _| scenario.shifts[0].shortest = Minutes(120)),
    ("another shift", |scenario, _| scenario.shifts.push(shift("mon-sun 14:00-15:00", 240, 240))),
    ("less rest, more days in a row", |scenario, _| scenario.law = law(660, 5)),
    ("no law", |scenario, _| scenario.law = Law::default()),
    ("a waiver", |scenario, _| {
        each(scenario, |agent| agent.person.waivers = vec!["rest".to_owned()]);
    }),
    ("nobody asked for", |scenario, _| scenario.minimum_presence.clear()),
    ("no locks", |scenario, _| each(scenario, |agent| agent.locks.clear())),
    ("no time off", |scenario, _| {
        each(scenario, |agent| {
            agent.time_off.clear();
            agent.available.clone_from(&agent.usual);
        });
    }),
    ("no wishes", |scenario, _| each(scenario, |agent| agent.wishes.clear())),
];

fn each(scenario: &mut Scenario, change: impl Fn(&mut Agent)) {
    for agent in &mut scenario.agents {
        change(agent);
        agent.weeks = vec![agent.week; agent.weeks.len()];
    }
}

/// How often an easier question was no worse: by its bound, and by an answer solved to the end.
fn ease(seeds: Range<u64>) -> [usize; 2] {
    let mut counts = [0; 2];
    for seed in seeds {
        let (scenario, requirement) = ruled(seed);
        let Some(before) = answer(&scenario, &requirement) else { continue };
        for (what, change) in EASIER {
            let (mut scenario, mut requirement) = (scenario.clone(), requirement.clone());
            change(&mut scenario, &mut requirement);
            let after = answer(&scenario, &requirement);
            let after = after.unwrap_or_else(|| panic!("seed {seed}, {what}: no plan any more"));
            if before.owed.iter().zip(&after.owed).any(|(then, now)| then < now) {
                // More of what a contract asks for can be worked, and must be.
                continue;
            }
            let (then, now) = (before.total, after.total);
            assert!(
                after.bound <= then + SAME,
                "seed {seed}, {what}: bound {} above {then}",
                after.bound
            );
            assert!(
                !after.is_best || now <= then + SAME,
                "seed {seed}, {what}: {now} above {then}"
            );
            counts[0] += 1;
            counts[1] += usize::from(after.is_best);
        }
    }
    counts
}

#[test]
fn whatever_makes_a_week_easier_makes_no_answer_worse() {
    let [compared, solved] = ease(0..5);
    assert!(compared >= 30 && 2 * solved >= compared, "{solved} of {compared} solved to the end");
}

/// Run by `make long`.
#[test]
#[ignore = "minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn whatever_makes_a_week_easier_makes_no_answer_worse_on_many_weeks() {
    let [compared, solved] = ease(0..600);
    println!("{compared} easier questions, {solved} of them solved to the end: none worse");
}

/// Changes of words that must leave every line as it was.
const SAME_LINES: [Change; 8] = [
    ("a week later", |scenario, _| {
        scenario.calendar = scenario.calendar.starting(scenario.calendar.first().plus(7)).unwrap();
    }),
    ("in Tokyo", |scenario, _| relabel(scenario, "Asia/Tokyo")),
    ("in San Francisco", |scenario, _| relabel(scenario, "America/Los_Angeles")),
    ("in Kathmandu", |scenario, _| relabel(scenario, "Asia/Kathmandu")),
    ("four times the wages", |scenario, _| {
        scenario.tiers.iter_mut().for_each(|tier| tier.wage_per_hour.0 *= 4);
    }),
    ("free at a time of no duties", |scenario, _| {
        each(scenario, |agent| {
            agent.available.insert(0, Span::new(Moment(-9000), Moment(-8000)));
        });
    }),
    ("a rule of presence at no time", |scenario, _| {
        let rule = scenario.minimum_presence[0].clone();
        scenario.minimum_presence.push(MinimumPresence {
            id: "twice".to_owned(),
            stretches: Vec::new(),
            ..rule
        });
    }),
    ("the same law, each rule twice", |scenario, _| {
        let again = scenario.law.rules.clone();
        scenario.law.rules.extend(again);
    }),
];

fn relabel(scenario: &mut Scenario, zone: &str) {
    let here = &scenario.calendar;
    scenario.calendar = Calendar::new(zone, here.first(), here.days(), here.grid()).unwrap();
}

/// How many questions said in other words had the same lines for an answer.
fn reword(seeds: Range<u64>) -> usize {
    let mut compared = 0;
    for seed in seeds {
        let (scenario, requirement) = ruled(seed);
        let Some(before) = answer(&scenario, &requirement) else { continue };
        for (what, change) in SAME_LINES {
            let (mut scenario, mut requirement) = (scenario.clone(), requirement.clone());
            change(&mut scenario, &mut requirement);
            let after = answer(&scenario, &requirement).unwrap();
            assert_eq!(after.assigned.roster, before.assigned.roster, "seed {seed}, {what}");
            assert!((after.total - before.total).abs() < SAME, "seed {seed}, {what}");
            assert_eq!(after.assigned.proof, before.assigned.proof, "seed {seed}, {what}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_same_week_in_other_words_has_the_same_lines() {
    assert!(reword(0..6) >= 24);
}

/// Run by `make long`.
#[test]
#[ignore = "minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn the_same_week_in_other_words_has_the_same_lines_on_many_weeks() {
    println!("{} questions in other words, all with the same lines", reword(0..1000));
}

fn cost(answer: &Answer) -> f64 {
    answer.assigned.levels.iter().find(|level| level.aim == "cost").unwrap().value
}

#[test]
fn wages_times_four_cost_four_times_as_much() {
    for seed in 0..6 {
        let (scenario, requirement) = ruled(seed);
        let mut dearer = scenario.clone();
        dearer.tiers[0].wage_per_hour.0 *= 4;
        let answers = (answer(&scenario, &requirement), answer(&dearer, &requirement));
        let (Some(once), Some(fourfold)) = answers else { continue };
        assert_eq!(cost(&fourfold), 4.0 * cost(&once), "seed {seed}");
    }
}

#[test]
fn people_in_any_order_keep_their_own_lines() {
    for seed in 0..8 {
        let (scenario, requirement) = ruled(seed);
        let last = scenario.agents.len() - 1;
        let turned = |agent: AgentId| AgentId::at(last - agent.index());
        let mut other = scenario.clone();
        other.agents.reverse();
        other.names.agents = Names::default();
        for agent in scenario.names.agents.ids().rev() {
            other.names.agents.add(scenario.names.agents.of(agent)).unwrap();
        }
        let pools = other.pools.iter_mut().map(|pool| &mut pool.agents);
        for people in pools.chain(other.minimum_presence.iter_mut().map(|rule| &mut rule.who)) {
            for agent in people.iter_mut() {
                *agent = turned(*agent);
            }
            people.sort_unstable();
        }
        let answers = (answer(&scenario, &requirement), answer(&other, &requirement));
        let (Some(one), Some(other)) = answers else { continue };
        for line in &one.assigned.roster.lines {
            let theirs = &other.assigned.roster.lines[turned(line.agent).index()];
            assert_eq!(line.duties, theirs.duties, "seed {seed}");
        }
        assert_eq!(one.assigned.levels, other.assigned.levels, "seed {seed}");
    }
}

/// Held to the answer day by day, the answer is the same; held to half of it, it is no worse.
#[test]
fn an_answer_that_is_locked_and_asked_for_again_is_the_same() {
    let mut compared = 0;
    for seed in 0..8 {
        let (scenario, requirement) = ruled(seed);
        let Some(before) = answer(&scenario, &requirement) else { continue };
        for one_in in [1, 2] {
            let mut locked = scenario.clone();
            for (agent, line) in locked.agents.iter_mut().zip(&before.assigned.roster.lines) {
                let days = (0..scenario.calendar.days()).filter(|day| day % one_in == 0);
                agent.locks = days
                    .map(|day| {
                        let starting = line
                            .duties
                            .iter()
                            .find(|duty| scenario.calendar.day(day).holds(duty.start()));
                        starting.map_or(Lock::Off(day), |duty| Lock::Duty(day, duty.span()))
                    })
                    .chain(agent.locks.iter().copied().filter(|lock| lock.day() % one_in > 0))
                    .collect();
            }
            let after = answer(&locked, &requirement).expect("the answer itself keeps these locks");
            let (then, now) = (before.total, after.total);
            assert!(!before.is_best || now >= then - SAME, "seed {seed}: {now} below {then}");
            assert!(!after.is_best || now <= then + SAME, "seed {seed}: {now} above {then}");
            if one_in == 1 {
                assert!((now - then).abs() < SAME, "seed {seed}: {now} is not {then}");
                assert_eq!(after.assigned.roster, before.assigned.roster, "seed {seed}");
            }
            compared += 1;
        }
    }
    assert!(compared >= 8, "{compared}");
}

/// Rules that the scenario keeps anyhow, and a law nobody can break.
#[test]
fn a_rule_that_is_kept_anyhow_changes_no_total() {
    let mut compared = 0;
    for seed in 0..10 {
        let (scenario, requirement) = tiny(seed);
        let Some(before) = answer(&scenario, &requirement) else { continue };
        let mut more = scenario.clone();
        more.law = law(1, 31);
        let all = more.calendar.horizon();
        let lines = &before.assigned.roster.lines;
        if let Some((line, duty)) = lines.iter().find_map(|line| Some((line, line.duties.first()?)))
        {
            more.minimum_presence = vec![MinimumPresence {
                id: "kept".to_owned(),
                who: vec![line.agent],
                at_least: 1,
                stretches: vec![duty.span()],
                on_queue: false,
            }];
        }
        each(&mut more, |agent| {
            agent.available = vec![Span::new(all.start - Minutes(2880), all.end + Minutes(2880))];
        });
        let after = answer(&more, &requirement).expect("the answer before keeps the rules");
        let (then, now) = (before.total, after.total);
        assert!(after.bound <= then + SAME, "seed {seed}: bound {} above {then}", after.bound);
        assert!(before.bound <= now + SAME, "seed {seed}: bound {} above {now}", before.bound);
        if before.is_best && after.is_best {
            assert!((now - then).abs() < SAME, "seed {seed}: {now} is not {then}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}

#[test]
fn twice_the_team_for_twice_the_need_costs_at_most_twice_as_much() {
    let mut solved = 0;
    for seed in 0..8 {
        let (mut scenario, requirement) = tiny(seed);
        scenario.agents.truncate(2);
        scenario.pools[0].agents.truncate(2);
        scenario.names.agents = Names::default();
        let people = scenario.agents.len();
        let mut twice = scenario.clone();
        twice.agents.extend(scenario.agents.clone());
        twice.pools[0].agents = (0..2 * people).map(AgentId::at).collect();
        let mut double = requirement.clone();
        double.live[0].people.iter_mut().for_each(|wanted| wanted.0 *= 2.0);
        let (one, both) =
            (answer(&scenario, &requirement).unwrap(), answer(&twice, &double).unwrap());
        let limit = 2.0 * one.total + SAME;
        assert!(both.bound <= limit, "seed {seed}: bound {} above {limit}", both.bound);
        assert!(!both.is_best || both.total <= limit, "seed {seed}: {} above {limit}", both.total);
        solved += usize::from(both.is_best);
    }
    assert!(solved >= 3, "{solved}");
}

fn moved(line: &Line, by: Minutes) -> Line {
    let block = |block: &Block| Block {
        span: Span::new(block.span.start + by, block.span.end + by),
        ..block.clone()
    };
    let duty = |duty: &Duty| Duty { blocks: duty.blocks.iter().map(block).collect() };
    Line {
        duties: line.duties.iter().map(duty).collect(),
        absences: line.absences.iter().map(block).collect(),
        ..line.clone()
    }
}

/// People an hour east of the team's clock, wanted an hour earlier by it: the same by the clock on their own wall.
#[test]
fn a_site_in_another_zone_works_the_same_day_by_its_own_clock() {
    let mut compared = 0;
    for seed in 0..10 {
        let (mut scenario, requirement) = ruled(seed);
        each(&mut scenario, |agent| {
            // Time off is of whole days by the team's clock.
            agent.time_off.clear();
            agent.available.clone_from(&agent.usual);
        });
        let Some(before) = answer(&scenario, &requirement) else { continue };
        let hour = Minutes(60);
        let mut away = scenario.clone();
        let berlin = Place::of(&scenario.calendar, "Europe/Berlin", BTreeMap::new());
        let berlin = Arc::new(berlin.unwrap());
        assert_eq!(berlin.ahead, hour);
        each(&mut away, |agent| agent.person.place = Some(Arc::clone(&berlin)));
        for stretch in &mut away.minimum_presence[0].stretches {
            *stretch = Span::new(stretch.start - hour, stretch.end - hour);
        }
        let mut earlier = requirement.clone();
        let row = &mut earlier.live[0];
        for people in [&mut row.people, &mut row.busy, &mut row.load, &mut row.for_occupancy] {
            people.rotate_left(1);
        }
        let after = answer(&away, &earlier).unwrap_or_else(|| panic!("seed {seed}"));
        let back: Vec<Line> =
            after.assigned.roster.lines.iter().map(|line| moved(line, hour)).collect();
        assert!((after.total - before.total).abs() < SAME, "seed {seed}");
        assert_eq!(back, before.assigned.roster.lines, "seed {seed}");
        compared += 1;
    }
    assert!(compared >= 5, "{compared}");
}
