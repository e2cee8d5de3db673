//! Firms to start from: examples that ship, and made-up ones of any size, the same for the same seed.
//!
//! A made-up firm is a scenario folder as a person would write it: the five tiers in usual proportions, queues
//! by channel and topic, people with part-time contracts, skills, wishes, leave and mentors, and past contacts
//! with weekdays, times of day, busy days and growth. Its volume is scaled so that the team can just about
//! carry it (`capacity`). Every figure in it is an assumption.

mod capacity;
mod past;
mod people;
mod queues;
mod shipped;
mod text;

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Files of a folder by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How large a made-up firm is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmSize {
    /// People, at least 1.
    pub people: usize,
    /// Queues, at least 1.
    pub queues: usize,
    /// Weeks of past contacts.
    pub weeks: usize,
    /// Days to plan.
    pub days: usize,
    /// Sites, at least 1.
    pub sites: usize,
    /// Law packs in force.
    pub law: Vec<String>,
    /// Length of an interval of the plan: 5, 10, 15, 30 or 60.
    pub grid_minutes: i64,
    /// Every random draw starts here.
    pub seed: u64,
}

/// A firm that ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in a line.
    pub about: &'static str,
}

/// The size of `scenarios/dublin-saas`, whose people and past come from [`random`].
#[must_use]
pub fn dublin_saas() -> FirmSize {
    FirmSize {
        people: 40,
        queues: 8,
        weeks: 26,
        days: 7,
        sites: 2,
        law: vec!["ie".to_owned()],
        grid_minutes: 30,
        seed: 2026,
    }
}

/// Make up a firm.
#[must_use]
pub fn random(size: &FirmSize) -> Files {
    let size = FirmSize {
        people: size.people.clamp(1, 20_000),
        queues: size.queues.clamp(1, 200),
        weeks: size.weeks.min(520),
        days: size.days.clamp(1, 366),
        sites: size.sites.clamp(1, 20),
        ..size.clone()
    };
    let team = people::hire(&size);
    let queues = capacity::fitted(queues::open(&size, &team), &team);
    let mut files = Files::new();
    let mut put = |name: &str, text: String| files.insert(name.to_owned(), text.into_bytes());
    put("scenario.toml", text::scenario(&size, &team, &queues));
    put("agents.csv", text::agents(&team));
    if team.iter().any(|colleague| colleague.leave.is_some()) {
        put("time_off.csv", text::time_off(&team));
    }
    put("history.csv", past::history(&size, &queues));
    files
}

/// The examples that ship, the shortest to read first.
#[must_use]
pub fn examples() -> &'static [Example] {
    &shipped::EXAMPLES
}

/// The files of an example, readme included; none where no example has this name.
#[must_use]
pub fn example(name: &str) -> Option<Files> {
    let files = shipped::files(name)?;
    Some(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect())
}

/// A part of a firm that is drawn on its own, so that changing one leaves the others as they are.
#[derive(Debug, Clone, Copy)]
enum Part {
    People = 1,
    Queues = 2,
    Past = 3,
}

fn draws(seed: u64, part: Part) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(4).wrapping_add(part as u64))
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "firms are far smaller than 2^52 people")]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Adjustments, BareHistory};

    #[test]
    fn the_same_seed_makes_the_same_firm_and_another_one_another() {
        let size = dublin_saas();
        assert_eq!(random(&size), random(&size));
        assert_ne!(random(&size), random(&FirmSize { seed: size.seed + 1, ..size }));
    }

    #[test]
    fn no_made_up_firm_of_any_size_starts_duties_in_the_night() {
        for people in [1, 5, 14, 15, 40] {
            let files = random(&FirmSize { people, ..dublin_saas() });
            let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
            let starts: Vec<&str> =
                text.lines().filter_map(|line| line.strip_prefix("starts = \"")).collect();
            assert!(starts.len() >= 2, "{text}");
            for start in starts {
                let (_, clock) = start.trim_end_matches('"').split_once(' ').unwrap();
                let (first, last) = clock.split_once('-').unwrap();
                assert!("07:00" < first && first <= last && last < "17:00", "{people}: {start}");
            }
        }
    }

    #[test]
    fn thirty_firms_of_every_size_read_back_without_a_problem() {
        for seed in 0..30 {
            let number = usize::try_from(seed).unwrap();
            let people = 3 + (number * 147).div_euclid(29);
            let grid_minutes = [5, 10, 15, 30, 60][number % 5];
            let law =
                [vec![], vec!["ie".to_owned()], vec!["eu-base".to_owned()]][number % 3].clone();
            let (queues, days) = (1 + number % 13, [7, 14, 5][number % 3]);
            let size = FirmSize {
                people,
                queues,
                weeks: 3,
                days,
                sites: 1 + number % 4,
                law,
                grid_minutes,
                seed,
            };
            let read = scenario::from_files(&random(&size), &Adjustments::default());
            let scenario = read.unwrap_or_else(|problems| panic!("{size:?}: {problems:#?}"));
            assert_eq!((scenario.agents.len(), scenario.queues.len()), (people, queues));
        }
    }

    #[test]
    fn the_shipped_firm_is_the_one_that_its_seed_draws() {
        let (shipped, drawn) = (example("dublin-saas").unwrap(), random(&dublin_saas()));
        for name in ["agents.csv", "time_off.csv", "history.csv"] {
            assert!(shipped[name] == drawn[name], "{name} differs");
        }
        let toml = |files: &Files| -> toml::Table {
            let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
            let mut table: toml::Table = text.parse().unwrap();
            table.remove("name");
            table
        };
        assert_eq!(toml(&shipped), toml(&drawn));
    }

    #[test]
    fn every_example_reads_back_but_for_the_history_it_asks_for() {
        for one in examples() {
            let mut files = example(one.name).unwrap();
            if one.name == "it-desk-2016" {
                let queues = ["critical", "high", "usual", "low"];
                let rows = queues.map(|queue| format!("2016-04-18 09:00,{queue},30\n"));
                let history = "start,queue,contacts\n".to_owned() + &rows.concat();
                files.insert("history.csv".to_owned(), history.into_bytes());
            }
            let adjust = Adjustments {
                history: (one.name == "bank-1999").then(|| BareHistory {
                    bytes: b"start,calls\n1999-06-01 09:00,30\n1999-06-02 09:30,20\n".to_vec(),
                    column: Some("calls".to_owned()),
                    queue: None,
                    name: "calls.csv".to_owned(),
                }),
                ..Adjustments::default()
            };
            let read = scenario::from_files(&files, &adjust);
            assert!(read.is_ok(), "{}: {:#?}", one.name, read.err());
        }
        assert_eq!(example("nowhere"), None);
    }

    #[test]
    fn a_firm_of_one_has_one_person_and_one_queue() {
        let size = FirmSize { people: 0, queues: 0, weeks: 1, sites: 0, ..dublin_saas() };
        let files = random(&size);
        let lines = |name: &str| String::from_utf8(files[name].clone()).unwrap().lines().count();
        assert_eq!(lines("agents.csv"), 2);
        assert!(lines("history.csv") > 1);
    }
}
