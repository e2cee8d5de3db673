//! What reaches people: contacts that proactive messages prevent, self-service answers and bots resolve are
//! taken out of the forecast, and those that were turned away without an answer come back later.
//!
//! Layers follow one another, queue by queue and interval by interval, as the Conversational Support Funnel
//! has them: proactive, self-service, people, with a bot before the people.
//!
//! ```text
//! inbound + returned = prevented + self-served + bot-resolved + turned away + human      in every interval
//! inbound            = prevented + self-served + bot-resolved + human + returning later  over the horizon
//! ```
//!
//! A share of what self-service and the bot end is not answered (1 - quality); these customers come back
//! after a lag, in an interval in which their queue is open, whatever the channel: they still need an answer.
//! After so many rounds a person answers at once. Triage takes no contact: it shortens each
//! ([`crate::scenario::Scenario::handle`]).

mod outreach;
mod pass;
mod returns;
mod takes;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::forecast::{Forecast, Quantiles, Spread, quantiles_of};
use crate::id::{ComplexityId, Id, QueueId};
use crate::scenario::Scenario;
use crate::units::Contacts;

pub use outreach::Fired;

/// Contacts that reach people.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HumanDemand {
    /// Mean contacts by stream and interval.
    pub streams: Vec<Vec<Contacts>>,
    /// Quantiles of contacts by queue and interval.
    pub quantiles: Vec<Vec<Quantiles>>,
    /// Spread of a day's volume about its mean (coefficient of variation of the day factor), by queue.
    pub day_spread: Vec<f64>,
    /// What became of all contacts on the way; none where nothing stands between customers and people.
    pub flow: Option<Flow>,
}

/// What became of contacts on the way to a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Flow {
    /// By topic, in the order of queues.
    pub topics: Vec<TopicFlow>,
    /// Triggers that went off, in order of time.
    pub fired: Vec<Fired>,
}

/// What became of the contacts about one topic.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TopicFlow {
    /// The topic, or the queue's id where it has none.
    pub topic: String,
    /// By interval.
    pub steps: Vec<Step>,
    /// Turned away without an answer, and back only after the horizon.
    pub later: Contacts,
    /// By class of complexity: what came in, and what reached a person.
    pub classes: Vec<(ComplexityId, Contacts, Contacts)>,
}

/// What became of contacts in one interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Step {
    /// Would have come in without a funnel.
    pub inbound: Contacts,
    /// Came back after they had been turned away.
    pub returned: Contacts,
    /// Never came about.
    pub prevented: Contacts,
    /// Answered by self-service.
    pub self_served: Contacts,
    /// Resolved by the bot.
    pub bot_resolved: Contacts,
    /// Ended by self-service or the bot without an answer.
    pub turned_away: Contacts,
    /// Met the bot and went on to a person at once.
    pub bounced: Contacts,
    /// Reached a person.
    pub human: Contacts,
    /// Of these, sorted by triage.
    pub triaged: Contacts,
}

impl HumanDemand {
    /// Everything that is forecast reaches people.
    #[must_use]
    pub fn all_of(forecast: &Forecast) -> HumanDemand {
        HumanDemand {
            streams: forecast.streams.clone(),
            quantiles: forecast.quantiles.clone(),
            day_spread: forecast.day_spread.clone(),
            flow: None,
        }
    }
}

/// Send the forecast through the funnel of the scenario: what comes out needs people.
///
/// A day's spread stays as it is: a busy day is as much busier after the funnel. Counts keep the noise of a
/// forecast thinned at random, `1 + share kept * (noise - 1)`.
#[must_use]
pub fn deflect(forecast: &Forecast, scenario: &Scenario) -> HumanDemand {
    let mut demand = HumanDemand::all_of(forecast);
    if !scenario.has_funnel() {
        return demand;
    }
    let (told, fired) = outreach::prevented(forecast, scenario);
    let mut flow = Flow { topics: Vec::new(), fired };
    for (place, told) in told.iter().enumerate() {
        let queue = QueueId::at(place);
        let passed = pass::through(queue, forecast, told, scenario);
        if scenario.is_deflected(queue) {
            for (stream, row) in &passed.human {
                demand.streams[*stream].clone_from(row);
            }
            requantile(&mut demand, forecast, queue, &passed.topic);
        }
        add(&mut flow.topics, passed.topic);
    }
    demand.flow = Some(flow);
    demand
}

/// Quantiles of what is left of a queue.
fn requantile(demand: &mut HumanDemand, forecast: &Forecast, queue: QueueId, flow: &TopicFlow) {
    let place = queue.index();
    let total = flow.total();
    let kept = if total.inbound.0 > 0.0 { (total.human.0 / total.inbound.0).min(1.0) } else { 1.0 };
    let spread = forecast.spreads.get(place).copied().unwrap_or(Spread::POISSON).thinned(kept);
    if let Some(row) = demand.quantiles.get_mut(place) {
        *row = flow.steps.iter().map(|step| quantiles_of(spread, step.human.0)).collect();
    }
}

/// Add a queue's flow to its topic's.
fn add(topics: &mut Vec<TopicFlow>, flow: TopicFlow) {
    let Some(topic) = topics.iter_mut().find(|known| known.topic == flow.topic) else {
        topics.push(flow);
        return;
    };
    for (sum, step) in topic.steps.iter_mut().zip(&flow.steps) {
        sum.take(step);
    }
    topic.later += flow.later;
    for (class, inbound, human) in flow.classes {
        match topic.classes.iter_mut().find(|known| known.0 == class) {
            Some(known) => {
                known.1 += inbound;
                known.2 += human;
            }
            None => topic.classes.push((class, inbound, human)),
        }
    }
    topic.classes.sort_by_key(|known| known.0);
}

impl Step {
    /// Add another's contacts.
    pub fn take(&mut self, other: &Step) {
        self.inbound += other.inbound;
        self.returned += other.returned;
        self.prevented += other.prevented;
        self.self_served += other.self_served;
        self.bot_resolved += other.bot_resolved;
        self.turned_away += other.turned_away;
        self.bounced += other.bounced;
        self.human += other.human;
        self.triaged += other.triaged;
    }
}

impl TopicFlow {
    /// All intervals together.
    #[must_use]
    pub fn total(&self) -> Step {
        let mut total = Step::default();
        self.steps.iter().for_each(|step| total.take(step));
        total
    }

    /// Mean points of a contact before the funnel and of one that reaches a person; none where none does.
    #[must_use]
    pub fn points(&self, scenario: &Scenario) -> (Option<f64>, Option<f64>) {
        points_of(&self.classes, scenario)
    }
}

impl Flow {
    /// All topics together, in one interval after the other.
    #[must_use]
    pub fn all(&self) -> TopicFlow {
        let mut all = TopicFlow::default();
        for topic in &self.topics {
            all.steps.resize(all.steps.len().max(topic.steps.len()), Step::default());
            let topic = TopicFlow { topic: String::new(), ..topic.clone() };
            let mut sum = vec![all];
            add(&mut sum, topic);
            all = sum.remove(0);
        }
        all
    }
}

fn points_of(
    classes: &[(ComplexityId, Contacts, Contacts)],
    scenario: &Scenario,
) -> (Option<f64>, Option<f64>) {
    let points = |class: &ComplexityId| scenario.complexities[class.index()].points.0;
    let mean = |count: fn(&(ComplexityId, Contacts, Contacts)) -> f64| {
        let all: f64 = classes.iter().map(count).sum();
        let weighed: f64 = classes.iter().map(|it| points(&it.0) * count(it)).sum();
        (all > 0.0).then(|| weighed / all)
    };
    (mean(|it| it.1.0), mean(|it| it.2.0))
}
