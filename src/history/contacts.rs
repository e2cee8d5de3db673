//! One row a contact, counted into intervals: what help desks and telephone systems export.

use std::collections::BTreeMap;
use std::fmt::Write;

use csv::ByteRecord;

use super::rows::{self, MOST_PROBLEMS, lacking, place_of, shown, told};
use super::{stamp, text};
use crate::calendar::{ClockTime, Date};
use crate::scenario::Problem;
use crate::units::Minutes;

/// Which columns of a file of contacts say what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactColumns {
    /// When a contact came in.
    pub start: String,
    /// What tells queues apart; none: all are one queue.
    pub queue: Option<String>,
    /// What its values are called instead.
    pub renamed: BTreeMap<String, String>,
}

/// Contacts by interval and queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Contacts by date, minute of the day and queue.
    pub contacts: BTreeMap<(Date, u16, String), u64>,
    /// Rows without a time, which were left out.
    pub without_time: usize,
    /// Whether queues are told apart.
    has_queues: bool,
}

/// Count the contacts of a file into intervals of `grid` minutes.
///
/// Rows without a time are left out and counted; an empty queue is called `other`. Days and intervals without a
/// contact have no row, as [`super::read`] expects.
///
/// # Errors
/// What is wrong with it, the first twenty problems at once.
pub fn count(
    bytes: &[u8],
    file: &str,
    columns: &ContactColumns,
    grid: Minutes,
) -> Result<Counted, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let (mut reader, names) = rows::opened(&text, file)?;
    let find = |name: &str| {
        let name = name.trim().to_lowercase();
        place_of(&names, &name).ok_or_else(|| lacking(file, &name, &names))
    };
    let start = find(&columns.start);
    let queue = columns.queue.as_deref().map(find).transpose();
    let (start, queue) = match (start, queue) {
        (Ok(start), Ok(queue)) => (start, queue),
        (start, queue) => return Err([start.err(), queue.err()].into_iter().flatten().collect()),
    };
    let grid = u16::try_from(grid.0.clamp(1, 1440)).unwrap_or(30);
    let has_queues = queue.is_some();
    let mut counted = Counted { contacts: BTreeMap::new(), without_time: 0, has_queues };
    let (mut problems, mut row) = (Vec::new(), ByteRecord::new());
    while reader.read_byte_record(&mut row).unwrap_or(false) && problems.len() < MOST_PROBLEMS {
        let written = row.get(start).unwrap_or_default().trim_ascii();
        if written.is_empty() {
            counted.without_time += 1;
            continue;
        }
        let Some((date, minute)) = when(written) else {
            let line = row.position().map_or(0, csv::Position::line);
            let cause = format!("`{}` is not a time", shown(written));
            let fix = "write such as 2026-11-30 09:00".to_owned();
            problems.push(told("S605", &format!("{file}, line {line}"), cause, fix));
            continue;
        };
        let name = queue.map(|place| columns.name(row.get(place).unwrap_or_default()));
        let slot = minute.div_euclid(grid) * grid;
        *counted.contacts.entry((date, slot, name.unwrap_or_default())).or_default() += 1;
    }
    if problems.is_empty() { Ok(counted) } else { Err(problems) }
}

impl ContactColumns {
    /// A value as the name of a queue.
    fn name(&self, field: &[u8]) -> String {
        let value = shown(field);
        if let Some(name) = self.renamed.get(&value) {
            return name.clone();
        }
        let letters = value.to_lowercase();
        let words: Vec<&str> = letters
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .collect();
        if words.is_empty() { "other".to_owned() } else { words.join("-") }
    }
}

impl Counted {
    /// As `history.csv` of a scenario: `start,queue,contacts`.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = String::from(if self.has_queues {
            "start,queue,contacts\n"
        } else {
            "start,contacts\n"
        });
        for ((date, minute, queue), contacts) in &self.contacts {
            let clock = ClockTime(*minute);
            let row = if self.has_queues {
                writeln!(text, "{date} {clock},{queue},{contacts}")
            } else {
                writeln!(text, "{date} {clock},{contacts}")
            };
            row.expect("writing to memory cannot fail");
        }
        text
    }
}

/// The date and minute of a time as written, whatever its offset.
pub(super) fn when(field: &[u8]) -> Option<(Date, u16)> {
    let stamp = stamp::read(field)?;
    let (year, month, day) = stamp.date;
    Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok().map(|date| (date, stamp.minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(start: &str, queue: Option<&str>) -> ContactColumns {
        ContactColumns {
            start: start.to_owned(),
            queue: queue.map(str::to_owned),
            renamed: [("1".to_owned(), "critical".to_owned())].into(),
        }
    }

    const TICKETS: &str = "id,opened,priority\n7,2026-01-05 09:01:17,1\n8,2026-01-05 09:29:59,1\n\
                           9,2026-01-05 09:30,Low / later\n10,,3\n11,2026-01-06 00:00,\n";

    #[test]
    fn contacts_of_an_interval_are_counted_by_queue_in_order() {
        let counted =
            count(TICKETS.as_bytes(), "t", &columns("opened", Some("Priority")), Minutes(30));
        let counted = counted.unwrap();
        assert_eq!(counted.without_time, 1);
        assert_eq!(
            counted.to_csv(),
            "start,queue,contacts\n2026-01-05 09:00,critical,2\n2026-01-05 09:30,low-later,1\n\
             2026-01-06 00:00,other,1\n"
        );
    }

    #[test]
    fn the_order_of_rows_changes_nothing() {
        let mut lines: Vec<&str> = TICKETS.lines().collect();
        lines[1..].reverse();
        let columns = columns("opened", Some("priority"));
        let turned = count(lines.join("\n").as_bytes(), "t", &columns, Minutes(30));
        assert_eq!(turned, count(TICKETS.as_bytes(), "t", &columns, Minutes(30)));
    }

    #[test]
    fn all_missing_columns_are_told_at_once() {
        let problems = count(TICKETS.as_bytes(), "t", &columns("when", Some("kind")), Minutes(30));
        assert_eq!(problems.unwrap_err().iter().map(|it| it.code).collect::<Vec<_>>(), ["S602"; 2]);
    }

    #[test]
    fn a_row_whose_time_is_none_is_told_with_its_line() {
        let problems =
            count(b"opened\n2026-01-05\nlater\n", "t", &columns("opened", None), Minutes(30));
        let problem = &problems.unwrap_err()[0];
        assert_eq!((problem.code, problem.place.as_str()), ("S605", "t, line 3"));
    }
}
