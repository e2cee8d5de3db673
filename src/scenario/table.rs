//! CSV files as spreadsheets really write them: any separator, decimal commas, blank rows and columns.

use csv::StringRecord;

use super::problem::{
    self, CELL_EMPTY, CELL_UNREADABLE, COLUMN_MISSING, COLUMN_TWICE, FILE_EMPTY, Found,
    MOST_LISTED, Place, ROW_TOO_LONG, UNKNOWN_COLUMN,
};
use super::words;
use crate::id::nearest;

/// Most bytes of a cell: enough for any week's hours or wishes.
const LONGEST_CELL: usize = 1000;

/// A file of rows that the reader knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Its name in the folder.
    pub file: &'static str,
    /// Its place among the files read.
    pub rank: usize,
    /// Columns it must have.
    pub required: &'static [&'static str],
    /// Columns it may have.
    pub optional: &'static [&'static str],
}

/// The rows of a file.
#[derive(Debug, Clone)]
pub(super) struct Table {
    kind: Kind,
    /// Place of each known column in a row, in the order of [`Kind`].
    columns: Vec<Option<usize>>,
    decimal_comma: bool,
    rows: Vec<(usize, StringRecord)>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    /// Its line in the file.
    pub line: usize,
    cells: &'t StringRecord,
}

impl Kind {
    /// The place of a line, and of a column in it.
    pub(super) fn at(&self, line: usize, column: &str) -> Place {
        let text = match (line, column) {
            (0, "") => self.file.to_owned(),
            (0, _) => format!("{}, {column}", self.file),
            (_, "") => format!("{}, line {line}", self.file),
            _ => format!("{}, line {line}, {column}", self.file),
        };
        Place { file: self.rank, line, text }
    }

    fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// Read the rows of a text; nothing comes back where the header cannot be used.
pub(super) fn read(text: &str, kind: Kind, found: &mut Vec<Found>) -> Option<Table> {
    let (separator, skipped, body) = separated(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut records = reader.records().filter_map(Result::ok).map(|record| {
        let line = record.position().map_or(0, csv::Position::line);
        (usize::try_from(line).unwrap_or(0) + skipped, record)
    });
    let Some((line, header)) = records.find(|(_, record)| !is_blank(record)) else {
        found.push(problem::found(FILE_EMPTY, kind.at(0, ""), "the file is empty"));
        return None;
    };
    let columns = columns(kind, line, &header, found)?;
    let width = header.len();
    let mut table = Table { kind, columns, decimal_comma: separator != b',', rows: Vec::new() };
    for (line, record) in records.filter(|(_, record)| !is_blank(record)) {
        if found.len() > MOST_LISTED {
            break;
        }
        if let Some(extra) = record.iter().skip(width).find(|cell| !cell.is_empty()) {
            let cause = format!("`{}` stands beyond the last column", short(extra));
            found.push(problem::found(ROW_TOO_LONG, kind.at(line, ""), cause));
        } else {
            table.rows.push((line, record));
        }
    }
    if table.rows.is_empty() {
        let cause = "the file has a header and no rows";
        found.push(problem::found(FILE_EMPTY, kind.at(line, ""), cause));
        return None;
    }
    Some(table)
}

/// The separator, how many lines to skip, and the rest: a first line `sep=;` is a spreadsheet's note.
fn separated(text: &str) -> (u8, usize, &str) {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    if let Some(&[separator]) = first.trim().strip_prefix("sep=").map(str::as_bytes)
        && let Some((_, body)) = text.split_once('\n')
        && separator.is_ascii_punctuation()
    {
        return (separator, 1, body);
    }
    let count = |separator: u8| first.bytes().filter(|&byte| byte == separator).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|&separator| count(separator));
    (separator.unwrap_or(b','), 0, text)
}

fn columns(
    kind: Kind,
    line: usize,
    header: &StringRecord,
    found: &mut Vec<Found>,
) -> Option<Vec<Option<usize>>> {
    let known: Vec<&str> = kind.columns().collect();
    let mut places = vec![None; known.len()];
    for (place, title) in header.iter().enumerate().filter(|(_, title)| !title.is_empty()) {
        let name = title.to_lowercase().replace([' ', '-'], "_");
        match known.iter().position(|&column| column == name) {
            Some(column) if places[column].is_none() => places[column] = Some(place),
            Some(_) => {
                let cause = format!("the column `{name}` appears twice");
                found.push(problem::found(COLUMN_TWICE, kind.at(line, ""), cause));
            }
            None => {
                let cause = format!("the column `{}` means nothing here", short(title));
                let fix = match nearest(&name, &known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("columns known here are {}", words(&known)),
                };
                found.push(problem::found(UNKNOWN_COLUMN, kind.at(line, ""), cause).fix(fix));
            }
        }
    }
    let missing = kind.required.iter().zip(&places).filter(|(_, place)| place.is_none());
    let before = found.len();
    found.extend(missing.map(|(column, _)| {
        let cause = format!("the column `{column}` is missing");
        problem::found(COLUMN_MISSING, kind.at(line, ""), cause)
    }));
    (found.len() == before).then_some(places)
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(str::is_empty)
}

fn short(text: &str) -> String {
    let mut letters = text.chars().filter(|letter| !letter.is_control());
    let start: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { format!("{start}...") } else { start }
}

impl Table {
    /// All rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'t> Row<'t> {
    /// The place of a cell.
    pub(super) fn at(&self, column: &str) -> Place {
        self.table.kind.at(self.line, column)
    }

    /// The text of a cell, empty where the column is missing.
    pub(super) fn text(&self, column: &str) -> &'t str {
        let place = self.table.kind.columns().position(|known| known == column);
        let cell = place.and_then(|place| self.table.columns[place]);
        cell.and_then(|cell| self.cells.get(cell)).unwrap_or("")
    }

    /// A cell that must be filled, read in its form.
    pub(super) fn must<T>(
        &self,
        column: &str,
        read: impl FnOnce(&'t str) -> Result<T, String>,
        found: &mut Vec<Found>,
    ) -> Option<T> {
        if self.text(column).is_empty() && found.len() <= MOST_LISTED {
            let cause = format!("`{column}` is empty");
            found.push(problem::found(CELL_EMPTY, self.at(column), cause));
            return None;
        }
        self.may(column, read, found)
    }

    /// A cell that may be empty, read in its form.
    pub(super) fn may<T>(
        &self,
        column: &str,
        read: impl FnOnce(&'t str) -> Result<T, String>,
        found: &mut Vec<Found>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() || found.len() > MOST_LISTED {
            return None;
        }
        let value = if text.contains(['\n', '\r']) {
            Err("the cell runs over several lines; close its quotation mark".to_owned())
        } else if text.len() > LONGEST_CELL {
            Err("the cell is longer than 1000 bytes".to_owned())
        } else {
            read(text)
        };
        let refuse = |cause| found.push(problem::found(CELL_UNREADABLE, self.at(column), cause));
        value.map_err(refuse).ok()
    }

    /// A number within a range, with a decimal point or comma as the file has it.
    ///
    /// # Errors
    /// A sentence with the way out.
    pub(super) fn number(&self, text: &str, least: f64, most: f64) -> Result<f64, String> {
        let refused = || format!("`{}` is not a number; write such as 37.5", short(text));
        let plain = match text.matches(',').count() {
            0 => text.to_owned(),
            1 if self.table.decimal_comma && !text.contains('.') => text.replace(',', "."),
            _ => {
                return Err(format!(
                    "`{}` may be read in two ways; write a decimal point and no thousands separator",
                    short(text)
                ));
            }
        };
        let is_plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        let number: f64 = plain.parse().map_err(|_| refused())?;
        if !plain.bytes().all(is_plain) {
            return Err(refused());
        }
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(format!("{number} is outside {least} to {most}"))
        }
    }
}
