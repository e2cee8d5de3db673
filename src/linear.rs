//! A named linear or integer model, its text form, and its solution with prices and proof; `highs` alone
//! names the solver.
