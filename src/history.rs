//! Past contacts, read from interval files.
//!
//! `history.csv` of a scenario has `start,queue,contacts` and may have `complexity`; a bare file has `start`
//! and one or more columns of counts. A team with one queue may leave `queue` out. What is assumed:
//!
//! - A start belongs to the slot it lies in; rows of the same slot (one a topic, one a class, one a contact)
//!   are **added up**, so a file that holds the same rows twice counts them twice.
//! - The grid is the coarsest of 60, 30, 15, 10 and 5 minutes that all starts of a queue keep; where none
//!   fits, 5. A file with midnight starts alone is one of daily totals.
//! - On a day with any row in the file, a slot or queue without a row had no contacts; a day without rows is
//!   unknown and left out. A queue's days begin with its first row.
//! - Rows from the first day of the horizon on are passed over unread: the future is not known.
//! - Times are local. Where a row carries an offset and a calendar is at hand, the clock of its zone is read.

mod contacts;
mod holidays;
mod levels;
mod rows;
mod series;
mod stamp;
mod text;
mod waits;

use crate::calendar::{Calendar, Date};
use crate::id::{ComplexityId, Names, QueueId};
use crate::scenario::Problem;
use crate::units::{Contacts, Minutes, Share};

pub use contacts::{ContactColumns, Counted, count};
pub use holidays::holidays;
pub use levels::{Handover, LevelColumns, Levels, levels};
pub use text::decoded;
pub use waits::{Wait, WaitColumns, Waits, waits};

/// Past contacts of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// One series a queue of the scenario, in its order.
    pub series: Vec<Series>,
}

/// Past contacts of one queue: whole local days on a grid of clock times.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Clock minutes between two slots of a day; 1440 for daily totals.
    pub grid: Minutes,
    /// Days in order, gaps left out.
    pub days: Vec<PastDay>,
}

/// One past day.
#[derive(Debug, Clone, PartialEq)]
pub struct PastDay {
    /// Its date.
    pub date: Date,
    /// Contacts by slot of the day.
    pub contacts: Vec<Contacts>,
    /// Contacts of the day by class of complexity; empty where the file does not say.
    pub by_complexity: Vec<(ComplexityId, Contacts)>,
}

/// The problems a history file can have: code and what it means.
pub const PROBLEMS: [(&str, &str); 13] = [
    ("S601", "a history file is not text in UTF-8, UTF-16 or Windows-1252"),
    ("S602", "a history file lacks a column it needs"),
    ("S603", "a history file has a column that means nothing here, or one twice"),
    ("S604", "a row of a history file has too few or too many fields"),
    ("S605", "the start of a row of a history file is not a time"),
    ("S606", "a row of a history file names an unknown queue"),
    ("S607", "a row of a history file names an unknown class of complexity"),
    (
        "S608",
        "the contacts of a row of a history file are not a number from 0 to a thousand million",
    ),
    ("S609", "a history file has no rows"),
    ("S640", "a line of a file of holidays names no date"),
    ("S641", "a row of a log of levels has no case or no level"),
    ("S468", "a row of a file of calls does not say whether it was answered"),
    ("S469", "the wait of a row of a file of calls is not a time from 0 to a day"),
];

/// Read a scenario's history file.
///
/// # Errors
/// What is wrong with it, the first twenty problems at once.
pub fn read(
    bytes: &[u8],
    file: &str,
    queues: &Names<QueueId>,
    complexities: &Names<ComplexityId>,
    calendar: &Calendar,
) -> Result<History, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let gathered = rows::of_scenario(&text, file, queues, complexities, calendar)?;
    Ok(History { series: series::of_queues(gathered, queues.len()) })
}

/// Which counts of a bare file are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Column<'a> {
    /// Its name; none: `contacts`, else the only one besides `start`.
    pub name: Option<&'a str>,
    /// Whose clock times with an offset are put on; none: they are taken as written.
    pub calendar: Option<&'a Calendar>,
    /// Rows from this date on are passed over unread; none: all are read.
    pub before: Option<Date>,
}

/// Read one column of a bare file.
///
/// # Errors
/// What is wrong with it, the first twenty problems at once.
pub fn read_bare(bytes: &[u8], file: &str, column: Column<'_>) -> Result<Series, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let gathered = rows::of_column(&text, file, column)?;
    Ok(series::of_queues(gathered, 1).remove(0))
}

impl History {
    /// Past contacts of one queue of `queues`, and none of the others.
    #[must_use]
    pub fn of_one(queue: QueueId, series: Series, queues: usize) -> History {
        use crate::id::Id;
        let mut all = vec![Series::empty(); queues];
        all[queue.index()] = series;
        History { series: all }
    }
}

impl Series {
    /// No past at all.
    #[must_use]
    pub fn empty() -> Series {
        Series { grid: Minutes(60), days: Vec::new() }
    }

    /// How many slots a day has.
    #[must_use]
    pub fn slots(&self) -> usize {
        usize::try_from((24 * 60_i64).div_euclid(self.grid.0.max(1))).unwrap_or(1)
    }

    /// The days before a date.
    #[must_use]
    pub fn before(&self, date: Date) -> &[PastDay] {
        &self.days[..self.days.partition_point(|day| day.date < date)]
    }

    /// Shares of the classes of complexity over the 8 weeks of history that end before a date; none where
    /// the file does not say, or nothing came in.
    #[must_use]
    pub fn mix(&self, before: Date) -> Option<Vec<(ComplexityId, Share)>> {
        const WEEKS: i64 = 8;
        let days = self.before(before);
        let last = days.last()?.date;
        let mut totals = std::collections::BTreeMap::<ComplexityId, f64>::new();
        for day in days.iter().rev().take_while(|day| last.days_since(day.date) < 7 * WEEKS) {
            for &(class, contacts) in &day.by_complexity {
                *totals.entry(class).or_default() += contacts.0;
            }
        }
        let whole: f64 = totals.values().sum();
        totals.into_iter().map(|(class, part)| Some((class, Share::of(part, whole)?))).collect()
    }
}

impl PastDay {
    /// All contacts of the day.
    #[must_use]
    pub fn total(&self) -> Contacts {
        self.contacts.iter().copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn bare(text: &str) -> Result<Series, Vec<Problem>> {
        read_bare(text.as_bytes(), "history.csv", Column::default())
    }

    fn counts(series: &Series, day: usize) -> Vec<f64> {
        series.days[day].contacts.iter().map(|contacts| contacts.0).collect()
    }

    fn team() -> (Names<QueueId>, Names<ComplexityId>, Calendar) {
        let (mut queues, mut classes) = (Names::default(), Names::default());
        queues.add("phone").unwrap();
        queues.add("chat").unwrap();
        classes.add("simple").unwrap();
        classes.add("deep").unwrap();
        let monday = Date::parse("2026-11-30").unwrap();
        (queues, classes, Calendar::new("Europe/Dublin", monday, 7, Minutes(30)).unwrap())
    }

    fn read_team(text: &str) -> Result<History, Vec<Problem>> {
        let (queues, classes, calendar) = team();
        read(text.as_bytes(), "history.csv", &queues, &classes, &calendar)
    }

    #[test]
    fn the_same_file_in_five_dialects_reads_the_same() {
        let plain = bare("start,contacts\n2026-01-05 09:00,3.5\n2026-01-05 09:30,4\n").unwrap();
        assert_eq!(plain.grid, Minutes(30));
        assert_eq!(counts(&plain, 0)[18..20], [3.5, 4.0]);
        let dialects = [
            "\u{feff}start;contacts\r\n2026-01-05T09:00;3,5\r\n2026-01-05T09:30;4\r\n",
            "\"start\",\"contacts\"\n\"2026-01-05 09:00:00\",\"3,5\"\n\"2026-01-05 09:30\",\"4\"",
            "Start\tContacts\n2026-01-05T09:00:00+00:00\t3.5\n2026-01-05T09:30:00+00:00\t4.0\n",
            "start;contacts;\n05.01.2026 9:00;3,50;\n05.01.2026 09:30;4,0;\n",
        ];
        for text in dialects {
            assert_eq!(bare(text), Ok(plain.clone()), "{text}");
        }
        let wide: Vec<u8> = "\u{feff}start,contacts\n2026-01-05 09:00,3.5\n2026-01-05 09:30,4\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read_bare(&wide, "history.csv", Column::default()), Ok(plain));
    }

    #[test]
    fn a_slot_without_a_row_had_no_contacts_but_a_day_without_rows_is_unknown() {
        let series =
            bare("start,n\n2026-01-05 09:00,3\n2026-01-05 10:00,4\n2026-01-08 09:30,5\n").unwrap();
        assert_eq!(series.grid, Minutes(30));
        assert_eq!(counts(&series, 0)[18..22], [3.0, 0.0, 4.0, 0.0]);
        let dates: Vec<String> = series.days.iter().map(|day| day.date.to_string()).collect();
        assert_eq!(dates, ["2026-01-05", "2026-01-08"]);
    }

    #[test]
    fn a_queue_silent_on_a_day_others_have_rows_had_no_contacts_from_its_first_row_on() {
        let history = read_team(
            "start,queue,contacts\n2026-01-05 09:00,phone,3\n2026-01-06 09:00,phone,3\n\
             2026-01-06 09:00,chat,2\n2026-01-07 09:00,phone,3\n",
        )
        .unwrap();
        let chat = &history.series[1];
        assert_eq!(chat.days.iter().map(|day| day.total().0).collect::<Vec<_>>(), [2.0, 0.0]);
    }

    #[test]
    fn rows_of_the_same_slot_add_up_and_classes_make_a_mix() {
        let history = read_team(
            "start,queue,complexity,contacts\n2026-01-05 09:00,phone,simple,3\n\
             2026-01-05 09:00,phone,deep,1\n2026-01-06 09:00,phone,deep,9\n",
        )
        .unwrap();
        let phone = &history.series[0];
        assert_eq!(phone.days[0].total(), Contacts(4.0));
        let mix = phone.mix(Date::parse("2026-01-06").unwrap()).unwrap();
        assert_eq!(mix[0], (ComplexityId::at(0), Share::try_from(0.75).unwrap()));
        assert_eq!(phone.mix(Date::parse("2026-01-05").unwrap()), None);
    }

    #[test]
    fn a_row_in_another_zone_counts_on_the_clock_of_the_team() {
        let history = read_team("start,queue,contacts\n2026-07-01T08:00:00Z,phone,3\n").unwrap();
        assert_eq!(history.series[0].days[0].contacts[9], Contacts(3.0));
    }

    #[test]
    fn midnight_starts_alone_are_daily_totals() {
        let series = bare("start,n\n2026-01-05,300\n2026-01-06,310\n").unwrap();
        assert_eq!((series.grid, counts(&series, 1)), (Minutes(1440), vec![310.0]));
    }

    #[test]
    fn one_row_a_contact_is_counted_into_slots() {
        let series =
            bare("start,n\n2026-01-05 09:01:17,1\n2026-01-05 09:04:59,1\n2026-01-05 09:07,1\n")
                .unwrap();
        assert_eq!(series.grid, Minutes(5));
        assert_eq!(counts(&series, 0)[108..110], [2.0, 1.0]);
    }

    #[test]
    fn every_problem_of_a_file_is_told_at_once_with_its_line() {
        let problems = read_team(
            "start,queue,contacts\n2026-13-05 09:00,phone,3\n2026-01-05 09:00,fone,3\n\
             2026-01-05 09:00,phone,-1\n2026-01-05 09:00\n2026-01-05 09:00,phone,NaN\n",
        )
        .unwrap_err();
        let told: Vec<(&str, &str)> =
            problems.iter().map(|problem| (problem.code, problem.place.as_str())).collect();
        assert_eq!(
            told,
            [
                ("S605", "history.csv, line 2"),
                ("S606", "history.csv, line 3"),
                ("S608", "history.csv, line 4"),
                ("S604", "history.csv, line 5"),
                ("S608", "history.csv, line 6"),
            ]
        );
        assert!(problems[1].cause.contains("did you mean `phone`?"));
    }

    #[test]
    fn a_file_without_sense_is_refused_with_a_way_out() {
        let code = |text: &str| bare(text).unwrap_err()[0].code;
        assert_eq!(code(""), "S602");
        assert_eq!(code("start,contacts\n"), "S609");
        assert_eq!(code("date,contacts\n2026-01-05,3\n"), "S602");
        assert_eq!(code("start,calls,mails\n2026-01-05,3,4\n"), "S602");
        assert_eq!(code("start,contacts,contacts\n2026-01-05,3,4\n"), "S603");
        let unknown = read_team("start,queue,contacts,colour\n").unwrap_err();
        assert_eq!(unknown[0].code, "S603");
        assert_eq!(read_bare(b"\xff\xfe\x00", "h", Column::default()).unwrap_err()[0].code, "S601");
    }

    #[test]
    fn a_flood_of_problems_stops_at_twenty() {
        let flood = format!("start,n\n{}", "x,y\n".repeat(10_000));
        assert_eq!(bare(&flood).unwrap_err().len(), 20);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(0u8.., 0..400)) {
            let _ = read_bare(&bytes, "history.csv", Column::default());
            let mut headed = b"start,queue,contacts,complexity\n".to_vec();
            headed.extend(&bytes);
            let (queues, classes, calendar) = team();
            let _ = read(&headed, "history.csv", &queues, &classes, &calendar);
        }

        #[test]
        fn nothing_is_lost_between_rows_and_days(
            rows in proptest::collection::vec((0u32..27, 0u32..1440, 0u32..50), 1..60)
        ) {
            let mut text = String::from("start,n\n");
            for (day, minute, contacts) in &rows {
                let (day, hour, minute) = (day + 1, minute.div_euclid(60), minute % 60);
                let row = format!("2026-02-{day:02} {hour:02}:{minute:02},{contacts}\n");
                text.push_str(&row);
            }
            let series = bare(&text).unwrap();
            let kept: f64 = series.days.iter().map(|day| day.total().0).sum();
            let given: u32 = rows.iter().map(|row| row.2).sum();
            assert_eq!(kept, f64::from(given));
        }
    }
}
