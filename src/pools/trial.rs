//! A mix in play: stretches of a steady state, each from empty with its start left out, until every target
//! is decided or the callers run out.

use serde::Serialize;

use super::question::PoolsQuestion;
use crate::kpi::Estimate;
use crate::scenario::Definition;
use crate::simulation::models::{Model, PooledQueue, StreamDay, pooled};
use crate::staffing::sizing::Goal;

/// What the play says of a target or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// The whole interval is on the wrong side.
    Missed,
    /// The interval holds the goal.
    Undecided,
    /// The whole interval is on the right side.
    Kept,
}

/// What a queue gets, with 95 % intervals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Share answered in time by the target's definition, or of all offered where the target is another.
    pub service_level: Estimate,
    /// Share that hang up.
    pub abandonment: Estimate,
    /// Mean minutes waited by everyone.
    pub mean_wait: f64,
    /// All its targets together.
    pub judged: Judged,
}

impl Measured {
    /// A queue that nobody asks anything of keeps every target.
    fn without_contacts() -> Measured {
        let known = |value| Estimate { value, low: value, high: value };
        let (service_level, abandonment) = (known(1.0), known(0.0));
        Measured { service_level, abandonment, mean_wait: 0.0, judged: Judged::Kept }
    }
}

/// A mix as played.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    pub(super) queues: Vec<Measured>,
    pub(super) judged: Judged,
    /// By queue, by how much it is above the goal it is furthest below, in share points, and the error of that.
    pub(super) margins: Vec<(f64, f64)>,
    /// Contacts played.
    pub(super) contacts: f64,
}

impl Trial {
    /// How far targets are missed together, in share points.
    pub(super) fn gap(&self) -> f64 {
        self.margins.iter().map(|(margin, _)| (-margin).max(0.0)).sum()
    }

    /// What the queue furthest below its goal lacks, in share points.
    pub(super) fn lacks(&self) -> f64 {
        self.margins.iter().map(|(margin, _)| -margin).fold(0.0, f64::max)
    }

    /// Whether it keeps every target, on the edge by what was measured.
    pub(super) fn keeps(&self) -> bool {
        self.judged == Judged::Kept || self.judged == Judged::Undecided && self.gap() <= 0.0
    }
}

/// How long and how surely to play.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    pub(super) seed: u64,
    /// Stretches at first; then twice as many at each look.
    pub(super) first: u64,
    /// Stretches at most.
    pub(super) most: u64,
    /// Standard errors on either side before a target counts as decided.
    pub(super) sure: f64,
    /// Played no more once every target not decided is known to so many points.
    pub(super) close: f64,
}

/// Contacts in a stretch, about.
const CONTACTS: f64 = 4000.0;

/// Play a mix until it is decided or known well enough.
pub(super) fn play(question: &PoolsQuestion, people: &[u32], effort: Effort) -> Trial {
    let model = model(question, people);
    let mut days: Vec<Vec<StreamDay>> = Vec::new();
    let mut done = 0;
    loop {
        let more = done.max(effort.first).min(effort.most - done);
        days.extend(model.days_from(done, more, effort.seed));
        done += more;
        let trial = judge(question, &days, effort.sure);
        let is_known = trial.margins.iter().all(|(_, error)| 1.96 * error <= effort.close);
        if done >= effort.most || is_known || trial.judged != Judged::Undecided {
            return trial;
        }
    }
}

fn model(question: &PoolsQuestion, people: &[u32]) -> Model {
    let breadth = |pool: &usize| question.pools[*pool].queues.len();
    let queues: Vec<PooledQueue> = question
        .queues
        .iter()
        .enumerate()
        .map(|(place, queue)| {
            let mut pools: Vec<usize> = (0..question.pools.len())
                .filter(|&pool| question.pools[pool].queues.contains(&place))
                .collect();
            // Own people first, then the flexible, the least flexible ahead.
            pools.sort_by_key(|pool| (breadth(pool), *pool));
            let fewest = u8::try_from(pools.len()).unwrap_or(u8::MAX);
            PooledQueue {
                arrivals: queue.arrivals,
                patience: queue.patience,
                handle: question.pools.iter().map(|pool| pool.handle[place]).collect(),
                priority: queue.priority.unwrap_or(fewest),
                within: within(&queue.goals),
                pools,
            }
        })
        .collect();
    let arrivals: f64 = question.queues.iter().map(|queue| queue.arrivals).sum();
    let slowest = question.pools.iter().flat_map(|pool| &pool.handle).copied().fold(0.0, f64::max);
    let counted = (CONTACTS / arrivals.max(1e-9)).max(20.0 * slowest);
    pooled(&queues, people, 12.0 * slowest, counted)
}

/// The answer threshold of a queue, in minutes.
fn within(goals: &[Goal]) -> f64 {
    let times = goals.iter().filter_map(|goal| match *goal {
        Goal::ServiceLevel { within, .. } => Some(within),
        _ => None,
    });
    times.fold(0.0, f64::max)
}

fn judge(question: &PoolsQuestion, days: &[Vec<StreamDay>], sure: f64) -> Trial {
    let mut margins = Vec::with_capacity(question.queues.len());
    // With few stretches their spread is not well known itself.
    let sure = sure * wider(days.len());
    let queues: Vec<Measured> = question
        .queues
        .iter()
        .enumerate()
        .map(|(place, queue)| {
            let of = |part: &dyn Fn(&StreamDay) -> (f64, f64)| {
                ratio(&days.iter().map(|day| part(&day[place])).collect::<Vec<_>>())
            };
            if queue.arrivals <= 0.0 {
                margins.push((1.0, 0.0));
                return Measured::without_contacts();
            }
            let mut judged = Judged::Kept;
            let mut least = (f64::INFINITY, 0.0);
            let mut shown = Definition::Offered;
            for goal in &queue.goals {
                let (margin, error) = match *goal {
                    Goal::ServiceLevel { share, definition, .. } => {
                        shown = definition;
                        let (level, error) = of(&|day| level(day, definition));
                        (level - share, error)
                    }
                    Goal::Abandonment(most) => {
                        let (lost, error) = of(&|day| (day.abandoned, day.offered));
                        (most - lost, error)
                    }
                    Goal::Occupancy(_) => (0.0, 0.0),
                };
                if margin < least.0 {
                    least = (margin, error);
                }
                judged = judged.min(verdict(margin, sure * error));
            }
            margins.push(least);
            let interval = |(value, error): (f64, f64)| Estimate {
                value,
                low: (value - 1.96 * error).clamp(0.0, 1.0),
                high: (value + 1.96 * error).clamp(0.0, 1.0),
            };
            Measured {
                service_level: interval(of(&|day| level(day, shown))),
                abandonment: interval(of(&|day| (day.abandoned, day.offered))),
                mean_wait: of(&|day| (day.waiting, day.offered)).0,
                judged,
            }
        })
        .collect();
    let judged = queues.iter().map(|queue| queue.judged).min().unwrap_or(Judged::Kept);
    let contacts = days.iter().flatten().map(|day| day.offered).sum();
    Trial { queues, judged, margins, contacts }
}

/// By how much an interval from so few stretches is wider than one from many, about as Student's law has it.
fn wider(stretches: usize) -> f64 {
    let freedom = f64::from(u32::try_from(stretches).unwrap_or(u32::MAX)) - 1.0;
    1.0 + 6.0 / freedom.max(1.0).powf(1.5)
}

fn verdict(margin: f64, width: f64) -> Judged {
    if margin - width >= 0.0 {
        Judged::Kept
    } else if margin + width < 0.0 {
        Judged::Missed
    } else {
        Judged::Undecided
    }
}

fn level(day: &StreamDay, definition: Definition) -> (f64, f64) {
    match definition {
        Definition::Offered => (day.answered_in_time, day.offered),
        Definition::Answered => (day.answered_in_time, day.offered - day.abandoned),
        Definition::WithoutShortAbandons => {
            (day.answered_in_time, day.offered - (day.waited_in_time - day.answered_in_time))
        }
        Definition::Waited => (day.waited_in_time, day.offered),
    }
}

/// A ratio of sums, and its standard error by the delta method.
fn ratio(days: &[(f64, f64)]) -> (f64, f64) {
    let (above, below) = days.iter().fold((0.0, 0.0), |(x, y), day| (x + day.0, y + day.1));
    if below <= 0.0 {
        return (0.0, f64::INFINITY);
    }
    let value = above / below;
    let count: f64 = days.iter().map(|_| 1.0).sum();
    let spread: f64 = days.iter().map(|(x, y)| (x - value * y).powi(2)).sum();
    (value, (spread * count / (count - 1.0).max(1.0)).sqrt() / below)
}
