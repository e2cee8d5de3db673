//! `evenkeel simulate`: what service would this roster give?

use std::path::PathBuf;

use clap::Args;

use crate::plan::Ground;
use crate::{plan, report, routing, strain};

use super::edge::{self, Talk};
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Exit, Failure};

/// Play a roster against chance: the service, occupancy and strain to expect
///
/// Takes the latest published roster, else the latest planned, unless --roster names one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel simulate my-team
  evenkeel simulate my-team --roster by-hand.csv --replications 500
  evenkeel simulate my-team --ladder
  evenkeel simulate my-team --seed 11 --format json")]
pub(super) struct Simulate {
    #[command(flatten)]
    team: Team,
    /// The roster to play: a file, or a folder that `plan` wrote
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// Show what each model says of voice queues, interval by interval: Erlang, offered load, exact, played
    #[arg(long)]
    ladder: bool,
    #[command(flatten)]
    chance: Chance,
    #[command(flatten)]
    output: Output,
}

impl Simulate {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let (scenario, roster) = self.team.with_roster(self.roster.as_deref(), self.chance)?;

        let ground = Ground::of(&scenario);
        let Ground { demand, workload, .. } = &ground;
        let routing = routing::allocate(workload, &roster, &scenario);
        let terminal = Terminal::start(talk, false);
        let before = edge::cpu_seconds();
        let kpis =
            plan::play(&scenario, demand, workload, &roster, &routing, scenario.seed, &terminal);
        let seconds = edge::cpu_seconds().zip(before).map(|(after, before)| after - before);
        let climbed = if self.ladder {
            plan::ladder::of_roster(&roster, &ground, &scenario, &terminal)
        } else {
            Vec::new()
        };
        terminal.finish();
        let strain = strain::assess(&roster, &routing, &scenario);

        let mut report = report::simulate(&kpis, &strain, &scenario);
        if self.ladder {
            report.sections.push(report::ladder(&climbed, &scenario));
        }
        let json = || {
            report::json::simulation(
                &kpis,
                &strain,
                &climbed,
                &scenario,
                seconds.unwrap_or(terminal.seconds()),
            )
        };
        let is_cut_short = kpis.replications < scenario.budget.replications;
        let exit = if is_cut_short { Exit::Stopped } else { Exit::Done };
        Ok(Answer { text: self.output.dress(talk, &report, json), exit })
    }
}
