//! Which people to change: added one at a time, from several beginnings at once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::desk::{Desk, Glances};
use super::{Standing, WORTH_A_PERSON, changed_minutes};
use crate::duty::Line;
use crate::id::{AgentId, Id};
use crate::roster::Watch;
use crate::roster::attendance::MISSING;
use crate::roster::need::{Cover, LiveRow, Need};
use crate::roster::team::{Placed, Team};
use crate::scenario::Scenario;
use crate::staffing::Requirement;

/// Minutes short that a changed minute stands for, so that of two changes the smaller is taken.
pub(super) const A_CHANGED_MINUTE: f64 = 0.01;
/// Minutes short that a changed day of a person stands for, so that breaks are not moved for next to nothing.
/// *Assumption.*
pub(super) const A_CHANGED_DAY: f64 = 5.0;
/// How little the usual aims weigh against people changed.
pub(super) const AIMS: f64 = 0.01;
/// Beginnings followed at once.
const BEAM: usize = 8;
/// Beginnings followed besides, that leave open what most people could fill.
const EASY: usize = 4;
/// People looked for in vain before the search ends.
const IN_VAIN: usize = 2;
/// Moves that even the smallest budget pays for.
const FEWEST_MOVES: usize = 600;
/// Moves of one person that a node of the budget pays for.
const MOVES_A_NODE: usize = 20;

/// Everything that stays the same while a roster is changed.
pub(super) struct Search<'a> {
    pub(super) team: Team<'a>,
    pub(super) standing: &'a Standing<'a>,
    /// Everyone's line as it stands, by agent.
    pub(super) lines: Vec<Placed>,
    /// Ticket minutes that the roster was meant to leave late.
    pub(super) late: f64,
    /// The need with nothing forgiven.
    pub(super) whole: Need,
    /// People who may be changed, by agent.
    pub(super) open: BTreeMap<usize, Desk>,
    /// By live row: one over the people who may be changed and could fill it.
    scarcity: Vec<f64>,
}

/// Some people changed.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub(super) changed: BTreeMap<usize, Placed>,
    pub(super) cover: Cover,
    sum: f64,
    /// What the change itself stands for in it.
    spent: f64,
    /// The same, what is open counted by how few could fill it.
    scarce: f64,
}

impl<'a> Search<'a> {
    pub(super) fn of(
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
    pub(super) fn closed(
        requirement: &Requirement,
        scenario: &'a Scenario,
        standing: &'a Standing<'a>,
    ) -> Search<'a> {
        let mut need = Need::of(requirement, scenario);
        need.attendance.forget_before(standing.from);
        let mut team = Team::of(need, scenario);
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
        let late = expected.shortfall(&cover).late;
        let whole = team.need.clone();
        team.need = team.need.forgiving(&expected, &cover);
        Search { team, standing, lines, late, whole, open: BTreeMap::new(), scarcity: Vec::new() }
    }

    /// Pools that could make good anything that is short, or take over from somebody who then does.
    fn helpful(&self) -> BTreeSet<usize> {
        let cover = self.team.cover_of(&self.lines);
        let need = &self.team.need;
        let is_short = |row: &&LiveRow| {
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

    pub(super) fn start(&self) -> Begun {
        let cover = self.team.cover_of(&self.lines);
        let mut start =
            Begun { changed: BTreeMap::new(), cover, sum: 0.0, spent: 0.0, scarce: 0.0 };
        self.weigh(&mut start);
        start
    }

    /// Minutes short beyond what the roster was meant to leave short.
    pub(super) fn gap(&self, cover: &Cover) -> f64 {
        self.gaps(cover).0
    }

    /// The same, and people-minutes of minimum presence missed.
    pub(super) fn gaps(&self, cover: &Cover) -> (f64, f64) {
        let short = self.team.need.shortfall(cover);
        let gap = short.live + (short.late - self.late).max(0.0);
        (gap, short.missing)
    }

    /// Add people until nobody more is worth it, from several beginnings at once.
    pub(super) fn run(&self, start: Begun, opened: f64, watch: &dyn Watch) -> Begun {
        let budget = self.team.scenario.budget.nodes.saturating_mul(MOVES_A_NODE);
        let mut moves = budget.max(FEWEST_MOVES);
        let mut best = start.clone();
        let mut beam = vec![start];
        let mut in_vain = 0;
        loop {
            // Where one more person costs more than is still open, no change that goes on from here is better.
            beam.retain(|begun| begun.spent + self.one_more(begun) < best.sum - 1e-6);
            if in_vain >= IN_VAIN || moves == 0 || beam.is_empty() || watch.is_stopped() {
                break;
            }
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
            let glances: Vec<Glances> = beam.par_iter().map(|it| self.glances(&it.cover)).collect();
            let found: Vec<Vec<Begun>> = tried
                .into_par_iter()
                .map(|(place, agent)| self.with(&beam[place], agent, &glances[place]))
                .collect();
            beam = fittest(found.into_iter().flatten().collect());
            match beam.first().filter(|first| first.sum < best.sum - 1e-6) {
                Some(first) => {
                    best = first.clone();
                    in_vain = 0;
                }
                None => in_vain += 1,
            }
        }
        self.settled(best)
    }

    /// What changing one more person stands for at least, aims aside.
    fn one_more(&self, begun: &Begun) -> f64 {
        let is_free = |agent: &AgentId| !begun.changed.contains_key(&agent.index());
        let person = if self.standing.changed.iter().any(is_free) { 0.0 } else { WORTH_A_PERSON };
        self.team.weights.service * (person + A_CHANGED_DAY)
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
                let again = self.with(&without, agent, &self.glances_of(&without.cover, [agent]));
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

    pub(super) fn weigh(&self, begun: &mut Begun) {
        begun.spent = self.spent(begun);
        let (minutes, missing) = self.gaps(&begun.cover);
        begun.sum = begun.spent + self.team.weights.service * minutes + MISSING * missing;
        let need = &self.team.need;
        let short = |row: &LiveRow| {
            (0..need.lengths.len()).map(|t| need.short_of(row, t, &begun.cover)).sum::<f64>()
        };
        let open: f64 =
            need.live.iter().zip(&self.scarcity).map(|(row, scarce)| scarce * short(row)).sum();
        begun.scarce = begun.sum + self.team.weights.service * WORTH_A_PERSON.max(1.0) * open;
    }

    /// What the people, days and minutes changed stand for in the weights of the scaled sum, and the usual aims.
    fn spent(&self, begun: &Begun) -> f64 {
        let weights = &self.team.weights;
        let (mut minutes, mut aims) = (0.0, 0.0);
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
        weights.service * minutes + aims
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
