//! The published instances of the multi-activity benchmark, from the folder that `EVENKEEL_INSTANCES` names.

use std::path::PathBuf;

use evenkeel::public::{Schedule, read};
use evenkeel::roster::columns::{Budget, Unhurried};

/// A file of the folder; none where the folder is not set.
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn published(name: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("EVENKEEL_INSTANCES") else {
        eprintln!("skipped: EVENKEEL_INSTANCES is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("retail").join(name);
    Some(std::fs::read(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display())))
}

#[test]
fn the_published_roster_of_instance_1_is_met_and_proved_the_best() {
    let Some(bytes) = published("1_7_10_1.txt") else { return };
    let budget = Budget { pricing: 0, rounds: 40, nodes: 0, seed: 2 };
    let outcome = read(&bytes).unwrap().solve(&budget, &Unhurried).unwrap();
    assert_eq!(outcome.missing, Some(0));
    assert_eq!((outcome.cost, outcome.floor, outcome.proved), (383, Some(383), true));
    let is_work = |line: &Schedule| matches!(line, Schedule::Blocks(blocks) if !blocks.is_empty());
    assert_eq!(outcome.roster.values().filter(|line| is_work(line)).count(), 10);
}

#[test]
fn every_published_file_is_read() {
    let Some(_) = published("1_7_10_1.txt") else { return };
    for name in ["16_7_40_2.txt", "76_14_10_1.txt", "151_28_10_1.txt", "211_28_130_5.txt"] {
        let bytes = published(name).unwrap_or_default();
        assert!(read(&bytes).is_ok(), "{name}");
    }
}
