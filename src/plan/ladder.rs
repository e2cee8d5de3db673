//! The ladder of models: what Erlang, the offered load, the exact course of a day and the play each say of the same
//! people, half hour by half hour, and why they differ where they do.

use rayon::prelude::*;
use serde::Serialize;

use super::Ground;
use crate::duty::Activity;
use crate::id::{Id, PoolId, QueueId};
use crate::kpi::{self, Estimate};
use crate::roster::{Roster, Watch};
use crate::routing;
use crate::scenario::{Channel, Measure, Period, Scenario, Target};
use crate::staffing::LiveNeed;
use crate::staffing::ladder::{self, InTime, OnQueue, OnePool, Pace, Rungs};
use crate::units::Minutes;

/// Models that differ by more than this disagree.
pub const AGREES: f64 = 0.02;

/// What every model says of one queue's service in one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climbed {
    /// The queue.
    pub queue: QueueId,
    /// The share its target asks for.
    pub goal: f64,
    /// What models of one pool say.
    pub rungs: Rungs,
    /// What the play of the team says; none where it was not played, or nothing came in.
    pub played: Option<Estimate>,
    /// Why models differ by over two points; none where they do not.
    pub reason: Option<Reason>,
}

/// What makes models of the same people disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// People are busy with contacts of the interval before, or not yet with those of this one.
    Lag,
    /// A queue is left over from before, or people come and go faster than it settles.
    QueueLeftOver,
    /// Days are busier or quieter than expected, and people are absent by chance.
    UnsureDays,
    /// Some callers are called back instead of waiting.
    CallingBack,
    /// Not everyone may take everything, or not at one pace.
    Skills,
    /// The same people also take chats or tickets.
    OtherWork,
    /// Handle times are not exponential, and contacts in hand are finished before breaks.
    HandleTimes,
}

/// What models say of the people that each voice queue needs: whether what is asked for keeps the target when the
/// day is followed exactly.
#[must_use]
pub fn of_need(ground: &Ground, scenario: &Scenario) -> Vec<Climbed> {
    let alone = |need: &&LiveNeed| {
        matches!(need.queues[..], [queue] if scenario.queue(queue).channel == Channel::Voice
            && scenario.streams_of(queue).all(|stream| need.streams.contains(&stream)
                || scenario.pools_for(stream).next().is_none()))
    };
    let rows: Vec<&LiveNeed> = ground.requirement.live.iter().filter(alone).collect();
    rows.par_iter()
        .flat_map(|need| {
            let queue = need.queues[0];
            let there = |people: &crate::units::Fte| OnQueue { mean: people.0, variance: 0.0 };
            let people: Vec<OnQueue> = need.people.iter().map(there).collect();
            climb(&[queue], &need.pools, Pace::Fastest, &people, ground, scenario)
        })
        .collect()
}

/// What models say of a roster, beside its play.
#[must_use]
pub fn of_roster(
    roster: &Roster,
    ground: &Ground,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Vec<Climbed> {
    let mut all: Vec<Climbed> = ladder::groups(scenario)
        .par_iter()
        .flat_map(|(queues, pools)| {
            let people = on_queue(roster, pools, scenario);
            climb(queues, pools, Pace::Mean, &people, ground, scenario)
        })
        .collect();
    all.sort_by_key(|climbed| (climbed.queue, climbed.rungs.interval));
    let played = played(roster, ground, scenario, watch);
    for climbed in &mut all {
        climbed.played =
            played[climbed.queue.index()].get(climbed.rungs.interval).copied().flatten();
        climbed.reason = reason(climbed, scenario);
    }
    all
}

/// The first service level a queue promises, and the share it asks for.
fn promise(queue: QueueId, scenario: &Scenario) -> Option<(f64, InTime)> {
    scenario.queue(queue).targets.iter().find_map(in_time)
}

/// What a target counts as in time, and the share it asks for; none where it is no service level.
pub(super) fn in_time(target: &Target) -> Option<(f64, InTime)> {
    match target.measure {
        Measure::ServiceLevel { share, within, definition } => {
            Some((share.value(), InTime { within: within.in_minutes().max(0.0), definition }))
        }
        _ => None,
    }
}

fn climb(
    queues: &[QueueId],
    pools: &[PoolId],
    pace: Pace,
    people: &[OnQueue],
    ground: &Ground,
    scenario: &Scenario,
) -> Vec<Climbed> {
    let Some(pool) = OnePool::of(queues, pools, pace, &ground.workload, scenario) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let mut seen: Vec<(InTime, Vec<Rungs>)> = Vec::new();
    for &queue in queues {
        let Some((goal, in_time)) = promise(queue, scenario) else { continue };
        let known = seen.iter().position(|(own, _)| *own == in_time).unwrap_or_else(|| {
            seen.push((in_time, pool.climb(people, in_time)));
            seen.len() - 1
        });
        let own: Vec<f64> = contacts(queue, ground, scenario);
        let rungs = seen[known].1.iter().filter(|rungs| own[rungs.interval] > 0.0);
        all.extend(rungs.map(|rungs| {
            let rungs = Rungs { contacts: own[rungs.interval], ..*rungs };
            let climbed = Climbed { queue, goal, rungs, played: None, reason: None };
            Climbed { reason: reason(&climbed, scenario), ..climbed }
        }));
    }
    all
}

fn contacts(queue: QueueId, ground: &Ground, scenario: &Scenario) -> Vec<f64> {
    let mut sum = vec![0.0; scenario.calendar.intervals()];
    for stream in scenario.streams_of(queue) {
        let touches = ground.workload.touches(stream);
        sum.iter_mut().zip(touches).for_each(|(sum, own)| *sum += own.0.max(0.0));
    }
    sum
}

/// People of these pools on queue, each counted by the chance that they are there.
fn on_queue(roster: &Roster, pools: &[PoolId], scenario: &Scenario) -> Vec<OnQueue> {
    let calendar = &scenario.calendar;
    let mut people = vec![OnQueue { mean: 0.0, variance: 0.0 }; calendar.intervals()];
    for line in &roster.lines {
        let agent = scenario.agent(line.agent);
        if !pools.contains(&agent.pool) {
            continue;
        }
        let presence = agent.presence.value();
        for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
            let start = block.span.start.max(calendar.horizon().start);
            let Some(first) = calendar.interval_at(start) else { continue };
            for (interval, people) in people.iter_mut().enumerate().skip(first) {
                let slot = calendar.interval(interval);
                if slot.start >= block.span.end || slot.length() <= Minutes(0) {
                    break;
                }
                let part = slot.overlap(block.span).real() / slot.length().real();
                people.mean += presence * part;
                people.variance += presence * (1.0 - presence) * part * part;
            }
        }
    }
    people
}

/// Played service by queue and interval, by each queue's first service level.
fn played(
    roster: &Roster,
    ground: &Ground,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Vec<Vec<Option<Estimate>>> {
    let mut by_interval = scenario.clone();
    for queue in &mut by_interval.queues {
        queue.targets.retain(|target| matches!(target.measure, Measure::ServiceLevel { .. }));
        queue.targets.truncate(1);
        queue.targets.iter_mut().for_each(|target| target.period = Period::Interval);
    }
    let routing = routing::allocate(&ground.workload, roster, scenario);
    let Ground { demand, workload, .. } = ground;
    let seed = scenario.seed;
    let weeks = super::weeks(&by_interval, demand, workload, roster, &routing, seed, watch);
    let verdicts = kpi::score(&weeks, &by_interval).verdicts;
    let mut all = vec![Vec::new(); scenario.queues.len()];
    for verdict in verdicts {
        all[verdict.queue.index()] = verdict.periods.iter().map(|period| period.estimate).collect();
    }
    all
}

/// The step of the ladder that makes most of a difference, where any two rungs differ by over two points.
fn reason(climbed: &Climbed, scenario: &Scenario) -> Option<Reason> {
    let rungs = &climbed.rungs;
    // A play that could as well agree does not disagree.
    let model = rungs.unsure.or(rungs.exact).unwrap_or(rungs.offered_load);
    let played = climbed.played.map(|played| {
        if (played.low..=played.high).contains(&model) { model } else { played.value }
    });
    let all =
        [Some(rungs.per_interval), Some(rungs.offered_load), rungs.exact, rungs.unsure, played];
    let steps =
        [Reason::Lag, Reason::QueueLeftOver, Reason::UnsureDays, of_team(climbed, scenario)];
    let (mut last, mut low, mut high) =
        (rungs.per_interval, rungs.per_interval, rungs.per_interval);
    let mut most = (0.0, Reason::Lag);
    for (level, step) in all[1..].iter().zip(steps) {
        let Some(level) = *level else { continue };
        if (level - last).abs() > most.0 {
            most = ((level - last).abs(), step);
        }
        (last, low, high) = (level, low.min(level), high.max(level));
    }
    (high - low > AGREES).then_some(most.1)
}

/// What sets the team apart from one pool.
fn of_team(climbed: &Climbed, scenario: &Scenario) -> Reason {
    let queue = scenario.queue(climbed.queue);
    let group = ladder::groups(scenario).into_iter().find(|(own, _)| own.contains(&climbed.queue));
    let (queues, pools) = group.unwrap_or_default();
    let takes = |pool: &PoolId| {
        let streams = scenario.pool(*pool).streams.iter();
        streams.filter(|&&stream| queues.contains(&scenario.stream(stream).queue)).count()
    };
    let all: usize = queues.iter().map(|&queue| scenario.streams_of(queue).count()).sum();
    let other = |pool: &PoolId| {
        let mut streams = scenario.pool(*pool).streams.iter();
        streams.any(|&stream| !queues.contains(&scenario.stream(stream).queue))
    };
    if queue.course.callback.is_some() {
        Reason::CallingBack
    } else if pools.iter().any(|pool| takes(pool) < all) {
        Reason::Skills
    } else if pools.iter().any(other) {
        Reason::OtherWork
    } else {
        Reason::HandleTimes
    }
}
