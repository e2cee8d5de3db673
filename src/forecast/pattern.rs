//! What a day usually brings, and how the last weeks compare with usual, for histories too short or too thin for more.
//!
//! ```text
//! usual[k, s] = sum_d w_d x[d, s] / sum_d w_d      over past days d of weekday k, w_d = 2^(-age_d / 8 weeks)
//! level       = sum_d v_d X_d / sum_d v_d usual_d  over all past days,            v_d = 2^(-age_d / 4 weeks)
//! mean[d, s]  = level * usual[weekday of d, s]
//! ```
//!
//! `x` contacts by day and slot, `X` by day. The shape of a weekday leans a little on weekdays of a like
//! shape. Holidays are left out of both. Beyond two or three days ahead such averages of recent weeks are
//! hard to beat (half-lives are those that did best on three public histories; Taylor 2008, Management Science 54:253-265); the multiplicative day-by-slot form is that of
//! Weinberg, Brown and Stroud 2007 (JASA 102:1185-1198). Ages count from the last day of history.
//!
//! Assumptions: a holiday of the horizon brings what past holidays of its name brought on average, and
//! otherwise what its weekday brings. A weekday that two weeks of history or more never show is closed; in
//! shorter histories it brings the average of the days there are.

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::history::{PastDay, Series};

/// Days after which a past day counts half in what is usual.
const USUAL_HALF_LIFE: f64 = 56.0;
/// Days after which a past day counts half in the level.
const LEVEL_HALF_LIFE: f64 = 28.0;
/// How many recent days of like weekdays the shape of a weekday leans on.
const LEANS_ON: f64 = 2.0;
/// Most that the shapes of like weekdays differ, as the sum of differences over parts of the day.
const ALIKE: f64 = 0.1;
/// Days of history from which a weekday that never occurs is taken as closed.
const TWO_WEEKS: i64 = 14;

/// What past days teach.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    /// Usual contacts by weekday and slot; none where no such day is known.
    usual: [Option<Vec<f64>>; 7],
    /// Contacts by slot of an unknown weekday.
    unknown: Vec<f64>,
    /// How busy the last weeks were against usual.
    level: f64,
    /// Mean contacts of past holidays, by name.
    holidays: BTreeMap<String, Vec<f64>>,
}

/// Learn from the days before a date.
pub(super) fn learn(series: &Series, holidays: &BTreeMap<Date, String>, before: Date) -> Pattern {
    let slots = series.slots();
    let (special, ordinary): (Vec<&PastDay>, Vec<&PastDay>) =
        series.before(before).iter().partition(|day| holidays.contains_key(&day.date));
    let usual = lean_on_like_days(&usual_days(&ordinary, slots));
    Pattern {
        level: level(&ordinary, &usual),
        unknown: unknown_day(&ordinary, slots),
        holidays: past_holidays(&special, holidays, slots),
        usual: usual.map(|day| day.map(|day| day.contacts)),
    }
}

impl Pattern {
    /// Contacts by slot to expect on a date.
    pub(super) fn expect(&self, date: Date, holiday: Option<&str>) -> Vec<f64> {
        if let Some(known) = holiday.and_then(|name| self.holidays.get(name)) {
            return known.clone();
        }
        match &self.usual[date.weekday().index()] {
            Some(usual) => usual.iter().map(|contacts| self.level * contacts).collect(),
            None => self.unknown.clone(),
        }
    }
}

/// The usual day of one weekday.
#[derive(Debug, Clone, PartialEq)]
struct UsualDay {
    contacts: Vec<f64>,
    /// Past days behind it, the last one counting 1.
    weight: f64,
}

impl UsualDay {
    fn total(&self) -> f64 {
        self.contacts.iter().sum()
    }

    /// Share of each eighth of the day, in which chance is less than in slots.
    fn parts(&self) -> [f64; 8] {
        let mut parts = [0.0; 8];
        let (total, slots) = (self.total(), self.contacts.len());
        for (slot, contacts) in self.contacts.iter().enumerate() {
            parts[(slot * 8).div_euclid(slots)] += contacts / total;
        }
        parts
    }

    fn is_like(&self, other: &UsualDay) -> bool {
        let (one, two) = (self.parts(), other.parts());
        one.iter().zip(two).map(|(a, b)| (a - b).abs()).sum::<f64>() <= ALIKE
    }
}

fn fading(day: &PastDay, last: Date, half_life: f64) -> f64 {
    0.5_f64.powf(days_between(last, day.date) / half_life)
}

#[expect(clippy::cast_precision_loss, reason = "dates are few thousand days apart")]
fn days_between(later: Date, earlier: Date) -> f64 {
    later.days_since(earlier) as f64
}

fn usual_days(days: &[&PastDay], slots: usize) -> [Option<UsualDay>; 7] {
    let mut usual: [Option<UsualDay>; 7] = Default::default();
    let Some(last) = days.last().map(|day| day.date) else {
        return usual;
    };
    for day in days {
        let weight = fading(day, last, USUAL_HALF_LIFE);
        let sum = usual[day.date.weekday().index()]
            .get_or_insert_with(|| UsualDay { contacts: vec![0.0; slots], weight: 0.0 });
        sum.weight += weight;
        for (total, contacts) in sum.contacts.iter_mut().zip(&day.contacts) {
            *total += weight * contacts.0;
        }
    }
    for day in usual.iter_mut().flatten() {
        // Days before living memory weigh nothing at all.
        if day.weight > 0.0 {
            let weight = day.weight;
            day.contacts.iter_mut().for_each(|contacts| *contacts /= weight);
        }
    }
    usual
}

fn lean_on_like_days(usual: &[Option<UsualDay>; 7]) -> [Option<UsualDay>; 7] {
    let leaning = |day: &UsualDay| {
        let total = day.total();
        if total <= 0.0 {
            return day.clone();
        }
        let like = usual.iter().flatten().filter(|other| other.total() > 0.0 && day.is_like(other));
        let mut pool = vec![0.0; day.contacts.len()];
        let mut whole = 0.0;
        for other in like {
            for (sum, contacts) in pool.iter_mut().zip(&other.contacts) {
                *sum += other.weight * contacts;
            }
            whole += other.weight * other.total();
        }
        if whole <= 0.0 {
            return day.clone();
        }
        let own = day.weight / (day.weight + LEANS_ON);
        let contacts = day
            .contacts
            .iter()
            .zip(&pool)
            .map(|(contacts, pooled)| own * contacts + (1.0 - own) * total * pooled / whole)
            .collect();
        UsualDay { contacts, weight: day.weight }
    };
    let leant: Vec<Option<UsualDay>> = usual.iter().map(|day| day.as_ref().map(leaning)).collect();
    leant.try_into().expect("a week has seven days")
}

fn level(days: &[&PastDay], usual: &[Option<UsualDay>; 7]) -> f64 {
    let Some(last) = days.last().map(|day| day.date) else {
        return 1.0;
    };
    let (mut came, mut expected) = (0.0, 0.0);
    for day in days {
        let weight = fading(day, last, LEVEL_HALF_LIFE);
        let usually = usual[day.date.weekday().index()].as_ref().map_or(0.0, UsualDay::total);
        came += weight * day.total().0;
        expected += weight * usually;
    }
    if expected > 0.0 { came / expected } else { 1.0 }
}

fn unknown_day(days: &[&PastDay], slots: usize) -> Vec<f64> {
    let spans_two_weeks = match (days.first(), days.last()) {
        (Some(first), Some(last)) => last.date.days_since(first.date) + 1 >= TWO_WEEKS,
        _ => true,
    };
    let mut mean = vec![0.0; slots];
    if !spans_two_weeks {
        let count: f64 = days.iter().map(|_| 1.0).sum();
        for day in days {
            for (sum, contacts) in mean.iter_mut().zip(&day.contacts) {
                *sum += contacts.0 / count;
            }
        }
    }
    mean
}

fn past_holidays(
    days: &[&PastDay],
    names: &BTreeMap<Date, String>,
    slots: usize,
) -> BTreeMap<String, Vec<f64>> {
    let mut sums = BTreeMap::<String, (f64, Vec<f64>)>::new();
    for day in days {
        let Some(name) = names.get(&day.date) else { continue };
        let (count, sum) = sums.entry(name.clone()).or_insert_with(|| (0.0, vec![0.0; slots]));
        *count += 1.0;
        for (total, contacts) in sum.iter_mut().zip(&day.contacts) {
            *total += contacts.0;
        }
    }
    let mean = |(count, sum): (f64, Vec<f64>)| sum.iter().map(|total| total / count).collect();
    sums.into_iter().map(|(name, sum)| (name, mean(sum))).collect()
}
