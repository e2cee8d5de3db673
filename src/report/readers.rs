//! Reports by reader: each one's own questions first, and nothing that is not theirs to know.
//!
//! A manager sees the week and what to mend in it; a leader sees targets, what they cost, capacity and risk, and no
//! name; HR sees breaks, rest, hours and how hard work is shared. Strain speaks of groups, five people or more for HR
//! and managers and eight or more for leaders, and of lines of the plan, never of whose they are.

mod bands;
mod breaks;
mod capacity;
mod hours;
mod hr;
mod leader;
pub(super) mod lines;
mod manager;
mod price;
mod rest;
mod risk;
mod shares;
mod weeks;

pub use hr::hr;
pub use leader::leader;
pub use manager::manager;

use super::messages::{say, say_with};
use super::words;
use crate::compliance::Compliance;
use crate::plan::Plan;
use crate::review::{Facts, Frozen, Period, Shown, Told, shown_at_work};
use crate::roster::Roster;
use crate::scenario::Scenario;
use std::collections::BTreeSet;

/// Fewest people a figure for leaders may speak of.
pub const SMALLEST_GROUP_FOR_LEADERS: usize = 8;

/// Days of a roster as they were judged, for HR.
pub struct Review<'a> {
    /// The team as its files have it now.
    pub scenario: &'a Scenario,
    /// The days and weeks spoken of.
    pub period: &'a Period,
    /// The audit of what was planned.
    pub planned: &'a Compliance,
    /// What was worked, and its audit with breaks due, planned and taken.
    pub worked: Option<(&'a Roster, &'a Compliance)>,
    /// The week at hand with its routing and strain, where it is among the days.
    pub week: Option<&'a Plan>,
    /// Every roster published so far, the oldest first: what earlier reports have told.
    pub published: &'a [Frozen],
}

/// What a report is called: the reader, the team, the days.
fn title(reader: String, scenario: &Scenario, days: String) -> String {
    let name = scenario.name.as_str();
    say_with(
        "readers-title",
        &[("reader", reader.into()), ("name", name.into()), ("days", days.into())],
    )
}

/// Where the figures come from: published when, and how often changed, or only planned.
fn source(week: &crate::review::Week) -> String {
    match week.published_on {
        None => say("readers-planned-only"),
        Some(date) => say_with(
            "readers-published",
            &[("date", date.to_string().into()), ("changes", week.changes.into())],
        ),
    }
}

/// The groups of a team that strain may speak of in the week at hand, after what published weeks have told.
///
/// People and tiers go by name, so that who has left since and ladders that have changed are told apart.
fn groups_of_week(
    roster: &Roster,
    scenario: &Scenario,
    published: &[Frozen],
    smallest: usize,
) -> Shown<String, String> {
    let names = &scenario.names;
    let team: Vec<(String, String)> = names
        .agents
        .ids()
        .map(|agent| {
            let tier = names.tiers.of(scenario.agent(agent).tier);
            (names.agents.of(agent).to_owned(), tier.to_owned())
        })
        .collect();
    let before = told_before(scenario.first(), scenario, published, smallest);
    shown_at_work(&team, &at_work(roster, scenario), smallest, &before).0
}

/// What reports of the weeks published before a date have told.
fn told_before(
    date: crate::calendar::Date,
    scenario: &Scenario,
    published: &[Frozen],
    smallest: usize,
) -> Vec<Told<String>> {
    let mut told: Vec<Told<String>> = Vec::new();
    for week in published.iter().filter(|week| week.first < date) {
        let team: Vec<(String, String)> = week.team(scenario).into_iter().collect();
        let new = crate::review::shown(&team, smallest, &told).told();
        if !told.contains(&new) {
            told.push(new);
        }
    }
    told
}

/// Names of whoever has a duty.
fn at_work(roster: &Roster, scenario: &Scenario) -> BTreeSet<String> {
    let working = roster.lines.iter().filter(|line| !line.duties.is_empty());
    working.map(|line| scenario.names.agents.of(line.agent).to_owned()).collect()
}

/// Facts of those who work, by the groups that may be spoken of, the whole team first.
fn by_group<'f>(
    facts: &'f [Facts],
    scenario: &Scenario,
    smallest: usize,
) -> Vec<(String, Vec<&'f Facts>)> {
    let working: Vec<&Facts> = facts.iter().filter(|own| own.duties > 0).collect();
    let team: Vec<_> =
        working.iter().map(|own| (own.agent, scenario.agent(own.agent).tier)).collect();
    let groups = crate::review::shown(&team, smallest, &[]).groups;
    let named = groups.into_iter().map(|group| {
        let label =
            group.tier.map_or_else(|| say("whole-team"), |tier| scenario.tier(tier).title.clone());
        let own = working.iter().filter(|own| group.people.contains(&own.agent));
        (label, own.copied().collect())
    });
    named.collect()
}

/// A length against a minimum: `11 h 30 min, 30 min more than asked for`.
fn against(length: crate::units::Minutes, minimum: Option<crate::units::Minutes>) -> String {
    use crate::units::Minutes;
    match minimum.map(|least| length - least) {
        None => say("rest-no-law"),
        Some(over) if over < Minutes(0) => {
            say_with("rest-below", &[("by", Minutes(-over.0).to_string().into())])
        }
        Some(over) => say_with("rest-above", &[("by", over.to_string().into())]),
    }
}

/// The days of a period, `Mon 30 Nov to Sun 6 Dec`.
fn days(period: &Period) -> String {
    let calendar = &period.calendar;
    let last = calendar.day(calendar.days() - 1).start;
    let ends = [calendar.day(0).start, last].map(|moment| words::day(calendar, moment));
    say_with("from-to", &[("from", ends[0].as_str().into()), ("to", ends[1].as_str().into())])
}
