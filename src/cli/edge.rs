//! The edge of the program: terminal, clock, Ctrl-C, faults.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use std::time::Instant;

use anyhow::Context;
use clap::ValueEnum;

use crate::calendar::{Calendar, Date};
use crate::report::Paint;
use crate::units::Moment;

use super::Failure;

/// When messages are coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    /// What `--color` says, read before the arguments are, so that complaints about them obey it.
    pub(super) fn asked(arguments: &[OsString]) -> Colour {
        let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
        let apart = words.windows(2).filter(|pair| pair[0] == "--color").map(|pair| pair[1]);
        let joined = words.iter().filter_map(|word| word.strip_prefix("--color="));
        let last = apart.chain(joined).last();
        last.and_then(|word| Colour::from_str(word, false).ok()).unwrap_or_default()
    }

    pub(super) fn for_help(self) -> clap::ColorChoice {
        match self {
            Colour::Auto => clap::ColorChoice::Auto,
            Colour::Always => clap::ColorChoice::Always,
            Colour::Never => clap::ColorChoice::Never,
        }
    }

    fn is_shown(self, stream: &impl IsTerminal) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Colour::Auto => stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb,
            Colour::Always => true,
            Colour::Never => false,
        }
    }
}

/// Talk to whoever runs the program, on stderr.
#[derive(Debug, Clone, Copy)]
pub(super) struct Talk {
    is_coloured: bool,
    paint: Paint,
}

impl Talk {
    pub(super) fn new(colour: Colour) -> Talk {
        let paint = if colour.is_shown(&io::stdout()) { Paint::Colour } else { Paint::Plain };
        Talk { is_coloured: colour.is_shown(&io::stderr()), paint }
    }

    /// Whether tables on stdout may use colour.
    pub(super) fn paint(self) -> Paint {
        self.paint
    }

    /// One line.
    #[expect(clippy::unused_self, reason = "whoever talks holds the right to")]
    pub(super) fn say(self, line: &str) {
        // Nobody is left to tell where stderr itself is gone.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// One line behind a red `error:`.
    pub(super) fn error(self, line: &str) {
        self.say(&format!("{}: {line}", self.dressed("error", "1;31")));
    }

    /// One line behind a `hint:`, set off from the line it helps with.
    pub(super) fn hint(self, line: &str) {
        self.say(&format!("  {}: {line}", self.dressed("hint", "1;36")));
    }

    fn dressed(self, word: &str, style: &str) -> String {
        if self.is_coloured { format!("\x1b[{style}m{word}\x1b[0m") } else { word.to_owned() }
    }
}

/// Print data. A reader who has seen enough and left, such as `head`, is not an error.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::File(anyhow::Error::new(error).context("could not write to stdout")))
        }
        _ => Ok(()),
    }
}

/// Hear Ctrl-C: the first raises the flag, a second ends the program at once.
pub(super) fn hear_stop(talk: Talk) -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stopped);
    let heard = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        talk.say("stopping with the best plan so far; press Ctrl-C again to end at once");
    });
    if heard.is_err() {
        talk.say("Ctrl-C cannot be heard here; it ends the program at once");
    }
    stopped
}

/// Today in a time zone.
pub(super) fn today(zone: &str) -> Result<Date, Failure> {
    let zone: chrono_tz::Tz = zone
        .parse()
        .with_context(|| format!("`{zone}` is not an IANA time zone"))
        .map_err(Failure::File)?;
    let today = chrono::Utc::now().with_timezone(&zone).format("%Y-%m-%d").to_string();
    Date::parse(&today)
        .map_err(|cause| Failure::File(anyhow::anyhow!(cause).context("the clock is wrong")))
}

/// This minute as a calendar counts it.
pub(super) fn now(calendar: &Calendar) -> Result<Moment, Failure> {
    let now = chrono::Utc::now().format("%Y-%m-%dT%H:%M:00+00:00").to_string();
    calendar
        .read_stamp(&now)
        .map_err(|cause| Failure::File(anyhow::anyhow!(cause).context("the clock is wrong")))
}

/// Processor time this program has taken, over all threads, where the system tells.
#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "other systems do not tell"))]
pub(super) fn cpu_seconds() -> Option<f64> {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let taken = clock_gettime(ClockId::ProcessCPUTime);
        #[expect(clippy::cast_precision_loss, reason = "seconds of one run are few")]
        Some(taken.tv_sec as f64 + taken.tv_nsec as f64 / 1e9)
    }
    #[cfg(not(unix))]
    None
}

/// Letters that fit in a line of stdout; 100 where it is no terminal.
pub(super) fn width() -> usize {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(io::stdout()) {
        return usize::from(size.ws_col).max(40);
    }
    100
}

/// Seconds on a clock that only runs forward.
pub(super) fn wall_seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Turn a panic into a line that says what to do about it.
pub(super) fn report_faults_kindly(colour: Colour) {
    panic::set_hook(Box::new(move |fault| {
        let talk = Talk::new(colour);
        let what = fault.payload_as_str().unwrap_or("no words were left");
        let place =
            fault.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        talk.error(&format!("Evenkeel made a mistake at {place}: {what}"));
        talk.hint(&format!(
            "this is our fault, not yours; please report this line, `evenkeel {}` and, if you may share \
             them, the files it read",
            env!("CARGO_PKG_VERSION")
        ));
    }));
}
