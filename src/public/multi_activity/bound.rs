//! What no roster betters.

use super::cover::Cost;
use super::terms::{DAY, Instance};

/// What is proved of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proof {
    /// No roster without missing people costs less, by counting alone.
    pub(super) floor: i64,
    /// No roster without missing people costs less.
    pub(super) bound: i64,
}

impl Proof {
    /// By counting: contracts ask for so much work, demand takes so much, the rest spread as evenly as may be.
    pub(super) fn by_counting(instance: &Instance) -> Proof {
        let asked: i64 = instance.people.iter().map(|person| whole(person.least)).sum();
        let wanted: i64 = instance.most.iter().map(|&most| i64::from(most)).sum();
        let cells = whole(instance.days * DAY * instance.tasks).max(1);
        let left = (asked - wanted).max(0);
        let (each, rest) = (left.div_euclid(cells), left.rem_euclid(cells));
        let floor = cells * each * each + rest * (2 * each + 1);
        Proof { floor, bound: floor }
    }

    /// Whether nothing better can be found.
    pub(super) fn is_met(&self, cost: Cost) -> bool {
        cost.missing == 0 && cost.excess <= self.bound
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
