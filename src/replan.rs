//! A week that holds already, changed for what happened since: people away, more or fewer contacts than expected.
//!
//! The past stays. So do the days the law's notice protects, unless nothing else helps. What opened is repaired
//! by the fewest people, as `roster::keep` has it; what stays open comes with offers that people may refuse.

mod correct;
mod swap;

use std::collections::BTreeSet;

use crate::calendar::ClockTime;
use crate::compliance::{self, Compliance};
use crate::duty::{Block, Duty, Line};
use crate::funnel::HumanDemand;
use crate::id::AgentId;
use crate::kpi::Kpis;
use crate::plan::{self, Ground};
use crate::roster::keep::{self, Kept, Standing};
use crate::roster::offers::{self, Offer, Room};
use crate::roster::{Roster, Watch};
use crate::rules::{Kind, Severity};
use crate::scenario::{Actuals, Scenario};
use crate::staffing::Requirement;
use crate::strain::{self, Strain};
use crate::units::{Minutes, Moment, Span};
use crate::workload::{self, Workload};
use crate::{routing, staffing};

pub use correct::SoFar;
pub use swap::{DutyOf, Swap, duties_on, swap};

/// What happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Happened {
    /// Who is away, and when, those of actuals included.
    pub away: Vec<(AgentId, Span)>,
    /// Why, as absences name it.
    pub reason: String,
    /// What came in so far.
    pub actuals: Actuals,
    /// What time it is; none: when the first of it happened.
    pub now: Option<Moment>,
}

/// A rule that protects days from changes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRule {
    /// Its id.
    pub id: String,
    /// Where it is written.
    pub source: String,
    /// Hours between telling someone and the day.
    pub hours: i64,
}

/// What a roster comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Figures of weeks played, with the same chances for every roster.
    pub kpis: Kpis,
    /// Strain, for groups.
    pub strain: Strain,
    /// The audit.
    pub compliance: Compliance,
}

/// A week changed for what happened.
#[derive(Debug, Clone)]
pub struct Replan {
    /// The scenario in which people are away.
    pub scenario: Scenario,
    /// The roster as it was meant.
    pub meant: Roster,
    /// The same without those away.
    pub standing: Roster,
    /// The roster as changed.
    pub roster: Roster,
    /// What was expected to be needed.
    pub expected: Requirement,
    /// What is needed after what came in so far.
    pub requirement: Requirement,
    /// The time from which things can change.
    pub now: Moment,
    /// The time from which the law lets changes be told.
    pub told_from: Moment,
    /// The rule that says so.
    pub notice: Option<NoticeRule>,
    /// Minutes short that opened.
    pub opened: f64,
    /// Minutes of them left.
    pub left: f64,
    /// Whose lines changed.
    pub changed: Vec<AgentId>,
    /// How queues went so far.
    pub so_far: Vec<SoFar>,
    /// Who is away, and when.
    pub away: Vec<(AgentId, Span)>,
    /// What could be offered besides.
    pub offers: Vec<Offer>,
    /// The roster without those away, unrepaired.
    pub before: Judged,
    /// The roster as changed.
    pub after: Judged,
}

/// Change a roster for what happened.
#[must_use]
pub fn make(meant: &Roster, scenario: &Scenario, happened: &Happened, watch: &dyn Watch) -> Replan {
    let mut away_in = scenario.clone();
    for &(agent, span) in &happened.away {
        away_in = away_in.with_away(agent, span, &happened.reason);
    }
    let standing = without(meant, &happened.away, &away_in);
    let Ground { demand, requirement: expected, .. } = Ground::of(scenario);
    let (corrected, so_far) = correct::correct(&demand, &happened.actuals, scenario);
    let workload = workload::measure(&corrected, scenario);
    let requirement = staffing::require(&workload, scenario);
    let now = happened.now.unwrap_or_else(|| first_of(happened, scenario));
    let notice = notice(scenario);
    let told_from = told_from(now, notice.as_ref(), scenario);

    let kept = repair(
        &Given { meant, standing: &standing, expected: &expected, requirement: &requirement },
        &away_in,
        happened,
        (now, told_from),
        watch,
    );
    let room = Room {
        span: Span::new(now, end_of_need(now, happened, scenario)),
        lets_go: !happened.actuals.contacts.is_empty(),
    };
    let after = Standing {
        roster: &kept.roster,
        meant,
        expected: &expected,
        from: now,
        left_alone: away_people(happened),
        changed: BTreeSet::new(),
    };
    let offers = offers::offers(&requirement, &away_in, &after, room);
    let before = judge(&standing, &corrected, &workload, &away_in, watch);
    tell(&mut away_in, &standing, &kept, now);
    let after = judge(&kept.roster, &corrected, &workload, &away_in, watch);
    Replan {
        meant: meant.clone(),
        standing,
        roster: kept.roster,
        expected,
        requirement,
        now,
        told_from,
        notice,
        opened: kept.opened,
        left: kept.left,
        changed: kept.changed,
        so_far,
        away: happened.away.clone(),
        offers,
        before,
        after,
        scenario: away_in,
    }
}

/// Note that people are told now of what changes for them, where the week was published.
fn tell(scenario: &mut Scenario, standing: &Roster, kept: &Kept, now: Moment) {
    let today = scenario.calendar.local(now).date;
    let Some(week) = &mut scenario.published.within else { return };
    for agent in &kept.changed {
        let duties = |roster: &Roster| -> Vec<Duty> {
            let own = roster.lines.iter().filter(|line| line.agent == *agent);
            own.flat_map(|line| &line.duties).cloned().collect()
        };
        let (before, after) = (duties(standing), duties(&kept.roster));
        let gone = before.iter().filter(|duty| !after.contains(duty));
        let new = after.iter().filter(|duty| !before.contains(duty));
        for duty in gone.chain(new) {
            let date = scenario.calendar.local(duty.start()).date;
            week.changed.insert((*agent, date), today);
        }
    }
}

/// What a repair starts from.
struct Given<'a> {
    meant: &'a Roster,
    standing: &'a Roster,
    expected: &'a Requirement,
    requirement: &'a Requirement,
}

/// First with days the law's notice protects left alone; where that leaves something open that is worth a
/// change, with them.
fn repair(
    given: &Given<'_>,
    scenario: &Scenario,
    happened: &Happened,
    (now, told_from): (Moment, Moment),
    watch: &dyn Watch,
) -> Kept {
    let mut standing = Standing {
        roster: given.standing,
        meant: given.meant,
        expected: given.expected,
        from: told_from,
        left_alone: away_people(happened),
        changed: BTreeSet::new(),
    };
    let first = keep::keep(given.requirement, scenario, &standing, watch);
    if told_from <= now || first.left < keep::WORTH_A_PERSON {
        return first;
    }
    standing.roster = &first.roster;
    standing.from = now;
    standing.changed = first.changed.iter().copied().collect();
    let second = keep::keep(given.requirement, scenario, &standing, watch);
    let is_changed = |agent: &AgentId| {
        let line = |roster: &Roster| roster.lines.iter().find(|line| line.agent == *agent).cloned();
        line(given.standing) != line(&second.roster)
    };
    let both: BTreeSet<AgentId> = first.changed.iter().chain(&second.changed).copied().collect();
    let changed = both.into_iter().filter(is_changed).collect();
    Kept { opened: first.opened, changed, left: second.left, roster: second.roster }
}

fn away_people(happened: &Happened) -> BTreeSet<AgentId> {
    happened.away.iter().map(|(agent, _)| *agent).collect()
}

/// When the first of what happened began: the last row of actuals ends, else somebody is away.
fn first_of(happened: &Happened, scenario: &Scenario) -> Moment {
    let until = happened.actuals.until(scenario.calendar.grid());
    let away = happened.away.iter().map(|(_, span)| span.start).min();
    let horizon = scenario.calendar.horizon();
    until.or(away).unwrap_or(horizon.start).clamp(horizon.start, horizon.end)
}

/// Where offers end: with the last day on which somebody is away, or that of now.
fn end_of_need(now: Moment, happened: &Happened, scenario: &Scenario) -> Moment {
    let calendar = &scenario.calendar;
    let end_of_day =
        |moment: Moment| calendar.at(calendar.local(moment).date.plus(1), ClockTime(0));
    let away = happened.away.iter().map(|(_, span)| end_of_day(span.end - Minutes(1)));
    away.chain([end_of_day(now)]).max().unwrap_or(now).min(calendar.horizon().end).max(now)
}

/// The hard rule with the longest notice of changes.
fn notice(scenario: &Scenario) -> Option<NoticeRule> {
    let people = scenario.agents.iter().flat_map(|agent| scenario.law.rules_for(&agent.person));
    let rules = people.filter(|rule| rule.severity == Severity::Hard);
    let hours = rules.filter_map(|rule| match &rule.kind {
        Kind::Notice(notice) => notice.change_hours.map(|hours| (hours, rule)),
        _ => None,
    });
    let longest = hours.max_by(|one, other| one.0.cmp(&other.0).then(other.1.id.cmp(&one.1.id)));
    longest.map(|(hours, rule)| NoticeRule {
        id: rule.id.clone(),
        source: rule.source.clone(),
        hours,
    })
}

/// The first midnight from which a change told now is told in time.
fn told_from(now: Moment, notice: Option<&NoticeRule>, scenario: &Scenario) -> Moment {
    let Some(notice) = notice.filter(|notice| notice.hours > 0) else { return now };
    let calendar = &scenario.calendar;
    let earliest = now + Minutes::hours(notice.hours);
    let local = calendar.local(earliest);
    let midnight = calendar.at(local.date, ClockTime(0));
    if midnight >= earliest { midnight } else { calendar.at(local.date.plus(1), ClockTime(0)) }
}

/// A roster without the work of those away: what overlaps their absence is cut out.
#[must_use]
pub fn without(roster: &Roster, away: &[(AgentId, Span)], scenario: &Scenario) -> Roster {
    let mut roster = roster.clone();
    for line in &mut roster.lines {
        let own: Vec<Span> =
            away.iter().filter(|(agent, _)| *agent == line.agent).map(|(_, span)| *span).collect();
        if own.is_empty() {
            continue;
        }
        for duty in &mut line.duties {
            duty.blocks = duty.blocks.iter().flat_map(|block| left_of(block, &own)).collect();
        }
        line.duties.retain(|duty: &Duty| !duty.blocks.is_empty());
        line.absences = absences(line, scenario);
    }
    roster
}

fn left_of(block: &Block, away: &[Span]) -> Vec<Block> {
    let mut left = vec![block.clone()];
    for gone in away {
        left = left
            .into_iter()
            .flat_map(|block| {
                let before = Span::new(block.span.start, block.span.end.min(gone.start));
                let after = Span::new(block.span.start.max(gone.end), block.span.end);
                [before, after].map(|span| Block { span, ..block.clone() })
            })
            .filter(|block| block.span.start < block.span.end)
            .collect();
    }
    left
}

/// Time off as blocks outside duties, within the horizon.
fn absences(line: &Line, scenario: &Scenario) -> Vec<Block> {
    let horizon = scenario.calendar.horizon();
    let off = scenario.agent(line.agent).time_off.iter();
    let cut = off.map(|off| {
        let span = Span::new(off.span.start.max(horizon.start), off.span.end.min(horizon.end));
        Block {
            span,
            activity: crate::duty::Activity::Absent,
            paid: off.reason == "annual_leave" || off.reason == "sick",
            detail: off.reason.clone(),
        }
    });
    cut.filter(|block| block.span.start < block.span.end).collect()
}

fn judge(
    roster: &Roster,
    demand: &HumanDemand,
    workload: &Workload,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Judged {
    let routing = routing::allocate(workload, roster, scenario);
    Judged {
        kpis: plan::play(scenario, demand, workload, roster, &routing, scenario.seed, watch),
        strain: strain::assess(roster, &routing, scenario),
        compliance: compliance::audit(roster, scenario),
    }
}

/// Another roster held against the demand a scenario expects, with the same chances as every other.
#[must_use]
pub fn judged(roster: &Roster, scenario: &Scenario, watch: &dyn Watch) -> Judged {
    let Ground { demand, workload, .. } = Ground::of(scenario);
    judge(roster, &demand, &workload, scenario, watch)
}
