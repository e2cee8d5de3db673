//! Rules that a scenario keeps as a whole, each a function that returns what breaks it.

mod course;
mod funnel;
mod kpis;
mod ladder;
mod people;
mod presence;
mod queues;
mod shifts;
mod sites;
mod targets;
mod volumes;

use super::draft::Draft;
use super::problem::Found;

/// Everything that is wrong with a draft beyond its single values.
pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        ladder::all,
        queues::all,
        targets::all,
        people::all,
        volumes::all,
        shifts::all,
        sites::all,
        funnel::all,
        course::all,
        kpis::all,
        presence::all,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}
