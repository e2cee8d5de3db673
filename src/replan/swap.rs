//! Whether two people may swap duties, and who else could.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, NoticeRule, Notices, judged, with_absences_of};
use crate::calendar::{ClockTime, Date};
use crate::compliance::{self, Breach, Severity};
use crate::duty::{Duty, Line};
use crate::id::{AgentId, Id, QueueId};
use crate::roster::keep::{Measure, Standing, WORTH_A_PERSON};
use crate::roster::{Roster, Watch};
use crate::scenario::{Scenario, Wish};
use crate::staffing::Requirement;
use crate::units::Moment;

/// Other swaps that are told at most.
const MOST_ALTERNATIVES: usize = 3;

/// A person's duties of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DutyOf {
    /// Whose.
    pub agent: AgentId,
    /// The date they start on.
    pub date: Date,
}

/// What a swap comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap {
    /// The two.
    pub pair: [DutyOf; 2],
    /// The roster with the two swapped.
    pub roster: Roster,
    /// Rules newly broken, hard and soft.
    pub breaches: Vec<Breach>,
    /// Minutes short before and after.
    pub short: [f64; 2],
    /// Wishes missed by the two before and after.
    pub wishes_missed: [usize; 2],
    /// Queues that each of the two may take and the other may not.
    pub only: [Vec<QueueId>; 2],
    /// The law's notice of each, where it asks for any, and whether both days can still be told in time.
    pub notices: [Option<(NoticeRule, bool)>; 2],
    /// Those of the two duties that have begun.
    pub begun: Vec<DutyOf>,
    /// What the roster comes to before and after.
    pub judged: [Judged; 2],
    /// Other swaps of the first person's duty that break no hard rule and cost no cover worth a change.
    pub alternatives: Vec<DutyOf>,
}

impl Swap {
    /// Whether neither duty has begun.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        self.begun.is_empty()
    }

    /// Whether no hard rule is newly broken.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        self.breaches.iter().all(|breach| breach.severity != Severity::Hard)
    }

    /// Whether cover stays as it is, or loses too little to matter.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.short[1] - self.short[0] < WORTH_A_PERSON
    }
}

/// What becomes of a roster where two people swap their duties of these dates, at this time.
#[must_use]
pub fn swap(
    roster: &Roster,
    requirement: &Requirement,
    scenario: &Scenario,
    pair: [DutyOf; 2],
    now: Moment,
    watch: &dyn Watch,
) -> Swap {
    let scenario = &with_absences_of(roster, scenario);
    let swapped = exchanged(roster, scenario, pair);
    let standing = standing(roster, requirement);
    let measure = Measure::of(requirement, scenario, &standing);
    let short = [measure.short(), short_of(&measure, &swapped, pair)];
    let first_day = scenario.calendar.at(pair[0].date.min(pair[1].date), ClockTime(0));
    let notices = Notices::of(scenario, now);
    let notice = |own: DutyOf| {
        let rule = notices.rule(own.agent)?.clone();
        Some((rule, first_day >= notices.told_from(own.agent)))
    };
    let has_begun =
        |own: &DutyOf| duties_on(roster, *own, scenario).iter().any(|duty| duty.start() < now);
    let may = |agent: AgentId| queues(agent, scenario);
    let [one, other] = pair.map(|own| may(own.agent));
    let only = [one.difference(&other), other.difference(&one)]
        .map(|queues| queues.copied().collect::<Vec<QueueId>>());
    Swap {
        breaches: new_breaches(roster, &swapped, scenario, pair),
        short,
        wishes_missed: [
            wishes_missed(roster, scenario, pair),
            wishes_missed(&swapped, scenario, pair),
        ],
        only,
        notices: pair.map(notice),
        begun: pair.into_iter().filter(has_begun).collect(),
        judged: [judged(roster, scenario, watch), judged(&swapped, scenario, watch)],
        alternatives: alternatives(roster, scenario, &measure, pair, now),
        roster: swapped,
        pair,
    }
}

/// Someone's duties that start on a date.
#[must_use]
pub fn duties_on(roster: &Roster, of: DutyOf, scenario: &Scenario) -> Vec<Duty> {
    let own = roster.lines.iter().filter(|line| line.agent == of.agent);
    let duties = own.flat_map(|line| &line.duties);
    duties.filter(|duty| date_of(duty, scenario) == of.date).cloned().collect()
}

fn date_of(duty: &Duty, scenario: &Scenario) -> Date {
    scenario.calendar.local(duty.start()).date
}

fn standing<'a>(roster: &'a Roster, requirement: &'a Requirement) -> Standing<'a> {
    Standing {
        roster,
        meant: roster,
        expected: requirement,
        from: Moment(0),
        told_from: BTreeMap::new(),
        left_alone: BTreeSet::new(),
        changed: BTreeSet::new(),
    }
}

/// The roster in which each of the two works the other's duties.
fn exchanged(roster: &Roster, scenario: &Scenario, pair: [DutyOf; 2]) -> Roster {
    let given = pair.map(|own| duties_on(roster, own, scenario));
    let mut roster = roster.clone();
    for (place, own) in pair.into_iter().enumerate() {
        let taken = &given[1 - place];
        let line = roster.lines.iter_mut().find(|line| line.agent == own.agent);
        if let Some(line) = line {
            line.duties.retain(|duty| date_of(duty, scenario) != own.date);
            line.duties.extend(taken.iter().cloned());
            line.duties.sort_by_key(Duty::start);
        }
    }
    roster
}

fn lines_of(roster: &Roster, pair: [DutyOf; 2]) -> Roster {
    let is_theirs = |line: &&Line| pair.iter().any(|own| own.agent == line.agent);
    Roster { lines: roster.lines.iter().filter(is_theirs).cloned().collect() }
}

/// Breaches of the two that were not there before, or are worse.
fn new_breaches(
    before: &Roster,
    after: &Roster,
    scenario: &Scenario,
    pair: [DutyOf; 2],
) -> Vec<Breach> {
    let breaches = |roster: &Roster| {
        let mut breaches = compliance::audit(&lines_of(roster, pair), scenario).breaches;
        // Two lines alone say nothing of rules between people.
        breaches.retain(|breach| breach.agent.is_some());
        breaches.extend(compliance::audit_between(roster, scenario));
        breaches
    };
    let [before, after] = [before, after].map(breaches);
    let is_old = |breach: &Breach| {
        before.iter().any(|old| {
            (&old.rule, old.agent, old.date) == (&breach.rule, breach.agent, breach.date)
                && old.by_minutes >= breach.by_minutes
        })
    };
    after.into_iter().filter(|breach| !is_old(breach)).collect()
}

fn short_of(measure: &Measure<'_>, swapped: &Roster, pair: [DutyOf; 2]) -> f64 {
    let lines = pair.iter().filter_map(|own| {
        swapped.lines.iter().find(|line| line.agent == own.agent).map(|line| (own.agent, line))
    });
    measure.short_with_all(&lines.collect::<Vec<_>>())
}

fn queues(agent: AgentId, scenario: &Scenario) -> BTreeSet<QueueId> {
    let pool = scenario.pool(scenario.agent(agent).pool);
    pool.streams.iter().map(|&stream| scenario.stream(stream).queue).collect()
}

fn wishes_missed(roster: &Roster, scenario: &Scenario, pair: [DutyOf; 2]) -> usize {
    let theirs = lines_of(roster, pair);
    let missed = |line: &Line| {
        let agent = scenario.agent(line.agent);
        let misses = |duty: &Duty| {
            let Some(day) = scenario.calendar.day_at(duty.start()) else { return 0 };
            let clock = i64::from(scenario.calendar.local(duty.start()).clock.0);
            let is_missed = |wish: &&Wish| match **wish {
                Wish::Off(off) => off == day,
                Wish::StartBy(on, by) => on == day && clock > by,
                Wish::StartFrom(on, from) => on == day && clock < from,
            };
            agent.wishes.iter().filter(is_missed).count()
        };
        line.duties.iter().map(misses).sum::<usize>()
    };
    theirs.lines.iter().map(missed).sum()
}

/// Swaps of the first person's duty with anyone else's that break no hard rule and lose no cover worth a change,
/// those first that cover best, then on the nearest date, then in the team's order. None that has begun.
fn alternatives(
    roster: &Roster,
    scenario: &Scenario,
    measure: &Measure<'_>,
    asked: [DutyOf; 2],
    now: Moment,
) -> Vec<DutyOf> {
    let before = measure.short();
    let mine = asked[0];
    let works_on = |date: Date| !duties_on(roster, DutyOf { date, ..mine }, scenario).is_empty();
    let others = (0..scenario.agents.len()).map(AgentId::at).filter(|&agent| agent != mine.agent);
    let dates = (0..scenario.calendar.days()).map(|day| scenario.calendar.date(day));
    let dates: Vec<Date> = dates.filter(|&date| date == mine.date || !works_on(date)).collect();
    let mut found: Vec<(i64, i64, DutyOf)> = Vec::new();
    for agent in others {
        for &date in &dates {
            let other = DutyOf { agent, date };
            let pair = [mine, other];
            let theirs = duties_on(roster, other, scenario);
            let own = duties_on(roster, mine, scenario);
            let has_begun = theirs.iter().any(|duty| duty.start() < now);
            if other == asked[1] || theirs.is_empty() || theirs == own || has_begun {
                continue;
            }
            let swapped = exchanged(roster, scenario, pair);
            let more = short_of(measure, &swapped, pair) - before;
            if more < WORTH_A_PERSON {
                found.push((whole(more), date.days_since(mine.date).abs(), other));
            }
        }
    }
    found.sort();
    let is_legal = |other: &DutyOf| {
        let pair = [mine, *other];
        let swapped = exchanged(roster, scenario, pair);
        let new = new_breaches(roster, &swapped, scenario, pair);
        new.iter().all(|breach| breach.severity != Severity::Hard)
    };
    let legal = found.into_iter().map(|(_, _, other)| other).filter(is_legal);
    legal.take(MOST_ALTERNATIVES).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "minutes short of a week are few")]
fn whole(minutes: f64) -> i64 {
    minutes.round() as i64
}
