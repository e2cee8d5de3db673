//! Whole lines against what others leave short: take a few people out of a few days or of all, put each back
//! exactly at prices a little blurred, and keep what is better, or seldom worse, as it cools (simulated annealing,
//! Kirkpatrick, Gelatt & Vecchi 1983, over moves that are each a longest path).
//!
//! Somebody missing weighs little at first, so that lines may pass through rosters that are short, and more the
//! longer they stay missing.

use super::bound::Proof;
use super::cover::{Change, Cost, Cover, gain};
use super::lines::{Pricer, Window};
use super::terms::{DAY, Instance, Line, OPENING, REST, Shift};
use crate::roster::activities::Worth;
use crate::roster::columns::{Budget, Clock, News};
use crate::roster::draw::Draw;
use crate::roster::turns::{self, TOGETHER, Turns};

/// Times that moves are looked at together in a round.
const STEPS: usize = 50;
/// Temperature, in excess, at the start of a cooling and at its end.
const HOT: f32 = 1.5;
const COLD: f32 = 0.1;
/// What one missing weighs at the start of a cooling and at its end.
const LIGHT: f32 = 4.0;
const HEAVY: f32 = 30.0;
/// What each round that somebody stays missing adds to their weight, as a share of it, and which part of what is
/// owed so each round without it forgives.
const INTEREST: f32 = 0.2;
const FORGIVEN: u8 = 8;
/// A cooling ends at each of these shares of the budget: short ones first, so that easy cases end early.
const COOLINGS: [f64; 3] = [0.05, 0.2, 1.0];
/// Share of the time that goes into the bound; where rounds are counted, so many for each of search.
const BOUND_SHARE: f64 = 0.1;
const BOUNDS_A_ROUND: usize = 10;
/// Rounds of the bound where neither time nor rounds are limited.
const MOST_BOUNDS: usize = 2000;
/// Share of moves that plan all days anew.
const WHOLE: f32 = 0.25;
/// Days planned anew by the other moves, at most.
const FEW_DAYS: usize = 3;
/// People planned anew together, at most.
const FEW_PEOPLE: usize = 2;

/// The best roster found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Searched {
    /// Everyone's line.
    pub(super) lines: Vec<Line>,
    /// What they come to.
    pub(super) cost: Cost,
    /// Whether no clock cut the search short.
    pub(super) is_complete: bool,
    /// Rounds worked.
    pub(super) rounds: usize,
    /// Lines priced.
    pub(super) priced: usize,
    /// Rounds of prices for the bound.
    pub(super) bounded: usize,
}

/// A roster while it is searched.
#[derive(Debug, Clone)]
struct State<'a> {
    instance: &'a Instance,
    lines: Vec<Line>,
    cover: Cover,
    /// The temperature.
    heat: f32,
    /// Lines priced.
    priced: usize,
}

/// Room to work in.
#[derive(Debug, Clone, Default)]
struct Lane {
    pricer: Pricer,
    worth: Worth,
    counts: Vec<u16>,
}

/// Some days of one person planned anew.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Anew {
    person: usize,
    first: usize,
    last: usize,
    shifts: Vec<Shift>,
}

/// Whom and which days a move takes up, and how far its prices are blurred.
#[derive(Debug, Clone, PartialEq)]
struct Move {
    people: Vec<usize>,
    first: usize,
    last: usize,
    blur: f32,
}

/// Search until the budget or the clock is used up, or the bound is met.
///
/// # Errors
/// The place of somebody who has no line at all.
pub(super) fn search(
    instance: &Instance,
    proof: &mut Proof,
    budget: &Budget,
    clock: &dyn Clock,
) -> Result<Searched, usize> {
    let total = clock.seconds_left().unwrap_or(f64::INFINITY);
    let mut state = State::first(instance, budget.seed)?;
    let mut best = Searched {
        lines: state.lines.clone(),
        cost: state.cover.cost,
        is_complete: true,
        rounds: 0,
        priced: state.priced,
        bounded: 0,
    };
    tell(&best, clock, "greedy");
    let mut lanes = turns::rooms::<State>();
    let mut debts = vec![0_u8; instance.least.len()];
    let mut is_over = false;
    while best.rounds < budget.rounds
        && !is_over
        && !proof.is_met(best.cost)
        && !state.lines.is_empty()
    {
        let before = best.cost;
        let mut share = 0.0;
        for step in 0..STEPS {
            let left = clock.seconds_left();
            if left.is_some_and(|left| left <= 0.0) {
                is_over = true;
                break;
            }
            let worked = real(best.rounds) + real(step) / real(STEPS);
            share = match left {
                // Counted work alone where it is limited, so that the same budget gives the same roster.
                _ if budget.rounds < usize::MAX => worked / real(budget.rounds),
                Some(left) if total > 0.0 => 1.0 - left / total,
                _ => worked / (worked + 1000.0),
            };
            let cooled = cooled(share);
            if step == 0 {
                state.weigh(&mut debts, LIGHT * (HEAVY / LIGHT).powf(cooled));
            }
            state.heat = HOT * (COLD / HOT).powf(cooled);
            let place = best.rounds.wrapping_mul(STEPS).wrapping_add(step).wrapping_mul(TOGETHER);
            let draw = |count: usize| Draw::new(budget.seed, place.wrapping_add(count));
            turns::together(&mut state, &std::array::from_fn::<_, TOGETHER, _>(draw), &mut lanes);
            if state.cover.cost < best.cost {
                best.cost = state.cover.cost;
                best.lines.clone_from(&state.lines);
                if proof.is_met(best.cost) {
                    break;
                }
            }
        }
        best.rounds += 1;
        if best.cost < before {
            tell(&best, clock, "search");
        }
        // Once the easy cases are over, a bound is worth its time.
        let is_due = share >= COOLINGS[0] && best.bounded == 0;
        if is_due && !is_over && !proof.is_met(best.cost) {
            best.bounded =
                proof.by_prices(instance, |rounds| bounding(budget, clock, total, share, rounds));
            clock.news(News::Bound(proof.bound));
        }
    }
    best.priced = state.priced;
    best.is_complete = !is_over;
    Ok(best)
}

/// How much of the work on the bound is done, which began at `from` of all; none where it is over.
fn bounding(
    budget: &Budget,
    clock: &dyn Clock,
    total: f64,
    from: f64,
    rounds: usize,
) -> Option<f64> {
    let most = if budget.rounds < usize::MAX {
        budget.pricing.min(BOUNDS_A_ROUND.saturating_mul(budget.rounds))
    } else {
        budget.pricing
    };
    let left = clock.seconds_left();
    if left.is_some_and(|left| left <= 0.0) {
        return None;
    }
    let share = match left {
        Some(left) if most == usize::MAX => (1.0 - left / total - from) / BOUND_SHARE,
        _ => real(rounds) / real(most.min(MOST_BOUNDS)),
    };
    (share < 1.0).then_some(share)
}

fn tell(best: &Searched, clock: &dyn Clock, by: &'static str) {
    if best.cost.missing == 0 {
        clock.news(News::Cost(best.cost.excess, by));
    }
}

/// How far the cooling is that this share of the budget is in.
fn cooled(share: f64) -> f32 {
    let mut start = 0.0;
    for end in COOLINGS {
        if share < end {
            return single((share - start) / (end - start));
        }
        start = end;
    }
    1.0
}

impl Turns for State<'_> {
    type Turn = Draw;
    /// How much worse may be, and the days planned anew.
    type Found = (f32, Vec<Anew>);
    type Room = Lane;

    fn look(&self, draw: &Draw, lane: &mut Lane) -> Option<(f32, Vec<Anew>)> {
        let mut draw = draw.clone();
        let chosen = self.choose(self.heat, &mut draw);
        let grace = -self.heat * draw.unit().max(1e-9).ln();
        Some((grace, self.plan_anew(lane, &chosen, &mut draw)?))
    }

    /// Nobody is taken up twice.
    fn take(&mut self, found: Vec<Option<(f32, Vec<Anew>)>>) -> bool {
        let before = self.cover.cost;
        let mut touched = Vec::new();
        for (grace, anew) in found.into_iter().flatten() {
            self.priced += anew.len();
            if anew.iter().any(|one| touched.contains(&one.person)) {
                continue;
            }
            let people: Vec<usize> = anew.iter().map(|one| one.person).collect();
            if self.swap_in(anew, grace) {
                touched.extend(people);
            }
        }
        self.cover.cost < before
    }
}

impl State<'_> {
    /// Everyone in turn, each best for what is still short.
    fn first(instance: &Instance, seed: u64) -> Result<State<'_>, usize> {
        let mut state = State {
            instance,
            lines: vec![Line::new(); instance.people.len()],
            cover: Cover::nobody(instance, LIGHT),
            heat: HOT,
            priced: instance.people.len(),
        };
        let mut lane = Lane::default();
        for person in 0..instance.people.len() {
            let alone = Move { people: vec![person], first: 0, last: instance.days, blur: COLD };
            let mut draw = Draw::new(seed, person);
            let anew = state.plan_anew(&mut lane, &alone, &mut draw).ok_or(person)?;
            state.swap_in(anew, f32::INFINITY);
        }
        Ok(state)
    }

    /// Give cells where somebody stays missing more and more weight.
    fn weigh(&mut self, debts: &mut [u8], weight: f32) {
        let cells = self.cover.counts.iter().zip(&self.instance.least);
        for (((&people, &least), debt), old) in cells.zip(debts).zip(&mut self.cover.weights) {
            *debt = if people < least {
                debt.saturating_add(1)
            } else {
                *debt - debt.div_ceil(FORGIVEN)
            };
            *old = weight * (1.0 + INTEREST * f32::from(*debt));
        }
    }

    fn choose(&self, heat: f32, draw: &mut Draw) -> Move {
        let (all, days) = (self.instance.people.len(), self.instance.days);
        let mut people = vec![draw.below(all)];
        for _ in 0..draw.below(FEW_PEOPLE) {
            let other = draw.below(all);
            if !people.contains(&other) {
                people.push(other);
            }
        }
        let (first, last) = if draw.unit() < WHOLE {
            (0, days)
        } else {
            let first = draw.below(days + 1);
            (first, (first + draw.below(FEW_DAYS)).min(days))
        };
        Move { people, first, last, blur: heat }
    }

    /// What surrounds some days of a person.
    fn window(&self, person: usize, first: usize, last: usize) -> Window {
        let line = &self.lines[person];
        let contract = &self.instance.people[person];
        let whole = Window::whole(self.instance.days, contract.least, contract.most);
        let mut window = Window { first, last, ..whole };
        let mut kept = 0;
        let mut next = first;
        for shift in line.iter().rev().filter(|shift| shift.day() < first) {
            kept += shift.tasks.len();
            if shift.day() + 1 == next {
                if window.run_before == 0 {
                    window.rested = shift.end() + OPENING + REST;
                }
                window.run_before += 1;
                next -= 1;
            }
        }
        next = last + 1;
        for shift in line.iter().filter(|shift| shift.day() > last) {
            kept += shift.tasks.len();
            if shift.day() == next {
                if window.run_after == 0 {
                    window.ends_by = shift.start + OPENING - REST;
                }
                window.run_after += 1;
                next += 1;
            }
        }
        window.least = contract.least.saturating_sub(kept);
        window.most = contract.most.saturating_sub(kept);
        window.kept_short()
    }

    /// Plan these days of these people anew, one after the other; none where somebody finds no line.
    fn plan_anew(&self, lane: &mut Lane, chosen: &Move, draw: &mut Draw) -> Option<Vec<Anew>> {
        let Move { ref people, first, last, blur } = *chosen;
        let (instance, slots) = (self.instance, self.instance.slots());
        let low = (first * DAY).saturating_sub(OPENING);
        let (from, span) = Window { first, last, ..Window::whole(0, 0, 0) }.span();
        let wide = (from + span - OPENING).min(slots) - low;
        lane.counts.clear();
        for row in self.cover.counts.chunks_exact(slots) {
            lane.counts.extend_from_slice(&row[low..low + wide]);
        }
        let cell = |slot: usize, task: u8| usize::from(task) * wide + slot - low;
        for &person in people {
            let inside = |shift: &&Shift| (first..=last).contains(&shift.day());
            for shift in self.lines[person].iter().filter(inside) {
                for (slot, &task) in (shift.start..).zip(&shift.tasks) {
                    lane.counts[cell(slot, task)] -= 1;
                }
            }
        }
        let mut all = Vec::with_capacity(people.len());
        for &person in people {
            let window = self.window(person, first, last);
            let counts = &lane.counts;
            window.fill(&mut lane.worth, instance.tasks, slots, |task, slot| {
                let there = counts[task * wide + slot - low];
                let cell = task * slots + slot;
                let (least, most) = (instance.least[cell], instance.most[cell]);
                gain(there, least, most, self.cover.weights[cell]) + blur * draw.either_way()
            });
            lane.pricer.price(&lane.worth, &window, slots);
            let (_, worked) = lane.pricer.best(&window)?;
            let shifts = lane.pricer.line(&lane.worth, &window, worked)?;
            for shift in &shifts {
                for (slot, &task) in (shift.start..).zip(&shift.tasks) {
                    lane.counts[cell(slot, task)] += 1;
                }
            }
            all.push(Anew { person, first, last, shifts });
        }
        Some(all)
    }

    /// Take new days for old where that adds no more than the grace; whether they were taken.
    fn swap_in(&mut self, anew: Vec<Anew>, grace: f32) -> bool {
        let mut added = 0.0;
        let mut old = Vec::with_capacity(anew.len());
        for one in anew {
            let (change, before) = self.swap(one);
            added += change;
            old.push(before);
        }
        let is_taken = added <= grace;
        if !is_taken {
            for one in old.into_iter().rev() {
                self.swap(one);
            }
        }
        is_taken
    }

    /// Put new days in the place of old ones; what that adds, and the old ones.
    fn swap(&mut self, one: Anew) -> (f32, Anew) {
        let Anew { person, first, last, shifts } = one;
        let line = &mut self.lines[person];
        let from = line.partition_point(|shift| shift.day() < first);
        let to = line.partition_point(|shift| shift.day() <= last);
        let mut added = 0.0;
        for shift in &line[from..to] {
            added += self.cover.change(self.instance, shift, Change::Out);
        }
        for shift in &shifts {
            added += self.cover.change(self.instance, shift, Change::In);
        }
        let shifts = line.splice(from..to, shifts).collect();
        (added, Anew { person, first, last, shifts })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rounds are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
fn single(share: f64) -> f32 {
    share as f32
}
