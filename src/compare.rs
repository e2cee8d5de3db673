//! What-ifs side by side: the team as it is and as it might be, planned alike and played over the same weeks.
//!
//! The team as it is is planned first. Then it and every variant are searched alike from that roster, so that a
//! variant that changes nothing differs by nothing (one with other aims from a first roster of its own), and played from the same seed, so that chance does the same to
//! all of them ([`crate::kpi::paired`]). Nobody is picked for a cut and nobody is named.

mod costs;
mod levers;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::duty::{Activity, Line};
use crate::id::{AgentId, Id, StreamId};
use crate::kpi::{Estimate, Tally};
use crate::plan::{self, Plan};
use crate::roster::{NoPlan, Proof, Watch};
use crate::scenario::{Problem, Scenario, Variant};
use crate::units::{Minutes, Moment, Span};

pub use costs::OneOff;
pub use levers::{Lever, LeverKind, Pull};
pub use rows::{Better, Figure, Row};

/// What-ifs beside the team as it is.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The team as it is, then every variant in the order asked for.
    pub columns: Vec<Column>,
    /// One a figure.
    pub rows: Vec<Row>,
    /// Weeks played for each.
    pub weeks: usize,
}

/// One team, as it is or as it might be.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name: empty for the team as it is.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub says: String,
    /// The team.
    pub scenario: Scenario,
    /// Its plan.
    pub plan: Plan,
    /// Its played weeks.
    pub weeks: Vec<Tally>,
    /// What changing the team costs once, and what it costs to change it back.
    pub one_off: Option<OneOff>,
    /// What else could be done to be as well covered as before, cheapest first; none where nothing is worse.
    pub levers: Vec<Lever>,
}

/// Why a what-if is refused.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// Which.
    pub variant: String,
    /// Why, naming nobody.
    pub cause: String,
    /// What would free it.
    pub fix: String,
}

/// Reads the team as a variant has it.
pub type Read<'r> = dyn Fn(&Variant) -> Result<Scenario, Vec<Problem>> + Sync + 'r;

/// Plan and play the team as it is and every variant.
///
/// # Errors
/// Variants of which no plan exists, or whose cut leaves an open stream without a human.
pub fn compare(
    base: &Scenario,
    variants: &[(Variant, Scenario)],
    read: &Read<'_>,
    watch: &dyn Watch,
) -> Result<Comparison, Vec<Refused>> {
    let refused = |name: &str, no_plan: &NoPlan| stuck(name, no_plan);
    let first = plan::make(base, watch).map_err(|no_plan| refused("", &no_plan))?;
    let lines: BTreeMap<&str, &Line> = first
        .assigned
        .roster
        .lines
        .iter()
        .map(|line| (base.names.agents.of(line.agent), line))
        .collect();
    let start = |scenario: &Scenario| -> Vec<Option<Line>> {
        scenario
            .names
            .agents
            .ids()
            .map(|id| lines.get(scenario.names.agents.of(id)).copied().cloned())
            .collect()
    };
    let none = Variant::typed("", Vec::new(), 0);
    let all: Vec<(&Variant, &Scenario)> = std::iter::once((&none, base))
        .chain(variants.iter().map(|(variant, scenario)| (variant, scenario)))
        .collect();
    let planned: Vec<Result<Column, Vec<Refused>>> = all
        .par_iter()
        .map(|(variant, scenario)| {
            let plan = if scenario.aims == base.aims {
                plan::make_from(&start(scenario), scenario, watch)
            } else {
                anew(scenario, watch)
            };
            let plan = plan.map_err(|no_plan| refused(&variant.name, &no_plan))?;
            Ok(column(variant, scenario, plan))
        })
        .collect();
    let mut wrong = Vec::new();
    let mut columns = Vec::new();
    for column in planned {
        match column {
            Ok(column) => columns.push(column),
            Err(more) => wrong.extend(more),
        }
    }
    if let Some((base, others)) = columns.split_first() {
        for (column, (variant, _)) in
            others.iter().zip(variants).filter(|(_, (variant, _))| variant.cuts())
        {
            wrong.extend(without_human(base, column, &variant.name));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    for place in 1..columns.len() {
        let (variant, _) = &variants[place - 1];
        columns[place].one_off = costs::one_off(&columns[0].scenario, &columns[place].scenario);
        columns[place].levers = levers::search(&columns[0], &columns[place], variant, read, watch);
    }
    let weeks = columns.iter().map(|column| column.weeks.len()).min().unwrap_or(0);
    Ok(Comparison { rows: rows::of(&columns), columns, weeks })
}

/// The plan of a team that wants something else: a roster made for the wishes of the team as it is would show
/// through. It is searched as often as that one.
fn anew(scenario: &Scenario, watch: &dyn Watch) -> Result<Plan, NoPlan> {
    let first = plan::make(scenario, watch)?;
    let start: Vec<Option<Line>> = first.assigned.roster.lines.into_iter().map(Some).collect();
    plan::make_from(&start, scenario, watch)
}

fn column(variant: &Variant, scenario: &Scenario, mut plan: Plan) -> Column {
    let weeks = std::mem::take(&mut plan.weeks);
    Column {
        name: variant.name.clone(),
        title: variant.title.clone(),
        says: variant.says.clone(),
        scenario: scenario.clone(),
        plan,
        weeks,
        one_off: None,
        levers: Vec::new(),
    }
}

impl Comparison {
    /// Whether some search or play was cut short.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.columns.iter().any(|column| {
            column.plan.assigned.proof == Proof::Stopped
                || column.weeks.len() < column.scenario.budget.replications
        })
    }
}

impl Column {
    /// A difference between this column and the team as it is that an interval shows to be more than chance.
    #[must_use]
    pub fn is_clear(difference: Estimate) -> bool {
        difference.low > 0.0 || difference.high < 0.0
    }
}

/// That somebody has no legal line, by the rules that clash and without a name.
fn stuck(variant: &str, no_plan: &NoPlan) -> Vec<Refused> {
    let told: BTreeSet<(String, String)> = no_plan
        .conflicts
        .iter()
        .map(|conflict| {
            let cause = format!(
                "someone has no legal line: {} ({})",
                conflict.cause,
                conflict.rules_in_words()
            );
            (cause, conflict.fix.clone())
        })
        .collect();
    told.into_iter()
        .map(|(cause, fix)| Refused { variant: variant.to_owned(), cause, fix })
        .collect()
}

/// Live streams that a cut leaves without a human while they are open: someone was always on queue for them and no
/// longer is, or nobody is even at work for longer than as the team is.
fn without_human(base: &Column, cut: &Column, variant: &str) -> Vec<Refused> {
    let before = bare(base);
    let mut refused = Vec::new();
    for (stream, Bare { minutes, nobody_at_work, start, is_at_rest }) in bare(cut) {
        let known = before.get(&stream);
        let known_away = known.map_or(0, |known| known.nobody_at_work);
        if known.is_some() && nobody_at_work <= known_away {
            continue;
        }
        let local = cut.scenario.calendar.local(start);
        let resting = if is_at_rest { " while everyone who may take it rests" } else { "" };
        let cause = format!(
            "nobody would be there for {stream} on {} {} at {}{resting}; in all {} of its open hours, {} as the team is",
            local.date.weekday(),
            local.date,
            local.clock,
            Minutes(minutes),
            Minutes(known.map_or(0, |known| known.minutes)),
        );
        let fix =
            "cut fewer places or others, close the queue, or teach its skill to those who stay"
                .to_owned();
        refused.push(Refused { variant: variant.to_owned(), cause, fix });
    }
    refused
}

/// Open time in which nobody who may take a stream is on queue.
#[derive(Debug, Clone, Copy)]
struct Bare {
    minutes: i64,
    /// Of these, minutes in which nobody who may take it is even at work.
    nobody_at_work: i64,
    /// The first of them.
    start: Moment,
    /// Whether someone was at work then, on a break or off the queue.
    is_at_rest: bool,
}

/// Minutes in which a live stream is open and nobody who may take it is on queue, by name.
fn bare(column: &Column) -> BTreeMap<String, Bare> {
    const STEP: i64 = 5;
    let scenario = &column.scenario;
    let horizon = scenario.calendar.horizon();
    let slots = usize::try_from(horizon.length().0.div_euclid(STEP)).unwrap_or(0);
    let slot = |moment: Moment| {
        let place = moment.since(horizon.start).0.div_euclid(STEP).max(0);
        usize::try_from(place).unwrap_or(0).min(slots)
    };
    // 1 where someone of the pool is at work, 2 where someone is on queue.
    let mut there = vec![vec![0_u8; slots]; scenario.pools.len()];
    let reaching_in: Vec<Line> = scenario.published.reaching_in().collect();
    for line in column.plan.assigned.roster.lines.iter().chain(&reaching_in) {
        let row = &mut there[scenario.agent(line.agent).pool.index()];
        for block in line.blocks() {
            let mark = if block.activity == Activity::OnQueue { 2 } else { 1 };
            let (from, to) = (slot(block.span.start), slot(block.span.end));
            for known in row.iter_mut().take(to).skip(from) {
                *known = mark.max(*known);
            }
        }
    }
    let mut found: BTreeMap<String, Bare> = BTreeMap::new();
    for stream in (0..scenario.streams.len()).map(StreamId::at) {
        let queue = scenario.queue(scenario.stream(stream).queue);
        let comes =
            column.plan.workload.arrivals[stream.index()].iter().any(|contacts| contacts.0 > 0.0);
        if !queue.channel.is_live() || !comes {
            continue;
        }
        let pools: Vec<usize> = scenario.pools_for(stream).map(Id::index).collect();
        let best_at =
            |place: usize| pools.iter().map(|&pool| there[pool][place]).max().unwrap_or(0);
        for open in &queue.open {
            let inside = Span::new(open.start.max(horizon.start), open.end.min(horizon.end));
            for place in slot(inside.start)..slot(inside.end).max(slot(inside.start)) {
                let best = best_at(place);
                if best < 2 {
                    let offset = STEP * i64::try_from(place).unwrap_or(0);
                    let start = horizon.start + Minutes(offset);
                    let is_at_rest = best == 1;
                    let none = Bare { minutes: 0, nobody_at_work: 0, start, is_at_rest };
                    let known = found.entry(scenario.stream_title(stream)).or_insert(none);
                    known.minutes += STEP;
                    known.nobody_at_work += if is_at_rest { 0 } else { STEP };
                }
            }
        }
    }
    found
}

/// An agent of one team in another, who keeps their place in the folder's file.
fn numbers(scenario: &Scenario) -> BTreeMap<usize, AgentId> {
    scenario
        .agents
        .iter()
        .enumerate()
        .map(|(place, agent)| (agent.number, AgentId::at(place)))
        .collect()
}
