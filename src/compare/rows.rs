//! Which figures are compared, and how much they differ.

use serde::Serialize;

use super::Column;
use crate::id::Id;
use crate::kpi::paired::{Measured, difference};
use crate::kpi::{Estimate, Judgement};
use crate::roster;
use crate::scenario::{Measure, Queue, Scenario};
use crate::strain::SMALLEST_GROUP;

/// Fewest people of whom leaders see a figure of strain.
const SMALLEST_FOR_LEADERS: usize = 8;

/// Which way a figure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither.
    Neither,
}

/// A figure in one column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its 95 % interval, or its band where it is one; none where it is exact.
    pub range: Option<(f64, f64)>,
}

/// One figure over all columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its name in files, such as `mean_wait_minutes`.
    pub key: &'static str,
    /// Whose: a queue or a tier by its name in files; empty for the team.
    pub subject: String,
    /// The same for people.
    pub subject_title: String,
    /// Unit: `share`, `minutes`, `contacts`, `people`, `hours`, `money`, `risk` or `count`.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// By column; none where there is none.
    pub figures: Vec<Option<Figure>>,
    /// How much more than as the team is, by column; the first is none. Over paired weeks where a figure was played.
    pub differences: Vec<Option<Figure>>,
}

/// Every row in which some column has a figure.
pub(super) fn of(columns: &[Column]) -> Vec<Row> {
    let mut rows = promises(columns);
    for queue in subjects(columns, queue_names) {
        rows.extend(of_queue(&queue, columns));
    }
    rows.push(satisfaction(columns));
    for tier in subjects(columns, tier_names) {
        rows.push(of_tier(&tier, columns));
    }
    rows.extend(strain(columns));
    rows.extend(resources(columns));
    rows.retain(|row| row.figures.iter().any(Option::is_some));
    rows
}

/// Names of queues or tiers of any column, in the order they first appear.
fn subjects(columns: &[Column], names: fn(&Scenario) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in columns.iter().flat_map(|column| names(&column.scenario)) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn queue_names(scenario: &Scenario) -> Vec<String> {
    let queues = &scenario.names.queues;
    queues.ids().map(|queue| queues.of(queue).to_owned()).collect()
}

fn tier_names(scenario: &Scenario) -> Vec<String> {
    let tiers = &scenario.names.tiers;
    tiers.ids().map(|tier| tiers.of(tier).to_owned()).collect()
}

/// Targets kept and missed.
fn promises(columns: &[Column]) -> Vec<Row> {
    let counted = |key: &'static str, better: Better, which: Judgement| {
        exact(key, "count", better, columns, |column| {
            let verdicts = column.plan.kpis.verdicts.iter();
            Some(real(verdicts.filter(|verdict| verdict.judgement == which).count()))
        })
    };
    // A queue that closes takes its targets along; keeping fewer of fewer is no worse.
    let are_same = columns.windows(2).all(|pair| promised(&pair[0]) == promised(&pair[1]));
    let more_kept = if are_same { Better::More } else { Better::Neither };
    vec![
        counted("targets_kept", more_kept, Judgement::Kept),
        counted("targets_missed", Better::Less, Judgement::Missed),
    ]
}

fn promised(column: &Column) -> usize {
    column.plan.kpis.verdicts.len()
}

fn of_queue(name: &str, columns: &[Column]) -> Vec<Row> {
    let title = columns.iter().find_map(|column| {
        let queue = column.scenario.names.queues.find(name).ok()?;
        Some(column.scenario.queue(queue).title.clone())
    });
    let find = |column: &Column| {
        let queue = column.scenario.names.queues.find(name).ok()?;
        let offered = column.plan.kpis.queues.get(queue.index())?.offered.value;
        (offered > 0.0).then(|| (queue, column.scenario.queue(queue).clone()))
    };
    let live = |queue: &Queue| queue.channel.is_live();
    let own = |key, unit, better, measured: &dyn Fn(&Column) -> Option<Measured>| Row {
        subject: name.to_owned(),
        subject_title: title.clone().unwrap_or_default(),
        ..played(key, unit, better, columns, measured)
    };
    let level = |column: &Column, wanted: fn(&Measure) -> bool| {
        let (id, queue) = find(column)?;
        let place = queue.targets.iter().position(|target| wanted(&target.measure))?;
        Some(Measured::Target(id, place))
    };
    let waits = |column: &Column| find(column).filter(|(_, queue)| live(queue));
    let lasts = |column: &Column| find(column).filter(|(_, queue)| !live(queue));
    vec![
        own("service_level", "share", Better::More, &|column| {
            level(column, |measure| matches!(measure, Measure::ServiceLevel { .. }))
        }),
        own("answered_in_time", "share", Better::More, &|column| {
            level(column, |measure| matches!(measure, Measure::FirstResponse { .. }))
        }),
        own("abandonment", "share", Better::Less, &|column| {
            let leaves = waits(column).filter(|(_, queue)| queue.patience.is_some());
            leaves.map(|(queue, _)| Measured::Abandonment(queue))
        }),
        own("mean_wait_minutes", "minutes", Better::Less, &|column| {
            waits(column).map(|(queue, _)| Measured::MeanWait(queue))
        }),
        own("first_response_minutes", "minutes", Better::Less, &|column| {
            lasts(column).map(|(queue, _)| Measured::FirstResponse(queue))
        }),
        own("backlog", "contacts", Better::Less, &|column| {
            lasts(column).map(|(queue, _)| Measured::Backlog(queue))
        }),
    ]
}

fn of_tier(name: &str, columns: &[Column]) -> Row {
    let title = columns.iter().find_map(|column| {
        let tier = column.scenario.names.tiers.find(name).ok()?;
        Some(column.scenario.tier(tier).title.clone())
    });
    let row = played("utilisation", "share", Better::Neither, columns, &|column| {
        let tier = column.scenario.names.tiers.find(name).ok()?;
        let people = column.scenario.agents.iter().filter(|agent| agent.tier == tier).count();
        (people >= SMALLEST_GROUP).then_some(Measured::Utilisation(tier))
    });
    Row { subject: name.to_owned(), subject_title: title.unwrap_or_default(), ..row }
}

/// The band of satisfaction that each plan allows; as wide as what is assumed, so that no change within it is called
/// better or worse.
fn satisfaction(columns: &[Column]) -> Row {
    let figure = |column: &Column| {
        let (band, _) = column.plan.kpis.raw_and_fair.team.as_ref()?.satisfaction?;
        Some(Figure { value: 0.5 * (band.low + band.high), range: Some((band.low, band.high)) })
    };
    let figures: Vec<Option<Figure>> = columns.iter().map(figure).collect();
    Row {
        differences: differences_of(&figures),
        figures,
        ..exact("satisfaction", "share", Better::Neither, columns, |_| None)
    }
}

/// People by band of strain and how the timing of duties tires, of teams that leaders may see it of.
fn strain(columns: &[Column]) -> Vec<Row> {
    let bands = |column: &Column| {
        column.plan.strain.team.filter(|bands| bands.people() >= SMALLEST_FOR_LEADERS)
    };
    // A figure of one team alone could be worked out to be of the few who make the difference.
    if columns.iter().any(|column| bands(column).is_none()) {
        return Vec::new();
    }
    vec![
        exact("strain_green", "people", Better::Neither, columns, |column| {
            bands(column).map(|it| real(it.green))
        }),
        exact("strain_amber", "people", Better::Less, columns, |column| {
            bands(column).map(|it| real(it.amber))
        }),
        exact("strain_red", "people", Better::Less, columns, |column| {
            bands(column).map(|it| real(it.red))
        }),
        exact("timing_highest", "risk", Better::Less, columns, |column| {
            column.plan.strain.timing.map(|it| it.highest)
        }),
        exact("timing_mean", "risk", Better::Less, columns, |column| {
            column.plan.strain.timing.map(|it| it.mean)
        }),
    ]
}

/// What it takes and what it costs.
fn resources(columns: &[Column]) -> Vec<Row> {
    let cost = |column: &Column| {
        let levels = column.plan.assigned.levels.iter();
        levels.clone().find(|level| level.aim == "cost").map(|level| level.value)
    };
    let all = |key, unit, better, figure: &dyn Fn(&Column) -> f64| {
        exact(key, unit, better, columns, |column| Some(figure(column)))
    };
    vec![
        all("breaches", "count", Better::Less, &|column| real(column.plan.compliance.hard())),
        all("people", "people", Better::Neither, &|column| real(column.scenario.agents.len())),
        all("workload_hours", "hours", Better::Neither, &workload_hours),
        all("shortfall_hours", "hours", Better::Less, &|column| shortfall(column) / 60.0),
        all("paid_hours", "hours", Better::Neither, &|column| {
            column.plan.assigned.roster.paid().in_hours()
        }),
        exact("cost", "money", Better::Less, columns, cost),
    ]
}

/// Minutes by which a plan's people on queue fall short of what they are needed for.
pub(super) fn shortfall(column: &Column) -> f64 {
    let plan = &column.plan;
    roster::shortfall(&plan.requirement, &column.scenario, &plan.assigned.roster)
}

/// Agent hours in all contacts before anyone waits or is idle, chats and messages as many at once as their rate
/// table makes most of.
fn workload_hours(column: &Column) -> f64 {
    let (scenario, workload) = (&column.scenario, &column.plan.workload);
    let hours = |(stream, load): (&crate::scenario::Stream, &Vec<crate::units::Erlangs>)| {
        let lengths = (0..load.len()).map(|slot| scenario.calendar.interval(slot).length());
        let alone: f64 =
            load.iter().zip(lengths).map(|(load, slot)| load.0 * slot.in_hours()).sum();
        alone / throughput(scenario.queue(stream.queue))
    };
    scenario.streams.iter().zip(&workload.load).map(hours).sum()
}

/// How much more a person gets done who holds as many conversations as is best, against one at a time.
fn throughput(queue: &Queue) -> f64 {
    let held = queue.rate_by_level.iter().scan(0.0, |held, rate| {
        *held += 1.0;
        Some(*held * rate)
    });
    held.fold(1.0, f64::max)
}

/// A row of exact figures.
fn exact(
    key: &'static str,
    unit: &'static str,
    better: Better,
    columns: &[Column],
    figure: impl Fn(&Column) -> Option<f64>,
) -> Row {
    let figures: Vec<Option<Figure>> = columns
        .iter()
        .map(|column| figure(column).map(|value| Figure { value, range: None }))
        .collect();
    let differences = differences_of(&figures);
    let (subject, subject_title) = (String::new(), String::new());
    Row { key, subject, subject_title, unit, better, figures, differences }
}

fn differences_of(figures: &[Option<Figure>]) -> Vec<Option<Figure>> {
    let base = figures.first().copied().flatten();
    let from_base =
        |figure: Option<Figure>| Some(Figure { value: figure?.value - base?.value, range: None });
    let places = figures.iter().enumerate();
    places.map(|(place, &figure)| from_base(figure).filter(|_| place > 0)).collect()
}

/// A row of played figures, with differences over paired weeks.
fn played(
    key: &'static str,
    unit: &'static str,
    better: Better,
    columns: &[Column],
    measured: &dyn Fn(&Column) -> Option<Measured>,
) -> Row {
    let figure = |estimate: Estimate| Figure {
        value: estimate.value,
        range: Some((estimate.low, estimate.high)),
    };
    let of = |column: &Column| measured(column)?.over(&column.weeks).map(figure);
    let base = columns.first().and_then(|base| Some((base, measured(base)?)));
    let from_base = |(place, column): (usize, &Column)| {
        let (base, from) = base.filter(|_| place > 0)?;
        difference((&base.weeks, from), (&column.weeks, measured(column)?)).map(figure)
    };
    Row {
        figures: columns.iter().map(of).collect(),
        differences: columns.iter().enumerate().map(from_base).collect(),
        ..exact(key, unit, better, columns, |_| None)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people and targets are small")]
fn real(count: usize) -> f64 {
    count as f64
}
