//! The cheapest mix of skills: people by pool, and what each queue gets.

use serde_json::{Map, Value, json};

use super::messages::{say, say_with};
use super::{Cell, Column, Report, Section, Table};
use crate::kpi::Judgement;
use crate::pools::{Judged, PoolsQuestion, PoolsSized};

/// The same for people.
#[must_use]
pub fn pools(sized: &PoolsSized, question: &PoolsQuestion) -> Report {
    let sum: u32 = sized.headcount.iter().sum();
    let count = usize::try_from(sum).unwrap_or(usize::MAX);
    let proof = if sized.is_cheapest { "pools-cheapest" } else { "pools-perhaps-cheaper" };
    let title = say_with("size-title", &[("count", count.into())]);
    Report {
        schema: "evenkeel.size_pools_report/1",
        title,
        sections: vec![
            mix(sized, question, told(sized, question, say(proof))),
            service(sized, question),
        ],
    }
}

/// What the play vouches for, and where it cannot tell.
fn told(sized: &PoolsSized, question: &PoolsQuestion, proof: String) -> Vec<String> {
    let pairs = question.queues.iter().zip(&sized.queues);
    let on_the_edge = pairs
        .filter(|(_, met)| met.judged == Judged::Undecided)
        .map(|(queue, _)| say_with("pools-on-the-edge", &[("queue", queue.id.as_str().into())]));
    let close = sized.close.iter().map(|close| {
        let people = question.pools.iter().zip(&close.headcount).filter(|(_, people)| **people > 0);
        let parts: Vec<String> = people
            .map(|(pool, people)| {
                let pool = pool.id.as_str().into();
                say_with(
                    "pools-close-part",
                    &[("people", people.to_string().into()), ("pool", pool)],
                )
            })
            .collect();
        let cost = format!("{:.2}", close.cost);
        let points = format!("{:.1}", 100.0 * close.lacks);
        say_with(
            "pools-close",
            &[("mix", parts.join(", ").into()), ("cost", cost.into()), ("points", points.into())],
        )
    });
    std::iter::once(proof).chain(on_the_edge).chain(close).collect()
}

fn mix(sized: &PoolsSized, question: &PoolsQuestion, sentences: Vec<String>) -> Section {
    let row = |(pool, &people): (&crate::pools::SkillPool, &u32)| {
        vec![
            Cell::text(pool.id.as_str()),
            Cell::Count(usize::try_from(people).unwrap_or(usize::MAX)),
            Cell::Figure(pool.cost * f64::from(people), 2),
        ]
    };
    let columns = vec![
        Column::words("pool", say("column-pool-of-skills")),
        Column::figures("people", say("column-pool-people")),
        Column::figures("cost", say("column-pool-cost")),
    ];
    let mut rows: Vec<Vec<Cell>> = question.pools.iter().zip(&sized.headcount).map(row).collect();
    let sum: u32 = sized.headcount.iter().sum();
    rows.push(vec![
        Cell::text(say("pools-together")),
        Cell::Count(usize::try_from(sum).unwrap_or(usize::MAX)),
        Cell::Figure(sized.cost, 2),
    ]);
    let table = Some(Table { columns, rows });
    Section { key: "pools", sentences, table, ..Section::default() }
}

fn service(sized: &PoolsSized, question: &PoolsQuestion) -> Section {
    let row = |(queue, met): (&crate::pools::PoolQueue, &crate::pools::Measured)| {
        vec![
            Cell::text(queue.id.as_str()),
            Cell::Estimated(met.service_level),
            Cell::Estimated(met.abandonment),
            Cell::Figure(60.0 * met.mean_wait, 1),
            Cell::Verdict(judgement(met.judged)),
        ]
    };
    let columns = vec![
        Column::words("queue", say("column-pool-queue")),
        Column::figures("service_level", say("column-in-time")),
        Column::figures("abandonment", say("size-abandonment")),
        Column::figures("mean_wait_seconds", say("size-mean-wait")),
        Column::words("verdict", say("column-pool-verdict")),
    ];
    let rows = question.queues.iter().zip(&sized.queues).map(row).collect();
    Section {
        key: "queues",
        title: say("pools-service"),
        table: Some(Table { columns, rows }),
        ..Section::default()
    }
}

fn judgement(judged: Judged) -> Judgement {
    match judged {
        Judged::Kept => Judgement::Kept,
        Judged::Missed => Judgement::Missed,
        Judged::Undecided => Judgement::Undecided,
    }
}

/// The contract in JSON.
pub(super) fn file(sized: &PoolsSized, question: &PoolsQuestion) -> Value {
    let headcount: Map<String, Value> = question
        .pools
        .iter()
        .zip(&sized.headcount)
        .map(|(pool, people)| (pool.id.clone(), json!(people)))
        .collect();
    let close = sized.close.as_ref().map(|close| {
        let names = question.pools.iter().map(|pool| pool.id.clone());
        let headcount: Map<String, Value> =
            names.zip(close.headcount.iter().map(|people| json!(people))).collect();
        json!({ "headcount": headcount, "cost": close.cost, "lacks": close.lacks })
    });
    let queues: Map<String, Value> = question
        .queues
        .iter()
        .zip(&sized.queues)
        .map(|(queue, met)| {
            let of = json!({
                "service_level": met.service_level,
                "abandonment": met.abandonment,
                "mean_wait": met.mean_wait.is_finite().then_some(60.0 * met.mean_wait),
                "verdict": met.judged,
            });
            (queue.id.clone(), of)
        })
        .collect();
    json!({
        "schema": "evenkeel.size_pools/1",
        "headcount": headcount,
        "cost": sized.cost,
        "queues": queues,
        "cheapest": sized.is_cheapest,
        "too_close_to_tell": close,
        "plays": sized.plays,
    })
}
