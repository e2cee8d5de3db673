//! Where the team's hours go: contract, away, planned, and of these on queue, in breaks, learning and coaching.

use crate::duty::{Activity, Line};
use crate::id::AgentId;
use crate::report::messages::say;
use crate::report::{Cell, Column, Section, Table};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::strain::SMALLEST_GROUP;
use crate::units::Minutes;
use std::collections::BTreeSet;

/// Hours by tier; tiers of fewer than five people are put together, so that no row is one person's week.
pub(super) fn capacity(roster: &Roster, scenario: &Scenario) -> Section {
    let everyone: Vec<(AgentId, crate::id::TierId)> =
        scenario.names.agents.ids().map(|agent| (agent, scenario.agent(agent).tier)).collect();
    let groups = crate::review::shown(&everyone, SMALLEST_GROUP, &[]).groups;
    let tiers: Vec<_> = groups.iter().filter(|group| group.tier.is_some()).collect();
    let all: BTreeSet<AgentId> = everyone.iter().map(|&(agent, _)| agent).collect();
    let others: BTreeSet<AgentId> = all
        .iter()
        .filter(|agent| !tiers.iter().any(|group| group.people.contains(agent)))
        .copied()
        .collect();
    let mut rows = vec![row(say("whole-team"), &all, roster, scenario)];
    for group in &tiers {
        let title = group.tier.map_or_else(String::new, |tier| scenario.tier(tier).title.clone());
        rows.push(row(title, &group.people, roster, scenario));
    }
    if !others.is_empty() && !tiers.is_empty() {
        rows.push(row(say("other-tiers"), &others, roster, scenario));
    }
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::figures("people", say("column-people")),
        Column::figures("contract", say("column-contract")),
        Column::figures("away", say("column-away")),
        Column::figures("paid", say("column-paid-hours")),
        Column::figures("spare", say("column-spare")),
        Column::figures("on_queue", say("column-on-queue")),
        Column::figures("off_queue", say("column-off-queue")),
        Column::figures("breaks", say("column-breaks")),
    ];
    Section {
        key: "capacity",
        title: say("section-capacity"),
        sentences: vec![say("capacity-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: None,
    }
}

fn row(
    title: String,
    people: &BTreeSet<AgentId>,
    roster: &Roster,
    scenario: &Scenario,
) -> Vec<Cell> {
    let calendar = &scenario.calendar;
    let days = i64::try_from(calendar.days()).unwrap_or(7);
    let contract: Minutes = people
        .iter()
        .map(|&agent| Minutes((scenario.agent(agent).contract.0 * days).div_euclid(7)))
        .sum();
    // The most that may be planned, by week, already leaves time off out.
    let most: Minutes = people
        .iter()
        .map(|&agent| {
            let own = scenario.agent(agent);
            let weeks: Minutes = own.weeks.iter().map(|&(_, most)| most).sum();
            weeks.min(Minutes((own.week.1.0 * days).div_euclid(7)))
        })
        .sum();
    let whole: Minutes = people
        .iter()
        .map(|&agent| Minutes((scenario.agent(agent).week.1.0 * days).div_euclid(7)))
        .sum();
    let lines: Vec<&Line> =
        roster.lines.iter().filter(|line| people.contains(&line.agent)).collect();
    let paid: Minutes = lines.iter().map(|line| line.paid()).sum();
    let of = |wanted: &[Activity]| -> Minutes {
        let blocks = lines.iter().flat_map(|line| line.blocks());
        blocks
            .filter(|it| wanted.contains(&it.activity) && it.paid)
            .map(|it| it.span.length())
            .sum()
    };
    vec![
        Cell::text(title),
        Cell::Count(people.len()),
        Cell::Length(contract),
        Cell::Length((whole - most).max(Minutes(0))),
        Cell::Length(paid),
        Cell::Length((most - paid).max(Minutes(0))),
        Cell::Length(of(&[Activity::OnQueue])),
        Cell::Length(of(&[Activity::OffQueue])),
        Cell::Length(of(&[Activity::Break, Activity::Meal, Activity::Recovery])),
    ]
}
