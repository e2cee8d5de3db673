//! `evenkeel audit`: does this roster keep every rule?

use std::path::{Path, PathBuf};

use clap::Args;

use crate::compliance::{self, Compliance};
use crate::report::{self, Report};

use super::edge::Talk;
use super::options::{Chance, Output, Reading};
use super::{Answer, Exit, Failure, folder};

/// Judge a roster against the law and the rules of the house, minute by minute
///
/// With a team's folder: against its law, contracts, availability and skills; the latest published roster, else the latest
/// planned, unless --roster names one; with --worked, what was worked is judged, and breaks are shown due, planned and taken
/// (a worked.csv in the folder adds what was taken). Without: any roster file against the law packs named. Ends with exit code 1
/// where a hard rule is broken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel audit my-team
  evenkeel audit my-team --roster by-hand.csv --format csv
  evenkeel audit my-team --worked clock-ins.csv
  evenkeel audit --law ie --timezone Europe/Dublin --roster by-hand.csv
  evenkeel audit --law ie,uk --timezone Europe/London --roster by-hand.csv --people people.csv")]
pub(super) struct Audit {
    /// The team's folder
    dir: Option<PathBuf>,
    /// The roster to judge: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "FILE", required_unless_present = "dir")]
    roster: Option<PathBuf>,
    /// Judge what was worked instead: clock-ins and breaks taken, with the columns of a roster
    #[arg(long, value_name = "FILE", requires = "dir")]
    worked: Option<PathBuf>,
    /// Law packs to judge by, where there is no folder
    #[arg(long, value_delimiter = ',', conflicts_with = "dir", required_unless_present = "dir")]
    law: Vec<String>,
    /// Time zone of the roster, where there is no folder
    #[arg(long, value_name = "ZONE", conflicts_with = "dir", required_unless_present = "dir")]
    timezone: Option<String>,
    /// Table of people (agent, born, site, timezone, law, contract, waivers), where there is no folder
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    people: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    output: Output,
}

impl Audit {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let (compliance, report, json) = match &self.dir {
            Some(dir) => self.of_team(dir)?,
            None => self.bare()?,
        };
        let exit = if compliance.hard() > 0 { Exit::Breach } else { Exit::Done };
        Ok(Answer { text: self.output.dress(talk, &report, || json), exit })
    }

    fn of_team(&self, dir: &Path) -> Result<(Compliance, Report, String), Failure> {
        let chosen = folder::roster(dir, self.roster.as_deref())?;
        let (scenario, roster) = self.reading.with_roster(dir, &chosen, Chance::default())?;
        let compliance = match &self.worked {
            Some(file) => {
                let worked = folder::read_worked(file, &scenario.calendar, &scenario.names.agents)?;
                compliance::audit_worked(&roster, &worked, &scenario)
            }
            None => match folder::worked_of(dir, &scenario)? {
                Some(worked) => {
                    let planned = compliance::audit(&roster, &scenario);
                    compliance::with_taken(planned, &worked, &scenario)
                }
                None => compliance::audit(&roster, &scenario),
            },
        };
        let report = report::audit(&compliance, &scenario);
        let json = report::json::audit(&compliance, &scenario);
        Ok((compliance, report, json))
    }

    /// A roster on its own, by law alone.
    fn bare(&self) -> Result<(Compliance, Report, String), Failure> {
        let roster = self.roster.as_deref().unwrap_or(Path::new("roster.csv"));
        let roster = if roster.is_dir() { roster.join("roster.csv") } else { roster.to_owned() };
        let people = self.people.as_deref().map(folder::read).transpose()?;
        let zone = self.timezone.as_deref().unwrap_or("UTC");
        let (compliance, names) =
            compliance::audit_bare(&folder::read(&roster)?, people.as_deref(), &self.law, zone)
                .map_err(Failure::Input)?;
        let report =
            report::audit_of(&compliance, &roster.display().to_string(), &self.law, &names);
        let json = report::json::audit_of(&compliance, &names);
        Ok((compliance, report, json))
    }
}
