//! Each target with what the play says of it.

use crate::kpi::{Judgement, Kpis};
use crate::report::messages::{say, say_with};
use crate::report::picture::VerdictBar;
use crate::report::{Cell, Column, Picture, Section, Table, words};
use crate::scenario::Scenario;

/// Each target with its verdict in words and its estimate against the goal.
pub(in crate::report) fn targets(kpis: &Kpis, scenario: &Scenario) -> Section {
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    for verdict in &kpis.verdicts {
        let Some(target) = words::target_of(verdict, scenario) else { continue };
        let queue = &scenario.queue(verdict.queue).title;
        // A period in which nothing came in has nothing to keep.
        let judged = || verdict.periods.iter().filter(|own| own.estimate.is_some());
        let kept = judged().filter(|own| own.judgement == Judgement::Kept).count();
        rows.push(vec![
            Cell::text(queue.as_str()),
            Cell::text(words::target(target)),
            Cell::text(words::period(target.period)),
            Cell::Verdict(verdict.judgement),
            Cell::estimated(verdict.estimate),
            Cell::text(words::goal(target, verdict.goal)),
            Cell::text(say_with(
                "periods-kept",
                &[("kept", kept.into()), ("all", judged().count().into())],
            )),
        ]);
        bars.push(VerdictBar {
            label: format!("{queue}: {}", words::target(target)),
            estimate: verdict.estimate,
            goal: verdict.goal,
            is_ceiling: words::is_ceiling(target),
            judgement: verdict.judgement,
        });
    }
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::words("period", say("column-period")),
        Column::words("verdict", say("column-verdict")),
        Column::words("estimate", say("column-estimate")),
        Column::words("goal", say("column-goal")),
        Column::words("periods", say("column-periods")),
    ];
    let sentences = vec![say_with(
        "targets-played",
        &[("weeks", kpis.replications.into()), ("horizon", words::horizon(scenario).into())],
    )];
    let picture = (!bars.is_empty()).then_some(Picture::Verdicts(bars));
    Section {
        key: "targets",
        title: say("section-targets"),
        sentences,
        table: Some(Table { columns, rows }),
        picture,
    }
}
