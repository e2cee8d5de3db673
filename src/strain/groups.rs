//! Which groups a figure of strain may speak of, so that no figure tells of fewer than five people.

use crate::id::{Id, TierId};

use super::{Band, Bands, SMALLEST_GROUP};

impl Bands {
    /// Count people by band.
    pub(crate) fn of(bands: impl IntoIterator<Item = Band>) -> Bands {
        let mut count = Bands::default();
        for band in bands {
            match band {
                Band::Green => count.green += 1,
                Band::Amber => count.amber += 1,
                Band::Red => count.red += 1,
            }
        }
        count
    }

    /// Everyone counted.
    #[must_use]
    pub fn people(&self) -> usize {
        self.green + self.amber + self.red
    }
}

/// Bands of the whole team, or nothing where it is too small.
pub(super) fn team(everyone: &[(TierId, Band)]) -> Option<Bands> {
    (everyone.len() >= SMALLEST_GROUP).then(|| Bands::of(everyone.iter().map(|&(_, band)| band)))
}

/// Bands by tier, without tiers below five people, and without as many of the smallest others as it takes for
/// the people left out to be five or more: what the team's figure leaves when the tiers shown are taken away
/// then speaks of five people too.
pub(super) fn tiers(everyone: &[(TierId, Band)], tiers: usize) -> Vec<(TierId, Bands)> {
    let all = (0..tiers).map(TierId::at).map(|tier| {
        (tier, Bands::of(everyone.iter().filter(|(own, _)| *own == tier).map(|&(_, band)| band)))
    });
    let (mut shown, hidden): (Vec<_>, Vec<_>) =
        all.partition(|(_, bands)| bands.people() >= SMALLEST_GROUP);
    let mut left_out: usize = hidden.iter().map(|(_, bands)| bands.people()).sum();
    while (1..SMALLEST_GROUP).contains(&left_out) {
        let smallest = shown.iter().enumerate().min_by_key(|(_, (_, bands))| bands.people());
        let Some((place, _)) = smallest else { break };
        left_out += shown.remove(place).1.people();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(sizes: &[usize]) -> Vec<(TierId, Band)> {
        let of_tier = |(tier, &size): (usize, &usize)| {
            (0..size).map(move |person| {
                (TierId::at(tier), [Band::Green, Band::Red][person.rem_euclid(2)])
            })
        };
        sizes.iter().enumerate().flat_map(of_tier).collect()
    }

    fn shown(sizes: &[usize]) -> Vec<usize> {
        tiers(&people(sizes), sizes.len()).iter().map(|(tier, _)| tier.index()).collect()
    }

    #[test]
    fn four_people_have_no_figure_and_five_have() {
        assert_eq!(team(&people(&[4])), None);
        assert_eq!(team(&people(&[5])), Some(Bands { green: 3, amber: 0, red: 2 }));
    }

    #[test]
    fn one_small_tier_takes_the_smallest_shown_one_with_it() {
        assert_eq!(shown(&[12, 8, 2]), [0]);
    }

    #[test]
    fn two_small_tiers_that_make_five_hide_each_other() {
        assert_eq!(shown(&[12, 8, 3, 2]), [0, 1]);
    }

    #[test]
    fn a_team_without_small_tiers_shows_them_all() {
        assert_eq!(shown(&[5, 6, 7]), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn no_figure_shown_or_worked_out_by_difference_tells_of_fewer_than_five(
            sizes in prop::collection::vec(0usize..12, 1..7),
        ) {
            let everyone = people(&sizes);
            let shown = tiers(&everyone, sizes.len());
            prop_assert!(shown.iter().all(|(_, bands)| bands.people() >= SMALLEST_GROUP));
            // Whoever holds the team's figure may take any of the tiers shown away from it.
            if let Some(team) = team(&everyone) {
                for choice in 0u32..(1 << shown.len()) {
                    let taken: usize = shown
                        .iter()
                        .enumerate()
                        .filter(|(place, _)| choice & (1 << place) != 0)
                        .map(|(_, (_, bands))| bands.people())
                        .sum();
                    let left = team.people() - taken;
                    prop_assert!(left == 0 || left >= SMALLEST_GROUP);
                }
            }
        }
    }
}
