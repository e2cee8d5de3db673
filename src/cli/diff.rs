//! `evenkeel diff`: what changed between two plans?

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{plan, report};

use super::edge::Talk;
use super::options::{Chance, Output, Reading};
use super::{Answer, Failure, folder};

/// Say what changed between two plans, person by person and day by day
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel diff my-team/out/2026-11-30 with-amy-off/out/2026-11-30
  evenkeel diff my-team/published/2026-11-30.csv by-hand.csv --scenario my-team")]
pub(super) struct Diff {
    /// The plan before: a folder that `plan` wrote, or a roster file
    before: PathBuf,
    /// The plan after
    after: PathBuf,
    /// The team's folder; by default the one the first plan lies in
    #[arg(long, value_name = "DIR")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    output: Output,
}

impl Diff {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let dir = match self.scenario.clone() {
            Some(dir) => dir,
            None => home(&self.before).ok_or_else(|| {
                Failure::usage(
                    format!("`{}` lies in no team's folder", self.before.display()),
                    "name the team's folder with --scenario",
                )
            })?,
        };
        let before = folder::roster(&dir, Some(&self.before))?;
        let after = folder::roster(&dir, Some(&self.after))?;
        let scenario = self.reading.of(&dir, Chance::default(), before.first)?;
        let (before, after) = (
            folder::read_roster(&before.path, &scenario)?,
            folder::read_roster(&after.path, &scenario)?,
        );

        let requirement = plan::need(&scenario);
        let report = report::diff(&before, &after, &requirement, &scenario);
        Ok(Answer::done(self.output.dress(talk, &report, || report::dress::json(&report))))
    }
}

/// The folder with a scenario that a plan lies in.
fn home(plan: &Path) -> Option<PathBuf> {
    let whole = plan.canonicalize().ok()?;
    whole.ancestors().find(|folder| folder.join("scenario.toml").is_file()).map(Path::to_owned)
}
