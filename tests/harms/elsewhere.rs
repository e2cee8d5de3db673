//! One team under the laws of other places, and under limits of its own.

use evenkeel::duty::Activity::{self, Break, Meal, OnQueue};
use evenkeel::duty::Duty;
use evenkeel::roster::Roster;
use evenkeel::rules::Law;
use evenkeel::scenario::Scenario;
use evenkeel::units::Minutes;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::small::Small;
use super::{
    Planted, SHIFTS, any_duty, day_duty, line, replace_day, shifted, work_through, worked,
};

/// Limits that no pack above is broken by without.
const OWN: &str = r#"
id = "own"
title = "Limits of a team's own"
verified_on = "2026-11-22"
week_start = "mon"
[[rule]]
id = "own.spread"
kind = "max_span"
limit_min = 720
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "own.duty"
kind = "max_work"
per = "duty"
limit_min = 500
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "own.week"
kind = "max_work"
per = "week"
limit_min = 2600
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "own.days"
kind = "max_consecutive_days"
most = 5
source = "a test"
certainty = "V1"
severity = "hard"
[[rule]]
id = "own.sunday"
kind = "min_free_block"
min = 2880
include_day = "sun"
source = "a test"
certainty = "V1"
severity = "hard"
"#;

/// Every place: its name, its law, and what can be done there.
pub(super) fn all() -> Vec<(&'static str, Law, &'static [Planted])> {
    let pack = |id: &str| Law::of(&[id.to_owned()]).unwrap();
    vec![
        ("California", pack("us-ca"), &CALIFORNIA),
        ("Germany", pack("de"), &GERMANY),
        ("France", pack("fr"), &FRANCE),
        ("limits of its own", Law::read(OWN).unwrap(), &LIMITS),
    ]
}

pub(super) fn scenario(law: Law) -> Scenario {
    let agents = "id,tier,contract_hours\namy,css1,40\nben,css1,40\ncleo,css1,40\n";
    let keys = "longest_stretch_minutes = 240";
    let team = Small { law: "", zone: "Europe/Berlin", days: 14, keys, tables: SHIFTS };
    Scenario { law, ..team.with(&[("agents.csv", agents.to_owned())]) }
}

/// Monday to Friday, starts from 07:00 to 09:00.
pub(super) fn sound(seed: u64) -> Roster {
    let mut draw = StdRng::seed_from_u64(seed);
    let lines = (0..3).map(|agent| {
        let days = (0..14).filter(|day| day % 7 < 5);
        let duties = days.map(|day| {
            let start = day * 1440 + 420 + 15 * draw.random_range(0..=8);
            day_duty(start, false, &mut draw)
        });
        line(agent, duties.collect())
    });
    Roster { lines: lines.collect() }
}

fn anyone(draw: &mut StdRng) -> usize {
    draw.random_range(0..3)
}

/// Someone's duty made of other parts, from the same start.
fn instead(roster: &mut Roster, draw: &mut StdRng, parts: &[(i64, Activity)]) -> usize {
    let agent = anyone(draw);
    let start = any_duty(roster, agent, draw).start().0;
    replace_day(roster, agent, worked(start, parts));
    agent
}

/// Ten hours of work and so many minutes more, with a meal and two pauses so long.
fn ten_hours_and(pause: i64, over: i64) -> [(i64, Activity); 7] {
    [
        (200, OnQueue),
        (pause, Break),
        (150, OnQueue),
        (30, Meal),
        (150, OnQueue),
        (pause, Break),
        (100 + over, OnQueue),
    ]
}

/// The same duty on each of some days.
fn each_day(roster: &mut Roster, draw: &mut StdRng, days: i64, parts: &[(i64, Activity)]) -> usize {
    let agent = anyone(draw);
    let from = 7 * draw.random_range(0..2);
    for day in from..from + days {
        replace_day(roster, agent, worked(day * 1440 + 480, parts));
    }
    agent
}

fn meal(duty: &mut Duty) -> usize {
    duty.blocks.iter().position(|block| block.activity == Meal).expect("each has a meal")
}

const CALIFORNIA: [Planted; 8] = [
    ("no meal", "ca.meal1", |roster, draw| {
        let agent = anyone(draw);
        work_through(any_duty(roster, agent, draw), |_, block| block.activity != Meal);
        agent
    }),
    ("a meal of 29 minutes", "ca.meal1", |roster, draw| {
        let agent = anyone(draw);
        let duty = any_duty(roster, agent, draw);
        let place = meal(duty);
        let end = duty.blocks[place].span.end - Minutes(1);
        duty.blocks[place].span.end = end;
        duty.blocks[place + 1].span.start = end;
        agent
    }),
    ("a meal after the fifth hour", "ca.meal1", |roster, draw| {
        let late = draw.random_range(1..=60);
        let parts =
            [(150, OnQueue), (15, Break), (135 + late, OnQueue), (30, Meal), (100, OnQueue)];
        instead(roster, draw, &parts)
    }),
    ("no second meal", "ca.meal2", |roster, draw| {
        let over = draw.random_range(1..=60);
        let parts = [
            (180, OnQueue),
            (15, Break),
            (60, OnQueue),
            (30, Meal),
            (180, OnQueue),
            (15, Break),
            (180 + over, OnQueue),
        ];
        instead(roster, draw, &parts)
    }),
    ("a second meal after the tenth hour", "ca.meal2", |roster, draw| {
        let late = draw.random_range(1..=30);
        let parts = [
            (180, OnQueue),
            (15, Break),
            (60, OnQueue),
            (30, Meal),
            (180, OnQueue),
            (15, Break),
            (120 + late, OnQueue),
            (30, Meal),
            (70, OnQueue),
        ];
        instead(roster, draw, &parts)
    }),
    ("one rest of two", "ca.rest", |roster, draw| {
        let agent = anyone(draw);
        let first = draw.random_bool(0.5);
        work_through(any_duty(roster, agent, draw), |nth, block| {
            block.activity == Meal || (nth == 0) == first
        });
        agent
    }),
    ("a rest of nine minutes", "ca.rest", |roster, draw| {
        let agent = anyone(draw);
        let duty = any_duty(roster, agent, draw);
        let end = duty.blocks[1].span.start + Minutes(9);
        duty.blocks[1].span.end = end;
        duty.blocks[2].span.start = end;
        agent
    }),
    ("seven days in one week", "ca.day7", |roster, draw| {
        let parts = [(180, OnQueue), (15, Break), (60, OnQueue), (30, Meal), (180, OnQueue)];
        each_day(roster, draw, 7, &parts)
    }),
];

const GERMANY: [Planted; 7] = [
    ("work on a Sunday", "de.sun", |roster, draw| {
        let agent = anyone(draw);
        let sunday = [6, 13][draw.random_range(0..2)] * 1440;
        let start = sunday + draw.random_range(0..1200);
        replace_day(roster, agent, worked(start, &[(draw.random_range(1..=200), OnQueue)]));
        agent
    }),
    ("Saturday's duty a minute into Sunday", "de.sun", |roster, draw| {
        let agent = anyone(draw);
        let minutes = draw.random_range(60..=200);
        let start = 6 * 1440 + 1 - minutes;
        replace_day(roster, agent, worked(start, &[(minutes, OnQueue)]));
        agent
    }),
    ("more than ten hours", "de.day", |roster, draw| {
        let over = draw.random_range(1..=30);
        instead(roster, draw, &ten_hours_and(15, over))
    }),
    ("44 minutes of pauses in more than nine hours", "de.b45", |roster, draw| {
        let more = draw.random_range(1..=50);
        let parts =
            [(200, OnQueue), (15, Break), (200, OnQueue), (29, Meal), (140 + more, OnQueue)];
        instead(roster, draw, &parts)
    }),
    ("29 minutes of pauses in more than six hours", "de.b30", |roster, draw| {
        let more = draw.random_range(1..=50);
        instead(roster, draw, &[(200, OnQueue), (29, Meal), (160 + more, OnQueue)])
    }),
    ("more than six hours in one go", "de.b30", |roster, draw| {
        let over = draw.random_range(1..=30);
        instead(roster, draw, &[(60, OnQueue), (30, Meal), (360 + over, OnQueue)])
    }),
    ("less than eleven hours of rest", "de.rest", |roster, draw| {
        let agent = anyone(draw);
        let place = draw.random_range(1..5);
        let duties = &mut roster.lines[agent].duties;
        let rest = duties[place].start().since(duties[place - 1].end()).0;
        duties[place] = shifted(&duties[place], 660 - rest - draw.random_range(1..=120));
        agent
    }),
];

const FRANCE: [Planted; 5] = [
    ("more than ten hours on a date", "fr.day", |roster, draw| {
        let over = draw.random_range(1..=30);
        instead(roster, draw, &ten_hours_and(20, over))
    }),
    ("more than 48 hours in a week", "fr.week48", |roster, draw| {
        let over = draw.random_range(1..=20);
        let parts =
            [(180, OnQueue), (20, Break), (160, OnQueue), (30, Meal), (140 + over, OnQueue)];
        each_day(roster, draw, 6, &parts)
    }),
    ("a break of nineteen minutes", "fr.b20", |roster, draw| {
        let more = draw.random_range(0..=60);
        instead(roster, draw, &[(200, OnQueue), (19, Break), (160 + more, OnQueue)])
    }),
    ("more than six hours in one go", "fr.b20", |roster, draw| {
        let over = draw.random_range(1..=30);
        instead(roster, draw, &[(60, OnQueue), (30, Meal), (360 + over, OnQueue)])
    }),
    ("seven days in a row", "fr.days6", |roster, draw| {
        let length = draw.random_range(60..=200);
        each_day(roster, draw, 7, &[(length, OnQueue)])
    }),
];

const LIMITS: [Planted; 5] = [
    ("a day spread over more than twelve hours", "own.spread", |roster, draw| {
        let over = draw.random_range(1..=60);
        instead(roster, draw, &[(200, OnQueue), (320 + over, Meal), (200, OnQueue)])
    }),
    ("more than so much work in one duty", "own.duty", |roster, draw| {
        let over = draw.random_range(1..=60);
        instead(
            roster,
            draw,
            &[(200, OnQueue), (30, Meal), (200, OnQueue), (30, Break), (100 + over, OnQueue)],
        )
    }),
    ("more than so much work in one week", "own.week", |roster, draw| {
        let over = draw.random_range(1..=20);
        let parts = [(200, OnQueue), (30, Meal), (234 + over, OnQueue)];
        each_day(roster, draw, 6, &parts)
    }),
    ("six days in a row", "own.days", |roster, draw| {
        let length = draw.random_range(30..=200);
        each_day(roster, draw, 6, &[(length, OnQueue)])
    }),
    ("a Sunday off without its two days", "own.sunday", |roster, draw| {
        let agent = anyone(draw);
        for week in 0..2 {
            let start = (week * 7 + 5) * 1440 + draw.random_range(600..=900);
            replace_day(roster, agent, worked(start, &[(draw.random_range(30..=200), OnQueue)]));
        }
        agent
    }),
];
