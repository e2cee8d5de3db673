//! Working-time rules: their parameters, and what each admits in a line. Law packs are data in `rules/packs/`.
//!
//! Every rule of a pack and of the packs it inherits stays in force, so that the most protective value wins by
//! itself; a rule steps back only where a rule of the same pack names it in `replaces`. Several packs together
//! keep the rules of each. Only parameters are shared with [`crate::compliance`], which judges finished rosters
//! by code of its own.

mod average;
mod ban_day;
mod break_after;
mod break_per;
mod consecutive_days;
mod event_break;
mod free_block;
mod limits;
mod max_span;
mod max_work;
mod night;
mod overtime;
mod pack;
mod paperwork;
mod past;
mod place;
mod rest_between;
mod screen_break;
mod spell;
#[cfg(test)]
mod tests;
mod weeks;
mod young;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Date, Weekday};
use crate::duty::{Block, Duty, Line};
use crate::units::Minutes;

pub use average::MaxAverage;
pub use ban_day::{BanDay, DayName, Holiday};
pub use break_after::{Bounds, BreakAfter, BreakWindow, Take};
pub use break_per::{BreakPer, Rounding};
pub use consecutive_days::ConsecutiveDays;
pub use event_break::{EventBreak, Trigger};
pub use free_block::{Alternative, FreeBlock};
pub use limits::{BreakNeed, BreakPlace, HourlyPause, Limits, NightLimit};
pub use max_span::MaxSpan;
pub use max_work::{MaxWork, Per};
pub use night::Night;
pub use overtime::{HoursPremium, Overtime, Step};
pub use pack::{PackTitle, Window, packs};
pub use paperwork::{ChangePremium, Notice, Record};
pub use past::Past;
pub use place::Place;
pub use rest_between::{AfterNight, Reducible, RestBetween};
pub use screen_break::ScreenBreak;
pub use young::Young;

use break_after::Others;
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
    /// A duty is spread over no more than so long.
    MaxSpan(MaxSpan),
    /// Working time has a ceiling on average.
    MaxAverage(MaxAverage),
    /// Rest between duties.
    RestBetween(RestBetween),
    /// Weekly rest.
    FreeBlock(FreeBlock),
    /// Breaks by length of work.
    BreakAfter(BreakAfter),
    /// Rests by hours of work.
    BreakPer(BreakPer),
    /// Interruptions of screen work.
    ScreenBreak(ScreenBreak),
    /// Breaks after events.
    EventBreak(EventBreak),
    /// Days without work.
    BanDay(BanDay),
    /// Pay for overtime.
    Overtime(Overtime),
    /// Pay for work at some hours.
    HoursPremium(HoursPremium),
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
    /// The wall where the person works, where it is not the team's.
    pub place: Option<Arc<Place>>,
}

/// Why a duty or a line may not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// The rule's id.
    pub rule: String,
    /// Minutes missing or over.
    pub by: Minutes,
}

impl Rule {
    /// Whether a person has waived it, where the law lets them.
    #[must_use]
    pub fn is_waived_by(&self, person: &Person) -> bool {
        self.waivable && person.waivers.contains(&self.id)
    }

    fn is_waived_by_duty(&self) -> bool {
        matches!(&self.kind, Kind::BreakAfter(breaks) if breaks.is_waived_by_duty())
    }
}

impl Kind {
    /// Its name in packs and reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Kind::MaxWork(_) => "max_work",
            Kind::MaxSpan(_) => "max_span",
            Kind::MaxAverage(_) => "max_avg",
            Kind::RestBetween(_) => "min_rest_between",
            Kind::FreeBlock(_) => "min_free_block",
            Kind::BreakAfter(_) => "break_after",
            Kind::BreakPer(_) => "break_per",
            Kind::ScreenBreak(_) => "screen_break",
            Kind::EventBreak(_) => "event_break",
            Kind::BanDay(_) => "ban_day",
            Kind::Overtime(_) => "overtime",
            Kind::HoursPremium(_) => "hours_premium",
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
    /// those that the person has waived where the law lets them. A rule whose waiver holds in some duties only
    /// stays, for its judge to look at each duty.
    pub fn rules_for<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Rule> {
        let (team, own) = if person.law.is_empty() {
            (Some(self.rules.iter()), None)
        } else {
            (None, Some(pack::known_rules_of(&person.law).into_iter()))
        };
        let waived = |rule: &&Rule| rule.is_waived_by(person) && !rule.is_waived_by_duty();
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
            Kind::Night(night) => night.period_days(),
            Kind::MaxWork(_)
            | Kind::RestBetween(_)
            | Kind::FreeBlock(_)
            | Kind::Young(_)
            | Kind::ConsecutiveDays(_) => 14,
            Kind::Overtime(_) => 7,
            Kind::MaxSpan(_)
            | Kind::BreakAfter(_)
            | Kind::BreakPer(_)
            | Kind::ScreenBreak(_)
            | Kind::EventBreak(_)
            | Kind::BanDay(_)
            | Kind::HoursPremium(_)
            | Kind::Notice(_)
            | Kind::Record(_) => 0,
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
        let (wall, ahead) = person.wall(calendar);
        let spells = Spells::of_duty(duty, wall).later(ahead);
        self.object_by(person, |rule, others, object| match &rule.kind {
            Kind::RestBetween(rest) => rest.object(&spells, object),
            Kind::MaxWork(work) if !matches!(work.per, Per::Week | Per::Year) => {
                work.object(&spells, rule.week_start, object);
            }
            Kind::Young(young) => young.object_to_duty(&spells, person, object),
            kind => kind.object_to_day(rule, others, &spells, person, object),
        })
    }

    /// What speaks against a whole line.
    #[must_use]
    pub fn objections(&self, line: &Line, person: &Person, calendar: &Calendar) -> Vec<Objection> {
        let (line, wall) = person.on_own_wall(line, calendar);
        self.object_to(&Spells::of_line(&line, wall), &line.absences, person)
    }

    fn object_to(
        &self,
        spells: &Spells<'_>,
        absences: &[Block],
        person: &Person,
    ) -> Vec<Objection> {
        self.object_by(person, |rule, others, object| match &rule.kind {
            Kind::RestBetween(rest) => rest.object(spells, object),
            Kind::MaxWork(work) => work.object(spells, rule.week_start, object),
            Kind::MaxAverage(average) => average.object(spells, absences, object),
            Kind::FreeBlock(free) => free.object(spells, rule.week_start, object),
            Kind::Night(night) => night.object(spells, object),
            Kind::Young(young) => young.object(spells, person, rule.week_start, object),
            Kind::ConsecutiveDays(days) => days.object(spells, rule.week_start, object),
            kind => kind.object_to_day(rule, others, spells, person, object),
        })
    }

    fn hard_rules_for<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a Rule> {
        self.rules_for(person).filter(|rule| rule.severity == Severity::Hard)
    }

    fn object_by(
        &self,
        person: &Person,
        ask: impl Fn(&Rule, Others<'_>, &mut dyn FnMut(Minutes)),
    ) -> Vec<Objection> {
        let rules: Vec<&Rule> = self.hard_rules_for(person).collect();
        let mut objections = Vec::new();
        for rule in &rules {
            ask(rule, Others(&rules), &mut |by| {
                objections.push(Objection { rule: rule.id.clone(), by });
            });
        }
        objections
    }
}

impl Kind {
    /// Rules about each duty or each day by itself.
    fn object_to_day(
        &self,
        rule: &Rule,
        others: Others<'_>,
        spells: &Spells<'_>,
        person: &Person,
        object: &mut dyn FnMut(Minutes),
    ) {
        match self {
            Kind::BreakAfter(breaks) => {
                breaks.object(spells, others, rule.is_waived_by(person), object);
            }
            Kind::MaxSpan(span) => span.object(spells, object),
            Kind::BreakPer(rests) => rests.object(spells, object),
            Kind::ScreenBreak(screen) => screen.object(spells, object),
            Kind::EventBreak(event) => event.object(spells, object),
            Kind::BanDay(ban) => ban.object(spells, object),
            _ => {}
        }
    }
}
