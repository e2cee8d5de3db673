//! The plan played against chance: arrivals, patience, absences, breaks. Records only; figures are
//! [`crate::kpi`]'s.

mod agenda;
mod arrivals;
#[cfg(test)]
mod changing;
mod draws;
#[cfg(test)]
mod exact;
mod floor;
#[cfg(test)]
mod laws;
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
use floor::{Case, Contact, Floor, State};
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
        contacts: records(&floor, scenario),
        people: (0..setting.people.len()).map(|person| person_record(person, &floor)).collect(),
    }
}

/// Every contact that came in within the horizon; of those answered before, only the work shows.
fn records(floor: &Floor<'_>, scenario: &Scenario) -> Vec<ContactRecord> {
    let case = |contact: &Contact| floor.cases.get(contact.case as usize);
    floor
        .contacts
        .iter()
        .filter(|&contact| case(contact).is_none_or(|case| !case.is_old))
        .map(|contact| match case(contact) {
            Some(case) => record_of_case(contact, case, scenario),
            None => record(contact, scenario),
        })
        .collect()
}

fn record(contact: &Contact, scenario: &Scenario) -> ContactRecord {
    let answered = time(contact.answered);
    let ended = time(contact.ended);
    let is_resolved = contact.state == State::Done;
    let stream = StreamId::at(contact.stream as usize);
    ContactRecord {
        stream,
        arrived: contact.arrived,
        answered,
        responded: if is_mail(stream, scenario) { ended } else { answered },
        ended,
        resolved: ended.filter(|_| is_resolved),
        outcome: outcome(contact.state),
        agent: answered.map(|_| AgentId::at(contact.person as usize)),
        is_difficult: contact.is_difficult,
        touches: u32::from(is_resolved),
        hand_offs: 0,
        escalated_to: None,
        called_back: None,
    }
}

fn record_of_case(contact: &Contact, case: &Case, scenario: &Scenario) -> ContactRecord {
    let stream = StreamId::at(case.stream as usize);
    let answered = time(contact.answered);
    let is_ended = case.is_ended && contact.state == State::Done;
    let outcome = if is_ended { Outcome::EndedByAgent } else { outcome(contact.state) };
    let escalated = scenario.streams.get(case.escalated as usize);
    ContactRecord {
        stream,
        answered,
        responded: if is_mail(stream, scenario) { time(case.responded) } else { answered },
        resolved: time(contact.ended).filter(|_| outcome == Outcome::Resolved),
        outcome,
        agent: answered.map(|_| AgentId::at(case.first as usize)),
        touches: case.touches,
        hand_offs: case.hand_offs,
        escalated_to: escalated.and_then(|stream| stream.escalated_to),
        called_back: time(case.agreed).map(|agreed| CalledBack {
            agreed,
            due: case.call_due,
            called: time(case.called),
        }),
        ..record(contact, scenario)
    }
}

fn time(time: f64) -> Option<f64> {
    (!time.is_nan()).then_some(time)
}

fn outcome(state: State) -> Outcome {
    match state {
        State::Waiting | State::InHand | State::WithCustomer => Outcome::Open,
        State::Done => Outcome::Resolved,
        State::GaveUp => Outcome::GaveUp,
    }
}

/// A customer has an answer by mail once it is written to its end.
fn is_mail(stream: StreamId, scenario: &Scenario) -> bool {
    scenario.queue(scenario.stream(stream).queue).channel == Channel::Email
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
