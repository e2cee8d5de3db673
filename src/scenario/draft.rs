//! A folder whose texts have been read, each value sane on its own, before anything is checked against anything else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::changes::{self, overlay::Overlay};
use super::events::{self, EVENTS, EventRow};
use super::locks::{self, LOCKS, LockRow};
use super::people::{self, AGENTS, People, TIME_OFF, TimeOffRow};
use super::problem::{
    self, FILE_EMPTY, FILE_MISNAMED, FILE_MISSING, FILE_TOO_LARGE, Found, HOLIDAY_UNREADABLE,
    HORIZON_UNPLANNABLE, NOT_TEXT, Place, WRONG_TYPE,
};
use super::published::{self, PublishedFile};
use super::shape::{File, HorizonShape, QueueShape, ShiftShape};
use super::table::Kind;
use super::volume::{self, VOLUMES, VolumeRow};
use super::walk::{self, Places};
use super::{Adjustments, Files, HISTORY, SCENARIO, sources};
use crate::calendar::{Calendar, Date, Weekday};
use crate::history::{self, History};
use crate::id::{Id, Names, nearest};
use crate::units::Minutes;

/// Most bytes of scenario.toml.
pub(super) const LARGEST_TOML: usize = 8 << 20;
/// Most bytes of a CSV file.
pub(super) const LARGEST_CSV: usize = 64 << 20;

/// Files of later commands, which mean nothing to a scenario.
const OTHER_FILES: [&str; 2] = ["actuals.csv", "worked.csv"];

/// All that was readable in a folder.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// scenario.toml, without what is wrong in it.
    pub file: File,
    /// Lines of its keys.
    pub places: Places,
    /// Ids of sections left out because something in them is wrong.
    pub ghosts: BTreeMap<String, BTreeSet<String>>,
    /// Sections whose id another has already: section, path, id.
    pub doubles: Vec<(String, String, String)>,
    /// The horizon, where it can be planned.
    pub calendar: Option<Calendar>,
    /// agents.csv.
    pub people: People,
    /// `time_off.csv`.
    pub time_off: Vec<TimeOffRow>,
    /// `locks.csv`.
    pub locks: Vec<LockRow>,
    /// volume.csv, where it is there and the horizon can be planned.
    pub volumes: Option<Vec<VolumeRow>>,
    /// Events of scenario.toml and of events.csv, where the horizon can be planned.
    pub events: Vec<EventRow>,
    /// Past contacts by queue, where there are any and the horizon can be planned.
    pub past: Option<History>,
    /// Whether past contacts are given, readable or not.
    pub wants_past: bool,
    /// The queue that takes its past contacts from a file of its own.
    pub bare_queue: Option<String>,
    /// Published rosters with a bearing on the horizon, the earliest first.
    pub published: Vec<PublishedFile>,
    /// What becomes of contacts once they are projected, in this order.
    pub flows: Vec<Flow>,
    /// Queues that a variant closes.
    pub closed: BTreeSet<String>,
    /// Queues with the classes that contacts from elsewhere bring.
    pub moved_in: BTreeSet<(String, String)>,
}

/// What a variant does to contacts once they are projected.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// Those of a queue, or of all, are multiplied.
    Scale { queue: Option<String>, factor: f64 },
    /// A share of a queue's come by another one.
    Move { queue: String, to: String, share: f64 },
}

impl Draft {
    /// Read every text of a folder, and say what is wrong in each on its own.
    pub(super) fn read(files: &Files, adjust: &Adjustments) -> (Draft, Vec<Found>) {
        let mut found = misnamed(files);
        let overlay = adjust.variant.as_ref().and_then(changes::Variant::overlay);
        let mut draft = match content(files, SCENARIO, 0, &mut found) {
            Some(text) => Draft::of_scenario(&text, overlay, &mut found),
            None => Draft::default(),
        };
        if let Some(horizon) = &draft.file.horizon {
            draft.calendar = calendar(horizon, adjust, &draft.places, &mut found);
        }
        if let Some(text) = content(files, AGENTS.file, AGENTS.rank, &mut found) {
            draft.people = people::agents(&text, &mut found);
        }
        if let Some(text) = optional(files, TIME_OFF, &mut found) {
            draft.time_off = people::time_off(&text, &mut found);
        }
        if let Some(text) = optional(files, LOCKS, &mut found) {
            draft.locks = locks::read(&text, &mut found);
        }
        if let Some(calendar) = &draft.calendar
            && let Some(text) = optional(files, VOLUMES, &mut found)
        {
            draft.volumes = Some(volume::read(&text, calendar, &mut found));
        }
        if let Some(calendar) = &draft.calendar {
            draft.published = published::read(files, calendar, &mut found);
        }
        if let Some(calendar) = &draft.calendar {
            draft.events = events::named(&draft.file.events, calendar, &draft.places, &mut found);
        }
        if let Some(calendar) = &draft.calendar
            && let Some(text) = optional(files, EVENTS, &mut found)
        {
            draft.events.extend(events::read(&text, calendar, &mut found));
        }
        let past = files.get(HISTORY).filter(|bytes| is_small(bytes, HISTORY, 4, &mut found));
        if past.is_some() || adjust.history.is_some() {
            let (past, bare) = (past.map(Vec::as_slice), adjust.history.as_ref());
            draft.past = sources::past(&draft, past, bare, &mut found);
            draft.wants_past = true;
            draft.bare_queue = sources::named_bare(&draft, bare);
        }
        if let Some(variant) = &adjust.variant {
            found.extend(changes::make(variant, &mut draft));
        }
        (draft, found)
    }

    fn of_scenario(text: &str, over: Option<&Overlay>, found: &mut Vec<Found>) -> Draft {
        let walked = walk::walk(text, &schema(), over);
        let is_broken = walked.values.is_empty();
        found.extend(walked.found);
        if is_broken && found.is_empty() {
            let place = walked.places.at("");
            found.push(problem::found(FILE_EMPTY, place, "the file is empty"));
        }
        let file = serde_json::from_value(Json::Object(walked.values)).unwrap_or_else(|error| {
            let place = walked.places.at("");
            found.push(problem::found(WRONG_TYPE, place, error.to_string()));
            File::default()
        });
        Draft {
            file,
            places: walked.places,
            ghosts: walked.ghosts,
            doubles: walked.doubles,
            ..Draft::default()
        }
    }

    /// Queues that could be read.
    pub(super) fn queues(&self) -> &[QueueShape] {
        self.file.queues.as_deref().unwrap_or_default()
    }

    /// Shifts that could be read.
    pub(super) fn shifts(&self) -> &[ShiftShape] {
        self.file.shifts.as_deref().unwrap_or_default()
    }

    /// Names of a section, those of sections left out included.
    pub(super) fn names<'a, I: Id>(
        &'a self,
        section: &str,
        ids: impl Iterator<Item = &'a String>,
    ) -> Names<I> {
        let ghosts = self.ghosts.get(section).into_iter().flatten();
        let mut names = Names::default();
        for id in ids.chain(ghosts) {
            // A name taken twice is reported by a rule of its own.
            let _ = names.add(id);
        }
        names
    }

    /// Whether a whole section was read as written, so that what it lacks is really missing.
    pub(super) fn is_whole(&self, section: &str) -> bool {
        self.ghosts.get(section).is_none_or(BTreeSet::is_empty)
    }
}

/// The JSON Schema of scenario.toml.
pub(super) fn schema() -> Json {
    schemars::schema_for!(File).to_value()
}

fn content(files: &Files, name: &str, rank: usize, found: &mut Vec<Found>) -> Option<String> {
    let place = || Place { file: rank, line: 0, text: name.to_owned() };
    let Some(bytes) = files.get(name) else {
        let cause = format!("there is no {name} in the folder");
        found.push(problem::found(FILE_MISSING, place(), cause));
        return None;
    };
    if !is_small(bytes, name, rank, found) {
        return None;
    }
    let text = history::decoded(bytes);
    if text.is_none() {
        let cause = "its bytes are no text in UTF-8, UTF-16 or Windows-1252";
        found.push(problem::found(NOT_TEXT, place(), cause));
    }
    text.map(Cow::into_owned)
}

fn is_small(bytes: &[u8], name: &str, rank: usize, found: &mut Vec<Found>) -> bool {
    let most = if rank == 0 { LARGEST_TOML } else { LARGEST_CSV };
    if bytes.len() > most {
        found.push(too_large(Place { file: rank, line: 0, text: name.to_owned() }, most));
    }
    bytes.len() <= most
}

/// That a file holds more bytes than are read.
pub(super) fn too_large(place: Place, most: usize) -> Found {
    problem::found(FILE_TOO_LARGE, place, format!("it is larger than {} MiB", most >> 20))
}

fn optional(files: &Files, kind: Kind, found: &mut Vec<Found>) -> Option<String> {
    files.get(kind.file)?;
    content(files, kind.file, kind.rank, found)
}

/// Files that a scenario is read from.
const INPUTS: [&str; 7] =
    [SCENARIO, AGENTS.file, TIME_OFF.file, VOLUMES.file, HISTORY, EVENTS.file, LOCKS.file];

/// Whether a scenario is read from a file of this name.
pub(super) fn is_input(name: &str) -> bool {
    INPUTS.contains(&name)
}

/// A fingerprint of all that a scenario is made from (BLAKE3, hexadecimal).
pub(super) fn fingerprint(
    files: &Files,
    adjust: &Adjustments,
    calendar: Option<&Calendar>,
) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |name: &str, bytes: &[u8]| {
        // Each part with its length, so that no two inputs run together alike.
        for piece in [name.as_bytes(), bytes] {
            hasher.update(&u64::try_from(piece.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(piece);
        }
    };
    let matters = |name: &str| calendar.is_some_and(|calendar| published::matters(name, calendar));
    for (name, bytes) in files.iter().filter(|(name, _)| is_input(name) || matters(name)) {
        part(name, bytes);
    }
    let said = |value: Option<String>| value.unwrap_or_default();
    part("--week", said(adjust.week.map(|date| date.to_string())).as_bytes());
    part("--seed", said(adjust.seed.map(|seed| seed.to_string())).as_bytes());
    part("--replications", said(adjust.replications.map(|count| count.to_string())).as_bytes());
    if let Some(variant) = &adjust.variant {
        part("variant", variant.fingerprint().as_bytes());
    }
    if let Some(bare) = &adjust.history {
        part("--column", said(bare.column.clone()).as_bytes());
        part("--queue", said(bare.queue.clone()).as_bytes());
        part("--history", &bare.bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// Files of the folder that look like a slip of a file that would be read.
fn misnamed(files: &Files) -> Vec<Found> {
    let is_known =
        |name: &str| is_input(name) || OTHER_FILES.contains(&name) || published::is_published(name);
    let is_variant = |name: &str| name.starts_with(changes::FOLDER);
    let strangers = files.keys().filter(|name| !is_known(name) && !is_variant(name));
    let slip = |name: &String| {
        let lower = name.to_lowercase();
        let near = nearest(&lower, &INPUTS).filter(|near| !files.contains_key(*near))?;
        // Other people's `notes.csv` is no `locks.csv`, however short both are.
        let stem = |name: &'_ str| name.rsplit_once('.').map_or("", |(stem, _)| stem).to_owned();
        let is_slip = lower.chars().next() == near.chars().next()
            && nearest(&stem(&lower), &[stem(near)]).is_some();
        if !is_slip {
            return None;
        }
        let place = Place { file: 5, line: 0, text: name.chars().take(64).collect() };
        let cause = "no file of this name is read".to_owned();
        Some(problem::found(FILE_MISNAMED, place, cause).fix(format!("rename it to {near}?")))
    };
    strangers.filter_map(slip).collect()
}

fn calendar(
    horizon: &HorizonShape,
    adjust: &Adjustments,
    places: &Places,
    found: &mut Vec<Found>,
) -> Option<Calendar> {
    let start = adjust.week.or_else(|| Date::parse(&horizon.start).ok())?;
    let grid = Minutes(horizon.grid_minutes);
    let mut holidays = BTreeMap::new();
    for (date, name) in &horizon.holidays {
        match Date::parse(date) {
            Ok(date) => drop(holidays.insert(date, name.clone())),
            Err(cause) => {
                let place = places.at(&format!("horizon.holidays.{date}"));
                found.push(problem::found(HOLIDAY_UNREADABLE, place, cause));
            }
        }
    }
    match Calendar::new(&horizon.time_zone, start, horizon.days, grid) {
        Ok(calendar) => {
            let week_start = Weekday::parse(&horizon.week_start)?;
            Some(calendar.with_holidays(holidays).with_week_start(week_start))
        }
        Err(cause) => {
            found.push(problem::found(HORIZON_UNPLANNABLE, places.at("horizon"), cause));
            None
        }
    }
}
