//! The soonest of many times, each in a place of its own: a tournament whose every match is played again on
//! the way up from a place that changes (a winner tree; Knuth, volume 3, 5.4.1).

use std::hint::select_unpredictable;

/// Later than any time.
pub(super) const NEVER: u64 = u64::MAX;

/// No time at all, after every time there is.
const EMPTY: u128 = u128::MAX;

/// Times by place; of equal times the one that was entered first is sooner.
#[derive(Debug)]
pub(super) struct Slots {
    /// Who meets whom: the final at 1, whose rivals won the matches at 2 and 3, and so on down to places.
    /// A rival is time, entry and place as one number.
    matches: Vec<[u128; 2]>,
    winner: u128,
}

impl Slots {
    /// So many places, all empty.
    pub(super) fn new(places: usize) -> Slots {
        Slots { matches: vec![[EMPTY; 2]; places.max(2).next_power_of_two()], winner: EMPTY }
    }

    pub(super) fn clear(&mut self) {
        self.matches.fill([EMPTY; 2]);
        self.winner = EMPTY;
    }

    /// Have so many places at least.
    pub(super) fn reach(&mut self, places: usize) {
        if places > self.matches.len() {
            let first_round = self.matches.split_off(self.matches.len() >> 1);
            *self = Slots::new(places);
            for rival in first_round.into_iter().flatten().filter(|&rival| rival != EMPTY) {
                self.replay(place_of(rival), rival);
            }
        }
    }

    /// The bits of the soonest time.
    #[inline]
    pub(super) fn soonest(&self) -> u64 {
        (self.winner >> 64) as u64
    }

    /// Whose it is.
    #[inline]
    pub(super) fn whose(&self) -> u32 {
        place_of(self.winner)
    }

    /// When it was entered.
    #[inline]
    pub(super) fn entry(&self) -> u32 {
        entry_of(self.winner)
    }

    /// Whether a place holds what was entered then.
    #[inline]
    pub(super) fn holds(&self, place: u32, entry: u32) -> bool {
        let at = self.matches.len() + place as usize;
        entry_of(self.matches[at >> 1][at & 1]) == entry
    }

    /// Put a time in a place.
    #[inline]
    pub(super) fn set(&mut self, place: u32, bits: u64, entry: u32) {
        let time = u128::from(bits) << 64;
        self.replay(place, time | u128::from(entry) << 32 | u128::from(place));
    }

    /// Leave a place empty.
    #[inline]
    pub(super) fn empty(&mut self, place: u32) {
        self.replay(place, EMPTY);
    }

    #[inline]
    fn replay(&mut self, place: u32, rival: u128) {
        let mut at = self.matches.len() + place as usize;
        let mut winner = rival;
        while at > 1 {
            let pair = &mut self.matches[at >> 1];
            let other = pair[(at & 1) ^ 1];
            pair[at & 1] = winner;
            // Who wins cannot be foretold, and a wrong guess would cost more than both ways.
            winner = select_unpredictable(other < winner, other, winner);
            at >>= 1;
        }
        self.winner = winner;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the place is the lowest four bytes")]
#[inline]
fn place_of(rival: u128) -> u32 {
    rival as u32
}

#[expect(clippy::cast_possible_truncation, reason = "the entry is the four bytes above the place")]
#[inline]
fn entry_of(rival: u128) -> u32 {
    (rival >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soonest_of_all_places_is_found_whatever_changes() {
        let mut slots = Slots::new(3);
        let mut times = vec![NEVER; 3];
        let mut state: u64 = 7;
        for entry in 0..5000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let place = (state >> 33) as usize % times.len();
            if entry % 3 == 0 {
                slots.empty(u32::try_from(place).unwrap());
                times[place] = NEVER;
            } else {
                times[place] = state >> 40;
                slots.set(u32::try_from(place).unwrap(), times[place], entry);
            }
            if entry % 97 == 0 {
                times.push(NEVER);
                slots.reach(times.len());
            }
            let soonest = times.iter().copied().min().unwrap();
            assert_eq!(slots.soonest(), soonest);
            assert!(soonest == NEVER || times[slots.whose() as usize] == soonest);
        }
        slots.clear();
        assert_eq!(slots.soonest(), NEVER);
    }
}
