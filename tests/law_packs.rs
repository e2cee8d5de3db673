//! Working-time law of many places at its boundaries, through the command as people run it: each case stands a
//! minute on either side of what the law says, and what line builders are told agrees with the audit.

use std::fmt::Write as _;
use std::fs;

use assert_cmd::Command;
use evenkeel::calendar::Date;
use evenkeel::roster::table::read_bare;
use evenkeel::rules::{Law, Person, packs};
use serde_json::Value;

const MONDAY: &str = "2026-11-30";

/// A roster typed by hand under some packs.
struct Case {
    law: &'static str,
    zone: &'static str,
    rows: String,
    born: &'static str,
    waivers: &'static str,
}

fn under(law: &'static str) -> Case {
    Case { law, zone: "Europe/Berlin", rows: String::new(), born: "", waivers: "" }
}

impl Case {
    fn zone(mut self, zone: &'static str) -> Case {
        self.zone = zone;
        self
    }

    fn born(mut self, date: &'static str) -> Case {
        self.born = date;
        self
    }

    fn waives(mut self, rules: &'static str) -> Case {
        self.waivers = rules;
        self
    }

    /// A duty from a time of day on Monday: `360` minutes of work, `+30` break, `m30` meal, `o30` off queue,
    /// `r5` recovery, `_60` the gap of a split duty.
    fn works(self, start: &str, parts: &str) -> Case {
        self.works_on(MONDAY, start, parts)
    }

    fn works_on(mut self, date: &str, start: &str, parts: &str) -> Case {
        let (hours, minutes) = start.split_once(':').unwrap();
        let mut at: i64 = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
        let clock = |at: i64| {
            let date = Date::parse(date).unwrap().plus(at.div_euclid(1440));
            let of_day = at.rem_euclid(1440);
            format!("{date} {:02}:{:02}", of_day.div_euclid(60), of_day.rem_euclid(60))
        };
        for part in parts.split_whitespace() {
            let kinds = [('+', "break"), ('m', "meal"), ('o', "off_queue"), ('r', "recovery")];
            let kind = kinds.iter().find(|(mark, _)| part.starts_with(*mark));
            let length: i64 =
                part.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
            if !part.starts_with('_') {
                let activity = kind.map_or("on_queue", |(_, activity)| activity);
                writeln!(
                    self.rows,
                    "amy,{date} {start},{},{},{activity}",
                    clock(at),
                    clock(at + length)
                )
                .unwrap();
            }
            at += length;
        }
        self
    }

    fn every_day(mut self, days: i64, start: &str, parts: &str) -> Case {
        for day in 0..days {
            let date = Date::parse(MONDAY).unwrap().plus(day).to_string();
            self = self.works_on(&date, start, parts);
        }
        self
    }

    fn file(&self) -> String {
        format!("agent,duty,start,end,activity\n{}", self.rows)
    }

    /// What `evenkeel audit` answers.
    fn audit(&self) -> Value {
        let folder = tempfile::tempdir().unwrap();
        let (roster, people) = (folder.path().join("roster.csv"), folder.path().join("people.csv"));
        fs::write(&roster, self.file()).unwrap();
        let who = format!("agent,born,waivers\namy,{},{}\n", self.born, self.waivers);
        fs::write(&people, who).unwrap();
        let output = Command::cargo_bin("evenkeel")
            .unwrap()
            .args(["audit", "--law", self.law, "--timezone", self.zone, "--format", "json"])
            .arg("--roster")
            .arg(&roster)
            .arg("--people")
            .arg(&people)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let answer: Value = serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        let hard = list(&answer, "breaches").iter().any(|breach| breach["severity"] == "hard");
        assert_eq!(output.status.code(), Some(i32::from(hard)));
        self.faces_agree(&answer);
        answer
    }

    /// Builders of lines are told of the same breaches by the same minutes.
    fn faces_agree(&self, answer: &Value) {
        let bare = read_bare(self.file().as_bytes(), self.zone).unwrap();
        let packs: Vec<String> = self.law.split(',').map(str::to_owned).collect();
        let law = Law::of(&packs).unwrap();
        let person = Person {
            born: Date::parse(self.born).ok(),
            law: Vec::new(),
            waivers: self.waivers.split(';').map(str::to_owned).collect(),
            place: None,
        };
        let line = bare.roster.lines.iter().find(|line| !line.duties.is_empty()).unwrap();
        let told = law.objections(line, &person, &bare.calendar);
        let mut told: Vec<(String, i64)> =
            told.into_iter().map(|objection| (objection.rule, objection.by.0)).collect();
        let mut audited: Vec<(String, i64)> = list(answer, "breaches")
            .iter()
            .filter(|breach| breach["severity"] == "hard")
            .map(|breach| (text(&breach["rule"]), breach["by_minutes"].as_i64().unwrap()))
            .collect();
        told.sort();
        audited.sort();
        assert_eq!(told, audited, "the two faces differ under {} on\n{}", self.law, self.file());
    }

    /// Minutes by which a rule is broken.
    fn by(&self, rule: &str) -> Vec<i64> {
        let answer = self.audit();
        let of_rule = list(&answer, "breaches").iter().filter(|breach| breach["rule"] == rule);
        of_rule.map(|breach| breach["by_minutes"].as_i64().unwrap()).collect()
    }

    #[track_caller]
    fn keeps(self, rule: &str) {
        assert_eq!(self.by(rule), [0; 0], "{rule}\n{}", self.file());
    }

    #[track_caller]
    fn breaks(self, rule: &str, by: i64) {
        assert_eq!(self.by(rule), [by], "{rule}\n{}", self.file());
    }

    /// Pieces due and planned of a kind.
    fn dues(&self, kind: &str) -> Option<(i64, i64)> {
        let answer = self.audit();
        let due = list(&answer, "dues").iter().find(|due| due["kind"] == kind)?.clone();
        Some((due["due_count"].as_i64()?, due["planned_count"].as_i64()?))
    }

    /// Hours at each rate, kind by kind.
    fn premiums(&self) -> Vec<(String, String, f64, f64)> {
        let answer = self.audit();
        list(&answer, "premiums")
            .iter()
            .map(|it| {
                let hours = (it["hours"].as_f64().unwrap(), it["rate"].as_f64().unwrap());
                (text(&it["date"]), text(&it["kind"]), hours.0, hours.1)
            })
            .collect()
    }
}

fn list<'a>(answer: &'a Value, key: &str) -> &'a Vec<Value> {
    answer[key].as_array().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

// Breaks by length of work: vectors 1 to 8, 17, 25.

#[test]
fn six_hours_without_a_break_break_the_law_where_it_says_from_six_hours() {
    under("fr").works("09:00", "360").breaks("fr.b20", 20);
    under("pl").works("09:00", "360").breaks("pl.b15", 15);
    under("us-or").works("09:00", "360").breaks("or.meal", 30);
    under("nl").works("09:00", "360").breaks("nl.b30", 30);
    under("fr").works("09:00", "359").keeps("fr.b20");
    under("pl").works("09:00", "359").keeps("pl.b15");
    under("us-or").works("09:00", "359").keeps("or.meal");
    under("nl").works("09:00", "330").keeps("nl.b30");
    under("nl").works("09:00", "331").breaks("nl.b30", 30);
}

#[test]
fn six_hours_without_a_break_keep_the_law_where_it_says_above_six_hours() {
    for (law, rule, by) in [
        ("de", "de.b30", 30),
        ("uk", "uk.b20", 20),
        ("it", "it.b10", 10),
        ("es", "es.b15", 15),
        ("eu-base", "eu.break6", 1),
    ] {
        under(law).works("09:00", "360").keeps(rule);
        under(law).works("09:00", "361").breaks(rule, by);
    }
}

#[test]
fn six_hours_and_a_minute_with_a_quarter_of_an_hour() {
    let parts = "180 +15 181";
    under("de").works("09:00", parts).breaks("de.b30", 15);
    under("fr").works("09:00", parts).breaks("fr.b20", 20);
    under("uk").works("09:00", parts).breaks("uk.b20", 20);
    under("nl").works("09:00", parts).breaks("nl.b30", 15);
    under("pl").works("09:00", parts).keeps("pl.b15");
    under("es").works("09:00", parts).keeps("es.b15");
    under("it").works("09:00", parts).keeps("it.b10");
}

#[test]
fn nine_hours_in_germany_need_thirty_minutes_and_a_minute_more_needs_45() {
    under("de").works("08:00", "270 +30 270").keeps("de.b45");
    under("de").works("08:00", "270 +30 271").breaks("de.b45", 15);
    under("de").works("08:00", "270 +15 135 +30 136").keeps("de.b45");
}

#[test]
fn german_breaks_are_in_pieces_of_a_quarter_of_an_hour() {
    under("de").works("08:00", "150 +15 150 +15 100").keeps("de.b30");
    under("de").works("08:00", "150 +20 150 +10 100").breaks("de.b30", 10);
    under("de").works("08:00", "150 +15 150 +14 100").breaks("de.b30", 15);
}

#[test]
fn nobody_in_germany_works_for_more_than_six_hours_in_a_row() {
    under("de").works("08:00", "365 +30 60").breaks("de.b30", 5);
    under("de").works("08:00", "360 +30 60").keeps("de.b30");
    under("de").works("08:00", "30 +30 361").breaks("de.b30", 1);
}

#[test]
fn a_break_at_the_start_or_the_end_is_none() {
    for law in ["de", "uk", "es", "pl", "fr", "it", "nl"] {
        let ends = under(law).works("08:00", "400 +45").audit();
        let starts = under(law).works("08:00", "+45 400").audit();
        let prefix = format!("{law}.b");
        for answer in [ends, starts] {
            let found = list(&answer, "breaches").iter();
            let found = found.filter(|breach| text(&breach["rule"]).starts_with(&prefix));
            assert!(found.count() >= 1, "{law}");
        }
    }
}

#[test]
fn half_a_day_in_britain_earns_one_break_of_twenty_in_one_piece() {
    under("uk").works("08:00", "360 +20 370").keeps("uk.b20");
    under("uk").works("08:00", "360 +19 370").breaks("uk.b20", 20);
    under("uk").works("08:00", "200 +10 200 +10 100").breaks("uk.b20", 20);
}

#[test]
fn japan_asks_for_45_minutes_above_six_hours_and_60_above_eight() {
    let japan = |parts: &str| under("jp").zone("Asia/Tokyo").works("09:00", parts);
    japan("360").keeps("jp.b45");
    japan("361").breaks("jp.b45", 45);
    japan("240 m45 240").keeps("jp.b60");
    japan("240 m45 241").breaks("jp.b60", 15);
    japan("240 m45 200 +15 41").keeps("jp.b60");
}

#[test]
fn polish_breaks_are_working_time() {
    under("pl").works("07:00", "300 +15 225").keeps("pl.b30");
    under("pl").works("07:00", "300 +15 226").breaks("pl.b30", 15);
    under("pl").works("07:00", "240 +15 200 +15 71").keeps("pl.b30");
    // A meal of up to an hour is no working time.
    under("pl").works("07:00", "240 +15 60 m60 225").keeps("pl.b30");
}

#[test]
fn dutch_breaks_are_45_minutes_above_ten_hours() {
    under("nl").works("07:00", "300 +30 300").keeps("nl.b45");
    under("nl").works("07:00", "300 +30 301").breaks("nl.b45", 15);
}

// Rest: vectors 9, 10, 26.

#[test]
fn spain_rests_for_twelve_hours_where_others_rest_for_eleven() {
    let night =
        |law| under(law).works("14:00", "240 +30 240").works_on("2026-12-01", "10:00", "240");
    night("es").breaks("es.rest", 30);
    for (law, rule) in [("ie", "ie.daily_rest"), ("de", "de.rest"), ("fr", "fr.rest")] {
        night(law).keeps(rule);
    }
    under("es").works("14:00", "480").works_on("2026-12-01", "10:00", "240").keeps("es.rest");
}

#[test]
fn the_netherlands_shorten_the_rest_once_in_seven_days() {
    let short = |case: Case, date: &str, next: &str| {
        case.works_on(date, "14:00", "240 +30 210").works_on(next, "06:00", "240")
    };
    let once = || short(under("nl"), MONDAY, "2026-12-01");
    once().keeps("nl.rest");
    short(once(), "2026-12-02", "2026-12-03").breaks("nl.rest", 180);
    short(once(), "2026-12-07", "2026-12-08").keeps("nl.rest");
    let too_short = under("nl").works("14:00", "240 +30 211");
    too_short.works_on("2026-12-01", "06:00", "240").breaks("nl.rest", 181);
}

#[test]
fn a_dutch_night_that_ends_after_two_is_followed_by_fourteen_hours() {
    let late = |minutes: &str, next: &str| {
        under("nl").works("18:00", minutes).works_on("2026-12-01", next, "240")
    };
    late("481", "15:01").breaks("nl.rest", 60);
    late("481", "16:01").keeps("nl.rest");
    late("480", "15:00").keeps("nl.rest");
}

#[test]
fn weekly_rest_is_as_long_as_each_place_says() {
    // Work to both edges of the file, and one long stretch free of it from Wednesday afternoon on.
    let week = |law: &'static str, free: i64| {
        let mut case = under(law);
        for (day, start) in [
            ("2026-11-30", "00:00"),
            ("2026-12-01", "00:00"),
            ("2026-12-01", "12:00"),
            ("2026-12-02", "12:00"),
        ] {
            case = case.works_on(day, start, "240");
        }
        let resumes = 16 * 60 + free;
        let date = Date::parse("2026-12-02").unwrap().plus(resumes.div_euclid(1440));
        let clock = resumes.rem_euclid(1440);
        let start = format!("{:02}:{:02}", clock.div_euclid(60), clock.rem_euclid(60));
        case.works_on(&date.to_string(), &start, "30")
            .works_on("2026-12-05", "06:00", "240")
            .works_on("2026-12-06", "06:00", "240")
            .works_on("2026-12-06", "20:00", "240")
    };
    for (law, rule, hours) in [
        ("de", "de.wk", 35),
        ("fr", "fr.wk", 35),
        ("pl", "pl.wk", 35),
        ("es", "es.wk", 36),
        ("nl", "nl.wk", 36),
        ("ca-qc", "qc.wk", 32),
    ] {
        week(law, hours * 60).keeps(rule);
        let short = week(law, hours * 60 - 1).by(rule);
        assert_eq!(short.len(), 1, "{law}: {short:?}");
    }
    // From Monday's first minute to Sunday's last, with 16 hours between at most.
    let shut_in = |law| under(law).every_day(7, "00:00", "240").every_day(7, "20:00", "240");
    shut_in("ca-on").breaks("on.wk", 480);
    shut_in("jp").breaks("jp.wk", 480);
    under("ca-on").every_day(7, "08:00", "240").keeps("on.wk");
}

// California: vectors 11 to 13.

fn california(parts: &str) -> Case {
    under("us-ca").zone("America/Los_Angeles").works("08:00", parts)
}

#[test]
fn the_first_meal_in_california_starts_by_the_end_of_the_fifth_hour() {
    california("300 m30 180").keeps("ca.meal1");
    california("301 m30 180").breaks("ca.meal1", 1);
    california("300").keeps("ca.meal1");
    california("301").breaks("ca.meal1", 30);
    california("290 m29 180").breaks("ca.meal1", 30);
}

#[test]
fn a_waiver_of_the_meal_holds_up_to_six_hours() {
    california("360").breaks("ca.meal1", 30);
    california("360").waives("ca.meal1").keeps("ca.meal1");
    california("361").waives("ca.meal1").breaks("ca.meal1", 30);
}

#[test]
fn the_second_meal_is_waived_up_to_twelve_hours_where_the_first_was_taken() {
    california("300 m30 300").keeps("ca.meal2");
    california("300 m30 301").breaks("ca.meal2", 30);
    california("300 m30 420").waives("ca.meal2").keeps("ca.meal2");
    california("300 m30 421").waives("ca.meal2").breaks("ca.meal2", 30);
    california("660").waives("ca.meal2").breaks("ca.meal2", 30);
    california("301 m30 300").waives("ca.meal2").breaks("ca.meal2", 30);
    california("300 m30 270 m30 60").keeps("ca.meal2");
    california("300 m30 271 m30 60").breaks("ca.meal2", 1);
}

#[test]
fn rests_in_california_are_one_for_each_four_hours_or_major_fraction() {
    for (work, rests) in [(210, 1), (360, 1), (361, 2), (600, 2), (601, 3)] {
        assert_eq!(california(&work.to_string()).dues("break"), Some((rests, 0)), "{work}");
        california(&work.to_string()).breaks("ca.rest", 10 * rests);
    }
    assert_eq!(california("209").dues("break"), None);
    california("120 +10 120 m30 120 +10 120").keeps("ca.rest");
    california("120 +9 120 m30 120 +10 120").breaks("ca.rest", 10);
    california("+10 240 m30 120 +10 120").breaks("ca.rest", 10);
    california("120 +20 120 m30 240").breaks("ca.rest", 10);
}

#[test]
fn a_missed_meal_and_missed_rests_earn_an_hour_each_a_day() {
    let missed = california("700").premiums();
    let of = |kind: &str| missed.iter().filter(|it| it.1 == kind).map(|it| it.2).sum::<f64>();
    assert_eq!((of("missed_meal"), of("missed_rest")), (1.0, 1.0));
    assert!(
        california("120 +10 120 m30 120 +10 120").premiums().iter().all(|it| it.1 == "overtime")
    );
}

#[test]
fn the_seventh_day_of_a_week_is_paid_half_more_and_double_above_eight_hours() {
    let six = under("us-ca").zone("America/Los_Angeles").every_day(6, "08:00", "240 m30 60");
    let seven = six.works_on("2026-12-06", "08:00", "300 m30 240");
    let sunday: Vec<_> = seven
        .premiums()
        .into_iter()
        .filter(|it| it.0 == "2026-12-06" && it.1 == "overtime")
        .collect();
    let row = |hours, rate| ("2026-12-06".to_owned(), "overtime".to_owned(), hours, rate);
    assert_eq!(sunday, [row(8.0, 1.5), row(1.0, 2.0)]);
    let across = under("us-ca").zone("America/Los_Angeles");
    let across = (3..10).fold(across, |case, day| {
        let date = Date::parse(MONDAY).unwrap().plus(day).to_string();
        case.works_on(&date, "08:00", "240")
    });
    assert!(across.premiums().iter().all(|it| it.1 != "overtime"), "the week is the employer's");
    seven.breaks("ca.day7", 1440);
}

#[test]
fn overtime_in_california_is_counted_by_the_day_and_then_by_the_week() {
    let overtime = |case: Case| -> Vec<(f64, f64)> {
        let all = case.premiums().into_iter().filter(|it| it.1 == "overtime");
        all.map(|it| (it.2, it.3)).collect()
    };
    assert_eq!(overtime(california("300 m30 180")), []);
    assert_eq!(overtime(california("300 m30 240 m30 240")), [(4.0, 1.5), (1.0, 2.0)]);
    let six_days = under("us-ca").zone("America/Los_Angeles").every_day(6, "08:00", "300 m30 180");
    assert_eq!(overtime(six_days), [(8.0, 1.5)]);
    let nine = under("us-ca").zone("America/Los_Angeles").every_day(5, "08:00", "300 m30 240");
    assert_eq!(overtime(nine), [(1.0, 1.5); 5]);
}

// Neighbours in North America and New Zealand: vectors 14 to 16, 24.

#[test]
fn the_meal_in_oregon_lies_by_the_length_of_the_duty() {
    let oregon = |parts: &str| under("us-or").zone("America/Los_Angeles").works("08:00", parts);
    oregon("120 m30 270").keeps("or.meal");
    oregon("119 m30 271").breaks("or.meal", 1);
    oregon("210 m30 180").keeps("or.meal");
    oregon("211 m30 179").breaks("or.meal", 1);
    oregon("180 m30 211").keeps("or.meal");
    oregon("179 m30 212").breaks("or.meal", 1);
    oregon("270 m30 121").keeps("or.meal");
    oregon("271 m30 120").breaks("or.meal", 1);
    // A rest beside the meal is none.
    oregon("120 +10 120 m30 120 +10 120").keeps("or.rest");
    oregon("110 +10 m30 210 +10 120").breaks("or.rest", 10);
}

#[test]
fn nobody_in_washington_works_for_more_than_three_hours_without_a_rest() {
    let washington = |parts: &str| under("us-wa").zone("America/Los_Angeles").works("08:00", parts);
    washington("180").keeps("wa.rest");
    washington("185").breaks("wa.rest", 5);
    washington("180 +10 180").keeps("wa.rest");
    washington("120 m30 61 +10 100").breaks("wa.rest", 1);
    washington("300 m30 60").keeps("wa.meal");
    washington("301 m30 60").breaks("wa.meal", 1);
    washington("119 m30 240").breaks("wa.meal", 1);
}

#[test]
fn new_zealand_has_a_table_that_begins_again_after_eight_hours() {
    let new_zealand = |parts: &str| under("nz").zone("Pacific/Auckland").works("08:00", parts);
    for (work, rests, meals) in [
        ("120", 1, 0),
        ("240", 1, 0),
        ("241", 1, 1),
        ("360", 1, 1),
        ("361", 2, 1),
        ("480", 2, 1),
        ("600", 3, 1),
        ("750", 3, 2),
    ] {
        assert_eq!(new_zealand(work).dues("break"), Some((rests, 0)), "{work}");
        let meal = new_zealand(work).dues("meal");
        assert_eq!(meal, (meals > 0).then_some((meals, 0)), "{work}");
    }
    assert_eq!(new_zealand("119").dues("break"), None);
    new_zealand("120 +10 120 m30 120 +10 120").keeps("nz.tab");
    new_zealand("120 +10 120 m29 120 +10 120").breaks("nz.tab", 30);
}

#[test]
fn karnataka_spreads_a_day_over_twelve_hours_at_most() {
    let karnataka = |parts: &str| under("in-ka").zone("Asia/Kolkata").works("08:00", parts);
    karnataka("280 +80 200 +60 100").keeps("in-ka.spread");
    karnataka("280 +80 200 +60 101").breaks("in-ka.spread", 1);
    karnataka("280 _80 200 _60 101").breaks("in-ka.spread", 1);
    karnataka("300 m60 60").keeps("in-ka.b60");
    karnataka("300 m59 60").breaks("in-ka.b60", 60);
    karnataka("301 m60 60").breaks("in-ka.b60", 1);
}

#[test]
fn canada_stops_after_five_hours_in_a_row() {
    under("ca-on").works("08:00", "300").keeps("on.meal");
    under("ca-on").works("08:00", "301").breaks("on.meal", 30);
    under("ca-on").works("08:00", "60 m30 301").breaks("on.meal", 1);
    under("ca-qc").works("08:00", "300 m30 60").keeps("qc.meal");
    under("ca-qc").works("08:00", "301 m30 60").breaks("qc.meal", 1);
    under("ca-on").works("08:00", "240").works_on(MONDAY, "19:00", "240").keeps("on.between");
    let split = under("ca-on").works("06:00", "450").works_on(MONDAY, "19:00", "331");
    split.breaks("on.between", 150);
}

// Brazil: vectors 18 and 19.

fn brazil(parts: &str) -> Case {
    under("br-nr17-ii").zone("America/Sao_Paulo").works("08:00", parts)
}

#[test]
fn pauses_in_brazil_lie_between_the_first_and_the_last_hour() {
    brazil("60 +10 100 m20 110 +10 70").keeps("br.p2x10");
    brazil("50 +10 110 m20 110 +10 70").breaks("br.p2x10", 10);
    brazil("60 +10 100 m20 120 +10 60").keeps("br.p2x10");
    brazil("60 +10 100 m20 121 +10 59").breaks("br.p2x10", 1);
    brazil("60 +10 275 +10 5").breaks("br.p2x10", 55);
    brazil("60 +9 100 m20 110 +10 70").breaks("br.p2x10", 10);
    brazil("100 +20 100 m20 140").breaks("br.p2x10", 10);
    brazil("60 +10 100 m20 110 m10 70").breaks("br.p2x10", 10);
    assert_eq!(brazil("340").dues("break"), Some((2, 0)));
}

#[test]
fn the_meal_in_brazil_is_none_of_the_pauses() {
    brazil("60 +10 100 m20 110 +10 70").keeps("br.meal20");
    brazil("60 +10 100 +20 110 +10 70").keeps("br.meal20");
    brazil("60 +10 100 m19 110 +10 70").breaks("br.meal20", 20);
    brazil("100 +20 100 +10 130").breaks("br.meal20", 20);
}

#[test]
fn six_hours_a_day_in_brazil_hold_the_pauses_and_not_the_meal() {
    brazil("60 +10 100 m20 110 +10 70").keeps("br.shift");
    brazil("60 +10 100 m20 110 +10 71").breaks("br.shift", 1);
    brazil("60 +10 130 m20 100 +10 70").breaks("br.shift", 20);
    let week = under("br-nr17-ii").zone("America/Sao_Paulo");
    week.every_day(6, "08:00", "60 +10 100 m20 110 +10 70").keeps("br.week");
    let week = under("br-nr17-ii").zone("America/Sao_Paulo");
    week.every_day(6, "08:00", "60 +10 100 m20 110 +10 71").breaks("br.week", 6);
}

#[test]
fn an_hour_of_the_night_in_brazil_is_shorter() {
    let night = under("br-nr17-ii").zone("America/Sao_Paulo").works("22:00", "105");
    assert_eq!(night.premiums(), [(MONDAY.to_owned(), "night".to_owned(), 2.0, 1.2)]);
}

#[test]
fn a_recovery_in_brazil_lasts_ten_minutes() {
    brazil("60 +10 50 r10 40 m20 110 +10 70").keeps("br.abuse");
    brazil("60 +10 50 r9 41 m20 110 +10 70").breaks("br.abuse", 1);
}

// Screens: vectors 20 to 23.

#[test]
fn eight_split_hours_in_a_spanish_contact_centre_need_eight_pauses() {
    let split = |pauses: usize| {
        let parts: Vec<&str> =
            (0..8).map(|nth| if nth < pauses { "55 +5" } else { "60" }).collect();
        let parts = parts.join(" ");
        // Four and a half hours, a gap, and the rest.
        under("es-contact-center").works(
            "08:00",
            &parts.replacen("55 +5 55 +5 55 +5 55 +5 55", "55 +5 55 +5 55 +5 55 +5 30 _120 25", 1),
        )
    };
    assert_eq!(split(8).dues("screen"), Some((8, 8)));
    split(8).keeps("escc.pvd");
    assert_eq!(split(7).dues("screen"), Some((8, 7)));
    split(7).breaks("escc.pvd", 5);
    let two_duties =
        under("es-contact-center").works("08:00", "270").works_on(MONDAY, "15:00", "210");
    assert_eq!(two_duties.dues("screen"), Some((8, 0)));
}

#[test]
fn a_spanish_pause_drifts_by_a_quarter_of_an_hour() {
    under("es-contact-center").works("08:00", "75 +5 30").keeps("escc.pvd");
    under("es-contact-center").works("08:00", "76 +5 30").breaks("escc.pvd", 1);
    under("es-contact-center").works("08:00", "44 +5 60").breaks("escc.pvd", 1);
    // Pauses do not bank.
    under("es-contact-center").works("08:00", "110 +10 20").breaks("escc.pvd", 5);
}

#[test]
fn two_hours_and_a_minute_at_an_italian_screen_need_a_quarter_of_an_hour() {
    under("it").works("08:00", "120").keeps("it.vdu");
    under("it").works("08:00", "121").breaks("it.vdu", 15);
    under("it").works("08:00", "121 +10 +5").breaks("it.vdu", 15);
    under("it").works("08:00", "100 +10 100").breaks("it.vdu", 15);
    under("it").works("08:00", "120 +15 120").keeps("it.vdu");
    under("it").works("08:00", "120 o15 120").keeps("it.vdu");
}

#[test]
fn austria_interrupts_the_screen_after_fifty_minutes_and_once_after_a_hundred() {
    under("at-screen").works("08:00", "50 +10 50 o10 50 +10 50").keeps("at.vdu");
    under("at-screen").works("08:00", "100 +10 50 +10 50").keeps("at.vdu");
    under("at-screen").works("08:00", "101 +10 50 +10 50").breaks("at.vdu", 10);
    under("at-screen").works("08:00", "100 +10 51 +10 50").breaks("at.vdu", 10);
    under("at-screen").works("08:00", "50 +9 50 +10 50").keeps("at.vdu");
    under("at-screen").works("08:00", "120").keeps("at.vdu");
}

// Hours, nights, days of rest: vectors 27 to 30 and the rest of the five packs.

#[test]
fn ten_hours_in_24_are_the_most_in_germany() {
    under("de").works("08:00", "300 +45 300").keeps("de.day");
    under("de").works("08:00", "300 +45 301").breaks("de.day", 1);
    let late_early = |law| {
        under(law).works("14:00", "240 +30 240").works_on("2026-12-01", "09:30", "240 +30 240")
    };
    late_early("de").breaks("de.day", 480 + 240 - 600);
    late_early("de-duty").keeps("de.day");
    late_early("de-duty").keeps("de_duty.day");
}

#[test]
fn two_contracts_add_up() {
    let twice = under("de").works("08:00", "330").works_on(MONDAY, "15:00", "271");
    twice.breaks("de.day", 1);
}

#[test]
fn sunday_work_in_germany_needs_a_permit() {
    let sunday = || under("de").works_on("2026-12-06", "10:00", "240");
    sunday().breaks("de.sun", 240);
    sunday().waives("de.sun").keeps("de.sun");
    under("de").works_on("2026-12-05", "20:00", "240").keeps("de.sun");
    under("de").works_on("2026-12-05", "20:00", "241").breaks("de.sun", 1);
    under("de").works_on("2026-12-25", "10:00", "60").breaks("de.sun", 60);
    under("de").works_on("2026-05-14", "10:00", "60").breaks("de.sun", 60);
}

#[test]
fn a_german_night_is_ten_hours_at_most_and_eight_on_average() {
    under("de").works("20:00", "240 +45 240").keeps("de.night");
    assert_eq!(under("de").works("20:00", "240 +45 241").by("de.night"), [1]);
    let most = under("de").works("18:00", "300 +45 301").by("de.night");
    assert_eq!(most, [1, 121]);
    // Two hours of the night are not yet night work.
    under("de").works("15:00", "300 +45 255").keeps("de.night");
}

#[test]
fn the_british_opt_out_is_the_person_s() {
    let week = || under("uk").every_day(6, "08:00", "240 +20 241");
    week().breaks("uk.avg48", 6);
    week().waives("uk.avg48").keeps("uk.avg48");
    under("uk").every_day(6, "08:00", "240 +20 240").keeps("uk.avg48");
    let refused = under("uk").every_day(6, "08:00", "240 +20 241").waives("uk.b20").audit();
    assert_eq!(list(&refused, "not_judged").len(), 1);
}

/// 17 weeks with a fortnight of leave: Britain makes up for it with the weeks that follow, Ireland leaves it out.
#[test]
fn leave_is_made_up_for_in_britain_and_left_out_in_ireland() {
    let weeks = |law: &'static str, heavy: std::ops::Range<i64>, last: i64| {
        let mut case = under(law).zone("Europe/Dublin");
        for day in 0..7 * last {
            let date = Date::parse("2026-01-05").unwrap().plus(day);
            let (week, of_week) = (day.div_euclid(7), day.rem_euclid(7));
            if (2..4).contains(&week) {
                writeln!(case.rows, "amy,,{date} 00:00,{date} 23:59,absent").unwrap();
            } else if of_week < 6 {
                let parts = if heavy.contains(&week) { "240 +30 300" } else { "240 +30 120" };
                case = case.works_on(&date.to_string(), "08:00", parts);
            }
        }
        case
    };
    // 15 heavy weeks of 54 hours: over in both places while nothing follows.
    assert_eq!(weeks("ie", 0..17, 17).by("ie.avg48").len(), 1);
    assert_eq!(weeks("uk", 0..17, 17).by("uk.avg48").len(), 1);
    // 54 hours in nine of the weeks worked, 36 in the six others and in those that make up for the leave:
    // (9 * 54 + 8 * 36) / 17 = 45.5.
    weeks("uk", 0..11, 19).keeps("uk.avg48");
}

#[test]
fn limits_count_hours_that_pass_and_nights_are_read_from_the_wall() {
    // From 22:00 to 06:00 are seven hours on 29 March 2026.
    let spring = |minutes: &str| under("de").works_on("2026-03-28", "22:00", minutes);
    spring("360").keeps("de.b30");
    let night = under("de").works_on("2026-10-24", "22:00", "480");
    // The clock goes back, so that the row typed from 22:00 to 06:00 is nine hours.
    assert_eq!(night.by("de.night"), [60]);
}

#[test]
fn the_young_are_young_until_the_midnight_of_their_birthday() {
    let evening = |born| under("de").works("19:00", "120").born(born);
    assert_eq!(evening("2008-12-02").by("de.young"), [60]);
    evening("2008-11-30").keeps("de.young");
    let british = |born| under("uk").works("21:00", "180").born(born);
    assert_eq!(british("2008-12-01").by("uk.young"), [120]);
}

#[test]
fn young_people_in_germany_take_breaks_inside_the_first_and_last_hour() {
    let young = |parts: &str| under("de").works("08:00", parts).born("2009-06-01");
    young("270").keeps("de.young");
    young("271").breaks("de.young", 30);
    young("60 +30 240").keeps("de.young");
    young("59 +30 240").breaks("de.young", 1);
    young("180 +30 170 +30 31").breaks("de.young", 29);
    assert_eq!(young("200 +30 200 +30 80").by("de.young"), [0; 0]);
}

#[test]
fn a_waiver_that_names_no_rule_in_force_is_told() {
    let answer = under("de").works("09:00", "240").waives("ca.meal1;eu.avg48").audit();
    let told = answer["not_judged"].to_string();
    assert!(told.contains("ca.meal1") && told.contains("eu.avg48"), "{told}");
}

#[test]
fn the_hours_of_a_duty_over_midnight_and_over_both_clock_changes_are_those_that_pass() {
    // California goes back on 1 November 2026: from 22:00 to 06:00 are nine hours, two of them overtime less.
    let mut night = under("us-ca").zone("America/Los_Angeles");
    night.rows = "amy,1,2026-10-31 22:00,2026-11-01 06:00,on_queue\n".to_owned();
    assert_eq!(night.by("ca.rest"), [20]);
    let overtime: Vec<f64> =
        night.premiums().iter().filter(|it| it.1 == "overtime").map(|it| it.2).collect();
    assert_eq!(overtime, [1.0]);
    // In Germany the night of 25 October has nine hours too, and the break of 30 minutes is due after six.
    let mut night = under("de");
    night.rows = "amy,1,2026-10-24 22:00,2026-10-25 06:00,on_queue\n".to_owned();
    assert_eq!(night.by("de.b30"), [30]);
    assert_eq!(night.by("de.night"), [60]);
}

#[test]
fn overlapping_blocks_are_work_once_and_twice_booked() {
    let mut case = under("de");
    case.rows = "amy,1,2026-11-30 09:00,2026-11-30 15:00,on_queue\n\
        amy,1,2026-11-30 14:00,2026-11-30 15:00,break\n"
        .to_owned();
    case.rows += "amy,1,2026-11-30 15:00,2026-11-30 15:01,on_queue\n";
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, case.file()).unwrap();
    let output = Command::cargo_bin("evenkeel")
        .unwrap()
        .args([
            "audit",
            "--law",
            "de",
            "--timezone",
            "Europe/Berlin",
            "--format",
            "json",
            "--roster",
        ])
        .arg(&roster)
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules: Vec<String> =
        list(&answer, "breaches").iter().map(|breach| text(&breach["rule"])).collect();
    assert!(
        rules.contains(&"house.double_booking".to_owned()) && rules.contains(&"de.b30".to_owned())
    );
}

#[test]
fn wrong_files_are_refused_with_a_code_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let (roster, people) = (folder.path().join("roster.csv"), folder.path().join("people.csv"));
    let sound = "agent,duty,start,end,activity\namy,1,2026-11-30 09:00,2026-11-30 12:00,on_queue\n";
    let empty_block =
        "agent,duty,start,end,activity\namy,1,2026-11-30 09:00,2026-11-30 09:00,break\n";
    let refused = |rows: &str, listed: &str, law: &str| {
        fs::write(&roster, rows).unwrap();
        fs::write(&people, listed).unwrap();
        let output = Command::cargo_bin("evenkeel")
            .unwrap()
            .args(["audit", "--law", law, "--timezone", "Europe/Berlin", "--roster"])
            .arg(&roster)
            .arg("--people")
            .arg(&people)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    assert!(refused(sound, "agent,law\namy,atlantis\n", "de").contains("R111"));
    assert!(refused(sound, "agent,law\namy,\n", "us-cal").contains("did you mean `us-ca`"));
    assert!(refused(empty_block, "agent\namy\n", "de").contains("R107"));
}

#[test]
fn stable_schedules_ask_for_eleven_hours_and_oregon_for_ten_and_neither_forbids_less() {
    let late_and =
        |law, start| under(law).works("14:00", "480").works_on("2026-12-01", start, "240");
    late_and("stable-schedule", "09:00").keeps("stable.rest");
    late_and("stable-schedule", "08:59").breaks("stable.rest", 1);
    late_and("us-or-schedules", "08:00").keeps("or.between");
    late_and("us-or-schedules", "07:59").breaks("or.between", 1);
}

#[test]
fn the_page_on_law_lists_every_pack() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/concepts/law.md");
    let page = fs::read_to_string(page).unwrap();
    for pack in packs() {
        let row = format!("| `{}` | {} |", pack.id, pack.title);
        assert!(page.contains(&row), "docs/concepts/law.md lacks {row}");
    }
}

#[test]
fn several_packs_hold_together_and_a_person_may_have_one_of_their_own() {
    let both = under("ie,de").works("09:00", "365 +30 60").audit();
    let rules: Vec<String> =
        list(&both, "breaches").iter().map(|breach| text(&breach["rule"])).collect();
    assert!(rules.contains(&"ie.b15".to_owned()) && rules.contains(&"de.b30".to_owned()));
}
