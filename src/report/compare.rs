//! What-ifs side by side: one table, one picture of every figure, what it costs once, and what else could be done.

use super::figures::{fixed, percent, whole_amount};
use super::messages::{say, say_with};
use super::picture::{Dot, Multiple, Standing};
use super::{Cell, Column, Picture, Report, Section, Table, plan};
use crate::compare::{self, Better, Comparison, Figure, Lever, LeverKind, Pull, Row};
use crate::kpi::Estimate;
use crate::units::Money;

/// The comparison for people to read.
#[must_use]
pub fn compare(comparison: &Comparison) -> Report {
    let mut sections = vec![summary(comparison), figures(comparison)];
    sections.extend(one_off(comparison));
    sections.extend(levers(comparison));
    sections.push(reading(comparison));
    let title = say_with(
        "compare-title",
        &[("title", plan::title(&comparison.columns[0].scenario).into())],
    );
    Report { schema: "evenkeel.comparison_report/1", title, sections }
}

/// The same with a row for every figure of every variant, for spreadsheets.
#[must_use]
pub fn compare_rows(comparison: &Comparison) -> Report {
    let number =
        |figure: Option<f64>| figure.map_or(Cell::Nothing, |figure| Cell::Figure(figure, 6));
    let low = |figure: Option<Figure>| figure.and_then(|figure| figure.range).map(|range| range.0);
    let high = |figure: Option<Figure>| figure.and_then(|figure| figure.range).map(|range| range.1);
    let value = |figure: Option<Figure>| figure.map(|figure| figure.value);
    let mut rows = Vec::new();
    for row in &comparison.rows {
        let columns = comparison.columns.iter().zip(row.figures.iter().zip(&row.differences));
        for (column, (&figure, &difference)) in columns {
            rows.push(vec![
                Cell::text(row.key),
                Cell::text(row.subject.as_str()),
                Cell::text(row.unit),
                Cell::text(column.name.as_str()),
                number(value(figure)),
                number(low(figure)),
                number(high(figure)),
                number(value(difference)),
                number(low(difference)),
                number(high(difference)),
            ]);
        }
    }
    let words = ["figure", "subject", "unit", "variant"].map(|key| Column::words(key, key));
    let numbers = ["value", "low", "high", "difference", "difference_low", "difference_high"]
        .map(|key| Column::figures(key, key));
    let columns = words.into_iter().chain(numbers).collect();
    let table = Some(Table { columns, rows });
    let section = Section { key: "figures", table, ..Section::default() };
    Report { schema: "evenkeel.comparison_rows/1", title: String::new(), sections: vec![section] }
}

/// A sentence or two for each variant.
fn summary(comparison: &Comparison) -> Section {
    let row = |key: &str| comparison.rows.iter().find(|row| row.key == key);
    let mut sentences = Vec::new();
    for (place, column) in comparison.columns.iter().enumerate().skip(1) {
        let at = |row: Option<&Row>, place: usize| {
            row.and_then(|row| row.figures[place]).map(|it| it.value)
        };
        let (kept, missed) = (row("targets_kept"), row("targets_missed"));
        let count = |row: Option<&Row>, place| fixed(at(row, place).unwrap_or(0.0), 0);
        let cost = row("cost").and_then(|row| row.differences[place]).map_or(0.0, |it| it.value);
        let currency = &column.scenario.currency;
        sentences.push(say_with(
            "compare-summary",
            &[
                ("title", column.title.as_str().into()),
                ("kept", count(kept, place).into()),
                ("missed", count(missed, place).into()),
                ("kept_before", count(kept, 0).into()),
                ("missed_before", count(missed, 0).into()),
                ("cost", signed_money(cost, currency).into()),
            ],
        ));
        if !column.says.is_empty() {
            sentences.push(column.says.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    Section { key: "summary", sentences, ..Section::default() }
}

/// Every figure, with how much more it is than as the team is.
fn figures(comparison: &Comparison) -> Section {
    let currency = &comparison.columns[0].scenario.currency;
    let mut columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("as_is", say("compare-as-is")),
    ];
    for column in &comparison.columns[1..] {
        columns.push(Column::figures(format!("{}_value", column.name), column.title.clone()));
        columns.push(Column::words(format!("{}_change", column.name), say("column-change")));
    }
    let rows = comparison.rows.iter().map(|row| {
        let mut cells =
            vec![Cell::text(label(row)), Cell::text(shown(row, row.figures[0], currency))];
        for place in 1..comparison.columns.len() {
            cells.push(Cell::text(shown(row, row.figures[place], currency)));
            cells.push(Cell::text(change(row, place, currency)));
        }
        cells
    });
    let table = Table { columns, rows: rows.collect() };
    let pictures =
        comparison.rows.iter().filter(|row| differs(row)).map(|row| multiple(row, comparison));
    Section {
        key: "figures",
        title: say("section-compare"),
        sentences: vec![say_with("compare-played", &[("weeks", comparison.weeks.into())])],
        table: Some(table),
        picture: Some(Picture::Multiples(pictures.collect())),
    }
}

/// Whether any column differs from the first; figures that are the same everywhere need no picture.
fn differs(row: &Row) -> bool {
    row.differences.iter().flatten().any(|difference| difference.value.abs() > 1e-9)
        || row.figures.iter().any(Option::is_none)
}

fn multiple(row: &Row, comparison: &Comparison) -> Multiple {
    let currency = &comparison.columns[0].scenario.currency;
    let dots = comparison.columns.iter().enumerate().map(|(place, column)| Dot {
        label: if place == 0 { say("compare-as-is") } else { column.title.clone() },
        value: row.figures[place].map(|figure| figure.value),
        range: row.figures[place].and_then(|figure| figure.range),
        shown: brief(row, row.figures[place], currency),
        standing: standing(row, place),
    });
    Multiple { title: label(row), dots: dots.collect() }
}

/// What a figure is called, and whose it is.
fn label(row: &Row) -> String {
    let name = name(row.key);
    if row.subject_title.is_empty() { name } else { format!("{}: {name}", row.subject_title) }
}

/// A figure's name for people.
fn name(key: &str) -> String {
    match key {
        "targets_kept" => say("compare-targets-kept"),
        "targets_missed" => say("compare-targets-missed"),
        "service_level" => say("compare-service-level"),
        "answered_in_time" => say("compare-answered-in-time"),
        "abandonment" => say("compare-abandonment"),
        "mean_wait_minutes" => say("compare-mean-wait-minutes"),
        "first_response_minutes" => say("compare-first-response-minutes"),
        "backlog" => say("compare-backlog"),
        "satisfaction" => say("compare-satisfaction"),
        "utilisation" => say("compare-utilisation"),
        "strain_green" => say("compare-strain-green"),
        "strain_amber" => say("compare-strain-amber"),
        "strain_red" => say("compare-strain-red"),
        "timing_highest" => say("compare-timing-highest"),
        "timing_mean" => say("compare-timing-mean"),
        "breaches" => say("compare-breaches"),
        "people" => say("compare-people"),
        "workload_hours" => say("compare-workload-hours"),
        "shortfall_hours" => say("compare-shortfall-hours"),
        "paid_hours" => say("compare-paid-hours"),
        "cost" => say("compare-cost"),
        _ => key.to_owned(),
    }
}

/// A figure with its interval.
fn shown(row: &Row, figure: Option<Figure>, currency: &str) -> String {
    let Some(Figure { value, range }) = figure else { return "-".to_owned() };
    match (row.unit, range) {
        ("share", Some((low, high))) => Cell::Estimated(Estimate { value, low, high }).shown(),
        ("minutes", Some((low, high))) => {
            format!("{} ({} to {}) min", wait(value), wait(low), wait(high))
        }
        (_, Some((low, high))) => {
            format!("{} ({} to {})", fixed(value, 1), fixed(low, 1), fixed(high, 1))
        }
        _ => brief(row, figure, currency),
    }
}

fn brief(row: &Row, figure: Option<Figure>, currency: &str) -> String {
    let Some(Figure { value, .. }) = figure else { return "-".to_owned() };
    match row.unit {
        "share" => percent(value),
        "minutes" => format!("{} min", wait(value)),
        "hours" => format!("{} h", fixed(value, 1)),
        "money" => whole_amount(Money::from_decimal(value).unwrap_or_default(), currency),
        "contacts" => fixed(value, 1),
        "risk" => fixed(value, 3),
        _ => fixed(value, 0),
    }
}

/// Minutes, finer where they are few.
fn wait(minutes: f64) -> String {
    fixed(minutes, if minutes.abs() < 10.0 { 2 } else { 1 })
}

/// How much more a figure is than as the team is, with its interval and whether that is better or worse.
fn change(row: &Row, place: usize, currency: &str) -> String {
    let Some(Figure { value, range }) = row.differences[place] else { return "-".to_owned() };
    let points = |share: f64| fixed(100.0 * share, 1);
    let plus = |text: String, value: f64| {
        if value > 0.0 && !text.starts_with('-') { format!("+{text}") } else { text }
    };
    let said = match (row.unit, range) {
        ("share", Some((low, high))) => {
            let (low, high) = (points(low), points(high));
            say_with(
                "compare-points",
                &[
                    ("points", plus(points(value), value).into()),
                    ("low", low.into()),
                    ("high", high.into()),
                ],
            )
        }
        ("share", None) => {
            say_with("compare-points-alone", &[("points", plus(points(value), value).into())])
        }
        ("money", _) => signed_money(value, currency),
        ("minutes", Some((low, high))) => {
            format!("{} ({} to {})", plus(wait(value), value), wait(low), wait(high))
        }
        (_, Some((low, high))) => {
            format!("{} ({} to {})", plus(fixed(value, 1), value), fixed(low, 1), fixed(high, 1))
        }
        ("count" | "people", None) => plus(fixed(value, 0), value),
        ("risk", None) => plus(fixed(value, 3), value),
        _ => plus(fixed(value, 1), value),
    };
    match standing(row, place) {
        Standing::Better => format!("{said} {}", say("compare-better")),
        Standing::Worse => format!("{said} {}", say("compare-worse")),
        Standing::Unclear => format!("{said} {}", say("compare-unclear")),
        Standing::Same => said,
    }
}

fn standing(row: &Row, place: usize) -> Standing {
    let Some(Figure { value, range }) = row.differences[place] else { return Standing::Same };
    if value.abs() < 1e-9 || row.better == Better::Neither {
        return Standing::Same;
    }
    let is_clear = range.is_none_or(|(low, high)| low > 0.0 || high < 0.0);
    match (is_clear, (value > 0.0) == (row.better == Better::More)) {
        (false, _) => Standing::Unclear,
        (true, true) => Standing::Better,
        (true, false) => Standing::Worse,
    }
}

fn signed_money(value: f64, currency: &str) -> String {
    let text = whole_amount(Money::from_decimal(value).unwrap_or_default(), currency);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// What hiring and cutting cost once.
fn one_off(comparison: &Comparison) -> Option<Section> {
    let money = |amount: f64| Cell::Money(Money::from_decimal(amount).unwrap_or_default());
    let mut rows = Vec::new();
    let mut sentences = Vec::new();
    for column in &comparison.columns {
        let Some(costs) = column.one_off else { continue };
        rows.push(vec![
            Cell::text(column.title.as_str()),
            Cell::Count(costs.hired),
            money(costs.hiring),
            Cell::Count(costs.cut),
            money(costs.saved),
            money(costs.rehiring),
            money(costs.empty),
            money(costs.net_saving()),
        ]);
        if costs.cut > 0 {
            let weeks = usize::try_from(costs.saved_weeks).unwrap_or_default();
            sentences.push(say_with(
                if costs.net_saving() < 0.0 { "compare-regret" } else { "compare-no-regret" },
                &[
                    ("title", column.title.as_str().into()),
                    ("weeks", weeks.into()),
                    ("net", signed_money(costs.net_saving(), &column.scenario.currency).into()),
                ],
            ));
        }
    }
    if rows.is_empty() {
        return None;
    }
    sentences.push(say("compare-what-if-keys"));
    let columns = vec![
        Column::words("variant", say("compare-variant")),
        Column::figures("hired", say("compare-hired")),
        Column::figures("hiring", say("compare-hiring")),
        Column::figures("cut", say("compare-cut")),
        Column::figures("saved", say("compare-saved")),
        Column::figures("rehiring", say("compare-rehiring")),
        Column::figures("empty", say("compare-empty")),
        Column::figures("net_saving", say("compare-net-saving")),
    ];
    Some(Section {
        key: "one_off",
        title: say("section-one-off"),
        sentences,
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

/// What else than people could be done.
fn levers(comparison: &Comparison) -> Option<Section> {
    let mut rows = Vec::new();
    for column in &comparison.columns {
        for lever in &column.levers {
            rows.push(vec![
                Cell::text(column.title.as_str()),
                Cell::text(lever_title(lever, column)),
                Cell::text(say(if lever.would_restore {
                    "compare-restores"
                } else {
                    "compare-helps"
                })),
                Cell::Figure(lever.shortfall_hours, 1),
                Cell::Money(Money::from_decimal(lever.cost_a_week()).unwrap_or_default()),
            ]);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Column::words("variant", say("compare-variant")),
        Column::words("lever", say("compare-lever")),
        Column::words("would_restore", say("compare-would-restore")),
        Column::figures("shortfall_hours", say("compare-still-short")),
        Column::figures("cost_a_week", say("compare-cost-a-week")),
    ];
    Some(Section {
        key: "levers",
        title: say("section-levers"),
        sentences: vec![say("compare-levers-say")],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

fn lever_title(lever: &Lever, column: &compare::Column) -> String {
    let pulls: Vec<String> = lever.pulls.iter().map(|pull| pull_title(pull, column)).collect();
    pulls.join("; ")
}

fn pull_title(pull: &Pull, column: &compare::Column) -> String {
    let names = &column.scenario.names.queues;
    let title = |id: &str| {
        let found = names.find(id);
        found.map_or_else(|_| id.to_owned(), |queue| column.scenario.queue(queue).title.clone())
    };
    let mentions = [
        ("share", super::words::whole_percent(pull.share).into()),
        ("queue", title(&pull.queue).into()),
        ("to", title(&pull.to).into()),
    ];
    match pull.kind {
        LeverKind::Deflect => say_with("compare-lever-deflect", &mentions),
        LeverKind::AutomateAdmin => say_with("compare-lever-admin", &mentions),
        LeverKind::Callback => say_with("compare-lever-callback", &mentions),
        LeverKind::Move => say_with("compare-lever-move", &mentions),
    }
}

/// How to read it.
fn reading(comparison: &Comparison) -> Section {
    let has_cut =
        comparison.columns.iter().any(|column| column.one_off.is_some_and(|it| it.cut > 0));
    let mut sentences = vec![say("compare-reading")];
    if has_cut {
        sentences.push(say("compare-nobody-picked"));
    }
    Section { key: "reading", title: say("section-reading"), sentences, ..Section::default() }
}
