//! A way out by a change of somebody's own restrictions.

use super::super::super::clash::{self, Asked, Bench, Item, Relaxed};
use super::super::super::people::Frame;
use super::super::table::Part;
use super::{Between, Change, Near};
use crate::id::AgentId;
use crate::units::Minutes;

/// What giving way in somebody's restriction weighs at least, 0 where that is a matter of hours; none where nobody may.
pub(super) fn least_weight(bench: &Bench, item: Item) -> Option<i64> {
    match item {
        Item::FewestHours(_) | Item::MostHours(_) | Item::Availability(_) => Some(0),
        _ => clash::whole(bench, item).map(|way| way.weight),
    }
}

/// The mildest change of somebody's restriction that is enough.
pub(super) fn way(near: &Near, agent: AgentId, item: Item) -> Option<Between> {
    let Near { table, found, given, .. } = *near;
    let bench = &table.benches[&agent];
    let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
    let with = |milder: &Relaxed| {
        let mut given = given.clone();
        given.relaxed.insert(agent, before.and(milder));
        given
    };
    let is_enough = |milder: &Relaxed| near.frees(&with(milder), &mut found.lines.clone());
    let spans: Vec<_> = found.stretches().map(|stretch| table.span(stretch)).collect();
    // A minute of presence is worth more than any minute outside availability.
    let wanted = |frame: &Frame| {
        let duty = crate::units::Span::new(
            crate::units::Moment(frame.start),
            crate::units::Moment(frame.end),
        );
        let inside: Minutes = spans.iter().map(|span| span.overlap(duty)).sum();
        10.0 * inside.real()
    };
    let asked = Asked { is_enough: &is_enough, wanted: &wanted };
    let way = clash::mildest(bench, &before, item, &asked)?;
    Some(Between {
        given: with(&way.relaxed),
        change: Change { agent: Some(agent), ..way.change },
        weight: way.weight,
        part: Part::Own(agent, item),
    })
}
