//! `evenkeel bench roster`: a public roster benchmark, solved within a clock's limit.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cli::edge::{self, Talk};
use crate::cli::failure::Refusal;
use crate::cli::{Exit, Failure, folder};
use crate::public::{self, Benchmark, NoOutcome, Outcome, SoFar};
use crate::roster::columns::{Budget, Clock, News};

/// How much to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Seconds of wall time, reading included.
    pub(super) seconds: f64,
    /// Rounds of search; none: until the clock.
    pub(super) rounds: Option<usize>,
    /// Seed of random choices.
    pub(super) seed: u64,
}

/// A clock that is asked how long is left, and heard for Ctrl-C.
struct Wall {
    started: Instant,
    limit: f64,
    stopped: Arc<AtomicBool>,
    news: Mutex<Vec<Value>>,
}

impl Clock for Wall {
    fn seconds_left(&self) -> Option<f64> {
        if self.stopped.load(Ordering::SeqCst) {
            return Some(0.0);
        }
        Some((self.limit - self.started.elapsed().as_secs_f64()).max(0.0))
    }

    fn news(&self, what: News) {
        let seconds = round(self.started.elapsed().as_secs_f64());
        let told = match what {
            News::Cost(cost, by) => json!({ "seconds": seconds, "cost": cost, "by": by }),
            News::Bound(bound) => json!({ "seconds": seconds, "bound": bound }),
        };
        self.news.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(told);
    }
}

/// How often is looked whether time is up.
const LOOK: Duration = Duration::from_millis(50);
/// How long a step of the search may go on after that.
const GRACE: Duration = Duration::from_millis(400);

/// Search on a thread of its own: a step of the solver that does not end in time is not waited for, and the best
/// roster so far is the answer.
fn in_time(benchmark: Benchmark, budget: Budget, wall: &Arc<Wall>) -> Result<Outcome, NoOutcome> {
    let (benchmark, so_far) = (Arc::new(benchmark), Arc::new(SoFar::default()));
    let (tell, hear) = mpsc::channel();
    let search = thread::spawn({
        let (benchmark, wall, so_far) = (benchmark.clone(), wall.clone(), so_far.clone());
        move || {
            // Nobody hears it who has gone on without.
            let _ = tell.send(benchmark.solve_keeping(&budget, &*wall, &so_far));
        }
    });
    let mut late: Option<Instant> = None;
    loop {
        match hear.recv_timeout(LOOK) {
            Ok(outcome) => return outcome,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match search.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => unreachable!("a search that ends well has told its outcome"),
            },
        }
        if wall.seconds_left().is_some_and(|left| left > 0.0) {
            continue;
        }
        let since = *late.get_or_insert_with(Instant::now);
        if since.elapsed() > GRACE
            && let Some(outcome) = benchmark.outcome_so_far(&so_far)
        {
            return outcome;
        }
    }
}

/// Solve it; the figures, and how the program ends: the time given running out is what was asked for, Ctrl-C is not.
pub(super) fn roster(file: &Path, limits: Limits, talk: Talk) -> Result<(Value, Exit), Failure> {
    let started = Instant::now();
    let before = edge::cpu_seconds();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = folder::read(file)?;
    let benchmark = public::read(&bytes).map_err(|problems| Failure::in_file(&name, problems))?;
    let wall = Arc::new(Wall {
        started,
        // A little is kept for judging and printing.
        limit: limits.seconds - (0.02 * limits.seconds).min(1.0),
        stopped: edge::hear_stop(talk),
        news: Mutex::default(),
    });
    let budget = Budget {
        pricing: usize::MAX,
        rounds: limits.rounds.unwrap_or(usize::MAX),
        nodes: usize::MAX,
        seed: limits.seed,
    };
    let outcome = in_time(benchmark, budget, &wall).map_err(refusal)?;
    let cpu = edge::cpu_seconds().zip(before).map(|(after, before)| round(after - before));
    let news = wall.news.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let mut figures = json!({
        "schema": "evenkeel.bench_roster/1",
        "file": name,
        "format": outcome.format,
        "cost": outcome.cost,
        "bound": outcome.bound,
        "proved": outcome.proved,
        "complete": outcome.complete,
        "seconds": round(started.elapsed().as_secs_f64()),
        "cpu_seconds": cpu,
        "limit_seconds": limits.seconds,
        "seed": limits.seed,
        "threads": rayon::current_num_threads(),
        "effort": outcome.effort,
        "news": news,
        "roster": outcome.roster,
    });
    if let Some(floor) = outcome.floor {
        figures["floor"] = json!(floor);
        figures["difference"] = json!(outcome.cost - floor);
    }
    if let Some(missing) = outcome.missing {
        figures["missing"] = json!(missing);
    }
    let is_cut_short = !outcome.complete && wall.stopped.load(Ordering::SeqCst);
    Ok((figures, if is_cut_short { Exit::Stopped } else { Exit::Done }))
}

fn refusal(no_outcome: NoOutcome) -> Failure {
    match no_outcome {
        NoOutcome::NoLine(who) => Failure::NoPlan(vec![Refusal {
            cause: format!(
                "no line was found for {who}: the limits on minutes, runs, days off and weekends contradict each other, or leave hardly any"
            ),
            fix: "loosen one of that person's limits".to_owned(),
        }]),
        NoOutcome::Solver(cause) => Failure::usage(
            format!("the solver refused the numbers: {cause}"),
            "keep weights below a million",
        ),
        NoOutcome::Refused(breaks) => Failure::File(anyhow::anyhow!(
            "our own checker refuses the roster, which is our fault: {}",
            breaks.join("; ")
        )),
    }
}

fn round(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
