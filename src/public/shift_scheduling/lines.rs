//! One person's rosters as lines for the engine: their cells, costs and choices, and the search for the cheapest.

use super::dense::{self, Cheapest};
use super::labels;
use super::priced;
use super::window::{NoPath, Window};
use super::{Days, Instance, Person};
use crate::roster::columns::{
    Below, Cell, Class, Column, Fixing, Lines, Priced, Prices, Step, Task,
};

/// A shift by day, `OFF` on days off.
pub type Line = Vec<u8>;

/// A day off; shifts are fewer.
pub(super) const OFF: u8 = u8::MAX;

/// Everyone, prepared for pricing.
pub(super) struct PersonLines<'a> {
    instance: &'a Instance,
    people: Vec<Limits>,
    /// Cell of each day and shift; none where cover costs nothing.
    cell_of: Vec<Vec<Option<u32>>>,
    /// Days and shifts of the cells.
    cells: Vec<Cell>,
}

/// One person's limits, shifts numbered among those they may work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// Days of the horizon.
    pub(super) days: usize,
    /// The shifts they may work, of the instance.
    pub(super) shifts: Vec<usize>,
    /// Length of each, in steps of time.
    pub(super) steps: Vec<usize>,
    /// Most of each type.
    pub(super) most_of: Vec<usize>,
    /// Whether the second may follow the first.
    pub(super) may_follow: Vec<Vec<bool>>,
    /// Least steps of time over the horizon.
    pub(super) least_steps: usize,
    /// Most steps of time over the horizon.
    pub(super) most_steps: usize,
    /// Least shifts in a row.
    pub(super) least_run: usize,
    /// Most shifts in a row.
    pub(super) most_run: usize,
    /// Least days off in a row.
    pub(super) least_rest: usize,
    /// Most weekends.
    pub(super) most_weekends: usize,
    /// Shifts that may come before the same ones, together.
    pub(super) groups: Vec<Group>,
    /// Own cost by day of each shift, the day off last; none where it may not be.
    pub(super) costs: Vec<Vec<Option<i64>>>,
}

/// Shifts that the same shifts may come before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) before: Vec<usize>,
    pub(super) shifts: Vec<usize>,
}

/// What each day's choices cost at some prices, by day: shifts, the day off last; none where it may not be.
pub(super) type DayCosts = [Vec<Option<i64>>];

/// A line found, shifts numbered among those the person may work, the day off last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) days: Vec<usize>,
}

impl<'a> PersonLines<'a> {
    /// Prepare an instance.
    pub(super) fn of(instance: &'a Instance) -> PersonLines<'a> {
        let mut cell_of = vec![vec![None; instance.shifts.len()]; instance.days];
        let mut cells = Vec::new();
        for cover in instance.cover.iter().filter(|cover| cover.under > 0 || cover.over > 0) {
            cell_of[cover.day][cover.shift] = u32::try_from(cells.len()).ok();
            cells.push(Cell {
                wanted: cover.wanted,
                under: vec![Step { units: None, each: cover.under }],
                over: vec![Step { units: None, each: cover.over }],
            });
        }
        let people = instance.people.iter().map(|person| Limits::of(instance, person)).collect();
        PersonLines { instance, people, cell_of, cells }
    }

    /// The task for the engine: everybody is a class of their own.
    pub(super) fn task(&self) -> Task {
        Task {
            cells: self.cells.clone(),
            classes: vec![Class { count: 1 }; self.people.len()],
            multiple: 1,
        }
    }

    /// A line as days of the instance.
    pub(super) fn days_of(line: &Line) -> Days {
        line.iter().map(|&shift| (shift != OFF).then_some(usize::from(shift))).collect()
    }

    /// A path as a column.
    fn column(&self, person: usize, path: &Path) -> Column<Line> {
        let limits = &self.people[person];
        let width = self.instance.shifts.len() + 1;
        let mut column = Column {
            line: Vec::with_capacity(limits.days),
            cost: 0,
            fills: vec![],
            choices: vec![],
        };
        for (day, &own) in path.days.iter().enumerate() {
            column.cost += limits.costs[day][own].unwrap_or(0);
            let shift = limits.shifts.get(own).copied();
            column.line.push(shift.map_or(OFF, narrow));
            column.choices.push(choice(day, width, shift));
            if let Some(cell) = shift.and_then(|shift| self.cell_of[day][shift]) {
                column.fills.push((cell, 1));
            }
        }
        column.fills.sort_unstable();
        column
    }

    /// What each day's choices cost at these prices under a fixing.
    pub(super) fn day_costs(
        &self,
        person: usize,
        prices: &Prices,
        fixing: &Fixing,
    ) -> Vec<Vec<Option<i64>>> {
        let limits = &self.people[person];
        let width = self.instance.shifts.len() + 1;
        let mut forced: Vec<Option<u32>> = vec![None; limits.days];
        for &choice in &fixing.forced {
            forced[(choice as usize).div_euclid(width)] = Some(choice);
        }
        let may = |day: usize, shift: Option<usize>| {
            let choice = choice(day, width, shift);
            forced[day].is_none_or(|forced| forced == choice)
                && fixing.forbidden.binary_search(&choice).is_err()
        };
        limits
            .costs
            .iter()
            .enumerate()
            .map(|(day, costs)| {
                let of_day = costs.iter().enumerate().map(|(own, cost)| {
                    let shift = limits.shifts.get(own).copied();
                    let cell = shift.and_then(|shift| self.cell_of[day][shift]);
                    let worth = cell.map_or(0, |cell| prices.cells[cell as usize]);
                    cost.filter(|_| may(day, shift)).map(|cost| cost * prices.unit - worth)
                });
                of_day.collect()
            })
            .collect()
    }
}

impl Lines for PersonLines<'_> {
    type Line = Line;

    fn price(&self, class: usize, prices: &Prices, fixing: &Fixing, wanted: usize) -> Priced<Line> {
        let limits = &self.people[class];
        let costs = self.day_costs(class, prices, fixing);
        let cheapest = |limits: &Limits, costs: &DayCosts| {
            dense::cheapest(limits, costs, wanted)
                .unwrap_or_else(|| labels::cheapest(limits, costs, wanted))
        };
        let cheapest = match Window::of(limits, &costs) {
            Some(Ok(window)) => {
                let inside = cheapest(&window.limits, window.inside(&costs));
                let paths = inside.paths.iter().map(|path| window.whole(path));
                Cheapest {
                    least: inside.least.map(|least| least + window.cost_outside),
                    paths: paths.collect(),
                }
            }
            Some(Err(NoPath)) => Cheapest { least: None, paths: Vec::new() },
            None => cheapest(limits, &costs),
        };
        let found = cheapest.paths.iter().map(|path| self.column(class, path)).collect();
        Priced { least: cheapest.least, found }
    }

    fn open_cells(&self, class: usize, fixing: &Fixing) -> Option<Vec<u32>> {
        let width = self.instance.shifts.len() + 1;
        let mut is_open = vec![true; self.instance.days];
        for &choice in &fixing.forced {
            is_open[(choice as usize).div_euclid(width)] = false;
        }
        let days = (0..self.instance.days).filter(|&day| is_open[day]);
        let cells = days.flat_map(|day| {
            self.people[class].shifts.iter().filter_map(move |&shift| self.cell_of[day][shift])
        });
        Some(cells.collect())
    }

    fn hasty(&self, class: usize, prices: &Prices) -> Option<Column<Line>> {
        let limits = &self.people[class];
        let costs = self.day_costs(class, prices, &Fixing::default());
        let path = labels::hasty(limits, &costs).or_else(|| {
            let all = dense::cheapest(limits, &costs, 1)
                .unwrap_or_else(|| labels::cheapest(limits, &costs, 1));
            all.paths.into_iter().next()
        });
        path.map(|path| self.column(class, &path))
    }

    fn own_prices(&self, class: usize, prices: &Prices) -> Option<Vec<i64>> {
        let costs = self.day_costs(class, prices, &Fixing::default());
        priced::own_prices(&self.people[class], &costs)
    }

    fn below(&self, class: usize, prices: &Prices, own: &[i64]) -> Option<Below> {
        let limits = &self.people[class];
        let costs = self.day_costs(class, prices, &Fixing::default());
        let below = priced::below(limits, &costs, own)?;
        let fills = self.column(class, &below.path).fills;
        Some(Below { least: below.least, fills, beyond: below.beyond })
    }

    fn every(
        &self,
        class: usize,
        prices: &Prices,
        fixing: &Fixing,
        most: i64,
        limit: usize,
    ) -> Option<Vec<Column<Line>>> {
        let limits = &self.people[class];
        let costs = self.day_costs(class, prices, fixing);
        let paths: Vec<Path> = match Window::of(limits, &costs) {
            Some(Ok(window)) => {
                let most = most - window.cost_outside;
                let inside = dense::every(&window.limits, window.inside(&costs), most, limit)?;
                inside.iter().map(|path| window.whole(path)).collect()
            }
            Some(Err(NoPath)) => Vec::new(),
            None => dense::every(limits, &costs, most, limit)?,
        };
        Some(paths.iter().map(|path| self.column(class, path)).collect())
    }
}

impl Limits {
    pub(super) fn of(instance: &Instance, person: &Person) -> Limits {
        let days = instance.days;
        let shifts: Vec<usize> =
            (0..instance.shifts.len()).filter(|&shift| person.most_of[shift] > 0).collect();
        let step = shifts.iter().map(|&shift| instance.shifts[shift].minutes).fold(0, gcd).max(1);
        let steps: Vec<usize> = shifts
            .iter()
            .map(|&shift| whole(instance.shifts[shift].minutes.div_euclid(step)))
            .collect();
        let longest = steps.iter().copied().max().unwrap_or(0);
        let may_follow: Vec<Vec<bool>> = shifts
            .iter()
            .map(|&one| {
                shifts
                    .iter()
                    .map(|next| !instance.shifts[one].forbidden_next.contains(next))
                    .collect()
            })
            .collect();
        // Nobody works more than a shift a day.
        let reach = days * longest;
        Limits {
            days,
            groups: groups(&may_follow),
            may_follow,
            most_of: shifts.iter().map(|&shift| whole(person.most_of[shift]).min(days)).collect(),
            least_steps: whole((person.least_minutes + step - 1).div_euclid(step)),
            most_steps: whole(person.most_minutes.div_euclid(step)).min(reach),
            least_run: person.least_run.max(1),
            most_run: person.most_run.min(days),
            least_rest: person.least_rest.clamp(1, days),
            most_weekends: person.most_weekends.min(days.div_ceil(7)),
            costs: (0..days).map(|day| own_costs(person, day, &shifts)).collect(),
            shifts,
            steps,
        }
    }

    /// Steps of time worked by the end of each day that are possible and may still lead to enough: from, and up to
    /// below.
    pub(super) fn useful_steps(&self) -> Vec<(usize, usize)> {
        let longest = self.steps.iter().copied().max().unwrap_or(0);
        let useful = |day: usize| {
            let later = longest * self.most_worked(self.days - 1 - day);
            let so_far = longest * self.most_worked(day + 1);
            (self.least_steps.saturating_sub(later), so_far.min(self.most_steps) + 1)
        };
        (0..self.days).map(useful).collect()
    }

    /// Shifts at most in so many days.
    #[expect(clippy::integer_division, reason = "whole runs")]
    fn most_worked(&self, days: usize) -> usize {
        let cycle = self.most_run + self.least_rest;
        (days / cycle) * self.most_run + (days % cycle).min(self.most_run)
    }
}

/// Shifts by the shifts that may come before them.
fn groups(may_follow: &[Vec<bool>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for shift in 0..may_follow.len() {
        let before = (0..may_follow.len()).filter(|&before| may_follow[before][shift]).collect();
        match groups.iter_mut().find(|group| group.before == before) {
            Some(group) => group.shifts.push(shift),
            None => groups.push(Group { before, shifts: vec![shift] }),
        }
    }
    groups
}

/// Wishes lost by day: each shift, the day off last.
fn own_costs(person: &Person, day: usize, shifts: &[usize]) -> Vec<Option<i64>> {
    let wished = person.wishes_on.range((day, 0)..(day + 1, 0));
    let lost: i64 = wished.map(|(_, weight)| weight).sum();
    let of = |shift: usize| {
        let met = person.wishes_on.get(&(day, shift)).copied().unwrap_or(0);
        lost - met + person.wishes_off.get(&(day, shift)).copied().unwrap_or(0)
    };
    let is_off = person.days_off.binary_search(&day).is_ok();
    let worked = shifts.iter().map(|&shift| (!is_off).then(|| of(shift)));
    worked.chain([Some(lost)]).collect()
}

/// A choice's number: one for each day and shift, the day off last.
fn choice(day: usize, width: usize, shift: Option<usize>) -> u32 {
    u32::try_from(day * width + shift.unwrap_or(width - 1)).unwrap_or(u32::MAX)
}

fn narrow(shift: usize) -> u8 {
    u8::try_from(shift).unwrap_or(OFF)
}

fn gcd(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { gcd(other, one.rem_euclid(other)) }
}

fn whole(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
