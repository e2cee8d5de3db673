//! Over the reference period nobody works more than so many hours a week on average; weeks of leave neither
//! fill nor stretch the period.

use serde::Deserialize;

use super::spell::Spells;
use crate::duty::Block;
use crate::units::{Minutes, Span};

/// A ceiling on average weekly working time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxAverage {
    /// Most working time a week.
    pub limit_min_per_week: Minutes,
    /// Length of the reference period in weeks; this or the months are given.
    pub ref_weeks: Option<u16>,
    /// Length of the reference period in months.
    pub ref_months: Option<u16>,
    /// Reasons of absence whose days do not count in the period.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Whether the period grows by as many later days as do not count, as far as they are known.
    #[serde(default)]
    pub makes_up_leave: bool,
}

impl MaxAverage {
    /// Days of the reference period: a month is counted as 30, so that a period is never too long.
    #[must_use]
    pub fn period_days(&self) -> usize {
        let weeks = self.ref_weeks.map(|weeks| usize::from(weeks) * 7);
        let months = self.ref_months.map(|months| usize::from(months) * 30);
        weeks.or(months).unwrap_or(7).max(7)
    }

    /// Whether days of this absence leave the period; an absence without a reason does.
    #[must_use]
    pub fn excludes(&self, reason: &str) -> bool {
        reason.is_empty() || self.exclude.iter().any(|excluded| excluded == reason)
    }

    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        absences: &[Block],
        object: &mut dyn FnMut(Minutes),
    ) {
        let days = spells.calendar.days();
        let period = self.period_days().min(days);
        let stretch = |first: usize| {
            let calendar = spells.calendar;
            Span::new(calendar.day(first).start, calendar.day(first + period - 1).end)
        };
        let lasts = |first: usize| {
            if self.makes_up_leave { self.grown(spells, absences, first, period) } else { period }
        };
        let worst = (0..=days - period)
            .filter(|&first| spells.is_fresh(stretch(first)))
            .filter_map(|first| self.overrun(spells, absences, first, lasts(first)));
        if let Some(over) = worst.max() {
            object(over);
        }
    }

    /// Days from the first until so many of them count, or no more are known.
    fn grown(&self, spells: &Spells<'_>, absences: &[Block], first: usize, period: usize) -> usize {
        let mut counted = 0;
        let known = spells.calendar.days() - first;
        (0..known)
            .find(|day| {
                counted += usize::from(!self.is_leave(spells, absences, first + day));
                counted == period
            })
            .map_or(known, |day| day + 1)
    }

    fn is_leave(&self, spells: &Spells<'_>, absences: &[Block], day: usize) -> bool {
        let day = spells.calendar.day(day);
        let absent = |absence: &Block| {
            absence.span.overlap(day) > Minutes(0) && self.excludes(&absence.detail)
        };
        absences.iter().any(absent) && spells.work_in(day) == Minutes(0)
    }

    fn overrun(
        &self,
        spells: &Spells<'_>,
        absences: &[Block],
        first: usize,
        period: usize,
    ) -> Option<Minutes> {
        let calendar = spells.calendar;
        let stretch = Span::new(calendar.day(first).start, calendar.day(first + period - 1).end);
        let work = spells.work_in(stretch);
        // A week's limit holds for any stretch of a week or less, so most lines end here.
        if work <= self.limit_min_per_week {
            return None;
        }
        let leave =
            (first..first + period).filter(|&day| self.is_leave(spells, absences, day)).count();
        let counted = i64::try_from((period - leave).max(7)).expect("days are few");
        let over = work.0 * 7 - self.limit_min_per_week.0 * counted;
        (over > 0).then(|| Minutes((over + counted - 1).div_euclid(counted)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::calendar::{Calendar, Date};
    use crate::duty::{Activity, Duty, Line};

    fn rule() -> MaxAverage {
        MaxAverage {
            limit_min_per_week: Minutes(2880),
            ref_weeks: None,
            ref_months: Some(4),
            exclude: vec!["annual_leave".to_owned()],
            makes_up_leave: false,
        }
    }

    fn objections(line: &Line, calendar: &Calendar) -> Vec<Minutes> {
        let mut found = Vec::new();
        rule().object(&Spells::of_line(line, calendar), &line.absences, &mut |by| found.push(by));
        found
    }

    fn days(days: std::ops::Range<i64>, length: i64) -> Vec<Duty> {
        days.map(|day| duty(day * 1440 + 480, length, &[])).collect()
    }

    #[test]
    fn a_week_of_48_hours_is_just_kept() {
        assert_eq!(objections(&line(days(0..6, 480)), &week()), []);
        assert_eq!(objections(&line(days(0..6, 481)), &week()), [Minutes(6)]);
    }

    #[test]
    fn a_week_of_leave_does_not_lighten_the_week_beside_it() {
        let first = Date::parse("2026-11-30").unwrap();
        let fortnight = Calendar::new("Europe/Dublin", first, 14, Minutes(30)).unwrap();
        let mut heavy = line(days(0..6, 600));
        assert_eq!(objections(&heavy, &fortnight), []);
        heavy.absences.push(Block {
            span: Span::new(fortnight.day(7).start, fortnight.day(13).end),
            activity: Activity::Absent,
            paid: true,
            detail: "annual_leave".to_owned(),
        });
        assert_eq!(objections(&heavy, &fortnight), [Minutes(720)]);
    }
}
