//! Rows of the audit that several readers get: what is owed, and what earns a premium. Whoever reads of themselves
//! alone gets no column of names.

use super::audit::{kind_of_due, kind_of_premium};
use super::messages::say;
use super::{Cell, Column, Table};
use crate::compliance::{Due, Premium};
use crate::id::{AgentId, Names};

/// Whether what was taken has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is on record, or may be.
    Shown,
    /// There is no record.
    LeftOut,
}

/// Breaks and rests, a row each.
pub(super) fn dues<'a>(
    dues: impl Iterator<Item = &'a Due>,
    names: Option<&Names<AgentId>>,
    taken: Taken,
) -> Table {
    let rows = dues.map(|due| {
        let mut row = vec![Cell::text(due.date.to_string())];
        row.extend(names.map(|names| Cell::text(names.of(due.agent))));
        row.push(Cell::text(kind_of_due(&due.kind)));
        row.extend([due.due, due.planned].map(Cell::Length));
        if taken == Taken::Shown {
            row.push(due.taken.map_or(Cell::Nothing, Cell::Length));
        }
        row
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let mut columns = whose(names);
    columns.extend([
        Column::words("kind", say("column-kind")),
        Column::figures("due", say("column-due")),
        Column::figures("planned", say("column-planned")),
    ]);
    if taken == Taken::Shown {
        columns.push(Column::figures("taken", say("column-taken")));
    }
    Table { columns, rows }
}

/// Hours that earn a premium, a row each.
pub(super) fn premiums<'a>(
    premiums: impl Iterator<Item = &'a Premium>,
    names: Option<&Names<AgentId>>,
) -> Table {
    let rows = premiums.map(|premium| {
        let mut row = vec![Cell::text(premium.date.to_string())];
        row.extend(names.map(|names| Cell::text(names.of(premium.agent))));
        row.push(Cell::text(kind_of_premium(&premium.kind)));
        row.extend([premium.hours, premium.rate].map(|figure| Cell::Figure(figure, 2)));
        row
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let mut columns = whose(names);
    columns.extend([
        Column::words("kind", say("column-kind")),
        Column::figures("hours", say("column-hours")),
        Column::figures("rate", say("column-rate")),
    ]);
    Table { columns, rows }
}

fn whose(names: Option<&Names<AgentId>>) -> Vec<Column> {
    let mut columns = vec![Column::words("date", say("column-date"))];
    columns.extend(names.map(|_| Column::words("agent", say("column-person"))));
    columns
}
