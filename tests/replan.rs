//! Weeks that were published: what they mean for the weeks beside them, and how they are changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

fn evenkeel(args: &[&str], team: &Path) -> Command {
    let mut evenkeel = Command::cargo_bin("evenkeel").unwrap();
    evenkeel.env_remove("NO_COLOR").env("RAYON_NUM_THREADS", "2");
    evenkeel.arg(args[0]).arg(team).args(&args[1..]);
    evenkeel
}

/// A copy of the small example team with a small budget.
fn small_team() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    fs::create_dir_all(&team).unwrap();
    for entry in fs::read_dir(example).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, team.join(path.file_name().unwrap())).unwrap();
        }
    }
    let file = team.join("scenario.toml");
    let mut words: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
    let budget = "rounds = 3\nnodes = 5\nreplications = 20".parse::<toml::Table>().unwrap();
    words.insert("budget".to_owned(), budget.into());
    fs::write(&file, words.to_string()).unwrap();
    (folder, team)
}

/// The same with a plan, which is made once for all tests.
fn planned() -> (TempDir, PathBuf) {
    static PLAN: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
        let (folder, team) = small_team();
        evenkeel(&["plan", "--quiet"], &team).assert().code(0);
        (folder, team)
    });
    let (folder, team) = small_team();
    let out = team.join("out/2026-11-30");
    fs::create_dir_all(&out).unwrap();
    for file in ["roster.csv", "plan.json"] {
        fs::copy(PLAN.1.join("out/2026-11-30").join(file), out.join(file)).unwrap();
    }
    (folder, team)
}

fn json(assert: &Assert) -> Value {
    serde_json::from_slice(&assert.get_output().stdout).expect("stdout is one JSON document")
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn published(team: &Path, name: &str, text: &str) {
    fs::create_dir_all(team.join("published")).unwrap();
    fs::write(team.join("published").join(name), text).unwrap();
}

/// Rows of a roster file as agent, start and end.
fn rows(file: &Path) -> Vec<[String; 4]> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let row = |row: csv::StringRecord| [0, 2, 3, 4].map(|place| row[place].to_owned());
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Amy works on the Sunday before until half past ten in the evening.
const LATE_SUNDAY: &str = "agent,duty,start,end,activity\n\
    amy,s,2026-11-29T17:00:00+00:00,2026-11-29T22:30:00+00:00,on_queue\n";

#[test]
fn a_plan_rests_after_the_published_week_before_and_the_audit_asks_for_it() {
    let (_folder, team) = small_team();
    published(&team, "2026-11-23.csv", LATE_SUNDAY);
    evenkeel(&["plan", "--quiet"], &team).assert().code(0);
    let roster = rows(&team.join("out/2026-11-30/roster.csv"));
    let first = roster.iter().filter(|row| row[0] == "amy").map(|row| &row[1]).min().unwrap();
    assert!(first.as_str() >= "2026-11-30T09:30:00+00:00", "{first}");
    let mut audit = evenkeel(&["audit"], &team);
    audit.arg("--roster").arg(team.join("out/2026-11-30")).assert().code(0);

    let early = team.join("early.csv");
    fs::write(
        &early,
        "agent,start,end,activity\n\
        amy,2026-11-30T08:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue\n",
    )
    .unwrap();
    let mut audit = evenkeel(&["audit", "--format", "json"], &team);
    let audit = json(&audit.arg("--roster").arg(&early).assert().code(1));
    let rest =
        audit["breaches"].as_array().unwrap().iter().find(|own| own["rule"] == "ie.daily_rest");
    let rest = rest.expect("nine and a half hours of rest are too few");
    assert_eq!(
        (rest["by_minutes"].as_i64(), rest["date"].as_str()),
        (Some(90), Some("2026-11-30"))
    );
}

#[test]
fn people_who_left_other_zones_and_overlapping_weeks_do_not_confuse_a_plan() {
    let (_folder, team) = small_team();
    // Some rows are in the time of Athens; the later file holds for the Sunday, and says that Amy is free.
    published(
        &team,
        "2026-11-23.csv",
        &format!(
            "{LATE_SUNDAY}gone,g,2026-11-24T09:00:00+02:00,2026-11-24T17:00:00+02:00,on_queue\n"
        ),
    );
    published(
        &team,
        "2026-11-29.csv",
        "agent,start,end,activity\n\
        ben,2026-11-29T09:00:00+00:00,2026-11-29T10:00:00+00:00,on_queue\n",
    );
    let early = team.join("early.csv");
    fs::write(
        &early,
        "agent,start,end,activity\n\
        amy,2026-11-30T08:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue\n",
    )
    .unwrap();
    evenkeel(&["check"], &team).assert().code(0);
    let mut audit = evenkeel(&["audit", "--format", "json"], &team);
    let audit = json(&audit.arg("--roster").arg(&early).assert());
    let is_rest = |own: &&Value| own["rule"] == "ie.daily_rest";
    assert_eq!(audit["breaches"].as_array().unwrap().iter().find(is_rest), None);
}

#[test]
fn damaged_published_files_are_told_with_their_place() {
    let (_folder, team) = small_team();
    published(&team, "2026-11-23.csv", &LATE_SUNDAY.replace("T22:30:00+00:00,on_queue", ""));
    published(
        &team,
        "2026-11-16.csv",
        "agent,start,end,activity\namy,2026-11-16 09:00,2026-11-16 08:00,on_queue\n",
    );
    published(&team, "2026-11-09.csv", LATE_SUNDAY);
    published(&team, "2026-11-09.toml", "published_on = ");
    published(&team, "notes.csv", "anything");
    let said = stderr(&evenkeel(&["check"], &team).assert().code(3));
    assert!(said.contains("published/2026-11-23.csv, line 2"), "{said}");
    assert!(said.contains("S821 published/2026-11-16.csv, line 2, end"), "{said}");
    assert!(said.contains("S822 published/2026-11-09.toml"), "{said}");
    assert!(!said.contains("notes.csv"), "{said}");
}

#[test]
fn the_fingerprint_knows_published_weeks_that_matter_and_no_others() {
    let (_folder, team) = small_team();
    let hash = || {
        let need = json(&evenkeel(&["need", "--format", "json"], &team).assert().code(0));
        need["input_hash"].as_str().unwrap().to_owned()
    };
    let before = hash();
    published(&team, "2019-11-25.csv", LATE_SUNDAY);
    assert_eq!(hash(), before);
    published(&team, "2026-11-23.csv", LATE_SUNDAY);
    assert_ne!(hash(), before);
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "duties of a week are few")]
fn notice_counts_from_the_day_people_were_told() {
    let (_folder, team) = planned();
    evenkeel(&["publish"], &team).assert().code(0);
    let note = team.join("published/2026-11-30.toml");
    let mut words: toml::Table = fs::read_to_string(&note).unwrap().parse().unwrap();
    words.insert("published_on".to_owned(), "2026-11-20".into());
    fs::write(&note, words.to_string()).unwrap();
    evenkeel(&["plan", "--quiet"], &team).assert().code(0);

    let roster = rows(&team.join("published/2026-11-30.csv"));
    let mut missing: std::collections::BTreeMap<&str, std::collections::BTreeSet<&str>> =
        std::collections::BTreeMap::new();
    for row in &roster {
        missing.entry(&row[0]).or_default().insert(&row[1][..10]);
    }
    // From 20 to 30 November are ten days, four less than a fortnight; a day later one less is missing.
    let days = |date: &&str| {
        4.0 - date[8..].parse::<f64>().map_or(0.0, |day| (day - 30.0).rem_euclid(30.0))
    };
    let means: Vec<f64> = missing
        .values()
        .map(|dates| dates.iter().map(|date| days(date).max(0.0)).sum::<f64>() / dates.len() as f64)
        .collect();
    let expected = means.iter().sum::<f64>() / means.len() as f64;
    let plan: Value =
        serde_json::from_slice(&fs::read(team.join("out/2026-11-30/plan.json")).unwrap()).unwrap();
    let parts = plan["strain_components"].as_array().unwrap();
    let notice = parts.iter().find(|part| part["name"] == "short_notice").unwrap();
    let mean = notice["mean"].as_f64().unwrap();
    assert!((mean - expected).abs() < 1e-6, "{mean} is not {expected}");
}

#[test]
fn the_ill_have_no_duty_the_past_stays_and_every_change_has_its_reason() {
    let (_folder, team) = planned();
    evenkeel(&["publish"], &team).assert().code(0);
    let before = rows(&team.join("published/2026-11-30.csv"));
    let now = "2026-12-01T09:15";
    let mut replan =
        evenkeel(&["replan", "--absent", "amy:2026-12-01..2026-12-02", "--now", now], &team);
    let found =
        json(&replan.args(["--absent", "eve:2026-12-02", "--format", "json"]).assert().code(0));
    let after = rows(&team.join("out/2026-11-30-replan/roster.csv"));

    let ill = |row: &&[String; 4]| {
        let amy = row[0] == "amy" && ("2026-12-01".."2026-12-03").contains(&row[1].as_str());
        amy || (row[0] == "eve" && row[1].starts_with("2026-12-02"))
    };
    assert!(after.iter().filter(ill).all(|row| row[3] == "absent"), "{after:?}");
    let begun = |rows: &[[String; 4]]| -> Vec<[String; 4]> {
        let mut first = std::collections::BTreeMap::new();
        for row in rows {
            let day = (row[0].clone(), row[1][..10].to_owned());
            let start = first.entry(day).or_insert_with(|| row[1].clone());
            *start = row[1].clone().min(start.clone());
        }
        let is_begun = |row: &&[String; 4]| {
            first[&(row[0].clone(), row[1][..10].to_owned())].as_str() < "2026-12-01T09:15:00+00:00"
        };
        rows.iter()
            .filter(is_begun)
            .filter(|row| !ill(row) && row[3] != "absent")
            .cloned()
            .collect()
    };
    assert_eq!(begun(&before), begun(&after));
    assert_eq!(
        found["new_breaches"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|breach| breach["severity"] == "hard")
            .count(),
        0,
        "{found}"
    );
    let changes = found["changes"].as_array().unwrap();
    assert!(
        !changes.is_empty()
            && changes.iter().all(|own| own["reason"].as_str().is_some_and(|why| why.len() > 20))
    );
    assert!(
        changes.iter().any(|own| own["reason"].as_str().unwrap().contains("the absence of")),
        "{changes:?}"
    );
    let people: std::collections::BTreeSet<&str> =
        changes.iter().map(|own| own["agent"].as_str().unwrap()).collect();
    assert_eq!(found["people_changed"].as_u64(), Some(people.len() as u64));
    assert!(found["left_minutes"].as_f64() < found["opened_minutes"].as_f64());
    assert!(found["notice"]["rule"] == "ie.notice");

    let mut publish = evenkeel(&["publish", "--reason", "amy and eve are ill"], &team);
    publish.arg("--plan").arg(team.join("out/2026-11-30-replan")).assert().code(0);
    let note = fs::read_to_string(team.join("published/2026-11-30.toml")).unwrap();
    assert!(note.contains("[changed]") && note.contains("amy 2026-12-01"), "{note}");
    evenkeel(&["check"], &team).assert().code(0);
}

#[test]
fn contacts_as_expected_change_nobody_and_many_more_raise_the_rest_of_the_day() {
    let (_folder, team) = planned();
    let volume = fs::read_to_string(team.join("volume.csv")).unwrap();
    let monday = |times: f64| {
        let rows = volume.lines().filter(|line| ("2026-11-30 08".."2026-11-30 11").contains(line));
        let scaled = rows.map(|line| {
            let (at, contacts) = line.rsplit_once(',').unwrap();
            format!("{at},{}\n", contacts.parse::<f64>().unwrap() * times)
        });
        format!("start,queue,contacts\n{}", scaled.collect::<String>())
    };
    let replan = |times: f64| {
        fs::write(team.join("actuals.csv"), monday(times)).unwrap();
        json(&evenkeel(&["replan", "--format", "json"], &team).assert().code(0))
    };
    let calm = replan(1.0);
    assert_eq!(
        (calm["people_changed"].as_u64(), calm["changes"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    assert_eq!(calm["so_far"][0]["factor"].as_f64(), Some(1.0));

    let wild = replan(1.5);
    let so_far = &wild["so_far"][0];
    let (came, expected) = (so_far["came"].as_f64().unwrap(), so_far["expected"].as_f64().unwrap());
    // Days that differ by a tenth: a hundred contacts' worth of what was known before.
    let factor = (100.0 + came) / (100.0 + expected);
    assert!((so_far["factor"].as_f64().unwrap() - factor).abs() < 1e-6, "{so_far}");
    assert!(wild["opened_minutes"].as_f64() > Some(0.0));
    assert_eq!(wild["now"], "2026-11-30T11:00:00+00:00");
}

#[test]
fn a_team_that_is_all_away_ends_with_a_plain_word() {
    let (_folder, team) = planned();
    let mut replan = evenkeel(&["replan", "--format", "json"], &team);
    for who in ["amy", "ben", "cara", "dan", "eve", "finn"] {
        replan.args(["--absent", &format!("{who}:2026-11-30..2026-12-06")]);
    }
    let found = json(&replan.assert().code(0));
    assert_eq!(found["people_changed"], 0);
    assert!(found["left_minutes"].as_f64() > Some(1000.0), "{found}");
}

#[test]
fn a_swap_and_an_absence_are_answered_and_nothing_is_written() {
    let (_folder, team) = planned();
    let files = || {
        let mut files: Vec<PathBuf> =
            fs::read_dir(team.join("out")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    };
    let before = files();
    let swap = evenkeel(&["swap", "amy:2026-12-01", "ben:2026-12-01"], &team).assert().code(0);
    let text = String::from_utf8(swap.get_output().stdout.clone()).unwrap();
    assert!(text.starts_with("Yes") || text.starts_with("No"), "{text}");
    let swap = json(
        &evenkeel(&["swap", "amy:2026-12-01", "ben:2026-12-01", "--format", "json"], &team)
            .assert()
            .code(0),
    );
    assert_eq!(
        swap["answer"],
        if swap["legal"] == true && swap["covered"] == true { "yes" } else { "no" }
    );
    assert!(swap["alternatives"].as_array().unwrap().len() <= 3);
    let absent =
        json(&evenkeel(&["absent", "amy:2026-12-04", "--format", "json"], &team).assert().code(0));
    assert!(absent["answer"] == "yes" || absent["answer"] == "no");
    assert_eq!(absent["answer"] == "yes", absent["left_minutes"].as_f64() < Some(30.0));
    assert_eq!(files(), before);
    assert!(!team.join("published").exists());
}

/// A roster typed by hand beside a team.
fn by_hand(team: &Path, rows: &str) -> PathBuf {
    let roster = team.join("hand.csv");
    fs::write(&roster, format!("agent,start,end,activity\n{rows}")).unwrap();
    roster
}

/// What is said of a swap of Amy's Tuesday with Ben's in a roster typed by hand.
fn swap_by_hand(rows: &str) -> Value {
    let (_folder, team) = small_team();
    let roster = by_hand(&team, rows);
    let mut swap =
        evenkeel(&["swap", "amy:2026-12-01", "ben:2026-12-01", "--format", "json"], &team);
    json(&swap.arg("--plan").arg(&roster).assert().code(0))
}

/// Eve and Finn are the seniors, one of whom is to be there on Monday mornings.
fn with_a_senior_on_mondays() -> (TempDir, PathBuf) {
    let (folder, team) = small_team();
    let file = team.join("scenario.toml");
    let rule = "\n[[minimum_presence]]\nid = \"a-senior\"\nhours = \"mon 08:00-10:00\"\n\
        at_least = 1\ntiers = [\"senior-css\"]\n";
    fs::write(&file, fs::read_to_string(&file).unwrap() + rule).unwrap();
    (folder, team)
}

#[test]
fn a_roster_short_of_minimum_presence_is_mended_first_or_says_what_is_in_the_way() {
    let (_folder, team) = with_a_senior_on_mondays();
    let roster = by_hand(
        &team,
        "eve,2026-11-30T10:00:00+00:00,2026-11-30T16:00:00+00:00,on_queue\n\
        amy,2026-11-30T08:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue\n",
    );
    let replan = |args: &[&str]| {
        let mut replan = evenkeel(&["replan", "--now", "2026-11-29T12:00"], &team);
        replan.args(args).args(["--format", "json"]).arg("--plan").arg(&roster);
        replan.assert()
    };
    // Nothing happened but that the roster is short.
    let mended = json(&replan(&[]).code(0));
    assert_eq!(mended["presence_missed"], serde_json::json!([]), "{mended}");
    assert_eq!(mended["people_changed"], 1, "{mended}");
    let change = &mended["changes"][0];
    assert_eq!(change["date"], "2026-11-30");
    assert!(["eve", "finn"].contains(&change["agent"].as_str().unwrap()));
    let why = change["reason"].as_str().unwrap();
    assert!(why.contains("08:00 to 10:00 for minimum presence a-senior"), "{why}");

    // Both seniors are away: nobody's change of duties could mend it.
    let both = ["--absent", "eve:2026-11-30", "--absent", "finn:2026-11-30"];
    let missed = json(&replan(&both).code(4));
    let missed = &missed["presence_missed"][0];
    assert_eq!(
        (missed["rule"].as_str(), missed["ruled_out"].as_bool()),
        (Some("a-senior"), Some(true))
    );
    assert_eq!((missed["there"].as_u64(), missed["asked"].as_u64()), (Some(0), Some(1)));
    assert_eq!(missed["start"], "2026-11-30T08:00:00+00:00");
    assert_eq!(missed["end"], "2026-11-30T10:00:00+00:00");
}

#[test]
fn a_swap_that_cuts_the_rest_short_is_refused_with_the_rule() {
    let swap = swap_by_hand(
        "amy,2026-11-30T08:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue\n\
        ben,2026-12-01T15:30:00+00:00,2026-12-01T19:30:00+00:00,on_queue\n\
        amy,2026-12-02T06:00:00+00:00,2026-12-02T10:00:00+00:00,on_queue\n\
        amy,2026-12-01T08:00:00+00:00,2026-12-01T12:00:00+00:00,on_queue\n",
    );
    assert_eq!((swap["answer"].as_str(), swap["legal"].as_bool()), (Some("no"), Some(false)));
    // From half past seven in the evening to six are ten and a half hours.
    let rest = |own: &&Value| own["rule"] == "ie.daily_rest" && own["severity"] == "hard";
    let rest = swap["breaches"].as_array().unwrap().iter().find(rest);
    assert_eq!(rest.and_then(|own| own["by_minutes"].as_i64()), Some(30));
}

/// Everyone's duties and absences between two dates.
fn between<'a>(
    rows: &'a [[String; 4]],
    who: &'a str,
    from: &'a str,
    to: &'a str,
) -> impl Iterator<Item = &'a [String; 4]> {
    rows.iter().filter(move |row| row[0] == who && (from..to).contains(&row[1].as_str()))
}

#[test]
fn whoever_was_published_as_ill_is_asked_for_nothing_when_the_next_falls_ill() {
    let (_folder, team) = planned();
    evenkeel(&["publish"], &team).assert().code(0);
    let amy = "amy:2026-12-01..2026-12-02";
    evenkeel(&["replan", "--quiet", "--absent", amy, "--now", "2026-11-29T12:00"], &team)
        .assert()
        .code(0);
    let out = team.join("out/2026-11-30-replan");
    let mut publish = evenkeel(&["publish", "--reason", "amy is ill"], &team);
    publish.arg("--plan").arg(&out).assert().code(0);

    let eve = ["replan", "--absent", "eve:2026-12-01", "--absent", "dan:2026-12-01"];
    let mut replan = evenkeel(&eve, &team);
    replan.args(["--now", "2026-12-01T07:00", "--format", "json"]);
    let found = json(&replan.assert().code(0));
    let after = rows(&out.join("roster.csv"));
    let ill: Vec<_> = between(&after, "amy", "2026-12-01", "2026-12-03").collect();
    assert!(!ill.is_empty() && ill.iter().all(|row| row[3] == "absent"), "{ill:?}");
    assert_eq!(found["breaches"], 0, "{found}");

    let mut swap = evenkeel(&["swap", "amy:2026-12-03", "cara:2026-12-02"], &team);
    let swap = json(&swap.args(["--format", "json"]).assert().code(0));
    let is_off = |own: &&Value| own["rule"] == "house.time_off";
    assert!(swap["breaches"].as_array().unwrap().iter().any(|own| is_off(&own)), "{swap}");
}

#[test]
fn a_duty_that_has_begun_is_not_swapped() {
    let (_folder, team) = planned();
    let ask = |now: &str| {
        let pair = ["swap", "amy:2026-12-01", "ben:2026-12-01", "--now", now, "--format", "json"];
        json(&evenkeel(&pair, &team).assert().code(0))
    };
    let late = ask("2026-12-03T10:00");
    assert_eq!((late["answer"].as_str(), late["ahead"].as_bool()), (Some("no"), Some(false)));
    // Told on the day before the day before, Ireland's 24 hours are kept; on the evening before they are not.
    assert_eq!(ask("2026-11-29T12:00")["notice"]["in_time"], serde_json::json!([true, true]));
    let evening = ask("2026-11-30T18:00");
    assert_eq!(evening["ahead"], true);
    assert_eq!(evening["notice"]["in_time"], serde_json::json!([false, false]));
    assert_eq!(evening["notice"]["may_refuse"], true);
}

/// The difference between the week's own report and one in which two people swapped would say what the plan makes
/// of those two.
#[test]
fn a_change_of_a_few_people_tells_places_in_the_plan_and_no_bands() {
    let (_folder, team) = planned();
    let swap = evenkeel(&["swap", "amy:2026-12-01", "ben:2026-12-01"], &team).assert().code(0);
    let said = String::from_utf8(swap.get_output().stdout.clone()).unwrap();
    assert!(said.contains("What it does to strain") && !said.contains("Whole team"), "{said}");
    let mut replan = evenkeel(&["replan", "--absent", "amy:2026-12-01", "--format", "json"], &team);
    let few = json(&replan.assert().code(0));
    assert_eq!(few["strain"], Value::Null);
    assert!(few["strain_before"].is_object() && few["strain_effect"].is_array(), "{few}");

    let mut all = evenkeel(&["replan", "--format", "json"], &team);
    for who in ["amy", "ben", "cara", "dan", "eve"] {
        all.args(["--absent", &format!("{who}:2026-11-30..2026-12-06")]);
    }
    assert!(json(&all.assert().code(0))["strain"].is_object());
}

#[test]
fn a_rest_that_a_swap_cuts_to_ten_hours_is_named_as_more_tiring() {
    let swap = swap_by_hand(
        "ben,2026-12-01T15:30:00+00:00,2026-12-01T20:00:00+00:00,on_queue\n\
        amy,2026-12-01T08:00:00+00:00,2026-12-01T12:30:00+00:00,on_queue\n\
        amy,2026-12-02T06:00:00+00:00,2026-12-02T10:00:00+00:00,on_queue\n",
    );
    let effect = swap["strain_effect"].as_array().unwrap();
    let rest = effect.iter().find(|own| own["component"] == "quick_returns").unwrap();
    assert_eq!(rest["before"], Value::Null);
    assert_eq!(
        (rest["after"]["count"].as_u64(), rest["after"]["worst"].as_f64()),
        (Some(1), Some(10.0))
    );
}

/// Ireland asks for a day of notice and lets people refuse; Spain asks for five and says nothing of refusing.
#[test]
fn everyone_is_told_by_the_notice_of_their_own_law() {
    let (_folder, team) = planned();
    let people = fs::read_to_string(team.join("agents.csv")).unwrap();
    let mut with_law = String::new();
    for (place, row) in people.lines().enumerate() {
        let law = match place {
            0 => "law",
            _ if row.starts_with("amy") || row.starts_with("ben") => "ie",
            _ => "es",
        };
        with_law.extend([row, ",", law, "\n"]);
    }
    fs::write(team.join("agents.csv"), with_law).unwrap();
    let mut replan = evenkeel(&["replan", "--absent", "eve:2026-12-03", "--format", "json"], &team);
    let found = json(&replan.args(["--now", "2026-12-01T12:00"]).assert());
    assert_eq!(found["notice"]["rule"], "es.notice");
    assert_eq!(found["notice"]["may_refuse"], false);
    assert_eq!(found["told_from"], "2026-12-07T00:00:00+00:00");
    let changes = found["changes"].as_array().unwrap();
    assert!(!changes.is_empty(), "{found}");
    for change in changes {
        let is_irish = ["amy", "ben"].contains(&change["agent"].as_str().unwrap());
        // A day and more is left for Ireland from the third on; for Spain the whole week is too near.
        let late = !is_irish || change["date"].as_str() < Some("2026-12-03");
        assert_eq!(change["inside_notice"].as_bool(), Some(late), "{change}");
        let rule = if is_irish { "ie.notice" } else { "es.notice" };
        assert_eq!(change["notice_rule"].as_str(), late.then_some(rule), "{change}");
        assert_eq!(change["may_refuse"].as_bool(), Some(late && is_irish), "{change}");
    }
}

#[test]
fn absences_that_overlap_are_one_absence() {
    let (_folder, team) = planned();
    let mut replan = evenkeel(&["replan", "--format", "json"], &team);
    replan.args([
        "--absent",
        "amy:2026-12-01..2026-12-02",
        "--absent",
        "amy:2026-12-02..2026-12-03",
    ]);
    let found = json(&replan.args(["--absent", "amy:2026-12-01"]).assert().code(0));
    let away = found["away"].as_array().unwrap();
    assert_eq!(away.len(), 1);
    assert_eq!(away[0]["start"], "2026-12-01T00:00:00+00:00");
    assert_eq!(away[0]["end"], "2026-12-04T00:00:00+00:00");
    assert_eq!(found["now_assumed"], true);
}

#[test]
fn whoever_asks_wrongly_is_told_how() {
    let (_folder, team) = planned();
    let plain = [
        (vec!["swap", "amy:2026-12-01", "amy:2026-12-02"], "the same person"),
        (vec!["swap", "amyy:2026-12-01", "ben:2026-12-01"], "did you mean `amy`?"),
        (vec!["swap", "amy:2026-12-05", "ben:2026-12-01"], "has no duty"),
        (vec!["swap", "amy:2027-12-05", "ben:2026-12-01"], "not among the 7 days"),
        (vec!["swap", "amy", "ben:2026-12-01"], "no person with a date"),
        (vec!["absent", "zoe:2026-12-01"], "no agent is called `zoe`"),
        (vec!["absent", "amy:2026-12-04..2026-12-01"], "write the first date first"),
        (vec!["replan"], "nothing is said to have happened"),
        (
            vec!["replan", "--absent", "amy:2026-12-01", "--now", "2027-01-01T09:00"],
            "the week is over",
        ),
        (vec!["replan", "--absent", "amy:2026-12-01", "--now", "soon"], "--now"),
    ];
    for (args, word) in plain {
        let said = stderr(&evenkeel(&args, &team).assert().code(2));
        assert!(said.contains(word), "{args:?}: {said}");
    }
}

#[test]
fn wrong_actuals_are_told_all_at_once() {
    let (_folder, team) = planned();
    fs::write(
        team.join("so-far.csv"),
        "start,queue,contacts,agent,end\n\
        2026-11-30 08:00,phone,12,,\n\
        2026-11-30 08:00,phone,13,,\n\
        2026-11-30 09:00,phnoe,12,,\n\
        2026-11-30 10:00,phone,NaN,,\n\
        2026-11-30 11:00,phone,-1,,\n\
        2030-01-01 08:00,phone,1,,\n\
        2026-12-01,,,zoe,\n\
        2026-12-01,,,amy,2026-11-30\n\
        2026-12-01,,,,\n",
    )
    .unwrap();
    let mut replan = evenkeel(&["replan"], &team);
    let said = stderr(&replan.arg("--actuals").arg(team.join("so-far.csv")).assert().code(3));
    for code in [
        "S827 so-far.csv, line 3",
        "S826 so-far.csv, line 4",
        "S126 so-far.csv, line 5",
        "S126 so-far.csv, line 6",
        "S828 so-far.csv, line 7",
        "S826 so-far.csv, line 8",
        "S828 so-far.csv, line 9",
        "S825 so-far.csv, line 10",
    ] {
        assert!(said.contains(code), "{code} is not in {said}");
    }
}
