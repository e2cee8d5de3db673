use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::calendar::Date;
use crate::history::PastDay;
use crate::units::{Minutes, Moment};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn dublin(first: &str, days: usize, grid: i64) -> Calendar {
    Calendar::new("Europe/Dublin", date(first), days, Minutes(grid)).unwrap()
}

/// Days from `first` on; `contacts` by day and slot.
fn past(first: &str, grid: i64, days: usize, contacts: impl Fn(usize, usize) -> f64) -> Series {
    let slots = usize::try_from(1440_i64.div_euclid(grid)).unwrap();
    let day = |day: usize| PastDay {
        date: date(first).plus(i64::try_from(day).unwrap()),
        contacts: (0..slots).map(|slot| Contacts(contacts(day, slot))).collect(),
        by_complexity: Vec::new(),
    };
    Series { grid: Minutes(grid), days: (0..days).map(day).collect() }
}

fn always(calendar: &Calendar) -> Vec<Span> {
    vec![calendar.horizon()]
}

fn mean_of(series: &Series, calendar: &Calendar) -> Vec<f64> {
    let projection = of_series(series, calendar, &always(calendar), WhileClosed::Lost);
    projection.mean.iter().map(|contacts| contacts.0).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

#[test]
fn a_constant_past_has_the_same_future() {
    let series = past("2026-01-05", 60, 70, |_, slot| if slot < 8 { 0.0 } else { 12.0 });
    let mean = mean_of(&series, &dublin("2026-03-16", 7, 60));
    assert!(mean.iter().enumerate().all(|(t, m)| close(*m, if t % 24 < 8 { 0.0 } else { 12.0 })));
}

#[test]
fn a_past_that_doubled_weeks_ago_is_forecast_near_the_new_level() {
    let series = past("2026-01-05", 60, 140, |day, _| if day < 70 { 10.0 } else { 20.0 });
    let mean = mean_of(&series, &dublin("2026-05-25", 7, 60));
    assert!(mean.iter().all(|m| (18.0..20.0).contains(m)), "{:?}", &mean[..3]);
}

#[test]
fn no_past_means_no_contacts() {
    let calendar = dublin("2026-03-16", 7, 30);
    let projection = of_series(&Series::empty(), &calendar, &always(&calendar), WhileClosed::Wait);
    assert!(projection.mean.iter().all(|contacts| contacts.0 == 0.0));
    assert_eq!(projection.spread, Spread::POISSON);
}

#[test]
fn three_known_days_make_every_other_weekday_like_their_average() {
    let series = past("2026-03-09", 60, 3, |day, _| [6.0, 9.0, 12.0][day]);
    let mean = mean_of(&series, &dublin("2026-03-16", 7, 60));
    let days: Vec<f64> = mean.chunks(24).map(|day| day[12]).collect();
    assert!(days.iter().zip([6.0, 9.0, 12.0, 9.0, 9.0, 9.0, 9.0]).all(|(a, b)| close(*a, b)));
}

#[test]
fn a_weekday_that_two_weeks_never_show_is_closed() {
    let mut series = past("2026-03-02", 60, 14, |_, _| 5.0);
    series.days.retain(|day| day.date.weekday().index() < 5);
    series.days.extend(past("2026-03-16", 60, 5, |_, _| 5.0).days);
    let mean = mean_of(&series, &dublin("2026-03-23", 7, 60));
    let totals: Vec<f64> = (0..5).map(|day| mean[24 * day..24 * (day + 1)].iter().sum()).collect();
    assert!(totals.iter().all(|total| close(*total, 120.0)));
    assert_eq!(mean[120..].iter().sum::<f64>(), 0.0);
}

#[test]
fn a_slot_the_clock_skips_brings_nothing_and_a_doubled_one_splits() {
    let series = past("2026-01-05", 60, 70, |_, _| 4.0);
    let spring = mean_of(&series, &dublin("2026-03-23", 7, 60));
    assert!(close(spring.iter().sum(), 4.0 * 167.0));
    let series = past("2026-08-03", 60, 70, |_, _| 4.0);
    let autumn = mean_of(&series, &dublin("2026-10-19", 7, 60));
    assert!(close(autumn.iter().sum(), 4.0 * 168.0));
    assert_eq!(autumn.len(), 169);
    assert!(close(autumn[6 * 24 + 1], 2.0) && close(autumn[6 * 24 + 2], 2.0));
}

#[test]
fn a_holiday_brings_what_its_namesake_brought_and_leaves_other_days_alone() {
    let series = past("2026-03-02", 60, 70, |day, _| if day == 35 { 1.0 } else { 10.0 });
    let names = ["2026-04-06", "2026-05-12"].map(|day| (date(day), "Feast".to_owned()));
    let calendar = dublin("2026-05-11", 7, 60).with_holidays(BTreeMap::from(names));
    let mean = mean_of(&series, &calendar);
    assert!(close(mean[12], 10.0) && close(mean[24 + 12], 1.0) && close(mean[48 + 12], 10.0));
}

#[test]
fn a_holiday_never_seen_brings_what_its_weekday_brings() {
    let series = past("2026-03-02", 60, 70, |_, _| 10.0);
    let holidays = BTreeMap::from([(date("2026-05-12"), "New".to_owned())]);
    let mean = mean_of(&series, &dublin("2026-05-11", 7, 60).with_holidays(holidays));
    assert!(close(mean[24 + 12], 10.0));
}

#[test]
fn callers_at_night_are_lost_and_letters_at_night_wait_for_the_door_to_open() {
    let series = past("2026-03-02", 60, 28, |_, _| 1.0);
    let calendar = dublin("2026-03-30", 2, 30);
    let hours = crate::calendar::Weekly::parse("mon-sun 08:00-18:00").unwrap();
    let open = calendar.spans(&hours);
    let total = |closed| {
        let projection = of_series(&series, &calendar, &open, closed);
        let all: f64 = projection.mean.iter().map(|contacts| contacts.0).sum();
        (all, projection.mean[16].0, projection.mean[48 + 16].0, projection.mean[17].0)
    };
    let (all, first, second, later) = total(WhileClosed::Lost);
    assert!(close(all, 20.0) && [first, second, later].iter().all(|mean| close(*mean, 0.5)));
    let (all, first, second, later) = total(WhileClosed::Wait);
    assert!(close(first, 8.5) && close(second, 14.5) && close(later, 0.5));
    // Of 48 hours, the last six come after the last opening of the horizon closes.
    assert!(close(all, 42.0), "{all}");
}

#[test]
fn a_half_open_slot_brings_all_its_contacts_in_the_open_half() {
    let series = past("2026-03-02", 60, 28, |_, slot| if slot == 8 { 6.0 } else { 0.0 });
    let calendar = dublin("2026-03-30", 1, 15);
    let open = [Span::new(Moment(8 * 60 + 30), Moment(18 * 60))];
    let mean = of_series(&series, &calendar, &open, WhileClosed::Lost).mean;
    assert_eq!(mean[32..37].iter().map(|m| m.0).collect::<Vec<_>>(), [0.0, 0.0, 3.0, 3.0, 0.0]);
}

#[test]
fn the_spread_of_busy_days_is_found_again() {
    // Days alternate between 20 % over and 20 % under, on a period that weekdays do not share.
    let factor = |day: usize| if day.is_multiple_of(2) { 1.2 } else { 0.8 };
    let series = past("2025-01-06", 60, 210, |day, _| 400.0 * factor(day));
    let calendar = dublin("2025-08-04", 7, 60);
    let spread = of_series(&series, &calendar, &always(&calendar), WhileClosed::Lost).spread;
    assert!((0.19..0.23).contains(&spread.day), "{spread:?}");
    assert_eq!(spread.noise, 1.0);
}

proptest! {
    #[test]
    fn ten_times_the_past_is_ten_times_the_future(
        counts in prop::collection::vec(0.0..40.0f64, 24..96), days in 1usize..80
    ) {
        let contacts = |day: usize, slot: usize| counts[(day * 7 + slot) % counts.len()];
        let calendar = dublin("2026-03-27", 7, 15);
        let one = mean_of(&past("2026-01-05", 60, days, contacts), &calendar);
        let ten = mean_of(&past("2026-01-05", 60, days, |d, s| 10.0 * contacts(d, s)), &calendar);
        prop_assert!(one.iter().zip(&ten).all(|(a, b)| (10.0 * a - b).abs() < 1e-6));
    }

    #[test]
    fn any_grid_of_the_plan_holds_the_same_contacts(
        counts in prop::collection::vec(0.0..40.0f64, 24..96),
        from in prop::sample::select(vec![5i64, 10, 15, 30, 60, 1440]),
    ) {
        let series = past("2026-01-05", from, 35, |day, slot| counts[(day + slot) % counts.len()]);
        let total = |grid| mean_of(&series, &dublin("2026-02-09", 7, grid)).iter().sum::<f64>();
        let hourly = total(60);
        prop_assert!([5, 10, 15, 30].into_iter().all(|grid| (total(grid) - hourly).abs() < 1e-6));
    }

    #[test]
    fn the_future_is_never_read(later in 0.0..1e6f64, days in 1usize..60) {
        let calendar = dublin("2026-03-02", 7, 60);
        let known = past("2026-01-05", 60, 56, |day, slot| f64::from(u8::try_from(day * slot % 11).unwrap()));
        let mut told = known.clone();
        told.days.extend(past("2026-03-02", 60, days, |_, _| later).days);
        let project = |series| of_series(series, &calendar, &always(&calendar), WhileClosed::Lost);
        prop_assert_eq!(project(&known), project(&told));
    }
}
