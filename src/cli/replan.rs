//! `evenkeel replan`: the morning went wrong; what is the least that has to change?

use std::path::PathBuf;

use clap::Args;

use crate::replan::{self, Happened};
use crate::roster::{Roster, table};
use crate::scenario::{self, Actuals, Scenario};
use crate::{compliance::Compliance, report};

use super::dates::{self, PersonDates};
use super::edge::{self, Talk};
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Exit, Failure, folder};

/// What happened since is read from here unless another file is named.
const ACTUALS: &str = "actuals.csv";

/// Change a week for what happened since: people away, more or fewer contacts than expected
///
/// Starts from the latest published roster, else the latest planned. The past stays as it was, and so do the days that the
/// law's notice protects unless nothing else helps. Cover is repaired by the fewest people, then the fewest minutes; every
/// change comes with its reason. Writes roster.csv, replan.json and report.html; publish it with `publish --plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel replan my-team --absent amy:2026-12-01
  evenkeel replan my-team --absent amy:2026-12-01..2026-12-04 --now 2026-12-01T07:30
  evenkeel replan my-team --actuals this-morning.csv --format json")]
pub(super) struct Replan {
    #[command(flatten)]
    team: Team,
    /// The roster to start from: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Contacts and absences so far; by default actuals.csv in the team's folder, where it is there
    #[arg(long, value_name = "FILE")]
    actuals: Option<PathBuf>,
    /// Someone who is away, on a date or from one to another
    #[arg(long, value_name = "WHO:DATE[..DATE]", value_parser = PersonDates::parse)]
    absent: Vec<PersonDates>,
    /// What time it is; by default when the first of it happened
    #[arg(long, value_name = "STAMP")]
    now: Option<String>,
    /// Folder to write to; by default `out/`, the first day and `-replan`, in the team's folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    #[command(flatten)]
    chance: Chance,
    /// No progress, and no word of what was written
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    output: Output,
}

impl Replan {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let terminal = Terminal::start(talk, self.quiet);
        let (scenario, roster) = self.team.to_change(self.plan.as_deref(), self.chance)?;
        let happened = self.happened(&scenario, &roster)?;
        let found = replan::make(&roster, &scenario, &happened, &terminal);
        terminal.finish();

        let first = scenario.first();
        let out =
            self.out.unwrap_or_else(|| self.team.dir.join("out").join(format!("{first}-replan")));
        let report = report::replan(&found);
        let json = report::json::replan(&found);
        folder::write(&out.join("roster.csv"), table::write(&found.roster, &found.scenario))?;
        folder::write(&out.join("replan.json"), &json)?;
        folder::write(&out.join("report.html"), report::html::render(&report))?;
        if !self.quiet {
            talk.say(&format!("the changed roster: {}", out.join("roster.csv").display()));
        }
        let is_cut_short = found.after.kpis.replications < scenario.budget.replications;
        let bare = &found.bare[1];
        let exit = match () {
            () if bare.iter().any(|bare| bare.is_ruled_out) => Exit::NoPlan,
            () if !bare.is_empty() => Exit::Stopped,
            () if new_hard(&found.audit_meant, &found.after.compliance) => Exit::Breach,
            () if is_cut_short => Exit::Stopped,
            () => Exit::Done,
        };
        Ok(Answer { text: self.output.dress(talk, &report, || json), exit })
    }

    fn happened(&self, scenario: &Scenario, roster: &Roster) -> Result<Happened, Failure> {
        let by_default = self.team.dir.join(ACTUALS);
        let file = match &self.actuals {
            Some(file) => Some(file.clone()),
            None => by_default.is_file().then_some(by_default),
        };
        let actuals = match file {
            Some(file) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let bytes = folder::read(&file)?;
                scenario::actuals(&bytes, &name, scenario).map_err(Failure::Input)?
            }
            None => Actuals::default(),
        };
        let mut away = actuals.away.clone();
        for absent in &self.absent {
            away.push((absent.agent(scenario)?, absent.span(scenario)?));
        }
        away.sort();
        away.dedup();
        let mut now = self.now.as_deref().map(|now| dates::now(now, scenario)).transpose()?;
        if away.is_empty() && actuals.contacts.is_empty() {
            let start = now.unwrap_or(scenario.calendar.horizon().start);
            // A roster that misses minimum presence is reason enough.
            let Some(missed) = replan::bare(roster, scenario, start).into_iter().next() else {
                return Err(Failure::usage(
                    "nothing is said to have happened",
                    "name who is away with --absent, or the contacts so far with --actuals",
                ));
            };
            now = Some(now.unwrap_or(edge::now(&scenario.calendar)?.min(missed.span.start)));
        }
        Ok(Happened { away, reason: "sick".to_owned(), actuals, now })
    }
}

/// Whether a hard rule is broken that was not before.
fn new_hard(before: &Compliance, after: &Compliance) -> bool {
    after.hard() > before.hard()
}
