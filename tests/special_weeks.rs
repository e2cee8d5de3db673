//! Weeks in which the clock changes, nights that reach from one week into the next, part-timers, and three sites that
//! answer round the clock by day.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use evenkeel::calendar::Date;
use serde_json::Value;
use tempfile::TempDir;

fn evenkeel() -> Command {
    Command::cargo_bin("evenkeel").unwrap()
}

/// A shipped team, changed and searched briefly.
fn team(name: &str, changes: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", name]).arg(&team).assert().success();
    let file = team.join("scenario.toml");
    let mut text = fs::read_to_string(&file).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "the scenario no longer says `{from}`");
        text = text.replace(from, to);
    }
    fs::write(&file, text).unwrap();
    (folder, team)
}

/// The rota with nights in a week that starts then, with the same volume at every hour.
fn nights(start: &str) -> (TempDir, PathBuf) {
    let start = format!("start = \"{start}\"");
    let (folder, team) = team(
        "night-rota",
        &[
            ("start = \"2026-11-30\"", &start),
            ("days = 14", "days = 7"),
            (
                "rounds = 20\nnodes = 100\nreplications = 100",
                "rounds = 3\nnodes = 6\nreplications = 3",
            ),
            ("patience_minutes = 5", "patience_minutes = 5\ncontacts_per_hour = 7"),
        ],
    );
    fs::remove_file(team.join("volume.csv")).unwrap();
    (folder, team)
}

fn plan(team: &Path, out: &Path, more: &[&str]) -> Value {
    let mut command = evenkeel();
    command.arg("plan").arg(team).arg("--out").arg(out).args(["--quiet", "--format", "json"]);
    let done = command.args(more).assert().success();
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

/// One row of a roster: whose, which duty, from when to when in minutes of no place, what, and whether paid.
struct Row {
    agent: String,
    duty: String,
    start: i64,
    end: i64,
    clocks: (String, String),
    activity: String,
    is_paid: bool,
}

/// Minutes since some midnight of a stamp with its offset, such as `2026-10-25T05:00:00+00:00`.
fn minutes(stamp: &str) -> i64 {
    let day = Date::parse(&stamp[..10]).unwrap().days_since(Date::parse("2026-01-01").unwrap());
    let number = |text: &str| text.parse::<i64>().unwrap();
    let ahead = 60 * number(&stamp[20..22]) + number(&stamp[23..25]);
    let ahead = if &stamp[19..20] == "-" { -ahead } else { ahead };
    1440 * day + 60 * number(&stamp[11..13]) + number(&stamp[14..16]) - ahead
}

fn rows(out: &Path) -> Vec<Row> {
    let text = fs::read_to_string(out.join("roster.csv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        Row {
            agent: cells[0].to_owned(),
            duty: cells[1].to_owned(),
            start: minutes(cells[2]),
            end: minutes(cells[3]),
            clocks: (cells[2][11..].to_owned(), cells[3][11..].to_owned()),
            activity: cells[4].to_owned(),
            is_paid: cells[5] == "true",
        }
    };
    text.lines().skip(1).map(row).collect()
}

/// Start, end, their clocks and paid minutes of each duty.
fn duties(rows: &[Row]) -> Vec<(i64, i64, String, String, i64)> {
    let mut duties: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.activity != "absent") {
        duties.entry((&row.agent, &row.duty)).or_default().push(row);
    }
    let duty = |mut rows: Vec<&Row>| {
        rows.sort_by_key(|row| row.start);
        assert!(rows.windows(2).all(|two| two[0].end == two[1].start), "blocks touch");
        let paid = rows.iter().filter(|row| row.is_paid).map(|row| row.end - row.start).sum();
        let (first, last) = (rows[0], rows[rows.len() - 1]);
        (first.start, last.end, first.clocks.0.clone(), last.clocks.1.clone(), paid)
    };
    duties.into_values().map(duty).collect()
}

/// Stretches longer than a meal, `from` to `to`, in which nobody is on queue.
fn holes(rows: &[Row], from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut open: Vec<(i64, i64)> = rows
        .iter()
        .filter(|row| row.activity == "on_queue")
        .map(|row| (row.start, row.end))
        .collect();
    open.sort_unstable();
    let (mut until, mut holes) = (from, Vec::new());
    for (start, end) in open {
        if start > until + 30 {
            holes.push((until, start));
        }
        until = until.max(end);
    }
    holes.extend((until < to).then_some((until, to)));
    holes
}

/// A week in which the clock changes in the night to Sunday: how long that night's duties are, and that nobody is
/// missed before the early duty comes.
fn night_of_the_change(start: &str, offsets: (&str, &str), elapsed: i64) {
    let (folder, team) = nights(start);
    let out = folder.path().join("out");
    let plan = plan(&team, &out, &[]);
    assert_eq!(plan["breaches"], 0);
    let rows = rows(&out);
    let night: Vec<_> = duties(&rows)
        .into_iter()
        .filter(|duty| duty.2.ends_with(offsets.0) && duty.3.ends_with(offsets.1))
        .filter(|duty| duty.2.starts_with("22:00"))
        .collect();
    assert!(!night.is_empty(), "nobody works in the night of the change");
    for (start, end, _, _, paid) in &night {
        // Half an hour of meal is unpaid; all else is paid by the minute, as it passes.
        assert_eq!(*paid, end - start - 30);
    }
    let by_clock = night.iter().filter(|duty| duty.3.starts_with("06:00"));
    assert!(by_clock.clone().all(|duty| duty.1 - duty.0 == elapsed));
    // Nobody is there before the first duty of the horizon starts, and somebody from then on.
    let monday = minutes(&format!("{start}T06:00:00{}", offsets.0));
    let until = rows.iter().map(|row| row.end).max().unwrap().min(monday + 6 * 1440 + 1080);
    assert_eq!(holes(&rows, monday, until), []);
    // Judged by the packs alone, without the scenario, the roster is as sound.
    let audit = evenkeel()
        .args([
            "audit",
            "--law",
            "ie",
            "--timezone",
            "Europe/Dublin",
            "--format",
            "json",
            "--roster",
        ])
        .arg(out.join("roster.csv"))
        .output()
        .unwrap();
    let audit: Value = serde_json::from_slice(&audit.stdout).unwrap();
    let hard = |breach: &&Value| breach["severity"] == "hard";
    assert_eq!(audit["breaches"].as_array().unwrap().iter().filter(hard).count(), 0);
}

#[test]
fn the_night_the_clock_goes_back_is_an_hour_longer_and_paid_so() {
    night_of_the_change("2026-10-19", ("+01:00", "+00:00"), 540);
}

#[test]
fn the_night_the_clock_goes_forward_is_an_hour_shorter_and_paid_so() {
    night_of_the_change("2027-03-22", ("+00:00", "+01:00"), 420);
}

#[test]
fn sunday_s_published_night_covers_the_first_hours_of_monday() {
    let (folder, team) = nights("2026-11-02");
    let out = folder.path().join("out");
    let first = plan(&team, &team.join("out/2026-11-02"), &[]);
    let morning = first["shortfall_minutes"].as_f64().unwrap();
    assert!(morning > 200.0, "nobody can be planned before Monday's first duty: {morning}");
    evenkeel().arg("publish").arg(&team).assert().success();
    let next = plan(&team, &out, &["--week", "2026-11-09"]);
    let left = next["shortfall_minutes"].as_f64().unwrap();
    assert!(left < 0.2 * morning, "{left} of {morning}");
    assert_eq!(next["breaches"], 0);
    // Nobody comes off a published night into an early duty.
    let monday = minutes("2026-11-09T00:00:00+00:00");
    assert!(rows(&out).iter().all(|row| row.start >= monday));
}

#[test]
fn three_sites_answer_round_the_clock_and_each_works_by_day() {
    let (folder, team) = team(
        "follow-the-sun",
        &[("rounds = 12\nnodes = 40", "rounds = 3\nnodes = 8\nreplications = 3")],
    );
    let out = folder.path().join("out");
    let plan = plan(&team, &out, &[]);
    assert_eq!(plan["breaches"], 0);
    let rows = rows(&out);
    for (_, _, start, end, _) in duties(&rows) {
        assert!(("07:00".."12:00").contains(&&start[..5]), "starts at {start}");
        assert!(("12:00"..="20:00").contains(&&end[..5]), "ends at {end}");
    }
    // Each on their own wall, Dublin's before and after its clock goes back.
    let mut offsets: Vec<&str> = rows.iter().map(|row| &row.clocks.0[8..]).collect();
    offsets.sort_unstable();
    offsets.dedup();
    assert_eq!(offsets, ["+00:00", "+01:00", "+13:00", "-07:00"]);
    // From the first day in Dublin to the last minute of its 169 hours somebody is on queue.
    let monday = minutes("2026-10-19T07:00:00+01:00");
    let sunday = minutes("2026-10-26T00:00:00+00:00");
    assert_eq!(holes(&rows, monday, sunday), []);
}

#[test]
fn part_timers_work_their_own_hours() {
    let (folder, team) = team(
        "follow-the-sun",
        &[("rounds = 12\nnodes = 40", "rounds = 3\nnodes = 4\nreplications = 3")],
    );
    let out = folder.path().join("out");
    plan(&team, &out, &[]);
    let mut paid: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows(&out).iter().filter(|row| row.is_paid) {
        *paid.entry(row.agent.clone()).or_default() += row.end - row.start;
    }
    let agents = fs::read_to_string(team.join("agents.csv")).unwrap();
    for line in agents.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let contract = 60.0 * cells[3].parse::<f64>().unwrap();
        let worked = f64::from(i32::try_from(paid[cells[0]]).unwrap());
        assert!((0.8 * contract..=contract).contains(&worked), "{line}: {worked}");
    }
}
