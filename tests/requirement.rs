//! What the shipped scenarios ask for.

use std::path::Path;

use evenkeel::staffing::{self, Binding, Requirement};
use evenkeel::{forecast, funnel, scenario, workload};

/// Scenarios that read as they are shipped; those whose history is drawn when they are made do not.
fn shipped() -> Vec<(String, scenario::Scenario, Requirement)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("scenarios are shipped")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("scenario.toml").exists())
        .collect();
    names.sort();
    let required = |path: std::path::PathBuf| {
        let scenario = scenario::read(&path, &scenario::Adjustments::default()).ok()?;
        let workload = workload::measure(
            &funnel::deflect(&forecast::project(&scenario), &scenario),
            &scenario,
        );
        let requirement = staffing::require(&workload, &scenario);
        Some((path.display().to_string(), scenario, requirement))
    };
    let all: Vec<_> = names.into_iter().filter_map(required).collect();
    assert!(all.iter().any(|(path, ..)| path.ends_with("small-team")), "the first example reads");
    all
}

#[test]
fn shipped_scenarios_ask_for_finite_people_in_open_hours_only() {
    for (name, scenario, requirement) in shipped() {
        for need in &requirement.live {
            for interval in 0..scenario.calendar.intervals() {
                let (people, load) = (need.people[interval].0, need.load[interval].0);
                assert!(people.is_finite() && people >= need.for_occupancy[interval].0, "{name}");
                assert_eq!(people > 0.0, need.binding(interval) != Binding::Nothing);
                let slot = scenario.calendar.interval(interval);
                let is_open = need.queues.iter().any(|&queue| {
                    scenario.queue(queue).open.iter().any(|span| span.overlap(slot).0 > 0)
                });
                assert!(is_open || people == 0.0, "{name}: {people} people while closed");
                assert!(load == 0.0 || people > 0.0, "{name}: work for nobody");
            }
        }
        for need in &requirement.tickets {
            assert!(need.due.is_sorted_by(|one, next| one.0 <= next.0), "{name}");
            let mut pairs = need.due.iter().zip(&need.arrived);
            assert!(pairs.all(|(due, came)| due.0 <= came.0 + 1e-6), "{name}: due before it came");
        }
    }
}

#[test]
fn the_published_chat_shop_loads_six_and_a_quarter_agents() {
    // Zendesk's staffing article: 10,000 visitors, a tenth in contact, 8 hours, 12 minutes, 4 at once.
    let all = shipped();
    let (.., requirement) =
        all.iter().find(|(name, ..)| name.ends_with("zendesk-625")).expect("it is shipped");
    let load = requirement.live[0].load.iter().map(|load| load.0).fold(0.0, f64::max);
    assert!((load - 6.25).abs() < 0.005, "{load}");
}
