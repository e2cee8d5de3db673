//! What one pool's models say of its service, side by side, each nearer to what happens than the one before.
//!
//! The ladder: Erlang on each interval's own contacts; Erlang on the offered load that lags behind them; the
//! pool followed exactly through the day ([`super::transient`]); and the same over days that are busier or
//! quieter than expected, with people absent by chance. All take one pool in which everyone may answer
//! everything at one pace, exponential handle times and patience, and contacts answered in the order they
//! came; what a play of the real team differs by is owed to what that leaves out.
//!
//! The mean over days takes the middle of each fifth of the day's factor, weighted by the contacts it brings, and
//! the normal law's three nodes for the number present (Gauss and Hermite), whose variance is
//! `sum p (1 - p)`.

use super::busyness::Busyness;
use super::erlang_a::Station;
use super::offered_load;
use super::transient::{self, Stretch};
use crate::id::{Id, PoolId, QueueId, StreamId};
use crate::scenario::{Channel, Definition, Scenario};
use crate::units::Fte;
use crate::workload::Workload;

/// One pool, and what comes to it by interval.
#[derive(Debug, Clone, PartialEq)]
pub struct OnePool {
    /// Contacts by interval.
    pub contacts: Vec<f64>,
    /// Minutes by interval.
    pub lengths: Vec<f64>,
    /// Mean minutes a contact takes, rest owed included.
    pub handle: f64,
    /// Mean minutes until somebody hangs up; none: nobody does.
    pub patience: Option<f64>,
    /// Coefficient of variation of a day's factor.
    pub day_spread: f64,
}

/// What counts as in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InTime {
    /// Minutes.
    pub within: f64,
    /// Which contacts count.
    pub definition: Definition,
}

/// People on queue in an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnQueue {
    /// Their mean number.
    pub mean: f64,
    /// Variance of how many of them come.
    pub variance: f64,
}

/// Service levels of an interval, from the plainest model to the fullest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rungs {
    /// The interval.
    pub interval: usize,
    /// Contacts that come in.
    pub contacts: f64,
    /// People on queue.
    pub people: f64,
    /// Erlang's formula on the interval's own contacts.
    pub per_interval: f64,
    /// The same on the offered load.
    pub offered_load: f64,
    /// Followed exactly; none where too many contacts gather to be followed.
    pub exact: Option<f64>,
    /// The same over unsure days and absences.
    pub unsure: Option<f64>,
}

/// Factors of the number present, in standard deviations, and their weights.
const ABSENCES: [(f64, f64); 3] =
    [(-1.732_050_807_568_877_2, 1.0 / 6.0), (0.0, 2.0 / 3.0), (1.732_050_807_568_877_2, 1.0 / 6.0)];
/// Middles of the fifths of days.
const FIFTHS: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// Whose pace counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The mean of the people who may take a stream.
    Mean,
    /// The fastest who may take it.
    Fastest,
}

impl OnePool {
    /// Voice queues that people of these pools take; none where nobody may take them, or no work comes.
    #[must_use]
    pub fn of(
        queues: &[QueueId],
        pools: &[PoolId],
        pace: Pace,
        workload: &Workload,
        scenario: &Scenario,
    ) -> Option<OnePool> {
        let intervals = scenario.calendar.intervals();
        let mut contacts = vec![0.0; intervals];
        let (mut all, mut minutes, mut hanging_up, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for &queue in queues {
            let mut of_queue = 0.0;
            for stream in scenario.streams_of(queue) {
                let Some(each) = time(stream, pools, pace, workload, scenario) else { continue };
                let touches = workload.touches(stream);
                let came: f64 = touches.iter().map(|touches| touches.0.max(0.0)).sum();
                contacts.iter_mut().zip(&touches).for_each(|(sum, own)| *sum += own.0.max(0.0));
                minutes += came * each;
                of_queue += came * each;
                all += came;
                hanging_up += scenario.queue(queue).patience.map_or(0.0, |mean| came / mean);
            }
            let spread = workload.day_spread.get(queue.index()).copied().unwrap_or(0.0);
            squares += (spread * of_queue).powi(2);
        }
        (minutes > 0.0).then(|| OnePool {
            contacts,
            lengths: (0..intervals)
                .map(|slot| scenario.calendar.interval(slot).length().real())
                .collect(),
            handle: minutes / all,
            patience: (hanging_up > 0.0).then(|| all / hanging_up),
            day_spread: squares.sqrt() / minutes,
        })
    }

    /// Every rung of each interval in which contacts come in.
    #[must_use]
    pub fn climb(&self, people: &[OnQueue], in_time: InTime) -> Vec<Rungs> {
        let busy = offered_load::busy(&self.contacts, &self.lengths, self.handle);
        let exact = self.exact(people, in_time, 1.0, 0.0);
        let unsure = exact.as_ref().and_then(|_| self.unsure(people, in_time));
        let steady = |load: f64, people: f64| {
            let station = Station {
                arrivals: load / self.handle,
                handle: self.handle,
                patience: self.patience,
            };
            station.service(Fte(people), in_time.within).levels.by(in_time.definition)
        };
        let is_met = |&interval: &usize| self.contacts[interval] > 0.0;
        (0..self.contacts.len())
            .filter(is_met)
            .map(|interval| {
                let own = self.contacts[interval] / self.lengths[interval] * self.handle;
                let people = people[interval].mean;
                Rungs {
                    interval,
                    contacts: self.contacts[interval],
                    people,
                    per_interval: steady(own, people),
                    offered_load: steady(busy[interval], people),
                    exact: exact.as_ref().map(|exact| exact[interval]),
                    unsure: unsure.as_ref().map(|unsure| unsure[interval]),
                }
            })
            .collect()
    }

    /// The pool followed through the day, on days that bring so many times the contacts, with the number present
    /// so many standard deviations from its mean.
    fn exact(
        &self,
        people: &[OnQueue],
        in_time: InTime,
        factor: f64,
        away: f64,
    ) -> Option<Vec<f64>> {
        let stretch = |(place, there): (usize, &OnQueue)| Stretch {
            minutes: self.lengths[place],
            arrivals: factor * self.contacts[place] / self.lengths[place].max(f64::MIN_POSITIVE),
            agents: (there.mean + away * there.variance.max(0.0).sqrt()).max(0.0),
        };
        let stretches: Vec<Stretch> = people.iter().enumerate().map(stretch).collect();
        let pace = transient::Pace {
            handle: self.handle,
            patience: self.patience,
            within: in_time.within,
        };
        let passed = transient::follow(&stretches, pace).ok()?;
        Some(passed.iter().map(|passage| passage.levels.by(in_time.definition)).collect())
    }

    fn unsure(&self, people: &[OnQueue], in_time: InTime) -> Option<Vec<f64>> {
        let factors: Vec<f64> = match Busyness::varying(self.day_spread) {
            Some(busyness) => FIFTHS.iter().map(|&share| busyness.quantile(share)).collect(),
            None => vec![1.0],
        };
        let varies = people.iter().any(|there| there.variance > 1e-9);
        let nodes = if varies { &ABSENCES[..] } else { &ABSENCES[1..2] };
        let (mut sum, mut weights) = (vec![0.0; people.len()], 0.0);
        for &factor in &factors {
            for &(away, weight) in nodes {
                let weight = weight * factor;
                let exact = self.exact(people, in_time, factor, away)?;
                sum.iter_mut().zip(exact).for_each(|(sum, level)| *sum += weight * level);
                weights += weight;
            }
        }
        Some(sum.into_iter().map(|sum| sum / weights).collect())
    }
}

/// Minutes of a stream's contact with the people of these pools who may take it, rest owed included.
fn time(
    stream: StreamId,
    pools: &[PoolId],
    pace: Pace,
    workload: &Workload,
    scenario: &Scenario,
) -> Option<f64> {
    let times = &workload.handle[stream.index()];
    // A pool without anybody still says how long a contact takes, where no other does.
    let people = |pool: PoolId| {
        f64::from(u32::try_from(scenario.pool(pool).agents.len().max(1)).unwrap_or(u32::MAX))
    };
    let own =
        pools.iter().filter_map(|&pool| times[pool.index()].map(|time| (people(pool), time.0)));
    let each = match pace {
        Pace::Fastest => own.map(|(_, time)| time).reduce(f64::min),
        Pace::Mean => own
            .map(|(people, time)| (people, people * time))
            .reduce(|one, other| (one.0 + other.0, one.1 + other.1))
            .map(|(people, sum)| sum / people),
    };
    Some(each? + workload.recovery[stream.index()].0)
}

/// Groups of voice queues with the pools that may take any of them: two queues are of one group where some pool may
/// take both.
#[must_use]
pub fn groups(scenario: &Scenario) -> Vec<(Vec<QueueId>, Vec<PoolId>)> {
    let mut groups: Vec<(Vec<QueueId>, Vec<PoolId>)> = Vec::new();
    for place in 0..scenario.queues.len() {
        let queue = QueueId::at(place);
        if scenario.queue(queue).channel != Channel::Voice {
            continue;
        }
        let mut queues = vec![queue];
        let mut pools: Vec<PoolId> =
            scenario.streams_of(queue).flat_map(|stream| scenario.pools_for(stream)).collect();
        let meets = |group: &(Vec<QueueId>, Vec<PoolId>), pools: &[PoolId]| {
            group.1.iter().any(|pool| pools.contains(pool))
        };
        let (met, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| meets(group, &pools));
        for (other, theirs) in met {
            queues.extend(other);
            pools.extend(theirs);
        }
        queues.sort_unstable();
        pools.sort_unstable();
        pools.dedup();
        groups = apart;
        groups.push((queues, pools));
    }
    groups.retain(|(_, pools)| !pools.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(contacts: Vec<f64>, day_spread: f64) -> OnePool {
        let lengths = vec![30.0; contacts.len()];
        OnePool { contacts, lengths, handle: 6.0, patience: Some(5.0), day_spread }
    }

    fn there(mean: f64, variance: f64, slots: usize) -> Vec<OnQueue> {
        vec![OnQueue { mean, variance }; slots]
    }

    const EIGHTY_TWENTY: InTime = InTime { within: 1.0 / 3.0, definition: Definition::Offered };

    #[test]
    fn on_a_steady_day_all_rungs_are_one() {
        let steady = pool(vec![60.0; 24], 0.0);
        let last = steady.climb(&there(14.0, 0.0, 24), EIGHTY_TWENTY)[23];
        let Rungs { per_interval, offered_load, exact, unsure, .. } = last;
        assert!((per_interval - offered_load).abs() < 1e-12);
        assert!((per_interval - exact.unwrap()).abs() < 1e-6);
        assert_eq!(exact, unsure);
    }

    #[test]
    fn after_a_peak_the_plain_formula_promises_too_much() {
        let mut contacts = vec![40.0; 12];
        contacts[6] = 90.0;
        let rungs = pool(contacts, 0.0).climb(&there(12.0, 0.0, 12), EIGHTY_TWENTY);
        let after = rungs[7];
        assert!(after.exact.unwrap() < after.per_interval - 0.1, "{after:?}");
        assert!((after.exact.unwrap() - after.offered_load).abs() < 0.02, "{after:?}");
    }

    #[test]
    fn unsure_days_and_absences_cost_service() {
        let people = 16.0;
        let at = |spread: f64, variance: f64| {
            let pool = pool(vec![60.0; 8], spread);
            pool.climb(&there(people, variance, 8), EIGHTY_TWENTY)[7].unsure.unwrap()
        };
        let sure = at(0.0, 0.0);
        assert!(at(0.2, 0.0) < sure - 0.02, "{} {sure}", at(0.2, 0.0));
        assert!(at(0.0, 1.5) < sure - 0.01, "{} {sure}", at(0.0, 1.5));
        assert!(at(0.2, 1.5) < at(0.2, 0.0));
    }

    #[test]
    fn intervals_without_contacts_are_left_out_and_nobody_there_answers_nobody() {
        let pool = pool(vec![0.0, 30.0], 0.1);
        let rungs = pool.climb(&there(0.0, 0.0, 2), EIGHTY_TWENTY);
        assert_eq!(rungs.len(), 1);
        assert_eq!((rungs[0].interval, rungs[0].per_interval), (1, 0.0));
        assert!(rungs[0].exact.unwrap() < 1e-12);
    }
}
