//! The same rows as a table for a terminal, as CSV, or as JSON.

use serde_json::json;
use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::peaker::Priority;
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Color, Modify, Style, Width};

use super::{Cell, Column, Report, Section, Table};
use crate::kpi::Judgement;

/// Whether a table may use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Signs and words only.
    Plain,
    /// Colour besides signs and words.
    Colour,
}

/// For a terminal `width` letters wide.
#[must_use]
pub fn table(report: &Report, width: usize, paint: Paint) -> String {
    let width = width.clamp(40, 10_000);
    let mut text = format!("{}\n", report.title);
    for section in &report.sections {
        text.push('\n');
        if !section.title.is_empty() {
            text.push_str(&heading(&section.title, paint));
        }
        // Above a table, what there is to say is one paragraph; alone, each sentence is a line to act on.
        let is_above = section.table.is_some();
        let paragraph = [section.sentences.join(" ")];
        for said in if is_above { &paragraph[..] } else { &section.sentences[..] } {
            if !said.is_empty() {
                text.push_str(&wrapped(said, width));
                text.push('\n');
            }
        }
        if let Some(table) = section.table.as_ref().filter(|table| !table.rows.is_empty()) {
            text.push_str(&grid(table, width, paint));
            text.push('\n');
        }
    }
    text
}

/// As CSV: the sections' tables one after the other, each under a header, with the section's name in front
/// where there are several.
#[must_use]
pub fn csv(report: &Report) -> String {
    let tables: Vec<(&Section, &Table)> = report
        .sections
        .iter()
        .filter_map(|section| section.table.as_ref().map(|table| (section, table)))
        .collect();
    let mut text = String::new();
    for (place, (section, table)) in tables.iter().enumerate() {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let is_one_of_many = tables.len() > 1;
        let named = |first: &str| is_one_of_many.then(|| first.to_owned());
        let header =
            named("section").into_iter().chain(table.columns.iter().map(|c| c.key.clone()));
        let rows = table.rows.iter().map(|row| {
            named(section.key)
                .into_iter()
                .chain(row.iter().map(|cell| guarded(cell.plain())))
                .collect()
        });
        for row in std::iter::once(header.collect::<Vec<String>>()).chain(rows) {
            writer.write_record(&row).expect("writing to memory cannot fail");
        }
        if place > 0 {
            text.push('\n');
        }
        let bytes = writer.into_inner().expect("writing to memory cannot fail");
        text.push_str(&String::from_utf8(bytes).expect("text in, text out"));
    }
    text
}

/// As JSON, for reports that have no contract of their own.
#[must_use]
pub fn json(report: &Report) -> String {
    let section = |section: &Section| {
        let rows = |table: &Table| -> Vec<serde_json::Value> {
            table.rows.iter().map(|row| object(table, row)).collect()
        };
        json!({
            "section": section.key,
            "title": section.title,
            "sentences": section.sentences,
            "rows": section.table.as_ref().map(rows),
        })
    };
    let sections: Vec<_> = report.sections.iter().map(section).collect();
    let whole = json!({ "schema": report.schema, "title": report.title, "sections": sections });
    super::json::text(&whole)
}

fn object(table: &Table, row: &[Cell]) -> serde_json::Value {
    let pairs = table.columns.iter().zip(row);
    pairs
        .map(|(column, cell)| (column.key.clone(), cell.value()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A name that a spreadsheet would run as a formula is set apart with an apostrophe.
fn guarded(text: String) -> String {
    let is_number = text.parse::<f64>().is_ok();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number && text != "-" {
        format!("'{text}")
    } else {
        text
    }
}

fn heading(title: &str, paint: Paint) -> String {
    match paint {
        Paint::Plain => format!("{title}\n"),
        Paint::Colour => format!("\u{1b}[1m{title}\u{1b}[0m\n"),
    }
}

fn grid(table: &Table, width: usize, paint: Paint) -> String {
    let mut builder = Builder::default();
    builder.push_record(table.columns.iter().map(|column| column.title.clone()));
    for row in &table.rows {
        builder.push_record(row.iter().map(Cell::shown));
    }
    let mut grid = builder.build();
    grid.with(Style::blank().horizontals([(1, HorizontalLine::new('─').intersection('─'))]));
    for (place, column) in table.columns.iter().enumerate() {
        if column.is_number {
            grid.modify(Columns::one(place), Alignment::right());
        }
    }
    grid.modify(Rows::first(), Alignment::left());
    if paint == Paint::Colour {
        for (place, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                if let Cell::Verdict(judgement) = cell {
                    grid.with(Modify::new((place + 1, column)).with(colour(*judgement)));
                }
            }
        }
    }
    grid.with(Width::wrap(width).priority(Priority::max(true)).keep_words(true));
    grid.to_string()
}

fn colour(judgement: Judgement) -> Color {
    match judgement {
        Judgement::Kept => Color::FG_GREEN,
        Judgement::Missed => Color::FG_RED,
        Judgement::Undecided => Color::FG_YELLOW,
    }
}

/// Words in lines of at most `width` letters.
fn wrapped(sentence: &str, width: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for word in sentence.split_whitespace() {
        let letters = word.chars().count();
        if used > 0 && used + 1 + letters > width {
            text.push('\n');
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += letters;
    }
    text
}

impl Column {
    /// A column of words.
    pub fn words(key: impl Into<String>, title: impl Into<String>) -> Column {
        Column { key: key.into(), title: title.into(), is_number: false }
    }

    /// A column of figures, set to the right.
    pub fn figures(key: impl Into<String>, title: impl Into<String>) -> Column {
        Column { key: key.into(), title: title.into(), is_number: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Report {
        let columns = vec![Column::words("who", "Who"), Column::figures("share", "Share")];
        let rows = vec![
            vec![Cell::text("=SUM(A1)"), Cell::Share(0.5)],
            vec![Cell::text("a, \"b\""), Cell::Nothing],
        ];
        Report {
            schema: "evenkeel.test/1",
            title: "Title".into(),
            sections: vec![Section {
                key: "one",
                title: "One".into(),
                sentences: vec!["All is well.".into()],
                table: Some(Table { columns, rows }),
                picture: None,
            }],
        }
    }

    #[test]
    fn a_name_is_never_a_formula_in_a_spreadsheet() {
        assert_eq!(csv(&two_rows()), "who,share\n'=SUM(A1),0.5000\n\"a, \"\"b\"\"\",\n");
    }

    #[test]
    fn plain_tables_hold_no_colour() {
        assert!(!table(&two_rows(), 80, Paint::Plain).contains('\u{1b}'));
        assert!(table(&two_rows(), 80, Paint::Colour).contains('\u{1b}'));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut report = two_rows();
        report.sections[0].sentences = vec!["many words ".repeat(40)];
        if let Some(table) = &mut report.sections[0].table {
            table.rows.push(vec![Cell::text("a long name ".repeat(20)), Cell::Share(0.1)]);
        }
        for width in [40, 80, 120] {
            let text = table(&report, width, Paint::Plain);
            assert!(text.lines().all(|line| line.chars().count() <= width));
        }
    }
}
