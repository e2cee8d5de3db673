//! How people are sized is the team's choice, says what being surer costs, and ends in verdicts that say why.

use std::path::Path;

use evenkeel::kpi::Judgement;
use evenkeel::plan::{self, Ground, NeedChecks, Why};
use evenkeel::report;
use evenkeel::roster::Unwatched;
use evenkeel::scenario::{self, Adjustments, OverTime, Scenario};
use serde_json::Value;

const BRIEFLY: &str = "[budget]\nrounds = 1\nnodes = 1\nreplications = 10\n";

/// The small team with a few lines of its scenario replaced, and more in front of its horizon.
fn team(changes: &[(&str, &str)], more: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    let mut files = scenario::files(&folder).expect("it is shipped");
    let mut toml = String::from_utf8(files["scenario.toml"].clone()).expect("it is text");
    for (from, to) in changes {
        assert!(toml.contains(from), "{from}");
        toml = toml.replace(from, to);
    }
    let toml = toml.replacen("[horizon]", &format!("{BRIEFLY}{more}\n[horizon]"), 1);
    files.insert("scenario.toml".to_owned(), toml.into_bytes());
    scenario::from_files(&files, &Adjustments::default()).expect("nothing is wrong with it")
}

fn hours(scenario: &Scenario) -> f64 {
    Ground::of(scenario).requirement.hours(&scenario.calendar)
}

#[test]
fn surer_days_cost_more_and_each_point_costs_more_than_the_one_before() {
    let spread = "[staffing]\nday_spread = 0.15\n";
    let unsure = team(&[], spread);
    let ground = Ground::of(&unsure);
    let price = plan::price_of_sureness(&ground.workload, &unsure);
    assert_eq!((price[0].days, price[0].hours), (None, hours(&unsure)));
    let points: Vec<f64> = price.iter().filter_map(|row| row.hours_a_point).collect();
    assert!(points.iter().all(|&hours| hours > 0.0) && points.len() == price.len() - 2);
    assert!(points.last() > points.first());
    let nine_of_ten = team(&[], &format!("{spread}sure = 0.9\n"));
    let priced = price.iter().find(|row| row.days == Some(0.9)).expect("it is in the table");
    assert!((hours(&nine_of_ten) - priced.hours).abs() < 1e-9);
    assert!(hours(&nine_of_ten) > hours(&unsure) + 5.0);
}

#[test]
fn a_share_of_days_asks_for_nothing_where_volumes_are_known() {
    let (known, sure) = (team(&[], ""), team(&[], "[staffing]\nsure = 0.9\n"));
    let live = |scenario: &Scenario| Ground::of(scenario).requirement.live;
    assert_eq!(live(&known), live(&sure));
    assert!(plan::price_of_sureness(&Ground::of(&known).workload, &known).is_empty());
}

#[test]
fn how_people_follow_contacts_is_chosen_and_told() {
    let of = |method: &str| team(&[], &format!("[staffing]\nmethod = \"{method}\"\n"));
    assert_eq!(team(&[], "").staffing.method, OverTime::OfferedLoad);
    let opening = |scenario: &Scenario| {
        let need = &Ground::of(scenario).requirement.live[0];
        need.people.iter().map(|people| people.0).find(|&people| people > 0.0).expect("some")
    };
    // Nobody is busy yet when the day opens, which the plain method does not see.
    assert!(opening(&of("per_interval")) > opening(&of("offered_load")));
    assert!(opening(&of("per_interval")) > opening(&of("lagged")));
    for method in ["offered_load", "lagged", "per_interval"] {
        let scenario = of(method);
        let (ground, checks) = (Ground::of(&scenario), NeedChecks::default());
        let file: Value =
            serde_json::from_str(&report::json::need(&ground, &checks, &scenario)).expect("JSON");
        assert_eq!(file["staffing"]["method"], method);
    }
}

#[test]
fn what_a_voice_queue_needs_keeps_its_target_when_followed_exactly() {
    let scenario = team(&[], "");
    let ground = Ground::of(&scenario);
    let followed = NeedChecks::of(&ground, &scenario).followed;
    assert!(!followed.is_empty());
    for own in &followed {
        let exact = own.rungs.exact.expect("few enough contacts");
        assert!(exact > own.goal - 0.03, "{own:?}");
        assert!((own.rungs.offered_load - own.goal).abs() < 1e-6 || own.rungs.people > 0.0);
        assert_eq!(own.played, None);
    }
}

#[test]
fn a_target_that_no_roster_of_the_team_keeps_is_shown_to_be_one() {
    // Calls of five hours: far more work than six people have hours.
    let scenario =
        team(&[("handle_minutes = { simple = 4", "handle_minutes = { simple = 300")], "");
    let plan = plan::make(&scenario, &Unwatched).expect("everybody has a legal line");
    let voice = plan.pursuit.unkept.iter().find(|own| own.queue.eq(&plan.kpis.verdicts[0].queue));
    let why = voice.expect("it is missed").why;
    assert!(why.is_impossible(), "{why:?}");
    assert!(matches!(why, Why::TooFewHours { needed, there } if needed > there && there > 0.0));
}

#[test]
fn close_targets_are_played_on_until_they_are_decided_or_known_to_a_point() {
    let more = "[staffing]\nday_spread = 0.1\n";
    let scenario = team(&[], more);
    assert_eq!(scenario.budget.most_replications, 40);
    let plan = plan::make(&scenario, &Unwatched).expect("everybody has a legal line");
    assert_eq!(plan.weeks.len(), plan.kpis.replications);
    assert!((10..=40).contains(&plan.kpis.replications));
    let open = plan.kpis.verdicts.iter().flat_map(|verdict| &verdict.periods);
    let wide = open.filter(|period| {
        let estimate = period.estimate;
        period.judgement == Judgement::Undecided
            && estimate.is_some_and(|own| own.high - own.low > 0.022)
    });
    assert!(wide.count() == 0 || plan.kpis.replications == 40);
}

#[test]
fn cases_to_be_settled_in_time_ask_for_their_touches_in_time() {
    let first = "measure = \"first_response\", share = 0.9, within_hours = 4";
    let settled =
        |hours: u32| format!("measure = \"resolution\", share = 0.8, within_hours = {hours}");
    let touches = ("channel = \"email\"", "channel = \"email\"\ntouches = 2\nre_entry_hours = 3");
    let due_by = |scenario: &Scenario, hours: i64| {
        let slot =
            scenario.calendar.interval_at(evenkeel::units::Moment(60 * hours)).expect("in it");
        let tickets = Ground::of(scenario).requirement.tickets;
        tickets.iter().map(|need| need.due[slot].0).sum::<f64>()
    };
    // Three touches at most for seven cases in eight: of 12 hours and two replies of 3 that is a couple each.
    let soon = team(&[(first, &settled(12)), touches], "");
    let later = team(&[(first, &settled(48)), touches], "");
    assert!(due_by(&soon, 17) > 0.0 && due_by(&soon, 17) > due_by(&later, 17));
    let plan = plan::make(&soon, &Unwatched).expect("everybody has a legal line");
    let settled = |verdict: &&evenkeel::kpi::Verdict| (verdict.goal - 0.8).abs() < 1e-9;
    assert!(plan.kpis.verdicts.iter().filter(settled).all(|verdict| verdict.estimate.is_some()));
}
