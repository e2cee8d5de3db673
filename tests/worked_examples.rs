//! The figures that the READMEs of bundled scenarios work out by hand come out of the program.

use std::path::Path;

use evenkeel::scenario::{self, Adjustments, Scenario};
use evenkeel::{forecast, staffing, workload};

fn team(name: &str) -> Scenario {
    let folder = Path::new("scenarios").join(name);
    scenario::read(&folder, &Adjustments::default()).unwrap_or_else(|unread| panic!("{unread:?}"))
}

fn requirement(team: &Scenario) -> staffing::Requirement {
    let work = workload::measure(&forecast::project(team), team);
    staffing::require(&work, team)
}

#[test]
fn the_published_chat_example_is_six_and_a_quarter_agents_before_queueing() {
    let team = team("zendesk-625");
    let need = requirement(&team);
    let ten_in_the_morning = 10;
    assert!(
        (need.live[0].load[ten_in_the_morning].0 - 6.25).abs() < 1e-9,
        "{:?}",
        need.live[0].load
    );
    assert!(need.live[0].people[ten_in_the_morning].0 > 6.25, "waiting asks for more");
    assert_eq!(need.live[0].load[8].0, 0.0, "closed before nine");
}

#[test]
fn the_small_team_s_phone_keeps_2_4_people_busy_in_the_morning_and_1_2_else() {
    let team = team("small-team");
    let work = workload::measure(&forecast::project(&team), &team);
    // The phone's two streams come first; recovery of 5 minutes after 5 % of calls comes on top.
    let busy = |hour: usize| {
        let rest = |stream: usize| work.recovery[stream].0 * work.arrivals[stream][hour].0 / 60.0;
        (0..2).map(|stream| work.load[stream][hour].0 - rest(stream)).sum::<f64>()
    };
    assert!((busy(9) - 2.4).abs() < 1e-9, "{}", busy(9));
    assert!((busy(13) - 1.2).abs() < 1e-9, "{}", busy(13));
}
