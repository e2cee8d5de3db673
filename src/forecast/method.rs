//! Ways to forecast: ours, and the two plain ones it is held against.
//!
//! A way to forecast is one function from what is known before an origin to contacts by day and slot.

use std::collections::BTreeMap;

use serde::Serialize;

use super::days::{Days, Taste};
use super::{pattern, shape};
use crate::calendar::Date;
use crate::history::Series;

/// Days of history from which levels, seasons and days off are told apart; shorter ones are averaged.
const LONG_ENOUGH: i64 = 42;
/// Mean contacts of a day from which logarithms of totals make sense; smaller ones are averaged.
const BUSY_ENOUGH: f64 = 10.0;

/// A way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// What plans use: day totals by penalised regression, shapes of weekdays by slot.
    Evenkeel,
    /// What the same weekday last brought.
    SeasonalNaive,
    /// Mean of the last eight same weekdays.
    EightWeeks,
}

/// What is known before an origin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) series: &'a Series,
    pub(super) holidays: &'a BTreeMap<Date, String>,
    pub(super) origin: Date,
}

/// What was chosen beforehand, so that it need not be chosen again.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice(Vec<Taste>);

impl Method {
    /// All of them, ours first.
    pub const ALL: [Method; 3] = [Method::Evenkeel, Method::SeasonalNaive, Method::EightWeeks];

    /// Choose what can be chosen from the days before an origin.
    pub(super) fn choose(self, known: Known<'_>) -> Choice {
        match self {
            Method::Evenkeel if known.is_told_apart() => {
                Choice(Days::before(known.series, known.holidays, known.origin).tastes())
            }
            _ => Choice::default(),
        }
    }

    /// Contacts by day and slot to expect on so many days from the origin on.
    pub(super) fn expect(self, known: Known<'_>, choice: &Choice, ahead: usize) -> Vec<Vec<f64>> {
        match self {
            Method::Evenkeel if known.is_told_apart() && !choice.0.is_empty() => {
                ours(known, choice, ahead)
            }
            Method::Evenkeel => plain(known, ahead),
            Method::SeasonalNaive => last_same_weekdays(known, ahead, 1),
            Method::EightWeeks => last_same_weekdays(known, ahead, 8),
        }
    }
}

impl Known<'_> {
    /// Whether there is enough history to tell levels, seasons and days off apart.
    fn is_told_apart(&self) -> bool {
        let days = self.series.before(self.origin);
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return false };
        let total: f64 = days.iter().map(|day| day.total().0).sum();
        let count: f64 = days.iter().map(|_| 1.0).sum();
        last.date.days_since(first.date) + 1 >= LONG_ENOUGH && total >= BUSY_ENOUGH * count
    }

    pub(super) fn dates(&self, ahead: usize) -> impl Iterator<Item = Date> {
        let origin = self.origin;
        (0..).map(move |day| origin.plus(day)).take(ahead)
    }
}

fn ours(known: Known<'_>, choice: &Choice, ahead: usize) -> Vec<Vec<f64>> {
    let days = Days::before(known.series, known.holidays, known.origin);
    let shapes = shape::shapes(days.days(), known.holidays, known.series.slots());
    let totals = days.expect(&choice.0, ahead);
    let by_slot = |(date, total): (Date, f64)| {
        shapes[date.weekday().index()].iter().map(|share| total * share).collect()
    };
    known.dates(ahead).zip(totals).map(by_slot).collect()
}

/// What recent weeks usually bring, for histories too short for more.
fn plain(known: Known<'_>, ahead: usize) -> Vec<Vec<f64>> {
    let pattern = pattern::learn(known.series, known.holidays, known.origin);
    let name = |date| known.holidays.get(&date).map(String::as_str);
    known.dates(ahead).map(|date| pattern.expect(date, name(date))).collect()
}

fn last_same_weekdays(known: Known<'_>, ahead: usize, count: usize) -> Vec<Vec<f64>> {
    let days = known.series.before(known.origin);
    let mean = |date: Date| {
        let mut mean = vec![0.0; known.series.slots()];
        let same = days.iter().rev().filter(|day| day.date.weekday() == date.weekday());
        let same: Vec<_> = same.take(count).collect();
        let whole: f64 = same.iter().map(|_| 1.0).sum();
        for day in &same {
            for (sum, contacts) in mean.iter_mut().zip(&day.contacts) {
                *sum += contacts.0 / whole;
            }
        }
        mean
    };
    known.dates(ahead).map(mean).collect()
}
