//! The contracts of a changed week, an absence and a swap.

use serde_json::{Value, json};

use super::text;
use super::verdicts::verdicts;
use crate::calendar::Calendar;
use crate::compliance::Breach;
use crate::duty::Duty;
use crate::kpi::Kpis;
use crate::replan::{DutyOf, Replan, Swap, duties_on};
use crate::report::diff::Change;
use crate::report::figures::rounded;
use crate::report::reasons::Reasons;
use crate::report::replan::tiring::Tiring;
use crate::report::{Coverage, plan, replan as rows};
use crate::review::Cause;
use crate::roster::Roster;
use crate::scenario::Scenario;

/// The contract of a changed week, `evenkeel.replan/1`.
#[must_use]
pub fn replan(replan: &Replan) -> String {
    text(&file("evenkeel.replan/1", replan))
}

/// The contract of an absence, `evenkeel.absent/1`.
#[must_use]
pub fn absent(replan: &Replan) -> String {
    let mut file = file("evenkeel.absent/1", replan);
    file["answer"] = json!(yes_or_no(rows::may_be_away(replan)));
    text(&file)
}

fn yes_or_no(is_yes: bool) -> &'static str {
    if is_yes { "yes" } else { "no" }
}

fn file(schema: &str, replan: &Replan) -> Value {
    let scenario = &replan.scenario;
    let calendar = &scenario.calendar;
    let names = &scenario.names;
    let short =
        |need, roster: &Roster| rounded(Coverage::of(need, roster, scenario).shortfall_minutes);
    let cost = |roster: &Roster| rounded(plan::wages(roster, scenario).decimal());
    let reasons = Reasons::of(replan);
    let all = rows::all_changes(replan);
    let longest = replan.notices.longest();
    let told_from = longest.map_or(replan.now, |(_, from)| from);
    let tiring = rows::tiring::of(replan);
    let change = |change: &Change| {
        let late = rows::is_late(change, replan);
        json!({
            "agent": names.agents.of(change.agent),
            "date": calendar.date(change.day).to_string(),
            "before": duties(&change.before, calendar),
            "after": duties(&change.after, calendar),
            "covers": reasons.covers(change).iter().map(|covered| json!({
                "queue": names.queues.of(covered.queue),
                "start": calendar.stamp(covered.span.start),
                "end": calendar.stamp(covered.span.end),
            })).collect::<Vec<Value>>(),
            "inside_notice": late.is_some(),
            "notice_rule": late.map(|rule| &rule.id),
            "may_refuse": late.is_some_and(|rule| rule.may_refuse),
            "premium_minutes": late.map_or(0, |rule| {
                rule.premium_for(&change.before, &change.after).0
            }),
            "reason": reasons.say(change),
        })
    };
    json!({
        "schema": schema,
        "first": scenario.first().to_string(),
        "seed": scenario.seed,
        "input_hash": scenario.input_hash,
        "now": calendar.stamp(replan.now),
        "now_assumed": replan.is_now_assumed,
        "told_from": calendar.stamp(told_from),
        "notice": longest.map(|(rule, _)| json!({
            "rule": rule.id,
            "hours": rule.hours,
            "source": rule.source,
            "may_refuse": rule.may_refuse,
            "changes_inside": all.iter().filter(|own| rows::is_late(own, replan).is_some()).count(),
        })),
        "away": replan.away.iter().map(|(agent, span)| json!({
            "agent": names.agents.of(*agent),
            "start": calendar.stamp(span.start),
            "end": calendar.stamp(span.end),
        })).collect::<Vec<Value>>(),
        "so_far": replan.so_far.iter().map(|own| json!({
            "queue": names.queues.of(own.queue),
            "date": calendar.date(own.day).to_string(),
            "came": rounded(own.came),
            "expected": rounded(own.expected),
            "factor": rounded(own.factor),
        })).collect::<Vec<Value>>(),
        "opened_minutes": rounded(replan.opened),
        "left_minutes": rounded(replan.left),
        "people_changed": replan.changed.len(),
        "changes": all.iter().map(change).collect::<Vec<Value>>(),
        "offers": replan.offers.iter().map(|offer| json!({
            "agent": names.agents.of(offer.agent),
            "offer": rows::offer_name(offer.kind),
            "start": calendar.stamp(offer.span.start),
            "end": calendar.stamp(offer.span.end),
            "repairs_minutes": rounded(offer.repairs),
        })).collect::<Vec<Value>>(),
        "shortfall_minutes": {
            "meant": short(&replan.expected, &replan.meant),
            "unrepaired": short(&replan.requirement, &replan.standing),
            "changed": short(&replan.requirement, &replan.roster),
        },
        "late_minutes": {
            "meant": rounded(replan.late[0]),
            "unrepaired": rounded(replan.late[1]),
            "changed": rounded(replan.late[2]),
        },
        "cost": {
            "meant": cost(&replan.meant),
            "unrepaired": cost(&replan.standing),
            "changed": cost(&replan.roster),
        },
        "currency": scenario.currency,
        "breaches": replan.after.compliance.hard(),
        "presence_missed": presence_missed(replan),
        "new_breaches": rows::new_breaches(&replan.audit_meant, &replan.after.compliance)
            .into_iter().map(|breach| self::breach(breach, scenario)).collect::<Vec<Value>>(),
        "verdicts_before": verdicts_of(&replan.before.kpis, scenario),
        "verdicts": verdicts_of(&replan.after.kpis, scenario),
        "strain_before": tiring.bands_before(),
        "strain": tiring.bands(),
        "strain_effect": places(&tiring, calendar),
    })
}

/// Times at which the changed week misses minimum presence.
fn presence_missed(replan: &Replan) -> Vec<Value> {
    let scenario = &replan.scenario;
    let calendar = &scenario.calendar;
    let bare = replan.bare[1].iter().map(|bare| {
        let rule = &scenario.minimum_presence[bare.rule];
        json!({
            "rule": rule.id,
            "start": calendar.stamp(bare.span.start),
            "end": calendar.stamp(bare.span.end),
            "there": bare.there,
            "asked": rule.at_least,
            "ruled_out": bare.is_ruled_out,
        })
    });
    bare.collect()
}

/// The contract of a swap, `evenkeel.swap/1`.
#[must_use]
pub fn swap(swap: &Swap, roster: &Roster, scenario: &Scenario) -> String {
    let calendar = &scenario.calendar;
    let names = &scenario.names;
    let duty = |own: &DutyOf| {
        json!({
            "agent": names.agents.of(own.agent),
            "date": own.date.to_string(),
            "duties": duties(&duties_on(roster, *own, scenario), calendar),
        })
    };
    let only = swap
        .only
        .each_ref()
        .map(|queues| queues.iter().map(|&queue| names.queues.of(queue)).collect::<Vec<&str>>());
    let asked = swap.notices.iter().flatten().map(|(rule, _)| rule);
    let notice = asked.max_by_key(|rule| rule.hours);
    let tiring = rows::tiring::of_swap(swap, roster, scenario);
    let breaches = swap.breaches.iter().map(|own| breach(own, scenario));
    text(&json!({
        "schema": "evenkeel.swap/1",
        "answer": yes_or_no(rows::may_swap(swap)),
        "legal": swap.is_legal(),
        "covered": swap.is_covered(),
        "swap": swap.pair.iter().map(duty).collect::<Vec<Value>>(),
        "breaches": breaches.collect::<Vec<Value>>(),
        "ahead": swap.is_ahead(),
        "notice": notice.map(|rule| json!({
            "rule": rule.id,
            "hours": rule.hours,
            "source": rule.source,
            "may_refuse": rule.may_refuse,
            "in_time": swap.notices.each_ref().map(|own| own.as_ref().is_none_or(|own| own.1)),
        })),
        "shortfall_minutes": { "before": rounded(swap.short[0]), "after": rounded(swap.short[1]) },
        "wishes_missed": { "before": swap.wishes_missed[0], "after": swap.wishes_missed[1] },
        "only_the_first_takes": only[0],
        "only_the_second_takes": only[1],
        "verdicts_before": verdicts_of(&swap.judged[0].kpis, scenario),
        "verdicts": verdicts_of(&swap.judged[1].kpis, scenario),
        "strain_before": tiring.bands_before(),
        "strain": tiring.bands(),
        "strain_effect": places(&tiring, calendar),
        "alternatives": swap.alternatives.iter().map(duty).collect::<Vec<Value>>(),
    }))
}

fn duties(duties: &[Duty], calendar: &Calendar) -> Vec<Value> {
    let duty = |duty: &Duty| json!({ "start": calendar.stamp(duty.start()), "end": calendar.stamp(duty.end()) });
    duties.iter().map(duty).collect()
}

fn breach(breach: &Breach, scenario: &Scenario) -> Value {
    json!({
        "rule": breach.rule,
        "kind": breach.kind,
        "severity": breach.severity,
        "agent": breach.agent.map(|agent| scenario.names.agents.of(agent)),
        "date": breach.date.to_string(),
        "by_minutes": breach.by_minutes.0,
        "source": breach.source,
        "repair": breach.repair,
    })
}

fn verdicts_of(kpis: &Kpis, scenario: &Scenario) -> Value {
    json!(verdicts(kpis, scenario))
}

/// Places of the plan that are more or less tiring than before.
fn places(tiring: &Tiring<'_>, calendar: &Calendar) -> Vec<Value> {
    let figures = |cause: &Cause| json!({ "count": cause.count, "worst": rounded(cause.worst) });
    let places = tiring.places.iter().filter_map(|place| {
        let cause = place.after.as_ref().or(place.before.as_ref())?;
        Some(json!({
            "component": cause.component,
            "from": calendar.stamp(cause.from),
            "to": calendar.stamp(cause.to),
            "before": place.before.as_ref().map(figures),
            "after": place.after.as_ref().map(figures),
        }))
    });
    places.collect()
}
