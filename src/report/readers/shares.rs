//! How early and late duties, nights, weekends and short rests are shared, by contract hours and without names.

use super::by_group;
use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::Strip;
use crate::report::{Cell, Column, Picture, Section, Table};
use crate::review::{Facts, Kind};
use crate::scenario::Scenario;
use crate::strain::SMALLEST_GROUP;

/// Contract hours that a share is counted for: a full working week.
const FULL_WEEK: f64 = 40.0;

fn kind_in_words(kind: Kind) -> String {
    match kind {
        Kind::Early => say("kind-early"),
        Kind::Late => say("kind-late"),
        Kind::Night => say("kind-night"),
        Kind::Weekend => say("kind-weekend"),
        Kind::QuickReturn => say("kind-quick-return"),
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Early => "early",
        Kind::Late => "late",
        Kind::Night => "night",
        Kind::Weekend => "weekend",
        Kind::QuickReturn => "quick_return",
    }
}

/// One person's duties of a kind for each forty contract hours.
fn share(facts: &Facts, place: usize) -> f64 {
    let owed = facts.owed().in_hours();
    if owed > 0.0 { real(facts.kinds[place]) * FULL_WEEK / owed } else { 0.0 }
}

/// A group's duties of a kind for each forty of its contract hours.
fn mean(group: &[&Facts], place: usize) -> f64 {
    let owed: f64 = group.iter().map(|own| own.owed().in_hours()).sum();
    let count: f64 = group.iter().map(|own| real(own.kinds[place])).sum();
    if owed > 0.0 { count * FULL_WEEK / owed } else { 0.0 }
}

/// Which groups carry which kinds of duty.
pub(super) fn heat(facts: &[Facts], scenario: &Scenario) -> Option<Section> {
    let groups = by_group(facts, scenario, SMALLEST_GROUP);
    let rows = groups.iter().map(|(label, own)| {
        let figures = (0..Kind::ALL.len()).map(|place| Cell::Figure(mean(own, place), 2));
        std::iter::once(Cell::text(label.as_str())).chain(figures).collect()
    });
    let mut columns = vec![Column::words("group", say("column-group"))];
    columns.extend(Kind::ALL.map(|kind| Column::figures(name(kind), kind_in_words(kind))));
    (!groups.is_empty()).then(|| Section {
        key: "hard_hours",
        title: say("section-hard-hours"),
        sentences: vec![say("hard-hours-how-to-read")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Shades),
    })
}

/// How far the shares within a group lie apart.
pub(super) fn spread(facts: &[Facts], scenario: &Scenario) -> Option<Section> {
    let mut rows = Vec::new();
    let mut strips = Vec::new();
    for (label, own) in by_group(facts, scenario, SMALLEST_GROUP) {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            let total: usize = own.iter().map(|facts| facts.kinds[place]).sum();
            if total == 0 {
                continue;
            }
            let shares = || own.iter().map(|facts| share(facts, place));
            let least = shares().fold(f64::INFINITY, f64::min);
            let most = shares().fold(0.0, f64::max);
            let mean = mean(&own, place);
            rows.push(vec![
                Cell::text(label.as_str()),
                Cell::text(kind_in_words(kind)),
                Cell::Count(total),
                Cell::Figure(least, 2),
                Cell::Figure(mean, 2),
                Cell::Figure(most, 2),
                Cell::Figure(most - least, 2),
            ]);
            strips.push(Strip {
                label: format!("{label}, {}", kind_in_words(kind)),
                range: (least, mean, most),
                scale: (0.0, 0.0),
                mark: None,
                said: say_with(
                    "strip-shares",
                    &[
                        ("group", label.as_str().into()),
                        ("kind", kind_in_words(kind).into()),
                        ("least", fixed(least, 2).into()),
                        ("mean", fixed(mean, 2).into()),
                        ("most", fixed(most, 2).into()),
                    ],
                ),
            });
        }
    }
    let top = strips.iter().map(|strip| strip.range.2).fold(1.0, f64::max);
    for strip in &mut strips {
        strip.scale = (0.0, top);
    }
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::words("kind", say("column-kind-of-duty")),
        Column::figures("total", say("column-duties")),
        Column::figures("least", say("column-least")),
        Column::figures("mean", say("column-mean-share")),
        Column::figures("most", say("column-most")),
        Column::figures("apart", say("column-apart")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "shares",
        title: say("section-shares"),
        sentences: vec![say("shares-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: Some(Picture::Strips(strips)),
    })
}

#[expect(clippy::cast_precision_loss, reason = "duties are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}
