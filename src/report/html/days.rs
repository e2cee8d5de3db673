//! The roster of a day: one bar a person, its breaks, meals and off-queue blocks told apart by pattern.

use maud::{Markup, html};

use crate::duty::Activity;
use crate::report::figures::fixed;
use crate::report::messages::{say, say_with};
use crate::report::picture::{DayChart, DayRow};
use crate::report::plan::activity;

const WIDTH: f64 = 1100.0;
const LABELS: f64 = 250.0;
const ROW: f64 = 19.0;
const BAR: f64 = 13.0;
const GROUP: f64 = 24.0;
const AXIS: f64 = 22.0;

/// What the patterns mean.
pub(super) fn legend() -> Markup {
    let kinds = [
        Activity::OnQueue,
        Activity::Break,
        Activity::Meal,
        Activity::OffQueue,
        Activity::Recovery,
    ];
    html! {
        ul.legend {
            @for kind in kinds {
                li {
                    svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true" {
                        rect.(class(kind)) x="1" y="1" width="32" height="12" {}
                    }
                    (activity(kind))
                }
            }
        }
    }
}

/// One day.
pub(super) fn chart(day: &DayChart, place: usize) -> Markup {
    let people: usize = day.groups.iter().map(|(_, rows)| rows.len()).sum();
    if people == 0 {
        return html! {
            h3 { (day.day) }
            p { (say("page-nobody-works")) }
        };
    }
    let (from, to) = day.hours;
    let scale = Scale { from, to: to.max(from + 1.0), marks: &day.marks };
    let heights = day.groups.iter().map(|(_, rows)| GROUP + rows.iter().map(|_| ROW).sum::<f64>());
    let height = AXIS + heights.sum::<f64>() + 6.0;
    let title = format!("day-{place}");
    html! {
        div.day {
            h3 { (day.day) }
            p.note { (say_with("page-day-people", &[("working", people.into()), ("off", day.off.into())])) }
            div.scroll tabindex="0" role="region" aria-label=(day.day) {
                svg.days viewBox={ "0 0 " (fixed(WIDTH, 0)) " " (fixed(height, 0)) } role="img" aria-labelledby=(title) {
                    title id=(title) { (say_with("page-day-chart", &[("day", day.day.as_str().into())])) }
                    (axis(&scale, height))
                    @for (top, (group, rows)) in tops(day) {
                        text.group x="0" y=(fixed(top + 17.0, 1)) { (group) " (" (rows.len()) ")" }
                        line.rule x1="0" x2=(fixed(WIDTH, 0)) y1=(fixed(top + GROUP - 2.0, 1)) y2=(fixed(top + GROUP - 2.0, 1)) {}
                        @for (number, row) in numbered(rows) { (person(row, top + GROUP + ROW * number, &scale)) }
                    }
                }
            }
        }
    }
}

struct Scale<'a> {
    from: f64,
    to: f64,
    marks: &'a [(f64, String)],
}

impl Scale<'_> {
    fn x(&self, hour: f64) -> f64 {
        LABELS + (WIDTH - LABELS - 18.0) * (hour - self.from) / (self.to - self.from)
    }
}

/// Each group with the height it starts at.
fn tops(day: &DayChart) -> Vec<(f64, &(String, Vec<DayRow>))> {
    let mut top = AXIS;
    let mut all = Vec::new();
    for group in &day.groups {
        all.push((top, group));
        top += GROUP + group.1.iter().map(|_| ROW).sum::<f64>();
    }
    all
}

fn numbered(rows: &[DayRow]) -> impl Iterator<Item = (f64, &DayRow)> {
    rows.iter().scan(0.0, |next, row| {
        let number = *next;
        *next += 1.0;
        Some((number, row))
    })
}

fn axis(scale: &Scale<'_>, height: f64) -> Markup {
    html! {
        @for (hour, clock) in scale.marks {
            @let x = fixed(scale.x(*hour), 1);
            line.grid x1=(x) x2=(x) y1=(fixed(AXIS - 4.0, 1)) y2=(fixed(height, 1)) {}
            text.tick x=(x) y="12" text-anchor="middle" { (clock) }
        }
    }
}

fn person(row: &DayRow, top: f64, scale: &Scale<'_>) -> Markup {
    let y = fixed(top + 1.0, 1);
    let text = fixed(top + 11.5, 1);
    html! {
        g {
            title { (row.name) ", " (row.when) }
            text.name x="8" y=(text) { (row.name) }
            text.when x=(fixed(LABELS - 12.0, 0)) y=(text) text-anchor="end" { (row.when) }
            @for (from, to, kind, detail) in &row.blocks {
                @let (left, right) = (scale.x(*from), scale.x(*to));
                rect.(class(*kind)) x=(fixed(left, 1)) y=(y) width=(fixed((right - left).max(0.5), 1)) height=(fixed(BAR, 0)) {
                    @if !detail.is_empty() { title { (detail) } }
                }
            }
        }
    }
}

fn class(kind: Activity) -> &'static str {
    match kind {
        Activity::OnQueue => "on-queue",
        Activity::Break => "break",
        Activity::Meal => "meal",
        Activity::Recovery => "recovery",
        Activity::OffQueue => "off-queue",
        Activity::Absent => "absent",
    }
}
