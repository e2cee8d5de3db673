//! Nobody works more than so many days in a row.

use serde::Deserialize;

use super::spell::Spells;
use crate::units::Minutes;

/// Days of work in a row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsecutiveDays {
    /// Most days on which a duty starts, one after the other.
    pub most: usize,
}

impl ConsecutiveDays {
    /// A day too many counts as 24 hours over.
    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut impl FnMut(Minutes)) {
        let mut dates: Vec<_> =
            spells.all.iter().map(|spell| spells.date(spell.span.start)).collect();
        dates.dedup();
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        for run in dates.chunk_by(|earlier, later| later.days_since(*earlier) == 1) {
            let days = i64::try_from(run.len()).expect("days are few");
            if days > most {
                object(Minutes::hours(24) * (days - most));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;

    fn objections(days: &[i64]) -> Vec<Minutes> {
        let week = week();
        let duties = days.iter().map(|day| duty(day * 1440 + 540, 480, &[])).collect();
        let mut found = Vec::new();
        let spells = Spells::of_line(&line(duties), &week);
        ConsecutiveDays { most: 5 }.object(&spells, &mut |by| found.push(by));
        found
    }

    #[test]
    fn a_sixth_day_in_a_row_is_one_too_many() {
        assert_eq!(objections(&[0, 1, 2, 3, 4]), []);
        assert_eq!(objections(&[0, 1, 2, 3, 4, 5]), [Minutes(1440)]);
        assert_eq!(objections(&[0, 1, 2, 4, 5, 6]), []);
    }
}
