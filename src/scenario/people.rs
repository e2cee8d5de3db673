//! Rows of agents.csv and `time_off.csv`.

use std::collections::BTreeSet;

use super::formats;
use super::problem::Found;
use super::table::{self, Kind, Row};
use crate::calendar::{ClockTime, Date, Weekday, Weekly, read_days, read_local};

/// The people.
pub(super) const AGENTS: Kind = Kind {
    file: "agents.csv",
    rank: 1,
    required: &["id", "tier", "contract_hours"],
    optional: &[
        "site",
        "skills",
        "start_date",
        "availability",
        "wishes",
        "mentor",
        "remote",
        "born",
        "law",
        "waivers",
        "presence",
        "sensitive",
        "open_cases_share",
    ],
};

/// Planned time off.
pub(super) const TIME_OFF: Kind = Kind {
    file: "time_off.csv",
    rank: 2,
    required: &["agent", "start", "end"],
    optional: &["reason"],
};

/// A row of agents.csv.
#[derive(Debug, Clone)]
pub(super) struct PersonRow {
    pub line: usize,
    /// Place in the file, which draws of chance are keyed by; it stays where others go.
    pub number: usize,
    pub id: String,
    pub tier: String,
    pub site: String,
    pub contract_hours: f64,
    pub skills: BTreeSet<String>,
    pub start_date: Option<Date>,
    pub availability: Option<Weekly>,
    pub wishes: Vec<WishText>,
    pub mentor: Option<String>,
    pub is_remote: bool,
    pub born: Option<Date>,
    pub law: Vec<String>,
    pub waivers: Vec<String>,
    pub presence: Option<f64>,
    pub takes_sensitive: bool,
    pub open_cases_share: Option<f64>,
}

/// The people of a file, and ids of rows that could not be read.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    pub rows: Vec<PersonRow>,
    pub ghosts: BTreeSet<String>,
}

/// A row of `time_off.csv`.
#[derive(Debug, Clone)]
pub(super) struct TimeOffRow {
    pub line: usize,
    pub agent: String,
    /// First date and time off.
    pub start: (Date, ClockTime),
    /// First date and time back.
    pub end: (Date, ClockTime),
    pub reason: String,
}

/// A wish as written, for days of the week or one date.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WishText {
    pub days: WishDays,
    pub kind: WishKind,
}

/// The days a wish is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WishDays {
    Weekdays(Vec<Weekday>),
    Date(Date),
}

/// What is wished for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WishKind {
    Off,
    StartBy(ClockTime),
    StartFrom(ClockTime),
}

/// Read agents.csv.
pub(super) fn agents(text: &str, found: &mut Vec<Found>) -> People {
    let mut people = People::default();
    let Some(table) = table::read(text, AGENTS, found) else { return people };
    for row in table.rows() {
        let number = people.rows.len();
        match person(&row, number, found) {
            Some(person) => people.rows.push(person),
            None => drop(people.ghosts.insert(row.text("id").to_owned())),
        }
    }
    people
}

fn person(row: &Row<'_>, number: usize, found: &mut Vec<Found>) -> Option<PersonRow> {
    let id = row.must("id", |text| formats::id(text).map(|()| text.to_owned()), found);
    let tier = row.must("tier", |text| Ok(text.to_owned()), found);
    let hours = row.must("contract_hours", |text| row.number(text, 0.5, 100.0), found);
    let skills = row.may("skills", ids, found).unwrap_or_default();
    let start_date = row.may("start_date", Date::parse, found);
    let availability = row.may("availability", availability, found);
    let wishes = row.may("wishes", wishes, found).unwrap_or_default();
    let is_remote = row.may("remote", formats::yes_or_no, found).unwrap_or(false);
    let born = row.may("born", Date::parse, found);
    let law = row.may("law", ids, found).unwrap_or_default();
    let waivers = row.may("waivers", ids, found).unwrap_or_default();
    let presence = row.may("presence", |text| row.number(text, 0.5, 1.0), found);
    let takes_sensitive = row.may("sensitive", formats::yes_or_no, found).unwrap_or(true);
    let open_cases_share = row.may("open_cases_share", |text| row.number(text, 0.0, 1.0), found);
    let mentor = row.may("mentor", |text| Ok(text.to_owned()), found);
    Some(PersonRow {
        line: row.line,
        number,
        id: id?,
        tier: tier?,
        site: row.text("site").to_owned(),
        contract_hours: hours?,
        skills: skills.into_iter().collect(),
        start_date,
        availability,
        wishes,
        mentor,
        is_remote,
        born,
        law,
        waivers,
        presence,
        takes_sensitive,
        open_cases_share,
    })
}

/// Read `time_off.csv`.
pub(super) fn time_off(text: &str, found: &mut Vec<Found>) -> Vec<TimeOffRow> {
    let table = table::read(text, TIME_OFF, found);
    let rows = table.iter().flat_map(table::Table::rows);
    rows.filter_map(|row| {
        let agent = row.must("agent", |text| Ok(text.to_owned()), found);
        let start = row.must("start", first_minute, found);
        let end = row.must("end", minute_back, found);
        let reason = match row.text("reason") {
            "" => "time_off".to_owned(),
            reason => reason.to_owned(),
        };
        Some(TimeOffRow { line: row.line, agent: agent?, start: start?, end: end?, reason })
    })
    .collect()
}

fn first_minute(text: &str) -> Result<(Date, ClockTime), String> {
    match Date::parse(text) {
        Ok(date) => Ok((date, ClockTime(0))),
        Err(_) => read_local(text),
    }
}

/// A last date off is off to its end; a time is the time back.
fn minute_back(text: &str) -> Result<(Date, ClockTime), String> {
    match Date::parse(text) {
        Ok(date) => Ok((date, ClockTime::MIDNIGHT_AFTER)),
        Err(_) => read_local(text),
    }
}

fn availability(text: &str) -> Result<Weekly, String> {
    let weekly = Weekly::parse(text)?;
    if weekly.is_empty() {
        return Err("no hours are named; leave the cell empty for always".to_owned());
    }
    Ok(weekly)
}

fn ids(text: &str) -> Result<Vec<String>, String> {
    let pieces = text.split(';').map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(|piece| formats::id(piece).map(|()| piece.to_owned())).collect()
}

fn wishes(text: &str) -> Result<Vec<WishText>, String> {
    text.split(';').map(str::trim).filter(|wish| !wish.is_empty()).map(wish).collect()
}

fn wish(text: &str) -> Result<WishText, String> {
    let refused = || {
        format!(
            "`{text}` is not a wish; write `off sat`, `start-by fri 09:00` or `start-from mon 10:00`"
        )
    };
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let (days, kind) = match pieces.as_slice() {
        ["off", days] => (*days, WishKind::Off),
        ["start-by", days, time] => (*days, WishKind::StartBy(ClockTime::parse(time)?)),
        ["start-from", days, time] => (*days, WishKind::StartFrom(ClockTime::parse(time)?)),
        _ => return Err(refused()),
    };
    let days = match Date::parse(days) {
        Ok(date) => WishDays::Date(date),
        Err(_) => WishDays::Weekdays(read_days(days)?),
    };
    Ok(WishText { days, kind })
}
