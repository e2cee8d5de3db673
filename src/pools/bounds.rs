//! What every mix must have, whatever the routing: for each set of queues, people who can answer any of
//! them, as many as one pool of them all would need for the loosest target at the fastest pace.
//!
//! One pool for all is the best that can happen to a set, so the rows hold for every mix that keeps its
//! targets but for chance; half a person is left as leeway, and the play decides.

use super::question::PoolsQuestion;
use super::rows::Row;
use crate::scenario::Definition;
use crate::staffing::erlang_a::Station;
use crate::staffing::sizing::{self, Goal};

/// People of these pools together, at least.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    pub(super) pools: Vec<usize>,
    pub(super) people: f64,
}

impl Bound {
    pub(super) fn row(&self, question: &PoolsQuestion) -> Row {
        Row::bound(&self.pools, self.people, question.pools.len())
    }
}

/// Leeway for what pooling does to a definition of service level; *assumption*.
const LEEWAY: f64 = 0.5;

/// A bound for every set of queues.
pub(super) fn all(question: &PoolsQuestion) -> Vec<Bound> {
    let sets = 1usize..(1 << question.queues.len());
    let mut bounds: Vec<Bound> = sets
        .filter_map(|set| {
            let queues: Vec<usize> =
                (0..question.queues.len()).filter(|queue| set >> queue & 1 == 1).collect();
            of(&queues, question)
        })
        .collect();
    // Of bounds on the same pools the highest says it all.
    bounds.sort_by(|one, other| {
        one.pools.cmp(&other.pools).then(other.people.total_cmp(&one.people))
    });
    bounds.dedup_by(|later, first| later.pools == first.pools);
    bounds
}

fn of(queues: &[usize], question: &PoolsQuestion) -> Option<Bound> {
    let answers =
        |pool: &usize| queues.iter().any(|queue| question.pools[*pool].queues.contains(queue));
    let pools: Vec<usize> = (0..question.pools.len()).filter(answers).collect();
    let fastest = |queue: usize| {
        let able = question.pools.iter().filter(|pool| pool.queues.contains(&queue));
        able.map(|pool| pool.handle[queue]).fold(f64::INFINITY, f64::min)
    };
    let members = || queues.iter().map(|&queue| (&question.queues[queue], fastest(queue)));
    let arrivals: f64 = members().map(|(queue, _)| queue.arrivals).sum();
    let load: f64 = members().map(|(queue, fastest)| queue.arrivals * fastest).sum();
    if load <= 0.0 {
        return None;
    }
    let patience = members()
        .map(|(queue, _)| queue.patience)
        .try_fold(0.0f64, |longest, patience| Some(longest.max(patience?)));
    let station = Station { arrivals, handle: load / arrivals, patience };
    let kept = loosest(&question.queues, queues);
    let needed =
        kept.and_then(|goal| sizing::agents(&station, &[goal])).map_or(0.0, |agents| agents.0);
    // Without patience all are served in the end; with it at least as many as the targets ask for.
    let served = members().map(|(queue, _)| least_served(&queue.goals)).fold(1.0, f64::min);
    let fluid = load * if patience.is_none() { 1.0 } else { served };
    Some(Bound { pools, people: (needed - LEEWAY).max(fluid) })
}

/// The loosest of the queues' goals, where all have one of the same kind.
fn loosest(all: &[super::PoolQueue], queues: &[usize]) -> Option<Goal> {
    let of_each = |pick: fn(&Goal) -> Option<(f64, f64)>| -> Option<Vec<(f64, f64)>> {
        queues.iter().map(|&queue| all[queue].goals.iter().find_map(pick)).collect()
    };
    let levels = of_each(|goal| match *goal {
        Goal::ServiceLevel { share, within, definition: Definition::Offered } => {
            Some((share, within))
        }
        _ => None,
    });
    if let Some(levels) = levels {
        let share = levels.iter().map(|level| level.0).fold(1.0, f64::min);
        let within = levels.iter().map(|level| level.1).fold(0.0, f64::max);
        return Some(Goal::ServiceLevel { share, within, definition: Definition::Offered });
    }
    let lost = of_each(|goal| match *goal {
        Goal::Abandonment(most) => Some((most, 0.0)),
        _ => None,
    })?;
    Some(Goal::Abandonment(lost.iter().map(|most| most.0).fold(0.0, f64::max)))
}

/// Share of a queue's contacts that its targets have answered, whatever the definition.
fn least_served(goals: &[Goal]) -> f64 {
    let served = goals.iter().map(|goal| match *goal {
        Goal::ServiceLevel { share, definition: Definition::Offered, .. } => share,
        Goal::Abandonment(most) => 1.0 - most,
        _ => 0.0,
    });
    served.fold(0.0, f64::max)
}
