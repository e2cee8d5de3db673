//! Minimum presence: minute by minute, how many of those meant are there.

use super::found::Found;
use super::{Breach, Severity};
use crate::duty::{Activity, Block, Line};
use crate::id::Id;
use crate::roster::Roster;
use crate::scenario::{MinimumPresence, Scenario};
use crate::units::{Minutes, Moment, Span};

pub(super) fn judge(roster: &Roster, scenario: &Scenario, found: &mut Found) {
    let rules = &scenario.minimum_presence;
    if rules.is_empty() {
        return;
    }
    let before: Vec<Line> = scenario.published.reaching_in().collect();
    let lines: Vec<&Line> = roster.lines.iter().chain(&before).collect();
    for rule in rules {
        let there = Sheet::of(rule, &lines, scenario);
        for &stretch in &rule.stretches {
            judge_stretch(rule, stretch, &there, scenario, found);
        }
    }
}

/// One breach a stretch, of all people-minutes missing in it.
fn judge_stretch(
    rule: &MinimumPresence,
    stretch: Span,
    there: &Sheet,
    scenario: &Scenario,
    found: &mut Found,
) {
    let calendar = &scenario.calendar;
    let mut missing = 0;
    let mut worst: Option<(usize, Moment)> = None;
    for minute in stretch.start.0..stretch.end.0 {
        let people = there.people(minute);
        if people >= rule.at_least {
            continue;
        }
        missing += i64::try_from(rule.at_least - people).unwrap_or(i64::MAX);
        if worst.is_none_or(|(fewest, _)| people < fewest) {
            worst = Some((people, Moment(minute)));
        }
    }
    let Some((fewest, from)) = worst else { return };
    let what = if rule.on_queue { "on queue" } else { "on duty" };
    found.breach_of_house(Breach {
        rule: format!("house.minimum_presence.{}", rule.id),
        kind: "minimum_presence".to_owned(),
        severity: Severity::Hard,
        agent: None,
        date: calendar.local(stretch.start).date,
        by_minutes: Minutes(missing),
        source: "the team's own rules".to_owned(),
        repair: format!(
            "plan {} more of those meant {what} at {}: {fewest} of {} are",
            rule.at_least - fewest,
            calendar.local(from).clock,
            rule.at_least
        ),
    });
}

/// How many of those meant are there at each minute of the horizon.
struct Sheet(Vec<u16>);

impl Sheet {
    fn of(rule: &MinimumPresence, lines: &[&Line], scenario: &Scenario) -> Sheet {
        let minutes = usize::try_from(scenario.calendar.horizon().end.0.max(0)).unwrap_or(0);
        let mut count = vec![0_u16; minutes];
        for &agent in &rule.who {
            let mut is_there = vec![false; minutes];
            let own = lines.iter().filter(|line| line.agent == agent);
            for block in own.flat_map(|line| line.blocks()).filter(|it| is_counted(rule, it)) {
                let place = |moment: Moment| {
                    usize::try_from(moment.0.max(0)).map_or(minutes, |minute| minute.min(minutes))
                };
                let (from, to) = (place(block.span.start), place(block.span.end));
                if from < to {
                    is_there[from..to].fill(true);
                }
            }
            // Someone in two places at once is there once.
            for (count, _) in count.iter_mut().zip(&is_there).filter(|(_, there)| **there) {
                *count = count.saturating_add(1);
            }
            debug_assert!(agent.index() < scenario.agents.len());
        }
        Sheet(count)
    }

    fn people(&self, minute: i64) -> usize {
        let place = usize::try_from(minute).ok();
        place.and_then(|place| self.0.get(place)).map_or(0, |&people| usize::from(people))
    }
}

fn is_counted(rule: &MinimumPresence, block: &Block) -> bool {
    match block.activity {
        Activity::OnQueue => true,
        Activity::Absent => false,
        Activity::Break | Activity::Meal | Activity::Recovery | Activity::OffQueue => {
            !rule.on_queue
        }
    }
}
