//! The funnel as bars: what of each topic's contacts ends at which layer, drawn to one scale.

use maud::{Markup, html};

use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::picture::FunnelBar;

/// The looks and names of the parts, from the first layer to the people.
const PARTS: [(&str, &str); 5] = [
    ("layer-prevented", "column-funnel-prevented"),
    ("layer-self", "column-funnel-self-served"),
    ("layer-bot", "column-funnel-bot-resolved"),
    ("layer-later", "funnel-later"),
    ("layer-human", "column-funnel-human"),
];
const WIDTH: f64 = 280.0;

/// What each look means.
pub(super) fn legend() -> Markup {
    html! {
        ul.legend {
            @for (class, name) in PARTS {
                li {
                    svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" { rect.(class) x="1" y="1" width="32" height="12" {} }
                    (named(name))
                }
            }
        }
    }
}

/// Each topic's contacts as one bar, as long as the topic is large.
pub(super) fn bars(bars: &[FunnelBar]) -> Vec<Markup> {
    let largest = bars.iter().map(|bar| bar.inbound).fold(0.0, f64::max).max(1e-9);
    bars.iter().map(|it| bar(it, largest)).collect()
}

fn bar(bar: &FunnelBar, largest: f64) -> Markup {
    let mut left = 1.0;
    let parts: Vec<(&str, f64, f64)> = PARTS
        .iter()
        .zip(bar.parts)
        .map(|((class, _), contacts)| {
            let width = (WIDTH - 2.0) * contacts / largest;
            left += width;
            (*class, left - width, width)
        })
        .collect();
    let human = bar.parts[4];
    let said = say_with(
        "page-funnel-bar",
        &[
            ("topic", bar.label.as_str().into()),
            ("inbound", fixed(bar.inbound, 0).into()),
            ("human", fixed(human, 0).into()),
            ("share", percent(if bar.inbound > 0.0 { human / bar.inbound } else { 1.0 }).into()),
        ],
    );
    html! {
        svg.bar.wide viewBox={ "0 0 " (fixed(WIDTH, 0)) " 24" } role="img" aria-label=(said) {
            @for (class, left, width) in parts.iter().filter(|part| part.2 > 0.0) {
                rect.(class) x=(fixed(*left, 1)) y="3" width=(fixed(*width, 1)) height="18" {}
            }
        }
    }
}

fn named(name: &str) -> String {
    match name {
        "column-funnel-prevented" => say("column-funnel-prevented"),
        "column-funnel-self-served" => say("column-funnel-self-served"),
        "column-funnel-bot-resolved" => say("column-funnel-bot-resolved"),
        "funnel-later" => say("funnel-later"),
        _ => say("column-funnel-human"),
    }
}
