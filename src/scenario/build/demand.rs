//! Contacts by interval and stream, from rows or flat volumes.

use super::super::draft::Draft;
use super::super::{Demand, NameBook, Queue, Stream};
use crate::calendar::Calendar;
use crate::id::Id;
use crate::units::{Contacts, Span};

pub(super) fn volumes(
    draft: &Draft,
    names: &NameBook,
    calendar: &Calendar,
    queues: &[Queue],
    streams: &[Stream],
) -> Demand {
    let mut contacts = vec![vec![Contacts(0.0); calendar.intervals()]; streams.len()];
    for row in draft.volumes.iter().flatten() {
        let slot = Span::new(row.start, row.start + calendar.grid());
        let class = row.complexity.as_ref().and_then(|class| names.complexities.find(class).ok());
        for (stream, series) in streams.iter().zip(&mut contacts) {
            if names.queues.of(stream.queue) != row.queue {
                continue;
            }
            let share = match class {
                Some(class) if class == stream.complexity => 1.0,
                Some(_) => 0.0,
                None => stream.share.value(),
            };
            spread(series, slot, row.contacts * share, calendar);
        }
    }
    for (stream, series) in streams.iter().zip(&mut contacts) {
        if let Some(hourly) = draft.queues()[stream.queue.index()].contacts_per_hour {
            for open in &queues[stream.queue.index()].open {
                let expected = hourly * open.length().in_hours() * stream.share.value();
                spread(series, *open, expected, calendar);
            }
        }
    }
    Demand::Volumes(contacts)
}

/// Spread contacts evenly over a stretch; what falls outside the horizon is left out.
fn spread(series: &mut [Contacts], stretch: Span, contacts: f64, calendar: &Calendar) {
    let horizon = calendar.horizon();
    let start = stretch.start.max(horizon.start);
    let last = stretch.end.min(horizon.end);
    if start >= last {
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
