//! From a mix that keeps every target down to the cheapest one.

use std::collections::BTreeMap;

use super::PoolsSized;
use super::bounds::{self, Bound};
use super::question::PoolsQuestion;
use super::trial::{self, Effort, Judged, Trial};

/// Mixes played at most.
const MOST_PLAYS: usize = 600;
/// Mixes looked at for each that is played, at most.
const MOST_MIXES: usize = 2_000_000;
/// While searching: some hundred thousand contacts, and surer than chance alone would decide in so many plays.
const SEARCH: Effort = Effort { seed: 0, most: 160, sure: 3.3 };
/// For the last word.
const LAST: Effort = Effort { seed: 0, most: 640, sure: 1.96 };
/// Sets the last word's callers apart.
const FRESH: u64 = 0x9E37_79B9_7F4A_7C15;

type Mix = Vec<u32>;

struct Search<'q> {
    question: &'q PoolsQuestion,
    bounds: Vec<Bound>,
    seed: u64,
    plays: usize,
    missed: Vec<Mix>,
    known: BTreeMap<Mix, Judged>,
}

pub(super) fn cheapest(question: &PoolsQuestion, seed: u64) -> Result<PoolsSized, String> {
    let bounds = bounds::all(question);
    let mut search =
        Search { question, bounds, seed, plays: 0, missed: Vec::new(), known: BTreeMap::new() };
    let mut best = search.any()?;
    loop {
        let is_cheapest = search.descend(&mut best);
        let fresh = Effort { seed: seed ^ FRESH, ..LAST };
        let judged = trial::play(question, &best, fresh);
        if judged.judged != Judged::Missed || search.plays >= MOST_PLAYS {
            let cost = search.cost(&best);
            let queues = judged.queues;
            return Ok(PoolsSized {
                headcount: best,
                cost,
                queues,
                is_cheapest,
                plays: search.plays,
            });
        }
        // What looked kept was luck; more people than this, then.
        search.missed.push(best.clone());
        best = search.raise(best)?;
    }
}

impl Search<'_> {
    fn cost(&self, mix: &Mix) -> f64 {
        self.question
            .pools
            .iter()
            .zip(mix)
            .map(|(pool, &people)| pool.cost * f64::from(people))
            .sum()
    }

    fn play(&mut self, mix: &Mix) -> Trial {
        self.plays += 1;
        trial::play(self.question, mix, Effort { seed: self.seed, ..SEARCH })
    }

    /// Whether a mix keeps every target as far as the play can tell; what misses is remembered.
    fn keeps(&mut self, mix: &Mix) -> bool {
        if let Some(judged) = self.known.get(mix) {
            return *judged == Judged::Kept;
        }
        let trial = self.play(mix);
        // On the edge the estimate decides.
        let keeps =
            trial.judged == Judged::Kept || trial.judged == Judged::Undecided && trial.gap <= 0.0;
        self.known.insert(mix.clone(), if keeps { Judged::Kept } else { Judged::Missed });
        if !keeps {
            self.missed.push(mix.clone());
        }
        keeps
    }

    /// A mix that keeps every target: up from the bounds, each time with the pool that closes most of the gap
    /// for its cost.
    fn any(&mut self) -> Result<Mix, String> {
        let mut mix: Mix = vec![0; self.question.pools.len()];
        for bound in self.bounds.clone() {
            // The cheapest pool of the bound fills it; the descent mends what that overdoes.
            let cheapest = bound.pools.iter().copied().min_by(|&one, &other| {
                self.question.pools[one].cost.total_cmp(&self.question.pools[other].cost)
            });
            let has: u32 = bound.pools.iter().map(|&pool| mix[pool]).sum();
            if let Some(pool) = cheapest {
                mix[pool] += whole((bound.people - f64::from(has)).max(0.0));
            }
        }
        self.raise(mix)
    }

    fn raise(&mut self, mut mix: Mix) -> Result<Mix, String> {
        let mut step = 1u32;
        while self.missed.contains(&mix) || !self.keeps(&mix) {
            if self.plays > MOST_PLAYS || mix.iter().any(|&people| people > 1_000_000) {
                let sum: u32 = mix.iter().sum();
                return Err(format!(
                    "{sum} people do not keep every target; is a target out of reach?"
                ));
            }
            let gap = self.play(&mix).gap;
            let tries: Vec<(f64, Mix)> = (0..mix.len())
                .map(|pool| {
                    let mut more = mix.clone();
                    more[pool] += step;
                    let closed = gap - self.play(&more).gap;
                    (closed / self.question.pools[pool].cost, more)
                })
                .collect();
            let best = tries.into_iter().max_by(|one, other| one.0.total_cmp(&other.0));
            mix = best.map_or(mix, |(_, more)| more);
            // Far from the goal in strides, near it step by step.
            step = if gap > 0.2 { step * 2 } else { 1 };
        }
        Ok(mix)
    }

    /// Go down in cost until nothing cheaper is left; whether that was seen to the end.
    fn descend(&mut self, best: &mut Mix) -> bool {
        loop {
            if self.plays >= MOST_PLAYS {
                return false;
            }
            match self.next_below(best) {
                Below::Nothing => return true,
                Below::TooMany => return false,
                Below::Mix(mix) => {
                    if self.keeps(&mix) {
                        *best = mix;
                    }
                }
            }
        }
    }

    /// The most promising mix that costs less, keeps every bound and is not ruled out: the dearest, as it has
    /// most people, and nearest to the best known.
    fn next_below(&self, best: &Mix) -> Below {
        let mut walk = Walk {
            search: self,
            best,
            limit: self.cost(best) - 1e-9,
            seen: 0,
            found: None,
            mix: vec![0; best.len()],
        };
        walk.pool(0, 0.0);
        if walk.seen >= MOST_MIXES {
            Below::TooMany
        } else {
            walk.found.map_or(Below::Nothing, |(_, _, mix)| Below::Mix(mix))
        }
    }
}

enum Below {
    Mix(Mix),
    Nothing,
    TooMany,
}

/// A walk through all mixes below a cost.
struct Walk<'s, 'q> {
    search: &'s Search<'q>,
    best: &'s Mix,
    limit: f64,
    seen: usize,
    found: Option<(f64, u32, Mix)>,
    mix: Mix,
}

impl Walk<'_, '_> {
    fn pool(&mut self, pool: usize, cost: f64) {
        if self.seen >= MOST_MIXES {
            return;
        }
        let each = self.search.question.pools[pool].cost;
        let most = whole_below((self.limit - cost) / each);
        if pool + 1 == self.mix.len() {
            // In the last pool the most that can be paid is the most promising, and rules out all fewer.
            self.mix[pool] = most;
            self.seen += 1;
            self.consider(cost + each * f64::from(most));
            self.mix[pool] = 0;
            return;
        }
        for people in (0..=most).rev() {
            self.mix[pool] = people;
            self.pool(pool + 1, cost + each * f64::from(people));
        }
        self.mix[pool] = 0;
    }

    fn consider(&mut self, cost: f64) {
        let mix = &self.mix;
        let is_bound = self.search.bounds.iter().all(|bound| {
            let people: u32 = bound.pools.iter().map(|&pool| mix[pool]).sum();
            f64::from(people) >= bound.people - 1e-9
        });
        let is_out = |out: &Mix| mix.iter().zip(out).all(|(people, out)| people <= out);
        if !is_bound || cost >= self.limit || self.search.missed.iter().any(is_out) {
            return;
        }
        let away: u32 = mix.iter().zip(self.best).map(|(one, other)| one.abs_diff(*other)).sum();
        let better = |(dearest, nearest, _): &(f64, u32, Mix)| {
            cost > dearest + 1e-9 || (cost > dearest - 1e-9 && away < *nearest)
        };
        if self.found.as_ref().is_none_or(better) {
            self.found = Some((cost, away, mix.clone()));
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between nothing and a thousand million"
)]
fn whole(people: f64) -> u32 {
    people.ceil().clamp(0.0, 1e9) as u32
}

/// The most whole people that cost no more.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between nothing and a thousand million"
)]
fn whole_below(people: f64) -> u32 {
    (people + 1e-9).floor().clamp(0.0, 1e9) as u32
}
