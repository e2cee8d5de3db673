//! Minimum presence as the search counts it: how many of those meant are there in each cell of five minutes, which
//! is the clock that duties and breaks keep to.
//!
//! Counts stand in a cover as further rows, one a rule, after those of pools.

mod prices;
mod rows;

use super::breaks::Worth;
use super::master::real;
use crate::duty::{Activity, Line};
use crate::id::{AgentId, Id};
use crate::scenario::{MinimumPresence, Scenario};
use crate::units::{Minutes, Moment, Span};

pub(super) use prices::CellPrices;
pub(super) use rows::Rows;

/// Minutes of a cell.
pub(super) const CELL: i64 = 5;
/// What a missing minute of a person weighs in the scaled sum: more than anything a roster could gain by leaving a
/// cell bare, so that a search never trades it away.
pub(super) const MISSING: f64 = 1e6;

/// Every rule of minimum presence.
#[derive(Debug, Clone, Default)]
pub(super) struct Attendance {
    /// The rules, in the order of the scenario.
    pub(super) rules: Vec<Watched>,
    /// Rows of a cover before those of rules.
    pools: usize,
}

/// One rule on the clock of duties.
#[derive(Debug, Clone)]
pub(super) struct Watched {
    /// By agent, whether it means them.
    means: Vec<bool>,
    /// Whether only work on queue counts.
    pub(super) on_queue: bool,
    /// How many at least.
    pub(super) at_least: f64,
    /// First minute of each cell, ascending.
    pub(super) cells: Vec<i64>,
    /// How many are there in each cell by duties published for the days before.
    pub(super) before: Vec<f64>,
}

/// Cells of a rule in which someone is there: rule, first cell, first cell after.
pub(super) type There = (usize, usize, usize);

impl Attendance {
    /// Of a scenario.
    pub(super) fn of(scenario: &Scenario) -> Attendance {
        let rules = scenario.minimum_presence.iter().map(|rule| Watched::of(rule, scenario));
        let mut attendance = Attendance { rules: rules.collect(), pools: scenario.pools.len() };
        for line in scenario.published.reaching_in() {
            for (rule, from, to) in attendance.there(&line) {
                for people in &mut attendance.rules[rule].before[from..to] {
                    *people += 1.0;
                }
            }
        }
        attendance
    }

    /// Ask for nothing before a moment: what is past cannot be mended.
    pub(super) fn forget_before(&mut self, from: Moment) {
        for rule in &mut self.rules {
            let past = rule.cells.partition_point(|&cell| cell < from.0);
            rule.cells.drain(..past);
            rule.before.drain(..past);
        }
    }

    /// Whether breaks matter to some rule.
    pub(super) fn minds_breaks(&self) -> bool {
        self.rules.iter().any(|rule| rule.on_queue)
    }

    /// Rows of a cover while nobody of the horizon is there.
    pub(super) fn nobody(&self) -> impl Iterator<Item = Vec<f64>> {
        self.rules.iter().map(|rule| rule.before.clone())
    }

    /// Cells in which a line has its person there.
    pub(super) fn there(&self, line: &Line) -> Vec<There> {
        let mut there = Vec::new();
        for (place, rule) in
            self.rules.iter().enumerate().filter(|(_, rule)| rule.is_for(line.agent))
        {
            for (start, end) in stretches(line, rule.on_queue) {
                let from = rule.cells.partition_point(|&cell| cell < start);
                let to = rule.cells.partition_point(|&cell| cell + CELL <= end);
                if from < to {
                    there.push((place, from, to));
                }
            }
        }
        there
    }

    /// Put someone into a cover, or take them out.
    pub(super) fn add(&self, there: &[There], cover: &mut [Vec<f64>], sign: f64) {
        for &(rule, from, to) in there {
            cover[self.pools + rule][from..to].iter_mut().for_each(|people| *people += sign);
        }
    }

    /// People-minutes missing.
    pub(super) fn missing(&self, cover: &[Vec<f64>]) -> f64 {
        let of = |(rule, people): (&Watched, &Vec<f64>)| {
            people.iter().map(|there| (rule.at_least - there).max(0.0)).sum::<f64>()
        };
        let rows = cover.get(self.pools..).unwrap_or_default();
        Minutes(CELL).real() * self.rules.iter().zip(rows).map(of).sum::<f64>()
    }

    /// Make minutes worth more to someone in whose cells people are missing.
    pub(super) fn raise(&self, agent: AgentId, cover: &[Vec<f64>], worth: &mut Worth) {
        let rows = cover.get(self.pools..).unwrap_or_default();
        for (rule, people) in self.rules.iter().zip(rows).filter(|(rule, _)| rule.is_for(agent)) {
            let missing =
                rule.cells.iter().zip(people).filter(|(_, there)| **there < rule.at_least);
            let spans = missing.map(|(&cell, there)| {
                (cell, cell + CELL, MISSING * (rule.at_least - there).min(1.0))
            });
            worth.raise(rule.on_queue, spans);
        }
    }

    /// Which rules mean someone.
    pub(super) fn rules_of(&self, agent: AgentId) -> Vec<bool> {
        self.rules.iter().map(|rule| rule.is_for(agent)).collect()
    }
}

impl Watched {
    fn of(rule: &MinimumPresence, scenario: &Scenario) -> Watched {
        let mut means = vec![false; scenario.agents.len()];
        for agent in &rule.who {
            if let Some(means) = means.get_mut(agent.index()) {
                *means = true;
            }
        }
        let mut cells = Vec::new();
        for stretch in &rule.stretches {
            cells.extend(cells_of(*stretch));
        }
        Watched {
            means,
            on_queue: rule.on_queue,
            at_least: real(rule.at_least),
            before: vec![0.0; cells.len()],
            cells,
        }
    }

    /// Whether it means someone.
    pub(super) fn is_for(&self, agent: AgentId) -> bool {
        self.means.get(agent.index()).copied().unwrap_or(false)
    }
}

/// First minute of each cell of a stretch.
pub(super) fn cells_of(stretch: Span) -> impl Iterator<Item = i64> {
    let first = move |place: i64| stretch.start.0 + place * CELL;
    (0..(stretch.length().0 + CELL - 1).div_euclid(CELL)).map(first)
}

/// When someone is there, in minutes, joined where blocks touch.
fn stretches(line: &Line, on_queue: bool) -> Vec<(i64, i64)> {
    let is_there = |activity: Activity| match activity {
        Activity::OnQueue => true,
        Activity::Absent => false,
        Activity::Break | Activity::Meal | Activity::Recovery | Activity::OffQueue => !on_queue,
    };
    let mut spans: Vec<(i64, i64)> = line
        .blocks()
        .filter(|block| is_there(block.activity))
        .map(|block| (block.span.start.0, block.span.end.0))
        .collect();
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
