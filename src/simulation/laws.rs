//! Laws that hold for every queue, whatever its play: Little's, and that arrivals see time averages; and what
//! holds for every plan: one more person never makes service worse.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "days and minutes are few"
)]

use super::Seed;
use super::floor::State;
use super::models::{self, Model, StreamDay};

/// Half-width of a 99.9 % interval in standard errors.
const SURE: f64 = 3.29;

/// Sums over a played day that two laws tie together.
#[derive(Clone, Copy)]
struct Day {
    /// Moments looked at, callers waiting at them, and moments at which everyone was busy.
    looks: f64,
    waiting: f64,
    full: f64,
    /// Callers, minutes they waited, and how many did not get through at once.
    callers: f64,
    waited: f64,
    delayed: f64,
}

/// Look at a steady pool of so many people once a minute from outside, while callers come by chance.
fn looked_at(model: &Model, people: usize, days: u64) -> Vec<Day> {
    let mut floor = model.floor();
    let (from, to): (u32, u32) = (300, 2600);
    let day = |replication| {
        floor.play(Seed { seed: 23, replication });
        let mut day =
            Day { looks: 0.0, waiting: 0.0, full: 0.0, callers: 0.0, waited: 0.0, delayed: 0.0 };
        let mut waiting = vec![0.0; to as usize];
        let mut busy = vec![0_usize; to as usize];
        for call in &floor.contacts {
            let left = if call.state == State::GaveUp { call.ended } else { call.answered };
            for minute in minutes(call.arrived, left, to) {
                waiting[minute] += 1.0;
            }
            if call.answered.is_finite() {
                for minute in minutes(call.answered, call.ended, to) {
                    busy[minute] += 1;
                }
            }
            if (f64::from(from)..f64::from(to)).contains(&call.arrived) {
                day.callers += 1.0;
                day.waited += left - call.arrived;
                day.delayed += f64::from(u8::from(left > call.arrived || left.is_nan()));
            }
        }
        for minute in from..to {
            day.looks += 1.0;
            day.waiting += waiting[minute as usize];
            day.full += f64::from(u8::from(busy[minute as usize] == people));
        }
        day
    };
    (0..days).map(day).collect()
}

/// The whole minutes from a time on and before another, where it comes.
fn minutes(from: f64, until: f64, to: u32) -> std::ops::Range<usize> {
    let whole =
        |at: f64| if at.is_nan() { to as usize } else { at.ceil().min(f64::from(to)) as usize };
    whole(from)..whole(until)
}

/// Mean of a difference by day that is zero where a law holds, and its 99.9 % half-width.
fn difference(days: &[Day], of: impl Fn(&Day) -> f64) -> (f64, f64) {
    let n = days.len() as f64;
    let mean = days.iter().map(&of).sum::<f64>() / n;
    let spread: f64 = days.iter().map(|day| (of(day) - mean).powi(2)).sum();
    (mean, SURE * (spread / (n - 1.0) / n).sqrt())
}

fn busy_pool() -> Model {
    models::model(vec![models::voice(5.0, Some(3.0), vec![2.2; 2])], &[11], 1440.0, 1.0 / 3.0)
}

#[test]
fn callers_waiting_are_callers_a_minute_times_minutes_waited() {
    let days = looked_at(&busy_pool(), 11, 60);
    let (gap, half) = difference(&days, |day| (day.waiting - day.waited) / day.looks);
    let waiting = days.iter().map(|day| day.waiting / day.looks).sum::<f64>() / days.len() as f64;
    assert!(gap.abs() <= half && half < 0.05 * waiting, "{gap} +- {half} of {waiting}");
}

#[test]
fn callers_find_everyone_busy_for_the_share_of_time_that_everyone_is() {
    let days = looked_at(&busy_pool(), 11, 60);
    let (gap, half) = difference(&days, |day| day.full / day.looks - day.delayed / day.callers);
    assert!(gap.abs() <= half && half < 0.02, "{gap} +- {half}");
}

#[test]
fn one_more_person_never_lowers_the_service_played() {
    let steady = |people: usize| {
        let streams = vec![models::voice(5.0, Some(3.0), vec![2.2; 2])];
        models::model(streams, &[people], 480.0, 1.0 / 3.0).days(60, 31)
    };
    let shared = |specialists: usize, others: usize| {
        let mut easy = models::voice(4.0, Some(3.0), vec![1.5; 2]);
        (easy.pools, easy.handle) = (vec![0, 1], vec![4.0, 3.5]);
        let mut hard = models::voice(9.0, Some(6.0), vec![0.5; 2]);
        (hard.pools, hard.handle) = (vec![1], vec![9.0, 9.0]);
        models::model(vec![easy, hard], &[others, specialists], 480.0, 1.0 / 3.0).days(60, 31)
    };
    let cases: [(Vec<_>, Vec<_>); 4] = [
        (steady(8), steady(9)),
        (steady(12), steady(13)),
        (shared(5, 6), shared(6, 6)),
        (shared(5, 6), shared(5, 7)),
    ];
    for (few, more) in cases {
        let in_time =
            |day: &Vec<StreamDay>| -> f64 { day.iter().map(|s| s.answered_in_time).sum() };
        let gains: Vec<f64> = few.iter().zip(&more).map(|(f, m)| in_time(m) - in_time(f)).collect();
        let n = gains.len() as f64;
        let mean = gains.iter().sum::<f64>() / n;
        let spread: f64 = gains.iter().map(|gain| (gain - mean).powi(2)).sum();
        let half = SURE * (spread / (n - 1.0) / n).sqrt();
        assert!(mean + half >= 0.0 && mean > 0.0, "{mean} +- {half}");
    }
}
