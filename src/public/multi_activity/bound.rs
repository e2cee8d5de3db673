//! What no roster betters: first by counting, then by prices (Lagrangian relaxation).
//!
//! For any price `p[c]` of being in cell `c`, a roster with `n[c]` people there costs
//!
//! ```text
//! sum f[c](n[c])  >=  sum over c of min over n of (f[c](n) - p[c] n)  +  sum over people of their cheapest line at p
//! ```
//!
//! where `f` is the squared excess, and nobody may be missing. A price of 1 everywhere gives the floor by counting.
//! Prices are whole numbers of a small unit, so that every sum is exact and no rounding can make the bound wrong.

use rayon::prelude::*;

use super::cover::Cost;
use super::lines::{Pricer, Window};
use super::terms::{DAY, Instance, LONGEST, Line};
use crate::roster::activities::Worth;

/// Prices stay within this.
const MOST_PRICE: usize = 4;
/// Whole numbers up to this are exact in single precision.
const EXACT: usize = 1 << 24;
/// Parts the people's lines are priced in at once; a fixed number, so that threads do not change the sums.
const PARTS: usize = 4;
/// How much of the direction before is kept in each round.
const KEPT: f64 = 0.9;
/// How far prices move at first where everyone disagrees, and how much less far in the end.
const STEP: f64 = 0.4;
const SLOWER: f64 = 10.0;

/// What is proved of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proof {
    /// No roster without missing people costs less, by counting alone.
    pub(super) floor: i64,
    /// No roster without missing people costs less.
    pub(super) bound: i64,
}

/// People with the same contract.
#[derive(Debug, Clone, Copy)]
struct Contract {
    least: usize,
    most: usize,
    people: i64,
}

impl Proof {
    /// By counting: contracts ask for so much work, demand takes so much, the rest spread as evenly as may be.
    pub(super) fn by_counting(instance: &Instance) -> Proof {
        let asked: i64 = instance.people.iter().map(|person| whole(person.least)).sum();
        let wanted: i64 = instance.most.iter().map(|&most| i64::from(most)).sum();
        let cells = whole(instance.days * DAY * instance.tasks).max(1);
        let left = (asked - wanted).max(0);
        let (each, rest) = (left.div_euclid(cells), left.rem_euclid(cells));
        let floor = cells * each * each + rest * (2 * each + 1);
        Proof { floor, bound: floor }
    }

    /// Raise the bound by prices, as long as `share` says how much of the work is done; gives the rounds.
    pub(super) fn by_prices(
        &mut self,
        instance: &Instance,
        share: impl Fn(usize) -> Option<f64>,
    ) -> usize {
        let cells = instance.least.len();
        let (mut prices, mut direction) = (vec![1.0; cells], vec![0.0; cells]);
        let contracts = contracts(instance);
        let people = real(whole(instance.people.len())).max(1.0);
        let mut rounds = 0;
        while let Some(share) = share(rounds) {
            let Some((bound, surplus)) = relaxed(instance, &contracts, &prices) else { break };
            self.bound = self.bound.max(bound);
            let step = STEP / people / (1.0 + SLOWER * share);
            for ((price, direction), surplus) in prices.iter_mut().zip(&mut direction).zip(surplus)
            {
                *direction = KEPT * *direction + (1.0 - KEPT) * real(surplus);
                let most = real(whole(MOST_PRICE));
                *price = (*price + step * *direction).clamp(-most, most);
            }
            rounds += 1;
        }
        rounds
    }

    /// Whether nothing better can be found.
    pub(super) fn is_met(&self, cost: Cost) -> bool {
        cost.missing == 0 && cost.excess <= self.bound
    }
}

fn contracts(instance: &Instance) -> Vec<Contract> {
    let mut all = std::collections::BTreeMap::new();
    for person in &instance.people {
        *all.entry((person.least, person.most)).or_insert(0) += 1;
    }
    all.into_iter().map(|((least, most), people)| Contract { least, most, people }).collect()
}

/// The bound at these prices, and by how many people lines fill each cell beyond what it takes; none where
/// somebody has no line.
fn relaxed(instance: &Instance, contracts: &[Contract], prices: &[f64]) -> Option<(i64, Vec<i64>)> {
    let (slots, days) = (instance.slots(), instance.days);
    let reach = MOST_PRICE * LONGEST * (days + 1);
    let unit = EXACT.div_ceil(reach + 1).next_power_of_two() >> 1;
    let unit = whole(unit.max(1));
    let prices: Vec<i64> = prices.iter().map(|&price| rounded(price * real(unit))).collect();
    let mut surplus = Vec::with_capacity(prices.len());
    let mut sum = 0;
    for (cell, &price) in prices.iter().enumerate() {
        let (least, most) = (i64::from(instance.least[cell]), i64::from(instance.most[cell]));
        let cost = |people: i64| unit * (people - most).max(0).pow(2) - price * people;
        let all = whole(instance.people.len()).max(least);
        // Convex, so the first that is no better ends the search.
        let mut people = least;
        while people < all && cost(people + 1) < cost(people) {
            people += 1;
        }
        sum += cost(people);
        surplus.push(-people);
    }
    let mut worth = Worth::default();
    let window = Window::whole(days, 0, 0);
    window
        .fill(&mut worth, instance.tasks, slots, |task, slot| -single(prices[task * slots + slot]));
    let mut finder = Pricer::default();
    finder.price(&worth, &window, slots);
    let parts: Vec<&[Contract]> =
        contracts.chunks(contracts.len().div_ceil(PARTS).max(1)).collect();
    let lines: Option<Vec<Vec<(i64, Line)>>> = parts
        .par_iter()
        .map(|part| {
            let mut finder = finder.clone();
            let cheapest = |contract: &Contract| {
                let window = Window::whole(days, contract.least, contract.most);
                let (value, worked) = finder.best(&window)?;
                let line = finder.line(&worth, &window, worked)?;
                Some((-rounded(f64::from(value)), line))
            };
            part.iter().map(cheapest).collect()
        })
        .collect();
    for (contract, (cost, line)) in contracts.iter().zip(lines?.into_iter().flatten()) {
        sum += contract.people * cost;
        for shift in line {
            for (slot, &task) in (shift.start..).zip(&shift.tasks) {
                surplus[usize::from(task) * slots + slot] += contract.people;
            }
        }
    }
    // Costs are whole numbers, so the bound is rounded up to one.
    Some((-(-sum).div_euclid(unit), surplus))
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are small")]
fn real(count: i64) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "prices in units are below 2^24")]
fn single(price: i64) -> f32 {
    price as f32
}

#[expect(clippy::cast_possible_truncation, reason = "prices in units are below 2^24")]
fn rounded(price: f64) -> i64 {
    price.round() as i64
}
