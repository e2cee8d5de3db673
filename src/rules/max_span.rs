//! Nobody's working day is spread over more than so long, from its first minute to its last, breaks and the gaps of a
//! split duty included.

use serde::Deserialize;

use super::spell::Spells;
use crate::units::Minutes;

/// A ceiling on how far a duty is spread.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxSpan {
    /// Longest from start to end.
    pub limit_min: Minutes,
}

impl MaxSpan {
    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        for spell in &spells.all {
            let over = spell.span.length() - self.limit_min;
            if over > Minutes(0) {
                object(over);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;

    #[test]
    fn a_day_spread_a_minute_too_far_is_a_minute_over() {
        let week = week();
        let rule = MaxSpan { limit_min: Minutes::hours(12) };
        for (length, expected) in [(720, vec![]), (721, vec![Minutes(1)])] {
            let line = line(vec![duty(480, length, &[(240, 60)])]);
            let mut found = Vec::new();
            rule.object(&Spells::of_line(&line, &week), &mut |by| found.push(by));
            assert_eq!(found, expected);
        }
    }
}
