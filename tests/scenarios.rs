//! Every team in `scenarios/` goes all the way: checked, planned, audited, judged.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use assert_cmd::Command;
use serde_json::Value;

fn teams() -> Vec<PathBuf> {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut teams: Vec<PathBuf> =
        fs::read_dir(scenarios).unwrap().map(|entry| entry.unwrap().path()).collect();
    teams.retain(|path| path.join("scenario.toml").is_file());
    teams.sort();
    teams
}

fn evenkeel() -> Command {
    Command::cargo_bin("evenkeel").unwrap()
}

fn json(command: &mut Command) -> Value {
    let done = command.args(["--format", "json"]).assert().success();
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

/// Past contacts a team plans from that are not kept beside it: put beside its copy, or given as options.
fn history_of(name: &str, copy: &Path) -> Option<Vec<String>> {
    if !["bank-1999", "it-desk-2016"].contains(&name) {
        return Some(Vec::new());
    }
    let Some(folder) = env::var_os("EVENKEEL_HISTORIES").map(PathBuf::from) else {
        let _ = writeln!(std::io::stderr(), "skipped: {name}, EVENKEEL_HISTORIES not set");
        return None;
    };
    if name == "bank-1999" {
        let file = folder.join("anonbank1999_30min.csv");
        let history = ["--column", "calls", "--history", file.to_str().unwrap()];
        return Some(history.map(str::to_owned).to_vec());
    }
    let mut import = evenkeel();
    import.args(["import", "contacts"]).arg(folder.join("servicenow_incidents.csv"));
    import.args(["--start", "opened_at", "--queue", "priority"]);
    for renamed in ["1=critical", "2=high", "3=usual", "4=low"] {
        import.args(["--rename", renamed]);
    }
    let counted = import.assert().success();
    fs::write(copy.join("history.csv"), &counted.get_output().stdout).unwrap();
    Some(Vec::new())
}

#[test]
fn every_team_is_planned_within_the_law_and_judged_on_every_target() {
    let teams = teams();
    assert!(!teams.is_empty());
    for team in &teams {
        goes_all_the_way(team);
    }
}

/// A copy of a team that searches a few rounds only: how good a roster gets is measured elsewhere, that it is
/// legal, judged and bounded is tested here.
fn briefly(shipped: &Path, copy: &Path) {
    fs::create_dir(copy).unwrap();
    for entry in fs::read_dir(shipped).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
    }
    let file = copy.join("scenario.toml");
    let mut words: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
    let budget = "rounds = 4\nnodes = 5\nreplications = 20".parse::<toml::Table>().unwrap();
    words.insert("budget".to_owned(), budget.into());
    fs::write(&file, words.to_string()).unwrap();
}

fn goes_all_the_way(shipped: &Path) {
    let name = shipped.file_name().unwrap().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (team, out) = (&folder.path().join("team"), folder.path().join("out"));
    briefly(shipped, team);
    let Some(history) = &history_of(name, team) else { return };
    evenkeel().arg("check").arg(team).args(history).assert().success();

    let need = json(evenkeel().arg("need").arg(team).args(history));
    assert!(need["schema"].as_str().unwrap().starts_with("evenkeel.need/"), "{name}");

    let plan = json(evenkeel().arg("plan").arg(team).arg("--out").arg(&out).args(history));
    assert_eq!(plan["breaches"], 0, "{name}");
    let verdicts = plan["verdicts"].as_array().unwrap();
    assert!(!verdicts.is_empty(), "{name}");
    for verdict in verdicts {
        let word = verdict["verdict"].as_str().unwrap();
        assert!(["kept", "missed", "undecided"].contains(&word), "{name}: {verdict}");
    }
    let levels = plan["levels"].as_array().unwrap();
    assert!(!levels.is_empty(), "{name}");
    for level in levels {
        let figure = |key: &str| level[key].as_f64().unwrap_or(f64::NAN);
        assert!(figure("gap") >= 0.0, "{name}: {level}");
        assert!(
            figure("bound") <= figure("value") + 1e-6 * figure("value").abs().max(1.0),
            "{name}: {level}"
        );
    }
    assert!(plan["shortfall_minutes"].as_f64().unwrap() >= 0.0, "{name}");

    let roster = out.join("roster.csv");
    let audit = json(evenkeel().arg("audit").arg(team).arg("--roster").arg(&roster).args(history));
    let hard = |breach: &&Value| breach["severity"] == "hard";
    assert_eq!(audit["breaches"].as_array().unwrap().iter().filter(hard).count(), 0, "{name}");

    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.starts_with("<!DOCTYPE html>") && !report.contains("NaN"), "{name}");
}
