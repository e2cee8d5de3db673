//! What a manager reads after planning: one screen for the terminal, and the parts of the whole page.

use super::figures::{amount, fixed, hours, percent, whole_amount};
use super::messages::{say, say_with};
use super::picture::{CoveragePanel, DayChart, DayRow, HeatMap, VerdictBar, hours_of};
use super::{Cell, Column, Coverage, Picture, Report, Section, Table, strain, words};
use crate::compliance::{Breach, Compliance};
use crate::duty::{Activity, Duty};
use crate::id::{Id, TierId};
use crate::kpi::{Judgement, Kpis};
use crate::plan::Plan;
use crate::roster::{Assigned, Level, Proof, Roster};
use crate::routing::Routing;
use crate::scenario::Scenario;
use crate::units::{Money, Span};
use std::collections::BTreeMap;

/// Most shortages the terminal lists.
const WORST: usize = 5;

/// One screen: coverage, targets, shortages, routes, rules, strain, cost, what the plan is worth, and next steps.
#[must_use]
pub fn plan_summary(plan: &Plan, scenario: &Scenario) -> Report {
    let coverage = Coverage::of(&plan.requirement, &plan.assigned.roster, scenario);
    let mut short = shortages(&coverage, scenario, WORST);
    short.picture = None;
    let mut sections = vec![
        headline(plan, &coverage, scenario),
        Section { picture: None, ..targets(&plan.kpis, scenario) },
        short,
    ];
    sections.extend(routes(&plan.routing, scenario));
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
    let mut sections = vec![
        Section { table: Some(tiles(plan, &coverage, scenario)), ..head },
        targets(&plan.kpis, scenario),
        demand(plan, &coverage, scenario),
        shortages(&coverage, scenario, 2 * WORST),
    ];
    sections.extend(routes(&plan.routing, scenario));
    sections.push(roster(&plan.assigned.roster, scenario));
    sections.push(load(&plan.routing, &coverage, scenario));
    sections.push(strain::bands(&plan.strain, scenario));
    sections.extend(strain::components(&plan.strain));
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

fn headline(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Section {
    let roster = &plan.assigned.roster;
    let working = roster.lines.iter().filter(|line| !line.duties.is_empty()).count();
    let hard = plan.compliance.hard();
    let mut sentences = vec![verdicts_in_a_sentence(&plan.kpis)];
    if let Some(share) = coverage.share() {
        sentences.push(say_with(
            "headline-coverage",
            &[
                ("share", percent(share).into()),
                ("short", hours(coverage.shortfall_minutes).into()),
                ("needed", hours(coverage.needed_minutes).into()),
            ],
        ));
    }
    sentences.push(if hard == 0 {
        say("headline-no-breaches")
    } else {
        say_with("headline-breaches", &[("count", hard.into())])
    });
    sentences.push(say_with(
        "headline-cost",
        &[
            ("people", working.into()),
            ("hours", hours(roster.paid().real()).into()),
            ("cost", amount(wages(roster, scenario), &scenario.currency).into()),
        ],
    ));
    Section { key: "headline", sentences, ..Section::default() }
}

/// The figures a reader looks for first: name, figure, note.
fn tiles(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Table {
    let verdicts = &plan.kpis.verdicts;
    let kept = verdicts.iter().filter(|verdict| verdict.judgement == Judgement::Kept).count();
    let of = |all: usize| say_with("tile-of", &[("all", all.into())]);
    let roster = &plan.assigned.roster;
    let mut rows = vec![
        vec![Cell::text(say("tile-targets")), Cell::Count(kept), Cell::text(of(verdicts.len()))],
        vec![
            Cell::text(say("tile-cover")),
            coverage.share().map_or(Cell::Nothing, Cell::Share),
            Cell::text(""),
        ],
        vec![Cell::text(say("tile-breaches")), Cell::Count(plan.compliance.hard()), Cell::text("")],
    ];
    if let Some(team) = plan.strain.team {
        rows.push(vec![
            Cell::text(say("tile-strain")),
            Cell::Count(team.red),
            Cell::text(of(team.people())),
        ]);
    }
    rows.push(vec![
        Cell::text(say("tile-cost")),
        Cell::text(whole_amount(wages(roster, scenario), &scenario.currency)),
        Cell::text(say_with("tile-paid", &[("hours", hours(roster.paid().real()).into())])),
    ]);
    let columns = vec![
        Column::words("figure", say("column-figure")),
        Column::figures("value", say("column-value")),
        Column::words("note", say("column-what")),
    ];
    Table { columns, rows }
}

/// Wages of a roster, every paid minute at its person's tier.
pub(super) fn wages(roster: &Roster, scenario: &Scenario) -> Money {
    let of = |line: &crate::duty::Line| {
        scenario.tier(scenario.agent(line.agent).tier).wage_per_hour.for_time(line.paid())
    };
    roster.lines.iter().map(of).sum()
}

fn verdicts_in_a_sentence(kpis: &Kpis) -> String {
    let count = |judgement| kpis.verdicts.iter().filter(|v| v.judgement == judgement).count();
    let (kept, missed) = (count(Judgement::Kept), count(Judgement::Missed));
    let undecided = count(Judgement::Undecided);
    if kpis.verdicts.is_empty() {
        say("headline-no-targets")
    } else if missed == 0 && undecided == 0 {
        say_with("headline-all-kept", &[("count", kept.into())])
    } else {
        say_with(
            "headline-verdicts",
            &[
                ("all", kpis.verdicts.len().into()),
                ("kept", kept.into()),
                ("missed", missed.into()),
                ("undecided", undecided.into()),
            ],
        )
    }
}

/// Each target with its verdict in words and its estimate against the goal.
pub(super) fn targets(kpis: &Kpis, scenario: &Scenario) -> Section {
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    for verdict in &kpis.verdicts {
        let Some(target) = words::target_of(verdict, scenario) else { continue };
        let queue = &scenario.queue(verdict.queue).title;
        // A period in which nothing came in has nothing to keep.
        let judged = || verdict.periods.iter().filter(|own| own.estimate.is_some());
        let kept = judged().filter(|own| own.judgement == Judgement::Kept).count();
        rows.push(vec![
            Cell::text(queue.as_str()),
            Cell::text(words::target(target)),
            Cell::text(words::period(target.period)),
            Cell::Verdict(verdict.judgement),
            Cell::estimated(verdict.estimate),
            Cell::text(words::goal(target, verdict.goal)),
            Cell::text(say_with(
                "periods-kept",
                &[("kept", kept.into()), ("all", judged().count().into())],
            )),
        ]);
        bars.push(VerdictBar {
            label: format!("{queue}: {}", words::target(target)),
            estimate: verdict.estimate,
            goal: verdict.goal,
            is_ceiling: words::is_ceiling(target),
            judgement: verdict.judgement,
        });
    }
    let columns = vec![
        Column::words("queue", say("column-queue")),
        Column::words("target", say("column-target")),
        Column::words("period", say("column-period")),
        Column::words("verdict", say("column-verdict")),
        Column::words("estimate", say("column-estimate")),
        Column::words("goal", say("column-goal")),
        Column::words("periods", say("column-periods")),
    ];
    let sentences = vec![say_with(
        "targets-played",
        &[("weeks", kpis.replications.into()), ("horizon", words::horizon(scenario).into())],
    )];
    let picture = (!bars.is_empty()).then_some(Picture::Verdicts(bars));
    Section {
        key: "targets",
        title: say("section-targets"),
        sentences,
        table: Some(Table { columns, rows }),
        picture,
    }
}

fn shortages(coverage: &Coverage, scenario: &Scenario, most: usize) -> Section {
    let all = coverage.shortages(scenario);
    let rows = all.iter().take(most).map(|shortage| {
        let mut tiers: Vec<TierId> = scenario
            .pools
            .iter()
            .filter(|pool| {
                pool.streams.iter().any(|&stream| scenario.stream(stream).queue == shortage.queue)
            })
            .map(|pool| pool.tier)
            .collect();
        tiers.sort_unstable();
        tiers.dedup();
        let tiers: Vec<String> =
            tiers.iter().map(|&tier| scenario.tier(tier).title.clone()).collect();
        vec![
            Cell::text(words::day(&scenario.calendar, shortage.span.start)),
            Cell::text(words::clocks(&scenario.calendar, shortage.span)),
            Cell::text(scenario.queue(shortage.queue).title.as_str()),
            Cell::Figure(shortage.people, 1),
            Cell::Figure(shortage.minutes, 0),
            Cell::text(words::list(&tiers)),
        ]
    });
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("when", say("column-when")),
        Column::words("queue", say("column-queue")),
        Column::figures("people_short", say("column-people-short")),
        Column::figures("minutes_short", say("column-minutes-short")),
        Column::words("tiers", say("column-who-could-help")),
    ];
    let sentence = if all.is_empty() {
        say("short-nowhere")
    } else {
        say_with(
            "short-somewhere",
            &[("count", all.len().into()), ("shown", most.min(all.len()).into())],
        )
    };
    Section {
        key: "shortages",
        title: say("section-shortages"),
        sentences: vec![sentence],
        table: (!all.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// Open streams that nobody rostered can take; none where every stream has a route.
fn routes(routing: &Routing, scenario: &Scenario) -> Option<Section> {
    let calendar = &scenario.calendar;
    let rows: Vec<Vec<Cell>> = routing
        .gaps
        .iter()
        .filter(|gap| gap.from < gap.to && gap.to <= calendar.intervals())
        .map(|gap| {
            let span =
                Span::new(calendar.interval(gap.from).start, calendar.interval(gap.to - 1).end);
            let could: Vec<String> =
                gap.could.iter().map(|&pool| scenario.pool(pool).title.clone()).collect();
            vec![
                Cell::text(scenario.stream_title(gap.stream)),
                Cell::text(words::day(calendar, span.start)),
                Cell::text(words::clocks(calendar, span)),
                Cell::text(if could.is_empty() { say("nobody") } else { words::list(&could) }),
            ]
        })
        .collect();
    let columns = vec![
        Column::words("stream", say("column-stream")),
        Column::words("day", say("column-day")),
        Column::words("when", say("column-when")),
        Column::words("could", say("column-who-could-help")),
    ];
    (!rows.is_empty()).then(|| Section {
        key: "route_gaps",
        title: say("section-routes"),
        sentences: vec![say_with("routes-missing", &[("count", rows.len().into())])],
        table: Some(Table { columns, rows }),
        picture: None,
    })
}

/// Rules broken, by rule and without names; none where none is.
fn breaches(compliance: &Compliance) -> Option<Section> {
    let mut by_rule: BTreeMap<(&str, String), Vec<&Breach>> = BTreeMap::new();
    for breach in &compliance.breaches {
        let severity = super::audit::severity(breach.severity);
        by_rule.entry((&breach.rule, severity)).or_default().push(breach);
    }
    let rows = by_rule.into_iter().map(|((rule, severity), breaches)| {
        let worst = breaches.iter().map(|breach| breach.by_minutes).max().unwrap_or_default();
        vec![
            Cell::text(rule),
            Cell::text(severity),
            Cell::Count(breaches.len()),
            Cell::Length(worst),
            Cell::text(breaches[0].source.as_str()),
        ]
    });
    let columns = vec![
        Column::words("rule", say("column-rule")),
        Column::words("severity", say("column-severity")),
        Column::figures("breaches", say("column-breaches")),
        Column::figures("worst", say("column-worst")),
        Column::words("source", say("column-source")),
    ];
    (!compliance.breaches.is_empty()).then(|| Section {
        key: "breaches",
        title: say("section-breaches"),
        sentences: vec![say("breaches-where")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    })
}

/// Breaks and rest owed and planned, and the rules broken.
fn rules(compliance: &Compliance, scenario: &Scenario) -> Vec<Section> {
    let mut sections: Vec<Section> = breaches(compliance).into_iter().collect();
    let mut by_kind: BTreeMap<&str, (usize, i64, i64, usize)> = BTreeMap::new();
    for due in &compliance.dues {
        let sum = by_kind.entry(&due.kind).or_default();
        sum.0 += 1;
        sum.1 += due.due.0;
        sum.2 += due.planned.0;
        sum.3 += usize::from(due.planned < due.due);
    }
    let rows = by_kind.into_iter().map(|(kind, (count, due, planned, missed))| {
        vec![
            Cell::text(super::audit::kind_of_due(kind)),
            Cell::Count(count),
            Cell::Length(crate::units::Minutes(due)),
            Cell::Length(crate::units::Minutes(planned)),
            Cell::Count(missed),
        ]
    });
    let columns = vec![
        Column::words("kind", say("column-kind")),
        Column::figures("times", say("column-times")),
        Column::figures("due", say("column-due")),
        Column::figures("planned", say("column-planned")),
        Column::figures("missed", say("column-missed")),
    ];
    let packs = if scenario.packs.is_empty() { say("no-packs") } else { scenario.packs.join(", ") };
    let mut sentences = vec![say_with("rules-judged", &[("packs", packs.into())])];
    sentences.extend(
        compliance
            .not_judged
            .iter()
            .map(|what| say_with("rules-not-judged", &[("what", what.as_str().into())])),
    );
    sections.push(Section {
        key: "dues",
        title: say("section-dues"),
        sentences,
        table: (!compliance.dues.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    });
    sections
}

fn demand(plan: &Plan, coverage: &Coverage, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let media = coverage.media(&plan.requirement, scenario);
    let mut panels = Vec::new();
    let mut rows: BTreeMap<(usize, String), Vec<Cell>> = BTreeMap::new();
    for (place, medium) in media.iter().enumerate() {
        let most = |row: &[f64]| row.iter().copied().fold(0.0, f64::max);
        let top = most(&medium.needed).max(most(&medium.on_queue)).max(1.0);
        for day in 0..calendar.days() {
            let span = calendar.day(day);
            let mut steps = Vec::new();
            for interval in 0..calendar.intervals() {
                let slot = calendar.interval(interval);
                let (needed, there) = (medium.needed[interval], medium.on_queue[interval]);
                if !span.holds(slot.start) || (needed <= 0.0 && there <= 0.0) {
                    continue;
                }
                let hour = hours_of(Span::new(span.start, slot.start));
                steps.push((hour, needed, there, medium.is_short[interval]));
                let time = words::clock(calendar, slot.start);
                let row = rows
                    .entry((place, time))
                    .or_insert_with(|| vec![Cell::Nothing; calendar.days()]);
                let mark = if medium.is_short[interval] { "!" } else { "" };
                row[day] = Cell::text(format!("{} / {}{mark}", fixed(needed, 1), fixed(there, 1)));
            }
            panels.push(CoveragePanel {
                medium: words::medium(medium.channel),
                day: words::day(calendar, span.start),
                hours: (0.0, 24.0),
                steps,
                step: calendar.grid().in_hours(),
                top,
            });
        }
    }
    let from = panels.iter().filter_map(|p| p.steps.first()).map(|s| s.0).fold(24.0, f64::min);
    let to = panels.iter().filter_map(|p| p.steps.last()).map(|s| s.0).fold(0.0, f64::max);
    for panel in &mut panels {
        panel.hours = (from.floor().min(23.0), (to + panel.step).ceil().max(from.floor() + 1.0));
    }
    let mut columns = vec![
        Column::words("medium", say("column-medium")),
        Column::words("time", say("column-time")),
    ];
    let days = (0..calendar.days()).map(|day| {
        Column::figures(
            calendar.date(day).to_string(),
            words::day(calendar, calendar.day(day).start),
        )
    });
    columns.extend(days);
    let rows = rows.into_iter().map(|((place, time), cells)| {
        let medium = words::medium(media[place].channel);
        [Cell::text(medium), Cell::text(time)].into_iter().chain(cells).collect()
    });
    Section {
        key: "demand",
        title: say("section-demand"),
        sentences: vec![say("demand-how-to-read")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Coverage(panels)),
    }
}

fn roster(roster: &Roster, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let by_day = |line: &crate::duty::Line| -> Vec<Vec<Duty>> {
        let mut days = vec![Vec::new(); calendar.days()];
        for duty in &line.duties {
            if let Some(day) = calendar.day_at(duty.start()) {
                days[day].push(duty.clone());
            }
        }
        days
    };
    let mut lines: Vec<(TierId, &str, Vec<Vec<Duty>>)> = roster
        .lines
        .iter()
        .map(|line| {
            let name = scenario.names.agents.of(line.agent);
            (scenario.agent(line.agent).tier, name, by_day(line))
        })
        .collect();
    lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let charts = (0..calendar.days()).map(|day| day_chart(day, &lines, scenario)).collect();
    let mut columns = vec![
        Column::words("person", say("column-person")),
        Column::words("tier", say("column-tier")),
    ];
    let days = (0..calendar.days()).map(|day| {
        Column::words(calendar.date(day).to_string(), words::day(calendar, calendar.day(day).start))
    });
    columns.extend(days);
    let rows = lines.iter().map(|(tier, name, days)| {
        let cell = |duties: &Vec<Duty>| {
            let said: Vec<String> =
                duties.iter().map(|duty| duty_in_words(duty, scenario)).collect();
            if said.is_empty() { Cell::Nothing } else { Cell::text(said.join("; ")) }
        };
        [Cell::text(*name), Cell::text(scenario.tier(*tier).title.as_str())]
            .into_iter()
            .chain(days.iter().map(cell))
            .collect()
    });
    Section {
        key: "roster",
        title: say("section-roster"),
        sentences: vec![say("roster-how-to-read")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: Some(Picture::Days(charts)),
    }
}

/// A duty with its breaks, `09:00 to 17:30, break 10:30, meal 13:00`.
pub(super) fn duty_in_words(duty: &Duty, scenario: &Scenario) -> String {
    let calendar = &scenario.calendar;
    let mut said = vec![words::clocks(calendar, duty.span())];
    for block in duty.blocks.iter().filter(|block| block.activity != Activity::OnQueue) {
        let what =
            if block.detail.is_empty() { activity(block.activity) } else { block.detail.clone() };
        said.push(format!("{what} {}", words::clock(calendar, block.span.start)));
    }
    said.join(", ")
}

/// An activity as people call it.
pub(super) fn activity(activity: Activity) -> String {
    match activity {
        Activity::OnQueue => say("activity-on-queue"),
        Activity::Break => say("activity-break"),
        Activity::Meal => say("activity-meal"),
        Activity::Recovery => say("activity-recovery"),
        Activity::OffQueue => say("activity-off-queue"),
        Activity::Absent => say("activity-absent"),
    }
}

fn day_chart(
    day: usize,
    lines: &[(TierId, &str, Vec<Vec<Duty>>)],
    scenario: &Scenario,
) -> DayChart {
    let calendar = &scenario.calendar;
    let midnight = calendar.day(day).start;
    let mut groups: Vec<(String, Vec<DayRow>)> = Vec::new();
    let (mut from, mut to, mut off): (f64, f64, usize) = (24.0, 0.0, 0);
    let mut last = None;
    for (tier, name, days) in lines {
        off += usize::from(days[day].is_empty());
        for duty in &days[day] {
            if last != Some(*tier) {
                groups.push((scenario.tier(*tier).title.clone(), Vec::new()));
                last = Some(*tier);
            }
            let hour = |moment| hours_of(Span::new(midnight, moment));
            from = from.min(hour(duty.start()));
            to = to.max(hour(duty.end()));
            let blocks = duty.blocks.iter().map(|block| {
                (hour(block.span.start), hour(block.span.end), block.activity, block.detail.clone())
            });
            let row = DayRow {
                name: (*name).to_owned(),
                when: words::clocks(calendar, duty.span()),
                blocks: blocks.collect(),
            };
            groups.last_mut().expect("pushed just before").1.push(row);
        }
    }
    DayChart { day: words::day(calendar, midnight), hours: (from.floor(), to.ceil()), groups, off }
}

fn load(routing: &Routing, coverage: &Coverage, scenario: &Scenario) -> Section {
    let calendar = &scenario.calendar;
    let mut rows = Vec::new();
    let mut is_used = [false; 24];
    for (place, tier) in scenario.tiers.iter().enumerate() {
        for day in 0..calendar.days() {
            let mut busy = [0.0; 24];
            let mut whole = [0.0; 24];
            for (pool, _) in
                scenario.pools.iter().enumerate().filter(|(_, pool)| pool.tier.index() == place)
            {
                for interval in 0..calendar.intervals() {
                    let slot = calendar.interval(interval);
                    let planned = routing
                        .occupancy
                        .get(pool)
                        .and_then(|row| row.get(interval).copied().flatten());
                    if let Some(occupancy) = planned.filter(|_| calendar.day(day).holds(slot.start))
                    {
                        let hour =
                            usize::from(calendar.local(slot.start).clock.0.div_euclid(60)).min(23);
                        let people = coverage.on_queue[pool][interval];
                        busy[hour] += people * occupancy;
                        whole[hour] += people;
                    }
                }
            }
            let cells: Vec<Option<f64>> = (0..24)
                .map(|hour| (whole[hour] > 1e-9).then(|| busy[hour] / whole[hour]))
                .collect();
            for (hour, cell) in cells.iter().enumerate() {
                is_used[hour] |= cell.is_some();
            }
            if cells.iter().any(Option::is_some) {
                rows.push((
                    tier.title.clone(),
                    words::day(calendar, calendar.day(day).start),
                    cells,
                ));
            }
        }
    }
    let hours: Vec<usize> = (0..24).filter(|&hour| is_used[hour]).collect();
    let rows: Vec<(String, String, Vec<Option<f64>>)> = rows
        .into_iter()
        .map(|(tier, day, cells)| (tier, day, hours.iter().map(|&hour| cells[hour]).collect()))
        .collect();
    let threshold = &crate::strain::model().components[0];
    let marks = (threshold.amber, threshold.red);
    let mut columns =
        vec![Column::words("tier", say("column-tier")), Column::words("day", say("column-day"))];
    columns.extend(
        hours.iter().map(|hour| Column::figures(format!("hour_{hour:02}"), format!("{hour:02}"))),
    );
    let table = rows.iter().map(|(tier, day, cells)| {
        let share = |cell: &Option<f64>| cell.map_or(Cell::Nothing, Cell::Share);
        [Cell::text(tier.as_str()), Cell::text(day.as_str())]
            .into_iter()
            .chain(cells.iter().map(share))
            .collect()
    });
    let mentions = [
        ("busy", words::whole_percent(marks.0).into()),
        ("high", words::whole_percent(marks.1).into()),
    ];
    Section {
        key: "load",
        title: say("section-load"),
        sentences: vec![say_with("load-how-to-read", &mentions)],
        table: Some(Table { columns, rows: table.collect() }),
        picture: Some(Picture::Heat(HeatMap { hours, rows, marks })),
    }
}

fn cost(roster: &Roster, scenario: &Scenario) -> Section {
    let rows = scenario.tiers.iter().enumerate().map(|(place, tier)| {
        let lines = || {
            roster.lines.iter().filter(move |line| scenario.agent(line.agent).tier.index() == place)
        };
        let paid = lines().map(crate::duty::Line::paid).sum();
        let wages = lines().map(|line| tier.wage_per_hour.for_time(line.paid())).sum();
        vec![
            Cell::text(tier.title.as_str()),
            Cell::Count(lines().filter(|line| !line.duties.is_empty()).count()),
            Cell::Length(paid),
            Cell::Money(wages),
        ]
    });
    let columns = vec![
        Column::words("tier", say("column-tier")),
        Column::figures("people", say("column-people")),
        Column::figures("paid", say("column-paid-hours")),
        Column::figures(
            "cost",
            say_with("column-cost", &[("currency", scenario.currency.as_str().into())]),
        ),
    ];
    let whole = amount(wages(roster, scenario), &scenario.currency);
    Section {
        key: "cost",
        title: say("section-cost"),
        sentences: vec![say_with("cost-whole", &[("cost", whole.into())])],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// What the search vouches for, and the plan's stamp.
fn levels(assigned: &Assigned, scenario: &Scenario) -> Section {
    let worth = |level: &Level, figure: f64| {
        let is_money = level.aim == "cost";
        let unit = if is_money { scenario.currency.as_str() } else { level.unit.as_str() };
        format!("{} {unit}", fixed(figure, usize::from(!is_money)))
    };
    // Where nothing but "not below nothing" is proved, a gap of 100 % would say less than it seems to.
    let is_bounded = |level: &Level| level.certified || level.bound > 0.0 || level.value <= 0.0;
    let rows = assigned.levels.iter().map(|level| {
        let (bound, gap) = if is_bounded(level) {
            (Cell::text(worth(level, level.bound)), Cell::Share(level.gap))
        } else {
            (Cell::text(say("not-proved")), Cell::text(say("not-proved")))
        };
        vec![
            Cell::text(words::aim(&level.aim)),
            Cell::text(worth(level, level.value)),
            bound,
            gap,
            Cell::text(if level.certified { say("yes") } else { say("no") }),
        ]
    });
    let columns = vec![
        Column::words("aim", say("column-aim")),
        Column::words("value", say("column-value")),
        Column::words("bound", say("column-bound")),
        Column::figures("gap", say("column-gap")),
        Column::words("certified", say("column-certified")),
    ];
    let proof = match assigned.proof {
        Proof::Optimal => say("proof-optimal"),
        Proof::WithinGap(gap) => say_with("proof-gap", &[("gap", percent(gap).into())]),
        Proof::Stopped => say("proof-stopped"),
    };
    let effort = assigned.effort;
    let stamp = say_with(
        "plan-stamp",
        &[
            ("seed", scenario.seed.to_string().into()),
            ("hash", scenario.input_hash.as_str().into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("rounds", effort.rounds.into()),
            ("lines", effort.lines.into()),
        ],
    );
    Section {
        key: "levels",
        title: say("section-levels"),
        sentences: vec![proof, stamp],
        table: (!assigned.levels.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: None,
    }
}

/// What to do next, by what was found.
fn next(plan: &Plan, coverage: &Coverage) -> Section {
    let mut sentences = Vec::new();
    let is = |judgement| plan.kpis.verdicts.iter().any(|verdict| verdict.judgement == judgement);
    if plan.compliance.hard() > 0 {
        sentences.push(say("next-breaches"));
    }
    if !plan.routing.gaps.is_empty() {
        sentences.push(say("next-routes"));
    }
    if is(Judgement::Missed) {
        sentences.push(if coverage.share().is_some_and(|share| share < 0.99) {
            say("next-missed-short")
        } else {
            say("next-missed-covered")
        });
    } else if is(Judgement::Undecided) {
        sentences.push(say("next-undecided"));
    }
    if plan.strain.team.is_some_and(|team| team.red > 0) {
        sentences.push(say("next-red"));
    }
    if sentences.is_empty() {
        sentences.push(say("next-publish"));
    }
    Section { key: "next", title: say("section-next"), sentences, ..Section::default() }
}
