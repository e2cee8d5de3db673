//! What-ifs beside the team as it is: what they change, what they refuse, and whom they never name.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use evenkeel::compare::{self, Comparison, Figure, Row};
use evenkeel::roster::Unwatched;
use evenkeel::scenario::{self, Adjustments, Change, Files, Scenario, Variant};
use evenkeel::{plan, report};
use serde_json::Value;

/// Two queues that are open on two days, each with a skill of its own, and people who cannot wait long to be found.
fn files(per_hour: f64, people: &[(&str, &str)]) -> Files {
    let queue = |id: &str| {
        format!(
            "[[queues]]\nid = \"{id}\"\nchannel = \"voice\"\ntopic = \"all\"\nhours = \"mon-tue 09:00-15:00\"\n\
             mix = {{ simple = 1 }}\nhandle_minutes = {{ simple = 6 }}\nwrap_up_minutes = 2\npatience_minutes = 4\n\
             contacts_per_hour = {per_hour}\nskill = \"{id}\"\n\
             targets = [{{ measure = \"service_level\", share = 0.8, within_seconds = 60 }}]\n"
        )
    };
    let toml = format!(
        "schema = \"evenkeel.scenario/1\"\nname = \"Two lines\"\nseed = 3\n\
         [horizon]\nstart = \"2026-11-30\"\ndays = 2\ngrid_minutes = 60\ntime_zone = \"Europe/Dublin\"\n\
         [budget]\nrounds = 1\nnodes = 4\nreplications = 30\n[contract]\nfewest_share = 0.1\n\
         [[tiers]]\nid = \"css1\"\ntakes = [\"simple\"]\nwage_per_hour = 20\n\
         [[tiers]]\nid = \"css2\"\ntakes = [\"simple\"]\nwage_per_hour = 25\n\
         [[shifts]]\nid = \"day\"\nstarts = \"mon-tue 09:00\"\nhours = [6, 6]\n{}{}",
        queue("left"),
        queue("right")
    );
    let mut agents = "id,tier,contract_hours,skills\n".to_owned();
    for (place, (tier, skills)) in people.iter().enumerate() {
        writeln!(agents, "zz-person-{place},{tier},30,{skills}").unwrap();
    }
    [("scenario.toml", toml), ("agents.csv", agents)]
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .into()
}

const BOTH: [(&str, &str); 6] = [("css1", "left;right"); 6];

fn read(files: &Files, variant: Option<&Variant>) -> Scenario {
    let adjust = Adjustments { variant: variant.cloned(), ..Adjustments::default() };
    scenario::from_files(files, &adjust).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn compared(files: &Files, changes: &[Vec<Change>]) -> Result<Comparison, Vec<compare::Refused>> {
    let base = read(files, None);
    let name = |place: usize| format!("what {place}");
    let variants: Vec<(Variant, Scenario)> = changes
        .iter()
        .enumerate()
        .map(|(place, changes)| Variant::typed(&name(place), changes.clone(), 0))
        .map(|variant| (variant.clone(), read(files, Some(&variant))))
        .collect();
    let reader = |variant: &Variant| {
        let adjust = Adjustments { variant: Some(variant.clone()), ..Adjustments::default() };
        scenario::from_files(files, &adjust)
    };
    compare::compare(&base, &variants, &reader, &Unwatched)
}

fn row<'c>(comparison: &'c Comparison, key: &str, subject: &str) -> &'c Row {
    let mut rows = comparison.rows.iter();
    rows.find(|row| row.key == key && row.subject == subject).unwrap_or_else(|| panic!("{key}"))
}

fn cut(many: &str) -> Vec<Change> {
    vec![Change::cut(many).unwrap()]
}

#[test]
fn a_variant_that_changes_nothing_differs_by_nothing() {
    let comparison =
        compared(&files(20.0, &BOTH), &[vec![Change::volume("+0%").unwrap()]]).unwrap();
    for row in &comparison.rows {
        let Some(Figure { value, range }) = row.differences[1] else { continue };
        assert_eq!((value, range.unwrap_or((0.0, 0.0))), (0.0, (0.0, 0.0)), "{}", row.key);
    }
    assert!(comparison.columns[1].levers.is_empty() && comparison.columns[1].one_off.is_none());
}

#[test]
fn a_deeper_cut_never_waits_less_nor_is_less_busy_and_costs_less() {
    let cuts = [cut("1"), cut("2"), cut("3")];
    let comparison = compared(&files(16.0, &BOTH), &cuts).unwrap();
    let never_falls = |row: &Row| {
        for pair in row.figures.windows(2) {
            let range = |place: usize| pair[place].unwrap().range.unwrap();
            assert!(range(1).1 >= range(0).0, "{} {:?}", row.key, row.figures);
        }
    };
    for queue in ["left", "right"] {
        never_falls(row(&comparison, "mean_wait_minutes", queue));
        never_falls(row(&comparison, "abandonment", queue));
    }
    let shortfall = &row(&comparison, "shortfall_hours", "").figures;
    assert!(shortfall.windows(2).all(|two| two[0].unwrap().value <= two[1].unwrap().value + 0.25));
    let cost = &row(&comparison, "cost", "").figures;
    assert!(cost.windows(2).all(|two| two[0].unwrap().value > two[1].unwrap().value), "{cost:?}");
    // Paired weeks know a difference better than two plans know themselves.
    let waits = row(&comparison, "mean_wait_minutes", "left");
    let width =
        |figure: Option<Figure>| figure.unwrap().range.map(|(low, high)| high - low).unwrap();
    assert!(width(waits.differences[3]) < width(waits.figures[0]) + width(waits.figures[3]));
}

#[test]
fn a_cut_offers_levers_that_cover_the_work_as_well_as_before() {
    let files = files(16.0, &BOTH);
    let comparison = compared(&files, &[cut("2")]).unwrap();
    let [base, cut_column] = &comparison.columns[..] else { panic!("two columns") };
    let lever = cut_column.levers.first().expect("a cut of a third leaves work uncovered");
    assert!(lever.would_restore, "{:#?}", cut_column.levers);
    // The lever that is said to restore does so when its changes are read anew.
    let mut changes = cut("2");
    for pull in &lever.pulls {
        changes.push(match pull.kind {
            compare::LeverKind::Deflect => {
                Change::Volume { queue: Some(pull.queue.clone()), factor: 1.0 - pull.share }
            }
            compare::LeverKind::AutomateAdmin => {
                Change::Administration { factor: 1.0 - pull.share }
            }
            compare::LeverKind::Callback => {
                Change::Callback { queue: pull.queue.clone(), share: pull.share }
            }
            compare::LeverKind::Move => {
                Change::Move { queue: pull.queue.clone(), to: pull.to.clone(), share: pull.share }
            }
        });
    }
    let pulled = read(&files, Some(&Variant::typed("pulled", changes, 0)));
    let roster = &cut_column.plan.assigned.roster;
    let short = evenkeel::roster::shortfall(&plan::need(&pulled), &pulled, roster);
    let before = evenkeel::roster::shortfall(
        &base.plan.requirement,
        &base.scenario,
        &base.plan.assigned.roster,
    );
    assert!(short <= before + 1.0 + 1e-6, "{short} against {before}");
    let costs = cut_column.one_off.unwrap();
    // 30 hours at 20 an hour, two places, saved for 52 weeks.
    assert!((costs.saved - 2.0 * 600.0 * 52.0).abs() < 1e-6);
    assert!((costs.empty - 2.0 * 600.0 * 8.0).abs() < 1e-6 && costs.rehiring > 2.0 * 600.0 * 10.4);
}

#[test]
fn a_cut_that_leaves_an_open_queue_without_a_human_is_refused_with_the_queue_and_the_time() {
    // One of two takes the right line before noon, one after: one alone leaves half of the day to nobody.
    let mut files = files(2.0, &[("css1", "left"), ("css1", "left")]);
    let agents = "id,tier,contract_hours,skills,availability\n\
                  zz-person-0,css1,12,left,\nzz-person-1,css1,12,left,\n\
                  zz-person-2,css2,12,right,mon-tue 09:00-12:00\nzz-person-3,css2,12,right,mon-tue 12:00-15:00\n";
    files.insert("agents.csv".to_owned(), agents.as_bytes().to_vec());
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    let halves = text.replacen(
        "\"mon-tue 09:00\"\nhours = [6, 6]",
        "\"mon-tue 09:00-12:00\"\nstart_step_minutes = 180\nhours = [3, 3]",
        1,
    );
    assert_ne!(text, halves);
    files.insert("scenario.toml".to_owned(), halves.into_bytes());
    let refused = compared(&files, &[cut("css2=1")]).unwrap_err();
    assert!(
        refused.iter().any(|one| one.cause.contains("right/simple on Mon 2026-11-30 at")
            || one.cause.contains("right/simple on mon 2026-11-30 at")),
        "{refused:#?}"
    );
    assert!(refused.iter().all(|one| !one.cause.contains("zz-person")), "{refused:#?}");
}

#[test]
fn nobody_is_named_in_any_format() {
    let comparison =
        compared(&files(16.0, &BOTH), &[cut("1"), vec![Change::hire("css1=1").unwrap()]]).unwrap();
    let report = report::compare(&comparison);
    let texts = [
        report::table(&report, 120, report::Paint::Plain),
        report::csv(&report::compare_rows(&comparison)),
        report::json::compare(&comparison),
        report::html::render(&report),
    ];
    for text in texts {
        assert!(!text.contains("zz-person") && !text.contains("hired-"), "{text}");
        assert!(text.len() > 500);
    }
}

#[test]
fn a_hire_learns_and_a_mentor_gives_time() {
    let files = files(16.0, &BOTH);
    let variant =
        |weeks_in| Variant::typed("hire", vec![Change::hire("css1=2").unwrap()], weeks_in);
    let fresh = read(&files, Some(&variant(0)));
    assert_eq!(fresh.agents.len(), 8);
    let ramps: Vec<f64> = fresh.agents[6..].iter().map(|agent| agent.ramp).collect();
    assert_eq!(ramps, [1.6, 1.6]);
    let mentors: Vec<_> = fresh.agents[6..].iter().map(|agent| agent.mentor.unwrap()).collect();
    assert_ne!(mentors[0], mentors[1], "mentoring is spread");
    for &mentor in &mentors {
        assert!(fresh.agent(mentor).ramp == 1.0 && !fresh.agent(mentor).off_queue.is_empty());
    }
    let learnt = read(&files, Some(&variant(12)));
    assert!(learnt.agents.iter().all(|agent| agent.ramp == 1.0 && agent.off_queue.is_empty()));
}

#[test]
fn contacts_that_move_keep_their_number_and_take_the_other_queues_time() {
    let files = files(10.0, &BOTH);
    let changes =
        vec![Change::r#move("left=right 40%").unwrap(), Change::volume("right=+100%").unwrap()];
    let scenario = read(&files, Some(&Variant::typed("move", changes, 0)));
    let forecast = evenkeel::forecast::project(&scenario);
    let sum =
        |stream: usize| forecast.streams[stream].iter().map(|contacts| contacts.0).sum::<f64>();
    // 12 open hours at 10 an hour; the volume grows in the order typed: after the move.
    assert!((sum(0) - 72.0).abs() < 1e-9 && (sum(1) - 2.0 * 168.0).abs() < 1e-9);
}

/// Agent hours needed live, each queue by its own row.
fn need_hours(scenario: &Scenario) -> f64 {
    let need = plan::need(scenario);
    let own = need.live.iter().filter(|row| row.queues.len() == 1);
    own.flat_map(|row| row.people.iter()).map(|people| people.0).sum()
}

#[test]
fn pooling_two_queues_never_needs_more_at_equal_time_and_target() {
    let apart = [("css1", "left"), ("css1", "left"), ("css2", "right"), ("css2", "right")];
    let pooled = Variant::typed(
        "pool",
        vec![Change::r#move("left=right").unwrap(), Change::Close { queue: "left".to_owned() }],
        0,
    );
    for per_hour in [0.2, 1.0, 4.0, 11.0, 30.0, 90.0] {
        let mut files = files(per_hour, &apart);
        // At an occupancy cap fewer give up where queues are pooled, and those who stay ask for people.
        let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
        let uncapped = text.replace("takes = [\"simple\"]", "takes = [\"simple\"]\noccupancy = 1");
        files.insert("scenario.toml".to_owned(), uncapped.into_bytes());
        let (two, one) =
            (need_hours(&read(&files, None)), need_hours(&read(&files, Some(&pooled))));
        assert!(one <= two + 1e-9, "{one} pooled against {two} apart at {per_hour} an hour");
        assert!(one > 0.0 && (one < two || per_hour > 50.0), "pooling gains: {one} against {two}");
    }
}

fn shipped(folder: &str) -> Files {
    scenario::files(&Path::new("scenarios").join(folder)).unwrap()
}

#[test]
fn the_work_of_vend_is_as_published_1_24_over_1_48_of_what_it_was() {
    let mut files = shipped("vend-2020");
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    let quick = text.replacen(
        "rounds = 20\nnodes = 30\nreplications = 200",
        "rounds = 1\nnodes = 1\nreplications = 2",
        1,
    );
    assert_ne!(text, quick);
    files.insert("scenario.toml".to_owned(), quick.into_bytes());
    let (variants, problems) = scenario::variants(&files);
    assert_eq!(problems, []);
    let all_chat = variants.iter().find(|variant| variant.name == "all-chat").unwrap();
    let base = read(&files, None);
    let changed = read(&files, Some(all_chat));
    let reader = |variant: &Variant| {
        let adjust = Adjustments { variant: Some(variant.clone()), ..Adjustments::default() };
        scenario::from_files(&files, &adjust)
    };
    let comparison =
        compare::compare(&base, &[(all_chat.clone(), changed)], &reader, &Unwatched).unwrap();
    let work = &row(&comparison, "workload_hours", "").figures;
    let ratio = work[1].unwrap().value / work[0].unwrap().value;
    // Published: 24 % more contacts, each person 48 % more productive. Contacts are means, so nothing is left to chance.
    assert!((ratio - 1.24 / 1.48).abs() < 1e-9, "{ratio}");
}

#[test]
fn every_shipped_variant_is_right() {
    for entry in fs::read_dir("scenarios").unwrap() {
        let folder = entry.unwrap().path();
        let files = scenario::files(&folder).unwrap();
        let (variants, problems) = scenario::variants(&files);
        assert_eq!(problems, [], "{}", folder.display());
        for variant in variants
            .iter()
            .filter(|_| folder.join("history.csv").exists() || !folder.ends_with("bank-1999"))
        {
            read(&files, Some(variant));
        }
    }
}

#[test]
fn a_cut_is_nested_and_follows_the_places_there_are() {
    let files = shipped("dublin-saas");
    let numbers = |many: &str| -> Vec<usize> {
        let scenario = read(&files, Some(&Variant::typed("cut", cut(many), 0)));
        scenario.agents.iter().map(|agent| agent.number).collect()
    };
    let mut before = numbers("1");
    assert_eq!(before.len(), 39);
    for many in 2..9 {
        let after = numbers(&many.to_string());
        assert!(
            after.iter().all(|number| before.contains(number)),
            "a cut of {many} undoes one of fewer"
        );
        before = after;
    }
}

fn written(files: &Files) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("evenkeel").unwrap();
    command.arg("compare").arg(dir).args(arguments).output().unwrap()
}

#[test]
fn wrong_changes_are_answered_and_never_planned() {
    let mut files = files(6.0, &BOTH);
    files.insert("variants/broken.toml".to_owned(), b"title = ".to_vec());
    files.insert("variants/odd.toml".to_owned(), b"title = \"odd\"\nfire = 1\n".to_vec());
    files.insert("variants/less.toml".to_owned(), b"title = \"less\"\ncut = 1\n".to_vec());
    let dir = written(&files);
    let cases: [(&[&str], i32, &str); 19] = [
        (&["--cut", "100%"], 4, "nobody is left who may take"),
        (&["--cut", "6"], 4, "nobody is left"),
        (&["--cut", "7"], 3, "the team has 6"),
        (&["--cut", "css2=1"], 3, "`css2` has 0"),
        (&["--cut", "-5%"], 2, "percentage above 0"),
        (&["--cut", "1%"], 3, "is nobody"),
        (&["--hire", "css1=0"], 2, "0 people change nothing"),
        (&["--hire", "css9=1"], 3, "no tier is called `css9`"),
        (&["--hire", "css2=1"], 3, "contract_hours"),
        (&["--volume", "-100%"], 2, "leaves no contacts"),
        (&["--volume", "NaN"], 2, "write it with its sign"),
        (&["--volume", "left=+1e308%"], 2, "write it with its sign"),
        (&["--close", "left", "--close", "right"], 3, "every queue is closed"),
        (&["--close", "fax"], 3, "no queue is called `fax`"),
        (&["--move", "left=left"], 3, "closed or the same"),
        (&["less", "less"], 2, "named twice"),
        (&["lesss"], 2, "did you mean `less`?"),
        (&["broken"], 3, "S106"),
        (&["odd"], 3, "S107"),
    ];
    for (arguments, code, said) in cases {
        let output = run(dir.path(), arguments);
        let told = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(said), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty() && !told.contains("zz-person"), "{arguments:?}: {told}");
    }
}

#[test]
fn the_command_gives_the_same_bytes_in_every_format_and_writes_its_page() {
    let mut files = files(16.0, &BOTH);
    files.insert(
        "variants/less.toml".to_owned(),
        b"title = \"One fewer\"\nsays = \"What one place is worth.\"\ncut = 1\n".to_vec(),
    );
    let dir = written(&files);
    let page = dir.path().join("what-if.html");
    let arguments =
        ["less", "--volume", "-20%", "--format", "json", "--out", page.to_str().unwrap()];
    let output = run(dir.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(run(dir.path(), &arguments).stdout, output.stdout);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["schema"], "evenkeel.comparison/1");
    let names: Vec<&str> = told["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["", "less", "volume -20%"]);
    let rows = told["rows"].as_array().unwrap();
    let waits = rows.iter().find(|row| row["figure"] == "mean_wait_minutes").unwrap();
    assert_eq!(waits["values"].as_array().unwrap().len(), 3);
    assert!(waits["differences"][0].is_null() && waits["differences"][1]["low"].is_number());
    let html = fs::read_to_string(page).unwrap();
    assert!(html.contains("What one place is worth.") && html.contains("<svg class=\"multiple\""));
}
