//! Forecasts against what really came in, on contact histories that are not part of this repository.
//!
//! `EVENKEEL_HISTORIES` names the folder that holds them; without it these tests say that they are skipped.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evenkeel::calendar::Date;
use evenkeel::forecast::{self, Backtest, Horizon, Method};
use evenkeel::history::{self, Column, ContactColumns, LevelColumns, Series};
use evenkeel::plan;
use evenkeel::roster::Unwatched;
use evenkeel::scenario::{self, Adjustments, BareHistory};
use evenkeel::units::{Contacts, Minutes};

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
    Some(
        history::read_bare(&bytes, file, Column { name: Some(column), ..Column::default() })
            .expect("the file can be read"),
    )
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

/// The table of one history: what was printed here once is in `docs/model/forecast.md`.
fn judge(
    name: &str,
    series: &Series,
    holidays: &BTreeMap<Date, String>,
    origins: &[Date],
    slots: Range<usize>,
) -> Backtest {
    let mut series = series.clone();
    for day in &mut series.days {
        for (slot, contacts) in day.contacts.iter_mut().enumerate() {
            if !slots.contains(&slot) {
                *contacts = Contacts(0.0);
            }
        }
    }
    let before = origins.last().unwrap().plus(14);
    let started = Instant::now();
    let backtest = forecast::backtest(&series, holidays, origins, before);
    print(name, &backtest, started.elapsed());
    backtest
}

#[expect(clippy::print_stderr, reason = "the table is what these tests are read for")]
fn print(name: &str, backtest: &Backtest, took: Duration) {
    let percent = |share: Option<f64>| share.map_or(f64::NAN, |share| 100.0 * share);
    for method in Method::ALL {
        let of = |horizon| backtest.of(method, horizon);
        let (one, two, all) = (of(Horizon::Week1), of(Horizon::Week2), of(Horizon::All));
        eprintln!(
            "{name:10} {:14} week 1 {:5.2} week 2 {:5.2} all {:5.2} day {:5.2} MASE {:.2} bias {:5.2} loss {:5.2} cover {:4.1} {:4.1}, days {:4.1}",
            format!("{method:?}"),
            percent(one.wape),
            percent(two.wape),
            percent(all.wape),
            percent(all.day_wape),
            all.mase.unwrap_or(f64::NAN),
            percent(all.bias),
            percent(all.quantile_loss),
            percent(all.cover_80),
            percent(all.cover_90),
            percent(all.day_cover_80),
        );
    }
    let floor = backtest.floors.last().unwrap();
    eprintln!(
        "{name:10} floor {:.2}, of days {:.2}; took {took:?}",
        percent(floor.wape),
        percent(floor.day_wape)
    );
}

/// Better than both plain ways, and than every score in `less_than`: that of the best method measured elsewhere at the
/// same origins.
fn holds(backtest: &Backtest, less_than: f64) {
    let of = |method| backtest.of(method, Horizon::All);
    let ours = of(Method::Evenkeel);
    let error = 100.0 * ours.wape.unwrap();
    assert!(error <= less_than, "error {error:.2} % against {less_than} % elsewhere");
    for plain in [Method::SeasonalNaive, Method::EightWeeks] {
        let theirs = of(plain);
        assert!(ours.wape < theirs.wape && ours.day_wape < theirs.day_wape, "{plain:?}");
        assert!(ours.quantile_loss < theirs.quantile_loss, "{plain:?}");
    }
}

/// Eight in ten counts between the tenth and the ninetieth, or so.
fn is_calibrated(backtest: &Backtest) {
    let inside = backtest.of(Method::Evenkeel, Horizon::All).cover_80.unwrap();
    assert!((0.75..0.90).contains(&inside), "{inside:.3} of counts inside");
}

/// The holidays of the United States that fall into these years, as its government keeps them.
fn united_states(years: RangeInclusive<i32>) -> BTreeMap<Date, String> {
    let mut days = BTreeMap::new();
    for year in years {
        let on = |month: u8, day: u8| date(&format!("{year}-{month:02}-{day:02}"));
        let nth = |month: u8, weekday: usize, count: i64| {
            let first = on(month, 1);
            let days = (0..7).map(|day| first.plus(day));
            days.into_iter()
                .find(|day| day.weekday().index() == weekday)
                .unwrap()
                .plus(7 * (count - 1))
        };
        let last_monday_of_may =
            [nth(5, 0, 5), nth(5, 0, 4)].into_iter().find(|day| *day < on(6, 1));
        for (day, name) in [
            (on(1, 1), "New Year"),
            (nth(1, 0, 3), "Martin Luther King"),
            (nth(2, 0, 3), "Presidents"),
            (last_monday_of_may.unwrap(), "Memorial"),
            (on(7, 4), "Independence"),
            (nth(9, 0, 1), "Labour"),
            (nth(10, 0, 2), "Columbus"),
            (on(11, 11), "Veterans"),
            (nth(11, 3, 4), "Thanksgiving"),
            (on(12, 25), "Christmas"),
        ] {
            days.insert(day, name.to_owned());
            let observed = match day.weekday().index() {
                5 => Some(-1),
                6 => Some(1),
                _ => None,
            };
            if let Some(step) = observed {
                days.insert(day.plus(step), format!("{name}, observed"));
            }
        }
    }
    days
}

fn weekly(first: &str, origins: usize, step: i64) -> Vec<Date> {
    (0..origins).map(|week| date(first).plus(step * i64::try_from(week).unwrap())).collect()
}

#[test]
fn the_bank_of_1999_is_forecast_better_than_by_any_method_measured() {
    let Some(series) = series("anonbank1999_30min.csv", "calls") else { return };
    let backtest = judge("anon", &series, &israel(), &weekly("1999-04-11", 10, 7), 14..48);
    holds(&backtest, 24.14);
    is_calibrated(&backtest);
}

#[test]
fn the_american_bank_is_forecast_better_than_by_any_method_measured() {
    let Some(series) = series("bank_calls_30min.csv", "calls") else { return };
    let origins = weekly("2003-05-26", 21, 7);
    let backtest = judge("bank", &series, &united_states(2003..=2003), &origins, 14..42);
    holds(&backtest, 5.89);
    is_calibrated(&backtest);
}

#[test]
fn ambulance_calls_are_forecast_better_than_by_any_method_measured() {
    let origins = weekly("2017-01-02", 13, 28);
    for (column, best) in [("calls", 7.95), ("manhattan", 14.13)] {
        let Some(series) = series("nyc_ems_hourly.csv", column) else { return };
        let backtest = judge(column, &series, &united_states(2010..=2018), &origins, 0..24);
        holds(&backtest, best);
        is_calibrated(&backtest);
    }
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

#[test]
fn incidents_are_forecast_better_than_by_any_method_measured() {
    let Some(bytes) = bytes_of("servicenow_incidents.csv") else { return };
    let columns = ContactColumns { start: "opened_at".to_owned(), ..ContactColumns::default() };
    let counted = history::count(&bytes, "incidents", &columns, Minutes(60)).unwrap();
    let before = Some(date("2016-04-30"));
    let column = Column { before, ..Column::default() };
    let mut series = history::read_bare(counted.to_csv().as_bytes(), "incidents", column).unwrap();
    series.days.retain(|day| day.date.weekday().index() < 5);
    let holidays = BTreeMap::from([
        (date("2016-03-25"), "Good Friday".to_owned()),
        (date("2016-04-21"), "Tiradentes".to_owned()),
    ]);
    // Two origins prove little, and volume falls at the end: no claim is made about the quantiles.
    let backtest = judge("incidents", &series, &holidays, &weekly("2016-04-11", 2, 7), 7..20);
    holds(&backtest, 36.19);
}

#[test]
fn a_log_of_levels_gives_the_shares_that_another_program_counts() {
    let Some(bytes) = bytes_of("volvo_incident_levels.csv") else { return };
    let [case, time, level] = ["SR Number", "Change Date+Time", "ST Level"].map(str::to_owned);
    let levels = history::levels(&bytes, "log", &LevelColumns { case, time, level }).unwrap();
    assert_eq!(levels.cases, 7554);
    let step = |from: &str, to: &str| {
        levels.handovers.iter().find(|step| step.from == from && step.to == to).unwrap()
    };
    // 2,067 of 6,782 cases and 256 of 2,766, by a script of a few lines in another language.
    assert_eq!((step("L1", "L2").cases, step("L2", "L3").cases), (2067, 256));
    assert!((step("L1", "L2").share.value() - 2067.0 / 6782.0).abs() < 1e-12);
    assert!((step("L2", "L3").share.value() - 256.0 / 2766.0).abs() < 1e-12);
}

#[test]
fn the_it_desk_of_2016_gets_a_lawful_week_with_a_verdict_on_every_target() {
    let Some(bytes) = bytes_of("servicenow_incidents.csv") else { return };
    let names = [("1", "critical"), ("2", "high"), ("3", "usual"), ("4", "low")];
    let renamed = names.map(|(from, to)| (from.to_owned(), to.to_owned())).into();
    let queue = Some("priority".to_owned());
    let columns = ContactColumns { start: "opened_at".to_owned(), queue, renamed };
    let counted = history::count(&bytes, "incidents", &columns, Minutes(30)).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/it-desk-2016");
    let folder = tempfile::tempdir().unwrap();
    for file in ["scenario.toml", "agents.csv"] {
        std::fs::copy(shipped.join(file), folder.path().join(file)).unwrap();
    }
    std::fs::write(folder.path().join("history.csv"), counted.to_csv()).unwrap();
    let scenario = scenario::read(folder.path(), &Adjustments::default()).expect("it reads");
    let plan = plan::make(&scenario, &Unwatched).expect("everybody has a lawful line");
    assert_eq!(plan.compliance.breaches, []);
    let targets: usize = scenario.queues.iter().map(|queue| queue.targets.len()).sum();
    assert_eq!(plan.kpis.verdicts.len(), targets);
    // What came in that week, of what was expected: 1,903 opened from Monday to Friday.
    let expected: f64 = plan.forecast.streams.iter().flatten().map(|contacts| contacts.0).sum();
    assert!((1400.0..2900.0).contains(&expected), "{expected}");
}
