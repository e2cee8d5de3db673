//! The person's duties in every roster kept, breaks due, planned and taken, rules broken, premiums earned.

use super::{Mine, Others};
use crate::report::audit::severity;
use crate::report::messages::{say, say_with};
use crate::report::plan::activity;
use crate::report::records::{self, Taken};
use crate::report::{Cell, Column, Section, Table, words};

/// Every duty and absence planned, published or worked, and the file it stands in.
pub(super) fn duties(mine: &Mine<'_>, others: &Others) -> Section {
    let mut rows = Vec::new();
    for source in mine.rosters {
        let calendar = &source.calendar;
        let from = match source.published_on {
            Some(date) => say_with(
                "my-published",
                &[("file", source.file.as_str().into()), ("date", date.to_string().into())],
            ),
            None => source.file.clone(),
        };
        let mut days = Vec::new();
        for line in source.roster.lines.iter().filter(|line| line.agent == mine.agent) {
            for duty in &line.duties {
                let mut said = Vec::new();
                for block in
                    duty.blocks.iter().filter(|it| it.activity != crate::duty::Activity::OnQueue)
                {
                    let what = if block.detail.is_empty() {
                        activity(block.activity)
                    } else {
                        others.left_out_of(&block.detail)
                    };
                    said.push(format!("{what} {}", words::clocks(calendar, block.span)));
                }
                let row = vec![
                    Cell::text(calendar.local(duty.start()).date.to_string()),
                    Cell::text(words::clocks(calendar, duty.span())),
                    Cell::Length(duty.paid()),
                    Cell::text(said.join("; ")),
                    Cell::text(from.as_str()),
                ];
                days.push((duty.start(), row));
            }
            for block in &line.absences {
                let row = vec![
                    Cell::text(calendar.local(block.span.start).date.to_string()),
                    Cell::text(say("activity-absent")),
                    Cell::Nothing,
                    Cell::text(others.left_out_of(&block.detail)),
                    Cell::text(from.as_str()),
                ];
                days.push((block.span.start, row));
            }
        }
        days.sort_by_key(|(start, _)| *start);
        rows.extend(days.into_iter().map(|(_, row)| row));
    }
    let columns = vec![
        Column::words("date", say("column-date")),
        Column::words("when", say("column-when")),
        Column::figures("paid", say("column-paid-hours")),
        Column::words("blocks", say("column-breaks-and-more")),
        Column::words("from", say("column-from")),
    ];
    let sentences = vec![if rows.is_empty() { say("my-no-duties") } else { say("my-duties") }];
    Section {
        key: "duties",
        title: say("section-my-duties"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// Breaks and rests of the person.
pub(super) fn dues(mine: &Mine<'_>) -> Option<Section> {
    let judged = mine.judged.as_ref()?;
    let own = judged.compliance.dues.iter().filter(|due| due.agent == mine.agent);
    let table = records::dues(own, None, Taken::Shown);
    (!table.rows.is_empty()).then(|| Section {
        key: "dues",
        title: say("section-my-dues"),
        sentences: vec![say("my-dues")],
        table: Some(table),
        picture: None,
    })
}

/// Rules broken in the person's line.
pub(super) fn breaches(mine: &Mine<'_>, others: &Others) -> Option<Section> {
    let judged = mine.judged.as_ref()?;
    let own = judged.compliance.breaches.iter().filter(|breach| breach.agent == Some(mine.agent));
    let rows: Vec<Vec<Cell>> = own
        .map(|breach| {
            vec![
                Cell::text(breach.date.to_string()),
                Cell::text(breach.rule.as_str()),
                Cell::text(severity(breach.severity)),
                Cell::Length(breach.by_minutes),
                Cell::text(others.left_out_of(&breach.repair)),
                Cell::text(breach.source.as_str()),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("date", say("column-date")),
        Column::words("rule", say("column-rule")),
        Column::words("severity", say("column-severity")),
        Column::figures("by", say("column-by")),
        Column::words("repair", say("column-repair")),
        Column::words("source", say("column-source")),
    ];
    let mut sentences =
        vec![if rows.is_empty() { say("my-no-breaches") } else { say("my-breaches") }];
    let told = judged.compliance.not_judged.iter().filter(|what| !others.are_in(what));
    sentences
        .extend(told.map(|what| say_with("rules-not-judged", &[("what", what.as_str().into())])));
    Some(Section {
        key: "breaches",
        title: say("section-breaches"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    })
}

/// Hours that earn the person a premium.
pub(super) fn premiums(mine: &Mine<'_>) -> Option<Section> {
    let judged = mine.judged.as_ref()?;
    let own = judged.compliance.premiums.iter().filter(|premium| premium.agent == mine.agent);
    let table = records::premiums(own, None);
    (!table.rows.is_empty()).then(|| Section {
        key: "premiums",
        title: say("section-premiums"),
        sentences: vec![say("my-premiums")],
        table: Some(table),
        picture: None,
    })
}
