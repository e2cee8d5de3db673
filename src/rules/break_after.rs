//! Whoever works longer than so much has a break of so much, and never works on and on without one; a break
//! at the end of the duty is going home, not a break.

use serde::Deserialize;

use super::spell::{Spell, Spells};
use crate::units::{Minutes, Span};

/// Breaks owed by length of work. One of the two thresholds is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakAfter {
    /// Owed above this length of work.
    pub work_over_min: Option<Minutes>,
    /// Owed from this length of work on.
    pub work_from_min: Option<Minutes>,
    /// Length of all breaks together.
    pub total_min: Minutes,
    /// A pause shorter than this is no break.
    #[serde(default = "one_minute")]
    pub piece_min: Minutes,
    /// Longest time from one break to the next, shorter pauses not interrupting it.
    pub max_continuous_min: Option<Minutes>,
    /// Whether a break at the end of the duty does not count.
    #[serde(default = "yes")]
    pub not_last: bool,
    /// A break that starts earlier in the duty does not count.
    pub start_earliest_min: Option<Minutes>,
    /// A break that starts later in the duty does not count.
    pub start_latest_min: Option<Minutes>,
    /// Whether such breaks are working time, for this threshold.
    #[serde(default)]
    pub counted: bool,
}

fn one_minute() -> Minutes {
    Minutes(1)
}

fn yes() -> bool {
    true
}

impl BreakAfter {
    /// Whether a duty with so much work owes the break.
    #[must_use]
    pub fn is_owed(&self, work: Minutes) -> bool {
        self.work_over_min.is_some_and(|over| work > over)
            || self.work_from_min.is_some_and(|from| work >= from)
    }

    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut impl FnMut(Minutes)) {
        spells.all.iter().filter_map(|spell| self.shortfall(spell)).for_each(object);
    }

    /// Missing minutes of break, or where their sum suffices the overrun of the longest stretch.
    fn shortfall(&self, spell: &Spell) -> Option<Minutes> {
        let work = if self.counted {
            spell.busy.iter().map(|busy| busy.length()).sum()
        } else {
            spell.work
        };
        if !self.is_owed(work) {
            return None;
        }
        let missing = self.total_min - self.pieces(spell).map(Span::length).sum();
        if missing > Minutes(0) {
            return Some(missing);
        }
        let over = self.longest_stretch(spell) - self.max_continuous_min?;
        (over > Minutes(0)).then_some(over)
    }

    /// Pauses that count as breaks.
    fn pieces(&self, spell: &Spell) -> impl Iterator<Item = Span> {
        let opening = spell.works.first().map(|first| Span::new(spell.span.start, first.start));
        let closing = spell.works.last().map(|last| Span::new(last.end, spell.span.end));
        let between = spell.works.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start));
        let closing = closing.filter(|_| !self.not_last);
        let begin = spell.span.start;
        opening.into_iter().chain(between).chain(closing).filter(move |pause| {
            let after = pause.start.since(begin);
            pause.length() >= self.piece_min
                && self.start_earliest_min.is_none_or(|earliest| after >= earliest)
                && self.start_latest_min.is_none_or(|latest| after <= latest)
        })
    }

    fn longest_stretch(&self, spell: &Spell) -> Minutes {
        let mut longest = Minutes(0);
        let mut stretch: Option<Span> = None;
        for &work in &spell.works {
            stretch = match stretch {
                Some(before) if work.start.since(before.end) < self.piece_min => {
                    Some(Span::new(before.start, work.end))
                }
                _ => Some(work),
            };
            longest = longest.max(stretch.map_or(Minutes(0), Span::length));
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, week};
    use super::*;

    fn irish() -> BreakAfter {
        BreakAfter {
            work_over_min: Some(Minutes(270)),
            work_from_min: None,
            total_min: Minutes(15),
            piece_min: Minutes(15),
            max_continuous_min: Some(Minutes(270)),
            not_last: true,
            start_earliest_min: None,
            start_latest_min: None,
            counted: false,
        }
    }

    fn shortfall(rule: &BreakAfter, length: i64, pauses: &[(i64, i64)]) -> Option<Minutes> {
        rule.shortfall(&Spells::of_duty(&duty(540, length, pauses), &week()).all[0])
    }

    #[test]
    fn four_and_a_half_hours_need_no_break_and_a_minute_more_does() {
        assert_eq!(shortfall(&irish(), 270, &[]), None);
        assert_eq!(shortfall(&irish(), 271, &[]), Some(Minutes(15)));
    }

    #[test]
    fn a_break_that_ends_the_duty_does_not_count() {
        assert_eq!(shortfall(&irish(), 300, &[(285, 15)]), Some(Minutes(15)));
        assert_eq!(shortfall(&irish(), 300, &[(100, 15)]), None);
    }

    #[test]
    fn a_stretch_of_275_minutes_after_the_break_is_five_too_long() {
        assert_eq!(shortfall(&irish(), 390, &[(100, 15)]), Some(Minutes(5)));
    }

    #[test]
    fn a_short_pause_does_not_interrupt_the_stretch() {
        assert_eq!(shortfall(&irish(), 400, &[(100, 15), (300, 10)]), Some(Minutes(15)));
    }

    #[test]
    fn a_break_that_starts_too_late_does_not_count() {
        let latest = BreakAfter { start_latest_min: Some(Minutes(200)), ..irish() };
        assert_eq!(shortfall(&latest, 400, &[(200, 15)]), None);
        assert_eq!(shortfall(&latest, 400, &[(201, 15)]), Some(Minutes(15)));
    }

    #[test]
    fn a_threshold_reached_counts_where_the_law_says_from() {
        let from = BreakAfter { work_over_min: None, work_from_min: Some(Minutes(360)), ..irish() };
        assert_eq!(shortfall(&from, 359, &[]), None);
        assert_eq!(shortfall(&from, 360, &[]), Some(Minutes(15)));
    }
}
