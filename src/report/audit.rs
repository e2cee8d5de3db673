//! What the audit of a roster found, person by person, for whoever has to mend it.

use super::messages::{say, say_with};
use super::records::{self, Taken};
use super::{Cell, Column, Report, Section, Table, plan};
use crate::compliance::{Breach, Compliance, Severity};
use crate::id::{AgentId, Names};
use crate::scenario::Scenario;

/// Breaches with their repair, what is owed and not planned, and hours that earn a premium.
#[must_use]
pub fn audit(compliance: &Compliance, scenario: &Scenario) -> Report {
    audit_of(compliance, &plan::title(scenario), &scenario.packs, &scenario.names.agents)
}

/// The same for a roster judged on its own, by these packs.
#[must_use]
pub fn audit_of(
    compliance: &Compliance,
    title: &str,
    packs: &[String],
    names: &Names<AgentId>,
) -> Report {
    let mut sections = vec![breaches(compliance, packs, names), dues(compliance, names)];
    sections.extend(premiums(compliance, names));
    Report { schema: "evenkeel.audit_report/1", title: title.to_owned(), sections }
}

/// How bad a breach is, as people call it.
pub(super) fn severity(severity: Severity) -> String {
    match severity {
        Severity::Hard => say("severity-hard"),
        Severity::Soft => say("severity-soft"),
        Severity::Info => say("severity-info"),
    }
}

/// What is owed, as people call it.
pub(super) fn kind_of_due(kind: &str) -> String {
    match kind {
        "break" => say("due-break"),
        "meal" => say("due-meal"),
        "screen" => say("due-screen"),
        "rest" => say("due-rest"),
        "recovery" => say("due-recovery"),
        other => other.to_owned(),
    }
}

/// What earns a premium, as people call it.
pub(super) fn kind_of_premium(kind: &str) -> String {
    match kind {
        "overtime" => say("premium-overtime"),
        "night" => say("premium-night"),
        "missed_meal" => say("premium-missed-meal"),
        "missed_rest" => say("premium-missed-rest"),
        other => other.to_owned(),
    }
}

/// Whose a breach is, for people.
pub(super) fn whose(breach: &Breach, names: &Names<AgentId>) -> String {
    match breach.agent {
        Some(agent) => names.of(agent).to_owned(),
        None => say("between-people"),
    }
}

pub(super) fn breaches(
    compliance: &Compliance,
    packs: &[String],
    names: &Names<AgentId>,
) -> Section {
    let mut sorted: Vec<_> = compliance.breaches.iter().collect();
    sorted.sort_by_key(|breach| (breach.severity, breach.date, &breach.rule, breach.agent));
    let rows = sorted.iter().map(|breach| {
        vec![
            Cell::text(severity(breach.severity)),
            Cell::text(breach.date.to_string()),
            Cell::text(whose(breach, names)),
            Cell::text(breach.rule.as_str()),
            Cell::Length(breach.by_minutes),
            Cell::text(breach.repair.as_str()),
            Cell::text(breach.source.as_str()),
        ]
    });
    let columns = vec![
        Column::words("severity", say("column-severity")),
        Column::words("date", say("column-date")),
        Column::words("agent", say("column-person")),
        Column::words("rule", say("column-rule")),
        Column::figures("by", say("column-by")),
        Column::words("repair", say("column-repair")),
        Column::words("source", say("column-source")),
    ];
    let hard = compliance.hard();
    let mut sentences = vec![match (hard, compliance.breaches.len()) {
        (0, 0) => say("audit-clean"),
        (0, others) => say_with("audit-only-soft", &[("count", others.into())]),
        (hard, _) => say_with("audit-hard", &[("count", hard.into())]),
    }];
    let packs = if packs.is_empty() { say("no-packs") } else { packs.join(", ") };
    sentences.push(say_with("rules-judged", &[("packs", packs.into())]));
    sentences.extend(
        compliance
            .not_judged
            .iter()
            .map(|what| say_with("rules-not-judged", &[("what", what.as_str().into())])),
    );
    Section {
        key: "breaches",
        title: say("section-breaches"),
        sentences,
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

fn dues(compliance: &Compliance, names: &Names<AgentId>) -> Section {
    let unmet = || compliance.dues.iter().filter(|due| due.is_missed());
    let is_recorded = compliance.dues.iter().any(|due| due.taken.is_some());
    let taken = if is_recorded { Taken::Shown } else { Taken::LeftOut };
    Section {
        key: "dues",
        title: say("section-dues"),
        sentences: vec![say_with(
            "audit-dues",
            &[("all", compliance.dues.len().into()), ("unmet", unmet().count().into())],
        )],
        table: Some(records::dues(unmet(), Some(names), taken)),
        picture: None,
    }
}

fn premiums(compliance: &Compliance, names: &Names<AgentId>) -> Option<Section> {
    (!compliance.premiums.is_empty()).then(|| Section {
        key: "premiums",
        title: say("section-premiums"),
        sentences: Vec::new(),
        table: Some(records::premiums(compliance.premiums.iter(), Some(names))),
        picture: None,
    })
}
