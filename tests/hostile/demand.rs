//! Funnels, drivers of demand and events that do not fit the queues they speak of.

use crate::folders::{Case, Files, small_team_and, toml};

/// The small team with more sections.
fn more(sections: &str) -> Files {
    toml("[horizon]", &format!("{sections}\n[horizon]"))
}

fn funnel(lines: &str) -> Files {
    more(&format!("[funnel]\n{lines}"))
}

fn trigger(lines: &str) -> Files {
    more(&format!("[funnel.triggers.rush]\ncontacts = 30\n{lines}"))
}

fn events(rows: &str) -> Files {
    let columns = "start,end,kind,queue,topic,factor,outreach_at,outreach_prevents";
    small_team_and("events.csv", format!("{columns}\n{rows}\n"))
}

fn storm(lines: &str) -> Files {
    more(&format!("[events.storm]\n{lines}"))
}

#[rustfmt::skip]
pub(crate) fn funnel_cases() -> Vec<Case> {
    vec![
        (funnel("bot = { share = 0.3 }"), "", ""),
        (funnel("bot = { share = 1 }"), "S440", "funnel.bot.share"),
        (funnel("bot = { share = 1, reach = 0.9 }"), "", ""),
        (funnel("self_service = { by_class = { simple = 1 } }"), "S440", "funnel.self_service.by_class.simple"),
        (funnel("topics = { billing = { proactive = { share = 1 } } }"), "S440", "funnel.topics.billing.proactive.share"),
        (trigger("topic = \"billing\"\nprevents = 1"), "S440", "funnel.triggers.rush.prevents"),
        (events("2026-12-01,2026-12-01,,,,2,2026-12-01 09:00,1"), "S440", "events.csv, line 2, outreach_prevents"),
        (funnel("bot = { share = 1.5 }"), "S110", "funnel.bot.share"),
        (funnel("bot = { share = nan }"), "S110", "funnel.bot.share"),
        (funnel("topics = { biling = { bot = { share = 0.1 } } }"), "S441", "funnel.topics.biling"),
        (trigger("topic = \"phone\""), "S441", "funnel.triggers.rush.topic"),
        (funnel("proactive = { by_class = { odd = 0.5 } }"), "S442", "funnel.proactive.by_class.odd"),
        (funnel("bot = { reach = 0.5 }"), "S443", "funnel.bot"),
        (funnel("bot = { share = 0.1, by_class = { simple = 0.1 } }"), "S443", "funnel.bot"),
        (funnel("triage = { saves_seconds = [50, 30] }"), "S444", "funnel.triage.saves_seconds"),
        // The shortest contact of either queue takes five minutes, wrap-up included.
        (funnel("triage = { saves_seconds = [30, 150] }"), "", ""),
        (funnel("triage = { saves_seconds = [30, 151] }"), "S444", "funnel.triage.saves_seconds"),
        (funnel("triage = { saves_seconds = [30] }"), "S113", "funnel.triage.saves_seconds"),
    ]
}

#[rustfmt::skip]
pub(crate) fn driver_cases() -> Vec<Case> {
    let per_customer = "contacts_per_customer_per_week = 0.01";
    vec![
        (more("drivers = { customers = 120, customers_before = 100 }"), "", ""),
        (more("drivers = { customers = 120 }"), "S445", "drivers.customers"),
        (more("drivers = { customers_before = 100 }"), "S445", "drivers.customers_before"),
        (more("drivers = { onboarded = 0.5 }"), "S445", "drivers.onboarded"),
        (more("drivers = { onboarded_before = 0.5 }"), "S445", "drivers.onboarded_before"),
        (toml("contacts_per_hour = 6", per_customer), "S445", "queues.mail.contacts_per_customer_per_week"),
        (more("drivers = { customers = inf, customers_before = 100 }"), "S110", "drivers.customers"),
        (more("drivers = { customers = 1, customers_before = 0 }"), "S110", "drivers.customers_before"),
    ]
}

#[rustfmt::skip]
pub(crate) fn event_cases() -> Vec<Case> {
    vec![
        (events("2026-12-01,2026-12-02,incident,phone,billing,+24 %,2026-12-01 09:00,0.2"), "", ""),
        (events("2026-12-01,2026-12-02,,fax,,2,,"), "S446", "events.csv, line 2, queue"),
        (events("2026-12-01,2026-12-02,,,biling,2,,"), "S446", "events.csv, line 2, topic"),
        (events("2026-12-01,2026-12-02,,mail,billing,2,,"), "S446", "events.csv, line 2, topic"),
        (storm("start = \"2026-12-01\"\nend = \"2026-12-01\"\nqueue = \"fax\""), "S446", "events.storm.queue"),
        (events("2026-12-01,2026-12-01,,,,2,,"), "", ""),
        (events("2026-12-02,2026-12-01,,,,2,,"), "S447", "events.csv, line 2, end"),
        (storm("start = \"2026-12-01 10:00\"\nend = \"2026-12-01 10:00\""), "S447", "events.storm.end"),
        (events("2026-12-01,2026-12-02,,,,2,,0.2"), "S448", "events.csv, line 2, outreach_prevents"),
        (events("2026-12-01 09:00,2026-12-01 12:00,,,,2,2026-12-01 12:00,"), "S448", "events.csv, line 2, outreach_at"),
        (events("2026-12-01,2026-12-02,,,,10,,\n2026-12-02,2026-12-02,,,,10,,"), "", ""),
        (events("2026-12-01,2026-12-02,,,,10,,\n2026-12-02,2026-12-02,,phone,,10.1,,"), "S449", "events.csv, line 3, factor"),
        (events("2026-12-01,2026-12-02,,,,99,,\n2026-12-03,2026-12-03,,,,99,,"), "", ""),
        (events("2026-12-01,2026-12-02,,,,nan,,"), "S126", "events.csv, line 2, factor"),
        (events("2026-12-01,2026-12-02,,,,-5 %,,"), "", ""),
        (events("2026-12-01,2026-12-02,,,,-105 %,,"), "S126", "events.csv, line 2, factor"),
        (events("2026-12-01,2026-12-02,flood,,,2,,"), "S126", "events.csv, line 2, kind"),
        (events("tomorrow,2026-12-02,,,,2,,"), "S126", "events.csv, line 2, start"),
        (events(",2026-12-02,,,,2,,"), "S125", "events.csv, line 2, start"),
        (storm("start = \"soon\"\nend = \"2026-12-01\""), "S112", "events.storm.start"),
    ]
}
