//! The forecast command, from outside: its contract, what it may not read, and inputs as they come.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "start,mean,p05,p10,p25,p50,p75,p90,p95";

fn evenkeel(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evenkeel"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Run on a file `h.csv` of these bytes; stdout where it ended well.
fn forecast(bytes: impl AsRef<[u8]>, arguments: &[&str]) -> String {
    let ran = run(bytes, arguments);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

fn run(bytes: impl AsRef<[u8]>, arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("h.csv"), bytes).unwrap();
    std::fs::write(
        folder.path().join("off.csv"),
        "date,name\n2026-01-01,New Year\n2026-05-05,Feast\n",
    )
    .unwrap();
    let all: Vec<&str> =
        ["forecast", "--history", "h.csv"].iter().chain(arguments).copied().collect();
    evenkeel(folder.path(), &all)
}

/// Hourly counts of so many days from Thursday 2026-01-01 on, busier on Mondays, with repeatable noise.
fn rows(days: u32) -> Vec<String> {
    let mut all = Vec::new();
    let mut draw: u32 = 12_345;
    for day in 0..days {
        let date = day_of(day);
        for hour in 8..18_u32 {
            draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = draw.rotate_left(8) % 9;
            let usual = 20 + 3 * (if hour < 13 { hour - 8 } else { 18 - hour });
            let busy = if (day + 3) % 7 == 0 { 12 } else { 0 };
            if (day + 3) % 7 < 5 {
                all.push(format!("{date} {hour:02}:00,{}", usual + busy + noise));
            }
        }
    }
    all
}

fn day_of(day: u32) -> String {
    let (mut month, mut day) = (0, day);
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while day >= lengths[month] {
        day -= lengths[month];
        month += 1;
    }
    format!("2026-{:02}-{:02}", month + 1, day + 1)
}

fn file(rows: &[String]) -> String {
    format!("start,contacts\n{}\n", rows.join("\n"))
}

fn means(csv: &str) -> Vec<f64> {
    csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect()
}

const ASKED: [&str; 8] =
    ["--grid", "30", "--as-of", "2026-04-20", "--days", "14", "--format", "csv"];

#[test]
fn every_interval_of_the_days_asked_has_its_mean_and_ascending_quantiles() {
    let csv = forecast(file(&rows(109)), &ASKED);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines[0], lines.len()), (HEADER, 1 + 14 * 48));
    assert!(lines[1].starts_with("2026-04-20 00:00:00,"));
    assert!(lines.last().unwrap().starts_with("2026-05-03 23:30:00,"));
    for line in &lines[1..] {
        let figures: Vec<f64> = line.split(',').skip(2).map(|it| it.parse().unwrap()).collect();
        assert!(figures.windows(2).all(|pair| pair[0] <= pair[1]), "{line}");
    }
    // Two Saturdays and two Sundays have never had a contact.
    assert_eq!(means(&csv).iter().filter(|mean| **mean > 0.0).count(), 10 * 20);
}

#[test]
fn whatever_the_future_holds_the_bytes_are_the_same() {
    let known = forecast(file(&rows(109)), &ASKED);
    let mut told = rows(109);
    told.extend(
        (0..30).map(|day| format!("{} 12:07,{}", day_of(109 + day), 1_000_000 * (day + 1))),
    );
    assert_eq!(forecast(file(&told), &ASKED), known);
    told.push("2027-01-01 00:00,much".to_owned());
    told.push("2027-01-01 00:00,-5,3,4".to_owned());
    assert_eq!(forecast(file(&told), &ASKED), known);
}

#[test]
fn every_grid_holds_the_same_contacts() {
    let total = |grid: &str| -> f64 {
        let asked = ["--grid", grid, "--as-of", "2026-04-20", "--format", "csv"];
        means(&forecast(file(&rows(109)), &asked)).iter().sum()
    };
    let hourly = total("60");
    for grid in ["5", "15", "30", "120", "240", "1440"] {
        assert!((total(grid) - hourly).abs() < 0.01, "{grid}");
    }
}

#[test]
fn the_order_of_rows_and_their_encoding_change_nothing() {
    let known = forecast(file(&rows(109)), &ASKED);
    let mut turned = rows(109);
    turned.reverse();
    assert_eq!(forecast(file(&turned), &ASKED), known);
    let wide: Vec<u8> = file(&turned).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(forecast(wide, &ASKED), known);
    let spreadsheet = file(&turned).replace(',', ";").replace('\n', "\r\n");
    assert_eq!(forecast(format!("\u{feff}{spreadsheet}"), &ASKED), known);
}

#[test]
fn rows_given_twice_count_twice() {
    let once: f64 = means(&forecast(file(&rows(109)), &ASKED)).iter().sum();
    let twice = [rows(109), rows(109)].concat();
    let twice: f64 = means(&forecast(file(&twice), &ASKED)).iter().sum();
    assert!((twice / once - 2.0).abs() < 0.02, "{}", twice / once);
}

#[test]
fn a_clock_that_changes_has_a_day_of_23_hours_and_one_of_25() {
    let asked = |first: &'static str| {
        [
            "--grid",
            "30",
            "--as-of",
            first,
            "--days",
            "7",
            "--timezone",
            "Europe/Dublin",
            "--format",
            "csv",
        ]
    };
    let spring = forecast(file(&rows(80)), &asked("2026-03-23"));
    assert_eq!(spring.lines().count(), 1 + 167 * 2);
    assert!(
        spring.contains("2026-03-29T02:00:00+01:00,") && !spring.contains("2026-03-29T01:00:00")
    );
    let autumn = forecast(file(&rows(290)), &asked("2026-10-19"));
    assert_eq!(autumn.lines().count(), 1 + 169 * 2);
    assert!(
        autumn.contains("2026-10-25T01:30:00+01:00,")
            && autumn.contains("2026-10-25T01:30:00+00:00,")
    );
}

#[test]
fn a_holiday_is_foretold_by_its_namesakes() {
    let mut rows = rows(130);
    let feast = |row: &String| row.starts_with("2026-05-05");
    rows.retain(|row| !feast(row) || row.contains(" 08:"));
    let asked =
        ["--as-of", "2026-05-11", "--holidays", "off.csv", "--days", "7", "--format", "csv"];
    let usual: f64 = means(&forecast(file(&rows), &asked)).iter().sum();
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("h.csv"), file(&rows)).unwrap();
    std::fs::write(folder.path().join("o.csv"), "2026-05-05,Feast\n2026-05-12,Feast\n").unwrap();
    let asked = [
        "forecast",
        "--history",
        "h.csv",
        "--as-of",
        "2026-05-11",
        "--holidays",
        "o.csv",
        "--days",
        "7",
        "--format",
        "csv",
    ];
    let off = String::from_utf8(evenkeel(folder.path(), &asked).stdout).unwrap();
    let tuesday = |csv: &str| -> f64 { means(csv)[24..48].iter().sum() };
    assert!(tuesday(&off) < 0.15 * usual / 5.0, "{} of {usual}", tuesday(&off));
}

#[test]
fn a_history_of_one_week_of_gaps_of_zeros_and_of_huge_counts_is_foretold_without_a_fault() {
    let asked = ["--days", "7", "--format", "csv"];
    let week = means(&forecast(file(&rows(7)), &asked));
    assert!(week.iter().sum::<f64>() > 0.0);
    let zeros: Vec<String> = (0..60).map(|day| format!("{} 09:00,0", day_of(day))).collect();
    assert_eq!(means(&forecast(file(&zeros), &asked)).iter().sum::<f64>(), 0.0);
    let one = means(&forecast("start,n\n2026-01-05 09:00,3\n", &asked));
    assert!((one[9] - 3.0).abs() < 1e-9);
    let huge: Vec<String> =
        (0..90).map(|day| format!("{} 09:00,{}", day_of(day), 999_999_999)).collect();
    assert!(means(&forecast(file(&huge), &asked)).iter().all(|mean| mean.is_finite()));
    let mut gaps = rows(200);
    gaps.retain(|row| !("2026-02-10"..="2026-04-20").contains(&&row[..10]));
    let monday =
        means(&forecast(file(&gaps), &["--as-of", "2026-12-07", "--days", "1", "--format", "csv"]));
    assert!((300.0..600.0).contains(&monday.iter().sum()), "{monday:?}");
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_way_out() {
    let code = |arguments: &[&str]| run(file(&rows(30)), arguments).status.code();
    assert_eq!(code(&["--grid", "7"]), Some(2));
    assert_eq!(code(&["--grid", "-30"]), Some(2));
    assert_eq!(code(&["--as-of", "2020-01-01"]), Some(2));
    assert_eq!(code(&["--days", "0"]), Some(2));
    assert_eq!(code(&["--days", "100000"]), Some(2));
    assert_eq!(code(&["--timezone", "Mars"]), Some(2));
    assert_eq!(code(&["--column", "calls"]), Some(3));
    assert_eq!(code(&["--holidays", "h.csv"]), Some(0));
    assert_eq!(code(&["--holidays", "none.csv"]), Some(6));
    assert_eq!(code(&["--week", "2026-01-05"]), Some(2));
    assert_eq!(evenkeel(Path::new("."), &["forecast"]).status.code(), Some(2));
}

#[test]
fn a_backtest_scores_every_method_at_the_same_origins() {
    let json: Value = serde_json::from_str(&forecast(
        file(&rows(150)),
        &["--backtest", "--origins", "4", "--format", "json"],
    ))
    .unwrap();
    assert_eq!(json["schema"], "evenkeel.backtest/1");
    let queue = &json["queues"][0];
    // The last row is of Friday 29 May; two weeks back is Saturday 16 May.
    assert_eq!(queue["origins"][3], "2026-05-16");
    assert_eq!(
        (queue["origins"].as_array().unwrap().len(), queue["days_judged"].as_u64()),
        (4, Some(40))
    );
    assert_eq!(queue["scores"].as_array().unwrap().len(), 9);
    let naive = score(queue, "seasonal_naive", "all");
    assert!(
        (naive
            - naive_error(&rows(150), &["2026-04-25", "2026-05-02", "2026-05-09", "2026-05-16"]))
        .abs()
            < 1e-6
    );
    assert!(score(queue, "evenkeel", "all") < naive);
}

fn score(queue: &Value, method: &str, horizon: &str) -> f64 {
    let scores = queue["scores"].as_array().unwrap();
    let found = scores.iter().find(|it| it["method"] == method && it["horizon"] == horizon);
    found.unwrap()["wape"].as_f64().unwrap()
}

/// Error of the last known same weekday, worked out from the rows alone.
fn naive_error(rows: &[String], origins: &[&str]) -> f64 {
    let all: Vec<(&str, &str, f64)> =
        rows.iter().map(|row| (&row[..10], &row[11..16], row[17..].parse().unwrap())).collect();
    let dates: Vec<String> = (0..200).map(day_of).collect();
    let place = |date: &str| dates.iter().position(|known| known == date).unwrap();
    let (mut errors, mut contacts) = (0.0, 0.0);
    for origin in origins {
        let first = place(origin);
        for (date, hour, came) in &all {
            let day = place(date);
            if (first..first + 14).contains(&day) {
                let back = if day < first + 7 { 7 } else { 14 };
                let then =
                    all.iter().find(|it| it.0 == dates[day - back] && it.1 == *hour).unwrap();
                errors += (came - then.2).abs();
                contacts += came;
            }
        }
    }
    errors / contacts
}

#[test]
fn a_backtest_says_plainly_what_it_found_and_when_it_cannot_judge() {
    let told = forecast(file(&rows(150)), &["--backtest", "--origins", "2"]);
    assert!(told.contains("better than both") || told.contains("WORSE"), "{told}");
    let short = forecast(file(&rows(20)), &["--backtest"]);
    assert!(short.contains("too little history"), "{short}");
    let csv = forecast(file(&rows(150)), &["--backtest", "--origins", "2", "--format", "csv"]);
    assert!(
        csv.starts_with("queue,days_ahead,method,wape,day_wape,mase,bias,quantile_loss"),
        "{csv}"
    );
}

#[test]
fn a_backtest_reads_nothing_from_its_date_on() {
    let asked = ["--backtest", "--origins", "3", "--as-of", "2026-05-18", "--format", "json"];
    let known = forecast(file(&rows(137)), &asked);
    let mut told = rows(137);
    told.extend((0..20).map(|day| format!("{} 12:30,77777", day_of(137 + day))));
    assert_eq!(forecast(file(&told), &asked), known);
}

#[test]
fn a_team_is_foretold_queue_by_queue_as_its_plan_sees_it() {
    let folder = TempDir::new().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/dublin-saas");
    let example = example.to_str().unwrap();
    let csv = evenkeel(folder.path(), &["forecast", example, "--format", "csv"]);
    let csv = String::from_utf8(csv.stdout).unwrap();
    let mut lines = csv.lines();
    assert_eq!(lines.next().unwrap(), format!("queue,{HEADER}"));
    let json = evenkeel(folder.path(), &["forecast", example, "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["schema"], "evenkeel.forecast/1");
    let mut from_days = String::new();
    for queue in json["queues"].as_array().unwrap() {
        let name = queue["queue"].as_str().unwrap();
        let of_days: f64 =
            queue["days"].as_array().unwrap().iter().map(|day| day["mean"].as_f64().unwrap()).sum();
        let of_rows: f64 = csv
            .lines()
            .filter(|line| line.starts_with(&format!("{name},")))
            .map(|line| line.split(',').nth(2).unwrap().parse::<f64>().unwrap())
            .sum();
        assert!((of_days - of_rows).abs() < 0.01, "{name}: {of_days} against {of_rows}");
        writeln!(from_days, "{name}").unwrap();
    }
    assert!(!from_days.is_empty());
}

#[test]
fn tickets_become_a_history_and_a_log_becomes_steps_of_escalation() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "t.csv",
        "n,opened,prio\n1,2026-01-05 09:01,1\n2,2026-01-05 09:20,1\n3,2026-01-05 09:40,2\n",
    );
    let ran = evenkeel(
        folder.path(),
        &[
            "import",
            "contacts",
            "t.csv",
            "--start",
            "opened",
            "--queue",
            "prio",
            "--rename",
            "1=critical",
        ],
    );
    let told = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(told, "start,queue,contacts\n2026-01-05 09:00,critical,2\n2026-01-05 09:30,2,1\n");
    write(
        "l.csv",
        "case,at,level\na,2026-01-05 09:00,L1\na,2026-01-05 10:00,L2\nb,2026-01-05 09:00,L1\n",
    );
    let ran = evenkeel(
        folder.path(),
        &["import", "levels", "l.csv", "--case", "case", "--time", "at", "--level", "level"],
    );
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(told.contains("[[queues.escalation]]"), "{told}");
    let keys: toml::Table = told.parse().unwrap();
    let step = &keys["queues"]["escalation"][0];
    assert_eq!(
        (step["from"].as_str(), step["to"].as_str(), step["share"].as_float()),
        (Some("L1"), Some("L2"), Some(0.5))
    );
}
