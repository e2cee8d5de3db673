//! Local time: the interval grid, opening hours, clock changes and holidays; the one place chrono appears.
//!
//! Inside, time is a [`Moment`]: whole elapsed minutes since the first local midnight of the horizon. A day
//! has 23, 24 or 25 hours as its clock goes; lengths are always elapsed, clock times always local.

mod weekly;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone, Timelike,
};
use chrono_tz::Tz;

use crate::units::{Minutes, Moment, Span};

pub(crate) use weekly::read_days;
pub use weekly::{Weekly, WeeklyRange};

/// Minutes an interval may have.
pub const GRIDS: [i64; 5] = [5, 10, 15, 30, 60];

/// A date on the calendar of some place.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Date(NaiveDate);

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weekday(u8);

/// A time on a clock, in minutes after midnight; 24:00 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ClockTime(pub u16);

/// What a clock and a calendar on the wall show at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// The date.
    pub date: Date,
    /// The time.
    pub clock: ClockTime,
    /// Minutes east of Greenwich.
    pub offset: Minutes,
}

/// The horizon of a plan in its place: days, intervals, holidays.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    zone: Tz,
    first: Date,
    days: usize,
    grid: Minutes,
    week_start: Weekday,
    holidays: BTreeMap<Date, String>,
    /// Start of each day from the first to the one after the last.
    day_starts: Vec<Moment>,
    origin: DateTime<Tz>,
}

impl Date {
    /// Read `2026-11-30`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn parse(text: &str) -> Result<Date, String> {
        let refused =
            || format!("`{text}` is not a date; write year-month-day, such as 2026-11-30");
        let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| refused())?;
        if (1900..=2200).contains(&date.year()) { Ok(Date(date)) } else { Err(refused()) }
    }

    /// The date so many days later, or earlier where negative.
    ///
    /// # Panics
    /// Where that leaves the years a calendar can count, far outside those [`Date::parse`] admits.
    #[must_use]
    pub fn plus(self, days: i64) -> Date {
        let step = Days::new(days.unsigned_abs());
        let moved =
            if days < 0 { self.0.checked_sub_days(step) } else { self.0.checked_add_days(step) };
        Date(moved.expect("dates stay within the years that are read"))
    }

    /// Days from `earlier` to this.
    #[must_use]
    pub fn days_since(self, earlier: Date) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// Its day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday(
            u8::try_from(self.0.weekday().num_days_from_monday()).expect("a week has seven days"),
        )
    }

    /// How far through its month the day is: 0 on the first, never 1.
    #[must_use]
    pub fn share_of_month(self) -> f64 {
        f64::from(self.0.day0()) / f64::from(self.0.num_days_in_month())
    }

    /// How far through its year the day is: a little above 0 on the first of January.
    #[must_use]
    pub fn share_of_year(self) -> f64 {
        f64::from(self.0.ordinal()) / 365.25
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        chrono::Datelike::year(&self.0)
    }

    /// Its month and its day of the month, both from 1 on.
    #[must_use]
    pub fn month_and_day(self) -> (u8, u8) {
        let small = |number: u32| u8::try_from(number).expect("at most 31");
        (small(chrono::Datelike::month(&self.0)), small(chrono::Datelike::day(&self.0)))
    }

    /// Easter Sunday of a year in the Gregorian calendar (Anonymous, Nature 13, 1876; Meeus 1991, chapter 8,
    /// with its letters); none beyond the years that a date can have.
    #[must_use]
    #[expect(clippy::many_single_char_names, reason = "the letters are those of the source")]
    pub fn easter(year: i32) -> Option<Date> {
        let a = year.rem_euclid(19);
        let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
        let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
        let g = (b - (b + 8).div_euclid(25) + 1).div_euclid(3);
        let h = (19 * a + b - d - g + 15).rem_euclid(30);
        let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
        let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
        let m = (a + 11 * h + 22 * l).div_euclid(451);
        let days_after_22_march = h + l - 7 * m;
        let march = NaiveDate::from_ymd_opt(year, 3, 22).map(Date)?;
        Some(march.plus(i64::from(days_after_22_march)))
    }

    /// Whole years from a date of birth to this date.
    #[must_use]
    pub fn years_since(self, born: Date) -> Option<u32> {
        self.0.years_since(born.0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Date, String> {
        Date::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl Weekday {
    const NAMES: [&'static str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// All seven, Monday first.
    pub fn all() -> impl Iterator<Item = Weekday> + Clone {
        (0..7).map(Weekday)
    }

    /// Read `mon` or `Monday`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Weekday> {
        const LONG: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let text = text.trim().to_ascii_lowercase();
        let place = Weekday::NAMES
            .iter()
            .position(|name| *name == text)
            .or_else(|| LONG.iter().position(|name| *name == text))?;
        Some(Weekday(u8::try_from(place).expect("a week has seven days")))
    }

    /// Its place in the week, Monday 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Weekday {
        Weekday((self.0 + 1).rem_euclid(7))
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Weekday::NAMES[self.index()])
    }
}

impl ClockTime {
    /// The end of the day.
    pub const MIDNIGHT_AFTER: ClockTime = ClockTime(24 * 60);

    /// Read `08:30`; `24:00` is the end of the day.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn parse(text: &str) -> Result<ClockTime, String> {
        let refused =
            || format!("`{text}` is not a time of day; write hours:minutes, such as 08:30");
        let (hours, minutes) = text.trim().split_once(':').ok_or_else(refused)?;
        let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
            return Err(refused());
        }
        let (hours, minutes): (u16, u16) =
            (hours.parse().map_err(|_| refused())?, minutes.parse().map_err(|_| refused())?);
        let total = hours * 60 + minutes;
        if minutes < 60 && total <= 24 * 60 { Ok(ClockTime(total)) } else { Err(refused()) }
    }
}

impl TryFrom<String> for ClockTime {
    type Error = String;
    fn try_from(text: String) -> Result<ClockTime, String> {
        ClockTime::parse(&text)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.div_euclid(60), self.0.rem_euclid(60))
    }
}

impl Calendar {
    /// The longest horizon, in days.
    pub const LONGEST: usize = 366;

    /// A horizon of `days` days from `first` in an IANA time zone, in intervals of `grid`.
    ///
    /// # Errors
    /// A sentence with the way out where the zone is unknown, or the days or the grid cannot be planned.
    pub fn new(zone: &str, first: Date, days: usize, grid: Minutes) -> Result<Calendar, String> {
        let zone: Tz = zone.parse().map_err(|_| {
            format!("`{zone}` is not an IANA time zone; write one such as Europe/Dublin")
        })?;
        if days == 0 || days > Calendar::LONGEST {
            return Err(format!("{days} days cannot be planned; use 1 to {}", Calendar::LONGEST));
        }
        if !GRIDS.contains(&grid.0) {
            return Err(format!(
                "a grid of {} minutes is not kept; use 5, 10, 15, 30 or 60",
                grid.0
            ));
        }
        let origin = instant(zone, first, ClockTime(0));
        let mut calendar = Calendar {
            zone,
            first,
            days,
            grid,
            week_start: Weekday(0),
            holidays: BTreeMap::new(),
            day_starts: Vec::new(),
            origin,
        };
        let starts = 0..=i64::try_from(days).expect("checked above");
        calendar.day_starts =
            starts.map(|day| calendar.at(first.plus(day), ClockTime(0))).collect();
        Ok(calendar)
    }

    /// The same with days that are holidays, and their names.
    #[must_use]
    pub fn with_holidays(mut self, holidays: BTreeMap<Date, String>) -> Calendar {
        self.holidays = holidays;
        self
    }

    /// The same with weeks that start on this day.
    #[must_use]
    pub fn with_week_start(mut self, weekday: Weekday) -> Calendar {
        self.week_start = weekday;
        self
    }

    /// The same place, grid and holidays from another first date.
    ///
    /// # Errors
    /// As [`Calendar::new`].
    pub fn starting(&self, first: Date) -> Result<Calendar, String> {
        let moved = Calendar::new(self.zone.name(), first, self.days, self.grid)?;
        Ok(moved.with_holidays(self.holidays.clone()).with_week_start(self.week_start))
    }

    /// The IANA name of the time zone.
    #[must_use]
    pub fn zone(&self) -> &'static str {
        self.zone.name()
    }

    /// The first date.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// How many days.
    #[must_use]
    pub fn days(&self) -> usize {
        self.days
    }

    /// Length of an interval of demand.
    #[must_use]
    pub fn grid(&self) -> Minutes {
        self.grid
    }

    /// The day weeks start on.
    #[must_use]
    pub fn week_start(&self) -> Weekday {
        self.week_start
    }

    /// The holiday's name, where the date is one.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&str> {
        self.holidays.get(&date).map(String::as_str)
    }

    /// All holidays the user gave.
    #[must_use]
    pub fn holidays(&self) -> &BTreeMap<Date, String> {
        &self.holidays
    }

    /// The date of the `day`th day, which may lie outside the horizon.
    #[must_use]
    pub fn date(&self, day: usize) -> Date {
        self.first.plus(i64::try_from(day).expect("days are few"))
    }

    /// Days of each week that the horizon touches; the first and the last may be cut short.
    #[must_use]
    pub fn weeks(&self) -> Vec<Range<usize>> {
        let is_start = |&day: &usize| day == 0 || self.date(day).weekday() == self.week_start;
        let starts: Vec<usize> = (0..self.days).filter(is_start).collect();
        let ends = starts.iter().copied().skip(1).chain([self.days]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The place of a date in the horizon, where it lies in it.
    #[must_use]
    pub fn day_of(&self, date: Date) -> Option<usize> {
        usize::try_from(date.days_since(self.first)).ok().filter(|&day| day < self.days)
    }

    /// From the local midnight that opens a day of the horizon to the one that closes it.
    #[must_use]
    pub fn day(&self, day: usize) -> Span {
        Span::new(self.day_starts[day], self.day_starts[day + 1])
    }

    /// The whole horizon.
    #[must_use]
    pub fn horizon(&self) -> Span {
        Span::new(Moment(0), self.day_starts[self.days])
    }

    /// How many intervals the horizon has; the last may be cut short by a clock change.
    #[must_use]
    pub fn intervals(&self) -> usize {
        usize::try_from(self.horizon().length().0).expect("positive").div_ceil(self.grid_size())
    }

    /// The stretch of one interval.
    #[must_use]
    pub fn interval(&self, interval: usize) -> Span {
        let start = Moment(i64::try_from(interval * self.grid_size()).expect("intervals are few"));
        Span::new(start, Moment((start + self.grid).0.min(self.horizon().end.0)))
    }

    /// The interval a moment lies in, where it lies in the horizon.
    #[must_use]
    pub fn interval_at(&self, moment: Moment) -> Option<usize> {
        let inside = self.horizon().holds(moment);
        inside.then(|| {
            usize::try_from(moment.0).expect("inside the horizon").div_euclid(self.grid_size())
        })
    }

    /// The day a moment lies in, where it lies in the horizon.
    #[must_use]
    pub fn day_at(&self, moment: Moment) -> Option<usize> {
        let inside = self.horizon().holds(moment);
        inside.then(|| self.day_starts.partition_point(|&start| start <= moment) - 1)
    }

    /// What the wall shows at a moment, in the horizon or not.
    #[must_use]
    pub fn local(&self, moment: Moment) -> Local {
        let then = self.origin + TimeDelta::minutes(moment.0);
        let clock =
            u16::try_from(then.hour() * 60 + then.minute()).expect("a day has 1440 minutes");
        let offset = i64::from(then.offset().fix().local_minus_utc()).div_euclid(60);
        Local { date: Date(then.date_naive()), clock: ClockTime(clock), offset: Minutes(offset) }
    }

    /// The moment a local date and time name. A time the clock skips moves on to the first that exists;
    /// of a time the clock shows twice, the first is meant.
    #[must_use]
    pub fn at(&self, date: Date, clock: ClockTime) -> Moment {
        Moment((instant(self.zone, date, clock) - self.origin).num_minutes())
    }

    /// Every moment a local date and time name: none where the clock skips it, two where it shows it twice.
    #[must_use]
    pub fn readings(&self, date: Date, clock: ClockTime) -> Vec<Moment> {
        let (date, clock) =
            if clock >= ClockTime::MIDNIGHT_AFTER { (date.plus(1), 0) } else { (date, clock.0) };
        let local = date.0.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(clock));
        let moment = |then: DateTime<Tz>| Moment((then - self.origin).num_minutes());
        match self.zone.from_local_datetime(&local) {
            LocalResult::Single(then) => vec![moment(then)],
            LocalResult::Ambiguous(first, second) => vec![moment(first), moment(second)],
            LocalResult::None => Vec::new(),
        }
    }

    /// Local time with its offset, as in `2026-11-30T09:00:00+00:00` (RFC 3339).
    #[must_use]
    pub fn stamp(&self, moment: Moment) -> String {
        (self.origin + TimeDelta::minutes(moment.0)).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// For people: `Mon 30 Nov 09:00`.
    #[must_use]
    pub fn label(&self, moment: Moment) -> String {
        (self.origin + TimeDelta::minutes(moment.0))
            .format("%a %e %b %H:%M")
            .to_string()
            .replace("  ", " ")
    }

    /// Read a time stamp with an offset, or a local one without: `2026-11-30T09:00:00+00:00`,
    /// `2026-11-30 09:00`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn read_stamp(&self, text: &str) -> Result<Moment, String> {
        let text = text.trim();
        if let Ok(stamped) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
            let moment = Moment((stamped.with_timezone(&self.zone) - self.origin).num_minutes());
            return whole_minute(stamped.second(), text).map(|()| moment);
        }
        let (date, clock) = read_local(text)?;
        Ok(self.at(date, clock))
    }

    /// Every stretch that weekly hours name on the days from one before the horizon to one after,
    /// joined where they touch; a stretch over midnight belongs to the day it starts on.
    #[must_use]
    pub fn spans(&self, weekly: &Weekly) -> Vec<Span> {
        let last = i64::try_from(self.days).expect("days are few");
        let mut spans: Vec<Span> = (-1..=last)
            .flat_map(|day| {
                let date = self.first.plus(day);
                let ranges = weekly.on(date.weekday(), self.holiday(date).is_some());
                ranges.iter().map(move |range| self.range_on(date, *range))
            })
            .filter(|span| span.start < span.end)
            .collect();
        spans.sort();
        joined(spans)
    }

    /// The stretch a clock range names when it starts on this date.
    #[must_use]
    pub fn range_on(&self, date: Date, range: WeeklyRange) -> Span {
        let ends = if range.to <= range.from { date.plus(1) } else { date };
        Span::new(self.at(date, range.from), self.at(ends, range.to))
    }

    fn grid_size(&self) -> usize {
        usize::try_from(self.grid.0).expect("checked when made")
    }
}

/// Read a local date and time without offset, minutes whole: `2026-11-30 09:00[:00]` or with a `T`.
///
/// # Errors
/// A sentence with the way out.
pub fn read_local(text: &str) -> Result<(Date, ClockTime), String> {
    let text = text.trim();
    let refused = || {
        format!(
            "`{text}` is not a time; write such as 2026-11-30T09:00:00+00:00 or 2026-11-30 09:00"
        )
    };
    let plain = text.replacen('T', " ", 1);
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    let local = forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&plain, form).ok())
        .or_else(|| {
            let date = NaiveDate::parse_from_str(&plain, "%Y-%m-%d").ok()?;
            Some(date.and_time(NaiveTime::MIN))
        })
        .ok_or_else(refused)?;
    whole_minute(local.second(), text)?;
    let date = Date::parse(&local.date().format("%Y-%m-%d").to_string())?;
    let clock = u16::try_from(local.hour() * 60 + local.minute()).expect("a day has 1440 minutes");
    Ok((date, ClockTime(clock)))
}

/// Stretches in order, with those that touch or overlap made one.
#[must_use]
pub fn joined(sorted: Vec<Span>) -> Vec<Span> {
    let mut whole: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match whole.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => whole.push(span),
        }
    }
    whole
}

fn whole_minute(seconds: u32, text: &str) -> Result<(), String> {
    if seconds == 0 {
        Ok(())
    } else {
        Err(format!("`{text}` is not on a whole minute; drop the seconds"))
    }
}

/// The instant of a local time; see [`Calendar::at`] for skipped and doubled times.
fn instant(zone: Tz, date: Date, clock: ClockTime) -> DateTime<Tz> {
    let (date, clock) =
        if clock >= ClockTime::MIDNIGHT_AFTER { (date.plus(1), 0) } else { (date, clock.0) };
    let midnight = date.0.and_time(NaiveTime::MIN);
    // The longest skip on record is a whole day (Apia, 30 December 2011).
    for skipped in 0..=26 * 60 {
        let local = midnight + TimeDelta::minutes(i64::from(clock) + skipped);
        match zone.from_local_datetime(&local) {
            LocalResult::Single(then) | LocalResult::Ambiguous(then, _) => return then,
            LocalResult::None => {}
        }
    }
    zone.from_utc_datetime(&(midnight + TimeDelta::minutes(i64::from(clock))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dublin(first: &str, days: usize) -> Calendar {
        Calendar::new("Europe/Dublin", Date::parse(first).unwrap(), days, Minutes(30)).unwrap()
    }

    #[test]
    fn the_week_the_clock_goes_forward_has_167_hours() {
        assert_eq!(dublin("2026-03-23", 7).horizon().length(), Minutes::hours(167));
    }

    #[test]
    fn the_week_the_clock_goes_back_has_169_hours() {
        let week = dublin("2026-10-19", 7);
        assert_eq!(week.horizon().length(), Minutes::hours(169));
        assert_eq!(week.intervals(), 338);
    }

    #[test]
    fn ten_days_from_a_wednesday_touch_two_weeks() {
        assert_eq!(dublin("2026-12-02", 10).weeks(), [0..5, 5..10]);
        assert_eq!(dublin("2026-11-30", 7).weeks(), vec![0..7; 1]);
    }

    #[test]
    fn a_skipped_time_moves_on_to_the_first_that_exists() {
        let week = dublin("2026-03-23", 7);
        let skipped = week.at(Date::parse("2026-03-29").unwrap(), ClockTime(90));
        assert_eq!(week.stamp(skipped), "2026-03-29T02:00:00+01:00");
    }

    #[test]
    fn a_doubled_time_means_the_first() {
        let week = dublin("2026-10-19", 7);
        let doubled = week.at(Date::parse("2026-10-25").unwrap(), ClockTime(90));
        assert_eq!(week.stamp(doubled), "2026-10-25T01:30:00+01:00");
    }

    #[test]
    fn a_local_time_is_read_as_often_as_the_clock_shows_it() {
        let autumn = dublin("2026-10-19", 7);
        let readings = autumn.readings(Date::parse("2026-10-25").unwrap(), ClockTime(90));
        assert_eq!(readings.len(), 2);
        assert_eq!(readings[1].since(readings[0]), Minutes::hours(1));
        let spring = dublin("2026-03-23", 7);
        assert_eq!(spring.readings(Date::parse("2026-03-29").unwrap(), ClockTime(90)), []);
    }

    #[test]
    fn stamps_read_back_as_the_same_moment() {
        let week = dublin("2026-10-19", 7);
        for minute in (0..week.horizon().length().0).step_by(30) {
            assert_eq!(week.read_stamp(&week.stamp(Moment(minute))), Ok(Moment(minute)));
        }
    }

    #[test]
    fn a_day_that_never_was_has_no_length() {
        let apia =
            Calendar::new("Pacific/Apia", Date::parse("2011-12-29").unwrap(), 3, Minutes(60))
                .unwrap();
        assert_eq!(apia.day(1).length(), Minutes(0));
    }

    #[test]
    fn a_night_over_the_spring_change_is_seven_hours_long() {
        let week = dublin("2026-03-23", 7);
        let night = WeeklyRange { from: ClockTime(22 * 60), to: ClockTime(6 * 60) };
        assert_eq!(
            week.range_on(Date::parse("2026-03-28").unwrap(), night).length(),
            Minutes::hours(7)
        );
    }

    #[test]
    fn opening_round_the_clock_is_one_stretch() {
        let always = Weekly::parse("mon-sun 00:00-24:00").unwrap();
        assert_eq!(dublin("2026-10-19", 7).spans(&always).len(), 1);
    }
}
