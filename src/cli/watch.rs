//! Progress on a terminal, timings for the run's own file, and the ear for Ctrl-C.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::roster::Watch;

use super::edge::{self, Talk};

/// Watches a run from the terminal.
pub(super) struct Terminal {
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
    started: Instant,
    /// When each step was first told, in order.
    steps: Mutex<Vec<(String, Duration)>>,
}

/// How long one step took.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timing {
    pub(super) step: String,
    pub(super) seconds: f64,
}

impl Terminal {
    /// Start watching; a bar is drawn on a terminal only, and never when quiet.
    pub(super) fn start(talk: Talk, is_quiet: bool) -> Terminal {
        let style = ProgressStyle::with_template("{bar:24} {percent:>3} % {msg}")
            .expect("the template is well formed");
        let bar = ProgressBar::new(1000).with_style(style);
        if is_quiet || !io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let stopped = edge::hear_stop(talk);
        Terminal { bar, stopped, started: Instant::now(), steps: Mutex::default() }
    }

    /// Take the bar away, and say how long each step took.
    pub(super) fn finish(&self) -> Vec<Timing> {
        self.bar.finish_and_clear();
        let end = self.started.elapsed();
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = steps.iter().skip(1).map(|step| step.1).chain([end]);
        let pairs = steps.iter().zip(ends);
        pairs
            .map(|((step, from), to)| Timing {
                step: step.clone(),
                seconds: to.saturating_sub(*from).as_secs_f64(),
            })
            .collect()
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

impl Watch for Terminal {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a thousand, clamped"
    )]
    fn step(&self, what: &str, done: f64) {
        self.bar.set_position((done.clamp(0.0, 1.0) * 1000.0) as u64);
        self.bar.set_message(what.to_owned());
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        if steps.last().is_none_or(|last| last.0 != what) {
            steps.push((what.to_owned(), self.started.elapsed()));
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}
