//! `evenkeel size`: one queue, one question.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::pools;
use crate::report;
use crate::scenario::Definition;
use crate::staffing::size::{self, PatienceShape, ServiceTarget, SizeQuestion, UnsureDays};
use crate::units::{Contacts, HandleMinutes, Share};

use super::edge::Talk;
use super::options::Output;
use super::{Answer, Failure, folder};

/// How many agents does one queue need, or which mix of skills do several?
///
/// With --pools a file names queues and pools of skills, and the cheapest mix that keeps every target in play is found.
///
/// By Erlang A where customers hang up, by Erlang C where they wait for ever, by M/M/n+G where patience has another
/// shape. Lengths of time carry their unit: 300s, 5m, 1.5h.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel size --arrivals 100 --per 30m --handle 300s --patience 120s --target 80/20s
  evenkeel size --arrivals 100 --per 30m --handle 300s --patience infinite --target 80/20s --occupancy 0.85
  evenkeel size --arrivals 100 --per 30m --handle 300s --patience 120s --target 80/20s --day-spread 0.1 --sure 90%
  evenkeel size --pools skills.toml
  evenkeel size --arrivals 100 --per 30m --handle 5m --patience 2m --target 80/20s --definition answered --format json")]
pub(super) struct Size {
    /// Queues and pools of skills, as TOML: [[queues]] with id, arrivals, handle, patience, target; [[pools]] with id, queues, cost
    #[arg(long, value_name = "FILE", conflicts_with_all = ["arrivals", "handle"])]
    pools: Option<PathBuf>,
    /// Where random draws start, for --pools
    #[arg(long, default_value_t = 1, requires = "pools", value_parser = clap::value_parser!(u64).range(..1 << 53))]
    seed: u64,
    /// Contacts that arrive
    #[arg(
        long,
        value_name = "N",
        required_unless_present = "pools",
        allow_negative_numbers = true
    )]
    arrivals: Option<f64>,
    /// The time in which they arrive
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = size::read_duration)]
    per: f64,
    /// Mean time one contact takes, wrap-up included
    #[arg(long, value_name = "TIME", required_unless_present = "pools", value_parser = size::read_duration)]
    handle: Option<f64>,
    /// Mean time before a customer hangs up, or `infinite`
    #[arg(long, value_name = "TIME", default_value = "infinite", value_parser = Patience::read)]
    patience: Patience,
    /// Share to answer, and within what time
    #[arg(long, value_name = "SHARE/TIME", default_value = "80/20s", value_parser = size::read_target)]
    target: ServiceTarget,
    /// Which contacts the share counts
    #[arg(long, value_enum, default_value_t)]
    definition: Counted,
    /// Most of the agents' time that contacts may fill, such as 0.85
    #[arg(long, value_name = "SHARE", value_parser = share)]
    occupancy: Option<Share>,
    /// How patience is spread around its mean
    #[arg(long, value_enum, default_value_t)]
    patience_shape: Shape,
    /// How much a day's volume varies around what is expected: its coefficient of variation, such as 0.1
    #[arg(long, value_name = "SHARE", requires = "sure")]
    day_spread: Option<f64>,
    /// Share of days on which the target is to hold
    #[arg(long, value_name = "SHARE", requires = "day_spread", value_parser = share)]
    sure: Option<Share>,
    #[command(flatten)]
    output: Output,
}

/// Shapes of patience.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Shape {
    /// Whoever has waited is as patient as whoever has not
    #[default]
    Exponential,
    /// Everyone waits equally long
    Equal,
    /// Anything up to twice the mean
    Uniform,
    /// Few hang up at once
    Erlang2,
}

impl From<Shape> for PatienceShape {
    fn from(shape: Shape) -> PatienceShape {
        match shape {
            Shape::Exponential => PatienceShape::Exponential,
            Shape::Equal => PatienceShape::Equal,
            Shape::Uniform => PatienceShape::Uniform,
            Shape::Erlang2 => PatienceShape::Erlang2,
        }
    }
}

/// Minutes before somebody hangs up, if anybody does.
#[derive(Debug, Clone, Copy)]
struct Patience(Option<f64>);

impl Patience {
    fn read(text: &str) -> Result<Patience, String> {
        size::read_patience(text).map(Patience)
    }
}

fn share(text: &str) -> Result<Share, String> {
    let (digits, whole) = match text.trim().strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text.trim(), 1.0),
    };
    let number: f64 = digits
        .parse()
        .map_err(|_| format!("`{text}` is not a share; write such as 0.85 or 85%"))?;
    Share::try_from(number / whole)
}

/// The four definitions of service level.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Counted {
    /// Answered in time, of all
    #[default]
    Offered,
    /// Answered in time, of all answered
    Answered,
    /// Answered in time, of all but those who hang up in time
    WithoutShortAbandons,
    /// Any end of waiting in time, of all
    Waited,
}

impl From<Counted> for Definition {
    fn from(counted: Counted) -> Definition {
        match counted {
            Counted::Offered => Definition::Offered,
            Counted::Answered => Definition::Answered,
            Counted::WithoutShortAbandons => Definition::WithoutShortAbandons,
            Counted::Waited => Definition::Waited,
        }
    }
}

/// Why two options cannot be missing here.
const GIVEN: &str = "required wherever --pools is not given";

impl Size {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        if let Some(file) = &self.pools {
            return self.mix(file, talk);
        }
        let question = SizeQuestion {
            arrivals: Contacts(self.arrivals.expect(GIVEN)),
            per: self.per,
            handle: HandleMinutes(self.handle.expect(GIVEN)),
            patience: self.patience.0,
            target: self.target,
            definition: self.definition.into(),
            occupancy: self.occupancy,
            shape: self.patience_shape.into(),
            days: self.day_spread.zip(self.sure).map(|(spread, sure)| UnsureDays { spread, sure }),
        };
        let sized = size::size(&question)
            .map_err(|cause| Failure::usage(cause, "see `evenkeel size --help` for examples"))?;
        let report = report::size(&sized);
        Ok(Answer::done(self.output.dress(talk, &report, || report::json::size(&sized))))
    }

    /// The cheapest mix of skills for a file of queues and pools.
    fn mix(&self, file: &Path, talk: Talk) -> Result<Answer, Failure> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = folder::read(file)?;
        let question = pools::read(&String::from_utf8_lossy(&bytes))
            .map_err(|problems| Failure::in_file(&name, problems))?;
        let sized = pools::size(&question, self.seed).map_err(|cause| {
            Failure::usage(cause, "loosen a target, or add a pool that may answer it")
        })?;
        let report = report::pools(&sized, &question);
        let json = || report::json::pools(&sized, &question);
        Ok(Answer::done(self.output.dress(talk, &report, json)))
    }
}
