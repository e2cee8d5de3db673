//! Which share of a stream the plan gives to each pool, by part of the day.

use crate::id::Id;
use crate::routing::Routing;
use crate::scenario::Scenario;

use super::open_clock::real;
use super::setting::StreamSetting;

/// Minutes over which the plan's split is taken together, so that shares of single intervals do not jump
/// (assumption: two hours).
const PART: f64 = 120.0;

/// A pool with a smaller share is kept for other work, and helps only once a contact has waited.
const KEPT: f64 = 0.01;

/// Shares by part of the day, stream and pool.
#[derive(Debug, Clone)]
pub(crate) struct Shares {
    parts: usize,
    streams: usize,
    pools: usize,
    values: Vec<f64>,
}

impl Shares {
    /// The shares of a plan; where the plan sends a stream nowhere, every pool that may take it is as good.
    pub(super) fn of(routing: &Routing, streams: &[StreamSetting], scenario: &Scenario) -> Shares {
        let calendar = &scenario.calendar;
        let pools = scenario.pools.len();
        let parts = part_of(real(calendar.horizon().end.0)) + 1;
        let mut shares = Shares {
            parts,
            streams: streams.len(),
            pools,
            values: vec![0.0; parts * streams.len() * pools],
        };
        for flow in &routing.flows {
            for (interval, contacts) in flow.contacts.iter().enumerate().take(calendar.intervals())
            {
                let part = part_of(real(calendar.interval(interval).start.0));
                let place = shares.place(part, flow.stream.index(), flow.pool.index());
                if contacts.0.is_finite() {
                    shares.values[place] += contacts.0.max(0.0);
                }
            }
        }
        for part in 0..parts {
            for (stream, setting) in streams.iter().enumerate() {
                shares.scale(part, stream, &setting.pools);
            }
        }
        shares
    }

    /// The part of the day a time lies in.
    pub(super) fn part(&self, at: f64) -> usize {
        part_of(at).min(self.parts - 1)
    }

    /// When a part ends.
    pub(super) fn ends(part: usize) -> f64 {
        PART * f64::from(super::standby::small(part + 1))
    }

    #[inline]
    pub(super) fn of_pool(&self, part: usize, stream: usize, pool: usize) -> f64 {
        self.values[self.place(part, stream, pool)]
    }

    /// Whether a pool is kept for other work than this.
    #[inline]
    pub(super) fn is_kept(&self, part: usize, stream: usize, pool: usize) -> bool {
        self.of_pool(part, stream, pool) < KEPT
    }

    fn place(&self, part: usize, stream: usize, pool: usize) -> usize {
        (part * self.streams + stream) * self.pools + pool
    }

    fn scale(&mut self, part: usize, stream: usize, pools: &[usize]) {
        let total: f64 = pools.iter().map(|&pool| self.of_pool(part, stream, pool)).sum();
        for &pool in pools {
            let place = self.place(part, stream, pool);
            self.values[place] = if total > 1e-9 { self.values[place] / total } else { 1.0 };
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "times are not negative"
)]
fn part_of(at: f64) -> usize {
    (at / PART) as usize
}
