//! Small teams planned under each of the first packs: no rule is broken, as the audit finds, which shares nothing
//! with the search but the numbers of the law.

#[path = "support/small.rs"]
mod small;

use std::fmt::Write as _;

use evenkeel::compliance::{Compliance, audit};
use evenkeel::duty::Activity;
use evenkeel::plan;
use evenkeel::roster::{self, Roster, Unwatched};
use evenkeel::scenario::Scenario;
use evenkeel::units::Minutes;
use small::Small;

struct Team {
    law: &'static str,
    zone: &'static str,
    /// Days, starts and lengths of duties.
    shifts: &'static str,
    /// Breaks of the house by length of duty.
    breaks: &'static str,
    contract: f64,
    /// Last columns of agents.csv: `born,waivers`.
    people: [&'static str; 4],
}

fn planned(team: &Team) -> (Scenario, Roster) {
    let Team { law, zone, shifts, breaks, contract, people } = team;
    let keys = format!(
        "budget = {{ rounds = 2, nodes = 2, replications = 5 }}\n\
         longest_stretch_minutes = 150\nbreaks = [{breaks}]"
    );
    let small = Small { law, zone, days: 7, keys: &keys, tables: shifts };
    let mut agents = "id,tier,contract_hours,born,waivers\n".to_owned();
    for (name, rest) in ["amy", "ben", "cleo", "dan"].into_iter().zip(people) {
        writeln!(agents, "{name},css1,{contract},{rest}").unwrap();
    }
    let scenario = small.with(&[("agents.csv", agents)]);
    let assigned = roster::assign(&plan::need(&scenario), &scenario, &Unwatched);
    (scenario, assigned.unwrap_or_else(|no_plan| panic!("{no_plan:#?}")).roster)
}

fn judged(team: &Team) -> (Roster, Compliance) {
    let (scenario, roster) = planned(team);
    assert!(roster.lines.iter().all(|line| line.paid() >= Minutes::hours(20)), "{}", team.law);
    let compliance = audit(&roster, &scenario);
    assert_eq!(compliance.hard(), 0, "{:#?}", compliance.breaches);
    (roster, compliance)
}

const PLAIN: &str = "{ from_hours = 6, pauses_minutes = [15, 15], meal_minutes = 30 }";
const DAYS: &str = "[[shifts]]\nid = \"day\"\nstarts = \"mon-sun 07:00-11:00\"\nhours = [6, 9]\nstart_step_minutes = 120\nlength_step_minutes = 60\n";

#[test]
fn a_team_in_ireland() {
    let people = [",", ",", "2009-06-01,", ","];
    judged(&Team {
        law: "ie",
        zone: "Europe/Dublin",
        shifts: DAYS,
        breaks: PLAIN,
        contract: 38.0,
        people,
    });
}

#[test]
fn a_team_in_britain_without_breaks_of_the_house() {
    let people = [",", ",uk.avg48", ",", ","];
    judged(&Team {
        law: "uk",
        zone: "Europe/London",
        shifts: DAYS,
        breaks: "",
        contract: 38.0,
        people,
    });
}

#[test]
fn a_team_in_germany_works_on_no_sunday_but_where_there_is_a_permit() {
    let people = [",", "2009-06-01,", ",", ",de.sun"];
    let team = Team {
        law: "de",
        zone: "Europe/Berlin",
        shifts: DAYS,
        breaks: PLAIN,
        contract: 38.0,
        people,
    };
    judged(&team);
}

#[test]
fn a_team_in_california_has_its_meals_by_the_fifth_hour_and_its_rests() {
    let people = [",", ",ca.meal1", ",", ","];
    let team = Team {
        law: "us-ca",
        zone: "America/Los_Angeles",
        shifts: DAYS,
        breaks: "{ from_hours = 4, pauses_minutes = [10, 10], meal_minutes = 30 }",
        contract: 38.0,
        people,
    };
    let (_, compliance) = judged(&team);
    let unmet: Vec<_> = compliance.dues.iter().filter(|due| due.planned < due.due).collect();
    assert!(unmet.is_empty(), "{unmet:#?}");
    assert!(compliance.premiums.iter().all(|it| it.kind == "overtime"));
}

#[test]
fn a_contact_centre_in_brazil_has_its_two_pauses_and_its_meal() {
    let people = [",", ",", ",", ","];
    let team = Team {
        law: "br-nr17-ii",
        zone: "America/Sao_Paulo",
        shifts: "[[shifts]]\nid = \"day\"\nstarts = \"mon-sun 07:00-15:00\"\nhours = [6, 6.5]\nstart_step_minutes = 240\nlength_step_minutes = 10\n",
        breaks: "{ from_hours = 4, pauses_minutes = [10, 10], meal_minutes = 20 }",
        contract: 34.0,
        people,
    };
    let (_, compliance) = judged(&team);
    let of = |kind: &str| compliance.dues.iter().filter(|due| due.kind == kind).count();
    assert!(of("break") > 0 && of("break") == of("meal"));
}

#[test]
fn a_team_in_karnataka_is_spread_over_twelve_hours_at_most() {
    let people = [",", ",", ",", ","];
    let team = Team {
        law: "in-ka",
        zone: "Asia/Kolkata",
        shifts: "[[shifts]]\nid = \"day\"\nstarts = \"mon-sun 07:00-11:00\"\nhours = [8, 13]\nstart_step_minutes = 120\nlength_step_minutes = 60\n",
        breaks: "{ from_hours = 6, pauses_minutes = [15, 15], meal_minutes = 60 }",
        contract: 40.0,
        people,
    };
    let (roster, _) = judged(&team);
    let spans = roster.lines.iter().flat_map(|line| &line.duties).map(|duty| duty.span().length());
    assert!(spans.max().is_some_and(|longest| longest <= Minutes::hours(12)));
}

#[test]
fn a_long_day_in_california_has_its_second_meal_by_the_tenth_hour() {
    let people = [",", ",", ",", ","];
    let team = Team {
        law: "us-ca",
        zone: "America/Los_Angeles",
        shifts: "[[shifts]]\nid = \"long\"\nstarts = \"mon-sun 07:00-09:00\"\nhours = [12, 12]\nstart_step_minutes = 120\n",
        breaks: "{ from_hours = 4, pauses_minutes = [10, 10, 10], meal_minutes = 30 }",
        contract: 36.0,
        people,
    };
    let (roster, compliance) = judged(&team);
    let unmet: Vec<_> = compliance.dues.iter().filter(|due| due.planned < due.due).collect();
    assert!(unmet.is_empty(), "{unmet:#?}");
    let duties = roster.lines.iter().flat_map(|line| &line.duties);
    let meals = duties.map(|duty| duty.blocks_of(Activity::Meal).count());
    assert!(meals.min() == Some(2));
}

#[test]
fn a_contact_centre_in_spain_pauses_at_each_hour_of_work() {
    let people = [",", ",", ",", ","];
    for breaks in [PLAIN, "", "{ from_hours = 4, pauses_minutes = [20], meal_minutes = 45 }"] {
        let (roster, _) = judged(&Team {
            law: "es-contact-center",
            zone: "Europe/Madrid",
            shifts: DAYS,
            breaks,
            contract: 38.0,
            people,
        });
        for duty in roster.lines.iter().flat_map(|line| &line.duties) {
            let of = |activity| duty.blocks_of(activity).map(|block| block.span.length());
            let counted = duty.span().length() - of(Activity::Meal).sum();
            let pauses = i64::try_from(of(Activity::Break).count()).unwrap();
            assert!(60 * (pauses + 1) > counted.0, "{pauses} pauses in {counted} of work");
        }
    }
}
