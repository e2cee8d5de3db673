//! So many rests for so many hours of work, by a rounding or a table, each a break of its own within the duty.

use serde::Deserialize;

use super::spell::{Spell, Spells};
use crate::units::{Minutes, Span};

/// Rests, and meals where a table says so, by hours of work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakPer {
    /// Length of each rest.
    pub min: Minutes,
    /// A rest for each so much work.
    pub per_min: Option<Minutes>,
    /// What a part of that earns.
    #[serde(default)]
    pub rounding: Rounding,
    /// None is owed below this length of work.
    #[serde(default = "none")]
    pub work_from_min: Minutes,
    /// With a table: from so much work on, so many minutes of rest and of meals.
    #[serde(default)]
    pub table: Vec<[Minutes; 3]>,
    /// The table begins again for work beyond this.
    pub repeat_after_min: Option<Minutes>,
    /// Length of each meal of the table.
    #[serde(default = "half_an_hour")]
    pub meal_min: Minutes,
    /// Longest work from the start or a rest to the next rest; meals do not interrupt it.
    pub max_continuous_min: Option<Minutes>,
    /// Whether a rest that touches a meal does not count.
    #[serde(default)]
    pub not_beside_meal: bool,
    /// Whether breaks are working time, for this count.
    #[serde(default)]
    pub counted: bool,
    /// An hour of pay is owed for a day on which one is missing.
    #[serde(default)]
    pub missed_hour: bool,
}

/// What a part of a period earns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Nothing.
    #[default]
    Floor,
    /// A rest where it is more than half.
    MajorFraction,
    /// The table says.
    Table,
}

fn none() -> Minutes {
    Minutes(0)
}

fn half_an_hour() -> Minutes {
    Minutes(30)
}

impl BreakPer {
    /// How many rests and meals so much work earns.
    #[must_use]
    pub fn owed(&self, work: Minutes) -> (i64, i64) {
        if work < self.work_from_min {
            return (0, 0);
        }
        if self.rounding == Rounding::Table {
            return self.by_table(work);
        }
        let Some(per) = self.per_min.filter(|per| per.0 > 0) else { return (0, 0) };
        let (whole, part) = (work.0.div_euclid(per.0), work.0.rem_euclid(per.0));
        let is_major = self.rounding == Rounding::MajorFraction && 2 * part > per.0;
        (whole + i64::from(is_major), 0)
    }

    fn by_table(&self, work: Minutes) -> (i64, i64) {
        let again = self.repeat_after_min.filter(|after| after.0 > 0 && work > *after);
        let (first, rest) = match again {
            Some(after) => (after, self.by_table(work - after)),
            None => (work, (0, 0)),
        };
        let row = self.table.iter().rfind(|[from, _, _]| first >= *from);
        let count = |minutes: Minutes, each: Minutes| minutes.0.div_euclid(each.0.max(1));
        row.map_or(rest, |[_, rests, meals]| {
            (rest.0 + count(*rests, self.min), rest.1 + count(*meals, self.meal_min))
        })
    }

    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        for spell in spells.all.iter().filter(|spell| !spell.works.is_empty()) {
            self.object_to(spell, object);
        }
    }

    fn object_to(&self, spell: &Spell, object: &mut dyn FnMut(Minutes)) {
        let resting: Minutes = spell.breaks.iter().map(|span| span.length()).sum();
        let work = if self.counted { spell.work + resting } else { spell.work };
        let (rests, meals) = self.owed(work);
        let inner = |pause: &&Span| {
            spell.works.first().is_some_and(|first| first.start < pause.start)
                && spell.works.last().is_some_and(|last| pause.end < last.end)
        };
        let mut long_meals = count(
            spell
                .meals
                .iter()
                .chain(&spell.gaps)
                .filter(inner)
                .filter(|meal| meal.length() >= self.meal_min),
        );
        let beside = |pause: &Span| {
            spell.meals.iter().any(|meal| meal.start == pause.end || meal.end == pause.start)
        };
        let mut taken: Vec<Span> = spell
            .breaks
            .iter()
            .filter(inner)
            .filter(|pause| pause.length() >= self.min && !(self.not_beside_meal && beside(pause)))
            .copied()
            .collect();
        // A long break stands in for a meal that is missing, the longest first.
        while long_meals < meals {
            let longest = (0..taken.len()).max_by_key(|&place| taken[place].length());
            let Some(place) = longest.filter(|&place| taken[place].length() >= self.meal_min)
            else {
                break;
            };
            taken.remove(place);
            long_meals += 1;
        }
        let missing = rests - count(taken.iter());
        if missing > 0 {
            object(self.min * missing);
        }
        if meals > long_meals {
            object(self.meal_min * (meals - long_meals));
        }
        if let Some(longest) = self.max_continuous_min {
            let over = longest_without(spell, &taken) - longest;
            if over > Minutes(0) {
                object(over);
            }
        }
    }
}

/// Longest work between two rests.
fn longest_without(spell: &Spell, rests: &[Span]) -> Minutes {
    let mut edges = vec![spell.span.start];
    edges.extend(rests.iter().map(|rest| rest.end));
    edges.push(spell.span.end);
    let between = edges.windows(2).map(|pair| Span::new(pair[0], pair[1]));
    between
        .map(|stretch| spell.works.iter().map(|work| work.overlap(stretch)).sum())
        .max()
        .unwrap_or(Minutes(0))
}

fn count<'a>(spans: impl Iterator<Item = &'a Span>) -> i64 {
    i64::try_from(spans.count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rests(rule: &BreakPer, work: &[i64]) -> Vec<(i64, i64)> {
        work.iter().map(|&work| rule.owed(Minutes(work))).collect()
    }

    fn per(per: i64, rounding: Rounding) -> BreakPer {
        BreakPer {
            min: Minutes(10),
            per_min: Some(Minutes(per)),
            rounding,
            work_from_min: Minutes(0),
            table: Vec::new(),
            repeat_after_min: None,
            meal_min: Minutes(30),
            max_continuous_min: None,
            not_beside_meal: false,
            counted: false,
            missed_hour: false,
        }
    }

    #[test]
    fn more_than_half_of_four_hours_earns_a_rest_in_california() {
        let rule = BreakPer { work_from_min: Minutes(210), ..per(240, Rounding::MajorFraction) };
        let counts: Vec<i64> =
            rests(&rule, &[209, 210, 360, 361, 600, 601]).iter().map(|owed| owed.0).collect();
        assert_eq!(counts, [0, 1, 1, 2, 2, 3]);
    }

    #[test]
    fn the_table_of_new_zealand_begins_again_after_eight_hours() {
        let row = |from, rest, meal| [Minutes(from), Minutes(rest), Minutes(meal)];
        let rule = BreakPer {
            rounding: Rounding::Table,
            table: vec![row(120, 10, 0), row(241, 10, 30), row(361, 20, 30)],
            repeat_after_min: Some(Minutes(480)),
            ..per(240, Rounding::Floor)
        };
        assert_eq!(
            rests(&rule, &[119, 120, 240, 241, 360, 361, 480, 599, 600, 750]),
            [(0, 0), (1, 0), (1, 0), (1, 1), (1, 1), (2, 1), (2, 1), (2, 1), (3, 1), (3, 2)]
        );
    }
}
