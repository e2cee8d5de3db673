//! Texts with a form of their own: ids, dates, weekly hours, start windows, currencies.

use crate::calendar::{ClockTime, Date, Weekday, Weekly};

/// Whether a text has the form that its key asks for; other names of forms ask for nothing.
///
/// # Errors
/// A sentence with the way out.
pub(super) fn check(format: &str, text: &str) -> Result<(), String> {
    match format {
        "id" => id(text),
        "date" => Date::parse(text).map(drop),
        "weekday" => match Weekday::parse(text) {
            Some(_) => Ok(()),
            None => Err(format!(
                "`{text}` is not a day of the week; write mon, tue, wed, thu, fri, sat or sun"
            )),
        },
        "weekly-hours" => Weekly::parse(text).map(drop),
        "starts" => starts(text).map(drop),
        "currency" if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            Ok(())
        }
        "currency" => {
            Err(format!("`{text}` is not a currency; write three capital letters, such as EUR"))
        }
        _ => Ok(()),
    }
}

/// Ids stand in CSV cells, key paths and commands, so they keep to letters, digits and `-_.@`.
pub(super) fn id(text: &str) -> Result<(), String> {
    let fits = |letter: char| letter.is_alphanumeric() || "-_.@".contains(letter);
    if (1..=64).contains(&text.chars().count()) && text.chars().all(fits) {
        return Ok(());
    }
    let shown: String = text.chars().filter(|letter| !letter.is_control()).take(64).collect();
    Err(format!("`{shown}` is not an id; use 1 to 64 letters, digits, `-`, `_`, `.` or `@`"))
}

/// Whether a cell says yes.
pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

/// Windows of starts; a time alone is a window with that one start.
pub(super) fn starts(text: &str) -> Result<Weekly, String> {
    let parts = text.split(';').map(|part| match part.trim().split_once(char::is_whitespace) {
        Some((days, times)) => {
            let windows: Vec<String> = times.split(',').map(|time| window(time.trim())).collect();
            format!("{days} {}", windows.join(","))
        }
        None => part.to_owned(),
    });
    let weekly = Weekly::parse(&parts.collect::<Vec<_>>().join(";"))?;
    if weekly.is_empty() {
        return Err("no start is named; write such as mon-fri 08:00-10:00".to_owned());
    }
    Ok(weekly)
}

/// A start alone as the shortest window that holds it; steps are longer, so it holds no other.
fn window(text: &str) -> String {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (ClockTime::parse(from), ClockTime::parse(to)) {
        (Ok(from), Ok(to)) if from == to && from < ClockTime::MIDNIGHT_AFTER => {
            format!("{from}-{}", ClockTime(from.0 + 1))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_alone_is_a_window_of_one() {
        assert_eq!(starts("mon 08:00").unwrap(), Weekly::parse("mon 08:00-08:01").unwrap());
        assert!(starts("mon closed").is_err());
        assert!(starts("mon 25:00").is_err());
    }

    #[test]
    fn an_id_without_letters_is_none() {
        assert!(id("").is_err());
        assert!(id("amy smith").is_err());
        assert!(id("amy.smith-2").is_ok());
    }
}
