//! What customers ask by: queues, their targets, and the streams that routing decides on.

use std::collections::BTreeMap;

use super::Course;
use crate::calendar::Weekly;
use crate::id::{ComplexityId, QueueId, SkillId, TierId};
use crate::units::{Contacts, HandleMinutes, Minutes, Seconds, Share, Span};

/// The way a contact comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Telephone: one at a time, now.
    Voice,
    /// Chat: several at a time, now.
    Chat,
    /// Messaging: several at a time, may pause.
    Messaging,
    /// E-mail and tickets: one touch at a time, by a deadline.
    Email,
}

impl Channel {
    /// Whether someone waits for an answer now.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Channel::Voice | Channel::Chat)
    }

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Channel::Voice => "voice",
            Channel::Chat => "chat",
            Channel::Messaging => "messaging",
            Channel::Email => "email",
        }
    }
}

/// A channel and a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// For people.
    pub title: String,
    /// Channel.
    pub channel: Channel,
    /// Topic.
    pub topic: String,
    /// Opening hours as written.
    pub hours: Weekly,
    /// Open stretches of the horizon, a day either side included.
    pub open: Vec<Span>,
    /// 1 is answered first.
    pub priority: u8,
    /// Share of each complexity class; sums to 1.
    pub mix: Vec<(ComplexityId, Share)>,
    /// Share of contacts expected to be emotionally hard, by topic.
    pub difficult: Share,
    /// Talk or touch time by complexity class at pace 1.
    pub handle: BTreeMap<ComplexityId, HandleMinutes>,
    /// Talk or touch time that a tier needs instead, pace included.
    pub handle_by_tier: BTreeMap<(TierId, ComplexityId), HandleMinutes>,
    /// After-contact work, on top of handle time.
    pub wrap_up: HandleMinutes,
    /// Squared coefficient of variation of handle time (1 exponential).
    pub handle_variability: f64,
    /// Mean patience in minutes; none: callers never hang up.
    pub patience: Option<f64>,
    /// Skill an agent must have.
    pub skill: Option<SkillId>,
    /// For chat and messaging: rate of each conversation by how many one agent holds, as a share of the
    /// rate alone; its length is the most at once. Others: one entry, 1.
    pub rate_by_level: Vec<f64>,
    /// Contacts waiting when the horizon starts, for channels with deadlines.
    pub backlog: Contacts,
    /// Targets to keep.
    pub targets: Vec<Target>,
    /// How its contacts run beyond one answer.
    pub course: Course,
}

/// What a target measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// At least this share answered within so long.
    ServiceLevel {
        /// The share.
        share: Share,
        /// The wait.
        within: Seconds,
        /// Which contacts count.
        definition: Definition,
    },
    /// At most this share hang up.
    Abandonment {
        /// The share.
        at_most: Share,
    },
    /// At least this share get their first response within so long.
    FirstResponse {
        /// The share.
        share: Share,
        /// The time.
        within: Minutes,
        /// Which clock runs.
        clock: Clock,
    },
    /// At least this share are settled, the last touch done, within so long.
    Resolution {
        /// The share.
        share: Share,
        /// The time.
        within: Minutes,
        /// Which clock runs.
        clock: Clock,
    },
}

/// The four definitions of service level in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definition {
    /// Served in time over offered.
    Offered,
    /// Served in time over served.
    Answered,
    /// Served in time over offered less those who hang up in time.
    WithoutShortAbandons,
    /// Any end of waiting in time over offered.
    Waited,
}

/// Which clock a first response runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// Only the queue's opening hours count.
    Business,
    /// Every minute counts.
    Calendar,
}

/// The period over which a target must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Each interval.
    Interval,
    /// Each day.
    Day,
    /// The whole horizon, week by week.
    Week,
}

/// A target of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What it measures.
    pub measure: Measure,
    /// Over what period it must hold.
    pub period: Period,
    /// Where the figure comes from, as the user says.
    pub source: Option<String>,
}

/// A queue and a class of complexity that occurs in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stream {
    /// The queue.
    pub queue: QueueId,
    /// The class.
    pub complexity: ComplexityId,
    /// Its share of the queue; none of it comes in by itself where it is only escalated to.
    pub share: Share,
    /// The tier its cases were escalated to, which alone takes them; none: as they come in.
    pub escalated_to: Option<TierId>,
}
