//! How far days and intervals stray from their forecast.
//!
//! The count of an interval with mean `m` is Poisson with a rate that a gamma factor of mean 1, common to the
//! day, makes busier or quieter (Taylor 2012, Management Science 58:534-549; Weinberg, Brown and Stroud
//! 2007, JASA 102:1185-1198), with room for noise beyond Poisson:
//!
//! ```text
//! variance = noise * m + day^2 * m^2
//! day^2    = mean of (X/M - 1)^2 - 1/M           over days, X came, M was forecast, fitted by moments
//! noise    = mean of (x - m X/M)^2 / (m X/M)     over slots, what is left when the day's factor is known
//! ```
//!
//! Both come from forecasts of the last eight weeks made a week or more ahead from what was known then, so
//! they hold the error of the level too. Shorter histories use the assumption [`ASSUMED_DAY`].
//!
//! Moments give strange days and hours more say than most days bear out, so quantiles use a share of that
//! variance: the one under which eight in ten of those past counts lie between the tenth and the ninetieth.

use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::Serialize;

use super::counts;
use super::method::{Known, Method};

/// Assumption: spread of a day's volume about its forecast where history is too short to tell.
const ASSUMED_DAY: f64 = 0.15;

/// Origins of past forecasts.
const ORIGINS: i64 = 8;
/// Days between the last known day and the last forecast one.
const AHEAD: usize = 14;
/// Least days before an origin.
const LEAST_KNOWN: usize = 20;
/// Least past forecasts of days to fit from.
const LEAST_DAYS: usize = 10;
/// Least past counts to calibrate quantiles from.
const LEAST_COUNTS: usize = 100;
/// Share of past counts that the calibrated quantiles hold.
const HELD: f64 = 0.8;
/// Standard deviations that hold such a share of normal errors on both sides of their mean.
const HELD_WITHIN: f64 = 1.2816;
/// How far calibration may go, as a share of the variance.
const CALIBRATED: (f64, f64) = (0.25, 2.0);
/// Share of days at each end left out of the mean, so that a single strike or outage does not rule it.
const TRIMMED: f64 = 0.02;

/// How days and intervals differ from their forecast.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// Coefficient of variation of the factor common to a day.
    pub day: f64,
    /// Variance of an interval's count over its mean once the day's factor is known; 1 is Poisson.
    pub noise: f64,
    /// Share of the variance that quantiles use.
    pub calibration: f64,
    /// 95 % interval of `day`; none where it is an assumption or stated.
    pub day_range: Option<(f64, f64)>,
}

impl Spread {
    /// Counts that differ from their mean by chance alone.
    pub const POISSON: Spread = Spread { day: 0.0, noise: 1.0, calibration: 1.0, day_range: None };

    /// The spread of what is left when contacts are kept at random, each with this chance.
    #[must_use]
    pub fn thinned(self, kept: f64) -> Spread {
        Spread { noise: 1.0 + kept * (self.noise - 1.0), ..self }
    }

    /// Variance of the count of an interval.
    fn variance(self, mean: f64) -> f64 {
        self.noise * mean + (self.day * mean).powi(2)
    }

    /// Quantiles of the count of an interval, for ascending shares.
    #[must_use]
    pub fn quantiles<const N: usize>(self, mean: f64, shares: [f64; N]) -> [f64; N] {
        counts::quantiles(mean, self.calibration * self.variance(mean), shares)
    }
}

/// Fit the spread to how forecasts from the days before an origin would have fared.
pub(super) fn fit(method: Method, known: Known<'_>) -> Spread {
    let days = known.series.before(known.origin);
    let Some(last) = days.last() else {
        return Spread::POISSON;
    };
    let origins: Vec<Known<'_>> = (1..=ORIGINS)
        .map(|week| Known { origin: last.date.plus(1 - 7 * week), ..known })
        .take_while(|past| past.series.before(past.origin).len() >= LEAST_KNOWN)
        .collect();
    // Chosen once, at the earliest of them, so that no choice knows what it is judged on.
    let choice = origins.last().map(|earliest| method.choose(*earliest)).unwrap_or_default();
    let mut strays = Strays::default();
    for past in origins {
        let forecast = method.expect(past, &choice, AHEAD);
        for (date, means) in past.dates(AHEAD).zip(&forecast) {
            let Ok(place) = days.binary_search_by_key(&date, |day| day.date) else { continue };
            if !known.holidays.contains_key(&date) {
                let came: Vec<f64> = days[place].contacts.iter().map(|it| it.0).collect();
                strays.take(&came, means);
            }
        }
    }
    strays.spread()
}

/// What past forecasts missed by.
#[derive(Debug, Default)]
struct Strays {
    /// Squared relative error of each day, Poisson chance taken off.
    days: Vec<f64>,
    squares: f64,
    slots: f64,
    /// Forecast and count of each slot.
    counts: Vec<(f64, f64)>,
}

impl Strays {
    fn take(&mut self, came: &[f64], forecast: &[f64]) {
        let (all, mean): (f64, f64) = (came.iter().sum(), forecast.iter().sum());
        if mean <= 0.0 {
            return;
        }
        let ratio = all / mean;
        self.days.push((ratio - 1.0).powi(2) - 1.0 / mean);
        // One slot's worth of freedom goes into the day's factor.
        self.slots -= 1.0;
        for (x, m) in came.iter().zip(forecast).filter(|(_, m)| **m > 0.0) {
            self.slots += 1.0;
            self.squares += (x - m * ratio).powi(2) / (m * ratio).max(0.5);
            self.counts.push((*m, *x));
        }
    }

    fn spread(mut self) -> Spread {
        if self.days.len() < LEAST_DAYS {
            return Spread { day: ASSUMED_DAY, ..Spread::POISSON };
        }
        let day_range = Some(resampled(&self.days));
        let day = variation(&mut self.days);
        let noise = if self.slots > 0.0 { (self.squares / self.slots).max(1.0) } else { 1.0 };
        let spread = Spread { day, noise, calibration: 1.0, day_range };
        Spread { calibration: calibrate(spread, &self.counts), ..spread }
    }
}

/// The coefficient of variation of days, from their squared errors without the strangest.
fn variation(squares: &mut [f64]) -> f64 {
    squares.sort_by(f64::total_cmp);
    let cut = share_of(TRIMMED, squares.len());
    let kept = &squares[cut..squares.len() - cut];
    let count: f64 = kept.iter().map(|_| 1.0).sum();
    (kept.iter().sum::<f64>() / count).max(0.0).sqrt()
}

/// Times that days are drawn again.
const DRAWS: usize = 400;
/// Days drawn together, since the errors of one forecast are alike.
const TOGETHER: usize = 7;

/// Interval of the coefficient of variation, by drawing stretches of days again with replacement (moving blocks,
/// Künsch 1989, Annals of Statistics 17:1217-1241), the same each time.
fn resampled(squares: &[f64]) -> (f64, f64) {
    let mut source = Xoshiro256PlusPlus::seed_from_u64(DRAWS as u64);
    let together = TOGETHER.min(squares.len());
    let mut found: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mut drawn = Vec::with_capacity(squares.len() + together);
            while drawn.len() < squares.len() {
                let start = source.random_range(0..=squares.len() - together);
                drawn.extend_from_slice(&squares[start..start + together]);
            }
            drawn.truncate(squares.len());
            variation(&mut drawn)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    (found[share_of(0.025, DRAWS)], found[share_of(0.975, DRAWS)])
}

/// The share of a spread's variance that holds as many past counts as it should.
fn calibrate(spread: Spread, counts: &[(f64, f64)]) -> f64 {
    if counts.len() < LEAST_COUNTS {
        return 1.0;
    }
    // Counts are whole: half a contact either way is no error.
    let error = |(m, x): &(f64, f64)| ((x - m).abs() - 0.5).max(0.0) / spread.variance(*m).sqrt();
    let mut errors: Vec<f64> = counts.iter().map(error).collect();
    errors.sort_by(f64::total_cmp);
    let held = errors[share_of(HELD, errors.len() - 1)];
    (held / HELD_WITHIN).powi(2).clamp(CALIBRATED.0, CALIBRATED.1)
}

/// A share of a number of things, rounded down.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a few hundred days is a small whole number"
)]
fn share_of(share: f64, things: usize) -> usize {
    (share * things as f64) as usize
}
