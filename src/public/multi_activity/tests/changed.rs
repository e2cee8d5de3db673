//! An instance that is solved to proof, made easier and said in other words: it stays solved.

use super::super::terms::DAY;
use super::super::{Instance, Person};
use super::{budget, file, instance};
use crate::roster::columns::Unhurried;

/// Demand cut from a roster of two people on two tasks, so that nothing missing and nothing too much is the best.
fn cut() -> Instance {
    let text = file(1, 2, &[(360, 360), (480, 480)], |slot, task| match slot {
        5..17 => usize::from(task == 1),
        17..29 | 56..88 => usize::from(task == 2),
        _ => 0,
    });
    instance(&text)
}

/// A change to an instance.
type Change = (&'static str, fn(&mut Instance));

const CHANGES: [Change; 7] = [
    ("another person who may stay at home", |it| {
        it.people.push(Person { name: "guest".to_owned(), least: 0, most: 40 });
    }),
    ("fewer wanted at least", |it| it.least.iter_mut().for_each(|least| *least /= 2)),
    ("more allowed at most", |it| it.most.iter_mut().for_each(|most| *most += 1)),
    ("wider contracts", |it| {
        it.people.iter_mut().for_each(|person| (person.least, person.most) = (0, 48));
    }),
    ("people the other way round", |it| it.people.reverse()),
    ("tasks the other way round", |it| {
        // One day of each task, one task after the other.
        it.least.rotate_left(DAY);
        it.most.rotate_left(DAY);
    }),
    ("twice the people for twice the demand", |it| {
        let twins = it
            .people
            .clone()
            .into_iter()
            .map(|person| Person { name: format!("{}-twin", person.name), ..person });
        it.people.extend(twins.collect::<Vec<Person>>());
        it.least.iter_mut().chain(&mut it.most).for_each(|wanted| *wanted *= 2);
    }),
];

#[test]
fn what_is_solved_to_proof_stays_so_in_other_words_and_when_it_gets_easier() {
    for (what, change) in CHANGES {
        let mut instance = cut();
        change(&mut instance);
        let outcome = instance.solve(&budget(20), &Unhurried).unwrap();
        assert_eq!((outcome.missing, outcome.cost, outcome.proved), (Some(0), 0, true), "{what}");
    }
}
