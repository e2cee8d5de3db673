//! `evenkeel report`: a reader's own questions first.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::calendar::Date;
use crate::compliance::{self, Compliance, Subject};
use crate::plan;
use crate::report::{self, Report as Page, Review};
use crate::review::{Frozen, Period, Week, period};
use crate::roster::{Roster, table};
use crate::scenario::Scenario;

use super::edge::Talk;
use super::folder::Chosen;
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Failure, folder};

/// Report to a reader: the manager of a team, a leader, or HR
///
/// Reads the latest published roster, else the latest planned, unless --plan names one, and plans nothing. Each reader sees their own
/// questions first and nothing that is not theirs to know: strain speaks of groups of five people or more, for leaders of
/// eight or more and without any name. With --from and --to, HR sees all published weeks between the two dates.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel report my-team --for hr
  evenkeel report my-team --for hr --from 2026-11-02 --to 2026-11-29 --out hr.html
  evenkeel report my-team --for leader --format json
  evenkeel report my-team --for manager --out week.html")]
pub(super) struct Report {
    #[command(flatten)]
    team: Team,
    /// Who reads it
    #[arg(long = "for", value_enum, value_name = "READER")]
    reader: Reader,
    /// The roster to report on: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "PLAN", visible_alias = "roster")]
    plan: Option<PathBuf>,
    /// Clock-ins and breaks taken, with the columns of a roster; by default worked.csv of the folder, where there is one
    #[arg(long, value_name = "FILE")]
    worked: Option<PathBuf>,
    /// First day to report on
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    from: Option<Date>,
    /// Last day to report on
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    to: Option<Date>,
    #[command(flatten)]
    chance: Chance,
    /// Write it to this file too: .html a page to read or print, .json or .csv for programs, else text
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// A reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// The week at a glance, coverage, who works when, what to mend
    Manager,
    /// Targets and what they cost, capacity, risk, strain of eight people or more; no names
    Leader,
    /// Breaks, rest and hours, how hard work is shared, strain of five people or more
    Hr,
}

impl Report {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Failure::usage(
                format!("--from {from} lies after --to {to}"),
                "swap the two dates",
            ));
        }
        let published = folder::frozen(&self.team.dir)?;
        let chosen = self.chosen(&published)?;
        let (scenario, roster) = self.team.with_chosen(&chosen, self.chance)?;
        let report = match self.reader {
            Reader::Hr => self.for_hr(&scenario, &roster, &chosen, &published, talk)?,
            Reader::Manager | Reader::Leader => {
                let week = week(&roster, &scenario, &chosen, &published);
                let terminal = Terminal::start(talk, false);
                let plan = plan::of_roster(roster, &scenario, &terminal);
                terminal.finish();
                if self.reader == Reader::Leader {
                    report::leader(&plan, &week, &published, &scenario)
                } else {
                    report::manager(&plan, &week, &published, &scenario)
                }
            }
        };
        if let Some(out) = &self.out {
            folder::write(out, written(&report, out))?;
            talk.say(&format!("the report: {}", out.display()));
        }
        Ok(Answer::done(self.output.dress(talk, &report, || report::dress::json(&report))))
    }

    /// The latest roster of the days asked for.
    fn chosen(&self, published: &[Frozen]) -> Result<Chosen, Failure> {
        let is_asked = |date: Date| {
            self.from.is_none_or(|from| date >= from.plus(-6))
                && self.to.is_none_or(|to| date <= to)
        };
        if self.plan.is_some() || (self.from.is_none() && self.to.is_none()) {
            return folder::roster(&self.team.dir, self.plan.as_deref());
        }
        let latest =
            published.iter().filter(|week| is_asked(week.first)).max_by_key(|week| week.first);
        if let Some(week) = latest {
            let path = self.team.dir.join("published").join(format!("{}.csv", week.first));
            return Ok(Chosen { path, first: Some(week.first) });
        }
        let planned = folder::planned(&self.team.dir)?;
        if planned.first.is_some_and(is_asked) {
            return Ok(planned);
        }
        Err(Failure::usage(
            "no published and no planned roster lies in the days asked for",
            "look into `published/`, or leave --from and --to out for the latest roster",
        ))
    }

    fn for_hr(
        &self,
        scenario: &Scenario,
        roster: &Roster,
        chosen: &Chosen,
        published: &[Frozen],
        talk: Talk,
    ) -> Result<Page, Failure> {
        let week = week(roster, scenario, chosen, published);
        let terminal = Terminal::start(talk, false);
        // Chance decides nothing that HR asks: a few weeks are played for the rest of the plan to be whole.
        let calm = Scenario {
            budget: crate::scenario::Budget {
                replications: 1,
                most_replications: 1,
                ..scenario.budget
            },
            ..scenario.clone()
        };
        let plan = plan::of_roster(roster.clone(), &calm, &terminal);
        terminal.finish();

        let is_long = self.from.is_some() || self.to.is_some();
        let period = if is_long {
            self.period(&week, roster, scenario, chosen, published)?
        } else {
            Period { weeks: vec![week], ..Period::of_week(roster, scenario, None, 0) }
        };
        let judge = |roster: &Roster| {
            if is_long {
                by_law(roster, &period, scenario)
            } else {
                compliance::audit(roster, scenario)
            }
        };
        let planned = judge(&period.roster);
        let worked = self.worked(scenario, &period)?;
        let judged = worked.as_ref().map(|worked| {
            compliance::audit_worked_by(&period.roster, worked, &period.calendar, judge)
        });
        let review = Review {
            scenario,
            period: &period,
            planned: &planned,
            worked: worked.as_ref().zip(judged.as_ref()),
            week: Some(&plan),
            published,
        };
        Ok(report::hr(&review))
    }

    /// Published weeks of the days asked for, and the roster at hand where it is not one of them.
    fn period(
        &self,
        week: &Week,
        roster: &Roster,
        scenario: &Scenario,
        chosen: &Chosen,
        published: &[Frozen],
    ) -> Result<Period, Failure> {
        let last = i64::try_from(scenario.calendar.days()).unwrap_or(7) - 1;
        let earliest = published.first().map_or(scenario.first(), |week| week.first);
        let from = self.from.unwrap_or_else(|| earliest.min(scenario.first()));
        let to = self.to.unwrap_or_else(|| scenario.first().plus(last)).max(from);
        let mut frozen = published.to_vec();
        if !frozen.iter().any(|own| Some(own.first) == chosen.first) {
            frozen.push(Frozen {
                first: scenario.first(),
                rows: table::write(roster, scenario).into_bytes(),
                published_on: None,
                changes: 0,
                tiers: week.tiers.clone(),
            });
        }
        period(&frozen, (from, to), scenario).map_err(Failure::Input)
    }

    fn worked(&self, scenario: &Scenario, period: &Period) -> Result<Option<Roster>, Failure> {
        let file = self.worked.clone().or_else(|| {
            let file = self.team.dir.join("worked.csv");
            file.is_file().then_some(file)
        });
        file.map(|file| folder::read_worked(&file, &period.calendar, &scenario.names.agents))
            .transpose()
    }
}

/// The roster at hand as a week, with what its note says where it is published.
fn week(roster: &Roster, scenario: &Scenario, chosen: &Chosen, published: &[Frozen]) -> Week {
    let is_published = chosen.path.parent().is_some_and(|parent| parent.ends_with("published"));
    let note = published.iter().find(|week| is_published && Some(week.first) == chosen.first);
    let on = note.and_then(|week| week.published_on);
    let mut whole = Period::of_week(roster, scenario, on, note.map_or(0, |week| week.changes));
    whole.weeks.remove(0)
}

/// Past weeks are judged by law: availability and time off are known as they are now.
fn by_law(roster: &Roster, period: &Period, scenario: &Scenario) -> Compliance {
    let names = &scenario.names.agents;
    let subjects: Vec<Subject> = names
        .ids()
        .map(|agent| Subject { agent, person: scenario.agent(agent).person.clone(), zone: None })
        .collect();
    let mut found = compliance::audit_law(roster, &subjects, &scenario.law, &period.calendar);
    found.not_judged.push(
        "availability, time off and contracts of past weeks: the files say them as they are now"
            .into(),
    );
    found
}

/// A report as the ending of its file asks.
pub(super) fn written(report: &Page, out: &Path) -> String {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_lowercase().as_str() {
        "html" | "htm" => report::html::render(report),
        "json" => report::dress::json(report),
        "csv" => report::csv(report),
        _ => report::table(report, 100, report::Paint::Plain),
    }
}
