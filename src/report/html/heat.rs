//! Planned load by tier, day and hour: a table whose cells are shaded, numbered and marked.

use maud::{Markup, html};

use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::HeatMap;
use crate::report::{Cell, Table};

/// The heat map; the table is its own twin.
pub(super) fn map(map: &HeatMap, title: &str) -> Markup {
    let mut tiers: Vec<&str> = map.rows.iter().map(|(tier, _, _)| tier.as_str()).collect();
    tiers.dedup();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.heat {
                caption { (title) }
                thead {
                    tr {
                        th scope="col" { (say("column-day")) }
                        @for hour in &map.hours { th.number scope="col" { (format!("{hour:02}")) } }
                    }
                }
                @for tier in tiers {
                    tbody {
                        tr {
                            th.tier scope="rowgroup" colspan=(map.hours.len() + 1) { (tier) }
                        }
                        @for (_, day, cells) in map.rows.iter().filter(|(own, _, _)| own == tier) {
                            tr {
                                th scope="row" { (day) }
                                @for cell in cells { (square(*cell, map.marks)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn square(cell: Option<f64>, (busy, high): (f64, f64)) -> Markup {
    let Some(share) = cell else { return html! { td.none { span aria-hidden="true" { "·" } } } };
    let percent = fixed(100.0 * share, 0);
    let (mark, what) = if share >= high {
        ("▲▲", say("page-heat-high"))
    } else if share >= busy {
        ("▲", say("page-heat-busy"))
    } else {
        ("", String::new())
    };
    let spoken =
        say_with("page-heat-cell", &[("share", percent.as_str().into()), ("mark", what.into())]);
    html! {
        td.(shade(share)) title=(spoken) {
            (percent)
            @if !mark.is_empty() { span.mark { (mark) } }
        }
    }
}

/// A table whose figures are shaded by how near they come to the largest; the figures stand in the cells.
pub(super) fn shaded(table: &Table, title: &str) -> Markup {
    let figure = |cell: &Cell| match cell {
        Cell::Figure(figure, _) => Some(*figure),
        _ => None,
    };
    let largest = table.rows.iter().flatten().filter_map(figure).fold(0.0, f64::max);
    let class = |cell: &Cell| {
        let own = figure(cell).filter(|own| *own > 0.0 && largest > 0.0)?;
        // The darkest grounds of the map of load, which carry white letters, are kept for what is too much.
        Some(shade(0.84 * own / largest))
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.heat.shades {
                caption { (title) }
                thead {
                    tr {
                        @for column in &table.columns { th.number[column.is_number] scope="col" { (column.title) } }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 {
                                    th scope="row" { (cell.shown()) }
                                } @else {
                                    td class=[class(cell)] { (cell.shown()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One of ten shades, the darkest from 90 % on.
fn shade(share: f64) -> &'static str {
    const SHADES: [(f64, &str); 9] = [
        (0.10, "h0"),
        (0.25, "h1"),
        (0.40, "h2"),
        (0.50, "h3"),
        (0.60, "h4"),
        (0.70, "h5"),
        (0.80, "h6"),
        (0.85, "h7"),
        (0.90, "h8"),
    ];
    SHADES.iter().find(|(below, _)| share < *below).map_or("h9", |(_, shade)| shade)
}
