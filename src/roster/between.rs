//! Rules between people: lines for everyone that keep minimum presence, or why there are none.

mod apart;
mod cause;
mod count;
mod programme;
mod stretches;
mod table;
mod ways;

use std::collections::BTreeMap;

use self::programme::{Answer, Lines, Until};
use super::attendance::{self, Attendance, CellPrices};
use super::breaks::Worth;
use super::chain::Bounds;
use super::generate::Generated;
use super::legal;
use super::need::Need;
use super::people::{self, Frame, Kind};
use super::search::{self, State};
use super::team::{MARGIN, Placed, Team};
use super::{Conflict, NamedRule, NoPlan, Quiet, Unwatched, Watch};
use crate::duty::Duty;
use crate::id::{AgentId, Id};
use crate::scenario::{MinimumPresence, Scenario};
use crate::staffing::Requirement;
use crate::units::Span;

/// Moves of one person that each person has to make room for the others.
const MOVES_A_PERSON: usize = 6;
/// Moves of several people, a person, before it is looked whether all is kept.
const SHUFFLES_A_PERSON: usize = 2;

/// How long a roster is looked for.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// How far the programme is taken.
    until: Until,
    /// Whether it is looked for no longer where mixed lines keep not all by then.
    is_short: bool,
    /// How often people are shuffled where everything else fails.
    turns: u64,
}

const FOR_A_PLAN: Patience = Patience { until: Until::Proof, is_short: false, turns: 12 };
/// For a change that might free a conflict: there may be others.
const FOR_A_WAY: Patience = Patience { until: Until::Round(20), is_short: true, turns: 1 };

/// Whether minimum presence can be kept.
enum Kept {
    /// By these lines.
    Met(Vec<Placed>),
    /// By none, for what the programme says of them.
    Impossible(Answer),
    /// None was found, and none was ruled out.
    Open,
}

/// The same team as if nothing but minimum presence mattered.
fn but_for_presence<'a>(team: &Team<'a>) -> Team<'a> {
    let bounds = |kind: &Kind| team.bounds[team.kind_of[kind.agents[0].index()]];
    asked_for_presence(team, team.scenario, &team.kinds, bounds)
}

/// A team of some kinds, asked for nothing but the minimum presence of a scenario.
fn asked_for_presence<'a>(
    team: &Team,
    scenario: &'a Scenario,
    kinds: &[Kind],
    bounds: impl Fn(&Kind) -> Bounds,
) -> Team<'a> {
    let nothing = Requirement { live: Vec::new(), tickets: Vec::new() };
    let need = Need::of(&nothing, scenario);
    let kinds = whatever_pool(kinds, &need.attendance);
    Team {
        scenario,
        need,
        weights: team.weights.without_aims(),
        bounds: kinds.iter().map(bounds).collect(),
        kind_of: people::kind_of_each(&kinds, scenario.agents.len()),
        kinds,
        pasts: team.pasts.clone(),
    }
}

/// Which lines are looked for where nothing but presence is asked for.
fn plain(kind: &Kind) -> Bounds {
    let likeliest = Bounds { owed: false, ..Bounds::best(1) }.ever_stricter(kind).next();
    likeliest.expect("there is always a way")
}

/// People who may work the same lines and whom the same rules mean as one kind: presence asks for no pool.
fn whatever_pool(kinds: &[Kind], attendance: &Attendance) -> Vec<Kind> {
    let mut together: Vec<Kind> = Vec::new();
    for kind in kinds {
        let rules = attendance.rules_of(kind.agents[0]);
        let is_same = |other: &&mut Kind| {
            attendance.rules_of(other.agents[0]) == rules && other.is_like(kind)
        };
        match together.iter_mut().find(is_same) {
            Some(other) => {
                other.agents.extend(&kind.agents);
                other.agents.sort_unstable();
            }
            None => together.push(kind.clone()),
        }
    }
    together
}

/// Lines for everyone that keep every rule of minimum presence, from safe ones on. Prices that may prove that there are
/// none are tried before others, with lines that may keep it together; those of the programme are given instead.
fn kept(
    team: &Team,
    safe: &[Placed],
    prices: Option<&CellPrices>,
    lines: &mut Lines,
    patience: Patience,
    watch: &dyn Watch,
) -> Kept {
    let team = but_for_presence(team);
    let safe: Vec<Placed> = safe.iter().map(|placed| team.placed(placed.line.clone())).collect();
    let known = |prices| programme::proved_at(&team, prices);
    if let Some(answer) = count::too_few(&team).or_else(|| prices.and_then(known)) {
        return Kept::Impossible(answer);
    }
    let meant = meant(&team);
    let near = near(&team, safe.clone(), &meant, watch);
    if is_met(&team, &near) {
        return Kept::Met(near.lines);
    }
    if !patience.is_short
        && let Some(answer) = proved_apart(&team)
    {
        return Kept::Impossible(answer);
    }
    let answer = programme::solve_from(&team, None, lines, patience.until, watch);
    let Some(answer) = answer else { return Kept::Open };
    if answer.is_impossible() {
        return Kept::Impossible(answer);
    }
    if watch.is_stopped() || patience.is_short && !answer.absent.is_empty() {
        return Kept::Open;
    }
    let moves = MOVES_A_PERSON * meant.len();
    let met = |state: &State| is_met(&team, state);
    let is_done = |state: &State| met(state) || watch.is_stopped();
    let mut state = near;
    if !patience.is_short {
        state = search::construct(&team, &safe, &stay(&safe, &meant), watch);
        search::polish_some(&team, &mut state, &meant, moves, &is_done);
        if met(&state) {
            return Kept::Met(state.lines);
        }
    }
    let shares = programme::finished(&team, &answer.shares);
    let generated = Generated { shares, ..Generated::default() };
    let rounded = search::rounded(&team, &state, &generated);
    search::start_again(&team, &mut state, rounded, moves, watch);
    for turn in 0..patience.turns {
        if is_done(&state) {
            break;
        }
        let shuffles = SHUFFLES_A_PERSON * safe.len();
        search::shuffle(
            &team,
            &mut state,
            &[],
            shuffles,
            team.scenario.seed.wrapping_add(turn),
            watch,
        );
    }
    if met(&state) { Kept::Met(state.lines) } else { Kept::Open }
}

/// A proof by one stretch that cannot be kept; none where each may be kept apart from the others.
fn proved_apart(team: &Team) -> Option<Answer> {
    let rules = &team.scenario.minimum_presence;
    let all = rules
        .iter()
        .enumerate()
        .flat_map(|(rule, it)| (0..it.stretches.len()).map(move |stretch| (rule, stretch)));
    let stuck = apart::stuck(team, &all.collect::<Vec<_>>())?;
    let of_rule = |(rule, it): (usize, &MinimumPresence)| {
        let of = |(stretch, span): (usize, &Span)| {
            if (rule, stretch) == stuck.stretch {
                stuck.prices.clone()
            } else {
                vec![0.0; attendance::cells_of(*span).count()]
            }
        };
        it.stretches.iter().enumerate().flat_map(of).collect()
    };
    let prices = CellPrices::of_rules(rules.iter().enumerate().map(of_rule).collect());
    programme::proved_at(team, &prices)
}

/// The lines of those who need not move.
fn stay(safe: &[Placed], meant: &[usize]) -> Vec<Option<Placed>> {
    let of = |(agent, placed): (usize, &Placed)| (!meant.contains(&agent)).then(|| placed.clone());
    safe.iter().enumerate().map(of).collect()
}

/// Whom some rule means: nobody else has to move.
fn meant(team: &Team) -> Vec<usize> {
    let is_meant =
        |&agent: &usize| team.need.attendance.rules_of(AgentId::at(agent)).contains(&true);
    (0..team.kind_of.len()).filter(is_meant).collect()
}

fn is_met(team: &Team, state: &State) -> bool {
    team.need.attendance.missing(&state.cover) <= 0.0
}

/// Lines near safe ones, which often keep all, as a few people need to move only.
fn near(team: &Team, safe: Vec<Placed>, meant: &[usize], watch: &dyn Watch) -> State {
    let mut near = State::of(safe, team);
    call_in(team, &mut near, meant, watch);
    let is_done = |state: &State| is_met(team, state) || watch.is_stopped();
    search::polish_some(team, &mut near, meant, 2 * meant.len(), &is_done);
    near
}

/// Whether lines near safe ones keep all. Where they do not, others may.
fn is_kept_nearby(team: &Team, safe: &[Placed]) -> bool {
    let team = but_for_presence(team);
    let safe = safe.iter().map(|placed| team.placed(placed.line.clone())).collect();
    is_met(&team, &near(&team, safe, &meant(&team), &Unwatched))
}

/// Let people be there when somebody is missing, one after the other, whatever else they work: lines are searched longer
/// for one that the law allows than where all lines are improved.
fn call_in(team: &Team, state: &mut State, agents: &[usize], watch: &dyn Watch) {
    let attendance = &team.need.attendance;
    let missing = |state: &State| attendance.missing(&state.cover);
    // What minutes are worth that somebody is missing in, by the rules that mean a person, until somebody was called.
    let mut wanted: BTreeMap<Vec<bool>, Worth> = BTreeMap::new();
    for &agent in agents {
        if missing(state) <= 0.0 || watch.is_stopped() {
            break;
        }
        let place = team.kind_of[agent];
        let by_rules = wanted.entry(attendance.rules_of(AgentId::at(agent)));
        let worth = by_rules.or_insert_with(|| wanted_minutes(team, state, agent));
        if !can_help(team, state, agent, worth) {
            continue;
        }
        let mut without = state.cover.clone();
        team.cover(&state.lines[agent], &mut without, -1.0);
        let worth = team.worth(&team.kinds[place], &without);
        let prices = programme::prices(team, &team.kinds[place], &worth, true);
        let found = legal::cheap_line(team, place, AgentId::at(agent), &prices, &worth);
        let Some(placed) = found else { continue };
        let mut lines = state.lines.clone();
        lines[agent] = placed;
        let other = State::of(lines, team);
        if missing(&other) < missing(state) {
            *state = other;
            wanted.clear();
        }
    }
}

/// What minutes are worth to somebody where nothing is wanted but people who are missing.
fn wanted_minutes(team: &Team, state: &State, agent: usize) -> Worth {
    let lengths = &team.need.lengths;
    let mut worth = Worth::of(&vec![0.0; lengths.len()], lengths, MARGIN);
    team.need.attendance.raise(AgentId::at(agent), &state.cover, &mut worth);
    worth
}

/// Whether some duties of somebody are there more when people are missing than their own are, by what minutes are worth.
fn can_help(team: &Team, state: &State, agent: usize, worth: &Worth) -> bool {
    let kind = &team.kinds[team.kind_of[agent]];
    let of = |from: i64, to: i64| worth.on_duty(from, to) + worth.between(from, to);
    let best = |frames: &Vec<Frame>| {
        frames.iter().map(|frame| of(frame.start, frame.end)).fold(0.0, f64::max)
    };
    let most: f64 = kind.days.iter().map(best).sum();
    let duties = state.lines[agent].line.duties.iter().map(Duty::span);
    most > duties.map(|span| of(span.start.0, span.end.0)).sum::<f64>()
}

/// Lines from safe ones on that miss less, by calling people in alone.
fn nearer(team: &Team, safe: &[Placed]) -> Vec<Placed> {
    let team = but_for_presence(team);
    let safe = safe.iter().map(|placed| team.placed(placed.line.clone())).collect();
    let mut state = State::of(safe, &team);
    let everyone: Vec<usize> = (0..state.lines.len()).collect();
    call_in(&team, &mut state, &everyone, &Unwatched);
    state.lines
}

/// Lines for everyone that keep minimum presence; none where nothing is asked for, or none were found until the search
/// was stopped.
///
/// # Errors
/// [`NoPlan`] where none exist.
pub(super) fn lines(
    team: &Team,
    safe: &[Placed],
    watch: &dyn Watch,
) -> Result<Option<Vec<Placed>>, NoPlan> {
    if team.scenario.minimum_presence.is_empty() {
        return Ok(None);
    }
    let mut together = Lines::default();
    let even = CellPrices::even(&team.need.attendance);
    match kept(team, safe, Some(&even), &mut together, FOR_A_PLAN, &Quiet(watch)) {
        Kept::Met(lines) => Ok(Some(lines)),
        Kept::Open => Ok(None),
        Kept::Impossible(proof) => {
            let told = cause::conflicts(team, safe, &proof, together);
            Err(if told.conflicts.is_empty() { open(team.scenario, false) } else { told })
        }
    }
}

/// Start again from lines that keep minimum presence where a roster does not. Gives the moves used.
pub(super) fn join(
    team: &Team,
    state: &mut State,
    together: Option<Vec<Placed>>,
    moves: usize,
    watch: &dyn Watch,
) -> usize {
    let Some(lines) = together.filter(|_| is_missed(team, state)) else { return 0 };
    let lines = lines.into_iter().map(|placed| team.placed(placed.line)).collect();
    *state = State::of(lines, team);
    search::polish(team, state, moves, watch)
}

/// Hold a roster to minimum presence before it is given, whether or not the search for it was stopped.
///
/// # Errors
/// [`NoPlan`] where it misses somebody.
pub(super) fn check(team: &Team, state: &State, is_stopped: bool) -> Result<(), NoPlan> {
    if is_missed(team, state) { Err(open(team.scenario, is_stopped)) } else { Ok(()) }
}

fn is_missed(team: &Team, state: &State) -> bool {
    team.need.attendance.missing(&team.cover_of(&state.lines)) > 0.0
}

/// What is said where a roster was neither found nor ruled out.
pub(super) fn open(scenario: &Scenario, is_stopped: bool) -> NoPlan {
    let rules = scenario.minimum_presence.iter().map(|rule| NamedRule {
        kind: "minimum_presence".to_owned(),
        rules: vec![rule.id.clone()],
        dates: Vec::new(),
        agent: None,
    });
    let (until, first) = if is_stopped {
        ("until the search was stopped", "let it search to its end")
    } else {
        ("within the budget", "raise `budget.nodes`")
    };
    let cause =
        format!("no roster that keeps minimum presence was found {until}, and none was ruled out");
    NoPlan {
        conflicts: vec![Conflict {
            agent: None,
            rules: rules.collect(),
            is_proved: false,
            cause,
            fix: format!("{first}, or ask for fewer people in `minimum_presence`"),
            ways: Vec::new(),
        }],
        may_be_more: false,
    }
}
