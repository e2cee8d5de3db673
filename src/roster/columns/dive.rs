//! Dives: fix what the programme nearly decides, price anew, solve again, until everything is whole.
//!
//! What is fixed are choices (someone's shift on a day) rather than whole lines, the surest first, so that
//! pricing can still find the line that suits what the others were given (Strandmark, Qu & Curtois 2020).

use super::master::{Master, Since, Solved, whole_prices};
use super::pool::Pool;
use super::root::{NEGATIVE, price_all, reduced};
use super::{Clock, Column, Fixing, Lines, Task, is_over};
use crate::roster::draw::mixed;

/// Lines of each class a round.
const A_ROUND: usize = 3;
/// Rounds of pricing after each fixing.
const ROUNDS: usize = 2;
/// Above this a share is whole.
const NEARLY_ONE: f64 = 1.0 - 1e-6;

/// How boldly to dive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Boldness {
    /// Shares from which a choice is fixed.
    pub(super) threshold: f64,
    /// Choices fixed between two solutions at most.
    pub(super) at_once: usize,
    /// Seed of what is preferred among nearly equals.
    pub(super) seed: u64,
}

/// A model and pool of one's own, beside others.
pub(super) struct Lane<L> {
    pub(super) pool: Pool<L>,
    pub(super) master: Master,
}

/// What a dive starts from and must better.
pub(super) struct Dive<'a, S: Lines> {
    pub(super) task: &'a Task,
    pub(super) source: &'a S,
    pub(super) clock: &'a dyn Clock,
    /// Rosters that cost this much are no use.
    pub(super) limit: i64,
    pub(super) boldness: Boldness,
}

/// Everyone's lines, by class.
pub(super) type Whole<L> = Vec<Vec<Column<L>>>;

impl<S: Lines> Dive<'_, S> {
    /// Dive to the ground from everybody free; none where the way was lost, or leads nowhere better.
    pub(super) fn run(&self, lane: &mut Lane<S::Line>) -> Option<Whole<S::Line>> {
        let classes = self.task.classes.len();
        self.run_from(lane, vec![Fixing::default(); classes], vec![false; classes])
    }

    /// Dive from what is fixed already; classes that are done keep to the lines that there are.
    pub(super) fn run_from(
        &self,
        lane: &mut Lane<S::Line>,
        mut fixings: Vec<Fixing>,
        mut is_done: Vec<bool>,
    ) -> Option<Whole<S::Line>> {
        let mut since = Since::Closed;
        loop {
            let solved = self.price_in(lane, &fixings, &is_done, since)?;
            if solved.cost > super::master::whole(self.limit) - 1.0 + 1e-6 {
                return None;
            }
            let worked = by_class(&lane.pool, &solved, self.task.classes.len());
            if worked.iter().all(|lines| lines.iter().all(|&(_, many)| is_whole(many))) {
                return Some(whole_roster(&lane.pool, &worked));
            }
            if !self.fix_choices(&lane.pool, &worked, &mut fixings, &is_done) {
                fix_line(&lane.pool, &worked, &mut fixings, &mut is_done);
            }
            let pool = &lane.pool;
            lane.master
                .close(|line| !fixings[pool.class[line]].admits(&pool.columns[line].choices));
            since = Since::Closed;
        }
    }

    /// Solve, and price lines in that keep to what is fixed.
    fn price_in(
        &self,
        lane: &mut Lane<S::Line>,
        fixings: &[Fixing],
        is_done: &[bool],
        since: Since,
    ) -> Option<Solved> {
        let mut solved = lane.master.solve(since, self.clock)?;
        let open: Vec<usize> = (0..is_done.len()).filter(|&class| !is_done[class]).collect();
        for _ in 0..ROUNDS {
            if is_over(self.clock) {
                return None;
            }
            let cells = whole_prices(self.task, &solved.cell_prices);
            let offered =
                price_all(self.source, &open, &cells, |class| fixings[class].clone(), A_ROUND);
            let mut is_new = false;
            for (&class, offered) in open.iter().zip(&offered) {
                for column in &offered.found {
                    if reduced(column, &solved, class) < NEGATIVE {
                        let (place, _) = lane.pool.add(class, column);
                        is_new |= lane.master.add(&lane.pool, place);
                    }
                }
            }
            if !is_new {
                break;
            }
            solved = lane.master.solve(Since::Added, self.clock)?;
        }
        Some(solved)
    }

    /// Fix the surest choices; whether any was.
    fn fix_choices(
        &self,
        pool: &Pool<S::Line>,
        worked: &[Vec<(usize, f64)>],
        fixings: &mut [Fixing],
        is_done: &[bool],
    ) -> bool {
        let mut live: Vec<Vec<(usize, f64)>> = worked.to_vec();
        let mut sure: Vec<(f64, u64, usize, u32)> = Vec::new();
        for (class, lines) in live.iter().enumerate() {
            let is_alone = self.task.classes[class].count == 1;
            if !is_alone || is_done[class] || lines.len() < 2 {
                continue;
            }
            for (choice, share) in shares(pool, lines) {
                if share >= self.boldness.threshold && share < NEARLY_ONE {
                    let luck = mixed(self.boldness.seed, class as u64, u64::from(choice));
                    sure.push((share, luck, class, choice));
                }
            }
        }
        // Shares are told apart by hundredths only, and by luck below that.
        let rank = |share: f64| (share * 100.0).round();
        sure.sort_by(|one, other| {
            rank(other.0)
                .total_cmp(&rank(one.0))
                .then(one.1.cmp(&other.1))
                .then(one.3.cmp(&other.3))
        });
        let mut fixed = 0;
        for (_, _, class, choice) in sure {
            if fixed >= self.boldness.at_once {
                break;
            }
            // An earlier one may have changed what this person works.
            let takes = |line: usize| pool.columns[line].choices.binary_search(&choice).is_ok();
            let of: f64 = live[class].iter().map(|line| line.1).sum();
            let with: f64 =
                live[class].iter().filter(|line| takes(line.0)).map(|line| line.1).sum();
            if of <= 0.0 || with / of < self.boldness.threshold || with / of >= NEARLY_ONE {
                continue;
            }
            fixings[class].force(choice);
            live[class].retain(|line| takes(line.0));
            fixed += 1;
        }
        fixed > 0
    }
}

/// Fix the whole line that is worked most, among those not yet whole.
fn fix_line<L: Clone + Ord>(
    pool: &Pool<L>,
    worked: &[Vec<(usize, f64)>],
    fixings: &mut [Fixing],
    is_done: &mut [bool],
) {
    let open = worked.iter().enumerate().filter(|(_, lines)| lines.len() > 1);
    let best = open
        .flat_map(|(class, lines)| lines.iter().map(move |&(line, many)| (many, class, line)))
        .max_by(|one, other| one.0.total_cmp(&other.0).then(other.2.cmp(&one.2)));
    if let Some((_, class, line)) = best {
        for &choice in &pool.columns[line].choices {
            fixings[class].force(choice);
        }
        is_done[class] = true;
    }
}

/// Lines worked, by class.
pub(super) fn by_class<L: Clone + Ord>(
    pool: &Pool<L>,
    solved: &Solved,
    classes: usize,
) -> Vec<Vec<(usize, f64)>> {
    let mut worked = vec![Vec::new(); classes];
    for &(line, many) in &solved.worked {
        worked[pool.class[line]].push((line, many));
    }
    worked
}

/// How much each choice is taken, in order of choices.
fn shares<L>(pool: &Pool<L>, lines: &[(usize, f64)]) -> Vec<(u32, f64)> {
    let of: f64 = lines.iter().map(|line| line.1).sum();
    let mut taken: Vec<(u32, f64)> = Vec::new();
    for &(line, many) in lines {
        taken.extend(pool.columns[line].choices.iter().map(|&choice| (choice, many / of)));
    }
    taken.sort_by_key(|&(choice, _)| choice);
    taken.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    taken
}

fn is_whole(many: f64) -> bool {
    (many - many.round()).abs() < 1e-5
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people are few")]
fn whole_roster<L: Clone + Ord>(pool: &Pool<L>, worked: &[Vec<(usize, f64)>]) -> Whole<L> {
    let column = |&(line, many): &(usize, f64)| {
        std::iter::repeat_n(pool.columns[line].clone(), many.round().max(0.0) as usize)
    };
    worked.iter().map(|lines| lines.iter().flat_map(column).collect()).collect()
}
