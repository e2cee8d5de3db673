//! One queue's contacts on their way through the layers, round by round.

use super::{Step, TopicFlow, returns, takes};
use crate::forecast::Forecast;
use crate::id::{ComplexityId, QueueId};
use crate::scenario::{Deflection, Layers, Scenario, Stream};
use crate::units::Contacts;

/// What came out of the layers.
pub(super) struct Passed {
    /// Contacts that reach a person, by stream of the queue.
    pub human: Vec<(usize, Vec<Contacts>)>,
    /// What became of all.
    pub topic: TopicFlow,
}

/// A class of the queue.
struct Lane {
    stream: usize,
    class: ComplexityId,
    inbound: f64,
    human: Vec<f64>,
}

/// Send a queue's contacts through its layers; `told` is the share prevented by messages, by interval.
pub(super) fn through(
    queue: QueueId,
    forecast: &Forecast,
    told: &[f64],
    scenario: &Scenario,
) -> Passed {
    let intervals = scenario.calendar.intervals();
    let mut lanes = lanes(queue, intervals, scenario);
    let none = Layers::default();
    let layers = scenario.funnel.layers(queue).unwrap_or(&none);
    let most = scenario.funnel.most_of_a_class.value();
    let back = returns::landings(queue, scenario);
    let mut steps = vec![Step::default(); intervals];
    let mut later = 0.0;

    let of_forecast = |lane: &Lane| {
        let row = forecast.streams.get(lane.stream).map_or(&[][..], Vec::as_slice);
        (0..intervals).map(|at| row.get(at).map_or(0.0, |contacts| contacts.0)).collect()
    };
    let mut incoming: Vec<Vec<f64>> = lanes.iter().map(of_forecast).collect();
    let rounds = if layers.self_service.is_some() || layers.bot.is_some() {
        scenario.funnel.most_rounds
    } else {
        0
    };
    for round in 0..=rounds {
        let mut next = vec![vec![0.0; intervals]; lanes.len()];
        let mut are_any_back = false;
        for (interval, step) in steps.iter_mut().enumerate() {
            let mut wave: Vec<(ComplexityId, f64)> = lanes
                .iter()
                .zip(&incoming)
                .map(|(lane, row)| (lane.class, row[interval]))
                .collect();
            let came: f64 = wave.iter().map(|(_, count)| count).sum();
            if came <= 0.0 {
                continue;
            }
            if round == 0 {
                step.inbound += Contacts(came);
                for (lane, (_, count)) in lanes.iter_mut().zip(&wave) {
                    lane.inbound += count;
                }
                prevent(&mut wave, step, layers, told[interval], most);
            } else {
                step.returned += Contacts(came);
            }
            if round < rounds {
                let away = turn_away(&mut wave, step, layers, most);
                for (class, away) in away.into_iter().enumerate().filter(|(_, away)| *away > 0.0) {
                    if let Some(at) = back[interval] {
                        next[class][at] += away;
                        are_any_back = true;
                    } else {
                        later += away;
                    }
                }
            }
            for (lane, (_, count)) in lanes.iter_mut().zip(&wave) {
                lane.human[interval] += count;
                step.human += Contacts(*count);
            }
        }
        if !are_any_back {
            break;
        }
        incoming = next;
    }
    let sorted = layers.triage.map_or(0.0, |triage| triage.share.value());
    for step in &mut steps {
        step.triaged = step.human * sorted;
    }
    passed(lanes, steps, later, scenario.topic(queue))
}

/// The classes that occur in a queue, easiest first.
fn lanes(queue: QueueId, intervals: usize, scenario: &Scenario) -> Vec<Lane> {
    // What is escalated comes from people, not from customers.
    let comes_in = |stream: &Stream| stream.queue == queue && stream.escalated_to.is_none();
    let own = scenario.streams.iter().enumerate().filter(|(_, stream)| comes_in(stream));
    let mut lanes: Vec<Lane> = own
        .map(|(place, stream)| Lane {
            stream: place,
            class: stream.complexity,
            inbound: 0.0,
            human: vec![0.0; intervals],
        })
        .collect();
    lanes.sort_by_key(|lane| lane.class);
    lanes
}

/// Take out contacts that never come about: those messages prevent, then those of the proactive layer.
fn prevent(
    wave: &mut [(ComplexityId, f64)],
    step: &mut Step,
    layers: &Layers,
    told: f64,
    most: f64,
) {
    for (_, count) in wave.iter_mut() {
        step.prevented += Contacts(*count * told);
        *count *= 1.0 - told;
    }
    if let Some(layer) = &layers.proactive {
        let rates = takes::rates(&layer.takes, wave, most);
        for ((_, count), rate) in wave.iter_mut().zip(rates) {
            step.prevented += Contacts(*count * rate);
            *count -= *count * rate;
        }
    }
}

/// Take out contacts that self-service and the bot end; those they end without an answer, by class.
fn turn_away(
    wave: &mut [(ComplexityId, f64)],
    step: &mut Step,
    layers: &Layers,
    most: f64,
) -> Vec<f64> {
    let mut away = vec![0.0; wave.len()];
    if let Some(layer) = &layers.self_service {
        step.self_served += end(wave, &mut away, layer, 1.0, most);
    }
    if let Some(bot) = &layers.bot {
        let met: f64 = wave.iter().map(|(_, count)| count * bot.reach.value()).sum();
        let before: f64 = wave.iter().map(|(_, count)| count).sum();
        step.bot_resolved += end(wave, &mut away, &bot.resolves, bot.reach.value(), most);
        let ended = before - wave.iter().map(|(_, count)| count).sum::<f64>();
        step.bounced += Contacts((met - ended).max(0.0));
    }
    step.turned_away += Contacts(away.iter().sum());
    away
}

/// End the contacts of one layer; how many of them were answered.
fn end(
    wave: &mut [(ComplexityId, f64)],
    away: &mut [f64],
    layer: &Deflection,
    reach: f64,
    most: f64,
) -> Contacts {
    let rates = takes::rates(&layer.takes, wave, most);
    let mut answered = 0.0;
    for (((_, count), away), rate) in wave.iter_mut().zip(away).zip(rates) {
        let ended = *count * rate * reach;
        let helped = ended * layer.quality.value();
        answered += helped;
        *away += ended - helped;
        *count -= ended;
    }
    Contacts(answered)
}

fn passed(lanes: Vec<Lane>, steps: Vec<Step>, later: f64, topic: &str) -> Passed {
    let sum = |row: &[f64]| Contacts(row.iter().sum());
    let classes =
        lanes.iter().map(|lane| (lane.class, Contacts(lane.inbound), sum(&lane.human))).collect();
    Passed {
        topic: TopicFlow { topic: topic.to_owned(), steps, later: Contacts(later), classes },
        human: lanes
            .into_iter()
            .map(|lane| (lane.stream, lane.human.into_iter().map(Contacts).collect()))
            .collect(),
    }
}
