//! How much a need asks for in all, as one figure to compare needs by.

use super::{LiveNeed, Requirement};
use crate::calendar::Calendar;
use crate::id::PoolId;

/// People needed by all rows together: the most that rows without a pool in common add up to, largest first,
/// and no less than any row alone.
#[must_use]
pub fn together(rows: &[LiveNeed], interval: usize) -> f64 {
    let mut needs: Vec<(f64, &LiveNeed)> = rows
        .iter()
        .map(|row| (row.people.get(interval).map_or(0.0, |people| people.0), row))
        .collect();
    needs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut taken: Vec<PoolId> = Vec::new();
    let mut sum = 0.0;
    for (people, row) in needs {
        if row.pools.iter().all(|pool| !taken.contains(pool)) {
            taken.extend(&row.pools);
            sum += people;
        }
    }
    sum
}

impl Requirement {
    /// Hours of people that live work needs, plus hours of work with deadlines that come in.
    #[must_use]
    pub fn hours(&self, calendar: &Calendar) -> f64 {
        let live: f64 = (0..calendar.intervals())
            .map(|interval| {
                together(&self.live, interval) * calendar.interval(interval).length().in_hours()
            })
            .sum();
        let arrived = self.tickets.iter().filter_map(|need| need.arrived.last());
        live + arrived.map(|minutes| minutes.0).sum::<f64>() / 60.0
    }
}
