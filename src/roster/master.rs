//! The linear programme over whole lines: how many people work each line, what is short, who works on tickets.
//!
//! Slots of half an hour (the grid where it is longer), blocks of about two hours for tickets. A line touches
//! the rows of its pool's presence only where its presence changes: they are differenced in time. Every row
//! is a sum of what the plain count in `need` asks, so that the programme is never above what a roster costs.
//! The mathematics with these names is in `docs/model/roster.md`.

use std::collections::BTreeMap;

use super::attendance::Rows;
use super::breaks::Worth;
use super::need::{Need, TicketClass};
use super::people::Kind;
use super::team::{MARGIN, Placed, Team};
use crate::duty::Activity;
use crate::linear::{Column, ColumnId, Model, OpenModel, RowId, Trouble};

/// The programme with the places of its rows and columns.
pub(super) struct Master {
    /// The programme, open to more lines.
    pub(super) open: OpenModel,
    /// How many people of each kind have a line, by kind.
    pub(super) people: Vec<RowId>,
    /// Slots of time.
    pub(super) slots: Vec<Slot>,
    /// Rows of presence by pool: slot and row, ascending.
    pub(super) presence: Vec<Vec<(usize, RowId)>>,
    /// Rows of minimum presence.
    pub(super) attendance: Rows,
    /// Lines as columns: kind, column, line.
    pub(super) lines: Vec<(usize, ColumnId, Placed)>,
    known: std::collections::BTreeSet<(usize, Vec<(i64, i64)>)>,
    /// For how many solutions nobody has worked each line.
    idle: Vec<usize>,
}

/// Some intervals taken together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    /// First interval.
    pub(super) first: usize,
    /// First interval after.
    pub(super) last: usize,
    /// Minutes.
    pub(super) length: f64,
}

impl Master {
    /// The programme without lines.
    ///
    /// # Errors
    /// [`Trouble::Number`] where the need holds numbers no solver may see.
    pub(super) fn of(team: &Team) -> Result<Master, Trouble> {
        let grid = team.scenario.calendar.grid().0.max(1);
        // Long horizons are seen less finely: the programme stays about as large, and its bound holds all the same.
        let slot = if team.scenario.calendar.days() > LONG { 60 } else { 30_i64 };
        let together = usize::try_from(slot.div_euclid(grid).max(1)).expect("positive");
        let slots = slots(&team.need, together);
        let most = most_on_queue(team, &slots);
        let blocks = slots_in_blocks(&slots, block_minutes(team, &slots, &most));
        let mut model = Model::default();
        let mut building = Building {
            team,
            slots: &slots,
            most,
            model: &mut model,
            n: BTreeMap::new(),
            under: BTreeMap::new(),
        };
        building.live_rows();
        building.ticket_rows(&blocks);
        let presence = building.presence_rows();
        // Pieces keep to slots.
        let splits = |_: usize, cell: i64| cell.rem_euclid(slot.max(grid)) == 0;
        let attendance = Rows::of(&team.need.attendance, &splits, ABSENT, &mut model);
        Master::open(team, model, slots, presence, attendance)
    }

    /// The programme of minimum presence alone, a missing minute of a person at a cost of one; lines that differ
    /// only within pieces are alike there.
    ///
    /// # Errors
    /// As [`Master::of`].
    pub(super) fn of_presence(
        team: &Team,
        splits: &dyn Fn(usize, i64) -> bool,
    ) -> Result<Master, Trouble> {
        let mut model = Model::default();
        let attendance = Rows::of(&team.need.attendance, splits, 1.0, &mut model);
        let nowhere = vec![Vec::new(); team.scenario.pools.len()];
        Master::open(team, model, slots(&team.need, usize::MAX), nowhere, attendance)
    }

    fn open(
        team: &Team,
        mut model: Model,
        slots: Vec<Slot>,
        presence: Vec<Vec<(usize, RowId)>>,
        attendance: Rows,
    ) -> Result<Master, Trouble> {
        let people = team
            .kinds
            .iter()
            .enumerate()
            .map(|(place, kind)| {
                let many = real(kind.agents.len());
                model.exactly(format!("people[{place}]"), &[], many)
            })
            .collect();
        Ok(Master {
            open: OpenModel::open(model)?,
            people,
            slots,
            presence,
            attendance,
            lines: Vec::new(),
            known: std::collections::BTreeSet::new(),
            idle: Vec::new(),
        })
    }

    /// Take in lines by kind; whether any was new. One whose cost no solver may see is left out.
    pub(super) fn add_all(&mut self, found: &[Vec<Placed>], team: &Team) -> bool {
        let mut is_new = false;
        for (kind, lines) in found.iter().enumerate() {
            for placed in lines {
                is_new |= self.add(kind, placed, team).unwrap_or(false);
            }
        }
        is_new
    }

    /// Take a line in as a column, unless it is there.
    ///
    /// # Errors
    /// [`Trouble::Number`] where its cost is no number a solver may see.
    pub(super) fn add(
        &mut self,
        kind: usize,
        placed: &Placed,
        team: &Team,
    ) -> Result<bool, Trouble> {
        if !self.known.insert((kind, shape(placed))) {
            return Ok(false);
        }
        let of = &team.kinds[kind];
        let mut there = vec![0.0; self.slots.len()];
        let mut slot = 0;
        for &(interval, minutes) in &placed.minutes {
            while self.slots[slot].last <= interval {
                slot += 1;
            }
            there[slot] += minutes * of.presence / self.slots[slot].length;
        }
        let mut terms = vec![(self.people[kind], 1.0)];
        let mut before = 0.0;
        for &(slot, row) in &self.presence[of.pool] {
            let change = there[slot] - before;
            before = there[slot];
            if change.abs() >= 1e-6 {
                terms.push((row, -change));
            }
        }
        terms.extend(self.attendance.terms(placed));
        let column = Column {
            name: format!("line[{kind},{}]", self.lines.len()),
            low: 0.0,
            high: real(of.agents.len()),
            cost: round(placed.cost),
            is_whole: false,
        };
        let id = self.open.add_column(column, &terms)?;
        self.lines.push((kind, id, placed.clone()));
        self.idle.push(0);
        Ok(true)
    }

    /// Take lines out of the programme that nobody has worked for some solutions; they may be priced in again.
    pub(super) fn forget_idle(&mut self, values: &[f64], patience: usize) {
        for ((kind, column, placed), idle) in self.lines.iter().zip(&mut self.idle) {
            let Some(&many) = values.get(column.index()) else { continue };
            if *idle > patience {
                continue;
            }
            *idle = if many > IDLE { 0 } else { *idle + 1 };
            let is_forgotten = *idle > patience && self.open.set_bounds(*column, 0.0, 0.0).is_ok();
            if is_forgotten {
                self.known.remove(&(*kind, shape(placed)));
            }
        }
    }

    /// What a minute on queue is worth to each kind of person at these prices.
    pub(super) fn worths(&self, team: &Team, prices: &[f64]) -> Vec<Worth> {
        let of = |kind: &Kind| {
            let mut worth = self.worth(kind.pool, prices, team.need.lengths.len());
            for worth in &mut worth {
                *worth *= kind.presence;
            }
            let mut worth = Worth::of(&worth, &team.need.lengths, MARGIN);
            let agent = kind.agents[0];
            self.attendance.raise(&team.need.attendance, agent, prices, &mut worth);
            worth
        };
        team.kinds.iter().map(of).collect()
    }

    fn worth(&self, pool: usize, prices: &[f64], intervals: usize) -> Vec<f64> {
        let mut worth = vec![0.0; intervals];
        let rows = &self.presence[pool];
        for (place, &(slot, row)) in rows.iter().enumerate() {
            let next = rows.get(place + 1).map_or(0.0, |&(_, row)| prices[row.index()]);
            let value = next - prices[row.index()];
            let of = self.slots[slot];
            worth[of.first..of.last].fill(value / of.length);
        }
        worth
    }
}

/// What a minute that minimum presence misses costs in the programme: above every aim, and not so much that the
/// solver's numbers suffer. A roster that is given misses none, so the bound holds whatever this is.
const ABSENT: f64 = 15_625.0;
/// People below which nobody works a line in an inner point.
const IDLE: f64 = 1e-4;

/// What tells two lines of a kind apart in the programme.
fn shape(placed: &Placed) -> Vec<(i64, i64)> {
    let on_queue = placed.line.blocks().filter(|block| block.activity == Activity::OnQueue);
    on_queue.map(|block| (block.span.start.0, block.span.end.0)).collect()
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

fn slots(need: &Need, together: usize) -> Vec<Slot> {
    let count = need.lengths.len();
    (0..count)
        .step_by(together)
        .map(|first| {
            let last = first.saturating_add(together).min(count);
            Slot { first, last, length: need.lengths[first..last].iter().sum() }
        })
        .collect()
}

/// How far beyond what rows allow the ends of a column lie. An end that a row implies anyway must never be where a
/// solution rests: it would leave the prices of the rows undecided, and what nobody covers yet could be worth anything.
const LOOSE: f64 = 2.0;

/// Days beyond which a horizon is long.
const LONG: usize = 14;
/// Columns of ticket work that a programme may have, about.
const TICKET_COLUMNS: f64 = 8_000.0;

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
fn round(cost: f64) -> f64 {
    (cost * 1e6).round() / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "people are few")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
