//! What a change does to strain: in places of the plan where few people change, in bands only where enough do, so
//! that nobody's band can be read off the difference between two reports.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::AgentId;
use crate::replan::{Replan, Swap};
use crate::report::messages::{say, say_with};
use crate::report::readers::lines;
use crate::report::{Cell, Column, Section, Table, strain};
use crate::review::{Cause, causes};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::strain::{Bands, SMALLEST_GROUP, Strain};
use crate::units::Moment;

/// What becomes of strain.
pub(in crate::report) struct Tiring<'a> {
    /// Places that are harder or easier than before.
    pub(in crate::report) places: Vec<Place>,
    /// Strain of the week as it was meant.
    before: &'a Strain,
    /// Strain of the changed week; none where so few people change that it would tell of them.
    after: Option<&'a Strain>,
}

/// A place in the plan, before and after.
pub(in crate::report) struct Place {
    /// As it was; none where it is new.
    pub(in crate::report) before: Option<Cause>,
    /// As it is; none where it is gone.
    pub(in crate::report) after: Option<Cause>,
}

impl Tiring<'_> {
    /// Bands of the week as it was meant, which its own report shows.
    pub(in crate::report) fn bands_before(&self) -> Option<Bands> {
        self.before.team
    }

    /// Bands of the changed week, where they may be told.
    pub(in crate::report) fn bands(&self) -> Option<Bands> {
        self.after.and_then(|after| after.team)
    }
}

/// Of a changed week.
pub(in crate::report) fn of(replan: &Replan) -> Tiring<'_> {
    let is_told = differ(&replan.meant, &replan.roster) >= SMALLEST_GROUP;
    Tiring {
        places: places(&replan.standing, &replan.roster, &replan.scenario),
        before: &replan.strain_meant,
        after: is_told.then_some(&replan.after.strain),
    }
}

/// Of a swap, which is about two people.
pub(in crate::report) fn of_swap<'a>(
    swap: &'a Swap,
    roster: &Roster,
    scenario: &Scenario,
) -> Tiring<'a> {
    Tiring {
        places: places(roster, &swap.roster, scenario),
        before: &swap.judged[0].strain,
        after: None,
    }
}

/// People whose duties differ.
fn differ(before: &Roster, after: &Roster) -> usize {
    let duties = |roster: &Roster, agent: AgentId| {
        let own = roster.lines.iter().filter(move |line| line.agent == agent);
        own.flat_map(|line| line.duties.clone()).collect::<Vec<_>>()
    };
    let people: BTreeSet<AgentId> =
        before.lines.iter().chain(&after.lines).map(|line| line.agent).collect();
    people.into_iter().filter(|&agent| duties(before, agent) != duties(after, agent)).count()
}

/// Places of the plan that differ, by what they add to.
fn places(before: &Roster, after: &Roster, scenario: &Scenario) -> Vec<Place> {
    type Key = (&'static str, Moment, Moment);
    let of = |roster: &Roster| -> (Vec<Key>, BTreeMap<Key, Cause>) {
        let all = causes(roster, &scenario.calendar, None);
        let key = |cause: &Cause| (cause.component, cause.from, cause.to);
        (all.iter().map(key).collect(), all.into_iter().map(|cause| (key(&cause), cause)).collect())
    };
    let ((_, mut old), (keys, mut new)) = (of(before), of(after));
    let gone: Vec<Key> = old.keys().filter(|key| !new.contains_key(*key)).copied().collect();
    let both = keys.into_iter().chain(gone);
    let pairs = both.map(|key| Place { before: old.remove(&key), after: new.remove(&key) });
    pairs.filter(|place| place.before != place.after).collect()
}

/// What is more or less tiring than before, then bands where they may be told.
pub(super) fn sections(tiring: &Tiring<'_>, scenario: &Scenario) -> Vec<Section> {
    let said = |cause: Option<&Cause>| match cause {
        Some(cause) => Cell::text(format!("{}; {}", lines::what(cause), lines::worst(cause))),
        None => Cell::text(say("tiring-none")),
    };
    let row = |place: &Place| {
        let cause = place.after.as_ref().or(place.before.as_ref())?;
        Some(vec![
            Cell::text(crate::report::words::component(cause.component)),
            Cell::text(lines::place(cause, &scenario.calendar)),
            said(place.before.as_ref()),
            said(place.after.as_ref()),
        ])
    };
    let rows: Vec<Vec<Cell>> = tiring.places.iter().filter_map(row).collect();
    let columns = vec![
        Column::words("component", say("column-component")),
        Column::words("where", say("column-where")),
        Column::words("before", say("column-before")),
        Column::words("after", say("column-after")),
    ];
    let mut sentences = vec![if rows.is_empty() { say("tiring-same") } else { say("tiring-more") }];
    if tiring.after.is_none() {
        sentences.push(say_with("tiring-no-bands", &[("smallest", SMALLEST_GROUP.into())]));
    }
    let places = Section {
        key: "strain_effect",
        title: say("section-strain-effect"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    };
    let bands =
        tiring.after.map(|after| Section { picture: None, ..strain::bands(after, scenario) });
    std::iter::once(places).chain(bands).collect()
}
