//! Minimum presence: whom each rule means, and the stretches in which it holds.

use super::super::MinimumPresence;
use super::super::draft::Draft;
use super::super::formats;
use super::super::people::PersonRow;
use super::super::shape::MinimumPresenceShape;
use super::people;
use crate::calendar::{Calendar, Weekly};
use crate::id::{AgentId, Names};
use crate::scenario::Published;
use crate::units::{Moment, Span};

/// Whom a rule means.
pub(in super::super) struct Meant<'a>(&'a MinimumPresenceShape);

impl<'a> Meant<'a> {
    /// Of a rule.
    pub(in super::super) fn of(rule: &'a MinimumPresenceShape) -> Meant<'a> {
        Meant(rule)
    }

    /// Whether it means a person.
    pub(in super::super) fn holds(&self, row: &PersonRow) -> bool {
        let rule = self.0;
        (rule.tiers.is_empty() || rule.tiers.contains(&row.tier))
            && (rule.skills.is_empty()
                || rule.skills.iter().any(|skill| row.skills.contains(skill)))
            && rule.site.as_ref().is_none_or(|site| *site == row.site)
            && (rule.people.is_empty() || rule.people.contains(&row.id))
    }
}

pub(super) fn rules(
    draft: &Draft,
    agents: &Names<AgentId>,
    published: &Published,
    calendar: &Calendar,
) -> Vec<MinimumPresence> {
    let sites = people::sites(&draft.file, calendar);
    let first = if published.days_before > 0 { Moment(0) } else { first_start(draft, calendar) };
    let rule = |rule: &MinimumPresenceShape| {
        let meant = Meant::of(rule);
        let rows = draft.people.rows.iter().filter(|row| meant.holds(row));
        let place = rule.site.as_deref().and_then(|site| sites.get(site).cloned().flatten());
        let wall = place.as_ref().map_or(calendar, |place| &place.calendar);
        let weekly = Weekly::parse(&rule.hours).unwrap_or_default();
        let here = |span: Span| place.as_ref().map_or(span, |place| place.there(span));
        let stretches = starting(wall, &weekly).into_iter().map(here);
        let horizon = calendar.horizon();
        MinimumPresence {
            id: rule.id.clone(),
            who: rows.filter_map(|row| agents.find(&row.id).ok()).collect(),
            at_least: rule.at_least,
            stretches: apart(stretches, Span::new(first.max(horizon.start), horizon.end)),
            on_queue: rule.on_queue,
        }
    };
    draft.file.minimum_presence.iter().map(rule).collect()
}

/// When the first duty of the horizon may start; its end where none may.
fn first_start(draft: &Draft, calendar: &Calendar) -> Moment {
    let starts: Vec<Weekly> =
        draft.shifts().iter().filter_map(|shift| formats::starts(&shift.starts).ok()).collect();
    let first_on = |day: usize| {
        let date = calendar.date(day);
        let is_holiday = calendar.holiday(date).is_some();
        let windows = starts.iter().flat_map(|starts| starts.on(date.weekday(), is_holiday));
        windows.map(|window| window.from).min().map(|clock| calendar.at(date, clock))
    };
    (0..calendar.days()).find_map(first_on).unwrap_or(calendar.horizon().end)
}

/// Every stretch that weekly hours name, from the day before the horizon to its last, by the day it starts on.
fn starting(calendar: &Calendar, weekly: &Weekly) -> Vec<Span> {
    let last = i64::try_from(calendar.days()).expect("days are few");
    let mut spans: Vec<Span> = (-1..=last)
        .flat_map(|day| {
            let date = calendar.first().plus(day);
            let ranges = weekly.on(date.weekday(), calendar.holiday(date).is_some());
            ranges.iter().map(move |range| calendar.range_on(date, *range))
        })
        .collect();
    spans.sort();
    spans
}

/// The same without what earlier ones hold already, cut to a stretch.
fn apart(spans: impl Iterator<Item = Span>, within: Span) -> Vec<Span> {
    let mut from = within.start;
    let mut apart = Vec::new();
    for span in spans {
        let cut = Span::new(span.start.max(from), span.end.min(within.end));
        if cut.start < cut.end {
            from = cut.end;
            apart.push(cut);
        }
    }
    apart
}
