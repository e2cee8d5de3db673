//! Chat: one agent holds several conversations, each slower than alone.
//!
//! With `k` at once an agent ends `d_k = k nu_k` conversations a minute, `nu_k = r_k / s`: `s` the minutes of
//! a conversation alone, `r_k` the rate of each as a share of that. Nobody is given more than the best
//! level `K`, where `d_k` peaks: beyond it everyone is slower in sum. The planning programme
//!
//! ```text
//! min sum n_k   subject to   sum d_k n_k >= lambda,   k <= K
//! ```
//!
//! (after Luo and Zhang 2013, Operations Research 61(2); Tezcan and Zhang 2014, Operations Research 62(4))
//! gives [`agents_in_balance`], the load in agents. Chance is put on top by letting the conversations spread
//! evenly over the agents, so that `m` of them end at rate `n D(m/n)`, `D` the least concave curve over the
//! `d_k`; the queue starts when all `n K` places are taken, and patience runs as in Erlang A:
//!
//! ```text
//! weight(m - 1) = weight(m) n D(m/n) / lambda        downwards from m = n K
//! ```
//!
//! With `K = 1` this is Erlang A to the last digit. Even spread is the best any routing could do, since `D`
//! is concave: real routing cannot move a conversation to a colleague, so the figure is a first bound from
//! below, which play repairs.

use super::erlang_a::{Service, Station};
use super::erlang_b::freedom_below_one;
use super::sizing::{self, Goal};
use crate::units::Fte;

/// How fast one agent ends conversations by how many are held at once, relative to one alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Concurrency {
    /// The least concave curve over `k r_k`, from one conversation to the best level.
    ends: Vec<f64>,
}

impl Concurrency {
    /// From the rate of each conversation at each level, as a share of the rate alone; levels past the
    /// best are cut off. A table without a positive rate is read as one at a time.
    #[must_use]
    pub fn new(rate_by_level: &[f64]) -> Concurrency {
        let mut best = (0.0, 0.0);
        let mut ends: Vec<f64> = Vec::new();
        let mut level = 0.0;
        for rate in rate_by_level {
            level += 1.0;
            let end = level * rate;
            ends.push(if end.is_finite() { end.max(0.0) } else { 0.0 });
            // A higher level must win by more than rounding: at equal pace fewer at once is kinder.
            if end.is_finite() && end > best.1 * (1.0 + 1e-9) {
                best = (level, end);
            }
        }
        ends.truncate(sizing::count(best.0));
        if ends.is_empty() || ends[0] <= 0.0 {
            return Concurrency::alone();
        }
        Concurrency { ends: concave(&ends) }
    }

    /// One at a time.
    #[must_use]
    pub fn alone() -> Concurrency {
        Concurrency { ends: vec![1.0] }
    }

    /// The level at which an agent ends the most conversations, which nobody is asked to pass.
    #[must_use]
    pub fn best_level(&self) -> usize {
        self.ends.len()
    }

    /// Conversations an agent ends at the best level while one alone would end one.
    #[must_use]
    pub fn speed_up(&self) -> f64 {
        self.ends[self.ends.len() - 1]
    }

    /// How much longer a conversation takes at the best level than alone.
    #[must_use]
    pub fn stretch(&self) -> f64 {
        self.places() / self.speed_up()
    }

    fn places(&self) -> f64 {
        sizing::real(self.ends.len())
    }

    /// `D` at a mean level, straight between whole ones.
    fn pace(&self, level: f64) -> f64 {
        let mut below = 0.0;
        let mut left = level;
        for &end in &self.ends {
            if left <= 1.0 {
                return below + (end - below) * left;
            }
            below = end;
            left -= 1.0;
        }
        below
    }

    /// Odds of a free place against all being taken, with `n` agents.
    fn freedom(&self, a: f64, n: f64) -> f64 {
        if n <= 0.0 {
            return 0.0;
        }
        if a <= 0.0 {
            return f64::INFINITY;
        }
        let (mut held, mut term, mut sum) = (n * self.places(), 1.0, 0.0);
        while held >= 1.0 {
            term *= n * self.pace(held / n) / a;
            sum += term;
            held -= 1.0;
            let next = n * self.pace(held / n);
            if next < a && term * next < 1e-17 * sum * (a - next) {
                return sum;
            }
            if sum == f64::INFINITY {
                return sum;
            }
        }
        // Below one conversation the pace of one stands, so that the sum is continuous in `n`.
        sum + term * freedom_below_one(a / (n * self.pace(1.0 / n)), held)
    }
}

/// The least concave curve from 0 over the values at 1, 2, 3 and so on, read off at the same places.
fn concave(values: &[f64]) -> Vec<f64> {
    let mut corners: Vec<(f64, f64)> = vec![(0.0, 0.0)];
    let mut place = 0.0;
    for &value in values {
        place += 1.0;
        while let [.., before, last] = corners[..] {
            let is_below = (last.1 - before.1) * (place - before.0)
                <= (value - before.1) * (last.0 - before.0);
            if !is_below {
                break;
            }
            corners.pop();
        }
        corners.push((place, value));
    }
    let mut curve = Vec::with_capacity(values.len());
    for pair in corners.windows(2) {
        let [(from, low), (to, high)] = pair else { continue };
        let mut at = from + 1.0;
        while at < to + 0.5 {
            curve.push(low + (high - low) * (at - from) / (to - from));
            at += 1.0;
        }
    }
    curve
}

/// Agents who end conversations as fast as they come, with nobody idle: the planning programme's answer.
#[must_use]
pub fn agents_in_balance(station: &Station, concurrency: &Concurrency) -> Fte {
    Fte(station.load().0 / concurrency.speed_up())
}

/// What so many agents give when conversations spread evenly. The station's handle time is that of a
/// conversation alone; occupancy is the share of the agents' best pace that is used.
#[must_use]
pub fn service(station: &Station, concurrency: &Concurrency, agents: Fte, within: f64) -> Service {
    let n = agents.0.max(0.0);
    let full = n * concurrency.speed_up() / station.handle;
    station.queueing().service(full, concurrency.freedom(station.load().0, n), within)
}

/// The fewest agents, as a real number, that keep every goal; none where no number does.
#[must_use]
pub fn agents(station: &Station, concurrency: &Concurrency, goals: &[Goal]) -> Option<Fte> {
    if concurrency.best_level() == 1 && concurrency.speed_up() == 1.0 {
        return sizing::agents(station, goals);
    }
    let balance = agents_in_balance(station, concurrency).0;
    if balance.is_nan() || balance > sizing::MOST_AGENTS {
        return None;
    }
    let most = goals.iter().try_fold(0.0, |most: f64, goal| {
        let margin = |n: f64| {
            let full = n * concurrency.speed_up() / station.handle;
            let freedom = concurrency.freedom(station.load().0, n);
            goal.margin(&station.queueing().outcome(full, freedom, goal.within()))
        };
        Some(most.max(sizing::agents_by(balance, goal, &margin)?))
    });
    most.map(Fte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Definition;
    use proptest::prelude::*;

    fn chats() -> Station {
        Station { arrivals: 0.8, handle: 6.0, patience: Some(4.0) }
    }

    #[test]
    fn the_best_level_is_never_passed() {
        // 18 minutes each at three: two agents' worth at two, less at three.
        let table = Concurrency::new(&[1.0, 0.6, 1.0 / 3.0]);
        assert_eq!((table.best_level(), table.speed_up()), (2, 1.2));
    }

    #[test]
    fn at_equal_pace_fewer_at_once_are_preferred() {
        assert_eq!(Concurrency::new(&[1.0, 0.5, 1.0 / 3.0]).best_level(), 1);
    }

    #[test]
    fn a_table_without_sense_is_one_at_a_time() {
        for table in [&[][..], &[0.0], &[f64::NAN, 2.0], &[f64::INFINITY], &[-1.0, -1.0]] {
            assert_eq!(Concurrency::new(table), Concurrency::alone(), "{table:?}");
        }
    }

    #[test]
    fn one_at_a_time_is_erlang_a() {
        let alone = Concurrency::alone();
        for n in [1.0, 3.5, 4.0, 7.2] {
            let (chat, voice) =
                (service(&chats(), &alone, Fte(n), 1.0), chats().service(Fte(n), 1.0));
            assert!((chat.levels.offered - voice.levels.offered).abs() < 1e-14);
            assert!((chat.abandonment - voice.abandonment).abs() < 1e-14);
        }
    }

    #[test]
    fn four_agents_lose_at_least_what_even_spread_loses() {
        // Least-loaded routing, solved exactly state by state: 4 agents, 0.8 a minute, patience 4 minutes.
        // Chance of waiting and share abandoned at 1, 2 (10 or 9 minutes each) and 3 (11 minutes) at once.
        let exact = [
            (vec![1.0], 0.655_506_712, 0.286_855_177),
            (vec![1.0, 0.6], 0.371_499_993, 0.140_547_918),
            (vec![1.0, 2.0 / 3.0], 0.300_224_820, 0.103_675_910),
            (vec![1.0, 2.0 / 3.0, 6.0 / 11.0], 0.086_654_148, 0.024_726_961),
        ];
        for (table, waiting, lost) in exact {
            let spread = service(&chats(), &Concurrency::new(&table), Fte(4.0), 1.0);
            assert!(spread.waiting <= waiting + 1e-8 && spread.waiting > 0.8 * waiting);
            assert!(spread.abandonment <= lost + 1e-8 && spread.abandonment > 0.8 * lost);
        }
    }

    #[test]
    fn a_hollow_in_the_table_is_bridged() {
        let table = Concurrency::new(&[1.0, 0.5, 0.5]);
        assert_eq!(table.best_level(), 3);
        assert!((table.pace(2.0) - 1.25).abs() < 1e-15);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn chatting_agents_serve_better_the_more_they_are(
            load in 0.05..60.0f64, n in 0.1..40.0f64, more in 0.01..3.0f64, second in 0.4..1.0f64, third in 0.2..1.0f64,
        ) {
            let table = Concurrency::new(&[1.0, second, third]);
            let station = Station { arrivals: load, handle: 1.0, patience: Some(2.0) };
            let (few, many) = (service(&station, &table, Fte(n), 0.3), service(&station, &table, Fte(n + more), 0.3));
            prop_assert!(many.levels.offered >= few.levels.offered - 1e-9);
        }

        #[test]
        fn sized_agents_keep_the_goal(load in 0.05..60.0f64, second in 0.5..1.0f64, share in 0.5..0.95f64) {
            let table = Concurrency::new(&[1.0, second]);
            let station = Station { arrivals: load, handle: 1.0, patience: Some(2.0) };
            let goal = Goal::ServiceLevel { share, within: 0.3, definition: Definition::Offered };
            let n = agents(&station, &table, &[goal]).unwrap();
            prop_assert!(service(&station, &table, n, 0.3).levels.offered >= share);
            prop_assert!(n.0 >= 0.9 * share * agents_in_balance(&station, &table).0 - 1.0);
        }
    }
}
