//! The contract of figures, raw and fair, within plans and plays.

use super::simulation::EstimateFile;
use crate::id::ComplexityId;
use crate::kpi::provenance::{self, Evidence};
use crate::kpi::satisfaction::Band;
use crate::kpi::{Figure, GroupKpis, Kpis};
use crate::report::figures::rounded;
use crate::report::words;
use crate::scenario::Scenario;
use crate::strain::PlayedFigures;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct KpisFile<'a> {
    set: &'a str,
    reference_mix: BTreeMap<&'a str, f64>,
    reference_mix_from: &'static str,
    team: Option<GroupFile<'a>>,
    by_queue: Vec<GroupFile<'a>>,
    by_tier: Vec<GroupFile<'a>>,
    satisfaction_assumed: AssumedFile,
    targets: Vec<TargetFile<'a>>,
    history: Option<HistoryFile>,
    quality: QualityFile<'a>,
    played: PlayedFile<'a>,
}

#[derive(Serialize)]
struct GroupFile<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<&'a str>,
    contacts: EstimateFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    backlog: Option<EstimateFile>,
    handle_minutes: RawFairFile,
    contacts_per_hour: PointsFile,
    first_response_business_minutes: RawFairFile,
    first_response_minutes: RawFairFile,
    resolution_minutes: RawFairFile,
    in_time: RawFairFile,
    satisfaction: Option<SatisfactionFile>,
    absent: Vec<&'a str>,
}

#[derive(Default, Serialize)]
struct RawFairFile {
    raw: Option<EstimateFile>,
    fair: Option<EstimateFile>,
    over_expected: Option<EstimateFile>,
}

#[derive(Serialize)]
struct PointsFile {
    raw: Option<f64>,
    fair: Option<f64>,
}

#[derive(Serialize)]
struct SatisfactionFile {
    raw: BandFile,
    fair: Option<BandFile>,
}

#[derive(Serialize)]
struct BandFile {
    low: f64,
    high: f64,
    at_ceiling: bool,
}

#[derive(Serialize)]
struct AssumedFile {
    base: (f64, f64),
    wait_loss: (f64, f64),
    difficult_loss: (f64, f64),
    most: f64,
}

#[derive(Serialize)]
struct TargetFile<'a> {
    queue: &'a str,
    target: String,
    source: Option<&'a str>,
    evidence: &'static str,
}

#[derive(Serialize)]
struct HistoryFile {
    last: String,
    days: i64,
    limit_days: i64,
    is_old: bool,
}

#[derive(Serialize)]
struct QualityFile<'a> {
    scorecard: BTreeMap<&'a str, f64>,
    reviews_per_agent_per_week: f64,
    minutes_per_review: f64,
}

#[derive(Serialize)]
struct PlayedFile<'a> {
    team: Option<PlayedFigures>,
    by_tier: BTreeMap<&'a str, PlayedFigures>,
}

/// Figures of groups with what they rest on.
pub(super) fn kpis<'a>(kpis: &Kpis, scenario: &'a Scenario) -> KpisFile<'a> {
    let own = &kpis.raw_and_fair;
    let classes = &scenario.names.complexities;
    let mix = own.mix.iter().enumerate().map(|(place, &share)| {
        let class: ComplexityId = crate::id::Id::at(place);
        (classes.of(class), rounded(share))
    });
    let group = |group| GroupFile::of(group, scenario);
    let by_queue = own.queues.iter().map(|(queue, figures)| GroupFile {
        queue: Some(scenario.names.queues.of(*queue)),
        backlog: kpis
            .queues
            .iter()
            .find(|own| own.queue == *queue)
            .map(|own| EstimateFile::of(own.backlog)),
        ..group(figures)
    });
    let by_tier = own.tiers.iter().map(|(tier, figures)| GroupFile {
        tier: Some(scenario.names.tiers.of(*tier)),
        ..group(figures)
    });
    let assumed = &scenario.kpis.csat;
    let lines = scenario.quality.scorecard.iter();
    KpisFile {
        set: &scenario.kpis.version,
        reference_mix: mix.collect(),
        reference_mix_from: match scenario.kpis.reference_mix {
            Some(_) => "scenario",
            None => "forecast",
        },
        team: own.team.as_ref().map(group),
        by_queue: by_queue.collect(),
        by_tier: by_tier.collect(),
        satisfaction_assumed: AssumedFile {
            base: assumed.base,
            wait_loss: assumed.wait_loss,
            difficult_loss: assumed.difficult_loss,
            most: assumed.most,
        },
        targets: targets(scenario),
        history: provenance::data_age(scenario).map(|age| HistoryFile {
            last: age.last.to_string(),
            days: age.days,
            limit_days: scenario.kpis.oldest_history_days,
            is_old: age.is_old,
        }),
        quality: QualityFile {
            scorecard: lines.map(|(line, weight)| (line.as_str(), weight.value())).collect(),
            reviews_per_agent_per_week: scenario.quality.reviews_per_agent,
            minutes_per_review: scenario.quality.minutes_per_review,
        },
        played: PlayedFile {
            team: kpis.played.team(scenario).map(tidy),
            by_tier: kpis
                .played
                .tiers(scenario)
                .into_iter()
                .map(|(tier, figures)| (scenario.names.tiers.of(tier), tidy(figures)))
                .collect(),
        },
    }
}

fn targets(scenario: &Scenario) -> Vec<TargetFile<'_>> {
    let of_queue = |(place, queue): (usize, &'_ crate::scenario::Queue)| {
        (0..queue.targets.len()).map(move |target| (place, target))
    };
    let all = scenario.queues.iter().enumerate().flat_map(of_queue);
    all.map(|(queue, target)| {
        let target = &scenario.queues[queue].targets[target];
        TargetFile {
            queue: scenario.names.queues.of(crate::id::Id::at(queue)),
            target: words::target(target),
            source: target.source.as_deref(),
            evidence: match provenance::evidence(target) {
                Evidence::Stated => "stated",
                Evidence::None => "none",
                Evidence::RuleOfThumb => "rule_of_thumb",
            },
        }
    })
    .collect()
}

fn tidy(figures: PlayedFigures) -> PlayedFigures {
    PlayedFigures {
        difficult_a_day: rounded(figures.difficult_a_day),
        rested_in_time: figures.rested_in_time.map(rounded),
        rest_minutes: rounded(figures.rest_minutes),
        runs: figures.runs.into_iter().map(rounded).collect(),
        in_a_row: figures.in_a_row.map(rounded),
        topic_bits: figures.topic_bits.map(rounded),
        monotony: figures.monotony.map(rounded),
        between_pauses: figures.between_pauses.map(rounded),
        long_stretches: figures.long_stretches.map(|shares| shares.map(rounded)),
    }
}

impl<'a> GroupFile<'a> {
    fn of(group: &GroupKpis, scenario: &'a Scenario) -> GroupFile<'a> {
        let measure = |which: Figure| {
            let own = group.measures.iter().find(|own| own.figure == which);
            own.map_or(RawFairFile::default(), |own| RawFairFile {
                raw: own.raw.map(EstimateFile::of),
                fair: own.fair.map(EstimateFile::of),
                over_expected: own.over_expected.map(EstimateFile::of),
            })
        };
        let an_hour = |minutes: &Option<EstimateFile>| {
            minutes.as_ref().filter(|own| own.value > 0.0).map(|own| rounded(60.0 / own.value))
        };
        let band = |band: Band| BandFile {
            low: rounded(band.low),
            high: rounded(band.high),
            at_ceiling: band.is_at_ceiling(),
        };
        let handle_minutes = measure(Figure::HandleMinutes);
        GroupFile {
            queue: None,
            tier: None,
            contacts: EstimateFile::of(group.contacts),
            backlog: None,
            contacts_per_hour: PointsFile {
                raw: an_hour(&handle_minutes.raw),
                fair: an_hour(&handle_minutes.fair),
            },
            handle_minutes,
            first_response_business_minutes: measure(Figure::FirstResponseInHours),
            first_response_minutes: measure(Figure::FirstResponse),
            resolution_minutes: measure(Figure::Resolution),
            in_time: measure(Figure::InTime),
            satisfaction: group
                .satisfaction
                .map(|(raw, fair)| SatisfactionFile { raw: band(raw), fair: fair.map(band) }),
            absent: group
                .absent
                .iter()
                .map(|&class| scenario.names.complexities.of(class))
                .collect(),
        }
    }
}
