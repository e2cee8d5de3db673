//! A rota with nights planned with strain and without, side by side, at equal cover.

use std::fs;
use std::io::Write;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn evenkeel() -> Command {
    Command::cargo_bin("evenkeel").unwrap()
}

/// The shipped rota, searched and played briefly.
fn rota() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let team = folder.path().join("team");
    evenkeel().args(["new", "night-rota"]).arg(&team).assert().success();
    let file = team.join("scenario.toml");
    let text = fs::read_to_string(&file).unwrap();
    let budget = "rounds = 20\nnodes = 100\nreplications = 100";
    assert!(text.contains(budget));
    fs::write(&file, text.replace(budget, "rounds = 6\nnodes = 30\nreplications = 4")).unwrap();
    folder
}

#[test]
fn at_equal_cover_whoever_fares_worst_is_a_tenth_less_tired_than_planned_without_strain() {
    let folder = rota();
    let compared = evenkeel()
        .arg("compare")
        .arg(folder.path().join("team"))
        .args(["without-strain", "--quiet", "--format", "csv"])
        .assert()
        .success();
    let text = String::from_utf8(compared.get_output().stdout.clone()).unwrap();
    let figure = |name: &str, variant: &str| -> f64 {
        let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let row = rows.find(|row| row[0] == name && row[1].is_empty() && row[3] == variant);
        row.unwrap_or_else(|| panic!("no {name} of `{variant}` in\n{text}"))[4].parse().unwrap()
    };
    let without = "without-strain";
    for variant in ["", without] {
        assert_eq!(figure("shortfall_hours", variant), 0.0);
        assert_eq!(figure("breaches", variant), 0.0);
    }
    let (with, before) = (figure("timing_highest", ""), figure("timing_highest", without));
    let _ = writeln!(
        std::io::stderr(),
        "highest fatigue index {with:.3} with strain, {before:.3} without"
    );
    assert!(with <= 0.9 * before, "{with} is less than a tenth below {before}");
    assert!(figure("timing_mean", "") < figure("timing_mean", without));
}

#[test]
fn what_strain_comes_to_at_least_is_proved_close_to_what_the_rota_comes_to() {
    let folder = rota();
    let out = folder.path().join("out");
    let done = evenkeel()
        .arg("plan")
        .arg(folder.path().join("team"))
        .arg("--out")
        .arg(&out)
        .args(["--quiet", "--format", "json"])
        .assert()
        .success();
    let plan: Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    let levels = plan["levels"].as_array().unwrap();
    let strain = levels.iter().find(|level| level["aim"] == "strain").unwrap();
    assert_eq!(strain["certified"], true);
    let (value, bound) = (strain["value"].as_f64().unwrap(), strain["bound"].as_f64().unwrap());
    let _ = writeln!(std::io::stderr(), "strain {value:.1} points, none below {bound:.1}");
    assert!(bound <= value && bound >= 0.8 * value, "{bound} {value}");
}
