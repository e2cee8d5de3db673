//! `evenkeel new`: a folder to start from, an example or a firm drawn at random.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::calendar::GRIDS;
use crate::firms::{self, Files, FirmSize};
use crate::{rules, scenario};

use super::edge::Talk;
use super::{Answer, Failure, folder};

/// Start a folder: copy an example team, or make up a firm
///
/// Without a name it lists the examples. A folder that holds files already is left alone.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel new
  evenkeel new dublin-saas my-team
  evenkeel new --random --people 40 --queues 6 --seed 3 my-firm")]
pub(super) struct New {
    /// The example's name; with --random, the folder to make
    name: Option<String>,
    /// The folder to make; by default named as the example
    dir: Option<PathBuf>,
    /// Make up a firm instead of copying an example
    #[arg(long)]
    random: bool,
    #[command(flatten)]
    size: Size,
}

/// How large a made-up firm is.
#[derive(Debug, Args)]
#[command(next_help_heading = "With --random")]
struct Size {
    /// People
    #[arg(long, default_value_t = 40, requires = "random", value_parser = within(1..=20_000))]
    people: u32,
    /// Queues
    #[arg(long, default_value_t = 6, requires = "random", value_parser = within(1..=200))]
    queues: u32,
    /// Weeks of past contacts
    #[arg(long, default_value_t = 26, requires = "random", value_parser = within(1..=520))]
    weeks: u32,
    /// Days to plan
    #[arg(long, default_value_t = 7, requires = "random", value_parser = within(1..=366))]
    days: u32,
    /// Sites
    #[arg(long, default_value_t = 1, requires = "random", value_parser = within(1..=20))]
    sites: u32,
    /// Law packs in force
    #[arg(long, default_value = "ie", requires = "random", value_delimiter = ',')]
    law: Vec<String>,
    /// Minutes of an interval of demand: 5, 10, 15, 30 or 60
    #[arg(long, default_value_t = 30, requires = "random")]
    grid: i64,
    /// Where random draws start
    #[arg(long, default_value_t = 1, requires = "random")]
    seed: u64,
}

fn within(range: std::ops::RangeInclusive<i64>) -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(range)
}

impl New {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let (files, dir) = if self.random {
            let Some(dir) = self.dir.or(self.name.map(PathBuf::from)) else {
                return Err(Failure::usage(
                    "no folder is named",
                    "say where: `evenkeel new --random my-firm`",
                ));
            };
            self.size.judge()?;
            (firms::random(&self.size.into()), dir)
        } else {
            let Some(name) = self.name else {
                return Ok(Answer::done(examples()));
            };
            let Some(files) = firms::example(&name) else {
                return Err(Failure::usage(
                    format!("no example is called `{name}`"),
                    "`evenkeel new` alone lists them",
                ));
            };
            (files, self.dir.unwrap_or_else(|| PathBuf::from(name)))
        };
        write(files, &dir)?;
        talk.say(&format!("written to {}; next: evenkeel check {}", dir.display(), dir.display()));
        Ok(Answer::done(""))
    }
}

impl Size {
    /// What `check` would refuse in the folder is refused before it is written.
    fn judge(&self) -> Result<(), Failure> {
        if !GRIDS.contains(&self.grid) {
            let cause = format!("--grid is {}", self.grid);
            return Err(Failure::usage(cause, "give 5, 10, 15, 30 or 60"));
        }
        let ids: Vec<String> = rules::packs().into_iter().map(|pack| pack.id).collect();
        match self.law.iter().find(|&pack| !pack.is_empty() && !ids.contains(pack)) {
            None => Ok(()),
            Some(pack) => Err(Failure::usage(
                format!("no law pack is called `{pack}`"),
                format!("known are {}", ids.join(", ")),
            )),
        }
    }
}

impl From<Size> for FirmSize {
    fn from(size: Size) -> FirmSize {
        let count = |count: u32| usize::try_from(count).expect("a count of 32 bits fits");
        FirmSize {
            people: count(size.people),
            queues: count(size.queues),
            weeks: count(size.weeks),
            days: count(size.days),
            sites: count(size.sites),
            law: size.law.into_iter().filter(|pack| !pack.is_empty()).collect(),
            grid_minutes: size.grid,
            seed: size.seed,
        }
    }
}

fn examples() -> String {
    let widest = firms::examples().iter().map(|example| example.name.len()).max().unwrap_or(0);
    let line = |example: &firms::Example| format!("{:<widest$}  {}\n", example.name, example.about);
    firms::examples().iter().map(line).collect()
}

/// Write a firm's files, and beside them the schema that editors complete keys by.
fn write(mut files: Files, dir: &Path) -> Result<(), Failure> {
    if dir.exists() && !folder::is_empty(dir)? {
        return Err(Failure::usage(
            format!("`{}` is there already and not empty", dir.display()),
            "name a new folder, so that nothing of yours is overwritten",
        ));
    }
    if let Some(text) = files.get_mut("scenario.toml") {
        let told = String::from_utf8_lossy(text);
        let own = told
            .lines()
            .filter(|line| !line.starts_with("#:schema"))
            .fold(String::from("#:schema scenario.schema.json\n"), |text, line| text + line + "\n");
        *text = own.into_bytes();
    }
    files.insert("scenario.schema.json".to_owned(), scenario::schema().into_bytes());
    for (name, content) in &files {
        folder::write(&dir.join(name), content)?;
    }
    Ok(())
}
