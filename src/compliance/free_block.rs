//! Hands out each person's free stretches to the weeks that need one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::found::Found;
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{FreeBlock, Rule};
use crate::units::Minutes;

/// Fewest days of a week that must lie in the file.
const FEWEST_DAYS: usize = 5;
/// Minutes beyond the edge of the file that count.
const BEYOND_EDGE: usize = 24 * 60;

/// A week, and the rests found for it.
struct Judged {
    opens: Date,
    minutes: Range<usize>,
    rests: usize,
}

pub(super) fn judge(rule: &Rule, free: &FreeBlock, time: &Timeline<'_>, found: &mut Found) {
    let known = time.wall.horizon();
    let runs = time.free_runs(known.start - BEYOND_EDGE..known.end + BEYOND_EDGE);
    let mut weeks: Vec<Option<Judged>> = Vec::new();
    for opens in time.wall.weeks(rule.week_start) {
        let days = time.wall.known_days(opens);
        let minutes = time.wall.between(opens, opens.plus(7));
        weeks.push((days >= FEWEST_DAYS).then_some(Judged { opens, minutes, rests: 0 }));
        if days < FEWEST_DAYS {
            found.not_judged(format!(
                "{}: of the week from {opens} only {days} of 7 days are in the file",
                rule.id
            ));
        }
    }
    if let Some(weekday) = free.include_day {
        for week in weeks.iter().flatten() {
            let date = (0..7).map(|day| week.opens.plus(day)).find(|day| day.weekday() == weekday);
            if let Some(date) = date.filter(|date| time.wall.calendar.day_of(*date).is_some()) {
                judge_day(rule, free, time, &runs, date, week, found);
            }
        }
        return;
    }
    // How often each stretch, known by its first minute, can still be handed out.
    let mut spare: BTreeMap<usize, i64> =
        runs.iter().map(|run| (run.start, worth(free, run))).collect();
    for week in weeks.iter_mut().flatten() {
        week.rests = usize::from(hand_out(&runs, &mut spare, &week.minutes));
    }
    for place in 0..weeks.len() {
        let Some(week) = &weeks[place] else { continue };
        if week.rests == 0 && !is_made_good(free, time, rule, place, &weeks, &runs, &mut spare) {
            object(rule, free, time, &runs, week, found);
        }
    }
}

/// How many weekly rests a stretch is worth.
fn worth(free: &FreeBlock, run: &Range<usize>) -> i64 {
    let mut left = length(run) - free.min.0;
    let mut worth = 0;
    while left >= 0 {
        worth += 1;
        match free.further_min {
            Some(Minutes(further)) if further > 0 => left -= further,
            _ => break,
        }
    }
    worth
}

fn length(run: &Range<usize>) -> i64 {
    i64::try_from(run.len()).expect("minutes are few")
}

fn meets(run: &Range<usize>, week: &Range<usize>) -> bool {
    run.start < week.end && week.start < run.end
}

/// Give the week the earliest stretch that reaches into it and is not used up.
fn hand_out(runs: &[Range<usize>], spare: &mut BTreeMap<usize, i64>, week: &Range<usize>) -> bool {
    for run in runs.iter().filter(|run| meets(run, week)) {
        let left = spare.entry(run.start).or_default();
        if *left > 0 {
            *left -= 1;
            return true;
        }
    }
    false
}

fn is_made_good(
    free: &FreeBlock,
    time: &Timeline<'_>,
    rule: &Rule,
    place: usize,
    weeks: &[Option<Judged>],
    runs: &[Range<usize>],
    spare: &mut BTreeMap<usize, i64>,
) -> bool {
    let Some(alternative) = &free.alternative else { return false };
    let all = time.wall.weeks(rule.week_start);
    let mut neighbours = vec![];
    if alternative.in_either_neighbour && place > 0 {
        neighbours.push(place - 1);
    }
    neighbours.push(place + 1);
    for neighbour in neighbours {
        let Some(&opens) = all.get(neighbour) else { continue };
        let minutes = time.wall.between(opens, opens.plus(7));
        let has = weeks[neighbour].as_ref().map_or(0, |week| week.rests);
        let mut after = spare.clone();
        let mut got = has;
        while got < alternative.count && hand_out(runs, &mut after, &minutes) {
            got += 1;
        }
        if got >= alternative.count {
            *spare = after;
            return true;
        }
    }
    false
}

fn object(
    rule: &Rule,
    free: &FreeBlock,
    time: &Timeline<'_>,
    runs: &[Range<usize>],
    week: &Judged,
    found: &mut Found,
) {
    let too_short = runs.iter().filter(|run| meets(run, &week.minutes) && worth(free, run) == 0);
    let best = too_short.max_by_key(|run| (run.len(), std::cmp::Reverse(run.start)));
    let longest = best.map_or(0, length);
    let missing = free.min.0 - longest;
    let known = time.wall.horizon();
    let repair = match best {
        Some(run) if run.start < known.start || run.end > known.end => format!(
            "add {missing} min to the free stretch of {} at the edge of the file, where 24 hours beyond count, \
             or add rows for the days around it",
            Minutes(longest)
        ),
        Some(run) => format!(
            "add {missing} min to the free stretch of {} from {}",
            Minutes(longest),
            time.wall.label(run.start)
        ),
        None => format!("leave a stretch of {} free", free.min),
    };
    let date = first_known(time, week.opens);
    found.breach(rule, time, date, missing, repair);
}

/// A rest that leaves out the day it should hold.
fn judge_day(
    rule: &Rule,
    free: &FreeBlock,
    time: &Timeline<'_>,
    runs: &[Range<usize>],
    date: Date,
    week: &Judged,
    found: &mut Found,
) {
    let day = time.wall.between(date, date.plus(1));
    let holds =
        |run: &&Range<usize>| worth(free, run) > 0 && run.start <= day.start && day.end <= run.end;
    if runs.iter().any(|run| holds(&run)) {
        return;
    }
    let near = runs.iter().filter(|run| meets(run, &week.minutes) && worth(free, run) == 0);
    let missing = free.min.0 - near.map(length).max().unwrap_or(0);
    let repair =
        format!("make {} {date} part of the weekly rest, or agree otherwise", date.weekday());
    found.breach(rule, time, date, missing, repair);
}

/// The week's first date that lies in the file.
pub(super) fn first_known(time: &Timeline<'_>, week: Date) -> Date {
    week.max(time.wall.calendar.first())
}
