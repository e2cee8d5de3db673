//! What a change does: to cover and cost, to targets, and to the rules.

use crate::compliance::{Breach, Compliance, Severity};
use crate::kpi::Kpis;
use crate::replan::Replan;
use crate::report::effect::{self as shared, Sides};
use crate::report::messages::{say, say_with};
use crate::report::reasons::in_words;
use crate::report::{Cell, Column, Section, Table, words};
use crate::scenario::Scenario;

/// Cover, wages and hours as the week was meant, with nothing changed, and as changed.
pub(super) fn effect(replan: &Replan) -> Section {
    let scenario = &replan.scenario;
    let sides = Sides {
        rosters: [&replan.meant, &replan.standing, &replan.roster],
        needs: [&replan.expected, &replan.requirement, &replan.requirement],
        scenario,
    };
    let rows = vec![
        shared::in_hours("effect-shortfall", &sides.shortfall()),
        shared::in_hours("effect-late", &replan.late),
        shared::in_money("effect-cost", &sides.wages(), scenario),
        shared::in_hours("effect-paid", &sides.paid()),
    ];
    let columns = [
        ("meant", "column-meant"),
        ("unrepaired", "column-unrepaired"),
        ("changed", "column-changed"),
    ];
    shared::section(&columns, rows)
}

/// Each target before and after, with the same chances.
pub(super) fn targets(before: &Kpis, after: &Kpis, scenario: &Scenario) -> Section {
    let pairs = before.verdicts.iter().zip(&after.verdicts);
    let rows = pairs.filter_map(|(before, after)| {
        let target = words::target_of(after, scenario)?;
        Some(vec![
            Cell::text(scenario.queue(after.queue).title.as_str()),
            Cell::text(words::target(target)),
            Cell::estimated(before.estimate),
            Cell::estimated(after.estimate),
            Cell::Verdict(after.judgement),
        ])
    });
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::words("before", say("column-before")),
        Column::words("after", say("column-after")),
        Column::words("verdict", say("column-verdict")),
    ];
    let weeks = [("weeks", after.replications.into())];
    Section {
        key: "targets",
        title: say("section-targets"),
        sentences: vec![say_with("same-chances", &weeks)],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// Breaches that were not there before, or are worse.
pub(in crate::report) fn new_breaches<'a>(
    before: &Compliance,
    after: &'a Compliance,
) -> Vec<&'a Breach> {
    let is_old = |breach: &&Breach| {
        before.breaches.iter().any(|old| {
            (&old.rule, old.agent, old.date) == (&breach.rule, breach.agent, breach.date)
                && old.by_minutes >= breach.by_minutes
        })
    };
    after.breaches.iter().filter(|breach| !is_old(breach)).collect()
}

pub(super) fn rules(before: &Compliance, after: &Compliance, scenario: &Scenario) -> Section {
    broken(&new_breaches(before, after), scenario)
}

pub(super) fn broken(new: &[&Breach], scenario: &Scenario) -> Section {
    let hard = new.iter().filter(|breach| breach.severity == Severity::Hard).count();
    let soft = new.iter().filter(|breach| breach.severity == Severity::Soft).count();
    let sentence = match (hard, soft) {
        (0, 0) => say("no-new-breach"),
        (0, count) => say_with("new-soft-breaches", &[("count", count.into())]),
        (hard, _) => say_with("new-hard-breaches", &[("count", hard.into())]),
    };
    let rows: Vec<Vec<Cell>> = new
        .iter()
        .map(|breach| {
            vec![
                Cell::text(crate::report::audit::severity(breach.severity)),
                Cell::text(breach.date.to_string()),
                Cell::text(crate::report::audit::whose(breach, &scenario.names.agents)),
                Cell::text(breach.rule.as_str()),
                Cell::text(in_words(breach.by_minutes)),
                Cell::text(breach.source.as_str()),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("severity", say("column-severity")),
        Column::words("date", say("column-date")),
        Column::words("agent", say("column-person")),
        Column::words("rule", say("column-rule")),
        Column::words("by", say("column-by")),
        Column::words("source", say("column-source")),
    ];
    Section {
        key: "rules",
        title: say("section-breaches"),
        sentences: vec![sentence],
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}
