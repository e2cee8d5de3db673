//! What a line's strain is at least, duty by duty: the search for lines adds up, the index does not.
//!
//! Strain of hours, resources and stretches is convex in one figure of the whole line. Each is bounded from below
//! by what no line of the kind undercuts, or where it starts to count, and by the slope there times what a duty lies
//! above it, shared over the most duties that a line can hold. Timing has a tangent of its own, see [`fatigue`](super::fatigue). So a bound
//! made with these is never above what a roster costs.

use super::breaks::Plan;
use super::chain::Prices;
use super::fatigue::most_duties;
use super::people::{Frame, Kind};
use super::team::Team;
use crate::strain::line::SHORTEST_PAUSE;
use crate::strain::{Threshold, model};
use crate::units::Minutes;

/// Put what strain costs at least into the prices of duties; gives what every line costs besides.
pub(super) fn add_strain(prices: &mut Prices, kind: &Kind, team: &Team) -> f64 {
    let (stretch, unit) = (part("stretch"), team.weights.strain);
    let Some(least) = least_stretch(kind).filter(|_| unit > 0.0) else { return 0.0 };
    // Below green a stretch costs nothing, and nothing is what a line costs at least.
    let touch = least.max(stretch.green);
    let slope = unit * stretch.weight * stretch.slope(touch) / most_duties(kind).max(1.0);
    for (day, frames) in kind.days.iter().enumerate() {
        for (place, frame) in frames.iter().enumerate() {
            let plain = stretch_of(kind, frame, None);
            if let Some(cost) = &mut prices.frames[day][place] {
                *cost += slope * (plain - touch);
            }
            let blocks = prices.off_queue[day][place].iter_mut().zip(&kind.owed);
            for (more, &(_, minutes)) in blocks {
                let with = stretch_of(kind, frame, Some(minutes));
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

/// The longest stretch of a duty whose breaks, and an off-queue block, lie as evenly as can be.
fn stretch_of(kind: &Kind, frame: &Frame, off_queue: Option<i64>) -> f64 {
    if frame.holds != 0 {
        // Its blocks lie where they were put; it may have no stretch at all.
        return 0.0;
    }
    let plan: &Plan = &kind.plans[frame.plan];
    let pauses = plan.pieces.iter().filter(|piece| piece.length >= SHORTEST_PAUSE.0);
    let (rests, resting) = pauses.fold((0, 0), |(many, all), piece| (many + 1, all + piece.length));
    let (more, off) = off_queue.map_or((0, 0), |minutes| (1, minutes));
    // Pieces too short to rest in are taken as rest here, which only lowers the estimate.
    let short = plan.resting() - resting;
    let work = (frame.end - frame.start - resting - short - off).max(0);
    Minutes(work).real() / Minutes(1 + rests + more).real()
}

fn least_stretch(kind: &Kind) -> Option<f64> {
    let with = |frame: &Frame| {
        let blocks = kind.owed.iter().map(|&(_, minutes)| stretch_of(kind, frame, Some(minutes)));
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
