//! Where a queue hangs on few people: how many could take it, and the fewest planned at once while it is open.

use crate::id::{Id, PoolId, QueueId};
use crate::kpi::Judgement;
use crate::plan::Plan;
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Coverage, Section, Table, words};
use crate::scenario::Scenario;

/// Queues, those that hang on the fewest people first.
pub(super) fn risk(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Section {
    let people = plan.assigned.roster.on_queue(scenario);
    let mut found: Vec<(usize, Vec<Cell>)> = Vec::new();
    for queue in (0..scenario.queues.len()).map(QueueId::at) {
        let pools = pools(queue, scenario);
        let could: usize = pools.iter().map(|&pool| scenario.pool(pool).agents.len()).sum();
        let (mut fewest, mut open, mut thin, mut at) = (f64::INFINITY, 0.0, 0.0, None);
        let slots = (0..scenario.calendar.intervals()).map(|at| scenario.calendar.interval(at));
        for (interval, slot) in slots.enumerate() {
            let is_open = scenario.queue(queue).open.iter().any(|span| span.covers(slot));
            if !is_open {
                continue;
            }
            let there: f64 = pools.iter().map(|pool| people[pool.index()][interval]).sum();
            let length = slot.length().in_hours();
            open += length;
            thin += if there < 2.0 { length } else { 0.0 };
            if there < fewest {
                fewest = there;
                at = Some(slot);
            }
        }
        let short: f64 = coverage.short[queue.index()]
            .iter()
            .enumerate()
            .map(|(at, people)| people * scenario.calendar.interval(at).length().in_hours())
            .sum();
        let missed = plan
            .kpis
            .verdicts
            .iter()
            .filter(|verdict| verdict.queue == queue && verdict.judgement != Judgement::Kept)
            .count();
        let when = at.map_or_else(String::new, |slot| {
            let day = words::day(&scenario.calendar, slot.start);
            format!("{day}, {}", words::clocks(&scenario.calendar, slot))
        });
        found.push((
            could,
            vec![
                Cell::text(scenario.queue(queue).title.as_str()),
                Cell::Count(could),
                if fewest.is_finite() { Cell::Figure(fewest, 1) } else { Cell::Nothing },
                Cell::text(when),
                if open > 0.0 { Cell::Share(thin / open) } else { Cell::Nothing },
                Cell::Figure(short, 1),
                Cell::Count(missed),
            ],
        ));
    }
    found.sort_by_key(|(could, _)| *could);
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::figures("could", say("column-could-take")),
        Column::figures("fewest", say("column-fewest")),
        Column::words("when", say("column-when")),
        Column::figures("thin", say("column-thin")),
        Column::figures("short", say("column-hours-short")),
        Column::figures("open_targets", say("column-open-targets")),
    ];
    let few = found.iter().filter(|(could, _)| *could < 2).count();
    let sentence = if few > 0 {
        say_with("risk-single", &[("count", few.into())])
    } else {
        say("risk-how-to-read")
    };
    Section {
        key: "risk",
        title: say("section-risk"),
        sentences: vec![sentence],
        table: Some(Table { columns, rows: found.into_iter().map(|(_, row)| row).collect() }),
        picture: None,
    }
}

/// Pools that may take any work of a queue.
fn pools(queue: QueueId, scenario: &Scenario) -> Vec<PoolId> {
    let takes = |pool: &PoolId| {
        scenario.pool(*pool).streams.iter().any(|&stream| scenario.stream(stream).queue == queue)
    };
    (0..scenario.pools.len()).map(PoolId::at).filter(takes).collect()
}
