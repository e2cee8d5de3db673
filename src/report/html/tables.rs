//! Tables of the page, with captions, scoped headers and, where asked, a column of small charts.

use maud::{Markup, html};

use crate::kpi::Judgement;
use crate::report::{Cell, Column, Table};

/// A table as it is.
pub(super) fn plain(table: &Table, title: &str) -> Markup {
    with_charts(table, title, usize::MAX, "", Vec::new())
}

/// A table with a chart in each row, as the column at `place`.
pub(super) fn with_charts(
    table: &Table,
    title: &str,
    place: usize,
    heading: &str,
    charts: Vec<Markup>,
) -> Markup {
    let mut charts = charts.into_iter();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table {
                caption { (title) }
                thead {
                    tr {
                        @for (at, column) in table.columns.iter().enumerate() {
                            @if at == place { th.chart scope="col" { (heading) } }
                            th.number[column.is_number].tight[is_tight(column)] scope="col" { (column.title) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        @let chart = charts.next();
                        tr {
                            @for (at, (column, cell)) in table.columns.iter().zip(row).enumerate() {
                                @if at == place { td.chart { @if let Some(chart) = &chart { (chart) } } }
                                @if at == 0 {
                                    th.tight[is_tight(column)] scope="row" { (shown(cell)) }
                                } @else {
                                    td.number[column.is_number].tight[is_tight(column)] { (shown(cell)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn shown(cell: &Cell) -> Markup {
    if let Cell::Verdict(judgement) = cell {
        html! { span.verdict.(verdict(*judgement)) { (cell.shown()) } }
    } else {
        html! { (cell.shown()) }
    }
}

/// Columns whose words belong on one line.
fn is_tight(column: &Column) -> bool {
    const TIGHT: [&str; 10] =
        ["estimate", "goal", "period", "verdict", "day", "date", "week", "when", "gap", "value"];
    TIGHT.contains(&column.key.as_str())
}

/// The class that dresses a verdict.
pub(super) fn verdict(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Kept => "kept",
        Judgement::Missed => "missed",
        Judgement::Undecided => "undecided",
    }
}
