//! People of two sites under two laws: planned by the clock on their own wall, and found sound by two audits.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn evenkeel() -> Command {
    Command::cargo_bin("evenkeel").unwrap()
}

fn json(command: &mut Command) -> Value {
    let output = command.args(["--format", "json"]).output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn hard(audit: &Value) -> Vec<&Value> {
    let all = audit["breaches"].as_array().unwrap().iter();
    all.filter(|breach| breach["severity"] == "hard").collect()
}

/// The shipped team of Dublin and San Francisco, searched briefly.
fn team() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", "nine-people-19-hours"]).arg(&team).assert().success();
    change(&team, "rounds = 10\nnodes = 20", "rounds = 3\nnodes = 2\nreplications = 5");
    (folder, team)
}

fn change(team: &Path, from: &str, to: &str) {
    let file = team.join("scenario.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "the scenario no longer says `{from}`");
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn each_site_works_its_own_day_under_its_own_law() {
    let (folder, team) = team();
    let out = folder.path().join("out");
    let plan = json(evenkeel().arg("plan").arg(&team).arg("--out").arg(&out));
    assert_eq!(plan["breaches"], 0);
    let roster = fs::read_to_string(out.join("roster.csv")).unwrap();
    let mut people = "agent,timezone,law\n".to_owned();
    for row in roster.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let is_away = ["fatima", "grace", "hector", "ines"].contains(&cells[0]);
        let offset = if is_away { "-07:00" } else { "+00:00" };
        assert!(cells[2].ends_with(offset), "{row}");
        assert!(("07:00"..="19:30").contains(&&cells[2][11..16]), "{row}");
        let (zone, law) =
            if is_away { ("America/Los_Angeles", "us-ca") } else { ("Europe/Dublin", "ie") };
        if !people.contains(cells[0]) {
            writeln!(people, "{},{zone},{law}", cells[0]).unwrap();
        }
    }
    // The same roster judged without the scenario, everyone by the law and the zone that a file gives them.
    let listed = folder.path().join("people.csv");
    fs::write(&listed, people).unwrap();
    let bare = json(
        evenkeel()
            .args(["audit", "--law", "ie", "--timezone", "Europe/Dublin", "--roster"])
            .arg(out.join("roster.csv"))
            .arg("--people")
            .arg(&listed),
    );
    assert_eq!(hard(&bare), [&Value::Null; 0]);
    let inside =
        json(evenkeel().arg("audit").arg(&team).arg("--roster").arg(out.join("roster.csv")));
    let dues = |audit: &Value| {
        let of = |agent: &str| {
            let all = audit["dues"].as_array().unwrap().iter();
            all.filter(|due| due["agent"] == agent)
                .map(|due| due["due"].as_i64().unwrap())
                .sum::<i64>()
        };
        ["aoife", "fatima"].map(of)
    };
    assert_eq!(dues(&bare), dues(&inside));
}

/// A team in Dublin with a site in Berlin, and a roster typed by hand.
fn audited(sites: &str, law: &str, rows: &str) -> Value {
    let (folder, team) = team();
    change(&team, "[[sites]]\nid = \"dublin\"", &format!("{sites}\n[[sites]]\nid = \"dublin\""));
    fs::write(
        team.join("agents.csv"),
        format!(
            "id,tier,site,contract_hours,law\namy,css1,berlin,37.5,{law}\nben,css1,dublin,37.5,\n"
        ),
    )
    .unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, format!("agent,start,end,activity\n{rows}")).unwrap();
    json(evenkeel().arg("audit").arg(&team).arg("--roster").arg(&roster))
}

const BERLIN: &str = "[[sites]]\nid = \"berlin\"\ntime_zone = \"Europe/Berlin\"\nlaw = [\"de\"]\n";

fn rules(audit: &Value) -> Vec<&str> {
    hard(audit).iter().map(|breach| breach["rule"].as_str().unwrap()).collect()
}

#[test]
fn sunday_is_sunday_where_a_person_works() {
    // Half past eleven on Saturday night in Dublin is Sunday in Berlin.
    let saturday = "amy,2026-10-31T23:30:00+00:00,2026-11-01T00:00:00+00:00,on_queue\n";
    let audit = audited(BERLIN, "", saturday);
    assert_eq!(rules(&audit), ["de.sun"]);
    assert_eq!(hard(&audit)[0]["date"], "2026-11-01");
    // And half past eleven on Sunday night is Monday.
    let monday = "amy,2026-11-01T23:30:00+00:00,2026-11-02T00:00:00+00:00,on_queue\n";
    assert_eq!(rules(&audited(BERLIN, "", monday)), [""; 0]);
}

#[test]
fn a_permit_of_the_site_opens_its_sundays_and_its_own_holidays() {
    let sunday = "amy,2026-11-01T10:00:00+01:00,2026-11-01T12:00:00+01:00,on_queue\n";
    assert_eq!(rules(&audited(BERLIN, "", sunday)), ["de.sun"]);
    let permit = format!("{BERLIN}sunday_permit = true\n");
    assert_eq!(rules(&audited(&permit, "", sunday)), [""; 0]);
    let friday = "amy,2026-10-30T10:00:00+01:00,2026-10-30T12:00:00+01:00,on_queue\n";
    assert_eq!(rules(&audited(BERLIN, "", friday)), [""; 0]);
    let closed = format!("{BERLIN}holidays = {{ 2026-10-30 = \"a day of the state\" }}\n");
    assert_eq!(rules(&audited(&closed, "", friday)), ["de.sun"]);
}

#[test]
fn a_person_s_own_law_comes_before_that_of_the_site() {
    let long = "amy,2026-10-29T09:00:00+01:00,2026-10-29T15:00:00+01:00,on_queue\n";
    assert!(rules(&audited(BERLIN, "", long)).iter().all(|rule| rule.starts_with("house.")));
    assert!(rules(&audited(BERLIN, "ie", long)).contains(&"ie.b15"));
}

#[test]
fn every_problem_of_a_site_is_told_at_once() {
    let (_folder, team) = team();
    let wrong = "[[sites]]\nid = \"dublin\"\n[[sites]]\nid = \"dublin\"\ntime_zone = \"Mars/Olympus\"\nlaw = [\"marsian\"]\nholidays = { someday = \"x\" }\n[[sites]]\nid = \"nowhere\"";
    change(&team, "[[sites]]\nid = \"san-francisco\"", wrong);
    let output = evenkeel().arg("check").arg(&team).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told).into_owned();
    for code in ["S720", "S721", "S722", "S723", "S724"] {
        assert!(told.contains(code), "{code} is not told:\n{told}");
    }
}
