//! One self-contained page: no script, no font, no picture from elsewhere; readable on paper, in the dark, in grey
//! and by a screen reader. Every chart has the same figures as a table beside it or under it.

mod charts;
mod days;
mod funnel;
mod heat;
mod multiples;
mod outcomes;
mod ranges;
mod tables;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::messages::{say, say_with};
use super::{Picture, Report, Section, Table};
use crate::plan::Plan;
use crate::scenario::Scenario;

const STYLE: &str = include_str!("html/style.css");

/// The page of a plan.
#[must_use]
pub fn page(plan: &Plan, scenario: &Scenario) -> String {
    render(&super::page(plan, scenario))
}

/// Any report as a page.
#[must_use]
pub fn render(report: &Report) -> String {
    let (head, rest): (Vec<&Section>, Vec<&Section>) =
        report.sections.iter().partition(|section| section.title.is_empty());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                title { (report.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (say("page-skip")) }
                (charts::patterns())
                header.top {
                    h1 { (report.title) }
                    @for section in &head { (headline(section)) }
                }
                nav aria-label=(say("page-contents")) {
                    ul {
                        @for section in &rest { li { a href={ "#" (section.key) } { (section.title) } } }
                    }
                }
                main id="main" {
                    @for section in &rest { (part(section)) }
                }
                footer {
                    p { (say_with("page-footer", &[("version", env!("CARGO_PKG_VERSION").into())])) }
                }
            }
        }
    };
    page.into_string()
}

fn headline(section: &Section) -> Markup {
    html! {
        @if let Some(table) = &section.table {
            dl.tiles {
                @for row in &table.rows {
                    div {
                        dt { (row.first().map(super::Cell::shown).unwrap_or_default()) }
                        dd {
                            strong { (row.get(1).map(super::Cell::shown).unwrap_or_default()) }
                            @if let Some(note) = row.get(2) { span { (note.shown()) } }
                        }
                    }
                }
            }
        }
        @for sentence in &section.sentences { p.lead { (sentence) } }
    }
}

fn part(section: &Section) -> Markup {
    let heading = format!("{}-title", section.key);
    html! {
        section id=(section.key) aria-labelledby=(heading) {
            h2 id=(heading) { (section.title) }
            @for sentence in &section.sentences { p { (sentence) } }
            (figure(section))
        }
    }
}

fn figure(section: &Section) -> Markup {
    let empty = Table::default();
    let table = section.table.as_ref().unwrap_or(&empty);
    let title = section.title.as_str();
    match &section.picture {
        None => html! { @if !table.rows.is_empty() { (tables::plain(table, title)) } },
        Some(Picture::Verdicts(bars)) => {
            let drawn = bars.iter().map(charts::verdict).collect();
            tables::with_charts(table, title, 4, &say("page-chart-verdicts"), drawn)
        }
        Some(Picture::Bands(bars)) => {
            let drawn = bars.iter().map(charts::bands).collect();
            tables::with_charts(table, title, 1, &say("page-chart-bands"), drawn)
        }
        Some(Picture::Exposures(bars)) => {
            let drawn = bars.iter().map(charts::exposure).collect();
            tables::with_charts(table, title, 2, &say("page-chart-exposures"), drawn)
        }
        Some(Picture::Funnel(bars)) => html! {
            (funnel::legend())
            (tables::with_charts(table, title, 1, &say("page-chart-funnel"), funnel::bars(bars)))
        },
        Some(Picture::Outcomes(bars)) => html! {
            (outcomes::legend())
            (tables::with_charts(table, title, 1, &say("page-chart-outcomes"), outcomes::bars(bars)))
        },
        Some(Picture::RawFair(bars)) => {
            let drawn = bars.iter().map(charts::raw_and_fair).collect();
            tables::with_charts(table, title, 4, &say("page-chart-raw-fair"), drawn)
        }
        Some(Picture::Breaks(clock)) => html! {
            (ranges::breaks(clock))
            (twin(table, title))
        },
        Some(Picture::Strips(strips)) => {
            let place = table.columns.iter().position(|column| column.key == "least").unwrap_or(1);
            let drawn = strips.iter().map(ranges::strip).collect();
            tables::with_charts(table, title, place, &say("page-chart-range"), drawn)
        }
        Some(Picture::Shades) => heat::shaded(table, title),
        Some(Picture::Multiples(figures)) => html! {
            (multiples::charts(figures))
            (tables::plain(table, title))
        },
        Some(Picture::Heat(map)) => heat::map(map, title),
        Some(Picture::Coverage(panels)) => html! {
            (charts::coverage(panels))
            (twin(table, title))
        },
        Some(Picture::Days(days)) => html! {
            (days::legend())
            @for (place, day) in days.iter().enumerate() { (days::chart(day, place)) }
            (twin(table, title))
        },
    }
}

/// The table that tells the same as a chart, folded away on screens and open on paper.
fn twin(table: &Table, title: &str) -> Markup {
    html! {
        details.twin {
            summary { (say_with("page-as-table", &[("title", title.into())])) }
            (tables::plain(table, title))
        }
    }
}
