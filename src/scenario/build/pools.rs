//! Streams, and pools of agents who are interchangeable for routing.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::{Agent, Escalation, NameBook, Pool, Queue, Stream, Tier};
use crate::id::{Id, PoolId, QueueId, SkillId, StreamId, TierId};
use crate::units::Share;

/// Every queue with every class of complexity that occurs in it, on its own or because contacts of another
/// queue come by it; then what escalation makes of these.
pub(super) fn streams(
    queues: &[Queue],
    tiers: &[Tier],
    draft: &Draft,
    names: &NameBook,
) -> Vec<Stream> {
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
    let escalated: Vec<Stream> = streams.iter().flat_map(|s| escalated(s, queues, tiers)).collect();
    streams.extend(escalated);
    streams
}

/// A stream's cases at every tier that they may be escalated to.
fn escalated<'a>(
    stream: &'a Stream,
    queues: &'a [Queue],
    tiers: &'a [Tier],
) -> impl Iterator<Item = Stream> + 'a {
    let steps = &queues[stream.queue.index()].course.escalation;
    let is_reached = |tier: TierId| {
        let leads_here = |step: &&Escalation| {
            step.to == tier && step.complexity.is_none_or(|c| c == stream.complexity)
        };
        steps.iter().any(|step| leads_here(&step))
    };
    (0..tiers.len()).map(TierId::at).filter(move |&tier| is_reached(tier)).map(|tier| Stream {
        share: Share::NONE,
        escalated_to: Some(tier),
        ..*stream
    })
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
    let is_any_sensitive = queues.iter().any(|queue| queue.course.is_sensitive);
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, (agent, row)) in agents.iter().zip(&draft.people.rows).enumerate() {
        let mut skills: Vec<SkillId> =
            row.skills.iter().filter_map(|skill| names.skills.find(skill).ok()).collect();
        skills.sort_unstable();
        // Ramps are positive, so their bits sort as they do.
        // Where nothing is sensitive, who may take it splits nobody.
        let sensitive = agent.takes_sensitive || !is_any_sensitive;
        let key = (agent.tier, skills, agent.ramp.to_bits(), !sensitive);
        alike.entry(key).or_default().push(place);
    }
    let mut pools = Vec::new();
    for ((tier, skills, ramp, spared), members) in alike {
        let ramp = f64::from_bits(ramp);
        let takes = |stream: &Stream| {
            let queue = &queues[stream.queue.index()];
            let is_its_tier = match stream.escalated_to {
                Some(to) => to == tier,
                None => !tiers[tier.index()].only_escalated,
            };
            is_its_tier
                && tiers[tier.index()].takes.contains(&stream.complexity)
                && queue.skill.is_none_or(|skill| skills.contains(&skill))
                && !(queue.course.is_sensitive && spared)
        };
        let place = PoolId::at(pools.len());
        for &member in &members {
            agents[member].pool = place;
        }
        let streams = (0..streams.len()).filter(|&stream| takes(&streams[stream]));
        let words: Vec<&str> = skills.iter().map(|&skill| names.skills.of(skill)).collect();
        let spared_words = if spared { " nothing sensitive" } else { "" };
        let learning = if ramp > 1.0 { format!(" learning x{ramp:.2}") } else { String::new() };
        pools.push(Pool {
            tier,
            takes_sensitive: !spared,
            ramp,
            agents: members.into_iter().map(Id::at).collect(),
            title: format!("{} {}{spared_words}{learning}", names.tiers.of(tier), words.join("+"))
                .replace("  ", " ")
                .trim()
                .to_owned(),
            streams: streams.map(StreamId::at).collect(),
            skills,
        });
    }
    pools
}
