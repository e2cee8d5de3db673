//! The days around a horizon, as published: what a new week breaks together with the weeks beside it.

use super::found::Found;
use super::timeline::{Timeline, Wall};
use crate::calendar::{Calendar, Date};
use crate::duty::{Duty, Line};
use crate::id::AgentId;
use crate::rules::{Law, Person};
use crate::scenario::Scenario;
use crate::units::{Minutes, Moment};

/// The wall of all days known, and the days on it that are judged.
pub(super) struct Known<'a> {
    scenario: &'a Scenario,
    wall: Wall,
    /// How far the wall's count of minutes is ahead of the horizon's.
    shift: Minutes,
}

impl<'a> Known<'a> {
    /// The days that published rosters add to a horizon, on a wall of this calendar; none where they add none.
    pub(super) fn of(scenario: &'a Scenario, home: &Calendar) -> Option<Known<'a>> {
        let published = &scenario.published;
        if published.days_before + published.days_after == 0 {
            return None;
        }
        let calendar = &scenario.calendar;
        let first = calendar.first().plus(-i64::try_from(published.days_before).ok()?);
        let days = published.days_before + calendar.days() + published.days_after;
        let wide = Calendar::new(home.zone(), first, days, home.grid()).ok()?;
        let wide = wide.with_holidays(home.holidays().clone());
        let shift = wide.read_stamp(&calendar.stamp(Moment(0))).ok()?.since(Moment(0));
        let wall = Wall::around(&wide.with_week_start(calendar.week_start()));
        let last = first_after(calendar);
        Some(Known { scenario, wall: wall.judging(calendar.first(), last), shift })
    }

    /// Judge a person's lines among the days around them, and keep what those days alone do not break.
    pub(super) fn judge(
        &self,
        agent: AgentId,
        person: &Person,
        lines: &[&Line],
        law: &Law,
        found: &mut Found,
    ) {
        let around = self.around(agent, lines);
        let mut together = Found::default();
        let mut all = lines.to_vec();
        all.extend(&around);
        let time = Timeline::paint(agent, person, &all, &self.wall, self.shift);
        super::judge(law, &time, &mut together);

        let mut alone = Found::default();
        let before: Vec<&Line> = around.iter().collect();
        let time = Timeline::paint(agent, person, &before, &self.wall, self.shift);
        super::judge(law, &time, &mut alone);
        let calendar = &self.scenario.calendar;
        found.take_new(together, &alone, calendar.first()..first_after(calendar));
    }

    /// What was published for the days around, but for dates of which the roster itself speaks.
    fn around(&self, agent: AgentId, lines: &[&Line]) -> Option<Line> {
        let calendar = &self.scenario.calendar;
        let date = |duty: &Duty| calendar.local(duty.start()).date;
        let own: Vec<Date> = lines.iter().flat_map(|line| &line.duties).map(date).collect();
        let mut around = self.scenario.published.around(agent)?.clone();
        around.duties.retain(|duty| !own.contains(&date(duty)));
        Some(around)
    }
}

fn first_after(calendar: &Calendar) -> Date {
    calendar.date(calendar.days())
}
