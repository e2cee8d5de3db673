//! `evenkeel swap`: may these two swap?

use std::path::PathBuf;

use clap::Args;

use crate::replan::{self, DutyOf};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Moment;
use crate::{plan, report};

use super::dates::{self, PersonDates};
use super::edge::{self, Talk};
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Failure};

/// Say whether two people may swap their duties, rule by rule, and what it does; nothing is written
///
/// The answer is yes where neither duty has begun, no hard rule is newly broken and no cover worth a change is lost. Names up to three other
/// swaps that would work for the first person.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel swap my-team amy:2026-12-01 ben:2026-12-01
  evenkeel swap my-team amy:2026-12-01 ben:2026-12-03 --format json")]
pub(super) struct Swap {
    #[command(flatten)]
    team: Team,
    /// The first person and the date of the duty to give away
    #[arg(value_name = "WHO:DATE", value_parser = PersonDates::parse_day)]
    one: PersonDates,
    /// The second person and the date of the duty to take instead
    #[arg(value_name = "WHO:DATE", value_parser = PersonDates::parse_day)]
    other: PersonDates,
    /// The roster to ask of: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// What time it is; by default now, or the start of the first of the two duties where that has passed
    #[arg(long, value_name = "STAMP")]
    now: Option<String>,
    #[command(flatten)]
    chance: Chance,
    #[command(flatten)]
    output: Output,
}

impl Swap {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let terminal = Terminal::start(talk, false);
        let (scenario, roster) = self.team.to_change(self.plan.as_deref(), self.chance)?;
        let pair =
            [worked(&self.one, &roster, &scenario)?, worked(&self.other, &roster, &scenario)?];
        if pair[0].agent == pair[1].agent {
            return Err(Failure::usage(
                "the two are the same person",
                "name two people; one person's duty is moved with `evenkeel replan`",
            ));
        }
        let now = match &self.now {
            Some(now) => dates::now(now, &scenario)?,
            None => edge::now(&scenario.calendar)?.min(first_start(&pair, &roster, &scenario)),
        };
        let requirement = plan::need(&scenario);
        let found = replan::swap(&roster, &requirement, &scenario, pair, now, &terminal);
        terminal.finish();
        let report = report::swap(&found, &roster, &scenario);
        let json = || report::json::swap(&found, &roster, &scenario);
        Ok(Answer::done(self.output.dress(talk, &report, json)))
    }
}

/// When the first of two duties starts.
fn first_start(pair: &[DutyOf], roster: &Roster, scenario: &Scenario) -> Moment {
    let duties = pair.iter().flat_map(|own| replan::duties_on(roster, *own, scenario));
    duties.map(|duty| duty.start()).min().unwrap_or(scenario.calendar.horizon().start)
}

/// A duty that somebody works.
fn worked(asked: &PersonDates, roster: &Roster, scenario: &Scenario) -> Result<DutyOf, Failure> {
    let of = DutyOf { agent: asked.agent(scenario)?, date: asked.first() };
    asked.span(scenario)?;
    if replan::duties_on(roster, of, scenario).is_empty() {
        let name = scenario.names.agents.of(of.agent);
        return Err(Failure::usage(
            format!("{name} has no duty on {}", of.date),
            "name a date on which both work; for a day off ask with `evenkeel absent`",
        ));
    }
    Ok(of)
}
