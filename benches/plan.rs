//! Time of single steps on the small example team; `evenkeel bench` measures the whole.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use evenkeel::scenario::{self, Adjustments, Scenario};
use evenkeel::{forecast, funnel, staffing, workload};

fn small_team() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-team");
    scenario::read(&folder, &Adjustments::default()).expect("the example is right")
}

fn steps(bench: &mut Criterion) {
    let team = small_team();
    let work = workload::measure(&funnel::deflect(&forecast::project(&team), &team), &team);
    bench.bench_function("forecast", |it| it.iter(|| forecast::project(black_box(&team))));
    bench.bench_function("require", |it| it.iter(|| staffing::require(black_box(&work), &team)));
}

criterion_group!(benches, steps);
criterion_main!(benches);
