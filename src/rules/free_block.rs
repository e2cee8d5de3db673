//! Every week holds one long stretch free of duty; where the law lets it, a week without one is made good by
//! several in a neighbouring week.
//!
//! Weeks are calendar weeks of the pack. A stretch may reach over the edge of a week and then counts for one of
//! the two, or for both where it is long enough for two. What lies beyond the horizon is unknown: a stretch that
//! touches its edge counts as far as 24 hours beyond.

use serde::{Deserialize, Deserializer};

use super::spell::Spells;
use super::weeks::{Week, weeks};
use crate::calendar::{ClockTime, Weekday};
use crate::units::{Minutes, Span};

/// How far beyond the edge of the horizon a free stretch counts.
const BEYOND_EDGE: Minutes = Minutes::hours(24);

/// Weekly rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeBlock {
    /// How long.
    pub min: Minutes,
    /// How much longer a stretch must be for each further rest it counts as; none: a stretch is one rest.
    pub further_min: Option<Minutes>,
    /// What makes good for a week without.
    pub alternative: Option<Alternative>,
    /// A day of the week that the stretch holds from midnight to midnight.
    #[serde(default, deserialize_with = "weekday")]
    pub include_day: Option<Weekday>,
}

/// What makes good for a week without rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// So many rests in the week that follows.
    pub count: usize,
    /// Or in the week before.
    #[serde(default)]
    pub in_either_neighbour: bool,
}

fn weekday<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Weekday>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let refused = || serde::de::Error::custom(format!("`{text}` is not a day of the week"));
    Weekday::parse(&text).map(Some).ok_or_else(refused)
}

/// A free stretch, and how many more rests it can count as.
struct Stretch {
    span: Span,
    left: i64,
}

impl FreeBlock {
    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        week_start: Weekday,
        object: &mut dyn FnMut(Minutes),
    ) {
        let mut stretches = self.stretches(spells);
        let weeks = weeks(spells.calendar, week_start);
        if let Some(day) = self.include_day {
            self.object_to_day(spells, &stretches, &weeks, day, object);
            return;
        }
        let rested: Vec<bool> =
            weeks.iter().map(|week| week.is_judged() && take(&mut stretches, *week)).collect();
        for (place, week) in weeks.iter().enumerate() {
            if week.is_judged()
                && !rested[place]
                && !self.made_good(&mut stretches, &weeks, &rested, place)
            {
                object(self.min - self.longest_short(&stretches, *week));
            }
        }
    }

    fn stretches(&self, spells: &Spells<'_>) -> Vec<Stretch> {
        let horizon = spells.calendar.horizon();
        let mut free_from = horizon.start - BEYOND_EDGE;
        let mut stretches = Vec::with_capacity(spells.all.len() + 1);
        let mut push = |span: Span| {
            if span.start < span.end {
                stretches.push(Stretch { span, left: self.rests(span.length()) });
            }
        };
        for spell in &spells.all {
            push(Span::new(free_from, spell.span.start));
            free_from = free_from.max(spell.span.end);
        }
        push(Span::new(free_from, horizon.end + BEYOND_EDGE));
        stretches
    }

    /// How many weekly rests a stretch of this length counts as.
    fn rests(&self, length: Minutes) -> i64 {
        if length < self.min {
            return 0;
        }
        let further = self.further_min.filter(|further| further.0 > 0);
        1 + further.map_or(0, |further| (length - self.min).0.div_euclid(further.0))
    }

    fn made_good(
        &self,
        stretches: &mut [Stretch],
        weeks: &[Week],
        rested: &[bool],
        place: usize,
    ) -> bool {
        let Some(alternative) = &self.alternative else { return false };
        let before = if alternative.in_either_neighbour { place.checked_sub(1) } else { None };
        let neighbours = before.into_iter().chain(Some(place + 1));
        for neighbour in neighbours.filter(|&neighbour| neighbour < weeks.len()) {
            let wanted = alternative.count - usize::from(rested[neighbour]).min(alternative.count);
            let week = weeks[neighbour];
            let near = |stretch: &&Stretch| stretch.span.overlap(week.span) > Minutes(0);
            let left: i64 = stretches.iter().filter(near).map(|stretch| stretch.left).sum();
            if usize::try_from(left).is_ok_and(|left| left >= wanted) {
                return (0..wanted).all(|_| take(stretches, week));
            }
        }
        false
    }

    fn object_to_day(
        &self,
        spells: &Spells<'_>,
        stretches: &[Stretch],
        weeks: &[Week],
        weekday: Weekday,
        object: &mut dyn FnMut(Minutes),
    ) {
        let calendar = spells.calendar;
        for week in weeks.iter().filter(|week| week.is_judged()) {
            let opens = calendar.local(week.span.start).date;
            let Some(date) =
                (0..7).map(|day| opens.plus(day)).find(|date| date.weekday() == weekday)
            else {
                continue;
            };
            let day =
                Span::new(calendar.at(date, ClockTime(0)), calendar.at(date.plus(1), ClockTime(0)));
            let held = |stretch: &Stretch| stretch.left > 0 && stretch.span.covers(day);
            if calendar.day_of(date).is_some() && !stretches.iter().any(held) {
                object(self.min - self.longest_short(stretches, *week));
            }
        }
    }

    /// The longest stretch in a week that is too short to be a rest.
    fn longest_short(&self, stretches: &[Stretch], week: Week) -> Minutes {
        let lengths = stretches
            .iter()
            .filter(|stretch| stretch.span.overlap(week.span) > Minutes(0))
            .map(|stretch| stretch.span.length());
        lengths.filter(|&length| length < self.min).max().unwrap_or(Minutes(0))
    }
}

/// Use up one rest of the earliest stretch that reaches into the week.
fn take(stretches: &mut [Stretch], week: Week) -> bool {
    let free =
        |stretch: &&mut Stretch| stretch.left > 0 && stretch.span.overlap(week.span) > Minutes(0);
    stretches.iter_mut().find(free).is_some_and(|stretch| {
        stretch.left -= 1;
        true
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line};
    use super::*;
    use crate::calendar::{Calendar, Date};
    use crate::duty::Duty;

    fn weekly(alternative: Option<Alternative>) -> FreeBlock {
        FreeBlock {
            min: Minutes(2100),
            further_min: Some(Minutes(1440)),
            alternative,
            include_day: None,
        }
    }

    fn objections(rule: &FreeBlock, days: usize, duties: Vec<Duty>) -> Vec<Minutes> {
        let first = Date::parse("2026-11-30").unwrap();
        let calendar = Calendar::new("Europe/Dublin", first, days, Minutes(30)).unwrap();
        let monday = Weekday::parse("mon").unwrap();
        let mut found = Vec::new();
        rule.object(&Spells::of_line(&line(duties), &calendar), monday, &mut |by| found.push(by));
        found
    }

    fn worked(days: impl IntoIterator<Item = i64>) -> Vec<Duty> {
        days.into_iter().map(|day| duty(day * 1440 + 540, 480, &[])).collect()
    }

    #[test]
    fn seven_days_of_work_leave_at_most_33_hours() {
        assert_eq!(objections(&weekly(None), 7, worked(0..7)), [Minutes(120)]);
    }

    #[test]
    fn a_free_sunday_is_a_weekly_rest() {
        assert_eq!(objections(&weekly(None), 7, worked(0..6)), []);
    }

    #[test]
    fn a_stretch_of_35_hours_is_just_enough_and_a_minute_less_is_not() {
        let mut duties = worked([0, 1]);
        duties.extend(worked([4, 5, 6]));
        duties.push(duty(2 * 1440 + 17 * 60 - 480, 480, &[]));
        let mut kept = duties.clone();
        kept.push(duty(4 * 1440 + 240, 60, &[]));
        kept.sort_by_key(Duty::start);
        assert_eq!(objections(&weekly(None), 7, kept), []);
        duties.push(duty(4 * 1440 + 239, 60, &[]));
        duties.sort_by_key(Duty::start);
        assert_eq!(objections(&weekly(None), 7, duties), [Minutes(1)]);
    }

    #[test]
    fn one_stretch_over_the_edge_does_not_serve_two_weeks() {
        let mut duties = worked((0..6).chain(8..14));
        assert_eq!(objections(&weekly(None), 14, duties.clone()), []);
        duties.push(duty(7 * 1440 + 600, 60, &[]));
        duties.sort_by_key(Duty::start);
        assert_eq!(objections(&weekly(None), 14, duties).len(), 1);
    }

    #[test]
    fn two_rests_in_the_next_week_make_good_for_one_without() {
        let two = Some(Alternative { count: 2, in_either_neighbour: false });
        let duties = worked((0..8).chain([9, 11, 13]));
        assert_eq!(objections(&weekly(two), 14, duties.clone()), []);
        assert_eq!(objections(&weekly(None), 14, duties).len(), 1);
    }

    #[test]
    fn a_week_of_four_days_is_not_judged() {
        assert_eq!(objections(&weekly(None), 4, worked(0..4)), []);
        assert_eq!(objections(&weekly(None), 5, worked(0..5)), [Minutes(120)]);
    }
}
