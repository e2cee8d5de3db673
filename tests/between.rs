//! Minimum presence: a plan keeps it at every minute; where none can, what is named clashes, nothing is named in vain,
//! and each change proposed frees it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evenkeel::compliance::audit;
use evenkeel::plan;
use evenkeel::roster::{Conflict, Unwatched, assign, possible};
use evenkeel::scenario::{Adjustments, Files, Scenario, from_files};

/// A team of seniors and others with days from 06:00 on, from Monday 30 November.
#[derive(Debug, Clone, Default)]
struct Team {
    seniors: usize,
    others: usize,
    days: usize,
    /// Rules of minimum presence, as the file has them.
    rules: String,
    /// Rows of time_off.csv and locks.csv.
    off: String,
    locks: String,
    /// Availability by id.
    availability: BTreeMap<String, String>,
    law: &'static str,
}

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

    fn off(mut self, who: &str, first: &str, last: &str) -> Team {
        writeln!(self.off, "{who},{first},{last},annual_leave").unwrap();
        self
    }

    fn lock(mut self, who: &str, date: &str, lock: &str) -> Team {
        writeln!(self.locks, "{who},{date},{lock}").unwrap();
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

    fn files(&self) -> Files {
        let scenario = format!(
            r#"
schema = "evenkeel.scenario/1"
name = "A team with rules between people"
currency = "EUR"
law = [{}]
longest_stretch_minutes = 240
breaks = [{{ from_hours = 5, pauses_minutes = [15], meal_minutes = 30 }}]
[horizon]
start = "2026-11-30"
days = {}
time_zone = "Europe/Dublin"
[budget]
rounds = 4
nodes = 2
replications = 2
[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple"]
wage_per_hour = 19.5
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
[[queues]]
id = "mail"
title = "Questions by e-mail"
channel = "email"
topic = "everything"
hours = "mon-sun 00:00-24:00"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 5 }}
contacts_per_hour = 6
targets = [{{ measure = "first_response", share = 0.9, within_hours = 8, period = "day" }}]
{}"#,
            if self.law.is_empty() { String::new() } else { format!("\"{}\"", self.law) },
            self.days,
            self.rules
        );
        let mut agents = "id,tier,contract_hours,availability\n".to_owned();
        for (id, tier) in self.ids() {
            let hours = self.availability.get(&id).cloned().unwrap_or_default();
            writeln!(agents, "{id},{tier},36,{hours}").unwrap();
        }
        let off = format!("agent,start,end,reason\n{}", self.off);
        let locks = format!("agent,date,lock\n{}", self.locks);
        let files = [
            ("scenario.toml", scenario),
            ("agents.csv", agents),
            ("time_off.csv", off),
            ("locks.csv", locks),
        ];
        let has_rows = |text: &str| text.lines().count() > 1;
        let files = files.into_iter().filter(|(_, text)| has_rows(text));
        files.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
    }

    fn scenario(&self) -> Scenario {
        from_files(&self.files(), &Adjustments::default()).unwrap_or_else(|it| panic!("{it:#?}"))
    }

    fn conflicts(&self) -> Vec<Conflict> {
        match possible(&self.scenario()) {
            Ok(()) => Vec::new(),
            Err(no_plan) => no_plan.conflicts,
        }
    }
}

fn kinds(conflict: &Conflict) -> Vec<(&str, Option<usize>)> {
    use evenkeel::id::Id;
    let kind = |rule: &'_ evenkeel::roster::NamedRule| rule.agent.map(Id::index);
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
        .off("s0", "2026-12-02", "2026-12-02")
        .lock("s2", "2026-12-02", "off");
    let found = team.conflicts();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].is_proved);
    assert_eq!(
        kinds(&found[0]),
        [("minimum_presence", None), ("lock", Some(2)), ("time_off", Some(0))]
    );
    println!("{found:#?}");
}
