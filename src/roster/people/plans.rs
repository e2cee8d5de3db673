//! Break plans that a duty may take: the house's own first, then with more rest where the law asks for it.

use super::super::breaks::{Piece, Plan};
use super::{CANONICAL, idle};
use crate::rules::{BreakAfter, HourlyPause, Limits};
use crate::scenario::{BreakPlan, Scenario};
use crate::units::Minutes;

/// Pauses where the house names none, in minutes (HSE L26: short and often).
const PAUSE: i64 = 15;
/// Shortest work at the ends of a duty and between two breaks, in minutes, the roomiest first.
const ROOM: [(i64, i64); 3] = [(60, 60), (45, 30), (15, 15)];
/// The same where pauses are owed by the hour, the last of them perhaps just before the end.
const ROOM_BY_THE_HOUR: [(i64, i64); 4] = [(60, 60), (45, 30), (15, 15), (5, 5)];
/// Plans looked at.
const MOST_PLANS: usize = 12;

/// Break plans for a duty so long, the house's own first, then with more rest.
pub(super) fn possible_plans(length: i64, scenario: &Scenario, limits: &Limits) -> Vec<Plan> {
    let house =
        scenario.breaks.iter().filter(|plan| plan.from.0 <= length).max_by_key(|plan| plan.from);
    let positive = |minutes: &Minutes| (minutes.0 > 0).then_some(minutes.0);
    let pauses: Vec<i64> =
        house.iter().flat_map(|plan| &plan.pauses).filter_map(positive).collect();
    let meal = house.and_then(|plan| plan.meal.as_ref()).and_then(positive);
    let pause = shortest_pause(&scenario.breaks);
    let meals = possible_meals(length, meal, limits);
    let plan = |pauses: Vec<Piece>, meals: &[i64], room: &[(i64, i64)]| {
        let meals = meals.iter().map(|&length| Piece::anywhere(length, true));
        let pieces = pauses.into_iter().chain(meals).collect();
        roomiest(&confined(pieces, length, limits), length, room, longest_stretch(scenario, limits))
    };
    let mut possible = Vec::new();
    if let Some(hourly) = &limits.hourly {
        let by_the_hour = |meals: &Vec<i64>| {
            let counted = length - meals.iter().sum::<i64>();
            plan(hourly_pauses(counted, &pauses, hourly), meals, &ROOM_BY_THE_HOUR)
        };
        possible.extend(meals.iter().filter_map(by_the_hour));
    }
    for more in 0..=MOST_PLANS {
        let with_more = |meals: &Vec<i64>| {
            let pauses = pauses.iter().copied().chain(std::iter::repeat_n(pause, more));
            plan(pauses.map(|length| Piece::anywhere(length, false)).collect(), meals, &ROOM)
        };
        possible.extend(meals.iter().filter_map(with_more));
        if possible.len() >= MOST_PLANS {
            break;
        }
    }
    possible
}

/// The shortest pause of the house.
fn shortest_pause(breaks: &[BreakPlan]) -> i64 {
    let pauses = breaks.iter().flat_map(|plan| &plan.pauses).map(|pause| pause.0);
    pauses.filter(|&minutes| minutes > 0).min().unwrap_or(PAUSE)
}

fn longest_stretch(scenario: &Scenario, limits: &Limits) -> i64 {
    let house = if scenario.longest_stretch.0 > 0 { scenario.longest_stretch.0 } else { 24 * 60 };
    match limits.longest_stretch {
        Some(law) if law.0 > 0 => law.0.min(house),
        _ => house,
    }
}

/// Lengths of the meals of a duty, the house's own first.
fn possible_meals(length: i64, meal: Option<i64>, limits: &Limits) -> Vec<Vec<i64>> {
    let one: Vec<i64> = if let Some(given) = meal {
        let longer = [30, 45, 60].into_iter().filter(|&more| more > given);
        std::iter::once(given).chain(longer).collect()
    } else {
        let shorter = limits.shortest_meal.map(|meal| meal.0).filter(|&meal| meal < 30);
        shorter.into_iter().chain([30, 45, 60]).collect()
    };
    let mut meals: Vec<Vec<i64>> = one.iter().map(|&meal| vec![meal]).collect();
    if meal.is_none() {
        meals.insert(0, Vec::new());
    }
    if limits.asks_for_second_meal(Minutes(length)) {
        meals.extend(one.first().map(|&meal| vec![meal; 2]));
    }
    meals
}

/// A pause for each so much of the work counted, those of the house among them, spread evenly.
fn hourly_pauses(counted: i64, house: &[i64], hourly: &HourlyPause) -> Vec<Piece> {
    let owed = usize::try_from(counted.div_euclid(hourly.each.0.max(1))).unwrap_or(0);
    let count = owed.max(house.len());
    let mut lengths = vec![hourly.pause.0; count];
    for (nth, &own) in house.iter().enumerate() {
        let place = ((nth + 1) * count).div_euclid(house.len() + 1);
        lengths[place] = own.max(hourly.pause.0);
    }
    let drift = hourly.drift.map_or(i64::MAX, |drift| drift.0);
    let mut nominal = 0;
    let pause = |(nth, length)| {
        nominal += hourly.each.0;
        let anywhere = Piece::anywhere(length, false);
        if nth >= owed {
            return anywhere;
        }
        let (earliest, latest) =
            (nominal.saturating_sub(drift).max(0), nominal.saturating_add(drift));
        Piece { earliest, latest, by_work: true, ..anywhere }
    };
    lengths.into_iter().enumerate().map(pause).collect()
}

/// A plan that leaves as much room at its ends and between breaks as there is; none where they have none.
fn roomiest(pieces: &[Piece], length: i64, room: &[(i64, i64)], longest: i64) -> Option<Plan> {
    let plans = room.iter().map(|&(edge, spacing)| {
        let pieces = pieces.to_vec();
        Plan { pieces, edge, spacing, longest }
    });
    let has_room = |plan: &Plan| {
        plan.fits(length) && plan.least_loss(0, &[length], &idle(), CANONICAL)[0].is_some()
    };
    plans.into_iter().find(has_room)
}

/// Pieces kept where the law says that they count in a duty so long.
fn confined(mut pieces: Vec<Piece>, length: i64, limits: &Limits) -> Vec<Piece> {
    let mut nth_meal = 0;
    for piece in &mut pieces {
        nth_meal += usize::from(piece.is_meal);
        confine(piece, nth_meal, length, limits);
    }
    pieces
}

/// Keep a piece where the law says that it counts in a duty so long; a rule about the second meal leaves the first
/// alone.
fn confine(piece: &mut Piece, nth_meal: usize, length: i64, limits: &Limits) {
    let is_of_other =
        |breaks: &BreakAfter| piece.is_meal && breaks.nth.is_some_and(|nth| nth != nth_meal);
    let places = limits.places.iter().filter(|place| place.is_about(piece.is_meal));
    let places: Vec<_> = places.filter(|place| !is_of_other(&place.breaks)).collect();
    for place in places {
        let bounds = place.breaks.bounds(Minutes(length));
        let latest =
            [bounds.start_latest, bounds.end_latest.map(|end| end - Minutes(piece.length))];
        for latest in latest.into_iter().flatten() {
            piece.latest = piece.latest.min(latest.0);
        }
        piece.earliest = piece.earliest.max(bounds.start_earliest.map_or(0, |earliest| earliest.0));
    }
}
