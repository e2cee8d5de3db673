//! Goals on small tasks of which every roster is counted out.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::super::crew::Crew;
use super::super::{Budget, Cell, Class, Effort as Done, Latest, Priced, Step, Task, Unhurried};
use super::*;

/// Lines that are listed one by one.
struct Listed {
    lines: Vec<Vec<Column<usize>>>,
    /// Whether all of them can be told.
    is_open: bool,
}

impl Lines for Listed {
    type Line = usize;

    fn price(
        &self,
        class: usize,
        prices: &Prices,
        fixing: &Fixing,
        wanted: usize,
    ) -> Priced<usize> {
        let admitted = self.lines[class].iter().filter(|line| fixing.admits(&line.choices));
        let mut found: Vec<Column<usize>> = admitted.cloned().collect();
        found.sort_by_key(|column| (prices.reduced(column), column.line));
        found.truncate(wanted);
        Priced { least: found.first().map(|column| prices.reduced(column)), found }
    }

    fn hasty(&self, class: usize, _prices: &Prices) -> Option<Column<usize>> {
        self.lines[class].first().cloned()
    }

    fn every(
        &self,
        class: usize,
        prices: &Prices,
        _fixing: &Fixing,
        most: i64,
        limit: usize,
    ) -> Option<Vec<Column<usize>>> {
        let within = self.lines[class].iter().filter(|column| prices.reduced(column) <= most);
        let within: Vec<Column<usize>> = within.cloned().collect();
        (self.is_open && within.len() <= limit).then_some(within)
    }
}

fn line(line: usize, cost: i64, cells: &[u32]) -> Column<usize> {
    let fills = cells.iter().map(|&cell| (cell, 1)).collect();
    Column { line, cost, fills, choices: vec![u32::try_from(line).unwrap()] }
}

fn cell(wanted: i64, under: i64, over: i64) -> Cell {
    let all = |each| vec![Step { units: None, each }];
    Cell { wanted, under: all(under), over: all(over) }
}

/// A search that knows the cheapest line of each class, and a roster of everyone's first line.
fn begun<'a>(
    task: &'a Task,
    source: &'a Listed,
    budget: &'a Budget,
    latest: &'a Latest<usize>,
) -> Search<'a, Listed> {
    let mut pool = Pool::new(task.classes.len());
    let lines = task.classes.iter().enumerate().map(|(class, of)| {
        let (place, _) = pool.add(class, &source.lines[class][0]);
        vec![place; of.count]
    });
    let lines: Vec<Vec<usize>> = lines.collect();
    let cheapest: Vec<i64> = source
        .lines
        .iter()
        .map(|lines| lines.iter().map(|line| line.cost).min().unwrap())
        .collect();
    let seats = task.classes.iter().map(|class| i64::try_from(class.count).unwrap());
    let plain: i64 = seats.zip(&cheapest).map(|(count, cost)| count * cost).sum();
    Search {
        task,
        source,
        budget,
        clock: &Unhurried,
        latest,
        best: Crew::of(lines, task, &pool),
        pool,
        bound: plain,
        lagrangian: i128::from(plain) * i128::from(UNIT),
        prices: vec![0; task.cells.len()],
        least: cheapest.iter().map(|cost| cost * UNIT).collect(),
        scale: 1.0,
        effort: Done::default(),
    }
}

const BUDGET: Budget = Budget { pricing: 0, rounds: 0, nodes: 200, seed: 1 };

/// The least cost of all rosters.
fn counted_out(task: &Task, source: &Listed) -> i64 {
    let seats: Vec<usize> = task
        .classes
        .iter()
        .enumerate()
        .flat_map(|(class, of)| std::iter::repeat_n(class, of.count))
        .collect();
    let mut rosters: Vec<(i64, Vec<i64>)> = vec![(0, vec![0; task.cells.len()])];
    for class in seats {
        let with = |(cost, filled): &(i64, Vec<i64>)| {
            let (cost, filled) = (*cost, filled.clone());
            source.lines[class].iter().map(move |line| {
                let mut filled = filled.clone();
                for &(cell, units) in &line.fills {
                    filled[cell as usize] += i64::from(units);
                }
                (cost + line.cost, filled)
            })
        };
        rosters = rosters.iter().flat_map(with).collect();
    }
    let cost = |(own, filled): &(i64, Vec<i64>)| {
        own + task.cells.iter().zip(filled).map(|(cell, &units)| cell.cost(units)).sum::<i64>()
    };
    rosters.iter().map(cost).min().unwrap()
}

/// Two people for three places, each line fills two: half of each would do, and whole lines cost more.
fn three_pairs() -> (Task, Listed) {
    let cells = vec![cell(1, 10, 0); 3];
    let task = Task { cells, classes: vec![Class { count: 2 }], multiple: 1 };
    let lines =
        vec![vec![line(0, 0, &[]), line(1, 3, &[0, 1]), line(2, 3, &[1, 2]), line(3, 3, &[0, 2])]];
    (task, Listed { lines, is_open: true })
}

#[test]
fn goals_below_the_best_are_refuted_one_by_one_and_the_best_is_found() {
    // Halves of the three lines fill all places for 4.5; whole lines cost 6, or 13 and 30 where places stay bare.
    let (task, source) = three_pairs();
    assert_eq!(counted_out(&task, &source), 6);
    let latest = Latest::default();
    let mut search = begun(&task, &source, &BUDGET, &latest);
    assert_eq!((search.bound, search.best.cost), (0, 30));
    search.goals();
    assert_eq!((search.bound, search.best.cost), (6, 6));
    // The last but one goal may be refuted by the best roster itself.
    assert!((6..=7).contains(&search.effort.nodes), "goals from 0 to 5 or 6");
    assert!(search.is_proved());
}

#[test]
fn a_goal_tried_in_vain_raises_the_bound_by_what_costs_differ_at_least() {
    let (mut task, mut source) = three_pairs();
    for (multiple, nodes) in [(1, 4), (1, 6), (3, 2)] {
        task.multiple = multiple;
        let budget = Budget { nodes, ..BUDGET };
        let latest = Latest::default();
        let mut search = begun(&task, &source, &budget, &latest);
        search.goals();
        let tried = multiple * i64::try_from(nodes).unwrap();
        assert_eq!(
            (search.bound, search.best.cost),
            (tried, 30),
            "{nodes} goals, {multiple} apart"
        );
    }
    source.is_open = false;
    let latest = Latest::default();
    let mut search = begun(&task, &source, &BUDGET, &latest);
    search.goals();
    assert_eq!(
        (search.bound, search.effort.nodes),
        (0, 0),
        "lines that nobody can list prove nothing"
    );
}

#[test]
fn a_goal_lists_the_lines_that_a_roster_of_its_cost_may_hold_and_no_others() {
    let task = Task {
        cells: vec![cell(1, 4, 1)],
        classes: vec![Class { count: 1 }, Class { count: 2 }],
        multiple: 1,
    };
    let dear = |least: i64| {
        (0..8).map(move |place| line(place, least + i64::try_from(place).unwrap(), &[0]))
    };
    let source = Listed { lines: vec![dear(5).collect(), dear(2).collect()], is_open: true };
    let latest = Latest::default();
    let search = begun(&task, &source, &BUDGET, &latest);
    assert_eq!(search.bound, 9);
    for room in 0..8 {
        let pool = search.within(9 + room).unwrap();
        let listed = usize::try_from(room).unwrap() + 1;
        assert_eq!([pool.of_class[0].len(), pool.of_class[1].len()], [listed; 2]);
    }
}

#[test]
fn goals_end_at_the_best_of_all_rosters_of_fifty_tasks() {
    for seed in 0..50 {
        let mut draw = StdRng::seed_from_u64(seed);
        let multiple = draw.random_range(1..=3);
        let cells: Vec<Cell> = (0..4)
            .map(|_| {
                let [under, over] = [(); 2].map(|()| multiple * draw.random_range(0..6));
                cell(draw.random_range(0..3), under, over)
            })
            .collect();
        let classes: Vec<Class> = (0..draw.random_range(1..=2))
            .map(|_| Class { count: draw.random_range(1..=2) })
            .collect();
        let lines = classes.iter().map(|_| {
            let own = (0..draw.random_range(2..=5)).map(|place| {
                let cells: Vec<u32> = (0..4).filter(|_| draw.random_bool(0.5)).collect();
                line(place, multiple * draw.random_range(0..5), &cells)
            });
            own.collect()
        });
        let source = Listed { lines: lines.collect(), is_open: true };
        let task = Task { cells, classes, multiple };
        let best = counted_out(&task, &source);
        let latest = Latest::default();
        let mut search = begun(&task, &source, &BUDGET, &latest);
        search.goals();
        assert_eq!((search.bound, search.best.cost), (best, best), "seed {seed}");
    }
}
