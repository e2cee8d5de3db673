//! What a what-if does to contacts: more, fewer, or another way.

use crate::id::{Id, QueueId};
use crate::scenario::{Scenario, VolumeChange};
use crate::units::Contacts;

/// Make the changes of the scenario, in their order. Contacts that move keep their class and their time; a class
/// that the other queue cannot take was refused before.
pub(super) fn made(mut streams: Vec<Vec<Contacts>>, scenario: &Scenario) -> Vec<Vec<Contacts>> {
    for change in &scenario.flows {
        match *change {
            VolumeChange::Scale { queue, factor } => {
                for stream in of(queue, scenario) {
                    streams[stream].iter_mut().for_each(|contacts| contacts.0 *= factor);
                }
            }
            VolumeChange::Move { queue, to, share } => {
                for stream in of(queue, scenario) {
                    let class = scenario.streams[stream].complexity;
                    let same = |&other: &usize| scenario.streams[other].complexity == class;
                    let Some(other) = of(to, scenario).find(same) else { continue };
                    for interval in 0..streams[stream].len() {
                        let moved = streams[stream][interval].0 * share.value();
                        streams[stream][interval].0 -= moved;
                        streams[other][interval].0 += moved;
                    }
                }
            }
        }
    }
    streams
}

fn of(queue: QueueId, scenario: &Scenario) -> impl Iterator<Item = usize> + '_ {
    let streams = scenario.streams.iter().enumerate();
    streams.filter(move |(_, stream)| stream.queue.index() == queue.index()).map(|(place, _)| place)
}
