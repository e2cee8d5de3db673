//! A table someone typed: columns by name in any order, every problem told with its line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::history::decoded;
use crate::id::nearest;
use crate::scenario::Problem;

const LARGEST: usize = 64 << 20;
const MOST_ROWS: usize = 2_000_000;
const MOST_PROBLEMS: usize = 20;

/// Problems found so far; those beyond twenty are only counted.
#[derive(Default)]
pub(crate) struct Problems {
    pub(crate) found: Vec<Problem>,
    more: usize,
}

impl Problems {
    pub(crate) fn add(&mut self, code: &'static str, place: String, cause: String, fix: &str) {
        if self.found.len() < MOST_PROBLEMS {
            self.found.push(Problem { code, place, cause, fix: fix.to_owned() });
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn none_or<T>(mut self, whole: T) -> Result<T, Vec<Problem>> {
        if self.more > 0
            && let Some(last) = self.found.last_mut()
        {
            last.cause = format!("{} (and {} more problems)", last.cause, self.more);
        }
        if self.found.is_empty() { Ok(whole) } else { Err(self.found) }
    }
}

/// A CSV file as columns of known names.
pub(crate) struct Sheet {
    columns: BTreeMap<String, usize>,
    pub(crate) rows: Vec<(u64, csv::StringRecord)>,
    file: &'static str,
}

impl Sheet {
    /// Read a table whose columns are among `known`; the first `needed` of them must be there.
    pub(crate) fn read(
        bytes: &[u8],
        file: &'static str,
        known: &[&'static str],
        needed: &[&str],
        problems: &mut Problems,
    ) -> Option<Sheet> {
        let mut refuse = |cause: &str, fix: &str| {
            problems.add("R101", file.to_owned(), cause.to_owned(), fix);
        };
        if bytes.len() > LARGEST {
            refuse("the file is larger than 64 MiB", "split it by weeks");
            return None;
        }
        let Some(text) = decoded(bytes) else {
            refuse("the file is not text", "save it as CSV in UTF-8");
            return None;
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(&text))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = columns(&header, file, known, needed, problems)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let line = rows.len() as u64 + 2;
            match record {
                Ok(record) if record.iter().all(str::is_empty) => {}
                Ok(record) => {
                    rows.push((record.position().map_or(line, csv::Position::line), record));
                }
                Err(error) => problems.add(
                    "R101",
                    format!("{file} line {line}"),
                    error.to_string(),
                    "save it as CSV in UTF-8",
                ),
            }
            if rows.len() > MOST_ROWS {
                let cause = format!("the file has more than {MOST_ROWS} rows");
                problems.add("R101", file.to_owned(), cause, "split it by weeks");
                return None;
            }
        }
        Some(Sheet { columns, rows, file })
    }

    /// The cell of a column, empty where the column or the cell is missing.
    pub(crate) fn cell<'a>(&self, record: &'a csv::StringRecord, column: &str) -> &'a str {
        let cell = self.columns.get(column).and_then(|&place| record.get(place)).unwrap_or("");
        unguarded(cell)
    }

    /// Where a cell stands, for messages.
    pub(crate) fn place(&self, line: u64, column: &str) -> String {
        format!("{} line {line}, {column}", self.file)
    }
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |mark: char| header.matches(mark).count();
    let marks = [(count(','), b','), (count(';'), b';'), (count('\t'), b'\t')];
    marks.into_iter().rev().max_by_key(|&(count, _)| count).map_or(b',', |(_, mark)| mark)
}

fn columns(
    header: &csv::StringRecord,
    file: &str,
    known: &[&'static str],
    needed: &[&str],
    problems: &mut Problems,
) -> Option<BTreeMap<String, usize>> {
    if header.iter().all(str::is_empty) {
        let fix = format!("write a header: {}", known.join(","));
        problems.add("R102", file.to_owned(), "the file is empty".to_owned(), &fix);
        return None;
    }
    let mut columns = BTreeMap::new();
    let mut sound = true;
    for (place, name) in header.iter().enumerate() {
        let name = name.to_lowercase();
        let cause = if known.contains(&name.as_str()) {
            let twice = columns.insert(name.clone(), place).is_some();
            twice.then(|| format!("the column `{name}` is there twice"))
        } else {
            nearest(&name, known)
                .map(|near| format!("no column is called `{name}`; did you mean `{near}`?"))
        };
        if let Some(cause) = cause {
            sound = false;
            let fix = format!("columns are {}", known.join(","));
            problems.add("R104", format!("{file} line 1"), cause, &fix);
        }
    }
    for name in needed.iter().filter(|name| !columns.contains_key(**name)) {
        sound = false;
        let cause = format!("the column `{name}` is missing");
        let fix = format!("columns are {}", known.join(","));
        problems.add("R103", format!("{file} line 1"), cause, &fix);
    }
    sound.then_some(columns)
}

/// Text that a spreadsheet would run as a formula is written with a quote before it.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => text,
        _ => cell,
    }
}
