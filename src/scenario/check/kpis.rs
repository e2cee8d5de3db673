//! How figures are read: mixes and scorecards that are whole, reviewers who exist, bands the right way round.

use super::super::draft::Draft;
use super::super::kpis::Quality;
use super::super::problem::{
    CSAT_BACKWARDS, Found, KPI_MIX_NOT_WHOLE, KPI_MIX_UNKNOWN, REVIEWERS_MISSING,
    REVIEWERS_UNKNOWN, REVIEWS_TOO_LONG, SCORECARD_NOT_WHOLE, found,
};
use crate::id::{ComplexityId, Names, TierId};
use crate::units::Minutes;

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        reference_mix_is_whole,
        reference_mix_names_what_exists,
        bands_rise,
        scorecard_is_whole,
        reviewers_exist,
        somebody_reviews,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

/// What shares that should make 1 make instead.
fn not_one<'a>(shares: impl Iterator<Item = &'a super::super::shape::ShareShape>) -> Option<f64> {
    let sum: f64 = shares.map(|share| share.0).sum();
    ((sum - 1.0).abs() > 1e-6).then(|| (sum * 1e6).round() / 1e6)
}

fn reference_mix_is_whole(draft: &Draft) -> Vec<Found> {
    let mix = draft.file.kpis.reference_mix.as_ref();
    let wrong = mix.and_then(|mix| not_one(mix.values())).map(|sum| {
        let place = draft.places.at("kpis.reference_mix");
        found(KPI_MIX_NOT_WHOLE, place, format!("the shares sum to {sum}"))
    });
    wrong.into_iter().collect()
}

fn reference_mix_names_what_exists(draft: &Draft) -> Vec<Found> {
    let known: Names<ComplexityId> =
        draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id));
    let classes = draft.file.kpis.reference_mix.iter().flat_map(|mix| mix.keys());
    let unknown = classes.filter_map(|class| {
        let cause = known.find(class).err()?;
        let place = draft.places.at(&format!("kpis.reference_mix.{class}"));
        Some(found(KPI_MIX_UNKNOWN, place, cause))
    });
    unknown.collect()
}

fn bands_rise(draft: &Draft) -> Vec<Found> {
    let csat = &draft.file.kpis.csat;
    let bands = [
        ("base", csat.base),
        ("wait_loss", csat.wait_loss),
        ("difficult_loss", csat.difficult_loss),
    ];
    let falling = bands.into_iter().filter(|(_, [least, most])| most < least);
    falling
        .map(|(key, [least, most])| {
            let place = draft.places.at(&format!("kpis.csat.{key}"));
            found(CSAT_BACKWARDS, place, format!("{most} is below {least}"))
        })
        .collect()
}

fn scorecard_is_whole(draft: &Draft) -> Vec<Found> {
    let wrong = not_one(draft.file.quality.scorecard.values()).map(|sum| {
        let place = draft.places.at("quality.scorecard");
        found(SCORECARD_NOT_WHOLE, place, format!("the weights sum to {sum}"))
    });
    wrong.into_iter().collect()
}

fn reviewers_exist(draft: &Draft) -> Vec<Found> {
    let tiers: Names<TierId> = draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id));
    let unknown = draft.file.quality.reviewers.iter().filter_map(|tier| tiers.find(tier).err());
    let place = || draft.places.at("quality.reviewers");
    unknown.map(|cause| found(REVIEWERS_UNKNOWN, place(), cause)).collect()
}

/// Where contacts are reviewed, somebody has the time to.
fn somebody_reviews(draft: &Draft) -> Vec<Found> {
    let shape = &draft.file.quality;
    if shape.reviews_per_agent_per_week <= 0.0 || draft.people.rows.is_empty() {
        return Vec::new();
    }
    let reviews = |tier: &String| shape.reviewers.contains(tier);
    let people = &draft.people.rows;
    let reviewers = people.iter().filter(|person| reviews(&person.tier)).count();
    if reviewers == 0 {
        let place = draft.places.at("quality.reviewers");
        return vec![found(REVIEWERS_MISSING, place, "nobody is of a tier that reviews")];
    }
    let quality = Quality {
        reviews_per_agent: shape.reviews_per_agent_per_week,
        minutes_per_review: shape.minutes_per_review,
        ..Quality::default()
    };
    let blocks = quality.blocks(people.len(), reviewers);
    let owed: Minutes = blocks.iter().copied().sum();
    if blocks.len() <= MOST_BLOCKS {
        return Vec::new();
    }
    let place = draft.places.at("quality.reviews_per_agent_per_week");
    let cause = format!("each of {reviewers} reviewers would review for {owed} hours a week");
    vec![found(REVIEWS_TOO_LONG, place, cause)]
}

/// Blocks of reviews that a week of duties holds besides other off-queue work, one a duty. *Assumption.*
const MOST_BLOCKS: usize = 3;
