//! Erlang C: waiting where nobody ever hangs up.
//!
//! ```text
//! C = 1 / (1 + (1/B - 1)(1 - rho)),   rho = a/n        P(W > t) = C e^(-(n - a) t / s)
//! ```
//!
//! `a` offered load, `n` agents, `s` mean handle time, `B` Erlang's loss with `n` servers. Assumes Poisson
//! arrivals and exponential handle times (Erlang 1917); it overstates waiting where people hang up, so it is
//! used only where patience is declared endless. A load at or above the number of agents has no steady
//! state: everyone waits, for ever. With the continued `B` the number of agents may be real.

use super::erlang_b::freedom;
use crate::units::{Erlangs, Fte};

/// Waiting in a pool that nobody leaves before being served.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    /// Mean handle time `s`; every wait below is in its unit.
    handle: f64,
    /// Offered load `a`.
    load: f64,
    /// Agents `n`.
    agents: f64,
    /// Chance of waiting `C`.
    waiting: f64,
}

impl ErlangC {
    /// A load on so many agents, with a mean handle time in any unit of time.
    #[must_use]
    pub fn new(load: Erlangs, agents: Fte, handle: f64) -> ErlangC {
        let (a, n) = (load.0, agents.0);
        let waiting = chance_of_waiting(a, n, freedom(a, n));
        ErlangC { handle, load: a, agents: n, waiting }
    }

    /// Agents.
    #[must_use]
    pub fn agents(&self) -> f64 {
        self.agents
    }

    /// Chance that a contact has to wait.
    #[must_use]
    pub fn waiting(&self) -> f64 {
        self.waiting
    }

    /// Share of contacts answered within a time.
    #[must_use]
    pub fn service_level(&self, within: f64) -> f64 {
        service_level(self.load, self.agents, self.waiting, within / self.handle)
    }

    /// Mean wait of everyone; infinite without a steady state.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        match self.slack() {
            0.0 if self.load > 0.0 => f64::INFINITY,
            0.0 => 0.0,
            slack => self.waiting * self.handle / slack,
        }
    }

    /// Mean number of contacts waiting (Little: arrivals times mean wait).
    #[must_use]
    pub fn queue(&self) -> f64 {
        if self.load > 0.0 { self.load * self.mean_wait() / self.handle } else { 0.0 }
    }

    /// The wait that a share of contacts does not exceed.
    #[must_use]
    pub fn wait_quantile(&self, share: f64) -> f64 {
        if self.waiting <= 1.0 - share {
            return 0.0;
        }
        match self.slack() {
            0.0 => f64::INFINITY,
            slack => (self.waiting / (1.0 - share)).ln() * self.handle / slack,
        }
    }

    /// Share of the agents' time that contacts fill.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        if self.load < self.agents { self.load / self.agents } else { 1.0 }
    }

    fn slack(&self) -> f64 {
        (self.agents - self.load).max(0.0)
    }
}

/// The fewest whole agents that answer a share in time, and what they give; none where it takes more than twice the
/// load and ten thousand.
///
/// One pass up `1/B(n) = 1 + (n/a)/B(n - 1)`, as in the textbooks, from the least stable number of agents on. A load
/// of nothing needs nobody.
#[must_use]
pub fn fewest(load: Erlangs, share: f64, within: f64, handle: f64) -> Option<ErlangC> {
    let (a, t) = (load.0, within / handle);
    if a <= 0.0 {
        return Some(ErlangC { handle, load: 0.0, agents: 0.0, waiting: 0.0 });
    }
    let mut n = a.floor() + 1.0;
    let mut free = freedom(a, n);
    loop {
        let waiting = chance_of_waiting(a, n, free);
        if service_level(a, n, waiting, t) >= share {
            return Some(ErlangC { handle, load: a, agents: n, waiting });
        }
        n += 1.0;
        free = (n / a) * (1.0 + free);
        if n > 2.0 * a + 1e4 {
            return None;
        }
    }
}

/// `C` from `1/B - 1`.
pub(super) fn chance_of_waiting(a: f64, n: f64, freedom: f64) -> f64 {
    if a <= 0.0 {
        return if n > 0.0 { 0.0 } else { 1.0 };
    }
    if a >= n {
        return 1.0;
    }
    1.0 / (1.0 + freedom * ((n - a) / n))
}

/// Share answered within `t` handle times.
pub(super) fn service_level(a: f64, n: f64, waiting: f64, t: f64) -> f64 {
    if a >= n && a > 0.0 {
        return 0.0;
    }
    // Written so that a small share keeps its digits: (1 - C) + C (1 - e^-x).
    (1.0 - waiting) - waiting * (-(n - a) * t).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hundred_calls_of_three_minutes_on_fourteen_agents() {
        // The worked example in the documentation of pyworkforce and of R's ErlangC package.
        let pool = ErlangC::new(Erlangs(10.0), Fte(14.0), 180.0);
        assert!((pool.waiting() - 0.174_131_9).abs() < 5e-8);
        assert!((pool.service_level(20.0) - 0.888_35).abs() < 5e-6);
        assert!((pool.mean_wait() - 7.835_937_011_777_24).abs() < 1e-10);
        assert!((pool.occupancy() - 0.714_285_7).abs() < 5e-8);
    }

    #[test]
    fn fifty_agents_at_48_calls_a_minute_wait_as_published() {
        // Mandelbaum and Zeltyn's comparison of Erlang C and A, handle time one minute.
        let pool = ErlangC::new(Erlangs(48.0), Fte(50.0), 60.0);
        assert!((pool.mean_wait() - 20.83).abs() < 0.005);
        assert!((pool.wait_quantile(0.9) - 58.1).abs() < 0.05);
        assert!((pool.queue() - 16.7).abs() < 0.05);
    }

    #[test]
    fn two_agents_match_the_textbook_form() {
        let a: f64 = 1.3;
        let r: f64 = a / 2.0;
        let pool = ErlangC::new(Erlangs(a), Fte(2.0), 1.0);
        assert!((pool.waiting() - 2.0 * r * r / (1.0 + r)).abs() < 1e-15);
    }

    #[test]
    fn too_few_agents_have_no_steady_state() {
        let pool = ErlangC::new(Erlangs(10.0), Fte(10.0), 5.0);
        assert_eq!((pool.waiting(), pool.service_level(1e9)), (1.0, 0.0));
        assert_eq!((pool.mean_wait(), pool.queue()), (f64::INFINITY, f64::INFINITY));
        assert_eq!(pool.wait_quantile(0.5), f64::INFINITY);
        let idle = ErlangC::new(Erlangs(0.0), Fte(0.0), 5.0);
        assert_eq!((idle.mean_wait(), idle.queue()), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn one_more_agent_never_makes_waiting_likelier(a in 0.01..400.0f64, over in 0.01..40.0f64, more in 0.0..2.0f64) {
            let fewer = ErlangC::new(Erlangs(a), Fte(a + over), 1.0);
            let many = ErlangC::new(Erlangs(a), Fte(a + over + more), 1.0);
            prop_assert!(many.waiting() <= fewer.waiting() * (1.0 + 1e-12));
            prop_assert!(many.service_level(0.3) >= fewer.service_level(0.3) - 1e-12);
        }
    }
}
