//! The law and the house rules: what is broken, what is owed and what is planned, without names.

use crate::compliance::{Breach, Compliance};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table};
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// Rules broken, by rule and without names; none where none is.
pub(in crate::report) fn breaches(compliance: &Compliance) -> Option<Section> {
    let mut by_rule: BTreeMap<(&str, String), Vec<&Breach>> = BTreeMap::new();
    for breach in &compliance.breaches {
        let severity = crate::report::audit::severity(breach.severity);
        by_rule.entry((&breach.rule, severity)).or_default().push(breach);
    }
    let rows = by_rule.into_iter().map(|((rule, severity), breaches)| {
        let worst = breaches.iter().map(|breach| breach.by_minutes).max().unwrap_or_default();
        vec![
            Cell::text(rule),
            Cell::text(severity),
            Cell::Count(breaches.len()),
            Cell::Length(worst),
            Cell::text(breaches[0].source.as_str()),
        ]
    });
    let columns = vec![
        Column::words("rule", say("column-rule")),
        Column::words("severity", say("column-severity")),
        Column::figures("breaches", say("column-breaches")),
        Column::figures("worst", say("column-worst")),
        Column::words("source", say("column-source")),
    ];
    (!compliance.breaches.is_empty()).then(|| Section {
        key: "breaches",
        title: say("section-breaches"),
        sentences: vec![say("breaches-where")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    })
}

/// Breaks and rest owed and planned, and the rules broken.
pub(in crate::report) fn rules(compliance: &Compliance, scenario: &Scenario) -> Vec<Section> {
    let mut sections: Vec<Section> = breaches(compliance).into_iter().collect();
    let mut by_kind: BTreeMap<&str, (usize, i64, i64, usize)> = BTreeMap::new();
    for due in &compliance.dues {
        let sum = by_kind.entry(&due.kind).or_default();
        sum.0 += 1;
        sum.1 += due.due.0;
        sum.2 += due.planned.0;
        sum.3 += usize::from(due.planned < due.due);
    }
    let rows = by_kind.into_iter().map(|(kind, (count, due, planned, missed))| {
        vec![
            Cell::text(crate::report::audit::kind_of_due(kind)),
            Cell::Count(count),
            Cell::Length(crate::units::Minutes(due)),
            Cell::Length(crate::units::Minutes(planned)),
            Cell::Count(missed),
        ]
    });
    let columns = vec![
        Column::words("kind", say("column-kind")),
        Column::figures("times", say("column-times")),
        Column::figures("due", say("column-due")),
        Column::figures("planned", say("column-planned")),
        Column::figures("missed", say("column-missed")),
    ];
    let packs = if scenario.packs.is_empty() { say("no-packs") } else { scenario.packs.join(", ") };
    let mut sentences = vec![say_with("rules-judged", &[("packs", packs.into())])];
    sentences.extend(
        compliance
            .not_judged
            .iter()
            .map(|what| say_with("rules-not-judged", &[("what", what.as_str().into())])),
    );
    sections.push(Section {
        key: "dues",
        title: say("section-dues"),
        sentences,
        table: (!compliance.dues.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    });
    sections
}
