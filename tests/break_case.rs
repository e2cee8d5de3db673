//! Twelve people on one shift of eight and a half hours with pauses of 15, 30 and 15 minutes, at least eight of them
//! on duty in every quarter of an hour: how long anybody works without a pause.

#[path = "support/teams.rs"]
mod teams;

use std::io::Write;

use evenkeel::id::{Id, PoolId, QueueId, StreamId};
use evenkeel::roster::{self, Assigned, Unwatched};
use evenkeel::scenario::Scenario;
use evenkeel::staffing::{LiveNeed, Requirement};
use evenkeel::strain::line::longest_stretch;
use evenkeel::units::Fte;

const DAY: &str = r#"
schema = "evenkeel.scenario/1"
name = "Twelve people, one shift"
longest_stretch_minutes = LONGEST
[horizon]
start = "2026-11-30"
days = 1
grid_minutes = 15
time_zone = "Europe/Dublin"
[presence]
share = 1
[[breaks]]
from_hours = 4
pauses_minutes = [15, 30, 15]
[[tiers]]
id = "front"
takes = ["simple"]
wage_per_hour = 20
[[shifts]]
id = "day"
starts = "mon-sun 09:00"
hours = [8.5, 8.5]
[[queues]]
id = "phone"
channel = "voice"
hours = "mon-sun 09:00-17:30"
mix = { simple = 1 }
handle_minutes = { simple = 5 }
contacts_per_hour = 6
"#;

fn day(longest: i64) -> Scenario {
    let agents: Vec<String> = (1..=12).map(|one| format!("p{one},front,42.5\n")).collect();
    let agents = agents.concat();
    teams::team(&[
        ("scenario.toml", &DAY.replace("LONGEST", &longest.to_string())),
        ("agents.csv", &format!("id,tier,contract_hours\n{agents}")),
    ])
}

/// So many people on duty in every quarter of an hour of the shift.
fn wanted(scenario: &Scenario, people: f64) -> Requirement {
    let calendar = &scenario.calendar;
    let spans = scenario.queues[0].open.iter();
    let shift = *spans.clone().find(|span| calendar.horizon().covers(**span)).unwrap();
    let row = |people: f64| -> Vec<Fte> {
        let slots = (0..calendar.intervals()).map(|slot| calendar.interval(slot));
        slots.map(|slot| Fte(if shift.covers(slot) { people } else { 0.0 })).collect()
    };
    let need = LiveNeed {
        queues: vec![QueueId::at(0)],
        streams: vec![StreamId::at(0)],
        pools: vec![PoolId::at(0)],
        for_occupancy: row(0.0),
        load: row(0.0),
        busy: row(0.0),
        people: row(people),
    };
    Requirement { live: vec![need], tickets: Vec::new() }
}

fn planned(longest: i64, people: f64) -> (Scenario, Assigned) {
    let scenario = day(longest);
    let assigned = roster::assign(&wanted(&scenario, people), &scenario, &Unwatched).unwrap();
    (scenario, assigned)
}

/// The fewest people on duty in any quarter of an hour, and the longest anyone works without a pause, counted from
/// the lines alone.
fn reached(assigned: &Assigned) -> (usize, i64) {
    let lines = &assigned.roster.lines;
    let at_work = |quarter: i64| {
        let moment = evenkeel::units::Moment(quarter);
        let works = |line: &&evenkeel::duty::Line| {
            line.blocks().any(|block| {
                block.activity == evenkeel::duty::Activity::OnQueue && block.span.holds(moment)
            })
        };
        lines.iter().filter(works).count()
    };
    let minutes = (9 * 60..17 * 60 + 30).step_by(5);
    let fewest = minutes.map(at_work).min().unwrap();
    let stretches = lines.iter().flat_map(|line| line.duties.iter().map(longest_stretch));
    (fewest, stretches.map(|stretch| stretch.0).max().unwrap())
}

fn rests(assigned: &Assigned) -> Vec<Vec<i64>> {
    let pauses = |line: &evenkeel::duty::Line| {
        let mut lengths: Vec<i64> = line
            .blocks()
            .filter(|block| block.activity.is_pause())
            .map(|block| block.span.length().0)
            .collect();
        lengths.sort_unstable();
        lengths
    };
    assigned.roster.lines.iter().map(pauses).collect()
}

#[test]
fn nobody_works_more_than_135_minutes_without_a_pause_while_eight_are_always_on_duty() {
    let (_, assigned) = planned(135, 8.0);
    let (fewest, longest) = reached(&assigned);
    let _ = writeln!(
        std::io::stderr(),
        "135 asked: at least {fewest} on duty, at most {longest} minutes without a pause"
    );
    assert!(fewest >= 8, "{fewest} on duty");
    assert!(longest <= 135, "{longest} minutes without a pause");
    assert_eq!(rests(&assigned), vec![vec![15, 15, 30]; 12]);
}

#[test]
fn nobody_works_more_than_asked_however_little_that_is() {
    // 450 minutes of work in four stretches are 112.5 each.
    for asked in [120, 115] {
        let (_, assigned) = planned(asked, 8.0);
        let (fewest, longest) = reached(&assigned);
        let _ = writeln!(
            std::io::stderr(),
            "{asked} asked: at least {fewest} on duty, at most {longest} minutes"
        );
        assert!(longest <= asked, "{longest} minutes without a pause");
        assert_eq!(rests(&assigned), vec![vec![15, 15, 30]; 12]);
    }
}

#[test]
fn where_cover_forbids_it_the_shortfall_is_told_with_a_bound() {
    // Twelve people rest 60 of 510 minutes each: eleven can never all the time be on duty.
    let (_, assigned) = planned(135, 11.0);
    let service = assigned.levels.iter().find(|level| level.aim == "service").unwrap();
    let least = 11.0 * 510.0 - 12.0 * 450.0;
    assert!(service.value >= least && service.bound <= service.value + 1e-6, "{service:?}");
    let _ = writeln!(
        std::io::stderr(),
        "eleven asked: {:.0} minutes short, none below {:.0}",
        service.value,
        service.bound
    );
    assert!(service.certified && service.bound >= 0.9 * least, "{service:?}");
}
