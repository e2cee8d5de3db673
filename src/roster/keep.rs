//! A roster that holds already, changed as little as what happened asks for: first the fewest people, then the
//! fewest minutes, then the usual aims.
//!
//! What a published roster left short anyway is forgiven, so that only what has opened since is repaired. People
//! are added to the change one at a time, from several beginnings at once (a beam search, Lowerre 1976); each
//! gets the line that repairs most against everyone else's, the duties that may not change held in place. A
//! person is only changed where that repairs enough minutes to be worth it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::attendance::MISSING;
use super::breaks::Worth;
use super::chain::{self, Bounds, Chain, Prices};
use super::need::{Cover, Need};
use super::people::{self, CANONICAL, Frame, Kind};
use super::team::{Placed, Team};
use super::{Roster, Watch};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::units::{Minutes, Moment, Span};

/// Minutes short that a change of one person must repair to be worth asking for. *Assumption.*
pub const WORTH_A_PERSON: f64 = 30.0;
/// Minutes short that a changed minute stands for, so that of two changes the smaller is taken.
const A_CHANGED_MINUTE: f64 = 0.01;
/// Minutes short that a changed day of a person stands for, so that breaks are not moved for next to nothing.
/// *Assumption.*
const A_CHANGED_DAY: f64 = 5.0;
/// How little the usual aims weigh against people changed.
const AIMS: f64 = 0.01;
/// Beginnings followed at once.
const BEAM: usize = 8;
/// Beginnings followed besides, that leave open what most people could fill.
const EASY: usize = 4;
/// Lines tried for each person.
const TRIED: usize = 6;
/// Lines tried besides that look away from what a person covers on a day, so that they leave it to others.
const TRIED_LEAVING: usize = 2;
/// People looked for in vain before the search ends.
const IN_VAIN: usize = 2;
/// Moves that even the smallest budget pays for.
const FEWEST_MOVES: usize = 600;
/// Moves of one person that a node of the budget pays for.
const MOVES_A_NODE: usize = 20;

/// What a roster is held against, and what of it may change.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// Everyone's line as it stands, the absent taken out.
    pub roster: &'a Roster,
    /// The roster as it was meant, before anything happened.
    pub meant: &'a Roster,
    /// What it was meant to cover.
    pub expected: &'a Requirement,
    /// Duties that start before stay as they are, and no new one starts before.
    pub from: Moment,
    /// The same for people whose duties stay until later than that.
    pub told_from: BTreeMap<AgentId, Moment>,
    /// People who are left alone.
    pub left_alone: BTreeSet<AgentId>,
    /// People who have been changed already and may be again at no further cost.
    pub changed: BTreeSet<AgentId>,
}

impl Standing<'_> {
    /// From when a person's duties may change.
    fn start_for(&self, agent: AgentId) -> Moment {
        self.told_from.get(&agent).map_or(self.from, |told| self.from.max(*told))
    }
}

/// A roster changed as little as possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Everyone's line.
    pub roster: Roster,
    /// Minutes short that had opened beyond what the roster was meant to leave.
    pub opened: f64,
    /// Minutes of them that are left.
    pub left: f64,
    /// People-minutes by which minimum presence is missed that was kept before.
    pub missing: f64,
    /// Minutes of written work done late: as it was meant, with nothing changed, as changed.
    pub late: [f64; 3],
    /// Whose lines changed.
    pub changed: Vec<AgentId>,
}

/// Change a roster so that it covers what it was meant to cover, by the fewest people.
///
/// Gives it back as it stands where nothing has opened that is worth changing anyone for.
#[must_use]
pub fn keep(
    requirement: &Requirement,
    scenario: &Scenario,
    standing: &Standing<'_>,
    watch: &dyn Watch,
) -> Kept {
    let search = Search::of(requirement, scenario, standing);
    let start = search.start();
    let (opened, bare) = search.gaps(&start.cover);
    let late = |cover: &Cover| search.whole.shortfall(cover).late;
    let late_before = late(&start.cover);
    let is_kept = opened < WORTH_A_PERSON && bare <= 0.0;
    let best = if is_kept { start } else { search.run(start, opened, watch) };
    let (left, missing) = search.gaps(&best.cover);
    let late = [search.late, late_before, late(&best.cover)];
    let mut roster = standing.roster.clone();
    for placed in best.changed.values() {
        if let Some(line) = roster.lines.iter_mut().find(|line| line.agent == placed.line.agent) {
            *line = placed.line.clone();
        }
    }
    let changed = best.changed.keys().map(|&agent| AgentId::at(agent)).collect();
    Kept { roster, opened, left, missing, late, changed }
}

/// Minutes short of a roster, beyond those it was meant to leave, as people in it change.
pub struct Measure<'a> {
    search: Search<'a>,
    cover: Cover,
}

impl<'a> Measure<'a> {
    /// The measure of a roster as it stands.
    #[must_use]
    pub fn of(
        requirement: &Requirement,
        scenario: &'a Scenario,
        standing: &'a Standing<'a>,
    ) -> Measure<'a> {
        let search = Search::closed(requirement, scenario, standing);
        let cover = search.team.cover_of(&search.lines);
        Measure { search, cover }
    }

    /// Minutes short beyond those it was meant to leave.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.search.gap(&self.cover)
    }

    /// The same with another line of one person.
    #[must_use]
    pub fn gap_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.gap(&self.with(agent, line).1)
    }

    /// People-minutes that minimum presence misses, with another line of one person.
    #[must_use]
    pub fn missing_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.gaps(&self.with(agent, line).1).1
    }

    /// People-minutes that minimum presence misses beyond what the roster was meant to.
    #[must_use]
    pub fn missing(&self) -> f64 {
        self.search.gaps(&self.cover).1
    }

    /// All minutes short, forgiven or not.
    #[must_use]
    pub fn short(&self) -> f64 {
        self.search.whole.shortfall(&self.cover).total()
    }

    /// The same with another line of one person.
    #[must_use]
    pub fn short_with(&self, agent: AgentId, line: &Line) -> f64 {
        self.search.whole.shortfall(&self.with(agent, line).1).total()
    }

    /// The same with other lines of several people.
    #[must_use]
    pub fn short_with_all(&self, lines: &[(AgentId, &Line)]) -> f64 {
        let mut cover = self.cover.clone();
        for &(agent, line) in lines {
            self.search.team.cover(&self.search.lines[agent.index()], &mut cover, -1.0);
            self.search.team.cover(&self.search.team.placed(line.clone()), &mut cover, 1.0);
        }
        self.search.whole.shortfall(&cover).total()
    }

    /// Let a person work another line.
    pub fn take(&mut self, agent: AgentId, line: &Line) {
        let (placed, cover) = self.with(agent, line);
        self.search.lines[agent.index()] = placed;
        self.cover = cover;
    }

    fn with(&self, agent: AgentId, line: &Line) -> (Placed, Cover) {
        let placed = self.search.team.placed(line.clone());
        let mut cover = self.cover.clone();
        self.search.team.cover(&self.search.lines[agent.index()], &mut cover, -1.0);
        self.search.team.cover(&placed, &mut cover, 1.0);
        (placed, cover)
    }
}

/// Whether the law has nothing against a line, the days published beside it included.
#[must_use]
pub fn is_legal(line: &Line, scenario: &Scenario) -> bool {
    let published = &scenario.published;
    let person = &scenario.agent(line.agent).person;
    let days = (published.days_before, published.days_after);
    let past = published.around(line.agent).and_then(|around| {
        crate::rules::Past::of(around, days, &scenario.law, person, &scenario.calendar)
    });
    match past {
        Some(past) => scenario.law.objections_among(&past, line, person).is_empty(),
        None => scenario.law.objections(line, person, &scenario.calendar).is_empty(),
    }
}

/// Everything that stays the same while a roster is changed.
struct Search<'a> {
    team: Team<'a>,
    standing: &'a Standing<'a>,
    /// Everyone's line as it stands, by agent.
    lines: Vec<Placed>,
    /// Ticket minutes that the roster was meant to leave late.
    late: f64,
    /// People-minutes of minimum presence that it was meant to miss.
    missing: f64,
    /// The need with nothing forgiven.
    whole: Need,
    /// People who may be changed, by agent.
    open: BTreeMap<usize, Desk>,
    /// By live row: one over the people who may be changed and could fill it.
    scarcity: Vec<f64>,
}

/// What one person may work instead.
struct Desk {
    /// Duties that may be worked anew.
    anew: Kind,
    /// The same with the duties that stand, last of each day.
    all: Kind,
    /// The duties that stand, by day of the horizon.
    standing: Vec<Vec<Duty>>,
    /// Whether owed off-queue work must be placed: only where it is as things stand.
    owes: bool,
}

/// Some people changed.
#[derive(Debug, Clone)]
struct Begun {
    changed: BTreeMap<usize, Placed>,
    cover: Cover,
    sum: f64,
    /// The same, what is open counted by how few could fill it.
    scarce: f64,
}

impl<'a> Search<'a> {
    fn of(
        requirement: &Requirement,
        scenario: &'a Scenario,
        standing: &'a Standing<'a>,
    ) -> Search<'a> {
        let mut search = Search::closed(requirement, scenario, standing);
        let helpful = search.helpful();
        let is_bare = search.gaps(&search.team.cover_of(&search.lines)).1 > 0.0;
        let is_meant = |agent: AgentId| {
            is_bare && search.team.need.attendance.rules.iter().any(|rule| rule.is_for(agent))
        };
        let may_help = |agent: &AgentId| {
            !standing.left_alone.contains(agent)
                && (helpful.contains(&scenario.agent(*agent).pool.index()) || is_meant(*agent))
        };
        let helpers = (0..scenario.agents.len()).map(AgentId::at).filter(may_help);
        search.open = helpers.map(|agent| (agent.index(), search.desk(agent))).collect();
        let able = |pools: &[usize]| {
            let pool = |agent: &&usize| scenario.agent(AgentId::at(**agent)).pool.index();
            search
                .open
                .keys()
                .filter(|agent| pools.contains(&pool(agent)))
                .map(|_| 1.0)
                .sum::<f64>()
        };
        let rows = search.team.need.live.iter();
        search.scarcity = rows.map(|row| 1.0 / able(&row.pools).max(1.0)).collect();
        search
    }

    /// A search in which nobody may be changed yet.
    fn closed(
        requirement: &Requirement,
        scenario: &'a Scenario,
        standing: &'a Standing<'a>,
    ) -> Search<'a> {
        let mut team = Team::of(Need::of(requirement, scenario), scenario);
        let mut lines: Vec<Placed> = (0..scenario.agents.len())
            .map(|agent| team.placed(Line::empty(AgentId::at(agent))))
            .collect();
        let mut meant = lines.clone();
        for (from, into) in [(standing.roster, &mut lines), (standing.meant, &mut meant)] {
            for line in &from.lines {
                if let Some(own) = into.get_mut(line.agent.index()) {
                    *own = team.placed(line.clone());
                }
            }
        }
        let cover = team.cover_of(&meant);
        let expected = Need::of(standing.expected, scenario);
        let super::need::Shortfall { late, missing, .. } = expected.shortfall(&cover);
        let whole = team.need.clone();
        team.need = team.need.forgiving(&expected, &cover);
        Search {
            team,
            standing,
            lines,
            late,
            missing,
            whole,
            open: BTreeMap::new(),
            scarcity: Vec::new(),
        }
    }

    /// Pools that could make good anything that is short, or take over from somebody who then does.
    fn helpful(&self) -> BTreeSet<usize> {
        let cover = self.team.cover_of(&self.lines);
        let need = &self.team.need;
        let is_short = |row: &&super::need::LiveRow| {
            (0..need.lengths.len()).any(|interval| need.short_of(row, interval, &cover) > 0.0)
        };
        let live = need.live.iter().filter(is_short).flat_map(|row| row.pools.iter().copied());
        let mut pools: BTreeSet<usize> = live.collect();
        if need.shortfall(&cover).late > self.late {
            let takers = need.tickets.iter().flat_map(|class| &class.pools);
            pools.extend(takers.map(|&(pool, _)| pool));
            // Whoever takes live work off ticket workers helps as well.
            pools.extend(need.live.iter().flat_map(|row| row.pools.iter().copied()));
        }
        let shared: Vec<BTreeSet<usize>> = need
            .live
            .iter()
            .map(|row| row.pools.iter().copied().collect())
            .chain(
                need.tickets
                    .iter()
                    .map(|class| class.pools.iter().map(|(pool, _)| *pool).collect()),
            )
            .collect();
        loop {
            let before = pools.len();
            for row in
                shared.iter().filter(|row| !row.is_disjoint(&pools)).cloned().collect::<Vec<_>>()
            {
                pools.extend(row);
            }
            if pools.len() == before {
                return pools;
            }
        }
    }

    /// What a person may work, held to what may not change.
    fn desk(&self, agent: AgentId) -> Desk {
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
        let wishes = super::weights::missed(known, start, scenario);
        let weights = &self.team.weights;
        let cost = weights.paid(known, Minutes(paid), scenario) + weights.wish * wishes;
        let holds = held(duties, owed);
        let stint = weights.stint(known, Span::new(start, end), scenario);
        Frame { start: start.0, end: end.0, plan: 0, paid, cost, wishes, holds, stint }
    }

    fn start(&self) -> Begun {
        let cover = self.team.cover_of(&self.lines);
        let mut start = Begun { changed: BTreeMap::new(), cover, sum: 0.0, scarce: 0.0 };
        self.weigh(&mut start);
        start
    }

    /// Minutes short beyond what the roster was meant to leave short.
    fn gap(&self, cover: &Cover) -> f64 {
        self.gaps(cover).0
    }

    /// The same, and people-minutes of minimum presence missed beyond what it was meant to miss.
    fn gaps(&self, cover: &Cover) -> (f64, f64) {
        let short = self.team.need.shortfall(cover);
        let gap = short.live + (short.late - self.late).max(0.0);
        (gap, (short.missing - self.missing).max(0.0))
    }

    /// Add people until nobody more is worth it, from several beginnings at once.
    fn run(&self, start: Begun, opened: f64, watch: &dyn Watch) -> Begun {
        let budget = self.team.scenario.budget.nodes.saturating_mul(MOVES_A_NODE);
        let mut moves = budget.max(FEWEST_MOVES);
        let mut best = start.clone();
        let mut beam = vec![start];
        let mut in_vain = 0;
        while in_vain < IN_VAIN && moves > 0 && !watch.is_stopped() {
            let done = 1.0 - self.gap(&best.cover) / opened.max(1.0);
            watch.step("looking for the fewest changes", 0.3 + 0.4 * done.clamp(0.0, 1.0));
            let tried: Vec<(usize, usize)> = beam
                .iter()
                .enumerate()
                .flat_map(|(place, begun)| {
                    let free = self.open.keys().filter(|agent| !begun.changed.contains_key(agent));
                    free.map(move |&agent| (place, agent))
                })
                .take(moves)
                .collect();
            moves -= tried.len();
            let found: Vec<Vec<Begun>> = tried
                .into_par_iter()
                .map(|(place, agent)| self.with(&beam[place], agent))
                .collect();
            beam = fittest(found.into_iter().flatten().collect());
            let Some(first) = beam.first() else { break };
            if first.sum < best.sum - 1e-6 {
                best = first.clone();
                in_vain = 0;
            } else {
                in_vain += 1;
            }
        }
        self.settled(best)
    }

    /// Each changed person once more against all others: back as they were where that is no worse, better
    /// where it can be.
    fn settled(&self, mut best: Begun) -> Begun {
        loop {
            let before = best.sum;
            for agent in best.changed.keys().copied().collect::<Vec<_>>() {
                let mut without = best.clone();
                if let Some(placed) = without.changed.remove(&agent) {
                    self.team.cover(&placed, &mut without.cover, -1.0);
                    self.team.cover(&self.lines[agent], &mut without.cover, 1.0);
                    self.weigh(&mut without);
                }
                let again = self.with(&without, agent);
                let least =
                    again.into_iter().chain([without]).min_by(|a, b| a.sum.total_cmp(&b.sum));
                if let Some(least) = least.filter(|least| least.sum < best.sum - 1e-6) {
                    best = least;
                }
            }
            if best.sum >= before - 1e-6 {
                return best;
            }
        }
    }

    /// A beginning with one more person changed, in the best ways found.
    fn with(&self, begun: &Begun, agent: usize) -> Vec<Begun> {
        let (Some(desk), Some(old)) = (self.open.get(&agent), self.lines.get(agent)) else {
            return Vec::new();
        };
        let mut cover = begun.cover.clone();
        self.team.cover(old, &mut cover, -1.0);
        cover.iter_mut().flatten().for_each(|minutes| *minutes = minutes.max(0.0));
        let mut lines = self.lines_for(desk, agent, &cover, TRIED);
        for left in self.days_to_leave(desk, &begun.cover) {
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

    /// Days on which a person has a duty that may change while other hours of the day are short of them: one by
    /// one, then all together.
    fn days_to_leave(&self, desk: &Desk, cover: &Cover) -> Vec<Vec<usize>> {
        let worth = self.team.worth(&desk.anew, cover);
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
        for caution in 0..=1 {
            let bounds = Bounds { caution, owed: desk.owes, ..Bounds::best(tried) };
            let chains = chain::cheapest(&desk.all, &prices, bounds);
            let built = chains.found.iter().filter_map(|it| self.build(desk, agent, it, &worth));
            let lines: Vec<Line> = built.filter(|line| line.duties != old.duties).collect();
            if !lines.is_empty() {
                return lines;
            }
        }
        Vec::new()
    }

    fn weigh(&self, begun: &mut Begun) {
        begun.sum = self.sum(begun);
        let need = &self.team.need;
        let short = |row: &super::need::LiveRow| {
            (0..need.lengths.len()).map(|t| need.short_of(row, t, &begun.cover)).sum::<f64>()
        };
        let open: f64 =
            need.live.iter().zip(&self.scarcity).map(|(row, scarce)| scarce * short(row)).sum();
        begun.scarce = begun.sum + self.team.weights.service * WORTH_A_PERSON.max(1.0) * open;
    }

    /// What a change comes to, in the weights of the scaled sum.
    fn sum(&self, begun: &Begun) -> f64 {
        let weights = &self.team.weights;
        let (mut minutes, missing) = self.gaps(&begun.cover);
        let mut aims = 0.0;
        for (&agent, placed) in &begun.changed {
            let old = &self.lines[agent];
            if !self.standing.changed.contains(&AgentId::at(agent)) {
                minutes += WORTH_A_PERSON;
            }
            minutes += A_CHANGED_MINUTE * changed_minutes(&old.line, &placed.line).real();
            minutes += A_CHANGED_DAY * self.changed_days(&old.line, &placed.line);
            let red = weights.red * (placed.score.red - old.score.red);
            // Nobody is put into red, and nobody is changed only to be out of it.
            aims += red.max(0.0) + AIMS * (placed.cost - old.cost - red);
        }
        weights.service * minutes + MISSING * missing + aims
    }

    /// Days of the horizon on which two lines differ.
    fn changed_days(&self, before: &Line, after: &Line) -> f64 {
        let calendar = &self.team.scenario.calendar;
        let differs = |one: &Line, other: &Line| -> Vec<Option<usize>> {
            let gone = one.duties.iter().filter(|duty| !other.duties.contains(duty));
            gone.map(|duty| calendar.day_at(duty.start())).collect()
        };
        let days: BTreeSet<Option<usize>> =
            differs(before, after).into_iter().chain(differs(after, before)).collect();
        days.iter().map(|_| 1.0).sum()
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
            let span = Span::new(Moment(frame.start), Moment(frame.end));
            let owed = &desk.anew.owed;
            let off_queue = block.map(|block| (owed[block].0.as_str(), owed[block].1));
            let plan = &desk.anew.plans[frame.plan];
            let even = Worth::of(&[], &[], 0);
            let tastes =
                [(worth, self.team.taste(&desk.anew)), (worth, CANONICAL), (&even, CANONICAL)];
            let laid = tastes.into_iter().find_map(|(worth, taste)| {
                let duty = people::build_duty(plan, span, worth, taste, off_queue)?;
                self.team.is_legal_duty(agent, &duty).then_some(duty)
            });
            duties.push(laid?);
        }
        duties.sort_by_key(Duty::start);
        let line = Line { agent, duties, absences: old.absences.clone() };
        self.team.is_legal_line(&line).then_some(line)
    }
}

/// The best beginnings, at most two with the same people; then the best of the others by what is easy to fill.
fn fittest(mut found: Vec<Begun>) -> Vec<Begun> {
    found.sort_by(|one, other| one.sum.total_cmp(&other.sum));
    let best = best_of(&mut found, BEAM);
    let mut rest = found.split_off(best);
    rest.sort_by(|one, other| one.scarce.total_cmp(&other.scarce));
    let easy = best_of(&mut rest, EASY);
    rest.truncate(easy);
    found.append(&mut rest);
    found
}

/// Put the first so many, at most two with the same people, before all others, and say how many they are.
fn best_of(found: &mut [Begun], most: usize) -> usize {
    let mut seen: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut taken = 0;
    for place in 0..found.len() {
        let times = seen.entry(found[place].changed.keys().copied().collect()).or_insert(0);
        if *times < 2 && taken < most {
            *times += 1;
            found[taken..=place].rotate_right(1);
            taken += 1;
        }
    }
    taken
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

/// Minutes of which a person does something else than before.
#[must_use]
pub fn changed_minutes(before: &Line, after: &Line) -> Minutes {
    let all = |line: &Line| line.blocks().map(|block| block.span.length()).sum::<Minutes>();
    let same = |one: &Block| {
        let alike = after.blocks().filter(|other| other.activity == one.activity);
        alike.map(|other| other.span.overlap(one.span)).sum::<Minutes>()
    };
    let kept: Minutes = before.blocks().map(same).sum();
    let moved = before.blocks().map(|one| {
        let busy = after.blocks().filter(|other| other.activity != one.activity);
        busy.map(|other| other.span.overlap(one.span)).sum::<Minutes>()
    });
    // A minute that goes from one activity to another is one, not two.
    all(before) + all(after) - kept - kept - moved.sum()
}

#[cfg(test)]
mod tests;
