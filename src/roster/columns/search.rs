//! The search for whole rosters, and what is known while it goes on.

use super::bound::{lagrange, rounded_up};
use super::crew::Crew;
use super::master::{Master, whole};
use super::pool::Pool;
use super::root::price_all;
use super::{
    Budget, Clock, Column, Effort, Filled, Fixing, Latest, Lines, News, NoLines, Part, Prices,
    Task, UNIT, greedy, is_over,
};

/// Largest cost that the programme sees, so that the solver keeps its accuracy.
const LARGEST: i64 = 100_000;
/// Share of the time for taking long lines anew one by one; stretches of them win more.
const OF_LONG: f64 = 0.15;
/// Choices from which lines are too long to be decided all at once.
const LONG: usize = 120;
/// Classes priced between two looks at the clock.
const AT_ONCE: usize = 8;

/// What is known so far.
pub(super) struct Search<'a, S: Lines> {
    pub(super) task: &'a Task,
    pub(super) source: &'a S,
    pub(super) budget: &'a Budget,
    pub(super) clock: &'a dyn Clock,
    /// Where the best roster so far lies for others.
    pub(super) latest: &'a Latest<S::Line>,
    /// Every line priced so far.
    pub(super) pool: Pool<S::Line>,
    /// The best roster so far.
    pub(super) best: Crew,
    /// No roster costs less.
    pub(super) bound: i64,
    /// The same in units of price, before rounding up.
    pub(super) lagrangian: i128,
    /// Prices of the cells that gave it.
    pub(super) prices: Vec<i64>,
    /// The least line of each class at those prices.
    pub(super) least: Vec<i64>,
    /// Units of cost in one of the programme's.
    pub(super) scale: f64,
    pub(super) effort: Effort,
}

/// Find a good roster and a bound.
pub(super) fn search<S: Lines>(
    task: &Task,
    source: &S,
    budget: &Budget,
    clock: &dyn Clock,
    latest: &Latest<S::Line>,
) -> Result<Filled<S::Line>, NoLines> {
    let mut pool = Pool::new(task.classes.len());
    let first = greedy::construct(task, source, &mut pool, clock)?;
    let kept = |crew: &Crew| Filled {
        lines: lines_of(crew, &pool),
        cost: crew.cost,
        bound: 0,
        is_complete: false,
        effort: Effort::default(),
    };
    latest.put(kept(&first));
    let is_long = is_long(task, &first, &pool);
    // Prices climb from nothing where lines are long, which gives this bound sooner.
    let plain = if is_long { 0 } else { plain_bound(task, source, clock) };
    let share = if is_long { OF_LONG } else { 1.0 };
    let best = greedy::polish(task, source, &mut pool, &first, &Part::of(clock, share));
    let mut search = Search {
        task,
        source,
        budget,
        clock,
        latest,
        scale: scale(task, &pool),
        pool,
        bound: plain.min(best.cost),
        lagrangian: i128::from(plain) * i128::from(UNIT),
        prices: vec![0; task.cells.len()],
        least: vec![i64::MIN >> 1; task.classes.len()],
        best,
        effort: Effort::default(),
    };
    search.hand_over();
    clock.news(News::Cost(search.best.cost, "in turn"));
    if is_long {
        search.stretches();
        return Ok(search.filled());
    }
    let solver = |trouble: crate::linear::Trouble| NoLines::Solver(trouble.to_string());
    let counts: Vec<usize> = task.classes.iter().map(|class| class.count).collect();
    let (nobody, every) = (vec![0; task.cells.len()], vec![true; task.cells.len()]);
    let mut master = Master::open(task, &nobody, &every, &counts, search.scale).map_err(solver)?;
    for line in 0..search.pool.len() {
        master.add(&search.pool, line);
    }
    if let Some(solved) = search.root(&mut master)
        && let Some(kept) = master.kept()
    {
        search.improve(&kept, solved.missing);
    }
    Ok(search.filled())
}

impl<S: Lines> Search<'_, S> {
    /// Whether nothing better exists.
    pub(super) fn is_proved(&self) -> bool {
        self.bound >= self.best.cost
    }

    /// Whether to stop.
    pub(super) fn is_done(&self) -> bool {
        self.is_proved() || is_over(self.clock)
    }

    /// Keep a better bound.
    pub(super) fn prove(&mut self, bound: i64) {
        let bound = self.bound.max(bound.min(self.best.cost));
        if bound > self.bound {
            self.bound = bound;
            self.hand_over();
        }
    }

    /// How much a line costs beyond the cheapest of its class at the prices of the bound, in units of price.
    pub(super) fn beyond(&self, class: usize, column: &Column<S::Line>) -> i64 {
        let prices = Prices { cells: &self.prices, unit: UNIT };
        prices.reduced(column) - self.least[class]
    }

    /// Lines that a better roster may hold: with any other one the bound alone would cost too much.
    pub(super) fn hopeful(&self) -> Vec<(i64, usize)> {
        let room =
            i128::from(self.best.cost - self.task.multiple) * i128::from(UNIT) - self.lagrangian;
        let lines = (0..self.pool.len())
            .map(|line| (self.beyond(self.pool.class[line], &self.pool.columns[line]), line));
        let mut lines: Vec<(i64, usize)> =
            lines.filter(|&(beyond, _)| i128::from(beyond) <= room).collect();
        lines.sort_unstable();
        lines
    }

    /// Keep a roster that is better; its lines need not be known.
    pub(super) fn take(&mut self, lines: &[Vec<Column<S::Line>>], found_by: &'static str) -> bool {
        let known: Vec<Vec<usize>> = lines
            .iter()
            .enumerate()
            .map(|(class, lines)| {
                lines.iter().map(|column| self.pool.add(class, column).0).collect()
            })
            .collect();
        let crew = Crew::of(known, self.task, &self.pool);
        let is_better = crew.cost < self.best.cost;
        if is_better {
            self.best = crew;
            self.hand_over();
            self.clock.news(News::Cost(self.best.cost, found_by));
        }
        is_better
    }

    /// Let others have the best roster so far.
    fn hand_over(&self) {
        self.latest.put(Filled { is_complete: self.is_proved(), ..self.filled() });
    }

    fn filled(&self) -> Filled<S::Line> {
        Filled {
            lines: lines_of(&self.best, &self.pool),
            cost: self.best.cost,
            bound: self.bound,
            is_complete: self.is_proved() || !is_over(self.clock),
            effort: Effort { lines: self.pool.len(), ..self.effort },
        }
    }
}

/// Whether lines are too long to be decided all at once.
fn is_long<L: Clone + Ord>(task: &Task, crew: &Crew, pool: &Pool<L>) -> bool {
    let choices = |&line: &usize| pool.columns[line].choices.len();
    task.classes.iter().all(|class| class.count == 1)
        && crew.lines.iter().flatten().map(choices).max().unwrap_or(0) > LONG
}

/// Everyone's line.
fn lines_of<L: Clone + Ord>(crew: &Crew, pool: &Pool<L>) -> Vec<Vec<L>> {
    let line = |&place: &usize| pool.columns[place].line.clone();
    crew.lines.iter().map(|lines| lines.iter().map(line).collect()).collect()
}

/// Without prices: everyone's cheapest line, and cells that cost nothing less. Nothing where time is up.
fn plain_bound<S: Lines>(task: &Task, source: &S, clock: &dyn Clock) -> i64 {
    let zeros = vec![0; task.cells.len()];
    let classes: Vec<usize> = (0..task.classes.len()).collect();
    let mut least: Vec<Option<i64>> = Vec::with_capacity(classes.len());
    for classes in classes.chunks(AT_ONCE) {
        if is_over(clock) {
            return 0;
        }
        let offered = price_all(source, classes, &zeros, |_| Fixing::default(), 1);
        least.extend(offered.iter().map(|offered| offered.least));
    }
    let prices = Prices { cells: &zeros, unit: UNIT };
    lagrange(task, &prices, &least).map_or(i64::MIN, |sum| rounded_up(sum, UNIT, task.multiple))
}

/// Units of cost in one of the programme's: a power of two that keeps the largest cost small.
fn scale<L: Clone + Ord>(task: &Task, pool: &Pool<L>) -> f64 {
    let cells = task.cells.iter().flat_map(|cell| cell.under.iter().chain(&cell.over));
    let largest = cells
        .map(|step| step.each)
        .chain(pool.columns.iter().map(|column| 4 * column.cost.abs()))
        .max()
        .unwrap_or(0);
    let mut scale = 1;
    while largest > LARGEST * scale {
        scale *= 2;
    }
    whole(scale)
}
