//! What reports say of strain: bands and components of groups of five and more, formula and sources.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use super::picture::{BandBar, ExposureBar};
use super::{Cell, Column, Picture, Section, Table, words};
use crate::scenario::Scenario;
use crate::strain::{SMALLEST_GROUP, Strain, model};

/// People by band.
pub(super) fn bands(strain: &Strain, scenario: &Scenario) -> Section {
    let mut groups: Vec<BandBar> = Vec::new();
    if let Some(bands) = strain.team {
        groups.push(BandBar { label: say("whole-team"), bands });
    }
    for (tier, bands) in &strain.tiers {
        groups.push(BandBar { label: scenario.tier(*tier).title.clone(), bands: *bands });
    }
    let rows = groups.iter().map(|group| {
        let bands = group.bands;
        let counts = [bands.people(), bands.green, bands.amber, bands.red].map(Cell::Count);
        std::iter::once(Cell::text(group.label.as_str())).chain(counts).collect()
    });
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::figures("people", say("column-people")),
        Column::figures("green", say("band-green")),
        Column::figures("amber", say("band-amber")),
        Column::figures("red", say("band-red")),
    ];
    let table = (!groups.is_empty()).then(|| Table { columns, rows: rows.collect() });
    Section {
        key: "strain",
        title: say("section-strain"),
        sentences: sentences(strain, scenario),
        table,
        picture: (!groups.is_empty()).then_some(Picture::Bands(groups)),
    }
}

fn sentences(strain: &Strain, scenario: &Scenario) -> Vec<String> {
    let smallest = [("smallest", SMALLEST_GROUP.into())];
    let Some(team) = strain.team else {
        return vec![say_with("strain-team-too-small", &smallest)];
    };
    let mut said = vec![match (team.red, team.amber) {
        (0, 0) => say("strain-all-green"),
        (0, amber) => say_with("strain-no-red", &[("amber", amber.into())]),
        (red, amber) => say_with("strain-red", &[("red", red.into()), ("amber", amber.into())]),
    }];
    if let Some(most) = strain
        .components
        .iter()
        .flatten()
        .max_by(|a, b| a.points.total_cmp(&b.points))
        .filter(|component| component.points > 0.0)
    {
        said.push(say_with(
            "strain-most",
            &[
                ("component", words::component(most.name).to_lowercase().into()),
                ("mean", words::exposure(most.name, most.unit, most.mean).into()),
                ("points", fixed(most.points, 1).into()),
            ],
        ));
    }
    if strain.tiers.len() < scenario.tiers.len() {
        said.push(say_with("strain-left-out", &smallest));
    }
    said
}

/// Components with thresholds, weights and sources, and the formula.
pub(super) fn components(strain: &Strain) -> Option<Section> {
    let components = strain.components.as_ref()?;
    let rows = components.iter().map(|part| {
        let exposure = |figure| words::exposure(part.name, part.unit, figure);
        vec![
            Cell::text(words::component(part.name)),
            Cell::text(part.what),
            Cell::text(exposure(part.mean)),
            Cell::Figure(part.points, 1),
            Cell::text(exposure(part.amber)),
            Cell::text(exposure(part.red)),
            Cell::Figure(part.weight, 0),
            Cell::text(part.source),
        ]
    });
    let columns = vec![
        Column::words("component", say("column-component")),
        Column::words("what", say("column-what")),
        Column::words("mean", say("column-mean")),
        Column::figures("points", say("column-points")),
        Column::words("amber", say("column-amber-from")),
        Column::words("red", say("column-red-from")),
        Column::figures("weight", say("column-weight")),
        Column::words("source", say("column-source")),
    ];
    let bars = components.iter().map(|part| ExposureBar {
        label: words::component(part.name),
        mean: part.mean,
        thresholds: (part.green, part.amber, part.red),
        shown: words::exposure(part.name, part.unit, part.mean),
    });
    Some(Section {
        key: "strain_components",
        title: say("section-strain-components"),
        sentences: formula(),
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Exposures(bars.collect())),
    })
}

pub(super) fn formula() -> Vec<String> {
    let (bands, emotional) = (model().bands, &model().emotional);
    vec![
        say("strain-formula"),
        say_with(
            "strain-bands",
            &[("amber", fixed(bands.amber, 0).into()), ("red", fixed(bands.red, 0).into())],
        ),
        say_with(
            "strain-emotional",
            &[
                ("from", percent(emotional.from).into()),
                ("amber", percent(emotional.amber).into()),
                ("red", percent(emotional.red).into()),
            ],
        ),
        say("strain-limits"),
    ]
}
