//! The one place that names the solver: HiGHS, built through good_lp and then kept open on its inner model.
//!
//! Signs are a test, not a comment: good_lp turned the prices of `>=` rows round between patch releases, so
//! the version is pinned and the tests below ask for the price on every path a price is read.

use ::highs as solver;
use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};
use solver::{HighsModelStatus, HighsStatus};

use super::{Column, ColumnId, Method, Model, Options, Proof, Row, RowId, Solution, Trouble};

/// HiGHS' word for values that satisfy every row (`kSolutionStatusFeasible`).
const FEASIBLE: i64 = 2;

/// HiGHS' word for a call that went well (`kHighsStatusOk`).
const DONE: highs_sys::HighsInt = 0;
/// HiGHS' words for a column at its low end and for one in the basis.
const AT_LOW: highs_sys::HighsInt = 0;
const BASIC: highs_sys::HighsInt = 1;

/// Which columns and rows are in the basis, to go on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    columns: Vec<highs_sys::HighsInt>,
    rows: Vec<highs_sys::HighsInt>,
}

/// A model that stays open in the solver: it takes columns and rows and is solved again.
pub struct OpenModel {
    model: Model,
    /// The solver's own copy; gone after it gave up, and then built anew.
    inner: Option<Inner>,
}

/// The solver's copy of a model with its handles, each at the place of our own.
struct Inner {
    model: solver::Model,
    columns: Vec<solver::Col>,
    rows: Vec<solver::Row>,
}

// The solver keeps nothing outside an instance but the pool of threads of whoever calls it, which with one
// thread is the caller itself; an instance may therefore be handed on, and is used by one caller at a time.
#[expect(unsafe_code, reason = "a pointer to an instance that nobody else holds")]
unsafe impl Send for Inner {}

impl OpenModel {
    /// Open a model for repeated solving.
    ///
    /// # Errors
    /// [`Trouble::Number`] where a number is refused.
    pub fn open(model: Model) -> Result<OpenModel, Trouble> {
        model.gate()?;
        Ok(OpenModel { inner: Some(build(&model)?), model })
    }

    /// The model as it stands.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// A new column with its weights in rows that are there.
    ///
    /// # Errors
    /// [`Trouble::Number`] where a number is refused.
    pub fn add_column(
        &mut self,
        column: Column,
        terms: &[(RowId, f64)],
    ) -> Result<ColumnId, Trouble> {
        column.gate()?;
        for &(row, weight) in terms {
            let place = || format!("column {}", column.name);
            if row.index() >= self.model.rows.len() {
                let cause = "it names a row of another model".to_owned();
                return Err(Trouble::Number { place: place(), cause });
            }
            super::gate::check_coefficient(weight).map_err(|cause| Trouble::Number {
                place: place(),
                cause: format!("its weight in {} {cause}", self.model.rows[row.index()].name),
            })?;
        }
        if let Some(inner) = &mut self.inner {
            let weights: Vec<(solver::Row, f64)> =
                terms.iter().map(|&(row, weight)| (inner.rows[row.index()], weight)).collect();
            let added = inner.model.try_add_column_with_integrality(
                column.cost,
                column.low..=column.high,
                weights,
                column.is_whole,
            );
            inner.columns.push(added.map_err(refused)?);
        }
        let id = ColumnId(self.model.columns.len());
        self.model.columns.push(column);
        for &(row, weight) in terms {
            self.model.rows[row.index()].terms.push((id, weight));
        }
        Ok(id)
    }

    /// A new row over columns that are there.
    ///
    /// # Errors
    /// [`Trouble::Number`] where a number is refused.
    pub fn add_row(&mut self, row: Row) -> Result<RowId, Trouble> {
        row.gate(&self.model.columns)?;
        if let Some(inner) = &mut self.inner {
            inner.add_row(&row)?;
        }
        self.model.rows.push(row);
        Ok(RowId(self.model.rows.len() - 1))
    }

    /// Move a column's bounds.
    ///
    /// # Errors
    /// [`Trouble::Number`] where a number is refused.
    pub fn set_bounds(&mut self, column: ColumnId, low: f64, high: f64) -> Result<(), Trouble> {
        let changed = Column { low, high, ..self.model.columns[column.index()].clone() };
        changed.gate()?;
        if let Some(inner) = &mut self.inner {
            inner.model.change_column_bounds(inner.columns[column.index()], low..=high);
        }
        self.model.columns[column.index()] = changed;
        Ok(())
    }

    /// The basis of the last solution; none where there is none.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        let inner = self.inner.as_ref()?;
        let mut basis =
            Basis { columns: vec![0; inner.columns.len()], rows: vec![0; inner.rows.len()] };
        #[expect(
            unsafe_code,
            reason = "the crate has no call for it; both lists have the model's lengths"
        )]
        let status = unsafe {
            highs_sys::Highs_getBasis(
                inner.model.as_ptr(),
                basis.columns.as_mut_ptr(),
                basis.rows.as_mut_ptr(),
            )
        };
        (status == DONE).then_some(basis)
    }

    /// Go on from this basis at the next solution; nothing changes where it does not fit the model.
    pub fn start_from(&mut self, basis: &Basis) {
        let Some(inner) = &mut self.inner else { return };
        if basis.columns.len() != inner.columns.len() || basis.rows.len() != inner.rows.len() {
            return;
        }
        #[expect(
            unsafe_code,
            reason = "the crate has no call for it; both lists have the model's lengths"
        )]
        let _ = unsafe {
            highs_sys::Highs_setBasis(
                inner.model.as_mut_ptr(),
                basis.columns.as_ptr(),
                basis.rows.as_ptr(),
            )
        };
    }

    /// Whole values that satisfy every row, to better; nothing changes where they do not fit the model.
    pub fn propose(&mut self, values: &[f64]) {
        if let Some(inner) = &mut self.inner
            && values.len() == inner.columns.len()
        {
            // A refusal only means that the search starts without them.
            let _ = inner.model.try_set_solution(Some(values), None, None, None);
        }
    }

    /// Solve the model as it stands, from the last basis where the method can use one.
    ///
    /// # Errors
    /// [`Trouble`] where there is no answer.
    pub fn solve(&mut self, options: &Options) -> Result<Solution, Trouble> {
        let mut inner = match self.inner.take() {
            Some(inner) => inner,
            None => build(&self.model)?,
        };
        let is_whole = self.model.columns.iter().any(|column| column.is_whole);
        set_options(&mut inner.model, options, is_whole)?;
        let solved = inner.model.try_solve().map_err(refused)?;
        let outcome = self.read(&solved, options, is_whole);
        self.inner = Some(Inner { model: solved.into(), ..inner });
        outcome
    }

    fn read(
        &self,
        solved: &solver::SolvedModel,
        options: &Options,
        is_whole: bool,
    ) -> Result<Solution, Trouble> {
        // The crate's own reader of this figure panics where there is no solution.
        let has_values = solved.int_info_value(c"primal_solution_status") == Ok(FEASIBLE);
        let proof = match solved.status() {
            HighsModelStatus::Optimal => {
                let gap = if is_whole { solved.mip_gap() } else { 0.0 };
                if gap > options.gap.max(1e-9) { Proof::WithinGap(gap) } else { Proof::Optimal }
            }
            HighsModelStatus::ModelEmpty => Proof::Optimal,
            HighsModelStatus::Infeasible => return Err(Trouble::Infeasible),
            HighsModelStatus::Unbounded => return Err(Trouble::Unbounded),
            HighsModelStatus::UnboundedOrInfeasible => return self.tell_apart(),
            HighsModelStatus::ReachedIterationLimit
            | HighsModelStatus::ReachedSolutionLimit
            | HighsModelStatus::ReachedMemoryLimit
            | HighsModelStatus::ReachedInterrupt
            | HighsModelStatus::ReachedTimeLimit => {
                if !has_values {
                    return Err(Trouble::NothingFound);
                }
                let gap = solved.mip_gap();
                if is_whole && gap.is_finite() { Proof::WithinGap(gap) } else { Proof::Unproved }
            }
            // An interior point without crossover may end a hair outside its tolerances.
            HighsModelStatus::Unknown => Proof::Unproved,
            other => return Err(Trouble::Solver(format!("{other:?}"))),
        };
        let solution = solved.get_solution();
        Ok(Solution {
            values: solution.columns().to_vec(),
            prices: solution.dual_rows().to_vec(),
            reduced_costs: solution.dual_columns().to_vec(),
            objective: solved.objective_value(),
            proof,
        })
    }

    /// Presolve may not know whether a model is infeasible or unbounded; without costs it cannot be unbounded.
    fn tell_apart(&self) -> Result<Solution, Trouble> {
        let mut free = self.model.clone();
        free.columns.iter_mut().for_each(|column| column.cost = 0.0);
        match free.solve(&Options { presolve: false, ..Options::default() }) {
            Ok(_) => Err(Trouble::Unbounded),
            Err(trouble) => Err(trouble),
        }
    }
}

impl Basis {
    /// A basis of a model that has other columns: those named are as they were, the others at their low end.
    #[must_use]
    pub fn with_columns(&self, columns: impl IntoIterator<Item = Option<usize>>) -> Basis {
        let status = |from: Option<usize>| {
            from.and_then(|from| self.columns.get(from).copied()).unwrap_or(AT_LOW)
        };
        Basis { columns: columns.into_iter().map(status).collect(), rows: self.rows.clone() }
    }

    /// Whether a column is in the basis.
    #[must_use]
    pub fn has(&self, column: ColumnId) -> bool {
        self.columns.get(column.index()) == Some(&BASIC)
    }
}

impl Inner {
    fn add_row(&mut self, row: &Row) -> Result<(), Trouble> {
        let terms =
            row.terms.iter().map(|&(column, weight)| (self.columns[column.index()], weight));
        let terms: Vec<(solver::Col, f64)> = terms.collect();
        self.rows.push(self.model.try_add_row(row.low..=row.high, terms).map_err(refused)?);
        Ok(())
    }
}

/// Build the solver's model through good_lp.
fn build(model: &Model) -> Result<Inner, Trouble> {
    let mut variables = ProblemVariables::new();
    let handles: Vec<Variable> = model
        .columns
        .iter()
        .map(|column| {
            let bounded = variable().min(column.low).max(column.high);
            variables.add(if column.is_whole { bounded.integer() } else { bounded })
        })
        .collect();
    let costs = handles.iter().zip(&model.columns).map(|(&handle, column)| (handle, column.cost));
    let mut problem = variables.minimise(sum(costs)).using(good_lp::highs);

    // good_lp has no rows with two bounds; from the first such row on they go to the inner model, in order.
    let plain = model.rows.iter().take_while(|row| row.low == row.high || one_sided(row)).count();
    for row in &model.rows[..plain] {
        let left = sum(row.terms.iter().map(|&(column, weight)| (handles[column.index()], weight)));
        problem.add_constraint(if row.low == row.high {
            left.eq(row.low)
        } else if row.high == f64::INFINITY {
            left.geq(row.low)
        } else {
            left.leq(row.high)
        });
    }
    let built = problem.try_into_inner().map_err(|trouble| Trouble::Solver(trouble.to_string()))?;

    // Handles are places; both crates count from nought, so those of an empty problem fit.
    let mut places = (solver::RowProblem::default(), solver::ColProblem::default());
    let columns = model.columns.iter().map(|_| places.0.add_column(0.0, 0.0..)).collect();
    let rows = (0..plain).map(|_| places.1.add_row(0.0..)).collect();
    let mut inner = Inner { model: built, columns, rows };
    inner.model.make_quiet();
    model.rows[plain..].iter().try_for_each(|row| inner.add_row(row))?;
    Ok(inner)
}

fn sum(terms: impl Iterator<Item = (Variable, f64)>) -> Expression {
    terms.fold(Expression::default(), |mut sum, (column, weight)| {
        sum.add_mul(weight, column);
        sum
    })
}

fn one_sided(row: &Row) -> bool {
    (row.low == f64::NEG_INFINITY) != (row.high == f64::INFINITY)
}

fn set_options(
    inner: &mut solver::Model,
    options: &Options,
    is_whole: bool,
) -> Result<(), Trouble> {
    let refuse = |_| Trouble::Solver("an option of the solver was refused".to_owned());
    let on = |yes: bool| if yes { "on" } else { "off" };
    let (solver, strategy, crossover) = match options.method {
        _ if is_whole => ("choose", 1, true),
        Method::Simplex => ("simplex", 1, true),
        Method::Primal => ("simplex", 4, true),
        Method::Ipm { crossover } => ("ipx", 1, crossover),
    };
    inner.try_set_option("output_flag", false).map_err(refuse)?;
    inner.try_set_option("solver", solver).map_err(refuse)?;
    inner.try_set_option("simplex_strategy", strategy).map_err(refuse)?;
    inner.try_set_option("run_crossover", on(crossover)).map_err(refuse)?;
    inner.try_set_option("presolve", on(options.presolve)).map_err(refuse)?;
    inner.try_set_option("parallel", "off").map_err(refuse)?;
    inner.try_set_option("threads", 1).map_err(refuse)?;
    inner.try_set_option("random_seed", options.seed.max(0)).map_err(refuse)?;
    inner.try_set_option("mip_rel_gap", options.gap).map_err(refuse)?;
    inner.try_set_option("mip_abs_gap", options.gap_of_cost).map_err(refuse)?;
    inner.try_set_option("time_limit", options.seconds.unwrap_or(f64::INFINITY)).map_err(refuse)?;
    inner.try_set_option("mip_max_nodes", options.nodes.unwrap_or(i32::MAX)).map_err(refuse)?;
    let steps = options.steps.unwrap_or(i32::MAX);
    inner.try_set_option("simplex_iteration_limit", steps).map_err(refuse)?;
    inner.try_set_option("ipm_iteration_limit", steps).map_err(refuse)
}

fn refused(status: HighsStatus) -> Trouble {
    Trouble::Solver(format!("{status:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Method; 4] = [
        Method::Simplex,
        Method::Primal,
        Method::Ipm { crossover: true },
        Method::Ipm { crossover: false },
    ];

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-5, "{found} is not {wanted}");
    }

    /// Minimise 30 x with one row, as made by `row`; the row's price on every method, presolved or not.
    fn prices(row: impl Fn(&mut Model, ColumnId) -> RowId) -> Vec<f64> {
        let ask = |method, presolve| {
            let mut model = Model::default();
            let agents = model.column("agents", -50.0, 50.0, 30.0);
            let row = row(&mut model, agents);
            let options = Options { method, presolve, ..Options::default() };
            model.solve(&options).unwrap().price(row)
        };
        ALL.into_iter().flat_map(|method| [ask(method, true), ask(method, false)]).collect()
    }

    #[test]
    fn wanting_one_more_agent_costs_one_wage() {
        for price in prices(|model, agents| model.at_least("cover", &[(agents, 1.0)], 7.0)) {
            near(price, 30.0);
        }
        for price in prices(|model, agents| model.exactly("cover", &[(agents, 1.0)], 7.0)) {
            near(price, 30.0);
        }
        for price in prices(|model, agents| model.between("cover", &[(agents, 1.0)], 7.0, 9.0)) {
            near(price, 30.0);
        }
    }

    #[test]
    fn allowing_one_more_of_what_is_wanted_saves_one_wage() {
        for price in prices(|model, agents| model.at_most("room", &[(agents, -1.0)], -7.0)) {
            near(price, -30.0);
        }
    }

    #[test]
    fn prices_keep_their_sign_after_columns_and_rows_were_added() {
        for method in ALL {
            let options = Options { method, ..Options::default() };
            let mut model = Model::default();
            let dear = model.column("dear", 0.0, 100.0, 30.0);
            let cover = model.at_least("cover", &[(dear, 1.0)], 7.0);
            let mut open = OpenModel::open(model).unwrap();
            near(open.solve(&options).unwrap().price(cover), 30.0);

            let cheap = Column {
                name: "cheap".to_owned(),
                low: 0.0,
                high: 100.0,
                cost: 20.0,
                is_whole: false,
            };
            let cheap = open.add_column(cheap, &[(cover, 1.0)]).unwrap();
            let answer = open.solve(&options).unwrap();
            near(answer.price(cover), 20.0);
            near(answer.value(cheap), 7.0);
            near(answer.reduced_costs[dear.index()], 10.0);

            let few = Row {
                name: "few".to_owned(),
                low: f64::NEG_INFINITY,
                high: 3.0,
                terms: vec![(cheap, 1.0)],
            };
            let few = open.add_row(few).unwrap();
            let both =
                Row { name: "both".to_owned(), low: 5.0, high: 5.0, terms: vec![(dear, 1.0)] };
            let both = open.add_row(both).unwrap();
            let answer = open.solve(&options).unwrap();
            // Cover wants 7, of which 5 are fixed dear and 2 are cheap.
            near(answer.price(cover), 20.0);
            near(answer.price(few), 0.0);
            near(answer.price(both), 10.0);

            open.set_bounds(cheap, 0.0, 1.0).unwrap();
            assert_eq!(open.solve(&options).unwrap_err(), Trouble::Infeasible);
            open.set_bounds(cheap, 0.0, 3.0).unwrap();
            near(open.solve(&options).unwrap().objective, 190.0);
        }
    }

    #[test]
    fn infeasible_and_unbounded_are_told_apart() {
        let mut model = Model::default();
        let agents = model.column("agents", 0.0, 5.0, 1.0);
        model.at_least("cover", &[(agents, 1.0)], 7.0);
        assert_eq!(model.solve(&Options::default()), Err(Trouble::Infeasible));

        let mut model = Model::default();
        let agents = model.column("agents", f64::NEG_INFINITY, f64::INFINITY, 1.0);
        let other = model.column("other", 0.0, f64::INFINITY, 0.0);
        model.at_most("cover", &[(agents, 1.0), (other, 1.0)], 7.0);
        assert_eq!(model.solve(&Options::default()), Err(Trouble::Unbounded));
    }

    #[test]
    fn whole_columns_take_whole_values() {
        let mut model = Model::default();
        let full = model.whole_column("full", 0.0, 10.0, 8.0);
        let part = model.whole_column("part", 0.0, 10.0, 5.0);
        model.at_least("cover", &[(full, 8.0), (part, 4.0)], 20.0);
        let answer = model.solve(&Options::default()).unwrap();
        assert_eq!((answer.values[0].round(), answer.values[1].round()), (2.0, 1.0));
        assert_eq!(answer.proof, Proof::Optimal);
        assert!(model.worst_break(&answer.values) < 1e-6);
    }

    #[test]
    fn a_model_without_columns_is_solved_at_no_cost() {
        assert_eq!(Model::default().solve(&Options::default()).unwrap().objective, 0.0);
    }

    #[test]
    fn the_same_model_gives_the_same_bytes() {
        let mut model = Model::default();
        let columns: Vec<ColumnId> = (0..30)
            .map(|i| model.whole_column(format!("x{i}"), 0.0, 3.0, 1.0 + f64::from(i % 5)))
            .collect();
        for row in 0..20usize {
            let terms: Vec<(ColumnId, f64)> = columns
                .iter()
                .copied()
                .filter(|c| (c.index() * 7 + row * 3) % 4 == 0)
                .map(|c| (c, 1.0))
                .collect();
            model.at_least(format!("r{row}"), &terms, 3.0);
        }
        let options = Options { nodes: Some(20), ..Options::default() };
        assert_eq!(model.solve(&options), model.solve(&options));
    }
}
