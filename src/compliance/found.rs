//! What the audit has found so far.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::timeline::Timeline;
use super::{Breach, Compliance, Due, Premium, Times};
use crate::calendar::Date;
use crate::id::AgentId;
use crate::rules::Rule;
use crate::units::Minutes;

/// Breaches, dues and what could not be judged, while they are gathered.
#[derive(Default)]
pub(super) struct Found {
    breaches: Vec<Breach>,
    /// Owed and planned, by agent, date, kind, place of the duty in the day and number of the break in it.
    dues: BTreeMap<(AgentId, Date, &'static str, usize, usize), Owed>,
    /// Minutes by agent, date, kind, rate in thousandths, and rule.
    premiums: BTreeMap<(AgentId, Date, String, i64, String), f64>,
    not_judged: BTreeSet<String>,
}

/// What is owed for one duty, and what of it is planned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owed {
    pub(super) due: Minutes,
    pub(super) planned: Minutes,
    /// The same in pieces, where the rule counts them.
    pub(super) times: Option<Times>,
}

impl Owed {
    /// Owed in minutes.
    pub(super) fn minutes(due: Minutes, planned: Minutes) -> Owed {
        Owed { due, planned, times: None }
    }

    /// Owed in pieces of a length.
    pub(super) fn pieces(each: Minutes, due: i64, planned: i64) -> Owed {
        Owed { due: each * due, planned: each * planned, times: Some(Times { due, planned }) }
    }
}

impl Found {
    pub(super) fn breach(
        &mut self,
        rule: &Rule,
        time: &Timeline<'_>,
        date: Date,
        by: i64,
        repair: String,
    ) {
        self.breaches.push(Breach {
            rule: rule.id.clone(),
            kind: rule.kind.name().to_owned(),
            severity: rule.severity,
            agent: Some(time.agent),
            date,
            by_minutes: Minutes(by),
            source: rule.source.clone(),
            repair,
        });
    }

    pub(super) fn breach_of_house(&mut self, breach: Breach) {
        self.breaches.push(breach);
    }

    /// Of several rules that ask for the same, the one that asks most is due; of equal ones the least kept.
    pub(super) fn owe(
        &mut self,
        time: &Timeline<'_>,
        kind: &'static str,
        start: usize,
        nth: usize,
        owed: Owed,
    ) {
        let known = self.dues.entry((time.agent, time.wall.date(start), kind, start, nth));
        let known = known.or_insert(owed);
        if owed.due > known.due || (owed.due == known.due && owed.planned < known.planned) {
            *known = owed;
        }
    }

    /// Take over what another search found beyond what a third found alone: breaches that are new or worse, and
    /// what is owed on these dates.
    pub(super) fn take_new(&mut self, all: Found, alone: &Found, dates: Range<Date>) {
        let is_old = |breach: &Breach| {
            let same = |old: &&Breach| {
                (&old.rule, old.agent, old.date) == (&breach.rule, breach.agent, breach.date)
            };
            alone.breaches.iter().filter(same).any(|old| old.by_minutes >= breach.by_minutes)
        };
        self.breaches.extend(all.breaches.into_iter().filter(|breach| !is_old(breach)));
        self.dues.extend(all.dues.into_iter().filter(|((_, date, ..), _)| dates.contains(date)));
        self.not_judged.extend(all.not_judged.difference(&alone.not_judged).cloned());
        self.premiums
            .extend(all.premiums.into_iter().filter(|((_, date, ..), _)| dates.contains(date)));
    }

    /// Minutes that a rule pays at a rate.
    pub(super) fn pay(
        &mut self,
        rule: &Rule,
        time: &Timeline<'_>,
        date: Date,
        kind: &str,
        minutes: f64,
        rate: f64,
    ) {
        let key = (time.agent, date, kind.to_owned(), thousandths(rate), rule.id.clone());
        *self.premiums.entry(key).or_default() += minutes;
    }

    /// An hour of pay for a day on which something owed was missing; one a day and kind.
    pub(super) fn pay_missed_hour(
        &mut self,
        rule: &Rule,
        time: &Timeline<'_>,
        date: Date,
        kind: &str,
    ) {
        let key = (time.agent, date, kind.to_owned(), thousandths(1.0), rule.id.clone());
        self.premiums.insert(key, 60.0);
    }

    pub(super) fn not_judged(&mut self, sentence: String) {
        self.not_judged.insert(sentence);
    }

    pub(super) fn done(mut self) -> Compliance {
        let key = |breach: &Breach| {
            (
                breach.agent,
                breach.date,
                breach.severity,
                breach.rule.clone(),
                breach.by_minutes,
                breach.repair.clone(),
            )
        };
        self.breaches.sort_by_key(key);
        let mut by_date: BTreeMap<(AgentId, Date, &str), Owed> = BTreeMap::new();
        for ((agent, date, kind, _, _), owed) in self.dues {
            by_date
                .entry((agent, date, kind))
                .and_modify(|sum| *sum = sum.and(owed))
                .or_insert(owed);
        }
        let dues = by_date.into_iter().map(|((agent, date, kind), owed)| Due {
            agent,
            date,
            kind: kind.to_owned(),
            due: owed.due,
            planned: owed.planned,
            taken: None,
            times: owed.times,
        });
        // Of two rules that pay for the same, the one that pays for more.
        let mut paid: BTreeMap<(AgentId, Date, String, i64), f64> = BTreeMap::new();
        for ((agent, date, kind, rate, _), minutes) in self.premiums {
            let most = paid.entry((agent, date, kind, rate)).or_default();
            *most = most.max(minutes);
        }
        let premiums = paid.into_iter().map(|((agent, date, kind, rate), minutes)| Premium {
            agent,
            date,
            kind,
            hours: minutes / 60.0,
            rate: real(rate) / 1000.0,
        });
        Compliance {
            breaches: self.breaches,
            dues: dues.collect(),
            premiums: premiums.collect(),
            not_judged: self.not_judged.into_iter().collect(),
        }
    }
}

impl Owed {
    /// Two duties of a day together; pieces only where both are counted in them.
    fn and(self, other: Owed) -> Owed {
        let times = self.times.zip(other.times).map(|(one, other)| Times {
            due: one.due + other.due,
            planned: one.planned + other.planned,
        });
        Owed { due: self.due + other.due, planned: self.planned + other.planned, times }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rates of pay are small")]
fn thousandths(rate: f64) -> i64 {
    (rate * 1000.0).round() as i64
}

fn real(number: i64) -> f64 {
    Minutes(number).real()
}
