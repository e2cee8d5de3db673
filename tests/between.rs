//! Minimum presence: a plan keeps it at every minute; where none can, what is named clashes, nothing is named in vain,
//! and each change proposed frees it.

#![expect(clippy::print_stdout, reason = "figures for whoever runs it by hand")]

#[path = "support/planted.rs"]
mod planted;
#[path = "support/small.rs"]
mod small;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evenkeel::calendar::Date;
use evenkeel::compliance::audit;
use evenkeel::id::Id;
use evenkeel::plan;
use evenkeel::roster::{Conflict, NamedRule, Unwatched, assign, possible};
use evenkeel::scenario::Scenario;
use evenkeel::units::Minutes;
use planted::examined;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use small::Small;

fn date(day: usize) -> Date {
    Date::parse("2026-11-30").unwrap().plus(i64::try_from(day).unwrap())
}

/// A team of seniors and others with days from 06:00 on, from Monday 30 November.
#[derive(Debug, Clone, Default)]
struct Team {
    seniors: usize,
    others: usize,
    days: usize,
    /// Rules of minimum presence, as the file has them.
    rules: String,
    /// Rows of `time_off.csv` and `locks.csv`.
    off: String,
    locks: String,
    /// Availability by id.
    availability: BTreeMap<String, String>,
    law: &'static str,
    /// Whether duties last six hours at least, by the hour.
    are_long: bool,
}

const KEYS: &str = "longest_stretch_minutes = 240
breaks = [{ from_hours = 5, pauses_minutes = [15], meal_minutes = 30 }]
budget = { rounds = 4, nodes = 2, replications = 2 }";
const TABLES: &str = r#"
[[tiers]]
id = "senior-css"
title = "Senior"
takes = ["simple"]
wage_per_hour = 26
[[shifts]]
id = "day"
starts = "mon-sun 06:00-14:00"
hours = [4.5, 8.5]
start_step_minutes = 60
length_step_minutes = 120
"#;

impl Team {
    fn of(seniors: usize, others: usize, days: usize) -> Team {
        Team { seniors, others, days, ..Team::default() }
    }

    fn rule(mut self, id: &str, hours: &str, at_least: usize, more: &str) -> Team {
        writeln!(
            self.rules,
            "[[minimum_presence]]\nid = \"{id}\"\nhours = \"{hours}\"\nat_least = {at_least}\n{more}"
        )
        .unwrap();
        self
    }

    fn off(mut self, who: &str, first: usize, last: usize) -> Team {
        writeln!(self.off, "{who},{},{},annual_leave", date(first), date(last)).unwrap();
        self
    }

    fn lock(mut self, who: &str, day: usize, lock: &str) -> Team {
        writeln!(self.locks, "{who},{},{lock}", date(day)).unwrap();
        self
    }

    fn available(mut self, who: &str, hours: &str) -> Team {
        self.availability.insert(who.to_owned(), hours.to_owned());
        self
    }

    fn ids(&self) -> Vec<(String, &'static str)> {
        let seniors = (0..self.seniors).map(|place| (format!("s{place}"), "senior-css"));
        seniors.chain((0..self.others).map(|place| (format!("a{place}"), "css1"))).collect()
    }

    fn scenario(&self) -> Scenario {
        let mut tables = format!("{TABLES}{}", self.rules);
        if self.are_long {
            tables =
                tables.replace("[4.5, 8.5]", "[6, 8.5]").replace("minutes = 120", "minutes = 60");
        }
        let zone = "Europe/Dublin";
        let small = Small { law: self.law, zone, days: self.days, keys: KEYS, tables: &tables };
        let mut agents = "id,tier,contract_hours,availability\n".to_owned();
        for (id, tier) in self.ids() {
            let hours = self.availability.get(&id).cloned().unwrap_or_default();
            writeln!(agents, "{id},{tier},36,{hours}").unwrap();
        }
        let off = format!("agent,start,end,reason\n{}", self.off);
        let locks = format!("agent,date,lock\n{}", self.locks);
        small.with(&[("agents.csv", agents), ("time_off.csv", off), ("locks.csv", locks)])
    }

    fn conflicts(&self) -> Vec<Conflict> {
        match possible(&self.scenario()) {
            Ok(()) => Vec::new(),
            Err(no_plan) => no_plan.conflicts,
        }
    }

    /// The same with every senior off on some days.
    fn all_off(self, days: impl Iterator<Item = usize>) -> Team {
        days.fold(self, |team, day| {
            (0..team.seniors).fold(team, |team, place| team.off(&format!("s{place}"), day, day))
        })
    }
}

fn kinds(conflict: &Conflict) -> Vec<(&str, Option<usize>)> {
    let kind = |rule: &'_ NamedRule| rule.agent.map(Id::index);
    conflict.rules.iter().map(|rule| (rule.kind.as_str(), kind(rule))).collect()
}

#[test]
fn a_plan_keeps_two_seniors_on_duty_at_every_minute() {
    let team =
        Team::of(4, 1, 7).rule("seniors", "mon-sun 09:00-17:00", 2, "tiers = [\"senior-css\"]");
    let scenario = team.scenario();
    let requirement = plan::need(&scenario);
    let assigned =
        assign(&requirement, &scenario, &Unwatched).unwrap_or_else(|it| panic!("{it:#?}"));
    let breaches = audit(&assigned.roster, &scenario).breaches;
    assert!(breaches.iter().all(|breach| breach.agent.is_some()), "{breaches:#?}");
    let without = Team { rules: String::new(), ..team }.scenario();
    let free = assign(&plan::need(&without), &without, &Unwatched).unwrap();
    let missed = audit(&free.roster, &scenario).breaches;
    assert!(
        missed.iter().any(|breach| breach.kind == "minimum_presence"),
        "nothing else asks for it"
    );
}

#[test]
fn two_of_three_off_on_a_day_that_asks_for_two_is_a_conflict_between_people() {
    let team = Team::of(3, 2, 7)
        .rule("seniors", "mon-fri 10:00-14:00", 2, "tiers = [\"senior-css\"]")
        .off("s0", 2, 2)
        .lock("s2", 2, "off");
    let found = team.conflicts();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].is_proved);
    let named = [("minimum_presence", None), ("lock", Some(2)), ("time_off", Some(0))];
    assert_eq!(kinds(&found[0]), named);
    let ways: Vec<&str> = found[0].ways.iter().map(|way| way.kind.as_str()).collect();
    assert_eq!(ways, ["lock", "minimum_presence", "time_off"], "the cheapest first");
}

#[test]
fn on_queue_a_break_has_to_be_covered_and_on_duty_it_has_not() {
    let alone =
        |on_queue: &str| Team::of(1, 0, 7).rule("one", "tue 09:00-14:00", 1, on_queue).conflicts();
    assert!(alone("").is_empty());
    let found = alone("on_queue = true");
    assert_eq!(found.len(), 1);
    assert_eq!(kinds(&found[0]), [("minimum_presence", None), ("breaks", Some(0))]);
    let two = Team::of(2, 0, 7).rule("one", "tue 09:00-14:00", 1, "on_queue = true");
    assert!(two.conflicts().is_empty(), "each covers the other's breaks");
}

#[test]
fn people_who_are_enough_for_each_hour_may_be_too_few_for_the_day() {
    let team = Team::of(2, 0, 7).rule("two", "wed 08:00-18:00", 2, "");
    let found = team.conflicts();
    assert_eq!(found.len(), 1, "nobody works ten hours");
    assert_eq!(kinds(&found[0]), [("minimum_presence", None)], "nobody's own rules are in the way");
    let more = Team::of(4, 0, 7).rule("two", "wed 08:00-18:00", 2, "");
    assert!(more.conflicts().is_empty());
}

#[test]
fn the_change_proposed_is_no_larger_than_needed_where_most_late_duties_clash_with_the_next_day() {
    // Ten hours of work in 24 forbid an early duty after a late one, whatever the rest between them.
    let mut team = Team::of(0, 8, 7).rule("evening", "wed 18:00-22:00", 8, "").off("a0", 2, 2);
    (team.law, team.are_long) = ("de", true);
    let found = team.conflicts();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].fix, "ask for 7 instead of 8 in `evening` on 2026-12-02");
}

#[test]
fn every_conflict_is_told_and_the_changes_proposed_first_free_the_plan_together() {
    let team = Team::of(3, 0, 14)
        .rule("two", "mon-fri 10:00-14:00", 2, "")
        .off("s0", 1, 1)
        .off("s1", 1, 1)
        .off("s1", 9, 9)
        .off("s2", 9, 9);
    let mut scenario = team.scenario();
    let found = possible(&scenario).unwrap_err();
    assert_eq!(found.conflicts.len(), 2, "{found:#?}");
    assert!(!found.may_be_more, "all are told");
    for conflict in &found.conflicts {
        let way = &conflict.ways[0];
        assert_eq!((way.kind.as_str(), way.agent), ("minimum_presence", None));
        without_presence(&mut scenario, &way.dates);
    }
    possible(&scenario).unwrap();
}

#[test]
fn where_not_every_conflict_is_told_it_is_said_that_there_may_be_more() {
    let team = |days: usize| {
        let team = Team::of(2, 0, 14).rule("one", "mon-sun 10:00-14:00", 1, "");
        possible(&team.all_off((0..days).map(|day| 2 * day)).scenario()).unwrap_err()
    };
    let found = team(3);
    assert_eq!((found.conflicts.len(), found.may_be_more), (3, false), "{found:#?}");
    let found = team(6);
    assert_eq!((found.conflicts.len(), found.may_be_more), (4, true), "{found:#?}");
}

/// Take rules of minimum presence off some dates.
fn without_presence(scenario: &mut Scenario, dates: &[Date]) {
    let calendar = scenario.calendar.clone();
    for rule in &mut scenario.minimum_presence {
        rule.stretches.retain(|stretch| !dates.contains(&calendar.local(stretch.start).date));
    }
}

/// A planted conflict: what it is, kinds that must be named, and the team.
type Plant = (&'static str, &'static [&'static str], fn(&mut StdRng) -> Team);

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Some of so many people, in order.
fn some(draw: &mut StdRng, people: usize, count: usize) -> Vec<String> {
    let mut some: Vec<usize> = (0..people).collect();
    while some.len() > count {
        some.remove(draw.random_range(0..some.len()));
    }
    some.into_iter().map(|place| format!("s{place}")).collect()
}

const PLANTS: [Plant; 7] = [
    ("too many off on a day", &["minimum_presence", "time_off"], |draw| {
        let (people, day) = (draw.random_range(2..=5), draw.random_range(0..7));
        let at_least = draw.random_range(1..=people);
        let mut team = Team::of(people, draw.random_range(0..2), 7);
        for who in some(draw, people, people - at_least + 1) {
            team = team.off(&who, day, day);
        }
        let from = draw.random_range(8..=11);
        let hours = format!("{} {from:02}:00-{:02}:00", WEEKDAYS[day], from + 3);
        team.rule("seniors", &hours, at_least, "tiers = [\"senior-css\"]")
    }),
    ("too many locked to be off", &["minimum_presence", "lock"], |draw| {
        let (people, day) = (draw.random_range(2..=5), draw.random_range(0..7));
        let at_least = draw.random_range(1..=people);
        let mut team = Team::of(people, 1, 7);
        for who in some(draw, people, people - at_least + 1) {
            team = team.lock(&who, day, "off");
        }
        team.rule("seniors", "mon-sun 10:00-13:00", at_least, "tiers = [\"senior-css\"]")
    }),
    ("hours that too few can work", &["minimum_presence", "availability"], |draw| {
        let people = draw.random_range(2..=5);
        let at_least = draw.random_range(1..=people);
        let mut team = Team::of(people, 1, 7);
        for who in some(draw, people, people - at_least + 1) {
            team = team.available(&who, "mon-sun 06:00-17:00");
        }
        let day = WEEKDAYS[draw.random_range(0..7)];
        team.rule("seniors", &format!("{day} 17:00-19:00"), at_least, "tiers = [\"senior-css\"]")
    }),
    ("too many locked to other hours", &["minimum_presence", "lock"], |draw| {
        let (people, day) = (draw.random_range(2..=4), draw.random_range(0..5));
        let at_least = draw.random_range(1..=people);
        let mut team = Team::of(people, 1, 7);
        for who in some(draw, people, people - at_least + 1) {
            team = team.lock(&who, day, "06:00-12:30");
        }
        team.rule("seniors", "mon-fri 15:00-17:00", at_least, "tiers = [\"senior-css\"]")
    }),
    ("the same person asked for early and late", &["minimum_presence"], |draw| {
        let day = WEEKDAYS[draw.random_range(0..7)];
        Team::of(draw.random_range(1..=3), 1, 7)
            .rule("early", &format!("{day} 06:00-08:00"), 1, "people = [\"s0\"]")
            .rule("late", &format!("{day} 18:00-20:00"), 1, "people = [\"s0\"]")
    }),
    ("late and early again", &["minimum_presence", "min_rest_between"], |draw| {
        let day = draw.random_range(0..6);
        let (late, early) = (WEEKDAYS[day], WEEKDAYS[day + 1]);
        Team { law: "ie", ..Team::of(draw.random_range(1..=3), 1, 7) }
            .rule("late", &format!("{late} 20:00-22:00"), 1, "people = [\"s0\"]")
            .rule("early", &format!("{early} 06:00-08:00"), 1, "people = [\"s0\"]")
    }),
    ("everyone on every day", &["minimum_presence", "most_hours"], |draw| {
        let people = draw.random_range(1..=2);
        Team::of(people, 0, 7).rule("all", "mon-sun 09:00-15:00", people, "")
    }),
];

/// Leave out what conflicts name, by other means than the search has.
fn freed(team: &Team, named: &[(&NamedRule, Option<&str>)]) -> bool {
    let mut team = team.clone();
    let rows = |text: &str, who: &str, dates: &[Date]| -> String {
        let is_named = |row: &&str| {
            row.starts_with(&format!("{who},"))
                && dates.iter().any(|date| row.contains(&date.to_string()))
        };
        text.lines().filter(|row| !is_named(row)).flat_map(|row| [row, "\n"]).collect()
    };
    for (rule, who) in named {
        let who = who.unwrap_or_default();
        match rule.kind.as_str() {
            "time_off" => team.off = rows(&team.off, who, &rule.dates),
            "lock" => team.locks = rows(&team.locks, who, &rule.dates),
            "availability" => drop(team.availability.remove(who)),
            _ => {}
        }
    }
    let mut scenario = team.scenario();
    for (rule, _) in named {
        match (rule.kind.as_str(), rule.agent) {
            ("time_off" | "lock" | "availability", _) => {}
            ("minimum_presence", _) => {
                let calendar = scenario.calendar.clone();
                let own =
                    scenario.minimum_presence.iter_mut().filter(|own| rule.rules.contains(&own.id));
                for own in own {
                    own.stretches.retain(|it| !rule.dates.contains(&calendar.local(it.start).date));
                }
            }
            ("fewest_hours", Some(agent)) => {
                let agent = &mut scenario.agents[agent.index()];
                agent.week.0 = Minutes(0);
                agent.weeks.iter_mut().for_each(|week| week.0 = Minutes(0));
            }
            ("most_hours", Some(agent)) => {
                let agent = &mut scenario.agents[agent.index()];
                agent.week.1 = Minutes::hours(100);
                agent.weeks.iter_mut().for_each(|week| week.1 = Minutes::hours(100));
            }
            ("breaks", _) => {
                scenario.breaks.clear();
                scenario.longest_stretch = Minutes(0);
            }
            _ => scenario.law.rules.retain(|own| !rule.rules.contains(&own.id)),
        }
    }
    possible(&scenario).is_ok()
}

/// Whether the conflict planted with a seed is named by the fewest rules.
fn is_named_by_the_fewest(seed: u64) -> bool {
    let (what, expected, lay) = PLANTS[usize::try_from(seed).unwrap() % PLANTS.len()];
    let team = lay(&mut StdRng::seed_from_u64(seed));
    let names = team.scenario().names.agents;
    let conflicts = team.conflicts();
    let with_names = |rule: &'_ NamedRule| rule.agent.map(|agent| names.of(agent).to_owned());
    let rules: Vec<(NamedRule, Option<String>)> = conflicts
        .iter()
        .flat_map(|conflict| conflict.rules.iter().map(|rule| (rule.clone(), with_names(rule))))
        .collect();
    let told: Vec<(&NamedRule, Option<&str>)> =
        rules.iter().map(|(rule, who)| (rule, who.as_deref())).collect();
    for kind in expected {
        let is_named = told.iter().any(|(rule, _)| rule.kind == *kind);
        assert!(is_named, "{what}, seed {seed}: {kind} is not told in {conflicts:#?}");
    }
    assert!(conflicts.iter().all(|it| it.is_proved), "{what}, seed {seed}: {conflicts:#?}");
    assert!(conflicts.iter().all(|it| !it.ways.is_empty()), "{what}, seed {seed}: {conflicts:#?}");
    assert!(freed(&team, &told), "{what}, seed {seed}: not enough is told: {conflicts:#?}");
    let is_needed = |place: usize| {
        // Of several conflicts the others are left out whole.
        let mut at = 0;
        let own = conflicts.iter().position(|conflict| {
            at += conflict.rules.len();
            place < at
        });
        let own = own.expect("every rule is of some conflict");
        let first: usize = conflicts[..own].iter().map(|it| it.rules.len()).sum();
        let inside = first..first + conflicts[own].rules.len();
        let left_out =
            told.iter().enumerate().filter(|(other, _)| *other == place || !inside.contains(other));
        freed(&team, &left_out.map(|(_, rule)| *rule).collect::<Vec<_>>())
    };
    let is_minimal = (0..told.len()).all(is_needed);
    if !is_minimal {
        println!("{what}, seed {seed}: more is told than must be: {conflicts:#?}");
    }
    is_minimal
}

#[test]
fn what_is_named_between_people_frees_the_plan_and_nothing_is_named_in_vain() {
    let (all, minimal) = examined(4..6, is_named_by_the_fewest);
    assert!(100 * minimal >= 95 * all, "{minimal} of {all}");
}

/// Run by `make long`.
#[test]
#[ignore = "takes minutes; `make long` runs it"]
fn two_hundred_conflicts_between_people_are_named_by_the_fewest_rules() {
    let (all, minimal) = examined(0..200, is_named_by_the_fewest);
    println!(
        "{minimal} of {all} conflicts between people named by the fewest rules, all of them enough"
    );
    assert!(100 * minimal >= 95 * all, "{minimal} of {all}");
}

/// Fifty people, each with hours of their own, two weeks, and two days that ask for more than can be there.
#[test]
#[ignore = "a measurement; `make long` runs it"]
fn a_conflict_among_fifty_people_over_two_weeks_is_named_in_seconds() {
    let mut draw = StdRng::seed_from_u64(7);
    let mut team = Team { law: "ie", ..Team::of(20, 30, 14) };
    for (id, _) in team.ids() {
        let from = draw.random_range(6..=8);
        team = team
            .available(&id, &format!("mon-sun {from:02}:00-{:02}:00", draw.random_range(20..=23)));
        if draw.random_bool(0.4) {
            let day = draw.random_range(0..14);
            team = team.off(&id, day, day);
        }
    }
    for place in 0..18 {
        team = team.lock(&format!("s{place}"), if place % 2 == 0 { 3 } else { 10 }, "off");
    }
    let team = team
        .rule("seniors", "mon-fri 09:00-18:00", 4, "tiers = [\"senior-css\"]")
        .rule("most-seniors", "thu 10:00-12:00", 12, "tiers = [\"senior-css\"]")
        .rule("anyone", "mon-sun 08:00-20:00", 3, "on_queue = true");
    let scenario = team.scenario();
    let before = std::time::Instant::now();
    let conflicts = possible(&scenario).unwrap_err().conflicts;
    let seconds = before.elapsed().as_secs_f64();
    println!("{} conflicts between 50 people in {seconds:.1} s: {conflicts:#?}", conflicts.len());
    assert_eq!(conflicts.len(), 2);
}
