//! Contacts by interval and stream, from rows and flat volumes, and past contacts of queues without either.

use super::super::draft::{Draft, Flow};
use super::super::sources::{Source, queue_names, sources};
use super::super::{Demand, NameBook, Queue, Stream, VolumeChange};
use crate::calendar::{Calendar, Weekday, Weekly};
use crate::history::{History, Series};
use crate::id::Id;
use crate::units::{Contacts, Minutes, Share, Span};

pub(super) fn demand(
    draft: &Draft,
    names: &NameBook,
    calendar: &Calendar,
    queues: &[Queue],
    streams: &[Stream],
) -> Demand {
    let sources = sources(draft);
    let is_past = |queue: &str| sources.get(queue) == Some(&Source::Past);
    let mut contacts = vec![vec![Contacts(0.0); calendar.intervals()]; streams.len()];
    let come_in = |(stream, _): &(&Stream, &mut Vec<Contacts>)| stream.escalated_to.is_none();
    for (stream, series) in streams.iter().zip(&mut contacts).filter(come_in) {
        match sources.get(names.queues.of(stream.queue)) {
            Some(Source::Flat) => flat(draft, queues, stream, series, calendar),
            Some(Source::Rows) => rows(draft, names, stream, series, calendar),
            Some(Source::Past) | None => {}
        }
    }
    let ids = || draft.queues().iter().map(|queue| queue.id.as_str());
    let history = || History { series: ids().map(|id| past(draft, id, is_past(id))).collect() };
    match (ids().any(is_past), ids().all(is_past)) {
        (false, _) => Demand::Volumes(contacts),
        (true, true) => Demand::History(history()),
        (true, false) => Demand::Both(contacts, history()),
    }
}

/// What a variant does to contacts once they are projected; a queue that closes loses what is left of its own.
pub(super) fn flows(draft: &Draft, names: &NameBook) -> Vec<VolumeChange> {
    let mut changes = Vec::new();
    for flow in &draft.flows {
        match flow {
            Flow::Scale { queue: None, factor } => changes.extend(
                names.queues.ids().map(|queue| VolumeChange::Scale { queue, factor: *factor }),
            ),
            Flow::Scale { queue: Some(queue), factor } => {
                let queue = names.queues.find(queue);
                changes.extend(queue.map(|queue| VolumeChange::Scale { queue, factor: *factor }));
            }
            Flow::Move { queue, to, share } => {
                let both = names.queues.find(queue).ok().zip(names.queues.find(to).ok());
                changes.extend(both.map(|(queue, to)| VolumeChange::Move {
                    queue,
                    to,
                    share: Share::clamped(*share),
                }));
            }
        }
    }
    let closed = draft.closed.iter().filter_map(|queue| names.queues.find(queue).ok());
    changes.extend(closed.map(|queue| VolumeChange::Scale { queue, factor: 0.0 }));
    changes
}

fn past(draft: &Draft, queue: &str, is_wanted: bool) -> Series {
    let place = queue_names(draft).find(queue).ok().filter(|_| is_wanted);
    let series = draft.past.as_ref().zip(place);
    let series = series.and_then(|(past, queue)| past.series.get(queue.index()));
    series.cloned().unwrap_or_else(Series::empty)
}

/// An even volume while the queue is open.
fn flat(
    draft: &Draft,
    queues: &[Queue],
    stream: &Stream,
    series: &mut [Contacts],
    calendar: &Calendar,
) {
    let hourly = hourly(draft, stream.queue.index());
    for open in &queues[stream.queue.index()].open {
        let expected = hourly * open.length().in_hours() * stream.share.value();
        spread(series, *open, expected, calendar);
    }
}

/// Contacts of an open hour: said so, or those of all customers in a week over a week's opening hours.
fn hourly(draft: &Draft, queue: usize) -> f64 {
    let queue = &draft.queues()[queue];
    let customers = draft.file.drivers.as_ref().and_then(|drivers| drivers.customers);
    match (queue.contacts_per_customer_per_week, customers) {
        (Some(each), Some(customers)) => {
            let open = Weekly::parse(&queue.hours).map_or(0.0, |week| open_hours(&week));
            if open > 0.0 { customers * each / open } else { 0.0 }
        }
        _ => queue.contacts_per_hour.unwrap_or(0.0),
    }
}

/// Opening hours of a week without holidays.
fn open_hours(week: &Weekly) -> f64 {
    let ranges = Weekday::all().flat_map(|day| week.on(day, false).iter().copied());
    let minutes = ranges.map(|range| {
        let (from, to) = (i64::from(range.from.0), i64::from(range.to.0));
        if to <= from { to + 24 * 60 - from } else { to - from }
    });
    Minutes(minutes.sum()).in_hours()
}

/// Rows of all classes by the stream's share, and rows of its own class.
fn rows(
    draft: &Draft,
    names: &NameBook,
    stream: &Stream,
    series: &mut [Contacts],
    calendar: &Calendar,
) {
    let (queue, class) = (names.queues.of(stream.queue), names.complexities.of(stream.complexity));
    for row in draft.volumes.iter().flatten().filter(|row| row.queue == queue) {
        let share = match row.complexity.as_deref() {
            Some(own) if own == class => 1.0,
            Some(_) => 0.0,
            None => stream.share.value(),
        };
        let slot = Span::new(row.start, row.start + calendar.grid());
        spread(series, slot, row.contacts * share, calendar);
    }
}

/// Spread contacts evenly over a stretch; what falls outside the horizon is left out.
fn spread(series: &mut [Contacts], stretch: Span, contacts: f64, calendar: &Calendar) {
    let horizon = calendar.horizon();
    let start = stretch.start.max(horizon.start);
    if start >= stretch.end.min(horizon.end) {
        return;
    }
    let per_minute = contacts / stretch.length().real();
    let first = calendar.interval_at(start).unwrap_or(0);
    for (interval, expected) in series.iter_mut().enumerate().skip(first) {
        let minutes = calendar.interval(interval).overlap(stretch);
        if minutes.0 == 0 {
            break;
        }
        *expected += Contacts(per_minute * minutes.real());
    }
}
