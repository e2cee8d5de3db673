//! Irish working-time law at its boundaries: every case judged twice, by the audit of a file and by what line
//! builders ask, and both must agree.

use std::fmt::Write as _;

use evenkeel::calendar::Calendar;
use evenkeel::compliance::{Breach, Severity, audit_bare};
use evenkeel::roster::table::read_bare;
use evenkeel::rules::{Law, Person};

const ZONE: &str = "Europe/Dublin";

/// A file typed by hand: rows of `start end activity`, times of day on a date, `a` and `b` duties.
#[derive(Default)]
struct Case {
    rows: String,
    born: Option<&'static str>,
}

impl Case {
    fn born(date: &'static str) -> Case {
        Case { rows: String::new(), born: Some(date) }
    }

    /// Blocks of one duty on a date: `09:00 on_queue 13:00 break 13:15 on_queue 17:15`; `+` marks the next day.
    fn duty(mut self, date: &str, blocks: &str) -> Case {
        let words: Vec<&str> = blocks.split_whitespace().collect();
        for step in words.windows(3).step_by(2) {
            let [start, activity, end] = step else { unreachable!("windows of three") };
            if *activity == "gap" {
                continue;
            }
            let (start, end) = (moment(date, start), moment(date, end));
            writeln!(self.rows, "amy,{date} {},{start},{end},{activity}", words[0]).unwrap();
        }
        self
    }

    /// The same blocks on several dates.
    fn duties(mut self, dates: &[&str], blocks: &str) -> Case {
        for date in dates {
            self = self.duty(date, blocks);
        }
        self
    }

    /// Someone else works a minute's walk away, so that the file holds these dates too.
    fn file_also_holds(mut self, dates: &[&str]) -> Case {
        for date in dates {
            writeln!(self.rows, "zoe,,{date} 12:00,{date} 13:00,absent").unwrap();
        }
        self
    }

    /// What the audit finds about Amy, once both faces agree on it.
    fn breaches(&self) -> Vec<Breach> {
        let file = format!("agent,duty,start,end,activity\n{}", self.rows);
        let people = self.born.map(|born| format!("agent,born\namy,{born}\n"));
        let people = people.as_ref().map(String::as_bytes);
        let (compliance, names) =
            audit_bare(file.as_bytes(), people, &["ie".into()], ZONE).unwrap();
        let amy = names.find("amy").unwrap();
        let breaches: Vec<Breach> =
            compliance.breaches.into_iter().filter(|breach| breach.agent == Some(amy)).collect();

        let bare = read_bare(file.as_bytes(), ZONE).unwrap();
        let law = Law::of(&["ie".into()]).unwrap();
        let born = self.born.map(|born| evenkeel::calendar::Date::parse(born).unwrap());
        let person = Person { born, ..Person::default() };
        let line = bare.roster.lines.iter().find(|line| line.agent == amy).unwrap();
        let mut objected: Vec<(String, i64)> = law
            .objections(line, &person, &bare.calendar)
            .into_iter()
            .map(|objection| (objection.rule, objection.by.0))
            .collect();
        objected.sort();
        let mut audited: Vec<(String, i64)> = breaches
            .iter()
            .filter(|breach| breach.severity == Severity::Hard)
            .map(|breach| (breach.rule.clone(), breach.by_minutes.0))
            .filter(|(rule, _)| !rule.starts_with("house."))
            .collect();
        audited.sort();
        assert_eq!(objected, audited, "the two faces differ on\n{file}");
        duties_agree(&law, line, &person, &bare.calendar, &breaches);
        breaches
    }

    /// Minutes by which one rule is broken, in order.
    fn by(&self, rule: &str) -> Vec<i64> {
        let breaches = self.breaches();
        let of_rule = breaches.iter().filter(|breach| breach.rule == rule);
        of_rule.map(|breach| breach.by_minutes.0).collect()
    }

    fn keeps(&self, rule: &str) {
        assert_eq!(self.by(rule), [0; 0], "{rule}: {:#?}", self.breaches());
    }

    fn breaks(&self, rule: &str, by: i64) {
        assert_eq!(self.by(rule), [by], "{rule}: {:#?}", self.breaches());
    }

    fn is_legal(&self) {
        let hard: Vec<Breach> =
            self.breaches().into_iter().filter(|it| it.severity == Severity::Hard).collect();
        assert_eq!(hard, [], "{}", self.rows);
    }
}

/// Breaks of adults are judged alike for a duty alone.
fn duties_agree(
    law: &Law,
    line: &evenkeel::duty::Line,
    person: &Person,
    calendar: &Calendar,
    breaches: &[Breach],
) {
    for rule in ["ie.b15", "ie.b30", "eu.break6"] {
        let alone = line.duties.iter().flat_map(|duty| law.duty_objections(duty, person, calendar));
        let alone = alone.filter(|objection| objection.rule == rule).count();
        let audited = breaches.iter().filter(|breach| breach.rule == rule).count();
        assert_eq!(alone, audited, "{rule} for each duty alone");
    }
}

fn moment(date: &str, clock: &str) -> String {
    match clock.strip_prefix('+') {
        Some(clock) => {
            let next = evenkeel::calendar::Date::parse(date).unwrap().plus(1);
            format!("{next} {clock}")
        }
        None if clock.contains('T') => clock.to_owned(),
        None => format!("{date} {clock}"),
    }
}

fn monday(blocks: &str) -> Case {
    Case::default().duty("2026-11-30", blocks)
}

const WEEK: [&str; 7] = [
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2026-12-03",
    "2026-12-04",
    "2026-12-05",
    "2026-12-06",
];
const NEXT: [&str; 7] = [
    "2026-12-07",
    "2026-12-08",
    "2026-12-09",
    "2026-12-10",
    "2026-12-11",
    "2026-12-12",
    "2026-12-13",
];

// Breaks: section 12.

#[test]
fn six_hours_without_a_break_need_fifteen_minutes_and_not_thirty() {
    let case = monday("09:00 on_queue 15:00");
    case.breaks("ie.b15", 15);
    case.keeps("ie.b30");
    case.keeps("eu.break6");
}

#[test]
fn six_hours_and_a_minute_without_a_break_break_three_rules() {
    let case = monday("09:00 on_queue 15:01");
    case.breaks("ie.b15", 15);
    case.breaks("ie.b30", 30);
    case.breaks("eu.break6", 1);
}

#[test]
fn six_hours_and_a_minute_of_work_need_more_than_one_break_of_fifteen() {
    let case = monday("09:00 on_queue 12:00 break 12:15 on_queue 15:16");
    case.keeps("ie.b15");
    case.breaks("ie.b30", 15);
    case.keeps("eu.break6");
}

#[test]
fn six_hours_of_work_around_one_break_of_fifteen_are_legal() {
    monday("09:00 on_queue 12:00 break 12:15 on_queue 15:15").is_legal();
}

#[test]
fn thirty_minutes_within_the_last_half_hour_are_no_break() {
    let case = monday("09:00 on_queue 16:30 break 17:00");
    case.breaks("ie.b15", 15);
    case.breaks("ie.b30", 30);
    case.breaks("eu.break6", 1);
}

#[test]
fn four_and_a_half_hours_need_no_break() {
    monday("09:00 on_queue 13:30").is_legal();
}

#[test]
fn four_and_a_half_hours_and_a_minute_need_one() {
    monday("09:00 on_queue 13:31").breaks("ie.b15", 15);
}

#[test]
fn a_break_of_fourteen_minutes_is_a_minute_short() {
    monday("09:00 on_queue 11:00 break 11:14 on_queue 14:00").breaks("ie.b15", 15);
    monday("09:00 on_queue 11:00 break 11:15 on_queue 14:00").keeps("ie.b15");
}

#[test]
fn two_breaks_of_fifteen_are_thirty() {
    monday("09:00 on_queue 11:00 break 11:15 on_queue 14:00 break 14:15 on_queue 17:00").is_legal();
}

#[test]
fn a_piece_of_fourteen_minutes_does_not_add_up() {
    let case = monday("09:00 on_queue 11:00 break 11:15 on_queue 14:00 break 14:14 on_queue 17:00");
    case.breaks("ie.b30", 15);
    case.breaks("ie.b15", 330 + 14 - 270 + 1);
}

#[test]
fn pieces_of_twenty_and_ten_are_ten_short() {
    monday("09:00 on_queue 11:00 break 11:20 on_queue 14:00 break 14:10 on_queue 15:31")
        .breaks("ie.b30", 10);
}

#[test]
fn two_blocks_of_break_that_touch_are_one_piece() {
    monday("09:00 on_queue 12:00 break 12:10 meal 12:20 on_queue 14:00").keeps("ie.b15");
}

#[test]
fn a_meal_is_a_break() {
    monday("09:00 on_queue 12:30 meal 13:00 on_queue 17:00").is_legal();
}

#[test]
fn a_break_and_a_meal_add_up() {
    monday("09:00 on_queue 11:00 break 11:15 on_queue 13:00 meal 13:15 on_queue 17:00").is_legal();
}

#[test]
fn recovery_is_work_and_no_break() {
    monday("09:00 on_queue 12:00 recovery 12:30 on_queue 14:00").breaks("ie.b15", 15);
}

#[test]
fn training_is_work() {
    monday("09:00 off_queue 12:00 on_queue 13:31").breaks("ie.b15", 15);
}

#[test]
fn work_goes_on_for_270_minutes_from_the_break_and_not_a_minute_more() {
    monday("09:00 on_queue 10:00 break 10:30 on_queue 15:00").is_legal();
    monday("09:00 on_queue 10:00 break 10:30 on_queue 15:01").breaks("ie.b15", 1);
}

#[test]
fn work_goes_on_for_270_minutes_to_the_break_and_not_a_minute_more() {
    monday("09:00 on_queue 13:30 meal 14:00 on_queue 16:00").is_legal();
    monday("09:00 on_queue 13:31 meal 14:01 on_queue 16:00").breaks("ie.b15", 1);
}

#[test]
fn a_break_before_the_last_minute_of_work_counts_and_one_that_ends_the_duty_does_not() {
    monday("09:00 on_queue 13:29 break 13:44 on_queue 13:46").keeps("ie.b15");
    monday("09:00 on_queue 13:31 break 13:46").breaks("ie.b15", 15);
}

#[test]
fn a_break_that_leads_into_a_last_meal_still_ends_the_duty() {
    monday("09:00 on_queue 13:31 break 13:46 meal 14:16").breaks("ie.b15", 15);
}

#[test]
fn the_gap_of_a_split_duty_is_a_break() {
    monday("09:00 on_queue 13:00 gap 15:00 on_queue 19:00").is_legal();
}

#[test]
fn each_half_of_a_split_duty_has_its_270_minutes() {
    monday("08:00 on_queue 12:31 gap 15:00 on_queue 18:00").breaks("ie.b15", 1);
}

#[test]
fn breaks_are_judged_duty_by_duty() {
    let case = Case::default().duties(&WEEK[..2], "09:00 on_queue 14:00");
    assert_eq!(case.by("ie.b15"), [15, 15]);
}

#[test]
fn the_repair_names_minutes_and_the_latest_time() {
    let breaches = monday("09:00 on_queue 14:00").breaches();
    assert_eq!(breaches[0].repair, "add 15 min of break before 13:30 in pieces of at least 15 min");
    assert_eq!(breaches[0].source, "Organisation of Working Time Act 1997 s.12(1), (4)");
    assert_eq!(breaches[0].kind, "break_after");
}

// Daily rest: section 11.

#[test]
fn eleven_hours_of_rest_are_enough_and_a_minute_less_is_not() {
    let late = monday("13:00 on_queue 17:00 meal 17:30 on_queue 21:30");
    late.duty("2026-12-01", "08:30 on_queue 12:30").is_legal();
    let late = monday("13:00 on_queue 17:00 meal 17:30 on_queue 21:30");
    let case = late.duty("2026-12-01", "08:29 on_queue 12:29");
    case.breaks("ie.daily_rest", 1);
    let breach = &case.breaches()[0];
    assert_eq!(breach.date.to_string(), "2026-12-01");
    assert_eq!(breach.repair, "start 1 min later, at 08:30");
}

#[test]
fn a_quick_return_of_eight_hours_is_three_short() {
    let case = monday("14:00 on_queue 18:00 break 18:30 on_queue 22:00");
    case.duty("2026-12-01", "06:00 on_queue 10:00").breaks("ie.daily_rest", 180);
}

#[test]
fn thirteen_hours_from_start_to_end_leave_eleven_and_a_minute_more_does_not() {
    let breaks = "08:00 on_queue 12:00 meal 12:30 on_queue 16:30 meal 17:00 on_queue";
    monday(&format!("{breaks} 21:00")).is_legal();
    monday(&format!("{breaks} 21:01")).breaks("ie.daily_rest", 1);
}

#[test]
fn duties_that_touch_need_no_rest_between_them() {
    let case = monday("09:00 on_queue 11:00").duty("2026-11-30", "11:00 on_queue 13:00");
    case.is_legal();
}

#[test]
fn two_duties_on_one_date_are_not_one_split_duty() {
    let case = monday("08:00 on_queue 11:00").duty("2026-11-30", "17:00 on_queue 20:00");
    case.breaks("ie.daily_rest", 300);
}

#[test]
fn rest_is_counted_in_hours_that_pass_when_the_clock_goes_forward() {
    // From 22:00 to 09:30 on the wall are ten and a half hours in the night of 29 March 2026.
    let case = Case::default()
        .duty("2026-03-28", "18:00 on_queue 22:00")
        .duty("2026-03-29", "09:30 on_queue 12:00");
    case.breaks("ie.daily_rest", 30);
}

#[test]
fn rest_is_counted_in_hours_that_pass_when_the_clock_goes_back() {
    // From 22:00 to 08:00 on the wall are eleven hours in the night of 25 October 2026.
    let night = |start: &str| {
        Case::default()
            .duty("2026-10-24", "18:00 on_queue 22:00")
            .duty("2026-10-25", &format!("{start} on_queue 12:00"))
    };
    night("08:00").is_legal();
    night("07:59").breaks("ie.daily_rest", 1);
}

// Night work: section 16, and nights on which the clock changes.

const NIGHT: &str = "22:00 on_queue +02:00 break +02:30 on_queue +06:00";

#[test]
fn the_night_the_clock_goes_forward_is_an_hour_shorter() {
    let case = Case::default().duty("2026-03-28", NIGHT);
    case.is_legal();
    let short = Case::default().duty("2026-03-28", "22:00 on_queue +03:30");
    // Four and a half hours pass, though the wall shows five and a half.
    short.is_legal();
    Case::default().duty("2026-03-28", "22:00 on_queue +03:31").breaks("ie.b15", 15);
}

#[test]
fn the_night_the_clock_goes_back_is_an_hour_longer() {
    // The break from 02:00 to 02:30 comes after five hours, and eight and a half are worked.
    let case = Case::default().duty("2026-10-24", NIGHT);
    case.breaks("ie.b15", 30);
    case.breaks("ie.night", 30);
    Case::default().duty("2026-10-24", "22:00 on_queue +02:00").breaks("ie.b15", 15);
    Case::default().duty("2026-10-24", "22:00 on_queue +01:30").is_legal();
}

#[test]
fn an_ordinary_night_of_seven_and_a_half_hours_is_legal() {
    monday(NIGHT).is_legal();
}

#[test]
fn nights_are_eight_hours_on_average() {
    let eight = "22:00 on_queue +02:00 break +02:30 on_queue +06:30";
    Case::default().duties(&WEEK[..3], eight).is_legal();
    let nine = "21:00 on_queue +01:00 break +01:30 on_queue +05:00 break +05:15 on_queue +06:15";
    Case::default().duty(WEEK[0], eight).duty(WEEK[1], nine).breaks("ie.night", 15);
    Case::default().duty(WEEK[0], NIGHT).duty(WEEK[1], eight).is_legal();
}

#[test]
fn a_night_worker_does_half_of_all_work_in_the_night() {
    // Four and a quarter of eight and three quarter hours lie after midnight.
    let evening = "19:00 on_queue 23:00 break 23:30 on_queue +03:45 break +04:00 on_queue +04:30";
    monday(evening).is_legal();
    let night = "20:00 on_queue 23:00 break 23:30 on_queue +03:00 break +03:30 on_queue +06:00";
    monday(night).breaks("ie.night", 60);
}

// Weekly rest: section 13.

const DAY: &str = "09:00 on_queue 13:00 meal 14:00 on_queue 17:00";

#[test]
fn seven_days_of_work_leave_no_weekly_rest() {
    Case::default().duties(&WEEK, DAY).breaks("ie.wk", 120);
}

#[test]
fn a_free_day_is_a_weekly_rest() {
    Case::default().duties(&WEEK[..3], DAY).duties(&WEEK[4..], DAY).is_legal();
}

#[test]
fn thirty_five_hours_in_a_row_are_enough_and_a_minute_less_is_not() {
    let week = |end: &str, start: &str| {
        Case::default()
            .duties(&WEEK[..2], DAY)
            .duty(WEEK[2], &format!("16:00 on_queue {end}"))
            .duty(WEEK[4], &format!("{start} on_queue 10:00"))
            .duties(&WEEK[5..], DAY)
    };
    week("20:00", "07:00").keeps("ie.wk");
    week("20:01", "07:00").breaks("ie.wk", 1);
    week("20:00", "06:59").breaks("ie.wk", 1);
}

#[test]
fn the_week_the_clock_goes_forward_holds_an_hour_less() {
    // Saturday 21:00 to Monday 08:00 on the wall: 34 hours pass.
    let week = |end: &str| {
        let days = ["2026-03-23", "2026-03-24", "2026-03-25", "2026-03-26", "2026-03-27"];
        Case::default()
            .duties(&days, DAY)
            .duty("2026-03-28", &format!("17:00 on_queue {end}"))
            .duty("2026-03-30", "08:00 on_queue 12:00")
    };
    week("20:00").keeps("ie.wk");
    week("21:00").breaks("ie.wk", 60);
}

#[test]
fn a_stretch_reaches_over_the_edge_of_the_week() {
    // Sunday 21:00 to Tuesday 09:00, the second week with a free Sunday of its own.
    Case::default()
        .duties(&WEEK[..6], DAY)
        .duty(WEEK[6], "17:00 on_queue 21:00")
        .duties(&NEXT[1..6], DAY)
        .file_also_holds(&NEXT[6..])
        .keeps("ie.wk");
}

#[test]
fn one_stretch_over_the_edge_serves_one_of_two_weeks() {
    let case = Case::default()
        .duties(&WEEK[..6], DAY)
        .duty(WEEK[6], "17:00 on_queue 21:00")
        .duties(&NEXT[1..], DAY);
    case.breaks("ie.wk", 240);
}

#[test]
fn two_rests_in_the_next_week_make_good_for_a_week_without() {
    let two = Case::default().duties(&WEEK, DAY).duties(&[NEXT[0], NEXT[2], NEXT[4], NEXT[6]], DAY);
    two.keeps("ie.wk");
    let one = Case::default()
        .duties(&WEEK, DAY)
        .duties(&[NEXT[0], NEXT[1], NEXT[2], NEXT[4], NEXT[5], NEXT[6]], DAY);
    assert_eq!(one.by("ie.wk").len(), 1);
}

#[test]
fn two_free_days_in_a_row_are_two_rests() {
    // 17:00 to 09:00 three days later: 64 hours, more than 35 and 24.
    let case = Case::default()
        .duties(&WEEK, DAY)
        .duties(&[NEXT[0], NEXT[1], NEXT[4], NEXT[5], NEXT[6]], DAY);
    case.keeps("ie.wk");
}

#[test]
fn rests_of_the_week_before_make_good_for_nothing() {
    let case =
        Case::default().duties(&[WEEK[0], WEEK[2], WEEK[4], WEEK[6]], DAY).duties(&NEXT, DAY);
    assert_eq!(case.by("ie.wk").len(), 1);
}

#[test]
fn the_edge_of_the_file_counts_24_hours_beyond() {
    // Friday 13:00 to the end of Saturday, 24 hours beyond a file that ends on Friday: 35 hours.
    let week = |end: &str| {
        Case::default().duties(&WEEK[..4], DAY).duty(WEEK[4], &format!("09:00 on_queue {end}"))
    };
    week("13:00").keeps("ie.wk");
    week("13:01").by("ie.wk").iter().for_each(|&by| assert_eq!(by, 1));
    assert_eq!(week("13:01").by("ie.wk"), [1]);
}

#[test]
fn the_days_before_the_file_count_24_hours_too() {
    let week = |start: &str| {
        Case::default().duty(WEEK[0], &format!("{start} on_queue 15:00")).duties(&WEEK[1..], DAY)
    };
    week("11:00").keeps("ie.wk");
    week("10:59").breaks("ie.wk", 1);
}

#[test]
fn a_week_of_four_days_is_not_judged_and_said_so() {
    let rows = Case::default().duties(&WEEK[..4], DAY);
    rows.is_legal();
    let file = format!("agent,duty,start,end,activity\n{}", rows.rows);
    let (compliance, _) = audit_bare(file.as_bytes(), None, &["ie".into()], ZONE).unwrap();
    let said = "ie.wk: of the week from 2026-11-30 only 4 of 7 days are in the file";
    assert!(compliance.not_judged.iter().any(|sentence| sentence == said));
}

#[test]
fn a_week_of_five_days_is_judged() {
    Case::default().duties(&WEEK[..5], DAY).breaks("ie.wk", 120);
    Case::default().duties(&WEEK[..5], DAY).file_also_holds(&WEEK[5..]).is_legal();
}

#[test]
fn working_on_sunday_is_told_and_not_judged() {
    let case = Case::default().duties(&WEEK[2..], DAY).file_also_holds(&WEEK[..1]);
    case.is_legal();
    let told: Vec<Breach> = case.breaches();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].rule.as_str(), told[0].severity), ("ie.sunday", Severity::Info));
}

// Weekly hours: section 15.

#[test]
fn forty_eight_hours_in_a_week_are_just_kept() {
    let day = "08:00 on_queue 12:00 meal 13:00 on_queue";
    Case::default().duties(&WEEK[..6], &format!("{day} 17:00")).keeps("ie.avg48");
    Case::default().duties(&WEEK[..6], &format!("{day} 17:01")).breaks("ie.avg48", 6);
}

#[test]
fn a_light_week_makes_room_for_a_heavy_one() {
    let long = "08:00 on_queue 12:00 meal 12:30 on_queue 16:30 meal 16:45 on_queue 18:45";
    let light = Case::default().duties(&WEEK[..5], long).duties(&NEXT[..4], DAY);
    light.file_also_holds(&NEXT[4..]).keeps("ie.avg48");
}

#[test]
fn a_week_of_leave_makes_no_room() {
    let long = "08:00 on_queue 12:00 meal 12:30 on_queue 16:30 meal 16:45 on_queue 18:45";
    let mut case = Case::default().duties(&WEEK[..5], long).file_also_holds(&NEXT);
    case.keeps("ie.avg48");
    for date in NEXT {
        writeln!(case.rows, "amy,,{date} 00:00,{date} 23:59,absent").unwrap();
    }
    case.breaks("ie.avg48", 120);
}

// Young people: the Act of 1996.

#[test]
fn a_young_person_has_thirty_minutes_above_four_and_a_half_hours() {
    let young = || Case::born("2009-06-01");
    young().duty(WEEK[0], "09:00 on_queue 13:30").is_legal();
    young().duty(WEEK[0], "09:00 on_queue 13:31").breaks("ie.young", 30);
    let fifteen = "09:00 on_queue 12:00 break 12:15 on_queue 15:00";
    young().duty(WEEK[0], fifteen).breaks("ie.young", 30);
    young().duty(WEEK[0], "09:00 on_queue 12:00 break 12:30 on_queue 15:00").is_legal();
}

#[test]
fn a_young_person_works_eight_hours_a_day() {
    let day = "09:00 on_queue 13:00 meal 13:30 on_queue";
    Case::born("2009-06-01").duty(WEEK[0], &format!("{day} 17:30")).is_legal();
    Case::born("2009-06-01").duty(WEEK[0], &format!("{day} 17:31")).breaks("ie.young", 1);
}

#[test]
fn a_young_person_works_forty_hours_and_five_days_a_week() {
    let day = "09:00 on_queue 13:00 meal 13:30 on_queue 17:30";
    let five = Case::born("2009-06-01").duties(&WEEK[..5], day).file_also_holds(&WEEK[5..]);
    five.is_legal();
    let six = Case::born("2009-06-01").duties(&WEEK[..6], day).file_also_holds(&WEEK[6..]);
    assert_eq!(six.by("ie.young"), [480, 1440]);
}

#[test]
fn a_young_person_rests_twelve_hours() {
    let days = |start: &str| {
        Case::born("2009-06-01")
            .duty(WEEK[0], "16:00 on_queue 20:00")
            .duty(WEEK[1], &format!("{start} on_queue 12:00"))
    };
    days("08:00").is_legal();
    days("07:59").breaks("ie.young", 1);
}

#[test]
fn a_young_person_works_from_six_to_ten() {
    let young = || Case::born("2009-06-01");
    young().duty(WEEK[0], "18:00 on_queue 22:00").is_legal();
    young().duty(WEEK[0], "18:00 on_queue 22:01").breaks("ie.young", 1);
    young().duty(WEEK[0], "06:00 on_queue 10:00").is_legal();
    young().duty(WEEK[0], "05:59 on_queue 10:00").breaks("ie.young", 1);
}

#[test]
fn protection_ends_at_the_midnight_that_opens_the_birthday() {
    let night = "22:00 on_queue +02:00";
    // Eighteen on Wednesday: Tuesday's two hours before midnight are barred.
    Case::born("2008-12-02").duty("2026-12-01", night).breaks("ie.young", 120);
    Case::born("2008-12-02").duty("2026-12-02", night).is_legal();
    Case::born("2008-12-02").duty("2026-11-30", night).breaks("ie.young", 240);
}

#[test]
fn an_adult_needs_no_date_of_birth() {
    Case::default().duty(WEEK[0], "18:00 on_queue 22:01").is_legal();
    Case::born("1980-01-01").duty(WEEK[0], "18:00 on_queue 22:01").is_legal();
}

// Files.

#[test]
fn no_waiver_frees_from_a_break_and_it_is_said() {
    let file = "agent,start,end,activity\namy,2026-11-30 09:00,2026-11-30 14:00,on_queue\n";
    let people = "agent,waivers\namy,ie.b15\n";
    let (compliance, _) =
        audit_bare(file.as_bytes(), Some(people.as_bytes()), &["ie".into()], ZONE).unwrap();
    assert_eq!(compliance.hard(), 1);
    assert!(compliance.not_judged.iter().any(|said| said.contains("waive ie.b15")));
}

#[test]
fn a_person_elsewhere_is_judged_by_the_clock_there() {
    // 21:30 to 22:30 in Lisbon is 22:30 to 23:30 in Madrid.
    let file = "agent,start,end,activity\namy,2026-11-30T21:30:00+00:00,2026-11-30T22:30:00+00:00,on_queue\n";
    let minutes = |zone: &str| {
        let people = format!("agent,born,timezone\namy,2009-06-01,{zone}\n");
        let (found, _) =
            audit_bare(file.as_bytes(), Some(people.as_bytes()), &["ie".into()], ZONE).unwrap();
        found.breaches.iter().map(|breach| breach.by_minutes.0).sum::<i64>()
    };
    assert_eq!(minutes("Europe/Lisbon"), 30);
    assert_eq!(minutes("Europe/Madrid"), 60);
}

#[test]
fn the_law_of_a_person_stands_for_the_team_s() {
    let file = "agent,start,end,activity\namy,2026-11-30 09:00,2026-11-30 14:00,on_queue\n\
                ben,2026-11-30 09:00,2026-11-30 14:00,on_queue\n";
    let people = "agent,law\nben,eu-base\n";
    let (compliance, names) =
        audit_bare(file.as_bytes(), Some(people.as_bytes()), &["ie".into()], ZONE).unwrap();
    let whose: Vec<&str> =
        compliance.breaches.iter().map(|breach| names.of(breach.agent.unwrap())).collect();
    assert_eq!(whose, ["amy"]);
}

#[test]
fn what_is_owed_is_listed_by_person_and_date() {
    let file = "agent,start,end,activity\namy,2026-11-30 09:00,2026-11-30 12:00,on_queue\n\
                amy,2026-11-30 12:00,2026-11-30 12:20,break\namy,2026-11-30 12:20,2026-11-30 17:00,on_queue\n\
                amy,2026-12-01 09:00,2026-12-01 12:00,on_queue\n";
    let (compliance, _) = audit_bare(file.as_bytes(), None, &["ie".into()], ZONE).unwrap();
    let dues: Vec<(String, &str, i64, i64)> = compliance
        .dues
        .iter()
        .map(|due| (due.date.to_string(), due.kind.as_str(), due.due.0, due.planned.0))
        .collect();
    assert_eq!(
        dues,
        [("2026-11-30".to_owned(), "break", 30, 20), ("2026-12-01".to_owned(), "rest", 660, 960)]
    );
}
