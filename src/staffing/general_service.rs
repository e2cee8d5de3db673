//! Waiting where handle times are not exponential and nobody hangs up.
//!
//! ```text
//! one agent:      W = lambda E[S^2] / (2 (1 - rho))                      (Pollaczek 1930; Khinchine 1932), exact
//! many agents:    W ~ (1 + v)/2 W(M/M/n),  v = Var S / E[S]^2            (Lee and Longton 1959), approximate
//! equal lengths:  N(t + s) = max(N(t) - n, 0) + arrivals in s            (Crommelin 1932), exact
//! ```
//!
//! The approximation is exact for one agent and for exponential handle times; for equal handle times and many
//! agents it may be a third off, which is why it is used for no target: the play draws what handle times are.

use super::erlang_c::ErlangC;
use crate::units::{Erlangs, Fte};

/// Mean wait by Lee and Longton, in the unit of `handle`; exact for one agent.
#[must_use]
pub fn mean_wait(arrivals: f64, handle: f64, variability: f64, agents: Fte) -> f64 {
    let plain = ErlangC::new(Erlangs(arrivals * handle), agents, handle).mean_wait();
    0.5 * (1.0 + variability.max(0.0)) * plain
}

/// Mean wait where every contact takes the same time, by Crommelin's chain over one handle time; infinite
/// without a steady state.
#[must_use]
pub fn mean_wait_of_equal_lengths(arrivals: f64, handle: f64, agents: u32) -> f64 {
    let load = arrivals * handle;
    let n = agents as usize;
    if load <= 0.0 {
        return 0.0;
    }
    if load >= f64::from(agents) {
        return f64::INFINITY;
    }
    let joining = poisson(load);
    // Waiting dies out at least as fast as with exponential lengths, rho to the number waiting.
    let rho = load / f64::from(agents);
    let longest = n + joining.len() + tail_length(rho);
    let mut present = vec![0.0; longest];
    present[n.min(longest - 1)] = 1.0;
    let mut before = f64::INFINITY;
    loop {
        let next = a_handle_time_later(&present, n, &joining);
        let change: f64 = next.iter().zip(&present).map(|(new, old)| (new - old).abs()).sum();
        present = next;
        // Each round comes nearer until only rounding is left.
        if change < 1e-12 && change >= before || change == 0.0 {
            break;
        }
        before = change;
    }
    let waiting = present.iter().skip(n + 1).zip(1u32..);
    waiting.map(|(chance, place)| chance * f64::from(place)).sum::<f64>() / arrivals
}

fn a_handle_time_later(present: &[f64], n: usize, joining: &[f64]) -> Vec<f64> {
    let mut next = vec![0.0; present.len()];
    let last = present.len() - 1;
    let free: f64 = present.iter().take(n + 1).sum();
    let stay = std::iter::once(free).chain(present.iter().skip(n + 1).copied());
    for (left, chance) in stay.enumerate().filter(|(_, chance)| *chance > 0.0) {
        for (more, share) in joining.iter().enumerate() {
            next[(left + more).min(last)] += chance * share;
        }
    }
    next
}

/// Chances of 0, 1, 2 ... of a Poisson count, until nothing is left.
fn poisson(mean: f64) -> Vec<f64> {
    let mut logarithm = -mean;
    let mut chances = vec![logarithm.exp()];
    let mut count = 0.0;
    loop {
        count += 1.0;
        logarithm += (mean / count).ln();
        chances.push(logarithm.exp());
        if count > mean && logarithm < -42.0 {
            return chances;
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 40 and a hundred thousand"
)]
fn tail_length(rho: f64) -> usize {
    (-40.0 / rho.ln()).clamp(40.0, 1e5) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_agent_with_equal_lengths_waits_half_as_long() {
        let exact = mean_wait_of_equal_lengths(0.8, 1.0, 1);
        assert!((exact - 2.0).abs() < 1e-10);
        assert!((mean_wait(0.8, 1.0, 0.0, Fte(1.0)) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn no_contacts_wait_and_an_overload_waits_for_ever() {
        assert_eq!(mean_wait_of_equal_lengths(0.0, 1.0, 3), 0.0);
        assert_eq!(mean_wait_of_equal_lengths(3.0, 1.0, 3), f64::INFINITY);
    }
}
