//! Raw and fair figures of groups: the team, queues, tiers of five people and more, never one person.

use serde::Serialize;

use super::classes::{ByClass, ClassSums, Group, streams, usual_handle};
use super::estimate::{Counted, SURE, mean, ratio, share, weighted, weighted_share};
use super::satisfaction::{self, Band};
use super::{Estimate, Tally, fair};
use crate::forecast;
use crate::id::{ComplexityId, Id, QueueId, TierId};
use crate::scenario::Scenario;
use crate::strain;

/// Figures of the team, its queues and its tiers, raw and fair.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RawAndFair {
    /// The reference mix, by class in the scenario's order.
    pub mix: Vec<f64>,
    /// Of everyone; none for fewer than five people.
    pub team: Option<GroupKpis>,
    /// By queue.
    pub queues: Vec<(QueueId, GroupKpis)>,
    /// By tier of five people and more, and none that could be worked out by difference.
    pub tiers: Vec<(TierId, GroupKpis)>,
}

/// A group's figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupKpis {
    /// Contacts a week.
    pub contacts: Estimate,
    /// Each measure, in order.
    pub measures: Vec<RawFair>,
    /// The band of satisfaction that the plan allows, raw and fair; none where nobody is answered.
    pub satisfaction: Option<(Band, Option<Band>)>,
    /// Classes of the reference mix that did not come in: of these a fair handle time takes the usual one, and
    /// other fair figures weigh the rest.
    pub absent: Vec<ComplexityId>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Minutes of work a contact; 60 over it is how many are handled in an hour of work.
    HandleMinutes,
    /// Minutes to the first response, in opening hours.
    FirstResponseInHours,
    /// Minutes to the first response on the calendar.
    FirstResponse,
    /// Minutes until settled, on the calendar.
    Resolution,
    /// Share within the queue's first promise of an answer.
    InTime,
}

/// One measure of a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RawFair {
    /// Which.
    pub figure: Figure,
    /// As the group's own mix has it.
    pub raw: Option<Estimate>,
    /// Over the reference mix.
    pub fair: Option<Estimate>,
    /// Over what the team's figures lead to expect of the group's mix; 1 is as expected. For small groups.
    pub over_expected: Option<Estimate>,
}

type Part = fn(&ClassSums) -> Counted;

const FIGURES: [(Figure, Part); 5] = [
    (Figure::HandleMinutes, |sums| sums.handle),
    (Figure::FirstResponseInHours, |sums| sums.response_in_hours),
    (Figure::FirstResponse, |sums| sums.response),
    (Figure::Resolution, |sums| sums.resolution),
    (Figure::InTime, |sums| sums.in_time),
];

/// Raw and fair figures of all groups that may be spoken of.
pub(super) fn raw_and_fair(weeks: &[Tally], scenario: &Scenario) -> RawAndFair {
    let weeks: Vec<&ByClass> = weeks.iter().map(|week| &week.by_class).collect();
    let (mix, difficult) = reference(scenario);
    let of = |group| Reading { weeks: &weeks, mix: &mix, difficult, group, scenario }.kpis();
    let queues = (0..scenario.queues.len()).map(QueueId::at);
    RawAndFair {
        team: (scenario.agents.len() >= strain::SMALLEST_GROUP).then(|| of(Group::Team)),
        queues: queues.map(|queue| (queue, of(Group::Queue(queue)))).collect(),
        tiers: strain::tiers_shown(scenario)
            .into_iter()
            .map(|tier| (tier, of(Group::Tier(tier))))
            .collect(),
        mix,
    }
}

/// The mix that fair figures are weighted by, and the share of difficult contacts in all demand.
fn reference(scenario: &Scenario) -> (Vec<f64>, f64) {
    let forecast = forecast::project(scenario);
    let (mut classes, mut difficult, mut all) = (vec![0.0; scenario.complexities.len()], 0.0, 0.0);
    for (stream, row) in streams(scenario).zip(&forecast.streams) {
        let contacts: f64 = row.iter().map(|own| own.0).filter(|own| own.is_finite()).sum();
        let own = scenario.stream(stream);
        classes[own.complexity.index()] += contacts;
        difficult += contacts * scenario.queue(own.queue).difficult.value();
        all += contacts;
    }
    let mix = scenario.kpis.reference_mix.clone().unwrap_or_else(|| fair::mix_of(&classes));
    (mix, if all > 0.0 { difficult / all } else { 0.0 })
}

/// Played weeks as one group sees them.
struct Reading<'a> {
    weeks: &'a [&'a ByClass],
    mix: &'a [f64],
    difficult: f64,
    group: Group,
    scenario: &'a Scenario,
}

impl Reading<'_> {
    fn kpis(&self) -> GroupKpis {
        let measures = FIGURES.map(|(figure, part)| RawFair {
            figure,
            raw: self.raw(figure, part),
            fair: self.fair(figure, part),
            over_expected: self.over_expected(part),
        });
        GroupKpis {
            contacts: mean(self.weeks.iter().map(|week| self.offered(week)), SURE),
            measures: measures.into(),
            satisfaction: self.satisfaction(),
            absent: self
                .classes()
                .filter(|&class| self.weight(class) > 0.0 && self.count(class, |s| s.handle) <= 0.0)
                .collect(),
        }
    }

    fn classes(&self) -> impl Iterator<Item = ComplexityId> + use<> {
        (0..self.scenario.complexities.len()).map(ComplexityId::at)
    }

    /// A class's share of the reference mix; 0 where it cannot be the group's.
    fn weight(&self, class: ComplexityId) -> f64 {
        let is_ours = usual_handle(self.group, class, self.scenario).is_some();
        if is_ours { self.mix.get(class.index()).copied().unwrap_or(0.0) } else { 0.0 }
    }

    fn of_class(&self, class: ComplexityId, part: Part) -> Vec<Counted> {
        self.of_class_in(self.group, class, part)
    }

    fn of_class_in(&self, group: Group, class: ComplexityId, part: Part) -> Vec<Counted> {
        let of_week =
            |week: &&ByClass| week.of(group, class, self.scenario).map_or(Counted::default(), part);
        self.weeks.iter().map(of_week).collect()
    }

    fn count(&self, class: ComplexityId, part: Part) -> f64 {
        self.of_class(class, part).iter().map(|week| week.of).sum()
    }

    fn in_all(&self, week: &ByClass, part: Part) -> Counted {
        let mut sum = Counted::default();
        for class in self.classes() {
            let own = week.of(self.group, class, self.scenario).map_or(Counted::default(), part);
            sum.add(own.met, own.of);
        }
        sum
    }

    /// Contacts of a week that were answered, or given up and counted against the promise.
    fn offered(&self, week: &ByClass) -> f64 {
        self.in_all(week, |sums| sums.in_time).of.max(self.in_all(week, |sums| sums.handle).of)
    }

    fn raw(&self, figure: Figure, part: Part) -> Option<Estimate> {
        let weeks = self.weeks.iter().map(|week| self.in_all(week, part));
        if figure == Figure::InTime { share(weeks, SURE) } else { ratio(weeks, SURE) }
    }

    fn fair(&self, figure: Figure, part: Part) -> Option<Estimate> {
        match figure {
            Figure::HandleMinutes => self.fair_handle(),
            Figure::InTime => weighted_share(&self.parts(part), SURE),
            _ => weighted(&self.parts(part), SURE),
        }
    }

    /// Classes that came in with their weights, which sum to 1.
    fn parts(&self, part: Part) -> Vec<(f64, Vec<Counted>)> {
        let known = self.classes().map(|class| (self.weight(class), self.of_class(class, part)));
        let known: Vec<(f64, Vec<Counted>)> = known
            .filter(|(weight, weeks)| {
                *weight > 0.0 && weeks.iter().map(|w| w.of).sum::<f64>() > 0.0
            })
            .collect();
        let whole: f64 = known.iter().map(|(weight, _)| weight).sum();
        known.into_iter().map(|(weight, weeks)| (weight / whole, weeks)).collect()
    }

    /// Usual times over the reference mix, and on top of them what contacts took beyond the usual.
    fn fair_handle(&self) -> Option<Estimate> {
        let weights: Vec<f64> = self.classes().map(|class| self.weight(class)).collect();
        let usual: Vec<Option<f64>> =
            self.classes().map(|class| usual_handle(self.group, class, self.scenario)).collect();
        let usual = fair::direct(&weights, &usual)?;
        let whole: f64 = weights.iter().sum();
        let beyond: Vec<(f64, Vec<Counted>)> = self
            .classes()
            .zip(weights)
            .filter(|(class, weight)| *weight > 0.0 && self.count(*class, |s| s.handle) > 0.0)
            .map(|(class, weight)| (weight / whole, self.of_class(class, |s| s.handle_beyond)))
            .collect();
        let beyond = weighted(&beyond, SURE)?;
        // What goes below the usual is cut at no time at all by `weighted`, so its reach is taken upwards.
        let reach = beyond.high - beyond.value;
        let value = usual + beyond.value;
        Some(Estimate { value, low: (value - reach).max(0.0), high: value + reach })
    }

    /// Only of people: another queue's wait says nothing of what to expect.
    fn over_expected(&self, part: Part) -> Option<Estimate> {
        if matches!(self.group, Group::Queue(_)) {
            return None;
        }
        let reference: Vec<Option<f64>> = self
            .classes()
            .map(|class| {
                let weeks = self.of_class_in(Group::Team, class, part);
                ratio(weeks.into_iter(), SURE).map(|estimate| estimate.value)
            })
            .collect();
        let week = |week: &&ByClass| {
            let mut sum = Counted::default();
            for (class, expected) in self.classes().zip(&reference) {
                let own =
                    week.of(self.group, class, self.scenario).map_or(Counted::default(), part);
                sum.add(own.met, own.of * expected.unwrap_or(0.0));
            }
            sum
        };
        let weeks: Vec<Counted> = self.weeks.iter().map(week).collect();
        ratio(weeks.into_iter(), SURE)
    }

    fn satisfaction(&self) -> Option<(Band, Option<Band>)> {
        let assumed = &self.scenario.kpis.csat;
        let all = |part: Part| ratio(self.weeks.iter().map(|week| self.in_all(week, part)), SURE);
        let difficult = all(|sums| sums.difficult)?.value;
        let raw = satisfaction::band(all(|sums| sums.doublings)?, difficult, assumed)?;
        let fair = weighted(&self.parts(|sums| sums.doublings), SURE);
        let fair = fair.and_then(|wait| satisfaction::band(wait, self.difficult, assumed));
        Some((raw, fair))
    }
}
