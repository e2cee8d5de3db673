//! The figures that the READMEs of bundled scenarios work out by hand come out of the program.

use std::path::Path;

use evenkeel::scenario::{self, Adjustments, Scenario};
use evenkeel::{forecast, funnel, staffing, workload};

fn team(name: &str) -> Scenario {
    let folder = Path::new("scenarios").join(name);
    scenario::read(&folder, &Adjustments::default()).unwrap_or_else(|unread| panic!("{unread:?}"))
}

#[test]
fn the_published_chat_example_is_six_and_a_quarter_agents_before_queueing() {
    let team = team("zendesk-625");
    let work = workload::measure(&funnel::deflect(&forecast::project(&team), &team), &team);
    let need = staffing::require(&work, &team);
    let closed = work.load[0][8].0;
    assert_eq!(closed, 0.0);
    for hour in 9..17 {
        assert!((work.load[0][hour].0 - 25.0).abs() < 1e-9, "25 chats are open at {hour}");
    }
    // Chats of the first hours are still filling up; by four in the afternoon the day is steady.
    let (load, people) = (need.live[0].load[16].0, need.live[0].people[16].0);
    assert!((load - 6.25).abs() < 1e-6, "{load} agents");
    assert!(people > load, "waiting asks for more than the work: {people}");
}

#[test]
fn the_small_team_s_phone_keeps_2_4_people_busy_in_the_morning_and_1_2_else() {
    let team = team("small-team");
    let work = workload::measure(&funnel::deflect(&forecast::project(&team), &team), &team);
    // The phone's two streams come first; recovery of 5 minutes after 5 % of calls comes on top.
    let busy = |hour: usize| {
        let rest = |stream: usize| work.recovery[stream].0 * work.arrivals[stream][hour].0 / 60.0;
        (0..2).map(|stream| work.load[stream][hour].0 - rest(stream)).sum::<f64>()
    };
    assert!((busy(9) - 2.4).abs() < 1e-9, "{}", busy(9));
    assert!((busy(13) - 1.2).abs() < 1e-9, "{}", busy(13));
}
