//! A file of holidays: a date a line, and its name where it has one.
//!
//! Read are tables with a column `date` and perhaps `name`, bare lines such as `2026-12-25,Christmas`, and the lines
//! of a scenario's `[horizon.holidays]`, `"2026-12-25" = "Christmas"`. What stands behind `#` is a remark.

use std::collections::BTreeMap;

use super::rows::{MOST_PROBLEMS, shown, told};
use super::{stamp, text};
use crate::calendar::Date;
use crate::scenario::Problem;

/// What a day off without a name is called: all of them count as one kind.
const UNNAMED: &str = "holiday";

/// Read a file of holidays.
///
/// # Errors
/// Lines that name no date, the first twenty.
pub fn holidays(bytes: &[u8], file: &str) -> Result<BTreeMap<Date, String>, Vec<Problem>> {
    let text = text::of_file(bytes, file)?;
    let lines = text.lines().enumerate().map(|(place, line)| {
        let line = line.split('#').next().unwrap_or_default().trim();
        (place + 1, line)
    });
    let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('[')).peekable();
    let (mut date_at, mut name_at) = (0, 1);
    if let Some((_, header)) = lines.peek().copied()
        && date(fields(header).first().copied().unwrap_or_default()).is_none()
    {
        let names: Vec<String> = fields(header).iter().map(|name| name.to_lowercase()).collect();
        let place = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        if let Some(place) = place(&["date", "day", "ds", "start"]) {
            date_at = place;
            name_at = place_of_name(&names, place);
            lines.next();
        }
    }
    let (mut days, mut problems) = (BTreeMap::new(), Vec::new());
    for (line, written) in lines {
        let fields = fields(written);
        let day = fields.get(date_at).copied().unwrap_or_default();
        if let Some(date) = date(day) {
            let name = fields.get(name_at).copied().filter(|name| !name.is_empty());
            days.insert(date, name.unwrap_or(UNNAMED).to_owned());
        } else if problems.len() < MOST_PROBLEMS {
            let cause = format!("`{}` is no date", shown(day.as_bytes()));
            let fix = "write such as 2026-12-25,Christmas".to_owned();
            problems.push(told("S640", &format!("{file}, line {line}"), cause, fix));
        }
    }
    if problems.is_empty() { Ok(days) } else { Err(problems) }
}

/// The column of names: the one called so, else the first that does not hold dates.
fn place_of_name(names: &[String], date: usize) -> usize {
    let called = |wanted: &str| names.iter().position(|known| known == wanted);
    let place = ["name", "holiday", "title", "description"].into_iter().find_map(called);
    place.unwrap_or(usize::from(date == 0))
}

fn fields(line: &str) -> Vec<&str> {
    let mark = [';', '\t', ',', '='].into_iter().find(|mark| line.contains(*mark)).unwrap_or(',');
    line.split(mark).map(|field| field.trim().trim_matches(['"', '\'']).trim()).collect()
}

fn date(field: &str) -> Option<Date> {
    let (year, month, day) = stamp::read(field.as_bytes())?.date;
    Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_days_are_read_from_tables_lines_and_the_keys_of_a_scenario() {
        let expected: BTreeMap<Date, String> =
            [("2026-12-25", "Christmas"), ("2027-01-01", "New Year")]
                .map(|(day, name)| (Date::parse(day).unwrap(), name.to_owned()))
                .into();
        for text in [
            "date,name\n2026-12-25,Christmas\n2027-01-01,New Year\n",
            "name;date\nChristmas;25.12.2026\nNew Year;1.1.2027\n",
            "2026-12-25,Christmas\r\n\r\n2027-01-01,\"New Year\"\r\n",
            "[horizon.holidays]\n\"2026-12-25\" = \"Christmas\" # a Friday\n\"2027-01-01\" = \"New Year\"\n",
        ] {
            assert_eq!(holidays(text.as_bytes(), "h"), Ok(expected.clone()), "{text}");
        }
    }

    #[test]
    fn days_without_names_are_all_of_one_kind_and_no_days_are_none() {
        let days = holidays(b"2026-12-25\n2027-01-01\n", "h").unwrap();
        assert!(days.values().all(|name| name == UNNAMED) && days.len() == 2);
        assert_eq!(holidays(b"date,name\n", "h").unwrap().len(), 0);
    }

    #[test]
    fn lines_that_name_no_date_are_told_with_their_place() {
        let problems = holidays(b"date\n2026-12-25\nChristmas\n", "h").unwrap_err();
        assert_eq!((problems[0].code, problems[0].place.as_str()), ("S640", "h, line 3"));
        let flood = format!("2026-12-25\n{}", "x\n".repeat(1000));
        assert_eq!(holidays(flood.as_bytes(), "h").unwrap_err().len(), MOST_PROBLEMS);
    }
}
