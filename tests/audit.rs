//! The audit agrees with what line builders are told on any roster whatever.

use evenkeel::calendar::{Calendar, Date};
use evenkeel::compliance::{Severity, Subject, audit_law};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::id::{AgentId, Id};
use evenkeel::roster::Roster;
use evenkeel::rules::{Law, Person};
use evenkeel::units::{Minutes, Moment, Span};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

fn block(start: i64, length: i64, activity: Activity) -> Block {
    Block {
        span: Span::new(Moment(start), Moment(start + length)),
        activity,
        paid: activity != Activity::Meal,
        detail: String::new(),
    }
}

/// A duty of seven and a half hours of work with two pauses and a meal.
fn day_duty(start: i64, third: i64) -> Duty {
    let parts = [
        (110, Activity::OnQueue),
        (15, Activity::Break),
        (120, Activity::OnQueue),
        (30, Activity::Meal),
        (third, Activity::OnQueue),
        (15, Activity::Break),
        (220 - third, Activity::OnQueue),
    ];
    let mut at = start;
    let blocks = parts.into_iter().map(|(length, activity)| {
        at += length;
        block(at - length, length, activity)
    });
    Duty { blocks: blocks.collect() }
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
                0..=3 => Some(Activity::OnQueue),
                4 => Some(Activity::OffQueue),
                5 => Some(Activity::Break),
                6 => Some(Activity::Meal),
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
        let duties = days
            .map(|day| day_duty(day * 1440 + 480, 5 * draw.random_range(20..=24)))
            .collect::<Vec<Duty>>();
        Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
    });
    let roster = Roster { lines: lines.collect() };
    let law = Law::of(&["ie".into()]).unwrap();
    let found = audit_law(&roster, &[], &law, &calendar);
    assert_eq!(found.hard(), 0);
    assert_eq!(found.dues.iter().filter(|due| due.planned < due.due).count(), 0);
}
