//! The examples in `scenarios/`, carried in the program so that `new` needs no files beside it.

use super::Example;

/// All of them.
pub(super) const EXAMPLES: [Example; 4] = [
    Example { name: "small-team", about: "a handful of people with volumes typed by hand" },
    Example {
        name: "dublin-saas",
        about: "forty people, five tiers, eight queues, half a year of past contacts, Irish law",
    },
    Example {
        name: "zendesk-625",
        about: "the worked example of a published guide to staffing chat",
    },
    Example {
        name: "bank-1999",
        about: "one phone queue of a bank, for a public history given by --history",
    },
];

/// Files of one folder, by name.
type Shipped = &'static [(&'static str, &'static [u8])];

macro_rules! folder {
    ($folder:literal: $($file:literal),*) => {
        const {
            let files: Shipped =
                &[$(($file, include_bytes!(concat!("../../scenarios/", $folder, "/", $file)))),*];
            files
        }
    };
}

/// The files of the example of this name.
pub(super) fn files(name: &str) -> Option<Shipped> {
    Some(match name {
        "small-team" => {
            folder!("small-team": "scenario.toml", "agents.csv", "volume.csv", "README.md")
        }
        "dublin-saas" => {
            folder!("dublin-saas": "scenario.toml", "agents.csv", "time_off.csv", "history.csv", "README.md")
        }
        "zendesk-625" => folder!("zendesk-625": "scenario.toml", "agents.csv", "README.md"),
        "bank-1999" => folder!("bank-1999": "scenario.toml", "agents.csv", "README.md"),
        _ => return None,
    })
}
