//! Weekly hours in a line of text: `mon-fri 08:00-18:00; sat 10:00-14:00; holiday closed`.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClockTime, Weekday};

/// A range of clock times; where it ends at or before its start, it ends on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeeklyRange {
    /// First minute.
    pub from: ClockTime,
    /// First minute after.
    pub to: ClockTime,
}

/// Clock ranges for each day of the week, and for holidays where they differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Weekly {
    days: [Vec<WeeklyRange>; 7],
    holiday: Option<Vec<WeeklyRange>>,
}

impl Weekly {
    /// Read the text form; `always` is round the clock, an empty text is never.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn parse(text: &str) -> Result<Weekly, String> {
        let mut weekly = Weekly::default();
        if text.trim().eq_ignore_ascii_case("always") {
            return Weekly::parse("mon-sun 00:00-24:00");
        }
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            weekly.take(part)?;
        }
        Ok(weekly)
    }

    /// The ranges that start on such a day.
    #[must_use]
    pub fn on(&self, weekday: Weekday, is_holiday: bool) -> &[WeeklyRange] {
        match &self.holiday {
            Some(ranges) if is_holiday => ranges,
            _ => &self.days[weekday.index()],
        }
    }

    /// Whether no day has a range.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty) && self.holiday.as_ref().is_none_or(Vec::is_empty)
    }

    fn take(&mut self, part: &str) -> Result<(), String> {
        let (names, ranges) = part.split_once(char::is_whitespace).ok_or_else(|| {
            format!("`{part}` names no hours; write such as mon-fri 08:00-18:00 or sun closed")
        })?;
        let ranges = read_ranges(ranges.trim())?;
        if names.eq_ignore_ascii_case("holiday") {
            self.holiday.get_or_insert_default().extend(ranges);
            return Ok(());
        }
        for day in read_days(names)? {
            self.days[day.index()].extend(ranges.iter().copied());
        }
        Ok(())
    }
}

/// Days as `mon`, `mon-fri` or `sat,sun`; a range may run over the end of the week.
pub(crate) fn read_days(text: &str) -> Result<Vec<Weekday>, String> {
    let unknown =
        |name: &str| format!("`{name}` is not a day; write mon, tue, wed, thu, fri, sat or sun");
    let mut days = Vec::new();
    for piece in text.split(',').map(str::trim) {
        let (from, to) = piece.split_once('-').unwrap_or((piece, piece));
        let mut day = Weekday::parse(from).ok_or_else(|| unknown(from))?;
        let last = Weekday::parse(to).ok_or_else(|| unknown(to))?;
        days.push(day);
        while day != last {
            day = day.next();
            days.push(day);
        }
    }
    Ok(days)
}

fn read_ranges(text: &str) -> Result<Vec<WeeklyRange>, String> {
    if text.eq_ignore_ascii_case("closed") || text.eq_ignore_ascii_case("off") {
        return Ok(Vec::new());
    }
    text.split(',').map(|range| read_range(range.trim())).collect()
}

fn read_range(text: &str) -> Result<WeeklyRange, String> {
    let (from, to) = text
        .split_once('-')
        .ok_or_else(|| format!("`{text}` is not a range of times; write such as 08:00-18:00"))?;
    let range = WeeklyRange { from: ClockTime::parse(from)?, to: ClockTime::parse(to)? };
    if range.from == range.to || range.from == ClockTime::MIDNIGHT_AFTER {
        return Err(format!("`{text}` has no length; round the clock is 00:00-24:00"));
    }
    Ok(range)
}

impl TryFrom<String> for Weekly {
    type Error = String;
    fn try_from(text: String) -> Result<Weekly, String> {
        Weekly::parse(&text)
    }
}

impl From<Weekly> for String {
    fn from(weekly: Weekly) -> String {
        weekly.to_string()
    }
}

impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |ranges: &[WeeklyRange]| match ranges {
            [] => "closed".to_owned(),
            some => {
                some.iter().map(|r| format!("{}-{}", r.from, r.to)).collect::<Vec<_>>().join(",")
            }
        };
        let days = Weekday::all().filter(|day| !self.days[day.index()].is_empty());
        let mut parts: Vec<String> =
            days.map(|day| format!("{day} {}", list(&self.days[day.index()]))).collect();
        if let Some(ranges) = &self.holiday {
            parts.push(format!("holiday {}", list(ranges)));
        }
        f.write_str(&parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_text_reads_back_as_itself() {
        let text = "mon 08:00-18:00; tue 08:00-18:00; sat 10:00-14:00; holiday closed";
        assert_eq!(Weekly::parse(text).unwrap().to_string(), text);
        assert_eq!(
            Weekly::parse("mon-tue 08:00-18:00; sat 10:00-14:00; holiday off").unwrap().to_string(),
            text
        );
    }

    #[test]
    fn days_may_run_over_the_end_of_the_week() {
        let night = Weekly::parse("fri-mon 22:00-06:00").unwrap();
        let open = Weekday::all().filter(|&day| !night.on(day, false).is_empty());
        assert_eq!(
            open.map(|day| day.to_string()).collect::<Vec<_>>(),
            ["mon", "fri", "sat", "sun"]
        );
    }

    #[test]
    fn a_range_without_length_is_refused() {
        assert!(Weekly::parse("mon 08:00-08:00").is_err());
        assert!(Weekly::parse("mon 08:00").is_err());
        assert!(Weekly::parse("funday 08:00-09:00").is_err());
    }
}
