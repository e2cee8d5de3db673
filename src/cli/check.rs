//! `evenkeel check`: is every file of a folder right?

use clap::Args;

use crate::report;

use super::edge::Talk;
use super::options::{Chance, Output, Team};
use super::{Answer, Failure};

/// Check every file of a folder, variants included
///
/// Lists everything that is wrong at once, each with its place and a way out, and ends with exit code 3. Where all
/// is right it says what was read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel check my-team
  evenkeel check my-team --format json")]
pub(super) struct Check {
    #[command(flatten)]
    team: Team,
    #[command(flatten)]
    output: Output,
}

impl Check {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let (scenario, variants) = self.team.read_with_variants(Chance::default())?;
        let report = report::check(&scenario, variants.len());
        Ok(Answer::done(self.output.dress(talk, &report, || report::dress::json(&report))))
    }
}
