//! M/M/n+G: waiting where patience has any shape, not only an exponential one.
//!
//! ```text
//! H(x) = integral of G' from 0 to x,   e(x) = e^(lambda H(x) - n mu x),   D = 1/B(n-1) + lambda J,   J = integral of e
//! P(V > 0) = lambda J/D          P(V > t) = lambda J(t)/D         E V = lambda integral of x e / D
//! P(Ab)    = lambda integral of (1 - G') e / D                    E W = lambda integral of H e / D
//! P(served late) = lambda integral from T of G' e / D
//! ```
//!
//! (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005), `G'` the share still patient after a wait, `V` the
//! wait of somebody who never hangs up. The published forms of `P(Ab)` and of late service subtract nearly
//! equal numbers; these are the same by parts with positive terms only. Assumes Poisson arrivals and
//! exponential handle times. The shape matters: at equal means people who all wait equally long hang up
//! sixty times less often than exponential ones where waits are short.

use super::erlang_b::freedom;
use super::quadrature;

/// How long people wait before they hang up, in the unit of time of the handle time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patience {
    /// Exponential: whoever has waited is as patient as whoever has not.
    Exponential {
        /// Its mean.
        mean: f64,
    },
    /// Everyone waits exactly so long.
    Equal {
        /// How long.
        length: f64,
    },
    /// Anything from none to so long, all equally likely.
    Uniform {
        /// The longest.
        longest: f64,
    },
    /// The sum of two equal exponential parts: few hang up at once.
    Erlang2 {
        /// Its mean.
        mean: f64,
    },
    /// Some are hasty and some are patient, each exponentially.
    Mixed {
        /// Share of hasty people.
        hasty: f64,
        /// Their mean patience.
        short: f64,
        /// The others' mean patience.
        long: f64,
    },
    /// Some hang up at once rather than wait at all; the others exponentially.
    Balking {
        /// Share that does not wait at all.
        balking: f64,
        /// The others' mean patience.
        mean: f64,
    },
}

/// What contacts meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// Chance that no agent is free.
    pub waiting: f64,
    /// Share that hang up.
    pub abandonment: f64,
    /// Mean wait of everyone, those who hang up included.
    pub mean_wait: f64,
    /// Mean wait of somebody who never hangs up.
    pub mean_offered_wait: f64,
    /// Share whose wait is over within the threshold, whichever way.
    pub waited: f64,
    /// Share answered within the threshold.
    pub offered: f64,
    /// Contacts waiting.
    pub queue: f64,
}

impl Patience {
    /// Whether its figures make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        let share = |x: f64| (0.0..1.0).contains(&x);
        match *self {
            Patience::Exponential { mean } | Patience::Erlang2 { mean } => positive(mean),
            Patience::Equal { length } => positive(length),
            Patience::Uniform { longest } => positive(longest),
            Patience::Mixed { hasty, short, long } => {
                share(hasty) && positive(short) && positive(long)
            }
            Patience::Balking { balking, mean } => share(balking) && positive(mean),
        }
    }

    /// Share still there after a wait, `G'`.
    #[must_use]
    pub fn stays(&self, x: f64) -> f64 {
        match *self {
            Patience::Exponential { mean } => (-x / mean).exp(),
            Patience::Equal { length } => {
                if x < length {
                    1.0
                } else {
                    0.0
                }
            }
            Patience::Uniform { longest } => (1.0 - x / longest).max(0.0),
            Patience::Erlang2 { mean } => {
                let parts = 2.0 * x / mean;
                (1.0 + parts) * (-parts).exp()
            }
            Patience::Mixed { hasty, short, long } => {
                hasty * (-x / short).exp() + (1.0 - hasty) * (-x / long).exp()
            }
            Patience::Balking { balking, mean } => (1.0 - balking) * (-x / mean).exp(),
        }
    }

    /// Mean wait of people who are answered after `x` or hang up before, `H`.
    fn waited(&self, x: f64) -> f64 {
        let exponential = |mean: f64| -mean * (-x / mean).exp_m1();
        match *self {
            Patience::Exponential { mean } => exponential(mean),
            Patience::Equal { length } => x.min(length),
            Patience::Uniform { longest } => {
                let x = x.min(longest);
                x - 0.5 * x * x / longest
            }
            // Two exponential parts of half the mean; the second begins where the first ends.
            Patience::Erlang2 { mean } => {
                2.0 * exponential(0.5 * mean) - x * (-2.0 * x / mean).exp()
            }
            Patience::Mixed { hasty, short, long } => {
                hasty * exponential(short) + (1.0 - hasty) * exponential(long)
            }
            Patience::Balking { balking, mean } => (1.0 - balking) * exponential(mean),
        }
    }

    /// Where its curve has a corner.
    fn corner(&self) -> Option<f64> {
        match *self {
            Patience::Equal { length } => Some(length),
            Patience::Uniform { longest } => Some(longest),
            _ => None,
        }
    }

    /// A time over which its curve bends little.
    fn scale(&self) -> f64 {
        match *self {
            Patience::Exponential { mean } | Patience::Balking { mean, .. } => mean,
            Patience::Equal { length } => length,
            Patience::Uniform { longest } => longest,
            Patience::Erlang2 { mean } => 0.5 * mean,
            Patience::Mixed { short, long, .. } => short.min(long),
        }
    }
}

/// What so many contacts in a unit of time meet in a pool, with an answer threshold; none where a figure makes
/// no sense, or where there is no agent.
#[must_use]
pub fn waiting(
    arrivals: f64,
    handle: f64,
    agents: f64,
    patience: Patience,
    within: f64,
) -> Option<Waiting> {
    let is_sound = [arrivals, handle, agents].iter().all(|x| x.is_finite() && *x > 0.0)
        && within.is_finite()
        && within >= 0.0
        && patience.is_sound();
    if !is_sound {
        return None;
    }
    let load = arrivals * handle;
    let slope = Slope { arrivals, full: agents / handle, patience };
    let peak = slope.peak();
    let top = slope.height(peak);
    let (early, late) = slope.masses(within, peak, top);
    // 1/B(n-1) is (1/B(n) - 1) a/n; taken down by the same factor as the integrals.
    let free = freedom(load, agents) / (agents / load) * (-top).exp();
    let whole = free + arrivals * (early.all + late.all);
    let share = |part: f64| arrivals * part / whole;
    let gone = share(early.gone + late.gone);
    let served_late = share(late.all - late.gone);
    let mean_wait = share(early.waited + late.waited);
    Some(Waiting {
        waiting: share(early.all + late.all),
        abandonment: gone,
        mean_wait,
        mean_offered_wait: share(early.moment + late.moment),
        waited: 1.0 - patience.stays(within) * share(late.all),
        offered: 1.0 - gone - served_late,
        queue: arrivals * mean_wait,
    })
}

/// The exponent `lambda H(x) - n mu x`: rises while more come than can be served, then falls for good.
struct Slope {
    arrivals: f64,
    full: f64,
    patience: Patience,
}

/// Integrals over a stretch of waits.
#[derive(Default)]
struct Mass {
    all: f64,
    gone: f64,
    waited: f64,
    moment: f64,
}

/// How far below the peak the integrand no longer matters.
const DEEP: f64 = 42.0;

impl Slope {
    fn height(&self, x: f64) -> f64 {
        self.arrivals * self.patience.waited(x) - self.full * x
    }

    fn steepness(&self, x: f64) -> f64 {
        self.arrivals * self.patience.stays(x) - self.full
    }

    /// Where the exponent stops rising.
    fn peak(&self) -> f64 {
        if self.steepness(0.0) <= 0.0 {
            return 0.0;
        }
        let mut high = self.patience.scale();
        while self.steepness(high) > 0.0 {
            high *= 2.0;
        }
        let mut low = 0.0;
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if self.steepness(middle) > 0.0 { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// The integrals up to a wait and from it on, less the peak's height.
    fn masses(&self, within: f64, peak: f64, top: f64) -> (Mass, Mass) {
        let (mut early, mut late) = (Mass::default(), Mass::default());
        let mut cuts = vec![within, peak];
        cuts.extend(self.patience.corner());
        cuts.sort_by(f64::total_cmp);
        let mut x = 0.0;
        loop {
            let width = self.width(x, top);
            let next = cuts
                .iter()
                .copied()
                .find(|&cut| cut > x)
                .map_or(x + width, |cut| cut.min(x + width));
            let mass = if x < within { &mut early } else { &mut late };
            quadrature::visit(x, next, |x, weight| self.add(x, weight, top, mass));
            x = next;
            if x > peak && x >= within && self.height(x) < top - DEEP {
                return (early, late);
            }
        }
    }

    /// A panel from here that the rule integrates to the last digits: the exponent falls or rises by a few,
    /// and patience bends little; long where nothing is left to count.
    fn width(&self, x: f64, top: f64) -> f64 {
        let depth = top - self.height(x);
        let bend = 0.5 * self.patience.scale();
        let steep = self.steepness(x).abs().max(1e-300);
        let curve = (self.arrivals / self.patience.scale()).sqrt();
        let fine = (2.0 / steep).min(2.0 / curve).max(2.0 / (steep + curve)).min(bend);
        if depth > 2.0 * DEEP { (0.25 * depth / steep).max(fine).min(bend) } else { fine }
    }

    fn add(&self, x: f64, weight: f64, top: f64, mass: &mut Mass) {
        let density = weight * (self.height(x) - top).exp();
        mass.all += density;
        mass.gone += (1.0 - self.patience.stays(x)) * density;
        mass.waited += self.patience.waited(x) * density;
        mass.moment += x * density;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a::Station;
    use crate::units::Fte;
    use proptest::prelude::*;

    #[test]
    fn the_shape_of_patience_decides_how_many_hang_up() {
        // 48 contacts a minute of one minute, 50 agents, mean patience 2 minutes: computed at 30 digits.
        let lost = |patience| waiting(48.0, 1.0, 50.0, patience, 1.0 / 3.0).unwrap().abandonment;
        let shapes = [
            (Patience::Exponential { mean: 2.0 }, 0.0309),
            (Patience::Erlang2 { mean: 2.0 }, 0.0162),
            (Patience::Uniform { longest: 4.0 }, 0.0234),
            (Patience::Mixed { hasty: 0.5, short: 0.5, long: 3.5 }, 0.0405),
            (Patience::Equal { length: 2.0 }, 0.0005),
        ];
        for (patience, expected) in shapes {
            assert!((lost(patience) - expected).abs() < 6e-5, "{patience:?}: {}", lost(patience));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn exponential_patience_is_erlang_a(
            load in 0.5..300.0f64, spare in -3.0..4.0f64, mean in 0.05..20.0f64, within in 0.0..2.0f64,
        ) {
            let n = (load + spare * load.sqrt()).max(1.0).floor();
            let general = waiting(load, 1.0, n, Patience::Exponential { mean }, within).unwrap();
            let palm = Station { arrivals: load, handle: 1.0, patience: Some(mean) }.service(Fte(n), within);
            prop_assert!((general.waiting - palm.waiting).abs() < 1e-11);
            prop_assert!((general.abandonment - palm.abandonment).abs() < 1e-11);
            prop_assert!((general.offered - palm.levels.offered).abs() < 1e-11);
            prop_assert!((general.queue - palm.queue).abs() < 1e-9 * palm.queue.max(1.0));
        }

        #[test]
        fn more_agents_lose_fewer(load in 0.5..100.0f64, n in 1.0..100.0f64, longest in 0.1..20.0f64) {
            let patience = Patience::Uniform { longest };
            let few = waiting(load, 1.0, n.floor(), patience, 0.3).unwrap();
            let many = waiting(load, 1.0, n.floor() + 1.0, patience, 0.3).unwrap();
            prop_assert!(many.abandonment <= few.abandonment + 1e-12);
            prop_assert!(many.offered >= few.offered - 1e-12);
        }
    }

    #[test]
    fn figures_without_sense_have_no_answer() {
        let usual = Patience::Exponential { mean: 2.0 };
        for wrong in [f64::NAN, -1.0, 0.0, f64::INFINITY] {
            assert!(waiting(wrong, 1.0, 5.0, usual, 0.3).is_none());
            assert!(waiting(4.0, wrong, 5.0, usual, 0.3).is_none());
            assert!(waiting(4.0, 1.0, wrong, usual, 0.3).is_none());
            assert!(waiting(4.0, 1.0, 5.0, Patience::Equal { length: wrong }, 0.3).is_none());
        }
        assert!(
            waiting(4.0, 1.0, 5.0, Patience::Balking { balking: 1.0, mean: 2.0 }, 0.3).is_none()
        );
    }
}
