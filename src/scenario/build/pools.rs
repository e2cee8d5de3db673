//! Streams, and pools of agents who are interchangeable for routing.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::{Agent, NameBook, Pool, Queue, Stream, Tier};
use crate::id::{Id, PoolId, QueueId, SkillId, StreamId};
use crate::units::Share;

/// Every queue with every class of complexity that occurs in it, on its own or because contacts of another
/// queue come by it.
pub(super) fn streams(queues: &[Queue], draft: &Draft, names: &NameBook) -> Vec<Stream> {
    let moved: BTreeSet<_> = draft
        .moved_in
        .iter()
        .filter_map(|(queue, class)| {
            Some((names.queues.find(queue).ok()?, names.complexities.find(class).ok()?))
        })
        .collect();
    let mut streams = Vec::new();
    for (place, queue) in queues.iter().enumerate() {
        let queue_id = QueueId::at(place);
        for complexity in names.complexities.ids() {
            let own = queue.mix.iter().find(|(class, _)| *class == complexity);
            let share = own.map_or(Share::clamped(0.0), |(_, share)| *share);
            if share.value() > 0.0 || moved.contains(&(queue_id, complexity)) {
                streams.push(Stream { queue: queue_id, complexity, share, escalated_to: None });
            }
        }
    }
    streams
}

/// Pools in the order of the ladder; tells every agent theirs.
pub(super) fn pools(
    agents: &mut [Agent],
    draft: &Draft,
    names: &NameBook,
    tiers: &[Tier],
    queues: &[Queue],
    streams: &[Stream],
) -> Vec<Pool> {
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, (agent, row)) in agents.iter().zip(&draft.people.rows).enumerate() {
        let mut skills: Vec<SkillId> =
            row.skills.iter().filter_map(|skill| names.skills.find(skill).ok()).collect();
        skills.sort_unstable();
        // Ramps are positive, so their bits sort as they do.
        alike.entry((agent.tier, skills, agent.ramp.to_bits())).or_default().push(place);
    }
    let mut pools = Vec::new();
    for ((tier, skills, ramp), members) in alike {
        let ramp = f64::from_bits(ramp);
        let takes = |stream: &Stream| {
            let wanted = queues[stream.queue.index()].skill;
            tiers[tier.index()].takes.contains(&stream.complexity)
                && wanted.is_none_or(|skill| skills.contains(&skill))
        };
        let place = PoolId::at(pools.len());
        for &member in &members {
            agents[member].pool = place;
        }
        let streams = (0..streams.len()).filter(|&stream| takes(&streams[stream]));
        let words: Vec<&str> = skills.iter().map(|&skill| names.skills.of(skill)).collect();
        let learning = if ramp > 1.0 { format!(" learning x{ramp:.2}") } else { String::new() };
        pools.push(Pool {
            tier,
            takes_sensitive: true,
            ramp,
            agents: members.into_iter().map(Id::at).collect(),
            title: format!("{} {}{learning}", names.tiers.of(tier), words.join("+"))
                .replace("  ", " ")
                .trim()
                .to_owned(),
            streams: streams.map(StreamId::at).collect(),
            skills,
        });
    }
    pools
}
