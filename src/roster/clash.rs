//! Why somebody has no line: the fewest rules that cannot hold together, and the cheapest change that frees them.
//!
//! The rules that bear on one person's line are named items. A minimal conflict among them is found by dividing
//! (Junker 2004, `QuickXplain`), the question whether some of them leave a line being put to the same search that
//! makes plans. Whoever is still stuck once a conflict is freed has another one, which is named as well.

mod bench;
mod ways;

use super::{Conflict, NamedRule};
use crate::calendar::Date;
use crate::id::AgentId;
use crate::scenario::{Demand, Lock, NameBook, Scenario};
use crate::units::{Minutes, Moment, Span};

use bench::{Bench, Item, Relaxed};

/// Conflicts of one person that are told at most.
const MOST_CONFLICTS: usize = 6;

/// A scenario without what no line depends on, so that it is quickly copied.
pub(super) fn bare(scenario: &Scenario) -> Scenario {
    Scenario { demand: Demand::Volumes(Vec::new()), names: NameBook::default(), ..scenario.clone() }
}

/// The conflicts of a person who has no line, from a scenario cut by [`bare`]; empty where there is a line.
pub(super) fn conflicts(scenario: &Scenario, agent: AgentId) -> Vec<Conflict> {
    let bench = Bench::of(scenario, agent);
    let all = bench.items();
    let mut freed = Relaxed::default();
    let mut told = Vec::new();
    while told.len() < MOST_CONFLICTS && bench.line(&freed).is_none() {
        let found = minimal(&bench, &freed, &all);
        let ways = ways::ways(&bench, &freed, &found);
        let is_proved = bench.is_proved(&outside(&bench, &freed, &all, &found));
        let most = ways.iter().find_map(|way| way.most_hours);
        let conflict = Conflict {
            agent: Some(agent),
            rules: found.iter().map(|&item| named(&bench, &freed, &all, &found, item)).collect(),
            is_proved,
            cause: cause(&found, most, &bench),
            fix: match ways.first() {
                Some(way) => way.change.says.clone(),
                None => "add a shape of shift or a break plan that these rules admit".to_owned(),
            },
            ways: ways.iter().map(|way| way.change.clone()).collect(),
        };
        told.push(conflict);
        let next = match ways.into_iter().next() {
            Some(way) => freed.and(&way.relaxed),
            None => freed.and(&bench.without_all(found.iter())),
        };
        if next == freed {
            break;
        }
        freed = next;
    }
    told
}

/// A minimal conflict: without any one of its items there is a line, all others of the person left out.
fn minimal(bench: &Bench, freed: &Relaxed, all: &[Item]) -> Vec<Item> {
    let is_stuck = |kept: &[Item]| {
        let left: Vec<&Item> = all.iter().filter(|item| !kept.contains(item)).collect();
        bench.line(&freed.and(&bench.without_all(left.into_iter()))).is_none()
    };
    let mut found = divided(&is_stuck, &[], false, all);
    found.sort();
    found
}

fn divided(
    is_stuck: &dyn Fn(&[Item]) -> bool,
    kept: &[Item],
    has_grown: bool,
    items: &[Item],
) -> Vec<Item> {
    if has_grown && is_stuck(kept) {
        return Vec::new();
    }
    if items.len() <= 1 {
        return items.to_vec();
    }
    // Items that people would rather hear of stand last, and are kept while the others are looked at.
    let (first, last) = items.split_at(items.len().div_ceil(2));
    let of_first = divided(is_stuck, &[kept, last].concat(), true, first);
    let of_last = divided(is_stuck, &[kept, &of_first[..]].concat(), !of_first.is_empty(), last);
    [of_first, of_last].concat()
}

/// Everything left out but a conflict.
fn outside(bench: &Bench, freed: &Relaxed, all: &[Item], found: &[Item]) -> Relaxed {
    freed.and(&bench.without_all(all.iter().filter(|item| !found.contains(item))))
}

/// An item as people know it, with the dates on which it stands in the way.
fn named(bench: &Bench, freed: &Relaxed, all: &[Item], found: &[Item], item: Item) -> NamedRule {
    let agent = bench.agent();
    let calendar = bench.calendar();
    let (rules, dates) = match item {
        Item::Lock(place) => {
            let lock = agent.locks[place];
            let what = match lock {
                Lock::Work(_) => "locked to work".to_owned(),
                Lock::Off(_) => "locked to be off".to_owned(),
                Lock::Duty(_, span) => {
                    let end = calendar.local(span.end).clock;
                    format!("locked to {}-{end}", calendar.local(span.start).clock)
                }
            };
            (vec![what], vec![calendar.date(lock.day())])
        }
        Item::FewestHours(week) => {
            (vec![format!("fewest hours a week ({})", agent.weeks[week].0)], dates_of(bench, week))
        }
        Item::MostHours(week) => {
            (vec![format!("most hours a week ({})", agent.weeks[week].1)], dates_of(bench, week))
        }
        Item::TimeOff(place) => {
            let off = &agent.time_off[place];
            (vec![format!("time off ({})", off.reason)], dates_within(bench, off.span))
        }
        Item::Availability(week) => {
            let days = shut_days(bench, freed, all, found, week);
            let dates = days.into_iter().map(|day| calendar.date(day)).collect();
            (vec!["availability".to_owned()], dates)
        }
        Item::Breaks => (vec!["breaks and longest stretch of the house".to_owned()], Vec::new()),
        Item::Law(kind) => (rules_of(bench, freed, all, found, kind), Vec::new()),
    };
    let key = match item {
        Item::Lock(_) => "lock",
        Item::FewestHours(_) => "fewest_hours",
        Item::MostHours(_) => "most_hours",
        Item::TimeOff(_) => "time_off",
        Item::Availability(_) => "availability",
        Item::Breaks => "breaks",
        Item::Law(kind) => kind,
    };
    NamedRule { kind: key.to_owned(), rules, dates }
}

fn dates_of(bench: &Bench, week: usize) -> Vec<Date> {
    let days = bench.calendar().weeks().into_iter().nth(week).into_iter().flatten();
    days.map(|day| bench.calendar().date(day)).collect()
}

fn dates_within(bench: &Bench, span: Span) -> Vec<Date> {
    let calendar = bench.calendar();
    let days = (0..calendar.days()).filter(|&day| calendar.day(day).overlap(span).0 > 0);
    days.map(|day| calendar.date(day)).collect()
}

/// The days of a week whose hours of availability keep a conflict up: as few as do it, or all that are shut
/// where no few of them do it alone.
fn shut_days(
    bench: &Bench,
    freed: &Relaxed,
    all: &[Item],
    found: &[Item],
    week: usize,
) -> Vec<usize> {
    let shut = bench.shut_days(week);
    let others = outside(bench, freed, all, found);
    let is_stuck = |kept: &[usize]| {
        let open: Vec<usize> = shut.iter().copied().filter(|day| !kept.contains(day)).collect();
        let opened = Relaxed { free: bench.whole_days(&open), ..Relaxed::default() };
        bench.line(&others.and(&opened)).is_none()
    };
    let mut kept = shut.clone();
    for &day in &shut {
        let fewer: Vec<usize> = kept.iter().copied().filter(|&other| other != day).collect();
        if is_stuck(&fewer) {
            kept = fewer;
        }
    }
    // Naming some of several days only helps where opening those is enough.
    let opened = Relaxed { free: bench.whole_days(&kept), ..Relaxed::default() };
    if bench.line(&freed.and(&opened)).is_some() || kept.len() == shut.len() { kept } else { shut }
}

/// Ids of the rules of one kind that keep a conflict up on their own; all of the kind where only several do.
fn rules_of(
    bench: &Bench,
    freed: &Relaxed,
    all: &[Item],
    found: &[Item],
    kind: &str,
) -> Vec<String> {
    let ids: Vec<String> = bench.rules_of(kind).map(|rule| rule.id.clone()).collect();
    let others = outside(bench, freed, all, found);
    let stands_alone = |id: &&String| {
        let rules = ids.iter().filter(|other| other != id).cloned().collect();
        let only = Relaxed { rules, ..Relaxed::default() };
        bench.line(&others.and(&only)).is_none()
    };
    if ids.len() == 1 {
        return ids;
    }
    let alone: Vec<String> = ids.iter().filter(stands_alone).cloned().collect();
    if alone.is_empty() { ids } else { alone }
}

/// What is missing, in a sentence.
fn cause(found: &[Item], most: Option<Minutes>, bench: &Bench) -> String {
    let week = found.iter().find_map(|item| match item {
        Item::FewestHours(week) => Some(*week),
        _ => None,
    });
    match (week, most) {
        (Some(week), Some(most)) => {
            let fewest = bench.agent().weeks[week].0;
            let first = dates_of(bench, week).first().map(ToString::to_string).unwrap_or_default();
            format!(
                "at most {most} can be planned in the week of {first}, {} short of {fewest}",
                fewest - most
            )
        }
        _ => "no line keeps all of these at once".to_owned(),
    }
}

/// A time on the wall, as people write it.
fn clock(bench: &Bench, moment: Moment) -> String {
    let local = bench.calendar().local(moment);
    format!("{} {}", local.date, local.clock)
}
