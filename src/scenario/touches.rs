//! When each touch of a case is due, so that first answers and whole cases are in time.

use super::{Clock, Course, Measure, Queue};
use crate::units::{Minutes, Moment, Span};

/// Of the time that a target gives a touch, at least this part is left however long customers take to reply;
/// *assumption*.
const LEAST_PART: f64 = 0.25;

/// When touches of a queue are due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TouchDeadline {
    /// Time from when the touch comes in until it is to be done.
    pub within: Minutes,
    /// Which clock runs.
    pub clock: Clock,
    /// Share of touches that must be.
    pub share: f64,
}

impl Queue {
    /// Deadlines of every touch, a target each; none where no target asks for one.
    ///
    /// A first response is due within its own time. A case settled within `T` takes up to `k` touches, with `k` as
    /// many as the share asked for takes at most, and waits `k - 1` times for its customer, `r` on average; so each
    /// touch is due within `(T - (k - 1) r) / k` of coming in, `r` counted as far as the target's clock runs.
    /// Touches are geometric with mean `m`: `P(N <= k) = 1 - (1 - 1/m)^k`, and of the touches that many must be
    /// in time that with `P(N <= k)` the share comes out.
    #[must_use]
    pub fn touch_deadlines(&self, horizon: Minutes) -> Vec<TouchDeadline> {
        let deadlines = self.targets.iter().filter_map(|target| match target.measure {
            Measure::FirstResponse { share, within, clock } => {
                Some(TouchDeadline { within, clock, share: share.value() })
            }
            Measure::Resolution { share, within, clock } => {
                let runs = match clock {
                    Clock::Business => self.open_part(horizon),
                    Clock::Calendar => 1.0,
                };
                let (within, share) = of_each_touch(&self.course, share.value(), within, runs);
                Some(TouchDeadline { within, clock, share })
            }
            Measure::ServiceLevel { .. } | Measure::Abandonment { .. } => None,
        });
        deadlines.collect()
    }

    /// Share of the horizon in which it is open.
    fn open_part(&self, horizon: Minutes) -> f64 {
        let whole = Span::new(Moment(0), Moment(0) + horizon);
        let open: Minutes = self.open.iter().map(|span| span.overlap(whole)).sum();
        (open.real() / horizon.real().max(1.0)).min(1.0)
    }
}

/// Time for each touch, and the share of touches that must keep it; `runs` is the share of a customer's time to
/// reply in which the target's clock runs.
fn of_each_touch(course: &Course, share: f64, within: Minutes, runs: f64) -> (Minutes, f64) {
    let again = course.chance_of_reply();
    let (mut touches, mut within_so_many) = (1.0, 1.0 - again);
    // Some cases take more touches than any planner waits for; a hundred are enough.
    while again > 0.0 && within_so_many < share && touches < 100.0 {
        touches += 1.0;
        within_so_many = 1.0 - again.powf(touches);
    }
    let waits = (touches - 1.0) * course.reply_minutes * runs;
    let most = within.real().max(0.0);
    let each = (most - waits).max(LEAST_PART * most) / touches;
    (nearest(each), (share / within_so_many.max(1e-9)).min(1.0))
}

#[expect(clippy::cast_possible_truncation, reason = "no longer than the target's own time")]
fn nearest(minutes: f64) -> Minutes {
    Minutes(minutes.clamp(0.0, 1e12).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(touches: f64, reply_hours: f64, runs: f64) -> (Minutes, f64) {
        let course = Course { touches, reply_minutes: 60.0 * reply_hours, ..Course::default() };
        of_each_touch(&course, 0.8, Minutes::hours(24), runs)
    }

    #[test]
    fn a_case_of_one_touch_has_the_whole_time() {
        assert_eq!(each(1.0, 5.0, 1.0), (Minutes::hours(24), 0.8));
    }

    #[test]
    fn touches_share_what_the_customers_replies_leave() {
        // Half of the cases are over with one touch, seven in eight with three: 24 hours less two replies, by 3.
        assert_eq!(each(2.0, 3.0, 1.0), (Minutes::hours(6), 0.8 / 0.875));
        // A third of a reply counts where the office is open for a third of the time.
        assert_eq!(each(2.0, 3.0, 1.0 / 3.0).0, Minutes(440));
    }

    #[test]
    fn replies_longer_than_the_target_leave_a_quarter_of_it_for_work() {
        assert_eq!(each(2.0, 300.0, 1.0).0, Minutes::hours(2));
    }
}
