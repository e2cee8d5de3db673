//! What people look at: rows first, then tables, CSV, JSON and one HTML page.
//!
//! Each builder turns what the stages found into a [`Report`]: sections of a few sentences, one table of typed
//! cells and at most one picture. [`dress`] and [`html`] only dress it, so that every format tells the same
//! story. [`json`] holds the versioned contracts that other programs lean on. Names of people appear in rosters,
//! audits and differences between rosters, never beside a figure of strain or service.

mod audit;
mod beside_strain;
mod compare;
mod course;
mod coverage;
mod diff;
pub mod dress;
mod effect;
mod figures;
pub mod forecast;
mod funnel;
pub mod html;
pub mod json;
mod kpis;
mod messages;
pub mod mine;
mod need;
mod patience;
mod picture;
mod plan;
mod pools;
mod pursuit;
mod readers;
mod reasons;
mod records;
mod replan;
mod short;
mod simulate;
mod size;
mod staffing;
mod strain;
mod words;

pub use audit::{audit, audit_of};
pub use compare::{compare, compare_rows};
pub use coverage::{Coverage, Shortage};
pub use diff::{Change, changes, diff};
pub use dress::{Paint, csv, table};
pub use figures::Cell;
pub use messages::{Mention, Messages};
pub use need::need;
pub use patience::patience;
pub use picture::Picture;
pub use plan::{page, plan_summary};
pub use pools::pools;
pub use readers::{Review, SMALLEST_GROUP_FOR_LEADERS, hr, leader, manager};
pub use replan::{absent, replan, swap};
pub use short::{check, publish};
pub use simulate::simulate;
pub use size::size;
pub use staffing::ladder;

pub(crate) use words::verdict;

/// Something to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Name and version of its shape in JSON.
    pub schema: &'static str,
    /// What it is about.
    pub title: String,
    /// The parts, in order.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Its name in files.
    pub key: &'static str,
    /// Its heading; may be empty.
    pub title: String,
    /// What there is to say first.
    pub sentences: Vec<String>,
    /// The rows.
    pub table: Option<Table>,
    /// The same rows to look at.
    pub picture: Option<Picture>,
}

/// Rows of cells under columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in files.
    pub key: String,
    /// Its heading for people.
    pub title: String,
    /// Whether it holds figures.
    pub is_number: bool,
}
