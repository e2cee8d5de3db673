//! How long callers length, and whether they were answered, from a file of one row a call.

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::rows::{self, MOST_PROBLEMS, lacking, place_of, shown, told};
use super::text;
use crate::scenario::Problem;

/// Which columns of a file of calls say what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitColumns {
    /// How long somebody length: seconds, or `mm:ss`, or `hh:mm:ss`.
    pub wait: String,
    /// Whether they were answered: yes or no, in words many systems use.
    pub answered: String,
    /// What tells queues apart; none: all are one queue.
    pub queue: Option<String>,
}

/// One wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// Minutes.
    pub minutes: f64,
    /// Whether it ended because the caller hung up.
    pub gave_up: bool,
}

/// Waits by queue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits {
    /// By queue; all under an empty name where none are told apart.
    pub queues: BTreeMap<String, Vec<Wait>>,
    /// Rows left out because they say no wait.
    pub without_wait: usize,
    /// Of these, rows of callers who hung up, by queue: where they are many, patience cannot be told.
    pub gave_up_without_wait: BTreeMap<String, usize>,
}

const YES: [&str; 9] = ["y", "yes", "true", "1", "answered", "served", "agent", "handled", "ok"];
const NO: [&str; 12] = [
    "n",
    "no",
    "false",
    "0",
    "abandoned",
    "hang",
    "hangup",
    "hung up",
    "gave up",
    "lost",
    "missed",
    "unanswered",
];

/// Read the waits of a file.
///
/// # Errors
/// What is wrong with it, the first twenty problems at once.
pub fn waits(bytes: &[u8], file: &str, columns: &WaitColumns) -> Result<Waits, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let (mut reader, names) = rows::opened(&text, file)?;
    let wanted: Vec<String> =
        [Some(&columns.wait), Some(&columns.answered), columns.queue.as_ref()]
            .into_iter()
            .flatten()
            .map(|name| name.trim().to_lowercase())
            .collect();
    let places: Vec<Option<usize>> = wanted.iter().map(|name| place_of(&names, name)).collect();
    let missing = wanted.iter().zip(&places).filter(|(_, place)| place.is_none());
    let missing: Vec<Problem> = missing.map(|(name, _)| lacking(file, name, &names)).collect();
    let (Some(Some(wait)), Some(Some(answered)), true) =
        (places.first(), places.get(1), missing.is_empty())
    else {
        return Err(missing);
    };
    let mut found = Waits::default();
    let (mut problems, mut row) = (Vec::new(), ByteRecord::new());
    while reader.read_byte_record(&mut row).unwrap_or(false) && problems.len() < MOST_PROBLEMS {
        let field = |place: usize| shown(row.get(place).unwrap_or_default());
        let mut wrong = |code, cause: String, fix: &str| {
            let line = row.position().map_or(0, csv::Position::line);
            problems.push(told(code, &format!("{file}, line {line}"), cause, fix.to_owned()));
        };
        let (length, said) = (field(*wait), field(*answered).to_lowercase());
        let said = said.trim();
        let Some(gave_up) =
            (YES.contains(&said)).then_some(false).or(NO.contains(&said).then_some(true))
        else {
            wrong(
                "S468",
                format!("`{said}` does not say whether a call was answered"),
                "write yes or no",
            );
            continue;
        };
        let queue = places.get(2).copied().flatten().map(&field).unwrap_or_default();
        if length.trim().is_empty() {
            found.without_wait += 1;
            if gave_up {
                *found.gave_up_without_wait.entry(queue).or_default() += 1;
            }
        } else if let Some(minutes) = minutes(&length) {
            found.queues.entry(queue).or_default().push(Wait { minutes, gave_up });
        } else {
            wrong(
                "S469",
                format!("`{length}` is not a wait"),
                "write seconds, such as 42, or 0:42",
            );
        }
    }
    if found.queues.is_empty() && found.without_wait == 0 && problems.is_empty() {
        let fix = "give at least one row below the header".to_owned();
        problems.push(told("S609", file, "the file has no rows".to_owned(), fix));
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Seconds, `mm:ss` or `hh:mm:ss` as minutes; a day at most.
fn minutes(written: &str) -> Option<f64> {
    let parts: Option<Vec<f64>> =
        written.trim().split(':').map(|part| part.trim().parse::<f64>().ok()).collect();
    let parts = parts.filter(|parts| (1..=3).contains(&parts.len()))?;
    let seconds = parts.iter().fold(0.0, |sum, part| sum * 60.0 + part);
    let is_sound = parts.iter().all(|part| part.is_finite() && *part >= 0.0);
    (is_sound && seconds <= 86_400.0).then_some(seconds / 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> WaitColumns {
        let queue = Some("queue".to_owned());
        WaitColumns { wait: "Wait".to_owned(), answered: "answered".to_owned(), queue }
    }

    #[test]
    fn waits_read_as_telephone_systems_write_them() {
        let file = "queue,wait,answered\na,42,Y\na,1:30,no\nb,0:01:00,agent\nb,,N\n";
        let found = waits(file.as_bytes(), "calls", &columns()).unwrap();
        let of = |minutes, gave_up| Wait { minutes, gave_up };
        assert_eq!(found.queues["a"], [of(0.7, false), of(1.5, true)]);
        assert_eq!(found.queues["b"], [of(1.0, false)]);
        assert_eq!((found.without_wait, found.gave_up_without_wait["b"]), (1, 1));
    }

    #[test]
    fn every_slip_is_told_with_its_line() {
        let file = "queue,wait,answered\na,soon,Y\na,5,perhaps\na,-3,N\na,nan,N\na,1:2:3:4,N\n";
        let problems = waits(file.as_bytes(), "calls", &columns()).unwrap_err();
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["S469", "S468", "S469", "S469", "S469"]);
        assert_eq!(problems[1].place, "calls, line 3");
        let lacks = waits(b"start\n1\n", "calls", &columns()).unwrap_err();
        assert_eq!(lacks.len(), 3);
        assert_eq!(
            waits(b"queue,wait,answered\n", "calls", &columns()).unwrap_err()[0].code,
            "S609"
        );
    }
}
