//! How contacts run beyond one answer, and what impact, urgency and channel promise where nothing is written.

use super::super::shape::{
    ChannelDefaults, EscalationShape, File, LevelShape, OwnershipShape, Patience, QueueShape,
    ServiceClassShape,
};
use super::super::{
    Callback, Channel, Clock, Course, Definition, Ending, Escalation, Level, Measure, NameBook,
    Ownership, Period, Target,
};
use super::nearest_minutes;
use crate::units::{Contacts, HandleMinutes, Minutes, Seconds, Share};

/// The course of a queue's contacts.
pub(super) fn course(shape: &QueueShape, file: &File, names: &NameBook) -> Course {
    let minutes = |seconds: f64| HandleMinutes(seconds / 60.0);
    Course {
        touches: shape.touches.unwrap_or(1.0),
        reply_minutes: 60.0 * shape.re_entry_hours.unwrap_or(0.0),
        awaiting_reply: Contacts(shape.awaiting_reply.unwrap_or(0.0)),
        context_switch: minutes(shape.context_switch_seconds),
        ownership: match shape.ownership {
            Some(OwnershipShape::Owner) => Ownership::Owner,
            Some(OwnershipShape::Pool) | None => Ownership::Pool,
        },
        callback: shape.callback.as_ref().filter(|callback| callback.share > 0.0).map(|callback| {
            Callback {
                share: Share::clamped(callback.share),
                within: nearest_minutes(callback.within_hours),
                offered_after: callback.offer_after_seconds / 60.0,
            }
        }),
        escalation: shape.escalation.iter().filter_map(|step| escalation(step, names)).collect(),
        is_difficult_escalated: shape.difficult > file.escalate_difficult_above,
        ending: shape.ending.as_ref().filter(|ending| ending.share > 0.0).map(|ending| Ending {
            share: Share::clamped(ending.share),
            handle_share: Share::clamped(ending.handle_share),
        }),
        admin: Share::clamped(shape.admin_share),
        tool_friction: minutes(shape.tool_friction_seconds),
        is_sensitive: shape.sensitive,
        impact: shape.impact.map(level),
        urgency: shape.urgency.map(level),
    }
}

fn escalation(step: &EscalationShape, names: &NameBook) -> Option<Escalation> {
    Some(Escalation {
        from: names.tiers.find(&step.from).ok()?,
        to: names.tiers.find(&step.to).ok()?,
        share: Share::clamped(step.share),
        complexity: match &step.complexity {
            Some(class) => Some(names.complexities.find(class).ok()?),
            None => None,
        },
    })
}

fn level(shape: LevelShape) -> Level {
    match shape {
        LevelShape::Low => Level::Low,
        LevelShape::Medium => Level::Medium,
        LevelShape::High => Level::High,
    }
}

/// The priority of impact and urgency, 1 for both high to 5 for both low; one alone goes with medium. None
/// where neither is said.
fn rank(impact: Option<LevelShape>, urgency: Option<LevelShape>) -> Option<u8> {
    let part = |shape: Option<LevelShape>| match shape {
        Some(LevelShape::High) => 0,
        Some(LevelShape::Medium) | None => 1,
        Some(LevelShape::Low) => 2,
    };
    (impact.is_some() || urgency.is_some()).then(|| 1 + part(impact) + part(urgency))
}

/// The priority of a queue.
pub(super) fn priority(shape: &QueueShape) -> u8 {
    shape.priority.or_else(|| rank(shape.impact, shape.urgency)).unwrap_or(1)
}

/// What each priority promises: the file's classes, and the usual ones where it leaves some out.
pub(in super::super) fn service_classes(file: &File) -> Vec<ServiceClassShape> {
    let mut classes = super::super::shape::service_classes();
    for class in &mut classes {
        if let Some(own) = file.service_classes.iter().find(|own| own.priority == class.priority) {
            *class = own.clone();
        }
    }
    classes
}

/// Targets of a queue that writes none: what its impact and urgency promise, else what is usual for its
/// channel where that is asked for.
pub(super) fn promised(shape: &QueueShape, channel: Channel, file: &File) -> Vec<Target> {
    let rank = rank(shape.impact, shape.urgency);
    match rank {
        Some(rank) => {
            let classes = service_classes(file);
            classes
                .iter()
                .filter(|class| class.priority == rank)
                .flat_map(|class| by_class(class, channel))
                .collect()
        }
        None if file.channel_defaults == ChannelDefaults::Usual => vec![usual_target(channel)],
        None => Vec::new(),
    }
}

fn by_class(class: &ServiceClassShape, channel: Channel) -> Vec<Target> {
    let source = format!("impact and urgency, priority {}", class.priority);
    let target = |measure| Target { measure, period: Period::Day, source: Some(source.clone()) };
    if channel.is_live() {
        return vec![target(Measure::ServiceLevel {
            share: Share::clamped(0.8),
            within: Seconds(class.answer_seconds),
            definition: Definition::Offered,
        })];
    }
    let first = target(Measure::FirstResponse {
        share: Share::clamped(0.9),
        within: nearest_minutes(class.first_response_hours),
        clock: Clock::Business,
    });
    let settled = class.resolution_hours.map(|hours| {
        target(Measure::Resolution {
            share: Share::clamped(0.8),
            within: nearest_minutes(hours),
            clock: Clock::Business,
        })
    });
    std::iter::once(first).chain(settled).collect()
}

/// The answer that customers of a channel usually get: a mean of 12 hours in e-mail and a couple of minutes in
/// messaging in one comparison of both; for talk and chat the commonest thresholds (assumption).
fn usual_target(channel: Channel) -> Target {
    let answered = |seconds: f64| Measure::ServiceLevel {
        share: Share::clamped(0.8),
        within: Seconds(seconds),
        definition: Definition::Offered,
    };
    let response = |within: Minutes| Measure::FirstResponse {
        share: Share::clamped(0.8),
        within,
        clock: Clock::Calendar,
    };
    let measure = match channel {
        Channel::Voice => answered(20.0),
        Channel::Chat => answered(60.0),
        Channel::Messaging => response(Minutes(3)),
        Channel::Email => response(Minutes::hours(12)),
    };
    Target { measure, period: Period::Day, source: Some("usual for the channel".to_owned()) }
}

/// Mean patience in minutes; none: callers never hang up.
pub(super) fn patience(shape: &QueueShape, channel: Channel, file: &File) -> Option<f64> {
    match (&shape.patience_minutes, file.channel_defaults, channel) {
        (Some(Patience::Minutes(mean)), ..) => Some(*mean),
        (None, ChannelDefaults::Usual, Channel::Voice) => Some(3.0),
        (None, ChannelDefaults::Usual, Channel::Chat) => Some(5.0),
        _ => None,
    }
}

/// Rates by how many are held at once: one call or e-mail, whatever is written; of chats and messages as
/// written, else one, or three where the usual is asked for.
pub(super) fn rates(shape: &QueueShape, channel: Channel, file: &File) -> Vec<f64> {
    let holds_several = matches!(channel, Channel::Chat | Channel::Messaging);
    match (shape.rate_by_level.len(), file.channel_defaults) {
        (0, ChannelDefaults::Usual) if holds_several => vec![1.0, 0.85, 0.7],
        (2.., _) => shape.rate_by_level.clone(),
        _ => vec![1.0],
    }
}

/// Most open cases of a class that one person owns: a dozen hard ones, of 10 to 15 as people report
/// (assumption).
pub(super) fn open_cases(points: f64, written: Option<u32>) -> Option<f64> {
    const HARD: f64 = 4.0;
    const USUAL: f64 = 12.0;
    written.map(f64::from).or((points >= HARD).then_some(USUAL))
}
