//! Ways out of a conflict, each tried by searching for a line again, the cheapest first.

use super::super::Change;
use super::super::people::Frame;
use super::bench::{Bench, Item, Relaxed};
use super::{clock, dates_of};
use crate::scenario::Lock;
use crate::units::{Minutes, Moment, Span};

/// Steps in which hours are given up, in minutes.
const STEP: i64 = 15;
/// What a minute of someone's hours weighs when it is not planned. *Assumption*, as are those below: they only
/// decide which way is named first.
const AN_HOUR_LESS: i64 = 2;
/// What a minute above someone's hours weighs.
const AN_HOUR_MORE: i64 = 3;
/// What a minute outside someone's availability weighs.
const AN_HOUR_ASKED: i64 = 4;
/// What taking back a lock weighs, in weighed minutes.
const A_LOCK: i64 = 8 * 60;
/// What withdrawing time off weighs, a minute of it.
const A_MINUTE_OFF: i64 = 6;
/// What other breaks than those of the house weigh.
const OTHER_BREAKS: i64 = 10 * 60;
/// What waiving a rule weighs, where the law lets a person waive it.
const A_WAIVER: i64 = 20 * 60;

/// A way out.
pub(in super::super) struct Way {
    pub(in super::super) change: Change,
    pub(in super::super) relaxed: Relaxed,
    /// The most that can be planned, where the way is to plan fewer hours.
    pub(super) most_hours: Option<Minutes>,
    pub(in super::super) weight: i64,
}

/// Every way out of a conflict by one item, the cheapest first: those that leave a line, or, where no one way
/// does because there is a further conflict, those that leave one once that is freed as well.
pub(super) fn ways(bench: &Bench, freed: &Relaxed, found: &[Item]) -> Vec<Way> {
    let has_line = |milder: &Relaxed| bench.line(&freed.and(milder)).is_some();
    let asked = Asked { is_enough: &has_line, wanted: &|_| 0.0 };
    let way = |&item: &Item| mildest(bench, freed, item, &asked);
    let mut ways: Vec<Way> = found.iter().filter_map(way).collect();
    if ways.is_empty() {
        ways = found.iter().filter_map(|&item| whole(bench, item)).collect();
    }
    ways.sort_by_key(|way| way.weight);
    ways
}

/// What a change is asked for.
pub(in super::super) struct Asked<'a> {
    /// Whether milder rules are enough.
    pub(in super::super) is_enough: &'a dyn Fn(&Relaxed) -> bool,
    /// What a duty is worth, in minutes outside availability.
    pub(in super::super) wanted: &'a dyn Fn(&Frame) -> f64,
}

/// The mildest change of one item that is enough.
pub(in super::super) fn mildest(
    bench: &Bench,
    freed: &Relaxed,
    item: Item,
    asked_for: &Asked,
) -> Option<Way> {
    let is_enough = asked_for.is_enough;
    if item.is_of_hours() && !is_enough(&bench.without(item)) {
        return None;
    }
    match item {
        Item::FewestHours(week) => {
            let fewest = bench.agent().weeks[week].0.0;
            let least =
                |minutes: i64| Relaxed { fewest: [(week, minutes)].into(), ..Relaxed::default() };
            let most = highest(0, fewest, |minutes| is_enough(&least(minutes)));
            Some(fewer(bench, week, most))
        }
        Item::MostHours(week) => {
            let most = bench.agent().weeks[week].1.0;
            let more =
                |minutes: i64| Relaxed { most: [(week, minutes)].into(), ..Relaxed::default() };
            let steps = (7 * 24 * 60 - most).div_euclid(STEP);
            let step = lowest(steps, |step| is_enough(&more(most + step * STEP)));
            let to = most + step * STEP;
            Some(Way {
                change: Change {
                    kind: "most_hours".to_owned(),
                    dates: dates_of(bench, week),
                    minutes: Some(Minutes(to - most)),
                    says: format!("plan up to {} that week", Minutes(to)),
                    agent: None,
                },
                relaxed: more(to),
                most_hours: None,
                weight: AN_HOUR_MORE * (to - most),
            })
        }
        Item::Availability(week) => outside(bench, freed, week, asked_for),
        _ => whole(bench, item).filter(|way| is_enough(&way.relaxed)),
    }
}

/// Fewer hours in a week.
fn fewer(bench: &Bench, week: usize, most: i64) -> Way {
    let fewest = bench.agent().weeks[week].0;
    Way {
        change: Change {
            kind: "fewest_hours".to_owned(),
            dates: dates_of(bench, week),
            minutes: Some(fewest - Minutes(most)),
            says: format!(
                "plan {} less that week: contract hours whose fewest are {}",
                fewest - Minutes(most),
                Minutes(most)
            ),
            agent: None,
        },
        relaxed: Relaxed { fewest: [(week, most)].into(), ..Relaxed::default() },
        most_hours: Some(Minutes(most)),
        weight: AN_HOUR_LESS * (fewest.0 - most),
    }
}

/// The fewest hours outside availability that are enough.
fn outside(bench: &Bench, freed: &Relaxed, week: usize, asked_for: &Asked) -> Option<Way> {
    let opened = freed.and(&bench.without(Item::Availability(week)));
    let free = bench.agent().usual.clone();
    let outside = |span: Span| {
        let inside: Minutes = free.iter().map(|free| free.overlap(span)).sum();
        (span.length() - inside).0.max(0)
    };
    let price = |frame: &Frame| {
        let span = Span::new(Moment(frame.start), Moment(frame.end));
        Minutes(outside(span)).real() - (asked_for.wanted)(frame)
    };
    let line = bench.cheapest(&opened, price).or_else(|| bench.line(&opened))?.line;
    let spans: Vec<Span> =
        line.duties.iter().map(crate::duty::Duty::span).filter(|span| outside(*span) > 0).collect();
    let relaxed = Relaxed { free: spans.clone(), ..Relaxed::default() };
    if !(asked_for.is_enough)(&relaxed) {
        return None;
    }
    let minutes: i64 = spans.iter().map(|span| outside(*span)).sum();
    let hours: Vec<String> = spans
        .iter()
        .map(|span| {
            let end = bench.calendar().local(span.end).clock;
            format!("{}-{end}", clock(bench, span.start))
        })
        .collect();
    let calendar = bench.calendar();
    Some(Way {
        change: Change {
            kind: "availability".to_owned(),
            dates: spans.iter().map(|span| calendar.local(span.start).date).collect(),
            minutes: Some(Minutes(minutes)),
            says: format!("be available {}", hours.join(" and ")),
            agent: None,
        },
        relaxed,
        most_hours: None,
        weight: AN_HOUR_ASKED * minutes,
    })
}

/// An item given up whole; none where nobody may.
pub(in super::super) fn whole(bench: &Bench, item: Item) -> Option<Way> {
    let agent = bench.agent();
    let relaxed = bench.without(item);
    let (change, weight) = match item {
        Item::Lock(place) => {
            let lock = agent.locks[place];
            let date = bench.calendar().date(lock.day());
            let what = match lock {
                Lock::Work(_) => "to work",
                Lock::Off(_) => "to be off",
                Lock::Duty(..) => "to those hours",
            };
            let says = format!("take back the lock of {date} {what}");
            let dates = vec![date];
            (Change { kind: "lock".to_owned(), dates, minutes: None, says, agent: None }, A_LOCK)
        }
        Item::TimeOff(place) => {
            let off = &agent.time_off[place];
            let dates = super::dates_within(bench, off.span);
            let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return None };
            let says = format!("agree on other days than {first} to {last} for the time off");
            let minutes = off.span.overlap(bench.calendar().horizon());
            let change = Change {
                kind: "time_off".to_owned(),
                dates,
                minutes: Some(minutes),
                says,
                agent: None,
            };
            (change, A_MINUTE_OFF * minutes.0)
        }
        Item::Breaks => {
            let says = "let the law alone decide on breaks: no `breaks`, a longer `longest_stretch_minutes`";
            let kind = "breaks".to_owned();
            (
                Change {
                    kind,
                    dates: Vec::new(),
                    minutes: None,
                    says: says.to_owned(),
                    agent: None,
                },
                OTHER_BREAKS,
            )
        }
        Item::Law(kind) => {
            let rules: Vec<&crate::rules::Rule> = bench.rules_of(kind).collect();
            if rules.is_empty() || !rules.iter().all(|rule| rule.waivable) {
                return None;
            }
            let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
            let says = format!("where the person agrees, waive {}", ids.join(", "));
            let kind = "waiver".to_owned();
            (Change { kind, dates: Vec::new(), minutes: None, says, agent: None }, A_WAIVER)
        }
        Item::FewestHours(week) => return Some(fewer(bench, week, 0)),
        Item::MostHours(_) | Item::Availability(_) => return None,
    };
    Some(Way { change, relaxed, most_hours: None, weight })
}

/// The highest number of steps for which something holds that holds for the lowest, and for fewer where for more.
fn highest(low: i64, high: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let steps = (high - low + STEP - 1).div_euclid(STEP);
    // From the top down: so many steps less.
    let fewer = lowest(steps, |step| holds((high - step * STEP).max(low)));
    (high - fewer * STEP).max(low)
}

/// The lowest step for which something holds that holds for the last.
fn lowest(last: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = (low + high).div_euclid(2);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
