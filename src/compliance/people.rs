//! What a file of people says: `agent,born,site,timezone,law,contract,waivers`; only `agent` is needed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::calendar::{Calendar, Date};
use crate::roster::table::{Problems, Sheet};
use crate::rules::{Law, Person};
use crate::scenario::Problem;
use crate::units::Minutes;

/// What the audit is told of one person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listed {
    /// What the rules need to know.
    pub person: Person,
    /// Where they work.
    pub site: String,
    /// Their own time zone, where it is not the file's.
    pub zone: Option<String>,
    /// Hours of the contract, a week.
    pub contract: Option<Minutes>,
}

const COLUMNS: [&str; 7] = ["agent", "born", "site", "timezone", "law", "contract", "waivers"];

/// Read a file of people, by name.
///
/// # Errors
/// Every problem found, up to twenty.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, Listed>, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut people = BTreeMap::new();
    if let Some(sheet) = Sheet::read(bytes, "people", &COLUMNS, &["agent"], &mut problems) {
        for (line, record) in &sheet.rows {
            let cell = |column: &str| sheet.cell(record, column);
            let listed = Listed {
                person: Person {
                    born: born(cell("born"), sheet.place(*line, "born"), &mut problems),
                    law: law(cell("law"), sheet.place(*line, "law"), &mut problems),
                    waivers: words(cell("waivers")),
                    place: None,
                },
                site: cell("site").to_owned(),
                zone: zone(cell("timezone"), sheet.place(*line, "timezone"), &mut problems),
                contract: contract(cell("contract"), sheet.place(*line, "contract"), &mut problems),
            };
            let name = cell("agent").to_owned();
            if name.is_empty() {
                let place = sheet.place(*line, "agent");
                problems.add("R105", place, "`agent` is empty".to_owned(), "name the person");
            } else if let Entry::Vacant(free) = people.entry(name.clone()) {
                free.insert(listed);
            } else {
                let place = sheet.place(*line, "agent");
                let cause = format!("`{name}` is listed twice");
                problems.add("R112", place, cause, "keep one of the rows");
            }
        }
    }
    problems.none_or(people)
}

/// Words between semicolons, commas or spaces.
fn words(cell: &str) -> Vec<String> {
    let marks = |mark: char| mark == ';' || mark == ',' || mark.is_whitespace();
    cell.split(marks).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn born(cell: &str, place: String, problems: &mut Problems) -> Option<Date> {
    if cell.is_empty() {
        return None;
    }
    let date = Date::parse(cell);
    date.map_err(|cause| problems.add("R108", place, cause, "write such as 2009-06-01")).ok()
}

fn law(cell: &str, place: String, problems: &mut Problems) -> Vec<String> {
    let packs = words(cell);
    if let Err(cause) = Law::of(&packs) {
        problems.add("R111", place, cause, "name packs such as ie, with `;` between several");
    }
    packs
}

fn zone(cell: &str, place: String, problems: &mut Problems) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    let any = Date::parse("2026-01-01").expect("a plain date");
    if let Err(cause) = Calendar::new(cell, any, 1, Minutes(30)) {
        problems.add("R111", place, cause, "write such as Europe/Dublin");
    }
    Some(cell.to_owned())
}

fn contract(cell: &str, place: String, problems: &mut Problems) -> Option<Minutes> {
    if cell.is_empty() {
        return None;
    }
    let hours = cell.parse::<f64>().ok().filter(|hours| (0.0..=168.0).contains(hours));
    if hours.is_none() {
        let cause = format!("`{cell}` is not a number of hours a week");
        problems.add("R108", place, cause, "write such as 37.5");
    }
    hours.map(whole_minutes)
}

#[expect(clippy::cast_possible_truncation, reason = "a week has at most 168 hours")]
fn whole_minutes(hours: f64) -> Minutes {
    Minutes((hours * 60.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_by_name() {
        let text = "agent,born,timezone,law,contract,waivers\namy,2009-06-01,Europe/Dublin,ie;eu-base,37.5,eu.avg48\n";
        let people = read(text.as_bytes()).unwrap();
        let amy = &people["amy"];
        assert_eq!(amy.person.law, ["ie", "eu-base"]);
        assert_eq!(amy.person.waivers, ["eu.avg48"]);
        assert_eq!(amy.contract, Some(Minutes(2250)));
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let text = "agent,born,timezone,law,contract\namy,child,Dublin,iee,lots\n,,,,1\namy,,,,\nben,,,,\nben,,,,\n";
        let codes: Vec<&str> =
            read(text.as_bytes()).unwrap_err().iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["R108", "R111", "R111", "R108", "R105", "R112", "R112"]);
    }
}
