//! `evenkeel compare`: what if we hire, cut, open, close, move?

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use crate::compare::{self, Refused};
use crate::report;
use crate::roster::Watch;
use crate::scenario::{self, Adjustments, Change, Files, Problem, Scenario, Variant};

use super::edge::Talk;
use super::failure::Refusal;
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Exit, Failure, folder};

/// Compare what-ifs with the team as it is
///
/// Variants are files in the team's folder `variants/`, or changes given here, which together make one variant. All are
/// planned alike and played over the same weeks. Places are cut and filled in proportion; nobody is picked or named. A
/// cut that leaves an open queue without a human is refused (exit code 4).
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel compare my-team --cut 10%
  evenkeel compare my-team --hire css1=4 --weeks-in 12 --volume +24%
  evenkeel compare my-team cut-10pct cut-20pct --out what-if.html
  evenkeel compare my-team --close phone --move phone=chat --format json")]
pub(super) struct Compare {
    #[command(flatten)]
    team: Team,
    /// Variants to compare, by the names of their files; all of them where no change is given either
    variants: Vec<String>,
    /// Hire people of a tier, such as css1=4
    #[arg(long, value_name = "TIER=N", value_parser = Change::hire, allow_hyphen_values = true)]
    hire: Vec<Change>,
    /// Weeks that those hired have been there; 0 is their first week
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=260))]
    weeks_in: i64,
    /// Cut places: 10%, 3, or of one tier, such as css2=2
    #[arg(long, value_name = "MANY", value_parser = Change::cut, allow_hyphen_values = true)]
    cut: Vec<Change>,
    /// More or fewer contacts, with a sign: +24%, or of one queue, such as phone=-10%
    #[arg(long, value_name = "CHANGE", value_parser = Change::volume, allow_hyphen_values = true)]
    volume: Vec<Change>,
    /// Close a queue; without --move its contacts stay away
    #[arg(long, value_name = "QUEUE")]
    close: Vec<String>,
    /// Let a queue's contacts come by another one, such as phone=chat or "phone=chat 50%"
    #[arg(long = "move", value_name = "QUEUE=QUEUE", value_parser = Change::r#move)]
    moves: Vec<Change>,
    /// Open a queue at other hours, such as "chat=mon-sun 08:00-20:00"
    #[arg(long, value_name = "QUEUE=HOURS", value_parser = Change::hours)]
    hours: Vec<Change>,
    /// Promise something else, such as phone=80/30s or mail=90/8h
    #[arg(long, value_name = "QUEUE=GOAL", value_parser = Change::target)]
    target: Vec<Change>,
    #[command(flatten)]
    chance: Chance,
    /// Also write one page with a picture of every figure
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// No progress, and no word of what was written
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    output: Output,
}

impl Compare {
    pub(super) fn run(mut self, talk: Talk) -> Result<Answer, Failure> {
        let terminal = Terminal::start(talk, self.quiet);
        terminal.step("reading the folder", 0.0);
        let (files, adjust) = self.team.files(self.chance)?;
        let base = scenario::from_files(&files, &adjust).map_err(Failure::Input)?;
        let wanted = self.wanted(&files)?;
        let read = |variant: &Variant| {
            let adjust = Adjustments { variant: Some(variant.clone()), ..adjust.clone() };
            scenario::from_files(&files, &adjust)
        };
        let variants = read_all(wanted, &read)?;

        let compared = compare::compare(&base, &variants, &read, &terminal);
        terminal.finish();
        let comparison = compared.map_err(refused)?;
        let report = report::compare(&comparison);
        if let Some(out) = &self.out {
            folder::write(out, report::html::render(&report))?;
            if !self.quiet {
                talk.say(&format!("the picture: {}", out.display()));
            }
        }
        let rows = report::compare_rows(&comparison);
        let is_rows = self.output.is_csv();
        let dressed = if is_rows { &rows } else { &report };
        let text = self.output.dress(talk, dressed, || report::json::compare(&comparison));
        let exit = if comparison.is_cut_short() { Exit::Stopped } else { Exit::Done };
        Ok(Answer { text, exit })
    }

    /// The variants asked for: those named, and one of the changes typed.
    fn wanted(&mut self, files: &Files) -> Result<Vec<Variant>, Failure> {
        let (known, problems) = scenario::variants(files);
        let typed = self.typed();
        if self.variants.is_empty() && typed.is_none() {
            if !problems.is_empty() {
                return Err(Failure::Input(problems));
            }
            if known.is_empty() {
                return Err(Failure::usage(
                    "nothing to compare with",
                    "name a change, such as --cut 10%, or write variants/NAME.toml in the team's folder",
                ));
            }
            return Ok(known);
        }
        let mut seen = BTreeSet::new();
        let mut wanted = Vec::new();
        for name in std::mem::take(&mut self.variants) {
            if !seen.insert(name.clone()) {
                return Err(Failure::usage(
                    format!("`{name}` is named twice"),
                    "name each variant once",
                ));
            }
            let place = format!("variants/{name}.toml");
            let own: Vec<Problem> = problems
                .iter()
                .filter(|problem| problem.place.starts_with(&place))
                .cloned()
                .collect();
            if !own.is_empty() {
                return Err(Failure::Input(own));
            }
            match known.iter().find(|variant| variant.name == name) {
                Some(variant) => wanted.push(variant.clone()),
                None => return Err(unknown(&name, &known)),
            }
        }
        wanted.extend(typed);
        Ok(wanted)
    }

    /// One variant of all changes typed, in the order in which a file's are made.
    fn typed(&mut self) -> Option<Variant> {
        let close = self.close.iter().map(|queue| Change::Close { queue: queue.clone() });
        let mut changes: Vec<Change> = std::mem::take(&mut self.volume);
        changes.append(&mut self.hours);
        changes.append(&mut self.moves);
        changes.extend(close);
        changes.append(&mut self.target);
        changes.append(&mut self.hire);
        changes.append(&mut self.cut);
        if changes.is_empty() {
            return None;
        }
        let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
        Some(Variant::typed(&words.join(", "), changes, self.weeks_in))
    }
}

fn unknown(name: &str, known: &[Variant]) -> Failure {
    let names: Vec<&str> = known.iter().map(|variant| variant.name.as_str()).collect();
    let fix = match (crate::id::nearest(name, &names), names.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, false) => format!("the folder has {}", names.join(", ")),
        (None, true) => "the folder has no variants/".to_owned(),
    };
    Failure::usage(format!("there is no variant called `{name}`"), fix)
}

/// Every variant read; those whose cut leaves nobody to take an open queue are refused as plans are.
fn read_all(
    wanted: Vec<Variant>,
    read: &dyn Fn(&Variant) -> Result<Scenario, Vec<Problem>>,
) -> Result<Vec<(Variant, Scenario)>, Failure> {
    let (mut variants, mut wrong, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for variant in wanted {
        match read(&variant) {
            Ok(scenario) => variants.push((variant, scenario)),
            Err(problems) if scenario::leaves_nobody(&problems) => {
                let bare = problems.into_iter().filter(scenario::is_of_a_cut);
                refused.extend(bare.map(|problem| Refusal {
                    cause: format!("{}: {}", variant.title, problem.cause),
                    fix: problem.fix,
                }));
            }
            Err(problems) => wrong.extend(problems),
        }
    }
    if !wrong.is_empty() {
        Err(Failure::Input(wrong))
    } else if !refused.is_empty() {
        Err(Failure::NoPlan(refused))
    } else {
        Ok(variants)
    }
}

fn refused(refused: Vec<Refused>) -> Failure {
    let told = refused.into_iter().map(|refused| {
        let of = if refused.variant.is_empty() { "the team as it is" } else { &refused.variant };
        Refusal { cause: format!("{of}: {}", refused.cause), fix: refused.fix }
    });
    Failure::NoPlan(told.collect())
}
