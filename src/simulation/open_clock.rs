//! The clock of a queue: every minute, or only the minutes it is open.

use crate::scenario::Clock;
use crate::units::Span;

/// A clock that stands still while a queue is closed; times are minutes since the horizon's start.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenClock {
    /// Start and end of each open stretch, and open minutes before it.
    stretches: Vec<(f64, f64, f64)>,
}

impl OpenClock {
    /// The clock of these open stretches, which are in order and do not overlap.
    pub(crate) fn of(open: &[Span]) -> OpenClock {
        let mut before = 0.0;
        let stretch = |span: &Span| {
            let (start, end) = (real(span.start.0), real(span.end.0));
            let stretch = (start, end, before);
            before += (end - start).max(0.0);
            stretch
        };
        OpenClock { stretches: open.iter().map(stretch).collect() }
    }

    /// Open minutes from the first open stretch to this time.
    pub(crate) fn reading(&self, at: f64) -> f64 {
        let started = self.stretches.partition_point(|&(start, ..)| start <= at);
        match started.checked_sub(1).map(|last| self.stretches[last]) {
            Some((start, end, before)) => before + at.min(end) - start,
            None => 0.0,
        }
    }

    /// Open minutes between two times.
    pub(crate) fn between(&self, from: f64, to: f64) -> f64 {
        self.reading(to) - self.reading(from)
    }

    /// When so many open minutes after a time have passed; never where the queue is not open for so long.
    pub(crate) fn after(&self, from: f64, minutes: f64) -> f64 {
        let goal = self.reading(from) + minutes;
        let reached =
            self.stretches.partition_point(|&(start, end, before)| before + end - start < goal);
        match self.stretches.get(reached) {
            Some(&(start, _, before)) => start.max(from).max(start + goal - before),
            None => f64::INFINITY,
        }
    }
}

/// When a response that may take so long is due.
pub(crate) fn due(clock: Clock, hours: &OpenClock, arrived: f64, minutes: f64) -> f64 {
    match clock {
        Clock::Calendar => arrived + minutes,
        Clock::Business => hours.after(arrived, minutes),
    }
}

/// Moments of a horizon are far below 2^52 minutes.
#[expect(clippy::cast_precision_loss, reason = "moments are far below 2^52 minutes")]
pub(crate) fn real(minutes: i64) -> f64 {
    minutes as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Moment;

    fn nine_to_five() -> OpenClock {
        let day = |day: i64| Span::new(Moment(day * 1440 + 540), Moment(day * 1440 + 1020));
        OpenClock::of(&[day(0), day(1)])
    }

    #[test]
    fn a_ticket_of_the_evening_is_due_the_next_morning() {
        let clock = nine_to_five();
        assert_eq!(clock.after(1200.0, 60.0), 1440.0 + 600.0);
        assert_eq!(clock.after(990.0, 60.0), 1440.0 + 570.0);
        assert_eq!(clock.after(600.0, 60.0), 660.0);
        assert_eq!(clock.between(990.0, 1440.0 + 570.0), 60.0);
    }

    #[test]
    fn a_queue_that_does_not_open_again_never_falls_due() {
        assert_eq!(nine_to_five().after(1440.0 + 1000.0, 60.0), f64::INFINITY);
        assert_eq!(OpenClock::of(&[]).after(0.0, 1.0), f64::INFINITY);
    }

    /// In the night of 25 October 2026 Dublin's clocks go back from 2:00 to 1:00, so a queue open from 20:00
    /// to 4:00 is open for nine hours.
    #[test]
    fn an_hour_that_comes_twice_counts_twice() {
        use crate::calendar::{Calendar, Date, Weekly};
        use crate::units::Minutes;
        let first = Date::parse("2026-10-24").unwrap();
        let calendar = Calendar::new("Europe/Dublin", first, 3, Minutes(30)).unwrap();
        let clock = OpenClock::of(&calendar.spans(&Weekly::parse("sat-sun 20:00-04:00").unwrap()));
        let half_past_eleven = 23.5 * 60.0;
        assert_eq!(clock.between(half_past_eleven, 29.0 * 60.0), 330.0);
        assert_eq!(clock.after(half_past_eleven, 240.0), half_past_eleven + 240.0);
        // Half an hour more than is left of the night falls due on Sunday at 20:30, an hour later than on
        // other Sundays.
        assert_eq!(clock.after(half_past_eleven, 360.0), 45.5 * 60.0);
        assert_eq!(due(Clock::Calendar, &clock, half_past_eleven, 360.0), 29.5 * 60.0);
    }
}
