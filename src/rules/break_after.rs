//! Whoever works longer than so much has a break of so much, and never works on and on without one; a break
//! at the end of the duty is going home, not a break.

use serde::Deserialize;

use super::spell::{Spell, Spells};
use super::{Kind, Rule};
use crate::units::{Minutes, Moment, Span};

/// Breaks owed by length of work. One of the two thresholds is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a yes or no of the law, read from its pack"
)]
pub struct BreakAfter {
    /// Owed above this length of work.
    pub work_over_min: Option<Minutes>,
    /// Owed from this length of work on.
    pub work_from_min: Option<Minutes>,
    /// Owed up to this length of work only.
    pub work_up_to_min: Option<Minutes>,
    /// Length of all breaks together.
    pub total_min: Minutes,
    /// A pause shorter than this is no break.
    #[serde(default = "one_minute")]
    pub piece_min: Minutes,
    /// A longer pause counts as this much, so that one long pause is not several.
    pub piece_counts_min: Option<Minutes>,
    /// Only this one counts of the pauses that are long enough, by their order in the duty from 1.
    pub nth: Option<usize>,
    /// Longest time from one break to the next, shorter pauses not interrupting it.
    pub max_continuous_min: Option<Minutes>,
    /// Whether a break at the end of the duty does not count.
    #[serde(default = "yes")]
    pub not_last: bool,
    /// Whether a break at the start of the duty does not count.
    #[serde(default)]
    pub not_first: bool,
    /// What counts as such a break.
    #[serde(default)]
    pub take: Take,
    /// Pauses that this rule of the pack needs do not count here too.
    pub separate_from: Option<String>,
    /// A break that starts earlier in the duty does not count.
    pub start_earliest_min: Option<Minutes>,
    /// A break that starts later in the duty does not count.
    pub start_latest_min: Option<Minutes>,
    /// A break that ends later in the duty does not count.
    pub end_latest_min: Option<Minutes>,
    /// A break that ends closer to the end of the duty does not count.
    pub end_before_end_min: Option<Minutes>,
    /// Other bounds for duties of some lengths; the first that fits holds.
    #[serde(default)]
    pub windows: Vec<BreakWindow>,
    /// Whether such breaks are working time, for this threshold.
    #[serde(default)]
    pub counted: bool,
    /// A waiver holds for duties with up to so much work; none: for all.
    pub waiver_up_to_min: Option<Minutes>,
    /// A waiver holds only where the break of this rule of the pack is taken.
    pub waiver_if_taken: Option<String>,
    /// Whether it is due as a meal rather than as minutes of break.
    #[serde(default)]
    pub is_meal: bool,
    /// An hour of pay is owed for a day without it.
    #[serde(default)]
    pub missed_hour: bool,
}

/// What counts as a break.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// Any pause, the gap of a split duty too; pauses that touch are one.
    #[default]
    Any,
    /// A break that is no meal.
    Break,
    /// A break, a meal or the gap of a split duty, each by itself.
    Either,
}

/// Where breaks lie in duties of some lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakWindow {
    /// For duties up to this long from start to end; none: for all others.
    pub span_up_to_min: Option<Minutes>,
    /// Earliest start of the break after the start of the duty.
    pub start_earliest_min: Option<Minutes>,
    /// Latest start.
    pub start_latest_min: Option<Minutes>,
    /// Latest end.
    pub end_latest_min: Option<Minutes>,
}

/// First and last places of a break in one duty, in minutes from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Earliest start.
    pub start_earliest: Option<Minutes>,
    /// Latest start.
    pub start_latest: Option<Minutes>,
    /// Latest end.
    pub end_latest: Option<Minutes>,
}

fn one_minute() -> Minutes {
    Minutes(1)
}

fn yes() -> bool {
    true
}

impl Bounds {
    /// Whether breaks may lie anywhere.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Bounds::default()
    }
}

impl BreakAfter {
    /// A break of so much above so much work, in pieces of one minute or more, not at the end of the duty.
    #[must_use]
    pub fn above(work: Minutes, total: Minutes) -> BreakAfter {
        BreakAfter {
            work_over_min: Some(work),
            work_from_min: None,
            work_up_to_min: None,
            total_min: total,
            piece_min: one_minute(),
            piece_counts_min: None,
            nth: None,
            max_continuous_min: None,
            not_last: true,
            not_first: false,
            take: Take::Any,
            separate_from: None,
            start_earliest_min: None,
            start_latest_min: None,
            end_latest_min: None,
            end_before_end_min: None,
            windows: Vec::new(),
            counted: false,
            waiver_up_to_min: None,
            waiver_if_taken: None,
            is_meal: false,
            missed_hour: false,
        }
    }

    /// Whether a duty with so much work owes the break.
    #[must_use]
    pub fn is_owed(&self, work: Minutes) -> bool {
        self.work_up_to_min.is_none_or(|most| work <= most)
            && (self.work_over_min.is_some_and(|over| work > over)
                || self.work_from_min.is_some_and(|from| work >= from))
    }

    /// Whether a waiver holds in some duties only.
    #[must_use]
    pub fn is_waived_by_duty(&self) -> bool {
        self.waiver_up_to_min.is_some() || self.waiver_if_taken.is_some()
    }

    /// Where its breaks lie in a duty so long from start to end.
    #[must_use]
    pub fn bounds(&self, span: Minutes) -> Bounds {
        let fits = |window: &&BreakWindow| window.span_up_to_min.is_none_or(|most| span <= most);
        let window = self.windows.iter().find(fits);
        let of = |pick: fn(&BreakWindow) -> Option<Minutes>| window.and_then(pick);
        let before_end = self.end_before_end_min.map(|before| span - before);
        Bounds {
            start_earliest: of(|window| window.start_earliest_min).or(self.start_earliest_min),
            start_latest: of(|window| window.start_latest_min).or(self.start_latest_min),
            end_latest: [of(|window| window.end_latest_min).or(self.end_latest_min), before_end]
                .into_iter()
                .flatten()
                .min(),
        }
    }

    /// `others` are the rules of its pack that it may name.
    pub(super) fn object(
        &self,
        spells: &Spells<'_>,
        others: Others<'_>,
        is_waived: bool,
        object: &mut dyn FnMut(Minutes),
    ) {
        for spell in spells.all.iter().filter(|spell| !spell.works.is_empty()) {
            if let Some(missing) = self.shortfall(spell, others, is_waived) {
                object(missing);
            }
        }
    }

    /// Missing minutes of break; where there are enough of them in the wrong place, how far they lie off it;
    /// where they suffice, the overrun of the longest stretch.
    fn shortfall(&self, spell: &Spell, others: Others<'_>, is_waived: bool) -> Option<Minutes> {
        if !self.is_owed(self.measure(spell)) || (is_waived && self.waiver_holds(spell, others)) {
            return None;
        }
        let missing = self.lacking(spell, others);
        if missing > Minutes(0) {
            return Some(missing);
        }
        let over = self.longest_stretch(spell) - self.max_continuous_min?;
        (over > Minutes(0)).then_some(over)
    }

    /// Work, with breaks where they are working time.
    fn measure(&self, spell: &Spell) -> Minutes {
        let resting: Minutes = spell.breaks.iter().map(|span| span.length()).sum();
        if self.counted { spell.work + resting } else { spell.work }
    }

    fn waiver_holds(&self, spell: &Spell, others: Others<'_>) -> bool {
        let resting: Minutes = spell.breaks.iter().map(|span| span.length()).sum();
        let is_short = self.waiver_up_to_min.is_none_or(|most| spell.work + resting <= most);
        let is_taken = match &self.waiver_if_taken {
            Some(id) => {
                others.find(id).is_some_and(|other| other.lacking(spell, others) <= Minutes(0))
            }
            None => true,
        };
        is_short && is_taken
    }

    fn lacking(&self, spell: &Spell, others: Others<'_>) -> Minutes {
        let bounds = self.bounds(spell.span.length());
        let worth =
            |piece: &Span| self.piece_counts_min.unwrap_or(piece.length()).min(piece.length());
        let mut rested = Minutes(0);
        let mut misplaced: Vec<(Minutes, Minutes)> = Vec::new();
        for piece in self.pieces(spell, others) {
            match bounds.off_by(piece, spell.span.start) {
                Minutes(0) => rested += worth(&piece),
                off => misplaced.push((off, worth(&piece))),
            }
        }
        let missing = self.total_min - rested;
        if missing <= Minutes(0) {
            return Minutes(0);
        }
        misplaced.sort_unstable();
        let mut off_by = Minutes(0);
        for (off, worth) in misplaced {
            off_by += off;
            rested += worth;
            if rested >= self.total_min {
                return off_by;
            }
        }
        missing
    }

    /// Pauses that may count as breaks, wherever they lie.
    fn pieces(&self, spell: &Spell, others: Others<'_>) -> Vec<Span> {
        let (Some(first), Some(last)) = (spell.works.first(), spell.works.last()) else {
            return Vec::new();
        };
        let mut pauses: Vec<Span> = match self.take {
            Take::Any => {
                let opening = Span::new(spell.span.start, first.start);
                let closing = Span::new(last.end, spell.span.end);
                let between =
                    spell.works.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start));
                std::iter::once(opening).chain(between).chain(Some(closing)).collect()
            }
            Take::Break => spell.breaks.clone(),
            Take::Either => {
                let mut all = spell.breaks.clone();
                all.extend(&spell.meals);
                all.extend(&spell.gaps);
                all.sort_unstable();
                all
            }
        };
        pauses.retain(|pause| {
            pause.length() >= self.piece_min.max(Minutes(1))
                && !(self.not_first && pause.end <= first.start)
                && !(self.not_last && pause.start >= last.end)
        });
        if let Some(other) = self.separate_from.as_ref().and_then(|id| others.find(id)) {
            let taken = other.needed(spell, others);
            pauses.retain(|pause| !taken.contains(pause));
        }
        match self.nth {
            Some(nth) => pauses.into_iter().skip(nth.saturating_sub(1)).take(1).collect(),
            None => pauses,
        }
    }

    /// The shortest of its pauses in their place that make up what it asks.
    fn needed(&self, spell: &Spell, others: Others<'_>) -> Vec<Span> {
        let bounds = self.bounds(spell.span.length());
        let mut pieces = self.pieces(spell, others);
        pieces.sort_by_key(|piece| {
            (bounds.off_by(*piece, spell.span.start), piece.length(), piece.start)
        });
        let mut left = self.total_min;
        pieces.retain(|piece| {
            let is_needed = left > Minutes(0) && self.is_owed(self.measure(spell));
            left -= self.piece_counts_min.unwrap_or(piece.length()).min(piece.length());
            is_needed
        });
        pieces
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

impl Bounds {
    /// By how much a piece lies outside, in a duty from `begin`.
    fn off_by(self, piece: Span, begin: Moment) -> Minutes {
        let (start, end) = (piece.start.since(begin), piece.end.since(begin));
        let early = self.start_earliest.map_or(Minutes(0), |earliest| earliest - start);
        let late = self.start_latest.map_or(Minutes(0), |latest| start - latest);
        let long = self.end_latest.map_or(Minutes(0), |latest| end - latest);
        Minutes(0).max(early).max(late).max(long)
    }
}

/// Break rules of the same person, for rules that name each other.
#[derive(Clone, Copy)]
pub(super) struct Others<'a>(pub(super) &'a [&'a Rule]);

impl<'a> Others<'a> {
    fn find(self, id: &str) -> Option<&'a BreakAfter> {
        self.0.iter().find(|rule| rule.id == id).and_then(|rule| match &rule.kind {
            Kind::BreakAfter(breaks) => Some(breaks),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, week};
    use super::*;

    fn irish() -> BreakAfter {
        BreakAfter {
            piece_min: Minutes(15),
            max_continuous_min: Some(Minutes(270)),
            ..BreakAfter::above(Minutes(270), Minutes(15))
        }
    }

    fn shortfall(rule: &BreakAfter, length: i64, pauses: &[(i64, i64)]) -> Option<Minutes> {
        let week = week();
        let spells = Spells::of_duty(&duty(540, length, pauses), &week);
        rule.shortfall(&spells.all[0], Others(&[]), false)
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
    fn a_break_that_starts_a_minute_too_late_is_a_minute_off() {
        let latest = BreakAfter { start_latest_min: Some(Minutes(200)), ..irish() };
        assert_eq!(shortfall(&latest, 400, &[(200, 15)]), None);
        assert_eq!(shortfall(&latest, 400, &[(201, 15)]), Some(Minutes(1)));
        assert_eq!(shortfall(&latest, 400, &[]), Some(Minutes(15)));
    }

    #[test]
    fn a_threshold_reached_counts_where_the_law_says_from() {
        let from = BreakAfter { work_over_min: None, work_from_min: Some(Minutes(360)), ..irish() };
        assert_eq!(shortfall(&from, 359, &[]), None);
        assert_eq!(shortfall(&from, 360, &[]), Some(Minutes(15)));
    }
}
