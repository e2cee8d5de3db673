//! What played weeks say of people and of figures, on teams small enough to check.

#[path = "support/teams.rs"]
mod teams;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::funnel::HumanDemand;
use evenkeel::id::{AgentId, Id};
use evenkeel::kpi::{self, Figure, Kpis, RawFair};
use evenkeel::roster::Roster;
use evenkeel::routing::{self, Routing};
use evenkeel::scenario::{self, Adjustments, Scenario};
use evenkeel::simulation::{self, Log, Seed};
use evenkeel::strain;
use evenkeel::units::{Moment, Span};
use evenkeel::workload::{self, Workload};
use evenkeel::{forecast, funnel};

/// A team of equals, nine to five with a meal, on the queues given.
struct Team {
    scenario: Scenario,
    demand: HumanDemand,
    workload: Workload,
    roster: Roster,
    routing: Routing,
}

const HEAD: &str = r#"
schema = "evenkeel.scenario/1"
name = "People in play"
law = []
[horizon]
start = "2026-11-30"
days = 5
grid_minutes = 30
time_zone = "Europe/Dublin"
[presence]
share = 1
[[tiers]]
id = "front"
takes = ["simple", "moderate", "complex"]
wage_per_hour = 20
[[shifts]]
id = "day"
starts = "mon-sun 09:00"
hours = [8, 8]
"#;

fn read(text: &str, people: usize) -> Scenario {
    let mut agents = String::from("id,tier,contract_hours\n");
    for person in 0..people {
        writeln!(agents, "a{person},front,40").unwrap();
    }
    teams::team(&[("scenario.toml", text), ("agents.csv", &agents)])
}

fn team(keys: &str, queues: &str, people: usize, working: usize) -> Team {
    let scenario = read(&format!("{keys}\n{HEAD}\n{queues}"), people);
    let line = |person: usize| {
        let duties =
            if person < working { (0..5).map(|day| duty(person, day)).collect() } else { vec![] };
        Line { duties, ..Line::empty(AgentId::at(person)) }
    };
    let roster = Roster { lines: (0..people).map(line).collect() };
    let forecast = forecast::project(&scenario);
    let demand = funnel::deflect(&forecast, &scenario);
    let workload = workload::measure(&demand, &scenario);
    let routing = routing::allocate(&workload, &roster, &scenario);
    Team { scenario, demand, workload, roster, routing }
}

fn duty(person: usize, day: i64) -> Duty {
    let shift = 30 * i64::try_from(person % 4).unwrap();
    let times = [540, 690 + shift, 720 + shift, 1020];
    let kinds = [Activity::OnQueue, Activity::Meal, Activity::OnQueue];
    let block = |(activity, ends): (Activity, &[i64])| Block {
        span: Span::new(Moment(day * 1440 + ends[0]), Moment(day * 1440 + ends[1])),
        activity,
        paid: activity != Activity::Meal,
        detail: String::new(),
    };
    Duty { blocks: kinds.into_iter().zip(times.windows(2)).map(block).collect() }
}

impl Team {
    fn play(&self, replication: u64) -> Log {
        let seed = Seed { seed: 5, replication };
        let Team { scenario, demand, workload, roster, routing } = self;
        simulation::play(scenario, demand, workload, roster, routing, seed)
    }

    fn kpis(&self, weeks: u64) -> Kpis {
        let tallies: Vec<kpi::Tally> =
            (0..weeks).map(|week| kpi::tally(&self.play(week), &self.scenario)).collect();
        kpi::score(&tallies, &self.scenario)
    }
}

fn queue(id: &str, channel: &str, keys: &str) -> String {
    format!(
        "[[queues]]\nid = \"{id}\"\nchannel = \"{channel}\"\ntopic = \"{id}\"\nhours = \"mon-sun 09:00-17:00\"\n{keys}\n"
    )
}

/// A long, hard week on every channel, with chats side by side.
fn angry() -> Team {
    let phone = "mix = { simple = 1 }\nhandle_minutes = { simple = 6 }\npatience_minutes = 10\n\
                 difficult = 0.3\ncontacts_per_hour = 20";
    let chat = "mix = { moderate = 1 }\nhandle_minutes = { moderate = 15 }\npatience_minutes = 10\n\
                difficult = 0.4\ncontacts_per_hour = 14\nrate_by_level = [1, 0.85, 0.7]";
    let mail = "mix = { complex = 1 }\nhandle_minutes = { complex = 20 }\ndifficult = 0.3\ncontacts_per_hour = 4";
    let queues =
        [queue("phone", "voice", phone), queue("chat", "chat", chat), queue("mail", "email", mail)];
    team("", &queues.concat(), 9, 9)
}

#[test]
fn rest_follows_difficult_contacts_within_a_quarter_of_an_hour() {
    let team = angry();
    let played = (0..20).map(|week| strain::from_play(&team.play(week), &team.scenario));
    let weeks: Vec<strain::PlayedStrain> = played.collect();
    let all = strain::PlayedStrain::of_weeks(weeks.iter()).team(&team.scenario).unwrap();
    assert!(all.difficult_a_day > 5.0, "{all:?}");
    assert!(all.rested_in_time.unwrap() >= 0.95, "{all:?}");
    // Rest is taken in full, but for what the way home cuts short.
    let owed = 5.0 * all.difficult_a_day * 45.0;
    assert!(all.rest_minutes > 0.93 * owed && all.rest_minutes <= owed + 1e-6, "{all:?} of {owed}");
}

#[test]
fn rest_reserved_is_the_rate_of_difficult_contacts_times_the_minutes_owed() {
    let team = angry();
    let reserved: f64 = (0..team.scenario.streams.len())
        .map(|stream| {
            let contacts: f64 = team.workload.arrivals[stream].iter().map(|it| it.0).sum();
            contacts * team.workload.recovery[stream].0
        })
        .sum();
    // 40 open hours: 20 x 0.3 + 14 x 0.4 + 4 x 0.3 an hour, 5 minutes each.
    assert!((reserved - 40.0 * (6.0 + 5.6 + 1.2) * 5.0).abs() < 1e-6, "{reserved}");
}

fn two_classes(mix: &str, contacts: f64, reference: &str) -> Team {
    let keys = format!(
        "mix = {{ {mix} }}\nhandle_minutes = {{ simple = 4.1, complex = 13.7 }}\nwrap_up_minutes = 0.3\n\
         patience_minutes = 8\ncontacts_per_hour = {contacts:.2}\n\
         targets = [{{ measure = \"service_level\", share = 0.8, within_seconds = 60 }}]"
    );
    let text =
        format!("{}[kpis]\nreference_mix = {{ {reference} }}\n", queue("phone", "voice", &keys));
    team("", &text, 8, 8)
}

fn figure(kpis: &Kpis, which: Figure) -> RawFair {
    let team = kpis.raw_and_fair.team.as_ref().unwrap();
    *team.measures.iter().find(|own| own.figure == which).unwrap()
}

/// Bots take every simple call; those that are left are handled as before.
#[test]
fn a_team_that_loses_its_easy_contacts_looks_slower_and_is_not() {
    let reference = "simple = 0.7, complex = 0.3";
    let before = two_classes("simple = 0.7, complex = 0.3", 24.0, reference).kpis(10);
    let after = two_classes("complex = 1", 7.2, reference).kpis(10);
    let (before, after) =
        (figure(&before, Figure::HandleMinutes), figure(&after, Figure::HandleMinutes));
    assert!(after.raw.unwrap().value > 1.5 * before.raw.unwrap().value);
    assert_eq!(after.fair.unwrap().value.to_bits(), before.fair.unwrap().value.to_bits());
    assert!((before.fair.unwrap().value - (0.7 * 4.4 + 0.3 * 14.0)).abs() < 1e-9);
}

#[test]
fn with_one_class_raw_and_fair_are_the_same() {
    let kpis = two_classes("simple = 1", 20.0, "simple = 1").kpis(8);
    for measure in &kpis.raw_and_fair.team.as_ref().unwrap().measures {
        let (raw, fair) = (measure.raw.unwrap(), measure.fair.unwrap());
        assert!((raw.value - fair.value).abs() < 1e-9, "{measure:?}");
        let expected = measure.over_expected.unwrap();
        assert!((expected.value - 1.0).abs() < 1e-9);
    }
}

#[test]
fn where_nobody_answers_there_is_no_figure_to_bend() {
    let keys = "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 6\npatience_minutes = 3\n\
                targets = [{ measure = \"service_level\", share = 0.8, within_seconds = 60 }]";
    let kpis = team("", &queue("phone", "voice", keys), 6, 0).kpis(4);
    let team = kpis.raw_and_fair.team.as_ref().unwrap();
    assert_eq!(figure(&kpis, Figure::HandleMinutes).raw, None);
    assert_eq!(figure(&kpis, Figure::HandleMinutes).fair, None);
    assert_eq!(figure(&kpis, Figure::InTime).raw.unwrap().value, 0.0);
    assert_eq!(team.satisfaction, None);
}

#[test]
fn a_week_without_contacts_has_no_figures_and_no_strain_from_play() {
    let keys = "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 0";
    let empty = team("", &queue("phone", "voice", keys), 6, 6);
    let kpis = empty.kpis(3);
    assert!(kpis.raw_and_fair.team.as_ref().unwrap().measures.iter().all(|own| own.raw.is_none()));
    assert_eq!(kpis.raw_and_fair.mix, [0.0; 4]);
    let played = kpis.played.team(&empty.scenario).unwrap();
    assert_eq!((played.difficult_a_day, played.rested_in_time, played.monotony), (0.0, None, None));
}

#[test]
fn four_people_have_no_figures_of_their_own() {
    let keys = "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 20\ndifficult = 0.2";
    let small = team("", &queue("phone", "voice", keys), 4, 4);
    let kpis = small.kpis(3);
    assert_eq!(kpis.raw_and_fair.team, None);
    assert!(kpis.raw_and_fair.tiers.is_empty());
    assert_eq!(kpis.played.team(&small.scenario), None);
    assert!(kpis.played.tiers(&small.scenario).is_empty());
}

#[test]
fn a_day_of_one_topic_is_as_monotonous_as_a_day_can_be() {
    let keys = "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 20";
    let alone = team("", &queue("phone", "voice", keys), 6, 6);
    assert_eq!(alone.kpis(2).played.team(&alone.scenario).unwrap().monotony, Some(1.0));
    let two = [queue("phone", "voice", keys), queue("orders", "voice", keys)].concat();
    let two = team("", &two, 6, 6);
    let varied = two.kpis(2).played.team(&two.scenario).unwrap();
    assert!(varied.monotony.unwrap() < 0.1 && varied.topic_bits.unwrap() > 0.9, "{varied:?}");
}

/// The codes of what is wrong with a folder whose scenario.toml has these keys besides sound ones.
fn codes(keys: &str) -> Vec<&'static str> {
    let phone = queue(
        "phone",
        "voice",
        "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 6",
    );
    let files = BTreeMap::from([
        ("scenario.toml".to_owned(), format!("{HEAD}\n{phone}\n{keys}").into_bytes()),
        ("agents.csv".to_owned(), b"id,tier,contract_hours\na,front,40\nb,front,40\n".to_vec()),
    ]);
    match scenario::from_files(&files, &Adjustments::default()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.code).collect(),
    }
}

#[test]
fn a_reference_mix_names_known_classes_and_sums_to_one() {
    assert_eq!(codes("[kpis]\nreference_mix = { simple = 0.5, hard = 0.5 }"), ["S461"]);
    assert_eq!(codes("[kpis]\nreference_mix = { simple = 0.6, moderate = 0.3 }"), ["S462"]);
    assert_eq!(codes("[kpis]\nreference_mix = {}"), ["S462"]);
    assert_eq!(codes("[kpis]\nreference_mix = { hard = 0.4, simple = 0.5 }"), ["S462", "S461"]);
    assert_eq!(codes("[kpis]\nreference_mix = { simple = nan }"), ["S110"]);
    assert_eq!(codes("[kpis]\nreference_mix = { simple = 1 }"), [""; 0]);
}

#[test]
fn scorecards_reviewers_and_bands_are_checked_at_once() {
    assert_eq!(codes("[quality]\nscorecard = { tone = 0.5, solution = 0.4 }"), ["S463"]);
    assert_eq!(codes("[quality]\nreviewers = [\"boss\"]"), ["S464"]);
    assert_eq!(codes("[quality]\nreviews_per_agent_per_week = 1"), ["S465"]);
    let long = "[quality]\nreviewers = [\"front\"]\nreviews_per_agent_per_week = 50\nminutes_per_review = 60";
    assert_eq!(codes(long), ["S466"]);
    assert_eq!(codes("[kpis.csat]\nbase = [0.9, 0.8]\nwait_loss = [0.1, 0]"), ["S467", "S467"]);
    assert_eq!(codes("[kpis.csat]\nbase = [inf, 0.8]"), ["S110"]);
    let both = "[kpis]\nreference_mix = { simple = 0.9 }\n[quality]\nscorecard = { tone = 2 }\nreviewers = [\"boss\"]";
    assert_eq!(codes(both).len(), 3, "{:?}", codes(both));
}

#[test]
fn reviews_are_off_queue_blocks_of_the_reviewers() {
    let keys = "mix = { simple = 1 }\nhandle_minutes = { simple = 4 }\ncontacts_per_hour = 6";
    let quality = "[quality]\nreviews_per_agent_per_week = 2\nminutes_per_review = 15\nreviewers = [\"front\"]\n";
    let scenario = read(&format!("{HEAD}\n{}\n{quality}", queue("phone", "voice", keys)), 6);
    // Six people review each other: 6 x 2 x 15 minutes by six.
    for agent in &scenario.agents {
        assert_eq!(agent.off_queue, [("quality reviews".to_owned(), evenkeel::units::Minutes(30))]);
    }
}
