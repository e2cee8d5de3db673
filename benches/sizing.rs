//! How fast one pool is sized: for 80 % in 20 seconds, from 10 to 5,000 Erlang, without hanging up (as
//! pyworkforce sizes), with it, and as a real number of agents.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use evenkeel::scenario::Definition;
use evenkeel::staffing::erlang_a::Station;
use evenkeel::staffing::sizing::{self, Goal};

/// A handle time of five minutes.
const HANDLE: f64 = 5.0;
const LOADS: [f64; 7] = [10.0, 48.0, 167.0, 833.0, 5000.0, 166_667.0, 1e9];

fn station(load: f64, patience: Option<f64>) -> Station {
    Station { arrivals: load / HANDLE, handle: HANDLE, patience }
}

fn sizings(criterion: &mut Criterion) {
    let goals =
        [Goal::ServiceLevel { share: 0.8, within: 1.0 / 3.0, definition: Definition::Offered }];
    let mut group = criterion.benchmark_group("sizing");
    group.sample_size(20);
    for load in LOADS {
        let (endless, impatient) = (station(load, None), station(load, Some(2.0)));
        group.bench_with_input(BenchmarkId::new("erlang_c", load), &endless, |bench, station| {
            bench.iter(|| sizing::headcount(black_box(station), &goals));
        });
        group.bench_with_input(BenchmarkId::new("erlang_a", load), &impatient, |bench, station| {
            bench.iter(|| sizing::headcount(black_box(station), &goals));
        });
        group.bench_with_input(
            BenchmarkId::new("erlang_a_real", load),
            &impatient,
            |bench, station| {
                bench.iter(|| sizing::agents(black_box(station), &goals));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, sizings);
criterion_main!(benches);
