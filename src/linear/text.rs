//! A model as text that one can read and compare.

use std::fmt::Write;

use super::{Column, ColumnId, Model, Row};

impl Model {
    /// The model as text: costs, rows, bounds other than from 0 up, whole columns.
    ///
    /// # Panics
    /// Where a row names a column of another model.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::from("minimise\n");
        for column in self.columns().iter().filter(|column| column.cost != 0.0) {
            line(&mut text, &term(column.cost, &column.name));
        }
        text.push_str("subject to\n");
        for row in self.rows() {
            line(&mut text, &self.row_text(row));
        }
        let unusual: Vec<String> = self.columns().iter().filter_map(bounds_text).collect();
        if !unusual.is_empty() {
            text.push_str("bounds\n");
            for bounds in &unusual {
                line(&mut text, bounds);
            }
        }
        let whole = self.columns().iter().filter(|column| column.is_whole);
        let whole: Vec<&str> = whole.map(|column| column.name.as_str()).collect();
        if !whole.is_empty() {
            line(&mut text, &format!("whole {}", whole.join(" ")));
        }
        text
    }

    fn row_text(&self, row: &Row) -> String {
        let name = |column: ColumnId| &self.columns()[column.index()].name;
        let terms = row.terms.iter().map(|&(column, weight)| term(weight, name(column)));
        let sum = terms.collect::<Vec<_>>().join(" ");
        let (low, high) = (row.low, row.high);
        if low == high {
            format!("{}: {sum} = {low}", row.name)
        } else if high == f64::INFINITY {
            format!("{}: {sum} >= {low}", row.name)
        } else if low == f64::NEG_INFINITY {
            format!("{}: {sum} <= {high}", row.name)
        } else {
            format!("{}: {low} <= {sum} <= {high}", row.name)
        }
    }
}

fn line(text: &mut String, content: &str) {
    writeln!(text, "  {content}").expect("writing to a string succeeds");
}

fn term(weight: f64, name: &str) -> String {
    format!("{weight:+} {name}")
}

fn bounds_text(column: &Column) -> Option<String> {
    let Column { name, low, high, .. } = column;
    match (*low, *high) {
        (0.0, f64::INFINITY) => None,
        (low, high) if low == high => Some(format!("{name} = {low}")),
        (f64::NEG_INFINITY, f64::INFINITY) => Some(format!("{name} free")),
        (low, f64::INFINITY) => Some(format!("{low} <= {name}")),
        (f64::NEG_INFINITY, high) => Some(format!("{name} <= {high}")),
        (low, high) => Some(format!("{low} <= {name} <= {high}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_reads_as_text() {
        let mut model = Model::default();
        let early = model.whole_column("works[amy,9]", 0.0, 1.0, -1.0);
        let late = model.whole_column("works[amy,32]", 0.0, 1.0, -1.0);
        let short = model.column("short", 0.0, f64::INFINITY, 2.5);
        model.at_most("rest[amy,1920]", &[(early, 1.0), (late, 1.0)], 1.0);
        model.exactly("cover", &[(late, 1.0), (short, 1.0)], 2.0);
        insta::assert_snapshot!(model.to_text(), @r"
        minimise
          -1 works[amy,9]
          -1 works[amy,32]
          +2.5 short
        subject to
          rest[amy,1920]: +1 works[amy,9] +1 works[amy,32] <= 1
          cover: +1 works[amy,32] +1 short = 2
        bounds
          0 <= works[amy,9] <= 1
          0 <= works[amy,32] <= 1
          whole works[amy,9] works[amy,32]
        ");
    }
}
