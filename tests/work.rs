//! Work as it is: touches and replies, hand-offs, callbacks, escalation, sensitive topics, promises by impact.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "people, days and contacts of a test are few"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evenkeel::duty::{Activity, Block, Duty, Line};
use evenkeel::forecast;
use evenkeel::funnel::{self, HumanDemand};
use evenkeel::id::{AgentId, Id, PoolId, StreamId};
use evenkeel::roster::Roster;
use evenkeel::routing::{self, GapKind, Routing};
use evenkeel::scenario::{self, Adjustments, Measure, Scenario};
use evenkeel::simulation::{self, Log, Outcome, Seed};
use evenkeel::staffing;
use evenkeel::units::{Moment, Span};
use evenkeel::workload::{self, Workload};
use proptest::prelude::*;

const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Work"
law = []
seed = 5
recovery_minutes = 5
TOP
[horizon]
start = "2026-11-30"
days = DAYS
grid_minutes = 30
time_zone = "Europe/Dublin"
[presence]
share = 1
[budget]
replications = 4
[[tiers]]
id = "first"
takes = ["simple", "complex"]
wage_per_hour = 20
[[tiers]]
id = "second"
takes = ["simple", "complex"]
wage_per_hour = 30
only_escalated = SECOND_ONLY
[[tiers]]
id = "manager"
takes = ["simple", "complex"]
wage_per_hour = 45
only_escalated = MANAGER_ONLY
[[shifts]]
id = "day"
starts = "mon-sun 00:00-12:00"
hours = [6, 12]
"#;

/// A team and its days.
struct Floor {
    top: &'static str,
    days: i64,
    queues: String,
    /// How many of each tier, first to last.
    people: [usize; 3],
    /// How many of them may not take sensitive work.
    spared: usize,
    only_escalated: bool,
    /// Start date and part of the usual cap on open cases, of the first people.
    own: &'static [(&'static str, &'static str)],
}

impl Floor {
    fn of(queues: impl Into<String>) -> Floor {
        Floor {
            top: "",
            days: 7,
            queues: queues.into(),
            people: [6, 0, 0],
            spared: 0,
            only_escalated: false,
            own: &[],
        }
    }

    fn scenario(&self) -> Scenario {
        let only = |is_it: bool| if is_it { "true" } else { "false" };
        let escalates_to = |tier: &str| self.queues.contains(&format!("to = \"{tier}\""));
        let mut text = TEAM.replace("DAYS", &self.days.to_string()).replace("TOP", self.top);
        text = text.replace("SECOND_ONLY", only(self.only_escalated && escalates_to("second")));
        text = text.replace("MANAGER_ONLY", only(self.only_escalated && escalates_to("manager")));
        text += &self.queues;
        let mut agents =
            String::from("id,tier,contract_hours,sensitive,start_date,open_cases_share\n");
        let mut number = 0;
        for (tier, &people) in ["first", "second", "manager"].iter().zip(&self.people) {
            for _ in 0..people {
                let sensitive = if number < self.spared { "no" } else { "yes" };
                let (start, share) = self.own.get(number).copied().unwrap_or_default();
                writeln!(agents, "p{number},{tier},40,{sensitive},{start},{share}").unwrap();
                number += 1;
            }
        }
        let files = BTreeMap::from([
            ("scenario.toml".to_owned(), text.into_bytes()),
            ("agents.csv".to_owned(), agents.into_bytes()),
        ]);
        scenario::from_files(&files, &Adjustments::default())
            .unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    /// Everyone on queue from and to these hours of every day.
    fn team(&self, from: i64, to: i64) -> Team {
        let scenario = self.scenario();
        let duty = |day: i64| Duty {
            blocks: vec![Block {
                span: Span::new(Moment(day * 1440 + from * 60), Moment(day * 1440 + to * 60)),
                activity: Activity::OnQueue,
                paid: true,
                detail: String::new(),
            }],
        };
        let line = |person: usize| Line {
            duties: (0..self.days).map(duty).collect(),
            ..Line::empty(AgentId::at(person))
        };
        let roster = Roster { lines: (0..scenario.agents.len()).map(line).collect() };
        Team::of(scenario, roster)
    }
}

struct Team {
    scenario: Scenario,
    demand: HumanDemand,
    workload: Workload,
    roster: Roster,
    routing: Routing,
}

impl Team {
    fn of(scenario: Scenario, roster: Roster) -> Team {
        let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
        let workload = workload::measure(&demand, &scenario);
        let routing = routing::allocate(&workload, &roster, &scenario);
        Team { scenario, demand, workload, roster, routing }
    }

    fn play(&self, replication: u64) -> Log {
        let seed = Seed { seed: 5, replication };
        let Team { scenario, demand, workload, roster, routing } = self;
        simulation::play(scenario, demand, workload, roster, routing, seed)
    }

    /// Minutes of planned work of all streams.
    fn planned_minutes(&self) -> f64 {
        let loads = self.workload.load.iter().flatten();
        loads.map(|load| load.0 * 30.0).sum()
    }
}

fn busy_minutes(log: &Log) -> f64 {
    let minutes = log
        .people
        .iter()
        .flat_map(|person| person.live.iter().chain(&person.tickets).chain(&person.recovery));
    minutes.sum()
}

fn mail(more: &str) -> String {
    format!(
        r#"
[[queues]]
id = "mail"
channel = "email"
hours = "always"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 10 }}
contacts_per_hour = 6
targets = [{{ measure = "first_response", share = 0.9, within_hours = 4 }}]
{more}
"#
    )
}

fn phone(more: &str) -> String {
    format!(
        r#"
[[queues]]
id = "phone"
channel = "voice"
hours = "mon-sun 08:00-18:00"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 5 }}
contacts_per_hour = 40
targets = [{{ measure = "service_level", share = 0.8, within_seconds = 30 }}]
{more}
"#
    )
}

fn count(log: &Log, is_one: impl Fn(&simulation::ContactRecord) -> bool) -> f64 {
    log.contacts.iter().filter(|contact| is_one(contact)).count() as f64
}

#[test]
fn a_ticket_of_three_touches_takes_three_times_its_minutes_in_plan_and_play() {
    for ownership in ["owner", "pool"] {
        let more = format!(
            "touches = 3\nre_entry_hours = 6\ncontext_switch_seconds = 60\nownership = \"{ownership}\""
        );
        let team = Floor { days: 14, ..Floor::of(mail(&more)) }.team(0, 24);
        let weeks: Vec<Log> = (0..6).map(|week| team.play(week)).collect();
        let (mut touches, mut settled, mut minutes) = (0.0, 0.0, 0.0);
        for log in &weeks {
            minutes += busy_minutes(log);
            for contact in &log.contacts {
                touches += f64::from(contact.touches);
            }
            // Those of the first week have had the time to be settled.
            let early = log.contacts.iter().filter(|contact| contact.arrived < 7.0 * 1440.0);
            for contact in early {
                assert_ne!(contact.outcome, Outcome::GaveUp);
                settled += f64::from(contact.touches) / 3.0;
            }
        }
        let first_week: f64 =
            weeks.iter().map(|log| count(log, |contact| contact.arrived < 7.0 * 1440.0)).sum();
        assert!((settled / first_week - 1.0).abs() < 0.03, "{ownership}: {}", settled / first_week);
        let hand_off = if ownership == "pool" { 2.0 / 3.0 * 5.0 / 6.0 } else { 0.0 };
        let each = 10.0 + 1.0 + hand_off;
        assert!(
            (minutes / touches / each - 1.0).abs() < 0.03,
            "{ownership}: {}",
            minutes / touches
        );
        let planned = team.planned_minutes() * weeks.len() as f64;
        assert!((minutes / planned - 1.0).abs() < 0.04, "{ownership}: {minutes} of {planned}");
    }
}

#[test]
fn open_cases_follow_littles_law() {
    // In light traffic a case stays open for its touches and its customer's replies.
    let more = "touches = 2\nre_entry_hours = 5\nownership = \"owner\"";
    let team = Floor { days: 14, people: [10, 0, 0], ..Floor::of(mail(more)) }.team(0, 24);
    let (from, to) = (3.0 * 1440.0, 13.0 * 1440.0);
    let mut open = 0.0;
    for week in 0..6 {
        for contact in team.play(week).contacts {
            let ended = contact.ended.unwrap_or(f64::INFINITY);
            open += (ended.min(to) - contact.arrived.max(from)).max(0.0) / (to - from) / 6.0;
        }
    }
    let expected = 6.0 / 60.0 * (2.0 * 10.0 + 300.0);
    assert!((open / expected - 1.0).abs() < 0.07, "{open} open, {expected} expected");
}

#[test]
fn an_owned_case_never_changes_hands_and_a_pooled_one_does() {
    let log = |ownership: &str| {
        let more = format!("touches = 3\nre_entry_hours = 4\nownership = \"{ownership}\"");
        // Nights off: owners are not always there.
        Floor::of(mail(&more)).team(8, 18).play(1)
    };
    let hand_offs = |log: &Log| log.contacts.iter().map(|c| f64::from(c.hand_offs)).sum::<f64>();
    let (owned, pooled) = (log("owner"), log("pool"));
    assert_eq!(hand_offs(&owned), 0.0);
    assert!(count(&owned, |contact| contact.touches > 1) > 100.0);
    assert!(hand_offs(&pooled) > 0.5 * count(&pooled, |contact| contact.touches > 1));
}

/// Most cases each person owned at once, where each goes to its end with whoever took it first.
fn owned_at_once(log: &Log, people: usize) -> Vec<f64> {
    let most = |person: usize| {
        let own = log.contacts.iter().filter(|contact| contact.agent == Some(AgentId::at(person)));
        let mut changes: Vec<(f64, f64)> = own
            .flat_map(|c| [(c.answered.unwrap(), 1.0), (c.ended.unwrap_or(f64::INFINITY), -1.0)])
            .collect();
        changes.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let mut open = 0.0;
        let running = changes.into_iter().map(|(_, change)| {
            open += change;
            open
        });
        running.fold(0.0, f64::max)
    };
    (0..people).map(most).collect()
}

#[test]
fn nobody_owns_more_hard_cases_than_the_cap() {
    let more = "touches = 3\nre_entry_hours = 40\nownership = \"owner\"";
    let queue = mail(more)
        .replace("simple", "complex")
        .replace("contacts_per_hour = 6", "contacts_per_hour = 3");
    let most = |top: &'static str| {
        let queue = queue.clone();
        let team = Floor { top, people: [4, 0, 0], days: 10, ..Floor::of(queue) }.team(0, 24);
        owned_at_once(&team.play(1), 4).into_iter().fold(0.0, f64::max)
    };
    assert_eq!(most(""), 12.0);
    let own = "\n[[complexities]]\nid = \"simple\"\npoints = 1\n[[complexities]]\nid = \"complex\"\npoints = 4\nopen_cases = 15\n";
    assert_eq!(most(own), 15.0);
}

/// Four people with more hard cases than they may own: one in the ramp at twice the time, one after a hard
/// incident, two with the usual cap of twelve.
fn full_hands() -> Team {
    let more = "touches = 4\nre_entry_hours = 6\nownership = \"owner\"";
    let queue = mail(more)
        .replace("simple", "complex")
        .replace("contacts_per_hour = 6", "contacts_per_hour = 9");
    let own: &[(&str, &str)] = &[("2026-11-30", ""), ("", "0.25")];
    let top = "[ramp]\nweeks = 8\nstart_factor = 2";
    let floor = Floor { people: [4, 0, 0], days: 14, own, top, ..Floor::of(queue) };
    floor.team(0, 24)
}

#[test]
fn whoever_learns_or_has_had_an_incident_owns_fewer_hard_cases() {
    let team = full_hands();
    let cap = [6.0, 3.0, 12.0, 12.0];
    for week in 0..3 {
        assert_eq!(owned_at_once(&team.play(week), 4), cap);
    }
    let room = workload::open_cases(&team.workload, &team.scenario);
    assert_eq!(room[0].room, cap.iter().sum::<f64>());
    assert!(room[0].is_over());
}

#[test]
fn full_hands_settle_as_many_cases_as_littles_law_lets_them() {
    // Cases open are cases taken an hour times the hours each stays open: with hands full, the cap says how
    // many can be taken, however many come in.
    let team = full_hands();
    let (from, to) = (3.0 * 1440.0, 13.0 * 1440.0);
    let (mut all_open, mut changes, mut stayed, mut ended) = (0.0, 0.0, 0.0, 0.0);
    for week in 0..6 {
        let log = team.play(week);
        for (person, cap) in [6.0, 3.0, 12.0, 12.0].into_iter().enumerate() {
            let mut open = 0.0;
            for case in log.contacts.iter().filter(|c| c.agent == Some(AgentId::at(person))) {
                let (began, end) = (case.answered.unwrap(), case.ended.unwrap_or(f64::INFINITY));
                open += (end.min(to) - began.max(from)).max(0.0) / (to - from);
                changes +=
                    0.5 * [began, end].iter().filter(|at| (from..to).contains(at)).count() as f64;
                if (from..to).contains(&end) {
                    stayed += end - began;
                    ended += 1.0;
                }
            }
            assert!(open <= cap + 1e-9 && open > 0.97 * cap, "{person}: {open} of {cap}");
            all_open += open / 6.0;
        }
        let waiting = count(&log, |contact| contact.answered.is_none());
        assert!(waiting > 0.3 * log.contacts.len() as f64, "{waiting} left waiting");
    }
    let by_the_law = changes / 6.0 / (to - from) * stayed / ended;
    assert!((all_open / by_the_law - 1.0).abs() < 0.04, "{all_open} open, {by_the_law} by the law");
    // Four touches of ten minutes, three replies of six hours, and what a case waits for its owner.
    let alone = 4.0 * 10.0 + 3.0 * 360.0;
    assert!(stayed / ended > 0.95 * alone && stayed / ended < 1.3 * alone, "{}", stayed / ended);
}

/// Three people who do not run out of calls once the day is an hour old, with a break at 10 and a meeting at 11,
/// home at 13.
fn never_idle() -> (Team, [i64; 6]) {
    let queue = phone("handle_variability = 0.5")
        .replace("contacts_per_hour = 40", "contacts_per_hour = 60");
    let floor = Floor { days: 3, people: [3, 0, 0], ..Floor::of(queue) };
    let times = [480, 600, 615, 660, 690, 780];
    let kinds = [
        Activity::OnQueue,
        Activity::Break,
        Activity::OnQueue,
        Activity::OffQueue,
        Activity::OnQueue,
    ];
    let mut roster = floor.team(8, 13).roster;
    for line in &mut roster.lines {
        for (day, duty) in (0..).zip(&mut line.duties) {
            let at = |minutes: i64| Moment(day * 1440 + minutes);
            let block = |(activity, ends): (Activity, &[i64])| Block {
                span: Span::new(at(ends[0]), at(ends[1])),
                activity,
                paid: true,
                detail: String::new(),
            };
            duty.blocks = kinds.into_iter().zip(times.windows(2)).map(block).collect();
        }
    }
    (Team::of(floor.scenario(), roster), times)
}

#[test]
fn the_call_in_hand_is_finished_before_a_break_a_meeting_and_the_way_home() {
    let (team, [_, break_from, break_to, meeting_from, meeting_to, home]) = never_idle();
    let log = team.play(1);
    let (mut breaks, mut meetings, mut ways_home) = (0, 0, 0);
    for person in 0..3 {
        let mut own: Vec<(f64, f64)> = log
            .contacts
            .iter()
            .filter(|contact| contact.agent == Some(AgentId::at(person)))
            .map(|contact| (contact.answered.unwrap(), contact.ended.unwrap()))
            .collect();
        own.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (call, next) in own.iter().zip(own.iter().skip(1)) {
            let day = (call.0 / 1440.0).floor() * 1440.0;
            let spans = |at: i64| call.0 < day + at as f64 && day + (at as f64) < call.1;
            if spans(break_from) {
                // It starts late and keeps its length.
                let length = (break_to - break_from) as f64;
                assert!((next.0 - call.1 - length).abs() < 1e-9, "{call:?} {next:?}");
                breaks += 1;
            } else if spans(meeting_from) {
                // It ends when it ends.
                assert!(
                    (next.0 - (day + meeting_to as f64).max(call.1)).abs() < 1e-9,
                    "{call:?} {next:?}"
                );
                meetings += 1;
            } else if spans(home) {
                assert!(next.0 >= day + 1440.0 + 480.0 - 1e-9, "{call:?} {next:?}");
                ways_home += 1;
            } else {
                let is_early_or_last = call.1 < day + 540.0 || next.0 >= day + 1440.0;
                assert!(is_early_or_last || (next.0 - call.1).abs() < 1e-9, "{call:?} {next:?}");
            }
        }
    }
    assert!(breaks >= 8 && meetings >= 8 && ways_home >= 5, "{breaks} {meetings} {ways_home}");
}

#[test]
fn one_more_person_changes_no_patience_and_no_length_of_any_call() {
    let queue = || phone("patience_minutes = 3\nhandle_variability = 0.5\ndifficult = 0.2");
    let log = |people| Floor { people: [people, 0, 0], ..Floor::of(queue()) }.team(8, 18).play(3);
    let (few, more) = (log(3), log(4));
    assert_eq!(few.contacts.len(), more.contacts.len());
    let (mut waited, mut talked) = (0, 0);
    for (one, other) in few.contacts.iter().zip(&more.contacts) {
        assert_eq!(one.arrived.to_bits(), other.arrived.to_bits());
        assert_eq!(one.is_difficult, other.is_difficult);
        let both = |outcome| one.outcome == outcome && other.outcome == outcome;
        if both(Outcome::GaveUp) {
            assert_eq!(one.ended, other.ended);
            waited += 1;
        }
        if both(Outcome::Resolved) {
            let length = |c: &simulation::ContactRecord| c.ended.unwrap() - c.answered.unwrap();
            assert!((length(one) - length(other)).abs() < 1e-9);
            talked += 1;
        }
    }
    assert!(waited > 100 && talked > 500, "{waited} {talked}");
}

#[test]
fn rare_calls_closed_weeks_and_endless_patience_are_played_to_the_end() {
    let played = |hours: &str, calls: &str, more: &str, people: usize| {
        let queue = phone(more)
            .replace("mon-sun 08:00-18:00", hours)
            .replace("contacts_per_hour = 40", calls);
        Floor { people: [people, 0, 0], ..Floor::of(queue) }.team(8, 18).play(1)
    };
    let open = |log: &Log| count(log, |contact| contact.outcome == Outcome::Open);
    // One call a day, on average, each answered at once.
    let rare = played("mon-sun 08:00-18:00", "contacts_per_hour = 0.1", "", 2);
    assert!(!rare.contacts.is_empty() && rare.contacts.len() < 20);
    assert!(rare.contacts.iter().all(|call| call.answered == Some(call.arrived)));
    // A line that opens on weekends alone has no calls from Monday to Friday, and people who wait for none.
    let weekends = phone("").replace("mon-sun", "sat-sun");
    let closed = Floor { days: 5, ..Floor::of(weekends) }.team(8, 18).play(1);
    assert_eq!((closed.contacts.len(), busy_minutes(&closed)), (0, 0.0));
    // Nobody hangs up who has endless patience: whoever is not reached still waits when the week ends.
    let patient = played("mon-sun 08:00-18:00", "contacts_per_hour = 200", "", 2);
    assert_eq!(count(&patient, |contact| contact.outcome == Outcome::GaveUp), 0.0);
    let answered = count(&patient, |contact| contact.answered.is_some());
    assert_eq!(count(&patient, |contact| contact.answered.is_none()), open(&patient));
    assert!((answered * 5.0 / (2.0 * 7.0 * 600.0) - 1.0).abs() < 0.1, "{answered}");
    // Three times the calls that people can answer: they are never idle, and the rest hang up.
    let hasty = played("mon-sun 08:00-18:00", "contacts_per_hour = 72", "patience_minutes = 2", 2);
    assert_eq!(open(&hasty), 0.0);
    let lost = count(&hasty, |contact| contact.outcome == Outcome::GaveUp);
    assert!((lost / hasty.contacts.len() as f64 - 2.0 / 3.0).abs() < 0.05, "{lost}");
}

#[test]
fn a_reply_beyond_the_horizon_leaves_the_case_open() {
    let team =
        Floor { days: 2, ..Floor::of(mail("touches = 50\nre_entry_hours = 2000")) }.team(0, 24);
    let log = team.play(1);
    let open = count(&log, |contact| contact.outcome == Outcome::Open);
    assert!(open > 0.8 * log.contacts.len() as f64);
    for contact in &log.contacts {
        assert_eq!(contact.outcome == Outcome::Open, contact.ended.is_none());
        assert!(contact.responded.is_none() || contact.touches > 0);
    }
    let again: f64 = team.workload.again.iter().flatten().map(|contacts| contacts.0).sum();
    assert!(again.is_finite() && again < 10.0, "{again}");
}

#[test]
fn a_promised_call_is_made_within_its_window_and_relieves_the_line() {
    let queue = |more: &str| phone(&format!("patience_minutes = 3\n{more}"));
    let without = Floor { people: [4, 0, 0], ..Floor::of(queue("")) }.team(8, 18).play(1);
    let offer = "callback = { share = 0.6, within_hours = 2 }";
    let team = Floor { people: [4, 0, 0], ..Floor::of(queue(offer)) }.team(8, 18);
    let with = team.play(1);
    let promised = count(&with, |contact| contact.called_back.is_some());
    let kept = count(&with, |contact| {
        contact.called_back.is_some_and(|call| call.called.is_some_and(|at| at <= call.due))
    });
    assert!(promised > 100.0, "{promised}");
    assert!(kept / promised > 0.95, "{kept} of {promised}");
    let hung_up = |log: &Log| count(log, |contact| contact.outcome == Outcome::GaveUp);
    assert!(hung_up(&with) < 0.7 * hung_up(&without), "{} {}", hung_up(&with), hung_up(&without));
    for call in with.contacts.iter().filter_map(|contact| contact.called_back) {
        assert!(call.agreed <= call.due && call.called.is_none_or(|at| at >= call.agreed));
    }
    // Most people wait far less than three hours on such a line.
    let never = "callback = { share = 0.6, within_hours = 2, offer_after_seconds = 10800 }";
    let team = Floor { people: [4, 0, 0], ..Floor::of(queue(never)) }.team(8, 18);
    assert_eq!(count(&team.play(1), |contact| contact.called_back.is_some()), 0.0);
}

fn people_needed(queues: String) -> Vec<Vec<f64>> {
    let scenario = Floor { days: 1, ..Floor::of(queues) }.scenario();
    let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
    let workload = workload::measure(&demand, &scenario);
    let requirement = staffing::require(&workload, &scenario);
    requirement.live.iter().map(|need| need.people.iter().map(|fte| fte.0).collect()).collect()
}

fn minutes_of(queues: String) -> f64 {
    let scenario = Floor { days: 5, ..Floor::of(queues) }.scenario();
    let demand = funnel::deflect(&forecast::project(&scenario), &scenario);
    let workload = workload::measure(&demand, &scenario);
    workload.load.iter().flatten().map(|load| load.0).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn calling_back_never_asks_for_more_people(
        calls in 1u32..200, share in 0.0..1.0f64, hours in 1u32..6, patience in 1u32..20, seconds in 5u32..120,
    ) {
        let queue = |more: &str| {
            phone(&format!("patience_minutes = {patience}\n{more}"))
                .replace("contacts_per_hour = 40", &format!("contacts_per_hour = {calls}"))
                .replace("within_seconds = 30", &format!("within_seconds = {seconds}"))
        };
        let without = people_needed(queue(""));
        let with = people_needed(queue(&format!("callback = {{ share = {share}, within_hours = {hours} }}")));
        for (with, without) in with.iter().flatten().zip(without.iter().flatten()) {
            prop_assert!(with <= &(without + 1e-9), "{with} above {without}");
        }
    }

    #[test]
    fn more_touches_are_more_work(touches in 1.0..20.0f64, more in 0.1..20.0f64, hours in 0.1..100.0f64) {
        let work = |touches: f64| minutes_of(mail(&format!("touches = {touches}\nre_entry_hours = {hours}\ncontext_switch_seconds = 30")));
        prop_assert!(work(touches + more) > work(touches));
    }

    #[test]
    fn a_switch_and_a_tool_are_more_work(seconds in 1.0..600.0f64) {
        for key in ["context_switch_seconds", "tool_friction_seconds"] {
            let ratio = minutes_of(mail(&format!("{key} = {seconds}"))) / minutes_of(mail(""));
            prop_assert!((ratio - (10.0 + seconds / 60.0) / 10.0).abs() < 1e-9);
        }
    }
}

const PATH: &str = r#"escalation = [
  { from = "first", to = "second", share = 0.2 },
  { from = "second", to = "manager", share = 0.5 },
]"#;

#[test]
fn escalated_cases_are_worked_at_every_tier_of_the_path() {
    for queue in [phone(PATH), mail(PATH)] {
        let floor = Floor { people: [6, 2, 2], only_escalated: true, ..Floor::of(queue) };
        let team = floor.team(8, 18);
        let log = team.play(2);
        let done = count(&log, |contact| contact.outcome == Outcome::Resolved);
        let tier = |name: &str| team.scenario.names.tiers.find(name).unwrap();
        let reached = |name: &str| count(&log, |contact| contact.escalated_to == Some(tier(name)));
        let (second, manager) = (reached("second"), reached("manager"));
        assert!(((second + manager) / done - 0.2).abs() < 0.02, "{second} {manager} of {done}");
        assert!((manager / (second + manager) - 0.5).abs() < 0.06, "{manager}");
        for contact in &log.contacts {
            let steps = match contact.escalated_to {
                None => 0,
                Some(to) => {
                    if to == tier("second") {
                        1
                    } else {
                        2
                    }
                }
            };
            assert!(contact.hand_offs >= steps);
        }
        // One touch each: the work is that of 1 + 0.2 + 0.1 contacts.
        let played = busy_minutes(&log);
        assert!(
            (played / team.planned_minutes() - 1.0).abs() < 0.06,
            "{played} of {}",
            team.planned_minutes()
        );
        assert!(team.routing.gaps.is_empty() || !team.scenario.queues[0].channel.is_live());
    }
}

#[test]
fn a_path_without_anyone_at_its_end_is_a_named_gap() {
    let sensitive = format!("sensitive = true\n{PATH}");
    let floor = Floor { people: [6, 2, 1], only_escalated: true, ..Floor::of(phone(&sensitive)) };
    let team = floor.team(8, 18);
    assert_eq!(team.routing.gaps, Vec::new());
    let mut roster = team.roster.clone();
    let manager = roster.lines.len() - 1;
    roster.lines[manager].duties.remove(3);
    let alone = Team::of(team.scenario, roster);
    assert_eq!(alone.routing.gaps.len(), 1);
    let gap = &alone.routing.gaps[0];
    assert_eq!(alone.scenario.stream_title(gap.stream), "phone/simple at manager");
    assert_eq!(gap.kind, GapKind::NoEscalation);
    assert_eq!((gap.from, gap.to), (3 * 48 + 16, 3 * 48 + 36));
    // And a sensitive topic that leads to nobody has none at all.
    let team = Floor::of(phone("sensitive = true")).team(8, 18);
    assert_eq!(team.routing.gaps.iter().map(|gap| gap.kind).collect::<Vec<_>>(), [GapKind::NoPath]);
}

#[test]
fn only_those_who_may_take_sensitive_work() {
    let queues = mail("") + &phone(&format!("sensitive = true\n{PATH}"));
    let floor = Floor { people: [6, 1, 1], spared: 3, only_escalated: true, ..Floor::of(queues) };
    let team = floor.team(8, 18);
    assert_eq!(team.scenario.pools.len(), 4);
    let phone = team.scenario.names.queues.find("phone").unwrap();
    let mut takers = 0;
    for contact in team.play(1).contacts {
        if team.scenario.stream(contact.stream).queue == phone
            && let Some(agent) = contact.agent
        {
            assert!(team.scenario.agent(agent).takes_sensitive);
            takers += 1;
        }
    }
    assert!(takers > 100);
    for flow in &team.routing.flows {
        let is_phone = team.scenario.stream(flow.stream).queue == phone;
        assert!(!is_phone || team.scenario.pool(flow.pool).takes_sensitive);
    }
    // Where nothing is sensitive, nobody is set apart.
    let plain = Floor { spared: 3, ..Floor::of(mail("")) }.scenario();
    assert_eq!(plain.pools.len(), 1);
}

#[test]
fn difficult_topics_above_the_threshold_follow_the_path() {
    let path = r#"escalation = [{ from = "first", to = "manager", share = 0.1 }]"#;
    let share = |top: &'static str| {
        let queue = phone(&format!("difficult = 0.3\n{path}"));
        let team =
            Floor { top, people: [6, 0, 3], only_escalated: true, ..Floor::of(queue) }.team(8, 18);
        let log = team.play(1);
        let planned: f64 = team.workload.again.iter().flatten().map(|contacts| contacts.0).sum();
        let came: f64 = team.workload.arrivals.iter().flatten().map(|contacts| contacts.0).sum();
        let up = |contact: &simulation::ContactRecord| contact.escalated_to.is_some();
        (count(&log, up) / log.contacts.len() as f64, planned / came)
    };
    let (played, planned) = share("escalate_difficult_above = 0.2");
    assert!((planned - 0.37).abs() < 1e-9 && (played - 0.37).abs() < 0.03, "{played} {planned}");
    let (played, planned) = share("");
    assert!((planned - 0.1).abs() < 1e-9 && (played - 0.1).abs() < 0.02, "{played} {planned}");
}

#[test]
fn ending_a_hard_contact_shortens_it_and_still_owes_rest() {
    let queue = |more: &str| phone(&format!("difficult = 0.5\n{more}"));
    let plain = Floor::of(queue("")).team(8, 18);
    let team = Floor::of(queue("ending = { share = 0.4, handle_share = 0.5 }")).team(8, 18);
    let log = team.play(1);
    let all = log.contacts.len() as f64;
    let ended = count(&log, |contact| contact.outcome == Outcome::EndedByAgent);
    assert!((ended / all - 0.2).abs() < 0.02, "{ended} of {all}");
    assert!(
        log.contacts
            .iter()
            .all(|c| c.outcome != Outcome::EndedByAgent || c.is_difficult && c.resolved.is_none())
    );
    let rest = |log: &Log| log.people.iter().flat_map(|p| &p.recovery).sum::<f64>();
    let hard = |log: &Log| count(log, |contact| contact.is_difficult && contact.ended.is_some());
    let plainly = plain.play(1);
    assert!((rest(&log) / hard(&log) - rest(&plainly) / hard(&plainly)).abs() < 0.1);
    let handle = |team: &Team| team.scenario.handle(StreamId::at(0), PoolId::at(0)).0;
    assert!((handle(&team) - 5.0 * (1.0 - 0.5 * 0.4 * 0.5)).abs() < 1e-9);
    assert!((busy_minutes(&log) / team.planned_minutes() - 1.0).abs() < 0.05);
}

const LEVELS: [&str; 3] = ["low", "medium", "high"];

#[test]
fn raising_impact_or_urgency_never_worsens_what_is_promised() {
    let promise = |channel: &str, impact: &str, urgency: &str| {
        let text = if channel == "voice" { phone("") } else { mail("") };
        let targets = text.lines().find(|line| line.starts_with("targets")).unwrap().to_owned();
        let text =
            text.replace(&targets, &format!("impact = \"{impact}\"\nurgency = \"{urgency}\""));
        let scenario = Floor::of(text).scenario();
        let within = scenario.queues[0].targets.iter().map(|target| match target.measure {
            Measure::ServiceLevel { within, .. } => within.0,
            Measure::FirstResponse { within, .. } | Measure::Resolution { within, .. } => {
                within.real()
            }
            Measure::Abandonment { .. } => f64::NAN,
        });
        (f64::from(scenario.queues[0].priority), within.collect::<Vec<f64>>())
    };
    for channel in ["voice", "email"] {
        for pair in LEVELS.windows(2) {
            for other in LEVELS {
                for (lower, higher) in [
                    (promise(channel, pair[0], other), promise(channel, pair[1], other)),
                    (promise(channel, other, pair[0]), promise(channel, other, pair[1])),
                ] {
                    assert!(higher.0 < lower.0);
                    assert!(!higher.1.is_empty());
                    assert!(higher.1.iter().zip(&lower.1).all(|(high, low)| high <= low));
                }
            }
        }
    }
    assert_eq!(promise("voice", "high", "high"), (1.0, vec![20.0]));
    assert_eq!(promise("email", "low", "low"), (5.0, vec![1440.0, 9600.0]));
}

#[test]
fn raising_urgency_shortens_the_wait_in_play() {
    let wait = |urgency: &str| {
        let two = format!(
            "{}{}",
            mail(&format!("impact = \"low\"\nurgency = \"{urgency}\"")),
            mail("impact = \"medium\"\nurgency = \"medium\"").replace("\"mail\"", "\"other\"")
        );
        let target =
            "targets = [{ measure = \"first_response\", share = 0.9, within_hours = 4 }]\n";
        let text =
            two.replace(target, "").replace("contacts_per_hour = 6", "contacts_per_hour = 11");
        let team = Floor { people: [4, 0, 0], ..Floor::of(text) }.team(0, 24);
        let (mut sum, mut answers) = (0.0, 0.0);
        for week in 0..3 {
            for contact in
                team.play(week).contacts.iter().filter(|contact| contact.stream.index() == 0)
            {
                if let Some(responded) = contact.responded {
                    sum += responded - contact.arrived;
                    answers += 1.0;
                }
            }
        }
        sum / answers
    };
    let waits: Vec<f64> = LEVELS.map(wait).into();
    assert!(
        waits[0] >= waits[1] && waits[1] >= waits[2] && waits[0] > 1.05 * waits[2],
        "{waits:?}"
    );
}

#[test]
fn what_a_queue_leaves_out_can_be_what_is_usual_for_its_channel() {
    let bare = |channel: &str| {
        format!(
            "\n[[queues]]\nid = \"{channel}\"\nchannel = \"{channel}\"\nhours = \"always\"\nmix = {{ simple = 1 }}\nhandle_minutes = {{ simple = 5 }}\ncontacts_per_hour = 3\n"
        )
    };
    let all: String = ["voice", "chat", "messaging", "email"].map(bare).concat();
    let usual = Floor { top: "channel_defaults = \"usual\"", ..Floor::of(all.clone()) }.scenario();
    let most: Vec<usize> = usual.queues.iter().map(|queue| queue.rate_by_level.len()).collect();
    assert_eq!(most, [1, 3, 3, 1]);
    assert!(usual.queues.iter().all(|queue| queue.targets.len() == 1));
    assert_eq!(usual.queues[0].patience, Some(3.0));
    let none = Floor::of(all).scenario();
    assert!(none.queues.iter().all(|queue| queue.targets.is_empty() && queue.patience.is_none()));
}

#[test]
fn cases_that_wait_for_their_customer_at_the_start_bring_work() {
    let more = "touches = 2\nre_entry_hours = 10\nawaiting_reply = 200";
    let team = Floor { days: 5, ..Floor::of(mail(more)) }.team(0, 24);
    let none = Floor { days: 5, ..Floor::of(mail("touches = 2\nre_entry_hours = 10")) }.team(0, 24);
    let extra = busy_minutes(&team.play(1)) - busy_minutes(&none.play(1));
    // Two hundred replies, each with as many touches to come as a new case.
    assert!((extra / 4000.0 - 1.0).abs() < 0.15, "{extra}");
    assert!(((team.planned_minutes() - none.planned_minutes()) / 4000.0 - 1.0).abs() < 0.02);
    let days = team.play(1).contacts.len() as i64;
    assert!((days - 6 * 24 * 5).abs() < 100, "{days} came in");
}

#[test]
fn callbacks_escalation_and_overflow_together_lose_nobody() {
    let more =
        format!("patience_minutes = 4\ncallback = {{ share = 0.5, within_hours = 1 }}\n{PATH}");
    let queues = phone(&more) + &mail("touches = 2\nre_entry_hours = 3\nownership = \"owner\"");
    let floor = Floor { people: [3, 2, 2], days: 10, ..Floor::of(queues) };
    let team = floor.team(8, 18);
    for week in 0..4 {
        let log = team.play(week);
        for contact in &log.contacts {
            assert_eq!(contact.outcome == Outcome::Open, contact.ended.is_none());
            let is_there = contact.agent.is_some();
            assert_eq!(is_there, contact.answered.is_some());
            if let (Some(answered), Some(ended)) = (contact.answered, contact.ended) {
                assert!(contact.arrived <= answered && answered <= ended);
            }
            if let Some(call) = contact.called_back {
                assert_eq!(call.called.is_some(), contact.answered.is_some());
            }
        }
        let escalated = count(&log, |contact| contact.escalated_to.is_some());
        let promised = count(&log, |contact| contact.called_back.is_some());
        assert!(escalated > 100.0 && promised > 100.0, "{escalated} {promised}");
    }
}

#[test]
fn handling_time_is_active_time_twelve_minutes_of_a_trace_that_spans_sixteen() {
    // Active from 9:02 to 9:08 and from 9:12 to 9:18, the worked example of a help desk's own definition.
    let queue = mail("handle_variability = 0\nbacklog = 1")
        .replace("handle_minutes = { simple = 10 }", "handle_minutes = { simple = 12 }")
        .replace("contacts_per_hour = 6", "contacts_per_hour = 0");
    let floor = Floor { days: 1, people: [1, 0, 0], ..Floor::of(queue) };
    let mut roster = floor.team(9, 10).roster;
    let block = |from: i64, to: i64, activity: Activity| Block {
        span: Span::new(Moment(540 + from), Moment(540 + to)),
        activity,
        paid: true,
        detail: String::new(),
    };
    roster.lines[0].duties[0].blocks = vec![
        block(2, 8, Activity::OnQueue),
        block(8, 12, Activity::Break),
        block(12, 60, Activity::OnQueue),
    ];
    let log = Team::of(floor.scenario(), roster).play(1);
    let contact = log.contacts[0];
    assert!((contact.ended.unwrap() - contact.answered.unwrap() - 16.0).abs() < 1e-9);
    assert!((busy_minutes(&log) - 12.0).abs() < 1e-9);
}
