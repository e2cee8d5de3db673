//! Square-root staffing: people for the load, and some multiple of its root for chance.
//!
//! ```text
//! n = a + beta sqrt(a)
//! P(W > 0) = 1 / (1 + beta Phi(beta)/phi(beta))                        nobody hangs up (Halfin and Whitt 1981)
//! P(W > 0) = 1 / (1 + sqrt(theta/mu) h(beta sqrt(mu/theta))/h(-beta))  (Garnett, Mandelbaum and Reiman 2002)
//! ```
//!
//! `a` offered load, `theta/mu` how soon people hang up against how soon they are served, `h` the hazard of
//! the standard normal. Limits as teams grow: a start and a band to check against, not an answer. The
//! share that waits falls as `beta` grows, and grows in teams of the same `beta` not at all.

use super::normal::{density, hazard, tail};
use crate::units::{Erlangs, Fte};

/// Share of contacts that wait where staffing is `beta` roots above the load. `impatience` is `theta/mu`,
/// mean handle time over mean patience; none: nobody hangs up.
///
/// Where nobody hangs up everyone waits at `beta` of 0 and below: there is no steady state.
#[must_use]
pub fn waiting(beta: f64, impatience: Option<f64>) -> f64 {
    match impatience {
        Some(ratio) if ratio > 0.0 => {
            1.0 / (1.0 + ratio.sqrt() * hazard(beta / ratio.sqrt()) / hazard(-beta))
        }
        _ if beta <= 0.0 => 1.0,
        _ => 1.0 / (1.0 + beta * (1.0 - tail(beta)) / density(beta)),
    }
}

/// The `beta` at which this share waits; none where no `beta` from -40 to 40 gives it.
#[must_use]
pub fn beta(waits: f64, impatience: Option<f64>) -> Option<f64> {
    const WIDEST: f64 = 40.0;
    let (mut low, mut high) = (-WIDEST, WIDEST);
    let is_within = waits < waiting(low, impatience) && waits > waiting(high, impatience);
    if !is_within {
        return None;
    }
    // Waiting falls all the way, so halving closes in to the last digit.
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if waiting(middle, impatience) > waits {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// People for a load at this `beta`.
#[must_use]
pub fn people(load: Erlangs, beta: f64) -> Fte {
    let a = load.0.max(0.0);
    Fte((a + beta * a.sqrt()).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_c::ErlangC;
    use proptest::prelude::*;

    #[test]
    fn patience_as_long_as_handling_makes_waiting_normal() {
        // With theta = mu the number present is Poisson, near normal: P(W > 0) is its tail.
        for beta in [-1.0, 0.0, 1.281_551_565_544_6, 2.0] {
            assert!((waiting(beta, Some(1.0)) - tail(beta)).abs() < 1e-15);
        }
    }

    #[test]
    fn a_large_team_comes_near_its_limit() {
        let load = Erlangs(1e6);
        let exact = ErlangC::new(load, people(load, 0.5), 1.0).waiting();
        assert!((exact - waiting(0.5, None)).abs() < 1e-3);
    }

    proptest! {
        #[test]
        fn the_inverse_gives_the_share_back(waits in 0.01..0.99f64, ratio in 0.05..20.0f64) {
            let found = beta(waits, Some(ratio)).unwrap();
            prop_assert!((waiting(found, Some(ratio)) - waits).abs() < 1e-12);
        }

        #[test]
        fn more_people_wait_less(from in -3.0..3.0f64, more in 0.01..2.0f64, ratio in 0.05..20.0f64) {
            // Where all wait or none do, to the last digit, it stays so.
            let (few, many) = (waiting(from, Some(ratio)), waiting(from + more, Some(ratio)));
            prop_assert!(many < few || many == few && !(1e-12..1.0 - 1e-12).contains(&few));
        }
    }

    #[test]
    fn shares_that_cannot_be_are_none() {
        for waits in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(beta(waits, None), None);
        }
    }
}
