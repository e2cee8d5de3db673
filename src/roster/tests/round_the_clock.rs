use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::breaks::Worth;
use super::super::chain::{self, Bounds, Chain};
use super::super::need::Need;
use super::super::team::Team;
use super::super::{Watch, assign, fatigue, legal};
use super::*;
use crate::id::AgentId;
use crate::scenario::MinimumPresence;

/// Duties that may start at any hour of any day.
fn desk(law: &str, people: usize) -> Scenario {
    let mut scenario = team("2026-11-30", 7, 60, people);
    scenario.shifts = vec![shift("mon-sun 00:00-23:00", 360, 540)];
    scenario.shifts[0].start_step = Minutes(60);
    scenario.law = Law::of(&[law.to_owned()]).unwrap();
    scenario.budget.nodes = 40;
    scenario.budget.rounds = 10;
    scenario
}

#[test]
fn a_desk_open_all_day_and_night_is_rostered_within_its_law() {
    for law in ["de", "us-ca"] {
        let scenario = desk(law, 6);
        let requirement = wanted(&scenario, 1.0, "always");
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        assert_sound(&assigned, &scenario);
        // Of 168 hours no roster leaves fewer short than the bound; this one hardly more.
        let level = assigned.levels.iter().find(|level| level.aim == "service").unwrap();
        assert!(level.value < level.bound + 0.05 * 168.0 * 60.0, "{law}: {level:?}");
    }
}

#[test]
fn somebody_who_may_start_at_any_hour_has_a_line_where_hours_in_a_row_of_24_are_limited() {
    // Most lines of such duties work more than ten hours within 24 on some day.
    let mut scenario = team("2026-11-30", 14, 30, 1);
    scenario.shifts = vec![shift("mon-fri 09:00-08:30", 360, 510)];
    scenario.law = Law::of(&["de".to_owned()]).unwrap();
    let need = Need::of(&wanted(&scenario, 0.0, "always"), &scenario);
    let team = Team::of(need, &scenario);
    assert!(!fatigue::is_carried(&team.kinds[0]));
    let (_, placed) = legal::any_line(&team, 0, AgentId::at(0)).unwrap();
    assert!(team.is_legal_line(&placed.line));
}

#[test]
fn lines_held_to_the_most_work_in_24_hours_are_all_allowed_and_others_are_not() {
    let mut scenario = team("2026-11-30", 7, 30, 1);
    scenario.shifts = vec![shift("mon-fri 06:00-14:00", 360, 510)];
    scenario.law = Law::of(&["de".to_owned()]).unwrap();
    let need = Need::of(&wanted(&scenario, 0.0, "always"), &scenario);
    let team = Team::of(need, &scenario);
    let kind = &team.kinds[0];
    // Late and early duties in turn, with eleven hours of rest between them.
    let is_wanted = |start: i64| {
        let (day, minute) = (start.div_euclid(1440), start.rem_euclid(1440));
        (day % 2 == 0) == (minute >= 720)
    };
    let prices = legal::flat(kind, |frame| if is_wanted(frame.start) { -1.0 } else { 1.0 });
    let allowed = |day: bool| {
        let bounds = Bounds { day, owed: false, ..Bounds::best(50) };
        let found = chain::cheapest(kind, &prices, bounds).found;
        let idle = Worth::of(&[], &[], 0);
        let is_allowed = |line: &&Chain| team.build(AgentId::at(0), line, &idle).is_some();
        (found.iter().filter(is_allowed).count(), found.len())
    };
    let (held, others) = (allowed(true), allowed(false));
    assert!(held.0 > 0 && held.0 == held.1, "{held:?}");
    assert!(others.0 < others.1, "{others:?}");
}

/// Stops the search once it has asked so often.
struct After(AtomicUsize);

impl Watch for After {
    fn step(&self, _: &str, _: f64) {}
    fn is_stopped(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_err()
    }
}

#[test]
fn a_search_stopped_among_the_first_lines_gives_everyone_one_that_the_law_allows() {
    let scenario = desk("ie", 6);
    let requirement = wanted(&scenario, 1.0, "always");
    for asked in [0, 1, 3] {
        let assigned = assign(&requirement, &scenario, &After(asked.into())).unwrap();
        assert_sound(&assigned, &scenario);
        assert_eq!(assigned.proof, crate::roster::Proof::Stopped);
    }
}

#[test]
fn a_search_stopped_before_everybody_asked_for_is_there_says_that_it_was_stopped() {
    let mut scenario = desk("ie", 6);
    let early_and_late = |day: i64| {
        let hours = |from: i64| Span::new(Moment(from), Moment(from) + Minutes::hours(2));
        [hours(1440 * day + 2 * 60), hours(1440 * day + 14 * 60)]
    };
    scenario.minimum_presence.push(MinimumPresence {
        id: "somebody".to_owned(),
        at_least: 1,
        stretches: (0..7).flat_map(early_and_late).collect(),
        on_queue: false,
        who: (0..6).map(AgentId::at).collect(),
    });
    let requirement = wanted(&scenario, 1.0, "always");
    let stopped = assign(&requirement, &scenario, &After(0.into())).unwrap_err();
    assert!(!stopped.conflicts[0].is_proved);
    assert!(stopped.conflicts[0].cause.contains("until the search was stopped"));
    assert!(assign(&requirement, &scenario, &Unwatched).is_ok(), "it is there in the end");
}
