//! The contract of a comparison.

use serde::Serialize;
use serde_json::{Value, json};

use crate::compare::{Column, Comparison, Figure, Row};
use crate::report::figures::rounded;

/// The contract of a comparison, `evenkeel.comparison/1`: columns, rows of figures, levers; nobody by name.
#[must_use]
pub fn compare(comparison: &Comparison) -> String {
    #[derive(Serialize)]
    struct Whole {
        schema: &'static str,
        weeks: usize,
        currency: String,
        columns: Vec<Value>,
        rows: Vec<Value>,
    }
    super::text(&Whole {
        schema: "evenkeel.comparison/1",
        weeks: comparison.weeks,
        currency: comparison.columns[0].scenario.currency.clone(),
        columns: comparison.columns.iter().map(column).collect(),
        rows: comparison.rows.iter().map(row).collect(),
    })
}

fn column(column: &Column) -> Value {
    let one_off = column.one_off.map(|costs| {
        json!({
            "hired": costs.hired,
            "hiring": rounded(costs.hiring),
            "cut": costs.cut,
            "saved": rounded(costs.saved),
            "saved_weeks": costs.saved_weeks,
            "rehiring": rounded(costs.rehiring),
            "empty": rounded(costs.empty),
            "net_saving": rounded(costs.net_saving()),
        })
    });
    let levers = column.levers.iter().map(|lever| {
        let pulls = lever.pulls.iter().map(|pull| {
            json!({
                "lever": pull.kind,
                "queue": pull.queue,
                "to": pull.to,
                "share": rounded(pull.share),
                "cost_a_week": rounded(pull.cost_a_week),
            })
        });
        json!({
            "pulls": pulls.collect::<Vec<_>>(),
            "would_restore": lever.would_restore,
            "shortfall_hours": rounded(lever.shortfall_hours),
            "cost_a_week": rounded(lever.cost_a_week()),
        })
    });
    json!({
        "name": column.name,
        "title": column.title,
        "says": column.says,
        "input_hash": column.scenario.input_hash,
        "people": column.scenario.agents.len(),
        "one_off": one_off,
        "levers": levers.collect::<Vec<_>>(),
    })
}

fn row(row: &Row) -> Value {
    let figure = |figure: &Option<Figure>| match figure {
        None => Value::Null,
        Some(Figure { value, range: None }) => json!({ "value": rounded(*value) }),
        Some(Figure { value, range: Some((low, high)) }) => {
            json!({ "value": rounded(*value), "low": rounded(*low), "high": rounded(*high) })
        }
    };
    json!({
        "figure": row.key,
        "subject": row.subject,
        "unit": row.unit,
        "better": row.better,
        "values": row.figures.iter().map(figure).collect::<Vec<_>>(),
        "differences": row.differences.iter().map(figure).collect::<Vec<_>>(),
    })
}
