//! What hiring and cutting cost once, and what it costs to hire again those who were cut.

use serde::Serialize;

use super::numbers;
use crate::scenario::{Agent, Scenario, WhatIf};
use crate::units::Minutes;

/// Weeks of a year.
const YEAR: f64 = 52.0;

/// What a change of the team costs once, in the currency of the scenario.
///
/// Every figure rests on `[what_if]` and `[ramp]`, which are assumptions unless the team's folder says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct OneOff {
    /// People hired.
    pub hired: usize,
    /// Places cut.
    pub cut: usize,
    /// Cost of finding those hired, and of what they do not yet manage while they learn.
    pub hiring: f64,
    /// Wages of cut places over the weeks until they are wanted again.
    pub saved: f64,
    /// Weeks over which they are saved.
    pub saved_weeks: i64,
    /// What it costs to fill cut places again: finding people, and what they do not manage while they learn.
    pub rehiring: f64,
    /// Wages of the weeks in which places stand empty though wanted again, for the work that is not done.
    pub empty: f64,
}

impl OneOff {
    /// What a cut saves after all, once its places are filled again; below zero, keeping them was cheaper.
    #[must_use]
    pub fn net_saving(&self) -> f64 {
        self.saved - self.rehiring - self.empty
    }
}

/// What it costs to make one team of another; none where nobody comes or goes.
pub(super) fn one_off(base: &Scenario, variant: &Scenario) -> Option<OneOff> {
    let (before, after) = (numbers(base), numbers(variant));
    let hired: Vec<&Agent> = after
        .iter()
        .filter(|(number, _)| !before.contains_key(number))
        .map(|(_, &agent)| variant.agent(agent))
        .collect();
    let cut: Vec<&Agent> = before
        .iter()
        .filter(|(number, _)| !after.contains_key(number))
        .map(|(_, &agent)| base.agent(agent))
        .collect();
    if hired.is_empty() && cut.is_empty() {
        return None;
    }
    let sum = |agents: &[&Agent], scenario: &Scenario, cost: &dyn Fn(f64, &WhatIf) -> f64| -> f64 {
        agents.iter().map(|agent| cost(weekly_wage(agent, scenario), &scenario.what_if)).sum()
    };
    let weeks = |count: i64| Minutes(count).real();
    Some(OneOff {
        hired: hired.len(),
        cut: cut.len(),
        hiring: sum(&hired, variant, &finding_and_learning),
        saved: sum(&cut, base, &|wage, it| wage * weeks(it.weeks_until_rehired)),
        saved_weeks: base.what_if.weeks_until_rehired,
        rehiring: sum(&cut, base, &finding_and_learning),
        empty: sum(&cut, base, &|wage, it| wage * weeks(it.weeks_to_hire)),
    })
}

fn weekly_wage(agent: &Agent, scenario: &Scenario) -> f64 {
    agent.contract.in_hours() * scenario.tier(agent.tier).wage_per_hour.decimal()
}

/// Of one place: a share of a year's wages to find someone, and the wages of work not done while they learn.
///
/// Someone who takes `f` times as long does `1 / f` of the work, so a week of learning loses `1 - 1 / f` of its
/// wages; `f` falls evenly from `ramp.start_factor` to 1 over `ramp.weeks`.
fn finding_and_learning(weekly: f64, what_if: &WhatIf) -> f64 {
    let weeks = what_if.ramp_weeks.max(0);
    let lost: f64 = (0..weeks)
        .map(|week| {
            let learnt = Minutes(week).real() / Minutes(weeks).real();
            let factor = 1.0 + (what_if.ramp_start - 1.0) * (1.0 - learnt);
            1.0 - factor.recip()
        })
        .sum();
    weekly * (YEAR * what_if.recruiting_share + lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_from_twice_the_time_over_two_weeks_loses_five_sixths_of_a_week() {
        // Factors 2 and 1.5 lose a half and a third.
        let what_if =
            WhatIf { recruiting_share: 0.25, ramp_weeks: 2, ramp_start: 2.0, ..WhatIf::default() };
        let cost = finding_and_learning(600.0, &what_if);
        assert!((cost - (600.0 * 13.0 + 500.0)).abs() < 1e-9, "{cost}");
    }
}
