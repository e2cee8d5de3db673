//! Where people are short, and which work nobody can take.

use crate::id::TierId;
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Coverage, Section, Table, words};
use crate::routing::{GapKind, Routing};
use crate::scenario::Scenario;
use crate::units::Span;

pub(in crate::report) fn shortages(
    coverage: &Coverage,
    scenario: &Scenario,
    most: usize,
) -> Section {
    let all = coverage.shortages(scenario);
    let rows = all.iter().take(most).map(|shortage| {
        let mut tiers: Vec<TierId> = scenario
            .pools
            .iter()
            .filter(|pool| {
                pool.streams.iter().any(|&stream| scenario.stream(stream).queue == shortage.queue)
            })
            .map(|pool| pool.tier)
            .collect();
        tiers.sort_unstable();
        tiers.dedup();
        let tiers: Vec<String> =
            tiers.iter().map(|&tier| scenario.tier(tier).title.clone()).collect();
        vec![
            Cell::text(words::day(&scenario.calendar, shortage.span.start)),
            Cell::text(words::clocks(&scenario.calendar, shortage.span)),
            Cell::text(scenario.queue(shortage.queue).title.as_str()),
            Cell::Figure(shortage.people, 1),
            Cell::Figure(shortage.minutes, 0),
            Cell::text(words::list(&tiers)),
        ]
    });
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("when", say("column-when")),
        Column::words("queue", say("column-queue")),
        Column::figures("people_short", say("column-people-short")),
        Column::figures("minutes_short", say("column-minutes-short")),
        Column::words("tiers", say("column-who-could-help")),
    ];
    let sentence = if all.is_empty() {
        say("short-nowhere")
    } else {
        say_with(
            "short-somewhere",
            &[
                ("count", all.len().into()),
                ("shown", most.min(all.len()).into()),
                ("hidden", all.len().saturating_sub(most).into()),
            ],
        )
    };
    Section {
        key: "shortages",
        title: say("section-shortages"),
        sentences: vec![sentence],
        table: (!all.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// Open streams that nobody rostered can take; none where every stream has a route.
pub(in crate::report) fn routes(routing: &Routing, scenario: &Scenario) -> Option<Section> {
    let calendar = &scenario.calendar;
    let rows: Vec<Vec<Cell>> = routing
        .gaps
        .iter()
        .filter(|gap| gap.from < gap.to && gap.to <= calendar.intervals())
        .map(|gap| {
            let span =
                Span::new(calendar.interval(gap.from).start, calendar.interval(gap.to - 1).end);
            let could: Vec<String> =
                gap.could.iter().map(|&pool| scenario.pool(pool).title.clone()).collect();
            vec![
                Cell::text(scenario.stream_title(gap.stream)),
                Cell::text(words::day(calendar, span.start)),
                Cell::text(words::clocks(calendar, span)),
                Cell::text(match gap.kind {
                    GapKind::NoPath => say("no-escalation-path"),
                    _ if could.is_empty() => say("nobody"),
                    _ => words::list(&could),
                }),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("stream", say("column-stream")),
        Column::words("day", say("column-day")),
        Column::words("when", say("column-when")),
        Column::words("could", say("column-who-could-help")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "route_gaps",
        title: say("section-routes"),
        sentences: vec![say_with("routes-missing", &[("count", rows.len().into())])],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}
