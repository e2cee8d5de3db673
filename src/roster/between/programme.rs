//! The programme of minimum presence alone: how many minutes of people are missing at least, whatever else is given up.
//!
//! Lines may be mixed there, and need keep only the rules that the search for lines keeps exactly, so that what is
//! missing in it is missing in every roster. The bound is worked out from prices cut to small fractions, whose sums
//! are exact, and not taken from the solver.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::super::attendance::{Attendance, CELL, CellPrices};
use super::super::breaks::{Taste, Worth};
use super::super::chain::{self, Bounds, Prices};
use super::super::legal;
use super::super::master::{Master, real};
use super::super::people::{CANONICAL, Frame, Kind};
use super::super::team::{MARGIN, Placed, Team};
use super::super::weights::LineScore;
use super::super::{Unwatched, Watch};
use super::count;
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::linear::{Method, Options, Solution};
use crate::units::{Moment, Span};

/// Rounds of pricing at most.
const ROUNDS: usize = 60;
/// Lines of each kind a round at most.
const A_ROUND: usize = 3;
/// What pricing with breaks takes, beside pricing without. *Assumption.*
const WITH_BREAKS: usize = 5;
/// Part of the way from the prices that prove most so far to the programme's own (Wentges 1997).
const STEP: f64 = 0.4;
/// How near a bound is to what the programme misses that was asked for to its end, as a share.
const NEAR: f64 = 0.01;
/// Minutes of people below which nothing is missing.
const NOTHING: f64 = 1e-6;
/// What is taken off a bound for the rounding of sums, as a share.
const ROUNDING: f64 = 1e-9;
/// How breaks are laid: on the clock of duties, only worth counts.
const PLAIN: Taste = Taste { step: CELL, evenness: 0.0 };
const PRIMAL: Options = Options { method: Method::Primal, presolve: false, ..Options::DEFAULT };

/// What the programme came to.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Minutes of people missing at least at these worths; above 0: proved.
    pub(super) bound: f64,
    /// Minutes of people that every roster misses at least, at least as many.
    pub(super) missing: f64,
    /// People missing: rule, first minute of a piece, how many.
    pub(super) absent: Vec<(usize, i64, f64)>,
    /// What minutes are worth to each kind at the prices that prove the bound, or the last ones.
    pub(super) worths: Vec<Arc<Worth>>,
    /// The prices that prove the bound, or the last ones.
    pub(super) prices: Option<CellPrices>,
    /// Whether one minute alone proves it, each person counted there who has some duty then.
    pub(super) is_counted: bool,
    /// Lines that the programme gives people, by kind, the most first; [`finished`] gives them breaks and figures.
    pub(super) shares: Vec<Vec<(f64, Placed)>>,
    /// Rounds that it took.
    pub(super) rounds: usize,
}

impl Answer {
    /// Minutes of people missing at least, by these prices.
    fn proved(bound: f64, prices: CellPrices, team: &Team) -> Answer {
        let worths = worths(team, &prices);
        Answer { bound, missing: bound, worths, prices: Some(prices), ..Answer::default() }
    }

    /// Whether it proves the same where somebody's line is worth so many minutes of people more.
    pub(super) fn still_holds(&self, gain: f64) -> bool {
        self.bound - gain > NOTHING
    }

    /// Whether no roster keeps every rule.
    pub(super) fn is_impossible(&self) -> bool {
        self.bound > NOTHING
    }
}

/// Whether minimum presence can be kept in a team without other needs, by counting where that is enough and by the
/// programme where it is not; none where somebody has no line or the solver gave up. Prices that proved something like
/// it are tried first.
pub(super) fn solve(team: &Team, known: Option<&CellPrices>) -> Option<Answer> {
    solve_from(team, known, &mut Lines::default(), Until::Proof, &Unwatched)
}

/// How far a programme is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// To the first proof that something is missing.
    Proof,
    /// The same, but not beyond this round.
    Round(usize),
    /// To about as much as is missing.
    End,
}

/// The same where lines of people under other rules may be known; gives those that it ends with besides.
pub(super) fn solve_from(
    team: &Team,
    known: Option<&CellPrices>,
    lines: &mut Lines,
    until: Until,
    watch: &dyn Watch,
) -> Option<Answer> {
    if let Some(answer) = count::too_few(team) {
        return Some(answer);
    }
    // Whom no rule means has no part in it.
    let rules_of = |kind: &Kind| team.need.attendance.rules_of(kind.agents[0]);
    let meant: Vec<usize> = (0..team.kinds.len())
        .filter(|&place| rules_of(&team.kinds[place]).contains(&true))
        .collect();
    let mut earlier = lines.by_kind(team);
    let own: Vec<Vec<Placed>> =
        meant.iter().map(|&place| std::mem::take(&mut earlier[place])).collect();
    let asked = team.of_kinds(&meant);
    let answer = solve_all(&asked, known, &own, until, watch)?;
    lines.effort += effort(&asked) * answer.rounds;
    let nothing = Arc::new(Worth::of(&[], &[], 0));
    let mut whole = Answer {
        worths: vec![nothing; team.kinds.len()],
        shares: vec![Vec::new(); team.kinds.len()],
        ..answer
    };
    for (&place, worth) in meant.iter().zip(answer.worths) {
        whole.worths[place] = worth;
    }
    for (&place, shares) in meant.iter().zip(answer.shares) {
        whole.shares[place] = shares;
    }
    if !whole.shares.iter().all(Vec::is_empty) {
        let of =
            |shares: &Vec<(f64, Placed)>| shares.iter().map(|(_, line)| line.clone()).collect();
        lines.of = whole.shares.iter().map(of).collect();
        lines.kind_of.clone_from(&team.kind_of);
    }
    Some(whole)
}

/// Lines that a programme came to, for others about the same people.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// By kind.
    of: Vec<Vec<Placed>>,
    /// The kind of each person.
    kind_of: Vec<usize>,
    /// What the programmes took that these lines went through.
    pub(super) effort: usize,
}

/// What pricing the lines of a team once takes, in duties looked at.
pub(super) fn effort(team: &Team) -> usize {
    let duties: usize = team.kinds.iter().flat_map(|kind| &kind.days).map(Vec::len).sum();
    if team.need.attendance.minds_breaks() { WITH_BREAKS * duties } else { duties }
}

impl Lines {
    /// By the kinds of a team, which may be divided otherwise.
    fn by_kind(&self, team: &Team) -> Vec<Vec<Placed>> {
        let of = |kind: &Kind| self.of.get(*self.kind_of.get(kind.agents[0].index())?).cloned();
        team.kinds.iter().map(|kind| of(kind).unwrap_or_default()).collect()
    }
}

/// Lines of a kind at some prices, and the most that any line is worth.
struct Priced {
    lines: Vec<Placed>,
    most: Option<f64>,
}

fn solve_all(
    team: &Team,
    known: Option<&CellPrices>,
    earlier: &[Vec<Placed>],
    until: Until,
    watch: &dyn Watch,
) -> Option<Answer> {
    let attendance = &team.need.attendance;
    let known = known.and_then(|prices| at(team, prices));
    if known.as_ref().is_some_and(Answer::is_impossible) && until != Until::End {
        return known;
    }
    let edges = edges(team);
    let splits = |rule: usize, cell: i64| attendance.rules[rule].on_queue || edges.contains(&cell);
    let mut master = Master::of_presence(team, &splits).ok()?;
    let again = |placed: &Placed| seen(placed.line.clone(), attendance);
    let earlier: Vec<Vec<Placed>> =
        earlier.iter().map(|lines| lines.iter().map(again).collect()).collect();
    let anything = vec![f64::INFINITY; team.kinds.len()];
    let known = known.and_then(|answer| Some((answer.bound, answer.prices?)));
    let (mut best, mut centre) = match known {
        Some(known) if earlier.iter().all(|lines| !lines.is_empty()) => known,
        known => {
            // To begin with, what everyone would work if nobody else did.
            let everywhere = CellPrices::even(attendance);
            let found = price(team, &worths(team, &everywhere), &anything);
            if found.iter().any(|found| found.lines.is_empty()) {
                return None;
            }
            let reached = bound(team, &everywhere, &found).unwrap_or(0.0);
            add(&mut master, found, team);
            known.filter(|known| known.0 > reached).unwrap_or((reached, everywhere))
        }
    };
    master.add_all(&earlier, team);
    let mut last: Option<Solution> = None;
    let rounds = if let Until::Round(round) = until { round } else { ROUNDS };
    let mut round = 0;
    while round < rounds {
        round += 1;
        // Nothing to go on from yet.
        let options = if round == 1 { Options::DEFAULT } else { PRIMAL };
        let solution = master.open.solve(&options).ok()?;
        let missing = solution.objective;
        let is_open = |best: f64| match until {
            Until::Proof | Until::Round(_) => best <= NOTHING,
            Until::End => best < (1.0 - NEAR) * missing,
        };
        let is_new = missing > NOTHING && is_open(best) && {
            let own = master.attendance.cell_prices(attendance, &solution.prices);
            let near = own.towards(attendance, &centre, STEP);
            let found = price(team, &worths(team, &near), &anything);
            let reached = bound(team, &near, &found).unwrap_or(f64::NEG_INFINITY);
            let mut is_new = add(&mut master, found, team);
            if reached > best {
                (best, centre) = (reached, near);
            }
            if is_open(best) && !is_new {
                let cutoffs: Vec<f64> = master
                    .people
                    .iter()
                    .map(|row| solution.prices[row.index()] - NOTHING)
                    .collect();
                let found = price(team, &worths(team, &own), &cutoffs);
                let reached = bound(team, &own, &found).unwrap_or(f64::NEG_INFINITY);
                is_new = add(&mut master, found, team);
                if reached > best {
                    (best, centre) = (reached, own);
                }
            }
            is_open(best) && is_new
        };
        last = Some(solution);
        if !is_new || watch.is_stopped() {
            break;
        }
    }
    let solution = last?;
    let absent = master.attendance.absent(attendance, &solution.values);
    let shares = shares(team, &master, &solution);
    Some(Answer { absent, shares, rounds: round, ..Answer::proved(best.max(0.0), centre, team) })
}

/// Whether these prices prove that minutes are missing.
pub(super) fn proved_at(team: &Team, prices: &CellPrices) -> Option<Answer> {
    at(team, prices).filter(Answer::is_impossible)
}

/// What these prices prove; none where a search for lines was cut short.
fn at(team: &Team, prices: &CellPrices) -> Option<Answer> {
    let worths = worths(team, prices);
    let of = |(kind, worth): (&Kind, &Arc<Worth>)| {
        Some(Priced { lines: Vec::new(), most: Some(most_worth(team, kind, worth)?) })
    };
    let most: Option<Vec<Priced>> = team.kinds.par_iter().zip(&worths).map(of).collect();
    let bound = bound(team, prices, &most?)?;
    Some(Answer {
        bound,
        missing: bound,
        worths,
        prices: Some(prices.clone()),
        ..Answer::default()
    })
}

/// Minutes at which some duty starts or ends.
fn edges(team: &Team) -> BTreeSet<i64> {
    let frames = team.kinds.iter().flat_map(|kind| kind.days.iter().flatten());
    frames.flat_map(|frame| [frame.start, frame.end]).collect()
}

/// What minutes are worth to each kind at prices of cells: the same to all whom the same rules mean.
pub(super) fn worths(team: &Team, prices: &CellPrices) -> Vec<Arc<Worth>> {
    let attendance = &team.need.attendance;
    let nothing = Worth::of(&vec![0.0; team.need.lengths.len()], &team.need.lengths, MARGIN);
    let of = |agent: AgentId| {
        let mut worth = nothing.clone();
        prices.raise(attendance, agent, &mut worth);
        Arc::new(worth)
    };
    let mut by_rules: BTreeMap<Vec<bool>, Arc<Worth>> = BTreeMap::new();
    let shared = |kind: &Kind| {
        let agent = kind.agents[0];
        let worth = by_rules.entry(attendance.rules_of(agent)).or_insert_with(|| of(agent));
        Arc::clone(worth)
    };
    team.kinds.iter().map(shared).collect()
}

/// The lines of each kind that are worth most, those that cost no less than a cutoff left out.
fn price(team: &Team, worths: &[Arc<Worth>], cutoffs: &[f64]) -> Vec<Priced> {
    let of = |((kind, worth), &cutoff): ((&Kind, &Arc<Worth>), &f64)| {
        let bounds = Bounds { owed: false, cutoff, ..Bounds::best(A_ROUND) };
        let chains = chain::cheapest(kind, &prices(team, kind, worth, bounds.owed), bounds);
        let cheapest = chains.found.first().map_or(cutoff, |chain| chain.cost);
        let all = chains.found.iter();
        Priced {
            lines: all.filter_map(|chain| unchecked(team, kind, chain, worth)).collect(),
            most: chains.is_exact.then_some(-cheapest),
        }
    };
    team.kinds.par_iter().zip(worths).zip(cutoffs).map(of).collect()
}

/// What each duty costs at these worths, and off-queue work that is asked for. Breaks lie anywhere where nothing minds
/// them.
pub(super) fn prices(team: &Team, kind: &Kind, worth: &Worth, is_owed: bool) -> Prices {
    if worth.is_of_queues() && is_owed {
        team.prices(kind, worth, PLAIN, false)
    } else if worth.is_of_queues() {
        team.duty_prices(kind, worth, PLAIN, false)
    } else {
        legal::flat(kind, |frame| -worth.on_duty(frame.start, frame.end))
    }
}

fn add(master: &mut Master, found: Vec<Priced>, team: &Team) -> bool {
    let lines: Vec<Vec<Placed>> = found.into_iter().map(|found| found.lines).collect();
    master.add_all(&lines, team)
}

/// Minutes of people missing in every roster, by prices of cells and the most that each person's line is worth at them;
/// none where a search for lines was cut short.
fn bound(team: &Team, prices: &CellPrices, found: &[Priced]) -> Option<f64> {
    let asked = prices.asked(&team.need.attendance);
    let (mut bound, mut size) = (asked, asked.abs());
    for (kind, found) in team.kinds.iter().zip(found) {
        let part = real(kind.agents.len()) * found.most?;
        bound -= part;
        size += part.abs();
    }
    Some(bound - ROUNDING * size)
}

fn shares(team: &Team, master: &Master, solution: &Solution) -> Vec<Vec<(f64, Placed)>> {
    let mut shares: Vec<Vec<(f64, Placed)>> = vec![Vec::new(); team.kinds.len()];
    for (kind, column, placed) in &master.lines {
        let many = solution.values.get(column.index()).copied().unwrap_or(0.0);
        if many > NOTHING {
            shares[*kind].push((many, placed.clone()));
        }
    }
    for lines in &mut shares {
        lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    }
    shares
}

/// A line as the search for lines sees it, whatever else the law has against it; without breaks where no rule minds
/// them.
fn unchecked(team: &Team, kind: &Kind, chain: &chain::Chain, worth: &Worth) -> Option<Placed> {
    let attendance = &team.need.attendance;
    let duty = |&(day, place, block): &(usize, usize, Option<usize>)| {
        let frame = &kind.days[day][place];
        if attendance.minds_breaks() {
            kind.lay(frame, block, worth, PLAIN)
        } else {
            Some(Duty { blocks: vec![whole(frame)] })
        }
    };
    let duties: Option<Vec<Duty>> = chain.duties.iter().map(duty).collect();
    Some(seen(Line { duties: duties?, ..Line::empty(kind.agents[0]) }, attendance))
}

/// A line without figures, with the cells of rules in which its person is there.
fn seen(line: Line, attendance: &Attendance) -> Placed {
    let there = attendance.there(&line);
    Placed { score: LineScore::default(), cost: 0.0, minutes: Vec::new(), there, line }
}

/// A duty without breaks.
fn whole(frame: &Frame) -> Block {
    Block {
        span: Span::new(Moment(frame.start), Moment(frame.end)),
        activity: Activity::OnQueue,
        paid: true,
        detail: String::new(),
    }
}

/// Shares of an answer with figures, and with breaks where lines have none yet.
pub(super) fn finished(team: &Team, shares: &[Vec<(f64, Placed)>]) -> Vec<Vec<(f64, Placed)>> {
    let of = |(kind, shares): (&Kind, &Vec<(f64, Placed)>)| {
        let whole =
            |(many, placed): &(f64, Placed)| Some((*many, with_breaks(team, kind, placed)?));
        shares.iter().filter_map(whole).collect()
    };
    team.kinds.iter().zip(shares).map(of).collect()
}

fn with_breaks(team: &Team, kind: &Kind, placed: &Placed) -> Option<Placed> {
    if team.need.attendance.minds_breaks() {
        return Some(team.placed(placed.line.clone()));
    }
    let idle = Worth::of(&[], &[], 0);
    let laid = |duty: &Duty| {
        let span = duty.span();
        let mut frames = kind.days.iter().flatten();
        let frame = frames.find(|it| (it.start, it.end) == (span.start.0, span.end.0))?;
        kind.lay(frame, None, &idle, CANONICAL)
    };
    let duties: Option<Vec<Duty>> = placed.line.duties.iter().map(laid).collect();
    Some(team.placed(Line { duties: duties?, ..Line::empty(placed.line.agent) }))
}

/// The most that a line of a kind is worth; none where the search for it was cut short.
pub(super) fn most_worth(team: &Team, kind: &Kind, worth: &Worth) -> Option<f64> {
    let bounds = Bounds { owed: false, ..Bounds::best(1) };
    let chains = chain::cheapest(kind, &prices(team, kind, worth, bounds.owed), bounds);
    chains.found.first().filter(|_| chains.is_exact).map(|chain| -chain.cost)
}
