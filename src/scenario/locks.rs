//! Rows of `locks.csv`: days that stay as somebody has settled them, whatever the plan would rather have.

use super::Lock;
use super::problem::Found;
use super::table::{self, Kind};
use crate::calendar::{Calendar, ClockTime, Date, WeeklyRange};

/// Days that are settled.
pub(super) const LOCKS: Kind = Kind {
    file: "locks.csv",
    rank: 7,
    required: &["agent", "date", "lock"],
    optional: &["reason"],
};

/// A row of `locks.csv`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LockRow {
    pub line: usize,
    pub agent: String,
    pub date: Date,
    pub lock: LockText,
}

/// What a day is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LockText {
    /// Some duty starts.
    Work,
    /// None does.
    Off,
    /// The one from then to then.
    Duty(WeeklyRange),
}

/// Read `locks.csv`.
pub(super) fn read(text: &str, found: &mut Vec<Found>) -> Vec<LockRow> {
    let table = table::read(text, LOCKS, found);
    let rows = table.iter().flat_map(table::Table::rows);
    rows.filter_map(|row| {
        let agent = row.must("agent", |text| Ok(text.to_owned()), found);
        let date = row.must("date", Date::parse, found);
        let lock = row.must("lock", lock, found);
        Some(LockRow { line: row.line, agent: agent?, date: date?, lock: lock? })
    })
    .collect()
}

fn lock(text: &str) -> Result<LockText, String> {
    match text.to_lowercase().as_str() {
        "work" => Ok(LockText::Work),
        "off" => Ok(LockText::Off),
        hours => {
            let refused = |()| {
                format!(
                    "`{text}` is no lock; write `work`, `off` or the hours of a duty, such as `09:00-17:30`"
                )
            };
            let (from, to) = hours.split_once('-').ok_or(()).map_err(refused)?;
            let time = |text: &str| ClockTime::parse(text.trim()).map_err(|_| refused(()));
            let range = WeeklyRange { from: time(from)?, to: time(to)? };
            if [range.from, range.to].iter().any(|time| time.0 % 5 != 0) {
                return Err(format!("`{text}` is not on the clock of five minutes"));
            }
            if range.from == range.to { Err(refused(())) } else { Ok(LockText::Duty(range)) }
        }
    }
}

impl LockRow {
    /// The lock on a day of the horizon, its hours read on the wall where the person works; none where the
    /// date lies outside.
    pub(super) fn on(&self, calendar: &Calendar) -> Option<Lock> {
        let day = usize::try_from(self.date.days_since(calendar.first())).ok()?;
        (day < calendar.days()).then(|| match self.lock {
            LockText::Work => Lock::Work(day),
            LockText::Off => Lock::Off(day),
            LockText::Duty(range) => Lock::Duty(day, calendar.range_on(self.date, range)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_work_off_or_the_hours_of_a_duty() {
        assert_eq!(lock("Work"), Ok(LockText::Work));
        assert_eq!(lock("off"), Ok(LockText::Off));
        let Ok(LockText::Duty(night)) = lock("22:00-06:00") else { panic!("no duty") };
        assert_eq!((night.from, night.to), (ClockTime(1320), ClockTime(360)));
        for wrong in ["", "maybe", "9", "09:00-09:00", "09:00-25:00", "09:03-17:00", "-", "a-b"] {
            assert!(lock(wrong).is_err(), "{wrong}");
        }
    }
}
