//! Pricing and building of lines: from what each minute is worth to a legal line with every break in place.

use std::collections::BTreeMap;

use super::attendance::{MISSING, There};
use super::breaks::{Taste, Worth};
use super::chain::{self, Bounds, Chain, Chains, Prices};
use super::fatigue::{self, Timing};
use super::least;
use super::need::{Cover, Need};
use super::people::{self, CANONICAL, Frame, Kind};
use super::weights::{LineScore, Weights};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::rules::Past;
use crate::scenario::Scenario;
use crate::strain;
use crate::units::{Minutes, Span};

/// Time before and after the horizon that duties may reach into, in minutes.
pub(super) const MARGIN: i64 = 3 * 24 * 60;
/// How much of a point of strain a squared minute of a long stretch stands for. *Assumption*, to break ties
/// towards even breaks; the index itself decides between finished lines.
const EVENNESS: f64 = 2.5e-4;

/// Everything that stays the same while lines are searched.
pub(super) struct Team<'a> {
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// The need.
    pub(super) need: Need,
    /// The weights of the scaled sum.
    pub(super) weights: Weights,
    /// The people.
    pub(super) kinds: Vec<Kind>,
    /// Kind of each agent.
    pub(super) kind_of: Vec<usize>,
    /// What each agent was published to work beside the horizon.
    pub(super) pasts: Vec<Option<Past>>,
    /// Rules each kind's lines are searched under, once they are known to admit one.
    pub(super) bounds: Vec<Bounds>,
}

/// A line with what it gives and costs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// The line.
    pub(super) line: Line,
    /// Its score.
    pub(super) score: LineScore,
    /// Its cost in the scaled sum.
    pub(super) cost: f64,
    /// Minutes on queue by interval, as a share of presence: interval and minutes.
    pub(super) minutes: Vec<(usize, f64)>,
    /// Cells of rules of minimum presence in which its person is there.
    pub(super) there: Vec<There>,
}

impl<'a> Team<'a> {
    /// The team of a scenario.
    pub(super) fn of(need: Need, scenario: &'a Scenario) -> Team<'a> {
        let weights = Weights::of(scenario);
        let pasts = people::pasts(scenario);
        let kinds = people::kinds(scenario, &weights, &pasts);
        let kind_of = people::kind_of_each(&kinds, scenario.agents.len());
        let bounds = vec![Bounds::best(1); kinds.len()];
        Team { scenario, need, weights, kinds, kind_of, pasts, bounds }
    }

    /// A team of one, where breaks of the same person under the same law may have been laid before.
    pub(super) fn alone(need: Need, scenario: &'a Scenario, plans: &mut people::Plans) -> Team<'a> {
        let weights = Weights::of(scenario);
        let pasts = people::pasts(scenario);
        let agent = AgentId::at(0);
        let edge = people::Edge::of(agent, pasts[0].as_ref(), scenario);
        let kind = people::kind_among(vec![agent], scenario, &weights, plans);
        Team {
            scenario,
            need,
            weights,
            kinds: vec![Kind { edge, ..kind }],
            kind_of: vec![0],
            pasts,
            bounds: vec![Bounds::best(1)],
        }
    }

    /// The same with some of the kinds alone, in this order.
    pub(super) fn of_kinds(&self, places: &[usize]) -> Team<'a> {
        let kinds: Vec<Kind> = places.iter().map(|&place| self.kinds[place].clone()).collect();
        Team {
            scenario: self.scenario,
            need: self.need.clone(),
            weights: self.weights,
            kind_of: people::kind_of_each(&kinds, self.kind_of.len()),
            kinds,
            pasts: self.pasts.clone(),
            bounds: places.iter().map(|&place| self.bounds[place]).collect(),
        }
    }

    /// Intervals of which ticket work is valued together: about two hours.
    pub(super) fn stretch(&self) -> usize {
        let grid = self.scenario.calendar.grid().0.max(1);
        usize::try_from(120_i64.div_euclid(grid).max(1)).expect("positive")
    }

    /// What a minute of one more person of this kind is worth in the scaled sum, given everyone else.
    pub(super) fn worth(&self, kind: &Kind, cover: &Cover) -> Worth {
        self.blurred_worth(kind, cover, |_| 1.0)
    }

    /// The same seen through a glass that makes each stretch of about two hours larger or smaller.
    pub(super) fn blurred_worth(
        &self,
        kind: &Kind,
        cover: &Cover,
        mut factor: impl FnMut(usize) -> f64,
    ) -> Worth {
        let mut worth = self.need.worth(kind.pool, kind.presence, cover, self.stretch());
        for (stretch, worth) in worth.chunks_mut(self.stretch()).enumerate() {
            let factor = factor(stretch) * self.weights.service;
            for worth in worth {
                *worth *= factor;
            }
        }
        let mut worth = Worth::of(&worth, &self.need.lengths, MARGIN);
        self.need.attendance.raise(kind.agents[0], cover, &mut worth);
        worth
    }

    /// How finely breaks are laid while searching.
    pub(super) fn taste(&self, kind: &Kind) -> Taste {
        let on_quarters = |minutes: i64| minutes.rem_euclid(15) == 0;
        let mut frames = kind.days.iter().flatten();
        let is_coarse = self.scenario.calendar.grid().0 >= 15
            && !self.need.attendance.minds_breaks()
            && kind.plans.iter().all(|plan| {
                plan.pieces.iter().all(|piece| on_quarters(piece.length))
                    && on_quarters(plan.longest)
            })
            && frames.all(|frame| on_quarters(frame.end - frame.start));
        let step = if is_coarse { 15 } else { 5 };
        Taste { step, evenness: EVENNESS * self.weights.strain }
    }

    /// What each duty of a kind and the off-queue work in it cost at these worths, strain left out.
    pub(super) fn prices(
        &self,
        kind: &Kind,
        worth: &Worth,
        taste: Taste,
        with_costs: bool,
    ) -> Prices {
        let of = |frame: &Frame| {
            let least = |&(_, length): &(String, i64)| {
                least_stretch(worth, frame.start, frame.end, length, taste)
            };
            kind.owed.iter().map(least).collect()
        };
        let off_queue = kind.days.iter().map(|frames| frames.iter().map(of).collect()).collect();
        Prices { off_queue, ..self.duty_prices(kind, worth, taste, with_costs) }
    }

    /// The same without prices of off-queue work, for lines of which none is asked.
    pub(super) fn duty_prices(
        &self,
        kind: &Kind,
        worth: &Worth,
        taste: Taste,
        with_costs: bool,
    ) -> Prices {
        let mut prices = Prices { quick_return: 0.0, ..Prices::default() };
        if with_costs {
            prices.quick_return = self.quick_return();
        }
        let mut worthless: BTreeMap<(usize, Vec<i64>), Vec<Option<f64>>> = BTreeMap::new();
        for frames in &kind.days {
            let mut groups: BTreeMap<(i64, usize), Vec<usize>> = BTreeMap::new();
            for (place, frame) in frames.iter().enumerate() {
                groups.entry((frame.start, frame.plan)).or_default().push(place);
            }
            let mut costs: Vec<Option<f64>> = vec![None; frames.len()];
            for ((start, plan), places) in groups {
                let lengths: Vec<i64> =
                    places.iter().map(|&place| frames[place].end - frames[place].start).collect();
                let lay = || kind.plans[plan].least_loss(start, &lengths, worth, taste);
                let longest = lengths.iter().copied().max().unwrap_or(0);
                // Where no minute on queue is worth anything, breaks lie as they would at any other time.
                let losses = if worth.is_nothing(start, start + longest) {
                    worthless.entry((plan, lengths.clone())).or_insert_with(lay).clone()
                } else {
                    lay()
                };
                for (&place, loss) in places.iter().zip(losses) {
                    let frame = &frames[place];
                    let fixed = if with_costs { frame.cost } else { 0.0 };
                    costs[place] =
                        loss.map(|loss| fixed + loss - worth.between(frame.start, frame.end));
                    if let Some(cost) = &mut costs[place] {
                        *cost -= worth.on_duty(frame.start, frame.end);
                    }
                }
            }
            prices.frames.push(costs);
        }
        prices
    }

    /// The same with about what strain costs; and what every line of the kind costs besides.
    pub(super) fn strained_prices(
        &self,
        kind: &Kind,
        worth: &Worth,
        taste: Taste,
    ) -> (Prices, f64) {
        let mut prices = self.prices(kind, worth, taste, true);
        if let Some(timing) = Timing::searched(kind, &self.weights) {
            timing.enter(&mut prices, kind);
        }
        let always = least::add_strain(&mut prices, kind, self, fatigue::usual_duties(kind));
        (prices, always)
    }

    /// What a quick return costs at least.
    pub(super) fn quick_return(&self) -> f64 {
        self.weights.strain * quick_return_points(self.scenario)
    }

    /// The cheapest lines of a kind at these worths.
    pub(super) fn chains(&self, place: usize, worth: &Worth, cutoff: f64, count: usize) -> Chains {
        let kind = &self.kinds[place];
        let (prices, _) = self.strained_prices(kind, worth, self.taste(kind));
        chain::cheapest(kind, &prices, Bounds { cutoff, count, ..self.bounds[place] })
    }

    /// The line of a chain with breaks in place, where the law has nothing against it.
    pub(super) fn build(&self, agent: AgentId, chain: &Chain, worth: &Worth) -> Option<Placed> {
        let kind = &self.kinds[self.kind_of[agent.index()]];
        let taste = self.taste(kind);
        let duties: Option<Vec<Duty>> = chain
            .duties
            .iter()
            .map(|&(day, place, block)| {
                let frame = kind.days[day][place];
                let laid = kind.lay(&frame, block, worth, taste)?;
                if self.is_legal_duty(agent, &laid) {
                    return Some(laid);
                }
                let even = kind.lay(&frame, block, worth, CANONICAL)?;
                if self.is_legal_duty(agent, &even) {
                    return Some(even);
                }
                let worthless = Worth::of(&[], &[], 0);
                let spread = kind.lay(&frame, block, &worthless, CANONICAL)?;
                self.is_legal_duty(agent, &spread).then_some(spread)
            })
            .collect();
        let line = Line { agent, duties: duties?, absences: self.absences(agent) };
        self.is_legal_line(&line).then(|| self.placed(line))
    }

    /// The line of another person of the same kind.
    pub(super) fn named(&self, placed: &Placed, agent: AgentId) -> Placed {
        let mut named = placed.clone();
        named.line.agent = agent;
        named.line.absences = self.absences(agent);
        named
    }

    /// A line with its figures.
    pub(super) fn placed(&self, line: Line) -> Placed {
        let score = LineScore::of(&line, self.scenario);
        let cost = self.weights.line(score);
        let mut minutes: BTreeMap<usize, f64> = BTreeMap::new();
        let calendar = &self.scenario.calendar;
        let horizon = calendar.horizon();
        for block in line.blocks().filter(|block| block.activity == Activity::OnQueue) {
            let mut at = block.span.start.max(horizon.start);
            let end = block.span.end.min(horizon.end);
            while at < end {
                let interval = calendar.interval_at(at).expect("cut to the horizon");
                let slot = calendar.interval(interval);
                *minutes.entry(interval).or_default() += slot.end.min(end).since(at).real();
                at = slot.end;
            }
        }
        let there = self.need.attendance.there(&line);
        Placed { score, cost, minutes: minutes.into_iter().collect(), there, line }
    }

    /// Put a line into a cover, or take it out where `sign` is negative.
    pub(super) fn cover(&self, placed: &Placed, cover: &mut Cover, sign: f64) {
        let kind = &self.kinds[self.kind_of[placed.line.agent.index()]];
        let row = &mut cover[kind.pool];
        for &(interval, minutes) in &placed.minutes {
            row[interval] += sign * minutes * kind.presence;
        }
        self.need.attendance.add(&placed.there, cover, sign);
    }

    /// The cover of all lines, summed anew.
    pub(super) fn cover_of(&self, lines: &[Placed]) -> Cover {
        let mut cover = self.need.nobody();
        for placed in lines {
            self.cover(placed, &mut cover, 1.0);
        }
        cover
    }

    /// What a cover leaves bare, in the scaled sum.
    pub(super) fn bared(&self, cover: &Cover) -> f64 {
        let short = self.need.shortfall(cover);
        self.weights.service * short.total() + MISSING * short.missing
    }

    /// The scaled sum of lines.
    pub(super) fn total(&self, lines: &[Placed], cover: &Cover) -> f64 {
        let costs: f64 = lines.iter().map(|placed| placed.cost).sum();
        self.bared(cover) + costs
    }

    pub(super) fn is_legal_duty(&self, agent: AgentId, duty: &Duty) -> bool {
        let law = &self.scenario.law;
        law.rules.is_empty() && self.scenario.agent(agent).person.law.is_empty()
            || law
                .duty_objections(duty, &self.scenario.agent(agent).person, &self.scenario.calendar)
                .is_empty()
    }

    pub(super) fn is_legal_line(&self, line: &Line) -> bool {
        let law = &self.scenario.law;
        let person = &self.scenario.agent(line.agent).person;
        if law.rules.is_empty() && person.law.is_empty() {
            return true;
        }
        match &self.pasts[line.agent.index()] {
            Some(past) => law.objections_among(past, line, person).is_empty(),
            None => law.objections(line, person, &self.scenario.calendar).is_empty(),
        }
    }

    /// Time off as blocks outside duties, cut to the horizon.
    pub(super) fn absences(&self, agent: AgentId) -> Vec<Block> {
        let horizon = self.scenario.calendar.horizon();
        let inside =
            |span: Span| Span::new(span.start.max(horizon.start), span.end.min(horizon.end));
        let off = self.scenario.agent(agent).time_off.iter();
        let mut blocks: Vec<Block> = off
            .map(|off| (inside(off.span), &off.reason))
            .filter(|(span, _)| span.start < span.end)
            .map(|(span, reason)| Block {
                span,
                activity: Activity::Absent,
                paid: reason == "annual_leave" || reason == "sick",
                detail: reason.clone(),
            })
            .collect();
        blocks.sort_by_key(|block| block.span);
        blocks
    }
}

/// The least worth that off-queue work so long gives up in a duty, wherever breaks go; none where it has no
/// room.
fn least_stretch(worth: &Worth, start: i64, end: i64, length: i64, taste: Taste) -> Option<f64> {
    let mut least: Option<f64> = None;
    let mut at = start;
    while at + length <= end {
        let loss = worth.between(at, at + length);
        least = Some(least.map_or(loss, |known: f64| known.min(loss)));
        at += taste.step;
    }
    least
}

/// Points of strain that one quick return adds.
fn quick_return_points(scenario: &Scenario) -> f64 {
    let days = Minutes(i64::try_from(scenario.calendar.days()).expect("days are few")).real();
    let Some(part) = strain::model().components.iter().find(|part| part.name == "quick_returns")
    else {
        return 0.0;
    };
    part.weight * part.strain(28.0 / days.max(28.0)).min(0.5)
}
