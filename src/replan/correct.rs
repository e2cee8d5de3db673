//! What came in so far corrects what is still to come.
//!
//! A day's contacts are its forecast times a factor that is gamma distributed about 1 with the coefficient of
//! variation `s` that the forecast knows of its days. Once `n` contacts came in where `e` were expected, the
//! factor is `(1 / s^2 + n) / (1 / s^2 + e)`: near 1 after a few contacts, near `n / e` after many (the
//! gamma-Poisson mixture; Jongbloed & Koole 2001 for call centres). The rest of that day is multiplied by it; of
//! what it differs from 1, half is left on the next day, a quarter on the one after, and so on (*assumption*).

use crate::funnel::HumanDemand;
use crate::id::{Id, QueueId};
use crate::scenario::{Actuals, Scenario};
use crate::units::{Contacts, Moment};

/// Days differ at least by so much, where the forecast knows of no spread. *Assumption.*
const LEAST_SPREAD: f64 = 0.1;
/// What is left of a day's difference on the next. *Assumption.*
const A_DAY_LATER: f64 = 0.5;

/// How a queue's day went so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SoFar {
    /// The queue.
    pub queue: QueueId,
    /// The day of the horizon.
    pub day: usize,
    /// Contacts that came in.
    pub came: f64,
    /// Contacts that were expected in the same time.
    pub expected: f64,
    /// By what the rest of the day is multiplied.
    pub factor: f64,
}

/// The demand with what came in where it is known, and the rest corrected by it.
pub(super) fn correct(
    demand: &HumanDemand,
    actuals: &Actuals,
    scenario: &Scenario,
) -> (HumanDemand, Vec<SoFar>) {
    let mut corrected = demand.clone();
    let mut all = Vec::new();
    for queue in (0..scenario.queues.len()).map(QueueId::at) {
        if actuals.of(queue).next().is_none() {
            continue;
        }
        let days = days(queue, demand, actuals, scenario);
        let known = known(queue, actuals, scenario);
        let until = known.iter().rposition(Option::is_some).unwrap_or(0);
        for (interval, known) in known.into_iter().enumerate() {
            let change = if let Some((came, share)) = known {
                Change::Came { came, share }
            } else if interval > until {
                Change::Times(factor(&days, interval, scenario))
            } else {
                Change::Times(1.0)
            };
            apply(&mut corrected, queue, interval, change, scenario);
        }
        all.extend(days);
    }
    (corrected, all)
}

/// What becomes of an interval.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// So many came in so large a part of it.
    Came { came: f64, share: f64 },
    /// The forecast, so many times.
    Times(f64),
}

fn apply(
    demand: &mut HumanDemand,
    queue: QueueId,
    interval: usize,
    change: Change,
    scenario: &Scenario,
) {
    let own: Vec<usize> = (0..scenario.streams.len())
        .filter(|&stream| scenario.streams[stream].queue == queue)
        .collect();
    let expected: f64 = own.iter().map(|&stream| demand.streams[stream][interval].0).sum();
    for stream in own {
        let was = demand.streams[stream][interval].0;
        let part =
            if expected > 0.0 { was / expected } else { scenario.streams[stream].share.value() };
        let now = match change {
            Change::Came { came, share } => came * part + was * (1.0 - share),
            Change::Times(factor) => was * factor,
        };
        demand.streams[stream][interval] = Contacts(now);
    }
}

/// Contacts that came in by interval, with the part of it that is known.
fn known(queue: QueueId, actuals: &Actuals, scenario: &Scenario) -> Vec<Option<(f64, f64)>> {
    let calendar = &scenario.calendar;
    let step = actuals.step(queue, calendar.grid());
    let mut known: Vec<Option<(f64, f64)>> = vec![None; calendar.intervals()];
    for (start, contacts) in actuals.of(queue) {
        let Some(interval) = calendar.interval_at(start) else { continue };
        let length = calendar.interval(interval).length().real().max(1.0);
        let sum = known[interval].get_or_insert((0.0, 0.0));
        sum.0 += contacts.0;
        sum.1 = (sum.1 + step.real() / length).min(1.0);
    }
    known
}

fn days(
    queue: QueueId,
    demand: &HumanDemand,
    actuals: &Actuals,
    scenario: &Scenario,
) -> Vec<SoFar> {
    let known = known(queue, actuals, scenario);
    let of_queue = |interval: usize| -> f64 {
        let own = scenario.streams.iter().zip(&demand.streams);
        own.filter(|(stream, _)| stream.queue == queue).map(|(_, row)| row[interval].0).sum()
    };
    let spread = demand.day_spread.get(queue.index()).copied().unwrap_or(0.0).max(LEAST_SPREAD);
    let prior = 1.0 / (spread * spread);
    let mut days: Vec<SoFar> = Vec::new();
    for (interval, known) in known.iter().enumerate() {
        let Some((came, share)) = known else { continue };
        let Some(day) = scenario.calendar.day_at(scenario.calendar.interval(interval).start) else {
            continue;
        };
        if days.last().is_none_or(|last| last.day != day) {
            days.push(SoFar { queue, day, came: 0.0, expected: 0.0, factor: 1.0 });
        }
        if let Some(last) = days.last_mut() {
            last.came += came;
            last.expected += share * of_queue(interval);
            last.factor = (prior + last.came) / (prior + last.expected);
        }
    }
    days
}

/// By what an interval after the last one known is multiplied.
fn factor(days: &[SoFar], interval: usize, scenario: &Scenario) -> f64 {
    let start: Moment = scenario.calendar.interval(interval).start;
    let (Some(day), Some(last)) = (scenario.calendar.day_at(start), days.last()) else {
        return 1.0;
    };
    let later = i32::try_from(day.saturating_sub(last.day)).unwrap_or(i32::MAX);
    1.0 + (last.factor - 1.0) * A_DAY_LATER.powi(later)
}
