//! `roster.csv`: one row a block, as the plan writes it and as people type it.
//!
//! Columns are `agent,duty,start,end,activity,paid,detail`. Times are RFC 3339 with offset, or local without.
//! Blocks of one person with one `duty` make a duty, a split shift too; where `duty` is missing, blocks that touch
//! do. Where `paid` is missing, only meals are unpaid. Overlaps are read as they stand, for the audit to judge.

mod rows;
mod sheet;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Roster;
use crate::calendar::{Calendar, Date, read_local};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id, Names};
use crate::scenario::{Problem, Scenario};
use crate::units::{Minutes, Moment};

use self::rows::{Placed, Row, rows};
use self::sheet::guarded;
pub(crate) use self::sheet::{Problems, Sheet};

/// The columns, in the order they are written.
pub const COLUMNS: [&str; 7] = ["agent", "duty", "start", "end", "activity", "paid", "detail"];

/// What can be wrong with a roster or a people file, by code.
pub const PROBLEMS: [(&str, &str); 13] = [
    ("R101", "the file is no table of text, or too large"),
    ("R102", "the file has no row"),
    ("R103", "a column is missing"),
    ("R104", "a column is not known, or there twice"),
    ("R105", "a cell is empty that must say something"),
    ("R106", "a time cannot be read"),
    ("R107", "a block ends before it starts"),
    ("R108", "an activity, a yes or no, a date or a number cannot be read"),
    ("R109", "the agent is not one of the team"),
    ("R110", "one duty's blocks lie days apart, or too far from the horizon"),
    ("R111", "a law pack or a time zone is not known"),
    ("R112", "a person is listed twice"),
    ("R113", "the days asked for are more than a report can hold"),
];

/// A roster without a scenario: its names, and the days it covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Bare {
    /// Everyone's line, in the order they first appear.
    pub roster: Roster,
    /// Their names.
    pub names: Names<AgentId>,
    /// From the first date on which something starts to the last.
    pub calendar: Calendar,
}

/// Write a roster as a scenario's plan does, everyone's times on the wall where they work.
#[must_use]
pub fn write(roster: &Roster, scenario: &Scenario) -> String {
    let names = &scenario.names.agents;
    let team = &scenario.calendar;
    write_on(roster, names, |line| match scenario.agents.get(line.agent.index()) {
        Some(agent) => agent.person.on_own_wall(line, team),
        None => (Cow::Borrowed(line), team),
    })
}

/// Write a roster with these names.
#[must_use]
pub fn write_named(roster: &Roster, calendar: &Calendar, names: &Names<AgentId>) -> String {
    write_on(roster, names, |line| (Cow::Borrowed(line), calendar))
}

fn write_on<'a>(
    roster: &'a Roster,
    names: &Names<AgentId>,
    wall: impl Fn(&'a Line) -> (Cow<'a, Line>, &'a Calendar),
) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut row = |cells: [&str; 7]| {
        table.write_record(cells).expect("memory takes every row, and every row has seven cells");
    };
    row(COLUMNS);
    for line in &roster.lines {
        let agent = names.of(line.agent);
        let (line, calendar) = wall(line);
        let mut blocks: Vec<(&Block, String)> = Vec::new();
        let mut on_date: BTreeMap<Date, usize> = BTreeMap::new();
        for duty in &line.duties {
            let date = calendar.local(duty.start()).date;
            let nth = on_date.entry(date).and_modify(|nth| *nth += 1).or_insert(1);
            let id =
                if *nth == 1 { format!("{agent} {date}") } else { format!("{agent} {date} {nth}") };
            blocks.extend(duty.blocks.iter().map(|block| (block, id.clone())));
        }
        blocks.extend(line.absences.iter().map(|block| (block, String::new())));
        blocks.sort_by_key(|(block, _)| block.span);
        for (block, duty) in blocks {
            row([
                &guarded(agent),
                &guarded(&duty),
                &calendar.stamp(block.span.start),
                &calendar.stamp(block.span.end),
                block.activity.name(),
                if block.paid { "true" } else { "false" },
                &guarded(&block.detail),
            ]);
        }
    }
    let bytes = table.into_inner().expect("memory takes every row");
    String::from_utf8(bytes).expect("every cell is text")
}

/// Read the roster of a known team.
///
/// # Errors
/// Every problem found, up to twenty.
pub fn read(
    bytes: &[u8],
    calendar: &Calendar,
    names: &Names<AgentId>,
) -> Result<Roster, Vec<Problem>> {
    let mut problems = Problems::default();
    let rows = rows(bytes, &mut problems);
    let mut blocks = Vec::new();
    for row in &rows {
        match names.find(&row.agent) {
            Ok(agent) => blocks.extend(row.block(agent, calendar, &mut problems)),
            Err(cause) => {
                problems.add("R109", row.at("agent"), cause, "name someone of agents.csv");
            }
        }
    }
    let lines = assemble(blocks, names.ids().collect(), calendar, &mut problems);
    problems.none_or(Roster { lines })
}

/// Two clock-ins of one person with no more than this between them belong to one working day. *Assumption.*
const SAME_DAY: Minutes = Minutes::hours(2);

/// Read what was worked, `worked.csv`: columns as a roster's, clock-ins and breaks taken.
///
/// Where the file names no duties, up to two hours clocked out between two rows are a break of one duty.
///
/// # Errors
/// Every problem found, up to twenty.
pub fn read_worked(
    bytes: &[u8],
    calendar: &Calendar,
    names: &Names<AgentId>,
) -> Result<Roster, Vec<Problem>> {
    let mut roster = read(bytes, calendar, names).map_err(|problems| {
        let placed = problems.into_iter().map(|problem| {
            let place = problem.place.replacen("roster", "worked", 1);
            Problem { place, ..problem }
        });
        placed.collect::<Vec<_>>()
    })?;
    let names_duties = rows(bytes, &mut Problems::default()).iter().any(|row| !row.duty.is_empty());
    if !names_duties {
        for line in &mut roster.lines {
            line.duties = joined(std::mem::take(&mut line.duties));
        }
    }
    Ok(roster)
}

/// Stretches of one working day as one duty.
fn joined(duties: Vec<Duty>) -> Vec<Duty> {
    let mut days: Vec<Duty> = Vec::new();
    for duty in duties {
        match days.last_mut() {
            Some(day) if duty.start() <= latest_end(day) + SAME_DAY => {
                day.blocks.extend(duty.blocks);
            }
            _ => days.push(duty),
        }
    }
    days
}

/// Read a roster on its own, in a time zone.
///
/// # Errors
/// Every problem found, up to twenty.
pub fn read_bare(bytes: &[u8], zone: &str) -> Result<Bare, Vec<Problem>> {
    let mut problems = Problems::default();
    let rows = rows(bytes, &mut problems);
    let Some(calendar) =
        problems.is_empty().then(|| covering(&rows, zone, &mut problems)).flatten()
    else {
        return Err(problems.found);
    };
    let mut names = Names::default();
    let mut blocks = Vec::new();
    for row in &rows {
        let agent = names.add(&row.agent).unwrap_or_else(|known| known);
        blocks.extend(row.block(agent, &calendar, &mut problems));
    }
    let lines = assemble(blocks, names.ids().collect(), &calendar, &mut problems);
    problems.none_or(Bare { roster: Roster { lines }, names, calendar })
}

/// The days on which something starts; absences count to their last day.
fn covering(rows: &[Row], zone: &str, problems: &mut Problems) -> Option<Calendar> {
    let Some(any) = rows.first() else {
        let fix = "write one row a block";
        problems.add("R102", "roster".to_owned(), "the file has no row".to_owned(), fix);
        return None;
    };
    let rough = Date::parse(any.start.get(..10).unwrap_or(&any.start))
        .or_else(|_| read_local(&any.start).map(|(date, _)| date));
    let Ok(rough) = rough else {
        let cause = format!("`{}` is not a time", any.start);
        let fix = "write local time with its offset, such as 2026-11-30T09:00:00+00:00";
        problems.add("R106", any.at("start"), cause, fix);
        return None;
    };
    let grid = Minutes(15);
    let place = match Calendar::new(zone, rough, 1, grid) {
        Ok(place) => place,
        Err(cause) => {
            problems.add("R111", "time zone".to_owned(), cause, "write such as Europe/Dublin");
            return None;
        }
    };
    let date = |text: &str, earlier: Minutes| {
        let moment = place.read_stamp(text).ok()? - earlier;
        let near = moment.0.abs() < 500 * 24 * 60;
        near.then(|| place.local(moment).date)
    };
    let starts = rows.iter().filter_map(|row| date(&row.start, Minutes(0)));
    let absent = rows.iter().filter(|row| row.activity == Activity::Absent);
    let ends = absent.filter_map(|row| date(&row.end, Minutes(1)));
    let dates: Vec<Date> = starts.chain(ends).collect();
    let first = dates.iter().min().copied().unwrap_or(rough);
    let last = dates.iter().max().copied().unwrap_or(rough);
    let days = usize::try_from(last.days_since(first) + 1).unwrap_or(usize::MAX);
    let covered = Calendar::new(zone, first, days, grid);
    if covered.is_err() {
        let cause = format!("rows reach from {first} to {last}, longer than a year");
        problems.add("R110", "roster".to_owned(), cause, "correct the year, or split the file");
    }
    covered.ok()
}

/// Blocks as duties, duties as lines: one line for each agent, in their order.
fn assemble(
    mut placed: Vec<Placed>,
    agents: Vec<AgentId>,
    calendar: &Calendar,
    problems: &mut Problems,
) -> Vec<Line> {
    placed.sort_by_key(|placed| (placed.agent, placed.block.span, placed.line));
    let mut lines: BTreeMap<AgentId, Line> =
        agents.into_iter().map(|agent| (agent, Line::empty(agent))).collect();
    let mut named: BTreeMap<(AgentId, String), Vec<Placed>> = BTreeMap::new();
    for placed in placed {
        let line = lines.entry(placed.agent).or_insert_with(|| Line::empty(placed.agent));
        if placed.block.activity == Activity::Absent {
            line.absences.push(placed.block);
        } else if placed.duty.is_empty() {
            match line.duties.last_mut() {
                Some(duty) if placed.block.span.start <= latest_end(duty) => {
                    duty.blocks.push(placed.block);
                }
                _ => line.duties.push(Duty { blocks: vec![placed.block] }),
            }
        } else {
            named.entry((placed.agent, placed.duty.clone())).or_default().push(placed);
        }
    }
    for ((agent, id), blocks) in named {
        lies_together(&id, &blocks, calendar, problems);
        let blocks = blocks.into_iter().map(|placed| placed.block).collect();
        lines.entry(agent).or_insert_with(|| Line::empty(agent)).duties.push(Duty { blocks });
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    for line in &mut lines {
        line.duties.sort_by_key(|duty| (duty.start(), latest_end(duty)));
    }
    lines
}

fn latest_end(duty: &Duty) -> Moment {
    duty.blocks.iter().map(|block| block.span.end).max().unwrap_or(Moment(i64::MIN))
}

/// A duty's name that comes again on another day is a shift's name, not a duty's.
fn lies_together(id: &str, blocks: &[Placed], calendar: &Calendar, problems: &mut Problems) {
    let day = Minutes::hours(24);
    let apart = blocks.windows(2).find(|pair| {
        pair[1].block.span.start.since(blocks[0].block.span.start) >= day
            && pair[1].block.span.start > pair[0].block.span.end
    });
    if let Some([before, after]) = apart {
        let (date, line) = (calendar.local(before.block.span.start).date, after.line);
        let cause = format!("duty `{id}` already lies on {date}");
        let place = format!("roster line {line}, duty");
        problems.add("R110", place, cause, "give each duty a name of its own, such as its date");
    }
}

#[cfg(test)]
mod tests;
