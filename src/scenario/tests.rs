use super::*;
use crate::id::Id;
use crate::units::Span;
use crate::units::{Moment, Share};

const TEAM: &str = r#"
schema = "evenkeel.scenario/1"
name = "Two channels"
[horizon]
start = "2026-11-30"
days = 10
grid_minutes = 30
time_zone = "Europe/Dublin"
[[off_queue]]
title = "coaching"
minutes = 60
[[off_queue]]
title = "mentoring"
minutes = 30
who = "ramp-and-mentors"
[[shifts]]
id = "day"
starts = "mon-sun 08:00"
hours = [4, 8]
[[queues]]
id = "phone"
channel = "voice"
hours = "mon-fri 08:00-18:00"
mix = { simple = 0.75, moderate = 0.25, deep = 0 }
handle_minutes = { simple = 4, moderate = 8 }
handle_minutes_by_tier = { css2 = { simple = 3 } }
wrap_up_minutes = 1
contacts_per_hour = 12
skill = "phone"
[[queues]]
id = "mail"
channel = "email"
hours = "mon-fri 09:00-17:15"
mix = { complex = 1 }
handle_minutes = { complex = 15 }
contacts_per_hour = 8
"#;

const PEOPLE: &str = "id,tier,contract_hours,skills,start_date,availability,wishes,mentor
amy,css1,40,phone,,mon-fri 08:00-16:00,off fri;start-by 2026-12-01 09:00,
ben,css1,40,phone,2026-10-19,mon-fri 08:00-16:00,,cat
cat,css2,40,phone,,,,
dan,css2,40,,2026-12-02,mon-fri 08:00-16:00,,cat
";

fn team_with(time_off: &str) -> Scenario {
    let files = [
        ("scenario.toml", TEAM.to_owned()),
        ("agents.csv", PEOPLE.to_owned()),
        ("time_off.csv", format!("agent,start,end,reason\n{time_off}")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let files = files.into_iter().filter(|(name, text)| name != "time_off.csv" || text.len() > 24);
    let read = from_files(&files.collect(), &Adjustments::default());
    read.unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn team() -> Scenario {
    team_with("")
}

fn agent<'s>(team: &'s Scenario, name: &str) -> &'s Agent {
    team.agent(team.names.agents.find(name).unwrap())
}

#[test]
fn streams_are_the_classes_that_occur() {
    let titles: Vec<String> =
        (0..3).map(|place| team().stream_title(StreamId::at(place))).collect();
    assert_eq!(titles, ["phone/simple", "phone/moderate", "mail/complex"]);
    assert_eq!(team().streams.len(), 3);
}

#[test]
fn pools_hold_people_alike_in_tier_skills_and_ramp() {
    let team = team();
    let pools: Vec<(&str, usize, Vec<usize>)> = team
        .pools
        .iter()
        .map(|pool| {
            let streams = pool.streams.iter().map(|stream| stream.index()).collect();
            (pool.title.as_str(), pool.agents.len(), streams)
        })
        .collect();
    assert_eq!(
        pools,
        [
            ("css1 phone", 1, vec![0, 1]),
            ("css1 phone learning x1.30", 1, vec![0, 1]),
            ("css2 learning x1.60", 1, vec![2]),
            ("css2 phone", 1, vec![0, 1, 2]),
        ]
    );
    for (place, pool) in team.pools.iter().enumerate() {
        assert!(pool.agents.iter().all(|&agent| team.agent(agent).pool == PoolId::at(place)));
    }
}

#[test]
fn handle_time_falls_by_the_week_while_people_learn() {
    let team = team();
    assert_eq!(agent(&team, "amy").ramp, 1.0);
    assert!((agent(&team, "ben").ramp - 1.3).abs() < 1e-12, "6 of 12 weeks are half of the way");
    assert_eq!(agent(&team, "dan").ramp, 1.6);
}

#[test]
fn a_tier_with_times_of_its_own_ignores_those_of_the_queue() {
    let team = team();
    let cat = agent(&team, "cat").pool;
    assert_eq!(team.handle(StreamId::at(0), cat).0, 4.0);
    assert_eq!(team.handle(StreamId::at(1), cat).0, 9.0);
}

#[test]
fn a_week_cut_short_and_a_day_off_each_take_their_part_of_the_contract() {
    let team =
        team_with("amy,2026-12-01,2026-12-02,annual_leave\ncat,2026-11-30,2026-12-06,sick\n");
    let hours = |name: &str| -> Vec<f64> {
        agent(&team, name).weeks.iter().map(|week| week.1.in_hours()).collect()
    };
    assert_eq!(agent(&team, "amy").week, (Minutes::hours(36), Minutes::hours(40)));
    assert_eq!(hours("ben"), [40.0, 24.0]);
    assert_eq!(hours("amy"), [24.0, 24.0]);
    assert_eq!(hours("cat"), [0.0, 24.0]);
    assert_eq!(
        hours("dan"),
        [24.0, 24.0],
        "two days of the week come before the first day at work"
    );
}

#[test]
fn time_off_is_taken_out_of_when_people_can_work() {
    let team = team_with(
        "amy,2026-12-01,2026-12-01,annual_leave\namy,2026-12-02 12:00,2026-12-02 14:00,dentist\n",
    );
    let amy = agent(&team, "amy");
    let clock = |day: i64, hour: i64| Moment(day * 1440 + hour * 60);
    let week: Vec<Span> = amy.available.iter().copied().take(4).collect();
    assert_eq!(
        week,
        [
            Span::new(clock(0, 8), clock(0, 16)),
            Span::new(clock(2, 8), clock(2, 12)),
            Span::new(clock(2, 14), clock(2, 16)),
            Span::new(clock(3, 8), clock(3, 16)),
        ]
    );
    assert_eq!(amy.time_off.len(), 2);
    assert_eq!(amy.time_off[0].span, Span::new(clock(1, 0), clock(2, 0)));
}

#[test]
fn wishes_fall_on_days_of_the_horizon() {
    assert_eq!(agent(&team(), "amy").wishes, [Wish::StartBy(1, 540), Wish::Off(4)]);
}

#[test]
fn learners_and_their_mentors_owe_what_others_do_not() {
    let team = team();
    let owed = |name: &str| agent(&team, name).off_queue.len();
    assert_eq!([owed("amy"), owed("ben"), owed("cat"), owed("dan")], [1, 2, 2, 2]);
}

#[test]
fn a_flat_volume_comes_while_the_queue_is_open_and_by_the_mix() {
    let Demand::Volumes(contacts) = team().demand else { panic!("volumes are flat") };
    assert_eq!(contacts[0][15..17], [Contacts(0.0), Contacts(4.5)]);
    assert_eq!(contacts[1][16], Contacts(1.5));
    let tuesday = 48;
    assert_eq!(
        contacts[2][tuesday + 33..tuesday + 36],
        [Contacts(4.0), Contacts(2.0), Contacts(0.0)]
    );
    let mails: Contacts = contacts[2].iter().copied().sum();
    assert!((mails.0 - 8.0 * 8.25 * 8.0).abs() < 1e-9, "eight days of 8:15 hours");
}

#[test]
fn presence_comes_from_the_team_unless_a_person_has_their_own() {
    assert_eq!(agent(&team(), "amy").presence, Share::try_from(0.96).unwrap());
}

#[test]
fn the_small_team_reads_from_its_folder() {
    let team = read(Path::new("scenarios/small-team"), &Adjustments::default()).unwrap();
    assert_eq!(
        (team.agents.len(), team.streams.len(), team.packs.as_slice()),
        (6, 4, ["ie".to_owned()].as_slice())
    );
}
