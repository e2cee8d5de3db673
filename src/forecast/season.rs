//! What the calendar says of a day beforehand: where it lies in its month and year, and which days off are near.
//!
//! Three waves over the month, because pay days, bills and statements come at fixed times of it; three over the
//! year, once history has seen enough of one; days before and after days off, when customers catch up. The choice
//! of features was made on public histories (see `docs/model/forecast.md`).

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use crate::calendar::Date;

/// Waves over the month.
const MONTH_WAVES: u8 = 3;
/// Waves over the year.
const YEAR_WAVES: u8 = 3;
/// How far back and ahead an open day is looked for.
const NEAR: i64 = 7;
/// How much more freely than waves days next to days off may differ.
const NEXT_TO_DAY_OFF: f64 = 2.0;
/// The same for days once removed, and eves.
const ONCE_REMOVED: f64 = 1.4;

/// Whether the history is long enough to tell a season of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Yearly {
    /// It is.
    Seen,
    /// It is not.
    Unseen,
}

/// Which days the team is usually there, and which days it was not.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaysOff<'a> {
    /// Holidays, past and to come.
    pub(super) holidays: &'a BTreeMap<Date, String>,
    /// Weekdays that usually bring contacts.
    pub(super) open: [bool; 7],
    /// Known days, in order.
    pub(super) known: &'a [Date],
}

impl DaysOff<'_> {
    fn is_open(&self, date: Date) -> bool {
        self.open[date.weekday().index()]
    }

    /// A holiday, or a day among the known ones that usually has contacts and is missing.
    fn is_off(&self, date: Date) -> bool {
        let inside = self.known.first().is_some_and(|first| *first <= date)
            && self.known.last().is_some_and(|last| date <= *last);
        let is_missing = inside && self.is_open(date) && self.known.binary_search(&date).is_err();
        is_missing || self.holidays.contains_key(&date)
    }

    /// The next usually open day in a direction, or the seventh day that way where there is none.
    fn neighbour(&self, date: Date, step: i64) -> Date {
        let days = (1..NEAR).map(|far| date.plus(step * far));
        days.into_iter().find(|day| self.is_open(*day)).unwrap_or(date.plus(step * NEAR))
    }
}

/// What is known beforehand about a day.
pub(super) fn features(date: Date, off: &DaysOff<'_>, yearly: Yearly) -> Vec<f64> {
    let mut all = Vec::new();
    waves(date.share_of_month(), MONTH_WAVES, &mut all);
    let before = off.neighbour(date, -1);
    let before_that = off.neighbour(before, -1);
    let is_after = off.is_off(before) && !off.is_off(date);
    let is_second = off.is_off(before_that) && !off.is_off(before);
    let is_eve = off.holidays.contains_key(&off.neighbour(date, 1));
    let told = [(is_after, NEXT_TO_DAY_OFF), (is_second, ONCE_REMOVED), (is_eve, ONCE_REMOVED)];
    all.extend(told.map(|(is_so, freedom)| if is_so { freedom } else { 0.0 }));
    if yearly == Yearly::Seen {
        waves(date.share_of_year(), YEAR_WAVES, &mut all);
    }
    all
}

fn waves(phase: f64, count: u8, all: &mut Vec<f64>) {
    for wave in 1..=count {
        let (sine, cosine) = (TAU * f64::from(wave) * phase).sin_cos();
        all.extend([sine, cosine]);
    }
}
