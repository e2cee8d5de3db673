//! How people were sized, what being surer costs, and what models of the same people say side by side.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use super::{Cell, Column, Section, Table, words};
use crate::id::{Id, QueueId};
use crate::plan::ladder::{AGREES, Climbed, Reason};
use crate::plan::{Ground, NeedChecks, Sureness};
use crate::scenario::{OverTime, Scenario};
use crate::staffing::busyness::Busyness;
use crate::workload::Workload;

/// By what method people were sized, and for which days.
pub(super) fn method(workload: &Workload, scenario: &Scenario) -> Vec<String> {
    let over_time = match scenario.staffing.method {
        OverTime::OfferedLoad => say("sized-offered-load"),
        OverTime::Lagged => say("sized-lagged"),
        OverTime::PerInterval => say("sized-per-interval"),
    };
    let is_unsure = workload.day_spread.iter().any(|&spread| spread > 0.0);
    let days = match scenario.staffing.sure {
        _ if !is_unsure => say("sized-known"),
        Some(sure) => say_with("sized-sure", &[("sure", percent(sure.value()).into())]),
        None => say("sized-expected"),
    };
    vec![over_time, days]
}

/// Sections of what was checked about a need.
pub(super) fn checks(checks: &NeedChecks, ground: &Ground, scenario: &Scenario) -> Vec<Section> {
    let price = price_of_sureness(&checks.price_of_sureness, &ground.workload);
    let busyness = price.as_ref().and_then(|_| busyness(ground, scenario));
    let followed = followed(&checks.followed, scenario);
    busyness.into_iter().chain(price).chain(followed).collect()
}

/// How much busier and quieter days are than expected, by queue, and how sure that is.
fn busyness(ground: &Ground, scenario: &Scenario) -> Option<Section> {
    let queues = (0..scenario.queues.len()).map(QueueId::at);
    let row = |queue: QueueId| {
        let spread = *ground.workload.day_spread.get(queue.index())?;
        let factor = Busyness::varying(spread)?;
        let range = ground.forecast.spreads.get(queue.index()).and_then(|own| own.day_range);
        Some(vec![
            Cell::text(scenario.queue(queue).title.as_str()),
            Cell::Share(spread),
            range.map_or(Cell::Nothing, |(low, _)| Cell::Share(low)),
            range.map_or(Cell::Nothing, |(_, high)| Cell::Share(high)),
            Cell::Share(factor.quantile(0.1)),
            Cell::Share(factor.quantile(0.9)),
        ])
    };
    let rows: Vec<Vec<Cell>> = queues.filter_map(row).collect();
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::figures("day_spread", say("column-day-spread")),
        Column::figures("low", say("column-at-least")),
        Column::figures("high", say("column-at-most")),
        Column::figures("quiet_day", say("column-quiet-day")),
        Column::figures("busy_day", say("column-busy-day")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "busyness",
        title: say("section-busyness"),
        sentences: vec![say("need-busyness")],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

fn price_of_sureness(prices: &[Sureness], workload: &Workload) -> Option<Section> {
    let first = prices.first()?;
    let rows = prices.iter().map(|price| {
        vec![
            price.days.map_or_else(|| Cell::text(say("days-as-expected")), Cell::Share),
            Cell::Figure(price.hours, 1),
            Cell::Figure(price.hours - first.hours, 1),
            price.hours_a_point.map_or(Cell::Nothing, |hours| Cell::Figure(hours, 2)),
        ]
    });
    let columns = vec![
        Column::figures("days", say("column-need-days")),
        Column::figures("hours", say("column-need-hours")),
        Column::figures("more_hours", say("column-more-hours")),
        Column::figures("hours_a_point", say("column-hours-a-point")),
    ];
    let (low, high) = workload
        .day_spread
        .iter()
        .fold((f64::INFINITY, 0.0f64), |(low, high), &spread| (low.min(spread), high.max(spread)));
    let spread = if high - low < 0.0005 {
        percent(high)
    } else {
        format!("{} to {}", percent(low), percent(high))
    };
    Some(Section {
        key: "price_of_sureness",
        title: say("section-price-of-sureness"),
        sentences: vec![say_with("need-price-of-sureness", &[("spread", spread.into())])],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    })
}

/// By queue: the target, what the formula promises over the horizon, and what exactly happens.
fn followed(climbed: &[Climbed], scenario: &Scenario) -> Option<Section> {
    let queues = (0..scenario.queues.len()).map(QueueId::at);
    let rows: Vec<Vec<Cell>> =
        queues.filter_map(|queue| followed_row(queue, climbed, scenario)).collect();
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::figures("target", say("column-target")),
        Column::figures("by_formula", say("column-by-formula")),
        Column::figures("followed", say("column-followed")),
        Column::figures("on_unsure_days", say("column-on-unsure-days")),
        Column::figures("intervals_off", say("column-intervals-off")),
        Column::words("worst", say("column-worst-interval")),
        Column::figures("worst_level", say("column-worst-level")),
    ];
    let differ = climbed.iter().filter(|own| differs(own)).count();
    let said = match differ {
        0 => say("need-followed-agrees"),
        count => say_with("need-followed-disagrees", &[("count", count.into())]),
    };
    (!rows.is_empty()).then(|| Section {
        key: "followed",
        title: say("section-followed"),
        sentences: vec![say("need-followed"), said],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

/// What the need was sized by.
fn formula(climbed: &Climbed, scenario: &Scenario) -> f64 {
    match scenario.staffing.method {
        OverTime::PerInterval => climbed.rungs.per_interval,
        OverTime::OfferedLoad | OverTime::Lagged => climbed.rungs.offered_load,
    }
}

fn differs(own: &Climbed) -> bool {
    let formula = own.rungs.offered_load;
    own.rungs.exact.is_some_and(|exact| (exact - formula).abs() > AGREES)
}

fn followed_row(queue: QueueId, all: &[Climbed], scenario: &Scenario) -> Option<Vec<Cell>> {
    let own: Vec<&Climbed> = all.iter().filter(|climbed| climbed.queue == queue).collect();
    let goal = own.first()?.goal;
    let contacts: f64 = own.iter().map(|climbed| climbed.rungs.contacts).sum();
    let mean = |level: &dyn Fn(&Climbed) -> Option<f64>| -> Cell {
        let sum: Option<f64> =
            own.iter().map(|one| level(one).map(|level| level * one.rungs.contacts)).sum();
        sum.map_or(Cell::Nothing, |sum| Cell::Share(sum / contacts))
    };
    let exact = |one: &Climbed| one.rungs.exact;
    let short = own.iter().filter(|one| exact(one).is_some_and(|level| level < goal - AGREES));
    let worst = own
        .iter()
        .filter_map(|one| Some((exact(one)?, one.rungs.interval)))
        .min_by(|one, other| one.0.total_cmp(&other.0));
    let calendar = &scenario.calendar;
    let at = |interval: usize| calendar.label(calendar.interval(interval).start);
    Some(vec![
        Cell::text(scenario.queue(queue).title.as_str()),
        Cell::Share(goal),
        mean(&|one| Some(formula(one, scenario))),
        mean(&exact),
        mean(&|one| one.rungs.unsure),
        Cell::Count(short.count()),
        worst.map_or(Cell::Nothing, |(_, interval)| Cell::text(at(interval))),
        worst.map_or(Cell::Nothing, |(level, _)| Cell::Share(level)),
    ])
}

/// What each model says of a roster's people, interval by interval.
#[must_use]
pub fn ladder(climbed: &[Climbed], scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let rows: Vec<Vec<Cell>> = climbed
        .iter()
        .map(|own| {
            let start = calendar.interval(own.rungs.interval).start;
            let share = |level: Option<f64>| level.map_or(Cell::Nothing, Cell::Share);
            vec![
                Cell::text(words::day(calendar, start)),
                Cell::text(words::clock(calendar, start)),
                Cell::text(scenario.queue(own.queue).title.as_str()),
                Cell::Figure(own.rungs.people, 1),
                Cell::Share(own.rungs.per_interval),
                Cell::Share(own.rungs.offered_load),
                share(own.rungs.exact),
                share(own.rungs.unsure),
                share(own.played.map(|played| played.value)),
                own.reason.map_or(Cell::Nothing, |reason| Cell::text(why(reason))),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("time", say("column-time")),
        Column::words("queue", say("column-queue")),
        Column::figures("on_queue", say("column-on-queue")),
        Column::figures("per_interval", say("column-erlang")),
        Column::figures("offered_load", say("column-offered-load")),
        Column::figures("exact", say("column-exact")),
        Column::figures("unsure_days", say("column-unsure")),
        Column::figures("played", say("column-played")),
        Column::words("reason", say("column-why")),
    ];
    let differ = climbed.iter().filter(|own| own.reason.is_some()).count();
    let counts = [
        ("differ", differ.into()),
        ("all", fixed(f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)), 0).into()),
    ];
    let sentences = if rows.is_empty() {
        vec![say("ladder-nothing")]
    } else {
        let words = (differ > 0).then(|| say("ladder-words"));
        let read = [say("ladder-how-to-read"), say_with("ladder-agrees", &counts)];
        read.into_iter().chain(words).collect()
    };
    let table = (!rows.is_empty()).then_some(Table { columns, rows });
    Section { key: "ladder", title: say("section-ladder"), sentences, table, picture: None }
}

fn why(reason: Reason) -> String {
    say(match reason {
        Reason::Lag => "why-lag",
        Reason::QueueLeftOver => "why-queue-left-over",
        Reason::UnsureDays => "why-unsure-days",
        Reason::CallingBack => "why-calling-back",
        Reason::Skills => "why-skills",
        Reason::OtherWork => "why-other-work",
        Reason::HandleTimes => "why-handle-times",
    })
}
