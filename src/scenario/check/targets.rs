//! Targets: each has the figures its measure needs, fits its channel and asks for what can be had.

use std::collections::BTreeSet;

use super::super::draft::Draft;
use super::super::problem::{
    ABANDONMENT_NEEDS_PATIENCE, Found, ProblemKind, TARGET_CERTAIN, TARGET_KEY_FOREIGN,
    TARGET_KEY_MISSING, TARGET_TWICE, TARGET_WRONG_CHANNEL, found,
};
use super::super::shape::{
    ChannelDefaults, ChannelShape, MeasureShape, Patience, QueueShape, TargetShape,
};

pub(super) fn all(draft: &Draft) -> Vec<Found> {
    let mut rules: Vec<fn(&QueueShape, &TargetShape) -> Broken> =
        vec![figures_are_there, figures_belong, channels_fit, nothing_is_certain];
    if draft.file.channel_defaults == ChannelDefaults::None {
        rules.push(patience_ends);
    }
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        for (place, target) in queue.targets.iter().enumerate() {
            let path = format!("queues.{}.targets[{}]", queue.id, place + 1);
            let broken = rules.iter().filter_map(|rule| rule(queue, target));
            wrong.extend(broken.map(|(kind, cause)| found(kind, draft.places.at(&path), cause)));
        }
    }
    wrong.extend(targets_are_single(draft));
    wrong
}

type Broken = Option<(ProblemKind, String)>;

fn keys(target: &TargetShape) -> [(&'static str, bool); 6] {
    [
        ("share", target.share.is_some()),
        ("within_seconds", target.within_seconds.is_some()),
        ("within_hours", target.within_hours.is_some()),
        ("at_most", target.at_most.is_some()),
        ("definition", target.definition.is_some()),
        ("clock", target.clock.is_some()),
    ]
}

/// The word of a measure, the keys it needs, the keys it may have.
fn uses(measure: MeasureShape) -> (&'static str, &'static [&'static str], &'static [&'static str]) {
    match measure {
        MeasureShape::ServiceLevel => {
            ("service_level", &["share", "within_seconds"], &["definition"])
        }
        MeasureShape::Abandonment => ("abandonment", &["at_most"], &[]),
        MeasureShape::FirstResponse => ("first_response", &["share", "within_hours"], &["clock"]),
        MeasureShape::Resolution => ("resolution", &["share", "within_hours"], &["clock"]),
    }
}

fn figures_are_there(_: &QueueShape, target: &TargetShape) -> Broken {
    let (name, needs, _) = uses(target.measure);
    let missing = keys(target).into_iter().find(|(key, is_set)| needs.contains(key) && !is_set);
    missing.map(|(key, _)| (TARGET_KEY_MISSING, format!("{name} needs `{key}`")))
}

fn figures_belong(_: &QueueShape, target: &TargetShape) -> Broken {
    let (name, needs, may) = uses(target.measure);
    let foreign = keys(target)
        .into_iter()
        .find(|(key, is_set)| *is_set && !needs.contains(key) && !may.contains(key));
    foreign.map(|(key, _)| (TARGET_KEY_FOREIGN, format!("{name} does not use `{key}`")))
}

fn channels_fit(queue: &QueueShape, target: &TargetShape) -> Broken {
    let is_live = matches!(queue.channel, ChannelShape::Voice | ChannelShape::Chat);
    let wants_live =
        !matches!(target.measure, MeasureShape::FirstResponse | MeasureShape::Resolution);
    let (name, _, _) = uses(target.measure);
    let channel = super::super::build::channel(queue.channel).name();
    (is_live != wants_live)
        .then(|| (TARGET_WRONG_CHANNEL, format!("{name} means nothing on {channel}")))
}

/// No random wait is certain to be short; asking for nothing is allowed and asks for nothing.
fn nothing_is_certain(_: &QueueShape, target: &TargetShape) -> Broken {
    let wants_all = target.share == Some(1.0);
    let wants_none_lost = target.at_most == Some(0.0);
    let cause = if wants_all { "a share of 1 is every contact" } else { "0 is no contact at all" };
    (wants_all || wants_none_lost).then(|| (TARGET_CERTAIN, cause.to_owned()))
}

fn patience_ends(queue: &QueueShape, target: &TargetShape) -> Broken {
    let waits_for_ever = matches!(queue.patience_minutes, None | Some(Patience::Never(_)));
    let measures_loss = target.measure == MeasureShape::Abandonment;
    (waits_for_ever && measures_loss)
        .then(|| (ABANDONMENT_NEEDS_PATIENCE, "patience_minutes is infinite".to_owned()))
}

/// No measure is asked for twice over the same period, within the same time.
fn targets_are_single(draft: &Draft) -> Vec<Found> {
    let mut wrong = Vec::new();
    for queue in draft.queues() {
        let mut seen = BTreeSet::new();
        for (place, target) in queue.targets.iter().enumerate() {
            let within = target.within_seconds.or(target.within_hours).map(f64::to_bits);
            if !seen.insert((target.measure, target.period, within)) {
                let path = format!("queues.{}.targets[{}]", queue.id, place + 1);
                let (name, _, _) = uses(target.measure);
                let cause = format!("{name} over the same period stands in an earlier target");
                wrong.push(found(TARGET_TWICE, draft.places.at(&path), cause));
            }
        }
    }
    wrong
}
