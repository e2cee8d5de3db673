//! Published rosters, and what happened so far, that cannot be true.

use evenkeel::scenario::{self, Problem};

use crate::folders::{Case, Files, accepted, small_team, small_team_and};

const LAST_WEEK: &str = "published/2026-11-23.csv";
const NOTE: &str = "published/2026-11-23.toml";

fn roster(rows: &str) -> Files {
    small_team_and(LAST_WEEK, format!("agent,start,end,activity\n{rows}\n"))
}

fn note(text: &str) -> Files {
    small_team_and(NOTE, text).into_iter().chain(roster(GOOD)).collect()
}

const GOOD: &str = "amy,2026-11-23 09:00,2026-11-23 12:00,on_queue";

#[rustfmt::skip]
pub(crate) fn published_cases() -> Vec<Case> {
    vec![
        (roster(GOOD), "", ""),
        (roster("gone,2026-11-23 09:00,2026-11-23 12:00,on_queue"), "", ""),
        (roster("amy,2026-11-23 09:00,2026-11-23 08:00,on_queue"), "S821", "published/2026-11-23.csv, line 2, end"),
        (roster("amy,2026-11-23 09:00,2026-11-23 09:00,on_queue"), "S821", "published/2026-11-23.csv, line 2, end"),
        (roster("amy,2026-11-23 09:00,2036-11-23 12:00,on_queue"), "S821", "published/2026-11-23.csv, line 2, end"),
        (roster("amy,2026-11-23 09:00,2026-11-23 12:00,napping"), "S126", "published/2026-11-23.csv, line 2, activity"),
        (roster("amy,2026-11-23 09:00,later,on_queue"), "S126", "published/2026-11-23.csv, line 2, end"),
        (small_team_and(LAST_WEEK, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "S103", LAST_WEEK),
        (small_team_and(LAST_WEEK, ""), "S104", LAST_WEEK),
        (small_team_and("published/2019-11-25.csv", "agent,start"), "", ""),
        (note("published_on = \"2026-11-09\"\ndays = 7"), "", ""),
        (note("published_on = "), "S822", NOTE),
        (note("published_on = \"soon\""), "S822", NOTE),
        (note("days = 0"), "S822", NOTE),
        (note("days = 9223372036854775807"), "S822", NOTE),
        (note("[changed]\n\"amy 2026-11-31\" = \"2026-11-12\""), "S822", NOTE),
        (note("[[earlier]]\npublished_on = 3"), "S822", NOTE),
    ]
}

/// What is wrong with a file of what happened so far in the small team's week.
fn so_far(rows: &str) -> Vec<Problem> {
    let text = format!("start,queue,contacts,agent,end\n{rows}\n");
    scenario::actuals(text.as_bytes(), "so-far.csv", &accepted(&small_team()))
        .err()
        .unwrap_or_default()
}

/// Rows of what happened so far, the code that must come of them, and where.
pub(crate) fn actuals_cases() -> Vec<(Vec<Problem>, &'static str, &'static str)> {
    let told = |rows, code, place| (so_far(rows), code, place);
    vec![
        told("2026-11-30 09:00,phone,24,,\n2026-11-30,,,amy,", "", ""),
        told("2026-11-30 09:00,,3,,", "S825", "so-far.csv, line 2, queue"),
        told("2026-11-30 09:00,phone,3,amy,", "S825", "so-far.csv, line 2, agent"),
        told("2026-11-30 09:00,fone,3,,", "S826", "so-far.csv, line 2, queue"),
        told("2026-11-30 09:00,,,zoe,", "S826", "so-far.csv, line 2, agent"),
        told("2026-11-30 09:00,phone,3,,\n2026-11-30 09:00,phone,4,,", "S827", "line 3, start"),
        told("2026-11-30 09:00,,,amy,\n2026-11-30 09:00,,,amy,", "S827", "line 3, start"),
        told("2026-11-29 23:00,phone,3,,", "S828", "so-far.csv, line 2, start"),
        told("2026-12-07 00:00,phone,3,,", "S828", "so-far.csv, line 2, start"),
        told("2026-12-07 00:00,,,amy,", "S828", "so-far.csv, line 2, start"),
        told("2026-12-01 09:00,,,amy,2026-12-01 09:00", "S828", "so-far.csv, line 2, start"),
        told("2026-11-30 09:00,phone,nan,,", "S126", "so-far.csv, line 2, contacts"),
        told("2026-11-30 09:00,phone,-1,,", "S126", "so-far.csv, line 2, contacts"),
        told("2026-11-30 09:00,phone,,,", "S125", "so-far.csv, line 2, contacts"),
        told("now,phone,3,,", "S126", "so-far.csv, line 2, start"),
    ]
}
