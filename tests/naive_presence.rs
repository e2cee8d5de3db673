//! Minimum presence counted out from its text, one truth a minute, beside what the audit tells of random rosters.

#[path = "support/small.rs"]
mod small;

use std::fmt::Write as _;

use evenkeel::compliance::{audit, audit_between};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::id::{AgentId, Id};
use evenkeel::roster::Roster;
use evenkeel::scenario::Scenario;
use evenkeel::units::{Minutes, Moment, Span};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use small::Small;

const SHIFTS: &str = r#"
[[shifts]]
id = "any"
starts = "mon-sun 00:00-23:30"
hours = [6, 8.5]
"#;
const DAY: usize = 1440;
const DAYS: usize = 7;
const WEEKDAYS: [&str; DAYS] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PEOPLE: [&str; 6] = ["amy", "ben", "cleo", "dan", "eve", "faye"];

/// A rule as its text has it. The first day is a Monday, and no clock changes.
struct Asked {
    weekdays: (usize, usize),
    from: usize,
    minutes: usize,
    at_least: usize,
    on_queue: bool,
    who: Vec<usize>,
}

impl Asked {
    fn drawn(draw: &mut StdRng) -> Asked {
        let first = draw.random_range(0..DAYS);
        let who: Vec<usize> = (0..PEOPLE.len()).filter(|_| draw.random_bool(0.6)).collect();
        let who = if who.is_empty() { vec![2] } else { who };
        Asked {
            weekdays: (first, draw.random_range(first..DAYS)),
            from: 5 * draw.random_range(0..288),
            minutes: 5 * [draw.random_range(1..12), draw.random_range(12..144)]
                [draw.random_range(0..2)],
            at_least: draw.random_range(1..=who.len()),
            on_queue: draw.random_bool(0.5),
            who,
        }
    }

    fn text(&self, id: usize) -> String {
        let clock = |minute: usize| format!("{:02}:{:02}", minute.div_euclid(60) % 24, minute % 60);
        let to = match (self.from + self.minutes) % DAY {
            0 => "24:00".to_owned(),
            minute => clock(minute),
        };
        let who: Vec<String> =
            self.who.iter().map(|&place| format!("\"{}\"", PEOPLE[place])).collect();
        format!(
            "[[minimum_presence]]\nid = \"rule-{id}\"\nhours = \"{}-{} {}-{to}\"\nat_least = {}\non_queue = {}\n\
             people = [{}]\n",
            WEEKDAYS[self.weekdays.0],
            WEEKDAYS[self.weekdays.1],
            clock(self.from),
            self.at_least,
            self.on_queue,
            who.join(", ")
        )
    }

    /// Day and people-minutes missing of each stretch in which somebody is.
    fn missed(&self, there: &[Vec<u8>]) -> Vec<(usize, usize)> {
        let mut missed = Vec::new();
        let (first, last) = self.weekdays;
        // The night before the first day reaches into it where its weekday is meant.
        let nights =
            (last == DAYS - 1).then_some(0..(self.from + self.minutes).saturating_sub(DAY));
        let days = (first..=last).map(|day| {
            let from = day * DAY + self.from;
            from..(from + self.minutes).min(DAYS * DAY)
        });
        for stretch in nights.into_iter().chain(days) {
            let day = stretch.start.div_euclid(DAY);
            let mut missing = 0;
            for minute in stretch {
                let is_there = |&&person: &&usize| match there[person][minute] {
                    b'q' => true,
                    b'd' => !self.on_queue,
                    _ => false,
                };
                let people = self.who.iter().filter(is_there).count();
                missing += self.at_least.saturating_sub(people);
            }
            if missing > 0 {
                missed.push((day, missing));
            }
        }
        missed
    }
}

fn scenario(rules: &[Asked], agents: &str) -> Scenario {
    let mut tables = SHIFTS.to_owned();
    for (id, rule) in rules.iter().enumerate() {
        write!(tables, "{}", rule.text(id)).unwrap();
    }
    let team = Small { law: "", zone: "Europe/Dublin", days: DAYS, keys: "", tables: &tables };
    team.with(&[("agents.csv", agents.to_owned())])
}

/// Blocks of any activity at any minute, some of them over each other and beyond the last day.
fn any_line(agent: usize, draw: &mut StdRng) -> Line {
    let mut duties = Vec::new();
    let mut at = i64::from(draw.random_range(0..900));
    while at < i64::try_from(DAYS * DAY).unwrap() {
        let blocks = (0..draw.random_range(1..=6)).map(|_| {
            let length = draw.random_range(1..=240);
            let activity = match draw.random_range(0..8) {
                0 => Activity::OffQueue,
                1 => Activity::Break,
                2 => Activity::Meal,
                3 => Activity::Recovery,
                _ => Activity::OnQueue,
            };
            let span = Span::new(Moment(at), Moment(at + length));
            at +=
                if draw.random_bool(0.1) { length - draw.random_range(0..length) } else { length };
            Block { span, activity, paid: activity != Activity::Meal, detail: String::new() }
        });
        duties.push(Duty { blocks: blocks.collect() });
        at += draw.random_range(1..900);
    }
    Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
}

/// A letter a minute: `q` on queue, `d` on duty otherwise, `.` not there.
fn painted(line: &Line) -> Vec<u8> {
    let mut letters = vec![b'.'; (DAYS + 3) * DAY];
    for block in line.blocks() {
        let (from, to) = (block.span.start.0, block.span.end.0);
        for minute in from..to {
            let letter = &mut letters[usize::try_from(minute).unwrap()];
            if block.activity == Activity::OnQueue {
                *letter = b'q';
            } else if *letter == b'.' {
                *letter = b'd';
            }
        }
    }
    letters
}

/// Compare on rosters of these seeds; how many stretches were kept and how many were missed.
fn compare(seeds: std::ops::Range<u64>) -> [usize; 2] {
    let mut agents = "id,tier,contract_hours\n".to_owned();
    for id in PEOPLE {
        writeln!(agents, "{id},css1,40").unwrap();
    }
    let mut counts = [0; 2];
    for seed in seeds {
        let mut draw = StdRng::seed_from_u64(seed);
        let rules: Vec<Asked> = (0..6).map(|_| Asked::drawn(&mut draw)).collect();
        let scenario = scenario(&rules, &agents);
        let lines: Vec<Line> = (0..PEOPLE.len()).map(|agent| any_line(agent, &mut draw)).collect();
        let there: Vec<Vec<u8>> = lines.iter().map(painted).collect();
        let mut naive: Vec<(String, i64, i64)> = Vec::new();
        for (id, rule) in rules.iter().enumerate() {
            let missed = rule.missed(&there);
            let stretches = rule.weekdays.1 - rule.weekdays.0 + 1;
            counts[0] += stretches.saturating_sub(missed.len());
            counts[1] += missed.len();
            let number = |count: usize| i64::try_from(count).unwrap();
            naive.extend(missed.into_iter().map(|(day, minutes)| {
                (format!("house.minimum_presence.rule-{id}"), number(day), number(minutes))
            }));
        }
        naive.sort();
        let roster = Roster { lines };
        for breaches in [audit(&roster, &scenario).breaches, audit_between(&roster, &scenario)] {
            let mut told: Vec<(String, i64, i64)> = breaches
                .into_iter()
                .filter(|breach| breach.kind == "minimum_presence")
                .map(|breach| {
                    assert_eq!(breach.agent, None);
                    let day = breach.date.days_since(scenario.calendar.first());
                    (breach.rule, day, breach.by_minutes.0)
                })
                .collect();
            told.sort();
            assert_eq!(told, naive, "seed {seed}");
        }
    }
    counts
}

#[test]
fn presence_counted_out_is_what_the_audit_tells() {
    let [kept, missed] = compare(0..25);
    assert!(kept > 50 && missed > 50, "{kept} kept and {missed} missed show little");
}

/// Run by `make long`.
#[test]
#[ignore = "some minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn presence_counted_out_is_what_the_audit_tells_of_ten_thousand_rosters() {
    let [kept, missed] = compare(0..10_000);
    println!("10,000 random rosters: {kept} stretches kept and {missed} missed, by both");
}

#[test]
fn someone_in_two_places_is_there_once_and_one_minute_is_one_minute() {
    let asked = Asked {
        weekdays: (1, 1),
        from: 600,
        minutes: 60,
        at_least: 2,
        on_queue: true,
        who: vec![0, 1],
    };
    let agents = "id,tier,contract_hours\namy,css1,40\nben,css1,40\n";
    let scenario = scenario(std::slice::from_ref(&asked), agents);
    let block = |from: i64, to: i64, activity| Block {
        span: Span::new(Moment(1440 + from), Moment(1440 + to)),
        activity,
        paid: true,
        detail: String::new(),
    };
    let twice = Duty { blocks: vec![block(540, 660, Activity::OnQueue)] };
    let paused =
        [(540, 630, Activity::OnQueue), (630, 631, Activity::Break), (631, 700, Activity::OnQueue)];
    let paused = Duty { blocks: paused.map(|(from, to, what)| block(from, to, what)).into() };
    let line = |agent, duties| Line { agent: AgentId::at(agent), duties, absences: Vec::new() };
    let roster = Roster { lines: vec![line(0, vec![twice.clone(), twice]), line(1, vec![paused])] };
    let told = audit_between(&roster, &scenario);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].by_minutes, Minutes(1));
    let there: Vec<Vec<u8>> = roster.lines.iter().map(painted).collect();
    assert_eq!(asked.missed(&there), [(1, 1)]);
}
