//! Follows the screen minute by minute through each day of work, and looks for the interruptions it owes.

use std::ops::Range;

use super::found::{Found, Owed};
use super::timeline::Timeline;
use crate::calendar::Date;
use crate::rules::{Rule, ScreenBreak};
use crate::units::Minutes;

pub(super) fn judge(rule: &Rule, screen: &ScreenBreak, time: &Timeline<'_>, found: &mut Found) {
    for (date, day) in time.days() {
        if let Some(Minutes(most)) = screen.per_continuous_min.filter(|most| most.0 > 0) {
            judge_stretches(rule, screen, most, date, &day, time, found);
        } else if let Some(Minutes(each)) = screen.per_work_min.filter(|each| each.0 > 0) {
            judge_hours(rule, screen, each, date, &day, time, found);
        }
    }
}

/// One stretch after the other, from each interruption to the next.
fn judge_stretches(
    rule: &Rule,
    screen: &ScreenBreak,
    most: i64,
    date: Date,
    day: &[Range<usize>],
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let minutes = day.iter().cloned().flatten().filter(|&minute| time.is_screen(minute)).count();
    if i64::try_from(minutes).expect("minutes are few") <= screen.over_screen_min.0 {
        return;
    }
    let (mut missing, mut taken, mut put_off) = (0, 0, 0);
    let mut latest = None;
    for spell in day {
        let (mut run, mut away, mut resting) = (0, 0, 0);
        let mut pending = 0;
        for minute in spell.clone() {
            if !time.is_screen(minute) {
                away += 1;
                resting = if time.is_work(minute) { 0 } else { resting + 1 };
                let enough = if screen.alt_task_ok { away } else { resting };
                if enough == screen.min.0 && run > 0 {
                    (pending, run) = (run, 0);
                }
                continue;
            }
            // An interruption that no more screen work follows is going home.
            if pending > 0 {
                taken += 1;
                pending = 0;
            }
            (away, resting) = (0, 0);
            run += 1;
            // Each further stretch without an interruption lacks one more.
            if run > most && (run - 1) % most == 0 {
                if put_off < screen.may_defer {
                    put_off += 1;
                } else {
                    missing += 1;
                    latest = latest.or(Some(minute));
                }
            }
        }
    }
    let due = missing + taken;
    if due > 0 {
        found.owe(time, "screen", day[0].start, 1, Owed::pieces(screen.min, due, taken));
    }
    if let Some(latest) = latest {
        let repair = format!(
            "interrupt screen work for {} min by {}, after {most} min at most",
            screen.min.0,
            time.wall.shown(latest)
        );
        found.breach(rule, time, date, screen.min.0 * missing, repair);
    }
}

/// One pause for each hour of the day's work, near its nominal moment.
fn judge_hours(
    rule: &Rule,
    screen: &ScreenBreak,
    each: i64,
    date: Date,
    day: &[Range<usize>],
    time: &Timeline<'_>,
    found: &mut Found,
) {
    // The day's count of work, breaks included, at which each pause starts.
    let mut pauses: Vec<i64> = Vec::new();
    let mut worked = 0;
    for spell in day {
        let mut pause = 0;
        for minute in spell.clone() {
            let is_pause = time.is_break(minute);
            pause = if is_pause { pause + 1 } else { 0 };
            worked += i64::from(is_pause || time.is_work(minute));
            if is_pause && pause == screen.min.0 {
                pauses.push(worked - pause);
            }
        }
    }
    let due = worked.div_euclid(each);
    let all = i64::try_from(pauses.len()).expect("pauses are few");
    let (mut drifted, mut worst) = (0, None);
    for nth in 1..=due {
        let nearest = (0..pauses.len()).min_by_key(|&place| (pauses[place] - nth * each).abs());
        let Some(place) = nearest else { break };
        let off = (pauses.remove(place) - nth * each).abs();
        let over = screen.drift_min.map_or(0, |most| (off - most.0).max(0));
        drifted += over;
        if over > 0 {
            worst = worst.or(Some((nth, off)));
        }
    }
    if due > 0 {
        found.owe(time, "screen", day[0].start, 1, Owed::pieces(screen.min, due, all.min(due)));
    }
    if all < due {
        let missing = due - all;
        let repair = format!("add {missing} of {due} pauses of {} min", screen.min.0);
        found.breach(rule, time, date, screen.min.0 * missing, repair);
    } else if let Some((nth, off)) = worst {
        let repair = format!(
            "start pause {nth} nearer to the end of hour {nth} of the day's work; it lies {off} min off"
        );
        found.breach(rule, time, date, drifted, repair);
    }
}
