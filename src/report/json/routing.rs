//! Who takes which work, within the contract of a plan.

use crate::id::Id;
use crate::report::figures::rounded;
use crate::routing::{GapKind, Routing};
use crate::scenario::Scenario;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct RoutingFile<'a> {
    flows: Vec<FlowFile<'a>>,
    gaps: Vec<GapFile>,
    unserved_contacts: f64,
}

#[derive(Serialize)]
struct FlowFile<'a> {
    stream: String,
    tier: &'a str,
    contacts: f64,
}

#[derive(Serialize)]
struct GapFile {
    stream: String,
    kind: GapKind,
    start: String,
    end: String,
}

pub(super) fn routing<'a>(routing: &Routing, scenario: &'a Scenario) -> RoutingFile<'a> {
    let calendar = &scenario.calendar;
    let mut flows: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for flow in &routing.flows {
        let tier = scenario.pool(flow.pool).tier.index();
        let contacts: f64 = flow.contacts.iter().map(|contacts| contacts.0).sum();
        *flows.entry((flow.stream.index(), tier)).or_default() += contacts;
    }
    let flows = flows.into_iter().map(|((stream, tier), contacts)| FlowFile {
        stream: scenario.stream_title(crate::id::StreamId::at(stream)),
        tier: scenario.names.tiers.of(crate::id::TierId::at(tier)),
        contacts: rounded(contacts),
    });
    let inside =
        routing.gaps.iter().filter(|gap| gap.from < gap.to && gap.to <= calendar.intervals());
    let gaps = inside.map(|gap| GapFile {
        stream: scenario.stream_title(gap.stream),
        kind: gap.kind,
        start: calendar.stamp(calendar.interval(gap.from).start),
        end: calendar.stamp(calendar.interval(gap.to - 1).end),
    });
    let unserved: f64 = routing.unserved.iter().flatten().map(|contacts| contacts.0).sum();
    RoutingFile {
        flows: flows.collect(),
        gaps: gaps.collect(),
        unserved_contacts: rounded(unserved),
    }
}
