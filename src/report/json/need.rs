//! The contract of needs, alone and within a plan.

use super::funnel::{FunnelFile, funnel};
use super::staffing::{RungFile, StaffingFile, rungs, staffing};
use super::text;
use crate::plan::{Ground, NeedChecks, Sureness};
use crate::report::figures::rounded;
use crate::report::need::{half_hours, peak, ticket_minutes_of_day};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct NeedFile<'a> {
    half_hours: Vec<HalfHourFile<'a>>,
    tickets: Vec<TicketDayFile>,
}

#[derive(Serialize)]
struct HalfHourFile<'a> {
    start: String,
    queues: Vec<&'a str>,
    people: f64,
    load: f64,
}

#[derive(Serialize)]
struct TicketDayFile {
    date: String,
    stream: String,
    arrived_minutes: f64,
    due_minutes: f64,
}

/// The contract of needs, `evenkeel.need/1`.
#[must_use]
pub fn need(ground: &Ground, checks: &NeedChecks, scenario: &Scenario) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        input_hash: &'a str,
        #[serde(flatten)]
        need: NeedFile<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        funnel: Option<FunnelFile<'a>>,
        staffing: StaffingFile<'a>,
        price_of_sureness: &'a [Sureness],
        followed: Vec<RungFile<'a>>,
    }
    let need = need_file(&ground.requirement, scenario);
    let funnel = funnel(&ground.demand, ground.triage.as_ref(), scenario);
    text(&File {
        schema: "evenkeel.need/1",
        input_hash: &scenario.input_hash,
        need,
        funnel,
        staffing: staffing(&ground.workload.day_spread, &ground.forecast, scenario),
        price_of_sureness: &checks.price_of_sureness,
        followed: rungs(&checks.followed, scenario),
    })
}

pub(super) fn need_file<'a>(requirement: &Requirement, scenario: &'a Scenario) -> NeedFile<'a> {
    let calendar = &scenario.calendar;
    let mut halves = Vec::new();
    for (span, intervals) in half_hours(calendar) {
        for row in &requirement.live {
            let people = peak(&row.people, &intervals);
            if people > 0.0 {
                halves.push(HalfHourFile {
                    start: calendar.stamp(span.start),
                    queues: row
                        .queues
                        .iter()
                        .map(|&queue| scenario.names.queues.of(queue))
                        .collect(),
                    people: rounded(people),
                    load: rounded(peak(&row.load, &intervals)),
                });
            }
        }
    }
    let mut tickets = Vec::new();
    for row in &requirement.tickets {
        for day in 0..calendar.days() {
            let (arrived, due) = ticket_minutes_of_day(row, calendar, day);
            if arrived > 0.0 || due > 0.0 {
                tickets.push(TicketDayFile {
                    date: calendar.date(day).to_string(),
                    stream: scenario.stream_title(row.stream),
                    arrived_minutes: rounded(arrived),
                    due_minutes: rounded(due),
                });
            }
        }
    }
    NeedFile { half_hours: halves, tickets }
}
