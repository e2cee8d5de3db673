//! `evenkeel publish`: this is the roster; fix it, and say when and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::calendar::Date;
use crate::id::AgentId;
use crate::roster::{Roster, table};
use crate::scenario::Scenario;
use crate::{compliance, report};

use super::edge::{self, Talk};
use super::options::{Chance, Output, Team};
use super::{Answer, Exit, Failure, folder};

/// Freeze a planned roster: from now on it is the one that holds
///
/// Copies it to `published/` under its first day, with today's date and the reason. A roster that breaks a hard rule is
/// not published (exit code 1). Publishing a week again takes a reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel publish my-team
  evenkeel publish my-team --plan my-team/out/2026-12-07
  evenkeel publish my-team --reason \"two people fell ill\"")]
pub(super) struct Publish {
    #[command(flatten)]
    team: Team,
    /// The plan to publish, a folder that `plan` wrote or a roster file; by default the latest
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Why, for those who ask later
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Publish {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let chosen = match &self.plan {
            Some(plan) => folder::roster(&self.team.dir, Some(plan))?,
            None => folder::planned(&self.team.dir)?,
        };
        let (scenario, roster) = self.team.with_chosen(&chosen, Chance::default())?;

        let compliance = compliance::audit(&roster, &scenario);
        if compliance.hard() > 0 {
            talk.error("this roster breaks hard rules and is not published");
            talk.hint("mend what the audit names, or plan again");
            let report = report::audit(&compliance, &scenario);
            let text =
                self.output.dress(talk, &report, || report::json::audit(&compliance, &scenario));
            return Ok(Answer { text, exit: Exit::Breach });
        }

        let first = scenario.first();
        let frozen = self.team.dir.join("published").join(format!("{first}.csv"));
        let note = frozen.with_extension("toml");
        let earlier = earlier(&note)?;
        if !earlier.is_empty() && self.reason.is_none() {
            return Err(Failure::usage(
                format!("the week of {first} is published already, in `{}`", frozen.display()),
                "say why it changes with --reason",
            ));
        }
        let reason = self.reason.unwrap_or_default();
        let today = edge::today(scenario.calendar.zone())?;
        let changed = changed(&roster, today, &scenario);
        let roster = table::write(&roster, &scenario);
        let mut words = toml::Table::new();
        words.insert("published_on".into(), today.to_string().into());
        words.insert("reason".into(), reason.clone().into());
        words.insert("days".into(), i64::try_from(scenario.calendar.days()).unwrap_or(1).into());
        words.insert("tiers".into(), tiers(&scenario).into());
        words.insert("input_hash".into(), scenario.input_hash.clone().into());
        words
            .insert("roster_hash".into(), blake3::hash(roster.as_bytes()).to_hex().as_str().into());
        if !earlier.is_empty() {
            words.insert("changed".into(), changed.into());
            words.insert("earlier".into(), toml::Value::Array(earlier));
        }
        folder::write(&frozen, &roster)?;
        folder::write(&note, words.to_string())?;
        let notice = first.days_since(today);
        if notice < scenario.notice_days {
            talk.say(&format!(
                "the first day is {notice} days from today, and people are promised {}",
                scenario.notice_days
            ));
        }
        let report = report::publish(&frozen.display().to_string(), &reason, notice, &scenario);
        Ok(Answer::done(self.output.dress(talk, &report, || report::dress::json(&report))))
    }
}

/// Duties that are not as people were told before, with the day they are told of the change.
fn changed(roster: &Roster, today: Date, scenario: &Scenario) -> toml::Table {
    let Some(week) = &scenario.published.within else { return toml::Table::new() };
    let before = Roster { lines: week.lines.clone() };
    let now = report::changes(&before, roster, scenario);
    let now = now.iter().map(|change| ((change.agent, scenario.calendar.date(change.day)), today));
    let all: BTreeMap<(AgentId, Date), Date> =
        week.changed.iter().map(|(duty, told)| (*duty, *told)).chain(now).collect();
    let name = |agent: AgentId| scenario.names.agents.of(agent);
    all.into_iter()
        .map(|((agent, date), told)| (format!("{} {date}", name(agent)), told.to_string().into()))
        .collect()
}

/// Everyone's tier on the day, so that later reports of the week speak of the groups there were.
fn tiers(scenario: &Scenario) -> toml::Table {
    let tier = |agent| scenario.names.tiers.of(scenario.agent(agent).tier).to_owned();
    let names = &scenario.names.agents;
    names.ids().map(|agent| (names.of(agent).to_owned(), tier(agent).into())).collect()
}

/// What the note of this week said before, latest first.
fn earlier(note: &Path) -> Result<Vec<toml::Value>, Failure> {
    if !note.is_file() {
        return Ok(Vec::new());
    }
    let text = folder::read(note)?;
    let mut words: toml::Table = toml::from_slice(&text)
        .with_context(|| format!("`{}` is no note of a publication", note.display()))
        .map_err(Failure::File)?;
    let before = words.remove("earlier");
    words.remove("tiers");
    words.remove("changed");
    let mut all = vec![toml::Value::Table(words)];
    all.extend(before.and_then(|before| before.as_array().cloned()).unwrap_or_default());
    Ok(all)
}
