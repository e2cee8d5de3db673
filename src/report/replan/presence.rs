//! Where a changed week misses minimum presence, and where a change restores it.

use crate::duty::Duty;
use crate::replan::{Bare, Replan, counts};
use crate::report::diff::Change;
use crate::report::messages::{say, say_with};
use crate::report::words;
use crate::scenario::Scenario;
use crate::units::{Minutes, Span};

/// Most times that are told one by one.
const MOST: usize = 5;

/// Each time at which minimum presence is missed, and whether anybody else could be there.
pub(super) fn sentences(replan: &Replan) -> Vec<String> {
    let scenario = &replan.scenario;
    let bare = &replan.bare[1];
    let mut told: Vec<String> =
        bare.iter().take(MOST).map(|bare| sentence(bare, scenario)).collect();
    if bare.len() > MOST {
        told.push(say_with("presence-more", &[("more", (bare.len() - MOST).into())]));
    }
    told
}

fn sentence(bare: &Bare, scenario: &Scenario) -> String {
    let rule = &scenario.minimum_presence[bare.rule];
    let calendar = &scenario.calendar;
    let what = if rule.on_queue { "presence-on-queue" } else { "presence-on-duty" };
    let why = if bare.is_ruled_out { "presence-ruled-out" } else { "presence-not-found" };
    say_with(
        "presence-bare",
        &[
            ("rule", rule.id.as_str().into()),
            ("day", words::day(calendar, bare.span.start).into()),
            ("hours", words::clocks(calendar, bare.span).into()),
            ("there", bare.there.into()),
            ("asked", rule.at_least.into()),
            ("what", say(what).into()),
            ("why", say(why).into()),
        ],
    )
}

/// What a change does for minimum presence: the hours and the rule of a time at which people were missing.
pub(in crate::report) fn restored(change: &Change, replan: &Replan) -> Option<String> {
    let scenario = &replan.scenario;
    let before = replan.bare[0].iter().filter_map(|bare| {
        let rule = &scenario.minimum_presence[bare.rule];
        if !rule.who.contains(&change.agent) {
            return None;
        }
        let there = |duties: &[Duty]| {
            let blocks = duties.iter().flat_map(|duty| &duty.blocks);
            let counted = blocks.filter(|block| counts(rule, block.activity));
            let spans = counted.map(|block| block.span.overlap(bare.span));
            spans.sum::<Minutes>()
        };
        (there(&change.after) > there(&change.before)).then_some((bare.span, rule.id.as_str()))
    });
    let told = before.take(MOST).map(|(span, rule): (Span, &str)| {
        let hours = words::clocks(&scenario.calendar, span);
        say_with("reason-presence-hours", &[("rule", rule.into()), ("hours", hours.into())])
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| say_with("reason-presence", &[("hours", words::list(&told).into())]))
}
