//! `evenkeel plan`: who works when, and what service to expect?

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::plan;
use crate::report;
use crate::roster::{Proof, Watch, table};

use super::edge::Talk;
use super::options::{Chance, Output, Team};
use super::watch::Terminal;
use super::{Answer, Exit, Failure, folder};

/// Plan a week: who works when, who takes what, and the service to expect
///
/// Writes roster.csv, plan.json and report.html, the same bytes for the same input, and run.json with the timings.
/// Ctrl-C ends the search with the best plan so far (exit code 5), a second one at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel plan my-team
  evenkeel plan my-team --week 2026-12-07 --out next-week
  evenkeel plan my-team --history calls.csv --column calls --queue phone
  evenkeel plan my-team --seed 8 --replications 500 --format json")]
pub(super) struct Plan {
    #[command(flatten)]
    team: Team,
    #[command(flatten)]
    chance: Chance,
    /// Folder to write to; by default `out/` and the first day, in the team's folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// No progress, and no word of what was written
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    output: Output,
}

impl Plan {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        // Before the first file is read, so that Ctrl-C is heard from the start.
        let terminal = Terminal::start(talk, self.quiet);
        terminal.step("reading the folder", 0.0);
        let scenario = self.team.read(self.chance)?;
        let plan = plan::make(&scenario, &terminal);
        let timings = terminal.finish();
        let plan = plan.map_err(|no_plan| {
            let failure = Failure::no_plan(&no_plan, &scenario);
            if self.output.is_json() {
                failure.with_json(report::json::no_plan(&no_plan, &scenario))
            } else {
                failure
            }
        })?;

        let out = self
            .out
            .unwrap_or_else(|| self.team.dir.join("out").join(scenario.first().to_string()));
        let json = report::json::plan(&plan, &scenario);
        folder::write(&out.join("roster.csv"), table::write(&plan.assigned.roster, &scenario))?;
        folder::write(&out.join("plan.json"), &json)?;
        folder::write(&out.join("report.html"), report::html::page(&plan, &scenario))?;
        let steps: Vec<_> = timings
            .iter()
            .map(|timing| json!({ "step": timing.step, "seconds": timing.seconds }))
            .collect();
        let run = json!({
            "schema": "evenkeel.run/1",
            "version": env!("CARGO_PKG_VERSION"),
            "threads": rayon::current_num_threads(),
            "seconds": terminal.seconds(),
            "steps": steps,
        });
        folder::write(&out.join("run.json"), format!("{run:#}\n"))?;

        if !self.quiet {
            talk.say(&format!("planned in {:.1} s", terminal.seconds()));
            talk.say(&format!("the whole plan: {}", out.join("report.html").display()));
        }
        let report = report::plan_summary(&plan, &scenario);
        let text = self.output.dress(talk, &report, || json);
        let is_cut_short = plan.assigned.proof == Proof::Stopped
            || plan.kpis.replications < scenario.budget.replications;
        let exit = if is_cut_short { Exit::Stopped } else { Exit::Done };
        Ok(Answer { text, exit })
    }
}
