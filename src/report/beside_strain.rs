//! What reports say beside strain: overload, cover, how evenly it is spread, and what played weeks ask of people.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use super::{Cell, Column, Section, Table};
use crate::kpi::Kpis;
use crate::scenario::Scenario;
use crate::strain::{Companions, OVERLOAD, PlayedFigures, REST_WITHIN, Strain};

/// What the plan adds to the picture; none for a small team.
pub(super) fn companions(strain: &Strain, scenario: &Scenario) -> Option<Section> {
    let own = strain.companions.as_ref()?;
    let rows = own.spread.iter().map(|spread| {
        let name = spread.tier.map(|tier| scenario.tier(tier).title.clone());
        vec![
            Cell::text(name.unwrap_or_else(|| say("whole-team"))),
            Cell::Count(spread.people),
            Cell::Figure(spread.range, 1),
            Cell::Figure(spread.mean_deviation, 1),
        ]
    });
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::figures("people", say("column-people")),
        Column::figures("range", say("column-range")),
        Column::figures("mean_deviation", say("column-mean-deviation")),
    ];
    Some(Section {
        key: "strain_companions",
        title: say("section-strain-companions"),
        sentences: sentences(own),
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    })
}

fn sentences(own: &Companions) -> Vec<String> {
    let mut said = vec![say_with(
        "strain-overload",
        &[("hours", fixed(own.overload_hours, 1).into()), ("limit", percent(OVERLOAD).into())],
    )];
    let share = |share: f64| [("share", percent(share).into())];
    said.extend(own.peer_cover.map(|cover| say_with("strain-peer-cover", &share(cover))));
    said.extend(own.mentor_cover.map(|cover| say_with("strain-mentor-cover", &share(cover))));
    if own.has_permanent_nights {
        said.push(say("strain-permanent-nights"));
    }
    said.push(say("strain-spread"));
    said
}

/// What the played weeks ask of people; none for a small team.
pub(super) fn played(kpis: &Kpis, scenario: &Scenario) -> Option<Section> {
    let team = kpis.played.team(scenario)?;
    let tiers = kpis.played.tiers(scenario);
    let tiers = tiers.iter().map(|(tier, own)| row(&scenario.tier(*tier).title, own));
    let rows = std::iter::once(row(&say("whole-team"), &team)).chain(tiers).collect();
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::figures("difficult_a_day", say("column-difficult-a-day")),
        Column::figures("rested_in_time", say("column-rested")),
        Column::figures("in_a_row", say("column-in-a-row")),
        Column::figures("three_in_a_row", say("column-three-in-a-row")),
        Column::figures("between_pauses", say("column-between-pauses")),
        Column::figures("beyond_90", say("column-beyond")),
        Column::figures("monotony", say("column-monotony")),
    ];
    let recovery = scenario.recovery.0;
    Some(Section {
        key: "strain_played",
        title: say("section-strain-played"),
        sentences: vec![say_with(
            "strain-played",
            &[
                ("recovery", usize::try_from(recovery).unwrap_or(0).into()),
                ("within", fixed(REST_WITHIN, 0).into()),
            ],
        )],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

fn row(group: &str, own: &PlayedFigures) -> Vec<Cell> {
    let figure = |figure: Option<f64>, places| {
        figure.map_or(Cell::Nothing, |figure| Cell::Figure(figure, places))
    };
    let three: f64 = own.runs.iter().skip(2).sum();
    vec![
        Cell::text(group),
        Cell::Figure(own.difficult_a_day, 1),
        own.rested_in_time.map_or(Cell::Nothing, Cell::Share),
        figure(own.in_a_row, 2),
        Cell::Figure(three, 1),
        figure(own.between_pauses, 0),
        own.long_stretches.map_or(Cell::Nothing, |long| Cell::Share(long[1])),
        figure(own.monotony, 2),
    ]
}
