//! Commands: parse, call, print. The only place, with `scenario`, that touches files and terminals.
//!
//! A command returns its [`Answer`]; only [`main`] prints. Data goes to stdout, talk and progress to stderr.

mod absent;
mod audit;
mod bench;
mod check;
mod compare;
mod completions;
mod dates;
mod diff;
mod edge;
mod failure;
mod folder;
mod forecast;
mod import;
mod my_data;
mod need;
mod new;
mod options;
mod plan;
mod publish;
mod replan;
mod report;
mod simulate;
mod size;
mod swap;
mod watch;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use edge::{Colour, Talk};
pub use failure::{Exit, Failure};

/// Plan a customer-support week that meets its service targets without wearing people out.
#[derive(Debug, Parser)]
#[command(name = "evenkeel", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
#[command(max_term_width = 100)]
struct Cli {
    /// Colour in messages; `auto` means on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, global = true, default_value_t, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
First steps:
  evenkeel new dublin-saas my-team     copy an example team to a folder of plain files
  evenkeel check my-team               is every file right?
  evenkeel plan my-team                who works when, and what service to expect

Exit codes:
  0   done; a plan that misses a target is still a plan, and says so
  1   the audited roster breaks a hard rule
  2   wrong usage
  3   wrong input; every problem is listed with its place and a way out
  4   no plan exists; says for whom, and by which rules
  5   stopped at a limit or by Ctrl-C; the best plan so far is written
  6   a file could not be read or written
  70  a fault of Evenkeel itself";

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Check(check::Check),
    Forecast(forecast::Forecast),
    Need(need::Need),
    Plan(plan::Plan),
    Publish(publish::Publish),
    Replan(replan::Replan),
    Swap(swap::Swap),
    Absent(absent::Absent),
    Compare(compare::Compare),
    Simulate(simulate::Simulate),
    Audit(audit::Audit),
    Size(size::Size),
    Diff(diff::Diff),
    Import(import::Import),
    Report(report::Report),
    MyData(my_data::MyData),
    Completions(completions::Completions),
    Bench(bench::Bench),
}

/// What a command has to say on stdout, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Data, ready to print.
    pub text: String,
    /// How the program ends.
    pub exit: Exit,
}

impl Answer {
    /// An answer that ends well.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Answer {
        Answer { text: text.into(), exit: Exit::Done }
    }
}

/// Run the program on the arguments it was called with.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let colour = Colour::asked(&arguments);
    edge::report_faults_kindly(colour);

    let exit = panic::catch_unwind(AssertUnwindSafe(|| run(arguments, colour)));
    ExitCode::from(exit.unwrap_or(Exit::Fault) as u8)
}

fn run(arguments: Vec<OsString>, colour: Colour) -> Exit {
    let command = command().color(colour.for_help());
    let cli = command.try_get_matches_from(arguments).and_then(|it| Cli::from_arg_matches(&it));
    let cli = match cli {
        Ok(cli) => cli,
        // Help and version come this way too; a reader who has left is not an error.
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    let talk = Talk::new(cli.color);
    match cli.command.run(talk) {
        Ok(answer) => match edge::print(&answer.text) {
            Ok(()) => answer.exit,
            Err(failure) => failure.tell(talk),
        },
        Err(failure) => failure.tell(talk),
    }
}

/// Every command with its options, as help, completions and the reference show them.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

impl Command {
    fn run(self, talk: Talk) -> Result<Answer, Failure> {
        match self {
            Command::New(new) => new.run(talk),
            Command::Check(check) => check.run(talk),
            Command::Forecast(forecast) => forecast.run(talk),
            Command::Need(need) => need.run(talk),
            Command::Plan(plan) => plan.run(talk),
            Command::Publish(publish) => publish.run(talk),
            Command::Replan(replan) => replan.run(talk),
            Command::Swap(swap) => swap.run(talk),
            Command::Absent(absent) => absent.run(talk),
            Command::Compare(compare) => compare.run(talk),
            Command::Simulate(simulate) => simulate.run(talk),
            Command::Audit(audit) => audit.run(talk),
            Command::Size(size) => size.run(talk),
            Command::Diff(diff) => diff.run(talk),
            Command::Import(import) => import.run(talk),
            Command::Report(report) => report.run(talk),
            Command::MyData(my_data) => my_data.run(talk),
            Command::Completions(completions) => Ok(completions.run()),
            Command::Bench(bench) => bench.run(talk),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_options_of_a_command_collide() {
        command().debug_assert();
    }
}
