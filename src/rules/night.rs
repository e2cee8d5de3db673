//! Whoever works much of the night works on average no longer than so much a night.

use std::sync::Arc;

use serde::Deserialize;

use super::pack::Window;
use super::spell::{Spell, Spells};
use crate::calendar::Calendar;
use crate::units::{Minutes, Span};

/// A ceiling on the length of night work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Night {
    /// The night on the wall.
    pub window: Window,
    /// A duty with so much work in the night is night work.
    pub worker_min: Minutes,
    /// Night workers do at least this share of all their work in the night; none: any night work makes one.
    pub worker_share_percent: Option<u8>,
    /// Most working time of a duty of night work, on average.
    pub avg_limit_min: Minutes,
    /// Most working time of any duty of night work.
    pub most_min: Option<Minutes>,
    /// Length of the reference period in months; the file is taken for it.
    pub ref_months: Option<u16>,
    /// The same in weeks.
    pub ref_weeks: Option<u16>,
}

impl Night {
    /// Days of the reference period; none given: none.
    #[must_use]
    pub fn period_days(&self) -> usize {
        let weeks = self.ref_weeks.map(|weeks| usize::from(weeks) * 7);
        weeks.or(self.ref_months.map(|months| usize::from(months) * 30)).unwrap_or(0)
    }

    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        let mut all = Minutes(0);
        let mut at_night = Minutes(0);
        let mut night_work = Minutes(0);
        let mut nights = 0;
        for spell in spells.all.iter().filter(|spell| self.counts(spell, spells)) {
            let in_window = self.in_window(spell, spells.calendar);
            all += spell.work;
            at_night += in_window;
            if in_window >= self.worker_min {
                let over = self.most_min.map_or(Minutes(0), |most| spell.work - most);
                if over > Minutes(0) {
                    object(over);
                }
                night_work += spell.work;
                nights += 1;
            }
        }
        let share = self.worker_share_percent.map_or(0, i64::from);
        if nights == 0 || at_night.0 * 100 < all.0 * share {
            return;
        }
        let over = night_work.0 - self.avg_limit_min.0 * nights;
        if over > 0 {
            object(Minutes((over + nights - 1).div_euclid(nights)));
        }
    }

    /// Whether a spell lies in the reference period that ends with the days judged.
    fn counts(&self, spell: &Spell, spells: &Spells<'_>) -> bool {
        let (Some(fresh), Some(months)) = (spells.fresh, self.ref_months) else { return true };
        spell.span.start >= fresh.end - Minutes::hours(24 * 30) * i64::from(months)
    }

    /// Whether any of these spells is night work.
    pub(super) fn touches(&self, spells: &[Arc<Spell>], calendar: &Calendar) -> bool {
        spells.iter().any(|spell| self.in_window(spell, calendar) > Minutes(0))
    }

    /// Work of a spell between the hours of the night on the wall.
    fn in_window(&self, spell: &Spell, calendar: &Calendar) -> Minutes {
        clock_windows(self.window, spell.span, calendar)
            .map(|window| spell.works.iter().map(|work| work.overlap(window)).sum())
            .sum()
    }
}

/// Each day's window that may meet a stretch of time.
pub(super) fn clock_windows(
    window: Window,
    stretch: Span,
    calendar: &Calendar,
) -> impl Iterator<Item = Span> {
    let first = calendar.local(stretch.start).date.plus(-1);
    let days = calendar.local(stretch.end).date.days_since(first);
    let wraps = i64::from(window.to <= window.from);
    (0..=days).map(move |day| {
        let date = first.plus(day);
        Span::new(calendar.at(date, window.from), calendar.at(date.plus(wraps), window.to))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::calendar::ClockTime;
    use crate::duty::Duty;

    fn objections(duties: Vec<Duty>) -> Vec<Minutes> {
        let rule = Night {
            window: Window { from: ClockTime(0), to: ClockTime(420) },
            worker_min: Minutes(180),
            worker_share_percent: Some(50),
            avg_limit_min: Minutes(480),
            most_min: None,
            ref_months: Some(2),
            ref_weeks: None,
        };
        let week = week();
        let mut found = Vec::new();
        rule.object(&Spells::of_line(&line(duties), &week), &mut |by| found.push(by));
        found
    }

    fn nights(count: i64, length: i64) -> Vec<Duty> {
        (0..count).map(|day| duty(day * 1440 + 22 * 60, length, &[(240, 30)])).collect()
    }

    #[test]
    fn eight_hours_of_work_a_night_are_just_kept() {
        assert_eq!(objections(nights(3, 510)), []);
        assert_eq!(objections(nights(3, 520)), [Minutes(10)]);
    }

    #[test]
    fn one_night_among_long_days_makes_no_night_worker() {
        let mut duties: Vec<Duty> = (0..4).map(|day| duty(day * 1440 + 540, 480, &[])).collect();
        duties.push(duty(4 * 1440 + 22 * 60, 600, &[]));
        assert_eq!(objections(duties), []);
    }
}
