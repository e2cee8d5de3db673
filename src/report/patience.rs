//! How patient callers are, as keys for a queue of scenario.toml.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use crate::history::Waits;
use crate::staffing::patience_fit::{PatienceFit, fit};

/// Of so many callers who hung up one may lack its wait.
const MOST_UNKNOWN: usize = 20;

/// Patience of each queue, with how sure it is.
#[must_use]
pub fn patience(file: &Waits) -> String {
    let mut lines = Vec::new();
    for (queue, waits) in &file.queues {
        let found = fit(waits);
        let name = if queue.is_empty() { say("patience-all") } else { queue.clone() };
        let counts = [
            ("queue", name.into()),
            ("calls", found.calls.into()),
            ("gave_up", found.gave_up.into()),
        ];
        lines.push(format!("# {}", say_with("patience-counts", &counts)));
        let unknown = file.gave_up_without_wait.get(queue).copied().unwrap_or(0);
        lines.extend(of_queue(&found, unknown));
        lines.push(String::new());
    }
    if lines.is_empty() {
        lines.push(format!("# {}", say("patience-nothing")));
        lines.push(String::new());
    }
    lines.join("\n")
}

fn of_queue(found: &PatienceFit, unknown: usize) -> Vec<String> {
    // Where more than a few hung up at nobody knows what time, the others say nothing about them.
    if unknown * MOST_UNKNOWN > unknown + found.gave_up {
        return vec![format!("# {}", say_with("patience-unknown", &[("unknown", unknown.into())]))];
    }
    let mut lines = Vec::new();
    for own in &found.still_patient {
        let mentions = [
            ("minutes", fixed(own.minutes, 2).into()),
            ("share", percent(own.share).into()),
            ("low", percent(own.low).into()),
            ("high", percent(own.high).into()),
            ("exponential", percent(own.exponential).into()),
        ];
        lines.push(format!("# {}", say_with("patience-after", &mentions)));
    }
    if found.is_another_shape {
        lines.push(format!("# {}", say("patience-another-shape")));
    }
    lines.push(match found.mean {
        Some((mean, low, high)) => {
            let mentions = [("low", fixed(low, 2).into()), ("high", fixed(high, 2).into())];
            let range = say_with("patience-range", &mentions);
            format!("patience_minutes = {} # {range}", fixed(mean, 2))
        }
        None => format!("patience_minutes = \"infinite\" # {}", say("patience-nobody")),
    });
    lines
}
