//! What the roster costs, tier by tier.

use crate::id::Id;
use crate::report::figures::amount;
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Money;

/// Wages of a roster, every paid minute at its person's tier.
pub(in crate::report) fn wages(roster: &Roster, scenario: &Scenario) -> Money {
    let of = |line: &crate::duty::Line| {
        scenario.tier(scenario.agent(line.agent).tier).wage_per_hour.for_time(line.paid())
    };
    roster.lines.iter().map(of).sum()
}

pub(in crate::report) fn cost(roster: &Roster, scenario: &Scenario) -> Section {
    let rows = scenario.tiers.iter().enumerate().map(|(place, tier)| {
        let lines = || {
            roster.lines.iter().filter(move |line| scenario.agent(line.agent).tier.index() == place)
        };
        let paid = lines().map(crate::duty::Line::paid).sum();
        let wages = lines().map(|line| tier.wage_per_hour.for_time(line.paid())).sum();
        vec![
            Cell::text(tier.title.as_str()),
            Cell::Count(lines().filter(|line| !line.duties.is_empty()).count()),
            Cell::Length(paid),
            Cell::Money(wages),
        ]
    });
    let columns = vec![
        Column::words("tier", say("column-tier")),
        Column::figures("people", say("column-people")),
        Column::figures("paid", say("column-paid-hours")),
        Column::figures(
            "cost",
            say_with("column-cost", &[("currency", scenario.currency.as_str().into())]),
        ),
    ];
    let whole = amount(wages(roster, scenario), &scenario.currency);
    Section {
        key: "cost",
        title: say("section-cost"),
        sentences: vec![say_with("cost-whole", &[("cost", whole.into())])],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}
