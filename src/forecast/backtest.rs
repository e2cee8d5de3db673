//! How good forecasts would have been: made again from past days, and held against what came.
//!
//! From each origin every way to forecast sees the days before it alone, and is judged on the days after. Errors are
//! given by week ahead and over all, of intervals and of whole days:
//!
//! ```text
//! WAPE           = sum |x - m| / sum x                       x came, m was forecast
//! MASE           = mean |x - m| / mean |x - x a week before|, the latter over the days known at the origin
//! quantile loss  = 2 sum pinball / sum x, mean over the seven quantiles (0 where all are exact)
//! bias           = sum (m - x) / sum x
//! ```
//!
//! (Hyndman and Koehler 2006, International Journal of Forecasting 22:679-688, for MASE.) No forecast can be exact:
//! counts vary by chance about whatever mean is foretold. The floor is the error of a perfect forecast of Poisson
//! means, of the size that was forecast (Crow 1958, Biometrika 45:556-559):
//!
//! ```text
//! E |X - m| = 2 exp(-m) m^(n+1) / n!,   n = floor(m)
//! ```
//!
//! Holidays count like any day. Intervals in which no known day before the first origin had a contact are not judged.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::method::{Known, Method};
use super::spread::{self, Spread};
use crate::calendar::Date;
use crate::history::{PastDay, Series};

/// Days forecast from each origin: two weeks, as a planner needs.
pub(super) const AHEAD: usize = 14;
/// Shares of the quantiles that are shown and judged.
pub(super) const SHARES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
/// Days of history before the first origin, where there are as many.
const KNOWN: i64 = 84;
/// The same for short histories.
const LEAST_KNOWN: i64 = 42;

/// How good forecasts of one series would have been.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// First days of the forecasts.
    pub origins: Vec<Date>,
    /// Days that were judged, those of several forecasts counted as often.
    pub days: usize,
    /// Errors by way to forecast and horizon.
    pub scores: Vec<Score>,
    /// Errors that chance leaves to a perfect forecast, by horizon.
    pub floors: Vec<Floor>,
}

/// The error of a perfect forecast of Poisson means over one horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Floor {
    /// The horizon.
    pub horizon: Horizon,
    /// Of intervals, over contacts.
    pub wape: Option<f64>,
    /// Of whole days.
    pub day_wape: Option<f64>,
}

/// How far ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// One to seven days.
    Week1,
    /// Eight to fourteen days.
    Week2,
    /// All of them.
    All,
}

/// The errors of one way to forecast over one horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// The way.
    pub method: Method,
    /// The horizon.
    pub horizon: Horizon,
    /// Its errors.
    #[serde(flatten)]
    pub errors: Errors,
}

/// Errors as shares of what came; nothing where nothing came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Errors {
    /// Absolute error of intervals over contacts.
    pub wape: Option<f64>,
    /// Absolute error of whole days over contacts.
    pub day_wape: Option<f64>,
    /// Absolute error over that of last week's same interval among known days.
    pub mase: Option<f64>,
    /// Forecast less what came, over contacts.
    pub bias: Option<f64>,
    /// Loss of the quantiles over contacts.
    pub quantile_loss: Option<f64>,
    /// Share of counts between the tenth and the ninetieth.
    pub cover_80: Option<f64>,
    /// Share of counts between the fifth and the ninety-fifth.
    pub cover_90: Option<f64>,
    /// Share of whole days between the tenth and the ninetieth.
    pub day_cover_80: Option<f64>,
}

impl Horizon {
    /// All of them.
    pub const ALL: [Horizon; 3] = [Horizon::Week1, Horizon::Week2, Horizon::All];

    fn holds(self, day: usize) -> bool {
        match self {
            Horizon::Week1 => day < 7,
            Horizon::Week2 => day >= 7,
            Horizon::All => true,
        }
    }
}

/// First days of so many forecasts, `step` days apart, the last of which ends the day before `before`; fewer where
/// history does not reach back twelve weeks before them, or six where it is short.
#[must_use]
pub fn origins(series: &Series, before: Date, step: i64, most: usize) -> Vec<Date> {
    let days = series.before(before);
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let ahead = i64::try_from(AHEAD).unwrap_or(0);
    let latest = last.date.plus(1 - ahead).min(before.plus(-ahead));
    let reach = latest.days_since(first.date);
    let known = if reach >= KNOWN { KNOWN } else { LEAST_KNOWN };
    let all = (0..).map(|back| latest.plus(-step.max(1) * back)).take(most);
    let mut origins: Vec<Date> =
        all.take_while(|origin| origin.days_since(first.date) >= known).collect();
    origins.reverse();
    origins
}

/// Hold every way to forecast against what came after each origin and before `before`.
#[must_use]
pub fn backtest(
    series: &Series,
    holidays: &BTreeMap<Date, String>,
    origins: &[Date],
    before: Date,
) -> Backtest {
    let judged = |origin: Date| {
        let known = series.before(before);
        let from = known.partition_point(|day| day.date < origin);
        known[from..].iter().take_while(move |day| day.date.days_since(origin) < days_ahead())
    };
    let slots = open_slots(series, origins.first().copied());
    let play = |method: Method, origin: Date| {
        let known = Known { series, holidays, origin };
        let means = method.expect(known, &method.choose(known), AHEAD);
        let spread = spread::fit(method, known);
        let weekly = weekly_change(series.before(origin));
        let mut sums = [Sums::default(); 3];
        for day in judged(origin) {
            let ahead = usize::try_from(day.date.days_since(origin)).unwrap_or(0);
            let judgement = Judgement { day, means: &means[ahead], spread, slots: &slots };
            let one = Sums::of(&judgement, weekly);
            for (sum, _) in sums.iter_mut().zip(Horizon::ALL).filter(|it| it.1.holds(ahead)) {
                sum.add(&one);
            }
        }
        sums
    };
    let (mut scores, mut floors) = (Vec::new(), Vec::new());
    for method in Method::ALL {
        // Sums are added in the order of origins, so that threads change nothing.
        let by_origin: Vec<[Sums; 3]> =
            origins.par_iter().map(|&origin| play(method, origin)).collect();
        for (place, horizon) in Horizon::ALL.into_iter().enumerate() {
            let mut sum = Sums::default();
            for sums in &by_origin {
                sum.add(&sums[place]);
            }
            scores.push(Score { method, horizon, errors: sum.errors() });
            if method == Method::Evenkeel {
                let (wape, day_wape) =
                    (share(sum.floor, sum.forecast), share(sum.day_floor, sum.forecast));
                floors.push(Floor { horizon, wape, day_wape });
            }
        }
    }
    let days = origins.iter().map(|&origin| judged(origin).count()).sum();
    Backtest { origins: origins.to_vec(), days, scores, floors }
}

impl Backtest {
    /// The errors of one way to forecast over one horizon.
    #[must_use]
    pub fn of(&self, method: Method, horizon: Horizon) -> Errors {
        let found = self.scores.iter().find(|it| it.method == method && it.horizon == horizon);
        found.map(|score| score.errors).unwrap_or_default()
    }
}

fn days_ahead() -> i64 {
    i64::try_from(AHEAD).unwrap_or(0)
}

/// Slots in which any day before the first origin had a contact.
fn open_slots(series: &Series, first: Option<Date>) -> Vec<bool> {
    let known = first.map_or(&[][..], |first| series.before(first));
    let has = |slot: usize| known.iter().any(|day| day.contacts[slot].0 > 0.0);
    (0..series.slots()).map(has).collect()
}

/// Mean absolute change of an interval from one week to the next, over known days.
fn weekly_change(days: &[PastDay]) -> Option<f64> {
    let (mut changes, mut count) = (0.0, 0.0);
    for day in days {
        let Ok(place) = days.binary_search_by_key(&day.date.plus(-7), |day| day.date) else {
            continue;
        };
        for (now, then) in day.contacts.iter().zip(&days[place].contacts) {
            if now.0 > 0.0 || then.0 > 0.0 {
                changes += (now.0 - then.0).abs();
                count += 1.0;
            }
        }
    }
    share(changes, count).filter(|change| *change > 0.0)
}

/// One day and its forecast.
struct Judgement<'a> {
    day: &'a PastDay,
    means: &'a [f64],
    spread: Spread,
    slots: &'a [bool],
}

/// Sums from which errors are shares.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    contacts: f64,
    forecast: f64,
    error: f64,
    day_error: f64,
    scaled: f64,
    counts: f64,
    scaled_counts: f64,
    days: f64,
    loss: f64,
    inside_80: f64,
    inside_90: f64,
    days_inside: f64,
    floor: f64,
    day_floor: f64,
}

impl Sums {
    fn of(judged: &Judgement<'_>, weekly: Option<f64>) -> Sums {
        let mut sums = Sums::default();
        sums.take(judged, weekly);
        sums
    }

    fn add(&mut self, other: &Sums) {
        self.contacts += other.contacts;
        self.forecast += other.forecast;
        self.error += other.error;
        self.day_error += other.day_error;
        self.scaled += other.scaled;
        self.counts += other.counts;
        self.scaled_counts += other.scaled_counts;
        self.days += other.days;
        self.loss += other.loss;
        self.inside_80 += other.inside_80;
        self.inside_90 += other.inside_90;
        self.days_inside += other.days_inside;
        self.floor += other.floor;
        self.day_floor += other.day_floor;
    }

    fn take(&mut self, judged: &Judgement<'_>, weekly: Option<f64>) {
        let counts = judged.day.contacts.iter().map(|contacts| contacts.0);
        let (mut came, mut foretold) = (0.0, 0.0);
        for ((x, &m), _) in counts.zip(judged.means).zip(judged.slots).filter(|(_, open)| **open) {
            (came, foretold) = (came + x, foretold + m);
            let quantiles = judged.spread.quantiles(m, SHARES);
            let error = (x - m).abs();
            self.error += error;
            self.counts += 1.0;
            if let Some(weekly) = weekly {
                self.scaled += error / weekly;
                self.scaled_counts += 1.0;
            }
            self.loss += loss(x, &quantiles);
            self.inside_80 += is_inside(x, quantiles[1], quantiles[5]);
            self.inside_90 += is_inside(x, quantiles[0], quantiles[6]);
            self.floor += chance_error(m);
        }
        let [low, high] = judged.spread.quantiles(foretold, [0.1, 0.9]);
        self.days_inside += is_inside(came, low, high);
        self.days += 1.0;
        self.contacts += came;
        self.forecast += foretold;
        self.day_error += (came - foretold).abs();
        self.day_floor += chance_error(foretold);
    }

    fn errors(&self) -> Errors {
        Errors {
            wape: share(self.error, self.contacts),
            day_wape: share(self.day_error, self.contacts),
            mase: share(self.scaled, self.scaled_counts),
            bias: share(self.forecast - self.contacts, self.contacts),
            quantile_loss: share(self.loss, self.contacts),
            cover_80: share(self.inside_80, self.counts),
            cover_90: share(self.inside_90, self.counts),
            day_cover_80: share(self.days_inside, self.days),
        }
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn is_inside(x: f64, low: f64, high: f64) -> f64 {
    f64::from(u8::from(low <= x && x <= high))
}

/// Twice the pinball loss, mean over the quantiles.
fn loss(x: f64, quantiles: &[f64; SHARES.len()]) -> f64 {
    let pinball = |(share, quantile): (&f64, &f64)| {
        let over = x - quantile;
        (share * over).max((share - 1.0) * over)
    };
    let count: f64 = SHARES.iter().map(|_| 1.0).sum();
    2.0 * SHARES.iter().zip(quantiles).map(pinball).sum::<f64>() / count
}

/// Mean distance of a Poisson count from its mean.
fn chance_error(mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let whole = mean.floor();
    2.0 * (-mean + (whole + 1.0) * mean.ln() - ln_factorial(whole)).exp()
}

/// By Stirling's series, to 1e-10 from ten on; by adding up below.
fn ln_factorial(whole: f64) -> f64 {
    if whole < 10.0 {
        let mut sum = 0.0;
        let mut factor = 2.0;
        while factor <= whole {
            sum += f64::ln(factor);
            factor += 1.0;
        }
        return sum;
    }
    let series =
        1.0 / (12.0 * whole) - 1.0 / (360.0 * whole.powi(3)) + 1.0 / (1260.0 * whole.powi(5));
    whole * whole.ln() - whole + 0.5 * (std::f64::consts::TAU * whole).ln() + series
}
