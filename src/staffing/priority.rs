//! Waiting by priority where one pool answers the most urgent class first and finishes what it has begun.
//!
//! ```text
//! W_k = C / (n mu (1 - s_(k-1)) (1 - s_k)),   s_k = (lambda_1 + ... + lambda_k) / (n mu)
//! ```
//!
//! (Cobham 1954; Kella and Yechiali 1985), `C` Erlang's chance of waiting with all classes together. Assumes
//! Poisson arrivals, one exponential handle time for all classes, and that nobody hangs up; with patience the
//! play answers. What one class gains others lose: the mean over all contacts is that of first come, first
//! served.

use super::erlang_c::ErlangC;
use crate::units::{Erlangs, Fte};

/// Mean wait of each class, most urgent first, in the unit of `handle`; infinite for classes that are never
/// reached. Arrivals are contacts in that unit of time.
#[must_use]
pub fn mean_waits(arrivals: &[f64], handle: f64, agents: Fte) -> Vec<f64> {
    let load: f64 = arrivals.iter().sum::<f64>() * handle;
    let waiting = ErlangC::new(Erlangs(load), agents, handle).waiting();
    let mut before = 0.0;
    let mut waits = Vec::with_capacity(arrivals.len());
    for &rate in arrivals {
        let upto = before + rate * handle / agents.0;
        let room = (1.0 - before) * (1.0 - upto);
        // With an overload below it a class still finds every agent busy, but is reached.
        waits.push(if upto < 1.0 { waiting * handle / (agents.0 * room) } else { f64::INFINITY });
        before = upto;
    }
    waits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_class_is_erlang_c() {
        let alone = mean_waits(&[4.0], 1.0, Fte(5.0))[0];
        let plain = ErlangC::new(Erlangs(4.0), Fte(5.0), 1.0).mean_wait();
        assert!((alone - plain).abs() < 1e-15);
    }

    #[test]
    fn an_overload_starves_the_last_class_alone() {
        let waits = mean_waits(&[1.0, 2.0, 9.0], 1.0, Fte(5.0));
        assert!(waits[0] < waits[1] && waits[1].is_finite());
        assert_eq!(waits[2], f64::INFINITY);
    }

    proptest! {
        #[test]
        fn what_one_class_gains_others_lose(
            shares in prop::collection::vec(0.05..1.0f64, 1..6), busy in 0.05..0.97f64, n in 1.0..60.0f64,
        ) {
            let n = n.floor();
            let sum: f64 = shares.iter().sum();
            let arrivals: Vec<f64> = shares.iter().map(|share| share / sum * busy * n).collect();
            let waits = mean_waits(&arrivals, 1.0, Fte(n));
            let queue: f64 = arrivals.iter().zip(&waits).map(|(rate, wait)| rate * wait).sum();
            let fifo = ErlangC::new(Erlangs(busy * n), Fte(n), 1.0).queue();
            prop_assert!((queue - fifo).abs() < 1e-9 * fifo.max(1.0));
            prop_assert!(waits.windows(2).all(|pair| pair[0] <= pair[1] * (1.0 + 1e-12)));
        }
    }
}
