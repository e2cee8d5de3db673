//! Complexities, tiers, queues and shifts.

use super::super::draft::Draft;
use super::super::formats;
use super::super::shape::{
    ChannelShape, ClockShape, DefinitionShape, File, MeasureShape, PeriodShape, QueueShape,
    TargetShape,
};
use super::super::{
    Channel, Clock, Complexity, Definition, Measure, NameBook, Period, Queue, Shift, Target, Tier,
};
use super::{course, nearest_minutes};
use crate::calendar::{Calendar, Weekly};
use crate::units::{Contacts, HandleMinutes, Minutes, Money, Points, Seconds, Share};

pub(super) fn complexities(file: &File) -> Vec<Complexity> {
    let classes = file.complexities.iter();
    classes
        .map(|class| Complexity {
            points: Points(class.points),
            open_cases: course::open_cases(class.points, class.open_cases),
        })
        .collect()
}

pub(super) fn tiers(file: &File, names: &NameBook) -> Vec<Tier> {
    let tiers = file.tiers.iter().map(|tier| {
        let mut takes: Vec<_> =
            tier.takes.iter().filter_map(|class| names.complexities.find(class).ok()).collect();
        takes.sort_unstable();
        takes.dedup();
        Tier {
            title: tier.title.clone().unwrap_or_else(|| tier.id.clone()),
            takes,
            wage_per_hour: Money::from_decimal(tier.wage_per_hour).unwrap_or_default(),
            pace: tier.pace,
            occupancy: Share::clamped(tier.occupancy),
            only_escalated: tier.only_escalated,
        }
    });
    tiers.collect()
}

pub(super) fn shifts(draft: &Draft, names: &NameBook) -> Vec<Shift> {
    let shifts = draft.shifts().iter().map(|shift| Shift {
        starts: formats::starts(&shift.starts).unwrap_or_default(),
        start_step: Minutes(shift.start_step_minutes),
        shortest: nearest_minutes(shift.hours[0]),
        longest: nearest_minutes(shift.hours[1]),
        length_step: Minutes(shift.length_step_minutes),
        tiers: shift.tiers.iter().filter_map(|tier| names.tiers.find(tier).ok()).collect(),
    });
    shifts.collect()
}

pub(super) fn queues(draft: &Draft, names: &NameBook, calendar: &Calendar) -> Vec<Queue> {
    let queues = draft.queues().iter().map(|shape| {
        let queue = queue(shape, &draft.file, names, calendar);
        if draft.closed.contains(&shape.id) { closed(queue) } else { queue }
    });
    queues.collect()
}

/// A queue that a variant closes: it promises nothing and starts empty. Its hours stay, because contacts that come by
/// another queue instead come when they would have come.
fn closed(queue: Queue) -> Queue {
    Queue { backlog: Contacts(0.0), targets: Vec::new(), ..queue }
}

fn queue(shape: &QueueShape, file: &File, names: &NameBook, calendar: &Calendar) -> Queue {
    let class = |id: &String| names.complexities.find(id).ok();
    let hours = Weekly::parse(&shape.hours).unwrap_or_default();
    let mut mix: Vec<_> = shape
        .mix
        .iter()
        .filter_map(|(id, share)| Some((class(id)?, Share::clamped(share.0))))
        .collect();
    mix.sort_by_key(|&(class, _)| class);
    let handle = shape.handle_minutes.iter();
    let by_tier = shape.handle_minutes_by_tier.iter().filter_map(|(tier, own)| {
        let tier = names.tiers.find(tier).ok()?;
        Some(
            own.iter()
                .filter_map(move |(id, talk)| Some(((tier, class(id)?), HandleMinutes(talk.0)))),
        )
    });
    let channel = channel(shape.channel);
    let written: Vec<Target> = shape.targets.iter().filter_map(target).collect();
    Queue {
        title: shape.title.clone().unwrap_or_else(|| shape.id.clone()),
        channel,
        topic: shape.topic.clone(),
        open: calendar.spans(&hours),
        hours,
        priority: course::priority(shape),
        mix,
        difficult: Share::clamped(shape.difficult),
        handle: handle.filter_map(|(id, talk)| Some((class(id)?, HandleMinutes(talk.0)))).collect(),
        handle_by_tier: by_tier.flatten().collect(),
        wrap_up: HandleMinutes(shape.wrap_up_minutes),
        handle_variability: shape.handle_variability,
        patience: course::patience(shape, channel, file),
        skill: shape.skill.as_ref().and_then(|skill| names.skills.find(skill).ok()),
        rate_by_level: course::rates(shape, channel, file),
        backlog: Contacts(shape.backlog),
        targets: if written.is_empty() { course::promised(shape, channel, file) } else { written },
        course: course::course(shape, file, names),
    }
}

/// The channel of its word.
pub(in super::super) fn channel(shape: ChannelShape) -> Channel {
    match shape {
        ChannelShape::Voice => Channel::Voice,
        ChannelShape::Chat => Channel::Chat,
        ChannelShape::Messaging => Channel::Messaging,
        ChannelShape::Email => Channel::Email,
    }
}

fn target(shape: &TargetShape) -> Option<Target> {
    let measure = match shape.measure {
        MeasureShape::ServiceLevel => Measure::ServiceLevel {
            share: Share::clamped(shape.share?),
            within: Seconds(shape.within_seconds?),
            definition: definition(shape.definition.unwrap_or(DefinitionShape::Offered)),
        },
        MeasureShape::Abandonment => {
            Measure::Abandonment { at_most: Share::clamped(shape.at_most?) }
        }
        MeasureShape::FirstResponse => Measure::FirstResponse {
            share: Share::clamped(shape.share?),
            within: nearest_minutes(shape.within_hours?),
            clock: clock(shape),
        },
        MeasureShape::Resolution => Measure::Resolution {
            share: Share::clamped(shape.share?),
            within: nearest_minutes(shape.within_hours?),
            clock: clock(shape),
        },
    };
    let period = match shape.period {
        PeriodShape::Interval => Period::Interval,
        PeriodShape::Day => Period::Day,
        PeriodShape::Week => Period::Week,
    };
    Some(Target { measure, period, source: shape.source.clone() })
}

fn clock(shape: &TargetShape) -> Clock {
    match shape.clock.unwrap_or(ClockShape::Business) {
        ClockShape::Business => Clock::Business,
        ClockShape::Calendar => Clock::Calendar,
    }
}

fn definition(shape: DefinitionShape) -> Definition {
    match shape {
        DefinitionShape::Offered => Definition::Offered,
        DefinitionShape::Answered => Definition::Answered,
        DefinitionShape::WithoutShortAbandons => Definition::WithoutShortAbandons,
        DefinitionShape::Waited => Definition::Waited,
    }
}
