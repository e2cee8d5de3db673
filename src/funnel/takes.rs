//! How a layer's share falls on classes of complexity.
//!
//! By default the easiest class goes first, up to the most that may be taken of one class, then the next, so
//! that what remains for people is never easier than what came in: shares taken fall with complexity. Where a
//! share is larger than the most of a class, it is the most itself, and every class gives as much.

use crate::id::ComplexityId;
use crate::scenario::Takes;

/// The share of each class that is taken out of these contacts, easiest class first.
pub(super) fn rates(takes: &Takes, contacts: &[(ComplexityId, f64)], most: f64) -> Vec<f64> {
    match takes {
        Takes::Evenly(share) => vec![share.value(); contacts.len()],
        Takes::ByClass(shares) => {
            let of = |class: ComplexityId| {
                let known = shares.iter().find(|(known, _)| *known == class);
                known.map_or(0.0, |(_, share)| share.value())
            };
            contacts.iter().map(|(class, _)| of(*class)).collect()
        }
        Takes::SimpleFirst(share) => {
            let most = most.max(share.value());
            let mut wanted = share.value() * contacts.iter().map(|(_, count)| count).sum::<f64>();
            let mut rates = Vec::with_capacity(contacts.len());
            for (_, count) in contacts {
                let ended = wanted.min(most * count).max(0.0);
                rates.push(if *count > 0.0 { ended / count } else { 0.0 });
                wanted -= ended;
            }
            rates
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::units::Share;

    fn day(counts: [f64; 3]) -> Vec<(ComplexityId, f64)> {
        counts.iter().enumerate().map(|(place, &count)| (ComplexityId::at(place), count)).collect()
    }

    #[test]
    fn the_easiest_class_goes_first_up_to_the_most_of_it() {
        // 30 of 100 are wanted; of 20 easy ones 18 may go, the other 12 come from 50 moderate ones.
        let takes = Takes::SimpleFirst(Share::clamped(0.3));
        assert_eq!(rates(&takes, &day([20.0, 50.0, 30.0]), 0.9), [0.9, 0.24, 0.0]);
    }

    #[test]
    fn a_share_above_the_most_of_a_class_is_taken_of_every_class() {
        let takes = Takes::SimpleFirst(Share::clamped(0.95));
        let rates = rates(&takes, &day([20.0, 50.0, 30.0]), 0.9);
        assert!(rates.iter().all(|rate| (rate - 0.95).abs() < 1e-12), "{rates:?}");
    }

    #[test]
    fn a_class_without_contacts_gives_none() {
        let takes = Takes::SimpleFirst(Share::clamped(0.5));
        assert_eq!(rates(&takes, &day([0.0, 0.0, 0.0]), 0.9), [0.0; 3]);
    }
}
