//! What HR asks: are breaks and rest kept, are hours within contract and law, is hard work shared, where does strain
//! build?

use super::{Review, bands, breaks, days, hours, lines, rest, shares, source, title, weeks};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Report, Section, Table, audit, strain};
use crate::review::facts;
use crate::strain::SMALLEST_GROUP;

/// The report for HR.
#[must_use]
pub fn hr(review: &Review<'_>) -> Report {
    let (scenario, period) = (review.scenario, review.period);
    let facts = facts(&period.roster, &period.calendar, period.covered(), scenario);
    let in_fact = review.worked.map_or(review.planned, |(_, worked)| worked);
    let mut sections = vec![headline(review, &facts)];
    sections.push(breaks::by_kind(review));
    sections.extend(breaks::missed(review));
    sections.extend(breaks::times(review));
    sections.push(rest::rest(review, &facts));
    if !in_fact.breaches.is_empty() {
        sections.push(audit::breaches(in_fact, &scenario.packs, &scenario.names.agents));
    }
    sections.push(hours::hours(&facts, scenario));
    sections.extend(shares::heat(&facts, scenario));
    sections.extend(shares::spread(&facts, scenario));
    if let Some(plan) = review.week {
        let groups = bands::groups(review, plan, SMALLEST_GROUP);
        sections.push(bands::bands(
            &plan.strain,
            &plan.assigned.roster,
            &groups,
            SMALLEST_GROUP,
            scenario,
        ));
    }
    sections.extend(bands::by_week(review));
    let is_group = at_work(&facts) >= SMALLEST_GROUP;
    if is_group {
        sections.push(lines::lines(review));
        sections.extend(review.week.and_then(|plan| strain::components(&plan.strain)));
    }
    sections.push(weeks::weeks(review));
    Report {
        schema: "evenkeel.report_hr/1",
        title: title(say("reader-hr"), scenario, days(period)),
        sections,
    }
}

fn at_work(facts: &[crate::review::Facts]) -> usize {
    facts.iter().filter(|own| own.duties > 0).count()
}

/// The answers in short.
fn headline(review: &Review<'_>, facts: &[crate::review::Facts]) -> Section {
    let in_fact = review.worked.map_or(review.planned, |(_, worked)| worked);
    let count = breaks::Count::of(in_fact);
    let shortest = rest::shortest(facts);
    let text = |words: String| Cell::text(words);
    let missed =
        if review.worked.is_some() { say("tile-missed-taken") } else { say("tile-missed-planned") };
    let mut rows = vec![
        vec![
            text(say("tile-breaks")),
            Cell::Count(count.missed),
            text(say_with("tile-breaks-of", &[("all", count.all.into()), ("what", missed.into())])),
        ],
        vec![
            text(say("tile-rest")),
            shortest.map_or(Cell::Nothing, |rest| Cell::text(rest.length.to_string())),
            text(shortest.map_or_else(String::new, |rest| {
                super::against(rest.length, rest::daily_minimum(review.scenario))
            })),
        ],
        vec![
            text(say("tile-breaches")),
            Cell::Count(in_fact.hard()),
            text(if review.worked.is_some() {
                say("tile-as-worked")
            } else {
                say("tile-as-planned")
            }),
        ],
    ];
    let groups = super::by_group(facts, review.scenario, SMALLEST_GROUP);
    if let Some((_, team)) = groups.first() {
        let owed: f64 = team.iter().map(|own| own.owed().real()).sum();
        let paid: f64 = team.iter().map(|own| own.paid.real()).sum();
        if owed > 0.0 {
            rows.push(vec![
                text(say("tile-hours")),
                Cell::Share(paid / owed),
                text(say("tile-hours-of")),
            ]);
        }
    }
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("value", say("column-value")),
        Column::words("note", say("column-what")),
    ];
    let mut sentences = Vec::new();
    if let [week] = review.period.weeks.as_slice() {
        sentences.push(source(week));
    } else {
        sentences.push(say_with(
            "hr-weeks",
            &[
                ("weeks", review.period.weeks.len().into()),
                ("covered", review.period.covered().into()),
                ("days", review.period.calendar.days().into()),
            ],
        ));
    }
    sentences.extend(breaks::record(review));
    if review.period.gone > 0 {
        sentences.push(say_with("hr-gone", &[("count", review.period.gone.into())]));
    }
    sentences.push(say("hr-who"));
    Section {
        key: "headline",
        title: String::new(),
        sentences,
        table: Some(Table { columns, rows }),
        picture: None,
    }
}
