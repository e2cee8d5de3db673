//! Pricing and whole rosters against every possibility counted out, published optima, and files that lie.

mod changed;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::lines::{Limits, PersonLines};
use super::window::Window;
use super::{Days, Instance, Line, Outcome, dense, judge, labels, priced as limits_priced};
use crate::public::{Benchmark, NoOutcome, read};
use crate::roster::columns::{Budget, Clock, Fixing, Latest, Lines, News, Prices, Unhurried};

/// Numbers that depend on the seed alone (`SplitMix64`, Steele, Lea & Flood 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// A tiny instance in the benchmark's own format.
fn tiny(seed: u64, days: u64, people: u64) -> String {
    let mut draw = Draw(seed);
    let mut text =
        format!("SECTION_HORIZON\n{days}\nSECTION_SHIFTS\nE,480,\nL,600,E\nSECTION_STAFF\n");
    for person in 0..people {
        let most_of = format!("E={}|L={}", 1 + draw.below(days), draw.below(4));
        let most = 1200 + 480 * draw.below(days);
        let limits = format!(
            "{most},{},{},{},{},{}",
            draw.below(1200),
            2 + draw.below(3),
            1 + draw.below(2),
            1 + draw.below(2),
            draw.below(2)
        );
        let _ = writeln!(text, "p{person},{most_of},{limits}");
    }
    let _ = writeln!(text, "SECTION_DAYS_OFF\np0,{}\nSECTION_SHIFT_ON_REQUESTS", draw.below(days));
    for person in 0..people {
        let _ = writeln!(text, "p{person},{},E,{}", draw.below(days), 1 + draw.below(3));
    }
    text += "SECTION_SHIFT_OFF_REQUESTS\n";
    for person in 0..people {
        let _ = writeln!(text, "p{person},{},L,{}", draw.below(days), 1 + draw.below(3));
    }
    text += "SECTION_COVER\n";
    for day in 0..days {
        for shift in ["E", "L"] {
            let _ = writeln!(
                text,
                "{day},{shift},{},{},{}",
                draw.below(3),
                10 + draw.below(90),
                draw.below(3)
            );
        }
    }
    text
}

fn instance(text: &str) -> Instance {
    match read(text.as_bytes()) {
        Ok(Benchmark::ShiftScheduling(instance)) => instance,
        other => panic!("{other:?}"),
    }
}

/// Every line of one person that the independent checker accepts.
fn every_line(instance: &Instance, person: usize) -> Vec<Days> {
    let alone = Instance {
        people: vec![instance.people[person].clone()],
        cover: Vec::new(),
        ..instance.clone()
    };
    let choices = instance.shifts.len() + 1;
    let count = choices.pow(u32::try_from(instance.days).unwrap());
    (0..count)
        .map(|mut code| {
            let day = |_| {
                let choice = code % choices;
                code = code.div_euclid(choices);
                (choice > 0).then(|| choice - 1)
            };
            (0..instance.days).map(day).collect::<Days>()
        })
        .filter(|days| judge(&alone, std::slice::from_ref(days)).breaks.is_empty())
        .collect()
}

const SMALL: Budget = Budget { pricing: 200, rounds: 6, nodes: 20, seed: 1 };

#[test]
fn rosters_of_two_people_are_as_good_as_every_possibility_counted_out() {
    let (mut proved, mut tried) = (0, 0);
    for seed in 0..120 {
        let instance = instance(&tiny(seed, 5, 2));
        let (one, other) = (every_line(&instance, 0), every_line(&instance, 1));
        let best = one
            .iter()
            .flat_map(|one| other.iter().map(|other| [one.clone(), other.clone()]))
            .map(|roster| judge(&instance, &roster).cost)
            .min();
        match (instance.solve(&SMALL, &Unhurried), best) {
            (Ok(outcome), Some(best)) => {
                tried += 1;
                assert!(outcome.bound <= best, "seed {seed}: bound {} of {best}", outcome.bound);
                assert!(outcome.cost >= best, "seed {seed}: cost {} below {best}", outcome.cost);
                assert!(!outcome.proved || outcome.cost == best, "seed {seed}");
                proved += usize::from(outcome.proved);
                assert_eq!(outcome.cost, best, "seed {seed}: two people are easy");
            }
            (Err(NoOutcome::NoLine(_)), None) => {}
            (found, best) => panic!("seed {seed}: {found:?} where the best is {best:?}"),
        }
    }
    assert!(tried > 60 && 2 * proved > tried, "{proved} of {tried} proved");
}

#[test]
fn the_cheapest_line_is_found_and_bounded_by_both_ways_of_pricing() {
    for seed in 0..200 {
        let instance = instance(&tiny(seed, 7, 1));
        let limits = Limits::of(&instance, &instance.people[0]);
        let mut draw = Draw(seed + 1000);
        let mut costs = limits.costs.clone();
        for cost in costs.iter_mut().flatten().flatten() {
            *cost += i64::try_from(draw.below(2000)).unwrap() - 1200;
        }
        let cost = |days: &Days| -> i64 {
            let own = |shift: Option<usize>| {
                shift.map_or(limits.shifts.len(), |it| {
                    limits.shifts.iter().position(|&own| own == it).unwrap()
                })
            };
            days.iter().zip(&costs).map(|(&shift, day)| day[own(shift)].unwrap()).sum()
        };
        let best = every_line(&instance, 0).iter().map(cost).min();
        let exact = dense::cheapest(&limits, &costs, 4).unwrap();
        assert_eq!(exact.least, best, "seed {seed}");
        let priced = labels::cheapest(&limits, &costs, 4);
        let own: Vec<i64> = (0..5).map(|_| i64::try_from(draw.below(900)).unwrap()).collect();
        let hasty = labels::hasty(&limits, &costs);
        if let Some(best) = best {
            let below = limits_priced::below(&limits, &costs, &own).unwrap();
            assert!(below.least <= best, "seed {seed}: {} is not below {best}", below.least);
            assert!(hasty.is_some(), "seed {seed}: a line exists and haste found none");
            assert!(priced.least.unwrap() <= best, "seed {seed}");
            assert!(!priced.paths.is_empty(), "seed {seed}: a line exists and none was found");
        }
        for path in exact.paths.iter().chain(&priced.paths).chain(&hasty) {
            let days: Days = path.days.iter().map(|&own| limits.shifts.get(own).copied()).collect();
            let alone = Instance { cover: Vec::new(), ..instance.clone() };
            assert!(judge(&alone, std::slice::from_ref(&days)).breaks.is_empty(), "seed {seed}");
            assert!(cost(&days) >= best.unwrap(), "seed {seed}");
        }
    }
}

#[test]
fn every_line_within_a_cost_is_listed_once() {
    let mut listed = 0;
    for seed in 0..60 {
        let instance = instance(&tiny(seed, 6, 1));
        let lines = PersonLines::of(&instance);
        let cells: Vec<i64> = (0..lines.task().cells.len())
            .map(|cell| i64::try_from((cell * 37 + 11) % 90).unwrap())
            .collect();
        let prices = Prices { cells: &cells, unit: 1 };
        let mut within: Vec<Vec<u8>> = every_line(&instance, 0)
            .iter()
            .map(|days| {
                days.iter()
                    .map(|day| day.map_or(super::lines::OFF, |it| u8::try_from(it).unwrap()))
                    .collect()
            })
            .collect();
        let free = Fixing::default();
        let Some(least) = lines.price(0, &prices, &free, 1).least else {
            assert!(within.is_empty(), "seed {seed}");
            continue;
        };
        let all = lines.every(0, &prices, &free, i64::MAX >> 8, 10_000).unwrap();
        let mut known: Vec<Vec<u8>> = all.iter().map(|column| column.line.clone()).collect();
        known.sort();
        within.sort();
        assert_eq!(known, within, "seed {seed}");
        let near = lines.every(0, &prices, &free, least + 60, 10_000).unwrap();
        let wanted = all.iter().filter(|column| prices.reduced(column) <= least + 60).count();
        assert_eq!(near.len(), wanted, "seed {seed}");
        assert!(wanted < 2 || lines.every(0, &prices, &free, least + 60, wanted - 1).is_none());
        listed += all.len();
    }
    assert!(listed > 500, "{listed}");
}

#[test]
fn weeks_around_what_is_open_are_priced_as_the_whole_horizon_is() {
    let mut cut = 0;
    for seed in 0..150 {
        let instance = instance(&tiny(seed, 35, 1));
        let lines = PersonLines::of(&instance);
        let cells = vec![40; lines.task().cells.len()];
        let prices = Prices { cells: &cells, unit: 1 };
        let Some(column) = lines.price(0, &prices, &Fixing::default(), 1).found.pop() else {
            continue;
        };
        let mut draw = Draw(seed);
        let from = usize::try_from(draw.below(30)).unwrap();
        let to = (from + 1 + usize::try_from(draw.below(7)).unwrap()).min(35);
        let kept = column.choices[..from].iter().chain(&column.choices[to..]);
        let fixing = Fixing { forced: kept.copied().collect(), forbidden: Vec::new() };
        // Other prices inside, so that another line may be the cheapest there.
        let cells: Vec<i64> =
            (0..cells.len()).map(|cell| i64::try_from((cell * 53 + 7) % 100).unwrap()).collect();
        let prices = Prices { cells: &cells, unit: 1 };
        let limits = Limits::of(&instance, &instance.people[0]);
        let costs = lines.day_costs(0, &prices, &fixing);
        cut += usize::from(Window::of(&limits, &costs).is_some());
        let whole = dense::cheapest(&limits, &costs, 4).unwrap();
        let least_of = lines.price(0, &prices, &fixing, 4);
        assert_eq!(least_of.least, whole.least, "seed {seed}, days {from} to {to}");
        let alone = Instance { cover: Vec::new(), ..instance.clone() };
        for found in &least_of.found {
            let days = PersonLines::days_of(&found.line);
            assert_eq!(judge(&alone, &[days]).breaks, Vec::<String>::new(), "seed {seed}");
        }
        let count = |lines: Option<usize>| lines.unwrap();
        let most = whole.least.unwrap() + 80;
        let all = dense::every(&limits, &costs, most, 100_000).map(|all| all.len());
        let inside = lines.every(0, &prices, &fixing, most, 100_000).map(|all| all.len());
        assert_eq!(count(inside), count(all), "seed {seed}, days {from} to {to}");
    }
    assert!(cut > 40, "{cut}");
}

#[test]
fn a_long_horizon_is_the_same_on_one_thread_and_on_two_and_better_than_everyone_in_turn() {
    let instance = instance(&tiny(4, 154, 4));
    let on = |threads: usize, rounds: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| instance.solve(&Budget { rounds, ..SMALL }, &Unhurried)).unwrap()
    };
    let (first, later) = (on(2, 0), on(2, 4));
    assert_eq!(on(1, 4), later);
    assert!(later.cost <= first.cost, "{} after {}", later.cost, first.cost);
    assert!(later.bound <= later.cost);
}

#[test]
fn over_half_a_year_the_bound_comes_near_the_least_cost() {
    let (mut bounds, mut costs_of_all) = (0, 0);
    for seed in 0..6 {
        let mut instance = instance(&tiny(seed, 140, 1));
        // Nobody but one person, and nothing wanted twice: every shift has one price, and the table is exact.
        instance.cover.iter_mut().for_each(|cover| cover.wanted = cover.wanted.min(1));
        let limits = Limits::of(&instance, &instance.people[0]);
        let mut costs = limits.costs.clone();
        let mut nobody = 0;
        for cover in &instance.cover {
            nobody += cover.wanted * cover.under;
            let adds = if cover.wanted == 1 { -cover.under } else { cover.over };
            if let Some(own) = limits.shifts.iter().position(|&shift| shift == cover.shift) {
                costs[cover.day][own] = costs[cover.day][own].map(|cost| cost + adds);
            }
        }
        let Some(least) = dense::cheapest(&limits, &costs, 1).unwrap().least else { continue };
        let outcome = instance.solve(&Budget { pricing: 100, rounds: 0, ..SMALL }, &Unhurried);
        let outcome = outcome.unwrap();
        assert!(outcome.bound <= nobody + least, "seed {seed}: {outcome:?}");
        bounds += outcome.bound;
        costs_of_all += nobody + least;
    }
    assert!(5 * bounds > 4 * costs_of_all, "{bounds} below {costs_of_all}");
}

#[test]
fn what_is_told_is_there_to_be_taken_while_the_search_goes_on() {
    struct Taker<'a>(&'a Latest<Line>, AtomicUsize);
    impl Clock for Taker<'_> {
        fn seconds_left(&self) -> Option<f64> {
            None
        }
        fn news(&self, what: News) {
            if let News::Cost(cost, _) = what {
                let taken = self.0.get().unwrap();
                assert_eq!((taken.cost, taken.bound <= cost), (cost, true));
                self.1.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
    let instance = instance(&tiny(4, 154, 4));
    let latest = Latest::default();
    let taker = Taker(&latest, AtomicUsize::new(0));
    let outcome = instance.solve_keeping(&SMALL, &taker, &latest).unwrap();
    assert!(taker.1.into_inner() > 0);
    assert_eq!(instance.outcome(&latest.get().unwrap()).unwrap().cost, outcome.cost);
}

#[test]
fn out_of_time_everybody_still_has_a_line() {
    struct Late;
    impl Clock for Late {
        fn seconds_left(&self) -> Option<f64> {
            Some(0.0)
        }
        fn news(&self, _: News) {}
    }
    let instance = instance(&tiny(4, 154, 4));
    let outcome = instance.solve(&SMALL, &Late).unwrap();
    assert_eq!((outcome.roster.len(), outcome.complete), (4, false));
}

#[test]
fn costs_too_large_for_the_narrow_table_are_priced_the_same() {
    let instance = instance(&tiny(3, 7, 1));
    let limits = Limits::of(&instance, &instance.people[0]);
    let wide = |factor: i64| {
        let mut costs = limits.costs.clone();
        costs.iter_mut().flatten().flatten().for_each(|cost| *cost = (*cost - 2) * factor);
        dense::cheapest(&limits, &costs, 1).unwrap().least.unwrap()
    };
    assert_eq!(wide(1_000_000_000), 1_000_000_000 * wide(1));
}

#[test]
fn the_same_file_gives_the_same_roster_on_one_thread_and_on_two() {
    let instance = instance(&tiny(11, 14, 6));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| instance.solve(&SMALL, &Unhurried))
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn people_of_no_instance_share_a_rule_they_cannot_keep() {
    let lines = "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nann,E=1,4800,960,5,1,1,1\nSECTION_COVER\n0,E,1,10,1\n";
    let outcome = instance(lines).solve(&SMALL, &Unhurried);
    assert_eq!(outcome, Err(NoOutcome::NoLine("ann".to_owned())));
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let text = "SECTION_HORIZON\nNaN\nSECTION_SHIFTS\nE,-5,X\nSECTION_STAFF\nann,Z=3,10,20,1,1,1\nSECTION_COVER\n99,E,1,1e400,1\nSECTION_WISHES\n";
    let problems = read(text.as_bytes()).unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    for code in ["S901", "S903", "S904", "S905", "S907"] {
        assert!(codes.contains(&code), "{code} is not among {codes:?}");
    }
    assert!(problems.iter().all(|problem| !problem.fix.is_empty()));
}

#[test]
fn files_that_are_none_are_refused_and_never_crash() {
    let huge = "9".repeat(400);
    let cases: Vec<Vec<u8>> = vec![
        Vec::new(),
        vec![0, 159, 146, 150, 0, 1],
        b"SECTION_HORIZON\n".to_vec(),
        b"SECTION_HORIZON\n14\n14\n".to_vec(),
        format!("SECTION_HORIZON\n{huge}\nSECTION_COVER\n").into_bytes(),
        tiny(1, 7, 2).replace("p1", "p0").into_bytes(),
        tiny(1, 7, 2).replace("480", "0").into_bytes(),
        tiny(1, 7, 2).replace("SECTION_COVER", "SECTION_COVER\n0,E,1").into_bytes(),
    ];
    for (case, bytes) in cases.iter().enumerate() {
        assert!(read(bytes).is_err(), "case {case}");
    }
    let mut utf16: Vec<u8> = vec![0xFF, 0xFE];
    utf16.extend(tiny(1, 7, 2).encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&utf16), read(tiny(1, 7, 2).as_bytes()));
}

#[test]
fn choices_of_a_line_say_its_days() {
    let instance = instance(&tiny(5, 7, 2));
    let lines = PersonLines::of(&instance);
    assert_eq!(lines.task().classes.len(), 2);
    assert_eq!(PersonLines::days_of(&vec![0, super::lines::OFF, 1]), [Some(0), None, Some(1)]);
}

/// Published optima (Curtois & Qu 2014, and the benchmark's own page) with the folder of instance files.
#[expect(clippy::print_stdout, reason = "a test that was not run says so")]
fn published(name: &str) -> Option<Outcome> {
    let Some(folder) = std::env::var_os("EVENKEEL_INSTANCES") else {
        println!("skipped: EVENKEEL_INSTANCES not set");
        return None;
    };
    let path = PathBuf::from(folder).join("curtois").join(name);
    let instance = instance(&String::from_utf8(std::fs::read(path).unwrap()).unwrap());
    Some(instance.solve(&Budget { rounds: 3, ..SMALL }, &Unhurried).unwrap())
}

#[test]
fn published_optima_are_reached_and_proved() {
    for (name, best) in [
        ("Instance1.txt", 607),
        ("Instance2.txt", 828),
        ("Instance3.txt", 1001),
        ("Instance4.txt", 1716),
    ] {
        let Some(outcome) = published(name) else { return };
        assert_eq!((outcome.cost, outcome.bound, outcome.proved), (best, best, true), "{name}");
    }
}
