//! What a leader asks: are targets met and what do they cost, is there capacity, where is the risk, does it wear
//! people out? No name, and no figure of fewer than eight people's strain.

use super::{
    SMALLEST_GROUP_FOR_LEADERS, bands, capacity, groups_of_week, price, risk, source, title,
};
use crate::plan::Plan;
use crate::report::messages::{say, say_with};
use crate::report::{Coverage, Report, Section, Table, plan as parts, words};
use crate::review::{Frozen, Week};
use crate::scenario::Scenario;

/// The report for leaders.
#[must_use]
pub fn leader(plan: &Plan, week: &Week, published: &[Frozen], scenario: &Scenario) -> Report {
    let roster = &plan.assigned.roster;
    let coverage = Coverage::of(&plan.requirement, roster, scenario);
    let mut head = parts::headline(plan, &coverage, scenario);
    head.sentences.push(source(week));
    let mut tiles: Table = parts::tiles(plan, &coverage, scenario);
    let smallest = SMALLEST_GROUP_FOR_LEADERS;
    let groups = groups_of_week(roster, scenario, published, smallest);
    if groups.groups.iter().all(|group| group.tier.is_some()) {
        // The tile of the whole team speaks of five people and more.
        tiles.rows.retain(|row| row.first().is_none_or(|cell| cell.shown() != say("tile-strain")));
    }
    let sections = vec![
        Section { table: Some(tiles), ..head },
        parts::targets(&plan.kpis, scenario),
        price::price(&plan.requirement, scenario),
        capacity::capacity(roster, scenario),
        risk::risk(plan, &coverage, scenario),
        bands::bands(&plan.strain, roster, &groups, smallest, scenario),
        Section {
            key: "limits",
            title: say("section-limits"),
            sentences: vec![say_with("leader-limits", &[("smallest", smallest.into())])],
            ..Section::default()
        },
    ];
    Report {
        schema: "evenkeel.report_leader/1",
        title: title(say("reader-leader"), scenario, words::horizon(scenario)),
        sections,
    }
}
