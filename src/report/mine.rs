//! Everything held and computed about one person, for that person: inputs, duties, breaks, strain with its formula,
//! where each figure comes from and who sees what. Nothing about anybody else.
//!
//! The only report that holds a named figure of strain. Nothing writes it but the command that a person asks for.

mod computed;
mod duties;
mod held;
mod others;
mod strain;

pub use held::{Held, held};

use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table, words};
use crate::calendar::{Calendar, Date};
use crate::compliance::Compliance;
use crate::id::AgentId;
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::strain::Strain;
use others::Others;

/// What there is about a person.
pub struct Mine<'a> {
    /// The team.
    pub scenario: &'a Scenario,
    /// Whose page it is.
    pub agent: AgentId,
    /// Rows of the team's files that name the person.
    pub held: &'a [Held],
    /// Rosters the person is in: the file, its clock, everybody's lines.
    pub rosters: &'a [Source],
    /// The roster at hand, judged; none where nothing is planned.
    pub judged: Option<Judged<'a>>,
}

/// A file with duties.
pub struct Source {
    /// Its name in the folder.
    pub file: String,
    /// Its clock.
    pub calendar: Calendar,
    /// Its duties; only the person's own are read.
    pub roster: Roster,
    /// The day it was published on, where it was.
    pub published_on: Option<Date>,
}

/// A roster with what follows from it.
pub struct Judged<'a> {
    /// Its name in the folder.
    pub file: String,
    /// The roster.
    pub roster: &'a Roster,
    /// Breaks due, planned and taken; rules; premiums.
    pub compliance: &'a Compliance,
    /// Strain, of which the person's own is shown.
    pub strain: &'a Strain,
}

/// The page of one person.
#[must_use]
pub fn mine(mine: &Mine<'_>) -> Report {
    let name = mine.scenario.names.agents.of(mine.agent);
    let others = Others::than(mine.agent, &mine.scenario.names.agents);
    let mut sections = vec![headline(mine)];
    sections.push(held::section(mine, &others));
    sections.push(computed::limits(mine));
    sections.extend(computed::wishes(mine));
    sections.push(duties::duties(mine, &others));
    sections.extend(duties::dues(mine));
    sections.extend(duties::breaches(mine, &others));
    sections.extend(duties::premiums(mine));
    sections.extend(strain::strain(mine));
    sections.push(who_sees_what());
    sections.push(Section {
        key: "rights",
        title: say("section-my-rights"),
        sentences: vec![say("my-never"), say("my-rights"), say("my-decision")],
        ..Section::default()
    });
    Report {
        schema: "evenkeel.my_data/1",
        title: say_with("my-title", &[("name", name.into())]),
        sections,
    }
}

fn headline(mine: &Mine<'_>) -> Section {
    let mut sentences = vec![say("my-for-you-alone")];
    match &mine.judged {
        Some(judged) => sentences.push(say_with(
            "my-roster",
            &[
                ("file", judged.file.as_str().into()),
                ("days", words::horizon(mine.scenario).into()),
            ],
        )),
        None => sentences.push(say("my-no-roster")),
    }
    Section { key: "headline", sentences, ..Section::default() }
}

fn who_sees_what() -> Section {
    let row = |what: String, who: String| vec![Cell::text(what), Cell::text(who)];
    let rows = vec![
        row(say("sees-inputs"), say("sees-inputs-who")),
        row(say("sees-duties"), say("sees-duties-who")),
        row(say("sees-dues"), say("sees-dues-who")),
        row(say("sees-premiums"), say("sees-premiums-who")),
        row(say("sees-groups"), say("sees-groups-who")),
        row(say("sees-strain"), say("sees-strain-who")),
    ];
    let columns = vec![
        Column::words("what", say("column-what")),
        Column::words("who", say("column-who-sees")),
    ];
    Section {
        key: "who_sees_what",
        title: say("section-who-sees-what"),
        sentences: Vec::new(),
        table: Some(Table { columns, rows }),
        picture: None,
    }
}
