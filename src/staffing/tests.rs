//! The stage as a whole, on a team small enough to check by hand.

use std::collections::BTreeMap;

use super::*;
use crate::calendar::{Calendar, Date, Weekly};
use crate::funnel::HumanDemand;
use crate::id::{ComplexityId, Id, TierId};
use crate::rules::Law;
use crate::scenario::{
    Aims, Budget, Channel, Clock, Complexity, Definition, Demand, Drivers, Funnel, Measure,
    NameBook, Period, Pool, Queue, Stream, Target, Tier,
};
use crate::units::{Contacts, HandleMinutes, Minutes, Money, Points, Seconds, Share};
use crate::workload;

const NINE_TO_FIVE: &str = "mon-fri 09:00-17:00";

/// A team to add queues and pools to: a week in half hours, two tiers, the second twice as fast.
fn team() -> Scenario {
    let tier = |title: &str, takes: &[usize], pace: f64| Tier {
        title: title.to_owned(),
        takes: takes.iter().map(|&place| ComplexityId::at(place)).collect(),
        wage_per_hour: Money(2000),
        pace,
        only_escalated: false,
        occupancy: Share::clamped(0.85),
    };
    Scenario {
        name: "team".to_owned(),
        calendar: Calendar::new("UTC", Date::parse("2026-11-30").unwrap(), 7, Minutes(30)).unwrap(),
        currency: "EUR".to_owned(),
        complexities: [1.0, 4.0]
            .map(|points| Complexity { points: Points(points), open_cases: None })
            .into(),
        tiers: vec![tier("first", &[0], 1.0), tier("second", &[0, 1], 0.5)],
        queues: Vec::new(),
        streams: Vec::new(),
        pools: vec![pool(0), pool(1)],
        shifts: Vec::new(),
        breaks: Vec::new(),
        longest_stretch: Minutes(180),
        off_queue: Vec::new(),
        agents: Vec::new(),
        minimum_presence: Vec::new(),
        law: Law::default(),
        packs: Vec::new(),
        flows: Vec::new(),
        staffing: crate::scenario::Sizing::default(),
        routing: crate::scenario::RoutingPolicy::default(),
        what_if: crate::scenario::WhatIf::default(),
        demand: Demand::Volumes(Vec::new()),
        drivers: Drivers::default(),
        funnel: Funnel::default(),
        recovery: Minutes(5),
        switching_efficiency: Share::clamped(0.9),
        utilisation: Share::clamped(0.95),
        kpis: crate::scenario::KpiSet::default(),
        quality: crate::scenario::Quality::default(),
        notice_days: 0,
        aims: Aims { preset: String::new(), order: Vec::new(), counts_strain: true },
        seed: 1,
        budget: Budget { rounds: 1, nodes: 1, replications: 1, most_replications: 1 },
        names: NameBook::default(),
        published: crate::scenario::Published::default(),
        input_hash: String::new(),
    }
}

fn pool(tier: usize) -> Pool {
    Pool {
        tier: TierId::at(tier),
        skills: Vec::new(),
        takes_sensitive: true,
        ramp: 1.0,
        agents: Vec::new(),
        title: String::new(),
        streams: Vec::new(),
    }
}

fn queue(channel: Channel, hours: &str, handle: f64, scenario: &Scenario) -> Queue {
    let hours = Weekly::parse(hours).unwrap();
    Queue {
        title: String::new(),
        channel,
        topic: String::new(),
        open: scenario.calendar.spans(&hours),
        hours,
        priority: 1,
        mix: vec![(ComplexityId::at(0), Share::ALL)],
        difficult: Share::NONE,
        handle: BTreeMap::from([
            (ComplexityId::at(0), HandleMinutes(handle)),
            (ComplexityId::at(1), HandleMinutes(2.0 * handle)),
        ]),
        handle_by_tier: BTreeMap::new(),
        wrap_up: HandleMinutes(0.0),
        handle_variability: 1.0,
        patience: Some(2.0),
        skill: None,
        rate_by_level: vec![1.0],
        backlog: Contacts(0.0),
        targets: Vec::new(),
        course: crate::scenario::Course::default(),
    }
}

fn eighty_twenty() -> Target {
    Target {
        measure: Measure::ServiceLevel {
            share: Share::clamped(0.8),
            within: Seconds(20.0),
            definition: Definition::Offered,
        },
        period: Period::Day,
        source: None,
    }
}

fn first_response(hours: i64, share: f64, clock: Clock) -> Target {
    Target {
        measure: Measure::FirstResponse {
            share: Share::clamped(share),
            within: Minutes::hours(hours),
            clock,
        },
        period: Period::Day,
        source: None,
    }
}

impl Scenario {
    /// A queue with a stream of one complexity, for these pools.
    fn and(mut self, queue: Queue, complexity: usize, pools: &[usize]) -> Scenario {
        let stream = StreamId::at(self.streams.len());
        self.streams.push(Stream {
            queue: QueueId::at(self.queues.len()),
            complexity: ComplexityId::at(complexity),
            share: Share::ALL,
            escalated_to: None,
        });
        let name = format!("queue-{}", self.queues.len());
        self.names.queues.add(&name).expect("each name has a number of its own");
        self.queues.push(queue);
        for &pool in pools {
            self.pools[pool].streams.push(stream);
        }
        self
    }

    /// The requirement where each stream gets so many contacts in each of its open half hours.
    fn with(&self, contacts: &[f64]) -> (Workload, Requirement) {
        let row = |place: usize, each: f64| {
            let open = &self.queues[self.streams[place].queue.index()].open;
            (0..self.calendar.intervals())
                .map(|slot| {
                    let slot = self.calendar.interval(slot);
                    let is_open = open.iter().any(|span| span.covers(slot));
                    Contacts(if is_open { each } else { 0.0 })
                })
                .collect()
        };
        let streams = contacts.iter().enumerate().map(|(place, &each)| row(place, each)).collect();
        let demand = HumanDemand { streams, ..HumanDemand::default() };
        let workload = workload::measure(&demand, self);
        let requirement = require(&workload, self);
        (workload, requirement)
    }
}

/// The interval of a time of Monday.
fn monday(hour: usize) -> usize {
    2 * hour
}

#[test]
fn the_published_chat_shop_needs_six_and_a_quarter_agents_before_queueing() {
    // Zendesk's staffing article: 10,000 visitors, 10 % in contact, 8 hours, 12 minutes, 4 at once:
    // 125 an hour, 25 chats at once, 6.25 agents.
    let team = team();
    let chat = Queue {
        rate_by_level: vec![1.0; 4],
        targets: vec![eighty_twenty()],
        ..queue(Channel::Chat, NINE_TO_FIVE, 12.0, &team)
    };
    let (_, requirement) = team.and(chat, 0, &[0]).with(&[62.5]);
    let need = &requirement.live[0];
    assert!((need.load[monday(16)].0 - 6.25).abs() < 1e-9);
    assert!(need.people[monday(16)].0 > 6.25);
}

#[test]
fn nobody_calls_so_nobody_is_needed() {
    let team = team();
    let voice =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let mail = queue(Channel::Email, NINE_TO_FIVE, 12.0, &team);
    let (workload, requirement) = team.and(voice, 0, &[0]).and(mail, 0, &[0]).with(&[0.0, 0.0]);
    for need in &requirement.live {
        assert!(need.people.iter().all(|people| people.0 == 0.0));
        assert_eq!(need.binding(monday(10)), Binding::Nothing);
    }
    assert!(requirement.tickets[0].due.iter().all(|due| due.0 == 0.0));
    assert!(workload.load.iter().flatten().all(|load| load.0 == 0.0));
}

#[test]
fn one_queue_in_steady_state_is_sized_by_erlang_a() {
    let team = team();
    let voice =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let (workload, requirement) = team.and(voice, 0, &[0]).with(&[12.0]);
    assert_eq!(workload.load[0][monday(12)].0, 2.0);
    let station = erlang_a::Station { arrivals: 0.4, handle: 5.0, patience: Some(2.0) };
    let goal = sizing::Goal::of(&eighty_twenty().measure).unwrap();
    let expected = sizing::agents(&station, &[goal]).unwrap().0;
    let need = &requirement.live[0];
    assert!((need.people[monday(16)].0 - expected).abs() < 1e-6);
    assert_eq!(need.binding(monday(16)), Binding::Service);
    assert!(need.people[monday(9)].0 < need.people[monday(10)].0, "people lag behind contacts");
    assert_eq!(need.people[monday(18)].0, 0.0);
}

#[test]
fn in_a_large_team_the_occupancy_cap_decides() {
    let team = team();
    let voice =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let (_, requirement) = team.and(voice, 0, &[0]).with(&[1000.0]);
    let need = &requirement.live[0];
    assert_eq!(need.binding(monday(16)), Binding::Occupancy);
    // 166.7 Erlang at 85 %, less the few who hang up.
    let without_hanging_up = 1000.0 / 6.0 / 0.85;
    let people = need.people[monday(16)].0;
    assert!(people < without_hanging_up && people > 0.99 * without_hanging_up, "{people}");
}

#[test]
fn a_queue_without_targets_still_needs_its_load_and_rest() {
    let team = team();
    let voice =
        Queue { difficult: Share::clamped(0.2), ..queue(Channel::Voice, "always", 5.0, &team) };
    let (workload, requirement) = team.and(voice, 0, &[0]).with(&[6.0]);
    let need = &requirement.live[0];
    // Five minutes each and a fifth of five minutes' rest; only the contact counts against the cap.
    assert!((need.load[monday(12)].0 - 1.2).abs() < 1e-9);
    assert!(
        (need.people[monday(12)].0 - 1.2).abs() < 1e-9,
        "1.0 / 0.85 of contact is less than 1.2 with rest"
    );
    assert_eq!(workload.recovery[0], HandleMinutes(1.0));
}

#[test]
fn every_closed_set_has_its_row_and_queues_their_own() {
    let team = team();
    let easy =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let hard =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let (_, requirement) = team.and(easy, 0, &[0, 1]).and(hard, 1, &[1]).with(&[30.0, 6.0]);
    let rows: Vec<(Vec<usize>, Vec<usize>)> = requirement
        .live
        .iter()
        .map(|need| {
            let streams = need.streams.iter().map(|stream| stream.index()).collect();
            (streams, need.pools.iter().map(|pool| pool.index()).collect())
        })
        .collect();
    assert_eq!(rows, [(vec![0], vec![0, 1]), (vec![1], vec![1]), (vec![0, 1], vec![0, 1])]);
    let people = |row: usize| requirement.live[row].people[monday(15)].0;
    assert!(people(2) < people(0) + people(1), "sharing saves people");
    assert!(people(2) > people(0).max(people(1)), "and yet both need serving");
}

#[test]
fn a_person_on_chat_takes_no_voice() {
    let team = team();
    let voice =
        Queue { targets: vec![eighty_twenty()], ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team) };
    let chat = Queue {
        rate_by_level: vec![1.0, 0.7],
        targets: vec![eighty_twenty()],
        ..queue(Channel::Chat, NINE_TO_FIVE, 7.0, &team)
    };
    let (_, requirement) = team.and(voice, 0, &[0]).and(chat, 0, &[0]).with(&[30.0, 60.0]);
    let both = requirement.live.iter().find(|need| need.queues.len() == 2).unwrap();
    let alone: Vec<&LiveNeed> =
        requirement.live.iter().filter(|need| need.queues.len() == 1).collect();
    assert!((both.load[monday(15)].0 - (5.0 + 10.0)).abs() < 1e-6);
    assert!(alone.iter().all(|need| need.people[monday(15)].0 < both.people[monday(15)].0));
}

#[test]
fn tickets_are_due_by_their_promise_and_never_before_they_come() {
    let team = team();
    let mail = Queue {
        targets: vec![first_response(4, 1.0, Clock::Business)],
        ..queue(Channel::Email, NINE_TO_FIVE, 12.0, &team)
    };
    let (_, requirement) = team.and(mail, 0, &[1, 0]).with(&[50.0]);
    let need = &requirement.tickets[0];
    assert_eq!(need.pools, [(PoolId::at(0), 12.0), (PoolId::at(1), 6.0)]);
    // By one o'clock nothing is due but what came at nine on the dot; by two, what came before ten.
    assert_eq!(need.due[monday(13) - 1].0, 0.0);
    let mean = 2.0 * 50.0 * 12.0;
    let margin = 1.645 * 12.0 * (100.0f64 * 2.0).sqrt();
    assert!((need.due[monday(14) - 1].0 - mean - margin).abs() < 1e-6);
    // What came after one on Monday is due on Tuesday from nine on.
    let by_close = need.due[monday(17) - 1].0;
    assert_eq!(need.due[monday(24 + 9) - 1].0, by_close);
    assert!(need.due[monday(24 + 10) - 1].0 > by_close);
    for (due, arrived) in need.due.iter().zip(&need.arrived) {
        assert!(due.0 <= arrived.0 + 1e-9);
    }
    assert!(need.due.is_sorted_by(|one, next| one.0 <= next.0));
}

#[test]
fn work_without_a_promise_is_due_at_the_end_of_the_second_business_day() {
    let team = team();
    let mail = Queue {
        backlog: Contacts(40.0),
        handle_variability: 0.0,
        ..queue(Channel::Email, NINE_TO_FIVE, 12.0, &team)
    };
    let (_, requirement) = team.and(mail, 0, &[0]).with(&[10.0]);
    let need = &requirement.tickets[0];
    assert_eq!(need.arrived[0].0, 480.0);
    assert_eq!(need.due[monday(17) - 2].0, 0.0);
    assert_eq!(need.due[monday(17) - 1].0, 480.0, "the backlog by the end of the first");
    assert_eq!(need.due[monday(24 + 17) - 2].0, 480.0);
    let monday_s = 16.0 * 10.0 * 12.0;
    let margin = 1.645 * 12.0 * 160f64.sqrt();
    assert!((need.due[monday(24 + 17) - 1].0 - 480.0 - monday_s - margin).abs() < 1e-6);
    // Friday's mail would be due on the Monday after the horizon.
    let last = need.due.last().unwrap().0;
    assert!(last < need.arrived.last().unwrap().0);
}

#[test]
fn a_promise_to_most_lets_the_rest_wait_longer() {
    let due = |share: f64| {
        let team = team();
        let mail = Queue {
            targets: vec![first_response(2, share, Clock::Calendar)],
            ..queue(Channel::Email, NINE_TO_FIVE, 12.0, &team)
        };
        let (_, requirement) = team.and(mail, 0, &[0]).with(&[50.0]);
        requirement.tickets[0].due[monday(15)].0
    };
    assert!(due(0.5) < due(0.9) && due(0.9) < due(1.0));
}

#[test]
fn streams_on_the_same_people_share_their_margin() {
    let team = team();
    let mail = || Queue {
        targets: vec![first_response(1, 1.0, Clock::Calendar)],
        ..queue(Channel::Email, NINE_TO_FIVE, 12.0, &team)
    };
    let one = team.clone().and(mail(), 0, &[0]).with(&[100.0]).1;
    let two = team.clone().and(mail(), 0, &[0]).and(mail(), 0, &[0]).with(&[50.0, 50.0]).1;
    let apart = team.clone().and(mail(), 0, &[0]).and(mail(), 0, &[1]).with(&[50.0, 50.0]).1;
    let due = |requirement: &Requirement| -> f64 {
        requirement.tickets.iter().map(|need| need.due[monday(14)].0).sum()
    };
    assert!((due(&one) - due(&two)).abs() < 1e-6);
    // The second tier is twice as fast, so its half of the same mail is a quarter of the minutes less.
    assert!(due(&apart) > 0.75 * due(&one));
}

#[test]
fn messages_take_the_minutes_of_the_best_level() {
    let team = team();
    let messages = Queue {
        rate_by_level: vec![1.0, 0.75, 0.5],
        difficult: Share::clamped(0.1),
        ..queue(Channel::Messaging, NINE_TO_FIVE, 9.0, &team)
    };
    let (workload, requirement) = team.and(messages, 0, &[0]).with(&[10.0]);
    assert_eq!(workload.handle[0][0], Some(HandleMinutes(9.0)));
    let [(pool, minutes)] = requirement.tickets[0].pools[..] else { panic!("one pool") };
    assert_eq!(pool, PoolId::at(0));
    assert!((minutes - (9.0 / 1.5 + 0.5)).abs() < 1e-12);
}

#[test]
fn work_that_nobody_may_take_has_no_row() {
    let team = team();
    let voice = queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team);
    let mail = queue(Channel::Email, NINE_TO_FIVE, 5.0, &team);
    let (workload, requirement) = team.and(voice, 0, &[]).and(mail, 0, &[]).with(&[10.0, 10.0]);
    assert_eq!((requirement.live.len(), requirement.tickets.len()), (0, 0));
    assert_eq!(workload.load[0][monday(10)].0, 0.0);
}

#[test]
fn many_eligibility_sets_stay_few_rows() {
    let mut team = team();
    for _ in 2..14 {
        team.pools.push(pool(0));
    }
    for first in 0..13 {
        let voice = Queue {
            targets: vec![eighty_twenty()],
            ..queue(Channel::Voice, NINE_TO_FIVE, 5.0, &team)
        };
        team = team.and(voice, 0, &[first, first + 1]);
    }
    let (_, requirement) = team.with(&[5.0; 13]);
    assert!(requirement.live.len() <= 13 + 24);
    let whole = requirement.live.iter().find(|need| need.streams.len() == 13).unwrap();
    assert_eq!(whole.pools.len(), 14);
}
