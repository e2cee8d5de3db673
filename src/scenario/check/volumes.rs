//! Volumes of the horizon: every queue has some, once, where it can be answered.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::problem::{
    Found, GRID_MISMATCH, HORIZON_TOO_LARGE, NO_VOLUME, VOLUME_BOTH, VOLUME_CLASS_UNKNOWN,
    VOLUME_CLOSED, VOLUME_QUEUE_UNKNOWN, VOLUME_TWICE, found,
};
use super::super::shape::{ChannelShape, QueueShape};
use super::super::sources::{queues_with_rows, sources};
use super::super::volume::{VOLUMES, VolumeRow};
use crate::calendar::{Calendar, Weekly};
use crate::id::{Names, QueueId};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        queues_exist,
        classes_are_in_the_mix,
        intervals_have_one_row,
        no_queue_has_two_sources,
        every_queue_has_volumes,
        live_volumes_are_in_opening_hours,
        rows_are_as_fine_as_the_grid,
        the_horizon_is_not_too_large,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

fn rows(draft: &Draft) -> &[VolumeRow] {
    draft.volumes.as_deref().unwrap_or_default()
}

fn queue<'d>(draft: &'d Draft, id: &str) -> Option<&'d QueueShape> {
    draft.queues().iter().find(|queue| queue.id == id)
}

fn queues_exist(draft: &Draft) -> Vec<Found> {
    let known: Names<QueueId> = draft.names("queues", draft.queues().iter().map(|queue| &queue.id));
    let unknown = |row: &VolumeRow| {
        let cause = known.find(&row.queue).err()?;
        Some(found(VOLUME_QUEUE_UNKNOWN, VOLUMES.at(row.line, "queue"), cause))
    };
    rows(draft).iter().filter_map(unknown).collect()
}

fn classes_are_in_the_mix(draft: &Draft) -> Vec<Found> {
    let foreign = |row: &VolumeRow| {
        let class = row.complexity.as_ref()?;
        let queue = queue(draft, &row.queue)?;
        let is_in_mix = queue.mix.get(class).is_some_and(|share| share.0 > 0.0);
        let cause = format!("`{class}` has no share in the mix of `{}`", row.queue);
        let place = VOLUMES.at(row.line, "complexity");
        (!is_in_mix).then(|| found(VOLUME_CLASS_UNKNOWN, place, cause))
    };
    rows(draft).iter().filter_map(foreign).collect()
}

/// An interval of a queue has one row for all classes, or one a class.
fn intervals_have_one_row(draft: &Draft) -> Vec<Found> {
    let mut seen: BTreeMap<_, BTreeMap<Option<&String>, usize>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows(draft) {
        let earlier = seen.entry((&row.queue, row.start)).or_default();
        let clash = match &row.complexity {
            None => earlier.values().next(),
            some => earlier.get(&some.as_ref()).or(earlier.get(&None)),
        };
        if let Some(line) = clash {
            let cause = format!("line {line} has volumes of this interval already");
            wrong.push(found(VOLUME_TWICE, VOLUMES.at(row.line, "start"), cause));
        }
        earlier.insert(row.complexity.as_ref(), row.line);
    }
    wrong
}

fn no_queue_has_two_sources(draft: &Draft) -> Vec<Found> {
    let with_rows = queues_with_rows(draft);
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let said = [
            ("contacts_per_hour", queue.contacts_per_hour),
            ("contacts_per_customer_per_week", queue.contacts_per_customer_per_week),
        ];
        let mut said = said.iter().filter(|(_, value)| value.is_some()).map(|(key, _)| *key);
        let Some(first) = said.next() else { continue };
        let place = |key: &str| draft.places.at(&format!("queues.{}.{key}", queue.id));
        if with_rows.contains(queue.id.as_str()) {
            let cause = "volume.csv has rows for this queue too";
            wrong.push(found(VOLUME_BOTH, place(first), cause));
        }
        if let Some(second) = said.next() {
            wrong.push(found(VOLUME_BOTH, place(second), format!("`{first}` is there too")));
        }
    }
    wrong
}

fn every_queue_has_volumes(draft: &Draft) -> Vec<Found> {
    // Where the horizon or the past could not be read, nothing can be said to be missing.
    if draft.calendar.is_none() || (draft.wants_past && draft.past.is_none()) {
        return Vec::new();
    }
    let sources = sources(draft);
    let without = draft.queues().iter().filter(|queue| !sources.contains_key(queue.id.as_str()));
    without
        .map(|queue| {
            let place = draft.places.at(&format!("queues.{}", queue.id));
            found(NO_VOLUME, place, "nothing says how many contacts to expect in the horizon")
        })
        .collect()
}

fn live_volumes_are_in_opening_hours(draft: &Draft) -> Vec<Found> {
    let Some(calendar) = &draft.calendar else { return Vec::new() };
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let is_live = matches!(queue.channel, ChannelShape::Voice | ChannelShape::Chat);
        let Ok(hours) = Weekly::parse(&queue.hours) else { continue };
        if is_live {
            wrong.extend(closed_rows(draft, queue, &hours, calendar));
        }
    }
    wrong
}

fn closed_rows(
    draft: &Draft,
    queue: &QueueShape,
    hours: &Weekly,
    calendar: &Calendar,
) -> Vec<Found> {
    let open = calendar.spans(hours);
    let is_closed = |row: &&VolumeRow| {
        let slot = crate::units::Span::new(row.start, row.start + calendar.grid());
        row.queue == queue.id
            && row.contacts > 0.0
            && calendar.horizon().holds(row.start)
            && open.iter().all(|span| span.overlap(slot).0 == 0)
    };
    let closed = rows(draft).iter().filter(is_closed);
    closed
        .map(|row| {
            let cause = format!("`{}` is closed at {}", queue.id, calendar.label(row.start));
            found(VOLUME_CLOSED, VOLUMES.at(row.line, "start"), cause)
        })
        .collect()
}

/// Streams times intervals stay within what a plan can hold in memory.
fn the_horizon_is_not_too_large(draft: &Draft) -> Vec<Found> {
    const MOST: usize = 10_000_000;
    let intervals = draft.calendar.as_ref().map_or(0, Calendar::intervals);
    let streams: usize =
        draft.queues().iter().map(|queue| queue.mix.len() * (1 + escalated_to(queue))).sum();
    if intervals.saturating_mul(streams) <= MOST {
        return Vec::new();
    }
    let cause = format!("{intervals} intervals of {streams} streams are more than {MOST} figures");
    vec![found(HORIZON_TOO_LARGE, draft.places.at("horizon"), cause)]
}

/// Tiers that a queue's cases may be escalated to.
fn escalated_to(queue: &QueueShape) -> usize {
    queue.escalation.iter().map(|step| &step.to).collect::<BTreeSet<_>>().len()
}

/// Rows of four hours or more that all start on a coarser step than the grid leave intervals empty in between.
fn rows_are_as_fine_as_the_grid(draft: &Draft) -> Vec<Found> {
    let Some(grid) = draft.calendar.as_ref().map(|calendar| calendar.grid().0) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let own: Vec<&VolumeRow> = rows(draft).iter().filter(|row| row.queue == queue.id).collect();
        let coarser = [60, 30, 15, 10].into_iter().find(|&step| {
            step > grid && own.iter().all(|row| i64::from(row.clock.0).rem_euclid(step) == 0)
        });
        if let (Some(step), [first, _, _, _, ..]) = (coarser, own.as_slice()) {
            let cause =
                format!("all rows of `{}` start on {step} minutes, the grid has {grid}", queue.id);
            wrong.push(found(GRID_MISMATCH, VOLUMES.at(first.line, "start"), cause));
        }
    }
    wrong
}
