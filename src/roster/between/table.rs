//! Everyone at one table, with what bears on their lines, to be asked again with some of it left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::super::Unwatched;
use super::super::attendance::{self, CellPrices};
use super::super::clash::{self, Bench, Item, Relaxed};
use super::super::legal;
use super::super::people::Kind;
use super::super::team::{Placed, Team};
use super::apart::{self, Apart};
use super::count;
use super::programme::{self, Answer, Lines, Until};
use crate::id::{AgentId, Id};
use crate::scenario::{MinimumPresence, Scenario};
use crate::units::{Minutes, Span};

/// Effort from which on nothing more is told than one conflict with the cheapest way out of it, as people wait.
const EFFORT: usize = 2_000_000;

/// A stretch of a rule of minimum presence: place of the rule, place of the stretch.
pub(super) type Stretch = (usize, usize);

/// What was given up, and what is left of somebody's restrictions then.
type Restricted = (Relaxed, Kind);

/// Everyone, with what bears on their lines, to be asked with some of it left out.
pub(super) struct Table<'a> {
    /// The team as it is, everyone with a line.
    pub(super) team: &'a Team<'a>,
    /// Everyone's safe line.
    pub(super) safe: &'a [Placed],
    /// The scenario without what no line depends on.
    pub(super) scenario: Scenario,
    /// People whom some rule means.
    pub(super) benches: BTreeMap<AgentId, Bench>,
    /// The same with nothing of their own in the way.
    free: BTreeMap<AgentId, OnceLock<Kind>>,
    /// The same with some of it in the way, and what was given up then.
    known: Mutex<BTreeMap<(AgentId, Vec<Item>), Restricted>>,
    /// What all questions took so far.
    effort: AtomicUsize,
}

/// What is given up already.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// Restrictions of people.
    pub(super) relaxed: BTreeMap<AgentId, Relaxed>,
    /// People asked for in a stretch, where fewer than the rule says.
    pub(super) fewer: BTreeMap<Stretch, usize>,
}

/// Prices that proved something, by the stretches they are of.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(BTreeMap<Stretch, Vec<f64>>);

impl Known {
    /// What one person there all through a stretch is worth, in minutes of people.
    pub(super) fn worth_of_one(&self, stretch: Stretch) -> f64 {
        let prices = self.0.get(&stretch).into_iter().flatten();
        Minutes(attendance::CELL).real() * prices.sum::<f64>()
    }
}

/// What earlier questions about everyone as they are came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Tried {
    /// Whether some conflict is told already.
    pub(super) has_told: bool,
    /// The prices that proved something last.
    pub(super) proof: Option<Known>,
    /// Lines of the programme, by whether they hold breaks.
    pub(super) lines: BTreeMap<bool, Lines>,
}

impl Tried {
    /// Those stretches in which the prices that proved something last are above nothing.
    pub(super) fn priced(&self, stretches: &[Stretch]) -> Vec<Stretch> {
        let worth = |it: &Stretch| self.proof.as_ref().map_or(0.0, |proof| proof.worth_of_one(*it));
        stretches.iter().copied().filter(|stretch| worth(stretch) > 0.0).collect()
    }
}

/// Part of a conflict between people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Somebody's own restriction.
    Own(AgentId, Item),
    /// A rule on a date.
    Presence(Stretch),
}

impl<'a> Table<'a> {
    pub(super) fn of(team: &'a Team<'a>, safe: &'a [Placed]) -> Table<'a> {
        let scenario = clash::bare(team.scenario);
        let meant: BTreeSet<AgentId> =
            scenario.minimum_presence.iter().flat_map(|rule| rule.who.iter().copied()).collect();
        let mut benches: BTreeMap<AgentId, Bench> =
            meant.into_par_iter().map(|agent| (agent, Bench::of(&scenario, agent))).collect();
        Bench::share_plans(benches.values_mut());
        let free = benches.keys().map(|&agent| (agent, OnceLock::new())).collect();
        let (known, effort) = Default::default();
        Table { team, safe, scenario, benches, free, known, effort }
    }

    /// Take effort into account.
    pub(super) fn spend(&self, effort: usize) {
        self.effort.fetch_add(effort, Ordering::Relaxed);
    }

    /// Whether all that is told of conflicts from now on is what has to be.
    pub(super) fn is_spent(&self) -> bool {
        self.effort.load(Ordering::Relaxed) > EFFORT
    }

    /// Somebody with nothing of their own in the way.
    pub(super) fn free(&self, agent: AgentId) -> &Kind {
        self.free[&agent].get_or_init(|| {
            let bench = &self.benches[&agent];
            bench.kind(&bench.without_all(bench.items().iter()), agent)
        })
    }

    pub(super) fn stretches(&self) -> Vec<Stretch> {
        let rules = self.scenario.minimum_presence.iter().enumerate();
        rules
            .flat_map(|(place, rule)| {
                (0..rule.stretches.len()).map(move |stretch| (place, stretch))
            })
            .collect()
    }

    /// The span of a stretch.
    pub(super) fn span(&self, (rule, stretch): Stretch) -> Span {
        self.scenario.minimum_presence[rule].stretches[stretch]
    }

    /// How many a stretch asks for.
    pub(super) fn asked(&self, stretch: Stretch, given: &Given) -> usize {
        let own = self.scenario.minimum_presence[stretch.0].at_least;
        given.fewer.get(&stretch).copied().unwrap_or(own)
    }

    /// The scenario with some stretches alone, each a rule of its own.
    pub(super) fn with(&self, stretches: &[Stretch], given: &Given) -> Scenario {
        let rules = stretches.iter().filter(|&&stretch| self.asked(stretch, given) > 0);
        let rule = |&stretch: &Stretch| MinimumPresence {
            at_least: self.asked(stretch, given),
            stretches: vec![self.span(stretch)],
            ..self.scenario.minimum_presence[stretch.0].clone()
        };
        Scenario { minimum_presence: rules.map(rule).collect(), ..self.scenario.clone() }
    }

    /// A team of some kinds, asked for presence alone.
    pub(super) fn team_of<'s>(&self, scenario: &'s Scenario, kinds: &[Kind]) -> Team<'s> {
        super::asked_for_presence(self.team, scenario, kinds, super::plain)
    }

    /// Ask of the team that keeps some stretches once this much is given up, with lines from when other things were, and
    /// any line for those of whom these were; none where somebody has no line.
    pub(super) fn with_lines<T>(
        &self,
        stretches: &[Stretch],
        given: &Given,
        (before, lines): (&Given, &[Placed]),
        ask: impl FnOnce(&Team, &[Placed]) -> T,
    ) -> Option<T> {
        let mut scenario = self.with(stretches, given);
        for (agent, relaxed) in &given.relaxed {
            let waivers = relaxed.rules.iter().cloned();
            scenario.agents[agent.index()].person.waivers.extend(waivers);
        }
        let team = self.team_of(&scenario, &self.everyone(given));
        let lines: Option<Vec<Placed>> = (0..scenario.agents.len())
            .map(|place| {
                let agent = AgentId::at(place);
                if given.relaxed.get(&agent) == before.relaxed.get(&agent) {
                    Some(lines[place].clone())
                } else {
                    legal::any_line(&team, team.kind_of[place], agent).map(|(_, placed)| placed)
                }
            })
            .collect();
        lines.map(|lines| ask(&team, &lines))
    }

    /// Whether a roster near everyone's safe lines keeps some stretches.
    pub(super) fn is_kept_nearby(&self, stretches: &[Stretch], given: &Given) -> bool {
        let safe = (&Given::default(), self.safe);
        let kept = |team: &Team, lines: &[Placed]| super::is_kept_nearby(team, lines);
        self.with_lines(stretches, given, safe, kept) == Some(true)
    }

    /// Everyone as they are but for what is given up.
    pub(super) fn everyone(&self, given: &Given) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.team.kinds.clone();
        for (&agent, relaxed) in &given.relaxed {
            let bench = &self.benches[&agent];
            for kind in &mut kinds {
                kind.agents.retain(|other| *other != agent);
            }
            kinds.push(bench.kind(relaxed, agent));
        }
        kinds.retain(|kind| !kind.agents.is_empty());
        super::whatever_pool(&kinds, &self.team.need.attendance)
    }

    /// People meant by these rules with some restrictions only, those of whom nothing is said with none.
    fn restricted(
        &self,
        scenario: &Scenario,
        own: &BTreeMap<AgentId, Vec<Item>>,
        given: &Given,
    ) -> Vec<Kind> {
        let meant: BTreeSet<AgentId> =
            scenario.minimum_presence.iter().flat_map(|rule| rule.who.iter().copied()).collect();
        let meant: Vec<AgentId> = meant.into_iter().collect();
        let of = |agent: &AgentId| {
            self.restricted_to(*agent, own.get(agent).map_or(&[], Vec::as_slice), given)
        };
        meant.par_iter().map(of).collect()
    }

    /// Somebody with some of their restrictions, or none.
    pub(super) fn restricted_to(&self, agent: AgentId, items: &[Item], given: &Given) -> Kind {
        if items.is_empty() { self.free(agent).clone() } else { self.only(agent, items, given) }
    }

    /// Somebody with some of their restrictions only.
    pub(super) fn only(&self, agent: AgentId, items: &[Item], given: &Given) -> Kind {
        let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
        let key = (agent, items.to_vec());
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, kind)) = known().get(&key).filter(|(given, _)| *given == before) {
            return kind.clone();
        }
        let bench = &self.benches[&agent];
        let all = bench.items();
        let left = bench.without_all(all.iter().filter(|item| !items.contains(item)));
        let kind = bench.kind(&before.and(&left), agent);
        known().insert(key, (before, kind.clone()));
        kind
    }

    /// Somebody as they are but for one restriction.
    pub(super) fn freed(&self, agent: AgentId, item: Item, given: &Given) -> Kind {
        let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
        let bench = &self.benches[&agent];
        bench.kind(&before.and(&bench.without(item)), agent)
    }

    /// What the programme says of some stretches, everyone as they are, with prices and lines of earlier questions.
    pub(super) fn asked_of_all(
        &self,
        stretches: &[Stretch],
        given: &Given,
        tried: &mut Tried,
        until: Until,
    ) -> Option<Answer> {
        let scenario = self.with(stretches, given);
        let team = self.team_of(&scenario, &self.everyone(given));
        let known = tried.proof.as_ref().and_then(|it| self.known(it, stretches, given));
        let lines = tried.lines.entry(team.need.attendance.minds_breaks()).or_default();
        let before = lines.effort;
        let answer = programme::solve_from(&team, known.as_ref(), lines, until, &Unwatched)?;
        self.spend(lines.effort - before);
        if answer.is_impossible() && !answer.is_counted {
            tried.proof = Some(self.learnt(stretches, given, &answer));
        }
        Some(answer)
    }

    /// A proof that no roster keeps some stretches, everyone as they are, by counting or by prices that proved something
    /// like it.
    pub(super) fn proof(
        &self,
        stretches: &[Stretch],
        given: &Given,
        tried: &Tried,
    ) -> Option<Answer> {
        let scenario = self.with(stretches, given);
        let team = self.team_of(&scenario, &self.everyone(given));
        count::too_few(&team).or_else(|| {
            let prices = self.known(tried.proof.as_ref()?, stretches, given)?;
            self.spend(programme::effort(&team));
            programme::proved_at(&team, &prices)
        })
    }

    /// Whether no roster keeps some stretches, everyone as they are.
    pub(super) fn is_stuck(&self, stretches: &[Stretch], given: &Given, tried: &mut Tried) -> bool {
        let answer = self.asked_of_all(stretches, given, tried, Until::Proof);
        answer.is_some_and(|answer| answer.is_impossible())
    }

    /// The prices of an answer about whole rules; none where counting was enough.
    pub(super) fn learnt_of_rules(&self, answer: &Answer) -> Option<Known> {
        let prices = answer.prices.as_ref().filter(|_| !answer.is_counted)?;
        let of_rule = |(place, prices): (usize, &Vec<f64>)| {
            let mut left = prices.iter().copied();
            let stretches = 0..self.scenario.minimum_presence[place].stretches.len();
            let of = |stretch: usize| {
                let cells = attendance::cells_of(self.span((place, stretch))).count();
                ((place, stretch), left.by_ref().take(cells).collect())
            };
            stretches.map(of).collect::<Vec<_>>()
        };
        Some(Known(prices.by_rule().iter().enumerate().flat_map(of_rule).collect()))
    }

    /// The stretch among some of which most is missing whatever is worked outside it, everyone as they are, with the
    /// prices that prove it; none where each may be kept.
    pub(super) fn apart(&self, stretches: &[Stretch], given: &Given) -> Option<(Stretch, Known)> {
        let scenario = self.with(stretches, given);
        let team = self.team_of(&scenario, &self.everyone(given));
        let asked: Vec<Stretch> =
            stretches.iter().copied().filter(|&it| self.asked(it, given) > 0).collect();
        let places: Vec<Stretch> = (0..asked.len()).map(|place| (place, 0)).collect();
        let Apart { stretch: (place, _), prices } = apart::stuck(&team, &places)?;
        Some((asked[place], Known([(asked[place], prices)].into())))
    }

    /// The prices of an answer about some stretches.
    pub(super) fn learnt(&self, stretches: &[Stretch], given: &Given, answer: &Answer) -> Known {
        let asked = stretches.iter().copied().filter(|&it| self.asked(it, given) > 0);
        let prices = answer.prices.iter().flat_map(CellPrices::by_rule).cloned();
        Known(asked.zip(prices).collect())
    }

    /// What is known of the prices of some stretches, nothing being worth anything in others; none where nothing is known
    /// of any.
    pub(super) fn known(
        &self,
        known: &Known,
        stretches: &[Stretch],
        given: &Given,
    ) -> Option<CellPrices> {
        let asked = || stretches.iter().filter(|&&it| self.asked(it, given) > 0);
        if !asked().any(|it| known.0.contains_key(it)) {
            return None;
        }
        let nothing = |it: Stretch| vec![0.0; attendance::cells_of(self.span(it)).count()];
        let of = |it: &Stretch| known.0.get(it).cloned().unwrap_or_else(|| nothing(*it));
        Some(CellPrices::of_rules(asked().map(of).collect()))
    }

    /// Whether parts clash, everything else left out.
    pub(super) fn clash(&self, parts: &[Part], given: &Given, known: &Known) -> Option<Answer> {
        let (stretches, own) = sorted(parts);
        let scenario = self.with(&stretches, given);
        if scenario.minimum_presence.is_empty() {
            return None;
        }
        let team = self.team_of(&scenario, &self.restricted(&scenario, &own, given));
        let known = self.known(known, &stretches, given);
        programme::solve(&team, known.as_ref()).filter(Answer::is_impossible)
    }
}

/// Parts by what they are: stretches, and restrictions by person.
fn sorted(parts: &[Part]) -> (Vec<Stretch>, BTreeMap<AgentId, Vec<Item>>) {
    let mut stretches = Vec::new();
    let mut own: BTreeMap<AgentId, Vec<Item>> = BTreeMap::new();
    for part in parts {
        match *part {
            Part::Presence(stretch) => stretches.push(stretch),
            Part::Own(agent, item) => own.entry(agent).or_default().push(item),
        }
    }
    (stretches, own)
}
