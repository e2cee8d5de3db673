//! Quantities of the trade, each a type of its own, so that only arithmetic with a meaning compiles.
//!
//! Whole minutes ([`Minutes`]) and points in time ([`Moment`]) are integers, as law and rosters are written;
//! averages ([`Contacts`], [`AgentMinutes`], [`Erlangs`], [`Fte`]) are real numbers, as forecasts are.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A length of time in whole minutes; negative where something is short.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Minutes(pub i64);

/// A point in time: whole elapsed minutes since the first local midnight of the horizon.
///
/// Elapsed, so that a night over a clock change is as long as it really is; [`crate::calendar::Calendar`]
/// translates to and from the clock on the wall.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// A length of time in seconds, for thresholds of waiting.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Seconds(pub f64);

/// The mean time one contact takes one agent, in minutes.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct HandleMinutes(pub f64);

/// An expected number of contacts; fractional, because a forecast is an average.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Contacts(pub f64);

/// Weight of complexity: a simple contact is one point by default.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Points(pub f64);

/// Minutes of agents' time.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgentMinutes(pub f64);

/// Offered load: agent minutes a minute.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Erlangs(pub f64);

/// Whole people.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Headcount(pub u32);

/// People as an average; half a person is a person half of the time.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fte(pub f64);

/// Money in whole cents of the scenario's currency.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub i64);

/// A proportion, always within 0..=1.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(#[schemars(range(min = 0.0, max = 1.0))] f64);

impl Share {
    /// Nothing.
    pub const NONE: Share = Share(0.0);
    /// Everything.
    pub const ALL: Share = Share(1.0);

    /// The proportion as a number from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// What is left of the whole.
    #[must_use]
    pub fn rest(self) -> Share {
        Share(1.0 - self.0)
    }

    /// Cut a computed number to 0..=1, where rounding may leave it a hair outside; not a number becomes 0.
    #[must_use]
    pub fn clamped(value: f64) -> Share {
        if value.is_nan() { Share::NONE } else { Share(value.clamp(0.0, 1.0)) }
    }

    /// How much `part` is of `whole`, or nothing where there is no whole.
    #[must_use]
    pub fn of(part: f64, whole: f64) -> Option<Share> {
        (whole > 0.0).then(|| Share::clamped(part / whole))
    }
}

impl TryFrom<f64> for Share {
    type Error = String;
    fn try_from(value: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&value) {
            Ok(Share(value))
        } else {
            Err(format!("{value} is not a share; use a number from 0 to 1, such as 0.85 for 85%"))
        }
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> f64 {
        share.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} %", 100.0 * self.0)
    }
}

/// Quantities of which one adds, subtracts and sums the like.
macro_rules! adds_up {
    ($($name:ident),*) => {$(
        impl Add for $name {
            type Output = $name;
            fn add(self, other: $name) -> $name { $name(self.0 + other.0) }
        }
        impl Sub for $name {
            type Output = $name;
            fn sub(self, other: $name) -> $name { $name(self.0 - other.0) }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: $name) { self.0 += other.0; }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: $name) { self.0 -= other.0; }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = $name>>(all: I) -> $name {
                all.fold($name::default(), |sum, next| sum + next)
            }
        }
    )*};
}
adds_up!(
    Minutes,
    Seconds,
    HandleMinutes,
    Contacts,
    Points,
    AgentMinutes,
    Erlangs,
    Headcount,
    Fte,
    Money
);

/// Real quantities that a plain factor scales.
macro_rules! scales {
    ($($name:ident),*) => {$(
        impl Mul<f64> for $name {
            type Output = $name;
            fn mul(self, factor: f64) -> $name { $name(self.0 * factor) }
        }
        impl Mul<Share> for $name {
            type Output = $name;
            fn mul(self, share: Share) -> $name { $name(self.0 * share.0) }
        }
    )*};
}
scales!(Seconds, HandleMinutes, Contacts, Points, AgentMinutes, Erlangs, Fte);

impl Minutes {
    /// Whole hours as minutes.
    #[must_use]
    pub const fn hours(hours: i64) -> Minutes {
        Minutes(hours * 60)
    }

    /// The same length in hours.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52 minutes")]
    pub fn in_hours(self) -> f64 {
        self.0 as f64 / 60.0
    }

    /// The same length as a real number of minutes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52 minutes")]
    pub fn real(self) -> f64 {
        self.0 as f64
    }
}

impl Neg for Minutes {
    type Output = Minutes;
    fn neg(self) -> Minutes {
        Minutes(-self.0)
    }
}

impl Mul<i64> for Minutes {
    type Output = Minutes;
    fn mul(self, times: i64) -> Minutes {
        Minutes(self.0 * times)
    }
}

/// Hours and minutes, `7:30`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.unsigned_abs();
        write!(f, "{sign}{}:{:02}", whole.div_euclid(60), whole.rem_euclid(60))
    }
}

impl Moment {
    /// How long after `earlier` this is.
    #[must_use]
    pub fn since(self, earlier: Moment) -> Minutes {
        Minutes(self.0 - earlier.0)
    }
}

impl Add<Minutes> for Moment {
    type Output = Moment;
    fn add(self, length: Minutes) -> Moment {
        Moment(self.0 + length.0)
    }
}

impl Sub<Minutes> for Moment {
    type Output = Moment;
    fn sub(self, length: Minutes) -> Moment {
        Moment(self.0 - length.0)
    }
}

impl Seconds {
    /// The same length in minutes, as formulas use it.
    #[must_use]
    pub fn in_minutes(self) -> f64 {
        self.0 / 60.0
    }
}

impl Mul<HandleMinutes> for Contacts {
    type Output = AgentMinutes;
    fn mul(self, each: HandleMinutes) -> AgentMinutes {
        AgentMinutes(self.0 * each.0)
    }
}

impl Mul<Points> for Contacts {
    type Output = Points;
    fn mul(self, each: Points) -> Points {
        Points(self.0 * each.0)
    }
}

impl Div<Minutes> for AgentMinutes {
    type Output = Erlangs;
    fn div(self, length: Minutes) -> Erlangs {
        Erlangs(self.0 / length.real())
    }
}

impl Mul<Minutes> for Fte {
    type Output = AgentMinutes;
    fn mul(self, length: Minutes) -> AgentMinutes {
        AgentMinutes(self.0 * length.real())
    }
}

impl Money {
    /// An amount typed with decimals, to the nearest cent; `None` where it is no finite, sensible amount.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    pub fn from_decimal(amount: f64) -> Option<Money> {
        (amount.abs() < 1e13).then(|| Money((amount * 100.0).round() as i64))
    }

    /// The amount with decimals, for formulas and the objective.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^52 cents")]
    pub fn decimal(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// What `length` costs at this amount an hour, to the nearest cent.
    #[must_use]
    pub fn for_time(self, length: Minutes) -> Money {
        Money((self.0 * length.0 + 30).div_euclid(60))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents.div_euclid(100), cents.rem_euclid(100))
    }
}

/// A stretch of time, its start included and its end not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First minute.
    pub start: Moment,
    /// First minute after.
    pub end: Moment,
}

impl Span {
    /// A stretch from `start` to `end`.
    #[must_use]
    pub fn new(start: Moment, end: Moment) -> Span {
        Span { start, end }
    }

    /// How long it is.
    #[must_use]
    pub fn length(self) -> Minutes {
        self.end.since(self.start)
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn holds(self, moment: Moment) -> bool {
        self.start <= moment && moment < self.end
    }

    /// Whether all of `other` lies in it.
    #[must_use]
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part both share; of no length where they do not meet.
    #[must_use]
    pub fn overlap(self, other: Span) -> Minutes {
        Minutes((self.end.0.min(other.end.0) - self.start.0.max(other.start.0)).max(0))
    }

    /// What is left of stretches in order when others are taken out.
    #[must_use]
    pub fn without(stretches: Vec<Span>, taken: &[Span]) -> Vec<Span> {
        let mut left = stretches;
        for gone in taken {
            let parts = left.into_iter().flat_map(|span| {
                let before = Span::new(span.start, span.end.min(gone.start));
                let after = Span::new(span.start.max(gone.end), span.end);
                [before, after]
            });
            left = parts.filter(|span| span.start < span.end).collect();
            left.dedup();
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_contacts_of_six_minutes_in_half_an_hour_are_six_erlangs() {
        assert_eq!(Contacts(30.0) * HandleMinutes(6.0) / Minutes(30), Erlangs(6.0));
    }

    #[test]
    fn a_share_above_one_is_refused_with_advice() {
        assert_eq!(
            Share::try_from(85.0).unwrap_err(),
            "85 is not a share; use a number from 0 to 1, such as 0.85 for 85%"
        );
        assert!(Share::try_from(f64::NAN).is_err());
    }

    #[test]
    fn part_of_nothing_is_no_share() {
        assert_eq!(Share::of(0.0, 0.0), None);
    }

    #[test]
    fn a_quarter_hour_at_21_50_costs_5_38() {
        assert_eq!(Money::from_decimal(21.5).unwrap().for_time(Minutes(15)), Money(538));
    }

    #[test]
    fn lengths_read_as_hours_and_minutes() {
        assert_eq!(Minutes(-95).to_string(), "-1:35");
    }
}
