//! The contract of verdicts, within plans and plays.

use crate::kpi::{Estimate, Judgement, Kpis};
use crate::report::figures::{rounded, verdict_name};
use crate::scenario::{Measure, Period, Scenario};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct VerdictFile<'a> {
    target: String,
    measure: &'static str,
    period: &'static str,
    queue: &'a str,
    verdict: &'static str,
    estimate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    goal: f64,
    periods: usize,
    periods_kept: usize,
    periods_missed: usize,
    by_period: Vec<PeriodFile>,
}

/// One period of a target.
#[derive(Serialize)]
struct PeriodFile {
    start: String,
    end: String,
    verdict: &'static str,
    estimate: f64,
    low: f64,
    high: f64,
}

pub(super) fn verdicts<'a>(kpis: &Kpis, scenario: &'a Scenario) -> Vec<VerdictFile<'a>> {
    let file = |verdict: &crate::kpi::Verdict| {
        let target = crate::report::words::target_of(verdict, scenario)?;
        let count =
            |judgement| verdict.periods.iter().filter(|own| own.judgement == judgement).count();
        let part = |of: fn(&Estimate) -> f64| verdict.estimate.as_ref().map(of).map(rounded);
        Some(VerdictFile {
            target: crate::report::words::target(target),
            measure: match target.measure {
                Measure::ServiceLevel { .. } => "service_level",
                Measure::Abandonment { .. } => "abandonment",
                Measure::FirstResponse { .. } => "first_response",
                Measure::Resolution { .. } => "resolution",
            },
            period: match target.period {
                Period::Interval => "interval",
                Period::Day => "day",
                Period::Week => "week",
            },
            queue: scenario.names.queues.of(verdict.queue),
            verdict: verdict_name(verdict.judgement),
            estimate: part(|estimate| estimate.value),
            low: part(|estimate| estimate.low),
            high: part(|estimate| estimate.high),
            goal: rounded(verdict.goal),
            periods: verdict.periods.iter().filter(|own| own.estimate.is_some()).count(),
            periods_kept: count(Judgement::Kept),
            periods_missed: count(Judgement::Missed),
            by_period: by_period(verdict, scenario),
        })
    };
    kpis.verdicts.iter().filter_map(file).collect()
}

/// Periods in which anything came in.
fn by_period(verdict: &crate::kpi::Verdict, scenario: &Scenario) -> Vec<PeriodFile> {
    let calendar = &scenario.calendar;
    let file = |own: &crate::kpi::PeriodVerdict| {
        let estimate = own.estimate?;
        Some(PeriodFile {
            start: calendar.stamp(calendar.interval(own.from).start),
            end: calendar.stamp(calendar.interval(own.to - 1).end),
            verdict: verdict_name(own.judgement),
            estimate: rounded(estimate.value),
            low: rounded(estimate.low),
            high: rounded(estimate.high),
        })
    };
    verdict.periods.iter().filter_map(file).collect()
}
