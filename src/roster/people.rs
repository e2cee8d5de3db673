//! People as the search sees them: those whose lines are interchangeable are one kind, with every duty they
//! might work laid out once.

mod plans;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::attendance::Attendance;
use super::breaks::{Piece, Plan, Taste, Worth};
use super::weights::{self, Weights};
use crate::calendar::{Calendar, ClockTime};
use crate::duty::{Activity, Block, Duty};
use crate::id::{AgentId, Id};
use crate::rules::{Limits, Past};
use crate::scenario::{Agent, Lock, Scenario};
use crate::strain::Stint;
use crate::units::{Minutes, Moment, Span};

/// People whose lines are interchangeable.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    /// Who.
    pub(super) agents: Vec<AgentId>,
    /// Their pool.
    pub(super) pool: usize,
    /// Chance that each is there.
    pub(super) presence: f64,
    /// Duties that may start on each day of the horizon.
    pub(super) days: Vec<Vec<Frame>>,
    /// Whether each day must have one.
    pub(super) must: Vec<bool>,
    /// Break plans that the duties name.
    pub(super) plans: Vec<Plan>,
    /// Weeks of the horizon.
    pub(super) weeks: Vec<Week>,
    /// Off-queue work owed each week: what, and minutes.
    pub(super) owed: Vec<(String, i64)>,
    /// What the rules ask between duties.
    pub(super) limits: Limits,
    /// What was published for the days beside the horizon.
    pub(super) edge: Edge,
    /// What its duties strain at least, once it is asked for.
    pub(super) stretches: OnceLock<Stretches>,
}

/// The shortest longest stretch by break plan and length of duty: plain, then with each owed off-queue block.
pub(super) type Stretches = BTreeMap<(usize, i64), Vec<f64>>;

/// Kind of each of so many agents.
pub(super) fn kind_of_each(kinds: &[Kind], agents: usize) -> Vec<usize> {
    let mut kind_of = vec![0; agents];
    for (place, kind) in kinds.iter().enumerate() {
        kind.agents.iter().for_each(|agent| kind_of[agent.index()] = place);
    }
    kind_of
}

impl Kind {
    /// The duty of a frame with its breaks, and the owed block that a chain puts into it, laid at these worths.
    pub(super) fn lay(
        &self,
        frame: &Frame,
        block: Option<usize>,
        worth: &Worth,
        taste: Taste,
    ) -> Option<Duty> {
        let span = Span::new(Moment(frame.start), Moment(frame.end));
        let off_queue = block.map(|block| (self.owed[block].0.as_str(), self.owed[block].1));
        build_duty(&self.plans[frame.plan], span, worth, taste, off_queue)
    }

    /// The same with no other duties than those of which part lies in a span, and without the fewest hours and the locks
    /// that ask for others: a person may work at least as much then as all rules together allow.
    pub(super) fn within(&self, span: Span) -> Kind {
        let is_inside = |frame: &&Frame| frame.start < span.end.0 && span.start.0 < frame.end;
        let inside = |frames: &Vec<Frame>| frames.iter().filter(is_inside).copied().collect();
        Kind {
            agents: self.agents.clone(),
            pool: self.pool,
            presence: self.presence,
            days: self.days.iter().map(inside).collect(),
            must: vec![false; self.must.len()],
            plans: self.plans.clone(),
            weeks: self.weeks.iter().map(|week| Week { fewest: 0, ..week.clone() }).collect(),
            owed: self.owed.clone(),
            limits: self.limits.clone(),
            edge: self.edge,
            stretches: OnceLock::new(),
        }
    }

    /// Whether people of another kind may work the same lines.
    pub(super) fn is_like(&self, other: &Kind) -> bool {
        // Plans may have been met in another order.
        let is_same = |(own, others): (&Frame, &Frame)| {
            *own == Frame { plan: own.plan, ..*others }
                && self.plans[own.plan] == other.plans[others.plan]
        };
        let are_same = |(own, others): (&Vec<Frame>, &Vec<Frame>)| {
            own.len() == others.len() && own.iter().zip(others).all(is_same)
        };
        self.days.len() == other.days.len()
            && self.days.iter().zip(&other.days).all(are_same)
            && self.must == other.must
            && self.weeks == other.weeks
            && self.owed == other.owed
            && self.limits == other.limits
            && self.edge == other.edge
    }
}

/// What work on the days beside the horizon means for the first and the last days in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    /// When the last duty before ends.
    pub(super) last_end: i64,
    /// Days of work in a row before.
    pub(super) run_before: usize,
    /// When the first duty after starts.
    pub(super) next_start: i64,
    /// Days of work in a row after.
    pub(super) run_after: usize,
    /// Whose days these are, where an average makes them unlike anyone's.
    only: Option<AgentId>,
}

impl Edge {
    /// Nothing is known, or it is too far away to matter.
    const OPEN: Edge =
        Edge { last_end: -FAR, run_before: 0, next_start: FAR, run_after: 0, only: None };

    pub(super) fn of(agent: AgentId, past: Option<&Past>, scenario: &Scenario) -> Edge {
        let Some(past) = past else { return Edge::OPEN };
        let known = scenario.agent(agent);
        let horizon = scenario.calendar.horizon();
        let most: Minutes = known.weeks.iter().map(|_| known.week.1).sum();
        let near = Minutes::hours(48);
        let last = past.last_end().filter(|&end| end > horizon.start - near);
        let next = past.next_start().filter(|&start| start < horizon.end + near);
        Edge {
            last_end: last.map_or(-FAR, |end| end.0),
            run_before: past.run_before(),
            next_start: next.map_or(FAR, |start| start.0),
            run_after: past.run_after(),
            only: past.is_near_a_ceiling(&scenario.law, &known.person, most).then_some(agent),
        }
    }
}

/// Further away than any rest reaches.
const FAR: i64 = 1 << 60;

/// A duty without its breaks in place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// First minute.
    pub(super) start: i64,
    /// First minute after.
    pub(super) end: i64,
    /// Its breaks, by place in [`Kind::plans`].
    pub(super) plan: usize,
    /// Paid minutes.
    pub(super) paid: i64,
    /// What it costs whatever its breaks: wages and wishes missed, in the scaled sum.
    pub(super) cost: f64,
    /// The same without weights: wishes missed.
    pub(super) wishes: f64,
    /// Owed off-queue blocks that it holds already, a bit each.
    pub(super) holds: u8,
    /// The duty as fatigue sees it, where somebody in the team may work by night and strain counts.
    pub(super) stint: Option<Stint>,
}

/// A calendar week, as much of it as lies in the horizon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Week {
    /// First day of the horizon in it.
    pub(super) first: usize,
    /// First day after.
    pub(super) last: usize,
    /// From its first midnight to its last.
    pub(super) span: Span,
    /// Fewest paid minutes.
    pub(super) fewest: i64,
    /// Most paid minutes.
    pub(super) most: i64,
    /// Whether all seven days lie in the horizon.
    pub(super) is_whole: bool,
}

/// Everyone, by kind, in the order of their first agents.
pub(super) fn kinds(scenario: &Scenario, weights: &Weights, pasts: &[Option<Past>]) -> Vec<Kind> {
    let attendance = Attendance::of(scenario);
    let mut groups: Vec<(Edge, Vec<AgentId>)> = Vec::new();
    for id in (0..scenario.agents.len()).map(AgentId::at) {
        let agent = scenario.agent(id);
        let edge = Edge::of(id, pasts[id.index()].as_ref(), scenario);
        let is_theirs = |(other, group): &&mut (Edge, Vec<AgentId>)| {
            *other == edge
                && is_alike(scenario.agent(group[0]), agent)
                && attendance.rules_of(group[0]) == attendance.rules_of(id)
        };
        match groups.iter_mut().find(is_theirs) {
            Some((_, group)) => group.push(id),
            None => groups.push((edge, vec![id])),
        }
    }
    groups
        .into_par_iter()
        .map(|(edge, agents)| Kind { edge, ..kind(agents, scenario, weights) })
        .collect()
}

/// What was published for the days beside the horizon, by agent.
pub(super) fn pasts(scenario: &Scenario) -> Vec<Option<Past>> {
    let published = &scenario.published;
    let days = (published.days_before, published.days_after);
    let past = |agent: AgentId| {
        let around = published.around(agent)?;
        Past::of(around, days, &scenario.law, &scenario.agent(agent).person, &scenario.calendar)
    };
    (0..scenario.agents.len()).map(AgentId::at).map(past).collect()
}

/// One kind, with nothing known of the days beside the horizon.
fn kind(agents: Vec<AgentId>, scenario: &Scenario, weights: &Weights) -> Kind {
    kind_among(agents, scenario, weights, &mut Plans::default())
}

/// The same where breaks of the same people under the same law were laid before.
pub(super) fn kind_among(
    agents: Vec<AgentId>,
    scenario: &Scenario,
    weights: &Weights,
    plans: &mut Plans,
) -> Kind {
    let agent = scenario.agent(agents[0]);
    let limits = scenario.law.limits(&agent.person, &scenario.calendar);
    let mut days = frames(agent, scenario, weights, &limits, plans);
    let longest_paid = days.iter().flatten().map(|frame| frame.paid).max().unwrap_or(0);
    Kind {
        pool: agent.pool.index(),
        presence: agent.presence.value(),
        plans: plans.known.clone(),
        weeks: weeks(agent, scenario, &limits, longest_paid),
        owed: agent
            .off_queue
            .iter()
            .filter(|(_, length)| length.0 > 0)
            .take(6)
            .map(|(title, length)| (title.clone(), length.0))
            .collect(),
        must: held(&agent.locks, &mut days),
        days,
        limits,
        edge: Edge::OPEN,
        stretches: OnceLock::new(),
        agents,
    }
}

/// Hold locked days to what they are locked to; tells which must have a duty.
fn held(locks: &[Lock], days: &mut [Vec<Frame>]) -> Vec<bool> {
    let mut must = vec![false; days.len()];
    for lock in locks {
        let Some(frames) = days.get_mut(lock.day()) else { continue };
        match *lock {
            Lock::Work(day) => must[day] = true,
            Lock::Off(_) => frames.clear(),
            Lock::Duty(day, span) => {
                must[day] = true;
                frames.retain(|frame| (frame.start, frame.end) == (span.start.0, span.end.0));
            }
        }
    }
    must
}

fn is_alike(one: &Agent, other: &Agent) -> bool {
    one.pool == other.pool
        && one.tier == other.tier
        && one.contract == other.contract
        && one.week == other.week
        && one.weeks == other.weeks
        && one.available == other.available
        && one.time_off == other.time_off
        && one.locks == other.locks
        && one.wishes == other.wishes
        && one.person == other.person
        && one.presence == other.presence
        && one.off_queue == other.off_queue
}

/// The weeks of the horizon with what may be planned in each. In a week that the horizon or time off cuts,
/// hours are kept give or take half of the longest duty, but never beyond those of a whole week.
fn weeks(agent: &Agent, scenario: &Scenario, limits: &Limits, longest_paid: i64) -> Vec<Week> {
    let calendar = &scenario.calendar;
    let mut firsts: Vec<usize> = (0..calendar.days())
        .filter(|&day| day == 0 || calendar.date(day).weekday() == calendar.week_start())
        .collect();
    firsts.push(calendar.days());
    let legal = limits.week_work.map_or(i64::MAX, |limit| limit.0);
    let half = (longest_paid + 1).div_euclid(2);
    firsts
        .windows(2)
        .zip(&agent.weeks)
        .map(|(pair, &own)| {
            let span = Span::new(calendar.day(pair[0]).start, calendar.day(pair[1] - 1).end);
            let is_whole = pair[1] - pair[0] == 7;
            let (fewest, most) = if own == agent.week || own.1.0 == 0 {
                (own.0.0, own.1.0)
            } else {
                ((own.0.0 - half).max(0), (own.1.0 + half).min(agent.week.1.0))
            };
            let most = most.min(legal);
            Week { first: pair[0], last: pair[1], span, fewest: fewest.min(most), most, is_whole }
        })
        .collect()
}

/// Where pieces start.
type Laid = Vec<(i64, Piece)>;

/// Break plans met so far, which ones a length of duty may take, and which one a duty takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Plans {
    known: Vec<Plan>,
    by_length: BTreeMap<i64, Vec<usize>>,
    taken: BTreeMap<(i64, i64), Option<usize>>,
    /// Evenly spread breaks of a plan in a duty so long, from its start on; none where they have no room.
    even: BTreeMap<(usize, i64), Option<Laid>>,
}

impl Plans {
    fn place_of(&mut self, plan: Plan) -> usize {
        if let Some(place) = self.known.iter().position(|other| *other == plan) {
            return place;
        }
        self.known.push(plan);
        self.known.len() - 1
    }

    /// A duty with evenly spread breaks.
    fn even_duty(&mut self, place: usize, span: Span) -> Option<Duty> {
        let length = span.length();
        let lay = || {
            let from_midnight = Span::new(Moment(0), Moment(length.0));
            let laid = self.known[place].place(from_midnight, &idle(), CANONICAL, None);
            laid.map(|(_, places)| places)
        };
        let places = self.even.entry((place, length.0)).or_insert_with(lay).as_ref()?;
        let places: Vec<(i64, Piece)> =
            places.iter().map(|&(at, piece)| (span.start.0 + at, piece)).collect();
        Some(assemble(span, &places, None))
    }
}

fn frames(
    agent: &Agent,
    scenario: &Scenario,
    weights: &Weights,
    limits: &Limits,
    plans: &mut Plans,
) -> Vec<Vec<Frame>> {
    let calendar = &scenario.calendar;
    let mut days: Vec<Vec<Frame>> = vec![Vec::new(); calendar.days()];
    let locked = agent.locks.iter().filter_map(|lock| match *lock {
        Lock::Duty(_, span) => Some((span.start.0, span.length().0)),
        Lock::Work(_) | Lock::Off(_) => None,
    });
    let mut shapes = shapes(agent, scenario);
    shapes.extend(locked);
    shapes.sort_unstable();
    shapes.dedup();
    for (start, length) in shapes {
        let span = Span::new(Moment(start), Moment(start + length));
        let Some(day) = calendar.day_at(span.start) else { continue };
        let is_free = agent.available.iter().any(|free| free.covers(span));
        if !is_free {
            continue;
        }
        let taken = plans.taken.get(&(start, length)).copied();
        let plan = taken.unwrap_or_else(|| {
            let plan = allowed_plan(span, agent, scenario, limits, plans);
            plans.taken.insert((start, length), plan);
            plan
        });
        let Some(plan) = plan else { continue };
        let paid = length - plans.known[plan].unpaid();
        let wishes = weights::missed(agent, span.start, scenario);
        let cost = weights.paid(agent, Minutes(paid), scenario) + weights.wish * wishes;
        let end = span.end.0;
        let stint = weights.stint(agent, span, scenario);
        days[day].push(Frame { start, end, plan, paid, cost, wishes, holds: 0, stint });
    }
    days
}

/// Every start and length that the shapes of shift allow a person. A duty during which the clock changes may keep
/// its hours or the clock times of its ends, so that a night from 22:00 to 6:00 hands over to the early duty even
/// when it is an hour longer or shorter; minutes are paid as they pass.
fn shapes(agent: &Agent, scenario: &Scenario) -> Vec<(i64, i64)> {
    let (calendar, ahead) = agent.person.wall(&scenario.calendar);
    let changes = clock_changes(calendar);
    let mut shapes = Vec::new();
    for shift in &scenario.shifts {
        if !shift.tiers.is_empty() && !shift.tiers.contains(&agent.tier) {
            continue;
        }
        // A window over midnight may let a duty of the day before start today.
        for day in -1..i64::try_from(calendar.days()).expect("days are few") {
            let date = calendar.first().plus(day);
            for range in shift.starts.on(date.weekday(), calendar.holiday(date).is_some()) {
                let window = calendar.range_on(date, *range);
                let mut start = window.start.0 - ahead.0;
                while start <= window.end.0 - ahead.0 {
                    let mut length = shift.shortest.0.max(1);
                    while length <= shift.longest.0 {
                        shapes.push((start, length));
                        if changes {
                            let by_clock = by_the_clock(calendar, Moment(start + ahead.0), length);
                            shapes.extend((by_clock != length).then_some((start, by_clock)));
                        }
                        length += shift.length_step.0.max(5);
                    }
                    start += shift.start_step.0.max(5);
                }
            }
        }
    }
    shapes
}

/// Whether clocks change while duties of the horizon last.
fn clock_changes(wall: &Calendar) -> bool {
    let days = i64::try_from(wall.days()).expect("days are few") + 2;
    let last = wall.at(wall.first().plus(days), ClockTime(0));
    last.since(wall.horizon().start) != Minutes::hours(24 * days)
}

/// Minutes from a start until the clock shows so much more.
fn by_the_clock(wall: &Calendar, start: Moment, length: i64) -> i64 {
    let from = wall.local(start);
    let shown = i64::from(from.clock.0) + length;
    let clock = u16::try_from(shown.rem_euclid(1440)).expect("within a day");
    let end = wall.at(from.date.plus(shown.div_euclid(1440)), ClockTime(clock));
    end.since(start).0.max(1)
}

/// The house's breaks for a duty, or the least more that the law and the longest stretch ask for; none where
/// no breaks make the duty legal.
fn allowed_plan(
    span: Span,
    agent: &Agent,
    scenario: &Scenario,
    limits: &Limits,
    plans: &mut Plans,
) -> Option<usize> {
    let length = span.length().0;
    let has_law = !scenario.law.rules.is_empty() || !agent.person.law.is_empty();
    let candidates = if let Some(known) = plans.by_length.get(&length) {
        known.clone()
    } else {
        let possible: Vec<Plan> = plans::possible_plans(length, scenario, limits);
        let places: Vec<usize> = possible.into_iter().map(|plan| plans.place_of(plan)).collect();
        plans.by_length.insert(length, places.clone());
        places
    };
    candidates.into_iter().find(|&place| {
        !has_law
            || plans.even_duty(place, span).is_some_and(|duty| {
                scenario.law.duty_objections(&duty, &agent.person, &scenario.calendar).is_empty()
            })
    })
}

/// Evenly spread breaks, for duties whose minutes are all worth the same.
pub(super) const CANONICAL: Taste = Taste { step: 5, evenness: 1.0 };

fn idle() -> Worth {
    Worth::of(&[], &[], 0)
}

/// A duty with its breaks and off-queue work in place for the least loss together.
pub(super) fn build_duty(
    plan: &Plan,
    span: Span,
    worth: &Worth,
    taste: Taste,
    off_queue: Option<(&str, i64)>,
) -> Option<Duty> {
    let Some((title, minutes)) = off_queue else {
        let (_, places) = plan.place(span, worth, taste, None)?;
        return Some(assemble(span, &places, None));
    };
    let mut starts: Vec<(f64, i64)> = Vec::new();
    let mut at = span.start.0;
    while at + minutes <= span.end.0 {
        starts.push((worth.between(at, at + minutes), at));
        at += taste.step.max(15);
    }
    starts.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut best: Option<(f64, Duty)> = None;
    for (given_up, at) in starts {
        let least = best.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
        if given_up >= least {
            break;
        }
        let taken = (at, at + minutes);
        let Some((loss, places)) = plan.place(span, worth, taste, Some(taken)) else { continue };
        if given_up + loss < least - 1e-9 {
            best = Some((given_up + loss, assemble(span, &places, Some((title, taken)))));
        }
    }
    best.map(|(_, duty)| duty)
}

fn assemble(span: Span, places: &[(i64, Piece)], off_queue: Option<(&str, (i64, i64))>) -> Duty {
    let mut parts: Vec<(Span, Activity, &str)> = places
        .iter()
        .map(|&(start, piece)| {
            let activity = if piece.is_meal { Activity::Meal } else { Activity::Break };
            (Span::new(Moment(start), Moment(start + piece.length)), activity, "")
        })
        .collect();
    if let Some((title, (from, to))) = off_queue {
        parts.push((Span::new(Moment(from), Moment(to)), Activity::OffQueue, title));
    }
    parts.sort_by_key(|(span, _, _)| *span);
    let block = |span: Span, activity: Activity, detail: &str| Block {
        span,
        activity,
        paid: activity != Activity::Meal,
        detail: detail.to_owned(),
    };
    let mut blocks = Vec::new();
    let mut at = span.start;
    for (part, activity, detail) in parts {
        if at < part.start {
            blocks.push(block(Span::new(at, part.start), Activity::OnQueue, ""));
        }
        at = part.end;
        blocks.push(block(part, activity, detail));
    }
    if at < span.end {
        blocks.push(block(Span::new(at, span.end), Activity::OnQueue, ""));
    }
    Duty { blocks }
}
