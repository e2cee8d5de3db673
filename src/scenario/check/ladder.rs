//! Tiers, classes of complexity and the order of aims.

use std::collections::BTreeSet;

use super::super::draft::Draft;
use super::super::problem::{
    AIMS_INCOMPLETE, COMPLEXITY_TWICE, Found, POINTS_FALL, PRESENCE_TWICE, QUEUE_TWICE,
    SHIFT_TWICE, SITE_TWICE, TAKES_UNKNOWN, TIER_TWICE, found,
};
use super::super::shape::AimsShape;
use crate::id::{ComplexityId, Names};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    [ids_are_unique, tiers_take_what_exists, points_rise, aims_are_complete]
        .iter()
        .flat_map(|rule| rule(draft))
        .collect()
}

/// No two things of a kind share an id.
fn ids_are_unique(draft: &Draft) -> Vec<Found> {
    let kinds = [
        ("complexities", COMPLEXITY_TWICE),
        ("tiers", TIER_TWICE),
        ("queues", QUEUE_TWICE),
        ("shifts", SHIFT_TWICE),
        ("sites", SITE_TWICE),
        ("minimum_presence", PRESENCE_TWICE),
    ];
    let double = |(section, path, id): &(String, String, String)| {
        let (_, kind) = kinds.iter().find(|(known, _)| known == section)?;
        Some(found(
            *kind,
            draft.places.at(path),
            format!("`{id}` stands for an earlier one already"),
        ))
    };
    draft.doubles.iter().filter_map(double).collect()
}

/// Tiers take classes of complexity that exist.
fn tiers_take_what_exists(draft: &Draft) -> Vec<Found> {
    let classes: Names<ComplexityId> =
        draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id));
    let mut wrong = Vec::new();
    for tier in &draft.file.tiers {
        for cause in tier.takes.iter().filter_map(|class| classes.find(class).err()) {
            let place = draft.places.at(&format!("tiers.{}.takes", tier.id));
            wrong.push(found(TAKES_UNKNOWN, place, cause));
        }
    }
    wrong
}

/// Classes are listed easiest first.
fn points_rise(draft: &Draft) -> Vec<Found> {
    let fall = draft.file.complexities.windows(2).find(|pair| pair[1].points < pair[0].points);
    let wrong = fall.map(|pair| {
        let place = draft.places.at(&format!("complexities.{}.points", pair[1].id));
        let cause = format!("{} points come after {}", pair[1].points, pair[0].points);
        found(POINTS_FALL, place, cause)
    });
    wrong.into_iter().collect()
}

/// An order of aims names each aim once.
fn aims_are_complete(draft: &Draft) -> Vec<Found> {
    let AimsShape::Order(order) = &draft.file.aims else { return Vec::new() };
    let named: BTreeSet<_> = order.iter().collect();
    if order.len() == 5 && named.len() == 5 {
        return Vec::new();
    }
    let cause = format!("the order names {} of 5 aims in {} entries", named.len(), order.len());
    vec![found(AIMS_INCOMPLETE, draft.places.at("aims"), cause)]
}
