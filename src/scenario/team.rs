//! Who answers and how they work: the ladder, pools, shifts, breaks, and the people.

use crate::calendar::Weekly;
use crate::id::{AgentId, ComplexityId, PoolId, SkillId, StreamId, TierId};
use crate::rules::Person;
use crate::units::{Minutes, Money, Points, Share, Span};

/// A class of complexity.
#[derive(Debug, Clone, PartialEq)]
pub struct Complexity {
    /// Its weight.
    pub points: Points,
    /// Most cases of it that one person owns at once; none: no cap.
    pub open_cases: Option<f64>,
}

/// A step of the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// For people, such as `Senior support engineer`.
    pub title: String,
    /// Classes of complexity it takes.
    pub takes: Vec<ComplexityId>,
    /// Wage and on-cost of an hour.
    pub wage_per_hour: Money,
    /// Handle time as a multiple of the queue's: below 1 is faster.
    pub pace: f64,
    /// Most of live time that live contacts may fill.
    pub occupancy: Share,
    /// Takes only what is escalated to it.
    pub only_escalated: bool,
}

/// Agents of one tier with the same skills and ramp.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Tier.
    pub tier: TierId,
    /// Skills, ascending.
    pub skills: Vec<SkillId>,
    /// Whether they may take sensitive work.
    pub takes_sensitive: bool,
    /// Handle time as a multiple of the tier's, for people who are still learning.
    pub ramp: f64,
    /// Who.
    pub agents: Vec<AgentId>,
    /// For people, such as `css1 phone+chat`.
    pub title: String,
    /// Streams it may take.
    pub streams: Vec<StreamId>,
}

/// A shape of shift: when it may start, how long it may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Start times by day of the week, from first to last.
    pub starts: Weekly,
    /// Minutes between possible starts.
    pub start_step: Minutes,
    /// Shortest, from start to end, meals included.
    pub shortest: Minutes,
    /// Longest.
    pub longest: Minutes,
    /// Minutes between possible lengths.
    pub length_step: Minutes,
    /// Tiers that may work it; empty: all.
    pub tiers: Vec<TierId>,
}

/// Breaks in a duty of at least so long.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakPlan {
    /// From this length of duty, start to end.
    pub from: Minutes,
    /// Paid pauses, by length.
    pub pauses: Vec<Minutes>,
    /// Unpaid meal, if any.
    pub meal: Option<Minutes>,
}

/// Off-queue work owed each week.
#[derive(Debug, Clone, PartialEq)]
pub struct OffQueue {
    /// What it is, such as `coaching`.
    pub title: String,
    /// How long, in one block.
    pub length: Minutes,
    /// Who owes it.
    pub who: OffQueueFor,
}

/// Who owes off-queue work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffQueueFor {
    /// Everyone.
    Everyone,
    /// People in their ramp, and their mentors.
    RampAndMentors,
}

/// A person.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Place in agents.csv, which draws of chance are keyed by, so that absences stay where others go or come.
    pub number: usize,
    /// Tier.
    pub tier: TierId,
    /// Pool.
    pub pool: PoolId,
    /// Where they work.
    pub site: String,
    /// Works away from the site.
    pub is_remote: bool,
    /// May take sensitive work.
    pub takes_sensitive: bool,
    /// Part of the usual cap on open cases that they may own, such as half after a hard incident.
    pub open_cases: Share,
    /// Hours of the contract, a week.
    pub contract: Minutes,
    /// Fewest and most paid minutes that may be planned in a whole week without time off.
    pub week: (Minutes, Minutes),
    /// The same for each week that the horizon touches ([`crate::calendar::Calendar::weeks`]), less where the horizon cuts a
    /// week short and where the person is off: a whole day off counts as a working day of the contract.
    pub weeks: Vec<(Minutes, Minutes)>,
    /// When they can work, a day either side included, time off taken out.
    pub available: Vec<Span>,
    /// The same with time off left in: hours of availability from the first day of employment on.
    pub usual: Vec<Span>,
    /// Planned time off in the horizon.
    pub time_off: Vec<TimeOff>,
    /// Days of the horizon that stay as somebody has settled them.
    pub locks: Vec<Lock>,
    /// Wishes, missed at a price.
    pub wishes: Vec<Wish>,
    /// Handle time as a multiple of the tier's while they learn (1 when done).
    pub ramp: f64,
    /// Who mentors them.
    pub mentor: Option<AgentId>,
    /// What the rules need to know.
    pub person: Person,
    /// Chance that they are there when rostered.
    pub presence: Share,
    /// Off-queue blocks owed in each week of the horizon.
    pub off_queue: Vec<(String, Minutes)>,
}

/// A hard rule between people: so many of them are on duty at every minute of some stretches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumPresence {
    /// What the scenario calls it.
    pub id: String,
    /// Whom it means, in the order of agents.
    pub who: Vec<AgentId>,
    /// How many of them at least.
    pub at_least: usize,
    /// When, in the horizon: ascending, apart from each other, each of the day that it starts on.
    pub stretches: Vec<Span>,
    /// Counts only those at work on queue, not on a break or meal, not in off-queue work.
    pub on_queue: bool,
}

/// Planned time off.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeOff {
    /// When.
    pub span: Span,
    /// Why, as the file says (`annual_leave`, `sick`, `parental`, other).
    pub reason: String,
}

/// What a day of the horizon is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Some duty starts on this day.
    Work(usize),
    /// No duty starts on this day.
    Off(usize),
    /// The duty that starts on this day lasts from then to then.
    Duty(usize, Span),
}

impl Agent {
    /// Part of the usual cap on open cases that they may own: less while they learn, or where their row says so.
    #[must_use]
    pub fn part_of_cases(&self) -> f64 {
        self.open_cases.value() / self.ramp.max(1.0)
    }
}

impl Lock {
    /// The day of the horizon it is about.
    #[must_use]
    pub fn day(self) -> usize {
        match self {
            Lock::Work(day) | Lock::Off(day) | Lock::Duty(day, _) => day,
        }
    }
}

/// A wish for how to work.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// No duty that starts on this day of the horizon.
    Off(usize),
    /// A duty that starts on this day starts no later than so many minutes after midnight.
    StartBy(usize, i64),
    /// A duty that starts on this day starts no earlier than so many minutes after midnight.
    StartFrom(usize, i64),
}
