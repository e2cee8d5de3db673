//! The audit finds every kind of harm done to a sound roster, in every roster in which it is done, blames nobody
//! else for it, and finds nothing in a sound one.

#[path = "harms/elsewhere.rs"]
mod elsewhere;
#[path = "harms/ireland.rs"]
mod ireland;
#[path = "support/small.rs"]
mod small;

use std::collections::BTreeSet;
use std::ops::Range;

use evenkeel::compliance::{Breach, Compliance, Severity, audit};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::id::{AgentId, Id};
use evenkeel::roster::Roster;
use evenkeel::rules::Law;
use evenkeel::scenario::Scenario;
use evenkeel::units::{Minutes, Moment, Span};
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// A harm: what it is, the rule it breaks, and how it is done; that tells whose line was harmed.
type Planted = (&'static str, &'static str, fn(&mut Roster, &mut StdRng) -> usize);

/// Shifts of every team here.
const SHIFTS: &str = r#"
[[shifts]]
id = "day"
starts = "mon-sun 07:00-10:00"
hours = [6, 8.5]
"#;

/// Harm done to everybody, for which nobody alone is blamed.
const TEAM: usize = usize::MAX;

/// A team, sound rosters for it, and what can be done to them.
struct Audited {
    name: &'static str,
    scenario: Scenario,
    sound: fn(u64) -> Roster,
    /// Rules of presence that a roster breaks, by its own count.
    absent: fn(&Roster) -> BTreeSet<String>,
    harms: &'static [Planted],
}

fn teams() -> Vec<Audited> {
    let nobody_is_asked_for = |_: &Roster| BTreeSet::new();
    let mut teams = vec![Audited {
        name: "Ireland",
        scenario: ireland::scenario(),
        sound: ireland::sound,
        absent: ireland::absent,
        harms: &ireland::HARMS,
    }];
    for (name, law, harms) in elsewhere::all() {
        let scenario = elsewhere::scenario(law);
        let sound = elsewhere::sound;
        teams.push(Audited { name, scenario, sound, absent: nobody_is_asked_for, harms });
    }
    teams
}

fn block(start: i64, length: i64, activity: Activity) -> Block {
    Block {
        span: Span::new(Moment(start), Moment(start + length)),
        activity,
        paid: activity != Activity::Meal,
        detail: if activity == Activity::OffQueue { "coaching".into() } else { String::new() },
    }
}

fn line(agent: usize, duties: Vec<Duty>) -> Line {
    Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
}

/// Blocks one after the other.
fn worked(start: i64, parts: &[(i64, Activity)]) -> Duty {
    let mut at = start;
    let blocks = parts.iter().map(|&(length, activity)| {
        at += length;
        block(at - length, length, activity)
    });
    Duty { blocks: blocks.collect() }
}

/// A duty of seven and a half hours of work with two pauses and a meal.
fn day_duty(start: i64, has_coaching: bool, draw: &mut StdRng) -> Duty {
    let [first, second, third] = [(); 3].map(|()| 5 * draw.random_range(22..=24));
    let begins = if has_coaching {
        vec![(60, Activity::OffQueue), (first - 60, Activity::OnQueue)]
    } else {
        vec![(first, Activity::OnQueue)]
    };
    let goes_on = [
        (15, Activity::Break),
        (second, Activity::OnQueue),
        (30, Activity::Meal),
        (third, Activity::OnQueue),
        (15, Activity::Break),
        // Whatever is left of 450 minutes of work: 90 to 120.
        (450 - first - second - third, Activity::OnQueue),
    ];
    worked(start, &[begins, goes_on.to_vec()].concat())
}

fn day_of(duty: &Duty) -> i64 {
    duty.start().0.div_euclid(1440)
}

fn any_duty<'a>(roster: &'a mut Roster, agent: usize, draw: &mut StdRng) -> &'a mut Duty {
    let duties = &mut roster.lines[agent].duties;
    let place = draw.random_range(0..duties.len());
    &mut duties[place]
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
    let pauses = duty.blocks.iter_mut().filter(|block| block.activity.is_pause());
    for (nth, block) in pauses.enumerate() {
        if !keep(nth, block) {
            block.activity = Activity::OnQueue;
            block.paid = true;
        }
    }
}

/// Some minutes on queue become something else, or a gap.
fn cut(duty: &mut Duty, from: i64, minutes: i64, instead: Option<Activity>) {
    let to = from + minutes;
    let parts = |whole: &Block| {
        let (start, end) = (whole.span.start.0, whole.span.end.0);
        let is_left = instead.is_some() && whole.activity != Activity::OnQueue;
        if is_left || end <= from || to <= start {
            return vec![whole.clone()];
        }
        let part = |from: i64, to: i64, activity| Block {
            span: Span::new(Moment(from), Moment(to)),
            activity,
            ..whole.clone()
        };
        let cut = instead.map(|activity| part(from.max(start), to.min(end), activity));
        let around = [part(start, from, whole.activity), part(to, end, whole.activity)];
        let [before, after] =
            around.map(|part| Some(part).filter(|it| it.span.start < it.span.end));
        [before, cut, after].into_iter().flatten().collect()
    };
    duty.blocks = duty.blocks.iter().flat_map(parts).collect();
}

/// The duty of a day, in place of what stood there.
fn replace_day(roster: &mut Roster, agent: usize, duty: Duty) {
    let line = &mut roster.lines[agent];
    line.duties.retain(|other| day_of(other) != day_of(&duty));
    line.duties.push(duty);
    line.duties.sort_by_key(Duty::start);
}

fn told(compliance: &Compliance) -> impl Iterator<Item = &Breach> {
    compliance.breaches.iter().filter(|breach| breach.severity != Severity::Info)
}

/// Do every kind of harm to every plan of these seeds, one at a time; how often it was done.
fn plant(seeds: &Range<u64>) -> usize {
    let mut planted = 0;
    for team in teams() {
        for seed in seeds.clone() {
            let sound = (team.sound)(seed);
            let found = audit(&sound, &team.scenario);
            let breaches: Vec<&Breach> = told(&found).collect();
            assert!(breaches.is_empty(), "{}, seed {seed}: {breaches:#?}", team.name);
            for (what, rule, harm) in team.harms {
                let mut draw = StdRng::seed_from_u64(seed + 1000);
                let mut roster = sound.clone();
                let harmed = harm(&mut roster, &mut draw);
                assert_ne!(roster, sound, "{what} (seed {seed}): nothing was done");
                judge(
                    &team,
                    &roster,
                    harmed,
                    rule,
                    &format!("{what} ({}, seed {seed})", team.name),
                );
                planted += 1;
            }
        }
    }
    planted
}

/// The rule is found broken; whoever was not harmed is not blamed; presence is missed where it is by count.
fn judge(team: &Audited, roster: &Roster, harmed: usize, rule: &str, what: &str) {
    let found = audit(roster, &team.scenario);
    let harmed = (harmed != TEAM).then(|| AgentId::at(harmed));
    let is_presence = rule.starts_with("house.minimum_presence");
    let is_found = found
        .breaches
        .iter()
        .any(|it| it.rule == rule && it.agent == harmed.filter(|_| !is_presence));
    assert!(is_found, "{what}: no {rule} in {:#?}", found.breaches);
    let (between, own): (Vec<&Breach>, Vec<&Breach>) =
        told(&found).partition(|it| it.agent.is_none());
    let others: Vec<&&Breach> = own.iter().filter(|it| it.agent != harmed).collect();
    assert!(others.is_empty(), "{what}: others are blamed: {others:#?}");
    let between: BTreeSet<String> = between.into_iter().map(|it| it.rule.clone()).collect();
    assert_eq!(between, (team.absent)(roster), "{what}");
}

#[test]
fn every_harm_is_found_and_laid_at_nobody_else_s_door() {
    let planted = plant(&(0..3));
    let kinds: BTreeSet<&str> = teams().iter().flat_map(|team| team.harms).map(|it| it.1).collect();
    assert!(planted >= 150 && kinds.len() >= 30, "{planted} harms to {} rules", kinds.len());
}

/// Run by `make long`.
#[test]
#[ignore = "some minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn every_harm_is_found_in_each_of_five_hundred_plans() {
    let planted = plant(&(0..500));
    println!(
        "{planted} harms found in 500 plans of each team, nobody else blamed, sound plans clean"
    );
}

#[test]
fn breaches_come_in_the_same_order_whatever_the_order_of_lines() {
    let scenario = ireland::scenario();
    let mut roster = ireland::sound(1);
    for duty in roster.lines.iter_mut().flat_map(|line| &mut line.duties) {
        work_through(duty, |_, _| false);
    }
    let forward = audit(&roster, &scenario);
    roster.lines.reverse();
    assert_eq!(forward, audit(&roster, &scenario));
    assert!(forward.hard() >= 100);
    assert_eq!(forward.breaches[0].agent, Some(AgentId::at(0)));
}

#[test]
fn a_roster_published_too_late_is_found_for_everyone_who_works_and_in_time_for_nobody() {
    let mut scenario = ireland::scenario();
    let mut roster = ireland::sound(2);
    roster.lines[3].duties.clear();
    for (pack, rule, days) in [("ie", "ie.notice", 1), ("us-or-schedules", "or.notice", 14)] {
        scenario.law = Law::of(&[pack.to_owned()]).unwrap();
        for (told_before, late) in [(days, 0), (days + 5, 0), (days - 1, 1), (0, days)] {
            scenario.notice_days = told_before;
            let found = audit(&roster, &scenario);
            let notice = found.breaches.iter().filter(|it| it.kind == "notice");
            let told: Vec<(&str, AgentId, i64)> =
                notice.map(|it| (it.rule.as_str(), it.agent.unwrap(), it.by_minutes.0)).collect();
            let expected: Vec<(&str, AgentId, i64)> = [0, 1, 2, 4, 5]
                .into_iter()
                .filter(|_| late > 0)
                .map(|agent| (rule, AgentId::at(agent), 1440 * late))
                .collect();
            assert_eq!(told, expected, "{pack}, {told_before} days before");
        }
    }
}
