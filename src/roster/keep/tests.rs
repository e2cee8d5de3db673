//! The fewest people, held against every way there is; and what may not change, unchanged.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::tests::{shift, team, wanted};
use super::super::{Unwatched, assign};
use super::*;
use crate::duty::{Activity, Duty};
use crate::rules::Law;
use crate::scenario::{Aim, MinimumPresence};
use crate::units::{Fte, Span};

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

fn line(agent: usize, choice: Choice, starts: [i64; 3]) -> Line {
    let duties = choice.iter().enumerate().filter_map(|(day, shift)| {
        let day = i64::try_from(day).unwrap();
        let start = Moment(day * 1440 + starts[(*shift)?] * 60);
        let span = Span::new(start, start + Minutes(240));
        let block = Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() };
        Some(Duty { blocks: vec![block] })
    });
    Line { duties: duties.collect(), ..Line::empty(AgentId::at(agent)) }
}

fn roster(choices: &[Choice]) -> Roster {
    roster_at(choices, STARTS)
}

fn roster_at(choices: &[Choice], starts: [i64; 3]) -> Roster {
    let lines = choices.iter().enumerate().map(|(agent, choice)| line(agent, *choice, starts));
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

fn requirement(need: &[[usize; 3]; 2], scenario: &Scenario, starts: [i64; 3]) -> Requirement {
    let mut requirement = wanted(scenario, 0.0, "mon-fri 09:00-17:00");
    let calendar = &scenario.calendar;
    for interval in 0..calendar.intervals() {
        let start = calendar.interval(interval).start.0;
        let (day, hour) = (start.div_euclid(1440), start.rem_euclid(1440).div_euclid(60));
        let shift = starts.iter().position(|from| (*from..*from + 4).contains(&hour));
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
        let (meant, needed) = (roster(&choices), requirement(&need, &scenario, STARTS));
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

/// Shifts that leave eight hours between a late one and an early one.
const FAR_APART: [i64; 3] = [6, 12, 18];
/// Of five people the last two alone take calls of the second queue; everyone takes those of the first.
const MIXED: usize = 5;
/// Random weeks; more are tried with `EVENKEEL_CASES` set when compiling.
const CASES: u32 = if option_env!("EVENKEEL_CASES").is_some() { 400 } else { 24 };
const SPECIALISTS: [usize; 2] = [3, 4];

fn mixed_team() -> Scenario {
    let mut scenario = team("2026-11-30", 2, 60, MIXED);
    scenario.shifts = FAR_APART
        .map(|hour| shift(&format!("mon-tue {hour:02}:00-{hour:02}:01"), 240, 240))
        .to_vec();
    scenario.breaks = Vec::new();
    scenario.longest_stretch = Minutes::hours(24);
    scenario.aims.order = vec![Aim::Service, Aim::Strain, Aim::Fairness, Aim::Cost, Aim::NoRed];
    for agent in &mut scenario.agents {
        agent.week = (Minutes(0), Minutes::hours(8));
        agent.weeks = vec![agent.week; agent.weeks.len()];
    }
    scenario.law = Law::read(
        r#"
        id = "rest"
        title = "Rest alone"
        verified_on = "2026-11-22"
        week_start = "mon"
        [[rule]]
        id = "rest.daily"
        kind = "min_rest_between"
        min = 660
        source = "a rule for this test"
        certainty = "V1"
        severity = "hard"
        note = "Eleven hours between any two duties."
        "#,
    )
    .unwrap();
    let mut second = scenario.pools[0].clone();
    second.agents = SPECIALISTS.map(AgentId::at).to_vec();
    scenario.pools[0].agents.retain(|agent| !SPECIALISTS.contains(&agent.index()));
    scenario.pools.push(second);
    for agent in SPECIALISTS {
        scenario.agents[agent].pool = crate::id::PoolId::at(1);
    }
    scenario
}

/// Which day and shift: two days of three.
fn slots() -> impl Iterator<Item = (usize, usize)> {
    (0..2).flat_map(|day| (0..3).map(move |shift| (day, shift)))
}

/// Hours short as the search counts them: of those who alone can, and of everyone together.
fn short_of_two(choices: &[Choice], special: &[[usize; 3]; 2], all: &[[usize; 3]; 2]) -> usize {
    let works = |agent: usize, (day, shift)| choices[agent][day] == Some(shift);
    let one = |(day, shift): (usize, usize)| {
        let there = (0..choices.len()).filter(|&agent| works(agent, (day, shift))).count();
        let able = SPECIALISTS.iter().filter(|&&agent| works(agent, (day, shift))).count();
        let own = special[day][shift].saturating_sub(able);
        let (own_asked, asked) = (special[day][shift], all[day][shift]);
        // A row that asks no more than one of fewer people says nothing of its own.
        own + if asked > own_asked { asked.saturating_sub(there) } else { 0 }
    };
    4 * slots().map(one).sum::<usize>()
}

fn keeps_rest(choice: Choice) -> bool {
    choice != [Some(2), Some(0)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, rng_seed: RngSeed::Fixed(41), failure_persistence: None, ..ProptestConfig::default() })]

    /// Somebody may have to leave their shift to another so that they can take one that nobody else can.
    #[test]
    fn no_way_within_rest_and_skills_repairs_as_much_with_fewer_people(
        choices in prop::collection::vec(choice().prop_filter("no rest", |own| keeps_rest(*own)), MIXED),
        special in prop::collection::vec(0usize..2, 6),
    ) {
        let scenario = mixed_team();
        let all = cover(&choices);
        let mut own = [[0; 3]; 2];
        for ((day, shift), wanted) in slots().zip(special) {
            let able = SPECIALISTS.iter().filter(|&&agent| choices[agent][day] == Some(shift));
            own[day][shift] = wanted.min(able.count());
        }
        let mut needed = requirement(&all, &scenario, FAR_APART);
        let mut second = requirement(&own, &scenario, FAR_APART);
        needed.live[0].queues.push(crate::id::QueueId::at(1));
        needed.live[0].pools.push(crate::id::PoolId::at(1));
        second.live[0].queues = vec![crate::id::QueueId::at(1)];
        second.live[0].pools = vec![crate::id::PoolId::at(1)];
        needed.live.append(&mut second.live);

        let away = 4;
        let mut without = choices.clone();
        without[away] = [None, None];
        let (meant, now) = (roster_at(&choices, FAR_APART), roster_at(&without, FAR_APART));
        let mut standing = standing(&meant, &now, &needed);
        standing.left_alone = BTreeSet::from([AgentId::at(away)]);
        let kept = keep(&needed, &scenario, &standing, &Unwatched);

        let ways: Vec<Choice> = every_choice().into_iter().filter(|own| keeps_rest(*own)).collect();
        let mut best = (usize::MAX, usize::MAX);
        let mut tried = without.clone();
        for one in &ways {
            for two in &ways {
                for three in &ways {
                    for four in &ways {
                        (tried[0], tried[1], tried[2], tried[3]) = (*one, *two, *three, *four);
                        let changed = tried.iter().zip(&without).filter(|(new, old)| new != old);
                        let changed = changed.count();
                        if changed <= best.1 || best.0 > 0 {
                            best = best.min((short_of_two(&tried, &own, &all), changed));
                        }
                    }
                }
            }
        }
        let (left, people) = best;
        prop_assert_eq!(kept.left, 60.0 * f64::from(u32::try_from(left).unwrap()));
        prop_assert_eq!(kept.changed.len(), people);
        prop_assert!(kept.roster.lines.iter().all(|line| is_legal(line, &scenario)));
    }
}

#[test]
fn minimum_presence_is_restored_though_no_queue_is_short() {
    let mut scenario = two_days();
    let morning = Span::new(Moment(8 * 60), Moment(12 * 60));
    scenario.minimum_presence = vec![MinimumPresence {
        id: "keys".to_owned(),
        who: vec![AgentId::at(0), AgentId::at(1)],
        at_least: 1,
        on_queue: false,
        stretches: vec![morning],
    }];
    // One with keys in the morning, the other in the afternoon, two without.
    let choices = [[Some(0), None], [Some(1), None], [Some(1), Some(0)], [None, Some(0)]].to_vec();
    let nothing = requirement(&[[0; 3]; 2], &scenario, STARTS);
    let mut without = choices.clone();
    without[0] = [None, None];
    let (meant, now) = (roster(&choices), roster(&without));
    let kept = keep(&nothing, &scenario, &standing(&meant, &now, &nothing), &Unwatched);
    assert_eq!((kept.opened, kept.missing), (0.0, 0.0));
    assert_eq!(kept.changed, [AgentId::at(1)]);
    assert!(kept.roster.lines[1].duties.iter().any(|duty| duty.span() == morning));

    // Nobody else has keys: nobody is moved in vain, and what is missing is told.
    let mut alone = scenario.clone();
    alone.minimum_presence[0].who = vec![AgentId::at(0)];
    let kept = keep(&nothing, &alone, &standing(&meant, &now, &nothing), &Unwatched);
    assert_eq!((kept.missing, kept.changed.len()), (240.0, 0));
}

#[test]
fn minimum_presence_that_a_roster_missed_all_along_is_restored_while_it_lies_ahead() {
    let mut scenario = two_days();
    scenario.minimum_presence = vec![MinimumPresence {
        id: "keys".to_owned(),
        who: vec![AgentId::at(1), AgentId::at(2)],
        at_least: 1,
        on_queue: false,
        stretches: vec![Span::new(Moment(8 * 60), Moment(12 * 60))],
    }];
    let nothing = requirement(&[[0; 3]; 2], &scenario, STARTS);
    let meant = roster(&[[None, None], [Some(1), None], [None, Some(1)], [None, Some(0)]]);
    let kept = keep(&nothing, &scenario, &standing(&meant, &meant, &nothing), &Unwatched);
    assert_eq!((kept.missing, kept.changed.len()), (0.0, 1));

    let noon = Standing { from: Moment(12 * 60), ..standing(&meant, &meant, &nothing) };
    let kept = keep(&nothing, &scenario, &noon, &Unwatched);
    assert_eq!((kept.missing, kept.changed.len()), (0.0, 0));
    assert_eq!(kept.roster, meant);
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
