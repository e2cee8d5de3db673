//! Rows of volume.csv: contacts of the horizon by local time.

use std::collections::BTreeMap;

use super::problem::{self, CLOCK_SKIPS, Found, OFF_GRID};
use super::table::{self, Kind, Row};
use crate::calendar::{Calendar, ClockTime, Date, read_local};
use crate::units::Moment;

/// Contacts of the horizon.
pub(super) const VOLUMES: Kind = Kind {
    file: "volume.csv",
    rank: 3,
    required: &["start", "queue", "contacts"],
    optional: &["complexity"],
};

/// A row of volume.csv.
#[derive(Debug, Clone)]
pub(super) struct VolumeRow {
    pub line: usize,
    /// When its interval starts.
    pub start: Moment,
    /// The same on the clock.
    pub clock: ClockTime,
    pub queue: String,
    pub complexity: Option<String>,
    pub contacts: f64,
}

/// Read volume.csv. A local time that the clock shows twice means its first pass in its first row, and its
/// second pass in the next; with an offset it is exact.
pub(super) fn read(text: &str, calendar: &Calendar, found: &mut Vec<Found>) -> Vec<VolumeRow> {
    let table = table::read(text, VOLUMES, found);
    let mut passes = BTreeMap::new();
    let rows = table.iter().flat_map(table::Table::rows);
    rows.filter_map(|row| {
        let queue = row.must("queue", |text| Ok(text.to_owned()), found);
        let contacts = row.must("contacts", |text| row.number(text, 0.0, 1e7), found);
        let complexity = row.may("complexity", |text| Ok(text.to_owned()), found);
        let local = row.must("start", |text| start(text, calendar), found)?;
        let start = match local {
            Start::Exact(moment) => moment,
            Start::Local(date, clock) => {
                let series = (date, clock, row.text("queue"), row.text("complexity"));
                let pass = passes.entry(series).or_insert(0);
                let readings = calendar.readings(date, clock);
                let reading = readings.get(*pass).or(readings.last()).copied();
                *pass += 1;
                reading.or_else(|| skipped(&row, found))?
            }
        };
        let clock = calendar.local(start).clock;
        on_grid(&row, clock, calendar, found)?;
        Some(VolumeRow {
            line: row.line,
            start,
            clock,
            queue: queue?,
            complexity,
            contacts: contacts?,
        })
    })
    .collect()
}

enum Start {
    Exact(Moment),
    Local(Date, ClockTime),
}

fn start(text: &str, calendar: &Calendar) -> Result<Start, String> {
    match read_local(text) {
        Ok((date, clock)) => Ok(Start::Local(date, clock)),
        Err(_) => calendar.read_stamp(text).map(Start::Exact),
    }
}

fn skipped<T>(row: &Row<'_>, found: &mut Vec<Found>) -> Option<T> {
    let cause = format!("the clock never shows {}", row.text("start"));
    found.push(problem::found(CLOCK_SKIPS, row.at("start"), cause));
    None
}

fn on_grid(
    row: &Row<'_>,
    clock: ClockTime,
    calendar: &Calendar,
    found: &mut Vec<Found>,
) -> Option<()> {
    let grid = calendar.grid().0;
    if i64::from(clock.0).rem_euclid(grid) == 0 {
        return Some(());
    }
    let cause = format!("{clock} is not on the grid of {grid} minutes");
    found.push(problem::found(OFF_GRID, row.at("start"), cause));
    None
}
