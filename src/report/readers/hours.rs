//! Hours against contract and against the law's averages, group by group.

use super::by_group;
use crate::report::figures::percent;
use crate::report::messages::{say, say_with};
use crate::report::picture::Strip;
use crate::report::{Cell, Column, Picture, Section, Table};
use crate::review::Facts;
use crate::rules::Kind;
use crate::scenario::Scenario;
use crate::strain::SMALLEST_GROUP;
use crate::units::Minutes;

/// The lowest ceiling on average weekly hours in force, with its rule.
fn ceiling(scenario: &Scenario) -> Option<(Minutes, &str)> {
    let limits = scenario.law.rules.iter().filter_map(|rule| match &rule.kind {
        Kind::MaxAverage(average) => Some((average.limit_min_per_week, rule.id.as_str())),
        _ => None,
    });
    limits.min()
}

/// Paid hours as a share of contract hours, least, mean and most of each group.
pub(super) fn hours(facts: &[Facts], scenario: &Scenario) -> Section {
    let groups = by_group(facts, scenario, SMALLEST_GROUP);
    let mut rows = Vec::new();
    let mut strips = Vec::new();
    for (label, own) in &groups {
        let share = |facts: &&Facts| {
            let owed = facts.owed().real();
            if owed > 0.0 { facts.paid.real() / owed } else { 0.0 }
        };
        let sum = |of: fn(&Facts) -> Minutes| own.iter().map(|facts| of(facts)).sum::<Minutes>();
        let (owed, paid) = (sum(Facts::owed), sum(|facts| facts.paid));
        let least = own.iter().map(share).fold(f64::INFINITY, f64::min);
        let most = own.iter().map(share).fold(0.0, f64::max);
        let mean = if owed > Minutes(0) { paid.real() / owed.real() } else { 0.0 };
        let longest = own.iter().map(|facts| facts.weekly_work()).fold(0.0, f64::max);
        rows.push(vec![
            Cell::text(label.as_str()),
            Cell::Count(own.len()),
            Cell::Length(owed),
            Cell::Length(paid),
            Cell::Share(least),
            Cell::Share(mean),
            Cell::Share(most),
            Cell::Figure(longest / 60.0, 1),
        ]);
        strips.push(Strip {
            label: label.clone(),
            range: (least, mean, most),
            scale: (0.0, 0.0),
            mark: Some((1.0, say("strip-contract"))),
            said: say_with(
                "strip-hours",
                &[
                    ("group", label.as_str().into()),
                    ("least", percent(least).into()),
                    ("mean", percent(mean).into()),
                    ("most", percent(most).into()),
                ],
            ),
        });
    }
    let top = strips.iter().map(|strip| strip.range.2).fold(1.1, f64::max);
    let low = strips.iter().map(|strip| strip.range.0).fold(0.9, f64::min);
    for strip in &mut strips {
        strip.scale = (low, top);
    }
    let columns = vec![
        Column::words("group", say("column-group")),
        Column::figures("people", say("column-people")),
        Column::figures("contract", say("column-contract")),
        Column::figures("paid", say("column-paid-hours")),
        Column::figures("least", say("column-least")),
        Column::figures("mean", say("column-mean-share")),
        Column::figures("most", say("column-most")),
        Column::figures("longest", say("column-longest-week")),
    ];
    let mut sentences = Vec::new();
    if groups.is_empty() {
        sentences.push(say_with("readers-too-small", &[("smallest", SMALLEST_GROUP.into())]));
    } else {
        sentences.push(say("hours-how-to-read"));
    }
    sentences.push(match ceiling(scenario) {
        Some((limit, rule)) => {
            say_with("hours-ceiling", &[("limit", limit.to_string().into()), ("rule", rule.into())])
        }
        None => say("hours-no-ceiling"),
    });
    Section {
        key: "hours",
        title: say("section-hours"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: (!strips.is_empty()).then_some(Picture::Strips(strips)),
    }
}
