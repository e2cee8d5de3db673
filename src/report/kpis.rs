//! What reports say of figures: raw beside fair, with intervals, by team, tier and queue, never by person, and
//! what targets and data rest on.

use super::figures::fixed;
use super::messages::{say, say_with};
use super::picture::RawFairBar;
use super::{Cell, Column, Picture, Section, Table, words};
use crate::id::{ComplexityId, Id};
use crate::kpi::provenance::{self, Evidence};
use crate::kpi::satisfaction::Band;
use crate::kpi::{Figure, GroupKpis, Kpis, RawFair};
use crate::scenario::Scenario;
use crate::strain::SMALLEST_GROUP;

/// Figures a group of people is shown with, and those of a queue.
const OF_PEOPLE: [Figure; 4] =
    [Figure::HandleMinutes, Figure::FirstResponseInHours, Figure::Resolution, Figure::InTime];
const OF_QUEUES: [Figure; 4] =
    [Figure::HandleMinutes, Figure::FirstResponseInHours, Figure::FirstResponse, Figure::InTime];

/// Everything there is to show, for the page.
pub(super) fn sections(kpis: &Kpis, scenario: &Scenario) -> Vec<Section> {
    let own = &kpis.raw_and_fair;
    let mut people: Vec<(String, &GroupKpis)> = Vec::new();
    people.extend(own.team.iter().map(|team| (say("whole-team"), team)));
    let tier = |tier| scenario.tier(tier).title.clone();
    people.extend(own.tiers.iter().map(|(own, figures)| (tier(*own), figures)));
    let queues: Vec<(String, &GroupKpis)> = own
        .queues
        .iter()
        .map(|(queue, figures)| (scenario.queue(*queue).title.clone(), figures))
        .collect();
    let mut first = grid("raw_and_fair", say("section-raw-and-fair"), &people, &OF_PEOPLE);
    first.sentences = how_to_read(kpis, scenario);
    let mut by_queue =
        grid("raw_and_fair_by_queue", say("section-raw-and-fair-by-queue"), &queues, &OF_QUEUES);
    by_queue.sentences = vec![say("raw-fair-queues")];
    let by_queue = Some(by_queue).filter(|section| section.table.is_some());
    std::iter::once(first).chain(by_queue).chain([sources(scenario)]).collect()
}

/// The team alone, for a play in a terminal.
pub(super) fn of_team(kpis: &Kpis, scenario: &Scenario) -> Section {
    let team = kpis.raw_and_fair.team.iter().map(|team| (say("whole-team"), team));
    let team: Vec<(String, &GroupKpis)> = team.collect();
    let mut section = grid("raw_and_fair", say("section-raw-and-fair"), &team, &OF_PEOPLE);
    section.picture = None;
    section.sentences = if team.is_empty() { vec![too_few()] } else { vec![say("raw-fair-short")] };
    section.sentences.extend(warnings(scenario));
    section
}

/// The team in a sentence and what to beware of, for the one screen after planning.
pub(super) fn short(kpis: &Kpis, scenario: &Scenario) -> Vec<String> {
    let measures = kpis.raw_and_fair.team.iter().flat_map(|team| &team.measures);
    let both = measures
        .filter(|own| own.figure == Figure::HandleMinutes)
        .find_map(|own| Some((own.raw?.value, own.fair?.value)));
    let sentence = both.map(|(raw, fair)| {
        let minutes = |figure: f64| fixed(figure, 1).into();
        say_with("raw-fair-sentence", &[("raw", minutes(raw)), ("fair", minutes(fair))])
    });
    sentence.into_iter().chain(warnings(scenario)).collect()
}

fn too_few() -> String {
    say_with("raw-fair-too-few", &[("smallest", SMALLEST_GROUP.into())])
}

fn how_to_read(kpis: &Kpis, scenario: &Scenario) -> Vec<String> {
    let own = &kpis.raw_and_fair;
    let class = |place: usize| scenario.names.complexities.of(ComplexityId::at(place));
    let mix = own.mix.iter().enumerate().filter(|(_, share)| **share > 0.0);
    let mix: Vec<String> = mix
        .map(|(place, &share)| format!("{} {}", words::whole_percent(round(share)), class(place)))
        .collect();
    let mut said = Vec::new();
    if own.team.is_none() {
        said.push(too_few());
        return said;
    }
    said.push(say("raw-fair-how-to-read"));
    if !mix.is_empty() {
        let mix = [("mix", words::list(&mix).into())];
        said.push(match scenario.kpis.reference_mix {
            Some(_) => say_with("raw-fair-mix-given", &mix),
            None => say_with("raw-fair-mix-forecast", &mix),
        });
    }
    let absent: Vec<String> = own
        .team
        .iter()
        .flat_map(|team| &team.absent)
        .map(|&class| scenario.names.complexities.of(class).to_owned())
        .collect();
    if !absent.is_empty() {
        said.push(say_with("raw-fair-absent", &[("classes", words::list(&absent).into())]));
    }
    said.push(satisfaction_assumed(scenario));
    let bands = own.team.iter().filter_map(|team| team.satisfaction);
    if bands.flat_map(|(raw, fair)| [Some(raw), fair]).flatten().any(Band::is_at_ceiling) {
        said.push(say("satisfaction-ceiling"));
    }
    said
}

fn satisfaction_assumed(scenario: &Scenario) -> String {
    let assumed = &scenario.kpis.csat;
    let pair = |(least, most): (f64, f64)| {
        let part = |share: f64| fixed(100.0 * share, 1);
        format!("{} to {} %", part(least), part(most))
    };
    say_with(
        "satisfaction-assumed",
        &[
            ("base", pair(assumed.base).into()),
            ("wait", pair(assumed.wait_loss).into()),
            ("difficult", pair(assumed.difficult_loss).into()),
            ("most", words::whole_percent(assumed.most).into()),
        ],
    )
}

/// Shares to a tenth of a per cent, as shown.
fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

fn grid(
    key: &'static str,
    title: String,
    groups: &[(String, &GroupKpis)],
    figures: &[Figure],
) -> Section {
    let (mut rows, mut bars) = (Vec::new(), Vec::new());
    for (name, group) in groups {
        let own = |figure: &Figure| group.measures.iter().find(|own| own.figure == *figure);
        for measure in figures.iter().filter_map(own).filter(|own| own.raw.is_some()) {
            rows.push(row(name, measure));
            bars.push(RawFairBar {
                label: format!("{name}, {}", title_of(measure.figure)),
                raw: measure.raw,
                fair: measure.fair,
                is_share: measure.figure == Figure::InTime,
                is_band: false,
            });
        }
        if let Some((raw, fair)) = group.satisfaction {
            rows.push(vec![
                Cell::text(name.as_str()),
                Cell::text(say("figure-satisfaction")),
                Cell::text(band(raw)),
                fair.map_or(Cell::Nothing, |fair| Cell::text(band(fair))),
                Cell::Nothing,
            ]);
            let spread = |own: Band| crate::kpi::Estimate {
                value: f64::midpoint(own.low, own.high),
                low: own.low,
                high: own.high,
            };
            bars.push(RawFairBar {
                label: format!("{name}, {}", say("figure-satisfaction")),
                raw: Some(spread(raw)),
                fair: fair.map(spread),
                is_share: true,
                is_band: true,
            });
        }
    }
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::words("figure", say("column-figure")),
        Column::words("raw", say("column-raw")),
        Column::words("fair", say("column-fair")),
        Column::words("over_expected", say("column-over-expected")),
    ];
    Section {
        key,
        title,
        sentences: Vec::new(),
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: (!bars.is_empty()).then_some(Picture::RawFair(bars)),
    }
}

fn row(group: &str, measure: &RawFair) -> Vec<Cell> {
    let cell = |estimate| match measure.figure {
        Figure::InTime => Cell::estimated(estimate),
        _ => Cell::wait(estimate),
    };
    vec![
        Cell::text(group),
        Cell::text(title_of(measure.figure)),
        cell(measure.raw),
        cell(measure.fair),
        measure.over_expected.map_or(Cell::Nothing, |ratio| Cell::Figure(ratio.value, 3)),
    ]
}

fn title_of(figure: Figure) -> String {
    match figure {
        Figure::HandleMinutes => say("figure-handle"),
        Figure::FirstResponseInHours => say("figure-first-response-hours"),
        Figure::FirstResponse => say("figure-first-response"),
        Figure::Resolution => say("figure-resolution"),
        Figure::InTime => say("figure-in-time"),
    }
}

fn band(band: Band) -> String {
    format!("{} to {} %", fixed(100.0 * band.low, 0), fixed(100.0 * band.high, 0))
}

/// Where targets come from, and how old the data is.
fn sources(scenario: &Scenario) -> Section {
    let targets = scenario
        .queues
        .iter()
        .flat_map(|queue| queue.targets.iter().map(move |target| (queue.title.as_str(), target)));
    let rows = targets.map(|(queue, target)| {
        vec![
            Cell::text(queue),
            Cell::text(words::target(target)),
            target.source.as_deref().map_or(Cell::Nothing, Cell::text),
            Cell::text(match provenance::evidence(target) {
                Evidence::Stated => say("evidence-stated"),
                Evidence::None => say("evidence-none"),
                Evidence::RuleOfThumb => say("evidence-rule-of-thumb"),
            }),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::words("source", say("column-source")),
        Column::words("evidence", say("column-evidence")),
    ];
    let set = [("set", scenario.kpis.version.as_str().into())];
    let mut sentences = vec![say_with("kpi-set", &set)];
    if let Some(age) = provenance::data_age(scenario) {
        let mentions = [("days", days(age.days).into()), ("last", age.last.to_string().into())];
        sentences.push(say_with("data-age", &mentions));
    }
    sentences.extend(warnings(scenario));
    sentences.extend(reviews(scenario));
    Section {
        key: "targets_from",
        title: say("section-targets-from"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// Targets that nothing backs, and data grown old.
fn warnings(scenario: &Scenario) -> Vec<String> {
    let targets = || scenario.queues.iter().flat_map(|queue| &queue.targets);
    let backed = targets().filter(|it| provenance::evidence(it) == Evidence::Stated).count();
    let all = targets().count();
    let mut said = Vec::new();
    if backed < all {
        said.push(say_with("targets-unbacked", &[("count", (all - backed).into())]));
    }
    if let Some(age) = provenance::data_age(scenario).filter(|age| age.is_old) {
        let limit = days(scenario.kpis.oldest_history_days);
        let mentions = [("days", days(age.days).into()), ("limit", limit.into())];
        said.push(say_with("data-old", &mentions));
    }
    said
}

fn days(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

fn reviews(scenario: &Scenario) -> Option<String> {
    let quality = &scenario.quality;
    let lines: Vec<String> = quality
        .scorecard
        .iter()
        .map(|(line, weight)| format!("{line} {}", words::whole_percent(weight.value())))
        .collect();
    (quality.reviews_per_agent > 0.0).then(|| {
        say_with(
            "quality-reviews",
            &[
                ("reviews", fixed(quality.reviews_per_agent, 1).into()),
                ("minutes", fixed(quality.minutes_per_review, 0).into()),
                ("scorecard", words::list(&lines).into()),
            ],
        )
    })
}
