//! Exposures that one person's line alone decides: hours, timing, quick returns, stretches, resources.
//!
//! The search for lines uses them as it prices, and the report as it shows; both call this one place.

use super::{fatigue, model};
use crate::calendar::Calendar;
use crate::duty::{Activity, Duty, Line};
use crate::scenario::Scenario;
use crate::units::Minutes;

/// A rest shorter than this between two duties is a quick return.
pub const QUICK_RETURN: Minutes = Minutes::hours(11);

/// The shortest pause that ends a stretch at the screen.
pub const SHORTEST_PAUSE: Minutes = Minutes(5);

/// Share of paid time that coaching, learning and peers should have, in percent.
const RESOURCES: f64 = 10.0;

/// What one line exposes a person to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LineExposures {
    /// Paid hours a week. A horizon shorter than a week counts as one.
    pub hours: f64,
    /// Mean risk of the duties by their timing, see `fatigue`.
    pub timing: f64,
    /// Rests below [`QUICK_RETURN`] in 28 days. A shorter horizon counts what it holds, and no more.
    pub quick_returns: f64,
    /// Longest stretch at the screen, mean of the duties, minutes.
    pub stretch: f64,
    /// Percentage points by which off-queue time falls short of a tenth of paid time.
    pub resources: f64,
}

/// Strain of one line that no other person's line changes, in points of the index: 0 without work.
#[must_use]
pub fn line_cost(line: &Line, scenario: &Scenario) -> f64 {
    on_own_wall(line, scenario).cost()
}

/// What a line exposes its person to, by the clock where they work.
#[must_use]
pub fn on_own_wall(line: &Line, scenario: &Scenario) -> LineExposures {
    let person = &scenario.agent(line.agent).person;
    let (line, wall) = person.on_own_wall(line, &scenario.calendar);
    exposures(&line, wall)
}

/// What a line exposes its person to.
#[must_use]
pub fn exposures(line: &Line, calendar: &Calendar) -> LineExposures {
    if line.duties.is_empty() {
        return LineExposures::default();
    }
    let days = calendar.days().max(1);
    LineExposures {
        hours: line.paid().in_hours() * 7.0 / real(days.max(7)),
        timing: fatigue::mean_risk(line, calendar),
        quick_returns: real(quick_returns(line)) * 28.0 / real(days.max(28)),
        stretch: line.duties.iter().map(|duty| longest_stretch(duty).real()).sum::<f64>()
            / real(line.duties.len()),
        resources: resources(line),
    }
}

impl LineExposures {
    /// Weighted strain of these exposures, in points of the index.
    #[must_use]
    pub fn cost(&self) -> f64 {
        model().index(&[
            0.0,
            self.hours,
            self.timing,
            self.quick_returns,
            self.stretch,
            0.0,
            0.0,
            self.resources,
        ])
    }
}

/// Longest time at the screen in a duty without [`SHORTEST_PAUSE`] away from it.
///
/// Off-queue work and recovery are time away from the screen, and so is the gap of a split shift.
#[must_use]
pub fn longest_stretch(duty: &Duty) -> Minutes {
    let mut longest = Minutes(0);
    let mut began = None;
    let mut until = duty.start();
    for block in duty.blocks.iter().filter(|block| block.activity == Activity::OnQueue) {
        if block.span.start.since(until) >= SHORTEST_PAUSE {
            began = None;
        }
        let start = *began.get_or_insert(block.span.start);
        until = block.span.end;
        longest = longest.max(until.since(start));
    }
    longest
}

fn quick_returns(line: &Line) -> usize {
    let rests = line.duties.windows(2).map(|pair| pair[1].start().since(pair[0].end()));
    rests.filter(|&rest| rest < QUICK_RETURN).count()
}

fn resources(line: &Line) -> f64 {
    let off_queue: Minutes =
        line.duties.iter().map(|duty| duty.minutes_of(Activity::OffQueue)).sum();
    let paid = line.paid();
    if paid <= Minutes(0) {
        0.0
    } else {
        (RESOURCES - 100.0 * off_queue.real() / paid.real()).max(0.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and duties are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::duty::Block;
    use crate::id::{AgentId, Id};
    use crate::units::{Moment, Span};
    use proptest::prelude::*;

    fn week(days: usize) -> Calendar {
        Calendar::new("Europe/Dublin", Date::parse("2026-11-30").unwrap(), days, Minutes(30))
            .unwrap()
    }

    /// A duty from blocks of minutes, one after the other.
    fn duty(start: i64, blocks: &[(Activity, i64)]) -> Duty {
        let mut at = Moment(start);
        let blocks = blocks.iter().map(|&(activity, length)| {
            let span = Span::new(at, at + Minutes(length));
            at = span.end;
            Block { span, activity, paid: activity != Activity::Meal, detail: String::new() }
        });
        Duty { blocks: blocks.collect() }
    }

    fn line(duties: Vec<Duty>) -> Line {
        Line { duties, ..Line::empty(AgentId::at(0)) }
    }

    /// Day duties from nine to five on so many days, with a well-paced day and coaching.
    fn kind_days(days: i64) -> Line {
        use Activity::{Break, Meal, OffQueue, OnQueue};
        let blocks = [
            (OnQueue, 60),
            (Break, 10),
            (OnQueue, 60),
            (OffQueue, 50),
            (OnQueue, 60),
            (Meal, 30),
            (OnQueue, 60),
            (Break, 10),
            (OnQueue, 60),
            (Break, 20),
            (OnQueue, 60),
        ];
        line((0..days).map(|day| duty(day * 1440 + 540, &blocks)).collect())
    }

    #[test]
    fn a_line_without_work_does_not_strain() {
        assert_eq!(exposures(&Line::empty(AgentId::at(0)), &week(7)).cost(), 0.0);
    }

    #[test]
    fn five_well_paced_day_duties_do_not_strain() {
        let found = exposures(&kind_days(5), &week(7));
        assert_eq!((found.hours, found.stretch, found.quick_returns), (37.5, 60.0, 0.0));
        assert!((found.timing - 0.707).abs() < 0.005, "{}", found.timing);
        assert_eq!(found.cost(), 0.0);
    }

    #[test]
    fn a_pause_of_four_minutes_does_not_end_a_stretch_and_five_do() {
        use Activity::{Break, OnQueue};
        let day = |pause| duty(540, &[(OnQueue, 90), (Break, pause), (OnQueue, 100)]);
        assert_eq!(longest_stretch(&day(4)), Minutes(194));
        assert_eq!(longest_stretch(&day(5)), Minutes(100));
    }

    #[test]
    fn coaching_is_time_away_from_the_screen() {
        use Activity::{OffQueue, OnQueue};
        assert_eq!(
            longest_stretch(&duty(0, &[(OnQueue, 90), (OffQueue, 30), (OnQueue, 45)])),
            Minutes(90)
        );
    }

    #[test]
    fn eleven_hours_of_rest_are_no_quick_return_and_a_minute_less_is_one() {
        let pair = |rest: i64| {
            let late = duty(14 * 60, &[(Activity::OnQueue, 480)]);
            exposures(
                &line(vec![late, duty(22 * 60 + rest, &[(Activity::OnQueue, 480)])]),
                &week(7),
            )
        };
        assert_eq!(pair(660).quick_returns, 0.0);
        assert_eq!(pair(659).quick_returns, 1.0);
    }

    #[test]
    fn quick_returns_of_eight_weeks_count_by_four_weeks() {
        let early_after_late: Vec<Duty> = (0..8)
            .flat_map(|week| {
                let late = duty(week * 7 * 1440 + 840, &[(Activity::OnQueue, 480)]);
                [late, duty(week * 7 * 1440 + 1440 + 480, &[(Activity::OnQueue, 480)])]
            })
            .collect();
        assert_eq!(exposures(&line(early_after_late), &week(56)).quick_returns, 4.0);
    }

    #[test]
    fn a_week_without_coaching_is_ten_points_short() {
        let bare = line(vec![duty(540, &[(Activity::OnQueue, 480)])]);
        assert_eq!(exposures(&bare, &week(7)).resources, 10.0);
    }

    #[test]
    fn a_fortnight_counts_hours_by_the_week() {
        assert_eq!(exposures(&kind_days(10), &week(14)).hours, 37.5);
    }

    proptest! {
        #[test]
        fn a_longer_stretch_before_the_first_break_never_costs_less(first in 60i64..200, more in 5i64..100) {
            use Activity::{Break, OnQueue};
            let cost = |stretch| {
                let day = duty(540, &[(OnQueue, stretch), (Break, 10), (OnQueue, 60)]);
                exposures(&line(vec![day]), &week(7)).stretch
            };
            prop_assert!(cost(first + more) >= cost(first));
        }

        #[test]
        fn another_duty_the_next_day_never_costs_less(days in 1i64..6, start in 0i64..16, hours in 4i64..12) {
            let run = |days: i64| {
                let each = (0..days).map(|day| duty(day * 1440 + start * 60, &[(Activity::OnQueue, hours * 60)]));
                exposures(&line(each.collect()), &week(7)).cost()
            };
            prop_assert!(run(days + 1) >= run(days) - 1e-9);
        }

        #[test]
        fn cost_is_finite_and_not_negative(starts in prop::collection::vec(0i64..2000, 1..8), length in 1i64..900) {
            let mut at = 0;
            let duties = starts.iter().map(|gap| {
                at += gap + length;
                duty(at, &[(Activity::OnQueue, length)])
            });
            let cost = exposures(&line(duties.collect()), &week(7)).cost();
            prop_assert!(cost.is_finite() && cost >= 0.0);
        }
    }
}
