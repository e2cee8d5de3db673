//! Nobody works longer than so much in a duty, in 24 hours, on a date, in a week or in a year.

use serde::Deserialize;

use super::spell::Spells;
use super::weeks::{day_of, weeks};
use crate::calendar::Weekday;
use crate::units::{Minutes, Span};

/// A ceiling on working time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxWork {
    /// What it is counted over.
    pub per: Per,
    /// Most working time.
    pub limit_min: Minutes,
    /// Whether breaks, meals left out, are working time.
    #[serde(default)]
    pub counts_breaks: bool,
}

/// What working time is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// A duty.
    Duty,
    /// 24 hours from the start of a duty.
    Day24,
    /// A date on the wall.
    Date,
    /// A calendar week of the pack.
    Week,
    /// A calendar year.
    Year,
}

impl MaxWork {
    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        week_start: Weekday,
        object: &mut dyn FnMut(Minutes),
    ) {
        let whole = |span: Span| span;
        let day = |span: Span| Span::new(span.start, span.start + Minutes::hours(24));
        let duties = spells.all.iter().map(|spell| spell.span);
        let stretches: Vec<Span> = match self.per {
            Per::Duty => duties.map(whole).collect(),
            Per::Day24 => duties.map(day).collect(),
            Per::Date => spells.dates().map(|date| day_of(date, spells.calendar)).collect(),
            Per::Week => weeks(spells.calendar, week_start).iter().map(|week| week.span).collect(),
            Per::Year => years(spells),
        };
        for stretch in stretches {
            let over = self.work_in(spells, stretch) - self.limit_min;
            if over > Minutes(0) {
                object(over);
            }
        }
    }

    fn work_in(&self, spells: &Spells<'_>, stretch: Span) -> Minutes {
        let breaks = if self.counts_breaks { spells.breaks_in(stretch) } else { Minutes(0) };
        spells.work_in(stretch) + breaks
    }
}

/// Calendar years in which there is work, as far as the days known reach.
fn years(spells: &Spells<'_>) -> Vec<Span> {
    let all: Vec<_> = spells.dates().collect();
    all.chunk_by(|one, other| one.year() == other.year())
        .map(|year| {
            let last = day_of(year[year.len() - 1], spells.calendar);
            Span::new(day_of(year[0], spells.calendar).start, last.end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::duty::Duty;

    fn objections(per: Per, limit: i64, duties: Vec<Duty>) -> Vec<Minutes> {
        let week = week();
        let rule = MaxWork { per, limit_min: Minutes(limit), counts_breaks: false };
        let mut found = Vec::new();
        let monday = Weekday::parse("mon").unwrap();
        rule.object(&Spells::of_line(&line(duties), &week), monday, &mut |by| found.push(by));
        found
    }

    #[test]
    fn a_break_is_not_work() {
        assert_eq!(objections(Per::Duty, 480, vec![duty(540, 510, &[(240, 30)])]), []);
        assert_eq!(objections(Per::Duty, 480, vec![duty(540, 511, &[(240, 30)])]), [Minutes(1)]);
    }

    #[test]
    fn a_late_and_an_early_duty_share_their_24_hours() {
        let late_then_early = vec![duty(14 * 60, 480, &[]), duty(33 * 60, 480, &[])];
        assert_eq!(objections(Per::Day24, 600, late_then_early), [Minutes(180)]);
    }

    #[test]
    fn five_days_of_nine_hours_exceed_forty_by_five() {
        let duties = (0..5).map(|day| duty(day * 1440 + 540, 540, &[])).collect();
        assert_eq!(objections(Per::Week, 2400, duties), [Minutes(300)]);
    }
}
