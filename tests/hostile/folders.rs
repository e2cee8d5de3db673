//! The small example team with one thing changed, and what is wrong with it then.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use evenkeel::scenario::{self, Adjustments, Problem, Scenario, from_files};

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn small_team() -> Files {
    let read = |name: &str| {
        let path = Path::new("scenarios/small-team").join(name);
        (name.to_owned(), fs::read(path).unwrap())
    };
    ["scenario.toml", "agents.csv", "volume.csv"].map(read).into()
}

/// The small team with one text of one file replaced, which must be there.
pub(crate) fn small_team_with(file: &str, from: &str, to: &str) -> Files {
    let mut files = small_team();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

/// The small team with a file of these bytes.
pub(crate) fn small_team_and(file: &str, bytes: impl AsRef<[u8]>) -> Files {
    let mut files = small_team();
    files.insert(file.to_owned(), bytes.as_ref().to_vec());
    files
}

pub(crate) fn small_team_without(file: &str) -> Files {
    let mut files = small_team();
    files.remove(file);
    files
}

pub(crate) fn problems(files: &Files) -> Vec<Problem> {
    scenario::with_variants(files, &Adjustments::default()).err().unwrap_or_default()
}

pub(crate) fn accepted(files: &Files) -> Scenario {
    from_files(files, &Adjustments::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A scenario with one thing changed, the code that must come of it, and what its place must say.
pub(crate) type Case = (Files, &'static str, &'static str);

pub(crate) fn toml(from: &str, to: &str) -> Files {
    small_team_with("scenario.toml", from, to)
}

pub(crate) fn agents(from: &str, to: &str) -> Files {
    small_team_with("agents.csv", from, to)
}

pub(crate) fn volume(from: &str, to: &str) -> Files {
    small_team_with("volume.csv", from, to)
}

pub(crate) fn time_off(rows: &str) -> Files {
    small_team_and("time_off.csv", format!("agent,start,end,reason\n{rows}\n"))
}

/// The small team with these days settled.
pub(crate) fn locks(rows: &str) -> Files {
    small_team_and("locks.csv", format!("agent,date,lock\n{rows}\n"))
}

pub(crate) fn variant(text: impl AsRef<[u8]>) -> Files {
    small_team_and("variants/what.toml", text)
}

pub(crate) fn history(text: impl AsRef<[u8]>) -> Files {
    small_team_and("history.csv", text)
}

/// The target of the small team's phone, as it is written.
pub(crate) const TARGET: &str =
    r#"{ measure = "service_level", share = 0.8, within_seconds = 60, period = "day" }"#;
