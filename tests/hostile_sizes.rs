//! What `size` and `need` say to figures nobody would plan with: an answer that makes sense, or what is wrong and
//! the way out; never a fault of our own.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn told(arguments: &[&str]) -> (Option<i32>, String) {
    let mut evenkeel = Command::cargo_bin("evenkeel").unwrap();
    let output = evenkeel.env("COLUMNS", "100").args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

fn sized(options: &str) -> (Option<i32>, String) {
    let arguments: Vec<&str> = std::iter::once("size").chain(options.split(' ')).collect();
    told(&arguments)
}

#[test]
fn a_size_that_makes_sense_is_given_for_few_and_many_contacts() {
    for (options, people) in [
        ("--arrivals 0 --handle 300s", "0 people"),
        ("--arrivals 1 --per 24h --handle 300s --patience 2m", "One person"),
        ("--arrivals 100 --handle 300s --target 0/20s", "17 people"),
        ("--arrivals 100 --handle 300s --occupancy 1", "21 people"),
        ("--arrivals 100 --handle 300s --patience 2m --target 99.99/0s", "people on queue"),
    ] {
        let (code, text) = sized(options);
        assert!(code == Some(0) && text.contains(people), "{text}");
    }
}

#[test]
fn a_size_that_cannot_be_is_refused_with_a_way_out() {
    for (options, cause) in [
        ("--arrivals -5 --handle 300s", "-5 is not a number of contacts"),
        ("--arrivals nan --handle 300s", "NaN is not a number of contacts"),
        ("--arrivals 1e300 --handle 300s", "more than can be sized"),
        ("--arrivals 100 --handle 0s", "is not a handle time"),
        ("--arrivals 100 --per 0m --handle 5m", "per 0 minutes"),
        ("--arrivals 100 --handle 300s --target 100/20s", "use at most 99.99 %"),
        ("--arrivals 100 --handle 300s --patience 0s", "is not a patience"),
        ("--arrivals 100 --handle 300s --occupancy 0", "leaves no time for contacts"),
    ] {
        let (code, text) = sized(options);
        assert_eq!(code, Some(2), "{options}: {text}");
        assert!(text.contains(cause) && text.contains("hint: "), "{options}: {text}");
    }
}

/// What `need` says of the small team with its scenario and volumes changed.
fn need(from: &str, to: &str, volume: impl Fn(&str) -> String) -> (Option<i32>, String) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(shipped.join("scenario.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(folder.path().join("scenario.toml"), text.replace(from, to)).unwrap();
    fs::copy(shipped.join("agents.csv"), folder.path().join("agents.csv")).unwrap();
    let rows = fs::read_to_string(shipped.join("volume.csv")).unwrap();
    let changed = rows.lines().enumerate().map(|(place, row)| match row.rsplit_once(',') {
        Some((key, contacts)) if place > 0 => format!("{key},{}\n", volume(contacts)),
        _ => format!("{row}\n"),
    });
    fs::write(folder.path().join("volume.csv"), changed.collect::<String>()).unwrap();
    told(&["need", folder.path().to_str().unwrap()])
}

#[test]
fn a_need_is_given_for_no_contacts_and_for_far_too_many() {
    let (code, text) = need("seed = 7", "seed = 7", |_| "0".to_owned());
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("No live queue asks for anybody"), "{text}");
    let (code, text) = need("seed = 7", "seed = 7", |contacts| format!("{contacts}0000"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Employed who could"), "{text}");
    let (code, text) = need("seed = 7", "seed = 7", |_| "0.01".to_owned());
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn endless_patience_and_targets_of_nothing_are_needs_like_others() {
    let same = |contacts: &str| contacts.to_owned();
    for (from, to) in [
        ("patience_minutes = 5\n", ""),
        ("share = 0.8, within_seconds", "share = 0.0, within_seconds"),
        ("measure = \"first_response\"", "measure = \"resolution\""),
    ] {
        let (code, text) = need(from, to, same);
        assert_eq!(code, Some(0), "{to}: {text}");
    }
}

#[test]
fn a_target_of_everything_and_patience_without_end_in_digits_are_refused() {
    let same = |contacts: &str| contacts.to_owned();
    for (from, to, code_and_place) in [
        ("share = 0.8, within_seconds", "share = 1.0, within_seconds", "S413 scenario.toml"),
        ("patience_minutes = 5", "patience_minutes = inf", "S110 scenario.toml"),
        ("within_hours = 4", "within_hours = 0", "S110 scenario.toml"),
    ] {
        let (code, text) = need(from, to, same);
        assert_eq!(code, Some(3), "{text}");
        assert!(text.contains(code_and_place) && text.contains("hint: "), "{text}");
    }
}
