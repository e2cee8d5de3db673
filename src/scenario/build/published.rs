//! Published rosters as lines of the people who are still there.

use std::collections::BTreeMap;

use super::super::published::{BlockRow, Published, PublishedFile, PublishedWeek};
use super::super::{NameBook, draft::Draft};
use crate::calendar::{Calendar, Date};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::AgentId;
use crate::rules::Law;

/// Days before the horizon whose late duties and weekends count for fairness.
const FAIRNESS: usize = 28;

/// What published rosters say about the days around the horizon and in it, as far back as the law and fairness
/// reach.
pub(super) fn published(
    draft: &Draft,
    names: &NameBook,
    law: &Law,
    calendar: &Calendar,
) -> Published {
    let own = draft.people.rows.iter().filter_map(|person| Law::of(&person.law).ok());
    let reach = own.map(|law| law.reach()).chain([law.reach(), FAIRNESS]).max();
    let reach = i64::try_from(reach.unwrap_or(FAIRNESS)).unwrap_or(i64::MAX);
    let files = &draft.published;
    let holds = |date: Date| {
        let covers = |file: &&PublishedFile| file.first <= date && date < file.end;
        files.iter().filter(covers).max_by_key(|file| file.first)
    };
    let horizon = i64::try_from(calendar.days()).expect("days are few");
    let room = i64::try_from(Calendar::LONGEST).expect("days are few") - horizon;
    let count = |dates: &mut dyn Iterator<Item = Date>, most: i64| {
        let known = dates.take_while(|&date| holds(date).is_some());
        known.take(usize::try_from(most.max(0)).unwrap_or(0)).count()
    };
    let after = count(&mut (horizon..).map(|day| calendar.first().plus(day)), room.min(14));
    let after_days = i64::try_from(after).expect("days are few");
    let before =
        count(&mut (1..).map(|day| calendar.first().plus(-day)), reach.min(room - after_days));
    let before_days = i64::try_from(before).expect("days are few");

    let mut around: Vec<Line> = names.agents.ids().map(Line::empty).collect();
    let mut within = around.clone();
    for file in files {
        for (agent, mut line) in lines(file, names, calendar) {
            let is_held = |date: Date| holds(date).is_some_and(|other| other.first == file.first);
            let place = |block: &Block| {
                let date = calendar.local(block.span.start).date;
                let day = date.days_since(calendar.first());
                is_held(date).then_some(day)
            };
            for duty in line.duties.drain(..) {
                match place(&duty.blocks[0]) {
                    Some(day) if (0..horizon).contains(&day) => {
                        within[crate::id::Id::index(agent)].duties.push(duty);
                    }
                    Some(day) if (-before_days..horizon + after_days).contains(&day) => {
                        around[crate::id::Id::index(agent)].duties.push(duty);
                    }
                    _ => {}
                }
            }
            let near = calendar.horizon();
            for absence in line.absences.drain(..) {
                let lines = if absence.span.start < near.end && near.start < absence.span.end {
                    &mut within
                } else {
                    &mut around
                };
                lines[crate::id::Id::index(agent)].absences.push(absence);
            }
        }
    }
    for line in around.iter_mut().chain(&mut within) {
        line.duties.sort_by_key(Duty::start);
        line.absences.sort_by_key(|absence| absence.span);
        line.absences.dedup();
    }
    let days = || (0..horizon).map(|day| calendar.first().plus(day));
    let is_known = days().any(|date| holds(date).is_some());
    let within = is_known.then(|| PublishedWeek {
        lines: within,
        told: days().map(|date| holds(date).and_then(|file| file.note.told)).collect(),
        changed: changed(files, names),
        latest: days().filter_map(|date| holds(date).and_then(|file| file.note.latest)).max(),
    });
    let is_alone = before == 0 && after == 0;
    let around = if is_alone { Vec::new() } else { around };
    Published { days_before: before, days_after: after, around, within }
}

fn changed(files: &[PublishedFile], names: &NameBook) -> BTreeMap<(AgentId, Date), Date> {
    let all = files.iter().flat_map(|file| &file.note.changed);
    let known = all.filter_map(|(agent, date, when)| {
        let agent = names.agents.find(agent).ok()?;
        Some(((agent, *date), *when))
    });
    known.collect()
}

/// The rows of a roster as lines: rows with one duty's name on one date make a duty, others where they touch.
fn lines(file: &PublishedFile, names: &NameBook, calendar: &Calendar) -> BTreeMap<AgentId, Line> {
    let mut rows: Vec<(AgentId, &BlockRow)> = file
        .rows
        .iter()
        .filter_map(|row| names.agents.find(&row.agent).ok().map(|agent| (agent, row)))
        .collect();
    rows.sort_by_key(|(agent, row)| (*agent, row.span));
    let mut lines: BTreeMap<AgentId, Line> = BTreeMap::new();
    let mut begun: BTreeMap<(AgentId, &str), (Date, usize)> = BTreeMap::new();
    for (agent, row) in rows {
        let line = lines.entry(agent).or_insert_with(|| Line::empty(agent));
        let block = Block {
            span: row.span,
            activity: row.activity,
            paid: row.paid,
            detail: row.detail.clone(),
        };
        if row.activity == Activity::Absent {
            line.absences.push(block);
            continue;
        }
        let date = calendar.local(row.span.start).date;
        let touches = |duty: &Duty| row.span.start <= duty.end();
        let known = if row.duty.is_empty() {
            line.duties.len().checked_sub(1).filter(|&last| touches(&line.duties[last]))
        } else {
            let same = begun.get(&(agent, row.duty.as_str())).copied();
            same.filter(|&(on, place)| on == date || touches(&line.duties[place]))
                .map(|(_, place)| place)
        };
        match known {
            Some(place) => line.duties[place].blocks.push(block),
            None => line.duties.push(Duty { blocks: vec![block] }),
        }
        let place = known.unwrap_or(line.duties.len() - 1);
        begun.entry((agent, &row.duty)).and_modify(|own| own.1 = place).or_insert((date, place));
    }
    lines
}
