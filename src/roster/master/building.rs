//! The rows and columns of the programme beside its lines: who is on which live row, what tickets are worked on in
//! which block, and what is short.

use std::collections::BTreeMap;

use super::super::need::TicketClass;
use super::super::team::Team;
use super::{LOOSE, Slot, real};
use crate::linear::{ColumnId, Model, RowId};

/// Columns of ticket work that a programme may have, about.
const TICKET_COLUMNS: f64 = 8_000.0;

/// Lay what is wanted, what is short and who is there into a model; gives the rows of presence by pool, with their slots.
pub(super) fn service(team: &Team, slots: &[Slot], model: &mut Model) -> Vec<Vec<(usize, RowId)>> {
    let most = most_on_queue(team, slots);
    let blocks = slots_in_blocks(slots, block_minutes(team, slots, &most));
    let (n, under) = (BTreeMap::new(), BTreeMap::new());
    let mut building = Building { team, slots, most, model, n, under };
    building.live_rows();
    building.ticket_rows(&blocks);
    building.presence_rows()
}

/// The parts of a programme while it is put together.
struct Building<'a> {
    team: &'a Team<'a>,
    slots: &'a [Slot],
    /// People of each pool who might be on queue in each slot.
    most: Vec<Vec<f64>>,
    model: &'a mut Model,
    /// People on queue by pool and slot.
    n: BTreeMap<(usize, usize), ColumnId>,
    /// People short by live row and slot.
    under: BTreeMap<(usize, usize), ColumnId>,
}

impl Building<'_> {
    /// People of a pool on queue in a slot, where anybody of it might be.
    fn n(&mut self, pool: usize, slot: usize) -> Option<ColumnId> {
        let most = self.most[pool][slot];
        let model = &mut *self.model;
        (most > 0.0).then(|| {
            *self.n.entry((pool, slot)).or_insert_with(|| {
                model.column(format!("n[{pool},{slot}]"), -most, LOOSE * most, 0.0)
            })
        })
    }

    /// Minutes of a pool on queue in these slots at most.
    fn most_in(&self, pool: usize, slots: &[usize]) -> f64 {
        slots.iter().map(|&slot| self.most[pool][slot] * self.slots[slot].length).sum()
    }

    /// `sum of n + under >= people`, row by row and slot by slot.
    fn live_rows(&mut self) {
        let team = self.team;
        for (place, row) in team.need.live.iter().enumerate() {
            for (slot, of) in self.slots.iter().enumerate() {
                let wanted: f64 =
                    (of.first..of.last).map(|t| row.people[t] * team.need.lengths[t]).sum::<f64>()
                        / of.length;
                if wanted <= 1e-6 {
                    continue;
                }
                let cost = round(team.weights.service * of.length);
                let name = format!("under[{place},{slot}]");
                let under = self.model.column(name, 0.0, LOOSE * wanted, cost);
                self.under.insert((place, slot), under);
                let mut terms = vec![(under, 1.0)];
                terms.extend(row.pools.iter().filter_map(|&pool| Some((self.n(pool, slot)?, 1.0))));
                self.model.at_least(format!("live[{place},{slot}]"), &terms, wanted);
            }
        }
    }

    /// Live work takes its time first; tickets what it leaves, each class by its deadlines.
    fn ticket_rows(&mut self, blocks: &[Vec<usize>]) {
        if self.team.need.tickets.is_empty() {
            return;
        }
        let team = self.team;
        let takes = |pool: usize| {
            let class = |class: &TicketClass| class.pools.iter().any(|&(other, _)| other == pool);
            team.need.tickets.iter().any(class)
        };
        let mut backlog: Vec<Option<ColumnId>> = vec![None; team.need.tickets.len()];
        for (block, slots) in blocks.iter().enumerate() {
            let live: BTreeMap<usize, ColumnId> = (0..team.scenario.pools.len())
                .filter_map(|pool| {
                    let most = self.most_in(pool, slots);
                    let busy = (most > 0.0)
                        .then(|| format!("busy[{pool},{block}]"))
                        .map(|name| self.model.column(name, 0.0, LOOSE * most, 0.0))?;
                    Some((pool, busy))
                })
                .collect();
            self.live_load(block, slots, &live);
            let work = self.work_columns(block, slots);
            for (&pool, &busy) in live.iter().filter(|&(&pool, _)| takes(pool)) {
                self.room(block, slots, pool, busy, &work);
            }
            for (class, left) in backlog.iter_mut().enumerate() {
                *left = Some(self.balance(block, slots, class, *left, &work));
            }
        }
    }

    /// What live work takes of a block: at least its load, less what is short anyway.
    fn live_load(&mut self, block: usize, slots: &[usize], live: &BTreeMap<usize, ColumnId>) {
        let need = &self.team.need;
        let (_, utilisation) = need.ticket_shares();
        for (place, row) in need.live.iter().enumerate() {
            let load: f64 = slots
                .iter()
                .flat_map(|&slot| self.slots[slot].first..self.slots[slot].last)
                .map(|t| row.load[t].min(utilisation * row.asked[t]) * need.lengths[t])
                .sum();
            if load <= 1e-6 {
                continue;
            }
            let mut terms: Vec<(ColumnId, f64)> = row
                .pools
                .iter()
                .filter_map(|pool| live.get(pool))
                .map(|&busy| (busy, 1.0))
                .collect();
            for (other, inner) in need.live.iter().enumerate() {
                if inner.pools.iter().all(|pool| row.pools.binary_search(pool).is_ok()) {
                    let unders = slots.iter().filter_map(|&slot| {
                        self.under
                            .get(&(other, slot))
                            .map(|&under| (under, self.slots[slot].length))
                    });
                    terms.extend(unders);
                }
            }
            let most: f64 = terms
                .iter()
                .map(|&(column, weight)| weight * self.model.columns()[column.index()].high)
                .sum();
            let load = load.min(most / LOOSE);
            self.model.at_least(format!("busy_live[{place},{block}]"), &terms, load);
        }
    }

    /// Minutes of each pool's time that each class takes.
    fn work_columns(&mut self, block: usize, slots: &[usize]) -> Vec<Vec<(usize, ColumnId, f64)>> {
        let team = self.team;
        team.need
            .tickets
            .iter()
            .enumerate()
            .map(|(class, tickets)| {
                tickets
                    .pools
                    .iter()
                    .filter_map(|&(pool, pace)| {
                        let most = self.most_in(pool, slots);
                        let name = || format!("work[{class},{pool},{block}]");
                        (most > 0.0).then(|| {
                            (pool, self.model.column(name(), 0.0, LOOSE * most, 0.0), pace)
                        })
                    })
                    .collect()
            })
            .collect()
    }

    fn room(
        &mut self,
        block: usize,
        slots: &[usize],
        pool: usize,
        busy: ColumnId,
        work: &[Vec<(usize, ColumnId, f64)>],
    ) {
        let (efficiency, utilisation) = self.team.need.ticket_shares();
        let tickets: Vec<(ColumnId, f64)> = work
            .iter()
            .flatten()
            .filter(|(other, _, _)| *other == pool)
            .map(|&(_, column, _)| (column, 1.0))
            .collect();
        // Room may be bought for what the tickets would cost that are late without it. Nobody gains by it; it keeps
        // room where nobody works yet from being worth more.
        let paces = work.iter().flatten().filter(|(other, _, _)| *other == pool);
        let quickest = paces.map(|&(_, _, pace)| pace).fold(1.0, f64::min).max(1e-3);
        let name = format!("bought[{pool},{block}]");
        let cost = round(self.team.weights.service / quickest);
        let bought = self.model.column(name, 0.0, LOOSE * self.most_in(pool, slots), cost);
        for (name, live, share) in
            [("between", efficiency, efficiency), ("all_work", 1.0, utilisation)]
        {
            let mut terms = tickets.clone();
            terms.push((bought, -1.0));
            if live > 0.0 {
                terms.push((busy, live));
            }
            for &slot in slots {
                let weight = share * self.slots[slot].length;
                if weight > 0.0 {
                    terms.extend(self.n(pool, slot).map(|n| (n, -weight)));
                }
            }
            self.model.at_most(format!("{name}[{pool},{block}]"), &terms, 0.0);
        }
    }

    /// What waits at the end of a block: no more than is not yet due.
    fn balance(
        &mut self,
        block: usize,
        slots: &[usize],
        class: usize,
        before: Option<ColumnId>,
        work: &[Vec<(usize, ColumnId, f64)>],
    ) -> ColumnId {
        let tickets = &self.team.need.tickets[class];
        let first = self.slots[slots[0]].first;
        let end = self.slots[slots[slots.len() - 1]].last - 1;
        let came = tickets.arrived[end] - if first == 0 { 0.0 } else { tickets.arrived[first - 1] };
        let open = (tickets.arrived[end] - tickets.due[end]).max(0.0);
        let waits = self.model.column(format!("waits[{class},{block}]"), 0.0, open, 0.0);
        let service = self.team.weights.service;
        let all = tickets.arrived[end].max(0.0);
        let name = format!("late[{class},{block}]");
        let late = self.model.column(name, 0.0, LOOSE * all, service);
        let mut terms = vec![(waits, 1.0), (late, 1.0)];
        terms.extend(before.map(|before| (before, -1.0)));
        terms.extend(
            work[class].iter().map(|&(_, column, pace)| (column, (1.0 / pace).clamp(1e-6, 1e6))),
        );
        self.model.exactly(format!("tickets[{class},{block}]"), &terms, came);
        waits
    }

    /// `n[p,s] - n[p,s-1] = presence of the lines in s less that in s-1`.
    fn presence_rows(&mut self) -> Vec<Vec<(usize, RowId)>> {
        let mut rows: Vec<Vec<(usize, RowId)>> = vec![Vec::new(); self.team.scenario.pools.len()];
        let mut before: Option<(usize, ColumnId)> = None;
        for (&(pool, slot), &n) in &self.n {
            let mut terms = vec![(n, 1.0)];
            if let Some((_, column)) = before.filter(|&(other, _)| other == pool) {
                terms.push((column, -1.0));
            }
            let row = self.model.exactly(format!("presence[{pool},{slot}]"), &terms, 0.0);
            rows[pool].push((slot, row));
            before = Some((pool, n));
        }
        rows
    }
}

/// How long the blocks are in which tickets are worked on: an hour, as some are due within one, and more where
/// classes and pools are many.
fn block_minutes(team: &Team, slots: &[Slot], most: &[Vec<f64>]) -> f64 {
    let worked = |pool: usize| {
        let slots = slots.iter().zip(&most[pool]).filter(|(_, most)| **most > 0.0);
        slots.map(|(slot, _)| slot.length).sum::<f64>()
    };
    let pools = team.need.tickets.iter().flat_map(|class| &class.pools);
    let minutes: f64 = pools.map(|&(pool, _)| worked(pool)).sum();
    60.0 * (minutes / 60.0 / TICKET_COLUMNS).ceil().clamp(1.0, 12.0)
}

/// People of each pool whose duties may reach into each slot.
fn most_on_queue(team: &Team, slots: &[Slot]) -> Vec<Vec<f64>> {
    let calendar = &team.scenario.calendar;
    let spans: Vec<(i64, i64)> = slots
        .iter()
        .map(|slot| {
            let last = calendar.interval(slot.last - 1);
            (calendar.interval(slot.first).start.0, last.end.0)
        })
        .collect();
    let mut most = vec![vec![0.0; slots.len()]; team.scenario.pools.len()];
    for kind in &team.kinds {
        let mut is_open = vec![false; slots.len()];
        for frame in kind.days.iter().flatten() {
            let first = spans.partition_point(|span| span.1 <= frame.start);
            let last = spans.partition_point(|span| span.0 < frame.end);
            is_open.iter_mut().take(last).skip(first).for_each(|open| *open = true);
        }
        let people = kind.presence * real(kind.agents.len());
        for (most, open) in most[kind.pool].iter_mut().zip(is_open) {
            *most += if open { people } else { 0.0 };
        }
    }
    most
}

/// Slots by blocks of about so many minutes.
fn slots_in_blocks(slots: &[Slot], minutes: f64) -> Vec<Vec<usize>> {
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut length = f64::INFINITY;
    for (place, slot) in slots.iter().enumerate() {
        if length >= minutes {
            blocks.push(Vec::new());
            length = 0.0;
        }
        blocks.last_mut().expect("pushed before").push(place);
        length += slot.length;
    }
    blocks
}

/// Costs to a millionth, so that none is too small for the solver to see.
pub(super) fn round(cost: f64) -> f64 {
    (cost * 1e6).round() / 1e6
}
