//! Where each queue's volumes come from: a flat rate, rows of the horizon, or past contacts.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::problem::{BARE_QUEUE_UNCLEAR, Found, Place, found, told};
use super::shape::QueueShape;
use super::volume::VolumeRow;
use super::{BareHistory, HISTORY};
use crate::history::{self, History, Series};
use crate::id::{Id, Names, QueueId};

/// Where one queue's volumes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// `contacts_per_hour` or `contacts_per_customer_per_week`.
    Flat,
    /// Rows of volume.csv in the horizon.
    Rows,
    /// history.csv, or a bare file.
    Past,
}

/// Past contacts come last in order: after the files that say what is expected.
const RANK: usize = 4;

/// Past contacts of every queue, the bare file's instead of the folder's where it is given.
pub(super) fn past(
    draft: &Draft,
    bytes: Option<&[u8]>,
    bare: Option<&BareHistory>,
    problems: &mut Vec<Found>,
) -> Option<History> {
    let calendar = draft.calendar.as_ref()?;
    let queues: Names<QueueId> = queue_names(draft);
    let classes =
        draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id));
    let mut all = match bytes {
        Some(bytes) => match history::read(bytes, HISTORY, &queues, &classes, calendar) {
            Ok(all) => all,
            Err(wrong) => {
                problems.extend(told(wrong, RANK));
                return None;
            }
        },
        None => History { series: vec![Series::empty(); queues.len()] },
    };
    if let Some(bare) = bare {
        let column = history::Column {
            name: bare.column.as_deref(),
            calendar: Some(calendar),
            before: Some(calendar.first()),
        };
        let series = history::read_bare(&bare.bytes, &bare.name, column);
        let series = series.map_err(|wrong| problems.extend(told(wrong, RANK))).ok()?;
        let queue = bare_queue(draft, bare).map_err(|wrong| problems.push(wrong)).ok()?;
        *all.series.get_mut(queue.index())? = series;
    }
    Some(all)
}

/// Names of the queues, in their order.
pub(super) fn queue_names(draft: &Draft) -> Names<QueueId> {
    draft.names("queues", draft.queues().iter().map(|queue| &queue.id))
}

/// Whose contacts a bare file counts: those of the queue named, else of the only one without other volumes.
fn bare_queue(draft: &Draft, bare: &BareHistory) -> Result<QueueId, Found> {
    let names = queue_names(draft);
    let unclear = |cause: String| {
        let place = Place { file: RANK, line: 0, text: bare.name.clone() };
        found(BARE_QUEUE_UNCLEAR, place, cause)
    };
    if let Some(queue) = &bare.queue {
        return names.find(queue).map_err(unclear);
    }
    let with_rows = queues_with_rows(draft);
    let is_open = |id: &&String| {
        let flat = draft.queues().iter().any(|q| q.id == **id && is_flat(q));
        !flat && !with_rows.contains(id.as_str())
    };
    let ids: Vec<&String> = draft.queues().iter().map(|queue| &queue.id).collect();
    let open: Vec<&String> = ids.iter().copied().filter(is_open).collect();
    match (open.as_slice(), ids.as_slice()) {
        ([only], _) | ([], [only]) => names.find(only).map_err(unclear),
        ([], _) => Err(unclear("every queue has volumes already".to_owned())),
        (several, _) => Err(unclear(format!("{} queues have no volumes yet", several.len()))),
    }
}

/// Whether a queue says its volume itself.
fn is_flat(queue: &QueueShape) -> bool {
    queue.contacts_per_hour.is_some() || queue.contacts_per_customer_per_week.is_some()
}

/// Queues with a row in the horizon.
pub(super) fn queues_with_rows(draft: &Draft) -> BTreeSet<&str> {
    let inside = |row: &&VolumeRow| {
        draft.calendar.as_ref().is_some_and(|calendar| calendar.horizon().holds(row.start))
    };
    let rows = draft.volumes.iter().flatten();
    rows.filter(inside).map(|row| row.queue.as_str()).collect()
}

/// The source of each queue that has one. A bare file comes before all else, as it was asked for; past
/// contacts count where they lie before the horizon.
pub(super) fn sources(draft: &Draft) -> BTreeMap<&str, Source> {
    let with_rows = queues_with_rows(draft);
    let names = queue_names(draft);
    let has_past = |id: &str| {
        let (Some(past), Some(calendar)) = (&draft.past, &draft.calendar) else { return false };
        let series = names.find(id).ok().and_then(|queue| past.series.get(queue.index()));
        series.is_some_and(|series| !series.before(calendar.first()).is_empty())
    };
    let source = |queue: &QueueShape| {
        let id = queue.id.as_str();
        if draft.bare_queue.as_deref() == Some(id) {
            has_past(id).then_some(Source::Past)
        } else if with_rows.contains(id) {
            Some(Source::Rows)
        } else if is_flat(queue) {
            Some(Source::Flat)
        } else {
            has_past(id).then_some(Source::Past)
        }
    };
    let queues = draft.queues().iter();
    queues.filter_map(|queue| Some((queue.id.as_str(), source(queue)?))).collect()
}

/// The queue that a bare file is for, once it is clear.
pub(super) fn named_bare(draft: &Draft, bare: Option<&BareHistory>) -> Option<String> {
    let names = queue_names(draft);
    bare_queue(draft, bare?).ok().map(|queue| names.of(queue).to_owned())
}
