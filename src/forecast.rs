//! Contacts to come, by interval, queue and complexity, with quantiles.
//!
//! From history, days are expected to bring what level, weekday, season and days off make of them (`days`), spread
//! over the day as their weekday spreads it (`shape`); each day then differs from that by a factor common to all its
//! intervals, and each interval by chance besides (`spread`). Short or thin histories are averaged (`pattern`).
//! Nothing on or after the first date of the horizon is read. Customers and dated events change what comes
//! (`drivers`).
//!
//! Contacts outside opening hours: nobody can phone or chat with a closed queue, so for voice and chat they
//! are left out; e-mail and messages wait, and count in the interval in which the queue next opens.

mod backtest;
mod counts;
mod days;
mod drivers;
mod flows;
mod method;
mod pattern;
mod regrid;
mod ridge;
mod season;
mod shape;
mod slots;
mod spread;

use serde::Serialize;

use crate::calendar::Calendar;
use crate::history::{History, Series};
use crate::id::{Id, QueueId};
use crate::scenario::{Demand, Scenario};
use crate::units::{Contacts, Span};

pub use backtest::{Backtest, Errors, Floor, Horizon, Score, backtest, origins};
pub use method::Method;
pub use slots::{Slot, slots};
pub use spread::Spread;

use method::Known;

/// What is expected to come in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Forecast {
    /// Mean contacts by stream and interval.
    pub streams: Vec<Vec<Contacts>>,
    /// Quantiles of contacts by queue and interval.
    pub quantiles: Vec<Vec<Quantiles>>,
    /// Spread of a day's volume about its forecast (coefficient of variation of the day factor), by queue.
    pub day_spread: Vec<f64>,
    /// How days and intervals stray from the means, by queue.
    pub spreads: Vec<Spread>,
}

/// Quantiles of the contacts of one interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Quantiles {
    /// One in ten is below.
    pub p10: f64,
    /// Half are below.
    pub p50: f64,
    /// Nine in ten are below.
    pub p90: f64,
}

/// What becomes of contacts that come in while their queue is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhileClosed {
    /// They never come about: nobody answers the phone.
    Lost,
    /// They count when the queue next opens.
    Wait,
}

/// One queue's contacts to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Mean by interval.
    pub mean: Vec<Contacts>,
    /// How days and intervals differ from it.
    pub spread: Spread,
}

/// Project the horizon's contacts: given volumes as they are, or history by day-of-week profile times level.
///
/// Given volumes are taken as the means of Poisson counts, without a day factor unless the team states one.
#[must_use]
pub fn project(scenario: &Scenario) -> Forecast {
    match &scenario.demand {
        Demand::Volumes(streams) => {
            let count = scenario.queues.len();
            of_streams(scenario, streams.clone(), &vec![Spread::POISSON; count])
        }
        Demand::History(history) => of_history(scenario, history),
        Demand::Both(streams, history) => of_both(scenario, streams, history),
    }
}

/// Volumes where they are given, and projections of the queues that have a past instead.
fn of_both(scenario: &Scenario, given: &[Vec<Contacts>], history: &History) -> Forecast {
    let (projected, spreads) = projections(scenario, history);
    let streams = scenario.streams.iter().zip(given).zip(projected);
    let streams = streams.map(|((stream, given), projected)| {
        let has_past = !history.series[stream.queue.index()].days.is_empty();
        if has_past { projected } else { given.clone() }
    });
    of_streams(scenario, streams.collect(), &spreads)
}

/// Project one series on the intervals of a calendar, in the stretches in which its queue is open.
#[must_use]
pub fn of_series(
    series: &Series,
    calendar: &Calendar,
    open: &[Span],
    closed: WhileClosed,
) -> Projection {
    let known = Known { series, holidays: calendar.holidays(), origin: calendar.first() };
    let ours = Method::Evenkeel;
    let days = ours.expect(known, &ours.choose(known), calendar.days());
    Projection {
        mean: regrid::onto(calendar, series.grid, &days, open, closed),
        spread: spread::fit(ours, known),
    }
}

fn of_history(scenario: &Scenario, history: &History) -> Forecast {
    let (streams, spreads) = projections(scenario, history);
    of_streams(scenario, streams, &spreads)
}

/// Mean contacts by stream, and the spread of each queue; a queue without a past has none of either.
fn projections(scenario: &Scenario, history: &History) -> (Vec<Vec<Contacts>>, Vec<Spread>) {
    let projections: Vec<Projection> = scenario
        .queues
        .iter()
        .zip(&history.series)
        .map(|(queue, series)| {
            let closed =
                if queue.channel.is_live() { WhileClosed::Lost } else { WhileClosed::Wait };
            of_series(series, &scenario.calendar, &queue.open, closed)
        })
        .collect();
    let streams = scenario
        .streams
        .iter()
        .map(|stream| {
            let queue = &projections[stream.queue.index()];
            queue.mean.iter().map(|&mean| mean * stream.share).collect()
        })
        .collect();
    (streams, projections.iter().map(|queue| queue.spread).collect())
}

fn of_streams(scenario: &Scenario, streams: Vec<Vec<Contacts>>, spreads: &[Spread]) -> Forecast {
    let told = |spread: &Spread| match scenario.staffing.day_spread {
        Some(day) => Spread { day, day_range: None, ..*spread },
        None => *spread,
    };
    let spreads: Vec<Spread> = spreads.iter().map(told).collect();
    let streams = drivers::apply(scenario, streams);
    let streams = flows::made(streams, scenario);
    let intervals = scenario.calendar.intervals();
    let mut totals = vec![vec![0.0; intervals]; scenario.queues.len()];
    for (stream, contacts) in scenario.streams.iter().zip(&streams) {
        for (total, mean) in totals[stream.queue.index()].iter_mut().zip(contacts) {
            *total += mean.0;
        }
    }
    let quantiles = totals
        .iter()
        .zip(&spreads)
        .map(|(means, spread)| means.iter().map(|&mean| quantiles_of(*spread, mean)).collect())
        .collect();
    Forecast {
        streams,
        quantiles,
        day_spread: spreads.iter().map(|spread| spread.day).collect(),
        spreads,
    }
}

/// Quantiles of the count of an interval with this mean.
#[must_use]
pub fn quantiles_of(spread: Spread, mean: f64) -> Quantiles {
    let [p10, p50, p90] = spread.quantiles(mean, [0.1, 0.5, 0.9]);
    Quantiles { p10, p50, p90 }
}

impl Forecast {
    /// Mean contacts of a queue by interval.
    #[must_use]
    pub fn queue(&self, scenario: &Scenario, queue: QueueId) -> Vec<Contacts> {
        let mut sum = vec![Contacts(0.0); scenario.calendar.intervals()];
        for (stream, contacts) in scenario.streams.iter().zip(&self.streams) {
            if stream.queue == queue {
                for (total, &mean) in sum.iter_mut().zip(contacts) {
                    *total += mean;
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests;
