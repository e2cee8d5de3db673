//! Tickets played through a week, the earliest deadline first in what live work leaves: what is late, and what one
//! more person would save.

use super::{Cover, Need, TicketClass};

impl Need {
    /// What a minute on queue of one more person of a pool saves in late tickets, as the mean over stretches.
    pub(super) fn add_ticket_worth(
        &self,
        pool: usize,
        presence: f64,
        cover: &Cover,
        stretch: usize,
        worth: &mut [f64],
    ) {
        if !self.desks.iter().any(|desk| desk.iter().any(|&(other, _)| other == pool)) {
            return;
        }
        let mut rooms = self.rooms(cover);
        let base = self.trace(&rooms);
        if base.late() <= 1e-9 {
            return;
        }
        let intervals = self.lengths.len();
        let mut there = vec![0.0; self.pools];
        let mut busy = vec![0.0; self.pools];
        for first in (0..intervals).step_by(stretch.max(1)) {
            let last = (first + stretch.max(1)).min(intervals);
            if base.late() - base.missed_before(first) <= 1e-9 {
                break;
            }
            let kept = rooms[first * self.pools..last * self.pools].to_vec();
            for t in first..last {
                there.iter_mut().zip(cover).for_each(|(there, row)| *there = row[t]);
                there[pool] += presence * self.lengths[t];
                let room = &mut rooms[t * self.pools..(t + 1) * self.pools];
                self.leave_room(t, &there, &mut busy, room);
            }
            let minutes: f64 = self.lengths[first..last].iter().sum();
            let saved =
                (base.late() - self.late_with(&base, &rooms, first..last)).max(0.0) / minutes;
            worth[first..last].iter_mut().for_each(|worth| *worth += saved);
            rooms[first * self.pools..last * self.pools].copy_from_slice(&kept);
        }
    }

    /// Minutes of ticket work not done in time, when the earliest deadline is served first in what live work
    /// leaves of each pool, the pool that can do least else first.
    pub(super) fn late(&self, cover: &Cover) -> f64 {
        if self.tickets.is_empty() {
            return 0.0;
        }
        let mut rooms = self.rooms(cover);
        let mut progress = vec![Progress::default(); self.tickets.len()];
        let mut order = Vec::with_capacity(self.tickets.len());
        for interval in 0..self.lengths.len() {
            self.advance(interval, &mut progress, &mut rooms, &mut order);
        }
        missed(&progress)
    }

    /// How far each class has come before each interval.
    fn trace(&self, rooms: &[f64]) -> Trace {
        let mut rooms = rooms.to_vec();
        let classes = self.tickets.len();
        let mut progress = vec![Progress::default(); classes];
        let mut steps = Vec::with_capacity((self.lengths.len() + 1) * classes);
        let mut order = Vec::with_capacity(classes);
        for interval in 0..self.lengths.len() {
            steps.extend_from_slice(&progress);
            self.advance(interval, &mut progress, &mut rooms, &mut order);
        }
        steps.extend_from_slice(&progress);
        let grows = |t: &usize| {
            missed(&steps[(t + 1) * classes..][..classes])
                > missed(&steps[t * classes..][..classes])
        };
        let last_late = (0..self.lengths.len()).rev().find(grows).unwrap_or(0);
        Trace { classes, steps, last_late }
    }

    /// Minutes late with other rooms in some intervals. What comes before is as it was, and so is what comes after
    /// once every class has come as far in what falls due until the last moment at which anything was late; more room
    /// is taken to make nothing late thereafter.
    fn late_with(&self, base: &Trace, rooms: &[f64], changed: std::ops::Range<usize>) -> f64 {
        let mut progress = base.at(changed.start).to_vec();
        let mut order = Vec::with_capacity(progress.len());
        let mut room = vec![0.0; self.pools];
        let is_as_before = |progress: &[Progress], interval: usize| {
            let states = progress.iter().zip(base.at(interval)).zip(&self.tickets);
            states.into_iter().all(|((now, then), class)| {
                let urgent = class.due[base.last_late];
                (now.gone().min(urgent) - then.gone().min(urgent)).abs() <= 1e-9
            })
        };
        for interval in changed.start..=base.last_late {
            if interval >= changed.end && is_as_before(&progress, interval) {
                return base.late() - base.missed_before(interval) + missed(&progress);
            }
            room.copy_from_slice(&rooms[interval * self.pools..(interval + 1) * self.pools]);
            self.step(interval, &mut progress, &mut room, &mut order);
        }
        missed(&progress)
    }

    fn advance(
        &self,
        interval: usize,
        progress: &mut [Progress],
        rooms: &mut [f64],
        order: &mut Vec<(usize, usize)>,
    ) {
        let room = &mut rooms[interval * self.pools..(interval + 1) * self.pools];
        self.step(interval, progress, room, order);
    }

    /// Work on tickets for one interval, the earliest deadline first, then see what fell due undone.
    fn step(
        &self,
        interval: usize,
        progress: &mut [Progress],
        room: &mut [f64],
        order: &mut Vec<(usize, usize)>,
    ) {
        if room.iter().any(|&room| room > 0.0) {
            order.clear();
            for (place, class) in self.tickets.iter().enumerate() {
                if class.arrived[interval] > progress[place].gone() + 1e-9 {
                    order.push((progress[place].next_due(class), place));
                }
            }
            order.sort_unstable();
            for &(_, place) in order.iter() {
                let waiting = self.tickets[place].arrived[interval] - progress[place].gone();
                progress[place].done += work(&self.desks[place], waiting, room);
            }
        }
        if self.is_due[interval] {
            for (place, class) in self.tickets.iter().enumerate() {
                progress[place].miss(class.due[interval]);
            }
        }
    }

    /// Minutes that live work leaves for tickets, interval by interval and pool by pool.
    fn rooms(&self, cover: &Cover) -> Vec<f64> {
        let mut rooms = vec![0.0; self.lengths.len() * self.pools];
        let mut there = vec![0.0; self.pools];
        let mut busy = vec![0.0; self.pools];
        for (t, room) in rooms.chunks_mut(self.pools.max(1)).enumerate() {
            there.iter_mut().zip(cover).for_each(|(there, row)| *there = row[t]);
            if there.iter().any(|&there| there > 0.0) {
                self.leave_room(t, &there, &mut busy, room);
            }
        }
        rooms
    }

    /// Minutes that live work leaves for tickets in each pool.
    fn leave_room(&self, interval: usize, there: &[f64], busy: &mut [f64], room: &mut [f64]) {
        busy.fill(0.0);
        for (pools, load) in &self.filling {
            let taken: f64 = pools.iter().map(|&pool| busy[pool]).sum();
            let mut left = load[interval] * self.lengths[interval] - taken;
            for &pool in pools {
                if left <= 0.0 {
                    break;
                }
                let open = self.utilisation * there[pool] - busy[pool];
                let taken = left.min(open).max(0.0);
                busy[pool] += taken;
                left -= taken;
            }
        }
        for ((room, &there), &busy) in room.iter_mut().zip(there).zip(busy.iter()) {
            let between = self.efficiency * (there - busy);
            *room = between.min(self.utilisation * there - busy).max(0.0);
        }
    }
}

/// Work on so many waiting minutes in what room there is; gives what was done.
fn work(desk: &[(usize, f64)], waiting: f64, room: &mut [f64]) -> f64 {
    let mut left = waiting;
    for &(pool, pace) in desk {
        let done = left.min(room[pool] / pace);
        if done > 0.0 {
            left -= done;
            room[pool] -= done * pace;
        }
    }
    waiting - left
}

fn missed(progress: &[Progress]) -> f64 {
    progress.iter().map(|progress| progress.missed).sum()
}

/// How far each class has come before each interval, and at the end.
struct Trace {
    classes: usize,
    steps: Vec<Progress>,
    /// The last interval at whose end anything was late.
    last_late: usize,
}

impl Trace {
    fn at(&self, interval: usize) -> &[Progress] {
        &self.steps[interval * self.classes..(interval + 1) * self.classes]
    }

    fn missed_before(&self, interval: usize) -> f64 {
        missed(self.at(interval))
    }

    fn late(&self) -> f64 {
        missed(&self.steps[self.steps.len() - self.classes..])
    }
}

/// How far the work on one class has come.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    done: f64,
    missed: f64,
    /// First interval whose due work may still be open.
    at: usize,
}

impl Progress {
    fn gone(&self) -> f64 {
        self.done + self.missed
    }

    fn next_due(&mut self, class: &TicketClass) -> usize {
        while self.at < class.due.len() && class.due[self.at] <= self.gone() + 1e-9 {
            self.at += 1;
        }
        self.at
    }

    fn miss(&mut self, due: f64) {
        self.missed += (due - self.gone()).max(0.0);
    }
}
