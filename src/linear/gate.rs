//! No number reaches the solver that it might silently misread: NaN, infinite costs and coefficients, tiny
//! and huge ones (HiGHS drops coefficients below 1e-9 and calls NaN optimal).

use super::{Column, Model, Row, Trouble};

/// Smallest coefficient other than none.
pub(super) const SMALLEST: f64 = 1e-6;
/// Largest coefficient or cost.
pub(super) const LARGEST: f64 = 1e6;
/// Bounds stay below this, or are infinite where there is none.
pub(super) const FARTHEST: f64 = 1e9;

impl Model {
    /// Refuse numbers that no solver may see, naming the row or column.
    ///
    /// # Errors
    /// [`Trouble::Number`] for the first such number.
    pub fn gate(&self) -> Result<(), Trouble> {
        self.columns().iter().try_for_each(Column::gate)?;
        self.rows().iter().try_for_each(|row| row.gate(self.columns()))
    }
}

impl Column {
    pub(super) fn gate(&self) -> Result<(), Trouble> {
        let place = || format!("column {}", self.name);
        check_bounds(self.low, self.high)
            .map_err(|cause| Trouble::Number { place: place(), cause })?;
        check_coefficient(self.cost)
            .map_err(|cause| Trouble::Number { place: place(), cause: format!("its cost {cause}") })
    }
}

impl Row {
    pub(super) fn gate(&self, columns: &[Column]) -> Result<(), Trouble> {
        let place = || format!("row {}", self.name);
        check_bounds(self.low, self.high)
            .map_err(|cause| Trouble::Number { place: place(), cause })?;
        for &(column, weight) in &self.terms {
            let Some(of) = columns.get(column.index()) else {
                let cause = "it names a column of another model".to_owned();
                return Err(Trouble::Number { place: place(), cause });
            };
            check_coefficient(weight).map_err(|cause| Trouble::Number {
                place: place(),
                cause: format!("its weight on {} {cause}", of.name),
            })?;
        }
        Ok(())
    }
}

/// A weight or cost is 0, or of a size that keeps its meaning in the solver.
pub(super) fn check_coefficient(value: f64) -> Result<(), String> {
    if !value.is_finite() {
        return Err(format!("is {value}, which is no number"));
    }
    if value != 0.0 && !(SMALLEST..=LARGEST).contains(&value.abs()) {
        return Err(format!("is {value:e}, outside {SMALLEST:e} to {LARGEST:e}"));
    }
    Ok(())
}

fn check_bounds(low: f64, high: f64) -> Result<(), String> {
    let far = |bound: f64, none: f64| bound.is_nan() || (bound != none && bound.abs() >= FARTHEST);
    if far(low, f64::NEG_INFINITY) || far(high, f64::INFINITY) {
        return Err(format!("its bounds {low} and {high} are not below {FARTHEST:e}"));
    }
    if low > high {
        return Err(format!("its lower bound {low} is above its upper bound {high}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_no_solver_may_see_are_refused_with_their_place() {
        let hostile = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e-10, -1e-7, 1e7, -1e300, 1e16];
        for value in hostile {
            let mut costly = Model::default();
            costly.column("agents", 0.0, 1.0, value);
            let Err(Trouble::Number { place, .. }) = costly.gate() else {
                panic!("{value} passed")
            };
            assert_eq!(place, "column agents");

            let mut heavy = Model::default();
            let agents = heavy.column("agents", 0.0, 1.0, 1.0);
            heavy.at_least("cover", &[(agents, value)], 1.0);
            let Err(Trouble::Number { place, .. }) = heavy.gate() else { panic!("{value} passed") };
            assert_eq!(place, "row cover");
        }
        for bound in [f64::NAN, f64::INFINITY, 1e9, -1e20] {
            let mut far = Model::default();
            let agents = far.column("agents", 0.0, 1.0, 1.0);
            far.at_least("cover", &[(agents, 1.0)], bound);
            assert!(far.gate().is_err(), "{bound} passed");
        }
    }

    #[test]
    fn a_row_of_another_model_is_refused() {
        let mut other = Model::default();
        other.column("a", 0.0, 1.0, 0.0);
        let stranger = other.column("b", 0.0, 1.0, 0.0);
        let mut model = Model::default();
        model.at_least("cover", &[(stranger, 1.0)], 1.0);
        assert!(model.gate().is_err());
    }

    proptest! {
        #[test]
        fn whatever_is_thrown_at_it_solving_never_panics(
            cost in proptest::num::f64::ANY, weight in proptest::num::f64::ANY, bound in proptest::num::f64::ANY
        ) {
            let mut model = Model::default();
            let agents = model.column("agents", 0.0, 10.0, cost);
            model.at_least("cover", &[(agents, weight)], bound);
            let _ = model.solve(&super::super::Options::default());
        }
    }
}
