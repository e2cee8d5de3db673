//! What the search vouches for, and the stamp of the plan.

use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table, words};
use crate::roster::{Assigned, Level, Proof};
use crate::scenario::Scenario;

/// What the search vouches for, and the plan's stamp.
pub(in crate::report) fn levels(assigned: &Assigned, scenario: &Scenario) -> Section {
    let worth = |level: &Level, figure: f64| {
        let is_money = level.aim == "cost";
        let unit = if is_money { scenario.currency.as_str() } else { level.unit.as_str() };
        format!("{} {unit}", fixed(figure, usize::from(!is_money)))
    };
    // Where nothing but "not below nothing" is proved, a gap of 100 % would say less than it seems to.
    let is_bounded = |level: &Level| level.certified || level.bound > 0.0 || level.value <= 0.0;
    let rows = assigned.levels.iter().map(|level| {
        let (bound, gap) = if is_bounded(level) {
            // What reads alike has no gap to show.
            let reads_alike = worth(level, level.value) == worth(level, level.bound);
            let gap = if reads_alike { 0.0 } else { level.gap };
            (Cell::text(worth(level, level.bound)), Cell::Share(gap))
        } else {
            (Cell::text(say("not-proved")), Cell::text(say("not-proved")))
        };
        vec![
            Cell::text(words::aim(&level.aim)),
            Cell::text(worth(level, level.value)),
            bound,
            gap,
            Cell::text(if level.certified { say("yes") } else { say("no") }),
        ]
    });
    let columns = vec![
        Column::words("aim", say("column-aim")),
        Column::words("value", say("column-value")),
        Column::words("bound", say("column-bound")),
        Column::figures("gap", say("column-gap")),
        Column::words("certified", say("column-certified")),
    ];
    let proof = match assigned.proof {
        Proof::Optimal => say("proof-optimal"),
        Proof::WithinGap(gap) => say_with("proof-gap", &[("gap", percent(gap).into())]),
        Proof::Stopped => say("proof-stopped"),
    };
    let effort = assigned.effort;
    let stamp = say_with(
        "plan-stamp",
        &[
            ("seed", scenario.seed.to_string().into()),
            ("hash", scenario.input_hash.as_str().into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("rounds", effort.rounds.into()),
            ("lines", effort.lines.into()),
        ],
    );
    Section {
        key: "levels",
        title: say("section-levels"),
        sentences: vec![proof, stamp],
        table: (!assigned.levels.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    }
}
