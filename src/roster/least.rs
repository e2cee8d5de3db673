//! What a line's strain is at least, duty by duty: the search for lines adds up, the index does not.
//!
//! Strain of hours, resources and stretches is convex in one figure of the whole line. Each is bounded from below
//! by what no line of the kind undercuts, or where it starts to count, and by the slope there times what a duty lies
//! above it, shared over the duties of the line: those that a line is taken to have, or the most that it can hold. Timing has a tangent of its own, see [`fatigue`](super::fatigue). So a bound
//! made with these is never above what a roster costs.

use super::breaks::Plan;
use super::chain::Prices;
use super::people::{Frame, Kind, Stretches};
use super::team::Team;
use crate::strain::line::SHORTEST_PAUSE;
use crate::strain::{Threshold, model};
use crate::units::Minutes;

/// Put what strain costs at least into the prices of duties, where a line has so many of them or fewer; gives what
/// every line costs besides.
pub(super) fn add_strain(prices: &mut Prices, kind: &Kind, team: &Team, duties: f64) -> f64 {
    let (stretch, unit) = (part("stretch"), team.weights.strain);
    let Some(least) = least_stretch(kind).filter(|_| unit > 0.0) else { return 0.0 };
    // Below green a stretch costs nothing, and nothing is what a line costs at least.
    let touch = least.max(stretch.green);
    let slope = unit * stretch.weight * stretch.slope(touch) / duties.max(1.0);
    for (day, frames) in kind.days.iter().enumerate() {
        for (place, frame) in frames.iter().enumerate() {
            let plain = stretch_of(kind, frame, None);
            if let Some(cost) = &mut prices.frames[day][place] {
                *cost += slope * (plain - touch);
            }
            for (block, more) in prices.off_queue[day][place].iter_mut().enumerate() {
                let with = stretch_of(kind, frame, Some(block));
                *more = more.map(|more| more + slope * (with - plain));
            }
        }
    }
    if kind.weeks.iter().all(|week| week.fewest <= 0) {
        // A line without duties strains nobody.
        return 0.0;
    }
    let (hours, resources) = (part("hours"), part("resources"));
    unit * (stretch.weight * stretch.strain(touch)
        + hours.weight * hours.strain(least_hours(kind))
        + resources.weight * resources.strain(least_missing(kind)))
}

fn part(name: &str) -> &'static Threshold {
    let found = model().components.iter().find(|part| part.name == name);
    found.expect("the shipped index has this component")
}

/// The shortest that the longest stretch of a duty can be, with or without one of the owed off-queue blocks.
fn stretch_of(kind: &Kind, frame: &Frame, block: Option<usize>) -> f64 {
    if frame.holds != 0 {
        // Its blocks lie where they were put; it may have no stretch at all.
        return 0.0;
    }
    let known = kind.stretches.get_or_init(|| stretches(kind));
    let own = known.get(&(frame.plan, frame.end - frame.start));
    let own = own.and_then(|own| own.get(block.map_or(0, |block| block + 1)));
    own.copied().unwrap_or(0.0)
}

fn stretches(kind: &Kind) -> Stretches {
    let mut known = Stretches::new();
    for frame in kind.days.iter().flatten() {
        let length = frame.end - frame.start;
        known.entry((frame.plan, length)).or_insert_with(|| {
            let plan = &kind.plans[frame.plan];
            let blocks = kind.owed.iter().map(|&(_, minutes)| Some(minutes));
            let all = std::iter::once(None).chain(blocks);
            all.map(|away| Minutes(shortest_longest(plan, length, away)).real()).collect()
        });
    }
    known
}

/// Pieces too short to rest in are taken as rest, and other work as if it lay among them: both only lower the figure.
fn shortest_longest(plan: &Plan, length: i64, away: Option<i64>) -> i64 {
    if plan.pieces.iter().all(|piece| piece.length >= SHORTEST_PAUSE.0) {
        return plan.least_longest(length, away);
    }
    let stretches = 2 + i64::try_from(plan.pieces.len()).unwrap_or(i64::MAX - 2);
    (length - plan.resting() - away.unwrap_or(0)).max(0).div_euclid(stretches)
}

fn least_stretch(kind: &Kind) -> Option<f64> {
    let with = |frame: &Frame| {
        let blocks = (0..kind.owed.len()).map(|block| stretch_of(kind, frame, Some(block)));
        blocks.fold(stretch_of(kind, frame, None), f64::min)
    };
    kind.days.iter().flatten().map(with).reduce(f64::min)
}

/// Paid hours a week of the fewest minutes.
fn least_hours(kind: &Kind) -> f64 {
    let fewest: i64 = kind.weeks.iter().map(|week| week.fewest.max(0)).sum();
    let days = kind.days.iter().map(|_| 1.0).sum::<f64>();
    Minutes(fewest).in_hours() * 7.0 / days.max(7.0)
}

/// Points by which off-queue time must fall short of a tenth of paid time.
fn least_missing(kind: &Kind) -> f64 {
    let owed = Minutes(kind.owed.iter().map(|&(_, minutes)| minutes).sum()).real();
    let shortest = kind.days.iter().flatten().map(|frame| frame.paid).min().unwrap_or(0);
    let holds = kind.days.iter().flatten().any(|frame| frame.holds != 0);
    let share = |paid: i64| if paid > 0 { owed / Minutes(paid).real() } else { f64::INFINITY };
    let weeks = kind.weeks.iter().map(|week| share(week.fewest.max(shortest)));
    let most = weeks.fold(0.0, f64::max);
    if holds || !most.is_finite() { 0.0 } else { (10.0 - 100.0 * most).max(0.0) }
}

#[cfg(test)]
mod tests;
