//! How changes are written, in a variant's file and on the command line alike.

use std::fmt;

use super::{Change, Goal, Many};
use crate::units::Minutes;

/// Most that a volume grows by, as a multiple.
const MOST_GROWTH: f64 = 100.0;

impl Change {
    /// People to hire, such as `css1=4`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn hire(text: &str) -> Result<Change, String> {
        let (tier, count) = named(text, "css1=4")?;
        let people = whole(count)?;
        Ok(Change::Hire {
            tier: tier.to_owned(),
            people,
            skills: None,
            site: None,
            contract_hours: None,
        })
    }

    /// Places to cut, such as `10%`, `3` or `css2=2`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn cut(text: &str) -> Result<Change, String> {
        match text.split_once('=') {
            Some((tier, many)) => {
                Ok(Change::Cut { tier: Some(tier.trim().to_owned()), many: many_of(many)? })
            }
            None => Ok(Change::Cut { tier: None, many: many_of(text)? }),
        }
    }

    /// More or fewer contacts, such as `+24%` or `phone=-10%`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn volume(text: &str) -> Result<Change, String> {
        match text.split_once('=') {
            Some((queue, by)) => {
                Ok(Change::Volume { queue: Some(queue.trim().to_owned()), factor: factor(by)? })
            }
            None => Ok(Change::Volume { queue: None, factor: factor(text)? }),
        }
    }

    /// Contacts that come another way, such as `phone=chat` or `phone=chat 50%`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn r#move(text: &str) -> Result<Change, String> {
        let (queue, to) = named(text, "phone=chat")?;
        let (to, share) = match to.split_once(char::is_whitespace) {
            Some((to, share)) => (to, percent(share)?),
            None => (to, 1.0),
        };
        Ok(Change::Move { queue: queue.to_owned(), to: to.to_owned(), share })
    }

    /// Opening hours, such as `chat=mon-sun 08:00-20:00`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn hours(text: &str) -> Result<Change, String> {
        let (queue, hours) = named(text, "chat=mon-sun 08:00-20:00")?;
        super::super::formats::check("weekly-hours", hours)?;
        Ok(Change::Hours { queue: queue.to_owned(), hours: hours.to_owned() })
    }

    /// A goal, such as `phone=80/30s`.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub fn target(text: &str) -> Result<Change, String> {
        let (queue, goal) = named(text, "phone=80/30s")?;
        Ok(Change::Target { queue: queue.to_owned(), goal: goal_of(goal)? })
    }
}

/// As typed on a command line.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| (1e6 * share).round() / 1e4;
        match self {
            Change::Hire { tier, people, .. } => write!(f, "hire {tier}={people}"),
            Change::Cut { tier, many } => {
                let of = tier.as_ref().map(|tier| format!("{tier}=")).unwrap_or_default();
                match many {
                    Many::People(people) => write!(f, "cut {of}{people}"),
                    Many::Share(share) => write!(f, "cut {of}{}%", percent(*share)),
                }
            }
            Change::Volume { queue, factor } => {
                let of = queue.as_ref().map(|queue| format!("{queue}=")).unwrap_or_default();
                write!(f, "volume {of}{:+}%", percent(factor - 1.0))
            }
            Change::Close { queue } => write!(f, "close {queue}"),
            Change::Move { queue, to, share } if *share < 1.0 => {
                write!(f, "move {queue}={to} {}%", percent(*share))
            }
            Change::Move { queue, to, .. } => write!(f, "move {queue}={to}"),
            Change::Hours { queue, hours } => write!(f, "hours {queue}={hours}"),
            Change::Administration { factor } => {
                write!(f, "administration {:+}%", percent(factor - 1.0))
            }
            Change::Callback { queue, share } => write!(f, "callback {queue}={}%", percent(*share)),
            Change::Target { queue, goal } => {
                write!(f, "target {queue}={}/{}m", percent(goal.share), goal.within_minutes)
            }
        }
    }
}

fn named<'t>(text: &'t str, example: &str) -> Result<(&'t str, &'t str), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim(), value.trim()))
        }
        _ => Err(format!("`{text}` lacks a name or a value; write such as {example}")),
    }
}

fn whole(text: &str) -> Result<usize, String> {
    match text.trim().parse::<usize>() {
        Ok(0) => Err("0 people change nothing; name at least 1".to_owned()),
        Ok(people) if people <= 100_000 => Ok(people),
        _ => Err(format!("`{}` is not a number of people; write such as 2", text.trim())),
    }
}

fn many_of(text: &str) -> Result<Many, String> {
    if text.trim().ends_with('%') {
        percent(text).map(Many::Share)
    } else {
        whole(text).map(Many::People)
    }
}

/// A share written as a percentage above 0 and up to 100.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().strip_suffix('%').and_then(plain);
    match number {
        Some(number) if number > 0.0 && number <= 100.0 => Ok(number / 100.0),
        _ => Err(format!(
            "`{}` is not a part; write a percentage above 0 and up to 100, such as 10%",
            text.trim()
        )),
    }
}

/// What volumes are multiplied by, written as a change with its sign.
fn factor(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let number =
        text.strip_suffix('%').filter(|digits| digits.starts_with(['+', '-'])).and_then(plain);
    let Some(number) = number else {
        return Err(format!(
            "`{text}` is not a change; write it with its sign, such as +24% or -10%"
        ));
    };
    let factor = 1.0 + number / 100.0;
    if factor <= 0.0 {
        Err(format!("{text} leaves no contacts at all; to stop a queue, close it"))
    } else if factor > MOST_GROWTH {
        Err(format!("{text} is more than a hundredfold; use at most +9900%"))
    } else {
        Ok(factor)
    }
}

/// Digits with a point, and nothing that a number may be besides, such as `nan` or `1e5`.
fn plain(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    text.parse().ok().filter(|_| is_plain)
}

/// `80/30s`: 80 % within 30 seconds.
pub(super) fn goal_of(text: &str) -> Result<Goal, String> {
    let refused = || format!("`{text}` is not a goal; write such as 80/20s, 80/2m or 90/8h");
    let (share, within) = text.split_once('/').ok_or_else(refused)?;
    let share = plain(share.trim().trim_end_matches('%')).ok_or_else(refused)?;
    if share <= 0.0 || share >= 100.0 {
        return Err(format!(
            "{share} % is no goal that can be kept; use more than 0 and less than 100"
        ));
    }
    let within = within.trim();
    let unit = within.chars().last().ok_or_else(refused)?;
    let number = plain(&within[..within.len() - unit.len_utf8()]).ok_or_else(refused)?;
    let minutes = match unit {
        's' => number / 60.0,
        'm' => number,
        'h' => number * 60.0,
        _ => return Err(refused()),
    };
    if (0.0..=Minutes(30 * 24 * 60).real()).contains(&minutes) {
        Ok(Goal { share: share / 100.0, within_minutes: minutes })
    } else {
        Err(format!("{within} is outside a wait of 0 to 720 hours"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_a_number_or_a_part_of_the_team_or_of_a_tier() {
        assert_eq!(Change::cut("10%"), Ok(Change::Cut { tier: None, many: Many::Share(0.1) }));
        let two = Change::Cut { tier: Some("css2".to_owned()), many: Many::People(2) };
        assert_eq!(Change::cut("css2=2"), Ok(two));
        for wrong in ["-5%", "0", "0%", "101%", "nan%", "", "css2=", "ten", "1.5", "css2=-1"] {
            assert!(Change::cut(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_volume_says_whether_it_grows_or_shrinks() {
        assert_eq!(Change::volume("+24%"), Ok(Change::Volume { queue: None, factor: 1.24 }));
        for wrong in [
            "24%", "NaN", "+nan%", "-100%", "-250%", "+1e9%", "+99999%", "", "phone", "phone=",
            "+%",
        ] {
            assert!(Change::volume(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_goal_says_how_many_within_how_long() {
        assert_eq!(goal_of("80/30s"), Ok(Goal { share: 0.8, within_minutes: 0.5 }));
        assert_eq!(goal_of("90%/8h"), Ok(Goal { share: 0.9, within_minutes: 480.0 }));
        for wrong in [
            "80", "80/", "/20s", "80/20", "100/20s", "0/20s", "80/€", "80/-1s", "80/9999h",
            "nan/1s",
        ] {
            assert!(goal_of(wrong).is_err(), "{wrong}");
        }
    }
}
