//! How short the notice of someone's duties is: what a published roster says of each, else what the team promises.

use crate::calendar::Date;
use crate::duty::{Duty, Line};
use crate::id::Id;
use crate::scenario::{PublishedWeek, Scenario};

/// A fortnight of notice is what the evidence speaks for.
const GOOD_NOTICE: f64 = 14.0;
/// A change told less than so many days before is a late one.
const LATE_CHANGE: i64 = 2;
/// What a late change counts for, in days of notice.
const A_LATE_CHANGE: f64 = 3.0;

/// Days of notice missing from a fortnight, the mean of the duties, and three more for each late change; 0 for
/// whoever has no duty to be told of.
pub(crate) fn short_notice(line: &Line, scenario: &Scenario) -> f64 {
    if line.duties.is_empty() {
        return 0.0;
    }
    let week = scenario.published.within.as_ref();
    let (mut missing, mut duties) = (0.0, 0.0);
    for duty in &line.duties {
        let date = scenario.calendar.local(duty.start()).date;
        let told = week.and_then(|week| told(week, line, duty, date, scenario));
        let days = told.map_or(scenario.notice_days, |told| date.days_since(told));
        let days = i32::try_from(days.clamp(0, 366)).expect("clamped just before");
        missing += (GOOD_NOTICE - f64::from(days)).max(0.0);
        duties += 1.0;
    }
    let late = week.map_or(0.0, |week| late_changes(week, line));
    missing / duties + A_LATE_CHANGE * late
}

/// When a duty was told, where it is as published or was changed since.
fn told(
    week: &PublishedWeek,
    line: &Line,
    duty: &Duty,
    date: Date,
    scenario: &Scenario,
) -> Option<Date> {
    let published = week.lines.get(line.agent.index())?;
    let is_known =
        published.duties.contains(duty) || week.changed.contains_key(&(line.agent, date));
    is_known.then(|| week.told_on(line.agent, date, &scenario.calendar)).flatten()
}

fn late_changes(week: &PublishedWeek, line: &Line) -> f64 {
    let own = week.changed.iter().filter(|((agent, _), _)| *agent == line.agent);
    own.filter(|((_, date), told)| date.days_since(**told) < LATE_CHANGE).map(|_| 1.0).sum()
}
