//! People and dates as typed: `amy:2026-12-01`, `amy:2026-12-01..2026-12-04`.

use crate::calendar::{ClockTime, Date};
use crate::id::AgentId;
use crate::scenario::Scenario;
use crate::units::{Moment, Span};

use super::Failure;

/// A person and the dates said of them, the last included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonDates {
    name: String,
    first: Date,
    last: Date,
}

impl PersonDates {
    /// Read `amy:2026-12-01` or `amy:2026-12-01..2026-12-04`.
    pub(super) fn parse(text: &str) -> Result<PersonDates, String> {
        let refused = || {
            format!(
                "`{text}` is no person with a date; write such as amy:2026-12-01 or amy:2026-12-01..2026-12-04"
            )
        };
        let (name, dates) = text.rsplit_once(':').ok_or_else(refused)?;
        let (first, last) = dates.split_once("..").unwrap_or((dates, dates));
        let (first, last) = (Date::parse(first)?, Date::parse(last)?);
        if name.is_empty() {
            return Err(refused());
        }
        if last < first {
            return Err(format!("{last} is before {first}; write the first date first"));
        }
        Ok(PersonDates { name: name.to_owned(), first, last })
    }

    /// Read a person with a single date.
    pub(super) fn parse_day(text: &str) -> Result<PersonDates, String> {
        let read = PersonDates::parse(text)?;
        if read.first == read.last {
            Ok(read)
        } else {
            Err(format!("`{text}` names several dates; swap one duty at a time"))
        }
    }

    /// The first date.
    pub(super) fn first(&self) -> Date {
        self.first
    }

    /// Who is meant.
    pub(super) fn agent(&self, scenario: &Scenario) -> Result<AgentId, Failure> {
        let found = scenario.names.agents.find(&self.name);
        found.map_err(|cause| Failure::usage(cause, "name someone of agents.csv"))
    }

    /// From the first midnight to the last, where any of it lies in the week.
    pub(super) fn span(&self, scenario: &Scenario) -> Result<Span, Failure> {
        let calendar = &scenario.calendar;
        let last_day = calendar.date(calendar.days() - 1);
        if self.last < scenario.first() || self.first > last_day {
            let (first, days) = (scenario.first(), calendar.days());
            return Err(Failure::usage(
                format!("{} is not among the {days} days from {first}", self.first),
                "name a date of the roster's week, or another roster with --plan",
            ));
        }
        let midnight = |date: Date| calendar.at(date, ClockTime(0));
        Ok(Span::new(midnight(self.first), midnight(self.last.plus(1))))
    }
}

/// What time it is, as typed: local time with or without offset, before the week is over.
pub(super) fn now(text: &str, scenario: &Scenario) -> Result<Moment, Failure> {
    let calendar = &scenario.calendar;
    let refused =
        |cause: String| Failure::usage(format!("--now: {cause}"), "write such as 2026-12-01T10:30");
    let moment = calendar.read_stamp(text).map_err(refused)?;
    if moment >= calendar.horizon().end {
        let last = calendar.date(calendar.days() - 1);
        return Err(Failure::usage(
            format!("the week is over at {text}: its last day is {last}"),
            "name a time within the week, or another roster with --plan",
        ));
    }
    Ok(moment)
}
