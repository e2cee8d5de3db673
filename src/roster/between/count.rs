//! The plainest reason why minimum presence cannot be kept: at some minute fewer people could be there than it asks for.

use super::super::attendance::{CELL, CellPrices};
use super::super::breaks::Worth;
use super::super::master::real;
use super::super::people::Kind;
use super::super::team::Team;
use super::programme::{self, Answer};
use crate::units::Minutes;

/// Proved by counting whoever has some duty then; none where they are enough at every minute.
///
/// The price of the minute at which most are missing proves it, so that what keeps people away then is all that matters.
pub(super) fn too_few(team: &Team) -> Option<Answer> {
    let absent = absent(team);
    let mut cells = absent.iter();
    let mut worst = cells.next()?;
    for cell in cells {
        if cell.people > worst.people {
            worst = cell;
        }
    }
    let attendance = &team.need.attendance;
    let minutes = Minutes(CELL).real();
    let prices = CellPrices::of_cell(attendance, worst.rule, worst.cell);
    Some(Answer {
        bound: minutes * worst.people,
        missing: minutes * absent.iter().map(|absent| absent.people).sum::<f64>(),
        worths: programme::worths(team, &prices),
        prices: Some(prices),
        absent: absent
            .iter()
            .map(|it| (it.rule, attendance.rules[it.rule].cells[it.cell], it.people))
            .collect(),
        is_counted: true,
        ..Answer::default()
    })
}

/// What somebody is worth to such a proof, whatever else they work: the best of their duties.
pub(super) fn most_worth(kind: &Kind, worth: &Worth) -> f64 {
    let duties = kind.days.iter().flatten();
    duties
        .map(|frame| worth.on_duty(frame.start, frame.end) + worth.between(frame.start, frame.end))
        .fold(0.0, f64::max)
}

/// A cell in which people are missing whatever they work.
pub(super) struct Absent {
    /// Place of the rule.
    pub(super) rule: usize,
    /// Place of the cell.
    cell: usize,
    /// How many are missing at least.
    pub(super) people: f64,
}

/// Every cell in which fewer people have some duty than are asked for.
pub(super) fn absent(team: &Team) -> Vec<Absent> {
    let mut absent = Vec::new();
    for (place, rule) in team.need.attendance.rules.iter().enumerate() {
        let mut there = rule.before.clone();
        for kind in team.kinds.iter().filter(|kind| rule.is_for(kind.agents[0])) {
            let many = real(kind.agents.len());
            for (from, to) in open_hours(kind) {
                let from = rule.cells.partition_point(|&cell| cell < from);
                let to = rule.cells.partition_point(|&cell| cell + CELL <= to);
                there.iter_mut().take(to).skip(from).for_each(|people| *people += many);
            }
        }
        for (cell, there) in there.into_iter().enumerate() {
            let people = rule.at_least - there;
            if people > 0.0 {
                absent.push(Absent { rule: place, cell, people });
            }
        }
    }
    absent
}

/// When some duty of a kind may be, in minutes, apart from one another.
fn open_hours(kind: &Kind) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> =
        kind.days.iter().flatten().map(|frame| (frame.start, frame.end)).collect();
    spans.sort_unstable();
    let mut open: Vec<(i64, i64)> = Vec::new();
    for (start, end) in spans {
        match open.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => open.push((start, end)),
        }
    }
    open
}
