//! What follows from the inputs before anyone is rostered: pool, pace, hours allowed, wishes and whether they hold.

use super::Mine;
use crate::calendar::ClockTime;
use crate::report::figures::{fixed, percent};
use crate::report::messages::{say, say_with};
use crate::report::{Cell, Column, Section, Table, words};
use crate::scenario::Wish;
use crate::units::Minutes;

/// What is worked out about the person, and from what.
pub(super) fn limits(mine: &Mine<'_>) -> Section {
    let scenario = mine.scenario;
    let agent = scenario.agent(mine.agent);
    let (fewest, most) = agent.week;
    let row = |what: String, value: String, how: String| {
        vec![Cell::text(what), Cell::text(value), Cell::text(how)]
    };
    let mut rows = vec![
        row(say("my-pool"), scenario.pool(agent.pool).title.clone(), say("my-pool-how")),
        row(say("my-pace"), fixed(agent.ramp, 2), say("my-pace-how")),
        row(
            say("my-week"),
            say_with(
                "from-to",
                &[("from", fewest.to_string().into()), ("to", most.to_string().into())],
            ),
            say("my-week-how"),
        ),
        row(say("my-presence"), percent(agent.presence.value()), say("my-presence-how")),
    ];
    for (title, length) in &agent.off_queue {
        rows.push(row(
            say_with("my-off-queue", &[("title", title.as_str().into())]),
            length.to_string(),
            say("my-off-queue-how"),
        ));
    }
    let rules: Vec<String> =
        scenario.law.rules_for(&agent.person).map(|rule| rule.id.clone()).collect();
    rows.push(row(
        say("my-rules"),
        if rules.is_empty() { say("no-packs") } else { rules.join(", ") },
        say("my-rules-how"),
    ));
    let columns = vec![
        Column::words("what", say("column-what")),
        Column::words("says", say("column-value")),
        Column::words("how", say("column-how")),
    ];
    Section {
        key: "computed",
        title: say("section-my-computed"),
        sentences: vec![say("my-computed")],
        table: Some(Table { columns, rows }),
        picture: None,
    }
}

/// The person's wishes, day by day, and whether the roster at hand keeps them.
pub(super) fn wishes(mine: &Mine<'_>) -> Option<Section> {
    let scenario = mine.scenario;
    let calendar = &scenario.calendar;
    let wishes = &scenario.agent(mine.agent).wishes;
    let rows = wishes.iter().map(|wish| {
        let (Wish::Off(day) | Wish::StartBy(day, _) | Wish::StartFrom(day, _)) = *wish;
        let clock = |minutes: i64| {
            ClockTime(u16::try_from(minutes.clamp(0, 24 * 60)).unwrap_or(0)).to_string()
        };
        let said = match *wish {
            Wish::Off(_) => say("wish-off"),
            Wish::StartBy(_, by) => say_with("wish-start-by", &[("time", clock(by).into())]),
            Wish::StartFrom(_, from) => {
                say_with("wish-start-from", &[("time", clock(from).into())])
            }
        };
        let kept = mine.judged.as_ref().map(|judged| is_kept(mine, judged.roster, wish));
        vec![
            Cell::text(words::day(calendar, calendar.day(day.min(calendar.days() - 1)).start)),
            Cell::text(said),
            match kept {
                Some(true) => Cell::text(say("yes")),
                Some(false) => Cell::text(say("no")),
                None => Cell::Nothing,
            },
        ]
    });
    let columns = vec![
        Column::words("day", say("column-day")),
        Column::words("wish", say("column-wish")),
        Column::words("kept", say("column-kept")),
    ];
    (!wishes.is_empty()).then(|| Section {
        key: "wishes",
        title: say("section-my-wishes"),
        sentences: vec![say("my-wishes")],
        table: Some(Table { columns, rows: rows.collect() }),
        picture: None,
    })
}

fn is_kept(mine: &Mine<'_>, roster: &crate::roster::Roster, wish: &Wish) -> bool {
    let calendar = &mine.scenario.calendar;
    let own = roster.lines.iter().filter(|line| line.agent == mine.agent);
    let starts = own.flat_map(|line| &line.duties).map(crate::duty::Duty::start);
    starts.into_iter().all(|start| {
        let minutes = |day: usize| {
            let is_day = calendar.day_at(start) == Some(day);
            is_day.then(|| Minutes(i64::from(calendar.local(start).clock.0)).0)
        };
        match *wish {
            Wish::Off(day) => minutes(day).is_none(),
            Wish::StartBy(day, by) => minutes(day).is_none_or(|start| start <= by),
            Wish::StartFrom(day, from) => minutes(day).is_none_or(|start| start >= from),
        }
    })
}
