//! The linear programme over whole lines: how many people work each line, what is short, who works on tickets.
//!
//! Slots of half an hour (the grid where it is longer), blocks of about two hours for tickets. A line touches
//! the rows of its pool's presence only where its presence changes: they are differenced in time. Every row
//! is a sum of what the plain count in `need` asks, so that the programme is never above what a roster costs.
//! The mathematics with these names is in `docs/model/roster.md`.

mod building;

use std::collections::BTreeSet;

use super::attendance::Rows;
use super::breaks::Worth;
use super::need::Need;
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
    known: BTreeSet<(usize, Vec<(i64, i64)>)>,
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
        let mut model = Model::default();
        let presence = building::service(team, &slots, &mut model);
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
            known: BTreeSet::new(),
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
            cost: building::round(placed.cost),
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

/// How far beyond what rows allow the ends of a column lie. An end that a row implies anyway must never be where a
/// solution rests: it would leave the prices of the rows undecided, and what nobody covers yet could be worth anything.
pub(super) const LOOSE: f64 = 2.0;
/// Days beyond which a horizon is long.
const LONG: usize = 14;
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

#[expect(clippy::cast_precision_loss, reason = "people are few")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
