//! The fewest agents, whole or real, that keep every goal.
//!
//! Each goal is monotone in the number of agents, so one bracket and a secant find where it starts to hold.
//! Without hanging up, a single pass up the Erlang recursion does, as in the textbooks, from the least
//! stable number of agents on. Each evaluation takes some multiple of the square root of the load.

use super::erlang_a::{Outcome, Station};
use super::erlang_c;
use crate::scenario::{Definition, Measure};
use crate::units::Fte;

/// What must hold in a pool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// At least this share answered within so many minutes, by one definition.
    ServiceLevel {
        /// The share.
        share: f64,
        /// Minutes.
        within: f64,
        /// Which contacts count.
        definition: Definition,
    },
    /// At most this share hang up.
    Abandonment(f64),
    /// At most this share of the agents' time is filled.
    Occupancy(f64),
}

/// The highest share a service level can ask for: all of the contacts cannot be had by any number of agents.
pub const HIGHEST_SHARE: f64 = 0.9999;

/// More agents than this are not searched for.
pub(super) const MOST_AGENTS: f64 = 1e13;

impl Goal {
    /// The goal a live target of a queue sets; none for deadlines. A share of 1 is taken as
    /// [`HIGHEST_SHARE`], abandonment of none as its rest.
    #[must_use]
    pub fn of(measure: &Measure) -> Option<Goal> {
        match *measure {
            Measure::ServiceLevel { share, within, definition } => Some(Goal::ServiceLevel {
                share: share.value().min(HIGHEST_SHARE),
                within: within.in_minutes().max(0.0),
                definition,
            }),
            Measure::Abandonment { at_most } => {
                Some(Goal::Abandonment(at_most.value().max(1.0 - HIGHEST_SHARE)))
            }
            Measure::FirstResponse { .. } | Measure::Resolution { .. } => None,
        }
    }

    /// The answer threshold in minutes; none where the goal has none.
    pub(super) fn within(&self) -> f64 {
        match *self {
            Goal::ServiceLevel { within, .. } => within,
            _ => 0.0,
        }
    }

    /// How far the goal is kept (from 0 up) or missed (below 0), on a scale that is nearly straight in
    /// the number of agents.
    pub(super) fn margin(&self, outcome: &Outcome) -> f64 {
        match *self {
            Goal::ServiceLevel { share, definition, .. } => {
                let level = outcome.levels.by(definition);
                if level >= share {
                    (log_odds(level) - log_odds(share)).max(0.0)
                } else {
                    (log_odds(level) - log_odds(share)).min(-1e-16)
                }
            }
            Goal::Abandonment(most) => {
                let lost = outcome.abandonment;
                if lost <= most {
                    (log_odds(most) - log_odds(lost)).max(0.0)
                } else {
                    (log_odds(most) - log_odds(lost)).min(-1e-16)
                }
            }
            Goal::Occupancy(cap) => cap - outcome.occupancy,
        }
    }
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-300, 1.0 - 1e-16);
    (share / (1.0 - share)).ln()
}

/// The fewest whole agents that keep every goal; none where no number does.
#[must_use]
pub fn headcount(station: &Station, goals: &[Goal]) -> Option<f64> {
    goals.iter().try_fold(0.0, |most: f64, goal| {
        let whole = match plain(station, goal) {
            Some(asked) => fewest(station, asked)?,
            None => bracket(station, goal)?.whole,
        };
        Some(most.max(whole))
    })
}

/// The fewest agents as a real number that keep every goal; none where no number does. Rounded up it is
/// [`headcount`], since a goal kept by a number of agents is kept by every larger one.
#[must_use]
pub fn agents(station: &Station, goals: &[Goal]) -> Option<Fte> {
    let most = goals.iter().try_fold(0.0, |most: f64, goal| {
        let bracket = bracket(station, goal)?;
        let margin = |n| margin(station, goal, n);
        Some(most.max(bracket.refined(&margin)))
    });
    most.map(Fte)
}

/// The fewest real agents by any measure of how far a goal is kept, for models besides Erlang's.
pub(super) fn agents_by(load: f64, goal: &Goal, margin: &dyn Fn(f64) -> f64) -> Option<f64> {
    Some(search(load, goal, margin)?.refined(margin))
}

fn margin(station: &Station, goal: &Goal, agents: f64) -> f64 {
    goal.margin(&station.outcome(agents, goal.within()))
}

/// The share and the time of a goal that a single pass finds: a service level where nobody hangs up.
fn plain(station: &Station, goal: &Goal) -> Option<(f64, f64)> {
    match (station.patience, *goal) {
        (None, Goal::ServiceLevel { share, within, .. }) => Some((share, within)),
        _ => None,
    }
}

/// Whole agents by a single pass.
fn fewest(station: &Station, (share, within): (f64, f64)) -> Option<f64> {
    let load = station.load();
    let can_be_sized = load.0 <= MOST_AGENTS;
    let found = can_be_sized.then(|| erlang_c::fewest(load, share, within, station.handle))?;
    found.map(|found| found.agents())
}

fn bracket(station: &Station, goal: &Goal) -> Option<Bracket> {
    let a = station.load().0;
    if a.is_nan() || a > MOST_AGENTS {
        return None;
    }
    if let Some(asked) = plain(station, goal) {
        let whole = fewest(station, asked)?;
        if whole <= 0.0 {
            return Some(Bracket { whole, above: 0.0, below: -1.0 });
        }
        // Where one agent fewer than the first stable number is needed the goal is missed by definition.
        let (above, below) = (margin(station, goal, whole), margin(station, goal, whole - 1.0));
        return Some(Bracket { whole, above, below });
    }
    search(a, goal, &|n| margin(station, goal, n))
}

/// Square-root staffing as a start: load and part of its root more, less what may hang up or more for rest.
fn guess(a: f64, goal: &Goal) -> f64 {
    match *goal {
        Goal::ServiceLevel { .. } => a + 0.1 * a.sqrt(),
        Goal::Abandonment(most) => a * (1.0 - most) + 0.5 * (a * (1.0 - most)).sqrt(),
        Goal::Occupancy(cap) => a / cap,
    }
}

/// How many agents change a margin by so much, about.
fn stride(a: f64, goal: &Goal, margin: f64) -> f64 {
    let each = match *goal {
        Goal::ServiceLevel { .. } | Goal::Abandonment(_) => 0.6 * a.sqrt(),
        Goal::Occupancy(cap) => a / (cap * cap),
    };
    (margin.abs() * each).clamp(1.0, 1.0 + 4.0 * a.sqrt()).ceil()
}

/// The whole number at which a goal starts to hold, and how far it does there and one below.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    whole: f64,
    above: f64,
    below: f64,
}

/// Widen around a guess until one end misses and the other keeps, then close in to neighbours.
fn search(a: f64, goal: &Goal, margin: &dyn Fn(f64) -> f64) -> Option<Bracket> {
    let start = guess(a, goal).ceil().clamp(0.0, MOST_AGENTS);
    let first = margin(start);
    let mut step = stride(a, goal, first);
    let (mut low, mut high);
    if first >= 0.0 {
        high = (start, first);
        loop {
            if high.0 == 0.0 {
                return Some(Bracket { whole: 0.0, above: high.1, below: -1.0 });
            }
            let n = (high.0 - step).max(0.0);
            low = (n, margin(n));
            if low.1 < 0.0 {
                break;
            }
            high = low;
            step *= 2.0;
        }
    } else {
        low = (start, first);
        loop {
            let n = low.0 + step;
            if n > MOST_AGENTS {
                return None;
            }
            high = (n, margin(n));
            if high.1 >= 0.0 {
                break;
            }
            low = high;
            step *= 2.0;
        }
    }
    let mut secant = Secant::new(low, high);
    while secant.high.0 - secant.low.0 > 1.0 {
        let (low, high) = (secant.low.0, secant.high.0);
        let n = secant.aim().round().clamp(low + 1.0, high - 1.0);
        secant.tell(n, margin(n));
    }
    let Secant { low, high, .. } = secant;
    Some(Bracket { whole: high.0, above: high.1, below: low.1 })
}

/// A root between two ends, closed in on by the rule of false position with the end that stays weighed
/// down (Anderson and Bjorck 1973), and by halving where that is slow.
#[derive(Debug, Clone, Copy)]
struct Secant {
    /// A place where the goal is missed, and by how much.
    low: (f64, f64),
    /// A place where it is kept.
    high: (f64, f64),
    /// What the ends count as.
    weighed: (f64, f64),
    /// Whether the last place told kept the goal.
    kept_last: Option<bool>,
    /// Places told that did not halve the gap.
    slow: u32,
}

impl Secant {
    fn new(low: (f64, f64), high: (f64, f64)) -> Secant {
        Secant { low, high, weighed: (low.1, high.1), kept_last: None, slow: 0 }
    }

    fn aim(&self) -> f64 {
        let gap = self.high.0 - self.low.0;
        let part = self.weighed.0 / (self.weighed.0 - self.weighed.1);
        let is_useless = self.slow > 2 || !(part > 0.0 && part < 1.0);
        self.low.0 + gap * if is_useless { 0.5 } else { part }
    }

    fn tell(&mut self, place: f64, margin: f64) {
        let gap = self.high.0 - self.low.0;
        let keeps = margin >= 0.0;
        let (before, stays) = if keeps {
            (self.weighed.1, &mut self.weighed.0)
        } else {
            (self.weighed.0, &mut self.weighed.1)
        };
        if self.kept_last == Some(keeps) {
            let weight = 1.0 - margin / before;
            *stays *= if weight > 0.0 { weight } else { 0.5 };
        }
        if keeps {
            (self.high, self.weighed.1) = ((place, margin), margin);
        } else {
            (self.low, self.weighed.0) = ((place, margin), margin);
        }
        self.kept_last = Some(keeps);
        self.slow = if self.high.0 - self.low.0 > 0.5 * gap { self.slow + 1 } else { 0 };
    }
}

impl Bracket {
    /// The real number in the last step at which the goal starts to hold, to nine digits, from above:
    /// the goal does hold there.
    fn refined(self, margin: &dyn Fn(f64) -> f64) -> f64 {
        let tolerance = 1e-9 * self.whole.max(1.0);
        let low = ((self.whole - 1.0).max(0.0), self.below);
        let mut secant = Secant::new(low, (self.whole, self.above));
        for _ in 0..80 {
            let (low, high) = (secant.low.0, secant.high.0);
            if high - low <= tolerance || secant.high.1 <= 0.0 {
                break;
            }
            // Lean over the crossing, so that the end that stays comes close too.
            let lean = if secant.kept_last == Some(true) { -0.3 } else { 0.3 } * tolerance;
            let nearest = 0.1 * tolerance;
            let aim = (secant.aim() + lean).clamp(low + nearest, high - nearest);
            secant.tell(aim, margin(aim));
        }
        secant.high.0
    }
}

/// A small count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// A small whole real number as a count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, small and not negative"
)]
pub(super) fn count(whole: f64) -> usize {
    whole as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EIGHTY_TWENTY: Goal =
        Goal::ServiceLevel { share: 0.8, within: 1.0 / 3.0, definition: Definition::Offered };

    fn patient(load: f64) -> Station {
        Station { arrivals: load / 3.0, handle: 3.0, patience: None }
    }

    #[test]
    fn a_hundred_calls_of_three_minutes_take_fourteen_agents() {
        // pyworkforce's and R ErlangC's documented example.
        assert_eq!(headcount(&patient(10.0), &[EIGHTY_TWENTY]), Some(14.0));
    }

    #[test]
    fn an_occupancy_cap_of_85_percent_makes_a_large_team_981() {
        // 5,000 calls of five minutes in half an hour: 848 by 80/20 alone, at 98.3 %; 981 with the cap.
        let station = Station { arrivals: 5000.0 / 30.0, handle: 5.0, patience: None };
        assert_eq!(headcount(&station, &[EIGHTY_TWENTY]), Some(848.0));
        assert_eq!(headcount(&station, &[EIGHTY_TWENTY, Goal::Occupancy(0.85)]), Some(981.0));
    }

    #[test]
    fn no_contacts_need_nobody() {
        let idle = Station { arrivals: 0.0, handle: 3.0, patience: Some(2.0) };
        assert_eq!(agents(&idle, &[EIGHTY_TWENTY, Goal::Abandonment(0.02)]), Some(Fte(0.0)));
        assert_eq!(headcount(&patient(0.0), &[EIGHTY_TWENTY]), Some(0.0));
    }

    #[test]
    fn a_load_beyond_all_people_is_refused_not_searched() {
        assert_eq!(headcount(&patient(1e15), &[EIGHTY_TWENTY]), None);
        assert_eq!(headcount(&patient(f64::NAN), &[EIGHTY_TWENTY]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn the_real_number_rounds_up_to_the_whole_one(
            load in 0.01..300.0f64, share in 0.3..0.99f64, within in 0.0..2.0f64, patience in 0.1..30.0f64,
            which in 0..6usize,
        ) {
            let definitions = [Definition::Offered, Definition::Answered, Definition::WithoutShortAbandons, Definition::Waited];
            let goal = match which {
                4 => Goal::Abandonment(1.0 - share),
                5 => Goal::Occupancy(share),
                place => Goal::ServiceLevel { share, within, definition: definitions[place] },
            };
            let station = Station { arrivals: load / 4.0, handle: 4.0, patience: Some(patience) };
            let whole = headcount(&station, &[goal]).unwrap();
            let real = agents(&station, &[goal]).unwrap().0;
            prop_assert!(real <= whole && real > whole - 1.0 - 1e-9, "{real} {whole}");
            prop_assert!(margin(&station, &goal, whole) >= 0.0);
            prop_assert!(margin(&station, &goal, real) >= 0.0);
            if real > 1e-6 {
                prop_assert!(margin(&station, &goal, real - 1e-6 * real.max(1.0)) < 0.0);
            }
            if whole >= 1.0 {
                prop_assert!(margin(&station, &goal, whole - 1.0) < 0.0);
            }
        }

        #[test]
        fn more_contacts_never_need_fewer(load in 0.01..300.0f64, more in 1.0..1.5f64, patience in 0.5..30.0f64) {
            let need = |load: f64| agents(&Station { arrivals: load, handle: 1.0, patience: Some(patience) }, &[EIGHTY_TWENTY]).unwrap().0;
            prop_assert!(need(load * more) >= need(load) - 1e-6);
        }

        #[test]
        fn without_hanging_up_the_single_pass_finds_the_same(load in 0.01..500.0f64, share in 0.05..0.999f64) {
            let goal = Goal::ServiceLevel { share, within: 0.3, definition: Definition::Offered };
            let searched = search(load, &goal, &|n| margin(&patient(load), &goal, n)).unwrap().whole;
            prop_assert_eq!(headcount(&patient(load), &[goal]), Some(searched));
        }
    }
}
