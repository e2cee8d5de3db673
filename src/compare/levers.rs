//! What else could be done: levers that cover the work as well as before a change, cheapest first.
//!
//! Each lever is tried in steps, and at each the need alone is worked out anew and held against the roster that the
//! change has left; nobody is rostered again. The smallest step at which no more is short than as the team is would
//! restore the service; what it costs rests on `[what_if]`.

use rayon::prelude::*;
use serde::Serialize;

use super::{Column, Read, rows};
use crate::id::QueueId;
use crate::plan;
use crate::roster::{self, Watch};
use crate::scenario::{Change, Channel, Queue, Stream, Variant};
use crate::units::{Contacts, Minutes};

/// Steps at which levers are tried, as shares.
const STEPS: [f64; 10] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0];
/// Minutes short that count as nothing.
const HAIR: f64 = 1.0;
/// Levers that are shown.
const SHOWN: usize = 6;
/// Levers pulled together at most.
const MOST_TOGETHER: usize = 4;
/// Most of a queue's contacts that are answered without people, or called back. *Assumption.*
const MOST_OF_A_QUEUE: f64 = 0.5;

/// Something other than people that makes less work, or work that can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeverKind {
    /// Contacts of a queue that are answered without people.
    Deflect,
    /// Administration of all queues that machines do: work after contacts, and what of handle time is it.
    AutomateAdmin,
    /// Those who would wait on the phone are offered a call back.
    Callback,
    /// Contacts of a queue that come by another one, which can wait or be held several at once.
    Move,
}

/// One lever, pulled so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pull {
    /// What is done.
    pub kind: LeverKind,
    /// The queue, by its name in files; empty for all.
    pub queue: String,
    /// Where contacts go, by its name in files; empty where they do not move.
    pub to: String,
    /// How far, as a share.
    pub share: f64,
    /// What it costs a week, in the currency of the scenario.
    pub cost_a_week: f64,
}

/// One lever or several together, and what they would give back of what a change takes away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// What is done, all of it together.
    pub pulls: Vec<Pull>,
    /// Whether the work is then covered as well as before; else this is the most it gives.
    pub would_restore: bool,
    /// Hours still short, against the roster that the change has left.
    pub shortfall_hours: f64,
}

impl Lever {
    /// What all of it costs a week, in the currency of the scenario.
    #[must_use]
    pub fn cost_a_week(&self) -> f64 {
        self.pulls.iter().map(|pull| pull.cost_a_week).sum()
    }
}

/// Levers for a variant that leaves more short than before: those that restore it alone, cheapest first; where none
/// does, a set that does, found by adding what helps most, and what each gives alone.
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
    let aim = Aim { goal: before + HAIR, variant, read };
    let candidates = candidates(variant);
    let mut levers = aim.singles(&candidates, told, after);
    if !levers.iter().any(|lever| lever.would_restore) {
        levers.extend(aim.set(&candidates, told, after));
    }
    levers.sort_by(|one, other| {
        let by_cost = one.cost_a_week().total_cmp(&other.cost_a_week());
        let by_rest = one.shortfall_hours.total_cmp(&other.shortfall_hours);
        let order = if one.would_restore { by_cost.then(by_rest) } else { by_rest.then(by_cost) };
        other.would_restore.cmp(&one.would_restore).then(order)
    });
    levers.truncate(SHOWN);
    levers
}

/// A lever before it is tried.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    kind: LeverKind,
    queue: String,
    to: String,
}

impl Candidate {
    fn change(&self, share: f64) -> Change {
        let queue = self.queue.clone();
        match self.kind {
            LeverKind::Deflect => Change::Volume { queue: Some(queue), factor: 1.0 - share },
            LeverKind::Move => Change::Move { queue, to: self.to.clone(), share },
            LeverKind::AutomateAdmin => Change::Administration { factor: 1.0 - share },
            LeverKind::Callback => Change::Callback { queue, share },
        }
    }

    /// Steps at which it is tried: nobody deflects more than half of a queue or has every caller accept a call back.
    fn steps(&self) -> impl Iterator<Item = f64> + use<> {
        let most = match self.kind {
            LeverKind::Deflect | LeverKind::Callback => MOST_OF_A_QUEUE,
            LeverKind::Move | LeverKind::AutomateAdmin => 1.0,
        };
        STEPS.into_iter().filter(move |&share| share <= most)
    }
}

fn candidates(variant: &Column) -> Vec<Candidate> {
    let scenario = &variant.scenario;
    let queues = &scenario.names.queues;
    let comes = |(stream, row): (&Stream, &Vec<Contacts>), queue: QueueId| {
        stream.queue == queue && row.iter().any(|contacts| contacts.0 > 0.0)
    };
    let is_open = |queue: &QueueId| {
        let mut streams = scenario.streams.iter().zip(&variant.plan.workload.arrivals);
        streams.any(|stream| comes(stream, *queue))
    };
    let mut found = Vec::new();
    let mut add = |kind: LeverKind, queue: &str, to: &str| {
        found.push(Candidate { kind, queue: queue.to_owned(), to: to.to_owned() });
    };
    for id in queues.ids().filter(is_open) {
        let (name, from) = (queues.of(id), scenario.queue(id));
        add(LeverKind::Deflect, name, "");
        if from.channel == Channel::Voice && from.course.callback.is_none() {
            add(LeverKind::Callback, name, "");
        }
        for other in queues.ids().filter(is_open).filter(|&other| other != id) {
            let into = scenario.queue(other);
            let is_easier = from.channel.is_live() && !into.channel.is_live()
                || into.rate_by_level.len() > from.rate_by_level.len();
            if is_easier && into.topic == from.topic {
                add(LeverKind::Move, name, queues.of(other));
            }
        }
    }
    let is_administered = |queue: &Queue| queue.wrap_up.0 > 0.0 || queue.course.admin.value() > 0.0;
    if scenario.queues.iter().any(is_administered) {
        add(LeverKind::AutomateAdmin, "", "");
    }
    found
}

/// What levers are held against.
struct Aim<'a> {
    /// Minutes short that are as good as before.
    goal: f64,
    variant: &'a Column,
    read: &'a Read<'a>,
}

/// What a lever came to at a step.
struct Tried {
    share: f64,
    short: f64,
}

impl Aim<'_> {
    /// Every lever alone that helps.
    fn singles(&self, candidates: &[Candidate], told: &Variant, after: f64) -> Vec<Lever> {
        let levers = candidates.par_iter().filter_map(|candidate| {
            let tried = self.pulled(candidate, told, after)?;
            Some(self.lever(vec![self.pull(candidate, tried.share)], tried.short))
        });
        levers.collect()
    }

    /// Several levers together, the one that helps most first, until no more is short than before.
    fn set(&self, candidates: &[Candidate], told: &Variant, after: f64) -> Option<Lever> {
        let (mut told, mut short) = (told.clone(), after);
        let mut open: Vec<Candidate> = candidates.to_vec();
        let mut pulls: Vec<Pull> = Vec::new();
        while pulls.len() < MOST_TOGETHER && short > self.goal {
            let tried: Vec<Option<Tried>> =
                open.par_iter().map(|candidate| self.pulled(candidate, &told, short)).collect();
            let helped =
                tried.into_iter().enumerate().filter_map(|(place, tried)| Some((place, tried?)));
            let (place, best) =
                helped.min_by(|(_, one), (_, other)| one.short.total_cmp(&other.short))?;
            let candidate = open.remove(place);
            told = told.and(candidate.change(best.share));
            short = best.short;
            pulls.push(self.pull(&candidate, best.share));
            // One queue is deflected, called back or moved, not all of them at once.
            open.retain(|other| other.queue != candidate.queue && other.queue != candidate.to);
        }
        (short <= self.goal && pulls.len() > 1).then(|| self.lever(pulls, short))
    }

    /// The smallest step of a lever that restores, else the one that helps most; none where none helps or contacts
    /// cannot move as they are.
    fn pulled(&self, candidate: &Candidate, told: &Variant, after: f64) -> Option<Tried> {
        let mut best: Option<Tried> = None;
        for share in candidate.steps() {
            let scenario = (self.read)(&told.and(candidate.change(share))).ok()?;
            let requirement = plan::need(&scenario);
            let roster = &self.variant.plan.assigned.roster;
            let short = roster::shortfall(&requirement, &scenario, roster);
            if best.as_ref().is_none_or(|best| short < best.short) {
                best = Some(Tried { share, short });
            }
            if short <= self.goal {
                break;
            }
        }
        best.filter(|best| best.short < after - HAIR)
    }

    fn lever(&self, pulls: Vec<Pull>, short: f64) -> Lever {
        Lever { pulls, would_restore: short <= self.goal, shortfall_hours: short / 60.0 }
    }

    fn pull(&self, candidate: &Candidate, share: f64) -> Pull {
        Pull {
            kind: candidate.kind,
            queue: candidate.queue.clone(),
            to: candidate.to.clone(),
            share,
            cost_a_week: self.cost(candidate, share),
        }
    }

    /// What a lever costs a week: so much a contact kept away, so much an hour of administration; calling back and
    /// moving cost nothing but what the other way takes.
    fn cost(&self, candidate: &Candidate, share: f64) -> f64 {
        let scenario = &self.variant.scenario;
        let days = Minutes(i64::try_from(scenario.calendar.days()).unwrap_or(7)).real();
        let what_if = &scenario.what_if;
        let of_stream = |stream: &Stream, contacts: f64| match candidate.kind {
            LeverKind::Deflect if scenario.names.queues.of(stream.queue) == candidate.queue => {
                contacts * what_if.contact_kept_away.decimal()
            }
            LeverKind::AutomateAdmin => {
                let queue = scenario.queue(stream.queue);
                let talk = queue.handle.get(&stream.complexity).map_or(0.0, |talk| talk.0);
                let minutes = queue.wrap_up.0 + talk * queue.course.admin.value();
                contacts * minutes / 60.0 * what_if.admin_hour_automated.decimal()
            }
            LeverKind::Deflect | LeverKind::Callback | LeverKind::Move => 0.0,
        };
        let streams = scenario.streams.iter().zip(&self.variant.plan.workload.arrivals);
        let sum: f64 = streams
            .map(|(stream, row)| of_stream(stream, row.iter().map(|contacts| contacts.0).sum()))
            .sum();
        share * sum * 7.0 / days
    }
}
