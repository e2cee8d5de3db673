//! Rosters that were published: frozen weeks in `published/`, read back for what people worked before the
//! horizon, what they were promised in it, and when they were told.
//!
//! A roster is named by its first day and has a note beside it, `2026-11-30.toml`, with the day it was
//! published. People who have left since are passed over. Where two rosters cover the same day, the one that
//! starts later holds.

use std::collections::BTreeMap;

use super::formats;
use super::problem::{
    self, FILE_TOO_LARGE, Found, NOT_TEXT, PUBLISHED_BACKWARDS, PUBLISHED_NOTE, Place,
};
use super::table::{self, Kind, Row};
use crate::calendar::{Calendar, Date};
use crate::duty::{Activity, Duty, Line};
use crate::history;
use crate::id::AgentId;
use crate::units::{Minutes, Moment, Span};

/// The folder of published rosters.
pub(super) const FOLDER: &str = "published";
/// Days before the horizon for which published rosters matter: the longest reference period of any law is a year,
/// and a horizon is to fit in too.
const DAYS_BEFORE: i64 = 300;
/// Days after the horizon for which they matter.
const DAYS_AFTER: i64 = 14;
/// The longest roster that was ever published, in days.
const LONGEST: i64 = 366;

/// A row of a published roster; the columns of `roster.csv`.
const ROSTER: Kind = Kind {
    file: FOLDER,
    rank: 6,
    required: &["agent", "start", "end", "activity"],
    optional: &["duty", "paid", "detail"],
};

/// What published rosters say about the days around a horizon, and in it.
///
/// Moments are those of the scenario's calendar: what lies before the horizon is negative.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// Days directly before the horizon that published rosters cover without a gap.
    pub days_before: usize,
    /// Days directly after it.
    pub days_after: usize,
    /// What each agent works on those days, in the order of agents; empty where nothing was published.
    pub around: Vec<Line>,
    /// What was published for the horizon itself.
    pub within: Option<PublishedWeek>,
}

/// What was published for the days of a horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedWeek {
    /// Everyone's line, in the order of agents.
    pub lines: Vec<Line>,
    /// When each day of the horizon was published first; none where it was not, or its note is missing.
    pub told: Vec<Option<Date>>,
    /// Duties that were changed after they had been published: whose, of which date, and when people were told.
    pub changed: BTreeMap<(AgentId, Date), Date>,
    /// When the last publication of any of these days was; none where no note says so.
    pub latest: Option<Date>,
}

impl Published {
    /// What an agent works around the horizon.
    #[must_use]
    pub fn around(&self, agent: AgentId) -> Option<&Line> {
        self.around.get(crate::id::Id::index(agent))
    }

    /// Lines of the duties that began before the horizon and last into it, such as last Sunday's night: whoever
    /// works them is on queue in the horizon's first hours.
    pub fn reaching_in(&self) -> impl Iterator<Item = Line> {
        let start = Moment(0);
        let lasts = move |duty: &&Duty| duty.start() < start && duty.end() > start;
        self.around.iter().filter(move |line| line.duties.iter().any(|duty| lasts(&duty))).map(
            move |line| Line {
                duties: line.duties.iter().filter(lasts).cloned().collect(),
                ..Line::empty(line.agent)
            },
        )
    }
}

impl PublishedWeek {
    /// When an agent was told of a duty on a date: at its last change, else when its day was published.
    #[must_use]
    pub fn told_on(&self, agent: AgentId, date: Date, calendar: &Calendar) -> Option<Date> {
        let first = calendar.day_of(date).and_then(|day| self.told.get(day).copied().flatten());
        self.changed.get(&(agent, date)).copied().or(first)
    }
}

/// A published roster as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PublishedFile {
    pub first: Date,
    /// First date after those it covers.
    pub end: Date,
    pub rows: Vec<BlockRow>,
    pub note: Note,
}

/// One block of a published roster.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BlockRow {
    pub agent: String,
    pub duty: String,
    pub span: Span,
    pub activity: Activity,
    pub paid: bool,
    pub detail: String,
}

/// The note beside a published roster.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Note {
    /// The first publication.
    pub told: Option<Date>,
    /// The last one.
    pub latest: Option<Date>,
    /// Days the roster covers.
    pub days: Option<i64>,
    /// Duties changed since the first publication: person, date, when.
    pub changed: Vec<(String, Date, Date)>,
}

/// The name under which a file of `published/` is read, where its own name says that it is to be.
pub(super) fn is_dated(name: &str) -> bool {
    let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".toml"));
    stem.is_some_and(|stem| Date::parse(stem).is_ok())
}

/// Whether a file, named with its folder, has any bearing on a horizon.
pub(super) fn matters(name: &str, calendar: &Calendar) -> bool {
    first_of(name).is_some_and(|first| {
        let days = first.days_since(calendar.first());
        let horizon = i64::try_from(calendar.days()).unwrap_or(i64::MAX);
        (-DAYS_BEFORE..horizon + DAYS_AFTER).contains(&days)
    })
}

/// Whether a file, named with its folder, is a published roster or the note of one.
pub(super) fn is_published(name: &str) -> bool {
    first_of(name).is_some()
}

fn first_of(name: &str) -> Option<Date> {
    let name = name.strip_prefix(FOLDER)?.strip_prefix('/')?;
    let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".toml"))?;
    Date::parse(stem).ok()
}

/// Read every published roster with a bearing on the horizon, the earliest first.
pub(super) fn read(
    files: &BTreeMap<String, Vec<u8>>,
    calendar: &Calendar,
    found: &mut Vec<Found>,
) -> Vec<PublishedFile> {
    let near = files.iter().filter(|(name, _)| matters(name, calendar));
    near.filter_map(|(name, bytes)| {
        let note = name.strip_suffix(".csv").map(|stem| format!("{stem}.toml"))?;
        let first = first_of(name)?;
        let note = match files.get(&note) {
            Some(bytes) => self::note(&note, bytes, found),
            None => Note::default(),
        };
        let rows = rows(&text(name, bytes, found)?, name, calendar, found);
        let covered = rows.iter().map(|row| {
            let last = row.span.end - Minutes(1);
            let date = if row.activity == Activity::Absent { last } else { row.span.start };
            calendar.local(date).date.plus(1)
        });
        let end = match note.days {
            Some(days) => first.plus(days),
            None => covered.max().unwrap_or(first).min(first.plus(LONGEST)),
        };
        Some(PublishedFile { first, end, rows, note })
    })
    .collect()
}

fn text(name: &str, bytes: &[u8], found: &mut Vec<Found>) -> Option<String> {
    let place = Place { file: ROSTER.rank, line: 0, text: name.to_owned() };
    if bytes.len() > super::draft::LARGEST_CSV {
        let cause = format!("it is larger than {} MiB", super::draft::LARGEST_CSV >> 20);
        found.push(problem::found(FILE_TOO_LARGE, place, cause));
        return None;
    }
    let Some(text) = history::decoded(bytes) else {
        let cause = "its bytes are no text in UTF-8, UTF-16 or Windows-1252";
        found.push(problem::found(NOT_TEXT, place, cause));
        return None;
    };
    Some(text.into_owned())
}

fn rows(text: &str, name: &str, calendar: &Calendar, found: &mut Vec<Found>) -> Vec<BlockRow> {
    let mut wrong = Vec::new();
    let table = table::read(text, ROSTER, &mut wrong);
    let rows = table.iter().flat_map(table::Table::rows);
    let rows = rows.filter_map(|row| block(&row, calendar, &mut wrong)).collect();
    found.extend(wrong.into_iter().map(|wrong| wrong.within(FOLDER, name)));
    rows
}

fn block(row: &Row<'_>, calendar: &Calendar, found: &mut Vec<Found>) -> Option<BlockRow> {
    let agent = row.must("agent", |text| Ok(text.trim_start_matches('\'').to_owned()), found);
    let start = row.must("start", |text| calendar.read_stamp(text), found);
    let end = row.must("end", |text| calendar.read_stamp(text), found);
    let activity = row.must("activity", activity, found);
    let paid = row.may("paid", formats::yes_or_no, found);
    let (start, end): (Moment, Moment) = (start?, end?);
    let (agent, activity) = (agent?, activity?);
    let is_far = |moment: Moment| moment.0.abs() > 3 * LONGEST * 24 * 60;
    if start >= end || is_far(start) || is_far(end) {
        let cause =
            format!("from {} to {} is no stretch of time", row.text("start"), row.text("end"));
        found.push(problem::found(PUBLISHED_BACKWARDS, row.at("end"), cause));
        return None;
    }
    Some(BlockRow {
        agent,
        duty: row.text("duty").to_owned(),
        span: Span::new(start, end),
        activity,
        paid: paid.unwrap_or(activity != Activity::Meal),
        detail: row.text("detail").to_owned(),
    })
}

fn activity(text: &str) -> Result<Activity, String> {
    let name = text.to_lowercase().replace([' ', '-'], "_");
    Activity::named(&name).ok_or_else(|| {
        let known = Activity::ALL.map(Activity::name);
        format!("no activity is called `{text}`; activities are {}", known.join(", "))
    })
}

fn note(name: &str, bytes: &[u8], found: &mut Vec<Found>) -> Note {
    let refuse = |cause: String| {
        let place = Place { file: ROSTER.rank, line: 0, text: name.to_owned() };
        problem::found(PUBLISHED_NOTE, place, cause)
    };
    let words = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let Some(words) = words else {
        found.push(refuse("it is no TOML".to_owned()));
        return Note::default();
    };
    let mut date = |key: &str, value: Option<&toml::Value>| {
        let text = value?.as_str().unwrap_or("");
        let date = Date::parse(text);
        date.map_err(|cause| found.push(refuse(format!("{key}: {cause}")))).ok()
    };
    let latest = date("published_on", words.get("published_on"));
    let earlier = words.get("earlier").and_then(toml::Value::as_array);
    let earliest = earlier.and_then(|all| all.last()).and_then(|note| note.get("published_on"));
    let told = date("earlier", earliest).or(latest);
    let mut changed = Vec::new();
    for (who, when) in words.get("changed").and_then(toml::Value::as_table).into_iter().flatten() {
        let Some((agent, day)) = who.rsplit_once(' ') else { continue };
        let (Some(day), Some(when)) =
            (date("changed", Some(&toml::Value::from(day))), date("changed", Some(when)))
        else {
            continue;
        };
        changed.push((agent.to_owned(), day, when));
    }
    let days = words.get("days").and_then(toml::Value::as_integer);
    let is_sane = days.is_none_or(|days| (1..=LONGEST).contains(&days));
    if !is_sane {
        found.push(refuse(format!("days: a roster covers 1 to {LONGEST} days")));
    }
    Note { told, latest, days: days.filter(|_| is_sane), changed }
}
