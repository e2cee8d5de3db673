//! How often cases go on from one level of support to another, from a log of the levels they were at.
//!
//! A case is worked by each level it was at, and goes on from a level when a later row of it names a higher one:
//!
//! ```text
//! share[a, b] = cases that went from a to b next above it / cases that were at a
//! ```
//!
//! Levels are ordered by their names as people write them: `L1`, `2nd`, `Level 3` by their number, others by the
//! alphabet. A case that comes back down and goes up again is one case. Rows may stand in any order; those of the same
//! time keep the order of the file.

use std::collections::{BTreeMap, BTreeSet};

use csv::ByteRecord;

use super::rows::{self, MOST_PROBLEMS, lacking, place_of, shown, told};
use super::{contacts, stamp, text};
use crate::calendar::Date;
use crate::scenario::Problem;
use crate::units::Share;

/// Which columns of a log say what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelColumns {
    /// Which case a row is of.
    pub case: String,
    /// When.
    pub time: String,
    /// The level the case was at.
    pub level: String,
}

/// Who hands on how much to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// Cases in the log.
    pub cases: usize,
    /// Levels from the lowest, with the cases that came in there and the cases that were ever there.
    pub levels: Vec<(String, usize, usize)>,
    /// From level to level.
    pub handovers: Vec<Handover>,
}

/// Cases that go on from one level to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Handover {
    /// The level that hands on.
    pub from: String,
    /// The level that gets them.
    pub to: String,
    /// How many cases.
    pub cases: usize,
    /// Their share of the cases that were ever at `from`.
    pub share: Share,
}

/// Read a log and work out the shares.
///
/// # Errors
/// What is wrong with it, the first twenty problems at once.
pub fn levels(bytes: &[u8], file: &str, columns: &LevelColumns) -> Result<Levels, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let (mut reader, names) = rows::opened(&text, file)?;
    let wanted =
        [&columns.case, &columns.time, &columns.level].map(|name| name.trim().to_lowercase());
    let places = wanted.each_ref().map(|name| place_of(&names, name));
    let missing = wanted.iter().zip(places).filter(|(_, place)| place.is_none());
    let missing: Vec<Problem> = missing.map(|(name, _)| lacking(file, name, &names)).collect();
    let [Some(case), Some(time), Some(level)] = places else { return Err(missing) };
    let mut log = Log::new();
    let (mut problems, mut row) = (Vec::new(), ByteRecord::new());
    while reader.read_byte_record(&mut row).unwrap_or(false) && problems.len() < MOST_PROBLEMS {
        let field = |place: usize| shown(row.get(place).unwrap_or_default());
        let (case, level, written) = (field(case), field(level), field(time));
        let mut wrong = |code, cause: String, fix: &str| {
            let line = row.position().map_or(0, csv::Position::line);
            problems.push(told(code, &format!("{file}, line {line}"), cause, fix.to_owned()));
        };
        if case.is_empty() || level.is_empty() {
            wrong(
                "S641",
                "the case or its level is missing".to_owned(),
                "fill in both, or drop the row",
            );
        } else if let Some(minute) = minute(&written) {
            log.entry(case).or_default().push((minute, written, level));
        } else {
            wrong("S605", format!("`{written}` is not a time"), "write such as 2026-11-30 09:00");
        }
    }
    if log.is_empty() && problems.is_empty() {
        let fix = "give at least one row below the header".to_owned();
        problems.push(told("S609", file, "the file has no rows".to_owned(), fix));
    }
    if problems.is_empty() { Ok(worked_out(log)) } else { Err(problems) }
}

/// Rows by case: minute, time as written, level.
type Log = BTreeMap<String, Vec<(i64, String, String)>>;

/// Minutes since some day long ago, by the clock of Greenwich where the time has an offset.
fn minute(written: &str) -> Option<i64> {
    let (date, minute) = contacts::when(written.as_bytes())?;
    let offset = stamp::read(written.as_bytes())?.offset.unwrap_or(0);
    let long_ago = Date::parse("1900-01-01").ok()?;
    Some(date.days_since(long_ago) * 24 * 60 + i64::from(minute) - i64::from(offset))
}

fn worked_out(log: Log) -> Levels {
    let (mut came_in, mut been) = (BTreeMap::new(), BTreeMap::new());
    let mut steps = BTreeMap::<(Rank, Rank), usize>::new();
    let cases = log.len();
    for mut rows in log.into_values() {
        // Within a minute, times of one log are written alike, so that their text sorts as they do.
        rows.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        let path: Vec<Rank> = rows.into_iter().map(|(_, _, level)| Rank::of(level)).collect();
        if let Some(first) = path.first() {
            *came_in.entry(first.clone()).or_insert(0) += 1;
        }
        for level in path.iter().collect::<BTreeSet<_>>() {
            *been.entry(level.clone()).or_insert(0) += 1;
        }
        let ups = path.windows(2).filter(|pair| pair[0] < pair[1]);
        let ups: BTreeSet<(&Rank, &Rank)> = ups.map(|pair| (&pair[0], &pair[1])).collect();
        for (from, to) in ups {
            *steps.entry((from.clone(), to.clone())).or_default() += 1;
        }
    }
    let handovers = steps.into_iter().filter_map(|((from, to), cases)| {
        let share = Share::of(whole(cases), whole(*been.get(&from)?))?;
        Some(Handover { from: from.name, to: to.name, cases, share })
    });
    let handovers = handovers.collect();
    let level = |(rank, been): (Rank, usize)| {
        let came_in = came_in.get(&rank).copied().unwrap_or(0);
        (rank.name, came_in, been)
    };
    Levels { cases, levels: been.into_iter().map(level).collect(), handovers }
}

#[expect(clippy::cast_precision_loss, reason = "cases are far fewer than 2^52")]
fn whole(count: usize) -> f64 {
    count as f64
}

/// A level in its order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    number: Option<u64>,
    name: String,
}

impl Rank {
    fn of(name: String) -> Rank {
        let digits: String = name
            .chars()
            .skip_while(|letter| !letter.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        Rank { number: digits.parse().ok(), name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> LevelColumns {
        let [case, time, level] = ["case", "time", "level"].map(str::to_owned);
        LevelColumns { case, time, level }
    }

    #[test]
    fn shares_are_of_the_cases_that_were_at_a_level() {
        // a goes 1, 2, 3; b 1, 2; c and d stay at 1; e comes in at 2.
        let log = "case,time,level\na,2026-01-05 09:00,L1\na,2026-01-05 10:00,L2\na,2026-01-05 11:00,L3\n\
                   b,2026-01-05 09:00,L1\nb,2026-01-05 09:30,L2\nc,2026-01-05 09:00,L1\n\
                   d,2026-01-05 09:00,L1\ne,2026-01-05 09:00,L2\n";
        let told = levels(log.as_bytes(), "log", &columns()).unwrap();
        let share = |place: usize| told.handovers[place].share.value();
        assert_eq!((told.cases, told.handovers.len(), share(0)), (5, 2, 0.5));
        assert!((share(1) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(told.levels[1], ("L2".to_owned(), 1, 3));
    }

    #[test]
    fn a_case_that_comes_back_and_goes_up_again_is_one_case_in_any_order_of_rows() {
        let mut rows = [
            "a,2026-01-05 09:00,1st",
            "a,2026-01-05 10:00,2nd",
            "a,2026-01-05 11:00,1st",
            "a,2026-01-05 12:00,2nd",
        ];
        let told = |rows: &[&str]| {
            levels(format!("case,time,level\n{}\n", rows.join("\n")).as_bytes(), "log", &columns())
                .unwrap()
        };
        let forward = told(&rows);
        rows.reverse();
        assert_eq!(told(&rows), forward);
        assert_eq!((forward.handovers[0].cases, forward.handovers[0].share.value()), (1, 1.0));
    }

    #[test]
    fn a_tenth_level_comes_after_a_second() {
        assert!(Rank::of("L10".to_owned()) > Rank::of("L2".to_owned()));
    }

    #[test]
    fn rows_that_say_too_little_are_told() {
        let problems = levels(b"case,time,level\na,2026-01-05,\na,soon,1\n", "log", &columns());
        let codes: Vec<&str> = problems.unwrap_err().iter().map(|it| it.code).collect();
        assert_eq!(codes, ["S641", "S605"]);
        let missing = levels(b"case\na\n", "log", &columns()).unwrap_err();
        assert_eq!(missing.iter().map(|it| it.code).collect::<Vec<_>>(), ["S602", "S602"]);
        assert_eq!(levels(b"case,time,level\n", "log", &columns()).unwrap_err()[0].code, "S609");
    }
}
