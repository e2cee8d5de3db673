//! What a week changed for what happened comes to: who changes and why, what it does, what could be offered.

use super::diff::{Change, changes};
use super::figures::{amount, fixed, hours};
use super::messages::{say, say_with};
use super::reasons::{Reasons, in_words};
use super::{Cell, Column, Coverage, Report, Section, Table, plan, strain, words};
use crate::compliance::{Breach, Compliance, Severity};
use crate::id::Id;
use crate::kpi::Kpis;
use crate::replan::{Judged, Replan, Swap};
use crate::roster::Roster;
use crate::roster::keep::WORTH_A_PERSON;
use crate::roster::offers::OfferKind;
use crate::scenario::Scenario;
use crate::units::{Minutes, Moment};

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
    } else {
        say_with("absent-no", &[("left", hours(replan.left).into())])
    };
    Report { schema: "evenkeel.absent_report/1", title, sections: sections(replan, head) }
}

/// Whether what opens can be covered within the rules.
pub(super) fn may_be_away(replan: &Replan) -> bool {
    replan.left < WORTH_A_PERSON
        && replan.after.compliance.hard() <= replan.before.compliance.hard()
}

fn sections(replan: &Replan, head: Section) -> Vec<Section> {
    let scenario = &replan.scenario;
    let mut all = vec![head, changed(replan)];
    all.extend(so_far(replan));
    all.extend(offers(replan));
    all.push(effect(replan));
    all.push(targets(&replan.before.kpis, &replan.after.kpis, scenario));
    all.push(rules(&replan.before, &replan.after, scenario));
    all.push(Section { picture: None, ..strain::bands(&replan.after.strain, scenario) });
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
    let people = replan.changed.len();
    let opened = ("opened", hours(replan.opened).into());
    sentences.push(if replan.opened < WORTH_A_PERSON {
        say("replan-nothing-opened")
    } else if people == 0 {
        say_with("replan-nobody-helps", &[opened])
    } else {
        let left = ("left", hours(replan.left.max(0.0)).into());
        say_with("replan-people", &[("people", people.into()), opened, left])
    });
    sentences.extend(notice(replan));
    sentences.extend(left_open(replan));
    Section { key: "answer", sentences, ..Section::default() }
}

/// What the law says of changes so late, where any are.
fn notice(replan: &Replan) -> Option<String> {
    let rule = replan.notice.as_ref()?;
    let late: Vec<Change> =
        all_changes(replan).into_iter().filter(|own| is_late(own, replan)).collect();
    if late.is_empty() {
        return None;
    }
    Some(say_with(
        "replan-inside-notice",
        &[
            ("count", late.len().into()),
            ("hours", rule.hours.to_string().into()),
            ("rule", rule.id.as_str().into()),
            ("source", rule.source.as_str().into()),
        ],
    ))
}

/// Whether a change comes later than the law's notice lets it be told.
pub(super) fn is_late(change: &Change, replan: &Replan) -> bool {
    let starts = change.before.iter().chain(&change.after).map(crate::duty::Duty::start);
    starts.min().is_some_and(|start: Moment| start < replan.told_from)
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
    let worth = ("minutes", fixed(WORTH_A_PERSON, 0).into());
    told.push(say_with("replan-not-worth", &[("left", hours(replan.left).into()), worth]));
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

fn effect(replan: &Replan) -> Section {
    let scenario = &replan.scenario;
    let short = |need, roster: &Roster| Coverage::of(need, roster, scenario).shortfall_minutes;
    let figures = [
        short(&replan.expected, &replan.meant),
        short(&replan.requirement, &replan.standing),
        short(&replan.requirement, &replan.roster),
    ];
    let rosters = [&replan.meant, &replan.standing, &replan.roster];
    let row = |title: &str, cells: [String; 3]| {
        std::iter::once(Cell::text(title)).chain(cells.map(Cell::text)).collect::<Vec<Cell>>()
    };
    let wages = rosters.map(|roster| amount(plan::wages(roster, scenario), &scenario.currency));
    let rows = vec![
        row(&say("effect-shortfall"), figures.map(hours)),
        row(&say("effect-cost"), wages),
        row(&say("effect-paid"), rosters.map(|roster| hours(roster.paid().real()))),
    ];
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("meant", say("column-meant")),
        Column::figures("unrepaired", say("column-unrepaired")),
        Column::figures("changed", say("column-changed")),
    ];
    Section {
        key: "effect",
        title: say("section-effect"),
        sentences: Vec::new(),
        table: Some(Table { columns, rows }),
        picture: None,
    }
}

/// Each target before and after, with the same chances.
fn targets(before: &Kpis, after: &Kpis, scenario: &Scenario) -> Section {
    let pairs = before.verdicts.iter().zip(&after.verdicts);
    let rows = pairs.filter_map(|(before, after)| {
        let target = words::target_of(after, scenario)?;
        Some(vec![
            Cell::text(scenario.queue(after.queue).title.as_str()),
            Cell::text(words::target(target)),
            Cell::estimated(before.estimate),
            Cell::estimated(after.estimate),
            Cell::Verdict(after.judgement),
        ])
    });
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::words("before", say("column-before")),
        Column::words("after", say("column-after")),
        Column::words("verdict", say("column-verdict")),
    ];
    let weeks = [("weeks", after.replications.into())];
    Section {
        key: "targets",
        title: say("section-targets"),
        sentences: vec![say_with("same-chances", &weeks)],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// Breaches that were not there before, or are worse.
pub(super) fn new_breaches<'a>(before: &Compliance, after: &'a Compliance) -> Vec<&'a Breach> {
    let is_old = |breach: &&Breach| {
        before.breaches.iter().any(|old| {
            (&old.rule, old.agent, old.date) == (&breach.rule, breach.agent, breach.date)
                && old.by_minutes >= breach.by_minutes
        })
    };
    after.breaches.iter().filter(|breach| !is_old(breach)).collect()
}

fn rules(before: &Judged, after: &Judged, scenario: &Scenario) -> Section {
    let new = new_breaches(&before.compliance, &after.compliance);
    broken(&new, scenario)
}

fn broken(new: &[&Breach], scenario: &Scenario) -> Section {
    let hard = new.iter().filter(|breach| breach.severity == Severity::Hard).count();
    let sentence = match (hard, new.len()) {
        (0, 0) => say("no-new-breach"),
        (0, count) => say_with("new-soft-breaches", &[("count", count.into())]),
        (hard, _) => say_with("new-hard-breaches", &[("count", hard.into())]),
    };
    let rows: Vec<Vec<Cell>> = new
        .iter()
        .map(|breach| {
            vec![
                Cell::text(super::audit::severity(breach.severity)),
                Cell::text(breach.date.to_string()),
                Cell::text(super::audit::whose(breach, &scenario.names.agents)),
                Cell::text(breach.rule.as_str()),
                Cell::text(in_words(breach.by_minutes)),
                Cell::text(breach.source.as_str()),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("severity", say("column-severity")),
        Column::words("date", say("column-date")),
        Column::words("agent", say("column-person")),
        Column::words("rule", say("column-rule")),
        Column::words("by", say("column-by")),
        Column::words("source", say("column-source")),
    ];
    Section {
        key: "rules",
        title: say("section-breaches"),
        sentences: vec![sentence],
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}

/// Whether a swap may be made.
pub(super) fn may_swap(swap: &Swap) -> bool {
    swap.is_legal() && swap.is_covered()
}

/// Whether two people may swap.
#[must_use]
pub fn swap(swap: &Swap, roster: &Roster, scenario: &Scenario) -> Report {
    let calendar = &scenario.calendar;
    let name = |place: usize| scenario.names.agents.of(swap.pair[place].agent).to_owned();
    let more = swap.short[1] - swap.short[0];
    let title = match (swap.is_legal(), swap.is_covered()) {
        (true, true) => say("swap-yes"),
        (false, _) => say("swap-no-rules"),
        (true, false) => say_with("swap-no-cover", &[("more", hours(more).into())]),
    };
    let mut sentences = vec![plan::title(scenario)];
    for (place, own) in swap.pair.iter().enumerate() {
        let other = swap.pair[1 - place];
        let duties = crate::replan::duties_on(roster, other, scenario);
        let each: Vec<String> =
            duties.iter().map(|duty| plan::duty_in_words(duty, scenario)).collect();
        let day = words::day(calendar, calendar.at(other.date, crate::calendar::ClockTime(0)));
        let mentions =
            [("name", name(place).into()), ("day", day.into()), ("duty", each.join("; ").into())];
        sentences.push(say_with("swap-takes", &mentions));
        if own.date != other.date {
            let day = words::day(calendar, calendar.at(own.date, crate::calendar::ClockTime(0)));
            sentences
                .push(say_with("swap-gives", &[("name", name(place).into()), ("day", day.into())]));
        }
    }
    sentences.push(if more.abs() < 1.0 {
        say("swap-cover-same")
    } else if more > 0.0 {
        say_with("swap-cover-less", &[("minutes", hours(more).into())])
    } else {
        say_with("swap-cover-more", &[("minutes", hours(-more).into())])
    });
    for (place, only) in swap.only.iter().enumerate() {
        if !only.is_empty() {
            let queues: Vec<String> =
                only.iter().map(|&queue| scenario.queue(queue).title.clone()).collect();
            let mentions = [("name", name(place).into()), ("queues", words::list(&queues).into())];
            sentences.push(say_with("swap-only", &mentions));
        }
    }
    let [before, after] = swap.wishes_missed;
    if before != after {
        let mentions = [("before", before.to_string().into()), ("after", after.to_string().into())];
        sentences.push(say_with("swap-wishes", &mentions));
    }
    if let Some((rule, told)) = &swap.notice
        && told.contains(&false)
    {
        let mentions = [
            ("hours", rule.hours.to_string().into()),
            ("rule", rule.id.as_str().into()),
            ("source", rule.source.as_str().into()),
        ];
        sentences.push(say_with("swap-inside-notice", &mentions));
    }
    let new: Vec<&Breach> = swap.breaches.iter().collect();
    let sections = vec![
        Section { key: "answer", sentences, ..Section::default() },
        broken(&new, scenario),
        targets(&swap.judged[0].kpis, &swap.judged[1].kpis, scenario),
        Section { picture: None, ..strain::bands(&swap.judged[1].strain, scenario) },
        alternatives(swap, roster, scenario),
    ];
    Report { schema: "evenkeel.swap_report/1", title, sections }
}

fn alternatives(swap: &Swap, roster: &Roster, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let rows: Vec<Vec<Cell>> = swap
        .alternatives
        .iter()
        .map(|other| {
            let duties = crate::replan::duties_on(roster, *other, scenario);
            let each: Vec<String> =
                duties.iter().map(|duty| plan::duty_in_words(duty, scenario)).collect();
            let midnight = calendar.at(other.date, crate::calendar::ClockTime(0));
            vec![
                Cell::text(scenario.names.agents.of(other.agent)),
                Cell::text(words::day(calendar, midnight)),
                Cell::text(each.join("; ")),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("agent", say("column-person")),
        Column::words("day", say("column-day")),
        Column::words("duty", say("column-duty")),
    ];
    let name = scenario.names.agents.of(swap.pair[0].agent);
    let named = [("name", name.into())];
    let lead = if rows.is_empty() {
        say_with("swap-no-others", &named)
    } else {
        say_with("swap-others", &named)
    };
    Section {
        key: "alternatives",
        title: say("section-alternatives"),
        sentences: vec![lead],
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
        picture: None,
    }
}
