//! How a weekday's contacts fall over its slots.
//!
//! ```text
//! own[k, s]    = sum_d w_d x[d, s] / sum_d w_d X_d        over past days d of weekday k, w_d = 2^(-age_d / 16 weeks)
//! pooled[k, s] = the same over all weekdays of a like shape
//! share[k, s]  = trust_k own[k, s] + (1 - trust_k) pooled[k, s]
//! ```
//!
//! Weekdays of a like shape lend each other their history as far as chance, and not they themselves, sets them apart
//! (empirical Bayes; Efron and Morris 1973, JASA 68:117-130): `trust = between / (between + chance)`, with
//! `chance` from how single days differ from their weekday. Holidays hardly count.

use std::collections::BTreeMap;

use super::days::weeks_between;
use crate::calendar::Date;
use crate::history::PastDay;

/// Weeks after which a past day counts half.
const HALF_LIFE: f64 = 16.0;
/// What a holiday counts against another day.
const HOLIDAY: f64 = 0.02;
/// Most that like shapes differ, as the sum of differences of shares.
const LIKE: f64 = 0.15;

/// Shares of each slot by weekday; nought for weekdays that bring nothing.
pub(super) fn shapes(
    days: &[PastDay],
    holidays: &BTreeMap<Date, String>,
    slots: usize,
) -> [Vec<f64>; 7] {
    let mut own: [Own; 7] = std::array::from_fn(|_| Own::new(slots));
    let Some(last) = days.last().map(|day| day.date) else { return own.map(|own| own.contacts) };
    let weighted = || {
        days.iter().map(|day| {
            let usual = if holidays.contains_key(&day.date) { HOLIDAY } else { 1.0 };
            (day, usual * 0.5_f64.powf(weeks_between(last, day.date) / HALF_LIFE))
        })
    };
    for (day, weight) in weighted() {
        own[day.date.weekday().index()].add(day, weight);
    }
    let mut shares: [Vec<f64>; 7] = std::array::from_fn(|weekday| own[weekday].shares());
    for (day, weight) in weighted() {
        let weekday = day.date.weekday().index();
        own[weekday].stray(day, weight, &shares[weekday]);
    }
    let leaning: Vec<Vec<f64>> = (0..7).map(|weekday| lean(weekday, &own, &shares)).collect();
    for (share, leaning) in shares.iter_mut().zip(leaning) {
        *share = leaning;
    }
    shares
}

/// What past days of one weekday brought.
struct Own {
    contacts: Vec<f64>,
    total: f64,
    weights: f64,
    squares: f64,
    /// Weighted squared distance of single days' shares from the weekday's, over all slots.
    strays: f64,
}

impl Own {
    fn new(slots: usize) -> Own {
        Own { contacts: vec![0.0; slots], total: 0.0, weights: 0.0, squares: 0.0, strays: 0.0 }
    }

    fn add(&mut self, day: &PastDay, weight: f64) {
        for (sum, contacts) in self.contacts.iter_mut().zip(&day.contacts) {
            *sum += weight * contacts.0;
        }
        self.total += weight * day.total().0;
        self.weights += weight;
        self.squares += weight * weight;
    }

    fn shares(&self) -> Vec<f64> {
        let share = |contacts| if self.total > 0.0 { contacts / self.total } else { 0.0 };
        self.contacts.iter().map(|&contacts| share(contacts)).collect()
    }

    fn stray(&mut self, day: &PastDay, weight: f64, shares: &[f64]) {
        let total = day.total().0;
        if total > 0.0 {
            let stray = |(contacts, share): (&crate::units::Contacts, &f64)| {
                (contacts.0 / total - share).powi(2)
            };
            self.strays += weight * day.contacts.iter().zip(shares).map(stray).sum::<f64>();
        }
    }
}

fn lean(weekday: usize, own: &[Own; 7], shares: &[Vec<f64>; 7]) -> Vec<f64> {
    let mine = &shares[weekday];
    if own[weekday].total <= 0.0 {
        return mine.clone();
    }
    let like: Vec<usize> = (0..7)
        .filter(|&other| own[other].total > 0.0 && distance(mine, &shares[other]) < LIKE)
        .collect();
    let whole: f64 = like.iter().map(|&other| own[other].total).sum();
    let pooled: Vec<f64> = (0..mine.len())
        .map(|slot| like.iter().map(|&other| own[other].contacts[slot]).sum::<f64>() / whole)
        .collect();
    let chance = chance(weekday, &like, own);
    let squared = |other: &usize| -> f64 {
        shares[*other].iter().zip(&pooled).map(|(a, b)| (a - b).powi(2)).sum()
    };
    let count: f64 = like.iter().map(|_| 1.0).sum();
    let between = (like.iter().map(squared).sum::<f64>() / count - chance).max(0.0);
    let trust = if between + chance > 0.0 { between / (between + chance) } else { 1.0 };
    mine.iter().zip(&pooled).map(|(own, pooled)| trust * own + (1.0 - trust) * pooled).collect()
}

/// How far a weekday's shares would lie from the truth by chance alone, squared, over all slots.
fn chance(weekday: usize, like: &[usize], own: &[Own; 7]) -> f64 {
    // Days are counted as if each weighed the same: a weekday of n days has n - 1 to tell its spread from.
    let (mut strays, mut freedom) = (0.0, 0.0);
    for &other in like {
        let own = &own[other];
        let days = own.weights * own.weights / own.squares;
        strays += own.strays / own.weights * days;
        freedom += (days - 1.0).max(0.0);
    }
    let own = &own[weekday];
    if freedom > 0.0 { strays / freedom * own.squares / (own.weights * own.weights) } else { 0.0 }
}

fn distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).sum()
}
