//! People learn their hours in good time, and the hours they worked are kept on record. A roster alone shows
//! neither, so nothing is admitted or refused here.

use serde::Deserialize;

use crate::units::Minutes;

/// Notice of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Hours between telling someone their times, or a change of them, and the day.
    pub change_hours: Option<i64>,
    /// Days between publishing a roster and its first day.
    pub publish_days: Option<i64>,
    /// Whether people may refuse a change that is told later.
    #[serde(default)]
    pub right_to_refuse: bool,
    /// What a change that is told later earns.
    pub change_premium: Option<ChangePremium>,
}

/// Pay for a change that is told too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePremium {
    /// Paid besides, where a duty is added, moved or made longer.
    pub paid_min: Minutes,
    /// The part that is paid of time taken away.
    pub cut_percent: i64,
}

/// Records to keep.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// For how long.
    pub keep_months: u16,
}

impl Notice {
    /// Whole days between publishing and the first day of duty.
    #[must_use]
    pub fn days(&self) -> i64 {
        let from_hours = self.change_hours.map_or(0, |hours| (hours + 23).div_euclid(24));
        from_hours.max(self.publish_days.unwrap_or(0))
    }
}
