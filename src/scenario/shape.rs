//! The shape of `scenario.toml`, key by key; its JSON Schema comes from here, and reading walks by that schema.

mod course;
mod funnel;
mod kpis;
mod presence;
mod routing;
mod sites;
mod staffing;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use course::{
    CallbackShape, ChannelDefaults, EndingShape, EscalationShape, LevelShape, OwnershipShape,
    ServiceClassShape,
};
pub(super) use funnel::*;
pub(super) use kpis::{KpisShape, QualityShape};
pub(super) use presence::MinimumPresenceShape;
pub(super) use routing::{PeopleShape, PolicyShape, RoutingShape};
pub(super) use sites::SiteShape;
pub(super) use staffing::{MethodShape, StaffingShape};

/// A support team and the days to plan for it.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Evenkeel scenario")]
pub(super) struct File {
    /// Version of this file's shape.
    #[serde(rename = "schema")]
    #[schemars(required, extend("const" = "evenkeel.scenario/1"))]
    pub _schema: Option<String>,
    /// What you call it, for reports.
    #[schemars(required, length(min = 1, max = 200))]
    pub name: Option<String>,
    /// Currency of all wages, in three capital letters.
    #[serde(default = "currency")]
    #[schemars(extend("format" = "currency"))]
    pub currency: String,
    /// Law packs in force, such as `ie`; where several rule the same thing, the most protective value wins.
    #[serde(default)]
    pub law: Vec<String>,
    /// What matters more than what once the law is kept: a preset, or the aims from first to last.
    #[serde(default)]
    pub aims: AimsShape,
    /// Whether strain counts in the search for rosters; `false`, mostly in a variant, shows what a plan without it
    /// would come to. It is reported either way.
    #[serde(default = "yes")]
    pub count_strain: bool,
    /// Every random draw starts here; the same seed gives the same plan.
    #[serde(default = "seed")]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_u64))]
    pub seed: u64,
    /// Paid minutes of rest owed after a difficult contact (assumption).
    #[serde(default = "recovery_minutes")]
    #[schemars(range(min = 0, max = 60))]
    pub recovery_minutes: i64,
    /// Share of the idle time between live contacts that ticket work can use (assumption).
    #[serde(default = "switching_efficiency")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub switching_efficiency: f64,
    /// Most of everyone's on-queue time that all work together may fill (assumption).
    #[serde(default = "utilisation")]
    #[schemars(range(min = 0.1, max = 1.0))]
    pub utilisation: f64,
    /// Longest planned stretch of work without a break or meal, in minutes.
    #[serde(default = "longest_stretch_minutes")]
    #[schemars(range(min = 30, max = 480))]
    pub longest_stretch_minutes: i64,
    /// Days between publishing the roster and its first day.
    #[serde(default = "notice_days")]
    #[schemars(range(min = 0, max = 365))]
    pub notice_days: i64,
    /// The days to plan.
    #[schemars(required)]
    pub horizon: Option<HorizonShape>,
    /// How long to search and play, in counts and never in seconds, so that the same input gives the same plan.
    #[serde(default)]
    pub budget: BudgetShape,
    /// Unplanned absence; leave and breaks are in the roster and not counted here.
    #[serde(default)]
    pub presence: PresenceShape,
    /// How long new people take to learn.
    #[serde(default)]
    pub ramp: RampShape,
    /// Topics with a larger share of difficult contacts send these on to the next step of their escalation
    /// path; by default none does. The share is the topic's base rate, nothing is read from a person's words.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub escalate_difficult_above: f64,
    /// Whether targets, patience and contacts at once that a queue leaves out are those usual for its channel.
    #[serde(default)]
    pub channel_defaults: ChannelDefaults,
    /// What each priority promises, for queues with `impact` or `urgency` and no targets (assumption).
    #[serde(default = "service_classes")]
    #[schemars(length(min = 1, max = 5))]
    pub service_classes: Vec<ServiceClassShape>,
    /// How closely a week keeps to contract hours.
    #[serde(default)]
    pub contract: ContractShape,
    /// How figures are compared fairly.
    #[serde(default)]
    pub kpis: KpisShape,
    /// How the team reviews its own work.
    #[serde(default)]
    pub quality: QualityShape,
    /// How the need for people is worked out.
    #[serde(default)]
    pub staffing: StaffingShape,
    /// Who is handed which contact, in play.
    #[serde(default)]
    pub routing: RoutingShape,
    /// What hiring and cutting cost, for comparisons of what-ifs.
    #[serde(default)]
    pub what_if: WhatIfShape,
    /// Training, coaching and reviews owed each week, in blocks that queue work never overlaps.
    #[serde(default)]
    pub off_queue: Vec<OffQueueShape>,
    /// Breaks the house gives by length of duty; the law's minimum holds besides.
    #[serde(default)]
    pub breaks: Vec<BreakShape>,
    /// Classes of complexity, easiest first; by default simple 1, moderate 2, complex 4, deep 8 (assumption).
    #[serde(default = "complexities")]
    #[schemars(length(min = 1, max = 20))]
    pub complexities: Vec<ComplexityShape>,
    /// The ladder, lowest first; by default css1, css2, senior-css, support-engineer, senior-support-engineer
    /// (wages, pace and reach are assumptions).
    #[serde(default = "tiers")]
    #[schemars(length(min = 1, max = 50))]
    pub tiers: Vec<TierShape>,
    /// What drives volumes: customers, and how many of them were helped to start well.
    pub drivers: Option<DriversShape>,
    /// What stands between customers and people.
    pub funnel: Option<FunnelShape>,
    /// Dated changes of volumes by a name of yours, besides those of events.csv.
    #[serde(default)]
    pub events: BTreeMap<String, EventShape>,
    /// Places of work with a clock or a law of their own; without any, `site` in agents.csv is a mere name.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub sites: Vec<SiteShape>,
    /// How many of some people must be on duty at once, whatever comes in: hard rules between people.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub minimum_presence: Vec<MinimumPresenceShape>,
    /// Shapes of shift that may be rostered.
    #[schemars(required, length(min = 1, max = 500))]
    pub shifts: Option<Vec<ShiftShape>>,
    /// Channels and topics.
    #[schemars(required, length(min = 1, max = 500))]
    pub queues: Option<Vec<QueueShape>>,
}

/// The days to plan and their grid.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HorizonShape {
    /// First date.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// How many days, 1 to 366.
    #[serde(default = "days")]
    #[schemars(range(min = 1, max = 366))]
    pub days: usize,
    /// Length of an interval of demand: 5, 10, 15, 30 or 60 minutes.
    #[serde(default = "grid_minutes")]
    #[schemars(range(min = 5, max = 60))]
    pub grid_minutes: i64,
    /// IANA time zone, such as Europe/Dublin.
    pub time_zone: String,
    /// Day that weeks start on.
    #[serde(default = "week_start")]
    #[schemars(extend("format" = "weekday"))]
    pub week_start: String,
    /// Dates of public holidays with their names.
    #[serde(default)]
    pub holidays: BTreeMap<String, String>,
}

/// How long to search and play.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BudgetShape {
    /// Rounds of pricing at most.
    #[schemars(range(min = 1, max = 100_000))]
    pub rounds: usize,
    /// Nodes of a search for whole rosters at most.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub nodes: usize,
    /// Weeks played to judge targets.
    #[schemars(range(min = 2, max = 100_000))]
    pub replications: usize,
    /// Weeks played at most where some target is neither decided nor known to a point; by default four times
    /// `replications` (assumption).
    #[schemars(range(min = 2, max = 100_000))]
    pub most_replications: Option<usize>,
}

/// Unplanned absence.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PresenceShape {
    /// Chance that a rostered person is there (assumption); `presence` in agents.csv overrides it.
    #[schemars(range(min = 0.5, max = 1.0))]
    pub share: f64,
}

/// Learning: handle time starts at `start_factor` times the usual and falls evenly to 1 over `weeks` (assumption).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RampShape {
    /// Weeks from the start date until handle time is as usual.
    #[schemars(range(min = 0, max = 260))]
    pub weeks: i64,
    /// Handle time on the first day, as a multiple of the usual.
    #[schemars(range(min = 1.0, max = 10.0))]
    pub start_factor: f64,
}

/// How closely a planned week keeps to contract hours.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ContractShape {
    /// Fewest paid hours of a planned week, as a share of the contract (assumption).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub fewest_share: f64,
    /// Hours a week that may be planned beyond the contract.
    #[schemars(range(min = 0.0, max = 40.0))]
    pub overtime_hours: f64,
}

/// What hiring and cutting cost, for comparisons of what-ifs; nothing else reads it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WhatIfShape {
    /// Minutes a week that someone hired and their mentor spend together, where no `off_queue` work is for
    /// `ramp-and-mentors` (assumption).
    #[schemars(range(min = 0, max = 480))]
    pub mentor_minutes: i64,
    /// Cost of finding someone, as a share of a year's wages of their place (assumption).
    #[schemars(range(min = 0.0, max = 3.0))]
    pub recruiting_share: f64,
    /// Weeks from the decision to hire to the first day (assumption).
    #[schemars(range(min = 0, max = 104))]
    pub weeks_to_hire: i64,
    /// Weeks until those cut are hired again, over which their wages are saved (assumption).
    #[schemars(range(min = 1, max = 520))]
    pub weeks_until_rehired: i64,
    /// Cost of a contact that is kept from coming to people, such as by a bot or an article (assumption).
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub cost_per_contact_kept_away: f64,
    /// Cost of an hour of after-contact work that is done by machines instead (assumption).
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub cost_per_admin_hour_automated: f64,
}

/// Off-queue work owed each week.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OffQueueShape {
    /// What it is, such as `coaching`.
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    /// Length of its one block, in minutes.
    #[schemars(range(min = 5, max = 480))]
    pub minutes: i64,
    /// Who owes it.
    #[serde(default)]
    pub who: OffQueueWho,
}

/// Who owes off-queue work.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OffQueueWho {
    /// Everyone.
    #[default]
    Everyone,
    /// People who are still learning, and their mentors.
    RampAndMentors,
}

/// Breaks in a duty of at least so many hours.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BreakShape {
    /// From this length of duty, start to end.
    #[schemars(range(min = 0.0, max = 24.0))]
    pub from_hours: f64,
    /// Lengths of the paid pauses.
    #[serde(default)]
    #[schemars(length(max = 12), inner(range(min = 5, max = 120)))]
    pub pauses_minutes: Vec<i64>,
    /// Length of the unpaid meal, if any.
    #[schemars(range(min = 5, max = 240))]
    pub meal_minutes: Option<i64>,
}

/// A class of complexity.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ComplexityShape {
    /// Its name in this folder's files.
    #[schemars(extend("format" = "id"))]
    pub id: String,
    /// Its weight.
    #[schemars(range(min = 0.01, max = 1000.0))]
    pub points: f64,
    /// Most open cases of it that one person owns at once, fewer while they learn; by default 12 from 4 points
    /// on, no cap below (assumption).
    #[schemars(range(min = 1, max = 1000))]
    pub open_cases: Option<u32>,
}

/// A step of the ladder.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TierShape {
    /// Its name in this folder's files.
    #[schemars(extend("format" = "id"))]
    pub id: String,
    /// Its name for people; by default the id.
    pub title: Option<String>,
    /// Classes of complexity it takes.
    #[schemars(length(min = 1))]
    pub takes: Vec<String>,
    /// Wage and on-cost of an hour.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub wage_per_hour: f64,
    /// Handle time as a multiple of the queue's: below 1 is faster.
    #[serde(default = "one")]
    #[schemars(range(min = 0.1, max = 10.0))]
    pub pace: f64,
    /// Most of live time that live contacts may fill; it protects people (assumption).
    #[serde(default = "occupancy")]
    #[schemars(range(min = 0.1, max = 1.0))]
    pub occupancy: f64,
    /// Takes only what other tiers escalate to it, as a manager does.
    #[serde(default)]
    pub only_escalated: bool,
}

/// A shape of shift.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftShape {
    /// Its name in this folder's files.
    #[schemars(extend("format" = "id"))]
    pub id: String,
    /// When it may start, first to last, such as `mon-fri 08:00-10:00`; one time alone is the only start.
    #[schemars(extend("format" = "starts"))]
    pub starts: String,
    /// Minutes between possible starts.
    #[serde(default = "step_minutes")]
    #[schemars(range(min = 5, max = 720))]
    pub start_step_minutes: i64,
    /// Shortest and longest, start to end, meals included.
    #[schemars(inner(range(min = 0.25, max = 24.0)))]
    pub hours: [f64; 2],
    /// Minutes between possible lengths.
    #[serde(default = "step_minutes")]
    #[schemars(range(min = 5, max = 720))]
    pub length_step_minutes: i64,
    /// Tiers that may work it; empty: all.
    #[serde(default)]
    pub tiers: Vec<String>,
}

/// A channel and a topic.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QueueShape {
    /// Its name in this folder's files.
    #[schemars(extend("format" = "id"))]
    pub id: String,
    /// Its name for people; by default the id.
    pub title: Option<String>,
    /// The way contacts come in.
    pub channel: ChannelShape,
    /// What they are about.
    #[serde(default)]
    pub topic: String,
    /// Opening hours, such as `mon-fri 08:00-18:00; sat 10:00-14:00; holiday closed`, or `always`.
    #[schemars(extend("format" = "weekly-hours"))]
    pub hours: String,
    /// 1 is answered first; by default by impact and urgency, or 1 where neither is given.
    #[schemars(range(min = 1, max = 9))]
    pub priority: Option<u8>,
    /// How much a problem hurts. With urgency it sets the priority (high and high 1, low and low 5) and, where
    /// no targets are written, what is promised (`service_classes`).
    pub impact: Option<LevelShape>,
    /// How soon a problem hurts.
    pub urgency: Option<LevelShape>,
    /// Share of each class of complexity, summing to 1.
    #[schemars(extend("minProperties" = 1))]
    pub mix: BTreeMap<String, ShareShape>,
    /// Share of contacts expected to be emotionally hard, by topic.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub difficult: f64,
    /// Talk or touch time in minutes, by class of complexity.
    pub handle_minutes: BTreeMap<String, TalkMinutes>,
    /// Talk or touch time that a tier needs instead, its pace included.
    #[serde(default)]
    pub handle_minutes_by_tier: BTreeMap<String, BTreeMap<String, TalkMinutes>>,
    /// Work after the contact, in minutes.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 240.0))]
    pub wrap_up_minutes: f64,
    /// Squared coefficient of variation of handle time; 1 is exponential (assumption).
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 25.0))]
    pub handle_variability: f64,
    /// Mean patience before hanging up, in minutes, or `"infinite"`, the default.
    pub patience_minutes: Option<Patience>,
    /// Skill an agent must have; none: everyone has it.
    #[schemars(extend("format" = "id"))]
    pub skill: Option<String>,
    /// Chat and messaging: rate of each conversation when one agent holds 1, 2, 3 ... of them, as a share of
    /// the rate alone. Its length is the most held at once; by default one at a time.
    #[serde(default)]
    #[schemars(length(max = 12), inner(range(min = 0.01, max = 1.0)))]
    pub rate_by_level: Vec<f64>,
    /// A flat volume while open, instead of volume.csv or history.csv.
    #[schemars(range(min = 0.0, max = 1_000_000.0))]
    pub contacts_per_hour: Option<f64>,
    /// Contacts a week of each customer in [drivers], spread evenly over a week's opening hours, instead of
    /// volume.csv or history.csv.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub contacts_per_customer_per_week: Option<f64>,
    /// Contacts waiting when the horizon starts, for e-mail and messaging.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 10_000_000.0))]
    pub backlog: f64,
    /// E-mail and messaging: mean touches until a case is settled, each of them a handle time.
    #[schemars(range(min = 1.0, max = 50.0))]
    pub touches: Option<f64>,
    /// E-mail and messaging: mean hours until a customer replies to an answer.
    #[schemars(range(min = 0.01, max = 2000.0))]
    pub re_entry_hours: Option<f64>,
    /// E-mail and messaging: cases that wait for their customer's reply when the horizon starts.
    #[schemars(range(min = 0.0, max = 10_000_000.0))]
    pub awaiting_reply: Option<f64>,
    /// E-mail and messaging: who answers a customer's reply; by default whoever is free first.
    pub ownership: Option<OwnershipShape>,
    /// Seconds of reading into a case: with every touch, and once more where another person takes it over.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 3600.0))]
    pub context_switch_seconds: f64,
    /// Seconds lost in switching between tools, with every touch.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 3600.0))]
    pub tool_friction_seconds: f64,
    /// Share of handle time that is administration, which automation can take over.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub admin_share: f64,
    /// Voice: calling back those who would wait.
    pub callback: Option<CallbackShape>,
    /// To whom cases go on, step by step, up to a manager.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub escalation: Vec<EscalationShape>,
    /// Ending a difficult contact.
    pub ending: Option<EndingShape>,
    /// Only people with `sensitive` in agents.csv take it, and it needs a staffed escalation path.
    #[serde(default)]
    pub sensitive: bool,
    /// Targets to keep.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub targets: Vec<TargetShape>,
}

/// The way contacts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ChannelShape {
    /// Telephone: one at a time, now.
    Voice,
    /// Chat: several at a time, now.
    Chat,
    /// Messaging: several at a time, may pause.
    Messaging,
    /// E-mail and tickets: one touch at a time, by a deadline.
    Email,
}

/// A share from 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct ShareShape(#[schemars(range(min = 0.0, max = 1.0))] pub f64);

/// Minutes of talk or touch.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct TalkMinutes(#[schemars(range(min = 0.01, max = 1440.0))] pub f64);

/// Mean patience in minutes, or `"infinite"` for callers who never hang up.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Patience {
    /// Minutes.
    Minutes(#[schemars(range(min = 0.01, max = 10_000.0))] f64),
    /// Callers never hang up.
    Never(Infinite),
}

/// The word for patience without end.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Infinite {
    /// Without end.
    Infinite,
}

/// A target to keep. `service_level` needs `share` and `within_seconds`, `abandonment` needs `at_most`,
/// `first_response` and `resolution` need `share` and `within_hours`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetShape {
    /// What it measures.
    pub measure: MeasureShape,
    /// At least this share of contacts.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// `service_level`: answered within so many seconds.
    #[schemars(range(min = 0.0, max = 86_400.0))]
    pub within_seconds: Option<f64>,
    /// `first_response`: answered within so many hours; `resolution`: settled within so many hours.
    #[schemars(range(min = 0.05, max = 720.0))]
    pub within_hours: Option<f64>,
    /// `abandonment`: at most this share hang up.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub at_most: Option<f64>,
    /// `service_level`: which contacts count; by default `offered`.
    pub definition: Option<DefinitionShape>,
    /// `first_response` and `resolution`: which clock runs; by default `business`.
    pub clock: Option<ClockShape>,
    /// Over what period it must hold.
    #[serde(default)]
    pub period: PeriodShape,
    /// Where the figure comes from, such as `contract`.
    pub source: Option<String>,
}

/// What a target measures.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(super) enum MeasureShape {
    /// At least this share answered within so many seconds: voice and chat.
    ServiceLevel,
    /// At most this share hang up: voice and chat.
    Abandonment,
    /// At least this share get a first response within so many hours: messaging and e-mail.
    FirstResponse,
    /// At least this share are settled, their last touch done, within so many hours: messaging and e-mail.
    Resolution,
}

/// Which contacts a service level counts.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DefinitionShape {
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
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClockShape {
    /// Only the queue's opening hours count.
    Business,
    /// Every minute counts.
    Calendar,
}

/// The period over which a target must hold.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(super) enum PeriodShape {
    /// Each interval.
    Interval,
    /// Each day.
    #[default]
    Day,
    /// The whole horizon, week by week.
    Week,
}

/// A preset of aims, or a list of aims from the one that matters most.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum AimsShape {
    /// A preset.
    Preset(AimsPreset),
    /// All five aims, first matters most.
    Order(Vec<AimShape>),
}

/// A preset of aims.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::enum_variant_names, reason = "the presets are called so in files")]
pub(super) enum AimsPreset {
    /// Nobody in red strain, service, strain, fairness, cost.
    PeopleFirst,
    /// Service, nobody in red strain, strain, fairness, cost.
    ServiceFirst,
    /// Nobody in red strain, service, cost, strain, fairness.
    CostFirst,
}

/// An aim below the law.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(super) enum AimShape {
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

impl Default for AimsShape {
    fn default() -> AimsShape {
        AimsShape::Preset(AimsPreset::PeopleFirst)
    }
}

impl Default for BudgetShape {
    fn default() -> BudgetShape {
        BudgetShape { rounds: 40, nodes: 200, replications: 200, most_replications: None }
    }
}

impl Default for PresenceShape {
    fn default() -> PresenceShape {
        PresenceShape { share: 0.96 }
    }
}

impl Default for RampShape {
    fn default() -> RampShape {
        RampShape { weeks: 12, start_factor: 1.6 }
    }
}

impl Default for WhatIfShape {
    fn default() -> WhatIfShape {
        WhatIfShape {
            mentor_minutes: 60,
            recruiting_share: 0.2,
            weeks_to_hire: 8,
            weeks_until_rehired: 52,
            cost_per_contact_kept_away: 1.0,
            cost_per_admin_hour_automated: 8.0,
        }
    }
}

impl Default for ContractShape {
    fn default() -> ContractShape {
        ContractShape { fewest_share: 0.9, overtime_hours: 0.0 }
    }
}

fn currency() -> String {
    "EUR".to_owned()
}
fn seed() -> u64 {
    1
}
fn recovery_minutes() -> i64 {
    5
}
fn switching_efficiency() -> f64 {
    0.9
}
fn utilisation() -> f64 {
    0.95
}
fn longest_stretch_minutes() -> i64 {
    120
}
fn notice_days() -> i64 {
    14
}
fn days() -> usize {
    7
}
fn grid_minutes() -> i64 {
    30
}
fn week_start() -> String {
    "mon".to_owned()
}
fn step_minutes() -> i64 {
    30
}
fn one() -> f64 {
    1.0
}
fn occupancy() -> f64 {
    0.85
}
fn yes() -> bool {
    true
}
pub(super) fn service_classes() -> Vec<ServiceClassShape> {
    course::service_classes()
}

fn complexities() -> Vec<ComplexityShape> {
    let classes = [("simple", 1.0), ("moderate", 2.0), ("complex", 4.0), ("deep", 8.0)];
    classes
        .map(|(id, points)| ComplexityShape { id: id.to_owned(), points, open_cases: None })
        .into()
}

fn tiers() -> Vec<TierShape> {
    let ladder: [(&str, &str, &[&str], f64); 5] = [
        ("css1", "CSS1", &["simple", "moderate"], 18.0),
        ("css2", "CSS2", &["simple", "moderate", "complex"], 21.0),
        ("senior-css", "Senior CSS", &["simple", "moderate", "complex"], 25.0),
        ("support-engineer", "Support engineer", &["moderate", "complex", "deep"], 32.0),
        ("senior-support-engineer", "Senior support engineer", &["complex", "deep"], 40.0),
    ];
    let tier = |(id, title, takes, wage_per_hour): (&str, &str, &[&str], f64)| TierShape {
        id: id.to_owned(),
        title: Some(title.to_owned()),
        takes: takes.iter().map(|&class| class.to_owned()).collect(),
        wage_per_hour,
        pace: one(),
        occupancy: occupancy(),
        only_escalated: false,
    };
    ladder.map(tier).into()
}
