//! Volumes nobody knows for sure: a day is busier or quieter than expected by one factor, and people are
//! needed for the days on which it is.
//!
//! The factor `B` is Gamma distributed with mean 1 and variance `1/alpha` (Jongbloed and Koole 2001; Avramidis,
//! Deslauriers and L'Ecuyer 2004). What a contact meets on average weighs busy days by their contacts,
//!
//! ```text
//! E[B g(lambda B)] = E[g(lambda B')],   B' Gamma with shape alpha + 1 and rate alpha,
//! ```
//!
//! and a target that is to hold on a share of days is sized at that quantile of the rate, which is exact for
//! one pool, since people needed grow with the rate.

use super::quadrature;

/// How much a day's factor varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Busyness {
    shape: f64,
}

/// Below this variation every day is taken as expected.
const CALM: f64 = 1e-4;
/// A factor varies at most three times its mean.
const WILD: f64 = 3.0;
/// How far below its peak a density no longer matters.
const DEEP: f64 = 45.0;

impl Busyness {
    /// From the coefficient of variation of the day's factor; none where it is none, and where it makes no sense.
    #[must_use]
    pub fn varying(variation: f64) -> Option<Busyness> {
        let is_some = variation.is_finite() && (CALM..=WILD).contains(&variation);
        is_some.then(|| Busyness { shape: 1.0 / (variation * variation) })
    }

    /// From Gamma's shape, `alpha`.
    #[must_use]
    pub fn of_shape(shape: f64) -> Option<Busyness> {
        Busyness::varying(1.0 / shape.sqrt())
    }

    /// What a contact meets on average, from what it meets at each factor.
    #[must_use]
    pub fn met_by_contacts(&self, at: impl Fn(f64) -> f64) -> f64 {
        let density = Density { shape: self.shape + 1.0, rate: self.shape };
        let (mut sum, mut whole) = (0.0, 0.0);
        density.visit(f64::INFINITY, |factor, weight| {
            sum += weight * at(factor);
            whole += weight;
        });
        sum / whole
    }

    /// The factor that a share of days does not exceed.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        let density = Density { shape: self.shape, rate: self.shape };
        let whole = density.below(f64::INFINITY);
        let (mut low, mut high) = (0.0, density.end());
        for _ in 0..100 {
            let middle = 0.5 * (low + high);
            if density.below(middle) < share.clamp(0.0, 1.0) * whole {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}

/// A Gamma density up to a constant, `x^(shape-1) e^(-rate x)`, on the scale of `ln x` where it is smooth.
struct Density {
    shape: f64,
    rate: f64,
}

impl Density {
    /// Logarithm of the density of `ln x`, less its peak at `x = shape/rate`.
    fn height(&self, logarithm: f64) -> f64 {
        let away = logarithm - (self.shape / self.rate).ln();
        self.shape * (away - away.exp_m1())
    }

    /// A factor beyond which nothing is left.
    fn end(&self) -> f64 {
        self.reach(1.0).exp()
    }

    /// How far the density reaches in one direction from its peak.
    fn reach(&self, direction: f64) -> f64 {
        let peak = (self.shape / self.rate).ln();
        let mut step = 0.5 / self.shape.sqrt();
        while self.height(peak + direction * step) > -DEEP {
            step *= 1.25;
        }
        peak + direction * step
    }

    /// Factors up to `to` with their weights.
    fn visit(&self, to: f64, mut point: impl FnMut(f64, f64)) {
        let from = self.reach(-1.0);
        let to = to.ln().min(self.reach(1.0));
        if to <= from {
            return;
        }
        let panels = ((to - from) * self.shape.sqrt()).ceil().max(8.0);
        let width = (to - from) / panels;
        let mut panel = 0.0;
        while panel < panels {
            let start = from + panel * width;
            quadrature::visit(start, start + width, |logarithm, weight| {
                point(logarithm.exp(), weight * self.height(logarithm).exp());
            });
            panel += 1.0;
        }
    }

    fn below(&self, to: f64) -> f64 {
        let mut sum = 0.0;
        self.visit(to, |_, weight| sum += weight);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_exponential_factor_has_its_known_quantiles() {
        let busyness = Busyness::of_shape(1.0).unwrap();
        for share in [0.1, 0.5, 0.9, 0.99f64] {
            assert!((busyness.quantile(share) + (1.0 - share).ln()).abs() < 1e-9);
        }
    }

    #[test]
    fn contacts_meet_busy_days_more_often_than_quiet_ones() {
        // E[B B] = 1 + variance.
        let busyness = Busyness::varying(0.3).unwrap();
        assert!((busyness.met_by_contacts(|factor| factor) - 1.09).abs() < 1e-12);
    }

    #[test]
    fn no_variation_is_none() {
        for variation in [0.0, -0.1, f64::NAN, f64::INFINITY, 10.0] {
            assert!(Busyness::varying(variation).is_none());
        }
    }

    proptest! {
        #[test]
        fn a_surer_target_asks_for_more(variation in 0.01..1.5f64, share in 0.05..0.9f64, more in 0.001..0.09f64) {
            let busyness = Busyness::varying(variation).unwrap();
            prop_assert!(busyness.quantile(share + more) > busyness.quantile(share));
        }
    }
}
