//! The split as a whole, on teams small enough to check by hand.

use std::collections::BTreeMap;

use super::*;
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::AgentId;
use crate::scenario::{self, Adjustments};
use crate::units::{Moment, Span};
use crate::workload;
use crate::{forecast, funnel};

/// One day in hours: calls of six minutes that both tiers take, and complex ones that seniors alone take.
fn scenario(simple: f64, complex: f64, mail: f64) -> Scenario {
    read(&files(simple, complex, mail))
}

fn files(simple: f64, complex: f64, mail: f64) -> String {
    format!(
        r#"
schema = "evenkeel.scenario/1"
name = "Split"
law = []
recovery_minutes = 0
switching_efficiency = 0.5
[horizon]
start = "2026-11-30"
days = 1
grid_minutes = 60
time_zone = "UTC"
[presence]
share = 1.0
[[tiers]]
id = "first"
title = "First line"
takes = ["simple"]
wage_per_hour = 20
occupancy = 0.8
[[tiers]]
id = "senior"
title = "Senior"
takes = ["simple", "complex"]
wage_per_hour = 40
occupancy = 0.8
[[shifts]]
id = "day"
starts = "mon-sun 09:00-09:00"
hours = [4, 8]
[[queues]]
id = "simple-calls"
title = "Simple calls"
channel = "voice"
topic = "simple"
hours = "mon-sun 09:00-17:00"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 6 }}
contacts_per_hour = {simple:.2}
patience_minutes = 3
[[queues]]
id = "complex-calls"
title = "Complex calls"
channel = "voice"
topic = "complex"
hours = "mon-sun 09:00-17:00"
mix = {{ complex = 1 }}
handle_minutes = {{ complex = 6 }}
contacts_per_hour = {complex:.2}
patience_minutes = 3
[[queues]]
id = "mail"
title = "Mail"
channel = "email"
topic = "mail"
hours = "mon-sun 09:00-17:00"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 6 }}
contacts_per_hour = {mail:.2}
targets = [{{ measure = "first_response", share = 0.9, within_hours = 2, clock = "business" }}]
"#
    )
}

fn read(text: &str) -> Scenario {
    let agents = "id,tier,contract_hours\namy,first,40\nben,first,40\nsue,senior,40\n";
    let files = BTreeMap::from([
        ("scenario.toml".to_owned(), text.as_bytes().to_vec()),
        ("agents.csv".to_owned(), agents.as_bytes().to_vec()),
    ]);
    scenario::from_files(&files, &Adjustments::default())
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Who is on queue from hour to hour.
fn roster(hours: &[Option<(i64, i64)>]) -> Roster {
    let line = |(person, hours): (usize, &Option<(i64, i64)>)| {
        let block = |(from, to): &(i64, i64)| Block {
            span: Span::new(Moment(60 * from), Moment(60 * to)),
            activity: Activity::OnQueue,
            paid: true,
            detail: String::new(),
        };
        let duties = hours.iter().map(|hours| Duty { blocks: vec![block(hours)] });
        Line { duties: duties.collect(), ..Line::empty(AgentId::at(person)) }
    };
    Roster { lines: hours.iter().enumerate().map(line).collect() }
}

fn split(scenario: &Scenario, roster: &Roster) -> Routing {
    let demand = funnel::deflect(&forecast::project(scenario), scenario);
    allocate(&workload::measure(&demand, scenario), roster, scenario)
}

fn taken(routing: &Routing, stream: usize, pool: usize, hour: usize) -> f64 {
    let flow = |flow: &&Flow| flow.stream.index() == stream && flow.pool.index() == pool;
    routing.flows.iter().find(flow).map_or(0.0, |flow| flow.contacts[hour].0)
}

const ALL_DAY: [Option<(i64, i64)>; 3] = [Some((9, 17)), Some((9, 17)), Some((9, 17))];

#[test]
fn easy_calls_stay_with_the_cheap_tier_while_it_has_room() {
    // Two people at 80 % carry 16 calls of six minutes an hour; the first steps are the even ones.
    let routing = split(&scenario(8.0, 2.0, 0.0), &roster(&ALL_DAY));
    assert!((taken(&routing, 0, 0, 10) - 8.0).abs() < 1e-6);
    assert!((taken(&routing, 1, 1, 10) - 2.0).abs() < 1e-6);
    assert!((routing.occupancy[0][10].unwrap() - 0.4).abs() < 1e-6);
    assert!(routing.gaps.is_empty());
}

#[test]
fn those_who_alone_take_hard_work_keep_free_for_it() {
    // The senior's cap holds eight calls: all complex ones, and no simple ones past the first line's cap.
    let routing = split(&scenario(16.0, 8.0, 0.0), &roster(&ALL_DAY));
    assert!((taken(&routing, 1, 1, 10) - 8.0).abs() < 1e-6);
    assert!((taken(&routing, 0, 0, 10) - 16.0).abs() < 1e-6);
    assert!(routing.unserved.iter().flatten().all(|contacts| contacts.0 < 1e-6));
}

#[test]
fn the_cap_gives_way_before_a_contact_is_left() {
    let routing = split(&scenario(20.0, 0.0, 0.0), &roster(&[Some((9, 17)), Some((9, 17)), None]));
    assert!((taken(&routing, 0, 0, 10) - 20.0).abs() < 1e-6);
    assert!((routing.occupancy[0][10].unwrap() - 1.0).abs() < 1e-6);
    let routing = split(&scenario(25.0, 0.0, 0.0), &roster(&[Some((9, 17)), Some((9, 17)), None]));
    assert!((routing.unserved[0][10].0 - 5.0).abs() < 1e-6);
}

#[test]
fn an_open_queue_without_anyone_is_a_gap_with_those_who_could() {
    let routing = split(&scenario(8.0, 2.0, 0.0), &roster(&[Some((9, 17)), None, Some((9, 13))]));
    let gap = &routing.gaps[..];
    assert_eq!(gap.len(), 1);
    assert_eq!((gap[0].stream.index(), gap[0].from, gap[0].to), (1, 13, 17));
    assert_eq!(gap[0].could, [PoolId::at(1)]);
}

#[test]
fn mail_fills_what_calls_leave_at_the_loss_of_switching() {
    // Of 60 minutes 24 are calls; half of the rest is worth three mails an hour, and ten come in.
    let routing = split(&scenario(4.0, 0.0, 10.0), &roster(&[Some((9, 17)), None, None]));
    assert!((taken(&routing, 2, 0, 10) - 3.0).abs() < 1e-6);
    // 80 mails come in, 24 are done; those of the last two hours are not due within the day.
    let unserved: f64 = routing.unserved[2].iter().map(|contacts| contacts.0).sum();
    assert!((unserved - (70.0 - 24.0)).abs() < 10.0 + 1e-6, "{unserved}");
}

#[test]
fn no_roster_serves_nobody_and_says_so() {
    let routing = split(&scenario(8.0, 2.0, 1.0), &Roster { lines: Vec::new() });
    assert!(routing.flows.is_empty());
    assert_eq!(routing.gaps.len(), 3);
    let unserved: f64 = routing.unserved[0].iter().map(|contacts| contacts.0).sum();
    assert!((unserved - 64.0).abs() < 1e-6);
}

#[test]
fn live_work_leaves_seniors_the_time_that_tickets_only_they_can_take_need() {
    // Fifteen simple calls and four mails an hour of six minutes. Beyond 60 % of their cap first-line people cost
    // more than a senior's first minute where a senior earns as much, so that calls go to all three alike; half of
    // what that leaves the senior is too little for the mails, which only a senior may answer.
    let mut text = files(15.0, 0.0, 4.0);
    text = text.replace("wage_per_hour = 40", "wage_per_hour = 20").replace(
        "topic = \"mail\"\nhours = \"mon-sun 09:00-17:00\"\nmix = { simple = 1 }\nhandle_minutes = { simple = 6 }",
        "topic = \"mail\"\nhours = \"mon-sun 09:00-17:00\"\nmix = { complex = 1 }\nhandle_minutes = { complex = 6 }",
    );
    let scenario = read(&text);
    let work = work::Work::of(
        &workload::measure(&funnel::deflect(&forecast::project(&scenario), &scenario), &scenario),
        &roster(&ALL_DAY),
        &scenario,
    );
    let plain = live::split(&work, &vec![vec![0.0; work.lengths.len()]; work.there.len()]);
    let undone: f64 =
        written::spread(&work, &plain, &scenario).undone.iter().map(|one| one.minutes).sum();
    assert!(undone > 1.0, "live work takes the senior's time: {undone}");
    let routing = split(&scenario, &roster(&ALL_DAY));
    let unserved: f64 = routing.unserved.iter().flatten().map(|contacts| contacts.0).sum();
    assert!(unserved < 1e-6, "{unserved}");
}
