//! A small chart a figure, a line a team in each: the same order everywhere, so that eyes can run down the page.

use maud::{Markup, html};

use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::{Dot, Multiple, Standing};

const WIDTH: f64 = 320.0;
const LINE: f64 = 34.0;
const PLOT: (f64, f64) = (8.0, 226.0);

/// The legend, and a chart for each figure.
pub(super) fn charts(multiples: &[Multiple]) -> Markup {
    let key = |standing: Standing, words: String| {
        html! {
            li {
                svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true" { (mark(standing, 9.0, 7.0)) }
                (words)
            }
        }
    };
    html! {
        ul.legend {
            (key(Standing::Same, say("compare-key-same")))
            (key(Standing::Better, say("compare-key-better")))
            (key(Standing::Worse, say("compare-key-worse")))
            (key(Standing::Unclear, say("compare-key-unclear")))
        }
        div.multiples {
            @for multiple in multiples { (chart(multiple)) }
        }
    }
}

fn chart(multiple: &Multiple) -> Markup {
    let ends = || {
        multiple.dots.iter().flat_map(|dot| {
            let (low, high) = dot.range.unzip();
            [dot.value, low, high]
        })
    };
    let finite = || ends().flatten().filter(|end| end.is_finite());
    let (low, high) =
        (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let margin = ((high - low) * 0.08).max(high.abs() * 0.01).max(1e-6);
    let (from, to) = (low - margin, high + margin);
    let x =
        |value: f64| PLOT.0 + (PLOT.1 - PLOT.0) * ((value - from) / (to - from)).clamp(0.0, 1.0);
    let height = LINE * lines(multiple) + 4.0;
    let said = multiple.dots.iter().map(|dot| {
        say_with(
            "compare-dot",
            &[("label", dot.label.as_str().into()), ("shown", dot.shown.as_str().into())],
        )
    });
    let said = format!("{}: {}", multiple.title, said.collect::<Vec<_>>().join(", "));
    html! {
        figure {
            figcaption { (multiple.title) }
            svg.multiple viewBox={ "0 0 " (fixed(WIDTH, 0)) " " (fixed(height, 0)) } role="img" aria-label=(said) {
                @for (line, dot) in multiple.dots.iter().enumerate() {
                    (line_of(dot, LINE * real(line), x))
                }
            }
        }
    }
}

fn line_of(dot: &Dot, top: f64, x: impl Fn(f64) -> f64) -> Markup {
    let y = top + 23.0;
    let at = |y: f64| fixed(y, 1);
    html! {
        text.tick x=(fixed(PLOT.0, 0)) y=(at(top + 11.0)) { (short(&dot.label)) }
        line.grid x1=(fixed(PLOT.0, 0)) x2=(fixed(PLOT.1, 0)) y1=(at(y)) y2=(at(y)) {}
        @if let Some((low, high)) = dot.range.filter(|(low, high)| low.is_finite() && high.is_finite()) {
            line.interval x1=(at(x(low))) x2=(at(x(high))) y1=(at(y)) y2=(at(y)) {}
        }
        @if let Some(value) = dot.value { (mark(dot.standing, x(value), y)) }
        text x=(fixed(PLOT.1 + 8.0, 0)) y=(at(y + 4.0)) { (dot.shown) }
    }
}

/// A disc for no difference that matters, a triangle up for better, a cross for worse, a diamond for unclear.
fn mark(standing: Standing, x: f64, y: f64) -> Markup {
    let at = |dx: f64, dy: f64| format!("{} {}", fixed(x + dx, 1), fixed(y + dy, 1));
    let (class, path) = match standing {
        Standing::Same => ("same", format!("M{}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", at(-4.0, 0.0))),
        Standing::Better => ("better", format!("M{}l5 9h-10z", at(0.0, -5.5))),
        Standing::Worse => (
            "worse",
            format!("M{}L{}M{}L{}", at(-4.5, -4.5), at(4.5, 4.5), at(-4.5, 4.5), at(4.5, -4.5)),
        ),
        Standing::Unclear => ("unclear", format!("M{}l5 5l-5 5l-5 -5z", at(0.0, -5.0))),
    };
    html! { path.mark.(class) d=(path) {} }
}

/// Long titles are cut; the table has them whole.
fn short(label: &str) -> String {
    const MOST: usize = 44;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    label.chars().take(MOST - 1).chain(['…']).collect()
}

fn lines(multiple: &Multiple) -> f64 {
    real(multiple.dots.len())
}

#[expect(clippy::cast_precision_loss, reason = "columns are few")]
fn real(count: usize) -> f64 {
    count as f64
}
