//! The pool that is asked about: Erlang's where patience is exponential or endless, M/M/n+G else.

use super::super::erlang_a::{Levels, Outcome, Station};
use super::super::patience::{self, Patience};
use super::super::sizing::{self, Goal};
use crate::units::Fte;

/// A pool and the people who phone it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pool {
    pub(super) station: Station,
    /// How patience is spread; none: exponentially, or endless.
    pub(super) shape: Option<Patience>,
}

/// What contacts meet with so many agents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) levels: Levels,
    pub(super) abandonment: f64,
    pub(super) occupancy: f64,
    /// In minutes.
    pub(super) mean_wait: f64,
}

impl Pool {
    /// The same pool on a day that brings so many times the contacts.
    pub(super) fn busier(self, factor: f64) -> Pool {
        let station = Station { arrivals: self.station.arrivals * factor, ..self.station };
        Pool { station, ..self }
    }

    /// What so many agents give, with an answer threshold in minutes.
    pub(super) fn met(&self, agents: f64, within: f64) -> Met {
        let Station { arrivals, handle, .. } = self.station;
        let shaped =
            self.shape.and_then(|shape| patience::waiting(arrivals, handle, agents, shape, within));
        let Some(waiting) = shaped else {
            // Also where there are no contacts or nobody to answer them, when no shape matters.
            let service = self.station.service(Fte(agents), within);
            return Met {
                levels: service.levels,
                abandonment: service.abandonment,
                occupancy: service.occupancy,
                mean_wait: service.mean_wait,
            };
        };
        let served = 1.0 - waiting.abandonment;
        let gone_in_time = (waiting.waited - waiting.offered).max(0.0);
        Met {
            levels: Levels {
                offered: waiting.offered,
                answered: waiting.offered / served,
                without_short_abandons: waiting.offered / (1.0 - gone_in_time),
                waited: waiting.waited,
            },
            abandonment: waiting.abandonment,
            occupancy: (arrivals * handle * served / agents).min(1.0),
            mean_wait: waiting.mean_wait,
        }
    }

    /// The fewest real agents that keep a goal.
    pub(super) fn agents(&self, goal: &Goal) -> Option<f64> {
        if self.shape.is_none() {
            return sizing::agents(&self.station, &[*goal]).map(|agents| agents.0);
        }
        let margin = |agents: f64| {
            let met = self.met(agents, goal.within());
            let Met { levels, abandonment, occupancy, .. } = met;
            goal.margin(&Outcome { abandonment, occupancy, levels })
        };
        sizing::agents_by(self.station.load().0, goal, &margin)
    }
}
