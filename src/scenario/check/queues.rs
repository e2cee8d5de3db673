//! Queues: mixes, handle times, opening hours, several at once, and someone to take each contact.

use super::super::draft::Draft;
use super::super::problem::{
    BACKLOG_LIVE, Found, HANDLE_MISSING, HANDLE_UNKNOWN, MIX_NOT_WHOLE, MIX_UNKNOWN, NEVER_OPEN,
    NOBODY_MAY_TAKE, RATE_NEEDS_CHAT, RATE_NOT_FALLING, found,
};
use super::super::shape::{ChannelShape, QueueShape};
use crate::calendar::Weekly;
use crate::id::{ComplexityId, Names, TierId};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let rules = [
        mixes_sum_to_one,
        mixes_name_what_exists,
        every_class_has_a_handle_time,
        handle_times_name_what_exists,
        rates_fit_the_channel,
        rates_never_rise,
        queues_open,
        live_queues_start_empty,
        someone_may_take_everything,
    ];
    rules.iter().flat_map(|rule| rule(draft)).collect()
}

fn path(queue: &QueueShape, key: &str) -> String {
    format!("queues.{}.{key}", queue.id)
}

fn mixes_sum_to_one(draft: &Draft) -> Vec<Found> {
    let sum = |queue: &QueueShape| queue.mix.values().map(|share| share.0).sum::<f64>();
    let off = draft.queues().iter().filter(|queue| (sum(queue) - 1.0).abs() > 1e-6);
    off.map(|queue| {
        let rounded = (sum(queue) * 1e6).round() / 1e6;
        let place = draft.places.at(&path(queue, "mix"));
        found(MIX_NOT_WHOLE, place, format!("the shares sum to {rounded}"))
    })
    .collect()
}

fn classes(draft: &Draft) -> Names<ComplexityId> {
    draft.names("complexities", draft.file.complexities.iter().map(|class| &class.id))
}

fn mixes_name_what_exists(draft: &Draft) -> Vec<Found> {
    let known = classes(draft);
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        for class in queue.mix.keys() {
            if let Err(cause) = known.find(class) {
                let place = draft.places.at(&path(queue, &format!("mix.{class}")));
                wrong.push(found(MIX_UNKNOWN, place, cause));
            }
        }
    }
    wrong
}

fn every_class_has_a_handle_time(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let occurs = queue.mix.iter().filter(|(_, share)| share.0 > 0.0);
        for (class, _) in occurs.filter(|(class, _)| !queue.handle_minutes.contains_key(*class)) {
            let place = draft.places.at(&path(queue, "handle_minutes"));
            wrong.push(found(HANDLE_MISSING, place, format!("`{class}` has no handle time")));
        }
    }
    wrong
}

fn handle_times_name_what_exists(draft: &Draft) -> Vec<Found> {
    let known = classes(draft);
    let tiers: Names<TierId> = draft.names("tiers", draft.file.tiers.iter().map(|tier| &tier.id));
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        for cause in queue.handle_minutes.keys().filter_map(|class| known.find(class).err()) {
            let place = draft.places.at(&path(queue, "handle_minutes"));
            wrong.push(found(HANDLE_UNKNOWN, place, cause));
        }
        for (tier, own) in &queue.handle_minutes_by_tier {
            let place = draft.places.at(&path(queue, &format!("handle_minutes_by_tier.{tier}")));
            let unknown = own.keys().filter_map(|class| known.find(class).err());
            let causes = tiers.find(tier).err().into_iter().chain(unknown);
            wrong.extend(causes.map(|cause| found(HANDLE_UNKNOWN, place.clone(), cause)));
        }
    }
    wrong
}

fn rates_fit_the_channel(draft: &Draft) -> Vec<Found> {
    let is_single =
        |queue: &&QueueShape| matches!(queue.channel, ChannelShape::Voice | ChannelShape::Email);
    let several = draft.queues().iter().filter(is_single).filter(|q| q.rate_by_level.len() > 1);
    several
        .map(|queue| {
            let cause = format!("{} contacts at once on one line", queue.rate_by_level.len());
            found(RATE_NEEDS_CHAT, draft.places.at(&path(queue, "rate_by_level")), cause)
        })
        .collect()
}

fn rates_never_rise(draft: &Draft) -> Vec<Found> {
    let rises = |queue: &&QueueShape| {
        let rates = &queue.rate_by_level;
        rates.first().is_some_and(|&alone| alone != 1.0)
            || rates.windows(2).any(|pair| pair[1] > pair[0])
    };
    let wrong = draft.queues().iter().filter(rises);
    wrong
        .map(|queue| {
            let cause = format!("{:?} does not start at 1 and fall", queue.rate_by_level);
            found(RATE_NOT_FALLING, draft.places.at(&path(queue, "rate_by_level")), cause)
        })
        .collect()
}

fn queues_open(draft: &Draft) -> Vec<Found> {
    let never = |queue: &&QueueShape| Weekly::parse(&queue.hours).is_ok_and(|week| week.is_empty());
    let closed = draft.queues().iter().filter(never);
    closed
        .map(|queue| {
            let place = draft.places.at(&path(queue, "hours"));
            found(NEVER_OPEN, place, "no day has opening hours")
        })
        .collect()
}

fn live_queues_start_empty(draft: &Draft) -> Vec<Found> {
    let is_live =
        |queue: &&QueueShape| matches!(queue.channel, ChannelShape::Voice | ChannelShape::Chat);
    let waiting = draft.queues().iter().filter(is_live).filter(|queue| queue.backlog > 0.0);
    waiting
        .map(|queue| {
            let cause = format!("{} contacts wait on a live channel", queue.backlog);
            found(BACKLOG_LIVE, draft.places.at(&path(queue, "backlog")), cause)
        })
        .collect()
}

/// Every class of every queue has someone with the tier and the skill for it.
fn someone_may_take_everything(draft: &Draft) -> Vec<Found> {
    let is_read = draft.people.ghosts.is_empty() && !draft.people.rows.is_empty();
    if !is_read || !draft.is_whole("tiers") {
        return Vec::new();
    }
    let takes = |tier: &str, class: &str| {
        let tier = draft.file.tiers.iter().find(|known| known.id == tier);
        // A tier that does not exist is a problem of its own.
        tier.is_none_or(|tier| {
            !tier.only_escalated && tier.takes.iter().any(|taken| taken == class)
        })
    };
    let mut wrong = Vec::new();
    for queue in draft.queues().iter().filter(|queue| !draft.closed.contains(&queue.id)) {
        let is_moved_in =
            |class: &str| draft.moved_in.contains(&(queue.id.clone(), class.to_owned()));
        let comes = |class: &str, share: f64| share > 0.0 || is_moved_in(class);
        let foreign = draft
            .moved_in
            .iter()
            .filter(|(to, class)| *to == queue.id && !queue.mix.contains_key(class));
        let own =
            queue.mix.iter().filter(|(class, share)| comes(class, share.0)).map(|(class, _)| class);
        for class in own.chain(foreign.map(|(_, class)| class)) {
            let may = draft.people.rows.iter().any(|person| {
                let has_skill = queue.skill.as_ref().is_none_or(|one| person.skills.contains(one));
                let may_take = person.takes_sensitive || !queue.sensitive;
                has_skill && may_take && takes(&person.tier, class)
            });
            if !may {
                let place = draft.places.at(&path(queue, &format!("mix.{class}")));
                let skill = match &queue.skill {
                    Some(skill) => format!(" with the skill `{skill}`"),
                    None => String::new(),
                };
                let leave = if queue.sensitive { " and leave to take sensitive work" } else { "" };
                let cause = format!("no agent{skill}{leave} has a tier that takes `{class}`");
                wrong.push(found(NOBODY_MAY_TAKE, place, cause));
            }
        }
    }
    wrong
}
