//! Sites: names, time zones, law packs, holidays, and who works there.

use std::collections::BTreeSet;

use super::super::build;
use super::super::draft::Draft;
use super::super::people::AGENTS;
use super::super::problem::{
    Found, SITE_HOLIDAY_UNREADABLE, SITE_LAW_UNKNOWN, SITE_UNKNOWN, SITE_ZONE_UNKNOWN, found,
};
use crate::calendar::{Calendar, Date};
use crate::id::nearest;
use crate::units::Minutes;

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    let known: BTreeSet<&str> = draft.file.sites.iter().map(|site| site.id.as_str()).collect();
    let any_day = Date::parse("2026-01-01").expect("a plain date");
    for site in &draft.file.sites {
        let place = |key: &str| draft.places.at(&format!("sites.{}.{key}", site.id));
        if let Some(zone) = &site.time_zone
            && let Err(cause) = Calendar::new(zone, any_day, 1, Minutes(30))
        {
            wrong.push(found(SITE_ZONE_UNKNOWN, place("time_zone"), cause));
        }
        for pack in &site.law {
            if let Err(cause) = build::law(std::slice::from_ref(pack)) {
                wrong.push(found(SITE_LAW_UNKNOWN, place("law"), cause));
            }
        }
        for cause in site.holidays.keys().filter_map(|date| Date::parse(date).err()) {
            wrong.push(found(SITE_HOLIDAY_UNREADABLE, place("holidays"), cause));
        }
    }
    if known.is_empty() {
        return wrong;
    }
    let names: Vec<&str> = known.iter().copied().collect();
    let people = draft.people.rows.iter();
    for person in people.filter(|one| !one.site.is_empty() && !known.contains(one.site.as_str())) {
        let cause = match nearest(&person.site, &names) {
            Some(near) => format!("no site is called `{}`; did you mean `{near}`?", person.site),
            None => format!("no site is called `{}`; known are {}", person.site, names.join(", ")),
        };
        wrong.push(found(SITE_UNKNOWN, AGENTS.at(person.line, "site"), cause));
    }
    wrong
}
