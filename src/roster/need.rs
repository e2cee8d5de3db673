//! What is asked for, over the people on queue: live rows by interval, tickets by deadline; and what a cover
//! leaves short of it, counted by plain code that shares nothing with the linear programme.

mod lateness;

use super::attendance::Attendance;
use crate::duty::Activity;
use crate::id::Id;
use crate::scenario::Scenario;
use crate::staffing::{Requirement, TicketNeed};

/// The need in the shape the search counts it.
#[derive(Debug, Clone)]
pub(super) struct Need {
    /// Length of each interval in minutes.
    pub(super) lengths: Vec<f64>,
    /// Rows of live work.
    pub(super) live: Vec<LiveRow>,
    /// Classes of tickets.
    pub(super) tickets: Vec<TicketClass>,
    /// Rules of minimum presence.
    pub(super) attendance: Attendance,
    /// Share of the time between live contacts that tickets can use.
    efficiency: f64,
    /// Most of the time on queue that all work may fill.
    utilisation: f64,
    pools: usize,
    /// Live rows in the order in which they fill, fewest pools first, each with its pools in the order in
    /// which they are filled, those that could do least else first.
    filling: Vec<(Vec<usize>, Vec<f64>)>,
    /// For each class of tickets its pools and paces in the order in which they are filled.
    desks: Vec<Vec<(usize, f64)>>,
    /// Whether more tickets fall due at the end of an interval.
    is_due: Vec<bool>,
}

/// People wanted in some pools.
#[derive(Debug, Clone)]
pub(super) struct LiveRow {
    /// The pools, ascending.
    pub(super) pools: Vec<usize>,
    /// People wanted by interval; 0 where another row asks as much of fewer pools.
    pub(super) people: Vec<f64>,
    /// The same, other rows or not.
    pub(super) asked: Vec<f64>,
    /// People whom live contacts keep from other work.
    pub(super) load: Vec<f64>,
}

/// Tickets with the same pools and the same curve of deadlines.
#[derive(Debug, Clone)]
pub(super) struct TicketClass {
    /// Pools, with the minutes there of one minute's work at the pace of the first pool.
    pub(super) pools: Vec<(usize, f64)>,
    /// Minutes of work that have arrived by the end of each interval.
    pub(super) arrived: Vec<f64>,
    /// Minutes of work due by the end of each interval.
    pub(super) due: Vec<f64>,
}

/// Minutes on queue by pool and interval, each person counted as likely as they are there; then people by rule of
/// minimum presence and its cells.
pub(super) type Cover = Vec<Vec<f64>>;

/// What a cover leaves short.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shortfall {
    /// People-minutes short of live rows.
    pub(super) live: f64,
    /// Minutes of ticket work not done in time.
    pub(super) late: f64,
    /// People-minutes that minimum presence misses; these are no part of the service that is told.
    pub(super) missing: f64,
}

impl Shortfall {
    /// All minutes short.
    pub(super) fn total(self) -> f64 {
        self.live + self.late
    }
}

impl Need {
    /// The need of a requirement.
    pub(super) fn of(requirement: &Requirement, scenario: &Scenario) -> Need {
        let calendar = &scenario.calendar;
        let intervals = calendar.intervals();
        let lengths = (0..intervals).map(|t| calendar.interval(t).length().real()).collect();
        let cut = |row: &mut dyn Iterator<Item = f64>| {
            let mut row: Vec<f64> = row.take(intervals).map(sane).collect();
            row.resize(intervals, 0.0);
            row
        };
        let there = reaching_in(scenario);
        let live: Vec<LiveRow> = requirement
            .live
            .iter()
            .map(|need| {
                let mut pools: Vec<usize> = need.pools.iter().map(|pool| pool.index()).collect();
                pools.sort_unstable();
                pools.dedup();
                let still_there = |t: usize| pools.iter().map(|&pool| there[pool][t]).sum::<f64>();
                let wanted = need.people.iter().enumerate();
                let people = cut(&mut wanted.map(|(t, people)| {
                    if t < intervals { people.0 - still_there(t) } else { 0.0 }
                }));
                let load = cut(&mut need.busy.iter().map(|busy| busy.0));
                LiveRow { pools, asked: people.clone(), people, load }
            })
            .filter(|row| !row.pools.is_empty())
            .collect();
        let tickets = merged(requirement.tickets.iter().filter_map(|need| class(need, intervals)));
        let pools = scenario.pools.len();
        let useful = |pool: &usize| {
            let takes = |class: &&TicketClass| class.pools.iter().any(|(other, _)| other == pool);
            tickets.iter().filter(takes).count()
        };
        let mut by_usefulness: Vec<usize> = (0..pools).collect();
        by_usefulness.sort_by_key(|pool| (useful(pool), *pool));
        let filling = filling(&live, &by_usefulness);
        let desks = tickets.iter().map(|class| desk(class, &by_usefulness)).collect();
        let falls_due = |t: usize| {
            tickets.iter().any(|class| class.due[t] > if t == 0 { 0.0 } else { class.due[t - 1] })
        };
        let is_due = (0..intervals).map(falls_due).collect();
        Need {
            lengths,
            live: without_implied(live),
            tickets,
            attendance: Attendance::of(scenario),
            efficiency: scenario.switching_efficiency.value(),
            utilisation: scenario.utilisation.value(),
            pools,
            filling,
            desks,
            is_due,
        }
    }

    /// The same without what a cover left short of an earlier need anyway.
    pub(super) fn forgiving(mut self, earlier: &Need, cover: &Cover) -> Need {
        for (place, row) in self.live.iter_mut().enumerate() {
            let is_same = |other: &&LiveRow| other.pools == row.pools;
            let same = earlier.live.get(place).filter(is_same);
            let Some(before) = same.or_else(|| earlier.live.iter().find(is_same)) else { continue };
            for (interval, people) in row.people.iter_mut().enumerate() {
                let short = earlier.short_of(before, interval, cover) / earlier.lengths[interval];
                *people = (*people - short).max(0.0);
            }
        }
        self
    }

    /// Nobody on queue.
    pub(super) fn nobody(&self) -> Cover {
        let mut nobody = vec![vec![0.0; self.lengths.len()]; self.pools];
        nobody.extend(self.attendance.nobody());
        nobody
    }

    /// What a cover leaves short.
    pub(super) fn shortfall(&self, cover: &Cover) -> Shortfall {
        let missing = self.attendance.missing(cover);
        Shortfall { live: self.live_short(cover), late: self.late(cover), missing }
    }

    /// People-minutes short of one live row in one interval.
    pub(super) fn short_of(&self, row: &LiveRow, interval: usize, cover: &Cover) -> f64 {
        let wanted = row.people[interval] * self.lengths[interval];
        if wanted <= 0.0 {
            return 0.0;
        }
        let there: f64 = row.pools.iter().map(|&pool| cover[pool][interval]).sum();
        (wanted - there).max(0.0)
    }

    fn live_short(&self, cover: &Cover) -> f64 {
        let intervals = 0..self.lengths.len();
        self.live
            .iter()
            .map(|row| intervals.clone().map(|t| self.short_of(row, t, cover)).sum::<f64>())
            .sum()
    }

    /// What a minute on queue of one more person of a pool saves by interval, in minutes short. Exact for
    /// live rows; for tickets the mean over stretches of `stretch` intervals.
    pub(super) fn worth(
        &self,
        pool: usize,
        presence: f64,
        cover: &Cover,
        stretch: usize,
    ) -> Vec<f64> {
        let mut worth = vec![0.0; self.lengths.len()];
        for row in self.live.iter().filter(|row| row.pools.contains(&pool)) {
            for (interval, worth) in worth.iter_mut().enumerate() {
                let short = self.short_of(row, interval, cover);
                if short > 0.0 {
                    *worth += (short / self.lengths[interval]).min(presence);
                }
            }
        }
        self.add_ticket_worth(pool, presence, cover, stretch, &mut worth);
        worth
    }

    /// Share of idle time and of all time that tickets may take, as rows of a programme need them.
    pub(super) fn ticket_shares(&self) -> (f64, f64) {
        (self.efficiency, self.utilisation)
    }
}

/// People by pool and interval whose published duties last into the horizon, each as likely as they are there.
fn reaching_in(scenario: &Scenario) -> Vec<Vec<f64>> {
    let calendar = &scenario.calendar;
    let mut people = vec![vec![0.0; calendar.intervals()]; scenario.pools.len()];
    for line in scenario.published.reaching_in() {
        let agent = scenario.agent(line.agent);
        let row = &mut people[agent.pool.index()];
        for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
            for (interval, people) in row.iter_mut().enumerate() {
                let slot = calendar.interval(interval);
                if slot.start >= block.span.end {
                    break;
                }
                *people +=
                    agent.presence.value() * slot.overlap(block.span).real() / slot.length().real();
            }
        }
    }
    people
}

/// Live rows in the order in which they fill, fewest pools first; their pools by usefulness elsewhere.
fn filling(live: &[LiveRow], by_usefulness: &[usize]) -> Vec<(Vec<usize>, Vec<f64>)> {
    let mut rows: Vec<&LiveRow> = live.iter().collect();
    rows.sort_by_key(|row| row.pools.len());
    let ordered = |row: &LiveRow| {
        by_usefulness.iter().copied().filter(|pool| row.pools.contains(pool)).collect()
    };
    rows.into_iter().map(|row| (ordered(row), row.load.clone())).collect()
}

/// A class's pools and paces, those that could do least else first.
fn desk(class: &TicketClass, by_usefulness: &[usize]) -> Vec<(usize, f64)> {
    let pace = |pool: &usize| class.pools.iter().copied().find(|(other, _)| other == pool);
    by_usefulness.iter().filter_map(pace).collect()
}

/// A number from another stage that a search can work with.
fn sane(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

fn class(need: &TicketNeed, intervals: usize) -> Option<TicketClass> {
    let first = need.pools.first()?.1;
    let pace = |minutes: f64| if first > 0.0 && minutes > 0.0 { minutes / first } else { 1.0 };
    let mut pools: Vec<(usize, f64)> =
        need.pools.iter().map(|&(pool, minutes)| (pool.index(), pace(minutes))).collect();
    pools.sort_by_key(|&(pool, _)| pool);
    pools.dedup_by_key(|&mut (pool, _)| pool);
    let rising = |row: &[crate::units::AgentMinutes]| {
        let mut high = 0.0;
        let mut row: Vec<f64> = row
            .iter()
            .take(intervals)
            .map(|minutes| {
                high = sane(minutes.0).max(high);
                high
            })
            .collect();
        row.resize(intervals, high);
        row
    };
    let arrived = rising(&need.arrived);
    let mut due = rising(&need.due);
    due.iter_mut().zip(&arrived).for_each(|(due, &arrived)| *due = due.min(arrived));
    (arrived.last().is_some_and(|&all| all > 0.0)).then_some(TicketClass { pools, arrived, due })
}

/// Classes with equal pools and proportional curves are one, at no loss.
fn merged(classes: impl Iterator<Item = TicketClass>) -> Vec<TicketClass> {
    let mut whole: Vec<TicketClass> = Vec::new();
    for class in classes {
        match whole.iter_mut().find(|other| is_alike(other, &class)) {
            Some(other) => {
                other.arrived.iter_mut().zip(&class.arrived).for_each(|(sum, more)| *sum += more);
                other.due.iter_mut().zip(&class.due).for_each(|(sum, more)| *sum += more);
            }
            None => whole.push(class),
        }
    }
    whole
}

fn is_alike(one: &TicketClass, other: &TicketClass) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9;
    let pools = one.pools.len() == other.pools.len()
        && one.pools.iter().zip(&other.pools).all(|(a, b)| a.0 == b.0 && near(a.1, b.1));
    let (Some(&all), Some(&others)) = (one.arrived.last(), other.arrived.last()) else {
        return false;
    };
    let curves = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| near(a / all, b / others));
    pools && curves(&one.arrived, &other.arrived) && curves(&one.due, &other.due)
}

/// Drop a row where another one asks for as many people of fewer pools.
fn without_implied(rows: Vec<LiveRow>) -> Vec<LiveRow> {
    let given = rows.clone();
    let within = |small: &LiveRow, large: &LiveRow| {
        small.pools.iter().all(|pool| large.pools.binary_search(pool).is_ok())
    };
    let mut rows = rows;
    for (place, row) in rows.iter_mut().enumerate() {
        for (other_place, other) in given.iter().enumerate() {
            if place == other_place || !within(other, &given[place]) {
                continue;
            }
            let is_same = other.pools.len() == row.pools.len();
            for (people, &others) in row.people.iter_mut().zip(&other.people) {
                let is_implied =
                    others > *people || (others == *people && (!is_same || other_place < place));
                if *people > 0.0 && is_implied {
                    *people = 0.0;
                }
            }
        }
    }
    rows
}
