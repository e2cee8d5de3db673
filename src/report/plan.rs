//! What a manager reads after planning: one screen for the terminal, and the parts of the whole page.

mod cost;
mod demand;
mod headline;
mod levels;
mod load;
mod roster;
mod rules;
mod shortages;
mod targets;

pub(super) use cost::wages;
pub(super) use demand::demand;
pub(super) use headline::{headline, tiles};
pub(super) use load::load;
pub(super) use roster::{activity, duty_in_words, roster};
pub(super) use shortages::{routes, shortages};
pub(super) use targets::targets;

use super::course::course;
use super::messages::say_with;
use super::{
    Coverage, Report, Section, beside_strain, funnel::funnel, kpis, pursuit, strain, words,
};
use crate::plan::Plan;
use crate::scenario::Scenario;
use cost::cost;
use headline::next;
use levels::levels;
use rules::{breaches, rules};

/// Most shortages the terminal lists.
const WORST: usize = 5;

/// One screen: coverage, targets, shortages, routes, rules, strain, cost, what the plan is worth, and next steps.
#[must_use]
pub fn plan_summary(plan: &Plan, scenario: &Scenario) -> Report {
    let coverage = Coverage::of(&plan.requirement, &plan.assigned.roster, scenario);
    let mut short = shortages(&coverage, scenario, WORST);
    short.picture = None;
    let mut judged = Section { picture: None, ..targets(&plan.kpis, scenario) };
    judged.sentences.extend(pursuit::sentences(plan, scenario));
    judged.sentences.extend(kpis::short(&plan.kpis, scenario));
    let mut sections = vec![headline(plan, &coverage, scenario), judged, short];
    sections.extend(routes(&plan.routing, scenario));
    let funnel = funnel(&plan.demand, plan.triage.as_ref(), scenario);
    sections.extend(funnel.map(|section| Section { picture: None, ..section }));
    let work = course(&plan.kpis, &plan.workload, scenario);
    sections.extend(work.map(|section| Section { picture: None, ..section }));
    sections.extend(breaches(&plan.compliance));
    sections.push(Section { picture: None, ..strain::bands(&plan.strain, scenario) });
    sections.push(levels(&plan.assigned, scenario));
    sections.push(next(plan, &coverage));
    Report { schema: "evenkeel.plan_summary/1", title: title(scenario), sections }
}

/// The whole page, with pictures.
#[must_use]
pub fn page(plan: &Plan, scenario: &Scenario) -> Report {
    let coverage = Coverage::of(&plan.requirement, &plan.assigned.roster, scenario);
    let head = headline(plan, &coverage, scenario);
    let mut judged = targets(&plan.kpis, scenario);
    judged.sentences.extend(pursuit::sentences(plan, scenario));
    let mut sections =
        vec![Section { table: Some(tiles(plan, &coverage, scenario)), ..head }, judged];
    sections.extend(funnel(&plan.demand, plan.triage.as_ref(), scenario));
    sections.extend([demand(plan, &coverage, scenario), shortages(&coverage, scenario, 2 * WORST)]);
    sections.extend(routes(&plan.routing, scenario));
    sections.push(roster(&plan.assigned.roster, scenario));
    sections.push(load(&plan.routing, &coverage, scenario));
    sections.extend(course(&plan.kpis, &plan.workload, scenario));
    sections.extend(kpis::sections(&plan.kpis, scenario));
    sections.push(strain::bands(&plan.strain, scenario));
    sections.extend(strain::components(&plan.strain));
    sections.extend(beside_strain::companions(&plan.strain, scenario));
    sections.extend(beside_strain::played(&plan.kpis, scenario));
    sections.extend(rules(&plan.compliance, scenario));
    sections.push(cost(&plan.assigned.roster, scenario));
    sections.push(levels(&plan.assigned, scenario));
    Report { schema: "evenkeel.page/1", title: title(scenario), sections }
}

/// What the plan is about: the team and the week.
pub(super) fn title(scenario: &Scenario) -> String {
    say_with(
        "plan-title",
        &[("name", scenario.name.as_str().into()), ("horizon", words::horizon(scenario).into())],
    )
}
