//! Each reader sees their own questions and nothing that is not theirs to know; a person's own page holds all of theirs
//! and nobody else's.

#[path = "report/scene.rs"]
#[expect(dead_code, reason = "other tests use the rest of the scene")]
mod scene;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use evenkeel::calendar::{Calendar, Date};
use evenkeel::duty::Activity;
use evenkeel::id::{AgentId, Id, Names};
use evenkeel::report::mine::{Judged, Mine, Source, held, mine};
use evenkeel::report::{self, Paint, Report, Review};
use evenkeel::review::{Frozen, Period, facts, period};
use evenkeel::roster::table;
use evenkeel::scenario::Scenario;
use evenkeel::units::Minutes;
use serde_json::Value;
use tempfile::TempDir;

const PEOPLE: [&str; 6] = ["amy", "ben", "cara", "dan", "eve", "finn"];

fn evenkeel() -> Command {
    let mut evenkeel = Command::cargo_bin("evenkeel").unwrap();
    evenkeel.env("NO_COLOR", "1").env("RAYON_NUM_THREADS", "2");
    evenkeel
}

/// The small team with a week made by hand: days from nine to five with a break, a meal and a break.
fn team_with_a_week() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", "small-team"]).arg(&team).assert().success();
    let file = team.join("scenario.toml");
    let mut words: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
    let budget = "rounds = 3\nnodes = 5\nreplications = 10".parse::<toml::Table>().unwrap();
    words.insert("budget".to_owned(), budget.into());
    fs::write(&file, words.to_string()).unwrap();
    let week = team.join("out/2026-11-30");
    fs::create_dir_all(&week).unwrap();
    fs::write(week.join("roster.csv"), rows(&PEOPLE, |_, _| true)).unwrap();
    (folder, team)
}

/// Rows of a week; `takes` says who takes the second break on which day.
fn rows(people: &[&str], takes: impl Fn(&str, usize) -> bool) -> String {
    let mut text = String::from("agent,start,end,activity\n");
    for person in people {
        for (place, date) in
            ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"].iter().enumerate()
        {
            let last = if takes(person, place) { "break" } else { "on_queue" };
            for (from, to, activity) in [
                ("09:00", "10:30", "on_queue"),
                ("10:30", "10:45", "break"),
                ("10:45", "12:30", "on_queue"),
                ("12:30", "13:00", "meal"),
                ("13:00", "15:00", "on_queue"),
                ("15:00", "15:15", last),
                ("15:15", "17:00", "on_queue"),
            ] {
                writeln!(text, "{person},{date}T{from},{date}T{to},{activity}").unwrap();
            }
        }
    }
    text
}

fn out(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Whole words of a text.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_').collect()
}

fn every_format(report: &Report) -> [String; 4] {
    [
        report::table(report, 120, Paint::Plain),
        report::csv(report),
        report::dress::json(report),
        report::html::render(report),
    ]
}

fn rows_of<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["section"] == key);
    section.and_then(|section| section["rows"].as_array()).map_or(&[], Vec::as_slice)
}

// What was worked.

#[test]
fn a_break_not_taken_is_due_and_planned_and_missing() {
    let (_folder, team) = team_with_a_week();
    let worked = team.join("clock.csv");
    // Amy works through on Tuesday: no break, no meal.
    let through = rows(&["amy"], |_, _| true)
        .lines()
        .filter(|line| !line.contains("2026-12-01"))
        .fold(String::new(), |text, line| text + line + "\n");
    fs::write(&worked, through + "amy,2026-12-01T09:00,2026-12-01T17:00,on_queue\n").unwrap();
    let (code, text, _) =
        out(evenkeel().arg("audit").arg(&team).args(["--format", "json", "--worked"]).arg(&worked));
    assert_eq!(code, 1);
    let found: Value = serde_json::from_str(&text).unwrap();
    let due = |date: &str| -> Value {
        let dues = found["dues"].as_array().unwrap();
        let is =
            |due: &&Value| due["agent"] == "amy" && due["date"] == date && due["kind"] == "break";
        dues.iter().find(is).unwrap().clone()
    };
    // Irish law: 30 minutes after six hours of work.
    assert_eq!(due("2026-12-01")["due"], 30);
    assert_eq!(due("2026-12-01")["planned"], 60);
    assert_eq!(due("2026-12-01")["taken"], 0);
    assert_eq!(due("2026-11-30")["taken"], 60);
    let rules: BTreeSet<&str> = found["breaches"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|breach| breach["severity"] == "hard")
        .map(|breach| breach["date"].as_str().unwrap())
        .collect();
    assert_eq!(Vec::from_iter(rules), ["2026-12-01"]);
    // Nobody else has a record, so nothing is said of what they took.
    let others = found["dues"].as_array().unwrap().iter().filter(|due| due["agent"] != "amy");
    assert!(others.clone().count() > 0 && others.clone().all(|due| due.get("taken").is_none()));
}

#[test]
fn a_record_in_the_folder_adds_what_was_taken_and_leaves_the_plan_to_be_judged() {
    let (_folder, team) = team_with_a_week();
    fs::write(
        team.join("worked.csv"),
        "agent,start,end,activity\namy,2026-12-01T09:00,2026-12-01T17:00,on_queue\n",
    )
    .unwrap();
    let (code, text, _) = out(evenkeel().arg("audit").arg(&team).args(["--format", "json"]));
    assert_eq!(code, 0, "the plan itself is sound");
    let found: Value = serde_json::from_str(&text).unwrap();
    let taken = found["dues"].as_array().unwrap().iter().filter(|due| due.get("taken").is_some());
    assert_eq!(taken.count(), 1);
}

#[test]
fn clocking_out_for_half_an_hour_is_a_break_taken() {
    let (_folder, team) = team_with_a_week();
    let worked = team.join("clock.csv");
    fs::write(
        &worked,
        "agent,start,end,activity\n\
         amy,2026-12-01T09:00,2026-12-01T12:00,on_queue\n\
         amy,2026-12-01T12:30,2026-12-01T17:00,on_queue\n",
    )
    .unwrap();
    let (_, text, _) =
        out(evenkeel().arg("audit").arg(&team).args(["--format", "json", "--worked"]).arg(&worked));
    let found: Value = serde_json::from_str(&text).unwrap();
    let dues = found["dues"].as_array().unwrap();
    let own = dues
        .iter()
        .find(|due| due["agent"] == "amy" && due["date"] == "2026-12-01" && due["kind"] == "break");
    assert_eq!(own.unwrap()["taken"], 30);
}

#[test]
fn a_clock_in_over_the_doubled_hour_is_an_hour_longer() {
    let calendar =
        Calendar::new("Europe/Dublin", Date::parse("2026-10-19").unwrap(), 7, Minutes(30)).unwrap();
    let mut names = Names::default();
    names.add("amy").unwrap();
    let text = "agent,start,end,activity\n\
        amy,2026-10-24T22:00:00+01:00,2026-10-25T01:30:00+01:00,on_queue\n\
        amy,2026-10-25T01:30:00+00:00,2026-10-25T04:00:00+00:00,on_queue\n";
    let roster = table::read_worked(text.as_bytes(), &calendar, &names).unwrap();
    let duties = &roster.lines[0].duties;
    assert_eq!(duties.len(), 1, "the hour that comes twice is a pause of one duty");
    assert_eq!(duties[0].minutes_of(Activity::OnQueue), Minutes(210 + 150));
    assert_eq!(duties[0].span().length(), Minutes(7 * 60));
}

#[test]
fn whatever_is_wrong_with_a_record_is_told_with_its_line() {
    let (_folder, team) = team_with_a_week();
    let worked = team.join("clock.csv");
    let run = |bytes: &[u8]| {
        fs::write(&worked, bytes).unwrap();
        out(evenkeel()
            .arg("report")
            .arg(&team)
            .args(["--for", "hr", "--format", "json", "--worked"])
            .arg(&worked))
    };
    let (code, _, said) =
        run(b"agent,start,end,activity\nzoe,2026-12-01T09:00,2026-12-01T10:00,on_queue\n");
    assert!(code == 3 && said.contains("R109") && said.contains("worked line 2"), "{said}");
    let (code, _, said) = run(&[0xff, 0xfe, 0x00, 0xd8, 0x00]);
    assert!(code == 3 && said.contains("R10"), "{said}");
    let (code, _, said) =
        run(b"agent,start,end,activity\namy,2026-12-01T09:00,2026-12-01T08:00,on_queue\n");
    assert!(code == 3 && said.contains("R107"), "{said}");
    let (code, _, said) = run(b"");
    assert!(code == 3 && said.contains("R102"), "{said}");
    // Overlaps are read as they stand, and judged.
    let (code, text, _) = run(b"agent,start,end,activity\n\
          amy,2026-12-01T09:00,2026-12-01T12:00,on_queue\n\
          amy,2026-12-01T11:00,2026-12-01T13:00,on_queue\n");
    assert_eq!(code, 0);
    let found: Value = serde_json::from_str(&text).unwrap();
    let rules = rows_of(&found, "breaches").iter().map(|row| row["rule"].as_str().unwrap());
    assert!(rules.into_iter().any(|rule| rule.contains("double_booking")), "{text}");
    fs::remove_file(&worked).unwrap();
    let (code, _, _) =
        out(evenkeel().arg("report").arg(&team).args(["--for", "hr", "--worked"]).arg(&worked));
    assert_eq!(code, 6);
}

// Readers.

#[test]
fn days_the_wrong_way_round_and_days_without_a_roster_are_told() {
    let (_folder, team) = team_with_a_week();
    let report =
        |more: &[&str]| out(evenkeel().arg("report").arg(&team).args(["--for", "hr"]).args(more));
    let (code, _, said) = report(&["--from", "2026-12-10", "--to", "2026-12-01"]);
    assert!(code == 2 && said.contains("lies after"), "{said}");
    let (code, _, said) = report(&["--from", "2025-01-01", "--to", "2025-01-31"]);
    assert!(code == 2 && said.contains("lies in the days asked for"), "{said}");
    let (code, _, said) = report(&["--from", "2020-01-01", "--to", "2026-12-31"]);
    assert!(code == 3 && said.contains("--from"), "{said}");
    fs::remove_dir_all(team.join("out")).unwrap();
    let (code, _, said) = report(&[]);
    assert!(code == 2 && said.contains("evenkeel plan"), "{said}");
}

#[test]
fn every_reader_gets_every_format() {
    let (_folder, team) = team_with_a_week();
    for reader in ["hr", "leader", "manager"] {
        let report = || {
            let mut command = evenkeel();
            command.arg("report").arg(&team).args(["--for", reader]);
            command
        };
        let (code, text, _) = out(&mut report());
        assert!(code == 0 && text.lines().count() > 20, "{reader}: {text}");
        let (_, json, _) = out(report().args(["--format", "json"]));
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["schema"], format!("evenkeel.report_{reader}/1"));
        let page = team.join("page.html");
        let (_, sheet, _) = out(report().args(["--format", "csv", "--out"]).arg(&page));
        assert!(sheet.contains("section,"));
        assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
    }
}

fn scene_reports() -> (Scenario, Report, Report, Report) {
    let team = scene::team();
    let plan = scene::plan(&team);
    let whole = Period::of_week(&plan.assigned.roster, &team, None, 0);
    let review = Review {
        scenario: &team,
        period: &whole,
        planned: &plan.compliance,
        worked: None,
        week: Some(&plan),
        published: &[],
    };
    let hr = report::hr(&review);
    let leader = report::leader(&plan, &whole.weeks[0], &[], &team);
    let manager = report::manager(&plan, &whole.weeks[0], &[], &team);
    (team, hr, leader, manager)
}

#[test]
fn leaders_see_no_name_in_any_format() {
    let (team, _, leader, _) = scene_reports();
    for text in every_format(&leader) {
        let words = words(&text);
        for agent in team.names.agents.ids() {
            let name = team.names.agents.of(agent);
            assert!(!words.contains(name), "{name}");
        }
    }
}

#[test]
fn no_strain_figure_speaks_of_fewer_than_five_people_or_for_leaders_eight() {
    let (_, hr, leader, manager) = scene_reports();
    for (report, smallest) in [(&hr, 5), (&manager, 5), (&leader, 8)] {
        let json: Value = serde_json::from_str(&report::dress::json(report)).unwrap();
        let groups = rows_of(&json, "strain");
        assert!(groups.len() > 1);
        let people: Vec<u64> = groups.iter().map(|row| row["people"].as_u64().unwrap()).collect();
        assert!(people.iter().all(|&people| people >= smallest), "{people:?}");
        // The whole team less the tiers shown is nobody, or as many.
        let left = people[0] - people[1..].iter().sum::<u64>();
        assert!(left == 0 || left >= smallest, "{people:?} leave {left}");
    }
}

#[test]
fn names_in_the_report_for_hr_stand_beside_breaks_and_rules_alone() {
    let (team, hr, _, _) = scene_reports();
    for section in &hr.sections {
        let Some(table) = &section.table else { continue };
        let is_law = ["breaks_missed", "breaches"].contains(&section.key);
        for cell in table.rows.iter().flatten() {
            let shown = cell.shown();
            let names = team.names.agents.ids().map(|agent| team.names.agents.of(agent));
            let is_named = names.into_iter().any(|name| words(&shown).contains(name));
            assert!(!is_named || is_law, "{} says {shown}", section.key);
        }
    }
}

#[test]
fn someone_who_leaves_between_two_published_weeks_is_not_the_difference_of_two_reports() {
    let team = scene::team();
    let plan = scene::plan(&team);
    let names = &team.names.agents;
    // Last week's team had one engineer's place in CSS1 held by somebody who has left.
    let mut tiers: std::collections::BTreeMap<String, String> = names
        .ids()
        .map(|agent| {
            (names.of(agent).to_owned(), team.names.tiers.of(team.agent(agent).tier).to_owned())
        })
        .collect();
    tiers.insert("Leaver".to_owned(), "css1".to_owned());
    let before = Frozen {
        first: team.first().plus(-7),
        rows: b"agent,start,end,activity\nAoife,2026-11-23T09:00,2026-11-23T17:00,on_queue\n"
            .to_vec(),
        published_on: None,
        changes: 0,
        tiers,
    };
    let whole = Period::of_week(&plan.assigned.roster, &team, None, 0);
    let shown = |published: &[Frozen]| {
        let report = report::manager(&plan, &whole.weeks[0], published, &team);
        let json: Value = serde_json::from_str(&report::dress::json(&report)).unwrap();
        let rows = rows_of(&json, "strain").iter();
        rows.map(|row| row["group"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), ["Whole team", "CSS1", "CSS2"]);
    let guarded = shown(&[before]);
    assert!(
        !guarded.contains(&"Whole team".to_owned()) && !guarded.contains(&"CSS1".to_owned()),
        "{guarded:?}"
    );
}

#[test]
fn rest_reaches_over_the_edge_of_two_published_weeks() {
    let team = scene::team();
    let week = |first: &str, rows: &str| Frozen {
        first: Date::parse(first).unwrap(),
        rows: format!("agent,start,end,activity\n{rows}").into_bytes(),
        published_on: Date::parse("2026-11-09").ok(),
        changes: 0,
        tiers: std::collections::BTreeMap::new(),
    };
    let weeks = [
        week(
            "2026-11-23",
            "Ben,2026-11-29T14:00,2026-11-29T22:00,on_queue\nGone,2026-11-24T09:00,2026-11-24T17:00,on_queue\n",
        ),
        week("2026-11-30", "Ben,2026-11-30T07:00,2026-11-30T15:00,on_queue\n"),
    ];
    let days = (Date::parse("2026-11-23").unwrap(), Date::parse("2026-12-06").unwrap());
    let whole = period(&weeks, days, &team).unwrap();
    assert_eq!((whole.weeks.len(), whole.covered(), whole.gone), (2, 14, 1));
    let found = facts(&whole.roster, &whole.calendar, whole.covered(), &team);
    let shortest = found.iter().flat_map(|own| &own.rests).map(|rest| rest.length).min();
    assert_eq!(shortest, Some(Minutes::hours(9)));
}

#[test]
fn published_weeks_are_reported_together_with_their_notice() {
    let (_folder, team) = team_with_a_week();
    evenkeel().arg("publish").arg(&team).assert().success();
    let published = team.join("published");
    let text = fs::read_to_string(published.join("2026-11-30.csv")).unwrap();
    let earlier = text
        .replace("2026-11-30", "2026-11-23")
        .replace("2026-12-01", "2026-11-24")
        .replace("2026-12-02", "2026-11-25")
        .replace("2026-12-03", "2026-11-26");
    fs::write(published.join("2026-11-23.csv"), earlier).unwrap();
    fs::write(published.join("2026-11-23.toml"), "published_on = \"2026-11-13\"\nreason = \"\"\n")
        .unwrap();
    let (code, text, said) = out(evenkeel().arg("report").arg(&team).args([
        "--for",
        "hr",
        "--from",
        "2026-11-23",
        "--to",
        "2026-12-06",
        "--format",
        "json",
    ]));
    assert_eq!(code, 0, "{said}");
    let json: Value = serde_json::from_str(&text).unwrap();
    let weeks = rows_of(&json, "weeks");
    assert_eq!(weeks.len(), 2);
    assert_eq!(
        (&weeks[0]["week"], &weeks[0]["notice"]),
        (&Value::from("2026-11-23"), &Value::from("10"))
    );
    assert!(!rows_of(&json, "strain_weeks").is_empty());
    // Two weeks of four days of 7:30 hours, for six people.
    let hours = &rows_of(&json, "hours")[0];
    assert_eq!(hours["paid"], 2 * 4 * 450 * 6);
}

// One's own page.

/// Everybody's own page of a team, in every format.
fn pages(team: &Scenario) -> Vec<(AgentId, [String; 4])> {
    let plan = scene::plan(team);
    let source = || Source {
        file: "out/2026-11-30/roster.csv".to_owned(),
        calendar: team.calendar.clone(),
        roster: plan.assigned.roster.clone(),
        published_on: None,
    };
    let names = &team.names.agents;
    let mut rows = String::from("id,tier,site,mentor\n");
    for agent in names.ids() {
        let next = AgentId::at((agent.index() + 1).rem_euclid(names.len()));
        writeln!(
            rows,
            "{},css1,sits beside {},{}",
            names.of(agent),
            names.of(next),
            names.of(next)
        )
        .unwrap();
    }
    let page = |agent: AgentId| {
        let held = held("agents.csv", rows.as_bytes(), names.of(agent));
        let own = Mine {
            scenario: team,
            agent,
            held: &held,
            rosters: &[source()],
            judged: Some(Judged {
                file: "out/2026-11-30/roster.csv".to_owned(),
                roster: &plan.assigned.roster,
                compliance: &plan.compliance,
                strain: &plan.strain,
            }),
        };
        (agent, every_format(&mine(&own)))
    };
    names.ids().map(page).collect()
}

#[test]
fn nobody_else_is_in_ones_own_page() {
    let team = scene::team();
    let names = &team.names.agents;
    for (agent, page) in pages(&team) {
        for text in &page {
            let words = words(text);
            assert!(words.contains(names.of(agent)));
            let others = names.ids().filter(|&other| other != agent);
            for other in others {
                assert!(
                    !words.contains(names.of(other)),
                    "{} in the page of {}",
                    names.of(other),
                    names.of(agent)
                );
            }
        }
    }
}

#[test]
fn a_mentor_is_not_named_in_the_page_of_whoever_learns_from_them() {
    let (_folder, team) = team_with_a_week();
    for person in PEOPLE {
        let (code, text, _) =
            out(evenkeel().arg("my-data").arg(&team).args(["--agent", person, "--format", "json"]));
        assert_eq!(code, 0);
        let named: Vec<&str> =
            PEOPLE.into_iter().filter(|name| words(&text).contains(name)).collect();
        assert_eq!(named, [person]);
    }
}

#[test]
fn ones_own_page_holds_every_component_with_its_source_and_sums_to_the_index() {
    let team = scene::team();
    let plan = scene::plan(&team);
    for (place, (_, page)) in pages(&team).iter().enumerate() {
        let json: Value = serde_json::from_str(&page[2]).unwrap();
        let components = rows_of(&json, "strain");
        assert_eq!(components.len(), 8);
        assert!(components.iter().all(|row| !row["source"].as_str().unwrap().is_empty()));
        let sum: f64 = components.iter().map(|row| row["points"].as_f64().unwrap()).sum();
        assert!((sum - plan.strain.persons[place].index).abs() < 1e-4);
    }
}

#[test]
fn someone_without_duties_and_someone_before_the_first_plan_have_a_page_too() {
    let (_folder, team) = team_with_a_week();
    fs::write(team.join("out/2026-11-30/roster.csv"), rows(&PEOPLE[1..], |_, _| true)).unwrap();
    let page = || {
        let mut command = evenkeel();
        command.arg("my-data").arg(&team).args(["--agent", "amy"]);
        command
    };
    fs::create_dir_all(team.join("published")).unwrap();
    let note = "published_on = \"2026-11-13\"\n[tiers]\namy = \"css1\"\nben = \"css1\"\n";
    fs::write(team.join("published/2026-11-30.toml"), note).unwrap();
    let (code, text, _) = out(&mut page());
    assert!(code == 0 && text.contains("No roster of the folder holds a duty of yours"), "{text}");
    assert!(text.contains("tiers: amy") && !words(&text).contains("ben"), "{text}");
    fs::remove_dir_all(team.join("out")).unwrap();
    let (code, text, _) = out(&mut page());
    assert!(code == 0 && text.contains("No roster is planned or published yet"), "{text}");
    assert!(!words(&text).contains("ben"));
}

#[test]
fn an_unknown_id_is_refused_without_telling_who_there_is() {
    let (_folder, team) = team_with_a_week();
    let (code, text, said) = out(evenkeel().arg("my-data").arg(&team).args(["--agent", "amyy"]));
    assert_eq!((code, text.as_str()), (2, ""));
    assert!(PEOPLE.iter().all(|name| !words(&said).contains(name)), "{said}");
}

#[test]
#[cfg(unix)]
fn a_page_written_to_a_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, team) = team_with_a_week();
    let file = team.join("amy.html");
    let (code, text, _) =
        out(evenkeel().arg("my-data").arg(&team).args(["--agent", "amy", "--out"]).arg(&file));
    assert_eq!((code, text.as_str()), (0, ""));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0);
}

/// Words that only a figure of strain is told by.
const STRAIN: [&str; 7] = ["strain", "index", "band", "exposure", "exposures", "amber", "points"];

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Objects that name a person and hold a figure of strain.
fn offences(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| offences(one, found)),
        Value::Object(keys) => {
            let is_named =
                keys.values().any(|it| it.as_str().is_some_and(|it| PEOPLE.contains(&it)));
            let is_strain = keys.keys().any(|key| STRAIN.iter().any(|word| key.contains(word)));
            if is_named && is_strain {
                found.push(value.to_string());
            }
            keys.values().for_each(|one| offences(one, found));
        }
        _ => {}
    }
}

#[test]
fn no_other_output_holds_a_persons_strain() {
    let (_folder, team) = team_with_a_week();
    let (code, planned, _) =
        out(evenkeel().arg("plan").arg(&team).args(["--quiet", "--format", "csv"]));
    assert_eq!(code, 0);
    evenkeel().arg("publish").arg(&team).assert().success();

    let index = |person: &str| {
        let (_, text, _) =
            out(evenkeel().arg("my-data").arg(&team).args(["--agent", person, "--format", "json"]));
        let json: Value = serde_json::from_str(&text).unwrap();
        let points = rows_of(&json, "strain").iter().map(|row| row["points"].as_f64().unwrap());
        points.sum::<f64>()
    };
    let mut outputs: Vec<(String, String)> = vec![("plan as csv".to_owned(), planned)];
    let commands: [&[&str]; 7] = [
        &["simulate", "--replications", "5"],
        &["audit"],
        &["need"],
        &["check"],
        &["report", "--for", "hr"],
        &["report", "--for", "leader", "--replications", "5"],
        &["report", "--for", "manager", "--replications", "5"],
    ];
    for words in commands {
        for format in ["table", "json", "csv"] {
            let (code, text, said) = out(evenkeel()
                .arg(words[0])
                .arg(&team)
                .args(&words[1..])
                .args(["--format", format]));
            assert_eq!(code, 0, "{words:?} {said}");
            outputs.push((format!("{words:?} as {format}"), text));
        }
    }
    for reader in ["hr", "leader", "manager"] {
        let page = team.join(format!("out/{reader}.html"));
        evenkeel()
            .arg("report")
            .arg(&team)
            .args(["--for", reader, "--out"])
            .arg(&page)
            .assert()
            .success();
    }
    let mut written = Vec::new();
    files(&team, &mut written);
    for path in written {
        outputs.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    assert!(outputs.iter().any(|(what, _)| what.ends_with("plan.json")));

    let figures: Vec<String> =
        PEOPLE.iter().map(|person| format!("{:.3}", index(person))).collect();
    assert!(figures.iter().any(|figure| figure != "0.000"), "somebody's line strains: {figures:?}");
    for (what, text) in &outputs {
        for figure in figures.iter().filter(|figure| *figure != "0.000") {
            assert!(!text.contains(figure.as_str()), "{what} holds {figure}");
        }
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            let mut found = Vec::new();
            offences(&value, &mut found);
            assert!(found.is_empty(), "{what}: {found:?}");
        } else {
            for line in text.lines() {
                let words = words(line);
                // A page is one line; its tables are looked at as CSV and JSON above.
                let is_named = PEOPLE.iter().any(|name| words.contains(name)) && line.len() < 400;
                let is_strain = STRAIN.iter().any(|word| words.contains(word));
                assert!(!(is_named && is_strain), "{what}: {line}");
            }
        }
    }
}
