//! How busy each tier is by the hour.

use crate::id::Id;
use crate::report::messages::{say, say_with};
use crate::report::picture::HeatMap;
use crate::report::{Cell, Column, Coverage, Picture, Section, Table, words};
use crate::routing::Routing;
use crate::scenario::Scenario;

pub(in crate::report) fn load(
    routing: &Routing,
    coverage: &Coverage,
    scenario: &Scenario,
) -> Section {
    let calendar = &scenario.calendar;
    let mut rows = Vec::new();
    let mut is_used = [false; 24];
    for (place, tier) in scenario.tiers.iter().enumerate() {
        for day in 0..calendar.days() {
            let mut busy = [0.0; 24];
            let mut whole = [0.0; 24];
            for (pool, _) in
                scenario.pools.iter().enumerate().filter(|(_, pool)| pool.tier.index() == place)
            {
                for interval in 0..calendar.intervals() {
                    let slot = calendar.interval(interval);
                    let planned = routing
                        .occupancy
                        .get(pool)
                        .and_then(|row| row.get(interval).copied().flatten());
                    if let Some(occupancy) = planned.filter(|_| calendar.day(day).holds(slot.start))
                    {
                        let hour =
                            usize::from(calendar.local(slot.start).clock.0.div_euclid(60)).min(23);
                        let people = coverage.on_queue[pool][interval];
                        busy[hour] += people * occupancy;
                        whole[hour] += people;
                    }
                }
            }
            let cells: Vec<Option<f64>> = (0..24)
                .map(|hour| (whole[hour] > 1e-9).then(|| busy[hour] / whole[hour]))
                .collect();
            for (hour, cell) in cells.iter().enumerate() {
                is_used[hour] |= cell.is_some();
            }
            if cells.iter().any(Option::is_some) {
                rows.push((
                    tier.title.clone(),
                    words::day(calendar, calendar.day(day).start),
                    cells,
                ));
            }
        }
    }
    let hours: Vec<usize> = (0..24).filter(|&hour| is_used[hour]).collect();
    let rows: Vec<(String, String, Vec<Option<f64>>)> = rows
        .into_iter()
        .map(|(tier, day, cells)| (tier, day, hours.iter().map(|&hour| cells[hour]).collect()))
        .collect();
    let threshold = &crate::strain::model().components[0];
    let marks = (threshold.amber, threshold.red);
    let mut columns =
        vec![Column::words("tier", say("column-tier")), Column::words("day", say("column-day"))];
    columns.extend(
        hours.iter().map(|hour| Column::figures(format!("hour_{hour:02}"), format!("{hour:02}"))),
    );
    let table = rows.iter().map(|(tier, day, cells)| {
        let share = |cell: &Option<f64>| cell.map_or(Cell::Nothing, Cell::Share);
        [Cell::text(tier.as_str()), Cell::text(day.as_str())]
            .into_iter()
            .chain(cells.iter().map(share))
            .collect()
    });
    let mentions = [
        ("busy", words::whole_percent(marks.0).into()),
        ("high", words::whole_percent(marks.1).into()),
    ];
    Section {
        key: "load",
        title: say("section-load"),
        sentences: vec![say_with("load-how-to-read", &mentions)],
        table: Some(Table { columns, rows: table.collect() }),
        picture: Some(Picture::Heat(HeatMap { hours, rows, marks })),
    }
}
