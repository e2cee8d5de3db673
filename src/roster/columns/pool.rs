//! Every line priced so far, each once.

use std::collections::BTreeMap;

use super::Column;

/// Lines with the class that may work them.
#[derive(Debug, Clone)]
pub(super) struct Pool<L> {
    /// The lines, in the order they came.
    pub(super) columns: Vec<Column<L>>,
    /// The class of each.
    pub(super) class: Vec<usize>,
    /// Places of each class's lines.
    pub(super) of_class: Vec<Vec<usize>>,
    known: Vec<BTreeMap<L, usize>>,
}

impl<L: Clone + Ord> Pool<L> {
    /// None yet, for so many classes.
    pub(super) fn new(classes: usize) -> Pool<L> {
        Pool {
            columns: Vec::new(),
            class: Vec::new(),
            of_class: vec![Vec::new(); classes],
            known: vec![BTreeMap::new(); classes],
        }
    }

    /// Put a line in unless it is there: its place, and whether it is new.
    pub(super) fn add(&mut self, class: usize, column: &Column<L>) -> (usize, bool) {
        if let Some(&place) = self.known[class].get(&column.line) {
            return (place, false);
        }
        let place = self.columns.len();
        self.known[class].insert(column.line.clone(), place);
        self.of_class[class].push(place);
        self.class.push(class);
        self.columns.push(column.clone());
        (place, true)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }
}
