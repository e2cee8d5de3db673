//! Ladders, queues and the course of a contact that do not fit together.

use crate::folders::{Case, Files, TARGET, agents, toml};

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

const MAIL_TARGET: &str =
    r#"{ measure = "first_response", share = 0.9, within_hours = 4, period = "day" }"#;

#[rustfmt::skip]
pub(crate) fn ladder_cases() -> Vec<Case> {
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
pub(crate) fn queue_cases() -> Vec<Case> {
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
pub(crate) fn course_cases() -> Vec<Case> {
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
