//! The plan played against chance: arrivals, patience, absences, breaks. Records only; figures are
//! [`crate::kpi`]'s.

mod agenda;
mod arrivals;
mod draws;
mod floor;
pub mod models;
pub(crate) mod open_clock;
#[cfg(test)]
mod published;
mod setting;
mod shares;
mod standby;

use serde::Serialize;

use crate::funnel::HumanDemand;
use crate::id::{AgentId, Id, StreamId, TierId};
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::{Channel, Scenario};
use crate::workload::Workload;
use floor::{Contact, Floor, State};
use setting::Setting;

/// Where all draws of one play come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seed {
    /// The user's seed.
    pub seed: u64,
    /// Which week is played.
    pub replication: u64,
}

/// What happened in one played week.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Log {
    /// Every contact, in order of arrival.
    pub contacts: Vec<ContactRecord>,
    /// Every person's time, in the order of agents.
    pub people: Vec<PersonRecord>,
}

/// What became of one contact. Times are minutes since the horizon's start, as real numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ContactRecord {
    /// Its stream.
    pub stream: StreamId,
    /// When it came in.
    pub arrived: f64,
    /// When someone first worked on it, if anyone did; of a caller who is called back, when they were called.
    pub answered: Option<f64>,
    /// When the customer had a first answer: at once where they talk, chat or message, with the first touch
    /// done in e-mail; none where there is none yet.
    pub responded: Option<f64>,
    /// When it was done or given up; none: still open at the end of the horizon.
    pub ended: Option<f64>,
    /// When it was settled, the last touch done; none where it is open, given up or ended by the agent.
    pub resolved: Option<f64>,
    /// How it came out.
    pub outcome: Outcome,
    /// Who took it first.
    pub agent: Option<AgentId>,
    /// Whether it was emotionally hard.
    pub is_difficult: bool,
    /// Times someone worked on it to the end of a touch.
    pub touches: u32,
    /// Times it went on to another person, escalations included.
    pub hand_offs: u32,
    /// The highest tier it was escalated to, if any.
    pub escalated_to: Option<TierId>,
    /// What became of a promise to call back; none: no such promise.
    pub called_back: Option<CalledBack>,
}

/// How a contact came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Still open at the end of the horizon.
    #[default]
    Open,
    /// Settled.
    Resolved,
    /// The customer hung up.
    GaveUp,
    /// The agent ended it, as they may when it is too hard.
    EndedByAgent,
}

/// A promise to call back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalledBack {
    /// When it was made.
    pub agreed: f64,
    /// When it is due.
    pub due: f64,
    /// When the call was made; none: not within the horizon.
    pub called: Option<f64>,
}

/// How one person's on-queue time went.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PersonRecord {
    /// Whether present, by day of the horizon.
    pub present: Vec<bool>,
    /// Minutes busy with live contacts, by interval.
    pub live: Vec<f64>,
    /// Minutes busy with tickets, by interval.
    pub tickets: Vec<f64>,
    /// Minutes of recovery taken, by interval.
    pub recovery: Vec<f64>,
    /// Minutes on queue, by interval (busy past the end of a duty included).
    pub on_queue: Vec<f64>,
    /// When difficult contacts were over for them, in order: from then on a rest is owed.
    pub difficult: Vec<f64>,
    /// Rests taken after difficult contacts, in order.
    pub rests: Vec<Stay>,
    /// Stretches on queue without any rest or pause between, in order.
    pub stretches: Vec<Stay>,
}

/// From when to when something lasted, in minutes since the horizon's start.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stay {
    /// When it began.
    pub from: f64,
    /// When it ended.
    pub to: f64,
}

/// Play one week.
#[must_use]
pub fn play(
    scenario: &Scenario,
    demand: &HumanDemand,
    workload: &Workload,
    roster: &Roster,
    routing: &Routing,
    seed: Seed,
) -> Log {
    let setting = Setting::of(scenario, demand, workload, roster, routing);
    let mut floor = Floor::new(&setting);
    floor.play(seed);
    Log {
        contacts: floor.contacts.iter().map(|contact| record(contact, scenario)).collect(),
        people: (0..setting.people.len()).map(|person| person_record(person, &floor)).collect(),
    }
}

fn record(contact: &Contact, scenario: &Scenario) -> ContactRecord {
    let time = |time: f64| (!time.is_nan()).then_some(time);
    let answered = time(contact.answered);
    let ended = time(contact.ended);
    let is_resolved = contact.state == State::Done;
    let stream = StreamId::at(contact.stream as usize);
    let is_mail = scenario.queue(scenario.stream(stream).queue).channel == Channel::Email;
    ContactRecord {
        stream,
        arrived: contact.arrived,
        answered,
        responded: if is_mail { ended } else { answered },
        ended,
        resolved: ended.filter(|_| is_resolved),
        outcome: match contact.state {
            State::Waiting | State::InHand => Outcome::Open,
            State::Done => Outcome::Resolved,
            State::GaveUp => Outcome::GaveUp,
        },
        agent: answered.map(|_| AgentId::at(contact.person as usize)),
        is_difficult: contact.is_difficult,
        touches: u32::from(is_resolved),
        hand_offs: 0,
        escalated_to: None,
        called_back: None,
    }
}

fn person_record(person: usize, floor: &Floor<'_>) -> PersonRecord {
    let column = |column: usize| floor.spent_by(person).iter().map(|spent| spent[column]).collect();
    PersonRecord {
        present: floor.present(person).to_vec(),
        live: column(0),
        tickets: column(1),
        recovery: column(2),
        on_queue: column(3),
        difficult: floor.stays(person).difficult.clone(),
        rests: floor.stays(person).rests.clone(),
        stretches: floor.stays(person).stretches.clone(),
    }
}
