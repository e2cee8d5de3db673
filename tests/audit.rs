//! The audit finds every kind of harm done to a sound roster, finds nothing in a sound one, and agrees with what
//! line builders are told on any roster whatever.

#[path = "support/teams.rs"]
mod teams;

use evenkeel::calendar::{Calendar, Date};
use evenkeel::compliance::{Breach, Severity, Subject, audit, audit_law};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::id::{AgentId, Id};
use evenkeel::roster::Roster;
use evenkeel::rules::{Law, Person};
use evenkeel::scenario::Scenario;
use evenkeel::units::{Minutes, Moment, Span};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const SCENARIO: &str = r#"
schema = "evenkeel.scenario/1"
name = "Audited team"
currency = "EUR"
law = ["ie"]
longest_stretch_minutes = 130

[horizon]
start = "2026-11-30"
days = 14
grid_minutes = 30
time_zone = "Europe/Dublin"

[[off_queue]]
title = "coaching"
minutes = 60
who = "everyone"

[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple"]
wage_per_hour = 19.5

[[shifts]]
id = "day"
starts = "mon-sun 07:00-10:00"
hours = [6, 8.5]

[[queues]]
id = "mail"
title = "Questions by e-mail"
channel = "email"
topic = "everything"
hours = "mon-sun 00:00-24:00"
mix = { simple = 1 }
handle_minutes = { simple = 5 }
contacts_per_hour = 6
targets = [{ measure = "first_response", share = 0.9, within_hours = 4, period = "day" }]
"#;

/// Cleo is seventeen; Dan can only work by day; Eve has the second Wednesday off.
const AGENTS: &str = "id,tier,contract_hours,availability,born\n\
    amy,css1,40,,1990-01-01\nben,css1,40,,\ncleo,css1,40,,2009-06-01\n\
    dan,css1,40,mon-sun 07:00-19:00,\neve,css1,40,,\n";

const AMY: usize = 0;
const CLEO: usize = 2;
const DAN: usize = 3;
const EVE: usize = 4;

fn scenario() -> Scenario {
    teams::team(&[
        ("scenario.toml", SCENARIO),
        ("agents.csv", AGENTS),
        ("time_off.csv", "agent,start,end,reason\neve,2026-12-09,2026-12-09,annual_leave\n"),
    ])
}

fn block(start: i64, length: i64, activity: Activity) -> Block {
    Block {
        span: Span::new(Moment(start), Moment(start + length)),
        activity,
        paid: activity != Activity::Meal,
        detail: if activity == Activity::OffQueue { "coaching".into() } else { String::new() },
    }
}

/// A duty of seven and a half hours of work with two pauses and a meal.
fn day_duty(start: i64, has_coaching: bool, draw: &mut StdRng) -> Duty {
    let first = 5 * draw.random_range(22..=24);
    let second = 5 * draw.random_range(22..=24);
    let third = 5 * draw.random_range(22..=24);
    let parts = [
        (first, Activity::OnQueue),
        (15, Activity::Break),
        (second, Activity::OnQueue),
        (30, Activity::Meal),
        (third, Activity::OnQueue),
        (15, Activity::Break),
    ];
    let mut blocks = Vec::new();
    let mut at = start;
    for (length, activity) in parts {
        if has_coaching && blocks.is_empty() {
            blocks.push(block(at, 60, Activity::OffQueue));
            blocks.push(block(at + 60, length - 60, activity));
        } else {
            blocks.push(block(at, length, activity));
        }
        at += length;
    }
    // Whatever is left of 450 minutes of work: 90 to 120.
    blocks.push(block(at, 450 - first - second - third, Activity::OnQueue));
    Duty { blocks }
}

/// Five days a week with two days off somewhere, starts from 07:00 to 09:00.
fn sound_roster(scenario: &Scenario, seed: u64) -> Roster {
    let mut draw = StdRng::seed_from_u64(seed);
    let lines = (0..scenario.agents.len()).map(|agent| {
        let mut duties = Vec::new();
        for week in 0..2 {
            let mut off = draw.random_range(0..6);
            if agent == EVE && week == 1 {
                off = 2;
            }
            let days = (0..7).filter(|&day| day != off && day != off + 1);
            for (nth, day) in days.enumerate() {
                let start = 7 * 60 + 15 * draw.random_range(0..=8);
                duties.push(day_duty((week * 7 + day) * 1440 + start, nth == 0, &mut draw));
            }
        }
        Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
    });
    Roster { lines: lines.collect() }
}

/// Do harm to a roster; tells whose line was harmed.
type Harm = fn(&mut Roster, &mut StdRng) -> usize;

fn any_duty<'a>(roster: &'a mut Roster, agent: usize, draw: &mut StdRng) -> &'a mut Duty {
    let duties = &mut roster.lines[agent].duties;
    let place = draw.random_range(0..duties.len());
    &mut duties[place]
}

fn adult(draw: &mut StdRng) -> usize {
    [0, 1, 3, 4][draw.random_range(0..4)]
}

fn shifted(duty: &Duty, by: i64) -> Duty {
    let mut duty = duty.clone();
    for block in &mut duty.blocks {
        block.span = Span::new(block.span.start + Minutes(by), block.span.end + Minutes(by));
    }
    duty
}

/// Every pause becomes work, save those that `keep` lets stand.
fn work_through(duty: &mut Duty, keep: impl Fn(usize, &Block) -> bool) {
    let mut nth = 0;
    for block in &mut duty.blocks {
        if block.activity.is_pause() {
            if !keep(nth, block) {
                block.activity = Activity::OnQueue;
                block.paid = true;
            }
            nth += 1;
        }
    }
}

fn worked(start: i64, parts: &[(i64, Activity)]) -> Duty {
    let mut at = start;
    let mut blocks = Vec::new();
    for &(length, activity) in parts {
        blocks.push(block(at, length, activity));
        at += length;
    }
    Duty { blocks }
}

/// The first duty on a day of the horizon, in place of what stood there.
fn replace_day(roster: &mut Roster, agent: usize, duty: Duty) {
    let day = duty.start().0.div_euclid(1440);
    let line = &mut roster.lines[agent];
    line.duties.retain(|other| other.start().0.div_euclid(1440) != day);
    line.duties.push(duty);
    line.duties.sort_by_key(Duty::start);
}

use Activity::{Break, Meal, OnQueue};

/// Two places where one duty follows the other on the next day.
fn next_day_pair(roster: &Roster, agent: usize) -> usize {
    let duties = &roster.lines[agent].duties;
    let follows = |pair: &[Duty]| {
        pair[1].start().0.div_euclid(1440) - pair[0].start().0.div_euclid(1440) == 1
    };
    duties.windows(2).position(follows).expect("five days a week leave a pair") + 1
}

const HARMS: [(&str, &str, Harm); 26] = [
    ("two duties at once", "house.double_booking", |roster, draw| {
        let agent = adult(draw);
        let twin = shifted(any_duty(roster, agent, draw), 30);
        roster.lines[agent].duties.push(twin);
        agent
    }),
    ("two blocks at once", "house.double_booking", |roster, draw| {
        let agent = adult(draw);
        let duty = any_duty(roster, agent, draw);
        let start = duty.blocks[2].span.start;
        duty.blocks[1].span.end = start + Minutes(draw.random_range(1..=20));
        agent
    }),
    ("too short a night", "ie.daily_rest", |roster, draw| {
        let agent = adult(draw);
        let place = next_day_pair(roster, agent);
        let duties = &mut roster.lines[agent].duties;
        let rest = duties[place].start().since(duties[place - 1].end()).0;
        duties[place] = shifted(&duties[place], 660 - rest - draw.random_range(1..=120));
        agent
    }),
    ("a duty over thirteen hours", "ie.daily_rest", |roster, draw| {
        let agent = adult(draw);
        let duty = any_duty(roster, agent, draw);
        let end = duty.start() + Minutes(780 + draw.random_range(1..=60));
        let mut at = duty.end();
        while at < end {
            let pause = duty.blocks.len().is_multiple_of(2);
            let length = (if pause { 15 } else { 100 }).min(end.since(at).0);
            let activity = if pause && length == 15 { Break } else { OnQueue };
            duty.blocks.push(block(at.0, length, activity));
            at = at + Minutes(length);
        }
        agent
    }),
    ("two duties on one date", "ie.daily_rest", |roster, draw| {
        let agent = adult(draw);
        let start = any_duty(roster, agent, draw).end() + Minutes(draw.random_range(60..=180));
        roster.lines[agent].duties.push(worked(start.0, &[(60, OnQueue)]));
        roster.lines[agent].duties.sort_by_key(Duty::start);
        agent
    }),
    ("no break at all", "ie.b15", |roster, draw| {
        let agent = adult(draw);
        work_through(any_duty(roster, agent, draw), |_, _| false);
        agent
    }),
    ("no break at all, by Europe", "eu.break6", |roster, draw| {
        let agent = adult(draw);
        work_through(any_duty(roster, agent, draw), |_, _| false);
        agent
    }),
    ("one break of fifteen", "ie.b30", |roster, draw| {
        let agent = adult(draw);
        work_through(any_duty(roster, agent, draw), |nth, _| nth == 0);
        agent
    }),
    ("breaks of fourteen minutes", "ie.b15", |roster, draw| {
        let agent = adult(draw);
        let duty = any_duty(roster, agent, draw);
        for place in 0..duty.blocks.len() {
            if duty.blocks[place].activity.is_pause() {
                let start = duty.blocks[place].span.start;
                let end = duty.blocks[place].span.end.min(start + Minutes(14));
                duty.blocks[place].span.end = end;
                duty.blocks[place + 1].span.start = end;
            }
        }
        agent
    }),
    ("breaks when the work is done", "ie.b30", |roster, draw| {
        let agent = adult(draw);
        let start = any_duty(roster, agent, draw).start().0;
        let parts = [(120, OnQueue), (14, Break), (330, OnQueue), (15, Break), (30, Meal)];
        replace_day(roster, agent, worked(start, &parts));
        agent
    }),
    ("271 minutes without a break", "ie.b15", |roster, draw| {
        let agent = adult(draw);
        let start = any_duty(roster, agent, draw).start().0;
        let over = draw.random_range(1..=30);
        let parts = [(60, OnQueue), (30, Meal), (270 + over, OnQueue), (15, Break), (60, OnQueue)];
        replace_day(roster, agent, worked(start, &parts));
        agent
    }),
    ("fourteen days in a row", "ie.wk", |roster, draw| {
        let agent = adult(draw);
        for day in 0..14 {
            let duty = day_duty(day * 1440 + 8 * 60, false, draw);
            replace_day(roster, agent, duty);
        }
        agent
    }),
    ("a day off cut to 34 hours", "ie.wk", |roster, draw| {
        let agent = adult(draw);
        for day in 0..14 {
            let duty = day_duty(day * 1440 + 8 * 60, false, draw);
            replace_day(roster, agent, duty);
        }
        roster.lines[agent].duties.retain(|duty| duty.start().0.div_euclid(1440) != 2);
        let end = roster.lines[agent].duties[1].end().0;
        roster.lines[agent].duties[2] = worked(end + 34 * 60 + 59, &[(60, OnQueue)]);
        roster.lines[agent].duties.sort_by_key(Duty::start);
        agent
    }),
    ("more than 48 hours on average", "ie.avg48", |roster, draw| {
        let agent = adult(draw);
        for duty in &mut roster.lines[agent].duties {
            let end = duty.end().0;
            let more = [(15, Break), (125, OnQueue), (15, Break), (30, OnQueue)];
            duty.blocks.extend(worked(end, &more).blocks);
        }
        agent
    }),
    ("nine hours each night", "ie.night", |roster, draw| {
        let agent = adult(draw);
        roster.lines[agent].duties = (0..4)
            .map(|day| {
                let parts =
                    [(180, OnQueue), (30, Meal), (180, OnQueue), (15, Break), (180, OnQueue)];
                worked(day * 1440 + 21 * 60, &parts)
            })
            .collect();
        agent
    }),
    ("a young person after ten", "ie.young", |roster, draw| {
        let minutes = draw.random_range(1..=60);
        let day = roster.lines[CLEO].duties.last().unwrap().start().0.div_euclid(1440);
        replace_day(roster, CLEO, worked(day * 1440 + 1200, &[(120 + minutes, OnQueue)]));
        CLEO
    }),
    ("a young person before six", "ie.young", |roster, draw| {
        let minutes = draw.random_range(1..=60);
        let day = roster.lines[CLEO].duties[0].start().0.div_euclid(1440);
        replace_day(roster, CLEO, worked(day * 1440 + 360 - minutes, &[(120, OnQueue)]));
        CLEO
    }),
    ("a young person above eight hours", "ie.young", |roster, draw| {
        let duty = any_duty(roster, CLEO, draw);
        let end = duty.end().0;
        duty.blocks.push(block(end, 15, Break));
        duty.blocks.push(block(end + 15, draw.random_range(31..=60), OnQueue));
        CLEO
    }),
    ("a young person with fifteen minutes", "ie.young", |roster, draw| {
        work_through(any_duty(roster, CLEO, draw), |_, block| block.activity == Break);
        CLEO
    }),
    ("a young person with eleven and a half hours of rest", "ie.young", |roster, _| {
        let place = next_day_pair(roster, CLEO);
        let duties = &mut roster.lines[CLEO].duties;
        let rest = duties[place].start().since(duties[place - 1].end()).0;
        duties[place] = shifted(&duties[place], 690 - rest);
        CLEO
    }),
    ("a young person six days a week", "ie.young", |roster, draw| {
        let days: Vec<i64> =
            roster.lines[CLEO].duties.iter().map(|duty| duty.start().0.div_euclid(1440)).collect();
        let free = (0..7).find(|day| !days.contains(day)).unwrap();
        let length = draw.random_range(60..=240);
        replace_day(roster, CLEO, worked(free * 1440 + 600, &[(length, OnQueue)]));
        CLEO
    }),
    ("work in time off", "house.time_off", |roster, draw| {
        replace_day(roster, EVE, worked(9 * 1440 + 600, &[(draw.random_range(1..=120), OnQueue)]));
        EVE
    }),
    ("work when not available", "house.availability", |roster, draw| {
        let duty = any_duty(roster, DAN, draw);
        let day = duty.start().0.div_euclid(1440);
        let early = shifted(duty, day * 1440 + 420 - duty.start().0 - draw.random_range(1..=60));
        *duty = early;
        DAN
    }),
    ("more than the contract", "house.contract", |roster, draw| {
        let agent = adult(draw);
        let duty = any_duty(roster, agent, draw);
        let end = duty.end().0;
        duty.blocks.push(block(end, draw.random_range(1..=10), OnQueue));
        agent
    }),
    ("no coaching", "house.off_queue", |roster, draw| {
        let agent = adult(draw);
        for block in roster.lines[agent].duties.iter_mut().flat_map(|duty| &mut duty.blocks) {
            if block.activity == Activity::OffQueue {
                block.activity = OnQueue;
                block.detail.clear();
            }
        }
        agent
    }),
    ("a pause worked through", "house.longest_stretch", |roster, draw| {
        let agent = adult(draw);
        work_through(any_duty(roster, agent, draw), |nth, _| nth != 1);
        agent
    }),
];

#[test]
fn a_sound_roster_has_no_breach() {
    let scenario = scenario();
    for seed in 0..60 {
        let compliance = audit(&sound_roster(&scenario, seed), &scenario);
        let told: Vec<&Breach> =
            compliance.breaches.iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(told.is_empty(), "seed {seed}: {told:#?}");
    }
}

#[test]
fn every_harm_is_found_and_laid_at_nobody_else_s_door() {
    let scenario = scenario();
    for (what, rule, harm) in HARMS {
        for seed in 0..8 {
            let mut draw = StdRng::seed_from_u64(seed + 1000);
            let mut roster = sound_roster(&scenario, seed);
            let harmed = AgentId::at(harm(&mut roster, &mut draw));
            let compliance = audit(&roster, &scenario);
            let found =
                compliance.breaches.iter().any(|it| it.rule == rule && it.agent == Some(harmed));
            assert!(found, "{what} (seed {seed}): no {rule} in {:#?}", compliance.breaches);
            let others = compliance
                .breaches
                .iter()
                .filter(|it| it.agent != Some(harmed) && it.severity != Severity::Info);
            assert_eq!(others.count(), 0, "{what} (seed {seed}): others are blamed");
        }
    }
}

#[test]
fn breaches_come_in_the_same_order_whatever_the_order_of_lines() {
    let scenario = scenario();
    let mut roster = sound_roster(&scenario, 1);
    for line in &mut roster.lines {
        for duty in &mut line.duties {
            work_through(duty, |_, _| false);
        }
    }
    let forward = audit(&roster, &scenario);
    roster.lines.reverse();
    assert_eq!(forward, audit(&roster, &scenario));
    assert!(forward.hard() >= 100);
    assert_eq!(AMY, forward.breaches[0].agent.unwrap().index());
}

/// Rules of every kind, narrow enough to be broken often.
const NARROW: &str = r#"
id = "narrow"
title = "Narrow"
verified_on = "2026-11-22"
week_start = "sun"
[[rule]]
id = "n.duty"
kind = "max_work"
per = "duty"
limit_min = 400
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.day"
kind = "max_work"
per = "day24"
limit_min = 480
counts_breaks = true
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.spread"
kind = "max_span"
limit_min = 540
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.week"
kind = "max_work"
per = "week"
limit_min = 1500
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.average"
kind = "max_avg"
limit_min_per_week = 1400
ref_weeks = 1
exclude = ["sick"]
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.days"
kind = "max_consecutive_days"
most = 3
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.break"
kind = "break_after"
work_from_min = 300
total_min = 20
piece_min = 5
start_earliest_min = 60
start_latest_min = 300
not_last = false
counted = true
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.free"
kind = "min_free_block"
min = 3000
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.sunday"
kind = "min_free_block"
min = 2000
include_day = "sun"
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "n.night"
kind = "night"
window = ["22:00", "05:00"]
worker_min = 60
avg_limit_min = 300
source = "a test"
certainty = "V1"
severity = "hard"
"#;

/// Gap before, lengths and activities of blocks: a duty at random.
fn any_line() -> impl Strategy<Value = Vec<(i64, Vec<(i64, u8)>)>> {
    let blocks = prop::collection::vec((1_i64..200, 0_u8..8), 1..8);
    let gap = prop_oneof![0_i64..30, 500_i64..800, 600_i64..3000];
    prop::collection::vec((gap, blocks), 0..14)
}

fn line_of(parts: &[(i64, Vec<(i64, u8)>)], calendar: &Calendar) -> Line {
    let mut at = calendar.horizon().start.0;
    let end = calendar.horizon().end.0;
    let mut duties = Vec::new();
    for (gap, blocks) in parts {
        at += gap;
        let mut duty = Duty { blocks: Vec::new() };
        for &(length, activity) in blocks {
            let activity = match activity {
                0..=3 => Some(OnQueue),
                4 => Some(Activity::OffQueue),
                5 => Some(Break),
                6 => Some(Meal),
                _ => None,
            };
            // A gap within the duty makes it a split one, unless it comes first or last.
            if let Some(activity) = activity {
                duty.blocks.push(block(at, length, activity));
            }
            at += length;
        }
        if !duty.blocks.is_empty() && duty.start().0 < end {
            duties.push(duty);
        }
    }
    Line { agent: AgentId::at(0), duties, absences: Vec::new() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn builders_and_audit_find_the_same_breaches_by_the_same_minutes(
        parts in any_line(),
        days in 3_usize..24,
        place in 0_usize..4,
        born in prop::option::of(-25_i64..25),
        absent in prop::option::of(0_usize..20),
        is_narrow in any::<bool>(),
    ) {
        let (zone, first) = [
            ("Europe/Dublin", "2026-11-25"),
            ("Europe/Dublin", "2026-03-19"),
            ("Europe/Dublin", "2026-10-16"),
            ("Australia/Lord_Howe", "2026-03-30"),
        ][place];
        let first = Date::parse(first).unwrap();
        let calendar = Calendar::new(zone, first, days, Minutes(15)).unwrap();
        let mut line = line_of(&parts, &calendar);
        if let Some(day) = absent.filter(|&day| day < days) {
            let whole = calendar.day(day);
            line.absences.push(Block {
                span: whole, activity: Activity::Absent, paid: true, detail: "sick".into(),
            });
        }
        let law = if is_narrow { Law::read(NARROW) } else { Law::of(&["ie".into(), "eu-base".into()]) };
        let law = law.unwrap();
        // Eighteen somewhere near the horizon.
        let born = born.map(|days| Date::parse("2008-12-01").unwrap().plus(days + first.days_since(Date::parse("2026-12-01").unwrap())));
        let person = Person { born, ..Person::default() };

        let mut objected: Vec<(String, i64)> = law
            .objections(&line, &person, &calendar)
            .into_iter()
            .map(|objection| (objection.rule, objection.by.0))
            .collect();
        let subjects = [Subject { agent: AgentId::at(0), person, zone: None }];
        let roster = Roster { lines: vec![line] };
        let found = audit_law(&roster, &subjects, &law, &calendar);
        let mut audited: Vec<(String, i64)> = found
            .breaches
            .into_iter()
            .filter(|it| it.severity == Severity::Hard)
            .map(|it| (it.rule, it.by_minutes.0))
            .collect();
        objected.sort();
        audited.sort();
        prop_assert_eq!(objected, audited);
    }
}

#[test]
fn the_narrow_pack_holds_every_kind_a_line_can_break_but_youth_and_rest() {
    let law = Law::read(NARROW).unwrap();
    let mut kinds: Vec<&str> = law.rules.iter().map(|rule| rule.kind.name()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "break_after",
            "max_avg",
            "max_consecutive_days",
            "max_span",
            "max_work",
            "min_free_block",
            "night"
        ]
    );
}

#[test]
fn a_hundred_people_over_four_weeks_of_day_work_are_sound() {
    let first = Date::parse("2026-11-30").unwrap();
    let calendar = Calendar::new("Europe/Dublin", first, 28, Minutes(15)).unwrap();
    let mut draw = StdRng::seed_from_u64(5);
    let lines = (0..100).map(|agent| {
        let days = (0..28).filter(|day| day % 7 < 5);
        let duties =
            days.map(|day| day_duty(day * 1440 + 480, false, &mut draw)).collect::<Vec<Duty>>();
        Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
    });
    let roster = Roster { lines: lines.collect() };
    let law = Law::of(&["ie".into()]).unwrap();
    let found = audit_law(&roster, &[], &law, &calendar);
    assert_eq!(found.hard(), 0);
    assert_eq!(found.dues.iter().filter(|due| due.planned < due.due).count(), 0);
}
