//! What a reader looks for first: the plan in a few sentences and figures, and what to do next.

use super::wages;
use crate::kpi::{Judgement, Verdict};
use crate::plan::Plan;
use crate::report::figures::{amount, hours, percent, whole_amount};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Coverage, Section, Table};
use crate::scenario::Scenario;

pub(in crate::report) fn headline(
    plan: &Plan,
    coverage: &Coverage,
    scenario: &Scenario,
) -> Section {
    let roster = &plan.assigned.roster;
    let working = roster.lines.iter().filter(|line| !line.duties.is_empty()).count();
    let hard = plan.compliance.hard();
    let mut sentences = vec![verdicts_in_a_sentence(&plan.kpis.verdicts)];
    if let Some(share) = coverage.share() {
        sentences.push(say_with(
            "headline-coverage",
            &[
                ("share", percent(share).into()),
                ("short", hours(coverage.shortfall_minutes).into()),
                ("needed", hours(coverage.needed_minutes).into()),
            ],
        ));
    }
    sentences.push(if hard == 0 {
        say("headline-no-breaches")
    } else {
        say_with("headline-breaches", &[("count", hard.into())])
    });
    sentences.push(say_with(
        "headline-cost",
        &[
            ("people", working.into()),
            ("hours", hours(roster.paid().real()).into()),
            ("cost", amount(wages(roster, scenario), &scenario.currency).into()),
        ],
    ));
    Section { key: "headline", sentences, ..Section::default() }
}

/// The figures a reader looks for first: name, figure, note.
pub(in crate::report) fn tiles(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Table {
    let verdicts = &plan.kpis.verdicts;
    let kept = verdicts.iter().filter(|verdict| verdict.judgement == Judgement::Kept).count();
    let of = |all: usize| say_with("tile-of", &[("all", all.into())]);
    let roster = &plan.assigned.roster;
    let mut rows = vec![
        vec![Cell::text(say("tile-targets")), Cell::Count(kept), Cell::text(of(verdicts.len()))],
        vec![
            Cell::text(say("tile-cover")),
            coverage.share().map_or(Cell::Nothing, Cell::Share),
            Cell::text(""),
        ],
        vec![Cell::text(say("tile-breaches")), Cell::Count(plan.compliance.hard()), Cell::text("")],
    ];
    if let Some(team) = plan.strain.team {
        rows.push(vec![
            Cell::text(say("tile-strain")),
            Cell::Count(team.red),
            Cell::text(of(team.people())),
        ]);
    }
    rows.push(vec![
        Cell::text(say("tile-cost")),
        Cell::text(whole_amount(wages(roster, scenario), &scenario.currency)),
        Cell::text(say_with("tile-paid", &[("hours", hours(roster.paid().real()).into())])),
    ]);
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("value", say("column-value")),
        Column::words("note", say("column-what")),
    ];
    Table { columns, rows }
}

fn verdicts_in_a_sentence(verdicts: &[Verdict]) -> String {
    let judged = || verdicts.iter().filter(|verdict| verdict.estimate.is_some());
    let idle = verdicts.len() - judged().count();
    if verdicts.is_empty() {
        say("headline-no-targets")
    } else if judged().next().is_none() {
        say("headline-nothing-came")
    } else if idle > 0 {
        let others = say_with("headline-nothing-came-for", &[("idle", idle.into())]);
        format!("{} {others}", verdicts_on(judged()))
    } else {
        verdicts_on(judged())
    }
}

/// Of targets that anything came in for.
fn verdicts_on<'v>(verdicts: impl Iterator<Item = &'v Verdict> + Clone) -> String {
    let count = |judgement| verdicts.clone().filter(|v| v.judgement == judgement).count();
    let (kept, missed) = (count(Judgement::Kept), count(Judgement::Missed));
    let undecided = count(Judgement::Undecided);
    if missed == 0 && undecided == 0 {
        say_with("headline-all-kept", &[("count", kept.into())])
    } else {
        say_with(
            "headline-verdicts",
            &[
                ("all", verdicts.count().into()),
                ("kept", kept.into()),
                ("missed", missed.into()),
                ("undecided", undecided.into()),
            ],
        )
    }
}

/// What to do next, by what was found.
pub(in crate::report) fn next(plan: &Plan, coverage: &Coverage) -> Section {
    let mut sentences = Vec::new();
    // Where nothing came in, more play would decide nothing.
    let verdicts = || plan.kpis.verdicts.iter().filter(|verdict| verdict.estimate.is_some());
    let is = |judgement| verdicts().any(|verdict| verdict.judgement == judgement);
    if plan.compliance.hard() > 0 {
        sentences.push(say("next-breaches"));
    }
    if !plan.routing.gaps.is_empty() {
        sentences.push(say("next-routes"));
    }
    if is(Judgement::Missed) {
        sentences.push(if coverage.share().is_some_and(|share| share < 0.99) {
            say("next-missed-short")
        } else {
            say("next-missed-covered")
        });
    } else if is(Judgement::Undecided) {
        sentences.push(say("next-undecided"));
    }
    if plan.strain.team.is_some_and(|team| team.red > 0) {
        sentences.push(say("next-red"));
    }
    if sentences.is_empty() {
        sentences.push(say("next-publish"));
    }
    Section { key: "next", title: say("section-next"), sentences, ..Section::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id, QueueId};
    use crate::kpi::Estimate;

    fn verdict(judgement: Judgement, share: Option<f64>) -> Verdict {
        let estimate = share.map(|value| Estimate { value, low: value, high: value });
        Verdict {
            queue: QueueId::at(0),
            target: 0,
            judgement,
            estimate,
            goal: 0.8,
            periods: Vec::new(),
        }
    }

    #[test]
    fn where_nothing_came_in_nothing_is_called_close() {
        let idle = verdict(Judgement::Undecided, None);
        let kept = verdict(Judgement::Kept, Some(0.9));
        let close = verdict(Judgement::Undecided, Some(0.8));
        let sentence = |verdicts: &[Verdict]| verdicts_in_a_sentence(verdicts);
        assert_eq!(
            sentence(&[idle.clone(), idle.clone()]),
            "Nothing came in that a target is about, so there is nothing to judge."
        );
        assert_eq!(
            sentence(&[kept.clone(), idle]),
            "The one target is kept. Nothing came in for one more target, so there is nothing to judge there."
        );
        assert_eq!(
            sentence(&[kept, close]),
            "Of 2 targets, one is kept, none is missed and one is too close to call."
        );
    }
}
