//! The instance file, every problem in it at once.

use std::collections::BTreeSet;

use super::terms::{DAY, Instance, OPENING, Person, SLOT_MINUTES};
use crate::public::sections::{Found, Row, Sections, short};
use crate::scenario::Problem;

const HORIZON: &str = "SECTION_HORIZON";
/// The section that only this benchmark has.
pub(in crate::public) const TASKS: &str = "SECTION_TASKS";
const STAFF: &str = "SECTION_STAFF";
const COVER: &str = "SECTION_COVER";

/// Days at most: a year.
const MOST_DAYS: i64 = 366;
/// Tasks at most.
const MOST_TASKS: i64 = 100;
/// People at most, on the staff and in one cell.
const MOST_PEOPLE: i64 = 5000;
/// Minutes of a year, the most anyone can be asked.
const MOST_MINUTES: i64 = MOST_DAYS * 1440;

impl Instance {
    /// Read an instance from its sections.
    pub(in crate::public) fn read(sections: &Sections) -> Result<Instance, Vec<Problem>> {
        let mut found = Found::default();
        judge_sections(sections, &mut found);
        let days = single(sections, HORIZON, "the number of days", 1..=MOST_DAYS, &mut found);
        let tasks = single(sections, TASKS, "the number of tasks", 1..=MOST_TASKS, &mut found);
        let people = staff(sections, &mut found);
        let cells = days * DAY * tasks;
        let mut instance =
            Instance { days, tasks, people, least: vec![0; cells], most: vec![0; cells] };
        cover(sections, &mut instance, &mut found);
        if found.is_empty() { Ok(instance) } else { Err(found.listed()) }
    }
}

fn judge_sections(sections: &Sections, found: &mut Found) {
    let known = [HORIZON, TASKS, STAFF, COVER];
    for needed in known.into_iter().filter(|needed| !sections.has(needed)) {
        found.add("S902", "the file".to_owned(), format!("{needed} is missing"));
    }
    let mut seen = BTreeSet::new();
    for (name, line) in &sections.named {
        let place = format!("line {line}");
        if !known.contains(&name.as_str()) {
            found.add("S901", place, format!("`{}` is unknown", short(name)));
        } else if !seen.insert(name) {
            found.add("S902", place, format!("{name} is there twice"));
        }
    }
    for row in sections.of_section("").take(1) {
        found.add("S902", row.place(), "it stands before any section".to_owned());
    }
}

/// The one number of a section; 0 with a problem where it cannot be had.
fn single(
    sections: &Sections,
    section: &str,
    what: &str,
    range: std::ops::RangeInclusive<i64>,
    found: &mut Found,
) -> usize {
    let mut rows = sections.of_section(section);
    let Some(row) = rows.next() else {
        if sections.has(section) {
            found.add("S903", section.to_owned(), format!("{what} is missing"));
        }
        return 0;
    };
    for other in rows {
        found.add("S906", other.place(), format!("{what} is there twice"));
    }
    row.whole(0, what, range, found).map_or(0, whole)
}

fn staff(sections: &Sections, found: &mut Found) -> Vec<Person> {
    let mut names = BTreeSet::new();
    let mut people = Vec::new();
    for row in sections.of_section(STAFF) {
        let name = row.fields[0].clone();
        if name.is_empty() {
            found.add("S903", row.place(), "the person has no name".to_owned());
        } else if !names.insert(name.clone()) {
            found.add("S906", row.place(), format!("person {}", short(&name)));
        }
        let mut minutes = |field, what| row.whole(field, what, 0..=MOST_MINUTES, found).map(whole);
        let least = minutes(1, "MinTotalMinutes");
        let most = minutes(2, "MaxTotalMinutes");
        let (Some(asked), Some(allowed)) = (least, most) else { continue };
        // Work comes in quarter hours, so limits between them are rounded inwards.
        let least = asked.div_ceil(SLOT_MINUTES);
        let most = (allowed - allowed % SLOT_MINUTES).div_ceil(SLOT_MINUTES);
        if least > most {
            let cause = format!("no quarter hours from {asked} to {allowed} minutes");
            found.add("S907", row.place(), cause);
        }
        people.push(Person { name, least, most });
    }
    if sections.has(STAFF) && sections.of_section(STAFF).next().is_none() {
        found.add("S903", STAFF.to_owned(), "there is nobody".to_owned());
    }
    if people.len() > whole(MOST_PEOPLE) {
        let cause = format!("{} people, more than {MOST_PEOPLE}", people.len());
        found.add("S904", STAFF.to_owned(), cause);
    }
    people
}

fn cover(sections: &Sections, instance: &mut Instance, found: &mut Found) {
    let mut seen = vec![false; instance.least.len()];
    for row in sections.of_section(COVER) {
        let slot = slot(row, instance.days, found);
        let tasks = i64::try_from(instance.tasks).unwrap_or(MOST_TASKS);
        let task = row.whole(2, "the task", 1..=MOST_TASKS, found);
        let least = row.whole(3, "Min", 0..=MOST_PEOPLE, found);
        let most = row.whole(4, "Max", 0..=MOST_PEOPLE, found);
        if let Some(task) = task.filter(|&task| tasks > 0 && task > tasks) {
            found.add("S905", row.place(), format!("task {task} of {tasks}"));
            continue;
        }
        let (Some(slot), Some(task), Some(least), Some(most)) = (slot, task, least, most) else {
            continue;
        };
        if least > most {
            found.add("S907", row.place(), format!("Min {least} and Max {most}"));
        }
        let cell = (whole(task) - 1) * instance.slots() + slot;
        let Some(seen) = seen.get_mut(cell) else { continue };
        if *seen {
            found.add("S906", row.place(), "the same quarter hour and task".to_owned());
        }
        *seen = true;
        instance.least[cell] = u16::try_from(least).unwrap_or(0);
        instance.most[cell] = u16::try_from(most).unwrap_or(0);
    }
}

/// The quarter hour of a row of cover, counted from 06:00 of the first day.
fn slot(row: &Row, days: usize, found: &mut Found) -> Option<usize> {
    let day = row.whole(0, "the day", 1..=MOST_DAYS + 1, found)?;
    let Some(text) = row.fields.get(1).filter(|text| !text.is_empty()) else {
        found.add("S903", row.place(), "the quarter hour is missing (field 2)".to_owned());
        return None;
    };
    let times = text.split_once('-').map(|(start, end)| (minute(start), minute(end)));
    let Some((Some(start), Some(end))) = times else {
        found.add("S908", row.place(), format!("`{}` is not HH:MM-HH:MM", short(text)));
        return None;
    };
    let is_quarter =
        start.is_multiple_of(SLOT_MINUTES) && (start + SLOT_MINUTES) % (24 * 60) == end;
    if !is_quarter {
        found.add("S908", row.place(), format!("`{}` is not a quarter hour", short(text)));
        return None;
    }
    let at = (whole(day) - 1) * DAY + start.div_ceil(SLOT_MINUTES);
    let slot = at.checked_sub(OPENING).filter(|&slot| slot < days * DAY);
    if slot.is_none() && days > 0 {
        let cause = format!(
            "day {day} {} is outside 06:00 of day 1 to 06:00 of day {}",
            short(text),
            days + 1
        );
        found.add("S908", row.place(), cause);
    }
    slot
}

/// `HH:MM` as minutes after midnight.
fn minute(text: &str) -> Option<usize> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str, end: usize| {
        let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<usize>().ok().filter(|&value| is_two && value < end)
    };
    Some(number(hour, 24)? * 60 + number(minute, 60)?)
}

fn whole(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
