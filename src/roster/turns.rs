//! Search by turns: some people are looked at side by side, all against the same roster, and what was found is taken
//! one after the other where it still helps. The support week and both public benchmarks are searched so; who is taken
//! up in a turn, and how better lines are found for them, is the caller's.

use rayon::prelude::*;

/// Turns taken together; a fixed number, so that threads do not change the outcome.
pub(crate) const TOGETHER: usize = 4;

/// A roster that is searched by turns.
pub(crate) trait Turns: Sync {
    /// Who is taken up, and how.
    type Turn: Sync;
    /// What was found for them.
    type Found: Send;
    /// Room to work in, one for each of the turns taken together.
    type Room: Default + Clone + Send;

    /// Look for better lines beside everybody else's; changes nothing.
    fn look(&self, turn: &Self::Turn, room: &mut Self::Room) -> Option<Self::Found>;

    /// Take what was found in some turns, as far as each still helps; whether the roster is better for it.
    fn take(&mut self, found: Vec<Option<Self::Found>>) -> bool;
}

/// Room for turns.
pub(crate) fn rooms<T: Turns>() -> Vec<T::Room> {
    vec![T::Room::default(); TOGETHER]
}

/// Take some turns together; whether the roster is better for it.
pub(crate) fn together<T: Turns>(roster: &mut T, turns: &[T::Turn], rooms: &mut [T::Room]) -> bool {
    let seen = &*roster;
    let look = |(turn, room): (&T::Turn, &mut T::Room)| seen.look(turn, room);
    let found = turns.par_iter().zip(rooms).map(look).collect();
    roster.take(found)
}

/// Everyone once.
pub(crate) fn once<T: Turns>(roster: &mut T, turns: &[T::Turn]) {
    let mut rooms = rooms::<T>();
    turns.chunks(TOGETHER).for_each(|some| {
        together(roster, some, &mut rooms);
    });
}

/// Everyone again and again until nobody alone can do better, so many turns are used up, or enough is done. Gives the
/// turns used.
pub(crate) fn in_turn<T: Turns>(
    roster: &mut T,
    turns: &[T::Turn],
    most: usize,
    is_done: &dyn Fn(&T) -> bool,
) -> usize {
    let mut rooms = rooms::<T>();
    let (mut since, mut used) = (0, 0);
    for some in turns.chunks(TOGETHER).cycle() {
        if since >= turns.len() || used >= most || is_done(roster) {
            break;
        }
        let is_better = together(roster, some, &mut rooms);
        since = if is_better { 0 } else { since + some.len() };
        used += some.len();
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that each want to be as large as the largest, one step in a turn.
    struct Numbers(Vec<i64>);

    impl Turns for Numbers {
        type Turn = usize;
        type Found = (usize, i64);
        type Room = ();

        fn look(&self, &place: &usize, (): &mut ()) -> Option<(usize, i64)> {
            let most = *self.0.iter().max()?;
            (self.0[place] < most).then(|| (place, self.0[place] + 1))
        }

        fn take(&mut self, found: Vec<Option<(usize, i64)>>) -> bool {
            let is_better = found.iter().any(Option::is_some);
            found.into_iter().flatten().for_each(|(place, number)| self.0[place] = number);
            is_better
        }
    }

    #[test]
    fn turns_end_once_nobody_alone_can_do_better() {
        let mut numbers = Numbers(vec![3, 0, 1, 2, 3, 1]);
        let used = in_turn(&mut numbers, &[0, 1, 2, 3, 4, 5], usize::MAX, &|_| false);
        assert_eq!(numbers.0, [3; 6]);
        assert!((18..=30).contains(&used), "{used}");
    }

    #[test]
    fn turns_end_when_they_are_used_up_or_enough_is_done_and_nobody_needs_none() {
        let everyone = [0, 1, 2, 3, 4, 5];
        let mut numbers = Numbers(vec![9, 0, 0, 0, 0, 0]);
        assert_eq!(in_turn(&mut numbers, &everyone, 4, &|_| false), 4);
        assert_eq!(numbers.0, [9, 1, 1, 1, 0, 0]);
        once(&mut numbers, &everyone);
        assert_eq!(numbers.0, [9, 2, 2, 2, 1, 1]);
        assert_eq!(in_turn(&mut numbers, &everyone, 100, &|numbers| numbers.0[5] > 0), 0);
        assert_eq!(in_turn(&mut numbers, &[], 100, &|_| false), 0);
    }
}
