//! Options that several commands share.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::calendar::Date;
use crate::report::{self, Paint, Report};
use crate::scenario::{self, Adjustments, Scenario};

use super::{Failure, edge};

/// How figures are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs; names are stable and carry a version
    Json,
    /// For spreadsheets
    Csv,
}

/// How to print.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Output {
    /// How to print figures
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Output {
    /// Dress a report as asked; where it has a JSON contract of its own, that is given.
    pub(super) fn dress(self, report: &Report, json: impl FnOnce() -> String) -> String {
        match self.format {
            Format::Table => report::table(report, edge::width(), edge::paint()),
            Format::Json => json(),
            Format::Csv => report::csv(report),
        }
    }
}

/// A scenario's folder, and what to change of it for this run.
#[derive(Debug, Args)]
pub(super) struct Team {
    /// The team's folder
    pub(super) dir: PathBuf,
    /// Move the horizon to start on this date, such as 2026-12-07
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(super) week: Option<Date>,
    /// Plan from the past contacts in this file
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Column of that file with the count; by default `contacts`
    #[arg(long, requires = "history")]
    column: Option<String>,
    /// Queue that the count belongs to, where the file does not say
    #[arg(long, requires = "history")]
    queue: Option<String>,
}

/// Chance.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Chance {
    /// Start random draws here instead of at the scenario's seed
    #[arg(long)]
    seed: Option<u64>,
    /// Play so many weeks instead of as many as the scenario says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
}
