//! The same instance in other words, and instances made easier: what must then hold of every outcome, whatever the
//! search did. Bounds must hold always, costs where both are proved.

use std::ops::Range;

use super::super::{Cover, Instance, Outcome, Person, Shift};
use super::{SMALL, instance, tiny};
use crate::public::{NoOutcome, Schedule};
use crate::roster::columns::Unhurried;

fn small(seed: u64) -> Instance {
    instance(&tiny(seed, 6, 3))
}

fn solved(instance: &Instance) -> Option<Outcome> {
    match instance.solve(&SMALL, &Unhurried) {
        Ok(outcome) => Some(outcome),
        Err(NoOutcome::NoLine(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// A change to an instance.
type Change = (&'static str, fn(&mut Instance));

fn each(instance: &mut Instance, change: impl Fn(&mut Person)) {
    instance.people.iter_mut().for_each(change);
}

/// Someone who may stay at home.
fn guest(instance: &Instance) -> Person {
    let mut guest = instance.people[0].clone();
    guest.name = "guest".to_owned();
    guest.least_minutes = 0;
    guest.wishes_on.clear();
    guest
}

const EASIER: [Change; 14] = [
    ("another person", |it| it.people.push(guest(it))),
    ("cheaper gaps", |it| it.cover.iter_mut().for_each(|cover| cover.under /= 2)),
    ("one fewer wanted", |it| {
        // Nobody too many costs anything, see `ease`.
        it.cover.iter_mut().for_each(|cover| cover.wanted = (cover.wanted - 1).max(0));
    }),
    ("more shifts of each type", |it| {
        each(it, |person| person.most_of.iter_mut().for_each(|most| *most += 1));
    }),
    ("more minutes at most", |it| each(it, |person| person.most_minutes += 600)),
    ("no minutes at least", |it| each(it, |person| person.least_minutes = 0)),
    ("longer runs", |it| each(it, |person| person.most_run += 1)),
    ("shorter runs", |it| each(it, |person| person.least_run = 1)),
    ("shorter rests", |it| each(it, |person| person.least_rest = 1)),
    ("more weekends", |it| each(it, |person| person.most_weekends += 1)),
    ("no days off", |it| each(it, |person| person.days_off.clear())),
    ("any shift after any", |it| it.shifts.iter_mut().for_each(|it| it.forbidden_next.clear())),
    ("no wishes to work", |it| each(it, |person| person.wishes_on.clear())),
    ("no wishes not to work", |it| each(it, |person| person.wishes_off.clear())),
];

/// How many easier instances were no worse by their bound, and by a proved cost.
fn ease(seeds: Range<u64>) -> [usize; 2] {
    let mut counts = [0; 2];
    for seed in seeds {
        let mut instance = small(seed);
        if seed % 2 == 0 {
            instance.cover.iter_mut().for_each(|cover| cover.over = 0);
        }
        let Some(before) = solved(&instance) else { continue };
        for (what, change) in EASIER {
            if what == "one fewer wanted" && seed % 2 == 1 {
                continue;
            }
            let mut easier = instance.clone();
            change(&mut easier);
            let after = solved(&easier).unwrap_or_else(|| panic!("seed {seed}, {what}: no roster"));
            let (then, now) = (before.cost, after.cost);
            assert!(after.bound <= then, "seed {seed}, {what}: bound {} above {then}", after.bound);
            assert!(!after.proved || now <= then, "seed {seed}, {what}: {now} above {then}");
            counts[0] += 1;
            counts[1] += usize::from(after.proved);
        }
    }
    counts
}

#[test]
fn whatever_makes_an_instance_easier_makes_no_roster_dearer() {
    let [compared, proved] = ease(0..6);
    assert!(compared >= 40 && 2 * proved >= compared, "{proved} of {compared} proved");
}

/// Run by `make long`.
#[test]
#[ignore = "minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn whatever_makes_an_instance_easier_makes_no_roster_dearer_on_many() {
    let [compared, proved] = ease(0..700);
    println!("{compared} easier instances, {proved} of them proved: none dearer");
}

const SAME_COST: [Change; 8] = [
    ("people the other way round", |it| it.people.reverse()),
    ("rows of cover the other way round", |it| it.cover.reverse()),
    ("shifts the other way round", |it| {
        let last = it.shifts.len() - 1;
        it.shifts.reverse();
        for shift in &mut it.shifts {
            shift.forbidden_next.iter_mut().for_each(|next| *next = last - *next);
        }
        it.cover.iter_mut().for_each(|cover| cover.shift = last - cover.shift);
        each(it, |person| {
            person.most_of.reverse();
            for wishes in [&mut person.wishes_on, &mut person.wishes_off] {
                *wishes =
                    wishes.iter().map(|(&(day, it), &cost)| ((day, last - it), cost)).collect();
            }
        });
    }),
    ("a shift that nobody may work", |it| {
        it.shifts.push(Shift { name: "N".to_owned(), minutes: 600, forbidden_next: vec![0] });
        each(it, |person| person.most_of.push(0));
    }),
    ("someone who may never work", |it| {
        let mut idle = guest(it);
        idle.most_of.fill(0);
        it.people.push(idle);
    }),
    ("no more shifts of a type than days", |it| {
        let days = i64::try_from(it.days).unwrap();
        each(it, |person| person.most_of.iter_mut().for_each(|most| *most = (*most).min(days)));
    }),
    ("no more minutes than all days hold", |it| {
        let all = 600 * i64::try_from(it.days).unwrap();
        each(it, |person| person.most_minutes = person.most_minutes.min(all));
    }),
    ("cover that costs nothing", |it| {
        it.shifts.push(Shift { name: "N".to_owned(), minutes: 600, forbidden_next: Vec::new() });
        each(it, |person| person.most_of.push(0));
        let shift = it.shifts.len() - 1;
        it.cover.push(Cover { day: 0, shift, wanted: 2, under: 0, over: 5 });
    }),
];

/// Two outcomes of one question: neither bound is above the other's cost, and proved costs are equal.
fn agree(one: &Outcome, other: &Outcome, what: &str) -> bool {
    assert!(one.bound <= other.cost && other.bound <= one.cost, "{what}: {one:?} and {other:?}");
    let are_proved = one.proved && other.proved;
    assert!(!are_proved || one.cost == other.cost, "{what}: {one:?} and {other:?}");
    are_proved
}

/// How many instances said in other words were proved to cost the same.
fn reword(seeds: Range<u64>) -> usize {
    let mut proved = 0;
    for seed in seeds {
        let instance = small(seed);
        let before = solved(&instance);
        for (what, change) in SAME_COST {
            let mut other = instance.clone();
            change(&mut other);
            let after = solved(&other);
            assert_eq!(after.is_some(), before.is_some(), "seed {seed}, {what}");
            if let (Some(before), Some(after)) = (&before, &after) {
                proved += usize::from(agree(before, after, &format!("seed {seed}, {what}")));
            }
        }
    }
    proved
}

#[test]
fn the_same_instance_in_other_words_costs_the_same() {
    let proved = reword(0..6);
    assert!(proved >= 20, "{proved}");
}

/// Run by `make long`.
#[test]
#[ignore = "minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn the_same_instance_in_other_words_costs_the_same_on_many() {
    println!("{} instances in other words, proved to cost the same", reword(0..1000));
}

#[test]
fn all_weights_times_seven_cost_seven_times_as_much() {
    let mut proved = 0;
    for seed in 0..12 {
        let instance = small(seed);
        let mut dearer = instance.clone();
        for cover in &mut dearer.cover {
            (cover.under, cover.over) = (7 * cover.under, 7 * cover.over);
        }
        each(&mut dearer, |person| {
            let wishes = person.wishes_on.values_mut().chain(person.wishes_off.values_mut());
            wishes.for_each(|cost| *cost *= 7);
        });
        let (Some(once), Some(seven)) = (solved(&instance), solved(&dearer)) else { continue };
        assert!(7 * once.bound <= seven.cost && seven.bound <= 7 * once.cost, "seed {seed}");
        if once.proved && seven.proved {
            assert_eq!(seven.cost, 7 * once.cost, "seed {seed}");
            proved += 1;
        }
    }
    assert!(proved >= 4, "{proved}");
}

#[test]
fn twice_the_people_for_twice_the_cover_cost_at_most_twice_as_much() {
    let mut proved = 0;
    for seed in 0..8 {
        let mut instance = small(seed);
        instance.people.truncate(2);
        let mut double = instance.clone();
        double.people.extend(instance.people.clone());
        for (place, person) in double.people.iter_mut().enumerate() {
            person.name = format!("twin-{place}");
        }
        double.cover.iter_mut().for_each(|cover| cover.wanted *= 2);
        let (Some(once), Some(twice)) = (solved(&instance), solved(&double)) else { continue };
        assert!(twice.bound <= 2 * once.cost, "seed {seed}: {twice:?} and {once:?}");
        assert!(!twice.proved || twice.cost <= 2 * once.cost, "seed {seed}");
        proved += usize::from(twice.proved);
    }
    assert!(proved >= 2, "{proved}");
}

/// Days off where a roster has them and as many shifts and minutes as it has leave that roster and few others.
#[test]
fn a_proved_roster_that_is_fixed_and_asked_for_again_costs_the_same() {
    let mut compared = 0;
    for seed in 0..10 {
        let instance = small(seed);
        let Some(before) = solved(&instance).filter(|outcome| outcome.proved) else { continue };
        let mut fixed = instance.clone();
        for person in &mut fixed.people {
            let Schedule::Shifts(days) = &before.roster[&person.name] else { unreachable!() };
            let many =
                |name: &str| i64::try_from(days.iter().filter(|day| *day == name).count()).unwrap();
            person.most_of = instance.shifts.iter().map(|shift| many(&shift.name)).collect();
            let minutes =
                instance.shifts.iter().map(|shift| shift.minutes * many(&shift.name)).sum();
            (person.least_minutes, person.most_minutes) = (minutes, minutes);
            let is_off = |day: &usize| days[*day].is_empty();
            person.days_off = (0..instance.days).filter(is_off).collect();
        }
        let after = solved(&fixed).expect("the roster itself keeps to it");
        assert_eq!((after.cost, after.proved), (before.cost, true), "seed {seed}");
        compared += 1;
    }
    assert!(compared >= 4, "{compared}");
}

/// A week in front in which everybody is away; runs and rests may be as short as a day.
#[test]
fn the_same_days_a_week_later_cost_the_same() {
    let mut proved = 0;
    for seed in 0..6 {
        let mut instance = small(seed);
        each(&mut instance, |person| (person.least_run, person.least_rest) = (1, 1));
        let mut later = instance.clone();
        later.days += 7;
        later.cover.iter_mut().for_each(|cover| cover.day += 7);
        each(&mut later, |person| {
            person.days_off = (0..7).chain(person.days_off.iter().map(|day| day + 7)).collect();
            for wishes in [&mut person.wishes_on, &mut person.wishes_off] {
                *wishes = wishes.iter().map(|(&(day, it), &cost)| ((day + 7, it), cost)).collect();
            }
        });
        let (before, after) = (solved(&instance), solved(&later));
        assert_eq!(after.is_some(), before.is_some(), "seed {seed}");
        let (Some(before), Some(after)) = (before, after) else { continue };
        proved += usize::from(agree(&before, &after, &format!("seed {seed}")));
    }
    assert!(proved >= 2, "{proved}");
}
