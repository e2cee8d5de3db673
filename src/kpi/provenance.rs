//! Where targets and data come from: figures that nothing backs, and past contacts that have grown old.

use crate::calendar::Date;
use crate::scenario::{Demand, Measure, Scenario, Target};

/// What backs a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Its source is given.
    Stated,
    /// Nobody says where it comes from.
    None,
    /// It is the trade's rule of thumb, not this team's promise.
    RuleOfThumb,
}

/// Shares and seconds that are handed on without anyone's customers having been asked.
const RULES_OF_THUMB: [(f64, f64); 4] = [(0.8, 20.0), (0.8, 30.0), (0.9, 10.0), (0.8, 60.0)];

/// Words that name the trade and not a source.
const TRADE: [&str; 5] = ["industry", "standard", "best practice", "benchmark", "rule of thumb"];

/// What backs a target. Any other source than a word for the trade is taken at its word.
#[must_use]
pub fn evidence(target: &Target) -> Evidence {
    let source = target.source.as_deref().map(str::trim).unwrap_or_default().to_lowercase();
    let is_common = match target.measure {
        Measure::ServiceLevel { share, within, .. } => RULES_OF_THUMB
            .iter()
            .any(|&(common, seconds)| share.value() == common && within.0 == seconds),
        _ => false,
    };
    if TRADE.iter().any(|word| source.contains(word)) {
        Evidence::RuleOfThumb
    } else if !source.is_empty() {
        Evidence::Stated
    } else if is_common {
        Evidence::RuleOfThumb
    } else {
        Evidence::None
    }
}

/// How old the past contacts are that a plan rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataAge {
    /// Date of the last past contacts before the horizon.
    pub last: Date,
    /// Days from it to the first day planned.
    pub days: i64,
    /// Whether that is longer than the scenario allows without a warning.
    pub is_old: bool,
}

/// The age of the history; none where volumes are given.
#[must_use]
pub fn data_age(scenario: &Scenario) -> Option<DataAge> {
    let history = match &scenario.demand {
        Demand::History(history) | Demand::Both(_, history) => history,
        Demand::Volumes(_) => return None,
    };
    let dates = history.series.iter().flat_map(|series| series.days.iter().map(|day| day.date));
    let last = dates.filter(|&date| date < scenario.first()).max()?;
    let days = scenario.first().days_since(last);
    Some(DataAge { last, days, is_old: days > scenario.kpis.oldest_history_days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Definition, Period};
    use crate::units::{Seconds, Share};

    fn target(share: f64, within: f64, source: Option<&str>) -> Target {
        Target {
            measure: Measure::ServiceLevel {
                share: Share::clamped(share),
                within: Seconds(within),
                definition: Definition::Offered,
            },
            period: Period::Day,
            source: source.map(str::to_owned),
        }
    }

    #[test]
    fn eighty_in_twenty_without_a_source_is_a_rule_of_thumb() {
        assert_eq!(evidence(&target(0.8, 20.0, None)), Evidence::RuleOfThumb);
        assert_eq!(evidence(&target(0.8, 20.0, Some("  "))), Evidence::RuleOfThumb);
        assert_eq!(evidence(&target(0.85, 40.0, Some("Industry standard"))), Evidence::RuleOfThumb);
    }

    #[test]
    fn a_contract_backs_eighty_in_twenty_and_nobody_backs_a_figure_without_a_source() {
        assert_eq!(evidence(&target(0.8, 20.0, Some("contract with Acme"))), Evidence::Stated);
        assert_eq!(evidence(&target(0.77, 45.0, None)), Evidence::None);
    }
}
