//! The audit: every rule judged minute by minute on a finished roster, by code that shares nothing with the
//! engine but the rules' parameters.

mod across;
mod average;
mod ban_day;
mod break_after;
mod break_per;
mod consecutive_days;
mod event_break;
mod found;
mod free_block;
mod house;
mod max_span;
mod max_work;
mod night;
mod overtime;
pub mod people;
mod presence;
mod rest_between;
mod screen_break;
mod timeline;
mod worked;
mod young;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::{Calendar, Date};
use crate::duty::Line;
use crate::id::{AgentId, Id, Names};
use crate::roster::{Roster, table};
use crate::rules::{Kind, Law, Person, Rule};
use crate::scenario::{Problem, Scenario};
use crate::units::{Minutes, Moment};

use found::Found;
use timeline::{Timeline, Wall};

pub use crate::rules::Severity;
pub use worked::{audit_worked, audit_worked_by, with_taken};

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Compliance {
    /// Rules broken.
    pub breaches: Vec<Breach>,
    /// Breaks, meals and rests owed, and planned.
    pub dues: Vec<Due>,
    /// Hours that earn a premium.
    pub premiums: Vec<Premium>,
    /// What could not be judged, and why.
    pub not_judged: Vec<String>,
}

/// One breach of one rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Breach {
    /// The rule's id.
    pub rule: String,
    /// The kind of rule, such as `break_after`.
    pub kind: String,
    /// `hard`, `soft` or `info`.
    pub severity: Severity,
    /// Whose; none where it lies between people.
    pub agent: Option<AgentId>,
    /// The local date it belongs to.
    pub date: Date,
    /// Missing minutes of a minimum, overrun of a maximum.
    pub by_minutes: Minutes,
    /// Where the rule comes from.
    pub source: String,
    /// The smallest change that mends it.
    pub repair: String,
}

/// Something owed to a person on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Due {
    /// Whose.
    pub agent: AgentId,
    /// The local date.
    pub date: Date,
    /// `break`, `meal`, `screen`, `rest` or `recovery`.
    pub kind: String,
    /// Minutes owed.
    pub due: Minutes,
    /// Minutes planned.
    pub planned: Minutes,
    /// Minutes taken; none where no record says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Minutes>,
    /// The same in pieces, where the rule counts them, such as two rests of ten minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
}

/// So many breaks owed, so many planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Owed.
    pub due: i64,
    /// Planned, as many as are owed at most.
    pub planned: i64,
}

impl Due {
    /// What there was of it: taken where a record says, else planned.
    #[must_use]
    pub fn given(&self) -> Minutes {
        self.taken.unwrap_or(self.planned)
    }

    /// Whether something is missing.
    #[must_use]
    pub fn is_missed(&self) -> bool {
        self.given() < self.due
    }
}

/// Hours that earn a premium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Premium {
    /// Whose.
    pub agent: AgentId,
    /// The local date.
    pub date: Date,
    /// The kind, such as `overtime`.
    pub kind: String,
    /// Hours.
    pub hours: f64,
    /// Pay as a multiple.
    pub rate: f64,
}

/// One person to audit, with what the rules need to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Whose line.
    pub agent: AgentId,
    /// What the rules need to know.
    pub person: Person,
    /// The person's own time zone, where it is not the calendar's.
    pub zone: Option<String>,
}

/// Audit a roster against a scenario: the law, contracts, availability and the rules of the house.
#[must_use]
pub fn audit(roster: &Roster, scenario: &Scenario) -> Compliance {
    let mut found = Found::default();
    let walls = Walls::of(scenario);
    let lines = by_agent(roster);
    for (&agent, lines) in &lines {
        let Some(known) = scenario.agents.get(agent.index()) else {
            found.not_judged(format!("line {} belongs to nobody of the team", agent.index() + 1));
            continue;
        };
        let home = walls.of_person(&known.person, &scenario.calendar);
        let time = Timeline::paint(agent, &known.person, lines, &home.wall, home.ahead);
        match &home.across {
            Some(across) => across.judge(agent, &known.person, lines, &scenario.law, &mut found),
            None => judge(&scenario.law, &time, &mut found),
        }
        house::judge(known, lines, scenario, &time, &mut found);
    }
    presence::judge(roster, scenario, &mut found);
    found.done()
}

/// Breaches of rules between people alone; everyone's line is needed to judge them.
#[must_use]
pub fn audit_between(roster: &Roster, scenario: &Scenario) -> Vec<Breach> {
    let mut found = Found::default();
    presence::judge(roster, scenario, &mut found);
    found.done().breaches
}

/// A wall that some of the team live by.
struct Home<'a> {
    wall: Wall,
    /// How far its count of minutes is ahead of the team's.
    ahead: Minutes,
    across: Option<across::Known<'a>>,
}

/// Every wall that the team lives by; those of one site share theirs.
struct Walls<'a>(Vec<(&'a Calendar, Home<'a>)>);

impl<'a> Walls<'a> {
    fn of(scenario: &'a Scenario) -> Walls<'a> {
        let mut walls: Vec<(&Calendar, Home<'_>)> = Vec::new();
        let everyone = scenario.agents.iter().map(|agent| agent.person.wall(&scenario.calendar));
        for (calendar, ahead) in everyone {
            if walls.iter().all(|(known, _)| *known != calendar) {
                let wall = Wall::around(calendar);
                let across = across::Known::of(scenario, calendar);
                walls.push((calendar, Home { wall, ahead, across }));
            }
        }
        Walls(walls)
    }

    fn of_person(&self, person: &Person, team: &Calendar) -> &Home<'a> {
        let (calendar, _) = person.wall(team);
        let known = self.0.iter().find(|(known, _)| *known == calendar);
        &known.expect("the walls of all people were gathered").1
    }
}

/// Audit a roster against the law alone.
///
/// People of the roster who are no subject are judged by the team's law as adults.
#[must_use]
pub fn audit_law(
    roster: &Roster,
    people: &[Subject],
    law: &Law,
    calendar: &Calendar,
) -> Compliance {
    let mut found = Found::default();
    let home = Wall::around(calendar);
    let mut away: BTreeMap<&str, Option<(Wall, Minutes)>> = BTreeMap::new();
    let subjects: BTreeMap<AgentId, &Subject> =
        people.iter().map(|subject| (subject.agent, subject)).collect();
    let anyone = Person::default();
    for (&agent, lines) in &by_agent(roster) {
        let subject = subjects.get(&agent).copied();
        let person = subject.map_or(&anyone, |subject| &subject.person);
        let zone = subject.and_then(|subject| subject.zone.as_deref());
        let zone = zone.filter(|zone| *zone != calendar.zone());
        let own = zone
            .and_then(|zone| away.entry(zone).or_insert_with(|| abroad(calendar, zone)).as_ref());
        let (wall, shift) = own.map_or((&home, Minutes(0)), |(wall, shift)| (wall, *shift));
        let time = Timeline::paint(agent, person, lines, wall, shift);
        judge(law, &time, &mut found);
    }
    for rule in &law.rules {
        if let Kind::Notice(_) = rule.kind {
            let why = "a roster alone does not show when it was published";
            found.not_judged(format!("{}: {why}", rule.id));
        }
    }
    found.done()
}

/// Audit a roster file against law packs alone, with what a file of people adds.
///
/// # Errors
/// Every problem in the files, the packs and the time zone.
pub fn audit_bare(
    roster: &[u8],
    people: Option<&[u8]>,
    laws: &[String],
    zone: &str,
) -> Result<(Compliance, Names<AgentId>), Vec<Problem>> {
    let law = Law::of(laws).map_err(|cause| {
        let fix = "name packs such as ie, with commas between several".to_owned();
        vec![Problem { code: "R111", place: "law".to_owned(), cause, fix }]
    });
    let bare = table::read_bare(roster, zone);
    let people = people.map_or_else(|| Ok(BTreeMap::new()), people::read);
    match (law, bare, people) {
        (Ok(law), Ok(bare), Ok(people)) => {
            let listed = |agent: AgentId| {
                let listed = people.get(bare.names.of(agent))?;
                let (person, zone) = (listed.person.clone(), listed.zone.clone());
                Some(Subject { agent, person, zone })
            };
            let subjects: Vec<Subject> = bare.names.ids().filter_map(listed).collect();
            let mut compliance = audit_law(&bare.roster, &subjects, &law, &bare.calendar);
            let refused = subjects.iter().flat_map(|subject| refused_waivers(&law, subject));
            let name = |agent| bare.names.of(agent);
            compliance.not_judged.extend(refused.map(|(agent, rule)| {
                format!("{}: the law lets nobody waive {rule}, so it is judged", name(agent))
            }));
            let idle = subjects.iter().flat_map(|subject| idle_waivers(&law, subject));
            compliance.not_judged.extend(idle.map(|(agent, waiver)| {
                format!(
                    "{}: no rule in force is called {waiver}, so it waives nothing",
                    name(agent)
                )
            }));
            Ok((compliance, bare.names))
        }
        (law, bare, people) => {
            let mut problems = law.err().unwrap_or_default();
            problems.extend(bare.err().unwrap_or_default());
            problems.extend(people.err().unwrap_or_default());
            Err(problems)
        }
    }
}

/// Waivers of rules in force that the law does not let a person waive.
fn refused_waivers<'a>(
    law: &'a Law,
    subject: &'a Subject,
) -> impl Iterator<Item = (AgentId, &'a str)> {
    let rules = law.rules_for(&subject.person);
    let is_refused = |rule: &&Rule| !rule.waivable && subject.person.waivers.contains(&rule.id);
    let refused = rules.filter(is_refused);
    refused.map(|rule| (subject.agent, rule.id.as_str()))
}

/// Waivers that name no rule in force for the person.
fn idle_waivers<'a>(
    law: &'a Law,
    subject: &'a Subject,
) -> impl Iterator<Item = (AgentId, &'a str)> {
    let strict = Person { waivers: Vec::new(), ..subject.person.clone() };
    let known: Vec<String> = law.rules_for(&strict).map(|rule| rule.id.clone()).collect();
    let waivers = subject.person.waivers.iter().filter(|waiver| !waiver.is_empty());
    let idle = waivers.filter(move |waiver| !known.contains(waiver));
    idle.map(|waiver| (subject.agent, waiver.as_str()))
}

/// All lines of each person, should a roster hold more than one.
fn by_agent(roster: &Roster) -> BTreeMap<AgentId, Vec<&Line>> {
    let mut lines: BTreeMap<AgentId, Vec<&Line>> = BTreeMap::new();
    for line in &roster.lines {
        lines.entry(line.agent).or_default().push(line);
    }
    lines
}

/// The same dates on the wall of another zone, and how far its count of minutes is ahead.
fn abroad(calendar: &Calendar, zone: &str) -> Option<(Wall, Minutes)> {
    let there = Calendar::new(zone, calendar.first(), calendar.days(), calendar.grid()).ok()?;
    let start = there.read_stamp(&calendar.stamp(Moment(0))).ok()?;
    Some((Wall::around(&there), start.since(Moment(0))))
}

/// Every rule in force for a person, each by its own judge.
fn judge(law: &Law, time: &Timeline<'_>, found: &mut Found) {
    house::judge_double_booking(time, found);
    if time.is_cut {
        let days = "more than a week outside the days audited";
        found.not_judged(format!("work of agent {} lies {days}", time.agent.index() + 1));
    }
    let rules: Vec<&Rule> = law.rules_for(time.person).collect();
    for &rule in &rules {
        match &rule.kind {
            Kind::MaxWork(work) => max_work::judge(rule, work, time, found),
            Kind::MaxSpan(span) => max_span::judge(rule, span, time, found),
            Kind::MaxAverage(limit) => average::judge(rule, limit, time, found),
            Kind::RestBetween(rest) => rest_between::judge(rule, rest, time, found),
            Kind::FreeBlock(free) => free_block::judge(rule, free, time, found),
            Kind::BreakAfter(breaks) => break_after::judge(rule, breaks, &rules, time, found),
            Kind::BreakPer(rests) => break_per::judge(rule, rests, time, found),
            Kind::ScreenBreak(screen) => screen_break::judge(rule, screen, time, found),
            Kind::EventBreak(event) => event_break::judge(rule, event, time, found),
            Kind::BanDay(ban) => ban_day::judge(rule, ban, time, found),
            Kind::Overtime(pay) => overtime::judge(rule, pay, time, found),
            Kind::HoursPremium(premium) => overtime::judge_hours(rule, premium, time, found),
            Kind::Night(night) => night::judge(rule, night, time, found),
            Kind::Young(young) => young::judge(rule, young, time, found),
            Kind::ConsecutiveDays(days) => consecutive_days::judge(rule, days, time, found),
            Kind::Notice(_) | Kind::Record(_) => {}
        }
    }
}

impl Compliance {
    /// Hard rules broken.
    #[must_use]
    pub fn hard(&self) -> usize {
        self.breaches.iter().filter(|breach| breach.severity == Severity::Hard).count()
    }
}
