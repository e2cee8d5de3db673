//! Past contacts of a made-up firm.
//!
//! A count is Poisson with the mean of its queue, hour and weekday, times growth since then, times how busy the
//! day was: a gamma factor for the whole firm and one for the queue.

use std::fmt::Write;

use rand::RngExt;
use rand_distr::{Distribution, Gamma, Poisson};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::people::first_day;
use super::queues::Desk;
use super::text::HOLIDAYS;
use super::{FirmSize, Part, draws, real};
use crate::calendar::{Date, Weekday};
use crate::scenario::Channel;

/// Spread of a day about its mean, for the whole firm and for a queue of its own (assumption).
const BUSY_FIRM: f64 = 0.07;
const BUSY_QUEUE: f64 = 0.06;

/// `history.csv`, hour by hour while open; hours without contacts have no row.
pub(super) fn history(size: &FirmSize, desks: &[Desk]) -> String {
    let mut rng = draws(size.seed, Part::Past);
    let growth = rng.random_range(-0.05..0.25_f64);
    let weekdays: Vec<[f64; 7]> = desks.iter().map(|_| weekday_shares(&mut rng)).collect();
    let weeks: Vec<f64> =
        desks.iter().zip(&weekdays).map(|(desk, shares)| week_of(desk, shares)).collect();
    let mut text = String::from("start,queue,contacts\n");
    let days = 7 * i64::try_from(size.weeks).unwrap_or(0);
    for age in (1..=days).rev() {
        let date = first_day().plus(-age);
        let years = real(usize::try_from(age).unwrap_or(0)) / 365.0;
        let busy = factor(BUSY_FIRM, &mut rng) * (1.0 + growth).powf(-years);
        // Drawn for every queue and day, so that opening hours do not move later draws.
        let own: Vec<f64> = desks.iter().map(|_| factor(BUSY_QUEUE, &mut rng)).collect();
        if HOLIDAYS.iter().any(|(holiday, _)| *holiday == date.to_string()) {
            continue;
        }
        for hour in 0..24 {
            for (place, desk) in desks.iter().enumerate() {
                let shape = weekdays[place][date.weekday().index()] * shape(desk, date, hour);
                let mean = desk.weekly * shape / weeks[place] * busy * own[place];
                let contacts = poisson(mean, &mut rng);
                if contacts > 0.0 {
                    writeln!(text, "{date} {hour:02}:00,{},{contacts}", desk.id)
                        .expect("a text can always grow");
                }
            }
        }
    }
    text
}

fn weekday_shares(rng: &mut Xoshiro256PlusPlus) -> [f64; 7] {
    [1.18, 1.08, 1.0, 0.98, 0.9, 0.6, 0.0].map(|usual| usual * rng.random_range(0.95..1.05))
}

/// The sum of a week's shape, so that shares of it are shares of its contacts.
fn week_of(desk: &Desk, weekdays: &[f64; 7]) -> f64 {
    let monday = first_day();
    let day = |day: i64| {
        let date = monday.plus(day);
        let hours: f64 = (0..24).map(|hour| shape(desk, date, hour)).sum();
        weekdays[date.weekday().index()] * hours
    };
    (0..7).map(day).sum()
}

/// How busy an hour is, by channel; nothing while closed.
fn shape(desk: &Desk, date: Date, hour: u16) -> f64 {
    let saturday = Weekday::parse("sat").map(Weekday::index);
    let open = match date.weekday().index() {
        0..=4 => Some(desk.hours.weekdays),
        day if Some(day) == saturday => desk.hours.saturday,
        _ => None,
    };
    if open.is_none_or(|(from, to)| !(from..to).contains(&hour)) {
        return 0.0;
    }
    // Peaks by hour, height and width, over an even ground.
    let (peaks, ground): ([(f64, f64, f64); 2], f64) = match desk.channel {
        Channel::Voice => ([(10.0, 1.0, 1.5), (14.0, 0.8, 2.0)], 0.35),
        Channel::Chat => ([(11.0, 0.7, 2.0), (15.5, 0.9, 2.5)], 0.45),
        Channel::Messaging => ([(12.0, 0.5, 2.5), (18.0, 0.7, 2.0)], 0.6),
        Channel::Email => ([(9.0, 1.0, 1.8), (14.0, 0.5, 3.0)], 0.4),
    };
    let near = |(at, height, width): (f64, f64, f64)| {
        height * (-0.5 * ((f64::from(hour) + 0.5 - at) / width).powi(2)).exp()
    };
    ground + peaks.into_iter().map(near).sum::<f64>()
}

/// A gamma factor of mean 1 and this coefficient of variation.
fn factor(spread: f64, rng: &mut Xoshiro256PlusPlus) -> f64 {
    let shape = 1.0 / (spread * spread);
    Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma| gamma.sample(rng))
}

fn poisson(mean: f64, rng: &mut Xoshiro256PlusPlus) -> f64 {
    // A mean of nothing has no distribution, and no contacts.
    Poisson::new(mean).map_or(0.0, |counts| counts.sample(rng))
}
