//! Where a person works, when it is not where the team's clock hangs: a wall with a clock and calendar of its own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Person;
use crate::calendar::{Calendar, Date};
use crate::duty::{Block, Duty, Line};
use crate::units::{Minutes, Moment, Span};

/// The wall of a site in another time zone, over the same dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its calendar, with holidays of its own.
    pub calendar: Calendar,
    /// How far its count of minutes is ahead of the team's: what the team calls moment 0 is so much there.
    pub ahead: Minutes,
}

impl Place {
    /// The same dates as the team's on the wall of a time zone.
    ///
    /// # Errors
    /// A sentence where the zone is unknown.
    pub fn of(
        team: &Calendar,
        zone: &str,
        holidays: BTreeMap<Date, String>,
    ) -> Result<Place, String> {
        let there = Calendar::new(zone, team.first(), team.days(), team.grid())?;
        let start = there.read_stamp(&team.stamp(Moment(0)))?;
        let calendar = there.with_holidays(holidays).with_week_start(team.week_start());
        Ok(Place { calendar, ahead: start.since(Moment(0)) })
    }

    /// A stretch of the team's time in the count of this place.
    #[must_use]
    pub fn here(&self, span: Span) -> Span {
        Span::new(span.start + self.ahead, span.end + self.ahead)
    }

    /// A stretch in the count of this place as the team counts it.
    #[must_use]
    pub fn there(&self, span: Span) -> Span {
        Span::new(span.start - self.ahead, span.end - self.ahead)
    }

    fn line(&self, line: &Line) -> Line {
        let block = |block: &Block| Block { span: self.here(block.span), ..block.clone() };
        let duty = |duty: &Duty| Duty { blocks: duty.blocks.iter().map(block).collect() };
        Line {
            agent: line.agent,
            duties: line.duties.iter().map(duty).collect(),
            absences: line.absences.iter().map(block).collect(),
        }
    }
}

impl Person {
    /// The calendar on the person's wall, and how far its count of minutes is ahead of the team's.
    #[must_use]
    pub fn wall<'a>(&'a self, team: &'a Calendar) -> (&'a Calendar, Minutes) {
        match &self.place {
            Some(place) => (&place.calendar, place.ahead),
            None => (team, Minutes(0)),
        }
    }

    /// A line in the count of the person's own wall, with that wall.
    #[must_use]
    pub fn on_own_wall<'a>(
        &'a self,
        line: &'a Line,
        team: &'a Calendar,
    ) -> (Cow<'a, Line>, &'a Calendar) {
        match &self.place {
            Some(place) => (Cow::Owned(place.line(line)), &place.calendar),
            None => (Cow::Borrowed(line), team),
        }
    }
}
