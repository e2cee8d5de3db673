//! Tiny weeks counted out: every line of everyone, every roster of such lines, beside what the engine finds, and
//! how the engine answers when the same question is put in other words.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::super::need::{Cover, Need};
use super::super::people::Frame;
use super::super::search::State;
use super::super::team::{Placed, Team};
use super::super::{Assigned, Proof, Unwatched, assign, legal};
use super::{shift, team, wanted};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::linear::{Model, Options};
use crate::scenario::{Scenario, Wish};
use crate::staffing::Requirement;
use crate::units::{Fte, Minutes, Moment, Span};

/// A week of one to three people and two to four days, with a need that nobody's lines fit exactly.
pub(super) fn tiny(seed: u64) -> (Scenario, Requirement) {
    let mut draw = StdRng::seed_from_u64(seed);
    let people = draw.random_range(1..=3);
    let days = draw.random_range(2..=4_usize);
    let mut scenario = team("2026-11-30", days, 60, people);
    let lengths = [(4 * 60, 4 * 60), (4 * 60, 6 * 60), (6 * 60, 6 * 60)][draw.random_range(0..3)];
    let starts = ["mon-sun 08:00-12:00", "mon-sun 09:00-10:00", "mon-sun 12:00-16:00"];
    let mut own = shift(starts[draw.random_range(0..3)], lengths.0, lengths.1);
    own.start_step = Minutes(240);
    own.length_step = Minutes(120);
    scenario.shifts = vec![own];
    scenario.breaks.clear();
    scenario.longest_stretch = Minutes(480);
    scenario.budget.nodes = 30;
    for agent in &mut scenario.agents {
        let most = 60 * draw.random_range(4..=16);
        agent.week = (Minutes(0), Minutes(most));
        agent.weeks = vec![agent.week; scenario.calendar.weeks().len()];
        if draw.random_bool(0.4) {
            agent.wishes = vec![Wish::Off(draw.random_range(0..days))];
        }
    }
    let mut requirement = wanted(&scenario, 1.0, "mon-sun 08:00-20:00");
    for people in &mut requirement.live[0].people {
        if people.0 > 0.0 {
            *people = Fte(f64::from(draw.random_range(0..=4)) * 0.5);
        }
    }
    (scenario, requirement)
}

/// Every line of a person, by trying every duty or none on each day.
fn every_line(team: &Team, agent: AgentId) -> Vec<Placed> {
    let kind = &team.kinds[team.kind_of[agent.index()]];
    let mut lines: Vec<Vec<(i64, i64)>> = vec![Vec::new()];
    for frames in &kind.days {
        let with = lines.iter().flat_map(|line| {
            let one_more = frames.iter().map(|frame| {
                let mut line = line.clone();
                line.push((frame.start, frame.end));
                line
            });
            one_more.collect::<Vec<_>>()
        });
        let with: Vec<Vec<(i64, i64)>> = with.collect();
        lines.extend(with);
    }
    let keeps_locks = |line: &Vec<(i64, i64)>| {
        let starts = |frames: &Vec<Frame>| {
            let is_one = |frame: &Frame| line.contains(&(frame.start, frame.end));
            frames.iter().any(is_one)
        };
        kind.days.iter().zip(&kind.must).all(|(frames, must)| !must || starts(frames))
    };
    let block = |&(start, end): &(i64, i64)| Duty {
        blocks: vec![Block {
            span: Span::new(Moment(start), Moment(end)),
            activity: Activity::OnQueue,
            paid: true,
            detail: String::new(),
        }],
    };
    let keeps_hours = |line: &Vec<(i64, i64)>| {
        let minutes: i64 = line.iter().map(|(start, end)| end - start).sum();
        (kind.weeks[0].fewest..=kind.weeks[0].most).contains(&minutes)
    };
    let kept = lines.iter().filter(|line| keeps_hours(line) && keeps_locks(line));
    kept.map(|line| {
        let duties = line.iter().map(block).collect();
        Line { agent, duties, absences: team.absences(agent) }
    })
    .filter(|line| team.is_legal_line(line))
    .map(|line| team.placed(line))
    .collect()
}

/// Rosters that are counted out at most.
const MOST_ROSTERS: usize = 10_000;

/// The least scaled sum and the fewest minutes short of all rosters there are; none where they are too many.
pub(super) fn counted_out(team: &Team) -> Option<(f64, f64)> {
    let people = team.scenario.agents.len();
    let lines: Vec<Vec<Placed>> =
        (0..people).map(|agent| every_line(team, AgentId::at(agent))).collect();
    let rosters = lines.iter().map(Vec::len).try_fold(1, usize::checked_mul)?;
    let mut best = (f64::INFINITY, f64::INFINITY);
    (rosters <= MOST_ROSTERS).then(|| {
        count_out(team, &lines, &mut team.need.nobody(), 0.0, &mut best);
        best
    })
}

fn count_out(
    team: &Team,
    left: &[Vec<Placed>],
    cover: &mut Cover,
    costs: f64,
    best: &mut (f64, f64),
) {
    let Some((lines, left)) = left.split_first() else {
        let short = team.need.shortfall(cover).total();
        best.0 = best.0.min(team.bared(cover) + costs);
        best.1 = best.1.min(short);
        return;
    };
    for placed in lines {
        team.cover(placed, cover, 1.0);
        count_out(team, left, cover, costs + placed.cost, best);
        team.cover(placed, cover, -1.0);
    }
}

/// The fewest minutes short by a model of duties day by day, which knows nothing of lines.
fn by_compact_model(team: &Team) -> f64 {
    let mut model = Model::default();
    let intervals = team.need.lengths.len();
    let mut there: Vec<Vec<_>> = vec![Vec::new(); intervals];
    for agent in 0..team.scenario.agents.len() {
        let kind = &team.kinds[team.kind_of[agent]];
        let mut hours = Vec::new();
        for (day, frames) in kind.days.iter().enumerate() {
            let mut works = Vec::new();
            for (place, frame) in frames.iter().enumerate() {
                let name = format!("works[{agent},{day},{place}]");
                let column = model.whole_column(name, 0.0, 1.0, 0.0);
                works.push((column, 1.0));
                hours.push((column, Minutes(frame.paid).real()));
                for (interval, there) in there.iter_mut().enumerate() {
                    let slot = team.scenario.calendar.interval(interval);
                    let span = Span::new(Moment(frame.start), Moment(frame.end));
                    let minutes = slot.overlap(span);
                    if minutes.0 > 0 {
                        there.push((column, minutes.real()));
                    }
                }
            }
            if !works.is_empty() {
                model.at_most(format!("one[{agent},{day}]"), &works, 1.0);
            }
        }
        if !hours.is_empty() {
            let most = Minutes(kind.weeks[0].most).real();
            model.at_most(format!("hours[{agent}]"), &hours, most);
        }
    }
    for (interval, there) in there.into_iter().enumerate() {
        let wanted = team.need.live[0].people[interval] * team.need.lengths[interval];
        if wanted > 0.0 {
            let short = model.column(format!("short[{interval}]"), 0.0, wanted, 1.0);
            let terms: Vec<_> = there.into_iter().chain([(short, 1.0)]).collect();
            model.at_least(format!("cover[{interval}]"), &terms, wanted);
        }
    }
    let solution = model.solve(&Options::default()).unwrap();
    solution.objective
}

pub(super) fn total(team: &Team, assigned: &Assigned) -> f64 {
    let lines = assigned.roster.lines.iter().map(|line| team.placed(line.clone())).collect();
    State::of(lines, team).total
}

/// What the engine did on tiny weeks of these seeds: how many there were, how many it proved, and how many it
/// solved to the best there is.
fn examine(seeds: std::ops::Range<u64>) -> [usize; 3] {
    let mut counts = [0; 3];
    for seed in seeds {
        let (scenario, requirement) = tiny(seed);
        let mut team = Team::of(Need::of(&requirement, &scenario), &scenario);
        legal::safe_lines(&mut team).unwrap();
        let Some((best, fewest)) = counted_out(&team) else { continue };
        let assigned = assign(&requirement, &scenario, &Unwatched).unwrap();
        let found = total(&team, &assigned);
        assert!(found >= best - 1e-6, "seed {seed}: {found} is below the best there is, {best}");
        let model = by_compact_model(&team);
        assert!(
            (model - fewest).abs() < 1e-6,
            "seed {seed}: {model} by model, {fewest} counted out"
        );
        let service = assigned.levels.iter().find(|level| level.aim == "service").unwrap();
        assert!(
            service.bound <= fewest + 1e-6,
            "seed {seed}: bound {} above {fewest}",
            service.bound
        );
        if let Proof::WithinGap(gap) = assigned.proof {
            let bound = found * (1.0 - gap);
            assert!(bound <= best + 1e-6, "seed {seed}: bound {bound} above {best}");
        }
        let is_best = found <= best + 1e-6;
        if assigned.proof == Proof::Optimal {
            assert!(is_best, "seed {seed}: {found} is called the best, and {best} is");
            counts[1] += 1;
        }
        counts[0] += 1;
        counts[2] += usize::from(is_best);
    }
    counts
}

#[test]
fn tiny_weeks_are_never_better_than_the_best_and_mostly_the_best() {
    let [all, _, best] = examine(0..20);
    assert!(100 * best >= 95 * all, "{best} of {all} are the best there is");
}

/// Run by `make long`.
#[test]
#[ignore = "takes minutes; `make long` runs it"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn three_thousand_tiny_weeks_are_never_better_than_the_best_and_mostly_the_best() {
    let [all, proved, best] = examine(0..3000);
    println!("{best} of {all} tiny weeks solved to the best there is, {proved} of them with proof");
    assert!(100 * best >= 95 * all, "{best} of {all} are the best there is");
}

/// The best there is by counting, where the engine found it; none where it did not.
fn solved(scenario: &Scenario, requirement: &Requirement) -> Option<f64> {
    let team = Team::of(Need::of(requirement, scenario), scenario);
    let (best, _) = counted_out(&team)?;
    let found = total(&team, &assign(requirement, scenario, &Unwatched).unwrap());
    (found <= best + 1e-6).then_some(found)
}

#[test]
fn more_people_wider_rules_and_less_demand_never_hurt_on_weeks_solved_to_the_end() {
    let mut compared = 0;
    for seed in 0..8 {
        let (scenario, requirement) = tiny(seed);
        let Some(before) = solved(&scenario, &requirement) else { continue };
        let mut more = scenario.clone();
        let last = scenario.agents.len();
        more.names.agents.add(&format!("agent-{last}")).unwrap();
        more.agents.push(scenario.agents[0].clone());
        more.pools[0].agents.push(AgentId::at(last));
        let mut wider = scenario.clone();
        for agent in &mut wider.agents {
            agent.week.1 = Minutes::hours(30);
            agent.weeks = vec![agent.week; agent.weeks.len()];
        }
        let mut less = requirement.clone();
        less.live[0].people.iter_mut().for_each(|people| *people = Fte(people.0 * 0.5));
        let others = [(&more, &requirement), (&wider, &requirement), (&scenario, &less)];
        for (place, (scenario, requirement)) in others.into_iter().enumerate() {
            if let Some(after) = solved(scenario, requirement) {
                assert!(
                    after <= before + 1e-6,
                    "seed {seed}, change {place}: {after} above {before}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared >= 5, "only {compared} were compared");
}

#[test]
fn the_order_of_people_changes_nobodys_total() {
    for seed in 0..8 {
        let (scenario, requirement) = tiny(seed);
        let mut turned = scenario.clone();
        turned.agents.reverse();
        let (one, other) = (solved(&scenario, &requirement), solved(&turned, &requirement));
        if let (Some(one), Some(other)) = (one, other) {
            assert!((one - other).abs() < 1e-6, "seed {seed}: {one} and {other}");
        }
    }
}

#[test]
fn twice_the_people_for_twice_the_need_cost_at_most_twice_as_much() {
    for seed in (0..16).filter(|&seed| tiny(seed).0.agents.len() == 1) {
        let (scenario, requirement) = tiny(seed);
        let Some(once) = solved(&scenario, &requirement) else { continue };
        let mut twice = scenario.clone();
        twice.names.agents.add("agent-1").unwrap();
        twice.agents.push(scenario.agents[0].clone());
        twice.pools[0].agents.push(AgentId::at(1));
        let mut double = requirement.clone();
        double.live[0].people.iter_mut().for_each(|people| *people = Fte(people.0 * 2.0));
        if let Some(both) = solved(&twice, &double) {
            assert!(both <= 2.0 * once + 1e-6, "seed {seed}: {both} against twice {once}");
        }
    }
}

#[test]
fn one_thread_and_two_give_the_same_roster_twenty_times() {
    let (scenario, requirement) = tiny(11);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| assign(&requirement, &scenario, &Unwatched).unwrap())
    };
    let first = on(1);
    for repeat in 0..20 {
        assert_eq!(on(1 + repeat % 2), first);
    }
}
