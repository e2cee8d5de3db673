//! `evenkeel need`: how many people are needed, and when?

use clap::Args;

use crate::plan::{Ground, NeedChecks};
use crate::report;

use super::edge::Talk;
use super::options::{Chance, Output, Team};
use super::{Answer, Failure};

/// Say how many people are needed, each interval
///
/// Contacts, the work they are, and the people on queue that keep the targets; what being surer costs, and whether
/// the formula holds when the day is followed exactly. Nobody is rostered yet.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel need my-team
  evenkeel need my-team --week 2026-12-07
  evenkeel need my-team --format csv > need.csv")]
pub(super) struct Need {
    #[command(flatten)]
    team: Team,
    #[command(flatten)]
    output: Output,
}

impl Need {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let scenario = self.team.read(Chance::default())?;
        let ground = Ground::of(&scenario);
        let checks = NeedChecks::of(&ground, &scenario);
        let report = report::need(&ground, &checks, &scenario);
        let json = || report::json::need(&ground, &checks, &scenario);
        Ok(Answer::done(self.output.dress(talk, &report, json)))
    }
}
