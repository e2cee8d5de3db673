//! The play as a whole, on a team small enough to check, and on published models.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "people, days and minutes of a test are few"
)]

#[path = "support/teams.rs"]
mod teams;

use std::fmt::Write as _;

use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::forecast;
use evenkeel::funnel::{self, HumanDemand};
use evenkeel::id::{AgentId, Id, StreamId};
use evenkeel::kpi::{self, Judgement, Kpis};
use evenkeel::plan;
use evenkeel::roster::{Roster, Unwatched};
use evenkeel::routing::{self, Flow, Routing};
use evenkeel::scenario::Scenario;
use evenkeel::simulation::models::{self, StreamDay};
use evenkeel::simulation::{self, Log, Seed};
use evenkeel::units::{Contacts, Moment, Span};
use evenkeel::workload::{self, Workload};

const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Play"
currency = "EUR"
law = []
seed = 3
recovery_minutes = 5
[horizon]
start = "2026-11-30"
days = 2
grid_minutes = 30
time_zone = "Europe/Dublin"
[presence]
share = 0.95
[budget]
replications = 20
[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple"]
wage_per_hour = 20
[[tiers]]
id = "senior"
title = "Senior"
takes = ["simple", "complex"]
wage_per_hour = 30
pace = 0.9
[[shifts]]
id = "day"
starts = "mon-sun 08:00-10:00"
hours = [6, 9]
[[queues]]
id = "phone"
title = "Phone"
channel = "voice"
topic = "billing"
hours = "mon-sun 09:00-17:00"
mix = { simple = 0.8, complex = 0.2 }
difficult = 0.2
handle_minutes = { simple = 4, complex = 9 }
patience_minutes = 4
contacts_per_hour = PHONE
targets = [
  { measure = "service_level", share = 0.8, within_seconds = 30, period = "day" },
  { measure = "abandonment", at_most = 0.1, period = "week" },
]
[[queues]]
id = "chat"
title = "Chat"
channel = "chat"
topic = "orders"
hours = "mon-sun 09:00-17:00"
mix = { simple = 1 }
handle_minutes = { simple = 6 }
handle_variability = 0.5
patience_minutes = 5
rate_by_level = [1.0, 0.7, 0.5]
contacts_per_hour = 10
targets = [{ measure = "service_level", share = 0.8, within_seconds = 60, period = "day" }]
[[queues]]
id = "mail"
title = "Mail"
channel = "email"
topic = "everything"
hours = "mon-sun 08:00-18:00"
mix = { simple = 0.7, complex = 0.3 }
handle_minutes = { simple = 8, complex = 20 }
contacts_per_hour = 6
backlog = 10
targets = [{ measure = "first_response", share = 0.9, within_hours = 4, clock = "business", period = "day" }]
"#;

struct Team {
    scenario: Scenario,
    demand: HumanDemand,
    workload: Workload,
    roster: Roster,
    routing: Routing,
}

/// A team of so many first-line people and seniors, all on the same duty with a meal at their own time.
fn team(phone_calls_an_hour: f64, first_line: usize, seniors: usize) -> Team {
    let text = TEAM.replace("PHONE", &format!("{phone_calls_an_hour:.1}"));
    let mut agents = String::from("id,tier,contract_hours\n");
    for person in 0..first_line.max(1) {
        writeln!(agents, "a{person},css1,40").unwrap();
    }
    for person in 0..seniors.max(1) {
        writeln!(agents, "s{person},senior,40").unwrap();
    }
    let scenario = teams::team(&[("scenario.toml", &text), ("agents.csv", &agents)]);
    let works = |person: usize| {
        if person < first_line.max(1) { first_line > 0 } else { seniors > 0 }
    };
    let lines = (0..scenario.agents.len()).map(|person| {
        let agent = AgentId::at(person);
        let duties = if works(person) { vec![duty(person, 0), duty(person, 1)] } else { vec![] };
        Line { duties, ..Line::empty(agent) }
    });
    let roster = Roster { lines: lines.collect() };
    routed(scenario, roster)
}

fn routed(scenario: Scenario, roster: Roster) -> Team {
    let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
    let workload = workload::measure(&demand, &scenario);
    let routing = routing::allocate(&workload, &roster, &scenario);
    Team { scenario, demand, workload, roster, routing }
}

/// Nine to five with a pause and a meal, staggered by person.
fn duty(person: usize, day: i64) -> Duty {
    let at = |minutes: i64| Moment(day * 1440 + minutes);
    let shift = 20 * (person as i64 % 6);
    let times = [540, 620 + shift, 635 + shift, 720 + shift, 750 + shift, 1020];
    let kinds =
        [Activity::OnQueue, Activity::Break, Activity::OnQueue, Activity::Meal, Activity::OnQueue];
    let blocks = kinds.into_iter().zip(times.windows(2)).map(|(activity, ends)| Block {
        span: Span::new(at(ends[0]), at(ends[1])),
        activity,
        paid: activity != Activity::Meal,
        detail: String::new(),
    });
    Duty { blocks: blocks.collect() }
}

fn play(team: &Team, replication: u64) -> Log {
    let seed = Seed { seed: 3, replication };
    let Team { scenario, demand, workload, roster, routing } = team;
    simulation::play(scenario, demand, workload, roster, routing, seed)
}

fn judged(team: &Team) -> Kpis {
    let Team { scenario, demand, workload, roster, routing } = team;
    plan::play(scenario, demand, workload, roster, routing, 3, &Unwatched)
}

#[test]
fn every_contact_is_served_or_gives_up_or_stays_open() {
    for (calls, first_line, seniors) in [(40.0, 6, 3), (300.0, 3, 1), (0.0, 2, 2), (40.0, 0, 0)] {
        let team = team(calls, first_line, seniors);
        let log = play(&team, 1);
        for contact in &log.contacts {
            assert_eq!(contact.agent.is_some(), contact.answered.is_some());
            if let Some(answered) = contact.answered {
                assert!(answered >= contact.arrived);
                assert!(contact.ended.is_none_or(|ended| ended >= answered));
            }
        }
        let kpis = kpi::score(&[kpi::tally(&log, &team.scenario)], &team.scenario);
        for queue in &kpis.queues {
            let mine = || {
                let is_mine = |stream| team.scenario.stream(stream).queue == queue.queue;
                log.contacts.iter().filter(move |contact| is_mine(contact.stream))
            };
            let served = mine().filter(|c| c.answered.is_some() && c.ended.is_some()).count();
            let given_up = mine().filter(|c| c.answered.is_none() && c.ended.is_some()).count();
            let open = mine().filter(|c| c.ended.is_none()).count();
            assert_eq!(served + given_up + open, mine().count());
            assert_eq!(queue.offered.value, mine().count() as f64);
            assert_eq!(queue.backlog.value, open as f64);
        }
        assert!(log.contacts.is_sorted_by(|one, next| one.arrived <= next.arrived));
    }
}

#[test]
fn a_seed_repeats_to_the_byte_at_any_number_of_threads() {
    let team = team(40.0, 6, 3);
    let text = |kpis: &Kpis| serde_json::to_string(kpis).unwrap();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(7).build().unwrap();
    assert_eq!(text(&one.install(|| judged(&team))), text(&many.install(|| judged(&team))));
    let bytes = |log: &Log| serde_json::to_string(log).unwrap();
    assert_eq!(bytes(&play(&team, 5)), bytes(&play(&team, 5)));
    assert_ne!(bytes(&play(&team, 5)), bytes(&play(&team, 6)));
}

#[test]
fn one_more_person_changes_no_arrival_and_no_difficulty_and_nobodys_absence() {
    let (few, more) = (team(40.0, 5, 3), team(40.0, 6, 3));
    let (few, more) = (play(&few, 2), play(&more, 2));
    let drawn = |log: &Log| -> Vec<(u64, u64, bool)> {
        let key = |c: &simulation::ContactRecord| {
            (c.arrived.to_bits(), c.stream.index() as u64, c.is_difficult)
        };
        log.contacts.iter().map(key).collect()
    };
    assert_eq!(drawn(&few), drawn(&more));
    for person in 0..5 {
        assert_eq!(few.people[person].present, more.people[person].present);
    }
}

#[test]
fn everyone_is_there_on_each_day_by_a_chance_of_their_own() {
    let team = team(1.0, 4, 2);
    let weeks: Vec<Log> = (0..600).map(|replication| play(&team, replication)).collect();
    let there = |person: usize, day: usize| -> Vec<bool> {
        weeks.iter().map(|log| log.people[person].present[day]).collect()
    };
    let share = |days: &[bool]| days.iter().filter(|&&is_there| is_there).count() as f64 / 600.0;
    // 3.9 standard errors, for twelve shares and five pairs at once.
    let half = 3.9 * f64::sqrt(0.95 * 0.05 / 600.0);
    for person in 0..6 {
        for day in 0..2 {
            let share = share(&there(person, day));
            assert!((share - 0.95).abs() < half, "{person} on {day}: {share}");
        }
    }
    for other in 1..6 {
        let both: Vec<bool> =
            there(0, 0).iter().zip(there(other, 1)).map(|(&one, other)| one && other).collect();
        assert!((share(&both) - 0.95 * 0.95).abs() < 3.9 * f64::sqrt(0.9 * 0.1 / 600.0));
    }
}

#[test]
fn each_pool_takes_the_share_of_a_stream_that_the_plan_gives_it() {
    // So many people that somebody of either tier is always free for the simple calls, which either may take.
    let simple_calls = StreamId::at(0);
    for seniors in [0.1, 0.35, 0.8] {
        let mut team = team(30.0, 10, 10);
        let pools: Vec<_> = team.scenario.pools_for(simple_calls).collect();
        let calls = team.workload.arrivals[0].clone();
        team.routing.flows.retain(|flow| flow.stream != simple_calls);
        for (&pool, share) in pools.iter().zip([1.0 - seniors, seniors]) {
            let contacts = calls.iter().map(|calls| Contacts(calls.0 * share)).collect();
            team.routing.flows.push(Flow { stream: simple_calls, pool, contacts });
        }
        let mut taken = [0.0; 2];
        for replication in 0..10 {
            for contact in play(&team, replication).contacts {
                if let (Some(agent), true) = (contact.agent, contact.stream == simple_calls) {
                    let pool = team.scenario.agent(agent).pool;
                    taken[usize::from(pool == pools[1])] += 1.0;
                }
            }
        }
        let share = taken[1] / (taken[0] + taken[1]);
        assert!((share - seniors).abs() < 0.02, "{share} of {seniors} planned");
    }
}

#[test]
fn with_nobody_waiting_handle_times_are_the_same_whoever_else_is_there() {
    // So many people that every call is answered at once by the first line; then its length is its draw.
    let length = |people: usize| -> Vec<String> {
        let team = team(4.0, people, people);
        let log = play(&team, 4);
        let phone = log.contacts.iter().filter(|c| {
            team.scenario.stream(c.stream).queue.index() == 0 && c.answered == Some(c.arrived)
        });
        phone
            .filter_map(|c| {
                let tier = team.scenario.agent(c.agent?).tier.index();
                let pace = if tier == 0 { 1.0 } else { 0.9 };
                Some(format!("{:.3} {:.6}", c.arrived, (c.ended? - c.arrived) / pace))
            })
            .collect()
    };
    let (some, many) = (length(8), length(12));
    let shared = some.iter().filter(|call| many.contains(call)).count();
    assert!(shared > 30 && shared * 10 >= some.len() * 9, "{shared} of {}", some.len());
}

#[test]
fn nobody_takes_a_stream_they_may_not() {
    for calls in [40.0, 200.0] {
        let team = team(calls, 4, 2);
        for contact in &play(&team, 1).contacts {
            if let Some(agent) = contact.agent {
                let pool = team.scenario.pool(team.scenario.agent(agent).pool);
                assert!(pool.streams.contains(&contact.stream));
            }
        }
    }
}

#[test]
fn a_person_on_break_or_absent_starts_on_nothing() {
    let team = team(200.0, 4, 2);
    for replication in 0..10 {
        let log = play(&team, replication);
        for contact in &log.contacts {
            let (Some(agent), Some(answered)) = (contact.agent, contact.answered) else { continue };
            let line = &team.roster.lines[agent.index()];
            let at = Moment(answered as i64);
            let day = team.scenario.calendar.day_at(at).unwrap();
            assert!(log.people[agent.index()].present[day]);
            let block = line.blocks().find(|block| block.span.holds(at)).expect("inside the duty");
            // A break that started late may still run into the next stretch, never the other way round.
            assert_eq!(block.activity, Activity::OnQueue, "answered at {answered}");
        }
    }
}

#[test]
fn a_person_holds_one_call_or_some_chats_or_one_ticket_at_a_time() {
    let team = team(60.0, 4, 2);
    let log = play(&team, 1);
    let queue = |c: &simulation::ContactRecord| team.scenario.stream(c.stream).queue.index();
    let live: Vec<_> = log.contacts.iter().filter(|c| c.agent.is_some() && queue(c) < 2).collect();
    let end = team.scenario.calendar.horizon().length().real();
    for one in &live {
        let start = one.answered.unwrap();
        let beside = live.iter().filter(|other| {
            other.agent == one.agent
                && other.answered.unwrap() <= start
                && start < other.ended.unwrap_or(end)
        });
        let (calls, chats) = beside.fold((0, 0), |(calls, chats), other| {
            if queue(other) == 0 { (calls + 1, chats) } else { (calls, chats + 1) }
        });
        assert!(calls <= 1 && (calls == 0 || chats == 0), "{calls} calls beside {chats} chats");
        assert!(chats <= 3);
    }
}

#[test]
fn minutes_on_queue_are_rostered_ones_and_what_runs_over() {
    let team = team(40.0, 6, 3);
    let log = play(&team, 1);
    for (line, person) in team.roster.lines.iter().zip(&log.people) {
        let rostered: f64 = line
            .duties
            .iter()
            .enumerate()
            .filter(|&(day, _)| person.present[day])
            .map(|(_, duty)| duty.minutes_of(Activity::OnQueue).real())
            .sum();
        let played: f64 = person.on_queue.iter().sum();
        let busy: f64 = [&person.live, &person.tickets, &person.recovery]
            .iter()
            .flat_map(|row| row.iter())
            .sum();
        assert!(busy <= played + 1e-6);
        assert!((played - rostered).abs() <= 120.0, "{played} of {rostered}");
        assert!(person.on_queue.iter().all(|&minutes| minutes <= 30.0 + 1e-6));
    }
}

#[test]
fn recovery_is_taken_for_every_difficult_contact_that_does_not_end_the_day() {
    let team = team(40.0, 6, 3);
    let log = play(&team, 1);
    let difficult = log.contacts.iter().filter(|c| c.is_difficult && c.ended.is_some());
    let owed = 5.0 * difficult.filter(|c| c.agent.is_some()).count() as f64;
    let taken: f64 = log.people.iter().flat_map(|person| &person.recovery).sum();
    assert!(taken <= owed + 1e-6 && taken >= 0.8 * owed, "{taken} of {owed}");
}

#[test]
fn ten_times_the_calls_end_in_a_verdict_too() {
    let team = team(2000.0, 3, 2);
    let kpis = judged(&team);
    assert_eq!(kpis.verdicts[0].judgement, Judgement::Missed);
    assert_eq!(kpis.verdicts[1].judgement, Judgement::Missed);
    let gaps = routed(team.scenario, Roster { lines: Vec::new() });
    assert!(!gaps.routing.gaps.is_empty());
    assert_eq!(judged(&gaps).verdicts[0].judgement, Judgement::Missed);
}

#[test]
fn enough_people_keep_every_target() {
    let kpis = judged(&team(20.0, 12, 6));
    for verdict in &kpis.verdicts {
        assert_eq!(verdict.judgement, Judgement::Kept, "{verdict:?}");
    }
}

#[test]
fn live_occupancy_in_play_is_the_work_over_the_time() {
    // Little's law for people: minutes on calls are arrivals times handle time, while nobody gives up.
    let team = team(20.0, 12, 6);
    let weeks: Vec<Log> = (0..60).map(|replication| play(&team, replication)).collect();
    let on_calls: f64 = weeks
        .iter()
        .flat_map(|log| &log.contacts)
        .filter(|c| team.scenario.stream(c.stream).queue.index() == 0)
        .filter_map(|c| Some(c.ended? - c.answered?))
        .sum();
    let calls = 60.0 * 2.0 * 8.0 * 20.0;
    let each = on_calls / calls;
    // 80 % of 4 minutes and 20 % of 9 x 0.9; simple calls may also go to seniors, at nine tenths.
    let (least, most) = (0.9 * 3.2 + 0.2 * 8.1, 3.2 + 0.2 * 8.1);
    assert!(each > 0.97 * least && each < 1.03 * most, "{each}");
}

/// A ratio of sums over days and the half-width of its 99.9 % interval.
fn ratio(days: &[Vec<StreamDay>], part: impl Fn(&[StreamDay]) -> (f64, f64)) -> (f64, f64) {
    let pairs: Vec<(f64, f64)> = days.iter().map(|day| part(day)).collect();
    let n = pairs.len() as f64;
    let (above, below) = pairs.iter().fold((0.0, 0.0), |(x, y), day| (x + day.0, y + day.1));
    let value = above / below;
    let squares: f64 = pairs.iter().map(|(x, y)| (x - value * y).powi(2)).sum();
    (value, 3.29 * (squares * n / (n - 1.0)).sqrt() / below)
}

/// The published interval and ours meet.
fn agrees(name: &str, (value, half): (f64, f64), low: f64, high: f64) {
    assert!(value + half >= low && value - half <= high, "{name}: {value} +- {half}, {low}-{high}");
}

#[test]
fn mmc_comes_out_as_published() {
    let days = models::mmc().days(500, 17);
    agrees("in time", ratio(&days, |d| (d[0].answered_in_time, 1.0)), 1812.618, 1819.698);
    agrees("level", ratio(&days, |d| (d[0].answered_in_time, d[0].offered)), 0.900, 0.904);
    agrees("wait", ratio(&days, |d| (d[0].waiting, d[0].offered)), 0.097, 0.102);
}

#[test]
fn mmc_with_abandonment_comes_out_as_published() {
    let days = models::mmc_with_abandonment().days(500, 17);
    agrees("given up", ratio(&days, |d| (d[0].abandoned, 1.0)), 57.660, 59.558);
    agrees("in time", ratio(&days, |d| (d[0].answered_in_time, 1.0)), 1903.785, 1908.231);
    let answered = |d: &StreamDay| d.offered - d.abandoned;
    // Who gives up within the threshold is left out, as published.
    let counted = |d: &StreamDay| d.offered - (d.waited_in_time - d.answered_in_time);
    agrees("level", ratio(&days, |d| (d[0].answered_in_time, counted(&d[0]))), 0.9675, 0.9695);
    agrees("wait", ratio(&days, |d| (d[0].waiting_of_answered, answered(&d[0]))), 0.023, 0.024);
}

#[test]
fn the_call_centre_comes_out_as_published() {
    // The published figures divide by the 1660 calls expected.
    let check = |shape: f64, days: u64, wait: (f64, f64), in_time: (f64, f64), lost: (f64, f64)| {
        let days = models::call_center(shape).days(days, 17);
        agrees("calls", ratio(&days, |d| (d[0].offered, 1.0)), 1612.789, 1666.225);
        agrees("wait", ratio(&days, |d| (60.0 * d[0].waiting, 1660.0)), wait.0, wait.1);
        agrees("in time", ratio(&days, |d| (d[0].waited_in_time, 1660.0)), in_time.0, in_time.1);
        agrees("lost", ratio(&days, |d| (d[0].abandoned, 1660.0)), lost.0, lost.1);
    };
    check(400.0, 1500, (4.680, 4.746), (0.924, 0.925), (0.0195, 0.0205));
    check(10.0, 800, (10.060, 13.608), (0.844, 0.862), (0.0311, 0.0374));
}

#[test]
fn three_classes_in_one_pool_come_out_as_other_simulators_say() {
    // From 8.85 million contacts.
    let days = models::one_pool().days(20, 17);
    let expected = [(0.05675, 0.0006), (0.04357, 0.0004), (0.02974, 0.0004)];
    for (stream, (share, half)) in expected.into_iter().enumerate() {
        let given_up = ratio(&days, |d| (d[stream].abandoned, d[stream].offered));
        agrees("given up", given_up, share - half, share + half);
    }
}

#[test]
fn every_model_plays() {
    for model in models::all() {
        assert!(model.run(2, 1) > 1000, "{}", model.name);
    }
}
