//! The same input gives the same bytes, whatever the number of threads.

use std::path::Path;
use std::{env, fs};

use assert_cmd::Command;

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
