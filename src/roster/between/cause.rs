//! Why minimum presence cannot be kept: the fewest rules, dates and restrictions of people that clash.
//!
//! The programme of presence is asked with ever less in it. Prices that prove a conflict say at once whose restrictions
//! matter to it; what they leave is divided person by person, then taken out one by one, each time solving again.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::clash::{self, Item};
use super::super::people::Kind;
use super::super::team::{Placed, Team};
use super::super::{Conflict, NamedRule, NoPlan};
use super::count;
use super::programme::{self, Answer, Lines, Until};
use super::table::{Given, Known, Part, Stretch, Table, Tried};
use super::ways;
use crate::id::{AgentId, Id};
use crate::units::{Minutes, Span};

/// Conflicts between people that are told at most.
const MOST_CONFLICTS: usize = 4;
/// How far the programme is taken to see whether there is another conflict.
const FOR_ANOTHER: Until = Until::Round(10);

/// Why no roster keeps minimum presence, from a team in which everyone has a line.
///
/// The proof is about whole rules, and its lines are those of the programme.
pub(in super::super) fn conflicts(
    team: &Team,
    safe: &[Placed],
    proof: &Answer,
    together: Lines,
) -> NoPlan {
    let table = Table::of(team, safe);
    let all = table.stretches();
    let minds_breaks = team.need.attendance.minds_breaks();
    let mut tried = Tried {
        has_told: false,
        proof: table.learnt_of_rules(proof),
        lines: [(minds_breaks, together)].into(),
    };
    let mut given = Given::default();
    let mut told = Vec::new();
    while let Some(answer) = table.stuck(&all, &given, &mut tried) {
        let is_wanted = answer.is_impossible() && told.len() < MOST_CONFLICTS;
        let found = if is_wanted { table.minimal(&all, &answer, &given, &tried) } else { None };
        let Some(found) = found else { return NoPlan { conflicts: told, may_be_more: true } };
        let ways = ways::ways(&table, &found, &given);
        told.push(table.conflict(&found, &ways, &given));
        match ways.into_iter().next() {
            Some(way) => given = way.given,
            // Nobody can give way: the rest is looked at without these.
            None => given.fewer.extend(found.stretches().map(|stretch| (stretch, 0))),
        }
        tried.has_told = true;
        if table.is_spent() {
            return NoPlan { conflicts: told, may_be_more: true };
        }
    }
    NoPlan { conflicts: told, may_be_more: false }
}

/// A minimal conflict with what proves it.
pub(super) struct Found {
    /// Its parts.
    pub(super) parts: Vec<Part>,
    /// Minutes of people missing in every roster.
    pub(super) missing: f64,
    /// People missing at once whatever they work, by stretch; none where each minute alone could be kept.
    pub(super) most: BTreeMap<Stretch, usize>,
    /// The prices that prove it, and minutes of people that are missing at them.
    pub(super) known: Known,
    bound: f64,
    /// Lines with which no more is missing.
    pub(super) lines: Lines,
}

impl Found {
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        stretches_of(&self.parts)
    }

    /// How many fewer a stretch must ask for at least to free the conflict; none where that alone never does, by the prices
    /// that prove it.
    pub(super) fn fewest_less(&self, stretch: Stretch) -> Option<usize> {
        let counted = self.most.get(&stretch).copied().unwrap_or(1);
        let one = self.known.worth_of_one(stretch);
        (one > 0.0).then(|| counted.max(rounded_up(self.bound / one)))
    }
}

impl Table<'_> {
    /// What some stretches miss: by what proved something like it, or by the programme where no roster near safe lines
    /// keeps them; none where nothing is missing.
    fn stuck(&self, all: &[Stretch], given: &Given, tried: &mut Tried) -> Option<Answer> {
        if let Some(proof) = self.proof(all, given, tried) {
            return Some(proof);
        }
        if self.is_kept_nearby(all, given) {
            return None;
        }
        let until = if tried.has_told { FOR_ANOTHER } else { Until::Proof };
        let answer = self.asked_of_all(all, given, tried, until);
        answer.filter(|answer| answer.is_impossible() || !answer.absent.is_empty())
    }

    /// A minimal conflict among some stretches that are proved to clash.
    fn minimal(
        &self,
        all: &[Stretch],
        proof: &Answer,
        given: &Given,
        tried: &Tried,
    ) -> Option<Found> {
        let mut tried = tried.clone();
        let (stretches, answer) = self.few_stretches(all, proof, given, &mut tried)?;
        let known = self.learnt(&stretches, given, &answer);
        let mut parts = self.needed(self.whose(&stretches, &answer, given), given, &known);
        parts.sort();
        let stretches: Vec<Stretch> = stretches_of(&parts).collect();
        let scenario = self.with(&stretches, given);
        let team = self.team_of(&scenario, &self.everyone(given));
        let mut most: BTreeMap<Stretch, usize> = BTreeMap::new();
        for absent in count::absent(&team) {
            let most = most.entry(stretches[absent.rule]).or_default();
            *most = (*most).max(rounded_up(absent.people));
        }
        let minds_breaks = team.need.attendance.minds_breaks();
        Some(Found {
            parts,
            // What everyone as they are misses, and not what the parts alone would.
            missing: answer.missing,
            most,
            known,
            bound: answer.bound,
            lines: tried.lines.remove(&minds_breaks).unwrap_or_default(),
        })
    }

    /// Parts without those that a conflict does without, from the first on.
    fn needed(&self, mut parts: Vec<Part>, given: &Given, known: &Known) -> Vec<Part> {
        let clash_without = |parts: &[Part], gone: &[usize]| {
            let left = parts.iter().enumerate().filter(|(at, _)| !gone.contains(at));
            let left: Vec<Part> = left.map(|(_, part)| *part).collect();
            self.clash(&left, given, known).is_some()
        };
        // What is needed among many parts is needed among few.
        let mut first = 0;
        let mut is_known = vec![false; parts.len()];
        loop {
            // Of parts alike, one is asked about for all.
            let alike = self.first_alike(&parts, first, given);
            let clashes: Vec<bool> = (0..parts.len())
                .into_par_iter()
                .map(|at| {
                    let is_open = at >= first && !is_known[at] && alike[at] == at;
                    is_open && clash_without(&parts, &[at])
                })
                .collect();
            let Some(idle) = clashes.iter().position(|clashes| *clashes) else { return parts };
            for (at, known) in is_known.iter_mut().enumerate().skip(first) {
                *known |= !clashes[alike[at]];
            }
            // As many as can go of those alike, all the same which; then the others of them are needed.
            let members: Vec<usize> = (idle..parts.len()).filter(|&at| alike[at] == idle).collect();
            let stays: Vec<usize> = (0..members.len() - 1).collect();
            let stay = stays
                .partition_point(|&stay| !clash_without(&parts, &members[..members.len() - stay]));
            let (gone, needed) = members.split_at(members.len() - stay);
            for &at in needed {
                is_known[at] = true;
            }
            let left = (0..parts.len()).filter(|at| !gone.contains(at));
            let (left, known) = left.map(|at| (parts[at], is_known[at])).unzip();
            (parts, is_known, first) = (left, known, idle);
        }
    }

    /// By place of a part, from some place on, the first that leaves the same team where it is left out: people who may
    /// work the same lines with it, and the same without it, differ in name alone. Before that place, each is its own.
    fn first_alike(&self, parts: &[Part], from: usize, given: &Given) -> Vec<usize> {
        let of = |(at, part): (usize, &Part)| {
            let Part::Own(agent, item) = *part else { return None };
            let items: Vec<Item> = own_of(parts, agent).filter(|_| at >= from).collect();
            let left: Vec<Item> = items.iter().copied().filter(|other| *other != item).collect();
            Some((
                agent,
                self.restricted_to(agent, &items, given),
                self.restricted_to(agent, &left, given),
            ))
        };
        let rules = |agent: AgentId| self.team.need.attendance.rules_of(agent);
        let own: Vec<_> = parts.par_iter().enumerate().map(of).collect();
        let mut first: Vec<usize> = (0..parts.len()).collect();
        for at in from..parts.len() {
            let Some((agent, with, without)) = &own[at] else { continue };
            let is_alike = |other: &usize| {
                own[*other].as_ref().is_some_and(|(other, others_with, others_without)| {
                    with.is_like(others_with)
                        && without.is_like(others_without)
                        && rules(*agent) == rules(*other)
                })
            };
            first[at] =
                (from..at).filter(|other| first[*other] == *other).find(is_alike).unwrap_or(at);
        }
        first
    }

    /// The stretches with those restrictions of people that prices prove to be enough.
    fn whose(&self, stretches: &[Stretch], answer: &Answer, given: &Given) -> Vec<Part> {
        let scenario = self.with(stretches, given);
        let everyone = self.team_of(&scenario, &self.everyone(given));
        let most = |kind: &Kind, agent: AgentId| {
            let worth = &answer.worths[everyone.kind_of[agent.index()]];
            if answer.is_counted {
                count::most_worth(kind, worth)
            } else {
                programme::most_worth(&everyone, kind, worth).unwrap_or(f64::INFINITY)
            }
        };
        let meant: BTreeSet<AgentId> =
            scenario.minimum_presence.iter().flat_map(|rule| rule.who.iter().copied()).collect();
        let meant: Vec<AgentId> = meant.into_iter().collect();
        let gain = |&agent: &AgentId| {
            let own = most(&everyone.kinds[everyone.kind_of[agent.index()]], agent);
            (most(self.free(agent), agent) - own, agent, own)
        };
        let mut gains: Vec<(f64, AgentId, f64)> = meant.par_iter().map(gain).collect();
        gains.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut left = answer.bound;
        let (mut parts, mut few): (Vec<Part>, Vec<Vec<Item>>) = Default::default();
        for (gain, agent, own) in gains {
            if gain < left {
                left -= gain.max(0.0);
                continue;
            }
            let all = self.benches[&agent].items();
            let gain_with = |kept: &[Item]| most(&self.only(agent, kept, given), agent) - own;
            let is_stuck = |kept: &[Item]| gain_with(kept) < left;
            // What is few enough for one is for others, too, where it is enough.
            let like = few.iter().find(|items: &&Vec<Item>| {
                items.iter().all(|item| all.contains(item)) && is_stuck(items)
            });
            let items = like.cloned();
            let items = items.unwrap_or_else(|| clash::divided(&is_stuck, &[], true, &all));
            if !few.contains(&items) {
                few.push(items.clone());
            }
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
            Minutes(minutes(found.missing))
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

/// The stretches among some parts.
fn stretches_of(parts: &[Part]) -> impl Iterator<Item = Stretch> + '_ {
    parts.iter().filter_map(|part| match part {
        Part::Presence(stretch) => Some(*stretch),
        Part::Own(..) => None,
    })
}

/// The restrictions of somebody among some parts.
fn own_of(parts: &[Part], of: AgentId) -> impl Iterator<Item = Item> + '_ {
    parts.iter().filter_map(move |part| match *part {
        Part::Own(agent, item) if agent == of => Some(item),
        _ => None,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people are few")]
fn rounded_up(people: f64) -> usize {
    (people - 1e-6).ceil().max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a horizon are few")]
fn minutes(real: f64) -> i64 {
    real.ceil() as i64
}
