//! Minimum presence as rows of a programme over lines: cells taken together to pieces, differenced in time.

use super::super::breaks::Worth;
use super::super::master::{LOOSE, real};
use super::super::team::Placed;
use super::{Attendance, CELL, CellPrices};
use crate::id::AgentId;
use crate::linear::{ColumnId, Model, RowId};
use crate::units::Minutes;

/// Rows of each rule.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Rows(Vec<Vec<Row>>);

/// Some cells of a rule that follow one another.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// First cell.
    first: usize,
    /// First cell after.
    last: usize,
    id: RowId,
    /// People missing.
    absent: ColumnId,
}

impl Rows {
    /// `there[r,p] - there[r,p-1] - sum_j (in[j,p] - in[j,p-1]) line[j] = before[p] - before[p-1]` and
    /// `there[r,p] + absent[r,p] >= at_least`, a missing minute at so much.
    ///
    /// A new piece begins with a cell of a rule where `splits` says so.
    pub(in super::super) fn of(
        attendance: &Attendance,
        splits: &dyn Fn(usize, i64) -> bool,
        missing: f64,
        model: &mut Model,
    ) -> Rows {
        let rows = attendance.rules.iter().enumerate().map(|(place, rule)| {
            let mut rows: Vec<Row> = Vec::new();
            let mut earlier = None;
            let many = rule.means.iter().filter(|means| **means).count();
            let pieces = pieces(&rule.cells, |cell| splits(place, cell));
            for (piece, (first, last)) in pieces.into_iter().enumerate() {
                let cells = real(last - first);
                let length = cells * Minutes(CELL).real();
                let before = rule.before[first..last].iter().sum::<f64>() / cells;
                let most = real(many) + before;
                let name = format!("there[{place},{piece}]");
                let there = model.column(name, -most, LOOSE * most, 0.0);
                let name = format!("absent[{place},{piece}]");
                let absent = model.column(name, 0.0, LOOSE * rule.at_least, missing * length);
                let asked = [(there, 1.0), (absent, 1.0)];
                model.at_least(format!("asked[{place},{piece}]"), &asked, rule.at_least);
                let mut terms = vec![(there, 1.0)];
                let mut right = before;
                if let Some((column, other)) = earlier {
                    terms.push((column, -1.0));
                    right -= other;
                }
                let row = model.exactly(format!("attend[{place},{piece}]"), &terms, right);
                rows.push(Row { first, last, id: row, absent });
                earlier = Some((there, before));
            }
            rows
        });
        Rows(rows.collect())
    }

    /// What a line adds to the rows.
    pub(in super::super) fn terms(&self, placed: &Placed) -> Vec<(RowId, f64)> {
        let mut terms = Vec::new();
        for (place, rows) in self.0.iter().enumerate() {
            let own: Vec<(usize, usize)> = placed
                .there
                .iter()
                .filter(|(rule, ..)| *rule == place)
                .map(|&(_, from, to)| (from, to))
                .collect();
            if own.is_empty() {
                continue;
            }
            let mut before = 0.0;
            for row in rows {
                let inside = |&(from, to): &(usize, usize)| {
                    to.min(row.last).saturating_sub(from.max(row.first))
                };
                let cells: usize = own.iter().map(inside).sum();
                let share = real(cells) / real(row.last - row.first);
                if (share - before).abs() >= 1e-6 {
                    terms.push((row.id, before - share));
                }
                before = share;
            }
        }
        terms
    }

    /// People missing in a solution: rule, first minute of a piece, how many.
    pub(in super::super) fn absent(
        &self,
        attendance: &Attendance,
        values: &[f64],
    ) -> Vec<(usize, i64, f64)> {
        let of = |(place, rows): (usize, &Vec<Row>)| {
            let cells = &attendance.rules[place].cells;
            let people = |row: &Row| values.get(row.absent.index()).copied().unwrap_or(0.0);
            rows.iter().map(|row| (place, cells[row.first], people(row))).collect::<Vec<_>>()
        };
        self.0.iter().enumerate().flat_map(of).filter(|(.., people)| *people > 1e-6).collect()
    }

    /// What the rows' prices come to in each cell.
    pub(in super::super) fn cell_prices(
        &self,
        attendance: &Attendance,
        prices: &[f64],
    ) -> CellPrices {
        let values: Vec<Vec<f64>> = attendance
            .rules
            .iter()
            .zip(&self.0)
            .map(|(rule, rows)| {
                let mut values = vec![0.0; rule.cells.len()];
                for (row, value) in a_minute(rows, prices) {
                    values[row.first..row.last].fill(value);
                }
                values
            })
            .collect();
        CellPrices::by(attendance, |rule, cell| values[rule][cell])
    }

    /// Make minutes worth what they are at these prices to someone.
    pub(in super::super) fn raise(
        &self,
        attendance: &Attendance,
        agent: AgentId,
        prices: &[f64],
        worth: &mut Worth,
    ) {
        for (rule, rows) in attendance.rules.iter().zip(&self.0) {
            if !rule.is_for(agent) {
                continue;
            }
            let values = a_minute(rows, prices);
            let spans = values.flat_map(|(row, value)| {
                rule.cells[row.first..row.last].iter().map(move |&cell| (cell, cell + CELL, value))
            });
            worth.raise(rule.on_queue, spans.filter(|(.., value)| *value != 0.0));
        }
    }
}

/// What a minute of one more person is worth in each row of a rule.
fn a_minute<'r>(rows: &'r [Row], prices: &[f64]) -> impl Iterator<Item = (&'r Row, f64)> {
    rows.iter().enumerate().map(|(place, row)| {
        let next = rows.get(place + 1).map_or(0.0, |next| prices[next.id.index()]);
        let value = next - prices[row.id.index()];
        let length = real(row.last - row.first) * Minutes(CELL).real();
        (row, value / length)
    })
}

/// Cells that follow one another up to where a new piece begins: first and first after.
fn pieces(cells: &[i64], splits: impl Fn(i64) -> bool) -> Vec<(usize, usize)> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for (place, &cell) in cells.iter().enumerate() {
        let follows = place > 0 && cells[place - 1] + CELL == cell;
        match pieces.last_mut() {
            Some(piece) if follows && !splits(cell) => piece.1 = place + 1,
            _ => pieces.push((place, place + 1)),
        }
    }
    pieces
}
