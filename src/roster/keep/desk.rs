//! What one person may work instead, held to what may not change.

use std::collections::BTreeMap;

use super::WORTH_A_PERSON;
use super::search::{A_CHANGED_DAY, A_CHANGED_MINUTE, AIMS, Begun, Search};
use crate::duty::{Activity, Duty, Line};
use crate::id::{AgentId, Id};
use crate::roster::breaks::Worth;
use crate::roster::chain::{self, Bounds, Chain, Prices};
use crate::roster::need::Cover;
use crate::roster::people::{CANONICAL, Frame, Kind};
use crate::units::{Minutes, Moment, Span};

/// Lines tried for each person.
const TRIED: usize = 6;
/// Lines tried besides that look away from what a person covers on a day, so that they leave it to others.
const TRIED_LEAVING: usize = 2;

/// What one person may work instead.
pub(super) struct Desk {
    /// Duties that may be worked anew.
    pub(super) anew: Kind,
    /// The same with the duties that stand, last of each day.
    all: Kind,
    /// The duties that stand, by day of the horizon.
    standing: Vec<Vec<Duty>>,
    /// Whether owed off-queue work must be placed: only where it is as things stand.
    owes: bool,
}

/// How somebody sees what is open: pool, presence, rules of minimum presence that mean them.
type Eyes = (usize, u64, Vec<bool>);
/// What each minute of one more person is worth in a cover, by what decides it.
pub(super) type Glances = BTreeMap<Eyes, Worth>;

impl Search<'_> {
    /// What a person may work, held to what may not change.
    pub(super) fn desk(&self, agent: AgentId) -> Desk {
        let calendar = &self.team.scenario.calendar;
        let line = &self.lines[agent.index()].line;
        let kind = &self.team.kinds[self.team.kind_of[agent.index()]];
        let mut anew = Kind { agents: vec![agent], ..kind.clone() };
        let mut standing: Vec<Vec<Duty>> = vec![Vec::new(); calendar.days()];
        for duty in &line.duties {
            if let Some(day) = calendar.day_at(duty.start()) {
                standing[day].push(duty.clone());
            }
        }
        let from = self.standing.start_for(agent);
        for (day, duties) in standing.iter().enumerate() {
            let is_begun = duties.iter().any(|duty| duty.start() < from);
            anew.must[day] |= is_begun;
            anew.days[day].retain(|frame| !is_begun && frame.start >= from.0);
        }
        let mut all = anew.clone();
        for (day, duties) in standing.iter().enumerate().filter(|(_, duties)| !duties.is_empty()) {
            all.days[day].push(self.frame(agent, duties, &kind.owed));
        }
        let owed = (1_u8 << kind.owed.len()) - 1;
        let mut is_owed_placed = true;
        for week in &mut all.weeks {
            let days = &standing[week.first..week.last];
            let paid: i64 = days.iter().flatten().map(|duty| duty.paid().0).sum();
            week.fewest = week.fewest.min(paid);
            week.most = week.most.max(paid);
            let duties: Vec<Duty> = days.iter().flatten().cloned().collect();
            is_owed_placed &= duties.is_empty() || held(&duties, &kind.owed) == owed;
        }
        Desk { anew, all, standing, owes: is_owed_placed }
    }

    /// The duties that stand on a day as one that may be chosen again.
    fn frame(&self, agent: AgentId, duties: &[Duty], owed: &[(String, i64)]) -> Frame {
        let start = duties.iter().map(Duty::start).min().unwrap_or(Moment(0));
        let end = duties.iter().map(Duty::end).max().unwrap_or(start);
        let paid = duties.iter().map(|duty| duty.paid().0).sum();
        let scenario = self.team.scenario;
        let known = scenario.agent(agent);
        let wishes = crate::roster::weights::missed(known, start, scenario);
        let weights = &self.team.weights;
        let cost = weights.paid(known, Minutes(paid), scenario) + weights.wish * wishes;
        let holds = held(duties, owed);
        let stint = weights.stint(known, Span::new(start, end), scenario);
        Frame { start: start.0, end: end.0, plan: 0, paid, cost, wishes, holds, stint }
    }

    /// A beginning with one more person changed, in the best ways found.
    pub(super) fn with(&self, begun: &Begun, agent: usize, glances: &Glances) -> Vec<Begun> {
        let (Some(desk), Some(old)) = (self.open.get(&agent), self.lines.get(agent)) else {
            return Vec::new();
        };
        let mut cover = begun.cover.clone();
        self.team.cover(old, &mut cover, -1.0);
        cover.iter_mut().flatten().for_each(|minutes| *minutes = minutes.max(0.0));
        let mut lines = self.lines_for(desk, agent, &cover, TRIED);
        for left in self.days_to_leave(desk, agent, glances) {
            // As if these duties were covered by others.
            let mut cover = cover.clone();
            let duties = left.iter().flat_map(|&day| desk.standing[day].iter().cloned()).collect();
            let kept = Line { duties, ..Line::empty(AgentId::at(agent)) };
            self.team.cover(&self.team.placed(kept), &mut cover, 1.0);
            for line in self.lines_for(desk, agent, &cover, TRIED_LEAVING) {
                if lines.iter().all(|known| known.duties != line.duties) {
                    lines.push(line);
                }
            }
        }
        let next = lines.into_iter().map(|line| {
            let placed = self.team.placed(line);
            let mut next = begun.clone();
            self.team.cover(old, &mut next.cover, -1.0);
            self.team.cover(&placed, &mut next.cover, 1.0);
            next.changed.insert(agent, placed);
            self.weigh(&mut next);
            next
        });
        next.collect()
    }

    /// What a cover leaves open in the eyes of everyone who may be changed.
    pub(super) fn glances(&self, cover: &Cover) -> Glances {
        self.glances_of(cover, self.open.keys().copied())
    }

    /// The same in the eyes of some of them.
    pub(super) fn glances_of(
        &self,
        cover: &Cover,
        agents: impl IntoIterator<Item = usize>,
    ) -> Glances {
        let mut glances = Glances::new();
        for agent in agents {
            if let Some(desk) = self.open.get(&agent) {
                let glance = || self.team.worth(&desk.anew, cover);
                glances.entry(self.eyes(agent)).or_insert_with(glance);
            }
        }
        glances
    }

    /// What decides how somebody sees what is open.
    fn eyes(&self, agent: usize) -> Eyes {
        let kind = &self.team.kinds[self.team.kind_of[agent]];
        let rules = self.team.need.attendance.rules_of(AgentId::at(agent));
        (kind.pool, kind.presence.to_bits(), rules)
    }

    /// Days on which a person has a duty that may change while other hours of the day are short of them: one by
    /// one, then all together.
    fn days_to_leave(&self, desk: &Desk, agent: usize, glances: &Glances) -> Vec<Vec<usize>> {
        let Some(worth) = glances.get(&self.eyes(agent)) else { return Vec::new() };
        let enough = WORTH_A_PERSON * self.team.weights.service;
        let is_short = |day: usize| {
            let frames = &desk.anew.days[day];
            !desk.standing[day].is_empty()
                && frames.iter().any(|frame| worth.between(frame.start, frame.end) >= enough)
        };
        let days: Vec<usize> = (0..desk.standing.len()).filter(|&day| is_short(day)).collect();
        let together = (days.len() > 1).then(|| days.clone());
        days.into_iter().map(|day| vec![day]).chain(together).collect()
    }

    /// The best other lines of a person against a cover.
    fn lines_for(&self, desk: &Desk, agent: usize, cover: &Cover, tried: usize) -> Vec<Line> {
        let worth = self.team.worth(&desk.anew, cover);
        let prices = self.prices(desk, &worth);
        let old = &self.lines[agent].line;
        let bounds = Bounds { owed: desk.owes, ..Bounds::best(tried) };
        let ways = bounds.ever_stricter(&desk.all).take_while(|bounds| bounds.caution <= 1);
        let mut ways: Vec<Bounds> = ways.collect();
        // Duties that stand may keep the law by where their breaks lie, which caution does not count on.
        ways.sort_by_key(|bounds| !bounds.is_plain());
        for bounds in ways {
            let chains = chain::cheapest(&desk.all, &prices, bounds);
            let built = chains.found.iter().filter_map(|it| self.build(desk, agent, it, &worth));
            let lines: Vec<Line> = built.filter(|line| line.duties != old.duties).collect();
            if !lines.is_empty() {
                return lines;
            }
        }
        Vec::new()
    }

    /// What each duty costs: what it is worth, its part in the aims, and the minutes it changes.
    fn prices(&self, desk: &Desk, worth: &Worth) -> Prices {
        let taste = self.team.taste(&desk.anew);
        let mut prices = self.team.prices(&desk.anew, worth, taste, false);
        let a_minute = A_CHANGED_MINUTE * self.team.weights.service;
        let a_day = A_CHANGED_DAY * self.team.weights.service;
        for (day, costs) in prices.frames.iter_mut().enumerate() {
            let standing = &desk.standing[day];
            let was: Vec<Span> = standing.iter().map(Duty::span).collect();
            let length: Minutes = was.iter().map(|span| span.length()).sum();
            for (cost, frame) in costs.iter_mut().zip(&desk.anew.days[day]) {
                let span = Span::new(Moment(frame.start), Moment(frame.end));
                let kept: Minutes = was.iter().map(|was| was.overlap(span)).sum();
                // A day left free gives up the whole duty, which stands on the other side of every price.
                let moved = span.length() - kept - kept;
                let new_day = if standing.is_empty() { a_day } else { 0.0 };
                let aims = AIMS * frame.cost + a_minute * moved.real() + new_day;
                *cost = cost.map(|cost| cost + aims);
            }
            if !standing.is_empty() {
                let frame = desk.all.days[day][desk.all.days[day].len() - 1];
                let on_queue = standing.iter().flat_map(|duty| duty.blocks_of(Activity::OnQueue));
                let worth: f64 =
                    on_queue.map(|block| worth.between(block.span.start.0, block.span.end.0)).sum();
                costs.push(Some(AIMS * frame.cost - worth - a_minute * length.real() - a_day));
                prices.off_queue[day].push(vec![None; desk.all.owed.len()]);
            }
        }
        let quick =
            self.team.prices(&Kind { days: Vec::new(), ..desk.anew.clone() }, worth, taste, true);
        prices.quick_return = AIMS * quick.quick_return;
        prices
    }

    /// The line of a chain: duties that stand as they are, others with breaks laid anew.
    fn build(&self, desk: &Desk, agent: usize, chain: &Chain, worth: &Worth) -> Option<Line> {
        let agent = AgentId::at(agent);
        let old = &self.lines[agent.index()].line;
        let calendar = &self.team.scenario.calendar;
        let outside = |duty: &&Duty| calendar.day_at(duty.start()).is_none();
        let mut duties: Vec<Duty> = old.duties.iter().filter(outside).cloned().collect();
        for &(day, place, block) in &chain.duties {
            let Some(frame) = desk.anew.days[day].get(place) else {
                duties.extend(desk.standing[day].iter().cloned());
                continue;
            };
            let even = Worth::of(&[], &[], 0);
            let tastes =
                [(worth, self.team.taste(&desk.anew)), (worth, CANONICAL), (&even, CANONICAL)];
            let laid = tastes.into_iter().find_map(|(worth, taste)| {
                let duty = desk.anew.lay(frame, block, worth, taste)?;
                self.team.is_legal_duty(agent, &duty).then_some(duty)
            });
            duties.push(laid?);
        }
        duties.sort_by_key(Duty::start);
        let line = Line { agent, duties, absences: old.absences.clone() };
        self.team.is_legal_line(&line).then_some(line)
    }
}

/// Owed blocks that duties hold, a bit each.
fn held(duties: &[Duty], owed: &[(String, i64)]) -> u8 {
    let blocks = || duties.iter().flat_map(|duty| duty.blocks_of(Activity::OffQueue));
    let is_held = |(title, length): &(String, i64)| {
        let own = blocks().filter(|block| block.detail == *title || block.detail.is_empty());
        own.map(|block| block.span.length().0).sum::<i64>() >= *length
    };
    (0..owed.len()).filter(|&place| is_held(&owed[place])).map(|place| 1_u8 << place).sum()
}
