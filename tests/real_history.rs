//! Forecasts against what really came in, on contact histories that are not part of this repository.
//!
//! `EVENKEEL_HISTORIES` names the folder that holds them; without it these tests say that they are skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evenkeel::calendar::{Calendar, Date};
use evenkeel::forecast::{self, WhileClosed};
use evenkeel::history::{self, Series};
use evenkeel::plan;
use evenkeel::roster::Unwatched;
use evenkeel::scenario::{self, Adjustments, BareHistory};

#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn bytes_of(file: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("EVENKEEL_HISTORIES") else {
        eprintln!("skipped: EVENKEEL_HISTORIES is not set");
        return None;
    };
    Some(std::fs::read(PathBuf::from(folder).join(file)).expect("the folder holds the file"))
}

fn series(file: &str, column: &str) -> Option<Series> {
    let bytes = bytes_of(file)?;
    Some(history::read_bare(&bytes, file, Some(column), None).expect("the file can be read"))
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Holidays and their eves on which banks in Israel were closed or shut early, first half of 1999.
fn israel() -> BTreeMap<Date, String> {
    [
        ("1999-03-02", "Purim"),
        ("1999-03-31", "Passover eve"),
        ("1999-04-01", "Passover"),
        ("1999-04-02", "Passover week"),
        ("1999-04-04", "Passover week"),
        ("1999-04-05", "Passover week"),
        ("1999-04-06", "Passover end eve"),
        ("1999-04-07", "Passover end"),
        ("1999-04-20", "Memorial Day"),
        ("1999-04-21", "Independence Day"),
        ("1999-05-17", "Election Day"),
        ("1999-05-20", "Shavuot eve"),
        ("1999-05-21", "Shavuot"),
    ]
    .into_iter()
    .map(|(day, name)| (date(day), name.to_owned()))
    .collect()
}

/// Absolute errors over contacts, of the forecast and of last known week's same slot, two weeks ahead.
struct Scores {
    forecast: f64,
    naive: f64,
    inside: f64,
}

/// Score forecasts from the first of each week for the fourteen days after, on slots `from..to`.
fn score(
    series: &Series,
    holidays: &BTreeMap<Date, String>,
    origins: &[Date],
    slots: (usize, usize),
) -> Scores {
    let (mut ours, mut naive, mut contacts, mut inside, mut count) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for &origin in origins {
        let calendar =
            Calendar::new("UTC", origin, 14, series.grid).unwrap().with_holidays(holidays.clone());
        let open = [calendar.horizon()];
        let projection = forecast::of_series(series, &calendar, &open, WhileClosed::Lost);
        let known = series.before(origin);
        for day in series.days.iter().filter(|day| calendar.day_of(day.date).is_some()) {
            let place = calendar.day_of(day.date).unwrap() * day.contacts.len();
            let week_ago =
                known.iter().rev().find(|past| past.date.weekday() == day.date.weekday());
            if holidays.contains_key(&day.date) {
                continue;
            }
            for slot in slots.0..slots.1 {
                let came = day.contacts[slot].0;
                let mean = projection.mean[place + slot].0;
                let [low, high] = projection.spread.quantiles(mean, [0.1, 0.9]);
                contacts += came;
                ours += (came - mean).abs();
                naive += (came - week_ago.map_or(0.0, |past| past.contacts[slot].0)).abs();
                inside += f64::from(u8::from(low <= came && came <= high));
                count += 1.0;
            }
        }
    }
    Scores {
        forecast: 100.0 * ours / contacts,
        naive: 100.0 * naive / contacts,
        inside: inside / count,
    }
}

/// Better than last week's figures by a tenth at least, and eight in ten counts within their quantiles, or so.
fn holds(scores: &Scores) {
    let &Scores { forecast, naive, inside } = scores;
    assert!(forecast < 0.9 * naive, "error {forecast:.2} % against {naive:.2} % of last week's");
    assert!(
        (0.75..0.92).contains(&inside),
        "{inside:.3} of counts between the tenth and ninetieth"
    );
}

fn weekly(first: &str, origins: usize, step: i64) -> Vec<Date> {
    (0..origins).map(|week| date(first).plus(step * i64::try_from(week).unwrap())).collect()
}

#[test]
fn the_bank_of_1999_is_forecast_better_than_by_its_last_week() {
    let Some(series) = series("anonbank1999_30min.csv", "calls") else { return };
    let scores = score(&series, &israel(), &weekly("1999-03-28", 10, 7), (14, 48));
    holds(&scores);
}

#[test]
fn the_american_bank_is_forecast_better_than_by_its_last_week() {
    let Some(series) = series("bank_calls_30min.csv", "calls") else { return };
    let scores = score(&series, &BTreeMap::new(), &weekly("2003-05-26", 20, 7), (14, 42));
    holds(&scores);
}

#[test]
fn ambulance_calls_are_forecast_better_than_by_their_last_week() {
    let Some(series) = series("nyc_ems_hourly.csv", "calls") else { return };
    let scores = score(&series, &BTreeMap::new(), &weekly("2017-01-02", 13, 28), (0, 24));
    holds(&scores);
}

#[test]
fn the_bank_of_1999_gets_a_lawful_week_with_a_verdict_on_every_target() {
    let Some(bytes) = bytes_of("anonbank1999_30min.csv") else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bank-1999");
    let column = Some("calls".to_owned());
    let name = "anonbank1999_30min.csv".to_owned();
    let adjust = Adjustments {
        week: Some(date("1999-06-13")),
        history: Some(BareHistory { bytes, column, queue: None, name }),
        ..Adjustments::default()
    };
    let scenario = scenario::read(&folder, &adjust).expect("the scenario reads");
    let started = Instant::now();
    let plan = plan::make(&scenario, &Unwatched).expect("everybody has a lawful line");
    assert!(started.elapsed() < Duration::from_mins(1), "took {:?}", started.elapsed());
    assert_eq!(plan.compliance.breaches, []);
    let targets: usize = scenario.queues.iter().map(|queue| queue.targets.len()).sum();
    assert_eq!(plan.kpis.verdicts.len(), targets);
}
