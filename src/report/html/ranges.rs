//! Small charts of ranges, and of when breaks fall.

use maud::{Markup, html};

use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::{BreakClock, BreakStep, Strip};

/// From the lowest to the highest, with a bar at what the group has together.
pub(super) fn strip(strip: &Strip) -> Markup {
    let (low, high) = strip.scale;
    let wide = (high - low).max(1e-9);
    let x = |figure: f64| 6.0 + 168.0 * ((figure - low) / wide).clamp(0.0, 1.0);
    let (least, mean, most) = strip.range;
    html! {
        svg.bar viewBox="0 0 180 30" role="img" aria-label=(strip.said) {
            line.axis x1="6" x2="174" y1="20" y2="20" {}
            @if let Some((mark, label)) = &strip.mark {
                line.goal x1=(fixed(x(*mark), 1)) x2=(fixed(x(*mark), 1)) y1="3" y2="22" {}
                text.tick x=(fixed(x(*mark).clamp(22.0, 158.0), 1)) y="29.5" text-anchor="middle" { (label) }
            }
            rect.span x=(fixed(x(least), 1)) y="8" width=(fixed((x(most) - x(least)).max(1.5), 1)) height="8" rx="3" {}
            line.mean x1=(fixed(x(mean), 1)) x2=(fixed(x(mean), 1)) y1="5" y2="19" {}
        }
    }
}

/// Bars by half hour: planned ones filled, taken ones outlined.
pub(super) fn breaks(clock: &BreakClock) -> Markup {
    let most = clock
        .steps
        .iter()
        .map(|step| step.planned.max(step.taken.unwrap_or(0.0)))
        .fold(1.0, f64::max);
    let is_recorded = clock.steps.iter().any(|step| step.taken.is_some());
    let step = 24.0;
    let bars: Vec<(f64, &BreakStep)> = clock
        .steps
        .iter()
        .scan(40.0, |left, row| {
            let here = *left;
            *left += step;
            Some((here, row))
        })
        .collect();
    let width = bars.last().map_or(100.0, |(left, _)| left + step + 8.0);
    let height = |minutes: f64| 110.0 * minutes / most;
    let top = clock
        .steps
        .iter()
        .max_by(|a, b| a.planned.total_cmp(&b.planned))
        .map_or("", |step| step.clock.as_str());
    let ends = (clock.steps.first(), clock.steps.last());
    let end = |step: Option<&BreakStep>| step.map_or_else(String::new, |it| it.clock.clone());
    let said = say_with(
        "page-break-clock",
        &[("from", end(ends.0).into()), ("to", end(ends.1).into()), ("top", top.into())],
    );
    html! {
        @if is_recorded {
            ul.legend {
                li { svg width="14" height="12" aria-hidden="true" { rect.on-queue x="2" y="1" width="10" height="10" {} } (say("page-breaks-planned")) }
                li { svg width="14" height="12" aria-hidden="true" { rect.taken x="2" y="1" width="10" height="10" {} } (say("page-breaks-taken")) }
            }
        }
        div.scroll tabindex="0" role="region" aria-label=(said) {
            svg.clock viewBox={ "0 0 " (fixed(width, 0)) " 150" } style={ "min-width:" (fixed(width * 0.7, 0)) "px" } role="img" aria-label=(said) {
                text.tick x="34" y="24" text-anchor="end" { (fixed(most, 0)) }
                text.tick x="34" y="131" text-anchor="end" { "0" }
                line.grid x1="38" x2=(fixed(width, 0)) y1="20" y2="20" {}
                line.axis x1="38" x2=(fixed(width, 0)) y1="130" y2="130" {}
                @for (left, BreakStep { clock: label, planned, taken }) in &bars {
                    @if *planned > 0.0 {
                        rect.on-queue x=(fixed(left + 3.0, 1)) y=(fixed(130.0 - height(*planned), 1)) width="18" height=(fixed(height(*planned), 1)) {}
                    }
                    @if let Some(taken) = taken.filter(|taken| *taken > 0.0) {
                        rect.taken x=(fixed(left + 6.0, 1)) y=(fixed(130.0 - height(taken), 1)) width="12" height=(fixed(height(taken), 1)) {}
                    }
                    @if label.ends_with(":00") {
                        text.tick x=(fixed(left + 3.0, 1)) y="144" { (label) }
                    }
                }
            }
        }
    }
}
