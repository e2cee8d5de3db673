//! Nobody is planned into red where that comes first, though service would have it otherwise.

#[path = "support/teams.rs"]
mod teams;

use evenkeel::plan;
use evenkeel::roster::{self, Assigned, Unwatched};
use evenkeel::scenario::Scenario;

/// One person, wanted late on one day and early on the next, three times over; nothing but strain forbids it.
const WEEK: &str = r#"
schema = "evenkeel.scenario/1"
name = "Late and early"
law = []
aims = AIMS
[horizon]
start = "2026-11-30"
days = 7
grid_minutes = 60
time_zone = "Europe/Dublin"
[presence]
share = 1
[[off_queue]]
title = "coaching"
minutes = 120
[[breaks]]
from_hours = 4
pauses_minutes = [15, 15, 15]
[[tiers]]
id = "front"
takes = ["simple"]
wage_per_hour = 20
[[shifts]]
id = "early"
starts = "mon-sun 06:00"
hours = [8, 8]
[[shifts]]
id = "late"
starts = "mon-sun 14:00"
hours = [8, 8]
[[queues]]
id = "phone"
channel = "voice"
hours = "mon 14:00-22:00; tue 06:00-14:00; wed 14:00-22:00; thu 06:00-14:00; fri 14:00-22:00; sat 06:00-14:00"
mix = { simple = 1 }
handle_minutes = { simple = 5 }
patience_minutes = 5
contacts_per_hour = 6
targets = [{ measure = "service_level", share = 0.5, within_seconds = 120 }]
"#;

fn week(aims: &str) -> Scenario {
    teams::team(&[
        ("scenario.toml", &WEEK.replace("AIMS", aims)),
        ("agents.csv", "id,tier,contract_hours\nada,front,48\n"),
    ])
}

fn assigned(aims: &str) -> Assigned {
    let scenario = week(aims);
    roster::assign(&plan::need(&scenario), &scenario, &Unwatched).unwrap()
}

fn level(assigned: &Assigned, aim: &str) -> f64 {
    assigned.levels.iter().find(|level| level.aim == aim).unwrap().value
}

#[test]
fn where_nobody_in_red_comes_first_service_gives_way() {
    let service = assigned(r#"["service", "cost", "fairness", "strain", "no_red"]"#);
    let people = assigned(r#"["no_red", "service", "strain", "fairness", "cost"]"#);
    assert_eq!(level(&service, "no_red"), 1.0);
    assert_eq!(level(&people, "no_red"), 0.0);
    assert!(level(&people, "service") > level(&service, "service"));
}

#[test]
fn the_shipped_order_plans_nobody_into_red() {
    assert_eq!(level(&assigned("\"people-first\""), "no_red"), 0.0);
    assert_eq!(level(&assigned("\"cost-first\""), "no_red"), 0.0);
}
