//! Why minimum presence cannot be kept: the fewest rules, dates and restrictions of people that clash.
//!
//! The programme of presence is asked with ever less in it. Prices that prove a conflict say at once whose restrictions
//! matter to it; what they leave is divided person by person, then taken out one by one, each time solving again.

use std::collections::{BTreeMap, BTreeSet};

use super::super::breaks::Worth;
use super::super::clash::{self, Bench, Item, Relaxed};
use super::super::need::Need;
use super::super::people::Kind;
use super::super::team::{Placed, Team};
use super::super::{Conflict, NamedRule, NoPlan};
use super::programme::{self, Answer};
use super::ways;
use crate::id::{AgentId, Id};
use crate::scenario::{MinimumPresence, Scenario};
use crate::staffing::Requirement;
use crate::units::{Minutes, Span};

/// Conflicts between people that are told at most.
const MOST_CONFLICTS: usize = 4;

/// A stretch of a rule of minimum presence: place of the rule, place of the stretch.
pub(super) type Stretch = (usize, usize);

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
    free: BTreeMap<AgentId, Kind>,
}

/// What is given up already.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// Restrictions of people.
    pub(super) relaxed: BTreeMap<AgentId, Relaxed>,
    /// People asked for in a stretch, where fewer than the rule says.
    pub(super) fewer: BTreeMap<Stretch, usize>,
}

/// Part of a conflict between people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Somebody's own restriction.
    Own(AgentId, Item),
    /// A rule on a date.
    Presence(Stretch),
}

/// Why no roster keeps minimum presence, from a team in which everyone has a line.
pub(in super::super) fn conflicts(team: &Team, safe: &[Placed]) -> NoPlan {
    let table = Table::of(team, safe);
    let all = table.stretches();
    let mut given = Given::default();
    let mut told = Vec::new();
    while told.len() < MOST_CONFLICTS {
        let Some(found) = table.minimal(&all, &given) else { break };
        let ways = ways::ways(&table, &found, &given);
        told.push(table.conflict(&found, &ways, &given));
        match ways.into_iter().next() {
            Some(way) => given = way.given,
            // Nobody can give way: the rest is looked at without these.
            None => given.fewer.extend(found.stretches().map(|stretch| (stretch, 0))),
        }
    }
    NoPlan { conflicts: told }
}

/// A minimal conflict with what proves it.
pub(super) struct Found {
    /// Its parts.
    pub(super) parts: Vec<Part>,
    /// Minutes of people missing in every roster.
    pub(super) bound: f64,
    /// People missing at most at once in the programme, rounded up, by stretch.
    pub(super) most: BTreeMap<Stretch, usize>,
}

impl Found {
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Presence(stretch) => Some(*stretch),
            Part::Own(..) => None,
        })
    }
}

impl<'a> Table<'a> {
    fn of(team: &'a Team<'a>, safe: &'a [Placed]) -> Table<'a> {
        let scenario = clash::bare(team.scenario);
        let meant: BTreeSet<AgentId> =
            scenario.minimum_presence.iter().flat_map(|rule| rule.who.iter().copied()).collect();
        let benches: BTreeMap<AgentId, Bench> =
            meant.into_iter().map(|agent| (agent, Bench::of(&scenario, agent))).collect();
        let free = benches.iter().map(|(&agent, bench)| {
            let all = bench.without_all(bench.items().iter());
            (agent, bench.kind(&all, agent))
        });
        let free = free.collect();
        Table { team, safe, scenario, benches, free }
    }

    fn stretches(&self) -> Vec<Stretch> {
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
    pub(super) fn team_of<'s>(&self, scenario: &'s Scenario, kinds: Vec<Kind>) -> Team<'s> {
        let nothing = Requirement { live: Vec::new(), tickets: Vec::new() };
        let mut kind_of = vec![0; scenario.agents.len()];
        for (place, kind) in kinds.iter().enumerate() {
            kind.agents.iter().for_each(|agent| kind_of[agent.index()] = place);
        }
        Team {
            scenario,
            need: Need::of(&nothing, scenario),
            weights: self.team.weights.without_aims(),
            bounds: vec![
                super::super::chain::Bounds {
                    owed: false,
                    ..super::super::chain::Bounds::best(1)
                };
                kinds.len()
            ],
            kinds,
            kind_of,
            pasts: self.team.pasts.clone(),
        }
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
        kinds
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
        let rules = |agent: AgentId| -> Vec<bool> {
            scenario.minimum_presence.iter().map(|rule| rule.who.contains(&agent)).collect()
        };
        let mut kinds: Vec<Kind> = Vec::new();
        for agent in meant {
            let kind = match own.get(&agent).filter(|items| !items.is_empty()) {
                None => self.free[&agent].clone(),
                Some(items) => self.only(agent, items, given),
            };
            let is_same =
                |other: &&mut Kind| other.is_like(&kind) && rules(other.agents[0]) == rules(agent);
            match kinds.iter_mut().find(is_same) {
                Some(other) => other.agents.push(agent),
                None => kinds.push(kind),
            }
        }
        kinds
    }

    /// Somebody with some of their restrictions only.
    fn only(&self, agent: AgentId, items: &[Item], given: &Given) -> Kind {
        let bench = &self.benches[&agent];
        let all = bench.items();
        let left = bench.without_all(all.iter().filter(|item| !items.contains(item)));
        let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
        bench.kind(&before.and(&left), agent)
    }

    /// What the programme says of some stretches, everyone as they are.
    fn asked_of_all(&self, stretches: &[Stretch], given: &Given) -> Option<Answer> {
        let scenario = self.with(stretches, given);
        let team = self.team_of(&scenario, self.everyone(given));
        programme::solve(&team)
    }

    /// Whether parts clash, everything else left out.
    fn clash(&self, parts: &[Part], given: &Given) -> Option<Answer> {
        let (stretches, own) = sorted(parts);
        let scenario = self.with(&stretches, given);
        if scenario.minimum_presence.is_empty() {
            return None;
        }
        let team = self.team_of(&scenario, self.restricted(&scenario, &own, given));
        programme::solve(&team).filter(Answer::is_impossible)
    }

    /// A minimal conflict among some stretches; none where nothing is proved to clash.
    fn minimal(&self, all: &[Stretch], given: &Given) -> Option<Found> {
        let first = self.asked_of_all(all, given).filter(Answer::is_impossible)?;
        let stretches = self.few_stretches(all, &first, given);
        let answer = self.asked_of_all(&stretches, given).filter(Answer::is_impossible)?;
        let mut parts = self.whose(&stretches, &answer, given);
        let mut at = 0;
        while at < parts.len() {
            let mut fewer = parts.clone();
            fewer.remove(at);
            if self.clash(&fewer, given).is_some() { parts = fewer } else { at += 1 }
        }
        let proof = self.clash(&parts, given)?;
        let mut found = Found { parts, bound: proof.bound, most: BTreeMap::new() };
        found.parts.sort();
        let stretches: Vec<Stretch> = found.stretches().collect();
        let now = self.asked_of_all(&stretches, given)?;
        for (place, _, people) in now.absent {
            let most = found.most.entry(stretches[place]).or_default();
            *most = (*most).max(rounded_up(people));
        }
        Some(found)
    }

    /// Few stretches that clash already, everyone as they are.
    fn few_stretches(&self, all: &[Stretch], first: &Answer, given: &Given) -> Vec<Stretch> {
        let asked: Vec<Stretch> =
            all.iter().copied().filter(|&stretch| self.asked(stretch, given) > 0).collect();
        let mut missing: BTreeMap<Stretch, f64> = BTreeMap::new();
        for &(place, _, people) in &first.absent {
            *missing.entry(asked[place]).or_default() += people;
        }
        let is_stuck = |kept: &[Stretch]| {
            let answer = self.asked_of_all(kept, given);
            answer.is_some_and(|answer| answer.is_impossible())
        };
        let mut by_missing: Vec<Stretch> = missing.keys().copied().collect();
        by_missing
            .sort_by(|one, other| missing[other].total_cmp(&missing[one]).then(one.cmp(other)));
        if let Some(&worst) = by_missing.first()
            && is_stuck(&[worst])
        {
            return vec![worst];
        }
        // What people would rather hear of stands last.
        let mut order: Vec<Stretch> =
            asked.into_iter().filter(|stretch| !missing.contains_key(stretch)).collect();
        order.extend(by_missing.into_iter().rev());
        clash::divided(&is_stuck, &[], false, &order)
    }

    /// The stretches with those restrictions of people that prices prove to be enough.
    fn whose(&self, stretches: &[Stretch], answer: &Answer, given: &Given) -> Vec<Part> {
        let scenario = self.with(stretches, given);
        let everyone = self.team_of(&scenario, self.everyone(given));
        let worths = answer.master.worths(&everyone, &answer.prices);
        let worth_of = |agent: AgentId| -> &Worth { &worths[everyone.kind_of[agent.index()]] };
        let most = |kind: &Kind, agent: AgentId| {
            programme::most_worth(&everyone, kind, worth_of(agent)).unwrap_or(f64::INFINITY)
        };
        let meant: BTreeSet<AgentId> =
            scenario.minimum_presence.iter().flat_map(|rule| rule.who.iter().copied()).collect();
        let own = |agent: AgentId| most(&everyone.kinds[everyone.kind_of[agent.index()]], agent);
        let mut gains: Vec<(f64, AgentId, f64)> = meant
            .iter()
            .map(|&agent| {
                let own = own(agent);
                (most(&self.free[&agent], agent) - own, agent, own)
            })
            .collect();
        gains.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut left = answer.bound;
        let mut parts: Vec<Part> = Vec::new();
        for (gain, agent, own) in gains {
            if gain < left {
                left -= gain.max(0.0);
                continue;
            }
            let bench = &self.benches[&agent];
            let gain_with = |kept: &[Item]| most(&self.only(agent, kept, given), agent) - own;
            let is_stuck = |kept: &[Item]| gain_with(kept) < left;
            let items = clash::divided(&is_stuck, &[], true, &bench.items());
            left -= gain_with(&items).max(0.0);
            parts.extend(items.into_iter().map(|item| Part::Own(agent, item)));
        }
        parts.extend(stretches.iter().map(|&stretch| Part::Presence(stretch)));
        parts
    }

    fn conflict(&self, found: &Found, ways: &[ways::Between], given: &Given) -> Conflict {
        let rules = found.parts.iter().rev().map(|part| self.named(*part, found));
        let asked = found.stretches().map(|stretch| {
            let id = &self.scenario.minimum_presence[stretch.0].id;
            let date = self.scenario.calendar.local(self.span(stretch).start).date;
            format!("`{id}` asks for {} at once on {date}", self.asked(stretch, given))
        });
        let asked: Vec<String> = asked.collect();
        let cause = format!(
            "{}; every roster misses at least {} of it",
            asked.join(", "),
            Minutes(minutes(found.bound))
        );
        Conflict {
            agent: None,
            rules: rules.collect(),
            is_proved: true,
            cause,
            fix: match ways.first() {
                Some(way) => way.change.says.clone(),
                None => {
                    "ask for fewer people in `minimum_presence`, or mean more people".to_owned()
                }
            },
            ways: ways.iter().map(|way| way.change.clone()).collect(),
        }
    }

    /// A part as people know it.
    fn named(&self, part: Part, found: &Found) -> NamedRule {
        match part {
            Part::Presence(stretch) => NamedRule {
                kind: "minimum_presence".to_owned(),
                rules: vec![self.scenario.minimum_presence[stretch.0].id.clone()],
                dates: vec![self.scenario.calendar.local(self.span(stretch).start).date],
                agent: None,
            },
            Part::Own(agent, item) => {
                let spans: Vec<Span> =
                    found.stretches().map(|stretch| self.span(stretch)).collect();
                let rule = clash::named_plainly(&self.benches[&agent], item, &spans);
                NamedRule { agent: Some(agent), ..rule }
            }
        }
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

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people are few")]
fn rounded_up(people: f64) -> usize {
    (people - 1e-6).ceil().max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a horizon are few")]
fn minutes(real: f64) -> i64 {
    real.ceil() as i64
}
