//! `evenkeel size`: one queue, one question.

use clap::{Args, ValueEnum};

use crate::report;
use crate::scenario::Definition;
use crate::staffing::size::{self, ServiceTarget, SizeQuestion};
use crate::units::{Contacts, HandleMinutes, Share};

use super::edge::Talk;
use super::options::Output;
use super::{Answer, Failure};

/// How many agents does one queue need?
///
/// By Erlang A where customers hang up, by Erlang C where they wait for ever. Lengths of time carry their unit: 300s, 5m, 1.5h.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel size --arrivals 100 --per 30m --handle 300s --patience 120s --target 80/20s
  evenkeel size --arrivals 100 --per 30m --handle 300s --patience infinite --target 80/20s --occupancy 0.85
  evenkeel size --arrivals 100 --per 30m --handle 5m --patience 2m --target 80/20s --definition answered --format json")]
pub(super) struct Size {
    /// Contacts that arrive
    #[arg(long, value_name = "N")]
    arrivals: f64,
    /// The time in which they arrive
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = size::read_duration)]
    per: f64,
    /// Mean time one contact takes, wrap-up included
    #[arg(long, value_name = "TIME", value_parser = size::read_duration)]
    handle: f64,
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
    #[command(flatten)]
    output: Output,
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
    let number: f64 =
        text.parse().map_err(|_| format!("`{text}` is not a share; write such as 0.85"))?;
    Share::try_from(number)
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

impl Size {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let question = SizeQuestion {
            arrivals: Contacts(self.arrivals),
            per: self.per,
            handle: HandleMinutes(self.handle),
            patience: self.patience.0,
            target: self.target,
            definition: self.definition.into(),
            occupancy: self.occupancy,
        };
        let sized = size::size(&question)
            .map_err(|cause| Failure::usage(cause, "see `evenkeel size --help` for examples"))?;
        let report = report::size(&sized);
        Ok(Answer::done(self.output.dress(talk, &report, || report::json::size(&sized))))
    }
}
