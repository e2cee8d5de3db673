//! Nobody works on a day of rest, a Sunday or a public holiday, unless the site has a permit. The permit is a
//! fact of the site or the person, told as a waiver of the rule, and never guessed.

use serde::Deserialize;

use super::spell::Spells;
use super::weeks::day_of;
use crate::calendar::{Date, Weekday};
use crate::units::Minutes;

/// Days without work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BanDay {
    /// Days of the week, such as `sun`.
    #[serde(default)]
    pub weekdays: Vec<DayName>,
    /// Public holidays of the whole country; those of a site come with its calendar.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// A day of the week as packs write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DayName(pub Weekday);

/// A public holiday as packs write it: `12-25`, or days from Easter Sunday such as `easter+39`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Holiday {
    /// The same month and day each year.
    Fixed(u8, u8),
    /// So many days after Easter Sunday.
    Easter(i64),
}

impl BanDay {
    /// Whether a date is a day of rest, holidays of the calendar left out.
    #[must_use]
    pub fn names(&self, date: Date) -> bool {
        self.weekdays.iter().any(|day| day.0 == date.weekday())
            || self.holidays.iter().any(|holiday| holiday.is_on(date))
    }

    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        for date in spells.dates() {
            if self.names(date) || spells.calendar.holiday(date).is_some() {
                let worked = spells.work_in(day_of(date, spells.calendar));
                if worked > Minutes(0) {
                    object(worked);
                }
            }
        }
    }
}

impl Holiday {
    fn is_on(self, date: Date) -> bool {
        match self {
            Holiday::Fixed(month, day) => date.month_and_day() == (month, day),
            Holiday::Easter(after) => {
                Date::easter(date.year()).is_some_and(|easter| easter.plus(after) == date)
            }
        }
    }
}

impl TryFrom<String> for DayName {
    type Error = String;
    fn try_from(text: String) -> Result<DayName, String> {
        let day = Weekday::parse(&text);
        day.map(DayName).ok_or_else(|| format!("`{text}` is not a day of the week"))
    }
}

impl TryFrom<String> for Holiday {
    type Error = String;
    fn try_from(text: String) -> Result<Holiday, String> {
        let refused = || format!("`{text}` is no holiday; write such as 12-25 or easter+39");
        if let Some(days) = text.strip_prefix("easter") {
            return days.parse().map(Holiday::Easter).map_err(|_| refused());
        }
        // A leap year has every day there is.
        Date::parse(&format!("2024-{text}")).map_err(|_| refused())?;
        let (month, day) = text.split_once('-').ok_or_else(refused)?;
        let number = |part: &str| part.parse::<u8>().map_err(|_| refused());
        Ok(Holiday::Fixed(number(month)?, number(day)?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;

    fn sundays() -> BanDay {
        let day = |text: &str| Holiday::try_from(text.to_owned()).unwrap();
        BanDay {
            weekdays: vec![DayName(Weekday::parse("sun").unwrap())],
            holidays: vec![day("12-25"), day("easter+39")],
        }
    }

    #[test]
    fn work_from_saturday_night_on_lies_on_sunday_from_midnight() {
        let week = week();
        let night = line(vec![duty(5 * 1440 + 22 * 60, 480, &[])]);
        let mut found = Vec::new();
        sundays().object(&Spells::of_line(&night, &week), &mut |by| found.push(by));
        assert_eq!(found, [Minutes(360)]);
    }

    #[test]
    fn ascension_of_2026_is_the_fourteenth_of_may() {
        let date = |text: &str| Date::parse(text).unwrap();
        assert!(sundays().names(date("2026-05-14")) && sundays().names(date("2026-12-25")));
        assert!(!sundays().names(date("2026-05-15")));
        assert!(Holiday::try_from("25 December".to_owned()).is_err());
        assert!(Holiday::try_from("13-01".to_owned()).is_err());
    }
}
