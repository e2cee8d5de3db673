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

pub(super) use bench::{Bench, Item, Relaxed};
pub(super) use ways::{Asked, mildest, whole};

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

/// The items of a minimal conflict among some, found by dividing them.
pub(super) fn divided<T: Clone>(
    is_stuck: &dyn Fn(&[T]) -> bool,
    kept: &[T],
    has_grown: bool,
    items: &[T],
) -> Vec<T> {
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

/// Items without those that are left out in halves, quarters and so on as long as the rest is stuck; it stays stuck even
/// where fewer items may be stuck and more may not.
pub(super) fn thinned<T: Clone + PartialEq>(
    is_stuck: &dyn Fn(&[T]) -> bool,
    items: &[T],
    gone: &[T],
) -> Vec<T> {
    let left: Vec<T> = items.iter().filter(|item| !gone.contains(item)).cloned().collect();
    if gone.is_empty() || is_stuck(&left) {
        return left;
    }
    if gone.len() == 1 {
        return items.to_vec();
    }
    let (first, last) = gone.split_at(gone.len().div_ceil(2));
    thinned(is_stuck, &thinned(is_stuck, items, first), last)
}

/// Everything left out but a conflict.
fn outside(bench: &Bench, freed: &Relaxed, all: &[Item], found: &[Item]) -> Relaxed {
    freed.and(&bench.without_all(all.iter().filter(|item| !found.contains(item))))
}

/// An item as people know it, with the dates on which it stands in the way.
fn named(bench: &Bench, freed: &Relaxed, all: &[Item], found: &[Item], item: Item) -> NamedRule {
    let plain = named_plainly(bench, item, &[]);
    match item {
        Item::Availability(week) => {
            let days = shut_days(bench, freed, all, found, week).into_iter();
            let dates = days.map(|day| bench.calendar().date(day)).collect();
            NamedRule { dates, ..plain }
        }
        Item::Law(kind) => NamedRule { rules: rules_of(bench, freed, all, found, kind), ..plain },
        _ => plain,
    }
}

/// The same without asking which part of it matters: availability on the shut days of its week that some spans
/// touch, on all of them where none does, and every rule of a kind of law.
pub(super) fn named_plainly(bench: &Bench, item: Item, near: &[Span]) -> NamedRule {
    let agent = bench.agent();
    let calendar = bench.calendar();
    let (kind, rules, dates) = match item {
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
            ("lock", vec![what], vec![calendar.date(lock.day())])
        }
        Item::FewestHours(week) => {
            let rule = format!("fewest hours a week ({})", agent.weeks[week].0);
            ("fewest_hours", vec![rule], dates_of(bench, week))
        }
        Item::MostHours(week) => {
            let rule = format!("most hours a week ({})", agent.weeks[week].1);
            ("most_hours", vec![rule], dates_of(bench, week))
        }
        Item::TimeOff(place) => {
            let off = &agent.time_off[place];
            let rule = format!("time off ({})", off.reason);
            ("time_off", vec![rule], dates_within(bench, off.span))
        }
        Item::Availability(week) => {
            let shut = bench.shut_days(week);
            let is_near =
                |day: &&usize| near.iter().any(|span| calendar.day(**day).overlap(*span).0 > 0);
            let touched: Vec<usize> = shut.iter().filter(is_near).copied().collect();
            let days = if touched.is_empty() { shut } else { touched };
            let dates = days.into_iter().map(|day| calendar.date(day)).collect();
            ("availability", vec!["availability".to_owned()], dates)
        }
        Item::Breaks => {
            ("breaks", vec!["breaks and longest stretch of the house".to_owned()], Vec::new())
        }
        Item::Law(kind) => {
            (kind, bench.rules_of(kind).map(|rule| rule.id.clone()).collect(), Vec::new())
        }
    };
    NamedRule { kind: kind.to_owned(), rules, dates, agent: None }
}

pub(super) fn dates_of(bench: &Bench, week: usize) -> Vec<Date> {
    let days = bench.calendar().weeks().into_iter().nth(week).into_iter().flatten();
    days.map(|day| bench.calendar().date(day)).collect()
}

pub(super) fn dates_within(bench: &Bench, span: Span) -> Vec<Date> {
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
