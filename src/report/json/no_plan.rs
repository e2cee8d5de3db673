//! `evenkeel.no-plan/1`: why no plan exists, for whom, by which rules, and what would free it.

use serde::Serialize;

use super::text;
use crate::roster::{Change, Conflict, NamedRule, NoPlan};
use crate::scenario::Scenario;

#[derive(Serialize)]
struct NoPlanFile<'a> {
    schema: &'static str,
    name: &'a str,
    status: &'static str,
    input_hash: &'a str,
    version: &'static str,
    conflicts: Vec<ConflictFile<'a>>,
    /// Whether others may come to light once these are out of the way.
    may_be_more: bool,
}

#[derive(Serialize)]
struct ConflictFile<'a> {
    agent: Option<&'a str>,
    rules: Vec<RuleFile<'a>>,
    cause: &'a str,
    proved: bool,
    fix: &'a str,
    ways: Vec<WayFile<'a>>,
}

#[derive(Serialize)]
struct RuleFile<'a> {
    kind: &'a str,
    rules: &'a [String],
    dates: Vec<String>,
    /// Whose, in a conflict between people.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
}

#[derive(Serialize)]
struct WayFile<'a> {
    kind: &'a str,
    dates: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<i64>,
    says: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
}

/// The contract of a week that cannot be planned, `evenkeel.no-plan/1`.
#[must_use]
pub fn no_plan(no_plan: &NoPlan, scenario: &Scenario) -> String {
    text(&NoPlanFile {
        schema: "evenkeel.no-plan/1",
        name: &scenario.name,
        status: if no_plan.is_open() { "open" } else { "no_plan" },
        input_hash: &scenario.input_hash,
        version: env!("CARGO_PKG_VERSION"),
        conflicts: no_plan.conflicts.iter().map(|it| ConflictFile::of(it, scenario)).collect(),
        may_be_more: no_plan.may_be_more,
    })
}

impl<'a> ConflictFile<'a> {
    fn of(conflict: &'a Conflict, scenario: &'a Scenario) -> ConflictFile<'a> {
        ConflictFile {
            agent: conflict.agent.map(|agent| scenario.names.agents.of(agent)),
            rules: conflict.rules.iter().map(|rule| RuleFile::of(rule, scenario)).collect(),
            cause: &conflict.cause,
            proved: conflict.is_proved,
            fix: &conflict.fix,
            ways: conflict.ways.iter().map(|way| WayFile::of(way, scenario)).collect(),
        }
    }
}

impl<'a> RuleFile<'a> {
    fn of(rule: &'a NamedRule, scenario: &'a Scenario) -> RuleFile<'a> {
        let dates = rule.dates.iter().map(ToString::to_string).collect();
        let agent = rule.agent.map(|agent| scenario.names.agents.of(agent));
        RuleFile { kind: &rule.kind, rules: &rule.rules, dates, agent }
    }
}

impl<'a> WayFile<'a> {
    fn of(change: &'a Change, scenario: &'a Scenario) -> WayFile<'a> {
        WayFile {
            kind: &change.kind,
            dates: change.dates.iter().map(ToString::to_string).collect(),
            minutes: change.minutes.map(|minutes| minutes.0),
            says: &change.says,
            agent: change.agent.map(|agent| scenario.names.agents.of(agent)),
        }
    }
}
