//! Files that are missing, are no text, or do not have the keys and columns they should.

use crate::folders::{Case, TARGET, agents, small_team_and, small_team_without, toml};

#[rustfmt::skip]
pub(crate) fn file_cases() -> Vec<Case> {
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
pub(crate) fn shape_cases() -> Vec<Case> {
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
pub(crate) fn row_cases() -> Vec<Case> {
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
