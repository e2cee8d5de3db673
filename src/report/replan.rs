//! What a week changed for what happened comes to: who changes and why, what it does, what could be offered.

mod effect;
mod notice;
mod presence;
mod swap;
pub(super) mod tiring;

use super::diff::{Change, changes};
use super::figures::{fixed, hours};
use super::messages::{say, say_with};
use super::reasons::Reasons;
use super::{Cell, Column, Coverage, Report, Section, Table, plan, words};
use crate::id::Id;
use crate::replan::Replan;
use crate::roster::keep::WORTH_A_PERSON;
use crate::roster::offers::OfferKind;
use crate::scenario::Lock;
use crate::units::Minutes;

pub(super) use effect::new_breaches;
pub(super) use notice::is_late;
pub(super) use presence::restored;
pub(super) use swap::may_swap;
pub use swap::swap;

/// Most shortages that are told as left open.
const WORST: usize = 3;

/// A week changed for what happened.
#[must_use]
pub fn replan(replan: &Replan) -> Report {
    let sections = sections(replan, headline(replan));
    Report { schema: "evenkeel.replan_report/1", title: plan::title(&replan.scenario), sections }
}

/// Whether somebody may be away.
#[must_use]
pub fn absent(replan: &Replan) -> Report {
    let mut head = headline(replan);
    head.sentences.insert(0, plan::title(&replan.scenario));
    let title = if may_be_away(replan) {
        say("absent-yes")
    } else if replan.left < WORTH_A_PERSON {
        say("absent-no-rules")
    } else {
        say_with("absent-no", &[("left", length(replan.left).into())])
    };
    Report { schema: "evenkeel.absent_report/1", title, sections: sections(replan, head) }
}

/// Whether what opens can be covered within the rules.
pub(super) fn may_be_away(replan: &Replan) -> bool {
    replan.left < WORTH_A_PERSON && replan.after.compliance.hard() <= replan.audit_meant.hard()
}

fn sections(replan: &Replan, head: Section) -> Vec<Section> {
    let scenario = &replan.scenario;
    let mut all = vec![head, changed(replan)];
    all.extend(so_far(replan));
    all.extend(offers(replan));
    all.push(effect::effect(replan));
    all.push(effect::targets(&replan.before.kpis, &replan.after.kpis, scenario));
    all.push(effect::rules(&replan.audit_meant, &replan.after.compliance, scenario));
    all.extend(tiring::sections(&tiring::of(replan), scenario));
    all
}

fn headline(replan: &Replan) -> Section {
    let scenario = &replan.scenario;
    let calendar = &scenario.calendar;
    let mut sentences: Vec<String> = replan
        .away
        .iter()
        .map(|(agent, span)| {
            let first = words::day(calendar, span.start);
            let last = words::day(calendar, span.end - Minutes(1));
            let name = scenario.names.agents.of(*agent);
            let mentions = [
                ("name", name.into()),
                ("first", first.clone().into()),
                ("last", last.clone().into()),
            ];
            if first == last {
                say_with("away-day", &mentions)
            } else {
                say_with("away-days", &mentions)
            }
        })
        .collect();
    sentences.extend(locks(replan));
    if replan.is_now_assumed {
        let at = calendar.label(replan.now);
        sentences.push(say_with("replan-now-assumed", &[("at", at.into())]));
    }
    let people = replan.changed.len();
    let opened = ("opened", length(replan.opened).into());
    let is_bare = !replan.bare[1].is_empty();
    sentences.push(if replan.opened < WORTH_A_PERSON && people > 0 {
        let key =
            if is_bare { "replan-people-towards-presence" } else { "replan-people-for-presence" };
        say_with(key, &[("people", people.into())])
    } else if replan.opened < WORTH_A_PERSON {
        say(if is_bare { "replan-no-queue-opened" } else { "replan-nothing-opened" })
    } else if people == 0 {
        say_with("replan-nobody-helps", &[opened])
    } else {
        let left = ("left", length(replan.left.max(0.0)).into());
        say_with("replan-people", &[("people", people.into()), opened, left])
    });
    sentences.extend(presence::sentences(replan));
    sentences.extend(notice::sentences(replan));
    sentences.extend(left_open(replan));
    Section { key: "answer", sentences, ..Section::default() }
}

/// Locks that an absence sets aside.
fn locks(replan: &Replan) -> Vec<String> {
    let scenario = &replan.scenario;
    let calendar = &scenario.calendar;
    let mut told = Vec::new();
    for &(agent, span) in &replan.away {
        let held = scenario.agent(agent).locks.iter().filter(|lock| match lock {
            Lock::Work(day) => calendar.day(*day).overlap(span) > Minutes(0),
            Lock::Duty(_, duty) => duty.overlap(span) > Minutes(0),
            Lock::Off(_) => false,
        });
        for lock in held {
            let day = words::day(calendar, calendar.day(lock.day()).start);
            let name = scenario.names.agents.of(agent);
            told.push(say_with("replan-lock", &[("name", name.into()), ("day", day.into())]));
        }
    }
    told
}

/// `18 min`, and from an hour on `2.3 h`.
fn length(minutes: f64) -> String {
    if minutes < 59.5 {
        say_with("minutes-long", &[("minutes", fixed(minutes, 0).into())])
    } else {
        hours(minutes)
    }
}

/// Duties that differ between the roster without those away and the changed one.
pub(super) fn all_changes(replan: &Replan) -> Vec<Change> {
    changes(&replan.standing, &replan.roster, &replan.scenario)
}

/// Where it stays short beyond what was meant, and why nobody is moved for it.
fn left_open(replan: &Replan) -> Vec<String> {
    let scenario = &replan.scenario;
    let after = Coverage::of(&replan.requirement, &replan.roster, scenario);
    let meant = Coverage::of(&replan.expected, &replan.meant, scenario);
    if replan.left < 1.0 {
        return Vec::new();
    }
    let mut open: Vec<_> = after
        .shortages(scenario)
        .into_iter()
        .filter(|shortage| {
            let row = &meant.short[shortage.queue.index()];
            let was: f64 = (0..row.len())
                .map(|interval| {
                    let slot = scenario.calendar.interval(interval);
                    row[interval] * slot.overlap(shortage.span).real()
                })
                .sum();
            shortage.minutes - was >= 15.0 && shortage.span.end > replan.now
        })
        .collect();
    open.truncate(WORST);
    let told = open.iter().map(|shortage| {
        say_with(
            "replan-left-open",
            &[
                ("queue", scenario.queue(shortage.queue).title.as_str().into()),
                ("day", words::day(&scenario.calendar, shortage.span.start).into()),
                ("hours", words::clocks(&scenario.calendar, shortage.span).into()),
                ("people", fixed(shortage.people, 1).into()),
            ],
        )
    });
    let mut told: Vec<String> = told.collect();
    let left = ("left", length(replan.left).into());
    let worth = ("minutes", fixed(WORTH_A_PERSON, 0).into());
    let why = if replan.left < WORTH_A_PERSON { "replan-little-left" } else { "replan-not-worth" };
    told.push(say_with(why, &[left, worth]));
    told
}

fn changed(replan: &Replan) -> Section {
    let scenario = &replan.scenario;
    let reasons = Reasons::of(replan);
    let said = |duties: &[crate::duty::Duty]| {
        let each: Vec<String> =
            duties.iter().map(|duty| plan::duty_in_words(duty, scenario)).collect();
        if each.is_empty() { Cell::text(say("no-duty")) } else { Cell::text(each.join("; ")) }
    };
    let mut all = all_changes(replan);
    all.sort_by_key(|change| (change.agent, change.day));
    let rows = all.iter().map(|change| {
        vec![
            Cell::text(scenario.names.agents.of(change.agent)),
            Cell::text(words::day(&scenario.calendar, scenario.calendar.day(change.day).start)),
            said(&change.before),
            said(&change.after),
            Cell::text(reasons.say(change)),
        ]
    });
    let columns = vec![
        Column::words("agent", say("column-person")),
        Column::words("day", say("column-day")),
        Column::words("before", say("column-before")),
        Column::words("after", say("column-after")),
        Column::words("reason", say("column-reason")),
    ];
    let rows: Vec<Vec<Cell>> = rows.collect();
    let table = (!rows.is_empty()).then_some(Table { columns, rows });
    let sentences = if table.is_some() { Vec::new() } else { vec![say("replan-no-change")] };
    Section { key: "changes", title: say("section-who-changes"), sentences, table, picture: None }
}

fn so_far(replan: &Replan) -> Option<Section> {
    let scenario = &replan.scenario;
    let rows: Vec<Vec<Cell>> = replan
        .so_far
        .iter()
        .map(|own| {
            vec![
                Cell::text(scenario.queue(own.queue).title.as_str()),
                Cell::text(words::day(&scenario.calendar, scenario.calendar.day(own.day).start)),
                Cell::Figure(own.came, 0),
                Cell::Figure(own.expected, 1),
                Cell::Share(own.factor),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("day", say("column-day")),
        Column::figures("came", say("column-came")),
        Column::figures("expected", say("column-expected")),
        Column::figures("factor", say("column-rest-of-day")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "so_far",
        title: say("section-so-far"),
        sentences: vec![say("so-far-shrunk")],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

/// The name of an offer in files.
pub(super) fn offer_name(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Stay => "stay",
        OfferKind::Come => "come_early",
        OfferKind::Leave => "go_home",
    }
}

fn offers(replan: &Replan) -> Option<Section> {
    let scenario = &replan.scenario;
    let rows: Vec<Vec<Cell>> = replan
        .offers
        .iter()
        .map(|offer| {
            let what = match offer.kind {
                OfferKind::Stay => say("offer-stay"),
                OfferKind::Come => say("offer-come"),
                OfferKind::Leave => say("offer-leave"),
            };
            vec![
                Cell::text(scenario.names.agents.of(offer.agent)),
                Cell::text(what),
                Cell::text(words::day(&scenario.calendar, offer.span.start)),
                Cell::text(words::clocks(&scenario.calendar, offer.span)),
                Cell::Figure(offer.repairs, 0),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("agent", say("column-person")),
        Column::words("offer", say("column-offer")),
        Column::words("day", say("column-day")),
        Column::words("time", say("column-time")),
        Column::figures("repairs_minutes", say("column-repairs")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "offers",
        title: say("section-offers"),
        sentences: vec![say("offers-say")],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}
