//! How targets were pursued: why one is not kept, and how much the weeks that a plan was repaired on flattered it.

use super::figures::{fixed, percent};
use super::messages::{say, say_with};
use super::words;
use crate::plan::{Plan, Pursuit, Unkept, Why};
use crate::scenario::Scenario;

/// Sentences for beside the verdicts.
pub(super) fn sentences(plan: &Plan, scenario: &Scenario) -> Vec<String> {
    let pursuit = &plan.pursuit;
    let mut said: Vec<String> = pursuit.unkept.iter().map(|own| why(own, plan, scenario)).collect();
    if !pursuit.rehearsed.is_empty() {
        said.push(repaired(pursuit));
    }
    if let Some(optimism) = pursuit.optimism(&plan.kpis, scenario) {
        said.push(say_with(
            "pursuit-optimism",
            &[
                ("mean", points(optimism.mean).into()),
                ("most", points(optimism.most).into()),
                ("queue", scenario.queue(optimism.queue).title.as_str().into()),
            ],
        ));
    }
    said
}

/// Whether anything had to be repaired, and in how many rounds it was.
fn repaired(pursuit: &Pursuit) -> String {
    match usize::try_from(pursuit.rounds).unwrap_or(usize::MAX) {
        0 if pursuit.was_kept_at_once() => say("pursuit-nothing-to-repair"),
        0 => say("pursuit-nothing-can-help"),
        rounds => say_with("pursuit-rounds", &[("rounds", rounds.into())]),
    }
}

fn points(share: f64) -> String {
    let sign = if share >= 0.0005 { "+" } else { "" };
    format!("{sign}{}", fixed(100.0 * share, 1))
}

fn why(own: &Unkept, plan: &Plan, scenario: &Scenario) -> String {
    let queue = scenario.queue(own.queue).title.as_str();
    let target = scenario.queue(own.queue).targets.get(own.target).map(words::target);
    let of = [("queue", queue.into()), ("target", target.unwrap_or_default().into())];
    match own.why {
        Why::EvenWithEveryone { from, service } => {
            let calendar = &scenario.calendar;
            let at = calendar.label(calendar.interval(from).start);
            let more = [("at", at.into()), ("service", percent(service).into())];
            say_with("unkept-with-everyone", &[&of[..], &more[..]].concat())
        }
        Why::TooFewHours { needed, there } => {
            let more = [("needed", fixed(needed, 0).into()), ("there", fixed(there, 0).into())];
            say_with("unkept-too-few-hours", &[&of[..], &more[..]].concat())
        }
        Why::NotFound if plan.pursuit.rehearsed.is_empty() => say_with("unkept-missed", &of),
        Why::NotFound => {
            let rounds = usize::try_from(plan.pursuit.rounds).unwrap_or(usize::MAX);
            say_with("unkept-not-found", &[&of[..], &[("rounds", rounds.into())][..]].concat())
        }
        Why::Close => say_with("unkept-close", &of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(
            (points(0.012), points(-0.004), points(0.0)),
            ("+1.2".into(), "-0.4".into(), "0.0".into())
        );
    }
}
