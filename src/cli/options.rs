//! Options that several commands share.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::calendar::Date;
use crate::report::{Report, dress};
use crate::roster::Roster;
use crate::scenario::{self, Adjustments, BareHistory, Files, Scenario, Variant};

use super::Failure;
use super::edge::{self, Talk};
use super::folder::{self, Chosen};

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
    #[arg(long, value_enum, default_value_t, global = true)]
    pub(super) format: Format,
}

impl Output {
    /// Whether figures go to a spreadsheet.
    pub(super) fn is_csv(self) -> bool {
        self.format == Format::Csv
    }

    /// Whether JSON was asked for.
    pub(super) fn is_json(self) -> bool {
        self.format == Format::Json
    }

    /// Dress a report as asked; `json` gives the report's own contract with other programs.
    pub(super) fn dress(
        self,
        talk: Talk,
        report: &Report,
        json: impl FnOnce() -> String,
    ) -> String {
        match self.format {
            Format::Table => dress::table(report, edge::width(), talk.paint()),
            Format::Json => json(),
            Format::Csv => dress::csv(report),
        }
    }
}

/// A team's folder, and what this run reads differently.
#[derive(Debug, Args)]
pub(super) struct Team {
    /// The team's folder
    pub(super) dir: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

/// What a run reads differently from what the folder says.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Reading {
    /// Move the horizon to start on this date, such as 2026-12-07
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(super) week: Option<Date>,
    /// Take past contacts from this file
    #[arg(long, value_name = "FILE")]
    pub(super) history: Option<PathBuf>,
    /// Column of that file that holds the counts; `contacts` unless you say otherwise
    #[arg(long, requires = "history")]
    pub(super) column: Option<String>,
    /// Queue that the counts belong to; the only one without volumes unless you say otherwise
    #[arg(long, requires = "history")]
    pub(super) queue: Option<String>,
}

/// Chance.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct Chance {
    /// Where random draws start, instead of the scenario's seed
    #[arg(long, value_parser = clap::value_parser!(u64).range(..1 << 53))]
    seed: Option<u64>,
    /// Weeks to play, instead of as many as the scenario says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
}

/// Weeks that a change is played over at most, so that whoever asks need not wait; both sides meet the same chances,
/// so that few tell them apart. *Assumption.*
const WEEKS_OF_A_CHANGE: usize = 100;

impl Team {
    /// Read the folder as it is but for what the options say.
    pub(super) fn read(&self, chance: Chance) -> Result<Scenario, Failure> {
        self.reading.of(&self.dir, chance, None)
    }

    /// The folder with the roster that the user names, or else the latest published, or else the latest planned.
    pub(super) fn with_roster(
        &self,
        named: Option<&Path>,
        chance: Chance,
    ) -> Result<(Scenario, Roster), Failure> {
        self.reading.with_roster(&self.dir, &folder::roster(&self.dir, named)?, chance)
    }

    /// The same to see what a change does: no more weeks are played than that needs, unless somebody asked for so many.
    pub(super) fn to_change(
        &self,
        named: Option<&Path>,
        chance: Chance,
    ) -> Result<(Scenario, Roster), Failure> {
        let (mut scenario, roster) = self.with_roster(named, chance)?;
        if chance.replications.is_none() {
            let weeks = &mut scenario.budget.replications;
            *weeks = (*weeks).min(WEEKS_OF_A_CHANGE);
        }
        Ok((scenario, roster))
    }

    /// The folder with a roster that was chosen from it.
    pub(super) fn with_chosen(
        &self,
        chosen: &Chosen,
        chance: Chance,
    ) -> Result<(Scenario, Roster), Failure> {
        self.reading.with_roster(&self.dir, chosen, chance)
    }

    /// The same for a roster whose first day is known; an explicit `--week` has the last word.
    pub(super) fn read_for(
        &self,
        chance: Chance,
        first: Option<Date>,
    ) -> Result<Scenario, Failure> {
        self.reading.of(&self.dir, chance, first)
    }
}

impl Team {
    /// The files of the folder, and what the options say that is different.
    pub(super) fn files(&self, chance: Chance) -> Result<(Files, Adjustments), Failure> {
        let adjust = self.reading.adjustments(chance, None)?;
        Ok((scenario::files(&self.dir)?, adjust))
    }

    /// Read the folder and every variant in it.
    pub(super) fn read_with_variants(
        &self,
        chance: Chance,
    ) -> Result<(Scenario, Vec<Variant>), Failure> {
        let (files, adjust) = self.files(chance)?;
        scenario::with_variants(&files, &adjust).map_err(Failure::Input)
    }
}

impl Reading {
    /// Read a folder and a roster of its people, for the days the roster was made for.
    pub(super) fn with_roster(
        &self,
        dir: &Path,
        chosen: &Chosen,
        chance: Chance,
    ) -> Result<(Scenario, Roster), Failure> {
        let scenario = self.of(dir, chance, chosen.first)?;
        let roster = folder::read_roster(&chosen.path, &scenario)?;
        Ok((scenario, roster))
    }

    /// Read a folder, for a roster whose first day may be known.
    pub(super) fn of(
        &self,
        dir: &Path,
        chance: Chance,
        first: Option<Date>,
    ) -> Result<Scenario, Failure> {
        scenario::read(dir, &self.adjustments(chance, first)?).map_err(Failure::from)
    }

    /// What the options say that is different from the folder, for a roster whose first day may be known.
    fn adjustments(&self, chance: Chance, first: Option<Date>) -> Result<Adjustments, Failure> {
        let history = self.history.as_ref().map(|path| {
            let bytes = folder::read(path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (column, queue) = (self.column.clone(), self.queue.clone());
            Ok::<_, Failure>(BareHistory { bytes, column, queue, name })
        });
        Ok(Adjustments {
            week: self.week.or(first),
            seed: chance.seed,
            history: history.transpose()?,
            replications: chance.replications.and_then(|weeks| usize::try_from(weeks).ok()),
            variant: None,
        })
    }
}
