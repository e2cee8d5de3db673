//! Whatever is in a folder, reading it gives a sound scenario or says what is wrong, where, and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use evenkeel::calendar::Date;
use evenkeel::scenario::{
    self, Adjustments, BareHistory, PROBLEMS, Problem, Scenario, Unread, from_files,
};
use proptest::prelude::*;

type Files = BTreeMap<String, Vec<u8>>;

fn small_team() -> Files {
    let read = |name: &str| {
        let path = Path::new("scenarios/small-team").join(name);
        (name.to_owned(), fs::read(path).unwrap())
    };
    ["scenario.toml", "agents.csv", "volume.csv"].map(read).into()
}

/// The small team with one text of one file replaced, which must be there.
fn small_team_with(file: &str, from: &str, to: &str) -> Files {
    let mut files = small_team();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

/// The small team with a file of these bytes.
fn small_team_and(file: &str, bytes: impl AsRef<[u8]>) -> Files {
    let mut files = small_team();
    files.insert(file.to_owned(), bytes.as_ref().to_vec());
    files
}

fn small_team_without(file: &str) -> Files {
    let mut files = small_team();
    files.remove(file);
    files
}

fn problems(files: &Files) -> Vec<Problem> {
    scenario::with_variants(files, &Adjustments::default()).err().unwrap_or_default()
}

fn accepted(files: &Files) -> Scenario {
    from_files(files, &Adjustments::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What is wrong with the small team when one key of the top of scenario.toml is set.
fn small_team_but(key: &str, value: &str) -> String {
    let files =
        small_team_with("scenario.toml", "[horizon]", &format!("{key} = {value}\n\n[horizon]"));
    problems(&files).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A scenario with one thing changed, the code that must come of it, and what its place must say.
type Case = (Files, &'static str, &'static str);

fn toml(from: &str, to: &str) -> Files {
    small_team_with("scenario.toml", from, to)
}

fn agents(from: &str, to: &str) -> Files {
    small_team_with("agents.csv", from, to)
}

fn volume(from: &str, to: &str) -> Files {
    small_team_with("volume.csv", from, to)
}

fn time_off(rows: &str) -> Files {
    small_team_and("time_off.csv", format!("agent,start,end,reason\n{rows}\n"))
}

fn variant(text: impl AsRef<[u8]>) -> Files {
    small_team_and("variants/what.toml", text)
}

fn history(text: impl AsRef<[u8]>) -> Files {
    small_team_and("history.csv", text)
}

/// A year of five-minute intervals for a hundred queues.
fn large_horizon() -> Files {
    let mut files = toml("days = 7", "days = 366");
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    let mail = text[text.rfind("[[queues]]").unwrap()..].to_owned();
    let more = (0..100).map(|one| mail.replace("id = \"mail\"", &format!("id = \"mail-{one}\"")));
    let text = text.replace("grid_minutes = 60", "grid_minutes = 5") + &more.collect::<String>();
    files.insert("scenario.toml".to_owned(), text.into_bytes());
    files
}

/// More people than a year's plan holds.
fn many_people() -> Files {
    let mut files = toml("days = 7", "days = 366");
    let rows: Vec<String> = (0..5_500).map(|one| format!("p{one},senior-css,37.5,phone")).collect();
    let text = "id,tier,contract_hours,skills\n".to_owned() + &rows.join("\n");
    files.insert("agents.csv".to_owned(), text.into_bytes());
    files
}

const TARGET: &str =
    r#"{ measure = "service_level", share = 0.8, within_seconds = 60, period = "day" }"#;
const MAIL_TARGET: &str =
    r#"{ measure = "first_response", share = 0.9, within_hours = 4, period = "day" }"#;

#[rustfmt::skip]
fn file_cases() -> Vec<Case> {
    vec![
        (small_team_without("scenario.toml"), "S101", "scenario.toml"),
        (small_team_without("agents.csv"), "S101", "agents.csv"),
        (small_team_and("scenario.toml", vec![b' '; (8 << 20) + 1]), "S102", "scenario.toml"),
        (small_team_and("time_off.csv", vec![b'\n'; (64 << 20) + 1]), "S102", "time_off.csv"),
        (small_team_and("scenario.toml", b"name = \"\0\""), "S103", "scenario.toml"),
        (small_team_and("agents.csv", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "S103", "agents.csv"),
        (small_team_and("agents.csv", b"\xff\xfe\x00\xd8"), "S103", "agents.csv"),
        (small_team_and("agents.csv", ""), "S104", "agents.csv"),
        (small_team_and("agents.csv", " \n\n,,,\n"), "S104", "agents.csv"),
        (small_team_and("agents.csv", "id,tier,contract_hours\n"), "S104", "agents.csv, line 1"),
        (small_team_and("volume.csv", "start;queue;contacts"), "S104", "volume.csv"),
        (small_team_and("time-off.csv", "agent,start,end\n"), "S105", "time-off.csv"),
        (small_team_and("Volumes.csv", ""), "", ""),
        (small_team_and("scenario.toml", "name = "), "S106", "scenario.toml, line 1"),
        (small_team_and("scenario.toml", "name = 'a'\nname = 'b'"), "S106", "scenario.toml, line 2"),
        (toml("seed = 7", "seed = 0,7"), "S106", "scenario.toml, line 6"),
        (small_team_and("scenario.toml", "[".repeat(100_000)), "S106", "scenario.toml"),
        (small_team_and("scenario.toml", "a.".repeat(50_000) + "b = 1"), "S106", "scenario.toml"),
        (small_team_and("scenario.toml", "\u{fffd}"), "S106", "scenario.toml, line 1"),
        (small_team_and("agents.csv", format!("id,tier,contract_hours\n{}", "amy,,\n".repeat(10_000))), "S114", "agents.csv, line 251"),
    ]
}

#[rustfmt::skip]
fn shape_cases() -> Vec<Case> {
    vec![
        (toml("seed = 7", "sead = 7"), "S107", "sead"),
        (toml("days = 7", "dais = 7"), "S107", "horizon.dais"),
        (toml("skill = \"phone\"", "skil = \"phone\""), "S107", "queues.phone.skil"),
        (toml(TARGET, "{ measure = \"service_level\", share = 0.8, within = 60 }"), "S107", "queues.phone.targets[1].within"),
        (small_team_and("scenario.toml", ""), "S108", "scenario.toml, queues"),
        (toml("time_zone = \"Europe/Dublin\"", ""), "S108", "horizon.time_zone"),
        (toml("channel = \"voice\"", ""), "S108", "queues.phone.channel"),
        (toml("wage_per_hour = 19.5", ""), "S108", "tiers.css1.wage_per_hour"),
        (toml("seed = 7", "seed = \"7\""), "S109", "seed"),
        (toml("seed = 7", "seed = 7.5"), "S109", "seed"),
        (toml("hours = [6, 8.5]", "hours = 8"), "S109", "shifts.day.hours"),
        (toml("mix = { simple = 0.75, moderate = 0.25 }", "mix = 1"), "S109", "queues.phone.mix"),
        (toml("patience_minutes = 5", "patience_minutes = [5]"), "S109", "queues.phone.patience_minutes"),
        (toml("name = \"Small team\"", "name = true"), "S109", "name"),
        (toml("seed = 7", "seed = -1"), "S110", "seed"),
        (toml("seed = 7", "seed = 99999999999999999999999999"), "S110", "seed"),
        (toml("days = 7", "days = 0"), "S110", "horizon.days"),
        (toml("days = 7", "days = 367"), "S110", "horizon.days"),
        (toml("days = 7", "days = 9223372036854775807"), "S110", "horizon.days"),
        (toml("difficult = 0.05", "difficult = nan"), "S110", "queues.phone.difficult"),
        (toml("difficult = 0.05", "difficult = 5"), "S110", "queues.phone.difficult"),
        (toml("wage_per_hour = 19.5", "wage_per_hour = inf"), "S110", "tiers.css1.wage_per_hour"),
        (toml("wage_per_hour = 19.5", "wage_per_hour = -1"), "S110", "tiers.css1.wage_per_hour"),
        (toml("moderate = 8", "moderate = 0"), "S110", "queues.phone.handle_minutes.moderate"),
        (toml("moderate = 8", "moderate = 1e300"), "S110", "queues.phone.handle_minutes.moderate"),
        (toml("simple = 0.75", "simple = -0.75"), "S110", "queues.phone.mix.simple"),
        (toml("patience_minutes = 5", "patience_minutes = -inf"), "S110", "queues.phone.patience_minutes"),
        (toml("contacts_per_hour = 6", "contacts_per_hour = 1e9"), "S110", "queues.mail.contacts_per_hour"),
        (toml("share = 0.8, ", "share = 80, "), "S110", "queues.phone.targets[1].share"),
        (toml("hours = [6, 8.5]", "hours = [0, 8.5]"), "S110", "shifts.day.hours[1]"),
        (toml("channel = \"voice\"", "channel = \"phone\""), "S111", "queues.phone.channel"),
        (toml("period = \"day\"", "period = \"dai\""), "S111", "queues.phone.targets[1].period"),
        (toml("schema = \"evenkeel.scenario/1\"", "schema = \"evenkeel.scenario/9\""), "S111", "schema"),
        (toml("seed = 7", "seed = 7\naims = \"people\""), "S111", "aims"),
        (toml("patience_minutes = 5", "patience_minutes = \"for ever\""), "S111", "queues.phone.patience_minutes"),
        (toml("start = \"2026-11-30\"", "start = \"2026-02-30\""), "S112", "horizon.start"),
        (toml("start = \"2026-11-30\"", "start = \"30.11.2026\""), "S112", "horizon.start"),
        (toml("start = \"2026-11-30\"", "start = 1850-01-01"), "S112", "horizon.start"),
        (toml("hours = \"mon-fri 08:00-18:00\"", "hours = \"mon-fri 8 to 18\""), "S112", "queues.phone.hours"),
        (toml("starts = \"mon-fri 08:00-10:00\"", "starts = \"weekdays 08:00\""), "S112", "shifts.day.starts"),
        (toml("currency = \"EUR\"", "currency = \"euro\""), "S112", "currency"),
        (toml("id = \"css1\"", "id = \"css 1\""), "S112", "tiers.css 1.id"),
        (toml("days = 7", "days = 7\nweek_start = \"moon\""), "S112", "horizon.week_start"),
        (toml("hours = [6, 8.5]", "hours = [6, 7, 8.5]"), "S113", "shifts.day.hours"),
        (toml("takes = [\"simple\", \"moderate\"]", "takes = []"), "S113", "tiers.css1.takes"),
        (toml("name = \"Small team\"", "name = \"\""), "S113", "name"),
        (toml("mix = { simple = 0.75, moderate = 0.25 }", "mix = {}"), "S113", "queues.phone.mix"),
    ]
}

#[rustfmt::skip]
fn row_cases() -> Vec<Case> {
    vec![
        (agents("contract_hours", "notes"), "S121", "agents.csv, line 1"),
        (agents("availability", "availabilty"), "S122", "agents.csv, line 1"),
        (agents("start_date", "site"), "S123", "agents.csv, line 1"),
        (agents("finn,", "finn,,,,,,,,,,,,,x"), "S124", "agents.csv, line 7"),
        (agents("ben,css1", "ben,"), "S125", "agents.csv, line 3, tier"),
        (agents("ben,css1", ",css1"), "S125", "agents.csv, line 3, id"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,lots"), "S126", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,NaN"), "S126", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,-37.5"), "S126", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,1e9"), "S126", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,\"1,037.5\""), "S126", "agents.csv, line 3, contract_hours"),
        (agents("2026-11-02", "02/11/2026"), "S126", "agents.csv, line 5, start_date"),
        (agents("off fri", "off funday"), "S126", "agents.csv, line 2, wishes"),
        (agents("start-by wed 08:30", "start-by wed"), "S126", "agents.csv, line 7, wishes"),
        (agents("mon-fri 07:00-20:00,off fri", "mon-fri 07:00,off fri"), "S126", "agents.csv, line 2, availability"),
        (agents("eve,no", "eve,perhaps"), "S126", "agents.csv, line 5, remote"),
        (agents("finn,senior-css", "\"finn,senior-css"), "S126", "agents.csv, line 7, id"),
        (agents("amy,", "amy:2026,"), "S126", "agents.csv, line 2, id"),
    ]
}

#[rustfmt::skip]
fn ladder_cases() -> Vec<Case> {
    vec![
        (toml("time_zone = \"Europe/Dublin\"", "time_zone = \"Europe/Dubbling\""), "S201", "horizon"),
        (toml("grid_minutes = 60", "grid_minutes = 7"), "S201", "horizon"),
        (toml("days = 7", "days = 7\nholidays = { \"8 December\" = \"Local holiday\" }"), "S202", "horizon.holidays.8 December"),
        (large_horizon(), "S203", "horizon"),
        (toml("[[tiers]]", "[[complexities]]\nid = \"simple\"\npoints = 1\n[[complexities]]\nid = \"simple\"\npoints = 2\n[[tiers]]"), "S301", "complexities[2]"),
        (toml("id = \"senior-css\"", "id = \"css1\""), "S302", "tiers[2]"),
        (toml("takes = [\"simple\", \"moderate\"]", "takes = [\"simpel\"]"), "S303", "tiers.css1.takes"),
        (toml("[[tiers]]", "[[complexities]]\nid = \"moderate\"\npoints = 2\n[[complexities]]\nid = \"simple\"\npoints = 1\n[[complexities]]\nid = \"complex\"\npoints = 4\n[[tiers]]"), "S304", "complexities.simple.points"),
    ]
}

#[rustfmt::skip]
fn queue_cases() -> Vec<Case> {
    vec![
        (toml("id = \"mail\"", "id = \"phone\""), "S401", "queues[2]"),
        (toml("moderate = 0.25", "moderate = 0.2"), "S402", "queues.phone.mix"),
        (toml("moderate = 0.25", "moderate = 0.250002"), "S402", "queues.phone.mix"),
        (toml("moderate = 0.25", "modest = 0.25"), "S403", "queues.phone.mix.modest"),
        (toml("handle_minutes = { simple = 4, moderate = 8 }", "handle_minutes = { simple = 4 }"), "S404", "queues.phone.handle_minutes"),
        (toml("{ simple = 4, moderate = 8 }", "{ simple = 4, moderate = 8, odd = 1 }"), "S405", "queues.phone.handle_minutes"),
        (toml("wrap_up_minutes = 1", "handle_minutes_by_tier = { css7 = { simple = 4 } }"), "S405", "queues.phone.handle_minutes_by_tier.css7"),
        (toml("wrap_up_minutes = 1", "rate_by_level = [1.0, 0.8]"), "S406", "queues.phone.rate_by_level"),
        (toml("channel = \"voice\"", "channel = \"chat\"\nrate_by_level = [1.0, 0.8, 0.9]"), "S407", "queues.phone.rate_by_level"),
        (toml("channel = \"voice\"", "channel = \"chat\"\nrate_by_level = [0.9, 0.8]"), "S407", "queues.phone.rate_by_level"),
        (toml("hours = \"mon-fri 08:00-18:00\"", "hours = \"mon-sun closed\""), "S408", "queues.phone.hours"),
        (toml("hours = \"mon-fri 08:00-18:00\"", "hours = \"\""), "S408", "queues.phone.hours"),
        (toml("skill = \"phone\"", "skill = \"klingon\""), "S409", "queues.phone.mix.simple"),
        (toml("\"moderate\", \"complex\"]", "\"moderate\"]"), "S409", "queues.mail.mix.complex"),
        (toml(TARGET, "{ measure = \"service_level\", share = 0.8 }"), "S410", "queues.phone.targets[1]"),
        (toml(TARGET, "{ measure = \"abandonment\", at_most = 0.1, share = 0.8 }"), "S411", "queues.phone.targets[1]"),
        (toml(MAIL_TARGET, "{ measure = \"service_level\", share = 0.8, within_seconds = 20 }"), "S412", "queues.mail.targets[1]"),
        (toml(TARGET, "{ measure = \"first_response\", share = 0.8, within_hours = 1 }"), "S412", "queues.phone.targets[1]"),
        (toml(MAIL_TARGET, "{ measure = \"abandonment\", at_most = 0.1 }"), "S412", "queues.mail.targets[1]"),
        (toml("share = 0.8, ", "share = 1.0, "), "S413", "queues.phone.targets[1]"),
        (toml(TARGET, "{ measure = \"abandonment\", at_most = 0 }"), "S413", "queues.phone.targets[1]"),
        (toml(&format!("patience_minutes = 5\nskill = \"phone\"\ntargets = [{TARGET}]"), "skill = \"phone\"\ntargets = [{ measure = \"abandonment\", at_most = 0.05 }]"), "S414", "queues.phone.targets[1]"),
        (toml(TARGET, &format!("{TARGET}, {TARGET}")), "S415", "queues.phone.targets[2]"),
        (toml("wrap_up_minutes = 1", "backlog = 3"), "S416", "queues.phone.backlog"),
    ]
}

/// The small team with a line more on its phone, or on its mail.
fn phone(line: &str) -> Files {
    toml("wrap_up_minutes = 1", &format!("wrap_up_minutes = 1\n{line}"))
}

fn mail(line: &str) -> Files {
    toml("contacts_per_hour = 6", &format!("contacts_per_hour = 6\n{line}"))
}

fn steps(steps: &[(&str, &str, f64)]) -> Files {
    let step = |(from, to, share): &(&str, &str, f64)| {
        format!("{{ from = \"{from}\", to = \"{to}\", share = {share} }}")
    };
    phone(&format!("escalation = [{}]", steps.iter().map(step).collect::<Vec<_>>().join(", ")))
}

/// The small team with a manager's tier, whom somebody or nobody is.
fn manager(only_escalated: &str, escalation: &str, is_somebody: bool) -> Files {
    let tier = format!(
        "[[tiers]]\nid = \"manager\"\ntakes = [\"simple\", \"moderate\"]\nwage_per_hour = 40\n{only_escalated}\n[[shifts]]"
    );
    let mut files = phone(escalation);
    let text = String::from_utf8(files["scenario.toml"].clone()).unwrap();
    files.insert("scenario.toml".to_owned(), text.replacen("[[shifts]]", &tier, 1).into_bytes());
    if is_somebody {
        let people = String::from_utf8(files["agents.csv"].clone()).unwrap();
        let people = people + "mia,manager,Dublin,37.5,phone,,,,,no\n";
        files.insert("agents.csv".to_owned(), people.into_bytes());
    }
    files
}

const UP: &str = r#"escalation = [{ from = "css1", to = "manager", share = 0.1 }]"#;

#[rustfmt::skip]
fn course_cases() -> Vec<Case> {
    let callback = "callback = { share = 0.5, within_hours = 2 }";
    vec![
        (phone(callback), "", ""),
        (phone("callback = { share = 0.5, within_hours = nan }"), "S110", "queues.phone.callback.within_hours"),
        (phone("callback = { share = 50, within_hours = 2 }"), "S110", "queues.phone.callback.share"),
        (mail(callback), "S450", "queues.mail.callback"),
        (phone("touches = 2\nre_entry_hours = 4"), "S451", "queues.phone.touches"),
        (phone("ownership = \"owner\""), "S451", "queues.phone.ownership"),
        (phone("awaiting_reply = 3\nre_entry_hours = 4"), "S451", "queues.phone.awaiting_reply"),
        (mail("touches = 2"), "S452", "queues.mail.touches"),
        (mail("awaiting_reply = 5"), "S452", "queues.mail.touches"),
        (mail("touches = nan\nre_entry_hours = 4"), "S110", "queues.mail.touches"),
        (mail("touches = 1e300\nre_entry_hours = 4"), "S110", "queues.mail.touches"),
        (mail("touches = 0.5\nre_entry_hours = 4"), "S110", "queues.mail.touches"),
        (mail("touches = 2\nre_entry_hours = 1e9"), "S110", "queues.mail.re_entry_hours"),
        (mail("touches = 50\nre_entry_hours = 2000"), "", ""),
        (mail("context_switch_seconds = -1"), "S110", "queues.mail.context_switch_seconds"),
        (mail("admin_share = inf"), "S110", "queues.mail.admin_share"),
        (mail("ownership = \"nobody\""), "S111", "queues.mail.ownership"),
        (mail("impact = \"huge\""), "S111", "queues.mail.impact"),
        (phone("escalation = [{ from = \"css1\", to = \"manager\", share = 0.1 }]"), "S453", "queues.phone.escalation[1]"),
        (phone("escalation = [{ from = \"css1\", to = \"senior-css\", share = 0.1, complexity = \"odd\" }]"), "S453", "queues.phone.escalation[1]"),
        (steps(&[("css1", "senior-css", 0.1), ("senior-css", "css1", 0.1)]), "S454", "queues.phone.escalation"),
        (steps(&[("css1", "css1", 0.1)]), "S454", "queues.phone.escalation"),
        (steps(&[("css1", "senior-css", 0.7), ("css1", "senior-css", 0.7)]), "S455", "queues.phone.escalation"),
        (manager("only_escalated = true", UP, false), "S456", "queues.phone.escalation[1]"),
        (manager("only_escalated = true", UP, true), "", ""),
        (manager("", UP, true), "", ""),
        (manager("only_escalated = true", "", true), "S457", "tiers.manager.only_escalated"),
        (toml("[horizon]", "service_classes = [{ priority = 1, answer_seconds = 900, first_response_hours = 1 }]\n[horizon]"), "S458", "service_classes"),
        (toml("[horizon]", "service_classes = [{ priority = 6, answer_seconds = 9, first_response_hours = 1 }]\n[horizon]"), "S110", "service_classes[1].priority"),
        (agents("remote\namy", "sensitive\namy"), "", ""),
        (agents("remote\namy,css1,Dublin,37.5,phone,,mon-fri 07:00-20:00,off fri,,no", "sensitive\namy,css1,Dublin,37.5,phone,,mon-fri 07:00-20:00,off fri,,maybe"), "S126", "agents.csv, line 2, sensitive"),
    ]
}

#[rustfmt::skip]
fn people_cases() -> Vec<Case> {
    vec![
        (agents("ben,", "amy,"), "S501", "agents.csv, line 3, id"),
        (agents("finn,senior-css", "finn,seniorcss"), "S502", "agents.csv, line 7, tier"),
        (agents("eve,no", "steve,no"), "S503", "agents.csv, line 5, mentor"),
        (agents("eve,no", "dan,no"), "S504", "agents.csv, line 5, mentor"),
        (agents("eve,senior-css,Dublin,37.5,phone,,mon-fri 07:00-20:00,,,", "eve,senior-css,Dublin,37.5,phone,,mon-fri 07:00-20:00,,dan,"), "S504", "agents.csv, line 5, mentor"),
        (small_team_and("agents.csv", "id,tier,contract_hours,skills,born\namy,css1,37.5,phone,2030-01-01\neve,senior-css,37.5,phone,"), "S505", "agents.csv, line 2, born"),
        (agents("mon-fri 07:00-20:00,off fri", "sat 07:00-20:00,off fri"), "S506", "agents.csv, line 2, availability"),
        (agents("mon-fri 07:00-20:00,off fri", "mon-fri 07:00-12:00,off fri"), "S506", "agents.csv, line 2, availability"),
        (toml("hours = [6, 8.5]", "hours = [6, 8.5]\ntiers = [\"css1\"]"), "S506", "agents.csv, line 6, availability"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,3"), "S507", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5", "ben,css1,Dublin,60"), "S507", "agents.csv, line 3, contract_hours"),
        (agents("ben,css1,Dublin,37.5,phone", "ben,css1,Dublin,37.5,fone"), "S508", "agents.csv, line 3, skills"),
        (small_team_and("agents.csv", "id,tier,contract_hours,skills,law\namy,css1,37.5,phone,atlantis\neve,senior-css,37.5,phone,"), "S509", "agents.csv, line 2, law"),
        (small_team_and("agents.csv", "id,tier,contract_hours,skills,waivers\namy,css1,37.5,phone,ie.dayly_rest\neve,senior-css,37.5,phone,"), "S509", "agents.csv, line 2, waivers"),
        (many_people(), "S513", "agents.csv"),
        (time_off("zoe,2026-12-01,2026-12-02,sick"), "S510", "time_off.csv, line 2, agent"),
        (time_off("amy,2026-12-02,2026-12-01,sick"), "S511", "time_off.csv, line 2, end"),
        (time_off("amy,2026-12-02 10:00,2026-12-02 10:00,dentist"), "S511", "time_off.csv, line 2, end"),
        (time_off("amy,2026-12-01,2026-12-02,sick\namy,2026-12-01,2026-12-02,sick"), "S512", "time_off.csv, line 3"),
        (time_off("amy,tomorrow,2026-12-02,sick"), "S126", "time_off.csv, line 2, start"),
    ]
}

#[rustfmt::skip]
fn volume_cases() -> Vec<Case> {
    vec![
        (history(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "S601", "history.csv"),
        (history("start,contacts\n"), "S602", "history.csv"),
        (history("start,queue,contacts,colour\n"), "S603", "history.csv"),
        (history("start,queue,contacts\n2026-01-05 09:00\n"), "S604", "history.csv, line 2"),
        (history("start,queue,contacts\nyesterday,phone,3\n"), "S605", "history.csv, line 2"),
        (history("start,queue,contacts\n2026-01-05 09:00,fone,3\n"), "S606", "history.csv, line 2"),
        (history("start,queue,contacts,complexity\n2026-01-05 09:00,phone,3,odd\n"), "S607", "history.csv, line 2"),
        (history("start,queue,contacts\n2026-01-05 09:00,phone,-3\n"), "S608", "history.csv, line 2"),
        (history("start,queue,contacts\n"), "S609", "history.csv"),
        (toml("contacts_per_hour = 6", ""), "S621", "queues.mail"),
        (small_team_without("volume.csv"), "S621", "queues.phone"),
        (toml("start = \"2026-11-30\"", "start = \"2027-11-29\""), "S621", "queues.phone"),
        (volume("08:00,phone,12", "08:00,fone,12"), "S622", "volume.csv, line 2, queue"),
        (small_team_and("volume.csv", "start,queue,contacts,complexity\n2026-11-30 08:00,phone,3,complex\n"), "S623", "volume.csv, line 2, complexity"),
        (volume("09:00,phone,24", "08:00,phone,24"), "S624", "volume.csv, line 3, start"),
        (small_team_and("volume.csv", "start,queue,contacts,complexity\n2026-11-30 08:00,phone,3,simple\n2026-11-30 08:00,phone,3,\n"), "S624", "volume.csv, line 3, start"),
        (volume("08:00,phone,12", "08:10,phone,12"), "S625", "volume.csv, line 2, start"),
        (volume("2026-11-30 08:00", "2026-03-29 01:00"), "S626", "volume.csv, line 2, start"),
        (volume("2026-11-30 08:00", "2026-11-30 07:00"), "S627", "volume.csv, line 2, start"),
        (toml("wrap_up_minutes = 1", "contacts_per_hour = 3"), "S628", "queues.phone.contacts_per_hour"),
        (toml("grid_minutes = 60", "grid_minutes = 15"), "S629", "volume.csv, line 2, start"),
        (volume("08:00,phone,12", "08:00,phone,-1"), "S126", "volume.csv, line 2, contacts"),
        (volume("08:00,phone,12", "08:00,phone,inf"), "S126", "volume.csv, line 2, contacts"),
        (volume("2026-11-30 08:00", "2026-11-30 25:00"), "S126", "volume.csv, line 2, start"),
    ]
}

#[rustfmt::skip]
fn shift_cases() -> Vec<Case> {
    vec![
        (toml("[[queues]]", "[[shifts]]\nid = \"day\"\nstarts = \"mon 08:00\"\nhours = [6, 8]\n[[queues]]"), "S701", "shifts[2]"),
        (toml("hours = [6, 8.5]", "hours = [8.5, 6]"), "S702", "shifts.day.hours"),
        (toml("hours = [6, 8.5]", "hours = [6, 8.51]"), "S703", "shifts.day.hours"),
        (toml("hours = [6, 8.5]", "hours = [6, 8.5]\nstart_step_minutes = 7"), "S703", "shifts.day.start_step_minutes"),
        (toml("mon-fri 08:00-10:00", "mon-fri 08:03-10:00"), "S703", "shifts.day.starts"),
        (toml("pauses_minutes = [15]", "pauses_minutes = [12]"), "S703", "breaks[1]"),
        (toml("hours = [6, 8.5]", "hours = [6, 8.5]\ntiers = [\"css9\"]"), "S704", "shifts.day.tiers"),
        (toml("from_hours = 4.5", "from_hours = 6"), "S705", "breaks[2]"),
        (toml("meal_minutes = 30", "meal_minutes = 200"), "S706", "breaks[2]"),
        (toml("law = [\"ie\"]", "law = [\"atlantis\"]"), "S707", "law"),
        (toml("minutes = 60\nwho", "minutes = 480\nwho"), "", ""),
        (toml("[[off_queue]]", "[[off_queue]]\ntitle = \"a\"\nminutes = 480\n[[off_queue]]\ntitle = \"b\"\nminutes = 480\n[[off_queue]]"), "S708", "off_queue"),
        (toml("seed = 7", "seed = 7\naims = [\"service\", \"service\"]"), "S709", "aims"),
    ]
}

#[rustfmt::skip]
fn variant_cases() -> Vec<Case> {
    let what = "variants/what.toml";
    let titled = |text: &str| variant(format!("title = \"what\"\n{text}\n"));
    let scenario = |text: &str| titled(&format!("[scenario]\n{text}"));
    let mut twice = titled("cut = 1");
    twice.insert("variants/What.toml".to_owned(), b"title = \"again\"\ncut = 1\n".to_vec());
    vec![
        (titled("cut = 1"), "", ""),
        (titled("hire = { css1 = 2, senior-css = { count = 1, contract_hours = 20, skills = [\"phone\"] } }"), "", ""),
        (scenario("recovery_minutes = 10"), "", ""),
        (small_team_and("variants/what is this.toml", "title = \"x\"\n"), "S800", "what is this.toml"),
        (twice, "S800", what),
        (variant(b"\x00\x00\x00\x00"), "S103", what),
        (variant("title = \"what"), "S106", "variants/what.toml, line 1"),
        (variant("cut = 1\n"), "S108", "variants/what.toml, title"),
        (titled("fire = \"amy\""), "S107", "variants/what.toml, line 2, fire"),
        (titled("cut = \"-5%\""), "S801", "variants/what.toml, line 2, cut"),
        (titled("cut = 0"), "S110", "variants/what.toml, line 2, cut"),
        (titled("volume = \"NaN\""), "S801", "variants/what.toml, line 2, volume"),
        (titled("volume = nan"), "S109", "variants/what.toml, line 2, volume"),
        (titled("volume = \"-100%\""), "S801", "variants/what.toml, line 2, volume"),
        (titled("hire = { css1 = 0 }"), "S110", "hire.css1"),
        (titled("hire = { css9 = 1 }"), "S802", "variants/what.toml, hire"),
        (titled("cut = { css9 = 1 }"), "S802", "variants/what.toml, cut"),
        (titled("close = [\"fax\"]"), "S803", "variants/what.toml, close"),
        (titled("hours = { fax = \"mon 09:00-17:00\" }"), "S803", "variants/what.toml, hours"),
        (titled("hours = { phone = \"mon 9-5\" }"), "S801", "hours.phone"),
        (titled("target = { phone = \"100/20s\" }"), "S801", "target.phone"),
        (titled("cut = { css1 = 5 }"), "S804", "variants/what.toml, cut"),
        (titled("cut = \"1%\""), "S804", "variants/what.toml, cut"),
        (titled("cut = \"100%\""), "S805", "variants/what.toml, cut"),
        (titled("cut = { senior-css = 2 }"), "S805", "variants/what.toml, cut"),
        (titled("hire = { lead = 1 }\n[[scenario.tiers]]\nid = \"lead\"\ntakes = [\"simple\"]\nwage_per_hour = 20"), "S806", "variants/what.toml, hire"),
        (titled("move = { phone = \"mail\" }"), "S807", "variants/what.toml, move"),
        (titled("move = { mail = \"phone\" }\n[[scenario.queues]]\nid = \"phone\"\nhours = \"mon 09:00-10:00\"\nhandle_minutes = { complex = 9 }"), "S808", "variants/what.toml, move"),
        (titled("move = { phone = \"phone\" }"), "S808", "variants/what.toml, move"),
        (titled("close = [\"phone\", \"mail\"]"), "S809", "variants/what.toml, close"),
        (scenario("frobnicate = 1"), "S107", "variants/what.toml, line 3, frobnicate"),
        (scenario("[[scenario.queues]]\nid = \"phone\"\nmix = { simple = 0.9 }"), "S402", "queues.phone.mix"),
        (scenario("[[scenario.queues]]\nid = \"fax\"\nchannel = \"voice\""), "S108", "queues.fax.mix"),
        (titled("scenario = 3"), "S109", "variants/what.toml, line 2, scenario"),
    ]
}

fn cases() -> Vec<Case> {
    let all = [
        file_cases(),
        shape_cases(),
        row_cases(),
        ladder_cases(),
        queue_cases(),
        course_cases(),
        people_cases(),
        volume_cases(),
        shift_cases(),
        variant_cases(),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn each_hostile_folder_is_refused_with_its_code_and_place() {
    let mut wrong = Vec::new();
    for (number, (files, code, place)) in cases().into_iter().enumerate() {
        let problems = problems(&files);
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
    let mut earned: BTreeSet<&str> = cases()
        .iter()
        .flat_map(|(files, ..)| problems(files))
        .map(|problem| problem.code)
        .collect();
    earned.extend(unclear_history().iter().map(|problem| problem.code));
    let known: BTreeSet<&str> = PROBLEMS.iter().map(|kind| kind.code).collect();
    assert_eq!(known.difference(&earned).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(earned.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(known.len(), PROBLEMS.len(), "a code stands for two problems");
}

#[test]
fn every_problem_says_where_what_and_what_to_do() {
    for (files, ..) in cases() {
        for problem in problems(&files) {
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
                assert!(readme.contains("--history"), "{} has no volumes", folder.display());
            }
            Err(unread) => panic!("{}: {unread:?}", folder.display()),
        }
    }
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
        slips in prop::collection::vec((0usize..4, slip()), 1..6)
    ) {
        let mut files = small_team();
        files.insert("time_off.csv".to_owned(), b"agent,start,end,reason\namy,2026-12-01,2026-12-02,sick\n".to_vec());
        let names: Vec<String> = files.keys().cloned().collect();
        for (file, slip) in slips {
            slip.apply(files.get_mut(&names[file]).unwrap());
        }
        if let Err(problems) = from_files(&files, &Adjustments::default()) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        file in 0usize..4, bytes in prop::collection::vec(any::<u8>(), 0..300)
    ) {
        let name = ["scenario.toml", "agents.csv", "volume.csv", "time_off.csv"][file];
        let _ = from_files(&small_team_and(name, &bytes), &Adjustments::default());
        let header: &[u8] = match name {
            "scenario.toml" => b"schema = \"evenkeel.scenario/1\"\n",
            "agents.csv" => b"id,tier,contract_hours,availability,wishes\n",
            "volume.csv" => b"start,queue,contacts\n",
            _ => b"agent,start,end\n",
        };
        let headed = [header, &bytes].concat();
        let _ = from_files(&small_team_and(name, headed), &Adjustments::default());
    }
}
