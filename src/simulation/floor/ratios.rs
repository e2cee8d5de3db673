//! Queues and idle people kept in proportion (Gurvich and Whitt 2009, queue-and-idleness ratios).
//!
//! A person who becomes free takes from the queue `i` with the largest `Q_i - p_i Q`, where `Q_i` wait in it and
//! `Q` in all; a contact that comes in goes to the pool `j` with the largest `I_j - v_j I`, where `I_j` of it are
//! idle and `I` in all. With `p_i` in proportion to contacts a minute times the wait that is in time, waits keep
//! the proportions of what is in time (Gurvich and Whitt 2010); with `v_j` in proportion to the people there,
//! everyone is idle for the same share of their time.

use crate::simulation::setting::{Medium, Setting};

/// What the ratios are reckoned from.
#[derive(Debug)]
pub(super) struct Ratios {
    /// By stream, contacts that wait.
    waiting: Vec<u32>,
    /// By pool, people on queue.
    there: Vec<u32>,
    /// By stream, its part of all that wait.
    parts: Vec<f64>,
}

impl Ratios {
    pub(super) fn new(setting: &Setting) -> Ratios {
        Ratios {
            waiting: vec![0; setting.streams.len()],
            there: vec![0; setting.pools.len()],
            parts: vec![0.0; setting.streams.len()],
        }
    }

    pub(super) fn clear(&mut self) {
        self.waiting.fill(0);
        self.there.fill(0);
    }

    /// Work out the parts of an interval; where nobody comes in, all queues are as good.
    pub(super) fn start(&mut self, interval: usize, setting: &Setting) {
        let weight = |stream: &crate::simulation::setting::StreamSetting| match stream.medium {
            Medium::Deferred => 0.0,
            Medium::Voice | Medium::Chat => {
                stream.rates.get(interval).copied().unwrap_or(0.0) * stream.spill_after.max(1e-9)
            }
        };
        let all: f64 = setting.streams.iter().map(weight).sum();
        for (part, stream) in self.parts.iter_mut().zip(&setting.streams) {
            *part = if all > 0.0 { weight(stream) / all } else { 0.0 };
        }
    }

    pub(super) fn one_more_waits(&mut self, stream: usize) {
        self.waiting[stream] += 1;
    }

    pub(super) fn one_less_waits(&mut self, stream: usize) {
        self.waiting[stream] = self.waiting[stream].saturating_sub(1);
    }

    pub(super) fn comes(&mut self, pool: usize) {
        self.there[pool] += 1;
    }

    pub(super) fn goes(&mut self, pool: usize) {
        self.there[pool] = self.there[pool].saturating_sub(1);
    }

    /// By how many a queue exceeds its part of all who wait.
    pub(super) fn queue_above_its_part(&self, stream: usize) -> f64 {
        let all: u32 = self.waiting.iter().sum();
        f64::from(self.waiting[stream]) - self.parts[stream] * f64::from(all)
    }

    /// By how many a pool's idle people exceed its part of all who are, given how many of each pool are idle.
    pub(super) fn idle_above_its_part(&self, pool: usize, idle: impl Fn(usize) -> u32) -> f64 {
        let all: u32 = (0..self.there.len()).map(&idle).sum();
        let there: u32 = self.there.iter().sum();
        let part = f64::from(self.there[pool]) / f64::from(there.max(1));
        f64::from(idle(pool)) - part * f64::from(all)
    }
}
