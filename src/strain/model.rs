//! Thresholds, weights and bands of the index, read from `strain.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Band;

/// The index as published with every report.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The components, in the order of [`PersonStrain::exposures`](super::PersonStrain).
    #[serde(rename = "component")]
    pub components: Vec<Threshold>,
    /// Thresholds of occupancy where the work is emotional.
    pub emotional: Emotional,
    /// Where the bands of the index start.
    pub bands: BandStarts,
}

/// Thresholds of occupancy for work on emotional queues.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emotional {
    /// Share of difficult contacts from which a queue is one.
    pub from: f64,
    /// No strain up to here.
    pub green: f64,
    /// Half strain.
    pub amber: f64,
    /// Full strain.
    pub red: f64,
    /// Where the figures come from.
    pub source: String,
}

/// Thresholds of one component.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Its short name.
    pub name: String,
    /// Unit of the exposure.
    pub unit: String,
    /// No strain up to here.
    pub green: f64,
    /// Half strain: watch.
    pub amber: f64,
    /// Full strain: change the plan.
    pub red: f64,
    /// Points in the index at full strain.
    pub weight: f64,
    /// What is measured, in words.
    pub what: String,
    /// Where the figures come from.
    pub source: String,
}

/// Where the bands of the index start.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandStarts {
    /// Amber from here.
    pub amber: f64,
    /// Red from here.
    pub red: f64,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    toml::from_str(include_str!("strain.toml")).expect("the shipped strain.toml is well formed")
});

/// The index in force.
pub fn model() -> &'static Model {
    &MODEL
}

impl Threshold {
    /// Strain of an exposure: 0 up to green, 0.5 at amber, 1 at red, and on with the same slope.
    ///
    /// Convex, as amber lies no nearer to green than to red, so that a linear programme needs two rows and no
    /// whole numbers. An exposure that is no number counts as none.
    #[must_use]
    pub fn strain(&self, exposure: f64) -> f64 {
        strain_between((self.green, self.amber, self.red), exposure)
    }

    /// How steeply strain rises from an exposure on.
    #[must_use]
    pub fn slope(&self, exposure: f64) -> f64 {
        if exposure >= self.amber {
            0.5 / (self.red - self.amber)
        } else if exposure >= self.green {
            0.5 / (self.amber - self.green)
        } else {
            0.0
        }
    }
}

fn strain_between((green, amber, red): (f64, f64, f64), exposure: f64) -> f64 {
    let to_amber = 0.5 * (exposure - green) / (amber - green);
    let to_red = 0.5 + 0.5 * (exposure - amber) / (red - amber);
    to_amber.max(to_red).max(0.0)
}

/// The place of occupancy among the components.
const OCCUPANCY: usize = 0;

impl Model {
    /// The weighted sum of the components, 0 to 100 and more.
    #[must_use]
    pub fn index(&self, exposures: &[f64]) -> f64 {
        self.index_among(exposures, 0.0)
    }

    /// The same where a share of the live work is on emotional queues.
    #[must_use]
    pub fn index_among(&self, exposures: &[f64], emotional: f64) -> f64 {
        let strains = self.strains(exposures, emotional);
        self.components.iter().zip(strains).map(|(part, strain)| part.weight * strain).sum()
    }

    /// Strain of each component; that of occupancy is the mean of ordinary and of emotional work, by the share of
    /// it, and emotional work never tires less than ordinary.
    pub fn strains(&self, exposures: &[f64], emotional: f64) -> impl Iterator<Item = f64> {
        let share = if emotional.is_nan() { 0.0 } else { emotional.clamp(0.0, 1.0) };
        let hard = (self.emotional.green, self.emotional.amber, self.emotional.red);
        let strain = move |(place, (part, &exposure)): (usize, (&Threshold, &f64))| {
            let usual = part.strain(exposure);
            if place == OCCUPANCY {
                usual + share * (strain_between(hard, exposure) - usual).max(0.0)
            } else {
                usual
            }
        };
        self.components.iter().zip(exposures).enumerate().map(strain)
    }

    /// The band: by the index, and by gates, because nothing shows that short hours make up for abuse.
    ///
    /// Amber where one component is at red; red where two are, or one is half as far again.
    #[must_use]
    pub fn band(&self, exposures: &[f64]) -> Band {
        self.band_among(exposures, 0.0)
    }

    /// The same where a share of the live work is on emotional queues.
    #[must_use]
    pub fn band_among(&self, exposures: &[f64], emotional: f64) -> Band {
        let index = self.index_among(exposures, emotional);
        let full = self.strains(exposures, emotional).filter(|&strain| strain >= 1.0).count();
        let is_extreme = self.strains(exposures, emotional).any(|strain| strain >= 1.5);
        if index >= self.bands.red || full >= 2 || is_extreme {
            Band::Red
        } else if index >= self.bands.amber || full == 1 {
            Band::Amber
        } else {
            Band::Green
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOTHING: [f64; 8] = [0.0; 8];

    fn but(changes: &[(usize, f64)]) -> [f64; 8] {
        let mut exposures = NOTHING;
        for &(place, exposure) in changes {
            exposures[place] = exposure;
        }
        exposures
    }

    #[test]
    fn the_weights_sum_to_a_hundred() {
        let sum: f64 = model().components.iter().map(|component| component.weight).sum();
        assert_eq!(sum, 100.0);
    }

    #[test]
    fn every_component_is_convex_and_names_its_source() {
        for part in &model().components {
            assert!(part.green < part.amber && part.amber < part.red, "{}", part.name);
            assert!(part.red - part.amber <= part.amber - part.green + 1e-12, "{}", part.name);
            assert!(!part.source.is_empty() && !part.unit.is_empty() && !part.what.is_empty());
        }
    }

    #[test]
    fn strain_is_half_at_amber_and_full_at_red() {
        for part in &model().components {
            assert_eq!(part.strain(part.green), 0.0);
            assert!((part.strain(part.amber) - 0.5).abs() < 1e-12);
            assert!((part.strain(part.red) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn no_exposure_is_no_strain() {
        assert_eq!(model().index(&NOTHING), 0.0);
        assert_eq!(model().band(&NOTHING), Band::Green);
    }

    /// A complaints desk that is otherwise well run: the abuse alone keeps it from green.
    #[test]
    fn ten_difficult_contacts_a_duty_are_amber_however_short_the_hours() {
        let desk = but(&[(5, 10.0)]);
        assert!((model().index(&desk) - 18.0).abs() < 1e-9);
        assert_eq!(model().band(&desk), Band::Amber);
    }

    #[test]
    fn three_quick_returns_are_red_whatever_the_rest() {
        assert_eq!(model().band(&but(&[(3, 3.0)])), Band::Red);
    }

    #[test]
    fn two_components_at_red_are_red() {
        assert_eq!(model().band(&but(&[(1, 55.0), (3, 2.0)])), Band::Red);
        assert_eq!(model().band(&but(&[(1, 55.0), (3, 1.9)])), Band::Amber);
    }

    #[test]
    fn emotional_work_tires_from_lower_occupancy_on() {
        let busy = but(&[(0, 0.85)]);
        assert!((model().index(&busy) - 9.0).abs() < 1e-9);
        assert!((model().index_among(&busy, 1.0) - 18.0).abs() < 1e-9);
        assert_eq!(
            (model().band(&busy), model().band_among(&busy, 1.0)),
            (Band::Green, Band::Amber)
        );
        let half = but(&[(0, 0.8)]);
        assert!((model().index_among(&half, 0.5) - 9.0).abs() < 1e-9);
        assert_eq!(model().index_among(&NOTHING, 1.0), 0.0);
        assert_eq!(model().index_among(&busy, f64::NAN), model().index(&busy));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn more_emotional_work_never_lowers_the_index(
            occupancy in 0.0f64..1.2, share in 0.0f64..1.0, more in 0.0f64..1.0,
        ) {
            let busy = but(&[(0, occupancy)]);
            let harder = model().index_among(&busy, (share + more).min(1.0));
            prop_assert!(harder >= model().index_among(&busy, share) - 1e-9);
        }

        #[test]
        fn more_of_any_exposure_never_lowers_index_or_band(
            exposures in prop::array::uniform8(0.0f64..200.0),
            place in 0usize..8,
            more in 0.0f64..50.0,
        ) {
            let mut worse = exposures;
            worse[place] += more;
            prop_assert!(model().index(&worse) >= model().index(&exposures) - 1e-9);
            prop_assert!(model().band(&worse) >= model().band(&exposures));
        }
    }
}
