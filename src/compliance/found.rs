//! What the audit has found so far.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::timeline::Timeline;
use super::{Breach, Compliance, Due};
use crate::calendar::Date;
use crate::id::AgentId;
use crate::rules::Rule;
use crate::units::Minutes;

/// Breaches, dues and what could not be judged, while they are gathered.
#[derive(Default)]
pub(super) struct Found {
    breaches: Vec<Breach>,
    /// Owed and planned, by agent, date, kind and place of the duty in the day.
    dues: BTreeMap<(AgentId, Date, &'static str, usize), (Minutes, Minutes)>,
    not_judged: BTreeSet<String>,
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
            agent: time.agent,
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
        due: Minutes,
        planned: Minutes,
    ) {
        let owed = self.dues.entry((time.agent, time.wall.date(start), kind, start));
        let owed = owed.or_insert((due, planned));
        if due > owed.0 || (due == owed.0 && planned < owed.1) {
            *owed = (due, planned);
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
        let mut by_date: BTreeMap<(AgentId, Date, &str), (Minutes, Minutes)> = BTreeMap::new();
        for ((agent, date, kind, _), (due, planned)) in self.dues {
            let sum = by_date.entry((agent, date, kind)).or_default();
            sum.0 += due;
            sum.1 += planned;
        }
        let dues = by_date.into_iter().map(|((agent, date, kind), (due, planned))| Due {
            agent,
            date,
            kind: kind.to_owned(),
            due,
            planned,
            taken: None,
        });
        Compliance {
            breaches: self.breaches,
            dues: dues.collect(),
            premiums: Vec::new(),
            not_judged: self.not_judged.into_iter().collect(),
        }
    }
}
