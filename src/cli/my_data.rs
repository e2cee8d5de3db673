//! `evenkeel my-data`: what do you hold and compute about me?

use std::path::{Path, PathBuf};

use clap::Args;

use crate::calendar::Calendar;
use crate::report::mine::{Held, Judged, Mine, Source, held};
use crate::review::{Frozen, Period, period};
use crate::scenario::{Budget, Scenario};
use crate::{compliance, plan, report};

use super::edge::Talk;
use super::folder::Chosen;
use super::options::{Chance, Output, Team};
use super::report::written;
use super::watch::Terminal;
use super::{Answer, Failure, folder};

/// Everything held and computed about one person, for that person
///
/// Inputs, wishes, time off, duties planned and published, breaks and premiums, and the person's own strain with formula, weights and
/// sources: one file to hand over, with nothing about anybody else in it. A named figure of strain is in no other output.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel my-data my-team --agent amy
  evenkeel my-data my-team --agent amy --out amy.html
  evenkeel my-data my-team --agent amy --format json")]
pub(super) struct MyData {
    #[command(flatten)]
    team: Team,
    /// Whose data, as agents.csv writes the id
    #[arg(long, value_name = "ID")]
    agent: String,
    /// The roster that breaks and strain are worked out for; by default the latest published, else the latest planned
    #[arg(long, value_name = "PLAN", visible_alias = "roster")]
    plan: Option<PathBuf>,
    /// Write to this file instead, for its owner's eyes: .html a page to read or print, .json or .csv for programs, else text
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl MyData {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let dir = &self.team.dir;
        let chosen = match folder::roster(dir, self.plan.as_deref()) {
            Ok(chosen) => Some(chosen),
            // Whoever asks before the first plan is told what is held.
            Err(Failure::Usage { .. }) if self.plan.is_none() => None,
            Err(failure) => return Err(failure),
        };
        let first = chosen.as_ref().and_then(|chosen| chosen.first);
        let scenario = self.team.read_for(Chance::default(), first)?;
        let agent = scenario.names.agents.find(&self.agent).map_err(|_| unknown(&self.agent))?;
        let rows = rows(dir, &self.agent)?;
        let rosters = rosters(dir, &scenario)?;
        let judged = chosen.map(|chosen| judged(dir, &chosen, &scenario, talk)).transpose()?;
        let mine = Mine {
            scenario: &scenario,
            agent,
            held: &rows,
            rosters: &rosters,
            judged: judged.as_ref().map(|(file, plan)| Judged {
                file: file.clone(),
                roster: &plan.assigned.roster,
                compliance: &plan.compliance,
                strain: &plan.strain,
            }),
        };
        let page = report::mine::mine(&mine);
        if let Some(out) = &self.out {
            folder::write_for_owner(out, written(&page, out))?;
            talk.say(&format!("written for {}: {}", self.agent, out.display()));
            return Ok(Answer::done(String::new()));
        }
        Ok(Answer::done(self.output.dress(talk, &page, || report::dress::json(&page))))
    }
}

/// No other name is offered in its place: whoever asks need not learn who else there is.
fn unknown(name: &str) -> Failure {
    Failure::usage(
        format!("nobody in agents.csv has the id `{name}`"),
        "write the id as agents.csv does, letter for letter",
    )
}

/// Rows of the tables in the folder that name a person.
fn rows(dir: &Path, person: &str) -> Result<Vec<Held>, Failure> {
    const WITH_DUTIES: [&str; 1] = ["worked.csv"];
    let mut found = Vec::new();
    for path in folder::tables(dir)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !WITH_DUTIES.contains(&name.as_str()) {
            found.extend(held(&name, &folder::read(&path)?, person));
        }
    }
    for (file, what, value) in folder::noted(dir, person)? {
        found.push(Held { file, line: 0, cells: vec![(what, value)] });
    }
    Ok(found)
}

/// Every roster the folder holds: published, planned, and what was worked.
fn rosters(dir: &Path, scenario: &Scenario) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    let mut weeks: Vec<(String, Frozen)> = folder::frozen(dir)?
        .into_iter()
        .map(|week| (format!("published/{}.csv", week.first), week))
        .collect();
    for (first, path) in folder::plans(dir)? {
        let rows = folder::read(&path)?;
        let (published_on, changes, tiers) = (None, 0, std::collections::BTreeMap::new());
        let week = Frozen { first, rows, published_on, changes, tiers };
        weeks.push((format!("out/{first}/roster.csv"), week));
    }
    for (file, week) in weeks {
        let days = i64::try_from(Calendar::LONGEST).unwrap_or(366) - 1;
        let whole =
            period(std::slice::from_ref(&week), (week.first, week.first.plus(days)), scenario)
                .map_err(|problems| Failure::in_file(&file, problems))?;
        let Period { calendar, roster, .. } = whole;
        sources.push(Source { file, calendar, roster, published_on: week.published_on });
    }
    if let Some(roster) = folder::worked_of(dir, scenario)? {
        let calendar = scenario.calendar.clone();
        sources.push(Source {
            file: "worked.csv".to_owned(),
            calendar,
            roster,
            published_on: None,
        });
    }
    Ok(sources)
}

/// The roster at hand with audit and strain.
fn judged(
    dir: &Path,
    chosen: &Chosen,
    scenario: &Scenario,
    talk: Talk,
) -> Result<(String, plan::Plan), Failure> {
    let roster = folder::read_roster(&chosen.path, scenario)?;
    // Chance decides nothing here.
    let calm = Scenario {
        budget: Budget { replications: 1, most_replications: 1, ..scenario.budget },
        ..scenario.clone()
    };
    let terminal = Terminal::start(talk, true);
    let mut plan = plan::of_roster(roster, &calm, &terminal);
    terminal.finish();
    if let Some(worked) = folder::worked_of(dir, scenario)? {
        plan.compliance = compliance::with_taken(plan.compliance, &worked, scenario);
    }
    let file = chosen.path.strip_prefix(dir).unwrap_or(&chosen.path).display().to_string();
    Ok((file, plan))
}
