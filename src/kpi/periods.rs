//! The periods a target must hold over: intervals, days, weeks.

use std::ops::Range;

use crate::calendar::Calendar;
use crate::scenario::Period;

/// Each period of a horizon, as the intervals it holds; the last day and week may be part of one.
pub(super) fn periods(period: Period, calendar: &Calendar) -> Vec<Range<usize>> {
    let (places, count) = places(period, calendar);
    let mut ranges: Vec<Range<usize>> = vec![0..0; count];
    for (interval, &place) in places.iter().enumerate() {
        let range = &mut ranges[place];
        if range.end == 0 {
            range.start = interval;
        }
        range.end = interval + 1;
    }
    ranges
}

/// The period of each interval, and how many there are.
pub(super) fn places(period: Period, calendar: &Calendar) -> (Vec<usize>, usize) {
    let intervals = calendar.intervals();
    let day_of = |interval: usize| calendar.day_at(calendar.interval(interval).start).unwrap_or(0);
    match period {
        Period::Interval => ((0..intervals).collect(), intervals),
        Period::Day => ((0..intervals).map(day_of).collect(), calendar.days()),
        Period::Week => {
            let mut week = 0;
            let mut week_of = Vec::with_capacity(calendar.days());
            for day in 0..calendar.days() {
                if day > 0 && calendar.date(day).weekday() == calendar.week_start() {
                    week += 1;
                }
                week_of.push(week);
            }
            ((0..intervals).map(|interval| week_of[day_of(interval)]).collect(), week + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::units::Minutes;

    #[test]
    fn a_horizon_of_ten_days_from_a_saturday_touches_three_weeks() {
        let first = Date::parse("2026-11-28").unwrap();
        let calendar = Calendar::new("Europe/Dublin", first, 10, Minutes(60)).unwrap();
        let weeks = periods(Period::Week, &calendar);
        assert_eq!(weeks, [0..48, 48..216, 216..240]);
        assert_eq!(periods(Period::Day, &calendar).len(), 10);
        assert_eq!(periods(Period::Interval, &calendar)[239], 239..240);
    }
}
