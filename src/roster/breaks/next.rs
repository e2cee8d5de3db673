//! One more piece laid after those before it.

use std::collections::VecDeque;

use super::{Piece, Taste, Worth, up_to_step};

/// A piece laid: the least loss so far, and where the one before it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct State {
    pub(super) loss: f64,
    pub(super) before: usize,
}

impl State {
    pub(super) const NONE: State = State { loss: f64::INFINITY, before: 0 };
}

/// The next piece of a duty, with the bounds on the work before it.
pub(super) struct Next<'a> {
    pub(super) piece: &'a Piece,
    /// When the duty starts.
    pub(super) start: i64,
    pub(super) shortest: i64,
    pub(super) longest: i64,
    pub(super) worth: &'a Worth,
    pub(super) taste: Taste,
    /// Kept free of breaks.
    pub(super) taken: Option<(i64, i64)>,
}

impl Next<'_> {
    /// The least loss by where the piece ends, given the same for the one before.
    pub(super) fn after_even_work(&self, before: &[State]) -> Vec<State> {
        let mut states = vec![State::NONE; before.len()];
        let laid = before.iter().enumerate().filter(|(_, state)| state.loss < f64::INFINITY);
        for (place, state) in laid {
            let from = self.minute(place);
            let mut begins = from + up_to_step(self.shortest, self.taste.step);
            while begins <= from + self.longest && begins <= self.piece.latest {
                let ends = self.place_after(begins);
                if ends >= states.len() {
                    break;
                }
                if let Some(rested) = self.rested(begins) {
                    let (worked, resumed) = (self.start + from, self.start + begins);
                    let worked = self.taste.price_between(worked, resumed, self.taken);
                    let loss = state.loss + rested + worked;
                    if loss < states[ends].loss {
                        states[ends] = State { loss, before: place };
                    }
                }
                begins += self.taste.step;
            }
        }
        states
    }

    /// The same where it costs nothing how long the work before the piece is: the least loss before it is that of a
    /// window, which moves on with the piece.
    pub(super) fn after_any_work(&self, before: &[State]) -> Vec<State> {
        let mut states = vec![State::NONE; before.len()];
        // Places in the window that nothing after them betters, the least first.
        let mut window: VecDeque<usize> = VecDeque::new();
        let mut begins = up_to_step(self.shortest, self.taste.step);
        let first_end = self.place_after(begins);
        for (place, state) in before.iter().enumerate() {
            // Each place is a step after the one before.
            let ends = first_end + place;
            if ends >= states.len() || begins > self.piece.latest {
                break;
            }
            while window.back().is_some_and(|&last| before[last].loss > state.loss) {
                window.pop_back();
            }
            if state.loss < f64::INFINITY {
                window.push_back(place);
            }
            while window.front().is_some_and(|&first| self.minute(first) + self.longest < begins) {
                window.pop_front();
            }
            if let (Some(&first), Some(rested)) = (window.front(), self.rested(begins)) {
                states[ends] = State { loss: before[first].loss + rested, before: first };
            }
            begins += self.taste.step;
        }
        states
    }

    /// What is given up by resting from a minute of the duty on; none where the piece may not lie there.
    fn rested(&self, begins: i64) -> Option<f64> {
        let (from, to) = (self.start + begins, self.start + begins + self.piece.length);
        let is_clear = self.taken.is_none_or(|(away, back)| to <= away || back <= from);
        (begins >= self.piece.earliest && is_clear).then(|| self.worth.between(from, to))
    }

    fn minute(&self, place: usize) -> i64 {
        i64::try_from(place).expect("places are few") * self.taste.step
    }

    fn place_after(&self, begins: i64) -> usize {
        let ends = (begins + self.piece.length).div_euclid(self.taste.step);
        usize::try_from(ends).expect("a length")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Plan;
    use super::*;

    #[test]
    fn breaks_cost_the_same_by_both_ways_to_lay_them_where_only_worth_counts() {
        let worth: Vec<f64> = (0..60_u32).map(|place| f64::from(place * 37 % 11)).collect();
        let worth = Worth::of(&worth, &[10.0; 60], 60);
        let taste = Taste { step: 5, evenness: 0.0 };
        let pauses =
            [Piece::anywhere(15, false), Piece { latest: 300, ..Piece::anywhere(30, true) }];
        let plan = Plan { pieces: pauses.to_vec(), edge: 45, spacing: 30, longest: 200 };
        for taken in [None, Some((120, 180))] {
            let mut even = vec![State::NONE; 103];
            even[0] = State { loss: 0.0, before: 0 };
            let mut any = even.clone();
            for (count, piece) in plan.pieces.iter().enumerate() {
                let shortest = if count == 0 { plan.edge } else { plan.spacing };
                let longest = plan.longest;
                let next = Next { piece, start: 0, shortest, longest, worth: &worth, taste, taken };
                (even, any) = (next.after_even_work(&even), next.after_any_work(&any));
                assert!(even.iter().any(|state| state.loss < f64::INFINITY));
                assert_eq!(even, any, "whole numbers leave nothing to rounding");
            }
        }
    }
}
