//! Whether two people may swap: the answer first, then why.

use super::effect::{broken, targets};
use super::{length, tiring};
use crate::calendar::ClockTime;
use crate::compliance::Breach;
use crate::replan::{NoticeRule, Swap};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Report, Section, Table, plan, words};
use crate::roster::Roster;
use crate::scenario::Scenario;

/// Whether a swap may be made.
pub(in crate::report) fn may_swap(swap: &Swap) -> bool {
    swap.is_ahead() && swap.is_legal() && swap.is_covered()
}

/// Whether two people may swap.
#[must_use]
pub fn swap(swap: &Swap, roster: &Roster, scenario: &Scenario) -> Report {
    let calendar = &scenario.calendar;
    let name = |place: usize| scenario.names.agents.of(swap.pair[place].agent).to_owned();
    let more = swap.short[1] - swap.short[0];
    let title = match (swap.begun.first(), swap.is_legal(), swap.is_covered()) {
        (Some(begun), _, _) => {
            let midnight = calendar.at(begun.date, ClockTime(0));
            let name = scenario.names.agents.of(begun.agent);
            let day = words::day(calendar, midnight);
            say_with("swap-no-begun", &[("name", name.into()), ("day", day.into())])
        }
        (None, true, true) => say("swap-yes"),
        (None, false, _) => say("swap-no-rules"),
        (None, true, false) => say_with("swap-no-cover", &[("more", length(more).into())]),
    };
    let mut sentences = vec![plan::title(scenario)];
    for (place, own) in swap.pair.iter().enumerate() {
        let other = swap.pair[1 - place];
        let duties = crate::replan::duties_on(roster, other, scenario);
        let each: Vec<String> =
            duties.iter().map(|duty| plan::duty_in_words(duty, scenario)).collect();
        let day = words::day(calendar, calendar.at(other.date, ClockTime(0)));
        let mentions =
            [("name", name(place).into()), ("day", day.into()), ("duty", each.join("; ").into())];
        sentences.push(say_with("swap-takes", &mentions));
        if own.date != other.date {
            let day = words::day(calendar, calendar.at(own.date, ClockTime(0)));
            sentences
                .push(say_with("swap-gives", &[("name", name(place).into()), ("day", day.into())]));
        }
    }
    sentences.push(if more.abs() < 1.0 {
        say("swap-cover-same")
    } else if more > 0.0 {
        say_with("swap-cover-less", &[("minutes", length(more).into())])
    } else {
        say_with("swap-cover-more", &[("minutes", length(-more).into())])
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
    sentences.extend(notice(swap, scenario));
    let new: Vec<&Breach> = swap.breaches.iter().collect();
    let mut sections = vec![
        Section { key: "answer", sentences, ..Section::default() },
        broken(&new, scenario),
        targets(&swap.judged[0].kpis, &swap.judged[1].kpis, scenario),
    ];
    sections.extend(tiring::sections(&tiring::of_swap(swap, roster, scenario), scenario));
    sections.push(alternatives(swap, roster, scenario));
    Report { schema: "evenkeel.swap_report/1", title, sections }
}

/// For each law that asks for more notice than there is, whom it is about and what it asks.
fn notice(swap: &Swap, scenario: &Scenario) -> Vec<String> {
    let late = swap.notices.iter().zip(&swap.pair).filter_map(|(notice, own)| {
        let (rule, is_told) = notice.as_ref()?;
        (!is_told).then_some((rule, own.agent))
    });
    let mut by_rule: Vec<(&NoticeRule, Vec<String>)> = Vec::new();
    for (rule, agent) in late {
        let name = scenario.names.agents.of(agent).to_owned();
        match by_rule.iter_mut().find(|(known, _)| known.id == rule.id) {
            Some((_, names)) => names.push(name),
            None => by_rule.push((rule, vec![name])),
        }
    }
    let told = by_rule.into_iter().map(|(rule, names)| {
        let may_refuse = if rule.may_refuse { "yes" } else { "no" };
        let mentions = [
            ("hours", rule.hours.to_string().into()),
            ("rule", rule.id.as_str().into()),
            ("source", rule.source.as_str().into()),
            ("names", words::list(&names).into()),
            ("refuse", may_refuse.into()),
        ];
        say_with("swap-inside-notice", &mentions)
    });
    told.collect()
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
            let midnight = calendar.at(other.date, ClockTime(0));
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
