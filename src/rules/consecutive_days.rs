//! Nobody works more than so many days in a row, or in a calendar week.

use serde::Deserialize;

use super::spell::Spells;
use super::weeks::weeks;
use crate::calendar::{Date, Weekday};
use crate::units::Minutes;

/// Days of work, a day being one on which a duty starts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsecutiveDays {
    /// Most of them.
    pub most: usize,
    /// Whether calendar weeks of the pack are counted each by itself.
    #[serde(default)]
    pub per_week: bool,
    /// A week without a day of more work than this is left out.
    pub unless_day_up_to_min: Option<Minutes>,
}

impl ConsecutiveDays {
    /// A day too many counts as 24 hours over.
    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        week_start: Weekday,
        object: &mut dyn FnMut(Minutes),
    ) {
        let dates: Vec<Date> = spells.by_date().map(|(date, _)| date).collect();
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let mut judge = |run: &[Date]| {
            let days = i64::try_from(run.len()).expect("days are few");
            if days > most {
                object(Minutes::hours(24) * (days - most));
            }
        };
        if !self.per_week {
            dates.chunk_by(|earlier, later| later.days_since(*earlier) == 1).for_each(judge);
            return;
        }
        for week in weeks(spells.calendar, week_start) {
            let in_week = |moment| week.span.holds(moment);
            let mut days =
                spells.by_date().filter(|(_, day)| in_week(day[0].span.start)).peekable();
            let works: Vec<(Date, Minutes)> = days
                .by_ref()
                .map(|(date, day)| (date, day.iter().map(|one| one.work).sum()))
                .collect();
            let is_light = |most: Minutes| works.iter().all(|&(_, work)| work <= most);
            if !self.unless_day_up_to_min.is_some_and(is_light) {
                judge(&works.iter().map(|&(date, _)| date).collect::<Vec<Date>>());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;

    fn objections(days: &[i64]) -> Vec<Minutes> {
        let week = week();
        let duties = days.iter().map(|day| duty(day * 1440 + 540, 480, &[])).collect();
        let mut found = Vec::new();
        let spells = Spells::of_line(&line(duties), &week);
        let rule = ConsecutiveDays { most: 5, per_week: false, unless_day_up_to_min: None };
        let monday = Weekday::parse("mon").unwrap();
        rule.object(&spells, monday, &mut |by| found.push(by));
        found
    }

    #[test]
    fn a_sixth_day_in_a_row_is_one_too_many() {
        assert_eq!(objections(&[0, 1, 2, 3, 4]), []);
        assert_eq!(objections(&[0, 1, 2, 3, 4, 5]), [Minutes(1440)]);
        assert_eq!(objections(&[0, 1, 2, 4, 5, 6]), []);
    }
}
