//! How figures are read, and the blocks that reviews of quality take.

use std::collections::BTreeMap;

use super::super::draft::Draft;
use super::super::kpis::{CsatAssumptions, KpiSet, Quality};
use super::super::shape::ShareShape;
use super::super::{Agent, NameBook};
use crate::id::{ComplexityId, Id};
use crate::units::{Share, Span};

/// What blocks of reviews are called.
pub(in crate::scenario) const REVIEWS: &str = "quality reviews";

pub(super) fn kpis(draft: &Draft, names: &NameBook) -> KpiSet {
    let shape = &draft.file.kpis;
    let weights = |mix: &BTreeMap<String, ShareShape>| {
        let classes = (0..names.complexities.len()).map(ComplexityId::at);
        let weight = |class| mix.get(names.complexities.of(class)).map_or(0.0, |share| share.0);
        classes.map(weight).collect()
    };
    let pair = |[least, most]: [f64; 2]| (least, most);
    KpiSet {
        version: shape.version.clone(),
        reference_mix: shape.reference_mix.as_ref().map(weights),
        oldest_history_days: shape.oldest_history_days,
        csat: CsatAssumptions {
            base: pair(shape.csat.base),
            wait_loss: pair(shape.csat.wait_loss),
            difficult_loss: pair(shape.csat.difficult_loss),
            most: shape.csat.most,
        },
    }
}

pub(super) fn quality(draft: &Draft, names: &NameBook) -> Quality {
    let shape = &draft.file.quality;
    let lines = shape.scorecard.iter();
    Quality {
        reviews_per_agent: shape.reviews_per_agent_per_week,
        minutes_per_review: shape.minutes_per_review,
        reviewers: shape.reviewers.iter().filter_map(|id| names.tiers.find(id).ok()).collect(),
        scorecard: lines.map(|(line, weight)| (line.clone(), Share::clamped(weight.0))).collect(),
    }
}

/// Give reviewers who are there their blocks, besides what everyone owes.
pub(super) fn reserve_reviews(quality: &Quality, agents: &mut [Agent], horizon: Span) {
    let is_there = |agent: &Agent| agent.available.iter().any(|free| free.overlap(horizon).0 > 0);
    let reviews = |agent: &Agent| quality.reviewers.contains(&agent.tier) && is_there(agent);
    let reviewers = agents.iter().filter(|agent| reviews(agent)).count();
    let people = agents.iter().filter(|agent| is_there(agent)).count();
    let blocks = quality.blocks(people, reviewers);
    for agent in agents.iter_mut().filter(|agent| reviews(agent)) {
        agent.off_queue.extend(blocks.iter().map(|&length| (REVIEWS.to_owned(), length)));
    }
}
