//! What to do when inside a stretch of work: the activities of a shift, placed best against what a slot of each
//! is worth.
//!
//! A shift of `n` slots is cut into stretches, each on one activity and at least so many slots long. With `v[n]` the
//! best worth of the first `n` slots and `v[n, a]` that of those that end on activity `a`,
//!
//! ```text
//! v[n, a] = max(v[n - 1, a] + worth[n - 1, a],  v[n - shortest] + worth of the last `shortest` slots on a)
//! v[n]    = max over a of v[n, a],   v[0] = 0
//! ```
//!
//! One walk of `n` slots prices a shift of every length; starts that follow each other are walked together.

/// Worth of what cannot be.
pub const NEVER: f32 = f32::NEG_INFINITY;

/// What each slot of each activity is worth, over a stretch of time.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    activities: usize,
    /// Fewest slots of a stretch.
    shortest: usize,
    /// First slot known.
    from: usize,
    /// How many are known.
    slots: usize,
    /// Worth by activity, then slot.
    each: Vec<f32>,
    /// Worth of the shortest stretch that begins here, by activity, then slot.
    stretch: Vec<f32>,
}

/// Room for walks, kept between them.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// `v[n]`, start by start.
    best: Vec<f32>,
    /// `v[n, a]` of the last `n`, start by start.
    ending: Vec<f32>,
}

impl Worth {
    /// Forget everything: so many slots `from` one on, none of which may be worked until written.
    pub fn reset(&mut self, activities: usize, shortest: usize, from: usize, slots: usize) {
        *self = Worth {
            activities,
            shortest: shortest.max(1),
            from,
            slots,
            each: std::mem::take(&mut self.each),
            stretch: std::mem::take(&mut self.stretch),
        };
        for room in [&mut self.each, &mut self.stretch] {
            room.clear();
            room.resize(activities * slots, NEVER);
        }
    }

    /// The slots of one activity, to write.
    pub fn activity_mut(&mut self, activity: usize) -> &mut [f32] {
        &mut self.each[activity * self.slots..(activity + 1) * self.slots]
    }

    /// Sum the shortest stretches; needed once all is written.
    pub fn sum(&mut self) {
        let Some(whole) = (self.slots + 1).checked_sub(self.shortest) else { return };
        for activity in 0..self.activities {
            let row = activity * self.slots..(activity + 1) * self.slots;
            let each = &self.each[row.clone()];
            let stretch = &mut self.stretch[row][..whole];
            stretch.copy_from_slice(&each[..whole]);
            for later in 1..self.shortest {
                for (sum, one) in stretch.iter_mut().zip(&each[later..]) {
                    *sum += one;
                }
            }
        }
    }

    /// Best worth of shifts that start at `first` and the `count - 1` slots after it, of every length up to
    /// `longest`: `count` starts to a length, length 0 first.
    ///
    /// # Panics
    /// Where the longest of them leaves the slots that are known.
    pub fn best_by_length<'a>(
        &self,
        first: usize,
        count: usize,
        longest: usize,
        walk: &'a mut Walk,
    ) -> &'a [f32] {
        let (at, shortest) = (first - self.from, self.shortest);
        walk.best.clear();
        walk.best.resize((longest + 1) * count, NEVER);
        walk.best[..count].fill(0.0);
        walk.ending.clear();
        walk.ending.resize(self.activities * count, NEVER);
        for length in shortest..=longest {
            let (before, now) = walk.best.split_at_mut(length * count);
            let before = &before[(length - shortest) * count..][..count];
            let now = &mut now[..count];
            for (activity, ending) in walk.ending.chunks_exact_mut(count).enumerate() {
                let end = activity * self.slots + at + length;
                let each = &self.each[end - 1..][..count];
                let fresh = &self.stretch[end - shortest..][..count];
                let starts = ending.iter_mut().zip(now.iter_mut()).zip(before);
                for (((ending, now), before), (each, fresh)) in starts.zip(each.iter().zip(fresh)) {
                    *ending += each;
                    raise(ending, before + fresh);
                    raise(now, *ending);
                }
            }
        }
        &walk.best
    }

    /// The activities of the best shift with this start and length; none where there is none.
    ///
    /// # Panics
    /// Where it leaves the slots that are known.
    pub fn place(&self, start: usize, length: usize) -> Option<Vec<u8>> {
        let (at, shortest) = (start - self.from, self.shortest);
        let mut best = vec![(NEVER, 0); length + 1];
        best[0].0 = 0.0;
        // Worth, and whether the stretch has just reached its shortest length.
        let mut ending = vec![(NEVER, true); (length + 1) * self.activities];
        for now in shortest..=length {
            for activity in 0..self.activities {
                let end = activity * self.slots + at + now;
                let on = ending[(now - 1) * self.activities + activity].0 + self.each[end - 1];
                let fresh = best[now - shortest].0 + self.stretch[end - shortest];
                let reached = if fresh > on { (fresh, true) } else { (on, false) };
                ending[now * self.activities + activity] = reached;
                if reached.0 > best[now].0 {
                    best[now] = (reached.0, activity);
                }
            }
        }
        if best[length].0 == NEVER {
            return None;
        }
        let mut placed = vec![0; length];
        let mut now = length;
        while now > 0 {
            let activity = best[now].1;
            let word = u8::try_from(activity).ok()?;
            let mut is_fresh = false;
            while !is_fresh {
                is_fresh = ending[now * self.activities + activity].1;
                let back = if is_fresh { shortest } else { 1 };
                placed[now - back..now].fill(word);
                now -= back;
            }
        }
        Some(placed)
    }
}

/// Raise to another worth where that is more.
#[inline]
pub fn raise(best: &mut f32, other: f32) {
    if other > *best {
        *best = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(rows: &[Vec<f32>], shortest: usize, spare: usize) -> Worth {
        let mut worth = Worth::default();
        let slots = rows[0].len();
        worth.reset(rows.len(), shortest, 10, slots + spare);
        for (activity, row) in rows.iter().enumerate() {
            worth.activity_mut(activity)[..slots].copy_from_slice(row);
        }
        worth.sum();
        worth
    }

    /// Every way to cut the slots into stretches, tried.
    fn tried(rows: &[Vec<f32>], shortest: usize, from: usize, to: usize) -> f32 {
        if from == to {
            return 0.0;
        }
        let mut best = NEVER;
        for end in from + shortest..=to {
            for row in rows {
                let here: f32 = row[from..end].iter().sum();
                raise(&mut best, here + tried(rows, shortest, end, to));
            }
        }
        best
    }

    #[test]
    fn an_hour_on_each_of_two_activities_is_placed_where_it_is_worth_most() {
        let rows = [vec![1.0; 8], [vec![0.0; 4], vec![3.0; 4]].concat()];
        let worth = worth(&rows, 4, 0);
        assert_eq!(worth.place(10, 8), Some(vec![0, 0, 0, 0, 1, 1, 1, 1]));

        assert_eq!(worth.place(10, 3), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_best_shift_is_the_best_of_all_ways_to_cut_it(
            cells in prop::collection::vec(-4i16..5, 3 * 13),
            shortest in 1usize..5,
            activities in 1usize..4,
        ) {
            let rows: Vec<Vec<f32>> =
                cells.chunks(13).take(activities).map(|row| row.iter().map(|&it| f32::from(it)).collect()).collect();
            let worth = worth(&rows, shortest, 12);
            let mut walk = Walk::default();
            let best = worth.best_by_length(10, 3, 10, &mut walk).to_vec();
            for start in 0..3 {
                for length in 0..=10 {
                    let by_hand = tried(&rows, shortest, start, start + length);
                    prop_assert_eq!(best[length * 3 + start], by_hand);
                    let placed = worth.place(10 + start, length);
                    prop_assert_eq!(placed.is_some(), by_hand > NEVER);
                    if let Some(placed) = placed {
                        let sum: f32 = placed.iter().zip(start..).map(|(&on, slot)| rows[usize::from(on)][slot]).sum();
                        prop_assert_eq!(sum, by_hand);
                        let is_long = placed.chunk_by(|one, next| one == next).all(|run| run.len() >= shortest);
                        prop_assert!(is_long);
                    }
                }
            }
        }
    }
}
