//! The fewest people, held against every way there is; and what may not change, unchanged.

use proptest::prelude::*;

use super::super::tests::{shift, team, wanted};
use super::super::{Unwatched, assign};
use super::*;
use crate::rules::Law;
use crate::scenario::Aim;
use crate::units::Fte;

const PEOPLE: usize = 4;
const DAYS: i64 = 2;
/// Starts of the shifts of four hours, which do not overlap.
const STARTS: [i64; 3] = [8, 12, 16];

/// Two days of shifts without breaks, at most eight hours each.
fn two_days() -> Scenario {
    let mut scenario = team("2026-11-30", 2, 60, PEOPLE);
    scenario.shifts =
        STARTS.map(|hour| shift(&format!("mon-tue {hour:02}:00-{hour:02}:01"), 240, 240)).to_vec();
    scenario.breaks = Vec::new();
    scenario.longest_stretch = Minutes::hours(24);
    // Four hours without a break are red, which would decide who is changed.
    scenario.aims.order = vec![Aim::Service, Aim::Strain, Aim::Fairness, Aim::Cost, Aim::NoRed];
    for agent in &mut scenario.agents {
        agent.week = (Minutes(0), Minutes::hours(8));
        agent.weeks = vec![agent.week; agent.weeks.len()];
    }
    scenario
}

/// What one person works: for each day a shift, or none.
type Choice = [Option<usize>; 2];

fn every_choice() -> Vec<Choice> {
    let day = || std::iter::once(None).chain((0..STARTS.len()).map(Some));
    day().flat_map(|first| day().map(move |second| [first, second])).collect()
}

fn line(agent: usize, choice: Choice) -> Line {
    let duties = choice.iter().enumerate().filter_map(|(day, shift)| {
        let day = i64::try_from(day).unwrap();
        let start = Moment(day * 1440 + STARTS[(*shift)?] * 60);
        let span = Span::new(start, start + Minutes(240));
        let block = Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() };
        Some(Duty { blocks: vec![block] })
    });
    Line { duties: duties.collect(), ..Line::empty(AgentId::at(agent)) }
}

fn roster(choices: &[Choice]) -> Roster {
    let lines = choices.iter().enumerate().map(|(agent, choice)| line(agent, *choice));
    Roster { lines: lines.collect() }
}

/// People by day and shift.
fn cover(choices: &[Choice]) -> [[usize; 3]; 2] {
    let mut cover = [[0; 3]; 2];
    for choice in choices {
        for (day, shift) in choice.iter().enumerate() {
            if let Some(shift) = shift {
                cover[day][*shift] += 1;
            }
        }
    }
    cover
}

/// Hours short, by plain counting.
fn short(choices: &[Choice], need: &[[usize; 3]; 2]) -> usize {
    let there = cover(choices);
    let pairs = there.iter().flatten().zip(need.iter().flatten());
    pairs.map(|(there, need)| 4 * need.saturating_sub(*there)).sum()
}

fn requirement(need: &[[usize; 3]; 2], scenario: &Scenario) -> Requirement {
    let mut requirement = wanted(scenario, 0.0, "mon-fri 09:00-17:00");
    let calendar = &scenario.calendar;
    for interval in 0..calendar.intervals() {
        let start = calendar.interval(interval).start.0;
        let (day, hour) = (start.div_euclid(1440), start.rem_euclid(1440).div_euclid(60));
        let shift = STARTS.iter().position(|from| (*from..*from + 4).contains(&hour));
        if let (Some(shift), true) = (shift, day < DAYS) {
            let people = need[usize::try_from(day).unwrap()][shift];
            requirement.live[0].people[interval] = Fte(f64::from(u32::try_from(people).unwrap()));
        }
    }
    requirement
}

/// The fewest of three people whose change leaves the fewest hours short, by trying everything.
fn fewest(standing: &[Choice], need: &[[usize; 3]; 2], away: usize) -> (usize, usize) {
    let all = every_choice();
    let others: Vec<usize> = (0..PEOPLE).filter(|&agent| agent != away).collect();
    let mut best = (short(standing, need), 0);
    for one in &all {
        for two in &all {
            for three in &all {
                let mut choices = standing.to_vec();
                for (agent, choice) in others.iter().zip([one, two, three]) {
                    choices[*agent] = *choice;
                }
                let changed = choices.iter().zip(standing).filter(|(new, old)| new != old).count();
                best = best.min((short(&choices, need), changed));
            }
        }
    }
    best
}

fn standing<'a>(meant: &'a Roster, now: &'a Roster, need: &'a Requirement) -> Standing<'a> {
    Standing {
        roster: now,
        meant,
        expected: need,
        from: Moment(0),
        told_from: BTreeMap::new(),
        left_alone: BTreeSet::from([AgentId::at(0)]),
        changed: BTreeSet::new(),
    }
}

fn choice() -> impl Strategy<Value = Choice> {
    let day = || prop::option::weighted(0.6, 0usize..3);
    (day(), day()).prop_map(|(first, second)| [first, second])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_way_repairs_as_much_with_fewer_people(
        choices in prop::collection::vec(choice(), PEOPLE),
        spare in prop::collection::vec(0usize..2, 6),
    ) {
        let scenario = two_days();
        let mut need = cover(&choices);
        for (need, spare) in need.iter_mut().flatten().zip(spare) {
            *need = need.saturating_sub(spare);
        }
        let (meant, needed) = (roster(&choices), requirement(&need, &scenario));
        let mut without = choices.clone();
        without[0] = [None, None];
        let now = roster(&without);
        let kept = keep(&needed, &scenario, &standing(&meant, &now, &needed), &Unwatched);
        let (left, people) = fewest(&without, &need, 0);
        prop_assert_eq!(kept.left, 60.0 * f64::from(u32::try_from(left).unwrap()));
        prop_assert_eq!(kept.changed.len(), people);
        prop_assert_eq!(&kept.roster.lines[0], &now.lines[0]);
    }
}

#[test]
fn nobody_is_changed_where_nothing_happened() {
    let scenario = team("2026-11-30", 7, 30, 5);
    // Far too few people, so that a fresh search would change a lot.
    let requirement = wanted(&scenario, 6.0, "mon-fri 08:00-18:00");
    let meant = roster_for(&scenario, &wanted(&scenario, 2.0, "mon-fri 09:00-17:00"));
    let kept = keep(&requirement, &scenario, &standing(&meant, &meant, &requirement), &Unwatched);
    assert_eq!((kept.opened, kept.changed.len()), (0.0, 0));
    assert_eq!(kept.roster, meant);
}

#[test]
fn what_began_before_stays_and_the_law_holds() {
    let mut scenario = team("2026-11-30", 7, 30, 6);
    scenario.law = Law::of(&["ie".to_owned()]).unwrap();
    let requirement = wanted(&scenario, 3.0, "mon-fri 08:00-18:00");
    let meant = roster_for(&scenario, &requirement);
    let mut now = meant.clone();
    now.lines[0].duties.clear();
    let from = scenario.calendar.day(2).start + Minutes::hours(9);
    let standing = Standing { from, ..standing(&meant, &now, &requirement) };
    let kept = keep(&requirement, &scenario, &standing, &Unwatched);
    assert!(kept.left < kept.opened, "{} of {} left", kept.left, kept.opened);
    for (old, new) in now.lines.iter().zip(&kept.roster.lines) {
        let begun = |line: &Line| -> Vec<Duty> {
            line.duties.iter().filter(|duty| duty.start() < from).cloned().collect()
        };
        assert_eq!(begun(old), begun(new));
        assert!(is_legal(new, &scenario));
    }
    assert!(kept.changed.iter().all(|agent| agent.index() != 0));
}

#[test]
fn a_minute_that_goes_from_one_activity_to_another_is_one_minute_changed() {
    let span = |from, to| Span::new(Moment(from), Moment(to));
    let block = |span, activity| Block { span, activity, paid: true, detail: String::new() };
    let of =
        |blocks: Vec<Block>| Line { duties: vec![Duty { blocks }], ..Line::empty(AgentId::at(0)) };
    let before =
        of(vec![block(span(0, 60), Activity::OnQueue), block(span(60, 70), Activity::Break)]);
    let after =
        of(vec![block(span(10, 70), Activity::OnQueue), block(span(70, 80), Activity::Break)]);
    // Ten minutes before, ten that were a break, ten after.
    assert_eq!(changed_minutes(&before, &after), Minutes(30));
    assert_eq!(changed_minutes(&before, &before), Minutes(0));
}

fn roster_for(scenario: &Scenario, requirement: &Requirement) -> Roster {
    assign(requirement, scenario, &Unwatched).unwrap().roster
}
