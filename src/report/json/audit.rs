//! The contract of an audit.

use super::text;
use crate::compliance::{Compliance, Severity};
use crate::id::{AgentId, Names};
use crate::report::figures::rounded;
use crate::scenario::Scenario;
use serde::Serialize;

/// The contract of an audit, `evenkeel.audit/1`.
#[must_use]
pub fn audit(compliance: &Compliance, scenario: &Scenario) -> String {
    audit_of(compliance, &scenario.names.agents)
}

/// The same for a roster judged on its own.
#[must_use]
pub fn audit_of(compliance: &Compliance, names: &Names<AgentId>) -> String {
    #[derive(Serialize)]
    struct BreachFile<'a> {
        rule: &'a str,
        kind: &'a str,
        severity: Severity,
        /// None where it lies between people.
        agent: Option<&'a str>,
        date: String,
        by_minutes: i64,
        source: &'a str,
        repair: &'a str,
    }
    #[derive(Serialize)]
    struct DueFile<'a> {
        agent: &'a str,
        date: String,
        kind: &'a str,
        due: i64,
        planned: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        taken: Option<i64>,
        /// Pieces, where the rule counts them; `due` and `planned` are minutes.
        #[serde(skip_serializing_if = "Option::is_none")]
        due_count: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        planned_count: Option<i64>,
    }
    #[derive(Serialize)]
    struct PremiumFile<'a> {
        agent: &'a str,
        date: String,
        kind: &'a str,
        hours: f64,
        rate: f64,
    }
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        breaches: Vec<BreachFile<'a>>,
        dues: Vec<DueFile<'a>>,
        premiums: Vec<PremiumFile<'a>>,
        not_judged: &'a [String],
    }
    let name = |agent| names.of(agent);
    let breaches = compliance.breaches.iter().map(|breach| BreachFile {
        rule: &breach.rule,
        kind: &breach.kind,
        severity: breach.severity,
        agent: breach.agent.map(name),
        date: breach.date.to_string(),
        by_minutes: breach.by_minutes.0,
        source: &breach.source,
        repair: &breach.repair,
    });
    let dues = compliance.dues.iter().map(|due| DueFile {
        agent: name(due.agent),
        date: due.date.to_string(),
        kind: &due.kind,
        due: due.due.0,
        planned: due.planned.0,
        taken: due.taken.map(|taken| taken.0),
        due_count: due.times.map(|times| times.due),
        planned_count: due.times.map(|times| times.planned),
    });
    let premiums = compliance.premiums.iter().map(|premium| PremiumFile {
        agent: name(premium.agent),
        date: premium.date.to_string(),
        kind: &premium.kind,
        hours: rounded(premium.hours),
        rate: rounded(premium.rate),
    });
    text(&File {
        schema: "evenkeel.audit/1",
        breaches: breaches.collect(),
        dues: dues.collect(),
        premiums: premiums.collect(),
        not_judged: &compliance.not_judged,
    })
}
