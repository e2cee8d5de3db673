//! Down to the cheapest mix that keeps every target.
//!
//! First to any mix that keeps them, up from the bounds with whoever closes most of the gap for their cost.
//! Then each time to the cheapest mix that all rows let: one that keeps its targets is the best so far, one that
//! misses gives new rows. At last the same with leeway in the rows, so that what is left is ruled out surely:
//! a mix is filled up to just below the best one's cost, and where it misses, so does all below it.

use super::bounds::{self, Bound};
use super::question::PoolsQuestion;
use super::rows::{Cheapest, Found, Mix, Read, Row};
use super::trial::{self, Effort, Judged, Trial};
use super::{Close, PoolsSized};

/// Contacts played at most; about a minute on one core.
const MOST_CONTACTS: f64 = 2e8;
/// While searching: surer than chance alone would decide in so many plays.
const SEARCH: Effort = Effort { seed: 0, first: 4, most: 512, sure: 3.3, close: 0.003 };
/// For mixes on the edge: until they are known to a twentieth of a point.
const EDGE: Effort = Effort { seed: 0, first: 64, most: 8192, sure: 3.3, close: 0.0005 };
/// For what one more person adds.
const GAIN: Effort = Effort { seed: 0, first: 16, most: 16, sure: 3.3, close: 0.0 };
/// For the last word.
const LAST: Effort = Effort { seed: 0, first: 16, most: 640, sure: 1.96, close: 0.0 };
/// Sets the last word's callers apart.
const FRESH: u64 = 0x9E37_79B9_7F4A_7C15;
/// A queue this far from its goal, or further, is where service does not yet gain less and less.
const FAR: f64 = -0.25;
/// What one more person adds is taken to be the same in mixes no further apart than so many people.
const ALIKE: u32 = 4;

pub(super) fn cheapest(question: &PoolsQuestion, seed: u64) -> Result<PoolsSized, String> {
    let bounds = bounds::all(question);
    let mut search = Search::new(question, &bounds, seed);
    let mut best = search.climb(filled(&bounds, question))?;
    loop {
        search.sink(&mut best, Read::Likely);
        let is_cheapest = search.sink(&mut best, Read::Surely);
        if search.settle(&mut best) {
            continue;
        }
        let judged = trial::play(question, &best, Effort { seed: seed ^ FRESH, ..LAST });
        if judged.judged != Judged::Missed || search.is_spent() {
            return Ok(PoolsSized {
                cost: search.cost(&best),
                close: search.close_below(&best),
                headcount: best,
                queues: judged.queues,
                is_cheapest,
                plays: search.plays,
            });
        }
        // What looked kept was luck; more people than this, then.
        search.rule_out(best.clone());
        best = search.climb(best)?;
    }
}

/// The cheapest pool of each bound fills it; the descent mends what that overdoes.
fn filled(bounds: &[Bound], question: &PoolsQuestion) -> Mix {
    let mut mix: Mix = vec![0; question.pools.len()];
    for bound in bounds {
        let cheapest =
            bound.pools.iter().copied().min_by(|&one, &other| {
                question.pools[one].cost.total_cmp(&question.pools[other].cost)
            });
        let has: u32 = bound.pools.iter().map(|&pool| mix[pool]).sum();
        if let Some(pool) = cheapest {
            mix[pool] += whole((bound.people - f64::from(has)).max(0.0));
        }
    }
    mix
}

struct Search<'q> {
    question: &'q PoolsQuestion,
    costs: Vec<f64>,
    seed: u64,
    rows: Vec<Row>,
    /// Mixes that miss, none below another.
    missed: Vec<Mix>,
    /// What one more person of each pool adds to each queue, where it was measured.
    gains: Vec<(Mix, Vec<Vec<f64>>)>,
    /// Mixes that miss by what was measured, which could as well be chance.
    close: Vec<Close>,
    /// Those of them that longer play could not tell apart either.
    settled: Vec<Close>,
    plays: usize,
    contacts: f64,
}

impl Search<'_> {
    fn new<'q>(question: &'q PoolsQuestion, bounds: &[Bound], seed: u64) -> Search<'q> {
        Search {
            question,
            costs: question.pools.iter().map(|pool| pool.cost).collect(),
            seed,
            rows: bounds.iter().map(|bound| bound.row(question)).collect(),
            missed: Vec::new(),
            gains: Vec::new(),
            close: Vec::new(),
            settled: Vec::new(),
            plays: 0,
            contacts: 0.0,
        }
    }

    fn cost(&self, mix: &Mix) -> f64 {
        self.costs.iter().zip(mix).map(|(cost, &people)| cost * f64::from(people)).sum()
    }

    fn is_spent(&self) -> bool {
        self.contacts >= MOST_CONTACTS
    }

    fn play(&mut self, mix: &Mix, effort: Effort) -> Trial {
        let trial = trial::play(self.question, mix, Effort { seed: self.seed, ..effort });
        self.plays += 1;
        self.contacts += trial.contacts;
        trial
    }

    fn rule_out(&mut self, mix: Mix) {
        self.missed.retain(|out| !is_below(out, &mix));
        self.missed.push(mix);
    }

    /// Up from a mix to one that keeps every target, each time with the pool that closes most of the gap for
    /// its cost; rows are learnt on the way.
    fn climb(&mut self, mut mix: Mix) -> Result<Mix, String> {
        loop {
            let is_out = self.missed.contains(&mix);
            let trial = self.play(&mix, SEARCH);
            if trial.keeps() && !is_out {
                return Ok(mix);
            }
            if self.is_spent() || mix.iter().any(|&people| people > 1_000_000) {
                let sum: u32 = mix.iter().sum();
                return Err(format!(
                    "{sum} people do not keep every target, and more were not played; is one out of reach?"
                ));
            }
            if !is_out {
                self.learn(&mix, &trial);
            }
            mix = self.higher(mix, &trial);
        }
    }

    /// More people of the pool that closes most of the gap for its cost: near the goal one, further off more.
    fn higher(&mut self, mut mix: Mix, trial: &Trial) -> Mix {
        let gains = self.gains_at(&mix).clone();
        let lacking: Vec<usize> =
            (0..trial.margins.len()).filter(|&queue| trial.margins[queue].0 < 0.0).collect();
        let closes = |pool: usize| {
            lacking.iter().map(|&queue| gains[queue][pool]).sum::<f64>() / self.costs[pool]
        };
        let pools = || 0..self.costs.len();
        let best = pools().max_by(|&one, &other| closes(one).total_cmp(&closes(other)));
        if let Some(pool) = best {
            let sum: u32 = mix.iter().sum();
            mix[pool] += if trial.gap() > -FAR { 1 + whole(0.03 * f64::from(sum)) } else { 1 };
        }
        mix
    }

    /// Down in cost until no mix that the rows let is left; whether that was seen to the end.
    fn sink(&mut self, best: &mut Mix, read: Read) -> bool {
        while !self.is_spent() {
            let limit = self.cost(best);
            let search =
                Cheapest { costs: &self.costs, rows: &self.rows, missed: &self.missed, read };
            let mix = match search.below(limit) {
                Found::Nothing => return true,
                Found::TooMany => return false,
                Found::Mix(mix) => mix,
            };
            let mix = if read == Read::Surely { self.filled_up(mix, limit) } else { mix };
            let trial = self.play(&mix, SEARCH);
            if trial.keeps() {
                *best = mix;
            } else {
                self.learn(&mix, &trial);
            }
        }
        false
    }

    /// A mix with as many more people as cost less than a limit together.
    fn filled_up(&self, mut mix: Mix, limit: f64) -> Mix {
        let mut left = limit - 1e-9 - self.cost(&mix);
        loop {
            let affordable = (0..mix.len()).filter(|&pool| self.costs[pool] < left);
            let dearest =
                affordable.max_by(|&one, &other| self.costs[one].total_cmp(&self.costs[other]));
            let Some(pool) = dearest else { return mix };
            mix[pool] += 1;
            left -= self.costs[pool];
        }
    }

    /// Play mixes on that miss by what was measured and could as well keep, the cheapest first; whether one of them
    /// is the best now.
    fn settle(&mut self, best: &mut Mix) -> bool {
        let limit = self.cost(best) - 1e-9;
        self.close.retain(|close| close.cost < limit);
        self.close.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        for close in std::mem::take(&mut self.close) {
            if self.is_spent() {
                self.settled.push(close);
                continue;
            }
            let trial = self.play(&close.headcount, EDGE);
            if trial.keeps() {
                *best = close.headcount;
                return true;
            }
            if trial.judged == Judged::Undecided {
                self.settled.push(Close { lacks: trial.lacks(), ..close });
            }
        }
        false
    }

    /// The cheapest mix below a cost that could keep every target for all that the play can tell.
    fn close_below(&self, best: &Mix) -> Option<Close> {
        let limit = self.cost(best) - 1e-9;
        let cheaper = self.settled.iter().filter(|close| close.cost < limit);
        cheaper.min_by(|one, other| one.cost.total_cmp(&other.cost)).cloned()
    }

    /// Rule out a mix that misses, and what its service says of others.
    fn learn(&mut self, mix: &Mix, trial: &Trial) {
        self.rule_out(mix.clone());
        if trial.judged == Judged::Undecided {
            let (headcount, lacks) = (mix.clone(), trial.lacks());
            self.close.push(Close { headcount, cost: self.cost(mix), lacks });
        }
        for (queue, &(margin, error)) in trial.margins.iter().enumerate() {
            if margin < 0.0 && margin > FAR && error.is_finite() {
                let gains = self.gains_at(mix)[queue].clone();
                self.rows.push(Row::cut(mix, -margin, error, gains));
            }
        }
    }

    /// What one more person of each pool adds to each queue's service, with the same callers.
    fn gains_at(&mut self, mix: &Mix) -> &Vec<Vec<f64>> {
        let away =
            |at: &Mix| -> u32 { mix.iter().zip(at).map(|(one, other)| one.abs_diff(*other)).sum() };
        let nearest = (0..self.gains.len()).min_by_key(|&known| away(&self.gains[known].0));
        let known = nearest.filter(|&known| away(&self.gains[known].0) <= ALIKE);
        let known = known.unwrap_or_else(|| {
            let gains = self.measure_gains(mix);
            self.gains.push((mix.clone(), gains));
            self.gains.len() - 1
        });
        &self.gains[known].1
    }

    fn measure_gains(&mut self, mix: &Mix) -> Vec<Vec<f64>> {
        let before = self.play(mix, GAIN);
        let mut gains = vec![vec![0.0; mix.len()]; before.margins.len()];
        for pool in 0..mix.len() {
            let mut more = mix.clone();
            more[pool] += 1;
            let after = self.play(&more, GAIN);
            for (queue, gains) in gains.iter_mut().enumerate() {
                gains[pool] = (after.margins[queue].0 - before.margins[queue].0).max(0.0);
            }
        }
        gains
    }
}

fn is_below(mix: &Mix, other: &Mix) -> bool {
    mix.iter().zip(other).all(|(people, most)| people <= most)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between nothing and a thousand million"
)]
fn whole(people: f64) -> u32 {
    people.ceil().clamp(0.0, 1e9) as u32
}
