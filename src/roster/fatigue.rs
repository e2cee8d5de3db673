//! How the timing of duties enters the search for lines, where some of them are by night.
//!
//! What a line's timing costs is a convex function `H` of the mean risk `M` of its duties: points of the index,
//! and a small square that pulls whoever stands highest down although the index calls both green. A search that
//! adds up duty by duty takes a tangent `b + s M <= H(M)`. As no cost is below 0, a line of `n` duties, at most
//! `most`, costs at least
//!
//! ```text
//! H(M) >= (n b + s (r1 + ... + rn)) / most
//! ```
//!
//! which is a sum over duties, each at its own risk, the excess it starts with carried along. So the estimate is
//! never above the cost, and a bound made with it holds.

use super::chain::Prices;
use super::people::{Kind, Week};
use super::weights::Weights;
use crate::scenario::{Scenario, Shift};
use crate::strain::{self, Stint};
use crate::units::{Minutes, Moment};

/// Points of a mean risk one above [`RESTED`]. *Assumption*: small beside the index, whose slope is 47 and more.
const PULL: f64 = 20.0;
/// Mean risk that pulls nobody: below that of a week of days.
const RESTED: f64 = 0.6;
/// Where the tangent of a search touches: where the index starts to count.
const SEARCHED: f64 = 0.75;
/// Where tangents of a bound touch; the best one counts.
pub(super) const BOUNDED: [f64; 2] = [0.7, 0.75];

/// Duties of one day, owed blocks in them counted apart, beyond which excess is not carried along lines: too many
/// ways of having lived would have to be kept.
const CARRIED: usize = 150;
/// Duties that a duty's excess makes riskier, where it is not carried along. *Assumption*: half a week's run, the duty
/// itself by half.
const TIRED_BY_ONE: f64 = 2.5;

/// Points that pull the mean risk of a line down, beside the index.
pub(super) fn pull(mean_risk: f64) -> f64 {
    PULL * (mean_risk - RESTED).max(0.0).powi(2)
}

/// Whether some duty of a scenario may be by night.
pub(super) fn works_nights(scenario: &Scenario) -> bool {
    let calendar = &scenario.calendar;
    let by_night = |shift: &Shift, from: Moment| {
        let start = f64::from(calendar.local(from).clock.0) / 60.0;
        Stint::at(start, shift.longest.in_hours(), 0.0).is_by_night()
    };
    scenario.shifts.iter().any(|shift| {
        (0..calendar.days().min(7)).map(|day| calendar.date(day)).any(|date| {
            let ranges = shift.starts.on(date.weekday(), calendar.holiday(date).is_some());
            ranges.iter().any(|range| {
                let window = calendar.range_on(date, *range);
                let step = shift.start_step.0.max(5);
                let starts =
                    (window.start.0..=window.end.0).step_by(usize::try_from(step).unwrap_or(30));
                starts.map(Moment).any(|start| by_night(shift, start))
            })
        })
    })
}

/// What a duty costs by its timing, in the scaled sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Timing {
    base: f64,
    slope: f64,
    /// The most duties a line can hold.
    most: f64,
    /// The most that a duty's risk rises by with each unit of excess.
    steepest: f64,
    /// Whether nothing may be dropped without proof.
    pub(super) is_exact: bool,
}

impl Timing {
    /// The price of timing for a search; none where nobody works by night or strain does not count.
    pub(super) fn searched(kind: &Kind, weights: &Weights) -> Option<Timing> {
        Timing::touching(SEARCHED, kind, weights)
    }

    /// The price for a bound.
    pub(super) fn bounded(at: f64, kind: &Kind, weights: &Weights) -> Option<Timing> {
        Some(Timing { is_exact: true, ..Timing::touching(at, kind, weights)? })
    }

    fn touching(at: f64, kind: &Kind, weights: &Weights) -> Option<Timing> {
        let stints = kind.days.iter().flatten().filter_map(|frame| frame.stint);
        let steepest = stints.map(|stint| stint.risk_of_excess()).fold(0.0, f64::max);
        let most = if steepest > 0.0 { most_duties(kind) } else { 0.0 };
        let part = strain::model().components.iter().find(|part| part.name == "timing")?;
        let cost = weights.strain * part.weight * part.strain(at) + weights.pull * pull(at);
        let slope = weights.strain * part.weight * part.slope(at)
            + weights.pull * 2.0 * PULL * (at - RESTED).max(0.0);
        let base = cost - slope * at;
        (most > 0.0).then_some(Timing {
            base: base / most,
            slope: slope / most,
            most,
            steepest,
            is_exact: false,
        })
    }

    /// Put it into the prices of a kind: carried along lines, or as what each duty costs by itself where there are too
    /// many.
    pub(super) fn enter(self, prices: &mut Prices, kind: &Kind) {
        if is_carried(kind) {
            prices.timing = Some(self);
        } else {
            self.add_to(prices, kind);
        }
    }

    /// Add what each duty costs by itself: in a bound as if nothing had built up, and in a search with what it makes
    /// later duties cost.
    pub(super) fn add_to(&self, prices: &mut Prices, kind: &Kind) {
        let later = if self.is_exact { 0.0 } else { TIRED_BY_ONE * self.slope * self.steepest };
        for (costs, frames) in prices.frames.iter_mut().zip(&kind.days) {
            for (cost, frame) in costs.iter_mut().zip(frames) {
                if let (Some(cost), Some(stint)) = (cost, frame.stint) {
                    *cost += self.duty(stint.risk(0.0)) + later * stint.burden();
                }
            }
        }
    }

    /// What a duty of this risk costs.
    pub(super) fn duty(&self, risk: f64) -> f64 {
        self.base + self.slope * risk
    }

    /// What a unit of excess can cost at most in so many days.
    pub(super) fn of_excess(&self, days: f64) -> f64 {
        self.slope * self.steepest * days.min(self.most)
    }
}

/// Whether what builds up is carried along the lines of a kind, and not priced duty by duty.
pub(super) fn is_carried(kind: &Kind) -> bool {
    let of_day = |frames: &Vec<_>| frames.len() * (1 + kind.owed.len());
    kind.days.iter().map(of_day).max().unwrap_or(0) <= CARRIED
}

/// The most duties that a line of a kind can hold.
pub(super) fn most_duties(kind: &Kind) -> f64 {
    Minutes(kind.weeks.iter().map(|week| most_in(week, kind)).sum()).real()
}

/// The most duties that a week of a line can hold.
fn most_in(week: &Week, kind: &Kind) -> i64 {
    let days = &kind.days[week.first..week.last];
    let open = days.iter().filter(|frames| !frames.is_empty()).map(|_| 1).sum::<i64>();
    let shortest = days.iter().flatten().map(|frame| frame.paid).min().unwrap_or(0).max(1);
    open.min(week.most.div_euclid(shortest).max(0))
}

/// About how many duties a line of a kind holds: hours between the fewest and the most, in duties neither short nor
/// long.
pub(super) fn usual_duties(kind: &Kind) -> f64 {
    let paid = || kind.days.iter().flatten().map(|frame| frame.paid);
    let (shortest, longest) = (paid().min().unwrap_or(0), paid().max().unwrap_or(0));
    let hours: i64 = kind.weeks.iter().map(|week| week.fewest.max(0) + week.most).sum();
    let usual = Minutes(hours).real() / Minutes((shortest + longest).max(1)).real();
    usual.clamp(1.0, most_duties(kind).max(1.0))
}

/// Duties that a line of a kind may hold, by number.
pub(super) fn counts_of_duties(kind: &Kind) -> std::ops::RangeInclusive<usize> {
    let longest = kind.days.iter().flatten().map(|frame| frame.paid).max().unwrap_or(0).max(1);
    let fewest: i64 = kind.weeks.iter().map(|week| week.fewest.max(0).div_euclid(longest)).sum();
    let in_week = |week: &Week| usize::try_from(most_in(week, kind)).unwrap_or(0);
    let most: usize = kind.weeks.iter().map(in_week).sum();
    usize::try_from(fewest).unwrap_or(0).min(most)..=most
}

/// Starts that may come next after some evening, by which two ways of having lived until then are compared.
pub(super) struct Next {
    stints: Vec<Stint>,
    /// What a unit of excess more on the next duty can cost from there on.
    reach: f64,
}

/// Days on which the order of two may still change: from the third on both decay alike.
const DAYS_AHEAD: usize = 3;
/// Starts looked at where nothing has to be proved.
const FEW: usize = 4;

impl Next {
    /// The starts after a day.
    pub(super) fn after(day: usize, kind: &Kind, timing: &Timing) -> Next {
        let ahead = if timing.is_exact { DAYS_AHEAD } else { 1 };
        let days = kind.days.iter().skip(day + 1).take(ahead);
        let mut stints: Vec<Stint> = Vec::new();
        for stint in days.flatten().filter_map(|frame| frame.stint) {
            if !stints.iter().any(|other| other.starts_with(&stint)) {
                stints.push(stint);
            }
        }
        if !timing.is_exact {
            let step = stints.len().div_ceil(FEW).max(1);
            stints = stints.into_iter().step_by(step).collect();
        }
        let left = kind.days.iter().skip(day + 1).map(|_| 1.0).sum();
        Next { stints, reach: timing.of_excess(left) }
    }

    /// What has built up on each of the starts.
    pub(super) fn excess(&self, last: &Stint, excess: f64) -> Vec<f64> {
        self.stints.iter().map(|next| next.excess_after(last, excess)).collect()
    }

    /// What one may cost more than another from here on.
    pub(super) fn worse_by(&self, one: &[f64], other: &[f64]) -> f64 {
        let more = one.iter().zip(other).map(|(one, other)| one - other).fold(0.0, f64::max);
        self.reach * more
    }
}
