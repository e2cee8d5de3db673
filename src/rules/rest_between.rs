//! Nobody returns to work sooner than the daily rest after a duty ends, and every 24 hours from the start of a
//! duty hold that rest in one piece.

use std::sync::Arc;

use serde::Deserialize;

use super::night::clock_windows;
use super::pack::Window;
use super::spell::{Spell, Spells};
use crate::calendar::ClockTime;
use crate::units::{Minutes, Moment, Span};

/// Rest between two duties.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestBetween {
    /// How long.
    pub min: Minutes,
    /// The rest also lies within so long from the start of each duty.
    pub within_min: Option<Minutes>,
    /// Whether only that is asked, and not so much between any two duties.
    #[serde(default)]
    pub only_within: bool,
    /// Two duties with no more work than this together need no such rest between them.
    pub unless_work_up_to_min: Option<Minutes>,
    /// A shorter rest that is allowed now and then.
    pub reducible: Option<Reducible>,
    /// More rest after night work.
    pub after_night: Option<AfterNight>,
}

/// A shorter rest, now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reducible {
    /// How short.
    pub to_min: Minutes,
    /// Not again within so many times 24 hours from the end of the duty before.
    pub once_in_days: i64,
}

/// More rest after night work that ends late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterNight {
    /// The night on the wall.
    pub window: Window,
    /// A duty with more work than this in the night is meant.
    pub touch_over_min: Minutes,
    /// And that goes on in the night after this time.
    pub ends_after: ClockTime,
    /// How long the rest is.
    pub min: Minutes,
}

impl RestBetween {
    /// So much rest between any two duties.
    #[must_use]
    pub fn of(min: Minutes) -> RestBetween {
        RestBetween {
            min,
            within_min: None,
            only_within: false,
            unless_work_up_to_min: None,
            reducible: None,
            after_night: None,
        }
    }

    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        let mut shortened: Option<Moment> = None;
        for (place, spell) in spells.all.iter().enumerate() {
            let Some(missing) = self.shortfall(spells, place) else { continue };
            // Rest after night work is never shortened.
            let is_night = self.after_late_night(spells, place) > Minutes(0);
            if let Some(reducible) = self.reducible.filter(|_| !is_night) {
                let is_free = shortened.is_none_or(|before| {
                    spell.span.end.since(before) >= Minutes::hours(24) * reducible.once_in_days
                });
                if is_free && missing <= self.min - reducible.to_min {
                    shortened = Some(spell.span.end);
                    continue;
                }
            }
            object(missing);
        }
    }

    /// Minutes of rest missing after one spell.
    pub(super) fn shortfall(&self, spells: &Spells<'_>, place: usize) -> Option<Minutes> {
        let spell = &spells.all[place];
        let is_asked = |next: &&Arc<Spell>| {
            !self.only_within
                && self.unless_work_up_to_min.is_none_or(|most| spell.work + next.work > most)
        };
        let next = spells.all.get(place + 1).filter(is_asked);
        let between = next.map(|next| self.min - next.span.start.since(spell.span.end));
        let within = self.within_min.map(|within| self.min - longest_rest(spells, place, within));
        let night = self.after_late_night(spells, place);
        let missing = between.into_iter().chain(within).chain(Some(night)).max()?;
        (missing > Minutes(0)).then_some(missing)
    }

    /// Minutes missing of the longer rest after a late night; none or fewer where it is long enough.
    fn after_late_night(&self, spells: &Spells<'_>, place: usize) -> Minutes {
        let night = self.after_night.filter(|night| night.is_meant(spells, place));
        let missing = night
            .zip(spells.all.get(place + 1))
            .map(|(night, next)| night.min - next.span.start.since(spells.all[place].span.end));
        missing.unwrap_or(Minutes(0))
    }
}

impl AfterNight {
    fn is_meant(self, spells: &Spells<'_>, place: usize) -> bool {
        let spell = &spells.all[place];
        let late = Window { from: self.ends_after, to: self.window.to };
        let worked = |window: Window| -> Minutes {
            clock_windows(window, spell.span, spells.calendar)
                .map(|window| spell.works.iter().map(|work| work.overlap(window)).sum())
                .sum()
        };
        worked(self.window) > self.touch_over_min && worked(late) > Minutes(0)
    }
}

/// The longest rest in one piece within so long of a spell's start.
fn longest_rest(spells: &Spells<'_>, place: usize, within: Minutes) -> Minutes {
    let window = Span::new(spells.all[place].span.start, spells.all[place].span.start + within);
    let mut longest = Minutes(0);
    let mut free_from: Moment = window.start;
    for busy in spells.all[place..].iter().flat_map(|spell| &spell.busy) {
        if busy.start >= window.end {
            break;
        }
        longest = longest.max(busy.start.since(free_from));
        free_from = free_from.max(busy.end);
    }
    longest.max(window.end.since(free_from))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::duty::Duty;

    fn rest() -> RestBetween {
        RestBetween { within_min: Some(Minutes(1440)), ..RestBetween::of(Minutes(660)) }
    }

    fn objections(duties: Vec<Duty>) -> Vec<Minutes> {
        let week = week();
        let mut found = Vec::new();
        rest().object(&Spells::of_line(&line(duties), &week), &mut |by| found.push(by));
        found
    }

    #[test]
    fn ten_hours_of_rest_are_an_hour_short() {
        assert_eq!(objections(vec![duty(600, 480, &[]), duty(1680, 480, &[])]), [Minutes(60)]);
    }

    #[test]
    fn eleven_hours_of_rest_are_enough() {
        assert_eq!(objections(vec![duty(600, 480, &[]), duty(1740, 480, &[])]), []);
    }

    #[test]
    fn a_duty_of_thirteen_hours_leaves_eleven_and_a_minute_more_does_not() {
        assert_eq!(objections(vec![duty(480, 780, &[])]), []);
        assert_eq!(objections(vec![duty(480, 781, &[])]), [Minutes(1)]);
    }
}
