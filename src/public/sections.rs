//! Lines of a benchmark's file, by section.

use std::borrow::Cow;

use crate::history::decoded;
use crate::scenario::Problem;

use super::PROBLEMS;

/// Problems are listed up to this many.
const MOST_LISTED: usize = 50;
/// The largest file that is read.
const MOST_BYTES: usize = 64 << 20;

/// A file in sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sections {
    /// Rows in the order of the file.
    pub(super) rows: Vec<Row>,
    /// Names of sections in the order of the file, empty ones too, with their lines.
    pub(super) named: Vec<(String, usize)>,
}

/// One line of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its section, as `SECTION_STAFF`; empty before the first.
    pub(super) section: String,
    /// Its line in the file, from 1.
    pub(super) line: usize,
    /// Its fields, without blanks around them.
    pub(super) fields: Vec<String>,
}

/// Problems as they are found.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<Problem>);

/// The text of a file.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<Problem>> {
    let refuse = |code, cause: String| vec![problem(code, "the file".to_owned(), cause)];
    if bytes.len() > MOST_BYTES {
        return Err(refuse(
            "S900",
            format!("it has {} bytes, more than {MOST_BYTES}", bytes.len()),
        ));
    }
    decoded(bytes).ok_or_else(|| refuse("S900", "it is not text".to_owned()))
}

impl Sections {
    /// Split a text; lines that begin with `#` and empty lines say nothing.
    pub(super) fn of(text: &str) -> Sections {
        let mut sections = Sections::default();
        let mut section = String::new();
        for (place, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with("SECTION_") {
                line.clone_into(&mut section);
                sections.named.push((section.clone(), place + 1));
                continue;
            }
            let fields = line.split(',').map(|field| field.trim().to_owned()).collect();
            sections.rows.push(Row { section: section.clone(), line: place + 1, fields });
        }
        sections
    }

    /// Whether there is a section of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.named.iter().any(|(named, _)| named == name)
    }

    /// Rows of one section.
    pub(super) fn of_section<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.section == name)
    }
}

impl Row {
    /// Where it stands.
    pub(super) fn place(&self) -> String {
        format!("line {}", self.line)
    }

    /// A whole number within a range; a problem, and none, otherwise.
    pub(super) fn whole(
        &self,
        field: usize,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
        found: &mut Found,
    ) -> Option<i64> {
        let Some(text) = self.fields.get(field).filter(|text| !text.is_empty()) else {
            found.add("S903", self.place(), format!("{name} is missing (field {})", field + 1));
            return None;
        };
        match text.parse::<i64>() {
            Ok(value) if range.contains(&value) => Some(value),
            Ok(value) => {
                let cause =
                    format!("{name} is {value}, outside {} to {}", range.start(), range.end());
                found.add("S904", self.place(), cause);
                None
            }
            Err(_) => {
                found.add(
                    "S904",
                    self.place(),
                    format!("{name} `{}` is not a whole number", short(text)),
                );
                None
            }
        }
    }
}

impl Found {
    /// One more.
    pub(super) fn add(&mut self, code: &'static str, place: String, cause: String) {
        self.0.push(problem(code, place, cause));
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, the first ones where there are very many.
    pub(super) fn listed(mut self) -> Vec<Problem> {
        let count = self.0.len();
        if count > MOST_LISTED {
            self.0.truncate(MOST_LISTED);
            let cause = format!("{} more problems are not listed", count - MOST_LISTED);
            self.0.push(problem("S909", "the file".to_owned(), cause));
        }
        self.0
    }
}

/// A text that is short enough to print.
pub(super) fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() {
        cut.push_str("...");
    }
    cut
}

/// A problem with the fix that its kind has.
fn problem(code: &'static str, place: String, cause: String) -> Problem {
    let fix = PROBLEMS.iter().find(|kind| kind.0 == code).map_or("", |kind| kind.2);
    Problem { code, place, cause, fix: fix.to_owned() }
}
