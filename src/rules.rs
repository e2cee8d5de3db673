//! Working-time rules: their parameters, and what each admits in a line. Law packs are data in `rules/packs/`.
//!
//! Every rule of a pack and of the packs it inherits stays in force, so that the most protective value wins by
//! itself; a rule steps back only where a rule of the same pack names it in `replaces`. Several packs together
//! keep the rules of each. Only parameters are shared with [`crate::compliance`], which judges finished rosters
//! by code of its own.

mod average;
mod break_after;
mod consecutive_days;
mod free_block;
mod limits;
mod max_work;
mod night;
mod pack;
mod paperwork;
mod past;
mod rest_between;
mod spell;
#[cfg(test)]
mod tests;
mod weeks;
mod young;

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Date, Weekday};
use crate::duty::{Block, Duty, Line};
use crate::units::Minutes;

pub use average::MaxAverage;
pub use break_after::BreakAfter;
pub use consecutive_days::ConsecutiveDays;
pub use free_block::{Alternative, FreeBlock};
pub use limits::{BreakNeed, Limits, NightLimit};
pub use max_work::{MaxWork, Per};
pub use night::Night;
pub use pack::{PackTitle, Window, packs};
pub use paperwork::{Notice, Record};
pub use past::Past;
pub use rest_between::RestBetween;
pub use young::Young;

use spell::Spells;

/// Every rule in force for a team, from its packs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Law {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// One rule, with where it comes from and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id, such as `ie.daily_rest`.
    pub id: String,
    /// The pack it comes from.
    pub pack: String,
    /// What it asks.
    pub kind: Kind,
    /// Where it is written.
    pub source: String,
    /// How sure the text is.
    pub certainty: Certainty,
    /// How bad a breach is.
    pub severity: Severity,
    /// When the source was last looked at.
    pub verified_on: Date,
    /// The reading taken, and what else there is to say.
    pub note: String,
    /// The day the pack's weeks start on.
    pub week_start: Weekday,
    /// Rules of inherited packs that step back for this one.
    pub replaces: Vec<String>,
    /// Whether a person may waive it.
    pub waivable: bool,
}

/// What a rule asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Working time has a ceiling.
    MaxWork(MaxWork),
    /// Working time has a ceiling on average.
    MaxAverage(MaxAverage),
    /// Rest between duties.
    RestBetween(RestBetween),
    /// Weekly rest.
    FreeBlock(FreeBlock),
    /// Breaks by length of work.
    BreakAfter(BreakAfter),
    /// Night work.
    Night(Night),
    /// Young people.
    Young(Young),
    /// Days of work in a row.
    ConsecutiveDays(ConsecutiveDays),
    /// Notice of the roster.
    Notice(Notice),
    /// Records to keep.
    Record(Record),
}

/// How sure the text of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// Checked against the official text.
    V1,
    /// Checked against a secondary text.
    V2,
    /// General knowledge, high confidence, text not seen.
    #[serde(rename = "K+")]
    KPlus,
    /// General knowledge, medium confidence.
    K,
    /// To be checked before it is relied on.
    #[serde(rename = "K?")]
    KDoubtful,
}

/// How bad a breach is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Not allowed.
    Hard,
    /// Allowed, to be avoided.
    Soft,
    /// To be known.
    Info,
}

/// What the rules need to know of a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Date of birth, where the team keeps it.
    pub born: Option<Date>,
    /// Packs that apply to this person alone; empty: the team's.
    pub law: Vec<String>,
    /// Ids of rules this person has waived, where the law lets them.
    pub waivers: Vec<String>,
}

/// Why a duty or a line may not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// The rule's id.
    pub rule: String,
    /// Minutes missing or over.
    pub by: Minutes,
}

impl Kind {
    /// Its name in packs and reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Kind::MaxWork(_) => "max_work",
            Kind::MaxAverage(_) => "max_avg",
            Kind::RestBetween(_) => "min_rest_between",
            Kind::FreeBlock(_) => "min_free_block",
            Kind::BreakAfter(_) => "break_after",
            Kind::Night(_) => "night",
            Kind::Young(_) => "young",
            Kind::ConsecutiveDays(_) => "max_consecutive_days",
            Kind::Notice(_) => "notice",
            Kind::Record(_) => "record",
        }
    }
}

impl Law {
    /// The rules of these packs together.
    ///
    /// # Errors
    /// A sentence where a pack is unknown.
    pub fn of(packs: &[String]) -> Result<Law, String> {
        pack::rules_of(packs).map(|rules| Law { rules })
    }

    /// The rules written in one pack's text, which inherits nothing.
    ///
    /// # Errors
    /// A sentence where the text is no pack.
    pub fn read(text: &str) -> Result<Law, String> {
        pack::Pack::read(text).map(|pack| Law { rules: pack.rules })
    }

    /// The rules that hold for a person: the team's, or those of the packs named for the person alone, without
    /// those that the person has waived where the law lets them.
    pub fn rules_for<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Rule> {
        let (team, own) = if person.law.is_empty() {
            (Some(self.rules.iter()), None)
        } else {
            (None, Some(pack::known_rules_of(&person.law).into_iter()))
        };
        let waived = |rule: &&Rule| rule.waivable && person.waivers.contains(&rule.id);
        team.into_iter()
            .flatten()
            .chain(own.into_iter().flatten())
            .filter(move |rule| !waived(rule))
    }

    /// Days before a horizon that its rules reach back to: the longest reference period of an average.
    #[must_use]
    pub fn reach(&self) -> usize {
        let days = self.rules.iter().map(|rule| match &rule.kind {
            Kind::MaxAverage(average) => average.period_days(),
            Kind::Night(night) => night.ref_months.map_or(0, |months| usize::from(months) * 30),
            Kind::MaxWork(_) | Kind::RestBetween(_) | Kind::FreeBlock(_) => 14,
            Kind::Young(_) | Kind::ConsecutiveDays(_) => 14,
            Kind::BreakAfter(_) | Kind::Notice(_) | Kind::Record(_) => 0,
        });
        days.max().unwrap_or(0)
    }

    /// The numbers a builder of lines steers by for this person.
    #[must_use]
    pub fn limits(&self, person: &Person, calendar: &Calendar) -> Limits {
        limits::gather(self.rules_for(person), person, calendar)
    }

    /// What speaks against one duty on its own.
    #[must_use]
    pub fn duty_objections(
        &self,
        duty: &Duty,
        person: &Person,
        calendar: &Calendar,
    ) -> Vec<Objection> {
        let spells = Spells::of_duty(duty, calendar);
        let mut objections = Vec::new();
        for rule in self.hard_rules_for(person) {
            let mut object = |by: Minutes| objections.push(Objection { rule: rule.id.clone(), by });
            match &rule.kind {
                Kind::BreakAfter(breaks) => breaks.object(&spells, &mut object),
                Kind::RestBetween(rest) => rest.object(&spells, &mut object),
                Kind::MaxWork(work) if work.per != Per::Week => {
                    work.object(&spells, rule.week_start, &mut object);
                }
                Kind::Young(young) => young.object_to_duty(&spells, person, &mut object),
                _ => {}
            }
        }
        objections
    }

    /// What speaks against a whole line.
    #[must_use]
    pub fn objections(&self, line: &Line, person: &Person, calendar: &Calendar) -> Vec<Objection> {
        self.object_to(&Spells::of_line(line, calendar), &line.absences, person)
    }

    fn object_to(
        &self,
        spells: &Spells<'_>,
        absences: &[Block],
        person: &Person,
    ) -> Vec<Objection> {
        let mut objections = Vec::new();
        for rule in self.hard_rules_for(person) {
            let mut object = |by: Minutes| objections.push(Objection { rule: rule.id.clone(), by });
            match &rule.kind {
                Kind::BreakAfter(breaks) => breaks.object(spells, &mut object),
                Kind::RestBetween(rest) => rest.object(spells, &mut object),
                Kind::MaxWork(work) => work.object(spells, rule.week_start, &mut object),
                Kind::MaxAverage(average) => average.object(spells, absences, &mut object),
                Kind::FreeBlock(free) => free.object(spells, rule.week_start, &mut object),
                Kind::Night(night) => night.object(spells, &mut object),
                Kind::Young(young) => {
                    young.object(spells, person, rule.week_start, &mut object);
                }
                Kind::ConsecutiveDays(days) => days.object(spells, &mut object),
                Kind::Notice(_) | Kind::Record(_) => {}
            }
        }
        objections
    }

    fn hard_rules_for<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Rule> {
        self.rules_for(person).filter(|rule| rule.severity == Severity::Hard)
    }
}
