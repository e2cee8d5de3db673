//! Conflicts planted one a seed, looked at side by side.

use std::ops::Range;

use rayon::prelude::*;

/// Of how many planted conflicts the fewest rules were named: all, and those named so.
pub(crate) fn examined(
    seeds: Range<u64>,
    is_minimal: impl Fn(u64) -> bool + Sync + Send,
) -> (usize, usize) {
    let found: Vec<bool> = seeds.into_par_iter().map(is_minimal).collect();
    (found.len(), found.into_iter().filter(|minimal| *minimal).count())
}
