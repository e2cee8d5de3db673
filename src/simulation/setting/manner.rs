//! Who is handed which contact, as plain numbers.

use crate::scenario::{FreePeople, Policy, RoutingPolicy};

use super::StreamSetting;

/// Who is handed which contact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Manner {
    pub(crate) order: Order,
    pub(crate) people: FreePeople,
    /// Minutes without work that are a break, where breaks matter; else for ever.
    pub(crate) idle_break: f64,
    /// Difficult contacts in a row after which a person is spared more of the like.
    pub(crate) most_in_a_row: u32,
    /// By stream and pool, whether it is difficult at least as often as the mean of what the pool may take.
    often_difficult: Vec<bool>,
    pools: usize,
}

/// Which contact a person takes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// By priority, then by waiting time.
    Priority,
    /// By waiting time alone.
    LongestWait,
    /// From the queue that most exceeds its part of all who wait; pools by their parts of all idle.
    Ratio,
}

impl Manner {
    /// By priority and waiting time, to whoever has been free longest.
    pub(crate) fn plain() -> Manner {
        Manner::of(RoutingPolicy::default(), &[], 0)
    }

    /// The manner of a scenario.
    pub(crate) fn of(policy: RoutingPolicy, streams: &[StreamSetting], pools: usize) -> Manner {
        let most_in_a_row = policy.difficult_in_a_row.unwrap_or(u32::MAX);
        Manner {
            order: match policy.policy {
                Policy::Shares | Policy::Priority => Order::Priority,
                Policy::LongestWait => Order::LongestWait,
                Policy::QueueAndIdlenessRatio => Order::Ratio,
            },
            people: policy.people,
            idle_break: match policy.people {
                FreePeople::TimeSinceBreak(minutes) => minutes.real(),
                FreePeople::LongestIdle | FreePeople::FewestDifficult => f64::INFINITY,
            },
            most_in_a_row,
            often_difficult: if most_in_a_row == u32::MAX {
                Vec::new()
            } else {
                often_difficult(streams, pools)
            },
            pools,
        }
    }

    /// Whether whoever has been free longest takes whatever comes.
    #[inline]
    pub(crate) fn takes_whoever_is_free(&self) -> bool {
        self.people == FreePeople::LongestIdle && self.often_difficult.is_empty()
    }

    /// Whether anyone may be spared a stream.
    pub(crate) fn spares(&self, stream: usize) -> bool {
        let row = self.often_difficult.chunks(self.pools.max(1)).nth(stream);
        row.is_some_and(|row| row.contains(&true))
    }

    /// Whether a person of a pool who had so many difficult contacts in a row is spared a stream.
    #[inline]
    pub(crate) fn is_spared(&self, in_a_row: u32, stream: usize, pool: usize) -> bool {
        in_a_row >= self.most_in_a_row
            && self.often_difficult.get(stream * self.pools + pool) == Some(&true)
    }
}

fn often_difficult(streams: &[StreamSetting], pools: usize) -> Vec<bool> {
    let mean = |pool: usize| {
        let taken = || streams.iter().filter(move |stream| stream.pools.contains(&pool));
        let (sum, count) =
            taken().fold((0.0, 0.0), |(sum, count), s| (sum + s.difficult, count + 1.0));
        sum / f64::max(count, 1.0)
    };
    let means: Vec<f64> = (0..pools).map(mean).collect();
    streams
        .iter()
        .flat_map(|stream| {
            means.iter().map(|&mean| stream.difficult > 0.0 && stream.difficult >= mean - 1e-9)
        })
        .collect()
}
