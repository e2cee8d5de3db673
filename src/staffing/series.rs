//! Erlang A by Palm's series: the quick road to the few shares a search looks at.
//!
//! ```text
//! A(x, y) = 1 + y/(x+1) + y^2/((x+1)(x+2)) + ...,   x = c/theta,  y = lambda/theta
//! P(V > 0) = A(x, y)/D,   D = A(x, y) + 1/B - 1,   P(V > t) = g A(x, y e^(-theta t))/D,   g = e^(phi(t))
//! ```
//!
//! (Palm 1957), letters as in [`super::erlang_a`]. Some tens of terms do where the quadrature evaluates a
//! hundred exponentials, but differences of sums lose digits when far too few agents are there, and the
//! terms grow many when loads are huge; there it declines, and the quadrature answers.

use super::erlang_a::{Levels, Outcome, Queueing, bend};

/// Most contacts that may come in the time of patience; beyond, the quadrature is as fast.
const MOST_PATIENT: f64 = 400.0;
/// How far arrivals may exceed service, in squared deviations, before digits are lost.
const DEEPEST: f64 = 8.0;

/// What a search needs to know at full rate `c`; none where the quadrature does better.
pub(super) fn outcome(queueing: Queueing, c: f64, freedom: f64, within: f64) -> Option<Outcome> {
    let Queueing { lambda, theta } = queueing;
    let over = (lambda - c).max(0.0);
    let is_fit = lambda > 0.0
        && c > 0.0
        && theta > 0.0
        && freedom.is_finite()
        && lambda <= MOST_PATIENT * theta
        && over * over <= DEEPEST * lambda * theta;
    if !is_fit {
        return None;
    }
    let (x, y) = (c / theta, lambda / theta);
    let (tail, queue) = palm(x, y);
    let loss = (-theta * within).exp_m1();
    let growth = (-(c - lambda) * within - y * bend(theta * within, loss)).exp();
    let late_tail = palm(x, y * (1.0 + loss)).0;
    let whole = 1.0 + tail + freedom;

    let served = (freedom + c / lambda * tail) / whole;
    let early = (tail - growth * late_tail).max(0.0);
    let offered = (freedom + c / lambda * early) / whole;
    let late = (1.0 + loss) * growth * (1.0 + late_tail);
    let abandoned = queue / y;
    let abandoned_in_time = ((abandoned - late + c / lambda * growth * late_tail) / whole).max(0.0);
    Some(Outcome {
        abandonment: abandoned / whole,
        occupancy: (lambda * served / c).min(1.0),
        levels: Levels {
            offered,
            answered: offered / served,
            without_short_abandons: offered / (1.0 - abandoned_in_time),
            waited: offered + abandoned_in_time,
        },
    })
}

/// `A(x, y) - 1`, and the same with each term counted as often as its place.
fn palm(x: f64, y: f64) -> (f64, f64) {
    let (mut term, mut place) = (1.0, 0.0);
    let (mut tail, mut moment) = (0.0, 0.0);
    loop {
        place += 1.0;
        term *= y / (x + place);
        tail += term;
        moment += place * term;
        // What is still to come is below a geometric series of the next ratio.
        let room = x + place + 1.0 - y;
        if room > 0.0 && term * y < 1e-17 * (1.0 + tail) * room {
            return (tail, moment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a::Station;
    use crate::units::Fte;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn series_and_quadrature_agree(
            a in 0.02..200.0f64, spare in -1.0..5.0f64, patience in 0.02..2.0f64, within in 0.0..3.0f64,
        ) {
            let n = (a + spare * a.sqrt()).max(0.1);
            let station = Station { arrivals: a, handle: 1.0, patience: Some(patience) };
            let full = station.service(Fte(n), within);
            let free = 1.0 / crate::staffing::erlang_b::blocking(station.load(), Fte(n)) - 1.0;
            let quick = outcome(station.queueing(), n, free, within);
            prop_assume!(quick.is_some());
            let (quick, full) = (quick.unwrap(), full.outcome());
            let pairs = [
                (quick.levels.offered, full.levels.offered),
                (quick.levels.answered, full.levels.answered),
                (quick.levels.without_short_abandons, full.levels.without_short_abandons),
                (quick.levels.waited, full.levels.waited),
                (quick.occupancy, full.occupancy),
                (quick.abandonment, full.abandonment),
            ];
            for (quick, full) in pairs {
                prop_assert!((quick - full).abs() <= 2e-12, "{quick} {full}");
            }
            prop_assert!((quick.abandonment - full.abandonment).abs() <= 1e-11 * full.abandonment + 1e-300);
        }
    }
}
