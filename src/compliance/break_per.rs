//! Counts the rests of each duty, and the meals where a table owes them.

use std::ops::Range;

use super::found::{Found, Owed};
use super::timeline::{Timeline, alike};
use crate::rules::{BreakPer, Rule};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, rests: &BreakPer, time: &Timeline<'_>, found: &mut Found) {
    for spell in &time.spells {
        judge_spell(rule, rests, spell, time, found);
    }
}

fn judge_spell(
    rule: &Rule,
    per: &BreakPer,
    spell: &Range<usize>,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let Some((first, last)) = time.edges(spell) else { return };
    let work = if per.counted { time.counted(spell.clone()) } else { time.work(spell.clone()) };
    let (due, due_meals) = per.owed(Minutes(work));
    let inside = |run: &Range<usize>| first < run.start && run.end <= last;
    let mut meals = 0;
    let mut rests: Vec<Range<usize>> = Vec::new();
    let what = |minute: usize| {
        let kinds = [time.is_break(minute), time.is_meal(minute), time.is_gap(minute)];
        kinds.iter().position(|&is_so| is_so)
    };
    for run in alike(spell.clone(), what).into_iter().filter(inside) {
        if !time.is_break(run.start) {
            meals += i64::from(length(&run) >= per.meal_min.0);
            continue;
        }
        let touches = time.is_meal(run.start - 1) || time.is_meal(run.end);
        if length(&run) >= per.min.0 && !(per.not_beside_meal && touches) {
            rests.push(run);
        }
    }
    let stands_in = |rests: &[Range<usize>]| {
        let longest = rests.iter().enumerate().max_by_key(|(_, run)| run.len())?;
        (length(longest.1) >= per.meal_min.0).then_some(longest.0)
    };
    while meals < due_meals {
        let Some(place) = stands_in(&rests) else { break };
        rests.remove(place);
        meals += 1;
    }
    let planned = i64::try_from(rests.len()).expect("rests are few");
    let date = time.wall.date(spell.start);
    if due > 0 {
        found.owe(time, "break", spell.start, 1, Owed::pieces(per.min, due, planned.min(due)));
    }
    if due_meals > 0 {
        let owed = Owed::pieces(per.meal_min, due_meals, meals.min(due_meals));
        found.owe(time, "meal", spell.start, 1, owed);
    }
    if planned < due {
        let missing = due - planned;
        let repair = format!(
            "add {missing} of {due} rests of {} min, none at the start or end of the duty",
            per.min.0
        );
        found.breach(rule, time, date, per.min.0 * missing, repair);
        if per.missed_hour {
            found.pay_missed_hour(rule, time, date, "missed_rest");
        }
    }
    if meals < due_meals {
        let missing = due_meals - meals;
        let repair = format!("add {missing} of {due_meals} meals of {} min", per.meal_min.0);
        found.breach(rule, time, date, per.meal_min.0 * missing, repair);
    }
    judge_stretch(rule, per, spell, &rests, time, found);
}

/// Work between rests.
fn judge_stretch(
    rule: &Rule,
    per: &BreakPer,
    spell: &Range<usize>,
    rests: &[Range<usize>],
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let Some(most) = per.max_continuous_min else { return };
    let (mut run, mut longest) = (0, 0);
    let mut latest = None;
    for minute in spell.clone() {
        if rests.iter().any(|rest| rest.end == minute) {
            run = 0;
        }
        run += i64::from(time.is_work(minute));
        if run > longest {
            longest = run;
            if run == most.0 + 1 {
                latest = Some(minute);
            }
        }
    }
    if longest > most.0 {
        let over = longest - most.0;
        let by = latest.map_or(String::new(), |minute| format!(" by {}", time.wall.shown(minute)));
        let repair = format!("start a rest of {} min{by}", per.min.0);
        found.breach(rule, time, time.wall.date(spell.start), over, repair);
    }
}

fn length(minutes: &Range<usize>) -> i64 {
    i64::try_from(minutes.len()).expect("minutes are few")
}
