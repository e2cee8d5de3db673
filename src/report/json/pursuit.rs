//! How targets were pursued, as other programs read it.

use serde::Serialize;

use crate::plan::{Optimism, Plan, Why};
use crate::report::figures::rounded;
use crate::scenario::Scenario;

/// Rounds of repair, how they flattered the plan, and why targets are not kept.
#[derive(Serialize)]
pub(super) struct PursuitFile<'a> {
    rounds: u64,
    optimism: Option<OptimismFile<'a>>,
    unkept: Vec<UnkeptFile<'a>>,
}

#[derive(Serialize)]
struct OptimismFile<'a> {
    mean: f64,
    most: f64,
    queue: &'a str,
}

#[derive(Serialize)]
struct UnkeptFile<'a> {
    queue: &'a str,
    target: String,
    impossible: bool,
    #[serde(flatten)]
    why: Why,
}

pub(super) fn pursuit<'a>(plan: &Plan, scenario: &'a Scenario) -> PursuitFile<'a> {
    let name = |queue| scenario.names.queues.of(queue);
    let optimism = plan.pursuit.optimism(&plan.kpis, scenario);
    let unkept = plan.pursuit.unkept.iter().filter_map(|own| {
        let target = scenario.queue(own.queue).targets.get(own.target)?;
        Some(UnkeptFile {
            queue: name(own.queue),
            target: crate::report::words::target(target),
            impossible: own.why.is_impossible(),
            why: own.why,
        })
    });
    PursuitFile {
        rounds: plan.pursuit.rounds,
        optimism: optimism.map(|Optimism { mean, most, queue }| OptimismFile {
            mean: rounded(mean),
            most: rounded(most),
            queue: name(queue),
        }),
        unkept: unkept.collect(),
    }
}
