mod changed;

use std::fmt::Write;

use proptest::prelude::*;

use super::lines::{Pricer, Window};
use super::terms::{LONGEST, REST, SHORTEST, Shift};
use super::*;
use crate::public::{Benchmark, PROBLEMS, read};
use crate::roster::activities::{NEVER, Walk, Worth, raise};
use crate::roster::columns::Unhurried;
use crate::roster::draw::Draw;

fn budget(rounds: usize) -> Budget {
    Budget { pricing: 0, rounds, nodes: 0, seed: 7 }
}

/// An instance file for these days, tasks and contracts, wanting `wanted(slot, task)` people.
fn file(
    days: usize,
    tasks: usize,
    staff: &[(usize, usize)],
    wanted: impl Fn(usize, usize) -> usize,
) -> String {
    let mut text = format!(
        "# a comment\r\n\r\nSECTION_HORIZON\r\n{days}\r\nSECTION_TASKS\r\n{tasks}\r\nSECTION_STAFF\r\n"
    );
    for (place, (least, most)) in staff.iter().enumerate() {
        write!(text, "p{place},{least},{most}\r\n").unwrap();
    }
    text += "SECTION_COVER\r\n";
    for slot in 0..days * 96 {
        let clock = |minute: usize| format!("{:02}:{:02}", minute.div_euclid(60) % 24, minute % 60);
        let minute = 360 + slot * 15;
        for task in 1..=tasks {
            let many = wanted(slot, task);
            let (start, end) = (clock(minute), clock(minute + 15));
            let day = minute.div_euclid(1440) + 1;
            write!(text, "{day},{start}-{end},{task},{many},{many}\r\n").unwrap();
        }
    }
    text
}

fn instance(text: &str) -> Instance {
    match read(text.as_bytes()) {
        Ok(Benchmark::MultiActivity(instance)) => instance,
        other => panic!("{other:?}"),
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    let problems = read(text.as_bytes()).expect_err("something is wrong");
    problems.iter().map(|problem| problem.code).collect()
}

/// Worths from -8 to 7 drawn from a seed, over a whole horizon.
fn drawn_worth(days: usize, tasks: usize, seed: u64, lift: f32) -> Worth {
    let mut draw = Draw::new(seed, 0);
    let mut worth = Worth::default();
    Window::whole(days, 0, 0).fill(&mut worth, tasks, days * DAY, |_, _| {
        f32::from(u8::try_from(draw.below(16)).unwrap()) - 8.0 + lift
    });
    worth
}

/// Every shift of a horizon with its worth.
fn all_shifts(worth: &Worth, days: usize) -> Vec<(usize, usize, f32)> {
    let mut walk = Walk::default();
    let mut shifts = Vec::new();
    for start in (0..days * DAY - SHORTEST).chain([days * DAY - SHORTEST]) {
        let minute = (start + OPENING) % DAY;
        let may_start = minute == 0
            || (24..=40).contains(&minute)
            || (56..=72).contains(&minute)
            || minute >= 80;
        if !may_start {
            continue;
        }
        let longest = LONGEST.min(days * DAY - start);
        let best = worth.best_by_length(start + OPENING, 1, longest, &mut walk);
        for (length, &value) in best.iter().enumerate().skip(SHORTEST) {
            shifts.push((start, length, value));
        }
    }
    shifts
}

/// The best worth of a line over two days, all lines tried.
fn tried(shifts: &[(usize, usize, f32)], least: usize, most: usize) -> f32 {
    let mut best = if least == 0 { 0.0 } else { NEVER };
    let day = |start: usize| (start + OPENING).div_euclid(DAY);
    let follows = |one: &(usize, usize, f32), next: &(usize, usize, f32)| {
        next.0 >= one.0 + one.1 + REST && day(next.0) > day(one.0)
    };
    let lasts: Vec<_> = shifts.iter().copied().filter(|shift| day(shift.0) == 2).collect();
    let mut keep = |slots: usize, value: f32| {
        if (least..=most).contains(&slots) {
            raise(&mut best, value);
        }
    };
    for one in shifts {
        keep(one.1, one.2);
        for next in shifts.iter().filter(|next| follows(one, next)) {
            keep(one.1 + next.1, one.2 + next.2);
            // A third day is worked from its midnight to 06:00 only.
            for third in lasts.iter().filter(|third| follows(next, third)) {
                keep(one.1 + next.1 + third.1, one.2 + next.2 + third.2);
            }
        }
    }
    best
}

/// Worth of a line, quarter hour by quarter hour.
fn worth_of(worth: &mut Worth, line: &Line) -> f32 {
    line.iter()
        .flat_map(|shift| (shift.start + OPENING..).zip(&shift.tasks))
        .map(|(slot, &task)| worth.activity_mut(usize::from(task))[slot])
        .sum()
}

fn breaks_of(days: usize, tasks: usize, person: Person, line: &Line) -> Vec<String> {
    let cells = days * DAY * tasks;
    let roster = BTreeMap::from([(person.name.clone(), blocks(line))]);
    let people = vec![person];
    judge(&Instance { days, tasks, people, least: vec![0; cells], most: vec![0; cells] }, &roster)
        .breaks
}

#[test]
fn the_best_line_is_the_best_of_all_lines_over_two_days() {
    for seed in 0..3 {
        let mut worth = drawn_worth(2, 2, seed, 0.0);
        let shifts = all_shifts(&worth, 2);
        let mut pricer = Pricer::default();
        for (least, most) in [(0, 200), (24, 24), (50, 61), (70, 80), (75, 200), (120, 200)] {
            let window = Window::whole(2, least, most);
            pricer.price(&worth, &window, 2 * DAY);
            let best = pricer.best(&window);
            let by_hand = tried(&shifts, least, most);
            assert_eq!(best.map_or(NEVER, |found| found.0), by_hand, "{seed} {least} {most}");
            let Some((value, slots)) = best else { continue };
            let line = pricer.line(&worth, &window, slots).unwrap();
            assert_eq!(worth_of(&mut worth, &line), value);
            let person = Person { name: "amy".to_owned(), least, most };
            assert_eq!(breaks_of(2, 2, person, &line), [""; 0]);
        }
    }
}

#[test]
fn a_line_keeps_every_rule_however_much_work_is_worth() {
    for (seed, lift) in [(1, 9.0), (2, 2.0), (3, 0.0), (4, -1.0)] {
        let mut worth = drawn_worth(9, 3, seed, lift);
        let mut pricer = Pricer::default();
        let window = Window::whole(9, 100, 260);
        pricer.price(&worth, &window, 9 * DAY);
        let (value, slots) = pricer.best(&window).unwrap();
        let line = pricer.line(&worth, &window, slots).unwrap();
        assert_eq!(worth_of(&mut worth, &line), value);
        let person = Person { name: "amy".to_owned(), least: 100, most: 260 };
        assert_eq!(breaks_of(9, 3, person, &line), [""; 0]);
    }
}

#[test]
fn days_planned_anew_respect_those_around_them() {
    // Everything is worth working, so only the surroundings limit the middle days.
    let mut worth = Worth::default();
    let outside = Window { first: 3, last: 4, ..Window::whole(9, 0, 80) };
    for (before, after, most_days) in [(4, 0, 1), (2, 2, 1), (2, 1, 2), (5, 5, 0)] {
        let window = Window {
            run_before: before,
            run_after: after,
            rested: 3 * DAY + 60,
            ends_by: 5 * DAY,
            ..outside
        };
        window.fill(&mut worth, 1, 9 * DAY, |_, _| 1.0);
        let mut pricer = Pricer::default();
        pricer.price(&worth, &window, 9 * DAY);
        let (_, slots) = pricer.best(&window).unwrap();
        let line = pricer.line(&worth, &window, slots).unwrap();
        assert_eq!(line.len(), most_days, "{before} before, {after} after");
        for shift in &line {
            assert!(shift.day() > 3 || shift.start + OPENING >= window.rested);
            assert!(shift.end() + OPENING <= window.ends_by);
        }
    }
}

#[test]
fn two_people_who_can_meet_the_demand_together_do() {
    // Six hours from 07:15 and eight from 20:00, cut from a roster: one answer is right, and counting proves it.
    let text = file(1, 2, &[(360, 360), (480, 480)], |slot, task| match slot {
        5..17 => usize::from(task == 1),
        17..29 | 56..88 => usize::from(task == 2),
        _ => 0,
    });
    let outcome = instance(&text).solve(&budget(20), &Unhurried).unwrap();
    assert_eq!((outcome.missing, outcome.cost, outcome.proved), (Some(0), 0, true));
    let written = |day, start: &str, end: &str, task| (day, start.to_owned(), end.to_owned(), task);
    let early = vec![written(1, "07:15", "10:15", 1), written(1, "10:15", "13:15", 2)];
    assert_eq!(outcome.roster["p0"], Schedule::Blocks(early));
    assert_eq!(outcome.roster["p1"], Schedule::Blocks(vec![written(1, "20:00", "04:00", 2)]));
}

#[test]
fn a_tiny_roster_is_the_best_of_all() {
    // Two people of six hours each on one task: every pair of starts tried.
    let wanted =
        |slot: usize, _: usize| usize::from((8..50).contains(&slot) && !slot.is_multiple_of(7));
    let instance = instance(&file(1, 1, &[(360, 360), (360, 360)], wanted));
    let starts: Vec<usize> = (0..=16).chain(32..=48).chain(56..=72).collect();
    let mut best = (i64::MAX, i64::MAX);
    for &one in &starts {
        for &other in &starts {
            let shift = |start| vec![Shift { start, tasks: vec![0; 24] }];
            let roster = [("p0", shift(one)), ("p1", shift(other))]
                .map(|(name, line)| (name.to_owned(), blocks(&line)));
            let judged = judge(&instance, &BTreeMap::from(roster));
            assert_eq!(judged.breaks, [""; 0]);
            best = best.min((judged.missing, judged.excess));
        }
    }
    let outcome = instance.solve(&budget(3), &Unhurried).unwrap();
    assert_eq!((outcome.missing.unwrap(), outcome.cost), best);
}

#[test]
fn threads_do_not_change_a_roster() {
    let wanted = |slot: usize, task: usize| usize::from((slot * 5 + task * 3) % 11 < 6);
    let instance = instance(&file(2, 2, &[(360, 960), (600, 900), (480, 1200)], wanted));
    let solve = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| instance.solve(&budget(1), &Unhurried).unwrap())
    };
    assert_eq!(solve(1), solve(2));
}

#[test]
fn whoever_cannot_work_enough_is_named() {
    let text = file(1, 1, &[(360, 360), (1500, 1500)], |_, _| 0);
    let refused = instance(&text).solve(&budget(1), &Unhurried).unwrap_err();
    assert_eq!(refused, NoOutcome::NoLine("p1".to_owned()));
}

#[test]
fn someone_who_may_stay_at_home_stays_there_where_nobody_is_wanted() {
    let outcome = instance(&file(1, 1, &[(0, 600)], |_, _| 0)).solve(&budget(1), &Unhurried);
    let outcome = outcome.unwrap();
    assert_eq!((outcome.cost, outcome.proved), (0, true));
    assert_eq!(outcome.roster["p0"], Schedule::Blocks(Vec::new()));
}

/// A week of one person on task 1, eight hours from 07:00 on days 1 to 4.
fn sound() -> Vec<Block> {
    (1..=4).map(|day| Block { day, start: 420, end: 900, task: 1 }).collect()
}

fn judged(change: impl Fn(&mut Vec<Block>)) -> Judged {
    let mut blocks = sound();
    change(&mut blocks);
    let instance = instance(&file(7, 2, &[(1800, 2400)], |_, _| 0));
    judge(&instance, &BTreeMap::from([("p0".to_owned(), blocks)]))
}

/// A change that breaks a rule.
type Breaking = fn(&mut Vec<Block>);

#[test]
fn the_checker_finds_each_kind_of_break() {
    assert_eq!(judged(|_| ()).breaks, [""; 0]);
    let planted: [(&str, Breaking); 12] = [
        ("a shift of 675 minutes", |it| it[0].end = 1095),
        ("a shift of 345 minutes", |it| it[0].end = 765),
        ("no shift starts then", |it| it[1].start = 345),
        ("no shift starts then", |it| (it[3].start, it[3].end) = (615, 1095)),
        ("45 minutes on a task", |it| {
            it[0].end = 855;
            it.push(Block { day: 1, start: 855, end: 900, task: 2 });
        }),
        ("less than 14 hours of rest", |it| (it[0].start, it[0].end) = (840, 1200)),
        ("a second start", |it| it.push(Block { day: 4, start: 1200, end: 180, task: 1 })),
        ("working day 6 in a row", |it| {
            it[3].end = 780;
            it.extend([5, 6].map(|day| Block { day, start: 420, end: 780, task: 1 }));
        }),
        ("1440 minutes, 1800 at least", |it| it.truncate(3)),
        ("2520 minutes, 2400 at most", |it| {
            for block in it.iter_mut() {
                block.end = 1020;
            }
            it[3].end -= 480;
            it.push(Block { day: 6, start: 420, end: 1020, task: 1 });
        }),
        ("outside the horizon", |it| it.push(Block { day: 8, start: 0, end: 420, task: 1 })),
        ("there is no task 3", |it| it[0].task = 3),
    ];
    for (what, change) in planted {
        let breaks = judged(change).breaks;
        assert!(breaks.iter().any(|found| found.contains(what)), "{what}: {breaks:?}");
    }
    let overlapping = judged(|it| it.push(Block { day: 2, start: 480, end: 540, task: 2 }));
    assert!(overlapping.breaks.iter().any(|found| found.contains("two tasks at once")));
    let uneven = judged(|it| it[0].start = 425);
    assert!(uneven.breaks.iter().any(|found| found.contains("not on quarter hours")));
}

#[test]
fn the_checker_refuses_strangers_and_days_beyond_reckoning() {
    let instance = instance(&file(1, 1, &[(0, 600)], |_, _| 0));
    let block = Block { day: u32::MAX, start: u32::MAX, end: 0, task: 1 };
    let far = Block { day: u32::MAX, start: 420, end: 780, task: 1 };
    let zero = Block { day: 0, start: 420, end: 780, task: 1 };
    let roster = BTreeMap::from([
        ("nobody".to_owned(), Vec::new()),
        ("p0".to_owned(), vec![block, far, zero]),
    ]);
    let breaks = judge(&instance, &roster).breaks;
    assert_eq!(breaks.len(), 4, "{breaks:?}");
    assert!(breaks[0].contains("not on the staff"));
}

#[test]
fn missing_and_excess_are_counted_by_the_quarter_hour_and_squared() {
    // One wanted from 06:00 to 12:00; two come from 07:00 to 13:00.
    let instance = instance(&file(1, 1, &[(0, 600), (0, 600)], |slot, _| usize::from(slot < 24)));
    let block = vec![Block { day: 1, start: 420, end: 780, task: 1 }];
    let roster = BTreeMap::from(["p0", "p1"].map(|name| (name.to_owned(), block.clone())));
    let judged = judge(&instance, &roster);
    assert_eq!((judged.missing, judged.excess), (4, 20 + 4 * 4));
}

#[test]
fn the_floor_spreads_what_contracts_ask_beyond_demand() {
    let floor = |minutes| {
        Proof::by_counting(&instance(&file(1, 1, &[(minutes, minutes)], |slot, _| {
            usize::from(slot < 30)
        })))
        .floor
    };
    assert_eq!(floor(360), 0);
    assert_eq!(floor(450), 0);
    assert_eq!(floor(600), 10);
    // 200 quarter hours over 96 cells: two each, and a third in eight.
    let many = instance(&file(1, 1, &[(1500, 1500), (1500, 1500)], |_, _| 0));
    assert_eq!(Proof::by_counting(&many).floor, 88 * 4 + 8 * 9);
}

#[test]
fn rows_may_come_in_any_order_and_with_any_line_ends() {
    let text = file(2, 2, &[(360, 600)], |slot, task| (slot + task) % 3);
    let mut lines: Vec<&str> = text.lines().collect();
    let cover = lines.iter().position(|line| *line == "SECTION_COVER").unwrap() + 1;
    lines[cover..].reverse();
    assert_eq!(instance(&text), instance(&lines.join("\n")));
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let text = file(1, 1, &[(360, 600), (406, 410)], |_, _| 1)
        .replace("1,06:00-06:15,1,1,1", "1,06:00-06:20,1,1,1")
        .replace("1,07:00-07:15,1,1,1", "1,07:00-07:15,2,1,1")
        .replace("1,08:00-08:15,1,1,1", "1,08:00-08:15,1,2,1")
        .replace("1,09:00-09:15,1,1,1", "1,09:15-09:30,1,1,1")
        .replace("1,10:00-10:15,1,1,1", "1,10:00-10:15,1,-1,1")
        .replace("1,11:00-11:15,1,1,1", "1,05:00-05:15,1,1,1")
        .replace("1,12:00-12:15,1,1,1", "1,,1,1,1");
    assert_eq!(codes(&text), ["S907", "S908", "S905", "S907", "S906", "S904", "S908", "S903"]);
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let good = file(1, 1, &[(360, 600)], |_, _| 1);
    let cases = [
        ("SECTION_HORIZON\r\n1\r\n", "", "S902"),
        ("SECTION_HORIZON\r\n1\r\n", "SECTION_HORIZON\r\n", "S903"),
        ("SECTION_HORIZON\r\n1\r\n", "SECTION_HORIZON\r\n1\r\n2\r\n", "S906"),
        ("SECTION_HORIZON\r\n1\r\n", "SECTION_HORIZON\r\n0\r\n", "S904"),
        ("SECTION_HORIZON\r\n1\r\n", "SECTION_HORIZON\r\n99999999999999999999\r\n", "S904"),
        ("SECTION_TASKS\r\n1\r\n", "SECTION_TASKS\r\none\r\n", "S904"),
        ("SECTION_TASKS\r\n1\r\n", "SECTION_TASKS\r\n101\r\n", "S904"),
        ("SECTION_STAFF", "SECTION_STUFF", "S901"),
        ("SECTION_COVER", "SECTION_STAFF", "S902"),
        ("p0,360,600\r\n", "", "S903"),
        ("p0,360,600\r\n", "p0,360,600\r\np0,360,600\r\n", "S906"),
        ("p0,360,600\r\n", ",360,600\r\n", "S903"),
        ("p0,360,600\r\n", "p0,NaN,600\r\n", "S904"),
        ("p0,360,600\r\n", "p0,600,360\r\n", "S907"),
        ("p0,360,600\r\n", "p0,360\r\n", "S903"),
        ("1,06:00-06:15,1,1,1", "1,6:00-6:15,1,1,1", "S908"),
        ("1,06:00-06:15,1,1,1", "0,06:00-06:15,1,1,1", "S904"),
        ("1,06:00-06:15,1,1,1", "9,06:00-06:15,1,1,1", "S908"),
        ("1,06:00-06:15,1,1,1", "1,06:00-06:15,0,1,1", "S904"),
        ("1,06:00-06:15,1,1,1", "1,06:00-06:15,1,1", "S903"),
    ];
    for (from, to, code) in cases {
        let found = codes(&good.replacen(from, to, 1));
        assert!(found.contains(&code), "{to:?}: {found:?}, not {code}");
        assert!(found.iter().all(|code| PROBLEMS.iter().any(|kind| kind.0 == *code)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_line_of_a_file_can_cause_a_panic(
        place in 0usize..110,
        line in "[0-9A-Z_,:#é -]{0,24}",
    ) {
        let good = file(1, 1, &[(360, 600)], |_, _| 1);
        let mut lines: Vec<&str> = good.lines().collect();
        let place = place % lines.len();
        lines[place] = &line;
        if let Err(problems) = read(lines.join("\n").as_bytes()) {
            prop_assert!(!problems.is_empty());
        }
    }
}
