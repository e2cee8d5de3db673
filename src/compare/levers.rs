//! What else could be done: levers that cover the work as well as before a change, cheapest first.
//!
//! Each lever is tried in steps, and at each the need alone is worked out anew and held against the roster that the
//! change has left; nobody is rostered again. The smallest step at which no more is short than as the team is would
//! restore the service; what it costs rests on `[what_if]`.

use rayon::prelude::*;
use serde::Serialize;

use super::{Column, Read, rows};
use crate::id::Id;
use crate::plan;
use crate::roster::{self, Watch};
use crate::scenario::{Change, Scenario, Variant};

/// Steps at which levers are tried, as shares.
const STEPS: [f64; 10] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0];
/// Minutes short that count as nothing.
const HAIR: f64 = 1.0;
/// Levers of one kind that are shown.
const SHOWN: usize = 6;

/// Something other than people that makes less work, or work that can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeverKind {
    /// Contacts of a queue that are answered without people.
    Deflect,
    /// After-contact work of all queues that machines do.
    AutomateAdmin,
    /// Contacts of a queue that come by another one, which can wait or be held several at once.
    Move,
}

/// A lever at the step where it would restore what a change takes away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// What is done.
    pub kind: LeverKind,
    /// The queue, by its name in files; empty for all.
    pub queue: String,
    /// Where contacts go, by its name in files; empty where they do not move.
    pub to: String,
    /// How much of it, as a share.
    pub share: f64,
    /// Whether the work is then covered as well as before; else this is the most the lever gives.
    pub would_restore: bool,
    /// Hours a week still short, against the roster the change has left.
    pub shortfall_hours: f64,
    /// What it costs a week, in the currency of the scenario.
    pub cost_a_week: f64,
}

/// Levers for a variant that leaves more short than before, those that restore it first, then by cost.
pub(super) fn search(
    base: &Column,
    variant: &Column,
    told: &Variant,
    read: &Read<'_>,
    watch: &dyn Watch,
) -> Vec<Lever> {
    let (before, after) = (rows::shortfall(base), rows::shortfall(variant));
    if after <= before + HAIR || watch.is_stopped() {
        return Vec::new();
    }
    watch.step("looking for other ways than people", 0.97);
    let mut levers: Vec<Lever> = candidates(&variant.scenario)
        .into_par_iter()
        .filter_map(|lever| pulled(lever, variant, told, before, after, read))
        .collect();
    let rank = |lever: &Lever| (!lever.would_restore, lever.cost_a_week, lever.shortfall_hours);
    levers.sort_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        let by_cost = one.1.total_cmp(&other.1);
        let by_rest = one.2.total_cmp(&other.2);
        let order = if one.0 { by_rest.then(by_cost) } else { by_cost.then(by_rest) };
        one.0.cmp(&other.0).then(order)
    });
    levers.truncate(SHOWN);
    levers
}

/// A lever before it is tried.
struct Candidate {
    kind: LeverKind,
    queue: String,
    to: String,
}

fn candidates(scenario: &Scenario) -> Vec<Candidate> {
    let queues = &scenario.names.queues;
    let is_open = |queue: &crate::id::QueueId| !scenario.queue(*queue).open.is_empty();
    let mut found = Vec::new();
    for id in queues.ids().filter(is_open) {
        let queue = queues.of(id).to_owned();
        found.push(Candidate { kind: LeverKind::Deflect, queue: queue.clone(), to: String::new() });
        let from = scenario.queue(id);
        for other in queues.ids().filter(is_open).filter(|&other| other != id) {
            let into = scenario.queue(other);
            let is_easier = from.channel.is_live() && !into.channel.is_live()
                || into.rate_by_level.len() > from.rate_by_level.len();
            if is_easier && into.topic == from.topic {
                let to = queues.of(other).to_owned();
                found.push(Candidate { kind: LeverKind::Move, queue: queue.clone(), to });
            }
        }
    }
    if queues.ids().any(|queue| scenario.queue(queue).wrap_up.0 > 0.0) {
        let (queue, to) = (String::new(), String::new());
        found.push(Candidate { kind: LeverKind::AutomateAdmin, queue, to });
    }
    found
}

/// The smallest step of a lever that restores, else its largest where it helps at all.
fn pulled(
    lever: Candidate,
    variant: &Column,
    told: &Variant,
    before: f64,
    after: f64,
    read: &Read<'_>,
) -> Option<Lever> {
    let mut best: Option<(f64, f64, Scenario)> = None;
    for share in STEPS {
        // A queue cannot lose all of its contacts and stay a queue that promises something.
        let share = if lever.kind == LeverKind::Deflect { share.min(0.9) } else { share };
        let change = match lever.kind {
            LeverKind::Deflect => {
                Change::Volume { queue: Some(lever.queue.clone()), factor: 1.0 - share }
            }
            LeverKind::Move => {
                Change::Move { queue: lever.queue.clone(), to: lever.to.clone(), share }
            }
            LeverKind::AutomateAdmin => Change::AfterContact { factor: 1.0 - share },
        };
        // Where contacts cannot move as they are, the lever does not exist.
        let scenario = read(&told.and(change)).ok()?;
        let requirement = plan::need(&scenario);
        let short = roster::shortfall(&requirement, &scenario, &variant.plan.assigned.roster);
        if best.as_ref().is_none_or(|(_, least, _)| short < *least) {
            best = Some((share, short, scenario));
        }
        if short <= before + HAIR {
            break;
        }
    }
    let (share, short, scenario) = best?;
    if short >= after - HAIR {
        return None;
    }
    let cost_a_week = cost(&lever, share, variant, &scenario);
    Some(Lever {
        kind: lever.kind,
        queue: lever.queue,
        to: lever.to,
        share,
        would_restore: short <= before + HAIR,
        shortfall_hours: short / 60.0,
        cost_a_week,
    })
}

/// What a lever costs a week: so much a contact kept away, so much an hour of after-contact work; moving contacts
/// costs nothing but what the other channel takes.
fn cost(lever: &Candidate, share: f64, variant: &Column, scenario: &Scenario) -> f64 {
    let weeks =
        crate::units::Minutes(i64::try_from(scenario.calendar.days()).unwrap_or(7)).real() / 7.0;
    let contacts = |queue: crate::id::QueueId| -> f64 {
        let streams = variant.scenario.streams.iter().zip(&variant.plan.workload.arrivals);
        streams
            .filter(|(stream, _)| stream.queue == queue)
            .flat_map(|(_, row)| row)
            .map(|contacts| contacts.0)
            .sum()
    };
    let what_if = &scenario.what_if;
    let sum = match lever.kind {
        LeverKind::Deflect => scenario
            .names
            .queues
            .find(&lever.queue)
            .map_or(0.0, |queue| share * contacts(queue) * what_if.contact_kept_away.decimal()),
        LeverKind::AutomateAdmin => {
            let hours: f64 = variant
                .scenario
                .names
                .queues
                .ids()
                .map(|queue| {
                    contacts(queue) * variant.scenario.queues[queue.index()].wrap_up.0 / 60.0
                })
                .sum();
            share * hours * what_if.admin_hour_automated.decimal()
        }
        LeverKind::Move => 0.0,
    };
    sum / weeks
}
