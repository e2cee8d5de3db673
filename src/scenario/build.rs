//! Makes a scenario of a draft that nothing is wrong with: ids for names, moments for local times, streams and pools.

mod course;
mod demand;
mod funnel;
mod kpis;
mod ladder;
mod people;
mod pools;
pub(super) mod presence;
mod published;
mod routing;
mod staffing;

use super::draft::Draft;
use super::problem::{Found, LAW_UNKNOWN, found};
use super::shape::{AimShape, AimsPreset, AimsShape, File, OffQueueWho};
use super::{
    Adjustments, Aim, Aims, BreakPlan, Budget, NameBook, OffQueue, OffQueueFor, Scenario, WhatIf,
};
use crate::calendar::Calendar;
use crate::rules::Law;
use crate::units::{Minutes, Money, Share};

pub(super) use course::service_classes;
pub(super) use funnel::{topic, whose};
pub(super) use ladder::channel;
pub(super) use people::{Reach, packs_of, start_times, week};

/// Times the weeks that are always played that are played at most to decide a close target. *Assumption.*
const MORE_WEEKS: usize = 4;

/// The scenario of a draft that passed every check.
pub(super) fn scenario(
    draft: &Draft,
    adjust: &Adjustments,
    input_hash: String,
) -> Result<Scenario, Vec<Found>> {
    let calendar = draft.calendar.as_ref().expect("a draft without a calendar has problems");
    let file = &draft.file;
    let law =
        law(&file.law).map_err(|cause| vec![found(LAW_UNKNOWN, draft.places.at("law"), cause)])?;
    let names = names(draft);
    let complexities = ladder::complexities(file);
    let tiers = ladder::tiers(file, &names);
    let queues = ladder::queues(draft, &names, calendar);
    let streams = pools::streams(&queues, &tiers, draft, &names);
    let mut agents = people::agents(draft, &names, calendar);
    let quality = kpis::quality(draft, &names);
    kpis::reserve_reviews(&quality, &mut agents, calendar.horizon());
    let pools = pools::pools(&mut agents, draft, &names, &tiers, &queues, &streams);
    let demand = demand::demand(draft, &names, calendar, &queues, &streams);
    let (drivers, funnel) = (funnel::drivers(draft, &names), funnel::funnel(draft, &names));
    let flows = demand::flows(draft, &names);
    let published = published::published(draft, &names, &law, calendar);
    let minimum_presence = presence::rules(draft, &names.agents, &published, calendar);
    Ok(Scenario {
        name: file.name.clone().unwrap_or_default(),
        currency: file.currency.clone(),
        complexities,
        tiers,
        queues,
        streams,
        pools,
        shifts: ladder::shifts(draft, &names),
        breaks: breaks(draft),
        longest_stretch: Minutes(file.longest_stretch_minutes),
        off_queue: off_queue(draft),
        kpis: kpis::kpis(draft, &names),
        quality,
        agents,
        minimum_presence,
        law,
        packs: packs(file),
        demand,
        drivers,
        funnel,
        flows,
        staffing: staffing::sizing(file),
        routing: routing::policy(file),
        what_if: what_if(file),
        recovery: Minutes(file.recovery_minutes),
        switching_efficiency: Share::clamped(file.switching_efficiency),
        utilisation: Share::clamped(file.utilisation),
        notice_days: file.notice_days,
        aims: Aims { counts_strain: file.count_strain, ..aims(&file.aims) },
        seed: adjust.seed.unwrap_or(file.seed),
        budget: Budget {
            rounds: file.budget.rounds,
            nodes: file.budget.nodes,
            replications: adjust.replications.unwrap_or(file.budget.replications),
            most_replications: most_replications(&file.budget, adjust),
        },
        calendar: calendar.clone(),
        published,
        names,
        input_hash,
    })
}

/// A number of weeks asked for on the command line is played, no more and no less.
fn most_replications(budget: &super::shape::BudgetShape, adjust: &Adjustments) -> usize {
    let asked = budget.most_replications.unwrap_or(MORE_WEEKS * budget.replications);
    adjust.replications.unwrap_or(asked.max(budget.replications))
}

/// Every pack in force for someone: the team's first, then those of sites.
fn packs(file: &super::shape::File) -> Vec<String> {
    let mut packs: Vec<String> = Vec::new();
    for pack in file.law.iter().chain(file.sites.iter().flat_map(|site| &site.law)) {
        if !packs.contains(pack) {
            packs.push(pack.clone());
        }
    }
    packs
}

/// The rules of packs; no packs, no rules.
pub(super) fn law(packs: &[String]) -> Result<Law, String> {
    if packs.is_empty() { Ok(Law::default()) } else { Law::of(packs) }
}

/// Hours as whole minutes, where they are.
pub(super) fn whole_minutes(hours: f64) -> Option<Minutes> {
    let minutes = nearest_minutes(hours);
    ((minutes.real() - hours * 60.0).abs() < 1e-6).then_some(minutes)
}

/// Hours to the nearest minute.
#[expect(clippy::cast_possible_truncation, reason = "hours read are below a million")]
pub(super) fn nearest_minutes(hours: f64) -> Minutes {
    Minutes((hours * 60.0).round() as i64)
}

fn what_if(file: &File) -> WhatIf {
    let shape = &file.what_if;
    let money = |amount: f64| Money::from_decimal(amount).unwrap_or_default();
    WhatIf {
        recruiting_share: shape.recruiting_share,
        weeks_to_hire: shape.weeks_to_hire,
        weeks_until_rehired: shape.weeks_until_rehired,
        contact_kept_away: money(shape.cost_per_contact_kept_away),
        admin_hour_automated: money(shape.cost_per_admin_hour_automated),
        ramp_weeks: file.ramp.weeks,
        ramp_start: file.ramp.start_factor,
    }
}

fn names(draft: &Draft) -> NameBook {
    let file = &draft.file;
    let mut names = NameBook {
        complexities: draft.names("complexities", file.complexities.iter().map(|class| &class.id)),
        tiers: draft.names("tiers", file.tiers.iter().map(|tier| &tier.id)),
        queues: draft.names("queues", draft.queues().iter().map(|queue| &queue.id)),
        shifts: draft.names("shifts", draft.shifts().iter().map(|shift| &shift.id)),
        agents: draft.names("agents", draft.people.rows.iter().map(|person| &person.id)),
        ..NameBook::default()
    };
    let wanted = draft.queues().iter().filter_map(|queue| queue.skill.as_ref());
    let held = draft.people.rows.iter().flat_map(|person| &person.skills);
    // Skills have no list of their own; in the order of letters, pools come alike however files are arranged.
    let skills: std::collections::BTreeSet<&String> = wanted.chain(held).collect();
    for skill in skills {
        let _ = names.skills.add(skill);
    }
    names
}

fn breaks(draft: &Draft) -> Vec<BreakPlan> {
    let mut plans: Vec<BreakPlan> = draft
        .file
        .breaks
        .iter()
        .map(|plan| BreakPlan {
            from: nearest_minutes(plan.from_hours),
            pauses: plan.pauses_minutes.iter().map(|&length| Minutes(length)).collect(),
            meal: plan.meal_minutes.map(Minutes),
        })
        .collect();
    plans.sort_by_key(|plan| plan.from);
    plans
}

fn off_queue(draft: &Draft) -> Vec<OffQueue> {
    let owed = draft.file.off_queue.iter().map(|work| OffQueue {
        title: work.title.clone(),
        length: Minutes(work.minutes),
        who: match work.who {
            OffQueueWho::Everyone => OffQueueFor::Everyone,
            OffQueueWho::RampAndMentors => OffQueueFor::RampAndMentors,
        },
    });
    owed.collect()
}

fn aims(shape: &AimsShape) -> Aims {
    use Aim::{Cost, Fairness, NoRed, Service, Strain};
    let (preset, order) = match shape {
        AimsShape::Preset(AimsPreset::PeopleFirst) => {
            ("people-first", vec![NoRed, Service, Strain, Fairness, Cost])
        }
        AimsShape::Preset(AimsPreset::ServiceFirst) => {
            ("service-first", vec![Service, NoRed, Strain, Fairness, Cost])
        }
        AimsShape::Preset(AimsPreset::CostFirst) => {
            ("cost-first", vec![NoRed, Service, Cost, Strain, Fairness])
        }
        AimsShape::Order(order) => ("own order", order.iter().copied().map(aim).collect()),
    };
    Aims { preset: preset.to_owned(), order, counts_strain: true }
}

fn aim(shape: AimShape) -> Aim {
    match shape {
        AimShape::NoRed => Aim::NoRed,
        AimShape::Service => Aim::Service,
        AimShape::Strain => Aim::Strain,
        AimShape::Fairness => Aim::Fairness,
        AimShape::Cost => Aim::Cost,
    }
}

/// The horizon with a day either side, as far as anyone's hours are looked at.
fn window(calendar: &Calendar) -> crate::units::Span {
    let midnight = crate::calendar::ClockTime(0);
    let after = calendar.date(calendar.days() + 1);
    let start = calendar.at(calendar.first().plus(-1), midnight);
    crate::units::Span::new(start, calendar.at(after, midnight))
}
