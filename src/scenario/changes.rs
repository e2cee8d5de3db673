//! Changes to a scenario before it is built: what-ifs from files in `variants/` and from the command line.
//!
//! A variant changes what was read, never the files. Hires and cuts act on places, which are a tier, skills, a
//! site and contract hours; nobody is picked, see [`people`].

mod demand;
pub(super) mod overlay;
mod people;
mod queues;
mod shape;
mod words;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use self::overlay::Overlay;
use self::shape::{
    self as variant_shape, CutShape, HireShape, TierCutShape, VariantShape, VolumeShape,
};
use super::Problem;
use super::draft::{self, Draft};
use super::problem::{
    self, Found, KEY_MISSING, NOT_TEXT, Place, VARIANT_MISNAMED, VARIANT_UNREADABLE, WRONG_TYPE,
};
use super::walk::{self, Places, VARIANT_RANK};
use super::{Files, formats};
use crate::history;

/// The folder of variants within a scenario's folder.
pub(super) const FOLDER: &str = "variants/";

/// A what-if: changes to a scenario, made before it is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name: the file's, or the changes as typed.
    pub name: String,
    /// What it is called in reports.
    pub title: String,
    /// What it shows.
    pub says: String,
    /// The changes, in the order they are made.
    pub changes: Vec<Change>,
    /// Weeks that those hired have been there.
    pub weeks_in: i64,
    /// The file, whose table `scenario` is laid over scenario.toml.
    overlay: Option<Overlay>,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Hire so many people of a tier; what is not said is as the places there are.
    Hire {
        /// The tier.
        tier: String,
        /// How many.
        people: usize,
        /// Their skills.
        skills: Option<Vec<String>>,
        /// Where they work.
        site: Option<String>,
        /// Hours of their contracts.
        contract_hours: Option<f64>,
    },
    /// Cut places of a tier, or of the whole team.
    Cut {
        /// The tier; none: all.
        tier: Option<String>,
        /// How many.
        many: Many,
    },
    /// Multiply contacts of a queue, or of all.
    Volume {
        /// The queue; none: all.
        queue: Option<String>,
        /// By what.
        factor: f64,
    },
    /// Close a queue; contacts that no move takes elsewhere stay away.
    Close {
        /// The queue.
        queue: String,
    },
    /// Let a share of a queue's contacts come by another queue.
    Move {
        /// The queue.
        queue: String,
        /// Where they come instead.
        to: String,
        /// How many of them, above 0 to 1.
        share: f64,
    },
    /// Open a queue at other hours.
    Hours {
        /// The queue.
        queue: String,
        /// Weekly hours.
        hours: String,
    },
    /// Multiply administration in every queue: work after contacts, and the share of handle time that is it.
    Administration {
        /// By what.
        factor: f64,
    },
    /// Offer to call back those who would have to wait.
    Callback {
        /// The queue.
        queue: String,
        /// Share of callers who accept.
        share: f64,
    },
    /// Promise something else.
    Target {
        /// The queue.
        queue: String,
        /// What.
        goal: Goal,
    },
}

/// How many people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Many {
    /// So many.
    People(usize),
    /// Such a share, above 0 to 1, rounded to whole people.
    Share(f64),
}

/// A share of contacts answered within a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// The share, between 0 and 1.
    pub share: f64,
    /// The time.
    pub within_minutes: f64,
}

/// A change with the words and the place it was written in.
type Told = (String, Result<Change, String>);

impl Variant {
    /// A variant of changes typed on a command line.
    #[must_use]
    pub fn typed(name: &str, changes: Vec<Change>, weeks_in: i64) -> Variant {
        Variant {
            name: name.to_owned(),
            title: name.to_owned(),
            says: String::new(),
            changes,
            weeks_in,
            overlay: None,
        }
    }

    /// The same with one more change, made last.
    #[must_use]
    pub fn and(&self, change: Change) -> Variant {
        let mut variant = self.clone();
        variant.changes.push(change);
        variant
    }

    /// Whether places are cut.
    #[must_use]
    pub fn cuts(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Cut { .. }))
    }

    /// What makes one variant different from another, for the fingerprint of the input.
    pub(super) fn fingerprint(&self) -> String {
        format!("{:?} {} {:?}", self.changes, self.weeks_in, self.overlay)
    }

    pub(super) fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref().filter(|over| Overlay::keys(&over.text).is_some())
    }

    /// What messages about the variant as a whole start with.
    fn place(&self) -> String {
        match &self.overlay {
            Some(over) => over.file.clone(),
            None => self.name.clone(),
        }
    }

    /// A place within the variant, by key.
    fn at(&self, key: &str) -> Place {
        let text = match &self.overlay {
            Some(over) => format!("{}, {key}", over.file),
            None => format!("--{key}"),
        };
        Place { file: VARIANT_RANK, line: 0, text }
    }

    /// A problem that only this variant has, as it is shown: with the variant's place first.
    pub(super) fn blamed(&self, problem: Problem) -> Problem {
        if problem.place.starts_with(&self.place()) || problem.place.starts_with("--") {
            return problem;
        }
        Problem { place: format!("{}: {}", self.place(), problem.place), ..problem }
    }
}

/// Make a variant's changes to what was read.
pub(super) fn make(variant: &Variant, draft: &mut Draft) -> Vec<Found> {
    let mut found = Vec::new();
    for change in &variant.changes {
        match change {
            Change::Hire { .. } => people::hire(change, variant, draft, &mut found),
            Change::Cut { tier, many } => {
                people::cut(tier.as_deref(), *many, variant, draft, &mut found);
            }
            Change::Volume { .. } | Change::Close { .. } | Change::Move { .. } => {
                demand::make(change, variant, draft, &mut found);
            }
            Change::Administration { factor } => queues::administer(*factor, draft),
            Change::Callback { queue, share } => {
                queues::call_back(queue, *share, variant, draft, &mut found);
            }
            Change::Hours { queue, hours } => {
                queues::open(queue, hours, variant, draft, &mut found);
            }
            Change::Target { queue, goal } => {
                queues::promise(queue, *goal, variant, draft, &mut found);
            }
        }
    }
    if found.is_empty() {
        found.extend(demand::check(variant, draft));
    }
    found
}

/// The variants in a folder's files, by name, and every problem that they have on their own; changes that cannot
/// be read are left out of a variant.
#[must_use]
pub fn variants(files: &Files) -> (Vec<Variant>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut variants = Vec::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (file, bytes) in files.iter().filter(|(file, _)| file.starts_with(FOLDER)) {
        let stem = file[FOLDER.len()..].strip_suffix(".toml").unwrap_or(&file[FOLDER.len()..]);
        let place = || Place { file: VARIANT_RANK, line: 0, text: file.clone() };
        if let Err(cause) = formats::id(stem) {
            found.push(problem::found(VARIANT_MISNAMED, place(), cause));
        }
        if let Some(other) = names.insert(stem.to_lowercase(), stem) {
            let cause =
                format!("`{other}` and `{stem}` are one name where letters' case does not count");
            found.push(problem::found(VARIANT_MISNAMED, place(), cause));
        }
        if bytes.len() > draft::LARGEST_TOML {
            found.push(draft::too_large(place(), draft::LARGEST_TOML));
            continue;
        }
        if let Some(text) = history::decoded(bytes) {
            variants.push(of_file(file, stem, &text, &mut found));
        } else {
            let cause = "its bytes are no text in UTF-8, UTF-16 or Windows-1252";
            found.push(problem::found(NOT_TEXT, place(), cause));
        }
    }
    (variants, problem::in_order(found))
}

fn of_file(file: &str, name: &str, text: &str, found: &mut Vec<Found>) -> Variant {
    let walked = walk::walk_variant(text, &variant_shape::schema(), file);
    let is_broken = !walked.found.is_empty();
    found.extend(walked.found);
    let places = &walked.places;
    let shape = serde_json::from_value(Json::Object(walked.values)).unwrap_or_else(|error| {
        found.push(problem::found(WRONG_TYPE, places.at(""), error.to_string()));
        VariantShape::default()
    });
    if shape.title.is_none() && !is_broken {
        found.push(problem::found(KEY_MISSING, places.at("title"), "`title` is missing"));
    }
    Variant {
        name: name.to_owned(),
        title: shape.title.clone().unwrap_or_else(|| name.to_owned()),
        says: shape.says.clone().unwrap_or_default(),
        changes: changes(&shape, places, found),
        weeks_in: shape.weeks_in,
        overlay: Some(Overlay { file: file.to_owned(), text: text.to_owned() }),
    }
}

/// The changes of a file, those that cannot be read left out: volumes first, so that what moves has grown, and
/// queues opened before anything moves to them.
fn changes(shape: &VariantShape, places: &Places, found: &mut Vec<Found>) -> Vec<Change> {
    let by_queue =
        |table: &BTreeMap<String, String>, key: &str, read: fn(&str) -> Result<Change, String>| {
            let told = table.iter().map(|(queue, value)| {
                (format!("{key}.{queue}"), read(&format!("{queue}={value}")))
            });
            told.collect::<Vec<Told>>()
        };
    let mut told: Vec<Told> = match &shape.volume {
        Some(VolumeShape::All(by)) => vec![("volume".to_owned(), Change::volume(by))],
        Some(VolumeShape::ByQueue(queues)) => by_queue(queues, "volume", Change::volume),
        None => Vec::new(),
    };
    told.extend(by_queue(&shape.hours, "hours", Change::hours));
    told.extend(by_queue(&shape.r#move, "move", Change::r#move));
    let close = |queue: &String| ("close".to_owned(), Ok(Change::Close { queue: queue.clone() }));
    told.extend(shape.close.iter().map(close));
    told.extend(by_queue(&shape.target, "target", Change::target));
    told.extend(
        shape.hire.iter().map(|(tier, place)| (format!("hire.{tier}"), Ok(hire(tier, place)))),
    );
    told.extend(shape.cut.iter().flat_map(cuts));
    let refuse = |(key, change): Told| {
        change
            .map_err(|cause| found.push(problem::found(VARIANT_UNREADABLE, places.at(&key), cause)))
            .ok()
    };
    told.into_iter().filter_map(refuse).collect()
}

fn hire(tier: &str, place: &HireShape) -> Change {
    let count = |count: u32| usize::try_from(count).expect("a count of 32 bits fits");
    let place = match place {
        HireShape::Count(people) => {
            return Change::Hire {
                tier: tier.to_owned(),
                people: count(*people),
                skills: None,
                site: None,
                contract_hours: None,
            };
        }
        HireShape::Place(place) => place.clone(),
    };
    Change::Hire {
        tier: tier.to_owned(),
        people: count(place.count),
        skills: place.skills,
        site: place.site,
        contract_hours: place.contract_hours,
    }
}

fn cuts(shape: &CutShape) -> Vec<Told> {
    match shape {
        CutShape::Count(people) => vec![("cut".to_owned(), Change::cut(&people.to_string()))],
        CutShape::Part(part) => vec![("cut".to_owned(), Change::cut(part))],
        CutShape::ByTier(tiers) => tiers
            .iter()
            .map(|(tier, many)| {
                let many = match many {
                    TierCutShape::Count(people) => people.to_string(),
                    TierCutShape::Part(part) => part.clone(),
                };
                (format!("cut.{tier}"), Change::cut(&format!("{tier}={many}")))
            })
            .collect(),
    }
}
