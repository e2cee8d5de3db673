//! The cheapest rosters of one person over long horizons, where a whole table would be too large.
//!
//! Time, weekends and counts of shifts are first priced instead of limited (`priced.rs`), which gives a bound. Then
//! labels are grown forward day by day, the most promising kept: each knows from the priced problem what the rest of
//! its way costs at least. The bound holds always; the paths are good and keep every limit, and need not be the best.

use super::dense::Cheapest;
use super::lines::{DayCosts, Limits, Path};
use super::priced::{FOLLOWED, HASTY_STEPS, Multipliers, NEVER, Search, Settled, keep};

/// Steps of improving the prices of limits.
const STEPS: usize = 20;
/// Labels kept a day at most, and over the whole horizon.
const BREADTH: (usize, usize) = (240, 30_000);
/// Labels kept a day in haste, and where those find no way.
const HASTY: [usize; 2] = [24, 96];
/// Stretches of time worked, each with its own labels.
const STRETCHES: usize = 8;

/// A way so far.
#[derive(Clone, Copy)]
struct Label {
    /// Its cost, limits priced, with what the rest costs at least.
    outlook: i64,
    /// Its cost, limits priced.
    cost: i64,
    node: u32,
    weekends: u32,
    time: u32,
    counts: [u8; FOLLOWED],
    /// Place of the label before it, of its day.
    before: u32,
    shift: u32,
}

/// The cheapest paths of a person at these costs, up to so many.
pub(super) fn cheapest(limits: &Limits, costs: &DayCosts, wanted: usize) -> Cheapest {
    let search = Search::of(limits, costs);
    let Some(settled) = search.settled(STEPS) else {
        return Cheapest { least: None, paths: Vec::new() };
    };
    let Settled { least, multipliers, followed, mut paths } = settled;
    #[expect(clippy::integer_division, reason = "a share, roughly")]
    let breadth = (BREADTH.1 / limits.days).clamp(72, BREADTH.0);
    for (cost, path) in search.grown(&multipliers, &followed, breadth, 4 * wanted) {
        keep(&mut paths, cost, path);
    }
    if paths.is_empty() {
        for (cost, path) in search.grown(&multipliers, &followed, 16 * breadth, wanted) {
            keep(&mut paths, cost, path);
        }
    }
    paths.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.days.cmp(&other.1.days)));
    paths.truncate(wanted);
    Cheapest { least: Some(least), paths: paths.into_iter().map(|(_, path)| path).collect() }
}

/// A path that keeps every limit and is not bad, found in haste; none where that finds none.
pub(super) fn hasty(limits: &Limits, costs: &DayCosts) -> Option<Path> {
    let search = Search::of(limits, costs);
    let Settled { multipliers, mut paths, .. } = search.settled(HASTY_STEPS)?;
    // Few steps do not show which counts matter.
    let followed: Vec<usize> = (0..limits.shifts.len())
        .filter(|&shift| limits.most_of[shift] < limits.days)
        .take(FOLLOWED)
        .collect();
    for breadth in HASTY {
        paths.extend(search.grown(&multipliers, &followed, breadth, 1));
        if !paths.is_empty() {
            break;
        }
    }
    paths.into_iter().min_by_key(|path| path.0).map(|(_, path)| path)
}

impl Search<'_> {
    /// Paths grown forward that keep every limit, with their cost.
    fn grown(
        &self,
        multipliers: &Multipliers,
        followed: &[usize],
        breadth: usize,
        wanted: usize,
    ) -> Vec<(i64, Path)> {
        let later = self.later(multipliers);
        let mut days: Vec<Vec<Label>> = Vec::with_capacity(self.limits.days);
        let mut first = Vec::new();
        for (node, shift) in self.starts() {
            let root = Label {
                outlook: 0,
                cost: 0,
                node: 0,
                weekends: 0,
                time: 0,
                counts: [0; FOLLOWED],
                before: 0,
                shift: 0,
            };
            first.extend(self.step(
                &root,
                0,
                0,
                (node, shift, false),
                multipliers,
                followed,
                &later,
            ));
        }
        days.push(first);
        for day in 1..self.limits.days {
            let mut grown = Vec::new();
            for (place, label) in days[day - 1].iter().enumerate() {
                self.nexts(day, label.node as usize, &mut |node, shift, weekend| {
                    let to = (node, shift, weekend);
                    grown.extend(self.step(label, place, day, to, multipliers, followed, &later));
                });
            }
            days.push(narrowed(grown, breadth, self.lane(day)));
        }
        let mut ends: Vec<usize> = (0..days[self.limits.days - 1].len()).collect();
        ends.sort_by_key(|&end| (days[self.limits.days - 1][end].outlook, end));
        let mut found = Vec::new();
        for end in ends {
            let path = path(&days, end);
            if self.keeps(&self.used(&path)) {
                found.push((self.cost(&path), path));
            }
            if found.len() >= wanted {
                break;
            }
        }
        found
    }

    /// Time worked by the end of a day that is told apart: from, and how far. About what evenly spread work
    /// comes to, and a fifth of it all to either side.
    #[expect(clippy::integer_division, reason = "roughly")]
    fn lane(&self, day: usize) -> (usize, usize) {
        let (least, most) = (self.limits.least_steps, self.limits.most_steps);
        let even = |whole: usize| whole * (day + 1) / self.limits.days;
        let (low, high) = self.useful[day];
        let low = low.max(even(least).saturating_sub(most / 5));
        let high = high.min(even(most) + most / 5).max(low + 1);
        (low, high - low)
    }

    /// A label one day longer, where that keeps the limits and may still lead to enough.
    #[expect(clippy::too_many_arguments, reason = "the inner step of the whole search")]
    #[expect(clippy::cast_possible_truncation, reason = "nodes, shifts and labels are few")]
    fn step(
        &self,
        from: &Label,
        place: usize,
        day: usize,
        (node, shift, weekend): (usize, usize, bool),
        multipliers: &Multipliers,
        followed: &[usize],
        later: &[Vec<i64>],
    ) -> Option<Label> {
        let cost = self.priced(day, shift, multipliers)?;
        let rest = later[day][node];
        if rest >= NEVER {
            return None;
        }
        let mut label = *from;
        label.cost += cost + if weekend { multipliers.weekend } else { 0 };
        label.outlook = label.cost + rest;
        label.weekends += u32::from(weekend);
        if label.weekends as usize > self.limits.most_weekends {
            return None;
        }
        if let Some(&steps) = self.limits.steps.get(shift) {
            label.time += steps as u32;
            if let Some(count) = followed.iter().position(|&it| it == shift) {
                label.counts[count] = label.counts[count].saturating_add(1);
                if usize::from(label.counts[count]) > self.limits.most_of[shift] {
                    return None;
                }
            }
        }
        let (low, high) = self.useful[day];
        if !(low..high).contains(&(label.time as usize)) {
            return None;
        }
        label.node = node as u32;
        label.before = place as u32;
        label.shift = shift as u32;
        Some(label)
    }
}

/// The most promising labels of each stretch of time worked; of those that differ in their way alone the best.
///
/// At the best prices of the limits very different amounts of time often cost the same, so that promise alone
/// would keep only those who work least until it is too late to work enough.
fn narrowed(mut labels: Vec<Label>, breadth: usize, (low, width): (usize, usize)) -> Vec<Label> {
    let state = |label: &Label| (label.node, label.time, label.weekends, label.counts);
    #[expect(clippy::integer_division, reason = "stretches of time, roughly")]
    let stretch = |label: &Label| {
        (label.time as usize).saturating_sub(low).min(width - 1) * STRETCHES / width
    };
    labels.sort_by_cached_key(|label| (stretch(label), label.outlook, label.node, label.before));
    let mut kept: Vec<Label> = Vec::with_capacity(breadth);
    let mut start = 0;
    for label in labels {
        if kept.get(start).is_some_and(|first| stretch(first) != stretch(&label)) {
            start = kept.len();
        }
        let here = &kept[start..];
        if here.len() * STRETCHES < breadth && here.iter().all(|it| state(it) != state(&label)) {
            kept.push(label);
        }
    }
    kept
}

fn path(days: &[Vec<Label>], end: usize) -> Path {
    let mut place = end;
    let mut shifts: Vec<usize> = days
        .iter()
        .rev()
        .map(|labels| {
            let label = labels[place];
            place = label.before as usize;
            label.shift as usize
        })
        .collect();
    shifts.reverse();
    Path { days: shifts }
}
