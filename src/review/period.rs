//! Published weeks one after the other as one long roster, so that rest, averages and shares reach over their edges.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Calendar, Date};
use crate::duty::{Block, Duty, Line};
use crate::id::AgentId;
use crate::roster::{Roster, table};
use crate::scenario::{Problem, Scenario};
use crate::units::{Minutes, Moment, Span};

/// A roster as it was frozen, and what its note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// First day.
    pub first: Date,
    /// The rows.
    pub rows: Vec<u8>,
    /// The day it was published on; none: it is only planned.
    pub published_on: Option<Date>,
    /// How often it was published again.
    pub changes: usize,
    /// Everyone of the team and their tier on that day, by name; empty where the note does not say.
    pub tiers: BTreeMap<String, String>,
}

/// One week of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// First day.
    pub first: Date,
    /// The day it was published on; none: it is only planned.
    pub published_on: Option<Date>,
    /// How often it was published again.
    pub changes: usize,
    /// The week's own days.
    pub calendar: Calendar,
    /// The week's own roster, on its own clock; people who have left are not in it.
    pub roster: Roster,
    /// Everyone of the team and their tier at the time, by name.
    pub tiers: BTreeMap<String, String>,
}

/// Several weeks as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// Days from the first to the last asked for.
    pub calendar: Calendar,
    /// The weeks that lie in it, by their first day.
    pub weeks: Vec<Week>,
    /// Everyone's duties of all the weeks.
    pub roster: Roster,
    /// Names in the weeks that are no longer in the team's file; their duties are left out.
    pub gone: usize,
}

/// Put frozen weeks of a team together; a later week has the say from its first day on.
///
/// # Errors
/// Every problem in the rows of a week, its first day in front.
pub fn period(
    frozen: &[Frozen],
    (from, to): (Date, Date),
    scenario: &Scenario,
) -> Result<Period, Vec<Problem>> {
    let days = usize::try_from(to.days_since(from) + 1).unwrap_or(0);
    let home = &scenario.calendar;
    let calendar = Calendar::new(home.zone(), from, days, home.grid())
        .map_err(|cause| vec![too_long(cause)])?
        .with_week_start(home.week_start());
    let mut sorted: Vec<&Frozen> = frozen.iter().collect();
    sorted.sort_by_key(|week| week.first);
    let mut gone: BTreeSet<String> = BTreeSet::new();
    let mut weeks = Vec::new();
    for (place, week) in sorted.iter().enumerate() {
        let next = sorted.get(place + 1).map(|next| next.first);
        let read = read_week(week, next, &calendar, scenario, &mut gone)?;
        weeks.extend(read);
    }
    let mut lines: BTreeMap<AgentId, Line> =
        scenario.names.agents.ids().map(|agent| (agent, Line::empty(agent))).collect();
    for week in &weeks {
        let by = apart(&week.calendar, &calendar);
        for line in &week.roster.lines {
            let line = moved(line, by);
            let whole = lines.entry(line.agent).or_insert_with(|| Line::empty(line.agent));
            whole.duties.extend(line.duties);
            whole.absences.extend(line.absences);
        }
    }
    let roster = Roster { lines: lines.into_values().collect() };
    Ok(Period { calendar, weeks, roster, gone: gone.len() })
}

fn too_long(cause: String) -> Problem {
    let fix = "name fewer days with --from and --to".to_owned();
    Problem { code: "R113", place: "--from, --to".to_owned(), cause, fix }
}

/// The part of a week that lies in the period and before the next week begins; nothing where there is none.
fn read_week(
    week: &Frozen,
    next: Option<Date>,
    calendar: &Calendar,
    scenario: &Scenario,
    gone: &mut BTreeSet<String>,
) -> Result<Option<Week>, Vec<Problem>> {
    let bare = table::read_bare(&week.rows, calendar.zone()).map_err(|problems| {
        let placed = problems.into_iter().map(|problem| {
            let place = format!("{}.csv, {}", week.first, problem.place);
            Problem { place, ..problem }
        });
        placed.collect::<Vec<_>>()
    })?;
    let usual = i64::try_from(scenario.calendar.days()).unwrap_or(7);
    let known = i64::try_from(bare.calendar.days()).unwrap_or(7);
    let last = week.first.plus(usual).max(bare.calendar.first().plus(known));
    let last = next.map_or(last, |next| next.min(last)).min(calendar_end(calendar));
    let first = week.first.max(calendar.first());
    let Some(days) = usize::try_from(last.days_since(first)).ok().filter(|&days| days > 0) else {
        return Ok(None);
    };
    let own = Calendar::new(calendar.zone(), first, days, calendar.grid())
        .map_err(|cause| vec![too_long(cause)])?
        .with_week_start(calendar.week_start());
    let by = apart(&bare.calendar, &own);
    let is_inside = |start: Moment| own.day_at(start + by).is_some();
    let mut roster = Roster::default();
    for line in &bare.roster.lines {
        let name = bare.names.of(line.agent);
        let Ok(agent) = scenario.names.agents.find(name) else {
            gone.insert(name.to_owned());
            continue;
        };
        let duties = line.duties.iter().filter(|duty| is_inside(duty.start()));
        let absences = line.absences.iter().filter(|block| is_inside(block.span.start));
        let line = Line {
            agent,
            duties: duties.cloned().collect(),
            absences: absences.cloned().collect(),
        };
        roster.lines.push(moved(&line, by));
    }
    let (published_on, changes) = (week.published_on, week.changes);
    let tiers = week.team(scenario);
    Ok(Some(Week { first, calendar: own, roster, published_on, changes, tiers }))
}

fn calendar_end(calendar: &Calendar) -> Date {
    calendar.date(calendar.days() - 1).plus(1)
}

/// How far one calendar's count of minutes is ahead of another's in the same zone.
fn apart(from: &Calendar, to: &Calendar) -> Minutes {
    to.read_stamp(&from.stamp(Moment(0))).map_or(Minutes(0), |start| start.since(Moment(0)))
}

fn moved(line: &Line, by: Minutes) -> Line {
    let block = |block: &Block| {
        let span = Span::new(block.span.start + by, block.span.end + by);
        Block { span, ..block.clone() }
    };
    let duty = |duty: &Duty| Duty { blocks: duty.blocks.iter().map(block).collect() };
    Line {
        agent: line.agent,
        duties: line.duties.iter().map(duty).collect(),
        absences: line.absences.iter().map(block).collect(),
    }
}

impl Frozen {
    /// Everyone of the team at the time and their tier: as the note says, else who has rows and is still there.
    #[must_use]
    pub fn team(&self, scenario: &Scenario) -> BTreeMap<String, String> {
        if !self.tiers.is_empty() {
            return self.tiers.clone();
        }
        let Ok(bare) = table::read_bare(&self.rows, scenario.calendar.zone()) else {
            return BTreeMap::new();
        };
        let names = bare.names.ids().map(|agent| bare.names.of(agent).to_owned());
        let known = names.filter_map(|name| {
            let agent = scenario.names.agents.find(&name).ok()?;
            let tier = scenario.names.tiers.of(scenario.agent(agent).tier);
            Some((name, tier.to_owned()))
        });
        known.collect()
    }
}

impl Period {
    /// A single week as the scenario has it.
    #[must_use]
    pub fn of_week(
        roster: &Roster,
        scenario: &Scenario,
        published_on: Option<Date>,
        changes: usize,
    ) -> Period {
        let tier = |agent| scenario.names.tiers.of(scenario.agent(agent).tier).to_owned();
        let names = &scenario.names.agents;
        let week = Week {
            first: scenario.first(),
            published_on,
            changes,
            calendar: scenario.calendar.clone(),
            roster: roster.clone(),
            tiers: names.ids().map(|agent| (names.of(agent).to_owned(), tier(agent))).collect(),
        };
        let (calendar, roster) = (scenario.calendar.clone(), roster.clone());
        Period { calendar, weeks: vec![week], roster, gone: 0 }
    }

    /// Days of the period that some week covers.
    #[must_use]
    pub fn covered(&self) -> usize {
        self.weeks.iter().map(|week| week.calendar.days()).sum()
    }
}
