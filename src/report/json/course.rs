//! The contract of how work flows beyond one answer.

use super::simulation::EstimateFile;
use crate::kpi::{Fate, Kpis};
use crate::report::figures::rounded;
use crate::scenario::{Ownership, Scenario};
use crate::workload::{self, Workload};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct WorkFile<'a> {
    by_queue: Vec<QueueFile<'a>>,
    open_cases: Vec<OpenCasesFile>,
}

#[derive(Serialize)]
struct QueueFile<'a> {
    queue: &'a str,
    ownership: &'static str,
    touches: Option<EstimateFile>,
    hand_offs: Option<EstimateFile>,
    callbacks_promised: Option<EstimateFile>,
    callbacks_in_time: Option<EstimateFile>,
    ended_by_agent: Option<EstimateFile>,
    escalated: BTreeMap<&'a str, EstimateFile>,
    open_cases: EstimateFile,
    came_out: Vec<FateFile>,
}

#[derive(Serialize)]
struct FateFile {
    fate: Fate,
    contacts: f64,
}

#[derive(Serialize)]
struct OpenCasesFile {
    stream: String,
    cases: f64,
    room: f64,
    is_gap: bool,
}

/// How work flows; none where one answer settles everything.
pub(super) fn work<'a>(
    kpis: &Kpis,
    workload: &Workload,
    scenario: &'a Scenario,
) -> Option<WorkFile<'a>> {
    if kpis.courses.is_empty() {
        return None;
    }
    let queues = kpis.courses.iter().map(|own| QueueFile {
        queue: scenario.names.queues.of(own.queue),
        ownership: match scenario.queue(own.queue).course.ownership {
            Ownership::Owner => "owner",
            Ownership::Pool => "pool",
        },
        touches: own.touches.map(EstimateFile::of),
        hand_offs: own.hand_offs.map(EstimateFile::of),
        callbacks_promised: own.promised.map(EstimateFile::of),
        callbacks_in_time: own.promises_kept.map(EstimateFile::of),
        ended_by_agent: own.ended_by_agent.map(EstimateFile::of),
        escalated: own
            .escalated
            .iter()
            .map(|(tier, share)| (scenario.names.tiers.of(*tier), EstimateFile::of(*share)))
            .collect(),
        open_cases: EstimateFile::of(own.open_cases),
        came_out: Fate::ALL
            .into_iter()
            .zip(own.came_out)
            .map(|(fate, contacts)| FateFile { fate, contacts: rounded(contacts) })
            .collect(),
    });
    let open = workload::open_cases(workload, scenario);
    let open = open.iter().map(|own| OpenCasesFile {
        stream: scenario.stream_title(own.stream),
        cases: rounded(own.cases),
        room: rounded(own.room),
        is_gap: own.is_over(),
    });
    Some(WorkFile { by_queue: queues.collect(), open_cases: open.collect() })
}
