//! Presence as the search counts it, in cells of five minutes, beside what the audit counts minute by minute.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::super::need::Need;
use super::{team, wanted};
use crate::compliance::audit_between;
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::roster::Roster;
use crate::scenario::MinimumPresence;
use crate::units::{Minutes, Moment, Span};

const DAYS: usize = 7;

fn rule(id: usize, draw: &mut StdRng) -> MinimumPresence {
    let who: Vec<AgentId> = (0..5).filter(|_| draw.random_bool(0.7)).map(AgentId::at).collect();
    let mut stretches = Vec::new();
    let skipped = draw.random_range(0..3);
    for day in (0..7).filter(|day| day % 3 != skipped) {
        let from = Moment(day * 1440 + 5 * draw.random_range(0..200));
        stretches.push(Span::new(from, from + Minutes(5 * draw.random_range(1..80))));
    }
    MinimumPresence {
        id: format!("rule-{id}"),
        at_least: draw.random_range(1..=who.len().max(1)),
        stretches,
        on_queue: draw.random_bool(0.5),
        who,
    }
}

/// Blocks of any activity on the clock of duties, one after the other with gaps.
fn line(agent: usize, draw: &mut StdRng) -> Line {
    let mut at = 5 * draw.random_range(0..200);
    let mut duties = Vec::new();
    while at < 1440 * 7 {
        let blocks = (0..draw.random_range(1..6)).map(|_| {
            let (start, length) = (at, 5 * draw.random_range(1..40));
            at += length;
            let activity = match draw.random_range(0..6) {
                0 => Activity::Break,
                1 => Activity::Meal,
                2 => Activity::OffQueue,
                _ => Activity::OnQueue,
            };
            let span = Span::new(Moment(start), Moment(start + length));
            Block { span, activity, paid: true, detail: String::new() }
        });
        duties.push(Duty { blocks: blocks.collect() });
        at += 5 * draw.random_range(0..200);
    }
    Line { agent: AgentId::at(agent), duties, absences: Vec::new() }
}

#[test]
fn the_search_misses_as_many_people_minutes_as_the_audit() {
    let (mut kept, mut missed) = (0, 0);
    for seed in 0..200 {
        let mut draw = StdRng::seed_from_u64(seed);
        let mut scenario = team("2026-11-30", DAYS, 30, 5);
        scenario.minimum_presence =
            (0..draw.random_range(1..4)).map(|id| rule(id, &mut draw)).collect();
        let lines: Vec<Line> = (0..5).map(|agent| line(agent, &mut draw)).collect();
        let need = Need::of(&wanted(&scenario, 1.0, "mon-fri 08:00-18:00"), &scenario);
        let mut cover = need.nobody();
        for line in &lines {
            need.attendance.add(&need.attendance.there(line), &mut cover, 1.0);
        }
        let breaches = audit_between(&Roster { lines }, &scenario);
        let audited: Minutes = breaches.iter().map(|breach| breach.by_minutes).sum();
        assert_eq!(need.shortfall(&cover).missing, audited.real(), "seed {seed}");
        let stretches = scenario.minimum_presence.iter().map(|rule| rule.stretches.len());
        kept += stretches.sum::<usize>() - breaches.len();
        missed += breaches.len();
    }
    assert!(kept > 200 && missed > 200, "{kept} kept and {missed} missed show little");
}
