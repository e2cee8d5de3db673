//! A third audit, as naive as can be: one letter a minute, each rule counted out from its text, sharing nothing with
//! the shipped audit or with what line builders are told. The three agree on random rosters.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel::calendar::{Calendar, Date};
use evenkeel::compliance::{Severity, audit_law};
use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::id::{AgentId, Id};
use evenkeel::roster::Roster;
use evenkeel::rules::{Law, Person};
use evenkeel::units::{Minutes, Moment, Span};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const DAY: usize = 1440;

/// A person's days, one letter a minute from the first midnight: `w` work, `b` break, `m` meal, `g` a gap within a
/// duty, `.` free.
struct Naive {
    letters: Vec<u8>,
    /// First and last minute after of each duty, in order.
    duties: Vec<(usize, usize)>,
    days: usize,
}

impl Naive {
    fn of(line: &Line, days: usize) -> Naive {
        let mut letters = vec![b'.'; (days + 3) * DAY];
        let mut duties = Vec::new();
        let minute = |moment: Moment| usize::try_from(moment.0).unwrap();
        for duty in &line.duties {
            let (start, end) = (minute(duty.start()), minute(duty.end()));
            letters[start..end].fill(b'g');
            for block in &duty.blocks {
                let letter = match block.activity {
                    Activity::Break => b'b',
                    Activity::Meal => b'm',
                    _ => b'w',
                };
                letters[minute(block.span.start)..minute(block.span.end)].fill(letter);
            }
            duties.push((start, end));
        }
        Naive { letters, duties, days }
    }

    fn count(&self, from: usize, to: usize, is_meant: impl Fn(u8) -> bool) -> usize {
        let to = to.min(self.letters.len());
        self.letters[from.min(to)..to].iter().filter(|&&letter| is_meant(letter)).count()
    }

    fn work(&self, (from, to): (usize, usize)) -> usize {
        self.count(from, to, |letter| letter == b'w')
    }

    /// Pauses between work, whatever they are made of: start and end.
    fn pauses(&self, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
        let first = (from..to).find(|&minute| self.letters[minute] == b'w').unwrap_or(to);
        let last = (from..to).rfind(|&minute| self.letters[minute] == b'w').unwrap_or(from);
        let mut pauses: Vec<(usize, usize)> = Vec::new();
        for minute in first..last {
            if self.letters[minute] == b'w' {
                continue;
            }
            match pauses.last_mut() {
                Some(pause) if pause.1 == minute => pause.1 += 1,
                _ => pauses.push((minute, minute + 1)),
            }
        }
        pauses
    }

    /// Longest time from the first work or a pause of at least `piece` to the next such pause or the last work.
    fn longest_without(&self, duty: (usize, usize), piece: usize) -> usize {
        let is_work = |minute: &usize| self.letters[*minute] == b'w';
        let Some(first) = (duty.0..duty.1).find(is_work) else { return 0 };
        let last = (duty.0..duty.1).rfind(is_work).unwrap() + 1;
        let mut from = first;
        let mut longest = 0;
        for (start, end) in self.pauses(duty) {
            if end - start >= piece {
                longest = longest.max(start - from);
                from = end;
            }
        }
        longest.max(last - from)
    }

    fn lacks_rest(&self) -> bool {
        let too_near = self.duties.windows(2).any(|pair| pair[1].0 < pair[0].1 + 660);
        let none_in_24_hours = self.duties.iter().any(|&(start, _)| {
            let mut run = 0;
            let mut longest = 0;
            for minute in start..start + DAY {
                run =
                    if self.letters.get(minute).is_none_or(|&it| it == b'.') { run + 1 } else { 0 };
                longest = longest.max(run);
            }
            longest < 660
        });
        too_near || none_in_24_hours
    }

    /// Above so much work so many minutes of pauses of at least a piece, and never too long without one.
    fn lacks_break(&self, from_work: usize, total: usize, piece: usize, longest: usize) -> bool {
        self.duties.iter().any(|&duty| {
            let pauses = self.pauses(duty).into_iter().map(|(start, end)| end - start);
            let rested: usize = pauses.filter(|&length| length >= piece).sum();
            let is_owed = self.work(duty) >= from_work;
            is_owed && (rested < total || self.longest_without(duty, piece) > longest)
        })
    }

    /// The same where breaks are work for the threshold.
    fn lacks_counted_break(&self, from_work: usize, total: usize, piece: usize) -> bool {
        self.duties.iter().any(|&duty| {
            let pauses = self.pauses(duty).into_iter().map(|(start, end)| end - start);
            let rested: usize = pauses.filter(|&length| length >= piece).sum();
            let work = self.count(duty.0, duty.1, |letter| letter == b'w' || letter == b'b');
            work >= from_work && rested < total
        })
    }

    fn works_over_on_a_date(&self, most: usize) -> bool {
        (0..self.days + 2).any(|day| self.work((day * DAY, (day + 1) * DAY)) > most)
    }

    fn works_over_from_a_start(&self, most: usize) -> bool {
        self.duties.iter().any(|&(start, _)| self.work((start, start + DAY)) > most)
    }

    fn works_over_in_a_week(&self, most: usize) -> bool {
        (0..self.days.div_ceil(7))
            .any(|week| self.work((week * 7 * DAY, (week + 1) * 7 * DAY)) > most)
    }

    /// The first day is a Monday.
    fn works_on_a_sunday(&self) -> bool {
        (0..self.days + 2)
            .filter(|day| day % 7 == 6)
            .any(|day| self.work((day * DAY, (day + 1) * DAY)) > 0)
    }

    /// Pauses of at least half an hour, in order, each where it starts after the start of the duty.
    fn lacks_meal(&self, above: usize, nth: usize, latest: usize) -> bool {
        self.duties.iter().any(|&duty| {
            let long: Vec<usize> = self
                .pauses(duty)
                .into_iter()
                .filter(|(start, end)| end - start >= 30)
                .map(|(start, _)| start - duty.0)
                .collect();
            self.work(duty) > above && long.get(nth - 1).is_none_or(|&start| start > latest)
        })
    }

    /// Ten minutes for each four hours or more than half of them.
    fn lacks_californian_rest(&self) -> bool {
        self.duties.iter().any(|&duty| {
            let work = self.work(duty);
            let mut owed = 0;
            let mut left = work;
            while left >= 240 {
                owed += 1;
                left -= 240;
            }
            owed += usize::from(left > 120);
            owed = if work < 210 { 0 } else { owed };
            let is_rest =
                |&(start, end): &(usize, usize)| self.letters[start] == b'b' && end - start >= 10;
            self.pauses(duty).iter().filter(|pause| is_rest(pause)).count() < owed
        })
    }
}

/// Rules judged here, with the law they are of, each as its text has it.
fn broken(law: &str, it: &Naive) -> BTreeSet<&'static str> {
    const NEVER: usize = usize::MAX;
    let rules: Vec<(&'static str, bool)> = match law {
        "ie" => vec![
            ("ie.daily_rest", it.lacks_rest()),
            ("ie.b15", it.lacks_break(271, 15, 15, 270)),
            ("ie.b30", it.lacks_break(361, 30, 15, NEVER)),
            ("eu.break6", it.lacks_break(361, 1, 1, NEVER)),
        ],
        "de" => vec![
            ("de.rest", it.lacks_rest()),
            ("de.day", it.works_over_from_a_start(600)),
            ("de.b30", it.lacks_break(361, 30, 15, 360)),
            ("de.b45", it.lacks_break(541, 45, 15, NEVER)),
            ("de.sun", it.works_on_a_sunday()),
        ],
        "uk" => {
            vec![("uk.daily_rest", it.lacks_rest()), ("uk.b20", it.lacks_break(361, 20, 20, NEVER))]
        }
        "fr" => vec![
            ("fr.rest", it.lacks_rest()),
            ("fr.day", it.works_over_on_a_date(600)),
            ("fr.week48", it.works_over_in_a_week(2880)),
            ("fr.b20", it.lacks_break(360, 20, 20, 360)),
        ],
        "us-ca" => vec![
            ("ca.meal1", it.lacks_meal(300, 1, 300)),
            ("ca.meal2", it.lacks_meal(600, 2, 600)),
            ("ca.rest", it.lacks_californian_rest()),
        ],
        "jp" => vec![
            ("jp.b45", it.lacks_break(361, 45, 1, NEVER)),
            ("jp.b60", it.lacks_break(481, 60, 1, NEVER)),
        ],
        _ => vec![
            ("pl.rest", it.lacks_rest()),
            ("pl.b15", it.lacks_counted_break(360, 15, 15)),
            ("pl.b30", it.lacks_counted_break(541, 30, 15)),
            ("pl.b45", it.lacks_counted_break(961, 45, 15)),
        ],
    };
    rules.into_iter().filter(|(_, is_broken)| *is_broken).map(|(rule, _)| rule).collect()
}

const JUDGED: [&str; 24] = [
    "ie.daily_rest",
    "ie.b15",
    "ie.b30",
    "eu.break6",
    "de.rest",
    "de.day",
    "de.b30",
    "de.b45",
    "de.sun",
    "uk.daily_rest",
    "uk.b20",
    "fr.rest",
    "fr.day",
    "fr.week48",
    "fr.b20",
    "ca.meal1",
    "ca.meal2",
    "ca.rest",
    "jp.b45",
    "jp.b60",
    "pl.rest",
    "pl.b15",
    "pl.b30",
    "pl.b45",
];

/// Duties of work and pauses in turn, near the limits of the law as often as far from them.
fn any_line(draw: &mut StdRng, days: usize) -> Line {
    let mut duties = Vec::new();
    let mut at = i64::from(draw.random_range(0..900));
    let end = i64::try_from(days * DAY).unwrap();
    while at < end {
        let mut blocks = Vec::new();
        let stretches = draw.random_range(1..=5);
        for stretch in 0..stretches {
            let work = match draw.random_range(0..4) {
                0 => 30 * draw.random_range(1..=13),
                1 => [120, 180, 210, 240, 270, 271, 300, 301, 360, 361][draw.random_range(0..10)],
                _ => draw.random_range(20..=200),
            };
            let activity =
                if draw.random_bool(0.85) { Activity::OnQueue } else { Activity::OffQueue };
            blocks.push(block(at, work, activity));
            at += work;
            if stretch + 1 < stretches {
                let pause = match draw.random_range(0..3) {
                    0 => [5, 9, 10, 14, 15, 19, 20, 29, 30, 45, 60][draw.random_range(0..11)],
                    _ => draw.random_range(5..=50),
                };
                match draw.random_range(0..5) {
                    0..=2 => blocks.push(block(at, pause, Activity::Break)),
                    3 => blocks.push(block(at, pause, Activity::Meal)),
                    _ => {}
                }
                at += pause;
            }
        }
        duties.push(Duty { blocks });
        at += match draw.random_range(0..4) {
            0 => draw.random_range(640..=680),
            1 => draw.random_range(61..=700),
            _ => draw.random_range(660..=2800),
        };
    }
    Line { agent: AgentId::at(0), duties, absences: Vec::new() }
}

fn block(start: i64, length: i64, activity: Activity) -> Block {
    Block {
        span: Span::new(Moment(start), Moment(start + length)),
        activity,
        paid: activity != Activity::Meal,
        detail: String::new(),
    }
}

/// People of a team who are judged together, each by a random roster.
const TOGETHER: usize = 20;

/// How often each rule was judged broken by all three.
type Broken = BTreeMap<&'static str, usize>;

/// Compare all three on rosters of these seeds, and count.
fn compare(seeds: std::ops::Range<u64>, broken_rules: &mut Broken) {
    let laws = ["ie", "de", "uk", "fr", "us-ca", "jp", "pl"];
    let zones = [
        "Europe/Dublin",
        "Europe/Berlin",
        "Europe/London",
        "Europe/Paris",
        "America/Los_Angeles",
        "Asia/Tokyo",
        "Europe/Warsaw",
    ];
    let rules: Vec<Law> = laws.iter().map(|law| Law::of(&[(*law).to_owned()]).unwrap()).collect();
    let first = Date::parse("2026-11-30").unwrap();
    let person = Person::default();
    for group in seeds.collect::<Vec<u64>>().chunks(TOGETHER) {
        let mut draw = StdRng::seed_from_u64(group[0]);
        let place = draw.random_range(0..laws.len());
        let days = draw.random_range(2..=9);
        let calendar = Calendar::new(zones[place], first, days, Minutes(15)).unwrap();
        let line = |(agent, &seed): (usize, &u64)| {
            let line = any_line(&mut StdRng::seed_from_u64(seed), days);
            Line { agent: AgentId::at(agent), ..line }
        };
        let roster = Roster { lines: group.iter().enumerate().map(line).collect() };
        let audited = audit_law(&roster, &[], &rules[place], &calendar).breaches;
        for (line, seed) in roster.lines.iter().zip(group) {
            let naive = broken(laws[place], &Naive::of(line, days));
            for rule in &naive {
                *broken_rules.entry(rule).or_default() += 1;
            }
            let naive: BTreeSet<String> = naive.into_iter().map(str::to_owned).collect();
            let objected: BTreeSet<String> = rules[place]
                .objections(line, &person, &calendar)
                .into_iter()
                .map(|objection| objection.rule)
                .filter(|rule| JUDGED.contains(&rule.as_str()))
                .collect();
            let own = audited.iter().filter(|it| it.agent == Some(line.agent));
            let own = own.filter(|it| it.severity == Severity::Hard);
            let audited: BTreeSet<String> =
                own.map(|it| it.rule.clone()).filter(|it| JUDGED.contains(&it.as_str())).collect();
            assert_eq!(naive, audited, "seed {seed} under {}: {line:#?}", laws[place]);
            assert_eq!(naive, objected, "seed {seed} under {}: {line:#?}", laws[place]);
        }
    }
}

#[test]
fn three_audits_agree_on_random_rosters() {
    let mut broken = Broken::new();
    compare(0..600, &mut broken);
    let breaches: usize = broken.values().sum();
    assert!(breaches > 600, "{breaches} breaches are too few to show anything");
    let rules = broken.len();
    assert!(rules >= JUDGED.len() - 2, "{rules} of {} rules were broken", JUDGED.len());
}

/// Run by `make long`.
#[test]
#[ignore = "some minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn three_audits_agree_on_a_hundred_thousand_random_rosters() {
    let mut broken = Broken::new();
    for thousands in 0..10 {
        compare(10_000 * thousands..10_000 * (thousands + 1), &mut broken);
        println!("three audits agree on {}0,000 random rosters", thousands + 1);
    }
    println!("rules broken, by all three: {broken:#?}");
    assert_eq!(broken.len(), JUDGED.len(), "every rule is broken by some roster");
}
