//! The person's own strain: index, band and every component, with formula, weights and sources.

use super::Mine;
use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::ExposureBar;
use crate::report::{Cell, Column, Picture, Section, Table, strain, words};
use crate::strain::{Band, model};

/// The index of the person's line in the roster at hand; nothing where they have none.
pub(super) fn strain(mine: &Mine<'_>) -> Option<Section> {
    let judged = mine.judged.as_ref()?;
    let place = judged.roster.lines.iter().position(|line| line.agent == mine.agent)?;
    let own = judged.strain.persons.get(place)?;
    let rows = model().components.iter().zip(&own.exposures).map(|(part, &exposure)| {
        let shown = |figure| words::exposure(&part.name, &part.unit, figure);
        vec![
            Cell::text(words::component(&part.name)),
            Cell::text(part.what.as_str()),
            Cell::text(shown(exposure)),
            Cell::Figure(part.weight * part.strain(exposure), 1),
            Cell::text(shown(part.green)),
            Cell::text(shown(part.amber)),
            Cell::text(shown(part.red)),
            Cell::Figure(part.weight, 0),
            Cell::text(from(&part.name)),
            Cell::text(part.source.as_str()),
        ]
    });
    let bars = model().components.iter().zip(&own.exposures).map(|(part, &exposure)| ExposureBar {
        label: words::component(&part.name),
        mean: exposure,
        thresholds: (part.green, part.amber, part.red),
        shown: words::exposure(&part.name, &part.unit, exposure),
    });
    let columns = vec![
        Column::words("component", say("column-component")),
        Column::words("what", say("column-what")),
        Column::words("exposure", say("column-your-plan")),
        Column::figures("points", say("column-points")),
        Column::words("green", say("column-green-to")),
        Column::words("amber", say("column-amber-from")),
        Column::words("red", say("column-red-from")),
        Column::figures("weight", say("column-weight")),
        Column::words("from", say("column-from")),
        Column::words("source", say("column-source")),
    ];
    let band = match own.band {
        Band::Green => say("band-green"),
        Band::Amber => say("band-amber"),
        Band::Red => say("band-red"),
    };
    let mut sentences = vec![say_with(
        "my-strain",
        &[("index", fixed(own.index, 1).into()), ("band", band.to_lowercase().into())],
    )];
    sentences.extend(strain::formula());
    Some(Section {
        key: "strain",
        title: say("section-my-strain"),
        sentences,
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Exposures(bars.collect())),
    })
}

/// What a component is worked out from.
fn from(component: &str) -> String {
    match component {
        "occupancy" | "difficult" => say("my-from-pool"),
        "short_notice" => say("my-from-notice"),
        _ => say("my-from-line-of-roster"),
    }
}
