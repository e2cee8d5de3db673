//! The program from outside: how it ends, what goes to which stream, how it behaves towards shells.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

fn evenkeel() -> Command {
    let mut evenkeel = Command::cargo_bin("evenkeel").unwrap();
    evenkeel.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("RAYON_NUM_THREADS", "2");
    evenkeel
}

/// A copy of the small example team to break and to write into.
fn small_team() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", "small-team"]).arg(&team).assert().success();
    search_briefly(&team);
    (folder, team)
}

/// Few rounds, so that tests of the command line do not wait for a good roster.
fn search_briefly(team: &Path) {
    let file = team.join("scenario.toml");
    let text = fs::read_to_string(&file).unwrap();
    let mut words: toml::Table = text.parse().unwrap();
    let budget = "rounds = 3\nnodes = 5\nreplications = 10".parse::<toml::Table>().unwrap();
    words.insert("budget".to_owned(), budget.into());
    fs::write(&file, words.to_string()).unwrap();
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} no longer says `{from}`", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn planned(team: &Path) {
    evenkeel().arg("plan").arg(team).arg("--quiet").assert().code(0);
}

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn json(assert: &Assert) -> Value {
    serde_json::from_str(&stdout(assert)).expect("stdout is one JSON document and nothing else")
}

/// Two duties of one person with eight hours between them; the law of the pack asks for eleven.
const SHORT_REST: &str = "\
agent,start,end,activity
amy,2026-11-30T14:00:00+00:00,2026-11-30T18:00:00+00:00,on_queue
amy,2026-11-30T18:00:00+00:00,2026-11-30T18:30:00+00:00,meal
amy,2026-11-30T18:30:00+00:00,2026-11-30T22:00:00+00:00,on_queue
amy,2026-12-01T06:00:00+00:00,2026-12-01T10:00:00+00:00,on_queue
";

#[test]
fn a_right_folder_ends_with_0() {
    let (_folder, team) = small_team();
    evenkeel().arg("check").arg(&team).assert().code(0);
}

#[test]
fn an_audited_roster_that_breaks_the_law_ends_with_1_and_says_by_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, SHORT_REST).unwrap();
    let mut audit = evenkeel();
    audit.args([
        "audit",
        "--law",
        "ie",
        "--timezone",
        "Europe/Dublin",
        "--format",
        "json",
        "--roster",
    ]);
    let audit = audit.arg(&roster).assert().code(1);
    let breaches = json(&audit)["breaches"].as_array().unwrap().clone();
    let rest = breaches.iter().find(|breach| breach["by_minutes"] == 180);
    assert!(
        rest.is_some_and(|rest| rest["agent"] == "amy" && rest["severity"] == "hard"),
        "{breaches:?}"
    );
}

#[test]
fn wrong_usage_ends_with_2() {
    evenkeel().arg("plam").assert().code(2);
    evenkeel().args(["check", ".", "--frobnicate"]).assert().code(2);
    let (_folder, team) = small_team();
    let nothing = evenkeel().arg("simulate").arg(&team).assert().code(2);
    assert!(stderr(&nothing).contains("hint: run `evenkeel plan"), "{}", stderr(&nothing));
}

#[test]
fn wrong_input_ends_with_3_and_tells_every_problem_with_place_and_hint() {
    let (_folder, team) = small_team();
    let file = team.join("scenario.toml");
    change(&file, "seed", "sede");
    change(&file, "channel = \"voice\"", "channel = \"telegraph\"");
    let check = evenkeel().arg("check").arg(&team).assert().code(3);
    let said = stderr(&check);
    assert!(said.contains("sede") && said.contains("telegraph"), "{said}");
    assert!(said.starts_with("error: 2 problems"), "{said}");
    assert!(said.matches("  hint: ").count() >= 2, "{said}");
    assert!(said.lines().any(|line| line.starts_with("S107 scenario.toml, line ")), "{said}");
    assert_eq!(stdout(&check), "");
}

#[test]
fn a_team_for_which_no_plan_exists_ends_with_4_and_names_the_person_and_the_clash() {
    let (_folder, team) = small_team();
    // Four days of eight hours cannot make up nine tenths of a contract of 37.5.
    change(&team.join("agents.csv"), "mon-fri 07:00-20:00", "mon-thu 08:00-17:00");
    let plan = evenkeel().arg("plan").arg(&team).assert().code(4);
    let said = stderr(&plan);
    assert!(said.contains("error: no plan exists: 1 conflict\n"), "{said}");
    assert!(said.contains("amy: ") && said.contains("availability"), "{said}");
    assert!(said.contains("  hint: "), "{said}");
    assert!(!team.join("out").exists());
}

#[test]
fn a_file_that_cannot_be_read_or_written_ends_with_6() {
    let (folder, team) = small_team();
    let missing = folder.path().join("no/roster.csv");
    let read = evenkeel().arg("audit").arg(&team).arg("--roster").arg(&missing).assert().code(6);
    assert!(stderr(&read).contains("roster.csv"), "{}", stderr(&read));

    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let mut plan = evenkeel();
    plan.arg("plan").arg(&team).arg("--out").arg(file.join("out"));
    plan.assert().code(6);
}

#[test]
fn every_report_on_stdout_is_json_where_asked() {
    let (_folder, team) = small_team();
    planned(&team);
    let names =
        [("check", "check"), ("need", "need"), ("simulate", "simulation"), ("audit", "audit")];
    for (command, name) in names {
        let mut evenkeel = evenkeel();
        evenkeel.arg(command).arg(&team).args(["--format", "json"]);
        let answer = json(&evenkeel.assert().code(0));
        let schema = answer["schema"].as_str().unwrap_or_default();
        assert!(schema.starts_with(&format!("evenkeel.{name}/")), "{command}: {schema}");
    }
}

#[test]
fn csv_has_a_header_and_a_row_of_as_many_cells() {
    let (_folder, team) = small_team();
    let need = evenkeel().arg("need").arg(&team).args(["--format", "csv"]).assert().code(0);
    let text = stdout(&need);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert!(reader.headers().unwrap().len() > 2);
    assert!(reader.records().filter_map(Result::ok).count() > 10);
}

#[test]
fn a_plan_is_written_whole_and_its_talk_stays_off_stdout() {
    let (_folder, team) = small_team();
    let mut plan = evenkeel();
    plan.arg("plan").arg(&team).args(["--format", "json"]);
    let plan = plan.assert().code(0);
    assert_eq!(json(&plan)["schema"], "evenkeel.plan/1");
    assert!(stderr(&plan).contains("report.html"), "{}", stderr(&plan));
    let out = fs::read_dir(team.join("out")).unwrap().next().unwrap().unwrap().path();
    for file in ["roster.csv", "plan.json", "report.html", "run.json"] {
        assert!(out.join(file).metadata().unwrap().len() > 50, "{file}");
    }
    assert!(fs::read_dir(&out).unwrap().all(|entry| {
        let name = entry.unwrap().file_name();
        !name.to_string_lossy().ends_with(".part")
    }));
}

#[test]
fn publishing_freezes_the_latest_plan_and_later_commands_take_it() {
    let (_folder, team) = small_team();
    planned(&team);
    evenkeel().arg("publish").arg(&team).args(["--reason", "first week"]).assert().code(0);
    let published: Vec<String> = fs::read_dir(team.join("published"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(published.iter().any(|name| name == "2026-11-30.csv"), "{published:?}");
    let note = published.iter().find(|name| *name == "2026-11-30.toml").unwrap();
    let note: toml::Table =
        fs::read_to_string(team.join("published").join(note)).unwrap().parse().unwrap();
    assert_eq!(note["reason"].as_str(), Some("first week"));

    let again = evenkeel().arg("publish").arg(&team).assert().code(2);
    assert!(stderr(&again).contains("--reason"), "{}", stderr(&again));
    evenkeel().arg("audit").arg(&team).assert().code(0);
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    let (_folder, team) = small_team();
    planned(&team);
    let out = fs::read_dir(team.join("out")).unwrap().next().unwrap().unwrap().path();
    let diff =
        evenkeel().arg("diff").args([&out, &out]).args(["--format", "json"]).assert().code(0);
    let sections = json(&diff)["sections"].as_array().unwrap().clone();
    let changes = sections.iter().find(|section| section["section"] == "changes").unwrap();
    assert_eq!(changes["rows"].as_array().unwrap().len(), 0);
}

#[test]
fn no_color_is_obeyed_and_never_needed_off_a_terminal() {
    let plain = evenkeel().args(["check", "nowhere"]).assert().failure();
    assert!(!stderr(&plain).contains('\x1b'));
    let dressed = evenkeel().args(["check", "nowhere", "--color", "always"]).assert().failure();
    assert!(stderr(&dressed).contains('\x1b'));
    let refused = evenkeel().args(["--color=never", "plam"]).assert().code(2);
    assert!(!stderr(&refused).contains('\x1b'));
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let program = assert_cmd::cargo::cargo_bin("evenkeel");
    let mut child = std::process::Command::new(program)
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn every_command_helps_with_examples_and_the_exit_codes_are_listed() {
    let whole = evenkeel().arg("--help").assert().code(0);
    assert!(stdout(&whole).contains("Exit codes:") && !stdout(&whole).contains("bench"));
    for command in
        ["new", "check", "need", "plan", "publish", "simulate", "audit", "size", "diff", "bench"]
    {
        let help = evenkeel().args([command, "--help"]).assert().code(0);
        assert!(stdout(&help).contains("Examples:\n  evenkeel "), "{command}");
    }
    let bare = evenkeel().assert().code(2);
    assert!(stderr(&bare).contains("Usage:"));
}

#[test]
fn shells_get_their_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = evenkeel().args(["completions", shell]).assert().code(0);
        assert!(stdout(&script).contains("simulate"), "{shell}");
    }
}

/// How the program ends with these arguments where Ctrl-C comes after a second and a half.
#[cfg(unix)]
fn ended_by_ctrl_c(arguments: &[&str]) -> std::process::Output {
    let program = assert_cmd::cargo::cargo_bin("evenkeel");
    let running = std::process::Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let interrupted =
        std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    running.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_5_and_the_best_plan_so_far_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", "dublin-saas"]).arg(&team).assert().success();
    let ended = ended_by_ctrl_c(&["plan", team.to_str().unwrap(), "--replications", "5"]);
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(5), "{said}");
    assert!(said.contains("stopping with the best plan so far"), "{said}");
    let out = fs::read_dir(team.join("out")).unwrap().next().unwrap().unwrap().path();
    assert!(out.join("roster.csv").is_file());
}

#[cfg(unix)]
#[test]
fn a_public_benchmark_ended_by_ctrl_c_ends_with_5_and_prints_the_best_roster_so_far() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("instance.txt");
    let head = ["SECTION_HORIZON", "56", "SECTION_SHIFTS", "E,480,", "D,480,E", "L,480,E|D"];
    let people = (0..40).map(|person| format!("p{person},E=56|D=56|L=56,17280,13440,5,2,2,4"));
    let cover = (0..168).map(|cell: usize| {
        let (day, shift) = (cell.div_euclid(3), ["E", "D", "L"][cell % 3]);
        format!("{day},{shift},{},100,1", 7 + (cell * 5) % 7)
    });
    let lines: Vec<String> = head
        .map(str::to_owned)
        .into_iter()
        .chain(["SECTION_STAFF".to_owned()])
        .chain(people)
        .chain(["SECTION_COVER".to_owned()])
        .chain(cover)
        .collect();
    fs::write(&file, lines.join("\n")).unwrap();
    let file = file.to_str().unwrap();
    let ended = ended_by_ctrl_c(&["bench", "roster", file, "--seconds", "60", "--format", "json"]);
    assert_eq!(ended.status.code(), Some(5), "{}", String::from_utf8_lossy(&ended.stderr));
    let told: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&told["complete"], &told["proved"]), (&false.into(), &false.into()));
    assert_eq!(told["roster"].as_object().unwrap().len(), 40);
}

#[test]
fn a_firm_is_not_made_up_under_a_law_or_a_grid_that_its_check_would_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let firm = folder.path().join("firm");
    for (wrong, said) in [(["--law", "ie,atlantis"], "`atlantis`"), (["--grid", "7"], "15")] {
        let refused = evenkeel().args(["new", "--random"]).args(wrong).arg(&firm).assert().code(2);
        assert!(stderr(&refused).contains(said), "{}", stderr(&refused));
        assert!(!firm.exists());
    }
}

#[test]
fn a_format_may_be_asked_for_before_or_after_what_is_measured() {
    for arguments in [
        ["bench", "roster", "nowhere.txt", "--format", "json"],
        ["bench", "--format", "json", "roster", "nowhere.txt"],
    ] {
        evenkeel().args(arguments).assert().code(6);
    }
}
