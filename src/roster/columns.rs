//! Who works which line, where everyone's lines are priced in one by one: a programme over whole lines (column
//! generation), a bound that no roster betters, and the search for whole rosters.
//!
//! What a line is, what it costs and which cells it covers is the caller's: [`Lines`] finds the cheapest lines of
//! one person at given prices. Everything else is here and knows nothing of shifts.
//!
//! Costs are whole numbers of the caller's smallest unit. Prices are whole numbers too, so many of them to one
//! unit of cost, so that the bound is exact arithmetic and no rounding can make it wrong.

mod bound;
mod climb;
mod crew;
mod dive;
mod goals;
mod greedy;
mod halve;
mod improve;
mod master;
mod near;
mod pool;
mod restrict;
mod root;
mod search;
mod stretch;
mod whole;

use std::fmt::Debug;

use std::sync::{Mutex, PoisonError};
pub(super) use whole::choose;

use serde::Serialize;

/// Units of price to one unit of cost: prices are kept to about a ten-thousandth.
const UNIT: i64 = 1 << 13;

/// A place that people's lines fill, with what too few and too many there cost.
///
/// The cost must be convex: the first missing unit costs no more than the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How many units are wanted.
    pub wanted: i64,
    /// What units below that cost, the first one first.
    pub under: Vec<Step>,
    /// What units above that cost, the first one first.
    pub over: Vec<Step>,
}

/// A stretch of a cell's cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How many units long; none: all the rest.
    pub units: Option<i64>,
    /// Cost of each, 0 or more.
    pub each: i64,
}

/// Whole people of one kind: they may work the same lines at the same cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// How many there are.
    pub count: usize,
}

/// One line that someone may work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column<L> {
    /// What the line is to the caller; two lines of one class that compare equal are the same line.
    pub line: L,
    /// Its own cost, 0 or more.
    pub cost: i64,
    /// Cells it fills, by how many units; each cell once, in order.
    pub fills: Vec<(u32, i32)>,
    /// Choices it takes, in order, such as "early on day 3"; dives and branches force and forbid them. Choices that
    /// are near each other in time should be near each other in number: neighbourhoods open stretches of them.
    pub choices: Vec<u32>,
}

/// Prices at which lines are sought.
#[derive(Debug, Clone, Copy)]
pub struct Prices<'a> {
    /// What one more unit in each cell is worth.
    pub cells: &'a [i64],
    /// So many units of price make one unit of cost.
    pub unit: i64,
}

/// What a line must and must not choose, in a dive or a branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixing {
    /// Choices it must take, in order.
    pub forced: Vec<u32>,
    /// Choices it must not take, in order.
    pub forbidden: Vec<u32>,
}

/// The cheapest lines of one class at some prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced<L> {
    /// No line of the class costs less, its cells' worth taken off, in units of price; none: there is no line.
    pub least: Option<i64>,
    /// Good lines, the best first, all different.
    pub found: Vec<Column<L>>,
}

/// A bound for the least line of a class where its own limits are priced, with a line that shows how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Below {
    /// No line of the class costs less, its cells' worth taken off, in units of price.
    pub least: i64,
    /// What that line, which may break limits, fills.
    pub fills: Vec<(u32, i32)>,
    /// How far it goes beyond each limit, below 0 where it keeps it; as many in each answer for one class. To be
    /// comparable with units in cells: too long by one shift is 1.
    pub beyond: Vec<f64>,
}

/// The caller's knowledge of lines.
pub trait Lines: Sync {
    /// What a line is to the caller.
    type Line: Clone + Debug + Ord + Send + Sync;

    /// The cheapest lines of a class: `cost * prices.unit - sum of units * price` least.
    ///
    /// `least` must be exact or below; `found` may fall short of `wanted` and be empty only where the search was
    /// cut short or no line exists. The same question must give the same answer.
    fn price(
        &self,
        class: usize,
        prices: &Prices,
        fixing: &Fixing,
        wanted: usize,
    ) -> Priced<Self::Line>;

    /// Cells that a line of a class may fill or not under a fixing; none: nobody can tell. All its lines fill the
    /// others alike.
    fn open_cells(&self, _class: usize, _fixing: &Fixing) -> Option<Vec<u32>> {
        None
    }

    /// A line of a class that is not bad at these prices, found in haste.
    fn hasty(&self, class: usize, prices: &Prices) -> Option<Column<Self::Line>>;

    /// What going beyond each of a class's own limits should cost at these prices of cells, for [`Lines::below`]; as
    /// many at all prices, and none where nobody can tell.
    fn own_prices(&self, _class: usize, _prices: &Prices) -> Option<Vec<i64>> {
        None
    }

    /// A bound for the least line of a class, found quickly; none where nobody can tell.
    ///
    /// `own` says what going beyond each of the class's own limits costs, 0 or more.
    fn below(&self, _class: usize, _prices: &Prices, _own: &[i64]) -> Option<Below> {
        None
    }

    /// Every line of a class for which `cost * prices.unit - sum of units * price` is no more than `most`.
    ///
    /// None where there are more than `limit`, or where nobody can tell.
    fn every(
        &self,
        _class: usize,
        _prices: &Prices,
        _fixing: &Fixing,
        _most: i64,
        _limit: usize,
    ) -> Option<Vec<Column<Self::Line>>> {
        None
    }
}

/// What is to be filled, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The cells, in the order that prices come in.
    pub cells: Vec<Cell>,
    /// The classes of people, in the order that lines are asked for.
    pub classes: Vec<Class>,
    /// All costs are multiples of this, so bounds are rounded up to one; 1 says nothing.
    pub multiple: i64,
}

/// How much work to do; the same work gives the same answer, whatever the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Most rounds of pricing for the bound.
    pub pricing: usize,
    /// Most rounds of search for better rosters, each a few dives or neighbourhoods.
    pub rounds: usize,
    /// Most nodes of branching, to close the gap.
    pub nodes: usize,
    /// Seed of the random choices.
    pub seed: u64,
}

/// The clock and the ear of whoever waits; the edge implements it.
pub trait Clock: Sync {
    /// Seconds until the search should end; none: it ends by its budget alone.
    fn seconds_left(&self) -> Option<f64>;
    /// A roster of this cost was found, or this bound proved.
    fn news(&self, what: News);
}

/// What is told on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A roster of this cost, and what found it.
    Cost(i64, &'static str),
    /// No roster costs less.
    Bound(i64),
}

/// No clock, and nobody listens.
#[derive(Debug, Clone, Copy)]
pub struct Unhurried;

impl Clock for Unhurried {
    fn seconds_left(&self) -> Option<f64> {
        None
    }
    fn news(&self, _: News) {}
}

/// A whole roster with what is proved of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled<L> {
    /// Everyone's line, class by class, as many as the class counts.
    pub lines: Vec<Vec<L>>,
    /// What it costs, cells included.
    pub cost: i64,
    /// No roster costs less.
    pub bound: i64,
    /// Whether the budget was worked off or the proof found, and no clock cut it short.
    pub is_complete: bool,
    /// What was done.
    pub effort: Effort,
}

/// The best roster so far, for whoever cannot wait until a step of the search has ended.
#[derive(Debug)]
pub struct Latest<L>(Mutex<Option<Filled<L>>>);

/// What a search did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Rounds of pricing for the bound.
    pub pricing: usize,
    /// Rounds of search for better rosters.
    pub rounds: usize,
    /// Nodes of branching.
    pub nodes: usize,
    /// Lines priced in.
    pub lines: usize,
}

/// Why there is no roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoLines {
    /// This class has no line at all.
    Class(usize),
    /// The solver refused the numbers, in its own words.
    Solver(String),
}

impl<L> Default for Latest<L> {
    fn default() -> Self {
        Latest(Mutex::new(None))
    }
}

impl<L: Clone> Latest<L> {
    /// The roster; none before there is a first one.
    #[must_use]
    pub fn get(&self) -> Option<Filled<L>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, filled: Filled<L>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(filled);
    }
}

impl Prices<'_> {
    /// What a line costs at these prices, in units of price.
    #[must_use]
    pub fn reduced<L>(&self, column: &Column<L>) -> i64 {
        let worth: i64 = column
            .fills
            .iter()
            .map(|&(cell, units)| self.cells[cell as usize] * i64::from(units))
            .sum();
        column.cost * self.unit - worth
    }
}

impl Fixing {
    /// Whether nothing is fixed.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.forced.is_empty() && self.forbidden.is_empty()
    }

    /// Whether a line with these choices keeps to it.
    #[must_use]
    pub fn admits(&self, choices: &[u32]) -> bool {
        let takes = |choice: &u32| choices.binary_search(choice).is_ok();
        self.forced.iter().all(takes) && !self.forbidden.iter().any(takes)
    }

    /// Force a choice.
    pub fn force(&mut self, choice: u32) {
        if let Err(place) = self.forced.binary_search(&choice) {
            self.forced.insert(place, choice);
        }
    }

    /// Forbid a choice.
    pub fn forbid(&mut self, choice: u32) {
        if let Err(place) = self.forbidden.binary_search(&choice) {
            self.forbidden.insert(place, choice);
        }
    }
}

impl Cell {
    /// What so many units here cost.
    #[must_use]
    pub fn cost(&self, units: i64) -> i64 {
        let (steps, mut left) = if units < self.wanted {
            (&self.under, self.wanted - units)
        } else {
            (&self.over, units - self.wanted)
        };
        let mut cost = 0;
        for step in steps {
            let taken = step.units.map_or(left, |units| units.min(left));
            cost += taken * step.each;
            left -= taken;
        }
        cost
    }
}

/// Find a good roster and a bound.
///
/// # Errors
/// [`NoLines`] where somebody has no line at all.
pub fn fill<S: Lines>(
    task: &Task,
    source: &S,
    budget: &Budget,
    clock: &dyn Clock,
) -> Result<Filled<S::Line>, NoLines> {
    fill_keeping(task, source, budget, clock, &Latest::default())
}

/// The same, with the best roster so far kept where others find it meanwhile.
///
/// # Errors
/// As [`fill`].
pub fn fill_keeping<S: Lines>(
    task: &Task,
    source: &S,
    budget: &Budget,
    clock: &dyn Clock,
    latest: &Latest<S::Line>,
) -> Result<Filled<S::Line>, NoLines> {
    search::search(task, source, budget, clock, latest)
}

/// A clock that leaves some of the time to others.
struct Part<'a> {
    clock: &'a dyn Clock,
    /// Seconds that are left to others.
    others: f64,
}

impl<'a> Part<'a> {
    /// This share of the time left.
    fn of(clock: &'a dyn Clock, share: f64) -> Part<'a> {
        Part { clock, others: clock.seconds_left().map_or(0.0, |left| (1.0 - share) * left) }
    }
}

impl Clock for Part<'_> {
    fn seconds_left(&self) -> Option<f64> {
        self.clock.seconds_left().map(|left| (left - self.others).max(0.0))
    }

    fn news(&self, what: News) {
        self.clock.news(what);
    }
}

/// Whether time is up.
fn is_over(clock: &dyn Clock) -> bool {
    clock.seconds_left().is_some_and(|left| left <= 0.0)
}
