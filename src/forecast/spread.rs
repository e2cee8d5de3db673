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

use std::collections::BTreeMap;

use super::{counts, pattern};
use crate::calendar::Date;
use crate::history::Series;

/// Assumption: spread of a day's volume about its forecast where history is too short to tell.
const ASSUMED_DAY: f64 = 0.15;

/// Origins of past forecasts.
const ORIGINS: i64 = 8;
/// Days between the last known day and the last forecast one.
const AHEAD: i64 = 14;
/// Least days before an origin.
const LEAST_KNOWN: usize = 20;
/// Least past forecasts of days to fit from.
const LEAST_DAYS: usize = 10;
/// Share of days at each end left out of the mean, so that a single strike or outage does not rule it.
const TRIMMED: f64 = 0.02;

/// How days and intervals differ from their forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Coefficient of variation of the factor common to a day.
    pub day: f64,
    /// Variance of an interval's count over its mean once the day's factor is known; 1 is Poisson.
    pub noise: f64,
}

impl Spread {
    /// Counts that differ from their mean by chance alone.
    pub const POISSON: Spread = Spread { day: 0.0, noise: 1.0 };

    /// Quantiles of the count of an interval, for ascending shares.
    #[must_use]
    pub fn quantiles<const N: usize>(self, mean: f64, shares: [f64; N]) -> [f64; N] {
        counts::quantiles(mean, self.noise * mean + (self.day * mean).powi(2), shares)
    }
}

/// Fit the spread to how forecasts from the days before a date would have fared.
pub(super) fn fit(series: &Series, holidays: &BTreeMap<Date, String>, before: Date) -> Spread {
    let days = series.before(before);
    let Some(last) = days.last() else {
        return Spread::POISSON;
    };
    let mut strays = Strays::default();
    for week in 1..=ORIGINS {
        let origin = last.date.plus(1 - 7 * week);
        if series.before(origin).len() < LEAST_KNOWN {
            break;
        }
        let pattern = pattern::learn(series, holidays, origin);
        let until = origin.plus(AHEAD);
        let played = days.iter().filter(|day| (origin..until).contains(&day.date));
        for day in played.filter(|day| !holidays.contains_key(&day.date)) {
            let came: Vec<f64> = day.contacts.iter().map(|contacts| contacts.0).collect();
            strays.take(&came, &pattern.expect(day.date, None));
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
        }
    }

    fn spread(mut self) -> Spread {
        if self.days.len() < LEAST_DAYS {
            return Spread { day: ASSUMED_DAY, noise: 1.0 };
        }
        self.days.sort_by(f64::total_cmp);
        let cut = share_of(TRIMMED, self.days.len());
        let kept = &self.days[cut..self.days.len() - cut];
        let count: f64 = kept.iter().map(|_| 1.0).sum();
        let square = (kept.iter().sum::<f64>() / count).max(0.0);
        let noise = if self.slots > 0.0 { (self.squares / self.slots).max(1.0) } else { 1.0 };
        Spread { day: square.sqrt(), noise }
    }
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
