//! `roster.csv`: one row a block, as the plan writes it and as people type it.
//!
//! Columns are `agent,duty,start,end,activity,paid,detail`. Times are RFC 3339 with offset, or local without.
//! Blocks of one person with one `duty` make a duty, a split shift too; where `duty` is missing, blocks that touch
//! do. Where `paid` is missing, only meals are unpaid. Overlaps are read as they stand, for the audit to judge.

mod sheet;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Roster;
use crate::calendar::{Calendar, Date, read_local};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id, Names, nearest};
use crate::scenario::{Problem, Scenario};
use crate::units::{Minutes, Moment, Span};

use sheet::guarded;
pub(crate) use sheet::{Problems, Sheet};

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

/// One row, its words not yet understood where they need a calendar.
struct Row {
    line: u64,
    agent: String,
    duty: String,
    start: String,
    end: String,
    activity: Activity,
    paid: bool,
    detail: String,
}

fn rows(bytes: &[u8], problems: &mut Problems) -> Vec<Row> {
    let needed = ["agent", "start", "end", "activity"];
    let Some(sheet) = Sheet::read(bytes, "roster", &COLUMNS, &needed, problems) else {
        return Vec::new();
    };
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for (line, record) in &sheet.rows {
        let cell = |column: &str| sheet.cell(record, column).to_owned();
        let empty: Vec<&str> =
            needed.into_iter().filter(|column| cell(column).is_empty()).collect();
        for &column in &empty {
            let cause = format!("`{column}` is empty");
            problems.add(
                "R105",
                sheet.place(*line, column),
                cause,
                "fill the cell or drop the row",
            );
        }
        if !empty.is_empty() {
            continue;
        }
        let activity = activity(&cell("activity"));
        let paid = paid(&cell("paid"));
        if let Err(cause) = &activity {
            let known = Activity::ALL.map(Activity::name).join(", ");
            let fix = format!("activities are {known}");
            problems.add("R108", sheet.place(*line, "activity"), cause.clone(), &fix);
        }
        if let Err(cause) = &paid {
            problems.add("R108", sheet.place(*line, "paid"), cause.clone(), "write true or false");
        }
        if let (Ok(activity), Ok(paid)) = (activity, paid) {
            rows.push(Row {
                line: *line,
                agent: cell("agent"),
                duty: cell("duty"),
                start: cell("start"),
                end: cell("end"),
                activity,
                paid: paid.unwrap_or(activity != Activity::Meal),
                detail: cell("detail"),
            });
        }
    }
    rows
}

fn activity(text: &str) -> Result<Activity, String> {
    let name = text.to_lowercase().replace([' ', '-'], "_");
    Activity::named(&name).ok_or_else(|| {
        let known = Activity::ALL.map(Activity::name);
        match nearest(&name, &known) {
            Some(near) => format!("no activity is called `{text}`; did you mean `{near}`?"),
            None => format!("no activity is called `{text}`"),
        }
    })
}

fn paid(text: &str) -> Result<Option<bool>, String> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "y" | "1" => Ok(Some(true)),
        "false" | "no" | "n" | "0" => Ok(Some(false)),
        _ => Err(format!("`{text}` is neither true nor false")),
    }
}

impl Row {
    fn at(&self, column: &str) -> String {
        format!("roster line {}, {column}", self.line)
    }

    fn block(
        &self,
        agent: AgentId,
        calendar: &Calendar,
        problems: &mut Problems,
    ) -> Option<Placed> {
        let mut moment = |text: &str, column: &str| {
            let read = calendar.read_stamp(text);
            read.map_err(|cause| {
                let fix = "write local time with its offset, such as 2026-11-30T09:00:00+00:00";
                problems.add("R106", self.at(column), cause, fix);
            })
            .ok()
        };
        let (start, end) = (moment(&self.start, "start"), moment(&self.end, "end"));
        let span = Span::new(start?, end?);
        if span.start >= span.end {
            let cause = format!("it ends at {}, not after its start {}", self.end, self.start);
            problems.add("R107", self.at("end"), cause, "swap the times, or correct the date");
            return None;
        }
        let far = Minutes::hours(24 * 400);
        let horizon = calendar.horizon();
        if span.start < horizon.start - far || span.end > horizon.end + far {
            let cause = format!("{} lies more than a year from the other rows", self.start);
            problems.add("R110", self.at("start"), cause, "correct the year, or split the file");
            return None;
        }
        let block =
            Block { span, activity: self.activity, paid: self.paid, detail: self.detail.clone() };
        Some(Placed { agent, duty: self.duty.clone(), line: self.line, block })
    }
}

struct Placed {
    agent: AgentId,
    duty: String,
    line: u64,
    block: Block,
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
mod tests {
    use super::*;

    fn dublin(text: &str) -> Result<Bare, Vec<Problem>> {
        read_bare(text.as_bytes(), "Europe/Dublin")
    }

    fn codes(text: &str) -> Vec<&'static str> {
        dublin(text).unwrap_err().iter().map(|problem| problem.code).collect()
    }

    const AMY: &str = "agent,duty,start,end,activity,paid,detail\n\
        amy,1,2026-11-30T09:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue,true,\n\
        amy,1,2026-11-30T12:00:00+00:00,2026-11-30T12:30:00+00:00,meal,,\n\
        amy,1,2026-11-30T12:30:00+00:00,2026-11-30T17:00:00+00:00,on_queue,true,\n\
        amy,,2026-12-01,2026-12-03,absent,true,annual_leave\n\
        ben,1,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,off_queue,true,=HYPERLINK\n";

    #[test]
    fn a_roster_reads_back_as_it_was_written() {
        let bare = dublin(AMY).unwrap();
        let text = write_named(&bare.roster, &bare.calendar, &bare.names);
        assert_eq!(dublin(&text).unwrap(), bare);
        assert!(text.contains("'=HYPERLINK"));
        let known = read(text.as_bytes(), &bare.calendar, &bare.names).unwrap();
        assert_eq!(known, bare.roster);
    }

    #[test]
    fn a_night_over_the_doubled_hour_reads_back_as_it_was_written() {
        let text = "agent,start,end,activity\n\
            amy,2026-10-24T22:00:00+01:00,2026-10-25T01:30:00+01:00,on_queue\n\
            amy,2026-10-25T01:30:00+01:00,2026-10-25T01:30:00+00:00,on_queue\n";
        let bare = dublin(text).unwrap();
        assert_eq!(bare.roster.lines[0].duties[0].span().length(), Minutes(270));
        let again = write_named(&bare.roster, &bare.calendar, &bare.names);
        assert_eq!(dublin(&again).unwrap().roster, bare.roster);
    }

    #[test]
    fn only_meals_are_unpaid_where_the_file_does_not_say() {
        let bare = dublin(AMY).unwrap();
        let duty = &bare.roster.lines[0].duties[0];
        assert_eq!(duty.paid(), Minutes(450));
    }

    #[test]
    fn the_days_of_a_file_run_from_first_start_to_last_start_or_absence() {
        let bare = dublin(AMY).unwrap();
        assert_eq!(bare.calendar.first().to_string(), "2026-11-30");
        assert_eq!(bare.calendar.days(), 3);
    }

    #[test]
    fn blocks_that_touch_make_a_duty_where_none_is_named() {
        let bare = dublin(
            "agent;start;end;activity\namy;2026-11-30 09:00;2026-11-30 11:00;on_queue\n\
             amy;2026-11-30 11:00;2026-11-30 12:00;break\namy;2026-11-30 13:00;2026-11-30 14:00;on queue\n",
        )
        .unwrap();
        let lengths: Vec<usize> =
            bare.roster.lines[0].duties.iter().map(|duty| duty.blocks.len()).collect();
        assert_eq!(lengths, [2, 1]);
    }

    #[test]
    fn a_split_shift_with_one_name_is_one_duty() {
        let bare = dublin(
            "agent,duty,start,end,activity\namy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
             amy,a,2026-11-30 15:00,2026-11-30 19:00,on_queue\n",
        )
        .unwrap();
        assert_eq!(bare.roster.lines[0].duties.len(), 1);
    }

    #[test]
    fn a_shift_name_that_comes_every_day_is_refused() {
        let text = "agent,duty,start,end,activity\namy,early,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
             amy,early,2026-12-01 09:00,2026-12-01 11:00,on_queue\n";
        let problems = dublin(text).unwrap_err();
        assert_eq!(problems[0].code, "R110");
        assert_eq!(problems[0].cause, "duty `early` already lies on 2026-11-30");
    }

    #[test]
    fn every_problem_is_told_at_once_with_its_line() {
        let text = "agent,start,end,activity,paid\n\
            amy,2026-11-30T09:00:00+00:00,2026-11-30T08:00:00+00:00,on_queue,\n\
            amy,yesterday,2026-11-30T08:00:00+00:00,on_queue,\n\
            ,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,on_queue,\n\
            amy,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,on_queu,maybe\n";
        let mut names = Names::default();
        names.add("amy").unwrap();
        let calendar =
            Calendar::new("Europe/Dublin", Date::parse("2026-11-30").unwrap(), 7, Minutes(30))
                .unwrap();
        let problems = read(text.as_bytes(), &calendar, &names).unwrap_err();
        let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["R105", "R106", "R107", "R108", "R108"]);
        assert!(problems.iter().any(|problem| problem.cause.contains("did you mean `on_queue`?")));
        assert!(problems.iter().any(|problem| problem.place == "roster line 4, agent"));
    }

    #[test]
    fn an_unknown_agent_is_answered_with_the_name_meant() {
        let bare = dublin(AMY).unwrap();
        let slip = AMY.replace("amy", "amyy");
        let problems = read(slip.as_bytes(), &bare.calendar, &bare.names).unwrap_err();
        assert_eq!(problems[0].code, "R109");
        assert!(problems[0].cause.contains("did you mean `amy`?"));
    }

    #[test]
    fn hostile_files_are_refused_by_code() {
        assert_eq!(codes(""), ["R102"]);
        assert_eq!(codes("\u{feff}agent,start,end,activity\n"), ["R102"]);
        assert_eq!(codes("agent,start,end\n"), ["R103"]);
        assert_eq!(codes("agent,start,end,activity,piad\n"), ["R104"]);
        assert_eq!(codes("agent,agent,start,end,activity\n"), ["R104"]);
        let far = "agent,start,end,activity\namy,2026-11-30 09:00,2026-11-30 10:00,on_queue\n\
            amy,2199-01-01 09:00,2199-01-01 10:00,on_queue\n";
        assert_eq!(codes(far), ["R110"]);
        assert_eq!(codes("agent,start,end,activity\namy,9999-99-99,x,on_queue\n"), ["R106"]);
        let picture = read_bare(b"\x89PNG\r\n\x1a\n\x00\x00", "Europe/Dublin").unwrap_err();
        assert_eq!(picture[0].code, "R101");
        let lost = read_bare(AMY.as_bytes(), "Europe/Dubln").unwrap_err();
        assert_eq!(lost[0].code, "R111");
    }

    #[test]
    fn a_mark_before_the_header_and_semicolons_are_read() {
        let text = "\u{feff}Agent;Start;End;Activity\r\namy;2026-11-30T09:00:00Z;2026-11-30T10:00:00Z;Break\r\n";
        assert_eq!(dublin(text).unwrap().roster.lines[0].duties.len(), 1);
    }

    #[test]
    fn overlaps_are_kept_for_the_audit() {
        let text = "agent,duty,start,end,activity\namy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
             amy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n";
        assert_eq!(dublin(text).unwrap().roster.lines[0].duties[0].blocks.len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in "\\PC{0,200}") {
            let _ = dublin(&text);
            let _ = dublin(&format!("agent,start,end,activity\n{text}"));
        }
    }
}
