//! The examples in `scenarios/`, carried in the program so that `new` needs no files beside it.

use super::Example;

/// All of them.
pub(super) const EXAMPLES: [Example; 14] = [
    Example { name: "small-team", about: "a handful of people with volumes typed by hand" },
    Example {
        name: "dublin-saas",
        about: "forty people, five tiers, eight queues, half a year of past contacts, Irish law",
    },
    Example {
        name: "bot-triage",
        about: "a bot that sorts 1,700 conversations a week, and what it saves",
    },
    Example {
        name: "complexity-shift",
        about: "a bot takes the simple questions: why raw figures then look worse",
    },
    Example {
        name: "incident-surge",
        about: "an incident with 10, 24 or 50 % more calls or ten times as many, and customers told early",
    },
    Example {
        name: "growth-2x",
        about: "twice the customers, with and without articles and a bot",
    },
    Example {
        name: "angry-week",
        about: "eleven people, one contact in four difficult: rest reserved, fair figures, reviews",
    },
    Example {
        name: "nine-people-19-hours",
        about: "Dublin and San Francisco, two laws and two clocks, nineteen hours a day",
    },
    Example {
        name: "follow-the-sun",
        about: "Dublin, San Francisco and Auckland answer round the clock, each by day",
    },
    Example {
        name: "night-rota",
        about: "twelve people round the clock: nights shared so that nobody is worn out",
    },
    Example {
        name: "vend-2020",
        about: "a firm that moved phone and e-mail to chat while contacts rose by a quarter",
    },
    Example {
        name: "zendesk-625",
        about: "the worked example of a published guide to staffing chat",
    },
    Example {
        name: "bank-1999",
        about: "one phone queue of a bank, for a public history given by --history",
    },
    Example {
        name: "it-desk-2016",
        about: "an IT desk's four priorities, for public tickets read by `import contacts`",
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
            folder!("dublin-saas": "scenario.toml", "agents.csv", "time_off.csv", "history.csv", "variants/cut-10pct.toml", "variants/cut-20pct.toml", "variants/channel-close.toml", "README.md")
        }
        "bot-triage" => folder!("bot-triage": "scenario.toml", "agents.csv", "README.md"),
        "complexity-shift" => {
            folder!("complexity-shift": "scenario.toml", "agents.csv", "variants/bot-takes-simple.toml", "README.md")
        }
        "incident-surge" => {
            folder!("incident-surge": "scenario.toml", "agents.csv", "volume.csv", "variants/plus-10.toml", "variants/plus-24.toml", "variants/plus-50.toml", "variants/plus-50-told.toml", "variants/ten-times.toml", "README.md")
        }
        "growth-2x" => {
            folder!("growth-2x": "scenario.toml", "agents.csv", "variants/doubled.toml", "variants/doubled-with-funnel.toml", "README.md")
        }
        "angry-week" => {
            folder!("angry-week": "scenario.toml", "agents.csv", "volume.csv", "README.md")
        }
        "nine-people-19-hours" => {
            folder!("nine-people-19-hours": "scenario.toml", "agents.csv", "README.md")
        }
        "follow-the-sun" => {
            folder!("follow-the-sun": "scenario.toml", "agents.csv", "README.md")
        }
        "night-rota" => {
            folder!("night-rota": "scenario.toml", "agents.csv", "volume.csv", "variants/without-strain.toml", "README.md")
        }
        "vend-2020" => {
            folder!("vend-2020": "scenario.toml", "agents.csv", "variants/all-chat.toml", "variants/more-contacts.toml", "README.md")
        }
        "zendesk-625" => folder!("zendesk-625": "scenario.toml", "agents.csv", "README.md"),
        "bank-1999" => folder!("bank-1999": "scenario.toml", "agents.csv", "README.md"),
        "it-desk-2016" => folder!("it-desk-2016": "scenario.toml", "agents.csv", "README.md"),
        _ => return None,
    })
}
