//! The whole-number programme over given lines, by the solver's own search.

use super::dive::Whole;
use super::master::{real, whole};
use super::near::Near;
use super::pool::Pool;
use super::search::Search;
use super::{Column, Lines};
use crate::linear::{ColumnId, Model, OpenModel, Options, Proof};

/// How long to search, and what must be bettered.
pub(super) struct Effort {
    /// Nodes at most.
    pub(super) nodes: i32,
    /// Share of the time left at most.
    pub(super) share: f64,
    /// Cost of a roster that is no roster, to be bettered instead of the best one.
    pub(super) stand_in: Option<i64>,
    /// Whether people missing and too many are whole in it, which proves sooner and finds later.
    pub(super) whole_slacks: bool,
}

/// What came of it.
pub(super) struct Found<L> {
    /// A roster, where there is a better one.
    pub(super) roster: Option<Whole<L>>,
    /// Whether the search went to the end: these lines give nothing better.
    pub(super) is_exhausted: bool,
}

impl<S: Lines> Search<'_, S> {
    /// The best whole roster of these people from these lines, where it betters the best or the stand-in.
    pub(super) fn solve_whole(
        &self,
        pool: &Pool<S::Line>,
        near: &Near,
        effort: &Effort,
    ) -> Found<S::Line> {
        let mut model = Model::default();
        let mut values = Vec::new();
        let classes: Vec<_> =
            near.counts.iter().map(|&count| model.exactly("class", &[], real(count))).collect();
        let mut cells = Vec::new();
        let filled = self.best.filled(self.task, &self.pool);
        for (place, cell) in self.task.cells.iter().enumerate() {
            if !near.is_open[place] {
                cells.push(None);
                continue;
            }
            let row = model.exactly("cell", &[], whole(cell.wanted - near.filled[place]));
            let missing = (cell.wanted - filled[place]).max(0);
            let extra = (filled[place] - cell.wanted).max(0);
            for (steps, weight, many) in [(&cell.under, 1.0, missing), (&cell.over, -1.0, extra)] {
                let mut left = many;
                for step in steps {
                    let most = step.units.map_or(f64::INFINITY, whole);
                    let each = whole(step.each) / self.scale;
                    let slack = if effort.whole_slacks {
                        model.whole_column("slack", 0.0, most, each)
                    } else {
                        model.column("slack", 0.0, most, each)
                    };
                    model.add_term(row, slack, weight);
                    let taken = step.units.map_or(left, |units| units.min(left));
                    values.push(whole(taken));
                    left -= taken;
                }
            }
            cells.push(Some(row));
        }
        if let Some(cost) = effort.stand_in {
            // It stands for everybody, and fills what is wanted.
            let stands = model.whole_column("stand-in", 0.0, 1.0, whole(cost) / self.scale);
            for (&class, &count) in classes.iter().zip(&near.counts) {
                model.add_term(class, stands, real(count));
            }
            for ((row, cell), &others) in cells.iter().zip(&self.task.cells).zip(&near.filled) {
                if let Some(row) = row
                    && cell.wanted != others
                {
                    model.add_term(*row, stands, whole(cell.wanted - others));
                }
            }
            values.fill(0.0);
            values.push(1.0);
        }
        let mut worked: Vec<Vec<S::Line>> = self.best_of(near);
        let mut columns = Vec::with_capacity(pool.len());
        for line in 0..pool.len() {
            let (class, column) = (pool.class[line], &pool.columns[line]);
            let cost = whole(column.cost) / self.scale;
            let works = model.whole_column("line", 0.0, real(near.counts[class]), cost);
            columns.push(works);
            model.add_term(classes[class], works, 1.0);
            for &(cell, units) in &column.fills {
                if let Some(row) = cells[cell as usize] {
                    model.add_term(row, works, f64::from(units));
                }
            }
            let before = worked[class].len();
            worked[class].retain(|line| *line != column.line);
            let here = real(before - worked[class].len());
            values.push(if effort.stand_in.is_some() { 0.0 } else { here });
        }
        let seconds = self.clock.seconds_left().map(|left| (effort.share * left).max(0.05));
        let step = whole(self.task.multiple) / self.scale;
        let options = Options {
            gap: 0.0,
            gap_of_cost: 0.99 * step,
            nodes: Some(effort.nodes),
            seconds,
            ..Options::default()
        };
        let nothing = Found { roster: None, is_exhausted: false };
        let Ok(mut open) = OpenModel::open(model) else { return nothing };
        if effort.stand_in.is_some() || worked.iter().all(Vec::is_empty) {
            open.propose(&values);
        }
        let Some(chosen) = choose(&mut open, &columns, &options) else { return nothing };
        let is_exhausted = match chosen.proof {
            Proof::Optimal => true,
            // Costs are whole steps apart: nothing lies between.
            Proof::WithinGap(gap) => gap * chosen.cost.abs() < 0.995 * step,
            Proof::Unproved => false,
        };
        let mut roster: Vec<Vec<Column<S::Line>>> = vec![Vec::new(); near.counts.len()];
        for (line, &people) in chosen.people.iter().enumerate() {
            roster[pool.class[line]]
                .extend(std::iter::repeat_n(pool.columns[line].clone(), people));
        }
        let is_full = roster.iter().zip(&near.counts).all(|(lines, &count)| lines.len() == count);
        Found { roster: is_full.then_some(roster), is_exhausted }
    }

    /// Lines of these people in the best roster.
    fn best_of(&self, near: &Near) -> Vec<Vec<S::Line>> {
        let of = |(lines, &count): (&Vec<usize>, &usize)| {
            let lines = lines.iter().rev().take(count);
            lines.map(|&line| self.pool.columns[line].line.clone()).collect()
        };
        self.best.lines.iter().zip(&near.counts).map(of).collect()
    }
}

/// Whole people on lines.
pub(in crate::roster) struct Chosen {
    /// How many work each line.
    pub(in crate::roster) people: Vec<usize>,
    /// Cost in the programme.
    cost: f64,
    /// What the solver vouches for.
    proof: Proof,
}

/// Choose how many people work each of a programme's lines, by the solver's search for whole numbers.
pub(in crate::roster) fn choose(
    open: &mut OpenModel,
    lines: &[ColumnId],
    options: &Options,
) -> Option<Chosen> {
    let solution = open.solve(options).ok()?;
    let people = lines.iter().map(|&line| people(solution.value(line))).collect();
    Some(Chosen { people, cost: solution.objective, proof: solution.proof })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people are few")]
fn people(value: f64) -> usize {
    value.round().max(0.0) as usize
}
