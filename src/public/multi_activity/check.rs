//! A roster judged minute by minute, sharing nothing with the search but the instance.

use std::collections::BTreeMap;

use super::Instance;

const QUARTER: usize = 15;
const DAY: usize = 24 * 60;
/// The horizon begins at 06:00 of the first day and ends at 06:00 after the last.
const OPENS: usize = 6 * 60;

/// One stretch of work on one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Calendar day of its start, from 1.
    pub day: u32,
    /// Minute of that day.
    pub start: u32,
    /// Minute of that day, or of the next where it is not after the start.
    pub end: u32,
    /// Its task, from 1.
    pub task: u32,
}

/// What a roster comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Squares of people above the most wanted, summed over quarter hours.
    pub excess: i64,
    /// People missing below the fewest wanted, summed over quarter hours.
    pub missing: i64,
    /// Rules about persons that it breaks, in words.
    pub breaks: Vec<String>,
}

/// Judge a roster.
#[must_use]
pub fn judge(instance: &Instance, roster: &BTreeMap<String, Vec<Block>>) -> Judged {
    let mut judged = Judged::default();
    let mut there = vec![0_i64; instance.least.len()];
    let names: Vec<&String> = instance.people.iter().map(|person| &person.name).collect();
    for stranger in roster.keys().filter(|name| !names.contains(name)) {
        judged.breaks.push(format!("{stranger}: not on the staff"));
    }
    for person in &instance.people {
        let blocks = roster.get(&person.name).map(Vec::as_slice).unwrap_or_default();
        let mut breaks = Vec::new();
        let minutes = timeline(instance, blocks, &mut breaks);
        judge_shifts(&minutes, &mut breaks);
        let worked = minutes.iter().flatten().count();
        if worked < person.least * QUARTER {
            breaks.push(format!("{worked} minutes, {} at least", person.least * QUARTER));
        }
        if worked > person.most * QUARTER {
            breaks.push(format!("{worked} minutes, {} at most", person.most * QUARTER));
        }
        judged.breaks.extend(breaks.into_iter().map(|what| format!("{}: {what}", person.name)));
        count(instance, &minutes, &mut there);
    }
    for ((&people, &least), &most) in there.iter().zip(&instance.least).zip(&instance.most) {
        judged.missing += (i64::from(least) - people).max(0);
        judged.excess += (people - i64::from(most)).max(0).pow(2);
    }
    judged
}

/// The task of each minute from midnight of the first day, none where off.
fn timeline(instance: &Instance, blocks: &[Block], breaks: &mut Vec<String>) -> Vec<Option<usize>> {
    let closes = OPENS + instance.days * DAY;
    let mut minutes = vec![None; closes + DAY];
    for block in blocks {
        let [day, start, end, task] = [block.day, block.start, block.end, block.task]
            .map(|it| usize::try_from(it).unwrap_or(0));
        let place = format!("{} to {} of day {day}", clock(start), clock(end));
        if task == 0 || task > instance.tasks {
            breaks.push(format!("{place}: there is no task {task}"));
            continue;
        }
        if start >= DAY
            || end >= DAY
            || !start.is_multiple_of(QUARTER)
            || !end.is_multiple_of(QUARTER)
        {
            breaks.push(format!("{place}: not on quarter hours"));
            continue;
        }
        let from = day.saturating_sub(1).saturating_mul(DAY).saturating_add(start);
        let to = from.saturating_add(if end > start { end - start } else { DAY + end - start });
        if day == 0 || from < OPENS || to > closes {
            breaks.push(format!("{place}: outside the horizon"));
            continue;
        }
        if minutes[from..to].iter().any(Option::is_some) {
            breaks.push(format!("{place}: two tasks at once"));
        }
        minutes[from..to].fill(Some(task - 1));
    }
    minutes
}

fn judge_shifts(minutes: &[Option<usize>], breaks: &mut Vec<String>) {
    let mut at = 0;
    let mut last_end = None;
    let mut last_day = None;
    let mut in_a_row = 0;
    for run in minutes.chunk_by(|one, next| one.is_some() == next.is_some()) {
        let (start, end) = (at, at + run.len());
        at = end;
        if run[0].is_none() {
            continue;
        }
        let day = start.div_euclid(DAY);
        let place = format!("day {} {}", day + 1, clock(start % DAY));
        if !(6 * 60..=10 * 60).contains(&run.len()) {
            breaks.push(format!("{place}: a shift of {} minutes", run.len()));
        }
        let may_start = match start % DAY {
            0 => true,
            minute => {
                (6 * 60..=10 * 60).contains(&minute)
                    || (14 * 60..=18 * 60).contains(&minute)
                    || minute >= 20 * 60
            }
        };
        if !may_start {
            breaks.push(format!("{place}: no shift starts then"));
        }
        for stretch in run.chunk_by(|one, next| one == next).filter(|it| it.len() < 60) {
            breaks.push(format!("{place}: {} minutes on a task", stretch.len()));
        }
        if last_end.is_some_and(|before| start - before < 14 * 60) {
            breaks.push(format!("{place}: less than 14 hours of rest before"));
        }
        if last_day == Some(day) {
            breaks.push(format!("{place}: a second start on the day"));
        } else {
            in_a_row =
                if last_day.is_some_and(|before| before + 1 == day) { in_a_row + 1 } else { 1 };
            if in_a_row > 5 {
                breaks.push(format!("{place}: working day {in_a_row} in a row"));
            }
        }
        last_end = Some(end);
        last_day = Some(day);
    }
}

/// Count someone where they are, quarter hour by quarter hour.
fn count(instance: &Instance, minutes: &[Option<usize>], there: &mut [i64]) {
    let slots = instance.days * DAY.div_euclid(QUARTER);
    for slot in 0..slots {
        if let Some(task) = minutes[OPENS + slot * QUARTER] {
            there[task * slots + slot] += 1;
        }
    }
}

fn clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute % 60)
}

impl Block {
    /// Day, start and end as `HH:MM`, task.
    #[must_use]
    pub fn written(self) -> (u32, String, String, u32) {
        let clock = |minute: u32| format!("{:02}:{:02}", minute.div_euclid(60), minute % 60);
        (self.day, clock(self.start), clock(self.end), self.task)
    }
}
