//! The formulas against values computed at fifty digits by other programs.
//!
//! The folder is named by `EVENKEEL_ORACLES`; without it every test here says so and passes, and the
//! published values beside each formula still hold.

use std::path::PathBuf;

use evenkeel::scenario::Definition;
use evenkeel::simulation::models::{self, PooledQueue, StreamDay};
use evenkeel::staffing::busyness::Busyness;
use evenkeel::staffing::erlang_a::Station;
use evenkeel::staffing::erlang_b::blocking;
use evenkeel::staffing::erlang_c::ErlangC;
use evenkeel::staffing::general_service;
use evenkeel::staffing::offered_load;
use evenkeel::staffing::patience::{self, Patience};
use evenkeel::staffing::priority;
use evenkeel::staffing::sizing::{self, Goal};
use evenkeel::staffing::square_root;
use evenkeel::staffing::tickets::{BusinessClock, least_constant_staff};
use evenkeel::staffing::transient::{self, Pace, Stretch};
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

/// Every thirteenth mix of generalists and specialists whose chain was solved, from nobody at all to plenty,
/// played: easy calls overflow to specialists, who answer hard calls first.
#[test]
fn mixes_of_two_skills_play_as_their_chains_say() {
    type Part = fn(&StreamDay) -> f64;
    // In standard errors, for a hundred and more comparisons at once.
    const SURE: f64 = 4.5;
    for row in rows("multiskill_n_grid.csv").unwrap_or_default().iter().step_by(13) {
        let (arrivals, done, theta) = (numbers(&row[1]), numbers(&row[2]), numbers(&row[3]));
        let queue = |class: usize, pools: &[usize]| PooledQueue {
            arrivals: arrivals[class],
            patience: Some(1.0 / theta[class]),
            handle: done.iter().map(|done| 1.0 / done).collect(),
            pools: pools.to_vec(),
            priority: if class == 1 { 1 } else { 2 },
            within: 1.0 / 3.0,
        };
        let people = [4, 5].map(|column: usize| row[column].parse().expect("whole people"));
        let queues = [queue(0, &[0, 1]), queue(1, &[1])];
        let days = models::pooled(&queues, &people, 200.0, 4000.0).days(12, 11);
        let checks: [(usize, Part, usize); 4] = [
            (0, |day| day.abandoned, 6),
            (1, |day| day.abandoned, 7),
            (0, |day| day.delayed, 8),
            (1, |day| day.delayed, 9),
        ];
        for (class, part, column) in checks {
            let sums = days.iter().fold((0.0, 0.0), |(above, below), day| {
                (above + part(&day[class]), below + day[class].offered)
            });
            let value = sums.0 / sums.1;
            let squares: f64 = days
                .iter()
                .map(|day| (part(&day[class]) - value * day[class].offered).powi(2))
                .sum();
            let error = (squares * 12.0 / 11.0).sqrt() / sums.1;
            let exact: f64 = row[column].parse().expect("a number");
            // Where nobody of a hundred thousand calls is meant to be delayed, none is.
            let slack = (SURE * error).max(3.0 / sums.1);
            assert!((value - exact).abs() <= slack, "{row:?}: {value} +- {slack}, {exact}");
        }
    }
}

/// Within a share of the expected value, or of one where that is small.
fn near(what: &str, row: &[String], computed: f64, expected: &str, slack: f64) {
    let expected: f64 = expected.parse().expect("a number");
    let apart = (computed - expected).abs();
    assert!(
        apart <= slack * expected.abs().max(1e-300),
        "{what} of {row:?}: {computed} is not {expected}"
    );
}

fn numbers(text: &str) -> Vec<f64> {
    text.split('|').map(number).collect()
}

#[test]
fn any_shape_of_patience_agrees() {
    for row in rows("mmn_g.csv").unwrap_or_default() {
        let patience = match row[0].as_str() {
            "exp" => Patience::Exponential { mean: 2.0 },
            "deterministic" => Patience::Equal { length: 2.0 },
            "uniform" => Patience::Uniform { longest: 4.0 },
            "erlang2" => Patience::Erlang2 { mean: 2.0 },
            "hyperexp2" => Patience::Mixed { hasty: 0.5, short: 0.5, long: 3.5 },
            _ => Patience::Balking { balking: 0.1, mean: 2.0 },
        };
        let (arrivals, pace) = (number(&row[2]), number(&row[3]));
        let met =
            patience::waiting(arrivals, 1.0 / pace, number(&row[4]), patience, number(&row[5]))
                .expect("all figures make sense");
        let computed = [
            ("waiting", met.waiting),
            ("abandonment", met.abandonment),
            ("mean wait", met.mean_wait),
            ("mean offered wait", met.mean_offered_wait),
            ("waited", met.waited),
            ("offered", met.offered),
            ("queue", met.queue),
        ];
        for ((what, computed), expected) in computed.into_iter().zip(&row[6..]) {
            near(what, &row, computed, expected, 1e-10);
        }
    }
}

#[test]
fn waiting_by_priority_agrees() {
    for row in rows("priority_mmn.csv").unwrap_or_default() {
        let arrivals = numbers(&row[2]);
        let waits = priority::mean_waits(&arrivals, 1.0 / number(&row[1]), Fte(number(&row[0])));
        let class: usize = row[3].parse().expect("a class");
        // The oracle prints fifteen digits.
        near("mean wait", &row, waits[class - 1], &row[5], 1e-12);
        near("queue", &row, arrivals[class - 1] * waits[class - 1], &row[6], 1e-12);
    }
}

#[test]
fn square_root_staffing_agrees() {
    for row in rows("sqrt_staffing.csv").unwrap_or_default() {
        let impatience = row[2].parse().ok();
        near("waiting", &row, square_root::waiting(number(&row[1]), impatience), &row[3], 1e-10);
    }
}

#[test]
fn the_inverse_of_square_root_staffing_agrees() {
    for row in rows("beta_inverse.csv").unwrap_or_default() {
        let beta = square_root::beta(number(&row[0]), row[1].parse().ok()).expect("a beta");
        let expected: f64 = row[2].parse().expect("a number");
        assert!((beta - expected).abs() < 1e-10, "{row:?}: {beta}");
    }
}

#[test]
fn handle_times_that_are_not_exponential_agree() {
    for row in rows("general_service.csv").unwrap_or_default() {
        let (arrivals, handle, variability) = (number(&row[2]), number(&row[3]), number(&row[4]));
        let agents: u32 = row[1].parse().expect("a whole number");
        let wait = if row[0] == "M/D/c" {
            general_service::mean_wait_of_equal_lengths(arrivals, handle, agents)
        } else {
            general_service::mean_wait(arrivals, handle, variability, Fte(f64::from(agents)))
        };
        near("mean wait", &row, wait, &row[5], 1e-9);
    }
}

#[test]
fn volumes_nobody_knows_for_sure_agree() {
    for row in rows("uncertain_rate_erlang_a.csv").unwrap_or_default() {
        let (rate, pace, theta) = (number(&row[0]), number(&row[1]), number(&row[2]));
        let (within, agents) = (number(&row[3]), number(&row[5]));
        let service = |factor: f64| {
            let station = Station {
                arrivals: rate * factor,
                handle: 1.0 / pace,
                patience: Some(1.0 / theta),
            };
            station.service(Fte(agents), within)
        };
        let busyness = row[4].parse().ok().and_then(Busyness::of_shape);
        let met = |part: &dyn Fn(f64) -> f64| {
            busyness.map_or_else(|| part(1.0), |busyness| busyness.met_by_contacts(part))
        };
        let level = met(&|factor| service(factor).levels.offered);
        let lost = met(&|factor| service(factor).abandonment);
        let waiting = met(&|factor| service(factor).waiting);
        for (what, computed, expected) in
            [("level", level, &row[6]), ("lost", lost, &row[7]), ("waiting", waiting, &row[8])]
        {
            near(what, &row, computed, expected, 1e-8);
        }
    }
}

#[test]
fn staffing_for_a_share_of_days_agrees() {
    for row in rows("chance_constrained_erlang_c.csv").unwrap_or_default() {
        let sure = 1.0 - number(&row[5]);
        let busyness = Busyness::varying(number(&row[4]));
        let factor = busyness.map_or(1.0, |busyness| busyness.quantile(sure));
        let rate = number(&row[0]) * factor;
        near("rate", &row, rate, &row[6], 1e-10);
        let station = Station { arrivals: rate, handle: 1.0 / number(&row[1]), patience: None };
        let goal = Goal::ServiceLevel {
            share: number(&row[3]),
            within: number(&row[2]),
            definition: Definition::Offered,
        };
        let whole = sizing::headcount(&station, &[goal]).expect("a number of agents keeps it");
        check("agents", &row, whole, &row[7], 0.0);
    }
}

#[test]
fn a_day_followed_exactly_agrees() {
    let rows = rows("transient_day_mtmst_m.csv").unwrap_or_default();
    for plan in rows.chunk_by(|one, other| one[0] == other[0]) {
        let stretches: Vec<Stretch> = plan
            .iter()
            .map(|row| Stretch {
                minutes: number(&row[4]),
                arrivals: number(&row[5]),
                agents: number(&row[6]),
            })
            .collect();
        let pace = Pace {
            handle: 1.0 / number(&plan[0][2]),
            patience: Some(1.0 / number(&plan[0][3])),
            within: 0.0,
        };
        let passed = transient::follow(&stretches, pace).expect("few enough contacts");
        for (row, passage) in plan.iter().zip(passed) {
            near("waiting", row, passage.waiting, &row[7], 1e-6);
            near("queue", row, passage.queue, &row[8], 1e-6);
            near("busy", row, passage.busy, &row[9], 1e-6);
            let lost = passage.abandonment.expect("contacts came in");
            near("abandonment", row, lost, &row[11], 1e-6);
            near("present", row, passage.present_at_end, &row[12], 1e-6);
        }
    }
}

#[test]
fn staffing_on_modified_offered_load_agrees_where_it_is_exact() {
    // With theta = mu the number present is Poisson with the offered load as its mean.
    for row in rows("mol_sinusoidal_theta_eq_mu.csv").unwrap_or_default() {
        let (level, swing, gamma) = (number(&row[0]), number(&row[1]), number(&row[2]));
        let (time, agents) = (number(&row[7]), number(&row[9]));
        let slot = 1e-3;
        // Some waves to forget the start, then up to the time asked.
        let end = 4.0 * std::f64::consts::TAU / gamma + time;
        let mut contacts = Vec::new();
        let mut at = 0.5 * slot;
        while at < end + slot {
            contacts.push(slot * (level + swing * (gamma * (at - end + time)).sin()));
            at += slot;
        }
        let busy =
            offered_load::busy(&contacts, &vec![slot; contacts.len()], 1.0 / number(&row[3]));
        let load = busy[busy.len() - 1];
        near("offered load", &row, load, &row[8], 1e-3);

        let beta = square_root::beta(number(&row[5]), Some(1.0)).expect("a beta");
        assert!((beta - number(&row[6])).abs() < 1e-10, "{row:?}: {beta}");
        let exact: f64 = row[8].parse().expect("a number");
        let people = square_root::people(Erlangs(exact), beta).0;
        check("people", &row, (people - 1e-9).ceil(), &row[9], 0.0);
        let station = Station { arrivals: exact, handle: 1.0, patience: Some(1.0) };
        near("waiting", &row, station.service(Fte(agents), 0.0).waiting, &row[10], 1e-10);
    }
}
