//! Minimum presence: whom it means, when, and whether there are enough of them.

use std::collections::BTreeSet;

use super::super::build::presence::Meant;
use super::super::draft::Draft;
use super::super::problem::{Found, PRESENCE_HOURS, PRESENCE_TOO_MANY, PRESENCE_UNKNOWN, found};
use super::super::shape::MinimumPresenceShape;
use super::shifts::CLOCK_MINUTES;
use crate::calendar::{Weekday, Weekly};
use crate::id::nearest;

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = draft.file.minimum_presence.iter();
    rules
        .flat_map(|rule| [names(rule, draft), hours(rule, draft), enough(rule, draft)].concat())
        .collect()
}

fn path(rule: &MinimumPresenceShape, key: &str) -> String {
    format!("minimum_presence.{}.{key}", rule.id)
}

/// Tiers, skills, sites and people exist.
fn names(rule: &MinimumPresenceShape, draft: &Draft) -> Vec<Found> {
    let people = &draft.people.rows;
    let tiers: BTreeSet<&str> = draft.file.tiers.iter().map(|tier| tier.id.as_str()).collect();
    let wanted = draft.queues().iter().filter_map(|queue| queue.skill.as_deref());
    let held = people.iter().flat_map(|person| person.skills.iter().map(String::as_str));
    let skills: BTreeSet<&str> = wanted.chain(held).collect();
    let listed = draft.file.sites.iter().map(|site| site.id.as_str());
    let worked = people.iter().map(|person| person.site.as_str());
    let sites: BTreeSet<&str> = listed.chain(worked).filter(|site| !site.is_empty()).collect();
    let agents: BTreeSet<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let site: Vec<String> = rule.site.iter().cloned().collect();
    let mut wrong = Vec::new();
    for (key, what, known, named) in [
        ("tiers", "tier", tiers, &rule.tiers),
        ("skills", "skill", skills, &rule.skills),
        ("site", "site", sites, &site),
        ("people", "agent", agents, &rule.people),
    ] {
        for name in named.iter().filter(|name| !known.contains(name.as_str())) {
            let known: Vec<&str> = known.iter().copied().collect();
            let cause = match nearest(name, &known) {
                Some(near) => format!("no {what} is called `{name}`; did you mean `{near}`?"),
                None => format!("no {what} is called `{name}`"),
            };
            wrong.push(found(PRESENCE_UNKNOWN, draft.places.at(&path(rule, key)), cause));
        }
    }
    wrong
}

/// There are hours, and they start and end where duties may.
fn hours(rule: &MinimumPresenceShape, draft: &Draft) -> Vec<Found> {
    let Ok(weekly) = Weekly::parse(&rule.hours) else { return Vec::new() };
    let place = || draft.places.at(&path(rule, "hours"));
    if weekly.is_empty() {
        return vec![found(PRESENCE_HOURS, place(), "no hours are named")];
    }
    let days = Weekday::all().flat_map(|day| [weekly.on(day, false), weekly.on(day, true)]);
    let times: BTreeSet<_> = days.flatten().flat_map(|range| [range.from, range.to]).collect();
    let is_off =
        |time: &&crate::calendar::ClockTime| i64::from(time.0).rem_euclid(CLOCK_MINUTES) != 0;
    let off = times.iter().filter(is_off);
    off.map(|time| found(PRESENCE_HOURS, place(), format!("{time} is no multiple of 5 minutes")))
        .collect()
}

/// No more are asked for than there are.
fn enough(rule: &MinimumPresenceShape, draft: &Draft) -> Vec<Found> {
    let meant = Meant::of(rule);
    let many = draft.people.rows.iter().filter(|row| meant.holds(row)).count();
    // Rows that could not be read are told elsewhere, and may be whom it means.
    if rule.at_least <= many || !draft.people.ghosts.is_empty() {
        return Vec::new();
    }
    let cause = format!("{} are asked for, and it means {many}", rule.at_least);
    vec![found(PRESENCE_TOO_MANY, draft.places.at(&path(rule, "at_least")), cause)]
}
