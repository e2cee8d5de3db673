//! Whatever is in a folder, reading it gives a sound scenario or says what is wrong, where, and what to do.

#[path = "hostile/demand.rs"]
mod demand;
#[path = "hostile/folders.rs"]
mod folders;
#[path = "hostile/people.rs"]
mod people;
#[path = "hostile/presence.rs"]
mod presence;
#[path = "hostile/published.rs"]
mod published;
#[path = "hostile/queues.rs"]
mod queues;
#[path = "hostile/reading.rs"]
mod reading;
#[path = "hostile/variants.rs"]
mod variants;
#[path = "hostile/volumes.rs"]
mod volumes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use evenkeel::calendar::Date;
use evenkeel::scenario::{self, Adjustments, BareHistory, PROBLEMS, Problem, Unread, from_files};
use proptest::prelude::*;

use folders::{
    Case, Files, accepted, problems, small_team, small_team_and, small_team_with,
    small_team_without, time_off, toml,
};

/// What is wrong with the small team when one key of the top of scenario.toml is set.
fn small_team_but(key: &str, value: &str) -> String {
    let files =
        small_team_with("scenario.toml", "[horizon]", &format!("{key} = {value}\n\n[horizon]"));
    problems(&files).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn cases() -> Vec<Case> {
    let all = [
        reading::file_cases(),
        reading::shape_cases(),
        reading::row_cases(),
        queues::ladder_cases(),
        queues::queue_cases(),
        queues::course_cases(),
        people::people_cases(),
        volumes::volume_cases(),
        people::shift_cases(),
        people::site_cases(),
        people::measure_cases(),
        presence::presence_cases(),
        demand::funnel_cases(),
        demand::driver_cases(),
        demand::event_cases(),
        published::published_cases(),
        variants::variant_cases(),
    ];
    all.into_iter().flatten().collect()
}

/// Every case with the problems that were found in it, the code it wants, and where.
fn told() -> Vec<(Vec<Problem>, &'static str, &'static str)> {
    let folders = cases().into_iter().map(|(files, code, place)| (problems(&files), code, place));
    folders.chain(published::actuals_cases()).collect()
}

#[test]
fn each_hostile_folder_is_refused_with_its_code_and_place() {
    let mut wrong = Vec::new();
    for (number, (problems, code, place)) in told().into_iter().enumerate() {
        let is_told = |problem: &Problem| {
            let here = &problem.place;
            problem.code == code && (here.ends_with(place) || here.starts_with(place))
        };
        if code.is_empty() != problems.is_empty()
            || !code.is_empty() && !problems.iter().any(is_told)
        {
            wrong.push(format!(
                "case {number}: wanted {code} at {place}, got {:?}",
                problems.last()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_that_exists_has_a_folder_that_earns_it() {
    let mut earned: BTreeSet<&str> =
        told().iter().flat_map(|(problems, ..)| problems).map(|problem| problem.code).collect();
    earned.extend(unclear_history().iter().map(|problem| problem.code));
    let known: BTreeSet<&str> = PROBLEMS.iter().map(|kind| kind.code).collect();
    assert_eq!(known.difference(&earned).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(earned.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(known.len(), PROBLEMS.len(), "a code stands for two problems");
}

#[test]
fn every_problem_says_where_what_and_what_to_do() {
    for (problems, ..) in told() {
        for problem in problems {
            assert!(!problem.place.is_empty() && !problem.cause.is_empty(), "{problem:?}");
            assert!(problem.fix.len() > 5 && problem.cause.len() < 2000, "{problem:?}");
        }
    }
}

#[test]
fn a_misspelt_key_is_refused_rather_than_ignored() {
    assert_eq!(
        small_team_but("recovery_minuets", "5"),
        "S107 scenario.toml, line 8, recovery_minuets: the key `recovery_minuets` means nothing here\n  \
         fix: did you mean `recovery_minutes`?"
    );
}

#[test]
fn a_share_in_percent_is_answered_with_the_share_meant() {
    assert_eq!(
        small_team_but("switching_efficiency", "90"),
        "S110 scenario.toml, line 8, switching_efficiency: 90 is outside 0 to 1\n  fix: write 0.9 for 90 %"
    );
}

#[test]
fn all_problems_of_all_files_are_told_at_once_in_order() {
    let mut files = toml("seed = 7", "seed = nan");
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    let text =
        text.replacen("simple = 0.75", "simple = 0.7", 1).replacen("\"email\"", "\"post\"", 1);
    files.insert("scenario.toml".to_owned(), text.into_bytes());
    files.insert(
        "agents.csv".to_owned(),
        b"id,tier,contract_hours\namy,css9,3x\nben,css9,30\n".to_vec(),
    );
    files.insert(
        "time_off.csv".to_owned(),
        b"agent,start,end\nzoe,2026-12-01,2026-12-02\n".to_vec(),
    );
    let told: Vec<String> = problems(&files)
        .into_iter()
        .map(|problem| format!("{} {}", problem.code, problem.place))
        .collect();
    assert_eq!(
        told,
        [
            "S109 scenario.toml, line 6, seed",
            "S402 scenario.toml, line 51, queues.phone.mix",
            "S111 scenario.toml, line 62, queues.mail.channel",
            "S126 agents.csv, line 2, contract_hours",
            "S502 agents.csv, line 3, tier",
            "S510 time_off.csv, line 2, agent",
        ]
    );
}

#[test]
fn a_queue_that_cannot_be_read_is_no_unknown_queue_elsewhere() {
    let problems = problems(&toml("channel = \"voice\"", "channel = \"telephone\""));
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["S111"]);
}

#[test]
fn spreadsheet_habits_change_nothing() {
    let plain = accepted(&small_team());
    let text = String::from_utf8(small_team()["agents.csv"].clone()).unwrap();
    let semicolons: String = text
        .lines()
        .map(|line| {
            let cells: Vec<String> = line
                .split(',')
                .map(|cell| match cell.parse::<f64>() {
                    Ok(_) => cell.replace('.', ","),
                    Err(_) => format!("\"{cell}\""),
                })
                .collect();
            cells.join(";") + ";;\r\n"
        })
        .collect();
    let habits: Vec<Vec<u8>> = vec![
        format!("\u{feff}{text}").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        text.replace(',', "\t").into_bytes(),
        semicolons.clone().into_bytes(),
        format!("sep=;\r\n{semicolons}").into_bytes(),
        format!("{text},,,,,,,,,\n\n,,,\n").into_bytes(),
        text.replacen("contract_hours", " Contract Hours ", 1).into_bytes(),
        (text.replace(',', " , ").replace('\n', " \n ") + "\n").into_bytes(),
    ];
    for habit in habits {
        let team = accepted(&small_team_and("agents.csv", &habit));
        assert_eq!((&team.agents, &team.pools), (&plain.agents, &plain.pools));
    }
}

#[test]
fn windows_1252_names_are_read() {
    let files = small_team_with("agents.csv", "amy,css1,Dublin", "amy,css1,K\u{f6}ln");
    let western: Vec<u8> = String::from_utf8(files["agents.csv"].clone())
        .unwrap()
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(accepted(&small_team_and("agents.csv", western)).agents[0].site, "K\u{f6}ln");
}

#[test]
fn a_doubled_hour_takes_two_rows_and_a_third_is_one_too_many() {
    let autumn = |rows: &str| {
        let mut files = small_team();
        let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
        let text = text.replace("2026-11-30", "2026-10-19").replacen(
            "hours = \"mon-fri 08:00-18:00\"",
            "hours = \"always\"",
            1,
        );
        files.insert("scenario.toml".to_owned(), text.into_bytes());
        files.insert("volume.csv".to_owned(), format!("start,queue,contacts\n{rows}").into_bytes());
        files
    };
    let twice = accepted(&autumn(
        "2026-10-25 01:00,phone,4\n2026-10-25 01:00,phone,8\n2026-10-25 02:00,phone,2\n",
    ));
    let scenario::Demand::Volumes(streams) = &twice.demand else { panic!("volumes were given") };
    let sunday = 6 * 24;
    let simple: Vec<f64> =
        streams[0][sunday..sunday + 5].iter().map(|contacts| contacts.0).collect();
    assert_eq!(simple, [0.0, 3.0, 6.0, 1.5, 0.0]);
    let stamped = accepted(&autumn(
        "2026-10-25T01:00:00+00:00,phone,8\n2026-10-25T01:00:00+01:00,phone,4\n2026-10-25 02:00,phone,2\n",
    ));
    assert_eq!(stamped.demand, twice.demand);
    let thrice =
        autumn("2026-10-25 01:00,phone,4\n2026-10-25 01:00,phone,8\n2026-10-25 01:00,phone,2\n");
    assert_eq!(problems(&thrice)[0].code, "S624");
}

#[test]
fn a_service_level_of_nothing_asks_for_nothing_and_is_allowed() {
    accepted(&toml("share = 0.8, ", "share = 0.0, "));
}

#[test]
fn hours_that_no_shift_reaches_are_no_problem() {
    accepted(&toml("hours = \"mon-fri 08:00-18:00\"", "hours = \"mon-fri 08:00-22:00\""));
}

fn bare(queue: Option<&str>) -> Adjustments {
    let rows: Vec<String> = (1..=28).map(|day| format!("2026-11-{day:02} 09:00,{day}")).collect();
    let history = BareHistory {
        bytes: format!("start,calls\n{}\n", rows.join("\n")).into_bytes(),
        column: Some("calls".to_owned()),
        queue: queue.map(str::to_owned),
        name: "calls.csv".to_owned(),
    };
    Adjustments { history: Some(history), ..Adjustments::default() }
}

fn unclear_history() -> Vec<Problem> {
    from_files(&small_team(), &bare(None)).unwrap_err()
}

#[test]
fn a_bare_history_goes_to_the_only_queue_without_volumes() {
    let files = small_team_without("volume.csv");
    let team = from_files(&files, &bare(None)).unwrap();
    let scenario::Demand::Both(given, past) = &team.demand else { panic!("{:?}", team.demand) };
    assert_eq!(past.series[0].days.len(), 28);
    assert!(past.series[1].days.is_empty());
    assert_eq!(given[2][8].0, 3.0);
    assert_eq!(from_files(&files, &bare(Some("phone"))).unwrap().demand, team.demand);
    assert_eq!(unclear_history()[0].code, "S630");
    let unknown = from_files(&files, &bare(Some("fone"))).unwrap_err();
    assert!(
        unknown.iter().any(
            |problem| problem.code == "S630" && problem.cause.contains("did you mean `phone`?")
        )
    );
}

#[test]
fn a_bare_history_of_a_queue_named_comes_before_its_volumes() {
    let team = from_files(&small_team(), &bare(Some("phone"))).unwrap();
    assert!(matches!(team.demand, scenario::Demand::Both(..)));
}

#[test]
fn the_week_the_seed_and_the_replications_can_be_moved() {
    let adjust = Adjustments {
        week: Some(Date::parse("2026-12-07").unwrap()),
        seed: Some(99),
        replications: Some(3),
        history: bare(Some("phone")).history,
        variant: None,
    };
    let moved = from_files(&small_team(), &adjust).unwrap();
    assert_eq!((moved.first().to_string(), moved.seed), ("2026-12-07".to_owned(), 99));
    assert_eq!(moved.budget.replications, 3);
    assert_ne!(moved.input_hash, accepted(&small_team()).input_hash);
}

#[test]
fn the_fingerprint_follows_inputs_and_nothing_else() {
    let hash = |files: &Files| accepted(files).input_hash;
    let plain = hash(&small_team());
    assert_eq!(plain.len(), 64);
    assert_eq!(plain, hash(&small_team_and("notes.csv", "anything")));
    assert_ne!(plain, hash(&toml("seed = 7", "seed = 8")));
    assert_ne!(plain, hash(&time_off("amy,2026-12-01,2026-12-02,sick")));
}

#[test]
fn the_same_files_give_the_same_scenario() {
    assert_eq!(accepted(&small_team()), accepted(&small_team()));
}

#[test]
fn a_folder_that_is_not_there_is_an_unreadable_file() {
    let unread = scenario::read(Path::new("scenarios/no-such-team"), &Adjustments::default());
    assert!(matches!(unread, Err(Unread::File { .. })), "{unread:?}");
}

#[test]
fn the_schema_in_the_reference_is_the_one_in_force() {
    let path = Path::new("docs/reference/scenario.schema.json");
    if std::env::var_os("EVENKEEL_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, scenario::schema()).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == scenario::schema(), "stale; run this test with EVENKEEL_GOLDEN=1");
}

#[test]
fn bundled_scenarios_are_read_but_for_volumes_kept_outside() {
    for entry in fs::read_dir("scenarios").unwrap() {
        let folder = entry.unwrap().path();
        match scenario::read(&folder, &Adjustments::default()) {
            Ok(team) => assert!(!team.agents.is_empty()),
            Err(Unread::Problems(problems)) => {
                let others: Vec<&Problem> =
                    problems.iter().filter(|problem| problem.code != "S621").collect();
                assert!(others.is_empty(), "{}: {others:#?}", folder.display());
                let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
                let name = folder.file_name().unwrap().to_string_lossy();
                let written = format!("> scenarios/{name}/history.csv");
                assert!(
                    readme.contains("--history") || readme.contains(&written),
                    "{name} has no volumes, and its README does not say where they come from"
                );
            }
            Err(unread) => panic!("{}: {unread:?}", folder.display()),
        }
    }
}

/// Every file a folder may hold, each with the line it starts with.
const HEADERS: [(&str, &str); 9] = [
    ("scenario.toml", "schema = \"evenkeel.scenario/1\"\n"),
    ("agents.csv", "id,tier,contract_hours,availability,wishes\n"),
    ("volume.csv", "start,queue,contacts\n"),
    ("history.csv", "start,queue,contacts\n"),
    ("time_off.csv", "agent,start,end\n"),
    ("events.csv", "start,end,queue,factor\n"),
    ("published/2026-11-23.csv", "agent,start,end,activity\n"),
    ("published/2026-11-23.toml", "published_on = \"2026-11-09\"\n"),
    ("variants/what.toml", "title = \"what\"\n"),
];

/// The small team with a file of every kind and most sections there are.
fn full_team() -> Files {
    let sections = "reviewers = [\"senior-css\"]\nreviews_per_agent_per_week = 2\n\
        [kpis]\nreference_mix = { simple = 0.5, complex = 0.5 }\n\
        [drivers]\ncustomers = 120\ncustomers_before = 100\n\
        [funnel]\nbot = { share = 0.3 }\ntriage = { saves_seconds = [30, 50] }\n\
        [funnel.triggers.rush]\ntopic = \"billing\"\ncontacts = 30\n\
        [events.storm]\nstart = \"2026-12-01 10:00\"\nend = \"2026-12-01\"\nfactor = 2\n\
        [[sites]]\nid = \"Dublin\"\ntime_zone = \"Europe/Dublin\"\nholidays = { 2026-12-08 = \"Feast\" }\n";
    let mut files = toml("[horizon]", &format!("[quality]\n{sections}\n[horizon]"));
    let others = [
        ("time_off.csv", "agent,start,end,reason\namy,2026-12-01,2026-12-02,sick\n"),
        ("events.csv", "start,end,queue,factor\n2026-12-01,2026-12-02,phone,+24 %\n"),
        (
            "history.csv",
            "start,queue,contacts\n2026-11-02 09:00,phone,24\n2026-11-03 09:00,phone,20\n",
        ),
        (
            "published/2026-11-23.csv",
            "agent,start,end,activity\namy,2026-11-23 09:00,2026-11-23 12:00,on_queue\n",
        ),
        ("published/2026-11-23.toml", "published_on = \"2026-11-09\"\ndays = 7\n"),
        (
            "variants/what.toml",
            "title = \"what\"\nvolume = \"+10%\"\nhire = { css1 = 2 }\nhours = { mail = \"mon-fri 09:00-17:00\" }\n",
        ),
    ];
    files.extend(others.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    files
}

#[test]
fn the_folder_that_slips_are_made_in_holds_every_file_and_is_sound() {
    let files = full_team();
    assert_eq!(problems(&files), []);
    assert!(HEADERS.iter().all(|(name, _)| files.contains_key(*name)));
}

/// A change of bytes somewhere in a file.
#[derive(Debug, Clone)]
enum Slip {
    Drop(usize, usize),
    Insert(usize, Vec<u8>),
    Twice(usize, usize),
    Swap(usize, u8),
}

impl Slip {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let at = |place: usize| if bytes.is_empty() { 0 } else { place % bytes.len() };
        match self {
            Slip::Drop(from, length) => {
                let (from, to) = (at(*from), (at(*from) + length).min(bytes.len()));
                bytes.drain(from..to);
            }
            Slip::Insert(place, more) => {
                let place = at(*place);
                bytes.splice(place..place, more.iter().copied());
            }
            Slip::Twice(from, length) => {
                let (from, to) = (at(*from), (at(*from) + length).min(bytes.len()));
                let again = bytes[from..to].to_vec();
                bytes.splice(from..from, again);
            }
            Slip::Swap(place, byte) if !bytes.is_empty() => {
                let place = at(*place);
                bytes[place] = *byte;
            }
            Slip::Swap(..) => {}
        }
    }
}

fn slip() -> impl Strategy<Value = Slip> {
    let words = prop::sample::select(vec![
        "nan",
        "inf",
        "-1",
        "1e308",
        "0",
        "99999999999999999999",
        "\"",
        "'''",
        "[",
        "]",
        "{",
        "}",
        "\n",
        ",",
        ";",
        "=",
        "2026-02-30",
        "2200-12-31",
        "1900-01-01",
        "24:00",
        "00:00-24:00",
        "always",
        "\u{feff}",
        "\0",
        "id = \"phone\"\n",
        "mon-sun",
        "[[queues]]\n",
        "days = 366\n",
        "Pacific/Apia",
        "infinite",
        "amy",
    ]);
    prop_oneof![
        (any::<usize>(), 1usize..40).prop_map(|(from, length)| Slip::Drop(from, length)),
        (any::<usize>(), words)
            .prop_map(|(place, word)| Slip::Insert(place, word.as_bytes().to_vec())),
        (any::<usize>(), 1usize..60).prop_map(|(from, length)| Slip::Twice(from, length)),
        (any::<usize>(), any::<u8>()).prop_map(|(place, byte)| Slip::Swap(place, byte)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_slips_of_the_pen_make_the_reader_panic(
        slips in prop::collection::vec((any::<prop::sample::Index>(), slip()), 1..6)
    ) {
        let mut files = full_team();
        let names: Vec<String> = files.keys().cloned().collect();
        for (file, slip) in slips {
            slip.apply(files.get_mut(file.get(&names)).unwrap());
        }
        if let Err(problems) = scenario::with_variants(&files, &Adjustments::default()) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn no_slips_of_the_pen_make_the_reader_of_actuals_panic(
        slips in prop::collection::vec(slip(), 1..6)
    ) {
        let team = accepted(&small_team());
        let mut bytes =
            b"start,queue,contacts,agent,end\n2026-11-30 09:00,phone,24,,\n2026-12-01,,,amy,2026-12-02\n".to_vec();
        for slip in slips {
            slip.apply(&mut bytes);
        }
        if let Err(problems) = scenario::actuals(&bytes, "so-far.csv", &team) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        file in prop::sample::select(HEADERS.to_vec()), bytes in prop::collection::vec(any::<u8>(), 0..300)
    ) {
        let (name, header) = file;
        let _ = from_files(&small_team_and(name, &bytes), &Adjustments::default());
        let headed = [header.as_bytes(), &bytes].concat();
        let _ = from_files(&small_team_and(name, headed), &Adjustments::default());
    }
}
