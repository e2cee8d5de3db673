//! What became of contacts before they reached a person, topic by topic.

use super::figures::percent;
use super::messages::{say, say_with};
use super::picture::FunnelBar;
use super::{Cell, Column, Picture, Section, Table};
use crate::funnel::{Fired, Flow, HumanDemand, TopicFlow};
use crate::plan::TriageSaving;
use crate::scenario::Scenario;

/// The funnel in sentences, figures and bars; none where nothing stands between customers and people.
pub(super) fn funnel(
    demand: &HumanDemand,
    triage: Option<&TriageSaving>,
    scenario: &Scenario,
) -> Option<Section> {
    let flow = demand.flow.as_ref()?;
    let mut shown: Vec<TopicFlow> = flow.topics.clone();
    if shown.len() > 1 {
        shown.push(TopicFlow { topic: say("funnel-all"), ..flow.all() });
    }
    let rows = shown.iter().map(|topic| row(topic, scenario)).collect();
    Some(Section {
        key: "funnel",
        title: say("section-funnel"),
        sentences: sentences(flow, triage, scenario),
        table: Some(Table { columns: columns(), rows }),
        picture: Some(Picture::Funnel(shown.iter().map(bar).collect())),
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("topic", say("column-topic")),
        Column::figures("inbound", say("column-funnel-inbound")),
        Column::figures("prevented", say("column-funnel-prevented")),
        Column::figures("self_served", say("column-funnel-self-served")),
        Column::figures("bot_resolved", say("column-funnel-bot-resolved")),
        Column::figures("returned", say("column-funnel-returned")),
        Column::figures("human", say("column-funnel-human")),
        Column::figures("points_before", say("column-funnel-points-before")),
        Column::figures("points_after", say("column-funnel-points-after")),
    ]
}

fn row(topic: &TopicFlow, scenario: &Scenario) -> Vec<Cell> {
    let total = topic.total();
    let (before, after) = topic.points(scenario);
    let points = |mean: Option<f64>| mean.map_or(Cell::Nothing, |mean| Cell::Figure(mean, 2));
    vec![
        Cell::text(topic.topic.as_str()),
        Cell::Figure(total.inbound.0, 0),
        Cell::Figure(total.prevented.0, 0),
        Cell::Figure(total.self_served.0, 0),
        Cell::Figure(total.bot_resolved.0, 0),
        Cell::Figure(total.turned_away.0, 0),
        Cell::Figure(total.human.0, 0),
        points(before),
        points(after),
    ]
}

fn bar(topic: &TopicFlow) -> FunnelBar {
    let total = topic.total();
    FunnelBar {
        label: topic.topic.clone(),
        inbound: total.inbound.0,
        parts: [
            total.prevented.0,
            total.self_served.0,
            total.bot_resolved.0,
            topic.later.0,
            total.human.0,
        ],
    }
}

fn sentences(flow: &Flow, triage: Option<&TriageSaving>, scenario: &Scenario) -> Vec<String> {
    let all = flow.all();
    let total = all.total();
    let contacts = |contacts: f64| Cell::Figure(contacts, 0).shown();
    let share = if total.inbound.0 > 0.0 { total.human.0 / total.inbound.0 } else { 1.0 };
    let mut sentences = vec![say_with(
        "funnel-reach",
        &[
            ("inbound", contacts(total.inbound.0).into()),
            ("human", contacts(total.human.0).into()),
            ("share", percent(share).into()),
        ],
    )];
    if total.turned_away.0 > 0.0 {
        sentences.push(say_with(
            "funnel-turned-away",
            &[
                ("away", contacts(total.turned_away.0).into()),
                ("later", contacts(all.later.0).into()),
            ],
        ));
    }
    if total.human.0 < total.inbound.0 {
        sentences.push(say("funnel-how-to-read"));
    }
    if let Some(saving) = triage {
        sentences.push(say_with(
            "funnel-triage",
            &[
                ("from", percent(saving.from).into()),
                ("to", percent(saving.to).into()),
                ("planned", percent(saving.planned()).into()),
            ],
        ));
    }
    let calendar = &scenario.calendar;
    let is_first = |(place, fired): &(usize, &Fired)| {
        !flow.fired[..*place].iter().any(|earlier| earlier.name == fired.name)
    };
    let firsts = flow.fired.iter().enumerate().filter(is_first);
    sentences.extend(firsts.map(|(place, fired)| {
        let later = flow.fired[place + 1..].iter().filter(|later| later.name == fired.name);
        say_with(
            "funnel-fired",
            &[
                ("name", fired.name.as_str().into()),
                ("topic", fired.topic.as_str().into()),
                ("contacts", contacts(fired.contacts.0).into()),
                ("from", calendar.label(fired.works.start).into()),
                ("to", calendar.label(fired.works.end).into()),
                ("more", later.count().into()),
            ],
        )
    }));
    sentences
}
