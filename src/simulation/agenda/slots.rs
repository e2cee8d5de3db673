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
    /// Matches from the final at 1 down, the second half places: time, entry and place as one number.
    matches: Vec<u128>,
}

impl Slots {
    /// So many places, all empty.
    pub(super) fn new(places: usize) -> Slots {
        Slots { matches: vec![EMPTY; 2 * places.max(1).next_power_of_two()] }
    }

    pub(super) fn clear(&mut self) {
        self.matches.fill(EMPTY);
    }

    /// Have so many places at least.
    pub(super) fn reach(&mut self, places: usize) {
        let half = self.half();
        if places > half {
            let mut wider = Slots::new(places);
            let from = wider.half();
            wider.matches[from..from + half].copy_from_slice(&self.matches[half..]);
            for place in (1..from).rev() {
                wider.matches[place] = wider.matches[2 * place].min(wider.matches[2 * place + 1]);
            }
            *self = wider;
        }
    }

    /// The bits of the soonest time.
    #[inline]
    pub(super) fn soonest(&self) -> u64 {
        (self.matches[1] >> 64) as u64
    }

    /// Whose it is.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the place is the lowest four bytes")]
    pub(super) fn whose(&self) -> u32 {
        self.matches[1] as u32
    }

    /// When it was entered.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the entry is four bytes above the place")]
    pub(super) fn entry(&self) -> u32 {
        (self.matches[1] >> 32) as u32
    }

    /// Whether a place holds what was entered then.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the entry is four bytes above the place")]
    pub(super) fn holds(&self, place: u32, entry: u32) -> bool {
        (self.matches[self.half() + place as usize] >> 32) as u32 == entry
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

    fn half(&self) -> usize {
        self.matches.len() >> 1
    }

    #[inline]
    fn replay(&mut self, place: u32, time: u128) {
        let mut at = self.half() + place as usize;
        let mut winner = time;
        self.matches[at] = time;
        while at > 1 {
            let rival = self.matches[at ^ 1];
            // Who wins cannot be foretold, and a wrong guess would cost more than both ways.
            winner = select_unpredictable(rival < winner, rival, winner);
            at >>= 1;
            self.matches[at] = winner;
        }
    }
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
