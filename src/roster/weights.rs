//! One scaled sum in the order of aims: each aim outweighs the next by the same factor, so that no number is
//! too large for the solver and none too small to matter.

use super::fatigue;
use crate::duty::Line;
use crate::scenario::{Agent, Aim, Scenario, Wish};
use crate::strain::line::LineExposures;
use crate::strain::{self, Stint};
use crate::units::{Minutes, Span};

/// How much one level outweighs the next, both in minutes.
const STEP: f64 = 5.0;
/// Minutes that a point of the strain index stands for. *Assumption.*
const MINUTES_A_POINT: f64 = 6.0;
/// Minutes that a missed wish stands for. *Assumption.*
const MINUTES_A_WISH: f64 = 60.0;
/// Minutes that a person planned into red stands for. *Assumption.*
const MINUTES_A_RED: f64 = 240.0;

/// Weight of each aim's own unit in the sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weights {
    /// Of a person whose line is in red.
    pub(super) red: f64,
    /// Of a minute short.
    pub(super) service: f64,
    /// Of a point of strain.
    pub(super) strain: f64,
    /// Of a point that pulls whoever's timing tires most down; 0 where nobody may work by night.
    pub(super) pull: f64,
    /// Of a missed wish.
    pub(super) wish: f64,
    /// Of a paid minute at the team's mean wage.
    pub(super) cost: f64,
    /// Mean wage in cents an hour.
    mean_wage: f64,
}

/// What one person's line comes to, in each aim's own unit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct LineScore {
    /// 1 where the line alone puts its person into red.
    pub(super) red: f64,
    /// Points of the strain index.
    pub(super) strain: f64,
    /// Points that pull down whoever's timing tires most.
    pub(super) pull: f64,
    /// Wishes missed.
    pub(super) wishes: f64,
    /// Wages in cents.
    pub(super) cents: f64,
}

impl Weights {
    /// The weights of a scenario.
    pub(super) fn of(scenario: &Scenario) -> Weights {
        let order = &scenario.aims.order;
        let level = |aim: Aim| {
            let place = order.iter().position(|&other| other == aim).unwrap_or(order.len());
            STEP.powi(4 - i32::try_from(place.min(5)).expect("at most five aims"))
        };
        let wages: f64 = scenario
            .agents
            .iter()
            .map(|agent| scenario.tier(agent.tier).wage_per_hour.decimal())
            .sum();
        let people = scenario.agents.iter().map(|_| 1.0).sum::<f64>();
        let mean_wage = if wages > 0.0 { 100.0 * wages / people } else { 1.0 };
        let counted = if scenario.aims.counts_strain { 1.0 } else { 0.0 };
        let strain = counted * MINUTES_A_POINT * level(Aim::Strain);
        Weights {
            red: counted * MINUTES_A_RED * level(Aim::NoRed),
            service: level(Aim::Service),
            strain,
            pull: if fatigue::works_nights(scenario) { strain } else { 0.0 },
            wish: MINUTES_A_WISH * level(Aim::Fairness),
            cost: level(Aim::Cost),
            mean_wage,
        }
    }

    /// The same where no aim counts.
    pub(super) fn without_aims(self) -> Weights {
        Weights { red: 0.0, strain: 0.0, pull: 0.0, wish: 0.0, cost: 0.0, ..self }
    }

    /// What paid time costs in the sum.
    pub(super) fn paid(&self, agent: &Agent, paid: Minutes, scenario: &Scenario) -> f64 {
        let wage = scenario.tier(agent.tier).wage_per_hour.decimal() * 100.0;
        self.cost * paid.real() * wage / self.mean_wage
    }

    /// A duty as fatigue sees it, where its timing is priced.
    pub(super) fn stint(&self, agent: &Agent, span: Span, scenario: &Scenario) -> Option<Stint> {
        let (wall, ahead) = agent.person.wall(&scenario.calendar);
        let span = Span::new(span.start + ahead, span.end + ahead);
        (self.pull > 0.0).then(|| Stint::of(span, wall))
    }

    /// What a line costs in the sum.
    pub(super) fn line(&self, score: LineScore) -> f64 {
        self.red * score.red
            + self.strain * score.strain
            + self.pull * score.pull
            + self.wish * score.wishes
            + self.cost * score.cents * 60.0 / self.mean_wage
    }
}

impl LineScore {
    /// Score a line.
    pub(super) fn of(line: &Line, scenario: &Scenario) -> LineScore {
        let agent = scenario.agent(line.agent);
        let wage = scenario.tier(agent.tier).wage_per_hour;
        let exposed = strain::line::on_own_wall(line, scenario);
        LineScore {
            red: if is_red(&exposed, line, scenario) { 1.0 } else { 0.0 },
            strain: exposed.cost(),
            pull: fatigue::pull(exposed.timing),
            wishes: line.duties.iter().map(|duty| missed(agent, duty.start(), scenario)).sum(),
            cents: line.paid().in_hours() * wage.decimal() * 100.0,
        }
    }
}

/// Whether a line and its notice alone, whatever comes in, put its person into red.
fn is_red(of: &LineExposures, line: &Line, scenario: &Scenario) -> bool {
    let notice = strain::short_notice(line, scenario);
    let exposures =
        [0.0, of.hours, of.timing, of.quick_returns, of.stretch, 0.0, notice, of.resources];
    strain::model().band(&exposures) == strain::Band::Red
}

/// Wishes that a duty starting then misses.
pub(super) fn missed(agent: &Agent, start: crate::units::Moment, scenario: &Scenario) -> f64 {
    // Looking at a clock takes longer than all the rest of a duty.
    if agent.wishes.is_empty() {
        return 0.0;
    }
    let (calendar, ahead) = agent.person.wall(&scenario.calendar);
    let start = start + ahead;
    let Some(day) = calendar.day_at(start) else { return 0.0 };
    let clock = i64::from(calendar.local(start).clock.0);
    let is_missed = |wish: &&Wish| match **wish {
        Wish::Off(off) => off == day,
        Wish::StartBy(on, by) => on == day && clock > by,
        Wish::StartFrom(on, from) => on == day && clock < from,
    };
    agent.wishes.iter().filter(is_missed).map(|_| 1.0).sum()
}
