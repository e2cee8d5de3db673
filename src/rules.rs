//! Working-time rules: their parameters, and what each admits in a line. Law packs are data in `rules/packs/`.
//!
//! Only parameters are shared with [`crate::compliance`], which judges finished rosters by code of its own.

use crate::calendar::{Calendar, Date};
use crate::duty::{Duty, Line};
use crate::units::Minutes;

/// Every rule in force for a team, from its packs, the most protective value winning.
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

/// The numbers a builder of lines steers by; keeping them is necessary, [`Law::objections`] has the last word.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// Shortest rest between two duties.
    pub rest_between: Minutes,
    /// Shortest stretch free of duty that each week must hold.
    pub weekly_rest: Minutes,
    /// Most working time in a duty.
    pub duty_work: Option<Minutes>,
    /// Most working time in a week.
    pub week_work: Option<Minutes>,
    /// Most days of work in a row.
    pub consecutive_days: Option<usize>,
    /// Longest stretch of work without a break.
    pub longest_stretch: Option<Minutes>,
}

/// Why a duty or a line may not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// The rule's id.
    pub rule: String,
    /// Minutes missing or over.
    pub by: Minutes,
}

impl Law {
    /// The rules of these packs together.
    ///
    /// # Errors
    /// A sentence where a pack is unknown.
    pub fn of(packs: &[String]) -> Result<Law, String> {
        let _ = packs;
        todo!()
    }

    /// The numbers a builder of lines steers by for this person.
    #[must_use]
    pub fn limits(&self, person: &Person, calendar: &Calendar) -> Limits {
        let _ = (person, calendar);
        todo!()
    }

    /// What speaks against one duty on its own.
    #[must_use]
    pub fn duty_objections(
        &self,
        duty: &Duty,
        person: &Person,
        calendar: &Calendar,
    ) -> Vec<Objection> {
        let _ = (duty, person, calendar);
        todo!()
    }

    /// What speaks against a whole line.
    #[must_use]
    pub fn objections(&self, line: &Line, person: &Person, calendar: &Calendar) -> Vec<Objection> {
        let _ = (line, person, calendar);
        todo!()
    }
}
