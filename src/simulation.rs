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
use crate::id::{AgentId, Id, StreamId};
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::Scenario;
use crate::workload::Workload;
use floor::{Contact, Floor};
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
    /// When someone first worked on it, if anyone did.
    pub answered: Option<f64>,
    /// When it was done or given up; none: still open at the end of the horizon.
    pub ended: Option<f64>,
    /// Who took it.
    pub agent: Option<AgentId>,
    /// Whether it was emotionally hard.
    pub is_difficult: bool,
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
        contacts: floor.contacts.iter().map(record).collect(),
        people: (0..setting.people.len()).map(|person| person_record(person, &floor)).collect(),
    }
}

fn record(contact: &Contact) -> ContactRecord {
    let time = |time: f64| (!time.is_nan()).then_some(time);
    let answered = time(contact.answered);
    ContactRecord {
        stream: StreamId::at(contact.stream as usize),
        arrived: contact.arrived,
        answered,
        ended: time(contact.ended),
        agent: answered.map(|_| AgentId::at(contact.person as usize)),
        is_difficult: contact.is_difficult,
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
        rests: floor.stays(person).rests.clone(),
        stretches: floor.stays(person).stretches.clone(),
    }
}
