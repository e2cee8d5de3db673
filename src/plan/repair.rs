//! Targets that the play misses are repaired: the need of the missed queue is raised where it was missed, the
//! roster is changed from where it stands, and played again on seeds that never judge.

use std::ops::Range;

use super::pursuit::{self, Pursuit};
use crate::funnel::HumanDemand;
use crate::id::QueueId;
use crate::kpi::{self, Judgement, Verdict};
use crate::roster::{self, Assigned, Watch};
use crate::routing;
use crate::scenario::{Measure, Scenario};
use crate::staffing::Requirement;
use crate::units::{AgentMinutes, Fte};
use crate::workload::Workload;

/// Rounds of repair at least, where a target is missed and nothing shows that it must be. *Assumption.*
const ROUNDS: u64 = 3;
/// Rounds of repair at most, as long as each of them helps. *Assumption.*
const MOST_ROUNDS: u64 = 8;
/// Sets planning seeds apart from those that judge.
const PLANNING: u64 = 0x9E37_79B9_7F4A_7C15;
/// A missed period raises the need by at least so much. *Assumption.*
const LEAST_RAISE: f64 = 0.04;
/// And by so much for each share point missed, as waiting falls steeply with people. *Assumption.*
const RAISE_A_POINT: f64 = 1.0;
/// And at most by so much a round. *Assumption.*
const MOST_RAISE: f64 = 0.3;

/// A roster, and how it came to be.
pub(super) struct Repaired {
    pub(super) assigned: Assigned,
    pub(super) pursuit: Pursuit,
}

/// Change a roster until the play keeps every target, nothing can help, or rounds run out; the best one seen.
pub(super) fn until_kept(
    assigned: Assigned,
    demand: &HumanDemand,
    workload: &Workload,
    requirement: &Requirement,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Repaired {
    // Rehearsals need no more weeks than it takes to see what to raise.
    let briefly = {
        let mut scenario = scenario.clone();
        scenario.budget.most_replications = scenario.budget.replications;
        scenario
    };
    let rehearse = |assigned: &Assigned, round: u64| {
        let roster = &assigned.roster;
        let routing = routing::allocate(workload, roster, scenario);
        let seed = scenario.seed ^ PLANNING.wrapping_mul(round + 1);
        let weeks = super::weeks(&briefly, demand, workload, roster, &routing, seed, watch);
        kpi::rehearse(&weeks, scenario)
    };
    let mut best = assigned;
    let mut played = rehearse(&best, 0);
    let mut raised = requirement.clone();
    let (mut round, mut helped) = (0, true);
    while missed(&played, scenario).0 > 0 && !watch.is_stopped() {
        let is_over = round >= MOST_ROUNDS || (round >= ROUNDS && !helped);
        if is_over || pursuit::nothing_can_help(&played, workload, scenario) {
            break;
        }
        round += 1;
        watch.step("repairing missed targets", 0.86);
        raise(&mut raised, &played, scenario);
        let next = roster::mend(requirement, &raised, scenario, &best, watch);
        let replayed = rehearse(&next, round);
        helped = missed(&replayed, scenario) < missed(&played, scenario);
        if helped {
            (best, played) = (next, replayed);
        }
    }
    let pursuit = Pursuit { rounds: round, rehearsed: played, unkept: Vec::new() };
    Repaired { assigned: best, pursuit }
}

/// Periods not kept, and by how much they miss together.
fn missed(verdicts: &[Verdict], scenario: &Scenario) -> (usize, f64) {
    let open = verdicts.iter().flat_map(|verdict| open_periods(verdict, scenario));
    open.fold((0, 0.0), |(count, sum), (_, gap)| (count + 1, sum + gap))
}

/// Periods of a verdict that are not kept, with the share points they miss by at the unlucky end.
fn open_periods<'a>(
    verdict: &'a Verdict,
    scenario: &Scenario,
) -> impl Iterator<Item = (Range<usize>, f64)> + use<'a> {
    let measure = scenario.queue(verdict.queue).targets[verdict.target].measure;
    let is_ceiling = matches!(measure, Measure::Abandonment { .. });
    let open = verdict.periods.iter().filter(|period| period.judgement != Judgement::Kept);
    open.filter_map(move |period| {
        let estimate = period.estimate?;
        let gap =
            if is_ceiling { estimate.high - verdict.goal } else { verdict.goal - estimate.low };
        Some((period.from..period.to, gap.clamp(0.0, 1.0)))
    })
}

fn raise(requirement: &mut Requirement, verdicts: &[Verdict], scenario: &Scenario) {
    for verdict in verdicts {
        let measure = scenario.queue(verdict.queue).targets[verdict.target].measure;
        for (period, gap) in open_periods(verdict, scenario) {
            let factor = 1.0 + (LEAST_RAISE + RAISE_A_POINT * gap).min(MOST_RAISE);
            match measure {
                Measure::FirstResponse { .. } | Measure::Resolution { .. } => {
                    raise_tickets(requirement, verdict.queue, &period, factor, scenario);
                }
                _ => raise_live(requirement, verdict.queue, &period, factor),
            }
        }
    }
}

/// More people for a queue's own rows.
fn raise_live(requirement: &mut Requirement, queue: QueueId, period: &Range<usize>, factor: f64) {
    for need in requirement.live.iter_mut().filter(|need| need.queues == [queue]) {
        let people = need.people.iter_mut().enumerate();
        people
            .filter(|(interval, _)| period.contains(interval))
            .for_each(|(_, people)| *people = Fte(people.0 * factor));
    }
}

/// More time for a queue's tickets that arrive or fall due in the period.
fn raise_tickets(
    requirement: &mut Requirement,
    queue: QueueId,
    period: &Range<usize>,
    factor: f64,
    scenario: &Scenario,
) {
    let of_queue = |stream| scenario.stream(stream).queue == queue;
    for need in requirement.tickets.iter_mut().filter(|need| of_queue(need.stream)) {
        stretch(&mut need.arrived, period, factor);
        stretch(&mut need.due, period, factor);
    }
}

/// Make a cumulative curve steeper within a period, and keep its steps elsewhere.
fn stretch(curve: &mut [AgentMinutes], period: &Range<usize>, factor: f64) {
    let (mut before, mut sum) = (0.0, 0.0);
    for (interval, minutes) in curve.iter_mut().enumerate() {
        let step = minutes.0 - before;
        before = minutes.0;
        sum += if period.contains(&interval) { step * factor } else { step };
        *minutes = AgentMinutes(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steeper_stretch_keeps_the_steps_around_it() {
        let mut curve = [1.0, 3.0, 6.0, 7.0].map(AgentMinutes);
        stretch(&mut curve, &(1..3), 2.0);
        assert_eq!(curve, [1.0, 5.0, 11.0, 12.0].map(AgentMinutes));
    }
}
