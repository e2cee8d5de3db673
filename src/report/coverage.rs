//! How well the people on queue cover the people needed, and where and when they do not.

use crate::duty::{Activity, Line};
use crate::id::{Id, PoolId, QueueId};
use crate::roster::Roster;
use crate::scenario::{Channel, Scenario};
use crate::staffing::{LiveNeed, Requirement, together};
use crate::units::{Minutes, Span};

/// People short by less than this are a matter of rounding.
const ROUNDING: f64 = 0.05;

/// Live needs against the people on queue, by interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// People of each pool on queue in each interval, times the chance that they are there.
    pub on_queue: Vec<Vec<f64>>,
    /// People short for each queue in each interval.
    pub short: Vec<Vec<f64>>,
    /// Minutes people are short, over all queues.
    pub shortfall_minutes: f64,
    /// Minutes people are needed.
    pub needed_minutes: f64,
}

/// A stretch of one day in which a queue is short of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortage {
    /// The queue.
    pub queue: QueueId,
    /// When, whole intervals.
    pub span: Span,
    /// Most people short at once.
    pub people: f64,
    /// Minutes people are short.
    pub minutes: f64,
}

/// People needed and on queue for all live queues of one medium.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MediumNeed {
    /// The medium.
    pub channel: Channel,
    /// People needed by interval.
    pub needed: Vec<f64>,
    /// People on queue by interval who may take any of it.
    pub on_queue: Vec<f64>,
    /// Intervals in which some queue of the medium is short.
    pub is_short: Vec<bool>,
}

impl Coverage {
    /// Hold a roster against what is needed.
    ///
    /// Needs speak of sets of queues that overlap. A set's shortage that its smaller sets do not explain is
    /// laid on the set's first queue, so that no person is counted as missing twice.
    #[must_use]
    pub fn of(requirement: &Requirement, roster: &Roster, scenario: &Scenario) -> Coverage {
        let on_queue = present(roster, scenario);
        let intervals = scenario.calendar.intervals();
        let mut short = vec![vec![0.0; intervals]; scenario.queues.len()];
        let mut rows: Vec<&LiveNeed> = requirement.live.iter().collect();
        rows.sort_by_key(|row| row.queues.len());
        let (mut shortfall_minutes, mut needed_minutes) = (0.0, 0.0);
        for interval in 0..intervals {
            for row in &rows {
                let needed = row.people.get(interval).map_or(0.0, |people| people.0);
                let there: f64 =
                    row.pools.iter().map(|pool| on_queue[pool.index()][interval]).sum();
                let explained: f64 =
                    row.queues.iter().map(|queue| short[queue.index()][interval]).sum();
                let rest = needed - there - explained;
                if let Some(first) = row.queues.first().filter(|_| rest > ROUNDING) {
                    short[first.index()][interval] += rest;
                }
            }
            let length = scenario.calendar.interval(interval).length().real();
            shortfall_minutes += length * short.iter().map(|row| row[interval]).sum::<f64>();
            needed_minutes += length * together(&requirement.live, interval);
        }
        Coverage { on_queue, short, shortfall_minutes, needed_minutes }
    }

    /// Share of the minutes needed that are there.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.needed_minutes > 0.0)
            .then(|| (1.0 - self.shortfall_minutes / self.needed_minutes).clamp(0.0, 1.0))
    }

    /// Stretches in which a queue is short, the longest wanting first.
    #[must_use]
    pub fn shortages(&self, scenario: &Scenario) -> Vec<Shortage> {
        let mut all: Vec<Shortage> = Vec::new();
        for (queue, row) in self.short.iter().enumerate() {
            let mut open: Option<Shortage> = None;
            for (interval, &people) in row.iter().enumerate() {
                let slot = scenario.calendar.interval(interval);
                let goes_on = |shortage: &Shortage| {
                    people > 0.0
                        && scenario.calendar.day_at(shortage.span.start)
                            == scenario.calendar.day_at(slot.start)
                };
                if open.as_ref().is_some_and(|shortage| !goes_on(shortage)) {
                    all.extend(open.take());
                }
                if people > 0.0 {
                    let at = open.get_or_insert(Shortage {
                        queue: QueueId::at(queue),
                        span: slot,
                        people: 0.0,
                        minutes: 0.0,
                    });
                    at.span.end = slot.end;
                    at.people = at.people.max(people);
                    at.minutes += people * slot.length().real();
                }
            }
            all.extend(open);
        }
        all.sort_by(|a, b| {
            b.minutes.total_cmp(&a.minutes).then(a.span.cmp(&b.span)).then(a.queue.cmp(&b.queue))
        });
        all
    }

    /// Needs and people of each live medium that has any need.
    #[must_use]
    pub(crate) fn media(&self, requirement: &Requirement, scenario: &Scenario) -> Vec<MediumNeed> {
        let media = [Channel::Voice, Channel::Chat, Channel::Messaging, Channel::Email];
        let medium = |channel: Channel| {
            let rows: Vec<LiveNeed> = requirement
                .live
                .iter()
                .filter(|row| {
                    row.queues.iter().any(|&queue| scenario.queue(queue).channel == channel)
                })
                .cloned()
                .collect();
            let mut pools: Vec<PoolId> =
                rows.iter().flat_map(|row| row.pools.iter().copied()).collect();
            pools.sort_unstable();
            pools.dedup();
            let intervals = 0..scenario.calendar.intervals();
            let sum = |interval: usize| {
                pools.iter().map(|pool| self.on_queue[pool.index()][interval]).sum()
            };
            let is_short = |interval: usize| {
                let queues = rows.iter().flat_map(|row| &row.queues);
                queues.into_iter().any(|queue| self.short[queue.index()][interval] > 0.0)
            };
            (!rows.is_empty()).then(|| MediumNeed {
                channel,
                needed: intervals.clone().map(|interval| together(&rows, interval)).collect(),
                on_queue: intervals.clone().map(sum).collect(),
                is_short: intervals.map(is_short).collect(),
            })
        };
        media.into_iter().filter_map(medium).collect()
    }
}

/// People of each pool on queue in each interval, each counted by the chance that they are there.
fn present(roster: &Roster, scenario: &Scenario) -> Vec<Vec<f64>> {
    let calendar = &scenario.calendar;
    let mut people = vec![vec![0.0; calendar.intervals()]; scenario.pools.len()];
    let reaching_in: Vec<Line> = scenario.published.reaching_in().collect();
    for line in roster.lines.iter().chain(&reaching_in) {
        let agent = scenario.agent(line.agent);
        let row = &mut people[agent.pool.index()];
        for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
            let start = block.span.start.max(calendar.horizon().start);
            let Some(first) = calendar.interval_at(start) else { continue };
            for (interval, people) in row.iter_mut().enumerate().skip(first) {
                let slot = calendar.interval(interval);
                if slot.start >= block.span.end {
                    break;
                }
                if slot.length() > Minutes(0) {
                    *people += agent.presence.value() * slot.overlap(block.span).real()
                        / slot.length().real();
                }
            }
        }
    }
    people
}
