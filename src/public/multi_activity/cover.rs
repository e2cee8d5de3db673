//! How many people are on each task when, and what that costs while it is searched.

use super::terms::{Instance, Shift};

/// What a roster comes to; fewer missing is better, whatever the excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Cost {
    /// People missing below the fewest wanted, summed over quarter hours.
    pub(super) missing: i64,
    /// Squares of people above the most wanted, summed over quarter hours.
    pub(super) excess: i64,
}

/// How many people are on each task in each quarter hour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cover {
    /// Task by task.
    pub(super) counts: Vec<u16>,
    /// What they come to.
    pub(super) cost: Cost,
    /// What one person missing weighs against excess in each cell. It grows where somebody stays missing.
    pub(super) weights: Vec<f32>,
}

/// What so many people cost where so many are wanted.
fn price(people: u16, least: u16, most: u16) -> Cost {
    let excess = i64::from(people.saturating_sub(most));
    Cost { missing: i64::from(least.saturating_sub(people)), excess: excess * excess }
}

/// What one more person is worth.
pub(super) fn gain(people: u16, least: u16, most: u16, weight: f32) -> f32 {
    if people < least {
        weight
    } else if people < most {
        0.0
    } else {
        -2.0 * f32::from(people - most) - 1.0
    }
}

impl Cover {
    /// Nobody anywhere, one missing weighing so much.
    pub(super) fn nobody(instance: &Instance, weight: f32) -> Cover {
        let wanted = instance.least.iter().map(|&least| i64::from(least)).sum();
        Cover {
            counts: vec![0; instance.least.len()],
            cost: Cost { missing: wanted, excess: 0 },
            weights: vec![weight; instance.least.len()],
        }
    }

    /// Put a shift in or take it out; what that adds to the weighted cost.
    pub(super) fn change(&mut self, instance: &Instance, shift: &Shift, by: Change) -> f32 {
        let slots = instance.slots();
        let mut added = 0.0;
        for (slot, &task) in (shift.start..).zip(&shift.tasks) {
            let cell = usize::from(task) * slots + slot;
            let (least, most) = (instance.least[cell], instance.most[cell]);
            let old = self.counts[cell];
            let new = match by {
                Change::In => old + 1,
                Change::Out => old - 1,
            };
            self.counts[cell] = new;
            let (before, after) = (price(old, least, most), price(new, least, most));
            self.cost.missing += after.missing - before.missing;
            self.cost.excess += after.excess - before.excess;
            added += match by {
                Change::In => -gain(old, least, most, self.weights[cell]),
                Change::Out => gain(new, least, most, self.weights[cell]),
            };
        }
        added
    }
}

/// A shift put in, or taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// In.
    In,
    /// Out.
    Out,
}
