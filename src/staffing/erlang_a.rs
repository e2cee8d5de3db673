//! Erlang A: waiting where people hang up when their patience ends.
//!
//! With arrivals `lambda`, full service rate `c = n mu`, rate of hanging up `theta`, and
//! `H(x) = (1 - e^(-theta x))/theta`, an arriving contact would wait longer than `t` with chance
//!
//! ```text
//! P(V > t) = c J(t) / D,   J(t) = integral over x > t of e^phi(x),   phi(x) = lambda H(x) - c x,
//! D = (1/B(n) - 1) + c J(0),
//! P(served, t1 < V < t2) = (c/D) integral of e^(-theta x) e^phi,    P(abandons) = (c/D) integral of (1 - e^(-theta x)) e^phi
//! ```
//!
//! (Palm 1957; Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005, with exponential patience). Assumes
//! Poisson arrivals, exponential handle times and exponential patience. Every share is a sum of positive
//! integrals, the peak of `phi` is taken out of the exponent, and the quadrature costs the same for five
//! agents and for a thousand million, so nothing overflows, cancels or hangs. The tests recompute the same
//! shares from the birth and death equations.

use serde::Serialize;

use super::erlang_b::freedom;
use super::erlang_c;
use super::quadrature;
use super::series;
use crate::scenario::Definition;
use crate::units::{Erlangs, Fte};

/// One pool and what comes to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Contacts a minute.
    pub arrivals: f64,
    /// Mean minutes one contact takes one agent.
    pub handle: f64,
    /// Mean minutes people wait before they hang up; none: they never do.
    pub patience: Option<f64>,
}

/// What contacts and agents meet in one pool in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Service {
    /// Share of contacts that must wait.
    pub waiting: f64,
    /// Share of contacts that hang up.
    pub abandonment: f64,
    /// Mean minutes waited by everyone, those who hang up included.
    pub mean_wait: f64,
    /// Mean minutes waited by those who are served.
    pub mean_wait_of_served: f64,
    /// Mean number of contacts waiting.
    pub queue: f64,
    /// Share of the agents' time that contacts fill.
    pub occupancy: f64,
    /// Share of contacts that hang up within the answer threshold.
    pub abandoned_in_time: f64,
    /// Service level by each of the four definitions in use.
    pub levels: Levels,
}

/// Service level by its four definitions: they differ by points, so none is quoted without its name.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Levels {
    /// Served in time over offered.
    pub offered: f64,
    /// Served in time over served.
    pub answered: f64,
    /// Served in time over offered less those who hang up in time.
    pub without_short_abandons: f64,
    /// Any end of waiting in time over offered.
    pub waited: f64,
}

/// The shares that goals are set for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    pub(super) abandonment: f64,
    pub(super) occupancy: f64,
    pub(super) levels: Levels,
}

impl Service {
    pub(super) fn outcome(&self) -> Outcome {
        let Service { abandonment, occupancy, levels, .. } = *self;
        Outcome { abandonment, occupancy, levels }
    }
}

impl Levels {
    /// The service level by one definition.
    #[must_use]
    pub fn by(&self, definition: Definition) -> f64 {
        match definition {
            Definition::Offered => self.offered,
            Definition::Answered => self.answered,
            Definition::WithoutShortAbandons => self.without_short_abandons,
            Definition::Waited => self.waited,
        }
    }
}

impl Station {
    /// Offered load: agents kept busy if all contacts were served.
    #[must_use]
    pub fn load(&self) -> Erlangs {
        Erlangs(self.arrivals * self.handle)
    }

    /// What so many agents give, with an answer threshold in minutes. Agents may be a real number.
    #[must_use]
    pub fn service(&self, agents: Fte, within: f64) -> Service {
        let (load, n) = (self.load().0, agents.0.max(0.0));
        let full = n / self.handle;
        self.queueing().service(full, freedom(load, n), within)
    }

    /// The shares alone, by the quickest road.
    pub(super) fn outcome(&self, agents: f64, within: f64) -> Outcome {
        let n = agents.max(0.0);
        self.queueing().outcome(n / self.handle, freedom(self.load().0, n), within)
    }

    pub(super) fn queueing(&self) -> Queueing {
        let theta = match self.patience {
            Some(minutes) if minutes > 0.0 => 1.0 / minutes,
            Some(_) => f64::INFINITY,
            None => 0.0,
        };
        // Patience below a thousand-millionth of a handle time is none at all.
        Queueing { lambda: self.arrivals, theta: theta.min(1e9 / self.handle.max(1e-9)) }
    }
}

/// The part of the model above the state in which every agent is busy; what happens below enters as
/// `freedom`, the odds that nobody has to wait against that one state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Queueing {
    pub(super) lambda: f64,
    pub(super) theta: f64,
}

impl Queueing {
    /// Shares and means at full rate `c`.
    pub(super) fn service(self, c: f64, freedom: f64, within: f64) -> Service {
        if self.lambda <= 0.0 || freedom == f64::INFINITY {
            return self.without_waiting(c);
        }
        if c <= 0.0 {
            return self.without_agents(within);
        }
        if self.theta == 0.0 {
            self.endless(c, freedom, within)
        } else {
            self.impatient(c, freedom, within)
        }
    }

    /// The shares alone, by the quickest road.
    pub(super) fn outcome(self, c: f64, freedom: f64, within: f64) -> Outcome {
        series::outcome(self, c, freedom, within)
            .unwrap_or_else(|| self.service(c, freedom, within).outcome())
    }

    fn impatient(self, c: f64, freedom: f64, within: f64) -> Service {
        let Queueing { lambda, theta } = self;
        let landscape = Landscape::new(lambda, theta, c);
        let early = landscape.integrate(0.0, within);
        let late = landscape.integrate(within, f64::INFINITY);
        let free = if landscape.start == 0.0 { 0.0 } else { freedom * landscape.start };
        let total = free + c * (early.all() + late.all());
        let in_patience = (-theta * within).exp();
        let share = |part: f64| part / total;

        let abandonment = share(c * (early.left + late.left));
        let served = share(free + c * (early.stayed + late.stayed));
        let served_in_time = share(free + c * early.stayed);
        let abandoned_in_time = share(c * (early.left - (-theta * within).exp_m1() * late.all()));
        let others = share(free + c * (early.stayed + in_patience * late.all()));
        let mean_wait = abandonment / theta;
        Service {
            waiting: share(c * (early.all() + late.all())),
            abandonment,
            mean_wait,
            mean_wait_of_served: share(c * (early.stayed_wait + late.stayed_wait)) / served,
            queue: lambda * mean_wait,
            occupancy: (lambda * served / c).min(1.0),
            abandoned_in_time,
            levels: Levels {
                offered: served_in_time,
                answered: served_in_time / served,
                without_short_abandons: served_in_time / others,
                waited: served_in_time + abandoned_in_time,
            },
        }
    }

    /// Erlang C, as patience grows without end.
    fn endless(self, c: f64, freedom: f64, within: f64) -> Service {
        let waiting = erlang_c::chance_of_waiting(self.lambda, c, freedom);
        let level = erlang_c::service_level(self.lambda, c, waiting, within);
        let mean_wait = if self.lambda < c { waiting / (c - self.lambda) } else { f64::INFINITY };
        Service {
            waiting,
            abandonment: 0.0,
            mean_wait,
            mean_wait_of_served: mean_wait,
            queue: self.lambda * mean_wait,
            occupancy: (self.lambda / c).min(1.0),
            abandoned_in_time: 0.0,
            levels: Levels::all(level),
        }
    }

    /// So many agents that waiting is too rare for a number to hold.
    fn without_waiting(self, c: f64) -> Service {
        Service {
            waiting: 0.0,
            abandonment: 0.0,
            mean_wait: 0.0,
            mean_wait_of_served: 0.0,
            queue: 0.0,
            occupancy: if c > 0.0 { (self.lambda / c).clamp(0.0, 1.0) } else { 0.0 },
            abandoned_in_time: 0.0,
            levels: Levels::all(1.0),
        }
    }

    /// Nobody is there: everyone waits until they hang up.
    fn without_agents(self, within: f64) -> Service {
        let mean_wait = 1.0 / self.theta;
        let abandoned_in_time = -(-self.theta * within).exp_m1();
        Service {
            waiting: 1.0,
            abandonment: if self.theta > 0.0 { 1.0 } else { 0.0 },
            mean_wait,
            mean_wait_of_served: f64::INFINITY,
            queue: self.lambda * mean_wait,
            occupancy: 1.0,
            abandoned_in_time,
            levels: Levels { waited: abandoned_in_time, ..Levels::all(0.0) },
        }
    }
}

impl Levels {
    fn all(level: f64) -> Levels {
        Levels { offered: level, answered: level, without_short_abandons: level, waited: level }
    }
}

/// The exponent `phi`, less its peak.
#[derive(Debug, Clone, Copy)]
struct Landscape {
    lambda: f64,
    theta: f64,
    c: f64,
    /// Where the peak is: the wait at which arrivals still there match service; 0 where agents suffice.
    peak: f64,
    /// `e^(phi(0) - phi(peak))`.
    start: f64,
}

/// Integrals of `e^phi` over a stretch of waits.
#[derive(Debug, Clone, Copy, Default)]
struct Mass {
    /// Weighted with still being there.
    stayed: f64,
    /// Weighted with having hung up.
    left: f64,
    /// Weighted with still being there and the wait.
    stayed_wait: f64,
}

impl Mass {
    fn all(self) -> f64 {
        self.stayed + self.left
    }
}

/// How far below the peak an exponent no longer matters.
const DEEP: f64 = 39.0;

impl Landscape {
    fn new(lambda: f64, theta: f64, c: f64) -> Landscape {
        let peak = if lambda > c { ((lambda - c) / c).ln_1p() / theta } else { 0.0 };
        let mut landscape = Landscape { lambda, theta, c, peak, start: 1.0 };
        landscape.start = landscape.height(0.0).exp();
        landscape
    }

    /// `phi(x) - phi(peak)`, never above zero.
    fn height(&self, x: f64) -> f64 {
        self.height_given(x, (-self.theta * x).exp_m1())
    }

    /// The same where `e^(-theta x) - 1` is known.
    fn height_given(&self, x: f64, loss: f64) -> f64 {
        if self.lambda > self.c {
            let v = self.theta * (x - self.peak);
            // e^-v is e^(-theta x) lambda / c.
            -self.c / self.theta * bend(v, (1.0 + loss) * (self.lambda / self.c) - 1.0)
        } else {
            let bent = self.lambda / self.theta * bend(self.theta * x, loss);
            -(self.c - self.lambda) * x - bent
        }
    }

    /// The masses between two waits; `to` may be infinite.
    fn integrate(&self, from: f64, to: f64) -> Mass {
        let top = self.peak.clamp(from, to);
        let mut mass = Mass::default();
        self.descend(top, 1.0, to - top, &mut mass);
        self.descend(top, -1.0, top - from, &mut mass);
        mass
    }

    /// Add the masses from `top` on in one direction, at most `limit` far, in panels that start at the
    /// scale of the slope there and grow where the slope is left behind.
    fn descend(&self, top: f64, direction: f64, limit: f64, mass: &mut Mass) {
        if limit.is_nan() || limit <= 0.0 {
            return;
        }
        let gate = (-self.theta * top).exp();
        let slope = (self.lambda * gate - self.c).abs();
        let curvature = self.lambda * self.theta * gate;
        let scale = 2.0 * DEEP / (slope + (slope * slope + 2.0 * DEEP * curvature).sqrt());
        let drop = |distance: f64| self.height(top) - self.height(top + direction * distance);
        let mut reach = scale.min(limit);
        while reach < limit && drop(reach) < DEEP {
            reach = (1.4 * reach).min(limit);
        }
        while drop(reach) > 1.5 * DEEP {
            reach *= 0.8;
        }
        let mut width = (scale / 3.0).min(3.0 / self.theta).min(reach);
        let mut done = 0.0;
        while done < reach * (1.0 - 1e-12) {
            let next = (done + width).min(reach);
            quadrature::visit(done, next, |distance, weight| {
                self.add(top + direction * distance, weight, mass);
            });
            done = next;
            width *= 1.5;
        }
    }

    fn add(&self, x: f64, weight: f64, mass: &mut Mass) {
        let loss = (-self.theta * x).exp_m1();
        let density = weight * self.height_given(x, loss).exp();
        // Far out `1 + loss` has no digits left, but then the exponential has them.
        let stayed = if loss < -0.9 { (-self.theta * x).exp() } else { 1.0 + loss };
        mass.stayed += stayed * density;
        mass.left -= loss * density;
        mass.stayed_wait += x * stayed * density;
    }
}

/// `v - 1 + e^-v`, given `e^-v - 1`; by its series near zero, where the terms cancel.
pub(super) fn bend(v: f64, loss: f64) -> f64 {
    const NEAR: f64 = 0.25;
    /// `2 (-1)^k / k!` from `k = 2` on.
    const SERIES: [f64; 12] = [
        1.0,
        -1.0 / 3.0,
        1.0 / 12.0,
        -1.0 / 60.0,
        1.0 / 360.0,
        -1.0 / 2_520.0,
        1.0 / 20_160.0,
        -1.0 / 181_440.0,
        1.0 / 1_814_400.0,
        -1.0 / 19_958_400.0,
        1.0 / 239_500_800.0,
        -1.0 / 3_113_510_400.0,
    ];
    if v.abs() > NEAR {
        return v + loss;
    }
    0.5 * v * v * SERIES.iter().rev().fold(0.0, |sum, term| sum * v + term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_b;
    use proptest::prelude::*;

    const TWENTY_SECONDS: f64 = 1.0 / 3.0;

    fn station(arrivals: f64, handle: f64, patience: f64) -> Station {
        Station { arrivals, handle, patience: Some(patience) }
    }

    /// The same by the birth and death equations, state by state, with waits by queue position: an
    /// arrival that finds `j` waiting is served after `j + 1` departures, at rates `c + i theta`.
    fn by_birth_and_death(station: &Station, n: u32) -> (f64, f64, f64) {
        let (mu, theta) = (1.0 / station.handle, 1.0 / station.patience.unwrap());
        let mut weights = vec![1.0f64];
        for k in 1..4000u32 {
            let waiting = f64::from(k.saturating_sub(n));
            let rate = f64::from(k.min(n)) * mu + waiting * theta;
            weights.push(weights.last().unwrap() * station.arrivals / rate);
        }
        let total: f64 = weights.iter().sum();
        let tail = weights.iter().skip(n as usize);
        let waiting: f64 = tail.clone().sum::<f64>() / total;
        let queue: f64 = tail.zip(0..).map(|(w, j)| w * f64::from(j)).sum::<f64>() / total;
        (waiting, queue, theta * queue / station.arrivals)
    }

    #[test]
    fn fifty_agents_at_48_calls_a_minute_serve_as_published() {
        // Mandelbaum and Zeltyn's comparison: 50 agents, 48 calls a minute of one minute, patience two.
        let pool = station(48.0, 1.0, 2.0);
        let service = pool.service(Fte(50.0), 12.5 / 60.0);
        assert!((service.abandonment - 0.0309).abs() < 5e-5);
        assert!((service.mean_wait * 60.0 - 3.71).abs() < 5e-3);
        assert!((1.0 - service.levels.waited - 0.099).abs() < 5e-4);
        assert!((service.queue - 2.97).abs() < 5e-3);
        assert!((service.occupancy - 0.930).abs() < 5e-4);
    }

    #[test]
    fn the_four_definitions_differ_by_points() {
        // Computed at 50 digits from the birth and death equations.
        let levels = station(48.0, 1.0, 2.0).service(Fte(50.0), TWENTY_SECONDS).levels;
        let expected = [
            0.943_018_954_746_981,
            0.973_099_653_701_856,
            0.972_029_602_986_986,
            0.972_864_391_707_808,
        ];
        let computed =
            [levels.offered, levels.answered, levels.without_short_abandons, levels.waited];
        for (computed, expected) in computed.iter().zip(expected) {
            assert!((computed / expected - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn birth_and_death_agree_under_and_over_load() {
        for (arrivals, handle, patience, n) in
            [(48.0, 1.0, 2.0, 50), (48.0, 1.0, 2.0, 30), (3.0, 4.0, 0.2, 5), (0.2, 10.0, 30.0, 4)]
        {
            let pool = station(arrivals, handle, patience);
            let service = pool.service(Fte(f64::from(n)), TWENTY_SECONDS);
            let (waiting, queue, abandonment) = by_birth_and_death(&pool, n);
            assert!((service.waiting / waiting - 1.0).abs() < 1e-12, "{n}");
            assert!((service.queue / queue - 1.0).abs() < 1e-12, "{n}");
            assert!((service.abandonment / abandonment - 1.0).abs() < 1e-12, "{n}");
        }
    }

    #[test]
    fn nobody_there_loses_everybody() {
        let service = station(2.0, 5.0, 3.0).service(Fte(0.0), TWENTY_SECONDS);
        assert_eq!((service.abandonment, service.levels.offered, service.queue), (1.0, 0.0, 6.0));
    }

    #[test]
    fn no_contacts_wait_for_nobody() {
        let service = station(0.0, 5.0, 3.0).service(Fte(0.0), TWENTY_SECONDS);
        assert_eq!(
            (service.abandonment, service.levels.offered, service.occupancy),
            (0.0, 1.0, 0.0)
        );
    }

    #[test]
    fn a_thousand_million_erlangs_are_answered() {
        let service = station(1e9, 1.0, 2.0).service(Fte(1e9), TWENTY_SECONDS);
        // Garnett, Mandelbaum and Reiman 2002 at beta = 0: 1 / (1 + sqrt(theta/mu)) delayed.
        assert!((service.waiting - 1.0 / (1.0 + 0.5f64.sqrt())).abs() < 1e-4);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn endless_patience_is_erlang_c(a in 0.1..300.0f64, spare in 0.02..2.0f64, within in 0.0..2.0f64) {
            let agents = Fte(a + spare * a.sqrt());
            let patient = station(a, 1.0, 1e13).service(agents, within);
            let endless = Station { arrivals: a, handle: 1.0, patience: None }.service(agents, within);
            prop_assert!((patient.waiting - endless.waiting).abs() < 1e-9 * endless.waiting);
            prop_assert!((patient.levels.offered - endless.levels.offered).abs() < 1e-9);
            prop_assert!((patient.mean_wait - endless.mean_wait).abs() < 1e-8 * endless.mean_wait + 1e-12);
        }

        #[test]
        fn no_patience_is_erlang_b(a in 0.1..300.0f64, n in 0.5..400.0f64) {
            let lost = station(a, 1.0, 1e-9).service(Fte(n), 0.0).abandonment;
            let blocked = erlang_b::blocking(Erlangs(a), Fte(n));
            prop_assert!((lost - blocked).abs() < 1e-5 * blocked + 1e-12, "{lost} {blocked}");
        }

        #[test]
        fn more_agents_never_serve_worse(
            a in 0.05..200.0f64, n in 0.2..260.0f64, more in 0.01..5.0f64,
            patience in 0.05..50.0f64, within in 0.0..3.0f64,
        ) {
            let pool = station(a, 1.0, patience);
            let (few, many) = (pool.service(Fte(n), within), pool.service(Fte(n + more), within));
            for definition in [Definition::Offered, Definition::Answered, Definition::WithoutShortAbandons, Definition::Waited] {
                let (few, many) = (few.levels.by(definition), many.levels.by(definition));
                prop_assert!(many >= few - 1e-12, "{definition:?} {few} {many}");
            }
            prop_assert!(many.abandonment <= few.abandonment * (1.0 + 1e-11));
            prop_assert!(many.occupancy <= few.occupancy * (1.0 + 1e-11));
        }

        #[test]
        fn the_unit_of_time_does_not_matter(
            a in 0.05..200.0f64, n in 0.2..260.0f64, patience in 0.05..50.0f64, unit in 0.001..1000.0f64,
        ) {
            let one = station(a, 1.0, patience).service(Fte(n), 0.4);
            let other = station(a / unit, unit, patience * unit).service(Fte(n), 0.4 * unit);
            prop_assert!((one.levels.offered - other.levels.offered).abs() < 1e-12);
            prop_assert!((one.mean_wait * unit - other.mean_wait).abs() <= 1e-11 * other.mean_wait + 1e-290);
        }

        #[test]
        fn shorter_patience_loses_more(a in 0.5..100.0f64, n in 0.5..120.0f64, patience in 0.1..20.0f64) {
            let short = station(a, 1.0, patience).service(Fte(n), 0.3).abandonment;
            let long = station(a, 1.0, patience * 1.3).service(Fte(n), 0.3).abandonment;
            prop_assert!(short >= long * (1.0 - 1e-11));
        }
    }
}
