//! The contract of a play.

use super::staffing::{RungFile, rungs};
use super::text;
use super::verdicts::{VerdictFile, verdicts};
use crate::kpi::{Estimate, Kpis};
use crate::plan::ladder::Climbed;
use crate::report::figures::rounded;
use crate::scenario::Scenario;
use crate::strain::{Bands, Strain};
use serde::Serialize;

/// The contract of a play, `evenkeel.simulation/1`; the caller has measured the time.
#[must_use]
pub fn simulation(
    kpis: &Kpis,
    strain: &Strain,
    ladder: &[Climbed],
    scenario: &Scenario,
    cpu_seconds: f64,
) -> String {
    #[derive(Serialize)]
    struct QueueFile<'a> {
        queue: &'a str,
        offered: EstimateFile,
        service_level: Option<EstimateFile>,
        abandonment: Option<EstimateFile>,
        mean_wait_minutes: Option<EstimateFile>,
        first_response_minutes: Option<EstimateFile>,
        first_response_business_minutes: Option<EstimateFile>,
        backlog: EstimateFile,
    }
    #[derive(Serialize)]
    struct TierFile<'a> {
        tier: &'a str,
        people: usize,
        occupancy: Option<EstimateFile>,
        utilisation: Option<EstimateFile>,
        share_of_contacts: Option<EstimateFile>,
        strain: Option<Bands>,
    }
    #[derive(Serialize)]
    struct File<'a> {
        schema: &'static str,
        seed: u64,
        input_hash: &'a str,
        replications: usize,
        verdicts: Vec<VerdictFile<'a>>,
        by_queue: Vec<QueueFile<'a>>,
        by_tier: Vec<TierFile<'a>>,
        kpis: super::kpis::KpisFile<'a>,
        contacts: u64,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        ladder: Vec<RungFile<'a>>,
        cpu_seconds: f64,
    }
    let queues = kpis.queues.iter().map(|own| QueueFile {
        queue: scenario.names.queues.of(own.queue),
        offered: EstimateFile::of(own.offered),
        service_level: own.service_level.map(EstimateFile::of),
        abandonment: own.abandonment.map(EstimateFile::of),
        mean_wait_minutes: own.mean_wait.map(EstimateFile::of),
        first_response_minutes: own.first_response.map(EstimateFile::of),
        first_response_business_minutes: own.first_response_business.map(EstimateFile::of),
        backlog: EstimateFile::of(own.backlog),
    });
    let strain_of =
        |tier| strain.tiers.iter().find(|(own, _)| *own == tier).map(|(_, bands)| *bands);
    let tiers = kpis.tiers.iter().map(|own| TierFile {
        tier: scenario.names.tiers.of(own.tier),
        people: own.people,
        occupancy: own.live_occupancy.map(EstimateFile::of),
        utilisation: own.utilisation.map(EstimateFile::of),
        share_of_contacts: own.share_of_contacts.map(EstimateFile::of),
        strain: strain_of(own.tier),
    });
    text(&File {
        schema: "evenkeel.simulation/1",
        seed: scenario.seed,
        input_hash: &scenario.input_hash,
        replications: kpis.replications,
        verdicts: verdicts(kpis, scenario),
        by_queue: queues.collect(),
        by_tier: tiers.collect(),
        kpis: super::kpis::kpis(kpis, scenario),
        contacts: kpis.contacts,
        ladder: rungs(ladder, scenario),
        cpu_seconds: rounded(cpu_seconds),
    })
}

/// An estimate with its interval.
#[derive(Serialize)]
pub(super) struct EstimateFile {
    pub(super) value: f64,
    low: f64,
    high: f64,
}

impl EstimateFile {
    pub(super) fn of(estimate: Estimate) -> EstimateFile {
        EstimateFile {
            value: rounded(estimate.value),
            low: rounded(estimate.low),
            high: rounded(estimate.high),
        }
    }
}
