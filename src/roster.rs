//! Who works when: one legal line a person, chosen by linear programming over whole lines.

pub mod activities;
mod attendance;
mod between;
mod bound;
mod breaks;
mod chain;
mod clash;
pub mod columns;
pub(crate) mod draw;
mod exchange;
mod fair;
mod fatigue;
mod generate;
pub mod keep;
mod least;
mod legal;
mod levels;
mod master;
mod need;
pub mod offers;
mod order;
mod people;
mod search;
pub mod table;
mod team;
#[cfg(test)]
mod tests;
pub(crate) mod turns;
mod warm;
mod weights;
mod whole;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::need::Need;
use self::order::Order;
use self::search::State;
use self::team::Team;
use crate::calendar::Date;
use crate::duty::{Activity, Line};
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::units::{Minutes, Span};

/// Everyone's line, in the order of the agents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// One line a person.
    pub lines: Vec<Line>,
}

/// A roster with what the search can vouch for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assigned {
    /// The roster.
    pub roster: Roster,
    /// What each aim came to, in the order of aims.
    pub levels: Vec<Level>,
    /// How the search ended.
    pub proof: Proof,
    /// Rounds of pricing, lines priced, nodes searched: the same for the same input.
    pub effort: Effort,
}

/// What one aim came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// The aim, such as `service`.
    pub aim: String,
    /// Its unit, for people.
    pub unit: String,
    /// Value of the roster.
    pub value: f64,
    /// No roster is below this, given the levels above.
    pub bound: f64,
    /// How far the value may be from the best, as a share of the value.
    pub gap: f64,
    /// Whether the bound is re-computed by our own exact arithmetic.
    pub certified: bool,
}

/// How the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// No better roster exists.
    Optimal,
    /// No roster is better by more than this share.
    WithinGap(f64),
    /// The budget or Ctrl-C ended the search; the roster is legal, and perhaps not the best.
    Stopped,
}

/// What was done to find it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Rounds of pricing.
    pub rounds: usize,
    /// Lines that were priced into the programme.
    pub lines: usize,
    /// Nodes of the search for whole lines.
    pub nodes: usize,
}

/// Why there is no plan, where, and by how much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoPlan {
    /// Named conflicts, the fewest found.
    pub conflicts: Vec<Conflict>,
    /// Whether others may stand behind them that were not looked for.
    pub may_be_more: bool,
}

impl NoPlan {
    /// Whether the search ended without a roster that keeps the rules between people, and without a proof that there
    /// is none.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.conflicts.iter().all(|conflict| conflict.agent.is_none() && !conflict.is_proved)
    }
}

/// Rules that cannot hold together, for one person or between people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// Whose; none where it lies between people.
    pub agent: Option<AgentId>,
    /// The fewest rules that clash: without any one of them the others leave a line.
    pub rules: Vec<NamedRule>,
    /// Whether no line exists, and not merely none was found.
    pub is_proved: bool,
    /// What is missing, in words.
    pub cause: String,
    /// The cheapest change that frees it, tried by searching again.
    pub fix: String,
    /// Every such change, the cheapest first.
    pub ways: Vec<Change>,
}

/// A rule or key that has its part in a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedRule {
    /// `lock`, `fewest_hours`, `most_hours`, `time_off`, `availability`, `breaks`, `minimum_presence`, or a kind of
    /// rule of law.
    pub kind: String,
    /// In words, or the ids of rules of law.
    pub rules: Vec<String>,
    /// The dates on which it stands in the way; empty: all.
    pub dates: Vec<Date>,
    /// Whose, in a conflict between people; none where it is everyone's, or the conflict is of one person.
    pub agent: Option<AgentId>,
}

/// A change that frees a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What changes, as [`NamedRule::kind`] names it, or `waiver`.
    pub kind: String,
    /// On which dates.
    pub dates: Vec<Date>,
    /// By how much, where it is a matter of minutes.
    pub minutes: Option<Minutes>,
    /// What to do, in words.
    pub says: String,
    /// Whose, in a conflict between people.
    pub agent: Option<AgentId>,
}

impl fmt::Display for NamedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rules.join(", "))?;
        match &self.dates[..] {
            [] => Ok(()),
            [date] => write!(f, " on {date}"),
            [first, .., last] if last.days_since(*first) + 1 == real_count(self.dates.len()) => {
                write!(f, " from {first} to {last}")
            }
            dates => {
                let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
                write!(f, " on {}", dates.join(", "))
            }
        }
    }
}

fn real_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Conflict {
    /// The rules in words, one after the other.
    #[must_use]
    pub fn rules_in_words(&self) -> String {
        let rules: Vec<String> = self.rules.iter().map(ToString::to_string).collect();
        rules.join("; ")
    }
}

/// Told how the search goes, and asked whether to stop. The edge (a terminal, a test) implements it.
pub trait Watch: Sync {
    /// A step was done: what, and how far along from 0 to 1.
    fn step(&self, what: &str, done: f64);
    /// Whether to stop with the best so far.
    fn is_stopped(&self) -> bool;
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&self, _: &str, _: f64) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Says nothing of how it goes, because another part does meanwhile.
struct Quiet<'a>(&'a dyn Watch);

impl Watch for Quiet<'_> {
    fn step(&self, _: &str, _: f64) {}
    fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }
}

/// Choose one legal line a person so that the requirement is covered as the order of aims says.
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all, or rules between people cannot all be kept.
pub fn assign(
    requirement: &Requirement,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Result<Assigned, NoPlan> {
    let order = Order::of(scenario);
    let requirement = Order::requirement(requirement, scenario);
    let assigned = search_lines(&requirement, &order.scenario(scenario), watch);
    assigned.map(|it| order.assigned(it)).map_err(|it| order.no_plan(it))
}

fn search_lines(
    requirement: &Requirement,
    scenario: &Scenario,
    watch: &dyn Watch,
) -> Result<Assigned, NoPlan> {
    watch.step("laying out duties", 0.1);
    let mut team = Team::of(Need::of(requirement, scenario), scenario);
    let safe = legal::safe_lines(&mut team)?;

    watch.step("giving everyone a first line", 0.2);
    let together = between::lines(&team, &safe, watch)?;
    let mut state = search::construct(&team, &safe, &[], watch);
    let moves = scenario.budget.nodes.saturating_mul(MOVES_A_NODE);
    let moves = moves.max(MOVES_A_PERSON * safe.len());
    let mut nodes = search::polish(&team, &mut state, moves, watch);
    nodes += between::join(&team, &mut state, together, moves, watch);

    // The programme is solved on one core while the roster is searched on the other.
    let shuffles = scenario.budget.nodes.saturating_mul(SHUFFLES_A_NODE).div_ceil(2);
    let first = state.clone();
    let ((generated, corner), used) = rayon::join(
        || generate::generate(&team, &first, scenario.budget.rounds, watch),
        || search::shuffle(&team, &mut state, &[], shuffles, scenario.seed, &Quiet(watch)),
    );
    nodes += used;
    if let Some(corner) = corner.filter(|_| !watch.is_stopped()) {
        let (total, rounded) = (state.total, search::rounded(&team, &state, &generated));
        let (lines, used) = rayon::join(
            || corner.lines(&team, total),
            || search::start_again(&team, &mut state, rounded, moves, watch),
        );
        nodes += used;
        if let Some(lines) = lines {
            nodes += search::start_again(&team, &mut state, lines, moves, watch);
        }
    }
    nodes += search::shuffle(
        &team,
        &mut state,
        &generated.worths,
        shuffles,
        scenario.seed.wrapping_add(1),
        watch,
    );

    share_out(&team, &mut state);
    between::check(&team, &state, watch.is_stopped())?;
    let effort = Effort { rounds: generated.rounds, lines: generated.lines, nodes };
    Ok(levels::vouch(&team, &state, &generated, effort, watch.is_stopped()))
}

/// Choose lines as [`assign`] does, from where others stand: everyone for whom a line is given that they may work
/// starts with it, in the order of agents. No bound is proved.
///
/// # Errors
/// [`NoPlan`] where somebody has no legal line at all, or rules between people cannot all be kept.
pub fn assign_from(
    requirement: &Requirement,
    scenario: &Scenario,
    start: &[Option<Line>],
    watch: &dyn Watch,
) -> Result<Assigned, NoPlan> {
    let order = Order::of(scenario);
    let requirement = Order::requirement(requirement, scenario);
    let start = order.sorted(start).into_iter();
    let start: Vec<Option<Line>> = start.map(|line| Some(order.line(&line?))).collect();
    let assigned = search_lines_from(&requirement, &order.scenario(scenario), &start, watch);
    assigned.map(|it| order.assigned(it)).map_err(|it| order.no_plan(it))
}

fn search_lines_from(
    requirement: &Requirement,
    scenario: &Scenario,
    start: &[Option<Line>],
    watch: &dyn Watch,
) -> Result<Assigned, NoPlan> {
    watch.step("starting from an earlier roster", 0.2);
    let mut team = Team::of(Need::of(requirement, scenario), scenario);
    let safe = legal::safe_lines(&mut team)?;
    let together = between::lines(&team, &safe, watch)?;
    let mut state = warm::start(&team, &safe, start, watch);
    let moves = scenario.budget.nodes.saturating_mul(MOVES_A_NODE);
    let mut nodes = search::polish(&team, &mut state, moves, watch);
    nodes += between::join(&team, &mut state, together, moves, watch);
    let shuffles = scenario.budget.nodes.saturating_mul(SHUFFLES_A_NODE);
    nodes += search::shuffle(&team, &mut state, &[], shuffles, scenario.seed, watch);
    share_out(&team, &mut state);
    between::check(&team, &state, watch.is_stopped())?;
    let effort = Effort { rounds: 0, lines: 0, nodes };
    let unproved = generate::Generated::default();
    Ok(levels::vouch(&team, &state, &unproved, effort, watch.is_stopped()))
}

/// Once nothing is better for the whole: nights, late duties and weekends shared among people.
fn share_out(team: &Team, state: &mut State) {
    exchange::even_out(team, state);
    fair::share(team, state);
}

/// Whether everyone has a line that keeps every rule, and rules between people can be kept, whatever is needed.
///
/// # Errors
/// [`NoPlan`] where somebody has none, rules between people clash, or no roster that keeps them was found.
pub fn possible(scenario: &Scenario) -> Result<(), NoPlan> {
    let order = Order::of(scenario);
    search_any(&order.scenario(scenario)).map_err(|it| order.no_plan(it))
}

fn search_any(scenario: &Scenario) -> Result<(), NoPlan> {
    let nothing = Requirement { live: Vec::new(), tickets: Vec::new() };
    let mut team = Team::of(Need::of(&nothing, scenario), scenario);
    let safe = legal::safe_lines(&mut team)?;
    match between::lines(&team, &safe, &Unwatched)? {
        None if !scenario.minimum_presence.is_empty() => Err(between::open(scenario, false)),
        _ => Ok(()),
    }
}

/// Minutes by which people on queue fall short of a requirement, given everyone's line.
#[must_use]
pub fn shortfall(requirement: &Requirement, scenario: &Scenario, roster: &Roster) -> f64 {
    let team = Team::of(Need::of(requirement, scenario), scenario);
    let placed: Vec<_> = roster.lines.iter().map(|line| team.placed(line.clone())).collect();
    team.need.shortfall(&team.cover_of(&placed)).total()
}

/// Change a roster, from where it stands, so that it covers a raised requirement; what each aim comes to is
/// still counted against the requirement it was made for.
#[must_use]
pub fn mend(
    requirement: &Requirement,
    raised: &Requirement,
    scenario: &Scenario,
    from: &Assigned,
    watch: &dyn Watch,
) -> Assigned {
    let order = Order::of(scenario);
    let [requirement, raised] =
        [requirement, raised].map(|requirement| Order::requirement(requirement, scenario));
    let from = Assigned { roster: order.roster(&from.roster), ..from.clone() };
    let mended = mend_lines(&requirement, &raised, &order.scenario(scenario), &from, watch);
    order.assigned(mended)
}

fn mend_lines(
    requirement: &Requirement,
    raised: &Requirement,
    scenario: &Scenario,
    from: &Assigned,
    watch: &dyn Watch,
) -> Assigned {
    let mut team = Team::of(Need::of(raised, scenario), scenario);
    if legal::safe_lines(&mut team).is_err() {
        return from.clone();
    }
    let placed = |team: &Team, roster: &Roster| {
        State::of(roster.lines.iter().map(|line| team.placed(line.clone())).collect(), team)
    };
    let mut state = placed(&team, &from.roster);
    let moves = scenario.budget.nodes.saturating_mul(MOVES_A_NODE);
    let mut nodes = search::polish(&team, &mut state, moves, watch);
    nodes += search::shuffle(&team, &mut state, &[], scenario.budget.nodes, scenario.seed, watch);
    share_out(&team, &mut state);

    let team = Team::of(Need::of(requirement, scenario), scenario);
    let before = placed(&team, &from.roster).total;
    let proved = generate::Generated::proved(from, before);
    let effort = Effort { nodes: from.effort.nodes + nodes, ..from.effort };
    levels::vouch(&team, &State::of(state.lines, &team), &proved, effort, watch.is_stopped())
}

/// Moves of one person that a node of the budget pays for.
const MOVES_A_NODE: usize = 10;
/// Moves of one person that each person has at least.
const MOVES_A_PERSON: usize = 4;
/// Moves of several people that a node of the budget pays for.
const SHUFFLES_A_NODE: usize = 4;

impl Roster {
    /// People of each pool on queue in each interval, as an average over the interval, all present; those whose
    /// published duties last into the horizon among them.
    #[must_use]
    pub fn on_queue(&self, scenario: &Scenario) -> Vec<Vec<f64>> {
        let calendar = &scenario.calendar;
        let mut people = vec![vec![0.0; calendar.intervals()]; scenario.pools.len()];
        let reaching_in: Vec<Line> = scenario.published.reaching_in().collect();
        for line in self.lines.iter().chain(&reaching_in) {
            let row = &mut people[scenario.agent(line.agent).pool.index()];
            for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
                add_stretch(row, block.span, scenario);
            }
        }
        people
    }

    /// Paid minutes of everyone.
    #[must_use]
    pub fn paid(&self) -> Minutes {
        self.lines.iter().map(Line::paid).sum()
    }
}

fn add_stretch(row: &mut [f64], span: Span, scenario: &Scenario) {
    let calendar = &scenario.calendar;
    let inside =
        Span::new(span.start.max(calendar.horizon().start), span.end.min(calendar.horizon().end));
    if inside.start >= inside.end {
        return;
    }
    let first = calendar.interval_at(inside.start).expect("cut to the horizon");
    for (interval, people) in row.iter_mut().enumerate().skip(first) {
        let slot = calendar.interval(interval);
        if slot.start >= inside.end {
            break;
        }
        *people += slot.overlap(inside).real() / slot.length().real();
    }
}
