//! The programme over lines: everyone works one, cells are filled, and what is left short or over costs.
//!
//! One model stays open: lines are added and the last basis is gone on from. Lines are not taken out but closed
//! (held at 0), which the solver skips.

use std::collections::BTreeMap;

use super::pool::Pool;
use super::{Clock, Task, UNIT, is_over};
use crate::linear::{
    Basis, Column as Variable, ColumnId, Method, Model, OpenModel, Options, Proof, RowId, Trouble,
};

/// Simplex steps times rows between two looks at the clock.
const STEPS: usize = 4_000_000;
/// Slices of so many steps after which the solver has lost its way.
const MOST_SLICES: usize = 1000;
/// What counts as worked at all.
const SOME: f64 = 1e-6;
/// Reduced cost from which a line is not wanted, in units of cost.
const UNWANTED: f64 = 1e-3;

/// The open model.
pub(super) struct Master {
    open: OpenModel,
    classes: Vec<RowId>,
    /// Rows of the cells that are open; the others cost the same whatever is worked.
    cells: Vec<Option<RowId>>,
    /// Units missing.
    missing: Vec<ColumnId>,
    /// The row that holds them within a range.
    range: Option<RowId>,
    /// Lines of the pool in the model, with how long each was not wanted.
    lines: Vec<Entry>,
    /// Where a line of the pool is among them.
    place: BTreeMap<usize, usize>,
    /// Units of cost in one of the model's.
    scale: f64,
}

/// A basis that another model of the same people and cells can go on from.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    basis: Basis,
    /// Columns that are not lines; they come first.
    slacks: usize,
    /// Where each line is in the basis.
    columns: BTreeMap<usize, usize>,
    /// Lines that are in the basis.
    pub(super) basic: Vec<usize>,
}

struct Entry {
    line: usize,
    column: ColumnId,
    is_open: bool,
    unwanted: u32,
}

/// A solution of the programme.
#[derive(Debug, Clone, Default)]
pub(super) struct Solved {
    /// Cost.
    pub(super) cost: f64,
    /// Lines worked, with how many people work each.
    pub(super) worked: Vec<(usize, f64)>,
    /// Price of each class's person, in units of price.
    pub(super) class_prices: Vec<f64>,
    /// Price of one more unit in each cell, in units of price.
    pub(super) cell_prices: Vec<f64>,
    /// Units missing in all cells together.
    pub(super) missing: f64,
    /// Price of one more of them, where they are held within a range.
    pub(super) worth: f64,
}

/// What changed since the programme was last solved, which says how to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// Lines were added: the basis stays feasible.
    Added,
    /// Lines were closed: the prices stay feasible.
    Closed,
}

impl Master {
    /// A model without lines. `filled` says what others fill already, `is_open` which cells count, `counts` how many
    /// of each class work.
    pub(super) fn open(
        task: &Task,
        filled: &[i64],
        is_open: &[bool],
        counts: &[usize],
        scale: f64,
    ) -> Result<Master, Trouble> {
        let mut model = Model::default();
        let classes: Vec<RowId> =
            counts.iter().map(|&count| model.exactly("class", &[], real(count))).collect();
        let mut cells = Vec::with_capacity(task.cells.len());
        let mut missing = Vec::new();
        for ((cell, &filled), &is_open) in task.cells.iter().zip(filled).zip(is_open) {
            if !is_open {
                cells.push(None);
                continue;
            }
            let row = model.exactly("cell", &[], whole(cell.wanted - filled));
            for (steps, weight) in [(&cell.under, 1.0), (&cell.over, -1.0)] {
                for step in steps {
                    let most = step.units.map_or(f64::INFINITY, whole);
                    let slack = model.column("slack", 0.0, most, whole(step.each) / scale);
                    model.add_term(row, slack, weight);
                    if weight > 0.0 {
                        missing.push(slack);
                    }
                }
            }
            cells.push(Some(row));
        }
        let open = OpenModel::open(model)?;
        Ok(Master {
            open,
            classes,
            cells,
            missing,
            range: None,
            lines: Vec::new(),
            place: BTreeMap::new(),
            scale,
        })
    }

    /// Hold the units missing in all cells together within a range; breaking it by one costs `dear`.
    pub(super) fn hold(&mut self, within: &super::bound::Within, dear: f64) -> Result<(), Trouble> {
        let mut terms: Vec<(ColumnId, f64)> = self.missing.iter().map(|&it| (it, 1.0)).collect();
        for weight in [1.0, -1.0] {
            let variable = Variable {
                name: "broken".to_owned(),
                low: 0.0,
                high: f64::INFINITY,
                cost: dear / self.scale,
                is_whole: false,
            };
            terms.push((self.open.add_column(variable, &[])?, weight));
        }
        let row = crate::linear::Row {
            name: "missing".to_owned(),
            low: within.low.map_or(f64::NEG_INFINITY, whole),
            high: within.high.map_or(f64::INFINITY, whole),
            terms,
        };
        self.range = Some(self.open.add_row(row)?);
        Ok(())
    }

    /// The last basis.
    pub(super) fn kept(&self) -> Option<Kept> {
        let basis = self.open.basis()?;
        let inside = self.lines.iter().filter(|entry| basis.has(entry.column));
        Some(Kept {
            basic: inside.map(|entry| entry.line).collect(),
            slacks: self.open.model().columns().len() - self.lines.len(),
            columns: self.lines.iter().map(|entry| (entry.line, entry.column.index())).collect(),
            basis,
        })
    }

    /// Go on from a basis of another model of the same people and cells; `known` says what each line here is there.
    pub(super) fn go_on(&mut self, kept: &Kept, known: impl Fn(usize) -> Option<usize>) {
        let lines = self.lines.iter().map(|entry| kept.columns.get(&known(entry.line)?).copied());
        let basis = kept.basis.with_columns((0..kept.slacks).map(Some).chain(lines));
        self.open.start_from(&basis);
    }

    /// Put a line in, or open it where it was closed; whether that changed anything.
    pub(super) fn add<L: Clone + Ord>(&mut self, pool: &Pool<L>, line: usize) -> bool {
        if let Some(&place) = self.place.get(&line) {
            return self.set_open(place, true);
        }
        let column = &pool.columns[line];
        let mut terms = Vec::with_capacity(column.fills.len() + 1);
        terms.push((self.classes[pool.class[line]], 1.0));
        let fills = column
            .fills
            .iter()
            .filter_map(|&(cell, units)| Some((self.cells[cell as usize]?, f64::from(units))));
        terms.extend(fills);
        let variable = Variable {
            name: String::new(),
            low: 0.0,
            high: f64::INFINITY,
            cost: whole(column.cost) / self.scale,
            is_whole: false,
        };
        let Ok(column) = self.open.add_column(variable, &terms) else { return false };
        self.place.insert(line, self.lines.len());
        self.lines.push(Entry { line, column, is_open: true, unwanted: 0 });
        true
    }

    /// Close or open a line in the model; whether that changed anything.
    fn set_open(&mut self, place: usize, is_open: bool) -> bool {
        let entry = &mut self.lines[place];
        if entry.is_open == is_open {
            return false;
        }
        let most = if is_open { f64::INFINITY } else { 0.0 };
        if self.open.set_bounds(entry.column, 0.0, most).is_ok() {
            entry.is_open = is_open;
            entry.unwanted = 0;
        }
        true
    }

    /// Close lines of the model by what they are.
    pub(super) fn close(&mut self, is_closed: impl Fn(usize) -> bool) {
        for place in 0..self.lines.len() {
            if self.lines[place].is_open && is_closed(self.lines[place].line) {
                self.set_open(place, false);
            }
        }
    }

    /// Solve; none where time was up, or the solver lost its way.
    pub(super) fn solve(&mut self, since: Since, clock: &dyn Clock) -> Option<Solved> {
        let method = match since {
            Since::Added => Method::Primal,
            Since::Closed => Method::Simplex,
        };
        #[expect(clippy::integer_division, reason = "a share, roughly")]
        let steps = STEPS / (self.classes.len() + self.cells.iter().flatten().count() + 1);
        let steps = i32::try_from(steps.max(100)).unwrap_or(i32::MAX);
        let options = Options { method, presolve: false, steps: Some(steps), ..Options::default() };
        for _ in 0..MOST_SLICES {
            if is_over(clock) {
                return None;
            }
            match self.open.solve(&options) {
                Ok(solution) if solution.proof == Proof::Optimal => {
                    return Some(self.read(&solution));
                }
                Ok(_) | Err(Trouble::NothingFound) => {}
                Err(_) => return None,
            }
        }
        None
    }

    fn read(&mut self, solution: &crate::linear::Solution) -> Solved {
        #[expect(clippy::cast_precision_loss, reason = "a small power of two")]
        let unit = self.scale * UNIT as f64;
        let price = |row: &RowId| solution.price(*row) * unit;
        let mut solved = Solved {
            cost: solution.objective * self.scale,
            worked: Vec::new(),
            class_prices: self.classes.iter().map(price).collect(),
            cell_prices: self.cells.iter().map(|row| row.as_ref().map_or(0.0, price)).collect(),
            missing: self.missing.iter().map(|&slack| solution.value(slack)).sum(),
            worth: self.range.as_ref().map_or(0.0, price),
        };
        for entry in self.lines.iter_mut().filter(|entry| entry.is_open) {
            let value = solution.value(entry.column);
            if value > SOME {
                solved.worked.push((entry.line, value));
            }
            let is_unwanted = solution.reduced_costs[entry.column.index()] * self.scale > UNWANTED;
            entry.unwanted = if is_unwanted { entry.unwanted + 1 } else { 0 };
        }
        solved
    }

    /// Close lines that were not wanted for so many solutions.
    pub(super) fn purge(&mut self, patience: u32) {
        for place in 0..self.lines.len() {
            if self.lines[place].is_open && self.lines[place].unwanted >= patience {
                self.set_open(place, false);
            }
        }
    }
}

/// A number of cost or units in the model.
#[expect(clippy::cast_precision_loss, reason = "gated before it reaches the solver")]
pub(super) fn whole(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "people are few")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// Prices in whole units, cut to what the cells can pay.
pub(super) fn whole_prices(task: &Task, prices: &[f64]) -> Vec<i64> {
    whole_prices_within(task, prices, 0)
}

/// The same where each missing unit costs `worth` less.
pub(super) fn whole_prices_within(task: &Task, prices: &[f64], worth: i64) -> Vec<i64> {
    let cut = |(cell, &price): (&super::Cell, &f64)| {
        super::bound::clipped(cell, nearest(price), UNIT, worth)
    };
    task.cells.iter().zip(prices).map(cut).collect()
}

/// A price in whole units.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what sums of prices can hold")]
pub(super) fn nearest(price: f64) -> i64 {
    if price.is_finite() { price.round().clamp(-1e15, 1e15) as i64 } else { 0 }
}
