//! A week that holds already, changed for what happened since: people away, more or fewer contacts than expected.
//!
//! The past stays. So do the days the law's notice protects, unless nothing else helps. What opened is repaired
//! by the fewest people, as `roster::keep` has it; what stays open comes with offers that people may refuse.

mod correct;
mod notice;
mod presence;
mod swap;

use std::collections::{BTreeMap, BTreeSet};

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
use crate::scenario::{Actuals, Scenario};
use crate::staffing::Requirement;
use crate::strain::{self, Strain};
use crate::units::{Minutes, Moment, Span};
use crate::workload::{self, Workload};
use crate::{routing, staffing};

pub use correct::SoFar;
pub use notice::{NoticeRule, Notices};
pub(crate) use presence::counts;
pub use presence::{Bare, bare};
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
    /// Whether that is assumed, as nobody said what time it is.
    pub is_now_assumed: bool,
    /// The law's notice of changes.
    pub notices: Notices,
    /// Minutes short that opened.
    pub opened: f64,
    /// Minutes of them left.
    pub left: f64,
    /// Where minimum presence is missed from now on: with nothing changed, and as changed.
    pub bare: [Vec<Bare>; 2],
    /// Minutes of written work done late: as it was meant, with nothing changed, as changed.
    pub late: [f64; 3],
    /// Whose lines changed.
    pub changed: Vec<AgentId>,
    /// How queues went so far.
    pub so_far: Vec<SoFar>,
    /// Who is away, and when.
    pub away: Vec<(AgentId, Span)>,
    /// What could be offered besides.
    pub offers: Vec<Offer>,
    /// Strain of the roster as it was meant.
    pub strain_meant: Strain,
    /// The audit of the roster as it was meant.
    pub audit_meant: Compliance,
    /// The roster without those away, unrepaired.
    pub before: Judged,
    /// The roster as changed.
    pub after: Judged,
}

/// Change a roster for what happened.
#[must_use]
pub fn make(meant: &Roster, scenario: &Scenario, happened: &Happened, watch: &dyn Watch) -> Replan {
    let scenario = &with_absences_of(meant, scenario);
    let away = merged(&happened.away);
    let mut away_in = scenario.clone();
    for &(agent, span) in &away {
        away_in = away_in.with_away(agent, span, &happened.reason);
    }
    let standing = without(meant, &away, &away_in);
    let Ground { demand, workload: foreseen, requirement: expected, .. } = Ground::of(scenario);
    let (corrected, so_far) = correct::correct(&demand, &happened.actuals, scenario);
    let workload = workload::measure(&corrected, scenario);
    let requirement = staffing::require(&workload, scenario);
    let now = happened.now.unwrap_or_else(|| first_of(happened, scenario));
    let notices = Notices::of(scenario, now);

    let given =
        Given { meant, standing: &standing, expected: &expected, requirement: &requirement };
    let kept = repair(&given, &away_in, happened, (now, &notices), watch);
    let room = Room {
        span: Span::new(now, end_of_need(now, happened, scenario)),
        lets_go: !happened.actuals.contacts.is_empty(),
    };
    let changed = Standing {
        roster: &kept.roster,
        meant,
        expected: &expected,
        from: now,
        told_from: BTreeMap::new(),
        left_alone: away_people(happened),
        changed: BTreeSet::new(),
    };
    let offers = offers::offers(&requirement, &away_in, &changed, room);
    let before = judge(&standing, &corrected, &workload, &away_in, watch);
    let after = if kept.roster == standing {
        before.clone()
    } else {
        tell(&mut away_in, &standing, &kept, now);
        judge(&kept.roster, &corrected, &workload, &away_in, watch)
    };
    let bare = [&standing, &kept.roster].map(|roster| bare(roster, &away_in, now));
    let routing = routing::allocate(&foreseen, meant, scenario);
    Replan {
        strain_meant: strain::assess(meant, &routing, scenario),
        audit_meant: compliance::audit(meant, scenario),
        meant: meant.clone(),
        standing,
        roster: kept.roster,
        expected,
        requirement,
        now,
        is_now_assumed: happened.now.is_none(),
        notices,
        opened: kept.opened,
        left: kept.left,
        bare,
        late: kept.late,
        changed: kept.changed,
        so_far,
        away,
        offers,
        before,
        after,
        scenario: away_in,
    }
}

/// The scenario in which whoever the roster says is away is away: an absence that was published is still one when
/// the next thing goes wrong.
#[must_use]
pub fn with_absences_of(roster: &Roster, scenario: &Scenario) -> Scenario {
    let mut known = scenario.clone();
    for line in &roster.lines {
        for absence in &line.absences {
            known = known.with_away(line.agent, absence.span, &absence.detail);
        }
    }
    known
}

/// Absences of the same person that touch or overlap as one.
fn merged(away: &[(AgentId, Span)]) -> Vec<(AgentId, Span)> {
    let mut sorted = away.to_vec();
    sorted.sort();
    let mut all: Vec<(AgentId, Span)> = Vec::with_capacity(sorted.len());
    for (agent, span) in sorted {
        match all.last_mut() {
            Some((last, open)) if *last == agent && span.start <= open.end => {
                open.end = open.end.max(span.end);
            }
            _ => all.push((agent, span)),
        }
    }
    all
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
    (now, notices): (Moment, &Notices),
    watch: &dyn Watch,
) -> Kept {
    let mut standing = Standing {
        roster: given.standing,
        meant: given.meant,
        expected: given.expected,
        from: now,
        told_from: scenario
            .names
            .agents
            .ids()
            .map(|agent| (agent, notices.told_from(agent)))
            .collect(),
        left_alone: away_people(happened),
        changed: BTreeSet::new(),
    };
    let first = keep::keep(given.requirement, scenario, &standing, watch);
    let is_repaired = first.left < keep::WORTH_A_PERSON && first.missing <= 0.0;
    if !notices.protect_any() || is_repaired {
        return first;
    }
    standing.roster = &first.roster;
    standing.told_from = BTreeMap::new();
    standing.changed = first.changed.iter().copied().collect();
    let second = keep::keep(given.requirement, scenario, &standing, watch);
    let is_changed = |agent: &AgentId| {
        let line = |roster: &Roster| roster.lines.iter().find(|line| line.agent == *agent).cloned();
        line(given.standing) != line(&second.roster)
    };
    let both: BTreeSet<AgentId> = first.changed.iter().chain(&second.changed).copied().collect();
    let changed = both.into_iter().filter(is_changed).collect();
    let late = [first.late[0], first.late[1], second.late[2]];
    Kept { opened: first.opened, changed, late, ..second }
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
    let left = Span::without(vec![block.span], away);
    left.into_iter().map(|span| Block { span, ..block.clone() }).collect()
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
    // What is compared is played over the same weeks, and no longer where a target is close.
    let mut even = scenario.clone();
    even.budget.most_replications = even.budget.replications;
    Judged {
        kpis: plan::play(&even, demand, workload, roster, &routing, scenario.seed, watch),
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
