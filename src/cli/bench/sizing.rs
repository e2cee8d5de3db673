//! How fast one pool is sized, by load; and what a model without hanging up makes of people who do.

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{ENOUGH, cpu_or_wall, per_second};
use crate::cli::Failure;
use crate::scenario::Definition;
use crate::simulation::models::{self, PooledQueue, StreamDay};
use crate::staffing::erlang_a::Station;
use crate::staffing::erlang_c;
use crate::staffing::size::{PatienceShape, ServiceTarget, SizeQuestion, size};
use crate::staffing::sizing::{Goal, headcount as whole_agents};
use crate::units::{Contacts, Fte, HandleMinutes, Share};

/// Loads in Erlang at which whole agents are counted, to be set beside other programs.
const BESIDE: [f64; 5] = [10.0, 48.0, 167.0, 833.0, 5000.0];
/// Minutes of a contact, of patience, and of an answer in time.
const HANDLE: f64 = 5.0;
const PATIENCE: f64 = 2.0;
const WITHIN: f64 = 1.0 / 3.0;
/// Days that are played.
const DAYS: u64 = 16;

/// How many questions of `size` are answered in a second, and how many whole agents Erlang C is asked for.
pub(super) fn sizing() -> Result<Value, Failure> {
    let mut speeds = Map::new();
    for load in [5.0, 20.0, 100.0, 200.0, 1000.0, 10_000.0] {
        let started = Instant::now();
        let mut answered: u32 = 0;
        while started.elapsed() < ENOUGH / 4 {
            // Each question a little different, so that none is answered from memory.
            let question = SizeQuestion {
                arrivals: Contacts(load * (1.0 + 1e-4 * f64::from(answered % 997))),
                per: 5.0,
                handle: HandleMinutes(5.0),
                patience: Some(2.0),
                target: ServiceTarget { share: Share::clamped(0.8), within: 1.0 / 3.0 },
                definition: Definition::Offered,
                occupancy: None,
                shape: PatienceShape::Exponential,
                days: None,
            };
            size(&question)
                .map_err(|cause| Failure::usage(cause, "this is our fault; please report it"))?;
            answered += 1;
        }
        let seconds = started.elapsed().as_secs_f64();
        speeds.insert(format!("{load} Erlang"), per_second(u64::from(answered), seconds));
    }
    let headcounts: Vec<Value> = BESIDE.into_iter().filter_map(headcount).collect();
    Ok(json!({
        "schema": "evenkeel.bench_sizing/1",
        "sizings_per_second": speeds,
        "headcounts": headcounts,
    }))
}

/// Whole agents for 80 % in 20 seconds where nobody hangs up, how often a second they are found with what they give,
/// and what both counts give in play where people hang up after two minutes.
fn headcount(load: f64) -> Option<Value> {
    let goals =
        [Goal::ServiceLevel { share: 0.8, within: WITHIN, definition: Definition::Offered }];
    let endless = Station { arrivals: load / HANDLE, handle: HANDLE, patience: None };
    let hangs_up = Station { patience: Some(PATIENCE), ..endless };
    let agents = whole_agents(&endless, &goals)?;
    let with_patience = whole_agents(&hangs_up, &goals)?;

    let (mut answered, before): (u64, f64) = (0, cpu_or_wall());
    let mut taken = 0.0;
    while taken < 0.25 * ENOUGH.as_secs_f64() {
        for _ in 0..100 {
            let found = erlang_c::fewest(black_box(endless.load()), 0.8, WITHIN, HANDLE)?;
            black_box((found.agents(), found.service_level(WITHIN), found.occupancy()));
            answered += 1;
        }
        taken = cpu_or_wall() - before;
    }
    let occupancy = |station: &Station, agents| station.service(Fte(agents), WITHIN).occupancy;
    Some(json!({
        "load": load,
        "per_second": per_second(answered, taken),
        "agents": agents,
        "service_level": endless.service(Fte(agents), WITHIN).levels.offered,
        "occupancy": occupancy(&endless, agents),
        "with_patience": {
            "patience_minutes": PATIENCE,
            "agents": with_patience,
            "service_level": hangs_up.service(Fte(with_patience), WITHIN).levels.offered,
            "occupancy": occupancy(&hangs_up, with_patience),
            "played_service_level": played(&hangs_up, with_patience),
            "played_service_level_of_erlang_c": played(&hangs_up, agents),
        },
    }))
}

/// Share answered in time in play.
fn played(station: &Station, agents: f64) -> f64 {
    let queue = PooledQueue {
        arrivals: station.arrivals,
        patience: station.patience,
        handle: vec![station.handle],
        pools: vec![0],
        priority: 1,
        within: WITHIN,
    };
    let minutes = (8000.0 / station.arrivals).max(60.0);
    let model = models::pooled(&[queue], &[agents_of(agents)], 12.0 * station.handle, minutes);
    let days = model.days(DAYS, 1);
    let sum = |part: fn(&StreamDay) -> f64| days.iter().flatten().map(part).sum::<f64>();
    sum(|day| day.answered_in_time) / sum(|day| day.offered)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers of agents, some thousands"
)]
fn agents_of(agents: f64) -> u32 {
    agents as u32
}
