//! Draws that depend on the seed and the place alone.

/// Steps between draws, and between places.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
const PLACE: u64 = 0xD134_2543_DE82_EF95;

/// A stream of draws (`SplitMix64`, Steele, Lea & Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Draw(u64);

impl Draw {
    /// The stream of this place.
    pub(crate) fn new(seed: u64, place: usize) -> Draw {
        let mut draw = Draw(seed ^ (place as u64).wrapping_mul(PLACE));
        draw.next();
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        scrambled(self.0)
    }

    /// A whole number below the bound; 0 where that is 0.
    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below a usize")]
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// A number from 0 up to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        let bits = (self.next() >> 48) as u16;
        f32::from(bits) / 65536.0
    }

    /// A number from -1 up to 1.
    pub(crate) fn either_way(&mut self) -> f32 {
        2.0 * self.unit() - 1.0
    }
}

/// A number that depends on these three alone.
pub(super) fn mixed(seed: u64, one: u64, other: u64) -> u64 {
    let steps = one.wrapping_mul(STEP).wrapping_add(other.wrapping_mul(PLACE));
    scrambled(seed.wrapping_add(steps).wrapping_add(STEP))
}

fn scrambled(state: u64) -> u64 {
    let mut mixed = state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
