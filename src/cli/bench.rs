//! `evenkeel bench`: how fast the parts are on this machine.

mod roster;
mod sizing;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use crate::plan;
use crate::simulation::models;

use super::edge::{self, Talk};
use super::options::{Chance, Format, Output, Reading};
use super::watch::Terminal;
use super::{Answer, Exit, Failure};

/// Measure how fast Evenkeel is here
#[derive(Debug, Args)]
#[command(hide = true)]
#[command(after_help = "\
Examples:
  evenkeel bench simulation --format json
  evenkeel bench sizing
  evenkeel bench plan scenarios/dublin-saas
  evenkeel bench roster Instance4.txt --seconds 60 --format json")]
pub(super) struct Bench {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Contacts played in a second of processor time, by published model
    Simulation,
    /// Questions of `size` answered in a second, and whole agents found by Erlang C, by load
    Sizing,
    /// Time of each step of planning a team, and the gap of each aim
    Plan {
        /// The team's folder
        #[arg(default_value = "scenarios/dublin-saas")]
        dir: PathBuf,
    },
    /// A public roster benchmark: the best roster found in the time, and what is proved of it
    Roster {
        /// The instance, in the benchmark's own text format (shift scheduling or multi-activity)
        file: PathBuf,
        /// Seconds of wall time
        #[arg(long, default_value_t = 60.0)]
        seconds: f64,
        /// Rounds of search at most; the clock alone unless you say otherwise
        #[arg(long, value_name = "N")]
        rounds: Option<usize>,
        /// Seed of random choices
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Long enough that starting up does not count, short enough to wait for.
const ENOUGH: Duration = Duration::from_secs(1);

impl Bench {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        let (measured, exit) = match self.what {
            What::Simulation => (simulation(), Exit::Done),
            What::Sizing => (sizing::sizing()?, Exit::Done),
            What::Plan { dir } => (planning(&dir, talk)?, Exit::Done),
            What::Roster { file, seconds, rounds, seed } => {
                if !seconds.is_finite() || seconds <= 0.0 {
                    let cause = format!("--seconds is {seconds}");
                    return Err(Failure::usage(cause, "give a number of seconds above 0"));
                }
                roster::roster(&file, roster::Limits { seconds, rounds, seed }, talk)?
            }
        };
        let text = match self.output.format {
            Format::Json => format!("{measured:#}\n"),
            Format::Csv => flat(&measured, ","),
            Format::Table => flat(&in_lines(measured), "  "),
        };
        Ok(Answer { text, exit })
    }
}

/// Figures one a line, each behind the path to it.
fn flat(measured: &Value, between: &str) -> String {
    let mut lines = Vec::new();
    walk(measured, "", &mut |path, figure| lines.push((path.to_owned(), figure.to_owned())));
    let widest = lines.iter().map(|line| line.0.chars().count()).max().unwrap_or_default();
    let pad = if between == "," { 0 } else { widest };
    lines.iter().fold(String::new(), |text, (path, figure)| {
        text + &format!("{path:<pad$}{between}{figure}\n")
    })
}

/// The same for people: a list of plain figures, such as a person's shifts day by day, on one line; `-` where one
/// says nothing, as on a day off.
fn in_lines(value: Value) -> Value {
    match value {
        Value::Array(list) if list.iter().any(|inner| inner.is_array() || inner.is_object()) => {
            Value::Array(list.into_iter().map(in_lines).collect())
        }
        Value::Array(list) => {
            let told = |figure: &Value| match figure {
                Value::String(text) if text.is_empty() => "-".to_owned(),
                Value::String(text) => text.clone(),
                figure => figure.to_string(),
            };
            Value::String(list.iter().map(told).collect::<Vec<_>>().join(" "))
        }
        Value::Object(map) => {
            Value::Object(map.into_iter().map(|(key, inner)| (key, in_lines(inner))).collect())
        }
        figure => figure,
    }
}

fn walk(value: &Value, path: &str, each: &mut impl FnMut(&str, &str)) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| walk(inner, &below(key), each)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(place, inner)| walk(inner, &below(&(place + 1).to_string()), each)),
        Value::String(text) => each(path, text),
        figure => each(path, &figure.to_string()),
    }
}

fn simulation() -> Value {
    let mut speeds = Map::new();
    for model in models::all() {
        // Once to warm up and to learn how long a day takes, then for long enough.
        let (mut contacts, mut days, mut taken) = (0, 0, 0.0);
        let mut batch = 1;
        while taken < ENOUGH.as_secs_f64() {
            let before = cpu_or_wall();
            let played = model.run(batch, 1 + days);
            let seconds = cpu_or_wall() - before;
            if days > 0 {
                contacts += played;
                taken += seconds;
            }
            days += batch;
            if seconds < ENOUGH.as_secs_f64() / 8.0 {
                batch *= 2;
            }
        }
        speeds.insert(model.name.to_owned(), per_second(contacts, taken));
    }
    json!({ "schema": "evenkeel.bench_simulation/1", "contacts_per_cpu_second": speeds })
}

fn planning(dir: &Path, talk: Talk) -> Result<Value, Failure> {
    let started = Instant::now();
    let scenario = Reading::default().of(dir, Chance::default(), None)?;
    let reading = started.elapsed().as_secs_f64();
    let terminal = Terminal::start(talk, false);
    let before = edge::cpu_seconds();
    let plan = plan::make(&scenario, &terminal);
    let timings = terminal.finish();
    let cpu = edge::cpu_seconds().zip(before).map(|(after, before)| after - before);
    let plan = plan.map_err(|no_plan| Failure::no_plan(&no_plan, &scenario))?;

    let steps: Map<String, Value> = [("read".to_owned(), json!(round(reading)))]
        .into_iter()
        .chain(timings.into_iter().map(|timing| (timing.step, json!(round(timing.seconds)))))
        .collect();
    let levels: Vec<Value> = plan
        .assigned
        .levels
        .iter()
        .map(|level| {
            json!({ "aim": level.aim, "unit": level.unit, "value": level.value, "bound": level.bound,
                    "gap": level.gap, "certified": level.certified })
        })
        .collect();
    Ok(json!({
        "schema": "evenkeel.bench_plan/1",
        "name": scenario.name,
        "people": scenario.agents.len(),
        "threads": rayon::current_num_threads(),
        "seconds": round(terminal.seconds()),
        "cpu_seconds": cpu.map(round),
        "steps": steps,
        "proof": plan.assigned.proof,
        "effort": plan.assigned.effort,
        "levels": levels,
        "breaches": plan.compliance.hard(),
    }))
}

fn cpu_or_wall() -> f64 {
    edge::cpu_seconds().unwrap_or_else(edge::wall_seconds)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a second's work are small")]
fn per_second(count: u64, seconds: f64) -> Value {
    json!((count as f64 / seconds.max(1e-9)).round())
}

fn round(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
