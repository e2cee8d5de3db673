//! Rows of the team's files that name a person, cell by cell as they were typed.

use super::{Mine, Others};
use crate::history::decoded;
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table};

/// Columns in which people type what they like, other names among it.
const FREE_TEXT: [&str; 4] = ["reason", "detail", "site", "note"];

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The file.
    pub file: String,
    /// The line; 0 where the file has keys and no rows.
    pub line: u64,
    /// Column and cell, where the cell says something.
    pub cells: Vec<(String, String)>,
}

/// The rows of a file whose `agent`, or `id` where there is none, is this person. Nothing where the file is no such
/// table.
#[must_use]
pub fn held(file: &str, bytes: &[u8], person: &str) -> Vec<Held> {
    let Some(text) = decoded(bytes) else { return Vec::new() };
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let marks = [b',', b';', b'\t'];
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    let delimiter = marks.into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_lowercase).collect(),
        Err(_) => return Vec::new(),
    };
    let place = |name: &str| columns.iter().position(|column| column == name);
    let Some(place) = place("agent").or_else(|| place("id")) else { return Vec::new() };
    let rows = reader.records().filter_map(Result::ok);
    rows.filter(|row| row.get(place) == Some(person))
        .map(|row| Held {
            file: file.to_owned(),
            line: row.position().map_or(0, csv::Position::line),
            cells: columns
                .iter()
                .zip(row.iter())
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(column, cell)| (column.clone(), cell.to_owned()))
                .collect(),
        })
        .collect()
}

/// What the files say, a row a cell.
pub(super) fn section(mine: &Mine<'_>, others: &Others) -> Section {
    let mut rows = Vec::new();
    for held in mine.held {
        let mentions =
            [("file", held.file.as_str().into()), ("line", held.line.to_string().into())];
        let from =
            if held.line == 0 { held.file.clone() } else { say_with("my-from-line", &mentions) };
        for (column, cell) in &held.cells {
            let said = if column == "mentor" {
                say("my-mentor")
            } else if FREE_TEXT.contains(&column.as_str()) {
                others.left_out_of(cell)
            } else {
                cell.clone()
            };
            rows.push(vec![
                Cell::text(column.as_str()),
                Cell::text(said),
                Cell::text(from.as_str()),
            ]);
        }
    }
    let learners = mine.scenario.agents.iter().filter(|other| other.mentor == Some(mine.agent));
    let mut sentences = vec![say("my-held")];
    let count = learners.count();
    if count > 0 {
        sentences.push(say_with("my-learners", &[("count", count.into())]));
    }
    let columns = vec![
        Column::words("what", say("column-what")),
        Column::words("says", say("column-says")),
        Column::words("from", say("column-from")),
    ];
    Section {
        key: "held",
        title: say("section-my-held"),
        sentences,
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_persons_own_rows_are_taken_whatever_the_delimiter() {
        let text =
            "agent;start;reason\namy;2026-11-30;leave\nben;2026-12-01;sick\namy;2026-12-02;\n";
        let own = held("time_off.csv", text.as_bytes(), "amy");
        assert_eq!(own.len(), 2);
        assert_eq!((own[0].line, own[1].line), (2, 4));
        assert_eq!(own[0].cells[2], ("reason".to_owned(), "leave".to_owned()));
        assert!(held("volume.csv", b"start,queue\n2026-11-30,phone\n", "amy").is_empty());
        assert!(held("x.csv", &[0xff, 0xfe, 0x00], "amy").is_empty());
    }
}
