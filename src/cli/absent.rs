//! `evenkeel absent`: may Amy have Friday off?

use std::path::PathBuf;

use clap::Args;

use crate::replan::{self, Happened};
use crate::report;
use crate::scenario::Actuals;

use super::dates::{self, PersonDates};
use super::edge::{self, Talk};
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Failure};

/// Say what opens where someone is away, and by which fewest changes it can be covered; nothing is written
///
/// The answer is yes where what opens can be covered within the rules. Approve with a row of `time_off.csv`, or with
/// `replan` once the roster is published.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel absent my-team amy:2026-12-04
  evenkeel absent my-team amy:2026-12-02..2026-12-04 --format json")]
pub(super) struct Absent {
    #[command(flatten)]
    team: Team,
    /// Who, and the date or dates
    #[arg(value_name = "WHO:DATE[..DATE]", value_parser = PersonDates::parse)]
    who: PersonDates,
    /// The roster to ask of: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// What time it is; by default now, or the start of the absence where that has passed
    #[arg(long, value_name = "STAMP")]
    now: Option<String>,
    #[command(flatten)]
    chance: Chance,
    #[command(flatten)]
    output: Output,
}

impl Absent {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let terminal = Terminal::start(talk, false);
        let (scenario, roster) = self.team.to_change(self.plan.as_deref(), self.chance)?;
        let span = self.who.span(&scenario)?;
        let now = match &self.now {
            Some(now) => dates::now(now, &scenario)?,
            None => edge::now(&scenario.calendar)?.min(span.start),
        };
        let happened = Happened {
            away: vec![(self.who.agent(&scenario)?, span)],
            reason: "time_off".to_owned(),
            actuals: Actuals::default(),
            now: Some(now),
        };
        let found = replan::make(&roster, &scenario, &happened, &terminal);
        terminal.finish();
        let report = report::absent(&found);
        Ok(Answer::done(self.output.dress(talk, &report, || report::json::absent(&found))))
    }
}
