//! Nobody returns to work sooner than the daily rest after a duty ends, and every 24 hours from the start of a
//! duty hold that rest in one piece.

use serde::Deserialize;

use super::spell::Spells;
use crate::units::{Minutes, Moment, Span};

/// Rest between two duties.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestBetween {
    /// How long.
    pub min: Minutes,
    /// The rest also lies within so long from the start of each duty.
    pub within_min: Option<Minutes>,
}

impl RestBetween {
    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut impl FnMut(Minutes)) {
        for place in 0..spells.all.len() {
            if let Some(missing) = self.shortfall(spells, place) {
                object(missing);
            }
        }
    }

    /// Minutes of rest missing after one spell.
    pub(super) fn shortfall(&self, spells: &Spells<'_>, place: usize) -> Option<Minutes> {
        let spell = &spells.all[place];
        let next = spells.all.get(place + 1);
        let between = next.map(|next| next.span.start.since(spell.span.end));
        let within = self.within_min.map(|within| longest_rest(spells, place, within));
        let rest = between.into_iter().chain(within).min()?;
        (rest < self.min).then(|| self.min - rest)
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

    const REST: RestBetween = RestBetween { min: Minutes(660), within_min: Some(Minutes(1440)) };

    fn objections(duties: Vec<Duty>) -> Vec<Minutes> {
        let week = week();
        let mut found = Vec::new();
        REST.object(&Spells::of_line(&line(duties), &week), &mut |by| found.push(by));
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
