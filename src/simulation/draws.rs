//! Every random draw of a play comes from a key that says what it decides.
//!
//! A key names the seed, the replication, the purpose and the thing drawn for, never the state of play, so
//! that one more person on queue changes no arrival, no handle time and no patience (common random numbers;
//! L'Ecuyer and Buist 2006).

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, Gamma, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::Seed;

/// What a draw decides.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Gap = 1,
    Length = 2,
    Patience = 3,
    Difficulty = 4,
    DayFactor = 5,
    Presence = 6,
    BacklogLength = 7,
    Course = 8,
}

/// A name for a source of draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn of(seed: Seed) -> Key {
        Key(0x9e37_79b9_7f4a_7c15).and(seed.seed).and(seed.replication)
    }

    /// The key of a part, by the finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
    pub(super) fn and(self, part: u64) -> Key {
        let mut word = self.0.rotate_left(23) ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93);
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Key(word ^ (word >> 31))
    }

    pub(super) fn source(self, purpose: Purpose, of: usize, day: usize) -> Source {
        let key = self.and(purpose as u64).and(of as u64).and(day as u64);
        Source(Xoshiro256PlusPlus::seed_from_u64(key.0))
    }
}

/// A source of draws.
#[derive(Debug, Clone)]
pub(super) struct Source(Xoshiro256PlusPlus);

impl Source {
    /// Exponential of mean 1.
    #[inline]
    pub(super) fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// A number from 0 to 1.
    #[inline]
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// Whether something of this chance happens.
    #[inline]
    pub(super) fn happens(&mut self, chance: f64) -> bool {
        self.0.random::<f64>() < chance
    }

    /// A day's factor of mean 1 and this coefficient of variation, gamma distributed.
    pub(super) fn day_factor(&mut self, spread: f64) -> f64 {
        let variance = spread * spread;
        match Gamma::new(variance.recip(), variance) {
            Ok(gamma) if variance > 1e-12 => gamma.sample(&mut self.0),
            _ => 1.0,
        }
    }
}

/// How the time of one contact spreads about its mean, by its squared coefficient of variation: fixed at 0,
/// exponential at 1 (so that the play agrees with Erlang's formulas), else lognormal, as measured handle
/// times are (Brown et al. 2005).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Length {
    Fixed,
    Exponential,
    Lognormal { mean_of_log: f64, spread_of_log: f64 },
}

impl Length {
    pub(super) fn of_variability(squared: f64) -> Length {
        if !squared.is_finite() || (squared - 1.0).abs() < 1e-9 {
            Length::Exponential
        } else if squared < 1e-9 {
            Length::Fixed
        } else {
            let variance = squared.ln_1p();
            Length::Lognormal { mean_of_log: -0.5 * variance, spread_of_log: variance.sqrt() }
        }
    }

    /// A length as a multiple of its mean.
    #[inline]
    pub(super) fn draw(self, source: &mut Source) -> f64 {
        match self {
            Length::Fixed => 1.0,
            Length::Exponential => source.exponential(),
            Length::Lognormal { mean_of_log, spread_of_log } => {
                let normal: f64 = StandardNormal.sample(&mut source.0);
                (mean_of_log + spread_of_log * normal).exp()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::cast_precision_loss, reason = "counts of draws are small")]

    use super::*;

    fn source(day: usize) -> Source {
        Key::of(Seed { seed: 7, replication: 3 }).source(Purpose::Length, 0, day)
    }

    fn mean_and_variance(draws: &[f64]) -> (f64, f64) {
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        (mean, draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / draws.len() as f64)
    }

    #[test]
    fn lengths_have_mean_one_and_the_variability_asked_for() {
        for squared in [0.0, 0.3, 1.0, 2.0] {
            let length = Length::of_variability(squared);
            let mut source = source(1);
            let draws: Vec<f64> = (0..400_000).map(|_| length.draw(&mut source)).collect();
            let (mean, variance) = mean_and_variance(&draws);
            assert!((mean - 1.0).abs() < 0.01, "{squared}: mean {mean}");
            assert!((variance - squared).abs() < 0.05 * squared + 1e-9, "{squared}: {variance}");
        }
    }

    #[test]
    fn day_factors_have_mean_one_and_the_spread_asked_for() {
        let draws: Vec<f64> = (0..50_000).map(|day| source(day).day_factor(0.3)).collect();
        let (mean, variance) = mean_and_variance(&draws);
        assert!((mean - 1.0).abs() < 0.006 && (variance - 0.09).abs() < 0.004);
        assert_eq!(source(1).day_factor(0.0), 1.0);
    }

    #[test]
    fn neighbouring_keys_share_no_draws() {
        let first: Vec<u64> = (0..1000).map(|day| source(day).exponential().to_bits()).collect();
        let distinct: std::collections::BTreeSet<u64> = first.iter().copied().collect();
        assert_eq!(distinct.len(), first.len());
    }
}
