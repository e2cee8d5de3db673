//! Rules of minimum presence that mean nobody, never, or more people than there are.

use super::folders::{Case, Files, accepted, toml};
use evenkeel::units::{Minutes, Span};

fn presence(lines: &str) -> Files {
    toml("[horizon]", &format!("[[minimum_presence]]\nid = \"seniors\"\n{lines}\n[horizon]"))
}

#[rustfmt::skip]
pub(crate) fn presence_cases() -> Vec<Case> {
    let day = "hours = \"mon-fri 09:00-17:00\"\nat_least = 1";
    let with = |more: &str| presence(&format!("{day}\n{more}"));
    vec![
        (with("tiers = [\"senior-css\"]"), "", ""),
        (with("on_queue = true\nskills = [\"phone\"]\nsite = \"Dublin\"\npeople = [\"eve\", \"finn\"]"), "", ""),
        (with("[[minimum_presence]]\nid = \"seniors\"\nhours = \"sat 09:00-10:00\"\nat_least = 1"), "S812", "minimum_presence[2]"),
        (with("tiers = [\"senior\"]"), "S813", "minimum_presence.seniors.tiers"),
        (with("skills = [\"telepathy\"]"), "S813", "minimum_presence.seniors.skills"),
        (with("site = \"Atlantis\""), "S813", "minimum_presence.seniors.site"),
        (with("people = [\"zoe\"]"), "S813", "minimum_presence.seniors.people"),
        (presence("hours = \"\"\nat_least = 1"), "S814", "minimum_presence.seniors.hours"),
        (presence("hours = \"mon closed\"\nat_least = 1"), "S814", "minimum_presence.seniors.hours"),
        (presence("hours = \"mon 09:02-17:00\"\nat_least = 1"), "S814", "minimum_presence.seniors.hours"),
        (presence("hours = \"mon 09:00-09:00\"\nat_least = 1"), "S112", "minimum_presence.seniors.hours"),
        (presence("hours = \"always\"\nat_least = 7"), "S815", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\"\nat_least = 3\ntiers = [\"senior-css\"]"), "S815", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\"\nat_least = 0"), "S110", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\"\nat_least = -1"), "S110", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\"\nat_least = nan"), "S109", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\"\nat_least = 1.5"), "S109", "minimum_presence.seniors.at_least"),
        (presence("hours = \"always\""), "S108", "minimum_presence.seniors.at_least"),
        (with("pools = []"), "S107", "minimum_presence.seniors.pools"),
    ]
}

fn stretches(hours: &str, start: &str) -> Vec<(i64, i64)> {
    let files = presence(&format!("hours = \"{hours}\"\nat_least = 1"));
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    let text = text.replacen("start = \"2026-11-30\"", &format!("start = \"{start}\""), 1);
    let text =
        text.replace("\nchannel = \"voice\"", "\ncontacts_per_hour = 5\nchannel = \"voice\"");
    let mut files = files;
    files.remove("volume.csv");
    files.insert("scenario.toml".to_owned(), text.into_bytes());
    let rule = accepted(&files).minimum_presence.remove(0);
    rule.stretches.into_iter().map(|Span { start, end }| (start.0, end.0)).collect()
}

#[test]
fn hours_over_midnight_belong_to_the_day_they_start_on_and_end_with_the_horizon() {
    let nights = stretches("sat-sun 22:00-06:00", "2026-11-30");
    assert_eq!(nights, [(5 * 1440 + 1320, 6 * 1440 + 360), (6 * 1440 + 1320, 7 * 1440)]);
}

#[test]
fn hours_that_overlap_are_counted_once() {
    let hours = stretches("tue 09:00-12:00,10:00-14:00", "2026-11-30");
    assert_eq!(hours, [(1440 + 540, 1440 + 720), (1440 + 720, 1440 + 840)]);
}

#[test]
fn without_an_earlier_roster_the_first_day_counts_from_the_first_start() {
    let hours = stretches("mon 00:00-12:00", "2026-11-30");
    assert_eq!(hours, [(480, 720)], "nobody of an earlier day is known of before 08:00");
}

#[test]
fn a_stretch_through_the_change_of_clocks_lasts_as_long_as_it_does() {
    let night = |start: &str| {
        let spans = stretches("sat 22:00-06:00", start);
        spans.iter().map(|(from, to)| Minutes(to - from)).collect::<Vec<Minutes>>()
    };
    assert_eq!(night("2026-10-19"), [Minutes::hours(9)], "an hour comes twice");
    assert_eq!(night("2026-03-23"), [Minutes::hours(7)], "an hour is left out");
}
