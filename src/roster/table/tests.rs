//! Rosters as people type them, right and wrong.

use super::*;
use crate::units::Minutes;

fn dublin(text: &str) -> Result<Bare, Vec<Problem>> {
    read_bare(text.as_bytes(), "Europe/Dublin")
}

fn codes(text: &str) -> Vec<&'static str> {
    dublin(text).unwrap_err().iter().map(|problem| problem.code).collect()
}

const AMY: &str = "agent,duty,start,end,activity,paid,detail\n\
    amy,1,2026-11-30T09:00:00+00:00,2026-11-30T12:00:00+00:00,on_queue,true,\n\
    amy,1,2026-11-30T12:00:00+00:00,2026-11-30T12:30:00+00:00,meal,,\n\
    amy,1,2026-11-30T12:30:00+00:00,2026-11-30T17:00:00+00:00,on_queue,true,\n\
    amy,,2026-12-01,2026-12-03,absent,true,annual_leave\n\
    ben,1,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,off_queue,true,=HYPERLINK\n";

#[test]
fn a_roster_reads_back_as_it_was_written() {
    let bare = dublin(AMY).unwrap();
    let text = write_named(&bare.roster, &bare.calendar, &bare.names);
    assert_eq!(dublin(&text).unwrap(), bare);
    assert!(text.contains("'=HYPERLINK"));
    let known = read(text.as_bytes(), &bare.calendar, &bare.names).unwrap();
    assert_eq!(known, bare.roster);
}

#[test]
fn a_night_over_the_doubled_hour_reads_back_as_it_was_written() {
    let text = "agent,start,end,activity\n\
        amy,2026-10-24T22:00:00+01:00,2026-10-25T01:30:00+01:00,on_queue\n\
        amy,2026-10-25T01:30:00+01:00,2026-10-25T01:30:00+00:00,on_queue\n";
    let bare = dublin(text).unwrap();
    assert_eq!(bare.roster.lines[0].duties[0].span().length(), Minutes(270));
    let again = write_named(&bare.roster, &bare.calendar, &bare.names);
    assert_eq!(dublin(&again).unwrap().roster, bare.roster);
}

#[test]
fn only_meals_are_unpaid_where_the_file_does_not_say() {
    let bare = dublin(AMY).unwrap();
    let duty = &bare.roster.lines[0].duties[0];
    assert_eq!(duty.paid(), Minutes(450));
}

#[test]
fn the_days_of_a_file_run_from_first_start_to_last_start_or_absence() {
    let bare = dublin(AMY).unwrap();
    assert_eq!(bare.calendar.first().to_string(), "2026-11-30");
    assert_eq!(bare.calendar.days(), 3);
}

#[test]
fn blocks_that_touch_make_a_duty_where_none_is_named() {
    let bare = dublin(
        "agent;start;end;activity\namy;2026-11-30 09:00;2026-11-30 11:00;on_queue\n\
         amy;2026-11-30 11:00;2026-11-30 12:00;break\namy;2026-11-30 13:00;2026-11-30 14:00;on queue\n",
    )
    .unwrap();
    let lengths: Vec<usize> =
        bare.roster.lines[0].duties.iter().map(|duty| duty.blocks.len()).collect();
    assert_eq!(lengths, [2, 1]);
}

#[test]
fn a_split_shift_with_one_name_is_one_duty() {
    let bare = dublin(
        "agent,duty,start,end,activity\namy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
         amy,a,2026-11-30 15:00,2026-11-30 19:00,on_queue\n",
    )
    .unwrap();
    assert_eq!(bare.roster.lines[0].duties.len(), 1);
}

#[test]
fn a_shift_name_that_comes_every_day_is_refused() {
    let text = "agent,duty,start,end,activity\namy,early,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
         amy,early,2026-12-01 09:00,2026-12-01 11:00,on_queue\n";
    let problems = dublin(text).unwrap_err();
    assert_eq!(problems[0].code, "R110");
    assert_eq!(problems[0].cause, "duty `early` already lies on 2026-11-30");
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let text = "agent,start,end,activity,paid\n\
        amy,2026-11-30T09:00:00+00:00,2026-11-30T08:00:00+00:00,on_queue,\n\
        amy,yesterday,2026-11-30T08:00:00+00:00,on_queue,\n\
        ,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,on_queue,\n\
        amy,2026-11-30T09:00:00+00:00,2026-11-30T10:00:00+00:00,on_queu,maybe\n";
    let mut names = Names::default();
    names.add("amy").unwrap();
    let calendar =
        Calendar::new("Europe/Dublin", Date::parse("2026-11-30").unwrap(), 7, Minutes(30)).unwrap();
    let problems = read(text.as_bytes(), &calendar, &names).unwrap_err();
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["R105", "R106", "R107", "R108", "R108"]);
    assert!(problems.iter().any(|problem| problem.cause.contains("did you mean `on_queue`?")));
    assert!(problems.iter().any(|problem| problem.place == "roster line 4, agent"));
}

#[test]
fn an_unknown_agent_is_answered_with_the_name_meant() {
    let bare = dublin(AMY).unwrap();
    let slip = AMY.replace("amy", "amyy");
    let problems = read(slip.as_bytes(), &bare.calendar, &bare.names).unwrap_err();
    assert_eq!(problems[0].code, "R109");
    assert!(problems[0].cause.contains("did you mean `amy`?"));
}

#[test]
fn hostile_files_are_refused_by_code() {
    assert_eq!(codes(""), ["R102"]);
    assert_eq!(codes("\u{feff}agent,start,end,activity\n"), ["R102"]);
    assert_eq!(codes("agent,start,end\n"), ["R103"]);
    assert_eq!(codes("agent,start,end,activity,piad\n"), ["R104"]);
    assert_eq!(codes("agent,agent,start,end,activity\n"), ["R104"]);
    let far = "agent,start,end,activity\namy,2026-11-30 09:00,2026-11-30 10:00,on_queue\n\
        amy,2199-01-01 09:00,2199-01-01 10:00,on_queue\n";
    assert_eq!(codes(far), ["R110"]);
    assert_eq!(codes("agent,start,end,activity\namy,9999-99-99,x,on_queue\n"), ["R106"]);
    let picture = read_bare(b"\x89PNG\r\n\x1a\n\x00\x00", "Europe/Dublin").unwrap_err();
    assert_eq!(picture[0].code, "R101");
    let lost = read_bare(AMY.as_bytes(), "Europe/Dubln").unwrap_err();
    assert_eq!(lost[0].code, "R111");
}

#[test]
fn a_mark_before_the_header_and_semicolons_are_read() {
    let text = "\u{feff}Agent;Start;End;Activity\r\namy;2026-11-30T09:00:00Z;2026-11-30T10:00:00Z;Break\r\n";
    assert_eq!(dublin(text).unwrap().roster.lines[0].duties.len(), 1);
}

#[test]
fn overlaps_are_kept_for_the_audit() {
    let text = "agent,duty,start,end,activity\namy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n\
         amy,a,2026-11-30 09:00,2026-11-30 11:00,on_queue\n";
    assert_eq!(dublin(text).unwrap().roster.lines[0].duties[0].blocks.len(), 2);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}") {
        let _ = dublin(&text);
        let _ = dublin(&format!("agent,start,end,activity\n{text}"));
    }
}
