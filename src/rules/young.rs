//! People under age work short days and weeks, never at night, rest longer, and have two days off each week.

use serde::Deserialize;

use super::break_after::Others;
use super::night::clock_windows;
use super::pack::Window;
use super::spell::{Spell, Spells};
use super::weeks::{Week, day_of, weeks};
use super::{BreakAfter, Person, RestBetween};
use crate::calendar::{Calendar, Date, Weekday};
use crate::units::{Minutes, Span};

/// Protection of young people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Young {
    /// Who is younger on the date is young.
    pub age_under: u32,
    /// Most working time on a date.
    pub day_max_min: Minutes,
    /// Most working time in a week.
    pub week_max_min: Minutes,
    /// Rest between two duties, and within 24 hours of each start.
    pub rest_min: Minutes,
    /// Dates without duty in each week.
    pub free_days: usize,
    /// Breaks owed.
    pub breaks: Vec<BreakAfter>,
    /// Longest duty from start to end, breaks included.
    pub span_max_min: Option<Minutes>,
    /// When nobody young works.
    pub ban: Window,
}

impl Young {
    /// Whether a person born on this date is young on that one.
    #[must_use]
    pub fn is_young(&self, born: Date, date: Date) -> bool {
        date.years_since(born).is_none_or(|age| age < self.age_under)
    }

    /// The rest of young people as a rule of its own.
    #[must_use]
    pub fn rest(&self) -> RestBetween {
        RestBetween { within_min: Some(Minutes::hours(24)), ..RestBetween::of(self.rest_min) }
    }

    pub(super) fn object_to_duty(
        &self,
        spells: &Spells<'_>,
        person: &Person,
        object: &mut dyn FnMut(Minutes),
    ) {
        let Some(born) = person.born else { return };
        for (place, spell) in spells.all.iter().enumerate() {
            if !self.is_young(born, spells.date(spell.span.start)) {
                continue;
            }
            for breaks in &self.breaks {
                breaks.object(&alone(spell, spells.calendar), Others(&[]), false, object);
            }
            let over = self.span_max_min.map_or(Minutes(0), |most| spell.span.length() - most);
            if over > Minutes(0) {
                object(over);
            }
            if self.is_young(born, spells.date(spell.span.end - Minutes(1)))
                && let Some(missing) = self.rest().shortfall(spells, place)
            {
                object(missing);
            }
            let banned: Minutes = self.banned(spell, spells.calendar, born);
            if banned > Minutes(0) {
                object(banned);
            }
        }
        self.object_to_days(spells, born, object);
    }

    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        person: &Person,
        week_start: Weekday,
        object: &mut dyn FnMut(Minutes),
    ) {
        let Some(born) = person.born else { return };
        if !self.is_young(born, spells.calendar.first().plus(-1)) {
            return;
        }
        self.object_to_duty(spells, person, object);
        for week in weeks(spells.calendar, week_start) {
            self.object_to_week(spells, week, born, object);
        }
    }

    /// Work in the banned hours before the birthday.
    fn banned(&self, spell: &Spell, calendar: &Calendar, born: Date) -> Minutes {
        clock_windows(self.ban, spell.span, calendar)
            .flat_map(|window| spell.works.iter().map(move |work| shared(*work, window)))
            .filter(|shared| shared.start < shared.end)
            .map(|shared| self.young_part(shared, calendar, born))
            .sum()
    }

    /// The part of a stretch on dates at which the person is young.
    fn young_part(&self, stretch: Span, calendar: &Calendar, born: Date) -> Minutes {
        let first = calendar.local(stretch.start).date;
        let last = calendar.local(stretch.end - Minutes(1)).date;
        let dates = (0..=last.days_since(first)).map(|day| first.plus(day));
        let young = dates.filter(|&date| self.is_young(born, date));
        young.map(|date| day_of(date, calendar).overlap(stretch)).sum()
    }

    fn object_to_days(&self, spells: &Spells<'_>, born: Date, object: &mut dyn FnMut(Minutes)) {
        let (Some(first), Some(last)) = (spells.all.first(), spells.all.last()) else { return };
        let opens = spells.date(first.span.start);
        for day in 0..=spells.date(last.span.end).days_since(opens) {
            let date = opens.plus(day);
            if self.is_young(born, date) {
                let over = spells.work_in(day_of(date, spells.calendar)) - self.day_max_min;
                if over > Minutes(0) {
                    object(over);
                }
            }
        }
    }

    fn object_to_week(
        &self,
        spells: &Spells<'_>,
        week: Week,
        born: Date,
        object: &mut dyn FnMut(Minutes),
    ) {
        let calendar = spells.calendar;
        let opens = calendar.local(week.span.start).date;
        let days: Vec<Span> = (0..7)
            .map(|day| opens.plus(day))
            .filter(|&date| self.is_young(born, date))
            .map(|date| day_of(date, calendar))
            .collect();
        let work: Minutes = days.iter().map(|&day| spells.work_in(day)).sum();
        if work > self.week_max_min {
            object(work - self.week_max_min);
        }
        let free = days.iter().filter(|&&day| spells.duty_in(day) == Minutes(0)).count();
        if days.len() == 7 && week.is_judged() && free < self.free_days {
            let missing = i64::try_from(self.free_days - free).expect("days are few");
            object(Minutes::hours(24) * missing);
        }
    }
}

fn shared(one: Span, other: Span) -> Span {
    Span::new(one.start.max(other.start), one.end.min(other.end))
}

fn alone<'a>(spell: &Spell, calendar: &'a Calendar) -> Spells<'a> {
    Spells { all: vec![std::sync::Arc::new(spell.clone())], calendar, fresh: None }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::calendar::ClockTime;
    use crate::duty::Duty;

    fn objections(born: &str, duties: Vec<Duty>) -> Vec<Minutes> {
        let rule = Young {
            age_under: 18,
            day_max_min: Minutes(480),
            week_max_min: Minutes(2400),
            rest_min: Minutes(720),
            free_days: 2,
            breaks: vec![BreakAfter {
                piece_min: Minutes(30),
                max_continuous_min: Some(Minutes(270)),
                ..BreakAfter::above(Minutes(270), Minutes(30))
            }],
            span_max_min: None,
            ban: Window { from: ClockTime(22 * 60), to: ClockTime(6 * 60) },
        };
        let week = week();
        let person = Person { born: Some(Date::parse(born).unwrap()), ..Person::default() };
        let monday = Weekday::parse("mon").unwrap();
        let mut found = Vec::new();
        let spells = Spells::of_line(&line(duties), &week);
        rule.object(&spells, &person, monday, &mut |by| found.push(by));
        found
    }

    #[test]
    fn a_young_person_works_eight_hours_a_day_with_half_an_hour_of_break() {
        assert_eq!(objections("2009-06-01", vec![duty(540, 510, &[(240, 30)])]), []);
        assert_eq!(objections("2009-06-01", vec![duty(540, 511, &[(240, 30)])]), [Minutes(1)]);
        assert_eq!(objections("2009-06-01", vec![duty(540, 271, &[])]), [Minutes(30)]);
    }

    #[test]
    fn nobody_young_works_after_ten_at_night() {
        assert_eq!(objections("2009-06-01", vec![duty(20 * 60, 120, &[])]), []);
        assert_eq!(objections("2009-06-01", vec![duty(20 * 60, 121, &[])]), [Minutes(1)]);
    }

    #[test]
    fn the_birthday_frees_from_its_midnight_on() {
        // Eighteen on Tuesday 1 December: Monday evening is still barred, the hours after midnight are not.
        assert_eq!(objections("2008-12-01", vec![duty(22 * 60, 240, &[])]), [Minutes(120)]);
        assert_eq!(objections("2008-11-30", vec![duty(22 * 60, 240, &[])]), []);
    }

    #[test]
    fn six_days_leave_one_day_off_too_few() {
        let duties = (0..6).map(|day| duty(day * 1440 + 540, 240, &[])).collect();
        assert_eq!(objections("2009-06-01", duties), [Minutes(1440)]);
    }
}
