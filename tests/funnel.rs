//! The funnel from the outside: shipped teams keep what their readmes say, commands show what became of contacts,
//! and no input breaks it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use evenkeel::plan::Ground;
use evenkeel::scenario::{self, Adjustments, Scenario};
use serde_json::Value;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn files(name: &str) -> scenario::Files {
    evenkeel::firms::example(name).unwrap()
}

fn team(name: &str) -> Scenario {
    scenario::from_files(&files(name), &Adjustments::default()).unwrap()
}

fn variant(name: &str, variant: &str) -> Scenario {
    let files = files(name);
    let (variants, problems) = scenario::variants(&files);
    assert_eq!(problems, []);
    let variant = variants.into_iter().find(|it| it.name == variant).unwrap();
    let adjust = Adjustments { variant: Some(variant), ..Adjustments::default() };
    scenario::from_files(&files, &adjust).unwrap()
}

fn hours(scenario: &Scenario) -> f64 {
    Ground::of(scenario).requirement.hours(&scenario.calendar)
}

fn contacts(scenario: &Scenario) -> f64 {
    Ground::of(scenario).forecast.streams.iter().flatten().map(|one| one.0).sum()
}

/// Contacts in the busiest interval, those that reach people.
fn peak(scenario: &Scenario) -> f64 {
    let streams = Ground::of(scenario).demand.streams;
    let count = streams.first().map_or(0, Vec::len);
    let all = (0..count).map(|at| streams.iter().map(|row| row[at].0).sum::<f64>());
    all.fold(0.0, f64::max)
}

fn json(arguments: &[&str]) -> Value {
    let done = Command::cargo_bin("evenkeel")
        .unwrap()
        .args(arguments)
        .args(["--format", "json"])
        .assert()
        .success();
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

#[test]
fn triage_by_default_frees_five_to_ten_percent_of_the_staff_of_seventeen_hundred_conversations() {
    let need = json(&["need", shipped("bot-triage").to_str().unwrap()]);
    let saving = &need["funnel"]["triage_saving"];
    let (low, planned, high) = (&saving["low"], &saving["share"], &saving["high"]);
    let figures = [low, planned, high].map(|figure| figure.as_f64().unwrap());
    assert!(figures.is_sorted(), "{saving}");
    assert!(figures.iter().all(|share| (0.05..=0.10).contains(share)), "{saving}");
    assert_eq!(need["funnel"]["total"]["triaged"], 1700.0);
    assert_eq!(need["funnel"]["total"]["human"], 1700.0);
}

#[test]
fn twice_the_customers_are_twice_the_contacts_and_less_than_twice_the_people() {
    let (now, doubled) = (team("growth-2x"), variant("growth-2x", "doubled"));
    let eased = variant("growth-2x", "doubled-with-funnel");
    assert!((contacts(&doubled) / contacts(&now) - 2.0).abs() < 1e-12);
    let (pooled, deflected) = (hours(&doubled) / hours(&now), hours(&eased) / hours(&now));
    assert!(pooled < 2.0 && deflected < pooled, "{pooled} and {deflected} times the people");
}

#[test]
fn an_incident_raises_the_peak_by_its_factor_and_a_message_lowers_it() {
    let calm = peak(&team("incident-surge"));
    let peak_of = |name: &str| peak(&variant("incident-surge", name));
    let [ten, quarter, half, told] = ["plus-10", "plus-24", "plus-50", "plus-50-told"].map(peak_of);
    assert!(calm < ten && ten < quarter && quarter < half);
    assert!(told < half, "{told} told, {half} not");
    assert!(peak_of("ten-times") > 7.0 * calm);
}

#[test]
fn what_a_bot_leaves_of_the_shifted_mix_is_harder() {
    let shifted = variant("complexity-shift", "bot-takes-simple");
    let flow = Ground::of(&shifted).demand.flow.unwrap();
    let (before, after) = flow.all().points(&shifted);
    // 0.6 x 1 + 0.3 x 2 + 0.1 x 4 = 1.6; of 0.6 simple 0.06 are left: (0.06 + 0.6 + 0.4) / 0.46.
    assert!((before.unwrap() - 1.6).abs() < 1e-9);
    assert!((after.unwrap() - 1.06 / 0.46).abs() < 1e-9);
}

/// A copy of the small team with more keys, and a small budget.
fn small_team_and(more: &str, folder: &Path) -> PathBuf {
    let team = folder.join("team");
    fs::create_dir_all(&team).unwrap();
    for (name, bytes) in files("small-team") {
        fs::write(team.join(name), bytes).unwrap();
    }
    let text = fs::read_to_string(team.join("scenario.toml")).unwrap();
    let budget = "[budget]\nrounds = 3\nnodes = 3\nreplications = 20\n";
    fs::write(team.join("scenario.toml"), format!("{text}\n{budget}\n{more}")).unwrap();
    team
}

/// What a plan writes, but for the fingerprint of its input.
fn planned(more: &str) -> (Value, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let team = small_team_and(more, folder.path());
    let out = folder.path().join("out");
    let mut plan = json(&["plan", team.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    plan.as_object_mut().unwrap().remove("input_hash").unwrap();
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    (plan, read("roster.csv"), read("report.html"))
}

#[test]
fn a_funnel_without_layers_changes_no_byte_of_a_plan() {
    let (plan, roster, _) = planned("");
    assert!(plan.get("funnel").is_none());
    let (same, same_roster, _) = planned("[funnel]\nmost_rounds = 5\nreturns_after_hours = 1\n");
    assert_eq!((plan, roster), (same, same_roster));
}

#[test]
fn a_plan_with_a_funnel_tells_where_every_contact_went() {
    let keys = "[funnel.self_service]\nshare = 0.2\n[funnel.topics.billing.bot]\nshare = 0.3\n";
    let (plan, _, page) = planned(keys);
    let total = &plan["funnel"]["total"];
    let figure = |key: &str| total[key].as_f64().unwrap();
    let parts = ["prevented", "self_served", "bot_resolved", "human", "returning_later"];
    let sum: f64 = parts.iter().map(|key| figure(key)).sum();
    assert!((figure("inbound") - sum).abs() < 1e-5, "{total}");
    assert!(figure("human") < 0.8 * figure("inbound"), "{total}");
    for topic in plan["funnel"]["topics"].as_array().unwrap() {
        for step in topic["intervals"].as_array().unwrap() {
            let figure = |key: &str| step[key].as_f64().unwrap();
            let went = ["prevented", "self_served", "bot_resolved", "turned_away", "human"];
            let went: f64 = went.iter().map(|key| figure(key)).sum();
            assert!((figure("inbound") + figure("returned") - went).abs() < 1e-5, "{step}");
        }
    }
    assert!(page.contains("id=\"funnel\"") && page.contains("layer-human"));
}

/// Codes of what is wrong with the small team once these keys and events are there.
fn wrong(keys: &str, events: &str) -> Vec<&'static str> {
    let mut files: BTreeMap<String, Vec<u8>> = files("small-team");
    files.get_mut("scenario.toml").unwrap().extend_from_slice(format!("\n{keys}").as_bytes());
    if !events.is_empty() {
        files.insert("events.csv".to_owned(), events.as_bytes().to_vec());
    }
    match scenario::from_files(&files, &Adjustments::default()) {
        Ok(team) => {
            // What is sound must go through without a panic and keep its sums.
            let flow = Ground::of(&team).demand.flow;
            if let Some(all) = flow.map(|flow| flow.all()) {
                let total = all.total();
                let out = total.prevented.0 + total.self_served.0 + total.bot_resolved.0;
                let out = out + total.human.0 + all.later.0;
                assert!((total.inbound.0 - out).abs() <= 1e-9 * (1.0 + out), "{keys}{events}");
            }
            Vec::new()
        }
        Err(problems) => problems.iter().map(|problem| problem.code).collect(),
    }
}

#[test]
fn what_is_wrong_in_a_funnel_is_told_all_at_once() {
    for (keys, codes) in [
        ("[funnel.proactive]\nshare = 1.2", &["S110"][..]),
        ("[funnel.self_service]\nshare = nan", &["S110"]),
        ("[funnel.self_service]\nshare = -0.1\nquality = inf", &["S110", "S110"]),
        ("[funnel.bot]\nshare = 1", &["S440"]),
        ("[funnel.bot]\nby_class = { simple = 1 }\nreach = 0.5", &[]),
        ("[funnel.bot]\nby_class = { simpel = 0.5 }", &["S442"]),
        ("[funnel.bot]", &["S443"]),
        ("[funnel.bot]\nshare = 0.2\nby_class = { simple = 0.5 }", &["S443"]),
        ("[funnel.topics.biling.bot]\nshare = 0.2", &["S441"]),
        ("[funnel.topics.\"\".bot]\nshare = 0.2", &["S441"]),
        ("[funnel.topics.billing]", &[]),
        ("[funnel.triage]\nsaves_seconds = [60, 30]", &["S444"]),
        ("[funnel.triage]\nsaves_seconds = [30, 300]", &["S444"]),
        ("[funnel.triage]\nsaves_seconds = [30]", &["S113"]),
        ("[funnel.triage]\nsaves_seconds = 30", &["S109"]),
        ("[funnel]\nmost_rounds = 0\nreturns_after_hours = -1", &["S110", "S110"]),
        (
            "[funnel]\nreturns_after_hours = 8784\nmost_rounds = 10\n[funnel.bot]\nshare = 0.9\nquality = 0",
            &[],
        ),
        ("[funnel]\nchannels = ['voice']", &["S107"]),
        ("[funnel.bot]\nshare = 0.1\nchannels = ['fax']", &["S111"]),
        ("[funnel.triggers.a]\ntopic = 'nothing'\ncontacts = 5", &["S441"]),
        ("[funnel.triggers.a]\ntopic = 'billing'\ncontacts = 0", &["S110"]),
        ("[funnel.triggers.a]\ntopic = 'billing'\ncontacts = 5\nprevents = 1", &["S440"]),
        (
            "[funnel.triggers.a]\ntopic = 'billing'\ncontacts = 0.01\nafter_minutes = 0\nlasts_hours = 0",
            &[],
        ),
        ("[drivers]\ncustomers = 10", &["S445"]),
        ("[drivers]\nonboarded_before = 0.1", &["S445"]),
        ("[drivers]\ncustomers = nan\ncustomers_before = 0", &["S110", "S110"]),
        ("[drivers]\ncustomers = 0\ncustomers_before = 1", &[]),
    ] {
        let mut expected = codes.to_vec();
        let mut found = wrong(keys, "");
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{keys}");
    }
}

#[test]
fn what_is_wrong_in_events_is_told_all_at_once() {
    for (events, codes) in [
        ("start,end,factor\n2026-11-30,2026-11-30,+50 %", &[][..]),
        ("start;end;factor\n2026-11-30;2026-12-01;1,5", &[]),
        ("start,end,factor\n1999-01-01,1999-01-02,10x\n2100-01-01,2100-01-02,10x", &[]),
        ("start,end,factor\n2026-12-01 10:07,2026-12-01 10:08,100", &[]),
        ("start,end,factor\n2026-12-01 10:00,2026-12-01 10:00,2", &["S447"]),
        ("start,end,factor\n2026-12-02,2026-11-30,2", &["S447"]),
        ("start,end,factor\nyesterday,2026-11-30,2", &["S126"]),
        ("start,end,factor\n2026-11-30,2026-11-31,NaN", &["S126", "S126"]),
        ("start,end,factor\n2026-11-30,,-1", &["S125", "S126"]),
        ("start,end,factor\n2026-11-30,2026-12-01,101", &["S126"]),
        ("start,end,factor\n2026-11-30,2026-12-01,11\n2026-12-01,2026-12-02,11", &["S449", "S449"]),
        ("start,end,queue\n2026-11-30,2026-12-01,phne", &["S446"]),
        ("start,end,topic\n2026-11-30,2026-12-01,biling", &["S446"]),
        ("start,end,queue,topic\n2026-11-30,2026-12-01,mail,billing", &["S446"]),
        ("start,end,kind\n2026-11-30,2026-12-01,party", &["S126"]),
        ("start,end,outreach_at\n2026-11-30,2026-12-01,2026-12-05", &["S448"]),
        ("start,end,outreach_prevents\n2026-11-30,2026-12-01,0.2", &["S448"]),
        ("start,end,outreach_at,outreach_prevents\n2026-11-30,2026-12-01,2026-11-01,1", &["S440"]),
        ("start,end,outreach_at\n2026-11-30,2026-12-01,2026-11-01", &[]),
        ("start,factor\n2026-11-30,2", &["S121"]),
        ("start,end,size\n2026-11-30,2026-12-01,2", &["S122"]),
        ("", &[]),
    ] {
        let mut expected = codes.to_vec();
        let mut found = wrong("", events);
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{events}");
    }
}

#[test]
fn events_of_the_scenario_file_count_as_those_of_their_own_file() {
    let contacts = |keys: &str, events: &str| {
        let mut files = files("small-team");
        files.get_mut("scenario.toml").unwrap().extend_from_slice(format!("\n{keys}").as_bytes());
        if !events.is_empty() {
            files.insert("events.csv".to_owned(), events.as_bytes().to_vec());
        }
        contacts(&scenario::from_files(&files, &Adjustments::default()).unwrap())
    };
    let named =
        "[events.sale]\nstart = '2026-12-01'\nend = '2026-12-02'\nfactor = 1.24\nqueue = 'phone'";
    let listed = "start,end,queue,factor\n2026-12-01,2026-12-02,phone,+24%\n";
    assert!(contacts(named, "") > contacts("", ""));
    assert_eq!(contacts(named, ""), contacts("", listed));
    assert_eq!(wrong("[events.sale]\nstart = 'soon'\nend = '2026-12-02'", ""), ["S112"]);
    assert_eq!(wrong("[events.sale]\nstart = '2026-12-02'\nend = '2026-12-01'", ""), ["S447"]);
    assert_eq!(wrong("[events.sale]\nstart = '2026-12-02'", ""), ["S108"]);
}
