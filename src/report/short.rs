//! Answers of a line or two.

use super::messages::say_with;
use super::{Report, Section, plan};
use crate::scenario::Scenario;

/// That a scenario is sound, and what it holds.
#[must_use]
pub fn check(scenario: &Scenario, variants: usize) -> Report {
    let targets: usize = scenario.queues.iter().map(|queue| queue.targets.len()).sum();
    let holds = say_with(
        "check-holds",
        &[
            ("agents", scenario.agents.len().into()),
            ("tiers", scenario.tiers.len().into()),
            ("queues", scenario.queues.len().into()),
            ("targets", targets.into()),
            ("days", scenario.calendar.days().into()),
        ],
    );
    let sound = say_with("check-sound", &[("name", scenario.name.as_str().into())]);
    let mut sentences = vec![sound, holds];
    if variants > 0 {
        sentences.push(say_with("check-variants", &[("variants", variants.into())]));
    }
    said("evenkeel.check/1", plan::title(scenario), sentences)
}

/// That a plan is fixed, where it lies, and why.
#[must_use]
pub fn publish(place: &str, reason: &str, notice_days: i64, scenario: &Scenario) -> Report {
    let mut sentences = vec![say_with("published", &[("place", place.into())])];
    if !reason.is_empty() {
        sentences.push(say_with("published-because", &[("reason", reason.into())]));
    }
    let days = usize::try_from(notice_days).unwrap_or_default();
    sentences.push(say_with("published-notice", &[("days", days.into())]));
    said("evenkeel.publication/1", plan::title(scenario), sentences)
}

fn said(schema: &'static str, title: String, sentences: Vec<String>) -> Report {
    let section = Section { key: "answer", sentences, ..Section::default() };
    Report { schema, title, sections: vec![section] }
}
