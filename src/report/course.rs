//! How work flows beyond one answer: touches, hand-offs, promised calls, escalation, open cases.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use super::picture::OutcomeBar;
use super::{Cell, Column, Picture, Section, Table};
use crate::kpi::{CourseKpis, Kpis};
use crate::scenario::Scenario;
use crate::workload::{self, Workload};

/// How work flows; none where one answer settles everything.
pub(super) fn course(kpis: &Kpis, workload: &Workload, scenario: &Scenario) -> Option<Section> {
    if kpis.courses.is_empty() {
        return None;
    }
    let rows = kpis.courses.iter().map(|own| row(own, scenario)).collect();
    Some(Section {
        key: "work",
        title: say("section-work"),
        sentences: sentences(kpis, workload, scenario),
        table: Some(Table { columns: columns(), rows }),
        picture: Some(picture(kpis, scenario)),
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("queue", say("column-queue")),
        Column::figures("touches", say("column-touches")),
        Column::figures("hand_offs", say("column-hand-offs")),
        Column::figures("open_cases", say("column-open-cases")),
        Column::figures("promised", say("column-promised")),
        Column::figures("promises_kept", say("column-promises-kept")),
        Column::words("escalated", say("column-escalated")),
        Column::figures("ended_by_agent", say("column-ended")),
    ]
}

fn row(own: &CourseKpis, scenario: &Scenario) -> Vec<Cell> {
    let queue = scenario.queue(own.queue);
    let figure = |estimate: Option<crate::kpi::Estimate>, decimals: usize| {
        estimate.map_or(Cell::Nothing, |estimate| Cell::Figure(estimate.value, decimals))
    };
    let share = |estimate: Option<crate::kpi::Estimate>| {
        estimate.map_or(Cell::Nothing, |share| Cell::text(percent(share.value)))
    };
    let escalated: Vec<String> = own
        .escalated
        .iter()
        .map(|(tier, share)| {
            let tier = scenario.tier(*tier).title.as_str();
            let share = fixed(100.0 * share.value, 1);
            say_with("escalated-to", &[("tier", tier.into()), ("share", share.into())])
        })
        .collect();
    vec![
        Cell::text(queue.title.as_str()),
        figure(own.touches, 2),
        figure(own.hand_offs, 2),
        Cell::Figure(own.open_cases.value, 1),
        share(own.promised),
        share(own.promises_kept),
        if escalated.is_empty() { Cell::Nothing } else { Cell::text(escalated.join(", ")) },
        share(own.ended_by_agent),
    ]
}

fn sentences(kpis: &Kpis, workload: &Workload, scenario: &Scenario) -> Vec<String> {
    let mut sentences = vec![say("work-how-to-read")];
    if kpis.courses.iter().any(|own| scenario.queue(own.queue).course.touches > 1.0) {
        sentences.push(say("work-touches"));
    }
    for own in workload::open_cases(workload, scenario) {
        let mentions = [
            ("stream", scenario.stream_title(own.stream).into()),
            ("cases", fixed(own.cases, 0).into()),
            ("room", fixed(own.room, 0).into()),
        ];
        let key = if own.is_over() { "work-cases-over" } else { "work-cases-fit" };
        sentences.push(say_with(key, &mentions));
    }
    sentences
}

/// How contacts came out, a bar a queue.
fn picture(kpis: &Kpis, scenario: &Scenario) -> Picture {
    let bar = |own: &CourseKpis| OutcomeBar {
        label: scenario.queue(own.queue).title.clone(),
        parts: own.came_out,
    };
    Picture::Outcomes(kpis.courses.iter().map(bar).collect())
}
