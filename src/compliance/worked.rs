//! What was worked, from clock-ins and breaks taken: judged as a roster is, and held beside what was planned.

use std::collections::{BTreeMap, BTreeSet};

use super::{Compliance, Due, Severity, audit};
use crate::calendar::{Calendar, Date};
use crate::duty::{Activity, Duty, Line};
use crate::id::AgentId;
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::Minutes;

/// Rules that only whole weeks can tell of: a record that ends early leaves them open.
const OF_WHOLE_WEEKS: [&str; 2] = ["contract", "off_queue"];

/// Judge what was worked: the rules broken in fact, and breaks due, planned and taken.
///
/// What is due follows from what was worked. Only days of the horizon are judged, with a week on either side to
/// tell rests and weeks by; rules of whole weeks are left open where the record ends before the plan does.
#[must_use]
pub fn audit_worked(planned: &Roster, worked: &Roster, scenario: &Scenario) -> Compliance {
    audit_worked_by(planned, worked, &scenario.calendar, |roster| audit(roster, scenario))
}

/// The same by any judge, over any days.
pub fn audit_worked_by(
    planned: &Roster,
    worked: &Roster,
    calendar: &Calendar,
    judge: impl Fn(&Roster) -> Compliance,
) -> Compliance {
    let worked = around(worked, calendar);
    let mut judged = judge(&worked);
    let is_known = |date: Date| calendar.day_of(date).is_some();
    let is_whole = last_end(&worked) >= last_end(planned);
    judged.breaches.retain(|breach| {
        let is_open = !is_whole
            && breach.severity != Severity::Hard
            && OF_WHOLE_WEEKS.contains(&breach.kind.as_str());
        is_known(breach.date) && !is_open
    });
    judged.premiums.retain(|premium| is_known(premium.date));
    if !is_whole {
        judged.not_judged.push(
            "hours of whole weeks: the record of what was worked ends before the plan".into(),
        );
    }
    judged.dues = merged(judge(planned).dues, &judged.dues, &worked, calendar);
    judged
}

/// The audit of a plan, with what was taken beside what was due and planned.
#[must_use]
pub fn with_taken(planned: Compliance, worked: &Roster, scenario: &Scenario) -> Compliance {
    let worked = around(worked, &scenario.calendar);
    let taken = audit(&worked, scenario).dues;
    Compliance { dues: merged(planned.dues, &taken, &worked, &scenario.calendar), ..planned }
}

/// Duties and absences within a week of the horizon: a record may hold years.
fn around(worked: &Roster, calendar: &Calendar) -> Roster {
    let horizon = calendar.horizon();
    let week = Minutes::hours(24 * 7);
    let (from, to) = (horizon.start - week, horizon.end + week);
    let lines = worked.lines.iter().map(|line| {
        let duties = line.duties.iter().filter(|duty| from <= duty.start() && last(duty) <= to);
        let absences =
            line.absences.iter().filter(|block| from <= block.span.start && block.span.end <= to);
        Line {
            agent: line.agent,
            duties: duties.cloned().collect(),
            absences: absences.cloned().collect(),
        }
    });
    Roster { lines: lines.collect() }
}

fn last(duty: &Duty) -> crate::units::Moment {
    duty.blocks.iter().map(|block| block.span.end).max().unwrap_or(duty.end())
}

fn last_end(roster: &Roster) -> Option<crate::units::Moment> {
    roster.lines.iter().flat_map(|line| &line.duties).map(last).max()
}

/// What is due, planned and taken by person, date and kind.
///
/// Where somebody worked, what was worked decides what is due; where no record says that they did, the plan does.
fn merged(planned: Vec<Due>, worked: &[Due], record: &Roster, calendar: &Calendar) -> Vec<Due> {
    let pauses = pauses(record, calendar);
    let mut merged: BTreeMap<(AgentId, Date, String), Due> =
        planned.into_iter().map(|due| ((due.agent, due.date, due.kind.clone()), due)).collect();
    let taken: BTreeSet<(AgentId, Date, &str)> =
        worked.iter().map(|due| (due.agent, due.date, due.kind.as_str())).collect();
    for ((agent, date, kind), due) in &mut merged {
        let is_pause = ["break", "meal"].contains(&kind.as_str());
        if let Some(&rested) = pauses.get(&(*agent, *date))
            && is_pause
            && !taken.contains(&(*agent, *date, kind))
        {
            // They worked, and too short for anything to be due.
            due.due = Minutes(0);
            due.taken = Some(rested);
        }
    }
    for own in worked.iter().filter(|due| calendar.day_of(due.date).is_some()) {
        let due = merged
            .entry((own.agent, own.date, own.kind.clone()))
            .or_insert_with(|| Due { planned: Minutes(0), ..own.clone() });
        due.due = own.due;
        due.taken = Some(own.planned);
    }
    merged.into_values().collect()
}

/// Minutes of break and meal on every date on which somebody began to work.
fn pauses(record: &Roster, calendar: &Calendar) -> BTreeMap<(AgentId, Date), Minutes> {
    let mut pauses = BTreeMap::new();
    for line in &record.lines {
        for duty in &line.duties {
            let date = calendar.local(duty.start()).date;
            let rested = duty.minutes_of(Activity::Break) + duty.minutes_of(Activity::Meal);
            *pauses.entry((line.agent, date)).or_insert(Minutes(0)) += rested;
        }
    }
    pauses
}
