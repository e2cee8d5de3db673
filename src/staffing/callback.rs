//! Fewer people in the peak where callers may be called back.
//!
//! Of every interval's calls the accepted share is not answered live but called within its window, in the
//! intervals of the window that ask for the fewest people first. With `without[t]` people for all calls live,
//! `live[t]` for those who do not accept and `calls[t]` for calls made back (their load over the occupancy
//! cap),
//!
//! ```text
//! people[t] = live[t] + calls[t] <= without[t]
//! ```
//!
//! so that calling back never asks for more people in any interval. Where a share of calls finds no room under
//! that bound, its interval keeps all of its people. Callers are taken to be there when they are called
//! (assumption). A callback that is offered only after a long expected wait changes nothing here: targets
//! forbid the waits on which it would rest.

/// People and load of one row by interval.
pub(super) struct Ask<'a> {
    /// People for all calls live.
    pub(super) without: &'a [f64],
    /// People for the calls of those who do not accept.
    pub(super) live: &'a [f64],
    /// People's time in the calls to be made back, by the interval they came in.
    pub(super) calls: &'a [f64],
    /// Minutes of each interval.
    pub(super) lengths: &'a [f64],
    /// Open minutes within which callers are called.
    pub(super) within: f64,
    /// Share of people's time that calls may fill.
    pub(super) cap: f64,
}

/// A hair below which work counts as placed.
const HAIR: f64 = 1e-9;

impl Ask<'_> {
    /// People by interval.
    pub(super) fn people(&self) -> Vec<f64> {
        let mut people: Vec<f64> = self.live.to_vec();
        for (slot, &load) in self.calls.iter().enumerate() {
            let mut left = load * self.lengths[slot] / self.cap;
            for place in self.window(slot) {
                let room = (self.without[place] - people[place]).max(0.0) * self.lengths[place];
                let placed = left.min(room);
                people[place] += placed / self.lengths[place];
                left -= placed;
            }
            if left > HAIR * (1.0 + load * self.lengths[slot]) {
                people[slot] = self.without[slot];
            }
        }
        people.iter().zip(self.without).map(|(people, most)| people.min(*most)).collect()
    }

    /// Intervals in which an interval's calls may be made back, those that ask for the fewest people first.
    fn window(&self, slot: usize) -> Vec<usize> {
        let mut open = 0.0;
        let mut window: Vec<usize> = (slot..self.without.len())
            .filter(|&place| self.without[place] > 0.0)
            .take_while(|&place| {
                open += self.lengths[place];
                place == slot || open <= self.within
            })
            .collect();
        window.sort_by(|&one, &other| {
            self.without[one].total_cmp(&self.without[other]).then(one.cmp(&other))
        });
        window
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(without: &[f64], live: &[f64], calls: &[f64], within: f64) -> Vec<f64> {
        let lengths = vec![30.0; without.len()];
        Ask { without, live, calls, lengths: &lengths, within, cap: 1.0 }.people()
    }

    #[test]
    fn the_calls_of_a_peak_are_made_in_the_valley_after_it() {
        // Two people's time in the peak; the valley has one to spare beyond its own calls, which stay live.
        let eased = people(&[10.0, 4.0], &[7.0, 3.0], &[2.0, 0.0], 60.0);
        assert_eq!(eased, [8.0, 4.0]);
        let at_once = people(&[10.0, 4.0], &[7.0, 3.0], &[2.0, 0.0], 30.0);
        assert_eq!(at_once, [9.0, 3.0]);
    }

    #[test]
    fn an_interval_whose_calls_find_no_room_keeps_its_people() {
        assert_eq!(people(&[3.0], &[2.5], &[1.0], 600.0), [3.0]);
    }

    proptest! {
        #[test]
        fn calling_back_never_asks_for_more(
            slots in prop::collection::vec((0.0..20.0f64, 0.0..1.0f64, 0.0..5.0f64), 1..30),
            within in 0.0..600.0f64,
        ) {
            let without: Vec<f64> = slots.iter().map(|slot| slot.0).collect();
            let live: Vec<f64> = slots.iter().map(|slot| slot.0 * slot.1).collect();
            let calls: Vec<f64> = slots.iter().map(|slot| slot.2).collect();
            let eased = people(&without, &live, &calls, within);
            prop_assert!(eased.iter().zip(&without).all(|(with, without)| with <= without));
            prop_assert!(eased.iter().zip(&live).all(|(with, live)| with >= live));
        }
    }
}
