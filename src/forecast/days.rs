//! How many contacts whole days bring: level, weekday, season, days off.
//!
//! The logarithm of a day's total is fitted by penalised least squares (`ridge`), recent days counting more:
//!
//! ```text
//! ln X_d = base + level[week of d] + weekday[d] + effects * features[d] + error,   w_d = 2^(-age_d / half-life)
//! ```
//!
//! A mean of logarithms lies below the logarithm of a mean, and quiet days would bend it, so the fit is repeated on
//! relative errors (iteratively weighted least squares of a mean with constant relative spread; Wedderburn 1974,
//! Biometrika 61:439-447). A single strange day must not rule it, so days far from the fit are
//! weighed down (Huber 1964, Annals of Mathematical Statistics 35:73-101).
//!
//! How fast levels drift, how long days count and how firmly effects are held is chosen by forecasts of the last six
//! weeks made one to two weeks ahead, which is what a planner needs, and not one day ahead; the six best choices are
//! averaged.
//!
//! Holidays are no usual days: they are left out of the fit, and what they brought is kept as a share of what the
//! day would else have brought. A holiday to come takes the mean share of past ones of its name; one never seen
//! leans on all others.

use std::collections::BTreeMap;

use super::ridge::{Fit, Row, Stiffness, Sums};
use super::season::{self, DaysOff, Yearly};
use crate::calendar::Date;
use crate::history::{PastDay, Series};

/// Most days of history that are looked at: three years.
const MOST_DAYS: i64 = 3 * 364;
/// Weeks of history from which the season of the year is told.
const SEES_A_YEAR: usize = 70;
/// Days from which a weekday's usual volume is taken.
const USUAL_DAYS: i64 = 56;
/// Volumes beyond so many times the usual, either way, are taken as this far from it.
const STRANGE: f64 = 20.0;
/// Past origins on which choices are tried.
const TRIALS: i64 = 6;
/// Weeks a trial must have behind it.
const LEAST_WEEKS: usize = 6;
/// Days ahead that a trial is judged on.
const AHEAD: i64 = 14;
/// Most that one day may count in a trial, as a share of what came.
const WORST: f64 = 0.5;
/// Choices that are averaged.
const AVERAGED: usize = 6;
/// Repetitions of the fit on relative errors.
const PASSES: usize = 2;

/// One way to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Taste {
    /// Weeks after which a past day counts half.
    half_life: f64,
    stiffness: Stiffness,
}

impl Taste {
    /// What is used where nothing can be tried.
    const USUAL: Taste =
        Taste { half_life: 52.0, stiffness: Stiffness { drift: 30.0, ridge: 6.0 } };

    const HALF_LIVES: [f64; 2] = [16.0, 52.0];
    const DRIFTS: [f64; 4] = [0.3, 3.0, 30.0, 300.0];
    const RIDGES: [f64; 3] = [1.0, 6.0, 1e6];

    fn all() -> impl Iterator<Item = Taste> {
        let stiffness = |drift| Taste::RIDGES.map(|ridge| Stiffness { drift, ridge });
        Taste::HALF_LIVES.into_iter().flat_map(move |half_life| {
            let all = Taste::DRIFTS.into_iter().flat_map(stiffness);
            all.map(move |stiffness| Taste { half_life, stiffness })
        })
    }
}

/// Past days, ready to be fitted.
#[derive(Debug, Clone)]
pub(super) struct Days<'a> {
    holidays: &'a BTreeMap<Date, String>,
    past: &'a [PastDay],
    dates: Vec<Date>,
    totals: Vec<f64>,
    /// Logarithms of totals about the base; nought where a day is not usual.
    logs: Vec<f64>,
    is_usual: Vec<bool>,
    rows: Vec<Row>,
    base: f64,
    open: [bool; 7],
    origin: Date,
    weeks: usize,
    yearly: Yearly,
}

impl<'a> Days<'a> {
    /// The days before an origin.
    pub(super) fn before(
        series: &'a Series,
        holidays: &'a BTreeMap<Date, String>,
        origin: Date,
    ) -> Days<'a> {
        let days = series.before(origin);
        let last = days.last().map_or(origin, |day| day.date);
        let days = &days[days.partition_point(|day| last.days_since(day.date) >= MOST_DAYS)..];
        let totals: Vec<f64> = days.iter().map(|day| day.total().0).collect();
        let usual = usual_by_weekday(days, &totals, holidays);
        let open = usual.map(|contacts| contacts > 0.0);
        let is_usual: Vec<bool> = days
            .iter()
            .map(|day| open[day.date.weekday().index()] && !holidays.contains_key(&day.date))
            .collect();
        let log = |(day, total): (&PastDay, &f64)| {
            let usual = usual[day.date.weekday().index()];
            if usual > 0.0 { total.clamp(usual / STRANGE, usual * STRANGE).ln() } else { 0.0 }
        };
        let logs: Vec<f64> = days.iter().zip(&totals).map(log).collect();
        let base = median(of_usual(&logs, &is_usual).collect());
        let first = days.first().map_or(origin, |day| day.date);
        let weeks = usize::try_from(origin.days_since(first)).unwrap_or(0).div_ceil(7);
        let yearly = if weeks >= SEES_A_YEAR { Yearly::Seen } else { Yearly::Unseen };
        let dates = days.iter().map(|day| day.date).collect();
        let mut known = Days {
            holidays,
            past: days,
            dates,
            totals,
            logs: logs.iter().map(|log| log - base).collect(),
            is_usual,
            rows: Vec::new(),
            base,
            open,
            origin,
            weeks,
            yearly,
        };
        known.rows = known.dates.iter().map(|&date| known.row(date)).collect();
        known
    }

    /// The days looked at.
    pub(super) fn days(&self) -> &'a [PastDay] {
        self.past
    }

    fn row(&self, date: Date) -> Row {
        let off = DaysOff { holidays: self.holidays, open: self.open, known: &self.dates };
        let first = 7 * i64::try_from(self.weeks).unwrap_or(0) - self.origin.days_since(date);
        Row {
            week: usize::try_from(first.div_euclid(7)).unwrap_or(0),
            weekday: date.weekday().index(),
            features: season::features(date, &off, self.yearly),
        }
    }

    /// Weights of the first so many days, by age in weeks at the last of them.
    fn weights(&self, count: usize, half_life: f64) -> Vec<f64> {
        let Some(last) = self.dates[..count].last() else { return Vec::new() };
        let weight = |(&date, &is_usual): (&Date, &bool)| {
            if is_usual { 0.5_f64.powf(weeks_between(*last, date) / half_life) } else { 0.0 }
        };
        self.dates[..count].iter().zip(&self.is_usual).map(weight).collect()
    }

    /// The choices that would have done best over the last weeks, best first.
    pub(super) fn tastes(&self) -> Vec<Taste> {
        let mut tried: Vec<(f64, Taste)> = Taste::all().map(|taste| (0.0, taste)).collect();
        let mut trials = 0;
        for back in 1..=TRIALS {
            let weeks = self.weeks.saturating_sub(usize::try_from(back).unwrap_or(0));
            let origin = self.origin.plus(-7 * back);
            let known = self.dates.partition_point(|date| *date < origin);
            if weeks < LEAST_WEEKS || known == 0 {
                break;
            }
            trials += 1;
            let judged = known..self.dates.partition_point(|date| *date < origin.plus(AHEAD));
            for half_life in Taste::HALF_LIVES {
                let weights = self.weights(known, half_life);
                let sums = Sums::of(&self.rows[..known], &self.logs[..known], &weights, weeks);
                for (miss, taste) in tried.iter_mut().filter(|it| it.1.half_life == half_life) {
                    let fit = sums.solve(taste.stiffness);
                    *miss += judged.clone().map(|day| self.miss(&fit, day)).sum::<f64>();
                }
            }
        }
        if trials == 0 {
            return vec![Taste::USUAL];
        }
        tried.sort_by(|one, other| one.0.total_cmp(&other.0));
        tried.into_iter().take(AVERAGED).map(|(_, taste)| taste).collect()
    }

    /// By how many contacts a fit misses a past day.
    fn miss(&self, fit: &Fit, day: usize) -> f64 {
        if !self.is_usual[day] {
            return 0.0;
        }
        let foretold = (self.base + fit.at(&self.rows[day])).exp();
        (foretold - self.totals[day]).abs().min(WORST * self.totals[day])
    }

    /// Contacts to expect on each of so many days from the origin on.
    pub(super) fn expect(&self, tastes: &[Taste], ahead: usize) -> Vec<f64> {
        let dates: Vec<Date> = (0..).map(|day| self.origin.plus(day)).take(ahead).collect();
        let mut sum = vec![0.0; ahead];
        for taste in tastes {
            let fit = self.fit(*taste);
            let shares = self.shares_of_holidays(&fit);
            for (total, &date) in sum.iter_mut().zip(&dates) {
                if self.open[date.weekday().index()] {
                    *total += self.usual(&fit, date) * shares.of(self.holidays.get(&date));
                }
            }
        }
        let count: f64 = tastes.iter().map(|_| 1.0).sum();
        sum.iter().map(|total| total / f64::max(count, 1.0)).collect()
    }

    fn fit(&self, taste: Taste) -> Fit {
        let by_age = self.weights(self.past.len(), taste.half_life);
        let sums = Sums::of(&self.rows, &self.logs, &by_age, self.weeks);
        let mut fit = sums.solve(taste.stiffness);
        for _ in 0..PASSES {
            let errors = self.errors(&fit);
            let trust = self.trust(&errors);
            let weights: Vec<f64> = by_age.iter().zip(&trust).map(|(a, b)| a * b).collect();
            let fitted = self.rows.iter().map(|row| fit.at(row));
            let answers: Vec<f64> = fitted.zip(&errors).map(|(log, error)| log + error).collect();
            fit = Sums::of(&self.rows, &answers, &weights, self.weeks).solve(taste.stiffness);
        }
        fit
    }

    /// By how much of what is fitted each day's contacts lie above it.
    fn errors(&self, fit: &Fit) -> Vec<f64> {
        let error = |(row, log): (&Row, &f64)| (log - fit.at(row)).exp() - 1.0;
        self.rows.iter().zip(&self.logs).map(error).collect()
    }

    /// How far each day is to be trusted: fully within twice the usual error, less beyond.
    fn trust(&self, errors: &[f64]) -> Vec<f64> {
        let sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
        // 1.4826 times the median size is the standard deviation of normal errors.
        let usual = 1.4826 * median(of_usual(&sizes, &self.is_usual).collect()) + 1e-6;
        sizes.iter().map(|size| 1.0 / (size / (2.0 * usual)).max(1.0)).collect()
    }

    /// Contacts of a date, were it no holiday.
    fn usual(&self, fit: &Fit, date: Date) -> f64 {
        (self.base + fit.at(&self.row(date))).exp()
    }

    fn shares_of_holidays(&self, fit: &Fit) -> Shares {
        let mut by_name = BTreeMap::<String, (f64, f64)>::new();
        let (mut logs, mut count) = (0.0, 0.0);
        for (day, &date) in self.dates.iter().enumerate() {
            let Some(name) = self.holidays.get(&date) else { continue };
            let usual = self.usual(fit, date);
            if usual > 0.0 && self.open[date.weekday().index()] {
                let share = self.totals[day] / usual;
                let sum = by_name.entry(name.clone()).or_default();
                *sum = (sum.0 + share, sum.1 + 1.0);
                logs += share.clamp(1.0 / STRANGE, STRANGE).ln();
                count += 1.0;
            }
        }
        let by_name = by_name.into_iter().map(|(name, (sum, count))| (name, sum / count));
        // One day more, as usual as any, keeps few holidays from speaking for all.
        Shares { by_name: by_name.collect(), other: f64::exp(logs / (count + 1.0)) }
    }
}

/// What holidays bring, as shares of what the day would else bring.
struct Shares {
    by_name: BTreeMap<String, f64>,
    other: f64,
}

impl Shares {
    fn of(&self, holiday: Option<&String>) -> f64 {
        holiday.map_or(1.0, |name| self.by_name.get(name).copied().unwrap_or(self.other))
    }
}

/// Middle volume of each weekday over the last weeks; its mean where most such days bring nothing.
fn usual_by_weekday(
    days: &[PastDay],
    totals: &[f64],
    holidays: &BTreeMap<Date, String>,
) -> [f64; 7] {
    let mut recent: [Vec<f64>; 7] = Default::default();
    let Some(last) = days.last().map(|day| day.date) else { return [0.0; 7] };
    for (day, &total) in days.iter().zip(totals) {
        if last.days_since(day.date) < USUAL_DAYS && !holidays.contains_key(&day.date) {
            recent[day.date.weekday().index()].push(total);
        }
    }
    recent.map(|totals| {
        let count: f64 = totals.iter().map(|_| 1.0).sum();
        let mean = totals.iter().sum::<f64>() / f64::max(count, 1.0);
        let middle = median(totals);
        if middle > 0.0 { middle } else { mean }
    })
}

fn of_usual<'v>(values: &'v [f64], is_usual: &'v [bool]) -> impl Iterator<Item = f64> + 'v {
    values.iter().zip(is_usual).filter(|(_, usual)| **usual).map(|(value, _)| *value)
}

#[expect(clippy::cast_precision_loss, reason = "dates are few thousand days apart")]
pub(super) fn weeks_between(later: Date, earlier: Date) -> f64 {
    later.days_since(earlier) as f64 / 7.0
}

/// The middle value; nought where there is none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len().div_euclid(2);
    match values.get(middle) {
        None => 0.0,
        Some(&upper) if values.len() % 2 == 1 => upper,
        Some(&upper) => f64::midpoint(values[middle - 1], upper),
    }
}
