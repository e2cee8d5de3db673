//! The formulas against values computed at fifty digits by other programs.
//!
//! The folder is named by `EVENKEEL_ORACLES`; without it every test here says so and passes, and the
//! published values beside each formula still hold.

use std::path::PathBuf;

use evenkeel::scenario::Definition;
use evenkeel::staffing::erlang_a::Station;
use evenkeel::staffing::erlang_b::blocking;
use evenkeel::staffing::erlang_c::ErlangC;
use evenkeel::staffing::sizing::{self, Goal};
use evenkeel::staffing::tickets::{BusinessClock, least_constant_staff};
use evenkeel::units::{AgentMinutes, Erlangs, Fte, Minutes, Moment, Span};

/// Rows of an oracle as text; nothing where the folder is not named.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn rows(file: &str) -> Option<Vec<Vec<String>>> {
    let Some(folder) = std::env::var_os("EVENKEEL_ORACLES") else {
        println!("skipped: EVENKEEL_ORACLES not set");
        return None;
    };
    let path = PathBuf::from(folder).join(file);
    let mut reader = csv::Reader::from_path(&path).expect("the oracle is there");
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    assert!(!rows.is_empty(), "{file} is empty");
    Some(rows)
}

/// A number, or a fraction such as `1/3`. `0.0833333333333333` and its like stand for fractions too.
fn number(text: &str) -> f64 {
    if let Some((top, bottom)) = text.split_once('/') {
        return number(top) / number(bottom);
    }
    let value: f64 = text.parse().expect("a number");
    let twelfths = (value * 12.0).round();
    if (value * 12.0 - twelfths).abs() < 1e-12 { twelfths / 12.0 } else { value }
}

/// A value below what a double can hold counts as none; `floor` forgives where the oracle itself is noise.
fn check(what: &str, row: &[String], computed: f64, expected: &str, floor: f64) {
    let expected: f64 = expected.parse().expect("a number");
    let slack = (1e-12 * expected.abs()).max(floor);
    assert!(
        (computed - expected).abs() <= slack,
        "{what} of {row:?}: {computed} is not {expected}"
    );
}

#[test]
fn erlang_b_agrees() {
    for row in rows("erlang_b.csv").unwrap_or_default() {
        let computed = blocking(Erlangs(number(&row[0])), Fte(number(&row[1])));
        check("blocking", &row, computed, &row[2], 0.0);
    }
}

#[test]
fn erlang_b_with_part_of_a_server_agrees() {
    for row in rows("erlang_b_continuous.csv").unwrap_or_default() {
        let computed = blocking(Erlangs(number(&row[0])), Fte(number(&row[1])));
        check("blocking", &row, computed, &row[2], 0.0);
    }
}

#[test]
fn erlang_c_agrees() {
    for row in rows("erlang_c.csv").unwrap_or_default() {
        let pool = ErlangC::new(Erlangs(number(&row[0])), Fte(number(&row[1])), number(&row[2]));
        check("waiting", &row, pool.waiting(), &row[4], 0.0);
        check("service level", &row, pool.service_level(number(&row[3])), &row[5], 0.0);
        check("mean wait", &row, pool.mean_wait(), &row[6], 0.0);
        check("queue", &row, pool.queue(), &row[7], 0.0);
        check("occupancy", &row, pool.occupancy(), &row[8], 0.0);
        // Where C is 1/10 exactly, the quantile is 0 and its logarithm a rounding away from it.
        check("wait quantile", &row, pool.wait_quantile(0.9), &row[9], 1e-14);
    }
}

#[test]
fn erlang_c_staffing_agrees() {
    for row in rows("erlang_c_staffing.csv").unwrap_or_default() {
        let station = Station {
            arrivals: number(&row[0]) / number(&row[1]),
            handle: number(&row[2]),
            patience: None,
        };
        let level = Goal::ServiceLevel {
            share: number(&row[4]),
            within: number(&row[3]) / 60.0,
            definition: Definition::Offered,
        };
        let goals = [level, Goal::Occupancy(number(&row[5]))];
        let whole = sizing::headcount(&station, &goals).expect("a number of agents keeps it");
        check("agents", &row, whole, &row[7], 0.0);
        let service = station.service(Fte(whole), number(&row[3]) / 60.0);
        check("service level", &row, service.levels.offered, &row[8], 0.0);
        check("occupancy", &row, service.occupancy, &row[9], 0.0);
        let real = sizing::agents(&station, &goals).expect("as above").0;
        assert_eq!((real - 1e-8).ceil(), whole, "{row:?}: {real}");
    }
}

#[test]
fn erlang_a_agrees() {
    for row in rows("erlang_a.csv").unwrap_or_default() {
        let station = Station {
            arrivals: number(&row[0]),
            handle: 1.0 / number(&row[1]),
            patience: Some(1.0 / number(&row[2])),
        };
        let service = station.service(Fte(number(&row[3])), number(&row[4]));
        let computed = [
            ("waiting", service.waiting),
            ("abandonment", service.abandonment),
            ("mean wait", service.mean_wait),
            ("queue", service.queue),
            ("occupancy", service.occupancy),
            ("offered", service.levels.offered),
            ("waited", service.levels.waited),
            ("answered", service.levels.answered),
            ("without short abandons", service.levels.without_short_abandons),
            // At a threshold of nothing the oracle holds its own rounding, of the order of 1e-52.
            ("abandoned in time", service.abandoned_in_time),
            ("mean wait of served", service.mean_wait_of_served),
        ];
        for ((what, computed), expected) in computed.into_iter().zip(&row[5..]) {
            check(what, &row, computed, expected, 1e-40);
        }
    }
}

#[test]
fn erlang_a_staffing_agrees() {
    for row in rows("erlang_a_staffing.csv").unwrap_or_default() {
        let station = Station {
            arrivals: number(&row[0]),
            handle: 1.0 / number(&row[1]),
            patience: Some(1.0 / number(&row[2])),
        };
        let within = number(&row[3]);
        let level =
            Goal::ServiceLevel { share: number(&row[4]), within, definition: Definition::Offered };
        let goals = [level, Goal::Abandonment(number(&row[5]))];
        let whole = sizing::headcount(&station, &goals).expect("a number of agents keeps it");
        check("agents", &row, whole, &row[6], 0.0);
        let service = station.service(Fte(whole), within);
        check("service level", &row, service.levels.offered, &row[7], 0.0);
        check("abandonment", &row, service.abandonment, &row[8], 0.0);
        check("occupancy", &row, service.occupancy, &row[9], 0.0);
        let real = sizing::agents(&station, &goals).expect("as above").0;
        assert_eq!((real - 1e-8).ceil(), whole, "{row:?}: {real}");
    }
}

#[test]
fn the_window_formula_agrees_with_the_programme_for_tickets() {
    // The programme's cases are ten tickets an hour round the clock, from the first midnight to an hour
    // before the last close; the `office shaped` rows do not say how their tickets come in.
    let at = |hours: i64| Moment(0) + Minutes::hours(hours);
    let mut checked = 0;
    for row in rows("ticket_deadline_fluid.csv").unwrap_or_default() {
        if !row[0].starts_with("uniform") {
            continue;
        }
        let days: i64 = row[3].parse().expect("whole days");
        let open = |day| Span::new(at(24 * day + 9), at(24 * day + 17));
        let clock = BusinessClock::new(&(0..days).map(open).collect::<Vec<_>>());
        let close = at(24 * (days - 1) + 17);
        let each_hour = AgentMinutes(10.0 * 60.0 * number(&row[2]));
        let work: Vec<(Moment, AgentMinutes)> =
            (0..24 * (days - 1) + 16).map(|hour| (at(hour), each_hour)).collect();
        let total: f64 = work.iter().map(|(_, minutes)| minutes.0 / 60.0).sum();
        assert!((total - number(&row[4])).abs() < 1e-9, "{row:?}: {total} hours");
        let within = Minutes::hours(row[1].parse().expect("whole hours"));
        let staff = least_constant_staff(&work, &clock, within, close, None);
        check("staff", &row, staff.0, &row[5], 0.0);
        checked += 1;
    }
    assert!(checked == 4 || std::env::var_os("EVENKEEL_ORACLES").is_none());
}
