use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::forecast;
use crate::scenario::{
    self, Adjustments, Bot, Deflection, Event, EventKind, Layers, Outreach, Per, Takes, Triage,
    Trigger,
};
use crate::units::{Minutes, Moment, Seconds, Share, Span};

/// Two topics on three queues, from the day before the clock goes forward in Dublin.
const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Funnelled"
[horizon]
start = "2026-03-28"
days = 3
grid_minutes = 60
time_zone = "Europe/Dublin"
[[shifts]]
id = "day"
starts = "mon-sun 08:00"
hours = [4, 8]
[[queues]]
id = "phone"
channel = "voice"
topic = "billing"
hours = "mon-sun 08:00-18:00"
mix = { simple = 0.6, moderate = 0.3, complex = 0.1 }
handle_minutes = { simple = 4, moderate = 8, complex = 20 }
contacts_per_hour = 10
[[queues]]
id = "chat"
channel = "chat"
topic = "setup"
hours = "always"
mix = { simple = 0.5, deep = 0.5 }
handle_minutes = { simple = 5, deep = 30 }
contacts_per_hour = 4
[[queues]]
id = "mail"
channel = "email"
hours = "mon-fri 09:00-17:00"
mix = { moderate = 1 }
handle_minutes = { moderate = 12 }
contacts_per_hour = 6
"#;

const PEOPLE: &str = "id,tier,contract_hours\namy,css2,40\nben,support-engineer,40\n";

fn team_but(more: &str, events: &str) -> Scenario {
    let mut files = BTreeMap::from([
        ("scenario.toml".to_owned(), format!("{TEAM}\n{more}").into_bytes()),
        ("agents.csv".to_owned(), PEOPLE.as_bytes().to_vec()),
    ]);
    if !events.is_empty() {
        files.insert("events.csv".to_owned(), events.as_bytes().to_vec());
    }
    let read = scenario::from_files(&files, &Adjustments::default());
    read.unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn share(value: f64) -> Share {
    Share::clamped(value)
}

fn demand(scenario: &Scenario) -> HumanDemand {
    deflect(&forecast::project(scenario), scenario)
}

fn sum(rows: &[Vec<Contacts>]) -> f64 {
    rows.iter().flatten().map(|contacts| contacts.0).sum()
}

fn topic<'f>(demand: &'f HumanDemand, name: &str) -> &'f TopicFlow {
    let flow = demand.flow.as_ref().expect("there is a funnel");
    flow.topics.iter().find(|topic| topic.topic == name).expect("the topic exists")
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * (1.0 + one.abs().max(other.abs()))
}

/// In = prevented + self-served + bot-resolved + human + returning later, and in every interval.
fn conserves(topic: &TopicFlow) {
    for step in &topic.steps {
        let came = step.inbound.0 + step.returned.0;
        let went = step.prevented.0 + step.self_served.0 + step.bot_resolved.0;
        let went = went + step.turned_away.0 + step.human.0;
        assert!(close(came, went), "{}: {came} came, {went} went", topic.topic);
    }
    let all = topic.total();
    let out = all.prevented.0 + all.self_served.0 + all.bot_resolved.0 + all.human.0;
    let out = out + topic.later.0;
    assert!(close(all.inbound.0, out), "{}: {} in, {out} out", topic.topic, all.inbound.0);
    assert!(close(all.turned_away.0, all.returned.0 + topic.later.0));
}

#[test]
fn without_a_funnel_the_forecast_is_what_reaches_people() {
    let team = team_but("", "");
    let forecast = forecast::project(&team);
    assert_eq!(deflect(&forecast, &team), HumanDemand::all_of(&forecast));
}

#[test]
fn a_funnel_that_takes_nothing_changes_no_bit() {
    let keys =
        "[funnel]\nmost_rounds = 5\n[funnel.self_service]\nshare = 0\n[funnel.bot]\nshare = 0";
    let team = team_but(keys, "");
    let forecast = forecast::project(&team);
    assert_eq!(deflect(&forecast, &team).streams, forecast.streams);
}

#[test]
fn layers_follow_one_another_as_on_paper() {
    // Of 100 chats 10 are prevented, of 90 left a third is tried by themselves and 90 % of those helped, of 60
    // left half meet the bot, which resolves 40 % of those: 48 reach a person, and 3 come back a day later.
    let keys = "[funnel.topics.setup]
        proactive = { share = 0.1, order = 'even' }
        self_service = { by_class = { simple = 0.3333333333333333, deep = 0.3333333333333333 } }
        bot = { reach = 0.5, share = 0.4, order = 'even', quality = 1 }
        [funnel]
        most_rounds = 1";
    let team = team_but(keys, "");
    let demand = demand(&team);
    let step = topic(&demand, "setup").steps[0];
    let per = step.inbound.0 / 100.0;
    for (figure, expected) in [
        (step.prevented, 10.0),
        (step.self_served, 27.0),
        (step.turned_away, 3.0),
        (step.bot_resolved, 12.0),
        (step.bounced, 18.0),
        (step.human, 48.0),
    ] {
        assert!(close(figure.0, expected * per), "{step:?}");
    }
    let next_day = topic(&demand, "setup").steps[24];
    assert!(close(next_day.returned.0, 3.0 * per) && close(next_day.human.0, 51.0 * per));
    conserves(topic(&demand, "setup"));
}

#[test]
fn who_was_turned_away_on_saturday_is_back_when_the_office_opens() {
    // Saturday's 18:00 is after hours, so the bot's unanswered of 17:00 come back on Sunday at 8:00.
    let keys = "[funnel]\nreturns_after_hours = 1\n[funnel.topics.billing.bot]\nshare = 0.5\nquality = 0.5";
    let demand = demand(&team_but(keys, ""));
    let steps = &topic(&demand, "billing").steps;
    assert!(steps[18].returned.0 == 0.0 && steps[17].turned_away.0 > 0.0);
    // The clock goes forward that night, so the day has 23 hours and 8:00 is its 8th.
    assert!(close(steps[24 + 7].returned.0, steps[17].turned_away.0), "{:?}", steps[31]);
    conserves(topic(&demand, "billing"));
}

#[test]
fn who_comes_back_after_the_horizon_is_counted_as_such() {
    let keys =
        "[funnel]\nreturns_after_hours = 8784\n[funnel.self_service]\nshare = 0.4\nquality = 0";
    let demand = demand(&team_but(keys, ""));
    let setup = topic(&demand, "setup");
    assert!(close(setup.later.0, 0.4 * setup.total().inbound.0), "{}", setup.later.0);
    conserves(setup);
}

#[test]
fn a_bot_that_never_answers_gives_way_to_a_person_after_so_many_rounds() {
    let keys = |rounds: usize| {
        format!(
            "[funnel]\nreturns_after_hours = 0\nmost_rounds = {rounds}\n[funnel.bot]\nby_class = {{ simple = 0.9 }}\nquality = 0"
        )
    };
    for rounds in 1..=4 {
        let demand = demand(&team_but(&keys(rounds), ""));
        let setup = topic(&demand, "setup");
        let simple = 0.5 * setup.total().inbound.0;
        // Each round turns nine in ten of those still there away, some past the end of the horizon.
        let most: f64 = (1..=rounds).map(|round| 0.9_f64.powi(i32::try_from(round).unwrap())).sum();
        let away = setup.total().turned_away.0;
        assert!(away <= most * simple && away > 0.9 * most * simple, "{rounds}: {away}");
        conserves(setup);
    }
}

#[test]
fn a_queue_without_a_layer_keeps_its_quantiles_and_a_deflected_one_gets_those_of_what_is_left() {
    let demand = demand(&team_but("[funnel.topics.setup.bot]\nshare = 0.5\nquality = 1", ""));
    let alone = forecast::project(&team_but("", ""));
    assert_eq!(demand.quantiles[0], alone.quantiles[0]);
    assert_eq!(demand.day_spread, alone.day_spread);
    // Half of 4 contacts are 2: Poisson quantiles 0, 2 and 4 by the tables.
    let left = demand.quantiles[1][5];
    assert_eq!((left.p10, left.p50, left.p90), (0.0, 2.0, 4.0));
}

#[test]
fn volume_is_linear_in_customers() {
    let keys =
        |customers: f64| format!("[drivers]\ncustomers = {customers}\ncustomers_before = 500");
    let volume = |customers| sum(&demand(&team_but(&keys(customers), "")).streams);
    let base = sum(&demand(&team_but("", "")).streams);
    assert!(close(volume(500.0), base) && close(volume(1000.0), 2.0 * base));
    assert!(close(volume(1250.0), 2.5 * base) && volume(0.0) == 0.0);
}

#[test]
fn contacts_by_customer_fill_the_opening_hours_of_a_week() {
    let by_customer =
        TEAM.replace("contacts_per_hour = 6", "contacts_per_customer_per_week = 0.02");
    let files = BTreeMap::from([
        (
            "scenario.toml".to_owned(),
            format!("{by_customer}\n[drivers]\ncustomers = 6000")
                .replace("days = 3", "days = 7")
                .into_bytes(),
        ),
        ("agents.csv".to_owned(), PEOPLE.as_bytes().to_vec()),
    ]);
    let wrong = scenario::from_files(&files, &Adjustments::default()).unwrap_err();
    // Other queues' volumes were measured with customers that nobody named.
    assert!(wrong.iter().all(|problem| problem.code == "S445"), "{wrong:?}");
    let mut files = files;
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    files.insert(
        "scenario.toml".to_owned(),
        text.replace("customers = 6000", "customers = 6000\ncustomers_before = 3000").into_bytes(),
    );
    let team = scenario::from_files(&files, &Adjustments::default()).unwrap();
    let forecast = forecast::project(&team);
    let mails: f64 = forecast.queue(&team, QueueId::at(2)).iter().map(|one| one.0).sum();
    assert!(close(mails, 120.0), "{mails}");
}

#[test]
fn better_onboarding_never_brings_more_contacts() {
    let volume = |onboarded: f64| {
        let keys = format!("[drivers]\nonboarded = {onboarded}\nonboarded_before = 0.3");
        sum(&demand(&team_but(&keys, "")).streams)
    };
    let volumes: Vec<f64> = [0.0, 0.2, 0.3, 0.8, 1.0].map(volume).into();
    assert!(volumes.windows(2).all(|pair| pair[1] < pair[0]), "{volumes:?}");
    assert!(close(volumes[2], sum(&demand(&team_but("", "")).streams)));
}

#[test]
fn overlapping_events_multiply_and_events_elsewhere_do_nothing() {
    let events = "start,end,queue,topic,factor
2026-03-28 10:00,2026-03-28 12:00,phone,,+24 %
2026-03-28 11:30,2026-03-28 13:00,,billing,2x
2027-01-01,2027-01-02,phone,,10
2026-03-01,2026-03-27,,,10
";
    let with = forecast::project(&team_but("", events)).queue(&team_but("", ""), QueueId::at(0));
    let phone: Vec<f64> = with[9..14].iter().map(|contacts| contacts.0).collect();
    let expected = [10.0, 12.4, 10.0 * 1.24 * 1.5, 20.0, 10.0];
    assert!(phone.iter().zip(expected).all(|(a, b)| close(*a, b)), "{phone:?}");
}

#[test]
fn telling_customers_early_lowers_the_peak_by_what_the_survey_reports() {
    let surge =
        "start,end,topic,factor,outreach_at\n2026-03-28 10:00,2026-03-28 14:00,billing,1.72,";
    let peak = |told: &str| {
        let demand = demand(&team_but("", &format!("{surge}{told}\n")));
        let hours = (0..24).map(|hour| demand.streams[..3].iter().map(|row| row[hour].0).sum());
        hours.fold(0.0, f64::max)
    };
    assert!(close(peak(""), 17.2) && close(peak("2026-03-28 10:00"), 13.8));
    // Told at 12:30, the first hours have come already and half an hour more.
    let team = team_but("", &format!("{surge}2026-03-28 12:30\n"));
    let late = demand(&team);
    let hours: Vec<f64> =
        (10..15).map(|hour| late.streams[..3].iter().map(|row| row[hour].0).sum()).collect();
    assert!(close(hours[1], 17.2) && close(hours[2], 15.5) && close(hours[3], 13.8));
    assert!(close(hours[4], 10.0));
    conserves(topic(&late, "billing"));
}

#[test]
fn a_trigger_goes_off_at_its_threshold_and_works_afterwards() {
    let keys = |contacts: f64, per: &str| {
        format!(
            "[funnel.triggers.article]\ntopic = 'billing'\ncontacts = {contacts}\nper = '{per}'\nprevents = 0.3\nafter_minutes = 60\nlasts_hours = 3"
        )
    };
    let quiet = demand(&team_but(&keys(10.01, "interval"), ""));
    assert_eq!(quiet.flow.as_ref().unwrap().fired, []);
    assert_eq!(quiet.streams, demand(&team_but("", "")).streams);
    let told = demand(&team_but(&keys(30.0, "day"), ""));
    // Ten an hour from eight: thirty at eleven, so from noon to three in the afternoon.
    let fired = &told.flow.as_ref().unwrap().fired;
    assert_eq!((fired[0].interval, fired[0].contacts.0), (10, 30.0));
    let phone: Vec<f64> =
        (10..16).map(|hour| told.streams[..3].iter().map(|row| row[hour].0).sum()).collect();
    for (hour, expected) in phone.iter().zip([10.0, 10.0, 7.0, 7.0, 7.0, 10.0]) {
        assert!(close(*hour, expected), "{phone:?}");
    }
    conserves(topic(&told, "billing"));
}

#[test]
fn triage_takes_no_contact_and_shortens_each() {
    let triage = "[funnel.triage]\nshare = 0.5\nsaves_seconds = [20, 40]\nchannels = ['voice']";
    let (with, without) = (team_but(triage, ""), team_but("", ""));
    assert_eq!(demand(&with).streams, demand(&without).streams);
    let total = topic(&demand(&with), "billing").total();
    assert!(close(total.triaged.0, 0.5 * total.human.0));
    let stream = crate::id::StreamId::at(0);
    let pool = with.pools_for(stream).next().unwrap();
    let saved = without.handle(stream, pool).0 - with.handle(stream, pool).0;
    assert!(close(saved, 0.25), "{saved} minutes");
    let chat = crate::id::StreamId::at(3);
    assert_eq!(without.handle(chat, pool), with.handle(chat, pool));
}

fn any_takes() -> impl Strategy<Value = Takes> {
    let classes = [0usize, 1, 2, 3].map(crate::id::ComplexityId::at);
    prop_oneof![
        (0.0..1.0f64).prop_map(|it| Takes::SimpleFirst(share(it))),
        (0.0..1.0f64).prop_map(|it| Takes::Evenly(share(it))),
        prop::array::uniform4(0.0..1.0f64).prop_map(move |shares| {
            Takes::ByClass(classes.into_iter().zip(shares.map(share)).collect())
        }),
    ]
}

fn any_deflection() -> impl Strategy<Value = Deflection> {
    (any_takes(), 0.0..=1.0f64)
        .prop_map(|(takes, quality)| Deflection { takes, quality: share(quality) })
}

fn any_layers() -> impl Strategy<Value = Layers> {
    let maybe = || prop::option::of(any_deflection());
    (maybe(), maybe(), maybe(), 0.0..=1.0f64, prop::option::of((0.0..=1.0f64, 0.0..60.0f64)))
        .prop_map(|(proactive, self_service, bot, reach, triage)| Layers {
            proactive,
            self_service,
            bot: bot.map(|resolves| Bot { reach: share(reach), resolves }),
            triage: triage.map(|(sorted, saves)| Triage {
                share: share(sorted),
                saves: (Seconds(saves), Seconds(2.0 * saves)),
            }),
        })
}

fn any_event() -> impl Strategy<Value = Event> {
    (
        -2000i64..6000,
        1i64..4000,
        0.0..10.0f64,
        0usize..3,
        prop::option::of((-3000i64..6000, 0.0..1.0f64)),
    )
        .prop_map(|(start, length, factor, queue, outreach)| Event {
            title: String::new(),
            kind: EventKind::Incident,
            span: Span::new(Moment(start), Moment(start + length)),
            queues: vec![QueueId::at(queue)],
            factor,
            outreach: outreach
                .map(|(at, prevents)| Outreach { at: Moment(at), prevents: share(prevents) }),
        })
}

fn any_trigger() -> impl Strategy<Value = Trigger> {
    (0.0..40.0f64, any::<bool>(), 0.0..1.0f64, 0i64..600, 0i64..3000, 0usize..3).prop_map(
        |(contacts, by_day, prevents, after, lasts, topic)| Trigger {
            name: format!("trigger {topic}"),
            topic: ["billing", "setup", "mail"][topic].to_owned(),
            contacts,
            per: if by_day { Per::Day } else { Per::Interval },
            prevents: share(prevents),
            after: Minutes(after),
            lasts: Minutes(lasts),
        },
    )
}

thread_local! {
    static BASE: Scenario = team_but("", "");
}

fn changed(change: impl FnOnce(&mut Scenario)) -> Scenario {
    let mut scenario = BASE.with(Clone::clone);
    change(&mut scenario);
    scenario
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_contact_goes_somewhere(
        layers in prop::array::uniform3(any_layers()),
        events in prop::collection::vec(any_event(), 0..3),
        trigger in prop::option::of(any_trigger()),
        volumes in prop::collection::vec(0.0..50.0f64, 5..30),
        lag in 0i64..6000,
        rounds in 1usize..6,
        most in 0.0..0.999f64,
    ) {
        let scenario = changed(|scenario| {
            scenario.funnel.queues = layers.into();
            scenario.funnel.triggers = trigger.into_iter().collect();
            scenario.funnel.returns_after = Minutes(lag);
            scenario.funnel.most_rounds = rounds;
            scenario.funnel.most_of_a_class = share(most);
            scenario.drivers.events = events;
        });
        let mut forecast = forecast::project(&scenario);
        for (place, row) in forecast.streams.iter_mut().enumerate() {
            for (at, contacts) in row.iter_mut().enumerate() {
                *contacts = Contacts(volumes[(place * 7 + at) % volumes.len()]);
            }
        }
        let demand = deflect(&forecast, &scenario);
        let Some(flow) = &demand.flow else { return Ok(()) };
        flow.topics.iter().for_each(conserves);
        conserves(&flow.all());
        prop_assert!(close(flow.all().total().human.0, sum(&demand.streams)));
        prop_assert!(demand.streams.iter().flatten().all(|it| it.0 >= 0.0 && it.0.is_finite()));
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_reaches_people_is_never_easier_than_what_came_in(
        shares in prop::array::uniform3(0.0..1.0f64),
        quality in 0.0..=1.0f64,
        reach in 0.0..=1.0f64,
        volumes in prop::collection::vec(0.0..50.0f64, 5..30),
        lag in 0i64..6000,
        rounds in 1usize..6,
        most in 0.0..0.999f64,
    ) {
        let layer = |place: usize, quality: f64| Deflection {
            takes: Takes::SimpleFirst(share(shares[place])),
            quality: share(quality),
        };
        let layers = Layers {
            proactive: Some(layer(0, 1.0)),
            self_service: Some(layer(1, quality)),
            bot: Some(Bot { reach: share(reach), resolves: layer(2, quality) }),
            triage: None,
        };
        let scenario = changed(|scenario| {
            scenario.funnel.queues = vec![layers; 3];
            scenario.funnel.returns_after = Minutes(lag);
            scenario.funnel.most_rounds = rounds;
            scenario.funnel.most_of_a_class = share(most);
        });
        let mut forecast = forecast::project(&scenario);
        for (stream, row) in scenario.streams.iter().zip(&mut forecast.streams) {
            for (at, contacts) in row.iter_mut().enumerate() {
                *contacts = Contacts(stream.share.value() * volumes[at % volumes.len()]);
            }
        }
        for topic in &deflect(&forecast, &scenario).flow.unwrap().topics {
            if let (Some(before), Some(after)) = topic.points(&scenario) {
                prop_assert!(after >= before - 1e-9, "{}: {before} to {after}", topic.topic);
            }
        }
    }
}

proptest! {
    #[test]
    fn the_more_of_the_simple_work_is_deflected_the_harder_the_rest(
        one in 0.0..0.99f64, other in 0.0..0.99f64, quality in 0.0..=1.0f64,
    ) {
        let mean = |simple: f64| {
            let scenario = changed(|scenario| {
                let takes = Takes::ByClass(vec![(crate::id::ComplexityId::at(0), share(simple))]);
                let bot = Bot { reach: share(1.0), resolves: Deflection { takes, quality: share(quality) } };
                scenario.funnel.queues = vec![Layers { bot: Some(bot), ..Layers::default() }; 3];
                scenario.funnel.most_rounds = 1;
                scenario.funnel.returns_after = Minutes(60);
            });
            demand(&scenario).flow.unwrap().all().points(&scenario).1.unwrap()
        };
        prop_assert!(mean(one.max(other)) >= mean(one.min(other)) - 1e-9);
    }

    #[test]
    fn a_worse_bot_never_saves_people_work(one in 0.0..=1.0f64, other in 0.0..=1.0f64) {
        let human = |quality: f64| {
            let keys = format!("[funnel]\nreturns_after_hours = 2\n[funnel.bot]\nshare = 0.4\nquality = {quality}");
            sum(&demand(&team_but(&keys, "")).streams)
        };
        prop_assert!(human(one.max(other)) <= human(one.min(other)) + 1e-9);
    }
}
