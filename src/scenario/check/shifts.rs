//! Shifts, breaks and law.

use super::super::build;
use super::super::draft::Draft;
use super::super::problem::{
    BREAKS_TOO_LONG, BREAKS_TWICE, Found, LAW_UNKNOWN, SHIFT_CLOCK, SHIFT_HOURS,
    SHIFT_TIER_UNKNOWN, found,
};
use crate::id::{Names, TierId};

/// Duties start, end and pause on a clock of five minutes.
pub(super) const CLOCK_MINUTES: i64 = 5;

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        shortest_comes_first,
        steps_are_on_the_clock,
        tiers_exist,
        break_plans_start_apart,
        breaks_leave_time_to_work,
        breaks_are_on_the_clock,
        packs_exist,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

fn shortest_comes_first(draft: &Draft) -> Vec<Found> {
    let wrong = draft.shifts().iter().filter(|shift| shift.hours[1] < shift.hours[0]);
    wrong
        .map(|shift| {
            let cause = format!("{} h is shorter than {} h", shift.hours[1], shift.hours[0]);
            found(SHIFT_HOURS, draft.places.at(&format!("shifts.{}.hours", shift.id)), cause)
        })
        .collect()
}

fn steps_are_on_the_clock(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for shift in draft.shifts() {
        let minutes = [
            ("start_step_minutes", Some(shift.start_step_minutes)),
            ("length_step_minutes", Some(shift.length_step_minutes)),
            ("hours", build::whole_minutes(shift.hours[0]).map(|length| length.0)),
            ("hours", build::whole_minutes(shift.hours[1]).map(|length| length.0)),
        ];
        let is_off =
            |length: Option<i64>| length.is_none_or(|one| one.rem_euclid(CLOCK_MINUTES) != 0);
        for (key, _) in minutes.into_iter().filter(|&(_, length)| is_off(length)) {
            let place = draft.places.at(&format!("shifts.{}.{key}", shift.id));
            wrong.push(found(SHIFT_CLOCK, place, format!("{key} is no multiple of 5 minutes")));
        }
        for time in build::start_times(&shift.starts) {
            if i64::from(time.0).rem_euclid(CLOCK_MINUTES) != 0 {
                let place = draft.places.at(&format!("shifts.{}.starts", shift.id));
                wrong.push(found(
                    SHIFT_CLOCK,
                    place,
                    format!("{time} is no multiple of 5 minutes"),
                ));
            }
        }
    }
    wrong
}

fn tiers_exist(draft: &Draft) -> Vec<Found> {
    let tiers: Names<TierId> = draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id));
    let mut wrong = Vec::new();
    for shift in draft.shifts() {
        for cause in shift.tiers.iter().filter_map(|tier| tiers.find(tier).err()) {
            let place = draft.places.at(&format!("shifts.{}.tiers", shift.id));
            wrong.push(found(SHIFT_TIER_UNKNOWN, place, cause));
        }
    }
    wrong
}

fn break_plans_start_apart(draft: &Draft) -> Vec<Found> {
    let plans = &draft.file.breaks;
    let is_double = |place: &usize| {
        plans[..*place].iter().any(|earlier| earlier.from_hours == plans[*place].from_hours)
    };
    (0..plans.len())
        .filter(is_double)
        .map(|place| {
            let cause = format!("an earlier plan starts from {} h too", plans[place].from_hours);
            found(BREAKS_TWICE, draft.places.at(&format!("breaks[{}]", place + 1)), cause)
        })
        .collect()
}

fn breaks_leave_time_to_work(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for (place, plan) in draft.file.breaks.iter().enumerate() {
        let resting = plan.pauses_minutes.iter().sum::<i64>() + plan.meal_minutes.unwrap_or(0);
        // Plans from the start of a duty apply to no duty shorter than the shortest shift.
        let shortest = draft.shifts().iter().map(|shift| shift.hours[0]).fold(24.0, f64::min);
        let length = build::nearest_minutes(plan.from_hours.max(shortest));
        if 2 * resting >= length.0 {
            let cause = format!("{resting} of {} minutes are breaks", length.0);
            let place = draft.places.at(&format!("breaks[{}]", place + 1));
            wrong.push(found(BREAKS_TOO_LONG, place, cause));
        }
    }
    wrong
}

fn breaks_are_on_the_clock(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for (place, plan) in draft.file.breaks.iter().enumerate() {
        let lengths = plan.pauses_minutes.iter().chain(&plan.meal_minutes);
        for length in lengths.filter(|length| length.rem_euclid(CLOCK_MINUTES) != 0) {
            let place = draft.places.at(&format!("breaks[{}]", place + 1));
            wrong.push(found(SHIFT_CLOCK, place, format!("{length} is no multiple of 5 minutes")));
        }
    }
    wrong
}

fn packs_exist(draft: &Draft) -> Vec<Found> {
    let unknown = |pack: &String| build::law(std::slice::from_ref(pack)).err();
    let causes = draft.file.law.iter().filter_map(unknown);
    causes.map(|cause| found(LAW_UNKNOWN, draft.places.at("law"), cause)).collect()
}
