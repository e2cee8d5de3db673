//! The instance file, every problem in it at once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Cover, Instance, Person, Shift};
use crate::public::sections::{Found, Row, Sections, short};
use crate::scenario::Problem;

/// Days at most: two years.
const MOST_DAYS: i64 = 731;
/// Weights at most.
const MOST_WEIGHT: i64 = 1_000_000;
/// People, shifts a day, minutes at most.
const MOST: i64 = 1_000_000;

/// Types of shifts at most.
const MOST_SHIFTS: usize = 250;

const HORIZON: &str = "SECTION_HORIZON";
const SHIFTS: &str = "SECTION_SHIFTS";
const STAFF: &str = "SECTION_STAFF";
const DAYS_OFF: &str = "SECTION_DAYS_OFF";
const ON: &str = "SECTION_SHIFT_ON_REQUESTS";
const OFF: &str = "SECTION_SHIFT_OFF_REQUESTS";
const COVER: &str = "SECTION_COVER";

/// What is known while rows are read.
struct Reading {
    days: usize,
    shifts: BTreeMap<String, usize>,
    people: BTreeMap<String, usize>,
    found: Found,
}

impl Instance {
    /// Read an instance from its sections.
    pub(in crate::public) fn read(sections: &Sections) -> Result<Instance, Vec<Problem>> {
        let mut reading = Reading {
            days: 0,
            shifts: BTreeMap::new(),
            people: BTreeMap::new(),
            found: Found::default(),
        };
        reading.judge_sections(sections);
        let mut instance = Instance { days: reading.horizon(sections), ..Instance::default() };
        reading.days = instance.days;
        instance.shifts = reading.shifts(sections);
        instance.people = reading.staff(sections);
        reading.days_off(sections, &mut instance);
        reading.wishes(sections, ON, &mut instance);
        reading.wishes(sections, OFF, &mut instance);
        instance.cover = reading.cover(sections);
        if reading.found.is_empty() { Ok(instance) } else { Err(reading.found.listed()) }
    }
}

impl Reading {
    fn judge_sections(&mut self, sections: &Sections) {
        for needed in [HORIZON, SHIFTS, STAFF, COVER] {
            if !sections.has(needed) {
                self.found.add("S902", "the file".to_owned(), format!("{needed} is missing"));
            }
        }
        let known = [HORIZON, SHIFTS, STAFF, DAYS_OFF, ON, OFF, COVER];
        let mut seen = std::collections::BTreeSet::new();
        for (name, line) in &sections.named {
            let place = format!("line {line}");
            if !known.contains(&name.as_str()) {
                self.found.add("S901", place, format!("`{}` is unknown", short(name)));
            } else if !seen.insert(name) {
                self.found.add("S902", place, format!("{name} is there twice"));
            }
        }
        for row in sections.of_section("").take(1) {
            let cause = "it stands before any section".to_owned();
            self.found.add("S902", row.place(), cause);
        }
    }

    fn horizon(&mut self, sections: &Sections) -> usize {
        let mut rows = sections.of_section(HORIZON);
        let days =
            rows.next().and_then(|row| row.whole(0, "the horizon", 1..=MOST_DAYS, &mut self.found));
        if days.is_none() && self.found.is_empty() {
            self.found.add("S903", HORIZON.to_owned(), "the number of days is missing".to_owned());
        }
        for row in rows {
            self.found.add("S902", row.place(), "the horizon is there twice".to_owned());
        }
        usize::try_from(days.unwrap_or(0)).unwrap_or(0)
    }

    fn shifts(&mut self, sections: &Sections) -> Vec<Shift> {
        let mut shifts = Vec::new();
        for row in sections.of_section(SHIFTS) {
            let name = self.name(row, "the shift");
            let minutes = row.whole(1, "its length in minutes", 1..=7 * 1440, &mut self.found);
            if let Some(name) = name {
                if self.shifts.insert(name.clone(), shifts.len()).is_some() {
                    self.found.add("S906", row.place(), format!("shift {}", short(&name)));
                }
                shifts.push(Shift {
                    name,
                    minutes: minutes.unwrap_or(1),
                    forbidden_next: Vec::new(),
                });
            }
        }
        if shifts.len() > MOST_SHIFTS {
            let cause = format!("{} shifts, more than {MOST_SHIFTS}", shifts.len());
            self.found.add("S904", SHIFTS.to_owned(), cause);
        }
        if shifts.is_empty() && sections.has(SHIFTS) {
            self.found.add("S903", SHIFTS.to_owned(), "there is no shift".to_owned());
        }
        for row in sections.of_section(SHIFTS) {
            let Some(&shift) = row.fields.first().and_then(|name| self.shifts.get(name)) else {
                continue;
            };
            let nexts = row.fields.get(2).map(String::as_str).unwrap_or_default();
            for next in nexts.split('|').map(str::trim).filter(|next| !next.is_empty()) {
                if let Some(next) = self.shift(row, next) {
                    shifts[shift].forbidden_next.push(next);
                }
            }
        }
        shifts
    }

    fn staff(&mut self, sections: &Sections) -> Vec<Person> {
        let mut people = Vec::new();
        for row in sections.of_section(STAFF) {
            let Some(name) = self.name(row, "the person") else { continue };
            if self.people.insert(name.clone(), people.len()).is_some() {
                self.found.add("S906", row.place(), format!("person {}", short(&name)));
            }
            let most_of = self.most_of(row);
            let mut limit = |field, what| row.whole(field, what, 0..=MOST, &mut self.found);
            let most_minutes = limit(2, "MaxTotalMinutes");
            let least_minutes = limit(3, "MinTotalMinutes");
            let mut count = |field, what| small(limit(field, what).unwrap_or(0));
            let most_run = count(4, "MaxConsecutiveShifts");
            let least_run = count(5, "MinConsecutiveShifts");
            let least_rest = count(6, "MinConsecutiveDaysOff");
            let most_weekends = count(7, "MaxWeekends");
            if let (Some(least), Some(most)) = (least_minutes, most_minutes)
                && least > most
            {
                let cause = format!("at least {least} and at most {most} minutes");
                self.found.add("S907", row.place(), cause);
            }
            people.push(Person {
                name,
                most_of,
                most_minutes: most_minutes.unwrap_or(0),
                least_minutes: least_minutes.unwrap_or(0),
                most_run,
                least_run,
                least_rest,
                most_weekends,
                days_off: Vec::new(),
                wishes_on: BTreeMap::new(),
                wishes_off: BTreeMap::new(),
            });
        }
        if people.is_empty() && sections.has(STAFF) {
            self.found.add("S903", STAFF.to_owned(), "there is nobody".to_owned());
        }
        people
    }

    /// `E=14|L=3`; a shift that is not named may not be worked.
    fn most_of(&mut self, row: &Row) -> Vec<i64> {
        let mut most_of = vec![0; self.shifts.len()];
        let text = row.fields.get(1).map(String::as_str).unwrap_or_default();
        for part in text.split('|').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, most) = part.split_once('=').unwrap_or((part, ""));
            let Some(shift) = self.shift(row, name.trim()) else { continue };
            match most.trim().parse::<i64>() {
                Ok(most) if (0..=MOST).contains(&most) => most_of[shift] = most,
                _ => {
                    let cause = format!("MaxShifts `{}` is not SHIFT=NUMBER", short(part));
                    self.found.add("S904", row.place(), cause);
                }
            }
        }
        most_of
    }

    fn days_off(&mut self, sections: &Sections, instance: &mut Instance) {
        for row in sections.of_section(DAYS_OFF) {
            let Some(person) = self.person(row) else { continue };
            for field in 1..row.fields.len() {
                if row.fields[field].is_empty() {
                    continue;
                }
                if let Some(day) = self.day(row, field) {
                    instance.people[person].days_off.push(day);
                }
            }
            instance.people[person].days_off.sort_unstable();
            instance.people[person].days_off.dedup();
        }
    }

    fn wishes(&mut self, sections: &Sections, section: &str, instance: &mut Instance) {
        for row in sections.of_section(section) {
            let person = self.person(row);
            let day = self.day(row, 1);
            let shift = row.fields.get(2).cloned().unwrap_or_default();
            let shift = self.shift(row, &shift);
            let weight = row.whole(3, "the weight", 0..=MOST_WEIGHT, &mut self.found);
            let (Some(person), Some(day), Some(shift), Some(weight)) = (person, day, shift, weight)
            else {
                continue;
            };
            let person = &mut instance.people[person];
            let wishes = if section == ON { &mut person.wishes_on } else { &mut person.wishes_off };
            match wishes.entry((day, shift)) {
                Entry::Vacant(free) => {
                    free.insert(weight);
                }
                Entry::Occupied(taken) if *taken.get() == weight => {}
                Entry::Occupied(_) => {
                    self.found.add(
                        "S906",
                        row.place(),
                        "the same wish with another weight".to_owned(),
                    );
                }
            }
        }
    }

    fn cover(&mut self, sections: &Sections) -> Vec<Cover> {
        let mut cells: BTreeMap<(usize, usize), Cover> = BTreeMap::new();
        for row in sections.of_section(COVER) {
            let day = self.day(row, 0);
            let shift = row.fields.get(1).cloned().unwrap_or_default();
            let shift = self.shift(row, &shift);
            let wanted = row.whole(2, "the requirement", 0..=MOST, &mut self.found);
            let under = row.whole(3, "the weight of one too few", 0..=MOST_WEIGHT, &mut self.found);
            let over = row.whole(4, "the weight of one too many", 0..=MOST_WEIGHT, &mut self.found);
            let (Some(day), Some(shift), Some(wanted), Some(under), Some(over)) =
                (day, shift, wanted, under, over)
            else {
                continue;
            };
            let cover = Cover { day, shift, wanted, under, over };
            if cells.insert((day, shift), cover).is_some_and(|before| before != cover) {
                self.found.add(
                    "S906",
                    row.place(),
                    "the same day and shift with other figures".to_owned(),
                );
            }
        }
        cells.into_values().collect()
    }

    fn name(&mut self, row: &Row, what: &str) -> Option<String> {
        let name = row.fields.first().filter(|name| !name.is_empty()).cloned();
        if name.is_none() {
            self.found.add("S903", row.place(), format!("{what} has no name"));
        }
        name
    }

    fn person(&mut self, row: &Row) -> Option<usize> {
        let name = row.fields.first().map(String::as_str).unwrap_or_default();
        let person = self.people.get(name).copied();
        // A file without people is told once, not once for each row that names one; so with shifts and days.
        if person.is_none() && !self.people.is_empty() {
            self.found.add("S905", row.place(), format!("person `{}`", short(name)));
        }
        person
    }

    fn shift(&mut self, row: &Row, name: &str) -> Option<usize> {
        let shift = self.shifts.get(name).copied();
        if shift.is_none() && !self.shifts.is_empty() {
            self.found.add("S905", row.place(), format!("shift `{}`", short(name)));
        }
        shift
    }

    fn day(&mut self, row: &Row, field: usize) -> Option<usize> {
        let day = row.whole(field, "the day", 0..=MOST_DAYS, &mut self.found)?;
        let day = small(day);
        if day >= self.days && self.days > 0 {
            self.found.add("S905", row.place(), format!("day {day} of {}", self.days));
        }
        Some(day).filter(|&day| day < self.days)
    }
}

fn small(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
