//! Figures as people and files read them: one rounding, the same on every machine.

use crate::kpi::{Estimate, Judgement};
use crate::units::{Minutes, Money};

/// A figure with so many decimals; never `-0.0`, and a dash where it is no number.
pub(crate) fn fixed(figure: f64, decimals: usize) -> String {
    if !figure.is_finite() {
        return "-".to_owned();
    }
    let text = format!("{figure:.decimals$}");
    let is_zero = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// A share as per cent, `83.1 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 1))
}

/// A figure for files: six decimals are finer than anything planned, and coarse enough to repeat.
pub(crate) fn rounded(figure: f64) -> f64 {
    if figure.is_finite() { (figure * 1e6).round() / 1e6 + 0.0 } else { 0.0 }
}

/// An amount with thousands apart, `12,345.60 EUR`.
pub(crate) fn amount(money: Money, currency: &str) -> String {
    let text = money.to_string();
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    format!("{}.{cents} {currency}", thousands(whole))
}

/// An amount without cents, `12,346 EUR`.
pub(crate) fn whole_amount(money: Money, currency: &str) -> String {
    format!("{} {currency}", thousands(&fixed(money.decimal(), 0)))
}

/// Whole digits with commas between thousands.
fn thousands(whole: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut text = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Minutes as hours with thousands apart, `1,234 h`.
pub(crate) fn hours(minutes: f64) -> String {
    let text = fixed(minutes / 60.0, 1);
    let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
    format!("{}.{tenth} h", thousands(whole))
}

/// One thing a table holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Nothing,
    /// Words.
    Text(String),
    /// A whole number.
    Count(usize),
    /// A figure and how many decimals it deserves.
    Figure(f64, usize),
    /// A proportion, from 0 to 1.
    Share(f64),
    /// An amount in the scenario's currency.
    Money(Money),
    /// A length of time.
    Length(Minutes),
    /// An estimated share with its interval.
    Estimated(Estimate),
    /// An estimated length with its interval, in minutes.
    Wait(Estimate),
    /// Kept, missed or undecided.
    Verdict(Judgement),
}

impl Cell {
    /// A cell of words.
    pub fn text(words: impl Into<String>) -> Cell {
        Cell::Text(words.into())
    }

    /// An estimated share, or nothing.
    pub fn estimated(estimate: Option<Estimate>) -> Cell {
        estimate.map_or(Cell::Nothing, Cell::Estimated)
    }

    /// An estimated length, or nothing.
    pub fn wait(estimate: Option<Estimate>) -> Cell {
        estimate.map_or(Cell::Nothing, Cell::Wait)
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Nothing => "-".to_owned(),
            Cell::Text(words) => words.clone(),
            Cell::Count(count) => thousands(&count.to_string()),
            Cell::Figure(figure, decimals) => fixed(*figure, *decimals),
            Cell::Share(share) => percent(*share),
            Cell::Money(money) => {
                let text = money.to_string();
                let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
                format!("{}.{cents}", thousands(whole))
            }
            Cell::Length(length) => length.to_string(),
            Cell::Estimated(Estimate { value, low, high }) => {
                let (low, high) = (fixed(100.0 * low, 1), fixed(100.0 * high, 1));
                format!("{} ({low} to {high})", percent(*value))
            }
            Cell::Wait(Estimate { value, low, high }) => {
                format!("{} ({} to {})", fixed(*value, 1), fixed(*low, 1), fixed(*high, 1))
            }
            Cell::Verdict(judgement) => {
                format!("{} {}", sign(*judgement), super::verdict(*judgement))
            }
        }
    }

    /// As a spreadsheet reads it: plain numbers, shares from 0 to 1, no signs.
    pub fn plain(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Count(count) => count.to_string(),
            Cell::Share(share) => fixed(*share, 4),
            Cell::Money(money) => money.to_string(),
            Cell::Estimated(estimate) => fixed(estimate.value, 4),
            Cell::Wait(estimate) => fixed(estimate.value, 2),
            Cell::Verdict(judgement) => verdict_name(*judgement).to_owned(),
            Cell::Text(_) | Cell::Figure(..) | Cell::Length(_) => self.shown(),
        }
    }

    /// As a program reads it.
    pub fn value(&self) -> serde_json::Value {
        match self {
            Cell::Nothing => serde_json::Value::Null,
            Cell::Text(words) => words.as_str().into(),
            Cell::Count(count) => (*count).into(),
            Cell::Figure(figure, _) | Cell::Share(figure) => rounded(*figure).into(),
            Cell::Money(money) => money.decimal().into(),
            Cell::Length(length) => length.0.into(),
            Cell::Estimated(Estimate { value, low, high })
            | Cell::Wait(Estimate { value, low, high }) => serde_json::json!({
                "value": rounded(*value), "low": rounded(*low), "high": rounded(*high)
            }),
            Cell::Verdict(judgement) => verdict_name(*judgement).into(),
        }
    }
}

/// A verdict's name in files.
pub(crate) fn verdict_name(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Kept => "kept",
        Judgement::Missed => "missed",
        Judgement::Undecided => "undecided",
    }
}

/// A sign for a verdict, so that colour is never the only carrier.
pub(crate) fn sign(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Kept => "✓",
        Judgement::Missed => "✗",
        Judgement::Undecided => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hair_below_zero_is_zero() {
        assert_eq!(fixed(-0.004, 1), "0.0");
        assert_eq!(fixed(-0.6, 0), "-1");
        assert_eq!(fixed(f64::NAN, 1), "-");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(amount(Money(-123_456_789), "EUR"), "-1,234,567.89 EUR");
        assert_eq!(amount(Money(99_900), "EUR"), "999.00 EUR");
        assert_eq!(hours(61.0 * 60.0 * 100.0), "6,100.0 h");
    }

    #[test]
    fn an_estimate_shows_its_interval_to_people_and_its_value_to_spreadsheets() {
        let cell = Cell::Estimated(Estimate { value: 0.8312, low: 0.8193, high: 0.8421 });
        assert_eq!(cell.shown(), "83.1 % (81.9 to 84.2)");
        assert_eq!(cell.plain(), "0.8312");
    }
}
