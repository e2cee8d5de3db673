//! A person's line as a shortest path over days with resources: paid minutes in the week, rest since the last
//! duty, days in a row, the week's free stretch, off-queue work placed (Irnich & Desaulniers 2005).
//!
//! A label is a way of having lived until some evening. One is dropped only where another costs no more and
//! leaves at least as much open, so that the cheapest line survives.

use super::fatigue::{Next, Timing};
use super::people::{Edge, Frame, Kind};
use crate::strain::Stint;
use crate::strain::line::QUICK_RETURN;
use crate::units::Minutes;

/// Labels kept on one evening at most; beyond it the search is no longer exact, and says so.
const MOST_LABELS: usize = 30_000;
/// The same where the timing of duties is priced and nothing has to be proved.
const FEW_LABELS: usize = 400;

/// A duty that ended before any rest could matter.
const LONG_AGO: i64 = -(1 << 60);

/// What each duty costs now, its breaks in their best place; below 0 where it is worth more than it costs.
#[derive(Debug, Clone, Default)]
pub(super) struct Prices {
    /// By day and place in [`Kind::days`]; none where no breaks fit.
    pub(super) frames: Vec<Vec<Option<f64>>>,
    /// What each owed off-queue block adds, by day, duty and block.
    pub(super) off_queue: Vec<Vec<Vec<Option<f64>>>>,
    /// What each quick return adds.
    pub(super) quick_return: f64,
    /// What each duty adds by its timing, where somebody works by night.
    pub(super) timing: Option<Timing>,
}

/// Which rules a line is searched under.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    /// Only lines cheaper than this are wanted.
    pub(super) cutoff: f64,
    /// How many lines at most.
    pub(super) count: usize,
    /// Whether each week must reach its fewest minutes.
    pub(super) fewest: bool,
    /// Whether owed off-queue work must be placed.
    pub(super) owed: bool,
    /// Whether work in 24 hours stays within its most even if the next duty had no breaks, where the law caps it. Some
    /// lines that the law allows are left out then; what bounds a cost never asks for it.
    pub(super) day: bool,
    /// How much stricter than the limits say: days in a row less, hours of weekly rest more.
    pub(super) caution: i64,
    /// Only lines of exactly so many duties are wanted.
    pub(super) duties: Option<usize>,
}

impl Bounds {
    /// All rules, the best `count` lines.
    pub(super) fn best(count: usize) -> Bounds {
        Bounds {
            cutoff: f64::INFINITY,
            count,
            fewest: true,
            owed: true,
            day: false,
            caution: 0,
            duties: None,
        }
    }

    /// The ways to look for lines of a kind that the law allows, the likeliest first: with caution about a day's work
    /// alone, where the law caps it, then without any, then with ever more.
    pub(super) fn ever_stricter(self, kind: &Kind) -> impl Iterator<Item = Bounds> {
        let is_capped = kind.limits.day_work.is_some();
        let first = is_capped.then_some(Bounds { day: true, caution: 0, ..self });
        let cautious =
            move |caution: i64| Bounds { day: is_capped && caution > 0, caution, ..self };
        first.into_iter().chain((0..=MOST_CAUTION).map(cautious))
    }

    /// Whether no line that the law allows is left out for caution's sake.
    pub(super) fn is_plain(&self) -> bool {
        !self.day && self.caution == 0
    }
}

/// The greatest caution.
const MOST_CAUTION: i64 = 3;

/// A line as the search found it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    /// Its cost at the prices given, at most what it really costs.
    pub(super) cost: f64,
    /// Its duties: day, place in [`Kind::days`], off-queue block if any.
    pub(super) duties: Vec<(usize, usize, Option<usize>)>,
}

/// Lines found, the cheapest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chains {
    /// The lines.
    pub(super) found: Vec<Chain>,
    /// Whether nothing was dropped without proof.
    pub(super) is_exact: bool,
}

#[derive(Debug, Clone, Copy)]
struct Label {
    cost: f64,
    minutes: i64,
    end: i64,
    /// When the next duty may start.
    next: i64,
    late: [u16; 3],
    run: usize,
    placed: u8,
    /// Duties so far, where lines of just so many are wanted; 0 elsewhere.
    duties: usize,
    is_rested: bool,
    /// The last duty, and what had built up on starting it; as rested where timing is not priced.
    last: Stint,
    excess: f64,
    before: usize,
    choice: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Choice {
    frame: usize,
    block: Option<usize>,
    /// Owed off-queue blocks in it, a bit each.
    placed: u8,
    cost: f64,
    paid: i64,
    start: i64,
    end: i64,
    /// When the next duty may start.
    next: i64,
    /// The duty as fatigue sees it, where timing is priced.
    stint: Option<Stint>,
    /// Rests that starting then would allow, by kind of rest: more is better.
    early: [u16; 3],
    /// Rests that ending then would spoil: less is better.
    late: [u16; 3],
}

/// How long each kind of rest is.
struct Rests {
    between: i64,
    weekly: i64,
    run: usize,
    /// Most work in 24 hours from the start of a duty, where that is asked for.
    day: Option<i64>,
}

/// The cheapest lines of a kind of person.
pub(super) fn cheapest(kind: &Kind, prices: &Prices, bounds: Bounds) -> Chains {
    let rests = Rests::of(kind, bounds);
    let choices = choices(kind, prices, bounds, &rests);
    let ahead = what_lies_ahead(&choices, prices);
    let timing = prices.timing.as_ref();
    let mut chains = Chains { found: Vec::new(), is_exact: true };
    let mut evenings: Vec<Vec<Label>> = Vec::with_capacity(choices.len());
    let mut mornings = vec![Label {
        cost: 0.0,
        minutes: 0,
        end: kind.edge.last_end.max(LONG_AGO),
        next: kind.edge.last_end.max(LONG_AGO) + rests.between,
        late: [0; 3],
        run: kind.edge.run_before,
        placed: 0,
        duties: 0,
        is_rested: false,
        last: Stint::LONG_AGO,
        excess: 0.0,
        before: 0,
        choice: None,
    }];
    for week in &kind.weeks {
        for label in &mut mornings {
            (label.minutes, label.placed, label.is_rested) = (0, 0, false);
        }
        if timing.is_none() {
            mornings = undominated(&mornings);
        }
        for day in week.first..week.last {
            let paid_ahead: i64 = (day + 1..week.last).map(|day| longest_paid(&choices[day])).sum();
            let step = Step {
                starts: week.span.start.0,
                least: if bounds.fewest { week.fewest - paid_ahead } else { 0 },
                most: week.most,
                dearest: bounds.cutoff - ahead[day + 1],
                duties: bounds.duties.map(|all| (all.saturating_sub(choices.len() - day - 1), all)),
                rests: &rests,
                prices,
            };
            let mut evening = Vec::new();
            if !kind.must[day] {
                let off = mornings.iter().map(|label| Label { run: 0, choice: None, ..*label });
                evening.extend(off.filter(|label| step.wants(label)));
            }
            step.take_all(&choices[day], &mornings, &mut evening);
            evening = match timing {
                Some(timing) if timing.is_exact => {
                    unweary(&evening, &Next::after(day, kind, timing))
                }
                Some(timing) => {
                    chains.is_exact = false;
                    few_unweary(&evening, &Next::after(day, kind, timing))
                }
                None => undominated(&evening),
            };
            if evening.len() > MOST_LABELS {
                evening.sort_by(|one, other| one.cost.total_cmp(&other.cost));
                evening.truncate(MOST_LABELS);
                evening = in_buckets(&evening).into_iter().map(|place| evening[place]).collect();
                chains.is_exact = false;
            }
            // At the end of a week its own rules close.
            if day + 1 == week.last {
                let all = if bounds.owed { (1u8 << kind.owed.len()) - 1 } else { 0 };
                let free = |label: &Label| {
                    rests.weekly == 0
                        || label.is_rested
                        || !week.is_whole
                        || week.span.end.0 - label.end.max(week.span.start.0) >= rests.weekly
                };
                evening.retain(|label| {
                    let is_placed = label.minutes == 0 || label.placed & all == all;
                    is_placed && free(label)
                });
            }
            mornings.clone_from(&evening);
            mornings.iter_mut().enumerate().for_each(|(place, label)| label.before = place);
            evenings.push(evening);
        }
    }
    if let Some(last) = evenings.last_mut() {
        last.retain(|label| rests.let_on(label, kind.edge));
    }
    chains.found = read_back(&evenings, &choices, bounds.count);
    chains
}

impl Rests {
    fn of(kind: &Kind, bounds: Bounds) -> Rests {
        let limits = &kind.limits;
        let caution = usize::try_from(bounds.caution).expect("not negative");
        let run = limits.consecutive_days.unwrap_or(usize::MAX);
        let run = if caution > 0 { run.min(7).saturating_sub(caution).max(1) } else { run };
        Rests {
            between: limits.rest_between.0.max(0) + 30 * bounds.caution,
            weekly: match limits.weekly_rest.0 {
                0 => 0,
                rest => rest + 12 * 60 * bounds.caution,
            },
            run,
            day: limits.day_work.filter(|_| bounds.day).map(|most| most.0),
        }
    }

    /// When the duty after a frame may start. Paid minutes are at least those worked.
    fn next(&self, frame: &Frame) -> i64 {
        let rested = frame.end + self.between;
        let left = |most: i64| (most - frame.paid).max(0);
        let opened = self.day.map(|most| frame.start + Minutes::hours(24).0 - left(most));
        opened.map_or(rested, |opened| opened.max(rested))
    }

    /// Whether what is published for the days after the horizon may follow.
    fn let_on(&self, label: &Label, edge: Edge) -> bool {
        let is_rested = edge.next_start >= label.next;
        is_rested && (label.run == 0 || label.run.saturating_add(edge.run_after) <= self.run)
    }
}

/// From one morning to its evening: what the week and the rules still allow.
struct Step<'a> {
    /// When the week starts.
    starts: i64,
    /// Fewest paid minutes in the week by this evening, so that its fewest can still be reached.
    least: i64,
    /// Most paid minutes in the week.
    most: i64,
    /// A label that costs as much is not wanted.
    dearest: f64,
    /// Fewest and most duties by this evening, where lines of just so many are wanted.
    duties: Option<(usize, usize)>,
    rests: &'a Rests,
    prices: &'a Prices,
}

impl Step<'_> {
    fn wants(&self, label: &Label) -> bool {
        let counts = self.duties.is_none_or(|(fewest, _)| label.duties >= fewest);
        label.minutes >= self.least && label.cost < self.dearest && counts
    }

    /// Let each duty follow each way of having lived until this morning.
    fn take_all(&self, choices: &[Choice], mornings: &[Label], evening: &mut Vec<Label>) {
        let mut starts: Vec<i64> = choices.iter().map(|choice| choice.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let buckets = mornings.chunk_by(|one, other| one.stands_with() == other.stands_with());
        // Duties that start together may follow the same ones.
        let open: Vec<Vec<Vec<Label>>> = buckets
            .map(|bucket| starts.iter().map(|&start| self.open(bucket, start)).collect())
            .collect();
        let mut order: Vec<(usize, usize)> = choices
            .iter()
            .map(|choice| starts.partition_point(|&start| start < choice.start))
            .enumerate()
            .collect();
        order.sort_by_key(|&(place, _)| (choices[place].stands_with(), choices[place].late));
        let of = |&(place, _): &(usize, usize)| choices[place].stands_with();
        for alike in order.chunk_by(|one, other| of(one) == of(other)) {
            for of_bucket in &open {
                let any = of_bucket.iter().flatten().next();
                if any.is_none_or(|any| !self.fits(any, &choices[alike[0].0])) {
                    continue;
                }
                let first = evening.len();
                for &(place, start) in alike {
                    for label in &of_bucket[start] {
                        self.take(label, (place, &choices[place]), first, evening);
                    }
                }
            }
        }
    }

    /// Let a duty follow a label that it may follow. Those that come from one bucket by duties of equal minutes and
    /// placed work are dropped as soon as they are seen to be bettered, unless timing is priced.
    fn take(
        &self,
        label: &Label,
        (place, choice): (usize, &Choice),
        first: usize,
        evening: &mut Vec<Label>,
    ) {
        let Some(new) = self.extend(label, place, choice) else { return };
        let is_bettered = self.prices.timing.is_none()
            && evening[first..]
                .iter()
                .rev()
                .any(|kept| kept.cost <= new.cost && kept.leaves_as_much_open(&new));
        if !is_bettered {
            evening.push(new);
        }
    }

    /// The labels of a bucket, the cheapest first, that a duty from so early on may follow, with what starting then
    /// adds to them.
    ///
    /// Of equal minutes and placed work, they differ afterwards in cost, days in a row and rest had alone, so most are
    /// dropped at once; where timing is priced, none is.
    fn open(&self, bucket: &[Label], start: i64) -> Vec<Label> {
        let Step { rests, prices, .. } = self;
        let mut open: Vec<Label> = Vec::new();
        for label in bucket {
            // Nothing betters who has just begun to work, and has had the week's rest.
            let is_best = |kept: &Label| {
                kept.run == 1 && (kept.is_rested || rests.weekly == 0) && kept.cost <= label.cost
            };
            if prices.timing.is_none() && open.first().is_some_and(is_best) {
                break;
            }
            if start < label.next || label.run + 1 > rests.run {
                continue;
            }
            let quick = if start - label.end < QUICK_RETURN.0 { prices.quick_return } else { 0.0 };
            let free = start - label.end.max(self.starts);
            let new = Label {
                cost: label.cost + quick,
                // Where nothing counts days in a row, they tell nobody apart.
                run: if rests.run == usize::MAX { 1 } else { label.run + 1 },
                is_rested: label.is_rested || (rests.weekly > 0 && free >= rests.weekly),
                ..*label
            };
            let is_bettered = prices.timing.is_none()
                && open.iter().any(|kept| {
                    kept.cost <= new.cost && kept.run <= new.run && kept.is_rested >= new.is_rested
                });
            if !is_bettered {
                open.push(new);
            }
        }
        open
    }

    /// Whether a duty still has room in the week and the line.
    fn fits(&self, label: &Label, choice: &Choice) -> bool {
        let minutes = label.minutes + choice.paid;
        let is_open = label.placed & choice.placed == 0;
        let counts =
            self.duties.is_none_or(|(fewest, most)| (fewest..=most).contains(&(label.duties + 1)));
        is_open && counts && minutes <= self.most && minutes >= self.least
    }

    /// The label of a duty that follows another it may follow; none where it costs too much.
    fn extend(&self, label: &Label, place: usize, choice: &Choice) -> Option<Label> {
        let (last, excess, weary) = match (&self.prices.timing, choice.stint) {
            (Some(timing), Some(stint)) => {
                let excess = stint.excess_after(&label.last, label.excess);
                (stint, excess, timing.duty(stint.risk(excess)))
            }
            _ => (label.last, label.excess, 0.0),
        };
        let cost = label.cost + choice.cost + weary;
        (cost < self.dearest).then(|| Label {
            cost,
            minutes: label.minutes + choice.paid,
            end: choice.end,
            next: choice.next,
            late: choice.late,
            placed: label.placed | choice.placed,
            duties: if self.duties.is_some() { label.duties + 1 } else { 0 },
            last,
            excess,
            choice: Some(place),
            ..*label
        })
    }
}

/// Duties with and without off-queue work, those left out that another one betters in every way.
fn choices(kind: &Kind, prices: &Prices, bounds: Bounds, rests: &Rests) -> Vec<Vec<Choice>> {
    let longer_rests = [rests.weekly, QUICK_RETURN.0];
    let frames = || kind.days.iter().flatten();
    let sorted = |mut moments: Vec<i64>| {
        moments.sort_unstable();
        moments.dedup();
        moments
    };
    let edges = kind.weeks.iter().map(|week| week.span);
    let ends = frames().map(|frame| frame.end).chain(edges.clone().map(|span| span.start.0));
    let ends = ends.chain([kind.edge.last_end]);
    let starts = frames().map(|frame| frame.start).chain(edges.map(|span| span.end.0));
    let starts = starts.chain([kind.edge.next_start]);
    let nexts = frames().map(|frame| rests.next(frame));
    let nexts = sorted(nexts.chain([kind.edge.last_end + rests.between]).collect());
    let (ends, starts) = (sorted(ends.collect()), sorted(starts.collect()));
    let counts = where_minutes_count(kind, bounds);
    let count = |moments: &[i64], until: i64| {
        u16::try_from(moments.partition_point(|&moment| moment <= until)).unwrap_or(u16::MAX)
    };
    // Many duties share their ends.
    let early = |start: &i64| {
        let [weekly, quick] = longer_rests.map(|rest| count(&ends, start - rest));
        [count(&nexts, *start), weekly, quick]
    };
    let early: Vec<[u16; 3]> = starts.iter().map(early).collect();
    let late = |end: &i64| longer_rests.map(|rest| count(&starts, end + rest - 1));
    let late: Vec<[u16; 2]> = ends.iter().map(late).collect();
    let place_in = |moments: &[i64], own: i64| moments.partition_point(|&moment| moment < own);
    kind.days
        .iter()
        .enumerate()
        .map(|(day, frames)| {
            let mut all = Vec::new();
            for (place, frame) in frames.iter().enumerate() {
                let Some(cost) = prices.frames[day][place] else { continue };
                let next = rests.next(frame);
                let [weekly, quick] = late[place_in(&ends, frame.end)];
                let plain = Choice {
                    frame: place,
                    block: None,
                    placed: frame.holds,
                    cost,
                    paid: if counts[day] { frame.paid } else { 0 },
                    start: frame.start,
                    end: frame.end,
                    next,
                    stint: frame.stint.filter(|_| prices.timing.is_some()),
                    early: early[place_in(&starts, frame.start)],
                    late: [count(&starts, next - 1), weekly, quick],
                };
                all.push(plain);
                let blocks = if bounds.owed { kind.owed.len() } else { 0 };
                let with = (0..blocks).filter_map(|block| {
                    let more = prices.off_queue[day][place][block]?;
                    let placed = 1 << block;
                    Some(Choice { block: Some(block), placed, cost: cost + more, ..plain })
                });
                all.extend(with);
            }
            if prices.timing.is_some() { all } else { pareto(&all) }
        })
        .collect()
}

/// By day, whether the hours of its week may be too few or too many. Where they cannot, lines that differ in them alone
/// are not told apart.
fn where_minutes_count(kind: &Kind, bounds: Bounds) -> Vec<bool> {
    let longest = |frames: &Vec<Frame>| frames.iter().map(|frame| frame.paid).max().unwrap_or(0);
    let owes = bounds.owed && !kind.owed.is_empty();
    let mut counts = vec![true; kind.days.len()];
    for week in &kind.weeks {
        let most: i64 = kind.days[week.first..week.last].iter().map(longest).sum();
        let may_fall_short = bounds.fewest && week.fewest > 0;
        counts[week.first..week.last].fill(owes || may_fall_short || most > week.most);
    }
    counts
}

fn pareto(all: &[Choice]) -> Vec<Choice> {
    let mut kept: Vec<Choice> = Vec::with_capacity(all.len());
    let mut bucket = 0;
    for place in
        cheapest_first(all.iter().map(|choice| ((choice.paid, choice.placed, 0), choice.cost)))
    {
        let choice = all[place];
        if kept.get(bucket).is_some_and(|first| first.stands_with() != choice.stands_with()) {
            bucket = kept.len();
        }
        let is_bettered = kept[bucket.min(kept.len())..].iter().any(|other| {
            other.early.iter().zip(&choice.early).all(|(one, other)| one >= other)
                && other.late.iter().zip(&choice.late).all(|(one, other)| one <= other)
        });
        if !is_bettered {
            kept.push(choice);
        }
    }
    kept
}

/// What compares together: minutes, placed work, duties.
type Alike = (i64, u8, usize);

/// Places of what is given with its cost: those that compare together, the cheapest first.
fn cheapest_first(keys: impl Iterator<Item = (Alike, f64)>) -> Vec<usize> {
    let mut order: Vec<_> = keys.enumerate().collect();
    // They come in runs that ascend already, which this sort takes as they are.
    order.sort_by(|(_, (alike, cost)), (_, (others, dearer))| {
        alike.cmp(others).then(cost.total_cmp(dearer))
    });
    order.into_iter().map(|(place, _)| place).collect()
}

/// The most that the days from each on can still save.
fn what_lies_ahead(choices: &[Vec<Choice>], prices: &Prices) -> Vec<f64> {
    let fresh = |choice: &Choice| match (&prices.timing, choice.stint) {
        (Some(timing), Some(stint)) => choice.cost + timing.duty(stint.risk(0.0)),
        _ => choice.cost,
    };
    let mut ahead = vec![0.0; choices.len() + 1];
    for day in (0..choices.len()).rev() {
        let best = choices[day].iter().map(fresh).fold(0.0, f64::min);
        ahead[day] = ahead[day + 1] + best;
    }
    ahead
}

fn longest_paid(choices: &[Choice]) -> i64 {
    choices.iter().map(|choice| choice.paid).max().unwrap_or(0)
}

impl Choice {
    fn stands_with(&self) -> (i64, u8) {
        (self.paid, self.placed)
    }
}

impl Label {
    fn stands_with(&self) -> Alike {
        (self.minutes, self.placed, self.duties)
    }

    /// Whether every duty that may follow another label may follow this one.
    fn leaves_as_much_open(&self, other: &Label) -> bool {
        self.run <= other.run
            && self.is_rested >= other.is_rested
            && self.late.iter().zip(&other.late).all(|(own, other)| own <= other)
    }
}

/// The same where what has built up may make later duties dearer: one is dropped only where another stays no
/// dearer whatever follows.
fn unweary(labels: &[Label], next: &Next) -> Vec<Label> {
    let mut kept: Vec<(Label, Vec<f64>)> = Vec::new();
    let mut bucket = 0;
    for place in in_buckets(labels) {
        let label = labels[place];
        if kept.get(bucket).is_some_and(|(first, _)| first.stands_with() != label.stands_with()) {
            bucket = kept.len();
        }
        let excess = next.excess(&label.last, label.excess);
        let is_bettered = kept[bucket..].iter().any(|(other, others)| {
            other.leaves_as_much_open(&label)
                && other.cost + next.worse_by(others, &excess) <= label.cost
        });
        if !is_bettered {
            kept.push((label, excess));
        }
    }
    kept.into_iter().map(|(label, _)| label).collect()
}

/// The cheapest of these, where nothing has to be proved.
fn few_unweary(labels: &[Label], next: &Next) -> Vec<Label> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&one, &other| labels[one].cost.total_cmp(&labels[other].cost));
    let mut kept: Vec<(Label, Vec<f64>)> = Vec::new();
    for label in order.into_iter().map(|place| labels[place]) {
        if kept.len() == FEW_LABELS {
            break;
        }
        let excess = next.excess(&label.last, label.excess);
        let is_bettered = kept.iter().any(|(other, others)| {
            other.stands_with() == label.stands_with()
                && other.leaves_as_much_open(&label)
                && other.cost + next.worse_by(others, &excess) <= label.cost
        });
        if !is_bettered {
            kept.push((label, excess));
        }
    }
    let kept: Vec<Label> = kept.into_iter().map(|(label, _)| label).collect();
    in_buckets(&kept).into_iter().map(|place| kept[place]).collect()
}

fn undominated(labels: &[Label]) -> Vec<Label> {
    let mut kept: Vec<Label> = Vec::new();
    let mut bucket = 0;
    for place in in_buckets(labels) {
        let label = labels[place];
        if kept.get(bucket).is_some_and(|first| first.stands_with() != label.stands_with()) {
            bucket = kept.len();
        }
        let is_bettered =
            kept[bucket.min(kept.len())..].iter().any(|other| other.leaves_as_much_open(&label));
        if !is_bettered {
            kept.push(label);
        }
    }
    kept
}

fn in_buckets(labels: &[Label]) -> Vec<usize> {
    cheapest_first(labels.iter().map(|label| (label.stands_with(), label.cost)))
}

fn read_back(evenings: &[Vec<Label>], choices: &[Vec<Choice>], count: usize) -> Vec<Chain> {
    let Some(last) = evenings.last() else { return Vec::new() };
    let mut order: Vec<usize> = (0..last.len()).collect();
    order.sort_by(|&one, &other| last[one].cost.total_cmp(&last[other].cost).then(one.cmp(&other)));
    order
        .into_iter()
        .take(count)
        .map(|end| {
            let mut duties = Vec::new();
            let mut at = end;
            for (day, evening) in evenings.iter().enumerate().rev() {
                let label = &evening[at];
                if let Some(place) = label.choice {
                    let choice = &choices[day][place];
                    duties.push((day, choice.frame, choice.block));
                }
                at = label.before;
            }
            duties.reverse();
            Chain { cost: last[end].cost, duties }
        })
        .collect()
}
