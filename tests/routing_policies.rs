//! Who is handed which contact: what each policy is for, and that none of them breaks on odd days.
#![expect(clippy::cast_precision_loss, reason = "people, days and minutes of a test are few")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::forecast;
use evenkeel::funnel;
use evenkeel::id::{AgentId, Id};
use evenkeel::kpi::{Judgement, Kpis};
use evenkeel::plan;
use evenkeel::roster::{Roster, Unwatched};
use evenkeel::routing;
use evenkeel::scenario::{self, Adjustments, Scenario};
use evenkeel::simulation::{self, Log, Seed};
use evenkeel::units::{Moment, Span};
use evenkeel::workload;

/// Two queues of calls that everyone takes, the second answered first and its callers promised a third of the
/// wait; the first tier is cheaper.
const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Routing"
currency = "EUR"
law = []
recovery_minutes = RECOVERY
[horizon]
start = "2026-11-30"
days = 2
grid_minutes = 30
time_zone = "Europe/Dublin"
[presence]
share = 1
[budget]
replications = 4
[routing]
ROUTING
[[tiers]]
id = "css1"
takes = ["simple"]
wage_per_hour = 20
[[tiers]]
id = "senior"
takes = ["simple"]
wage_per_hour = 30
[[shifts]]
id = "day"
starts = "mon-sun 08:00-10:00"
hours = [6, 9]
[[queues]]
id = "orders"
channel = "voice"
topic = "orders"
hours = "mon-sun 09:00-17:00"
priority = 2
difficult = 0
mix = { simple = 1 }
handle_minutes = { simple = 4 }
PATIENCE
contacts_per_hour = ORDERS
targets = [{ measure = "service_level", share = GOAL, within_seconds = 60, period = "day" }]
[[queues]]
id = "refunds"
channel = "voice"
topic = "refunds"
hours = "mon-sun 09:00-17:00"
priority = 1
difficult = 0.5
mix = { simple = 1 }
handle_minutes = { simple = 4 }
PATIENCE
contacts_per_hour = REFUNDS
targets = [{ measure = "service_level", share = GOAL, within_seconds = 20, period = "day" }]
"#;

const POLICIES: [&str; 7] = [
    "policy = 'shares'",
    "policy = 'priority'",
    "policy = 'longest_wait'",
    "policy = 'queue_and_idleness_ratio'",
    "people = 'time_since_break'",
    "people = 'fewest_difficult'",
    "difficult_in_a_row = 1",
];

/// What differs from test to test.
#[derive(Clone, Copy)]
struct Team {
    routing: &'static str,
    recovery: u32,
    patience: &'static str,
    orders: f64,
    refunds: f64,
    goal: f64,
    first_line: usize,
    seniors: usize,
}

const USUAL: Team = Team {
    routing: "",
    recovery: 0,
    patience: "patience_minutes = 5",
    orders: 60.0,
    refunds: 60.0,
    goal: 0.8,
    first_line: 6,
    seniors: 5,
};

impl Team {
    fn scenario(&self) -> Scenario {
        self.read().unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn read(&self) -> Result<Scenario, Vec<scenario::Problem>> {
        let text = TEAM
            .replace("RECOVERY", &self.recovery.to_string())
            .replace("ROUTING", self.routing)
            .replace("PATIENCE", self.patience)
            .replace("ORDERS", &format!("{:.3}", self.orders))
            .replace("REFUNDS", &format!("{:.3}", self.refunds))
            .replace("GOAL", &format!("{:.2}", self.goal));
        let mut agents = String::from("id,tier,contract_hours\n");
        for person in 0..self.first_line.max(1) {
            writeln!(agents, "a{person},css1,40").unwrap();
        }
        for person in 0..self.seniors.max(1) {
            writeln!(agents, "s{person},senior,40").unwrap();
        }
        let files = BTreeMap::from([
            ("scenario.toml".to_owned(), text.into_bytes()),
            ("agents.csv".to_owned(), agents.into_bytes()),
        ]);
        scenario::from_files(&files, &Adjustments::default())
    }

    /// Everyone from nine to five without a break on both days, of tiers that are staffed at all.
    fn roster(&self, scenario: &Scenario) -> Roster {
        let works = |person: usize| {
            let first_line = self.first_line.max(1);
            if person < first_line { self.first_line > 0 } else { self.seniors > 0 }
        };
        let duty = |day: i64| {
            let span = Span::new(Moment(day * 1440 + 540), Moment(day * 1440 + 1020));
            let (activity, detail) = (Activity::OnQueue, String::new());
            Duty { blocks: vec![Block { span, activity, paid: true, detail }] }
        };
        let line = |person: usize| {
            let duties = if works(person) { vec![duty(0), duty(1)] } else { Vec::new() };
            Line { duties, ..Line::empty(AgentId::at(person)) }
        };
        Roster { lines: (0..scenario.agents.len()).map(line).collect() }
    }

    fn plays(&self, weeks: u64) -> (Scenario, Vec<Log>) {
        let scenario = self.scenario();
        let roster = self.roster(&scenario);
        let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
        let workload = workload::measure(&demand, &scenario);
        let routing = routing::allocate(&workload, &roster, &scenario);
        let play = |replication| {
            let seed = Seed { seed: 5, replication };
            simulation::play(&scenario, &demand, &workload, &roster, &routing, seed)
        };
        let logs = (0..weeks).map(play).collect();
        (scenario, logs)
    }

    fn judged(&self) -> Kpis {
        let scenario = self.scenario();
        let roster = self.roster(&scenario);
        let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
        let workload = workload::measure(&demand, &scenario);
        let routing = routing::allocate(&workload, &roster, &scenario);
        plan::play(&scenario, &demand, &workload, &roster, &routing, 5, &Unwatched)
    }
}

/// Mean minutes that callers of a queue wait, those who hang up included.
fn mean_wait(logs: &[Log], scenario: &Scenario, queue: usize) -> f64 {
    let waits: Vec<f64> = logs
        .iter()
        .flat_map(|log| &log.contacts)
        .filter(|c| scenario.stream(c.stream).queue.index() == queue)
        .filter_map(|c| Some(c.answered.or(c.ended)? - c.arrived))
        .collect();
    waits.iter().sum::<f64>() / waits.len() as f64
}

/// Share of their time on queue that a tier's people are free.
fn idle_share(logs: &[Log], people: std::ops::Range<usize>) -> f64 {
    let (mut free, mut there) = (0.0, 0.0);
    for person in logs.iter().flat_map(|log| &log.people[people.clone()]) {
        let sum = |minutes: &[f64]| minutes.iter().sum::<f64>();
        there += sum(&person.on_queue);
        free += sum(&person.on_queue) - sum(&person.live) - sum(&person.recovery);
    }
    free / there
}

/// When a contact started and ended, and whether it was difficult.
type Worked = (f64, f64, bool);

/// By person and day, the contacts they worked on, in order.
fn worked(logs: &[Log]) -> Vec<Vec<Worked>> {
    let mut days: BTreeMap<(usize, usize, u64), Vec<Worked>> = BTreeMap::new();
    for (week, log) in logs.iter().enumerate() {
        for contact in &log.contacts {
            let (Some(agent), Some(start), Some(end)) =
                (contact.agent, contact.answered, contact.ended)
            else {
                continue;
            };
            let day = u64::from(start >= 1440.0);
            let key = (week, agent.index(), day);
            days.entry(key).or_default().push((start, end, contact.is_difficult));
        }
    }
    let mut days: Vec<_> = days.into_values().collect();
    for day in &mut days {
        day.sort_by(|one, next| one.0.total_cmp(&next.0));
    }
    days
}

#[test]
fn priority_lets_the_first_queue_wait_less_and_longest_wait_treats_both_alike() {
    let waits = |routing| {
        let (scenario, logs) = Team { routing, first_line: 5, seniors: 4, ..USUAL }.plays(20);
        (mean_wait(&logs, &scenario, 0), mean_wait(&logs, &scenario, 1))
    };
    let (second, first) = waits("policy = 'priority'");
    assert!(first < 0.5 * second, "{first} {second}");
    let (orders, refunds) = waits("policy = 'longest_wait'");
    assert!((orders / refunds - 1.0).abs() < 0.05, "{orders} {refunds}");
}

#[test]
fn ratios_let_waits_keep_the_proportions_of_what_is_in_time() {
    // 60 seconds and 20 seconds are in time, so that orders wait three times as long as refunds.
    let team = Team { orders: 360.0, refunds: 360.0, first_line: 24, seniors: 12, ..USUAL };
    let team = Team { patience: "patience_minutes = 10", ..team };
    let (scenario, logs) = Team { routing: "policy = 'queue_and_idleness_ratio'", ..team }.plays(6);
    let (orders, refunds) = (mean_wait(&logs, &scenario, 0), mean_wait(&logs, &scenario, 1));
    assert!((2.6..3.4).contains(&(orders / refunds)), "{orders} {refunds}");
}

#[test]
fn ratios_share_idle_time_by_heads_where_the_cheapest_first_does_not() {
    let idle = |routing| {
        let (_, logs) = Team { routing, first_line: 8, seniors: 4, ..USUAL }.plays(20);
        (idle_share(&logs, 0..8), idle_share(&logs, 8..12))
    };
    let (first_line, seniors) = idle("policy = 'queue_and_idleness_ratio'");
    assert!((first_line - seniors).abs() < 0.02, "{first_line} {seniors}");
    let (first_line, seniors) = idle("policy = 'priority'");
    assert!(seniors > first_line + 0.2, "{first_line} {seniors}");
}

#[test]
fn assigning_by_time_since_a_break_makes_breaks_of_idle_time_and_evens_what_lies_between() {
    // Minutes from the end of one spell of five free minutes to the start of the next, in order of length.
    let between = |routing| {
        let (_, logs) = Team { routing, first_line: 16, seniors: 1, ..USUAL }.plays(20);
        let mut stretches = Vec::new();
        for day in worked(&logs) {
            let mut since = None;
            for next in day.windows(2) {
                if next[1].0 - next[0].1 >= 5.0 {
                    stretches.extend(since.map(|since: f64| next[0].1 - since));
                    since = Some(next[1].0);
                }
            }
        }
        stretches.sort_by(f64::total_cmp);
        stretches
    };
    let spread = |stretches: &[f64]| {
        let n = stretches.len() as f64;
        let mean = stretches.iter().sum::<f64>() / n;
        let variance = stretches.iter().map(|minutes| (minutes - mean).powi(2)).sum::<f64>() / n;
        (n, mean, variance.sqrt())
    };
    let idle_longest = spread(&between("people = 'longest_idle'"));
    let since_break = spread(&between("people = 'time_since_break'"));
    assert!(since_break.0 > 1.5 * idle_longest.0, "{since_break:?} {idle_longest:?}");
    assert!(since_break.1 < idle_longest.1, "{since_break:?} {idle_longest:?}");
    assert!(since_break.2 < 0.7 * idle_longest.2, "{since_break:?} {idle_longest:?}");
}

#[test]
fn difficult_contacts_go_to_whoever_has_had_the_fewest() {
    let spread = |routing| {
        let (_, logs) = Team { routing, orders: 30.0, refunds: 90.0, ..USUAL }.plays(20);
        let counts: Vec<f64> = worked(&logs)
            .iter()
            .map(|day| day.iter().filter(|contact| contact.2).count() as f64)
            .collect();
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / counts.len() as f64
    };
    let (apart, together) =
        (spread("people = 'longest_idle'"), spread("people = 'fewest_difficult'"));
    assert!(together < 0.7 * apart, "{together} {apart}");
}

#[test]
fn runs_of_difficult_contacts_are_cut_short_while_others_are_there() {
    let long_runs = |routing| {
        let (_, logs) = Team { routing, first_line: 10, ..USUAL }.plays(20);
        let (mut long, mut all) = (0.0, 0.0);
        for day in worked(&logs) {
            for run in day.split(|contact| !contact.2) {
                all += f64::from(u8::from(!run.is_empty()));
                long += f64::from(u8::from(run.len() > 2));
            }
        }
        long / all
    };
    let free = long_runs("policy = 'priority'");
    let capped = long_runs("policy = 'priority'\ndifficult_in_a_row = 2");
    assert!(free > 0.05 && capped < 0.1 * free, "{capped} of {free}");
}

#[test]
fn a_policy_changes_who_takes_what_and_never_who_comes() {
    let (_, usual) = USUAL.plays(2);
    let came = |logs: &[Log]| -> Vec<(u64, bool)> {
        let contacts = logs.iter().flat_map(|log| &log.contacts);
        contacts.map(|c| (c.arrived.to_bits(), c.is_difficult)).collect()
    };
    for routing in POLICIES {
        let (_, logs) = Team { routing, ..USUAL }.plays(2);
        assert_eq!(came(&logs), came(&usual), "{routing}");
        let (_, again) = Team { routing, ..USUAL }.plays(2);
        assert!(logs == again, "{routing}");
        assert_eq!(logs == usual, routing.contains("shares"), "{routing}");
    }
}

#[test]
fn nobody_and_nothing_and_far_too_much_end_in_verdicts_under_every_policy() {
    let nothing = Team { orders: 0.0, refunds: 0.0, ..USUAL };
    let one_a_day = Team { orders: 0.125, refunds: 0.0, ..USUAL };
    let nobody = Team { first_line: 0, seniors: 0, ..USUAL };
    let too_much = Team { orders: 300.0, refunds: 300.0, first_line: 2, seniors: 1, ..USUAL };
    let for_ever = Team { patience: "", ..too_much };
    for routing in POLICIES {
        for team in [nothing, one_a_day, nobody, too_much, for_ever] {
            let (_, logs) = Team { routing, ..team }.plays(1);
            let contacts = &logs[0].contacts;
            assert_eq!(contacts.is_empty(), team.orders == 0.0, "{routing}");
            let in_order =
                |c: &simulation::ContactRecord| c.answered.is_none_or(|a| a >= c.arrived);
            assert!(contacts.iter().all(in_order), "{routing}");
            let is_anyone_there = team.first_line > 0;
            assert!(contacts.iter().all(|c| is_anyone_there || c.agent.is_none()), "{routing}");
        }
    }
    for routing in ["policy = 'shares'", "policy = 'queue_and_idleness_ratio'"] {
        for team in [nobody, too_much, for_ever] {
            let kpis = Team { routing, ..team }.judged();
            assert!(kpis.verdicts.iter().all(|verdict| verdict.judgement == Judgement::Missed));
        }
    }
}

#[test]
fn a_goal_of_nothing_is_kept_and_one_of_everything_is_refused() {
    let kpis = Team { goal: 0.0, first_line: 5, seniors: 4, ..USUAL }.judged();
    assert!(kpis.verdicts.iter().all(|verdict| verdict.judgement == Judgement::Kept));
    let nearly = Team { goal: 0.99, first_line: 5, seniors: 4, ..USUAL }.judged();
    assert!(nearly.verdicts.iter().all(|verdict| verdict.judgement == Judgement::Missed));
    let problems = Team { goal: 1.0, ..USUAL }.read().expect_err("waiting is random");
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn a_policy_that_does_not_exist_and_a_cap_of_nothing_are_refused_at_once() {
    let routing =
        "policy = 'fastest'\npeople = 'cheapest'\ndifficult_in_a_row = 0\nidle_break_minutes = 0";
    let problems = Team { routing, ..USUAL }.read().expect_err("four keys are wrong");
    assert_eq!(problems.len(), 4, "{problems:?}");
}
