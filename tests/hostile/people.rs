//! People, shifts, sites and measures of quality that do not fit together.

use crate::folders::{Case, Files, agents, locks, small_team_and, time_off, toml};

/// More people than a year's plan holds.
fn many_people() -> Files {
    let mut files = toml("days = 7", "days = 366");
    let rows: Vec<String> = (0..5_500).map(|one| format!("p{one},senior-css,37.5,phone")).collect();
    let text = "id,tier,contract_hours,skills\n".to_owned() + &rows.join("\n");
    files.insert("agents.csv".to_owned(), text.into_bytes());
    files
}

#[rustfmt::skip]
pub(crate) fn people_cases() -> Vec<Case> {
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
        (locks("zoe,2026-12-01,off"), "S810", "locks.csv, line 2, agent"),
        (locks("amy,2026-12-01,off\namy,2026-12-01,work"), "S811", "locks.csv, line 3, date"),
        (locks("amy,2026-12-01,off\nben,2026-12-01,off"), "", ""),
    ]
}

#[rustfmt::skip]
pub(crate) fn shift_cases() -> Vec<Case> {
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

fn sites(lines: &str) -> Files {
    toml("[horizon]", &format!("[[sites]]\nid = \"Dublin\"\n{lines}\n[horizon]"))
}

fn section(name: &str, lines: &str) -> Files {
    toml("[horizon]", &format!("[{name}]\n{lines}\n[horizon]"))
}

#[rustfmt::skip]
pub(crate) fn site_cases() -> Vec<Case> {
    vec![
        (sites("time_zone = \"Europe/Lisbon\"\nlaw = [\"ie\"]\nholidays = { 2026-12-08 = \"Feast\" }"), "", ""),
        (sites("[[sites]]\nid = \"Dublin\""), "S720", "sites[2]"),
        (sites("time_zone = \"Europe/Dubbling\""), "S721", "sites.Dublin.time_zone"),
        (sites("law = [\"atlantis\"]"), "S722", "sites.Dublin.law"),
        (toml("[horizon]", "[[sites]]\nid = \"Cork\"\n[horizon]"), "S723", "agents.csv, line 2, site"),
        (sites("holidays = { \"8 December\" = \"Feast\" }"), "S724", "sites.Dublin.holidays"),
        (sites("holidays = { 2026-02-30 = \"Never\" }"), "S724", "sites.Dublin.holidays"),
        (toml("[horizon]", "[[sites]]\nid = \"\"\n[horizon]"), "S113", "sites[1].id"),
        (sites("sunday_permit = \"yes\""), "S109", "sites.Dublin.sunday_permit"),
    ]
}

#[rustfmt::skip]
pub(crate) fn measure_cases() -> Vec<Case> {
    let (kpis, quality) = (|lines| section("kpis", lines), |lines| section("quality", lines));
    let some = "reviews_per_agent_per_week = 2";
    vec![
        (kpis("reference_mix = { simple = 0.5, complex = 0.5 }"), "", ""),
        (kpis("reference_mix = { simple = 0.5, odd = 0.5 }"), "S461", "kpis.reference_mix.odd"),
        (kpis("reference_mix = { simple = 0.5, complex = 0.4 }"), "S462", "kpis.reference_mix"),
        (kpis("reference_mix = { simple = nan }"), "S110", "kpis.reference_mix.simple"),
        (kpis("csat = { base = [0.9, 0.8] }"), "S467", "kpis.csat.base"),
        (kpis("csat = { wait_loss = [0.1, 0.09] }"), "S467", "kpis.csat.wait_loss"),
        (kpis("csat = { base = [0.8, 0.8] }"), "", ""),
        (quality("scorecard = { solution = 0.5, tone = 0.4 }"), "S463", "quality.scorecard"),
        (quality("scorecard = {}"), "S113", "quality.scorecard"),
        (quality("reviewers = [\"senior\"]"), "S464", "quality.reviewers"),
        (quality(some), "S465", "quality.reviewers"),
        (quality(&format!("{some}\nreviewers = [\"senior-css\"]")), "", ""),
        (quality("reviews_per_agent_per_week = 100\nreviewers = [\"senior-css\"]"), "S466", "quality.reviews_per_agent_per_week"),
        (quality("reviews_per_agent_per_week = inf\nreviewers = [\"senior-css\"]"), "S110", "quality.reviews_per_agent_per_week"),
    ]
}
