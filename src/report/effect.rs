//! What a change of a roster comes to: cover, wages and paid hours of rosters side by side.

use super::figures::{amount, hours};
use super::messages::say;
use super::{Cell, Column, Coverage, Section, Table, plan};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::units::Money;

/// Rosters side by side, each against what it has to cover.
pub(super) struct Sides<'a, const N: usize> {
    pub(super) rosters: [&'a Roster; N],
    pub(super) needs: [&'a Requirement; N],
    pub(super) scenario: &'a Scenario,
}

impl<const N: usize> Sides<'_, N> {
    /// Minutes short on live queues.
    pub(super) fn shortfall(&self) -> [f64; N] {
        let short = |side: usize| {
            Coverage::of(self.needs[side], self.rosters[side], self.scenario).shortfall_minutes
        };
        std::array::from_fn(short)
    }

    /// Wages.
    pub(super) fn wages(&self) -> [Money; N] {
        self.rosters.map(|roster| plan::wages(roster, self.scenario))
    }

    /// Paid minutes.
    pub(super) fn paid(&self) -> [f64; N] {
        self.rosters.map(|roster| roster.paid().real())
    }
}

/// A row of hours.
pub(super) fn in_hours(title: &str, minutes: &[f64]) -> Vec<Cell> {
    row(title, minutes.iter().copied().map(hours))
}

/// A row of money.
pub(super) fn in_money(title: &str, all: &[Money], scenario: &Scenario) -> Vec<Cell> {
    row(title, all.iter().map(|&money| amount(money, &scenario.currency)))
}

fn row(title: &str, cells: impl Iterator<Item = String>) -> Vec<Cell> {
    std::iter::once(Cell::text(say(title))).chain(cells.map(Cell::text)).collect()
}

/// The section of these rows, under columns each called by its key and the message of its title.
pub(super) fn section(columns: &[(&'static str, &str)], rows: Vec<Vec<Cell>>) -> Section {
    let figures = columns.iter().map(|(key, title)| Column::figures(*key, say(title)));
    let first = Column::words("figure", say("column-figure"));
    let columns = std::iter::once(first).chain(figures).collect();
    Section {
        key: "effect",
        title: say("section-effect"),
        sentences: Vec::new(),
        table: Some(Table { columns, rows }),
        picture: None,
    }
}
