//! People: ids, tiers, mentors, births, skills, time off, and hours that shifts can make up.

use std::collections::{BTreeMap, BTreeSet};

use super::super::build::{self, Reach};
use super::super::draft::Draft;
use super::super::locks::LOCKS;
use super::super::people::{AGENTS, PersonRow, TIME_OFF};
use super::super::problem::{
    AGENT_LAW_UNKNOWN, AGENT_TIER_UNKNOWN, AGENT_TWICE, BORN_TOO_LATE, Found, HOURS_UNREACHABLE,
    LOCK_STRANGER, LOCK_TWICE, MENTOR_LOOP, MENTOR_UNKNOWN, NEVER_AVAILABLE, OFF_QUEUE_TOO_LONG,
    PEOPLE_TOO_MANY, SKILL_MISSPELT, TIME_OFF_BACKWARDS, TIME_OFF_STRANGER, TIME_OFF_TWICE, found,
};
use crate::calendar::Calendar;
use crate::id::{AgentId, Names, TierId, nearest};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        ids_are_unique,
        tiers_exist,
        mentors_exist,
        mentors_make_no_loop,
        everyone_is_old_enough,
        skills_are_spelt_as_queues_do,
        laws_of_agents_exist,
        waivers_name_rules,
        the_team_is_not_too_large,
        everyone_can_work_a_shift,
        off_queue_leaves_time,
        time_off_is_for_agents,
        time_off_ends_after_it_starts,
        time_off_is_listed_once,
        locks_are_for_agents,
        a_day_is_locked_once,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

fn ids_are_unique(draft: &Draft) -> Vec<Found> {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for person in &draft.people.rows {
        if let Some(line) = seen.insert(&person.id, person.line) {
            let cause = format!("`{}` stands in line {line} already", person.id);
            wrong.push(found(AGENT_TWICE, AGENTS.at(person.line, "id"), cause));
        }
    }
    wrong
}

fn tiers_exist(draft: &Draft) -> Vec<Found> {
    let tiers: Names<TierId> = draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id));
    let unknown = |person: &PersonRow| {
        let cause = tiers.find(&person.tier).err()?;
        Some(found(AGENT_TIER_UNKNOWN, AGENTS.at(person.line, "tier"), cause))
    };
    draft.people.rows.iter().filter_map(unknown).collect()
}

fn agents(draft: &Draft) -> Names<AgentId> {
    let mut names = Names::default();
    for id in draft.people.rows.iter().map(|person| &person.id).chain(&draft.people.ghosts) {
        // An id taken twice is reported by a rule of its own.
        let _ = names.add(id);
    }
    names
}

fn mentors_exist(draft: &Draft) -> Vec<Found> {
    let known = agents(draft);
    let unknown = |person: &PersonRow| {
        let cause = known.find(person.mentor.as_ref()?).err()?;
        Some(found(MENTOR_UNKNOWN, AGENTS.at(person.line, "mentor"), cause))
    };
    draft.people.rows.iter().filter_map(unknown).collect()
}

/// Following mentors leads nobody back to themselves.
fn mentors_make_no_loop(draft: &Draft) -> Vec<Found> {
    let mentor: BTreeMap<&str, &str> = draft
        .people
        .rows
        .iter()
        .filter_map(|person| Some((person.id.as_str(), person.mentor.as_deref()?)))
        .collect();
    let is_in_loop = |person: &&PersonRow| {
        let mut at = person.id.as_str();
        let mut seen = BTreeSet::new();
        while let Some(&next) = mentor.get(at) {
            if next == person.id {
                return true;
            }
            if !seen.insert(next) {
                return false;
            }
            at = next;
        }
        false
    };
    let caught = draft.people.rows.iter().filter(is_in_loop);
    caught
        .map(|person| {
            let cause = match person.mentor.as_deref() {
                Some(own) if own == person.id => format!("`{own}` mentors themselves"),
                _ => format!("following the mentors of `{}` leads back to them", person.id),
            };
            found(MENTOR_LOOP, AGENTS.at(person.line, "mentor"), cause)
        })
        .collect()
}

/// Nobody works before 14, the least age of any law on work in an office.
fn everyone_is_old_enough(draft: &Draft) -> Vec<Found> {
    let Some(calendar) = &draft.calendar else { return Vec::new() };
    let child = |person: &&PersonRow| {
        person
            .born
            .is_some_and(|born| calendar.first().years_since(born).is_none_or(|age| age < 14))
    };
    let children = draft.people.rows.iter().filter(child);
    children
        .map(|person| {
            let cause = format!("not 14 years old on {}", calendar.first());
            found(BORN_TOO_LATE, AGENTS.at(person.line, "born"), cause)
        })
        .collect()
}

/// A skill that no queue asks for, a slip away from one that a queue does.
fn skills_are_spelt_as_queues_do(draft: &Draft) -> Vec<Found> {
    if !draft.is_whole("queues") {
        return Vec::new();
    }
    let wanted: BTreeSet<&String> =
        draft.queues().iter().filter_map(|queue| queue.skill.as_ref()).collect();
    let wanted: Vec<&String> = wanted.into_iter().collect();
    let mut wrong = Vec::new();
    for person in &draft.people.rows {
        for skill in person.skills.iter().filter(|skill| !wanted.contains(skill)) {
            if let Some(near) = nearest(skill, &wanted) {
                let cause = format!("no queue asks for the skill `{skill}`");
                let place = AGENTS.at(person.line, "skills");
                wrong.push(
                    found(SKILL_MISSPELT, place, cause).fix(format!("did you mean `{near}`?")),
                );
            }
        }
    }
    wrong
}

/// People times days stay within what a plan can hold in memory.
fn the_team_is_not_too_large(draft: &Draft) -> Vec<Found> {
    const MOST: usize = 2_000_000;
    let days = draft.calendar.as_ref().map_or(0, Calendar::days);
    let people = draft.people.rows.len();
    if days.saturating_mul(people) <= MOST {
        return Vec::new();
    }
    let cause = format!("{people} people on {days} days are more than {MOST} working days");
    vec![found(PEOPLE_TOO_MANY, AGENTS.at(0, ""), cause)]
}

fn laws_of_agents_exist(draft: &Draft) -> Vec<Found> {
    let mut packs: BTreeMap<&String, Option<String>> = BTreeMap::new();
    for pack in draft.people.rows.iter().flat_map(|person| &person.law) {
        packs.entry(pack).or_insert_with(|| build::law(std::slice::from_ref(pack)).err());
    }
    let mut wrong = Vec::new();
    for person in &draft.people.rows {
        for cause in person.law.iter().filter_map(|pack| packs[pack].clone()) {
            wrong.push(found(AGENT_LAW_UNKNOWN, AGENTS.at(person.line, "law"), cause));
        }
    }
    wrong
}

/// Waivers name rules that hold for the person.
fn waivers_name_rules(draft: &Draft) -> Vec<Found> {
    let mut laws = BTreeMap::new();
    let mut wrong = Vec::new();
    for person in draft.people.rows.iter().filter(|person| !person.waivers.is_empty()) {
        let packs = build::packs_of(person, &draft.file);
        // Unknown packs are a problem of their own.
        let law = laws.entry(packs).or_insert_with(|| build::law(packs).ok());
        let Some(law) = law else { continue };
        let rules: Vec<&str> = law.rules.iter().map(|rule| rule.id.as_str()).collect();
        for waiver in person.waivers.iter().filter(|waiver| !rules.contains(&waiver.as_str())) {
            let cause = match nearest(waiver, &rules) {
                Some(near) => format!("no rule is called `{waiver}`; did you mean `{near}`?"),
                None => format!("no rule in force is called `{waiver}`"),
            };
            wrong.push(found(AGENT_LAW_UNKNOWN, AGENTS.at(person.line, "waivers"), cause));
        }
    }
    wrong
}

/// Everyone is available for a shift of their tier, and shifts can add up to their contract.
fn everyone_can_work_a_shift(draft: &Draft) -> Vec<Found> {
    if !draft.is_whole("shifts") || draft.shifts().is_empty() {
        return Vec::new();
    }
    let mut reaches: BTreeMap<(&str, String), Option<Reach>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for person in &draft.people.rows {
        let hours = person.availability.as_ref().map(ToString::to_string).unwrap_or_default();
        let reach = reaches
            .entry((person.tier.as_str(), hours))
            .or_insert_with(|| Reach::of(person, draft.shifts()));
        let Some(reach) = reach else {
            let cause =
                format!("`{}` is never free for a whole shift of {}", person.id, person.tier);
            wrong.push(found(NEVER_AVAILABLE, AGENTS.at(person.line, "availability"), cause));
            continue;
        };
        let (fewest, most) = build::week(person, &draft.file.contract);
        if !reach.makes_up(fewest, most) {
            let cause = format!(
                "shifts of {} to {} on {} days a week never add up to {} to {} paid hours",
                reach.shortest, reach.longest, reach.days, fewest, most
            );
            wrong.push(found(HOURS_UNREACHABLE, AGENTS.at(person.line, "contract_hours"), cause));
        }
    }
    wrong
}

/// Off-queue work takes less than half of anyone's week.
fn off_queue_leaves_time(draft: &Draft) -> Vec<Found> {
    let owed: i64 = draft.file.off_queue.iter().map(|work| work.minutes).sum();
    let least =
        draft.people.rows.iter().map(|person| build::week(person, &draft.file.contract).1).min();
    match least {
        Some(week) if 2 * owed >= week.0 && owed > 0 => {
            let cause = format!("{owed} minutes are owed in a week of {week} hours");
            vec![found(OFF_QUEUE_TOO_LONG, draft.places.at("off_queue"), cause)]
        }
        _ => Vec::new(),
    }
}

fn time_off_is_for_agents(draft: &Draft) -> Vec<Found> {
    let known = agents(draft);
    let stranger = |row: &super::super::people::TimeOffRow| {
        let cause = known.find(&row.agent).err()?;
        Some(found(TIME_OFF_STRANGER, TIME_OFF.at(row.line, "agent"), cause))
    };
    draft.time_off.iter().filter_map(stranger).collect()
}

fn time_off_ends_after_it_starts(draft: &Draft) -> Vec<Found> {
    let backwards = draft.time_off.iter().filter(|row| row.end <= row.start);
    backwards
        .map(|row| {
            let ((first, from), (last, to)) = (row.start, row.end);
            let cause = format!("{last} {to} is not after {first} {from}");
            found(TIME_OFF_BACKWARDS, TIME_OFF.at(row.line, "end"), cause)
        })
        .collect()
}

fn time_off_is_listed_once(draft: &Draft) -> Vec<Found> {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &draft.time_off {
        if let Some(line) = seen.insert((&row.agent, row.start, row.end), row.line) {
            let cause = format!("the same time off of `{}` stands in line {line}", row.agent);
            wrong.push(found(TIME_OFF_TWICE, TIME_OFF.at(row.line, ""), cause));
        }
    }
    wrong
}

fn locks_are_for_agents(draft: &Draft) -> Vec<Found> {
    let known = agents(draft);
    let stranger = |row: &super::super::locks::LockRow| {
        let cause = known.find(&row.agent).err()?;
        Some(found(LOCK_STRANGER, LOCKS.at(row.line, "agent"), cause))
    };
    draft.locks.iter().filter_map(stranger).collect()
}

fn a_day_is_locked_once(draft: &Draft) -> Vec<Found> {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &draft.locks {
        if let Some(line) = seen.insert((&row.agent, row.date), row.line) {
            let cause = format!("{} of `{}` is locked in line {line} already", row.date, row.agent);
            wrong.push(found(LOCK_TWICE, LOCKS.at(row.line, "date"), cause));
        }
    }
    wrong
}
