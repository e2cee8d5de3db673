//! A team in Ireland with rules of every kind of its own: hours, time off, locks and presence.

use std::collections::BTreeSet;
use std::ops::Range;

use evenkeel::duty::Activity::{Break, Meal, OnQueue};
use evenkeel::duty::{Activity, Duty, Line};
use evenkeel::roster::Roster;
use evenkeel::scenario::Scenario;
use evenkeel::units::{Minutes, Moment};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::small::Small;
use super::{
    Planted, SHIFTS, TEAM, any_duty, block, cut, day_duty, day_of, line, replace_day, shifted,
    work_through, worked,
};

const TABLES: &str = r#"
[[off_queue]]
title = "coaching"
minutes = 60
who = "everyone"

[[minimum_presence]]
id = "anyone"
hours = "mon-sun 10:00-15:00"
at_least = 1

[[minimum_presence]]
id = "phones"
hours = "mon-fri 10:00-11:30"
at_least = 1
on_queue = true

[[minimum_presence]]
id = "faye"
hours = "wed 10:00-14:00"
at_least = 1
people = ["faye"]
"#;

/// Cleo is seventeen; Dan can only work by day; Eve has the second Wednesday off; Faye is asked for on Wednesdays.
const AGENTS: &str = "id,tier,contract_hours,availability,born\n\
    amy,css1,40,,1990-01-01\nben,css1,40,,\ncleo,css1,40,,2009-06-01\n\
    dan,css1,40,mon-sun 07:00-19:00,\neve,css1,40,,\nfaye,css1,40,,\n";
const TIME_OFF: &str = "agent,start,end,reason\neve,2026-12-09,2026-12-09,annual_leave\n";
const LOCKS: &str = "agent,date,lock\ndan,2026-12-02,off\namy,2026-12-07,work\n\
    ben,2026-12-03,08:00-16:30\n";

const AMY: usize = 0;
const BEN: usize = 1;
const CLEO: usize = 2;
const DAN: usize = 3;
const EVE: usize = 4;
const FAYE: usize = 5;

pub(super) fn scenario() -> Scenario {
    let tables = format!("{SHIFTS}{TABLES}");
    let keys = "longest_stretch_minutes = 130";
    let team = Small { law: "ie", zone: "Europe/Dublin", days: 14, keys, tables: &tables };
    let files = [("agents.csv", AGENTS), ("time_off.csv", TIME_OFF), ("locks.csv", LOCKS)];
    team.with(&files.map(|(name, text)| (name, text.to_owned())))
}

/// Whether someone may be off on a day of a week and on the next.
fn may_be_off(agent: usize, week: i64, day: i64) -> bool {
    let free = [day, day + 1];
    match (agent, week) {
        (AMY, 1) => !free.contains(&0),
        (BEN, 0) => !free.contains(&3),
        (DAN, 0) | (EVE, 1) => free.contains(&2),
        (FAYE, _) => !free.contains(&2),
        _ => true,
    }
}

/// Five days a week with two days off somewhere, starts from 07:00 to 09:00, drawn until presence is kept.
pub(super) fn sound(seed: u64) -> Roster {
    let mut draw = StdRng::seed_from_u64(seed);
    loop {
        let lines = (0..6).map(|agent| {
            let mut duties = Vec::new();
            for week in 0..2 {
                let off = loop {
                    let off = draw.random_range(0..6);
                    if may_be_off(agent, week, off) {
                        break off;
                    }
                };
                let days = (0..7).filter(|&day| day != off && day != off + 1);
                for (nth, day) in days.enumerate() {
                    let is_locked = (agent, week, day) == (BEN, 0, 3);
                    let start = if is_locked { 480 } else { 420 + 15 * draw.random_range(0..=8) };
                    duties.push(day_duty((week * 7 + day) * 1440 + start, nth == 0, &mut draw));
                }
            }
            line(agent, duties)
        });
        let roster = Roster { lines: lines.collect() };
        if absent(&roster).is_empty() {
            return roster;
        }
    }
}

/// Rules of presence that a roster breaks, counted out minute by minute.
pub(super) fn absent(roster: &Roster) -> BTreeSet<String> {
    // A letter a minute: `q` on queue, `d` on duty otherwise.
    let painted: Vec<Vec<u8>> = roster.lines.iter().map(painted).collect();
    let are_absent = |who: Range<usize>, mut minutes: Range<usize>, letters: &[u8]| {
        minutes.any(|minute| who.clone().all(|agent| !letters.contains(&painted[agent][minute])))
    };
    let mut absent = BTreeSet::new();
    for day in 0..14 {
        let hours = |from: usize, to: usize| day * 1440 + from..day * 1440 + to;
        let rules = [
            ("anyone", true, are_absent(0..6, hours(600, 900), b"qd")),
            ("phones", day % 7 < 5, are_absent(0..6, hours(600, 690), b"q")),
            ("faye", day % 7 == 2, are_absent(FAYE..6, hours(600, 840), b"qd")),
        ];
        let broken = rules.iter().filter(|(_, is_asked, is_absent)| *is_asked && *is_absent);
        absent.extend(broken.map(|(id, ..)| format!("house.minimum_presence.{id}")));
    }
    absent
}

fn painted(line: &Line) -> Vec<u8> {
    let mut letters = vec![b'.'; 17 * 1440];
    for block in line.blocks() {
        let minute = |moment: Moment| usize::try_from(moment.0).unwrap();
        let letters = &mut letters[minute(block.span.start)..minute(block.span.end)];
        if block.activity == OnQueue {
            letters.fill(b'q');
        } else {
            letters.iter_mut().filter(|letter| **letter == b'.').for_each(|it| *it = b'd');
        }
    }
    letters
}

fn adult(draw: &mut StdRng) -> usize {
    [AMY, BEN, DAN, EVE, FAYE][draw.random_range(0..5)]
}

/// Two places where one duty follows the other on the next day.
fn next_day_pair(roster: &Roster, agent: usize) -> usize {
    let duties = &roster.lines[agent].duties;
    let follows = |pair: &[Duty]| {
        pair[1].start().0.div_euclid(1440) - pair[0].start().0.div_euclid(1440) == 1
    };
    duties.windows(2).position(follows).expect("five days a week leave a pair") + 1
}

pub(super) const HARMS: [Planted; 34] = [
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
        roster.lines[agent].duties.retain(|duty| day_of(duty) != 2);
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
        let day = day_of(roster.lines[CLEO].duties.last().unwrap());
        replace_day(roster, CLEO, worked(day * 1440 + 1200, &[(120 + minutes, OnQueue)]));
        CLEO
    }),
    ("a young person before six", "ie.young", |roster, draw| {
        let minutes = draw.random_range(1..=60);
        let day = day_of(&roster.lines[CLEO].duties[0]);
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
        let days: Vec<i64> = roster.lines[CLEO].duties.iter().map(day_of).collect();
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
        let day = day_of(duty);
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
    ("everybody on a break at once", "house.minimum_presence.phones", |roster, draw| {
        let day = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11][draw.random_range(0..10)];
        let at = day * 1440 + 600 + draw.random_range(0..=85);
        for duty in roster.lines.iter_mut().flat_map(|line| &mut line.duties) {
            cut(duty, at, 5, Some(Break));
        }
        TEAM
    }),
    ("nobody on duty for a minute", "house.minimum_presence.anyone", |roster, draw| {
        let at = draw.random_range(0..14) * 1440 + draw.random_range(600..900);
        for duty in roster.lines.iter_mut().flat_map(|line| &mut line.duties) {
            cut(duty, at, 1, None);
        }
        TEAM
    }),
    ("the one who is asked for away", "house.minimum_presence.faye", |roster, draw| {
        let day = [2, 9][draw.random_range(0..2)];
        roster.lines[FAYE].duties.retain(|duty| day_of(duty) != day);
        FAYE
    }),
    ("the one who is asked for late", "house.minimum_presence.faye", |roster, draw| {
        let day = [2, 9][draw.random_range(0..2)];
        let duties = &mut roster.lines[FAYE].duties;
        let duty = duties.iter_mut().find(|duty| day_of(duty) == day).unwrap();
        let late = day * 1440 + 600 + draw.random_range(1..=60);
        *duty = shifted(duty, late - duty.start().0);
        FAYE
    }),
    ("a day locked to be off worked", "house.lock", |roster, draw| {
        replace_day(roster, DAN, worked(2 * 1440 + 600, &[(draw.random_range(1..=120), OnQueue)]));
        DAN
    }),
    ("a day locked to be worked left free", "house.lock", |roster, _| {
        roster.lines[AMY].duties.retain(|duty| day_of(duty) != 7);
        AMY
    }),
    ("a locked duty moved", "house.lock", |roster, draw| {
        let duty = roster.lines[BEN].duties.iter_mut().find(|duty| day_of(duty) == 3).unwrap();
        let by = draw.random_range(1..=30);
        *duty = shifted(duty, if draw.random_bool(0.5) { by } else { -by });
        BEN
    }),
    ("a locked duty cut short", "house.lock", |roster, draw| {
        let duty = roster.lines[BEN].duties.iter_mut().find(|duty| day_of(duty) == 3).unwrap();
        let last = duty.blocks.last_mut().unwrap();
        last.span.end = last.span.end - Minutes(draw.random_range(1..=30));
        BEN
    }),
];
