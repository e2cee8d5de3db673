//! Small charts drawn as SVG: shapes and patterns carry what colours carry.

use maud::{Markup, html};

use crate::kpi::{Estimate, Judgement};
use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::picture::{BandBar, CoveragePanel, ExposureBar, RawFairBar, VerdictBar};
use crate::report::{Cell, words};

use super::tables::verdict as verdict_class;

/// Patterns that all charts share.
pub(super) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" {
            defs {
                pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.hatch-ground width="5" height="5" {}
                    rect.hatch-line width="2" height="5" {}
                }
                pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.meal-ground width="6" height="6" {}
                    path.meal-line d="M0 0H6M0 0V6" {}
                }
                pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse" {
                    rect.off-ground width="5" height="5" {}
                    circle.off-dot cx="2.5" cy="2.5" r="1.1" {}
                }
                pattern id="bars" width="4" height="4" patternUnits="userSpaceOnUse" {
                    rect.rest-ground width="4" height="4" {}
                    rect.rest-line width="1.5" height="4" {}
                }
                pattern id="amber-lines" width="6" height="6" patternUnits="userSpaceOnUse" {
                    rect.amber-ground width="6" height="6" {}
                    rect.amber-line width="6" height="1.5" {}
                }
                pattern id="red-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.red-ground width="6" height="6" {}
                    rect.red-line width="2.4" height="6" {}
                }
            }
        }
    }
}

/// Needed against on queue: a row of panels a medium, a panel a day.
pub(super) fn coverage(panels: &[CoveragePanel]) -> Markup {
    let mut media: Vec<&str> = panels.iter().map(|panel| panel.medium.as_str()).collect();
    media.dedup();
    html! {
        ul.legend {
            li { svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" { path.need d="M1 7H33" {} } (say("page-needed")) }
            li { svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" { rect.there x="1" y="1" width="32" height="12" {} } (say("page-there")) }
            li {
                svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" {
                    rect.short x="1" y="1" width="32" height="12" {}
                    path.alarm d="M17 3l5 8h-10z" {}
                }
                (say("page-short"))
            }
        }
        @for medium in media {
            h3 { (medium) }
            div.panels {
                @for (place, panel) in panels.iter().enumerate().filter(|(_, panel)| panel.medium == medium) {
                    (coverage_panel(panel, place))
                }
            }
        }
    }
}

const PANEL: (f64, f64) = (170.0, 112.0);
const PLOT: (f64, f64, f64, f64) = (20.0, 8.0, 166.0, 92.0);

fn coverage_panel(panel: &CoveragePanel, place: usize) -> Markup {
    let (left, top, right, bottom) = PLOT;
    let (from, to) = panel.hours;
    let x = |hour: f64| left + (right - left) * (hour - from) / (to - from);
    let y = |people: f64| bottom - (bottom - top) * (people / panel.top).clamp(0.0, 1.0);
    let most = panel.steps.iter().map(|step| step.1).fold(0.0, f64::max);
    let short = panel.steps.iter().filter(|step| step.3).count();
    let title = format!("panel-{place}");
    let said = say_with(
        "page-panel",
        &[
            ("medium", panel.medium.as_str().into()),
            ("day", panel.day.as_str().into()),
            ("most", fixed(most, 1).into()),
            ("short", short.into()),
        ],
    );
    html! {
        figure {
            figcaption { (panel.day) }
            svg.panel viewBox={ "0 0 " (fixed(PANEL.0, 0)) " " (fixed(PANEL.1, 0)) } role="img" aria-labelledby=(title) {
                title id=(title) { (said) }
                @for people in [0.0, panel.top / 2.0, panel.top] {
                    line.grid x1=(fixed(left, 1)) x2=(fixed(right, 1)) y1=(fixed(y(people), 1)) y2=(fixed(y(people), 1)) {}
                    text.tick x=(fixed(left - 3.0, 1)) y=(fixed(y(people) + 3.0, 1)) text-anchor="end" { (fixed(people, 0)) }
                }
                @for (hour, clock) in &panel.marks {
                    text.tick x=(fixed(x(*hour), 1)) y=(fixed(bottom + 12.0, 1)) text-anchor="middle" { (clock.split(':').next().unwrap_or_default()) }
                }
                @for (hour, needed, there, is_short) in &panel.steps {
                    @let width = x(hour + panel.step) - x(*hour);
                    rect.there x=(fixed(x(*hour), 1)) y=(fixed(y(*there), 1)) width=(fixed(width + 0.3, 1)) height=(fixed(bottom - y(*there), 1)) {}
                    @if *is_short && needed > there {
                        rect.short x=(fixed(x(*hour), 1)) y=(fixed(y(*needed), 1)) width=(fixed(width, 1)) height=(fixed(y(*there) - y(*needed), 1)) {}
                    }
                }
                path.need d=(stairs(panel, x, y)) {}
                @for hour in short_starts(panel) {
                    path.alarm d={ "M" (fixed(x(hour), 1)) " " (fixed(bottom - 7.0, 1)) "l4 7h-8z" } {}
                }
            }
        }
    }
}

/// The line of people needed, as steps, broken where the queues are closed.
fn stairs(panel: &CoveragePanel, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    let mut until = f64::NEG_INFINITY;
    for (hour, needed, _, _) in &panel.steps {
        let verb = if (hour - until).abs() < 1e-6 { 'L' } else { 'M' };
        let (from, to, height) =
            (fixed(x(*hour), 1), fixed(x(hour + panel.step), 1), fixed(y(*needed), 1));
        path.extend([verb.to_string(), from, " ".to_owned(), height, "H".to_owned(), to]);
        until = hour + panel.step;
    }
    path
}

/// Hours at which a short stretch starts.
fn short_starts(panel: &CoveragePanel) -> Vec<f64> {
    let mut was_short = false;
    let mut starts = Vec::new();
    for (hour, _, _, is_short) in &panel.steps {
        if *is_short && !was_short {
            starts.push(hour + panel.step / 2.0);
        }
        was_short = *is_short;
    }
    starts
}

/// An interval of confidence about a goal, on an axis wide enough for both.
pub(super) fn verdict(bar: &VerdictBar) -> Markup {
    let Some(estimate) = bar.estimate else {
        return html! { span.note { (say("page-nothing-came")) } };
    };
    let low = estimate.low.min(bar.goal);
    let high = estimate.high.max(bar.goal);
    let margin = ((high - low) * 0.25).max(0.02);
    let (from, to) = ((low - margin).max(0.0), (high + margin).min(1.0).max(low + margin));
    let x = |share: f64| 4.0 + 172.0 * ((share - from) / (to - from)).clamp(0.0, 1.0);
    let said = say_with(
        "page-verdict-bar",
        &[
            ("target", bar.label.as_str().into()),
            ("estimate", words::estimate(bar.estimate).into()),
            ("goal", percent(bar.goal).into()),
            ("verdict", words::verdict(bar.judgement).into()),
        ],
    );
    let (good_from, good_to) =
        if bar.is_ceiling { (x(from), x(bar.goal)) } else { (x(bar.goal), x(to)) };
    let middle = x(estimate.value);
    html! {
        svg.bar viewBox="0 0 180 34" role="img" aria-label=(said) {
            rect.good x=(fixed(good_from, 1)) y="6" width=(fixed(good_to - good_from, 1)) height="14" {}
            line.axis x1="4" x2="176" y1="20" y2="20" {}
            line.goal x1=(fixed(x(bar.goal), 1)) x2=(fixed(x(bar.goal), 1)) y1="2" y2="22" {}
            text.tick x=(fixed(x(bar.goal).clamp(14.0, 166.0), 1)) y="32" text-anchor="middle" { (words::whole_percent(bar.goal)) }
            g.(verdict_class(bar.judgement)) {
                line.interval x1=(fixed(x(estimate.low), 1)) x2=(fixed(x(estimate.high), 1)) y1="13" y2="13" {}
                line.interval x1=(fixed(x(estimate.low), 1)) x2=(fixed(x(estimate.low), 1)) y1="9" y2="17" {}
                line.interval x1=(fixed(x(estimate.high), 1)) x2=(fixed(x(estimate.high), 1)) y1="9" y2="17" {}
                path.point d=(point(bar.judgement, middle)) {}
            }
        }
    }
}

/// A figure's interval raw, a ring, above the same fair, a square, on one axis.
pub(super) fn raw_and_fair(bar: &RawFairBar) -> Markup {
    let both = || [bar.raw, bar.fair].into_iter().flatten();
    let ends = || both().flat_map(|own| [own.low, own.high]).filter(|end| end.is_finite());
    let (low, high) = ends()
        .chain(both().map(|own| own.value))
        .fold((f64::MAX, f64::MIN), |(low, high), end| (low.min(end), high.max(end)));
    let margin = ((high - low) * 0.15).max(if bar.is_share { 0.005 } else { high.abs() * 0.02 });
    let (from, to) = ((low - margin).max(0.0), high + margin.max(1e-9));
    let x = |figure: f64| 4.0 + 172.0 * ((figure - from) / (to - from)).clamp(0.0, 1.0);
    let shown = |own: Option<Estimate>| match own {
        Some(own) if bar.is_share => words::estimate(Some(own)),
        own => Cell::wait(own).shown(),
    };
    let shown = |own: Option<Estimate>| match own {
        Some(own) if bar.is_band => format!("{} to {}", percent(own.low), percent(own.high)),
        own => shown(own),
    };
    let said = say_with(
        "page-raw-fair-bar",
        &[
            ("what", bar.label.as_str().into()),
            ("raw", shown(bar.raw).into()),
            ("fair", shown(bar.fair).into()),
        ],
    );
    html! {
        svg.bar viewBox="0 0 180 30" role="img" aria-label=(said) {
            line.axis x1="4" x2="176" y1="28" y2="28" {}
            @for (own, y, class) in [(bar.raw, 8.0, "raw"), (bar.fair, 20.0, "fair")] {
                @if let Some(own) = own {
                    g.(class) {
                        line.interval x1=(fixed(x(own.low), 1)) x2=(fixed(x(own.high), 1)) y1=(fixed(y, 1)) y2=(fixed(y, 1)) {}
                        @if bar.is_band {
                            line.interval x1=(fixed(x(own.low), 1)) x2=(fixed(x(own.low), 1)) y1=(fixed(y - 4.0, 1)) y2=(fixed(y + 4.0, 1)) {}
                            line.interval x1=(fixed(x(own.high), 1)) x2=(fixed(x(own.high), 1)) y1=(fixed(y - 4.0, 1)) y2=(fixed(y + 4.0, 1)) {}
                        } @else if class == "raw" {
                            circle.point cx=(fixed(x(own.value), 1)) cy=(fixed(y, 1)) r="4" {}
                        } @else {
                            rect.point x=(fixed(x(own.value) - 4.0, 1)) y=(fixed(y - 4.0, 1)) width="8" height="8" {}
                        }
                    }
                }
            }
        }
    }
}

/// A disc where kept, a cross where missed, a diamond where undecided.
fn point(judgement: Judgement, x: f64) -> String {
    let x = |by: f64| fixed(x + by, 1);
    match judgement {
        Judgement::Kept => format!("M{} 13a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", x(-4.0)),
        Judgement::Missed => format!("M{} 9l8 8M{} 17l8 -8", x(-4.0), x(-4.0)),
        Judgement::Undecided => format!("M{} 13l5 -5l5 5l-5 5z", x(-5.0)),
    }
}

/// People by band, as parts of one bar.
pub(super) fn bands(bar: &BandBar) -> Markup {
    let counts = [
        ("band-green", bar.bands.green),
        ("band-amber", bar.bands.amber),
        ("band-red", bar.bands.red),
    ];
    let all = real(bar.bands.people()).max(1.0);
    let mut left = 0.0;
    let parts: Vec<(&str, f64, f64, usize)> = counts
        .into_iter()
        .map(|(class, count)| {
            let width = 300.0 * real(count) / all;
            left += width;
            (class, left - width, width, count)
        })
        .collect();
    let said = say_with(
        "page-band-bar",
        &[
            ("group", bar.label.as_str().into()),
            ("green", bar.bands.green.into()),
            ("amber", bar.bands.amber.into()),
            ("red", bar.bands.red.into()),
        ],
    );
    html! {
        svg.bar.wide viewBox="0 0 300 22" role="img" aria-label=(said) {
            @for (class, left, width, count) in parts.iter().filter(|part| part.3 > 0) {
                rect.(class) x=(fixed(*left, 1)) y="2" width=(fixed(*width, 1)) height="18" {}
                @if *width > 16.0 {
                    rect.plate x=(fixed(left + width / 2.0 - 9.0, 1)) y="4.5" width="18" height="13" rx="3" {}
                    text.inside x=(fixed(left + width / 2.0, 1)) y="15" text-anchor="middle" { (count) }
                }
            }
        }
    }
}

/// A mean exposure on a scale whose grounds are green, amber and red.
pub(super) fn exposure(bar: &ExposureBar) -> Markup {
    let (green, amber, red) = bar.thresholds;
    let to = (red + (red - green) * 0.35).max(bar.mean * 1.05);
    let from = (green - (red - green) * 0.8).max(0.0).min(bar.mean);
    let x = |exposure: f64| 6.0 + 188.0 * ((exposure - from) / (to - from)).clamp(0.0, 1.0);
    let said = say_with(
        "page-exposure-bar",
        &[("exposure", bar.label.as_str().into()), ("mean", bar.shown.as_str().into())],
    );
    let grounds = [("band-green", from, amber), ("band-amber", amber, red), ("band-red", red, to)];
    html! {
        svg.bar viewBox="0 0 200 22" role="img" aria-label=(said) {
            @for (class, start, end) in grounds {
                rect.(class).ground x=(fixed(x(start), 1)) y="8" width=(fixed((x(end) - x(start)).max(0.0), 1)) height="10" {}
            }
            path.pin d={ "M" (fixed(x(bar.mean), 1)) " 7l-5 -6h10z" } {}
            line.pin-line x1=(fixed(x(bar.mean), 1)) x2=(fixed(x(bar.mean), 1)) y1="6" y2="20" {}
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}
