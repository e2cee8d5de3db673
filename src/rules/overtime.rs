//! Work beyond so much in a day or a week, and on the seventh day of a week, is paid more; so is work at night
//! or on some days where the law says so. Pay forbids nothing, so nothing is admitted or refused here.

use serde::Deserialize;

use super::ban_day::DayName;
use super::pack::Window;
use crate::units::Minutes;

/// Pay for overtime: from so much work on, so many times the wage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overtime {
    /// Steps of a day.
    #[serde(default)]
    pub daily: Vec<Step>,
    /// Steps of a calendar week of the pack, over work that the day has not paid more for.
    #[serde(default)]
    pub weekly: Vec<Step>,
    /// Steps of the seventh day of a week with work on every day.
    #[serde(default)]
    pub seventh_day: Vec<Step>,
    /// Whether breaks, meals left out, are hours worked.
    #[serde(default)]
    pub counted: bool,
}

/// Above so much work, so many times the wage.
pub type Step = (Minutes, f64);

/// Pay for work at some hours or on some days.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursPremium {
    /// What it is called in reports, such as `night`.
    pub title: String,
    /// Hours on the wall; none: all hours.
    pub window: Option<Window>,
    /// Days of the week; none: all days.
    #[serde(default)]
    pub weekdays: Vec<DayName>,
    /// So many times the wage.
    pub rate: f64,
    /// Seconds that count as an hour, where it is a shorter one.
    pub hour_seconds: Option<i64>,
}
