//! The same input gives the same bytes, whatever the number of threads and however its files are arranged.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use assert_cmd::Command;
use evenkeel::duty::Duty;
use evenkeel::id::Id;
use evenkeel::plan;
use evenkeel::roster::{Assigned, Unwatched, assign};
use evenkeel::scenario::{Adjustments, Scenario, from_files};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

#[test]
fn a_plan_is_the_same_bytes_on_one_thread_and_on_two() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    let out = tempfile::tempdir().unwrap();
    let team = out.path().join("team");
    fs::create_dir(&team).unwrap();
    for file in ["scenario.toml", "agents.csv", "volume.csv"] {
        fs::copy(shipped.join(file), team.join(file)).unwrap();
    }
    let toml = fs::read_to_string(team.join("scenario.toml")).unwrap();
    let briefly = toml + "\n[budget]\nrounds = 6\nnodes = 20\nreplications = 20\n";
    fs::write(team.join("scenario.toml"), briefly).unwrap();
    let printed: Vec<Vec<u8>> = ["1", "2"]
        .map(|threads| {
            let mut plan = Command::cargo_bin("evenkeel").unwrap();
            plan.arg("plan").arg(&team).arg("--out").arg(out.path().join(threads));
            plan.args(["--format", "json"]);
            let done = plan.env("RAYON_NUM_THREADS", threads).assert().success();
            done.get_output().stdout.clone()
        })
        .into();
    assert!(!printed[0].is_empty());
    assert_eq!(String::from_utf8_lossy(&printed[0]), String::from_utf8_lossy(&printed[1]));
    for file in ["roster.csv", "plan.json", "report.html"] {
        let read = |threads: &str| fs::read(out.path().join(threads).join(file)).unwrap();
        assert!(read("1") == read("2"), "{file} differs between one thread and two");
    }
}

/// Two people and one queue over three days.
const TWO: &str = r#"
schema = "evenkeel.scenario/1"
name = "Two people"
currency = "EUR"
[horizon]
start = "2026-11-30"
days = 3
grid_minutes = 60
time_zone = "Europe/Dublin"
[budget]
rounds = 2
nodes = 2
replications = 2
[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple"]
wage_per_hour = 19.5
[[shifts]]
id = "day"
starts = "mon-sun 08:00-10:00"
hours = [6, 8]
[[queues]]
id = "phone"
channel = "voice"
topic = "everything"
hours = "mon-wed 08:00-18:00"
mix = { simple = 1 }
handle_minutes = { simple = 4 }
patience_minutes = 5
contacts_per_hour = 9
targets = [{ measure = "service_level", share = 0.8, within_seconds = 60, period = "day" }]
"#;

/// Plan so many times, each in a process of its own, on one thread and on two in turn; every byte must be the same.
fn plan_again_and_again(team: &Path, times: usize) {
    let out = tempfile::tempdir().unwrap();
    let mut first: Option<Vec<Vec<u8>>> = None;
    for time in 0..times {
        let threads = if time % 2 == 0 { "1" } else { "2" };
        let mut plan = Command::cargo_bin("evenkeel").unwrap();
        plan.arg("plan").arg(team).arg("--out").arg(out.path()).args(["--format", "json"]);
        let done = plan.env("RAYON_NUM_THREADS", threads).assert().success();
        let mut written = vec![done.get_output().stdout.clone()];
        for file in ["plan.json", "roster.csv", "report.html"] {
            written.push(fs::read(out.path().join(file)).unwrap());
            fs::remove_file(out.path().join(file)).unwrap();
        }
        assert!(written.iter().all(|bytes| !bytes.is_empty()));
        let first = first.get_or_insert_with(|| written.clone());
        assert!(*first == written, "time {time}, {threads} threads: other bytes than at first");
    }
}

fn two_people(folder: &Path) {
    fs::write(folder.join("scenario.toml"), TWO).unwrap();
    fs::write(folder.join("agents.csv"), "id,tier,contract_hours\namy,css1,20\nben,css1,16\n")
        .unwrap();
}

#[test]
fn one_plan_made_again_and_again_is_the_same_bytes() {
    let team = tempfile::tempdir().unwrap();
    two_people(team.path());
    plan_again_and_again(team.path(), 6);
}

/// Run by `make long`.
#[test]
#[ignore = "a minute; `make long` runs it"]
fn twenty_plans_of_two_teams_are_the_same_bytes() {
    let team = tempfile::tempdir().unwrap();
    two_people(team.path());
    plan_again_and_again(team.path(), 20);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    for file in ["scenario.toml", "agents.csv", "volume.csv"] {
        fs::copy(shipped.join(file), team.path().join(file)).unwrap();
    }
    plan_again_and_again(team.path(), 20);
}

/// The small team with a queue and a shift more, its files arranged by a draw.
fn arranged(seed: Option<u64>) -> Scenario {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    let read = |file: &str| fs::read_to_string(shipped.join(file)).unwrap();
    let more = "\n[[off_queue]]\ntitle = \"reading\"\nminutes = 30\nwho = \"everyone\"\n\n[[shifts]]\nid = \"late\"\n\
        starts = \"mon-fri 11:00\"\nhours = [6, 7]\n\n[[queues]]\nid = \"chat\"\nchannel = \"chat\"\n\
        topic = \"billing\"\nhours = \"mon-fri 09:00-17:00\"\nmix = { simple = 1 }\n\
        handle_minutes = { simple = 6 }\npatience_minutes = 4\nskill = \"chat\"\ncontacts_per_hour = 5\n\
        targets = [{ measure = \"service_level\", share = 0.8, within_seconds = 60, period = \"day\" }]\n\n\
        [[minimum_presence]]\nid = \"one-senior\"\nhours = \"mon-fri 10:00-15:00\"\nat_least = 1\n\
        tiers = [\"senior-css\"]\n\n[[minimum_presence]]\nid = \"anyone\"\nhours = \"mon-fri 09:00-16:00\"\n\
        at_least = 2\n";
    let toml =
        read("scenario.toml") + more + "\n[budget]\nrounds = 4\nnodes = 6\nreplications = 2\n";
    let people =
        read("agents.csv").replace(",phone,", ",phone;chat,").replacen("phone;chat", "phone", 2);
    let mut sections: Vec<String> = Vec::new();
    for line in toml.lines() {
        if line.starts_with('[') || sections.is_empty() {
            sections.push(String::new());
        }
        let section = sections.last_mut().unwrap();
        section.push_str(line);
        section.push('\n');
    }
    let mut rows: Vec<String> = people.lines().skip(1).map(str::to_owned).collect();
    if let Some(seed) = seed {
        let mut draw = StdRng::seed_from_u64(seed);
        rows.shuffle(&mut draw);
        // Keys without a section come first; the ladder is in the order of its sections.
        let is_step = |section: &String| section.starts_with("[[tiers]]");
        let steps: Vec<String> =
            sections.iter().filter(|section| is_step(section)).cloned().collect();
        sections[1..].shuffle(&mut draw);
        let places = sections.iter_mut().filter(|section| is_step(section));
        places.zip(steps).for_each(|(place, step)| *place = step);
    }
    let header = people.lines().next().unwrap();
    let files: BTreeMap<String, Vec<u8>> = [
        ("scenario.toml", sections.concat()),
        ("agents.csv", format!("{header}\n{}\n", rows.join("\n"))),
        ("volume.csv", read("volume.csv")),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into();
    from_files(&files, &Adjustments::default()).unwrap_or_else(|it| panic!("{it:#?}"))
}

fn solved(scenario: &Scenario) -> (Assigned, BTreeMap<String, Vec<Duty>>) {
    let assigned = assign(&plan::need(scenario), scenario, &Unwatched).unwrap();
    let named = assigned.roster.lines.iter().enumerate().map(|(place, line)| {
        assert_eq!(line.agent.index(), place, "lines stand in the order of people");
        (scenario.names.agents.of(line.agent).to_owned(), line.duties.clone())
    });
    let named = named.collect();
    (assigned, named)
}

#[test]
fn rows_and_sections_in_any_order_give_everyone_the_same_line_and_every_aim_the_same_value() {
    let (first, lines) = solved(&arranged(None));
    for seed in 0..2 {
        let scenario = arranged(Some(seed));
        let (other, others) = solved(&scenario);
        assert_eq!(other.levels, first.levels, "seed {seed}");
        assert_eq!(others, lines, "seed {seed}");
        assert_eq!(other.effort, first.effort, "seed {seed}");
    }
}
