//! A named linear or integer model, its text form, and its solution with prices and proof; `highs` alone
//! names the solver.
//!
//! ```
//! use evenkeel::linear::{Model, Options};
//! let mut model = Model::default();
//! let agents = model.column("agents", 0.0, 100.0, 30.0);
//! let cover = model.at_least("cover", &[(agents, 1.0)], 7.0);
//! let solution = model.solve(&Options::default()).unwrap();
//! assert_eq!(solution.value(agents), 7.0);
//! assert_eq!(solution.price(cover), 30.0);
//! ```

mod gate;
mod highs;
mod text;

use std::fmt;

pub use highs::{Basis, OpenModel};

/// A column of a model: something to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(usize);

/// A row of a model: something that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(usize);

/// Something to decide: a number between two bounds at a cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What it is called in print.
    pub name: String,
    /// Lowest value; minus infinity for none.
    pub low: f64,
    /// Highest value; infinity for none.
    pub high: f64,
    /// Cost of one more.
    pub cost: f64,
    /// Whether it must be a whole number.
    pub is_whole: bool,
}

/// Something that must hold: a weighted sum of columns between two bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is called in print.
    pub name: String,
    /// Lowest value; minus infinity for none.
    pub low: f64,
    /// Highest value; infinity for none.
    pub high: f64,
    /// The columns with their weights.
    pub terms: Vec<(ColumnId, f64)>,
}

/// A model to minimise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// How a linear programme is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Primal simplex, which goes on from the last basis after columns were added.
    Primal,
    /// Dual simplex, which goes on from the last basis after rows were added or bounds changed.
    Simplex,
    /// Interior point; with crossover it ends in a vertex, without it in the middle of the best face.
    Ipm {
        /// Whether to walk on to a vertex.
        crossover: bool,
    },
}

/// How to solve; without [`Options::seconds`] the same model gives the same answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Method for linear programmes.
    pub method: Method,
    /// Whether to simplify the model first.
    pub presolve: bool,
    /// Search for whole numbers ends within this share of the best.
    pub gap: f64,
    /// Search for whole numbers ends within this much of the best, in units of cost.
    pub gap_of_cost: f64,
    /// Seconds of the clock at most, for those who must answer by then; none: no clock.
    pub seconds: Option<f64>,
    /// Most nodes of the search for whole numbers; none: until the gap is reached.
    pub nodes: Option<i32>,
    /// Most simplex or interior point steps; none: as many as it takes.
    pub steps: Option<i32>,
    /// Seed of the solver's own random choices.
    pub seed: i32,
}

impl Options {
    /// Dual simplex on a simplified model until the best is found.
    pub const DEFAULT: Options = Options {
        method: Method::Simplex,
        presolve: true,
        gap: 1e-6,
        gap_of_cost: 1e-6,
        seconds: None,
        nodes: None,
        steps: None,
        seed: 0,
    };
}

impl Default for Options {
    fn default() -> Self {
        Options::DEFAULT
    }
}

/// An answer with its prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Value of each column.
    pub values: Vec<f64>,
    /// What raising the bound of each row by one would add to the cost; zeros where columns are whole.
    pub prices: Vec<f64>,
    /// What one more of each column would add to the cost, its rows paid for.
    pub reduced_costs: Vec<f64>,
    /// The cost.
    pub objective: f64,
    /// What the solver vouches for.
    pub proof: Proof,
}

/// What the solver vouches for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// Nothing is better.
    Optimal,
    /// Nothing is better by more than this share.
    WithinGap(f64),
    /// A limit on nodes or steps, or lost accuracy, ended the search: the values hold, their worth is open.
    Unproved,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// A number that no solver may see.
    Number {
        /// The row or column.
        place: String,
        /// What is wrong with it.
        cause: String,
    },
    /// No values satisfy every row.
    Infeasible,
    /// The cost has no lower end.
    Unbounded,
    /// A limit on nodes or steps was reached before any answer was found.
    NothingFound,
    /// The solver gave up, with its own word for it.
    Solver(String),
}

impl Model {
    /// A new column that may take any value between two bounds.
    pub fn column(&mut self, name: impl Into<String>, low: f64, high: f64, cost: f64) -> ColumnId {
        self.columns.push(Column { name: name.into(), low, high, cost, is_whole: false });
        ColumnId(self.columns.len() - 1)
    }

    /// A new column that takes a whole number between two bounds.
    pub fn whole_column(
        &mut self,
        name: impl Into<String>,
        low: f64,
        high: f64,
        cost: f64,
    ) -> ColumnId {
        self.columns.push(Column { name: name.into(), low, high, cost, is_whole: true });
        ColumnId(self.columns.len() - 1)
    }

    /// A new row: the weighted sum is at least `low`.
    pub fn at_least(
        &mut self,
        name: impl Into<String>,
        terms: &[(ColumnId, f64)],
        low: f64,
    ) -> RowId {
        self.between(name, terms, low, f64::INFINITY)
    }

    /// A new row: the weighted sum is at most `high`.
    pub fn at_most(
        &mut self,
        name: impl Into<String>,
        terms: &[(ColumnId, f64)],
        high: f64,
    ) -> RowId {
        self.between(name, terms, f64::NEG_INFINITY, high)
    }

    /// A new row: the weighted sum is exactly `value`.
    pub fn exactly(
        &mut self,
        name: impl Into<String>,
        terms: &[(ColumnId, f64)],
        value: f64,
    ) -> RowId {
        self.between(name, terms, value, value)
    }

    /// A new row: the weighted sum lies between two bounds.
    pub fn between(
        &mut self,
        name: impl Into<String>,
        terms: &[(ColumnId, f64)],
        low: f64,
        high: f64,
    ) -> RowId {
        self.rows.push(Row { name: name.into(), low, high, terms: terms.to_vec() });
        RowId(self.rows.len() - 1)
    }

    /// Put a column into a row that is there already.
    ///
    /// # Panics
    /// Where the row is of another model.
    pub fn add_term(&mut self, row: RowId, column: ColumnId, weight: f64) {
        self.rows[row.0].terms.push((column, weight));
    }

    /// The columns, in order of their ids.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows, in order of their ids.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A column, to change its bounds or cost.
    ///
    /// # Panics
    /// Where the column is of another model.
    pub fn column_mut(&mut self, column: ColumnId) -> &mut Column {
        &mut self.columns[column.0]
    }

    /// Solve.
    ///
    /// # Errors
    /// [`Trouble`] where a number is refused or there is no answer.
    pub fn solve(&self, options: &Options) -> Result<Solution, Trouble> {
        OpenModel::open(self.clone())?.solve(options)
    }

    /// By how much the values break the worst row or bound, worked out here and not by the solver.
    #[must_use]
    pub fn worst_break(&self, values: &[f64]) -> f64 {
        let outside = |value: f64, low: f64, high: f64| (low - value).max(value - high).max(0.0);
        let columns = self
            .columns
            .iter()
            .zip(values)
            .map(|(column, &value)| outside(value, column.low, column.high));
        let rows = self.rows.iter().map(|row| {
            let sum = row.terms.iter().map(|&(column, weight)| weight * values[column.0]).sum();
            outside(sum, row.low, row.high)
        });
        columns.chain(rows).fold(0.0, f64::max)
    }
}

impl ColumnId {
    /// Its place among the columns.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

impl RowId {
    /// Its place among the rows.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

impl Solution {
    /// The value of a column.
    #[must_use]
    pub fn value(&self, column: ColumnId) -> f64 {
        self.values[column.0]
    }

    /// What raising the bound of a row by one would add to the cost.
    #[must_use]
    pub fn price(&self, row: RowId) -> f64 {
        self.prices[row.0]
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Number { place, cause } => write!(f, "{place}: {cause}"),
            Trouble::Infeasible => f.write_str("no values satisfy every row"),
            Trouble::Unbounded => f.write_str("the cost has no lower end"),
            Trouble::NothingFound => f.write_str("no answer within the limit on nodes or steps"),
            Trouble::Solver(word) => write!(f, "the solver gave up: {word}"),
        }
    }
}

impl std::error::Error for Trouble {}
