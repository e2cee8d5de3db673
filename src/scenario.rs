//! What the user knows: demand, people, rules, targets, read from a folder of plain files and checked whole.
//!
//! [`read`] gives a [`Scenario`] in which every name is resolved and every number sane, or every
//! [`Problem`] there is. Stages never check input again.

mod actuals;
mod away;
mod build;
mod changes;
mod check;
mod course;
mod draft;
mod events;
mod formats;
mod funnel;
mod kpis;
mod locks;
mod people;
mod problem;
mod published;
mod queue;
mod routing;
mod shape;
mod sources;
mod staffing;
mod table;
mod team;
mod touches;
mod volume;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::calendar::{Calendar, Date};
use crate::id::{
    AgentId, ComplexityId, Id, Names, PoolId, QueueId, ShiftId, SkillId, StreamId, TierId,
};
use crate::rules::Law;
use crate::units::{Contacts, HandleMinutes, Minutes, Money, Share};

pub use actuals::{Actuals, actuals};
pub use changes::{Change, Goal, Many, Variant, variants};
pub use course::{Callback, Course, Ending, Escalation, Level, Ownership};
pub use funnel::{
    Bot, Deflection, Drivers, Event, EventKind, Funnel, Layers, Outreach, Per, Takes, Triage,
    Trigger,
};
pub use kpis::{CsatAssumptions, KpiSet, Quality};
pub use problem::{PROBLEMS, ProblemKind};
pub use published::{Published, PublishedWeek};
pub use queue::{Channel, Clock, Definition, Measure, Period, Queue, Stream, Target};
pub use routing::{FreePeople, Policy, RoutingPolicy};
pub use staffing::{OverTime, Sizing};
pub use team::{
    Agent, BreakPlan, Complexity, Lock, MinimumPresence, OffQueue, OffQueueFor, Pool, Shift, Tier,
    TimeOff, Wish,
};
pub use touches::TouchDeadline;

/// Files of a folder by name; those of its folder `variants` as `variants/NAME.toml`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The one file that every scenario has besides its people.
const SCENARIO: &str = "scenario.toml";
/// What triage leaves of a contact at least, where a tier is so fast that little is left to save.
const LEAST_OF_A_CONTACT: f64 = 0.5;
/// Past contacts.
const HISTORY: &str = "history.csv";

/// What a command changes about the folder it reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adjustments {
    /// Plan from this date instead.
    pub week: Option<Date>,
    /// Draw from this seed instead.
    pub seed: Option<u64>,
    /// Take one queue's past contacts from this file instead.
    pub history: Option<BareHistory>,
    /// Play so many weeks instead.
    pub replications: Option<usize>,
    /// Ask what if.
    pub variant: Option<Variant>,
}

/// Past contacts of one queue in a file of their own: `start` and one column of counts.
#[derive(Debug, Clone, PartialEq)]
pub struct BareHistory {
    /// The file.
    pub bytes: Vec<u8>,
    /// The column of counts; none: `contacts`.
    pub column: Option<String>,
    /// Whose contacts they are; none: the only queue without other volumes.
    pub queue: Option<String>,
    /// The file's name, for messages.
    pub name: String,
}

/// Why a folder gives no scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// What is in it is wrong: every problem there is.
    Problems(Vec<Problem>),
    /// A file could not be read at all.
    File {
        /// Which.
        path: PathBuf,
        /// Why, as the system says.
        cause: String,
    },
}

/// Read a folder.
///
/// # Errors
/// Every problem in it, or the file that could not be read.
pub fn read(folder: &Path, adjust: &Adjustments) -> Result<Scenario, Unread> {
    from_files(&files(folder)?, adjust).map_err(Unread::Problems)
}

/// Read the files of a folder that mean something to a scenario, its variants among them.
///
/// # Errors
/// The file that could not be read.
pub fn files(folder: &Path) -> Result<Files, Unread> {
    let mut files = Files::new();
    let unreadable = |path: &Path, error: &std::io::Error| Unread::File {
        path: path.to_owned(),
        cause: error.to_string(),
    };
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else {
            continue;
        };
        let is_read = draft::is_input(&name);
        let is_listed =
            Path::new(&name).extension().is_some_and(|kind| kind == "csv" || kind == "toml");
        if is_read && path.is_file() {
            files.insert(name, bytes_of(&path)?);
        } else if is_read {
            return Err(Unread::File { path, cause: "it is no file".to_owned() });
        } else if is_listed {
            files.insert(name, Vec::new());
        }
    }
    published_in(folder, &mut files)?;
    let variants = folder.join(changes::FOLDER);
    if variants.is_dir() {
        for entry in fs::read_dir(&variants).map_err(|error| unreadable(&variants, &error))? {
            let path = entry.map_err(|error| unreadable(&variants, &error))?.path();
            let is_variant = path.is_file() && path.extension().is_some_and(|kind| kind == "toml");
            if let (true, Some(name)) =
                (is_variant, path.file_name().and_then(|name| name.to_str()))
            {
                files.insert(format!("{}{name}", changes::FOLDER), bytes_of(&path)?);
            }
        }
    }
    Ok(files)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Unread> {
    let unreadable =
        |error: std::io::Error| Unread::File { path: path.to_owned(), cause: error.to_string() };
    let mut bytes = Vec::new();
    let most = u64::try_from(draft::LARGEST_CSV + 1).unwrap_or(u64::MAX);
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Take in the published rosters of a folder, where it has any.
fn published_in(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Unread> {
    let folder = folder.join(published::FOLDER);
    let unreadable = |path: &Path, error: &std::io::Error| Unread::File {
        path: path.to_owned(),
        cause: error.to_string(),
    };
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))? {
        let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if published::is_dated(name) && path.is_file() {
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            files.insert(format!("{}/{name}", published::FOLDER), bytes);
        }
    }
    Ok(())
}

/// Read files by name, as [`read`] finds them in a folder.
///
/// # Errors
/// Every problem in them.
pub fn from_files(files: &Files, adjust: &Adjustments) -> Result<Scenario, Vec<Problem>> {
    let (draft, mut found) = draft::Draft::read(files, adjust);
    found.extend(check::all(&draft));
    let read = if found.is_empty() {
        let input_hash = draft::fingerprint(files, adjust, draft.calendar.as_ref());
        build::scenario(&draft, adjust, input_hash)
    } else {
        Err(found)
    };
    read.map_err(|found| {
        let problems = problem::in_order(found).into_iter();
        match &adjust.variant {
            Some(variant) => problems.map(|problem| variant.blamed(problem)).collect(),
            None => problems.collect(),
        }
    })
}

/// Whether a cut leaves a queue that nobody may take, and nothing else is wrong.
#[must_use]
pub fn leaves_nobody(problems: &[Problem]) -> bool {
    let is_of_it = |problem: &Problem| {
        is_of_a_cut(problem) || [problem::NOBODY_MAY_TAKE.code].contains(&problem.code)
    };
    problems.iter().any(is_of_a_cut) && problems.iter().all(is_of_it)
}

/// Whether a problem is that a cut leaves nobody who may take a queue's contacts.
#[must_use]
pub fn is_of_a_cut(problem: &Problem) -> bool {
    problem.code == problem::CUT_LEAVES_NOBODY.code
}

/// Read a folder's files and every variant among them.
///
/// # Errors
/// Every problem in them: those of the folder itself where it has any, else those of all variants.
pub fn with_variants(
    files: &Files,
    adjust: &Adjustments,
) -> Result<(Scenario, Vec<Variant>), Vec<Problem>> {
    let (variants, mut problems) = variants(files);
    let scenario = match from_files(files, adjust) {
        Ok(scenario) => scenario,
        Err(mut own) => {
            own.extend(problems);
            return Err(own);
        }
    };
    for variant in &variants {
        let adjust = Adjustments { variant: Some(variant.clone()), ..adjust.clone() };
        problems.extend(from_files(files, &adjust).err().unwrap_or_default());
    }
    if problems.is_empty() { Ok((scenario, variants)) } else { Err(problems) }
}

/// The JSON Schema of scenario.toml, for editors to complete keys by.
///
/// # Panics
/// Never: a schema has only text keys.
#[must_use]
pub fn schema() -> String {
    let text = serde_json::to_string_pretty(&draft::schema()).expect("a schema is plain JSON");
    text + "\n"
}

/// Words in a row, for messages.
fn words<S: AsRef<str>>(words: &[S]) -> String {
    let some: Vec<&str> = words.iter().take(40).map(AsRef::as_ref).collect();
    some.join(", ")
}

/// A support team and a week to plan for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What the user calls it.
    pub name: String,
    /// Days, intervals, zone, holidays.
    pub calendar: Calendar,
    /// Three letters, such as EUR.
    pub currency: String,
    /// Classes of complexity, easiest first.
    pub complexities: Vec<Complexity>,
    /// The ladder, lowest first.
    pub tiers: Vec<Tier>,
    /// Channels and topics.
    pub queues: Vec<Queue>,
    /// What routing decides on: every queue and complexity class that occurs in it.
    pub streams: Vec<Stream>,
    /// Agents who are interchangeable for routing.
    pub pools: Vec<Pool>,
    /// Shapes of shift that may be rostered.
    pub shifts: Vec<Shift>,
    /// Breaks the house gives by length of work, ascending; the law's minimum holds besides.
    pub breaks: Vec<BreakPlan>,
    /// Longest planned stretch of work without a break or meal.
    pub longest_stretch: Minutes,
    /// Off-queue work everyone owes each week.
    pub off_queue: Vec<OffQueue>,
    /// How figures are compared fairly.
    pub kpis: KpiSet,
    /// How the team reviews its own work.
    pub quality: Quality,
    /// The people.
    pub agents: Vec<Agent>,
    /// How many of some people must be on duty at once.
    pub minimum_presence: Vec<MinimumPresence>,
    /// Working-time rules in force.
    pub law: Law,
    /// Names of the packs in force, for reports.
    pub packs: Vec<String>,
    /// Where volumes come from.
    pub demand: Demand,
    /// What drives volumes besides: customers, events.
    pub drivers: Drivers,
    /// What stands between customers and people.
    pub funnel: Funnel,
    /// What becomes of contacts once they are projected, in this order; a what-if's doing.
    pub flows: Vec<VolumeChange>,
    /// How the need for people is worked out.
    pub staffing: Sizing,
    /// Who is handed which contact, in play.
    pub routing: RoutingPolicy,
    /// What hiring and cutting cost.
    pub what_if: WhatIf,
    /// Paid rest owed after a difficult contact.
    pub recovery: Minutes,
    /// Minutes on tickets that yield a minute's worth of ticket work between live contacts.
    pub switching_efficiency: Share,
    /// Most of everyone's on-queue time that all work together may fill.
    pub utilisation: Share,
    /// Days between publishing the roster and the first day.
    pub notice_days: i64,
    /// What matters more than what.
    pub aims: Aims,
    /// Every random draw starts here.
    pub seed: u64,
    /// How long to search and play, in rounds, never in seconds.
    pub budget: Budget,
    /// Names, for reading and printing.
    pub names: NameBook,
    /// Published rosters of the days around the horizon and in it.
    pub published: Published,
    /// Fingerprint of every input file (BLAKE3, hexadecimal).
    pub input_hash: String,
}

/// The names of everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NameBook {
    /// Complexity classes.
    pub complexities: Names<ComplexityId>,
    /// Tiers.
    pub tiers: Names<TierId>,
    /// Queues.
    pub queues: Names<QueueId>,
    /// Agents.
    pub agents: Names<AgentId>,
    /// Skills.
    pub skills: Names<SkillId>,
    /// Shift shapes.
    pub shifts: Names<ShiftId>,
}

/// What a what-if does to contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum VolumeChange {
    /// A queue's contacts are multiplied.
    Scale {
        /// The queue.
        queue: QueueId,
        /// By what.
        factor: f64,
    },
    /// A share of a queue's contacts come by another one, each of its class.
    Move {
        /// The queue.
        queue: QueueId,
        /// Where they come instead.
        to: QueueId,
        /// How many of them.
        share: Share,
    },
}

/// What hiring and cutting cost; assumptions unless the team's folder says otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhatIf {
    /// Cost of finding someone, as a share of a year's wages.
    pub recruiting_share: f64,
    /// Weeks from the decision to hire to the first day.
    pub weeks_to_hire: i64,
    /// Weeks until those cut are hired again.
    pub weeks_until_rehired: i64,
    /// Weeks until someone hired works as fast as others.
    pub ramp_weeks: i64,
    /// Handle time on the first day, as a multiple of the usual.
    pub ramp_start: f64,
    /// Cost of a contact that is kept from coming to people.
    pub contact_kept_away: Money,
    /// Cost of an hour of after-contact work that machines do.
    pub admin_hour_automated: Money,
}

/// Where volumes come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Demand {
    /// Contacts by interval of the horizon, a row a stream.
    Volumes(Vec<Vec<Contacts>>),
    /// Past contacts, to be projected.
    History(crate::history::History),
    /// Volumes of some queues, and past contacts of the others; the former have no past here.
    Both(Vec<Vec<Contacts>>, crate::history::History),
}

/// The order of aims.
#[derive(Debug, Clone, PartialEq)]
pub struct Aims {
    /// The preset's name.
    pub preset: String,
    /// Aims after the law, first matters most.
    pub order: Vec<Aim>,
    /// Whether strain counts in the search for rosters.
    pub counts_strain: bool,
}

/// An aim below the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Nobody is planned into red strain.
    NoRed,
    /// Targets are met.
    Service,
    /// Strain is low.
    Strain,
    /// Hard work, late duties and weekends are shared, wishes kept.
    Fairness,
    /// Wages are low.
    Cost,
}

/// How long to search and play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Rounds of pricing at most.
    pub rounds: usize,
    /// Nodes of a search for whole rosters at most.
    pub nodes: usize,
    /// Weeks played to judge targets.
    pub replications: usize,
    /// Weeks played at most where some target is a close call.
    pub most_replications: usize,
}

/// Something wrong in an input, with its place and a way out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Stable code, listed in the reference.
    pub code: &'static str,
    /// File, and key or row and line where known.
    pub place: String,
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub fix: String,
}

impl Scenario {
    /// Agents of a pool as rostered people are, by id.
    #[must_use]
    pub fn agent(&self, id: AgentId) -> &Agent {
        &self.agents[id.index()]
    }

    /// A queue.
    #[must_use]
    pub fn queue(&self, id: QueueId) -> &Queue {
        &self.queues[id.index()]
    }

    /// A tier.
    #[must_use]
    pub fn tier(&self, id: TierId) -> &Tier {
        &self.tiers[id.index()]
    }

    /// A pool.
    #[must_use]
    pub fn pool(&self, id: PoolId) -> &Pool {
        &self.pools[id.index()]
    }

    /// A stream.
    #[must_use]
    pub fn stream(&self, id: StreamId) -> &Stream {
        &self.streams[id.index()]
    }

    /// Pools that may take a stream.
    pub fn pools_for(&self, stream: StreamId) -> impl Iterator<Item = PoolId> + '_ {
        let takes = move |pool: &PoolId| self.pool(*pool).streams.contains(&stream);
        (0..self.pools.len()).map(PoolId::at).filter(takes)
    }

    /// Streams of a queue.
    pub fn streams_of(&self, queue: QueueId) -> impl Iterator<Item = StreamId> + '_ {
        let is_of = move |stream: &StreamId| self.stream(*stream).queue == queue;
        (0..self.streams.len()).map(StreamId::at).filter(is_of)
    }

    /// Mean time of one touch of a stream in a pool, wrap-up included, recovery not. Touches that an agent
    /// cuts short by ending the contact, and cases that go to another person, are in the mean.
    #[must_use]
    pub fn handle(&self, stream: StreamId, pool: PoolId) -> HandleMinutes {
        let touch = self.touch(stream, pool);
        let course = &self.queue(self.stream(stream).queue).course;
        if course.is_simple() {
            return touch;
        }
        let cut_short = match course.ending {
            Some(ending) => self.ended(stream) * (1.0 - ending.handle_share.value()),
            None => 0.0,
        };
        let of_first = self.first_touches(stream);
        touch * (1.0 - of_first * cut_short)
            + course.context_switch * self.chance_of_hand_off(stream, of_first)
    }

    /// Mean time of one touch of a stream in a pool that is worked to its end: talk and wrap-up, lost with
    /// tools and in reading into the case, once more where it comes from another tier.
    #[must_use]
    pub fn touch(&self, stream: StreamId, pool: PoolId) -> HandleMinutes {
        let (stream, pool) = (self.stream(stream), self.pool(pool));
        let queue = self.queue(stream.queue);
        let talk = match queue.handle_by_tier.get(&(pool.tier, stream.complexity)) {
            Some(&own) => own,
            None => queue.handle[&stream.complexity] * self.tier(pool.tier).pace,
        };
        let course = &queue.course;
        let readings = if stream.escalated_to.is_some() { 2.0 } else { 1.0 };
        let whole = talk + queue.wrap_up;
        let sorted = whole - self.funnel.triage_saves(stream.queue);
        // Where the share of administration is known, triage takes off no more than that.
        let admin = queue.course.admin.value();
        let least =
            if admin > 0.0 { (1.0 - admin).max(LEAST_OF_A_CONTACT) } else { LEAST_OF_A_CONTACT };
        HandleMinutes(sorted.0.max(whole.0 * least)) * pool.ramp
            + course.tool_friction
            + course.context_switch * readings
    }

    /// Part of a touch that is administration, which automation can take over.
    #[must_use]
    pub fn admin(&self, stream: StreamId, pool: PoolId) -> HandleMinutes {
        let queue = self.queue(self.stream(stream).queue);
        let lost = queue.course.tool_friction + queue.course.context_switch;
        let own = self.touch(stream, pool).0 - lost.0;
        HandleMinutes(own.max(0.0)) * queue.course.admin
    }

    /// Chance that an agent ends a contact of a stream; what was escalated is not ended.
    #[must_use]
    pub fn ended(&self, stream: StreamId) -> f64 {
        let stream = self.stream(stream);
        let queue = self.queue(stream.queue);
        match (queue.course.ending, stream.escalated_to) {
            (Some(ending), None) => queue.difficult.value() * ending.share.value(),
            _ => 0.0,
        }
    }

    /// First touches as a part of all touches of a stream.
    fn first_touches(&self, stream: StreamId) -> f64 {
        let course = &self.queue(self.stream(stream).queue).course;
        1.0 / (1.0 + (course.touches - 1.0).max(0.0) * (1.0 - self.ended(stream)))
    }

    /// Chance that a touch of a stream is done by another person than the one before: replies of a queue
    /// that is not owned reach everyone who may take it alike (assumption).
    fn chance_of_hand_off(&self, stream: StreamId, of_first: f64) -> f64 {
        let course = &self.queue(self.stream(stream).queue).course;
        let people: f64 =
            self.pools_for(stream).flat_map(|pool| &self.pool(pool).agents).map(|_| 1.0).sum();
        match course.ownership {
            Ownership::Owner => 0.0,
            Ownership::Pool => (1.0 - of_first) * (1.0 - 1.0 / f64::max(people, 1.0)),
        }
    }

    /// Rest owed after a contact of this queue, on average.
    #[must_use]
    pub fn recovery_owed(&self, queue: QueueId) -> HandleMinutes {
        HandleMinutes(self.recovery.real()) * self.queue(queue).difficult
    }

    /// For people: `phone-billing/simple`, or `phone-billing/simple at manager` of what is escalated.
    #[must_use]
    pub fn stream_title(&self, stream: StreamId) -> String {
        let stream = self.stream(stream);
        let queue = self.names.queues.of(stream.queue);
        let class = self.names.complexities.of(stream.complexity);
        match stream.escalated_to {
            Some(tier) => format!("{queue}/{class} at {}", self.names.tiers.of(tier)),
            None => format!("{queue}/{class}"),
        }
    }

    /// The first date of the horizon.
    #[must_use]
    pub fn first(&self) -> Date {
        self.calendar.first()
    }
}

#[cfg(test)]
mod tests;
