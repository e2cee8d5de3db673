//! Rows of a history file, checked and added up by queue and day.

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::Column;
use super::stamp::{self, Stamp};
use crate::calendar::{Calendar, ClockTime, Date};
use crate::id::{ComplexityId, Id, Names, QueueId};
use crate::scenario::Problem;
use crate::units::Minutes;

/// Problems told before reading stops.
pub(super) const MOST_PROBLEMS: usize = 20;

/// Most contacts a row may hold; more is a slip of the pen.
const MOST_CONTACTS: f64 = 1e9;

/// Contacts by queue and day.
pub(super) type Gathered = BTreeMap<(usize, Date), DayRows>;

/// Contacts of one queue on one day.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct DayRows {
    /// Contacts by minute of the day, ascending.
    pub(super) minutes: Vec<(u16, f64)>,
    /// Contacts by class of complexity.
    pub(super) classes: BTreeMap<ComplexityId, f64>,
}

/// Where the columns are.
struct Columns {
    start: usize,
    contacts: usize,
    queue: Option<usize>,
    complexity: Option<usize>,
    /// Names, for problems.
    count_name: String,
    /// How many fields a row has.
    width: usize,
}

/// What the names in a row may be.
struct Known<'a> {
    queues: Option<&'a Names<QueueId>>,
    complexities: Option<&'a Names<ComplexityId>>,
    calendar: Option<&'a Calendar>,
    /// Rows from this date on are passed over unread.
    before: Option<Date>,
}

/// The rows of a scenario's file.
pub(super) fn of_scenario(
    text: &str,
    file: &str,
    queues: &Names<QueueId>,
    complexities: &Names<ComplexityId>,
    calendar: &Calendar,
) -> Result<Gathered, Vec<Problem>> {
    let known = Known {
        queues: Some(queues),
        complexities: Some(complexities),
        calendar: Some(calendar),
        before: Some(calendar.first()),
    };
    let only = (queues.len() == 1).then_some(());
    gather(text, file, &known, |names| {
        let mut problems = Vec::new();
        for name in names {
            if !["start", "queue", "contacts", "complexity"].contains(&name.as_str()) {
                let cause = if name == "handle_minutes" {
                    "handle times are not read from history".to_owned()
                } else {
                    format!("column `{name}` means nothing here")
                };
                let fix = "keep start, queue, contacts and, where known, complexity".to_owned();
                problems.push(told("S603", file, cause, fix));
            }
        }
        let queue = place_of(names, "queue");
        if queue.is_none() && only.is_none() {
            problems.push(lacking(file, "queue", names));
        }
        let (start, contacts) = (place_of(names, "start"), place_of(names, "contacts"));
        match (start, contacts) {
            (Some(start), Some(contacts)) if problems.is_empty() => Ok(Columns {
                start,
                contacts,
                queue,
                complexity: place_of(names, "complexity"),
                count_name: "contacts".to_owned(),
                width: names.len(),
            }),
            _ => {
                problems.extend(start.is_none().then(|| lacking(file, "start", names)));
                problems.extend(contacts.is_none().then(|| lacking(file, "contacts", names)));
                Err(problems)
            }
        }
    })
}

/// The rows of a bare file, all as queue 0.
pub(super) fn of_column(
    text: &str,
    file: &str,
    column: Column<'_>,
) -> Result<Gathered, Vec<Problem>> {
    let Column { name: column, calendar, before } = column;
    let known = Known { queues: None, complexities: None, calendar, before };
    gather(text, file, &known, |names| {
        let start = place_of(names, "start").ok_or_else(|| vec![lacking(file, "start", names)])?;
        let wanted = column.map(|name| name.trim().to_lowercase());
        let contacts = match &wanted {
            Some(name) => place_of(names, name),
            None => place_of(names, "contacts").or_else(|| {
                let mut others = (0..names.len()).filter(|&place| place != start);
                others.next().filter(|_| others.next().is_none())
            }),
        };
        let contacts = contacts.filter(|&place| place != start).ok_or_else(|| {
            let cause = match &wanted {
                Some(name) => format!("there is no column `{name}` of counts"),
                None => "it is not clear which column holds the counts".to_owned(),
            };
            let fix = format!("name one of the columns: {}", listed(names));
            vec![told("S602", file, cause, fix)]
        })?;
        Ok(Columns {
            start,
            contacts,
            queue: None,
            complexity: None,
            count_name: names[contacts].clone(),
            width: names.len(),
        })
    })
}

/// Rows still to read, and the names of their columns.
type Opened<'t> = (csv::Reader<&'t [u8]>, Vec<String>);

/// A table of fields, past its header.
pub(super) fn opened<'t>(text: &'t str, file: &str) -> Result<Opened<'t>, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    // Reading bytes from memory cannot fail while rows may differ in length.
    let headed = reader.read_byte_record(&mut record).unwrap_or(false);
    let names = if headed { header_names(&record) } else { Vec::new() };
    if let Some(twice) = (1..names.len()).find(|&place| names[..place].contains(&names[place])) {
        let cause = format!("column `{}` occurs twice", names[twice]);
        return Err(vec![told("S603", file, cause, "drop or rename one".to_owned())]);
    }
    Ok((reader, names))
}

fn gather(
    text: &str,
    file: &str,
    known: &Known<'_>,
    choose: impl FnOnce(&[String]) -> Result<Columns, Vec<Problem>>,
) -> Result<Gathered, Vec<Problem>> {
    let (mut reader, names) = opened(text, file)?;
    let columns = choose(&names)?;
    let mut record = ByteRecord::new();
    let mut gathering = Gathering::new(&columns, known);
    let mut problems = Vec::new();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        if let Err((code, cause, fix)) = gathering.take(&record) {
            let line = record.position().map_or(0, csv::Position::line);
            problems.push(told(code, &format!("{file}, line {line}"), cause, fix));
            if problems.len() == MOST_PROBLEMS {
                break;
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if gathering.days.is_empty() && !gathering.is_cut {
        let fix = "give at least one row below the header".to_owned();
        return Err(vec![told("S609", file, "the file has no rows".to_owned(), fix)]);
    }
    Ok(gathering.days)
}

/// Code, cause and fix of a problem of one row.
type Refusal = (&'static str, String, String);

/// Rows added up so far.
struct Gathering<'a> {
    columns: &'a Columns,
    known: &'a Known<'a>,
    days: Gathered,
    /// Dates already seen, so that each is checked once.
    dates: BTreeMap<(u16, u8, u8), Date>,
    /// Whether rows were passed over because they lie too late.
    is_cut: bool,
}

impl<'a> Gathering<'a> {
    fn new(columns: &'a Columns, known: &'a Known<'a>) -> Gathering<'a> {
        Gathering { columns, known, days: Gathered::new(), dates: BTreeMap::new(), is_cut: false }
    }

    fn take(&mut self, row: &ByteRecord) -> Result<(), Refusal> {
        let columns = self.columns;
        // What lies too late is not even found fault with, so that it cannot matter in any way.
        if let (Some(before), Some(start)) = (self.known.before, row.get(columns.start))
            && self.when(start).is_ok_and(|(date, _)| date >= before)
        {
            self.is_cut = true;
            return Ok(());
        }
        // A line may end with a delimiter more than the header does.
        let spare = row.iter().skip(columns.width).all(<[u8]>::is_empty);
        if row.len() < columns.width || !spare {
            let cause = format!("{} fields where the header has {}", row.len(), columns.width);
            return Err(("S604", cause, "give every column a field".to_owned()));
        }
        let queue = self.queue(row)?;
        let complexity = self.complexity(row)?;
        let contacts = count(&row[columns.contacts]).ok_or_else(|| {
            let field = shown(&row[columns.contacts]);
            let cause = format!("`{field}` in column `{}` is not a count", columns.count_name);
            let fix = "write a number from 0, or leave the row out where it is unknown".to_owned();
            ("S608", cause, fix)
        })?;
        let (date, minute) = self.when(&row[columns.start])?;
        let day = self.days.entry((queue, date)).or_default();
        day.add(minute, contacts);
        if let Some(class) = complexity {
            *day.classes.entry(class).or_default() += contacts;
        }
        Ok(())
    }

    fn queue(&self, row: &ByteRecord) -> Result<usize, Refusal> {
        let (Some(place), Some(queues)) = (self.columns.queue, self.known.queues) else {
            return Ok(0);
        };
        let name = shown(&row[place]);
        let fix = "name a queue of scenario.toml".to_owned();
        queues.find(&name).map(Id::index).map_err(|cause| ("S606", cause, fix))
    }

    fn complexity(&self, row: &ByteRecord) -> Result<Option<ComplexityId>, Refusal> {
        let (Some(place), Some(classes)) = (self.columns.complexity, self.known.complexities)
        else {
            return Ok(None);
        };
        let name = shown(&row[place]);
        if name.is_empty() {
            return Ok(None);
        }
        let fix = "name a class of complexity of scenario.toml".to_owned();
        classes.find(&name).map(Some).map_err(|cause| ("S607", cause, fix))
    }

    fn when(&mut self, field: &[u8]) -> Result<(Date, u16), Refusal> {
        let refused = || {
            let cause = format!("`{}` is not a time", shown(field));
            ("S605", cause, "write such as 2026-11-30 09:00".to_owned())
        };
        let stamp = stamp::read(field).ok_or_else(refused)?;
        let date = if let Some(&date) = self.dates.get(&stamp.date) {
            date
        } else {
            let (year, month, day) = stamp.date;
            let written = format!("{year:04}-{month:02}-{day:02}");
            let date = Date::parse(&written).map_err(|_| refused())?;
            self.dates.insert(stamp.date, date);
            date
        };
        Ok(match (stamp.offset, self.known.calendar) {
            (Some(offset), Some(calendar)) => on_clock_of(calendar, date, stamp, offset),
            _ => (date, stamp.minute),
        })
    }
}

impl DayRows {
    fn add(&mut self, minute: u16, contacts: f64) {
        match self.minutes.last_mut() {
            Some((last, sum)) if *last == minute => *sum += contacts,
            Some((last, _)) if *last > minute => {
                match self.minutes.binary_search_by_key(&minute, |(known, _)| *known) {
                    Ok(place) => self.minutes[place].1 += contacts,
                    Err(place) => self.minutes.insert(place, (minute, contacts)),
                }
            }
            _ => self.minutes.push((minute, contacts)),
        }
    }
}

/// The date and minute the team's clock showed at a time written with an offset.
fn on_clock_of(calendar: &Calendar, date: Date, stamp: Stamp, offset: i16) -> (Date, u16) {
    // The calendar counts elapsed minutes from its first midnight, whose offset it knows.
    let midnight = calendar.local(crate::units::Moment(0));
    let days = date.days_since(midnight.date);
    let elapsed = days * 24 * 60 + i64::from(stamp.minute) - i64::from(offset) + midnight.offset.0;
    let local = calendar.local(crate::units::Moment(0) + Minutes(elapsed));
    (local.date, local.clock.0.min(ClockTime::MIDNIGHT_AFTER.0 - 1))
}

/// The delimiter that the header holds most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let most = |mark: u8| header.bytes().filter(|&byte| byte == mark).count();
    // Of equals the last wins, so the comma does.
    [b'\t', b';', b','].into_iter().max_by_key(|&mark| most(mark)).unwrap_or(b',')
}

fn header_names(header: &ByteRecord) -> Vec<String> {
    let mut names: Vec<String> = header.iter().map(|name| shown(name).to_lowercase()).collect();
    // A header may end with delimiters, as its rows then do.
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

pub(super) fn place_of(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|known| known == name)
}

/// A count: whole numbers, decimal points and decimal commas; nothing negative or endless.
pub(super) fn count(field: &[u8]) -> Option<f64> {
    let field = field.trim_ascii();
    if (1..=9).contains(&field.len()) && field.iter().all(u8::is_ascii_digit) {
        let whole = field.iter().fold(0u32, |value, digit| value * 10 + u32::from(digit - b'0'));
        return Some(f64::from(whole));
    }
    let text = std::str::from_utf8(field).ok()?;
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let number: f64 = if plain && !text.contains('.') {
        text.replacen(',', ".", 1).parse().ok()?
    } else {
        text.parse().ok()?
    };
    (0.0..=MOST_CONTACTS).contains(&number).then_some(number)
}

/// A field for people, cut to a length that fits a line.
pub(super) fn shown(field: &[u8]) -> String {
    String::from_utf8_lossy(field.trim_ascii()).chars().take(60).collect()
}

pub(super) fn listed(names: &[String]) -> String {
    names.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ")
}

pub(super) fn lacking(file: &str, name: &str, names: &[String]) -> Problem {
    let found = if names.is_empty() { "nothing".to_owned() } else { listed(names) };
    let fix =
        format!("the first line names the columns, such as start,queue,contacts; it has {found}");
    told("S602", file, format!("there is no column `{name}`"), fix)
}

pub(super) fn told(code: &'static str, place: &str, cause: String, fix: String) -> Problem {
    Problem { code, place: place.to_owned(), cause, fix }
}
