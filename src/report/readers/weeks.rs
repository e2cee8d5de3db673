//! The weeks a report rests on: when each was published, with how much notice, and how often it changed.

use super::Review;
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table};

/// The weeks, and what could not be judged.
pub(super) fn weeks(review: &Review<'_>) -> Section {
    let rows = review.period.weeks.iter().map(|week| {
        let notice = week.published_on.map(|date| week.first.days_since(date));
        vec![
            Cell::text(week.first.to_string()),
            Cell::Count(week.calendar.days()),
            week.published_on.map_or_else(
                || Cell::text(say("week-not-published")),
                |date| Cell::text(date.to_string()),
            ),
            notice.map_or(Cell::Nothing, |days| Cell::text(days.to_string())),
            Cell::Count(week.changes),
        ]
    });
    let columns = vec![
        Column::words("week", say("column-week")),
        Column::figures("days", say("column-days")),
        Column::words("published", say("column-published-on")),
        Column::figures("notice", say("column-notice")),
        Column::figures("changes", say("column-changes")),
    ];
    let promised = usize::try_from(review.scenario.notice_days).unwrap_or(0);
    let mut sentences = vec![say_with("weeks-promised", &[("days", promised.into())])];
    let judged = review.worked.map_or(review.planned, |(_, worked)| worked);
    sentences.extend(
        judged
            .not_judged
            .iter()
            .map(|what| say_with("rules-not-judged", &[("what", what.as_str().into())])),
    );
    Section {
        key: "weeks",
        title: say("section-weeks"),
        sentences,
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}
