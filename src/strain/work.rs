//! Exposures that depend on the work that reaches a person: how busy, and how hard.

use super::model;
use crate::duty::{Activity, Line};
use crate::id::Id;
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::Scenario;
use crate::units::Span;

/// Planned work of every pool by interval, spread evenly over its people on queue.
pub(super) struct WorkOfPools<'a> {
    scenario: &'a Scenario,
    occupancy: &'a [Vec<Option<f64>>],
    /// Difficult contacts a person on queue for the whole interval expects, by pool and interval.
    difficult: Vec<Vec<f64>>,
    /// Share of planned live minutes on emotional queues, by pool and interval.
    emotional: Vec<Vec<f64>>,
}

impl<'a> WorkOfPools<'a> {
    /// The planned work of a roster's pools.
    pub(super) fn of(roster: &Roster, routing: &'a Routing, scenario: &'a Scenario) -> Self {
        let people = roster.on_queue(scenario);
        let mut difficult = vec![vec![0.0; scenario.calendar.intervals()]; scenario.pools.len()];
        for flow in &routing.flows {
            let share = scenario.queue(scenario.stream(flow.stream).queue).difficult.value();
            let pool = flow.pool.index();
            for (interval, contacts) in flow.contacts.iter().enumerate() {
                if people[pool][interval] > 0.0 {
                    difficult[pool][interval] += contacts.0 * share / people[pool][interval];
                }
            }
        }
        let emotional = emotional(routing, scenario);
        WorkOfPools { scenario, occupancy: &routing.occupancy, difficult, emotional }
    }

    /// Planned live occupancy of a person's pool.
    pub(super) fn planned(&self, line: &Line, interval: usize) -> Option<f64> {
        let own = self.occupancy.get(self.scenario.agent(line.agent).pool.index());
        own.and_then(|row| row.get(interval).copied().flatten())
    }

    /// Share of a person's live minutes that are on emotional queues.
    pub(super) fn emotional(&self, line: &Line) -> f64 {
        let (mut hard, mut whole) = (0.0, 0.0);
        let own = &self.emotional[self.scenario.agent(line.agent).pool.index()];
        self.on_queue(line, |interval, share| {
            if let Some(occupancy) = self.planned(line, interval) {
                hard += share * occupancy * own[interval];
                whole += share * occupancy;
            }
        });
        if whole > 0.0 { (hard / whole).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Planned occupancy over a person's time on queue; 0 where live work reaches none of it.
    pub(super) fn occupancy(&self, line: &Line) -> f64 {
        let (mut busy, mut whole) = (0.0, 0.0);
        self.on_queue(line, |interval, share| {
            if let Some(occupancy) = self.planned(line, interval) {
                busy += share * occupancy;
                whole += share;
            }
        });
        if whole > 0.0 { busy / whole } else { 0.0 }
    }

    /// Difficult contacts expected in one duty.
    pub(super) fn difficult(&self, line: &Line) -> f64 {
        let mut expected = 0.0;
        let own = &self.difficult[self.scenario.agent(line.agent).pool.index()];
        self.on_queue(line, |interval, share| expected += share * own[interval]);
        let duties: f64 = line.duties.iter().map(|_| 1.0).sum();
        if duties > 0.0 { expected / duties } else { 0.0 }
    }

    /// Every interval a person is on queue in, with the share of it.
    pub(super) fn on_queue(&self, line: &Line, mut visit: impl FnMut(usize, f64)) {
        let calendar = &self.scenario.calendar;
        let horizon = calendar.horizon();
        for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
            let inside =
                Span::new(block.span.start.max(horizon.start), block.span.end.min(horizon.end));
            let Some(first) = calendar.interval_at(inside.start) else { continue };
            for interval in first..calendar.intervals() {
                let slot = calendar.interval(interval);
                if slot.start >= inside.end {
                    break;
                }
                visit(interval, slot.overlap(inside).real() / slot.length().real());
            }
        }
    }
}

/// Share of each pool's live minutes that are on emotional queues, by interval.
fn emotional(routing: &Routing, scenario: &Scenario) -> Vec<Vec<f64>> {
    let empty = || vec![vec![0.0; scenario.calendar.intervals()]; scenario.pools.len()];
    let (mut hard, mut all) = (empty(), empty());
    for flow in &routing.flows {
        let queue = scenario.queue(scenario.stream(flow.stream).queue);
        let handle = scenario.handle(flow.stream, flow.pool).0;
        if !queue.channel.is_live() || !handle.is_finite() {
            continue;
        }
        let is_emotional = queue.difficult.value() >= model().emotional.from;
        let pool = flow.pool.index();
        for (interval, contacts) in flow.contacts.iter().enumerate() {
            all[pool][interval] += contacts.0 * handle;
            if is_emotional {
                hard[pool][interval] += contacts.0 * handle;
            }
        }
    }
    let share = |(hard, all): (f64, f64)| if all > 0.0 { hard / all } else { 0.0 };
    let row = |(hard, all): (Vec<f64>, Vec<f64>)| hard.into_iter().zip(all).map(share).collect();
    hard.into_iter().zip(all).map(row).collect()
}
