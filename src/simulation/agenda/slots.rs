//! The soonest of many times, each in a place of its own: a tournament whose every match is played again on
//! the way up from a place that changes (a winner tree; Knuth, volume 3, 5.4.1).

use std::hint::select_unpredictable;

/// Later than any time.
pub(super) const NEVER: u64 = u64::MAX;

/// Who meets in a match: a time, and who entered it when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rival {
    /// The time's bits.
    bits: u64,
    /// When it was entered, above the place it is for.
    name: u64,
}

/// No time at all, after every time there is.
const EMPTY: Rival = Rival { bits: NEVER, name: u64::MAX };

/// Times by place; of equal times the one that was entered first is sooner.
#[derive(Debug)]
pub(super) struct Slots {
    /// Who meets whom: the final at 1, whose rivals won the matches at 2 and 3, and so on down to places.
    matches: Vec<[Rival; 2]>,
    winner: Rival,
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

    /// The bits of the soonest time.
    #[inline]
    pub(super) fn soonest(&self) -> u64 {
        self.winner.bits
    }

    /// Whose it is.
    #[inline]
    pub(super) fn whose(&self) -> u32 {
        self.winner.place()
    }

    /// When it was entered.
    #[inline]
    pub(super) fn entry(&self) -> u32 {
        self.winner.entry()
    }

    /// Whether a place holds what was entered then.
    #[inline]
    pub(super) fn holds(&self, place: u32, entry: u32) -> bool {
        let at = self.matches.len() + place as usize;
        self.matches[at >> 1][at & 1].entry() == entry
    }

    /// Put a time in a place.
    #[inline]
    pub(super) fn set(&mut self, place: u32, bits: u64, entry: u32) {
        let name = u64::from(entry) << 32 | u64::from(place);
        self.replay(place, Rival { bits, name });
    }

    /// Leave a place empty.
    #[inline]
    pub(super) fn empty(&mut self, place: u32) {
        self.replay(place, EMPTY);
    }

    #[inline]
    fn replay(&mut self, place: u32, rival: Rival) {
        let mut at = self.matches.len() + place as usize;
        let mut winner = rival;
        while at > 1 {
            let pair = &mut self.matches[at >> 1];
            pair[at & 1] = winner;
            winner = winner.against(pair[(at & 1) ^ 1]);
            at >>= 1;
        }
        self.winner = winner;
    }
}

impl Rival {
    /// The sooner of two. Who wins cannot be foretold, and a wrong guess would cost more than both ways: so
    /// it is picked without a branch, by halves, because a pick of both at once is made a branch after all.
    #[expect(clippy::needless_bitwise_bool, reason = "the lazy operators are branches")]
    #[inline]
    fn against(self, other: Rival) -> Rival {
        let is_tie = other.bits == self.bits;
        let is_other = (other.bits < self.bits) | (is_tie & (other.name < self.name));
        Rival {
            bits: select_unpredictable(is_other, other.bits, self.bits),
            name: select_unpredictable(is_other, other.name, self.name),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the place is the lower half")]
    #[inline]
    fn place(self) -> u32 {
        self.name as u32
    }

    #[inline]
    fn entry(self) -> u32 {
        (self.name >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soonest_of_all_places_is_found_whatever_changes() {
        let mut slots = Slots::new(21);
        let mut times = [NEVER; 21];
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
            let soonest = times.iter().copied().min().unwrap();
            assert_eq!(slots.soonest(), soonest);
            assert!(soonest == NEVER || times[slots.whose() as usize] == soonest);
        }
        slots.clear();
        assert_eq!(slots.soonest(), NEVER);
    }
}
