//! How the timing of duties tires: the Risk Index of HSE Research Report RR446, the job held neutral.
//!
//! ```text
//! risk of a duty = cumulative x timing
//!
//! cumulative   1 for the first duty, over 1.113 and times 0.98899 in the end; after a gap g to the duty before
//!   g < 9 h        before + 0.06 (9 - g)
//!   9 to 24 h      before + half of c(this) + half of c(before),  c = 0.0886 + 0.0359 cos(pi mid / 12)
//!   g > 24 h       1 + (before - 1) exp(-1.118 (n - 1)),  n nights of sleep
//!
//! timing       (1.0106 + 0.1057 (sin(pi e/12) - sin(pi s/12)) / (pi L/12)) f(L) 0.997976 / 1.288
//!   f(L)       1.0359 - 0.8012 exp(-0.7315 L)  below 4.25 h,  1  up to 8.13 h,  0.5713 + 0.1501 exp(0.129 L)  above
//! ```
//!
//! Letters: `s`, `e` clock hours of start and end, `L` length in hours, `mid` the clock hour half-way, `g` the gap
//! less half an hour of travel at either end. Nights count as whole days in the gap, plus the parts of the
//! hours from 23 to 7 that fall beyond them at either end. Assumes that the first duty follows full rest.
//!
//! The figures come from accidents in industry, not from burnout in offices, and the tool built on them was
//! withdrawn, in part because its numbers were used as pass marks. It compares one rota with another.
//!
//! Source: Spencer, Robertson & Folkard, "The development of a fatigue/risk index for shiftworkers", 2006.

use std::f64::consts::PI;

use crate::calendar::Calendar;
use crate::duty::Line;
use crate::units::Span;

/// One duty as the index sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stint {
    /// Clock hour of the start.
    start: f64,
    /// Hours from start to end.
    length: f64,
    /// Hours from the horizon's start to the duty's.
    from: f64,
    /// What one duty more at these hours adds to what has built up on the next.
    burden: f64,
    /// How risky these hours are by themselves.
    timing: f64,
}

/// Half an hour of travel at either end of a duty.
const TRAVEL: f64 = 0.5;
/// The risk of a first duty, before its hours of the day.
const FRESH: f64 = 0.98899 / 1.113;

impl Stint {
    /// A duty long before the horizon: whoever worked nothing since is fully rested.
    pub const LONG_AGO: Stint =
        Stint { start: 9.0, length: 8.0, from: -1e6, burden: 0.0, timing: 0.0 };

    /// A duty from start to end, by the clock of this calendar.
    #[must_use]
    pub fn of(span: Span, calendar: &Calendar) -> Stint {
        let start = f64::from(calendar.local(span.start).clock.0) / 60.0;
        let from = span.start.since(calendar.horizon().start).in_hours();
        Stint::at(start, span.length().in_hours(), from)
    }

    /// A duty from a clock hour on, of so many hours, which starts so many hours after the horizon.
    #[must_use]
    pub fn at(start: f64, length: f64, from: f64) -> Stint {
        let burden = 0.0886 + 0.0359 * (PI * (start + 0.5 * length) / 12.0).cos();
        Stint { start, length, from, burden, timing: timing(start, length) }
    }

    /// What has built up on starting a duty, from what had on starting the one before; never falls where that
    /// rises.
    #[must_use]
    pub fn excess_after(&self, before: &Stint, excess: f64) -> f64 {
        let gap = self.from - (before.from + before.length) - 2.0 * TRAVEL;
        if gap < 9.0 {
            excess + 0.06 * (9.0 - gap)
        } else if gap <= 24.0 {
            excess + 0.5 * (before.burden + self.burden)
        } else {
            excess * (-1.118 * (nights(before, self, gap) - 1.0)).exp()
        }
    }

    /// What one duty more at these hours adds to what has built up.
    #[must_use]
    pub fn burden(&self) -> f64 {
        self.burden
    }

    /// The risk of a duty on starting which so much has built up.
    #[must_use]
    pub fn risk(&self, excess: f64) -> f64 {
        (1.0 + excess) * self.risk_of_excess()
    }

    /// Whether another duty starts at the same moment.
    #[must_use]
    pub fn starts_with(&self, other: &Stint) -> bool {
        self.from.total_cmp(&other.from).is_eq()
    }

    /// Whether three hours and more of it are from 23 to 6 o'clock (Directive 2003/88/EC Art 2(4): three hours of
    /// daily working time).
    #[must_use]
    pub fn is_by_night(&self) -> bool {
        const NIGHTS: [(f64, f64); 3] = [(-1.0, 6.0), (23.0, 30.0), (47.0, 54.0)];
        let (start, end) = (self.start, self.start + self.length);
        let inside = NIGHTS.map(|(from, to)| (end.min(to) - start.max(from)).max(0.0));
        inside.iter().sum::<f64>() >= 3.0
    }

    /// What the risk of this duty rises by with each unit of excess.
    #[must_use]
    pub fn risk_of_excess(&self) -> f64 {
        FRESH * self.timing
    }
}

/// The mean risk of a line's duties; 0 where there is none.
pub(super) fn mean_risk(line: &Line, calendar: &Calendar) -> f64 {
    mean(&duty_risks(line, calendar))
}

/// The risk of each duty of a line, in their order: 1 is the mean duty of a rota of two days, two nights and four
/// days of rest.
#[must_use]
pub fn duty_risks(line: &Line, calendar: &Calendar) -> Vec<f64> {
    let stints: Vec<Stint> =
        line.duties.iter().map(|duty| Stint::of(duty.span(), calendar)).collect();
    risks(&stints)
}

fn risks(stints: &[Stint]) -> Vec<f64> {
    let mut before = (Stint::LONG_AGO, 0.0);
    let risk = |stint: &Stint| {
        before = (*stint, stint.excess_after(&before.0, before.1));
        stint.risk(before.1)
    };
    stints.iter().map(risk).collect()
}

fn mean(figures: &[f64]) -> f64 {
    let count: f64 = figures.iter().map(|_| 1.0).sum();
    if figures.is_empty() { 0.0 } else { figures.iter().sum::<f64>() / count }
}

/// Nights of sleep in a long gap.
fn nights(before: &Stint, after: &Stint, gap: f64) -> f64 {
    // Hours after 23:00 on the clock, so that a night of sleep is from 0 to 8.
    let home = (before.start + before.length + TRAVEL + 1.0).rem_euclid(24.0);
    let away = (after.start - TRAVEL + 1.0).rem_euclid(24.0);
    let whole_days = (gap / 24.0).floor();
    let first = (8.0 - home).max(0.0) / 8.0;
    let last = if away < 8.0 { away / 8.0 } else { 0.0 };
    // Where both ends lie in the same hours of sleep, the whole days have counted that night already.
    let twice = if first > 0.0 && last > 0.0 && away >= home { 1.0 } else { 0.0 };
    (whole_days + first + last - twice).max(1.0)
}

fn timing(start: f64, length: f64) -> f64 {
    let length = length.max(0.25);
    let end = start + length;
    let clock = 1.0106
        + 0.1057 * ((PI * end / 12.0).sin() - (PI * start / 12.0).sin()) / (length * PI / 12.0);
    clock * by_length(length) / 1.288 * 0.997_976
}

fn by_length(length: f64) -> f64 {
    if length < 4.25 {
        1.0359 - 0.8012 * (-0.7315 * length).exp()
    } else if length <= 8.13 {
        1.0
    } else {
        0.5713 + 0.1501 * (0.129 * length).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Duties on these days at this clock hour and of this length.
    fn duties(days: &[u32], start: f64, length: f64) -> Vec<Stint> {
        let stint = |&day| Stint::at(start, length, 24.0 * f64::from(day) + start);
        days.iter().map(stint).collect()
    }

    fn cumulative(stints: &[Stint]) -> Vec<f64> {
        risks(stints).iter().zip(stints).map(|(risk, stint)| risk / stint.timing).collect()
    }

    fn assert_close(found: &[f64], published: &[f64]) {
        assert_eq!(found.len(), published.len());
        for (found, published) in found.iter().zip(published) {
            assert!((found - published).abs() < 0.005, "{found} is not {published}");
        }
    }

    #[test]
    fn five_day_duties_match_the_published_tool() {
        let week = duties(&[0, 1, 2, 3, 4], 9.0, 8.0);
        assert_close(&cumulative(&week), &[0.889, 0.936, 0.984, 1.032, 1.080]);
        assert_close(&[week[0].timing], &[0.718]);
    }

    #[test]
    fn five_nights_match_the_published_tool() {
        let week = duties(&[0, 1, 2, 3, 4], 22.0, 8.0);
        assert_close(&cumulative(&week), &[0.889, 0.995, 1.101, 1.208, 1.314]);
        assert_close(&[week[0].timing], &[0.842]);
    }

    #[test]
    fn the_fourth_night_is_36_percent_riskier_than_the_first() {
        let nights = cumulative(&duties(&[0, 1, 2, 3], 22.0, 8.0));
        assert!((nights[3] / nights[0] - 1.359).abs() < 0.005);
    }

    #[test]
    fn longer_duties_match_the_published_ratios() {
        let lengths = [9.0, 10.0, 11.0, 12.0, 13.0].map(by_length);
        assert_close(&lengths, &[1.051, 1.117, 1.192, 1.277, 1.374]);
    }

    #[test]
    fn time_of_day_matches_the_published_ratios() {
        let neutral = 0.997_976 / 1.288;
        let starts = [6.0, 9.0, 14.0, 22.0];
        let found = starts.map(|start| timing(start, 8.0) / neutral);
        assert_close(&found, &[0.935, 0.926, 1.011, 1.086]);
    }

    /// Two days, two nights, four of rest, over and over: the tool's own reference lands at 1.
    fn reference_rota(day: f64) -> f64 {
        let mut stints = Vec::new();
        for round in 0..30 {
            for (place, start) in [(0, day), (1, day), (2, day + 12.0), (3, day + 12.0)] {
                let from = f64::from(8 * round + place) * 24.0 + start;
                stints.push(Stint::at(start, 12.0, from));
            }
        }
        mean(&risks(&stints)[80..])
    }

    #[test]
    fn the_reference_rota_lands_where_it_was_published() {
        assert_close(&[reference_rota(7.0), reference_rota(8.0)], &[1.006, 1.026]);
    }

    #[test]
    fn each_duty_in_a_row_adds_what_was_published_for_its_hours() {
        let starts = [6.0, 9.0, 14.0, 22.0];
        let found = starts.map(|start| Stint::at(start, 8.0, 0.0).burden);
        assert_close(&found, &[0.0575, 0.0539, 0.0886, 0.1197]);
        // To the last digit published.
        for (found, published) in found.iter().zip([0.0575, 0.0539, 0.0886, 0.1197]) {
            assert!((found - published).abs() < 5.1e-5, "{found} is not {published}");
        }
    }

    #[test]
    fn weeks_of_days_lates_and_nights_rank_as_published() {
        let mean_of = |start| mean(&risks(&duties(&[0, 1, 2, 3, 4], start, 8.0)));
        for (start, published) in [(9.0, 0.72), (14.0, 0.83), (22.0, 0.94)] {
            assert!((mean_of(start) - published).abs() < 0.0151, "{}", mean_of(start));
        }
    }

    /// With the job of the tool's own example in place of a neutral one.
    #[test]
    fn the_reference_rota_with_the_published_job_lands_where_it_was_published() {
        let job = 1.016;
        assert_close(&[reference_rota(7.0) * job, reference_rota(8.0) * job], &[1.021, 1.042]);
    }

    #[test]
    fn three_nights_of_sleep_leave_a_ninth_of_the_excess() {
        let mut week = duties(&[0, 1, 2, 3, 4], 9.0, 8.0);
        week.extend(duties(&[8], 9.0, 8.0));
        let all: Vec<f64> = cumulative(&week).iter().map(|c| c / 0.98899 * 1.113 - 1.0).collect();
        assert!((all[5] / all[4] - 0.107).abs() < 0.005, "{}", all[5] / all[4]);
    }

    #[test]
    fn an_hour_less_rest_below_ten_adds_six_hundredths() {
        let pair = |gap: f64| {
            let first = Stint::at(14.0, 8.0, 14.0);
            let from = 22.0 + gap;
            cumulative(&[first, Stint::at(from - 24.0, 8.0, from)])[1]
        };
        assert!((pair(8.0) - pair(9.0) - 0.06 * 0.98899 / 1.113).abs() < 1e-9);
    }

    #[test]
    fn one_duty_more_in_a_row_never_lowers_the_mean_risk() {
        for start in [6.0, 9.0, 14.0, 22.0] {
            let means: Vec<f64> = (1..=7)
                .map(|days| mean(&risks(&duties(&(0..days).collect::<Vec<_>>(), start, 8.0))))
                .collect();
            assert!(means.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }

    #[test]
    fn two_days_off_leave_a_third_of_the_excess() {
        let mut week = duties(&[0, 1, 2, 3, 4], 9.0, 8.0);
        week.extend(duties(&[7], 9.0, 8.0));
        let all: Vec<f64> = cumulative(&week).iter().map(|c| c / 0.98899 * 1.113 - 1.0).collect();
        assert!((all[5] / all[4] - 0.327).abs() < 0.005, "{}", all[5] / all[4]);
    }
}
