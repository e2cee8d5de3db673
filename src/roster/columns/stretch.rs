//! Rosters of long lines, such as a year of days: a stretch of some people's lines is decided anew at a time, which
//! is as quick as a roster of a few weeks, and several such stretches at the same time, of different people and
//! different weeks, so that what each wins adds up.
//!
//! The prices of the cells in all the stretches together are good prices for the whole: they give the bound.

use rayon::prelude::*;

use super::bound::{lagrange, rounded_up};
use super::dive::Boldness;
use super::improve::Find;
use super::master::{whole, whole_prices};
use super::near::How;
use super::root::price_all;
use super::search::Search;
use super::{Cell, Fixing, Lines, News, Prices, UNIT, is_over};
use crate::roster::draw::mixed;

/// Choices from which lines are long.
const LONG: usize = 120;
/// Choices in a stretch.
const STRETCH: [usize; 4] = [10, 14, 21, 28];
/// Stretches at the same time; a fixed number, so that threads do not change the outcome.
const TOGETHER: usize = 4;
/// People in a stretch at most.
const MOST_PEOPLE: usize = 24;
/// People priced between two looks at the clock.
const AT_ONCE: usize = 8;
/// Lines of each class for the bound.
const A_ROUND: usize = 2;

/// Prices that the stretches gave, cell by cell.
pub(super) struct Gathered(Vec<Option<f64>>);

impl Gathered {
    /// None yet.
    pub(super) fn of(cells: usize) -> Gathered {
        Gathered(vec![None; cells])
    }

    /// Half of the old price and half of the new.
    fn take(&mut self, prices: &[(usize, f64)]) {
        for &(cell, price) in prices {
            let old = self.0[cell].unwrap_or(price);
            self.0[cell] = Some(0.5 * old + 0.5 * price);
        }
    }
}

impl<S: Lines> Search<'_, S> {
    /// Whether lines are too long to be decided all at once.
    pub(super) fn is_long(&self) -> bool {
        let choices = |line: &usize| self.pool.columns[*line].choices.len();
        self.task.classes.iter().all(|class| class.count == 1)
            && self.best.lines.iter().flatten().map(choices).max().unwrap_or(0) > LONG
    }

    /// Decide stretches anew, until the budget is worked off or time is up.
    pub(super) fn stretches(&mut self) {
        let mut gathered = Gathered::of(self.task.cells.len());
        let mut round: u64 = 0;
        while !self.is_done() && self.effort.rounds < self.budget.rounds {
            self.effort.rounds += 1;
            round += 1;
            self.stretch_round(round, &mut gathered);
            if round.is_power_of_two() && round > 2 {
                self.bound_of(&gathered);
            }
        }
    }

    /// Some stretches of different people at the same time.
    fn stretch_round(&mut self, round: u64, gathered: &mut Gathered) {
        let seed = self.budget.seed;
        let mut people: Vec<(u64, usize)> = (0..self.task.classes.len())
            .map(|class| (mixed(seed, round, class as u64), class))
            .collect();
        people.sort_unstable();
        let group = people.len().div_ceil(TOGETHER).min(MOST_PEOPLE);
        let groups: Vec<&[(u64, usize)]> = people.chunks(group).take(TOGETHER).collect();
        let luck = mixed(seed, round, 1 << 32);
        let search: &Search<S> = self;
        let finds: Vec<Find<S::Line>> = groups
            .par_iter()
            .enumerate()
            .map(|(place, group)| {
                let classes = group.iter().map(|person| person.1);
                let long = STRETCH[((luck >> 8) % STRETCH.len() as u64) as usize];
                let keeping = |line| search.beyond_stretch(line, long, luck, place);
                let (near, kept) = search.take_out(classes, keeping);
                let at_once = near.classes.len().div_ceil(3);
                let boldness = Boldness { threshold: 0.7, at_once, seed: luck };
                search.search_near(&near, &kept, How::Dive(boldness), "stretch")
            })
            .collect();
        for find in &finds {
            gathered.take(&find.prices);
        }
        self.share(finds);
    }

    /// A line's choices outside a stretch, as far on for the same luck; places lie evenly apart.
    #[expect(clippy::integer_division, reason = "places among the choices")]
    fn beyond_stretch(&self, line: usize, long: usize, luck: u64, place: usize) -> Fixing {
        let choices = &self.pool.columns[line].choices;
        let many = choices.len();
        let start =
            usize::try_from(luck % (many.max(1) as u64)).unwrap_or(0) + many * place / TOGETHER;
        // Stretches may begin before the first choice, so that the first ones are decided as often as others.
        let middle = start % many.max(1);
        let from = middle.saturating_sub(long / 2);
        let to = (middle + long.div_ceil(2)).min(many);
        let outside = choices[..from].iter().chain(&choices[to..]);
        Fixing { forced: outside.copied().collect(), forbidden: Vec::new() }
    }

    /// The bound that gathered prices give.
    fn bound_of(&mut self, gathered: &Gathered) {
        let filled = self.best.filled(self.task, &self.pool);
        // Where no stretch was yet: what one more would save.
        let saved = |(cell, &units): (&Cell, &i64)| {
            whole((cell.cost(units) - cell.cost(units + 1)).max(0)) * whole(UNIT)
        };
        let saved = self.task.cells.iter().zip(&filled).map(saved);
        let prices: Vec<f64> =
            gathered.0.iter().zip(saved).map(|(price, saved)| price.unwrap_or(saved)).collect();
        let cells = whole_prices(self.task, &prices);
        let mut least = Vec::with_capacity(self.task.classes.len());
        let classes: Vec<usize> = (0..self.task.classes.len()).collect();
        for classes in classes.chunks(AT_ONCE) {
            if is_over(self.clock) {
                return;
            }
            let offered = price_all(self.source, classes, &cells, |_| Fixing::default(), A_ROUND);
            least.extend(offered.iter().map(|offered| offered.least));
        }
        let bound = lagrange(self.task, &Prices { cells: &cells, unit: UNIT }, &least);
        if let Some(bound) = bound.filter(|&bound| bound > self.lagrangian) {
            self.lagrangian = bound;
            self.prices = cells;
            self.least = least.iter().map(|least| least.unwrap_or(0)).collect();
            self.prove(rounded_up(bound, UNIT, self.task.multiple));
            self.clock.news(News::Bound(self.bound));
        }
    }
}
