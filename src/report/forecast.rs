//! What is expected to come in, queue by queue, and how good such forecasts have been.

use serde_json::{Value, json};

use super::figures::{fixed, percent, rounded};
use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table, words};
use crate::calendar::Calendar;
use crate::forecast::{
    self, Backtest, Errors, Forecast, Horizon, Method, Projection, Slot, Spread,
};
use crate::id::{Id, QueueId};
use crate::scenario::Scenario;
use crate::units::{Contacts, Minutes};

/// Names of the quantiles in files.
const QUANTILES: [&str; 7] = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];
/// The quantiles people are shown: one in ten below, half, one in ten above.
const SHOWN: [usize; 3] = [1, 3, 5];
/// Columns of the table of errors.
const COLUMNS: usize = 9;
const DAY: Minutes = Minutes(24 * 60);

/// Contacts to expect of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The queue; none: a bare file counts one.
    pub queue: Option<String>,
    /// By interval.
    pub intervals: Vec<Slot>,
    /// By day.
    pub days: Vec<Slot>,
}

/// Whether starts are shown with their offset from Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamps {
    /// With it: `2026-11-30T09:00:00+00:00`.
    Zoned,
    /// As the clock on the wall shows it: `2026-11-30 09:00:00`.
    Local,
}

/// Contacts to expect of every queue of a team.
#[must_use]
pub fn of_team(forecast: &Forecast, scenario: &Scenario) -> Vec<Expected> {
    let calendar = &scenario.calendar;
    let expected = |place: usize| {
        let queue = QueueId::at(place);
        let means = forecast.queue(scenario, queue);
        let spread = forecast.spreads.get(place).copied().unwrap_or(Spread::POISSON);
        let name = scenario.names.queues.of(queue).to_owned();
        of_means(Some(name), calendar, &means, spread, calendar.grid())
    };
    (0..scenario.queues.len()).map(expected).collect()
}

/// Contacts to expect from a bare file, on a grid.
#[must_use]
pub fn of_bare(projection: &Projection, calendar: &Calendar, grid: Minutes) -> Expected {
    of_means(None, calendar, &projection.mean, projection.spread, grid)
}

fn of_means(
    queue: Option<String>,
    calendar: &Calendar,
    means: &[Contacts],
    spread: Spread,
    grid: Minutes,
) -> Expected {
    Expected {
        queue,
        intervals: forecast::slots(calendar, means, spread, grid),
        days: forecast::slots(calendar, means, spread, DAY),
    }
}

/// For people: days and their quantiles, and the busiest interval of each.
#[must_use]
pub fn expected(all: &[Expected], calendar: &Calendar, name: &str) -> Report {
    let mut rows = Vec::new();
    for one in all {
        for day in one.days.iter().filter(|day| day.mean > 0.0) {
            let of_day = one.intervals.iter().filter(|slot| slot.date == day.date);
            let busiest =
                of_day.max_by(|a, b| a.mean.total_cmp(&b.mean).then(b.start.cmp(&a.start)));
            let mut row = vec![
                Cell::text(one.queue.clone().unwrap_or_else(|| say("forecast-contacts"))),
                Cell::text(words::day(calendar, day.start)),
                Cell::Figure(day.mean, 1),
            ];
            row.extend(SHOWN.map(|place| Cell::Figure(day.quantiles[place], 0)));
            row.push(Cell::text(busiest.map_or_else(String::new, |slot| slot.clock.to_string())));
            row.push(Cell::Figure(busiest.map_or(0.0, |slot| slot.mean), 1));
            rows.push(row);
        }
    }
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("day", say("column-day")),
        Column::figures("mean", say("column-forecast-mean")),
        Column::figures("p10", say("column-forecast-low")),
        Column::figures("p50", say("column-forecast-middle")),
        Column::figures("p90", say("column-forecast-high")),
        Column::words("busiest", say("column-busiest")),
        Column::figures("busiest_mean", say("column-busiest-mean")),
    ];
    let section = Section {
        key: "days",
        title: say("section-forecast-days"),
        sentences: vec![say("forecast-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: None,
    };
    let first = calendar.first().to_string();
    let title = say_with(
        "forecast-title",
        &[("name", name.into()), ("first", first.into()), ("days", calendar.days().into())],
    );
    Report { schema: "evenkeel.forecast_report/1", title, sections: vec![section] }
}

/// The contract in CSV: `start,mean,p05,p10,p25,p50,p75,p90,p95`, with `queue` in front where there are queues.
#[must_use]
pub fn expected_csv(all: &[Expected], calendar: &Calendar, stamps: Stamps) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let has_queues = all.iter().any(|one| one.queue.is_some());
    let queue = |name: &Option<String>| has_queues.then(|| name.clone().unwrap_or_default());
    let figures = ["start", "mean"].into_iter().chain(QUANTILES).map(str::to_owned);
    let header = has_queues.then(|| "queue".to_owned()).into_iter().chain(figures);
    let mut records = vec![header.collect::<Vec<String>>()];
    for one in all {
        for slot in &one.intervals {
            let figures = [slot.mean].into_iter().chain(slot.quantiles);
            let figures = figures.map(|figure| rounded(figure).to_string());
            let start = stamp(slot, calendar, stamps);
            records.push(queue(&one.queue).into_iter().chain([start]).chain(figures).collect());
        }
    }
    for record in records {
        writer.write_record(&record).expect("writing to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("text in, text out")
}

/// The contract in JSON.
#[must_use]
pub fn expected_json(all: &[Expected], calendar: &Calendar, stamps: Stamps) -> String {
    let figures = |slot: &Slot| {
        let quantiles = QUANTILES.iter().zip(slot.quantiles);
        let mean = ("mean".to_owned(), json!(rounded(slot.mean)));
        let quantiles = quantiles.map(|(name, at)| ((*name).to_owned(), json!(rounded(at))));
        [mean].into_iter().chain(quantiles)
    };
    let object = |name: &str, when: String, slot: &Slot| -> Value {
        let when = (name.to_owned(), json!(when));
        [when].into_iter().chain(figures(slot)).collect::<serde_json::Map<_, _>>().into()
    };
    let queues: Vec<Value> = all
        .iter()
        .map(|one| {
            let days = one.days.iter().map(|day| object("date", day.date.to_string(), day));
            let intervals = one
                .intervals
                .iter()
                .map(|slot| object("start", stamp(slot, calendar, stamps), slot));
            json!({
                "queue": one.queue,
                "days": days.collect::<Vec<_>>(),
                "intervals": intervals.collect::<Vec<_>>(),
            })
        })
        .collect();
    super::json::text(&json!({
        "schema": "evenkeel.forecast/1",
        "first": calendar.first().to_string(),
        "days": calendar.days(),
        "time_zone": (stamps == Stamps::Zoned).then(|| calendar.zone()),
        "queues": queues,
    }))
}

fn stamp(slot: &Slot, calendar: &Calendar, stamps: Stamps) -> String {
    match stamps {
        Stamps::Zoned => calendar.stamp(slot.start),
        Stamps::Local => format!("{} {}:00", slot.date, slot.clock),
    }
}

/// How good forecasts of one queue have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The queue; none: a bare file counts one.
    pub queue: Option<String>,
    /// Its backtest.
    pub backtest: Backtest,
}

/// For people: errors beside those of plain methods, and plainly where a plain one is better.
#[must_use]
pub fn backtest(all: &[Judged], name: &str) -> Report {
    let mut rows = Vec::new();
    for one in all {
        for horizon in Horizon::ALL {
            for method in Method::ALL {
                rows.push(row(one, method, horizon));
            }
            rows.push(floor_row(one, horizon));
        }
    }
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("days_ahead", say("column-days-ahead")),
        Column::words("method", say("column-method")),
        Column::figures("wape", say("column-wape")),
        Column::figures("day_wape", say("column-day-wape")),
        Column::figures("mase", say("column-mase")),
        Column::figures("bias", say("column-bias")),
        Column::figures("quantile_loss", say("column-quantile-loss")),
        Column::figures("cover_80", say("column-cover")),
    ];
    let mut sentences: Vec<String> = all.iter().map(judged_on).collect();
    sentences.extend(all.iter().flat_map(verdicts));
    let errors = Section {
        key: "errors",
        title: say("section-backtest"),
        sentences: vec![say("backtest-how-to-read")],
        table: Some(Table { columns, rows }),
        picture: None,
    };
    let found = Section {
        key: "found",
        title: say("section-backtest-found"),
        sentences,
        ..Section::default()
    };
    let title = say_with("backtest-title", &[("name", name.into())]);
    Report { schema: "evenkeel.backtest_report/1", title, sections: vec![found, errors] }
}

fn row(one: &Judged, method: Method, horizon: Horizon) -> Vec<Cell> {
    let errors = one.backtest.of(method, horizon);
    let share = |share: Option<f64>| share.map_or(Cell::Nothing, Cell::Share);
    vec![
        Cell::text(queue_of(one)),
        Cell::text(ahead(horizon)),
        Cell::text(method_name(method)),
        share(errors.wape),
        share(errors.day_wape),
        errors.mase.map_or(Cell::Nothing, |mase| Cell::Figure(mase, 2)),
        share(errors.bias),
        share(errors.quantile_loss),
        share(errors.cover_80),
    ]
}

fn floor_row(one: &Judged, horizon: Horizon) -> Vec<Cell> {
    let floor = one.backtest.floors.iter().find(|floor| floor.horizon == horizon);
    let share = |share: Option<f64>| share.map_or(Cell::Nothing, Cell::Share);
    let mut row = vec![
        Cell::text(queue_of(one)),
        Cell::text(ahead(horizon)),
        Cell::text(say("method-floor")),
        share(floor.and_then(|floor| floor.wape)),
        share(floor.and_then(|floor| floor.day_wape)),
    ];
    row.resize(COLUMNS, Cell::Nothing);
    row
}

fn queue_of(one: &Judged) -> String {
    one.queue.clone().unwrap_or_else(|| say("forecast-contacts"))
}

fn judged_on(one: &Judged) -> String {
    let origins = &one.backtest.origins;
    match (origins.first(), origins.last()) {
        (Some(first), Some(last)) => say_with(
            "backtest-origins",
            &[
                ("queue", queue_of(one).into()),
                ("count", origins.len().into()),
                ("first", first.to_string().into()),
                ("last", last.to_string().into()),
            ],
        ),
        _ => say_with("backtest-too-short", &[("queue", queue_of(one).into())]),
    }
}

/// What measures a plain method is better on, said plainly; or that none is.
fn verdicts(one: &Judged) -> Vec<String> {
    if one.backtest.days == 0 {
        return Vec::new();
    }
    let mut all = Vec::new();
    for horizon in [Horizon::Week1, Horizon::Week2] {
        let ours = one.backtest.of(Method::Evenkeel, horizon);
        for plain in [Method::SeasonalNaive, Method::EightWeeks] {
            let theirs = one.backtest.of(plain, horizon);
            all.extend(worse(&ours, &theirs).map(|(measure, ours, theirs)| {
                say_with(
                    "backtest-worse",
                    &[
                        ("queue", queue_of(one).into()),
                        ("horizon", ahead(horizon).into()),
                        ("method", method_name(plain).into()),
                        ("measure", measure.into()),
                        ("ours", percent(ours).into()),
                        ("theirs", percent(theirs).into()),
                    ],
                )
            }));
        }
    }
    if all.is_empty() {
        all.push(say_with("backtest-better", &[("queue", queue_of(one).into())]));
    }
    let held = one.backtest.of(Method::Evenkeel, Horizon::All).cover_80;
    if let Some(held) = held.filter(|held| !(0.7..=0.9).contains(held)) {
        all.push(say_with(
            "backtest-off-cover",
            &[("queue", queue_of(one).into()), ("share", percent(held).into())],
        ));
    }
    all
}

fn worse(ours: &Errors, theirs: &Errors) -> impl Iterator<Item = (String, f64, f64)> + use<> {
    let measures = [
        (say("measure-wape"), ours.wape, theirs.wape),
        (say("measure-day-wape"), ours.day_wape, theirs.day_wape),
        (say("measure-quantile-loss"), ours.quantile_loss, theirs.quantile_loss),
    ];
    let both = |(name, ours, theirs): (String, Option<f64>, Option<f64>)| {
        Some((name, ours?, theirs?)).filter(|(_, ours, theirs)| ours > theirs)
    };
    measures.into_iter().filter_map(both)
}

fn ahead(horizon: Horizon) -> String {
    match horizon {
        Horizon::Week1 => say("ahead-week-one"),
        Horizon::Week2 => say("ahead-week-two"),
        Horizon::All => say("ahead-all"),
    }
}

fn method_name(method: Method) -> String {
    match method {
        Method::Evenkeel => say("method-evenkeel"),
        Method::SeasonalNaive => say("method-seasonal-naive"),
        Method::EightWeeks => say("method-eight-weeks"),
    }
}

/// The contract in JSON: shares, not per cent.
#[must_use]
pub fn backtest_json(all: &[Judged]) -> String {
    let queues: Vec<Value> = all
        .iter()
        .map(|one| {
            let backtest = &one.backtest;
            let origins: Vec<String> = backtest.origins.iter().map(ToString::to_string).collect();
            json!({
                "queue": one.queue,
                "origins": origins,
                "days_judged": backtest.days,
                "scores": rounded_in(json!(backtest.scores)),
                "floor": rounded_in(json!(backtest.floors)),
            })
        })
        .collect();
    super::json::text(&json!({ "schema": "evenkeel.backtest/1", "queues": queues }))
}

/// The same with every figure rounded as in all files.
fn rounded_in(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, |it| json!(rounded(it))),
        Value::Array(all) => all.into_iter().map(rounded_in).collect(),
        Value::Object(all) => all
            .into_iter()
            .map(|(key, value)| (key, rounded_in(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other,
    }
}

/// How cases go on from level to level, in the keys a queue of `scenario.toml` takes.
#[must_use]
pub fn levels(levels: &crate::history::Levels) -> String {
    let title = say_with("levels-title", &[("count", levels.cases.into())]);
    let mut lines = vec![format!("# {title}")];
    for (level, came_in, been) in &levels.levels {
        let mentions = [
            ("level", level.as_str().into()),
            ("came", (*came_in).into()),
            ("been", (*been).into()),
        ];
        lines.push(format!("# {}", say_with("levels-level", &mentions)));
    }
    for step in &levels.handovers {
        let cases = say_with("levels-cases", &[("count", step.cases.into())]);
        let share = fixed(step.share.value(), 4);
        lines.push(format!("\n[[queues.escalation]] # {cases}"));
        lines.push(format!("from = \"{}\"", escaped(&step.from)));
        lines.push(format!("to = \"{}\"", escaped(&step.to)));
        lines.push(format!("share = {share}"));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn escaped(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}
