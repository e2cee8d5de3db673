//! `evenkeel import`: from what a help desk exports to what a team's folder holds.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::history::{self, ContactColumns, LevelColumns, WaitColumns};
use crate::report;
use crate::units::Minutes;

use super::edge::Talk;
use super::forecast::name_of;
use super::{Answer, Failure, folder};

/// Turn what a help desk or telephone system exports into files of a team
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel import contacts tickets.csv --start opened_at --queue priority > my-team/history.csv
  evenkeel import contacts calls.csv --start answered_at --grid 15 > my-team/history.csv
  evenkeel import patience calls.csv --wait queue_seconds --answered answered --queue topic
  evenkeel import levels log.csv --case number --time changed_at --level support_level")]
pub(super) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Contacts(Contacts),
    Patience(Patience),
    Levels(Levels),
}

/// Count rows, one a contact, into the intervals of a history.csv
///
/// Rows without a time are left out, and their number is told. Clock times are taken as written.
#[derive(Debug, Args)]
struct Contacts {
    /// The file, one row a contact
    file: PathBuf,
    /// Column of the time a contact came in
    #[arg(long, value_name = "COLUMN")]
    start: String,
    /// Column that tells queues apart; none: all are one queue
    #[arg(long, value_name = "COLUMN")]
    queue: Option<String>,
    /// What a value of that column is called in your team, such as 1=critical; may be repeated
    #[arg(long, value_name = "VALUE=QUEUE", requires = "queue", value_parser = renamed)]
    rename: Vec<(String, String)>,
    /// Minutes of an interval
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = grid)]
    grid: i64,
}

/// Work out from past calls how long callers wait before they hang up
///
/// Prints `patience_minutes` for each queue with its 95 % interval, and the share still patient after a while. Callers who
/// were answered count as having been patient for as long as they waited, at least. Rows without a wait are left out.
#[derive(Debug, Args)]
struct Patience {
    /// The file, one row a call
    file: PathBuf,
    /// Column of how long the caller waited: seconds, mm:ss or hh:mm:ss
    #[arg(long, value_name = "COLUMN")]
    wait: String,
    /// Column that says whether the call was answered: yes or no
    #[arg(long, value_name = "COLUMN")]
    answered: String,
    /// Column that tells queues apart; none: all are one queue
    #[arg(long, value_name = "COLUMN")]
    queue: Option<String>,
}

/// Work out from a log which share of cases each level of support hands on
///
/// Prints the steps in the keys that a queue of scenario.toml takes.
#[derive(Debug, Args)]
struct Levels {
    /// The log, one row a change of a case
    file: PathBuf,
    /// Column that names the case
    #[arg(long, value_name = "COLUMN")]
    case: String,
    /// Column of the time of the row
    #[arg(long, value_name = "COLUMN")]
    time: String,
    /// Column of the level the case was at
    #[arg(long, value_name = "COLUMN")]
    level: String,
}

fn renamed(text: &str) -> Result<(String, String), String> {
    let (value, name) = text
        .split_once('=')
        .filter(|(_, name)| !name.trim().is_empty())
        .ok_or_else(|| format!("`{text}` renames nothing; write such as 1=critical"))?;
    Ok((value.trim().to_owned(), name.trim().to_owned()))
}

fn grid(text: &str) -> Result<i64, String> {
    let minutes =
        text.parse::<i64>().ok().filter(|minutes| [5, 10, 15, 30, 60, 1440].contains(minutes));
    minutes.ok_or_else(|| {
        format!("a grid of `{text}` minutes is not kept; use 5, 10, 15, 30, 60 or 1440")
    })
}

impl Import {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        match self.what {
            What::Contacts(contacts) => contacts.run(talk),
            What::Patience(patience) => patience.run(talk),
            What::Levels(levels) => levels.run(),
        }
    }
}

impl Contacts {
    fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let renamed = self.rename.into_iter().collect();
        let columns = ContactColumns { start: self.start, queue: self.queue, renamed };
        let bytes = folder::read(&self.file)?;
        let counted = history::count(&bytes, &name_of(&self.file), &columns, Minutes(self.grid))
            .map_err(Failure::Input)?;
        if counted.without_time > 0 {
            talk.say(&format!("{} rows without a time were left out", counted.without_time));
        }
        Ok(Answer::done(counted.to_csv()))
    }
}

impl Patience {
    fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let columns = WaitColumns { wait: self.wait, answered: self.answered, queue: self.queue };
        let bytes = folder::read(&self.file)?;
        let waits =
            history::waits(&bytes, &name_of(&self.file), &columns).map_err(Failure::Input)?;
        if waits.without_wait > 0 {
            talk.say(&format!(
                "{} rows without a wait were left out, {} of them of callers who hung up",
                waits.without_wait,
                waits.gave_up_without_wait.values().sum::<usize>()
            ));
        }
        Ok(Answer::done(report::patience(&waits)))
    }
}

impl Levels {
    fn run(self) -> Result<Answer, Failure> {
        let columns = LevelColumns { case: self.case, time: self.time, level: self.level };
        let bytes = folder::read(&self.file)?;
        let levels =
            history::levels(&bytes, &name_of(&self.file), &columns).map_err(Failure::Input)?;
        Ok(Answer::done(report::forecast::levels(&levels)))
    }
}
