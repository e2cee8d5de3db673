//! Calendar weeks that a horizon touches.

use crate::calendar::{Calendar, ClockTime, Date, Weekday};
use crate::units::Span;

/// Fewest days of a week that must be known before its rest is judged.
pub(super) const FEWEST_DAYS_JUDGED: usize = 5;

/// A calendar week, known in full or in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Week {
    /// All of it, within the horizon or not.
    pub(super) span: Span,
    /// How many of its days lie in the horizon.
    pub(super) days: usize,
}

impl Week {
    pub(super) fn is_judged(self) -> bool {
        self.days >= FEWEST_DAYS_JUDGED
    }
}

/// Every week of which the horizon holds a day, in order.
pub(super) fn weeks(calendar: &Calendar, week_start: Weekday) -> Vec<Week> {
    let lead = (7 + calendar.first().weekday().index() - week_start.index()).rem_euclid(7);
    let midnight = |days: i64| calendar.at(calendar.first().plus(days), ClockTime(0));
    let mut weeks = Vec::new();
    let mut seen = 0;
    while seen < calendar.days() {
        let skipped = if weeks.is_empty() { lead } else { 0 };
        let days = (7 - skipped).min(calendar.days() - seen);
        let from = i64::try_from(seen).expect("days are few")
            - i64::try_from(skipped).expect("days are few");
        weeks.push(Week { span: Span::new(midnight(from), midnight(from + 7)), days });
        seen += days;
    }
    weeks
}

/// A date from midnight to midnight, within the horizon or not.
pub(super) fn day_of(date: Date, calendar: &Calendar) -> Span {
    match calendar.day_of(date) {
        Some(day) => calendar.day(day),
        None => Span::new(calendar.at(date, ClockTime(0)), calendar.at(date.plus(1), ClockTime(0))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::week;
    use super::*;
    use crate::units::{Minutes, Moment};

    #[test]
    fn a_week_seen_from_monday_is_whole() {
        let monday = Weekday::parse("mon").unwrap();
        let all = weeks(&week(), monday);
        assert_eq!(all, [Week { span: Span::new(Moment(0), Moment(7 * 1440)), days: 7 }]);
    }

    #[test]
    fn weeks_from_sunday_split_a_horizon_from_monday() {
        let all = weeks(&week(), Weekday::parse("sun").unwrap());
        assert_eq!(all.iter().map(|week| week.days).collect::<Vec<_>>(), [6, 1]);
        assert_eq!(all[0].span.start, Moment(0) - Minutes(1440));
        assert!(!all[1].is_judged());
    }
}
