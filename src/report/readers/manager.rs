//! What a manager asks: the week at a glance, is it covered, who works when, what is to be mended?

use super::{bands, groups_of_week, lines, source, title};
use crate::plan::Plan;
use crate::report::messages::say;
use crate::report::{Coverage, Report, Section, Table, audit, plan as parts, words};
use crate::review::{Frozen, Week};
use crate::scenario::Scenario;
use crate::strain::SMALLEST_GROUP;

/// Most shortages listed.
const WORST: usize = 10;

/// The report for the manager of a team.
#[must_use]
pub fn manager(plan: &Plan, week: &Week, published: &[Frozen], scenario: &Scenario) -> Report {
    let roster = &plan.assigned.roster;
    let coverage = Coverage::of(&plan.requirement, roster, scenario);
    let mut head = parts::headline(plan, &coverage, scenario);
    head.sentences.push(source(week));
    let tiles: Table = parts::tiles(plan, &coverage, scenario);
    let mut sections = vec![Section { table: Some(tiles), ..head }];
    if !plan.compliance.breaches.is_empty() {
        sections.push(audit::breaches(&plan.compliance, &scenario.packs, &scenario.names.agents));
    }
    sections.push(parts::shortages(&coverage, scenario, WORST));
    sections.extend(parts::routes(&plan.routing, scenario));
    let groups = groups_of_week(roster, scenario, published, SMALLEST_GROUP);
    if !groups.groups.is_empty() {
        sections.push(lines::of_plan(plan, scenario));
    }
    sections.push(parts::demand(plan, &coverage, scenario));
    sections.push(parts::targets(&plan.kpis, scenario));
    sections.push(parts::roster(roster, scenario));
    sections.push(parts::load(&plan.routing, &coverage, scenario));
    sections.push(bands::bands(&plan.strain, roster, &groups, SMALLEST_GROUP, scenario));
    Report {
        schema: "evenkeel.report_manager/1",
        title: title(say("reader-manager"), scenario, words::horizon(scenario)),
        sections,
    }
}
