//! What each live target costs: people beyond the work itself, in hours and in wages.

use crate::id::PoolId;
use crate::report::messages::say;
use crate::report::{Cell, Column, Section, Table, words};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::units::{Minutes, Money};
use std::collections::BTreeSet;

/// Hours a queue's targets ask for, by what asks for them, and what they cost at the mean wage of those who may
/// take it.
pub(super) fn price(requirement: &Requirement, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let mut rows = Vec::new();
    for row in requirement.live.iter().filter(|row| row.queues.len() == 1) {
        let Some(&queue) = row.queues.first() else { continue };
        let hours = |of: &[crate::units::Fte]| -> f64 {
            let slots = of.iter().enumerate().filter(|(at, _)| *at < calendar.intervals());
            slots.map(|(at, people)| people.0 * calendar.interval(at).length().in_hours()).sum()
        };
        let (needed, work) = (hours(&row.people), hours(&row.load));
        if needed <= 0.0 {
            continue;
        }
        let over = (needed - work).max(0.0);
        let wage = mean_wage(&row.pools, scenario);
        let targets = &scenario.queue(queue).targets;
        let said: Vec<String> = targets.iter().map(words::target).collect();
        let sources: BTreeSet<String> =
            targets.iter().filter_map(|target| target.source.clone()).collect();
        let sources = Vec::from_iter(sources);
        rows.push(vec![
            Cell::text(scenario.queue(queue).title.as_str()),
            Cell::text(if said.is_empty() { say("price-no-target") } else { words::list(&said) }),
            Cell::Figure(work, 1),
            Cell::Figure(over, 1),
            Cell::Share(over / needed),
            wage.map_or(Cell::Nothing, |wage| Cell::Money(wage.for_time(whole_minutes(over)))),
            Cell::text(if sources.is_empty() {
                say("price-no-source")
            } else {
                words::list(&sources)
            }),
        ]);
    }
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::figures("work", say("column-work-hours")),
        Column::figures("over", say("column-over-hours")),
        Column::figures("share", say("column-over-share")),
        Column::figures("cost", say("column-cost-of-target")),
        Column::words("source", say("column-target-source")),
    ];
    Section {
        key: "price",
        title: say("section-price"),
        sentences: vec![say("price-how-to-read")],
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// Mean hourly wage of everyone in these pools.
fn mean_wage(pools: &[PoolId], scenario: &Scenario) -> Option<Money> {
    let wages: Vec<i64> = pools
        .iter()
        .flat_map(|&pool| {
            let pool = scenario.pool(pool);
            let wage = scenario.tier(pool.tier).wage_per_hour.0;
            std::iter::repeat_n(wage, pool.agents.len())
        })
        .collect();
    let people = i64::try_from(wages.len()).ok().filter(|&people| people > 0)?;
    Some(Money(wages.iter().sum::<i64>().div_euclid(people)))
}

#[expect(clippy::cast_possible_truncation, reason = "hours of a horizon are far below 2^52")]
fn whole_minutes(hours: f64) -> Minutes {
    Minutes((hours * 60.0).round() as i64)
}
