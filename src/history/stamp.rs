//! Time stamps of interval files, read byte by byte because there may be ten million of them.

/// A time as written: date, minute of the day, minutes east of Greenwich where it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Year, month, day; the day may be one its month does not have.
    pub(super) date: (u16, u8, u8),
    /// Minutes after midnight, seconds dropped.
    pub(super) minute: u16,
    /// Minutes east of Greenwich.
    pub(super) offset: Option<i16>,
}

/// Read `2026-01-05`, `2026-01-05 09:00`, `2026-01-05T09:00:00.000+00:00`, `05.01.2026 9:00`.
pub(super) fn read(text: &[u8]) -> Option<Stamp> {
    let mut rest = text.trim_ascii();
    let date = read_date(&mut rest)?;
    if rest.is_empty() {
        return Some(Stamp { date, minute: 0, offset: None });
    }
    rest = rest.strip_prefix(b"T").or_else(|| rest.strip_prefix(b" "))?.trim_ascii_start();
    let hour = number(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(b":")?;
    let minute = number(&mut rest, 2, 2)?;
    if let Some(after) = rest.strip_prefix(b":") {
        rest = after;
        let second = number(&mut rest, 2, 2)?;
        if second > 60 {
            return None;
        }
        if let Some(fraction) = rest.strip_prefix(b".") {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            rest = &fraction[digits..];
        }
    }
    let offset = read_offset(rest.trim_ascii_start())?;
    (hour < 24 && minute < 60).then_some(Stamp { date, minute: hour * 60 + minute, offset })
}

fn read_date(rest: &mut &[u8]) -> Option<(u16, u8, u8)> {
    let small = |number: u16| u8::try_from(number).ok();
    if rest.get(4).is_some_and(|mark| matches!(mark, b'-' | b'/')) {
        let mark = rest[4];
        let year = number(rest, 4, 4)?;
        *rest = &rest[1..];
        let month = number(rest, 1, 2)?;
        *rest = rest.strip_prefix(&[mark])?;
        return Some((year, small(month)?, small(number(rest, 1, 2)?)?));
    }
    let day = number(rest, 1, 2)?;
    *rest = rest.strip_prefix(b".")?;
    let month = number(rest, 1, 2)?;
    *rest = rest.strip_prefix(b".")?;
    Some((number(rest, 4, 4)?, small(month)?, small(day)?))
}

/// `Z`, `+01:00`, `-0530`, `+01` or nothing; `None` where it is something else.
#[expect(clippy::option_option, reason = "no offset and no sense are two different answers")]
fn read_offset(text: &[u8]) -> Option<Option<i16>> {
    let (sign, mut rest) = match text {
        [] => return Some(None),
        b"Z" | b"z" => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let hours = number(&mut rest, 2, 2)?;
    rest = rest.strip_prefix(b":").unwrap_or(rest);
    let minutes = if rest.is_empty() { 0 } else { number(&mut rest, 2, 2)? };
    let fits = rest.is_empty() && hours <= 18 && minutes < 60;
    fits.then(|| i16::try_from(hours * 60 + minutes).ok().map(|east| sign * east))
}

/// A whole number of `least` to `most` digits at the front, taken off; four digits fit.
fn number(rest: &mut &[u8], least: usize, most: usize) -> Option<u16> {
    let digits = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    if digits < least {
        return None;
    }
    let (front, back) = rest.split_at(digits);
    *rest = back;
    Some(front.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_the_same_in_every_form() {
        let nine = Stamp { date: (2026, 1, 5), minute: 540, offset: None };
        for text in
            ["2026-01-05 09:00", "2026-01-05T09:00:59.999", " 5.1.2026 9:00 ", "2026/1/5 09:00"]
        {
            assert_eq!(read(text.as_bytes()), Some(nine), "{text}");
        }
        for (text, east) in [("+05:30", 330), ("-0800", -480), ("Z", 0), ("+01", 60)] {
            let stamped = format!("2026-01-05T09:00:00{text}");
            assert_eq!(read(stamped.as_bytes()), Some(Stamp { offset: Some(east), ..nine }));
        }
    }

    #[test]
    fn half_a_time_is_none() {
        let broken = [
            "",
            "2026",
            "2026-01",
            "2026-01-05 9",
            "2026-01-05 24:00",
            "2026-01-05 09:60",
            "2026-01-05 09:00 PM",
            "2026-01-05T09:00+25:00",
            "01/05/2026 09:00",
            "2026-01-05x",
        ];
        for text in broken {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
