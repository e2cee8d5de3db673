//! Whole lines, one person at a time: take one or a few lines out, price new ones exactly against what the
//! rest leaves short, keep what is better. Never worse than where it starts.

use super::Watch;
use super::breaks::Worth;
use super::draw::Draw;
use super::generate::Generated;
use super::master::real;
use super::need::Cover;
use super::team::{Placed, Team};
use super::turns::{self, TOGETHER, Turns};
use crate::id::{AgentId, Id};

/// Lines tried for each person at each step.
const TRIED: usize = 4;
/// What counts as better.
const BETTER: f64 = 1e-7;

/// A whole roster while it is searched.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Everyone's line, in the order of agents.
    pub(super) lines: Vec<Placed>,
    /// Their cover.
    pub(super) cover: Cover,
    /// Their scaled sum.
    pub(super) total: f64,
}

impl State {
    /// The state of these lines.
    pub(super) fn of(lines: Vec<Placed>, team: &Team) -> State {
        let cover = team.cover_of(&lines);
        let total = team.total(&lines, &cover);
        State { lines, cover, total }
    }
}

/// Give everyone without a line to keep one, those first whom fewest streams can use, each best for what is
/// still short; a safe one once the search is stopped.
pub(super) fn construct(
    team: &Team,
    safe: &[Placed],
    kept: &[Option<Placed>],
    watch: &dyn Watch,
) -> State {
    let streams = |agent: usize| team.scenario.pool(team.scenario.agents[agent].pool).streams.len();
    let mut order: Vec<usize> = (0..safe.len()).collect();
    order.sort_by_key(|&agent| (streams(agent), agent));
    let mut lines: Vec<Placed> = safe.to_vec();
    let mut cover = team.need.nobody();
    for (line, kept) in lines.iter_mut().zip(kept) {
        if let Some(kept) = kept {
            *line = kept.clone();
            team.cover(line, &mut cover, 1.0);
        }
    }
    for agent in order.into_iter().filter(|&agent| kept.get(agent).is_none_or(Option::is_none)) {
        let place = team.kind_of[agent];
        let best = || {
            let worth = team.worth(&team.kinds[place], &cover);
            let chains = team.chains(place, &worth, f64::INFINITY, TRIED);
            chains.found.iter().find_map(|chain| team.build(AgentId::at(agent), chain, &worth))
        };
        if let Some(placed) = if watch.is_stopped() { None } else { best() } {
            lines[agent] = placed;
        }
        team.cover(&lines[agent], &mut cover, 1.0);
    }
    State::of(lines, team)
}

/// Improve until nobody alone can be improved, or the moves are used up. Gives the moves used.
pub(super) fn polish(team: &Team, state: &mut State, moves: usize, watch: &dyn Watch) -> usize {
    let everyone: Vec<usize> = (0..state.lines.len()).collect();
    polish_some(team, state, &everyone, moves, &|_| watch.is_stopped())
}

/// The same where only some people get new lines, until it is good enough.
pub(super) fn polish_some(
    team: &Team,
    state: &mut State,
    agents: &[usize],
    moves: usize,
    is_done: &dyn Fn(&State) -> bool,
) -> usize {
    let turns: Vec<Turn> =
        agents.iter().map(|&agent| Turn { agents: vec![agent], sight: Sight::Clear }).collect();
    let mut seats = Seats { team, state, best_first: false };
    turns::in_turn(&mut seats, &turns, moves, &|seats| is_done(seats.state))
}

/// Take a few people's lines out together and put them back better, so many times. Gives the moves used.
pub(super) fn shuffle(
    team: &Team,
    state: &mut State,
    worths: &[Worth],
    moves: usize,
    seed: u64,
    watch: &dyn Watch,
) -> usize {
    let people = state.lines.len();
    if people < 2 {
        return 0;
    }
    let mut seats = Seats { team, state, best_first: true };
    let mut used = 0;
    let mut idle = 0;
    while used < moves && idle < 40 + 4 * people && !watch.is_stopped() {
        let turn = |place: usize| Turn::drawn(team, people, worths, Draw::new(seed, used + place));
        let turns: [Turn; TOGETHER] = std::array::from_fn(turn);
        used += TOGETHER;
        let is_better = turns::together(&mut seats, &turns, &mut [(); TOGETHER]);
        idle = if is_better { 0 } else { idle + 1 };
        if used.is_multiple_of(20 * TOGETHER) {
            let share = real(used) / real(moves);
            watch.step("improving the roster", 0.5 + 0.35 * share);
        }
    }
    used
}

/// Everyone's line where each has one that the programme gives most people; those for whom it has none that the law
/// allows keep theirs.
pub(super) fn rounded(team: &Team, state: &State, generated: &Generated) -> Vec<Placed> {
    let mut lines: Vec<Placed> = state.lines.clone();
    for (kind, shares) in team.kinds.iter().zip(&generated.shares) {
        let mut left: Vec<f64> = shares.iter().map(|(many, _)| *many).collect();
        for &agent in &kind.agents {
            let most = (0..left.len())
                .max_by(|&one, &other| left[one].total_cmp(&left[other]).then(other.cmp(&one)));
            let Some(most) = most else { break };
            left[most] -= 1.0;
            let named = team.named(&shares[most].1, agent);
            if team.is_legal_line(&named.line) {
                lines[agent.index()] = named;
            }
        }
    }
    lines
}

/// Start again from other lines, and keep the better roster. Gives the moves used.
pub(super) fn start_again(
    team: &Team,
    state: &mut State,
    lines: Vec<Placed>,
    moves: usize,
    watch: &dyn Watch,
) -> usize {
    let mut other = State::of(lines, team);
    let used = polish(team, &mut other, moves, watch);
    if other.total < state.total - BETTER {
        *state = other;
    }
    used
}

/// New lines for some people, with the sum they lead to.
struct Change {
    lines: Vec<Placed>,
    total: f64,
    /// The sum that they were found against.
    before: f64,
}

/// Who gets new lines, and what they go by.
struct Turn<'a> {
    agents: Vec<usize>,
    sight: Sight<'a>,
}

impl<'a> Turn<'a> {
    fn drawn(team: &Team, people: usize, worths: &'a [Worth], mut draw: Draw) -> Turn<'a> {
        let agents = pick(team, people, &mut draw);
        let sight = match draw.below(4) {
            0 | 1 => Sight::Clear,
            2 if !worths.is_empty() => Sight::Priced(worths),
            _ => Sight::Blurred(draw),
        };
        Turn { agents, sight }
    }
}

/// Everyone's seat in a roster that is searched.
struct Seats<'a> {
    team: &'a Team<'a>,
    state: &'a mut State,
    /// Whether what wins most is taken first, and not whatever came first.
    best_first: bool,
}

impl<'a> Turns for Seats<'a> {
    type Turn = Turn<'a>;
    type Found = Change;
    type Room = ();

    fn look(&self, turn: &Turn<'a>, (): &mut ()) -> Option<Change> {
        retake(self.team, self.state, &turn.agents, turn.sight.clone())
    }

    fn take(&mut self, found: Vec<Option<Change>>) -> bool {
        let mut found: Vec<Change> = found.into_iter().flatten().collect();
        if self.best_first {
            found.sort_by(|one, other| one.total.total_cmp(&other.total));
        }
        let before = self.state.total;
        for change in found {
            accept(self.team, self.state, change);
        }
        self.state.total < before - BETTER
    }
}

/// How the need looks while lines are put back.
#[derive(Clone)]
enum Sight<'a> {
    /// As it is.
    Clear,
    /// Larger here and smaller there, by chance.
    Blurred(Draw),
    /// As the prices of the programme have it.
    Priced(&'a [Worth]),
}

impl Sight<'_> {
    fn worth(&mut self, team: &Team, place: usize, cover: &Cover) -> Worth {
        let kind = &team.kinds[place];
        match self {
            Sight::Clear => team.worth(kind, cover),
            Sight::Blurred(draw) => {
                team.blurred_worth(kind, cover, |_| 0.25 * real(1 + draw.below(8)))
            }
            Sight::Priced(worths) => worths[place].clone(),
        }
    }
}

/// Take these people's lines out and put them back one after the other, each as well as it can be. All but the last
/// see the need as they are told, and may be led astray by it, so that the last may put right what was not seen
/// before.
fn retake(team: &Team, state: &State, agents: &[usize], mut sight: Sight) -> Option<Change> {
    let mut taken = Taken::of(team, state, agents);
    let is_clear = matches!(sight, Sight::Clear);
    for (count, &agent) in agents.iter().enumerate() {
        let is_last = count + 1 == agents.len();
        let place = team.kind_of[agent];
        let (worth, most) = if is_last {
            (team.worth(&team.kinds[place], &taken.cover), state.total)
        } else {
            (sight.worth(team, place, &taken.cover), f64::INFINITY)
        };
        let tried = if is_last || is_clear { TRIED } else { 1 };
        let old = (is_clear && agents.len() > 1).then(|| state.lines[agent].clone());
        let placed = taken.best(agent, &worth, most, tried, old);
        // Whoever has nothing better for now keeps the old line.
        let placed = placed.or_else(|| (agents.len() > 1).then(|| state.lines[agent].clone()))?;
        taken.put(placed);
    }
    let total = taken.sum();
    Some(Change { lines: taken.lines, total, before: state.total })
}

/// A roster from which some lines are taken out.
struct Taken<'a> {
    team: &'a Team<'a>,
    cover: Cover,
    costs: f64,
    lines: Vec<Placed>,
}

impl<'a> Taken<'a> {
    fn of(team: &'a Team, state: &State, agents: &[usize]) -> Taken<'a> {
        let mut cover = state.cover.clone();
        for &agent in agents {
            team.cover(&state.lines[agent], &mut cover, -1.0);
        }
        without_dust(&mut cover);
        let costs = state.lines.iter().map(|placed| placed.cost).sum::<f64>()
            - agents.iter().map(|&agent| state.lines[agent].cost).sum::<f64>();
        Taken { team, cover, costs, lines: Vec::with_capacity(agents.len()) }
    }

    fn sum(&self) -> f64 {
        self.team.bared(&self.cover) + self.costs
    }

    fn sum_with(&mut self, placed: &Placed) -> f64 {
        self.team.cover(placed, &mut self.cover, 1.0);
        let sum = self.sum() + placed.cost;
        self.team.cover(placed, &mut self.cover, -1.0);
        sum
    }

    fn put(&mut self, placed: Placed) {
        self.team.cover(&placed, &mut self.cover, 1.0);
        self.costs += placed.cost;
        self.lines.push(placed);
    }

    /// The best of the cheapest lines of someone at these worths, and of an old one, for a sum of at most so much;
    /// a little grace is given, because partly worked intervals are worth more than their mean.
    fn best(
        &mut self,
        agent: usize,
        worth: &Worth,
        most: f64,
        tried: usize,
        old: Option<Placed>,
    ) -> Option<Placed> {
        let team = self.team;
        let cutoff = most - self.sum() + 60.0 * team.weights.service;
        let chains = team.chains(team.kind_of[agent], worth, cutoff, TRIED);
        let built =
            chains.found.iter().filter_map(|chain| team.build(AgentId::at(agent), chain, worth));
        let mut best: Option<(f64, Placed)> = None;
        for placed in built.take(tried).chain(old) {
            let sum = self.sum_with(&placed);
            if best.as_ref().is_none_or(|(least, _)| sum < least - BETTER) {
                best = Some((sum, placed));
            }
        }
        best.map(|(_, placed)| placed)
    }
}

/// Taking lines out may leave a little less than nobody, by rounding.
fn without_dust(cover: &mut Cover) {
    cover.iter_mut().flatten().for_each(|minutes| *minutes = minutes.max(0.0));
}

/// Make a change if it is no worse, summed anew on the state as it now is.
fn accept(team: &Team, state: &mut State, change: Change) {
    if change.total > change.before + BETTER {
        return;
    }
    let mut cover = state.cover.clone();
    let mut lines = change.lines;
    for placed in &mut lines {
        let own = &mut state.lines[placed.line.agent.index()];
        team.cover(own, &mut cover, -1.0);
        team.cover(placed, &mut cover, 1.0);
        std::mem::swap(own, placed);
    }
    without_dust(&mut cover);
    let total = team.total(&state.lines, &cover);
    if total > state.total + BETTER {
        for placed in lines {
            let agent = placed.line.agent.index();
            state.lines[agent] = placed;
        }
        return;
    }
    (state.cover, state.total) = (cover, total);
}

/// Two to four people: one by chance, the others mostly among those who can do the same work.
fn pick(team: &Team, people: usize, draw: &mut Draw) -> Vec<usize> {
    let first = draw.below(people);
    let count = (2 + draw.below(3)).min(people);
    let mut agents = vec![first];
    let streams = &team.scenario.pool(team.scenario.agents[first].pool).streams;
    let shares = |agent: usize| {
        let other = &team.scenario.pool(team.scenario.agents[agent].pool).streams;
        streams.iter().any(|stream| other.contains(stream))
    };
    for _ in 0..20 * count {
        if agents.len() == count {
            break;
        }
        let other = draw.below(people);
        let is_wanted = shares(other) || draw.below(8) == 0;
        if is_wanted && !agents.contains(&other) {
            agents.push(other);
        }
    }
    agents
}
