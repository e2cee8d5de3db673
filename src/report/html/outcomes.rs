//! How contacts came out, as bars of shares.

use maud::{Markup, html};

use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::picture::OutcomeBar;

/// The looks of the parts, in the order of [`names`].
const LOOKS: [&str; 5] =
    ["layer-human", "layer-self", "layer-bot", "layer-prevented", "layer-later"];
const WIDTH: f64 = 280.0;

fn names() -> [String; 5] {
    [
        say("outcome-settled-by-one"),
        say("outcome-settled-by-more"),
        say("outcome-ended"),
        say("outcome-gave-up"),
        say("outcome-open"),
    ]
}

/// What each look means.
pub(super) fn legend() -> Markup {
    html! {
        ul.legend {
            @for (look, name) in LOOKS.into_iter().zip(names()) {
                li {
                    svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" { rect.(look) x="1" y="1" width="32" height="12" {} }
                    (name)
                }
            }
        }
    }
}

/// Each queue's contacts as one bar of its whole width.
pub(super) fn bars(bars: &[OutcomeBar]) -> Vec<Markup> {
    bars.iter().map(bar).collect()
}

fn bar(bar: &OutcomeBar) -> Markup {
    let all: f64 = bar.parts.iter().sum::<f64>().max(1e-9);
    let mut left = 1.0;
    let mut parts: Vec<(&str, f64, f64)> = Vec::new();
    for (look, contacts) in LOOKS.into_iter().zip(bar.parts) {
        let width = (WIDTH - 2.0) * contacts / all;
        parts.push((look, left, width));
        left += width;
    }
    let shares: Vec<String> = names()
        .iter()
        .zip(bar.parts)
        .map(|(name, contacts)| format!("{name} {}", percent(contacts / all)))
        .collect();
    let mentions = [("queue", bar.label.as_str().into()), ("shares", shares.join(", ").into())];
    let said = say_with("page-outcome-bar", &mentions);
    html! {
        svg.bar.wide viewBox={ "0 0 " (fixed(WIDTH, 0)) " 24" } role="img" aria-label=(said) {
            @for (look, left, width) in parts.iter().filter(|part| part.2 > 0.0) {
                rect.(look) x=(fixed(*left, 1)) y="3" width=(fixed(*width, 1)) height="18" {}
            }
        }
    }
}
