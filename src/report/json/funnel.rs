//! The contract of the funnel, within a plan and a need.

use crate::calendar::Calendar;
use crate::funnel::{Fired, Flow, HumanDemand, Step, TopicFlow};
use crate::plan::TriageSaving;
use crate::report::figures::rounded;
use crate::scenario::Scenario;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct FunnelFile<'a> {
    total: PartsFile,
    topics: Vec<TopicFile<'a>>,
    triggers: Vec<FiredFile<'a>>,
    triage_saving: Option<SavingFile>,
}

#[derive(Serialize)]
struct TopicFile<'a> {
    topic: &'a str,
    #[serde(flatten)]
    parts: PartsFile,
    points_before: Option<f64>,
    points_after: Option<f64>,
    classes: Vec<ClassFile<'a>>,
    intervals: Vec<IntervalFile>,
}

#[derive(Serialize)]
struct ClassFile<'a> {
    complexity: &'a str,
    inbound: f64,
    human: f64,
}

#[derive(Serialize)]
struct PartsFile {
    inbound: f64,
    prevented: f64,
    self_served: f64,
    bot_resolved: f64,
    bounced: f64,
    turned_away: f64,
    returned: f64,
    returning_later: f64,
    triaged: f64,
    human: f64,
}

#[derive(Serialize)]
struct IntervalFile {
    start: String,
    inbound: f64,
    returned: f64,
    prevented: f64,
    self_served: f64,
    bot_resolved: f64,
    turned_away: f64,
    human: f64,
}

#[derive(Serialize)]
struct FiredFile<'a> {
    name: &'a str,
    topic: &'a str,
    contacts: f64,
    works_from: String,
    works_until: String,
}

#[derive(Serialize)]
struct SavingFile {
    hours_without: f64,
    hours: f64,
    share: f64,
    low: f64,
    high: f64,
}

/// The funnel's part of a contract; none where nothing stands between customers and people.
pub(super) fn funnel<'a>(
    demand: &'a HumanDemand,
    triage: Option<&TriageSaving>,
    scenario: &'a Scenario,
) -> Option<FunnelFile<'a>> {
    let flow = demand.flow.as_ref()?;
    let calendar = &scenario.calendar;
    Some(FunnelFile {
        total: total(flow),
        topics: flow.topics.iter().map(|it| topic(it, scenario)).collect(),
        triggers: flow.fired.iter().map(|it| fired(it, calendar)).collect(),
        triage_saving: triage.map(|saving| SavingFile {
            hours_without: rounded(saving.hours_without),
            hours: rounded(saving.hours),
            share: rounded(saving.planned()),
            low: rounded(saving.from),
            high: rounded(saving.to),
        }),
    })
}

fn total(flow: &Flow) -> PartsFile {
    parts(&flow.all())
}

fn topic<'a>(topic: &'a TopicFlow, scenario: &'a Scenario) -> TopicFile<'a> {
    let (before, after) = topic.points(scenario);
    let came = |step: &&(usize, &Step)| step.1.inbound.0 > 0.0 || step.1.returned.0 > 0.0;
    let steps: Vec<(usize, &Step)> = topic.steps.iter().enumerate().collect();
    TopicFile {
        topic: &topic.topic,
        parts: parts(topic),
        points_before: before.map(rounded),
        points_after: after.map(rounded),
        classes: topic
            .classes
            .iter()
            .map(|&(class, inbound, human)| ClassFile {
                complexity: scenario.names.complexities.of(class),
                inbound: rounded(inbound.0),
                human: rounded(human.0),
            })
            .collect(),
        intervals: steps.iter().filter(came).map(|it| interval(it, &scenario.calendar)).collect(),
    }
}

fn parts(topic: &TopicFlow) -> PartsFile {
    let total = topic.total();
    PartsFile {
        inbound: rounded(total.inbound.0),
        prevented: rounded(total.prevented.0),
        self_served: rounded(total.self_served.0),
        bot_resolved: rounded(total.bot_resolved.0),
        bounced: rounded(total.bounced.0),
        turned_away: rounded(total.turned_away.0),
        returned: rounded(total.returned.0),
        returning_later: rounded(topic.later.0),
        triaged: rounded(total.triaged.0),
        human: rounded(total.human.0),
    }
}

fn interval(&(place, step): &(usize, &Step), calendar: &Calendar) -> IntervalFile {
    IntervalFile {
        start: calendar.stamp(calendar.interval(place).start),
        inbound: rounded(step.inbound.0),
        returned: rounded(step.returned.0),
        prevented: rounded(step.prevented.0),
        self_served: rounded(step.self_served.0),
        bot_resolved: rounded(step.bot_resolved.0),
        turned_away: rounded(step.turned_away.0),
        human: rounded(step.human.0),
    }
}

fn fired<'a>(fired: &'a Fired, calendar: &Calendar) -> FiredFile<'a> {
    FiredFile {
        name: &fired.name,
        topic: &fired.topic,
        contacts: rounded(fired.contacts.0),
        works_from: calendar.stamp(fired.works.start),
        works_until: calendar.stamp(fired.works.end),
    }
}
