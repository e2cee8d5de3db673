//! Hires and cuts act on places: a tier, skills, a site and contract hours. Nobody is picked.
//!
//! People are in equal places where these four agree, and a change spreads over the places of a tier (or of the
//! team) in proportion, by largest remainder one person at a time, so that a cut of two is a cut of one and one
//! more. Which of several equal places is vacated is drawn, from nothing that is known of the people in them, and
//! never shown; whoever was mentored there is mentored by someone else.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::people::PersonRow;
use super::super::problem::{
    CHANGE_TIER_UNKNOWN, CUT_LEAVES_NOBODY, CUT_MISCOUNTED, Found, HIRE_NOTHING_TO_COPY, found,
};
use super::super::shape::{OffQueueShape, OffQueueWho};
use super::{Change, Many, Variant};
use crate::id::{Names, TierId};

/// What makes places equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    tier: String,
    skills: BTreeSet<String>,
    site: String,
    contract_minutes: i64,
}

impl Place {
    fn of(row: &PersonRow) -> Place {
        Place {
            tier: row.tier.clone(),
            skills: row.skills.clone(),
            site: row.site.clone(),
            contract_minutes: super::super::build::nearest_minutes(row.contract_hours).0,
        }
    }
}

/// Rows of a tier, or of all, by place.
fn places(tier: Option<&str>, draft: &Draft) -> BTreeMap<Place, Vec<usize>> {
    let mut places: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (row, person) in draft.people.rows.iter().enumerate() {
        if tier.is_none_or(|tier| person.tier == tier) {
            places.entry(Place::of(person)).or_default().push(row);
        }
    }
    places
}

/// How many of so many people fall to each of several groups, in proportion to their sizes.
///
/// The next one falls to the group that lags furthest behind its share (largest remainder, one at a time), so
/// that one person more never takes back what fell to a group before. Where `most` is given, no group gets more
/// than it has.
fn apportion(people: usize, sizes: &[usize], is_bounded: bool) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    let mut given = vec![0; sizes.len()];
    for one in 1..=people {
        let lag = |group: &usize| {
            real(sizes[*group]) * real(one) / real(total.max(1)) - real(given[*group])
        };
        let open = (0..sizes.len()).filter(|&group| !is_bounded || given[group] < sizes[group]);
        // Of equals the first, for which the comparison takes the later of two as smaller.
        let next = open.max_by(|one, other| lag(one).total_cmp(&lag(other)).then(other.cmp(one)));
        match next {
            Some(next) => given[next] += 1,
            None => break,
        }
    }
    given
}

/// Take places out of the team.
pub(super) fn cut(
    tier: Option<&str>,
    many: Many,
    variant: &Variant,
    draft: &mut Draft,
    wrong: &mut Vec<Found>,
) {
    if let Some(tier) = tier
        && let Err(cause) = tiers(draft).find(tier)
    {
        wrong.push(found(CHANGE_TIER_UNKNOWN, variant.at("cut"), cause));
        return;
    }
    let places = places(tier, draft);
    let there: usize = places.values().map(Vec::len).sum();
    let of = tier.map_or_else(|| "the team".to_owned(), |tier| format!("`{tier}`"));
    let people = match many {
        Many::People(people) => people,
        Many::Share(share) => rounded(share * real(there)),
    };
    if people > there {
        let cause = format!("{people} places are to go, and {of} has {there}");
        wrong.push(found(CUT_MISCOUNTED, variant.at("cut"), cause));
        return;
    }
    if people == 0 {
        let cause = format!("so small a part of the {there} people of {of} is nobody");
        wrong.push(found(CUT_MISCOUNTED, variant.at("cut"), cause));
        return;
    }
    let before = takers(draft);
    let sizes: Vec<usize> = places.values().map(Vec::len).collect();
    let mut gone = BTreeSet::new();
    for (rows, count) in places.values().zip(apportion(people, &sizes, true)) {
        let mut drawn: Vec<(u64, usize)> =
            rows.iter().enumerate().map(|(place, &row)| (scattered(place), row)).collect();
        drawn.sort_unstable();
        gone.extend(drawn.into_iter().take(count).map(|(_, row)| row));
    }
    vacate(&gone, draft);
    wrong.extend(orphans(&before, variant, draft));
}

fn vacate(gone: &BTreeSet<usize>, draft: &mut Draft) {
    let mut row = 0;
    let mut left_ids = BTreeSet::new();
    draft.people.rows.retain(|person| {
        let goes = gone.contains(&row);
        row += 1;
        if goes {
            left_ids.insert(person.id.clone());
        }
        !goes
    });
    draft.time_off.retain(|off| !left_ids.contains(&off.agent));
    draft.locks.retain(|lock| !left_ids.contains(&lock.agent));
    let orphaned: Vec<usize> = (0..draft.people.rows.len())
        .filter(|&row| {
            draft.people.rows[row].mentor.as_ref().is_some_and(|it| left_ids.contains(it))
        })
        .collect();
    for row in orphaned {
        draft.people.rows[row].mentor = mentor_for(row, draft);
    }
}

/// Queues and classes with somebody who may take them.
fn takers(draft: &Draft) -> BTreeSet<(String, String)> {
    let mut taken = BTreeSet::new();
    for queue in draft.queues().iter().filter(|queue| !draft.closed.contains(&queue.id)) {
        for class in queue.mix.iter().filter(|(_, share)| share.0 > 0.0).map(|(class, _)| class) {
            let may_take = |person: &PersonRow| {
                let tier = draft.file.tiers.iter().find(|tier| tier.id == person.tier);
                queue.skill.as_ref().is_none_or(|skill| person.skills.contains(skill))
                    && tier.is_some_and(|tier| tier.takes.contains(class))
            };
            if draft.people.rows.iter().any(may_take) {
                taken.insert((queue.id.clone(), class.clone()));
            }
        }
    }
    taken
}

/// Queues and classes that somebody took before a cut and nobody takes after it.
fn orphans(before: &BTreeSet<(String, String)>, variant: &Variant, draft: &Draft) -> Vec<Found> {
    let after = takers(draft);
    let lost = before.difference(&after);
    let orphan = |(queue, class): &(String, String)| {
        let cause = format!("nobody is left who may take `{class}` of `{queue}` while it is open");
        found(CUT_LEAVES_NOBODY, variant.at("cut"), cause)
    };
    lost.map(orphan).collect()
}

/// Add people in their ramp, each with someone to mentor them.
pub(super) fn hire(change: &Change, variant: &Variant, draft: &mut Draft, wrong: &mut Vec<Found>) {
    let Change::Hire { tier, people, skills, site, contract_hours } = change else { return };
    let place = || variant.at("hire");
    if let Err(cause) = tiers(draft).find(tier) {
        wrong.push(found(CHANGE_TIER_UNKNOWN, place(), cause));
        return;
    }
    let Some(first) = draft.calendar.as_ref().map(crate::calendar::Calendar::first) else { return };
    let mut models: Vec<(Place, Vec<usize>)> = places(Some(tier), draft).into_iter().collect();
    if models.is_empty() {
        let Some(hours) = contract_hours else {
            let cause =
                format!("`{tier}` has nobody whose skills and hours those hired could share");
            wrong.push(found(HIRE_NOTHING_TO_COPY, place(), cause));
            return;
        };
        let contract_minutes = super::super::build::nearest_minutes(*hours).0;
        let (skills, site) = (BTreeSet::new(), String::new());
        models.push((Place { tier: tier.clone(), skills, site, contract_minutes }, Vec::new()));
    }
    let sizes: Vec<usize> = models.iter().map(|(_, rows)| rows.len().max(1)).collect();
    let mut number = draft.people.rows.iter().map(|person| person.number + 1).max().unwrap_or(0);
    for ((model, rows), count) in models.iter().zip(apportion(*people, &sizes, false)) {
        for _ in 0..count {
            let like = rows.first().map(|&row| draft.people.rows[row].clone());
            draft.people.rows.push(PersonRow {
                line: 0,
                number,
                id: free_id(draft, number),
                tier: tier.clone(),
                site: site.clone().unwrap_or_else(|| model.site.clone()),
                contract_hours: contract_hours
                    .unwrap_or_else(|| crate::units::Minutes(model.contract_minutes).in_hours()),
                skills: match skills {
                    Some(skills) => skills.iter().cloned().collect(),
                    None => model.skills.clone(),
                },
                start_date: Some(first.plus(-7 * variant.weeks_in)),
                availability: None,
                wishes: Vec::new(),
                mentor: None,
                is_remote: false,
                born: None,
                law: like.map(|person| person.law).unwrap_or_default(),
                waivers: Vec::new(),
                presence: None,
                open_cases_share: None,
                takes_sensitive: true,
            });
            number += 1;
            let row = draft.people.rows.len() - 1;
            draft.people.rows[row].mentor = mentor_for(row, draft);
        }
    }
    owe_mentoring(draft);
}

/// Those who are learning and their mentors owe time for it; where the team's folder says nothing of it, as
/// much as `what_if.mentor_minutes`.
fn owe_mentoring(draft: &mut Draft) {
    let owes = |work: &OffQueueShape| matches!(work.who, OffQueueWho::RampAndMentors);
    let minutes = draft.file.what_if.mentor_minutes;
    if minutes > 0 && !draft.file.off_queue.iter().any(owes) {
        let title = "mentoring".to_owned();
        draft.file.off_queue.push(OffQueueShape {
            title,
            minutes,
            who: OffQueueWho::RampAndMentors,
        });
    }
}

/// Someone who has learnt, of the nearest tier from the learner's own upwards, who mentors fewest.
fn mentor_for(learner: usize, draft: &Draft) -> Option<String> {
    let ladder = tiers(draft);
    let step = |person: &PersonRow| ladder.find(&person.tier).ok();
    let own = step(&draft.people.rows[learner])?;
    let first = draft.calendar.as_ref()?.first();
    let has_learnt = |person: &PersonRow| {
        let weeks =
            person.start_date.map_or(i64::MAX, |start| first.days_since(start).div_euclid(7));
        weeks >= draft.file.ramp.weeks
    };
    let mentees = |id: &str| {
        draft.people.rows.iter().filter(|person| person.mentor.as_deref() == Some(id)).count()
    };
    let able = draft.people.rows.iter().enumerate().filter(|(row, person)| {
        *row != learner && has_learnt(person) && step(person).is_some_and(|tier| tier >= own)
    });
    let best =
        able.min_by_key(|(row, person)| (step(person), mentees(&person.id), scattered(*row)));
    best.map(|(_, person)| person.id.clone())
}

fn tiers(draft: &Draft) -> Names<TierId> {
    draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id))
}

/// An id that nobody has; it is never shown.
fn free_id(draft: &Draft, number: usize) -> String {
    let mut id = format!("hired-{number}");
    while draft.people.rows.iter().any(|person| person.id == id) {
        id.push('+');
    }
    id
}

/// Places in an order that has nothing to do with the one they are listed in (finaliser of `SplitMix64`,
/// Steele, Lea and Flood 2014).
fn scattered(place: usize) -> u64 {
    let mut word = (place as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[expect(clippy::cast_precision_loss, reason = "teams are far smaller than 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

/// The nearest whole number of people.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
fn rounded(people: f64) -> usize {
    people.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_of_seven_and_three_are_spread_seven_to_three() {
        assert_eq!(apportion(10, &[70, 30], true), [7, 3]);
        assert_eq!(apportion(1, &[3, 1], true), [1, 0]);
        assert_eq!(apportion(9, &[1, 3], true), [1, 3]);
        assert_eq!(apportion(4, &[], true), [0; 0]);
    }

    proptest! {
        #[test]
        fn one_place_more_takes_back_none(
            sizes in proptest::collection::vec(1_usize..20, 1..8),
            people in 0_usize..60,
        ) {
            let (fewer, more) = (apportion(people, &sizes, true), apportion(people + 1, &sizes, true));
            prop_assert!(fewer.iter().zip(&more).all(|(one, other)| one <= other));
            let total: usize = sizes.iter().sum();
            prop_assert_eq!(fewer.iter().sum::<usize>(), people.min(total));
            // Within one person of the exact share, as largest remainder is.
            if people <= total {
                for (&size, &given) in sizes.iter().zip(&fewer) {
                    let exact = real(people) * real(size) / real(total);
                    prop_assert!((real(given) - exact).abs() < 1.0 + 1e-9, "{given} of {exact}");
                }
            }
        }
    }
}
