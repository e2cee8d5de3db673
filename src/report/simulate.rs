//! What a roster played against chance came to.

use super::figures::fixed;
use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table, plan, strain};
use crate::kpi::Kpis;
use crate::scenario::Scenario;
use crate::strain::Strain;

/// Verdicts, figures by queue and by tier, and strain, of weeks played.
#[must_use]
pub fn simulate(kpis: &Kpis, strain: &Strain, scenario: &Scenario) -> Report {
    let mut verdicts = plan::targets(kpis, scenario);
    verdicts.picture = None;
    let mut bands = strain::bands(strain, scenario);
    bands.picture = None;
    let figures = super::kpis::of_team(kpis, scenario);
    let sections =
        vec![verdicts, by_queue(kpis, scenario), by_tier(kpis, scenario), figures, bands];
    Report { schema: "evenkeel.simulation_report/1", title: plan::title(scenario), sections }
}

fn by_queue(kpis: &Kpis, scenario: &Scenario) -> Section {
    let rows = kpis.queues.iter().map(|own| {
        vec![
            Cell::text(scenario.queue(own.queue).title.as_str()),
            Cell::Figure(own.offered.value, 1),
            Cell::estimated(own.service_level),
            Cell::estimated(own.abandonment),
            Cell::wait(own.mean_wait),
            Cell::wait(own.first_response_business.or(own.first_response)),
            Cell::Figure(own.backlog.value, 1),
        ]
    });
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::figures("offered", say("column-offered")),
        Column::figures("service_level", say("column-service-level")),
        Column::figures("abandonment", say("column-abandonment")),
        Column::figures("mean_wait_minutes", say("column-mean-wait")),
        Column::figures("first_response_minutes", say("column-first-response")),
        Column::figures("backlog", say("column-backlog")),
    ];
    Section {
        key: "by_queue",
        title: say("section-by-queue"),
        sentences: vec![say_with(
            "played",
            &[
                ("contacts", fixed(real(kpis.contacts), 0).into()),
                ("weeks", kpis.replications.into()),
            ],
        )],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

fn by_tier(kpis: &Kpis, scenario: &Scenario) -> Section {
    let rows = kpis.tiers.iter().map(|own| {
        vec![
            Cell::text(scenario.tier(own.tier).title.as_str()),
            Cell::Count(own.people),
            Cell::estimated(own.live_occupancy),
            Cell::estimated(own.utilisation),
            Cell::estimated(own.share_of_contacts),
        ]
    });
    let columns = vec![
        Column::words("tier", say("column-tier")),
        Column::figures("people", say("column-people")),
        Column::figures("live_occupancy", say("column-live-occupancy")),
        Column::figures("utilisation", say("column-utilisation")),
        Column::figures("share_of_contacts", say("column-share-of-contacts")),
    ];
    Section {
        key: "by_tier",
        title: say("section-by-tier"),
        sentences: Vec::new(),
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "contacts played are far below 2^52")]
fn real(count: u64) -> f64 {
    count as f64
}
